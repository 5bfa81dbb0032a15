"""Selects the sentences and words that may be part of a name: the classifier reads no others.

In a text with ordinary letter case, a sentence whose only capitals open it (or open a quotation in it) and
stand on a function word holds no name: about one word of news in seven occurs in such a sentence. In the
others three words in four are not part of any name. The lower layers of the classifier read every word; the
upper ones only those that `name_candidates` picks, with the others as context. A text without ordinary case
(all lower case, all capitals) is read whole.

A word may be part of a name that has a capital (unless it is one of the usual openers of a sentence, before
a word without); that is joined to such a word by a hyphen or an apostrophe ("Suk-yeol", "ultra-Orthodox");
or that occurred inside, before, after or as a name often enough in the training text (``small_words.tsv``,
made by ``models/recipe/small_words.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.mention_model.encoder import letter_case

if TYPE_CHECKING:
    from newsledger.document.layout import Layout

OPENERS = frozenset((Path(__file__).parent / "openers.txt").read_text(encoding="utf-8").split())
"""Words that, opening a sentence without another capital, were part of no name in the training text."""
MAX_GAP = 3
"""So many lower-case words may stand between two capitalised words of one name ("Bank of the South")."""

# Bounded, so that a long run of quotes or brackets takes no time that grows with its square.
_OPENING = lazy_regex(r"""(?:\A|["“”‘(\[:—–-]\s{0,9})["“‘'(\[]{0,9}([A-Z][a-z]*(?:['’][a-z]+)?)(?![\w-])""")
_PRONOUN = lazy_regex(r"\bI\b")
_CAPITAL = lazy_regex(r"[A-Z]")
_OPENING_SIGNS = frozenset("\"'“”‘’([:—–-*•")
_JOINTS = frozenset("-‐‑–'’.@&/")


def is_cased(layout: Layout) -> bool:
    """Whether a text has ordinary letter case: its sentences open with capitals, and not all is capitals."""
    text = layout.text
    opened = sum(text[a].isupper() or not text[a].isalpha() for a, _ in layout.sentences)
    return 2 * opened >= len(layout.sentences) and not text.isupper()


def sentences_to_read(layout: Layout, *, cased: bool) -> list[tuple[int, int]]:
    """The sentences of ``layout`` that the classifier has to read, in order."""
    return [(a, b) for a, b in layout.sentences if not cased or may_hold_name(layout.text[a:b])]


def may_hold_name(sentence: str) -> bool:
    """Whether a sentence of a normally cased text may hold a name.

    >>> may_hold_name("However, I think the talks “were good”.")
    False
    >>> may_hold_name("Officials met in Nairobi."), may_hold_name("Kishida spoke.")
    (True, True)
    """
    plain = _PRONOUN.sub("i", sentence) if "I" in sentence else sentence
    if plain.islower():
        return False
    openings = [m[1].replace("’", "'").lower() for m in _OPENING.finditer(plain)]
    capitals = len(_CAPITAL.findall(plain)) if plain.isascii() else sum(map(str.isupper, plain))
    return capitals != len(openings) or not OPENERS.issuperset(openings)


@lru_cache(maxsize=1)
def lowercase_words() -> dict[str, frozenset[str]]:
    """Words without capitals that names hold: ``inside``, ``before``, ``after`` a capital, and ``alone``."""
    lines = (Path(__file__).parent / "small_words.tsv").read_text(encoding="utf-8").splitlines()
    return {place: frozenset(words.split(" ")) for place, words in (line.split("\t") for line in lines)}


class WordShape(NamedTuple):
    """How a word is written: its letter case, whether it has a capital as names have, and whether it may be
    part of a name wherever it stands."""

    case: int
    capital: bool
    alone: bool


def word_shape(word: str) -> WordShape:
    """The shape of a word.

    >>> [word_shape(word).capital for word in ("Tokyo", "G7", "19th", "aid", ".")]
    [True, True, False, False, False]
    """
    case = letter_case(word)
    capital = 2 <= case <= 5 or (case == 6 and word[0].isupper())
    return WordShape(case, capital, word.lower() in lowercase_words()["alone"])


def name_candidates(words: Sequence[str], shapes: Sequence[WordShape], glued: Sequence[bool]) -> list[bool]:
    """For each word of one sentence whether it may be part of a name; ``glued``: no blank precedes it.

    >>> words = "The head of the Bank of Japan said so in mid - March .".split()
    >>> found = name_candidates(words, list(map(word_shape, words)), [False] * 11 + [True] * 3)
    >>> [word for word, candidate in zip(words, found) if candidate]
    ['Bank', 'of', 'Japan', 'mid', '-', 'March', '.']
    """
    found = [shape.capital for shape in shapes]
    for i in [i for i, capital in enumerate(found) if capital]:
        if words[i] == "I":
            found[i] = i > 0 and found[i - 1]
        elif shapes[i].case == 2 and words[i].lower() in OPENERS and not any(found[i + 1 : i + 2]):
            # "But the", unlike "The Hague"
            found[i] = not (i == 0 or words[i - 1] in _OPENING_SIGNS)
    capitals = [i for i, candidate in enumerate(found) if candidate]
    found = [candidate or shape.alone for candidate, shape in zip(found, shapes, strict=True)]
    for before, i, after in zip([-1, *capitals], capitals, [*capitals[1:], len(words)], strict=False):
        _add_neighbours(found, words, glued, (before, i, after))
    return found


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
