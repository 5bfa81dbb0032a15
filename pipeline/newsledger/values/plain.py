"""Values from the plain data that JSON holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

_hints = cache(get_type_hints)


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
        return tuple(from_plain(kinds[1], one) for one in value)
    return Decimal(value) if Decimal in kinds else date.fromisoformat(value) if date in kinds else value
