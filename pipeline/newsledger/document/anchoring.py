"""Finds quoted mentions again in a text that may have been edited since.

A `Quote` holds the words of a mention with some of the text before and after it, and no offsets:
`find_quote` finds one that stands in one place, `anchor` all quotes of an article, those of each kind in
their order, also where the text was edited. All places where the words stand are weighed by how much of the
quote is still around them, and the chain of places that keeps the order and has the greatest total weight is
taken: twenty mentions of one country find each their own place. A quote outside the chain may have moved
with its paragraph; one whose own words were edited is found between what stood before and after it. What was
merely wrapped or spaced anew, or given curly quotes, has not changed at all.

>>> text = "It got $5 and paid $5, not $50."
>>> find_quote(Quote("$5", before="paid "), text)
(19, 21)
>>> quote_at(text, 19, 21)
Quote(surface='$5', before='It got $5 and paid ', after=', not $50.', kind='', start=-1)
>>> anchor([quote_at(text, 19, 21)], "Yesterday: " + text.replace("paid $5", "paid $7"))
[Anchor(how='edited', start=30, end=32)]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from newsledger.document.folding import Folded, replaced
from newsledger.lexicons.load import lazy_regex

How = Literal["found", "edited", "gone"]
Span = tuple[int, int]

CONTEXT_CHARS = (20, 40, 60)
"""How much of the text a quote keeps on each side: the first that makes it stand in one place alone."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a mention, and some of the text around them; ``start`` is where they stood, if known.

    Quotes of one ``kind`` are of different mentions, and keep their order.
    """

    surface: str
    before: str = ""
    after: str = ""
    kind: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands now.

    ``found``: its words. ``edited``: the words themselves were changed, and this is where they stood.
    ``gone``: they were taken out of the text.
    """

    how: How
    start: int = -1
    end: int = -1

    @property
    def span(self) -> Span | None:
        """The offsets, None if it is gone."""
        return None if self.how == "gone" else (self.start, self.end)


class AmbiguousQuote(ValueError):
    """A quote that occurs in several places."""


GONE = Anchor("gone")

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_BLANKS = lazy_regex(r"\s+")
_LEAST_QUOTE = 10
"""Characters of the quote that must be left around a surface for it to be the same one."""
_MOVED_QUOTE = 24
"""... where it breaks the order of the quotes."""
_LEAST_EDGE = 6
"""Characters of the quote that must be found on each side of words that were edited ..."""
_LONE_EDGE = 12
"""... and where only one side can be found."""
_MOST_PLACES = 300
"""Of a surface that stands in more places, only so many are weighed: the nearest."""


def fold(text: str) -> str:
    r"""Text with runs of blanks made one and typographic marks made plain.

    >>> fold("the\n“port”")
    'the "port"'
    """
    return _BLANKS.sub(" ", text.translate(_PLAIN))


def _folded(text: str) -> Folded:
    return replaced(text.translate(_PLAIN), ((*run.span(), " ") for run in _BLANKS.finditer(text)))


def _given_span(folded: Folded, start: int, end: int) -> Span:
    return folded.given(start), folded.given_end(end)


def context(text: str, start: int, end: int, size: int = CONTEXT_CHARS[0]) -> tuple[str, str]:
    """The text before and after a mention, cut at a blank where that is possible.

    >>> context("one two three four", 8, 13)
    ('one two ', ' four')
    """
    first, last = max(0, start - size), min(len(text), end + size)
    before, after = text[first:start], text[end:last]
    if first > 0 and (blank := re.search(r"\s+", before[:-1])):
        before = before[blank.end() :]
    if last < len(text):
        cut = max((blank.start() for blank in re.finditer(r"\s", after)), default=0)
        after = after[: cut or None]
    return before, after


def quote_at(text: str, start: int, end: int) -> Quote:
    """The quote of a mention, with enough context to be unique, up to `CONTEXT_CHARS`."""
    for size in CONTEXT_CHARS:
        before, after = context(text, start, end, size)
        if text.count(text[start - len(before) : end + len(after)]) == 1:
            break
    return Quote(text[start:end], before, after)


