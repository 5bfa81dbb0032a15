"""The class of a figure: of its unit, its noun or its verb."""

from __future__ import annotations

from newsledger.stages.ledger.context import Answer, Context
from newsledger.stages.ledger.frames import Frame
from newsledger.stages.ledger.lexicon import LISTS, PHRASES, lemmas, singular
from newsledger.stages.ledger.measure import Measure

_WEAK = frozenset(PHRASES["weak_nouns"])
_SMALL = 3000
"""Amounts that "cost" governs are prices below this, costs above."""


def class_of(c: Context, measure: Measure | None, verb: Frame | None) -> Answer | None:
    """The class of a figure, with the rule that decided."""
    return _of_unit(c, measure) or _of_noun(c, measure) or _of_verb(c, verb)


def _of_unit(c: Context, measure: Measure | None) -> Answer | None:
    """A price by its unit; an amount a share is profit where profit is spoken of."""
    unit, noun = c.figure.per_unit, measure.measure_class if measure else None
    if unit == "share" and noun in (None, "price"):
        found = LISTS["earnings"].intersection(token.low for token in c.tokens)
        return c.answer("profit", "profit a share", c.at, c.at) if found else None
    if unit != "share" and unit in LISTS["goods_units"] and noun not in ("pay", "tax"):
        return c.answer("price", f"unit: {unit}", c.at, c.at)
    return None


def is_goods(c: Context, measure: Measure) -> bool:
    """Whether a measure is goods whose price is meant: "shares rose to $5"."""
    return measure.measure_class == "price" and singular(c.low(measure.last)) in LISTS["goods"]


def _of_noun(c: Context, measure: Measure | None) -> Answer | None:
    """The class of the measure noun; "cut costs by $5m" is a saving, "earnings from tourism" revenue."""
    if measure is None:
        return None
    if is_goods(c, measure):
        return None
    first, last, name = measure.first, measure.last, measure.measure_class
    cut = lemmas(c.low(first - 1)) & LISTS["cutting"]
    if cut and name in ("cost", "spending", "pay", "budget") and c.low(c.left) == "by":
        return c.answer("saving", "cut by", first - 1, last)
    if c.low(last) == "earnings" and c.low(last + 1) == "from":
        return c.answer("revenue", "earnings from", first, last)
    basis = f"weak noun: {measure.noun}" if measure.noun in _WEAK else f"{measure.rule}: {name}"
    return c.answer(name, basis, first, last)


def _of_verb(c: Context, verb: Frame | None) -> Answer | None:
    """The class of the verb that governs the figure."""
    if verb is None or verb.verb.measure_class == "-":
        return None
    value = c.figure.value_low
    if verb.verb.lemma == "cost" and value is not None and value < _SMALL:
        return None  # what a thing costs is its price
    clear = verb.verb.lemma in LISTS["clear_verbs"]
    kind = "far verb" if verb.left and c.left - verb.at > 3 else "clear verb" if clear else "verb"
    how = " with preposition" if verb.left and verb.preposition else ""
    return c.answer(verb.verb.measure_class, f"{kind}{how}: {verb.verb.lemma}", verb.at, verb.at)
