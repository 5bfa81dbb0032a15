"""Firms that bear the names of people, by what the text says beside them.

The classifier takes "James Harrow" for a person in "an analyst at James Harrow" and in "stockbrokers
James Harrow". Each cue here reads the words around one mention. What is used as a firm at one mention is a
firm at all others of the article, but where it has a form of address or a full name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.lexicon import filter_words, kinds
from newsledger.stages.people.tables import given_and_pet_names, given_names, names
from newsledger.values.mentions import NameSpan

_OPENING_KINDS = {kind.capitalize() for kind in kinds("before", "firm") if kind.endswith("s")}
# "Stockbrokers Harrow", "the oil company Harrow said"
_KIND_BEFORE = lazy_regex(rf"\b(?:{any_of(kinds('before', 'firm', 'seat') | _OPENING_KINDS)})\s\Z")
# "an analyst with London-based Harrow"
_EMPLOYEE_BEFORE = lazy_regex(
    rf"\b(?:{any_of(filter_words().employees)})s?\s(?:with|at)\s(?:[A-Z][\w.]*-based\s)?\Z"
)
# "Bo Harrow analyst Ada Lind"
_STAFF_AFTER = lazy_regex(
    rf" (?:(?:{any_of(filter_words().fields)}) )?"
    rf"(?:{any_of(filter_words().employees | filter_words().officers)})s? [A-Z]"
)
# "Harrow CEO Ada Lind", "Rover chairman Ada Lind"
_CHIEF_AFTER = lazy_regex(
    rf" (?:(?i:{any_of(filter_words().chiefs)})"
    rf"|(?:{any_of(filter_words().club_posts)}) (?:Sir )?[A-Z][\w’'-]+) [A-Z]"
)
# "Harrow's bankruptcy"; "Chi-Harrow's posted a loss": there the mark belongs to the name.
_ASSETS_AFTER = lazy_regex(
    r"['’]s (?:said its?|posted|shareholders|stockholders|subsidiar(?:y|ies)|share price|annual meeting"
    r"|headquarters|bankruptcy|CEO|[Cc]hief (?:[Ee]xecutive|[Ff]inancial|[Oo]perating))\b"
)


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
    return bool(staff.match(text, end))


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
        yield from (key for key in keys[:1] if key not in given_names())
    elif len(keys) > 1 and keys[-1] in names().company_endings:
        yield from keys[:2]
        # "Harrow" where it names Harrow-United Corp
        yield fold(surface.split("-")[0])
    elif len(keys) > 1 and keys[-1] not in names().thing_words | names().person_contexts:
        # The Lopez Foundation and the Lopez Administration do not make Lopez a firm.
        yield from (key for key in keys[:1] if key not in given_and_pet_names())


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
