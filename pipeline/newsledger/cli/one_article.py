"""One article of a file with all that was found in it: what ``newsledger show`` shows."""

from __future__ import annotations

from pathlib import Path

from newsledger.api import Tables, collected
from newsledger.extraction import extract_article, load_tools
from newsledger.reading import ReadOptions, read_file, sources, unique_ids
from newsledger.values.article import Article
from newsledger.values.issues import Issue
from newsledger.values.settings import Settings


def one_article(
    file: Path,
    *,
    article_id: str | None = None,
    settings: Settings | None = None,
    options: ReadOptions | None = None,
) -> Tables:
    """Read and extract one article: the only one of the file, or the one named.

    Raises ``ValueError`` where there is none, or several and none was named.
    """
    settings = settings or Settings()
    tools = load_tools(settings)
    if file.is_dir():
        raise ValueError(f"{file} is a folder; show takes one file")
    found = sources(file)
    for issue in found.issues:
        raise ValueError(f"{file}: {issue.message}")
    issues: list[Issue] = []
    seen: list[str] = []
    chosen: Article | None = None
    for item in unique_ids(read_file(found.files[0], options)):
        if isinstance(item, Issue):
            issues.append(item)
            continue
        seen.append(item.article_id)
        if chosen is None and article_id in (None, item.article_id):
            chosen = item
        if len(seen) > 1 and article_id is None:
            raise ValueError(f"{file} holds several articles; name one with --article, such as {seen[0]}")
        if chosen is not None and article_id is not None:
            break
    if chosen is None:
        if seen:
            raise ValueError(f"{file} holds no article {article_id!r}; there are {', '.join(seen[:3])} ...")
        raise ValueError(f"{file}: {issues[0].message if issues else 'no article'}")
    about_it = [issue for issue in issues if issue.article_id in ("", chosen.article_id)]
    return collected([*about_it, extract_article(chosen, tools)], tools)
