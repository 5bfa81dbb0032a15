"""Every kind of file, good and bad: articles as they stand in the file, and an issue for all else."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import os
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsledger.reading import ReadingError, ReadOptions, iter_articles, read_articles, read_file, sources
from newsledger.reading.streams import CODES
from newsledger.values.article import Article
from newsledger.values.issues import Issue

BODY = "The harbour board said on Tuesday that it would dredge the northern channel before the autumn storms."


def read(path: Path, **options: Any) -> tuple[list[Article], list[Issue]]:
    """All of one file, without unique ids."""
    found = sources(path)
    items = [item for file in found.files for item in read_file(file, ReadOptions(**options))]
    return (
        [item for item in items if isinstance(item, Article)],
        [*found.issues, *(item for item in items if isinstance(item, Issue))],
    )


def one(path: Path, **options: Any) -> Article:
    articles, issues = read(path, **options)
    assert not issues
    assert len(articles) == 1
    return articles[0]


def codes(path: Path, **options: Any) -> list[str]:
    articles, issues = read(path, **options)
    assert not articles
    assert all(issue.severity == CODES[issue.code] for issue in issues)
    return [issue.code for issue in issues]


def jsonl(path: Path, *records: Any) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


# --- text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [BODY, f" \r\n{BODY}\r\n\tEnd \n\n", f"{BODY}\rold\x0b\x0c\x85\u2028end", "\x1a £"]
)
def test_text_is_kept_character_for_character(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    article = one(path)
    assert article.text == text
    assert (article.article_id, article.source_path, article.title) == ("a.txt", "a.txt", None)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY.encode("utf-8-sig"))
    assert one(tmp_path / "a.txt").text == BODY


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Title: Harbour to be dredged\nPublished: 3 April 2024\n\n{BODY}", "Harbour to be dredged"),
        (f"---\ndate: 2024-04-03\ntitle: 'Harbour: a plan'\n---\n{BODY}", "Harbour: a plan"),
        (f"Harbour to be dredged\n\n{BODY}", None),
        (f"{BODY}\nTitle: not this", None),
    ],
)
def test_a_title_the_text_states(tmp_path: Path, text: str, title: str | None) -> None:
    (tmp_path / "a.md").write_text(text)
    article = one(tmp_path / "a.md")
    assert (article.title, article.text) == (title, text)


def test_gzipped_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(BODY.encode()))
    assert one(tmp_path / "a.txt.gz").text == BODY
    assert one(tmp_path / "a.txt.gz").article_id == "a.txt.gz"


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("It cost £3m.".encode("cp1252"))
    articles, issues = read(path)
    assert articles[0].text == "It cost £3m."
    assert [(i.code, i.severity, i.article_id) for i in issues] == [("encoding_guessed", "info", "a.txt")]
    assert one(path, encoding="cp1252").text == "It cost £3m."


def test_bytes_that_are_lost_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Zoë paid \xa33m to Zoë.".encode().replace(b"\xc2\xa3", b"\xa3"))
    articles, issues = read(tmp_path / "a.txt")
    assert articles[0].text == "Zoë paid \ufffd3m to Zoë."
    assert [issue.code for issue in issues] == ["lost_characters"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff".encode(), "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"%PDF-1.7\x00\x01\x02\x03" * 9, "binary"),
        (b"\x81\x8d\x8f\x90\x9d\xfe" * 30, "undecodable"),
    ],
)
def test_bad_text_files(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(data))
    for name in ("a.txt", "b.txt.gz"):
        _, issues = read(tmp_path / name)
        assert [(i.code, i.article_id, i.source_path) for i in issues] == [(code, name, name)]


def test_an_encoding_that_was_asked_for_but_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("é".encode())
    assert codes(tmp_path / "a.txt", encoding="ascii") == ["undecodable"]


def test_large_text_files_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert codes(path) == ["too_long"]
    path.write_text("a" * 1001)
    assert codes(path, max_chars=1000) == ["too_long"]
    assert one(path, max_chars=1001).text == "a" * 1001
    path.write_text("é" * 1000)
    assert len(one(path, max_chars=1000).text) == 1000


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.txt.gz", "wb", 9) as file:
        for _ in range(100):
            file.write(b" " * 1_000_000)
    assert codes(tmp_path / "a.txt.gz") == ["too_long"]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.json.gz", "a.html.gz", "a.csv.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("damage", ["cut", "no gzip", "flipped", "checksum"])
def test_broken_gzip(tmp_path: Path, name: str, damage: str) -> None:
    data = gzip.compress(f'{{"text": "{BODY * 50}"}}\n'.encode(), mtime=0)
    broken = {
        "cut": data[:-12],
        "no gzip": b"this is no gzip",
        "flipped": data[:14] + bytes([data[14] ^ 255, data[15] ^ 255]) + data[16:],
        "checksum": data[:-8] + zlib.crc32(b"other").to_bytes(4, "little") + data[-4:],
    }[damage]
    (tmp_path / name).write_bytes(broken)
    _, issues = read(tmp_path / name)
    assert [issue.code for issue in issues] == ["bad_gzip"]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated, since a privileged user may read everything."""
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    found = sources(path).files[0]

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    (issue,) = read_file(found)
    assert isinstance(issue, Issue)
    assert (issue.code, issue.severity, issue.article_id) == ("unreadable", "error", "a.txt")
    assert issue.message == "the file cannot be read: Permission denied"


