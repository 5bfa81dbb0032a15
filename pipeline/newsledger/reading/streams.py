"""What readers share: opening files, getting bytes out of them within limits, and saying what is wrong."""

from __future__ import annotations

import gzip
import io
from typing import Any, TypeAlias, cast

from newsledger.reading.decoding import decode
from newsledger.reading.options import ReadOptions
from newsledger.reading.sources import SourceFile
from newsledger.values.issues import Issue, Severity

CODES: dict[str, Severity] = {
    "unreadable": "error",
    "empty": "error",
    "too_large": "error",
    "too_long": "error",
    "binary": "error",
    "undecodable": "error",
    "bad_gzip": "error",
    "bad_json": "error",
    "bad_row": "error",
    "bad_parquet": "error",
    "bad_html": "error",
    "no_text": "error",
    "no_field": "error",
    "no_records": "error",
    "lost_characters": "warning",
    "bad_date": "warning",
    "bad_id": "warning",
    "same_names": "warning",
    "dates_disagree": "warning",
    "markup_in_text": "warning",
    "vanished": "warning",
    "changed": "warning",
    "encoding_guessed": "info",
}
"""Code of an issue -> severity. `newsledger.reading.sources` adds those about files that were not opened."""


class Unreadable(Exception):
    """Ends the reading of a file or record with one issue."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def problem(name: str, file: SourceFile, code: str, message: str) -> Issue:
    """An issue about the article ``name`` of a file; its severity stands in ``CODES``."""
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
    """All bytes of a file; raises Unreadable where there are more than ``limit``, as in a gzip bomb."""
    parts, left = [], limit + 1
    while left > 0:
        part = stream.read(min(left, CHUNK))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Unreadable("too_large", f"the file is larger than {limit:,} bytes (see max_bytes)")
    return b"".join(parts)


def decode_text(
    name: str, file: SourceFile, data: bytes, options: ReadOptions, declared: str | None = None
) -> tuple[str, list[Issue]]:
    """The text of some bytes, and the issues found on the way; raises Undecodable."""
    found = decode(data, encoding=options.encoding, declared=declared)
    issues = []
    if found.lost:
        message = f"{found.lost} bytes are no {found.encoding} and were read as \ufffd"
        issues.append(problem(name, file, "lost_characters", message))
    elif not (options.encoding or declared) and not found.encoding.startswith("utf"):
        message = f"read as {found.encoding}, which the file does not state"
        issues.append(problem(name, file, "encoding_guessed", message))
    return found.text, issues
