"""Tells firms that bear people's names from people, by what the text says beside them.

The classifier takes "James Harrow" for a person in "an analyst at James Harrow" and in "stockbrokers
James Harrow"; neither says anything of a man. Each rule here reads the words around one place. What is
a firm at one place is one at all others of the article that do not speak of a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from newsledger.lexicons.calendar import MONTHS
from newsledger.stages.people.boundaries.name_parts import fold, parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, given_names, names
from newsledger.values.mentions import NameSpan

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
# "an analyst with Harrow and Lind", "Ada Moe of Harrow and Lind": only for a last word that is no full name.
_EMPLOYERS_BEFORE = re.compile(
    rf"\b(?:(?:{alternation(names().employed)})s?\s(?:with|at)|partner\s(?:in|at|with))\s{_BASED}"
    rf"(?:{_NAME} ){{1,2}}(?:and|&) \Z"
)
_OF_TWO_BEFORE = re.compile(rf"\s(?:of|at)\s{_BASED}(?:{_NAME} ){{1,2}}(?:and|&) ")
_FIELD = (
    "oil|gas|banking|market|securities|commodities|chief|senior|stock|currency|bond|industry|auto|research"
)
_EMPLOYEE_AFTER = re.compile(
    rf" (?:(?:{_FIELD}) )?(?:analyst|economist|strategist|trader|dealer|broker|treasurer|vice[ -]president"
    rf"|president|chairman)s? {_NAME}"
)
_ANALYST_AFTER = re.compile(rf" (?:(?:{_FIELD}) )?analysts? {_NAME}| president {_NAME} {_NAME}")
_OWNED_AFTER = re.compile(
    r", (?:(?:wholly|partly|jointly|majority)[ -])?owned (?:\d|by\b)"
    r"|,? which (?:also )?(?:owns|operates|makes|holds|manages|employs|sells|provides|publishes|specialises|"
    r"specializes)\b"
    r"|, (?:an?|the|its) (?:[\w.-]+ ){0,4}?(?:unit|subsidiary|brokerage|daily)(?: of\b|,)"
)
_OWNERS_AFTER = re.compile(r", (?:the )?(?:owner|maker|operator|publisher)s of\b")
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
_GOODS = r"(?:bushels|tonnes|tons|bales|barrels|lots|contracts|cargoes|cargo)"
_MONTH = rf"(?:{'|'.join(map(str.title, MONTHS))})"
_DEALT_AFTER = re.compile(
    rf"(?:(?:, {_NAME}){{0,2}},? (?:and|&) {_NAME})? (?:both |also )?"
    rf"(?:said (?:they|it) )?(?:bought|sold|offered)"
    rf" (?:(?:\d[\d.,]*(?: mln| million)?|single|one|two|three|several) {_GOODS}\b"
    rf"|{_MONTH}(?: and {_MONTH}|[,.]| futures| contracts)(?! \d))"
)
"""What a trading house does on the exchange; two may do it together."""
_DEALT_BEFORE = re.compile(rf"\b(?:{_GOODS}|offers)[^.;\n]{{0,40}} (?:from|to) \Z")
_AT_PRICE = re.compile(r"(?: also)? (?:for|at) \d")
_SHARES_OF = re.compile(r"\b(?:[Ss]hares|[Ss]tock|[Ss]ubsidiary) of \Z")
_UND_BEFORE = re.compile(rf"{_NAME} und \Z")
_AND = re.compile(r" (?:and|&) ")
_AND_BEFORE = re.compile(r"\b(?:and|&) \Z")
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
    surnames = {text[f.start : f.end].rpartition(" ")[2] for f in found if " " in text[f.start : f.end]}
    for i, piece in enumerate(found):
        surface = text[piece.start : piece.end]
        lone = " " not in surface
        together = lone and partner and _AND.fullmatch(text, before, piece.start)
        twice = together and partner == surface and not text.startswith(("'", "’"), piece.end)
        if surface in named or _employs(text, piece, found[i + 1 : i + 2], surnames):
            firms.add(surface)
        if piece.start < reach or twice or like_a_firm(text, piece, before):
            firms.add(surface)
            if together and " " not in partner:
                firms.add(partner)
            partners = _PARTNER_AFTER.match(text, piece.end, piece.end + 110)
            reach = max(reach, partners.end() if partners is not None else 0)
        elif together and partner in firms and not text.startswith(("'", "’"), piece.end):
            # "stockbrokers Harrow and Lind"
            firms.add(surface)
        elif _PERSON_AFTER.match(text, piece.end, piece.end + 40):
            people.add(surface)
        before, partner = piece.end, surface if lone or surface in firms else ""
    return frozenset(firms - people)


_SPEAKS = re.compile(rf" (?:{alternation(names().speech)})\b")


def _employs(text: str, piece: PersonSpan, following: Sequence[PersonSpan], surnames: set[str]) -> bool:
    """Whether a name is that of the firm of who is named elsewhere: "Harrow's Lind said" of "Ada Lind"."""
    if not following or not text.startswith(("'s ", "’s "), piece.end):
        return False
    other = following[0]
    surname = text[other.start : other.end]
    return (
        other.start == piece.end + 3
        and surname in surnames
        and text[piece.start : piece.end].rpartition(" ")[2] not in surnames - {surname}
        and bool(_SPEAKS.match(text, other.end))
    )


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
    return " ".join(keys) in names().firms or holds_a_firm(keys)


def holds_a_firm(keys: Sequence[str]) -> bool:
    """Whether two words of a longer name are those of a well-known firm ("Klynveld Peat Marwick").

    >>> holds_a_firm(["shearson", "lehman", "brothers"]), holds_a_firm(["john", "thomas", "cook"])
    (True, False)
    """
    table = names()
    return len(keys) > 2 and any(
        f"{one} {other}" in table.firms and one not in given_names() for one, other in pairwise(keys)
    )


_UNIT_AFTER = re.compile(r" (?:subsidiary|unit|division|affiliate)\b")
_ITS_BEFORE = re.compile(r"(?:\b(?:its|their|the)|['’]s|s['’]) (?:[A-Z][\w.&]*\.? ){0,2}\Z")


def _is_a_unit(text: str, piece: PersonSpan) -> bool:
    """Whether a name is that of a part of a firm: "its Chas. P. Harrow subsidiary"."""
    if not _UNIT_AFTER.match(text, piece.end):
        return False
    return bool(_ITS_BEFORE.search(text, max(0, piece.start - 30), piece.start))


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
                return not _AND_FULL.match(text, end)
            return kind["kind"] is None or _stands_alone(text, kind.start(), end)
        if text.endswith(_ENDS_EMPLOYER, 0, start) and _EMPLOYER_BEFORE.search(text, left, start):
            return True
        if (
            text.endswith(" of ", 0, start)
            and " " not in text[start:end]
            and _SHARES_OF.search(text, left, start)
        ):
            return True
        if text.endswith(" und ", 0, start) and _UND_BEFORE.search(text, left, start):
            return True
        if 0 < before < start < before + 60:
            if _OF_BEFORE.fullmatch(text, before, start):
                return True
            if " " not in text[start:end] and _OF_TWO_BEFORE.fullmatch(text, before, start):
                return True
        if (
            text.endswith((" and ", " & "), 0, start)
            and " " not in text[start:end]
            and _EMPLOYERS_BEFORE.search(text, left, start)
        ):
            return True
    if not text.startswith((" ", ","), end):
        return False
    if _is_a_unit(text, piece):
        return True
    after = end + 110
    if _OWNED_AFTER.match(text, end, after) or _ACTS_AFTER.match(text, end, after):
        return True
    if _DEALT_AFTER.match(text, end, after):
        return True
    if _AT_PRICE.match(text, end) and _DEALT_BEFORE.search(text, max(0, start - 60), start):
        return True
    if _OWNERS_AFTER.match(text, end, after) and not _AND_BEFORE.search(text, max(0, start - 5), start):
        return True
    if " " not in text[start:end] and _SAID_IT.match(text, end, after):
        return True
    shape = _EMPLOYEE_AFTER if " " in text[start:end] else _ANALYST_AFTER
    return bool(_PARTNER_AFTER.match(text, end, after) or shape.match(text, end, after))


_AND_FULL = re.compile(rf",? (?:and|&) {_NAME} {_NAME}|, {_NAME}")
"""After "brokers Ada Lind": others in full, so that they are people; "brokers Lind and Hale" is a firm."""


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether "oil company Harrow" names the company: not "the company Harrow founded"."""
    if not _DETERMINED.search(text, max(0, start - 40), start):
        return True
    follow = _SMALL_NEXT.match(text, end)
    return follow is None or follow[1] in _GOES_ON


