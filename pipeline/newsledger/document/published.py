"""Finds the publication date in the text, the file name or the metadata of an article.

The ladder, the first that gives a day wins:

1. *header*: ``date 2024-04-03``, ``Published: 3 April 2024``, a bare date line, a byline with a date, or
   ``date:`` in YAML front matter, at the top of the text;
2. *metadata*: the record's date field, or the page's own metadata;
3. *dateline*: ``NAIROBI, 3 April 2024 -`` at the beginning of the first paragraph;
4. *filename*: ``2024-04-03_story.txt``, ``2024/04/03/story.txt`` (one article to a file);
5. *option*: the day given for the whole run, for articles that state none.

A dateline without a year (``CHICAGO, April 2 -``) gives none, and what is impossible or can be read in two
ways (04/03/2024) is not guessed. Lines that say "updated" are no publication date.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from newsledger.document.layout import Layout, lay_out
from newsledger.document.words import WORDS
from newsledger.document.written_dates import DATE, NotADate, parse
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.values.article import as_date, is_missing
from newsledger.values.settings import DayOrder

_DATE = lazy_regex(DATE, re.IGNORECASE)
_SAYS_PUBLISHED = lazy_regex(
    r"\W*(?:date|dated|(?:first |date )?published|"
    r"publication date|pub ?date|posted|issued|release date)\b",
    re.IGNORECASE,
)
_SAYS_UPDATED = lazy_regex(
    r"\b(?:updated|modified|accessed|retrieved|copyright|embargoed?)\b|©", re.IGNORECASE
)
_FRONT_MATTER_DATE = lazy_regex(
    r"^(?:date|published|publish_?date|pub_?date|date_?published|published_?(?:at|on))[ \t]*:[ \t]*[\"']?"
    r"([^\"'#\n\r]+)",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE = (
    r"[^\W\d_a-z][\w.'’]*(?:(?:[ \t]*[,/&][ \t]*|[ \t]+(?:[–—-][ \t]+)?|-)"
    r"(?:[^\W\d_a-z][\w.'’]*|and|of|de|del|di|do|da|la|le|el|al|es|sur|upon|on|the|near|aboard)){0,8}"
)
_AGENCY = r"[ \t]*,?[ \t]*[(/\[][^)/\]\n]{2,40}[)/\]]"
_DASH = r"[ \t]*(?:-{1,2}|[–—:|])"
_DATELINES = (
    lazy_regex(  # NAIROBI, 3 April 2024 -
        rf"\(?{_PLACE}\)?(?:{_AGENCY})?[ \t]*[,(|/–—-]*[ \t]*\(?(?P<date>(?i:{DATE}))\)?"
        rf"(?:(?:{_AGENCY})?(?:{_DASH}|[ \t]*\Z)|{_AGENCY})"
    ),
    # BRUSSELS, 3 April 2024. In capitals: "None of us forgot May 1, 2001." is a sentence.
    lazy_regex(rf"[^\W\d_a-z][^a-z\d\n]{{1,60}}[ \t,(]\(?(?P<date>(?i:{DATE}))\)?\.(?=[ \t])"),
    lazy_regex(  # 3 April 2024, Nairobi -
        rf"(?P<date>(?i:{DATE}))(?:{_AGENCY}{_DASH}|"
        rf"{_DASH}?[ \t]*,?[ \t]*{_PLACE}(?:{_AGENCY})?{_DASH}(?=[ \t]))"
    ),
    # Wednesday, April 3, 2024 The bank ...
    lazy_regex(rf"(?P<date>(?=[A-Z][a-z]+day\b)(?i:{DATE}))[ \t]+(?=[A-Z\"“])"),
)
_TOP = 40  # no header is longer
_NOT_A_PLACE = lazy_regex(rf"(?:{any_of(WORDS['not_a_place'])})\b")


def _parsed(written: str, day_order: DayOrder | None) -> dt.date | None:
    try:
        return parse(written, day_order)
    except NotADate:
        return None


def _from_header(layout: Layout, day_order: DayOrder | None) -> dt.date | None:
    """The publication date in the lines above the first paragraph, or None."""
    bare = None
    for segment in layout.segments[:_TOP]:
        if segment.zone == "body":
            break
        if segment.zone == "heading":
            continue
        line = layout.text[segment.start : segment.end]
        matter = line.startswith("---")
        says_published = matter or _SAYS_PUBLISHED.match(line)
        if not says_published and (bare or _SAYS_UPDATED.search(line[:200])):
            continue
        stated = _FRONT_MATTER_DATE.search(line) if matter else _DATE.search(line)
        found = _parsed(stated[1 if matter else 0], day_order) if stated else None
        if found and says_published:
            return found
        bare = bare or found
    return bare


def _from_dateline(layout: Layout, day_order: DayOrder | None) -> dt.date | None:
    """The full date of the dateline that begins the first paragraph, or None."""
    body = next((s for s in layout.segments if s.zone == "body"), None)
    if body is None:
        return None
    line = layout.text[body.start : min(body.end, body.start + 200)]
    found = next(filter(None, (pattern.match(line) for pattern in _DATELINES)), None)
    if found is None or _NOT_A_PLACE.match(line):
        return None
    return _parsed(found["date"], day_order)


def from_text(
    text: str, layout: Layout | None = None, *, day_order: DayOrder | None = None
) -> tuple[dt.date, Literal["header", "dateline"]] | None:
    """The publication date the text states, with its basis ("header" or "dateline"), or None.

    >>> from_text(" date 2024-04-03 During a call")
    (datetime.date(2024, 4, 3), 'header')
    >>> from_text("Port reopens\\nBy Ana Lima\\n3 May 2024\\nShips left Santos on Friday.")
    (datetime.date(2024, 5, 3), 'header')
    >>> from_text("Last updated: 4 May 2024\\n\\nShips left Santos on Friday.")
    >>> from_text("CAIRO – 26 July 2022: The embassy reopened.")
    (datetime.date(2022, 7, 26), 'dateline')
    >>> from_text("Wednesday, April 3, 2024 The bank said it would wait.")
    (datetime.date(2024, 4, 3), 'dateline')
    >>> from_text("CHICAGO, April 2 - The bank said it would wait.")
    """
    view = (layout or lay_out(text)).view.layout
    header = _from_header(view, day_order)
    if header:
        return header, "header"
    dateline = _from_dateline(view, day_order)
    return (dateline, "dateline") if dateline else None


_IN_NAME = lazy_regex(
    r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)|"
    rf"(?<![^\W_])((?i:{DATE}))(?![^\W_])"
)


def from_file_name(path: str) -> dt.date | None:
    """The one day that a path names, or None if it names none or several.

    >>> from_file_name("2024-04-03_port.txt"), from_file_name("news/2024/04/03/port.html")
    (datetime.date(2024, 4, 3), datetime.date(2024, 4, 3))
    >>> from_file_name("port-3-april-2024.txt")
    datetime.date(2024, 4, 3)
    >>> from_file_name("week_2024-04-01_2024-04-07.txt")
    """
    days = set()
    for source in (path, re.sub(r"[-_,. ]+", " ", path)):
        for found in _IN_NAME.finditer(source):
            written = f"{found[1]}-{found[3]}-{found[4]}" if found[1] else found[0]
            day = _parsed(written, None)
            if day:
                days.add(day)
    return days.pop() if len(days) == 1 else None


def from_metadata(value: object, *, day_order: DayOrder | None = None) -> dt.date | None:
    """The day of a metadata value: ISO or written date, ``date``, ``datetime``, or seconds since 1970 (UTC).

    None for an empty value; raises NotADate (a ValueError) with the reason for any other.

    >>> from_metadata("Wed, 03 Apr 2024 08:00:00 GMT"), from_metadata(1712131200), from_metadata("")
    (datetime.date(2024, 4, 3), datetime.date(2024, 4, 3), None)
    """
    if is_missing(value):
        return None
    if isinstance(value, dt.date):
        return as_date(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    written = str(value).strip()
    if written.lower() in ("", "none", "null", "nan", "nat", "n/a", "unknown"):
        return None
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{13}", written, re.ASCII):
        return _from_number(float(written))
    return parse(written, day_order)


def _from_number(value: float) -> dt.date:
    if 15000101 <= value <= 21991231 and value == int(value):
        return parse(str(int(value)))
    if abs(value) >= 1e11:
        value /= 1000
    if not 1e8 <= value < 4.2e9:
        raise NotADate(f"{value!r} is not a date")
    return dt.datetime.fromtimestamp(value, dt.UTC).date()
