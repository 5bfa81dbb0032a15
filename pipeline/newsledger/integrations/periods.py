"""The range and unit of a chart of dates, for the report and the plots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

UNITS = {"day": 1, "month": 31, "quarter": 92, "year": 366, "decade": 3653}
"""Units of bins, and the most days that a bin has."""

_LONGEST = {"day": 62, "month": 4 * 366, "year": 120 * 366}
"""Up to how many days a chart is in bins of this unit; beyond them all in decades."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of a chart, and the unit of its bins."""

    first: dt.date
    last: dt.date
    unit: str

    def bins(self) -> Iterator[dt.date]:
        """The first day of each bin, empty ones too."""
        start = bin_start(self.first, self.unit)
        while start <= self.last:
            yield start
            if (dt.date.max - start).days < UNITS[self.unit]:
                return
            start = bin_start(start + dt.timedelta(days=UNITS[self.unit]), self.unit)


def chart_period(days: Iterable[dt.date], unit: str | None = None) -> Period:
    """The period of a chart of these days (at least one), in bins of ``unit`` or of one that fits.

    A few days far from all others would leave the chart empty but for one bin. So up to five of a hundred
    (one of ten to nineteen) lie outside where the shortest period that holds the rest is less than a third
    as long as that of all.

    >>> years = [1600, 2019, *[2020] * 5, *[2021] * 5]
    >>> period = chart_period(dt.date(year, 5, 1) for year in years)
    >>> period.first.year, period.last.year, period.unit
    (2019, 2021, 'month')
    """
    ordered = sorted(days)
    most = len(ordered)
    kept = most - max(most // 20, int(most >= 10))
    ends = zip(ordered, ordered[kept - 1 :], strict=False)
    first, last = min(ends, key=lambda pair: pair[1] - pair[0])
    if 3 * (last - first) >= ordered[-1] - ordered[0]:
        first, last = ordered[0], ordered[-1]
    length = (last - first).days
    fitting = next((name for name, longest in _LONGEST.items() if length <= longest), "decade")
    return Period(first, last, unit or fitting)


def bin_start(day: dt.date, unit: str) -> dt.date:
    """The first day of the bin that holds a day.

    >>> [str(bin_start(dt.date(2024, 5, 17), unit)) for unit in UNITS]
    ['2024-05-17', '2024-05-01', '2024-04-01', '2024-01-01', '2020-01-01']
    """
    year = max(1, day.year // 10 * 10) if unit == "decade" else day.year
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1}.get(unit, 1)
    return day if unit == "day" else dt.date(year, month, 1)
