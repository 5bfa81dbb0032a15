"""Tells sentences that cannot hold a name, so that the classifier need not read them.

In a text with ordinary letter case, a sentence whose only capitals open it (or open a quotation in it) and
stand on a function word names nobody and no place: about one word of news in seven stands in such a
sentence. A text without ordinary case (all lower case, all capitals) is never gated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.layout import Layout

OPENERS = frozenset(
    """
    a about according additional additionally after again all almost also although an and another any anyone
    approximately are as asked at because before being below besides between both but by can currently despite
    did do does during each earlier either even every everyone everything few finally first following for
    four from further furthermore given had has have having he he'll he's her here his how however hundreds
    i i'd i'll i'm i've if in indeed instead is it it's its just last later let's like many meanwhile more
    moreover most much my nearly neither nevertheless nobody none not nothing now of often on once one only
    or other others otherwise our over overall perhaps please previously rather recently several she she's
    should similarly since so some sometimes soon specifically still such thanks that that's the their then
    there there's therefore these they they'll they're they've things third this those though thousands three
    through throughout thus to today together too two ultimately under unfortunately unless unlike until
    upon we we'll we're we've well were what what's when where whether which while who why will with within
    without would yes yesterday yet you you're you've your
    """.split()
)
"""Words that, opening a sentence without another capital, were part of no name in the training text."""

_OPENING = re.compile(r"""(?:\A|["“”‘(\[:—–-]\s*)["“‘'(\[]*([A-Z][a-z]*(?:['’][a-z]+)?)(?![\w-])""")
_PRONOUN = re.compile(r"\bI\b")


def may_hold_name(sentence: str) -> bool:
    """Whether a sentence of a normally cased text may hold a name.

    >>> may_hold_name("However, I think the talks “were good”.")
    False
    >>> may_hold_name("Officials met in Nairobi."), may_hold_name("Kishida spoke.")
    (True, True)
    """
    plain = _PRONOUN.sub("i", sentence)
    if plain.islower():
        return False
    openings = [m[1].replace("’", "'").lower() for m in _OPENING.finditer(plain)]
    return sum(map(str.isupper, plain)) != len(openings) or not OPENERS.issuperset(openings)


def readable(layout: Layout) -> list[tuple[int, int]]:
    """The sentences of ``layout`` that the classifier has to read, in order."""
    text = layout.text
    sentences = layout.sentences
    cased = sum(text[a].isupper() or not text[a].isalpha() for a, _ in sentences)
    if 2 * cased < len(sentences) or text.isupper():
        return list(sentences)
    return [(a, b) for a, b in sentences if may_hold_name(text[a:b])]
