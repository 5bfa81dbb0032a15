"""Reads HTML pages with trafilatura: text, title and date of the article.

The tree of a page is prepared for extraction: what no reader sees goes, and where blocks meet is marked.
Extraction keeps the words of a page, but glues what stands in the blocks of a cell or of an item of a list.
So each text that opens a block is given a mark beforehand, of which `spaced` makes a blank line afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsledger.lexicons.load import lazy_regex

BLOCK, LINE, CELL = "\U0001f74e\U0001f74f\U0001f750"
"""Marks for a new block, line or cell: printable signs (others would be dropped) that no article has."""

_BLOCKS = lazy_regex(
    "address|article|aside|blockquote|body|caption|center|d[dlt]|details|div|fieldset|fig(?:caption|ure)|footer|"
    "form|h[1-6r]|header|li|main|nav|[ou]l|p|pre|section|summary|t(?:able|body|foot|head|r)"
)
_UNSEEN = frozenset(("del", "s", "strike", "template"))
_NO_WORDS = frozenset(("script", "style", "head"))
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
"""May be hidden until a script has run."""
_HIDING = lazy_regex(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CROWDED_TAG = lazy_regex(
    r"""<([A-Za-z][\w-]*+)(?:\s++[^\s<>=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s<>]*+))?+){300,}+[^<>]*+>?"""
)
_ORDINAL = lazy_regex(r"(?:st|nd|rd|th|er|o|a)\Z")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def without_crowds(html: str) -> str:
    """A page without the attributes of tags that have hundreds, on which a parser would spend minutes.

    >>> without_crowds("<p" + " a" * 300 + ">so</p>")
    '<p>so</p>'
    """
    return _CROWDED_TAG.sub(r"<\1>", html)


def prepare(tree: Any) -> None:
    """Remove deleted and hidden text, separate superscripts, and mark the boundaries of blocks."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _UNSEEN or (element.tag not in _WHOLE_PAGE and _is_hidden(element)):
            if element.getparent() is not None:
                element.drop_tree()
        elif element.tag in ("sup", "sub") and element.getparent() is not None:
            _set_apart(element)
        elif element.tag == "pre":
            for part in element.iter():
                part.text = part.text and part.text.replace("\n", LINE)
                if part is not element:
                    part.tail = part.tail and part.tail.replace("\n", LINE)
    _mark(tree)


def _is_hidden(element: Any) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or _HIDING.search(element.get("style") or "") is not None
    )


def _set_apart(element: Any) -> None:
    """Write a raised or lowered figure as one, and the mark of a note in brackets."""
    words = element.text_content().strip()
    digits = words.strip("[]()* ")
    if digits.isdecimal() and digits.isascii():
        words = digits.translate(_RAISED if element.tag == "sup" else _LOWERED)
    elif element.tag == "sup" and len(digits) == 1 and digits.isalpha() and not _ORDINAL.match(digits):
        words = f"[{digits}]"
    for child in list(element):
        element.remove(child)
    element.text = words
    element.drop_tag()


def _mark(tree: Any) -> None:
    """Put a mark before each text that opens a block, a line or a cell."""
    due = ""
    stack: list[tuple[Any, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        due = _due(tag, element, due, leaving=leaving)
        if leaving or not tag or tag in _NO_WORDS:
            if element is not tree:
                element.tail, due = _marked(element.tail, due)
            continue
        element.text, due = _marked(element.text, due)
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]


def _due(tag: str, element: Any, due: str, *, leaving: bool) -> str:
    """The mark that is due after a tag has opened (or, ``leaving``, closed)."""
    if tag == "br":
        return due if leaving else (LINE if not due else due if due == CELL else BLOCK)
    if tag in ("td", "th"):
        first = element.getprevious() is None
        return due if leaving or first else CELL
    if tag == "tr":
        return BLOCK
    if _BLOCKS.fullmatch(tag):
        return CELL if due == CELL else BLOCK
    return due


def _marked(text: str | None, due: str) -> tuple[str | None, str]:
    return (due + text, "") if due and text and not text.isspace() else (text, due)


def spaced(text: str) -> str:
    """The extracted text with blank lines, line breaks and bars in place of the marks, and single spaces.

    >>> spaced(f"A fee of  $5{BLOCK}6 million\\npeople{CELL} 7{LINE}8")
    'A fee of $5\\n\\n6 million people | 7\\n8'
    """
    text = re.sub(rf"\s*+([{BLOCK}{LINE}{CELL}])[{BLOCK}{LINE}{CELL}\s]*+", r"\1", " ".join(text.split()))
    return text.replace(BLOCK, "\n\n").replace(LINE, "\n").replace(CELL, " | ").strip(" \n|")


def without_marks(text: str | None) -> str | None:
    """A title or date without marks; None if nothing is left of it.

    >>> without_marks(f"{BLOCK}Sea{LINE}wall"), without_marks(None)
    ('Sea wall', None)
    """
    return re.sub(f"[{BLOCK}{LINE}{CELL}]", " ", text or "").strip() or None


MAX_HTML = 10_000_000
"""Bytes; a larger page is not read."""

MAX_TAGS = 60_000
"""Tags; a page with more is not read, since the work on it grows with the square of their number."""

_CHARSET = lazy_regex(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)|<\?xml[^>]{0,100}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)


class Page(NamedTuple):
    """The content of a page; ``date`` is an ISO day, ``about`` holds its url, author, sitename ..."""

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


_SENTENCE = lazy_regex(r"[.!?…]|^.{60}", re.MULTILINE)


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
