"""Names that go on in the next line, and titles that stand at the end of the line before."""

from __future__ import annotations

import re
from itertools import pairwise

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold, parse_name
from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.tables import alternation, given_and_pet_names, roles
from newsledger.stages.people.tables import names as name_tables

_SHORT_TITLES = {key for key in roles().short.keys() | roles().honorifics.keys() if len(key) < 5}
_BROKEN_OFF = re.compile(rf"\b(?:{alternation(key.capitalize() for key in _SHORT_TITLES)})\.\s+\Z")


def title_floor(text: str, layout: Layout, start: int, name: int) -> int:
    """How far back to look for the title of a name: over a break that stands between "Sens." and the name.

    So too where the break is within the office: "Senior Deputy District⏎Attorney Ada Lind".
    """
    if not start:
        return start
    if not (_office_goes_on(text, start, name) if start != name else _ends_in_title(text, start)):
        return start
    return layout.segment_at(len(text[:start].rstrip()) - 1).start


def _ends_in_title(text: str, at: int) -> bool:
    return _BROKEN_OFF.search(text, max(0, at - 12), at) is not None


_WORD_BEFORE = re.compile(r"(?<![\w-])([A-Z][a-z]+)\n\Z")
_WORD_AFTER = re.compile(r"([A-Z][a-z]+) ")


def _office_goes_on(text: str, at: int, name: int) -> bool:
    """Whether the last word of a line and the first of the next, at ``at``, are one office before a name."""
    if name - at > _OFFICE_REST:
        return False
    first, second = _WORD_BEFORE.search(text, max(0, at - 24), at), _WORD_AFTER.match(text, at, name)
    if first is None or second is None or second.end() != name:
        return False
    return (first[1].lower(), second[1].lower()) in roles().field


_OFFICE_REST = 24
_SPEECH_END = re.compile(rf"\b(?:{alternation(name_tables().speech)}|commented|according to)[ \xa0]\Z")


def join_across_lines(text: str, mentions: list[Named]) -> None:
    """Note that a name goes on in the next line: "... said Ada⏎Lind, director of ...".

    The line ends with the paragraph there, which no mention may cross, so that the two stay two.
    """
    known: dict[str, int] = {}
    short: dict[str, int] = {}
    families = {m.parts.units[-1].text for m in mentions if len(m.parts.units) > 1}
    for i, mention in enumerate(mentions):
        if len(mention.parts.units) > 2:
            known.setdefault(mention.surface, i)
        elif len(mention.parts.units) == 2 and not mention.before.addressed:
            short.setdefault(mention.surface, i)
    for one, other in pairwise(mentions):
        if (
            text[one.found.end : other.found.start] == "\n"
            and len(one.parts.units) == 1
            and other.alias_of < 0
        ):
            # "Exoneration of Ada⏎Maria Lind", who is Ada Maria Lind elsewhere
            other.alias_of = known.get(f"{one.surface} {other.surface}", -1)
            if other.alias_of < 0 and len(other.parts.units) == 1 and not other.before.addressed:
                # "Ada⏎Lind", and "Ivan von⏎Tarn" whose "von" the classifier takes for a name
                whole = f"{one.surface} {other.surface}"
                index = short.get(whole, -1)
                if index < 0 and fold(one.surface) in name_tables().bridging:
                    index = _ending_in(mentions, whole)
                if index >= 0:
                    one.alias_of = other.alias_of = index
            if other.alias_of < 0 and len(other.parts.units) == 2 and " " in other.surface:
                # the same of who is Ada Lind elsewhere
                other.alias_of = short.get(f"{one.surface} {other.surface.rsplit(' ', 1)[1]}", -1)
        if (
            text[one.found.end : other.found.start] == "\n"
            and len(one.parts.units) == len(other.parts.units) == 1
            and one.segment != other.segment
            and text[other.found.end : other.found.end + 1] == ","
            and other.role is not None
            and _SPEECH_END.search(text, max(0, one.found.start - 16), one.found.start)
        ):
            one.shares, one.broken = other.surface, True
        elif text[one.found.end : other.found.start] == "\n" and (
            _goes_on_below(text, one, other) or _office_of_one(text, one, other, families)
        ):
            one.shares, one.wrapped = other.surface, True
            if len(one.parts.units) > 1:
                one.whole = f"{one.surface} {other.surface}"
                one.parts = parse_name(one.whole)


_CLOSES = re.compile(r"[.,;)]")
_WIDTH = 60


def _office_of_one(text: str, one: Named, other: Named, families: set[str]) -> bool:
    """Whether an office stands before the rare given name that ends a full line: "to Det. Noe⏎Tarn, with".

    Neither word may be anybody's surname here: a heading may end in one and the story begin with another.
    """
    if one.alias_of >= 0 or len(one.parts.units) > 1 or len(other.parts.units) > 1:
        return False
    if one.role is None or one.role.side != "before" or one.role.many:
        return False
    if other.role is not None or other.before.addressed or {one.surface, other.surface} & families:
        return False
    full_line = one.found.end - text.rfind("\n", 0, one.found.end) > _WIDTH
    return full_line and bool(_CLOSES.match(text, other.found.end))


def _ending_in(mentions: list[Named], family: str) -> int:
    """The first mention of a full name that ends in ``family``, a surname with its particle."""
    return next((i for i, m in enumerate(mentions) if m.surface.endswith(f" {family}")), -1)


_AFTER_SURNAME = re.compile(r" [a-z]|['’]s|\.\s|, (?:then[ -]|[a-z]|\d\d\b)")
_SAME_LINE = re.compile(r" |\n?[.,]|['’]s")
_AGE_BELOW = re.compile(r"\n?, (?:then[ -])?\d\d\b")


def _goes_on_below(text: str, one: Named, other: Named) -> bool:
    """Whether the surname stands in the next line: "Prosecutor Ada⏎Lind for", "Ada Maria⏎Lind, 34,"."""
    if len(other.parts.units) != 1 or other.before.addressed or (other.role and other.role.side == "before"):
        return False
    if len(one.parts.units) > 1:
        again = other.parts.joined in one.parts.keys
        return not again and one.parts.suffix is None and bool(_AGE_BELOW.match(text, other.found.end))
    given = given_and_pet_names()
    if other.parts.joined in given or one.before.addressed:
        return False
    if one.parts.joined not in given and not one.before.kin:
        return False
    in_office = one.role is not None and one.role.side == "before" and not one.role.style
    return bool((_SAME_LINE if in_office else _AFTER_SURNAME).match(text, other.found.end))
