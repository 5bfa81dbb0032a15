"""What each figure is: one `LedgerEntry` per figure, with its parties and its links to other figures.

Meanings of the fields, classes, statuses and links: ``docs/howto/ledger.md``. What the text does not say is
None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from newsledger.values.mentions import TextSpan, _ShortRepr

MeasureClass = Literal[
    "aid", "donation", "loan", "investment", "takeover", "purchase", "penalty", "tax", "pay", "dividend",
    "spending", "budget", "cost", "saving", "revenue", "profit", "balance", "debt", "assets", "valuation",
    "price", "threshold", "flow", "other",
]  # fmt: skip
Status = Literal[
    "requested", "proposed", "pledged", "committed", "paid", "reported", "estimated", "forecast", "cancelled",
]  # fmt: skip
PartyRole = Literal["payer", "recipient", "holder", "channel", "source"]
PartyType = Literal["person", "organisation", "country", "place"]
Comparison = Literal["current", "previous", "expected"]
LinkType = Literal["same_as", "repeats", "part_of", "change_from", "change_of", "compared_with"]
LedgerFlag = Literal["denied", "conditional", "not_money", "party_by_description"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FigureParty(_ShortRepr):
    """A party of a figure: the words nearest to the figure that name it, and their referent.

    ``party`` is the fullest name in the article, None if the party is only described; ``country`` an
    alpha-3 code where it is a country, its government or nationality; ``person`` the number of the person
    in the article, as in `PersonMention`.
    """

    role: PartyRole
    start_char: int
    end_char: int
    surface: str
    party: str | None = None
    party_type: PartyType | None = None
    country: str | None = None
    person: int | None = None
    basis: str = ""
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FigureLink(_ShortRepr):
    """A link from the figure of the entry to another figure of the article, given by its offsets.

    >>> FigureLink(to_start_char=5, to_end_char=9, link="part_of")
    FigureLink(to_start_char=5, to_end_char=9, link='part_of')
    """

    to_start_char: int
    to_end_char: int
    link: LinkType
    basis: str = ""
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerEntry(TextSpan):
    """The ledger entry of a figure: measure, status, parties, purpose, period, and links to other figures.

    ``start_char``, ``end_char`` and ``surface`` are those of the figure; the offsets of the measure, the
    purpose and the date mention of the period point into the same text. ``class_confidence`` and
    ``status_confidence`` are calibrated precisions between 0 and 1.
    """

    measure: str | None = None
    measure_start_char: int | None = None
    measure_end_char: int | None = None
    measure_class: MeasureClass | None = None
    measure_basis: str = ""
    status: Status | None = None
    status_cue: str | None = None
    status_basis: str = ""
    purpose: str | None = None
    purpose_start_char: int | None = None
    purpose_end_char: int | None = None
    period_start_char: int | None = None
    period_end_char: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    comparison: Comparison = "current"
    countable: bool = True
    ledger_flags: tuple[LedgerFlag, ...] = ()
    class_confidence: Decimal | None = None
    status_confidence: Decimal | None = None
    parties: tuple[FigureParty, ...] = field(default=(), metadata={"table": "figure_parties"})
    links: tuple[FigureLink, ...] = field(default=(), metadata={"table": "figure_links"})

    def party(self, role: PartyRole) -> FigureParty | None:
        """The first party of a role in the text, or None."""
        return next((party for party in self.parties if party.role == role), None)


_NOT_COUNTED = frozenset(["part_of", "same_as", "repeats", "change_of"])
UNSUMMED = frozenset(["price", "threshold"])
"""Classes of measures that no sum may hold."""


def is_countable(
    *,
    links: Iterable[str],
    comparison: str,
    status: str | None,
    measure_class: str | None,
    flags: Iterable[str],
    has_value: bool,
) -> bool:
    """Whether a sum may hold a figure; ``links`` are those from it to other figures."""
    return (
        has_value
        and comparison == "current"
        and status != "cancelled"
        and measure_class not in UNSUMMED
        and _NOT_COUNTED.isdisjoint(links)
        and {"not_money", "denied"}.isdisjoint(flags)
    )
