"""The kinds that are compared: the fields of each table, the names of their faults, and what gold holds.

Everything the gate says about a column is derived from ``kinds.toml``: gold files, comparison, measures,
reports and the names a user may put into a configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsledger.lexicons import load


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be right or wrong about a mention, with the columns that say it.

    What each entry means stands at the top of ``kinds.toml``.
    """

    name: str
    columns: tuple[str, ...]
    code: str
    value: bool = False
    shown: bool = True
    form: str = "{}"
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One table whose rows are compared."""

    table: str
    one: str
    many: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    joint: str = ", "
    gating: bool = True
    mention_column: str = ""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All pinned columns in order."""
        return tuple(column for field in self.fields for column in field.columns)

    @cached_property
    def intervals(self) -> tuple[Field, ...]:
        """The fields of two columns, a first and a last, which mostly say the same."""
        return tuple(field for field in self.fields if len(field.columns) == 2)


SPAN, MOVED_SPAN = "span", "moved_span"
"""The field of the offsets, and what a difference in it is called."""
MISSED, SPURIOUS = "missed", "spurious"
"""The two outcomes that are about a whole row."""
ARTICLES = "articles"

LEVELS = ("span", "value", "full")
"""``span``: a row with the very offsets. ``value``: an overlapping row with the right normalised value
(amount and currency; days, or the TimeML value of what has none; country code; full name). ``full``: right
offsets and every pinned field right."""


def _read_kinds() -> dict[str, Kind]:
    kinds = {}
    for table, said in load.toml(Path(__file__).with_suffix(".toml")).items():
        fields = [
            Field(name, tuple(one.pop("columns", [name])), **one) for name, one in said.pop("fields").items()
        ]
        aliases = tuple(said.pop("aliases", ()))
        named = {"many": f"{said['one']}s", **said}
        kinds[table] = Kind(table=table, fields=tuple(fields), aliases=aliases, **named)
    return kinds


ALL_KINDS = _read_kinds()
"""The tables of mentions, and the articles with the date that anchors their dates."""

KINDS = {table: kind for table, kind in ALL_KINDS.items() if table != ARTICLES}
"""The tables of mentions by name; another is a section more, with ``gating = false`` until it is trusted."""


def kind_by_name(name: str) -> Kind:
    """The kind of a table or of its short name; raises ``ValueError`` if there is none.

    >>> kind_by_name("money").table, kind_by_name("date_mentions").table
    ('figures', 'date_mentions')
    """
    by_alias = {alias: kind for kind in ALL_KINDS.values() for alias in (kind.table, *kind.aliases)}
    if name.strip() not in by_alias:
        raise ValueError(f"no kind {name!r}; there are {', '.join(by_alias)}")
    return by_alias[name.strip()]


def fields_by_name(name: str) -> list[tuple[str, str]]:
    """The (table, field) pairs that a name in a configuration means; ``*`` stands for every kind or field.

    A field may also be named by one of its columns, or by what a difference in it is called.

    >>> fields_by_name("figures.currency"), fields_by_name("figures.value_low")
    ([('figures', 'currency')], [('figures', 'amount')])
    >>> fields_by_name("dates.wrong_date")
    [('date_mentions', 'days')]
    >>> [table for table, _ in fields_by_name("*.span")]
    ['figures', 'date_mentions', 'country_mentions', 'person_mentions', 'roles', 'ledger']
    """
    table, dot, wanted = name.partition(".")
    kinds = list(ALL_KINDS.values()) if table.strip() == "*" else [kind_by_name(table)]
    wanted = wanted.strip().replace(" ", "_") if dot else "*"
    named = [(kind.table, field, names) for kind in kinds for field, names in _names(kind).items()]
    found = [(table, field) for table, field, names in named if wanted in ("*", *names)]
    if not found:
        fields = ", ".join(dict.fromkeys(field for _, field, _ in named))
        raise ValueError(f"no field {name!r}; fields of {table} are {fields}")
    return found


def _names(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Each field of a kind, whole-row outcomes included, with all names it goes by."""
    own = {field.name: (field.name, field.code, *field.columns) for field in kind.fields}
    if kind.table == ARTICLES:
        return own
    return {**own, SPAN: (SPAN, MOVED_SPAN), MISSED: (MISSED,), SPURIOUS: (SPURIOUS,)}
