"""The word tables beside this file, loaded once for look-up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.lexicons import load
from newsledger.lexicons.shared import expand
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.values.mentions import RoleStatus

Phrase = tuple[str, ...]

_SMALL = frozenset({"of", "for", "the", "and", "in", "to", "at", "on", "pro", "de"})


def read(name: str) -> dict[str, Any]:
    """Read ``<name>.toml`` beside this module."""
    return load.toml(Path(__file__).parent / f"{name}.toml")


class WordLists:
    """The word lists of a TOML file, each a set under its own name: ``names().suffixes``."""

    def __init__(self, **lists: Any) -> None:
        self.__dict__.update(lists)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> frozenset[str]: ...


class RoleTables(WordLists):
    """``roles.toml``; phrases are tuples of lower-case words, and what is not declared is a set of words.

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
    top: frozenset[Phrase]
    with_given: frozenset[Phrase]
    praise: frozenset[Phrase]
    short: dict[str, Phrase]
    status: dict[str, str]
    honorifics: dict[str, str]
    kin: dict[str, str]
    house: dict[str, str]
    synonyms: dict[str, str]
    stopped: tuple[str, ...]
    told_endings: tuple[str, ...]
    counts: dict[str, int]
    suffixes: dict[str, RoleStatus]
    confidence: dict[str, str]
    copulas: dict[RoleStatus, list[str]]
    services: dict[RoleStatus, list[str]]
    chosen: dict[RoleStatus, list[str]]
    terms: dict[RoleStatus, list[str]]
    appointing: dict[RoleStatus, list[str]]
    before_verbs: dict[str, list[str]]
    adverbs: dict[str, list[str]]
    death: dict[str, list[str]]
    leaving: dict[str, list[str]]
    office_of_verb: dict[str, str]


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
        key: words if isinstance(words, dict) else _phrases(words) if key in _OF_PHRASES else expand(words)
        for key, words in lists.items()
    }


def _phrases(lines: Iterable[str]) -> frozenset[Phrase]:
    return frozenset(tuple(line.split()) for line in lines)


def _by_word(words_of: dict[str, Any]) -> dict[str, str]:
    return {word: key for key, words in words_of.items() for word in words}


def _by_word_at(phrases: Iterable[Phrase], at: int) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase[at], []).append(phrase)
    return {word: tuple(group) for word, group in found.items()}


@lru_cache(maxsize=1)
def roles() -> RoleTables:
    """The tables of ``roles.toml``."""
    data = read("roles")
    field: dict[Phrase, str] = {}
    for name, phrases in data["heads"].items():
        for text in phrases:
            field.setdefault(tuple(text.split()), name)
    singular = {many: phrase for phrase in field if (many := plural(phrase)) not in field}
    longest_first = sorted(sorted((*field, *singular)), key=len, reverse=True)
    modifiers = {kind: frozenset(words) for kind, words in data["modifiers"].items()}
    grammar = data["grammar"]
    return RoleTables(
        by_last=_by_word_at(longest_first, -1),
        by_first=_by_word_at(longest_first, 0),
        singular=singular,
        field=field,
        **{name: _phrases(data[name]["words"]) for name in ("styles", "capital", "small")},
        short={k: tuple(v.split()) for k, v in data["short"].items()},
        **{name: frozenset(data[name]["words"]) for name in ("acronyms", "skipped", "apart")},
        **modifiers,
        modifiers=frozenset().union(*modifiers.values()),
        status=_by_word(dict(reversed(data["status"].items()))),
        **{name: _by_word(data[name]) for name in ("honorifics", "kin", "house", "synonyms")},
        speech_verbs=names().speech_verbs,
        **_behaviour(data["behaviour"]),
        **_behaviour(grammar) | {name: tuple(grammar[name]) for name in ("stopped", "told_endings")},
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
    """A role as written in the tables: capitals on all but small words.

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


class NameTables(WordLists):
    """``names.toml``: sets of words, folded but where the comments there say otherwise."""

    nicknames: dict[str, frozenset[int]]

    @cached_property
    def given(self) -> frozenset[str]:
        """Given names of men, of women and of both."""
        return self.male_given | self.female_given | self.other_given

    @cached_property
    def given_or_pet(self) -> frozenset[str]:
        """Given names and the short forms of them ("Bill")."""
        return self.given | self.nicknames.keys()

    @cached_property
    def sure_given(self) -> frozenset[str]:
        """Given names that are hardly ever surnames: whom a text calls so alone goes by the given name.

        ``given_names.txt`` holds what the tables lack: names of the US census of 1990 (public domain) and of
        the package Faker (MIT licence), which more people bear as given name than as surname. It is read at
        first use, for modules look up other words on import.
        """
        more = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split()
        listed = self.given_or_pet | {fold(name) for name in expand(["@given_names"])} | {*more}
        return listed - self.common_family - self.also_family

    @cached_property
    def family_first(self) -> frozenset[str]:
        """Family names of China and Korea, which stand before the given name, that are no given name."""
        return (self.chinese_family | self.korean_family) - self.ambiguous_family - self.sure_given


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
def filter_words() -> WordLists:
    """The lists of ``filters/words.toml``."""
    groups = read("filters/words")
    return WordLists(**{name: frozenset(words) for group in groups.values() for name, words in group.items()})


@lru_cache(maxsize=32)
def kinds(use: str, *what: str) -> frozenset[str]:
    """The words of ``filters/kinds.tsv`` with that use, for one of ``what`` (any, if none is given).

    >>> sorted(kinds("before", "deity")), "village" in kinds("apposed")
    (['deity', 'god', 'goddess'], True)
    """
    rows = load.rows(Path(__file__).parent / "filters" / "kinds.tsv")
    return frozenset(
        row["word"] for row in rows if use in row["uses"].split() and (not what or row["what"] in what)
    )
