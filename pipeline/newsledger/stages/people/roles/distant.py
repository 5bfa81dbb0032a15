"""Roles stated apart from the name: by a pronoun ("She was its chairwoman"), below a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsledger.document.layout import Layout
from newsledger.stages.people.coreference.entities import Changes, Mention, gender_of
from newsledger.stages.people.roles.descriptions import after, phrase_from, roles_at
from newsledger.stages.people.roles.phrases import RolePhrase, read_phrase
from newsledger.stages.people.roles.role import Role
from newsledger.stages.people.tokens import Context

_PRONOUN = re.compile(
    r"(?<![\w’'])(?:He|She|(?<=, )(?:he|she))"
    r"(?=\s(?:is|was|has|had|serve[sd]|work(?:s|ed)|became|will|remains|also|now|currently|then|once|twice|later|previously))"
)
_SINGULAR = {"He": "male", "he": "male", "She": "female", "she": "female"}
_IS = re.compile(r"\s(?:is|was|were|are|being|be|was\slisted\sas|is\snow|remains)\s\Z")
_LED = re.compile(r",? (?P<verb>headed|chaired|founded) by \Z")
_AS = re.compile(r"[“\"]?As\s")


def roles_of_pronouns(context: Context, layout: Layout, mentions: Sequence[Mention]) -> Changes:
    """Read "She has been its chairwoman since 2019", said of the one person of the sentence before."""
    changes: dict[int, Mention] = {}
    text = context.text
    for match in _PRONOUN.finditer(text):
        i = _antecedent(layout, mentions, match.start(), _SINGULAR[match[0]])
        if i is None:
            continue
        _, last = layout.sentence_at(match.start())
        stated = after(context, match.start(), match.end(), last)
        stated = [r for r in stated if r.start >= match.end() and not r.many]
        if stated and not text.startswith((",", " (", " –"), match.end()):
            mention, links = changes.get(i, mentions[i]), [replace(r, side="apart") for r in stated]
            changes[i] = replace(mention, other_roles=(*mention.other_roles, *links))
    return changes


def _antecedent(layout: Layout, mentions: Sequence[Mention], position: int, gender: str) -> int | None:
    """The one person that the sentence of a pronoun, before it, or the sentence before that names."""
    start, _ = layout.sentence_at(position)
    for _ in range(2):
        named = [i for i, m in enumerate(mentions) if start <= m.span.start < position]
        keys = {mentions[i].parts.keys[-1] for i in named}
        if named:
            mention = mentions[named[0]]
            said = mention.before.gender or gender_of(mention.parts)
            return named[0] if len(keys) == 1 and said in {None, gender} else None
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
    said = _LED.search(context.text, max(0, start - 20), start)
    span = context.name_ends.get(said.start()) if said is not None else None
    if said is None or span is None or span.label != "ORG":
        return None
    office = {"chaired": "chairman", "founded": "founder"}.get(said["verb"], "head")
    return Role(
        (office,),
        office.capitalize(),
        org=" ".join(span.surface.split()),
        side="apart",
        wording=office,
        start=said.start("verb"),
        end=said.end() - 1,
    )


def roles_of_capacity(context: Context, layout: Layout, mentions: Sequence[Mention]) -> Changes:
    """Read "As a member of the Water Council, Ada Lind", said of the first person of the sentence."""
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        start = mention.before.start
        if not context.text.endswith(", ", 0, start):
            continue
        first, _ = layout.sentence_at(start)
        said = _AS.match(context.text, first)
        if said is None or (i and mentions[i - 1].span.start >= first):
            continue
        found = [replace(role, side="apart") for role in roles_at(context, said.end(), start)]
        if found:
            main = mention.role or found[0]
            changes[i] = replace(mention, role=main, other_roles=(*mention.other_roles, *found))
    return changes


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
