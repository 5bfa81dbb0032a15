"""Who is who in one article: joins a surname, a given name or a pet name to the full name.

The rules go from sure to unsure, and end in "ambiguous" rather than in a guess:

1. Full names that are one name written twice: equal after folding, one inside the other, an initial or pet
   form for the given name, the parts in the other order, one transliteration for another.
2. A single name is the family name of a person of the article, else the given name, else a nickname.
3. Where several people could be meant, form of address, role, kinship and order of appearance decide;
   where they do not, the mention stands for itself and lists its candidates.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.mentions import Zone
from pipeline.stages.people.choice import Told, by_evidence, choose
from pipeline.stages.people.forms import Form, fits
from pipeline.stages.people.fullest import fullest, tidy
from pipeline.stages.people.given_names import called_by_given, first_so_called, of_known_family
from pipeline.stages.people.misspelt import miswritten, romanised, so_spelt
from pipeline.stages.people.parts import (
    Parts,
    fold,
    pet_forms,
    sound,
    sounds_alike,
    take_apart,
)
from pipeline.stages.people.roles import Before, Role
from pipeline.stages.people.spans import Found
from pipeline.stages.people.tables import Phrase, names, roles, same_office

_WORD_ENDS = re.compile(r"[\s-]+")
_MANY = 64
"""More full names than this behind one family name are not compared with each other (hostile input)."""


@dataclass(slots=True)
class Named:
    """A mention on its way to a row."""

    found: Found
    surface: str
    parts: Parts
    zone: Zone
    segment: int
    before: Before
    role: Role | None = None
    later: Role | None = None
    """The role after the name, where one in the plural stands before it."""
    alias_of: int = -1
    """The mention that this one is another name of ("Mohamed Salim, known as Abu Omar")."""
    broken: bool = False
    """``shares`` is written elsewhere: after it over a line's end, or after "Mrs"."""
    introduced: bool = False
    """Introduced by this single name ("a man surnamed Lee"): nobody who was named before."""
    told: bool = False
    """It is said here who bears this single name ("Ada, 34, a cleaner"): nobody who comes later."""
    speaks: bool = False
    """Said to say something here."""
    contact: bool = False
    """Named here to be called by the press."""
    shares: str | None = None
    """The surname that stands once for two given names ("Joe and Jill Hale")."""
    not_of: int = -1
    """The mention beside it of somebody else of the surname ("Hale and Nancy Hale")."""
    parent: bool = False
    """One of two whose child was named before ("the son of Joe and Jill Hale")."""
    person: int = -1
    form: Form = "full"
    candidates: tuple[str, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Person:
    """One person of the article."""

    parts: Parts
    mentions: list[int] = field(default_factory=list)
    surfaces: dict[str, int] = field(default_factory=dict)
    """Where each spelling stands first."""
    times: Counter[str] = field(default_factory=Counter)
    genders: set[str] = field(default_factory=set)
    roles: set[tuple[str, ...]] = field(default_factory=set)
    offices: set[tuple[str, ...]] = field(default_factory=set)
    kin: bool = False
    byline_only: bool = True
    guessed: str | None = None
    """The gender that the given name is borne by; a form of address says more."""
    contact: bool = True
    """Named only to be called by the press."""
    introduced: int = 1 << 60
    full: bool = True
    written: str | None = None
    """The full name where no mention has the whole of it."""
    aliases: set[str] = field(default_factory=set)
    """Other full names, which are never the person's fullest."""

    def take(self, number: int, mention: Named) -> None:
        """Add a mention."""
        self.mentions.append(number)
        self.times[mention.surface] += 1
        self.contact = self.contact and mention.contact
        if mention.zone != "byline":
            self.byline_only = False
        if mention.before.gender:
            self.genders.add(mention.before.gender)
        if mention.role is not None:
            self.roles.add(mention.role.phrase)
            if mention.role.phrase[-1] in _LEADS and "Senate" in (mention.role.org or mention.role.text):
                # Who leads the Senate's majority is a senator.
                self.roles.add(("senator",))
            if not mention.role.style:
                self.offices.add(mention.role.phrase)

    @property
    def sexes(self) -> set[str]:
        """The genders the article gives the person, else the one of the given name."""
        return self.genders or ({self.guessed} if self.guessed else set())

    @property
    def name(self) -> str:
        """The fullest form the article gives."""
        return self.written or tidy(fullest(self.surfaces, self.times))


_LEADS = frozenset({"leader", "whip"})


def sort_out(mentions: Sequence[Named]) -> list[Person]:
    """Give every mention its person, form and candidates; return the people in order of first mention."""
    people: list[Person] = []
    doubtful = _full_names(mentions, people)
    _join_aliases(mentions, people)
    _single_names(mentions, people, doubtful)
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
            for number in by_unit.get(key, ())[:_MANY]:
                if number in seen:
                    continue
                seen.add(number)
                fit = _fits_person(parts, people[number])
                if fit == "family" and any(mentions[i].before.kin for i in group):
                    # "Laila Abdul Basit and her father Abdul Basit"
                    fit = None
                if fit is None and (
                    _misspelt(mentions, group, people[number]) or romanised(mentions, group, people[number])
                ):
                    fit = "full"
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
            people.append(Person(parts, guessed=_gender_of(parts)))
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


def _of_suffix(parts: Parts, people: Sequence[Person], options: dict[int, Form]) -> dict[int, Form]:
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
        for j in person.mentions[:_MANY]:
            first, second = mentions[min(i, j)], mentions[max(i, j)]
            near = second.found.start - first.found.end
            if (suffixed or second.before.kin) and 0 <= near < _NEAR and first.segment == second.segment:
                return True
    return False


def _gender_of(parts: Parts) -> Literal["male", "female"] | None:
    """The gender of a given name that is borne by one gender only, as far as the tables tell."""
    if not parts.family:
        return None
    given = parts.units[0].key
    table = names()
    if given in table.of_men or given in table.of_women:
        return "male" if given in table.of_men else "female"
    long = set(pet_forms(given)) if len(given) > 2 and given not in _PET_NAMES_OF_BOTH else set()
    men, women = not long.isdisjoint(table.of_men), not long.isdisjoint(table.of_women)
    return None if men == women else "male" if men else "female"


_PET_NAMES_OF_BOTH = frozenset(
    {
        "jan",
        "jamie",
        "drew",
        "charlie",
        "lou",
        "sasha",
        "kit",
        "robbie",
        "jerry",
        "gene",
        "chris",
        "sandy",
        "mel",
        "val",
        "jess",
        "kim",
    }
)
"""Pet forms that the tables give to one gender only."""


def _fits_person(parts: Parts, person: Person) -> Form | None:
    return fits(parts, person.parts) or ("full" if fits(person.parts, parts) == "full" else None)


def _index_keys(parts: Parts) -> set[str]:
    keys = {u.key for u in parts.units if not u.initial} | {u.bare for u in parts.units if not u.initial}
    keys |= {"~" + sound(u.bare) for u in parts.units if len(u.key) > 4}
    keys.add("=" + parts.joined)
    if len(parts.units) == 2:
        # "Van Lieshout" at the start of a sentence is the family name of Diyet van Lieshout.
        keys.add(parts.joined)
    return keys


def _single_names(mentions: Sequence[Named], people: list[Person], doubtful: set[int]) -> None:
    families: dict[str, list[int]] = defaultdict(list)
    middles: dict[str, list[int]] = defaultdict(list)
    givens: dict[str, list[int]] = defaultdict(list)
    aliases: dict[str, list[int]] = defaultdict(list)
    sounds: dict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        if not person.mentions:
            # Found to be an alias of somebody.
            continue
        _index_person(number, person, families, middles, givens, aliases, sounds)
        for surface in person.aliases:
            # "Ahmed Ibrahim, better known as Ahmed Gragn", and Gragn
            other = take_apart(surface)
            if other.family is not None:
                aliases[other.units[other.family].key].append(number)
    for mention in mentions:
        if mention.alias_of >= 0 <= mention.person and mentions[mention.alias_of].person < 0:
            # "Viya, whose real name is Huang Wei"
            aliases[mentions[mention.alias_of].parts.joined].append(mention.person)
    singly: dict[str, list[int]] = defaultdict(list)
    """Where each single name stands."""
    for mention in mentions:
        if mention.person < 0 and len(mention.parts.units) == 1:
            singly[mention.parts.joined].append(mention.found.start)
    owners: dict[str, int] = {}
    singles: dict[tuple[str, str], int] = {}
    told = {mention.parts.joined for mention in mentions if mention.told and mention.person < 0}
    so_far = Told()
    for i in _in_order(mentions):
        mention = mentions[i]
        if mention.person >= 0:
            so_far.take(mention)
            continue
        key = mention.parts.joined
        options: dict[int, Form] = {}
        bare = mention.parts.units[-1].bare if len(mention.parts.units) == 1 else key
        if i in doubtful:
            options = {int(c): "full" for c in mention.candidates}
            mention.candidates = ()
        else:
            tiers = (
                ((families, "family"),),
                ((givens, "given"), (middles, "family")),
                ((aliases, "alias"),),
                ((sounds, "family"),),
            )
            for tier in tiers:
                for index, form in tier:
                    for want in _wanted_keys(key, bare, mention.surface, index is aliases, index is sounds):
                        for number in index.get(want, ())[:_MANY]:
                            if index is sounds and not _sounds(bare, people[number]):
                                continue
                            if index is middles and _ahead(mention, people[number]):
                                continue
                            he = form != "given" or _is_he(mention, people[number], told)
                            if (he and _may_be(mention, people[number], form, i)) or (
                                index is givens
                                and (
                                    of_known_family(mention, number, people, families)
                                    or called_by_given(mention, people[number], singly)
                                )
                            ):
                                options.setdefault(number, form)  # type: ignore[arg-type]
                if options:
                    break
                if tier[0][0] is aliases and _lone(singles, bare):
                    # "Reagan" is known already: no other spelling of Regan.
                    break
            if options and "family" in options.values():
                for number in _lone(singles, bare):
                    if _may_be(mention, people[number], "family", i):
                        options.setdefault(number, "family")
            if set(options.values()) == {"given"}:
                options = first_so_called(mention, people, options, _lone(singles, bare), singly)
                options |= so_spelt(mention, people, options)
            if not options and mention.surface.isupper():
                options = dict.fromkeys(_initialled(key, families, singles), "alias")
            if not options and len(mention.parts.units) == 1 and not _lone(singles, bare):
                options = {
                    n: f for n, f in miswritten(mention, people).items() if _may_be(mention, people[n], f, i)
                }
        if not options and mention.alias_of >= 0:
            options = {mentions[mention.alias_of].person: "alias"}
            aliases[key].append(mentions[mention.alias_of].person)
        if mention.introduced and len(mention.parts.units) == 1:
            options = {}
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
            whole = f"{mention.surface} {mention.shares}"
            parts = take_apart(whole)
            people.append(Person(parts, guessed=_gender_of(parts), introduced=mention.found.start))
            people[number].written = whole if mention.broken else None
            people[number].kin = mention.parent or mention.before.kin
            _index_person(number, people[number], families, middles, givens, aliases, sounds)
            mention.form = "given"
            so_far.full[number] = mention.segment
        elif chosen is None:
            gender = mention.before.gender or ""
            number = _single(singles, bare, gender, mention, people)
            if len(bare) > 5 and number not in sounds["~" + sound(bare)]:
                sounds["~" + sound(bare)].append(number)
            mention.form = _lone_form(mention)
        else:
            number = chosen
            mention.form = options[number]
            if (
                mention.form == "family"
                and people[number].introduced < mention.found.start
                and mention.why != "speaker"
            ):
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


def _before_full(mention: Named, person: Person) -> bool:
    """Whether a mention stands before the person is named in full, headings apart."""
    return mention.found.start < person.introduced and mention.zone != "heading"


def _is_he(mention: Named, person: Person, told: set[str]) -> bool:
    """Whether a given name may be the person, where it stands before the full name ("Osama").

    Nothing may be said there of either that the other is not: an office, a form of address, kin. ``told``
    holds the single names that are introduced by themselves.
    """
    if not _before_full(mention, person):
        return True
    key = mention.parts.joined
    if mention.before.addressed or key in told or len(mention.parts.units) > 1 or _borne_by_many(key):
        return False
    if mention.role is not None:
        return mention.role.phrase in person.offices
    return not (mention.before.kin or person.roles or person.kin)


def _lone(singles: dict[tuple[str, str], int], key: str) -> list[int]:
    """The people known so far by the single name ``key`` alone."""
    found = (singles.get((key, gender)) for gender in ("", "male", "female"))
    return sorted({number for number in found if number is not None})


def _initialled(key: str, families: dict[str, list[int]], singles: dict[tuple[str, str], int]) -> list[int]:
    """The one person of the article who is known by the initials ``key`` ("AMLO", "López Obrador")."""
    known = [pair.split()[1] for pair in names().initialled if pair.split()[0] == key]
    found = {n for family in known for n in (*families.get(family, ()), *_lone(singles, family))}
    return sorted(found) if len(found) == 1 else []


def _wanted_keys(key: str, bare: str, surface: str, alias: bool, sounding: bool) -> list[str]:
    """Under which keys a single name is looked up in one of the indexes."""
    if sounding:
        return ["~" + sound(bare)] if len(bare) > 4 else []
    if alias:
        initials = ["#" + key] if surface.isupper() and 2 < len(key) < 6 else []
        return [key, "@" + key, *initials]
    return [key] if key == bare else [key, bare]


def _in_order(mentions: Sequence[Named]) -> list[int]:
    """The mentions in text order, but "Known as “Lucho,” Arce ..." after the name that follows it."""
    order = list(range(len(mentions)))
    for i, mention in enumerate(mentions[:-1]):
        if mention.alias_of == i + 1:
            order[i], order[i + 1] = i + 1, i
    return order


def _borne_by_many(given: str) -> bool:
    table = names()
    return given in table.given or given in table.of_men or given in table.of_women


def _ahead(mention: Named, person: Person) -> bool:
    """Whether a given name ("Pablo") stands before "Juan Pablo Ruiz" does, who is then somebody else."""
    given = _borne_by_many(mention.parts.joined)
    return given and mention.found.start < person.introduced and mention.zone != "heading"


def _sounds(bare: str, person: Person) -> bool:
    """Whether a single name may be another spelling of the person's family name."""
    parts = person.parts
    return sounds_alike(bare, parts.units[-1 if parts.family is None else parts.family].bare)


def _index_person(
    number: int,
    person: Person,
    families: dict[str, list[int]],
    middles: dict[str, list[int]],
    givens: dict[str, list[int]],
    aliases: dict[str, list[int]],
    sounds: dict[str, list[int]],
) -> None:
    parts = person.parts
    size = len(parts.units)
    for i, unit in enumerate(parts.units):
        if unit.initial:
            continue
        if i == parts.family or size == 1:
            index = families if not (size == 1 and person.roles & roles().with_given) else givens
        elif i == 0 or parts.family == 0:
            index = givens
        else:
            index = middles
        for key in {unit.key, unit.bare}:
            index[key].append(number)
        if i == parts.family and len(unit.bare) > 4:
            sounds["~" + sound(unit.bare)].append(number)
    if size > 2 and parts.family == 0:
        givens["".join(u.key for u in parts.units[1:])].append(number)
    for nickname in parts.nicknames:
        aliases[fold(nickname)].append(number)
    if size >= 2:
        # "AmitShah", as in the name of an account
        aliases[parts.joined].append(number)
        letters = "".join(fold(word)[:1] for u in parts.units for word in _WORD_ENDS.split(u.text))
        aliases["#" + letters].append(number)
    for other in pet_forms(parts.units[0].key) if size > 1 else ():
        if len(other) > 2:
            aliases["@" + other].append(number)


def _may_be(mention: Named, person: Person, form: str, number: int) -> bool:
    """Whether evidence in the text forbids that ``mention`` is ``person``."""
    said = mention.role is not None and mention.role.phrase in person.roles
    if person.byline_only and mention.zone != "byline" and not said:
        # Who wrote it is hardly spoken of in it, but for "By Senator Ana Hale" and "Senator Hale serves on".
        return False
    if mention.not_of >= 0 and mention.not_of in person.mentions:
        return False
    if form == "family" and mention.before.kin and not (person.kin or mention.parts.nicknames):
        # "her son, Khalil" is not Mona Khalil.
        return False
    if person.contact and not (person.roles or mention.contact) and mention.role and form != "full":
        # "Senator Coleman" is not whom the press may call, Leroy Coleman.
        return False
    gender = mention.before.gender
    if gender and person.sexes and gender not in person.sexes:
        return False
    early = _before_full(mention, person)
    role = mention.role if mention.role is not None and mention.role.side != "after" else None
    if role is not None and role.status == "current" and _other_house(role.phrase, person):
        return False
    if form == "given" and role is not None and role.phrase[-1] in roles().by_surname:
        # "Senator Craig" is not Craig Thomas.
        return False
    if role is not None and role.phrase in roles().top and role.status == "current":
        seats = {phrase for phrase in person.offices | person.roles if phrase[-1] in roles().house}
        if seats and not _holds(role.phrase, person.offices):
            return False
        known = person.offices & roles().top
        if known and not _holds(role.phrase, known):
            return False
        if early and person.offices and not _holds(role.phrase, person.offices):
            return False
        if person.kin and not known:
            return False
    if person.kin and early and (role is not None or mention.before.addressed):
        return False
    suffix = mention.parts.suffix
    return not (suffix and person.parts.suffix and fold(suffix) != fold(person.parts.suffix))


def _other_house(office: Phrase, person: Person) -> bool:
    """Whether ``office`` and one of the person's are seats of two houses, which nobody holds at a time."""
    mine = roles().house.get(office[-1])
    return (
        mine is not None
        and any(
            (other := roles().house.get(phrase[-1])) is not None and other != mine
            for phrase in person.offices | person.roles
        )
        and not any(roles().house.get(phrase[-1]) == mine for phrase in person.roles)
    )


def _holds(office: Phrase, offices: set[Phrase]) -> bool:
    """Whether one of ``offices`` is ``office`` or another word for it."""
    return any(same_office(office) == same_office(other) for other in offices)


def _single(
    singles: dict[tuple[str, str], int],
    key: str,
    gender: str,
    mention: Named,
    people: list[Person],
) -> int:
    """The person known by this single name alone; a new one at the first mention."""
    for label in ((key, gender), (key, "")) if gender else ((key, ""), (key, "male"), (key, "female")):
        number = singles.get(label)
        if number is not None:
            known = people[number].genders
            if not gender or not known or gender in known:
                return number
    number = singles[key, gender] = len(people)
    people.append(Person(mention.parts, full=False, introduced=mention.found.start))
    return number


def _lone_form(mention: Named) -> Form:
    if len(mention.parts.units) > 1 or mention.parts.suffix:
        return "full"
    if mention.role is not None and mention.role.phrase in roles().with_given:
        return "given"
    return "family"


def _number(mentions: Sequence[Named], people: list[Person]) -> None:
    """Renumber the people in order of first mention and leave out those without one."""
    order: dict[int, int] = {}
    for mention in mentions:
        order.setdefault(mention.person, len(order))
    kept = sorted(order, key=lambda number: order[number])
    people[:] = [people[number] for number in kept]
    for mention in mentions:
        mention.person = order[mention.person]
