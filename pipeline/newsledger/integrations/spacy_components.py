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
import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from newsledger.document.layout import Layout, lay_out
from newsledger.document.published import from_text
from newsledger.extraction import check_codes, extract_article, load_tools
from newsledger.values.article import Article, as_date
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention
from newsledger.values.plain import from_plain
from newsledger.values.settings import DayOrder, Settings

Mention = MoneyMention | DateMention | CountryMention | PersonMention

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


def _value(doc: Doc, span_id: str) -> Mention | None:
    plain = doc.user_data.get(_VALUES, {}).get(span_id)
    if plain is None:
        return None
    return cast("Mention", from_plain(LABELS[span_id.partition(":")[0]][1], plain))


def _doc_values(doc: Doc) -> list[Mention]:
    found = (_value(doc, span_id) for span_id in doc.user_data.get(_VALUES, {}))
    return sorted(filter(None, found), key=lambda m: (m.start_char, m.end_char))


def _of_kind(doc: Doc, kind: str) -> list[Any]:
    return [mention for mention in _doc_values(doc) if isinstance(mention, LABELS[kind][1])]


def set_extensions() -> None:
    """Register ``span._.newsledger``, ``doc._.newsledger`` and ``doc._.published``; others' are kept."""
    if not Span.has_extension("newsledger"):
        Span.set_extension("newsledger", getter=lambda span: _value(span.doc, span.id_))
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


@dataclass(frozen=True)
class Output:
    """Where the spans of a component go."""

    spans_key: str
    set_ents: bool
    overwrite_ents: bool

    def __post_init__(self) -> None:
        if not self.spans_key and not self.set_ents:
            raise ValueError("newsledger: give a spans_key or set_ents, or the spans go nowhere")

    def write(self, doc: Doc, kind: str, mentions: Iterable[Mention]) -> None:
        """Put mentions into the doc; what this kind had put there before is replaced."""
        label = LABELS[kind][0]
        values = {k: v for k, v in doc.user_data.get(_VALUES, {}).items() if not k.startswith(f"{kind}:")}
        spans = []
        for mention in mentions:
            start, end = mention.start_char, mention.end_char
            span_id = f"{kind}:{start}-{end}"
            span = doc.char_span(start, end, label=label, span_id=span_id, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                values[span_id] = json.loads(json.dumps(asdict(mention), default=str))
        doc.user_data[_VALUES] = values
        if self.spans_key:
            others = [s for s in doc.spans.get(self.spans_key, []) if s.label_ != label]
            doc.spans[self.spans_key] = sorted([*others, *spans], key=lambda s: (s.start, s.end))
        if self.set_ents:
            ents = list(doc.ents)
            if self.overwrite_ents:
                ents = _outside(ents, spans)
            else:
                spans = _outside(spans, ents)
            doc.set_ents([*ents, *filter_spans(spans)])


def _outside(spans: list[Span], others: list[Span]) -> list[Span]:
    """The spans that share no token with any of the others."""
    taken = {i for span in others for i in range(span.start, span.end)}
    return [span for span in spans if taken.isdisjoint(range(span.start, span.end))]


OfDoc = Callable[[Doc, Layout], Any]


@dataclass(frozen=True)
class Component:
    """A stage in a pipeline: the kind of its mentions, its input from a doc, and its own options."""

    kind: str
    stage: str
    output: Output
    of_doc: Mapping[str, OfDoc]
    options: Mapping[str, Any]

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a doc and put them into it."""
        layout = lay_out(doc.text)
        given = {name: make(doc, layout) for name, make in self.of_doc.items()}
        stage = import_module(f"newsledger.stages.{self.stage}")
        self.output.write(doc, self.kind, stage.find(doc.text, layout=layout, **given, **self.options))
        return doc


def _countries(doc: Doc, layout: Layout) -> list[Any]:
    """The countries that an earlier component left."""
    return _of_kind(doc, "country")


def _names(doc: Doc, layout: Layout, *, classify: bool, model: str | None = None) -> list[NameSpan]:
    """The name spans of a doc: those an earlier component left, else the classifier's where it may run."""
    key = f"{_NAMES}:{model}" if model else _NAMES
    stored = doc.user_data.get(key)
    if stored is None and classify:
        from newsledger.stages import names

        found = names.find(doc.text, layout=layout, model=model)
        stored = doc.user_data[key] = [[s.start_char, s.end_char, s.label] for s in found]
    text = doc.text
    return [
        NameSpan(start_char=a, end_char=b, surface=text[a:b], label=label) for a, b, label in stored or ()
    ]


def _anchor(doc: Doc, layout: Layout, default: str | None) -> dt.date | None:
    if (day := published_of(doc, default)) is not None:
        return day
    stated = from_text(doc.text, layout)
    return stated[0] if stated else None


class AllStages:
    """All stages on a doc, as ``newsledger.extract`` runs them; see the factory ``newsledger``."""

    def __init__(self, output: Output, settings: Settings, published: str | None) -> None:
        self.output, self.published = output, published
        self._tools = load_tools(settings)

    def __call__(self, doc: Doc) -> Doc:
        """Find all mentions of a doc; raises ``RuntimeError`` if a stage failed on it.

        What else there is to say of the text (it is not English, say) is in
        ``doc.user_data["newsledger_issues"]``, as [code, message].
        """
        article = Article(text=doc.text, published=published_of(doc, self.published))
        found = extract_article(article, self._tools)
        for issue in found.issues:
            if issue.severity == "error":
                raise RuntimeError(f"newsledger: {issue.stage}: {issue.message}")
        doc.user_data["newsledger_issues"] = [[issue.code, issue.message] for issue in found.issues]
        for kind, field in zip(LABELS, ("money", "dates", "countries", "people"), strict=True):
            self.output.write(doc, kind, getattr(found, field))
        return doc


# --- factories -------------------------------------------------------------------------------------------

_OUTPUT = {"spans_key": (str, SPANS_KEY), "set_ents": (bool, False), "overwrite_ents": (bool, False)}
_PUBLISHED = {"published": (str | None, None)}
_MONEY = {"default_currency": (str | None, None), "publisher_country": (str | None, None)}
_DATES = {**_PUBLISHED, "day_order": (DayOrder | None, None), "fiscal_year_start": (int | None, None)}
_GOVERNMENTS = {"governments": (bool, False)}
_USE_NAMES = {"use_names": (bool, False)}
_PEOPLE = {"model": (str | None, None), "known_people": (str | None, None)}
"""Keys of a configuration, each with its type, by which spaCy checks it, and its default."""


def _factory(name: str, *parts: Mapping[str, tuple[Any, Any]]) -> Callable[[Callable[..., Any]], Any]:
    """Register a factory whose configuration has these keys and that is given its output and the rest."""
    keys = {key: said for part in (_OUTPUT, *parts) for key, said in part.items()}
    kinds = {"nlp": Language, "name": str, **{key: kind for key, (kind, _) in keys.items()}}
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD

    def register(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def component(nlp: Language, name: str, **given: Any) -> Any:
            return make(Output(*(given.pop(key) for key in _OUTPUT)), **given)

        component.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(key, positional, annotation=kind) for key, kind in kinds.items()]
        )
        defaults = {key: default for key, (_, default) in keys.items()}
        writes = ["doc.spans", "span._.newsledger", "doc._.newsledger"]
        Language.factory(name, default_config=defaults, assigns=writes)(component)
        return component

    return register


