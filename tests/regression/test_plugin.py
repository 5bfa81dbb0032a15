"""The pytest plugin, run as pytest runs it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy  # noqa: F401 (can be loaded only once, and pytester forgets what is loaded inside)
import pyarrow.parquet  # noqa: F401
import pytest

import newsledger.engines.batch  # noqa: F401 (pytester forgets what is loaded inside)
from newsledger.regression.acceptance import accept
from newsledger.regression.gold_files import read_gold, write_gold
from newsledger.regression.runs import from_tables
from tests.regression import sample

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]

CONFTEST = """
import sys
sys.path.insert(0, {root!r})
import newsledger.extraction
from tests.regression import sample
newsledger.extraction.extract_article = sample.wrong_currency
newsledger.extraction.extract_in_steps = lambda article, tools, **_: iter([sample.wrong_currency(article)])
"""

PLUGIN = "newsledger.regression.plugin"
OPTIONS = (
    "-p",
    "no:cacheprovider",
    "--import-mode=importlib",
    "-p",
    PLUGIN,  # also where it is installed: the entry point has the same name
)


class Bench:
    """A project with articles, gold and tests."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pytester, self.monkeypatch = pytester, monkeypatch
        self.path = pytester.path
        for name, text in sample.TEXTS.items():
            file = self.path / "articles" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.accept("gold")
        self.breaking(False)

    def accept(self, name: str) -> None:
        gold = sample.gold()
        source = "../articles" if "." not in name else "articles"
        write_gold(replace(gold, manifest=replace(gold.manifest, source=(source,))), self.path / name)

    def breaking(self, broken: bool) -> None:
        extract = sample.wrong_currency if broken else sample.stand_in
        self.monkeypatch.setattr("newsledger.extraction.extract_article", extract)
        self.monkeypatch.setattr(
            "newsledger.engines.worker.extract_in_steps", lambda article, tools, **_: iter([extract(article)])
        )

    def run(self, *arguments: str) -> pytest.RunResult:
        return self.pytester.runpytest_inprocess(*OPTIONS, *arguments)


@pytest.fixture
def bench(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(pytester, monkeypatch)


def test_the_package_brings_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {PLUGIN: PLUGIN}


def test_gold_is_one_test_per_article(bench: Bench) -> None:
    result = bench.run("gold", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*gold/loan.txt.gold.toml::loan.txt PASSED*", "*::wires/port.txt PASSED*"])


def test_a_changed_article_is_one_failing_test_with_both_readings(bench: Bench) -> None:
    bench.breaking(True)
    result = bench.run("gold")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*gold: loan.txt*",
            "*articles/loan.txt:3:63  figure  wrong currency",
            "*gets at least [[]$12 million].",
            "*currency*USD  →  CAD",
        ]
    )
    assert "plugin.py" not in result.stdout.str()


def test_it_works_with_xdist(bench: Bench) -> None:
    bench.monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "pipeline"), str(ROOT)]))
    (bench.path / "conftest.py").write_text(CONFTEST.format(root=str(ROOT)))
    result = bench.pytester.runpytest_subprocess(*OPTIONS, "gold", "-n", "2")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*gold: loan.txt*", "*currency*USD  →  CAD"])


COUNTING = """
import sys
sys.path.insert(0, {root!r})
import newsledger.extraction
from tests.regression import sample

def extract(article, tools=None):
    with open({log!r}, "a") as log:
        log.write(article.article_id + "\\n")
    return sample.stand_in(article)

newsledger.extraction.extract_article = extract
import newsledger.engines.worker
newsledger.engines.worker.extract_in_steps = lambda article, tools, **_: iter([extract(article)])
"""

CHECKS = """
def test_one(newsledger_check):
    newsledger_check("gold")

def test_two(newsledger_check):
    newsledger_check("gold", "articles")
"""


@pytest.mark.parametrize("more", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_each_article_is_extracted_once_in_all(bench: Bench, more: list[str]) -> None:
    bench.monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "pipeline"), str(ROOT)]))
    log = bench.path / "extracted.log"
    (bench.path / "conftest.py").write_text(COUNTING.format(root=str(ROOT), log=str(log)))
    (bench.path / "test_figures.py").write_text(CHECKS)
    result = bench.pytester.runpytest_subprocess(*OPTIONS, "gold", "test_figures.py", *more)
    result.assert_outcomes(passed=4)
    extracted = [name for name in log.read_text().split() if name.endswith(".txt")]
    assert sorted(extracted) == sorted(sample.TEXTS)
    log.unlink()
    result = bench.pytester.runpytest_subprocess(*OPTIONS, "gold/loan.txt.gold.toml", *more)
    result.assert_outcomes(passed=1)
    assert log.read_text().split() == ["loan.txt"]


