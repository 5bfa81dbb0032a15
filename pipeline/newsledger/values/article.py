"""The `Article` that readers create and stages extract from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any, Literal

from newsledger.values.issues import Issue, Severity
from newsledger.values.settings import DayOrder

OWN_SETTINGS = ("publisher_country", "default_currency", "day_order")
"""Settings that an article may override."""

PublishedBasis = Literal["header", "metadata", "dateline", "filename", "option", "none"]


def as_date(value: str | dt.date | float | None) -> dt.date | None:
    """Read a publication date given as ISO string, ``date``, ``datetime``, or None, NaN or NaT for none.

    A datetime loses its clock time; no time zone is applied.

    >>> as_date("2024-04-03")
    datetime.date(2024, 4, 3)
    >>> as_date("2024-04-03T23:10:00Z")
    datetime.date(2024, 4, 3)
    >>> as_date(float("nan")) is None
    True
    >>> as_date("2024-04-031")
    Traceback (most recent call last):
    ...
    ValueError: not an ISO date: '2024-04-031'
    """
    if is_missing(value) or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise TypeError(f"a date is an ISO string, a date or None, not {type(value).__name__}")
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise ValueError(f"not an ISO date: {value!r}") from None


def is_missing(value: Any) -> bool:
    """Whether a value is none: None, NaN, NaT or NA.

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    # pandas, whose NaT and NA these are, is not loaded for them.
    nan = isinstance(value, float) and value != value
    return value is None or nan or type(value).__name__ in ("NaTType", "NAType")


def field_text(value: Any) -> str | None:
    """A value of a source's own field as text: JSON where it is a list or an object, None if it is none.

    >>> field_text(" Business "), field_text(3.0), field_text(["oil", "gas"]), field_text(float("nan"))
    ('Business', '3', '["oil", "gas"]', None)
    """
    if hasattr(value, "tolist"):  # numpy's
        value = value.tolist()
    if isinstance(value, bool | list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=field_text)
    elif is_missing(value):
        return None
    elif isinstance(value, dt.date):
        value = value.isoformat()
    elif isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    # A half character (lone surrogate) can stand in no table.
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip() or None


@dataclass(frozen=True, kw_only=True)
class Article:
    """One news article: its text as given, and what is known about it.

    ``text`` is stored in the tables character for character, and every mention points into it.
    ``published`` is an ISO string, a ``date`` or None; ``published_basis`` says where it came from ("none"
    without a date; the text's own header or dateline may still give one). ``fields`` are further fields of
    the source, kept in the table of articles as text. ``publisher_country``, ``default_currency`` and
    ``day_order`` override the settings for this article.

    >>> article = Article(text="Japan pledged $12 billion on Wednesday.", published="2024-04-03")
    >>> article.published_date, article.published_basis
    (datetime.date(2024, 4, 3), 'option')
    >>> len(article.text_sha256)
    64
    """

    text: str
    article_id: str = "article"
    title: str | None = None
    published: str | dt.date | None = None
    published_basis: PublishedBasis = "none"
    source_path: str | None = None
    language: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    publisher_country: str | None = None
    default_currency: str | None = None
    day_order: DayOrder | None = None

    def __post_init__(self) -> None:
        """Turn ``published`` into a date once, so that a bad one is refused where it was given."""
        if not isinstance(self.text, str):
            raise TypeError(f"the text of an article is a str, not {type(self.text).__name__}")
        if not isinstance(self.article_id, str):
            raise TypeError(f"article_id is a str, not {type(self.article_id).__name__}")
        if not isinstance(self.title, str | None):
            raise TypeError(f"the title of an article is a str or None, not {type(self.title).__name__}")
        if not isinstance(self.fields, Mapping):
            raise TypeError(f"fields is a mapping of names and values, not {type(self.fields).__name__}")
        kept = MappingProxyType({name: field_text(value) for name, value in self.fields.items()})
        object.__setattr__(self, "fields", kept)
        published = as_date(self.published)
        object.__setattr__(self, "published", published)
        if published is None:
            object.__setattr__(self, "published_basis", "none")
        elif self.published_basis == "none":
            object.__setattr__(self, "published_basis", "option")

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        """How a copy is made, also in another process."""
        return partial(type(self), **{**vars(self), "fields": dict(self.fields)}), ()

    @property
    def published_date(self) -> dt.date | None:
        """The publication date as a ``date``."""
        return as_date(self.published)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the UTF-8 text; lone surrogates are hashed as they stand."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def issue(self, stage: str, severity: Severity, code: str, message: str) -> Issue:
        """An issue about the article."""
        about = {"article_id": self.article_id, "source_path": self.source_path or ""}
        return Issue(**about, stage=stage, severity=severity, code=code, message=message)
