"""A match with its context, and other senses of the word: Michael Jordan, Great Dane, speak French."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.lexicons.numbers import CARDINALS
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS, US_STATES
from newsledger.stages.countries.gazetteer import LEXICON, Hit, is_form
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
        if cut and word[: cut.start()] not in LEXICON["plural_possessors"]:
            words.append(word[: cut.start()])
            break
        at = found.end()
        if after[at : at + 1] == "." and word + "." in LEXICON["dotted"]:
            word, at = word + ".", at + 1
        words.append(word)
    return tuple(words)


@lru_cache(maxsize=4096)
def is_listed_capital(word: str) -> bool:
    """Whether a capitalised word is on the list of words that are not names of people."""
    lists = ("institutions", "last_words", "roles", "groups", "function_words", "attributes", "compass")
    return any(word in LEXICON[name] for name in lists)


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


def is_person(occurrence: Occurrence) -> bool:
    """Whether the form is part of a person's name (Michael Jordan, Chad Smith, Rep. Steve Israel)."""
    if occurrence.hit.inside:
        return False
    surface = normalise_case(occurrence.surface)
    surname, given = surface in LEXICON["surnames"], surface in LEXICON["first_names"]
    may_be_name = surname or given or surface in LEXICON["rare_first_names"]
    for span in occurrence.spans:
        if span.label == "PER" and (may_be_name or span.start_char < occurrence.hit.start):
            return True
        if span.label == "LOC" and span.surface == occurrence.surface:
            return False
    run = capitalised_words(occurrence.after)
    if normalise_case(occurrence.previous) in LEXICON["before_surnames"]:
        if surname:
            return not run
        return occurrence.kind == "name" and LEXICON["institutions"].isdisjoint(run)
    return given and 0 < len(run) < 3 and not any(map(is_listed_capital, run))


_STATE_AFTER = lazy_regex(
    rf",{GAP}(?:(?:{any_of([*STATE_ABBREVIATIONS, *(state.code for state in US_STATES)])})(?!\w)"
    rf"|(?:{any_of(state.name for state in US_STATES if state.also != 'country')})(?=[,.;:)\n]|\s+[-–—]|\Z))"
)
_TOWN_OF = lazy_regex(rf"\b(?i:city|town|borough|village|township|community){GAP}of{GAP}\Z")


def is_town(occurrence: Occurrence) -> bool:
    """Whether a town is meant: an American state follows (Lebanon, N.H.), or "the city of" precedes.

    Rare, but the country would be wrong without a sign of it.
    """
    stated = _STATE_AFTER.match(occurrence.after) or _TOWN_OF.search(occurrence.before)
    return bool(stated) and normalise_case(occurrence.surface) in LEXICON["towns"]


_DETERMINER = lazy_regex(
    rf"(?i:\b(?:\d+|{any_of({*LEXICON['determiners'], *CARDINALS})}))"
    rf"[ \t\n\r]+(?:(?:[\w-]+|[A-Z]\w+{GAP}and)[ \t\n\r]+)?\Z"
)

_ENDS_PHRASE = lazy_regex(
    rf"[.;:!?)]|,?[\"”]|,\s+(?:[a-z\d]|([A-Z][\w’-]*+)(?!{GAP}(?:and|or)\b))|\Z"
    rf"|{GAP}and{GAP}(?:the(?:ir)?{GAP}(?:[A-Z]\w+s|rest|others)\b|their\b)"
)
"""What may follow a noun and no adjective: ", Ada Lind" after "a Dane", "and their" after "the Swiss"."""

_ACT = lazy_regex(rf"\)?{GAP}Act\b")


def is_acronym(occurrence: Occurrence) -> bool:
    """Whether an act's acronym, or that of the words before its bracket, spells the country's word."""
    if occurrence.kind != "name" or not occurrence.surface.isupper():
        return False
    if _ACT.match(occurrence.after) and not occurrence.previous.isupper():  # not "the BEAT CHINA Act"
        return True
    # Rare, but a plan for Cleaner Harbours In Lower Estuaries (CHILE) would be about the country.
    initials = "".join(re.findall(r"\b[A-Z]", occurrence.before))
    return occurrence.before.endswith("(") and initials.endswith(occurrence.surface)


_SINGULAR = lazy_regex(rf"(?i:\b(?:an?|another|each|every|one|no)){GAP}(?:[\w-]+{GAP})?\Z")
_VERB = lazy_regex(
    rf"{GAP}(?!(?:sports|news|series|hatred|\w*eed)\b)[a-z]+(?:ed|[^\Wsui]s)"
    rf"{GAP}(?:an?|the|that|to|his|her|its|their|him|them|it|us|me)\b"
)
"""A finite verb after a singular, by its ending and by what follows: "refused to", "deserves the"."""


