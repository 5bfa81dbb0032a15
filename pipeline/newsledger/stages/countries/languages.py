"""Is it a language? Speaks French, in Spanish, English-speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.stages.countries.matcher import is_form, lexicon
from newsledger.stages.countries.place import GAP, NEXT_WORD, Place

_IS_LANGUAGE = re.compile(
    rf"{GAP}(?:is|was|are|remains|became|becomes){GAP}(?:[\w’'-]+{GAP}){{0,5}}(?:language|tongue|subject)\b"
    rf"|{GAP}(?:as{GAP})?(?:the|an?|their|its|our|your){GAP}(?:[\w’'-]+{GAP}){{0,3}}(?:language|tongue)\b"
    rf"|{GAP}as{GAP}an?{GAP}(?i:second|third|foreign|additional|first){GAP}[Ll]anguage\b"
    rf"|{GAP}(?:is|was|isn['’]t|wasn['’]t){GAP}(?:(?:not|also|still|only|widely|commonly|rarely|mainly|often){GAP})*"
    rf"(?:spoken|taught|understood)\b"
)
_TRANSLATED = re.compile(rf"\b[Tt]ranslat(?:ed|es|ing|ion)\b[^.;]{{0,40}}{GAP}from{GAP}(?:the{GAP})?\Z")
_INTO = re.compile(rf"\binto{GAP}\Z")
_LISTED = re.compile(rf"(?:,|{GAP}(?:and|or)){GAP}([A-Z][\w.]*)")
_LISTED_BEFORE = re.compile(rf"([A-Z][\w.]*)(?:,|,?{GAP}(?:and|or)|-){GAP}?\Z")
_NATION_BEFORE = re.compile(
    rf"\b(?:the|an?|is|was|are|were|be|been|being|both|half|part|all|no|not|more|very|born|so|as|of|by|and|or|than|but|in"
    rf"|young|old|fellow|other|many|most|some|few|\d+){GAP}\Z",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b(?:called|termed|known as|rendered as|means|meaning|translates)\b[^.;]{{0,60}},"
    rf"{GAP}(?:(?:and|or){GAP})?in{GAP}\Z"
)
_COMMAND = re.compile(
    rf"\b(?:command|knowledge|grasp|mastery|smattering){GAP}of{GAP}(?:the{GAP})?\Z", re.IGNORECASE
)
_BARE_SUBJECT = re.compile(r"(?:\A|[.!?,;:\"“”(]|\b(?:that|because|if|while|but|and|as|said))[ \t\n\r]*\Z")
_SINGULAR = re.compile(rf"{GAP}(?:allows|helps|opens|unites)\b")
_SPEAKS = re.compile(
    rf"\b(?:speak|speaks|speaking|spoke|fluent|fluent{GAP}in){GAP}(?:no{GAP}|some{GAP}|good{GAP})?\Z"
)
_AND_DOES = re.compile(rf"{GAP}and{GAP}[a-z]+\b")
_OWN = re.compile(rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Yy]our|[Oo]ur|[Tt]heir){GAP}\Z")
_OWN_AFTER = re.compile(rf"{GAP}(?:is|was|could|can|has|had|improved|got|isn|wasn)\b")


class _Language(NamedTuple):
    """The patterns around an adjective that may name a language."""

    chain_before: re.Pattern[str]
    chain_after: re.Pattern[str]
    verb: re.Pattern[str]
    preposition: re.Pattern[str]
    bare: re.Pattern[str]
    noun: re.Pattern[str]
    english_noun: re.Pattern[str]
    media: re.Pattern[str]


@lru_cache(maxsize=1)
def _language_patterns() -> _Language:
    words = lexicon()
    tongues = any_of(words["languages"] | words["tongues"])
    link = rf"(?:,{GAP}(?:and|or){GAP}|,{GAP}|{GAP}(?:and|or){GAP})"
    verbs = rf"(?:{any_of(words['language_verbs'])}|languages{GAP}(?:like|such as|including))"
    return _Language(
        re.compile(rf"(?:\b(?:{tongues}){link})+\Z"),
        re.compile(rf"(?:{link}(?:{tongues})\b)+"),
        re.compile(
            rf"\b{verbs}(?:{GAP}(?:in|into|from|to|some|only|fluent|good))?{GAP}(?:the{GAP})?\Z",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:in|into)(?:{GAP}(?:both|ancient|classical|medieval|modern|old))?{GAP}\Z", re.IGNORECASE
        ),
        re.compile(rf"\b(?:of|from|to|between|via|than){GAP}\Z", re.IGNORECASE),
        re.compile(rf"[ -](?:{any_of(words['language_nouns'])})\b", re.IGNORECASE),
        re.compile(rf"{GAP}(?:{any_of(words['english_nouns'])})\b", re.IGNORECASE),
        re.compile(rf"(?:{GAP}[\w-]+)?{GAP}(?:{any_of(words['language_media'])})\b", re.IGNORECASE),
    )


def is_language(place: Place) -> bool:
    """Whether the adjective names a language (speaks French, in Spanish, English-speaking)."""
    words = lexicon()
    if place.kind != "adjective" or place.surface not in words["languages"]:
        return False
    around = _language_patterns()
    before, after = place.before, place.after
    chain = ""
    if found := around.chain_after.match(after):
        chain, after = found[0], after[found.end() :]
    if found := around.chain_before.search(before):
        chain, before = f"{chain} {found[0]}", before[: found.start()]
    if chain and any(w in words["tongues"] for w in re.findall(r"\w+", chain)):
        return True
    if around.noun.match(after) or (place.surface == "English" and around.english_noun.match(after)):
        return True
    if place.surface == "English" and (_is_subject(before, after) or _is_bare_english(place)):
        return True
    if (is_bare(place) and _COMMAND.search(before)) or (
        _SINGULAR.match(after) and _BARE_SUBJECT.search(before)
    ):
        return True
    if _CALLED.search(before) or (_SPEAKS.search(before) and _AND_DOES.match(after)):
        return True
    if _IS_LANGUAGE.match(after) or (_OWN.search(before) and _OWN_AFTER.match(after)):
        return True
    follows = NEXT_WORD.match(after)
    free = follows is None or follows[1] in words["language_stop"]
    if follows and follows[1] in ("and", "or"):
        free = bool(_INTO.search(before)) or (place.surface == "English" and not around.bare.search(before))
    if not free or after[:1] == "-":
        return False
    if around.verb.search(before):
        return True
    listed = _LISTED.match(after)
    if listed and is_form(listed[1]):
        return False
    if around.preposition.search(before) or _TRANSLATED.search(before):
        return True
    return bool(around.bare.search(before)) and not place.surface.endswith("ese")


_SUBJECTS = re.compile(rf"\bsubjects?(?::|{GAP}(?:like|such as|are|were|is))?{GAP}\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _subject_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    subjects = any_of(lexicon()["subjects"])
    link = rf"(?:,{GAP}(?:and{GAP})?|{GAP}(?:and|or){GAP})"
    return (
        re.compile(rf"\b(?:{subjects}){link}\Z", re.IGNORECASE),
        re.compile(rf"{link}(?:{subjects})\b", re.IGNORECASE),
    )


def _is_subject(before: str, after: str) -> bool:
    """Whether English stands in a list of school subjects (math, English and science)."""
    left, right = _subject_patterns()
    return bool(left.search(before) or right.match(after) or _SUBJECTS.search(before))


def _is_bare_english(place: Place) -> bool:
    """Whether English stands as a noun without an article (businesses that require English).

    The nation has one, or follows a form of "to be"; a list of nations has further adjectives.
    """
    if place.titled or not is_bare(place) or _NATION_BEFORE.search(place.before):
        return False
    follows = NEXT_WORD.match(place.after)
    if follows and follows[1] in ("and", "or", "the", "a", "an", "is", "was", "are", "were", "has", "had"):
        return False
    beside = _LISTED.match(place.after)
    if beside and is_form(beside[1]):
        return False
    before = _LISTED_BEFORE.search(place.before)
    return not (before and is_form(before[1]))


def is_listed(place: Place) -> bool:
    """Whether the adjective stands in a list with the names of other languages."""
    around = _language_patterns()
    return bool(around.chain_after.match(place.after) or around.chain_before.search(place.before))


def is_bare(place: Place) -> bool:
    """Whether no noun follows the adjective, so that it may be a noun itself."""
    follows = NEXT_WORD.match(place.after)
    if place.after[:1] == "-":
        return False
    return follows is None or follows[1] in lexicon()["language_stop"] or follows[1] in ("and", "or")


def in_language_media(place: Place) -> bool:
    """Whether tapes, books or stations follow: then a text about a language speaks of that language."""
    return (
        place.kind == "adjective"
        and place.surface in lexicon()["languages"]
        and bool(_language_patterns().media.match(place.after))
    )
