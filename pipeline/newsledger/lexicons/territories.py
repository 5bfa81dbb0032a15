"""The territories table: codes, names, adjectives, demonyms, abbreviations."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal

from newsledger.lexicons.load import HERE, rows, split

TABLE = HERE / "territories.tsv"

FormKind = Literal["name", "former", "abbreviation", "adjective", "demonym"]


@dataclass(frozen=True, slots=True)
class Territory:
    """A row of ``territories.tsv``; ``key`` is its alpha-3 code, or a code of our own for parts and regions.

    >>> territories()["NAM"].alpha2
    'NA'
    >>> territories()["GB-SCT"].parent
    'GBR'
    """

    key: str
    alpha2: str
    alpha3: str
    name: str
    kind: str
    parent: str
    claims: tuple[str, ...]
    names: tuple[str, ...]
    former_names: tuple[str, ...]
    abbr: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    combining: tuple[str, ...]
    capital: tuple[str, ...]
    seat: tuple[str, ...]

    def forms(self) -> list[tuple[str, FormKind]]:
        """Every form to search for, with what kind of form it is."""
        groups: tuple[tuple[tuple[str, ...], FormKind], ...] = (
            (self.names, "name"),
            (self.former_names, "former"),
            (self.abbr, "abbreviation"),
            (self.adjectives, "adjective"),
            (self.people, "demonym"),
        )
        return [(form, kind) for forms, kind in groups for form in forms]


COLUMNS = tuple(field.name for field in fields(Territory))


@lru_cache(maxsize=1)
def territories() -> dict[str, Territory]:
    """The table by key, read once."""
    found = {}
    for row in rows(TABLE):
        cells = [row[column] for column in COLUMNS]
        found[row["key"]] = Territory(*cells[:6], *map(split, cells[6:]))  # type: ignore[arg-type]
    return found
