"""Every key of a table of the date stage is understood where it stands as in an article."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path

import pytest

from newsledger.stages.dates import find, holidays
from newsledger.stages.dates import words as w
from newsledger.stages.dates.cues import CUES
from newsledger.stages.dates.rules import LEVELS, grammar
from newsledger.stages.dates.tense import SURE

PUBLISHED = "2024-04-03"


def values(text: str, **given: object) -> list[str]:
    return [m.timex_value for m in find(text, **({"published": PUBLISHED} | given))]  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "number"), w.MONTHS.items())
def test_month(name: str, number: int) -> None:
    assert values(f"It opened on {name.title()} 5, 2021.") == [f"2021-{number:02d}-05"]
    assert values(f"It opened on 5 {name.title()} 2021.") == [f"2021-{number:02d}-05"]
    assert values(f"It opened in {name.title()} 2021.") == [f"2021-{number:02d}"]


@pytest.mark.parametrize(("name", "number"), w.MONTH_ABBREVIATIONS.items())
def test_month_abbreviation(name: str, number: int) -> None:
    assert values(f"It opened on {name.title()}. 5, 2021.") == [f"2021-{number:02d}-05"]
    assert values(f"It opened on {name.title()} 5, 2021.") == [f"2021-{number:02d}-05"]


@pytest.mark.parametrize(("name", "number"), w.WEEKDAYS.items())
def test_weekday(name: str, number: int) -> None:
    (found,) = find(f"The court ruled on {name.title()}.", published=PUBLISHED)
    assert found.start_date is not None
    assert found.start_date.isoweekday() == number
    assert dt.date(2024, 3, 28) <= found.start_date <= dt.date(2024, 4, 3)


@pytest.mark.parametrize("word", sorted(set(w.UNITS) | set(w.CLOCK_UNITS)))
def test_unit(word: str) -> None:
    if word in w.PLURAL_UNITS:
        (found,) = find(f"It went on for 12 {word}.", published=PUBLISHED)
        assert found.timex_type == "DURATION"
        assert found.timex_value.startswith("P")


@pytest.mark.parametrize(("word", "number"), [*w.CARDINALS.items(), *w.TENS.items()])
def test_number_word(word: str, number: int) -> None:
    assert values(f"It went on for {word} days.") == [f"P{number}D"]


@pytest.mark.parametrize(("word", "number"), w.ORDINALS.items())
def test_ordinal_word(word: str, number: int) -> None:
    if number <= 21:
        assert values(f"a ruin of the {word} century") == [f"{number - 1:02d}"]


@pytest.mark.parametrize(("word", "decade"), w.DECADE_WORDS.items())
def test_decade_word(word: str, decade: int) -> None:
    assert values(f"Prices rose in the {word}.") == [f"{190 + decade // 10}"]


@pytest.mark.parametrize(("word", "code"), w.SEASONS.items())
def test_season(word: str, code: str) -> None:
    assert values(f"It opened in the {word} of 2021.") == [f"2021-{code}"]


@pytest.mark.parametrize("word", sorted({"early", "late", "beginning", "start", "end", "middle", "close"}))
def test_part(word: str) -> None:
    spelled = f"in {word} 2021" if word in ("early", "late") else f"at the {word} of 2021"
    (found,) = find(f"It opened {spelled}.", published=PUBLISHED)
    assert (found.date_part, found.timex_value) == (w.PARTS[word], "2021")


@pytest.mark.parametrize(("word", "code"), w.DAYPARTS.items())
def test_part_of_the_day(word: str, code: str) -> None:
    if not word.endswith("s"):
        assert values(f"It rained on Tuesday {word}.") == [f"2024-04-02T{code}"]


@pytest.mark.parametrize(("zone", "offset"), w.ZONES.items())
def test_zone(zone: str, offset: str) -> None:
    if zone != "z":
        shown = "Z" if offset == "+00:00" else offset
        assert values(f"It began at 9:15 a.m. {zone.upper()}.") == [f"T09:15{shown}"]


@pytest.mark.parametrize("zone", w.US_ZONES)
def test_us_zone_follows_the_date(zone: str) -> None:
    summer, winter = (
        find(f"It began at 9:15 a.m. {zone.upper()}.", published=day)[0].timex_value
        for day in ("2024-07-01", "2024-01-02")
    )
    assert summer[:6] == winter[:6] == "T09:15"
    assert int(summer[6:9]) == int(winter[6:9]) + 1


@pytest.mark.parametrize(("word", "value"), w.FREQUENCIES.items())
def test_frequency(word: str, value: str) -> None:
    (found,) = find(f"It holds {word} talks.", published=PUBLISHED)
    assert (found.timex_type, found.timex_value) == ("SET", value)


@pytest.mark.parametrize(("name", "key"), holidays.HOLIDAY_KEYS.items())
def test_named_day(name: str, key: str) -> None:
    if key in holidays.EVENTS:
        return
    (found,) = find(f"It fell on {name.title()} 2023.", published=PUBLISHED)
    days = holidays.days_of(key, 2023)
    assert found.start_date == (days[0].period.start if days else None)
    if not days:
        assert holidays.why_unknown(key) == holidays.COUNTRY or key in ("holi", "dussehra")


@pytest.mark.parametrize("year", [1925, 1980, 2001, 2024, 2035, 2100])
def test_table_of_holidays_is_whole(year: int) -> None:
    for key in ("ramadan", "eid_al_fitr", "lunar_new_year", "diwali", "passover", "nowruz"):
        for day in holidays.days_of(key, year):
            assert day.period.start.year == year
            assert day.period.start <= day.period.end


def test_dashes_between_decades_do_not_double_the_time() -> None:
    began = time.process_time()
    assert values("She was in her 20s" + " -" * 30 + " the 30s.") == ["193"]
    assert time.process_time() - began < 5


def test_every_cue_is_known_and_asked_for() -> None:
    sources = [path.read_text("utf-8") for path in Path(holidays.__file__).parent.rglob("*.py")]
    asked = {name for source in sources for name in re.findall(r'\b(?:cue\(|CUES\[)"(\w+)"', source)}
    for level in LEVELS:
        asked |= {name for rule in level.rules for name in f"{rule.only} {rule.unless}".split()}
    by_word = {name for name in CUES if name.startswith(("modifier_", "no_"))}
    assert asked | by_word | set(SURE) == set(CUES)


def test_rules_have_names_and_compile() -> None:
    assert grammar()
    assert all(rule.name and rule.pattern for level in LEVELS for rule in level.rules)
