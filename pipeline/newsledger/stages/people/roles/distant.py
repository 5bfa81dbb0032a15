"""Roles stated apart from the name: by a pronoun ("She was its chairwoman"), below a signature."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.coreference.entities import Changes, Genders, Mention, genders_of
from newsledger.stages.people.roles.descriptions import TERM, after, phrase_from, roles_at
from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import Context

_SUBJECT = lazy_regex(
    r"(?<![\w’'])(?P<pronoun>[Hh]e|[Ss]he|(?<=[“\"])I|I(?=\s(?:have\sbeen|am|was|served|became)\s))(?=[\s’'])"
    rf"|(?P<owner>[Hh]is|[Hh]er)(?={TERM.pattern})"
    r"|(?:(?<=,\s)(?:(?:eventually|later|thus|and)\s)?|(?<=before\s)|(?<=after\s)|(?<=while\s))(?=(?:becoming|serving|working|having)\s)"
    r"|(?:(?<=[.!?\n]\s)|(?<=[.!?\n“\"])|\A)(?P<opens>As\s|While\s(?:serving|working)\sas\s|(?=An?\s[a-z]))"
)
_DOING = lazy_regex(r"(?:becoming|(?:(?P<past>having\s(?:[a-z]+\s)?served)|serving|working)\sas)\s")
_ENDED = lazy_regex(rf"\b(?:(?:{any_of(roles().out_of)})\s(?:his|her)|While\s(?:serving|working)\sas\s)\Z")
_SHORT = 14
"""No longer than this is what stands before the pronoun that refers to the name after it."""
_OWN_CLAUSE = lazy_regex(r"(?:[^.!?:\n]|(?<=[A-Z])\.)*?,?\s(?P<who>I|he|she)\s")


def roles_of_subjects(context: Context, layout: Layout, mentions: Sequence[Mention]) -> Changes:
    """Read roles stated apart from the name of the person in the same sentence.

    "She has been its chairwoman", "..., becoming its president", "As a member of it, Ada Lind ...".
    """
    changes: dict[int, Mention] = {}
    text = context.text
    holder = partial(_holder, context, layout, mentions, genders_of(mentions))
    for match in _SUBJECT.finditer(text):
        start, owner, doing = match.end(), match["owner"], _DOING.match(text, match.end())
        first, last = layout.sentence_at(start)
        # "During her time as a judge, Ada Lind"
        described = match["opens"] == ""
        capacity = match["opens"] is not None or (owner and match.start() - first < _SHORT)
        if capacity:
            i = _of_capacity(text, mentions, start, last, holder)
            at = mentions[i].before.start if i is not None else last
            stop = at if start < at < last else last
            stated = after(context, match.start(), start, stop) if owner else roles_at(context, start, stop)
            of_hers = i is not None and text.startswith(("'", "’"), mentions[i].span.end)
            if described and (of_hers or not stated or text[stated[-1].end : at] != ", "):
                i = None
        elif doing is not None:
            opener = next((word for word in ("He", "She") if text.startswith(f"{word} ", first)), None)
            i = holder(opener, start) if opener else _only(_named_between(mentions, first, start), mentions)
            stated = roles_at(context, doing.end(), last)
        elif (pronoun := match["pronoun"] or owner) and not text.startswith((",", " (", " –"), start):
            stated = after(context, match.start(), start, last)
            i = holder(pronoun, start) if stated else None
        else:
            continue
        stated = [replace(r, side="apart") for r in stated if r.start >= start and not r.many]
        if stated and ((doing and doing["past"]) or _ENDED.search(text, match.start() - 16, start)):
            stated = [replace(r, status="former") for r in stated]
        if i is not None and stated:
            mention = changes.get(i, mentions[i])
            role = mention.role or (stated[0] if capacity else None)
            changes[i] = replace(mention, role=role, other_roles=(*mention.other_roles, *stated))
    return changes


def _of_capacity(
    text: str, mentions: Sequence[Mention], start: int, end: int, holder: Callable[[str, int], int | None]
) -> int | None:
    """Of whom "As a member of the council, ..." is said: who is named next, or a pronoun's holder."""
    named = next(iter(_named_between(mentions, start, end)), None)
    own = _OWN_CLAUSE.match(text, start, end)
    if own is not None and (named is None or own.start("who") < mentions[named].span.start):
        return holder(own["who"], start)
    beside = named is not None and text.endswith(", ", 0, mentions[named].before.start)
    return named if beside else None


