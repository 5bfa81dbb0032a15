"""How the figures of an article hang together: equivalents, comparisons, changes, parts, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from newsledger.stages.ledger.context import Article, Context
from newsledger.stages.ledger.lexicon import FOLDER
from newsledger.stages.ledger.tokens import FIGURE, NAME
from newsledger.values.ledger import LinkType
from newsledger.values.mentions import MoneyMention

_FEWEST, _MOST = 3, 14
"""How many figures in a row may make up a total; of two it would often be chance."""
_LONGEST_BETWEEN = 160


class Link(NamedTuple):
    """A link between two figures of an article, by their numbers."""

    one: int
    other: int
    link: LinkType
    basis: str


def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of ``links.toml``; ``{name}`` stands for another of them."""
    from newsledger.lexicons import load

    made: dict[str, str] = {}
    for name, pattern in load.toml(FOLDER / "links.toml").items():
        for other, inner in made.items():
            pattern = pattern.replace(f"{{{other}}}", inner)
        made[name] = "".join(line.strip("\n") for line in pattern.splitlines())
    return {name: re.compile(pattern) for name, pattern in made.items()}


_CUES = _patterns()


def links(article: Article, contexts: Sequence[Context | None]) -> list[Link]:
    """The links of an article, one a pair of figures, the surest first."""
    found: dict[frozenset[int], Link] = {}
    equivalents = [Link(one, of, "same_as", "bracketed equivalent") for one, of in article.same_as.items()]
    parts = (*_sums(article), *_items(article, contexts))
    for link in (*equivalents, *_neighbours(contexts), *parts, *_repeats(article, contexts)):
        found.setdefault(frozenset((link.one, link.other)), link)
    return sorted(found.values())


def _neighbours(contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Links of figures that follow each other in a sentence."""
    before: list[Context] = []
    for c in contexts:
        if c is None:
            continue
        before = [b for b in before if b.tokens is c.tokens][-3:]
        if before:
            between = _between(before[-1], c)
            share = c.figure.per_unit == "share" and before[-1].figure.per_unit != "share"
            if share and _CUES["or"].match(between):
                yield Link(c.index, before[-1].index, "same_as", "amount a share")
            else:
                yield from _compared(before, c) or _part(before[-1], c, between)
        before.append(c)


def _between(a: Context, b: Context) -> str:
    return "".join(f"{'$' if t.kind == FIGURE else t.low} " for t in a.tokens[a.at + 1 : b.at])


def _part(a: Context, b: Context, between: str) -> list[Link]:
    """ "$5m, including $2m for"."""
    named = any(t.kind == NAME for t in a.tokens[a.at : b.at])
    if a.figure.currency != b.figure.currency or len(between) > _LONGEST_BETWEEN or named:
        return []
    if smaller(b.figure, a.figure) and _CUES["including"].match(between):
        return [Link(b.index, a.index, "part_of", "including")]
    return []


def _compared(before: Sequence[Context], b: Context) -> list[Link]:
    """The comparison of a figure with the one before it that has the same unit ("$5m or 3 cents a share, up
    from $4m or 2 cents")."""
    share = b.figure.per_unit == "share"
    a = next((c for c in reversed(before) if (c.figure.per_unit == "share") == share), None)
    if a is None or a.figure.currency != b.figure.currency:
        return []
    between, one, other = _between(a, b), a.index, b.index
    if a.low(a.left) == "from" and b.low(b.left) == "to" and b.at - a.at < 16:
        return [] if _CUES["another"].search(between) else [Link(other, one, "change_from", "from to")]
    if len(between) > _LONGEST_BETWEEN or ";" in between or ("$" in between and a is not before[-2:][0]):
        return []
    to = b.low(b.left) in ("to", "at") and b.left - a.at < 9 and "from" not in between
    if to and (
        a.figure.kind == "change" or _CUES["change_before"].search(" ".join(a.lows(a.left - 1, a.left)))
    ):
        return [Link(one, other, "change_of", "change to")]
    if _CUES["a_rise"].match(between):
        return [Link(other, one, "change_of", "a rise of")]
    if _CUES["from"].match(between) and not (b.low(b.left) == "from" and b.low(b.at + 1) == "to"):
        basis = (
            "versus"
            if re.search(r"\bvs\.? |versus", between)
            else "from"
            if "from" in between
            else "compared"
        )
        return [Link(one, other, "change_from", basis)]
    return []


def _value(figure: MoneyMention) -> Decimal | None:
    return figure.value_low if figure.value_low is not None else figure.value_high


def smaller(one: MoneyMention, other: MoneyMention) -> bool:
    """Whether one amount is less than another, both known."""
    first, second = _value(one), _value(other)
    return first is not None and second is not None and abs(first) < abs(second)


def _sums(article: Article) -> Iterator[Link]:
    """Parts of a total: three or more figures in a row that make up one shortly before or after them."""
    figures = [(i, v) for i, f in enumerate(article.figures) if i not in article.same_as and (v := _value(f))]
    for at, (total, whole) in enumerate(figures):
        unit = article.figures[total].currency
        for step, skipped in ((1, 1), (1, 2), (-1, 1), (-1, 2)):
            run: list[int] = []
            left = whole
            i = at + step * skipped
            while 0 <= i < len(figures) and left > 0 and len(run) < _MOST:
                run.append(figures[i][0])
                left -= figures[i][1]
                i += step
            if not left and len(run) >= _FEWEST and {article.figures[n].currency for n in run} == {unit}:
                yield from (Link(n, total, "part_of", "sum") for n in run)
                break


def _items(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """The items of a list as parts of the total that stands before it, where they are not more than it."""
    total: Context | None = None
    run: list[Context] = []
    for c in (*contexts, None):
        if c is not None and run and c.is_item and smaller(c.figure, total.figure if total else c.figure):
            run.append(c)
            continue
        if total is not None and len(run) > 1:
            values = [_value(item.figure) for item in run]
            whole = _value(total.figure)
            if None not in values and whole is not None and sum(v for v in values if v is not None) <= whole:
                yield from (Link(item.index, total.index, "part_of", "items of a total") for item in run)
        if c is None:
            continue
        starts = c.is_item and total is not None and smaller(c.figure, total.figure)
        run = [c] if starts else []
        if not c.is_item:
            total = (
                c
                if {"total", "totaling", "totalling", "following", "include", "includes"}
                & {t.low for t in c.tokens}
                else None
            )


_LEAST_REPEATED = 1000
"""Smaller amounts are prices, which things that differ may share."""


def _repeats(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Later mentions of the same value and unit; items of lists often share one by chance."""
    first: dict[tuple[object, ...], int] = {}
    for c in contexts:
        value = _value(c.figure) if c is not None else None
        if c is None or value is None or value < _LEAST_REPEATED or c.figure.per_unit is not None:
            continue
        key = (c.figure.value_low, c.figure.value_high, c.figure.currency)
        if key in first:
            digits = len(value.normalize().as_tuple().digits)
            listed = c.is_item or any(token.low in ("*", "•") for token in c.tokens)
            kind = "listed" if listed else "three digits" if digits > 2 else f"{digits} digits"
            again = " again" if c.determined and digits < 3 else ""
            yield Link(c.index, first[key], "repeats", f"same amount{again}, {kind}")
        else:
            first[key] = c.index
