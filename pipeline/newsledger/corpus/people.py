"""The people of a run: records of all articles joined into persons, in partitions of bounded size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, product

from newsledger.corpus.judgements import Judgement, judge
from newsledger.corpus.linking import resolve
from newsledger.corpus.steps import Resolved, Steps, partition_by
from newsledger.values.issues import Issue, describe_error
from newsledger.values.people import KnownPeople, People, PersonRecord, PersonRow


def link_people(
    records: Sequence[PersonRecord],
    *,
    known: KnownPeople | None = None,
    judgements: Sequence[Judgement] = (),
) -> tuple[People, list[Issue], dict[str, str | None]]:
    """Join ``records`` into persons; the issues, and by judgement what is wrong with it, if anything.

    >>> a = PersonRecord(article_id="a", person=0, name="Shinzo Abe", n_mentions=2)
    >>> b = PersonRecord(article_id="b", person=3, name="Shinzo Abe")
    >>> people, _, _ = link_people([b, a])
    >>> [(row.person_id, row.given, row.family, row.n_articles, row.n_mentions) for row in people.rows]
    [('shinzo-abe', 'Shinzo', 'Abe', 2, 3)]
    >>> people.ids["b", 3]
    'shinzo-abe'
    """
    of_article = partition_by(enumerate(records), lambda item: (item[1].article_id,)).values()
    steps = Steps()
    issues = link_or_leave(steps, [of_article], known=known)
    named = sorted(chain.from_iterable(product(*own) for own in steps.take("ids")))
    people = People(
        rows=tuple(sorted(steps.take("rows"), key=lambda row: row.person_id)),
        ids={(records[n].article_id, records[n].person): person_id for n, person_id in named},
    )
    if issues:
        return people, issues, {one.correction_id: issues[0].message for one in judgements}
    people, judged = judge(people, records, judgements) if judgements else (people, {})
    return people, [], judged


def link_or_leave(
    steps: Steps, inputs: Sequence[Iterable[resolve.Named]], *, known: KnownPeople | None
) -> list[Issue]:
    """`link` the people of ``inputs``.

    Nothing is lost where that fails: every person of every article is then a row of its own, and an issue
    says so.
    """
    try:
        resolve.link(steps, inputs, known=known)
    except OSError:
        raise  # no disk or no process: another run may have them
    except Exception as error:
        steps.clear()
        steps.run("articles", _unlinked, inputs)
        message = f"people were not joined across articles: {describe_error(error)}"
        return [Issue(stage="identity", severity="error", code="identity_failed", message=message)]
    return []


def _unlinked(articles: Iterable[resolve.Named]) -> Resolved:
    for number, record in chain.from_iterable(articles):
        person_id = f"{record.article_id}#person:{record.person}"
        row = PersonRow(
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
        yield "rows", person_id, row
        yield "ids", number >> resolve.SHARD_BITS, ((number,), (person_id,))


class MentionCounts:
    """How often and in how many articles some ``persons`` are named, from the final mentions."""

    def __init__(self) -> None:
        self.persons: set[str] = set()
        self._named: dict[str, Counter[str]] = {}
        """By person how often each article names him."""

    def add(self, person_ids: Iterable[str], article_ids: Iterable[str]) -> None:
        """Count some mentions."""
        for person, article in zip(person_ids, article_ids, strict=True):
            if person in self.persons:
                self._named.setdefault(person, Counter())[article] += 1

    def __contains__(self, person_id: object) -> bool:
        """Whether a person is still named."""
        return person_id not in self.persons or person_id in self._named

    def rows(self, rows: Iterable[PersonRow]) -> Iterator[PersonRow]:
        """The persons that are named, with these counts."""
        for row in rows:
            if row.person_id not in self.persons:
                yield row
            elif counts := self._named.get(row.person_id):
                yield replace(row, n_articles=len(counts), n_mentions=counts.total())
