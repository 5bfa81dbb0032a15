"""Code that the readers share: opening files, reading bytes within limits, and reporting faults."""

from __future__ import annotations

import gzip
import io
from functools import partial
from itertools import islice
from typing import Any, TypeAlias, cast

from newsledger.reading.decoding import Unreadable, decode
from newsledger.reading.options import ReadOptions
from newsledger.reading.sources import SourceFile
from newsledger.values.issues import Issue, Severity

_BY_SEVERITY: dict[Severity, str] = {
    "error": "unreadable empty too_large too_long binary undecodable bad_gzip bad_json bad_row bad_parquet "
    "bad_html no_text no_field no_records reading_failed killed_worker time_limit",
    "warning": "lost_characters bad_date bad_id same_names dates_disagree markup_in_text vanished changed",
    "info": "encoding_guessed",
}
CODES = {code: severity for severity, codes in _BY_SEVERITY.items() for code in codes.split()}
"""Code of an issue -> severity. `newsledger.reading.sources` adds those about files that were not opened."""


def problem(name: str, file: SourceFile, code: str, message: str) -> Issue:
    """An issue about the article ``name`` of a file, with the severity given in ``CODES``."""
    return Issue(
        article_id=name,
        source_path=file.relative,
        stage="reading",
        severity=CODES[code],
        code=code,
        message=message,
    )


Stream: TypeAlias = "io.BufferedReader[Any]"

CHUNK = 1 << 20
"""Bytes read at a time."""


def open_stream(file: SourceFile) -> Stream:
    """Open a file, unpacking gzip on the way."""
    if file.gzipped:
        return io.BufferedReader(cast(Any, gzip.open(file.path, "rb")), 65536)
    return cast(Stream, file.path.open("rb"))


def read_all(stream: Stream, limit: int) -> bytes:
    """All bytes of a file; raises Unreadable if there are more than ``limit``, as in a gzip bomb."""
    parts = [*islice(iter(partial(stream.read, CHUNK), b""), limit // CHUNK + 1)]
    data = b"".join(parts)
    if len(data) > limit:
        raise Unreadable("too_large", f"the file is larger than {limit:,} bytes (see max_bytes)")
    return data


def decode_text(
    name: str, file: SourceFile, data: bytes, options: ReadOptions, declared: str | None = None
) -> tuple[str, list[Issue]]:
    """The text of some bytes, and the issues found on the way; raises Unreadable."""
    found = decode(data, encoding=options.encoding, declared=declared)
    issues = []
    if found.lost:
        message = f"{found.lost} bytes are no {found.encoding} and were read as \ufffd"
        issues.append(problem(name, file, "lost_characters", message))
    elif not (options.encoding or declared) and not found.encoding.startswith("utf"):
        message = f"read as {found.encoding}, which the file does not state"
        issues.append(problem(name, file, "encoding_guessed", message))
    return found.text, issues
