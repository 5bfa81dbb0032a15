"""The rows of the ledger point at rows that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import newsledger
from newsledger.engines.batch import run
from newsledger.values.ledger import LedgerEntry
from tests.normalizer.sample import extraction, tables


def test_a_row_repeats_its_figure_and_names_its_parties() -> None:
    found = tables()
    row = found.arrow("ledger").to_pylist()[0]
    figure = found.arrow("figures").to_pylist()[0]
    assert row["figure_id"] == figure["figure_id"]
    assert (row["value_low"], row["currency"]) == (figure["value_low"], figure["currency"])
    assert (row["payer"], row["payer_country"], row["recipient"]) == ("Namibia", "NAM", "Ana Lopez")
    assert row["ledger_flags"] == "denied|conditional"
    assert row["period_mention_id"] == found.arrow("date_mentions").to_pylist()[0]["mention_id"]
    assert row["title"] == found.arrow("articles").to_pylist()[0]["title"]


def test_a_party_who_is_a_person_has_the_id_of_the_person() -> None:
    found = tables()
    ids = set(found.people.person_id)
    parties = found.figure_parties
    assert set(parties[parties.party == "Ana Lopez"].person_id) <= ids
    assert parties[parties.party == "Namibia"].person_id.isna().all()


def test_what_points_at_no_row_is_left_out() -> None:
    plain = extraction()
    nowhere = LedgerEntry(start_char=0, end_char=7, surface="Namibia")
    found = tables(replace(plain, ledger=(*plain.ledger, nowhere), dates=()))
    assert len(found.ledger) == 1
    assert len(found.figure_links) == 0
    assert found.ledger.period_mention_id.isna().all()


def test_without_a_ledger_the_tables_are_empty() -> None:
    found = newsledger.extract("It cost $5m.", ledger=False)
    assert [len(found[name]) for name in ("figures", "ledger", "figure_parties", "figure_links")] == [
        1,
        0,
        0,
        0,
    ]
    assert (found.ledger.dtypes == newsledger.extract("It cost $5m.").ledger.dtypes).all()


def test_an_article_that_gets_another_id_keeps_its_ledger(tmp_path: Path) -> None:
    for folder, text in (("a", "The port of Santos cost $5m in 2020."), ("b", "Chad paid $7m, or €6m.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(text)
    run([str(tmp_path / "a"), str(tmp_path / "b")], tmp_path / "out", formats=["parquet"], workers=1)
    found = newsledger.read_tables(tmp_path / "out")
    assert set(found.ledger.figure_id) == set(found.figures.figure_id)
    assert len(found.ledger) == 3
    assert set(found.figure_parties.figure_id) <= set(found.figures.figure_id)
