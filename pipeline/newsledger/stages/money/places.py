"""Words that show that a text, a dateline or an amount is of a country, from ``places.tsv``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsledger.lexicons.load import rows
from newsledger.lexicons.territories import territories
from newsledger.lexicons.us_states import US_STATES
from newsledger.stages.money.phrases import WORDS

_ROWS = rows(Path(__file__).with_name("places.tsv"))

TERRITORIES = {t.alpha2: t.name for t in territories().values() if t.alpha2 and t.kind != "former"}
"""Alpha-2 code -> English name."""


def _spellings(column: str) -> dict[str, tuple[str, ...]]:
    return {row["territory"]: tuple(row[column].split("|")) for row in _ROWS if row[column]}


ADJECTIVES = {word: code for code, words in _spellings("adjectives").items() for word in words}
"""Adjective before a currency's name, lower case -> alpha-2."""

NAMES = _spellings("names")
LONGER_NAMES = _spellings("longer_names")
LOCAL_NAMES = _spellings("local_names")
LOCAL_NAMES["US"] += tuple(
    name for state in US_STATES for name in ((*state.people,) if state.also else (state.name, *state.people))
)

DATELINE_CITIES = {city.lower(): code for code, cities in _spellings("cities").items() for city in cities}
"""City that datelines give without its country, lower case -> alpha-2."""

CITIES = {
    code: tuple(city for city in cities if city.lower() not in WORDS["namesake_cities"])
    for code, cities in _spellings("cities").items()
}
"""Alpha-2 -> cities that are evidence for a country wherever they are mentioned."""


def _regions() -> Iterator[tuple[str, str]]:
    for state in US_STATES:
        yield from ((written, "US") for written in (state.code, state.name, *state.abbreviations))
    for code, names in _spellings("regions").items():
        yield from ((name, code) for name in names)
    yield from ((name, code) for code, name in TERRITORIES.items())


REGIONS = {written.removesuffix(".").lower(): code for written, code in _regions()}
"""State, province or country after a city, lower case without its full stop -> alpha-2."""
