"""Words beside a name that a classifier takes in or leaves out: a nation, a day, the family name itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.lexicons.calendar import MONTH_ABBREVIATIONS, WEEKDAYS
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import BLANK, CAPITAL
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import names, roles

if TYPE_CHECKING:
    from newsledger.stages.people.boundaries.person_span import PersonSpan

WEEKDAY = re.compile(rf"{BLANK}(?:{'|'.join(map(str.title, WEEKDAYS))})\Z")
_ADDRESSED = ("Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms ", "President ", "Minister ")
_NATION = re.compile(
    r"(?:Briton|Spaniard|French(?:man|woman)|English(?:man|woman)|Dutch(?:man|woman)|Irish(?:man|woman)"
    r"|German|Welshman|Scots(?:man|woman)|Swede|Dane|Aussie|Serb|Croat) (?=[A-Z][\w’'-]+ [A-Z])"
)
RIGHT_FAMILY = re.compile(
    rf"{BLANK}({CAPITAL}[a-zß-öø-ÿ’'-]+[a-zß-öø-ÿ])(?=[.,;)\n]|{BLANK}[a-z]|['’]s\b|\Z)"
)
_AGED = re.compile(r", [1-9]\d,(?! \d)")
_OFFICE_BEFORE = re.compile(rf"\b([a-z]+),?{BLANK}\Z")


def before_weekday(text: str, start: int, end: int) -> int:
    """Where the name ends before the day that the span took in ("Mr. Hale Wednesday said").

    >>> before_weekday("Omar Said Omar Friday", 0, 21), before_weekday("Jo Friday", 0, 9)
    (14, 9)
    """
    match = WEEKDAY.search(text, start, end)
    if match is None or match.start() <= start:
        return end
    long = " " in text[start : match.start()]
    return match.start() if long or text.endswith(_ADDRESSED, 0, start) else end


def past_people(context: Context, start: int, end: int) -> int:
    """Where the name begins after a nation's word before two more names; "German" may be a given name."""
    text = context.text
    match = _NATION.match(text, start, end)
    country = context.country_starts.get(start)
    if match is not None:
        at = match.end()
    elif country is not None and country.mention_type in {"adjective", "demonym"}:
        at = country.end_char + 1
    else:
        return start
    rest = text[at:end]
    if " " not in rest or text[at - 1] != " " or not rest[0].isupper():
        return start
    return start if _given(text[start : at - 1]) and not _given(rest) else at


def _given(name: str) -> bool:
    """Whether a name begins with a given name of the tables."""
    first, table = fold(name.split()[0]), names()
    return any(first in known for known in (table.of_men, table.of_women, table.given, table.nicknames))


def cut_off(context: Context, start: int, end: int, floor: int, rest: re.Match[str]) -> bool:
    """Whether the word after a given name is the family name: after an office, or with "Mr." elsewhere."""
    text, word = context.text, rest[1]
    if not _given(text[start:end]) or fold(word) in names().calendar:
        return False
    if rest.start(1) in context.name_starts or rest.start(1) in context.country_starts:
        return False
    if _AGED.match(text, rest.end(1)):
        # "Oliver Case, 31, of Kent"
        return True
    office = _OFFICE_BEFORE.search(text, max(floor, start - 24), start)
    if office is not None and (office[1],) in roles().field:
        return True
    return any(f"{title} {word}" in text for title in ("Mr.", "Ms.", "Mrs."))


_NO_SECOND = frozenset({"family", "clan", "dynasty", "house", "team"})
_MONTH_CUT = re.compile(rf"(?:{'|'.join(map(str.title, MONTH_ABBREVIATIONS))})\. ?\d")
_SMALL_BEFORE = re.compile(r"(?:[a-z][\w’'-]*|\b[A-Z]),?[ \xa0]\Z")
_NOT_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|post|pre|anti|pro|[Mm]rs?|[Mm]s|[Dd]r)[ \xa0-]\Z")


def namesakes_cut_off(context: Context, found: Sequence[PersonSpan]) -> None:
    """Take in the rest of a name of which only the first word was read, where somebody else is called so.

    "Ada Lind Kyi ... her lawyer Kyi Win": the word alone would be Ada Lind Kyi's. What follows must be no
    day, office or body ("told Hale Wednesday", "Hale Cabinet") and may nowhere be a common word.
    """
    text = context.text
    keys: set[str] = set()
    for piece in found:
        words = text[piece.start : piece.end].split()
        if len(words) > 1:
            keys.update(map(fold, words))
    keys -= names().peoples
    if not keys:
        return
    starts = {piece.start for piece in found}
    for piece in found:
        surface = text[piece.start : piece.end]
        key = fold(surface)
        if " " in surface or not surface[0].isupper() or surface.isupper() or key not in keys:
            continue
        rest = RIGHT_FAMILY.match(text, piece.end, piece.end + 40)
        if rest is None or rest.start(1) in starts or not _belongs(context, surface, rest):
            continue
        before = max(0, piece.start - 24)
        if _SMALL_BEFORE.search(text, before, piece.start) and not _NOT_BEFORE.search(
            text, before, piece.start
        ):
            piece.end = rest.end(1)
            piece.rules.append("joined")


def _belongs(context: Context, surface: str, rest: re.Match[str]) -> bool:
    """Whether the word after a name of one word can be its second."""
    text, word, table = context.text, rest[1], names()
    key = fold(word)
    if rest.start(1) in context.name_starts or rest.start(1) in context.country_starts:
        return False
    if key in table.calendar or key in table.things or key in table.of_person or key in roles().institutions:
        return False
    if _MONTH_CUT.match(text, rest.start(1)) or word.endswith(("ed", "ing")):
        return False
    if (
        key in _NO_SECOND
        or (key,) in roles().field
        or key in roles().by_last
        or word.endswith("s")
        or key in table.companies
    ):
        return False
    return re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", text) is None
