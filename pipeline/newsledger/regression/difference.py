"""What differs between two runs: two sets of tables, paired row by row as gold is with a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsledger.regression.comparison import Comparison, compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold_tables import gold_of_run
from newsledger.regression.kinds import KINDS, MISSED, SPURIOUS
from newsledger.regression.policy import Policy
from newsledger.regression.reports.view import DIFF, CaseView, code_called, view
from newsledger.regression.runs import Run
from newsledger.regression.verdict import status_of

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two runs compared: the cases that differ, and articles that only one of them has."""

    comparison: Comparison
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
    try:
        comparison = compare(gold_of_run(first), second, tolerances=policy.tolerances)
    except CannotCompare as problem:
        if problem.why != "no_articles_present":
            raise
        raise CannotCompare(problem.why, "the runs have no article in common") from None
    absent = {one.gold.article_id for one in comparison.absent}
    shown, same = [], 0
    for case in comparison.cases:
        if case.article_id in absent:
            continue
        status = status_of(case, policy)
        if status == "regression":
            shown.append(view(case, status, comparison, words=DIFF))
        elif case.table in KINDS:
            same += 1
    return Difference(
        comparison=comparison,
        views=tuple(shown),
        same=same,
        only_first=tuple(sorted(absent)),
        only_second=comparison.without_gold,
    )


def parts(found: Difference) -> Iterator[RenderableType]:
    """The difference in pieces that rich can show."""
    from rich.text import Text

    from newsledger.cli.terminal import harmless
    from newsledger.regression.reports.text import case_text
    from newsledger.regression.reports.view import table_called

    for one in found.views:
        yield case_text(one, words=DIFF)
    for names, which in ((found.only_first, "first"), (found.only_second, "second")):
        for name in names:
            yield Text(f"{harmless(name)}: only in the {which} run", "yellow")
    for table, codes in found.counts().items():
        told = ", ".join(f"{number:,} {code_called(code, DIFF)}" for code, number in codes.items())
        yield Text(f"{table_called(table)}: {told}")
    number = len(found.views)
    end = f"{number:,} row{'s differ' if number != 1 else ' differs'}, {found.same:,} do not"
    yield Text(end if not found.none else f"no difference in {found.same:,} rows", "bold")


def _code(code: str) -> str:
    """What differs, as it is called in the JSON form.

    >>> _code("missed"), _code("wrong_currency")
    ('only_in_the_first', 'other_currency')
    """
    return code_called(code, DIFF).replace(" ", "_")


def as_dict(found: Difference) -> dict[str, Any]:
    """The difference as a dict of JSON values."""
    from newsledger.regression.reports.json import case_dict

    cases = []
    for one in found.views:
        told = case_dict(one)
        for key in ("status", "outcome", "known", "by_hand"):
            del told[key]
        told["codes"] = [_code(code) for code in told["codes"]]
        told["first"], told["second"] = told.pop("gold"), told.pop("found")
        told["changes"] = [
            {"field": change["field"], "first": change["gold"], "second": change["found"]}
            for change in told["changes"]
            if change["field"] not in (MISSED, SPURIOUS)
        ]
        cases.append(told)
    return {
        "same": found.same,
        "different": len(found.views),
        "only_in_first": list(found.only_first),
        "only_in_second": list(found.only_second),
        "counts": {
            table: {_code(code): number for code, number in codes.items()}
            for table, codes in found.counts().items()
        },
        "cases": cases,
    }
