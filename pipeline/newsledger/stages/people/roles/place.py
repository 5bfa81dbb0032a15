"""Whose the office before a name is, as it is said after the name: "President Moreau of France"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.org import whole_body
from newsledger.stages.people.roles.roles import ELECTED, Context, Role
from newsledger.stages.people.roles.units import firm_of_kind

_FROM_PLACE = re.compile(r"\s+from\s+(the\s+)?(?=[A-Z])")
_OF_PLACE = re.compile(r"(?:,(?=\sof\s[A-Z][^,;.()\n]{2,30},))?\s+of\s+(the\s+)?(?=[A-Z])")


def placed(context: Context, role: Role, end: int) -> Role:
    """The role with the country or place after the name: "President Moreau of France"."""
    speaks = role.phrase[-1] in _SPEAK and role.country is None
    seat = role.phrase == ("representative",)
    if (
        role.org is None
        and not seat
        and (speaks or role.field in _OF_A_FIRM or (role.country is None and role.field in _OF_A_BODY))
    ):
        return _employed(context, role, end)
    stated = role.country is not None and role.phrase not in ELECTED
    if stated or role.org is not None:
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
        return replace(role, country=country.iso_alpha2)
    span = context.name_starts.get(match.end())
    if span is None or span.label != "LOC":
        return role
    return replace(role, org=" ".join(span.surface.split()))


_LED = re.compile(r",? (headed|chaired|founded) by \Z")
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
    if match is not None and (firm := firm_of_kind(context, match.end())) is not None:
        # "Ada Lind at Lima investment bank <Northam Spa>"
        return replace(role, org=" ".join(firm.split()))
    if match is None:
        return role
    span = context.name_starts.get(match.end())
    if span is None or span.label != "ORG":
        return role
    if match[1] != "of" and role.field in _OF_A_BODY:
        return role
    return replace(role, org=" ".join(span.surface.split()))


_AT_FIRM = re.compile(
    r"(?:,(?=\s(?:of|at)\s)|\s\([RDI]-[A-Z][A-Za-z.]{0,6}\)(?=\sof\sthe\s))?\s(of|at|with|from)\s(?:the\s)?(?=[A-Z])"
)


_SPEAK = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_OF_A_BODY = frozenset({"military", "police", "sport", "arts", "other"})
_OF_A_FIRM = frozenset({"business", "media", "academia", "law"})
