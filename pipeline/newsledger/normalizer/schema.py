"""The tables: their columns, types, keys and allowed values. Everything else is derived from here.

The Arrow schemas, the DDL of the databases, the Table Schema in ``datapackage.json`` and the dtypes of the
DataFrames are all made from `TABLES`. Columns may be added; a name that stands here is never changed.

>>> TABLES["figures"].key
('figure_id',)
>>> [c.name for c in TABLES["issues"].columns]
['article_id', 'source_path', 'stage', 'severity', 'code', 'message']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_type_hints

from newsledger.corpus.corrections import Action
from newsledger.values.article import PublishedBasis
from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE
from newsledger.values.extraction import Status
from newsledger.values.issues import Severity
from newsledger.values.ledger import (
    Comparison,
    LinkType,
    MeasureClass,
    PartyRole,
    PartyType,
)
from newsledger.values.ledger import Status as LedgerStatus
from newsledger.values.mentions import (
    CountryMention,
    DateMention,
    MoneyMention,
    PersonMention,
    RoleStatement,
    Zone,
)

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION = 2
"""Raised when a column changes its meaning, so that gold and old tables can be told apart."""


Type = Literal["string", "integer", "decimal", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``required`` columns are never null; ``free`` text is as articles (or users) wrote it."""

    name: str
    type: Type
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    free: bool = False
    """Text that comes from outside: a spreadsheet must not take it for a formula."""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``column`` holds a value of ``target.target_column``, or null where the column is not required."""

    column: str
    target: str
    target_column: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``key`` is unique and never null; ``order`` is what the rows are sorted by."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The sort columns: the key, or all columns of a table without one."""
        return self.key or self.names

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(c.name for c in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def _allowed(mention: type, field: str) -> tuple[str, ...]:
    """The values a ``Literal`` field of a mention may take, so that they are written down once."""

    def literals(annotation: Any) -> Iterator[str]:
        for argument in get_args(annotation):
            if isinstance(argument, str):
                yield argument
            else:
                yield from literals(argument)

    return tuple(literals(get_type_hints(mention)[field]))


def _text(name: str, description: str, *, required: bool = False) -> Column:
    """A column of text that comes from outside."""
    return Column(name, "string", description, required=required, free=True)


def _one_of(name: str, description: str, values: tuple[str, ...], *, required: bool = False) -> Column:
    """A column that holds one of some values."""
    return Column(name, "string", description, required=required, enum=values)


_ARTICLE_ID = _text("article_id", "the article", required=True)
_ARTICLE_KEY = ForeignKey("article_id", "articles", "article_id")


def _id(key: str, kind: str = "money") -> Column:
    """The id of a mention of this kind."""
    return _text(key, f"article_id, kind and offsets: a1#{kind}:00000012-00000024", required=True)


def _place(surface: str = "the text between the offsets") -> tuple[Column, ...]:
    """The offsets and the words of a mention."""
    return (
        Column("start_char", "integer", "offset of the first character in articles.text", required=True),
        Column("end_char", "integer", "offset after the last character", required=True),
        _text("surface", surface, required=True),
    )


_ZONE = _one_of("zone", "where in the article the mention stands", get_args(Zone), required=True)
_BASIS = Column("basis", "string", "on what evidence the value was decided")
_CANDIDATES = _text("candidates", "other readings that stood, joined by |")

_ARTICLES = Table(
    "articles",
    "One row per article read",
    (
        _text("article_id", "the record's own id, else the path relative to the source", required=True),
        _text("source_path", "file the article came from, relative to the source"),
        _text("title", "title given beside the text; not searched"),
        Column("published_date", "date", "publication date that anchors relative dates"),
        _one_of(
            "published_basis", "where the publication date came from", get_args(PublishedBasis), required=True
        ),
        Column(
            "language", "string", "ISO 639-1 code, und where there is too little text to tell", required=True
        ),
        _text("text", "the text the offsets point into", required=True),
        Column("n_chars", "integer", "length of the text in Unicode code points", required=True),
        Column("text_sha256", "string", "SHA-256 of the UTF-8 text", required=True),
        _one_of(
            "status",
            "ok; partial: rows are missing, see issues; error: no stage ran; skipped: not English",
            get_args(Status),
            required=True,
        ),
        _text("duplicate_of", "the article that this one is a copy of, whole or in part"),
        Column("duplicate_share", "decimal", "share of its text that stands there too, 0 to 1"),
    ),
    key=("article_id",),
)

_PEOPLE = Table(
    "people",
    "One row per person of the run",
    (
        _text("person_id", "id of the person, or the one given in the file of known people", required=True),
        _text("name", "fullest form of the name", required=True),
        _text("given", "given names"),
        _text("family", "family name"),
        _text("suffix", "Jr, III ..."),
        _text("aliases", "other spellings found, joined by |"),
        _text("roles", "roles found, joined by |"),
        Column("n_articles", "integer", "number of articles that name the person", required=True),
        Column("n_mentions", "integer", "number of mentions", required=True),
    ),
    key=("person_id",),
)

_PERSON_ID = _text("person_id", "the person", required=True)
_PERSON_KEY = ForeignKey("person_id", "people", "person_id")
_NAME = _text("name", "fullest form of the name in this article", required=True)

_PERSON_MENTIONS = Table(
    "person_mentions",
    "One row per mention of a named individual",
    (
        _id("mention_id"),
        _ARTICLE_ID,
        _PERSON_ID,
        *_place(),
        _NAME,
        _one_of("form", "which part of the name stands here", _allowed(PersonMention, "form"), required=True),
        _text("role", "title or office beside the name"),
        Column("role_country", "string", "ISO 3166-1 alpha-2 of the country of the role"),
        _one_of("role_status", "whether the role is held", _allowed(PersonMention, "role_status")),
        _ZONE,
        _BASIS,
        _CANDIDATES,
        _text("role_org", "organisation, or place that is no country, of the role"),
    ),
    key=("mention_id",),
    foreign_keys=(_ARTICLE_KEY, _PERSON_KEY),
)

_CONFIDENCE = Column("confidence", "decimal", "measured precision of that evidence, 0 to 1")

_ROLES = Table(
    "roles",
    "One row per role that an article states of a person, each once",
    (
        _id("role_id", "role"),
        _ARTICLE_ID,
        _PERSON_ID,
        _text("mention_id", "the mention of the person it is stated at", required=True),
        _NAME,
        _text("role", "office, rank, profession or function, without owner, place and status", required=True),
        _text("role_org", "organisation, or place that is no country, as written"),
        Column("role_country", "string", "ISO 3166-1 alpha-2 of the country the text says it is of"),
        _one_of(
            "role_status", "whether the role is held", _allowed(RoleStatement, "role_status"), required=True
        ),
        *_place("the words that state the role"),
        _BASIS,
        _CONFIDENCE,
    ),
    key=("role_id",),
    foreign_keys=(_ARTICLE_KEY, _PERSON_KEY, ForeignKey("mention_id", "person_mentions", "mention_id")),
)

_COUNTRY_MENTIONS = Table(
    "country_mentions",
    "One row per mention of a country or territory",
    (
        _id("mention_id"),
        _ARTICLE_ID,
        *_place(),
        Column("iso_alpha2", "string", "ISO 3166-1 alpha-2; NA is Namibia"),
        Column("iso_alpha3", "string", "ISO 3166-1 alpha-3; XKX Kosovo; SUN, YUG, CSK, DDR former states"),
        Column("name", "string", "short English name", required=True),
        _one_of(
            "mention_type",
            "how the country is named",
            _allowed(CountryMention, "mention_type"),
            required=True,
        ),
        Column("inside_name", "boolean", "part of a longer name such as Bank of Japan", required=True),
        _BASIS,
        _CANDIDATES,
        _ZONE,
        Column("territory_code", "string", "code of a part with a name of its own (GB-SCT)"),
    ),
    key=("mention_id",),
    foreign_keys=(_ARTICLE_KEY,),
)

_DATE_MENTIONS = Table(
    "date_mentions",
    "One row per temporal expression",
    (
        _id("mention_id"),
        _ARTICLE_ID,
        *_place(),
        _one_of("timex_type", "TimeML type", _allowed(DateMention, "timex_type"), required=True),
        Column("timex_value", "string", "ISO-TimeML value", required=True),
        Column("start_date", "date", "first day of the named unit; null where none may be invented"),
        Column("end_date", "date", "last day of the named unit, inclusive"),
        Column("precision", "string", "the named unit"),
        Column("date_part", "string", "early, mid, late, first_half ..."),
        Column("modifier", "string", "approx, before, after ..."),
        _one_of("anchor", "what the value was reckoned from", _allowed(DateMention, "anchor"), required=True),
        _BASIS,
        _ZONE,
        _CANDIDATES,
        Column("rule", "string", "the rule that found it"),
    ),
    key=("mention_id",),
    foreign_keys=(_ARTICLE_KEY,),
)

_FIGURES = Table(
    "figures",
    "One row per amount of money",
    (
        _id("figure_id"),
        _ARTICLE_ID,
        *_place(),
        Column("value_low", "decimal", "lower value in major units; equals value_high when exact"),
        Column("value_high", "decimal", "upper value in major units; null under an open bound"),
        _one_of("modifier", "how the value binds", _allowed(MoneyMention, "modifier"), required=True),
        Column(
            "currency", "string", "ISO 4217 (historic codes and XBT included); null when it cannot be told"
        ),
        _one_of(
            "currency_basis",
            "on what evidence the currency was decided",
            (*_allowed(MoneyMention, "currency_basis"), "correction"),
        ),
        Column("currency_candidates", "string", "currencies that stood, joined by |"),
        _one_of("kind", "what the figure measures", _allowed(MoneyMention, "kind"), required=True),
        _text("per_unit", "the unit of a rate: barrel, share, week"),
        _one_of("sign", "direction of a change or loss", _allowed(MoneyMention, "sign")),
        _ZONE,
        Column("rule", "string", "the rule that found it"),
        _text("sentence", "the sentence it stands in, runs of blanks made one"),
        Column("quality", "string", "what to mind before using the figure, joined by |"),
    ),
    key=("figure_id",),
    foreign_keys=(_ARTICLE_KEY,),
)

_FIGURE_ID = _text("figure_id", "the figure", required=True)
_FIGURE_KEY = ForeignKey("figure_id", "figures", "figure_id")
_OF_FIGURE = {column.name: column for column in _FIGURES.columns}


def _words(name: str, meaning: str) -> tuple[Column, ...]:
    """Words of the text, with their offsets."""
    return (
        _text(name, meaning),
        Column(f"{name}_start_char", "integer", f"offset of the first character of the {name}"),
        Column(f"{name}_end_char", "integer", f"offset after the last character of the {name}"),
    )


_LEDGER = Table(
    "ledger",
    "One row per figure: what it measures, at what stage, whose money, from whom to whom, for what and when",
    (
        _FIGURE_ID,
        _ARTICLE_ID,
        Column("published_date", "date", "day of publication of the article"),
        _text("title", "title of the article"),
        *(_OF_FIGURE[name] for name in ("surface", "value_low", "value_high", "modifier", "currency")),
        _OF_FIGURE["per_unit"],
        *_words("measure", "what the amount is: reconstruction costs, loan"),
        _one_of("measure_class", "class of the measure", get_args(MeasureClass)),
        Column("measure_basis", "string", "on what evidence the class was decided"),
        _one_of("status", "how far the money has come", get_args(LedgerStatus)),
        _text("status_cue", "the words that decided; null for a default"),
        _text("payer", "who pays, gives, lends or owes; fullest name, else the words"),
        _text("recipient", "who gets it"),
        _text("holder", "whose cost, profit, budget or fund it is"),
        _text("channel", "through whom it goes"),
        Column("payer_country", "string", "ISO 3166-1 alpha-3 of a payer that is a country"),
        Column("recipient_country", "string", "ISO 3166-1 alpha-3 of a recipient that is a country"),
        Column("holder_country", "string", "ISO 3166-1 alpha-3 of a holder that is a country"),
        *_words("purpose", "what the money is for, buys, prices or punishes"),
        _text("period_mention_id", "the date at or over which the amount holds"),
        Column("period_start", "date", "first day of the period"),
        Column("period_end", "date", "last day of the period, inclusive"),
        _one_of(
            "comparison",
            "previous or expected for the second half of a comparison",
            get_args(Comparison),
            required=True,
        ),
        _text("attributed_to", "who says the amount; fullest name, else the words"),
        Column(
            "countable",
            "boolean",
            "whether a sum may hold it: no part, equivalent, repetition, earlier or expected value, price or "
            "threshold, nothing denied, cancelled or in a copy of another article",
            required=True,
        ),
        Column("ledger_flags", "string", "denied, conditional, not_money, party_by_description; joined by |"),
        Column("class_confidence", "decimal", "measured precision of the evidence for the class, 0 to 1"),
        Column("status_confidence", "decimal", "measured precision of the evidence for the status, 0 to 1"),
        Column("converted_low", "decimal", "value_low in converted_currency; null without conversion"),
        Column("converted_high", "decimal", "value_high in converted_currency"),
        Column("converted_currency", "string", "ISO 4217 code converted to"),
        Column("rate", "decimal", "worth of one unit of currency; used unrounded, given to six decimals"),
        Column("rate_date", "date", "day of the rate"),
        _one_of(
            "rate_basis",
            "where the rate comes from, or why there is none",
            ("daily", "fixed", "file", "same", "none:value", "none:currency", "none:date", "none:rate"),
        ),
        _OF_FIGURE["sentence"],
    ),
    key=("figure_id",),
    foreign_keys=(
        _FIGURE_KEY,
        _ARTICLE_KEY,
        ForeignKey("period_mention_id", "date_mentions", "mention_id"),
    ),
)

_FIGURE_PARTIES = Table(
    "figure_parties",
    "One row per party of a figure: payer, recipient, holder, channel, source",
    (
        _FIGURE_ID,
        _ARTICLE_ID,
        _one_of("role", "what the party is to the amount", get_args(PartyRole), required=True),
        *_place(),
        _text("party", "fullest name in the article; null if only described"),
        _one_of("party_type", "what the party is", get_args(PartyType)),
        Column("country", "string", "ISO 3166-1 alpha-3 where the party is a country"),
        _text("person_id", "the person, where the party is one"),
        _BASIS,
        _CONFIDENCE,
    ),
    key=("figure_id", "role", "start_char"),
    foreign_keys=(_FIGURE_KEY, _ARTICLE_KEY, _PERSON_KEY),
)

_FIGURE_LINKS = Table(
    "figure_links",
    "One row per link between two figures of an article",
    (
        _text("from_figure_id", "the figure that is the part, the change ...", required=True),
        _text("to_figure_id", "the figure it belongs to", required=True),
        _ARTICLE_ID,
        _one_of("link", "what the first is to the second", get_args(LinkType), required=True),
        _BASIS,
        _CONFIDENCE,
    ),
    key=("from_figure_id", "to_figure_id"),
    foreign_keys=(
        ForeignKey("from_figure_id", "figures", "figure_id"),
        ForeignKey("to_figure_id", "figures", "figure_id"),
        _ARTICLE_KEY,
    ),
)

_CORRECTIONS = Table(
    "corrections",
    "One row per correction by a person that was applied, with what the program said",
    (
        Column("correction_id", "string", "hash of the correction", required=True),
        _text("row_id", "key of the row it is about", required=True),
        _ARTICLE_ID,
        Column("table_name", "string", "table of the row", required=True),
        Column("field", "string", "column; null where it is about the whole row"),
        _one_of("action", "what was done", get_args(Action), required=True),
        _text("machine_value", "what the program says"),
        _text("corrected_value", "what stands in the table"),
        _text("reason", "why", required=True),
        _text("author", "whose correction it is"),
        Column("made_on", "date", "day on which it was made", required=True),
    ),
    key=("correction_id",),
    foreign_keys=(_ARTICLE_KEY,),
)

_ISSUES = Table(
    "issues",
    "What went wrong or is worth knowing, one row each",
    (
        _text("article_id", "the article, or the id it would have had"),
        _text("source_path", "the file, relative to the source"),
        Column("stage", "string", "where it was noticed", required=True),
        _one_of("severity", "error, warning or info", get_args(Severity), required=True),
        Column("code", "string", "stable name of the fault", required=True),
        _text("message", "what happened, for people", required=True),
    ),
    # No foreign key: an article that could not be read has an issue and no row of its own.
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _ARTICLES,
        _PEOPLE,
        _PERSON_MENTIONS,
        _ROLES,
        _COUNTRY_MENTIONS,
        _DATE_MENTIONS,
        _FIGURES,
        _LEDGER,
        _FIGURE_PARTIES,
        _FIGURE_LINKS,
        _CORRECTIONS,
        _ISSUES,
    )
}
"""All tables by name; a table stands after those it points at."""


