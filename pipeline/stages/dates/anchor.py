"""Turns what an expression says into a value: the anchor is publication, a date named before, or nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Literal

from pipeline.stages.dates import calendar as cal
from pipeline.stages.dates import expressions as x
from pipeline.stages.dates import feasts
from pipeline.stages.dates.calendar import Period
from pipeline.stages.dates.tense import Evidence, Tense
from pipeline.stages.dates.words import US_ZONES, ZONES

Anchor = Literal["absolute", "published", "previous", "none"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

SIZES = {
    unit: size
    for size, unit in enumerate(
        "day weekend week days weeks month months quarter season half year years decade century".split()
    )
}


@dataclass(slots=True)
class Value:
    """A resolved expression. ``period`` is None where no calendar days may be given."""

    value: str
    timex_type: TimexType = "DATE"
    period: Period | None = None
    precision: str | None = None
    part: str | None = None
    modifier: str | None = None
    anchor: Anchor = "none"
    basis: list[str] = field(default_factory=list)
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A mention resolved before, as an anchor for later ones."""

    start: int
    end: int
    period: Period
    explicit: bool
    compared: bool = False


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
    _tense: Evidence | None = None

    @property
    def evidence(self) -> Evidence:
        """The tense around the mention, read once."""
        if self._tense is None:
            self._tense = self.tense_of()
        return self._tense

    @property
    def tense(self) -> Tense | None:
        """Past, future or unknown."""
        return self.evidence.tense

    def latest(self, largest: str) -> Period | None:
        """The last date named before whose unit is at most as big as ``largest``."""
        for one in reversed(self.earlier):
            if one.compared:
                continue
            if SIZES[one.period.unit] <= SIZES[largest] or (one.period.unit == "days" and largest != "day"):
                return one.period
        return None

    def story_year(self) -> Period | None:
        """A date with its own year, close before, where the text tells of another year than publication's."""
        for one in reversed(self.earlier):
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
            if self.published and self.published.year - one.period.start.year < (1 if adjoining else 5):
                return None
            return one.period
        return None


WILL = re.compile(r"(?:will|shall|won't|'ll|’ll)\b")


def resolve(expression: object, context: Context) -> Value | None:
    """The value of an expression; None where it turns out to be impossible."""
    try:
        return _resolve(expression, context)
    except (OverflowError, ValueError):
        return None


@singledispatch
def _resolve(expression: object, context: Context) -> Value | None:
    raise TypeError(f"no expression: {expression!r}")


def _of(
    period: Period, anchor: Anchor, *basis: str, candidates: tuple[str, ...] = (), part: str | None = None
) -> Value:
    reasons = [b for b in basis if b] or (["as written"] if anchor == "absolute" else [])
    return Value(period.value, "DATE", period, period.unit, part, None, anchor, reasons, candidates)


def _open(value: str, precision: str | None, *basis: str, timex_type: TimexType = "DATE") -> Value:
    return Value(value, timex_type, None, precision, anchor="none", basis=[b for b in basis if b])


# --- named units ------------------------------------------------------------------------------------


def _spelled(named: x.Named) -> str:
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


def _period(named: x.Named, year: int, fiscal_start: int | None = None) -> Period | None:
    """The period of a name in a year; None where that year has no such day."""
    if named.unit == "day":
        if named.month is None or named.day is None or named.day > cal.last_day(year, named.month):
            return None
        return cal.day(dt.date(year, named.month, named.day))
    if named.unit == "month" and named.month:
        return cal.month(year, named.month)
    if named.unit in ("quarter", "half") and named.number:
        made = (cal.quarter if named.unit == "quarter" else cal.half)(year, named.number)
        if named.fiscal and fiscal_start and fiscal_start > 1:
            first = cal.plus_months(
                dt.date(year - 1, fiscal_start, 1), (3 if named.unit == "quarter" else 6) * (named.number - 1)
            )
            end = cal.plus_months(first, 3 if named.unit == "quarter" else 6) - dt.timedelta(days=1)
            return Period(named.unit, first, end, f"FY{made.value}")
        return made._replace(value=f"FY{made.value}") if named.fiscal else made
    if named.unit == "season" and named.season:
        return cal.season(year, named.season)
    if named.unit == "week" and named.number:
        return cal.week(year, named.number)
    if named.unit == "year":
        return _fiscal_year(year, fiscal_start) if named.fiscal else cal.year(year)
    if named.unit == "decade":
        return cal.decade(year)
    return None


def _fiscal_year(year: int, start: int | None) -> Period:
    """The fiscal year named for the calendar year in which it ends."""
    if not start or start == 1:
        return cal.year(year)._replace(value=f"FY{year:04d}")
    first = dt.date(year - 1, start, 1)
    return Period("year", first, cal.plus_months(first, 12) - dt.timedelta(days=1), f"FY{year:04d}")


def _fiscal_basis(named_fiscal: bool, context: Context) -> str:
    if not named_fiscal:
        return ""
    return (
        "fiscal year from settings"
        if context.fiscal_year_start
        else "fiscal year not configured: calendar year"
    )


def _bc(named: x.Named) -> Value:
    """Years before Christ count astronomically: 567 BC is -0566; no calendar days."""
    if named.unit == "century":
        return _open(f"-{(named.number or 1) - 1:02d}", "century", "before Christ: no calendar days")
    value = f"-{(named.year or 1) - 1:04d}"
    if named.month:
        value += f"-{named.month:02d}" + (f"-{named.day:02d}" if named.day else "")
    return _open(value, named.unit, "before Christ: no calendar days")


def _full_year(short: int, context: Context) -> int | None:
    """The year that two digits name: from 79 years before publication to 20 after."""
    if context.published is None:
        return None
    latest = context.published.year + 20
    return latest - (latest - short) % 100


