"""What is compared, and how: bounds, tolerances, people, edited and renamed articles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from newsledger.regression import gate
from newsledger.regression.comparison import Tolerance, compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Manifest
from newsledger.regression.runs import Run, RunArticle
from newsledger.regression.verdict import Verdict
from tests.regression import sample

TEXT = "It paid $5 million."


def figure(
    low: int | str | None, high: int | str | None, modifier: str = "exact", **values: Any
) -> dict[str, Any]:
    return {
        "value_low": None if low is None else Decimal(low),
        "value_high": None if high is None else Decimal(high),
        "modifier": modifier,
        "currency": "USD",
        "kind": "level",
        **values,
    }


def codes(gold: dict[str, Any], found: dict[str, Any], **tolerances: Tolerance) -> tuple[str, ...]:
    row = GoldRow(table="figures", surface="$5 million", place=(8, 18), values=gold)
    article = GoldArticle(article_id="a", rows=(row,))
    mention = {"start_char": 8, "end_char": 18, "surface": "$5 million", **found}
    run = Run(
        articles={"a": RunArticle(article_id="a", text=TEXT, text_sha256="", rows={"figures": [mention]})}
    )
    cases = compare(
        Gold(articles={"a": article}),
        run,
        tolerances={("figures", name): value for name, value in tolerances.items()},
    ).cases
    return next(case.codes for case in cases if case.table == "figures")


@pytest.mark.parametrize(
    ("gold", "found", "wrong"),
    [
        (figure(5, 5), figure("5.000000", "5.000000"), ()),
        (figure(5, None, "ge"), figure(5, None, "ge"), ()),
        (figure(5, None, "ge"), figure(5, 5), ("wrong_bound",)),
        (figure(5, 5), figure(5, None, "ge"), ("wrong_bound",)),
        (figure(5, None, "ge"), figure(5, None, "gt"), ("wrong_bound",)),
        (figure(5, None, "ge"), figure(None, 5, "le"), ("wrong_bound",)),
        (figure(5, None, "ge"), figure(6, None, "ge"), ("wrong_value",)),
        (figure(None, 5, "lt"), figure(None, 6, "lt"), ("wrong_value",)),
        (figure(3, 5, "range"), figure(3, 5, "range"), ()),
        (figure(3, 5, "range"), figure(3, 6, "range"), ("wrong_value",)),
        (figure(3, 5, "range"), figure(5, 5), ("wrong_value", "wrong_bound")),
        (figure(None, None, "vague"), figure(5, 5), ("wrong_value", "wrong_bound")),
        (figure(5, 5), figure(None, None, "vague"), ("wrong_value", "wrong_bound")),
        (figure(5, 5), figure(5, 5, currency=None), ("wrong_currency",)),
        (figure(5, 5, currency=None), figure(5, 5), ("wrong_currency",)),
        (figure(5, 5, "exact|estimate"), figure(5, 5, "estimate"), ()),
        (figure(5, 5, "exact|estimate"), figure(5, 5, "approx"), ("wrong_bound",)),
    ],
)
def test_values_and_bounds_are_compared_apart(
    gold: dict[str, Any], found: dict[str, Any], wrong: tuple[str, ...]
) -> None:
    assert codes(gold, found) == wrong


def test_tolerances() -> None:
    gold, found = figure(1000, 1000), figure(1001, 1001)
    assert codes(gold, found) == ("wrong_value",)
    assert codes(gold, found, amount=Tolerance(relative=Decimal("0.001"))) == ()
    assert codes(gold, found, amount=Tolerance(relative=Decimal("0.0009"))) == ("wrong_value",)
    assert codes(gold, found, amount=Tolerance(absolute=Decimal(1))) == ()
    assert codes(figure(5, 5), figure(None, None), amount=Tolerance(relative=Decimal(9))) == ("wrong_value",)


def judged(now: dict[str, str], gold: Gold | None = None) -> Verdict:
    return gate.judge_run(gold or sample.gold(), sample.run(now))


def test_an_edit_elsewhere_changes_nothing() -> None:
    now = sample.edited(
        "loan.txt", ("By Ana Lopez\n", "By Ana Lopez\n\nA new paragraph without any figure.\n")
    )
    verdict = judged(now)
    assert verdict.passed
    assert [one.gold.article_id for one in verdict.comparison.edited] == ["loan.txt"]
    assert not any("span" in fault.field for case in verdict.comparison.cases for fault in case.faults)


def test_an_edited_figure_is_compared() -> None:
    verdict = judged(sample.edited("loan.txt", ("$12 million", "$15 million")))
    (case,) = verdict.regressions
    assert (case.codes, case.anchor) == (("wrong_value",), "edited" if case.anchor == "edited" else "exact")
    assert (case.faults[0].gold, case.faults[0].found) == ("12000000..", "15000000..")


def test_an_edit_that_says_the_same_in_other_words_is_right() -> None:
    gold = sample.gold({"a": "Kenya paid about $3 million on 2024-03-05, as agreed.\n"})
    now = {"a": "Kenya paid about $3000000 on 2024-03-05, as agreed.\n"}
    assert judged(now, gold).passed


def test_a_sentence_taken_out_is_missed() -> None:
    verdict = judged(sample.edited("wires/port.txt", (", up to €50 million by 2025-01-01", "")))
    assert {(case.table, case.codes, case.anchor) for case in verdict.regressions} == {
        ("figures", ("missed",), "gone"),
        ("date_mentions", ("missed",), "gone"),
    }


def test_a_renamed_article_is_known_by_its_text() -> None:
    now = {("moved/loan.txt" if name == "loan.txt" else name): text for name, text in sample.TEXTS.items()}
    verdict = judged(now)
    assert verdict.passed
    assert [one.renamed for one in verdict.comparison.articles] == ["moved/loan.txt", None]


def test_articles_without_gold_are_not_compared() -> None:
    verdict = judged({**sample.TEXTS, "new.txt": "Peru paid $9."})
    assert verdict.passed
    assert verdict.comparison.without_gold == ("new.txt",)


def test_an_absent_article_is_missed_row_by_row() -> None:
    verdict = judged({"loan.txt": sample.TEXTS["loan.txt"]})
    pinned = sample.gold().articles["wires/port.txt"].rows
    rows = sum(row.table != "roles" for row in pinned)  # which fail only where the policy says so
    assert len(pinned) == rows + 1
    assert verdict.absent == [("wires/port.txt", rows, "")]
    assert {case.codes for case in verdict.cases("absent")} == {("missed",)}
    assert verdict.regressions == []
    (reason,) = verdict.reasons
    assert reason.startswith(f"1 article of the gold not in the source, with {rows} rows: ")
    assert "--drop-articles" in reason


def test_an_absent_article_without_rows_is_missed_as_a_whole() -> None:
    gold = sample.gold({**sample.TEXTS, "dull.txt": "Nothing."})
    (case,) = judged(dict(sample.TEXTS), gold).cases("absent")
    assert (case.table, case.article_id, case.codes) == ("articles", "dull.txt", ("missed",))


def test_none_of_the_articles_cannot_be_compared() -> None:
    with pytest.raises(CannotCompare, match=r"none of the gold's 2 articles \(loan.txt"):
        judged({"other.txt": "Peru."})


def test_gold_may_speak_of_some_rows_only() -> None:
    gold = sample.gold()
    article = gold.articles["loan.txt"]
    some = replace(
        article,
        rows=tuple(row for row in article.rows if row.table != "country_mentions"),
        complete=("figures",),
    )
    gold = replace(gold, articles={"loan.txt": some})
    assert gate.judge_run(gold, sample.run()).passed
    plant = sample.adding("money", "thanked")
    assert not gate.judge_run(gold, sample.run(plant=plant)).passed


def test_gold_may_leave_columns_out() -> None:
    gold = replace(sample.gold(), manifest=Manifest(pinned={"figures": ("value_low", "value_high")}))
    plant = sample.changing("money", currency="CAD", modifier="gt")
    assert gate.judge_run(gold, sample.run(plant=plant)).passed
    plant = sample.changing("money", value_low=Decimal(1))
    assert not gate.judge_run(gold, sample.run(plant=plant)).passed


def test_a_row_that_must_not_be_found() -> None:
    gold = sample.gold()
    article = gold.articles["loan.txt"]
    first = next(row for row in article.rows if row.table == "country_mentions")
    absent = replace(first, absent=True, values={})
    gold = replace(
        gold,
        articles={
            **gold.articles,
            "loan.txt": replace(article, rows=tuple(absent if r is first else r for r in article.rows)),
        },
    )
    (case,) = gate.judge_run(gold, sample.run()).regressions
    assert (case.codes, case.gold) == (("spurious",), absent)
    assert gate.judge_run(gold, sample.run(plant=sample.dropping("countries"))).passed


def people(*ids: str) -> dict[str, Any]:
    return {
        "person_mentions": [
            {"start_char": 3 * n, "end_char": 3 * n + 2, "surface": "Xu", "name": "Xu", "person_id": name}
            for n, name in enumerate(ids)
        ]
    }


@pytest.mark.parametrize(
    ("before", "now", "wrong"),
    [
        ("aab", "xxy", 0),  # other names for the same people
        ("aaaa", "xxxy", 1),  # one person became two
        ("aab", "xxx", 1),  # two became one
        ("aabb", "xyyx", 2),
        ("ab", "ba", 0),
    ],
)
def test_who_is_who_is_compared_by_what_belongs_together(before: str, now: str, wrong: int) -> None:
    text = "Xu " * 6
    rows = tuple(
        GoldRow(
            table="person_mentions",
            surface="Xu",
            place=(m["start_char"], m["end_char"]),
            values={"name": "Xu", "person_id": m["person_id"]},
        )
        for m in people(*before)["person_mentions"]
    )
    gold = Gold(
        articles={"a": GoldArticle(article_id="a", rows=rows)},
        manifest=Manifest(pinned={"person_mentions": ("name", "person_id")}),
    )
    run = Run(articles={"a": RunArticle(article_id="a", text=text, text_sha256="", rows=people(*now))})
    found = compare(gold, run).cases
    assert [case.codes for case in found if case.faults] == [("wrong_person",)] * wrong


def test_the_order_of_gold_rows_changes_nothing() -> None:
    gold, run = sample.gold(), sample.run(plant=sample.dropping("money"))
    turned = replace(
        gold,
        articles={
            name: replace(article, rows=article.rows[::-1])
            for name, article in reversed(list(gold.articles.items()))
        },
    )
    expected = [(case.case_id, case.codes) for case in gate.judge_run(gold, run).comparison.cases]
    assert [(case.case_id, case.codes) for case in gate.judge_run(turned, run).comparison.cases] == expected