_ITS_OWN = re.compile(
    r" said (?:(?:[A-Z][a-z]+day|today|yesterday) )?"
    r"(?:it (?:would|will|had|has|plans|expects)|its|the board)\b"
)


_ITS_THING = re.compile(
    r"['’]s (?:shares (?:rose|fell|closed|were|have)|stock (?:rose|fell|tumbled|price)|board|share price"
    r"|shareholders|stockholders|subsidiar(?:y|ies)|annual meeting|headquarters|earnings|bankruptcy)\b"
    r"| (?:shares|stock) (?:rose|fell|hit|closed|tumbled|jumped|slid)\b"
)
"""After the name of a firm whose founder is told of as well."""


def after_its_kind(text: str, start: int) -> bool:
    """Whether what starts at ``start`` is called a firm right before: "the automaker Hale".

    >>> after_its_kind("U.S. automaker Hale fell", 15), after_its_kind("U.S. maker Hale", 11)
    (True, False)
    """
    return text.endswith(_KINDS, 0, start)


@dataclass(frozen=True)
class Namesake:
    """A surname that a firm of the article bears as well."""

    named: int
    """Where the man is first named in full."""
    firm_first: bool = False
    """Whether the surname stands alone before that, and so for the firm, as it may do after it."""

    def is_firm(self, text: str, piece: PersonSpan) -> bool:
        """Whether the firm is meant at ``piece``: before the man is named, or speaking of itself as "it".

        >>> text = "Hale Inc rose. Hale fell. Al Hale left. Hale wept. Hale said it would close."
        >>> [Namesake(26).is_firm(text, PersonSpan(at, at + 4)) for at in (15, 40, 51)]
        [True, False, True]
        """
        if _PERSON_AFTER.match(text, piece.end, piece.end + 40):
            return False
        if self.firm_first or piece.end <= self.named or _ITS_THING.match(text, piece.end, piece.end + 40):
            return True
        return bool(_ITS_OWN.match(text, piece.end, piece.end + 60))


_BRACKETED = re.compile(r"<([A-Z][\w’'-]+) (?:[\w.&’'-]+ ){0,4}([A-Z][a-z]+)>")


def bearing_firms(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """First words, folded, of what is plainly a firm: "Halvor Enterprises Inc", "<Halvor and Brun Group>"."""
    named = [s.surface.split() for s in spans if s.label == "ORG" and " " in s.surface.strip()]
    firm = names().of_partners
    found = {fold(words[0]) for words in named if words[-1] in firm or fold(words[-1]) in names().companies}
    if "<" in text:
        found.update(fold(match[1]) for match in _BRACKETED.finditer(text) if match[2] in firm)
    return frozenset(found)


def namesakes(text: str, found: Sequence[PersonSpan], firms: frozenset[str]) -> dict[str, Namesake]:
    """The people of ``found`` whose surname is the first word of one of ``firms``, by that word."""
    called: dict[str, Namesake] = {}
    alone: set[str] = set()
    for piece in found if firms else ():
        units = parse_name(text[piece.start : piece.end]).units
        key = units[-1].bare if units else ""
        if key not in firms:
            continue
        if len(units) == 1:
            alone.add(key)
        elif key not in called:
            called[key] = Namesake(piece.start, key in alone)
    return called