@_resolve.register
def _named(named: x.Named, context: Context) -> Value | None:
    notes = [*named.notes, _fiscal_basis(named.fiscal, context)]
    if named.bc:
        return _bc(named)
    if named.unit == "century":
        return _of(cal.century(named.number or 1), "absolute", *notes)
    year = named.year
    if named.short_year and year is not None:
        full = _full_year(year, context)
        if full is None:
            both = [p.value for y in (1900 + year, 2000 + year) if (p := _period(named, y))]
            made = _open("XX" + both[0][2:], named.unit, "two-digit year") if both else None
            if made is not None:
                made.candidates = tuple(both)
            return made
        year = full
        notes.append("two-digit year")
    if year is not None:
        period = _period(named, year, context.fiscal_year_start)
        if period is None:
            return None
        if named.weekday and named.unit == "day" and period.start.isoweekday() != named.weekday:
            notes.append("the weekday does not fit the date")
        return _of(period, "absolute", *notes, candidates=named.others)
    if named.unit == "day" and named.month is None:
        return _weekday(named, context) if named.day is None else _weekday_and_day(named, context)
    return _yearless(named, context)


def _weekday(named: x.Named, context: Context) -> Value:
    weekday = named.weekday or 1
    published = context.published
    if published is None:
        return _open(f"XXXX-WXX-{weekday}", "day", "weekday; publication unknown")
    if context.listed_after is not None:
        following = context.listed_after + dt.timedelta(
            days=(weekday - context.listed_after.isoweekday() - 1) % 7 + 1
        )
        if context.listed_after > published or following <= published:
            return _of(cal.day(following), "published", f"listed after {context.listed_after}")
    back = (published.isoweekday() - weekday) % 7
    before = published - dt.timedelta(days=back)
    after = published + dt.timedelta(days=(weekday - published.isoweekday() - 1) % 7 + 1)
    if context.tense == "future":
        word = context.evidence.word
        if not back and not WILL.match(word):
            return _of(
                cal.day(before),
                "published",
                f"day of publication (future: {word})",
                candidates=(after.isoformat(),),
            )
        others = (before.isoformat(),) if not back else ()
        return _of(
            cal.day(after), "published", f"weekday after publication (future: {word})", candidates=others
        )
    shown = f" (past: {context.evidence.word})" if context.tense else ""
    return _of(cal.day(before), "published", f"weekday at or before publication{shown}")


def _weekday_and_day(named: x.Named, context: Context) -> Value | None:
    """Tuesday the 14th: the nearest month in which they agree."""
    day, published = named.day or 1, context.published
    if published is None:
        return _open(f"XXXX-XX-{day:02d}", "day", "publication unknown")
    found = []
    for count in range(-12, 13):
        first = cal.plus_months(published.replace(day=1), count)
        if (
            day <= cal.last_day(first.year, first.month)
            and first.replace(day=day).isoweekday() == named.weekday
        ):
            found.append(first.replace(day=day))
    if not found:
        return None
    best = min(found, key=lambda d: abs((d - published).days))
    return _of(cal.day(best), "published", "nearest month in which weekday and day agree")


_EVENT_LEFT = re.compile(
    r"\b(?:since|post|before|anniversary\s+of|wake\s+of|events?\s+of|attacks?\s+(?:of|on)|attacked\s+on|victims\s+of|"
    r"aftermath\s+of|tragedy\s+of|days?\s+after|weeks?\s+after|months?\s+after|years?\s+after)[\s-]+(?:the\s+)?\Z"
)


def _is_event(named: x.Named, context: Context) -> bool:
    """Whether "September 11" names the event: by the words around it, or because that day is far off."""
    year = named.event_year or 0
    if context.published is None:
        return bool(named.named_event or _EVENT_LEFT.search(context.in_front))
    if context.published.year < year:
        return False
    if named.named_event or _EVENT_LEFT.search(context.in_front):
        return True
    if (named.month, named.day) != (9, 11):
        return False
    day = dt.date(context.published.year, 9, 11)
    return (day <= context.published and (context.published - day).days > 45) or (
        day - context.published
    ).days > 45


def _yearless(named: x.Named, context: Context) -> Value | None:
    """A month, day of a month, quarter, half or season without its year."""
    published = context.published
    if named.event_year and _is_event(named, context):
        return _named(replace(named, year=named.event_year, event_year=None, notes=("day by name",)), context)
    story = (
        context.story_year()
        if context.tense != "future" and named.unit in ("day", "month", "season")
        else None
    )
    if story is not None:
        year = story.start.year
        period = _period(named, year)
        if (
            period is not None
            and named.unit == "day"
            and named.weekday
            and period.start.isoweekday() != named.weekday
        ):
            period = None
        if period is not None:
            return _of(period, "previous", f"year of {story.value} named before")
    if published is None:
        return _open(_spelled(named), named.unit, "year unknown")
    years = range(published.year - 1, published.year + 2)
    choices = [p for y in years if (p := _period(named, y, context.fiscal_year_start))]
    if context.listed_after is not None and not named.weekday:
        later = [p for p in choices if p.start > context.listed_after]
        if later and (min(later).start - context.listed_after).days < 300:
            return _of(min(later), "published", f"listed after {context.listed_after}")
    if named.weekday and named.unit == "day":
        wide = [p for y in range(published.year - 7, published.year + 8) if (p := _period(named, y))]
        fitting = [p for p in wide if p.start.isoweekday() == named.weekday]
        if fitting:
            best = min(fitting, key=lambda p: abs((p.start - published).days))
            if abs((best.start - published).days) < 500:
                return _of(best, "published", "year in which the weekday fits")
    if not choices:
        wide = [p for y in range(published.year - 7, published.year + 8) if (p := _period(named, y))]
        choices = sorted(wide, key=lambda p: abs((p.start - published).days))[:2]
        if not choices:
            return None
    period, basis, other = _choose(choices, context, named.unit)
    basis = [basis, _fiscal_basis(named.fiscal, context)]
    return _of(period, "published", *basis, candidates=(other.value,) if other else ())