def test_a_file_that_vanished(tmp_path: Path) -> None:
    for name in ("a.txt", "a.jsonl", "a.parquet"):
        path = tmp_path / name
        path.write_text(BODY)
        found = sources(path).files[0]
        path.unlink()
        assert [item.code for item in read_file(found) if isinstance(item, Issue)] == ["unreadable"]


# --- dates ----------------------------------------------------------------------------------------------


def test_the_ladder_of_publication_dates(tmp_path: Path) -> None:
    """Header, metadata, dateline, file name, option: the first that gives a day."""

    def dated(name: str, text: str, **fields: str) -> tuple[Any, str, list[str]]:
        path = tmp_path / name
        path.write_text(json.dumps({"text": text, **fields}) if name.endswith("json") else text)
        articles, issues = read(path, published="2020-05-05")
        return articles[0].published_date, articles[0].published_basis, [i.code for i in issues]

    header, line = " date 2024-04-03 " + BODY, "PORTO, 4 April 2024 - " + BODY
    assert dated("2024-01-01.json", header, published="2024-04-04") == (dt.date(2024, 4, 3), "header", [])
    assert dated("2024-01-01.json", line, published="2024-04-05") == (dt.date(2024, 4, 5), "metadata", [])
    assert dated("2024-01-01.txt", line) == (dt.date(2024, 4, 4), "dateline", [])
    assert dated("2024-01-01.txt", BODY) == (dt.date(2024, 1, 1), "filename", [])
    assert dated("2024-01-01.json", BODY) == (dt.date(2024, 1, 1), "filename", [])
    assert dated("a.txt", BODY) == (dt.date(2020, 5, 5), "option", [])
    assert dated("a.json", header, published="2024-05-01")[2] == ["dates_disagree"]
    assert dated("a.json", BODY, published="04/03/2024") == (dt.date(2020, 5, 5), "option", ["bad_date"])
    assert dated("a.json", BODY, published="") == (dt.date(2020, 5, 5), "option", [])


def test_without_any_date_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    article = one(tmp_path / "a.txt")
    assert (article.published_date, article.published_basis) == (None, "none")


def test_the_name_of_a_file_of_many_records_dates_none(tmp_path: Path) -> None:
    """It may as well be the day they were collected."""
    assert one(jsonl(tmp_path / "2024-04-03.jsonl", {"text": BODY})).published_date is None


