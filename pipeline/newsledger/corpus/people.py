"""Links the people of a run, in partitions of bounded size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from newsledger.corpus.corrections import Correction
from newsledger.corpus.linking import resolve
from newsledger.corpus.linking.clusters import Cluster, Key, merged
from newsledger.corpus.linking.resolve import person_row, short_hash, slug
from newsledger.corpus.steps import Resolved, Steps
from newsledger.values.issues import Issue, describe_error
from newsledger.values.people import KnownPeople, People, PersonRecord, PersonRow

Judgement = tuple[Correction, Key, Key | None]
"""What is said of the person of a record: he is, or is not, that of another one, or the ``new`` one."""


def judge(
    people: People, records: Sequence[PersonRecord], judgements: Iterable[Judgement]
) -> tuple[People, dict[str, str | None]]:
    """The people as judged, and by correction what is wrong with it, or None if it holds.

    "Same" joins all that was taken for either person; "not the same" parts the one article from the person.
    Of two judgements that contradict each other the later holds. Ids of others stay.
    """
    ids = dict(people.ids)
    groups: dict[str, list[Key]] = defaultdict(list)
    for key, person_id in ids.items():
        groups[person_id].append(key)
    names = {record.key: record.name for record in records}
    apart: set[tuple[Key, Key]] = set()
    said: dict[str, str | None] = {}
    changed: set[str] = set()

    def move(keys: Sequence[Key], target: str) -> None:
        for key in list(keys):
            groups[ids[key]].remove(key)
            changed.update((ids[key], target))
            groups[target].append(key)
            ids[key] = target

    for one, record, other in judgements:
        own, same = ids[record], one.action == "same_person"
        target = ids[other] if other is not None else one.new or ""
        said[one.correction_id] = None if groups.get(target) else f"there is no person {target!r}"
        if not groups.get(target):
            continue
        if same and own != target:
            here = set(groups[target])
            apart = {pair for pair in apart if not (record in pair and here.intersection(pair))}
            parted = {key for pair in apart if here.intersection(pair) for key in pair}
            move([key for key in groups[own] if key not in parted], target)
        elif not same and own == target and len(groups[own]) > 1:
            apart.update((record, key) for key in groups[own] if key != record)
            move([record], f"{slug(names[record])}--{short_hash(*record)}")
    return _described(people, ids, groups, changed, records), said


def _described(
    people: People,
    ids: dict[Key, str],
    groups: dict[str, list[Key]],
    changed: set[str],
    records: Sequence[PersonRecord],
) -> People:
    before = {row.person_id: row for row in people.rows}
    rows = [row for row in people.rows if row.person_id not in changed]
    numbers = {record.key: n for n, record in enumerate(records)}
    for person_id in changed:
        if groups[person_id]:
            members = sorted(numbers[key] for key in groups[person_id])
            cluster = merged([Cluster.of(records[number], number) for number in members])
            row = person_row(person_id, cluster, len({article for article, _ in groups[person_id]}))
            if person_id in before:  # also of a known person, whose name is given
                old = before[person_id]
                given = {name: getattr(old, name) for name in ("name", "given", "family", "suffix")}
                aliases = {*row.aliases, row.name} - {old.name}
                row = replace(row, **given, aliases=tuple(sorted(aliases)))
            rows.append(row)
    return People(rows=tuple(sorted(rows, key=lambda row: row.person_id)), ids=ids)


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

    def add(self, mentions: Iterable[tuple[str, str]]) -> None:
        """Count some mentions, given as person and article."""
        for person, article in mentions:
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
