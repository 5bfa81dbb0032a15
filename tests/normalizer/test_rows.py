"""Mentions become rows without losing or inventing anything."""

from __future__ import annotations

from decimal import Decimal

import pytest

from newsledger.normalizer.rows import fitted_rows, mention_id
from newsledger.normalizer.schema import TABLES
from newsledger.values.cells import fit
from tests.normalizer.sample import TEXT, extraction, tables


def test_ids_sort_like_positions() -> None:
    spans = [(0, 5), (9, 12), (10, 11), (100, 101), (99_999_998, 99_999_999)]
    ids = [mention_id("a", "money", *span) for span in spans]
    assert sorted(ids) == ids
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("given", "kept", "flag"),
    [
        ("0.1234565", "0.123456", "rounded"),  # half to even, as Decimal does
        ("12e9", "12000000000", None),
        ("-0.5", "-0.5", None),
        ("99999999999999999999999999999999", "99999999999999999999999999999999", None),
        ("100000000000000000000000000000000", None, "out_of_range"),
        ("1e999999", None, "out_of_range"),
        ("NaN", None, "out_of_range"),
        ("Infinity", None, "out_of_range"),
    ],
)
def test_values_are_fitted_and_say_so(given: str, kept: str | None, flag: str | None) -> None:
    value, said = fit(Decimal(given))
    assert said == flag
    assert value == (None if kept is None else Decimal(kept))


def test_a_rounded_figure_is_flagged_in_row_and_issues() -> None:
    from dataclasses import replace

    plain = extraction()
    figure = replace(plain.money[0], value_low=Decimal("0.12345678"), value_high=Decimal("1e40"))
    [(_, rows)] = fitted_rows([replace(plain, money=(figure,))])
    (row,) = (dict(zip(TABLES["figures"].names, r, strict=True)) for r in rows["figures"])
    assert row["value_low"] == Decimal("0.123457")
    assert row["value_high"] is None
    assert row["quality"] == "out_of_range|rounded"
    codes = {dict(zip(TABLES["issues"].names, r, strict=True))["code"] for r in rows["issues"]}
    assert {"value_rounded", "value_out_of_range"} <= codes


def test_rows_are_traceable_and_sorted() -> None:
    found = tables()
    for name in ("figures", "date_mentions", "country_mentions", "person_mentions"):
        rows = found.arrow(name).to_pylist()
        assert rows
        assert all(TEXT[r["start_char"] : r["end_char"]] == r["surface"] for r in rows)
        ids = [r[TABLES[name].key[0]] for r in rows]
        assert ids == sorted(set(ids))


def test_lists_are_joined_and_empty_text_is_missing() -> None:
    (figure, _) = tables().arrow("figures").to_pylist()
    assert figure["currency_candidates"] == "USD|NAD"
    assert figure["rule"] is None
    assert figure["quality"] is None


def test_each_mention_points_at_its_person() -> None:
    found = tables()
    people = {row["person_id"]: row for row in found.arrow("people").to_pylist()}
    mentions = found.arrow("person_mentions").to_pylist()
    assert {m["person_id"] for m in mentions} == set(people)
    assert sum(p["n_mentions"] for p in people.values()) == len(mentions) == 4


def test_adding_an_article_renumbers_nothing() -> None:
    few, more = tables(extraction("b")), tables(extraction("a"), extraction("b"), extraction("c"))
    for name in ("figures", "date_mentions", "country_mentions", "person_mentions"):
        before = few.arrow(name).to_pylist()
        after = [row for row in more.arrow(name).to_pylist() if row["article_id"] == "b"]
        assert before == after


def test_people_who_cannot_be_joined_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsledger.corpus.linking import resolve

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(resolve, "link", broken)
    found = tables()
    assert [p["n_mentions"] for p in found.arrow("people").to_pylist()] == [2, 2]
    assert "identity_failed" in found.arrow("issues").column("code").to_pylist()


def test_a_mention_that_fits_no_row_is_left_out_alone() -> None:
    from dataclasses import replace

    plain = extraction()
    good = plain.countries[0]
    bad = (
        replace(good, start_char=1, mention_type="planet"),
        replace(good, start_char=2, name=None),
        replace(good, start_char=3, iso_alpha2=7),
        replace(good, candidates=(4,)),
    )
    other = replace(plain, article=replace(plain.article, article_id="other"))
    (found, rows), (same, _) = fitted_rows([replace(plain, countries=(*bad, good)), other])
    assert same == other
    assert len(rows["country_mentions"]) == 1
    assert found.countries == (good,)
    assert found.money == plain.money
    assert found.status == "partial"
    said = [issue.message for issue in found.issues if issue.code == "row_failed"]
    assert len(said) == 4
    assert "mention_type is none of name, adjective" in said[0]
