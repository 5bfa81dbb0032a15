"""Named days: fixed ones, movable ones by rule, and those of other calendars from a table.

Easter follows the Gregorian computus, other movable days their rule ("fourth Thursday of November"). Islamic,
lunisolar, Hindu, Hebrew and Persian days come from ``feasts.tsv``, which covers 1925 to 2100 (Holi and
Dussehra 2001 to 2035) and was made from ``holidays`` 0.109 (MIT; Umm al-Qura, Hong Kong and Indian
government calendars) and ``convertdate`` (MIT; Hebrew and Persian arithmetic). Where moon sighting or the
country moves such a day by one, or the country decides the day altogether, ``Day.note`` says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TABLE_FIRST, TABLE_LAST = 1925, 2100


class Day(NamedTuple):
    """A feast of one year: its first and last day, the other readings, and what is uncertain."""

    start: dt.date
    end: dt.date
    others: tuple[dt.date, ...] = ()
    note: str = ""


def easter(year: int) -> dt.date:
    """Easter Sunday of the Western churches (anonymous Gregorian computus, valid from 1583).

    >>> easter(2024), easter(2011)
    (datetime.date(2024, 3, 31), datetime.date(2011, 4, 24))
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Orthodox churches (Julian computus), in the Gregorian calendar.

    >>> orthodox_easter(2024)
    datetime.date(2024, 5, 5)
    """
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    julian = dt.date(year, month, day + 1)
    return julian + dt.timedelta(days=year // 100 - year // 400 - 2)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date:
    """The ``number``-th weekday (Monday is 1) of a month, counted from the end when negative.

    >>> nth_weekday(2024, 11, 4, 4), nth_weekday(2024, 5, 1, -1)
    (datetime.date(2024, 11, 28), datetime.date(2024, 5, 27))
    """
    if number > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-number - 1))


@cache
def _table() -> dict[str, dict[int, tuple[dt.date, ...]]]:
    lines = files(__package__).joinpath("feasts.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")[1:]
    found: dict[str, dict[int, tuple[dt.date, ...]]] = {name: {} for name in names}
    for line in lines[1:]:
        year, *cells = line.split("\t")
        for name, cell in zip(names, cells, strict=False):
            days = tuple(dt.date.fromisoformat(f"{year}-{day}") for day in cell.split())
            if days:
                found[name][int(year)] = days
    return found


def _fixed(month: int, day: int, length: int = 1) -> Callable[[int], list[Day]]:
    def days(year: int) -> list[Day]:
        start = dt.date(year, month, day)
        return [Day(start, start + dt.timedelta(days=length - 1))]

    return days


def _from_easter(offset: int, length: int = 1) -> Callable[[int], list[Day]]:
    def days(year: int) -> list[Day]:
        start = easter(year) + dt.timedelta(days=offset)
        return [Day(start, start + dt.timedelta(days=length - 1))] if year >= 1583 else []

    return days


def _orthodox(year: int) -> list[Day]:
    day = orthodox_easter(year)
    return [Day(day, day)] if year >= 1583 else []


def _weekday(month: int, weekday: int, number: int, note: str = "") -> Callable[[int], list[Day]]:
    def days(year: int) -> list[Day]:
        day = nth_weekday(year, month, weekday, number)
        return [Day(day, day, (), note)]

    return days


def _thanksgiving(year: int) -> list[Day]:
    us, canada = nth_weekday(year, 11, 4, 4), nth_weekday(year, 10, 1, 2)
    return [Day(us, us, (canada,), "US date; Canada differs")]


def _mothers_day(year: int) -> list[Day]:
    us, uk = nth_weekday(year, 5, 7, 2), easter(year) - dt.timedelta(days=21)
    return [Day(us, us, (uk,), "US and most countries; the UK differs")]


def _tabled(name: str, length: int = 1, note: str = "") -> Callable[[int], list[Day]]:
    def days(year: int) -> list[Day]:
        found = _table()[name].get(year, ())
        return [Day(day, day + dt.timedelta(days=length - 1), (), note) for day in found]

    return days


def _ramadan(year: int) -> list[Day]:
    ends = [d for y in (year, year + 1) for d in _table()["eid_al_fitr"].get(y, ())]
    found = []
    for start in _table()["ramadan"].get(year, ()):
        end = min((d for d in ends if d > start), default=start + dt.timedelta(days=30))
        found.append(Day(start, end - dt.timedelta(days=1), (), SIGHTING))
    return found


def _countries(_: int) -> list[Day]:
    return []


SIGHTING = "Umm al-Qura calendar; the sighting may move it by a day"
COUNTRY = "the country decides the day"
_HEBREW = "Hebrew calendar; begins the evening before"
_HINDU = "Indian calendar; may differ by a day"
_LUNAR = "Chinese lunar calendar; may differ by a day elsewhere"

FEASTS: dict[str, tuple[Callable[[int], list[Day]], str]] = {
    "new_years_day": (_fixed(1, 1), "new year's day|new years day|new year day"),
    "epiphany": (_fixed(1, 6), "epiphany"),
    "orthodox_christmas": (_fixed(1, 7), "orthodox christmas"),
    "australia_day": (_fixed(1, 26), "australia day"),
    "holocaust_remembrance": (_fixed(1, 27), "international holocaust remembrance day"),
    "mlk_day": (_weekday(1, 1, 3), "martin luther king day|martin luther king jr. day|mlk day"),
    "groundhog_day": (_fixed(2, 2), "groundhog day"),
    "waitangi_day": (_fixed(2, 6), "waitangi day"),
    "valentines_day": (_fixed(2, 14), "valentine's day|valentines day|st valentine's day"),
    "presidents_day": (_weekday(2, 1, 3), "presidents' day|presidents day|president's day"),
    "womens_day": (_fixed(3, 8), "international women's day"),
    "st_davids_day": (_fixed(3, 1), "st david's day"),
    "st_patricks_day": (_fixed(3, 17), "st patrick's day|saint patrick's day"),
    "april_fools": (_fixed(4, 1), "april fools' day|april fool's day|april fools day|april fools"),
    "earth_day": (_fixed(4, 22), "earth day"),
    "st_georges_day": (_fixed(4, 23), "st george's day"),
    "anzac_day": (_fixed(4, 25), "anzac day"),
    "may_day": (_fixed(5, 1), "may day|international workers' day|international workers day"),
    "cinco_de_mayo": (_fixed(5, 5), "cinco de mayo"),
    "memorial_day": (_weekday(5, 1, -1), "memorial day"),
    "mothers_day": (_mothers_day, "mother's day|mothers' day|mothers day"),
    "world_environment_day": (_fixed(6, 5), "world environment day"),
    "fathers_day": (_weekday(6, 7, 3, "US, UK and most countries"), "father's day|fathers' day|fathers day"),
    "juneteenth": (_fixed(6, 19), "juneteenth"),
    "canada_day": (_fixed(7, 1), "canada day"),
    "fourth_of_july": (_fixed(7, 4), "fourth of july"),
    "bastille_day": (_fixed(7, 14), "bastille day"),
    "labor_day": (_weekday(9, 1, 1, "US and Canada"), "labor day"),
    "columbus_day": (_weekday(10, 1, 2), "columbus day|indigenous peoples' day|indigenous peoples day"),
    "halloween": (_fixed(10, 31), "halloween|hallowe'en"),
    "all_saints": (_fixed(11, 1), "all saints' day|all saints day"),
    "all_souls": (_fixed(11, 2), "all souls' day|all souls day|day of the dead"),
    "guy_fawkes": (_fixed(11, 5), "guy fawkes night|bonfire night|guy fawkes day"),
    "veterans_day": (_fixed(11, 11), "veterans day|veterans' day|veteran's day"),
    "armistice_day": (_fixed(11, 11), "armistice day|remembrance day"),
    "remembrance_sunday": (_weekday(11, 7, 2), "remembrance sunday"),
    "thanksgiving": (_thanksgiving, "thanksgiving day|thanksgiving"),
    "st_andrews_day": (_fixed(11, 30), "st andrew's day"),
    "world_aids_day": (_fixed(12, 1), "world aids day"),
    "human_rights_day": (_fixed(12, 10), "human rights day"),
    "christmas_eve": (_fixed(12, 24), "christmas eve"),
    "christmas": (_fixed(12, 25), "christmas day|christmas|xmas"),
    "boxing_day": (_fixed(12, 26), "boxing day|st stephen's day"),
    "new_years_eve": (_fixed(12, 31), "new year's eve|new years eve|hogmanay"),
    "shrove_tuesday": (_from_easter(-47), "shrove tuesday|mardi gras|pancake day|fat tuesday"),
    "ash_wednesday": (_from_easter(-46), "ash wednesday"),
    "lent": (_from_easter(-46, 46), "lent"),
    "palm_sunday": (_from_easter(-7), "palm sunday"),
    "holy_week": (_from_easter(-7, 7), "holy week"),
    "maundy_thursday": (_from_easter(-3), "maundy thursday|holy thursday"),
    "good_friday": (_from_easter(-2), "good friday"),
    "holy_saturday": (_from_easter(-1), "holy saturday|easter saturday|easter eve"),
    "easter": (_from_easter(0), "easter sunday|easter day|easter"),
    "easter_monday": (_from_easter(1), "easter monday"),
    "easter_weekend": (_from_easter(-2, 4), "easter weekend"),
    "ascension_day": (_from_easter(39), "ascension day"),
    "pentecost": (_from_easter(49), "pentecost|whit sunday|whitsun"),
    "whit_monday": (_from_easter(50), "whit monday|pentecost monday"),
    "corpus_christi": (_from_easter(60), "feast of corpus christi"),
    "orthodox_easter": (_orthodox, "orthodox easter|orthodox easter sunday"),
    "ramadan": (_ramadan, "ramadan|ramazan|ramadhan|holy month of ramadan"),
    "eid_al_fitr": (
        _tabled("eid_al_fitr", 1, SIGHTING),
        "eid al fitr|eid ul fitr|aidilfitri|hari raya aidilfitri|idul fitri|lebaran",
    ),
    "eid_al_adha": (
        _tabled("eid_al_adha", 1, SIGHTING),
        "eid al adha|eid ul adha|eid ul azha|aidiladha|hari raya haji|idul adha|feast of sacrifice",
    ),
    "islamic_new_year": (_tabled("islamic_new_year", 1, SIGHTING), "islamic new year|hijri new year"),
    "ashura": (_tabled("ashura", 1, SIGHTING), "ashura"),
    "mawlid": (_tabled("mawlid", 1, SIGHTING), "mawlid|eid e miladunnabi|milad un nabi|eid milad un nabi"),
    "eid": (_countries, "eid"),
    "lunar_new_year": (
        _tabled("lunar_new_year", 1, _LUNAR),
        "lunar new year|chinese new year|spring festival|seollal",
    ),
    "dragon_boat": (_tabled("dragon_boat", 1, _LUNAR), "dragon boat festival"),
    "mid_autumn": (_tabled("mid_autumn", 1, _LUNAR), "mid autumn festival|chuseok"),
    "diwali": (_tabled("diwali", 1, _HINDU), "diwali|deepavali"),
    "holi": (_tabled("holi", 1, _HINDU), "holi festival|festival of holi"),
    "dussehra": (_tabled("dussehra", 1, _HINDU), "dussehra|vijayadashami"),
    "nowruz": (_tabled("nowruz"), "nowruz|norooz|nauruz|persian new year"),
    "purim": (_tabled("purim", 1, _HEBREW), "purim"),
    "passover": (_tabled("passover", 8, _HEBREW), "passover"),
    "shavuot": (_tabled("shavuot", 1, _HEBREW), "shavuot"),
    "rosh_hashanah": (_tabled("rosh_hashanah", 2, _HEBREW), "rosh hashanah|rosh hashana"),
    "yom_kippur": (_tabled("yom_kippur", 1, _HEBREW), "yom kippur"),
    "sukkot": (_tabled("sukkot", 7, _HEBREW), "sukkot"),
    "hanukkah": (_tabled("hanukkah", 8, _HEBREW), "hanukkah|chanukah|hannukah"),
    "independence_day": (_countries, "independence day"),
    "labour_day": (_countries, "labour day"),
    "national_day": (_countries, "national day"),
    "republic_day": (_countries, "republic day"),
    "victory_day": (_countries, "victory day"),
    "constitution_day": (_countries, "constitution day"),
    "liberation_day": (_countries, "liberation day"),
    "teachers_day": (_countries, "teachers' day|teachers day|teacher's day"),
    "childrens_day": (_countries, "children's day"),
}  # fmt: skip
"""Key: the days of a year, and the spellings: lower case, straight apostrophes, a blank for a hyphen too, a
dot after "st" left out."""

EVENTS: dict[str, tuple[dt.date, str]] = {
    "nine_eleven": (dt.date(2001, 9, 11), "9/11"),
    "d_day": (dt.date(1944, 6, 6), "d day"),
}
"""Single days that are known by a name of their own."""

EVENT_YEARS: dict[tuple[int, int], tuple[int, str]] = {
    (9, 11): (2001, "terror|attack|hijack|commission"),
    (1, 6): (2021, "capitol|insurrection|riot|attack|committee|panel"),
    (10, 7): (2023, "attack|massacre|hamas"),
    (7, 7): (2005, "bomb|attack"),
}
"""Days of the year that name one event with the word that follows ("the Sept. 11 attacks"), and its year."""

FEAST_NAMES: dict[str, str] = {
    name: key for key, (_, names) in FEASTS.items() for name in names.split("|")
} | {name: key for key, (_, names) in EVENTS.items() for name in names.split("|")}


def feast(key: str, year: int) -> list[Day]:
    """The days of a feast in a calendar year: mostly one, none out of the table's range or where ``COUNTRY``
    decides, two where the lunar year is short.

    >>> [d.start.isoformat() for d in feast("christmas", 2023)], feast("independence_day", 2024)
    (['2023-12-25'], [])
    """
    if not 1 <= year <= 9998:
        return []
    return FEASTS[key][0](year)


def decided_by_country(key: str) -> bool:
    """Whether the day of this name differs from country to country."""
    return FEASTS[key][0] is _countries
