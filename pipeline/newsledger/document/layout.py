"""Where an article's blocks and sentences lie, and which zone each block belongs to.

A *segment* is a block that no mention and no sentence may cross: a paragraph, a heading, a byline, or a
header such as ``date 2024-04-03``, even where it is glued to the first sentence. A *sentence* lies inside
one segment. Both are (start, end) offsets into the text as given; the text itself is never changed.

How it is done, in the order to read: lines; which neighbouring lines are one block (`_blocks`; in
hard-wrapped text most newlines are only blanks, elsewhere every newline ends a paragraph); what each block
is (`_zone`). Sentences are made when first asked for (`newsledger.document.sentences`).

Zones. *header*: lines of the form ``Published: 3 April 2024`` at the top, YAML front matter, "FOR IMMEDIATE
RELEASE". *byline*: who wrote, edited or photographed it, and a bare date line at the top. *heading*: titles
and subheads, Markdown ones included. *body*: the rest; a dateline (``NAIROBI, 3 April 2024 -``) is body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from newsledger.document.written_dates import DATE, TIME
from newsledger.lexicons.calendar import ALL_MONTHS, ALL_WEEKDAYS, GIVEN_NAME_MONTHS
from newsledger.lexicons.load import any_of
from newsledger.values.mentions import Zone


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
    def _segment_starts(self) -> list[int]:
        return [s.start for s in self.segments]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """All sentences in order as (start, end), trimmed of blanks; none crosses a segment."""
        from newsledger.document.sentences import split

        found: list[tuple[int, int]] = []
        for segment in self.segments:
            split(self.text, segment.start, segment.end, found)
        return tuple(found)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s for s, _ in self.sentences]

    def segment_at(self, position: int) -> Segment:
        """The segment that holds ``position``, or the last one before it.

        Raises IndexError in a text without segments (empty or blank).
        """
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


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# --- header and byline: words that name the zone of a line ---------------------------------------------

HEADER_KEYS: dict[str, Zone] = {
    "date": "header",
    "dated": "header",
    "published": "header",
    "published on": "header",
    "first published": "header",
    "date published": "header",
    "publication date": "header",
    "pub date": "header",
    "pubdate": "header",
    "posted": "header",
    "posted on": "header",
    "issued": "header",
    "release date": "header",
    "updated": "header",
    "last updated": "header",
    "modified": "header",
    "last modified": "header",
    "source": "header",
    "url": "header",
    "link": "header",
    "id": "header",
    "section": "header",
    "category": "header",
    "tags": "header",
    "tag": "header",
    "keywords": "header",
    "topics": "header",
    "language": "header",
    "lang": "header",
    "publisher": "header",
    "publication": "header",
    "contact": "header",
    "contacts": "header",
    "for immediate release": "header",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "reporter": "byline",
    "title": "heading",
    "headline": "heading",
    "subject": "heading",
    "subtitle": "heading",
}
"""``key: value`` lines at the top of a text -> the zone of the line."""

_PUBLISHED_KEYS = (
    "date|dated|published(?: on)?|first published|date published|publication date|pub ?date|posted(?: on)?"
)
_GLUED = re.compile(
    rf"\s*(?:{_PUBLISHED_KEYS})(?P<colon>[ \t]*:)?[ \t]+(?P<date>{DATE})(?P<time>(?-i:{TIME}))?",
    re.IGNORECASE,
)
_KEY_LINE = re.compile(
    rf"({'|'.join(sorted((re.escape(k) for k in HEADER_KEYS), key=len, reverse=True))})[ \t]*(?::|$)",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?:(?!---)[^\n]*\n){1,60}?---[ \t]*(?=\r?\n|\Z)")
_KEYLESS = re.compile(
    r"for (?:immediate|general|embargoed) release\b|embargoed until\b|press release\Z|news release\Z",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|last updated|first published|modified)(?:[ \t]+on)?:?[ \t]+)?"
    rf"\(?(?P<date>{DATE})(?P<time>(?-i:{TIME}))?\)?[ \t]*[|.]?\Z",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?\[?(?:(?:additional |with |further )?(?:reporting|writing|editing|research|inputs?)|edited|written|"
    r"compiled|reported|translated|photo(?:graph)?s?|video|image|illustration|graphics?)"
    r"(?:,? and (?:writing|editing|additional reporting))? (?:by|from|credit)\b|"
    r"\(?\[?(?:photo|image|picture|photo credit|image credit|credit|file photo|pic|video)[ \t]*(?::|/|\|)",
    re.IGNORECASE,
)
_NOT_WRITERS = _words("The This That Then Now All Any Some Its His Her Their Our What Which A An")
_WHEN = frozenset(w.title() for w in (ALL_MONTHS.keys() - GIVEN_NAME_MONTHS) | ALL_WEEKDAYS.keys())
_IN_BYLINES = _words(
    """
    and with in for of at from the to de da del della der den van von bin bint al el la le ten ter dos y
    reporter correspondent editor writer staff bureau desk agencies agency our own special
    | / & - – — · •
    """
)
_DATED_END = re.compile(
    rf"[ \t|,·•–—-]*(?:(?:on|updated|published)[ \t:]+)?{DATE}(?-i:{TIME})?[ \t]*\Z", re.IGNORECASE
)


def _is_byline(line: str) -> bool:
    """Whether a line is "By" and names, perhaps with a place, an agency and a date."""
    if line[:3] not in ("By ", "by ", "BY ", "By:", "BY:") or len(line) > 160:
        return False
    line = _DATED_END.sub("", line[3:])
    words = line.replace(",", " ").split()
    if (
        not 1 <= len(words) <= 16
        or words[0].title() in _NOT_WRITERS
        or words[0] in _WHEN
        or words[0].isdigit()
    ):
        return False
    if line[-1] in ".!?:;" and not (len(words[-1]) <= 4 and words[-1][0].isupper()):
        return False
    small = sum(not (w[0].isupper() or w.lower() in _IN_BYLINES) for w in words)
    names = sum(w[0].isupper() for w in words)
    return small == 0 and (names >= 2 or line.isupper() or words[0].lower() in _IN_BYLINES)


# --- lines and blocks -----------------------------------------------------------------------------------

_LIST_ITEM = re.compile(r"(?:[-*•‣◦▪●–—+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t\xa0]+\S")
_TABLE_ROW = re.compile(r"[^\t]*\S\t+\S|\S+(?: \S+)*(?: {3,}\S+(?: \S+)*){2}|\|")
_MARKDOWN = re.compile(r"#{1,6}[ \t]+[^\s#]")
_UNDERLINE = re.compile(r"[=-]{3,}[ \t]*\Z")
_FUNCTION_WORD = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|whose|as|than|into|is|are|was|were|be|"
    r"been|has|have|had|will|would|its|his|her|their|our|my|your|about|over|under|between|more|less|said|not|"
    r"nearly|almost|around|per|versus|vs|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|No)\.?\Z"
)
_HYPHENATED = re.compile(r"\w[-–]\Z")
_ENDS = re.compile(r"""[.!?…:;]["'”’»)\]*_`]*\Z""")
_STARTS_LOW = re.compile(r"[a-z](?![A-Z])")
_LETTER_RUN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_SMALL = _words(
    """
    a an the of in on at to for and or but nor by with from as than into onto over under after before until
    is are was be its his her their our your my not no so if via per de la le du der van von al el s
    """
)
_DATELINE_ONLY = re.compile(
    rf"[A-Z][^\d\n]{{1,60}}?(?:(?<!day),|[ \t][–—-]+)[ \t]*{DATE}(?:[ \t]*\([^)]{{1,30}}\))?[ \t,:–—-]*\Z",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"\A[$£€¥]\d|\bwww\.|://|\w@\w")
