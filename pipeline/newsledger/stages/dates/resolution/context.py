"""What the resolution of an expression sees, what it yields, and the steps all kinds of expression share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from itertools import takewhile
from typing import Literal, NamedTuple

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.clauses import Tense
from newsledger.stages.dates.tense import NOTHING, Evidence

Anchor = Literal["absolute", "published", "previous", "none"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
FAR = 1200
"""Characters after which a date is no longer what "three years later" counts from."""
NEAR = 800
"""Characters after which a day is no longer the one that "the prior day" goes before."""
SEVERAL = frozenset({"days", "weeks", "months"})


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved expression. ``period`` is None where no calendar days may be given."""

    value: str
    timex_type: TimexType = "DATE"
    period: Period | None = None
    precision: str | None = None
    part: str | None = None
    modifier: str | None = None
    anchor: Anchor = "none"
    basis: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A mention resolved before, as an anchor for later ones."""

    start: int
    end: int
    period: Period
    explicit: bool
    compared: bool = False
    has_month: bool = False


class Unknown(NamedTuple):
    """A mention without calendar days; what is counted from it has none either."""

    start: int
    unit: str
    weekday: bool = False


_PRESENT = re.compile(
    r",?\s+(?!should|would|could)(?:[a-z]+\s+){0,3}(?:is|are|has|have)\b(?!\s+been)|\s+(?!has|was)[a-z]{2,}s\s"
)
"""Today there are two: a verb of the present behind the word."""


@dataclass(slots=True)
class Context:
    """What the resolution of one mention may look at."""

    published: dt.date | None
    day_order: Literal["dmy", "mdy"] | None
    order_basis: str
    fiscal_year_start: int | None
    start: int
    end: int
    sentence_start: int
    segment_start: int
    earlier: list[Earlier]
    tense_of: Callable[[], Evidence]
    compared: bool = False
    dateline: bool = False
    listed_after: dt.date | None = None
    adjoins: bool = False
    in_front: str = ""
    behind: str = ""
    unknown: Unknown | None = None
    horizon: dt.date | None = None
    fiscal_quarter: tuple[int, dt.date] | None = None
    _tense: Evidence | None = None

    @property
    def evidence(self) -> Evidence:
        """The tense around the mention, read once."""
        if self._tense is None:
            self._tense = self.tense_of()
            if self._tense.word.split()[:1] == ["would"] and self._is_after_past_date():
                self._tense = NOTHING
            if self._tense.tense is None and self.published is not None and self.earlier:
                last = self.earlier[-1]
                if last.start >= self.sentence_start and last.period.start > self.published:
                    self._tense = Evidence("future", last.period.value, strong=last.period.unit != "day")
        return self._tense

    def _is_after_past_date(self) -> bool:
        """Whether the sentence already named a past date ("Last May it said it would ...")."""
        if self.published is None or not self.earlier:
            return False
        last = self.earlier[-1]
        return last.start >= self.sentence_start and (self.published - last.period.end).days > 31

    @property
    def tense(self) -> Tense | None:
        """Past, future or unknown."""
        return self.evidence.tense

    def latest(self, largest: str, *, over: bool = False, in_sentence: bool = False) -> Period | None:
        """The last date named before whose unit is at most as big as ``largest``.

        None where a later mention that could serve has no days itself. ``over`` passes by what lies ahead of
        publication, unless the same sentence names it; ``in_sentence`` searches no further than the sentence.
        """
        for one in reversed(self.earlier[-40:]):
            if one.compared:
                continue
            if in_sentence and one.start < self.sentence_start:
                return None
            unit = one.period.unit
            fits = cal.UNIT_SIZES[unit] <= cal.UNIT_SIZES[largest] or (unit == "days" and largest != "day")
            if not fits and not (largest == "year" and is_pair(one.period)):
                continue
            if self.is_hidden(one, largest):
                return None
            ahead = self.published is not None and one.period.start > self.published
            if over and ahead and one.start < self.sentence_start:
                continue
            return one.period
        return None

    def names_here(self, period: Period) -> bool:
        """Whether the sentence has named the period already."""
        return any(
            one.start >= self.sentence_start and one.period.value == period.value and not one.compared
            for one in self.earlier[-6:]
        )

    def in_sentence(self, unit: str) -> Period | None:
        """The day or month that the sentence has named last."""
        last = self.earlier[-1] if self.earlier else None
        here = last is not None and last.start >= self.sentence_start and last.period.unit == unit
        return last.period if last is not None and here else None

    def contrasts_with_past(self) -> bool:
        """Whether a year long past stands before a verb of the present ("in 1950 five, today two")."""
        since = self.sentence_start if self.start > self.sentence_start else self.start - 200
        named = [one.period for one in self.earlier[-4:] if one.start >= max(since, self.segment_start)]
        years = [p for p in named if p.unit in ("year", "years", "decade", "century")]
        if self.published is None or not any(self.published.year - p.end.year > 1 for p in years):
            return False
        return (self.tense is None and self.behind[:1] not in "'’") or bool(_PRESENT.match(self.behind))

    def weekday_with_date(self, weekday: int) -> Period | None:
        """A day near publication, named with its month in this paragraph, that is this weekday."""
        for one in reversed(self.earlier[-6:]):
            if self.published is None or one.start < self.segment_start or self.start - one.end > 300:
                return None
            day = one.period.start
            if one.has_month and day.isoweekday() == weekday and abs((day - self.published).days) <= 10:
                return one.period
        return None

    def week_reported(self) -> Period | None:
        """The seven days to a day just past ("in the week to Wednesday") that the article reports on."""
        for one in reversed(self.earlier[-40:]):
            week = one.period.unit == "week" and one.period.start.isoweekday() != 1
            if week and self.published and 0 < (self.published - one.period.end).days <= 7:
                return one.period
        return None

    def is_far(self, period: Period, far: int = FAR) -> bool:
        """Whether a date named before is several paragraphs back."""
        end = next((one.end for one in reversed(self.earlier) if one.period == period), self.start)
        return end < self.segment_start and self.start - end > far

    def named_with_year(self, month: int | None, day: int | None) -> Period | None:
        """The same day of a month where the article has named it with its year, near publication."""
        for one in reversed(self.earlier[-40:]):
            start = one.period.start
            same = one.explicit and one.period.unit == "day" and (start.month, start.day) == (month, day)
            if same and (self.published is None or abs((start - self.published).days) < 400):
                return one.period
        return None

    def is_named_here(self, period: Period) -> bool:
        """Whether a date named before is in the same paragraph."""
        here = takewhile(lambda one: one.start >= self.segment_start, reversed(self.earlier))
        if any(one.period == period for one in here):
            return True
        last = self.earlier[-1] if self.earlier else None
        close = last is not None and last.period == period and self.start - last.end < 400
        return close and len(self.earlier) > 1

    def is_hidden(self, one: Earlier, largest: str) -> bool:
        """Whether there is a mention without days between an earlier date and this one."""
        unknown = self.unknown
        if (
            unknown is None
            or unknown.start < one.start
            or cal.UNIT_SIZES.get(unknown.unit, 99) > cal.UNIT_SIZES[largest]
        ):
            return False
        return largest in ("day", "week") or not unknown.weekday

    def is_after_all(self, date: dt.date) -> bool:
        """Whether a day lies after publication or, where that is unknown, after all dates of the article."""
        return self.horizon is not None and date > self.horizon

    def named_since(self) -> Period | None:
        """A month or year with its own year, named after the last day and at another time than it."""
        bigger: Earlier | None = None
        for one in reversed(self.earlier[-40:]):
            if one.compared:
                continue
            if one.period.unit in ("day", "days"):
                apart = (
                    bigger is not None
                    and bigger.start >= self.segment_start
                    and one.start < self.sentence_start
                )
                gone = bigger is not None and not bigger.period.start <= one.period.start <= bigger.period.end
                return bigger.period if bigger is not None and apart and gone else None
            if bigger is None:
                if not one.explicit or one.period.unit not in ("month", "year"):
                    return None
                bigger = one
        return None

    def narrated_date(self) -> Period | None:
        """A date with its own year, close before, which sets the year of what is narrated."""
        for one in reversed(self.earlier[-40:]):
            if one.start < self.segment_start or self.start - one.end > 300:
                return None
            if (
                not one.explicit
                or one.compared
                or one.period.value.startswith("FY")
                or one.period.unit in ("decade", "century", "years")
            ):
                continue
            same_sentence = one.start >= self.sentence_start
            if one.period.unit == "year" and not (
                same_sentence and self.start - one.end < 26 and self.adjoins
            ):
                return None
            adjoining = same_sentence and self.start - one.end < 26 and self.adjoins
            background = self.published is None and self.horizon and self.horizon.year > one.period.start.year
            if background and not adjoining:
                return None
            if self.published and self.published.year - one.period.start.year < (1 if adjoining else 5):
                return None
            return one.period
        return None


def is_pair(period: Period) -> bool:
    """Whether two years are named as one (1985/86)."""
    return period.unit == "years" and period.end.year == period.start.year + 1


class Impossible(ValueError):
    """An expression that has no value, as the 31st of June."""


def resolve(expression: object, context: Context) -> Value | None:
    """The value of an expression; None where it turns out to be impossible."""
    try:
        return value_of(expression, context)
    except (OverflowError, ValueError):
        return None


@singledispatch
def value_of(expression: object, context: Context) -> Value:
    """The value of an expression; each kind registers how it is found. Raises `Impossible`."""
    raise TypeError(f"no expression: {expression!r}")


def dated(
    period: Period,
    anchor: Anchor,
    *basis: str,
    candidates: tuple[str, ...] = (),
    precision: str | None = None,
) -> Value:
    """A value with calendar days."""
    reasons = tuple(b for b in basis if b) or (("as written",) if anchor == "absolute" else ())
    return Value(
        period.value, "DATE", period, precision or period.unit, None, None, anchor, reasons, candidates
    )


def undated(value: str, precision: str | None, *basis: str, candidates: tuple[str, ...] = ()) -> Value:
    """A value for which no calendar days may be given."""
    reasons = tuple(b for b in basis if b)
    return Value(value, "DATE", None, precision, anchor="none", basis=reasons, candidates=candidates)


def yearless_value(named: x.Named) -> str:
    """The TimeML value of a name whose year is open."""
    if named.unit == "day":
        if named.month is None:
            return f"XXXX-WXX-{named.weekday}" if named.day is None else f"XXXX-XX-{named.day:02d}"
        return f"XXXX-{named.month:02d}-{named.day:02d}"
    if named.unit == "month":
        return f"XXXX-{named.month:02d}"
    if named.unit == "quarter":
        return f"XXXX-Q{named.number}"
    if named.unit == "half":
        return f"XXXX-H{named.number}"
    if named.unit == "season":
        return f"XXXX-{named.season}"
    return "XXXX"


def period_of(named: x.Named, year: int, fiscal_start: int | None = None) -> Period | None:
    """The period of a name in a year; None where that year has no such day.

    A fiscal year is named for the calendar year in which it ends.
    """
    unit, number = named.unit, named.number
    if unit == "day":
        if named.month is None or named.day is None or named.day > cal.last_day(year, named.month):
            return None
        return cal.day(dt.date(year, named.month, named.day))
    if unit in ("month", "season"):
        number = cal.SEASON_CODES.index(named.season) + 1 if named.season else named.month
    elif unit in ("year", "decade"):
        number = 1
    if number is None or unit not in cal.MONTHS_IN or unit == "century":
        return None
    period = cal.numbered(unit, year, number)
    if not named.fiscal or unit not in ("quarter", "half", "year"):
        return period
    first, end = period.start, period.end
    if fiscal_start and fiscal_start > 1:
        first = cal.plus_months(dt.date(year - 1, fiscal_start, 1), cal.MONTHS_IN[unit] * (number - 1))
        end = cal.plus_months(first, cal.MONTHS_IN[unit]) - dt.timedelta(days=1)
    return Period(unit, first, end, f"FY{period.value}")


def fiscal_basis(named_fiscal: bool, context: Context) -> str:
    """What decided a fiscal year."""
    if not named_fiscal:
        return ""
    return (
        "fiscal year from settings"
        if context.fiscal_year_start
        else "fiscal year not configured: calendar year"
    )


def unknown_value(unit: str) -> str:
    """The TimeML value of a unit of which nothing is known."""
    return {
        "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX",
    }.get(unit, "XXXX-XX-XX")  # fmt: skip


def plus(date: dt.date, duration: x.Duration, sign: int) -> tuple[dt.date, str] | None:
    """The day ``duration`` away and the finest unit counted; None where the count is open."""
    finest = ""
    for count, unit in duration.numbers:
        if count is None:
            return None
        if unit in ("hour", "minute", "second"):
            if unit != "hour" or count % 24:
                return None
            count, unit = count / 24, "day"
        if count != int(count):
            count, unit = count * 12, "month" if unit == "year" else ""
            if not unit or count != int(count):
                return None
        date = cal.moved(date, unit, sign * int(count))
        finest = unit
    return date, finest


def span_value(first: dt.date, last: dt.date) -> str:
    """The TimeML value of a stretch of days."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