@pytest.mark.parametrize("more", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_update_writes_the_gold_as_accept_does(bench: Bench, more: list[str]) -> None:
    bench.monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "pipeline"), str(ROOT)]))
    (bench.path / "conftest.py").write_text(CONFTEST.format(root=str(ROOT)))
    (bench.path / "articles" / "new.txt").write_text("Peru paid $9.")
    result = bench.pytester.runpytest_subprocess(*OPTIONS, "gold", "--newsledger-update", *more)
    result.assert_outcomes(passed=2)
    new = sample.tables(
        {**sample.TEXTS, "new.txt": "Peru paid $9."}, sample.changing("money", currency="CAD")
    )
    made = accept(sample.gold(), from_tables(new))
    now = read_gold(bench.path / "gold")
    assert now.articles.keys() == made.gold.articles.keys()
    assert {a.article_id: [r.values for r in a.rows] for a in now.articles.values()} == {
        a.article_id: [r.values for r in a.rows] for a in made.gold.articles.values()
    }
    assert now.manifest.source == ("../articles",)
    assert now.manifest.accepted[-1]["changed"] == 1
    bench.pytester.runpytest_subprocess(*OPTIONS, "gold", *more).assert_outcomes(passed=3)


def test_update_of_one_article_leaves_the_others(bench: Bench) -> None:
    bench.breaking(True)
    other = (bench.path / "gold" / "wires" / "port.txt.gold.toml").read_bytes()
    bench.run("gold/wires", "--newsledger-update").assert_outcomes(passed=1)
    bench.run("gold").assert_outcomes(passed=1, failed=1)
    bench.run("gold/loan.txt.gold.toml", "--newsledger-update").assert_outcomes(passed=1)
    assert (bench.path / "gold" / "wires" / "port.txt.gold.toml").read_bytes() == other
    bench.run("gold").assert_outcomes(passed=2)
    (bench.path / "articles" / "loan.txt").unlink()
    result = bench.run("gold", "--newsledger-update")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["loan.txt: not updated: the source lacks the article*--drop-articles*"])


@pytest.mark.parametrize("name", ["gold", "all.gold.jsonl"])
def test_gold_can_be_required(bench: Bench, name: str) -> None:
    bench.accept(name)
    bench.run(name, "--newsledger-require-gold").assert_outcomes(passed=3)
    (bench.path / "articles" / "new.txt").write_text("Peru paid $9.")
    bench.run(name).assert_outcomes(passed=2)
    result = bench.run(name, "--newsledger-require-gold")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*every article has gold*", "without gold: new.txt;*"])


def test_gold_in_one_file(bench: Bench) -> None:
    bench.accept("all.gold.jsonl")
    bench.run("all.gold.jsonl").assert_outcomes(passed=2)
    bench.breaking(True)
    bench.run("all.gold.jsonl").assert_outcomes(passed=1, failed=1)


def test_absent_articles_fail_unless_they_may_be_absent(bench: Bench) -> None:
    (bench.path / "articles" / "loan.txt").unlink()
    bench.run("gold").assert_outcomes(passed=1, failed=1)
    (bench.path / "gate.toml").write_text('absent = "ignore"\n')
    bench.run("gold", "--newsledger-config", "gate.toml").assert_outcomes(passed=1, skipped=1)


def test_the_source_may_be_named(bench: Bench) -> None:
    (bench.path / "articles").rename(bench.path / "texts")
    bench.run("gold").assert_outcomes(failed=2)
    bench.run("gold", "--newsledger-source", "texts").assert_outcomes(passed=2)


def test_gold_that_cannot_be_read_is_an_error(bench: Bench) -> None:
    (bench.path / "gold" / "bad.gold.toml").write_text("= 3")
    result = bench.run("gold")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*bad.gold.toml: Invalid*"])


FIXTURE = """
def test_paths(newsledger_check):
    verdict = newsledger_check("gold", "articles")
    assert verdict.measures["figures"].levels["full"].f1 == 1.0

def test_tables(newsledger_check):
    from tests.regression import sample
    newsledger_check("gold", sample.tables())

def test_options(newsledger_check):
    newsledger_check("gold", published="2024-03-07", default_currency="AUD")
"""


def test_the_fixture(bench: Bench) -> None:
    (bench.path / "test_figures.py").write_text(FIXTURE)
    bench.run("test_figures.py").assert_outcomes(passed=3)
    bench.breaking(True)
    result = bench.run("test_figures.py")
    result.assert_outcomes(passed=1, failed=2)  # the tables of the second test are its own
    result.stdout.fnmatch_lines(["*currency*USD  →  CAD", "*FAILED: 1 regression"])


def test_the_fixture_tells_why_it_cannot_compare(bench: Bench) -> None:
    (bench.path / "test_figures.py").write_text(
        "def test_it(newsledger_check):\n    newsledger_check('none')\n"
    )
    result = bench.run("test_figures.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*cannot compare [[]no_gold]: *none: there is no gold*"])
