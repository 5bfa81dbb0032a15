"""What a currency expression may mean: the written tables of ``units`` joined with ``currencies.tsv``.

>>> unit("$").candidates[:3], unit("$").default
(('USD', 'AUD', 'CAD'), 'USD')
>>> unit("dlrs").basis, unit("A$").candidates, unit("cts").per_major
('name', ('AUD',), 100)
>>> full_name("swiss francs").candidates
('CHF',)
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from newsledger.lexicons.territories import territories
from newsledger.stages.money import units as written

Basis = Literal["code", "symbol", "name"]

_LONG_GONE = dt.date(2020, 1, 1)
_SINCE = dt.date(1980, 1, 1)
"""Codes of what ended before are not looked for: ISO 4217 itself dates from 1978."""

GRACE = dt.timedelta(days=2 * 365)
"""How long after its end a currency may still be the one a newspaper means."""


class Currency(NamedTuple):
    """A row of ``currencies.tsv``; ``uses`` are (territory, first day, last day), open ends as None."""

    code: str
    name: str
    plural: str
    uses: tuple[tuple[str, dt.date | None, dt.date | None], ...]

    def current(self, on: dt.date | None) -> bool:
        """Whether it is money on a day, or, without a day, whether it has no end."""
        return any(_valid(begin, end, on) for _, begin, end in self.uses)


class Unit(NamedTuple):
    """A currency expression: what it may mean, and how sure that is.

    ``candidates`` are ISO codes, most traded first; ``default`` is the one meant without other evidence.
    ``per_major`` is 100 for cents. ``guard`` names the check that a mention must pass (see ``guards``).
    ``family`` groups expressions: ``$``, "dollars" and "cents" share "dollar".
    """

    candidates: tuple[str, ...]
    default: str | None
    basis: Basis
    per_major: int | Decimal = 1
    guard: str = ""
    family: str = ""
    garbled: bool = False


def _valid(begin: dt.date | None, end: dt.date | None, on: dt.date | None) -> bool:
    if on is None:
        return end is None
    return (begin is None or begin <= on) and (end is None or on <= end + GRACE)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _read() -> dict[str, Currency]:
    rows = Path(__file__).with_name("currencies.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = {}
    for row in rows:
        code, name, plural, _, places = row.split("\t")
        uses = []
        for place in places.split():
            territory, begin, end = place.split("/")
            uses.append((territory, _day(begin), _day(end)))
        found[code] = Currency(code, name, plural, tuple(uses))
    return found


CURRENCIES = _read()
CURRENCIES["XBT"] = Currency("XBT", "bitcoin", "bitcoins", (("001", _day("2009-01-03"), None),))

_RANK = {code: rank for rank, code in enumerate(written.MOST_TRADED)}


def _rank(code: str) -> tuple[int, str]:
    return (_RANK.get(code, len(_RANK)), code)


def _heads() -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {}
    for code, currency in CURRENCIES.items():
        heads.setdefault(currency.name.split()[-1], []).append(code)
    return heads


_HEADS = _heads()


@cache
def _codes(text: str) -> tuple[str, ...]:
    """Codes of a row; ``*dollar`` stands for all currencies named dollar, ordered most traded first."""
    found: list[str] = []
    for item in text.split():
        found += sorted(_HEADS[item[1:]], key=_rank) if item.startswith("*") else [item]
    unique = list(dict.fromkeys(found))
    return tuple(sorted(unique, key=_rank)) if "*" in text else tuple(unique)


def _unit(row: written.Row, basis: Basis, per_major: int | Decimal = 1) -> Unit:
    codes = _codes(row.codes)
    family = row.codes.split()[0].lstrip("*") if row.codes else ""
    default = row.default or (codes[0] if len(codes) == 1 else None)
    return Unit(codes, default, basis, per_major, row.guard, family)


def code_unit(code: str) -> Unit:
    """The unit of an ISO code.

    >>> code_unit("ALL").guard
    'letters'
    """
    risky = code in written.RISKY_CODES or not CURRENCIES[code].current(_LONG_GONE)
    guard = "letters" if risky else "code" if code in written.DOUBTFUL_CODES else ""
    return Unit((code,), code, "code", 1, guard, code)


TERRITORIES = {t.alpha2: t.name for t in territories().values() if t.alpha2 and t.kind != "former"}
"""Alpha-2 code -> English name."""


def _home(currency: Currency) -> str | None:
    places = [territory for territory, _, _ in currency.uses]
    if currency.code[:2] in places:
        return currency.code[:2]
    return places[0] if len(places) == 1 else None


def _adjectives() -> dict[str, str]:
    found: dict[str, str] = {}
    for currency in CURRENCIES.values():
        home = _home(currency)
        adjective = currency.name.rpartition(" ")[0]
        if home and adjective:
            found.setdefault(adjective, home)
    for code, name in TERRITORIES.items():
        found.setdefault(name.lower(), code)
    for code, words in written.ADJECTIVES.items():
        found.update(dict.fromkeys(words.split(), code))
    found.pop("", None)
    return found


ADJECTIVES = _adjectives()
"""Adjective or country name before a currency's name, lower case -> alpha-2 territory."""


BEFORE_SIGN = {word: code for code, words in written.ADJECTIVES.items() for word in words.split()}
for _name in TERRITORIES.values():
    BEFORE_SIGN.pop(_name.lower(), None)
"""Adjectives that decide a sign after them ("Canadian $40 million"); not names ("gave Taiwan $40
million")."""


