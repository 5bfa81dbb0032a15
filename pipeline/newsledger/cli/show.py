"""The command ``newsledger show``."""

from __future__ import annotations

from typing import Any

from newsledger.cli import options


@options.takes_articles
def command(
    file: options.ArticleFile, article: options.ArticleOfFile = None, *, reading: Any, settings: Any
) -> None:
    """Show one article with what was found in it."""
    from newsledger.cli.article_view import print_article
    from newsledger.cli.one_article import one_article

    print_article(one_article(file, article_id=article, settings=settings, options=reading))
