"""The territories table: codes, names, adjectives, demonyms, abbreviations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

TABLE = Path(__file__).with_name("territories.tsv")

COLUMNS = (
    "key",
    "alpha2",
    "alpha3",
    "name",
    "kind",
    "parent",
    "claims",
    "names",
    "former_names",
    "abbr",
    "adjectives",
    "people",
    "combining",
    "capital",
    "seat",
)

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


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@lru_cache(maxsize=1)
def territories() -> dict[str, Territory]:
    """The table by key, read once."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise ValueError(f"{TABLE.name}: unexpected columns {lines[0]!r}")
    found = {}
    for line in lines[1:]:
        cells = line.split("\t")
        found[cells[0]] = Territory(*cells[:6], *map(_split, cells[6:]))  # type: ignore[arg-type]
    return found