def _checked(published: str | None, **given: Any) -> dict[str, Any]:
    """Settings by name as they are used; raises ``ValueError`` on what means nothing, the date included."""
    what = "newsledger"
    try:
        settings = Settings(**given)
        check_codes(settings)
        what = "newsledger: published"
        as_date(published)
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from None
    return {name: getattr(settings, name) for name in given}


@_factory("newsledger_money", _MONEY, _PUBLISHED)
def make_money(output: Output, published: str | None, **given: Any) -> Component:
    """Amounts of money; ``default_currency`` and ``publisher_country`` are those of `newsledger.Settings`."""
    of_doc: dict[str, OfDoc] = {"countries": _countries, "published": partial(_anchor, default=published)}
    return Component("money", "money", output, of_doc, _checked(published, **given))


@_factory("newsledger_dates", _DATES, _USE_NAMES)
def make_dates(output: Output, published: str | None, use_names: bool, **given: Any) -> Component:
    """Temporal expressions; ``use_names`` runs the name classifier, which tells April the person."""
    of_doc: dict[str, OfDoc] = {
        "published": partial(_anchor, default=published),
        "names": partial(_names, classify=use_names),
    }
    return Component("date", "dates", output, of_doc, _checked(published, **given))


@_factory("newsledger_countries", {"policy": (str | dict[str, str] | None, None)}, _GOVERNMENTS, _USE_NAMES)
def make_countries(output: Output, use_names: bool, **given: Any) -> Component:
    """Countries; ``policy`` is the path of a TOML file, or decisions by territory key."""
    from newsledger.stages.countries import load_policy

    load_policy(given["policy"])
    return Component("country", "countries", output, {"names": partial(_names, classify=use_names)}, given)


@_factory("newsledger_people", _PEOPLE)
def make_people(output: Output, model: str | None, known_people: str | None) -> Component:
    """People; ``model`` is another classifier (a folder, a spaCy pipeline), ``known_people`` a file."""
    from newsledger.stages.people.known_people import load

    known = None if known_people is None else load(Path(known_people))
    of_doc: dict[str, OfDoc] = {"names": partial(_names, classify=True, model=model), "countries": _countries}
    return Component("person", "people", output, of_doc, {"known": known})


@_factory("newsledger", _MONEY, _DATES, {"policy": (str | None, None)}, _GOVERNMENTS, _PEOPLE)
def make_all(
    output: Output, published: str | None, policy: str | None, model: str | None, **given: Any
) -> AllStages:
    """All stages, with the mentions of ``newsledger.extract``; ``policy`` is the path of a TOML file."""
    settings = _checked(published, country_policy=policy, people_model=model, **given)
    return AllStages(output, Settings(**settings), published)
