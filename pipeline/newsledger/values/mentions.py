"""The value types that travel through the pipeline: one frozen dataclass per kind of mention.

Every mention points at ``text[start_char:end_char] == surface``. Offsets count Unicode code points of
the article text, end exclusive. The field names are the column names of the output tables, so that a
list of mentions becomes a table without renaming.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

NameLabel = Literal["PER", "LOC", "FAC", "ORG", "NORP", "MISC", "MONEY", "DATE"]
"""The labels of the name classifier; what follows may stand in the columns of these names."""
Zone = Literal["header", "byline", "heading", "body"]
FigureKind = Literal["level", "change", "rate", "share_of"]
Sign = Literal["+", "-"]
CurrencyBasis = Literal["code", "symbol", "name", "context", "default"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["absolute", "published", "previous", "none"]
MentionType = Literal["name", "adjective", "demonym", "abbreviation", "former", "territory", "government"]
NameForm = Literal["full", "family", "given", "alias"]
RoleStatus = Literal["current", "former", "acting", "deputy", "designate"]


class _ShortRepr:
    """Gives a mention a short ``repr``: what stands in the text first, then what was made of it.

    Fields at their default and the sentence are left out; amounts and days are written plainly.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        said = []
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if each.name != "sentence" and (each.default is MISSING or value != each.default):
                said.append(f"{each.name}={_plain(value)}")
        return f"{type(self).__name__}({', '.join(said)})"


def _plain(value: Any) -> str:
    """A field as it is shown: amounts without exponent (or size that fills the screen), days as ISO dates.

    >>> _plain(Decimal("12E+9")), _plain(date(2024, 4, 3)), _plain("a")
    ('12000000000', '2024-04-03', "'a'")
    """
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and -12 < value.adjusted() < 40 else str(value)
    return str(value) if isinstance(value, date) else repr(value)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TextSpan(_ShortRepr):
    """A place in the text of an article, and the words there."""

    start_char: int
    end_char: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NameSpan(TextSpan):
    """A span the token classifier labelled; raw material for the other stages, no row of a table.

    >>> NameSpan(start_char=0, end_char=5, surface="Japan", label="LOC").label
    'LOC'
    """

    label: NameLabel


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MoneyMention(TextSpan):
    """An amount of money: ``surface`` holds amount, currency and scale; a range is one figure.

    ``value_low`` and ``value_high`` are in major units (dollars, not cents), equal when the figure is
    exact; one is None under a bound, both when the magnitude is vague ("millions of dollars").
    ``currency`` is an ISO 4217 code (historic codes and XBT included), None when it cannot be told.

    >>> MoneyMention(start_char=0, end_char=3, surface="€5m", value_low=Decimal("5E+6"), value_high=None)
    MoneyMention(start_char=0, end_char=3, surface='€5m', value_low=5000000, value_high=None)
    """

    value_low: Decimal | None
    value_high: Decimal | None
    modifier: Literal["exact", "approx", "estimate", "lt", "le", "gt", "ge", "range", "vague"] = "exact"
    currency: str | None = None
    currency_basis: CurrencyBasis | None = None
    currency_candidates: tuple[str, ...] = ()
    kind: FigureKind = "level"
    per_unit: str | None = None
    sign: Sign | None = None
    zone: Zone = "body"
    rule: str = ""
    sentence: str = ""
    quality: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DateMention(TextSpan):
    """A temporal expression with its ISO-TimeML type and value.

    ``start_date`` and ``end_date`` are the first and last day of the named unit, inclusive; None when
    no calendar day may be given without inventing one.
    """

    timex_type: TimexType
    timex_value: str
    start_date: date | None = None
    end_date: date | None = None
    precision: str | None = None
    date_part: str | None = None
    modifier: str | None = None
    anchor: Anchor = "none"
    basis: str = ""
    candidates: tuple[str, ...] = ()
    zone: Zone = "body"
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CountryMention(TextSpan):
    """A mention of a country or territory by name, adjective, demonym or abbreviation.

    ``territory_code`` holds the code of a part with a name of its own (``GB-SCT`` for Scotland).
    """

    iso_alpha2: str | None
    iso_alpha3: str | None
    name: str
    mention_type: MentionType = "name"
    inside_name: bool = False
    basis: str = ""
    candidates: tuple[str, ...] = ()
    zone: Zone = "body"
    territory_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RoleStatement(TextSpan):
    """A role that the text states of a person; ``surface`` are the words that state it.

    ``role`` is the office, rank, profession or function without its owner, place and status; ``role_org`` the
    organisation or place it belongs to ("Aer Lingus", "California"), as written; ``role_country`` an
    ISO 3166-1 alpha-2 code. ``basis`` says how the words stand to the name, ``confidence`` how often such
    words were right where that was measured.
    """

    role: str
    role_org: str | None = None
    role_country: str | None = None
    role_status: RoleStatus = "current"
    basis: str = ""
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonMention(TextSpan):
    """A mention of a named individual; ``surface`` is the name without title or possessive.

    ``name`` is the fullest form of that person's name in the article; ``person`` numbers the distinct
    people of the article from 0 in order of first mention, so that two people who share a name stay two.
    ``role_org`` is the organisation the role belongs to, or a place that is no country ("Aer Lingus",
    "California"), where the text names one. ``roles`` are the statements of roles at this mention: each role
    that the article states of the person stands at one of the mentions, in its fullest wording.
    """

    name: str
    person: int
    form: NameForm = "full"
    role: str | None = None
    role_country: str | None = None
    role_org: str | None = None
    role_status: RoleStatus | None = None
    zone: Zone = "body"
    basis: str = ""
    candidates: tuple[str, ...] = ()
    roles: tuple[RoleStatement, ...] = field(default=(), metadata={"table": "roles"})
