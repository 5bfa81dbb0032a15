"""Times of day: clock times with their zone, noon and midnight, parts of the day."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Clock
from newsledger.stages.dates.rules.numbers import value_of


def time_value(hour: int, minute: int = 0, second: int | None = None, half: str | None = None) -> str | None:
    """The TimeML value of a clock time; ``half`` is the a.m. or p.m. of the text.

    >>> time_value(10, 30, None, "p.m."), time_value(12, 0, None, "am"), time_value(25)
    ('T22:30', 'T00:00', None)
    """
    if half:
        if not 1 <= hour <= 12:
            if not (half[0] == "p" and 13 <= hour <= 23):
                return None
        elif half[0] == "p":
            hour = hour % 12 + 12
        else:
            hour %= 12
    if not (0 <= hour <= 24 and 0 <= minute < 60) or (hour == 24 and minute):
        return None
    if second is not None:
        return f"T{hour:02d}:{minute:02d}:{second:02d}" if 0 <= second < 60 else None
    return f"T{hour:02d}:{minute:02d}"


_BEFORE_CLOCK = re.compile(
    r"(?:\b(?:at|by|until|till|before|after|around|about|since|from|between|and|to|time|clock|shortly|nearly|almost|"
    r"approximately|roughly|exactly|past|opens?|closes?|starts?|begins?|on)\s|[(–—-]\s?|,\s)\Z"
)


def _zone(z: str | None, zn: str | None, kind: str | None = None) -> str | None:
    if z:
        return z
    if zn:
        short = w.US_ZONE_NAMES[zn]
        return {"standard": short[0] + "st", "daylight": short[0] + "dt"}.get(kind or "", short)
    return None


def _clock(
    c: str,
    span: Span,
    ap: str | None = None,
    z: str | None = None,
    zn: str | None = None,
    k: str | None = None,
    h: str | None = None,
) -> Clock | None:
    parts = [int(part) for part in re.split(r"[:.]", c)]
    left = span.left(16)
    if not (ap or z or zn or h or " time" in span.surface.lower()):
        if (
            re.match(r"0[:.]", c)
            or not _BEFORE_CLOCK.search(left)
            or re.search(r"\bin\s\Z", left)
            or len(parts) == 3
        ):
            return None
        if re.match(
            r"\s*(?:[-–:]\s*\d|to\s+\d+\b(?!:)|minutes|seconds|mins|secs|sec\b|lead|win|ratio|scale)",
            span.right(10),
        ) and not re.match(r"\s*(?:[-–]|to)\s*\d{1,2}:\d\d", span.right(10)):
            return None
    if (left[-1:] in ":./" and left[-1:]) or re.match(r"[:/]\d|\.\d", span.right(2)):
        return None
    value = time_value(parts[0], parts[1], parts[2] if len(parts) > 2 else None, ap)
    bare = not (ap or z or zn or h) and 1 <= parts[0] <= 11
    return Clock(value, _zone(z, zn, k), bare=bare) if value else None


def _rare_zone(
    z: str,
    span: Span,
    c: str | None = None,
    h: int | None = None,
    n: int | None = None,
    ap: str | None = None,
) -> Clock | None:
    """A time in a zone that is asked for: only in capitals (10:30 CAT, not "10:30 cat video")."""
    if not span.surface.endswith(z.upper()) or re.match(r"\s+[a-z]{3,}s\b|\w", span.right(12)):
        return None
    if c is not None:
        return _clock(c, span, ap, z)
    return _hour(h, str(ap), span, z) if h is not None else _military(int(n or 0), span, z)


def _offset(c: str, z: str, s: str, o: object, span: Span, ap: str | None = None) -> Clock | None:
    """10:30 GMT+2, 10:30 UTC+05:30."""
    hours, _, minutes = str(o).partition(":")
    behind = span.surface[span.low_surface.rindex(z) + len(z) :]
    if z not in ("gmt", "utc") or int(hours) > 14 or (s != "+" and (minutes or " " in behind)):
        return None
    sign = "+" if s == "+" else "-"
    return _clock(c, span, ap, f"{sign}{int(hours):02d}:{minutes or '00'}")


def _decimal_clock(
    c: str, span: Span, ap: str | None = None, z: str | None = None, zn: str | None = None
) -> Clock | None:
    if not re.fullmatch(r"\d{1,2}\.\d\d", c):
        return None
    return _clock(c, span, ap, z, zn)


def _hour(
    h: int, ap: str, span: Span, z: str | None = None, zn: str | None = None, k: str | None = None
) -> Clock | None:
    if span.left(1) in (".", ":", "$", "£") and span.left(1):
        return None
    if (
        ap == "am"
        and re.search(r"\s", span.surface)
        and re.match(r"\s+(?:i|not|a|the|going|sure|so|very|also)\b", span.right(8))
    ):
        return None
    value = time_value(h, 0, None, ap)
    return Clock(value, _zone(z, zn, k)) if value else None


def _military(n: int, span: Span, z: str | None = None, h: str | None = None) -> Clock | None:
    digits = re.match(r"\d+", span.surface)
    if digits is None or len(digits[0]) not in (3, 4):
        return None
    if h and not re.search(
        r"\b(?:at|by|around|about|from|to|until|before|after|between|and)\s+\Z", span.left(10)
    ):
        return None
    if z and not span.surface.rstrip(")").endswith((z.upper(), z.title())):
        return None
    value = time_value(n // 100, n % 100)
    return Clock(value, z) if value else None


def _noon(c: str, span: Span, z: str | None = None, zn: str | None = None) -> Clock | None:
    if span.surface[0].isupper() and span.start > span.segment_start:
        return None
    if re.match(
        r"[\s-]+(?:sun|oil|mass|blue|express|train|cowboy|meal|snack|feast|run|deadline)\b", span.right(10)
    ) and not re.match(r"\s+deadline", span.right(10)):
        return None
    return Clock("T" + w.CLOCK_WORDS[c], _zone(z, zn))


def _twelve(h: object, c: str, span: Span, z: str | None = None, zn: str | None = None) -> Clock | None:
    """12 noon, 12:00 midnight."""
    return _noon(c, span, z, zn) if str(h) in ("12", "12:00") else None


def _oclock(h: object, span: Span) -> Clock | None:
    hour = value_of(h)
    if hour is None or not 1 <= hour <= 12:
        return None
    if "O" in span.surface and re.match(r"\s[A-Z]", span.text[span.end : span.end + 2]):
        return None
    half = re.match(
        r"\s+(?:(?:in\s+the|this|that|tomorrow|yesterday|[a-z]+day)\s+(morning|afternoon|evening|night)|at\s+(night)|(tonight))\b",
        span.right(24),
    )
    part = (half[1] or half[2] or half[3]) if half else None
    return Clock(str(time_value(int(hour), 0, None, {"morning": "am", None: None}.get(part, "pm"))))


def _past(h: object, minutes: int) -> Clock | None:
    hour = value_of(h)
    if hour is None or not 1 <= hour <= 24:
        return None
    total = int(hour) * 60 + minutes
    return Clock(str(time_value(total // 60 % 24, total % 60)))


def _hours(a: int, b: int, ap: str, span: Span, z: str | None = None) -> Clock | None:
    """9 to 11 a.m."""
    last = time_value(b, 0, None, ap)
    first = time_value(a, 0, None, ap)
    if first is None or last is None:
        return None
    if first > last and ap[0] == "p":
        first = time_value(a, 0, None, "am")
    return Clock(str(first), z, last=Clock(last, z))


def joined(a: Clock, b: Clock) -> Clock | None:
    """Two times as one stretch; the zone of either is that of both."""
    if (
        a.last
        or b.last
        or len(a.value) < 4
        or len(b.value) < 4
        or not a.value[1].isdigit()
        or not b.value[1].isdigit()
    ):
        return None
    value = a.value
    later = f"T{int(value[1:3]) + 12:02d}{value[3:]}"
    if a.bare and not b.bare and b.value >= "T12:00" and later <= b.value:
        value = later
    return Clock(value, a.zone or b.zone, last=Clock(b.value, b.zone or a.zone))


_BEFORE_PART = re.compile(
    r"\b(?:in|during|by|through|throughout|into|until|from|since|over|of)\s+the\s+(?:early\s+|late\s+|very\s+early\s+)?\Z|\b(?:at|by|before|after|until|from|since)\s+\Z|\b(?:early|late|mid)[\s-]+\Z"
)


def _part(p: str, span: Span) -> Clock | None:
    left, right = span.left(24), span.right(16)
    if not _BEFORE_PART.search(left) or p.endswith("s"):
        return None
    if p == "morning" and re.search(r"\bsince\s+\Z", left):
        return Clock("TMO")
    if re.search(r"\b(?:at|by|before|after|until|from|since)\s+\Z", left) and p not in (
        "night",
        "dawn",
        "dusk",
        "sunrise",
        "sunset",
        "midday",
        "lunchtime",
    ):
        return None
    if re.match(r"[\s-]+of\b", right) and p in ("dawn", "dusk", "night", "evening", "morning", "afternoon"):
        return None
    if p in ("overnight",) or re.match(
        r"\s+(?:club|shift|sky|life|vision|market|train|bus|flight|school|session|trade|trading)\b", right
    ):
        return None
    return Clock(f"T{w.DAYPARTS[p]}")


RULES: tuple[Rule, ...] = (
    Rule("clock time", "c:CLK ap:AMPM? (z:ZONE|zn:ZONENAME (k:(standard|daylight))? time)?", _clock),
    Rule("clock time and offset", "c:CLK ap:AMPM? z:ZONE s:(PLUS|DASH) o:(DAY|CLK)", _offset),
    Rule("clock time in a rarer zone", "c:CLK ap:AMPM? z:RAREZONE", _rare_zone),
    Rule("clock time in a rarer zone", "h:DAY ap:AMPM z:RAREZONE", _rare_zone),
    Rule("clock time in a rarer zone", "n:(INT|YEAR) z:RAREZONE", _rare_zone),
    Rule("clock time", "c:CLK ap:AMPM? local time", _clock),
    Rule("clock time", "c:CLK h:(hours|hrs|h)", _clock),
    Rule("clock time", "c:DECIMAL ap:AMPM (z:ZONE|zn:ZONENAME time|local time)?", _decimal_clock),
    Rule("clock time", "c:DECIMAL z:ZONE", _decimal_clock),
    Rule("hour", "h:DAY ap:AMPM (z:ZONE|zn:ZONENAME (k:(standard|daylight))? time|local time)?", _hour),
    Rule("four-figure time", "n:(INT|YEAR) z:ZONE", _military),
    Rule("four-figure time", "n:(INT|YEAR) h:(hours|hrs) (z:ZONE)?", _military),
    Rule("four-figure time", "n:(INT|YEAR) local time", _military),
    Rule("noon or midnight", "c:CLOCKWORD (z:ZONE|zn:ZONENAME time|local time)?", _noon),
    Rule("noon or midnight", "h:(DAY|CLK) c:CLOCKWORD (z:ZONE|zn:ZONENAME time|local time)?", _twelve),
    Rule("o'clock", "h:(DAY|N_NUMBER) o APOS clock", _oclock),
    Rule("half past", "half past h:(DAY|N_NUMBER)", lambda h: _past(h, 30)),
    Rule("quarter past", "quarter (past|after) h:(DAY|N_NUMBER)", lambda h: _past(h, 15)),
    Rule("quarter to", "quarter to h:(DAY|N_NUMBER)", lambda h: _past(h, -15)),
    Rule("from hour to hour", "a:DAY (DASH|to) b:DAY ap:AMPM (z:ZONE)?", _hours),
    Rule("from hour to hour", "between < a:DAY and b:DAY ap:AMPM (z:ZONE)? >", _hours),
    Rule("part of the day", "p:DAYPART", _part),
)

LATE: tuple[Rule, ...] = (
    Rule("from time to time", "a:N_CLOCK (DASH|TO) b:N_CLOCK", joined),
    Rule("from time to time", "between < a:N_CLOCK and b:N_CLOCK >", joined),
)