def is_noun(occurrence: Occurrence) -> bool:
    """Whether an adjective stands for a person or a people: an Australian who, the British said."""
    if occurrence.kind != "adjective":
        return False
    if occurrence.after[:2] in ("'s", "’s"):
        return True
    if not _DETERMINER.search(occurrence.before):
        return False
    follows = NEXT_WORD.match(occurrence.after)
    if end := _ENDS_PHRASE.match(occurrence.after):
        return not (end[1] and (is_form(end[1]) or end[1] in LEXICON["compass"]))
    if follows is None:
        return False
    if follows[1] in LEXICON["compound_participles"] and not occurrence.surface.endswith(_PLURAL_TOO):
        # rare, but "the Syrian backed groups" would be Syrians, as in "a Syrian backed by them"
        return ends_phrase(occurrence.after[follows.end() :])
    lists = ("language_stop", "agent_helpers", "agent_verbs")
    predicate = _VERB.match(occurrence.after) and _SINGULAR.search(occurrence.before)
    return bool(predicate) or any(follows[1] in LEXICON[name] for name in lists)


_PLURAL_TOO = ("sh", "ch", "ese", "ss")
"""Endings of adjectives that name all of a people: the British, the Chinese, the Swiss."""


def lacks_determiner(occurrence: Occurrence) -> bool:
    """Whether a demonym that is also a name (Dane, Finn) has no article or number before it."""
    return (
        occurrence.surface in LEXICON["name_like_demonyms"]
        and occurrence.kind == "demonym"
        and not _DETERMINER.search(occurrence.before)
    )


_IS_LANGUAGE = lazy_regex(
    rf"{GAP}(?:is|was|are|as|remains|became|becomes|the|an?|their|its|our|your){GAP}(?:[\w’'-]+{GAP}){{0,5}}"
    r"(?:language|tongue)\b"
    rf"|{GAP}(?:is|was|isn['’]t|wasn['’]t){GAP}(?:(?:not|also|still|only|widely|commonly|rarely|mainly|often){GAP})*"
    r"(?:spoken|taught|understood)\b",
    re.IGNORECASE,
)

_INTO_BEFORE = lazy_regex(rf"\binto{GAP}\Z")

_LANGUAGES = any_of(LEXICON["languages"] | LEXICON["other_languages"])
_LINK = rf"(?:,{GAP}(?:and|or){GAP}|,{GAP}|{GAP}(?:and|or){GAP})"
_LIST_BEFORE = lazy_regex(rf"(?:\b(?:{_LANGUAGES}){_LINK})+\Z")
_LIST_AFTER = lazy_regex(rf"(?:{_LINK}(?:{_LANGUAGES})\b)+")
_VERB_BEFORE = lazy_regex(
    rf"\b(?:{any_of(LEXICON['language_verbs'])}|languages{GAP}(?:like|such as|including))"
    rf"(?:{GAP}(?:in|into|from|to|of|some|only|fluent|good))?{GAP}(?:the{GAP})?\Z",
    re.IGNORECASE,
)
_IN_BEFORE = lazy_regex(
    rf"\b(?:in|into)(?:{GAP}(?:both|ancient|classical|medieval|modern|old))?{GAP}\Z", re.IGNORECASE
)
_PREPOSITION_BEFORE = lazy_regex(rf"\b(?:of|from|to|between|via|than){GAP}\Z", re.IGNORECASE)
_NOUN_AFTER = lazy_regex(rf"[ -](?:{any_of(LEXICON['language_nouns'])})\b", re.IGNORECASE)
_ENGLISH_NOUN_AFTER = lazy_regex(rf"{GAP}(?:{any_of(LEXICON['english_nouns'])})\b", re.IGNORECASE)


def is_language(occurrence: Occurrence) -> bool:
    """Whether the adjective names a language (speaks French, in Spanish, English-speaking)."""
    if occurrence.kind != "adjective" or occurrence.surface not in LEXICON["languages"]:
        return False
    before, after = occurrence.before, occurrence.after
    listed = ""
    if found := _LIST_AFTER.match(after):
        listed, after = found[0], after[found.end() :]
    if found := _LIST_BEFORE.search(before):
        listed, before = f"{listed} {found[0]}", before[: found.start()]
    beside = set(re.findall(r"\w+", listed))
    if beside & LEXICON["other_languages"] or _NOUN_AFTER.match(after) or _IS_LANGUAGE.match(after):
        return True
    english = occurrence.surface == "English"
    if english and _ENGLISH_NOUN_AFTER.match(after):
        return True
    if after[:1] == "-":
        return False
    if not ends_phrase(after):
        # "They learn English and sing", "translated into Spanish and sold"
        verb = _INTO_BEFORE.search(before) or (english and _VERB_BEFORE.search(before))
        return bool(verb) and ends_phrase(after, "and", "or")
    if _VERB_BEFORE.search(before) or _IN_BEFORE.search(before):
        return True
    return bool(_PREPOSITION_BEFORE.search(before)) and not occurrence.surface.endswith("ese")


def ends_phrase(after: str, *more: str) -> bool:
    """Whether no word follows but one that ends a noun phrase, or one of ``more``."""
    follows = NEXT_WORD.match(after)
    return follows is None or follows[1] in LEXICON["language_stop"] or follows[1] in more
