"""Articles from a DataFrame, and what is said to who hands over the wrong thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import newsledger


@pytest.fixture(autouse=True)
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "body": ["Japan paid $5m on Wednesday.", "Kenya paid €3m on Monday.", "Chile paid £1."],
            "day": [pd.Timestamp("2024-04-03 10:00"), pd.NaT, None],
            "head": ["First", None, float("nan")],
            "url": ["u1", "u2", "u3"],
        }
    )


def test_columns_are_named() -> None:
    tables = newsledger.from_frame(frame(), text="body", published="day", title="head", id="url")
    articles = tables.articles
    assert articles.article_id.tolist() == ["u1", "u2", "u3"]
    assert articles.published_date.dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2024-04-03", "", ""]
    assert articles.title.fillna("").tolist() == ["First", "", ""]
    assert tables.figures.currency.tolist() == ["USD", "EUR", "GBP"]


def test_the_index_gives_ids_without_a_column() -> None:
    assert newsledger.from_frame(frame(), text="body").articles.article_id.tolist() == ["0", "1", "2"]


def test_dates_may_be_texts() -> None:
    given = frame().assign(day=["2024-04-03", None, ""])
    articles = newsledger.from_frame(given, text="body", published="day").articles
    assert articles.published_date.notna().tolist() == [True, False, False]


def test_a_missing_day_of_an_article_is_no_error() -> None:
    article = newsledger.Article(text="Japan paid $5m.", published=pd.NaT)
    assert len(newsledger.extract_articles([article]).figures) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (pd.DataFrame(), "newsledger.from_frame"),
        (Path("a.txt"), "newsledger.read_articles"),
        ("articles/a.txt", "newsledger.read_articles"),
        ("articles.jsonl.gz", "newsledger.read_articles"),
        (b"It paid $5.", "decode"),
        (newsledger.Article(text="It paid $5."), "newsledger.extract_articles"),
        (5, "a text is a str, not int"),
        (None, "a text is a str, not NoneType"),
    ],
)
def test_what_is_no_text_is_told_where_it_belongs(given: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        newsledger.extract(given)  # type: ignore[arg-type]


def test_a_bad_row_is_an_issue_and_the_others_go_on() -> None:
    given = pd.DataFrame(
        {
            "body": ["It paid $5.", None, 7, "It paid $6.", "It paid $7."],
            "day": ["3 April 2024", "2024-04-04", None, "not a day", pd.NA],
        }
    )
    tables = newsledger.from_frame(given, text="body", published="day")
    assert tables.articles.article_id.tolist() == ["0", "3", "4"]
    assert tables.articles.published_date.dt.strftime("%Y-%m-%d").fillna("").tolist() == [
        "2024-04-03",
        "",
        "",
    ]
    issues = tables.issues.set_index("article_id")[["code", "message"]]
    assert issues.loc["1"].tolist() == ["no_text", "the field 'body' is empty"]
    assert issues.loc["2"].tolist() == ["no_text", "the field 'body' holds no text"]
    assert issues.loc["3"].code == "bad_date"


def test_a_frame_reads_as_its_file(tmp_path: Path) -> None:
    given = frame().assign(n=[1, 2, 3])
    given.to_parquet(tmp_path / "a.parquet")
    fields = {"text_field": "body", "date_field": "day", "title_field": "head", "id_field": "url"}
    read = newsledger.extract_articles(newsledger.read_articles(tmp_path, **fields, keep=["n"]))  # type: ignore[arg-type]
    made = newsledger.from_frame(given, text="body", published="day", title="head", id="url", keep=["n"])
    assert made.articles.drop(columns="source_path").equals(read.articles.drop(columns="source_path"))
    assert made.arrow("figures").equals(read.arrow("figures"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: newsledger.extract(["a"]), "of several make articles"),  # type: ignore[arg-type]
        (lambda: newsledger.extract_articles("It cost $5."), "takes one text"),  # type: ignore[arg-type]
        (lambda: newsledger.from_frame([], text="a"), "takes a DataFrame, not list"),  # type: ignore[arg-type]
        (lambda: newsledger.Article(text="a", fields=["b"]), "fields is a mapping"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_another_kind_is_told_where_it_belongs(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


def test_one_article_may_stand_alone() -> None:
    assert len(newsledger.extract_articles(newsledger.Article(text="It paid $5.")).figures) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["It paid $5.", "See report.txt for more.", "U.S.", "", "a.b"])
def test_a_text_is_a_text(text: str) -> None:
    assert len(newsledger.extract(text).articles) == 1


def test_articles_are_asked_for() -> None:
    with pytest.raises(TypeError, match="takes one text"):
        newsledger.extract_articles(["It paid $5."])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("name", "nearest"), [("defualt_currency", "default_currency"), ("goverments", "governments")]
)
def test_a_misspelt_setting_gets_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(TypeError, match=f"no setting '{name}'; did you mean '{nearest}'"):
        newsledger.extract("It paid $5.", **{name: "USD"})


def test_a_misspelt_column_gets_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'body'"):
        newsledger.from_frame(frame(), text="bdy")
