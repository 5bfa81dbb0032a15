"""What dateparser is asked, that its answers are right there, and that it is asked nothing else."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from newsledger.stages.dates import dateparser_fallback, find

DAY = dt.date(2021, 11, 9)
SPELLINGS = (
    "November 9, 2021", "Nov. 9, 2021", "9 November 2021", "9th November 2021", "November 9th, 2021",
    "Tuesday, November 9, 2021", "2021-11-09", "9 Nov 2021",
)  # fmt: skip


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_full_dates(spelled: str) -> None:
    """Two independent readers agree on what both are right on."""
    import dateparser

    base = dt.datetime(2024, 4, 3)  # noqa: DTZ001  # dateparser's reference is naive
    theirs = dateparser.parse(spelled, languages=["en"], settings={"RELATIVE_BASE": base})
    assert theirs is not None
    (ours,) = find(f"It opened on {spelled} in Lima.", published="2024-04-03")
    assert ours.surface == spelled
    assert ours.start_date == theirs.date() == DAY


def _table() -> list[tuple[str, list[str]]]:
    from importlib.resources import files

    lines = (
        files("newsledger.stages.dates")
        .joinpath("foreign_months.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return [(line.split("\t")[0], line.split("\t")[2:]) for line in lines[1:]]


@pytest.mark.parametrize(("language", "months"), _table())
def test_months_of_a_language(language: str, months: list[str]) -> None:
    from babel.dates import get_month_names

    assert months == [get_month_names("wide", "format", language)[n] for n in range(1, 13)]
    assert language in dateparser_fallback.LANGUAGE_NAMES
    for number, name in enumerate(months, 1):
        assert dateparser_fallback.day(f"7 {name} 1990", language) == dt.date(1990, number, 7)
        (found,) = find(f"It was sealed on 7 {name} 1990 in Lima.", published="2024-04-03")
        assert found.surface == f"7 {name} 1990"
        if found.candidates:
            assert found.start_date is None
            assert f"1990-{number:02d}-07" in found.candidates
        else:
            assert found.start_date == dt.date(1990, number, 7)


TRAPS = {
    "early March": None, "the 1990s": None, "FY24": None, "the third quarter of 2023": None,
    "a 10-year deal": None, "to": None, "2012-13": None, "we may": None, "100M and 19,60 5": None,
}  # fmt: skip
"""What dateparser reads wrongly or not at all, and what is therefore ours."""


@pytest.mark.parametrize("spelled", TRAPS)
def test_traps_do_not_reach_us(spelled: str) -> None:
    for mention in find(f"They spoke of {spelled} again.", published="2024-04-03"):
        assert mention.start_date is None or (mention.end_date and mention.end_date > mention.start_date)


@pytest.mark.parametrize(
    "text", ["avril", "3 avril", "avril 2024", "2024", "3", "avril 3 24", "demain", "il y a 3 jours"]
)
def test_no_part_is_invented(text: str) -> None:
    assert dateparser_fallback.day(text, "fr") is None


def test_the_order_of_questions_does_not_matter() -> None:
    texts = ["3 marca 2024", "3 mars 2024", "3 mart 2024", "3 maja 2024"]
    lines = [f"It was sealed on {text}." for text in texts]
    once = [find(line)[0].start_date for line in lines]
    dateparser_fallback._parsed.cache_clear()
    assert [find(line)[0].start_date for line in reversed(lines)] == once[::-1]


def test_plain_english_does_not_load_it() -> None:
    code = (
        "import sys; from newsledger.stages import dates; "
        "dates.find('On 3 April 2024 at 10:30 a.m. ET Mayo fans ate by Plaza 2 de Mayo, last year.', "
        "published='2024-04-03'); sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
