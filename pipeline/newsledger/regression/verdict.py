"""The verdict on a comparison: scores, failing cases, and whether the gate passes.

A case is *right*; *known*, wrong as gold says the program is known to be; *fixed*, right although gold says
so; *ignored*, wrong only in what does not gate; *absent*, missed with its whole article; or a *regression*.
The gate is passed when the regressions stay within the budget (a number of whole cases: a share below one
case tolerates nothing), the ratchet holds, no article is absent, and no measure is below its floor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import get_args

from newsledger.normalizer.display import counted
from newsledger.regression.comparison import Case, Compared, Comparison, Status
from newsledger.regression.gold import HAND, Gold
from newsledger.regression.kinds import ALL_KINDS, KINDS, SPAN, Kind
from newsledger.regression.policy import Floors, Policy


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure: rows of gold, rows found, rows that are right.

    >>> score = Score(gold=4, found=2, right=2)
    >>> score.precision, score.recall, round(score.f1, 3)
    (1.0, 0.5, 0.667)
    """

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the rows found that are right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold rows that were found right; 1 where there are none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 where there is nothing to find and nothing was found."""
        both = self.gold + self.found
        return 2 * self.right / both if both else 1.0

    @property
    def floor(self) -> Decimal:
        """F1 with four digits, rounded down, so that the same result never falls below its own floor.

        >>> Score(gold=3, found=3, right=2).floor
        Decimal('0.6666')
        """
        both = self.gold + self.found
        exact = Decimal(2 * self.right) / both if both else Decimal(1)
        return exact.quantize(Decimal("0.0001"), rounding=ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of one kind; ``fields`` counts a pair as right when that one field is."""

    kind: Kind
    gold: int
    found: int
    paired: int
    levels: Mapping[str, Score]
    fields: Mapping[str, Score]

    @property
    def all(self) -> dict[str, Score]:
        """Every measure a floor can be set for, by name."""
        return {**self.levels, **self.fields}

    @property
    def f1(self) -> list[str]:
        """The F1 of every level, as it is shown."""
        return [str(score.floor) for score in self.levels.values()]


def measure(cases: Sequence[Case], pinned: Mapping[str, Collection[str]]) -> dict[str, Measures]:
    """The measures of every kind of mentions in ``cases``, for the columns that gold speaks of."""
    return {
        table: _measures(kind, found, pinned.get(table, ()))
        for table, kind in KINDS.items()
        if (found := [case for case in cases if case.table == table])
    }


def _measures(kind: Kind, cases: list[Case], pinned: Collection[str]) -> Measures:
    gold = sum(case.gold is not None and not case.gold.absent for case in cases)
    found = sum(case.found is not None for case in cases)
    pairs = [case for case in cases if case.outcome in ("right", "wrong") and case.found is not None]
    wrong = [{fault.field for fault in case.faults} for case in pairs]
    values = {field.name for field in kind.fields if field.value}

    def score(right: Iterable[bool]) -> Score:
        return Score(gold=gold, found=found, right=sum(right))

    def right_value(case: Case, faults: set[str]) -> bool:
        # The value of a temporal expression without days is the TimeML value.
        dated = case.gold is None or case.gold.values.get("start_date") is not None
        return not faults & values and (kind.table != "date_mentions" or dated or "timex_value" not in faults)

    return Measures(
        kind=kind,
        gold=gold,
        found=found,
        paired=len(pairs),
        levels={
            "span": score(SPAN not in faults for faults in wrong),
            "value": score(map(right_value, pairs, wrong)),
            "full": score(not faults for faults in wrong),
        },
        fields={
            field.name: score(field.name not in faults for faults in wrong)
            for field in kind.fields
            if set(field.columns) & set(pinned)
        },
    )


OK, REGRESSION, CANNOT_COMPARE = 0, 1, 2
"""Exit codes."""


@dataclass(frozen=True, slots=True)
class BrokenFloor:
    """A measure below its floor."""

    table: str
    measure: str
    least: Decimal
    now: Decimal

    def __str__(self) -> str:
        return f"{self.table} {self.measure} F1 {self.now} is below its floor {self.least}"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The verdict on a comparison under a policy; ``reasons`` says why the gate fails, one line each."""

    comparison: Comparison
    policy: Policy
    measures: dict[str, Measures]
    gating: dict[str, Measures]
    """The measures of what gates, which floors are about: what does not counts as right or is left out."""
    reasons: tuple[str, ...] = ()
    broken_floors: tuple[BrokenFloor, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing failed that may not."""
        return not self.reasons

    @property
    def exit_code(self) -> int:
        """0 fine, 1 regression."""
        return OK if self.passed else REGRESSION

    def cases(self, *statuses: Status) -> list[Case]:
        """The cases of these statuses."""
        return [case for case in self.comparison.cases if case.status in statuses]

    @property
    def regressions(self) -> list[Case]:
        """The cases that fail, but for those of absent articles."""
        return self.cases("regression")

    def status_counts(self) -> dict[Status, int]:
        """Number of cases of each status."""
        counts = Counter(case.status for case in self.comparison.cases)
        return {name: counts[name] for name in get_args(Status)}

    @property
    def absent(self) -> list[tuple[str, int, str]]:
        """Articles that the source lacks, where that fails, with the number of rows missed, and why."""
        rows = Counter(case.article_id for case in self.cases("absent") if case.gold is not None)
        names = dict.fromkeys(case.article_id for case in self.cases("absent"))
        return [(name, rows[name], self.comparison.by_id[name].why_absent) for name in names]

    @property
    def same(self) -> int:
        """Number of rows that are not regressions."""
        cases = self.comparison.cases
        return sum(case.table in KINDS and case.status != "regression" for case in cases)

    @property
    def all_same(self) -> bool:
        """Whether nothing differs and both sides have the same articles."""
        return not (self.regressions or self.comparison.absent or self.comparison.without_gold)

    def code_counts(self) -> dict[str, dict[str, int]]:
        """Table -> fault of its regressions -> count."""
        counts: dict[str, Counter[str]] = {}
        for case in self.regressions:
            counts.setdefault(case.table, Counter()).update(case.codes)
        return {table: dict(sorted(codes.items())) for table, codes in sorted(counts.items())}