def test_the_order_of_day_and_month_may_be_given(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": BODY, "date": "04/03/2024"})
    assert one(path, day_order="dmy").published_date == dt.date(2024, 3, 4)


# --- html -----------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html lang="en"><head>{head}<title>Harbour to be dredged | Quay News</title>
<meta property="og:title" content="Harbour to be dredged">{meta}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Harbour to be dredged</h1>
<p>The harbour board said on Tuesday that it would dredge the northern channel before the autumn storms,
at a cost of £12 million.</p><h2>The towns pay</h2><p>Porto pays half.<br>Gaia pays a third of the sum, said
<b>Ana Lima</b>, who chairs the board and has asked for a loan.</p><ul><li>Quays: £3 million</li>
<li>Dredging: £9 million</li></ul><blockquote><p>We cannot wait.</p></blockquote></article>
<footer>© 2019 Quay News</footer></body></html>"""


def page(head: str = "", meta: str = "") -> str:
    return PAGE.format(head=head, meta=meta)


def test_a_page_gives_text_title_and_date(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2024-04-03T23:30:00-08:00">'
    (tmp_path / "a.html").write_text(page(meta=meta))
    article = one(tmp_path / "a.html")
    assert article.title == "Harbour to be dredged"
    assert (article.published_date, article.published_basis) == (dt.date(2024, 4, 3), "metadata")
    assert article.text.split("\n\n") == [
        "Harbour to be dredged",
        "The harbour board said on Tuesday that it would dredge the northern channel before the autumn "
        "storms, at a cost of £12 million.",
        "The towns pay",
        "Porto pays half.\nGaia pays a third of the sum, said Ana Lima, who chairs the board and has asked "
        "for a loan.",
        "Quays: £3 million",
        "Dredging: £9 million",
        "We cannot wait.",
    ]


def test_a_page_of_the_future_is_dated_all_the_same(tmp_path: Path) -> None:
    """What a page says must not depend on the day it is read."""
    (tmp_path / "a.html").write_text(page(meta='<meta name="date" content="2091-04-03">'))
    assert one(tmp_path / "a.html").published_date == dt.date(2091, 4, 3)


def test_a_copyright_line_is_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    assert one(tmp_path / "a.html").published_date is None


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
def test_the_encoding_a_page_declares(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.htm").write_bytes(page(head=f'<meta charset="{encoding}">').encode(encoding))
    assert "£12 million" in one(tmp_path / "a.htm").text


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("", "empty"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_text"),
        ("<html><head><title>x</title></head></html>", "no_text"),
        ("<!-- nothing -->", "no_text"),
        ("<" * 5000, "no_text"),
    ],
)
def test_pages_without_an_article(tmp_path: Path, html: str, code: str) -> None:
    (tmp_path / "a.html").write_text(html)
    assert codes(tmp_path / "a.html") == [code]


def test_a_page_over_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page() + " " * 3000)
    assert codes(tmp_path / "a.html", max_bytes=3000) == ["too_large"]


def test_a_page_of_too_many_tags(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<p>One.</p>" * 40_000)
    assert codes(tmp_path / "a.html") == ["too_large"]


def test_a_page_nested_too_deep(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 20000 + BODY + "</div>" * 20000)
    articles, issues = read(tmp_path / "a.html")
    assert len(articles) + len(issues) == 1


# --- json and jsonl -------------------------------------------------------------------------------------


def test_one_object_is_one_article(tmp_path: Path) -> None:
    record = {"headline": " Harbour ", "body": BODY, "pub_date": "2024-04-03T10:00:00Z"}
    (tmp_path / "a.json").write_text(json.dumps(record, indent=2))
    article = one(tmp_path / "a.json")
    assert (article.article_id, article.title, article.text) == ("a.json", "Harbour", BODY)
    assert (article.published_date, article.published_basis) == (dt.date(2024, 4, 3), "metadata")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"status": "ok", "articles": records},
        lambda records: {"response": {"total": 2, "docs": records}},
    ],
)
def test_lists_of_records(tmp_path: Path, wrap: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(wrap([{"id": 7, "text": "One."}, {"text": "Two."}])))
    articles, issues = read(tmp_path / "a.json")
    assert [(a.article_id, a.text) for a in articles] == [("7", "One."), ("a.json#2", "Two.")]
    assert not issues


def test_a_json_file_of_lines(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.json", {"text": "One."}, {"text": "Two."})
    assert [a.article_id for a in read(tmp_path / "a.json")[0]] == ["a.json#1", "a.json#2"]


def test_a_jsonl_file_that_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('\n[{"text": "One."},\n{"text": "Two."}]')
    assert [a.article_id for a in read(tmp_path / "a.jsonl")[0]] == ["a.jsonl#1", "a.jsonl#2"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("{", "bad_json"),
        ("[" * 100_000, "bad_json"),
        ("5", "no_records"),
        ('"text"', "no_records"),
        ("[]", "no_records"),
        ('{"a": 1}', "no_text"),
        ('{"text": null}', "no_text"),
        ('{"text": 5}', "no_text"),
        ('{"text": ""}', "empty"),
        ('{"text": "  "}', "empty"),
        ('["a"]', "no_text"),
        ('{"text": {"deep": "x"}}', "no_text"),
    ],
)
def test_bad_json(tmp_path: Path, content: str, code: str) -> None:
    (tmp_path / "a.json").write_text(content)
    assert codes(tmp_path / "a.json") == [code]


def test_a_record_without_text_names_its_fields(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"artikel": "x", "datum": "y"}')
    assert "artikel, datum" in read(tmp_path / "a.json")[1][0].message


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = ['{"text": "One."}', '{"text": "Tw', "", "5", '{"text": ""}', '{"id": "x", "text": "Six."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    articles, issues = read(tmp_path / "a.jsonl")
    assert [(a.article_id, a.text) for a in articles] == [("a.jsonl#1", "One."), ("x", "Six.")]
    assert [(i.article_id, i.code) for i in issues] == [
        ("a.jsonl#2", "bad_json"),
        ("a.jsonl#4", "no_text"),
        ("a.jsonl#5", "empty"),
    ]


def test_very_many_broken_lines_are_summed_up(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 1500 + '{"text": "One."}\n')
    articles, issues = read(tmp_path / "a.jsonl")
    assert len(articles) == 1
    assert len(issues) == 1001
    assert issues[-1].message == "500 more issues of this kind are not listed"


def test_issues_of_every_kind_are_summed_up(tmp_path: Path) -> None:
    lines = ['{"text": ""}', '{"text": 3}', '{"text": "One.", "date": "31 June 2024"}', '{"x": 1}', "[1]"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines * 1100) + "\n")
    articles, issues = read(tmp_path / "a.jsonl")
    assert len(articles) == 1100
    assert Counter(issue.code for issue in issues) == {"empty": 1001, "no_text": 1001, "bad_date": 1001}
    assert [(issue.code, issue.message.split()[0]) for issue in issues[-3:]] == [
        ("bad_date", "100"),
        ("empty", "100"),
        ("no_text", "2,300"),
    ]


def test_columns_of_one_name_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,text,,\n1,One.,Two.,,\n")
    table = pa.Table.from_arrays(
        [pa.array(["1"]), pa.array(["One."]), pa.array(["Two."])], ["id", "text", "text"]
    )
    pq.write_table(table, tmp_path / "a.parquet")
    for name in ("a.csv", "a.parquet"):
        articles, issues = read(tmp_path / name)
        assert [article.text for article in articles] == ["Two."]
        assert [(i.code, i.message) for i in issues] == [
            ("same_names", "2 columns are called 'text'; the last was read")
        ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_fields_of_one_name_are_said(name: str, tmp_path: Path) -> None:
    record = '{"id": "x", "text": "One.", "more": {"k": 1, "k": 2, "k": 3}, "text": "Two."}'
    (tmp_path / name).write_text(record + "\n", encoding="utf-8")
    articles, issues = read(tmp_path / name)
    assert [article.text for article in articles] == ["Two."]
    assert [(i.code, i.message) for i in issues] == [
        ("same_names", "3 fields are called 'k'; the last was read"),
        ("same_names", "2 fields are called 'text'; the last was read"),
    ]


def test_a_day_that_is_none_costs_its_row_the_day(tmp_path: Path) -> None:
    days = pa.array([19_815, 9_000_000, None], pa.int32()).cast(pa.date32())
    times = pa.array([0, 10**12, None], pa.int64()).cast(pa.timestamp("s"))
    for name, column in (("a.parquet", days), ("b.parquet", times)):
        pq.write_table(pa.table({"text": ["One.", "Two.", "Three."], "date": column}), tmp_path / name)
        articles, issues = read(tmp_path / name)
        assert [article.text for article in articles] == ["One.", "Two.", "Three."]
        assert [article.published_basis for article in articles] == ["metadata", "none", "none"]
        assert [issue.code for issue in issues] == ["bad_date"]


def test_line_separators_inside_a_record_are_kept(tmp_path: Path) -> None:
    text = "One\u2028two\x85three\r\nfour"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": text}, ensure_ascii=False) + "\r\n", encoding="utf-8", newline=""
    )
    assert one(tmp_path / "a.jsonl").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.jsonl.gz", "a.csv.gz"])
def test_records_in_other_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    if "csv" in name:
        data = 'id,text\r\n1,"A £3m café"\r\n2,plain\r\n'.encode(encoding)
    else:
        data = '{"id": 1, "text": "A £3m café"}\n{"id": 2, "text": "plain"}\n'.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    articles, issues = read(tmp_path / name)
    assert [(a.article_id, a.text) for a in articles] == [("1", "A £3m café"), ("2", "plain")]
    assert {i.code for i in issues} <= {"encoding_guessed"}


def test_half_characters_are_replaced_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A \\ud83d\\ude00 and \\ud83d half"}\n')
    articles, issues = read(tmp_path / "a.jsonl")
    assert articles[0].text == "A 😀 and \ufffd half"
    assert [i.code for i in issues] == ["lost_characters"]


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": "One."}, {"text": "x" * 5000}, {"text": "Three."})
    articles, issues = read(path, max_bytes=1000)
    assert [a.text for a in articles] == ["One.", "Three."]
    assert [(i.article_id, i.code) for i in issues] == [("a.jsonl#2", "too_large")]


def test_an_article_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"id": "long", "text": "x" * 5000}, {"text": "Two."})
    articles, issues = read(path, max_chars=1000)
    assert [a.text for a in articles] == ["Two."]
    assert [(i.article_id, i.code) for i in issues] == [("long", "too_long")]


def test_a_gzip_bomb_of_lines_ends(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", 9) as file:
        file.write(b'{"text": "One."}\n')
        for _ in range(60):
            file.write(b"\0" * 1_000_000)
    articles, issues = read(tmp_path / "a.jsonl.gz", max_bytes=1_000_000)
    assert [a.text for a in articles] == ["One."]
    assert [i.code for i in issues] == ["too_large"]


def test_a_large_file_is_streamed(tmp_path: Path) -> None:
    """The first article is there before the file has been read."""
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wt", 1) as file:
        for number in range(20_000):
            file.write(f'{{"id": {number}, "text": "{BODY}"}}\n')
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    items = iter(read_file(sources(path).files[0]))
    assert next(items).article_id == "0"
    rest = list(items)
    assert len(rest) > 5_000
    assert isinstance(rest[-1], Issue)
    assert rest[-1].code == "bad_gzip"


@pytest.mark.parametrize(
    ("own", "expected"),
    [("a/b", "a/b"), (17, "17"), (17.0, "17"), (0, "0"), ("", "a.jsonl#1"), (None, "a.jsonl#1"),
     (" x\n ", "x"), ("x\ny", "x\\x0ay")],
)  # fmt: skip
def test_ids(tmp_path: Path, own: object, expected: str) -> None:
    assert one(jsonl(tmp_path / "a.jsonl", {"id": own, "text": BODY})).article_id == expected


@pytest.mark.parametrize(("own", "kind"), [(True, "bool"), ([1], "list"), ({"oid": 1}, "dict")])
def test_what_is_no_id_is_said(tmp_path: Path, own: object, kind: str) -> None:
    articles, issues = read(jsonl(tmp_path / "a.jsonl", {"id": own, "text": BODY}))
    assert [article.article_id for article in articles] == ["a.jsonl#1"]
    assert [(issue.code, issue.severity) for issue in issues] == [("bad_id", "warning")]
    assert f"no {kind};" in issues[0].message


def test_a_url_is_an_id_where_there_is_no_other(tmp_path: Path) -> None:
    record = {"url": "https://quay.example/1", "text": BODY}
    assert one(jsonl(tmp_path / "a.jsonl", record)).article_id == "https://quay.example/1"
    assert one(jsonl(tmp_path / "a.jsonl", {"_id": "x", **record})).article_id == "x"


def test_field_names_may_be_given(tmp_path: Path) -> None:
    record = {"text": "not this", "f": {"tekst": BODY, "dato": "2024-04-03"}, "navn": "Havn", "nr": 3}
    path = jsonl(tmp_path / "a.jsonl", record)
    article = one(path, text_field="f.tekst", date_field="f.dato", title_field="navn", id_field="nr")
    assert (article.text, article.title, article.article_id) == (BODY, "Havn", "3")
    assert article.published_date == dt.date(2024, 4, 3)
    assert codes(path, text_field="nothing") == ["no_text"]


def test_paragraphs_in_a_list_are_joined(tmp_path: Path) -> None:
    assert one(jsonl(tmp_path / "a.jsonl", {"text": ["One.", "Two."]})).text == "One.\n\nTwo."


@pytest.mark.parametrize("text", ["<p>One</p><p>Two</p><p>3</p><p>4</p>", "{\\rtf1\\ansi One.}"])
def test_markup_in_a_text_is_left_and_said(tmp_path: Path, text: str) -> None:
    articles, issues = read(jsonl(tmp_path / "a.jsonl", {"text": text}))
    assert articles[0].text == text
    assert [i.code for i in issues] == ["markup_in_text"]


# --- csv and parquet ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "|"), ("a.tsv", "\t")]
)
def test_tables(tmp_path: Path, name: str, delimiter: str) -> None:
    text = 'He said "yes",\r\nthen; left | early\tthat\nday. NA'
    with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerow(["ID", "Headline", "Article Text", "Publish_Date"])
        rows.writerow(["NA", "NA", text, "2024-04-03"])
        rows.writerow([])
        rows.writerow(["", "", "Two.", ""])
    articles, issues = read(tmp_path / name)
    assert not issues
    assert [(a.article_id, a.title, a.text) for a in articles] == [
        ("NA", "NA", text),
        (f"{name}#3", None, "Two."),
    ]
    assert articles[0].published_date == dt.date(2024, 4, 3)


def test_a_long_field_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text\n"{"x " * 200_000}"\n')
    assert len(one(tmp_path / "a.csv").text) == 400_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["empty"]),
        ("\n\n", ["empty"]),
        ("id,text\n", ["no_records"]),
        ("id,artikel\n1,x\n", ["no_field"]),
        ("id,text\n1,x,y\n", ["bad_row"]),
        ("id,text\n1\n", ["bad_row"]),
        ('id,text\n1,"x\n2,y\n', ["bad_row"]),
        ('id,text\n1,"x"y\n', ["bad_row"]),
        ("id,text\n1,\n", ["empty"]),
    ],
)
def test_bad_tables(tmp_path: Path, content: str, expected: list[str]) -> None:
    (tmp_path / "a.csv").write_text(content)
    assert codes(tmp_path / "a.csv") == expected


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,One.\n2,"Tw"o\n3,a,b\n4,Four.\n')
    articles, issues = read(tmp_path / "a.csv")
    assert [a.text for a in articles] == ["One.", "Four."]
    assert [(i.article_id, i.code) for i in issues] == [("a.csv#2", "bad_row"), ("a.csv#3", "bad_row")]


def test_a_column_that_was_asked_for_but_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,x\n")
    _, issues = read(tmp_path / "a.csv", date_field="dato")
    assert [i.code for i in issues] == ["no_field"]
    assert issues[0].message == "there is no column 'dato'; the columns are id, text"


def test_a_stray_byte_spoils_only_its_field(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("id,text\n1,Zoë paid ".encode() + b"\xa33m\n" + "2,Zoë\n".encode())
    data = (
        b"id,text\n"
        + b"".join(b"%d,plain\n" % n for n in range(20_000))
        + b"x,a \xa33m fine\n"
        + "y,Zoë\n".encode()
    )
    (tmp_path / "b.csv").write_bytes(data)
    texts = {a.article_id: a.text for a in read(tmp_path / "b.csv")[0]}
    assert texts["x"] == "a £3m fine"
    assert texts["y"] == "Zoë"


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2, 3], pa.int64()),
            "text": ["One.", "Two.\r\n", None],
            "date": pa.array([dt.datetime(2024, 4, 3, 23, 59, 1, 1), None, None], pa.timestamp("ns")),  # noqa: DTZ001
            "title": ["A", None, "C"],
            "unused": [b"x", b"y", b"z"],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    articles, issues = read(tmp_path / "a.parquet")
    assert [(a.article_id, a.title, a.text) for a in articles] == [
        ("1", "A", "One."),
        ("2", None, "Two.\r\n"),
    ]
    assert articles[0].published_date == dt.date(2024, 4, 3)
    assert [(i.article_id, i.code) for i in issues] == [("3", "no_text")]


def test_parquet_under_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.parquet")
    with path.open("wb") as file:
        pq.write_table(pa.table({"text": ["Peru paid €5."]}), file)
    articles, issues = read(path)
    assert ([a.article_id for a in articles], issues) == (["\\xff.parquet#1"], [])


def test_parquet_with_other_types(tmp_path: Path) -> None:
    texts = pa.array(["One.", "Two."]).dictionary_encode()
    dates = pa.array([dt.date(2024, 4, 3), None])
    pq.write_table(pa.table({"content": texts, "published": dates}), tmp_path / "a.parquet")
    articles, _ = read(tmp_path / "a.parquet")
    assert [(a.article_id, a.published_date) for a in articles] == [
        ("a.parquet#1", dt.date(2024, 4, 3)),
        ("a.parquet#2", None),
    ]


def test_bad_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 this is no parquet PAR1")
    (tmp_path / "b.parquet").write_bytes(b"")
    pq.write_table(pa.table({"artikel": ["x"]}), tmp_path / "c.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "d.parquet")
    assert codes(tmp_path / "a.parquet") == ["bad_parquet"]
    assert codes(tmp_path / "b.parquet") == ["bad_parquet"]
    assert codes(tmp_path / "c.parquet") == ["no_field"]
    assert codes(tmp_path / "d.parquet") == ["no_records"]


# --- the two faces --------------------------------------------------------------------------------------


def test_a_folder_of_everything(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.html").write_text(page())
    jsonl(tmp_path / "c.jsonl", {"text": "One."}, {"text": "Two."})
    (tmp_path / "d.csv").write_text("text\nThree.\n")
    articles = read_articles(tmp_path)
    assert [a.article_id for a in articles] == ["a.txt", "b.html", "c.jsonl#1", "c.jsonl#2", "d.csv#1"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text("")
    with pytest.warns(UserWarning, match=r"not read: b\.txt: the text is empty"):
        articles = read_articles(tmp_path)
    assert [a.article_id for a in articles] == ["a.txt"]
    assert [i.code for i in articles.issues] == ["empty"]
    issues: list[Issue] = []
    assert [a.article_id for a in read_articles(tmp_path, on_issue=issues.append)] == ["a.txt"]
    assert [i.code for i in issues] == ["empty"]


def test_nothing_there_raises(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        read_articles(tmp_path / "nowhere")
    with pytest.raises(ReadingError, match="holds no file"):
        read_articles(tmp_path)


def test_a_bad_option_is_refused_where_it_is_given() -> None:
    with pytest.raises(ValueError, match="not an ISO date"):
        ReadOptions(published="third of April")
    with pytest.raises(ValueError, match="max_chars"):
        ReadOptions(max_chars=0)
    with pytest.raises(ValueError, match="klingon"):
        ReadOptions(encoding="klingon")
    with pytest.raises(ValueError, match="day_order"):
        ReadOptions(day_order="ymd")  # type: ignore[arg-type]


def test_an_id_that_occurs_twice(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.jsonl", {"id": "x", "text": "One."}, {"id": "x~2", "text": "Two."})
    jsonl(tmp_path / "b.jsonl", {"id": "x", "text": "Three."}, {"id": "x", "text": "Four.", "date": "never"})
    issues: list[Issue] = []
    articles = read_articles(tmp_path, on_issue=issues.append)
    assert [(a.article_id, a.text[:4]) for a in articles] == [
        ("x", "One."),
        ("x~2", "Two."),
        ("x~3", "Thre"),
        ("x~4", "Four"),
    ]
    assert [(i.article_id, i.code) for i in issues] == [
        ("x~3", "duplicate_id"),
        ("x~4", "bad_date"),
        ("x~4", "duplicate_id"),
    ]


def test_the_same_text_twice_is_two_articles(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY)
    assert len(read_articles(tmp_path)) == 2


def test_articles_come_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text("")
    articles = iter_articles(tmp_path)
    assert next(articles).article_id == "a.txt"
    with pytest.raises(ReadingError):
        next(articles)


@pytest.mark.shared
def test_real_articles_are_read_whole(shared: Path) -> None:
    issues: list[Issue] = []
    articles = read_articles(shared / "articles", on_issue=issues.append)
    assert len(articles) > 8000
    assert all(issue.severity != "error" for issue in issues)
    seed = next(a for a in articles if a.article_id == "seed.txt")
    assert (seed.published_date, seed.published_basis) == (dt.date(2024, 4, 3), "header")
    assert seed.text == (shared / "articles" / "seed.txt").read_bytes().decode()


NAMES = ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.txt.gz", "a.jsonl.gz"]
PIECES = [
    *(b'{"text": "a"}', b"[", b"]", b'"', b",", b"\n", b"text,id\n", b"id\ttext\n", b"{}", b"null", b"PAR1"),
    *(
        b"<p>",
        b"</p>",
        b"<html><body>",
        b"\xff\xfe",
        b"\x00",
        b"\x1f\x8b\x08",
        b"\xef\xbb\xbf",
        b"\xc3\xa9",
        b"\xe9",
    ),
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(NAMES),
    st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES)).map(b"".join)),
)
@example("a.csv", b"\xfe\xff" + bytes(13))
@example("a.csv", b"text\n,")
def test_no_file_raises(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    articles, issues = read(path)
    assert articles or issues
    assert {issue.code for issue in issues} <= set(CODES)
    os.remove(path)  # noqa: PTH107


def test_a_table_cut_in_the_middle_of_a_character_is_read_to_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,Ana paid $5.\n2,Ben paid".encode("utf-16") + b"\x20")
    articles, issues = read(path)
    assert [a.text.rstrip("\ufffd") for a in articles] == ["Ana paid $5.", "Ben paid"]
    assert [issue.code for issue in issues] == ["lost_characters"]
