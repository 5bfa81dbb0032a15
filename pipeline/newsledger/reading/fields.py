"""Which field of a record is the text, the date, the title, the id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsledger.lexicons import load
from newsledger.reading.options import ReadOptions

_NAMES: dict[str, list[str]] = load.toml(Path(__file__).with_suffix(".toml"))
NAME_IT = "--text-field NAME names it, or text = NAME for some files in newsledger.toml"
"""What helps where no field of text is known."""
_FILLING = re.compile(r"[\s_\-]+")


class Fields(NamedTuple):
    """The names of the fields to read, None where there is none."""

    text: str | None
    date: str | None
    title: str | None
    id: str | None


def choose(names: Iterable[str], options: ReadOptions) -> Fields:
    """The fields to read among ``names``: as the options say, else the best known name.

    >>> choose(["ID", "Pub_Date", "Headline", "Body", "section"], ReadOptions())
    Fields(text='Body', date='Pub_Date', title='Headline', id='ID')
    """
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_FILLING.sub("", str(name)).lower(), name)

    def best(given: str | None, wanted: str) -> str | None:
        return given or next((known[w] for w in _NAMES[wanted] if w in known), None)

    return Fields(
        best(options.text_field, "text"),
        best(options.date_field, "date"),
        best(options.title_field, "title"),
        best(options.id_field, "id"),
    )


def value(record: Mapping[str, Any], name: str | None) -> Any:
    """The value of a field; a dotted name reaches into nested records. None where it is absent.

    >>> value({"fields": {"body": "x"}}, "fields.body"), value({"a.b": 1}, "a.b")
    ('x', 1)
    """
    if name is None:
        return None
    if name in record:
        return record[name]
    found: Any = record
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found
