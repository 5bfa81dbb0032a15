"""Forms that are part of a longer name: Bank of Japan, Ukrainian Embassy, Iraq war."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.countries.adjoining_words import continues_left, continues_right
from newsledger.stages.countries.gazetteer import is_form, lexicon
from newsledger.stages.countries.occurrence import (
    GAP,
    NEXT_WORD,
    Occurrence,
    capitalised_words,
    is_listed_capital,
    normalise_case,
)
from newsledger.values.mentions import NameSpan

_POSSESSIVE = lazy_regex(r"['’]s?(?!\w)|['’]S(?!\w)")
_IN_TOWN = lazy_regex(rf"\b[Ii]n{GAP}([A-Z][\w’'-]*)(?:{GAP}[A-Z][\w’'-]*){{0,2}}{GAP}\Z")
_GOVERNMENT_OF = lazy_regex(rf"\b(?:Government|Islands?){GAP}of{GAP}(?:the{GAP})?\Z")
_SEPARATOR = lazy_regex(r",|\s[–—-]\s")
_HEAD_OF = lazy_regex(rf"\s*([^\W_][\w.’'-]*){GAP}of{GAP}(?:the{GAP})?")
_PLAIN_NOUN = lazy_regex(r"\b(?!(?:of|the|de|la|and)\b)[a-z]{2,}")
_ARTICLE_BEFORE = lazy_regex(rf"\b(?:[Tt]he|[Aa]n?){GAP}\Z")
_TITLE_ACRONYM = lazy_regex(
    rf"['’]s((?:{GAP}(?:(?:of|and|for|on|in|to){GAP})?(?:the{GAP})?[A-Z][\w’'-]*){{2,8}})\s?\(([A-Z]{{3,}})\)"
)
_QUOTE_OPENED = lazy_regex(r"(?:[“\"]|(?<!\w)[‘'])((?:[A-Z][^“”\"‘.!?]{0,70})?)\Z")
_QUOTE_CLOSED = lazy_regex(r"((?:[^“”\"‘’'.!?]|['’](?=\w)){0,70})[,.]?(?:[”\"]|['’](?!\w))")
_SHORT_WORDS = {"from", "with", "into", "upon", "over"}
_OF_NAMES = ("institutions", "last_words", "of_institutions", "landforms", "proper")
"""Lists of words by which bodies, works and places are called."""
_PLAIN = ("compass", "groups", "attributes")
"""Lists of words that add nothing to the name of a country."""
_CAPITAL = lazy_regex(r"\b[A-Z]")


def flag_longer_names(occurrences: Sequence[Occurrence]) -> list[bool]:
    """Whether each form is part of a longer name, in a text as a whole.

    A name that occurs in full somewhere ("American Dynamics Corp", "he joined Ford Canada") is known by its
    first two words elsewhere.
    """
    flags = [is_inside(occurrence) for occurrence in occurrences]
    inside = [occurrence for occurrence, flag in zip(occurrences, flags, strict=True) if flag]
    repeated = _repeated_names(inside)
    flags = [flag or _repeats(o, repeated) for o, flag in zip(occurrences, flags, strict=True)]
    inside = [occurrence for occurrence, flag in zip(occurrences, flags, strict=True) if flag]
    short_forms = {pair for occurrence in inside for pair in _short_forms(occurrence)}
    return [flag or _shortens(o, short_forms) for o, flag in zip(occurrences, flags, strict=True)]


def _repeated_names(inside: Sequence[Occurrence]) -> set[tuple[str, str]]:
    """The words before and after a form in names of several words, or of two words that occur repeatedly."""
    whole = Counter(parts for occurrence in inside for parts in _name_parts(occurrence))
    return {parts for parts, times in whole.items() if times > 1 or len(_CAPITAL.findall("".join(parts))) > 2}


def _name_parts(occurrence: Occurrence) -> Iterator[tuple[str, str]]:
    """What name spans have before the form, and from it on, where they hold more than countries."""
    for span in occurrence.spans:
        at = occurrence.hit.start - span.start_char
        before, after = span.surface[:at], span.surface[at + len(occurrence.surface) :]
        if span.label in ("ORG", "FAC", "MISC") and len(before + after) > 2 and _is_more(before + after):
            yield before, f"{occurrence.surface}{after}"


def _is_more(rest: str) -> bool:
    """Whether the rest of a span has more than other countries ("-India" of "United States-India")."""
    return not all(is_form(part) for part in re.split("[-–/]", rest) if part)


def _repeats(occurrence: Occurrence, names: set[tuple[str, str]]) -> bool:
    """Whether the form occurs in one of the names again."""
    text = occurrence.surface + occurrence.after
    return any(
        text.startswith(after) and occurrence.before.endswith(before) and not text[len(after) :][:1].isalnum()
        for before, after in names
    )


def _short_forms(occurrence: Occurrence) -> list[str]:
    """The two words by which a longer name that holds the form may be known."""
    pairs = []
    run = capitalised_words(occurrence.after)
    if len(run) > 1 and not is_listed_capital(normalise_case(run[0])) and continues_right(occurrence):
        pairs.append(f"{occurrence.surface} {run[0]}")
    if (
        occurrence.previous[:1].isupper()
        and occurrence.kind in ("name", "abbreviation")
        and continues_left(occurrence)
    ):
        pairs.append(f"{occurrence.previous} {occurrence.surface}")
    return pairs


def _shortens(occurrence: Occurrence, short_forms: set[str]) -> bool:
    run = capitalised_words(occurrence.after)
    described = occurrence.kind == "adjective" and _ARTICLE_BEFORE.search(occurrence.before)
    return (
        bool(run) and not described and f"{occurrence.surface} {run[0]}" in short_forms
    ) or f"{occurrence.previous} {occurrence.surface}" in short_forms


def is_inside(occurrence: Occurrence) -> bool:
    """Whether the form is part of a longer name (Bank of Japan, Ukrainian Embassy, Iraq war)."""
    if occurrence.hit.inside:
        return True
    if occurrence.kind == "adjective" and _before_landform(capitalised_words(occurrence.after)):
        return False
    if _after_town(occurrence):
        return continues_right(occurrence)
    for span in occurrence.spans:
        if span.label in ("ORG", "FAC", "MISC", "LOC") and _span_is_longer(occurrence, span):
            return True
    return (
        continues_right(occurrence)
        or continues_left(occurrence)
        or _in_act(occurrence)
        or _in_title(occurrence)
    )


def _before_landform(run: Sequence[str]) -> bool:
    """Whether a place with a name of its own follows (the Norwegian Barents Sea), not a name's own land."""
    words = lexicon()
    return (
        1 < len(run) < 4
        and run[0] not in words["landforms"] | words["institutions"] | words["groups"] - words["compass"]
        and run[1] in words["landforms"] - words["lands"]
    )


