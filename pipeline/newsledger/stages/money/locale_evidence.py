"""Which dollars an article without a dateline writes of, by the places it mentions and its spelling.

What counts: mentions of countries, names of cities, regions and bodies (``places.tsv``), and the spelling,
which is another in the United States (``phrases.toml``).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.places import CITIES, LOCAL_NAMES
from newsledger.stages.money.words import word_set

DOLLAR_HOMES = word_set("US AU CA NZ")
"""Where wires write bare dollars for the local ones."""

DOLLAR_CITIES = word_set("HK SG")
"""Where they do so only in stories that do not touch the United States."""

ABROAD = (DOLLAR_HOMES | DOLLAR_CITIES) - {"US"}
"""The others of them."""

_DOLLAR_ELSEWHERE = word_set("BB BM BN BS BZ FJ GY JM KY SB SR TT")
"""Where newspapers write bare dollars for the local ones, and agencies for those of the United States; rare,
but the dollars of such an article would be taken for US dollars."""

OFTEN = 3
"""From how many mentions on an article is about a country."""

CLEARLY = 3
"""How many times as often as another a country must be mentioned to be the one an article is about."""

_ELSEWHERE = "|".join(f"(?P<{code}>{any_of(names)})" for code, names in LOCAL_NAMES.items() if code != "US")
_LOCAL_NAMES = lazy_regex(rf"\b(?:{_ELSEWHERE})\b")
_AMERICAN = any_of({*LOCAL_NAMES["US"], *CITIES["US"]} - {"United Nations"})
_AMERICAN_NAMES = lazy_regex(rf"\b(?:{_AMERICAN}|[A-Z][a-z]+ County(?! Council))\b")
_UNITED_STATES = lazy_regex(r"United States|U\.S\.(?!\$)|\bUS\b(?!\$)|\bAmericans?\b")
"""Counted where no mentions of countries are given."""

_WORD = lazy_regex(r"[a-z]{3,}")


class DollarCountry(NamedTuple):
    """The country whose dollars an article seems to write of, and whether that is clear."""

    code: str
    clear: bool


def count_local_names(text: str) -> Counter[str]:
    """How often a text names places and bodies of dollar countries other than the United States.

    >>> count_local_names("From Auckland to Rotorua, and back to Auckland.")
    Counter({'NZ': 3})
    """
    return Counter(match.lastgroup or "" for match in _LOCAL_NAMES.finditer(text))


def has_commonwealth_spelling(text: str) -> bool:
    """Whether at least as many words are spelt against American usage as by it, and any is.

    >>> has_commonwealth_spelling("The centre is grey."), has_commonwealth_spelling("The center is gray.")
    (True, False)
    """
    words = Counter(_WORD.findall(text))
    against = sum(words[word] for word in WORDS["commonwealth_spelling"] & words.keys())
    return against > 0 and against >= sum(words[word] for word in WORDS["american_spelling"] & words.keys())


def dollar_country(text: str, countries: Counter[str], local_names: Counter[str]) -> DollarCountry | None:
    """The dollar country, not the United States, that an article mentions most; None where there is none.

    It is clear where the country is mentioned `OFTEN`, `CLEARLY` more often than any other and more often
    than all, and the United States never; or rarely, where the spelling is not American. In such spelling a
    single mention is enough where there is no other country, or `OFTEN` names of places where there are.
    """
    mentions = countries + local_names
    american = mentions.pop("US", 0)
    if mentions.keys().isdisjoint(ABROAD | _DOLLAR_ELSEWHERE):
        return None
    (code, times), *others = mentions.most_common()
    rest = [count for _, count in others]
    american += sum(1 for _ in _AMERICAN_NAMES.finditer(text))
    if not countries:
        american += len(_UNITED_STATES.findall(text))
    if american >= times or (rest and rest[0] >= times):
        return None
    apart = sum(rest) < times and (not rest or times >= CLEARLY * rest[0])
    if code in _DOLLAR_ELSEWHERE and times >= OFTEN and apart and not american:
        return DollarCountry(code, clear=False)
    if code not in ABROAD:
        return None
    commonwealth = has_commonwealth_spelling(text)
    rarely = not american or (commonwealth and times >= CLEARLY * american)
    if times == 1 and not commonwealth:
        return None
    names = {match[0] for match in _LOCAL_NAMES.finditer(text) if match.lastgroup == code}
    alone = commonwealth and not american and (not rest or len(names) >= OFTEN)
    return DollarCountry(code, clear=alone or (times >= OFTEN and apart and rarely))
