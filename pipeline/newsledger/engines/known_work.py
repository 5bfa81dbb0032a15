"""Results of earlier runs: after a change of settings or version, only the stages concerned run again.

What a stage found in an article is kept under a hash of the stage's version (`settings_record.stages_sha256`)
and of what it sees of the article. A run that reads articles again takes it from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, get_type_hints

from newsledger.engines.store import FOUND, StoredShard
from newsledger.normalizer.rows import cells
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.plain import from_plain, to_json

_FILE = "known.sqlite"
_KINDS = get_type_hints(Extraction)
"""What each stage finds."""
_MONEY = ("published_date", "default_currency", "publisher_country")
_DATES = ("published_date", "day_order")
_SEEN = {"money": _MONEY, "dates": _DATES, "ledger": (*_MONEY, *_DATES, "title")}
"""What a stage, or one before it, sees of an article beside its text."""


def _key(stage: str, version: str, article: Article, text_sha256: str) -> str:
    seen = (str(getattr(article, name)) for name in _SEEN.get(stage, ()))
    return sha256("\0".join([version, text_sha256, *seen]).encode("utf-8", "surrogatepass")).hexdigest()


def found_rows(extraction: Extraction, versions: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Stage, key and mentions of each stage that ran on an article and had nothing to remark."""
    if extraction.status != "ok" or extraction.names is None:
        return
    text_sha256 = extraction.article.text_sha256
    remarked = {issue.stage for issue in extraction.issues}
    for stage, version in versions.items():
        if stage not in remarked:
            key = _key(stage, version, extraction.article, text_sha256)
            yield stage, key, to_json(getattr(extraction, stage))


def index_found(shards: Iterable[StoredShard], tmp: Path, versions: Mapping[str, str]) -> None:
    """Write an index of what ``shards`` hold of stages of these ``versions``."""
    index = sqlite3.connect(tmp / _FILE)
    index.execute("create table found (key text primary key, mentions text) without rowid")
    for shard in shards:
        same = {stage for stage, _ in shard.about["stages"].items() & versions.items()}
        for batch in shard.batches(FOUND, ["stage", "key", "mentions"]):
            rows = (found for stage, *found in cells(batch) if stage in same)
            index.executemany("insert or ignore into found values (?, ?)", rows)
    index.commit()
    index.close()


def opened_index(tmp: Path) -> sqlite3.Connection | None:
    """The index in ``tmp``, None if there is none."""
    path = tmp / _FILE
    # Nobody writes to it any more, and it may lie on a disk without locks.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True) if path.exists() else None


def known_work(
    index: sqlite3.Connection, versions: Mapping[str, str], stage: str, article: Article
) -> tuple[Any, ...] | None:
    """What a stage of these ``versions`` found in an article, if that is known."""
    key = _key(stage, versions[stage], article, article.text_sha256)
    row = index.execute("select mentions from found where key = ?", (key,)).fetchone()
    return None if row is None else from_plain(_KINDS[stage], json.loads(row[0]))
