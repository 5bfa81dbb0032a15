"""What the article itself says a name is: a storm, a deity, an organisation, a firm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.tables import filter_words, kinds, names

_NAME = r"([A-Z][\w-]+)"

_OPENING_FIRM = lazy_regex(
    r" - (?<=\d - )([A-Z][\w&.’'-]+(?: (?:and )?[A-Z][\w&.’'-]+){0,2})"
    r" (?:said|reported|announced) (?:it|its)\b"
    r"(?! (?:was|is|would be)\b)"
)


def opening_firms(text: str) -> frozenset[str]:
    """Names that a story's opening calls "it", and their words: firms, for people are "he" or "she".

    >>> sorted(opening_firms("RENO, Nev., March 5 - E.F. Velatek said it signed a licence."))
    ['E.F.', 'E.F. Velatek', 'Velatek']
    """
    if " - " not in text:
        return frozenset()
    firms = [match[1] for match in _OPENING_FIRM.finditer(text)]
    return frozenset(part for firm in firms for part in (firm, *firm.split()))


_KINDS = kinds("before", "storm", "deity")
_AFTER_KIND = lazy_regex(
    rf"\b(?:{any_of(_KINDS)})s?[ \xa0]{_NAME}(?:(?:, [A-Z][\w-]+)*,? and {_NAME}(?!,? [A-Z]))?"
)


def storms_and_deities(text: str) -> frozenset[str]:
    """Names that ``text`` gives to a storm or a deity.

    >>> sorted(storms_and_deities("Hurricane Ada struck. Ada killed two. Hurricanes Ben and Cy came."))
    ['Ada', 'Ben', 'Cy']
    """
    if not any(word in text for word in _KINDS):
        return frozenset()
    return frozenset(name for match in _AFTER_KIND.finditer(text) for name in match.groups() if name)


_WORDS = r"(?:(?!(?:for|of|at|the|with|in|to|from|and|by)\s)[\w’'.&-]+\s)"
"""Words before a noun; after a preposition the noun is another's ("a spokesman for the airline")."""
_APPOSED = lazy_regex(
    rf",\s(?:(?:the|an?|its)\s{_WORDS}{{0,6}}?|{_WORDS}{{0,2}}?[A-Z][\w.&-]*['’]s\s{_WORDS}{{0,5}}?)"
    rf"(?:{any_of(kinds('apposed'))})"
    r"(?:[,.;]|\s(?:that|which|who|owned|based|run|in|near|for|of|from|by|with|operated|backed|founded"
    r"|considered|called|known|where)\b)"
)


def is_apposed_kind(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is called a firm, a town or an animal right after.

    >>> is_apposed_kind("Halvor, a small start-up in Oslo, grew", 6)
    True
    >>> is_apposed_kind("For Halvor, the company was a home.", 10)
    False
    """
    return text.startswith(", ", end) and bool(_APPOSED.match(text, end, end + 120))


_QUOTED_WORD = lazy_regex(rf"[\"“]{_NAME}[,.]?[\"”]")
_KIND_AT_END = lazy_regex(rf"\b(?:{any_of(kinds('apposed'))})\s\Z")
_SHORT_FORM = lazy_regex(rf" (?:{any_of(filter_words().endings)})\.? \((?:the )?[\"“]{_NAME}[\"”]\)")
_BODIES = any_of(kinds("apposed") | kinds("known_as"))
_KNOWN_AS = lazy_regex(
    rf"(?:(?<!\bof )\b(?:[Tt]he|[Aa]n?)\s(?:[a-z-]+\s){{0,2}}?(?:{_BODIES})"
    rf"|\b(?:{_BODIES})\sof(?:\s[a-z][a-z-]*){{1,5}})"
    rf",?\s(?:(?:now|also|then|once|formerly)\s)?known\sas\s[\"“]?{_NAME}"
)


def organisations_named(text: str) -> Iterator[str]:
    """Single words that ``text`` has right after what they are: an organisation, a firm.

    >>> list(organisations_named("a petition by the organisation “Halvor”; the worker “Ada”"))
    ['Halvor']
    >>> list(organisations_named("of the association of lawyers, known as Tarn; of a firm, known as Ada"))
    ['Tarn']
    >>> list(organisations_named("Harrow Mills Ltd (“Harrow”) and Ada Lind (“Lind”)"))
    ['Harrow']
    """
    yield from (match[1] for match in _SHORT_FORM.finditer(text))
    for match in _QUOTED_WORD.finditer(text):
        if _KIND_AT_END.search(text, max(0, match.start() - 17), match.start()):
            yield match[1]
    if "known as" in text:
        yield from (match[1] for match in _KNOWN_AS.finditer(text))


_THING_AFTER = lazy_regex(
    r"['’]s(?:, an?)? (?:[a-z-]+ ){0,3}(?:[Dd]isease|[Ss]yndrome)\b(?! prevention| control)| crude\b"
)


def lends_name(text: str, end: int) -> bool:
    """Whether a disease or a kind of oil is called by the name that ends at ``end``."""
    return bool(_THING_AFTER.match(text, end, end + 60))


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
        and fold(surface.split()[0]) not in names().given
        and any(_GOES_ON.match(text, m.end()) for m in re.finditer(re.escape(f"<{surface}"), text))
    )
