"""Fields of the source that the table of articles is to have."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import pandas as pd
import pytest

import newsledger
from newsledger.cli.main import call
from newsledger.engines.batch import run
from newsledger.engines.folder import FolderError
from newsledger.reading import ReadOptions
from newsledger.values.article import Article

FIELDS = ("url", "section, sub", "meta.k", "nowhere")


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(
        'id,text,url,"section, sub"\n1,It cost $5.,u1,=cmd\n2,It cost $6.,,"Home, ""A"""\n', encoding="utf-8"
    )
    record = {"id": "3", "text": "It cost $7.", "meta": {"k": [1, "é", None]}, "url": 7.0}
    (folder / "b.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    frame = pd.DataFrame({"id": ["4"], "text": ["It cost $8."], "meta": [{"k": "\N{POUND SIGN}"}]})
    frame.to_parquet(folder / "c.parquet")
    (folder / "d.txt").write_text("It cost $9.", encoding="utf-8")
    return folder


KEPT = {
    "1": ["u1", "=cmd", None, None],
    "2": [None, 'Home, "A"', None, None],
    "3": ["7", None, '[1, "é", null]', None],
    "4": [None, None, "\N{POUND SIGN}", None],
    "d.txt": [None, None, None, None],
}


def kept(tables: newsledger.Tables) -> dict[str, list[str | None]]:
    rows = tables.arrow("articles").select(["article_id", *FIELDS]).to_pylist()
    return {row.pop("article_id"): list(row.values()) for row in rows}


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "sqlite", "duckdb"])
def test_every_format_holds_them(form: str, source: Path, tmp_path: Path) -> None:
    run([source], tmp_path / "out", options=ReadOptions(keep=FIELDS), formats=[form, "xlsx"], workers=1)
    tables = newsledger.read_tables(tmp_path / "out")
    assert kept(tables) == KEPT
    assert tables.articles.columns[-4:].tolist() == list(FIELDS)
    assert tables.issues.message.tolist() == ["no article has a field 'nowhere' to keep"]
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))["resources"][0]
    assert [field["name"] for field in described["schema"]["fields"]][-4:] == list(FIELDS)


def test_memory_and_a_run_hold_the_same(source: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="no article has a field 'nowhere'"):
        articles = newsledger.read_articles(source, keep=FIELDS)
    tables = newsledger.extract_articles(articles)
    assert kept(tables) == KEPT
    tables.write(tmp_path / "out", ["csv"])
    assert kept(newsledger.read_tables(tmp_path / "out")) == KEPT
    assert tables.issues.code.tolist() == ["unused_field"]


def test_large_files_and_renamed_articles_keep_theirs(tmp_path: Path) -> None:
    rows = [{"id": "same", "text": f"It cost ${n}. " + "word " * 3000, "url": f"u{n}"} for n in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run([tmp_path / "a.jsonl"], tmp_path / "out", options=ReadOptions(keep=("url",)), workers=1)
    articles = newsledger.read_tables(tmp_path / "out").articles
    costs = articles.text.str.extract(r"\$(\d+)")[0]
    assert ("u" + costs).tolist() == articles.url.tolist()


def test_other_fields_are_other_settings(source: Path, tmp_path: Path) -> None:
    run([source], tmp_path / "out", options=ReadOptions(keep=("url",)), workers=1)
    with pytest.raises(FolderError, match="other settings"):
        run([source], tmp_path / "out", options=ReadOptions(keep=("section",)), workers=1)


@pytest.mark.parametrize("field", ["title", "TEXT", "_no"])
def test_a_column_there_is_already(
    field: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["extract", str(source), "--out", str(tmp_path / "out"), "--keep", field]) == 2
    assert f"has a column '{field}' already" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_field_of_no_article_is_said(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["extract", str(source), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert call([*arguments, "--keep", "url", "--keep", "sectoin"]) == 0
    assert "not found: no article has a field 'sectoin' to keep" in capsys.readouterr().out


def test_a_page_has_fields_too(tmp_path: Path) -> None:
    text = "The port of Yokohama paid twelve million dollars to its workers on Monday, an official said. "
    page = f'<html><head><link rel="canonical" href="https://a.example/p"></head><p>{text * 4}</p></html>'
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    (article,) = newsledger.read_articles(tmp_path, keep="url")
    assert article.fields == {"url": "https://a.example/p"}


def test_columns_of_a_frame() -> None:
    frame = pd.DataFrame(
        {
            "text": ["It cost $5.", "It cost $6.", "It cost $7."],
            "n": [1, None, 3],
            "day": pd.to_datetime(["2024-04-03", None, "2024-04-05"]),
            "tags": [["a"], None, []],
            "flag": pd.array([True, None, False], "boolean"),
        }
    )
    articles = newsledger.from_frame(frame, text="text", keep=["n", "day", "tags", "flag"]).arrow("articles")
    assert articles.select(["n", "day", "tags", "flag"]).to_pydict() == {
        "n": ["1", None, "3"],
        "day": ["2024-04-03T00:00:00", None, "2024-04-05T00:00:00"],
        "tags": ['["a"]', None, "[]"],
        "flag": ["true", None, "false"],
    }
    with pytest.raises(KeyError, match="did you mean 'tags'"):
        newsledger.from_frame(frame, text="text", keep=["tag"])


def test_a_field_that_is_a_column_is_refused_in_memory_too() -> None:
    with pytest.raises(ValueError, match="has a column 'title' already"):
        newsledger.extract_articles([Article(text="It cost $5.", fields={"title": "T"})])


def test_the_fields_of_an_article_do_not_change() -> None:
    article = Article(text="It cost $5.", fields={"url": "u", "half": "a\ud83d"})
    with pytest.raises(TypeError):
        article.fields["url"] = "v"  # type: ignore[index]
    assert article.fields == {"url": "u", "half": "a\N{REPLACEMENT CHARACTER}"}
    assert pickle.loads(pickle.dumps(article)) == copy.deepcopy(article) == article
    assert hash(article) == hash(copy.copy(article))
