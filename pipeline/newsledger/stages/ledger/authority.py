"""Which answers of rules alone are given: those whose measured precision is high enough.

``lexicons/precision.tsv`` holds, for each field and rule, the number of figures of annotated news on which it
answered and the share it had right; ``python -m benchmarks.calibrate_ledger`` writes it anew.
``lexicons/checked.tsv`` holds what was read by hand of rules that are too rare there.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from newsledger.lexicons import load
from newsledger.stages.ledger.context import Answer
from newsledger.stages.ledger.lexicon import FOLDER

THRESHOLDS = {"measure": Decimal("0.78"), "purpose": Decimal("0.70"), "links": Decimal("0.80")}
"""The precision from which a field is given; all others from :data:`STRICT`."""
STRICT = Decimal("0.90")
_FEWEST = 4


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

    A rule may be named after its word ("for: loan"); where the word was seen rarely, all of its kind count.
    """
    found = (_table().get((field, name)) for name in (rule, rule.partition(":")[0]))
    return next((right for right in found if right is not None), None)


def granted(field: str, answer: Answer | None) -> Answer | None:
    """The answer with its confidence; None where that is too low, or not known.

    One that has a confidence already was weighed with what the model says, and is given.
    """
    if answer is None or answer.confidence is not None:
        return answer
    right = precision(field, answer.basis)
    if right is None or right < THRESHOLDS.get(field, STRICT):
        return None
    return answer._replace(confidence=right)
