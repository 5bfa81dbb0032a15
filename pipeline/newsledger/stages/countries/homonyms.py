"""Other things that share a country's word: American towns, names of persons, the pronoun "us"."""

from __future__ import annotations

import re
from functools import lru_cache

from newsledger.lexicons.load import any_of
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS, US_STATES
from newsledger.stages.countries.matcher import lexicon
from newsledger.stages.countries.place import GAP, Place, plain

_DETERMINER = re.compile(
    r"(?i:\b(?:an?|the|another|one|two|three|four|five|six|seven|eight|nine|ten|\d+|first|last|young|fellow|"
    r"every|each|no|any|some|many|most|few|several|these|those|other|ethnic|his|her|their|our|old|year-old))"
    r"[ \t\n\r]+(?:[a-z-]+[ \t\n\r]+)?\Z"
)


@lru_cache(maxsize=1)
def _state_after() -> re.Pattern[str]:
    short = any_of([*STATE_ABBREVIATIONS, *(state.code for state in US_STATES)])
    full = any_of(state.name for state in US_STATES if state.also != "country")
    return re.compile(rf",{GAP}(?:(?P<abbr>{short})(?![\w])|(?P<full>{full})(?=[,.;:)\n]|\s+[-–—]|\Z))")


_DISTRICT = re.compile(
    rf"{GAP}(?:County|Township|Twp|(?:High|Middle|Elementary|Primary|Community|Memorial|Area|Public){GAP}"
    rf"(?:School|Library|Hospital|College|District))\b"
)
_VILLAGE_OF = re.compile(rf"\b(?:[Vv]illage|[Hh]amlet|[Tt]ownship|[Bb]arrio){GAP}of{GAP}\Z")
_COMMUNITY_OF = re.compile(rf"\bthe{GAP}[Cc]ommunity{GAP}of{GAP}\Z")
_IN_DISTRICT = re.compile(
    rf",{GAP}in{GAP}(?:the{GAP})?(?:[\w’'-]+{GAP}){{0,3}}"
    r"(?:province|department|district|county|canton|municipality|parish)\b"
)
_TOWN_OF = re.compile(rf"\b(?:[Cc]ity|[Tt]own|[Bb]orough|[Vv]illage|[Tt]ownship){GAP}of{GAP}\Z")


def is_town(place: Place) -> bool:
    """Whether an American town or county is meant: a state follows (Lebanon, N.H.), or County."""
    if place.kind != "name":
        return False
    if _DISTRICT.match(place.after):
        return True
    if _VILLAGE_OF.search(place.before):
        return True
    if _COMMUNITY_OF.search(place.before) and _IN_DISTRICT.match(place.after):
        return True
    if place.before.endswith(("of ", "of\n")) and _TOWN_OF.search(place.before):
        return plain(place.surface) in lexicon()["towns"]
    if place.after[:1] != ",":
        return False
    found = _state_after().match(place.after)
    if not found:
        return False
    return (
        plain(place.surface) in lexicon()["towns"]
        if found["full"] or not found["abbr"].endswith(".")
        else True
    )


def is_shy(place: Place) -> bool:
    """Whether a demonym that is also a name (Dane, Finn) stands without an article or a number."""
    return (
        place.surface in lexicon()["shy_demonyms"]
        and place.kind == "demonym"
        and not _DETERMINER.search(place.before)
    )


_CONTINENTS_BEFORE = re.compile(
    r"\bcontinents?\b[^.;]{0,60}\b(?:Africa|Asia|Europe|Australia|Oceania)(?:,|,? and|,? or)\s+\Z"
)
_CONTINENTS_AFTER = re.compile(r"(?:,|,? and|,? or)\s+(?:Africa|Asia|Europe|Australia|Oceania)\b")
_CONTINENTS = re.compile(r"\bcontinents?\b[^.;]{0,60}\Z")


def is_continent(place: Place) -> bool:
    """Whether America is a continent in a list of them (three continents, Africa, Europe and America)."""
    if place.surface not in ("America", "Americas"):
        return False
    if _CONTINENTS_BEFORE.search(place.before):
        return True
    return bool(_CONTINENTS_AFTER.match(place.after) and _CONTINENTS.search(place.before))


_LET = re.compile(r"\bLETS?\s+\Z")
_PRONOUN_BEFORE = re.compile(
    r"\b(?:TELLS?|TOLD|GIVES?|GAVE|HELPS?|JOIN|CONTACT|ABOUT|FOLLOW|MAKES?|LEAVES?|SHOWS?|TEACH|BRING|ASK|CALL|"
    r"ALL|BOTH|LIKE|KILL|KILLING|HURT|SAVE|WATCH|JUDGE|SEND|TAKE|KEEP|TRUST|THANK|FORGIVE|DELIVER|BLESS|EMAIL|TEXT|"
    r"SUITS|SPARE|FIND|REACH|REMEMBER)\s+\Z"
)
_PREPOSITION_BEFORE = re.compile(r"\b(?:AMONG|OF|WITH|TO|FOR|BETWEEN|AGAINST|NEAR|FROM|BEHIND|BY)\s+\Z")
_AFTER_PRONOUN = re.compile(
    r"\s*(?:\Z|[.!?,;:)\"”’-]|(?:ALL|TO|AND|FROM|IN|ON|AT|OUT|UP|OFF|WITH|ABOUT|THE|A|BACK|DOWN|MORE|NOW|TOGETHER|"
    r"SAYS?|BOTH|WHAT|WHY|HOW|THAT|TODAY|AGAIN|AFTER|BEFORE|UNTIL|THROUGH|HERE|ONLINE)\b)"
)


def is_pronoun(place: Place, *, spoken_of: bool = False) -> bool:
    """Whether US in a line of capitals is the word "us" (LET US PRAY).

    After a preposition (TALKS WITH US) it is the country where the text speaks of it too (``spoken_of``).
    """
    if place.surface != "US":
        return False
    if _LET.search(place.before):
        return True
    if not _AFTER_PRONOUN.match(place.after):
        return False
    if _PRONOUN_BEFORE.search(place.before):
        return True
    return not spoken_of and bool(_PREPOSITION_BEFORE.search(place.before))
