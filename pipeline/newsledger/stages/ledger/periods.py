"""The date at or over which an amount holds: how likely each of its sentence is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsledger.stages.ledger.context import Answer, Context
from newsledger.stages.ledger.lexicon import LISTS, lemmas
from newsledger.stages.ledger.linear import linear
from newsledger.stages.ledger.tokens import DATE, FIGURE, MARK, WORD

_GROUPS = {
    "result": ("revenue", "profit", "balance", "dividend"),
    "stock": ("debt", "assets", "valuation", "threshold"),
    "price": ("price",),
    "plan": ("budget", "saving", "cost", "aid"),
}
_AGAINST = ("over", "above", "than")
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}
_BREAKS, _DIGIT = LISTS["relatives"] | LISTS["conjunctions"], re.compile(r"\d")


def likely_dates(c: Context, name: str | None) -> list[Answer]:
    """The dates of the sentence of a figure of class ``name``, each with how likely it is its period."""
    model, dates = linear("period"), dates_of(c)
    return [
        c.words(at, at, "clause")._replace(confidence=model.each(features(c, at, name, len(dates)))["period"])
        for at in dates
    ]


def dates_of(c: Context) -> list[int]:
    """The tokens of the dates of a sentence, but for those that an amount is set against ("over 2004")."""
    dates = [at for at, token in enumerate(c.tokens) if token.kind == DATE]
    return [at for at in dates if _before(c, at) not in _AGAINST or _size(c, at) == "duration"]


def features(c: Context, at: int, name: str | None, number: int) -> Iterator[str]:
    """What is known of a date, of a ``number`` in the sentence, and a figure of class ``name``, as words."""
    group, size = _GROUP_OF.get(name or "", "none" if name is None else "transfer"), _size(c, at)
    side = "after" if at > c.at else "before"
    first, last = (c.at + 1, at - 1) if at > c.at else (at + 1, c.at - 1)
    between = c.lows(first, last) if first <= last else []
    kinds = [token.kind for token in c.tokens[first : last + 1]]
    preposition = _before(c, at)
    yield "always"
    yield f"size {size}"
    yield f"size {size}, {group}"
    yield f"word before {preposition}, {side}"
    yield f"word before {preposition}, {size}"
    yield f"{side}, figures between {min(2, kinds.count(FIGURE))}"
    yield f"dates between {min(1, kinds.count(DATE))}"
    yield f"{side}, away {next(n for n in (2, 4, 8, 16, 99) if len(between) <= n or n == 99)}"
    for word in (",", ";", "and", "said", "that", "which", "(", "from", "to", "compared", "while", "when"):
        if word in between:
            yield f"{word} between, {side}"
    if number == 1:
        yield "only one"
    yield from _nearby(c, at, side, between)
    yield f"class {name}"
    yield f"class {name}, {size}"
    yield f"class {name}, {side}"


def _nearby(c: Context, at: int, side: str, between: Sequence[str]) -> Iterator[str]:
    """The words of a date, beside it and the amount, and how many verbs and clauses lie between them."""
    verbs, breaks = (sum(bool(lemmas(w)) for w in between), sum(w in _BREAKS for w in between))
    yield f"verbs between {min(2, verbs)}, {side}"
    yield f"breaks between {min(2, breaks)}, {side}"
    yield f"text {' '.join(word for word in c.low(at).split() if not _DIGIT.search(word))}"
    yield f"after date {c.low(at + 1)}"
    yield f"before amount {c.low(c.left)}, {side}"
    yield f"after amount {c.low(c.at + 1)}, {side}"
    yield f"figures {min(3, sum(token.kind == FIGURE for token in c.tokens))}, {side}"
    nearest = min((n for n, token in enumerate(c.tokens) if token.kind == DATE), key=lambda n: abs(n - c.at))
    yield f"nearest {at == nearest}, {side}"


def _before(c: Context, at: int) -> str:
    """The word before a date and its article."""
    before = at - 1 - (c.low(at - 1) in LISTS["determiners"])
    return c.low(before) if c.kind(before) in (WORD, MARK) else c.kind(before)


def _size(c: Context, at: int) -> str:
    """What kind of date it is: a day, a time, a length, a longer time with its ends known."""
    date = c.article.dates[c.tokens[at].ref]
    if date.timex_type != "DATE":
        return date.timex_type.lower()
    if date.timex_value.endswith("_REF"):
        return "ref"
    if date.start_date is None or date.end_date is None:
        return "open"
    days = (date.end_date - date.start_date).days
    return "day" if days == 0 else "month" if days < 32 else "quarter" if days < 100 else "year"