def _named_between(mentions: Sequence[Mention], start: int, end: int) -> range:
    """The numbers of the mentions that begin in ``start:end``; they are in text order."""
    first, last = (bisect_left(mentions, at, key=lambda m: m.span.start) for at in (start, end))
    return range(first, last)


def _only(named: Sequence[int], mentions: Sequence[Mention]) -> int | None:
    """The first of mentions that are all of one surname."""
    return named[0] if len({mentions[i].parts.keys[-1] for i in named}) == 1 else None


def _holder(
    context: Context, layout: Layout, mentions: Sequence[Mention], genders: Genders, pronoun: str, at: int
) -> int | None:
    """Who a pronoun before ``at`` is: "I" who alone speaks in the paragraph, or in the one before it.

    "He" is who alone is named in the sentence so far or in the last that names anybody; in quotes no speaker.
    """
    if pronoun == "I":
        span = context.chart_at(at).span
        for start, end in (span, context.chart_at(max(0, span[0] - 1)).span):
            named = [k for k in _named_between(mentions, start, end) if mentions[k].speaks]
            if named:
                return _only(named, mentions)
        return None
    quoted = layout.text.endswith(("“", '"'), 0, at - len(pronoun))
    known = {None, "male" if pronoun.lower() in {"he", "his"} else "female"}
    for _ in range(8):
        start, _end = layout.sentence_at(at)
        # "He met Ada Lind and Ben Moss. He was also ..." goes on about the same man.
        goes_on = layout.text.startswith(f"{pronoun.capitalize()} ", start)
        if (among := _named_between(mentions, start, at)) and not goes_on:
            named = [i for i in among if known & genders[i]]
            return _only([i for i in named if not (quoted and mentions[i].speaks)], mentions)
        if start == 0:
            return None
        at = start - 1
    return None


_LINE = lazy_regex(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=\S)")
_BODY = lazy_regex(r"(?m)(?:(?:[A-Z][\w.’'-]*|of|on|for|the|and|in|&),?[ \t]+)*[A-Z][\w.’'-]*(?=[ \t,]*$)")
_ADDRESS = lazy_regex(r"(?i)[ \t]*(?:(?:the\s)?(?:hon|honorable)\.?|the|m(?:r|r?s)\.?|dr\.?)?[ \t]*")


def offices_below(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read the office that fills the line under "Ada Lind", and its organisation in the line under that."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        line = _LINE.match(text, mention.span.end)
        opener = text.rfind("\n", 0, mention.before.start) + 1
        if line is None or mention.single or mention.role is not None:
            continue
        if not _ADDRESS.fullmatch(text, opener, mention.before.start):
            continue
        stop = text.find("\n", line.end())
        stop = len(text) if stop < 0 else stop
        chart = context.chart_at(line.end())
        phrase = phrase_from(chart, chart.first_from(line.end()), chart.first_from(stop))
        if phrase is None or phrase.role.many or text[chart.ends[phrase.last] : stop].strip(" \t.,"):
            continue
        role = replace(phrase.role, side="after")
        below = None if role.org or role.country else _LINE.match(text, stop)
        body = _BODY.match(text, below.end()) if below is not None else None
        if body is not None and context.body_at(body.start()):
            role = replace(role, org=" ".join(body[0].rstrip(".").split()))
        changes[i] = mention.with_role(role)
    return changes
