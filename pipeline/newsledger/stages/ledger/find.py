"""The stage itself: what the rules say of each figure, how figures hang together, which of it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from newsledger.document.layout import Layout, lay_out
from newsledger.stages.ledger.authority import granted
from newsledger.stages.ledger.combined import combined
from newsledger.stages.ledger.context import Answer, Article, contexts
from newsledger.stages.ledger.drafts import Draft, connect, draft_of
from newsledger.stages.ledger.elsewhere import parts_of_totals, with_beneficiary
from newsledger.stages.ledger.entries import entry_of
from newsledger.stages.ledger.links import Link, links
from newsledger.values.frames import Mentions
from newsledger.values.ledger import UNSUMMED, LedgerEntry, is_countable
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention

MOST_WEIGHED = 400
"""The model reads so many figures of an article, the first; of a longer list the rules answer alone."""

Weigh = Callable[[Article, int, Draft], Draft]
"""Joins what the rules say of a figure, given by its number, with what else is known of it."""


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
    rules_only: bool = False,
) -> Mentions[LedgerEntry]:
    """What each of the figures of a text is, in their order; the mentions are those of the same text.

    The answers of rules and model are weighed together, or with ``rules_only`` the rules answer alone.
    """
    article = Article(text, layout or lay_out(text), figures, dates, names, people, countries, title)
    drafts, found = decide(article, weigh=None if rules_only else combined)
    entries = [entry_of(article, index, one, found) for index, one in enumerate(drafts)]
    return Mentions(map(_counted, entries, figures), LedgerEntry)


def decide(article: Article, *, weigh: Weigh | None = None) -> tuple[list[Draft], list[Link]]:
    """The drafts and links of an article, before it is weighed which of them are given.

    ``weigh`` joins what the rules say of a figure with what the model says.
    """
    places = contexts(article)
    found = links(article, places)
    sure = [link for link in found if granted("links", Answer(link.link, link.basis))]
    drafts = [Draft() if c is None else draft_of(c) for c in places]
    if weigh is not None:
        drafts = [
            one if c is None or c.index >= MOST_WEIGHED else weigh(article, c.index, one)
            for c, one in zip(places, drafts, strict=True)
        ]
    drafts = connect(drafts, sure)
    drafts = with_beneficiary(article, drafts)
    known = {frozenset((link.one, link.other)) for link in found}
    totals = [
        link for link in parts_of_totals(places, drafts) if frozenset((link.one, link.other)) not in known
    ]
    return drafts, [link for link in (*found, *totals) if _agree(article, drafts, link)]


def _agree(article: Article, drafts: Sequence[Draft], link: Link) -> bool:
    """Whether a repetition stands in another sentence and in the same class as far as is known."""
    if link.link != "repeats":
        return True
    classes = {
        answer.value for i in (link.one, link.other) if (answer := drafts[i].measure_class) is not None
    }
    places = {article.layout.sentence_at(article.figures[i].start_char) for i in (link.one, link.other)}
    return len(classes) <= 1 and not classes & UNSUMMED and len(places) == 2


def _counted(entry: LedgerEntry, figure: MoneyMention) -> LedgerEntry:
    """The entry with ``countable``: whether a sum may hold the figure."""
    countable = is_countable(
        links=[link.link for link in entry.links],
        comparison=entry.comparison,
        status=entry.status,
        measure_class=entry.measure_class,
        flags=entry.ledger_flags,
        has_value=figure.value_low is not None or figure.value_high is not None,
    )
    return replace(entry, countable=countable)
