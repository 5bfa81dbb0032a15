"""Times of day: clock times with their zone, noon and midnight, parts of the day."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.lexicons.load import any_of
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Clock
from newsledger.stages.dates.rules.numbers import value_of


def time_value(hour: int, minute: int = 0, second: int | None = None, half: str | None = None) -> str | None:
    """The TimeML value of a clock time; ``half`` is the a.m. or p.m. of the text.

    >>> time_value(10, 30, None, "p.m."), time_value(12, 0, None, "am"), time_value(25)
    ('T22:30', 'T00:00', None)
    """
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if second is not None:
        return f"T{hour:02d}:{minute:02d}:{second:02d}" if 0 <= second < 60 else None
    return f"T{hour:02d}:{minute:02d}"


_BEFORE_CLOCK = re.compile(
    r"(?:\b(?:at|by|until|till|before|after|around|about|since|from|between|and|to|time|clock|shortly|nearly|almost|"
    r"approximately|roughly|exactly|past|opens?|closes?|starts?|begins?|on)\s|[(–—-]\s?|,\s)\Z"
)
_SCORE_RIGHT = re.compile(r"\s*[-–]\s*\d+(?![\d:])")


def _clock(
    c: str, span: Span, ap: str | None = None, z: str | None = None, zn: str | None = None
) -> Clock | None:
    hour, minute, *seconds = [int(part) for part in re.split(r"[:.]", c)]
    bare = not (ap or z or zn)
    no_clock = seconds or not _BEFORE_CLOCK.search(span.left(16)) or _SCORE_RIGHT.match(span.right(10))
    if bare and no_clock and " time" not in span.surface.lower():
        return None
    value = time_value(hour, minute, seconds[0] if seconds else None, ap)
    zone = w.US_ZONE_NAMES[zn] if zn else z
    return Clock(value, zone, bare=bare and 1 <= hour <= 11) if value else None


def _decimal_clock(c: str, span: Span, ap: str, z: str | None = None, zn: str | None = None) -> Clock | None:
    return _clock(c, span, ap, z, zn) if re.fullmatch(r"\d{1,2}\.\d\d", c) else None


def _hour(h: int, ap: str, z: str | None = None, zn: str | None = None) -> Clock | None:
    value = time_value(h, 0, None, ap)
    return Clock(value, w.US_ZONE_NAMES[zn] if zn else z) if value else None


def _four_figure_time(n: int, span: Span, z: str | None = None) -> Clock | None:
    digits = re.match(r"\d*", span.surface)
    if digits is None or len(digits[0]) not in (3, 4):
        return None
    if z and not span.surface.endswith((z.upper(), z.title())):
        return None
    value = time_value(n // 100, n % 100)
    return Clock(value, z) if value else None


def _noon(c: str, z: str | None = None, zn: str | None = None, h: object = 12) -> Clock | None:
    """Noon, 12 noon, 12:00 midnight."""
    zone = w.US_ZONE_NAMES[zn] if zn else z
    return Clock("T" + w.CLOCK_WORDS[c], zone) if str(h) in ("12", "12:00") else None


def _oclock(h: object, span: Span) -> Clock | None:
    hour = value_of(h)
    if hour is None or not 1 <= hour <= 12:
        return None
    half = re.match(
        r"\s+(?:(?:in\s+the|this|that|tomorrow|yesterday|[a-z]+day)\s+(morning|afternoon|evening|night)|at\s+(night)|(tonight))\b",
        span.right(24),
    )
    part = (half[1] or half[2] or half[3]) if half else None
    return Clock(str(time_value(int(hour), 0, None, {"morning": "am", None: None}.get(part, "pm"))))


def _past_hour(p: str, d: str, h: object) -> Clock | None:
    """Half past six, quarter to six."""
    hour = value_of(h)
    if hour is None or not 1 <= hour <= 24:
        return None
    minutes = int(hour) * 60 + (30 if p == "half" else -15 if d == "to" else 15)
    return Clock(str(time_value(minutes // 60 % 24, minutes % 60)))


def _from_hour(a: int, b: int, ap: str, z: str | None = None) -> Clock | None:
    """9 to 11 a.m., 10 to 2 p.m."""
    first, last = time_value(a, 0, None, ap), time_value(b, 0, None, ap)
    if first and last and first > last and ap[0] == "p":
        first = time_value(a, 0, None, "am")
    return Clock(first, z, last=Clock(last, z)) if first and last else None


def joined(a: Clock, b: Clock) -> Clock | None:
    """Two times as one stretch; the zone of either is that of both."""
    if a.last or b.last or not (a.value[1:3].isdigit() and b.value[1:3].isdigit()):
        return None
    value = a.value
    later = f"T{int(value[1:3]) + 12:02d}{value[3:]}"
    if a.bare and not b.bare and b.value >= "T12:00" and later <= b.value:
        value = later
    return Clock(value, a.zone or b.zone, last=Clock(b.value, b.zone or a.zone))


_BEFORE_PART = re.compile(
    rf"\b(?:{any_of(w.LISTS['before_part'])})\s+the\s+(?:early\s+|late\s+|very\s+early\s+)?\Z|"
    rf"\b(?:around|at|by|before|after|until|from|since)\s+(?:about\s+)?\Z|\b(?:early|late|mid)[\s-]+\Z"
)


def _part(p: str, span: Span) -> Clock | None:
    left, right = span.left(24), span.right(16)
    if not _BEFORE_PART.search(left) or p.endswith("s"):
        return None
    if re.match(r"[\s-]+of\b", right):
        return None
    point = p in w.LISTS["points_of_day"]
    if not point and re.search(r"\b(?:around|at|by|before|after|until|from|since)\s+(?:about\s+)?\Z", left):
        return None
    if re.match(
        r"\s+(?:club|shift|sky|life|vision|market|train|bus|flight|school|session|trade|trading|rates?)\b",
        right,
    ):
        return None
    return Clock(f"T{w.DAYPARTS[p]}")


RULES: tuple[Rule, ...] = (
    Rule("clock time", "c:CLK ap:AMPM? (z:ZONE|zn:ZONENAME time)?", _clock),
    Rule("clock time", "c:CLK ap:AMPM? local time", _clock),
    Rule("clock time", "c:DECIMAL ap:AMPM (z:ZONE|zn:ZONENAME time|local time)?", _decimal_clock),
    Rule("hour", "h:DAY ap:AMPM (z:ZONE|zn:ZONENAME time|local time)?", _hour),
    Rule("four-figure time", "n:(INT|YEAR) z:ZONE", _four_figure_time),
    Rule("four-figure time", "n:(INT|YEAR) (hours|hrs) (z:ZONE)?", _four_figure_time),
    Rule("four-figure time", "n:(INT|YEAR) local time", _four_figure_time),
    Rule("noon or midnight", "(h:(DAY|CLK))? c:CLOCKWORD (z:ZONE|zn:ZONENAME time|local time)?", _noon),
    Rule("o'clock", "h:(DAY|N_NUMBER) o APOS clock", _oclock),
    Rule("half past", "p:half d:past h:(DAY|N_NUMBER)", _past_hour),
    Rule("quarter past", "p:quarter d:(past|after) h:(DAY|N_NUMBER)", _past_hour),
    Rule("quarter to", "p:quarter d:to h:(DAY|N_NUMBER)", _past_hour),
    Rule("from hour to hour", "a:DAY (DASH|to) b:DAY ap:AMPM (z:ZONE)?", _from_hour),
    Rule("from hour to hour", "between < a:DAY and b:DAY ap:AMPM (z:ZONE)? >", _from_hour),
    Rule("part of the day", "p:DAYPART", _part),
    Rule("all night", "all p:DAYPART", lambda p: None if p.endswith("s") else Clock(f"T{w.DAYPARTS[p]}")),
)

LATE: tuple[Rule, ...] = (
    Rule("from time to time", "a:N_CLOCK (DASH|TO) b:N_CLOCK", joined),
    Rule("from time to time", "between < a:N_CLOCK and b:N_CLOCK >", joined),
)
