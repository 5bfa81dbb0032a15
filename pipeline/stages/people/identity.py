"""Who is who across the articles of a run: from people of articles to one row per person.

The people stage tells the people of *one* article apart (``PersonMention.person``). This module joins
them over articles. It never sees an article's text, only one small :class:`PersonRecord` per person and
article, so that a run of many articles stays small in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.mentions import PersonMention
from pipeline.stages.people.known import KnownPeople


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """One person of one article: all that is kept of it until the end of the run.

    ``person`` is ``PersonMention.person``, the number of the person in its article. ``surfaces`` are the
    distinct spellings found, ``roles`` and ``countries`` (ISO 3166-1 alpha-2) what the article says of
    the person. ``candidates`` is filled where the article leaves open which of its people is meant.
    """

    article_id: str
    person: int
    name: str
    surfaces: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    n_mentions: int = 1
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One row of the table ``people``; the field names are its columns."""

    person_id: str
    name: str
    given: str | None
    family: str | None
    suffix: str | None
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    n_articles: int
    n_mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What :func:`resolve` gives: the rows, sorted by ``person_id``, and who each record became.

    ``ids[article_id, person]`` is the ``person_id`` of that person of that article.
    """

    rows: tuple[PersonRow, ...] = ()
    ids: Mapping[tuple[str, int], str] = field(default_factory=dict)


def records(article_id: str, mentions: Iterable[PersonMention]) -> list[PersonRecord]:
    """Sum up the mentions of one article: one record per person, ordered by person number.

    >>> mention = PersonMention(start_char=0, end_char=3, surface="Abe", name="Shinzo Abe", person=0)
    >>> [(r.article_id, r.person, r.name, r.n_mentions) for r in records("a1", [mention, mention])]
    [('a1', 0, 'Shinzo Abe', 2)]
    """
    grouped: dict[int, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.person].append(mention)
    return [
        PersonRecord(
            article_id=article_id,
            person=person,
            name=group[0].name,
            surfaces=tuple(sorted({m.surface for m in group})),
            roles=tuple(dict.fromkeys(m.role for m in group if m.role)),
            countries=tuple(dict.fromkeys(m.role_country for m in group if m.role_country)),
            zones=tuple(dict.fromkeys(m.zone for m in group)),
            n_mentions=len(group),
            candidates=tuple(dict.fromkeys(c for m in group for c in m.candidates)),
        )
        for person, group in sorted(grouped.items())
    ]


def resolve(records: Iterable[PersonRecord], *, known: KnownPeople | None = None) -> People:
    """Join records that are the same person; the result does not depend on the order of ``records``.

    >>> a = PersonRecord(article_id="a", person=0, name="Shinzo Abe", n_mentions=2)
    >>> b = PersonRecord(article_id="b", person=3, name="Shinzo Abe")
    >>> people = resolve([b, a])
    >>> [(row.person_id, row.n_articles, row.n_mentions) for row in people.rows]
    [('shinzo-abe', 2, 3)]
    >>> people.ids["b", 3]
    'shinzo-abe'
    """
    grouped: dict[str, list[PersonRecord]] = defaultdict(list)
    for record in records:
        grouped["-".join(record.name.lower().split())].append(record)
    rows, ids = [], {}
    for person_id, group in sorted(grouped.items()):
        rows.append(
            PersonRow(
                person_id=person_id,
                name=group[0].name,
                given=None,
                family=None,
                suffix=None,
                aliases=tuple(sorted({s for r in group for s in r.surfaces} - {group[0].name})),
                roles=tuple(sorted({s for r in group for s in r.roles})),
                n_articles=len({r.article_id for r in group}),
                n_mentions=sum(r.n_mentions for r in group),
            )
        )
        ids.update({(r.article_id, r.person): person_id for r in group})
    return People(rows=tuple(rows), ids=ids)