def find_quote(quote: Quote, text: str) -> Span | None:
    """The place of an exact quote, or None.

    Raises `AmbiguousQuote` if it occurs in several places.
    """
    folded = _folded(text)
    words = fold(quote.surface.strip())
    edges = ("(?<!\\w)" if words[:1].isalnum() else "", "(?!\\w)" if words[-1:].isalnum() else "")
    before, after = fold(quote.before), fold(quote.after)
    found = [
        m.span()
        for m in re.finditer(edges[0] + re.escape(words) + edges[1], folded.text)
        if folded.text.endswith(before, 0, m.start()) and folded.text.startswith(after, m.end())
    ]
    if len(found) > 1:
        raise AmbiguousQuote(
            f"{quote.surface!r} stands in {len(found)} places; say more of what is before or after it"
        )
    return _given_span(folded, *found[0]) if found else None


def anchor(quotes: Sequence[Quote], text: str) -> list[Anchor]:
    """Where each of ``quotes`` stands in ``text``.

    Those of each kind are given in the order in which they stood, or with the offsets at which they did.
    """
    if all(quote.start >= 0 and _holds(quote, text) for quote in quotes):
        return [Anchor("found", quote.start, quote.start + len(quote.surface)) for quote in quotes]
    return _AnchorSearch(quotes, text).anchors()


def requoted(quotes: Sequence[Quote], spans: Sequence[Span], text: str) -> list[Quote]:
    """Quotes by which `anchor` finds these spans of ``text``, given in order.

    A quote that still finds its span is kept; another is replaced, with as much context as needed.

    >>> requoted([Quote("$5", before="and later paid ")], [(25, 27)], "It got $5 and later paid $5.")
    [Quote(surface='$5', before='and later paid ', after='', kind='', start=-1)]
    >>> requoted([Quote("$5")], [(19, 21)], "It got $5 and paid $5, not $50.")
    [Quote(surface='$5', before='It got $5 and paid ', after=', not $50.', kind='', start=-1)]
    """
    made = []
    for quote, span in zip(quotes, spans, strict=True):
        same_words = fold(quote.surface) == fold(text[slice(*span)])
        keep = same_words and (quote.before or quote.after)
        made.append(replace(quote, start=-1) if keep else _quoting(quote, text, span))
    size = CONTEXT_CHARS[-1]
    while size < 2 * len(text):
        wrong = [i for i, place in enumerate(_AnchorSearch(made, text).anchors()) if place.span != spans[i]]
        if not wrong:
            break
        for i in wrong:
            longer = _quoting(quotes[i], text, spans[i])
            if longer == made[i]:
                before, after = context(text, *spans[i], size)
                longer = replace(longer, before=before, after=after)
            made[i] = longer
        size *= 2
    return made


def _quoting(old: Quote, text: str, span: Span) -> Quote:
    return replace(quote_at(text, *span), kind=old.kind)


def _holds(quote: Quote, text: str) -> bool:
    end = quote.start + len(quote.surface)
    return (
        text[quote.start : end] == quote.surface
        and text.endswith(quote.before, 0, quote.start)
        and text.startswith(quote.after, end)
    )


@dataclass(slots=True, eq=False)
class _QuotedSpan:
    """One quote to be found, folded, with where it stood."""

    surface: str
    before: str
    after: str
    start: int
    expected: int
    """Where it stood, in the folded text."""
    found: Span | None = None
    edited: bool = False


