"""Whose the office before a name is, as it is said after the name: "President Moreau of France"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.org import past_slash, whole_body
from newsledger.stages.people.roles.roles import Context, Role
from newsledger.stages.people.roles.units import firm_of_kind, unit_end
from newsledger.stages.people.tables import alternation, roles

_FROM_PLACE = re.compile(r"\s+from\s+(the\s+)?(?=[A-Z])")
_OF_PLACE = re.compile(r"(?:,(?=\sof\s[A-Z][^,;.()\n]{2,30},))?\s+of\s+(the\s+)?(?=[A-Z])")


def placed(context: Context, role: Role, end: int) -> Role:
    """The role with the country or place after the name: "President Moreau of France"."""
    if role.field == "sport" and role.country is None and role.org is None and not role.many:
        # "defending champion Ada Lind of Kenya"
        match = _OF_PLACE.match(context.text, end, end + 12)
        land = context.country_starts.get(match.end()) if match is not None else None
        if land is not None and not _goes_with(context.text, land.end_char):
            return replace(role, country=land.iso_alpha2)
    speaks = role.phrase[-1] in _SPEAK and role.country is None
    seat = role.phrase in _SEATS
    if (
        role.org is None
        and not seat
        and (speaks or role.field in _OF_A_FIRM or (role.country is None and role.field in _OF_A_BODY))
    ):
        return _employed(context, role, end)
    stated = role.country is not None and role.phrase not in _ELECTED
    if stated or role.org is not None or not (seat or role.field in _OF_A_PLACE):
        return role
    match = _OF_PLACE.match(context.text, end, end + 12)
    if match is None and role.phrase == ("senator",):
        match = _FROM_PLACE.match(context.text, end, end + 12)
    if match is None:
        return role
    country = context.country_starts.get(match.end())
    if country is not None and role.country is not None:
        return role
    if country is not None:
        stop = country.end_char
        return role if _goes_with(context.text, stop) else replace(role, country=country.iso_alpha2)
    span = context.name_starts.get(match.end())
    heads = role.phrase == ("secretary",) and role.text == "Secretary"
    if (
        heads
        and match[1]
        and span is not None
        and span.label == "ORG"
        and not _goes_with(context.text, span.end_char)
    ):
        # "Secretary Ada Lind of the Department of Roads"
        return replace(role, org=" ".join(span.surface.split()))
    if (
        span is None
        or span.label != "LOC"
        or (role.field == "cabinet" and not seat)
        or _goes_with(context.text, span.end_char)
    ):
        return role
    return replace(role, org=" ".join(span.surface.split()))


def opened(context: Context, role: Role, start: int) -> Role:
    """The role of a mayor at ``start`` with the town that opens the sentence: "In Northam, Mayor Hale".

    Not a president's: she may be a guest ("In Kenya, president Hale met the chancellor").
    """
    text = context.text
    stated = role.country is not None or role.org is not None
    if stated or role.phrase != ("mayor",) or not text.endswith(", ", 0, start):
        return role
    town = context.name_ends.get(start - 2)
    if town is None or town.label != "LOC" or start - 2 in context.country_ends:
        return role
    if not _OPENING.search(text, max(0, town.start_char - 10), town.start_char):
        return role
    return replace(role, org=" ".join(town.surface.split()))


_OPENING = re.compile(r"(?:\A|[.!?”\"\n])\s*In (?:the )?\Z")


_INCLUDING = re.compile(r",? including (?:its |their )?\Z")


def of_those(context: Context, role: Role, start: int) -> Role:
    """The role with the body in "staff of the Northam Works, including Executive Director Ada Lind"."""
    if role.org or role.country or role.phrase[-1] not in _OF_STAFF:
        return role
    said = _INCLUDING.search(context.text, max(0, start - 20), start)
    span = context.name_ends.get(said.start()) if said is not None else None
    return replace(role, org=span.surface) if span is not None and span.label == "ORG" else role


_OF_STAFF = frozenset({"director", "chairman", "chairwoman", "ceo", "manager", "chief", "secretary-general"})


_LED = re.compile(r"(?: \([A-Z]{2,10}\))?,? (?:(?:now|which is|currently) )?(headed|chaired|founded) by \Z")
_LEADS = {"headed": "head", "chaired": "chairman", "founded": "founder"}


def led_by(context: Context, start: int) -> Role | None:
    """The office in "the Northam Committee, chaired by Ada Lind": who is named from ``start`` on holds it."""
    said = _LED.search(context.text, max(0, start - 48), start)
    span = context.name_ends.get(said.start()) if said is not None else None
    if said is None or span is None or span.label != "ORG":
        return None
    office = _LEADS[said[1]]
    org = " ".join(context.text[whole_body(context, span.start_char) : span.end_char].split())
    return Role((office,), office.capitalize(), status="current", org=org, side="before")


def _employed(context: Context, role: Role, end: int) -> Role:
    """The role with the organisation after the name: "analyst Ada Lind at Northam Bank"."""
    match = _AT_FIRM.match(context.text, end, end + 28)
    if match is None and role.phrase[-1] in _AT_A_DESK:
        match = _WITH_FIRM.match(context.text, end, end + 12)
    match = match or _AT_KIND.match(context.text, end, end + 60)
    if match is None and role.phrase[-1] in _SPEAK:
        match = _FOR_BODY.match(context.text, end, end + 12)
    court = context.name_starts.get(end + 2) if role.phrase[-1] in _JUDGES else None
    if court is not None and court.label == "ORG" and context.text.startswith(", ", end):
        # "Judge Ada Lind, Northam Court of Appeals, spoke."
        closed = "Court" in court.surface and context.text[court.end_char : court.end_char + 1] in _CLOSE
        return replace(role, org=" ".join(court.surface.split())) if closed else role
    if match is not None and (firm := firm_of_kind(context, match.end())) is not None:
        # "Ada Lind at Lima investment bank <Northam Spa>"
        return replace(role, org=" ".join(firm.split()))
    if match is None:
        return role
    span = context.name_starts.get(match.end())
    if span is None or span.label != "ORG":
        return role
    anybody = role.phrase[-1] in _HEADS or role.field in _OF_A_BODY
    if match[1] != "of" and anybody and not span.surface.endswith(_MISSIONS):
        return role
    if context.text.startswith(_MARKS, span.end_char):
        # "reporter Ada Lind of Northair's Studio 7"
        part = context.name_starts.get(span.end_char + 3)
        if part is not None and part.label == "ORG":
            number = _NUMBER.match(context.text, part.end_char)
            stop = number.end() if number is not None else part.end_char
            return replace(role, org=" ".join(context.text[span.start_char : stop].split()))
    company = _AND_COMPANY.match(context.text, span.end_char)
    if (unit := unit_end(context.text, span.end_char)) > span.end_char:
        # "Director Ada Lind at the Northam Bank's monetary department"
        return replace(role, org=" ".join(context.text[span.start_char : unit].split()))
    stop = company.end() if company is not None else past_slash(context.text, span.end_char)
    if _goes_with(context.text, stop) and not _PART_OF.match(context.text, stop):
        return role
    return replace(role, org=" ".join(context.text[span.start_char : stop].split()))


_PART_OF = re.compile(
    r"['’]s (?:[a-z]+ ){0,2}?(?:school|faculty|college|institute|centre|center|laboratory|lab)\b"
)
"""What the body has, where its holder works: "Ada Lind of the Northam University's school of roads"."""
_MISSIONS = ("Embassy", "Consulate")
"""Whose officers are posted there: "an affairs officer, Ada Lind, at the Northam Embassy"."""
_NUMBER = re.compile(r" \d{1,4}\b")
_AND_COMPANY = re.compile(r" (?:and|&) Co\b")
_AT_FIRM = re.compile(
    r"(?:,(?=\s(?:of|at)\s)|\s\([RDI]-[A-Z][A-Za-z.]{0,6}\)(?=\sof\sthe\s))?\s(of|at|with|from)\s(?:the\s)?(?=[A-Z])"
)
_FOR_BODY = re.compile(r",?\s(for)\s(?:the\s)?(?=[A-Z])")
"""\"A spokesman, Ben Hale, for the Northam Force\""""
_WITH_FIRM = re.compile(r",\s(with)\s(?:the\s)?(?=[A-Z])")
_AT_A_DESK = frozenset({"analyst", "economist", "trader", "broker", "strategist", "dealer"})
_AT_KIND = re.compile(
    rf"\s(at|of|with)\s(?:the\s)?(?:[a-z]+\s){{0,2}}?(?:{alternation(roles().kinds_of_org)})\s(?=[A-Z])"
)
"""\"economist Ada Lind at the investment bank Northam\""""
_HEADS = frozenset({"executive", "ceo", "chairman", "chairwoman", "president", "founder", "owner", "head"})
"""Who may be somewhere without working there."""


def _goes_with(text: str, end: int) -> bool:
    """Whether a possessive or a capital word goes on with the place ("of France's Socialists")."""
    return text[end : end + 2] in _MARKS or bool(re.match(r"[ \xa0-][A-Z]", text[end : end + 2]))


_JUDGES = frozenset({"judge", "justice"})
_CLOSE = frozenset({",", ".", ";", "\n", ""})
_SPEAK = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_MARKS = ("'s", "’s")
_OF_A_BODY = frozenset({"military", "police", "sport", "arts", "other"})
_OF_A_FIRM = frozenset({"business", "media", "academia", "law"})
_SEATS = frozenset({("representative",)})
_ELECTED = frozenset({("senator",), ("representative",), ("congressman",), ("congresswoman",)})
"""Their state may be said beside their country: "U.S. Senator Hale of Nevada"."""
_OF_A_PLACE = frozenset({"state", "cabinet", "legislature", "local", "royalty", "religion"})
