"""How well a run agrees with gold: precision, recall and F1 for span, value and full match, and per field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from newsledger.regression.comparison import Case
from newsledger.regression.kinds import KINDS, SPAN, Kind

LEVELS = ("span", "value", "full")
"""``span``: a row with the very offsets. ``value``: an overlapping row with the right normalised value
(amount and currency; days, or the TimeML value of what has none; country code; full name). ``full``: right
offsets and every pinned field right."""


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


def measure(
    cases: Iterable[Case], *, pinned: Mapping[str, Collection[str]] | None = None
) -> dict[str, Measures]:
    """The measures of every kind of mentions in ``cases``, for the columns that gold speaks of."""
    by_table: dict[str, list[Case]] = {table: [] for table in KINDS}
    for case in cases:
        if case.table in KINDS:
            by_table[case.table].append(case)
    columns = pinned or {table: kind.columns for table, kind in KINDS.items()}
    return {
        table: _measures(KINDS[table], found, columns.get(table, ()))
        for table, found in by_table.items()
        if found
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
