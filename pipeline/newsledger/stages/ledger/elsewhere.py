"""What the article says elsewhere: for whom the aid of a country is, and of which total a part is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsledger.stages.ledger.context import Answer, Article, Context
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.entities import Entity
from newsledger.stages.ledger.lexicon import LISTS, singular
from newsledger.stages.ledger.links import Link, smaller, value_of
from newsledger.stages.ledger.tokens import BREAKS, NAME, WORD
from newsledger.values.ledger import UNSUMMED

_HELPED = 0.96
"""All rows that were found so in 9,898 articles are right: one country that gives, one that is helped."""


def with_beneficiary(article: Article, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in which a country's aid that names nobody goes to the only country it is said to help."""
    helped = [at for at, e in enumerate(article.entities) if e.country and _is_helped(article.text, e)]
    found = list(drafts)
    for index, one in enumerate(drafts):
        payers = {
            article.entities[p.entity].country for p in one.parties if p.value == "payer" and p.entity >= 0
        }
        named = any(p.value == "recipient" for p in one.parties)
        if (
            one.measure_class is None
            or one.measure_class.value != "aid"
            or named
            or len(payers) != 1
            or None in payers
        ):
            continue
        others = [at for at in helped if article.entities[at].country not in payers]
        if others and len({article.entities[at].country for at in others}) == 1:
            start = article.figures[index].start_char
            nearest = min(others, key=lambda at: abs(article.entities[at].start - start))
            entity = article.entities[nearest]
            party = Answer("recipient", "helped elsewhere", entity.start, entity.end, _HELPED, nearest)
            found[index] = replace(one, parties=(*one.parties, party))
    return found


def _is_helped(text: str, entity: Entity) -> bool:
    """Whether help is said to go to a country: "aid to Chad", "support the Chadian army"."""
    words = text[max(0, entity.start - 40) : entity.start].lower().split()
    before = ["", "", *(word for word in words if word not in ("the", "a"))]
    helping = before[-1] in LISTS["helping"] or (before[-1] in ("to", "for") and before[-2] in LISTS["help"])
    return helping and text[max(0, entity.start - 1) : entity.start] == " "


def parts_of_totals(contexts: Sequence[Context | None], drafts: Sequence[Draft]) -> list[Link]:
    """ "aid, including $2m": a part of the only larger amount of that aid by that payer before it."""
    found = []
    for c in contexts:
        if c is None or c.low(c.left) != "including":
            continue
        name, payer = _of_whom(c.article, drafts[c.index])
        totals = [
            i
            for i in range(c.index)
            if name is not None
            and _of_whom(c.article, drafts[i]) == (name, payer)
            and c.article.figures[i].currency == c.figure.currency
            and smaller(c.figure, c.article.figures[i])
        ]
        if len(totals) == 1:
            found.append(Link(c.index, totals[0], "part_of", "including"))
    return found


def _of_whom(article: Article, one: Draft) -> tuple[str | None, str | None]:
    """The class of a figure and the name of its payer or holder, None where either is not said."""
    parties = [p for p in one.parties if p.value in ("payer", "holder") and p.entity >= 0]
    if one.measure_class is None or not parties:
        return None, None
    return one.measure_class.value, article.entities[parties[0].entity].name


_LEAST_REPEATED = 1000
"""Smaller amounts are prices, which things that differ may share."""
_FEW = 6
_NEAR = 8
_EMPTY = BREAKS | LISTS["before_amount"] | LISTS["adverbs"] | {"'s"}


def repeats(article: Article, contexts: Sequence[Context | None], drafts: Sequence[Draft]) -> Iterator[Link]:
    """Later mentions of the same amount in other sentences, of no other class as far as is known.

    Signs that it is the same money: the first stands in the first two sentences, the later one is "the $5m",
    the article has few figures, both have one measure, the same words stand around both.
    """
    first: dict[tuple[object, ...], Context] = {}
    lead = article.layout.sentences[1][1] if len(article.layout.sentences) > 1 else len(article.text)
    for c in contexts:
        value = value_of(c.figure) if c is not None else None
        if c is None or value is None or value < _LEAST_REPEATED or c.figure.per_unit is not None:
            continue
        one = first.setdefault((c.figure.value_low, c.figure.value_high, c.figure.currency), c)
        listed = c.is_item or any(token.low in ("*", "•") for token in c.tokens)
        if one.tokens is c.tokens or listed or not _may_repeat(drafts[one.index], drafts[c.index]):
            continue
        kind = "exact" if len(value.normalize().as_tuple().digits) > 1 else "round"
        signs = (
            article.place(one.index)[0] < lead,
            c.determined,
            len(article.figures) <= _FEW,
            _head(drafts[one.index]) == _head(drafts[c.index]) != "",
        )
        shared = len(_around(one) & _around(c))
        found = sum(signs) + 2 * (shared > 1) + (shared > 3)
        yield Link(c.index, one.index, "repeats", f"same amount, {kind}, {min(found, 4)} signs")


def _around(c: Context) -> set[str]:
    """The nouns, verbs and names beside a figure."""
    near = c.tokens[max(0, c.at - _NEAR) : c.at + _NEAR + 1]
    return {singular(t.low) for t in near if t.kind in (WORD, NAME) and t.low not in _EMPTY}


def _may_repeat(one: Draft, other: Draft) -> bool:
    classes = {draft.measure_class.value for draft in (one, other) if draft.measure_class is not None}
    return len(classes) <= 1 and not classes & UNSUMMED


def _head(draft: Draft) -> str:
    return draft.measure.value.lower().split()[-1] if draft.measure is not None else ""
