"""How often rules are right: measured on annotated news.

``lexicons/precision.tsv`` holds, for each field and rule, the number of figures of annotated news on which it
answered and the share it had right; ``python -m benchmarks.calibrate_ledger`` writes it anew.
"""

from __future__ import annotations

from functools import cache

from newsledger.lexicons import load
from newsledger.stages.ledger.lexicon import FOLDER

_FEWEST = 4
_UNMEASURED = 0.6
_LINKS = 0.80
"""The precision from which the links of a rule are given: most rules have more."""


@cache
def _table() -> dict[tuple[str, str], float]:
    return {
        (row["field"], row["rule"]): float(row["precision"])
        for row in load.rows(FOLDER / "precision.tsv")
        if int(row["figures"]) >= _FEWEST
    }


def precision(field: str, rule: str) -> float:
    """The measured precision of a rule in a field, supposed where it was seen too rarely.

    A rule may be named after its word ("for: loan"); where the word was seen rarely, all of its kind count.
    """
    of_kind = _table().get((field, rule.partition(":")[0]), _UNMEASURED)
    return _table().get((field, rule), of_kind)


def is_given(rule: str) -> bool:
    """Whether the links that a rule finds are right often enough to be given."""
    return precision("links", rule) >= _LINKS
