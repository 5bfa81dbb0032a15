"""Gold files: what is written is read again, and what cannot be meant is refused."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Manifest, gold_row
from newsledger.regression.gold_files import file_name, read_gold, toml_text, write_gold
from tests.regression import sample

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = text.filter(lambda t: bool(t.strip()))
figures = st.builds(
    GoldRow,
    table=st.just("figures"),
    surface=words,
    before=text,
    after=text,
    values=st.fixed_dictionaries(
        {},
        optional={
            "value_low": st.decimals(-(10**12), 10**15, places=6),
            "currency": st.sampled_from(["USD", "EUR"]),
            "per_unit": words,
        },
    ),
    absent=st.booleans(),
    known=st.sampled_from([(), ("missed",), ("wrong_value", "moved_span")]),
    by=st.sampled_from(["", "hand"]),
    reason=text,
    note=text,
)
articles = st.builds(
    GoldArticle,
    article_id=words,
    rows=st.lists(figures, max_size=3).map(tuple),
    published=st.none() | st.dates(),
    was_published=st.sampled_from(["none", "2024-03-07", "hand"]),
    complete=st.sampled_from(
        [("figures",), ("figures", "date_mentions", "country_mentions", "person_mentions")]
    ),
    reason=text,
)


def row_text(row: GoldRow) -> str:
    """The row without its offsets, which no file holds."""
    return repr(replace(row, values=dict(sorted(row.values.items())), place=(-1, -1)))


def same(read: Gold, made: Gold) -> None:
    assert set(read.articles) == set(made.articles)
    for name, article in made.articles.items():
        now = read.articles[name]
        assert sorted(map(row_text, now.rows)) == sorted(map(row_text, article.rows))
        assert replace(now, rows=(), source_path="") == replace(article, rows=(), source_path="")
    assert read.manifest == made.manifest


@pytest.mark.parametrize("name", ["gold", "gold.jsonl"])
def test_a_run_as_gold_is_read_again(name: str, tmp_path: Path) -> None:
    gold = sample.gold()
    manifest = Manifest(
        source=("../articles",),
        options={"published": "2024-03-07", "governments": True},
        floors={"figures": {"value": Decimal("0.98")}},
        accepted=({"reason": 'first "one"\n', "added": 3},),
    )
    gold = replace(
        gold,
        manifest=manifest,
        articles={key: replace(article, text=None) for key, article in gold.articles.items()},
    )
    assert write_gold(gold, tmp_path / name)
    same(read_gold(tmp_path / name), gold)
    assert write_gold(read_gold(tmp_path / name), tmp_path / name) == []  # nothing to change
    assert [p for p in tmp_path.rglob("*") if p.name.endswith(".tmp")] == []


@settings(deadline=None)
@given(st.lists(articles, min_size=1, max_size=3, unique_by=lambda a: a.article_id))
def test_any_gold_is_read_again(tmp_path_factory: pytest.TempPathFactory, made: list[GoldArticle]) -> None:
    gold = Gold(articles={a.article_id: a for a in sorted(made, key=lambda a: a.article_id)})
    for name in ("gold", "gold.jsonl"):
        path = tmp_path_factory.mktemp("gold") / name
        write_gold(gold, path)
        same(read_gold(path), gold)


def test_a_file_is_made_to_be_read(tmp_path: Path) -> None:
    write_gold(sample.gold(), tmp_path)
    written = (tmp_path / "loan.txt.gold.toml").read_text(encoding="utf-8")
    assert written.startswith('article_id = "loan.txt"\npublished_date = 2024-03-07\n')
    assert (
        '\nfigures = [\n  {surface = "$12 million", before = "gets at least ", '
        'after = ".\\n\\nPresident Ben", value_low = 12000000, currency = "USD", modifier = "ge", '
        'kind = "level", seal = "'
    ) in written
    assert ' before = "Kato said about ", after = " was due on", amount = 3000000, currency' in written
    assert "span" not in written
    assert (tmp_path / "wires" / "port.txt.gold.toml").is_file()


def changed_lines(old: Path, new: Path) -> list[str]:
    """The lines of all gold files that a diff marks, each with its + or -."""
    marked = []
    for name in sorted({p.relative_to(d) for d in (old, new) for p in d.rglob("*.gold.*") if p.is_file()}):
        texts = [
            (d / name).read_text(encoding="utf-8").splitlines() if (d / name).exists() else []
            for d in (old, new)
        ]
        marked += list(difflib.unified_diff(*texts, lineterm="", n=0))[2:]
    return [line for line in marked if not line.startswith("@@")]


@pytest.mark.parametrize("name", ["gold", "all.gold.jsonl"])
def test_one_changed_value_is_one_changed_line(name: str, tmp_path: Path) -> None:
    from newsledger.regression.acceptance import accept

    write_gold(accept(None, sample.run()).gold, tmp_path / "a" / name)
    for plant in (
        sample.changing("dates", date_part="early"),
        sample.changing("money", 1, value_low=Decimal(4), value_high=Decimal(4)),
        sample.changing("people", 1, role="Minister"),
    ):
        gold = read_gold(tmp_path / "a" / name)
        write_gold(accept(gold, sample.run(plant=plant)).gold, tmp_path / "b" / name)
        lines = [line for line in changed_lines(tmp_path / "a", tmp_path / "b") if '"gold": {' not in line]
        assert [line[0] for line in lines] == ["-", "+"]


@pytest.mark.parametrize("name", ["gold", "all.gold.jsonl"])
def test_a_paragraph_put_in_changes_no_line_of_another_row(name: str, tmp_path: Path) -> None:
    from newsledger.regression.acceptance import accept

    write_gold(accept(None, sample.run()).gold, tmp_path / "a" / name)
    for paragraph in (
        "Nothing was said of anybody.",
        "Kenya and Japan agreed on 2024-03-05 that Peru gets $7 more than €3 million.",
        "President Ben Kato said about €3 million was due on 2024-04-01, and Kato thanked Japan.",
    ):
        for before in ("By Ana", "Kenya and", "President"):
            run = sample.run(sample.edited("loan.txt", (before, f"{paragraph}\n\n{before}")))
            made = accept(read_gold(tmp_path / "a" / name), run)
            write_gold(made.gold, tmp_path / "b" / name)
            lines = changed_lines(tmp_path / "a", tmp_path / "b")
            taken = [line for line in lines if line[0] == "-" and '"gold": {' not in line]
            assert len(taken) == 1, lines
            assert "as_accepted" in taken[0]
            added = len(made.gold.articles["loan.txt"].rows) - 12
            assert sum("surface" in line for line in lines if line[0] == "+") == added
            from newsledger.regression import gate

            verdict = gate.judge_run(read_gold(tmp_path / "b" / name), run)
            assert verdict.status_counts()["right"] == 24 + added


def test_hand_written_gold_needs_little(tmp_path: Path) -> None:
    (tmp_path / "a.gold.toml").write_text(
        'article_id = "a.txt"\n[[figures]]\nsurface = "$5"\nvalue_low = 5\nvalue_high = 5.0\n'
        'currency = "USD"\nmodifier = "exact"\nkind = "level"\n',
        encoding="utf-8",
    )
    (row,) = read_gold(tmp_path).articles["a.txt"].rows
    assert row.values["value_high"] == Decimal(5)
    assert row.hand
    assert read_gold(tmp_path / "a.gold.toml").articles.keys() == {"a.txt"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("article_id = ", "Invalid value"),
        ('reason = "none"\n', "article_id is missing"),
        ('article_id = "a"\nauthor = "me"\n', "no such key: author"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\ncurency = "USD"\n', "no column curency"),
        ('article_id = "a"\n[[figures]]\nsurface = ""\n', "needs its surface"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\nvalue_low = "five"\n', "no decimal"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\nvalue_low = true\n', "no decimal"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\nvalue_low = nan\n', "no decimal"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\ncurrency = 5\n', "is no text"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\nknown = ["bad"]\n', "known is a list"),
        ('article_id = "a"\n[[figures]]\nsurface = "$5"\nabsent = 1\n', "absent is true"),
        ('article_id = "a"\n[figures]\nsurface = "$5"\n', "rows are written as"),
        ('article_id = "a"\npublished_date = "soon"\n', "is no date"),
        ('article_id = "a"\ncomplete = ["sums"]\n', "no kind 'sums'"),
    ],
)
def test_what_cannot_be_meant_is_refused(written: str, message: str, tmp_path: Path) -> None:
    """A slip of the hand must not silently make a row that pins nothing."""
    (tmp_path / "a.gold.toml").write_text(written, encoding="utf-8")
    with pytest.raises(CannotCompare, match=message) as caught:
        read_gold(tmp_path)
    assert caught.value.why == "unreadable_gold"
    assert "a.gold.toml" in str(caught.value)


@pytest.mark.parametrize(
    "lines",
    [
        '{"figures": {"surface": "$5", "span": [0, 2]}}',
        '{"article": {"article_id": "a"}}\n{"article": {"article_id": "a"}}',
        '{"article": {"article_id": "a"}, "figures": {}}',
        '{"article": {"article_id": "a"}}\n{"sums": {}}',
        '{"article": {"article_id": "a"}}\n[]',
        '{"article": ',
    ],
)
def test_lines_that_cannot_be_meant_are_refused(lines: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(CannotCompare, match="line ") as caught:
        read_gold(tmp_path / "gold.jsonl")
    assert caught.value.why == "unreadable_gold"


def test_two_files_of_one_article_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.gold.toml").write_text('article_id = "a"\n', encoding="utf-8")
    with pytest.raises(CannotCompare, match="of the same article"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("path", "why"),
    [("none", "no_gold"), ("empty", "no_gold"), ("a.yaml", "no_gold"), ("gold.toml", "no_gold")],
)
def test_no_gold(path: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "gold.toml").write_text("format = 1\n")
    with pytest.raises(CannotCompare) as caught:
        read_gold(tmp_path / path)
    assert caught.value.why == why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("format = 3", "gold_format"),
        ("format = 1", "gold_format"),
        ("schema_version = 0", "schema_version"),
        ("floors = 3", "unreadable_gold"),
    ],
)
def test_other_versions_are_refused(line: str, why: str, tmp_path: Path) -> None:
    write_gold(sample.gold(), tmp_path)
    (tmp_path / "gold.toml").write_text(line)
    with pytest.raises(CannotCompare) as caught:
        read_gold(tmp_path)
    assert caught.value.why == why


def test_names_of_files_are_safe() -> None:
    for name in ("../../etc/passwd", "/abs", "C:\\x", "a\0b", "CON", "x" * 500, ".", "..", "a//b", "é\n"):
        made = file_name(name)
        assert not made.is_absolute()
        assert ".." not in made.parts
        assert all(0 < len(part.encode()) < 250 and "\0" not in part for part in made.parts)
        assert made.name.endswith(".gold.toml")


def test_names_that_differ_in_case_alone_are_two_files(tmp_path: Path) -> None:
    gold = sample.gold({"A.txt": sample.TEXTS["loan.txt"], "a.txt": sample.TEXTS["loan.txt"]})
    write_gold(gold, tmp_path)
    names = [p.name.lower() for p in tmp_path.glob("*.gold.toml")]
    assert len(names) == len(set(names)) == 2
    assert read_gold(tmp_path).articles.keys() == {"A.txt", "a.txt"}


def test_a_dropped_article_takes_its_file_along(tmp_path: Path) -> None:
    gold = sample.gold()
    write_gold(gold, tmp_path)
    (tmp_path / "notes.md").write_text("ours")
    write_gold(replace(gold, articles={"loan.txt": gold.articles["loan.txt"]}), tmp_path)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [
        "gold.toml",
        "loan.txt.gold.toml",
        "notes.md",
    ]


def test_hand_made_tables_are_gold(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(
        "article_id,start_char,end_char,surface,value_low,value_high,currency\n"
        "loan.txt,76,87,$12 million,12000000,,USD\n"
        "loan.txt,120,130,€3 million,3000000,3000000,EUR\n",
        encoding="utf-8",
    )
    gold = read_gold(tmp_path)
    assert gold.manifest.pinned == {"figures": ("value_low", "value_high", "currency")}
    assert not gold.writable
    from newsledger.regression import gate

    assert gate.judge_run(gold, sample.run()).passed
    verdict = gate.judge_run(gold, sample.run(plant=sample.changing("money", currency="CAD")))
    assert [case.codes for case in verdict.regressions] == [("wrong_currency",)]


def test_tables_of_a_run_are_gold(tmp_path: Path) -> None:
    from newsledger.regression import gate

    for form in ("csv", "parquet"):
        sample.tables().write(tmp_path / form, [form])
        gold = read_gold(tmp_path / form)
        assert gate.judge_run(gold, sample.run()).passed
        assert gold.articles["loan.txt"].published == dt.date(2024, 3, 7)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("article_id,surface\na,x\n", "lacks start_char, end_char"),
        ("article_id,start_char,end_char,surface\na,5,2,x\n", "line 2: no mention"),
        ("article_id,start_char,end_char,surface\na,five,2,x\n", "line 2: invalid literal"),
        ("article_id,start_char,end_char,surface,value_low\na,1,2,x,much\n", "line 2: value_low"),
    ],
)
def test_tables_that_cannot_be_read(table: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(table)
    with pytest.raises(CannotCompare, match=message):
        read_gold(tmp_path)


def test_a_line_that_is_no_annotated_article_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text('{"id": 1, "text": "It paid.", "figures": []}\n\nnull\n')
    with pytest.raises(CannotCompare, match="line 3"):
        read_gold(file)


def test_annotated_articles_are_gold(tmp_path: Path) -> None:
    text = "Kenya lent about $3 million to Ana Lopez on 2024-03-05."
    item = {
        "id": 7,
        "text": text,
        "published": "2024-03-07",
        "figures": [
            {
                "start": 17,
                "end": 27,
                "surface": "$3 million",
                "low": 3e6,
                "high": 3e6,
                "currency": "USD",
                "bound": "about",
                "per": None,
            }
        ],
        "dates": [
            {
                "start": 44,
                "end": 54,
                "surface": "2024-03-05",
                "start_date": "2024-03-05",
                "end_date": "2024-03-05",
            }
        ],
        "countries": [{"start": 0, "end": 5, "surface": "Kenya", "alpha3": "KEN"}],
        "people": [{"start": 31, "end": 40, "surface": "Ana Lopez", "name": "Ana Lopez"}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(item) + "\n")
    gold = read_gold(tmp_path / "gold.jsonl")
    assert gold.dated_only
    assert gold.articles["7"].text == text
    from newsledger.regression import gate

    assert gate.judge_run(gold, sample.run({"7": text})).passed
    vague = sample.changing("money", modifier="estimate", only="7")
    assert gate.judge_run(gold, sample.run({"7": text}, plant=vague)).passed  # "about" may be an estimate
    undated = sample.adding("dates", "lent about", only="7")
    assert not gate.judge_run(gold, sample.run({"7": text}, plant=undated)).passed
    (tmp_path / "gold.jsonl").write_text(json.dumps({**item, "tags": ["suspect_gold"]}) + "\n")
    with pytest.raises(CannotCompare, match="empty"):
        read_gold(tmp_path / "gold.jsonl")
    item["figures"][0]["surface"] = "$4 million"  # type: ignore[index]
    (tmp_path / "gold.jsonl").write_text(json.dumps(item) + "\n")
    with pytest.raises(CannotCompare, match="does not stand at"):
        read_gold(tmp_path / "gold.jsonl")


@settings(deadline=None)
@given(
    st.dictionaries(
        words, st.one_of(text, st.integers(), st.booleans(), st.lists(text, max_size=3)), max_size=4
    )
)
def test_what_is_written_is_toml(entries: dict[str, object]) -> None:
    assert tomllib.loads(toml_text(entries)) == entries


def test_no_surrogate_or_control_breaks_a_row(tmp_path: Path) -> None:
    mention = {"surface": "$5\u2028\x7f\u202e", "start_char": 0, "end_char": 5, "currency": "USD"}
    row = gold_row("figures", mention, "$5\u2028\x7f\u202e rest", ("currency",))
    gold = Gold(articles={"a": GoldArticle(article_id="a", rows=(row,)).sealed()})
    write_gold(gold, tmp_path)
    assert "\u202e" not in (tmp_path / "a.gold.toml").read_text(encoding="utf-8")
    same(read_gold(tmp_path), gold)


@pytest.mark.parametrize(
    ("start", "meta", "message"),
    [(-10, {}, "'5 dollars' does not stand at -10:-1"), (10, [1], "meta is a table, not")],
)
def test_an_annotated_article_that_cannot_be_meant_is_refused(
    start: int, meta: object, message: str, tmp_path: Path
) -> None:
    figure = {"start": start, "end": start + 9, "surface": "5 dollars", "bound": "exact"}
    item = {"id": "7", "text": "Kenya got 5 dollars.", "figures": [figure], "meta": meta}
    (tmp_path / "gold.jsonl").write_text(json.dumps(item) + "\n")
    with pytest.raises(CannotCompare, match=f"line 1: {message}"):
        read_gold(tmp_path / "gold.jsonl")
