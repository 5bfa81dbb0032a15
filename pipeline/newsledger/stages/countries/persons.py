"""Is it a person? Michael Jordan, Chad Smith, Rep. Israel."""

from __future__ import annotations

import re
from functools import lru_cache

from newsledger.lexicons.load import any_of
from newsledger.stages.countries.matcher import lexicon
from newsledger.stages.countries.place import (
    GAP,
    Place,
    capital_run,
    known_capital,
    plain,
)
from newsledger.stages.countries.territories import territories

_INITIALS = re.compile(r"(?:(?:[A-Z][\w’'-]+|\A|[,(;:])[ \t\n\r]+(?!U\.|D\.C)|\A)(?:[A-Z]\.[ ]?){1,3}\s*\Z")
_LISTED_BEFORE = re.compile(r"\b([A-Z]\w+)(?:,| and|, and)\s+\Z")
_LISTED_AFTER = re.compile(r"(?:,| and|, and)\s+([A-Z]\w+)\b")
_PLACED_LAST = re.compile(r"\b(?:of|in)(?: the)?\s+\Z")
_LISTED_PERSON = re.compile(r"\b[A-Z][\w’'-]+\s[A-Z][\w’'-]+(?:,|,? and)\s+\Z")
_AFTER_OFFICE = re.compile(r"\b(?:to|of|in|from|with)(?: the)?\s+\Z")
_PLACED = re.compile(
    r"\b(?:in|into|from|across|throughout|within|inside|outside|near|between|of|of the"
    r"|(?:flew|flown|travel(?:s|led|ed)?|moved?|trips?|visits?|flights?|deployed|exports?|returned) to)"
    r"(?:\s+[\w.]+(?:,|,? and))?\s+\Z",
    re.IGNORECASE,
)
_OWNS_STATE = re.compile(
    rf"['’]s{GAP}(?:[a-z]+{GAP})?(?:government|parliament|president|presidency|prime{GAP}minister|king|army|military|"
    r"junta|capital|economy|borders?|constitution|currency|exports|imports|neighbou?rs)\b"
)

_SAID_HE = re.compile(
    rf"{GAP}(?:said|says|thinks|thought|knew|knows|felt|hoped|hopes){GAP}(?:that{GAP})?s?he\b"
    rf"|,{GAP}(?:an?{GAP})?\d\d(?:,|-year-old\b)"
)
_FULL_NAME = re.compile(rf"(?:{GAP}[A-Z][\w’'-]+)+(?={GAP}(?:and|of|for)\b)")
_FAMILY = re.compile(rf"{GAP}(?:family|brothers|sisters)\b")


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    """One or two capitalised words, then what only persons do or are."""
    verbs = any_of(lexicon()["person_verbs"])
    return re.compile(
        rf"(?:{GAP}[A-Z][\w’'-]+){{1,2}}(?:,{GAP}(?:who\b|\d\d,|aged\b)|{GAP}(?:who|whose|and{GAP}(?:his|her)|{verbs})\b)"
    )


def is_person(place: Place) -> bool:
    """Whether the form is part of a person's name."""
    if place.hit.inside:
        return False
    words = lexicon()
    surface = plain(place.surface)
    surname = surface in words["surnames"]
    given = surface in words["first_names"]
    rare = surface in words["rare_first_names"]
    if any(span.label == "PER" for span in place.spans):
        if (surname or given or rare) and not _listed_with_country(place):
            return True
        if place.kind == "name" and any(s.start_char < place.hit.start for s in place.spans):
            return True
    if any(
        s.label == "LOC" and s.start_char == place.hit.start and s.end_char == place.hit.end
        for s in place.spans
    ):
        return False
    if place.kind == "name" and (given or rare) and _SAID_HE.match(place.after):
        return True
    if place.kind == "name" and surname and _FAMILY.match(place.after):
        return True
    previous = plain(place.previous)
    run = capital_run(place.after)
    if given and (found := _FULL_NAME.match(place.after)):
        run = run[: len(found[0].split())]
    titled = previous in words["titles"]
    if (
        place.kind == "name"
        and previous in words["courtesy_titles"]
        and " " not in surface
        and surface != "Congo"
    ):
        return True
    if surname and (titled or _INITIALS.search(place.before)):
        return place.kind != "adjective" or not run or not titled
    if previous in words["given_names"] and not place.opens_sentence:
        if surname:
            return place.kind != "adjective" or not run
        named = any(w in words["institutions"] for w in run)
        return place.kind == "name" and not (named or place.heading or place.loud)
    if given and any(found and found[1] in words["given_names"] for found in _neighbours(place)):
        return True
    if (
        place.heading
        or place.loud
        or not run
        or len(run) > 2
        or not place.after[0].isspace()
        or _AFTER_OFFICE.search(place.before)
    ):
        return False
    if given:
        return not any(known_capital(w) for w in run)
    if not rare or known_capital(run[0]):
        return False
    if _acts().match(place.after):
        return True
    return run[-1] in place.page.family_names or (len(run) == 1 and bool(_LISTED_PERSON.search(place.before)))


def is_rare_given(place: Place) -> bool:
    """Whether the form is a given name that is seldom one and a family name follows, so that the bare word
    later on is the country as likely as the person."""
    return plain(place.surface) in lexicon()["rare_first_names"] and bool(capital_run(place.after))


def owns_state(place: Place) -> bool:
    """Whether what belongs to the form is a state's: its army, its parliament."""
    return bool(_OWNS_STATE.match(place.after))


def _neighbours(place: Place) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The names beside the form in a list (Daniel, Jordan and Kevin), but not in "a court of Cuba, Kevin"."""
    after = _LISTED_AFTER.match(place.after)
    if place.after[:1] == "," and _PLACED_LAST.search(place.before):
        after = None
    return _LISTED_BEFORE.search(place.before), after


@lru_cache(maxsize=1)
def _sure_countries() -> frozenset[str]:
    """Names of countries, in one word, that are nobody's given name."""
    named = {name for territory in territories().values() for name in territory.names if " " not in name}
    return frozenset(named - set(lexicon()["first_names"]))


def _listed_with_country(place: Place) -> bool:
    """Whether a form that is all of its span stands beside a country in a list: "Chad and Mali"."""
    alone = all(s.start_char == place.hit.start and s.end_char == place.hit.end for s in place.spans)
    return alone and any(found and found[1] in _sure_countries() for found in _neighbours(place))


def is_placed(place: Place) -> bool:
    """Whether a form that is a person's name elsewhere in the text stands where only a country can."""
    return bool(_PLACED.search(place.before)) or owns_state(place)
