"""A user's file of known people: name, aliases and the user's own id, such as a Wikidata Q-number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsledger.lexicons.territories import territories
from newsledger.values.people import KnownPeople, KnownPerson


class KnownPeopleError(ValueError):
    """The file of known people cannot be used; the message names file, line and fault."""


def load(path: str | Path) -> KnownPeople:
    """Read a CSV (columns name, aliases, id; aliases joined by ``|``) or JSONL file of known people.

    Raises :class:`KnownPeopleError` on a missing column, an empty name or id, an id given twice with
    different names, or a line that is no JSON object. Optional fields: country, role.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnownPeopleError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise KnownPeopleError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from None
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        return from_rows(_json_rows(text, str(path)), source=str(path))
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"name", "id"} - set(reader.fieldnames or ())
    if missing:
        raise KnownPeopleError(f"{path}: no column {' and '.join(sorted(missing))}")
    return from_rows(((reader.line_num, row) for row in reader), source=str(path))


def _json_rows(text: str, source: str) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise KnownPeopleError(f"{source}, line {number}: not JSON ({error})") from None
        if not isinstance(row, dict):
            raise KnownPeopleError(f"{source}, line {number}: not a JSON object")
        yield number, row


def from_rows(rows: Iterable[tuple[int, dict[str, Any]]], *, source: str = "known people") -> KnownPeople:
    """Check (line number, fields) pairs and make them known people; ``source`` is named in errors.

    >>> from_rows([(1, {"name": "Shinzo Abe", "aliases": "Abe Shinzo|S. Abe", "id": "Q1"})])[0].aliases
    ('Abe Shinzo', 'S. Abe')
    """
    countries = {territory.alpha2 for territory in territories().values()}
    people: list[KnownPerson] = []
    seen: dict[str, tuple[int, str]] = {}
    for number, row in rows:
        where = f"{source}, line {number}"
        name, key = (" ".join(str(row.get(field) or "").split()) for field in ("name", "id"))
        if not name:
            raise KnownPeopleError(f"{where}: no name")
        if not key:
            raise KnownPeopleError(f"{where}: no id for {name!r}")
        if key in seen and seen[key][1] != name:
            raise KnownPeopleError(
                f"{where}: id {key!r} stands for {seen[key][1]!r} (line {seen[key][0]}) and for {name!r}"
            )
        seen[key] = (number, name)
        country = str(row.get("country") or "").upper()
        if country and country not in countries:
            raise KnownPeopleError(f"{where}: not an ISO 3166-1 alpha-2 code: {row['country']!r}")
        aliases = row.get("aliases") or ()
        if isinstance(aliases, str):
            aliases = aliases.split("|")
        if not isinstance(aliases, (list, tuple)) or not all(isinstance(a, str) for a in aliases):
            raise KnownPeopleError(f"{where}: aliases must be a text joined by '|' or a list of texts")
        people.append(
            KnownPerson(
                id=key,
                name=name,
                aliases=tuple(dict.fromkeys(" ".join(a.split()) for a in aliases if a.strip())),
                country=country or None,
                role=str(row["role"]) if row.get("role") else None,
            )
        )
    return tuple(people)
