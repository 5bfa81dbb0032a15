"""Countries' words in names of persons: Michael Jordan, Chad Smith, Rep. Steve Israel."""

from __future__ import annotations

import re

from newsledger.stages.countries.gazetteer import is_form, lexicon
from newsledger.stages.countries.occurrence import (
    GAP,
    Occurrence,
    capitalised_words,
    is_listed_capital,
    normalise_case,
)
from newsledger.values.mentions import NameSpan

_COURTESY_TITLE = re.compile(rf"\b(?:M(?:rs?|s)|Dr|Prof)\b\.?{GAP}\Z")
_LISTED_BEFORE = re.compile(r"\b([A-Z]\w+)(?:,| and|, and)\s+\Z")
_LISTED_AFTER = re.compile(r"(?:,| and|, and)\s+([A-Z]\w+)\b")
_STATE_NOUN_AFTER = re.compile(
    rf"(?:['’]s)?{GAP}(?:[a-z]+{GAP})?(?:government|parliament|president|prime{GAP}minister|king|army|military|junta|"
    r"capital|economy|borders?|constitution|currency|exports|imports|neighbou?rs)\b"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|into|across|throughout|within|inside|outside|(?:flew|travel\w*|moved?|trips?|visits?|flights?|"
    r"deployed|exports?|returned)\s+to)\s+(?:[\w.]+(?:,|,? and)\s+)?\Z"
)


def is_person(occurrence: Occurrence) -> bool:
    """Whether the form is part of a person's name."""
    if occurrence.hit.inside:
        return False
    words = lexicon()
    surface = normalise_case(occurrence.surface)
    surname = surface in words["surnames"]
    given = surface in words["first_names"]
    rare = surface in words["rare_first_names"]
    for span in occurrence.spans:
        is_name = surname or given or rare or span.start_char < occurrence.hit.start
        if span.label == "PER" and is_name and not _is_state(occurrence, span):
            return True
        if span.label == "LOC" and _covers(span, occurrence):
            return False
    if occurrence.kind == "name" and _is_addressed(occurrence):
        return True
    run = capitalised_words(occurrence.after)
    if normalise_case(occurrence.previous) in words["given_names"]:
        if surname:
            return not run
        return occurrence.kind == "name" and words["institutions"].isdisjoint(run)
    return given and 0 < len(run) < 3 and not any(map(is_listed_capital, run))


def is_rare_given_name(occurrence: Occurrence) -> bool:
    """Whether a family name follows a form that is seldom a given name (India Walden): alone it is none."""
    rare = normalise_case(occurrence.surface) in lexicon()["rare_first_names"]
    return rare and bool(capitalised_words(occurrence.after))


def is_place(occurrence: Occurrence) -> bool:
    """Whether the words around a form that is a person's name elsewhere show that it is the country."""
    return bool(_PLACE_BEFORE.search(occurrence.before) or _STATE_NOUN_AFTER.match(occurrence.after))


def _covers(span: NameSpan, occurrence: Occurrence) -> bool:
    return (span.start_char, span.end_char) == (occurrence.hit.start, occurrence.hit.end)


def _is_state(occurrence: Occurrence, span: NameSpan) -> bool:
    """Whether a span labelled PER is a country: "Chad and Mali", "Chad's army"."""
    if not _covers(span, occurrence):
        return False
    beside = (_LISTED_BEFORE.search(occurrence.before), _LISTED_AFTER.match(occurrence.after))
    return bool(_STATE_NOUN_AFTER.match(occurrence.after)) or any(
        found and is_form(found[1]) and found[1] not in lexicon()["first_names"] for found in beside
    )


def _is_addressed(occurrence: Occurrence) -> bool:
    """Whether a form of address precedes a name of one word ("Dr Congo" is a short form of the country)."""
    surface = occurrence.surface
    return " " not in surface and surface != "Congo" and bool(_COURTESY_TITLE.search(occurrence.before))
