"""What the stages found in one article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsledger.values.article import Article
from newsledger.values.issues import Issue
from newsledger.values.ledger import LedgerEntry
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, NameSpan, PersonMention

Status = Literal["ok", "partial", "error", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """The result for one article: the article as stored, its mentions in text order, and its issues.

    ``status``: ``ok``, all stages ran; ``partial``, some rows are missing (the issues say which);
    ``error``, no stage ran; ``skipped``, the article is not English.
    """

    article: Article
    status: Status = "ok"
    people: tuple[PersonMention, ...] = ()
    countries: tuple[CountryMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    money: tuple[MoneyMention, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    issues: tuple[Issue, ...] = ()
    names: tuple[NameSpan, ...] | None = None
    """The spans that the classifier labelled; None if it did not run."""
