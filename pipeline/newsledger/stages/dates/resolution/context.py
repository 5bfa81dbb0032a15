"""The evidence for resolving an expression: publication, tense, and the dates mentioned before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from newsledger.grammar import Span
from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.clauses import Tense
from newsledger.stages.dates.context_cues import is_dateline
from newsledger.stages.dates.cues import CUES, cue
from newsledger.stages.dates.tense import NOTHING, Evidence, evidence
from newsledger.values.settings import DayOrder

FAR = 1200
"""Characters after which a date is no longer what "three years later" counts from."""
NEAR = 800
"""Characters after which a day is no longer the one that "the prior day" goes before."""
SEVERAL = frozenset({"days", "weeks", "months"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A mention resolved before, as an anchor for later ones."""

    start: int
    end: int
    period: Period
    explicit: bool
    compared: bool = False


@dataclass(frozen=True)
class Context:
    """The evidence for resolving one mention."""

    span: Span
    sentence: tuple[int, int]
    published: dt.date | None
    day_order: DayOrder | None
    order_basis: str
    fiscal_year_start: int | None
    horizon: dt.date | None = None
    earlier: Sequence[Earlier] = ()
    listed_after: dt.date | None = None
    unknown: int | None = None
    fiscal_quarter: tuple[int, dt.date] | None = None

    @property
    def sentence_start(self) -> int:
        """Where the sentence begins."""
        return self.sentence[0]

    @property
    def compared(self) -> bool:
        """Whether something is compared with the mention ("up from a year ago")."""
        return cue("compared", self.span) is not None

    @property
    def dateline(self) -> bool:
        """Whether the mention stands in the dateline of a report."""
        return is_dateline(self.span.text, self.span.segment_start, self.span.start, self.span.end)

    @property
    def last(self) -> Earlier | None:
        """The mention before."""
        return self.earlier[-1] if self.earlier else None

    @property
    def last_here(self) -> Earlier | None:
        """The mention before in the same sentence."""
        return self.last if self.last and self.last.start >= self.sentence_start else None

    @property
    def adjoins(self) -> bool:
        """Whether hardly anything stands between the mention before and this one."""
        joined = CUES["adjoining"].regex
        return bool(self.last and joined.fullmatch(self.span.low, self.last.end, self.span.start))

    @cached_property
    def evidence(self) -> Evidence:
        """The tense around the mention."""
        start, end = self.sentence
        found = evidence(replace(self.span, segment_start=start, segment_end=end))
        before = self.last_here.period if self.last_here and self.published else None
        if before is None or self.published is None:
            return found
        if found.word.split()[:1] == ["would"] and (self.published - before.end).days > 31:
            found = NOTHING  # "Last May it said it would ..."
        if found.tense is None and before.start > self.published:
            return Evidence("future", before.value, strong=before.unit != "day")
        return found

    @property
    def tense(self) -> Tense | None:
        """Past, future or unknown."""
        return self.evidence.tense

    def latest(self, largest: str, *, over: bool = False, in_sentence: bool = False) -> Period | None:
        """The last date named before whose unit is at most as big as ``largest``.

        None if a later mention that could serve has no days itself. ``over`` passes by what lies ahead of
        publication, unless the same sentence names it; ``in_sentence`` searches no further than the sentence.
        """
        for one in reversed(self.earlier[-40:]):
            if one.compared:
                continue
            if in_sentence and one.start < self.sentence_start:
                return None
            unit = one.period.unit
            fits = cal.UNIT_SIZES[unit] <= cal.UNIT_SIZES[largest]
            if not fits and not (largest == "year" and is_pair(one.period)):
                continue
            if self.unknown is not None and self.unknown >= one.start:
                return None  # what is counted from a date without days has none either
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
        last = self.last_here
        return last.period if last and last.period.unit == unit else None

    def in_apposition(self) -> Period | None:
        """The day just before, of which the mention says more ("2 July, the third day of the strike")."""
        beside = self.last is not None and self.span.start - self.last.end < 8
        return self.in_sentence("day") if beside else None

    def contrasts_with_past(self) -> bool:
        """Whether a year long past stands before a verb of the present ("in 1950 five, today two")."""
        since = self.sentence_start if self.span.start > self.sentence_start else self.span.start - 200
        named = [one.period for one in self.earlier[-4:] if one.start >= max(since, self.span.segment_start)]
        years = [p for p in named if p.unit in ("year", "years", "decade", "century")]
        if self.published is None or not any(self.published.year - p.end.year > 1 for p in years):
            return False
        owns = self.span.right(1) in ("'", "’")  # today's announcement
        return (self.tense is None and not owns) or cue("present_verb", self.span) is not None

    def states_quantity(self) -> bool:
        """Whether a sentence opens with the word and counts something ("Today, some 400 people live")."""
        opens = self.span.start - self.sentence_start <= 1
        return opens and cue("quantity", self.span) is not None and self.tense != "past"

    def is_far(self, period: Period, far: int = FAR) -> bool:
        """Whether a date named before is several paragraphs back."""
        end = next((one.end for one in reversed(self.earlier) if one.period == period), self.span.start)
        return end < self.span.segment_start and self.span.start - end > far

    def named_with_year(self, month: int | None, day: int | None) -> Period | None:
        """The same day of a month where the article has named it with its year, near publication."""
        for one in reversed(self.earlier[-40:]):
            start = one.period.start
            same = one.explicit and one.period.unit == "day" and (start.month, start.day) == (month, day)
            if same and (self.published is None or abs((start - self.published).days) < 400):
                return one.period
        return None

    def is_named_close(self, period: Period) -> bool:
        """Whether a date named before is the last one and not far back."""
        return bool(self.last and self.last.period == period and self.span.start - self.last.end < 400)

    def is_after_all(self, date: dt.date) -> bool:
        """Whether a day lies after publication or, where that is unknown, after all dates of the article."""
        return self.horizon is not None and date > self.horizon

    def named_since(self) -> Period | None:
        """A month or year with its own year, named after the last day and at another time than it."""
        bigger: Earlier | None = None
        for one in reversed(self.earlier[-40:]):
            if one.period.unit in ("day", "days"):
                return (
                    bigger.period if bigger is not None and bigger.start >= self.span.segment_start else None
                )
            if bigger is None:
                if not one.explicit:
                    return None
                bigger = one
        return None

    def narrated_date(self) -> Period | None:
        """A date with its own year, close before, which sets the year of what is narrated."""
        for one in reversed(self.earlier[-40:]):
            if one.start < self.span.segment_start or self.span.start - one.end > 300:
                return None
            if not one.explicit or one.compared or one.period.unit in ("decade", "century", "years"):
                continue
            adjoining = one.start >= self.sentence_start and self.span.start - one.end < 26 and self.adjoins
            if one.period.unit == "year" and not adjoining:
                return None
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
