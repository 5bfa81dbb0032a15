"""The stage itself: what the rules say of each figure, how figures hang together, which of it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from newsledger.document.layout import Layout, lay_out
from newsledger.stages.ledger.authority import granted
from newsledger.stages.ledger.context import Answer, Article, contexts
from newsledger.stages.ledger.drafts import Draft, connect, draft_of
from newsledger.stages.ledger.elsewhere import parts_of_totals, with_beneficiary
from newsledger.stages.ledger.entries import entry_of
from newsledger.stages.ledger.links import Link, links
from newsledger.values.frames import Mentions
from newsledger.values.ledger import UNSUMMED, LedgerEntry, is_countable
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention

Model = Callable[[Article, Sequence[Draft]], Sequence[Draft]]
"""What says of each figure of an article what it is, beside the rules."""


def find(
    text: str,
    *,
    figures: Sequence[MoneyMention],
    layout: Layout | None = None,
    dates: Sequence[DateMention] = (),
    names: Sequence[NameSpan] = (),
    people: Sequence[PersonMention] = (),
    countries: Sequence[CountryMention] = (),
    model: Model | None = None,
) -> Mentions[LedgerEntry]:
    """What each of the figures of a text is, in their order; the mentions are those of the same text.

    ``model`` gives its own answers, each with a confidence, for an article and what the rules say of it; they
    are weighed against those of the rules by `authority.merge`.
    """
    article = Article(text, layout or lay_out(text), figures, dates, names, people, countries)
    drafts, found = decide(article)
    answers = model(article, drafts) if model else [Draft()] * len(drafts)
    entries = [entry_of(article, i, one, found, answers[i]) for i, one in enumerate(drafts)]
    return Mentions(map(_counted, entries, figures), LedgerEntry)


def decide(article: Article) -> tuple[list[Draft], list[Link]]:
    """The drafts and links of an article, before it is weighed which of them are given."""
    places = contexts(article)
    found = links(article, places)
    sure = [link for link in found if granted("links", Answer(link.link, link.basis))]
    drafts = connect([Draft() if c is None else draft_of(c) for c in places], sure)
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
