"""Reads dates in other languages with dateparser, from exact substrings that the grammar found.

Those are days and months written in other languages ("12 de octubre de 2023"). The month names in
``foreign_months.tsv`` only say where to ask and in which language; they come from the Unicode CLDR (format,
wide) by way of Babel 2.18.

Measured traps of dateparser 1.5, and what closes each:

- it searches prose and finds "to" and "a": it is given a substring of a known shape, never a sentence;
- it guesses the language, and remembers the last one: each language is asked for by name, on its own;
- it fills parts that are missing from today: day, month and year are all required, the base is fixed;
- it tries relative readings and bare time stamps: only its reader of absolute dates is switched on;
- "1º de maio de 2024" is not read: the mark behind the day is left out.

An answer is taken only where its day and year are the digits of the text. dateparser is imported when needed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import rows

LANGUAGE_NAMES: dict[str, str] = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip
FOREIGN_MONTHS: dict[str, tuple[str, ...]] = {}
"""Names of months that are no English ones, in lower case, with the languages that write them so."""
for _row in rows(Path(__file__).with_name("foreign_months.tsv")):
    _language, *_names = _row.values()
    for _name in map(str.lower, _names):
        if _name not in ALL_MONTHS:
            FOREIGN_MONTHS[_name] = (*FOREIGN_MONTHS.get(_name, ()), _language)

_SETTINGS: dict[str, Any] = {
    "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001  # dateparser wants a naive base
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "DATE_ORDER": "DMY",
    "PREFER_LOCALE_DATE_ORDER": False,
    "PARSERS": ["absolute-time"],
}


@lru_cache(maxsize=256)
def _parsed(text: str, language: str) -> dt.datetime | None:
    from dateparser.date import DateDataParser

    parser = DateDataParser(languages=[language], settings=_SETTINGS, try_previous_locales=False)
    found = parser.get_date_data(text).date_obj
    return found if isinstance(found, dt.datetime) else None


def day(text: str, language: str) -> dt.date | None:
    """The day that ``text`` (day, month and year, nothing else) names in a language; None if it names none.

    >>> day("12 de octubre de 2023", "es"), day("31 avril 2024", "fr"), day("1º de maio de 2024", "pt")
    (datetime.date(2023, 10, 12), None, datetime.date(2024, 5, 1))
    """
    found = _parsed(re.sub(r"(?<=\d)(?:er|[º°])", "", " ".join(text.lower().split())), language)
    if found is None or sorted((found.day, found.year)) != sorted(map(int, re.findall(r"\d+", text))):
        return None
    return found.date()
