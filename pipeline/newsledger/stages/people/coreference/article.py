"""Who is who in one article: joins a surname, a given name or a pet name to the full name.

The rules go from sure to unsure, and end in "ambiguous" rather than in a guess:

1. Full names that are one name written twice: equal after folding, one inside the other, an initial or pet
   form for the given name, the parts in the other order, one transliteration for another.
2. A single name is the family name of a person of the article, else the given name, else a nickname.
3. Where several people could be meant, form of address, role, kinship and order of appearance decide;
   where they do not, the mention stands for itself and lists its candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from newsledger.stages.people.boundaries.name_parts import NameParts, fold, phonetic_key
from newsledger.stages.people.coreference.candidates import MANY
from newsledger.stages.people.coreference.disambiguation import by_evidence
from newsledger.stages.people.coreference.entities import Named, Person, gender_of
from newsledger.stages.people.coreference.misspelt import romanised
from newsledger.stages.people.coreference.name_variants import Form, fits
from newsledger.stages.people.coreference.single_names import single_names
from newsledger.stages.people.tables import names, roles


def sort_out(mentions: Sequence[Named]) -> list[Person]:
    """Give every mention its person, form and candidates; return the people in order of first mention."""
    people: list[Person] = []
    doubtful = _full_names(mentions, people)
    _join_aliases(mentions, people)
    single_names(mentions, people, doubtful)
    _number(mentions, people)
    return people


def _full_names(mentions: Sequence[Named], people: list[Person]) -> set[int]:
    """Cluster the mentions of more than one part; returns those that fit several people."""
    protos: dict[tuple[str, str], list[int]] = {}
    for i, mention in enumerate(mentions):
        parts = mention.parts
        if len(parts.units) < 2 and parts.suffix is None:
            continue
        protos.setdefault((parts.joined, fold(parts.suffix or "")), []).append(i)
    by_unit: dict[str, list[int]] = defaultdict(list)
    two = _said_together(mentions)
    doubtful: set[int] = set()
    order = sorted(
        protos.values(),
        key=lambda group: (
            -sum(not u.initial for u in mentions[group[0]].parts.units),
            -len(mentions[group[0]].parts.units),
            group[0],
        ),
    )
    for group in order:
        parts = mentions[group[0]].parts
        options: dict[int, Form] = {}
        seen: set[int] = set()
        for key in _index_keys(parts):
            for number in by_unit.get(key, ())[:MANY]:
                if number in seen:
                    continue
                seen.add(number)
                fit = _fits_person(parts, people[number])
                if fit == "family" and (
                    any(mentions[i].before.kin for i in group)
                    or _ahead_of_whole(mentions, group[0], people[number])
                ):
                    # "Laila Abdul Basit and her father Abdul Basit"
                    fit = None
                if fit is None and (
                    _misspelt(mentions, group, people[number]) or romanised(mentions, group, people[number])
                ):
                    fit = "full"
                if two and fit is not None and _are_two(parts, people[number].parts, two):
                    fit = None
                if fit is not None and not _apart(mentions, group, people[number]):
                    options[number] = fit
        options = _of_suffix(parts, people, options)
        if len(options) > 1:
            options = by_evidence(mentions[group[0]], people, options)
        if len(options) > 1:
            doubtful.update(group)
            for i in group:
                mentions[i].candidates = tuple(str(number) for number in options)
            continue
        if options:
            number, form = next(iter(options.items()))
        else:
            number, form = len(people), "full"
            people.append(Person(parts, guessed=gender_of(parts)))
            for key in _index_keys(parts):
                by_unit[key].append(number)
        person = people[number]
        for i in group:
            mentions[i].person, mentions[i].form = number, form
            person.take(i, mentions[i])
            if form == "full":
                person.introduced = min(person.introduced, mentions[i].found.start)
                person.kin = person.kin or mentions[i].before.kin
            person.surfaces.setdefault(mentions[i].surface, mentions[i].found.start)
    return doubtful


def _ahead_of_whole(mentions: Sequence[Named], i: int, person: Person) -> bool:
    """Whether two names stand right before three that end in them: "Jaya Hale and Meena Jaya Hale" are two.

    Not where the first of the two is a family name ("Perez Moras, that is, Dario Perez Moras").
    """
    mention = mentions[i]
    if len(mention.parts.units) != 2 or mention.zone == "heading" or not person.mentions:
        return False
    if mention.parts.units[0].key in names().families:
        return False
    near = person.introduced - mention.found.end
    return 0 < near < _SENTENCE and mentions[person.mentions[0]].segment == mention.segment


_SENTENCE = 200
"""Characters in which nobody is named twice, the second time with one name more."""


def _said_together(mentions: Sequence[Named]) -> set[frozenset[str]]:
    """First words of names that stand side by side: "Kendel and Kendall", who are two."""
    return {
        frozenset((one.parts.units[0].key, other.parts.units[0].key))
        for one, other in pairwise(mentions)
        if one.joined and one.parts.units[0].key[0] == other.parts.units[0].key[0]
    }


def _are_two(one: NameParts, other: NameParts, two: set[frozenset[str]]) -> bool:
    """Whether two like names are those of two people whose first words stand side by side."""
    given, other_given = one.units[0].key, other.units[0].key
    return given != other_given and frozenset((given, other_given)) in two


def _misspelt(mentions: Sequence[Named], group: Sequence[int], person: Person) -> bool:
    """Whether one letter was left out of a given name: the family name and a stated office are the same."""
    one, other = mentions[group[0]].parts, person.parts
    if not (one.family and other.family and len(one.units) == len(other.units) == 2):
        return False
    given, other_given = one.units[0].key, other.units[0].key
    if one.units[1].key != other.units[1].key or given[0] != other_given[0] or given[-1] != other_given[-1]:
        return False
    if abs(len(given) - len(other_given)) != 1 or min(len(given), len(other_given)) < 5:
        return False
    offices = {m.role.phrase for m in (mentions[i] for i in group) if m.role is not None and not m.role.style}
    if not offices & person.offices:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(given, other_given, score_cutoff=1) <= 1


def _of_suffix(parts: NameParts, people: Sequence[Person], options: dict[int, Form]) -> dict[int, Form]:
    """ "Hale Jr." is the one who is called Jr., not any other Hale."""
    if not parts.suffix:
        return options
    suffix = fold(parts.suffix)
    same = {n: f for n, f in options.items() if fold(people[n].parts.suffix or "") == suffix}
    return same or (options if len(parts.units) > 1 else {})


def _join_aliases(mentions: Sequence[Named], people: Sequence[Person]) -> None:
    """Give a full name that the text says to be another name of somebody to that person."""
    for mention in mentions:
        if mention.alias_of < 0 or mention.person < 0:
            continue
        target, other = _owner(mentions[mention.alias_of], people), mention.person
        if target < 0 or target == other or any(mentions[i].form != "full" for i in people[other].mentions):
            continue
        for i in people[other].mentions:
            mentions[i].person, mentions[i].form = target, "alias"
            people[target].take(i, mentions[i])
            people[target].aliases.add(mentions[i].surface)
        people[other].mentions.clear()


def _owner(mention: Named, people: Sequence[Person]) -> int:
    """The number of the person of ``mention``, or of the one person who bears its single name as surname."""
    if mention.person >= 0 or len(mention.parts.units) > 1:
        return mention.person
    key = mention.parts.joined
    bearers = [
        number
        for number, person in enumerate(people)
        if person.mentions
        and person.parts.family is not None
        and person.parts.keys[person.parts.family] == key
    ]
    return bearers[0] if len(bearers) == 1 else -1


_NEAR = 60
"""Characters within which two names are said side by side."""


def _apart(mentions: Sequence[Named], group: Sequence[int], person: Person) -> bool:
    """Whether the text sets two like names apart: "George Hale and his son George W. Hale", "Hale Jr." """
    suffixed = bool(mentions[group[0]].parts.suffix) != bool(person.parts.suffix)
    if suffixed and person.roles & roles().with_given:
        return False
    if not suffixed and mentions[group[0]].parts.joined == person.parts.joined:
        return False
    if suffixed:
        said = {m.role.phrase for m in (mentions[i] for i in group) if m.role is not None}
        if (said ^ person.roles) & roles().top:
            return True
    for i in group:
        for j in person.mentions[:MANY]:
            first, second = mentions[min(i, j)], mentions[max(i, j)]
            near = second.found.start - first.found.end
            if (suffixed or second.before.kin) and 0 <= near < _NEAR and first.segment == second.segment:
                return True
            if _introduced_beside(first, second, near):
                return True
    return False


_SENTENCE = 160
"""Characters within which a long sentence has both names."""


def _introduced_beside(first: Named, second: Named, near: int) -> bool:
    """Whether one who lacks two parts of a name is introduced in its sentence: by what he is, he is another.

    "San Ko Ma Lin met the official San Lin": nobody is introduced to himself.
    """
    role = second.role
    return (
        role is not None
        and role.side == "before"
        and first.segment == second.segment
        and first.sentence == second.sentence
        and 0 <= near < _SENTENCE
        and len(first.parts.units) > len(second.parts.units) + 1
        and (first.role is None or first.role.phrase != role.phrase)
    )


def _fits_person(parts: NameParts, person: Person) -> Form | None:
    return fits(parts, person.parts) or ("full" if fits(person.parts, parts) == "full" else None)


def _index_keys(parts: NameParts) -> set[str]:
    keys = {u.key for u in parts.units if not u.initial} | {u.bare for u in parts.units if not u.initial}
    keys |= {"~" + phonetic_key(u.bare) for u in parts.units if len(u.key) > 4}
    keys.add("=" + parts.joined)
    if len(parts.units) == 2:
        # "Van Lieshout" at the start of a sentence is the family name of Diyet van Lieshout.
        keys.add(parts.joined)
    return keys


def _number(mentions: Sequence[Named], people: list[Person]) -> None:
    """Renumber the people in order of first mention and leave out those without one."""
    order: dict[int, int] = {}
    for mention in mentions:
        order.setdefault(mention.person, len(order))
    kept = sorted(order, key=lambda number: order[number])
    people[:] = [people[number] for number in kept]
    for mention in mentions:
        mention.person = order[mention.person]
