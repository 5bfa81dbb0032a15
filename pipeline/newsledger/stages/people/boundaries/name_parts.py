"""The parts of a name: given, family, particles, suffix, nickname."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import NamePart, fold
from newsledger.stages.people.tables import names

_TOKEN = lazy_regex(r"(?:[A-Z]\.)+(?=[A-Z][\w’'-]*[a-z])|[^\s,]+")
"""A word, or initials that a name is glued to ("L.Dorj")."""
_NICKNAME = lazy_regex(r"""(?<!\S)["“”‘'«(]([^"“”‘’'«»()]{1,40})["“”’'»)]""")
_INITIALS = lazy_regex(r"(?:[A-Z]\.?-?){1,4}\Z")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: ``units`` in the order written; ``family`` is the index of the family name.

    ``family`` is None for a name of one unit, which may be family or given name. ``keys`` are the folded
    units; ``joined`` is all of them in one, the same for "Yoon Suk-yeol" and "Yoon Suk Yeol".
    """

    units: tuple[NamePart, ...]
    family: int | None
    keys: tuple[str, ...]
    joined: str
    suffix: str | None = None
    nicknames: tuple[str, ...] = ()

    @property
    def last_name(self) -> str:
        """The key of the family name, or of the last part, without particles."""
        return self.units[-1 if self.family is None else self.family].bare

    @property
    def given_text(self) -> str | None:
        """The given names as written, None when unknown."""
        if self.family is None:
            return None
        return " ".join(u.text for i, u in enumerate(self.units) if i != self.family) or None

    @property
    def family_text(self) -> str | None:
        """The family name as written, with its particles, None when unknown."""
        return None if self.family is None else self.units[self.family].text


@lru_cache(maxsize=1 << 15)
def parse_name(name: str) -> NameParts:
    """Take a name apart.

    >>> parts = parse_name("Ursula von der Leyen")
    >>> parts.given_text, parts.family_text, parts.units[1].bare
    ('Ursula', 'von der Leyen', 'leyen')
    >>> parse_name("Kim Jong Un").family_text, parse_name("Abe Shinzo").family_text
    ('Kim', 'Abe')
    >>> parse_name("Martin Luther King, Jr.").suffix, parse_name("Elizabeth II").suffix
    ('Jr.', 'II')
    >>> parse_name('Joaquín "El Chapo" Guzmán').nicknames
    ('El Chapo',)
    """
    nicknames: list[str] = []

    def take_nickname(match: re.Match[str]) -> str:
        nicknames.append(match[1].strip())
        return " "

    plain = _NICKNAME.sub(take_nickname, name)
    tokens: list[str] = _TOKEN.findall(plain if _TOKEN.search(plain) else name)[:24]
    suffix = None
    if len(tokens) > 1 and fold(tokens[-1]) in names().suffixes and not tokens[-1].islower():
        suffix = tokens.pop()
    units = _group(tokens)
    keys = tuple(u.key for u in units)
    return NameParts(
        units, family_index(units), keys, "".join(keys), suffix, tuple(n for n in nicknames if n)
    )


def _group(tokens: list[str]) -> tuple[NamePart, ...]:
    """Join particles to the word they belong to."""
    table = names()
    units: list[NamePart] = []
    held: list[str] = []
    for i, token in enumerate(tokens):
        word = fold(token)
        if not word:
            continue
        small = token[:1].islower()
        if i + 1 < len(tokens) and word in table.particles and (small or _binds(i, tokens)):
            held.append(token)
            continue
        bare = word
        head, dash, rest = token.partition("-")
        if dash and rest and fold(head) in table.arabic_articles:
            bare = fold(rest)
        key, forefather = word, False
        if held:
            key = "".join(fold(p) for p in held) + word
            forefather = any(fold(p) in table.patronymic_particles for p in held)
        units.append(
            NamePart(
                text=" ".join([*held, token]) if held else token,
                key=key,
                bare=key if forefather else bare,
                initial=bool(_INITIALS.match(token)) and (len(word) == 1 or (len(word) < 4 and "." in token)),
            )
        )
        held = []
    if held:
        word = "".join(map(fold, held))
        units.append(NamePart(" ".join(held), word, word))
    return tuple(units)


def _binds(at: int, tokens: Sequence[str]) -> bool:
    """Whether a particle with a capital belongs to the next word: "Le Pen", "Al Sisi", but "Van Morrison"."""
    word = fold(tokens[at])
    if at:
        return word not in names().unbound_particles
    if tokens[1].islower() and word in names().joining_particles:
        # "Van den Berg"
        return word not in names().arabic_articles
    if word == "al" and not _ARABIC.search(after := fold(tokens[1])) and after not in names().arabic_families:
        # "Al Gore"
        return False
    return len(tokens) == 2 and word in names().opening_particles


