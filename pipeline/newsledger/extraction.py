"""Runs one article through all stages.

A stage that fails on an article costs that stage's rows and no more: the failure becomes an issue, the
other stages run on. Every mention is checked before it counts: where its offsets do not hold its surface,
it becomes an issue instead of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from newsledger.document.layout import Layout, View, lay_out
from newsledger.lexicons.load import lazy_regex
from newsledger.values import trace
from newsledger.values.article import OWN_SETTINGS, Article
from newsledger.values.extraction import Extraction, Status
from newsledger.values.issues import Issue, Severity, describe_error
from newsledger.values.ledger import LedgerEntry
from newsledger.values.mentions import (
    CountryMention,
    DateMention,
    MoneyMention,
    NameSpan,
    PersonMention,
    RoleStatement,
)
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    from newsledger.stages.countries.policy import Policy
    from newsledger.values.people import KnownPeople

VALUE_STAGES = frozenset({"people", "countries", "dates", "money"})

_T = TypeVar("_T")
_Mention = TypeVar("_Mention", MoneyMention, DateMention, CountryMention, PersonMention, LedgerEntry)

_SURROGATE = lazy_regex("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The settings with what they name loaded; made once per process by `load_tools`."""

    settings: Settings
    policy: Policy | None = None
    known: KnownPeople | None = None


def load_tools(settings: Settings | None = None) -> Tools:
    """Load what the settings name, so that a bad file is refused before any article is read.

    Raises ``ValueError`` (or ``OSError``) if a code is unknown, or the people model, the country policy
    or the file of known people cannot be used. The shipped model is loaded by its stage at first use.
    """
    settings = settings or Settings()
    check_codes(settings)
    policy = known = None
    if settings.people_model is not None:
        from newsledger.stages import names

        names.find("", model=settings.people_model)
    if settings.country_policy is not None:
        from newsledger.stages.countries.policy import load_policy

        policy = load_policy(settings.country_policy)
    if settings.known_people is not None:
        from newsledger.stages.people import known_people

        known = known_people.load(settings.known_people)
    return Tools(settings=settings, policy=policy, known=known)


def check_codes(settings: Settings | Article) -> None:
    """Raise ``ValueError`` for an unknown currency or country: it would change nothing, in silence."""
    if (currency := settings.default_currency) is not None:
        from newsledger.stages.money.currencies import CURRENCIES

        if currency.upper() not in CURRENCIES:
            raise ValueError(f"default_currency: not an ISO 4217 code: {currency!r}")
    if (country := settings.publisher_country) is not None:
        from newsledger.lexicons.territories import territories

        if not country or country.upper() not in {territory.alpha2 for territory in territories().values()}:
            raise ValueError(f"publisher_country: not an ISO 3166-1 alpha-2 code: {country!r}")


