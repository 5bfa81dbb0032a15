"""The stages as spaCy components: ``nlp.add_pipe("newsledger_money")`` in any English pipeline.

Five factories are registered by entry points, so that nothing need be imported:

``newsledger_countries``, ``newsledger_money``, ``newsledger_dates``, ``newsledger_people``
    one stage each. A stage uses what an earlier component left in the doc: money and people use the
    countries, all use the names that ``newsledger_people`` (or ``use_names``) had found.
``newsledger``
    all stages in the order of ``newsledger.extract``, with exactly its mentions.

Each adds its spans to ``doc.spans["newsledger"]``, labelled MONEY, DATE, COUNTRY or PERSON, and on request
(``set_ents``) to ``doc.ents``. The value of a span is ``span._.newsledger``: a `MoneyMention`,
`DateMention`, `CountryMention` or `PersonMention`, or None for a span of others. A span covers whole tokens
and may be wider than its mention, whose ``start_char``, ``end_char`` and ``surface`` are exact.
``doc._.newsledger`` lists all mentions. Values are kept in ``doc.user_data`` as plain data: they survive
``doc.to_bytes``, ``DocBin(store_user_data=True)`` and pickling.

The publication date, which anchors "Wednesday", is the first of: ``doc._.published``; ``published`` of the
context in ``nlp.pipe([(text, {"published": "2024-04-03"})], as_tuples=True)``; ``published`` in the config;
what the text's own header or dateline says.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from newsledger.document.layout import Layout, lay_out
from newsledger.values.article import as_date
from newsledger.values.mentions import (
    CountryMention,
    DateMention,
    MoneyMention,
    NameSpan,
    PersonMention,
)
from newsledger.values.settings import country_code, currency_code

Mention = MoneyMention | DateMention | CountryMention | PersonMention
DayOrder = Literal["dmy", "mdy"]

SPANS_KEY = "newsledger"
_VALUES, _NAMES = "newsledger", "newsledger_names"
"""Keys of ``doc.user_data``: mentions by span id, and name spans as [start, end, label]."""

LABELS: dict[str, tuple[str, type[Mention]]] = {
    "money": ("MONEY", MoneyMention),
    "date": ("DATE", DateMention),
    "country": ("COUNTRY", CountryMention),
    "person": ("PERSON", PersonMention),
}
"""The kind in a span's id -> its label and the class of its value."""


# --- values in a doc -------------------------------------------------------------------------------------


def _to_plain(mention: Mention) -> dict[str, Any]:
    return {
        name: str(value)
        if isinstance(value, (Decimal, dt.date))
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in asdict(mention).items()
    }


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    """How each field that is not plain is read back."""
    read: dict[str, Callable[[Any], Any]] = {}
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        members = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
        if Decimal in members:
            read[field.name] = Decimal
        elif dt.date in members:
            read[field.name] = dt.date.fromisoformat
        elif any(get_origin(member) is tuple for member in members):
            read[field.name] = tuple
    return read


def _from_plain(kind: Any, plain: Mapping[str, Any]) -> Mention:
    readers = _readers(kind)
    known = {field.name for field in fields(kind)}
    made: Mention = kind(
        **{
            name: value if value is None or name not in readers else readers[name](value)
            for name, value in plain.items()
            if name in known
        }
    )
    return made


def _span_id(kind: str, mention: Mention) -> str:
    return f"{kind}:{mention.start_char}-{mention.end_char}"


def _value(doc: Doc, span_id: str) -> Mention | None:
    plain = doc.user_data.get(_VALUES, {}).get(span_id)
    if plain is None:
        return None
    return _from_plain(LABELS[span_id.partition(":")[0]][1], plain)


def _span_value(span: Span) -> Mention | None:
    return _value(span.doc, span.id_)


def _doc_values(doc: Doc) -> list[Mention]:
    ids = list(doc.user_data.get(_VALUES, {}))
    found = [value for span_id in ids if (value := _value(doc, span_id)) is not None]
    return sorted(found, key=lambda m: (m.start_char, m.end_char))


def _of_kind(doc: Doc, kind: str) -> list[Any]:
    wanted = LABELS[kind][1]
    return [mention for mention in _doc_values(doc) if isinstance(mention, wanted)]


