"""The seat of an office, given after the name: "(R-MT)", "(Olimpia)", "of Nevada"."""

from __future__ import annotations

from dataclasses import replace

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.lexicons.us_states import US_STATES
from newsledger.stages.people.role import Role
from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import Context

_PARTY = r"(?:[RDIS]|DFL|GOP|Con|Lab|Lib)\s?[-–—]{1,2}\s?"
_STATE = r"(?:[A-Z]{2}(?:[- ]?(?:\d{1,2}|AL|At[- ]Large))?|[A-Z][\w.’‘ʻ']*(?:\s[A-Z][\w.’‘ʻ']*){0,2})"
_SEAT = lazy_regex(
    r"(?:['’]s|,\s(?:M\.?D|Ph\.?D|Jr|Sr)\.?(?=\s\())?"
    rf"(?:\s?\((?:both\s)?{_PARTY}(?P<a>{_STATE})[^()\n]{{0,20}}\)"
    rf"|,\s(?:both\s)?{_PARTY}(?P<b>(?:[A-Z]\.){{2}}|[A-Z][a-z]+\.|[A-Z]{{2}}\b|{_STATE})"
    r"|\s?\((?P<c>[A-Z]{2}[- ](?:\d{1,2}|AL))\))"
)
BOTH = lazy_regex(r"\s?[(,]\s?both\s")
_BARE = lazy_regex(r"\s?\((?P<state>[A-Z][\w. ]{1,20})\)")
_RETIRED = lazy_regex(r"\s?\((?:(?P<force>[A-Z]{2,6})\s?,\s)?(?i:ret(?:\.|ired))\)")
_OF = lazy_regex(r"(?:(?P<of>,?\s(?:of|from))|\s(?:at|with|for))\s(?:the\s(?:[a-z]+\s)?)?(?=[A-Z])")
_NAMES_OF_STATES = frozenset(
    name for state in US_STATES for name in (state.code, state.name, *state.abbreviations)
)
_OVER = {use: any_of(words) for use, words in roles().leaving.items()}
HAS_LEFT = lazy_regex(
    r"\s?\((?:1[5-9]|20)\d\d\s?[-–]\s?(?:(?:1[5-9]|20)\d\d|\d\d)\)|(?:\s\([^()\n]{1,30}\))?(?:,? who)? "
    rf"(?:(?:has |had )?(?:{_OVER['verbs']})(?! (?:as|from|the|a|hurt|smoking)\b)"
    rf"|(?:was|had been) (?:{_OVER['participles']})|(?<=who )(?:was|ha[sd] been) (?:{_OVER['after_who']}))\b"
)
LABEL = lazy_regex(r"\s?\((?P<label>[A-Z][^(),;:\n]{0,58})\)")


def seated(context: Context, role: Role, end: int) -> Role:
    """The role with the seat given after the name that ends at ``end``."""
    text = context.text
    if role.status == "current" and role.phrase[-1] not in roles().lasting and HAS_LEFT.match(text, end):
        role = replace(role, status="former")
    if (retired := _RETIRED.match(text, end)) is not None:
        role = replace(role, status="former", org=role.org or retired["force"])
    if role.elected and role.org is None and (seat := seat_after(text, end)) is not None:
        return replace(role, org=seat)
    if role.org is not None or (match := _OF.match(text, end)) is None:
        return role
    if (country := context.country_starts.get(match.end())) is not None:
        # But "U.S. envoy Ada Lind for Peru", "Ada Lind of Italy's Northair"
        owner = text.startswith(("'s", "’s"), country.end_char)
        return role if owner else replace(role, country=role.country or country.iso_alpha2)
    named = context.body_at(match.end())
    tail = _SCHOOL.match(text, named.end) if named is not None and named.possessive else None
    if named is None or (named.possessive and tail is None):
        return role
    if named.place and not (match["of"] and role.field in roles().of_places):
        return role
    return replace(role, org=" ".join(text[named.start : tail.end() if tail else named.end].split()))


_SCHOOL = lazy_regex(
    r"['’]s?\s(?:[a-z]+\s){0,2}(?:school|department|faculty|institute|centre|center|division|office|unit|branch|arm)\b"
)


def seat_after(text: str, end: int) -> str | None:
    """The state or district after the name of a member of a congress.

    >>> seat_after("Lind (R-Mont.) said", 4), seat_after("Lind, D-Ore., said", 4)
    ('Mont.', 'Ore.')
    """
    match = _SEAT.match(text, end)
    if match is not None:
        return match["a"] or match["b"] or match["c"]
    bare = _BARE.match(text, end)
    return bare["state"] if bare is not None and bare["state"] in _NAMES_OF_STATES else None
