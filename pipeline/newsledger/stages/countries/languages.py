"""Adjectives that name a language: speaks French, in Spanish, English-speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.countries.gazetteer import lexicon
from newsledger.stages.countries.occurrence import GAP, NEXT_WORD, Occurrence

_IS_LANGUAGE = lazy_regex(
    rf"{GAP}(?:is|was|are|as|remains|became|becomes|the|an?|their|its|our|your){GAP}(?:[\w’'-]+{GAP}){{0,5}}"
    r"(?:language|tongue)\b"
    rf"|{GAP}(?:is|was|isn['’]t|wasn['’]t){GAP}(?:(?:not|also|still|only|widely|commonly|rarely|mainly|often){GAP})*"
    r"(?:spoken|taught|understood)\b",
    re.IGNORECASE,
)


_INTO_BEFORE = lazy_regex(rf"\binto{GAP}\Z")


class _Patterns(NamedTuple):
    """The patterns around an adjective that may name a language."""

    list_before: re.Pattern[str]
    list_after: re.Pattern[str]
    verb_before: re.Pattern[str]
    in_before: re.Pattern[str]
    preposition_before: re.Pattern[str]
    noun_after: re.Pattern[str]
    english_noun_after: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = lexicon()
    languages = any_of(words["languages"] | words["other_languages"])
    link = rf"(?:,{GAP}(?:and|or){GAP}|,{GAP}|{GAP}(?:and|or){GAP})"
    verbs = rf"(?:{any_of(words['language_verbs'])}|languages{GAP}(?:like|such as|including))"
    old = rf"(?:{GAP}(?:both|ancient|classical|medieval|modern|old))?"
    return _Patterns(
        list_before=lazy_regex(rf"(?:\b(?:{languages}){link})+\Z"),
        list_after=lazy_regex(rf"(?:{link}(?:{languages})\b)+"),
        verb_before=lazy_regex(
            rf"\b{verbs}(?:{GAP}(?:in|into|from|to|of|some|only|fluent|good))?{GAP}(?:the{GAP})?\Z",
            re.IGNORECASE,
        ),
        in_before=lazy_regex(rf"\b(?:in|into){old}{GAP}\Z", re.IGNORECASE),
        preposition_before=lazy_regex(rf"\b(?:of|from|to|between|via|than){GAP}\Z", re.IGNORECASE),
        noun_after=lazy_regex(rf"[ -](?:{any_of(words['language_nouns'])})\b", re.IGNORECASE),
        english_noun_after=lazy_regex(rf"{GAP}(?:{any_of(words['english_nouns'])})\b", re.IGNORECASE),
    )


def is_language(occurrence: Occurrence) -> bool:
    """Whether the adjective names a language (speaks French, in Spanish, English-speaking)."""
    words = lexicon()
    if occurrence.kind != "adjective" or occurrence.surface not in words["languages"]:
        return False
    around = _patterns()
    before, after = occurrence.before, occurrence.after
    listed = ""
    if found := around.list_after.match(after):
        listed, after = found[0], after[found.end() :]
    if found := around.list_before.search(before):
        listed, before = f"{listed} {found[0]}", before[: found.start()]
    beside = set(re.findall(r"\w+", listed))
    if beside & words["other_languages"] or around.noun_after.match(after) or _IS_LANGUAGE.match(after):
        return True
    english = occurrence.surface == "English"
    if english and around.english_noun_after.match(after):
        return True
    if after[:1] == "-":
        return False
    if not ends_phrase(after):
        # "They learn English and sing", "translated into Spanish and sold"
        verb = _INTO_BEFORE.search(before) or (english and around.verb_before.search(before))
        return bool(verb) and ends_phrase(after, "and", "or")
    if around.verb_before.search(before) or around.in_before.search(before):
        return True
    return bool(around.preposition_before.search(before)) and not occurrence.surface.endswith("ese")


def ends_phrase(after: str, *more: str) -> bool:
    """Whether no word follows but one that ends a noun phrase, or one of ``more``."""
    follows = NEXT_WORD.match(after)
    return follows is None or follows[1] in lexicon()["language_stop"] or follows[1] in more
