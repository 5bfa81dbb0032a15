"""The number of an amount with its scale."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Quantity(NamedTuple):
    """The number of an amount with its scale: ``value`` = ``base`` times ``scale``.

    ``base`` and ``scale`` are kept apart so that a neighbour can share the scale ("$1.5 to $2 billion").
    """

    base: Decimal | None
    top: Decimal | None
    scale: Decimal
    flags: tuple[str, ...] = ()
    plain: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number times its scale."""
        return None if self.base is None else self.base * self.scale

    @property
    def high(self) -> Decimal | None:
        """The upper end of a number that is a range itself ("2-3", "10/12"), times its scale."""
        return None if self.top is None else self.top * self.scale

    @property
    def is_year(self) -> bool:
        """Whether it is written like a year."""
        return self.plain and self.scale == 1 and self.base is not None and 1800 <= self.base <= 2100
