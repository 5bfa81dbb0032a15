"""Whether the span before an office is its organisation, or how much of it."""

from __future__ import annotations

import re

from pipeline.mentions import NameSpan
from pipeline.stages.people.roles import Token
from pipeline.stages.people.tables import roles

_CITY = re.compile(r"\b[A-Z]{3,}, ?\Z")


def unfit(text: str, span: NameSpan) -> bool:
    """Whether a span before a role is no organisation of it: a dateline, or after "pro-" and "anti-"."""
    return (
        _dateline(text, span)
        or span.surface.endswith(_LAWS)
        or text[max(0, span.start_char - 5) : span.start_char].lower().endswith(("pro-", "anti-", "non-"))
        # "met in Washington, D.C. Senator Lind": the sentence ends there.
        or (
            span.surface.endswith(".")
            and span.label == "LOC"
            and text.endswith((" in ", " at ", " near "), 0, span.start_char)
        )
    )


_LAWS = (" Holy Mosques", " Act", " Bill", " Amendment", " Treaty")


def _dateline(text: str, span: NameSpan) -> bool:
    """Whether a place in capitals is a dateline glued to the sentence ("WASHINGTON President Lopez")."""
    if span.label != "LOC" or not span.surface.isupper() or text.isupper():
        return False
    return len(span.surface) > 4 or bool(_CITY.search(text, max(0, span.start_char - 24), span.start_char))


def ends_in_portfolio(org: str, last: Token) -> bool:
    """Whether an abbreviation's span took in a word of the office: "FEMA Federal", "NSW Primary"."""
    head, _, tail = org.rpartition(" ")
    return head.isupper() and head.isalpha() and tail.istitle() and last.key in roles().portfolio
