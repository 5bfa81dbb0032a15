"""Countries' words in names of persons: Michael Jordan, Chad Smith, Rep. Steve Israel."""

from __future__ import annotations

from newsledger.stages.countries.gazetteer import lexicon
from newsledger.stages.countries.occurrence import (
    Occurrence,
    capitalised_words,
    is_listed_capital,
    normalise_case,
)


def is_person(occurrence: Occurrence) -> bool:
    """Whether the form is part of a person's name."""
    if occurrence.hit.inside:
        return False
    words = lexicon()
    surface = normalise_case(occurrence.surface)
    surname = surface in words["surnames"]
    given = surface in words["first_names"]
    for span in occurrence.spans:
        if span.label == "PER" and (surname or given or span.start_char < occurrence.hit.start):
            return True
        if span.label == "LOC" and (span.start_char, span.end_char) == (
            occurrence.hit.start,
            occurrence.hit.end,
        ):
            return False
    run = capitalised_words(occurrence.after)
    if normalise_case(occurrence.previous) in words["given_names"]:
        return not run if surname else occurrence.kind == "name"
    return given and 0 < len(run) < 3 and not any(map(is_listed_capital, run))
