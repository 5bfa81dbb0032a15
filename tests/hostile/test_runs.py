"""A folder in which everything is unkind, through the command line: nothing lost, run or let out."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import newsledger
from newsledger.api import read_tables
from newsledger.cli.main import call
from newsledger.normalizer.display import safe_text
from tests.engines.runs import ROOT, snapshot

FORMULA = '=HYPERLINK("http://example.org","x")'
MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=cmd|' /C calc'!A0")


def hostile_folder(folder: Path) -> Path:
    folder.mkdir()
    names = {
        "plain.txt": "Ana Lopez paid $3 million to Peru on Monday.",
        "new\nline.txt": "Ben Cole paid $4 million.",
        "=2+5.txt": f"{FORMULA} cost $5 million, said Ana Lopez.",
        "<b>&amp;.txt": f"{MARKUP} It cost $6 million, said Mr. <i>Cole</i>.",
        "bidi \u202etxt.txt": "It cost \u202e$7 million\u202c in Japan.",
        "%s %(a)s {0}.txt": "It cost {0} $8 million %s.",
        "-rf.txt": "It cost $9 million.",
        "control.txt": "It cost\x1b[31m $10 million\x07 on Monday." + " That was all there was to say." * 30,
        "surrogate.json": json.dumps({"text": "It cost \ud83d $11 million.", "id": "\udc80"}),
        "empty.txt": "",
        "blank.txt": " \n\t ",
        "types.json": '[{"text": 5}, 5, null, [], {"text": ["a", 1]}, {"id": {}, "text": "So $12 million."}]',
        "long.txt": "9" * 200_000 + " It cost $13 million.",
    }
    for name, text in names.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / os.fsdecode(b"not utf-8 \xff.txt")).write_text("It cost $14 million.")
    records = [{"id": f, "title": f, "text": f"{f} It cost $15 million, said {f} Lopez."} for f in FORMULAS]
    (folder / "formulas.jsonl").write_text("\n".join(map(json.dumps, records)))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "It cost $16 million."}\n' * 500)[:-20])
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(bytes(20_000_000)))
    secret = folder.parent / "outside"
    secret.mkdir()
    (secret / "secret.txt").write_text("A secret of $999 million.")
    (folder / "link.txt").symlink_to(secret / "secret.txt")
    (folder / "linked").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder, and the tables of it in every format."""
    base = tmp_path_factory.mktemp("hostile")
    source, out = hostile_folder(base / "in"), base / "out"
    assert call(["extract", str(source), "--out", str(out), "--format", FORMATS, "-q", "--workers", "1"]) == 0
    return source, out


FORMATS = "parquet,csv,jsonl,xlsx,sqlite"


def test_every_file_is_an_article_or_an_issue(run: tuple[Path, Path]) -> None:
    source, out = run
    tables = read_tables(out)
    said = set(tables.arrow("articles").column("source_path").to_pylist())
    said |= set(tables.arrow("issues").column("source_path").to_pylist())
    there = {path.name for path in source.iterdir() if path.name not in ("linked", "loop")}
    assert there - said == {"new\nline.txt", os.fsdecode(b"not utf-8 \xff.txt")}
    assert {"new\\x0aline.txt", "not utf-8 \\xff.txt"} <= said
    amounts = set(map(int, tables.arrow("figures").column("value_low").drop_null().to_pylist()))
    assert {n * 1_000_000 for n in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)} <= amounts
    assert 999_000_000 not in amounts


def test_every_figure_stands_in_its_article(run: tuple[Path, Path]) -> None:
    tables = read_tables(run[1])
    texts = {row["article_id"]: row["text"] for row in tables.arrow("articles").to_pylist()}
    for name in ("figures", "date_mentions", "country_mentions", "person_mentions"):
        for row in tables.arrow(name).to_pylist():
            assert texts[row["article_id"]][row["start_char"] : row["end_char"]] == row["surface"]


