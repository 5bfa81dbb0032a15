"""Words and phrases around amounts (``phrases.toml``), words of numbers (``number_words.tsv``), and words
that show that a text, a dateline or an amount is of a country (``places.tsv``).

Add a word to a list there, and an example to ``examples/``. Scales are short: a billion is 10^9. Suffixes of
one letter count only where they are glued to a number, or follow one with a currency sign (``$1.5 B``).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from newsledger.lexicons.load import rows
from newsledger.lexicons.numbers import CARDINALS, TENS, ratio
from newsledger.lexicons.shared import word_lists
from newsledger.lexicons.territories import territories
from newsledger.lexicons.us_states import US_STATES

Side = Literal["approx", "estimate", "lt", "le", "gt", "ge"]
"""The modifier that a word or phrase gives an amount."""

WORDS = word_lists(Path(__file__).with_name("phrases.toml"))

LEFT: dict[tuple[str, ...], Side] = {
    tuple(phrase.split()): side for side in get_args(Side) for phrase in WORDS[side]
}
"""Phrases before an amount -> modifier."""

UP_BY = (WORDS["rises"] - {"growth"}) | WORDS["up_by"]
DOWN_BY = WORDS["falls"] | WORDS["down_by"]
CHANGE_VERBS = WORDS["rises"] | WORDS["falls"] | WORDS["raise_by"] | WORDS["change_verbs"]

NUMBER_TOKENS: dict[str, str] = {}
"""Kind of words of numbers -> kind of token (see ``lexer``)."""
NUMBER_WORDS: dict[str, dict[str, Decimal | None]] = {}
"""Kind -> word -> value; None if it has none."""
for _row in rows(Path(__file__).with_name("number_words.tsv")):
    NUMBER_TOKENS[_row["kind"]] = _row["token"]
    NUMBER_WORDS.setdefault(_row["kind"], {}).update(
        dict.fromkeys(_row["words"].split(), ratio(_row["value"]) if _row["value"] else None)
    )
NUMBER_WORDS["number"] |= {word: Decimal(value) for word, value in (CARDINALS | TENS).items()}

LETTER_SCALES = {word: value for word, value in NUMBER_WORDS["letter scale"].items() if value is not None}
"""Scale letters, case as written."""

_PLACES = rows(Path(__file__).with_name("places.tsv"))

TERRITORIES = {t.alpha2: t.name for t in territories().values() if t.alpha2 and t.kind != "former"}
"""Alpha-2 code -> English name."""


def _spellings(column: str) -> dict[str, tuple[str, ...]]:
    return {row["territory"]: tuple(row[column].split("|")) for row in _PLACES if row[column]}


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
