"""Firms named after people, recognised by their full form in the text and by their context.

A classifier cuts the name of a firm of several partners ("Harrow, Lind and Co") at its commas and takes some
of them for people; it takes "James Harrow" for one in "an analyst at James Harrow". What is used as a firm at
one mention is a firm at all others of the article, but where it has a form of address or a full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.tables import filter_words, kinds, names
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
_AND_NAME = lazy_regex(rf" (?:and|&(?! \S+ [A-Z])) ({_NAME})")


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


_OPENING_KINDS = {kind.capitalize() for kind in kinds("before", "firm") if kind.endswith("s")}
# "Stockbrokers Harrow", "the oil company Harrow said"
_KIND_BEFORE = lazy_regex(rf"\b(?:{any_of(kinds('before', 'firm', 'seat') | _OPENING_KINDS)})\s\Z")
# "an analyst with London-based Harrow"
_EMPLOYEE_BEFORE = lazy_regex(rf"\b(?:{any_of(_WORDS.employees)})s?\s(?:with|at)\s(?:[A-Z][\w.]*-based\s)?\Z")
# "Bo Harrow analyst Ada Lind"
_STAFF_AFTER = lazy_regex(
    rf" (?:(?:{any_of(_WORDS.fields)}) )?"
    rf"(?:{any_of(_WORDS.employees | _WORDS.officers)})s? [A-Z]"
)
# "Harrow CEO Ada Lind", "Rover chairman Ada Lind"
_CHIEF_AFTER = lazy_regex(
    rf" (?:(?i:{any_of(_WORDS.chiefs)})"
    rf"|(?:{any_of(_WORDS.club_posts)}) (?:Sir )?[A-Z][\w’'-]+) [A-Z]"
)
# "Harrow's bankruptcy"; "Chi-Harrow's posted a loss": there the mark belongs to the name.
_ASSETS_AFTER = lazy_regex(
    r"['’]s (?:said its?|posted|shareholders|stockholders|subsidiar(?:y|ies)|share price|annual meeting"
    r"|headquarters|bankruptcy|CEO|[Cc]hief (?:[Ee]xecutive|[Ff]inancial|[Oo]perating))\b"
)


def is_used_as_firm(text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] show that it is a firm.

    >>> is_used_as_firm("analysts at Bo Hale agreed", 12, 19)
    True
    """
    left = max(0, start - 60)
    if _KIND_BEFORE.search(text, left, start) or _EMPLOYEE_BEFORE.search(text, left, start):
        return True
    if text.startswith(("'", "’"), end):
        return bool(_ASSETS_AFTER.match(text, end))
    staff = _STAFF_AFTER if " " in text[start:end] else _CHIEF_AFTER
    return bool(staff.match(text, end))


@lru_cache(maxsize=1 << 14)
def is_well_known_firm(surface: str) -> bool:
    """Whether a name is that of a well-known firm.

    >>> is_well_known_firm("Shearson Lehman Brothers"), is_well_known_firm("Dean Hale")
    (True, False)
    """
    return " ".join(fold(word) for word in surface.split()) in _WORDS.well_known


def firm_words(spans: Sequence[NameSpan]) -> frozenset[str]:
    """Folded words by which the article may call its firms: "harrow" where it names Harrow Petroleum."""
    surfaces = (
        span.surface
        for span in spans
        if span.label == "ORG" or (span.label == "PER" and is_well_known_firm(span.surface))
    )
    return frozenset(word for surface in surfaces for word in _short_forms(surface) if len(word) > 2)


def _short_forms(surface: str) -> Iterator[str]:
    """Folded words by which an organisation may be called.

    The first word of several; the second as well where an ending such as "Inc" shows that it is a firm. An
    organisation that begins like a person's name has none, unless it has such an ending.
    """
    keys = [fold(word) for word in surface.split()]
    if is_well_known_firm(surface):
        yield from (key for key in keys[:1] if key not in names().given)
    elif len(keys) > 1 and keys[-1] in names().company_endings:
        yield from keys[:2]
        # "Harrow" where it names Harrow-United Corp
        yield fold(surface.split("-")[0])
    elif len(keys) > 1 and keys[-1] not in names().thing_words | names().person_contexts:
        # The Lopez Foundation and the Lopez Administration do not make Lopez a firm.
        yield from (key for key in keys[:1] if key not in names().given_or_pet)


def short_firm_names(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Two words and more that open the name of a firm: "Bo Harrow" of "Bo Harrow Stores Inc"."""
    # Somebody may have named the firm after himself; the article then calls him by his surname, too.
    people = {span.surface for span in spans if span.label == "PER"}
    found: set[str] = set()
    for span in spans:
        words = span.surface.split()
        if (
            span.label != "ORG"
            or len(words) < 3
            or fold(words[-1]) not in names().company_endings | names().firm_words
        ):
            continue
        if words[0] not in people:
            found.update(" ".join(words[:n]) for n in range(2, len(words)) if words[n - 1] not in people)
    # "Bo Harrow, founder of Bo Harrow Stores Inc"
    return frozenset(short for short in found if f"{short}," not in text)
