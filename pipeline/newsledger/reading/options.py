"""Options for reading files as articles, and the field names of records."""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from newsledger.lexicons import load
from newsledger.lexicons.load import lazy_regex
from newsledger.reading.sources import SourceFile
from newsledger.values.article import OWN_SETTINGS, as_date
from newsledger.values.issues import Issue
from newsledger.values.nearest import no_such
from newsledger.values.settings import DayOrder

NOT_FOUND = ("unused_field", "unused_pattern")
"""Codes of issues about what was asked for and is nowhere."""
TO_SAY = (*NOT_FOUND, "unknown_kind", "run_skipped", "link_skipped")
"""Codes of issues that are no errors, and are said at the end of a run all the same."""


FILE_OPTIONS = {"text": "text_field", "published": "date_field", "title": "title_field", "id": "id_field"} | {
    name: name for name in ("encoding", *OWN_SETTINGS)
}
"""What may hold for the files of a pattern only -> its name in `ReadOptions`."""


def fits(path: str, pattern: str) -> bool:
    """Whether a path below the source, or the end of it, fits a pattern.

    >>> fits("2024/globe/a.txt", "globe/*")
    True
    """
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """Settings of the reader, the same for every file of a run; recorded in ``run.json``.

    A field left None is guessed from its name (see `choose_fields`). A dotted name reaches
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
    day_order: DayOrder | None = None
    """How to read a publication date such as 04/03/2024; None: it is not guessed."""
    encoding: str | None = None
    """Encoding of text files; None: UTF-8, else detected."""
    keep: tuple[str, ...] = ()
    """The source's own fields that the table of articles is to have as columns."""
    publisher_country: str | None = None
    """Country of the publisher, for these articles in place of that of the `Settings`."""
    default_currency: str | None = None
    """Currency of a bare sign, for these articles in place of that of the `Settings`."""
    files: tuple[Mapping[str, str], ...] = ()
    """What holds for the files of a ``pattern``, by the names in `FILE_OPTIONS`; the later of two wins."""
    max_chars: int = 1_000_000
    """An article with a longer text is not read (some 170,000 words: no news article)."""
    max_bytes: int = 64 * 1024 * 1024
    """A file that has to be read whole, or one record of a larger file, may not be larger (unpacked)."""

    def __post_init__(self) -> None:
        """Refuse what cannot be used where it is given."""
        as_date(self.published)
        keep = (self.keep,) if isinstance(self.keep, str) else tuple(dict.fromkeys(self.keep))
        object.__setattr__(self, "keep", keep)
        object.__setattr__(self, "files", tuple(map(dict, self.files)))
        for file in self.files:
            _check(file)
            self._with(file)
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

    def _with(self, *files: Mapping[str, str]) -> ReadOptions:
        changes: dict[str, Any] = {FILE_OPTIONS[k]: file[k] for file in files for k in file if k != "pattern"}
        return replace(self, files=(), **changes)

    def for_file(self, path: str) -> ReadOptions:
        """The options for the file of this path below the source.

        >>> options = ReadOptions(files=[{"pattern": "*.csv", "text": "body"}])
        >>> options.for_file("a.csv").text_field, options.for_file("a.json").text_field
        ('body', None)
        """
        fitting = [file for file in self.files if fits(path, file["pattern"])]
        return self._with(*fitting) if fitting else self


def _check(file: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` for what cannot be said of the files of a pattern."""
    for name, value in file.items():
        if name not in ("pattern", *FILE_OPTIONS):
            raise ValueError(no_such(name, ("pattern", *FILE_OPTIONS), "files: no option"))
        if not isinstance(value, str) or not value:
            raise ValueError(f"files: {name} is a text, not {value!r}")
    if "pattern" not in file:
        raise ValueError('files: a pattern is missing, such as pattern = "*.csv"')


def unused_patterns(options: ReadOptions, files: Iterable[SourceFile]) -> list[Issue]:
    """An issue for each pattern that fits none of the files."""
    paths = [file.relative for file in files]
    patterns = [file["pattern"] for file in options.files]
    unused = [pattern for pattern in patterns if not any(fits(path, pattern) for path in paths)]
    return [_unused("pattern", f"no file fits the pattern {pattern!r}") for pattern in unused]


def unused_field(name: str) -> Issue:
    """The issue of a field that was to be kept and that no article has."""
    return _unused("field", f"no article has a field {name!r} to keep")


def _unused(what: str, message: str) -> Issue:
    return Issue(stage="reading", severity="warning", code=f"unused_{what}", message=message)


_NAMES: dict[str, list[str]] = load.toml(Path(__file__).with_name("fields.toml"))
NAME_IT = "--text-field NAME names it, or text = NAME for some files in newsledger.toml"
"""What helps where no field of text is known."""
_FILLING = lazy_regex(r"[\s_\-]+")


class Fields(NamedTuple):
    """The names of the fields to read, None if there is none."""

    text: str | None
    date: str | None
    title: str | None
    id: str | None


def choose_fields(names: Iterable[str], options: ReadOptions) -> Fields:
    """The fields to read among ``names``: as the options say, else the best known name.

    >>> choose_fields(["ID", "Pub_Date", "Headline", "Body", "section"], ReadOptions())
    Fields(text='Body', date='Pub_Date', title='Headline', id='ID')
    """
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_FILLING.sub("", str(name)).lower(), name)

    def best(wanted: str) -> str | None:
        given: str | None = getattr(options, f"{wanted}_field")
        return given or next((known[w] for w in _NAMES[wanted] if w in known), None)

    return Fields(*map(best, Fields._fields))


def field_value(record: Mapping[str, Any], name: str | None) -> Any:
    """The value of a field; a dotted name reaches into nested records. None if it is absent.

    >>> field_value({"fields": {"body": "x"}}, "fields.body"), field_value({"a.b": 1}, "a.b")
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
