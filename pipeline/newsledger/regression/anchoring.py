"""Finds every gold row again in the text of today, where an edit may have moved or changed it.

A row knows its offsets, its surface and a quote of what stood around it. Where the text is unchanged, the
offsets hold. Otherwise all places where the surface stands are weighed by how much of the quote is still
around them, and the chain of places that keeps the order of the rows and has the greatest total weight is
taken: twenty mentions of one country find each their own place. A row outside the chain may have moved with
its paragraph; one whose own words were edited is found between what stood before and after it. What was
merely wrapped or spaced anew, or given curly quotes, has not changed at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsledger.regression.gold import GoldRow

How = Literal["exact", "moved", "edited", "gone"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a row stands now.

    ``exact``: at its offsets. ``moved``: the same words elsewhere. ``edited``: the words themselves were
    changed, and this is where they stood. ``gone``: they were taken out of the text.
    """

    how: How
    start: int = -1
    end: int = -1


GONE = Anchor("gone")

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_BLANKS = re.compile(r"\s+")
_LEAST_QUOTE = 10
"""Characters of the quote that must be left around a surface for it to be the same one."""
_MOVED_QUOTE = 24
"""... where it breaks the order of the rows."""
_LEAST_EDGE = 6
"""Characters of the quote that must be found on each side of words that were edited ..."""
_LONE_EDGE = 12
"""... and where only one side can be found."""
_MOST_PLACES = 300
"""Of a surface that stands in more places, only so many are weighed: the nearest."""


