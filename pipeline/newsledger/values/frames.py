"""Converts lists of mentions to DataFrames, for users of a single stage.

What a stage returns is a list that knows the kind of its mentions: `Mentions`. The columns are the fields
of the mention, which are those of the tables; the types are those of `newsledger.Tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE, cell, fit

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

M = TypeVar("M")

_SHOWN_ROWS = 60


class Mentions(list[M]):
    """A plain list of mentions of one kind, with `to_frame`; equal to any list that holds the same.

    >>> from newsledger.stages import money
    >>> found = money.find("It paid €5m, then $2m.")
    >>> found == list(found), found.to_frame().currency.tolist()
    (True, ['EUR', 'USD'])
    """

    def __init__(self, mentions: Iterable[M], kind: type[M]) -> None:
        super().__init__(mentions)
        self.kind = kind

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self), self.kind)

    def to_frame(self) -> pd.DataFrame:
        """The mentions as a DataFrame, one row each; without mentions it has the same columns and types."""
        return to_frame(self, self.kind)

    def _repr_html_(self) -> str:
        html: str = self.to_frame().to_html(max_rows=_SHOWN_ROWS, escape=True, notebook=True)
        return html


def to_frame(mentions: Iterable[Any], kind: type) -> pd.DataFrame:
    """Mentions of one ``kind``, their class, as a DataFrame with the dtypes of `newsledger.Tables`.

    Amounts are ``float64``, days ``datetime64[s]``, candidates joined by ``|``. Raises ``TypeError`` for
    mentions of another kind.

    >>> from newsledger.stages import dates
    >>> from newsledger.values.mentions import DateMention
    >>> found = to_frame(dates.find("by June 2024"), DateMention)
    >>> found[["surface", "start_date", "modifier"]].values.tolist()
    [['June 2024', Timestamp('2024-06-01 00:00:00'), 'by']]
    """
    import pyarrow as pa

    rows = list(mentions)
    for row in rows:
        if not isinstance(row, kind):
            raise TypeError(f"expected {kind.__name__}, got {type(row).__name__}")
    hints = get_type_hints(kind)
    schema = pa.schema(
        pa.field(field.name, _arrow_type(hint := str(hints[field.name])), nullable=hint != "<class 'int'>")
        for field in fields(kind)
        if "table" not in field.metadata
    )
    arrays = [pa.array([_value(getattr(row, f.name)) for row in rows], type=f.type) for f in schema]
    return frame(pa.table(arrays, schema=schema))


def to_frame_of(kind: type[M]) -> Callable[[Iterable[M]], pd.DataFrame]:
    """:func:`to_frame` for the mentions of one stage; an object that can be sent to another process."""
    bound = partial(to_frame, kind=kind)
    bound.__doc__ = to_frame.__doc__
    return bound


def _arrow_type(hint: str) -> pa.DataType:
    import pyarrow as pa

    # A day before a text: "datetime.date" also stands in no other hint. The first that fits counts.
    for name, arrow in (
        ("tuple", pa.string()),
        ("Literal", pa.string()),
        ("Decimal", pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE)),
        ("datetime.date", pa.date32()),
        ("bool", pa.bool_()),
        ("int", pa.int64()),
    ):
        if name in hint:
            return arrow
    return pa.string()


def _value(value: Any) -> Any:
    return fit(value)[0] if isinstance(value, Decimal) else cell(value)


def frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as pandas users expect one: amounts ``float64``, days ``datetime64[s]``.

    Text is ``string``, truth values are ``boolean`` and whole numbers ``int64`` (``Int64`` where one may be
    missing); missing are NaN, NaT and NA.
    What a ``float64`` cannot hold exactly is rounded to the nearest: `exact_frame` keeps it.

    >>> import pyarrow as pa
    >>> amounts = pa.array([Decimal("0.9"), None], type=pa.decimal128(38, 6))
    >>> frame(pa.table({"value_low": amounts}))["value_low"].tolist()
    [0.9, nan]
    """
    import pyarrow as pa

    schema = table.schema
    for at, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            # By way of its digits: Arrow's own cast of 0.9 is 0.8999999999999999.
            table = table.set_column(at, field.with_type(pa.string()), table.column(at).cast(pa.string()))
            schema = schema.set(at, field.with_type(pa.float64()))
        elif pa.types.is_date(field.type):
            schema = schema.set(at, field.with_type(pa.timestamp("s")))
    return exact_frame(table.cast(schema))


def exact_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with its types as stored: ``decimal128(38, 6)`` and ``date32``."""
    import pandas as pd
    import pyarrow as pa

    def dtype(arrow: pa.DataType) -> Any:
        if pa.types.is_decimal(arrow) or pa.types.is_date(arrow):
            return pd.ArrowDtype(arrow)
        if pa.types.is_boolean(arrow):
            return pd.BooleanDtype()
        return pd.StringDtype() if pa.types.is_string(arrow) else None

    made: pd.DataFrame = table.to_pandas(types_mapper=dtype)
    optional = [f.name for f in table.schema if pa.types.is_integer(f.type) and f.nullable]
    return made.astype(dict.fromkeys(optional, "Int64")) if optional else made
