"""Publication dates: what the text states, what file names and metadata say, and what is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.document.published import from_file_name, from_metadata, from_text
from newsledger.document.written_dates import NotADate, parse
from newsledger.lexicons.calendar import ALL_MONTHS, ALL_WEEKDAYS

BODY = "The harbour board said on Tuesday that it would dredge the northern channel before the autumn storms."
DAY = dt.date(2024, 4, 3)  # a Wednesday

STATED = [
    # the text's own header
    (" date 2024-04-03 During a call the ministers agreed.", "header"),
    (f"Date: 2024-04-03\n{BODY}", "header"),
    (f"Published: 3 April 2024\n\n{BODY}", "header"),
    (f"PUBLISHED ON: April 3, 2024, 10:30 a.m. EDT\n\n{BODY}", "header"),
    (f"Date: Wed, 03 Apr 2024 08:15:00 +0900\n\n{BODY}", "header"),
    (f"pubDate: 2024-04-03T22:59:00Z\n\n{BODY}", "header"),
    (f"Posted on Wednesday, April 3rd, 2024\n\n{BODY}", "header"),
    (f"Harbour to be dredged\n\n3 April 2024\n\n{BODY}", "header"),
    (f"Harbour to be dredged\nApril 03, 2024\n{BODY}", "header"),
    (f"Harbour to be dredged\n\nWednesday, April 3, 2024\n\n{BODY}", "header"),
    (f"Harbour to be dredged\nBy Ana Lima, Quay News, 3 April 2024\n\n{BODY}", "header"),
    (f"By Ana Lima | April 3, 2024 | 5:30 pm\n\n{BODY}", "header"),
    (f"---\ntitle: 'Harbour'\ndate: 2024-04-03 08:00 # local\n---\n\n{BODY}", "header"),
    (f"Updated: 5 April 2024\nPublished: 3 April 2024\n\n{BODY}", "header"),
    (f"2 April 2024\nPublished: 3 April 2024\n\n{BODY}", "header"),
    (f"Harbour to be dredged\n3 April 2024\nLast updated: 5 April 2024\n\n{BODY}", "header"),
    (
        f"Harbour to be dredged\nBy Ana Lima\n3 April 2024\nThe board updated its plan on Monday.\n{BODY}",
        "header",
    ),
    (f"FOR IMMEDIATE RELEASE\nApril 3, 2024\n\n{BODY}", "header"),
    (f"Published: 03/04/2024\n\nPublished: 3 April 2024\n\n{BODY}", "header"),
    # its dateline
    (f"NAIROBI, 3 April 2024 - {BODY}", "dateline"),
    (f"NEW YORK, April 3, 2024 (Quay News) — {BODY}", "dateline"),
    (f"DURBAN, South Africa, Apr 3 2024 (QN) - {BODY}", "dateline"),
    (f"Sydney and Kuala Lumpur, Apr 3 2024 (QN) - {BODY}", "dateline"),
    (f"CAIRO – 3 April 2024: {BODY}", "dateline"),
    (f"SINGAPORE (April 3, 2024) — {BODY}", "dateline"),
    (f"WASHINGTON, D.C., April 3, 2024 /QN Newswire/ -- {BODY}", "dateline"),
    (f"(Porto) 3 April 2024 – {BODY}", "dateline"),
    (f"3 April 2024, Porto – {BODY}", "dateline"),
    (f"BRUSSELS, 3 April 2024. {BODY}", "dateline"),
    (f"Harbour to be dredged\n\nWednesday, April 3, 2024 {BODY}", "dateline"),
    (f"Harbour To Be Dredged\n\nBy Ana Lima\n\nPORTO, 3 April 2024 - {BODY}", "dateline"),
]

NOT_STATED = [
    "",
    BODY,
    f"CHICAGO, April 2 - {BODY}",  # no year
    f"PORTO - {BODY}",
    f"Published: 03/04/2024\n\n{BODY}",  # two readings
    f"Published: 31 April 2024\n\n{BODY}",  # no such day
    f"Published: Thursday, 3 April 2024\n\n{BODY}",  # that was a Wednesday
    f"PORTO, 31 June 2024 - {BODY}",
    f"Last updated: 3 April 2024\n\n{BODY}",
    f"Harbour\n\n© 3 April 2024 Quay News\n\n{BODY}",
    f"Today: April 3, 2024\n\n{BODY}",  # when the page was printed
    f"On 3 April 2024 - a cold day - {BODY}",
    "None of us has forgotten April 3, 2024. It rained.",
    "April 3, 2024 is the day the harbour opens.",
    f"{BODY}\n\nPublished: 3 April 2024",  # at the end
    f"{BODY}\n\nPORTO, 3 April 2024 - {BODY}",
    f"April 2024\n\n{BODY}",
    "Published 3 April 2024 in a journal, the study found little.",
]


@pytest.mark.parametrize(("text", "basis"), STATED, ids=[t[:60] for t, _ in STATED])
def test_what_the_text_states(text: str, basis: str) -> None:
    assert from_text(text) == (DAY, basis)


@pytest.mark.parametrize("text", NOT_STATED, ids=[t[:60] for t in NOT_STATED])
def test_what_is_not_stated_or_not_certain(text: str) -> None:
    assert from_text(text) is None


@pytest.mark.parametrize(("order", "day"), [("dmy", dt.date(2024, 4, 3)), ("mdy", dt.date(2024, 3, 4))])
def test_the_user_may_say_which_order_is_meant(order: Any, day: dt.date) -> None:
    assert from_text(f"Published: 03/04/2024\n\n{BODY}", day_order=order) == (day, "header")
    assert from_metadata("03/04/2024", day_order=order) == day


@pytest.mark.parametrize(
    "path",
    [
        "2024-04-03_harbour.txt",
        "20240403-harbour.txt",
        "harbour_2024_04_03.html",
        "harbour.2024.04.03.md",
        "news/2024/04/03/harbour.txt",
        "harbour-3-april-2024.txt",
        "harbour_apr_3_2024.txt",
        "2024-04-03/harbour-2024-04-03.txt",
    ],
)
def test_file_names(path: str) -> None:
    assert from_file_name(path) == DAY


@pytest.mark.parametrize(
    "path",
    [
        "harbour.txt",
        "harbour-2024.txt",
        "2024-04.txt",
        "2024-04-01_2024-04-07.txt",
        "2024-13-40.txt",
        "2024-02-30.txt",
        "doc-120240403.txt",
        "20240403123456.txt",
        "03-04-2024.txt",
        "10-2024-04-03456.txt",
        "1234567890.txt",
    ],
)
def test_file_names_without_a_certain_day(path: str) -> None:
    assert from_file_name(path) is None


@pytest.mark.parametrize(
    "value",
    [
        "2024-04-03",
        "2024-04-03T23:59:59+09:00",
        "2024-04-03 23:59",
        "2024-04-03T23:59:59.123Z",
        "20240403",
        20240403,
        "Wed, 03 Apr 2024 23:00:00 GMT",
        "April 3, 2024, 11:00 PM",
        "3 Apr 2024",
        "2024/04/03",
        dt.date(2024, 4, 3),
        dt.datetime(2024, 4, 3, 23, 59),  # noqa: DTZ001
        1712102400,
        1712102400000,
        "1712102400",
        1712102400.5,
    ],
)
def test_metadata(value: object) -> None:
    assert from_metadata(value) == DAY


@pytest.mark.parametrize("value", [None, "", "  ", "None", "NaN", "null", float("nan")])
def test_no_metadata(value: object) -> None:
    assert from_metadata(value) is None


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("04/03/2024", "4 March or 3 April"),
        ("2024-02-30", "no day"),
        ("yesterday", "not a full date"),
        ("April 2024", "not a full date"),
        ("Thursday, 3 April 2024", "no such weekday"),
        (7, "not a date"),
        (True, "not a full date"),
        (1e300, "not a date"),
        ({"day": 3}, "not a full date"),
    ],
)
def test_metadata_that_is_refused_says_why(value: object, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        from_metadata(value)


@pytest.mark.parametrize("month", ALL_MONTHS)
def test_every_month_name(month: str) -> None:
    day = dt.date(2024, ALL_MONTHS[month], 9)
    assert parse(f"9 {month} 2024") == parse(f"{month.title()}. 9, 2024") == day
    assert from_text(f"PORTO, {month.title()} 9, 2024 - {BODY}") == (day, "dateline")


@pytest.mark.parametrize("weekday", ALL_WEEKDAYS)
def test_every_weekday_is_checked(weekday: str) -> None:
    day = dt.date(2024, 4, 1) + dt.timedelta(ALL_WEEKDAYS[weekday] - 1)
    assert parse(f"{weekday.title()}, {day.day} April 2024") == day
    with pytest.raises(NotADate):
        parse(f"{weekday.title()}, {day.day + 7 + 1} April 2024")


@given(st.dates(dt.date(1600, 1, 1), dt.date(2199, 12, 31)))
def test_spellings_of_any_day(day: dt.date) -> None:
    month = next(name for name, number in ALL_MONTHS.items() if number == day.month).title()
    assert parse(day.isoformat()) == day
    assert parse(f"{day.day} {month} {day.year}") == day
    assert parse(f"{month} {day.day}, {day.year}") == day
    assert from_text(f"date {day.isoformat()} The board met.") == (day, "header")


@given(st.text())
def test_no_text_raises(text: str) -> None:
    from_text(text)
    from_file_name(text)
    with contextlib.suppress(NotADate):
        from_metadata(text)
