"""What can be wrong with an input: every code with its severity, and how a reader says so."""

from __future__ import annotations

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
