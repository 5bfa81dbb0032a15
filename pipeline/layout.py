"""Where an article's blocks and sentences lie, and which zone each block belongs to.

A *segment* is a block that no mention and no sentence may cross: a paragraph, a heading, a byline, or a
header such as ``date 2024-04-03``, even where it is glued to the first sentence. A *sentence* lies inside
one segment. Both are (start, end) offsets into the text as given; the text itself is never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.mentions import Zone


class Segment(NamedTuple):
    """A block of the text: offsets, end exclusive, and its zone."""

    start: int
    end: int
    zone: Zone


_HEADER = re.compile(r"\A\s*(?:date|published)\s*:?\s+\d{4}-\d{2}-\d{2}\b", re.IGNORECASE)
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n(?!\s*\n)[^\n]*\S[^\n]*)*")
_TERMINAL = re.compile(r"""[.!?…:;,]["'”’)\]]*\Z""")
_BYLINE = re.compile(r"\A(?:By|Editing by|Reporting by|Writing by)\s+[A-Z]")
_SENTENCE_END = re.compile(r"""[.!?…]+["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9$£€¥])""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|Adm|Rev|Hon|St|Jr|Sr|Co|Corp|Inc|"
    r"Ltd|Bros|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|[A-Z])|\b(?:[A-Za-z]\.)+[A-Za-z])\.\Z"
)


def _is_heading(block: str) -> bool:
    words = block.split()
    if not words or len(words) > 14 or _TERMINAL.search(block):
        return False
    long = [w for w in words if len(w) > 3 and w[0].isalpha()]
    return bool(long) and sum(w[0].isupper() for w in long) >= 0.7 * len(long)


@dataclass(frozen=True)
class Layout:
    """The segments and sentences of one text.

    >>> found = lay_out("A Heading\\n\\nMr. Abe spoke. He left.")
    >>> [(s.zone, found.text[s.start:s.end]) for s in found.segments]
    [('heading', 'A Heading'), ('body', 'Mr. Abe spoke. He left.')]
    >>> found.sentence_text(12)
    'Mr. Abe spoke.'
    >>> found.zone_at(3)
    'heading'
    """

    text: str
    segments: tuple[Segment, ...]

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [s.start for s in self.segments]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All sentences in order as (start, end), trimmed of blanks; none crosses a segment."""
        found: list[tuple[int, int]] = []
        for segment in self.segments:
            found.extend(_split_sentences(self.text, segment.start, segment.end))
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s for s, _ in self.sentences]

    def segment_at(self, position: int) -> Segment:
        """The segment that holds ``position``, or the last one before it."""
        return self.segments[max(0, bisect_right(self._segment_starts, position) - 1)]

    def zone_at(self, position: int) -> Zone:
        """The zone of the segment at ``position`` ("body" in a text without segments)."""
        return self.segment_at(position).zone if self.segments else "body"

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Offsets of the sentence that holds ``position``, or of the last one before it."""
        if not self.sentences:
            return (0, len(self.text))
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def sentence_text(self, position: int) -> str:
        """The sentence at ``position`` with every run of blanks made one space."""
        start, end = self.sentence_at(position)
        return " ".join(self.text[start:end].split())


def _split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        if _ABBREVIATION.search(text[max(at, stop - 24) : stop]):
            continue
        found.append((at, stop))
        at = match.end()
    while end > at and text[end - 1].isspace():
        end -= 1
    if at < end:
        found.append((at, end))
    return found


def lay_out(text: str) -> Layout:
    """Cut ``text`` into segments with zones.

    >>> [s.zone for s in lay_out(" date 2024-04-03 During a call").segments]
    ['header', 'body']
    """
    segments: list[Segment] = []
    start = 0
    header = _HEADER.match(text)
    if header:
        segments.append(Segment(header.end() - len(header.group().lstrip()), header.end(), "header"))
        start = header.end()
    for match in _BLOCK.finditer(text, start):
        block = match.group()
        left = match.start() + len(block) - len(block.lstrip())
        right = match.end() - (len(block) - len(block.rstrip()))
        block = text[left:right]
        zone: Zone = "byline" if _BYLINE.match(block) and len(block) < 120 else "heading" if _is_heading(block) else "body"
        segments.append(Segment(left, right, zone))
    return Layout(text, tuple(segments))
