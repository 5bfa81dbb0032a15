"""A longer name that stands in full somewhere is known where the text says it again or shortens it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsledger.stages.countries.place import Place

_CAPITAL = re.compile(r"\b[A-Z]")


def spread(places: Sequence[Place], flags: Sequence[bool]) -> list[bool]:
    """The flags, set too where a text repeats a name that holds a form, or its first words."""
    whole = Counter(
        parts for place, flag in zip(places, flags, strict=True) if flag for parts in _spans(place)
    )
    again = {
        parts for parts, times in whole.items() if times > 1 or len(_CAPITAL.findall("".join(parts))) > 2
    }
    if not again:
        return list(flags)
    return [flag or _says_again(place, again) for place, flag in zip(places, flags, strict=True)]


def _spans(place: Place) -> Iterator[tuple[str, str]]:
    """What the classifier has of a name before and after the form, in spans that hold more than the form."""
    for span in place.spans:
        at = place.hit.start - span.start_char
        before, after = span.surface[:at], span.surface[at + len(place.surface) :]
        if span.label in ("ORG", "FAC", "MISC") and len(before + after) > 2:
            yield before, f"{place.surface}{after}"


def _says_again(place: Place, known: set[tuple[str, str]]) -> bool:
    said = place.surface + place.after
    return any(
        said.startswith(after) and place.before.endswith(before) and not said[len(after) :][:1].isalnum()
        for before, after in known
    )
