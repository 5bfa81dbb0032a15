"""A newsledger.toml beside the articles, or named, gives the options that the command line does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call
from newsledger.engines.batch import run


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "globe").mkdir(parents=True)
    (folder / "a.csv").write_text("nr,body_en,on\n1,It cost $5 on Friday.,2024-04-03\n", encoding="utf-8")
    (folder / "b.jsonl").write_text('{"key": "2", "story_en": "It cost $6."}\n', encoding="utf-8")
    (folder / "globe" / "c.txt").write_text("It cost $7.", encoding="utf-8")
    (folder / "globe" / "d.txt").write_text("It cost 8 kr.", encoding="utf-8")
    return folder


CONFIG = """
out = "../out"
format = "csv,parquet"
workers = 1
published = 2024-05-01
default-currency = "AUD"

[[files]]
pattern = "*.csv"
text = "body_en"
published = "on"
id = "nr"

[[files]]
pattern = "*.jsonl"
text = "story_en"
id = "key"

[[files]]
pattern = "globe/*"
publisher_country = "CA"
default_currency = "CAD"

[[files]]
pattern = "globe/d.txt"
default_currency = "sek"
"""
FOUND = {"1": ("2024-04-03", "AUD"), "2": ("2024-05-01", "AUD"), "globe/c.txt": ("2024-05-01", "CAD")}
FOUND["globe/d.txt"] = ("2024-05-01", "SEK")


def found(tables: newsledger.Tables) -> dict[str, tuple[str, str]]:
    days = tables.articles.set_index("article_id").published_date.dt.strftime("%Y-%m-%d")
    currencies = tables.figures.set_index("article_id").currency
    return {name: (days[name], currencies[name]) for name in days.index}


def test_a_file_beside_the_articles(source: Path) -> None:
    (source / "newsledger.toml").write_text(CONFIG, encoding="utf-8")
    assert call(["extract", str(source)]) == 0
    tables = newsledger.read_tables(source.parent / "out")
    assert found(tables) == FOUND
    assert len(tables.issues) == 0  # the file itself is no article that was not read
    assert (source.parent / "out" / "figures.csv").is_file()


def test_a_file_above_the_articles(source: Path) -> None:
    (source.parent / "newsledger.toml").write_text(CONFIG.replace("../out", "out"), encoding="utf-8")
    assert call(["extract", f"{source}/**/*.*"]) == 0
    assert found(newsledger.read_tables(source.parent / "out")) == FOUND


def test_the_command_line_wins(source: Path) -> None:
    (source / "other.toml").write_text(CONFIG, encoding="utf-8")
    out = source.parent / "else"
    options = ["--published", "2023-01-02", "--default-currency", "NZD", "--format", "jsonl"]
    arguments = ["extract", str(source), "--config", str(source / "other.toml"), "--out", str(out), *options]
    assert call(arguments) == 0
    expected = {**FOUND, "1": ("2024-04-03", "NZD"), "2": ("2023-01-02", "NZD")}
    expected |= {name: ("2023-01-02", FOUND[name][1]) for name in ("globe/c.txt", "globe/d.txt")}
    assert found(newsledger.read_tables(out)) == expected
    assert not (out / "figures.parquet").exists()


def test_python_takes_the_same_file(source: Path) -> None:
    (source / "newsledger.toml").write_text(CONFIG, encoding="utf-8")
    articles = newsledger.read_articles(source, config=source / "newsledger.toml")
    tables = newsledger.extract_articles(articles)
    assert found(tables) == FOUND
    run([source], source.parent / "run", options=articles.options, settings=articles.settings, workers=1)
    assert found(newsledger.read_tables(source.parent / "run")) == FOUND


def test_show_and_explain_take_it(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "newsledger.toml").write_text(CONFIG, encoding="utf-8")
    assert call(["show", str(source / "a.csv")]) == 0
    printed = capsys.readouterr()
    assert "AUD" in printed.out
    assert f"options from {source / 'newsledger.toml'}" in printed.err
    assert call(["show", str(source / "globe" / "c.txt")]) == 0
    assert "CAD" in capsys.readouterr().out
    assert call(["extract", str(source)]) == 0
    assert call(["explain", str(source.parent / "out"), "--article", "globe/c.txt"]) == 0
    shown = capsys.readouterr().out
    assert "7 CAD" in shown
    assert "this version says" not in shown


def test_gold_remembers_the_files(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "newsledger.toml").write_text(CONFIG, encoding="utf-8")
    gold = source.parent / "gold"
    assert call(["accept", str(gold), str(source), "--quiet"]) == 0
    (source / "newsledger.toml").unlink()
    assert call(["check", str(gold)]) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('text_feild = "a"', "no option 'text_feild'; did you mean 'text_field'?"),
        ("nonsense = 1", "no option 'nonsense'; there are out, format, "),
        ('[[files]]\npattern = "*.csv"\ntexts = "a"', "no option 'texts'; did you mean 'text'?"),
        ('[[files]]\ntext = "a"', "a pattern is missing"),
        ('[[files]]\npattern = "*"\ndefault_currency = "XXY"', "not an ISO 4217 code: 'XXY'"),
        ('[[files]]\npattern = "*"\nencoding = "utf-99"', "no encoding 'utf-99'"),
        ("[[files]]\npattern = 3", "pattern is a text, not 3"),
        ("files = 3", "[[files]]"),
        ("[published]\na = 1", "published is a value, not a table"),
        ('published = ["2024-01-01"]', "published is one value"),
        ('workers = "x"', "--workers"),
        ('keep = "title"', "a column 'title' already"),
        ("out = ", "newsledger.toml: "),
        ("a = " + "[" * 5000, "newsledger.toml: "),
    ],
)
def test_what_is_wrong_is_one_line(
    text: str, message: str, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "newsledger.toml").write_text(text, encoding="utf-8")
    assert call(["extract", str(source), "--out", str(source.parent / "out")]) == 2
    printed = capsys.readouterr()
    lines = [line for line in printed.err.splitlines() if not line.startswith("newsledger: options from")]
    assert len(lines) == 1
    assert message in lines[0]
    assert not printed.out


def test_python_refuses_a_slip_too(source: Path) -> None:
    (source / "newsledger.toml").write_text('text_feild = "a"', encoding="utf-8")
    with pytest.raises(ValueError, match="did you mean 'text_field'"):
        newsledger.read_articles(source, config=source / "newsledger.toml")


@pytest.mark.parametrize(
    "text", ["keep = [1]", "default_currency = 1", "country_policy = []", "governments = 1.5"]
)
def test_python_refuses_a_value_of_another_kind(text: str, source: Path) -> None:
    (source / "newsledger.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="cannot be"):
        newsledger.read_articles(source, config=source / "newsledger.toml")


def test_two_files_are_one_too_many(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (source / "globe", source):
        (folder / "newsledger.toml").write_text(CONFIG, encoding="utf-8")
    assert call(["extract", str(source), str(source / "globe")]) == 2
    assert "name one with --config" in capsys.readouterr().err


def test_a_pattern_that_fits_nothing_is_said(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "newsledger.toml").write_text(CONFIG + '[[files]]\npattern = "glob/*"\n', encoding="utf-8")
    assert call(["extract", str(source)]) == 0
    assert "not found: no file fits the pattern 'glob/*'" in capsys.readouterr().out
    with pytest.warns(UserWarning, match="no file fits"):
        newsledger.read_articles(source, config=source / "newsledger.toml")


def test_a_file_that_is_not_there(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["extract", str(source), "--out", "o", "--config", str(source / "no.toml")]) == 2
    assert "no.toml: No such file" in capsys.readouterr().err


def test_a_check_takes_no_format_of_a_run(source: Path) -> None:
    config = CONFIG.replace("\n", '\nformat = ["parquet", "csv"]\n', 1) if "format" not in CONFIG else CONFIG
    (source / "newsledger.toml").write_text(config, encoding="utf-8")
    gold = source.parent / "gold"
    assert call(["accept", str(gold), str(source), "--quiet"]) == 0
    assert call(["check", str(gold), str(source)]) == 0
    assert call(["evaluate", str(gold), str(source)]) == 0
