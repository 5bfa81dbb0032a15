"""What the rules say of each figure, before it is weighed: answers with their basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsledger.stages.ledger.classes import class_of, is_goods
from newsledger.stages.ledger.clause import Clause, clause_of
from newsledger.stages.ledger.context import Answer, Context
from newsledger.stages.ledger.flags import flags_of
from newsledger.stages.ledger.frames import frame_of
from newsledger.stages.ledger.links import Link
from newsledger.stages.ledger.measure import measure_of
from newsledger.stages.ledger.purpose import purpose_of
from newsledger.values.ledger import Comparison, LedgerFlag


@dataclass(frozen=True)
class Draft:
    """The answers of the rules for one figure; None and empty where no rule says anything."""

    clause: Clause | None = None
    measure: Answer | None = None
    measure_class: Answer | None = None
    status: Answer | None = None
    purpose: Answer | None = None
    period: Answer | None = None
    parties: tuple[Answer, ...] = ()
    comparison: Comparison = "current"
    flags: tuple[LedgerFlag, ...] = ()


def draft_of(c: Context) -> Draft:
    """The answers for a figure from its own sentence."""
    measure, verb = measure_of(c), frame_of(c)
    of_class = class_of(c, measure, verb)
    name = of_class.value if of_class else None
    purpose = purpose_of(c, name, measure)
    named = measure is not None and not is_goods(c, measure)
    return Draft(
        clause=clause_of(c, name, measure, verb),
        measure=c.words(measure.first, measure.last, measure.rule) if measure and named else None,
        measure_class=of_class,
        purpose=c.words(*purpose) if purpose else None,
        flags=tuple(flags_of(c)),
    )


def connect(drafts: Sequence[Draft], links: Sequence[Link]) -> list[Draft]:
    """The drafts with what figures take from those they are linked to.

    An equivalent takes everything; of two that are compared, what one lacks it takes from the other but for
    the period, and the second becomes ``previous`` or ``expected``.
    """
    found = list(drafts)
    for link in links:
        one, other = found[link.one], found[link.other]
        if link.link in ("change_from", "compared_with"):
            found[link.one] = _filled(one, other)
            second: Comparison = "expected" if link.link == "compared_with" else "previous"
            found[link.other] = replace(_filled(other, one), comparison=second)
        elif link.link == "change_of":
            found[link.one] = _filled(one, other)
    for link in links:
        if link.link == "same_as":
            found[link.one] = found[link.other]
    return found


def _filled(one: Draft, other: Draft) -> Draft:
    """A draft with the measure, class and parties of another where it lacks them or guesses by the verb."""

    def taken(answer: Answer | None) -> Answer | None:
        return answer and answer._replace(basis="of partner")

    def is_weak(answer: Answer | None) -> bool:
        return answer is None or answer.basis.startswith(("weak", "verb", "far"))

    takes = is_weak(one.measure_class) and not is_weak(other.measure_class)
    return replace(
        one,
        measure=one.measure or taken(other.measure),
        measure_class=taken(other.measure_class) if takes else one.measure_class,
        parties=one.parties or tuple(p._replace(basis="of partner") for p in other.parties),
    )
