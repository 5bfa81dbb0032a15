"""The word tables beside this file, read once and made ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsledger.lexicons import load
from newsledger.lexicons.shared import expand
from newsledger.stages.people.boundaries.name_keys import fold

Phrase = tuple[str, ...]

_SMALL = frozenset({"of", "for", "the", "and", "in", "to", "at", "on", "pro", "de"})


def read(name: str) -> dict[str, Any]:
    """Read ``<name>.toml`` beside this module."""
    return load.toml(Path(__file__).parent / f"{name}.toml")


@dataclass(frozen=True, slots=True)
class RoleTables:
    """``roles.toml``; phrases are tuples of lower-case words.

    ``by_last`` and ``by_first`` map a phrase's last and first word to the phrases, longest first.
    ``singular`` maps a plural phrase to its singular. ``field`` maps a phrase to its field of life, and
    ``synonyms`` an office to the word for all that mean the same.
    """

    by_last: dict[str, tuple[Phrase, ...]]
    by_first: dict[str, tuple[Phrase, ...]]
    singular: dict[Phrase, Phrase]
    field: dict[Phrase, str]
    styles: frozenset[Phrase]
    capital: frozenset[Phrase]
    small: frozenset[Phrase]
    short: dict[str, Phrase]
    acronyms: frozenset[str]
    portfolio: frozenset[str]
    modifiers: frozenset[str]
    rank: frozenset[str]
    skipped: frozenset[str]
    status: dict[str, str]
    honorifics: dict[str, str]
    kin: dict[str, str]
    apart: frozenset[str]
    house: dict[str, str]
    synonyms: dict[str, str]
    many_are: frozenset[str]
    institutions: frozenset[str]
    kinds_of_org: frozenset[str]
    verbs: frozenset[str]
    weak: frozenset[str]
    party: frozenset[str]
    party_posts: frozenset[str]
    partisans: frozenset[str]
    sent: frozenset[str]
    with_portfolio: frozenset[str]
    function_words: frozenset[str]
    doubted: frozenset[str]
    common_posts: frozenset[str]
    of_any_post: frozenset[str]
    public: frozenset[str]
    of_helpers: frozenset[str]
    passing: frozenset[str]
    top: frozenset[Phrase]
    with_given: frozenset[Phrase]
    # [grammar]
    determiners: frozenset[str]
    bodies: frozenset[str]
    bodies_of_office: frozenset[str]
    bodies_of_state: frozenset[str]
    forces: frozenset[str]
    numbered: frozenset[str]
    seniority: frozenset[str]
    states: frozenset[str]
    areas: frozenset[str]
    own_possessives: frozenset[str]
    openers: frozenset[str]
    no_modifier: frozenset[str]
    joints_after: frozenset[str]
    embassies: frozenset[str]
    without_complement: frozenset[str]
    no_complement: frozenset[str]
    stopped: tuple[str, ...]
    naming: frozenset[str]
    no_title: frozenset[str]
    praise: frozenset[Phrase]
    opinions: frozenset[str]
    after_role: frozenset[str]
    elected: frozenset[str]
    small_too: frozenset[str]
    abbreviated_offices: frozenset[str]
    suffixes: dict[str, str]
    confidence: dict[str, str]
    links: dict[str, list[str]]
    office_of_verb: dict[str, str]
    speech_verbs: frozenset[str]


def plural(phrase: Phrase) -> Phrase:
    """Make a role plural, in its noun: the first one before "of" or "general", else the last.

    >>> plural(("prime", "minister")), plural(("attorney", "general")), plural(("secretary", "of", "state"))
    (('prime', 'ministers'), ('attorneys', 'general'), ('secretaries', 'of', 'state'))
    """
    at = len(phrase) - 1
    for i, word in enumerate(phrase):
        if i and (word in {"of", "in", "for"} or (word in {"general", "designate", "elect"} and i == at)):
            at = i - 1
            break
    if phrase[at] in {"lieutenant", "major", "brigadier"} and phrase[-1] == "general":
        at = len(phrase) - 1
    word = phrase[at]
    if word.endswith("man") and word not in {"shaman"}:
        word = word[:-3] + "men"
    elif word.endswith("y") and word[-2] not in "aeiou":
        word = word[:-1] + "ies"
    elif word.endswith(("s", "x", "ch", "sh")):
        word += "" if word.endswith("ss") and len(word) < 4 else "es"
    elif word == "person":
        word = "people"
    else:
        word += "s"
    return (*phrase[:at], word, *phrase[at + 1 :])


_OF_PHRASES = frozenset({"top", "with_given", "praise"})


def _behaviour(lists: dict[str, Any]) -> dict[str, Any]:
    """Lists of words as sets, of phrases where the table is one of phrases; tables within as they are."""
    return {
        key: words
        if isinstance(words, dict)
        else tuple(words)
        if key in _IN_ORDER
        else frozenset(tuple(w.split()) for w in words)
        if key in _OF_PHRASES
        else expand(words)
        for key, words in lists.items()
    }


_IN_ORDER = frozenset({"stopped"})


@lru_cache(maxsize=1)
def roles() -> RoleTables:
    """The tables of ``roles.toml``."""
    data = read("roles")
    field: dict[Phrase, str] = {}
    singular: dict[Phrase, Phrase] = {}
    for name, phrases in data["heads"].items():
        for text in phrases:
            phrase = tuple(text.split())
            field.setdefault(phrase, name)
    for phrase in list(field):
        many = plural(phrase)
        if many not in field:
            singular[many] = phrase
    by_last: dict[str, list[Phrase]] = {}
    by_first: dict[str, list[Phrase]] = {}
    for phrase in (*field, *singular):
        by_last.setdefault(phrase[-1], []).append(phrase)
        by_first.setdefault(phrase[0], []).append(phrase)
    modifiers = data["modifiers"]
    return RoleTables(
        by_last={k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in by_last.items()},
        by_first={k: tuple(sorted(v, key=lambda p: (-len(p), p))) for k, v in by_first.items()},
        singular=singular,
        field=field,
        styles=frozenset(tuple(w.split()) for w in data["styles"]["words"]),
        capital=frozenset(tuple(w.split()) for w in data["capital"]["words"]),
        small=frozenset(tuple(w.split()) for w in data["small"]["words"]),
        short={k: tuple(v.split()) for k, v in data["short"].items()},
        acronyms=frozenset(data["acronyms"]["words"]),
        portfolio=frozenset(modifiers["portfolio"]),
        modifiers=frozenset(modifiers["portfolio"]) | frozenset(modifiers["rank"]),
        rank=frozenset(modifiers["rank"]),
        skipped=frozenset(data["skipped"]["words"]),
        status={word: status for status, words in reversed(data["status"].items()) for word in words},
        honorifics={word: gender for gender, words in data["honorifics"].items() for word in words},
        kin={word: gender for gender, words in data["kin"].items() for word in words},
        apart=frozenset(data["apart"]["fields"]),
        house={word: house for house, words in data["houses"].items() for word in words},
        synonyms={office: group for group, offices in data["synonyms"].items() for office in offices},
        speech_verbs=names().speech_verbs,
        **_behaviour(data["behaviour"]),
        **_behaviour(data["grammar"]),
    )


_SAME = {
    ("premier",): ("prime", "minister"),
    ("crown", "prince"): ("prince",),
    ("crown", "princess"): ("princess",),
}


def canonical_role(phrase: Phrase) -> Phrase:
    """The usual words for an office that goes by several.

    >>> canonical_role(("premier",)), canonical_role(("king",))
    (('prime', 'minister'), ('king',))
    """
    return _SAME.get(phrase, phrase)


@lru_cache(maxsize=1 << 12)
def written(phrase: Phrase) -> str:
    """A role as it stands in the tables: capitals on all but the small words.

    >>> written(("secretary", "of", "state")), written(("ceo",)), written(("vice-chancellor",))
    ('Secretary of State', 'CEO', 'Vice-Chancellor')
    >>> written(("da",))
    'District Attorney'
    """
    acronyms = roles().acronyms
    if phrase == ("da",):
        phrase = ("district", "attorney")
    return " ".join(
        word.upper()
        if word in acronyms and (word != "it" or len(phrase) == 1)
        else word
        if word in _SMALL and i
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for i, word in enumerate(phrase)
    )


@dataclass(frozen=True, slots=True)
class NameTables:
    """``names.toml``: sets of words, folded but where the comments there say otherwise."""

    nicknames: dict[str, frozenset[int]]
    # [particles]
    particles: frozenset[str]
    joining_particles: frozenset[str]
    patronymic_particles: frozenset[str]
    arabic_articles: frozenset[str]
    arabic_families: frozenset[str]
    opening_particles: frozenset[str]
    unbound_particles: frozenset[str]
    compound_endings: frozenset[str]
    # [titles]
    ambiguous_titles: frozenset[str]
    given_name_titles: frozenset[str]
    personal_posts: frozenset[str]
    not_initials: frozenset[str]
    titled_brands: frozenset[str]
    # [suffixes]
    suffixes: frozenset[str]
    # [families]
    households: frozenset[str]
    successions: frozenset[str]
    elder_presidents: frozenset[str]
    younger_presidents: frozenset[str]
    # [family_first]
    chinese_family: frozenset[str]
    korean_family: frozenset[str]
    vietnamese_family: frozenset[str]
    ambiguous_family: frozenset[str]
    korean_syllables: frozenset[str]
    dialect_syllables: frozenset[str]
    japanese_family: frozenset[str]
    frequent_family: frozenset[str]
    # [given_names]
    male_given: frozenset[str]
    female_given: frozenset[str]
    other_given: frozenset[str]
    also_family: frozenset[str]
    unisex_pet_names: frozenset[str]
    # [shared]
    common_given: frozenset[str]
    common_family: frozenset[str]
    org_words: frozenset[str]
    # [common_words]
    common_words: frozenset[str]
    # [thing_words]
    thing_words: frozenset[str]
    company_endings: frozenset[str]
    thing_prefixes: frozenset[str]
    firm_words: frozenset[str]
    certain_things: frozenset[str]
    # [credits]
    credit_words: frozenset[str]
    credit_signs: frozenset[str]
    # [contexts]
    person_contexts: frozenset[str]
    place_words: frozenset[str]
    speech_verbs: frozenset[str]
    sentence_openers: frozenset[str]
    # [other_words]
    never_people: frozenset[str]
    calendar: frozenset[str]
    state_codes: frozenset[str]
    news_agencies: frozenset[str]
    newspapers: frozenset[str]


@lru_cache(maxsize=1)
def names() -> NameTables:
    """The tables of ``names.toml``: ``words`` go by their section's name, other lists by their own."""
    data = read("names")
    nicknames: dict[str, set[int]] = {}
    for number, group in enumerate(data.pop("nicknames")["groups"]):
        for word in group.split():
            nicknames.setdefault(word, set()).add(number)
    sets = {
        section if key == "words" else key: expand(words)
        for section, lists in data.items()
        for key, words in lists.items()
    }
    return NameTables(nicknames={word: frozenset(groups) for word, groups in nicknames.items()}, **sets)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names of men, of women and of both, folded."""
    table = names()
    return table.male_given | table.female_given | table.other_given


@lru_cache(maxsize=1)
def given_and_pet_names() -> frozenset[str]:
    """Given names and the short forms of them ("Bill")."""
    return given_names() | names().nicknames.keys()


@lru_cache(maxsize=1)
def sure_given_names() -> frozenset[str]:
    """Given names that are hardly ever surnames, folded: whom a text calls so alone goes by the given name.

    ``given_names.txt`` holds what the tables lack: names of the US census of 1990 (public domain) and of the
    package Faker (MIT licence), which more people bear as given name than as surname.
    """
    more = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split()
    listed = given_and_pet_names() | {fold(name) for name in expand(["@given_names"])} | {*more}
    return listed - names().common_family - names().also_family
