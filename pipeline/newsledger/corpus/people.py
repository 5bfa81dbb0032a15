"""The people of a run: records of all articles joined into persons, in memory that grows with the people.

Most people of an archive are named in the same words again and again. Records that are alike (see
`linking.resolve.sharing_key`) are held as one, so that memory need not grow with the articles.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from newsledger.corpus.judgements import Judgement, Key, judge
from newsledger.corpus.linking import resolve
from newsledger.values.issues import Issue, describe_error
from newsledger.values.people import KnownPeople, People, PersonRecord, PersonRow

ArticleRecord = tuple[int, PersonRecord]
"""The number of an article within its shard, and the record of one of its people."""


def link_people(
    records: Sequence[PersonRecord],
    *,
    known: KnownPeople | None = None,
    together: Iterable[Sequence[int]] | None = None,
    judgements: Sequence[Judgement] = (),
) -> tuple[People, list[Issue], dict[str, str | None]]:
    """Join ``records`` into persons; the issues, and by judgement what is wrong with it, if anything.

    ``together`` is what `linking.resolve.resolve` takes where records stand for several. Nothing is lost
    where linking fails: every person of every article is then a row of its own, and an issue says so.
    """
    try:
        people = resolve.resolve(records, known=known, together=together)
        lacking = [r for r in records if (r.article_id, r.person) not in people.ids]
        if lacking:
            raise LookupError(f"no person for {lacking[0].name!r} of article {lacking[0].article_id!r}")
    except Exception as error:
        message = f"people were not joined across articles: {describe_error(error)}"
        issue = Issue(stage="identity", severity="error", code="identity_failed", message=message)
        return _unlinked(records), [issue], dict.fromkeys((j.correction_id for j in judgements), message)
    if not judgements:
        return people, [], {}
    people, judged = judge(people, records, judgements)
    return people, [], judged


def _unlinked(records: Iterable[PersonRecord]) -> People:
    rows, ids = [], {}
    for record in records:
        person_id = ids[record.article_id, record.person] = f"{record.article_id}#person:{record.person}"
        rows.append(
            PersonRow(
                person_id=person_id,
                name=record.name,
                given=None,
                family=None,
                suffix=None,
                aliases=tuple(s for s in record.surfaces if s != record.name),
                roles=tuple(dict.fromkeys(record.roles + record.more_roles)),
                n_articles=1,
                n_mentions=record.n_mentions,
            )
        )
    return People(rows=tuple(rows), ids=ids)


class RunPeople:
    """The people of a run, linked once from the records of its shards.

    ``added`` are the people of one shard more: the shard and number of one of the others, or a record.
    ``mentions`` gives the shard and the record number of the mentions that ``judge`` is asked about.
    """

    def __init__(
        self,
        shards: Iterable[Iterable[ArticleRecord]],
        *,
        known: KnownPeople | None,
        added: Sequence[PersonRecord | tuple[int, int]] = (),
        mentions: Mapping[str, tuple[int, int]] = MappingProxyType({}),
        judgements: Callable[[Mapping[str, Key]], Sequence[Judgement]] = lambda of_mention: (),
    ) -> None:
        self._members: list[array[int]] = []
        """Per shard, which held record each of its records is."""
        self._articles: list[array[int]] = []
        """Per shard, where in it the records of each article begin."""
        held = self._condense(shards, set(mentions.values()), added)
        keys = [(record.article_id, record.person) for record in held]
        people, self.issues, self.judged = link_people(
            held,
            known=known,
            together=self._together(),
            judgements=judgements({m: keys[self._members[s][n]] for m, (s, n) in mentions.items()}),
        )
        self._ids = [people.ids[key] for key in keys]
        self.rows = people.rows

    def _condense(
        self,
        shards: Iterable[Iterable[ArticleRecord]],
        alone: Collection[tuple[int, int]],
        added: Iterable[PersonRecord | tuple[int, int]],
    ) -> list[PersonRecord]:
        known: dict[Any, int] = {}
        held: list[PersonRecord] = []
        mentions, articles = array("q"), array("q")
        for number, shard in enumerate(shards):
            members, starts = array("i"), array("i")
            last = None
            for article, record in shard:
                if article != last:
                    last = article
                    starts.append(len(members))
                key = None if (number, len(members)) in alone else resolve.sharing_key(record)
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
        for at, (n, m) in enumerate(zip(mentions, articles, strict=True)):
            if m > 1:
                held[at] = replace(held[at], n_mentions=n, n_articles=m)
        members = array("i")
        for one in added:
            if isinstance(one, PersonRecord):
                members.append(len(held))
                held.append(one)
            else:
                members.append(self._members[one[0]][one[1]])
        self._members.append(members)
        self._articles.append(array("i", range(len(members))))  # nobody is named beside them
        return held

    def _together(self) -> Iterator[Sequence[int]]:
        """Per article, which held records its records are."""
        for members, starts in zip(self._members, self._articles, strict=True):
            for start, end in pairwise([*starts, len(members)]):
                yield members[start:end]

    def person_ids(self, shard: int, records: Iterable[int | None]) -> list[str | None]:
        """The ``person_id`` of rows of one shard, from the record number of each."""
        members = self._members[shard]
        return [None if record is None else self._ids[members[record]] for record in records]


class MentionCounts:
    """How often and in how many articles each person is named, from the final mentions in their order."""

    def __init__(self) -> None:
        self._mentions: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()
        self._last_article: dict[str, str] = {}

    def add(self, person_ids: Iterable[str], article_ids: Iterable[str]) -> None:
        """Count some mentions."""
        for person, article in zip(person_ids, article_ids, strict=True):
            self._mentions[person] += 1
            if self._last_article.get(person) != article:
                self._last_article[person] = article
                self._articles[person] += 1

    def __contains__(self, person_id: object) -> bool:
        return person_id in self._mentions

    def rows(self, rows: Iterable[PersonRow]) -> Iterator[PersonRow]:
        """The persons that are named, with these counts."""
        for row in rows:
            if row.person_id in self:
                counts = self._articles[row.person_id], self._mentions[row.person_id]
                yield replace(row, n_articles=counts[0], n_mentions=counts[1])