_DATELINE_BEGINS = re.compile(rf"[A-Z][^\d\n]{{1,50}}, (?i:{any_of(ALL_MONTHS)})\b\.? \d{{1,2}} ?[-–—]")
_AGENCY_LINE = re.compile(r"[A-Z][\w.&' /-]*(?:\([^)]{1,40}\))?[ \t]*(?:-{1,2}|[–—:])[ \t]")


_CREDIT_INITIALS = frozenset("ABCEFGIPRTVWabcefgiprtvw([")


class _Line(NamedTuple):
    """A line that is not blank: offsets of its text without blanks at the ends, and its indent."""

    start: int
    end: int
    text: str
    indent: int
    after_blank: bool


def _lines(text: str, start: int) -> list[_Line]:
    found = []
    at = start
    blank = True
    for raw in (text[start:] if start else text).splitlines(keepends=True):
        kept = raw.strip()
        if kept:
            left = len(raw) - len(raw.lstrip())
            found.append(_Line(at + left, at + left + len(kept), kept, left, blank))
        blank = not kept
        at += len(raw)
    return found


def _wrap_width(lines: list[_Line]) -> int:
    """The width a hard-wrapped text was filled to, or 0 if it has a paragraph to each line.

    In filled text, the first word of a line would not have fitted on the line before it.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    low = sum(_STARTS_LOW.match(b.text) is not None for _, b in pairs)
    if not pairs or 5 * low < 2 * len(pairs):
        return 0  # running text goes on in small letters on most lines
    lengths = sorted(a.indent + len(a.text) for a, _ in pairs)
    width = lengths[(len(lengths) - 1) * 9 // 10]
    full = sum(a.indent + len(a.text) + 1 + _first_word(b.text) > width - 2 for a, b in pairs)
    if 10 * full < 6 * len(pairs):
        return 0
    if low < 3 and (
        not 50 <= width <= 90 or any(len(a.text) < width - 15 or _is_title(a.text) for a, _ in pairs)
    ):
        return 0  # a line or two prove little
    return width


def _indents_paragraphs(lines: list[_Line]) -> int:
    """The indent at which a line begins a paragraph, or 0 where indents mean something else.

    >>> _indents_paragraphs(_lines("    One\\ntwo.\\n    Three\\nfour.", 0))
    2
    """
    base = min(line.indent for line in lines) + 2
    begins = blocks = 0
    for a, b in pairwise(lines):
        if a.indent >= base and not b.after_blank:
            begins += b.indent < base
            blocks += b.indent >= base
    return base if begins > blocks else 0


def _first_word(line: str) -> int:
    blank = line.find(" ")
    return blank if blank > 0 else len(line)


def _is_caps(line: str) -> bool:
    """Whether a line is set in capitals (names like McDonald and small words are forgiven)."""
    return line.isupper() or (
        sum(c.isupper() for c in line[:120]) > 4 * sum(c.islower() for c in line[:120]) and len(line) > 8
    )


def _goes_on(a: _Line, b: _Line, width: int, indent: int, at_top: bool, inside: bool) -> bool:
    """Whether line ``b`` under ``a`` continues a's paragraph; ``inside``: a is not its first line."""
    above, below = a.text, b.text
    if indent and b.indent >= indent:
        return False
    if _MARKDOWN.match(above) or _MARKDOWN.match(below):
        return False
    item = _LIST_ITEM.match(below) is not None
    ended = _ENDS.search(above) is not None
    full = width > 0 and a.indent + len(above) + 1 + _first_word(below) > width - 2
    if full and not ended:  # the line was broken because its next word did not fit
        return not (item and _LIST_ITEM.match(above)) and not (_is_caps(above) and not _is_caps(below))
    if (
        item
        or _TABLE_ROW.match(above)
        or _TABLE_ROW.match(below)
        or (below[0] in _CREDIT_INITIALS and (_CREDIT.match(below) or _is_byline(below)))
        or (above[0] in _CREDIT_INITIALS and _CREDIT.match(above))
        or (b.indent >= a.indent + 2 and not _LIST_ITEM.match(above))
        or (at_top and (_top_zone(above) or _top_zone(below) or _is_byline(above)))
    ):
        return False
    if ended:
        return full
    if _is_caps(above) != _is_caps(below) and len(above) > 3 and (_is_caps(above) or len(above) < 60):
        return False
    if above[-1] in ",$£€¥" or _FUNCTION_WORD.search(above) or _HYPHENATED.search(above):
        return True
    if len(above) < 60 and above.count(" ") < 4 and _is_title(above):
        return False
    if width and not _is_title(above) and (a.indent + len(above)) / width >= (0.7 if inside else 0.85):
        return True  # unevenly filled: the paragraph has begun, and no sentence ends here
    return _STARTS_LOW.match(below) is not None or (len(above) >= 50 and below[0] in "0123456789$£€¥(")


