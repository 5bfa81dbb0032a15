"""Who is who over all shards, in memory that grows with the people and not with the articles.

Most people of an archive are named in the same words again and again. Records that are alike are held as
one (see ``identity.alike``).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newsledger.corpus.person_rows import people_rows
from newsledger.engines.store import StoredShard
from newsledger.normalizer.columns import make_array
from newsledger.normalizer.rows import Row
from newsledger.normalizer.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from newsledger.corpus.linking.resolve import PersonRecord
    from newsledger.stages.people.known_people import KnownPeople


class Who:
    """The people of a run; made once, then asked for the rows of the tables."""

    def __init__(self, shards: Sequence[StoredShard], *, known: KnownPeople | None) -> None:
        self._shards = shards
        self._members: list[array[int]] = []
        """Per shard, which held record each of its records is."""
        self._articles: list[array[int]] = []
        """Per shard, where in it the records of each article begin."""
        held = self._condense()
        rows, ids, self.issues = people_rows(held, known=known, together=self._together())
        self._ids = [ids[record.article_id, record.person] for record in held]
        self._rows = rows
        self._in_articles: Counter[str] = Counter()
        self._last: dict[str, str] = {}

    def _condense(self) -> list[PersonRecord]:
        from newsledger.corpus.linking.resolve import alike

        known: dict[Any, int] = {}
        held: list[PersonRecord] = []
        mentions, articles = array("q"), array("q")
        for shard in self._shards:
            members, starts = array("i"), array("i")
            last = None
            for article, record in shard.records():
                if article != last:
                    last = article
                    starts.append(len(members))
                key = alike(record)
                at = len(held) if key is None else known.setdefault(key, len(held))
                if at == len(held):
                    held.append(record)
                    mentions.append(0)
                    articles.append(0)
                elif (record.article_id, record.person) < (held[at].article_id, held[at].person):
                    held[at] = record
                mentions[at] += record.n_mentions
                articles[at] += 1
                members.append(at)
            self._members.append(members)
            self._articles.append(starts)
        known.clear()
        for at, (n, m) in enumerate(zip(mentions, articles, strict=True)):
            if m > 1:
                held[at] = replace(held[at], n_mentions=n, n_articles=m)
        return held

    def _together(self) -> Iterator[Sequence[int]]:
        """Per article, which held records its records are."""
        for members, starts in zip(self._members, self._articles, strict=True):
            for start, end in pairwise([*starts, len(members)]):
                yield members[start:end]

    def with_ids(self, shard: int, mentions: pa.Table) -> pa.Table:
        """Rows of ``person_mentions`` of a shard with the ``person_id`` in place of the record's number.

        They must be asked for in the order of the final table: articles are counted on the way.
        """
        import pyarrow as pa

        members = self._members[shard]
        found = [self._ids[members[record]] for record in mentions.column("person_id").to_pylist()]
        for person, article in zip(found, mentions.column("article_id").to_pylist(), strict=True):
            if self._last.get(person) != article:
                self._last[person] = article
                self._in_articles[person] += 1
        at = mentions.schema.get_field_index("person_id")
        return mentions.set_column(at, "person_id", make_array(found, pa.string()))

    def people(self) -> Iterator[Row]:
        """The rows of ``people``, once all mentions have been asked for."""
        names = TABLES["people"].names
        person_id, n_articles = names.index("person_id"), names.index("n_articles")
        for row in self._rows:
            count = self._in_articles[row[person_id]]
            yield (*row[:n_articles], count, *row[n_articles + 1 :])
