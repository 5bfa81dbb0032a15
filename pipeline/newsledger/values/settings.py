"""The settings of an extraction, all of them recorded in ``run.json``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

DayOrder = Literal["dmy", "mdy"]
FILES = ("country_policy", "known_people", "rates", "corrections")
"""The settings that name a file."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of the extraction, the same for every article of a run.

    >>> Settings().governments
    False
    """

    default_currency: str | None = None
    """ISO 4217 code for a bare symbol or word that nothing else decides (``AUD`` for ``$`` in an Australian
    paper). None: `$` is USD, `£` GBP, `¥` JPY, `Rs` INR, and kr, pesos, francs stay open."""
    publisher_country: str | None = None
    """Country of the publisher (ISO 3166-1 alpha-2); weaker evidence than the article itself."""
    day_order: DayOrder | None = None
    """How 04/03/2024 is read if the article does not show it: dmy or mdy; None: open, both are candidates."""
    fiscal_year_start: int | None = None
    """Month (1-12) in which a fiscal year begins; None: the calendar year it names, flagged."""
    governments: bool = False
    """Rows for government metonyms (the Kremlin, the White House)."""
    ledger: bool = True
    """Fill the tables ``ledger``, ``figure_parties`` and ``figure_links``."""
    country_policy: Path | None = None
    """TOML file that decides disputed and former territories; None: the shipped default."""
    people_model: str | None = None
    """Folder of another token classifier, or the name or path of a spaCy pipeline."""
    known_people: Path | None = None
    """CSV or JSONL of known people: id, name, aliases, country, role."""
    convert_to: str | None = None
    """ISO 4217 code of a currency to which the amounts of ``ledger`` are also converted."""
    rates: Path | None = None
    """CSV of exchange rates into ``convert_to``: date, currency, rate; None: those of the ECB."""
    corrections: Path | None = None
    """JSONL of manual corrections, as written by `newsledger correct`."""

    def __post_init__(self) -> None:
        """Take paths as text or as `Path` and codes in any case; raise ``ValueError`` on what is none.

        >>> Settings(**{"known_people": "people.csv"}).known_people.name
        'people.csv'
        >>> Settings(default_currency="aud").default_currency
        'AUD'
        >>> Settings(day_order="ymd")
        Traceback (most recent call last):
        ...
        ValueError: day_order: neither dmy nor mdy: 'ymd'
        """
        for name in ("default_currency", "publisher_country", "convert_to"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else value.upper())
        if self.day_order not in (None, "dmy", "mdy"):
            raise ValueError(f"day_order: neither dmy nor mdy: {self.day_order!r}")
        if self.fiscal_year_start not in (None, *range(1, 13)):
            raise ValueError(f"fiscal_year_start: not a month (1-12): {self.fiscal_year_start!r}")
        if self.rates is not None and self.convert_to is None:
            raise ValueError("rates: say to which currency, with convert_to")
        for name, kind in (*((file, Path) for file in FILES), ("people_model", str)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                object.__setattr__(self, name, kind(value))
