"""Articles, a quick stand-in for the stages, and the faults that are planted in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from newsledger.api import Tables, collected
from newsledger.extraction import Tools
from newsledger.regression.gold import Gold
from newsledger.regression.runs import Run, from_tables, gold_of_run
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, PersonMention, RoleStatement
from newsledger.values.settings import Settings

PUBLISHED = dt.date(2024, 3, 7)

TEXTS = {
    "loan.txt": (
        "By Ana Lopez\n\nKenya and Japan agreed on 2024-03-05 that Kenya gets at least $12 million.\n\n"
        "President Ben Kato said about €3 million was due on 2024-04-01, and Kato thanked Japan.\n"
    ),
    "wires/port.txt": (
        "Dockers in Japan lost $7 on 2024-03-06, said Minister Ana Lopez.\n"
        "The port of Kenya paid €40 million, up to €50 million by 2025-01-01, Lopez added.\n"
    ),
}

_BOUNDS = {"at least ": "ge", "up to ": "le", "about ": "approx", None: "exact"}
_CODES = {"Kenya": ("KE", "KEN"), "Japan": ("JP", "JPN"), "Peru": ("PE", "PER")}
_PEOPLE = {"Ana Lopez": 0, "Lopez": 0, "Ben Kato": 1, "Kato": 1}
_NAMES = {0: "Ana Lopez", 1: "Ben Kato"}

Plant = Callable[[Extraction], Extraction]


def stand_in(article: Article, tools: object = None) -> Extraction:
    """What a program finds that reads nothing but the sample articles."""
    if article.published is None:
        article = replace(article, published=PUBLISHED, published_basis="header")
    text = article.text
    return Extraction(
        article=replace(article, language="en"),
        money=tuple(map(_money, re.finditer(r"(at least |up to |about )?(([$€])(\d+)( million)?)", text))),
        dates=tuple(
            DateMention(
                start_char=m.start(),
                end_char=m.end(),
                surface=m[0],
                timex_type="DATE",
                timex_value=m[0],
                start_date=dt.date.fromisoformat(m[0]),
                end_date=dt.date.fromisoformat(m[0]),
                anchor="absolute",
                basis="iso",
            )
            for m in re.finditer(r"\d{4}-\d\d-\d\d", text)
        ),
        countries=tuple(
            CountryMention(
                start_char=m.start(),
                end_char=m.end(),
                surface=m[0],
                iso_alpha2=_CODES[m[0]][0],
                iso_alpha3=_CODES[m[0]][1],
                name=m[0],
            )
            for m in re.finditer("Kenya|Japan|Peru", text)
        ),
        people=tuple(
            PersonMention(
                start_char=m.start(2),
                end_char=m.end(2),
                surface=m[2],
                name=_NAMES[_PEOPLE[m[2]]],
                person=_PEOPLE[m[2]],
                form="full" if " " in m[2] else "family",
                role=m[1] and m[1].strip(),
                role_status="current" if m[1] else None,
                roles=(_role(m),) if m[1] else (),
            )
            for m in re.finditer("(President |Minister )?(Ana Lopez|Ben Kato|Lopez|Kato)", text)
        ),
    )


def _role(m: re.Match[str]) -> RoleStatement:
    surface = m[1].strip()
    return RoleStatement(
        start_char=m.start(1), end_char=m.start(1) + len(surface), surface=surface, role=surface
    )


def _money(m: re.Match[str]) -> MoneyMention:
    value = Decimal(m[4]) * (1_000_000 if m[5] else 1)
    modifier = _BOUNDS[m[1]]
    return MoneyMention(
        start_char=m.start(2),
        end_char=m.end(2),
        surface=m[2],
        value_low=None if modifier == "le" else value,
        value_high=None if modifier == "ge" else value,
        modifier=modifier,  # type: ignore[arg-type]
        currency={"$": "USD", "€": "EUR"}[m[3]],
        currency_basis="symbol",
        rule="stand-in",
    )


def tables(texts: Mapping[str, str] = TEXTS, plant: Plant | None = None) -> Tables:
    """The tables of a run over ``texts`` (id -> text), with ``plant`` done to every article."""
    found = [stand_in(Article(text=text, article_id=name, source_path=name)) for name, text in texts.items()]
    return collected([plant(one) if plant else one for one in found], Tools(settings=Settings()))


def run(texts: Mapping[str, str] = TEXTS, plant: Plant | None = None) -> Run:
    return from_tables(tables(texts, plant))


def gold(texts: Mapping[str, str] = TEXTS) -> Gold:
    return gold_of_run(run(texts))


def edited(name: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The sample articles with parts of one replaced."""
    text = TEXTS[name]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return {**TEXTS, name: text}


def changing(field: str, at: int = 0, *, only: str = "loan.txt", **values: Any) -> Plant:
    """A fault: one mention of one article gets other values."""

    def plant(found: Extraction) -> Extraction:
        if found.article.article_id != only:
            return found
        mentions = list(getattr(found, field))
        mentions[at] = replace(mentions[at], **values)
        return replace(found, **{field: tuple(mentions)})

    return plant


def changing_role(only: str = "loan.txt", **values: Any) -> Plant:
    """A fault: the first role of an article gets other values."""

    def plant(found: Extraction) -> Extraction:
        if found.article.article_id != only:
            return found
        people = [replace(m, roles=tuple(replace(r, **values) for r in m.roles)) for m in found.people]
        return replace(found, people=tuple(people))

    return plant


def dropping(field: str, at: int = 0, *, only: str = "loan.txt") -> Plant:
    """A fault: one mention is not found."""

    def plant(found: Extraction) -> Extraction:
        if found.article.article_id != only:
            return found
        mentions = list(getattr(found, field))
        del mentions[at]
        return replace(found, **{field: tuple(mentions)})

    return plant


