"""Firms that bear the names of people, by what the text says beside them.

The classifier takes "James Harrow" for a person in "an analyst at James Harrow" and in "stockbrokers
James Harrow". Each cue here reads the words around one mention. What is used as a firm at one mention is a
firm at all others of the article, but where it has a form of address or a full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.lexicon import filter_words, kinds
from newsledger.stages.people.tables import alternation, given_and_pet_names, given_names, names
from newsledger.values.mentions import NameSpan

_OPENING_KINDS = {kind.capitalize() for kind in kinds("before", "firm") if kind.endswith("s")}
# "Stockbrokers Harrow", "the oil company Harrow said"
_KIND_BEFORE = re.compile(rf"\b(?:{alternation(kinds('before', 'firm') | _OPENING_KINDS)})\s\Z")
# "an analyst with London-based Harrow"
_EMPLOYEE_BEFORE = re.compile(
    rf"\b(?:{alternation(filter_words().employees)})s?\s(?:with|at)\s(?:[A-Z][\w.]*-based\s)?\Z"
)
# "Bo Harrow analyst Ada Lind"
_STAFF_AFTER = re.compile(
    rf" (?:(?:{alternation(filter_words().fields)}) )?"
    rf"(?:{alternation(filter_words().employees | filter_words().officers)})s? [A-Z]"
)
# "Harrow CEO Ada Lind"
_CHIEF_AFTER = re.compile(rf" (?i:{alternation(filter_words().chiefs)}) (?-i:[A-Z])")
_REPORTS_AFTER = re.compile(r",? said in its\b")
# "Harrow's bankruptcy"; "Chi-Harrow's posted a loss": there the mark belongs to the name.
_ASSETS_AFTER = re.compile(
    r"['’]s (?:said its?|posted|shareholders|stockholders|subsidiar(?:y|ies)|share price|annual meeting"
    r"|headquarters|bankruptcy|CEO|[Cc]hief (?:[Ee]xecutive|[Ff]inancial|[Oo]perating))\b"
)
_PERSON_AFTER = re.compile(
    r",? who\b|, (?:aged )?\d\d\b(?!,\d)"
    rf"|, (?:a |the |its |former )*(?:founder|head|owner|director|{alternation(filter_words().officers)})\b"
)
_TWICE = re.compile(r"\b([A-Z][\w’-]+) and \1\b(?!['’])")
"""A firm of two partners of one name: "Harrow and Harrow"."""


def is_used_as_firm(text: str, span: PersonSpan) -> bool:
    """Whether the words around ``span`` show that it is a firm.

    >>> is_used_as_firm("analysts at Bo Hale agreed", PersonSpan(12, 19))
    True
    """
    start, end = span.start, span.end
    left = max(0, start - 60)
    if _KIND_BEFORE.search(text, left, start) or _EMPLOYEE_BEFORE.search(text, left, start):
        return True
    if text.startswith(("'", "’"), end):
        return bool(_ASSETS_AFTER.match(text, end))
    staff = _STAFF_AFTER if " " in text[start:end] else _CHIEF_AFTER
    return bool(_REPORTS_AFTER.match(text, end) or staff.match(text, end))


def names_used_as_firms(
    text: str, found: Sequence[PersonSpan], named: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The surfaces of ``found`` that the text uses as firms at one mention at least, and nowhere as people.

    ``named`` are surfaces that firms bear before an ending such as "Inc".

    >>> text = "Ada Lind of brokers Bo Hale agreed. Roe and Roe fell."
    >>> sorted(names_used_as_firms(text, [PersonSpan(0, 8), PersonSpan(20, 27), PersonSpan(36, 39)]))
    ['Bo Hale', 'Roe']
    """
    firms = {text[span.start : span.end] for span in found if is_used_as_firm(text, span)}
    people = {text[span.start : span.end] for span in found if _PERSON_AFTER.match(text, span.end)}
    return (named | firms | {match[1] for match in _TWICE.finditer(text)}) - people


@lru_cache(maxsize=1 << 14)
def is_well_known_firm(surface: str) -> bool:
    """Whether a name is that of a well-known firm.

    >>> is_well_known_firm("Shearson Lehman Brothers"), is_well_known_firm("Dean Hale")
    (True, False)
    """
    return " ".join(fold(word) for word in surface.split()) in filter_words().well_known


def is_misspelt_firm(key: str, firms: frozenset[str]) -> bool:
    """Whether a long word is one slip of the pen away from a word of the article's firms.

    >>> is_misspelt_firm("stanely", frozenset({"stanley"})), is_misspelt_firm("hansen", frozenset({"hanson"}))
    (True, False)
    """
    if len(key) < 7 or key in given_names():
        return False
    near = [firm for firm in firms if firm[0] == key[0] and abs(len(firm) - len(key)) < 2]
    if not near:
        return False
    from rapidfuzz.distance import OSA

    return any(OSA.distance(key, firm, score_cutoff=1) <= 1 for firm in near)


_TICKER_NEXT = (" <", " (NYSE", " (NASDAQ")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def firm_words(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Folded words by which the article may call its firms: "harrow" where it names Harrow Petroleum.

    The first word of an organisation's name; the second as well where an ending such as "Inc" shows that it
    is a firm. An organisation that begins like a person's name is none, unless it has such an ending.
    """
    words: set[str] = set()
    for span in spans:
        if span.label in {"ORG", "PER"} and not span.surface.isspace():
            words.update(_short_forms(text, span))
    return frozenset(word for word in words if len(word) > 2)


def _short_forms(text: str, span: NameSpan) -> Iterator[str]:
    """Folded words by which the firm at ``span`` may be called, if it is one."""
    surface = span.surface.split()
    keys = [fold(word) for word in (surface[1:] if _INITIALS.fullmatch(surface[0]) else surface)]
    if not keys:
        return
    has_ending = keys[-1] in names().company_endings
    if is_well_known_firm(span.surface):
        if keys[0] not in given_names():
            yield keys[0]
    elif span.label == "PER" or len(surface) == 1 or keys[-1] in names().person_contexts:
        if text.startswith(_TICKER_NEXT, span.end_char):
            yield from keys
    elif has_ending:
        yield from keys[:2]
        if "-" in span.surface:
            # "Harrow" where it names Harrow-United Corp
            yield fold(span.surface.split("-")[0])
    elif keys[0] not in given_and_pet_names() and keys[-1] not in names().thing_words:
        # The Lopez Foundation does not make Lopez a firm.
        yield keys[0]


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
