"""Newsledger: extracts tables of people, countries, dates and money from folders of news articles.

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
    "Article": "values.article",
    "Settings": "values.settings",
    "__version__": "values.version",
    "read_articles": "reading",
}
"""The modules of the names that are not in ``newsledger.api``."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"newsledger.{_HOME.get(name, 'api')}")
    value = globals()[name] = getattr(home, name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
