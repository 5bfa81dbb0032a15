"""People of one surname: "Joe and Jill Hale" share it, "Hale and his wife, Nancy Hale" are two people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.tables import given_and_pet_names, names, roles

_COUPLE = lazy_regex(r" (?:and|AND|&) \Z")
_CHILD_OF = lazy_regex(
    r"\b(?:son|daughter|sons|daughters|child|children|born|parents|twins)(?:,?\s(?:of|to))?,?\s\Z"
)


def share_surnames(text: str, mentions: Sequence[Mention]) -> Changes:
    """Give "Joe" of "Joe and Jill Hale" the surname that stands once for both."""
    changes: dict[int, Mention] = {}
    for i, (first, other) in enumerate(pairwise(mentions)):
        one = changes.get(i, first)
        if (
            not one.single
            or other.single
            or not other.parts.family
            or one.role is not None
            or (other.role is not None and other.role.side != "after")
            or not _COUPLE.fullmatch(text, one.span.end, other.span.start)
        ):
            continue
        parent = bool(_CHILD_OF.search(text, max(0, one.span.start - 18), one.span.start))
        if parent or one.parts.joined in given_and_pet_names():
            surname = other.parts.units[other.parts.family].text
            changes[i] = replace(one, shared_surname=surname, parent=parent)
            if parent:
                # "Ada Hale, daughter of Joe and Jill Hale": Hale alone is the daughter.
                changes[i + 1] = _as_relative(other)
    return changes


def _as_relative(mention: Mention) -> Mention:
    return replace(mention, before=replace(mention.before, kin=True))


_KIN = any_of(roles().kin)
_RELATIVE = lazy_regex(rf",?\s(?:and|&)\s\Z|[^.;:!?\n]{{0,40}}\b(?:{_KIN})\b[^.;:!?\n]{{0,30}}\Z")


def mark_relatives(text: str, mentions: Sequence[Mention]) -> Changes:
    """Tell apart the two of "Hale and Nancy Hale", "Hale's wife, Nancy Hale", "Ron Hale, son of Hale".

    Few articles write so, but without it "President Hale" would be his wife or son all over the article.
    """
    changes = {i: _as_relative(mentions[i]) for i in _children(text, mentions)}
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.single == other.single
            or surname_of(one) != surname_of(other)
            or not 0 < other.span.start - one.span.end < _NEAR
            or not _RELATIVE.fullmatch(text, one.span.end, other.span.start)
        ):
            continue
        if other.single:
            changes[i + 1] = replace(other, distinct_from=i)
        else:
            changes[i] = replace(changes.get(i, one), distinct_from=i + 1)
            changes[i + 1] = _as_relative(other)
    return changes


_NEAR = 60


_SEVERAL = lazy_regex(
    r"\b(?:sons|daughters|children|twins|grandchildren|siblings|brothers|sisters)(?:\swith\s[A-Z][\w’'-]+)?[,:]?\s[“\"]?\Z"
)


def _children(text: str, mentions: Sequence[Mention]) -> Iterator[int]:
    """Single names of relatives: all of "two sons with Lind, Avi and Joel"."""
    run: list[int] = []
    for i, mention in enumerate(mentions):
        start = mention.span.start
        if run and not mention.in_row:
            run = []
        if mention.single and (run or _SEVERAL.search(text, max(0, start - 45), start)):
            run.append(i)
            if len(run) > 1 and " " not in mention.surface and text[mentions[i - 1].span.end : start] != ", ":
                yield from run
        else:
            run = []


def surname_of(mention: Mention) -> str:
    """The family name of a mention, or its last part, without particles."""
    parts = mention.parts
    return parts.units[-1 if parts.family is None else parts.family].bare


_INTRODUCED = lazy_regex(
    r"(?:surnamed|by the name(?: of)?|\b[Tt]he (?:elder|older|senior|younger|junior)"
    r"(?: (?:President|Senator|Sen\.|Governor|Gov\.|Prime Minister|M(?:rs?|s)\.?|Dr\.?))?) \Z"
)


def mark_newcomers(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark "a friend surnamed Hale" and "the elder Hale", who are nobody named before.

    Few articles write so, but without it Hale would silently be a wrong person there.
    """
    return {
        i: replace(mention, introduced=True)
        for i, mention in enumerate(mentions)
        if mention.single and _INTRODUCED.search(text, max(0, mention.span.start - 32), mention.span.start)
    }


_OF_FAMILY = lazy_regex(rf"['’]s?\b|\s(?:{any_of(names().households)})\b")


def mark_families(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark surnames that stand for a family: "the Hale's home", "the Hale residence", "the Gibbons"."""
    return {
        i: replace(mention, of_family=True)
        for i, mention in enumerate(mentions)
        if mention.single and _is_of_family(text, mention.span.start, mention.span.end)
    }


def _is_of_family(text: str, start: int, end: int) -> bool:
    if not text.endswith(("the ", "The "), 0, start):
        return False
    plural = text[end - 1] == "s" and not text.startswith((" ", "-"), end)
    return plural or _OF_FAMILY.match(text, end) is not None


_MRS = ("Mrs. ", "Mrs ")
_DOCTOR = ("Dr. ", "Dr ", "Rev. ", "Rev ", "Reverend ")
_AND_MRS = lazy_regex(
    r"\b(?:[Pp]resident|[Mm]inister|[Ss]enator|[Gg]overnor|[Mm]ayor|[Kk]ing|[Pp]rince|Mr\.?|Dr\.?)"
    r" (?:and|&) Mrs\.? \Z"
)


def mark_husbands(text: str, mentions: Sequence[Mention]) -> Changes:
    """Take for a man "Dr. Hale" beside "Mrs. Hale", and "Hale" beside "the president and Mrs. Hale".

    In two articles of ten thousand, but he would silently be his wife there.
    """
    singles = [(i, m) for i, m in enumerate(mentions) if m.single]
    wives = {m.parts.joined for _, m in singles if text.endswith(_MRS, 0, m.span.start)}
    if not wives:
        return {}
    couples = {
        m.parts.joined for _, m in singles if _AND_MRS.search(text, max(0, m.span.start - 24), m.span.start)
    }
    doctors = {surname_of(m) for m in mentions if not m.single and text.endswith(_DOCTOR, 0, m.span.start)}
    return {
        i: replace(m, husband=True, before=replace(m.before, gender="male"))
        for i, m in singles
        if m.parts.joined in wives
        and m.before.gender is None
        and (
            m.parts.joined in couples
            or (m.parts.joined not in doctors and text.endswith(_DOCTOR, 0, m.span.start))
        )
    }