def test_no_cell_of_a_spreadsheet_is_a_formula(run: tuple[Path, Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    _, out = run
    csv.field_size_limit(1_000_000)
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        for row in rows[1:]:
            for cell in row:
                plain = cell.replace(".", "", 1).replace("-", "", 1).isdecimal()
                assert plain or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), cell
    books = list(out.glob("*.xlsx"))
    assert books
    for path in books:
        for sheet in openpyxl.load_workbook(path).worksheets:
            for cells in sheet.iter_rows():
                assert all(cell.data_type != "f" for cell in cells)
                assert all(cell.hyperlink is None for cell in cells if isinstance(cell.value, str))


def test_formulas_come_back_as_they_were(run: tuple[Path, Path], tmp_path: Path) -> None:
    _, out = run
    for path in [*out.glob("*.csv"), out / "datapackage.json", out / "run.json"]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    ids = set(read_tables(tmp_path).arrow("articles").column("article_id").to_pylist())
    expected = set(read_tables(out).arrow("articles").column("article_id").to_pylist())
    assert ids == expected
    assert {"=1+1", "@SUM(A1)"} <= ids


def test_two_workers_write_the_same_bytes(run: tuple[Path, Path], tmp_path: Path) -> None:
    import subprocess
    import sys

    source, out = run
    done = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "newsledger.cli.main",
                "extract",
                str(source),
                "--out",
                str(tmp_path / "two"),
            ),
            *("--format", "parquet,csv,jsonl", "-q", "--workers", "2"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = {name for name in snapshot(tmp_path / "two") if not name.endswith(".json")}
    assert names
    assert {n: snapshot(tmp_path / "two")[n] for n in names} == {n: snapshot(out)[n] for n in names}


def page_scripts() -> int:
    """The script elements of a report about nothing."""
    from newsledger.integrations.report.page import report_html

    return Seen(report_html(newsledger.Tables.empty())).tags.count("script")


class Seen(HTMLParser):
    """Tags and handlers of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attributes if name.startswith("on")]


def test_no_page_holds_markup_of_an_article(run: tuple[Path, Path], tmp_path: Path) -> None:
    _, out = run
    page = tmp_path / "report.html"
    assert call(["report", str(out), "--html", str(page), "--title", MARKUP]) == 0
    seen = Seen(page.read_text(encoding="utf-8"))
    assert seen.tags.count("script") == page_scripts()
    assert not seen.handlers
    assert "img" not in seen.tags
    hostile = newsledger.Article(
        text=f"{MARKUP} It cost $6 million, said Mr. Ana {MARKUP}.", article_id=MARKUP
    )
    tables = newsledger.extract_articles([hostile], default_currency="AUD")
    tables.articles["title"] = MARKUP
    shown = [tables._repr_html_(), tables.figures._repr_html_(), tables.articles._repr_html_()]
    figure = tables.arrow("figures").column("figure_id").to_pylist()[0]
    shown.append(tables.explain(figure)._repr_html_())
    for html in shown:
        seen = Seen(html)
        assert {"img", "script"}.isdisjoint(seen.tags)
        assert not seen.handlers


STEERS = "\x1b[31m\u202e\x07\x9b2J\x7f"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SHOWING = (
    *("extract in --out STEERS.out --keep kSTEERS", "show in/aSTEERS.jsonl", "show in/bSTEERS.txt"),
    *("show run", "show run xSTEERS", "show in/noSTEERS.txt", "show run bSTEERS.txt", "explain run xSTEERS"),
    *("explain in/bSTEERS.txt", "query run 'select * from figures'", "query run 'selektSTEERS'"),
    *(
        f"query run 'select * from {table}' --format {form}"
        for table in ("articles", "issues")
        for form in ("csv", "json", "table")
    ),
    *("report run --html STEERS.html", "accept goldSTEERS in --reason STEERS", "check goldSTEERS in"),
    *(
        f"check goldSTEERS in2 --format {form}"
        for form in ("json", "github", "junit", "sarif", "html", "text")
    ),
    *("diff run run2", "diff run run2 --format json", "evaluate goldSTEERS in2 --misses"),
    "evaluate goldSTEERS in2 --format json",
    *(
        "correct run money:0 --file cSTEERS --drop --reason STEERS",
        "correct run --file cSTEERS",
        "correct run $3 --file cSTEERS --set kind=STEERS --reason x",
    ),
    *("extract in --out STEERS.out --STEERS x", "STEERS", "extract STEERS --out x"),
)
"""Command lines that print what articles, file names and users say."""


def test_nothing_steers_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record = {"id": f"x{STEERS}", "title": f"A {STEERS} title", f"k{STEERS}": STEERS, "date": "2024-05-06"}
    text = f"Ana Lopez{STEERS} of Peru paid {STEERS}$5 million{STEERS} on 3 May{STEERS} 2024. It cost $3."
    records = [{**record, "text": text}, {"id": [STEERS], "text": "$7", "date": STEERS}, {"text": STEERS}]
    for folder, more in (("in", ""), ("in2", " and $9")):
        (tmp_path / folder).mkdir()
        lines = "\n".join(map(json.dumps, records))
        (tmp_path / folder / f"a{STEERS}.jsonl").write_text(lines.replace("3 May", f"3 May{more}"))
        (tmp_path / folder / f"b{STEERS}.txt").write_text(f"It cost $3 million{STEERS} in 2019{more}.")
        (tmp_path / folder / f"c{STEERS}.docx").write_text("?")
    assert call(["extract", "in", "--out", "run", "--workers", "1"]) == 0
    assert call(["extract", "in2", "--out", "run2", "--workers", "1"]) == 0
    capsys.readouterr()
    codes = set()
    for line in SHOWING:
        codes.add(call([part.replace("STEERS", STEERS) for part in shlex.split(line)]))
        told = capsys.readouterr()
        assert not STEERING.search(told.out + told.err), line
        assert "internal error" not in told.err, line
    assert codes == {0, 1, 2}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs the streams of Unix")
@pytest.mark.parametrize("line", ["schema", "--version", "extract in --out out", "check gold in"])
def test_a_reader_that_goes_is_no_error(line: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("It cost $3 million.")
    command = [sys.executable, "-m", "newsledger.cli.main", *line.split()]
    environment = {**os.environ, "PYTHONPATH": str(Path(newsledger.__file__).parents[1])}

    def ends(shell: str) -> tuple[int, str]:
        done = subprocess.run(
            ["/bin/bash", "-c", shell, *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr

    code, told = ends('"$0" "$@" >/dev/null')
    assert (code, told.count("\n")) == ((2, 1) if line.startswith("check") else (0, 0))
    assert ends('"$0" "$@" | true; exit ${PIPESTATUS[0]}') == (code, told)
    assert ends('"$0" "$@" >&-') == (code, told)
    assert ends('"$0" "$@" 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}') == (code, "")
    if Path("/dev/full").exists() and line != "check gold in":
        assert ends('"$0" "$@" >/dev/full') == (1, "newsledger: No space left on device\n")


def test_nothing_reaches_the_terminal(run: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    source, _ = run
    for name in ("control.txt", "bidi \u202etxt.txt"):
        assert call(["show", str(source / name)]) == 0
        told = capsys.readouterr()
        assert not set("\x1b\x07\x00\u202e") & set(told.out + told.err)
    assert call(["show", str(source / "no\x1b[31m\u202e.txt")]) == 2
    assert "\x1b" not in capsys.readouterr().err
    assert safe_text("\x1b\u202e").isprintable()


def test_an_output_folder_inside_the_articles_is_not_read(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("It cost $3 million.")
    out = source / "out"
    for _ in range(2):
        assert call(["extract", str(source), "--out", str(out), "-q", "--format", "jsonl", "--resume"]) == 0
    assert read_tables(out).arrow("articles").num_rows == 1


def test_names_of_folders_are_printed_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("It cost $3 million.")
    out = tmp_path / "out\x1b[31m?"
    arguments = ["extract", str(tmp_path / "a.txt"), "--out", str(out), "--workers", "1"]
    assert call([*arguments, "--format", "csv,duckdb"]) == 1
    assert (out / "figures.csv").is_file()
    assert call(["report", str(out), "--html", str(tmp_path / "\x1b[31m.html")]) == 0
    told = capsys.readouterr()
    assert "DuckDB writes to no path with a question mark" in told.err
    assert "\x1b" not in told.out + told.err
