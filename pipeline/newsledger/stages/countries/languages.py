"""Adjectives that name a language: speaks French, in Spanish, English-speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.stages.countries.gazetteer import is_form, lexicon
from newsledger.stages.countries.occurrence import GAP, NEXT_WORD, Occurrence

_IS_LANGUAGE = re.compile(
    rf"{GAP}(?:is|was|are|as|remains|became|becomes|the|an?|their|its|our|your){GAP}(?:[\w’'-]+{GAP}){{0,5}}"
    r"(?:language|tongue)\b"
    rf"|{GAP}(?:is|was|isn['’]t|wasn['’]t){GAP}(?:(?:not|also|still|only|widely|commonly|rarely|mainly|often){GAP})*"
    r"(?:spoken|taught|understood)\b",
    re.IGNORECASE,
)
_LISTED_AFTER = re.compile(rf"(?:,|{GAP}(?:and|or)){GAP}([A-Z][\w.]*)")
_SKILL_BEFORE = re.compile(rf"\b(?:command|knowledge|grasp|mastery|smattering){GAP}of{GAP}\Z", re.IGNORECASE)
_SPEAKS_BEFORE = re.compile(
    rf"\b(?:speak|speaks|speaking|spoke|fluent|fluent{GAP}in){GAP}(?:(?:no|some|good){GAP})?\Z"
)
_CALLED_BEFORE = re.compile(
    rf"\b(?:called|termed|known as|means|translates)\b[^.;]{{0,60}},{GAP}(?:and{GAP})?in{GAP}\Z"
)
_OWNER_BEFORE = re.compile(rf"\b(?i:my|his|her|your|our|their){GAP}\Z")
_VERB_AFTER = re.compile(rf"{GAP}(?:is|was|could|can|has|had|improved|got|isn|wasn)\b")
_ALLOWS_AFTER = re.compile(rf"{GAP}(?:allows|helps|opens|unites)\b")
_CLAUSE_OPENERS = frozenset({"", "that", "because", "if", "while", "but", "and", "as", "said"})


class _Patterns(NamedTuple):
    """The patterns around an adjective that may name a language."""

    list_before: re.Pattern[str]
    list_after: re.Pattern[str]
    verb_before: re.Pattern[str]
    in_before: re.Pattern[str]
    into_before: re.Pattern[str]
    preposition_before: re.Pattern[str]
    noun_after: re.Pattern[str]
    english_noun_after: re.Pattern[str]
    media_after: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = lexicon()
    languages = rf"{any_of(words['languages'] | words['other_languages'])}|(?i:{any_of(words['subjects'])})"
    link = rf"(?:,{GAP}(?:and|or){GAP}|,{GAP}|{GAP}(?:and|or){GAP})"
    verbs = rf"(?:{any_of(words['language_verbs'])}|languages{GAP}(?:like|such as|including))"
    old = rf"(?:{GAP}(?:both|ancient|classical|medieval|modern|old))?"
    return _Patterns(
        list_before=re.compile(rf"(?:\b(?:{languages}){link})+\Z"),
        list_after=re.compile(rf"(?:{link}(?:{languages})\b)+"),
        verb_before=re.compile(
            rf"\b{verbs}(?:{GAP}(?:in|into|from|to|some|only|fluent|good))?{GAP}(?:the{GAP})?\Z",
            re.IGNORECASE,
        ),
        in_before=re.compile(rf"\b(?:in|into){old}{GAP}\Z", re.IGNORECASE),
        into_before=re.compile(rf"\binto{GAP}\Z"),
        preposition_before=re.compile(rf"\b(?:of|from|to|between|via|than){GAP}\Z", re.IGNORECASE),
        noun_after=re.compile(rf"[ -](?:{any_of(words['language_nouns'])})\b", re.IGNORECASE),
        english_noun_after=re.compile(rf"{GAP}(?:{any_of(words['english_nouns'])})\b", re.IGNORECASE),
        media_after=re.compile(
            rf"(?:{GAP}[\w-]+)?{GAP}(?:{any_of(words['language_media'])})\b", re.IGNORECASE
        ),
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
    if english and (around.english_noun_after.match(after) or beside & words["subjects"]):
        return True
    if _is_skill(occurrence, before, after):
        return True
    follows = NEXT_WORD.match(after)
    if follows and follows[1] in ("and", "or"):  # "translated into Spanish and sold"
        alone = bool(around.into_before.search(before) or _SPEAKS_BEFORE.search(before)) or (
            english and not around.preposition_before.search(before)
        )
    else:
        alone = _ends_phrase(after)
    if not alone or after[:1] == "-":
        return False
    if around.verb_before.search(before):
        return True
    if (listed_after := _LISTED_AFTER.match(after)) and is_form(listed_after[1]):
        return False  # "in English and Scottish law"
    if around.in_before.search(before):
        return True
    return bool(around.preposition_before.search(before)) and not occurrence.surface.endswith("ese")


def _is_skill(occurrence: Occurrence, before: str, after: str) -> bool:
    """Whether somebody's command of a language is meant, its use, or what a thing is called in it."""
    if _CALLED_BEFORE.search(before) or (_OWNER_BEFORE.search(before) and _VERB_AFTER.match(after)):
        return True
    if _SKILL_BEFORE.search(before):
        return _ends_phrase(after, "and", "or")
    return occurrence.previous in _CLAUSE_OPENERS and _ALLOWS_AFTER.match(after) is not None


def in_language_list(occurrence: Occurrence) -> bool:
    """Whether the adjective stands in a list with names of languages, and no noun follows the list."""
    around = _patterns()
    after = around.list_after.match(occurrence.after)
    if occurrence.kind != "adjective" or not (after or around.list_before.search(occurrence.before)):
        return False
    return _ends_phrase(occurrence.after[after.end() if after else 0 :])


def is_bare(occurrence: Occurrence) -> bool:
    """Whether no noun follows the adjective, so that it may be a noun itself."""
    return _ends_phrase(occurrence.after)


def _ends_phrase(after: str, *more: str) -> bool:
    """Whether no word follows but one that ends a noun phrase, or one of ``more``."""
    follows = NEXT_WORD.match(after)
    return follows is None or follows[1] in lexicon()["language_stop"] or follows[1] in more


def in_language_media(occurrence: Occurrence) -> bool:
    """Whether tapes, books or stations follow, which in a text about a language are in that language."""
    return _patterns().media_after.match(occurrence.after) is not None
