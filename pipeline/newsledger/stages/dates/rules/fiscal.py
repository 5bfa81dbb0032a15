"""Fiscal years and quarters: fiscal 2024, FY24, the 2003 fiscal year."""

from __future__ import annotations

from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Named, Step, Years


def _fiscal(span: Span, y: object = None, r: str | None = None) -> object | None:
    if isinstance(y, Named):
        return replace(y, fiscal=True)
    if isinstance(y, Years):
        return replace(y, fiscal=True)
    if isinstance(y, Step):
        return replace(y, fiscal=True)
    if isinstance(y, int):
        if y >= 1000:
            return Named("year", year=y, fiscal=True)
        return Named("year", year=y, short_year=True, fiscal=True) if 0 <= y <= 99 else None
    return None


def _fiscal_step(span: Span, r: str) -> Step | None:
    if r in w.THIS_WORDS:
        return Step("year", 0, fiscal=True)
    if r in w.LAST_WORDS:
        return Step(
            "year", -1, "previous" if r in ("previous", "preceding", "prior") else "published", fiscal=True
        )
    return Step(
        "year", 1, "previous" if r in ("following", "ensuing", "subsequent") else "published", fiscal=True
    )


def _fiscal_quarter(i: object) -> Named | None:
    """Fiscal second quarter; one that ended on a day told of is known by that."""
    return replace(i, fiscal=True) if isinstance(i, Named) else None


def _fy(y: int, span: Span) -> object | None:
    if not span.surface.startswith("FY"):
        return None
    return _fiscal(span, y)


def _fy_pair(y: int, z: int, span: Span) -> Years | None:
    return _fiscal_pair(y, z) if span.surface.startswith("FY") else None


def _fiscal_pair(y: int, z: int) -> Years | None:
    first = y if y >= 1000 else 2000 + y
    pair = z in ((first + 1) % 10, (first + 1) % 100, first + 1)
    return Years(first, first + 1, fiscal=True) if pair else None


FIRST: tuple[Rule, ...] = (
    Rule("fiscal year", "FISCAL year? y:YEAR", _fiscal),
    Rule("fiscal year", "FISCAL year? y:YEAR (DASH|/) z:(DAY|INT|YEAR)", _fiscal_pair),
    Rule("fiscal year", "y:YEAR FISCAL year", _fiscal),
    Rule("fiscal year", "FISCAL year APOS y:(DAY|INT)", _fiscal),
    Rule("fiscal year", "r:(THIS|LAST|NEXT) FISCAL year", _fiscal_step),
    Rule("fiscal year", "(THIS|LAST|NEXT) < FISCAL year y:YEAR >", _fiscal),
    Rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR)", _fy),
    Rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR) (DASH|/) z:(DAY|INT|YEAR)", _fy_pair),
)


INNER: tuple[Rule, ...] = (
    Rule("fiscal year", "FISCAL year? y:(N_YEAR|N_YEARS)", _fiscal),
    Rule("fiscal year", "y:(N_YEAR|N_YEARS) FISCAL year", _fiscal),
    Rule("fiscal quarter", "FISCAL i:(N_QUARTER|N_HALF)", _fiscal_quarter),
)
