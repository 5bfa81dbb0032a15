"""How a name that stands alone is written: introduced there, explained in brackets, or with a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.stages.people.parts import take_apart
from pipeline.stages.people.persons import Named
from pipeline.stages.people.spans import Found

_INSERTED = re.compile(r"['’s]{0,2}\s[\[(]\Z")
_CLOSING = frozenset({"]", ")"})
_INTRODUCED = re.compile(r",\s(?:\d{1,3}\b|an?\s|the\s|who\b|whose\b|his\s|her\s|not\s)|\s\(")
_CALLED_SO = re.compile(r"\b(?:named|called|as)\s[\"“'‘]?\Z")


def find_inserted(text: str, mentions: Sequence[Named]) -> None:
    """Note who is meant where an editor says it in brackets: "as Lucho [Ruiz] says".

    In round ones the two must be a full name of the article, as they may set apart something else.
    """
    if "[" not in text and "(" not in text:
        return
    whole = {tuple(m.parts.keys) for m in mentions if len(m.parts.units) == 2}
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.alias_of < 0
            and len(one.parts.units) == len(other.parts.units) == 1
            and text[other.found.end : other.found.end + 1] in _CLOSING
            and _INSERTED.fullmatch(text, one.found.end, other.found.start)
            and (text[other.found.end] == "]" or (one.parts.units[0].key, other.parts.units[0].key) in whole)
        ):
            one.alias_of = i + 1


def told_of(text: str, name: Found) -> bool:
    """Whether it is said here who a single name is: "Ada, 34, said", "a girl named Ada"."""
    return bool(
        _INTRODUCED.match(text, name.end) or _CALLED_SO.search(text, max(0, name.start - 9), name.start)
    )


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
            mention.parts = take_apart(mention.surface + "s")


_LONG = 1200
"""So many characters of English hold a possessive."""


def _without_marks(mentions: Sequence[Named]) -> None:
    families = {m.parts.units[-1].text for m in mentions if m.parts.family != 0}
    for mention in mentions:
        last = mention.parts.units[-1].text
        if len(last) > 4 and last.endswith("s") and last[:-1] in families and mention.parts.suffix is None:
            mention.parts = take_apart(mention.surface[:-1])


_MARKS = frozenset({"'s", "’s"})
