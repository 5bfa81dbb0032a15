"""Places that stand for a government: the Kremlin anywhere, Moscow where it is the agent of a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.lexicons.territories import territories
from newsledger.stages.countries.matcher import fold, lexicon
from newsledger.stages.countries.place import GAP


class Government(NamedTuple):
    """A place that stands for a government: offsets, the territory's key, and what tells so."""

    start: int
    end: int
    key: str
    basis: str


@lru_cache(maxsize=1)
def _places() -> tuple[dict[str, str], dict[str, str]]:
    """Seats and capitals, folded, with the key of their territory."""
    seats = {fold(s): t.key for t in territories().values() for s in t.seat}
    capitals = {fold(c): t.key for t in territories().values() for c in t.capital}
    return seats, capitals


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = lexicon()
    seats, capitals = _places()
    capital = any_of(list(capitals))
    return (
        re.compile(rf"(?<!\w)(?:{any_of([*seats, *capitals])})(?!\w)"),
        re.compile(
            rf"(?:{GAP}(?:and|nor|or){GAP}(?:{capital}))?(?:,?{GAP}(?:{any_of(words['agent_helpers'])}))*"
            rf"{GAP}({any_of(words['agent_verbs'])})(?!\w)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:\A|[.!?:;,\"“”(—–-]|(?<!\w)(?!(?:{any_of(words['place_prepositions'])})\s)[\w’'-]+){GAP}\Z|\A\Z"
        ),
        re.compile(rf"(?:{capital}){GAP}(?:and|nor|or){GAP}\Z", re.IGNORECASE),
        re.compile(rf"\b\w+(?:ed|en|made|led|put|held|won|drawn|said|brought|sought){GAP}by{GAP}\Z"),
        re.compile(
            r"\s*(?:[.,;:!?)]|\Z|\s(?:and|on|in|to|as|after|for|that|at|over|with|against|last|this)\b)"
        ),
    )


_AND_VERB = re.compile(r"(?<!\w)[a-z]{3,}\s+(?:and|while|but)\s+\Z")
_PREVIOUS = re.compile(r"(\w+\.?)\s+\Z")


def _is_name_word(word: str, words: dict[str, frozenset[str]]) -> bool:
    """Whether the word before a capital makes it a person's or another place's name (Mr. Paris)."""
    if word in words["titles"] or word in words["given_names"]:
        return True
    return word[0].isupper() and word[-1] != "." and word not in words["function_words"]


def find_governments(text: str) -> Iterator[Government]:
    """Seats of government, and capitals that are the agent of a verb, in text order.

    >>> text = "The Kremlin denied it in Moscow. Washington has warned Beijing."
    >>> [(text[g.start : g.end], g.key, g.basis) for g in find_governments(text)]
    [('Kremlin', 'RUS', 'seat of government'), ('Washington', 'USA', 'agent of: warned')]
    """
    words = lexicon()
    place, verb, subject, pair, passive, passive_end = _patterns()
    seats, _ = _places()
    low = fold(text)
    for match in place.finditer(low):
        start, end = match.span()
        if not text[start].isupper():
            continue
        if match[0] in seats:
            yield Government(start, end, seats[match[0]], "seat of government")
            continue
        key = _places()[1][match[0]]
        before = text[max(0, start - 60) : start]
        after = text[end : end + 90]
        previous = _PREVIOUS.search(before)
        if previous and _is_name_word(previous[1], words):
            continue
        if passive.search(before) and passive_end.match(after):
            yield Government(start, end, key, "agent of a passive")
            continue
        agent = verb.match(after)
        if agent is None:
            continue
        joined = pair.search(low[max(0, start - 60) : start])
        lead = before[: joined.start()] if joined else before
        if subject.search(lead) or _AND_VERB.search(before):
            yield Government(start, end, key, f"agent of: {agent[1].lower()}")
