"""The blocks and sentences of an article, with offsets, and the zone of each block.

A *segment* is a block that no mention and no sentence may cross: a paragraph, a heading, a byline, or a
header such as ``date 2024-04-03``, even where it is glued to the first sentence. A *sentence* lies inside
one segment. Both are (start, end) offsets into the text as given; the text itself is never changed.

In the order to read: what single lines look like and which neighbouring ones are one block (`blocks`), what
each block is (here), and where sentences end (`sentences`; found when first needed).

Zones. *header*: lines of the form ``Published: 3 April 2024`` at the top, YAML front matter, "FOR IMMEDIATE
RELEASE". *byline*: who wrote, edited or photographed it, and a bare date line at the top. *heading*: titles
and subheads, Markdown ones included. *body*: the rest; a dateline (``NAIROBI, 3 April 2024 -``) is body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from newsledger.document.blocks import (
    LIST_ITEM,
    MARKDOWN_HEADING,
    PUBLISHED_KEYS,
    SENTENCE_END,
    Block,
    find_blocks,
    is_byline,
    is_caps,
    is_credit,
    is_title,
    top_zone,
)
from newsledger.document.folding import Folded, fold
from newsledger.document.written_dates import DATE, TIME
from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.values.mentions import Zone

M = TypeVar("M")


class Segment(NamedTuple):
    """A block of the text: offsets, end exclusive, and its zone."""

    start: int
    end: int
    zone: Zone


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
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All sentences in order as (start, end), trimmed of blanks; none crosses a segment."""
        from newsledger.document.sentences import split

        if self.view.text != self.text:
            return tuple(self._sentences_by_view())
        return tuple(sentence for s in self.segments for sentence in split(self.text, s.start, s.end))

    def _sentences_by_view(self) -> Iterator[tuple[int, int]]:
        """The sentences of the view; what it leaves out at either end goes with the sentence before."""
        text, place = self.text, self.view.place
        ends = iter(place(end) for _, end in self.view.layout.sentences)
        end = next(ends, len(text))
        for segment in self.segments:
            begin, last = segment.start, segment.end
            while last > begin and text[last - 1].isspace():
                last -= 1
            while begin < last:
                stop = min(end, last)
                yield begin, stop
                if end <= segment.end:
                    end = next(ends, len(text))
                begin = stop
                while begin < last and text[begin].isspace():
                    begin += 1

    @cached_property
    def view(self) -> View:
        """The text as the stages read it (see `folding`), laid out."""
        folded = fold(self.text, ((s.start, s.end) for s in self.segments if s.zone != "header"))
        if folded.text == self.text:
            return View(self, self.text, folded)
        of = folded.of
        segments = (Segment(of(s.start), of(s.end), s.zone) for s in self.segments)
        view = Layout(folded.text, tuple(s for s in segments if s.start < s.end))
        view.__dict__["view"] = View(view, folded.text, folded)  # a view is read as it is
        return View(view, self.text, folded)

    def segment_at(self, position: int) -> Segment:
        """The segment that holds ``position``, or the last one before it.

        Raises IndexError in a text without segments (empty or blank).
        """
        return self.segments[max(0, bisect_right(self.segments, position, key=itemgetter(0)) - 1)]

    def zone_at(self, position: int) -> Zone:
        """The zone of the segment at ``position`` ("body" in a text without segments)."""
        return self.segment_at(position).zone if self.segments else "body"

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Offsets of the sentence that holds ``position``, or of the last one before it."""
        if not self.sentences:
            return (0, len(self.text))
        return self.sentences[max(0, bisect_right(self.sentences, position, key=itemgetter(0)) - 1)]

    def sentence_text(self, position: int) -> str:
        """The sentence at ``position`` with every run of blanks made one space."""
        start, end = self.sentence_at(position)
        return " ".join(self.text[start:end].split())


@dataclass(frozen=True)
class View:
    """A text as the stages read it: its layout, and how to get from one text to the other and back.

    >>> view = lay_out("It rose by $5[1]\\nmillion.").view
    >>> view.text, view.layout.sentence_text(0)
    ('It rose by $5 million.', 'It rose by $5 million.')
    """

    layout: Layout
    _given: str
    _folded: Folded

    @property
    def text(self) -> str:
        """The text of the view."""
        return self.layout.text

    def place(self, position: int) -> int:
        """The offset in the text as given of a character of the view."""
        return self._folded.given(position)

    def read(self, mentions: Sequence[M]) -> Sequence[M]:
        """Mentions of the text as given, at their places in the view."""
        if self.text == self._given:
            return mentions
        return [_moved(m, self._given, self.text, self._folded.of, self._folded.of) for m in mentions]

    def written(self, mentions: Sequence[M]) -> Sequence[M]:
        """Mentions of the view at their places in the text as given."""
        if self.text == self._given:
            return mentions
        folded = self._folded
        return [_moved(m, self.text, self._given, folded.given, folded.given_end) for m in mentions]


def _moved(mention: M, text: str, to: str, start_of: Callable[[int], int], end_of: Callable[[int], int]) -> M:
    """A mention, with all else that it points at, at other offsets and with the words that stand there."""
    values = {field.name: getattr(mention, field.name) for field in fields(cast("Any", mention))}
    moved: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            moved[name] = tuple(_moved(part, text, to, start_of, end_of) for part in value)
        if value is None or not name.endswith("start_char"):
            continue
        of = name.removesuffix("start_char")
        end = values[f"{of}end_char"]
        moved |= {name: start_of(value), f"{of}end_char": end_of(end)}
        for words in (f"{of}surface", of.removesuffix("_")):
            if values.get(words) == text[value:end]:
                moved[words] = to[start_of(value) : end_of(end)]
    return cast("M", replace(cast("Any", mention), **moved))


_GLUED = lazy_regex(rf"\s*(?:{PUBLISHED_KEYS})(?P<colon>[ \t]*:)?[ \t]+{DATE}(?-i:{TIME})?", re.IGNORECASE)
_FRONT_MATTER = lazy_regex(r"\s*---[ \t]*\r?\n(?:(?!---)[^\n]*\n){1,60}?---[ \t]*(?=\r?\n|\Z)")
_DATELINE_ONLY = lazy_regex(
    rf"[A-Z][^\d\n]{{1,60}}?(?:(?<!day),|[ \t][–—-]+)[ \t]*{DATE}(?:[ \t]*\([^)]{{1,30}}\))?[ \t,:–—-]*\Z",
    re.IGNORECASE,
)
_DATELINE_BEGINS = lazy_regex(rf"[A-Z][^\d\n]{{1,50}}, (?i:{any_of(ALL_MONTHS)})\b\.? \d{{1,2}} ?[-–—]")
_NO_TITLE = lazy_regex(r"\A[$£€¥]\d|\bwww\.|://|\w@\w")
_AGENCY_LINE = lazy_regex(r"[A-Z][\w.&' /-]*(?:\([^)]{1,40}\))?[ \t]*(?:-{1,2}|[–—:])[ \t]")
_HEADING_LENGTH = 160
_LIST_LENGTH = 3
"""More short lines in a row that look like headings are a list, a table or an address."""


def _is_paragraph(block: Block | None) -> bool:
    if block is None:
        return False
    return len(block.text) >= 80 or (len(block.text) > 20 and SENTENCE_END.search(block.text) is not None)


def _is_heading(block: Block, before: Block | None, after: Block | None) -> bool:
    """Whether a short block is a title; ``before`` and ``after`` are its neighbours, bylines left out."""
    text = block.text
    if MARKDOWN_HEADING.match(text):
        return True
    if (
        after is None
        or text[-1] == ","
        or LIST_ITEM.match(text)
        or (SENTENCE_END.search(text) and text[-1] not in "?!")
    ):
        return False
    words = text.split()
    if len(words) > 22 or not any(map(str.isalpha, text)):
        return False
    if text[0].islower() and not text[1:2].isupper():
        return False
    if _DATELINE_ONLY.match(text) or _DATELINE_BEGINS.match(text) or _NO_TITLE.search(text):
        return False
    if is_caps(text):
        return len(words) > 1 or len(text) > 4
    if is_title(text) and len(words) <= 14:
        return True
    if text[-1] == "!" or not _is_paragraph(after):
        return False
    if before is None:
        return not _AGENCY_LINE.match(text)
    return text[-1] != "?" and len(words) <= 8 and _is_paragraph(before)


def _zones(blocks: list[Block]) -> list[Zone]:
    zones: list[Zone] = ["body"] * len(blocks)
    plain: list[int] = []
    top = True  # no paragraph of the body has been seen
    for index, block in enumerate(blocks):
        text = block.text
        known: Zone | None = top_zone(text) if top else None
        if known is None and len(text) < 200 and (is_credit(text) or is_byline(text)):
            known = "byline"
        if known is not None:
            zones[index] = known
        else:
            plain.append(index)
            top = top and len(plain) < 4 and len(text) <= 200 and text[-1] not in '.!?"”'
    for place, index in enumerate(plain):
        if len(blocks[index].text) <= _HEADING_LENGTH:
            before = blocks[plain[place - 1]] if place else None
            after = blocks[plain[place + 1]] if place + 1 < len(plain) else None
            if _is_heading(blocks[index], before, after):
                zones[index] = "heading"
    for is_run, run in groupby(plain, lambda index: zones[index] == "heading"):
        indices = list(run)
        if is_run and len(indices) > _LIST_LENGTH:
            for index in indices:
                if not MARKDOWN_HEADING.match(blocks[index].text):
                    zones[index] = "body"
    return zones


def _header_end(text: str) -> tuple[int, int] | None:
    """Where a header at the very top lies: front matter, or a date glued to the first sentence."""
    matter = _FRONT_MATTER.match(text)
    if matter:
        return len(matter[0]) - len(matter[0].lstrip()), matter.end()
    glued = _GLUED.match(text)
    if not glued:
        return None
    following = text[glued.end() : glued.end() + 40].lstrip(" \t|,;.–—-")
    if glued["colon"] or not following or not following[0].islower():
        return len(glued[0]) - len(glued[0].lstrip()), glued.end()
    return None


def lay_out(text: str) -> Layout:
    """Cut ``text`` into segments with zones.

    >>> [s.zone for s in lay_out(" date 2024-04-03 During a call").segments]
    ['header', 'body']
    >>> text = "Port reopens\\nBy Ana Lima\\n3 May 2024\\nShips left Santos on Friday after the strike ended."
    >>> [s.zone for s in lay_out(text).segments]
    ['heading', 'byline', 'byline', 'body']
    """
    segments: list[Segment] = []
    start = 0
    header = _header_end(text)
    if header:
        segments.append(Segment(*header, "header"))
        start = header[1]
    blocks = find_blocks(text, start)
    segments += [Segment(b.start, b.end, z) for b, z in zip(blocks, _zones(blocks), strict=True)]
    return Layout(text, tuple(segments))
