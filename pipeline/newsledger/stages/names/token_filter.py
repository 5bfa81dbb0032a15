"""Tells which words may be part of a name; the classifier's upper layers read these alone.

In a text with ordinary letter case names are written with capitals, and three words in four are not part of
any. The lower layers of the classifier read every word; the upper ones only those that `name_candidates`
picks, with the others as context. A text without ordinary case is read whole.

A word may be part of a name that has a capital (unless it is one of the usual openers of a sentence, before
a word without); that is joined to such a word by a hyphen or an apostrophe ("Suk-yeol", "ultra-Orthodox");
or that occurred inside, before, after or as a name often enough in the training text (``small_words.tsv``,
made by ``models/recipe/small_words.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from newsledger.stages.names.sentence_filter import OPENERS

MAX_GAP = 3
"""So many lower-case words may stand between two capitalised words of one name ("Bank of the South")."""

CAPITAL, ALONE = 1, 2
"""Flags of a word: it has a capital; it may be part of a name wherever it stands."""

_OPENING = frozenset("\"'“”‘’([:—–-*•")
_JOINTS = frozenset("-‐‑–'’.@&/")


@lru_cache(maxsize=1)
def lowercase_words() -> dict[str, frozenset[str]]:
    """Words without capitals that names hold: ``inside``, ``before``, ``after`` a capital, and ``alone``."""
    lines = (Path(__file__).parent / "small_words.tsv").read_text(encoding="utf-8").splitlines()
    return {place: frozenset(words.split(" ")) for place, words in (line.split("\t") for line in lines)}


def has_capital(word: str, case: int) -> bool:
    """Whether a word of letter case ``case`` (see `encoder.letter_case`) is written as names are.

    >>> [has_capital(w, c) for w, c in (("Tokyo", 2), ("G7", 6), ("19th", 6), ("aid", 1), (".", 0))]
    [True, True, False, False, False]
    """
    return 2 <= case <= 5 or (case == 6 and word[0].isupper())


def word_flags(word: str, case: int) -> int:
    """The flags of a word, `CAPITAL` and `ALONE`, added up."""
    return CAPITAL * has_capital(word, case) + ALONE * (word.lower() in lowercase_words()["alone"])


def name_candidates(
    words: Sequence[str], cases: Sequence[int], glued: Sequence[bool], flags: Sequence[int] | None = None
) -> list[bool]:
    """For each word of one sentence whether it may be part of a name.

    ``cases`` are the words' letter cases, ``glued`` whether no blank precedes a word, ``flags`` the
    `word_flags` of each (computed when left out).

    >>> words = "The head of the Bank of Japan said so in mid - March .".split()
    >>> cases = [2, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 0, 2, 0]
    >>> glued = [False] * 11 + [True, True, True]
    >>> [w for w, candidate in zip(words, name_candidates(words, cases, glued)) if candidate]
    ['Bank', 'of', 'Japan', 'mid', '-', 'March', '.']
    """
    if flags is None:
        flags = [word_flags(w, c) for w, c in zip(words, cases, strict=True)]
    found = [flag & CAPITAL != 0 for flag in flags]
    _leave_out_openers(found, words, cases)
    capitals = [i for i, candidate in enumerate(found) if candidate]
    for i, flag in enumerate(flags):
        if flag & ALONE:
            found[i] = True
    for before, i, after in zip([-1, *capitals], capitals, [*capitals[1:], len(words)], strict=False):
        _add_neighbours(found, words, glued, (before, i, after))
    return found


def _leave_out_openers(found: list[bool], words: Sequence[str], cases: Sequence[int]) -> None:
    """Unmark usual openers of a sentence and the pronoun I, unless a name goes on from them ("The Hague")."""
    for i in [i for i, candidate in enumerate(found) if candidate]:
        goes_on = i + 1 < len(words) and found[i + 1]
        if cases[i] == 2 and not goes_on and words[i].lower() in OPENERS:
            found[i] = not (i == 0 or words[i - 1] in _OPENING)
        elif words[i] == "I":
            found[i] = i > 0 and found[i - 1]


def _add_neighbours(
    found: list[bool], words: Sequence[str], glued: Sequence[bool], capitals: tuple[int, int, int]
) -> None:
    """Mark what belongs to the capitalised word in the middle of ``capitals``, up to the ones beside it."""
    before, i, after = capitals
    small = lowercase_words()
    between = range(i + 1, after)
    close = len(between) <= MAX_GAP and after < len(words)
    if close and all(words[k].lower() in small["inside"] for k in between):
        found[i + 1 : after] = [True] * len(between)
    k = i + 1
    if k < after and words[k].lower() in small["after"]:
        found[k] = True
    while k + 1 < after and glued[k] and words[k] in _JOINTS and glued[k + 1] and words[k + 1].lower() != "s":
        found[k] = found[k + 1] = True
        k += 2
    k = i - 1
    if k > before and words[k].lower() in small["before"]:
        found[k] = True
    if k - 1 > before and glued[i] and words[k] in _JOINTS and glued[k]:
        found[k] = found[k - 1] = True
