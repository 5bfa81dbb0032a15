"""The settings of the check, and what they mean for the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from newsledger.regression import gate
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold
from newsledger.regression.policy import Policy, load_policy
from newsledger.regression.reports import text
from newsledger.regression.runs import Run
from newsledger.regression.verdict import Verdict
from newsledger.values.extraction import Extraction
from tests.regression import sample


def judged(settings: dict[str, Any], run: Run, gold: Gold | None = None) -> Verdict:
    return gate.judge_run(gold or sample.gold(), run, policy=Policy.of(settings))


def both(*plants: Callable[[Extraction], Extraction]) -> Run:
    def plant(found: Extraction) -> Extraction:
        for one in plants:
            found = one(found)
        return found

    return sample.run(plant=plant)


WRONG_CURRENCY = sample.changing("money", currency="CAD")
WRONG_SIGN = sample.changing("money", 1, sign="-")
MISSED_DATE = sample.dropping("dates")
EXTRA = sample.adding("countries", "was due")


@pytest.mark.parametrize(
    ("settings", "passes"),
    [
        ({}, False),
        ({"kinds": ["figures"]}, False),
        ({"kinds": ["dates", "people"]}, True),
        ({"ignore": ["figures.currency"]}, True),
        ({"ignore": ["figures.wrong_currency"]}, True),
        ({"ignore": ["money"]}, True),
        ({"ignore": ["*.span", "dates"]}, False),
        ({"budget": 1}, True),
        ({"budget": {"figures": 1}}, True),
        ({"budget": {"dates": 3}}, False),
        ({"budget": {"total": 1, "figures": 0}}, False),
        ({"budget": 1, "ratchet": True}, False),
    ],
)
def test_what_gates(settings: dict[str, Any], passes: bool) -> None:
    assert judged(settings, both(WRONG_CURRENCY)).passed is passes


def test_what_does_not_gate_is_still_told() -> None:
    verdict = judged({"ignore": ["figures.currency"]}, both(WRONG_CURRENCY, WRONG_SIGN))
    assert verdict.status_counts()["ignored"] == 1
    assert verdict.status_counts()["regression"] == 1


def test_an_article_without_gold_fails_where_gold_is_required() -> None:
    run = sample.run({**sample.TEXTS, "new.txt": "Peru paid $9."})
    assert judged({}, run).passed
    verdict = judged({"require_gold": True}, run)
    assert verdict.reasons == ("1 article of the source without gold: newsledger accept pins what is found",)
    assert "✗ new.txt  without gold" in text.render(verdict)


def test_the_budget_counts_whole_cases() -> None:
    run = both(WRONG_CURRENCY, WRONG_SIGN, MISSED_DATE)
    assert judged({"budget": 3}, run).passed
    verdict = judged({"budget": 2}, run)
    assert verdict.reasons == ("3 regressions, the budget is 2",)
    verdict = judged({"budget": {"figures": 2}}, run)
    assert verdict.reasons == (
        "3 regressions, the budget is 2",
        "date_mentions: 1 regression, its budget is 0",
    )


def test_the_ratchet_bears_what_was_never_right() -> None:
    """A row too much was not right before; a row that was right may not be lost."""
    assert judged({"budget": 1, "ratchet": True}, both(EXTRA)).passed
    verdict = judged({"budget": 1, "ratchet": True}, both(MISSED_DATE))
    assert verdict.reasons == ("1 row that was right is wrong now, which the ratchet forbids",)


def test_the_ratchet_does_not_hold_a_fresh_correction_against_the_program() -> None:
    gold = sample.gold()
    article = gold.articles["loan.txt"]
    rows = tuple(
        replace(row, values={**row.values, "currency": "HKD"}) if row.surface == "$12 million" else row
        for row in article.rows
    )
    gold = replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=rows)})
    assert judged({"budget": 1, "ratchet": True}, sample.run(), gold).passed


def test_tolerances_are_by_field() -> None:
    low = sample.changing("money", value_low=Decimal("12000001"))
    assert not judged({}, both(low)).passed
    assert judged({"tolerance": {"figures": {"amount": {"relative": Decimal("0.001")}}}}, both(low)).passed
    assert judged({"tolerance": {"figures.value_low": {"absolute": 1}}}, both(low)).passed
    span = sample.stretching("money", 0, 3)
    assert judged({"tolerance": {"*": {"span": {"characters": 3}}}}, both(span)).passed
    assert not judged({"tolerance": {"*": {"span": {"characters": 2}}}}, both(span)).passed
    day = sample.changing("dates", end_date=sample.PUBLISHED)
    assert judged({"tolerance": {"dates": {"days": {"days": 2}}}}, both(day)).passed


def test_floors() -> None:
    run = both(WRONG_CURRENCY)
    settings: dict[str, Any] = {"budget": 1, "floors": {"figures": {"value": Decimal("0.8")}}}
    assert judged(settings, run).passed
    settings["floors"]["figures"]["value"] = Decimal("0.81")
    assert judged(settings, run).reasons == ("figures value F1 0.8000 is below its floor 0.81",)
    settings["floors"] = {"figures": {"currency": 1, "amount": 1}}
    assert judged(settings, run).reasons == ("figures currency F1 0.8000 is below its floor 1",)


@pytest.mark.parametrize(
    ("settings", "passes"),
    [
        ({}, False),
        ({"kinds": ["dates"]}, True),
        ({"kinds": ["money"]}, False),
        ({"ignore": ["figures.currency"]}, True),
        ({"ignore": ["figures.sign"]}, False),
    ],
)
def test_what_does_not_gate_breaks_no_floor(settings: dict[str, Any], passes: bool) -> None:
    settings = {**settings, "budget": 9, "floors": {"figures": {"value": 1}, "money": {"full": 1}}}
    verdict = judged(settings, sample.run(plant=sample.changing("money", currency="CAD")))
    assert verdict.passed == passes
    assert verdict.measures["figures"].levels["value"].f1 < 1


def test_absent_articles() -> None:
    run = sample.run({"loan.txt": sample.TEXTS["loan.txt"]})
    assert not judged({}, run).passed
    verdict = judged({"absent": "ignore"}, run)
    assert verdict.passed
    assert verdict.measures["figures"].gold == 2


def test_floors_rise_and_never_sink_unnoticed() -> None:
    gold = sample.gold()
    full = gate.judge_run(gold, sample.run())
    gold, worse = gate.update(gold, full)
    assert worse == ()
    assert gold.manifest.floors["figures"] == {name: Decimal(1) for name in ("span", "value", "full")}
    lower = judged({"budget": 1}, both(WRONG_CURRENCY), gold)
    assert lower.reasons == (
        "figures value F1 0.8000 is below its floor 1.0000",
        "figures full F1 0.8000 is below its floor 1.0000",
    )
    same, worse = gate.update(gold, lower)
    assert same is gold
    assert len(worse) == 2
    gold, worse = gate.update(gold, lower, allow_regression=True)
    assert worse == ()
    assert gold.manifest.floors["figures"]["value"] == Decimal("0.8000")
    assert judged({}, both(WRONG_CURRENCY), gold).passed  # a known fault now
    gold, worse = gate.update(gold, judged({}, sample.run(), gold))
    assert gold.manifest.floors["figures"]["value"] == 1
    assert not judged({}, both(WRONG_CURRENCY), gold).passed


@pytest.mark.parametrize(
    "settings", [{"kinds": ["dates"]}, {"ignore": ["figures.currency", "figures.spurious", "figures.missed"]}]
)
@pytest.mark.parametrize(
    "plant",
    [sample.changing("money", currency="CAD"), sample.adding("money", "thanked"), sample.dropping("money")],
)
def test_an_update_makes_nothing_known_that_does_not_gate(
    settings: dict[str, Any], plant: sample.Plant
) -> None:
    gold, worse = gate.update(sample.gold(), judged(settings, sample.run(plant=plant)))
    assert not worse
    assert not any(row.known for _, row in gold.rows())
    assert len(judged({}, sample.run(plant=plant), gold).regressions) == 1


@pytest.mark.parametrize("allowed", [False, True])
def test_an_update_of_edited_words_holds_for_the_words_of_today(allowed: bool) -> None:
    run = sample.run(sample.edited("loan.txt", ("$12 million", "$17 million")))
    gold = sample.gold()
    made, worse = gate.update(gold, judged({}, run, gold), allow_regression=allowed)
    assert bool(worse) != allowed
    assert judged({}, run, made).passed == allowed
    if allowed:
        row = next(row for _, row in made.rows() if row.surface == "$17 million")
        assert row.values["value_low"] == 12_000_000
        assert row.known == ("wrong_value",)
        assert not row.hand


def test_an_update_does_not_take_a_regression_within_the_budget_for_granted() -> None:
    gold = sample.gold()
    verdict = judged({"budget": 9}, both(WRONG_CURRENCY, EXTRA, MISSED_DATE), gold)
    assert verdict.passed
    same, worse = gate.update(gold, verdict)
    assert (same, worse) == (gold, ("3 regressions within the budget would become known faults",))
    gold, _ = gate.update(gold, verdict, allow_regression=True)
    assert judged({}, both(WRONG_CURRENCY, EXTRA, MISSED_DATE), gold).passed
    assert not judged({}, both(WRONG_CURRENCY, EXTRA, WRONG_SIGN), gold).passed


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"tolerances": {}}, "no setting tolerances"),
        ({"kinds": ["sums"]}, "no kind 'sums'"),
        ({"kinds": "figures"}, ""),
        ({"ignore": ["figures.colour"]}, "no field 'figures.colour'"),
        ({"budget": Decimal("0.5")}, "whole number of cases"),
        ({"budget": -1}, "whole number of cases"),
        ({"budget": True}, "whole number of cases"),
        ({"ratchet": 1}, "true or false"),
        ({"absent": "no"}, "fail"),
        ({"gold": 3}, "is a text"),
        ({"source": [3]}, "list of texts"),
        ({"floors": {"figures": {"speed": 1}}}, "no measure speed"),
        ({"floors": {"figures": {"value": 2}}}, "is a share"),
        ({"floors": {"figures": {"value": "high"}}}, "is a number"),
        ({"tolerance": {"figures": {"currency": {"relative": 1}}}}, "right or wrong"),
        ({"tolerance": {"figures": {"amount": 1}}}, "no amount"),
        ({"tolerance": {"figures": {"amount": {"relative": -1}}}}, "not less than 0"),
        ({"tolerance": {"dates": {"days": {"days": Decimal("1.5")}}}}, "whole number"),
    ],
)
def test_a_setting_that_cannot_be(settings: dict[str, Any], message: str) -> None:
    if not message:
        assert Policy.of(settings)
        return
    with pytest.raises(CannotCompare, match=message) as caught:
        Policy.of(settings)
    assert caught.value.why == "configuration"


def test_settings_are_found_in_the_nearest_pyproject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.newsledger.check]\ngold = "gold"\nsource = "articles"\nbudget = 2\nrequire-reason = true\n'
        'tolerance."*".span = {characters = 1}\ntolerance.figures.amount = {relative = 0.001}\n'
    )
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    policy = load_policy()
    assert (policy.gold, policy.source) == (tmp_path / "gold", (str(tmp_path / "articles"),))
    assert (policy.budget, policy.require_reason) == (2, True)
    assert policy.tolerances["figures", "amount"].relative == Decimal("0.001")
    monkeypatch.chdir(tmp_path)
    assert load_policy().gold == Path("gold")


@pytest.mark.parametrize("head", ["", "[tool.newsledger.check]\n"])
def test_settings_may_have_a_file_of_their_own(head: str, tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_text(f'{head}ignore = ["figures.sign"]\n')
    assert not load_policy(tmp_path / "gate.toml").gates("figures", "sign")


def test_files_that_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(CannotCompare, match="no such file"):
        load_policy(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("budget = \n")
    with pytest.raises(CannotCompare, match=r"bad\.toml"):
        load_policy(tmp_path / "bad.toml")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load_policy(start=tmp_path) == Policy.of({})
