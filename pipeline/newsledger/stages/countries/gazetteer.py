"""The forms, fixed phrases and cue words that are searched for, and the word lists of the context rules.

All entries are in folded spelling (lower case, no diacritics, straight apostrophes); folding keeps every
offset.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from newsledger.lexicons.load import toml
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

    folded: str
    forms: list[Form] = field(default_factory=list)
    phrase: Role | None = None
    cues: list[tuple[str, str, int]] = field(default_factory=list)
    combining: str | None = None


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """The word lists of ``lexicon.toml``."""
    return word_lists(HERE / "lexicon.toml")


@lru_cache(maxsize=1)
def ambiguities() -> dict[str, dict[str, Any]]:
    """The content of ``ambiguous.toml``: the senses of each ambiguous form with their cues."""
    return toml(HERE / "ambiguous.toml")


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[str]]:
    """The fixed phrases of ``phrases.toml``."""
    return toml(HERE / "phrases.toml")


class _Entries(dict[str, Entry]):
    """Entries by folded string, made on first access."""

    def __missing__(self, folded: str) -> Entry:
        self[folded] = Entry(folded)
        return self[folded]


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every folded string that is searched for, with its meanings."""
    found = _Entries()
    for territory in territories().values():
        for written, kind in territory.forms():
            for spelling in dict.fromkeys((written, written.replace("-", " "))):
                found[fold(spelling)].forms.append(Form(spelling, kind, territory.key))
        for word in territory.combining:
            found[fold(word) + "-"].combining = territory.key
    for name, senses in ambiguities().items():
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
        for phrase in phrases()[role]:
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
