"""The commands on the command line: exit codes, options, and what they leave on disk."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from newsledger.cli import main
from newsledger.regression.gold_files import read_gold
from newsledger.values.extraction import Extraction
from tests.regression import sample

Plants = list[sample.Plant]


@pytest.fixture
def plants(monkeypatch: pytest.MonkeyPatch) -> Plants:
    """The stand-in instead of all stages; faults put into the list are planted in it."""
    planted: Plants = []

    def extract(article: object, tools: object = None, **_: object) -> Iterator[Extraction]:
        found = sample.stand_in(article)  # type: ignore[arg-type]
        for plant in planted:
            found = plant(found)
        yield found

    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", extract)
    return planted


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plants: Plants) -> Path:
    """A folder with the sample articles and their gold, which is where we are."""
    monkeypatch.chdir(tmp_path)
    for name, text in sample.TEXTS.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("")
    assert call("accept", "gold", "articles", "--reason", "first") == 0
    return tmp_path


def call(*arguments: object) -> int:
    return main.call([str(a) for a in arguments])


def test_a_clean_run_is_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call("check", "gold", "articles") == 0
    printed = capsys.readouterr()
    assert "OK: 22 rows of gold" in printed.out
    assert printed.err == ""
    assert call("check", "gold") == 0  # the gold remembers where its articles are
    capsys.readouterr()
    assert call("check", "gold", "--quiet") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("gold", ["gold2", "one/gold.jsonl", "gold.v2", "gold.ndjson"])
def test_gold_may_be_a_folder_or_a_file(gold: str, here: Path, plants: Plants) -> None:
    assert call("accept", gold, "articles") == 0
    assert (here / gold).is_file() is gold.endswith(("jsonl", "ndjson"))
    assert call("check", gold) == 0
    plants.append(sample.changing("money", currency="CAD"))
    assert call("check", gold) == 1
    assert call("accept", gold, "--reason", "now right") == 0
    assert call("check", gold) == 0
    assert (
        "now right" in "".join(p.read_text() for p in (here / gold).rglob("*.toml"))
        or "now right" in (here / gold).read_text()
    )


@pytest.mark.parametrize("name", sample.PLANTED)
def test_a_planted_regression_is_1(
    name: str, here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]
) -> None:
    plant, _, codes = sample.PLANTED[name]
    plants.append(plant)
    assert call("check", "gold", "articles", "--format", "json") == 1
    out = capsys.readouterr().out
    printed = json.loads(out[out.index("{") :])
    assert {code for case in printed["cases"] for code in case["codes"]} == codes


def test_an_edited_article_is_compared(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = here / "articles" / "loan.txt"
    file.write_text("An opening.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert call("check", "gold", "articles") == 0
    file.write_text(file.read_text(encoding="utf-8").replace("$12", "$21"), encoding="utf-8")
    assert call("check", "gold", "articles") == 1
    assert "articles/loan.txt:5:63  figure  wrong value" in capsys.readouterr().out
    assert call("accept", "gold", "--reason", "the article was corrected") == 0
    assert call("check", "gold", "articles") == 0


def test_a_finished_run_can_be_checked(here: Path, plants: Plants) -> None:
    assert call("extract", "articles", "--out", "out") == 0
    assert call("check", "gold", "out") == 0
    plants.append(sample.dropping("money"))
    assert call("extract", "articles", "--out", "out", "--fresh") == 0
    assert call("check", "gold", "out") == 1


def test_input_options_are_those_of_extract_and_are_remembered(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"key": "k1", "words": "Kenya paid $5.", "when": "2024-03-05"}]
    (here / "records.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    fields = ["--text-field", "words", "--id-field", "key", "--date-field", "when", "--workers", "1"]
    assert call("accept", "records-gold", "records.jsonl", *fields) == 0
    gold = read_gold(here / "records-gold")
    assert gold.articles.keys() == {"k1"}
    assert gold.manifest.options == {"text_field": "words", "id_field": "key", "date_field": "when"}
    assert call("check", "records-gold") == 0
    assert call("check", "records-gold", "records.jsonl", *fields) == 0
    capsys.readouterr()
    assert call("check", "records-gold", "--date-field", "key") == 1
    assert "published" in capsys.readouterr().out
    (here / "dull.txt").write_text("Peru paid $5.")
    assert call("accept", "dull-gold", "dull.txt", "--published", "2023-01-02") == 0
    assert call("check", "dull-gold", "dull.txt") == 0
    assert read_gold(here / "dull-gold").manifest.options == {"published": "2023-01-02"}


@pytest.mark.parametrize(
    ("arguments", "why", "message"),
    [
        (["none", "articles"], "no_gold", "none: there is no gold; newsledger accept creates it"),
        (["empty", "articles"], "no_gold", "empty: there is no gold"),
        ([], "no_gold", "no gold: name it"),
        (["gold", "none"], "no_source", "none: no such file or folder"),
        (["gold", "empty"], "no_source", "empty: holds no file that can be read"),
        (
            ["gold", "others"],
            "no_articles_present",
            "none of the gold's 2 articles (loan.txt, wires/port.txt ...)",
        ),
        (["old", "articles"], "schema_version", "the gold is of schema version 0"),
        (["later", "articles"], "gold_format", "gold of format 99"),
        (["broken", "articles"], "unreadable_gold", "broken/a.gold.toml"),
        (["tables"], "no_source", "no articles: name their folder after the gold"),
        (["gold", "oldrun"], "schema_version", "the tables are of schema version 0"),
        (["gold", "articles", "--config", "none.toml"], "configuration", "none.toml: no such file"),
        (["gold", "articles", "--ignore", "figures.x"], "configuration", "--ignore: no field 'figures.x'"),
        (["gold", "articles", "--kinds", "sums"], "configuration", "--kinds: no kind 'sums'"),
    ],
)
def test_what_cannot_be_compared_is_2_and_says_why(
    arguments: list[str], why: str, message: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "empty").mkdir()
    (here / "others").mkdir()
    (here / "others" / "x.txt").write_text("Peru paid $1.")
    for name, line in (("old", "schema_version = 0\n"), ("later", "format = 99\n")):
        (here / name).mkdir()
        (here / name / "gold.toml").write_text(line)
    (here / "broken").mkdir()
    (here / "broken" / "a.gold.toml").write_text("= 3")
    (here / "tables").mkdir()
    (here / "tables" / "figures.csv").write_text(
        "article_id,start_char,end_char,surface\nloan.txt,76,87,$12 million\n"
    )
    sample.tables().write(here / "oldrun", ["csv"])
    record = json.loads((here / "oldrun" / "run.json").read_text())
    (here / "oldrun" / "run.json").write_text(json.dumps({**record, "schema_version": 0}))
    capsys.readouterr()
    assert call("check", *arguments) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"newsledger: cannot compare [{why}]: ")
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert call("check", *arguments, "--format", "json") == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["verdict"], report["why"], report["exit_code"]) == ("cannot_compare", why, 2)


def test_a_fault_of_the_program_is_no_regression(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("newsledger.regression.gate.judge", broken)
    assert call("check", "gold", "articles") == 2
    assert "[internal]: internal error, please report: RuntimeError: out of order" in capsys.readouterr().err


def test_wrong_options_are_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--format", "pdf"],
        ["--report", "pdf=x"],
        ["--report", "json"],
        ["--published", "soon"],
        ["--budget", "-1"],
        ["--absent", "maybe"],
    ):
        assert call("check", "gold", "articles", *arguments) == 2
        assert capsys.readouterr().err.startswith("newsledger: ")


def test_reports_beside_the_one_on_the_screen(
    here: Path, plants: Plants, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    plants.append(sample.changing("money", currency="CAD"))
    capsys.readouterr()
    reports = [x for f in ("json", "junit", "sarif", "html", "text") for x in ("--report", f"{f}=out/{f}")]
    assert call("check", "gold", *reports, "--report", "github=-") == 1
    printed = capsys.readouterr().out
    assert "✗ articles/loan.txt:3:63" in printed
    assert "\n::error file=articles/loan.txt" in printed
    for form in ("json", "junit", "sarif", "html", "text"):
        assert "CAD" in (here / "out" / form).read_text(encoding="utf-8")
    assert (here / "summary.md").read_text(encoding="utf-8").startswith("## ❌")
    assert call("check", "none", "--format", "github", "--report", "junit=out/junit") == 2
    assert "no_gold" in (here / "out" / "junit").read_text()
    assert capsys.readouterr().out.startswith("::error::newsledger check cannot compare [no_gold]")


@pytest.mark.parametrize("path", ["articles/loan.txt", "gold/gold.toml", "out"])
def test_no_report_takes_the_place_of_something_else(
    here: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "out").mkdir()
    before = {p: p.read_bytes() for p in here.rglob("*") if p.is_file()}
    assert call("check", "gold", "articles", "--report", f"json={path}") == 2
    assert "is not replaced" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in here.rglob("*") if p.is_file()} == before


def test_a_report_is_replaced_whole_and_links_and_pipes_stay(here: Path) -> None:
    (here / "old").write_text("x" * 100_000)
    (here / "link").symlink_to("old")
    os.mkfifo(here / "pipe")
    found: list[str] = []
    reader = threading.Thread(target=lambda: found.append((here / "pipe").read_text()))
    reader.start()
    assert call("check", "gold", "articles", "--report", "json=link", "--report", "json=pipe") == 0
    reader.join(10)
    assert (here / "link").is_symlink()
    assert (here / "pipe").is_fifo()
    assert json.loads((here / "old").read_text()) == json.loads(found[0])
    assert {p.name for p in here.iterdir()} == {"articles", "gold", "link", "old", "pipe", "pyproject.toml"}


def test_settings_of_the_check(here: Path, plants: Plants) -> None:
    (here / "pyproject.toml").write_text(
        '[tool.newsledger.check]\ngold = "gold"\nsource = "articles"\nignore = ["figures.sign"]\n'
    )
    assert call("check") == 0
    plants.append(sample.changing("money", sign="-"))
    assert call("check") == 0
    plants.append(sample.dropping("dates"))
    assert call("check") == 1
    assert call("check", "--budget", "1") == 0
    assert call("check", "--budget", "1", "--ratchet") == 1
    assert call("check", "--kinds", "figures") == 0
    assert call("check", "--ignore", "dates.missed") == 0
    (here / "other.toml").write_text("budget = 2\n")
    assert call("check", "gold", "--config", "other.toml") == 0


def test_update_raises_floors_and_never_lowers_them_unasked(
    here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("check", "gold", "--update") == 0
    assert "[floors]\nfigures = {span = 1, " in (here / "gold" / "gold.toml").read_text()
    before = {p: p.read_bytes() for p in (here / "gold").rglob("*.toml")}
    plants.append(sample.changing("money", currency="CAD"))
    capsys.readouterr()
    assert call("check", "gold", "--update", "--budget", "5") == 1
    assert "not updated: figures value F1 0.8000 is below its floor 1" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in (here / "gold").rglob("*.toml")} == before
    assert call("check", "gold", "--update", "--allow-regression") == 0
    assert "value = 0.8," in (here / "gold" / "gold.toml").read_text()
    assert 'known = ["wrong_currency"]' in (here / "gold" / "loan.txt.gold.toml").read_text()
    assert call("check", "gold") == 0
    (here / "strict.toml").write_text("[floors]\nfigures = { value = 0.9 }\n")
    capsys.readouterr()
    assert call("check", "gold", "--config", "strict.toml", "--update", "--allow-regression") == 0
    assert "strict.toml still says otherwise: figures value F1 0.8" in capsys.readouterr().err
    plants.clear()
    capsys.readouterr()
    assert call("check", "gold") == 0
    assert "1 known fault no longer there" in capsys.readouterr().out
    assert call("check", "gold", "--update") == 0
    assert "known" not in (here / "gold" / "loan.txt.gold.toml").read_text()
    plants.append(sample.changing("money", currency="CAD"))
    assert call("check", "gold") == 1


def test_accept_tells_every_change(here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]) -> None:
    plants += [
        sample.changing("money", currency="CAD"),
        sample.dropping("dates"),
        sample.adding("countries", "was due"),
    ]
    before = {p: p.read_bytes() for p in (here / "gold").rglob("*.toml")}
    capsys.readouterr()
    assert call("accept", "gold", "--dry-run") == 0
    dry = capsys.readouterr().out
    assert {p: p.read_bytes() for p in (here / "gold").rglob("*.toml")} == before
    assert call("accept", "gold", "--reason", "new rules") == 0
    printed = capsys.readouterr().out
    assert printed.splitlines() == [
        "= kept loan.txt date_mentions 40:50 '2024-03-05': the run does not find it",
        "~ changed loan.txt figures 76:87 '$12 million': currency USD -> CAD",
        "+ added loan.txt country_mentions 131:138 'was due'",
        "gold holds 23 rows of 2 articles",
    ]
    assert dry.replace("would hold", "holds") == printed
    assert read_gold("gold").manifest.accepted[-1]["reason"] == "new rules"
    assert call("accept", "gold", "--reason", "again") == 0
    assert "nothing to accept" in capsys.readouterr().out
    assert call("accept", "gold", "--drop", "--reason", "it is no date") == 0
    assert "- dropped loan.txt date_mentions 40:50 '2024-03-05'" in capsys.readouterr().out


def test_a_reason_may_be_required(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pyproject.toml").write_text("[tool.newsledger.check]\nrequire_reason = true\n")
    assert call("accept", "gold") == 2
    assert "pyproject.toml requires a reason: --reason TEXT" in capsys.readouterr().err
    assert call("accept", "gold", "--reason", "because") == 0


def test_accept_refuses_what_it_may_not_write(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "tables").mkdir()
    table = here / "tables" / "figures.csv"
    table.write_text("article_id,start_char,end_char,surface,currency\nloan.txt,76,87,$12 million,HKD\n")
    assert call("accept", "tables", "articles") == 2
    assert "never written to" in capsys.readouterr().err
    assert call("check", "tables", "articles", "--update") == 2
    capsys.readouterr()
    assert call("accept", "gold", "none") == 2
    assert call("accept", "new", "articles", "--truth", "tables") == 0
    assert (
        "= kept loan.txt figures 76:87 '$12 million': by hand; the run is wrong there"
        in capsys.readouterr().out
    )
    assert call("check", "new") == 0
    assert call("check", "tables", "articles") == 1
    (here / "articles" / "bad.txt").write_bytes(b"")
    before = {p: p.read_bytes() for p in (here / "new").rglob("*.toml")}
    assert call("accept", "new", "--truth", "tables") == 2
    assert "nothing was written: not every article could be extracted: bad.txt" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in (here / "new").rglob("*.toml")} == before


def test_gold_is_made_in_a_folder_that_holds_other_things(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "mixed").mkdir()
    (here / "mixed" / "README.md").write_text("ours")
    assert call("accept", "mixed", "articles") == 0
    assert call("check", "mixed") == 0
    (here / "mixed" / "README.md").unlink()
    capsys.readouterr()
    assert call("accept", "articles", "articles") == 2
    assert "named both as gold and as source" in capsys.readouterr().err


def test_articles_that_fail_are_not_accepted(
    here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "articles" / "bad.txt").write_bytes(b"")
    assert call("accept", "gold") == 1
    assert "! not accepted bad.txt: " in capsys.readouterr().out
    assert call("check", "gold") == 0


def test_a_lost_article_is_told_with_the_reason(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "articles" / "loan.txt").write_bytes(b"")
    assert call("check", "gold") == 1
    assert re.search(r"loan.txt  not in the source: 11 rows missed \(.*\[empty\]\)", capsys.readouterr().out)
    assert call("check", "gold", "--absent", "ignore") == 0


def test_evaluate(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "tables").mkdir()
    (here / "tables" / "figures.csv").write_text(
        "article_id,start_char,end_char,surface,value_low,value_high,currency\n"
        "loan.txt,73,87,at least $12 million,12000000,,USD\n"
        "loan.txt,120,130,€3 million,3000000,3000000,USD\n"
    )
    capsys.readouterr()
    assert call("evaluate", "tables", "articles") == 0
    printed = capsys.readouterr().out
    assert re.search(r"figures +span +2 +2 +1 +0\.5000 +0\.5000 +0\.5000", printed)
    assert re.search(r" value +2 +2 +1 +0\.5000", printed)
    assert re.search(r" full +2 +2 +0 +0\.0000", printed)
    assert call("evaluate", "tables", "articles", "--misses", "--fields") == 0
    printed = capsys.readouterr().out
    assert "moved span" in printed
    assert "modifier" not in printed  # the gold does not speak of it
    assert call("evaluate", "tables", "articles", "--format", "json", "--kinds", "money") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["measures"]["figures"]["fields"]["currency"]["right"] == 1
    assert len(report["misses"]) == 2
    assert call("evaluate", "none") == 2


def test_evaluate_on_gold_that_brings_its_texts(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("newsledger.extraction.extract_article", sample.wrong_currency)
    text = "Kenya paid $3 million."
    figure = {"start": 11, "end": 21, "surface": "$3 million", "low": 3e6, "high": 3e6}
    figure |= {"currency": "USD", "bound": "exact", "per": None}
    (here / "hand.jsonl").write_text(json.dumps({"id": "loan.txt", "text": text, "figures": [figure]}))
    capsys.readouterr()
    assert call("evaluate", "hand.jsonl", "--fields") == 0
    printed = capsys.readouterr().out
    assert re.search(r" amount +1 +1 +1 +1\.0000", printed)
    assert re.search(r" currency +1 +1 +0 +0\.0000", printed)
    assert "country" not in printed  # nothing was annotated but figures


@pytest.mark.shared
def test_evaluate_on_the_annotated_articles(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = shared / "gold" / "dev_articles.jsonl"
    assert call("evaluate", gold, "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["articles"] == 14
    assert {table: found["gold"] for table, found in report["measures"].items()} == {
        "figures": 65,
        "date_mentions": 85,
        "country_mentions": 81,
        "person_mentions": 31,
    }
    assert report["measures"]["figures"]["fields"]["amount"]["f1"] > 0.9


def test_diff(here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("extract", "articles", "--out", "one", "--quiet") == 0
    plants += [
        sample.changing("money", currency="CAD"),
        sample.dropping("dates"),
        sample.adding("people", "agreed"),
    ]
    (here / "articles" / "new.txt").write_text("Peru paid $1.")
    assert call("extract", "articles", "--out", "two", "--quiet", "--format", "csv") == 0
    capsys.readouterr()
    assert call("diff", "one", "one") == 0
    assert "no difference in 22 rows" in capsys.readouterr().out
    assert call("diff", "one", "two") == 1
    printed = capsys.readouterr().out
    assert "other currency" in printed
    assert "only in the first" in printed
    assert "only in the second" in printed
    assert "new.txt: only in the second run" in printed
    assert printed.rstrip().endswith("3 rows differ, 20 do not")
    assert call("diff", "two", "one", "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {
        "date_mentions": {"spurious": 1},
        "figures": {"wrong_currency": 1},
        "person_mentions": {"missed": 1},
    }
    assert report["only_in_first"] == ["new.txt"]
    assert call("diff", "one", "none") == 2
    assert call("diff", "one", "articles") == 2
    (here / "other").mkdir()
    (here / "other" / "else.txt").write_text("Peru paid $5 million.")
    assert call("extract", "other", "--out", "three", "--quiet") == 0
    capsys.readouterr()
    assert call("diff", "one", "three") == 2
    assert "the runs have no article in common" in capsys.readouterr().err
    (here / "articles" / "new.txt").unlink()
    assert call("extract", "articles", "--out", "two", "--quiet", "--fresh") == 0
    assert call("diff", "one", "two", "--kinds", "countries") == 0


@pytest.mark.parametrize("command", ["check", "accept", "evaluate", "diff"])
def test_a_kind_that_there_is_not_is_told_by_the_option(
    command: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample.tables().write(here / "run", ["csv"])
    assert call(command, "run" if command == "diff" else "gold", "run", "--kinds", "sums") == 2
    assert "[configuration]: --kinds: no kind 'sums'; there are " in capsys.readouterr().err


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("check", "accept", "evaluate", "diff"):
        assert call(name, "--help") == 0
        assert "Usage: " in capsys.readouterr().out


def test_accept_and_check_agree_on_a_deleted_article(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "articles" / "loan.txt").unlink()
    (here / "articles" / "new.txt").write_text("Peru paid $9.", encoding="utf-8")
    (here / "articles" / "wires" / "port.txt").rename(here / "articles" / "harbour.txt")
    capsys.readouterr()
    assert call("check", "gold") == 1
    printed = capsys.readouterr().out
    assert printed.count("✗ ") == 1
    assert (
        "FAILED: 1 article of the gold not in the source, with 11 rows: newsledger accept --drop-a" in printed
    )
    assert call("accept", "gold") == 1
    printed = capsys.readouterr()
    assert "= kept loan.txt 12 rows: the source lacks the article" in printed.out
    assert "check fails still: 1 article of the gold not in the source, with 11 rows" in printed.err
    assert "--drop-articles" in printed.err
    assert call("accept", "gold", "--drop-articles") == 0
    assert call("check", "gold") == 0
    assert sorted(p.name for p in (here / "gold").rglob("*.gold.toml")) == [
        "harbour.txt.gold.toml",
        "new.txt.gold.toml",
    ]


def test_a_part_of_the_source_can_be_accepted(here: Path) -> None:
    assert call("accept", "gold", "articles/wires") == 0
    assert call("check", "gold") == 0


def test_gold_can_be_required(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "articles" / "new.txt").write_text("Peru paid $9.", encoding="utf-8")
    assert call("check", "gold") == 0
    capsys.readouterr()
    assert call("check", "gold", "--require-gold") == 1
    printed = capsys.readouterr().out
    assert "✗ new.txt  without gold" in printed
    assert "FAILED: 1 article of the source without gold" in printed
    assert call("accept", "gold") == 0
    assert call("check", "gold", "--require-gold") == 0


def test_the_numbers_in_messages_are_those_of_the_cases_listed(
    here: Path, plants: Plants, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "articles" / "loan.txt").unlink()
    plants.append(sample.changing("countries", iso_alpha3="UGA", only="wires/port.txt"))
    plants.append(sample.dropping("money", only="wires/port.txt"))
    capsys.readouterr()
    assert call("check", "gold") == 1
    printed = capsys.readouterr().out
    assert "FAILED: 2 regressions\n" in printed
    assert "FAILED: 1 article of the gold not in the source, with 11 rows" in printed
    assert printed.count("✗ ") == 3


def test_the_workflow_of_the_docs_runs_here(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command has options that exist, and what it uploads is what it wrote."""
    file = Path(__file__).parents[2] / "docs" / "github-workflow.yml"
    steps = yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    uses = dict(step["uses"].split("@v") for step in steps if "uses" in step)
    assert all(version.isdigit() for version in uses.values())
    assert any("newsledger @ git+https://" in step.get("run", "") for step in steps)
    (command,) = (step["run"] for step in steps if step.get("run", "").startswith("newsledger "))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    assert call(*command.split()[1:]) == 0
    written = {step["with"].get("path") or step["with"].get("sarif_file") for step in steps if "with" in step}
    for path in written - {None}:
        assert (here / path).exists()
    assert "as expected" in (here / "summary.md").read_text(encoding="utf-8")
