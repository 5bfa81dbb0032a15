"""Roles stated apart from the name: by a pronoun ("She was its chairwoman"), below a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from newsledger.document.layout import Layout
from newsledger.stages.people.coreference.entities import Changes, Mention, gender_of
from newsledger.stages.people.roles.descriptions import after, phrase_from, roles_at
from newsledger.stages.people.roles.phrases import RolePhrase, read_phrase
from newsledger.stages.people.roles.role import Role
from newsledger.stages.people.tokens import Context

_SUBJECT = re.compile(
    r"(?<![\w’'])(?P<pronoun>[Hh]e|[Ss]he|(?<=[“\"])I|I(?=\s(?:have\sbeen|am|was)\san?\s))"
    r"(?=[\s’']\s?(?:is|was|am|s\s|has|had|have|serve[sd]|work(?:s|ed)|became|will|remain|also|now|currently|then|once|twice|later|previously"
    r"|took|acted|acts|went|eventually|retired|resigned|founded|co-founded))"
    r"|(?:(?<=,\s)(?:(?:eventually|later|thus|and)\s)?|(?<=before\s)|(?<=after\s)|(?<=while\s))(?=(?:becoming|serving|working)\s)"
    r"|(?:(?<=[.!?\n]\s)|(?<=[.!?\n“\"])|\A)As\s"
)
_GENDER: dict[str, Literal["male", "female"]] = {"he": "male", "she": "female"}
_DOING = re.compile(r"(?:becoming|(?P<past>serving|working)\sas)\s")
_OWN_CLAUSE = re.compile(r"[^.!?\n]*?,\s(?P<who>I|he|she)\s")
_IS = re.compile(r"\s(?:is|was|were|are|being|be|was\slisted\sas|is\snow|remains)\s\Z")
_LED = re.compile(
    r",?(?:\s(?:is|was|has\sbeen))? (?P<verb>headed|chaired|founded|co-founded|owned|led|run) by \Z"
)
_OFFICES = {
    "chaired": "chairman",
    "founded": "founder",
    "co-founded": "co-founder",
    "owned": "owner",
    "led": "leader",
}


def roles_of_subjects(context: Context, layout: Layout, mentions: Sequence[Mention]) -> Changes:
    """Read roles that a sentence states of somebody whom it names elsewhere.

    "She has been its chairwoman since 2019", "..., becoming its first president", "As a member of it, Ada
    Lind ...", "“As a doctor, I ...,” said Ada Lind".
    """
    changes: dict[int, Mention] = {}
    text = context.text
    for match in _SUBJECT.finditer(text):
        first, last = layout.sentence_at(match.end())
        pronoun, start = (match["pronoun"] or "").lower(), match.end()
        if pronoun:
            i = _speaker(context, mentions, start) if pronoun == "i" else None
            i = i if pronoun == "i" else _antecedent(layout, mentions, match.start(), _GENDER[pronoun])
            stated = after(context, match.start(), start, last)
        elif match[0].startswith("As"):
            i = _of_capacity(context, layout, mentions, start, last)
            stop = (
                min(last, mentions[i].before.start)
                if i is not None and mentions[i].span.start > start
                else last
            )
            stated = roles_at(context, start, stop)
        else:
            doing = _DOING.match(text, start)
            named = [k for k, m in enumerate(mentions) if first <= m.span.start < start]
            i = named[0] if named and len({mentions[k].parts.keys[-1] for k in named}) == 1 else None
            stated = roles_at(context, doing.end(), last) if doing is not None else []
        stated = [replace(r, side="apart") for r in stated if r.start >= start and not r.many]
        if i is None or not stated or (pronoun and text.startswith((",", " (", " –"), start)):
            continue
        mention = changes.get(i, mentions[i])
        role = mention.role or (stated[0] if match[0].startswith("As") else None)
        changes[i] = replace(mention, role=role, other_roles=(*mention.other_roles, *stated))
    return changes


def _of_capacity(
    context: Context, layout: Layout, mentions: Sequence[Mention], start: int, end: int
) -> int | None:
    """Of whom "As a member of the council, ..." is said: who is named next, or who speaks of himself."""
    named = next((k for k, m in enumerate(mentions) if start <= m.span.start < end), None)
    own = _OWN_CLAUSE.match(context.text, start, end)
    beside = named is not None and context.text.endswith(", ", 0, mentions[named].before.start)
    if beside and (own is None or mentions[named or 0].span.start < own.start("who")):
        return named
    if own is None:
        return None
    if own["who"] == "I":
        return _speaker(context, mentions, start)
    return _antecedent(layout, mentions, start, _GENDER[own["who"]])


def _speaker(context: Context, mentions: Sequence[Mention], position: int) -> int | None:
    """Who says "I" at ``position``: the only one who speaks in the paragraph, or in that before it."""
    chart = context.chart_at(position)
    for start, end in (chart.span, (context.chart_at(max(0, chart.span[0] - 1)).span)):
        named = [k for k, m in enumerate(mentions) if start <= m.span.start < end and m.speaks]
        if named:
            return named[0] if len({mentions[k].parts.keys[-1] for k in named}) == 1 else None
    return None


def _may_be(mention: Mention, gender: str) -> bool:
    return (mention.before.gender or gender_of(mention.parts)) in {None, gender}


def _antecedent(layout: Layout, mentions: Sequence[Mention], position: int, gender: str) -> int | None:
    """The one person that the sentence of a pronoun, before it, or a sentence not far before that names."""
    quoted = layout.text.endswith(("“", '"'), 0, position)
    start, _ = layout.sentence_at(position)
    for _ in range(5):
        named = [i for i, m in enumerate(mentions) if start <= m.span.start < position]
        fitting = [i for i in named if _may_be(mentions[i], gender) and not (quoted and mentions[i].speaks)]
        if named:
            one = len({mentions[i].parts.keys[-1] for i in fitting}) == 1
            return fitting[0] if one else None
        if start == 0:
            return None
        position = start
        start, _ = layout.sentence_at(start - 1)
        if position - start > 400:
            return None
    return None


def roles_before_verbs(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read "Its first president was Ada Lind", "the council, headed by Ada Lind"."""
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        if mention.before.role is not None and not mention.before.role.style:
            continue
        role = _subject(context, mention) or _leader(context, mention)
        if role is not None:
            main = (
                role if mention.role is None or (mention.role.style and role.standing > 1) else mention.role
            )
            changes[i] = replace(mention, role=main, other_roles=(*mention.other_roles, role))
    return changes


