"""What the rules say of each figure by its sentence, before it is weighed: answers with their basis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from newsledger.lexicons import load
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.clause import Clause, Frame, clause_of, frame_of
from newsledger.stages.ledger.context import Answer, Context, as_words
from newsledger.stages.ledger.lexicon import FOLDER, LISTS, PHRASES, lemmas, precision
from newsledger.stages.ledger.measure import Measure, is_goods, measure_of, purpose_of
from newsledger.values.ledger import Comparison, LedgerFlag

_WEAK = frozenset(PHRASES["weak_nouns"])
_SMALL = 3000
"""Amounts that "cost" governs are prices below this, costs above."""
_PATTERNS: dict[LedgerFlag, re.Pattern[str]] = {
    cast("LedgerFlag", flag): lazy_regex("|".join(patterns))
    for flag, patterns in load.toml(FOLDER / "flags.toml").items()
}
_FARTHEST = 60


@dataclass(frozen=True)
class Draft:
    """What is known of a figure: its clause; answers for measure, class, status, purpose and period."""

    clause: Clause | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    parties: tuple[Answer, ...] = ()
    comparison: Comparison = "current"
    flags: tuple[LedgerFlag, ...] = ()

    def value(self, field: str) -> str | None:
        """The answer for a field, None where there is none."""
        return self.answers[field].value if field in self.answers else None


def draft_of(c: Context) -> Draft:
    """The answers for a figure from its own sentence, each with the measured precision of its rule."""
    measure, verb = measure_of(c), frame_of(c)
    of_class = class_of(c, measure, verb)
    name = of_class.value if of_class else None
    purpose = purpose_of(c, name, measure)
    named = measure is not None and not is_goods(c, measure)
    said = {
        "measure": c.words(measure.first, measure.last, measure.rule) if measure and named else None,
        "class": of_class,
        "purpose": c.words(*purpose) if purpose else None,
    }
    answers = {
        topic: answer._replace(confidence=precision(topic, answer.basis))
        for topic, answer in said.items()
        if answer is not None
    }
    return Draft(clause_of(c, name, measure, verb), answers, flags=tuple(flags_of(c)))


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


def flags_of(c: Context) -> Iterator[LedgerFlag]:
    """The flags of a figure, by the words of its sentence around it."""
    before, after = c.tokens[max(0, c.at - _FARTHEST) : c.at], c.tokens[c.at + 1 : c.at + _FARTHEST]
    passage = " ".join(["", *as_words(before), "A", *as_words(after), ""])
    yield from (flag for flag, pattern in _PATTERNS.items() if pattern.search(passage))
