"""Whatever is wrong with a command line: exit code 2, and one line that says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newsledger.cli.main import call

EXTRACT = "extract {in} --out {out}"
ARTICLE_OPTIONS = (
    *("--published yesterday", "--published 2024-13-01", "--published ''", "--published 1/2/2024/5"),
    *("--encoding latin-99", "--encoding ''", "--day-order ymd", "--day-order ''"),
    *("--default-currency XXQ", "--default-currency dollar", "--default-currency ''"),
    *("--publisher-country ZZ", "--publisher-country Atlantis", "--publisher-country ''"),
    *("--fiscal-year-start 0", "--fiscal-year-start 13", "--fiscal-year-start april"),
    *("--country-policy {missing}", "--country-policy {in}", "--country-policy {nested}"),
    *(
        "--known-people {missing}",
        "--known-people {in}",
        "--known-people {people}",
        "--people-model {missing}",
    ),
    *("--config {missing}", "--config {in}", "--config {nested}", "--config {wrong_option}"),
    *("--convert-to ZZZ", "--convert-to ''", "--rates {missing}", "--corrections {missing}"),
    *("--time-limit 0", "--time-limit -1", "--time-limit inf", "--time-limit nan", "--time-limit soon"),
    *("--workers 0", "--workers -1", "--workers many", "--workers 1.5"),
    *("--text-feild x", "--publishd x", "--no-such-option"),
)
LINES = (
    *(f"{EXTRACT} {option}" for option in ARTICLE_OPTIONS),
    *(
        f"{EXTRACT} {option}"
        for option in ("--format pdf", "--format ''", "--format csv,", "--format parket")
    ),
    *(
        f"{EXTRACT} {option}"
        for option in ("--engine spark", "--scheduler tcp://x:1", "--out", "--keep text")
    ),
    *(
        "extract",
        "extract {in}",
        "extract --out {out}",
        "extract '' --out {out}",
        "extract {missing} --out {out}",
    ),
    *("extract {missing}/*.txt --out {out}", "extract {empty} --out {out}", "extract {in} --out {in}"),
    *("extract {in} --out {file}", "extract {in} --out {file}/x", "extract {in} {missing} --out {out}"),
    *("extract {run} --out {run}", "extract {in} --out {mine}", "extract {in} --out {mine} --fresh"),
    *("extract {in} --out {mine} --resume", "extract {in} --out {run} --default-currency AUD"),
    *("show", "show {missing}", "show {run} no-such-id", "show {file} a b c", "show {empty}", "show {in}"),
    *("show {file} --article nothing", "show {file} --published never", "show {file} --workers 2"),
    *(
        "explain",
        "explain {missing}",
        "explain {run} no-such-id",
        "explain {file} money:9999",
        "explain {empty}",
    ),
    *("query", "query {run}", "query {missing} 'select 1'", "query {empty} 'select 1'"),
    *("query {run} 'selekt 1'", "query {run} 'select * from nothing'", "query {run} ''"),
    *("query {run} 'select 1' --format xml", "query {database} 'select 1'", "query {file} 'select 1'"),
    *("query {run} 'drop table figures'", "query {run} \"select * from '/etc/passwd'\""),
    *("report", "report {run}", "report {missing} --html {page}", "report {empty} --html {page}"),
    *("report {run} --html {table}", "report {run} --html {in}", "report {run} --html {page} --color"),
    *(
        "check {missing}",
        "check {empty}",
        "check {file}",
        "check {run} --format xml",
        "check {run} --budget -1",
    ),
    *(
        "check {run} --absent maybe",
        "check {run} --kinds cats",
        "check {run} --report x",
        "check {run} --report a=b",
    ),
    *("check {run} --config {missing}", "check {run} --config {nested}", "check {run} {missing}"),
    *("accept {gold} {missing}", "accept {gold} {empty}", "accept {gold} {in} --truth {missing}"),
    *("accept {gold} {in} --config {missing}", "accept {gold} {in} --time-limit nan"),
    *("diff", "diff {run}", "diff {run} {missing}", "diff {missing} {run}", "diff {run} {run} --format html"),
    *("evaluate {missing}", "evaluate {empty}", "evaluate {run} --format pdf", "evaluate {run} {missing}"),
    *(
        "correct {missing}",
        "correct",
        "schema now",
        "schema --format json",
        "nonsense",
        "--nonsense",
        "extrakt {in}",
    ),
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("wrong")
    names = "in out run empty mine missing file page people table gold nested wrong_option database"
    found = {name: base / name for name in names.split()}
    for name in ("in", "empty", "mine"):
        found[name].mkdir()
    found["file"] = base / "file.txt"
    for path in (found["in"] / "a.txt", found["mine"] / "figures.parquet", found["file"]):
        path.write_text("It paid $5 million.", encoding="utf-8")
    found["nested"] = base / "nested.toml"
    found["nested"].write_text("a = " + "[" * 5_000 + "]" * 5_000)
    found["people"].write_text("id,name,country\nlund,Ada Lund,Atlantis\n")
    found["wrong_option"] = base / "wrong.toml"
    found["wrong_option"].write_text("no_such = 1")
    found["database"] = base / "other.sqlite"
    sqlite3.connect(found["database"]).close()
    assert call(["extract", str(found["in"]), "--out", str(found["run"]), "-q", "--workers", "1"]) == 0
    found["table"] = found["run"] / "figures.parquet"
    return found


def test_the_table_is_long_enough() -> None:
    assert len(set(LINES)) >= 108


@pytest.mark.parametrize("line", LINES)
def test_a_wrong_command_line_exits_2(
    line: str, places: dict[str, Path], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.chdir(places["empty"].parent)
    code = call([part.format(**places) for part in shlex.split(line)])
    printed = capfd.readouterr()
    assert (code, printed.err.count("\n")) == (2, 1), printed.err
    assert printed.err.startswith("newsledger: ")
    assert "internal error" not in printed.err
    assert (places["mine"] / "figures.parquet").read_text() == "It paid $5 million."
