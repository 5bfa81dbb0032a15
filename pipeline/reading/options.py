"""What a user can set about how files become articles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """Settings of the reader, the same for every file of a run; recorded in ``run.json``.

    A field left None is guessed from its name (see ``pipeline.reading.fields``). A dotted name reaches
    into nested JSON: ``fields.bodyText``.

    >>> ReadOptions(text_field="content").text_field
    'content'
    """

    text_field: str | None = None
    """Field or column that holds the article's text."""
    date_field: str | None = None
    """Field or column that holds the publication date."""
    title_field: str | None = None
    """Field or column that holds the title."""
    id_field: str | None = None
    """Field or column that holds the record's own id."""
    published: dt.date | str | None = None
    """Publication date of the articles that do not state one themselves."""
    day_order: Literal["dmy", "mdy"] | None = None
    """How to read a publication date such as 04/03/2024; None: it is not guessed."""
    encoding: str | None = None
    """Encoding of text files; None: UTF-8, else detected."""
    max_chars: int = 1_000_000
    """An article with a longer text is not read (some 170,000 words: no news article)."""
    max_bytes: int = 64 * 1024 * 1024
    """A file that has to be read whole, or one record of a larger file, may not be larger (unpacked)."""
