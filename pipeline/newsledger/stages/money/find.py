"""Finds the figures of a text: the steps of the stage in order.

Bound, kind, rate and sign are read and currencies decided when all of the article has been cut into figures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from newsledger.document.layout import Layout, Segment, lay_out
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.context import Surroundings
from newsledger.stages.money.country_evidence import CountryEvidence, read_dateline
from newsledger.stages.money.equivalents import (
    Partner,
    find_partners,
    narrow_cents,
    same_dollar,
    share_modifiers,
    share_units,
)
from newsledger.stages.money.grammar import amounts
from newsledger.stages.money.guards import Case, is_money, why_not
from newsledger.stages.money.joins import figures
from newsledger.stages.money.lexer import Tokens, may_hold, tokenize
from newsledger.stages.money.mentions import Draft, make_mention, missing_scales, read_style
from newsledger.stages.money.resolve import Evidence, is_translated, narrow_sign
from newsledger.stages.money.spellings import Unit
from newsledger.values import trace
from newsledger.values.article import as_date
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, MoneyMention


def find(
    text: str,
    *,
    layout: Layout | None = None,
    countries: Sequence[CountryMention] = (),
    dateline_country: str | None = None,
    default_currency: str | None = None,
    publisher_country: str | None = None,
    published: str | dt.date | None = None,
) -> Mentions[MoneyMention]:
    """The monetary figures of a text, in text order.

    ``default_currency`` is the ISO 4217 code for a bare sign or word that nothing in the article decides.
    ``publisher_country`` and ``dateline_country`` are alpha-2 codes, evidence for the meaning of such a
    sign. ``countries`` (mentions in the same text) help to decide francs, pesos and crowns; ``published``
    selects among the currencies that a country has had. All are optional.

    Raises ValueError if ``published`` is not an ISO date.

    >>> figure, = find("Aid worth more than €1.5bn was pledged.")
    >>> figure.surface, figure.value_low, figure.value_high, figure.modifier, figure.currency
    ('€1.5bn', Decimal('1500000000'), None, 'gt', 'EUR')
    >>> [f.currency for f in find("A$5 million (US$3.2 million)")]
    ['AUD', 'USD']
    """
    view = (layout or lay_out(text)).view
    text, layout = view.text, view.layout
    article = CountryEvidence(
        text,
        countries=Counter(country.iso_alpha2 for country in countries if country.iso_alpha2),
        publisher=publisher_country,
        given_dateline=dateline_country,
        dateline=read_dateline(text, layout),
        published=as_date(published),
    )
    drafts, names = list[Draft](), list[Unit]()
    for segment in _prose(text, layout):
        if not may_hold(text[segment.start : segment.end]):
            continue
        tokens = tokenize(text, segment.start, segment.end, published=article.published)
        names += _names(tokens)
        around = Surroundings(text, segment.start, segment.end)
        drafts += [Draft(figure, around, segment) for figure in figures(tokens, amounts(tokens), around)]
    if not drafts:
        return Mentions([], MoneyMention)
    evidence = Evidence(article, default_currency).with_names(names)
    drafts = [draft for draft in drafts if _is_money(text, draft, evidence)]
    found = narrow_cents(text, [draft.figure for draft in drafts])
    known = evidence.with_figures([figure.unit for figure in found])
    found = [figure._replace(unit=narrow_sign(figure.unit, known)) for figure in found]
    drafts = [draft._replace(figure=figure) for draft, figure in zip(drafts, found, strict=True)]
    evidence = evidence.with_figures([figure.unit for figure in found])
    partners = find_partners(text, found)
    evidence = _with_partners(evidence, text, drafts, partners)
    for i in missing_scales(text, found):
        drafts[i] = drafts[i]._replace(figure=found[i]._replace(flags=(*found[i].flags, "scale")))
    style = read_style(text, found)

    def make(evidence: Evidence) -> list[MoneyMention]:
        made = [
            trace.attempt(
                "money",
                text,
                d.figure.start,
                d.figure.end,
                partial(make_mention, d, layout, evidence, style, partners.get(i)),
            )
            for i, d in enumerate(drafts)
        ]
        return [mention for mention in made if mention is not None]

    mentions = make(evidence)
    if any(m.currency is None and "currency_conflict" in m.quality for m in mentions):
        mentions = make(replace(evidence, doubted=True))
    return Mentions(view.written(share_units(text, share_modifiers(text, mentions))), MoneyMention)


def _with_partners(
    evidence: Evidence, text: str, drafts: Sequence[Draft], partners: Mapping[int, Partner]
) -> Evidence:
    """The evidence with that of equivalents for the meaning of a bare dollar."""
    found = [draft.figure for draft in drafts]
    translate = any(is_translated(found[i].unit, evidence, p) for i, p in partners.items())
    british = any(found[i].unit.is_bare_dollar and p.unit.family == "GBP" for i, p in partners.items())
    return replace(
        evidence, dollars_translate=translate, dollar=same_dollar(text, found), for_britain=british
    )


_STRETCH = 4000
_LETTERLESS = lazy_regex(rf"[^A-Za-z]{{{_STRETCH},}}")


def _prose(text: str, layout: Layout) -> Iterator[Segment]:
    """The segments, less stretches of thousands of characters without a letter: those are no article."""
    numbers = [match.span() for match in _LETTERLESS.finditer(text)] if len(text) > _STRETCH else []
    for segment in layout.segments:
        at = segment.start
        for start, end in [*(each for each in numbers if each[1] > at), (segment.end, segment.end)]:
            if at < min(start, segment.end):
                yield segment._replace(start=at, end=min(start, segment.end))
            at = max(at, end)


_STAGE_NAME = lazy_regex(r"(?!(?:mn?|bn?|k)\b)[^\W\d_]", re.IGNORECASE)
"""After a sign: A$AP is no Australian."""


def _names(tokens: Tokens) -> Iterator[Unit]:
    """The units that a sign, or a name of two words, names without a number too ("in Canadian dollars").

    Codes do not (ARS is also the Agricultural Research Service), nor single names (the Yuan dynasty).
    """
    for i, value in enumerate(tokens.values):
        kind, start, end = tokens.kind(i), tokens.starts[i], tokens.ends[i]
        named = kind == "N" and " " in tokens.text[start:end]
        if named or (kind == "S" and not _STAGE_NAME.match(tokens.text, end)):
            yield value


def _is_money(text: str, draft: Draft, evidence: Evidence) -> bool:
    figure = draft.figure
    amount = figure.amount._replace(unit=figure.unit)
    if figure.range:
        amount = amount._replace(start=figure.start, end=figure.end)
    case = Case(amount, draft.around, figure.low, lambda: evidence.supports(amount.unit))
    money = bool(trace.attempt("money", text, figure.start, figure.end, lambda: is_money(case)))
    if not money:
        trace.note("money", "dropped", figure.start, figure.end, why_not(figure.unit))
    return money