def _is_title(line: str) -> bool:
    """Whether the words of a line begin with capitals, as in a title; small words may not."""
    words = _LETTER_RUN.findall(line[:200])
    words = [w for w in words if w[0].isupper() or w not in _SMALL]
    return bool(words) and line[0] not in "•-*" and 10 * sum(w[0].isupper() for w in words) >= 7 * len(words)


class _Block(NamedTuple):
    """Neighbouring lines that are one paragraph, heading or other unit."""

    start: int
    end: int
    first: str
    """The block's text (of a long one, its beginning)."""
    setext: bool = False


def _blocks(text: str, start: int) -> list[_Block]:
    lines = _lines(text, start)
    if not lines:
        return []
    width = _wrap_width(lines)
    indent = _indents_paragraphs(lines)
    found: list[_Block] = []
    begin = lines[0]
    last = begin
    for index in range(1, len(lines)):
        line = lines[index]
        if not line.after_blank and _UNDERLINE.match(line.text) and last is begin and len(begin.text) < 160:
            found.append(_Block(begin.start, last.end, begin.text, True))
            begin = line._replace(text="")
        elif line.after_blank or not _goes_on(last, line, width, indent, len(found) < 8, last is not begin):
            if begin.text:
                found.append(
                    _Block(
                        begin.start, last.end, begin.text if last is begin else text[begin.start : last.end]
                    )
                )
            begin = line
        elif not begin.text:
            begin = line
        last = line
    if begin.text:
        found.append(
            _Block(begin.start, last.end, begin.text if last is begin else text[begin.start : last.end])
        )
    return found


