"""A longer name that stands in full somewhere is known where the text says it again or shortens it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsledger.stages.countries.occurrence import Occurrence

_CAPITAL = re.compile(r"\b[A-Z]")


def spread_to_repetitions(occurrences: Sequence[Occurrence], flags: Sequence[bool]) -> list[bool]:
    """The flags, set too where a text repeats a name that holds a form, or its first words."""
    whole = Counter(
        parts
        for occurrence, flag in zip(occurrences, flags, strict=True)
        if flag
        for parts in _spans(occurrence)
    )
    again = {
        parts for parts, times in whole.items() if times > 1 or len(_CAPITAL.findall("".join(parts))) > 2
    }
    if not again:
        return list(flags)
    return [flag or _repeats(occurrence, again) for occurrence, flag in zip(occurrences, flags, strict=True)]


def _spans(occurrence: Occurrence) -> Iterator[tuple[str, str]]:
    """What the classifier has of a name before and after the form, in spans that hold more than the form."""
    for span in occurrence.spans:
        at = occurrence.hit.start - span.start_char
        before, after = span.surface[:at], span.surface[at + len(occurrence.surface) :]
        if span.label in ("ORG", "FAC", "MISC") and len(before + after) > 2:
            yield before, f"{occurrence.surface}{after}"


def _repeats(occurrence: Occurrence, known: set[tuple[str, str]]) -> bool:
    said = occurrence.surface + occurrence.after
    return any(
        said.startswith(after) and occurrence.before.endswith(before) and not said[len(after) :][:1].isalnum()
        for before, after in known
    )
