"""What a user can set about how files become articles."""

from __future__ import annotations

import codecs
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from newsledger.values.article import as_date


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """Settings of the reader, the same for every file of a run; recorded in ``run.json``.

    A field left None is guessed from its name (see ``newsledger.reading.fields``). A dotted name reaches
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

    def __post_init__(self) -> None:
        """Refuse what cannot be used where it is given."""
        as_date(self.published)
        if self.day_order not in (None, "dmy", "mdy"):
            raise ValueError(f"day_order is 'dmy' or 'mdy', not {self.day_order!r}")
        for name in ("max_chars", "max_bytes"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if self.encoding is not None:
            try:
                codecs.lookup(self.encoding)
            except LookupError:
                raise ValueError(f"there is no encoding {self.encoding!r}") from None
