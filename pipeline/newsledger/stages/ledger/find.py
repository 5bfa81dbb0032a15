"""The stage itself: what is known of each figure, how figures hang together, and what of it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from newsledger.document.layout import Layout, lay_out
from newsledger.stages.ledger.clause import Draft, draft_of
from newsledger.stages.ledger.combined import combined
from newsledger.stages.ledger.context import Answer, Article, contexts, resolve, value_of
from newsledger.stages.ledger.lexicon import is_given, precision
from newsledger.stages.ledger.links import (
    Link,
    connect,
    links,
    parts_of_totals,
    repeats,
    share_in_lists,
    with_beneficiary,
)
from newsledger.values import trace
from newsledger.values.frames import Mentions
from newsledger.values.ledger import FigureLink, FigureParty, LedgerEntry, LedgerFlag, PartyRole, is_countable
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention

MOST_WEIGHED = 400
"""So many figures of an article are read, the first; of a longer list only links, and what a total lends."""


def find(
    text: str,
    *,
    figures: Sequence[MoneyMention],
    layout: Layout | None = None,
    dates: Sequence[DateMention] = (),
    names: Sequence[NameSpan] = (),
    people: Sequence[PersonMention] = (),
    countries: Sequence[CountryMention] = (),
    title: str | None = None,
) -> Mentions[LedgerEntry]:
    """The ledger entry of each figure, in the same order; all mentions are those of the same text."""
    article = Article(text, layout or lay_out(text), figures, dates, names, people, countries, title)
    drafts, found = decide(article)
    given: dict[int, list[Link]] = defaultdict(list)
    for link in found:
        if is_given(link.basis):
            given[link.one].append(link)
    return Mentions((entry_of(article, i, one, given[i]) for i, one in enumerate(drafts)), LedgerEntry)


def decide(
    article: Article, *, weigh: Callable[[Article, Mapping[int, Draft]], Mapping[int, Draft]] = combined
) -> tuple[list[Draft], list[Link]]:
    """The drafts and all links of an article; ``weigh`` joins what the rules say with what the model says."""
    places = contexts(article)
    found = links(article, places)
    sure = [link for link in found if is_given(link.basis)]
    weighed = weigh(article, {c.index: draft_of(c) for c in places[:MOST_WEIGHED] if c is not None})
    drafts = [weighed.get(index, Draft()) for index in range(len(places))]
    drafts = with_beneficiary(article, connect(share_in_lists(places[:MOST_WEIGHED], drafts), sure))
    known = {frozenset((link.one, link.other)) for link in found}
    more = [*parts_of_totals(places, drafts), *repeats(article, places, drafts)]
    return drafts, [*found, *(link for link in more if frozenset((link.one, link.other)) not in known)]


def entry_of(article: Article, index: int, one: Draft, links: Sequence[Link]) -> LedgerEntry:
    """The entry of a figure: the answers that are given, and its links to other figures."""
    figure = article.figures[index]
    parties = [party for said in one.parties if (party := _party(article, said)) is not None]
    described: list[LedgerFlag] = ["party_by_description"] if any(p.party is None for p in parties) else []
    _explain(article, figure, one, parties)
    columns = _columns(article, one.answers)
    return LedgerEntry(
        start_char=figure.start_char,
        end_char=figure.end_char,
        surface=figure.surface,
        comparison=one.comparison,
        countable=is_countable(
            links=[link.link for link in links],
            comparison=one.comparison,
            status=columns.get("status"),
            measure_class=columns.get("measure_class"),
            flags=one.flags,
            has_value=value_of(figure) is not None,
        ),
        ledger_flags=(*one.flags, *described),
        parties=tuple(sorted(parties, key=lambda p: (p.role, p.start_char))),
        links=tuple(
            FigureLink(
                to_start_char=article.figures[link.other].start_char,
                to_end_char=article.figures[link.other].end_char,
                link=link.link,
                basis=link.basis,
                confidence=Decimal(str(precision("links", link.basis))),
            )
            for link in links
        ),
        **columns,
    )


def _explain(article: Article, figure: MoneyMention, one: Draft, parties: Sequence[FigureParty]) -> None:
    """Tell why the fields of an entry are as they are: the rule, the words that decided, its precision."""
    reasons: list[tuple[str, str, str, Any]] = []
    for topic, answer in one.answers.items():
        cue = article.text[answer.start : answer.end] if answer.start >= 0 else ""
        words = f' ("{cue}")' if cue and cue != answer.value else ""
        reasons.append((topic, answer.value, answer.basis + words, answer.confidence))
    for party in parties:
        name = party.party or f'"{party.surface}"'
        reasons.append(("party", f"{party.role} {name}", party.basis, party.confidence))
    for topic, value, basis, sure in reasons:
        why = f"{value}, by {basis}, right in {sure:.2f} of cases"
        trace.note("ledger", cast("trace.Topic", topic), figure.start_char, figure.end_char, why)


def _columns(article: Article, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The fields of an entry that hold the answers."""
    made: dict[str, Any] = {}
    for field, answer in answers.items():
        start, end = answer.start, answer.end
        if field == "period":
            date = next(date for date in article.dates if date.start_char == start)
            made |= {"period_start_char": start, "period_end_char": date.end_char}
            made |= {"period_start": date.start_date, "period_end": date.end_date}
        elif field in ("measure", "purpose"):
            made |= {field: answer.value, f"{field}_start_char": start, f"{field}_end_char": end}
        else:
            name = "measure_class" if field == "class" else field
            made[name], made[f"{name.partition('_')[0]}_basis"] = answer.value, answer.basis
            made[f"{field}_confidence"] = Decimal(str(answer.confidence))
            if field == "status":
                made["status_cue"] = article.text[start:end] if start >= 0 else None
    return made


def _party(article: Article, said: Answer) -> FigureParty | None:
    """A party as it is given; None if no name is told for a pronoun."""
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
        confidence=Decimal(str(said.confidence)),
    )
