"""Other things that share a country's word: American towns, names of persons."""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of
from newsledger.lexicons.numbers import CARDINALS
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS, US_STATES
from newsledger.stages.countries.gazetteer import lexicon
from newsledger.stages.countries.occurrence import GAP, Occurrence, normalise_case

_DETERMINER = re.compile(
    rf"(?i:\b(?:an?|the|another|\d+|first|last|young|fellow|"
    r"every|each|no|any|some|many|most|few|several|these|those|other|ethnic|his|her|their|our|old|year-old|"
    rf"{any_of(CARDINALS)}))"
    r"[ \t\n\r]+(?:[a-z-]+[ \t\n\r]+)?\Z"
)
_CODES = any_of(state.code for state in US_STATES)
_NAMES = any_of(state.name for state in US_STATES if state.also != "country")
_STATE_AFTER = re.compile(
    rf",{GAP}(?:(?P<short>{any_of(STATE_ABBREVIATIONS)})(?!\w)|(?:{_CODES})(?!\w)"
    rf"|(?:{_NAMES})(?=[,.;:)\n]|\s+[-–—]|\Z))"
)
_COUNTY_AFTER = re.compile(rf"{GAP}(?:County|Township)\b")
_VILLAGE_OF = re.compile(rf"\b(?i:village|hamlet|barrio){GAP}of{GAP}\Z")
_COMMUNITY_OF = re.compile(rf"\bthe{GAP}(?i:community){GAP}of{GAP}\Z")
_IN_PROVINCE_AFTER = re.compile(
    rf",{GAP}in{GAP}[^.,;]{{0,50}}\b(?:province|department|district|county|parish)\b"
)
_CONTINENTS_BEFORE = re.compile(
    r"\bcontinents?\b[^.;]{0,60}\b(?:Africa|Asia|Europe|Australia|Oceania)(?:,|,? and|,? or)\s+\Z"
)
_PRONOUN_AFTER = re.compile(
    r"\s*(?:\Z|[^\w\s]|(?:ALL|TO|AND|FROM|IN|ON|AT|OUT|UP|OFF|WITH|ABOUT|THE|A|BACK|DOWN|MORE|NOW|TOGETHER|PRAY|"
    r"BOTH|WHAT|WHY|HOW|THAT|TODAY|AGAIN|AFTER|BEFORE|HERE|ONLINE)\b)"
)
_TOWN_OF = re.compile(rf"\b(?i:city|town|borough|village|township|community){GAP}of{GAP}\Z")


def is_town(occurrence: Occurrence) -> bool:
    """Whether a town is meant: an American state follows (Lebanon, N.H.), or "the city of" precedes.

    Rare, but the country would be wrong without a sign of it.
    """
    if occurrence.kind != "name":
        return False
    if _COUNTY_AFTER.match(occurrence.after) or _VILLAGE_OF.search(occurrence.before):
        return True
    if _COMMUNITY_OF.search(occurrence.before) and _IN_PROVINCE_AFTER.match(occurrence.after):
        return True
    state = _STATE_AFTER.match(occurrence.after)
    if state and state["short"]:
        return True
    return (
        bool(state or _TOWN_OF.search(occurrence.before))
        and normalise_case(occurrence.surface) in lexicon()["towns"]
    )


def is_continent(occurrence: Occurrence) -> bool:
    """Whether America is the last in a list of continents (three continents, Africa, Europe and America)."""
    return occurrence.surface == "America" and bool(_CONTINENTS_BEFORE.search(occurrence.before))


def is_pronoun(occurrence: Occurrence) -> bool:
    """Whether US in a line of capitals is the word "us" (LET US PRAY, CONTACT US)."""
    if occurrence.surface != "US" or not _PRONOUN_AFTER.match(occurrence.after):
        return False
    return occurrence.previous in lexicon()["before_us"]


def lacks_determiner(occurrence: Occurrence) -> bool:
    """Whether a demonym that is also a name (Dane, Finn) has no article or number before it."""
    return (
        occurrence.surface in lexicon()["name_like_demonyms"]
        and occurrence.kind == "demonym"
        and not _DETERMINER.search(occurrence.before)
    )
