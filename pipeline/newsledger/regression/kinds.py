"""What is compared: for every table its fields, what a difference in them is called, and what is pinned.

Everything the gate says about a column is derived from `KINDS`: gold files, comparison, measures, reports
and the names a user may put into a configuration.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be right or wrong about a mention, with the columns that say it."""

    name: str
    columns: tuple[str, ...]
    code: str
    """What a difference is called: ``wrong_currency``."""
    value: bool = False
    """Part of the normalised value: what has to be right for a *value match*."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One table whose rows are compared."""

    table: str
    one: str
    many: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    gating: bool = True
    """Whether its faults fail by default; one that does not is pinned, compared and shown all the same."""
    mention_column: str = ""
    """The column with the id of the mention that a row is about, in a table without offsets of its own."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All pinned columns in order."""
        return tuple(column for field in self.fields for column in field.columns)

    @cached_property
    def intervals(self) -> tuple[Field, ...]:
        """The fields of two columns, a first and a last, which mostly say the same."""
        return tuple(field for field in self.fields if len(field.columns) == 2)

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


SPAN, MISSED, SPURIOUS = "span", "missed", "spurious"
"""The field of the offsets, and the two outcomes that are about a whole row."""

MOVED_SPAN = Field(SPAN, (), "moved_span")

FIGURES = Kind(
    table="figures",
    one="figure",
    many="figures",
    aliases=("money",),
    fields=(
        Field("amount", ("value_low", "value_high"), "wrong_value", value=True),
        Field("currency", ("currency",), "wrong_currency", value=True),
        Field("modifier", ("modifier",), "wrong_bound"),
        Field("kind", ("kind",), "wrong_kind"),
        Field("per_unit", ("per_unit",), "wrong_unit"),
        Field("sign", ("sign",), "wrong_sign"),
        Field("candidates", ("currency_candidates",), "wrong_candidates"),
    ),
)
DATES = Kind(
    table="date_mentions",
    one="date",
    many="dates",
    aliases=("dates",),
    fields=(
        Field("days", ("start_date", "end_date"), "wrong_date", value=True),
        Field("timex_value", ("timex_value",), "wrong_timex"),
        Field("timex_type", ("timex_type",), "wrong_type"),
        Field("date_part", ("date_part",), "wrong_part"),
        Field("modifier", ("modifier",), "wrong_bound"),
    ),
)
COUNTRIES = Kind(
    table="country_mentions",
    one="country mention",
    many="country mentions",
    aliases=("countries",),
    fields=(
        Field("iso_alpha3", ("iso_alpha3",), "wrong_country", value=True),
        Field("iso_alpha2", ("iso_alpha2",), "wrong_country"),
        Field("mention_type", ("mention_type",), "wrong_type"),
        Field("inside_name", ("inside_name",), "wrong_inside_name"),
        Field("territory_code", ("territory_code",), "wrong_territory"),
    ),
)
PEOPLE = Kind(
    table="person_mentions",
    one="person mention",
    many="person mentions",
    aliases=("people",),
    fields=(
        Field("name", ("name",), "wrong_person", value=True),
        Field("person_id", ("person_id",), "wrong_person"),
        Field("role", ("role",), "wrong_role"),
        Field("role_country", ("role_country",), "wrong_role"),
        Field("role_org", ("role_org",), "wrong_role"),
        Field("role_status", ("role_status",), "wrong_role"),
    ),
)
ROLES = Kind(
    table="roles",
    one="role",
    many="roles",
    fields=(
        Field("role", ("role",), "wrong_role", value=True),
        Field("name", ("name",), "wrong_person", value=True),
        Field("role_org", ("role_org",), "wrong_org"),
        Field("role_country", ("role_country",), "wrong_country"),
        Field("role_status", ("role_status",), "wrong_status"),
    ),
    gating=False,
)
ARTICLES = Kind(
    table="articles",
    one="article",
    many="articles",
    fields=(Field("published", ("published_date",), "wrong_published", value=True),),
)

LEDGER = Kind(
    table="ledger",
    one="ledger entry",
    many="ledger entries",
    fields=(
        Field("measure_class", ("measure_class",), "wrong_class", value=True),
        Field("status", ("status",), "wrong_status"),
        Field("measure", ("measure",), "wrong_measure"),
        Field("payer", ("payer",), "wrong_payer"),
        Field("recipient", ("recipient",), "wrong_recipient"),
        Field("holder", ("holder",), "wrong_holder"),
        Field("period", ("period_start", "period_end"), "wrong_period"),
        Field("comparison", ("comparison",), "wrong_comparison"),
        Field("countable", ("countable",), "wrong_countable"),
    ),
    gating=False,
    mention_column="figure_id",
)

KINDS: dict[str, Kind] = {kind.table: kind for kind in (FIGURES, DATES, COUNTRIES, PEOPLE, ROLES, LEDGER)}
"""The tables of mentions by name; another is a `Kind` more, with ``gating=False`` until it is trusted."""

ALL_KINDS: dict[str, Kind] = {ARTICLES.table: ARTICLES, **KINDS}
"""The tables of mentions, and the articles with the date that anchors their dates."""


def kind_by_name(name: str) -> Kind:
    """The kind of a table or of its short name; raises ``ValueError`` where there is none.

    >>> kind_by_name("money").table, kind_by_name("date_mentions").table
    ('figures', 'date_mentions')
    """
    by_alias = {alias: kind for kind in ALL_KINDS.values() for alias in (kind.table, *kind.aliases)}
    if name.strip() not in by_alias:
        raise ValueError(f"no kind {name!r}; there are {', '.join(by_alias)}")
    return by_alias[name.strip()]


def fields_by_name(name: str) -> list[tuple[str, str]]:
    """The (table, field) pairs that a name in a configuration means; ``*`` stands for every kind or field.

    A field may also be named by one of its columns, or by what a difference in it is called.

    >>> fields_by_name("figures.currency"), fields_by_name("figures.value_low")
    ([('figures', 'currency')], [('figures', 'amount')])
    >>> fields_by_name("dates.wrong_date")
    [('date_mentions', 'days')]
    >>> [table for table, _ in fields_by_name("*.span")]
    ['figures', 'date_mentions', 'country_mentions', 'person_mentions', 'roles', 'ledger']
    """
    table, dot, wanted = name.partition(".")
    kinds = list(ALL_KINDS.values()) if table.strip() == "*" else [kind_by_name(table)]
    wanted = wanted.strip().replace(" ", "_") if dot else "*"
    found = [
        (kind.table, field)
        for kind in kinds
        for field in _names(kind)
        if wanted in ("*", *_names(kind)[field])
    ]
    if not found:
        kinds_fields = ", ".join(dict.fromkeys(field for kind in kinds for field in _names(kind)))
        raise ValueError(f"no field {name!r}; fields of {table} are {kinds_fields}")
    return found


def _names(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Each field of a kind, whole-row outcomes included, with all names it goes by."""
    own = {field.name: (field.name, field.code, *field.columns) for field in kind.fields}
    if kind is ARTICLES:
        return own
    whole = {SPAN: (SPAN, MOVED_SPAN.code), MISSED: (MISSED,), SPURIOUS: (SPURIOUS,)}
    return {**own, **whole}


def code_of(table: str, field: str) -> str:
    """What a fault in a field is called.

    >>> code_of("figures", "amount"), code_of("figures", "missed")
    ('wrong_value', 'missed')
    """
    if field in (MISSED, SPURIOUS):
        return field
    return MOVED_SPAN.code if field == SPAN else ALL_KINDS[table][field].code