_DEADLINE = re.compile(
    r"\b(?:by|until|till|before|payable|due|effective|expiring|maturing|record)\s+(?:on\s+|the\s+)?\Z"
)


_ATTRIBUTIVE = re.compile(r"\b(?:an?|the|its|their|his|her|that)\s+\Z")
_NOUN = re.compile(
    r"\s+(?!to\b|and\b|or\b|in\b|at\b|on\b|with\b|for\b|from\b|by\b|of\b|this\b|last\b|next\b|as\b|when\b|after\b|before\b)[a-z]"
)
_FIGURES = re.compile(
    r"[\s-]+(?:net|pretax|pre-tax|operating|earnings|profits?|results?|loss(?:es)?|revenues?|sales|income|dividend|figures|gdp|gnp)\b|['’]s\b"
)


_UNTIL = re.compile(r"\b(?:by|until|till|no\s+later\s+than|payable|expiring|maturing)\s+(?:on\s+|the\s+)?\Z")
_DEADLINE_NEXT = re.compile(r"\s+(?:deadline|expiry|expiration|cut-?off|due\s+date|launch)\b")
_DONE = frozenset("was were had been has have stood reached".split())


def _forward(context: Context, unit: str) -> bool:
    """Whether a date is a limit that lies ahead ("to be repaid by December 31", "the December deadline")."""
    if unit not in ("day", "month"):
        return False
    if _DEADLINE_NEXT.match(context.behind):
        return True
    found = context.evidence
    done = found.tense == "past" and (found.side == "right" or not _DONE.isdisjoint(found.word.split()))
    return bool(_UNTIL.search(context.in_front)) and not done and found.word not in _REMAINED


_REMAINED = frozenset(
    "remained stayed lived served worked held ran lasted continued ruled governed kept reigned led".split()
)


def _choose(choices: list[Period], context: Context, unit: str) -> tuple[Period, str, Period | None]:
    """Which year's period is meant, by publication and tense; the other reading where nothing decided."""
    published = context.published
    assert published is not None
    nearest = sorted(choices, key=lambda p: _distance(p, published))
    if context.dateline:
        return nearest[0], "dateline: nearest to publication", None
    slack = dt.timedelta(days=1 if unit == "day" else 0)
    before = [p for p in choices if p.start <= published + slack]
    after = [p for p in choices if p.end >= published]
    near = _distance(nearest[0], published) <= (60 if unit == "day" else 31 if unit == "month" else 0)
    strong = context.evidence.strong
    if after and _forward(context, unit) and not near and (min(after).start - published).days <= 300:
        return min(after), "first after publication (a deadline)", None
    if _DEADLINE.search(context.in_front) and context.tense != "future" and context.evidence.side == "left":
        strong = False
    if _ATTRIBUTIVE.search(context.in_front) and _NOUN.match(context.behind) and unit in ("day", "month"):
        strong = False
    if strong and context.tense == "past" and before and not near:
        return max(before), f"last before publication (past: {context.evidence.word})", None
    if unit in ("quarter", "half") and context.tense == "future" and _FIGURES.match(context.behind):
        ended = [p for p in before if 0 <= (published - p.end).days <= 120]
        if ended:
            return max(ended), "last before publication (a report's figures)", None
    if strong and context.tense == "future" and after and not near:
        return min(after), f"first after publication (future: {context.evidence.word})", None
    if unit in ("quarter", "half") and before:
        return max(before), "last before publication", None
    return nearest[0], "nearest to publication", nearest[1] if len(nearest) > 1 and not near else None


def _distance(period: Period, date: dt.date) -> int:
    if period.start <= date <= period.end:
        return 0
    return min(abs((period.start - date).days), abs((period.end - date).days))


@_resolve.register
def _years(years: x.Years, context: Context) -> Value:
    period = cal.years(years.first, years.last)
    if years.fiscal and (start := context.fiscal_year_start) and start > 1:
        first = dt.date(years.first, start, 1)
        period = period._replace(start=first, end=cal.plus_months(first, 12) - dt.timedelta(days=1))
    made = _of(
        period, "absolute", *years.notes, _fiscal_basis(years.fiscal, context), candidates=years.others
    )
    made.precision = "year"
    return made


@_resolve.register
def _numeric(numeric: x.Numeric, context: Context) -> Value | None:
    year: int | None = numeric.year
    if numeric.short_year:
        year = _full_year(numeric.year, context)
    written = f"{year:04d}" if year else f"XX{numeric.year:02d}"
    dmy = f"{written}-{numeric.second:02d}-{numeric.first:02d}"
    mdy = f"{written}-{numeric.first:02d}-{numeric.second:02d}"
    order, basis = context.day_order, context.order_basis
    if order is None and context.published is not None:
        near = [v for v in (dmy, mdy) if v == context.published.isoformat()]
        if near:
            order, basis = ("dmy" if near[0] == dmy else "mdy"), "publication date"
    if order is None or year is None:
        made = _open(f"{written}-XX-XX", "day", "order of day and month unknown")
        made.candidates = (dmy, mdy)
        return made
    chosen = dmy if order == "dmy" else mdy
    return _of(cal.day(dt.date.fromisoformat(chosen)), "absolute", f"day order {order}: {basis}")


