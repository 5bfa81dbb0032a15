"""Whom of several people of one surname a mention means: form of address, role, kinship, order, speech.

Where these do not tell, none is chosen and the mention stays ambiguous.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsledger.stages.people.coreference.entities import Link, Mention, Person
from newsledger.stages.people.coreference.name_variants import Form

Candidates = Mapping[int, Form]
"""The people who may be meant, by number, each with the part of the name that says so."""


@dataclass(slots=True)
class History:
    """Who was mentioned how up to a place of the text."""

    last_full: dict[int, int] = field(default_factory=dict)
    """Segment in which each person was last named in full."""
    last: dict[int, Mention] = field(default_factory=dict)
    """The last mention of each person by surname or in full."""
    counts: dict[int, int] = field(default_factory=dict)
    in_full: dict[int, list[int]] = field(default_factory=dict)
    """Where each person was named in full."""

    def add(self, mention: Mention, link: Link) -> None:
        """Add the next mention."""
        number = link.person
        if link.form == "full":
            self.last_full[number] = mention.segment
            self.in_full.setdefault(number, []).append(mention.span.start)
        if link.form in {"full", "family"}:
            self.last[number] = mention
        self.counts[number] = self.counts.get(number, 0) + 1


def choose(
    mention: Mention, people: Sequence[Person], candidates: Candidates, owner: int | None, history: History
) -> tuple[int | None, str]:
    """Who of ``candidates`` is meant, and the reason to note; None where that stays open.

    ``owner`` is whom the surname alone meant before.
    """
    if len(candidates) > 1:
        candidates = _by_address_and_role(mention, people, candidates)
    if len(candidates) < 2:
        return next(iter(candidates), None), ""
    usual, reason = _by_order(mention, people, candidates, owner, history)
    if usual is None or _is_doubtful(mention, candidates, usual, history):
        return None, reason
    return usual, reason


def _by_address_and_role(mention: Mention, people: Sequence[Person], candidates: Candidates) -> Candidates:
    """Narrow ``candidates`` by form of address, then by the role stated at the mention."""
    if mention.before.gender:
        stated = {n: f for n, f in candidates.items() if people[n].genders}
        candidates = stated if len(stated) == 1 else candidates
    if mention.role is not None:
        same = {n: f for n, f in candidates.items() if mention.role.phrase in people[n].roles}
        if len(same) == 1:
            return same
    return candidates


_OFTEN = 3
"""Whoever was named so many times is whom the article is about."""


def _is_doubtful(mention: Mention, candidates: Candidates, usual: int, history: History) -> bool:
    """Whether another of the surname than ``usual``, who is named seldom, was named since and speaks.

    "Hale was shot. His brother, John Hale, said ... “It hurts,” Hale said."
    """
    met = [n for n in candidates if n in history.last]
    latest = max(met, key=lambda n: history.last[n].span.start, default=usual)
    if latest == usual or mention.segment - history.last[latest].segment > 2:
        return False
    return history.last[latest].speaks and (mention.speaks or history.counts.get(usual, 0) < _OFTEN)


def _by_order(
    mention: Mention, people: Sequence[Person], candidates: Candidates, owner: int | None, history: History
) -> tuple[int | None, str]:
    """Who is meant as far as kinship and the order of appearance tell."""
    start = mention.span.start
    # A relative does not own the surname.
    owners = {n: f for n, f in candidates.items() if f != "family" or not people[n].relative}
    met = [n for n in candidates if people[n].introduced < start]
    if len(owners) == 1 and next(iter(owners)) in met:
        return next(iter(owners)), ""
    if len(owners) > 1:
        candidates = owners
        met = [n for n in candidates if people[n].introduced < start]
    here = [n for n in candidates if history.last_full.get(n) == mention.segment]
    if owner in candidates and (not here or here == [owner]):
        return owner, ""
    if len(met) == 1:
        return met[0], ""
    if owner is None and len(here) == 1:
        return here[0], "nearest"
    titled = mention.role is not None and mention.role.side != "after"
    if owner is None and not titled and (subject := _subject(met, history)) is not None:
        return subject, "nearest"
    return None, ""


def _subject(met: Sequence[int], history: History) -> int | None:
    """Who was named in full twice since any other of ``met`` was named: of whom the text goes on."""
    last = sorted((history.last[n].span.start, n) for n in met if n in history.last)
    if len(last) < 2:
        return None
    (since, _), (_, latest) = last[-2:]
    return latest if sum(start > since for start in history.in_full.get(latest, ())) > 1 else None