def set_extensions() -> None:
    """Register ``span._.newsledger``, ``doc._.newsledger`` and ``doc._.published``; others' are kept."""
    if not Span.has_extension("newsledger"):
        Span.set_extension("newsledger", getter=_span_value)
    if not Doc.has_extension("newsledger"):
        Doc.set_extension("newsledger", getter=_doc_values)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)


set_extensions()


def published_of(doc: Doc, default: str | dt.date | None = None) -> dt.date | None:
    """The publication date of a doc; the module's docstring says from where. Raises on what is no date.

    >>> import spacy
    >>> str(published_of(spacy.blank("en")("Published: 3 April 2024\\n\\nIt rained."), "2023-01-01"))
    '2023-01-01'
    """
    context = getattr(doc, "_context", None)
    given = [doc._.published, context.get("published") if isinstance(context, Mapping) else None, default]
    for value in given:
        if value is not None and value != "":
            return as_date(value)
    return None


# --- components ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Output:
    """Where the spans of a component go."""

    spans_key: str
    set_ents: bool
    overwrite_ents: bool

    def write(self, doc: Doc, kind: str, mentions: Iterable[Mention]) -> None:
        """Put mentions into the doc; what this kind had put there before is replaced."""
        label = LABELS[kind][0]
        values = {k: v for k, v in doc.user_data.get(_VALUES, {}).items() if not k.startswith(f"{kind}:")}
        spans = []
        for mention in mentions:
            span_id = _span_id(kind, mention)
            span = doc.char_span(
                mention.start_char,
                mention.end_char,
                label=label,
                span_id=span_id,
                alignment_mode="expand",
            )
            if span is not None:
                spans.append(span)
                values[span_id] = _to_plain(mention)
        doc.user_data[_VALUES] = values
        if self.spans_key:
            others = [s for s in doc.spans.get(self.spans_key, []) if s.label_ != label]
            doc.spans[self.spans_key] = sorted([*others, *spans], key=lambda s: (s.start, s.end))
        if self.set_ents:
            ents = list(doc.ents)
            if self.overwrite_ents:
                taken = {i for s in spans for i in range(s.start, s.end)}
                ents = [e for e in ents if taken.isdisjoint(range(e.start, e.end))]
            else:
                taken = {i for e in ents for i in range(e.start, e.end)}
                spans = [s for s in spans if taken.isdisjoint(range(s.start, s.end))]
            doc.set_ents([*ents, *filter_spans(spans)])


@dataclass(frozen=True)
class Component:
    """A stage in a pipeline: what it finds in a doc, and where that goes."""

    kind: str
    output: Output
    find: Callable[[Doc], Iterable[Mention]]

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a doc and put them into it."""
        self.output.write(doc, self.kind, self.find(doc))
        return doc


def _names(doc: Doc, layout: Layout, *, model: str | None, ask: bool) -> list[NameSpan] | None:
    """The name spans of a doc: those an earlier component left, or the classifier's where it may be asked."""
    key = f"{_NAMES}:{model}" if model else _NAMES
    stored = doc.user_data.get(key)
    if stored is None and ask:
        from newsledger.stages import names

        stored = [
            [s.start_char, s.end_char, s.label] for s in names.find(doc.text, layout=layout, model=model)
        ]
        doc.user_data[key] = stored
    if stored is None:
        return None
    text = doc.text
    return [NameSpan(start_char=a, end_char=b, surface=text[a:b], label=label) for a, b, label in stored]


def _anchor(doc: Doc, layout: Layout, default: str | None) -> dt.date | None:
    day = published_of(doc, default)
    if day is None:
        from newsledger.document.published import from_text

        stated = from_text(doc.text, layout)
        day = stated[0] if stated else None
    return day


@dataclass(frozen=True, kw_only=True)
class FindMoney:
    """The money stage on a doc."""

    default_currency: str | None
    publisher_country: str | None
    published: str | None

    def __call__(self, doc: Doc) -> list[MoneyMention]:
        """The figures of a doc."""
        from newsledger.stages import money

        layout = lay_out(doc.text)
        return money.find(
            doc.text,
            layout=layout,
            countries=_of_kind(doc, "country"),
            default_currency=self.default_currency,
            publisher_country=self.publisher_country,
            published=_anchor(doc, layout, self.published),
        )


