"""How the figures of an article hang together: equivalents, comparisons, changes, parts, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from newsledger.lexicons import load
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.context import Article, Context
from newsledger.stages.ledger.lexicon import FOLDER
from newsledger.stages.ledger.tokens import FIGURE, as_words
from newsledger.values.ledger import LinkType
from newsledger.values.mentions import MoneyMention

_FEWEST, _MOST = 3, 14
"""How many figures in a row may make up a total."""
_BEFORE, _AFTER, _LONGEST = 5, 7, 60
"""Words that are read before the first of two figures, after the second, and between them."""
_NEAREST = 3


class Link(NamedTuple):
    """A link between two figures of an article, by their numbers."""

    one: int
    other: int
    link: LinkType
    basis: str


class _Rule(NamedTuple):
    name: str
    link: LinkType
    from_first: bool
    pattern: re.Pattern[str]


def _rules() -> list[_Rule]:
    """The rules of ``links.toml``; ``{word}`` stands for one of its sets of words."""
    held = load.toml(FOLDER / "links.toml")
    words = {name: pattern.replace("\n", "") for name, pattern in held["words"].items()}

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, inner in words.items():
            pattern = pattern.replace(f"{{{name}}}", inner)
        return lazy_regex(pattern)

    return [
        _Rule(row["name"], row["link"], row["from"] == "A", compiled(row["pattern"])) for row in held["link"]
    ]


_RULES = _rules()


def links(article: Article, contexts: Sequence[Context | None]) -> list[Link]:
    """The links of an article, one a pair of figures, the surest first."""
    found: dict[frozenset[int], Link] = {}
    equivalents = [Link(one, of, "same_as", "bracketed equivalent") for one, of in article.same_as.items()]
    parts = (*_sums(article, contexts), *_items(article, contexts))
    for link in (*equivalents, *_neighbours(contexts), *parts):
        found.setdefault(frozenset((link.one, link.other)), link)
    return sorted(found.values())


def _neighbours(contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Links of figures that stand near each other, by the words around them."""
    before: list[Context] = []
    for b in contexts:
        if b is None:
            continue
        for a in reversed(before[-_NEAREST:]):
            link = _link(a, b) if _alike(a.figure, b.figure) else None
            if link is not None:
                yield link
                if link.link != "change_of":
                    break
        before.append(b)


def _alike(one: MoneyMention, other: MoneyMention) -> bool:
    """Whether two figures have one currency, and both or neither are of a share."""
    shares = (one.per_unit == "share", other.per_unit == "share")
    return one.currency == other.currency and shares[0] == shares[1]


def _link(a: Context, b: Context) -> Link | None:
    """The link of two figures of one sentence or of neighbours, by the first rule that fits."""
    if a.tokens is b.tokens:
        between = as_words(a.tokens[a.at + 1 : b.at])
    elif a.tokens[-1].end + 3 >= b.tokens[0].start:
        between = [*as_words(a.tokens[a.at + 1 :]), "¶", *as_words(b.tokens[: b.at])]
    else:
        return None
    if len(between) > _LONGEST:
        return None
    before, after = a.tokens[max(0, a.at - _BEFORE) : a.at], b.tokens[b.at + 1 : b.at + 1 + _AFTER]
    changes = ["±"] if a.figure.kind == "change" else []
    passage = " ".join([*as_words(before), *changes, "A", *between, "B", *as_words(after), ""])
    for rule in _RULES:
        first, second = (a, b) if rule.from_first else (b, a)
        if rule.link == "part_of" and not smaller(first.figure, second.figure):
            continue
        if rule.pattern.search(passage):
            return Link(first.index, second.index, rule.link, rule.name)
    return None


def value_of(figure: MoneyMention) -> Decimal | None:
    """The amount, of a bound the side that is stated."""
    return figure.value_low if figure.value_low is not None else figure.value_high


def smaller(one: MoneyMention, other: MoneyMention) -> bool:
    """Whether one amount is less than another, both known."""
    first, second = value_of(one), value_of(other)
    return first is not None and second is not None and abs(first) < abs(second)


def _sums(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Parts of a total, no item of a list: figures in a row that make it up, shortly before or after it."""
    values = {i: value for i, f in enumerate(article.figures) if (value := value_of(f))}
    figures = [(i, value) for i, value in values.items() if i not in article.same_as]
    for at, (total, whole) in enumerate(figures):
        c, unit = contexts[total], article.figures[total].currency
        if c is None or c.is_item:
            continue
        digits = len(whole.normalize().as_tuple().digits)  # rounder totals are often made up by chance
        for step, skipped in ((1, 1), (1, 2), (-1, 1), (-1, 2)) if digits > 2 else ():
            run: list[int] = []
            left = whole
            i = at + step * skipped
            while 0 <= i < len(figures) and left > 0 and len(run) < _MOST:
                run.append(figures[i][0])
                left -= figures[i][1]
                i += step
            fewest = 2 if digits > 3 and step > 0 else _FEWEST
            if not left and len(run) >= fewest and {article.figures[n].currency for n in run} == {unit}:
                basis = "sum" if len(run) >= _FEWEST else "sum of two"
                yield from (Link(n, total, "part_of", basis) for n in run)
                break


_FARTHEST = 1500
_LEAST_SHARE, _MOST_SHARE = Decimal("0.1"), Decimal("1.02")
"""A list that makes up less or more of an amount does not break it down; amounts are often rounded."""


def _items(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """The items of a list as parts of the total that stands before it, where they are not more than it."""
    total: Context | None = None
    run: list[Context] = []
    for c in (*contexts, None):
        if (
            c is not None
            and total is not None
            and _in_list(c, run[-1] if run else None)
            and smaller(c.figure, total.figure)
        ):
            run.append(c)
            continue
        if c is not None and run and c.tokens is run[-1].tokens:
            continue
        if total is not None and len(run) > 1:
            opening = article.text[total.figure.end_char : run[0].figure.start_char]
            whole = value_of(total.figure) or Decimal(0)
            known = sum(value_of(item.figure) or 0 for item in run)
            sums = whole * _LEAST_SHARE <= known <= whole * _MOST_SHARE
            if sums and len(opening) < _FARTHEST and ":" in opening:
                yield from (Link(item.index, total.index, "part_of", "items of a total") for item in run)
        run = []
        total = c if c is not None and not _in_list(c, None) else None


def _in_list(c: Context, last: Context | None) -> bool:
    """Whether a figure is an item of a list, or the first of a paragraph after the ``last`` item or ":"."""
    first = next(token.ref for token in c.tokens if token.kind == FIGURE)
    since = c.article.text[last.figure.end_char if last is not None else 0 : c.tokens[0].start].rstrip(" ")
    follows = since.endswith("\n") and (
        since.rstrip().endswith(":") or (last is not None and "\n" not in since.rstrip())
    )
    return c.is_item or (c.index == first and follows and not c.determined)
