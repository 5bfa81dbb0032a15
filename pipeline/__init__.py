"""Newsledger: folders of news articles in, tidy tables of people, countries, dates and money out.

This is all of the notebook's face; each stage can also be imported alone (``from pipeline.stages import
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
    "read_articles",
    "read_tables",
]

if TYPE_CHECKING:
    from pipeline.article import Article
    from pipeline.face import extract, extract_articles
    from pipeline.normalizer.tables import Tables, read_tables
    from pipeline.reading import read_articles
    from pipeline.settings import Settings
    from pipeline.version import __version__

_HOME = {
    "Article": "pipeline.article",
    "Settings": "pipeline.settings",
    "Tables": "pipeline.normalizer.tables",
    "__version__": "pipeline.version",
    "extract": "pipeline.face",
    "extract_articles": "pipeline.face",
    "read_articles": "pipeline.reading",
    "read_tables": "pipeline.normalizer.tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