def _in_act(occurrence: Occurrence) -> bool:
    """Whether an acronym begins with the name's own letter (America's Cleaner Harbors Act (ACHA))."""
    found = _TITLE_ACRONYM.match(occurrence.after)
    if found is None:
        return False
    initials = "".join(w[0] for w in re.findall(r"\b[A-Z]", found[1]))
    return found[2] == occurrence.surface[0] + initials


def _in_title(occurrence: Occurrence) -> bool:
    """Whether quotation marks hold the form and words in capitals, as a title ("Salt in Peru's Lakes")."""
    opened, closed = _QUOTE_OPENED.search(occurrence.before), _QUOTE_CLOSED.match(occurrence.after)
    if occurrence.heading or opened is None or closed is None:
        return False
    words = re.findall(r"[^\W\d_][\w’'-]{3,}", f"{opened[1]} {closed[1]}")
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > 1 and all(word[0].isupper() or word in _SHORT_WORDS for word in words)


def _span_is_longer(occurrence: Occurrence, span: NameSpan) -> bool:
    """Whether a name span holds more of a name than the form itself.

    Not counted: what a comma or a dash parts off, articles, compass words, groups, a possessive's owner,
    lower-case nouns of a place ("the Chinese province of Henan"), what a firm or a ruler is of, part of a
    country ("the Algerian Sahara"), and a minister's department before his office.
    """
    words = lexicon()
    offset = occurrence.hit.start - span.start_char
    end = offset + len(occurrence.surface)
    before, after = span.surface[:offset], span.surface[end:]
    if _POSSESSIVE.match(after):
        after = ""
    if not _is_more(before + after):
        return False
    before, after = _SEPARATOR.split(before)[-1], _SEPARATOR.split(after)[0]
    if span.label == "LOC" and _PLAIN_NOUN.search(f"{before} {after}"):
        return False
    capitals = [w for w in re.findall(r"[^\W_]+", f"{before} {after}") if w[0].isupper()]
    rest = [w for w in capitals if not any(w in words[name] for name in _PLAIN)]
    if all(len(w) < 5 and w.isupper() for w in rest):
        return False
    if occurrence.heading and not any(normalise_case(w) in words[name] for w in rest for name in _OF_NAMES):
        return False
    if span.label == "MISC" and occurrence.kind == "abbreviation" and len(rest) == 1:
        return False
    if span.label == "LOC" and occurrence.kind == "adjective" and len(rest) == 1:
        named = words["landforms"] | words["institutions"]
        return rest[0] in named
    whose = _HEAD_OF.fullmatch(before)
    if whose and not after.strip() and whose[1] not in words["of_institutions"] and span.label != "MISC":
        return False
    if rest[0] in words["common_capitals"]:
        return False
    if not after.strip() and _GOVERNMENT_OF.search(before):
        return False
    if not before.strip() and rest[-1] in words["roles"]:
        return False
    beyond = NEXT_WORD.match(occurrence.after, max(0, len(span.surface) - end))
    return not (beyond and beyond[1] in words["artefacts"] | words["roles"])


def _after_town(occurrence: Occurrence) -> bool:
    """Whether "in" and a town precede without a comma (in San Orlok Honduras)."""
    if occurrence.kind != "name" or any(span.label not in ("LOC", "PER") for span in occurrence.spans):
        return False
    found = _IN_TOWN.search(occurrence.before)
    return found is not None and not is_listed_capital(found[1])
