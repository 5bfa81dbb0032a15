"""Who is meant by a single name: a family name, a given name, an alias, or somebody known by it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from newsledger.stages.people.boundaries.name_parts import fold, parse_name
from newsledger.stages.people.coreference.candidates import bare_key, bearers, indexed
from newsledger.stages.people.coreference.compatibility import holds_another, may_be
from newsledger.stages.people.coreference.disambiguation import Told, choose
from newsledger.stages.people.coreference.entities import Named, Person, gender_of
from newsledger.stages.people.coreference.given_names import first_so_called
from newsledger.stages.people.coreference.kinship import (
    WIDOWED,
    of_generation,
    spouse_to_come,
)
from newsledger.stages.people.coreference.misspelt import miswritten, so_spelt
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.tables import names, roles


def single_names(mentions: Sequence[Named], people: list[Person], doubtful: set[int]) -> None:
    """Give every mention of one part its person; ``doubtful`` are full names that fit several people."""
    index = indexed(people, mentions)
    singly: dict[str, list[int]] = defaultdict(list)
    """Where each single name stands."""
    for mention in mentions:
        if mention.person < 0 and len(mention.parts.units) == 1:
            singly[mention.parts.joined].append(mention.found.start)
    owners: dict[str, int] = {}
    singles: dict[tuple[str, str], int] = {}
    told = {mention.parts.joined for mention in mentions if mention.told and mention.person < 0}
    so_far = Told()
    widows: dict[int, int] = {}
    unaddressed: set[str] = set()
    """Surnames that stood alone and were left open."""
    for i in _in_order(mentions):
        mention = mentions[i]
        if mention.person >= 0:
            so_far.take(mention)
            continue
        key = mention.parts.joined
        options: dict[int, Form] = {}
        bare = bare_key(mention)
        if i in doubtful:
            options = {int(c): "full" for c in mention.candidates}
            mention.candidates = ()
        else:
            alone = bool(_lone(singles, bare))
            options = bearers(mention, people, index, alone=alone, told=told, singly=singly)
            if options and "family" in options.values():
                for number in _lone(singles, bare):
                    if people[number].governs and not mention.governs:
                        # Whoever is but the name of an administration is hardly spoken of.
                        continue
                    if may_be(mention, people[number], "family"):
                        options.setdefault(number, "family")
            if set(options.values()) == {"given"}:
                options = first_so_called(mention, people, options, _lone(singles, bare), singly)
                options |= so_spelt(mention, people, options)
            if not options and mention.surface.isupper():
                options = dict.fromkeys(_initialled(key, index.families, singles), "alias")
            if not options and len(mention.parts.units) == 1 and not _lone(singles, bare):
                options = {
                    n: f for n, f in miswritten(mention, people).items() if may_be(mention, people[n], f)
                }
        if mention.maiden and mention.alias_of >= 0 and mentions[mention.alias_of].person >= 0:
            options = {}
        if not options and mention.alias_of >= 0:
            options = {mentions[mention.alias_of].person: "alias"}
            index.aliases[key].append(mentions[mention.alias_of].person)
        if mention.introduced and len(mention.parts.units) == 1:
            options = {}
        if len(options) == 1 and spouse_to_come(mention, people[next(iter(options))], mentions):
            options = {}
        if mention.shares is not None:
            # "Bob and Harvey Hale": no other Robert.
            same = _of_family(fold(mention.shares), people, options) or _of_both_names(mention, people)
            called = [n for n, f in options.items() if f == "given"]
            # "the brothers Bob and Harvey Hale": no Bob Lind
            options = same or dict.fromkeys([] if mention.before.kin else called, "given")
        if mention.generation and options:
            options = of_generation(mention, people, mentions, options)
        if mention.parent and mention.shares is not None:
            options = _parents(mention.shares, mentions[i - 1].person if i else -1, people, options)
        chosen = choose(mention, people, options, owners.get(key), so_far)
        if len(options) > 1 and (
            mention.generation
            or (mention.open and _several(people, options))
            or _kin_so_called(mention, people, options)
            or (mention.governs and _both_govern(people, options))
        ):
            chosen = None
        if chosen in widows and mention.acts and options[chosen] == "family":
            # "Hale was shot. His widow, Ada, must pay. Hale has no money."
            options = {chosen: "family", widows[chosen]: "family"}
            chosen = None
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
            whole = f"{mention.surface} {mention.shares}"
            parts = parse_name(whole)
            people.append(Person(parts, guessed=gender_of(parts), introduced=mention.found.start))
            people[number].kin = mention.parent or mention.before.kin
            index.add(number, people[number])
            mention.form = "given"
            so_far.full[number] = mention.segment
        elif chosen is None:
            gender = mention.before.gender or ""
            number = _single(singles, f"{bare} {mention.generation}".rstrip(), gender, mention, people)
            people[number].kin = people[number].kin or mention.before.kin or 0 <= mention.not_of < i
            if mention.before.relation in WIDOWED and i:
                widows[mentions[i - 1].person] = number
            index.add_sound(bare, number)
            mention.form = _lone_form(mention)
        else:
            number = chosen
            mention.form = options[number]
            if (
                mention.form == "family"
                and people[number].introduced < mention.found.start
                and mention.why != "speaker"
                and not (key in unaddressed and mention.before.addressed and mention.before.gender)
            ):
                owners.setdefault(key, number)
        mention.person = number
        if mention.candidates and not mention.before.addressed:
            # "Ms. Hale" tells who is meant, "Hale" does not, before or after it.
            unaddressed.add(key)
        so_far.take(mention)
        person = people[number]
        person.take(i, mention)
        if mention.form != "alias" or not person.surfaces:
            person.surfaces.setdefault(mention.surface, mention.found.start)


def _in_order(mentions: Sequence[Named]) -> list[int]:
    """The mentions in text order, but "Known as “Lucho,” Arce ..." after the name that follows it."""
    order = list(range(len(mentions)))
    for i, mention in enumerate(mentions[:-1]):
        if mention.alias_of == i + 1:
            order[i], order[i + 1] = i + 1, i
    return order


def _kin_so_called(mention: Named, people: Sequence[Person], options: dict[int, Form]) -> bool:
    """Whether one of ``options`` is kin of another and known by this name alone: "her son, Jamil"."""
    if mention.before.gender or mention.before.addressed or mention.role is not None:
        return False
    return any(people[n].kin and not people[n].full for n in options) and any(people[n].full for n in options)


def _several(people: Sequence[Person], options: dict[int, Form]) -> bool:
    """Whether two of ``options`` and more are people named in full who bear the surname."""
    return sum(people[n].full and form == "family" for n, form in options.items()) > 1


def _both_govern(people: Sequence[Person], options: dict[int, Form]) -> bool:
    """Whether several of ``options`` hold an office from which one governs: whose administration is open."""
    return sum(bool(people[n].roles & roles().top) for n in options) > 1


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


def _of_family(key: str, people: Sequence[Person], options: dict[int, Form]) -> dict[int, Form]:
    """Those of ``options`` who bear the surname ``key``."""
    found = {}
    for number, form in options.items():
        parts = people[number].parts
        if parts.family is not None and parts.units[parts.family].key == key:
            found[number] = form
    return found


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


_OF_ANOTHER_OFFICE = "of another office"
"""Under what the second is kept who is known by one surname, where two hold offices that one cannot hold."""


def _lone(singles: dict[tuple[str, str], int], key: str) -> list[int]:
    """The people known so far by the single name ``key`` alone."""
    found = (singles.get((key, gender)) for gender in ("", "male", "female", _OF_ANOTHER_OFFICE))
    return sorted({number for number in found if number is not None})


def _initialled(key: str, families: dict[str, list[int]], singles: dict[tuple[str, str], int]) -> list[int]:
    """The one person of the article who is known by the initials ``key`` ("AMLO", "López Obrador")."""
    known = [pair.split()[1] for pair in names().initialled if pair.split()[0] == key]
    found = {n for family in known for n in (*families.get(family, ()), *_lone(singles, family))}
    return sorted(found) if len(found) == 1 else []


def _single(
    singles: dict[tuple[str, str], int],
    key: str,
    gender: str,
    mention: Named,
    people: list[Person],
) -> int:
    """The person known by this single name alone; a new one at the first mention."""
    labels = [(key, gender), (key, "")] if gender else [(key, ""), (key, "male"), (key, "female")]
    if mention.wife:
        labels = [(key + " wife", gender)]
    at = labels[0]
    for label in labels:
        number = singles.get(label)
        if number is not None:
            known = people[number].genders
            if holds_another(mention, people[number]):
                # "Senators Hale and Lind ... President Hale"
                at = (key, _OF_ANOTHER_OFFICE)
                number = singles.get(at)
                if number is None:
                    break
                return number
            if not gender or not known or gender in known:
                return number
    number = singles[at] = len(people)
    people.append(Person(mention.parts, full=False, introduced=mention.found.start))
    return number


def _lone_form(mention: Named) -> Form:
    if len(mention.parts.units) > 1 or mention.parts.suffix:
        return "full"
    if mention.role is not None and mention.role.phrase in roles().with_given:
        return "given"
    return "family"
