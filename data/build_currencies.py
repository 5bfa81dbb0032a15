"""Writes ``currencies.tsv`` of the money stage from the Unicode CLDR that babel carries.

Run it after an update of babel, from the root of the checkout::

    python -m data.build_currencies

The stage reads the written table and never babel: an import stays fast, and a change of CLDR shows as a
change of the table. One row a currency, sorted by code:

- ``code``: ISO 4217, historic codes included;
- ``name``: English name, lower case and plain letters, without years (``mexican silver peso``);
- ``plural``: the same in the plural;
- ``symbol``: CLDR's English symbol where it is not the code itself;
- ``territories``: where it is or was legal tender, ``AR/1992-01-01/`` (from, to; blank when open), blank
  separated.

Left out are codes that are no money a newspaper would count in: units of account, bond-market units, metals,
testing codes, and MCF, the thousand cubic feet of every oil story. ``OVERRIDES`` corrects what CLDR does not
know yet, each with its source.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

from newsledger.stages import money

CURRENCIES = Path(money.__file__).with_name("currencies.tsv")

_LEFT_OUT = """
BEC BEL BOV CHE CHW CLF CNX COU ECV ESA ESB GEK ILP LTT LUC LUL MCF MVP MXV UYI UYW USN USS VED XAG XAU XBA
XBB XBC XBD XFO XFU XPD XPT XRE XSU XTS XUA XXX ZAL"""
LEFT_OUT = frozenset(_LEFT_OUT.split())

OVERRIDES = {
    # Bulgaria uses the euro from 1 January 2026; lev notes stay valid one month (Council of the EU, 8 July
    # 2025).
    "BGN": {"BG": ("1999-07-05", "2026-01-31")},
    "EUR": {"BG": ("2026-01-01", "")},
}


def plain(name: str) -> str:
    """A name in lower case and plain letters, without what stands in brackets.

    >>> plain("Icelandic Króna (1918–1981)")
    'icelandic krona'
    """
    name = re.sub(r"\s*\(.*?\)", "", name.replace("ʻ", ""))
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).lower()


def _day(parts: tuple[int, int, int] | None) -> str:
    return dt.date(*parts).isoformat() if parts else ""


def currencies() -> str:
    """The whole table of currencies as text."""
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    plurals = english._data["currency_names_plural"]
    tender: dict[str, dict[str, tuple[str, str]]] = {}
    for territory, uses in get_global("territory_currencies").items():
        for code, start, end, legal in uses:
            if legal:
                tender.setdefault(code, {})[territory] = (_day(start), _day(end))
    for code, corrected in OVERRIDES.items():
        tender.setdefault(code, {}).update(corrected)
    lines = ["code\tname\tplural\tsymbol\tterritories"]
    for code in sorted(set(english.currencies) - LEFT_OUT):
        symbol = english.currency_symbols.get(code, code)
        uses = " ".join(f"{t}/{a}/{b}" for t, (a, b) in sorted(tender.get(code, {}).items()))
        plural = plurals.get(code, {}).get("other", english.currencies[code])
        row = (code, plain(english.currencies[code]), plain(plural), "" if symbol == code else symbol, uses)
        lines.append("\t".join(row))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    CURRENCIES.write_text(currencies(), encoding="utf-8")
