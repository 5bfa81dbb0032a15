"""The stage itself: one entry for each figure of an article."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.document.layout import Layout, lay_out
from newsledger.values.frames import Mentions
from newsledger.values.ledger import LedgerEntry
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention


def find(
    text: str,
    *,
    figures: Sequence[MoneyMention],
    layout: Layout | None = None,
    dates: Sequence[DateMention] = (),
    names: Sequence[NameSpan] = (),
    people: Sequence[PersonMention] = (),
    countries: Sequence[CountryMention] = (),
) -> Mentions[LedgerEntry]:
    """What each of the figures of a text is, in their order; the mentions are those of the same text."""
    layout = layout or lay_out(text)
    return Mentions(
        (LedgerEntry(start_char=f.start_char, end_char=f.end_char, surface=f.surface) for f in figures),
        LedgerEntry,
    )
