"""Newsledger: folders of news articles in, tidy tables of people, countries, dates and money out.

These names are the public API; each stage can also be imported alone (``from newsledger.stages import
money``). Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = [
    "Article",
    "Settings",
    "Tables",
    "__version__",
    "extract",
    "extract_articles",
    "from_frame",
    "read_articles",
    "read_tables",
]

if TYPE_CHECKING:
    from newsledger.api import Tables, extract, extract_articles, from_frame, read_tables
    from newsledger.reading import read_articles
    from newsledger.values.article import Article
    from newsledger.values.settings import Settings
    from newsledger.values.version import __version__

_HOME = {
    "Article": "newsledger.values.article",
    "Settings": "newsledger.values.settings",
    "Tables": "newsledger.api",
    "__version__": "newsledger.values.version",
    "extract": "newsledger.api",
    "extract_articles": "newsledger.api",
    "from_frame": "newsledger.api",
    "read_articles": "newsledger.reading",
    "read_tables": "newsledger.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
