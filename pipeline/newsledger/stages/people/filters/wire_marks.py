"""How a news wire marks firms: "<Harrow Moe>", "Harrow <HRW.L>"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.tables import given_names

_NO_TAG = lazy_regex(r"[>\n@]")
_TICKER = lazy_regex(r"(?: [A-Z][\w.&-]*){0,3}(?: A/S\b| <[A-Z]{1,5}(?:\.[A-Z]{1,2})?>)")


def is_marked_as_firm(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands between angle brackets or before a ticker.

    >>> is_marked_as_firm("Italy's <Hal Roche> bid", 9, 18), is_marked_as_firm("Hal Roche <HAL.MI>", 0, 9)
    (True, True)
    >>> is_marked_as_firm("Ada Lind <lind@x.org>", 0, 8)
    False
    """
    opens = text.rfind("<", max(0, start - 60), start)
    if opens >= 0 and text[end : end + 1] == ">" and not _NO_TAG.search(text, opens + 1, start):
        return True
    return bool(_TICKER.match(text, end, end + 70))


_GOES_ON = lazy_regex(r"(?:(?: (?:and|&) Co\b| [A-Z][\w.&]*){1,3})?>")


def marked_elsewhere(text: str, surfaces: Iterable[str]) -> frozenset[str]:
    """Longer ``surfaces`` that a wire has as firms: "<Harrow Moe>", "<Harrow Moe and Co>".

    >>> marked_elsewhere("by <P.T. Lind> of Java. P.T. Lind grew.", ["P.T. Lind", "Java"])
    frozenset({'P.T. Lind'})
    """
    if "<" not in text:
        return frozenset()
    return frozenset(
        surface
        for surface in surfaces
        if " " in surface
        and fold(surface.split()[0]) not in given_names()
        and any(_GOES_ON.match(text, m.end()) for m in re.finditer(re.escape(f"<{surface}"), text))
    )
