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

from newsledger.stages.people.boundaries.name_keys import fold, phonetic_key
from newsledger.stages.people.boundaries.name_parts import NameParts
from newsledger.stages.people.coreference.candidates import MANY
from newsledger.stages.people.coreference.entities import Named, Person, gender_of
from newsledger.stages.people.coreference.name_variants import Form, fits
from newsledger.stages.people.coreference.single_names import single_names


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
                if fit == "family" and any(mentions[i].before.kin for i in group):
                    # "Laila Abdul Basit and her father Abdul Basit"
                    fit = None
                if fit is not None and not _apart(mentions, group, people[number]):
                    options[number] = fit
        options = _of_suffix(parts, people, options)
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
    for i in group:
        for j in person.mentions[:MANY]:
            first, second = mentions[min(i, j)], mentions[max(i, j)]
            near = second.found.start - first.found.end
            if (suffixed or second.before.kin) and 0 <= near < _NEAR and first.segment == second.segment:
                return True
    return False


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