def _tender() -> dict[str, list[tuple[str, dt.date | None, dt.date | None]]]:
    found: dict[str, list[tuple[str, dt.date | None, dt.date | None]]] = {}
    for currency in CURRENCIES.values():
        for territory, begin, end in currency.uses:
            found.setdefault(territory, []).append((currency.code, begin, end))
    return found


_TENDER = _tender()


def of_territory(territory: str, among: tuple[str, ...], on: dt.date | None = None) -> str | None:
    """The one currency of a territory among some candidates, or None.

    Without a day the one now in use; failing that, the last one.

    >>> of_territory("FR", ("CHF", "FRF", "BEF"))
    'FRF'
    >>> of_territory("MX", ("MXN", "MXP"), dt.date(1987, 3, 1))
    'MXP'
    """
    here = [use for use in _TENDER.get(territory, ()) if use[0] in among]
    fitting = {code for code, begin, end in here if _valid(begin, end, on)}
    if not fitting and here:
        last = max(here, key=lambda use: (use[2] or dt.date.max, use[1] or dt.date.min))
        fitting = {last[0]}
    return fitting.pop() if len(fitting) == 1 else None


def home_of(code: str) -> str | None:
    """The territory that a currency is named after, if there is one."""
    return _home(CURRENCIES[code]) if code in CURRENCIES else None


@cache
def places_of(code: str, on: dt.date | None = None) -> tuple[str, ...]:
    """The territory a currency is named after; for one that several share, all where it is legal tender.

    Without a day now; for one no longer in use, wherever it was.

    >>> places_of("SEK"), "SN" in places_of("XOF"), places_of("DEM")
    (('SE',), True, ('DE',))
    """
    home = home_of(code)
    if home is not None or code not in CURRENCIES:
        return (home,) if home else ()
    uses = CURRENCIES[code].uses
    now = tuple(place for place, begin, end in uses if _valid(begin, end, on))
    return now or tuple(place for place, _, _ in uses)


def _whole_names() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    by_name: dict[str, list[str]] = {}
    for code, currency in CURRENCIES.items():
        for name in {currency.name, currency.plural}:
            words = name.replace("-", " ").replace("&", "and").replace(".", "")
            if " " in words:
                by_name.setdefault(words, []).append(code)
    for name, codes in by_name.items():
        ordered = tuple(sorted(codes, key=_rank))
        family = CURRENCIES[ordered[0]].name.split()[-1]
        found[name] = Unit(ordered, ordered[0] if len(ordered) == 1 else None, "name", family=family)
    for row in written.WHOLE_NAMES:
        unit_ = _unit(written.Row("", row.codes), "name", 100 if "cent" in row.forms else 1)
        found.update(dict.fromkeys(row.forms.split("|"), unit_))
    return found


WHOLE_NAMES = _whole_names()
"""Names of several words, lower case."""


def full_name(name: str) -> Unit | None:
    """The unit of a whole name, lower case, or None."""
    return WHOLE_NAMES.get(name)


def narrowed(unit_: Unit, territory: str, on: dt.date | None = None) -> Unit | None:
    """A unit's meaning in a territory ("Swedish" + "crowns"), or None where it has none.

    >>> narrowed(unit("crowns"), "SE").candidates
    ('SEK',)
    """
    code = of_territory(territory, unit_.candidates, on)
    return unit_._replace(candidates=(code,), default=code, guard="") if code else None


class Vocabulary(NamedTuple):
    """Every spelling of a currency expression: by kind, exact or lower case."""

    names: dict[str, Unit]
    minor: dict[str, Unit]
    glued: dict[str, Unit]
    symbols: dict[str, Unit]
    prefixed: dict[str, Unit]
    letters: dict[str, Unit]
    codes: dict[str, Unit]


def _spread(rows: tuple[written.Row, ...], basis: Basis) -> dict[str, Unit]:
    return {form.replace("_", " "): _unit(row, basis) for row in rows for form in row.forms.split()}


def _spread_minor(rows: tuple[tuple[written.Row, int | Decimal], ...]) -> dict[str, Unit]:
    return {form: _unit(row, "name", per) for row, per in rows for form in row.forms.split()}


def _since(currency: Currency) -> bool:
    return any(end is None or end > _SINCE for _, _, end in currency.uses)


def _vocabulary() -> Vocabulary:
    prefixed = {
        letters + sign: Unit(
            tuple(codes.split()), codes if " " not in codes else None, "symbol", family="sign" + sign
        )
        for sign, rows in written.PREFIXES.items()
        for spellings, codes in rows
        for letters in spellings.split()
    }
    for each in [key for key in prefixed if key.endswith("¢")]:
        prefixed[each] = prefixed[each]._replace(per_major=1 if prefixed[each].default == "GHS" else 100)
    return Vocabulary(
        names=_spread(written.NAMES, "name"),
        minor=_spread_minor(written.MINOR),
        glued=_spread_minor(written.GLUED_MINOR),
        symbols=_spread(written.SYMBOLS, "symbol"),
        prefixed=prefixed,
        letters=_spread(written.LETTERS, "symbol"),
        codes={code: code_unit(code) for code, currency in CURRENCIES.items() if _since(currency)},
    )


VOCABULARY = _vocabulary()


def unit(spelling: str) -> Unit:
    """The unit of a sign, code, name or abbreviation as a newspaper writes it.

    Raises KeyError for what no table has.
    """
    for table in (VOCABULARY.symbols, VOCABULARY.prefixed, VOCABULARY.letters, VOCABULARY.codes):
        if spelling in table:
            return table[spelling]
    lower = spelling.lower()
    for table in (VOCABULARY.names, VOCABULARY.minor, WHOLE_NAMES):
        if lower in table:
            return table[lower]
    raise KeyError(spelling)
