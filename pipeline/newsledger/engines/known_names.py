"""The spans of names that earlier runs read: the dearest stage, which other settings rarely concern.

They are kept with the articles of each shard. A run that reads articles again takes them by the text,
where the classifier and all that it depends on are the same (`settings_record.names_sha256`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from newsledger.engines.store import StoredShard
from newsledger.values.article import Article
from newsledger.values.mentions import NameSpan

_FILE = "names.sqlite"


def write_spans(spans: Sequence[NameSpan] | None) -> str:
    """Spans as they are kept; empty where the stage did not run.

    >>> write_spans([NameSpan(start_char=0, end_char=5, surface="Japan", label="LOC")])
    '[[0, 5, "LOC"]]'
    """
    return "" if spans is None else json.dumps([(s.start_char, s.end_char, s.label) for s in spans])


def index_names(shards: Iterable[StoredShard], tmp: Path) -> None:
    """Write an index of the spans in ``shards`` by the hash of the text."""
    index = sqlite3.connect(tmp / _FILE)
    index.execute("create table names (sha256 text primary key, spans text) without rowid")
    for shard in shards:
        for batch in shard.batches("articles", ["text_sha256", "_names"]):
            rows = zip(*(batch.column(name).to_pylist() for name in ("text_sha256", "_names")), strict=True)
            index.executemany("insert or ignore into names values (?, ?)", (row for row in rows if row[1]))
    index.commit()
    index.close()


@lru_cache(maxsize=1)
def _opened(path: Path, stamp: int) -> sqlite3.Connection:
    # Nobody writes to it any more, and it may lie on a disk without locks.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def known_names(tmp: Path, article: Article) -> tuple[NameSpan, ...] | None:
    """The spans of an article's text, None where no earlier run read it."""
    path = tmp / _FILE
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    found = _opened(path, stamp).execute("select spans from names where sha256 = ?", (article.text_sha256,))
    row = found.fetchone()
    if row is None:
        return None
    return tuple(
        NameSpan(start_char=start, end_char=end, surface=article.text[start:end], label=label)
        for start, end, label in json.loads(row[0])
    )
