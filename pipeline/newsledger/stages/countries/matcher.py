"""One pass over a text for every form of every territory, every fixed phrase and every cue word.

The forms stand in an Aho-Corasick automaton in folded spelling (lower case, no diacritics, straight
apostrophes); folding keeps every offset. Letter case is checked afterwards on the text itself.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from newsledger.lexicons.calendar import MONTHS
from newsledger.lexicons.shared import word_lists
from newsledger.lexicons.territories import FormKind, territories

HERE = Path(__file__).parent

_FOLD = {
    **{
        code: unicodedata.normalize("NFD", chr(code))[0].lower()
        for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
        if len(unicodedata.normalize("NFD", chr(code))) > 1
    },
    **dict.fromkeys(map(ord, "‘’ʼ′´`"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\t\n\r\u00a0\u2002\u2003\u2009\u202f"), " "),
    ord("ø"): "o",
    ord("ı"): "i",
}
_PLAIN = {10: " ", 13: " ", 9: " "}


def fold(text: str) -> str:
    """Lower case without diacritics, with plain apostrophes, hyphens and blanks; as long as ``text``.

    >>> fold("Côte d’Ivoire,\\nİzmir")
    "cote d'ivoire, izmir"
    """
    if text.isascii():
        return text.lower().translate(_PLAIN)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower()[0] for c in text)
    return low.translate(_FOLD)


class Form(NamedTuple):
    """A form as the table writes it, its kind, and the key of its territory."""

    written: str
    kind: FormKind
    key: str


Role = Literal["nothing", "capitals", "inside"]


@dataclass(slots=True)
class Entry:
    """What one folded string stands for: forms, a fixed phrase, cues, or several of these."""

    folded: str
    forms: list[Form] = field(default_factory=list)
    phrase: Role | None = None
    cues: list[tuple[str, str, int]] = field(default_factory=list)
    combining: str | None = None


class Hit(NamedTuple):
    """A form found in the text: offsets, and the forms whose letter case fits."""

    start: int
    end: int
    forms: tuple[Form, ...]
    inside: bool


class Cue(NamedTuple):
    """A cue word found: its ambiguity, the sense it speaks for, its weight, and where."""

    ambiguity: str
    sense: str
    weight: int
    start: int
    word: str

    @property
    def end(self) -> int:
        """Offset after the cue."""
        return self.start + len(self.word)


class Scan(NamedTuple):
    """All that one pass finds, in text order."""

    hits: list[Hit]
    cues: list[Cue]


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists of ``lexicon.toml``."""
    return word_lists(HERE / "lexicon.toml")


