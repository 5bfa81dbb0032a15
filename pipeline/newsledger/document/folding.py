"""The text as the stages read it: each paragraph on one line, without marks that are not words.

Hard-wrapped lines, indentation, invisible characters, note marks (``$5[1] million``) and the emphasis and
links of Markdown would each have to be known to every rule of every stage. They are folded away once, and
`Folded` translates offsets both ways, so that a mention still points at the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsledger.lexicons.load import lazy_regex

_BLANKS = str.maketrans(
    dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " ") | {chr(c): " " for c in range(0x2000, 0x200B)}
)
_OPENS, _CLOSES = r"(?<![^\s(\[\"“‘—–-])", r"(?![^\s.,;:!?)\]\"”’—–-])"
_TARGET = r"\]\((?:https?:|/|\#|mailto:)[^\s()]{0,400}\)"
_CUT = lazy_regex(
    rf"""
      (?P<break>[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*)
    | [\u00ad\u200b-\u200d\u2060\ufeff]+                              # seen by nobody
    | (?P<raised>(?<=[\w.,;:%)\]”"’])[¹²³⁰⁴-⁹]{{1,3}})                   # a note mark, or a power
    | (?<=[^\s\[])\[(?:\d{{1,3}}|[a-z]|(?:note|nb)\ \d{{1,2}})\](?![(\[\w])  # a note mark of Wikipedia
    | (?<=[\w%.,])[†‡]
    | {_OPENS}(?:\*{{1,3}}|_{{1,2}})(?=[^\s*_])                           # emphasis of Markdown begins
    | (?<=[^\s*_])(?:\*{{1,3}}|_{{1,2}}){_CLOSES}                        # ... and ends
    | \[(?=[^\[\]\n]{{1,200}}{_TARGET})                               # a link of Markdown begins
    | (?<=[^\s\[]){_TARGET}                                           # ... and ends
    """,
    re.VERBOSE,
)
_SIGNS = lazy_regex(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029\u00ad\u200b-\u200d\u2060\ufeff¹²³⁰⁴-⁹\[\]†‡*_]")
"""What a cut begins with."""
_END_OF_LINE = lazy_regex(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_POWER = lazy_regex(r"(?:(?<![^\W\d_])(?:[kcm]?m|ft|mi|yd|in)|(?<![\d.,])10)\Z")
_BROKEN_WORD = lazy_regex(r"[^\W_]-\Z")


@dataclass(frozen=True)
class Folded:
    """A folded text, with the places of its pieces in the original text.

    >>> folded = fold("It fell on 4\\n  October by $5[1] million.", [(0, 38)])
    >>> folded.text
    'It fell on 4 October by $5 million.'
    >>> folded.given(24), folded.given_end(34), folded.of(26)
    (26, 39, 24)
    """

    text: str
    _starts: Sequence[int]
    """Where each piece begins in the folded text."""
    _given: Sequence[int]
    """Where it begins in the text as given."""

    def given(self, position: int) -> int:
        """The offset in the text as given of a character of the folded text."""
        piece = bisect_right(self._starts, position) - 1
        return self._given[piece] + position - self._starts[piece]

    def given_end(self, end: int) -> int:
        """The end in the text as given of a span that ends at ``end`` (exclusive) in the folded text."""
        return self.given(end - 1) + 1 if end else 0

    def of(self, given: int) -> int:
        """The offset in the folded text of an offset in the text as given; of a cut, where it was."""
        piece = bisect_right(self._given, given) - 1
        stop = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        return min(self._starts[piece] + given - self._given[piece], stop)


def fold(text: str, spans: Iterable[tuple[int, int]]) -> Folded:
    """``text`` with each of ``spans``, which are paragraphs and the like, on one line."""
    plain = text if text.isascii() else text.translate(_BLANKS)
    return replaced(plain, _cuts(plain, spans))


def replaced(text: str, cuts: Iterable[tuple[int, int, str]]) -> Folded:
    """``text`` with each cut, in order, replaced by its replacement."""
    parts, starts, given = [], [0], [0]
    at = length = 0
    for begin, end, instead in cuts:
        parts += [text[at:begin], instead]
        length += begin - at + len(instead)
        at = end
        if len(instead) != end - begin:
            starts.append(length)
            given.append(end)
    return Folded("".join([*parts, text[at:]]), starts, given)


def _cuts(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """What is cut out: begin, end, and what stands there instead; between the spans, lines end alike."""
    between = 0
    for start, stop in spans:
        for end_of_line in _END_OF_LINE.finditer(text, between, start):
            yield *end_of_line.span(), "\n"
        at, between = start, stop
        while sign := _SIGNS.search(text, at, stop):
            begin, at = sign.span()
            match = _CUT.match(text, begin, stop)
            if match is None or (match["raised"] and _POWER.search(text, max(start, begin - 3), begin)):
                continue
            at = match.end()
            if not match["break"]:
                yield begin, at, ""
                continue
            while text[begin - 1].isspace():
                begin -= 1
            before, after = text[max(0, begin - 2) : begin], text[at : at + 1]
            if not (before[-1:].isdigit() and after.isdigit()):  # no number grows over the end of a line
                yield begin, at, "" if _BROKEN_WORD.match(before) and after.isalnum() else " "
