"""The date stage as its users call it: arguments, anchors, traces, hard input."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import score_dates, shared_data
from newsledger.document.layout import lay_out
from newsledger.stages.dates import find
from newsledger.values.mentions import DateMention, NameSpan


def test_published_takes_string_date_or_nothing() -> None:
    text = "It closed on Friday."
    for published in ("2024-04-03", dt.date(2024, 4, 3), dt.datetime(2024, 4, 3, 9, tzinfo=dt.UTC)):
        assert find(text, published=published)[0].start_date == dt.date(2024, 3, 29)
    assert find(text)[0].start_date is None
    with pytest.raises(ValueError, match="not an ISO date"):
        find(text, published="last Friday")


def test_header_is_no_mention_and_gives_no_date() -> None:
    text = " date 2024-04-03 It closed on Friday."
    assert [m.surface for m in find(text)] == ["Friday"]
    assert find(text)[0].start_date is None


def test_zones_come_from_the_layout() -> None:
    text = "New Plant Opens Friday\n\nThe plant was built in 2019."
    assert [(m.surface, m.zone) for m in find(text, published="2024-04-03", layout=lay_out(text))] == [
        ("Friday", "heading"),
        ("2019", "body"),
    ]


def test_no_mention_crosses_a_block() -> None:
    assert [m.surface for m in find("It was built in March\n\n2019 was worse.")] == ["March", "2019"]


def test_name_spans_keep_months_and_weekdays_out() -> None:
    text = "They saw Saturday Club in April."
    name = NameSpan(start_char=9, end_char=22, surface="Saturday Club", label="ORG")
    assert [m.surface for m in find(text)] == ["Saturday", "April"]
    assert [m.surface for m in find(text, names=[name])] == ["April"]


def test_fiscal_year_start_moves_quarters() -> None:
    (found,) = find("in the first quarter of fiscal 2024", fiscal_year_start=10)
    assert (found.start_date, found.end_date) == (dt.date(2023, 10, 1), dt.date(2023, 12, 31))
    assert "settings" in found.basis


def test_same_article_same_answer_whatever_the_clock() -> None:
    text = "It closed on Friday and will reopen in June, two years after the fire of 2022."
    once = find(text, published="2024-04-03")
    assert once == find(text, published="2024-04-03")
    source = "".join(path.read_text() for path in _sources())
    for clock in ("today()", "now()", "utcnow", "time.time"):
        assert clock not in source


def _sources():  # type: ignore[no-untyped-def]
    from importlib.resources import files
    from pathlib import Path

    return sorted(Path(str(files("newsledger.stages.dates"))).rglob("*.py"))


def test_import_is_light() -> None:
    code = (
        "import sys, time; t = time.process_time(); from newsledger.stages import dates; "
        "print(time.process_time() - t); "
        "sys.exit(any(m in sys.modules for m in ('pandas', 'dateparser', 'spacy', 'onnxruntime')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, "a heavy library was imported"
    assert float(done.stdout) < 0.6


PIECES = (
    *sorted(
        {
            "May",
            "March",
            "Mon",
            "Sun",
            "second",
            "quarter",
            "of",
            "the",
            "last",
            "next",
            "this",
            "year",
            "years",
            "3",
            "12",
            "31",
            "2024",
            "1990s",
            "'90s",
            "19th",
            "–",
            "/",
            ",",
            ".",
            "(",
            ")",
            "'s",
            "’s",
            "from",
            "to",
            "until",
            "between",
            "and",
            "in",
            "on",
            "by",
            "at",
            "10:30",
            "a.m.",
            "p.m.",
            "ET",
            "GMT",
            "ago",
            "later",
            "earlier",
            "every",
            "fiscal",
            "FY24",
            "Q1",
            "H1",
            "Easter",
            "Eid",
            "9/11",
            "04/03/2024",
            "2024-04-03",
            "2024-W14",
            "early",
            "mid",
            "late",
            "end",
            "half",
            "one",
            "two",
            "twenty",
            "hundred",
            "century",
            "-",
            "İ",
        }
    ),
    "\ud800",
    "\x00",
    "\n",
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=24),
    st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_row_of_its_own_words(pieces: list[str], published: str | None) -> None:
    check(" ".join(pieces), published)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text, "2024-04-03")


def check(text: str, published: str | None) -> None:
    found = find(text, published=published)
    end = 0
    for m in found:
        assert isinstance(m, DateMention)
        assert text[m.start_char : m.end_char] == m.surface
        assert m.surface.strip() == m.surface != ""
        assert m.start_char >= end
        end = m.end_char
        assert (m.start_date is None) == (m.end_date is None)
        assert m.start_date is None or m.end_date is None or m.start_date <= m.end_date
        assert m.timex_value
        assert m.basis
        assert m.start_date is None or m.anchor != "none"
        assert m.surface.lower().split()[0] not in (
            "the",
            "a",
            "an",
            "in",
            "on",
            "by",
            "of",
            "since",
            "until",
        )


@pytest.mark.parametrize(
    "unit",
    ["1", "1,", "1.", "A", "May ", "in ", "2024-", "3 ", "of the ", "March 3, ", "one hundred ", "'", "- ",
     "Monday and ", "last ", "second ", "10:30 ", "19th century ", " ", "the end of ", "2024/25 ",
     "quarter of ", "(April-March) ", "3 avril 2024 ", "1 de mayo de ", "May, ", "the Friday before the ",
     "over ", "the daily A B C "],
)  # fmt: skip
def test_hard_input_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        find(text, published="2024-04-03")
        return time.process_time() - begin

    seconds(1000)
    small, big = max(seconds(4_000), 0.01), seconds(32_000)
    if big >= 32 * small:  # perhaps the machine was busy
        small, big = max(min(seconds(4_000) for _ in range(3)), 0.01), min(seconds(32_000) for _ in range(2))
    assert big < 32 * small, f"8 times the text took {big / small:.0f} times as long"


@pytest.mark.shared
def test_scores_do_not_sink(shared: object) -> None:
    floors = {
        "gold dev_articles": ("f1", 0.95),
        "time_gum_news": ("recall", 0.93),
        "time_gum_interview": ("recall", 0.93),
        "time_sutime": ("f1", 0.85),
        "time_wikiwars": ("recall", 0.95),
    }
    for score in score_dates.scores():
        if score.name in floors:
            figure, floor = floors[score.name]
            assert getattr(score, figure) >= floor, score.line()
        if score.name.startswith("time_gum"):
            assert score.value_right >= 0.85, score.line()


@pytest.mark.shared
def test_real_articles_keep_the_contract(shared: object) -> None:
    for row in shared_data.rows("articles/world_newswire")[:150]:
        check(row["text"], row["published"])


@pytest.mark.shared
def test_seed_article(shared: object) -> None:
    base = shared_data.root()
    assert base is not None
    text = (base / "articles" / "seed.txt").read_text(encoding="utf-8")
    dated = {m.surface: m for m in find(text, published="2024-04-03") if m.start_date}
    assert list(dated) == ["Wednesday", "next decade"]
    assert dated["Wednesday"].start_date == dated["Wednesday"].end_date == dt.date(2024, 4, 3)
    decade = dated["next decade"]
    assert (decade.timex_type, decade.timex_value) == ("DURATION", "P10Y")
    assert (decade.start_date, decade.end_date) == (dt.date(2024, 4, 3), dt.date(2034, 4, 3))