def status_of(case: Case, policy: Policy, article: Compared) -> Status:
    """What one case means. Faults are known of the words as they were: where those were edited, none is."""
    if not case.faults:
        return "fixed" if case.known else "right"
    gating = [fault for fault in case.faults if policy.gates(case.table, fault.field)]
    if not gating:
        return "ignored"
    known = set() if case.anchor == "edited" else set(case.known)
    if not {fault.code for fault in gating} - known:
        return "known"
    return "absent" if article.run is None else "regression"


def was_right(case: Case) -> bool:
    """Whether the row was right when gold was last accepted: it is settled, and no fault is known of it."""
    row = case.gold
    return row is not None and not row.absent and not case.known and (row.by == HAND or not case.hand)


def judge(comparison: Comparison, gold: Gold, policy: Policy) -> Verdict:
    """Judge a comparison under a policy."""
    articles = (
        replace(one, cases=tuple(replace(case, status=status_of(case, policy, one)) for case in one.cases))
        if one.run is not None or policy.absent == "fail"
        else replace(one, cases=())
        for one in comparison.articles
    )
    comparison = replace(comparison, articles=tuple(articles))
    measures = measure(comparison.cases, gold.manifest.pinned)
    gating = measure(list(_gating(comparison.cases, policy)), gold.manifest.pinned)
    broken = [*broken_floors(gating, gold.manifest.floors), *broken_floors(gating, policy.floors)]
    verdict = Verdict(
        comparison=comparison,
        policy=policy,
        measures=measures,
        gating=gating,
        broken_floors=tuple(dict.fromkeys(broken)),
    )
    return replace(verdict, reasons=tuple(_reasons(verdict)))


def _reasons(verdict: Verdict) -> Iterator[str]:
    """Why a verdict is not passed, a line each."""
    failing, policy, without_gold = verdict.regressions, verdict.policy, verdict.comparison.without_gold
    if len(failing) > policy.budget:
        allowed = f", the budget is {policy.budget}" if policy.budget else ""
        yield f"{counted(len(failing), 'regression')}{allowed}"
    counts = Counter(case.table for case in failing)
    for table, budget in policy.budgets.items():
        if counts[table] > budget:
            yield f"{table}: {counted(counts[table], 'regression')}, its budget is {budget}"
    if policy.ratchet and (worse := sum(map(was_right, failing))):
        rows = counted(worse, "row that was right is", "rows that were right are")
        yield f"{rows} wrong now, which the ratchet forbids"
    if lacking := verdict.absent:
        yield (
            f"{counted(len(lacking), 'article')} of the gold not in the source, with "
            f"{counted(sum(rows for _, rows, _ in lacking), 'row')}: newsledger accept "
            "--drop-articles takes out what is gone for good, --absent ignore passes over what is elsewhere"
        )
    if policy.require_gold and without_gold:
        number = counted(len(without_gold), "article")
        yield f"{number} of the source without gold: newsledger accept pins what is found"
    yield from dict.fromkeys(map(str, verdict.broken_floors))


def _gating(cases: Iterable[Case], policy: Policy) -> Iterator[Case]:
    """The cases of kinds that gate, without the faults that do not."""
    tables = {table for table, _ in policy.gating}
    for case in cases:
        if case.table not in tables:
            continue
        faults = tuple(fault for fault in case.faults if policy.gates(case.table, fault.field))
        if faults or case.outcome in ("right", "wrong"):
            yield case if faults == case.faults else replace(case, faults=faults)


def broken_floors(measures: dict[str, Measures], floors: Floors) -> list[BrokenFloor]:
    """The measures that are below their floors; a kind that was not measured has none."""
    return [
        BrokenFloor(table, name, least, measures[table].all[name].floor)
        for table, by_name in floors.items()
        if table in measures
        for name, least in by_name.items()
        if name in measures[table].all and measures[table].all[name].floor < least
    ]


def new_floors(measures: dict[str, Measures], old: Floors) -> dict[str, dict[str, Decimal]]:
    """Floors at the scores measured now; those of kinds that were not measured stay."""
    floors = {table: dict(by_name) for table, by_name in old.items() if table not in measures}
    for table, found in measures.items():
        names = (*found.levels, *(name for name in old.get(table, ()) if name in found.fields))
        floors[table] = {name: found.all[name].floor for name in names}
    return {table: floors[table] for table in ALL_KINDS if table in floors}