# --- relative to publication or to a date before -----------------------------------------------------


@_resolve.register
def _step(step: x.Step, context: Context) -> Value | None:
    unit, published = step.unit, context.published
    if step.fiscal:
        return _fiscal_step(step, context)
    base, anchor, basis = published, "published", "publication"
    if step.base == "previous":
        before = context.latest(unit)
        if before is not None and unit == before.unit == "week" and before.start.isoweekday() != 1:
            start, end = (day + dt.timedelta(days=7 * step.count) for day in before[1:3])
            return _of(
                Period("week", start, end, _span(start, end)), "previous", f"{before.value} named before"
            )
        if before is not None:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
        elif step.count >= 0 or unit in ("day", "week"):
            return _open(_blank(unit), unit, "no date named before")
        else:
            basis = "publication (no date named before)"
    elif step.base == "context" and unit == "day":
        day = context.latest("day")
        if day is not None:
            base, anchor, basis = day.start, "previous", f"{day.value} named before"
    elif step.base == "context" and unit in ("decade", "century"):
        before = context.latest("year")
        if before is not None:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
    elif step.base == "context":
        story = context.story_year()
        if story is not None and SIZES[story.unit] <= SIZES[unit]:
            base, anchor, basis = story.start, "previous", f"{story.value} named before"
    if base is None:
        return _open(_blank(unit), unit, "publication unknown")
    if unit == "weekend" and step.count == 0 and anchor == "published":
        return _this_weekend(base, context)
    return _of(cal.shifted(unit, base, step.count), anchor, basis)  # type: ignore[arg-type]


def _this_weekend(published: dt.date, context: Context) -> Value:
    coming = cal.containing("weekend", published)
    if context.tense == "past" and published < coming.start:
        return _of(
            cal.shifted("weekend", published, -1),
            "published",
            f"weekend before publication (past: {context.evidence.word})",
        )
    return _of(coming, "published", "weekend of the week of publication")


def _fiscal_step(step: x.Step, context: Context) -> Value:
    if context.published is None:
        return _open("XXXX", step.unit, "publication unknown")
    start = context.fiscal_year_start
    year = context.published.year
    if start and start > 1 and context.published.month >= start:
        year += 1
    return _of(
        _fiscal_year(year + step.count, start), "published", "publication", _fiscal_basis(True, context)
    )


def _blank(unit: str) -> str:
    return {
        "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX",
        "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX",
    }.get(unit, "XXXX")  # fmt: skip


@_resolve.register
def _next(expression: x.Next, context: Context) -> Value | None:
    named, count = expression.named, expression.count
    assert isinstance(named, x.Named)
    base, anchor, basis = context.published, "published", "publication"
    if expression.base == "previous":
        before = context.latest(named.unit if named.unit != "season" else "year")
        if before is not None:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
    if base is None:
        return _open(_spelled(named), named.unit, "publication unknown")
    if expression.base == "story" and context.tense == "past" and (day := context.latest("day")):
        base, anchor, basis = day.start, "previous", f"{day.value} named before"
    if named.unit == "day":
        return _weekday_seen(
            named.weekday or 1, count, base, anchor, basis, context, expression.base == "nearest"
        )  # type: ignore[arg-type]
    choices = [p for y in range(base.year - 2, base.year + 3) if (p := _period(named, y))]
    if count < 0:
        period = max(p for p in choices if p.end < base and not p.start <= base <= p.end)
    elif count > 0:
        period = min(p for p in choices if p.start > base)
    else:
        inside = [p for p in choices if p.start <= base <= p.end]
        if inside:
            period = inside[0]
        elif context.tense == "past":
            period = max(p for p in choices if p.end < base)
        elif context.tense == "future":
            period = min(p for p in choices if p.start > base)
        elif named.season == "WI":
            period = min(choices, key=lambda p: _distance(p, base))
        else:
            period = next(p for p in choices if p.start.year == base.year)
    return _of(period, anchor, basis)  # type: ignore[arg-type]


def _weekday_seen(
    weekday: int, count: int, base: dt.date, anchor: Anchor, basis: str, context: Context, nearest: bool
) -> Value:
    back = base - dt.timedelta(days=(base.isoweekday() - weekday - 1) % 7 + 1)
    ahead = base + dt.timedelta(days=(weekday - base.isoweekday() - 1) % 7 + 1)
    if count < 0:
        return _of(cal.day(back), anchor, f"last one before {basis}")
    if anchor == "previous" or nearest:
        return _of(cal.day(ahead), anchor, f"first one after {basis}")
    if count > 0:
        week = cal.containing("week", base)
        following = week.start + dt.timedelta(days=6 + weekday)
        others = (ahead.isoformat(),) if ahead != following else ()
        return _of(cal.day(following), anchor, f"in the week after {basis}", candidates=others)
    if base.isoweekday() == weekday:
        return _of(cal.day(base), anchor, basis)
    if context.tense != "future" or not context.evidence.strong:
        own = cal.containing("week", base).start + dt.timedelta(days=weekday - 1)
        if context.tense != "past" or own <= base:
            others = (ahead.isoformat(),) if own < base else ()
            return _of(cal.day(own), anchor, f"in the week of {basis}", candidates=others)
    if context.tense == "past":
        return _of(cal.day(back), anchor, f"last one before {basis} (past: {context.evidence.word})")
    return _of(cal.day(ahead), anchor, f"first one after {basis}")


