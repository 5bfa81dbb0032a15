"""HTML pages: the article's text, title and date, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

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
_CONTAINERS = frozenset(("body", "main", "list", "table", "quote", "div", "code", "doc"))


def _blocks(element: Any) -> Iterator[str]:
    """The text of each paragraph, heading, list item or table row under an element, in order."""
    if element.tag == "row":
        yield " | ".join(filter(None, (_inline(cell) for cell in element)))
    elif element.tag in _CONTAINERS and len(element):
        yield _spaced(element.text)
        for child in element:
            yield from _blocks(child)
            yield _spaced(child.tail)
    else:
        yield _inline(element)


def _inline(element: Any) -> str:
    parts = [_spaced(element.text)]
    for child in element:
        parts += ["\n" if child.tag == "lb" else _inline(child), _spaced(child.tail)]
    return "".join(parts)


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def read_page(html: str) -> Page | None:
    """The article of a page: each paragraph, heading, list item and table row a block of its own.

    None for a page without an article. The date comes from the page's metadata and markup only, and never
    depends on the day of the reading.
    """
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2199-12-31"},
    )
    if found is None or found.body is None:
        return None
    blocks = (re.sub(r"[^\S\n]*\n\s*", "\n", block.strip()) for block in _blocks(found.body))
    text = "\n\n".join(filter(None, blocks))
    if not _SENTENCE.search(text):
        return None  # the words of a menu
    about = {
        name: value for name, value in found.as_dict().items() if isinstance(value, str | list) and value
    }
    return Page(text, found.title or None, found.date or None, about)
