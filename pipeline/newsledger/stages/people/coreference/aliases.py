"""Other names and spellings of a person: known as, born, explained in brackets, written with a slip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsledger.stages.people.boundaries.name_parts import NameParts, parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.tables import names as name_tables

_INSERTED = re.compile(r"['’s]{0,2}\s[\[(]\Z")
_CLOSING = frozenset({"]", ")"})
_INTRODUCED = re.compile(r",\s(?:\d{1,3}\b|an?\s|the\s|who\b|whose\b|his\s|her\s|not\s)|\s\(")
_CALLED_SO = re.compile(r"\b(?:named|called|as)\s[\"“'‘]?\Z")


def find_inserted(text: str, mentions: Sequence[Named]) -> None:
    """Note who is meant where an editor says it in brackets: "as Lucho [Ruiz] says".

    In round ones the two must be a full name of the article, as they may set apart something else.
    """
    if "[" not in text and "(" not in text:
        return
    whole = {tuple(m.parts.keys) for m in mentions if len(m.parts.units) == 2}
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.alias_of < 0
            and len(one.parts.units) == len(other.parts.units) == 1
            and text[other.found.end : other.found.end + 1] in _CLOSING
            and _INSERTED.fullmatch(text, one.found.end, other.found.start)
            and (text[other.found.end] == "]" or (one.parts.units[0].key, other.parts.units[0].key) in whole)
        ):
            one.alias_of = i + 1


def told_of(text: str, name: PersonSpan) -> bool:
    """Whether it is said here who a single name is: "Ada, 34, said", "a girl named Ada"."""
    return bool(
        _INTRODUCED.match(text, name.end) or _CALLED_SO.search(text, max(0, name.start - 9), name.start)
    )


def with_mark_moved(text: str, mentions: Sequence[Named]) -> None:
    """Read "Ivin's" as Ivins' where the article has an Ivins and no Ivin: the apostrophe slipped.

    And where a long article has lost its apostrophes, "Hales bill" is Hale's if it knows a Hale.
    """
    if len(text) > _LONG and not any(mark in text for mark in _MARKS):
        _without_marks(mentions)
        return
    single = [
        m for m in mentions if len(m.parts.units) == 1 and text[m.found.end : m.found.end + 2] in _MARKS
    ]
    if not single:
        return
    words = {unit.text for m in mentions if len(m.parts.units) > 1 for unit in m.parts.units}
    alone = {m.surface for m in mentions if text[m.found.end : m.found.end + 2] not in _MARKS}
    for mention in single:
        if mention.surface + "s" in words and mention.surface not in words | alone:
            mention.parts = parse_name(mention.surface + "s")


_LONG = 1200
"""So many characters of English hold a possessive."""


def _without_marks(mentions: Sequence[Named]) -> None:
    families = {m.parts.units[-1].text for m in mentions if m.parts.family != 0}
    for mention in mentions:
        last = mention.parts.units[-1].text
        if len(last) > 4 and last.endswith("s") and last[:-1] in families and mention.parts.suffix is None:
            mention.parts = parse_name(mention.surface[:-1])


_MARKS = frozenset({"'s", "’s"})

_KNOWN_AS = re.compile(
    r"\s*[,(–—-]?\s*(?:(?:an?\s(?:[a-z-]+\s){1,4})?who\s+(?:is\s+)?)?(?:(?:also|better|popularly|more|most|commonly|widely|universally)\s+)*"
    r"(?:n[ée]e|born|whose\s+(?:real|birth|stage|full)\s+name\s+(?:is|was)|real\s+name|performs\s+as|performing\s+as|nicknamed|dubbed|alias|[Aa]\.?[Kk]\.?[Aa]\.?,?|(?<=also\s)(?:goes|went)\s+by"
    r"|(?:became\s+)?known\s+(?:(?:(?:in|to|among|around)\s[a-z][a-z ]{1,40}?\s)?as"
    r"|by\s+(?:the|his|her)\s+(?:moniker|nickname|name|alias|nom\s+de\s+guerre)(?:\s+of)?))"
    r"\s+[\"“'‘]?\Z"
)


def called_as(text: str, mentions: Sequence[Named], piece: PersonSpan) -> bool:
    """Whether a name is another of the last person's: "Ada Hale, also known as Lucho"."""
    end = mentions[-1].found.end
    return (
        piece.start - end < 64
        and _KNOWN_AS.fullmatch(text, end, piece.start) is not None
        and text[piece.end : piece.end + 2] not in _MARKS
    )


def alias_of(
    text: str, mentions: Sequence[Named], piece: PersonSpan, parts: NameParts, segment: int, *, called: bool
) -> int:
    """The mention whose other name ``piece`` is, -1 if of none; ``called``: it is said to be one."""
    if called:
        return _outside(text, mentions, piece.start)
    if (
        text.endswith(_ENDS_BORN, 0, piece.start)
        and len(parts.units) > 1
        and _BORN.search(text, max(0, piece.start - 22), piece.start)
    ):
        return _of_given(mentions, parts.units[0].key, segment)
    if _given_in_brackets(text, mentions, piece, parts):
        return len(mentions) - 1
    return -1


