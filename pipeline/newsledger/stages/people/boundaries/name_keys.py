"""Keys by which names and their parts are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newsledger.lexicons.load import lazy_regex, rows

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


_SOUNDS = [
    (lazy_regex(row["pattern"]), row["replacement"]) for row in rows(Path(__file__).with_name("sounds.tsv"))
]


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
_LONG_VOWELS = lazy_regex(r"ou|oo|ee|aa|ii|uu")


def sounds_alike(one: str, other: str) -> bool:
    """Whether two folded words may be one name in two spellings: they sound alike, and not by a silent vowel.

    >>> sounds_alike("zelenskiy", "selenskyj"), sounds_alike("mohammed", "muhammad")
    (True, True)
    >>> sounds_alike("regan", "reagan"), sounds_alike("clark", "clarke")
    (False, False)
    """
    if phonetic_key(one) != phonetic_key(other):
        return False
    if one.translate(_VOWELS) != other.translate(_VOWELS):
        return True
    return len(_LONG_VOWELS.sub("u", one)) == len(_LONG_VOWELS.sub("u", other))


def is_slip(one: str, other: str) -> bool:
    """Whether two folded words differ by one slip of the pen in their midst: a letter of a long word, or two
    letters that changed places.

    >>> is_slip("stanely", "stanley"), is_slip("kristin", "kristen"), is_slip("styen", "steyn")
    (True, True, True)
    >>> is_slip("hansen", "hanson"), is_slip("fernando", "fernanda"), is_slip("hansen", "")
    (False, False, False)
    """
    if max(len(one), len(other)) < 5 or one[:1] != other[:1] or one[-1:] != other[-1:]:
        return False
    from rapidfuzz.distance import OSA

    swapped = sorted(one) == sorted(other)
    return OSA.distance(one, other, score_cutoff=1) <= 1 and (swapped or max(len(one), len(other)) > 6)


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a name with the particles that belong to it.

    ``key`` is the folded whole ("vonderleyen"), ``bare`` the key without particles ("leyen"), equal to
    ``key`` after bin, ibn and the like, whose word is the name of a forefather. ``initial``: only letters.
    """

    text: str
    key: str
    bare: str
    initial: bool = False
