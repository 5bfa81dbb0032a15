"""Relatives of one surname: "Joe and Jill Hale", "Hale and his wife, Nancy Hale"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.tables import names, roles

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
        if parent or one.parts.joined in names().given_or_pet:
            surname = other.parts.units[other.parts.family].text
            changes[i] = replace(one, shared_surname=surname, parent=parent)
            if parent:
                # "Ada Hale, daughter of Joe and Jill Hale": Hale alone is the daughter.
                changes[i + 1] = _as_relative(other)
    return changes


def _as_relative(mention: Mention) -> Mention:
    return replace(mention, before=replace(mention.before, relative=True))


_RELATIVES = any_of(roles().kin)
_RELATIVE = lazy_regex(rf",?\s(?:and|&)\s\Z|[^.;:!?\n]{{0,40}}\b(?:{_RELATIVES})\b[^.;:!?\n]{{0,30}}\Z")


def mark_relatives(text: str, mentions: Sequence[Mention]) -> Changes:
    """Tell apart the two of "Hale and Nancy Hale", "Hale's wife, Nancy Hale", "Ron Hale, son of Hale".

    Few articles write so, but without it "President Hale" would be his wife or son all over the article.
    """
    changes = {i: _as_relative(mentions[i]) for i in _children(text, mentions)}
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.single == other.single
            or one.parts.last_name != other.parts.last_name
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


_INTRODUCED = lazy_regex(
    r"(?:surnamed|by the name(?: of)?|\b[Tt]he (?:elder|older|senior|younger|junior)"
    r"(?: (?:President|Senator|Sen\.|Governor|Gov\.|Prime Minister|M(?:rs?|s)\.?|Dr\.?))?) \Z"
)
_AND_MRS = lazy_regex(r"\b(?:[Pp]resident|[Mm]inister|[Gg]overnor|[Mm]ayor|Mr\.?) (?:and|&) Mrs\.? \Z")


def mark_newcomers(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark "a friend surnamed Hale", "the elder Hale" and her of "the president and Mrs Hale" as newcomers.

    They are nobody named before. Few articles write so, but without it Hale would silently be a wrong person
    there.
    """
    in_full = {mention.parts.last_name for mention in mentions if not mention.single}
    return {
        i: replace(mention, introduced=True)
        for i, mention in enumerate(mentions)
        if mention.single
        and (
            _INTRODUCED.search(text, start := max(0, mention.span.start - 32), mention.span.start)
            or (mention.parts.joined not in in_full and _AND_MRS.search(text, start, mention.span.start))
        )
    }


_MRS, _DOCTOR = ("Mrs. ", "Mrs "), ("Dr. ", "Dr ", "Rev. ", "Rev ", "Reverend ")


def mark_husbands(text: str, mentions: Sequence[Mention]) -> Changes:
    """Take "Dr. Hale" for a man where another is Mrs. Hale and nobody is Dr. Ana Hale.

    Rare, but without it he would silently be his wife there.
    """
    wives = {m.parts.last_name for m in mentions if m.single and text.endswith(_MRS, 0, m.span.start)}
    called = [(i, m) for i, m in enumerate(mentions) if text.endswith(_DOCTOR, 0, m.span.start)]
    doctors = {m.parts.last_name for _, m in called if not m.single}
    return {
        i: replace(m, before=replace(m.before, gender="male"))
        for i, m in called
        if m.parts.last_name in wives - doctors and m.before.gender is None
    }