# --- zones ----------------------------------------------------------------------------------------------


def _looks_like_paragraph(block: str) -> bool:
    return len(block) >= 80 or (len(block) > 20 and _ENDS.search(block) is not None)


def _is_heading(block: _Block, before: _Block | None, after: _Block | None) -> bool:
    """Whether a short block is a title; ``before`` and ``after`` are its neighbours, bylines left out."""
    text = block.first
    if block.setext or _MARKDOWN.match(text):
        return True
    size = len(text)
    if size > 160 or after is None or text[-1] == "," or _LIST_ITEM.match(text) or _TABLE_ROW.match(text):
        return False
    if _ENDS.search(text) and text[-1] not in "?!":
        return False
    words = text.split()
    if len(words) > 22 or not any(c.isalpha() for c in text):
        return False
    if text[0].islower() and not (size > 1 and text[1].isupper()):
        return False
    if _DATELINE_ONLY.match(text) or _DATELINE_BEGINS.match(text) or _NO_TITLE.search(text):
        return False
    if _is_caps(text):
        return len(words) > 1 or size > 4
    if _is_title(text) and len(words) <= 14:
        return True
    if text[-1] == "!" or not _looks_like_paragraph(after.first):
        return False
    if before is None:
        return not _AGENCY_LINE.match(text)
    return text[-1] != "?" and len(words) <= 8 and _looks_like_paragraph(before.first)


def _top_zone(text: str) -> Zone | None:
    """The zone of a line at the top that its first words or its date give away."""
    if len(text) > 200:
        return None
    key = _KEY_LINE.match(text)
    if key:
        return HEADER_KEYS[key[1].lower()]
    if _KEYLESS.match(text):
        return "header"
    return "byline" if len(text) < 100 and _DATE_LINE.match(text) else None


def _zones(blocks: list[_Block]) -> list[Zone]:
    zones: list[Zone] = ["body"] * len(blocks)
    plain: list[int] = []
    top = True  # no paragraph of the body has been seen
    for index, block in enumerate(blocks):
        text = block.first
        known: Zone | None = _top_zone(text) if top else None
        if known is None and len(text) < 200 and (_CREDIT.match(text) or _is_byline(text)):
            known = "byline"
        if known is not None:
            zones[index] = known
        else:
            plain.append(index)
            top = top and len(plain) < 4 and len(text) <= 200 and text[-1] not in '.!?"”'
    for place, index in enumerate(plain):
        if len(blocks[index].first) <= 160:
            before = blocks[plain[place - 1]] if place else None
            after = blocks[plain[place + 1]] if place + 1 < len(plain) else None
            if _is_heading(blocks[index], before, after):
                zones[index] = "heading"
    _unmark_lists(blocks, plain, zones)
    return zones


def _unmark_lists(blocks: list[_Block], plain: list[int], zones: list[Zone]) -> None:
    """Four short lines in a row that look like headings are a list, a table or an address."""
    run: list[int] = []
    for index in [*plain, -1]:
        if index >= 0 and zones[index] == "heading":
            run.append(index)
            continue
        if len(run) > 3:
            for place in run:
                if not (blocks[place].setext or _MARKDOWN.match(blocks[place].first)):
                    zones[place] = "body"
        run.clear()


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
    blocks = _blocks(text, start)
    segments += [Segment(b.start, b.end, z) for b, z in zip(blocks, _zones(blocks), strict=True)]
    return Layout(text, tuple(segments))
