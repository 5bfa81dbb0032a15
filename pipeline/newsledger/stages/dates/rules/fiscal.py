"""Fiscal years and quarters: fiscal 2024, FY24, the 2003 fiscal year."""

from __future__ import annotations

from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w


def _fiscal(y: int) -> x.Named | None:
    if 1000 <= y <= 2199:
        return x.Named("year", year=y, fiscal=True)
    return x.Named("year", year=y, short_year=True, fiscal=True) if y <= 99 else None


def _fiscal_step(r: str) -> x.Step:
    count = 0 if r in w.THIS_WORDS else -1 if r in w.LAST_WORDS else 1
    return x.Step("year", count, "previous" if r in w.COUNTED_WORDS else "published", fiscal=True)


def _fy(y: int, span: Span) -> x.Named | None:
    return _fiscal(y) if span.surface.startswith("FY") else None


def _fiscal_pair(y: int, z: int) -> x.Years | None:
    pair = z in ((y + 1) % 10, (y + 1) % 100, y + 1)
    return x.Years(y, y + 1, fiscal=True) if pair else None


FIRST: tuple[Rule, ...] = (
    Rule("fiscal year", "(THIS|LAST|NEXT)? < (FISCAL year? y:YEAR|y:YEAR FISCAL year) >", _fiscal),
    Rule("fiscal year", "FISCAL year? y:YEAR (DASH|/) z:(DAY|INT|YEAR)", _fiscal_pair),
    Rule("fiscal year", "r:(THIS|LAST|NEXT) FISCAL year", _fiscal_step),
    Rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR)", _fy),
)

INNER: tuple[Rule, ...] = (
    Rule("fiscal year", "y:(N_YEAR|N_YEARS) FISCAL year", lambda y: replace(y, fiscal=True)),
    Rule("fiscal quarter", "FISCAL i:(N_QUARTER|N_HALF)", lambda i: replace(i, fiscal=True)),
)
