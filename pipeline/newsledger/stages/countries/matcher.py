"""One pass over a text for every form of every territory, every fixed phrase and every cue word.

The automaton of `gazetteer` finds them in folded spelling; letter case is checked on the text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from newsledger.lexicons.calendar import MONTHS
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.countries.gazetteer import Entry, Form, automaton, entries, fold, lexicon


class Hit(NamedTuple):
    """A form found in the text: offsets, and the forms whose letter case fits."""

    start: int
    end: int
    forms: tuple[Form, ...]
    inside: bool


class Cue(NamedTuple):
    """A cue word found: the ambiguous form, the sense it supports, its weight, and its offset."""

    ambiguity: str
    sense: str
    weight: int
    start: int
    word: str

    @property
    def end(self) -> int:
        """Offset after the cue."""
        return self.start + len(self.word)


class ScanResult(NamedTuple):
    """All that one pass finds, in text order."""

    hits: list[Hit]
    cues: list[Cue]


def scan(text: str) -> ScanResult:
    """All forms and cues in ``text``: the longest match from the left wins, phrases swallow what they hold.

    >>> [text for text in ("US", "us") if scan(f"They told {text} so.").hits]
    ['US']
    """
    low = fold(text)
    hits: list[Hit] = []
    cues: list[Cue] = []
    lowercase_style = cache(lambda: _LOWER_MONTH.search(text) is not None)
    free = inside_until = 0
    for start, end, entry in sorted(_matches(text, low), key=lambda found: (found[0], -found[1])):
        cues += (Cue(*cue, start, entry.folded) for cue in entry.cues)
        if start < free:
            continue
        if entry.phrase == "nothing" or (entry.phrase == "capitals" and _has_capitals(text[start:end])):
            free = end
        elif entry.phrase == "inside" and (text[start].isupper() or text[start:end].islower()):
            # "to buy American cars"
            inside_until = max(inside_until, end)
        elif entry.combining:
            free = end - 1
            form = Form(text[start:free], "adjective", entry.combining)
            hits.append(Hit(start, free, (form,), end <= inside_until))
        elif entry.forms:
            surface = text[start:end]
            owner = text[end : end + 2] in ("'s", "’s")
            forms = tuple(
                f for f in entry.forms if _case_fits(f, surface, lowercase_style, text, owner=owner)
            )
            if forms and not _in_address(low, start, end):
                hits.append(Hit(start, end, forms, end <= inside_until))
                free = end
    return ScanResult(_without_stray_prefixes(hits, text), cues)


def _matches(text: str, low: str) -> Iterator[tuple[int, int, Entry]]:
    """Offsets and entries of all matches that are whole words."""
    for last, (length, entry) in automaton().iter(low):
        start, end = last + 1 - length, last + 1
        if start and low[start - 1].isalnum():
            continue
        if end < len(low) and low[end].isalnum() and not _may_continue(text, end, entry):
            continue
        yield start, end, entry


def _without_stray_prefixes(hits: list[Hit], text: str) -> list[Hit]:
    """The hits without first halves of compounds (Sino-) whose second half is no form."""
    starts = {hit.start for hit in hits}
    return [
        hit
        for hit in hits
        if text[hit.end : hit.end + 1] != "-" or not _is_combining_form(hit) or hit.end + 1 in starts
    ]


def _case_fits(
    form: Form, surface: str, lowercase_style: Callable[[], bool], text: str, *, owner: bool
) -> bool:
    """Whether the letter case of ``surface`` is possible for the form; ``owner``: a possessive 's follows."""
    written = form.written
    if surface == written:
        return True
    if form.kind == "abbreviation":
        return "." in written
    if written in lexicon()["accented"]:
        return surface.lower() == written.lower()
    if surface.isupper():
        return len(surface) > 3
    if surface in lexicon()["lowercase_style"]:
        return lowercase_style() or (owner and written in text)
    if surface[0].isupper():
        return True
    if " " in surface:
        return written in text
    return surface.islower() and surface not in lexicon()["never_lower"]


def _has_capitals(phrase: str) -> bool:
    """Whether each word of the phrase begins with a capital, or none does.

    >>> _has_capitals("New Mexico"), _has_capitals("new Mexico"), _has_capitals("new mexico")
    (True, False, True)
    """
    return len({word[0].isupper() for word in phrase.split()}) == 1


def _is_combining_form(hit: Hit) -> bool:
    """Whether a hit is the first half of a compound adjective (Sino-)."""
    entry = entries().get(fold(hit.forms[0].written) + "-")
    return entry is not None and entry.combining is not None


def _may_continue(text: str, end: int, entry: Entry) -> bool:
    """Whether a letter may follow directly: a phrase's plural -s, a word glued to a stop (U.S.Senate)."""
    if text[end - 1] == "-":
        return True
    if text[end - 1] == ".":
        return text[end].isupper() and text[end + 1 : end + 2].islower()
    return entry.phrase in ("nothing", "capitals") and text[end] == "s"


def _in_address(low: str, start: int, end: int) -> bool:
    """Whether the match is a piece of a URL, address, handle, amount (US$) or ticker (<ROK>)."""
    after = low[end : end + 2]
    if after == " $":
        return low[start:end] in ("us", "u.s.", "nz")
    if after and (after[0] in "$€£¥₹@" or after == ".$" or (after[0] == "." and after[1:].isalpha())):
        return True
    before = low[start - 1] if start else " "
    if before == "<" and after[:1] in (">", "."):
        return True
    if before not in "./\\-_":
        return False
    left = low.rfind(" ", max(0, start - 200), start) + 1
    return bool(_DOMAIN.search(low[max(left, start - 200) : start]))


_LOWER_MONTH = lazy_regex(rf"\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b")
_DOMAIN = lazy_regex(r"\.(?:com?|org|net|gov|edu|info|int|mil)\b|(?!(?<!\w)[ms]t\.)[a-z]{2}\.\Z")
