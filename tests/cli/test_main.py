"""The command line: one clear line and a documented exit code for everything that goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsledger.api import read_tables
from newsledger.cli import main
from newsledger.normalizer.schema import TABLES
from tests.engines import stubbed
from tests.engines.runs import environment


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("date 2024-04-03 Japan pledged $12 billion on Wednesday.", encoding="utf-8")
    (folder / "b.txt").write_text("=HYPERLINK(1) Namibia paid at least N$5 million.", encoding="utf-8")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One quick stand-in for all stages, where a test is not about what they find."""
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", stubbed.in_one_step)


def call(*arguments: object) -> int:
    return main.call([str(a) for a in arguments])


def test_extract_writes_all_tables(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    formats = ["parquet", "csv", "jsonl", "sqlite"]
    assert call("extract", source, "--out", out, *[x for f in formats for x in ("--format", f)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith("2 articles: 2 figures, ")
    assert "parquet, csv, jsonl, sqlite in " in printed.out
    tables = read_tables(out)
    assert tables.figures.currency.tolist() == ["USD", "NAD"]
    assert "NA" in tables.country_mentions.iso_alpha2.tolist()
    for name in TABLES:
        for ending in ("parquet", "csv", "jsonl"):
            assert (out / f"{name}.{ending}").is_file()
    record = json.loads((out / "run.json").read_text())
    assert record["rows"]["articles"] == 2
    assert record["settings"]["people_model_sha256"]
    assert re.fullmatch("[0-9a-f]{64}", record["manifest_sha256"])
    assert str(tmp_path) not in (out / "run.json").read_text()


def test_a_finished_folder_is_left_alone(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], quick: None
) -> None:
    out = tmp_path / "out"
    assert call("extract", source, "--out", out) == 0
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in out.iterdir() if p.is_file()}
    capsys.readouterr()
    assert call("extract", source, "--out", out) == 0
    assert "nothing was done" in capsys.readouterr().out
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in out.iterdir() if p.is_file()}


def test_another_format_is_added(source: Path, tmp_path: Path, quick: None) -> None:
    out, both = tmp_path / "out", tmp_path / "both"
    assert call("extract", source, "--out", out) == 0
    assert call("extract", source, "--out", out, "--format", "csv") == 0
    assert call("extract", source, "--out", both, "--format", "parquet,csv") == 0
    for path in both.iterdir():
        if path.is_file():
            assert path.read_bytes() == (out / path.name).read_bytes()


def test_other_articles_or_settings_are_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], quick: None
) -> None:
    out = tmp_path / "out"
    assert call("extract", source, "--out", out) == 0
    assert call("extract", source, "--out", out, "--default-currency", "AUD") == 2
    assert (
        f"newsledger: {out} holds a run with other settings; --fresh replaces it" in capsys.readouterr().err
    )
    (source / "c.txt").write_text("Now $7.", encoding="utf-8")
    assert call("extract", source, "--out", out) == 2
    assert "--resume brings them up to date" in capsys.readouterr().err
    assert read_tables(out).arrow("articles").num_rows == 2
    assert call("extract", source, "--out", out, "--resume") == 0
    assert "2 files taken over" in capsys.readouterr().out
    assert read_tables(out).arrow("articles").num_rows == 3
    assert call("extract", source, "--out", out, "--fresh", "--default-currency", "AUD") == 0
    assert read_tables(out).run["settings"]["default_currency"] == "AUD"


@pytest.mark.parametrize("option", ["--fresh", "--resume", "--keep-going"])
def test_what_is_not_ours_is_never_touched(
    option: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "figures.parquet").write_text("mine")
    assert call("extract", source, "--out", out, option) == 2
    printed = capsys.readouterr().err
    assert (
        printed
        == f"newsledger: {out} holds something else (figures.parquet); give a new or an empty folder\n"
    )
    assert [p.name for p in out.iterdir()] == ["figures.parquet"]
    assert (out / "figures.parquet").read_text() == "mine"


def test_fresh_refuses_a_folder_with_a_stranger_among_ours(source: Path, tmp_path: Path, quick: None) -> None:
    out = tmp_path / "out"
    assert call("extract", source, "--out", out) == 0
    (out / "notes.txt").write_text("mine")
    assert call("extract", source, "--out", out) == 0
    assert call("extract", source, "--out", out, "--fresh") == 2
    assert (out / "run.json").exists()
    (out / "notes.txt").unlink()
    assert call("extract", source, "--out", out, "--fresh") == 0


def test_the_articles_themselves_are_no_output_folder(source: Path) -> None:
    assert call("extract", source, "--out", source) == 2
    assert sorted(p.name for p in source.iterdir()) == ["a.txt", "b.txt"]