def _outside(text: str, mentions: Sequence[Named], start: int) -> int:
    """The last mention, or the one before a bracket: "Rosa Hale (formerly Lind and Moss, born Rosa Ruiz)"."""
    opens = text.rfind("(", max(0, start - 120), start)
    last = len(mentions) - 1
    if opens < 0 or ")" in text[opens:start] or mentions[last].found.start < opens:
        return last
    before_it = [k for k in range(max(0, last - 4), last) if mentions[k].found.end == opens - 1]
    return before_it[0] if before_it else last


def _given_in_brackets(text: str, mentions: Sequence[Named], piece: PersonSpan, parts: NameParts) -> bool:
    """Whether a given name in brackets belongs to the surname before it: "Kim (Hyung-ryul)"."""
    if not mentions or text[piece.end : piece.end + 1] != ")" or len(parts.units) != 1:
        return False
    last, given = mentions[-1], text[piece.start : piece.end].lower().split("-")
    return (
        text[last.found.end : piece.start] == " ("
        and last.parts.joined in name_tables().korean
        and len(given) == 2
        and name_tables().korean_syllables.issuperset(given)
    )


_BORN = re.compile(
    r"\b(?:was|is) born (?:as )?\Z|\bborn as \Z|[,(] ?formerly (?:known as )?\Z|\bis now (?:known as )?\Z"
)
_ENDS_BORN = ("born ", "as ", "formerly ", "now ")


def _of_given(mentions: Sequence[Named], given: str, segment: int) -> int:
    """The last person of one given name: "Ana Hale, whose ... , was born Ana Lind".

    The full name may stand before; what counts is that somebody of the family name is spoken of here.
    """
    family = next((m.parts.joined for m in reversed(mentions) if m.segment == segment), None)
    for number in range(len(mentions) - 1, -1, -1):
        parts = mentions[number].parts
        if parts.family and parts.units[0].key == given:
            here = mentions[number].segment == segment
            return number if here or family in {parts.joined, parts.units[parts.family].key} else -1
    return -1


_KNOWN_AHEAD = re.compile(
    r"(?:\A|[.!?\n][\s\"”’]*)(?:(?:[Ww]idely|[Bb]etter|[Pp]opularly|[Aa]ffectionately|[Aa]lso|[Cc]ommonly)\s)?"
    r"(?:[Kk]nown(?:\s[a-z]+)?\sas|[Nn]icknamed|[Dd]ubbed)\s(?:the\s)?[\"“'‘]\Z"
)

_ENDS_ALIAS = re.compile(r"(?:,[\"”'’]|[\"”'’],)\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\Z")


def find_aliases_ahead(text: str, mentions: list[Named]) -> None:
    """Note whose other name stands before the name: "Widely known as “Lucho,” Hale ..."."""
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.alias_of < 0
            and other.alias_of < 0
            and other.found.start - one.found.end < 8
            and _ENDS_ALIAS.fullmatch(text, one.found.end, other.found.start)
            and _KNOWN_AHEAD.search(text, max(0, one.found.start - 50), one.found.start)
        ):
            one.alias_of = i + 1


_NICKNAMED = re.compile(
    r"\b(?:nickname|moniker|sobriquet)(?:d| of| was| is|,)? (?:the )?[\"“'‘]\Z"
    r"|\b(?:who is|was|is|been) (?:nicknamed|dubbed) [\"“'‘]?\Z"
)


def find_nicknames(text: str, mentions: list[Named]) -> None:
    """Note who is meant by a name that is told to be a nickname: "Ada Lind earned the nickname “Lio”".

    The sentence may name but one person before it, in full or by the surname.
    """
    for i, mention in enumerate(mentions):
        if i == 0 or mention.alias_of >= 0 or len(mention.parts.units) != 1:
            continue
        start = mention.found.start
        if not _NICKNAMED.search(text, max(0, start - 36), start):
            continue
        here = [k for k in range(max(0, i - 4), i) if mentions[k].sentence == mention.sentence]
        if len(here) == 1 and not mentions[here[0]].before.kin:
            mention.alias_of = here[0]


_CALLED_AS = re.compile(r"\bknown\s(?:[a-z]+\s)?as\s[\"“'‘]?\Z")


def find_short_forms(text: str, mentions: list[Named]) -> None:
    """Note whose given name is cut short in "the star, who is known as “Yuzu” to his fans": Yuzuru Hale's."""
    for mention in mentions:
        key = mention.parts.joined
        if mention.alias_of >= 0 or len(mention.parts.units) != 1 or len(key) < 3:
            continue
        if not _CALLED_AS.search(text, max(0, mention.found.start - 30), mention.found.start):
            continue
        bearers: dict[str, int] = {}
        for k, other in enumerate(mentions):
            given = other.parts.units[0].key
            if other.parts.family and given != key and given.startswith(key):
                bearers.setdefault(other.parts.joined, k)
        if len(bearers) == 1:
            mention.alias_of = next(iter(bearers.values()))
