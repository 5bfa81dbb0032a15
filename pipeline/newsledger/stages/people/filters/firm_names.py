"""The names of firms as the text spells them out: "Harrow Inc", "Harrow, Lind and Co", "the law firm of ...".

A classifier cuts the name of a firm of several partners at its commas and takes some of them for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.filters.lexicon import filter_words
from newsledger.values.mentions import NameSpan

_WORDS = filter_words()
_LEGAL = rf"(?:,? (?:{any_of(_WORDS.legal_forms)}))?"
_ENDING = lazy_regex(
    rf"(?: and | & )(?:{any_of(_WORDS.partner_endings)}){_LEGAL}(?![\w-])"
    rf"|, (?:{any_of(_WORDS.legal_forms)})(?![\w-])"
    rf"| (?:{any_of(_WORDS.endings)})(?![\w-])"
    rf"| (?:{any_of(_WORDS.wire_endings)})(?= <|>)"
)
_REACH = 90
"""So far before its ending the name of a firm may begin."""
_NAME = r"[A-Z][\w’'.-]*"
_SURNAME = r"[A-Z][\w’'-]*[\w’']"
_STARTS = r"(?<![\w’'.-])"
_SEVERAL = rf"{_SURNAME}(?:, {_SURNAME})+,? (?:and|&) {_SURNAME}"
# "Smith Harrow, Lind Moss" of "Smith Harrow, Lind Moss and Co"
_BEFORE_AND_CO = lazy_regex(rf"{_STARTS}(?:{_NAME}(?: {_NAME})?, )*{_NAME}(?: {_NAME}){{0,2}}\Z")
# "Hale, Lind and Moss Roe" of "Hale, Lind and Moss Roe Inc"
_BEFORE_ENDING = lazy_regex(rf"{_STARTS}(?:{_SEVERAL}(?: {_NAME})?|{_SURNAME}(?:, {_SURNAME}){{2,}},?)\Z")
_ONE = lazy_regex(rf"{_STARTS}{_NAME}(?: {_NAME})*\Z")
_PRACTICE = lazy_regex(
    rf"\b(?:firms?|partnership) of ({_SEVERAL}|{_SURNAME} (?:and|&) {_SURNAME})(?![\w’'-]| [A-Z])"
)


@dataclass(frozen=True)
class FirmNames:
    """What a text calls firms."""

    partnerships: tuple[NameSpan, ...] = ()
    """The places of the names of several partners, none of whom is meant there."""
    partners: frozenset[str] = frozenset()
    """The words of those names."""
    first_words: frozenset[str] = frozenset()
    """The folded first words of all other firms ("harrow" of "Harrow Pipes Inc")."""
    like_people: frozenset[str] = frozenset()
    """Names of two words before an ending ("Ada Harrow" of "Ada Harrow Inc") of which the second stands
    nowhere alone, as the surname of a person does."""


def firm_names(text: str) -> FirmNames:
    """Read the names of firms in ``text``.

    >>> firms = firm_names("Hale, Lind and Co met Moss of Harrow Corp. Ada Roe and Rex Inc met Hale.")
    >>> [span.surface for span in firms.partnerships], sorted(firms.partners), sorted(firms.first_words)
    (['Hale, Lind and Co'], ['Co', 'Hale', 'Lind'], ['harrow', 'rex'])
    >>> [span.surface for span in firm_names("She left the law firm of Hale, Lind & Moss.").partnerships]
    ['Hale, Lind & Moss']
    """
    places = {*_well_known(text), *(match.span(1) for match in _PRACTICE.finditer(text))}
    first_words: set[str] = set()
    like_people: set[str] = set()
    for ending in _ENDING.finditer(text):
        at = ending.start()
        before = _BEFORE_AND_CO if ending[0][1] in "a&" else _BEFORE_ENDING
        partners = before.search(text, max(0, at - _REACH), at)
        if partners is not None:
            places.add((partners.start(), ending.end()))
        one = _ONE.search(text, max(0, at - _REACH), at)
        if one is None:
            continue
        if partners is None:
            first_words.add(fold(one[0].split()[0]))
        if _never_alone(text, one[0]):
            like_people.add(one[0])
    spans = tuple(
        NameSpan(start_char=start, end_char=end, surface=text[start:end], label="ORG")
        for start, end in _without_overlaps(places)
    )
    partner_words = frozenset(match[0] for span in spans for match in re.finditer(_NAME, span.surface))
    return FirmNames(spans, partner_words, frozenset(first_words), frozenset(like_people))


def _never_alone(text: str, name: str) -> bool:
    """Whether the second of the two words of a name stands nowhere without the first."""
    words = name.split()
    return len(words) == 2 and text.count(name) > 1 and text.count(name) == text.count(words[1])


_BEFORE_AND = lazy_regex(rf"{_STARTS}(?:{_NAME},? ){{0,2}}{_NAME}\Z")
_AND_NAME = lazy_regex(rf" and ({_NAME})")


def _well_known(text: str) -> Iterator[tuple[int, int]]:
    """Where well-known firms of several partners stand.

    >>> list(_well_known("Bert Ernst and Young fell")), list(_well_known("Ernst and Ada"))
    ([(5, 20)], [])
    """
    for link in _AND_NAME.finditer(text):
        at = link.start()
        before = _BEFORE_AND.search(text, max(0, at - 40), at)
        if before is None:
            continue
        last = link[1].removesuffix(".")
        words = [match.span() for match in re.finditer(_NAME, text[before.start() : at])]
        for start, _ in words:
            start += before.start()
            if " ".join(map(fold, [*re.split(",? ", text[start:at]), last])) in _WORDS.well_known:
                yield start, link.start(1) + len(last)
                break


def _without_overlaps(places: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``places`` in text order, of those that overlap the first and longest."""
    reach = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= reach:
            yield start, end
            reach = end