_TAKEN = {"_no", "_part", "_item", "rowid"}
"""Names that the files of a run, or SQLite, have a use for."""


@cache
def table(name: str, kept: tuple[str, ...] = ()) -> Table:
    """The table of this name; ``kept`` are fields of the sources, the last columns of ``articles``, as text.

    Raises ``ValueError`` for a field that would be a second column of its name (whatever its case, which
    databases do not mind).

    >>> table("articles", ("url",)).names[-2:], table("people", ("url",)) == TABLES["people"]
    (('duplicate_share', 'url'), True)
    """
    fixed = TABLES[name]
    if name != "articles" or not kept:
        return fixed
    seen = {column.casefold() for column in fixed.names} | _TAKEN
    for field in kept:
        if field.casefold() in seen or not field:
            raise ValueError(f"keep: articles has a column {field!r} already")
        seen.add(field.casefold())
    own = (_text(field, "the source's own field, as text") for field in kept)
    return replace(fixed, columns=(*fixed.columns, *own))


def kept_fields(name: str, columns: Iterable[str]) -> tuple[str, ...]:
    """The sources' own fields among the columns of a table.

    >>> kept_fields("articles", ["article_id", "url", "status"])
    ('url',)
    """
    return tuple(c for c in columns if c not in TABLES[name].names) if name == "articles" else ()


@cache
def arrow_schema(name: str, kept: tuple[str, ...] = ()) -> pa.Schema:
    """The Arrow schema of a `table`: strings, int64, decimal128(38, 6), date32, bool.

    >>> str(arrow_schema("figures").field("value_low").type)
    'decimal128(38, 6)'
    """
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    return pa.schema(
        [pa.field(c.name, types[c.type], nullable=not c.required) for c in table(name, kept).columns]
    )


def table_schema(name: str, kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """The Frictionless Table Schema of a `table`.

    >>> table_schema("people")["primaryKey"], table_schema("people")["missingValues"]
    (['person_id'], [''])
    """
    described = table(name, kept)
    fields = []
    for column in described.columns:
        field: dict[str, Any] = {
            "name": column.name,
            "type": "number" if column.type == "decimal" else column.type,
            "description": column.description,
        }
        constraints: dict[str, Any] = {}
        if column.required:
            constraints["required"] = True
        if described.key == (column.name,):
            constraints["unique"] = True
        if column.enum:
            constraints["enum"] = list(column.enum)
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if described.key:
        schema["primaryKey"] = list(described.key)
    if described.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": {"resource": key.target, "fields": [key.target_column]}}
            for key in described.foreign_keys
        ]
    return schema