@dataclass(frozen=True, kw_only=True)
class FindDates:
    """The date stage on a doc."""

    published: str | None
    day_order: DayOrder | None
    fiscal_year_start: int | None
    use_names: bool

    def __call__(self, doc: Doc) -> list[DateMention]:
        """The temporal expressions of a doc."""
        from newsledger.stages import dates

        layout = lay_out(doc.text)
        return dates.find(
            doc.text,
            published=_anchor(doc, layout, self.published),
            layout=layout,
            names=_names(doc, layout, model=None, ask=self.use_names) or (),
            day_order=self.day_order,
            fiscal_year_start=self.fiscal_year_start,
        )


@dataclass(frozen=True, kw_only=True)
class FindCountries:
    """The country stage on a doc."""

    policy: str | dict[str, str] | None
    governments: bool
    use_names: bool

    def __call__(self, doc: Doc) -> list[CountryMention]:
        """The country mentions of a doc."""
        from newsledger.stages import countries

        layout = lay_out(doc.text)
        return countries.find(
            doc.text,
            layout=layout,
            names=_names(doc, layout, model=None, ask=self.use_names) or (),
            policy=self.policy,
            governments=self.governments,
        )


@dataclass(frozen=True, kw_only=True)
class FindPeople:
    """The people stage on a doc."""

    model: str | None
    known: Any

    def __call__(self, doc: Doc) -> list[PersonMention]:
        """The person mentions of a doc."""
        from newsledger.stages import people

        layout = lay_out(doc.text)
        return people.find(
            doc.text,
            layout=layout,
            names=_names(doc, layout, model=self.model, ask=True),
            countries=_of_kind(doc, "country"),
            known=self.known,
        )


class AllStages:
    """All stages on a doc, as ``newsledger.extract`` runs them; see the factory ``newsledger``."""

    def __init__(self, output: Output, settings: Any, published: str | None) -> None:
        from newsledger.extraction import load_tools

        self.output, self.published = output, published
        self._tools = load_tools(settings)

    def __call__(self, doc: Doc) -> Doc:
        """Find all mentions of a doc; raises ``RuntimeError`` where a stage failed on it.

        What else there is to say of the text (it is not English, say) is in
        ``doc.user_data["newsledger_issues"]``, as [code, message].
        """
        from newsledger.extraction import extract_article
        from newsledger.values.article import Article

        article = Article(text=doc.text, published=published_of(doc, self.published))
        found = extract_article(article, self._tools)
        failed = [issue for issue in found.issues if issue.severity == "error"]
        if failed:
            raise RuntimeError(f"newsledger: {failed[0].stage}: {failed[0].message}")
        doc.user_data["newsledger_issues"] = [[issue.code, issue.message] for issue in found.issues]
        for kind, mentions in (
            ("money", found.money),
            ("date", found.dates),
            ("country", found.countries),
            ("person", found.people),
        ):
            self.output.write(doc, kind, mentions)
        return doc


# --- factories -------------------------------------------------------------------------------------------

_OUTPUT = {"spans_key": SPANS_KEY, "set_ents": False, "overwrite_ents": False}
_MONEY = {"default_currency": None, "publisher_country": None}
_DATES = {"published": None, "day_order": None, "fiscal_year_start": None}
_COUNTRIES = {"policy": None, "governments": False}
_PEOPLE = {"model": None, "known_people": None}
_WRITES = ["doc.spans", "span._.newsledger", "doc._.newsledger"]


def _setting(check: Callable[[str | None], str | None], value: str | None) -> str | None:
    try:
        return check(value)
    except ValueError as error:
        raise ValueError(f"newsledger: {error}") from None