@lru_cache(maxsize=1)
def ambiguities() -> dict[str, dict[str, Any]]:
    """The ambiguous forms of ``ambiguous.toml``, as they stand there."""
    return tomllib.loads((HERE / "ambiguous.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[str]]:
    """The fixed phrases of ``phrases.toml``."""
    return tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8"))


def _kind_of(form: str) -> FormKind:
    """The kind of an ambiguous form that no territory has for itself (Korea, Congolese, Koreans, Sudans)."""
    if form.endswith("s") and any(form[:-1] in t.names for t in territories().values()):
        return "name"
    if form.endswith(("n", "ese")):
        return "adjective"
    return "demonym" if form.endswith(("ns", "er", "ers")) else "name"


def _spellings(form: str) -> Iterable[str]:
    yield form
    if "-" in form:
        yield form.replace("-", " ")


@lru_cache(maxsize=1)
def _entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}

    def entry(folded: str) -> Entry:
        if folded not in found:
            found[folded] = Entry(folded)
        return found[folded]

    for territory in territories().values():
        for written, kind in territory.forms():
            for spelling in _spellings(written):
                entry(fold(spelling)).forms.append(Form(spelling, kind, territory.key))
        for word in territory.combining:
            entry(fold(word) + "-").combining = territory.key
    for name, senses in ambiguities().items():
        for form in senses["forms"]:
            if form.endswith("-"):
                entry(fold(form)).combining = f"?{name}"
                continue
            one = entry(fold(form))
            kind = one.forms[0].kind if one.forms else _kind_of(form)
            one.forms = [f for f in one.forms if f.written != form] + [Form(form, kind, f"?{name}")]
        for sense, words in senses.items():
            if isinstance(words, dict):
                for weight, group in ((3, "cues"), (1, "hints")):
                    for word in words[group]:
                        entry(fold(word)).cues.append((name, sense, weight))
        for phrase in senses.get("both", ()):
            entry(fold(phrase)).cues.append((name, "open", 3))
    for role in get_args(Role):
        for phrase in phrases()[role]:
            entry(fold(phrase)).phrase = role
    return found


@lru_cache(maxsize=4096)
def is_form(word: str) -> bool:
    """Whether a capitalised word is a form of some territory."""
    return bool(getattr(_entries().get(fold(word)), "forms", None))


@lru_cache(maxsize=1)
def _automaton() -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for folded, one in _entries().items():
        automaton.add_word(folded, (len(folded), one))
    automaton.make_automaton()
    return automaton


def _fits(form: Form, surface: str, lower: str, lower_style: Callable[[], bool], text: str) -> bool:
    """Whether the letter case of ``surface`` is one the form may stand in, in a text as a whole."""
    written = form.written
    if surface == written:
        return True
    if form.kind == "abbreviation":
        return "." in written and len(written) > 3 and (surface.isupper() or surface == written.lower())
    if written in lexicon()["accented"]:
        return surface[0].isupper() and surface.lower() == written.lower()
    if surface.isupper():
        return len(surface) > 3
    first = surface[0]
    if first.islower() and lower in lexicon()["lower_style"] and surface.islower():
        return lower_style()
    if first.isupper():
        return True
    if " " in surface:
        return surface[1:] == written[1:] and written in text
    return surface.islower() and lower not in lexicon()["never_lower"]


def scan(text: str) -> Scan:
    """All forms and cues in ``text``: the longest match from the left wins, phrases swallow what they hold.

    >>> [text for text in ("US", "us") if scan(f"They told {text} so.").hits]
    ['US']
    """
    low = fold(text)
    size = len(low)
    found: list[tuple[int, int, Entry]] = []
    cues: list[Cue] = []
    for last, (length, entry) in _automaton().iter(low):
        start, end = last + 1 - length, last + 1
        if start and low[start - 1].isalnum():
            continue
        if end < size and low[end].isalnum() and not _goes_on(text, end, entry):
            continue
        found.append((start, end, entry))
    if not found:
        return Scan([], [])
    found.sort(key=_leftmost_longest)
    hits: list[Hit] = []
    lower_months = cache(lambda: bool(_LOWER_MONTH.search(text)))

    free = 0
    halves = False
    inside_until = 0
    for start, end, entry in found:
        for ambiguity, sense, weight in entry.cues:
            cues.append(Cue(ambiguity, sense, weight, start, entry.folded))
        if start < free:
            continue
        if entry.phrase == "nothing" or (entry.phrase == "capitals" and _has_capitals(text[start:end])):
            free = end
            continue
        if entry.phrase == "inside":
            inside_until = max(inside_until, end)
            continue
        if entry.combining:
            half = Form(text[start : end - 1], "adjective", entry.combining)
            hits.append(Hit(start, end - 1, (half,), end <= inside_until))
            halves = True
            free = end - 1
            continue
        if not entry.forms:
            continue
        surface = text[start:end]
        forms = tuple(f for f in entry.forms if _fits(f, surface, entry.folded, lower_months, text))
        if forms and not _in_address(low, start, end):
            hits.append(Hit(start, end, forms, end <= inside_until))
            free = end
    if halves:
        starts = {h.start for h in hits}
        hits = [h for h in hits if text[h.end : h.end + 1] != "-" or not _is_half(h) or h.end + 1 in starts]
    return Scan(hits, cues)


def _has_capitals(phrase: str) -> bool:
    """Whether each word of the phrase begins with a capital, or none does.

    >>> _has_capitals("New Mexico"), _has_capitals("new Mexico"), _has_capitals("new mexico")
    (True, False, True)
    """
    return len({word[0].isupper() for word in phrase.split()}) == 1


def _is_half(hit: Hit) -> bool:
    """Whether a hit is the first half of a compound adjective (Sino-)."""
    entry = _entries().get(fold(hit.forms[0].written) + "-")
    return entry is not None and entry.combining is not None


def _goes_on(text: str, end: int, entry: Entry) -> bool:
    """Whether a letter may stand right after: a phrase's plural -s, a word glued to a stop (U.S.Senate)."""
    if text[end - 1] == "-":
        return True
    if text[end - 1] == ".":
        return text[end].isupper() and text[end + 1 : end + 2].islower()
    return entry.phrase in ("nothing", "capitals") and text[end] == "s"


def _leftmost_longest(found: tuple[int, int, Entry]) -> tuple[int, int]:
    return found[0], -found[1]


def _in_address(low: str, start: int, end: int) -> bool:
    """Whether the match is a piece of a URL, address, handle, amount (US$) or ticker (<ROK>)."""
    after = low[end : end + 2]
    if after == " $":
        return low[start:end] in ("us", "u.s.", "nz")
    if after and (after[0] in "$€£¥₹@" or (after[0] == "." and after[1:].isalpha())):
        return True
    before = low[start - 1] if start else " "
    if before == "<" and after[:1] in (">", "."):
        return True
    if before not in "./\\-_":
        return False
    left = low.rfind(" ", max(0, start - 200), start) + 1
    return bool(_DOMAIN.search(low[max(left, start - 200) : start]))


_LOWER_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b")
_DOMAIN = re.compile(r"\.(?:com?|org|net|gov|edu|info|int|mil)\b|(?!(?<!\w)[ms]t\.)[a-z]{2}\.\Z")
