"""One article through all stages.

A stage that fails on an article costs that stage's rows and no more: the failure becomes an issue, the
other stages run on. Every mention is checked before it counts: where its offsets do not hold its surface,
it becomes an issue instead of a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from newsledger.document.layout import Layout, lay_out
from newsledger.values.article import Article
from newsledger.values.issues import Issue, Severity
from newsledger.values.mentions import (
    CountryMention,
    DateMention,
    MoneyMention,
    NameSpan,
    PersonMention,
)
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    from newsledger.stages.countries.policy import Policy
    from newsledger.stages.people.known_people import KnownPeople

Status = Literal["ok", "partial", "error", "skipped"]

VALUE_STAGES = frozenset({"people", "countries", "dates", "money"})

_T = TypeVar("_T")
_Mention = TypeVar("_Mention", MoneyMention, DateMention, CountryMention, PersonMention)

_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}")
_MESSAGE_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one article gave: the article as it is stored, its mentions in text order, and its issues.

    ``status``: ``ok``, all stages ran; ``partial``, some rows are missing (the issues say which);
    ``error``, no stage ran; ``skipped``, the article is not English.
    """

    article: Article
    status: Status = "ok"
    people: tuple[PersonMention, ...] = ()
    countries: tuple[CountryMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    money: tuple[MoneyMention, ...] = ()
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The settings with what they name loaded; made once per process by `load_tools`."""

    settings: Settings
    policy: Policy | None = None
    known: KnownPeople | None = None


def load_tools(settings: Settings | None = None) -> Tools:
    """Load what the settings name, so that a bad file is refused before any article is read.

    Raises ``ValueError`` (or ``OSError``) where the people model, the country policy or the file of known
    people cannot be used. The shipped model is loaded by its stage at first use.
    """
    settings = settings or Settings()
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


class _Stages:
    """Runs stages one by one and keeps what went wrong."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.issues: list[Issue] = []
        self.failed: set[str] = set()

    def say(self, stage: str, severity: Severity, code: str, message: str) -> None:
        self.issues.append(
            Issue(
                article_id=self.article.article_id,
                source_path=self.article.source_path or "",
                stage=stage,
                severity=severity,
                code=code,
                message=message,
            )
        )

    def attempt(self, stage: str, work: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return work()
        except Exception as error:
            self.say(stage, "error", "stage_failed", describe(error))
            self.failed.add(stage)
            return otherwise

    def find(self, stage: str, work: Callable[[], Sequence[_Mention]]) -> tuple[_Mention, ...]:
        """Run a stage that finds mentions and keep those whose offsets hold their surface."""
        nothing: tuple[_Mention, ...] = ()
        return self.attempt(stage, lambda: self._sound(stage, work()), nothing)

    def _sound(self, stage: str, mentions: Sequence[_Mention]) -> tuple[_Mention, ...]:
        sound: dict[tuple[int, int], _Mention] = {}
        text = self.article.text
        for mention in mentions:
            start, end = mention.start_char, mention.end_char
            if not 0 <= start < end <= len(text) or text[start:end] != mention.surface:
                self.say(
                    stage,
                    "error",
                    "bad_offsets",
                    f"{mention.surface[:80]!r} does not stand at {start}:{end}; the row was left out",
                )
            elif (start, end) in sound:
                self.say(
                    stage,
                    "error",
                    "same_offsets",
                    f"{mention.surface[:80]!r} was found twice at {start}:{end}; the second row was left out",
                )
            else:
                sound[start, end] = mention
        return tuple(sound[span] for span in sorted(sound))


def describe(error: BaseException) -> str:
    """An exception as one short line that is the same on every run and machine.

    >>> describe(KeyError("a"))
    "KeyError: 'a'"
    """
    text = _ADDRESS.sub("0x...", " ".join(str(error).split()))
    line = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return line if len(line) <= _MESSAGE_CHARS else line[: _MESSAGE_CHARS - 1] + "…"


def _storable(stages: _Stages, article: Article) -> Article:
    """The article without lone surrogates, which no table can hold; every offset stays."""

    def mend(value: str | None) -> str | None:
        return value if value is None else _SURROGATE.sub("\ufffd", value)

    changed = {
        field: mend(getattr(article, field))
        for field in ("text", "title", "article_id", "source_path")
        if getattr(article, field) is not None and _SURROGATE.search(getattr(article, field))
    }
    if not changed:
        return article
    article = replace(article, **changed)  # type: ignore[arg-type]
    stages.article = article
    stages.say(
        "reading",
        "warning",
        "lone_surrogate",
        f"{' and '.join(changed)} held half of a surrogate pair; it was replaced by U+FFFD",
    )
    return article


def extract_article(article: Article, tools: Tools | None = None) -> Extraction:
    """Run all stages over one article; never raises for what the article holds.

    >>> found = extract_article(Article(text="Il a plu.", language="fr"))
    >>> found.status, [issue.code for issue in found.issues]
    ('skipped', ['not_english'])
    """
    tools = tools or load_tools()
    settings = tools.settings
    stages = _Stages(article)
    article = _storable(stages, article)
    text = article.text
    layout: Layout = lay_out(text)

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
    stages.article = article
    if article.language not in ("en", "und"):
        stages.say(
            "language", "warning", "not_english", f"written in {article.language!r}; only English is read"
        )
        return Extraction(article=article, status="skipped", issues=tuple(stages.issues))

    # Each stage is imported inside its own attempt: one that cannot be loaded costs only its own rows.
    model: str | Path | None = settings.people_model

    def find_names() -> Sequence[NameSpan] | None:
        from newsledger.stages import names

        return names.find(text, layout=layout, model=model)

    spans = stages.attempt("names", find_names, None)
    named: Sequence[NameSpan] = spans or ()

    def find_countries() -> Sequence[CountryMention]:
        from newsledger.stages import countries

        return countries.find(
            text, layout=layout, names=named, policy=tools.policy, governments=settings.governments
        )

    found_countries = stages.find("countries", find_countries)

    def find_money() -> Sequence[MoneyMention]:
        from newsledger.stages import money

        return money.find(
            text,
            layout=layout,
            countries=found_countries,
            default_currency=settings.default_currency,
            publisher_country=settings.publisher_country,
            published=article.published_date,
        )

    def find_dates() -> Sequence[DateMention]:
        from newsledger.stages import dates

        return dates.find(
            text,
            published=article.published_date,
            layout=layout,
            names=named,
            day_order=settings.day_order,
            fiscal_year_start=settings.fiscal_year_start,
        )

    def find_people() -> Sequence[PersonMention]:
        from newsledger.stages import people

        return people.find(text, layout=layout, names=named, countries=found_countries, known=tools.known)

    found_money = stages.find("money", find_money)
    found_dates = stages.find("dates", find_dates)
    found_people = stages.find("people", find_people) if spans is not None else ()
    if "names" in stages.failed:
        stages.failed.add("people")
    status: Status = "ok"
    if any(issue.severity == "error" for issue in stages.issues):
        status = "error" if stages.failed >= VALUE_STAGES else "partial"
    return Extraction(
        article=article,
        status=status,
        people=found_people,
        countries=found_countries,
        dates=found_dates,
        money=found_money,
        issues=tuple(stages.issues),
    )
