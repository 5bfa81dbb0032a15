"""Explanations say what was done: the rule, the words that bind, what set the currency, what was dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

import newsledger
from newsledger.api import Tables
from newsledger.explain.explain import explain, explain_article, settings_of
from newsledger.stages import countries, dates, money
from newsledger.values import trace

TEXT = (
    "Kofi Mensah, the mayor of Tema, said on Monday that the pier would cost over $3 million. "
    "It weighs 5,000 pounds and 1,200 won tickets.\n\n"
    "Turkey paid C$20 (US$15) by June 2025. Kenya Barris came. The 1999 people left."
)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return newsledger.extract(TEXT, published="2024-04-03")


def reasons(tables: Tables, words: str) -> dict[str, str]:
    return dict(explain(tables, words).reasons)


def test_the_words_that_bind_are_quoted(tables: Tables) -> None:
    assert reasons(tables, "$3 million")["bound"] == '"over" makes it gt (more than)'
    assert reasons(tables, "C$20")["bound"] == "no word beside it bounds the amount"


def test_what_set_the_currency_is_said(tables: Tables) -> None:
    assert "as written" in reasons(tables, "US$15")["currency"]
    set_one = newsledger.extract("It cost $5.", default_currency="NZD")
    assert reasons(set_one, "$5")["currency"] == "NZD by default: the default that was set"
    assert "USD" in reasons(set_one, "$5")["could be"]


def test_anchor_and_modifier_of_a_date_are_said(tables: Tables) -> None:
    assert reasons(tables, "Monday")["anchor"] == "publication, 2024-04-03 (option)"
    assert reasons(tables, "June 2025")["modifier"].startswith('"by" makes it by')


def test_every_mention_can_be_explained(tables: Tables) -> None:
    for table, key in (
        ("figures", "figure_id"),
        ("date_mentions", "mention_id"),
        ("country_mentions", "mention_id"),
        ("person_mentions", "mention_id"),
    ):
        for mention_id in tables[table][key]:
            explanation = explain(tables, mention_id)
            assert explanation.mention_id == mention_id
            assert explanation.remarks == ()
            assert f"[[{' '.join(explanation.surface.split())}]]" in " ".join(str(explanation).split())
            assert "".join(explanation.sentence) in TEXT


def test_what_was_dropped_is_said_and_why(tables: Tables) -> None:
    _, dropped = explain_article(tables)
    reasons_why = {(one.surface, one.stage): one.why for one in dropped}
    assert "weight" in reasons_why["5,000 pounds", "money"]
    assert "word" in reasons_why["1,200 won", "money"]
    assert "person" in reasons_why["Kenya", "countries"]
    assert ("1999", "dates") in reasons_why
    assert all(TEXT[one.start_char : one.end_char] == one.surface for one in dropped)
    inside = explain(tables, "$3 million").dropped
    assert [one.surface for one in inside] == []


def test_nothing_that_was_taken_is_called_dropped(tables: Tables) -> None:
    _, dropped = explain_article(tables)
    taken = {
        (row["start_char"], row["end_char"], stage)
        for table, stage in (
            ("figures", "money"),
            ("country_mentions", "countries"),
            ("date_mentions", "dates"),
        )
        for row in tables.arrow(table).to_pylist()
    }
    assert not taken & {(one.start_char, one.end_char, one.stage) for one in dropped}


@pytest.mark.parametrize("wanted", ["money:77-87", "#money:00000077-00000087", "money:77", "$3 million"])
def test_a_row_is_found_by_the_end_of_its_id(tables: Tables, wanted: str) -> None:
    assert explain(tables, wanted).surface == "$3 million"


def test_no_such_row_and_several_such_rows_are_told_apart(tables: Tables) -> None:
    with pytest.raises(KeyError, match="no row 'money:1'"):
        explain(tables, "money:1")
    twice = newsledger.extract("It cost €5, then €5.")
    with pytest.raises(ValueError, match="2 rows are '€5'"):
        explain(twice, "€5")
    with pytest.raises(KeyError, match="no article 'x'"):
        explain_article(tables, "x")


def test_settings_of_the_run_are_used_again() -> None:
    tables = newsledger.extract("It cost $5 on 04/03/2024.", default_currency="AUD", day_order="mdy")
    assert explain(tables, "$5").remarks == ()
    assert explain(tables, "04/03/2024").remarks == ()


def test_what_is_not_known_of_the_run_is_said() -> None:
    tables = newsledger.extract("It cost $5.")
    tables.run["settings"]["known_people_sha256"] = "ab"
    tables.run["settings"]["country_policy_sha256"] = "cd"
    tables.run["settings"]["people_model"] = "other"
    assert len(explain(tables, "$5").remarks) == 3
    assert settings_of({})[1] == []


def test_a_row_that_is_read_differently_now_is_said() -> None:
    tables = newsledger.extract("It cost $5.", default_currency="AUD")
    explanation = explain(tables, "$5", settings=newsledger.Settings())
    assert "this version says currency = USD, the tables AUD" in explanation.remarks


def test_html_is_escaped() -> None:
    tables = newsledger.extract("<script>x</script> It cost $5 & more.")
    html = explain(tables, "$5")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_listening_changes_nothing_and_ends() -> None:
    with trace.listening() as notes:
        heard = (money.find(TEXT), dates.find(TEXT), countries.find(TEXT))
    count = len(notes)
    assert heard == (money.find(TEXT), dates.find(TEXT), countries.find(TEXT))
    assert count == len(notes) > 0


def test_an_explanation_is_a_value(tables: Tables) -> None:
    explanation = explain(tables, "$3 million")
    assert replace(explanation, value="x") != explanation == explain(tables, "$3 million")
    assert "$3 million" in str(explanation)
    assert repr(explanation).startswith("Explanation('article#money:")
