"""The names of firms as the text spells them out: "Harrow Inc", "Harrow, Lind and Co", "the law firm of ...".

A classifier cuts the name of a firm of several partners at its commas and takes some of them for people.
Who stands inside such a name is nobody, there and wherever the article has the name again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.tables import alternation, names
from newsledger.values.mentions import NameSpan

_NAME = r"[A-Z][\w’'.-]*"
_RUN = re.compile(rf"(?<![\w’'.-])(?:{_NAME}(?:,? (?:and|&) |, | ))+\Z")
_PARTNER = re.compile(rf"{_NAME}(?: {_NAME})*")
_PARTNERS = rf"(?:{_NAME}, )*{_NAME},? (?:and|&) {_NAME}"
_AND = re.compile(r" (?:and|&) ")
_PRACTICE = re.compile(
    rf"\b(?:firms?|partnership) of ({_PARTNERS}(?: \((?:now |formerly )?(?:named |known as )?{_PARTNERS}\))?"
    rf"(?: and {_PARTNERS})?)(?![\w’'-]| [A-Z])"
)
_HOUSE_OF_TWO = re.compile(
    rf"\b(?:{alternation(names().houses)}) ([A-Z][\w’'-]+ (?:and|&) [A-Z][\w’'-]+)(?! [A-Z]|['’])"
)
_LONE_PRACTICE = re.compile(rf"\blaw firm of ({_NAME})(?![\w’'-]| [A-Z])")
_REACH = 90
"""So far before its ending the name of a firm may begin."""


@dataclass(frozen=True)
class FirmNames:
    """What a text calls firms."""

    partners: tuple[NameSpan, ...] = ()
    """The places of the names of several partners, none of whom is meant there."""
    words: frozenset[str] = frozenset()
    """The words of those names."""
    first: frozenset[str] = frozenset()
    """The folded first words of all other firms ("Harrow" of "Harrow Pipes Inc")."""
    like_people: frozenset[str] = frozenset()
    """Names of two words before an ending ("Ada Harrow" of "Ada Harrow Inc") of which the second stands
    nowhere alone, as the surname of a person does."""


def firm_names(text: str) -> FirmNames:
    """Read the names of firms in ``text``.

    >>> firms = firm_names("Hale, Lind and Co met Moss of Harrow Corp. Ada Roe and Rex Inc met Hale.")
    >>> [span.surface for span in firms.partners], sorted(firms.words), sorted(firms.first)
    (['Hale, Lind and Co'], ['Co', 'Hale', 'Lind'], ['harrow', 'rex'])
    >>> [span.surface for span in firm_names("She left the law firm of Hale, Lind & Moss.").partners]
    ['Hale, Lind & Moss']
    >>> [span.start_char for span in firm_names("Moe of Hale and Lind left brokers Hale and Lind.").partners]
    [7, 34]
    """
    places: set[tuple[int, int]] = set()
    partners: set[str] = set()
    first: set[str] = set()
    like_people: set[str] = set()
    for at, end in _endings(text):
        run = _RUN.search(text, max(0, at - _REACH), at)
        if run is None:
            continue
        parts = [m.span() for m in _PARTNER.finditer(text, run.start(), at)]
        if not _ends_a_name(text[parts[-1][1] : at], text[at:end]):
            continue
        name = text[slice(*parts[-1])]
        if len(parts) == 1 and _never_alone(text, name):
            like_people.add(name)
        start = _of_partners(text, parts, at)
        if start is None:
            word = name.split()[0]
            if f" {word}" not in _ENDINGS:
                first.add(fold(word))
        else:
            places.add((start, end))
            partners.add(text[start : parts[-1][1]])
    places.update(_well_known(text))
    if any(house in text for house in names().houses):
        for house in _HOUSE_OF_TWO.finditer(text):
            # "stockbrokers Harrow and Lind" at one place, "Moe of Harrow and Lind" at another
            partners.add(house[1])
    for name in partners:
        places.update(_again(text, name))
    if " of " in text and ("firm" in text or "partnership" in text):
        for practice in _PRACTICE.finditer(text):
            places.add((practice.start(1), practice.end(1) - practice[1].endswith(".")))
        first.update(fold(m[1]) for m in _LONE_PRACTICE.finditer(text))
    spans = [
        NameSpan(start_char=start, end_char=end, surface=text[start:end], label="ORG")
        for start, end in _apart(places)
    ]
    words = frozenset(m[0] for span in spans for m in re.finditer(_NAME, span.surface))
    return FirmNames(tuple(spans), words, frozenset(first), frozenset(like_people))


def _never_alone(text: str, name: str) -> bool:
    """Whether the second of the two words of a name stands nowhere without the first."""
    words = name.split()
    return len(words) == 2 and text.count(name) > 1 and text.count(name) == text.count(words[1])


_ENDINGS = tuple(f" {ending}" for ending in sorted(names().of_partners | names().and_company))
_WIRE_ENDINGS = (" AG", " SA", " NV", " AB", " SpA")
"""Endings that are other things as well: only beside an angle bracket, as a wire writes firms."""
_ENDING = re.compile(
    rf"(?: (?=[{''.join(sorted({ending[1] for ending in (*_ENDINGS, *_WIRE_ENDINGS)}))}]))"
    rf"(?:(?:{alternation(ending[1:] for ending in _ENDINGS)})(?![^\W_])"
    rf"|(?:{alternation(ending[1:] for ending in _WIRE_ENDINGS)})(?= <|>))"
)


_AFTER_COMMA = frozenset({"Inc", "Ltd", "LLC", "LLP", "Plc", "PLC"})


def _ends_a_name(between: str, ending: str) -> bool:
    """Whether a word ends the name of a firm: "Harrow and Sons", but not "Harrow, Group Manager"."""
    if between == " ":
        return ending not in names().and_company - names().of_partners
    return ending in (_AFTER_COMMA if between == ", " else names().and_company)


def _endings(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that end the name of a firm."""
    for match in _ENDING.finditer(text):
        yield match.start() + 1, match.end()


