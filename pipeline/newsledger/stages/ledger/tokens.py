"""A sentence as tokens, in which each figure, date and name is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsledger.stages.ledger.lexicon import LISTS, PHRASES

FIGURE, DATE, NAME, WORD, MARK = "$", "@", "N", "w", "."
"""Kinds of tokens; a mark is a sign of punctuation or a number that is no money."""

_TOKEN = re.compile(r"[^\W\d_]+(?:[-&.][^\W\d_]+)*|['’]s\b|\d[\d.,]*%?|[^\w\s]|\w")


class Token(NamedTuple):
    """A token: its kind, offsets, text in small letters, and the number of its figure, date or name."""

    kind: str
    start: int
    end: int
    low: str
    ref: int = -1


def as_words(tokens: Sequence[Token]) -> list[str]:
    """The words of tokens, with "$", "@" and "N" for figures, dates and names."""
    return [token.kind if token.kind in (FIGURE, DATE, NAME) else token.low for token in tokens]


class Span(NamedTuple):
    """A mention that is to be one token."""

    start: int
    end: int
    kind: str
    ref: int


def disjoint(spans: Sequence[Span]) -> list[Span]:
    """The spans that do not overlap an earlier one of the sequence, in text order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in spans:
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept)


def tokenize(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Token]:
    """The tokens of ``text[start:end]``; ``spans`` are disjoint, in text order, and inside it.

    >>> [t.low for t in tokenize("Chad's debt of $5m", 0, 18, [Span(0, 4, NAME, 0), Span(15, 18, FIGURE, 0)])]
    ['chad', "'s", 'debt', 'of', '$5m']
    """
    for span in (*spans, Span(end, end, "", -1)):
        for match in _TOKEN.finditer(text, start, span.start):
            low = match[0].lower().replace("’", "'")
            yield Token(WORD if low[0].isalpha() or low == "'s" else MARK, match.start(), match.end(), low)
        if span.kind:
            yield Token(span.kind, span.start, span.end, text[span.start : span.end].lower(), span.ref)
        start = span.end


BREAKS = frozenset(["that"]).union(
    *(LISTS[name] for name in ("prepositions", "conjunctions", "relatives", "determiners", "pronouns")),
    *(LISTS[name] for name in ("be", "have", "modals", "noun_breakers")),
)
"""Words that no noun phrase holds."""
_BOUNDS: dict[str, list[tuple[str, ...]]] = {}
"""Expressions before an amount by their last word, the longest first."""
for _phrase in sorted((tuple(phrase.split()) for phrase in PHRASES["before_amount"]), key=len, reverse=True):
    _BOUNDS.setdefault(_phrase[-1], []).append(_phrase)


def left_of_amount(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """The token before a figure and what bounds it, and whether a determiner or possessive stands there.

    >>> made = list(tokenize("paid the record $5m", 0, 19, [Span(16, 19, FIGURE, 0)]))
    >>> left_of_amount(made, 3)
    (0, True)
    """
    j, determined = at - 1, False
    while j >= 0:
        low = tokens[j].low
        phrases = _BOUNDS.get(low, ())
        bound = next(
            (p for p in phrases if tuple(t.low for t in tokens[max(0, j + 1 - len(p)) : j + 1]) == p), ()
        )
        if not (bound or low in LISTS["before_amount"] or low in LISTS["determiners"] or low in '"“`'):
            break
        determined = determined or (not bound and low in LISTS["determiners"])
        j -= len(bound) or 1
    return j, determined or (j >= 0 and tokens[j].low == "'s")
