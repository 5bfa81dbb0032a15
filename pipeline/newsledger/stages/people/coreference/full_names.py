"""Links full names that are variants of one name, unless the text keeps them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from newsledger.stages.people.boundaries.name_keys import fold, phonetic_key
from newsledger.stages.people.boundaries.name_parts import NameParts
from newsledger.stages.people.coreference.candidates import MANY
from newsledger.stages.people.coreference.entities import Link, Mention, Person, gender_of
from newsledger.stages.people.coreference.name_variants import form_of
from newsledger.values.mentions import NameForm


def link_full_names(
    mentions: Sequence[Mention], people: list[Person]
) -> tuple[dict[int, Link], dict[int, dict[int, NameForm]]]:
    """The links of full names to ``people``, who are added, and the names that fit several of them."""
    links: dict[int, Link] = {}
    doubtful: dict[int, dict[int, NameForm]] = {}
    by_key: dict[str, list[int]] = defaultdict(list)
    for group in _groups(mentions):
        parts = mentions[group[0]].parts
        candidates = _of_suffix(parts, people, _candidates(mentions, group, people, by_key))
        if len(candidates) > 1:
            surname = set(candidates.values()) == {"family"} and all(mentions[i].role is None for i in group)
            open_ended: dict[int, NameForm] = dict.fromkeys(candidates, "family" if surname else "full")
            doubtful.update(dict.fromkeys(group, open_ended))
            continue
        number, form = next(iter(candidates.items()), (len(people), "full"))
        if number == len(people):
            people.append(Person(parts, name_gender=gender_of(parts)))
            for key in _index_keys(parts):
                by_key[key].append(number)
        person = people[number]
        for i in group:
            links[i] = Link(number, form)
            person.add(i, mentions[i])
            if form == "full":
                person.introduced = min(person.introduced, mentions[i].span.start)
                person.relative = person.relative or mentions[i].before.relative
            person.first_at.setdefault(mentions[i].surface, mentions[i].span.start)
    return links, doubtful


def _groups(mentions: Sequence[Mention]) -> list[list[int]]:
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        if not mention.single or mention.parts.suffix is not None:
            by_name[mention.parts.joined, fold(mention.parts.suffix or "")].append(i)

    def fullness(group: list[int]) -> tuple[int, int, int, int]:
        units = mentions[group[0]].parts.units
        # "Van Lieshout" comes after Diyet van Lieshout, whose family name it may be.
        words = sum(1 + u.text.count(" ") for u in units)
        return -sum(not u.initial for u in units), -len(units), -words, group[0]

    return sorted(by_name.values(), key=fullness)


def _candidates(
    mentions: Sequence[Mention], group: Sequence[int], people: Sequence[Person], by_key: dict[str, list[int]]
) -> dict[int, NameForm]:
    parts = mentions[group[0]].parts
    found: dict[int, NameForm] = {}
    known = [by_key.get(key, ()) for key in _index_keys(parts)]
    for number in dict.fromkeys(n for numbers in known if len(numbers) <= MANY for n in numbers):
        form = form_of(parts, people[number].parts)
        if form is not None and not _set_apart(mentions, group, people[number]):
            found[number] = form
    return found


def _of_suffix(
    parts: NameParts, people: Sequence[Person], candidates: dict[int, NameForm]
) -> dict[int, NameForm]:
    """Those who are called Jr. for "Hale Jr.", not any other Hale."""
    if not parts.suffix:
        return candidates
    suffix = fold(parts.suffix)
    same = {n: f for n, f in candidates.items() if fold(people[n].parts.suffix or "") == suffix}
    return same or (candidates if len(parts.units) > 1 else {})


def _set_apart(mentions: Sequence[Mention], group: Sequence[int], person: Person) -> bool:
    """Whether the text sets two like names apart: "George Hale and his son George W. Hale", "Hale Jr.".

    Nobody known by name is introduced anew as a relative ("Ada Hale ... her mother, Ada Roe Hale").
    """
    earlier, later = sorted((min(group), min(person.mentions)))
    if mentions[later].before.relative and not mentions[earlier].before.relative:
        return True
    suffixed = bool(mentions[group[0]].parts.suffix) != bool(person.parts.suffix)
    pairs = [(min(i, j), max(i, j)) for i in group for j in person.mentions[:MANY]]
    return any(
        _are_listed(mentions, i, j)
        or (suffixed and 0 <= mentions[j].span.start - mentions[i].span.end < _NEAR)
        for i, j in pairs
    )


_NEAR = 60
"""Characters within which two names are said side by side."""


def _are_listed(mentions: Sequence[Mention], first: int, last: int) -> bool:
    """Whether two names stand in one row of three names or more, which has nobody twice.

    Few articles have father and son in a row, but with one of them as the other.
    """
    return 1 < last - first < 9 and all(mention.in_row for mention in mentions[first + 1 : last + 1])


def _index_keys(parts: NameParts) -> list[str]:
    whole = [u for u in parts.units if not u.initial]
    keys = {u.key for u in whole} | {u.bare for u in whole}
    keys |= {"~" + phonetic_key(u.bare) for u in parts.units if len(u.key) > 4}
    keys.add("=" + parts.joined)
    if len(parts.units) == 2:
        # "Van Lieshout" at the start of a sentence is the family name of Diyet van Lieshout.
        keys.add(parts.joined)
    return sorted(keys)


def join_aliases(mentions: Sequence[Mention], links: dict[int, Link], people: Sequence[Person]) -> None:
    """Link a full name to the person whose alias the text says it is."""
    for i, mention in enumerate(mentions):
        if not mention.is_alias or i not in links:
            continue
        before, other = links.get(i - 1), links[i].person
        if before is None or before.person == other:
            continue
        target = before.person
        for k in people[other].mentions:
            links[k] = Link(target, "alias")
            people[target].add(k, mentions[k])
            people[target].aliases.add(mentions[k].surface)
        people[other].mentions.clear()
