"""Mentions and tables made by hand, with everything that is awkward to write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from newsledger.api import Tables, collected
from newsledger.extraction import Tools
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue
from newsledger.values.ledger import FigureLink, FigureParty, LedgerEntry
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, PersonMention
from newsledger.values.settings import Settings

TEXT = 'Namibia paid -$3.5 million to Ana Lopez, "Lop", on\r\n3 April 1890, =SUM(A1) she said.'


def _at(surface: str) -> dict[str, object]:
    start = TEXT.index(surface)
    return {"start_char": start, "end_char": start + len(surface), "surface": surface}


def extraction(article_id: str = "a1", **changes: object) -> Extraction:
    found = {
        "article": Article(
            text=TEXT,
            article_id=article_id,
            title="=cmd|' /C calc'!A0",
            published="2024-04-03",
            language="en",
            source_path="news/a,1.txt",
        ),
        "status": "ok",
        "money": (
            MoneyMention(
                **_at("-$3.5 million"),
                value_low=Decimal("-3.5e6"),
                value_high=None,
                modifier="ge",
                currency="USD",
                currency_basis="default",
                currency_candidates=("USD", "NAD"),
                sentence="- a list item",
            ),
        ),
        "countries": (
            CountryMention(**_at("Namibia"), iso_alpha2="NA", iso_alpha3="NAM", name="Namibia", basis="name"),
        ),
        "dates": (
            DateMention(
                **_at("3 April 1890"),
                timex_type="DATE",
                timex_value="1890-04-03",
                start_date=dt.date(1890, 4, 3),
                end_date=dt.date(1890, 4, 3),
                anchor="absolute",
            ),
        ),
        "people": (
            PersonMention(**_at("Ana Lopez"), name="Ana Lopez", person=0, role="+1 chair"),
            PersonMention(**_at('Lop"'), name="Ana Lopez", person=0, form="alias"),
        ),
        "ledger": (
            LedgerEntry(
                **_at("-$3.5 million"),
                measure_class="flow",
                status="paid",
                status_cue="paid",
                period_start_char=TEXT.index("3 April"),
                period_end_char=TEXT.index(", =SUM"),
                ledger_flags=("denied", "conditional"),
                class_confidence=Decimal("0.95"),
                parties=(
                    FigureParty(**_at("Namibia"), role="payer", party="Namibia", country="NAM"),
                    FigureParty(**_at("Ana Lopez"), role="recipient", party="Ana Lopez", person=0),
                ),
                links=(FigureLink(to_start_char=0, to_end_char=3, link="part_of"),),
            ),
        ),
        "issues": (
            Issue(
                article_id=article_id,
                source_path="news/a,1.txt",
                stage="money",
                severity="info",
                code="sample",
                message="@ said",
            ),
        ),
        **changes,
    }
    return Extraction(**found)


def tables(*extractions: Extraction) -> Tables:
    return collected(extractions or [extraction("a1"), extraction("a2")], Tools(settings=Settings()))
