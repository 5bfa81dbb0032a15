"""What differs between two runs: two sets of tables, paired row by row as gold is with a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.display import safe_text
from newsledger.regression.comparison import compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold_tables import gold_of_run
from newsledger.regression.kinds import ALL_KINDS, KINDS
from newsledger.regression.policy import Policy
from newsledger.regression.reports.json import case_dict
from newsledger.regression.reports.text import case_text
from newsledger.regression.reports.view import DIFF_LABELS, CaseView, code_label, view
from newsledger.regression.runs import Run
from newsledger.regression.verdict import status_of

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two runs compared: the cases that differ, and articles that only one of them has."""

    views: tuple[CaseView, ...]
    same: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether the runs are the same in all that is compared."""
        return not (self.views or self.only_first or self.only_second)

    def counts(self) -> dict[str, dict[str, int]]:
        """Table -> code of what differs -> how often."""
        counted: dict[str, Counter[str]] = {}
        for one in self.views:
            counted.setdefault(one.case.table, Counter()).update(one.case.codes)
        return {table: dict(sorted(codes.items())) for table, codes in sorted(counted.items())}


def diff(first: Run, second: Run, *, policy: Policy | None = None) -> Difference:
    """Compare two runs; what ``policy`` ignores is no difference.

    Raises `CannotCompare` where they have no article in common.
    """
    policy = policy or Policy.of({})
    gold = gold_of_run(first)
    comparison = compare(gold, second, tolerances=policy.tolerances, some_in_common=False)
    if not any(one.run for one in comparison.articles):
        raise CannotCompare("no_articles_present", "the runs have no article in common")
    absent = {one.gold.article_id for one in comparison.absent}
    cases = [(case, status_of(case, policy)) for case in comparison.cases if case.article_id not in absent]
    shown = [view(case, s, comparison, labels=DIFF_LABELS) for case, s in cases if s == "regression"]
    return Difference(
        views=tuple(shown),
        same=sum(case.table in KINDS for case, status in cases if status != "regression"),
        only_first=tuple(sorted(absent)),
        only_second=comparison.without_gold,
    )


def parts(found: Difference) -> Iterator[RenderableType]:
    """The difference in pieces that rich can show."""
    from rich.text import Text

    for one in found.views:
        yield case_text(one, labels=DIFF_LABELS)
    for names, which in ((found.only_first, "first"), (found.only_second, "second")):
        for name in names:
            yield Text(f"{safe_text(name)}: only in the {which} run", "yellow")
    for table, codes in found.counts().items():
        counts = ", ".join(f"{number:,} {code_label(code, DIFF_LABELS)}" for code, number in codes.items())
        yield Text(f"{ALL_KINDS[table].many}: {counts}")
    number = len(found.views)
    end = f"{number:,} row{'s differ' if number != 1 else ' differs'}, {found.same:,} do not"
    yield Text(end if not found.none else f"no difference in {found.same:,} rows", "bold")


def _code(code: str) -> str:
    """The name of a difference in the JSON form.

    >>> _code("missed"), _code("wrong_currency")
    ('only_in_the_first', 'other_currency')
    """
    return code_label(code, DIFF_LABELS).replace(" ", "_")


def as_dict(found: Difference) -> dict[str, Any]:
    """The difference as a dict of JSON values."""
    return {
        "same": found.same,
        "different": len(found.views),
        "only_in_first": list(found.only_first),
        "only_in_second": list(found.only_second),
        "counts": {
            table: {_code(code): number for code, number in codes.items()}
            for table, codes in found.counts().items()
        },
        "cases": [_case_dict(one) for one in found.views],
    }


def _case_dict(one: CaseView) -> dict[str, Any]:
    entries = case_dict(one, without=("status", "outcome", "known", "by_hand"))
    entries["codes"] = [_code(code) for code in one.case.codes]
    entries["first"], entries["second"] = entries.pop("gold"), entries.pop("found")
    changes = [{"field": fault.field, "first": fault.gold, "second": fault.found} for fault in one.changes]
    return {**entries, "changes": changes}