class _Stages:
    """Runs stages one by one and keeps what went wrong."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.issues: list[Issue] = []
        self.failed: set[str] = set()

    def add_issue(self, stage: str, severity: Severity, code: str, message: str) -> None:
        self.issues.append(self.article.issue(stage, severity, code, message))

    def status(self) -> Status:
        """The status of the article; without names there are no people."""
        if "names" in self.failed:
            self.failed.add("people")
        if any(issue.severity == "error" for issue in self.issues):
            return "error" if self.failed >= VALUE_STAGES else "partial"
        return "ok"

    def attempt(self, stage: str, work: Callable[[], _T], otherwise: _T) -> _T:
        found = otherwise
        with trace.collecting_faults() as faults:
            try:
                found = work()
            except Exception as error:
                self.add_issue(stage, "error", "stage_failed", describe_error(error))
                self.failed.add(stage)
        for fault in dict.fromkeys(faults):
            self.add_issue(stage, "warning", fault.code, f"{fault.surface[:80]!r} was not read: {fault.why}")
        return found

    def find(self, stage: str, work: Callable[[], Sequence[_Mention]]) -> tuple[_Mention, ...]:
        """Run a stage that finds mentions and keep those whose offsets hold their surface."""
        return self.attempt(stage, lambda: self._sound(stage, work()), ())

    def _sound(self, stage: str, mentions: Sequence[_Mention]) -> tuple[_Mention, ...]:
        sound: dict[tuple[int, int], _Mention] = {}
        text = self.article.text

        def add_error(code: str, found: _Mention | RoleStatement, where: str, lost: str) -> None:
            span = f"{found.start_char}:{found.end_char}; {lost}"
            self.add_issue(stage, "error", code, f"{found.surface[:80]!r} {where} {span}")

        for mention in mentions:
            start, end = mention.start_char, mention.end_char
            if not 0 <= start < end <= len(text) or text[start:end] != mention.surface:
                add_error("bad_offsets", mention, "does not stand at", "the row was left out")
            elif (start, end) in sound:
                add_error("same_offsets", mention, "was found twice at", "the second row was left out")
            else:
                roles: tuple[RoleStatement, ...] = mention.roles if isinstance(mention, PersonMention) else ()
                wrong = [r for r in roles if not r.surface or text[r.start_char : r.end_char] != r.surface]
                if wrong:
                    lost = "the roles of the mention were left out"
                    add_error("bad_offsets", wrong[0], "does not stand at", lost)
                    mention = replace(mention, roles=())  # type: ignore[call-arg]
                sound[start, end] = mention
        return tuple(sound[span] for span in sorted(sound))


def _storable(stages: _Stages, article: Article) -> Article:
    """The article without lone surrogates, which no table can hold; every offset stays."""
    changed = {
        field: _SURROGATE.sub("\ufffd", value)
        for field in ("text", "title", "article_id", "source_path")
        if (value := getattr(article, field)) and not value.isascii() and _SURROGATE.search(value)
    }
    if not changed:
        return article
    stages.article = replace(article, **changed)  # type: ignore[arg-type]
    message = f"{' and '.join(changed)} held half of a surrogate pair; it was replaced by U+FFFD"
    stages.add_issue("reading", "warning", "lone_surrogate", message)
    return stages.article


Known = Callable[[str, Article], tuple[Any, ...] | None]
"""What a stage is known to find in an article, None if it has to run."""


def _run(stage: str, text: str, function: str = "find", /, **options: Any) -> Any:
    """What a stage finds. It is imported here: one that cannot be loaded costs only its own rows."""
    return getattr(import_module(f"newsledger.stages.{stage}"), function)(text, **options)


def extract_article(article: Article, tools: Tools | None = None) -> Extraction:
    """Run all stages over one article; never raises for what the article holds.

    >>> found = extract_article(Article(text="Il a plu.", language="fr"))
    >>> found.status, [issue.code for issue in found.issues]
    ('skipped', ['not_english'])
    """
    *_, found = extract_in_steps(article, tools or load_tools())
    assert found is not None
    return found


def extract_in_steps(
    article: Article, tools: Tools, *, known: Known = lambda stage, article: None
) -> Iterator[Extraction | None]:
    """`extract_article` in steps, the last of which gives what was found.

    Of what is ``known`` no stage runs again. Many short articles take less time where each step is taken with
    all of them in turn: what it needs, the weights of the classifier or the tables of a stage, stays in the
    processor's cache.
    """
    stages = _Stages(article)
    tools = stages.attempt("settings", partial(_own_settings, article, tools), tools)
    article = _storable(stages, article)
    layout = lay_out(article.text)
    stages.article = _described(stages, article, layout, tools.settings)
    if (language := stages.article.language) not in ("en", "und"):
        message = f"written in {language!r}; only English is read"
        stages.add_issue("language", "warning", "not_english", message)
        yield Extraction(article=stages.article, status="skipped", issues=tuple(stages.issues))
        return
    names: Sequence[NameSpan] | None = known("names", article)
    options = {"layout": layout, "model": tools.settings.people_model}
    find_names = partial(_run, "names", article.text, "find_in_steps", **options)
    steps = stages.attempt("names", find_names, None) if names is None else None
    while steps and names is None and "names" not in stages.failed:
        names = stages.attempt("names", partial(next, steps), None)
        yield None
    yield from _extracted(stages, layout, tools, names, known)


def _own_settings(article: Article, tools: Tools) -> Tools:
    """The tools with the settings that the article has of its own."""
    own = {name: value for name in OWN_SETTINGS if (value := getattr(article, name)) is not None}
    if not own:
        return tools
    settings = replace(tools.settings, **own)
    check_codes(settings)
    return replace(tools, settings=settings)


def _described(stages: _Stages, article: Article, layout: Layout, settings: Settings) -> Article:
    """The article with the publication date and the language that its text states, where it had none."""
    text = article.text
    if article.published is None:
        from newsledger.document.published import from_text

        stated = stages.attempt(
            "published", lambda: from_text(text, layout, day_order=settings.day_order), None
        )
        if stated is not None:
            article = replace(article, published=stated[0], published_basis=stated[1])
    if article.language is None:
        from newsledger.document.language import detect

        article = replace(article, language=stages.attempt("language", lambda: detect(text), "und"))
    return article


def _extracted(
    stages: _Stages, layout: Layout, tools: Tools, names: Sequence[NameSpan] | None, known: Known
) -> Iterator[Extraction | None]:
    """The mentions of all stages, in steps; where ``names`` are None, without those of people."""
    article, settings, named = stages.article, tools.settings, names or ()

    def known_or_found(stage: str, work: Callable[[], Sequence[Any]]) -> tuple[Any, ...]:
        found = None if names is None else known(stage, article)
        return stages.find(stage, work) if found is None else found

    def find(stage: str, **options: Any) -> tuple[Any, ...]:
        return known_or_found(stage, partial(_run, stage, article.text, layout=layout, **options))

    countries = find("countries", names=named, policy=tools.policy, governments=settings.governments)
    yield None
    money = find(
        "money",
        countries=countries,
        default_currency=settings.default_currency,
        publisher_country=settings.publisher_country,
        published=article.published_date,
    )
    yield None
    dates = find(
        "dates",
        published=article.published_date,
        names=named,
        day_order=settings.day_order,
        fiscal_year_start=settings.fiscal_year_start,
    )
    yield None
    found = Extraction(
        article=article,
        names=None if names is None else tuple(names),
        countries=countries,
        money=money,
        dates=dates,
        people=() if names is None else find("people", names=named, countries=countries, known=tools.known),
    )
    yield None
    open_dates = sum("unknown" in date.basis for date in dates)
    if article.published_date is None and open_dates:
        message = f"no publication date was found, so {open_dates} of its dates have no day; "
        stages.add_issue(
            "published", "info", "no_date", message + "give one with --published or --date-field"
        )
    entries = partial(_entries, found, layout.view, named)
    yield replace(
        found,
        ledger=known_or_found("ledger", entries) if settings.ledger and found.money else (),
        status=stages.status(),
        issues=tuple(stages.issues),
    )


def _entries(found: Extraction, view: View, names: Sequence[NameSpan]) -> Sequence[LedgerEntry]:
    """What the figures of an extraction are."""
    read = {name: view.read(getattr(found, name)) for name in ("dates", "people", "countries")}
    figures, names = view.read(found.money), view.read(names)
    title = found.article.title
    return view.written(
        _run("ledger", view.text, figures=figures, layout=view.layout, names=names, title=title, **read)
    )
