"""The names, fixed phrases and cue words to search for, and one search of a text for all of them.

All entries are in folded spelling (lower case, no diacritics, straight apostrophes), which keeps every
offset; letter case is checked on the text itself.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from newsledger.lexicons.calendar import MONTHS
from newsledger.lexicons.load import lazy_regex, toml
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
    """The meanings of one folded string: forms, a fixed phrase, cues, or several of these."""

    forms: list[Form] = field(default_factory=list)
    phrase: Role | None = None
    cues: list[tuple[str, str, int]] = field(default_factory=list)
    combining: str | None = None


LEXICON = word_lists(HERE / "lexicon.toml")
AMBIGUITIES: dict[str, dict[str, Any]] = toml(HERE / "ambiguous.toml")
"""The senses of each ambiguous form with their cues."""
PHRASES: dict[str, list[str]] = toml(HERE / "phrases.toml")


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every folded string that is searched for, with its meanings."""
    found: defaultdict[str, Entry] = defaultdict(Entry)
    for territory in territories().values():
        for written, kind in territory.forms():
            for spelling in dict.fromkeys((written, written.replace("-", " "))):
                found[fold(spelling)].forms.append(Form(spelling, kind, territory.key))
        for word in territory.combining:
            found[fold(word) + "-"].combining = territory.key
    for name, senses in AMBIGUITIES.items():
        for form in senses["forms"]:
            entry = found[fold(form)]
            if form.endswith("-"):
                entry.combining = f"?{name}"
                continue
            kind = entry.forms[0].kind if entry.forms else _kind_of(form)
            entry.forms = [f for f in entry.forms if f.written != form] + [Form(form, kind, f"?{name}")]
        for sense, weight, word in _cues(senses):
            found[fold(word)].cues.append((name, sense, weight))
    for role in get_args(Role):
        for phrase in PHRASES[role]:
            found[fold(phrase)].phrase = role
    return dict(found)


def _cues(senses: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    """The cue words of an ambiguous form, each with its sense and weight."""
    for sense, words in senses.items():
        if isinstance(words, dict):
            yield from ((sense, 3, word) for word in words["cues"])
            yield from ((sense, 1, word) for word in words["hints"])
    yield from (("open", 3, phrase) for phrase in senses.get("both", ()))


def _kind_of(form: str) -> FormKind:
    """The kind of an ambiguous form that no territory has for itself (Korea, Congolese, Koreans, Sudans)."""
    if form.endswith("s") and any(form[:-1] in t.names for t in territories().values()):
        return "name"
    if form.endswith(("n", "ese")):
        return "adjective"
    return "demonym" if form.endswith(("ns", "er", "ers")) else "name"


@lru_cache(maxsize=4096)
def is_form(word: str) -> bool:
    """Whether a capitalised word is a form of some territory."""
    entry = entries().get(fold(word))
    return entry is not None and bool(entry.forms)


@lru_cache(maxsize=1)
def automaton() -> Any:
    """An Aho-Corasick automaton of the entries; each hit gives the entry and its length."""
    import ahocorasick

    found = ahocorasick.Automaton()
    for folded, entry in entries().items():
        found.add_word(folded, (len(folded), entry))
    found.make_automaton()
    return found


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


def scan(text: str) -> tuple[list[Hit], list[Cue]]:
    """All forms and cues in ``text``: the longest match from the left wins, phrases swallow what they hold.

    >>> [text for text in ("US", "us") if scan(f"They told {text} so.")[0]]
    ['US']
    """
    low = fold(text)
    hits: list[Hit] = []
    cues: list[Cue] = []
    lowercase_style = cache(lambda: _LOWER_MONTH.search(text) is not None)
    prefixes: set[int] = set()
    free = inside_until = 0
    for start, end, entry in sorted(_matches(text, low), key=lambda found: (found[0], -found[1])):
        cues += (Cue(*cue, start, low[start:end]) for cue in entry.cues)
        if start < free:
            continue
        if entry.phrase == "nothing" or (entry.phrase == "capitals" and _has_capitals(text[start:end])):
            free = end
        elif entry.phrase == "inside" and (text[start].isupper() or text[start:end].islower()):
            # "to buy American cars"
            inside_until = max(inside_until, end)
        elif entry.combining:
            free = end - 1
            prefixes.add(start)
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
    starts = {hit.start for hit in hits}  # of which "Sino-" needs one after it
    return [hit for hit in hits if hit.start not in prefixes or hit.end + 1 in starts], cues


def _matches(text: str, low: str) -> Iterator[tuple[int, int, Entry]]:
    """Offsets and entries of all matches that are whole words."""
    for last, (length, entry) in automaton().iter(low):
        start, end = last + 1 - length, last + 1
        if start and low[start - 1].isalnum():
            continue
        if end < len(low) and low[end].isalnum() and not _may_continue(text, end, entry):
            continue
        yield start, end, entry


def _case_fits(
    form: Form, surface: str, lowercase_style: Callable[[], bool], text: str, *, owner: bool
) -> bool:
    """Whether the letter case of ``surface`` is possible for the form; ``owner``: a possessive 's follows."""
    written = form.written
    if surface == written:
        return True
    if form.kind == "abbreviation":
        return "." in written
    if written in LEXICON["accented"]:
        return surface.lower() == written.lower()
    if surface.isupper():
        return len(surface) > 3
    if surface in LEXICON["lowercase_style"]:
        return lowercase_style() or (owner and written in text)
    if surface[0].isupper():
        return True
    if " " in surface:
        return written in text
    return surface.islower() and surface not in LEXICON["never_lower"]


def _has_capitals(phrase: str) -> bool:
    """Whether each word of the phrase begins with a capital, or none does.

    >>> _has_capitals("New Mexico"), _has_capitals("new Mexico"), _has_capitals("new mexico")
    (True, False, True)
    """
    return len({word[0].isupper() for word in phrase.split()}) == 1


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