_ARABIC = lazy_regex(r"(?:[aiuy]|[ae]h|een|oum|oun)\Z")
"""Endings of Arabic names, which an article may stand before."""


def given_names_match(one: str, other: str) -> bool:
    """Whether one of two folded given names is a pet form of the other, or both are of a third.

    >>> given_names_match("joe", "joseph"), given_names_match("jeb", "george")
    (True, False)
    """
    groups = names().nicknames
    return not groups.get(one, frozenset()).isdisjoint(groups.get(other, frozenset()))


@lru_cache(maxsize=1 << 13)
def nickname_variants(given: str) -> tuple[str, ...]:
    """The other names in the tables that a folded given name may be called by; an initial opens them all.

    >>> "joe" in nickname_variants("joseph"), nickname_variants("xi")
    (True, ())
    """
    known = names().nicknames
    if len(given) == 1:
        return tuple(name for name in known if name.startswith(given))
    groups = known.get(given, frozenset())
    return tuple(sorted(n for n, others in known.items() if n != given and not groups.isdisjoint(others)))


_PINYIN = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))"
)
_CHINESE = lazy_regex(rf"{_PINYIN}{{1,2}}")
_DIALECT = lazy_regex(rf"(?:{any_of(names().dialect_syllables)}){{1,2}}")
_KOREAN = lazy_regex(rf"(?:{any_of(names().korean_syllables)}){{1,2}}")
_VIETNAMESE = lazy_regex(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnprstvxy])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_JAPANESE = lazy_regex(r"(?:(?:sh|ch|ts|[kgsztdnhbpmyrwj]y?|f)?[aeiou]{1,2}|n(?![aeiouy])){2,6}")
_HYPHENATED = lazy_regex(
    r"(?=.{2,7}-.{2,6}\Z)[A-Z][b-df-hj-np-tv-xz]{0,3}[aeiouy]*[b-df-hj-np-tv-xz]{0,3}"
    r"-[b-df-hj-np-tv-xz]{0,4}[aeiouy]+[b-df-hj-np-tv-xz]{0,3}\Z"
)
"""A given name of two syllables: "Yu-hsun", "Jae-myung", unlike "Sanwo-olu"."""


def family_index(units: Sequence[NamePart]) -> int | None:
    """The index of the family name among the units of a name; None for a name of one unit."""
    if len(units) < 2:
        return None
    if any(unit.initial or unit.key != unit.bare for unit in units):
        return len(units) - 1
    if len(units) > 2 and _is_chinese_after_western(units[1].key, units[2:]):
        return 1
    return 0 if len(units) < 5 and _is_family_first(units[0].key, units[1:]) else len(units) - 1


def _is_chinese_after_western(family: str, given: Sequence[NamePart]) -> bool:
    """ "Carrie Lam Yuet-ngor", "David Tan Siong Sun": a Western given name before the Chinese name."""
    if family not in names().chinese_family:
        return False
    hyphenated = _HYPHENATED.match(given[-1].text) is not None
    return hyphenated or (len(given) > 1 and _is_chinese([unit.key for unit in given]))


def _is_family_first(family: str, given: Sequence[NamePart]) -> bool:
    """Whether ``family``, folded, is a family name of East Asia before given names of its language."""
    table = names()
    keys = [unit.key for unit in given]
    hyphenated = "-" in given[0].text
    if len(given) == 1 and len(family) < 7 and _HYPHENATED.match(given[0].text):
        return True
    if family in table.korean_family or family in table.chinese_family:
        if not _is_chinese_or_korean(family, keys):
            return False
        if len(keys) > 1 or hyphenated:
            return True
        # "Jun Wang" and "Lee Kit" are written given name first, "Kim Yuna" is not.
        frequent_last = keys[0] in table.frequent_family and family not in table.frequent_family
        syllable = keys[0] in table.korean_syllables | table.dialect_syllables
        return not (frequent_last or (family in table.ambiguous_family and syllable))
    if family in table.vietnamese_family and family not in table.ambiguous_family:
        more = len(keys) > 1 or keys[-1] not in table.vietnamese_family
        return more and all(map(_VIETNAMESE.fullmatch, keys))
    if family in table.japanese_family and len(keys) == 1:
        return keys[0] not in table.japanese_family and _JAPANESE.fullmatch(keys[0]) is not None
    return False


def _is_chinese_or_korean(family: str, given: Sequence[str]) -> bool:
    """Whether given names are made of syllables of the language of a family name."""
    if family in names().korean_family and all(map(_KOREAN.fullmatch, given)):
        return True
    return family in names().chinese_family and len(given) < 3 and _is_chinese(given)


def _is_chinese(given: Sequence[str]) -> bool:
    return all(map(_CHINESE.fullmatch, given)) or all(map(_DIALECT.fullmatch, given))
