"""Names that stand like places: "in Lind" twice, and nowhere like a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, names

_IN = re.compile(r"\b(?:in|at|near|outside|across|throughout)\s+\Z", re.IGNORECASE)
_TRUST = re.compile(rf"\b(?:{alternation(names().trust)})\s+(?:in|at)\s+\Z")
SPOKE = re.compile(
    rf"['’]s\s+(?:{alternation(names().of_kin)})\b|,?\s+(?:{alternation(names().speech)}|who)\b|,\s+\d\d,"
)


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
    return frozenset(
        s for s, n in there.items() if s not in people and (n > 1 or votes.get(s, {}).get("LOC", 0) > 0)
    )
