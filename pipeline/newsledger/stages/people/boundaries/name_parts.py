"""The parts of a name: given, family, particles, suffix, nickname; and keys under which names compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsledger.stages.people.boundaries.family_names import family_index
from newsledger.stages.people.tables import names

_TOKEN = re.compile(r"[^\s,]+")
_NICKNAME = re.compile(r"""(?<!\S)["“”‘'«(]([^"“”‘’'«»()]{1,40})["“”’'»)]""")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}\Z")
_APOSTROPHE = str.maketrans(dict.fromkeys("'’‘`´ʼʿʾ", ""))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Lower-case ASCII letters and digits of ``word``: the form in which names compare.

    >>> fold("Calviño"), fold("O’Brien"), fold("Yu-na"), fold("Þór")
    ('calvino', 'obrien', 'yuna', 'thor')
    """
    if not word.isascii():
        from anyascii import anyascii

        word = anyascii(word.translate(_APOSTROPHE))
    return "".join(c for c in word.lower() if c.isalnum())


_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"dzh|dj|zh|dz", "z"),
        (r"(?:iyy|yyi|iy|yy|yi|yj|ij|ej|aj|ii|ie|ey|ei|ay|ai|ee|i|y|j)+", "i"),
        (r"sch|sh|sz", "s"),
        (r"tch|tsch|cz|ch|tj", "c"),
        (r"kh|gh|qh|[qk]|ck|c(?=[aouklrtq])", "k"),
        (r"ph|pf", "f"),
        (r"^g", "k"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"w|v|ff|f(?=f)", "v"),
        (r"ou|oo|u|o", "o"),
        (r"aa|ae|a|e", "a"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
        (r"h\b|(?<=[aeio])h(?=[^aeio])", ""),
    )
)


@lru_cache(maxsize=1 << 16)
def phonetic_key(key: str) -> str:
    """A coarser key that spellings of one name in Latin letters share; two names may share it too.

    Takes a folded word. Only ever used with other evidence.

    >>> len({phonetic_key(fold(w)) for w in ("Zelenskiy", "Zelensky", "Zelenskyy", "Zelenskyi", "Selenskyj")})
    1
    >>> phonetic_key("mohammed") == phonetic_key("muhammad"), phonetic_key("kim") == phonetic_key("kimi")
    (True, False)
    """
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key


_VOWELS = str.maketrans(dict.fromkeys("aeiou", ""))
_LONG_VOWELS = re.compile(r"ou|oo|ee|aa|ii|uu")


def sounds_alike(one: str, other: str) -> bool:
    """Whether two folded words may be one name in two spellings: they sound alike, and not by a silent vowel.

    >>> sounds_alike("zelenskiy", "selenskyj"), sounds_alike("mohammed", "muhammad")
    (True, True)
    >>> sounds_alike("regan", "reagan"), sounds_alike("clark", "clarke")
    (False, False)
    """
    if one == other:
        return True
    if phonetic_key(one) != phonetic_key(other):
        return False
    if one.translate(_VOWELS) != other.translate(_VOWELS):
        return True
    return len(_LONG_VOWELS.sub("u", one)) == len(_LONG_VOWELS.sub("u", other))


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a name with the particles that belong to it.

    ``key`` is the folded whole ("vonderleyen"), ``bare`` the key without particles ("leyen"), equal to
    ``key`` after bin, ibn and the like, whose word is the name of a forefather. ``initial``: only letters.
    """

    text: str
    key: str
    bare: str
    initial: bool = False


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: ``units`` in the order written; ``family`` is the index of the family name.

    ``family`` is None for a name of one unit, which may be family or given name. ``keys`` are the folded
    units; ``joined`` is all of them in one, the same for "Yoon Suk-yeol" and "Yoon Suk Yeol".
    """

    units: tuple[Unit, ...]
    family: int | None
    keys: tuple[str, ...]
    joined: str
    suffix: str | None = None
    nicknames: tuple[str, ...] = ()

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


def _group(tokens: list[str]) -> tuple[Unit, ...]:
    """Join particles to the word they belong to."""
    table = names()
    units: list[Unit] = []
    held: list[str] = []
    for i, token in enumerate(tokens):
        word = fold(token)
        if not word:
            continue
        small = token[:1].islower()
        if i + 1 < len(tokens) and word in table.particles and (small or _binds(word, i, len(tokens))):
            held.append(token)
            continue
        bare = word
        head, dash, rest = token.partition("-")
        if dash and rest and fold(head) in table.articles:
            bare = fold(rest)
        key, forefather = word, False
        if held:
            key = "".join(fold(p) for p in held) + word
            forefather = any(fold(p) in table.patronymic for p in held)
        units.append(
            Unit(
                text=" ".join([*held, token]) if held else token,
                key=key,
                bare=key if forefather else bare,
                initial=bool(_INITIALS.match(token)) and (len(word) == 1 or (len(word) < 4 and "." in token)),
            )
        )
        held = []
    if held:
        word = "".join(map(fold, held))
        units.append(Unit(" ".join(held), word, word))
    return tuple(units)


def _binds(word: str, at: int, size: int) -> bool:
    """Whether a particle with a capital belongs to the next word: "Le Pen", "Al Sisi", but "Van Morrison"."""
    if at == 0:
        return size == 2 and word in names().opening
    return word not in names().not_binding


def given_names_match(one: str, other: str) -> bool:
    """Whether two folded given names can be one: equal, an initial of the other, or a pet form.

    >>> given_names_match("joe", "joseph"), given_names_match("j", "joseph")
    (True, True)
    >>> given_names_match("jeb", "george")
    False
    """
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    groups = names().nicknames
    mine, others = groups.get(one), groups.get(other)
    return mine is not None and others is not None and not mine.isdisjoint(others)


@lru_cache(maxsize=1)
def _members() -> dict[int, list[str]]:
    """The names in each group of names that are forms of one."""
    members: dict[int, list[str]] = {}
    for name, groups in names().nicknames.items():
        for group in groups:
            members.setdefault(group, []).append(name)
    return members


@lru_cache(maxsize=1 << 13)
def nickname_variants(given: str) -> tuple[str, ...]:
    """The other names in the tables that a folded given name may be called by; an initial opens them all.

    >>> "joe" in nickname_variants("joseph"), nickname_variants("xi")
    (True, ())
    """
    groups = names().nicknames
    if len(given) == 1:
        found = [name for name in groups if name.startswith(given)]
    else:
        alike = {name for group in groups.get(given, ()) for name in _members()[group]}
        found = sorted(alike - {given})
    if len(given) > 4 and given[-1] in "ao":
        # "Casilda", "Casildita"
        found.append(f"{given[:-1]}it{given[-1]}")
    return tuple(found)
