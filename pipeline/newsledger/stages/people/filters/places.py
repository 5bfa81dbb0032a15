"""Tells a place from a person by the words around a name: "in nearby Lind", "the town known as Lind"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, names, roles

_TOWN_OF = re.compile(r"(?<![^\W_])(?:city|town|village|province|district|port) of ([^\W_]+)")
_TOWNS_OF = ("city of ", "town of ", "village of ", "province of ", "district of ", "port of ")
_TOWN = re.compile(r" (?:town|village|province|municipality)(?! hall)(?![^\W_])")
_TOWNS = (" town", " village", " province", " municipality")
_IN = re.compile(r"\b(?:in|at|near|outside|across|throughout)\s+\Z", re.IGNORECASE)
_IN_NEARBY = re.compile(
    r"\b(?:in|at|to|from)\s(?:adjacent|nearby|neighbou?ring|downtown|rural)\s\Z", re.IGNORECASE
)
_NEAR = (" from ", " adjacent ", " nearby ", "ring ", " downtown ", " rural ")
_ONE_FROM = re.compile(r"\b([a-z]+)\sfrom\s\Z")
_PEOPLE_OF = frozenset({"fighter", "man", "woman", "resident", "native", "family", "couple", "boy", "girl"})
_TRUST = re.compile(rf"\b(?:{alternation(names().trust)})\s+(?:in|at)\s+\Z")
SPOKE = re.compile(
    rf"['’]s\s+(?:{alternation(names().of_kin)})\b|,?\s+(?:{alternation(names().speech)}|who)\b|,\s+\d\d,"
)


_BETWEEN_STREETS = re.compile(
    r"\b(?:Calle|Avenida|Ave|Street|St|Avenue|Road|Boulevard|[Cc]orner)\b[^;\n]{0,30}?,?"
    r" between (?:[^,;\n]{2,30} and )?\Z"
)
_CROSSING = re.compile(
    r"\b(?:intersection|corner|junction) of (?:[A-Z0-9][\w’'.-]* ){0,2}"
    r"(?:(?:and|&) (?:[A-Z0-9][\w’'.-]* )?)?\Z"
)
_LANDS = {
    land: re.compile(rf"\b(?:{neighbours})\b") for land, neighbours in (x.split(": ") for x in names().lands)
}
_AS = (" as ", " as the ", "(")
_KNOWN_PLACE = re.compile(
    r"\b(?:an?|the|this|that)\s(?:[a-z]+\s)?(?:area|region|district|village|town|settlement|island|valley|suburb)\s"
    r"(?:(?:now|then|locally|also|once)\s)?known\sas\s(?:the\s)?(?:[A-Z][\w’'-]+\s\()?\Z"
)
"""Before a name: "in this area known as", "the town known as Lind ("."""


def as_a_place(text: str, found: PersonSpan, keys: Sequence[str]) -> str | None:
    """The rule by which a name is a place's here; ``keys`` are its folded words."""
    if len(keys) == 1 and _is_home(text, found):
        return "place"
    if len(keys) == 1 and keys[0] in _LANDS and _LANDS[keys[0]].search(text):
        return "place"
    start = found.start
    if text.endswith(_AS, 0, start) and _KNOWN_PLACE.search(text, max(0, start - 60), start):
        return "place"
    if text.endswith((" between ", " and "), 0, start) and _BETWEEN_STREETS.search(
        text, max(0, start - 90), start
    ):
        return "street"
    if text.endswith((" of ", " and ", " & "), 0, start) and _CROSSING.search(
        text, max(0, start - 60), start
    ):
        return "street"
    return None


def _is_home(text: str, found: PersonSpan) -> bool:
    """ "in nearby Amra", "a journalist and freedom fighter from Amra"."""
    if text.startswith(("'s", "’s"), found.end):
        return False
    if not text.endswith(_NEAR, 0, found.start):
        return False
    window = max(0, found.start - 30)
    if _IN_NEARBY.search(text, window, found.start):
        return True
    match = _ONE_FROM.search(text, window, found.start)
    return match is not None and (match[1] in _PEOPLE_OF or match[1] in roles().by_last)


def called_a_town(text: str, surface: str) -> bool:
    """Whether ``text`` calls ``surface`` a town somewhere.

    >>> called_a_town("Ada is old. All is kept in the city of Ada.", "Ada")
    True
    >>> called_a_town("the hometown of Ada", "Ada"), called_a_town("the town of Adana", "Ada")
    (False, False)
    >>> called_a_town("Rain fell in Ada town. Ada was dry.", "Ada"), called_a_town("Ada town hall", "Ada")
    (True, False)
    """
    first, last = _said_towns(text)
    words, size = _LETTERS.findall(surface), len(surface)
    if not words:
        return False
    return any(
        text.startswith(surface, start) and not text[start + size : start + size + 1].isalnum()
        for start in first.get(words[0], ())
    ) or any(
        text.endswith(surface, 0, end) and not text[max(0, end - size - 1) : end - size].isalnum()
        for end in last.get(words[-1], ())
    )


_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=2)
def _said_towns(text: str) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Where a name begins after "town of", by its first word, and ends before "town", by its last.

    One scan of the text serves all its names.
    """
    first: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    if any(town in text for town in _TOWNS_OF):
        for match in _TOWN_OF.finditer(text):
            first.setdefault(match[1], []).append(match.start(1))
    if any(town in text for town in _TOWNS):
        floor = 0
        for match in _TOWN.finditer(text):
            start = end = match.start()
            while start > floor and text[start - 1].isalnum():
                start -= 1
            if start < end:
                last.setdefault(text[start:end], []).append(end)
                floor = match.end()
    return first, last


def standing_places(
    text: str, found: Sequence[PersonSpan], votes: Mapping[str, Mapping[str, int]]
) -> frozenset[str]:
    """Surfaces labelled PER that stand after "in", "at", "near" and nowhere like a person."""
    there: dict[str, int] = {}
    people: set[str] = set()
    for piece in found:
        surface = text[piece.start : piece.end]
        if "title" in piece.rules or SPOKE.match(text, piece.end, piece.end + 16):
            people.add(surface)
        elif (
            _IN.search(text, max(0, piece.start - 12), piece.start)
            and not text.startswith(("'", "’"), piece.end)
            and not _TRUST.search(text, max(0, piece.start - 28), piece.start)
        ):
            there[surface] = there.get(surface, 0) + 1
        elif " " not in surface and text.endswith(_NEAR, 0, piece.start) and _is_home(text, piece):
            # "in nearby Amra": that says enough.
            there[surface] = there.get(surface, 0) + 2
    return frozenset(
        s for s, n in there.items() if s not in people and (n > 1 or votes.get(s, {}).get("LOC", 0) > 0)
    )
