"""On a narrow terminal columns are left out, and said to be; no word and no amount is broken."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call
from newsledger.cli.printing import RowTable
from newsledger.normalizer.display import SHOWN_COLUMNS, cell_text

SAMPLE = Path(__file__).parents[2] / "data" / "articles" / "bridge-loan.txt"
WIDTHS = [60, 80, 100, 120]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    text = SAMPLE.read_text(encoding="utf-8")
    for name, said in (("one", text), ("two", text.replace("$240 million", "$250 million"))):
        newsledger.extract(said, article_id="bridge-loan.txt").write(folder / name)
    return folder / "one", folder / "two"


def shown(width: int, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    terminal = Terminal()
    for name, value in {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert call(arguments) in (0, 1)
    lines = re.sub(r"\x1b\[[\d;]*m", "", terminal.getvalue()).splitlines()
    assert max(map(len, lines)) <= width
    return lines


def whole_words(lines: list[str], allowed: str) -> bool:
    """Whether every word in the lines is a word of what may be shown."""
    return {*" ".join(lines).split()} <= {*allowed.split()} | {"─" * n for n in range(1, 130)}


@pytest.mark.parametrize("width", WIDTHS)
def test_show(width: int, runs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    tables = newsledger.read_tables(runs[0])
    lines = shown(width, monkeypatch, "show", str(runs[0]))
    start = lines.index(next(line for line in lines if line.strip() == "figures"))
    cells = [
        cell_text(v) for name in SHOWN_COLUMNS for row in tables.arrow(name).to_pylist() for v in row.values()
    ]
    names = " ".join([*SHOWN_COLUMNS, *(c for columns in SHOWN_COLUMNS.values() for c in columns)])
    said = [line for line in lines[start:] if not line.startswith("no room for")]
    assert whole_words(said, " ".join([*cells, names]))
    headers = [line.split() for line in lines if line.startswith("surface ")]
    assert [header[0] for header in headers] == ["surface"] * 4
    assert (headers[0][-1] == "currency_basis") == (width >= 100)


@pytest.mark.parametrize("width", WIDTHS)
def test_query(width: int, runs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb")
    columns = ["surface", "value_low", "currency", "sentence", "modifier", "kind", "rule", "quality", "zone"]
    sql = f"select {', '.join(columns)} from figures"
    lines = shown(width, monkeypatch, "query", str(runs[0]), sql)
    figures = newsledger.read_tables(runs[0]).arrow("figures").to_pylist()
    allowed = " ".join([*columns, *(str(v) for row in figures for v in row.values())])
    amounts = [cell_text(row["value_low"]) for row in figures]
    printed, _, left_out = "\n".join(lines).partition("no room for ")
    assert whole_words(printed.splitlines(), " ".join([allowed, *amounts]))
    assert ("zone; --format csv gives them" in " ".join(left_out.split())) == (width < 100)
    assert all(amount in " ".join(lines) for amount in amounts)


@pytest.mark.parametrize("width", WIDTHS)
def test_diff_and_explain(width: int, runs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    wide = shown(400, monkeypatch, "diff", *map(str, runs))
    assert whole_words(shown(width, monkeypatch, "diff", *map(str, runs)), " ".join(wide))
    wide = shown(400, monkeypatch, "explain", str(runs[0]))
    assert whole_words(shown(width, monkeypatch, "explain", str(runs[0])), " ".join(wide))


def test_an_address_is_broken_rather_than_all_else_left_out() -> None:
    table = RowTable(columns=["url", "n"], rows=[["https://news.example/" + "a" * 80, "12,000"]])
    assert table.least_width() < 60


def test_a_pipe_gets_all_columns(runs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb")
    sql = "select " + ", ".join(f"'{'word' * 6}' as c{n}" for n in range(12))
    assert call(["query", str(runs[0]), sql]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"c0 .* c11", printed)
    assert "no room" not in printed