class _AnchorSearch:
    def __init__(self, quotes: Sequence[Quote], text: str) -> None:
        self.folded = _folded(text)
        self.text = self.folded.text
        self._standing: dict[str, list[int]] = {}
        self.places = self._places_of(quotes)
        self.by_kind: dict[str, list[_QuotedSpan]] = {}
        for quote, place in zip(quotes, self.places, strict=True):
            places = self.by_kind.setdefault(quote.kind, [])
            if place not in places:
                places.append(place)
        for places in self.by_kind.values():
            if all(place.start >= 0 for place in places):
                places.sort(key=lambda place: (place.start, len(place.surface)))

    def _places_of(self, quotes: Sequence[Quote]) -> list[_QuotedSpan]:
        """A place for each quote, one for all that are the same, unless their words stand here repeatedly."""
        made: dict[tuple[str, str, str, str, int], _QuotedSpan] = {}
        places = []
        for quote in quotes:
            words = fold(quote.surface.strip()), fold(quote.before), fold(quote.after)
            surface, before, after = words
            key = (quote.kind, *words, quote.start)
            if key not in made or (quote.start < 0 and self.text.count(before + surface + after) > 1):
                made[key] = _QuotedSpan(*words, quote.start, self.folded.of(max(quote.start, 0)))
            places.append(made[key])
        return places

    def anchors(self) -> list[Anchor]:
        for places in self.by_kind.values():
            candidates = [self._candidates(place, places) for place in places]
            self._chain(places, candidates)
            self._moved(places, candidates)
        standing = sorted(place.found for place in self.places if place.found)
        for places in self.by_kind.values():
            for i, place in enumerate(places):
                if place.found is None:
                    self._edited(places, i, standing)
        return [
            Anchor("edited" if place.edited else "found", *_given_span(self.folded, *place.found))
            if place.found
            else GONE
            for place in self.places
        ]

    def _candidates(self, place: _QuotedSpan, places: Sequence[_QuotedSpan]) -> dict[Span, int]:
        """Every place where the surface stands as a word of its own -> characters of the quote around it."""
        from rapidfuzz.distance import Postfix, Prefix

        surface = place.surface
        found: dict[Span, int] = {}
        for at in self._nearest(place, places):
            end = at + len(surface)
            if not self._inside_word(at, end, place):
                before = self.text[max(0, at - len(place.before)) : at]
                after = self.text[end : end + len(place.after)]
                quote = Postfix.similarity(place.before, before), Prefix.similarity(place.after, after)
                found[at, end] = sum(quote)
        enough = min(_LEAST_QUOTE, len(place.before) + len(place.after))
        if len(found) == 1 and sum(p.surface == surface for p in places) == 1:
            # The only one of its kind then and now; a short word could have come from anywhere.
            enough = min(enough, 1 if len(surface) > 3 else _LEAST_QUOTE)
        return {span: quote for span, quote in found.items() if quote >= enough}

    def _nearest(self, place: _QuotedSpan, places: Sequence[_QuotedSpan]) -> list[int]:
        """Where the surface stands: everywhere, or with the whole quote, or nearest to where it was."""
        if place.surface not in self._standing:
            starts, at = [], self.text.find(place.surface) if place.surface else -1
            while at >= 0:
                starts.append(at)
                at = self.text.find(place.surface, at + 1)
            self._standing[place.surface] = starts
        starts = self._standing[place.surface]
        if len(starts) <= _MOST_PLACES:
            return starts
        whole = place.before + place.surface + place.after
        quoted = [at for at in starts if self.text.startswith(whole, at - len(place.before))]
        if 0 < len(quoted) <= _MOST_PLACES:
            return quoted
        middle = bisect_left(starts, place.expected)
        if place.start < 0:
            same = [p for p in places if p.surface == place.surface]
            middle = same.index(place) * len(starts) // len(same)
        first = max(0, min(middle - _MOST_PLACES // 2, len(starts) - _MOST_PLACES))
        return starts[first : first + _MOST_PLACES]

    def _inside_word(self, start: int, end: int, place: _QuotedSpan) -> bool:
        """Whether the surface stands inside a longer word here, and did not before."""
        left = start > 0 and self.text[start - 1].isalnum() and place.surface[0].isalnum()
        right = end < len(self.text) and self.text[end].isalnum() and place.surface[-1].isalnum()
        return (left and not place.before[-1:].isalnum()) or (right and not place.after[:1].isalnum())

    def _chain(self, places: Sequence[_QuotedSpan], candidates: Sequence[dict[Span, int]]) -> None:
        """Give each place one candidate so that the order is kept and the total weight is greatest."""
        spans = sorted({span for found in candidates for span in found})
        best = _PrefixBest(len(spans))
        links: list[tuple[int, Span, int]] = []  # place, span, link before (or -1)
        size = max(len(self.text), 1)
        for i, place in enumerate(places):
            made = []
            for span, quote in candidates[i].items():
                at = bisect_left(spans, span)
                weight, before = best.before(at)
                near = 999 - 999 * min(abs(span[0] - place.expected), size) // size if place.start >= 0 else 0
                made.append((at, weight + (1 + quote) * 1000 + near, (i, span, before)))
            for at, weight, link in made:  # only now: one place takes one candidate
                links.append(link)
                best.put(at, weight, len(links) - 1)
        _, at_link = best.before(len(spans))
        while at_link >= 0:
            i, span, at_link = links[at_link]
            places[i].found = span

    def _moved(self, places: Sequence[_QuotedSpan], candidates: Sequence[dict[Span, int]]) -> None:
        """Places that moved past others: the best unused candidate, if most of its quote came along."""
        used = {place.found for place in places if place.found}
        open_ones = sorted(
            (-quote, span, i)
            for i, found in enumerate(candidates)
            if places[i].found is None
            for span, quote in found.items()
            if quote >= min(_MOVED_QUOTE, len(places[i].before) + len(places[i].after))
        )
        for _, span, i in open_ones:
            if places[i].found is None and span not in used:
                places[i].found = span
                used.add(span)

    def _edited(self, places: Sequence[_QuotedSpan], i: int, standing: Sequence[Span]) -> None:
        """Find what stands now between the words that stood before and after a place.

        Where only one side is left, nothing that was found for other quotes (``standing``) is taken for it.
        """
        place = places[i]
        low = max((p.found[1] for p in places[:i] if p.found and not p.edited), default=0)
        later = [p.found[0] for p in places[i + 1 :] if p.found and not p.edited]
        high = min((start for start in later if start >= low), default=len(self.text))
        before, after = place.before.rstrip(), place.after.lstrip()
        left = self._edge(before, low, high, at_end=True)
        right = self._edge(after, low if left is None else left[0], high, at_end=False)
        length = len(place.surface)
        if left is not None and right is not None:
            start, end = left[0], right[0]
            if end - start > 3 * length + 40:
                end = start + length
        elif left is not None and (left[1] >= _LONE_EDGE or len(after) < _LEAST_EDGE):
            start, end = left[0], min(left[0] + 1 + length, high)
            end = min((span[0] for span in standing if start < span[1] and span[0] < end), default=end)
        elif right is not None and (right[1] >= _LONE_EDGE or len(before) < _LEAST_EDGE):
            start, end = max(low, right[0] - 1 - length), right[0]
            start = max((span[1] for span in standing if start < span[1] and span[0] < end), default=start)
        else:
            return
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip(" ")), end - len(words) + len(words.rstrip(" "))
        if end > start:
            place.found, place.edited = (start, end), True

    def _edge(self, words: str, low: int, high: int, *, at_end: bool) -> Span | None:
        """Where the longest end of ``words`` in the window ends, or beginning begins, and its length."""
        for size in range(len(words), _LEAST_EDGE - 1, -1):
            if at_end:
                at = self.text.find(words[-size:], max(0, low - size), high)
            else:
                at = self.text.find(words[:size], low, high + size)
            if at >= 0:
                return at + size * at_end, size
        return None


class _PrefixBest:
    """The greatest weight put at any position below a given one (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best: list[Span] = [(0, -1)] * (size + 1)

    def before(self, position: int) -> Span:
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