class Folded:
    r"""A text with runs of blanks made one and typographic marks made plain, and the way back.

    >>> folded = Folded("a \n\n b’s")
    >>> folded.text, folded.to_original(2, 5)
    ("a b's", (5, 8))
    """

    def __init__(self, text: str) -> None:
        self._original_length = len(text)
        self._folded_at: list[int] = [0]
        self._original_at: list[int] = [0]
        parts: list[str] = []
        at = size = 0
        for blanks in _BLANKS.finditer(text):
            start, end = blanks.span()
            parts += (text[at:start], " ")
            size += start - at + 1
            at = end
            if end - start > 1:
                self._folded_at.append(size)
                self._original_at.append(end)
        parts.append(text[at:])
        self.text = "".join(parts).translate(_PLAIN)

    def _original_position(self, position: int) -> int:
        i = bisect_right(self._folded_at, position) - 1
        return self._original_at[i] + position - self._folded_at[i]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a stretch that neither begins nor ends with a blank."""
        return self._original_position(start), self._original_position(end - 1) + 1

    def to_folded(self, position: int) -> int:
        """Where a position of the original text is now, roughly inside blanks."""
        i = bisect_right(self._original_at, position) - 1
        return self._folded_at[i] + position - self._original_at[i]


def fold(text: str) -> str:
    r"""Text as `Folded` has it.

    >>> fold("the\n“port”")
    'the "port"'
    """
    return _BLANKS.sub(" ", text).translate(_PLAIN)


def anchor(rows: Sequence[GoldRow], text: str, *, unchanged: bool = False) -> list[Anchor]:
    """Where each of ``rows`` (of one article, all tables) stands in ``text``, in the same order.

    ``unchanged``: the text is known to be the one the rows were made on. A row that says of no place where it
    stands is gone.
    """
    if not all(row.placed for row in rows):
        placed = iter(anchor([row for row in rows if row.placed], text, unchanged=unchanged))
        return [next(placed) if row.placed else GONE for row in rows]
    holds = [0 <= r.start < r.end <= len(text) and text[r.start : r.end] == r.surface for r in rows]
    if all(holds) and (unchanged or all(_quote_holds(row, text) for row in rows)):
        return [Anchor("exact", row.start, row.end) for row in rows]
    return _AnchorSearch(rows, text).anchors()


def place_rows(rows: Sequence[GoldRow], text: str) -> list[GoldRow]:
    """The rows, those that do not say where they stand put where their words and quote stand in ``text``.

    One whose words stand nowhere stays as it is. Raises ``ValueError`` where they stand in several places.

    >>> row = GoldRow(table="figures", surface="$5", start=-1, end=-1, before="paid ")
    >>> [one.place for one in place_rows([row], "It got $5 and paid $5, not $50.")]
    [(19, 21)]
    """
    return [row if row.placed else _put(row, text) for row in rows]


def _put(row: GoldRow, text: str) -> GoldRow:
    folded = Folded(text)
    words = fold(row.surface.strip())
    edges = ("(?<!\\w)" if words[0].isalnum() else "", "(?!\\w)" if words[-1].isalnum() else "")
    pattern = edges[0] + re.escape(words) + edges[1]
    found = [
        m.span()
        for m in re.finditer(pattern, folded.text)
        if folded.text.endswith(fold(row.before), 0, m.start())
        and folded.text.startswith(fold(row.after), m.end())
    ]
    if len(found) > 1:
        raise ValueError(
            f"{row.table}: {row.surface!r} stands in {len(found)} places; say more of what is before or "
            "after it, or give its span"
        )
    if not found:
        return row
    start, end = folded.to_original(*found[0])
    return replace(row, start=start, end=end, surface=text[start:end])


def _quote_holds(row: GoldRow, text: str) -> bool:
    return text.endswith(row.before, 0, row.start) and text.startswith(row.after, row.end)


@dataclass(slots=True)
class _QuotedSpan:
    """One mention to be found; rows of several tables may share it."""

    start: int
    end: int
    surface: str
    before: str
    after: str
    found: tuple[int, int] | None = None
    edited: bool = False


class _AnchorSearch:
    def __init__(self, rows: Sequence[GoldRow], text: str) -> None:
        self.rows = rows
        self.original = text
        self.folded = Folded(text)
        self.text = self.folded.text
        self._standing: dict[str, list[int]] = {}
        places: dict[tuple[int, int, str], _QuotedSpan] = {}
        for row in rows:
            key = (row.start, row.end, row.surface)
            if key not in places:
                places[key] = _QuotedSpan(
                    row.start, row.end, fold(row.surface.strip()), fold(row.before), fold(row.after)
                )
        self.by_key = places
        self.places = [places[key] for key in sorted(places)]

    def anchors(self) -> list[Anchor]:
        candidates = [self._candidates(place) for place in self.places]
        self._chain(candidates)
        self._moved(candidates)
        for i, place in enumerate(self.places):
            if place.found is None:
                self._edited(i, place)
        return [self._anchor(row) for row in self.rows]

    def _anchor(self, row: GoldRow) -> Anchor:
        place = self.by_key[row.start, row.end, row.surface]
        if place.found is None:
            return GONE
        start, end = self.folded.to_original(*place.found)
        if place.edited:
            return Anchor("edited", start, end)
        return Anchor("exact" if (start, end) == row.place else "moved", start, end)

    def _candidates(self, place: _QuotedSpan) -> dict[tuple[int, int], int]:
        """Every place where the surface stands as a word of its own -> characters of the quote around it."""
        surface = place.surface
        found: dict[tuple[int, int], int] = {}
        for at in self._nearest(place):
            end = at + len(surface)
            if not self._inside_word(at, end, place):
                quote = _same_end(place.before, self.text, at) + _same_start(place.after, self.text, end)
                found[at, end] = quote
        enough = min(_LEAST_QUOTE, len(place.before) + len(place.after))
        if len(found) == 1 and sum(p.surface == surface for p in self.places) == 1:
            # The only one of its kind then and now; a short word could have come from anywhere.
            enough = min(enough, 1 if len(surface) > 3 else _LEAST_QUOTE)
        return {span: quote for span, quote in found.items() if quote >= enough}

    def _nearest(self, place: _QuotedSpan) -> list[int]:
        """Where the surface stands: all places, or those nearest to where it was."""
        if place.surface not in self._standing:
            starts, at = [], self.text.find(place.surface) if place.surface else -1
            while at >= 0:
                starts.append(at)
                at = self.text.find(place.surface, at + 1)
            self._standing[place.surface] = starts
        starts = self._standing[place.surface]
        if len(starts) <= _MOST_PLACES:
            return starts
        middle = bisect_left(starts, self._expected(place))
        first = max(0, min(middle - _MOST_PLACES // 2, len(starts) - _MOST_PLACES))
        return starts[first : first + _MOST_PLACES]

    def _expected(self, place: _QuotedSpan) -> int:
        return self.folded.to_folded(min(place.start, len(self.original)))

    def _inside_word(self, start: int, end: int, place: _QuotedSpan) -> bool:
        """Whether the surface stands inside a longer word here, and did not before."""
        left = start > 0 and self.text[start - 1].isalnum() and place.surface[0].isalnum()
        right = end < len(self.text) and self.text[end].isalnum() and place.surface[-1].isalnum()
        return (left and not place.before[-1:].isalnum()) or (right and not place.after[:1].isalnum())

    def _chain(self, candidates: Sequence[dict[tuple[int, int], int]]) -> None:
        """Give each place one candidate so that the order is kept and the total weight is greatest."""
        spans = sorted({span for found in candidates for span in found})
        best = _PrefixBest(len(spans))
        links: list[tuple[int, tuple[int, int], int]] = []  # place, span, link before (or -1)
        size = max(len(self.text), 1)
        for i, place in enumerate(self.places):
            expected = self._expected(place)
            made = []
            for span, quote in candidates[i].items():
                at = bisect_left(spans, span)
                weight, before = best.before(at)
                near = 999 - 999 * min(abs(span[0] - expected), size) // size
                made.append((at, weight + (1 + quote) * 1000 + near, (i, span, before)))
            for at, weight, link in made:  # only now: one place takes one candidate
                links.append(link)
                best.put(at, weight, len(links) - 1)
        _, at_link = best.before(len(spans))
        while at_link >= 0:
            i, span, at_link = links[at_link]
            self.places[i].found = span

    def _moved(self, candidates: Sequence[dict[tuple[int, int], int]]) -> None:
        """Places that moved past others: the best unused candidate, if most of its quote came along."""
        used = {place.found for place in self.places if place.found}
        open_ones = sorted(
            (-quote, span, i)
            for i, found in enumerate(candidates)
            if self.places[i].found is None
            for span, quote in found.items()
            if quote >= min(_MOVED_QUOTE, len(self.places[i].before) + len(self.places[i].after))
        )
        for _, span, i in open_ones:
            if self.places[i].found is None and span not in used:
                self.places[i].found = span
                used.add(span)

    def _edited(self, i: int, place: _QuotedSpan) -> None:
        """Find what stands now between the words that stood before and after the place."""
        low = max((p.found[1] for p in self.places[:i] if p.found and not p.edited), default=0)
        later = [p.found[0] for p in self.places[i + 1 :] if p.found and not p.edited]
        high = min((start for start in later if start >= low), default=len(self.text))
        before, after = place.before.rstrip(), place.after.lstrip()
        left = self._end_of(before, low, high)
        right = self._start_of(after, low if left is None else left[0], high)
        length = len(place.surface)
        if left is not None and right is not None:
            start, end = left[0], right[0]
            if end - start > 3 * length + 40:
                end = start + length
        elif left is not None and (left[1] >= _LONE_EDGE or len(after) < _LEAST_EDGE):
            start, end = left[0], min(left[0] + 1 + length, high)
        elif right is not None and (right[1] >= _LONE_EDGE or len(before) < _LEAST_EDGE):
            start, end = max(low, right[0] - 1 - length), right[0]
        else:
            return
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip(" ")), end - len(words) + len(words.rstrip(" "))
        if end > start:
            place.found, place.edited = (start, end), True

    def _end_of(self, before: str, low: int, high: int) -> tuple[int, int] | None:
        """Where the longest end of ``before`` that stands in the window ends, and its length."""
        for size in range(len(before), _LEAST_EDGE - 1, -1):
            at = self.text.find(before[-size:], max(0, low - size), high)
            if at >= 0:
                return at + size, size
        return None

    def _start_of(self, after: str, low: int, high: int) -> tuple[int, int] | None:
        """Where the longest beginning of ``after`` that stands in the window begins, and its length."""
        for size in range(len(after), _LEAST_EDGE - 1, -1):
            at = self.text.find(after[:size], low, high + size)
            if at >= 0:
                return at, size
        return None


class _PrefixBest:
    """The greatest weight put at any position below a given one (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[int, int]] = [(0, -1)] * (size + 1)

    def before(self, position: int) -> tuple[int, int]:
        best = (0, -1)
        while position > 0:
            best = max(best, self._best[position], key=lambda entry: entry[0])
            position &= position - 1
        return best

    def put(self, position: int, weight: int, link: int) -> None:
        position += 1
        while position < len(self._best):
            if weight > self._best[position][0]:
                self._best[position] = (weight, link)
            position += position & -position


def _same_end(quote: str, text: str, end: int) -> int:
    """How many characters before ``end`` are those at the end of ``quote``."""
    return _common_length(quote[::-1], text[max(0, end - len(quote)) : end][::-1])


def _same_start(quote: str, text: str, start: int) -> int:
    """How many characters from ``start`` are those at the start of ``quote``."""
    return _common_length(quote, text[start : start + len(quote)])


def _common_length(a: str, b: str) -> int:
    """The length of the longest common beginning.

    >>> _common_length("abc", "abd"), _common_length("ab", "abc")
    (2, 2)
    """
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
