"""Tells sentences that cannot hold a name, so that the classifier need not read them.

In a text with ordinary letter case, a sentence whose only capitals open it (or open a quotation in it) and
stand on a function word holds no name: about one word of news in seven occurs in such a sentence. A text
without ordinary case (all lower case, all capitals) is read whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.lexicons.load import lazy_regex

if TYPE_CHECKING:
    from newsledger.document.layout import Layout

OPENERS = frozenset((Path(__file__).parent / "openers.txt").read_text(encoding="utf-8").split())
"""Words that, opening a sentence without another capital, were part of no name in the training text."""

# Bounded, so that a long run of quotes or brackets takes no time that grows with its square.
_OPENING = lazy_regex(r"""(?:\A|["“”‘(\[:—–-]\s{0,9})["“‘'(\[]{0,9}([A-Z][a-z]*(?:['’][a-z]+)?)(?![\w-])""")
_PRONOUN = lazy_regex(r"\bI\b")
_CAPITAL = lazy_regex(r"[A-Z]")


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


def is_cased(layout: Layout) -> bool:
    """Whether a text has ordinary letter case: its sentences open with capitals, and not all is capitals."""
    text = layout.text
    opened = sum(text[a].isupper() or not text[a].isalpha() for a, _ in layout.sentences)
    return 2 * opened >= len(layout.sentences) and not text.isupper()


def sentences_to_read(layout: Layout, *, cased: bool) -> list[tuple[int, int]]:
    """The sentences of ``layout`` that the classifier has to read, in order."""
    text = layout.text
    if not cased:
        return list(layout.sentences)
    return [(a, b) for a, b in layout.sentences if may_hold_name(text[a:b])]
