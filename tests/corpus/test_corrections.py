"""Corrections: written, found again, applied wherever they reach, stale where they no longer fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import newsledger
from newsledger import Article
from newsledger.api import Tables, read_tables
from newsledger.cli.main import call
from newsledger.corpus.corrections import CorrectionsError, read_corrections
from newsledger.engines import batch
from newsledger.normalizer.schema import TABLES
from newsledger.values.settings import Settings

TEXTS = {
    "a": "TORONTO, April 3, 2024 - Ana Lopez, the transport minister, said on Wednesday that the city paid "
    "$5 million for a bridge.\n\nLopez added that Japan would lend $40 million in 2023, and that a fare "
    "costs $3.",
    "b": "LIMA, April 4, 2024 - Ana Maria Lopez opened a school on Monday. Georgia paid $7 million "
    "to Peter Smith.",
    "c": "PARIS, April 5, 2024 - Ana Lopez, the pianist, met Peter Smith. The concert cost 2 million euros.",
}
Correct = Callable[..., int]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    newsledger.extract_articles(articles()).to_parquet(folder)
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corrections.jsonl"


@pytest.fixture
def correct(plain: Path, file: Path) -> Correct:
    def made(row: str, *options: str, reason: str = "read again") -> int:
        given = ["--file", str(file), "--reason", reason, "--date", "2024-05-01"]
        return call(["correct", str(plain), row, *given, *options])

    return made


def articles(**changed: str) -> list[Article]:
    return [Article(text=text, article_id=name) for name, text in (TEXTS | changed).items()]


def run(file: Path, **changed: str) -> Tables:
    return newsledger.extract_articles(articles(**changed), corrections=file)


def rows(tables: Tables, name: str, key: str, *columns: str) -> dict[str, Any]:
    found = {row[key]: tuple(row[c] for c in columns) for row in tables.arrow(name).to_pylist()}
    return {k: v[0] if len(v) == 1 else v for k, v in found.items()}


def stale(tables: Tables) -> list[str]:
    return [r["message"] for r in tables.arrow("issues").to_pylist() if r["code"] == "correction_stale"]


def test_a_corrected_figure_reaches_the_ledger(correct: Correct, file: Path) -> None:
    assert correct("$5 million", "--set", "currency=USD") == 0
    assert correct("$7 million", "--set", "value=8e6", "--set", "payer=GEO", "--set", "status=cancelled") == 0
    tables = run(file)
    figures = rows(tables, "figures", "surface", "value_low", "currency", "currency_basis")
    assert figures["$5 million"] == (5_000_000, "USD", "correction")
    ledger = rows(tables, "ledger", "surface", "value_high", "currency", "payer", "status", "countable")
    assert ledger["$5 million"][1] == "USD"
    assert ledger["$7 million"] == (8_000_000, "USD", "GEO", "cancelled", False)
    made = rows(tables, "corrections", "field", "table_name", "machine_value", "corrected_value", "reason")
    assert made["currency"] == ("figures", "CAD", "USD", "read again")
    assert made["payer"] == ("ledger", None, "GEO", "read again")
    assert stale(tables) == []


def test_conversion_takes_the_corrected_currency(correct: Correct, file: Path, tmp_path: Path) -> None:
    assert correct("$5 million", "--set", "currency=AUD") == 0
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,rate\n2024-04-03,AUD,0.5\n")
    tables = newsledger.extract_articles(articles(), corrections=file, convert_to="USD", rates=rates)
    assert rows(tables, "ledger", "surface", "converted_low")["$5 million"] == Decimal(2_500_000)


def test_a_dropped_row_takes_with_it_what_hangs_on_it(correct: Correct, file: Path) -> None:
    assert correct("$3", "--drop") == 0
    assert correct("c#person:00000051-00000062", "--drop") == 0
    assert correct("2023", "--drop") == 0
    tables = run(file)
    assert "$3" not in rows(tables, "figures", "surface", "figure_id")
    for name in ("ledger", "figure_parties", "figure_links"):
        assert not any("00000200" in str(row) for row in tables.arrow(name).to_pylist())
    assert rows(tables, "people", "person_id", "n_articles", "n_mentions")["peter-smith"] == (1, 1)
    dates = set(tables.arrow("date_mentions").column("mention_id").to_pylist())
    assert {*tables.arrow("ledger").column("period_mention_id").to_pylist()} - {None} <= dates


def test_a_corrected_country_has_all_its_codes(correct: Correct, file: Path) -> None:
    assert correct("Georgia", "--set", "iso_alpha3=USA") == 0
    found = rows(run(file), "country_mentions", "surface", "iso_alpha2", "iso_alpha3", "name", "basis")
    assert found["Georgia"] == ("US", "USA", "United States", "correction")


def test_a_judgement_says_for_good_who_is_who(correct: Correct, file: Path) -> None:
    assert correct("Ana Maria Lopez", "--same-as", "ana-lopez--transport-minister") == 0
    assert correct("b#person:00000092-00000103", "--not-same-as", "peter-smith") == 0
    people = rows(run(file), "people", "person_id", "name", "n_articles", "n_mentions", "aliases")
    assert people["ana-lopez--transport-minister"] == ("Ana Lopez", 2, 3, "Ana Maria Lopez|Lopez")
    assert people["peter-smith"][1:3] == (1, 1)
    assert len(people) == 4
    # Without the namesake the ids are others, and the judgements hold.
    tables = run(file, c="LIMA - Peter Smith paid $2.", d="OSLO - Peter Smith sang.")
    people = rows(tables, "people", "person_id", "n_articles")
    assert people == {
        "ana-lopez": 2,
        "peter-smith": 2,
        **{k: 1 for k in people if k.startswith("peter-smith-")},
    }
    assert stale(tables) == []


def test_the_later_of_two_corrections_holds(correct: Correct, file: Path, plain: Path) -> None:
    assert correct("$5 million", "--set", "currency=USD") == 0
    assert correct("$5 million", "--set", "currency=AUD") == 0
    assert rows(run(file), "figures", "surface", "currency")["$5 million"] == "AUD"
    assert correct("b#person:00000092-00000103", "--not-same-as", "peter-smith") == 0
    assert correct("b#person:00000092-00000103", "--confirm") == 0
    tables = run(file)
    assert tables.arrow("corrections").num_rows == 4
    assert stale(tables) == []


def test_words_are_found_again_in_a_text_that_was_edited(correct: Correct, file: Path) -> None:
    for row in ("$7 million", "$40 million"):
        assert correct(row, "--set", "currency=AUD") == 0
    edited = TEXTS["b"].replace("Georgia", "Later, Georgia").replace("to Peter", "to old Peter")
    found = run(file, b=edited)
    assert rows(found, "figures", "surface", "currency")["$7 million"] == "AUD"
    assert stale(found) == []
    twice = run(file, b=TEXTS["b"] + "\n\n" + TEXTS["b"])
    assert "stands in 2 places" in stale(twice)[0]
    gone = run(file, b="LIMA - Nothing was paid.")
    assert "no longer there" in stale(gone)[0]
    assert rows(gone, "figures", "surface", "currency")["$40 million"] == "AUD"


def test_what_the_program_says_otherwise_is_not_overwritten(correct: Correct, file: Path) -> None:
    assert correct("$7 million", "--set", "currency=AUD") == 0
    assert correct("$3", "--confirm") == 0
    changed = newsledger.extract_articles(articles(), corrections=file, default_currency="NZD")
    assert rows(changed, "figures", "surface", "currency")["$7 million"] == "NZD"
    assert "the program now says 'NZD', not 'USD'" in stale(changed)[0]
    already = newsledger.extract_articles(articles(), corrections=file, default_currency="AUD")
    assert rows(already, "figures", "surface", "currency")["$7 million"] == "AUD"
    assert not [message for message in stale(already) if "set" in message]


def test_an_article_that_is_missing_or_has_another_id(correct: Correct, file: Path) -> None:
    assert correct("2 million euros", "--set", "currency=FRF") == 0
    assert "not in this run" in stale(newsledger.extract_articles(articles()[:2], corrections=file))[0]
    moved = newsledger.extract_articles([Article(text=TEXTS["c"], article_id="z")], corrections=file)
    assert rows(moved, "figures", "surface", "currency") == {"2 million euros": "FRF"}


@pytest.mark.parametrize(
    ("row", "options", "said"),
    [
        ("$3", ["--set", "currency=XXY"], "not an ISO 4217 code"),
        ("$3", ["--set", "modifier=huge"], "none of exact"),
        ("$3", ["--set", "modifier="], "there must be a value"),
        ("$3", ["--set", "value_low=many"], "no decimal"),
        ("$3", ["--set", "value_low=0.12345678"], "more than six decimals"),
        ("$3", ["--set", "value_low=9"], "above value_high"),
        ("$3", ["--set", "colour=red"], "no field to correct"),
        ("$3", ["--set", "currency=CAD"], "already"),
        ("$3", ["--set", "currency"], "FIELD=VALUE"),
        ("2023", ["--set", "start_date=soon"], "soon"),
        ("$3", ["--drop", "--confirm"], "say one of"),
        ("$3", ["--same-as", "peter-smith"], "not a mention of a person"),
        ("Ana Maria Lopez", ["--same-as", "nobody"], "no such person"),
        ("Ana Maria Lopez", ["--not-same-as", "ana-maria-lopez"], "no other article"),
        ("$99", ["--drop"], "no row"),
        ("$3", ["--drop", "--reason", " "], "say why"),
        ("$3", ["--drop", "--date", "May"], "May"),
    ],
)
def test_what_cannot_be_right_is_refused(
    correct: Correct, file: Path, capsys: pytest.CaptureFixture[str], row: str, options: list[str], said: str
) -> None:
    assert correct(row, *options) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_the_file_is_only_ever_added_to(
    correct: Correct, file: Path, plain: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct("$3", "--drop") == 0
    first = file.read_bytes()
    assert correct("$3", "--drop") == 0
    assert "already" in capsys.readouterr().out
    file.write_bytes(first.rstrip(b"\n"))
    assert correct("$7 million", "--confirm") == 0
    assert file.read_bytes().startswith(first)
    assert call(["correct", str(plain), "--file", str(file)]) == 0
    assert "2 corrections" in capsys.readouterr().out
    assert (
        call(["correct", str(plain), "$3", "--drop", "--file", str(plain / "c.jsonl"), "--reason", "x"]) == 2
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"new": "GBP"}, "content was changed"),
        ({"correction_id": None, "action": "guess"}, "no such action"),
        ({"correction_id": None, "made_on": "today"}, "line 1"),
        ({"correction_id": None, "start_char": "1"}, "start_char"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_line_that_is_none_is_refused(
    correct: Correct, file: Path, change: dict[str, Any], said: str
) -> None:
    assert correct("$3", "--set", "currency=AUD") == 0
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(CorrectionsError, match=said):
        read_corrections(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"field": "colour"}, "no field"), ({"table": "people"}, "no table"), ({"new": "XXY"}, "ISO 4217")],
)
def test_a_line_that_no_table_can_take_is_refused(
    correct: Correct, file: Path, change: dict[str, Any], said: str
) -> None:
    assert correct("$3", "--set", "currency=AUD") == 0
    file.write_text(json.dumps({**json.loads(file.read_text()), "correction_id": None} | change))
    with pytest.raises(CorrectionsError, match=said):
        run(file)


@pytest.fixture
def add(correct: Correct) -> Correct:
    def made(article: str, table: str, quote: str, *values: str, **more: str) -> int:
        given = [part for value in values for part in ("--set", value)]
        return correct(article, "--add", table, "--quote", quote, *given, *more.get("options", "").split())

    return made


def test_rows_that_the_program_misses_are_added(add: Correct, file: Path, plain: Path) -> None:
    assert add("a", "figures", "a fare", "value=3.5", "currency=CAD", "payer=riders", "status=paid") == 0
    assert add("a", "country_mentions", "the city", "iso_alpha3=CAN") == 0
    assert add("b", "date_mentions", "a school", "start_date=2024-05-01") == 0
    assert add("c", "person_mentions", "the pianist", "name=Ana Lopez") == 0
    assert add("c", "person_mentions", "The concert", "name=Ulla Brandvold", "role=Conductor") == 0
    tables = run(file)
    before, after = read_tables(plain), tables
    for name in ("figures", "ledger", "country_mentions", "date_mentions"):
        assert after.arrow(name).num_rows == before.arrow(name).num_rows + 1
    figure = rows(
        tables, "figures", "surface", "value_low", "value_high", "currency", "currency_basis", "zone"
    )
    assert figure["a fare"] == (Decimal("3.5"), Decimal("3.5"), "CAD", "correction", "body")
    ledger = rows(tables, "ledger", "surface", "value_low", "payer", "status", "countable", "sentence")
    assert ledger["a fare"][:4] == (Decimal("3.5"), "riders", "paid", True)
    assert "a fare costs $3" in ledger["a fare"][4]
    country = rows(tables, "country_mentions", "surface", "iso_alpha2", "name", "basis")
    assert country["the city"] == ("CA", "Canada", "correction")
    date = rows(tables, "date_mentions", "surface", "timex_value", "end_date", "basis")
    assert date["a school"][0] == str(date["a school"][1]) == "2024-05-01"
    people = rows(tables, "person_mentions", "surface", "person_id")
    pianist = next(
        p for (m, p) in rows(tables, "person_mentions", "mention_id", "person_id").items() if "c#" in m
    )
    assert people["the pianist"] == pianist
    assert people["The concert"] == "ulla-brandvold"
    assert rows(tables, "people", "person_id", "roles")["ulla-brandvold"] == "Conductor"
    assert set(people.values()) == set(rows(tables, "people", "person_id", "name"))
    made = rows(tables, "corrections", "row_id", "action", "machine_value", "corrected_value")
    assert [said[:2] for said in made.values()] == [("add", None)] * 5
    assert stale(tables) == []
    assert read_tables(plain).arrow("figures").num_rows == before.arrow("figures").num_rows


def test_an_added_row_moves_with_its_words_and_gives_way_to_the_program(add: Correct, file: Path) -> None:
    assert add("a", "figures", "a fare", "value=3.5", "currency=CAD") == 0
    moved = run(file, a=TEXTS["a"].replace("Lopez added", "Much later Lopez added"))
    assert rows(moved, "figures", "surface", "start_char")["a fare"] == TEXTS["a"].index("a fare") + 11
    gone = run(file, a=TEXTS["a"].replace("a fare", "one fare"))
    assert "no longer there" in stale(gone)[0]
    said = json.loads(file.read_text()) | {"correction_id": None}
    start = TEXTS["a"].index("$3.")
    said |= {"start_char": start, "end_char": start + 2, "surface": "$3"}
    file.write_text(json.dumps(said))
    assert "the program now finds '$3' there" in stale(run(file))[0]
    file.write_text(json.dumps(said | {"new": json.dumps({"value_low": "3", "currency": "CAD"})}))
    found = run(file)
    assert stale(found) == []
    assert list(rows(found, "figures", "surface", "figure_id")).count("$3") == 1
    assert rows(found, "corrections", "action", "machine_value")["add"] == "3|3|exact|CAD|level|"


def test_an_added_row_is_corrected_like_any_other(add: Correct, file: Path, tmp_path: Path) -> None:
    assert add("a", "figures", "a fare", "value=3.5", "currency=CAD") == 0
    folder = tmp_path / "again"
    run(file).to_parquet(folder)
    options = ["--file", str(file), "--reason", "x", "--date", "2024-05-02"]
    assert call(["correct", str(folder), "a fare", "--set", "currency=USD", *options]) == 0
    assert rows(run(file), "figures", "surface", "currency")["a fare"] == "USD"
    assert call(["correct", str(folder), "a fare", "--drop", *options]) == 0
    assert "a fare" not in rows(run(file), "figures", "surface", "currency")
    assert stale(run(file)) == []
    assert call(["explain", str(folder), "a fare"]) == 0
    assert call(["report", str(folder), "--html", str(tmp_path / "r.html")]) == 0


@pytest.mark.parametrize(
    ("table", "quote", "values", "said"),
    [
        ("figures", "a ticket", ["value=1"], "does not stand in the article"),
        ("figures", "$3", ["value=4"], "is a row already"),
        ("figures", "a fare", [], "say what the figure is"),
        ("figures", "a fare", ["value=1", "currency=XXY"], "ISO 4217"),
        ("figures", "a fare", ["value_low=2", "value_high=1"], "above"),
        ("figures", "that", ["value=1"], "--at says which"),
        ("country_mentions", "a fare", [], "say which country"),
        ("date_mentions", "a fare", [], "say what the date is"),
    ],
)
def test_rows_that_cannot_be_added_are_refused(
    add: Correct,
    file: Path,
    capsys: pytest.CaptureFixture[str],
    table: str,
    quote: str,
    values: list[str],
    said: str,
) -> None:
    assert add("a", table, quote, *values) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_a_week_of_appends_gives_the_bytes_of_one_run_in_partitions(
    correct: Correct, add: Correct, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert correct("$5 million", "--set", "currency=AUD") == 0
    assert correct("b#person:00000092-00000103", "--not-same-as", "peter-smith") == 0
    assert add("a", "figures", "a fare", "value=3.5", "currency=CAD") == 0
    assert add("c", "person_mentions", "the pianist", "name=Ana Lopez") == 0
    assert add("c", "person_mentions", "The concert", "name=Ulla Brandvold") == 0
    source = tmp_path / "in"
    source.mkdir()
    settings = Settings(corrections=file)
    wire = " ".join(f"Ana Brankovic paid ${n} million for berth {n} of the harbour." for n in range(30))
    days = [{"wire.txt": wire}, {"cut.txt": wire[:1200]}]
    days += [{name: text} for name, text in TEXTS.items()]
    for number, day in enumerate(days):
        for name, text in day.items():
            (source / name).with_suffix(".txt").write_text(text)
        later = "resume" if number else "auto"
        summary = batch.run([source], tmp_path / "out", settings=settings, workers=1, existing=later)  # type: ignore[arg-type]
        assert summary.reused == number
    monkeypatch.setattr("newsledger.engines.people.ITEMS", 2)
    monkeypatch.setattr("newsledger.corpus.copies.PARTITION", 20)
    batch.run([source], tmp_path / "whole", settings=settings, workers=2)
    names = [*(f"{name}.parquet" for name in TABLES), "run.json", "datapackage.json"]
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    tables = read_tables(tmp_path / "whole")
    assert rows(tables, "articles", "article_id", "duplicate_of")["cut.txt"] == "wire.txt"
    assert tables.arrow("corrections").num_rows == 5  # by the hash of the text: the ids are others
    memory = newsledger.extract_articles(newsledger.read_articles(source), settings=settings)
    for name in TABLES:
        assert memory.arrow(name).equals(tables.arrow(name)), name


def test_corrections_read_no_article_again(
    correct: Correct, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name, text in TEXTS.items():
        (source / f"{name}.txt").write_text(text)
    batch.run([source], tmp_path / "out", workers=1)
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", None)
    assert correct("$5 million", "--set", "currency=AUD") == 0
    for more in ({}, {"convert_to": "USD"}):
        settings = Settings(corrections=file, **more)  # type: ignore[arg-type]
        summary = batch.run([source], tmp_path / "out", settings=settings, workers=1, existing="resume")
        assert summary.reused == 3
    ledger = rows(read_tables(tmp_path / "out"), "ledger", "surface", "currency", "converted_currency")
    assert ledger["$5 million"] == ("AUD", "USD")
    memory = newsledger.extract_articles(newsledger.read_articles(source), settings=settings)
    for name in TABLES:
        assert memory.arrow(name).equals(read_tables(tmp_path / "out").arrow(name)), name


def test_gold_is_made_of_corrected_rows_and_checks_the_program(
    correct: Correct, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, gold = tmp_path / "in", str(tmp_path / "gold")
    source.mkdir()
    (source / "a.txt").write_text(TEXTS["a"])
    assert correct("$5 million", "--set", "currency=AUD") == 0
    said = {**json.loads(file.read_text()), "article_id": "a.txt", "correction_id": None}
    file.write_text(json.dumps(said))
    assert call(["accept", gold, str(source), "--corrections", str(file), "--reason", "read"]) == 0
    assert call(["check", gold]) == 1
    assert "1 regression" in capsys.readouterr().out
    assert call(["check", gold, "--corrections", str(file)]) == 0


def test_gold_holds_the_rows_that_were_added(add: Correct, file: Path, tmp_path: Path) -> None:
    source, gold = tmp_path / "in", str(tmp_path / "gold")
    source.mkdir()
    (source / "a.txt").write_text(TEXTS["a"])
    assert add("a", "figures", "a fare", "value=3.5", "currency=CAD") == 0
    said = {**json.loads(file.read_text()), "article_id": "a.txt", "correction_id": None}
    file.write_text(json.dumps(said))
    assert call(["accept", gold, str(source), "--corrections", str(file), "--reason", "read"]) == 0
    assert call(["check", gold]) == 1
    assert call(["check", gold, "--corrections", str(file)]) == 0