def adding(field: str, surface: str, *, only: str = "loan.txt") -> Plant:
    """A fault: words are taken for a mention, with the values of the first one."""

    def plant(found: Extraction) -> Extraction:
        if found.article.article_id != only:
            return found
        start = found.article.text.index(surface)
        mentions = list(getattr(found, field))
        more = replace(mentions[0], start_char=start, end_char=start + len(surface), surface=surface)
        mentions = sorted([*mentions, more], key=lambda m: m.start_char)
        return replace(found, **{field: tuple(mentions)})

    return plant


def stretching(field: str, at: int, before: int, *, only: str = "loan.txt") -> Plant:
    """A fault: a span begins too early."""

    def plant(found: Extraction) -> Extraction:
        if found.article.article_id != only:
            return found
        mentions = list(getattr(found, field))
        one = mentions[at]
        start = one.start_char - before
        mentions[at] = replace(one, start_char=start, surface=found.article.text[start : one.end_char])
        return replace(found, **{field: tuple(mentions)})

    return plant


def wrong_currency(article: Article, tools: object = None) -> Extraction:
    """The stand-in with a fault in one article."""
    return changing("money", currency="CAD")(stand_in(article))


MILLIONS = Decimal(12_000_000)

PLANTED: dict[str, tuple[Plant, str, set[str]]] = {
    "missed figure": (dropping("money"), "figures", {"missed"}),
    "missed date": (dropping("dates"), "date_mentions", {"missed"}),
    "missed country": (dropping("countries", 2), "country_mentions", {"missed"}),
    "missed person": (dropping("people", 1), "person_mentions", {"missed"}),
    "spurious figure": (adding("money", "thanked"), "figures", {"spurious"}),
    "spurious date": (adding("dates", "agreed"), "date_mentions", {"spurious"}),
    "spurious country": (adding("countries", "was due"), "country_mentions", {"spurious"}),
    "spurious person": (adding("people", "agreed"), "person_mentions", {"spurious"}),
    "moved span of a figure": (stretching("money", 0, 3), "figures", {"moved_span"}),
    "moved span of a person": (stretching("people", 1, 10), "person_mentions", {"moved_span"}),
    "value a thousand times too large": (
        changing("money", value_low=MILLIONS * 1000),
        "figures",
        {"wrong_value"},
    ),
    "value lost": (changing("money", 1, value_low=None, value_high=None), "figures", {"wrong_value"}),
    "wrong currency": (changing("money", currency="CAD"), "figures", {"wrong_currency"}),
    "currency guessed away": (changing("money", currency=None), "figures", {"wrong_currency"}),
    "bound turned round": (
        changing("money", value_low=None, value_high=MILLIONS, modifier="le"),
        "figures",
        {"wrong_bound"},
    ),
    "bound lost": (changing("money", value_high=MILLIONS, modifier="exact"), "figures", {"wrong_bound"}),
    "kind": (changing("money", kind="change"), "figures", {"wrong_kind"}),
    "unit": (changing("money", per_unit="barrel"), "figures", {"wrong_unit"}),
    "sign": (changing("money", sign="-"), "figures", {"wrong_sign"}),
    "day": (
        changing("dates", start_date=dt.date(2024, 3, 4), end_date=dt.date(2024, 3, 4)),
        "date_mentions",
        {"wrong_date"},
    ),
    "end of a date": (changing("dates", end_date=dt.date(2024, 3, 6)), "date_mentions", {"wrong_date"}),
    "date unresolved": (changing("dates", start_date=None, end_date=None), "date_mentions", {"wrong_date"}),
    "timex": (changing("dates", timex_value="2024-W10"), "date_mentions", {"wrong_timex"}),
    "timex type": (changing("dates", timex_type="SET"), "date_mentions", {"wrong_type"}),
    "date part": (changing("dates", date_part="early"), "date_mentions", {"wrong_part"}),
    "date bound": (changing("dates", modifier="before"), "date_mentions", {"wrong_bound"}),
    "country": (
        changing("countries", iso_alpha2="UG", iso_alpha3="UGA"),
        "country_mentions",
        {"wrong_country"},
    ),
    "two-letter code alone": (changing("countries", iso_alpha2=None), "country_mentions", {"wrong_country"}),
    "mention type": (changing("countries", mention_type="adjective"), "country_mentions", {"wrong_type"}),
    "inside a name": (changing("countries", inside_name=True), "country_mentions", {"wrong_inside_name"}),
    "territory": (changing("countries", territory_code="GB-SCT"), "country_mentions", {"wrong_territory"}),
    "name of a person": (changing("people", 1, name="Ben Kat"), "person_mentions", {"wrong_person"}),
    "two people made one": (changing("people", 2, person=0), "person_mentions", {"wrong_person"}),
    "role": (changing("people", 1, role="Minister"), "person_mentions", {"wrong_role"}),
    "role status": (changing("people", 1, role_status="former"), "person_mentions", {"wrong_role"}),
    "country of a role": (changing("people", 1, role_country="KE"), "person_mentions", {"wrong_role"}),
}
"""What goes wrong -> the fault, the table, and how the gate has to call it."""

PLANTED_ROLES: dict[str, tuple[Plant, str, set[str]]] = {
    "role stated": (changing_role(role="Minister"), "roles", {"wrong_role"}),
    "organisation": (changing_role(role_org="Port of Kenya"), "roles", {"wrong_org"}),
    "country of an office": (changing_role(role_country="KE"), "roles", {"wrong_country"}),
    "status": (changing_role(role_status="former"), "roles", {"wrong_status"}),
    "holder": (changing("people", 1, name="Ben Kat"), "roles", {"wrong_person"}),
}
"""The same for the roles, which fail where the policy says so."""
