"""The shared word lists: what the tables hold, and how a stage's lists refer to them."""

import calendar as standard
import re
from pathlib import Path

import pytest

import newsledger
from newsledger.lexicons import calendar, load, numbers, shared
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS, US_STATES

PACKAGE = Path(newsledger.__file__).parent


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_has_its_name_and_abbreviation(number: int) -> None:
    assert calendar.MONTHS[standard.month_name[number].lower()] == number
    assert calendar.ALL_MONTHS[standard.month_abbr[number].lower()] == number


@pytest.mark.parametrize("number", range(1, 8))
def test_a_weekday_has_its_name_and_abbreviation(number: int) -> None:
    assert calendar.WEEKDAYS[standard.day_name[number - 1].lower()] == number
    assert calendar.ALL_WEEKDAYS[standard.day_abbr[number - 1].lower()] == number


def test_ambiguous_months_are_months() -> None:
    assert calendar.ALL_MONTHS.keys() >= calendar.AMBIGUOUS_MONTHS


def test_number_words_count_on() -> None:
    assert list(numbers.CARDINALS.values()) == list(range(1, 20))
    assert list(numbers.TENS.values()) == list(range(20, 100, 10))
    assert list(numbers.ORDINALS.values()) == [*range(1, 21), 30]


def test_there_are_fifty_states_and_a_district() -> None:
    assert len({state.code for state in US_STATES}) == 51
    assert all(len(state.code) == 2 and state.code.isupper() for state in US_STATES)
    assert all(short.endswith(".") for short in STATE_ABBREVIATIONS)
    assert len(set(STATE_ABBREVIATIONS)) == len(STATE_ABBREVIATIONS)
    assert [state.name for state in US_STATES if state.also == "country"] == ["Georgia"]


def test_a_word_list_refers_to_a_shared_one(tmp_path: Path) -> None:
    path = tmp_path / "lists.toml"
    path.write_text('days = ["@Weekdays", "New Year"]\nsmall = "on at @month_abbreviations"\n', "utf-8")
    lists = shared.word_lists(path)
    assert {"Monday", "New Year"} <= lists["days"]
    assert "monday" not in lists["days"]
    assert {"on", "at", "sept"} <= lists["small"]


def test_an_unknown_shared_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        shared.expand(["@holidays"])


def test_a_row_may_leave_out_its_last_cells_and_have_none_too_many(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("# two columns\na\tb\n1\t2\n1\n", "utf-8")
    assert load.rows(path) == [{"a": "1", "b": "2"}, {"a": "1", "b": ""}]
    path.write_text("a\tb\n1\t2\t3\n", "utf-8")
    with pytest.raises(ValueError, match=r"table\.tsv: 3 cells instead of 2"):
        load.rows(path)


SHARED_WORDS = (
    r"feb\w*\W+mar\w*\W+apr|january\W+february|tuesday\W+wednesday|alabama\W+alaska|ala\W+ariz\W+ark"
)


def test_no_other_file_lists_the_months_weekdays_or_states() -> None:
    typed = re.compile(SHARED_WORDS, re.IGNORECASE)
    files = [path for kind in ("py", "toml", "tsv") for path in PACKAGE.rglob(f"*.{kind}")]
    others = [path for path in files if path.parent.name != "lexicons" and "foreign" not in path.name]
    assert [path.name for path in others if typed.search(path.read_text("utf-8"))] == []