def _month(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= 12:
        raise ValueError(f"newsledger: fiscal_year_start: not a month (1-12): {value!r}")
    return value


def _day(value: str | None) -> str | None:
    try:
        as_date(value)
    except ValueError as error:
        raise ValueError(f"newsledger: published: {error}") from None
    return value


def _known(path: str | None) -> Any:
    if path is None:
        return None
    from newsledger.stages.people import known_people

    return known_people.load(Path(path))


@Language.factory(
    "newsledger_money", default_config={**_OUTPUT, **_MONEY, "published": None}, assigns=_WRITES
)
def make_money(
    nlp: Language,
    name: str,
    spans_key: str,
    set_ents: bool,
    overwrite_ents: bool,
    default_currency: str | None,
    publisher_country: str | None,
    published: str | None,
) -> Component:
    """Amounts of money; ``default_currency`` and ``publisher_country`` are those of `newsledger.Settings`."""
    find = FindMoney(
        default_currency=_setting(currency_code, default_currency),
        publisher_country=_setting(country_code, publisher_country),
        published=_day(published),
    )
    return Component("money", _output(spans_key, set_ents, overwrite_ents), find)


@Language.factory(
    "newsledger_dates", default_config={**_OUTPUT, **_DATES, "use_names": False}, assigns=_WRITES
)
def make_dates(
    nlp: Language,
    name: str,
    spans_key: str,
    set_ents: bool,
    overwrite_ents: bool,
    published: str | None,
    day_order: DayOrder | None,
    fiscal_year_start: int | None,
    use_names: bool,
) -> Component:
    """Temporal expressions; ``use_names`` asks the name classifier, which tells April the person."""
    find = FindDates(
        published=_day(published),
        day_order=day_order,
        fiscal_year_start=_month(fiscal_year_start),
        use_names=use_names,
    )
    return Component("date", _output(spans_key, set_ents, overwrite_ents), find)


@Language.factory(
    "newsledger_countries", default_config={**_OUTPUT, **_COUNTRIES, "use_names": False}, assigns=_WRITES
)
def make_countries(
    nlp: Language,
    name: str,
    spans_key: str,
    set_ents: bool,
    overwrite_ents: bool,
    policy: str | dict[str, str] | None,
    governments: bool,
    use_names: bool,
) -> Component:
    """Countries; ``policy`` is the path of a TOML file, or decisions by territory key."""
    from newsledger.stages.countries import load_policy

    load_policy(policy)
    find = FindCountries(policy=policy, governments=governments, use_names=use_names)
    return Component("country", _output(spans_key, set_ents, overwrite_ents), find)


@Language.factory("newsledger_people", default_config={**_OUTPUT, **_PEOPLE}, assigns=_WRITES)
def make_people(
    nlp: Language,
    name: str,
    spans_key: str,
    set_ents: bool,
    overwrite_ents: bool,
    model: str | None,
    known_people: str | None,
) -> Component:
    """People; ``model`` is another classifier (a folder, a spaCy pipeline), ``known_people`` a file."""
    find = FindPeople(model=model, known=_known(known_people))
    return Component("person", _output(spans_key, set_ents, overwrite_ents), find)


@Language.factory(
    "newsledger", default_config={**_OUTPUT, **_MONEY, **_DATES, **_COUNTRIES, **_PEOPLE}, assigns=_WRITES
)
def make_all(
    nlp: Language,
    name: str,
    spans_key: str,
    set_ents: bool,
    overwrite_ents: bool,
    default_currency: str | None,
    publisher_country: str | None,
    published: str | None,
    day_order: DayOrder | None,
    fiscal_year_start: int | None,
    policy: str | None,
    governments: bool,
    model: str | None,
    known_people: str | None,
) -> AllStages:
    """All stages, with the mentions of ``newsledger.extract``; ``policy`` is the path of a TOML file."""
    from newsledger.values.settings import Settings

    settings = Settings(
        default_currency=_setting(currency_code, default_currency),
        publisher_country=_setting(country_code, publisher_country),
        day_order=day_order,
        fiscal_year_start=_month(fiscal_year_start),
        governments=governments,
        country_policy=None if policy is None else Path(policy),
        people_model=model,
        known_people=None if known_people is None else Path(known_people),
    )
    return AllStages(_output(spans_key, set_ents, overwrite_ents), settings, _day(published))


def _output(spans_key: str, set_ents: bool, overwrite_ents: bool) -> Output:
    if not spans_key and not set_ents:
        raise ValueError("newsledger: give a spans_key or set_ents, or the spans go nowhere")
    return Output(spans_key=spans_key, set_ents=set_ents, overwrite_ents=overwrite_ents)
