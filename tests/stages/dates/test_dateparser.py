"""Our values agree with dateparser on the exact strings on which dateparser is known to be right."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.stages.dates import find

DAY = dt.date(2021, 11, 9)
SPELLINGS = (
    "November 9, 2021", "Nov. 9, 2021", "9 November 2021", "9th November 2021", "November 9th, 2021",
    "Tuesday, November 9, 2021", "2021-11-09", "9 Nov 2021",
)  # fmt: skip


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_full_dates(spelled: str) -> None:
    import dateparser

    base = dt.datetime(2024, 4, 3)  # noqa: DTZ001  # dateparser's reference is naive
    theirs = dateparser.parse(spelled, languages=["en"], settings={"RELATIVE_BASE": base})
    assert theirs is not None
    (ours,) = find(f"It opened on {spelled} in Lima.", published="2024-04-03")
    assert ours.surface == spelled
    assert ours.start_date == theirs.date() == DAY


TRAPS = {
    "early March": None, "the 1990s": None, "FY24": None, "the third quarter of 2023": None,
    "a 10-year deal": None, "to": None, "2012-13": None,
}  # fmt: skip
"""What dateparser reads wrongly or not at all, and what is therefore ours."""


@pytest.mark.parametrize("spelled", TRAPS)
def test_traps_do_not_reach_us(spelled: str) -> None:
    for mention in find(f"They spoke of {spelled} again.", published="2024-04-03"):
        assert mention.start_date is None or (mention.end_date and mention.end_date > mention.start_date)