def _of_partners(text: str, parts: Sequence[tuple[int, int]], ending: int) -> int | None:
    """Where the name of several partners begins that ends before ``ending``; None for any other name."""
    last = len(parts) - 1
    words = [text[start:end].split() for start, end in parts]
    between = [text[parts[i][1] : parts[i + 1][0]] for i in range(last)]
    k = last
    if text[parts[last][1] : ending] not in {" ", ", "}:
        # "Smith Harrow, Lind Moss and Co"
        while k and between[k - 1] == ", " and len(words[k - 1]) < 3:
            k -= 1
        # "... chairman Ada Lind and Co"
        return parts[k][0] if len(words[k]) < 4 else parts[k][1] - len(words[k][-1])
    if len(words[last]) > 2:
        return None
    while (
        k and len(words[k - 1]) == 1 and words[k - 1][0][-1] != "." and (k == last or between[k - 1] == ", ")
    ):
        k -= 1
    n = last - k
    if n == 1 and between[last - 1] != ", " and len(words[last]) == 1:
        return parts[k][0] if _one_name(text, parts[k], parts[last]) else None
    if n < 2:
        return None
    return parts[k][0]


_TICKER = re.compile(r"(?: [A-Z][\w.&-]*){0,3}(?: A/S\b| <[A-Z]{1,5}(?:\.[A-Z]{1,2})?>)")


def has_ticker(text: str, end: int) -> bool:
    """Whether a name that ends at ``end`` is a firm's, by what a wire writes after it.

    >>> has_ticker("NV Harrow Lindfabriken <PLIN.AS> and", 22), has_ticker("Ada Lind <lind@x.org>", 8)
    (True, False)
    """
    return bool(_TICKER.match(text, end, end + 70))


def _one_name(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether "Hale and Lind" of "Hale and Lind Inc" is one name and not Hale and another firm.

    >>> _one_name("<Hale and Lind Inc>", (1, 5), (10, 14)), _one_name("Ada, Ada and Bo", (5, 8), (13, 15))
    (True, False)
    """
    pair = text[one[0] : other[1]]
    times = text.count(pair)
    return text[one[0] - 1 : one[0]] == "<" or times > 1 or times == text.count(text[slice(*one)])


_BEFORE_AND = re.compile(rf"(?<![\w’'.-])(?:{_NAME},? ){{0,2}}{_NAME}\Z")
_AFTER_AND = re.compile(_NAME)
_AND_CAPITAL = re.compile(r" and (?=[A-Z])")


def _well_known(text: str) -> Iterator[tuple[int, int]]:
    """Where well-known firms of several partners stand.

    >>> list(_well_known("Bert Ernst and Young fell")), list(_well_known("Ernst and Ada"))
    ([(5, 20)], [])
    """
    for link in _AND_CAPITAL.finditer(text):
        at = link.start()
        after = _AFTER_AND.match(text, at + 5)
        before = _BEFORE_AND.search(text, max(0, at - 40), at) if after is not None else None
        if before is not None and after is not None:
            last = after[0].removesuffix(".")
            words = re.split(",? ", before[0])
            for k in range(len(words)):
                if " ".join(fold(word) for word in (*words[k:], last)) in names().firms:
                    yield at - len(before[0].split(words[k], 1)[1]) - len(words[k]), after.start() + len(last)
                    break


def _again(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where the name of partners stands once more, with or without its ending."""
    if "," not in name and not _AND.search(name):
        return
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(name, end)


def _apart(places: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``places`` in text order, of those that overlap the first and longest."""
    reach = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= reach:
            yield start, end
            reach = end
