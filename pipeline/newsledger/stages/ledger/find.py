"""The stage itself: what the rules say of each figure, how figures hang together, which of it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from newsledger.document.layout import Layout, lay_out
from newsledger.stages.ledger.authority import is_given
from newsledger.stages.ledger.combined import combined
from newsledger.stages.ledger.context import Article, contexts
from newsledger.stages.ledger.drafts import Draft, connect, draft_of
from newsledger.stages.ledger.elsewhere import parts_of_totals, repeats, with_beneficiary
from newsledger.stages.ledger.entries import entry_of
from newsledger.stages.ledger.links import Link, links
from newsledger.values.frames import Mentions
from newsledger.values.ledger import LedgerEntry
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention

MOST_WEIGHED = 400
"""So many figures of an article are read, the first; of a longer list nothing is told but links."""

Weigh = Callable[[Article, Mapping[int, Draft]], Mapping[int, Draft]]
"""Joins what the rules say of figures, given by their numbers, with what else is known of them."""


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
    """What each of the figures of a text is, in their order; the mentions are those of the same text."""
    article = Article(text, layout or lay_out(text), figures, dates, names, people, countries, title)
    drafts, found = decide(article)
    links_of: dict[int, list[Link]] = {}
    for link in found:
        if is_given(link.basis):
            links_of.setdefault(link.one, []).append(link)
    entries = (entry_of(article, i, one, links_of.get(i, ())) for i, one in enumerate(drafts))
    return Mentions(entries, LedgerEntry)


def decide(article: Article, *, weigh: Weigh = combined) -> tuple[list[Draft], list[Link]]:
    """The drafts and all links of an article, of which those that are sure enough are given.

    ``weigh`` joins what the rules say of a figure with what the model says.
    """
    places = contexts(article)
    found = links(article, places)
    sure = [link for link in found if is_given(link.basis)]
    read = {c.index: draft_of(c) for c in places[:MOST_WEIGHED] if c is not None}
    weighed = weigh(article, read)
    drafts = [weighed.get(index, Draft()) for index in range(len(places))]
    drafts = with_beneficiary(article, connect(drafts, sure))
    known = {frozenset((link.one, link.other)) for link in found}
    more = [*parts_of_totals(places, drafts), *repeats(article, places, drafts)]
    return drafts, [*found, *(link for link in more if frozenset((link.one, link.other)) not in known)]
