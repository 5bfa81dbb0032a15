"""Readers on broken and unkind files: every file gives articles or an issue, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.reading import ReadOptions, read_file, sources
from newsledger.values.article import Article
from newsledger.values.issues import Issue

OPTIONS = ReadOptions(max_chars=100_000, max_bytes=1_000_000)
TEXT = "Ana Lopez paid $3 million on Monday."


def read(path: Path, options: ReadOptions = OPTIONS) -> tuple[list[Article], list[Issue]]:
    found = sources(path)
    items = [*found.issues, *(item for file in found.files for item in read_file(file, options))]
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Issue)]


def parquet(rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), held)
    return held.getvalue()


ROWS = [{"id": f"r{n}", "text": f"{TEXT} {n}", "date": "2024-04-03"} for n in range(20)]
WHOLE: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.html": f"<html><body><article><p>{TEXT}</p></article></body></html>".encode(),
    "a.json": json.dumps({"articles": ROWS}).encode(),
    "a.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "a.csv": ("id,text\n" + "".join(f'"{r["id"]}","{r["text"]}"\n' for r in ROWS)).encode(),
    "a.parquet": parquet(ROWS),
}
WHOLE |= {f"{name}.gz": gzip.compress(data) for name, data in WHOLE.items() if name != "a.parquet"}


@pytest.mark.parametrize("name", WHOLE)
def test_any_part_of_a_file_gives_articles_or_an_issue(name: str, tmp_path: Path) -> None:
    data, path = WHOLE[name], tmp_path / name
    for stop in {0, 1, 2, 3, 8, len(data) // 3, len(data) // 2, len(data) - 9, len(data) - 1}:
        path.write_bytes(data[: max(stop, 0)])
        articles, issues = read(path)
        assert articles or issues
        if name.endswith((".gz", ".parquet")):
            assert [issue for issue in issues if issue.severity == "error"]


@pytest.mark.parametrize("name", WHOLE)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_damaged_bytes_break_no_reader(name: str, data: st.DataObject, tmp_path: Path) -> None:
    held = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(held) - 1))
        held[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    path = tmp_path / name
    path.write_bytes(bytes(held))
    articles, issues = read(path)
    assert articles or issues
    for article in articles:
        article.text.encode("utf-8")
        article.article_id.encode("utf-8")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries(dict.fromkeys(("id", "text", "date", "title"), ANY_JSON)))
def test_fields_of_any_type(values: dict[str, Any], tmp_path: Path) -> None:
    for name, held in (("a.json", json.dumps([values])), ("a.jsonl", json.dumps(values) + "\n")):
        path = tmp_path / name
        path.write_text(held, encoding="utf-8")
        articles, issues = read(path)
        assert len(articles) <= 1
        assert articles or any(issue.severity == "error" for issue in issues)


def bomb(make: Callable[[], bytes]) -> bytes:
    return gzip.compress(make() * 1, 9)


BOMBS = {
    "zeros.txt.gz": lambda: bytes(30_000_000),
    "blanks.html.gz": lambda: b" " * 30_000_000,
    "digits.json.gz": lambda: b"[" + b"1," * 15_000_000,
    "line.jsonl.gz": lambda: b'{"text": "' + b"a" * 30_000_000,
    "field.csv.gz": lambda: b"id,text\n1," + b"a" * 30_000_000,
    "blanks.csv.gz": lambda: b"id,text\n" + b"\n" * 2_000_000,
    "blanks.jsonl.gz": lambda: b"\n" * 2_000_000,
    "brackets.json.gz": lambda: b"[" * 900_000,
    "braces.jsonl.gz": lambda: b'{"a":' * 150_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_issue_and_takes_no_memory(name: str, tmp_path: Path) -> None:
    import tracemalloc

    (tmp_path / name).write_bytes(bomb(BOMBS[name]))
    many_lines = name in {"blanks.csv.gz", "blanks.jsonl.gz"}  # tracing takes a minute there
    if not many_lines:
        tracemalloc.start()
    try:
        articles, issues = read(tmp_path / name)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not articles
    assert [issue.severity for issue in issues] == ["error"]
    assert peak < 25_000_000


def test_many_small_values_take_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.reading.records._MAX_VALUES", 100_000)
    for name, data in (
        ("a.json", b"[" + b"{}," * 100_000 + b"{}]"),
        ("a.jsonl", b'{"a": [' + b"1," * 100_001),
    ):
        (tmp_path / name).write_bytes(data)
        articles, issues = read(tmp_path / name)
        assert not articles
        assert [issue.code for issue in issues] == ["too_large"]


@pytest.mark.parametrize("rows", [1, 100])
def test_a_parquet_file_of_one_huge_value_takes_no_memory(rows: int, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows), pa.array(["a" * 30_000_000]))
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    articles, issues = read(tmp_path / "a.parquet")
    assert not articles
    assert [issue.code for issue in issues] == ["too_large"]


def test_a_huge_value_of_a_parquet_file_is_held_once(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.DictionaryArray.from_arrays(pa.array([0] * 20), pa.array(["a" * 2_000_000]))
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="none")
    pa.default_memory_pool().release_unused()
    before = pa.default_memory_pool().max_memory()
    articles, issues = read(tmp_path / "a.parquet")
    assert not articles
    assert [issue.code for issue in issues] == ["too_long"] * 20
    assert pa.default_memory_pool().max_memory() - before < 15_000_000


def test_bad_rows_of_a_table_are_told_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n" + "1\n" * 3_000 + f"2,{TEXT}\n")
    articles, issues = read(tmp_path / "a.csv")
    assert [article.text for article in articles] == [TEXT]
    assert len(issues) == 1_001
    assert issues[-1].message == "2,000 more issues of this kind are not listed"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000 + TEXT,
        "<table><tr><td>" * 5_000 + TEXT,
        "<p>" + "<b>" * 20_000 + TEXT,
        "<" * 50_000,
        "<a " + 'x="' * 20_000,
        "<!--" * 20_000,
        "<script>" * 20_000 + TEXT,
        "&" + "amp;" * 100_000,
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><p>&b;&b;</p>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
    ],
    ids=range(10),
)
def test_nested_and_broken_pages(html: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    articles, issues = read(tmp_path / "a.html")
    assert articles or issues
    assert not any("root:" in article.text for article in articles)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("a.txt", b"%PDF-1.7\n" + bytes(range(256)) * 20),
        ("a.html", bytes(5_000)),
        ("a.json", b"\x00" * 5_000),
        ("a.csv", b"id,text\n" + b"\x00" * 500),
        ("a.jsonl", b"\xff\xfe\x00" * 500),
        ("a.parquet", b"PAR1" + bytes(200) + b"\xff\xff\xff\x7fPAR1"),
        ("a.txt.gz", b"not gzip at all"),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00" + bytes(40)),
    ],
)
def test_what_is_no_text_at_all(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    articles, issues = read(tmp_path / name)
    assert not articles
    assert any(issue.severity == "error" for issue in issues)


def test_an_archive_under_another_name_is_no_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.txt", "w") as archive:
        archive.writestr("b.txt", TEXT * 100, compress_type=zipfile.ZIP_DEFLATED)
    articles, issues = read(tmp_path / "a.txt")
    assert not articles
    assert [issue.severity for issue in issues] == ["error"]


def test_a_word_in_the_wrong_encoding_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("It cost £5 million – Zoë said.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("It cost €5 million".encode("utf-16"))
    articles, issues = read(tmp_path)
    assert [article.text for article in articles] == ["It cost £5 million – Zoë said.", "It cost €5 million"]
    assert [issue.code for issue in issues] == ["encoding_guessed"]
