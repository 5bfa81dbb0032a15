"""Finds the article of a run that each gold article is about, also where it was renamed or moved in its file.

An id that a record or a file gave itself is trusted: such an article is compared whatever its text is now. A
record without an id is known by its number in the file, which changes when another is put before it: there
the text decides first, and the number last.
"""

from __future__ import annotations

import re

from newsledger.document.anchoring import fold
from newsledger.regression.gold import Gold, GoldArticle
from newsledger.regression.runs import Run, RunArticle

_BY_NUMBER = re.compile(r"#\d+(~\d+)?\Z|~\d+\Z")
"""An id that is made of the number of a record in its file."""
_QUOTE_BEFORE = 12
"""Characters of a row's quote that are looked for with its surface."""
_LEAST_SHARE = 0.5
"""Share of the rows whose words must stand in an article that is taken for the gold's."""
_MOST_QUOTES = 8


def match_articles(gold: Gold, run: Run) -> dict[str, RunArticle | None]:
    """Each gold article's article in the run, None where the run lacks it; none is taken twice."""
    matched: dict[str, RunArticle | None] = dict.fromkeys(gold.articles)
    free = dict(run.articles)

    def take(name: str, found: RunArticle) -> None:
        matched[name] = free.pop(found.article_id)

    for name in gold.articles:
        if name in free and not _BY_NUMBER.search(name):
            take(name, free[name])
    for same_file in (True, False):
        for name, article in gold.articles.items():
            if matched[name] is None and (found := _same_text(article, free, same_file=same_file)):
                take(name, found)
    folded: dict[str, str] = {}
    for name, article in gold.articles.items():
        if matched[name] is None and (found := _most_similar(article, free, folded)):
            take(name, found)
    for name in gold.articles:
        if matched[name] is None and name in free:
            take(name, free[name])
    return matched


def _same_text(article: GoldArticle, free: dict[str, RunArticle], *, same_file: bool) -> RunArticle | None:
    """The free article with the same text: that of the same id, else the first."""
    place = article.source_path or article.article_id
    same = [
        found
        for found in free.values()
        if article.text_sha256
        and found.text_sha256 == article.text_sha256
        and (not same_file or place == found.source_path or found.article_id == article.article_id)
    ]
    return min(same, key=lambda found: found.article_id != article.article_id, default=None)


def _most_similar(
    article: GoldArticle, free: dict[str, RunArticle], folded: dict[str, str]
) -> RunArticle | None:
    """The free article in which most of the gold rows stand with what was before them.

    None where no article has at least half of them. ``folded`` keeps the folded texts.
    """
    quotes = {fold(row.before)[-_QUOTE_BEFORE:] + fold(row.surface) for row in article.rows if row.before}
    if not quotes:
        return None
    # Most articles have nothing in common: a few long quotes show that quickly.
    longest = sorted(quotes, key=lambda quote: (-len(quote), quote))[:_MOST_QUOTES]
    best: tuple[float, bool, str] = (0.0, False, "")
    for name, found in free.items():
        if name not in folded:
            folded[name] = fold(found.text)
        if any(quote in folded[name] for quote in longest):
            share = sum(quote in folded[name] for quote in quotes) / len(quotes)
            best = max(best, (share, name == article.article_id, name))
    return free[best[2]] if best[0] >= _LEAST_SHARE else None