def test_the_output_is_not_read_as_input(source: Path, quick: None) -> None:
    out = source / "out"
    for _ in range(2):
        assert call("extract", source, "--out", out, "--format", "csv", "--format", "parquet") == 0
    assert read_tables(out).arrow("articles").num_rows == 2


def test_a_folder_without_articles_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").touch()
    assert call("extract", tmp_path / "in", "--out", tmp_path / "out", "--format", "csv") == 1
    tables = read_tables(tmp_path / "out")
    assert tables.arrow("articles").num_rows == 0
    assert sorted(tables.issues.code) == ["no_articles", "unknown_kind"]
    assert (tmp_path / "out" / "figures.csv").read_text().startswith("figure_id,article_id")


def test_files_that_give_no_article_at_all_are_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("")
    assert call("extract", tmp_path / "in", "--out", tmp_path / "out") == 1
    assert capsys.readouterr().err == "newsledger: no article came through whole (see issues)\n"
    assert read_tables(tmp_path / "out").issues.code.tolist() == ["empty"]


@pytest.mark.parametrize("coding", ["ascii", "cp1252", "utf-8"])
def test_no_letter_and_no_name_is_too_much_for_a_terminal(coding: str, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    file.write_text("It cost £5 million → in Zürich.", encoding="utf-8")
    for arguments in (["show", file], ["extract", file, "--out", tmp_path / "ü→", "--workers", 1]):
        done = subprocess.run(
            [sys.executable, stubbed.__file__, *map(str, arguments)],
            capture_output=True,
            env=environment(PYTHONIOENCODING=coding),
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


def test_an_output_folder_without_a_name_in_utf8_is_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("extract", source, "--out", os.fsdecode(os.fsencode(tmp_path) + b"/\xff")) == 2
    assert "must be UTF-8" in capsys.readouterr().err


def test_bad_files_are_issues_and_the_rest_goes_on(source: Path, tmp_path: Path, quick: None) -> None:
    (source / "empty.txt").write_bytes(b"")
    (source / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (source / "broken.jsonl").write_text('{"text": "It cost $3.", "id": "j1"}\n{"text": \n')
    (source / "nothing.html").write_text("<html><body></body></html>")
    formats = ["--format", "parquet", "--format", "sqlite", "--format", "csv"]
    assert call("extract", source, "--out", tmp_path / "out", *formats) == 0
    tables = read_tables(tmp_path / "out")
    assert tables.articles.article_id.tolist() == ["a.txt", "b.txt", "j1"]
    assert set(tables.issues.source_path) == {"empty.txt", "binary.txt", "broken.jsonl", "nothing.html"}
    assert set(tables.issues.severity) == {"error"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], "Missing argument 'SOURCE...'"),
        (["extract", "IN"], "Missing option '--out'"),
        (["extract", "IN/none", "--out", "OUT"], "IN/none: no such file or folder"),
        (["extract", "IN/*.nope", "--out", "OUT"], "IN/*.nope: no"),
        (["extract", "IN", "--out", "IN/a.txt"], "IN/a.txt is not a folder"),
        (["extract", "IN", "--out", "IN/a.txt/deep"], "IN/a.txt/deep is not a folder"),
        (["extract", "IN", "--out", "OUT", "--format", "pdf"], "no such format: 'pdf'"),
        (["extract", "", "--out", "OUT"], "'': an empty name is no file or folder"),
        (["extract", "IN", "--out", "OUT", "--published", "soon"], "--published: not an ISO date: 'soon'"),
        (["extract", "IN", "--out", "OUT", "--published", "2024-04-031"], "--published: not an ISO date"),
        (["extract", "IN", "--out", "OUT", "--scheduler", "tcp://h:1"], "a scheduler is for the dask engine"),
        (["extract", "IN", "--out", "OUT", "--workers", "0"], "--workers"),
        (["extract", "IN", "--out", "OUT", "--day-order", "ymd"], "--day-order"),
        (["extract", "IN", "--out", "OUT", "--engine", "ray"], "--engine"),
        (["extract", "IN", "--out", "OUT", "--encoding", "klingon"], "--encoding: no such encoding"),
        (["extract", "IN", "--out", "OUT", "--default-currency", "$"], "--default-currency: not an ISO 4217"),
        (["extract", "IN", "--out", "OUT", "--publisher-country", "AUS"], "--publisher-country: not an ISO"),
        (["extract", "IN", "--out", "OUT", "--known-people", "none.csv"], "--known-people: no such file"),
        (["extract", "IN", "--out", "OUT", "--country-policy", "IN/a.txt"], "IN/a.txt: "),
        (["extract", "IN", "--out", "OUT", "--people-model", "IN"], "neither a model folder"),
        (["extract", "IN", "--out", "OUT", "--nonsense"], "No such option: --nonsense"),
        (["shout"], "No such command 'shout'"),
        (["show", "IN"], "IN is not the folder of a run; name one of its files"),
        (["show", "IN/none.txt"], "no such file"),
    ],
)
def test_mistakes_are_one_line_and_code_2(
    arguments: list[str], message: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    def placed(text: str) -> str:
        return re.sub(r"\bIN\b", str(source), text).replace("OUT", str(out))

    assert call(*map(placed, arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("newsledger: ")
    assert printed.err.count("\n") == 1
    assert placed(message) in printed.err
    assert not out.exists()


def test_a_stage_that_fails_everywhere_is_no_success(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("newsledger.stages.names.find_in_steps", broken)
    assert call("extract", source, "--out", tmp_path / "out", "--workers", 1) == 1
    assert capsys.readouterr().err == "newsledger: no article came through whole (see issues)\n"
    assert read_tables(tmp_path / "out").arrow("articles").column("status").to_pylist() == ["partial"] * 2


def test_a_missing_extra_is_named(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert call("extract", source, "--out", tmp_path / "out", "--format", "duckdb") == 2
    assert capsys.readouterr().err == "newsledger: duckdb needs duckdb: pip install 'newsledger[duckdb]'\n"
    assert not (tmp_path / "out").exists()


def test_an_internal_error_shows_no_traceback(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oh\nno")

    monkeypatch.setattr("newsledger.engines.batch.run", broken)
    assert call("extract", source, "--out", tmp_path / "out") == 1
    assert capsys.readouterr().err.startswith(
        "newsledger: internal error, please report: RuntimeError: oh no ("
    )


def test_a_format_that_cannot_hold_the_tables_fails_alone(
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    quick: None,
) -> None:
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr("newsledger.normalizer.writers.xlsx_files.MAX_ROWS", 2)
    out = tmp_path / "out"
    assert call("extract", source, "--out", out, "--format", "xlsx", "--format", "csv") == 1
    assert "articles has 2 rows and an Excel sheet holds" in capsys.readouterr().err
    assert (out / "articles.csv").exists()
    assert not (out / "newsledger.xlsx").exists()
    assert json.loads((out / "run.json").read_text())["formats"] == ["csv"]


def test_schema_is_the_data_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("schema") == 0
    package = json.loads(capsys.readouterr().out)
    assert [r["name"] for r in package["resources"]] == list(TABLES)
    figures = next(r for r in package["resources"] if r["name"] == "figures")
    assert figures["schema"]["primaryKey"] == ["figure_id"]
    assert figures["schema"]["missingValues"] == [""]


def test_show_in_a_pipe(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("show", source / "a.txt") == 0
    printed = capsys.readouterr().out
    assert "published 2024-04-03 (header)" in printed
    assert "[Japan|country] pledged [$12 billion|money] on [Wednesday|date]." in printed
    assert "12,000,000,000" in printed
    assert "\x1b" not in printed


def test_show_without_a_date_says_so(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("show", source / "b.txt") == 0
    assert "published unknown" in capsys.readouterr().out
    assert call("show", source / "b.txt", "--published", "2024-04-03") == 0
    assert "published 2024-04-03 (option)" in capsys.readouterr().out


def test_show_one_of_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text('{"id": "x", "text": "It cost $3."}\n{"id": "y", "text": "It cost $4."}\n')
    assert call("show", file) == 2
    assert "name one with --article, such as x" in capsys.readouterr().err
    assert call("show", file, "--article", "y") == 0
    assert "[$4|money]" in capsys.readouterr().out
    assert call("show", file, "--article", "z") == 2
    assert "holds no article 'z'" in capsys.readouterr().err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--version") == 0
    assert re.fullmatch(r"newsledger \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)
    assert call() == 0
    assert "extract" in capsys.readouterr().out


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in main.app.registered_commands])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(command, "--help") == 0
    printed = capsys.readouterr().out
    assert "Usage: " in printed
    assert len(printed.splitlines()) > 4


def test_help_is_quick() -> None:
    def seconds() -> float:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "newsledger.cli.main", "--help"],
            capture_output=True,
            env=environment(),
            check=True,
        )
        return time.perf_counter() - began

    # The aim is .4 s; the bound leaves room for a busy machine.
    assert min(seconds() for _ in range(3)) < 1.0
