"""Whom of several people of one surname a mention means: form of address, role, kinship, order, speech.

Where these do not tell, nobody is chosen and the mention stays ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.stages.people.coreference.entities import Named, Person
    from newsledger.stages.people.coreference.name_variants import Form


@dataclass(slots=True)
class Told:
    """What the text has told of its people up to a place."""

    full: dict[int, int] = field(default_factory=dict)
    """Segment in which each person was last named in full."""
    last: dict[int, Named] = field(default_factory=dict)
    """The last mention of each person by surname or in full."""
    times: dict[int, int] = field(default_factory=dict)
    spoke: set[int] = field(default_factory=set)

    def take(self, mention: Named) -> None:
        """Add the next mention."""
        number = mention.person
        if mention.form == "full":
            self.full[number] = mention.segment
        if mention.form in {"full", "family"}:
            self.last[number] = mention
        self.times[number] = self.times.get(number, 0) + 1
        if mention.speaks:
            self.spoke.add(number)


def by_evidence(mention: Named, people: list[Person], options: dict[int, Form]) -> dict[int, Form]:
    """Narrow ``options`` by form of address, then by the role stated at the mention."""
    gender = mention.before.gender
    if gender:
        fitting = {n: f for n, f in options.items() if not people[n].sexes or gender in people[n].sexes}
        said = {n: f for n, f in fitting.items() if people[n].sexes}
        if len(said) == 1:
            fitting = said
        options = fitting or options
    if mention.role is not None:
        phrase = mention.role.phrase
        same = {n: f for n, f in options.items() if phrase in people[n].roles}
        if len(same) == 1:
            return same
    return options


def choose(
    mention: Named,
    people: list[Person],
    options: dict[int, Form],
    owner: int | None,
    told: Told,
) -> int | None:
    """Who of ``options`` is meant; None where that stays open."""
    if not options:
        return None
    if len(options) == 1:
        return next(iter(options))
    options = by_evidence(mention, people, options)
    if len(options) == 1:
        return next(iter(options))
    usual = _usual(mention, people, options, owner, told)
    if usual is None or mention.zone == "heading":
        return usual
    return _by_voice(mention, people, options, usual, told)


_OFTEN = 3
"""Whoever was named so many times is whom the article is about."""


def _by_voice(
    mention: Named, people: list[Person], options: dict[int, Form], usual: int, told: Told
) -> int | None:
    """``usual``, unless another of the surname was named since then and speaks or acts.

    "Hale was shot. His brother, John Hale, said ... “It hurts,” Hale said."
    """
    met = [n for n in options if n in told.last]
    latest = max(met, key=lambda n: told.last[n].found.start, default=usual)
    if latest == usual or mention.segment - told.last[latest].segment > 2:
        return usual
    talked = told.last[latest].speaks
    if mention.speaks and talked and usual not in told.spoke:
        mention.why = "speaker"
        return latest
    if talked and (mention.speaks or told.times.get(usual, 0) < _OFTEN):
        return None
    return usual


def _usual(
    mention: Named,
    people: list[Person],
    options: dict[int, Form],
    owner: int | None,
    told: Told,
) -> int | None:
    """Who is meant as far as kinship and the order of appearance tell."""
    gender = mention.before.gender
    # Kin does not own the surname, unless the form of address fits the kin as well ("Mr" and a father); a
    # given name is as much theirs.
    apart = {
        n: f
        for n, f in options.items()
        if f != "family" or not people[n].kin or (gender and gender in people[n].genders)
    }
    start = mention.found.start
    if len(apart) == 1 and (
        people[next(iter(apart))].introduced < start or all(people[n].introduced >= start for n in options)
    ):
        return next(iter(apart))
    options = (apart if len(apart) != 1 else None) or options
    here = [n for n in options if told.full.get(n) == mention.segment]
    met = [n for n in options if people[n].introduced < start]
    if owner in options and (not here or here == [owner]):
        return owner
    if len(met) == 1:
        return met[0]
    if owner is None and len(here) == 1:
        mention.why = "nearest"
        return here[0]
    return None
