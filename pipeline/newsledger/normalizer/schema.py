"""The schema: columns, types, keys and allowed values of the tables, from `schema.tsv` beside this file.

The Arrow schemas, the DDL of the databases, the Table Schema in ``datapackage.json`` and the dtypes of the
DataFrames are all made from `TABLES`. Columns may be added; a name that stands here is never changed.

>>> TABLES["figures"].key
('figure_id',)
>>> [c.name for c in TABLES["issues"].columns]
['article_id', 'source_path', 'stage', 'severity', 'code', 'message']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast, get_args, get_type_hints

from newsledger.lexicons import load
from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = 2
"""Raised when a column changes its meaning, so that gold and old tables can be told apart."""


Type = Literal["string", "integer", "decimal", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``required`` columns are never null; ``free`` text is as articles (or users) wrote it."""

    name: str
    type: Type
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    free: bool = False
    """Text that comes from outside: a spreadsheet must not take it for a formula."""
    corrected: str = ""
    """How corrections use it, if they do; see `schema.tsv`, also for what follows."""
    indexed: bool = False
    shown: int = 0
    first: int = 0
    width: int = 13


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``column`` holds a value of ``target.target_column``, or null where the column is not required."""

    column: str
    target: str
    target_column: str


@dataclass(frozen=True)
class Table:
    """One table. ``key`` is unique and never null; ``order`` names the columns to sort by."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The sort columns: the key, or all columns of a table without one."""
        return self.key or self.names

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(c.name for c in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def _allowed(cell: str) -> tuple[str, ...]:
    """The values that a column may hold: as listed, or those of a ``Literal`` that is named by its module."""

    def literals(annotation: Any) -> Iterator[str]:
        for argument in get_args(annotation):
            if isinstance(argument, str):
                yield argument
            else:
                yield from literals(argument)

    values: list[str] = []
    for one in load.split(cell):
        package, _, path = one.partition(".")
        module, *name = path.split(".")
        if not name:
            values.append(one)
            continue
        found = getattr(import_module(f"newsledger.{package}.{module}"), name[0])
        values += literals(get_type_hints(found)[name[1]] if len(name) > 1 else found)
    return tuple(values)


def _column(row: Mapping[str, str]) -> Column:
    free = row["type"] == "text"
    return Column(
        row["column"],
        cast("Type", "string" if free else row["type"]),
        row["description"],
        required=bool(row["always"]),
        enum=_allowed(row["allowed"]),
        free=free,
        corrected=row["corrected"],
        indexed=bool(row["index"]),
        shown=int(row["shown"] or 0),
        first=int(row["first"] or 0),
        width=int(row["width"] or 13),
    )


def _read_tables() -> Iterator[Table]:
    rows = load.rows(Path(__file__).with_suffix(".tsv"))
    for name, (head, *columns) in groupby(rows, key=itemgetter("table")):
        yield Table(
            name,
            head["description"],
            tuple(map(_column, columns)),
            key=tuple(row["column"] for row in columns if row["always"] == "key"),
            foreign_keys=tuple(
                ForeignKey(row["column"], *row["points_at"].split(".")) for row in columns if row["points_at"]
            ),
        )


TABLES: dict[str, Table] = {table.name: table for table in _read_tables()}
"""All tables by name; a table stands after those it points at."""


_TAKEN = {"_no", "_part", "_item", "rowid"}
"""Names that the files of a run, or SQLite, have a use for."""


@cache
def table(name: str, kept: tuple[str, ...] = ()) -> Table:
    """The table of this name; ``kept`` are fields of the sources, the last columns of ``articles``, as text.

    Raises ``ValueError`` for a field that would be a second column of its name (whatever its case, which
    databases do not mind).

    >>> table("articles", ("url",)).names[-2:], table("people", ("url",)) == TABLES["people"]
    (('duplicate_share', 'url'), True)
    """
    fixed = TABLES[name]
    if name != "articles" or not kept:
        return fixed
    seen = {column.casefold() for column in fixed.names} | _TAKEN
    for field in kept:
        if field.casefold() in seen or not field:
            raise ValueError(f"keep: articles has a column {field!r} already")
        seen.add(field.casefold())
    own = (Column(field, "string", "the source's own field, as text", free=True) for field in kept)
    return replace(fixed, columns=(*fixed.columns, *own))


def kept_fields(name: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The sources' own fields among the columns of a table.

    >>> kept_fields("articles", ["article_id", "url", "status"])
    ('url',)
    """
    return tuple(c for c in columns if c not in TABLES[name].names) if name == "articles" else ()


@cache
def arrow_schema(name: str, kept: tuple[str, ...] = ()) -> pa.Schema:
    """The Arrow schema of a `table`: strings, int64, decimal128(38, 6), date32, bool.

    >>> str(arrow_schema("figures").field("value_low").type)
    'decimal128(38, 6)'
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    return pa.schema(
        [pa.field(c.name, types[c.type], nullable=not c.required) for c in table(name, kept).columns]
    )


def table_schema(name: str, kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """The Frictionless Table Schema of a `table`.

    >>> table_schema("people")["primaryKey"], table_schema("people")["missingValues"]
    (['person_id'], [''])
    """
    described = table(name, kept)
    fields = []
    for column in described.columns:
        field: dict[str, Any] = {
            "name": column.name,
            "type": "number" if column.type == "decimal" else column.type,
            "description": column.description,
        }
        constraints = {
            "required": column.required,
            "unique": described.key == (column.name,),
            "enum": list(column.enum),
        }
        if any(constraints.values()):
            field["constraints"] = {name: value for name, value in constraints.items() if value}
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if described.key:
        schema["primaryKey"] = list(described.key)
    if described.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": {"resource": key.target, "fields": [key.target_column]}}
            for key in described.foreign_keys
        ]
    return schema