def _plus(date: dt.date, amount: x.Amount, sign: int) -> tuple[dt.date, str] | None:
    """The day ``amount`` away and the finest unit counted; None where the count is open."""
    finest = ""
    for count, unit in amount.numbers:
        if count is None:
            return None
        if unit in ("hour", "minute", "second"):
            if unit != "hour" or count % 24:
                return None
            count, unit = count / 24, "day"
        if count != int(count):
            if unit not in ("year", "month") or unit == "month":
                return None
            count, unit = count * 12, "month"
            if count != int(count):
                return None
        date = cal.moved(date, unit, sign * int(count))
        finest = unit
    return date, finest


@_resolve.register
def _away(away: x.Away, context: Context) -> Value | None:
    if not isinstance(away.base, str):
        return _away_from(away, context)
    vague = "PAST_REF" if away.sign < 0 else "FUTURE_REF"
    finest = away.amount.numbers[-1][1]
    base, anchor, basis = context.published, "published", "publication"
    before: Period | None = None
    if away.base == "previous":
        size = finest if finest in SIZES else "day"
        before = context.latest(size)
        if before is None:
            fallback = finest in ("month", "quarter", "year") and away.sign < 0
            if not fallback or (context.earlier and finest != "year"):
                return _open(vague, None, "no date named before")
            basis = "publication (no date named before)"
        else:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
    moved = (
        _plus(base, away.amount, away.sign)
        if base is not None
        else _plus(dt.date(2000, 6, 15), away.amount, away.sign)
    )
    if moved is None:
        return _open(vague, None, "open length")
    if base is None:
        return _open(_blank(moved[1]), moved[1], "publication unknown")
    date, unit = moved
    if (
        before
        and away.sign > 0
        and context.published
        and date > context.published
        and context.tense != "future"
    ):
        return _open(vague, None, f"would lie after publication, counted from {before.value}")
    period = cal.containing(unit, date)
    if (
        before is not None
        and context.compared
        and before.unit in ("month", "quarter", "half", "season")
        and unit == "year"
    ):
        period = cal.containing(before.unit, date)
        basis += ", the same " + before.unit
    if away.amount.high:
        far = _plus(base, replace(away.amount, numbers=((away.amount.high, finest),), high=None), away.sign)
        if far is not None:
            other = cal.containing(unit, far[0])
            first, last = sorted((period, other))
            period = Period(unit, first.start, last.end, f"{first.value}/{last.value}")
    return _of(period, anchor, basis)  # type: ignore[arg-type]


def _away_from(away: x.Away, context: Context) -> Value | None:
    base = _resolve(away.base, context)
    if base is None:
        return None
    moved = _plus(base.period.start, away.amount, away.sign) if base.period else None
    if base.period is None or moved is None:
        return _open("PAST_REF" if away.sign < 0 else "FUTURE_REF", None, *base.basis)
    unit = base.period.unit if base.period.unit in cal.MONTHS_IN or base.period.unit in cal.DAYS_IN else "day"
    if SIZES[moved[1]] < SIZES[unit]:
        return _open(_blank(moved[1]), moved[1], f"counted from {base.value}, which is no {moved[1]}")
    return _of(
        cal.containing(unit, moved[0]),
        base.anchor,
        *base.basis,
        f"counted from {base.value}",
        candidates=base.candidates,
    )


# --- composed -----------------------------------------------------------------------------------------


@_resolve.register
def _within(within: x.Within, context: Context) -> Value | None:
    outer_expression = within.outer
    if isinstance(outer_expression, x.Step) and outer_expression.base == "report":
        return _report(within, context)
    outer = _resolve(outer_expression, context)
    if outer is None:
        return None
    inner = within.inner
    period = outer.period
    if period is None:
        if isinstance(inner, x.Named):
            return _open(_spelled(inner), inner.unit, *outer.basis)
        unit = inner.unit if isinstance(inner, x.Nth) else None
        return _open(_blank(unit or "day"), unit or "day", *outer.basis)
    found: Period | None = None
    basis = list(outer.basis)
    if isinstance(inner, x.Named):
        if inner.unit == "day" and inner.day is None:
            found = cal.day(
                period.start + dt.timedelta(days=((inner.weekday or 1) - period.start.isoweekday()) % 7)
            )
        else:
            found = _period(inner, period.start.year, context.fiscal_year_start)
    elif isinstance(inner, x.Feast):
        days = feasts.feast(inner.key, period.start.year)
        if not days:
            return _open(f"{period.start.year:04d}-XX-XX", "day", *outer.basis, _feast_unknown(inner.key))
        found = Period(
            "day" if days[0].start == days[0].end else "days",
            days[0].start,
            days[0].end,
            _span(days[0].start, days[0].end),
        )
        basis.append(days[0].note)
    elif isinstance(inner, x.Step):
        before = context.latest(inner.unit)
        if before is None:
            return outer
        found = cal.containing(
            inner.unit, before.start.replace(year=period.start.year, day=min(before.start.day, 28))
        )
        basis.append(f"{before.value} named before")
    elif isinstance(inner, x.Nth):
        found = _nth(inner, period)
    if found is None:
        return None
    made = _of(found, outer.anchor, *basis, candidates=())
    if isinstance(inner, x.Nth) and inner.count > 1:
        made.precision = inner.unit
    return made


