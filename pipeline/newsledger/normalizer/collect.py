"""The extractions of some articles, collected into `Tables` in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from newsledger.corpus.linking.resolve import records
from newsledger.corpus.people import link_people
from newsledger.normalizer.corrections import FINISHED, AppliedCorrections
from newsledger.normalizer.finish import Finish, RunSettings
from newsledger.normalizer.rows import (
    Row,
    fitted_rows,
    issue_row,
    row_schema,
    sort_key,
    to_arrow,
    with_person_ids,
)
from newsledger.normalizer.run_record import counts, digest, program_record
from newsledger.normalizer.schema import TABLES, arrow_schema, table
from newsledger.normalizer.tables import T
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue
from newsledger.values.people import PersonRecord

if TYPE_CHECKING:
    import pyarrow as pa


def collect(
    extractions: Iterable[Extraction | Issue],
    *,
    kind: type[T],
    settings: Mapping[str, Any],
    run: RunSettings,
    reading: Mapping[str, Any] | None = None,
) -> T:
    """Make the tables of ``extractions``, whose articles must have ids of their own.

    ``kind`` is the class of the tables, ``settings`` and ``reading`` what ``run.json`` says of both. An
    `Issue` among the extractions becomes a row of ``issues`` as it stands.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    fields: dict[str, Mapping[str, str | None]] = {}
    kept: dict[str, None] = {}
    people: list[PersonRecord] = []
    for item in extractions:
        if isinstance(item, Issue):
            rows["issues"].append(issue_row(item))
            continue
        [(item, own_rows)] = fitted_rows([item])
        own = fields[item.article.article_id] = item.article.fields
        if own.keys() - kept.keys():
            kept |= dict.fromkeys(own)
            table("articles", tuple(kept))  # refuses a field that is a column already
        for name, found in own_rows.items():
            rows[name].extend(found)
        people.extend(records(item.article.article_id, item.people))
    rows["articles"] = [(*row, *map(fields[row[0]].get, kept)) for row in rows["articles"]]

    def made(name: str) -> pa.Table:
        return to_arrow(name, sorted(rows[name], key=sort_key(name)), arrow_schema(name, tuple(kept)))

    finish = Finish(run, [made("articles")])
    corrections = finish.corrections
    people.extend(_add_rows(corrections, rows, ledger=run.ledger))
    wanted = corrections.mentions()
    of_mention = {row[0]: (row[1], row[2]) for row in rows["person_mentions"] if row[0] in wanted}
    linked, issues, judged = link_people(
        people, known=run.known, judgements=corrections.judgements(of_mention)
    )
    corrections.take_judged(judged)
    rows["issues"].extend(map(issue_row, issues))
    rows = with_person_ids(rows, lambda *key: linked.ids[key])
    tables: dict[str, pa.Table] = {}
    for name in FINISHED:
        if name == "people":
            rows[name] = finish.people(linked.rows)
        elif name == "corrections":
            rows[name] = corrections.rows()
            rows["issues"].extend(map(issue_row, corrections.issues()))
        tables[name] = finish.piece(name, made(name))
        if name == "person_mentions":
            finish.count([tables[name]])
    return kind(tables, run=partial(_record, tables, dict(settings), reading))


def _record(
    tables: Mapping[str, pa.Table], settings: Mapping[str, Any], reading: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What ``run.json`` says of the run."""
    identifying = tables["articles"].select(["article_id", "published_date", "text_sha256"])
    return {
        **program_record(),
        "settings": settings,
        "reading": reading,
        "manifest_sha256": digest([list(map(str, row.values())) for row in identifying.to_pylist()]),
        **counts(tables),
    }


def _add_rows(
    corrections: AppliedCorrections, rows: Mapping[str, list[Row]], *, ledger: bool
) -> list[PersonRecord]:
    """Add the rows of corrections to those of the articles; returns the people whom only they name."""
    added, persons = corrections.add_rows(
        lambda name: [to_arrow(name, rows[name], row_schema(name))], ledger=ledger
    )
    numbers = [person.person if isinstance(person, PersonRecord) else person[1] for person in persons]
    for name, found in with_person_ids(added, lambda _, place: numbers[place]).items():
        rows[name].extend(found)
    return [person for person in persons if isinstance(person, PersonRecord)]
