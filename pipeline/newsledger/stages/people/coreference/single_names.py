"""Resolves a single name: a family name, a given name, an alias, or a person known by one name.

Of several people of one surname form of address, role, kinship, order and speech tell; where they do not,
none is chosen and the mention stays ambiguous.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.coreference.candidates import (
    Index,
    bare_key,
    find_candidates,
    holds_other_office,
    may_be,
    misspelt_candidates,
)
from newsledger.stages.people.coreference.entities import Link, Mention, Person, gender_of
from newsledger.stages.people.coreference.full_names import join_aliases, link_full_names
from newsledger.stages.people.tables import names, roles
from newsledger.values.mentions import NameForm

Candidates = Mapping[int, NameForm]
"""The people who may be meant, by number, each with the part of the name that says so."""
_OTHER_OFFICE = "other office"
"""The label of who is known by the same single name as another, but holds an office that excludes his."""


@dataclass(slots=True)
class _State:
    """What is known when a single name is read: people, links, and whom single names meant so far."""

    mentions: Sequence[Mention]
    links: dict[int, Link]
    people: list[Person]
    index: Index = field(default_factory=Index)
    owners: dict[str, int] = field(default_factory=dict)
    """Whom each surname alone meant first."""
    by_single_name: dict[tuple[str, str], int] = field(default_factory=dict)
    """The people known by a single name alone, by name and gender."""
    ambiguous: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    """The entries that stand for a name left open, by name and candidates."""

    def new_person(self, person: Person) -> int:
        self.people.append(person)
        return len(self.people) - 1

    def alone(self, key: str) -> list[int]:
        """The people known so far by the single name ``key`` alone."""
        found = (self.by_single_name.get((key, gender)) for gender in ("", "male", "female", _OTHER_OFFICE))
        return sorted({number for number in found if number is not None})


def resolve_mentions(mentions: Sequence[Mention]) -> tuple[list[Link], list[Person]]:
    """Say for every mention which person of the article it is: the links, and people in order of mention."""
    people: list[Person] = []
    links, doubtful = link_full_names(mentions, people)
    join_aliases(mentions, links, people)
    whole = link_single_names(mentions, links, people, doubtful)
    order: dict[int, int] = {}
    for link in whole:
        order.setdefault(link.person, len(order))
    return [replace(link, person=order[link.person]) for link in whole], [people[number] for number in order]


def link_single_names(
    mentions: Sequence[Mention],
    full_names: Mapping[int, Link],
    people: list[Person],
    doubtful: Mapping[int, dict[int, NameForm]],
) -> list[Link]:
    """The links of all mentions: those of full names and, for every other, whom it means.

    ``doubtful`` are full names that fit several people. Who is known by a single name alone joins ``people``.
    """
    state = _State(mentions, dict(full_names), people)
    for number, person in enumerate(people):
        if person.mentions:  # and no other name of somebody
            state.index.add(number, person)
    for i, mention in enumerate(mentions):
        if mention.is_alias and i in full_names and i - 1 not in full_names:
            # "Viya, whose real name is Huang Wei"
            state.index.aliases[mentions[i - 1].parts.joined].append(full_names[i].person)
    for i, mention in enumerate(mentions):
        if i not in full_names:
            candidates: Candidates = doubtful[i] if i in doubtful else _candidates(state, i)
            candidates = _with_stated(state, i, candidates)
            link = state.links[i] = _decide(state, mention, candidates)
            person = people[link.person]
            person.add(i, mention)
            if link.form != "alias" or not person.first_at:
                person.first_at.setdefault(mention.surface, mention.span.start)
        people[state.links[i].person].read(mention, state.links[i].form)
    return with_given_names(mentions, [state.links[i] for i in range(len(mentions))], people)


def _candidates(state: _State, i: int) -> dict[int, NameForm]:
    mention, people = state.mentions[i], state.people
    alone = state.alone(bare_key(mention))
    found = find_candidates(mention, people, state.index, known_alone=bool(alone))
    if set(found.values()) == {"alias"} and any(people[n].relative for n in alone):
        # "his son Bill" was named, who is not William Hale.
        return {}
    if "family" in found.values():
        for number in alone:
            if may_be(mention, people[number], "family"):
                found.setdefault(number, "family")
    if not found and not alone and mention.single:
        misspelt = misspelt_candidates(mention, people)
        found = {n: f for n, f in misspelt.items() if may_be(mention, people[n], f)}
    return found


def _with_stated(state: _State, i: int, candidates: Candidates) -> Candidates:
    """The candidates where the text says more of a single name: another name of somebody, or of a couple."""
    mention = state.mentions[i]
    if mention.introduced:
        return {}
    if not candidates and mention.is_alias:
        target = state.links[i - 1].person
        state.index.aliases[mention.parts.joined].append(target)
        candidates = {target: "alias"}
    if mention.shared_surname is None:
        return candidates
    # "Bob and Harvey Hale": no other Robert.
    surname = fold(mention.shared_surname)
    child = state.links[i - 1].person if mention.parent and i else None
    found: dict[int, NameForm] = {
        number: "given"
        for number, person in enumerate(state.people)
        if person.mentions
        and person.parts.family
        and person.parts.units[0].key == mention.parts.joined
        and person.surname == surname
    }
    return {n: f for n, f in found.items() if n != child} if len(found) == 1 else {}


def _decide(state: _State, mention: Mention, candidates: Candidates) -> Link:
    people, key = state.people, mention.parts.joined
    chosen, reason = choose(mention, people, candidates, state.owners.get(key))
    if mention.of_family and len(candidates) > 1:  # several may be meant, whatever the order tells
        chosen = None
    if chosen is not None:
        form = candidates[chosen]
        if form == "family" and people[chosen].introduced < mention.span.start:
            state.owners.setdefault(key, chosen)
        return Link(chosen, form, reason=reason)
    if len(candidates) > 1:
        names = tuple(sorted({people[n].name for n in candidates}))
        number = state.ambiguous.get((key, names))
        if number is None:
            number = state.new_person(Person(mention.parts, full=False))
            state.ambiguous[key, names] = number
        return Link(number, next(iter(candidates.values())), names, "ambiguous")
    if mention.shared_surname is not None:
        parts = parse_name(f"{mention.surface} {mention.shared_surname}")
        person = Person(parts, name_gender=gender_of(parts), introduced=mention.span.start)
        person.relative = mention.parent or mention.before.relative
        number = state.new_person(person)
        state.index.add(number, person)
        person.in_full.append(mention)
        return Link(number, "given")
    bare = bare_key(mention)
    number = _known_alone(state, bare, mention)
    people[number].relative = people[number].relative or mention.before.relative
    state.index.add_sound(bare, number)
    return Link(number, "family" if mention.single and not mention.parts.suffix else "full")


def choose(
    mention: Mention, people: Sequence[Person], candidates: Candidates, owner: int | None
) -> tuple[int | None, str]:
    """Who of ``candidates`` is meant, and the reason to note; None if that stays open.

    ``owner`` is whom the surname alone meant before.
    """
    if len(candidates) > 1:
        candidates = _by_address_and_role(mention, people, candidates)
    if len(candidates) < 2:
        return next(iter(candidates), None), ""
    usual, reason = _by_order(mention, people, candidates, owner)
    if usual is None or _is_doubtful(mention, people, candidates, usual):
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


def _by_order(
    mention: Mention, people: Sequence[Person], candidates: Candidates, owner: int | None
) -> tuple[int | None, str]:
    """Who is meant as far as kinship and the order of appearance tell."""
    # A relative does not own the surname.
    start = mention.span.start
    owners = [n for n, form in candidates.items() if form != "family" or not people[n].relative]
    if len(owners) == 1 and people[owners[0]].introduced >= start:
        owners = []
    those = owners or [*candidates]
    met = [n for n in those if people[n].introduced < start]
    here = [n for n in those if people[n].in_full and people[n].in_full[-1].segment == mention.segment]
    if owner in those and (not here or here == [owner]):
        return owner, ""
    if len(met) == 1:
        return met[0], ""
    if owner is None and len(here) == 1:
        return here[0], "nearest"
    titled = mention.role is not None and mention.role.side != "after"
    subject = _subject(met, people) if owner is None and not titled else None
    return subject, "" if subject is None else "nearest"


def _subject(met: Sequence[int], people: Sequence[Person]) -> int | None:
    """Who was named in full twice since any other of ``met`` was named: of whom the text goes on."""
    last = sorted((named.span.start, n) for n in met if (named := people[n].last_named) is not None)
    if len(last) < 2:
        return None
    (since, _), (_, latest) = last[-2:]
    return latest if sum(full.span.start > since for full in people[latest].in_full) > 1 else None


_OFTEN = 3
"""Whoever was named so many times is whom the article is about."""


def _is_doubtful(mention: Mention, people: Sequence[Person], candidates: Candidates, usual: int) -> bool:
    """Whether another of the surname than ``usual``, who is named seldom, was named since and speaks.

    "Hale was shot. His brother, John Hale, said ... “It hurts,” Hale said."
    """
    named = {n: last for n in candidates if (last := people[n].last_named) is not None}
    latest = max(named, key=lambda n: named[n].span.start, default=usual)
    if latest == usual or mention.segment - named[latest].segment > 2:
        return False
    return named[latest].speaks and (mention.speaks or people[usual].times_read < _OFTEN)


def _known_alone(state: _State, key: str, mention: Mention) -> int:
    """The person known by this single name alone; a new one at the first mention."""
    gender = mention.before.gender or ""
    labels = [(key, gender), (key, "")] if gender else [(key, ""), (key, "male"), (key, "female")]
    labels = labels[:1] if mention.introduced else labels
    for label in labels:
        number = state.by_single_name.get(label)
        if number is not None and holds_other_office(mention, state.people[number]):
            # In one article of ten thousand: "Senators Hale and Lind ... President Hale".
            labels = [(key, _OTHER_OFFICE)]
            number = state.by_single_name.get(labels[0])
            if number is None:
                break
        if number is not None:
            genders = state.people[number].stated_genders
            if not gender or not genders or gender in genders:
                return number
    number = state.new_person(Person(mention.parts, full=False, introduced=mention.span.start))
    state.by_single_name[labels[0]] = number
    return number


def with_given_names(
    mentions: Sequence[Mention], links: Sequence[Link], people: Sequence[Person]
) -> list[Link]:
    """The links, those of people with a given name alone in that form.

    A word of kinship says so, or the tables of names. "Senator Craig" and "Mr Thomas" are surnames,
    whatever the tables have.
    """
    alone = {link.person for link in links if link.form == "family" and not link.candidates}
    given = {n for n in alone if not people[n].full and _goes_by_given_name(mentions, people[n])}
    return [
        replace(link, form="given") if link.person in given and link.form == "family" else link
        for link in links
    ]


def _goes_by_given_name(mentions: Sequence[Mention], person: Person) -> bool:
    if len(person.parts.units) > 1 or not person.roles.isdisjoint(roles().with_given):
        return True
    said = [mentions[i] for i in person.mentions]
    before = [m.role for m in said if m.role is not None and m.role.side != "after"]
    # An office or a rank before a name goes with surnames.
    if any(m.before.addressed for m in said) or any(role.style or role.standing > 1 for role in before):
        return False
    return any(m.before.relative for m in said) or person.parts.joined in names().sure_given
