"""One article through all stages: whatever one stage does, the others' rows stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsledger
from newsledger.extraction import extract_article
from newsledger.values.article import Article
from newsledger.values.issues import describe_error
from newsledger.values.mentions import MoneyMention

TEXT = "Japan pledged $12 billion on Wednesday, said Fumio Kishida."


def stage(name: str) -> ModuleType:
    from importlib import import_module

    return import_module(f"newsledger.stages.{name}")


def read_by(name: str) -> str:
    """The function of a stage that the pipeline calls."""
    return "find_in_steps" if name == "names" else "find"


def breaks(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("at <object at 0x7f1234567890>")


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the people model out, where a test is not about people."""
    monkeypatch.setattr(stage("names"), read_by("names"), lambda text, **_: iter([[]]))


def test_all_stages_give_rows() -> None:
    tables = newsledger.extract(TEXT, published="2024-04-03", article_id="x")
    assert tables.figures.value_low[0] == 12_000_000_000
    assert tables.date_mentions.start_date.astype(str).tolist() == ["2024-04-03"]
    assert tables.country_mentions.iso_alpha3.tolist() == ["JPN"]
    assert tables.people.name.tolist() == ["Fumio Kishida"]
    assert tables.articles.status.tolist() == ["ok"]
    assert tables.issues.empty


@pytest.mark.parametrize("broken", ["money", "dates", "countries", "people", "names"])
def test_a_stage_that_fails_costs_only_its_own_rows(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage(broken), read_by(broken), breaks)
    found = extract_article(Article(text=TEXT, article_id="x", published="2024-04-03"))
    assert found.status == "partial"
    (issue,) = found.issues
    assert (issue.stage, issue.code, issue.severity) == (broken, "stage_failed", "error")
    assert issue.message == "ZeroDivisionError: at <object at 0x...>"
    mine = {"money": found.money, "dates": found.dates, "countries": found.countries, "people": found.people}
    lost = "people" if broken == "names" else broken
    assert not mine.pop(lost)
    assert all(mine.values())


def test_an_article_on_which_every_stage_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("money", "dates", "countries", "names"):
        monkeypatch.setattr(stage(name), read_by(name), breaks)
    tables = newsledger.extract_articles([Article(text=TEXT, article_id="x")])
    assert tables.articles.status.tolist() == ["error"]
    assert len(tables.issues) == 4


def test_a_mention_that_does_not_hold_is_no_row(monkeypatch: pytest.MonkeyPatch, no_names: None) -> None:
    def mention(start: int, end: int, surface: str) -> MoneyMention:
        one = Decimal(1)
        return MoneyMention(start_char=start, end_char=end, surface=surface, value_low=one, value_high=one)

    right = TEXT.index("$12")
    wrong = [
        mention(right, right + 3, "$12"),
        mention(right, right + 3, "$12"),
        mention(0, 3, "$12"),
        mention(5, 5, ""),
        mention(-1, 3, "Jap"),
        mention(0, 9999, TEXT),
    ]
    monkeypatch.setattr(stage("money"), "find", lambda text, **_: wrong)
    found = extract_article(Article(text=TEXT))
    assert [m.surface for m in found.money] == ["$12"]
    assert sorted(i.code for i in found.issues) == ["bad_offsets"] * 4 + ["no_date", "same_offsets"]
    assert found.status == "partial"


def test_what_is_not_english_gives_an_issue_and_no_values() -> None:
    found = extract_article(Article(text="Le Japon a promis 12 milliards de dollars.", language="fr"))
    assert (found.status, found.money, found.countries) == ("skipped", (), ())
    assert [i.code for i in found.issues] == ["not_english"]


def test_publication_date_option_wins_over_header(no_names: None) -> None:
    tables = newsledger.extract("date 2024-04-03 Talks ended.", published="2020-01-01")
    assert tables.articles.published_basis.tolist() == ["option"]
    assert str(tables.articles.published_date[0].date()) == "2020-01-01"
    stated = newsledger.extract("date 2024-04-03 Talks ended.")
    assert stated.articles.published_basis.tolist() == ["header"]
    assert str(stated.articles.published_date[0].date()) == "2024-04-03"
    assert newsledger.extract("Talks ended.").articles.published_basis.tolist() == ["none"]


def test_settings_reach_the_stages(monkeypatch: pytest.MonkeyPatch, no_names: None) -> None:
    given: dict[str, dict[str, Any]] = {}

    def spy(name: str) -> Any:
        def find(text: str, **options: Any) -> list[Any]:
            given[name] = options
            return []

        return find

    for name in ("money", "dates", "countries"):
        monkeypatch.setattr(stage(name), "find", spy(name))
    newsledger.extract(
        TEXT,
        default_currency="AUD",
        publisher_country="AU",
        day_order="dmy",
        fiscal_year_start=7,
        governments=True,
        published="2024-04-03",
    )
    assert given["money"]["default_currency"] == "AUD"
    assert given["money"]["publisher_country"] == "AU"
    assert given["dates"]["day_order"] == "dmy"
    assert given["dates"]["fiscal_year_start"] == 7
    assert str(given["dates"]["published"]) == "2024-04-03"
    assert given["countries"]["governments"] is True


