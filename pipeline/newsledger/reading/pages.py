"""HTML pages: the article's text, title and date, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsledger.reading.page_marks import prepare, spaced, without_crowds, without_marks

MAX_HTML = 10_000_000
"""Bytes; a larger page is not read."""

MAX_TAGS = 60_000
"""Tags; a page with more is not read, since the work on it grows with the square of their number."""

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]{0,100}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)


class Page(NamedTuple):
    """What a page gives; ``date`` is an ISO day, ``about`` its own fields: url, author, sitename ..."""

    text: str
    title: str | None
    date: str | None
    about: Mapping[str, Any]


def declared_charset(data: bytes) -> str | None:
    """The encoding a page states for itself in its first bytes.

    >>> declared_charset(b'<html><meta charset="iso-8859-1">')
    'iso-8859-1'
    """
    found = _CHARSET.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


_SENTENCE = re.compile(r"[.!?…]|^.{60}", re.MULTILINE)


def read_page(html: str) -> Page | None:
    """The article of a page: each paragraph, heading, list item and table row a block of its own.

    None for a page without an article. The date comes from the page's metadata and markup only, and never
    depends on the day of the reading.
    """
    from trafilatura import bare_extraction, load_html

    tree = load_html(without_crowds(without_marks(html) or ""))
    if tree is None:
        return None
    prepare(tree)
    found: Any = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2199-12-31"},
    )
    if found is None or found.body is None:
        return None
    text = spaced("".join(found.body.itertext()))
    if not _SENTENCE.search(text):
        return None  # the words of a menu
    about = {
        name: without_marks(value) if isinstance(value, str) else [*map(without_marks, value)]
        for name, value in found.as_dict().items()
        if isinstance(value, str | list) and value
    }
    return Page(text, without_marks(found.title), without_marks(found.date), about)
