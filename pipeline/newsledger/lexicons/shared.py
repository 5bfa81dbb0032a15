"""Lists that the word lists of a stage may refer to by name, as in ``["@Weekdays", "Christmas"]``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsledger.lexicons import calendar, load
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS, US_STATES

_GIVEN_NAMES = {
    name: frozenset(words.split()) for name, words in load.toml(load.HERE / "given_names.toml").items()
}
SHARED: dict[str, frozenset[str]] = {
    "given_names": frozenset().union(*_GIVEN_NAMES.values()),
    "given_names_of_men": _GIVEN_NAMES["of_men"],
    "given_names_of_women": _GIVEN_NAMES["of_women"],
    "given_names_of_either": _GIVEN_NAMES["of_either"],
    "months": frozenset(calendar.MONTHS),
    "month_abbreviations": frozenset(calendar.MONTH_ABBREVIATIONS),
    "dotted_months": frozenset(f"{month}." for month in calendar.MONTH_ABBREVIATIONS),
    "weekdays": frozenset(calendar.WEEKDAYS),
    "weekday_abbreviations": frozenset(calendar.WEEKDAY_ABBREVIATIONS),
    "us_state_abbreviations": frozenset(STATE_ABBREVIATIONS),
    "us_state_codes": frozenset(state.code for state in US_STATES),
}


def expand(words: Iterable[str]) -> frozenset[str]:
    """The words, with each reference to a shared list replaced by its words; ``@Months`` takes capitals.

    >>> "Monday" in expand(["@Weekdays"]), "monday" in expand(["@weekdays"]), sorted(expand(["on", "at"]))
    (True, True, ['at', 'on'])
    """
    found: set[str] = set()
    for word in words:
        if not word.startswith("@"):
            found.add(word)
            continue
        shared = SHARED[word[1:].lower()]
        found.update(map(str.title, shared) if word[1].isupper() else shared)
    return frozenset(found)


def word_lists(path: Path) -> dict[str, frozenset[str]]:
    """The word lists of a TOML file by name: strings of words are split at blanks, lists hold phrases."""
    return {
        name: expand(words.split() if isinstance(words, str) else words)
        for name, words in load.toml(path).items()
    }