def test_articles_with_one_id_stay_apart(no_names: None) -> None:
    articles = [
        Article(text=TEXT, article_id="a", published="2024-04-03"),
        Article(text="Talks ended.", article_id="a"),
    ]
    tables = newsledger.extract_articles(articles)
    assert tables.articles.article_id.tolist() == ["a", "a~2"]
    assert tables.figures.article_id.tolist() == ["a"]
    assert tables.issues.code.tolist() == ["duplicate_id"]


def test_the_order_of_articles_changes_nothing(no_names: None) -> None:
    articles = [Article(text=f"{TEXT} {i}", article_id=f"a{i}") for i in range(5)]
    one, two = newsledger.extract_articles(articles), newsledger.extract_articles(articles[::-1])
    assert all(one.arrow(name).equals(two.arrow(name)) for name in one)
    assert one.run == two.run


def test_mistakes_in_the_call_are_named() -> None:
    with pytest.raises(TypeError, match="takes one text"):
        newsledger.extract_articles(["text"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="colour"):
        newsledger.extract("text", colour="red")
    with pytest.raises(ValueError, match="not an ISO date"):
        newsledger.extract("text", published="yesterday")
    with pytest.raises(ValueError, match="not an ISO 4217 code: 'ZZZ'"):
        newsledger.extract("text", default_currency="ZZZ")
    with pytest.raises(ValueError, match="not a month"):
        newsledger.extract("text", fiscal_year_start=13)
    with pytest.raises(TypeError, match="not int"):
        newsledger.extract("text", published=20240403)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a text is a str, not NoneType"):
        newsledger.extract(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="article_id is a str, not int"):
        Article(text="text", article_id=7)  # type: ignore[arg-type]


def test_the_collector_is_left_as_it_was_by_two_threads_too(no_names: None) -> None:
    before = gc.get_threshold()
    started, ended = Event(), Event()

    def slow() -> Iterator[Article]:
        started.set()
        assert ended.wait(60)
        yield Article(text="It cost $5.")

    def first() -> Iterator[Article]:
        other.start()
        assert started.wait(60)
        yield Article(text="It cost $6.")

    other = Thread(target=newsledger.extract_articles, args=(slow(),))
    newsledger.extract_articles(first())
    ended.set()
    other.join()
    assert gc.get_threshold() == before


def test_what_could_not_be_read_is_kept(no_names: None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("")
    with pytest.warns(UserWarning, match="not read"):
        tables = newsledger.extract_articles(newsledger.read_articles(tmp_path))
    assert tables.articles.article_id.tolist() == ["a.txt"]
    assert tables.issues[["article_id", "code"]].values.tolist() == [["a.txt", "no_date"], ["b.txt", "empty"]]


def test_nothing_in_nothing_out() -> None:
    assert repr(newsledger.extract_articles([])) == "Tables(no articles)"


def test_half_a_surrogate_pair_is_replaced_and_said(no_names: None) -> None:
    tables = newsledger.extract("It cost \ud83d $5 million.", article_id="\udc80")
    assert tables.articles.text.tolist() == ["It cost \ufffd $5 million."]
    assert "lone_surrogate" in tables.issues.code.tolist()
    assert tables.figures.surface.tolist() == ["$5 million"]


def test_messages_are_short_and_the_same_everywhere() -> None:
    assert describe_error(ValueError("a\nb" * 500)).endswith("…")
    assert len(describe_error(ValueError("x" * 5000))) == 300
    assert describe_error(ValueError()) == "ValueError"


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(), max_size=200))
def test_no_text_breaks_the_extraction(text: str) -> None:
    found = extract_article(Article(text=text, published="2024-04-03"))
    assert not [
        issue for issue in found.issues if issue.code != "lone_surrogate" and issue.code != "not_english"
    ]


@pytest.mark.shared
def test_the_seed_article(shared: Any) -> None:
    """The example the project began with, row by row."""
    tables = newsledger.extract((shared / "articles" / "seed.txt").read_text(encoding="utf-8"))
    figures = tables.arrow("figures").to_pylist()
    assert [
        (f["surface"], f["value_low"], f["value_high"], f["modifier"], f["currency"]) for f in figures
    ] == [
        ("$12 billion", Decimal("12e9"), None, "gt", "USD"),
        ("$486 billion", Decimal("486e9"), Decimal("486e9"), "estimate", "USD"),
        ("$118 million", Decimal("118e6"), Decimal("118e6"), "exact", "USD"),
    ]
    counts = tables.country_mentions.groupby("iso_alpha3").size().to_dict()
    assert counts == {"JPN": 15, "UKR": 15, "RUS": 1}
    people = tables.people.set_index("name").n_mentions.to_dict()
    assert people == {"Fumio Kishida": 4, "Volodymyr Zelenskiy": 4}
    assert tables.articles.published_basis.tolist() == ["header"]
    days = {d["surface"].removeprefix("the "): d for d in tables.arrow("date_mentions").to_pylist()}
    assert str(days["Wednesday"]["start_date"]) == str(days["Wednesday"]["end_date"]) == "2024-04-03"
    assert days["next decade"]["anchor"] == "published"
    assert "2024-04-03" not in days
    assert tables.issues.empty
