"""Who is meant by a single name: a family name, a given name, an alias, or somebody known by it alone."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.coreference.candidates import bare_key, bearers, indexed
from newsledger.stages.people.coreference.compatibility import may_be
from newsledger.stages.people.coreference.disambiguation import Told, choose
from newsledger.stages.people.coreference.entities import Named, Person, gender_of
from newsledger.stages.people.coreference.misspelt import miswritten
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.tables import roles


def single_names(mentions: Sequence[Named], people: list[Person], doubtful: set[int]) -> None:
    """Give every mention of one part its person; ``doubtful`` are full names that fit several people."""
    index = indexed(people, mentions)
    owners: dict[str, int] = {}
    singles: dict[tuple[str, str], int] = {}
    so_far = Told()
    for i, mention in enumerate(mentions):
        if mention.person >= 0:
            so_far.take(mention)
            continue
        key = mention.parts.joined
        bare = bare_key(mention)
        if i in doubtful:
            options: dict[int, Form] = {int(c): "full" for c in mention.candidates}
            mention.candidates = ()
        else:
            lone = _lone(singles, bare)
            options = bearers(mention, people, index, alone=bool(lone))
            if "family" in options.values():
                for number in lone:
                    if may_be(mention, people[number], "family"):
                        options.setdefault(number, "family")
            if not options and len(mention.parts.units) == 1 and not lone:
                options = {
                    n: f for n, f in miswritten(mention, people).items() if may_be(mention, people[n], f)
                }
        if not options and mention.alias_of >= 0:
            options = {mentions[mention.alias_of].person: "alias"}
            index.aliases[key].append(mentions[mention.alias_of].person)
        if mention.shares is not None:
            # "Bob and Harvey Hale": no other Robert.
            options = _of_both_names(mention, people)
        if mention.parent and mention.shares is not None:
            options = _parents(mention.shares, mentions[i - 1].person if i else -1, people, options)
        chosen = choose(mention, people, options, owners.get(key), so_far)
        if chosen is None and len(options) > 1:
            mention.candidates = tuple(sorted({people[n].name for n in options}))
            mention.why = "ambiguous"
            mention.form = next(iter(options.values()))
            label = ("?" + key, "|".join(mention.candidates))
            number = singles.get(label, -1)
            if number < 0:
                number = singles[label] = len(people)
                people.append(Person(mention.parts, full=False))
        elif chosen is None and mention.shares is not None:
            number = len(people)
            parts = parse_name(f"{mention.surface} {mention.shares}")
            people.append(Person(parts, guessed=gender_of(parts), introduced=mention.found.start))
            people[number].kin = mention.parent or mention.before.kin
            index.add(number, people[number])
            mention.form = "given"
            so_far.full[number] = mention.segment
        elif chosen is None:
            gender = mention.before.gender or ""
            number = _single(singles, bare, gender, mention, people)
            people[number].kin = people[number].kin or mention.before.kin
            index.add_sound(bare, number)
            mention.form = _lone_form(mention)
        else:
            number = chosen
            mention.form = options[number]
            if mention.form == "family" and people[number].introduced < mention.found.start:
                owners.setdefault(key, number)
        mention.person = number
        so_far.take(mention)
        person = people[number]
        person.take(i, mention)
        if mention.form != "alias" or not person.surfaces:
            person.surfaces.setdefault(mention.surface, mention.found.start)


def _parents(surname: str, child: int, people: Sequence[Person], options: dict[int, Form]) -> dict[int, Form]:
    """Who of ``options`` bears the surname of the couple and is not the child of whom it is told."""
    key = fold(surname)
    return {
        number: form
        for number, form in options.items()
        if number != child
        and people[number].parts.family is not None
        and people[number].parts.keys[people[number].parts.family or 0] == key
    }


def _of_both_names(mention: Named, people: Sequence[Person]) -> dict[int, Form]:
    """Who bears the given name and the surname shared with another ("Joe and Jill Hale ... Joe Hale")."""
    key, family = mention.parts.joined, fold(mention.shares or "")
    found: dict[int, Form] = {
        number: "given"
        for number, person in enumerate(people)
        if person.mentions
        and person.parts.family
        and person.parts.units[0].key == key
        and person.parts.units[person.parts.family].key == family
    }
    return found if len(found) == 1 else {}


def _lone(singles: dict[tuple[str, str], int], key: str) -> list[int]:
    """The people known so far by the single name ``key`` alone."""
    found = (singles.get((key, gender)) for gender in ("", "male", "female"))
    return sorted({number for number in found if number is not None})


def _single(
    singles: dict[tuple[str, str], int],
    key: str,
    gender: str,
    mention: Named,
    people: list[Person],
) -> int:
    """The person known by this single name alone; a new one at the first mention."""
    labels = [(key, gender), (key, "")] if gender else [(key, ""), (key, "male"), (key, "female")]
    for label in labels:
        number = singles.get(label)
        if number is not None and (
            not gender or not people[number].genders or gender in people[number].genders
        ):
            return number
    number = singles[labels[0]] = len(people)
    people.append(Person(mention.parts, full=False, introduced=mention.found.start))
    return number


def _lone_form(mention: Named) -> Form:
    if len(mention.parts.units) > 1 or mention.parts.suffix:
        return "full"
    if mention.role is not None and mention.role.phrase in roles().with_given:
        return "given"
    return "family"