def _phrase_before(context: Context, end: int, floor: int) -> RolePhrase | None:
    """The role phrase that ends right before ``end``."""
    chart = context.chart_at(end - 1)
    i = chart.first_from(end) - 1
    low = max(chart.first_from(floor), i - 16)
    for k in range(i, low - 1, -1):
        if k in chart.of_person or chart.tokens[k].text in {".", ",", ";", "\n", ":"}:
            return None
        head = chart.heads.get(k)
        if head is not None and head.first >= low:
            phrase = read_phrase(chart, head, low)
            if phrase is not None and phrase.last == i:
                return phrase
    return None


def _opens(context: Context, phrase: RolePhrase) -> bool:
    """Whether a phrase opens its sentence."""
    tokens = context.chart_at(phrase.role.start).tokens
    return phrase.first == 0 or tokens[phrase.first - 1].text in {".", "\n", "?", "!", "”", '"', ":"}


def _subject(context: Context, mention: Mention) -> Role | None:
    """The office in "Its first president was Ada Lind"."""
    verb = _IS.search(context.text, max(0, mention.before.start - 16), mention.before.start)
    if verb is None or mention.single:
        return None
    phrase = _phrase_before(context, verb.start(), max(0, verb.start() - 120))
    if phrase is None or not _opens(context, phrase) or phrase.role.many:
        return None
    return replace(phrase.role, side="apart") if phrase.role.determiner or phrase.role.org else None


def _leader(context: Context, mention: Mention) -> Role | None:
    """The office in "the Northam Committee, chaired by Ada Lind"."""
    start = mention.before.start
    said = _LED.search(context.text, max(0, start - 32), start)
    span = context.name_ends.get(said.start()) if said is not None else None
    if said is None or span is None or span.label != "ORG":
        return None
    office = _OFFICES.get(said["verb"], "head")
    return Role(
        (office,),
        office.capitalize(),
        org=" ".join(span.surface.split()),
        side="apart",
        wording=office,
        start=said.start("verb"),
        end=said.end() - 1,
    )


_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=\S)")


def offices_below(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read "Ada Lind", which fills a line, and under it "United States Senator", which fills one as well."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        if mention.single or mention.role is not None:
            continue
        line = _LINE.match(text, mention.span.end)
        opener = text.rfind("\n", 0, mention.before.start) + 1
        if (
            line is None
            or text[opener : mention.before.start].strip(" \t").rstrip(".").lower() not in _ADDRESSES
        ):
            continue
        stop = text.find("\n", line.end())
        stop = len(text) if stop < 0 else stop
        chart = context.chart_at(line.end())
        phrase = phrase_from(chart, chart.first_from(line.end()), chart.first_from(stop))
        if phrase is None or phrase.role.many or text[chart.ends[phrase.last] : stop].strip(" \t.,"):
            continue
        if not chart.tokens[phrase.first].capital:
            continue
        role = replace(phrase.role, side="after")
        if role.org is None and role.country is None:
            role = replace(role, org=_body_below(context, stop))
        changes[i] = mention.with_role(role)
    return changes


def _body_below(context: Context, end: int) -> str | None:
    """The organisation that fills the line after ``end``."""
    line = _LINE.match(context.text, end)
    if line is None or context.body_at(line.end()) is None:
        return None
    stop = context.text.find("\n", line.end())
    words = context.text[line.end() : stop if stop >= 0 else len(context.text)].strip(" \t.,")
    return " ".join(words.split()) if len(words) < 110 else None


_ADDRESSES = frozenset({"", "the", "the honorable", "the hon", "hon", "mr", "mrs", "ms", "dr"})
