"""Other names and spellings of a person: known as, born, explained in brackets, written with a slip."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.entities import Changes, Mention


def restore_apostrophes(text: str, mentions: Sequence[Mention]) -> Changes:
    """Read "Ivin's" as Ivins' where the article has an Ivins and no Ivin: the apostrophe slipped.

    And where a long article has lost its apostrophes, "Hales bill" is Hale's if it knows a Hale.
    """
    if len(text) > _LONG and not any(mark in text for mark in _MARKS):
        families = {m.parts.units[-1].text for m in mentions if m.parts.family != 0}
        changed = {i: m.surface[:-1] for i, m in enumerate(mentions) if _has_lost_apostrophe(m, families)}
    else:
        marked = [text[m.span.end : m.span.end + 2] in _MARKS for m in mentions]
        words = {unit.text for m in mentions if not m.single for unit in m.parts.units}
        unmarked = {m.surface for m, mark in zip(mentions, marked, strict=True) if not mark}
        changed = {
            i: m.surface + "s"
            for i, (m, mark) in enumerate(zip(mentions, marked, strict=True))
            if mark and m.single and m.surface + "s" in words and m.surface not in words | unmarked
        }
    return {i: replace(mentions[i], parts=parse_name(surface)) for i, surface in changed.items()}


_LONG = 1200
"""So many characters of English hold a possessive."""


def _has_lost_apostrophe(mention: Mention, families: Set[str]) -> bool:
    last = mention.parts.units[-1].text
    return len(last) > 4 and last.endswith("s") and last[:-1] in families and mention.parts.suffix is None


_MARKS = frozenset({"'s", "’s"})

_KNOWN_AS = lazy_regex(
    r"\s*[,(–—-]?\s*"
    # "a chess player from Lima", but not "the son of a man"
    r"(?:(?:an?|the)\s(?:(?!of\b|for\b|to\b|by\b|with\b|and\b|or\b|whose\b|who\b)[\w’'-]+\s){1,6})?"
    r"(?:who\s(?:is\s|was\s)?)?(?:(?:also|better|popularly|more|most|commonly|widely|universally|best|often)\s+)*"
    r"(?:n[ée]e|born|whose\s+(?:real|birth|stage|full)\s+name\s+(?:is|was)|real\s+name|nicknamed|dubbed|alias"
    r"|[Aa]\.?[Kk]\.?[Aa]\.?,?|(?<=also\s)(?:goes|went)\s+by|perform(?:s|ed|ing)\s+(?:as|under\s+the\s+name(?:\s+of)?)"
    r"|(?:became\s+)?known\s+(?:(?:[a-z]+ly\s)?(?:(?:in|to|among|around)\s[a-z][a-z ]{1,40}?\s)?as"
    r"|by\s+(?:the|his|her)\s+(?:moniker|nickname|name|alias|nom\s+de\s+guerre)(?:\s+of)?))"
    r"\s+[\"“'‘]?\Z"
)


def is_alias_of(text: str, previous: PersonSpan, span: PersonSpan) -> bool:
    """Whether a name is another of the person's named before it: "Ada Hale, also known as Lucho"."""
    return (
        span.start - previous.end < 100
        and _KNOWN_AS.fullmatch(text, previous.end, span.start) is not None
        and text[span.end : span.end + 2] not in _MARKS
    )
