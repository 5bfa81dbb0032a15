"""A hit with its context, as the context rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.countries.gazetteer import Hit, lexicon
from newsledger.values.mentions import NameSpan

CONTEXT_CHARS = 90
"""Length of the context on either side, in characters."""

GAP = r"[ \t\n\r\u00a0]+"
"""Blanks between two words, as a pattern; segments end before a paragraph does."""

NEXT_WORD = lazy_regex(rf"{GAP}([^\W_][\w’'-]*)")
_LAST_WORD = lazy_regex(rf"(?<![\w.&’'-])([\w.&’'-]+){GAP}\Z")
_LONG_WORD = lazy_regex(r"\b[^\W\d_]{4,}")
_RUN_WORD = lazy_regex(
    rf"{GAP}((?:(?:of|for|on|de){GAP}(?:the{GAP})?|(?:and|&){GAP})?)((?:[A-Z]\.)+|[^\W\d_a-zß-öø-ÿ][\w&’'/-]*)"
)
_POSSESSIVE_END = lazy_regex(r"['’]s?\Z")
_FAMILY_NAME = lazy_regex(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.?\s+([A-Z][\w’-]+)"
    r"|(?<!\w)(?<![A-Z]\w\s)(?<!\w\w\s)([A-Z][\w’-]+)\s+(?:said|says|told|added|who)\b"
    r"|[.!?]\s+([A-Z][\w’-]+)\s+(?:was|is|has|had)\b|\b(?:said|says|added)\s+([A-Z][\w’-]+)\b"
)


def normalise_case(word: str) -> str:
    """A word in title case where it is all capitals, so that headlines find it in the lists.

    >>> normalise_case("MINISTRY"), normalise_case("GDP")
    ('Ministry', 'GDP')
    """
    return word.title() if len(word) > 3 and word.isupper() else word


@lru_cache(maxsize=4)
def family_names(text: str) -> frozenset[str]:
    """Words that occur somewhere in a text as a person's family name alone.

    >>> sorted(family_names("Mr. Kloos left. Moe said so."))
    ['Kloos', 'Moe']
    """
    return frozenset(name for found in _FAMILY_NAME.findall(text) for name in found if name)


@dataclass(slots=True)
class Occurrence:
    """A hit in its ``text``, with its context; ``before`` and ``after`` end at the segment's borders.

    ``spans`` are the name spans that hold the hit. ``heading``: the segment is a heading.
    ``opens_sentence``: nothing, a full stop, colon, dash or quotation mark precedes.
    """

    text: str
    hit: Hit
    surface: str
    before: str
    after: str
    heading: bool
    opens_sentence: bool
    spans: tuple[NameSpan, ...]

    @property
    def kind(self) -> str:
        """The kind of the hit's form."""
        return self.hit.forms[0].kind

    @property
    def key(self) -> str:
        """The key of the territory of the hit's form."""
        return self.hit.forms[0].key

    @property
    def in_title_case(self) -> bool:
        """Whether nearly all words around are capitalised, so that a capital is no evidence of a name."""
        around = _LONG_WORD.findall(self.before[-50:]) + _LONG_WORD.findall(self.after[:50])
        return self.heading or (len(around) > 2 and sum(w[0].isupper() for w in around) >= 0.8 * len(around))

    @property
    def previous(self) -> str:
        """The word just before, blanks between; "" where punctuation or a border comes first."""
        found = _LAST_WORD.search(self.before)
        return found[1] if found else ""


@lru_cache(maxsize=4096)
def capitalised_words(after: str) -> tuple[str, ...]:
    """The capitalised words that follow at once, joining words left out.

    >>> capitalised_words(" Department of Health and Human Services said")
    ('Department', 'Health', 'Human', 'Services')
    >>> capitalised_words("'s Finance Ministry"), capitalised_words(", Paris")
    ((), ())
    """
    words: list[str] = []
    at = 0
    while len(words) < 8:
        found = _RUN_WORD.match(after, at)
        if not found or (not words and found[1]):
            break
        word = found[2]
        cut = _POSSESSIVE_END.search(word)
        if cut and word[: cut.start()] not in lexicon()["plural_possessors"]:
            words.append(word[: cut.start()])
            break
        at = found.end()
        if after[at : at + 1] == "." and word + "." in lexicon()["dotted"]:
            word, at = word + ".", at + 1
        words.append(word)
    return tuple(words)


@lru_cache(maxsize=4096)
def is_listed_capital(word: str) -> bool:
    """Whether a capitalised word is on a list of words that are no person's name."""
    lists = ("institutions", "last_words", "roles", "groups", "function_words", "attributes", "compass")
    return any(word in lexicon()[name] for name in lists)


_STATE_KINDS = (
    r"Republic|Kingdom|Sultanate|Emirate|Principality|Commonwealth|Grand Duchy|Union|Dominion|Empire"
)
_STATE_WORDS = (
    rf"\b(?:(?:United|Federal|Federative|Democratic|Islamic|People['’]?s|Peoples['’]?|Socialist|Bolivarian|"
    rf"Arab|Hashemite|Co-?operative|Plurinational|Autonomous|Independent){GAP})"
)
_ENDS_IN_OF = lazy_regex(rf"\b[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")
_STATE_FORM = lazy_regex(rf"(?:{_STATE_WORDS}+|\b)(?:{_STATE_KINDS}){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")


def state_form_length(before: str) -> int:
    """Length of the form of state that belongs to the name ("Republic of " before Tanzania), else 0.

    >>> state_form_length("in the United Republic of "), state_form_length("the Bank of ")
    (19, 0)
    """
    found = _STATE_FORM.search(before) if _ENDS_IN_OF.search(before, max(0, len(before) - 9)) else None
    return len(found[0]) if found else 0
