"""Tells firms that bear people's names from people, by what the text says beside them.

The classifier takes "James Harrow" for a person in "an analyst at James Harrow" and in "stockbrokers
James Harrow"; neither says anything of a man. Each rule here reads the words around one place. What is
a firm at one place is one at all others of the article that do not speak of a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, given_names, names

_NAME = r"[A-Z][\w’'.-]*"
_BASED = r"(?:[A-Z][\w.]*-based\s)?"
_OWNS = r"(?:its|their|['’]s|s['’])\s(?:[a-z]+\s)?"
_HOUSES = names().houses | {house.capitalize() for house in names().houses}
# "stockbrokers Harrow", "its auditors, Harrow", "the oil company Harrow said" - not "the firm Harrow runs"
_KIND_BEFORE = re.compile(
    rf"\b(?P<house>{alternation(_HOUSES)})\s\Z"
    rf"|\b(?P<kind>{alternation(names().kinds_of_firm)})\s\Z"
    r"|\b(?:lead|joint|sole|joint lead|co)[ -](?:manager|underwriter|arranger)s?\s\Z"
    rf"|{_OWNS}(?:auditor|accountant|underwriter|stockbroker)s?,\s\Z"
    rf"|(?:{_OWNS}|\banother\s)(?:newspaper|daily|weekly),\s\Z"
)
_ENDS_KIND = tuple(
    f"{word} "
    for word in (
        *_HOUSES,
        *names().kinds_of_firm,
        *(f"{who}{s}" for who in ("manager", "underwriter", "arranger") for s in ("", "s")),
        *(f"{who}{s}," for who in ("auditor", "accountant", "underwriter", "stockbroker") for s in ("", "s")),
        *("newspaper,", "daily,", "weekly,"),
    )
)
"""How what `_KIND_BEFORE` finds may end: one look at it spares most names the search."""
_KINDS = tuple(f" {kind} " for kind in names().kinds_of_firm if not kind.endswith("s"))
_EMPLOYER_BEFORE = re.compile(
    rf"\b(?:{alternation(names().employed)})s?\s(?:with|at)\s{_BASED}"
    rf"(?:(?:[a-z]+\s)?(?:{alternation(names().kinds_of_firm)})\s)?\Z"
)
_ENDS_EMPLOYER = ("with ", "at ", "based ", *(f"{kind} " for kind in names().kinds_of_firm))
_OF_BEFORE = re.compile(rf"\s(?:of|at)\s{_BASED}")
_FIELD = (
    "oil|gas|banking|market|securities|commodities|chief|senior|stock|currency|bond|industry|auto|research"
)
_EMPLOYEE_AFTER = re.compile(
    rf" (?:(?:{_FIELD}) )?(?:analyst|economist|strategist|trader|dealer|broker|treasurer|vice[ -]president"
    rf"|president|chairman)s? {_NAME}"
)
_CHIEF_AFTER = re.compile(
    r" (?:CEO|CFO|[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|[Cc]hief [Ff]inancial [Oo]fficer"
    r"|[Mm]anaging [Dd]irector) [A-Z]"
)
_OWNED_AFTER = re.compile(
    r", (?:(?:wholly|partly|jointly|majority)[ -])?owned (?:\d|by\b)"
    r"|,? which (?:also )?(?:owns|operates|makes|holds|manages|employs|sells|provides|publishes|specialises|"
    r"specializes)\b"
    r"|, (?:an?|the|its) (?:[\w.-]+ ){0,4}?(?:unit|subsidiary|brokerage|daily)(?: of\b|,)"
)
_SAID_IT = re.compile(
    r" said it (?:plans|expects|intends|agreed|signed|filed|sold|bought|acquired|received|completed"
    r"|has (?:agreed|signed|requested|offered|proposed|acquired|sold|bought|completed|filed|received"
    r"|entered|reached|begun|started)"
    r"|is (?:developing|acquiring|selling|buying|offering|raising|considering|negotiating|seeking))\b"
    r"| said its (?:[A-Z][\w&.-]* ){1,3}(?:[a-z]+ ){0,2}(?:unit|subsidiary|division|affiliate)\b"
)
"""Only of a single name that is nobody's surname: the "it" may be the firm that somebody speaks for."""
_ITS_NAME = re.compile(
    r"['’]s (?:has|would|plans to|said its?|posted (?:a|net)|reported (?:a|net)"
    r"|shareholders|stockholders|subsidiar(?:y|ies)|share price|annual meeting|headquarters"
    r"|bankruptcy|CEO|[Cc]hief (?:[Ee]xecutive|[Ff]inancial|[Oo]perating)"
    r"|(?:[A-Z][a-z]+ )?Vice President (?:for|of) (?=[A-Z][a-z]+ing|Operations|Finance|Sales))\b"
)
"""The mark belongs to the name ("Chi-Chi's posted a loss"), or what follows is a firm's."""
_ACTS_AFTER = re.compile(
    r",? said in its\b"
    r"| (?:is |are |was |were )?(?:co-managed|lead-managed|lead managed|co-managing|underwriting|underwrote)"
    r" (?:the|an?)\b"
    r"| (?:has |had )?(?:increased|raised|cut|lowered|doubled|boosted|reduced|posted|expanded) its"
    r" (?:market share|stake|dividend|prime|offer|profit|holding|bid|price|net|sales|output|interest|payout|"
    r"workforce|base|lending|deposit)s?\b"
    r"| (?:is paying|paid|pays|declared|omitted|will pay) (?:an?|its|the) (?:[a-z]+ )?dividend\b"
    r"| (?:today )?(?:lowered|raised|assigned|affirmed|downgraded|upgraded)"
    r" (?:the|its) [\w -]{0,24}?ratings?\b"
)
_PARTNER_AFTER = re.compile(
    rf"(?:, {_NAME}){{0,2}},? (?:and|&) {_NAME},? said (?:in )?its\b"
    rf"|(?:, {_NAME}){{0,3}}(?:,? (?:and|&) {_NAME})? as (?:lead |joint |sole |co-)(?:manager|underwriter)\b"
    rf"|(?: {_NAME})? und {_NAME}| {_NAME} (?:and|&) (?:Co|Sons|Bros)\b"
)
_AND = re.compile(r" (?:and|&) ")
_SMALL_NEXT = re.compile(r" ([a-z]+)")
_PERSON_AFTER = re.compile(
    r",? who\b|, (?:aged )?\d\d\b(?!,\d)|,? (?:himself|herself)\b"
    rf"|(?:['’]s|s['’]) (?:{alternation(names().of_kin)})\b| (?:Jr|Sr)\b"
    r"|, (?:a |the |its |former |vice |(?:company|firm|group|bank)['’]s )*"
    r"(?:founder|chairman|president|head|chief|owner|director)\b"
)
_GOES_ON = frozenset({"said", "says", "in", "on", "at", "for", "of", "and"})
_DETERMINED = re.compile(r"\b(?:the|an?|his|her|its|their|this|that)\s(?:[\w-]+\s){0,3}\Z", re.IGNORECASE)


