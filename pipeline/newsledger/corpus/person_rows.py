"""The call that says who is who across the articles of a run, and what it means for the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsledger.normalizer.rows import Row, cell
from newsledger.normalizer.schema import TABLES
from newsledger.values.issues import Issue

if TYPE_CHECKING:
    from newsledger.corpus.linking.resolve import People, PersonRecord
    from newsledger.stages.people.known_people import KnownPeople


def people_rows(
    records: Sequence[PersonRecord],
    *,
    known: KnownPeople | None = None,
    together: Iterable[Sequence[int]] | None = None,
) -> tuple[list[Row], Mapping[tuple[str, int], str], list[Issue]]:
    """Rows of ``people``, the ``person_id`` of each (article_id, person), and issues.

    ``together`` is what `resolve.resolve` takes where records stand for several.

    Nothing is lost where identity fails: every person of every article is then a row of its own, and an
    issue says so.
    """
    from newsledger.corpus.linking import resolve
    from newsledger.extraction import describe

    issues: list[Issue] = []
    try:
        people = resolve.resolve(records, known=known, together=together)
        lacking = [r for r in records if (r.article_id, r.person) not in people.ids]
        if lacking:
            raise LookupError(f"no person for {lacking[0].name!r} of article {lacking[0].article_id!r}")
    except Exception as error:
        issues.append(
            Issue(
                stage="identity",
                severity="error",
                code="identity_failed",
                message=f"people were not joined across articles: {describe(error)}",
            )
        )
        people = _apart(records)
    columns = TABLES["people"].names
    rows = [tuple(cell(getattr(row, column)) for column in columns) for row in people.rows]
    return sorted(rows), people.ids, issues


def _apart(records: Iterable[PersonRecord]) -> People:
    from newsledger.corpus.linking.resolve import People, PersonRow

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
