"""The country of a dateline: ``PARIS, March 3 -`` is in France.

Used only where the caller gives no ``dateline_country``. Wire services name the best-known cities alone
(Associated Press and Reuters style books) and give state, province or country after the others, so a short
table of cities is enough; what it does not have stays unknown.
"""

from __future__ import annotations

from typing import NamedTuple

from newsledger.document.layout import Layout
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.places import DATELINE_CITIES, REGIONS

_DATELINE = lazy_regex(
    r"[\"'“(]?(?P<city>[A-Z][A-Z.'’ -]{2,40}|[A-Z][\w.'’]+(?: [A-Z][\w.'’]+){0,3})"
    r"(?:,\s*(?P<region>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}))??"
    r"(?:,?\s*(?:[A-Za-z]{3,9}\.? ?\d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?(?:, Reuter)?"
    r"\s*(?:[(/](?P<agency>[^()/\n]{2,30})[)/])?\s*(?:--?|[–—:])\s"
)
_HOUSE_STYLE = lazy_regex(r"(?i)\b(?:ap|associated press|reuters|afp|bloomberg|dpa|upi|xinhua|efe|cna)\b")


class Dateline(NamedTuple):
    """The country of a dateline, and whether it names an agency that writes ``$`` for US dollars only."""

    country: str | None
    us_style: bool


NO_DATELINE = Dateline(None, us_style=False)


def read(text: str, layout: Layout) -> Dateline:
    """The dateline of an article.

    >>> from newsledger.document.layout import lay_out
    >>> def country(text): return read(text, lay_out(text)).country
    >>> country("ZURICH, March 3 - The bank said"), country("BASLE, Switzerland, March 3 - The firm said")
    ('CH', 'CH')
    >>> country("AKRON, Ohio, March 3 - The firm said"), country("He said - in Paris - no.")
    ('US', None)
    """
    for segment in layout.segments[:6]:
        if segment.zone != "body":
            continue
        match = _DATELINE.match(text, segment.start, min(segment.end, segment.start + 160))
        if match is None:
            return NO_DATELINE
        region, city = (match["region"] or "").rstrip(".").lower(), match["city"].strip().lower()
        country = REGIONS.get(region) if region else DATELINE_CITIES.get(city)
        return Dateline(country, bool(match["agency"] and _HOUSE_STYLE.search(match["agency"])))
    return NO_DATELINE
