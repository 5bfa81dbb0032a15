"""The command ``newsledger show``."""

from __future__ import annotations

from typing import Any

from newsledger.cli import options


@options.takes_articles
def command(
    file: options.ArticleFileOrRun,
    row_id: options.ArticleOrRowId = None,
    article: options.ArticleOfFileOrRun = None,
    *,
    reading: Any,
    settings: Any,
) -> None:
    """Show one article with what was found in it.

    Of a run its own rows are shown, as they stand in its tables; `-` is the text that is piped in.
    """
    from newsledger.cli import one_article as source
    from newsledger.cli.article_view import print_article
    from newsledger.normalizer.tables import holds_tables

    wanted = article or row_id
    if str(file) == source.STDIN:
        tables = source.article_of_stdin(settings=settings, published=reading.published)
    elif holds_tables(file):
        tables = source.article_of_run(file, wanted)
    else:
        tables = source.one_article(file, article_id=wanted, settings=settings, options=reading)
    print_article(tables)