def firms_called(
    text: str, found: Sequence[PersonSpan], named: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The surfaces of ``found`` that the text uses as firms, and nowhere as people; ``named`` are firms.

    >>> text = "Ada Lind of brokers Bo Hale agreed. Bo Hale cut its stake. Ada Lind, who left, was glad."
    >>> starts = [0, 20, 36, 59]
    >>> sorted(firms_called(text, [PersonSpan(at, at + (8 if at in {0, 59} else 7)) for at in starts]))
    ['Bo Hale']
    """
    firms: set[str] = set()
    people: set[str] = set()
    before, partner, reach = 0, "", 0
    for piece in found:
        surface = text[piece.start : piece.end]
        lone = " " not in surface
        together = lone and partner and _AND.fullmatch(text, before, piece.start)
        twice = together and partner == surface and not text.startswith(("'", "’"), piece.end)
        if surface in named:
            firms.add(surface)
        if piece.start < reach or twice or like_a_firm(text, piece, before):
            firms.add(surface)
            if together and " " not in partner:
                firms.add(partner)
            partners = _PARTNER_AFTER.match(text, piece.end, piece.end + 110)
            reach = max(reach, partners.end() if partners is not None else 0)
        elif _PERSON_AFTER.match(text, piece.end, piece.end + 40):
            people.add(surface)
        before, partner = piece.end, surface if lone or surface in firms else ""
    return frozenset(firms - people)


def nearly_a_firm(key: str, firms: frozenset[str]) -> bool:
    """Whether a long word is one slip of the pen away from a word of the article's firms.

    >>> nearly_a_firm("stanely", frozenset({"stanley"})), nearly_a_firm("hansen", frozenset({"hanson"}))
    (True, False)
    """
    if len(key) < 5 or key in given_names():
        return False
    if len(key) < 7:
        # "Hanlo" for "Halno"
        letters = sorted(key)
        return any(len(firm) == len(key) and firm[0] == key[0] and sorted(firm) == letters for firm in firms)
    near = [firm for firm in firms if firm[0] == key[0] and abs(len(firm) - len(key)) < 2]
    if not near:
        return False
    from rapidfuzz.distance import OSA

    return any(OSA.distance(key, firm, score_cutoff=1) <= 1 for firm in near)


@lru_cache(maxsize=1 << 14)
def well_known(surface: str) -> bool:
    """Whether a name is that of a well-known firm.

    >>> well_known("Shearson Lehman Brothers"), well_known("Dean Witter"), well_known("Dean Hale")
    (True, True, False)
    """
    keys = [fold(word) for word in surface.split()]
    return " ".join(keys) in names().firms


def like_a_firm(text: str, piece: PersonSpan, before: int = 0) -> bool:
    """Whether the words around ``piece`` tell that it is a firm; the name before it ends at ``before``."""
    start, end = piece.start, piece.end
    if text.startswith(("'", "’"), end):
        return bool(_ITS_NAME.match(text, end))
    if text[start - 1 : start] == " ":
        left = max(0, start - 60)
        kind = _KIND_BEFORE.search(text, left, start) if text.endswith(_ENDS_KIND, 0, start) else None
        if kind is not None:
            if kind["house"] is not None:
                return True
            return kind["kind"] is None or _stands_alone(text, kind.start(), end)
        if text.endswith(_ENDS_EMPLOYER, 0, start) and _EMPLOYER_BEFORE.search(text, left, start):
            return True
        if 0 < before < start < before + 60 and _OF_BEFORE.fullmatch(text, before, start):
            return True
    if not text.startswith((" ", ","), end):
        return False
    after = end + 110
    if _OWNED_AFTER.match(text, end, after) or _ACTS_AFTER.match(text, end, after):
        return True
    if " " not in text[start:end] and _SAID_IT.match(text, end, after):
        return True
    officer = _EMPLOYEE_AFTER if " " in text[start:end] else _CHIEF_AFTER
    return bool(_PARTNER_AFTER.match(text, end, after) or officer.match(text, end, after))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether "oil company Harrow" names the company: not "the company Harrow founded"."""
    if not _DETERMINED.search(text, max(0, start - 40), start):
        return True
    follow = _SMALL_NEXT.match(text, end)
    return follow is None or follow[1] in _GOES_ON


def after_its_kind(text: str, start: int) -> bool:
    """Whether what starts at ``start`` is called a firm right before: "the automaker Hale".

    >>> after_its_kind("U.S. automaker Hale fell", 15), after_its_kind("U.S. maker Hale", 11)
    (True, False)
    """
    return text.endswith(_KINDS, 0, start)
