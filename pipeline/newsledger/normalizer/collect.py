"""The extractions of some articles, collected into `Tables` in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from newsledger.corpus.person_rows import people_rows
from newsledger.extraction import Extraction
from newsledger.normalizer.rows import (
    Row,
    article_rows,
    fitting,
    issue_row,
    sort_key,
    to_arrow,
    with_people,
)
from newsledger.normalizer.run_record import counts, digest, program_record, settings_record
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.tables import Tables
from newsledger.values.issues import Issue
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    from newsledger.stages.people.known_people import KnownPeople


def collect(
    extractions: Iterable[Extraction | Issue], *, settings: Settings, known: KnownPeople | None = None
) -> Tables:
    """Make the tables of ``extractions``, whose articles must have ids of their own.

    An `Issue` among them becomes a row of ``issues`` as it stands.
    """
    from newsledger.corpus.linking.resolve import PersonRecord, records

    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    people: list[PersonRecord] = []
    for item in extractions:
        if isinstance(item, Issue):
            rows["issues"].append(issue_row(item))
            continue
        item = fitting(item)
        for name, found in article_rows(item).items():
            rows[name].extend(found)
        people.extend(records(item.article.article_id, item.people))
    rows["people"], ids, issues = people_rows(people, known=known)
    rows["issues"].extend(map(issue_row, issues))
    rows["person_mentions"] = with_people(rows["person_mentions"], lambda *key: ids[key])
    tables = {name: to_arrow(name, sorted(found, key=sort_key(name))) for name, found in rows.items()}
    record: dict[str, Any] = {
        **program_record(),
        "settings": settings_record(settings),
        "manifest_sha256": digest(
            [list(map(str, row.values())) for row in tables["articles"].select(_IDENTIFYING).to_pylist()]
        ),
        **counts(tables),
    }
    return Tables(tables, run=record)


_IDENTIFYING = ["article_id", "published_date", "text_sha256"]
