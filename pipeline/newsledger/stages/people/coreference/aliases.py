"""Other names and spellings of a person: known as, born, explained in brackets, written with a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.entities import Named


def with_mark_moved(text: str, mentions: Sequence[Named]) -> None:
    """Read "Ivin's" as Ivins' where the article has an Ivins and no Ivin: the apostrophe slipped.

    And where a long article has lost its apostrophes, "Hales bill" is Hale's if it knows a Hale.
    """
    if len(text) > _LONG and not any(mark in text for mark in _MARKS):
        _without_marks(mentions)
        return
    single = [
        m for m in mentions if len(m.parts.units) == 1 and text[m.found.end : m.found.end + 2] in _MARKS
    ]
    if not single:
        return
    words = {unit.text for m in mentions if len(m.parts.units) > 1 for unit in m.parts.units}
    alone = {m.surface for m in mentions if text[m.found.end : m.found.end + 2] not in _MARKS}
    for mention in single:
        if mention.surface + "s" in words and mention.surface not in words | alone:
            mention.parts = parse_name(mention.surface + "s")


_LONG = 1200
"""So many characters of English hold a possessive."""


def _without_marks(mentions: Sequence[Named]) -> None:
    families = {m.parts.units[-1].text for m in mentions if m.parts.family != 0}
    for mention in mentions:
        last = mention.parts.units[-1].text
        if len(last) > 4 and last.endswith("s") and last[:-1] in families and mention.parts.suffix is None:
            mention.parts = parse_name(mention.surface[:-1])


_MARKS = frozenset({"'s", "’s"})

_KNOWN_AS = re.compile(
    r"\s*[,(–—-]?\s*(?:(?:an?\s(?:[a-z-]+\s){1,4})?who\s+(?:is\s+)?)?(?:(?:also|better|popularly|more|most|commonly|widely|universally)\s+)*"
    r"(?:n[ée]e|born|whose\s+(?:real|birth|stage|full)\s+name\s+(?:is|was)|real\s+name|performs\s+as|performing\s+as|nicknamed|dubbed|alias|[Aa]\.?[Kk]\.?[Aa]\.?,?|(?<=also\s)(?:goes|went)\s+by"
    r"|(?:became\s+)?known\s+(?:(?:(?:in|to|among|around)\s[a-z][a-z ]{1,40}?\s)?as"
    r"|by\s+(?:the|his|her)\s+(?:moniker|nickname|name|alias|nom\s+de\s+guerre)(?:\s+of)?))"
    r"\s+[\"“'‘]?\Z"
)


def called_as(text: str, mentions: Sequence[Named], piece: PersonSpan) -> bool:
    """Whether a name is another of the last person's: "Ada Hale, also known as Lucho"."""
    end = mentions[-1].found.end
    return (
        piece.start - end < 64
        and _KNOWN_AS.fullmatch(text, end, piece.start) is not None
        and text[piece.end : piece.end + 2] not in _MARKS
    )
