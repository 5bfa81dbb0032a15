"""Python values to Arrow arrays, without pandas.

``pyarrow.array`` imports pandas at its first call where it is installed, which costs half a second that a
run of one article does not have. The buffers of the five types of our tables are easily made by hand.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterator, Sequence
from decimal import Context, Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = dt.date(1970, 1, 1).toordinal()
_EXACT = Context(prec=DECIMAL_PRECISION)


def _bits(values: Sequence[Any]) -> bytes:
    """A bitmap, least significant bit first: 1 where the value is true."""
    return int("".join("1" if v else "0" for v in reversed(values)) or "0", 2).to_bytes(
        (len(values) + 7) // 8, "little"
    )


def _scaled(value: Decimal) -> bytes:
    scaled = value.scaleb(DECIMAL_SCALE, context=_EXACT)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {DECIMAL_SCALE} decimals")
    return whole.to_bytes(16, "little", signed=True)


def _strings(values: Sequence[str | None]) -> list[bytes]:
    return _binary([b"" if v is None else v.encode() for v in values])


def _binary(texts: Sequence[bytes]) -> list[bytes]:
    return [array("i", accumulate(map(len, texts), initial=0)).tobytes(), b"".join(texts)]


_MAKERS: dict[str, Callable[[Sequence[Any]], list[bytes]]] = {
    "string": _strings,
    "binary": _binary,
    "int64": lambda values: [array("q", [0 if v is None else v for v in values]).tobytes()],
    "int32": lambda values: [array("i", [0 if v is None else v for v in values]).tobytes()],
    "date32[day]": lambda values: [
        array("i", [0 if v is None else v.toordinal() - _EPOCH for v in values]).tobytes()
    ],
    "bool": lambda values: [_bits(values)],
    f"decimal128({DECIMAL_PRECISION}, {DECIMAL_SCALE})": lambda values: [
        b"".join(bytes(16) if v is None else _scaled(v) for v in values)
    ],
}


def make_array(values: Sequence[Any], type: pa.DataType, *, nullable: bool = True) -> pa.Array:
    """An Arrow array of one of the types of the tables; None is null.

    Raises ``TypeError``, ``ValueError`` or another exception of the value's own where one does not fit.

    >>> import pyarrow as pa
    >>> make_array(["a", None, "bc"], pa.string()).to_pylist()
    ['a', None, 'bc']
    """
    import pyarrow as pa

    nulls = values.count(None)
    if nulls and not nullable:
        raise ValueError("a required column lacks a value")
    valid = pa.py_buffer(_bits([v is not None for v in values])) if nulls else None
    buffers = [pa.py_buffer(part) for part in _MAKERS[str(type)](values)]
    return pa.Array.from_buffers(type, len(values), [valid, *buffers], null_count=nulls)


def cells(piece: pa.Table | pa.RecordBatch, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a piece of a table, or of some of its columns, as tuples."""
    columns = map(piece.column, names) if names else piece.columns
    return zip(*(column.to_pylist() for column in columns), strict=True)


def with_column(piece: pa.Table, name: str, values: Sequence[Any]) -> pa.Table:
    """A piece of a table with other values in one of its columns."""
    field = piece.schema.field(name)
    array = make_array(values, field.type, nullable=field.nullable)
    return piece.set_column(piece.schema.get_field_index(name), field, array)
