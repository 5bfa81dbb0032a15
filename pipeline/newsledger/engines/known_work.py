"""What the stages found in earlier runs: another setting or version runs again what it concerns, no more.

What a stage found in an article is kept under a hash of the stage's version (`settings_record.stages_sha256`)
and of what it sees of the article. A run that reads articles again takes it from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from newsledger.engines.store import FOUND, StoredShard
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.ledger import LedgerEntry
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention
from newsledger.values.plain import from_plain

_FILE = "known.sqlite"
_KINDS: dict[str, type] = {
    "names": NameSpan,
    "countries": CountryMention,
    "money": MoneyMention,
    "dates": DateMention,
    "people": PersonMention,
    "ledger": LedgerEntry,
}
"""What each stage finds."""
_MONEY = ("published_date", "default_currency", "publisher_country")
_DATES = ("published_date", "day_order")
_SEEN = {"money": _MONEY, "dates": _DATES, "ledger": (*_MONEY, *_DATES, "title")}
"""What a stage, or one before it, sees of an article beside its text."""


def _values(value: Any) -> Any:
    """A mention as the values of its fields; as text what else JSON does not take."""
    names = getattr(value, "__dataclass_fields__", None)
    return str(value) if names is None else [getattr(value, name) for name in names]


_encode = json.JSONEncoder(default=_values).encode


def encode_mentions(mentions: Iterable[Any]) -> str:
    """Mentions as JSON, for `decode_mentions`.

    >>> encode_mentions([NameSpan(start_char=0, end_char=5, surface="Japan", label="LOC")])
    '[[0, 5, "Japan", "LOC"]]'
    """
    return _encode([*mentions])


def decode_mentions(kind: type, text: str) -> tuple[Any, ...]:
    """The mentions of one ``kind`` that `encode_mentions` wrote."""
    return tuple(from_plain(kind, value) for value in json.loads(text))


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
            yield stage, key, encode_mentions(getattr(extraction, stage))


def index_found(shards: Iterable[StoredShard], tmp: Path, versions: Mapping[str, str]) -> None:
    """Write an index of what ``shards`` hold of stages of these ``versions``."""
    index = sqlite3.connect(tmp / _FILE)
    index.execute("create table found (key text primary key, mentions text) without rowid")
    for shard in shards:
        same = {stage for stage, _ in shard.about["stages"].items() & versions.items()}
        for batch in shard.batches(FOUND, ["stage", "key", "mentions"]):
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            index.executemany(
                "insert or ignore into found values (?, ?)", (row[1:] for row in rows if row[0] in same)
            )
    index.commit()
    index.close()


def opened_index(tmp: Path) -> sqlite3.Connection | None:
    """The index in ``tmp``, None where there is none."""
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
    return None if row is None else decode_mentions(_KINDS[stage], row[0])