def _span(first: dt.date, last: dt.date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _report(within: x.Within, context: Context) -> Value | None:
    """The first nine months of a report: the last such stretch that was over."""
    inner = within.inner
    assert isinstance(inner, x.Nth)
    if context.published is None:
        return _open("XXXX", "month", "publication unknown")
    year = context.published.year
    for one in (year, year - 1):
        found = _nth(inner, cal.year(one))
        if found is not None and found.end <= context.published + dt.timedelta(days=5):
            made = _of(found, "published", "last one over by publication")
            made.precision = inner.unit
            return made
    return None


def _nth(nth: x.Nth, outer: Period) -> Period | None:
    """The n-th unit or weekday of a period, from its end when negative; several of them as one stretch."""
    number = nth.number
    if nth.weekday:
        if number > 0:
            first = outer.start + dt.timedelta(days=(nth.weekday - outer.start.isoweekday()) % 7)
            date = first + dt.timedelta(days=7 * (number - 1))
        else:
            last = outer.end - dt.timedelta(days=(outer.end.isoweekday() - nth.weekday) % 7)
            date = last + dt.timedelta(days=7 * (number + 1))
        return cal.day(date) if outer.start <= date <= outer.end else None
    unit = nth.unit or "day"
    if unit == "week" and number == 0:
        return cal.containing("week", outer.start)
    units = _units(unit, outer)
    if units is None or not units:
        return None
    count = nth.count
    if number > 0:
        chosen = units[number - 1 : number - 1 + count]
    else:
        end = len(units) + number + 1
        chosen = units[max(0, end - count) : end]
    if len(chosen) != count:
        return None
    if count == 1:
        return chosen[0]
    return Period(
        f"{unit}s" if unit in ("day", "week", "month", "year") else unit,
        chosen[0].start,
        chosen[-1].end,
        f"{chosen[0].value}/{chosen[-1].value}",
    )


def _units(unit: str, outer: Period) -> list[Period] | None:
    """The units of one kind inside a period; a week belongs where its Thursday lies."""
    if (unit not in cal.MONTHS_IN and unit not in cal.DAYS_IN) or (outer.end - outer.start).days > 366 * 110:
        return None
    if unit == "day" and (outer.end - outer.start).days > 3700:
        return None
    found = []
    one = cal.containing(unit, outer.start)
    while one.start <= outer.end:
        middle = one.start + dt.timedelta(days=3) if unit == "week" else one.start
        if outer.start <= middle <= outer.end:
            found.append(one)
        one = cal.containing(unit, one.end + dt.timedelta(days=1 if unit != "weekend" else 6))
    return found


@_resolve.register
def _ending(ending: x.Ending, context: Context) -> Value | None:
    """The third quarter ended March 31: the months up to that day, whatever quarter of the calendar they are."""
    last = _resolve(ending.last, context)
    if last is None or last.period is None:
        return _resolve(ending.named, context)
    end = last.period.end
    months = cal.MONTHS_IN[ending.named.unit]
    if end.day < 25:
        return _open(_spelled(ending.named), ending.named.unit, "a fiscal period that ends inside a month")
    first = cal.plus_months(end.replace(day=1), 1 - months)
    period = Period(
        ending.named.unit,
        first,
        end.replace(day=cal.last_day(end.year, end.month)),
        f"{first:%Y-%m}/{end:%Y-%m}",
    )
    return _of(period, last.anchor, *last.basis, f"ended {last.value}")


@_resolve.register
def _seven_days(week: x.SevenDays, context: Context) -> Value | None:
    day = _resolve(week.day, context)
    if day is None or day.period is None or day.period.unit != "day":
        return day
    start, end = sorted((day.period.start, day.period.start + dt.timedelta(days=6 * week.sign)))
    value = cal.containing("week", start).value if start.isoweekday() == 1 else _span(start, end)
    return _of(Period("week", start, end, value), day.anchor, *day.basis, candidates=day.candidates)


@_resolve.register
def _part(part: x.Part, context: Context) -> Value | None:
    made = _resolve(part.of, context)
    if made is None or made.timex_type not in ("DATE", "TIME"):
        return made
    made.part = part.part
    return made


@_resolve.register
def _range(span: x.Range, context: Context) -> Value | None:
    first, last = span.first, span.last
    a, b = _share(first, last)
    resolved_a, resolved_b = _resolve(a, context), _resolve(b, context)
    if resolved_a is None or resolved_b is None:
        return None
    pa, pb = resolved_a.period, resolved_b.period
    if pa is not None and pb is not None and pa[1:3] == pb[1:3]:
        return resolved_b
    if pa is not None and pb is not None and pb.end < pa.start:
        pa, pb = _ordered(a, b, pa, pb, context)
        if pa is None or pb is None:
            return None
        resolved_a, resolved_b = replace(resolved_a, value=pa.value), replace(resolved_b, value=pb.value)
    elif (
        pa is not None
        and pb is not None
        and _is_weekday(a)
        and _is_weekday(b)
        and (pb.start - pa.start).days >= 7
    ):
        resolved_b = _of(pb := cal.day(pb.start - dt.timedelta(days=7)), "published")
    value = f"{resolved_a.value}/{resolved_b.value}"
    kind: TimexType = "TIME" if "TIME" in (resolved_a.timex_type, resolved_b.timex_type) else "DATE"
    anchor: Anchor = resolved_a.anchor if resolved_b.anchor == "absolute" else resolved_b.anchor
    basis = list(dict.fromkeys([*resolved_a.basis, *resolved_b.basis]))
    unit = (resolved_a.precision if resolved_a.precision == resolved_b.precision else None) or _finer(
        resolved_a, resolved_b
    )
    if pa is None or pb is None:
        return Value(value, kind, None, unit, anchor="none", basis=basis)
    plural = {"day": "days", "week": "weeks", "month": "months", "year": "years"}.get(unit, unit)
    period = Period(plural, pa.start, pb.end, value)
    return Value(
        value,
        kind,
        period,
        unit,
        resolved_a.part if resolved_a.part == resolved_b.part else None,
        None,
        anchor,
        basis,
    )


def _finer(a: Value, b: Value) -> str:
    units = [v.precision for v in (a, b) if v.precision in SIZES]
    return min(units, key=lambda u: SIZES[str(u)]) if units else "day"  # type: ignore[return-value]


def _is_weekday(expression: object) -> bool:
    return isinstance(expression, x.Named) and expression.unit == "day" and expression.day is None


def _share(first: object, last: object) -> tuple[object, object]:
    """Give the end that lacks a year the other's: "10 August to 12 September 2013"."""
    a, b = _core(first), _core(last)
    if isinstance(a, x.Named) and isinstance(b, x.Named) and not _is_weekday(a) and not _is_weekday(b):
        months_a, months_b = a.month or (a.number or 0), b.month or (b.number or 0)
        if a.year is None and b.year is not None:
            return _with_year(
                first, b.year - ((months_a > months_b and a.unit == b.unit) or _later(a, b)), b.short_year
            ), last
        if b.year is None and a.year is not None and b.unit not in ("century", "decade"):
            return first, _with_year(last, a.year + (months_b < months_a and a.unit == b.unit), a.short_year)
    return first, last


def _later(a: x.Named, b: x.Named) -> bool:
    return (
        a.unit == "day"
        and b.unit == "day"
        and (a.month or 0) == (b.month or 0)
        and (a.day or 0) > (b.day or 0)
    )


def _core(expression: object) -> object:
    return _core(expression.of) if isinstance(expression, x.Part) else expression


def _with_year(expression: object, year: int, short: bool) -> object:
    if isinstance(expression, x.Part):
        return x.Part(expression.part, _with_year(expression.of, year, short))
    assert isinstance(expression, x.Named)
    return replace(expression, year=year, short_year=short)


def _ordered(
    a: object, b: object, pa: Period, pb: Period, context: Context
) -> tuple[Period | None, Period | None]:
    """Put the ends of a range in order by moving the one whose week or year was inferred."""
    if _is_weekday(a) and pa.unit == pb.unit == "day":
        if context.tense == "future":
            return pa, cal.day(pb.start + dt.timedelta(days=7 * (1 + (pa.start - pb.start).days // 7)))
        return cal.day(pa.start - dt.timedelta(days=7 * (1 + (pa.start - pb.end).days // 7))), pb
    core_a, core_b = _core(a), _core(b)
    if isinstance(core_a, x.Named) and core_a.year is None and pa.start.year > 1:
        moved = _period(core_a, pa.start.year - 1)
        if moved is not None and moved.start <= pb.end and context.tense != "future":
            return moved, pb
    if isinstance(core_b, x.Named) and core_b.year is None:
        moved = _period(core_b, pb.start.year + 1)
        if moved is not None and moved.end >= pa.start:
            return pa, moved
    return None, None


# --- lengths, repetitions, times, names ---------------------------------------------------------------


_LETTERS = {"year": "Y", "half": "H", "quarter": "Q", "month": "M", "week": "W", "day": "D", "weekend": "WE"}
_CLOCK_LETTERS = {"hour": "H", "minute": "M", "second": "S"}


def duration_value(amount: x.Amount) -> str:
    """The TimeML value of a length.

    >>> duration_value(x.Amount(((2, "year"), (3, "month"))))
    'P2Y3M'
    >>> duration_value(x.Amount(((None, "day"),))), duration_value(x.Amount(((0.5, "hour"),)))
    ('PXD', 'PT30M')
    """
    dates = times = ""
    for count, unit in amount.numbers:
        if count is not None and count != int(count):
            finer = {
                "hour": ("minute", 60),
                "minute": ("second", 60),
                "day": ("hour", 24),
                "year": ("month", 12),
            }.get(unit)
            if finer and (count * finer[1]) == int(count * finer[1]) and (unit != "year" or count < 1):
                count, unit = count * finer[1], finer[0]
        spelled = "X" if count is None else f"{count:.10g}"
        if unit in _CLOCK_LETTERS:
            times += spelled + _CLOCK_LETTERS[unit]
        else:
            dates += spelled + _LETTERS[unit]
    return "P" + dates + ("T" + times if times else "")


@_resolve.register
def _ahead(ahead: x.Ahead, context: Context) -> Value | None:
    """In three years: a date where the sentence looks ahead, else a length."""
    if context.tense == "future" and context.published is not None:
        moved = _plus(context.published, ahead.amount, 1)
        if moved is not None and moved[1] in cal.MONTHS_IN | cal.DAYS_IN:
            return _of(
                cal.containing(moved[1], moved[0]),
                "published",
                f"counted from publication (future: {context.evidence.word})",
            )
    return _amount(ahead.amount, context)


@_resolve.register
def _amount(amount: x.Amount, context: Context) -> Value:
    value = duration_value(amount)
    if amount.high is not None:
        value += "/" + duration_value(
            replace(amount, numbers=((amount.high, amount.numbers[0][1]),), high=None)
        )
    return Value(value, "DURATION", None, amount.long_unit or amount.numbers[-1][1], basis=["length"])


@_resolve.register
def _window(window: x.Window, context: Context) -> Value:
    made = _amount(window.amount, context)
    made.anchor = "published" if context.published else "none"
    made.basis = ["window before publication" if window.sign < 0 else "window after publication"]
    if context.published is None:
        return made
    if window.sign > 0 and context.tense == "past" and context.evidence.side == "right":
        made.anchor, made.basis = "none", [f"window in a story (past: {context.evidence.word})"]
        return made
    amount = window.amount
    if amount.high is None:
        moved = _plus(context.published, amount, window.sign)
        if moved is not None:
            start, end = sorted((context.published, moved[0]))
            made.period = Period("days", start, end, made.value)
    return made


@_resolve.register
def _every(every: x.Every, context: Context) -> Value:
    return Value(every.value, "SET", basis=[every.note or "repetition"])


@_resolve.register
def _vague(vague: x.Vague, context: Context) -> Value:
    return Value(vague.value, "DATE", basis=["vague"])


def us_offset(zone: str, date: dt.date | None) -> str | None:
    """The UTC offset of a US zone on a day (Energy Policy Act of 2005 rules, before 2007 those of 1986).

    >>> us_offset("et", dt.date(2024, 4, 3)), us_offset("pt", dt.date(2024, 1, 3))
    ('-04:00', '-08:00')
    """
    if date is None or date.year < 1987:
        return None
    year = date.year
    if year >= 2007:
        first, last = feasts.nth_weekday(year, 3, 7, 2), feasts.nth_weekday(year, 11, 7, 1)
    else:
        first, last = feasts.nth_weekday(year, 4, 7, 1), feasts.nth_weekday(year, 10, 7, -1)
    hours = US_ZONES[zone] + (first <= date < last)
    return f"-{-hours:02d}:00"


def _clock_text(clock: x.Clock, date: dt.date | None) -> str:
    if clock.zone is None:
        return clock.value
    offset = us_offset(clock.zone, date) if clock.zone in US_ZONES else ZONES.get(clock.zone)
    if offset is None:
        return clock.value
    return clock.value + ("Z" if offset == "+00:00" else offset)


def _clock_precision(clock: x.Clock) -> str:
    if not clock.value[1:2].isdigit():
        return "daypart"
    return "second" if clock.value.count(":") == 2 else "minute"


@_resolve.register
def _clock(clock: x.Clock, context: Context) -> Value:
    value = _clock_text(clock, context.published)
    if clock.last is not None:
        value += "/" + _clock_text(clock.last, context.published)
    return Value(value, "TIME", None, _clock_precision(clock), basis=["time of day"])


@_resolve.register
def _at(at: x.At, context: Context) -> Value | None:
    day = _resolve(at.date, context)
    if day is None:
        return None
    date = day.period.start if day.period else None
    head = day.value if day.period or day.value.startswith("X") else "XXXX-XX-XX"
    if day.period is not None and day.period.unit != "day":
        return None
    value = head + _clock_text(at.clock, date)
    if at.clock.last is not None:
        value += "/" + head + _clock_text(at.clock.last, date)
    return Value(
        value,
        "TIME",
        day.period,
        _clock_precision(at.clock),
        day.part,
        None,
        day.anchor,
        day.basis,
        day.candidates,
    )


def _feast_unknown(key: str) -> str:
    return feasts.COUNTRY if feasts.decided_by_country(key) else "no table for that year"


@_resolve.register
def _feast(feast: x.Feast, context: Context) -> Value | None:
    def period(day: feasts.Day) -> Period:
        return Period(
            "day" if day.start == day.end else "days", day.start, day.end, _span(day.start, day.end)
        )

    if feast.year is not None:
        days = feasts.feast(feast.key, feast.year)
        if not days:
            return _open(f"{feast.year:04d}-XX-XX", "day", _feast_unknown(feast.key))
        others = tuple(d.isoformat() for d in days[0].others) + tuple(d.start.isoformat() for d in days[1:])
        return _named_day(_of(period(days[0]), "absolute", "named day", days[0].note, candidates=others))
    published = context.published
    story = context.story_year()
    if story is not None and (days := feasts.feast(feast.key, story.start.year)):
        return _named_day(
            _of(period(days[0]), "previous", "named day", f"year of {story.value} named before", days[0].note)
        )
    if published is None or feasts.decided_by_country(feast.key):
        return _open("XXXX-XX-XX", "day", _feast_unknown(feast.key) if published else "publication unknown")
    found = [
        d
        for y in (published.year - 1, published.year, published.year + 1)
        for d in feasts.feast(feast.key, y)
    ]
    if not found:
        return _open("XXXX-XX-XX", "day", _feast_unknown(feast.key))
    by_period = {period(d): d for d in found}
    chosen, basis, other = _choose(list(by_period), context, "day")
    day = by_period[chosen]
    others = tuple(d.isoformat() for d in day.others) or ((other.value,) if other else ())
    return _named_day(_of(chosen, "published", "named day", basis, day.note, candidates=others))


def _named_day(value: Value) -> Value:
    value.precision = "day"
    return value


@_resolve.register
def _fixed(fixed: x.Fixed, context: Context) -> Value | None:
    if fixed.named is None:
        return _open(fixed.value, fixed.precision, fixed.note)
    made = _resolve(fixed.named, context)
    if made is None:
        return None
    made.value = fixed.value
    made.timex_type = fixed.timex_type  # type: ignore[assignment]
    if fixed.note:
        made.basis.append(fixed.note)
    if fixed.timex_type == "TIME":
        made.precision = "minute" if fixed.value.count(":") < 2 else "second"
    return made


def is_dateline(text: str, segment_start: int, start: int, end: int) -> bool:
    """Whether a date stands in the dateline of a report: "CHICAGO, April 2 -".

    >>> is_dateline("CHICAGO, April 2 - National Video", 0, 9, 16)
    True
    """
    if start - segment_start > 60 or "\n" in text[segment_start:start]:
        return False
    head, tail = text[segment_start:start], text[end : end + 24]
    if not re.match(r"\s*(?:[-–—]|\([A-Z][\w /.]*\)\s*[-–—]|/[A-Z][\w ]*/\s*[-–—]*|:\s)", tail):
        return False
    return not re.search(
        r"\b(?:on|in|by|since|until|from|the|to|for|of)\s*\Z", head, re.IGNORECASE
    ) and not re.search(r"[.!?]\s", head[:-1].replace("St. ", ""))
