"""Displays rows: safe text, numbers and counts, the columns and colours of each table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from html import escape
from itertools import pairwise
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, TypeVar

from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.writers.text import decimal_text

T = TypeVar("T")

_CONTROL = lazy_regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

MENTION_STYLES = {
    "figures": ("money", "bold black on green"),
    "date_mentions": ("date", "bold black on yellow"),
    "country_mentions": ("country", "bold black on cyan"),
    "person_mentions": ("person", "bold white on magenta"),
}
"""Table of mentions -> the label of its mentions, and its colour in a terminal."""

_SHOWN = ("figures", "date_mentions", "person_mentions", "roles", "country_mentions", "issues")
SHOWN_COLUMNS = {
    name: tuple(c.name for c in sorted(TABLES[name].columns, key=attrgetter("shown")) if c.shown)
    for name in _SHOWN
}
"""Table -> the columns that are shown of it where there is no room for all, the most important first."""


def safe_text(text: str) -> str:
    r"""Text without control characters and direction marks, which could steer a terminal or hide text.

    Each becomes one U+FFFD, so that every offset stays.

    >>> safe_text("a\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return _CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""Safe text with every run of blanks made one.

    >>> one_line(" a\n\tb ")
    'a b'
    """
    return safe_text(" ".join(text.split()))


def json_text(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    r"""Indented JSON with terminal control characters escaped.

    >>> print(json_text("é\x9b\u202e"))
    "é\u009b\u202e"
    """
    text = json.dumps(value, default=default, ensure_ascii=False, indent=2)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def text_html(text: str) -> str:
    r"""A text for HTML: escaped, carriage returns left out, control characters made visible.

    >>> text_html("<b>\x1b[1m &\r\n")
    '&lt;b&gt;\ufffd[1m &amp;\n'
    """
    return escape(safe_text(text.replace("\r", "")), quote=True)


def fill_template(template: Path, escaped: Callable[[str], str], **content: Any) -> str:
    """HTML of a Jinja template and the style beside it; all that is put in is made safe by ``escaped``.

    Line breaks and indents of the template are for its reader; ``markupsafe.Markup`` is put in as it is.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    def shown(value: Any) -> Markup:
        return value if isinstance(value, Markup) else Markup(escaped(str(value)))

    lines = template.read_text(encoding="utf-8").splitlines()
    style = Markup(template.with_suffix(".css").read_text(encoding="utf-8"))
    page = Environment(autoescape=True, finalize=shown).from_string("".join(map(str.strip, lines)))
    return page.render(style=style, newline="\n", **content)


def stretches(length: int, marks: Iterable[tuple[int, int, T]]) -> Iterator[tuple[int, int, list[T]]]:
    """A text of this length cut wherever a mark begins or ends, each piece with all that is over it in order.

    >>> list(stretches(9, [(0, 5, "a"), (3, 20, "b")]))
    [(0, 3, ['a']), (3, 5, ['a', 'b']), (5, 9, ['b'])]
    """
    inside = [(first, min(last, length), mark) for first, last, mark in marks if first < length]
    inside.sort(key=itemgetter(0))
    for start, end in pairwise(sorted({0, length, *(at for one in inside for at in one[:2])})):
        yield start, end, [mark for first, last, mark in inside if first <= start and end <= last]


def amount(value: Decimal) -> str:
    """An amount with its thousands apart, without superfluous zeros; no digit is rounded away.

    >>> amount(Decimal("12000000000.000000")), amount(Decimal("-0.050000"))
    ('12,000,000,000', '-0.05')
    """
    whole, _, rest = decimal_text(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.removeprefix('-')):,}{'.' + rest if rest else ''}"


def cell_text(value: Any) -> str:
    """A value of a table in one line: missing and false are empty, true is ``yes``.

    >>> cell_text(None), cell_text(True), cell_text(Decimal("5000")), cell_text("a  b")
    ('', 'yes', '5,000', 'a b')
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return amount(value) if isinstance(value, Decimal) else one_line(str(value))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "date"), counted(2000, "person", "people")
    ('1 date', '2,000 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
