"""Which answers are given: those of rules whose measured precision is high enough, and how a model joins in.

``lexicons/precision.tsv`` holds, for each field and rule, the number of figures of annotated news on which it
answered and the share it had right; ``python -m benchmarks.calibrate_ledger`` writes it anew.
``lexicons/checked.tsv`` holds what was read by hand of rules that are too rare there.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import get_args

from newsledger.lexicons import load
from newsledger.stages.ledger.context import Answer
from newsledger.stages.ledger.lexicon import FOLDER
from newsledger.values.ledger import PartyRole

THRESHOLDS = {field: Decimal("0.90") for field in ("class", "status")} | {
    "measure": Decimal("0.78"),
    "purpose": Decimal("0.70"),
}
"""The precision from which a field is given; all others from ``_STRICT``."""
_STRICT = Decimal("0.95")
_FEWEST = 4
_ROLES = get_args(PartyRole)


@cache
def _table() -> dict[tuple[str, str], Decimal]:
    measured = {
        (row["field"], row["rule"]): Decimal(row["precision"])
        for row in load.rows(FOLDER / "precision.tsv")
        if int(row["figures"]) >= _FEWEST
    }
    rows = load.rows(FOLDER / "checked.tsv")
    return measured | {(row["field"], row["rule"]): Decimal(row["precision"]) for row in rows}


def precision(field: str, rule: str) -> Decimal | None:
    """The measured precision of a rule in a field; None where it was seen too rarely.

    A rule may be named after its word ("verb: pay"); where the word was seen rarely, all of its kind count,
    and where a rule was seen rarely in one role of a party, all roles do.
    """
    fields = ("party", field) if field in _ROLES else (field,)
    names = (rule, rule.partition(":")[0])
    found = [_table().get((one, name)) for name in names for one in reversed(fields)]
    return next((right for right in found if right is not None), None)


def granted(field: str, answer: Answer | None) -> Answer | None:
    """The answer with its precision as confidence; None where that is too low, or not known."""
    if answer is None:
        return None
    right = precision(field, answer.basis) if answer.confidence is None else answer.confidence
    if right is None or right < THRESHOLDS.get(field, _STRICT):
        return None
    return answer._replace(confidence=right)


def merge(field: str, rule: Answer | None, model: Answer | None) -> Answer | None:
    """The answer of rules and model together, None where it may not be given.

    Where both say the same, the rule's with the higher confidence; where they differ, none, unless one alone
    has the precision to be given; where one is silent, the other's.

    >>> sure, unsure = Decimal("0.97"), Decimal("0.6")
    >>> rule = Answer("aid", "noun of", confidence=unsure)
    >>> merge("class", rule, Answer("aid", "model", confidence=sure)).basis
    'noun of'
    >>> merge("class", rule, Answer("loan", "model", confidence=sure)).value
    'loan'
    """
    if rule is not None and model is not None and rule.value == model.value:
        own = precision(field, rule.basis) if rule.confidence is None else rule.confidence
        known = [one for one in (own, model.confidence) if one is not None]
        return granted(field, rule._replace(confidence=max(known, default=None)))
    sure = [answer for one in (rule, model) if (answer := granted(field, one)) is not None]
    return sure[0] if len(sure) == 1 else None
