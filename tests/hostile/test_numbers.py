"""Numbers that nobody would write: each costs itself at most, and what stands beside it is found."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.extraction import Tools, extract_article, load_tools
from newsledger.values import trace
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction

BEFORE = "The port of Lima took $7 million on 3 May 2019."
AFTER = "It had asked Chile for €9 in June 2018."
TOKENS = [
    *(
        "1,500.5",
        "1,234.50/75",
        "20241",
        "9" * 30,
        "9" * 45,
        "1e400",
        "1e-999",
        "5⁶",
        "10²²",
        "٣٥",
        "３５",
        "५",
    ),
    *(
        "1.2.3.4",
        "1,2,3,4",
        "00",
        "0",
        "-0",
        "½½",
        "2½/3",
        "1/0",
        "3/7/9",
        "5..5",
        ".5.",
        "1'000'00",
        "١٢٣٤٥",
    ),
    *(
        "two million million",
        "hundred and and five",
        "twenty-twenty",
        "half half",
        "dozen dozen",
        "zero point",
    ),
    *(
        "1,00,00,000",
        "12 34 567",
        "1\u202f000\u202f000",
        "9" * 12 + ",999",
        "0." + "0" * 30 + "1",
        "1/" + "9" * 20,
    ),
]
WRAPPED = [
    "{} hours",
    "${}",
    "${} million",
    "{} crowns",
    "{} trillion trillion dollars",
    "FY{}",
    "{} years ago",
]
WRAPPED += [
    "in {} weeks",
    "€{} to €{}",
    "between {} and {} pounds",
    "May {}",
    "{} May {}",
    "{}/{}/{}",
    "Q{} {}",
]
WRAPPED += ["rose {} cents to ${}", "the {}th century", "the {}s", "at {}:{}", "{} and a half million euros"]
WRAPPED += [
    "£{}-{}",
    "${}m ({} million yen)",
    "until {}",
    "{} B.C.",
    "20{}",
    "{} per cent of ${}",
    "{}p",
    "Rs {} crore",
]


@cache
def tools() -> Tools:
    return load_tools()


def read(text: str, published: str | None) -> Extraction:
    return extract_article(Article(text=text, published=published), tools())


def assert_sound(found: Extraction) -> None:
    text = found.article.text
    assert {issue.code for issue in found.issues} <= {"no_date", "bad_number"}
    assert found.status == "ok"
    for mention in (*found.money, *found.dates, *found.countries, *found.people):
        assert text[mention.start_char : mention.end_char] == mention.surface
    for figure in found.money:
        if figure.value_low is not None and figure.value_high is not None:
            assert figure.value_low <= figure.value_high < Decimal(10) ** 32
    for date in found.dates:
        assert not (date.start_date and date.end_date and date.start_date > date.end_date)


HOSTILE = st.lists(
    st.tuples(st.sampled_from(WRAPPED), st.lists(st.sampled_from(TOKENS), min_size=3, max_size=3)),
    min_size=1,
    max_size=4,
).map(lambda parts: ", ".join(form.format(*tokens) for form, tokens in parts))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE, st.sampled_from([None, "2019-06-01"]))
def test_a_hostile_number_costs_itself_only(hostile: str, published: str | None) -> None:
    found = read(f"{BEFORE}\n\nThey spoke of {hostile}, he said.\n\n{AFTER}", published)
    assert_sound(found)
    assert {"$7 million", "€9"} <= {figure.surface for figure in found.money}
    assert {"3 May 2019", "June 2018"} <= {date.surface for date in found.dates}


@pytest.mark.parametrize("token", TOKENS)
def test_each_number_in_each_place(token: str) -> None:
    for form in WRAPPED:
        assert_sound(read(f"They spoke of {form.format(token, token, token)}.", "2019-06-01"))


def test_a_candidate_that_raises_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    money = import_module("newsledger.stages.money.find")

    make = money.make_mention

    def failing(draft, *args):  # type: ignore[no-untyped-def]
        if draft.figure.low == 9:
            raise ArithmeticError("too odd")
        return make(draft, *args)

    monkeypatch.setattr(money, "make_mention", failing)
    found = read(f"{BEFORE} {AFTER}", "2019-06-01")
    assert [figure.surface for figure in found.money] == ["$7 million"]
    assert [(issue.stage, issue.severity, issue.code) for issue in found.issues] == [
        ("money", "warning", "bad_number")
    ]
    assert found.issues[0].message == "'€9' was not read: ArithmeticError: too odd"
    assert found.status == "ok"


def test_nothing_is_kept_where_nobody_collects() -> None:
    assert trace.attempt("money", "$5", 0, 2, lambda: int("five")) is None
