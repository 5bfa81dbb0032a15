"""The entry of a figure: of what the rules say, that which is sure enough to be given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, cast

from newsledger.stages.ledger.authority import precision
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.links import Link, value_of
from newsledger.stages.ledger.resolve import resolve
from newsledger.values import trace
from newsledger.values.ledger import FigureLink, FigureParty, LedgerEntry, LedgerFlag, PartyRole, is_countable


def entry_of(article: Article, index: int, one: Draft, links: Sequence[Link]) -> LedgerEntry:
    """The entry of a figure: the answers that are given, and its links to other figures."""
    figure = article.figures[index]
    answers: dict[trace.Topic, Answer | None] = {
        "measure": one.measure,
        "class": one.measure_class,
        "status": one.status,
        "purpose": one.purpose,
        "period": one.period,
    }
    parties = [party for said in one.parties if (party := _party(article, said)) is not None]
    described: list[LedgerFlag] = ["party_by_description"] if any(p.party is None for p in parties) else []
    for topic, why in _reasons(article, answers, parties):
        trace.note("ledger", topic, figure.start_char, figure.end_char, why)
    countable = is_countable(
        links=[link.link for link in links],
        comparison=one.comparison,
        status=one.status and one.status.value,
        measure_class=one.measure_class and one.measure_class.value,
        flags=one.flags,
        has_value=value_of(figure) is not None,
    )
    return LedgerEntry(
        start_char=figure.start_char,
        end_char=figure.end_char,
        surface=figure.surface,
        comparison=one.comparison,
        countable=countable,
        ledger_flags=(*one.flags, *described),
        parties=tuple(sorted(parties, key=lambda p: (p.role, p.start_char))),
        links=tuple(_link(article, link) for link in links),
        **_columns(article, answers),
    )


def _reasons(
    article: Article, answers: dict[trace.Topic, Answer | None], parties: Sequence[FigureParty]
) -> Iterator[tuple[trace.Topic, str]]:
    """Why the fields of an entry are as they are: the rule, the words that decided, its precision."""
    for topic, answer in answers.items():
        if answer is not None:
            cue = article.text[answer.start : answer.end] if answer.start >= 0 else ""
            words = f' ("{cue}")' if cue and cue != answer.value else ""
            yield (
                topic,
                f"{answer.value}, by {answer.basis}{words}, right in {answer.confidence:.2f} of cases",
            )
    for party in parties:
        name = party.party or f'"{party.surface}"'
        yield "party", f"{party.role} {name}, by {party.basis}, right in {party.confidence:.2f} of cases"


def _columns(article: Article, answers: dict[trace.Topic, Answer | None]) -> dict[str, Any]:
    """The fields of an entry that hold the answers."""
    made: dict[str, Any] = {}
    names: tuple[trace.Topic, ...] = ("measure", "purpose")
    for name in names:
        if (words := answers[name]) is not None:
            made |= {name: words.value, f"{name}_start_char": words.start, f"{name}_end_char": words.end}
    if (kind := answers["class"]) is not None:
        made |= {
            "measure_class": kind.value,
            "measure_basis": kind.basis,
            "class_confidence": _decimal(kind.confidence),
        }
    if (status := answers["status"]) is not None:
        cue = article.text[status.start : status.end] if status.start >= 0 else None
        made |= {"status": status.value, "status_cue": cue, "status_basis": status.basis}
        made["status_confidence"] = _decimal(status.confidence)
    if (period := answers["period"]) is not None:
        date = article.dates_by_start[period.start]
        made |= {"period_start_char": date.start_char, "period_end_char": date.end_char}
        made |= {"period_start": date.start_date, "period_end": date.end_date}
    return made


def _party(article: Article, said: Answer) -> FigureParty | None:
    """A party as it is given; None where no name is told for a pronoun."""
    entity, rule = resolve(article, said)
    if rule.endswith("unresolved"):
        return None
    return FigureParty(
        role=cast("PartyRole", said.value),
        start_char=said.start,
        end_char=said.end,
        surface=article.text[said.start : said.end],
        party=entity and entity.name,
        party_type=entity and entity.type,
        country=entity and entity.country,
        person=entity and entity.person,
        basis=rule,
        confidence=_decimal(said.confidence),
    )


def _link(article: Article, link: Link) -> FigureLink:
    other = article.figures[link.other]
    return FigureLink(
        to_start_char=other.start_char,
        to_end_char=other.end_char,
        link=link.link,
        basis=link.basis,
        confidence=_decimal(precision("links", link.basis)),
    )


def _decimal(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(str(share))
