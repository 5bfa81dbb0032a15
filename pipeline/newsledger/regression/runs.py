"""A run as the gate sees it: articles with their rows, extracted now or read from tables."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.normalizer.tables import OldSchemaError, TableSet, holds_tables, read_tables
from newsledger.reading import sources as list_sources
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, Manifest, date_word, gold_row, in_order
from newsledger.regression.kinds import KINDS

Row = Mapping[str, Any]


def row_span(row: Row) -> tuple[int, int]:
    """The offsets of a mention."""
    return row["start_char"], row["end_char"]


@dataclass(frozen=True, kw_only=True)
class RunArticle:
    """One article of a run with its rows by table, in text order; ``issues`` is what was wrong with it."""

    article_id: str
    text: str
    text_sha256: str
    source_path: str = ""
    published: dt.date | None = None
    status: str = "ok"
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    issues: str = ""

    @property
    def sound(self) -> bool:
        """Whether all stages ran, so that a missing row was really not found."""
        return self.status in ("ok", "skipped")

    @property
    def unsound(self) -> str:
        """The reason why missing rows prove nothing."""
        return f"status {self.status}: {self.issues or self.status}"


@dataclass(frozen=True, kw_only=True)
class Run:
    """The articles of a run by id, and why articles or files gave none."""

    articles: Mapping[str, RunArticle]
    lost: Mapping[str, str] = field(default_factory=dict)
    """Article id or source path -> why there is no article."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """Source path in the tables -> the file, where the articles were read just now."""


def from_tables(tables: TableSet, *, sources: Sequence[str | os.PathLike[str]] = ()) -> Run:
    """The run that these tables hold, made of ``sources`` just now if those are given.

    Raises `CannotCompare` if the tables are of another schema.
    """
    version = tables.run.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        said = f"the tables are of schema version {version}, this program's is {SCHEMA_VERSION}"
        raise CannotCompare("schema_version", f"{said}; extract them anew")
    rows: dict[str, dict[str, list[Row]]] = {}
    described = tables.arrow("articles").to_pylist()
    texts = {row["article_id"]: row["text"] for row in described}
    for table, kind in KINDS.items():
        found = tables.arrow(table).to_pylist()
        if kind.mention_column:
            found = [_with_offsets(row, row[kind.mention_column], texts[row["article_id"]]) for row in found]
        for row in sorted(found, key=row_span):
            rows.setdefault(row["article_id"], {}).setdefault(table, []).append(row)
    issues: dict[str, list[str]] = {}
    lost: dict[str, str] = {}
    for issue in tables.arrow("issues").to_pylist():
        said = f"{issue['message']} [{issue['code']}]"
        issues.setdefault(issue["article_id"], []).append(said)
        if issue["severity"] == "error" and issue["article_id"] not in texts:
            for name in filter(None, (issue["article_id"], issue["source_path"])):
                lost.setdefault(name, said)
    articles = {
        row["article_id"]: RunArticle(
            **{column: row[column] for column in ("article_id", "text", "text_sha256", "status")},
            source_path=row["source_path"] or "",
            published=row["published_date"],
            rows=rows.get(row["article_id"], {}),
            issues="; ".join(issues.get(row["article_id"], ())),
        )
        for row in described
    }
    files = {file.relative: file.path for file in list_sources(*map(Path, sources)).files} if sources else {}
    return Run(articles=articles, lost=lost, files=files)


def _with_offsets(row: Row, mention_id: str, text: str) -> Row:
    """The row with the offsets and the words of the mention it is about."""
    start, end = map(int, mention_id.rpartition(":")[2].split("-"))
    return {**row, "start_char": start, "end_char": end, "surface": text[start:end]}


def read_run(path: Path) -> Run:
    """Read the tables of a finished run; raises `CannotCompare` if they cannot be read."""
    try:
        tables = read_tables(path, kind=TableSet)
    except FileNotFoundError as error:
        raise CannotCompare("no_source", str(error)) from None
    except OldSchemaError as error:
        raise CannotCompare("schema_version", str(error)) from None
    except (ValueError, OSError) as error:
        raise CannotCompare("unreadable_source", str(error)) from None
    return from_tables(tables)


def make_run(
    sources: Sequence[str | os.PathLike[str]],
    *,
    on_step: Callable[[str], None] = lambda step: None,
    **more: Any,
) -> Run:
    """Read and extract articles now, as ``newsledger extract`` does; nothing is left on disk.

    ``more`` is given on to `engines.batch.run`: settings, options and how it works. One source that is a
    finished run is taken as it is. Raises `CannotCompare` if there is nothing to read, ``ValueError``
    for a setting that cannot be used.
    """
    from newsledger.engines.batch import SourceError, run

    paths = [Path(source) for source in sources]
    if len(paths) == 1 and holds_tables(paths[0]):
        on_step("reading tables")
        return read_run(paths[0])
    with tempfile.TemporaryDirectory(prefix="newsledger-check-") as folder:
        try:
            run([os.fspath(one) for one in sources], Path(folder) / "tables", on_step=on_step, **more)
        except SourceError as error:
            raise CannotCompare("no_source", str(error)) from None
        tables = read_tables(Path(folder) / "tables", kind=TableSet)
        made = from_tables(tables, sources=sources)
    if not made.articles:
        why = next((f" ({name}: {why})" for name, why in made.lost.items()), "")
        raise CannotCompare("no_source", f"{', '.join(map(str, sources))}: no article to read{why}")
    return made


def gold_of_run(run: Run) -> Gold:
    """A whole run as gold: every row is pinned."""
    about = Manifest()
    articles = {
        name: replace(article_of_run(article, tuple(KINDS), about.pinned), text=article.text)
        for name, article in run.articles.items()
    }
    return Gold(articles=articles, manifest=about)


def article_of_run(
    found: RunArticle, tables: Sequence[str], pinned: Mapping[str, Sequence[str]]
) -> GoldArticle:
    """An article of a run as gold: every row of these tables is pinned."""
    rows = [
        gold_row(table, row, found.text, pinned.get(table, ()))
        for table in tables
        for row in found.rows.get(table, ())
    ]
    return GoldArticle(
        **{name: getattr(found, name) for name in ("article_id", "source_path", "text_sha256", "published")},
        rows=in_order(rows),
        complete=tuple(tables),
        was_published=date_word(found.published),
    ).sealed()
