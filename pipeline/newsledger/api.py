"""Texts and articles in, `Tables` out, in memory; larger folders are for the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsledger.values.article import Article
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    from newsledger.extraction import Extraction
    from newsledger.normalizer.tables import Tables
    from newsledger.values.issues import Issue


def extract(
    text: str,
    *,
    published: str | dt.date | None = None,
    title: str | None = None,
    article_id: str = "article",
    settings: Settings | None = None,
    **changes: Any,
) -> Tables:
    """Extract the tables of one text.

    ``published`` anchors words such as "Wednesday"; with None, the text's own header or dateline does, and
    failing that only what needs no anchor is resolved. ``settings``, or single settings by name such as
    ``default_currency="AUD"``, are those of `Settings`.

    >>> tables = extract("Japan pledged $12 billion on Wednesday.", published="2024-04-03")
    >>> tables.arrow("articles").column("published_date").to_pylist()
    [datetime.date(2024, 4, 3)]
    """
    from newsledger.document.published import from_option

    day = from_option(published) if published != "" else None
    article = Article(text=text, article_id=article_id, title=title, published=day)
    return extract_articles([article], settings=settings, **changes)


def extract_articles(
    articles: Iterable[Article], *, settings: Settings | None = None, **changes: Any
) -> Tables:
    """Extract the tables of some articles; who is who is decided over all of them.

    An article on which a stage fails gives a row in ``issues`` and the rows of the other stages; the other
    articles are not affected. What `read_articles` could not read is kept in ``issues`` too. Of several
    articles with one id the second becomes ``id~2``, with an issue. Raises ``TypeError`` for what is no
    `Article` or no setting, ``ValueError`` for a setting that cannot be used.
    """
    from newsledger.extraction import extract_article, load_tools
    from newsledger.normalizer.collect import collect
    from newsledger.reading import unique_ids

    chosen = replace(settings or Settings(), **changes)
    tools = load_tools(chosen)

    def extractions() -> Iterator[Extraction | Issue]:
        yield from getattr(articles, "issues", ())
        for item in unique_ids(map(_checked, articles)):
            yield extract_article(item, tools) if isinstance(item, Article) else item

    return collect(extractions(), settings=chosen, known=tools.known)


def _checked(article: Article) -> Article:
    if not isinstance(article, Article):
        raise TypeError(f"expected an Article, got {type(article).__name__}; extract() takes a text")
    return article
