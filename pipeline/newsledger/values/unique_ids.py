"""Makes article ids unique within a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsledger.values.article import Article
from newsledger.values.issues import LISTED, Issue


class UniqueIds:
    """Lets no two articles of a run share an id: the second ``a1`` becomes ``a1~2``, in the order given."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._renamed = 0

    def unique(self, wanted: str) -> str:
        """An id that no article before this one has."""
        unique = wanted
        while unique in self._seen:
            self._seen[wanted] += 1
            unique = f"{wanted}~{self._seen[wanted]}"
        self._seen[unique] = 1
        self._renamed += unique != wanted
        return unique

    def issues(self, wanted: str, unique: str, source_path: str) -> list[Issue]:
        """The warning about an article of another id than wanted, unless there are too many."""
        if unique == wanted or self._renamed > LISTED:
            return []
        message = f"the id {wanted!r} occurs more than once; this article was called {unique!r}"
        return [_duplicate_id(message, article_id=unique, source_path=source_path)]

    def rest(self) -> list[Issue]:
        """The warning about the articles that were not warned of one by one."""
        more = self._renamed - LISTED
        return (
            [_duplicate_id(f"{more:,} more ids that occur more than once are not listed")] if more > 0 else []
        )


def _duplicate_id(message: str, **about: str) -> Issue:
    return Issue(stage="reading", severity="warning", code="duplicate_id", message=message, **about)


def with_issues(items: Iterable[Article | Issue]) -> Iterator[tuple[list[Issue], Article | None]]:
    """Each article after the issues that came before it and belong to it; other issues without an article."""
    before: list[Issue] = []
    for item in items:
        if isinstance(item, Article):
            yield before, item
            before = []
            continue
        before.append(item)
        if item.severity == "error" or not item.article_id:
            yield before, None
            before = []
    yield before, None


def unique_ids(items: Iterable[Article | Issue]) -> Iterator[Article | Issue]:
    """The items with ids as `UniqueIds` gives them; warnings before an article follow its new id.

    >>> [item.article_id for item in unique_ids([Article(text="x", article_id="a")] * 2)]
    ['a', 'a~2', 'a~2']
    """
    ids = UniqueIds()
    for issues, article in with_issues(items):
        if article is None:
            yield from issues
            continue
        wanted = article.article_id
        unique = ids.unique(wanted)
        yield from (replace(i, article_id=unique) if i.article_id == wanted else i for i in issues)
        yield from ids.issues(wanted, unique, article.source_path or "")
        yield article if unique == wanted else replace(article, article_id=unique)
    yield from ids.rest()
