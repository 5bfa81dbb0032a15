"""Tells which words may be part of a name; the classifier's upper layers read these alone.

In a text with ordinary letter case names are written with capitals, and three words in four are not part of
any. The lower layers of the classifier read every word; the upper ones only those that :func:`may_name`
picks, with the others as context. A text without ordinary case is read whole.

A word may be part of a name that has a capital (unless it is one of the usual openers of a sentence, before
a word without); that is glued to such a word by a hyphen or an apostrophe ("Suk-yeol", "ultra-Orthodox");
or that stood inside, before, after or as a name often enough in the training text: ``small_words.tsv``, made
by ``models/recipe/small_words.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from newsledger.stages.names.sentence_filter import OPENERS

GAP = 3
"""So many small words may stand between two words with capitals of one name ("Bank of the South")."""


@lru_cache(maxsize=1)
def small_words() -> dict[str, frozenset[str]]:
    """Words without capitals that names hold: ``inside``, ``before``, ``after`` a capital, and ``alone``."""
    lines = (Path(__file__).parent / "small_words.tsv").read_text(encoding="utf-8").splitlines()
    return {place: frozenset(words.split(" ")) for place, words in (line.split("\t") for line in lines)}


def has_capital(word: str, case: int) -> bool:
    """Whether a word of letter case ``case`` (see `windows.letter_case`) is written as names are.

    >>> [has_capital(w, c) for w, c in (("Tokyo", 2), ("G7", 6), ("19th", 6), ("aid", 1), (".", 0))]
    [True, True, False, False, False]
    """
    return 2 <= case <= 5 or (case == 6 and word[0].isupper())


CAPITAL, ALONE = 1, 2
"""What `marks_of` says of a word: it has a capital; it may be part of a name wherever it stands."""


def marks_of(word: str, case: int) -> int:
    """What a word says by itself, as the sum of `CAPITAL` and `ALONE`."""
    return CAPITAL * has_capital(word, case) + ALONE * (word.lower() in small_words()["alone"])


def may_name(
    words: Sequence[str], cases: Sequence[int], glued: Sequence[bool], marks: Sequence[int] | None = None
) -> list[bool]:
    """For each word of one sentence whether it may be part of a name.

    ``cases`` are the words' letter cases, ``glued`` whether no blank stands before a word, ``marks`` what
    `marks_of` says of each (left out, it is asked).

    >>> words = "The head of the Bank of Japan said so in mid - March .".split()
    >>> cases = [2, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 0, 2, 0]
    >>> glued = [False] * 11 + [True, True, True]
    >>> [w for w, may in zip(words, may_name(words, cases, glued)) if may]
    ['Bank', 'of', 'Japan', 'mid', '-', 'March', '.']
    """
    n = len(words)
    small = small_words()
    if marks is None:
        marks = [marks_of(w, c) for w, c in zip(words, cases, strict=True)]
    may = [mark & CAPITAL != 0 for mark in marks]
    capital = [i for i, mark in enumerate(may) if mark]
    for i in capital:
        # A usual opener names nobody unless a name goes on from it ("The Hague").
        if cases[i] == 2 and not (i + 1 < n and may[i + 1]) and words[i].lower() in OPENERS:
            opens = i == 0 or words[i - 1] in _OPENING
            may[i] = not opens
        elif words[i] == "I":
            may[i] = i > 0 and may[i - 1]
    capital = [i for i in capital if may[i]]
    for i, mark in enumerate(marks):
        if mark & ALONE:
            may[i] = True
    inside, before, after = small["inside"], small["before"], small["after"]
    for number, i in enumerate(capital):
        last = capital[number + 1] if number + 1 < len(capital) else n
        if (
            1 < last - i <= GAP + 1
            and last < n
            and all(words[k].lower() in inside for k in range(i + 1, last))
        ):
            for k in range(i + 1, last):
                may[k] = True
        k = i + 1
        if k < last and words[k].lower() in after:
            may[k] = True
        while (
            k + 1 < last and glued[k] and words[k] in _JOINTS and glued[k + 1] and words[k + 1].lower() != "s"
        ):
            may[k] = may[k + 1] = True
            k += 2
        k = i - 1
        first = capital[number - 1] if number else -1
        if k > first and words[k].lower() in before:
            may[k] = True
        if k - 1 > first and glued[i] and words[k] in _JOINTS and glued[k]:
            may[k] = may[k - 1] = True
    return may


_OPENING = frozenset("\"'“”‘’([:—–-*•")
_JOINTS = frozenset("-‐‑–'’.@&/")
