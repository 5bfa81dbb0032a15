"""Reads one file into Articles and Issues; no content of a file raises an exception.

In the order to read: `read_file` picks a reader by kind; `newsledger.reading.records` gives the records of a
file; `_article` makes the Article. Every doubt on the way becomes an Issue (`newsledger.reading.streams`).
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

from newsledger.document import published
from newsledger.lexicons.load import lazy_regex
from newsledger.reading.decoding import Unreadable, decode, without_surrogates
from newsledger.reading.options import NAME_IT, Fields, ReadOptions, choose_fields, field_value
from newsledger.reading.records import Record, read_csv, read_json, read_jsonl, read_parquet
from newsledger.reading.sources import SourceFile, printable
from newsledger.reading.streams import Stream, decode_text, open_stream, problem, read_all
from newsledger.values.article import OWN_SETTINGS, Article, PublishedBasis, is_missing
from newsledger.values.issues import LISTED, Issue

_TAG = lazy_regex(r"</(?:p|div|a|span|li|h[1-6]|strong|em)>|<br ?/?>|<p>", re.IGNORECASE)
_TITLE = lazy_regex(r"^(?:title|headline)[ \t]*:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.IGNORECASE | re.MULTILINE)
_TITLE_ABOVE = lazy_regex(
    r"\s*(?:---[ \t]*\r?\n)?(?:[a-z_ -]{2,20}:.*\n){0,9}?(?:title|headline)[ \t]*:", re.IGNORECASE
)


def read_file(file: SourceFile, options: ReadOptions | None = None) -> Iterator[Article | Issue]:
    """Read the articles of one file, one record at a time.

    Records of jsonl, csv, tsv and parquet files are streamed. Ids are as the records give them (else the
    path, with ``#`` and the number of the line or record, from 1): `unique_ids` settles those that occur
    twice.
    """
    return _bounded(_read(file, (options or ReadOptions()).for_file(file.relative)), file)


def _bounded(items: Iterable[Article | Issue], file: SourceFile) -> Iterator[Article | Issue]:
    """The items with so many issues of a kind as are listed, and at the end how many more there were."""
    counts = Counter[str]()
    for item in items:
        if isinstance(item, Issue):
            counts[item.code] += 1
            if counts[item.code] > LISTED:
                continue
        yield item
    for code, count in sorted(counts.items()):
        if count > LISTED:
            yield problem("", file, code, f"{count - LISTED:,} more issues of this kind are not listed")


def _read(file: SourceFile, options: ReadOptions) -> Iterator[Article | Issue]:
    try:
        with closing(open_stream(file)) as stream:
            if file.kind in _SINGLE:
                yield from _SINGLE[file.kind](file, stream, options)
                return
            for item in _RECORDS[file.kind](file, stream, options):
                yield from _record(item, file, options)
    except Unreadable as bad:
        yield problem(_name(file), file, bad.code, str(bad))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        message = f"the gzip file is broken: {error}; what follows is missing"
        yield problem(_name(file), file, "bad_gzip", message)
    except (OSError, MemoryError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        yield problem(_name(file), file, "unreadable", f"the file cannot be read: {why}")


def _name(file: SourceFile) -> str:
    """The id of the article a file would have given, none for a file of records."""
    return file.relative if file.kind in _SINGLE else ""


def _text(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Article | Issue]:
    limit = 4 * options.max_chars + 4
    if file.size > limit and not file.gzipped:
        message = f"{file.size:,} bytes are more than an article of {options.max_chars:,} characters"
        raise Unreadable("too_long", message)
    try:
        data = read_all(stream, limit)
    except Unreadable:
        message = f"the text is longer than {options.max_chars:,} characters (see max_chars)"
        raise Unreadable("too_long", message) from None
    text, issues = decode_text(file.relative, file, data, options)
    yield from issues
    title = _TITLE.search(text[:2000]) if _TITLE_ABOVE.match(text) else None
    title_text = title[1] if title else None
    yield from _article(file.relative, file, options, text=text, title=title_text, alone=True)


def _html(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Article | Issue]:
    from newsledger.reading.pages import MAX_HTML, MAX_TAGS, declared_charset, read_page

    data = read_all(stream, min(MAX_HTML, options.max_bytes))
    if not data.strip():
        raise Unreadable("empty", "the file is empty")
    html, issues = decode_text(file.relative, file, data, options, declared_charset(data))
    yield from issues
    if html.count("<") > MAX_TAGS:
        raise Unreadable("too_large", f"the page has more than {MAX_TAGS:,} tags")
    try:
        page = read_page(html)
    except Exception as error:  # lxml and trafilatura raise what they like on broken pages
        raise Unreadable("bad_html", f"the page cannot be read: {type(error).__name__}: {error}") from None
    if page is None:
        raise Unreadable("no_text", "no article text was found in the page")
    own = {name: page.about.get(name) for name in options.keep}
    about: dict[str, Any] = {"title": page.title, "date": page.date, "own": own}
    yield from _article(file.relative, file, options, text=page.text, alone=True, **about)


_SINGLE = {"text": _text, "html": _html}
_RECORDS = {"json": read_json, "jsonl": read_jsonl, "csv": read_csv, "tsv": read_csv, "parquet": read_parquet}


def read_records(
    records: Iterable[tuple[str, Mapping[str, Any]]], chosen: Fields, options: ReadOptions
) -> Iterator[Article | Issue]:
    """The articles of records that came from no file, each with the name it has without an id of its own."""
    nowhere = SourceFile(path=Path(), relative="", kind="parquet")
    items = (_record(Record(name, record, chosen), nowhere, options) for name, record in records)
    yield from _bounded(chain.from_iterable(items), nowhere)


def _record(item: Record | Issue, file: SourceFile, options: ReadOptions) -> Iterator[Article | Issue]:
    if isinstance(item, Issue):
        yield item
        return
    name, record = item.name, item.held
    if not isinstance(record, Mapping):
        yield problem(name, file, "no_text", "the record is no object with named fields")
        return
    chosen = item.fields or choose_fields(record, options)
    own = field_value(record, chosen.id)
    if isinstance(own, str | int | float) and not isinstance(own, bool) and own == own and str(own).strip():
        name = printable(str(int(own) if isinstance(own, float) and own.is_integer() else own).strip())
    elif not (is_missing(own) or isinstance(own, str)):
        message = f"an id is a text or a number, no {type(own).__name__}; this record is called {name!r}"
        yield problem(name, file, "bad_id", message)
    text = field_value(record, chosen.text)
    if isinstance(text, list) and text and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    elif isinstance(text, bytes):
        try:
            text = decode(text, encoding=options.encoding).text
        except Unreadable as bad:
            yield problem(name, file, bad.code, str(bad))
            return
    if not isinstance(text, str):
        yield problem(name, file, "no_text", _no_text(record, chosen.text))
        return
    title = field_value(record, chosen.title)
    yield from _article(
        name,
        file,
        options,
        text=text,
        title=title if isinstance(title, str) else None,
        date=field_value(record, chosen.date),
        own={name: field_value(record, name) for name in options.keep},
        alone=item.alone,
    )


def _no_text(record: Mapping[str, Any], field: str | None) -> str:
    """Why a record gives no text, and what would help."""
    held = field_value(record, field)
    if isinstance(held, Mapping):
        inner = ", ".join(f"{field}.{name}" for name in list(held)[:20])
        return f"the field {field!r} holds no text but {inner or 'nothing'}; {NAME_IT}"
    if held is not None or field in record:
        return f"the field {field!r} {'is empty' if held is None else 'holds no text'}"
    names = ", ".join(map(str, list(record)[:20])) or "none"
    return f"no field of text ({field or NAME_IT}); the fields are {names}"


def _article(
    name: str,
    file: SourceFile,
    options: ReadOptions,
    *,
    text: str,
    title: str | None = None,
    date: object = None,
    own: Mapping[str, object] | None = None,
    alone: bool = False,
) -> Iterator[Article | Issue]:
    """Check a text and date it.

    ``own``: the fields to keep; ``alone``: the only article of its file, whose name may tell the day.
    """
    if not text.strip():
        message = "the text is nothing but blanks" if text else "the text is empty"
        yield problem(name, file, "empty", message)
        return
    if len(text) > options.max_chars:
        message = f"the text has {len(text):,} characters, more than {options.max_chars:,} (see max_chars)"
        yield problem(name, file, "too_long", message)
        return
    text, lost = without_surrogates(text)
    if lost:
        message = f"{lost} half characters (lone surrogates) were read as \ufffd"
        yield problem(name, file, "lost_characters", message)
    if text.startswith("{\\rtf"):
        yield problem(name, file, "markup_in_text", "the text is RTF, which was left as it stands")
    if "<" in text and len(_TAG.findall(text[:20000])) > 3:
        message = "the text holds HTML markup, which was left in it; save it as .html to have it taken out"
        yield problem(name, file, "markup_in_text", message)
    day, basis, notes = _dated(text, date, file.relative if alone else None, options)
    for code, message in notes:
        yield problem(name, file, code, message)
    yield Article(
        text=text,
        article_id=name,
        title=without_surrogates(title.strip())[0] or None if title else None,
        published=day,
        published_basis=basis,
        source_path=file.relative,
        fields=own or dict.fromkeys(options.keep),
        **{name: getattr(options, name) for name in OWN_SETTINGS},
    )


def _dated(
    text: str, metadata: object, path: str | None, options: ReadOptions
) -> tuple[Any, PublishedBasis, list[tuple[str, str]]]:
    """The publication date with its basis, after the ladder of `newsledger.document.published`."""
    notes = []
    stated = published.from_text(text, day_order=options.day_order)
    try:
        recorded = published.from_metadata(metadata, day_order=options.day_order)
    except ValueError as error:
        recorded = None
        notes.append(("bad_date", f"the publication date was not read: {error}"))
    if stated and recorded and abs((stated[0] - recorded).days) > 1:
        message = f"the text says {stated[0]} ({stated[1]}), the metadata {recorded}"
        notes.append(("dates_disagree", message))
    if stated and stated[1] == "header":
        return stated[0], "header", notes
    if recorded:
        return recorded, "metadata", notes
    if stated:
        return stated[0], "dateline", notes
    named = published.from_file_name(path) if path else None
    if named:
        return named, "filename", notes
    return options.published, "option" if options.published else "none", notes
