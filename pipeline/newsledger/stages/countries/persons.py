"""Is it a person? Michael Jordan, Chad Smith, Rep. Steve Israel."""

from __future__ import annotations

import re

from newsledger.stages.countries.matcher import lexicon
from newsledger.stages.countries.place import Place, capital_run, known_capital, plain

_AFTER_OFFICE = re.compile(r"\b(?:to|of|in|from|with)(?: the)?\s+\Z")


def is_person(place: Place) -> bool:
    """Whether the form is part of a person's name."""
    if place.hit.inside:
        return False
    words = lexicon()
    surface = plain(place.surface)
    surname = surface in words["surnames"]
    given = surface in words["first_names"]
    for span in place.spans:
        if span.label == "PER" and (surname or given or span.start_char < place.hit.start):
            return True
        if span.label == "LOC" and (span.start_char, span.end_char) == (place.hit.start, place.hit.end):
            return False
    run = capital_run(place.after)
    if plain(place.previous) in words["given_names"]:
        return not run if surname else place.kind == "name"
    if not given or place.heading or not 0 < len(run) < 3 or _AFTER_OFFICE.search(place.before):
        return False
    return not any(map(known_capital, run))
