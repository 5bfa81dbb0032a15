"""Converts values to and from plain data for JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

_hints = cache(get_type_hints)


def _values(value: Any) -> Any:
    """A dataclass as the values of its fields; as text what else JSON does not take."""
    names = getattr(value, "__dataclass_fields__", None)
    return str(value) if names is None else [getattr(value, name) for name in names]


to_json = json.JSONEncoder(default=_values).encode
"""The JSON of a value, of which `from_plain` makes it again."""


def from_plain(kind: Any, value: Any) -> Any:
    """A value of a type from its JSON: of a dataclass the values of its fields, in order or by name.

    What has a name that is no field is passed over.

    >>> from newsledger.values.mentions import DateMention
    >>> plain = {"start_char": 3, "end_char": 7, "surface": "2024", "timex_type": "DATE", "timex_value": ""}
    >>> from_plain(DateMention, {**plain, "start_date": "2024-01-01", "candidates": ["2023"]}).start_date
    datetime.date(2024, 1, 1)
    """
    if value is None:
        return None
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        named = value if isinstance(value, Mapping) else dict(zip(hints, value, strict=True))
        return kind(**{name: from_plain(hints[name], own) for name, own in named.items() if name in hints})
    kinds = (kind, *get_args(kind))
    if isinstance(value, list | tuple):
        inner = next(get_args(one)[0] for one in kinds if get_origin(one) is tuple)
        return tuple(from_plain(inner, one) for one in value)
    return Decimal(value) if Decimal in kinds else date.fromisoformat(value) if date in kinds else value
