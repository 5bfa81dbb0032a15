"""Forms that are part of a longer name: Bank of Japan, Ukrainian Embassy, Iraq war."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.countries.gazetteer import LEXICON, is_form
from newsledger.stages.countries.occurrence import (
    GAP,
    NEXT_WORD,
    Occurrence,
    capitalised_words,
    ends_phrase,
    family_names,
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
    repeated = _repeated_names(compress(occurrences, flags))
    flags = [flag or _repeats(o, repeated) for o, flag in zip(occurrences, flags, strict=True)]
    short_forms = {pair for occurrence in compress(occurrences, flags) for pair in _short_forms(occurrence)}
    return [flag or _shortens(o, short_forms) for o, flag in zip(occurrences, flags, strict=True)]


def _repeated_names(inside: Iterable[Occurrence]) -> set[tuple[str, str]]:
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


def _short_forms(occurrence: Occurrence) -> Iterator[str]:
    """The two words by which a longer name that holds the form may be known."""
    run = capitalised_words(occurrence.after)
    if len(run) > 1 and not is_listed_capital(normalise_case(run[0])) and continues_right(occurrence):
        yield f"{occurrence.surface} {run[0]}"
    named = occurrence.previous[:1].isupper() and occurrence.kind in ("name", "abbreviation")
    if named and continues_left(occurrence):
        yield f"{occurrence.previous} {occurrence.surface}"


def _shortens(occurrence: Occurrence, short_forms: set[str]) -> bool:
    if f"{occurrence.previous} {occurrence.surface}" in short_forms:
        return True
    run = capitalised_words(occurrence.after)
    described = occurrence.kind == "adjective" and _ARTICLE_BEFORE.search(occurrence.before)
    return bool(run) and not described and f"{occurrence.surface} {run[0]}" in short_forms


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
    reasons = (continues_right, continues_left, _in_act, _in_title)
    return any(holds(occurrence) for holds in reasons)


def _before_landform(run: Sequence[str]) -> bool:
    """Whether a place with a name of its own follows (the Norwegian Barents Sea), not a name's own land."""
    return (
        1 < len(run) < 4
        and run[0]
        not in LEXICON["landforms"] | LEXICON["institutions"] | LEXICON["groups"] - LEXICON["compass"]
        and run[1] in LEXICON["landforms"] - LEXICON["lands"]
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
    rest = [w for w in capitals if not any(w in LEXICON[name] for name in _PLAIN)]
    if all(len(w) < 5 and w.isupper() for w in rest):
        return False
    if occurrence.heading and not any(normalise_case(w) in LEXICON[name] for w in rest for name in _OF_NAMES):
        return False
    if span.label == "MISC" and occurrence.kind == "abbreviation" and len(rest) == 1:
        return False
    if span.label == "LOC" and occurrence.kind == "adjective" and len(rest) == 1:
        return rest[0] in LEXICON["landforms"] | LEXICON["institutions"]
    whose = _HEAD_OF.fullmatch(before)
    if whose and not after.strip() and whose[1] not in LEXICON["of_institutions"] and span.label != "MISC":
        return False
    if rest[0] in LEXICON["common_capitals"] or (not before.strip() and rest[-1] in LEXICON["roles"]):
        return False
    if not after.strip() and _GOVERNMENT_OF.search(before):
        return False
    beyond = NEXT_WORD.match(occurrence.after, max(0, len(span.surface) - end))
    return not (beyond and beyond[1] in LEXICON["artefacts"] | LEXICON["roles"])


def _after_town(occurrence: Occurrence) -> bool:
    """Whether "in" and a town precede without a comma (in San Orlok Honduras)."""
    if occurrence.kind != "name" or any(span.label not in ("LOC", "PER") for span in occurrence.spans):
        return False
    found = _IN_TOWN.search(occurrence.before)
    return found is not None and not is_listed_capital(found[1])


_WAR = lazy_regex(rf"(?:[-–/][A-Z][\w.]*)?{GAP}[Ww]ars?\b(?!{GAP}(?:crimes?|criminals?)\b)")
_COMPOUND = lazy_regex(r"(?:[-–/][A-Z][\w.]*)+")
_ROAD_NUMBER = lazy_regex(
    rf"{GAP}\d{{1,3}}(?:/\d{{1,3}})?(?![\w-]|[.,]\d)"
    rf"(?!{GAP}(?:%|percent|per{GAP}cent|pct|cents?|hundred|thousand|million|billion|trillion|mln|bn|dollars?|km|miles?)\b)"
)
_LOWER_AFTER_RUN = lazy_regex(rf"(?:{GAP}[A-Z][\w-]*){{1,2}}{GAP}([a-z]+)\b")
_IN_OR_TO = lazy_regex(rf"\b(?:[Ii]n|[Tt]o){GAP}(?:the{GAP})?\Z")
_OFFICE = lazy_regex(rf"((?:[\w’'-]+{GAP}){{1,3}})(?:of|to|in|for){GAP}(?:the{GAP})?\Z")
_BEFORE_OF = lazy_regex(rf"(?<![\w.’'-])([\w.’'-]+){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")
_FOREIGN_OF = lazy_regex(
    rf"[A-Z]\w*{GAP}(?:de|del|do|da|di|du|della|von|van|pour|para|DE|DEL|DO|DA|DU){GAP}\Z"
)
_NAME_BEFORE = lazy_regex(rf"[A-Z][\w’'-]+{GAP}(?:of|for|in|on|to|[–—-]){GAP}(?:the{GAP})?\Z")
_IN_CHAIN = lazy_regex(
    rf"\b([A-Z][\w’'-]*){GAP}(?:of|for|on){GAP}(?:the{GAP})?(?:(?:[A-Z][\w’'-]*|and|&|of){GAP})+"
    rf"(?:of|for|on|with|against){GAP}(the{GAP})?\Z"
)
_BRANCH = lazy_regex(rf"[A-Z][\w’'-]*{GAP}(?:[a-z]{{1,3}}{GAP}){{0,2}}([A-Z][a-z]+)[-–]\Z")
_ACRONYM = lazy_regex(r"\s?\(([A-Z]{3,}(?:-[A-Z]+)?s?|[A-Z][a-z]*[A-Z][A-Za-z]*)\)")
_NO_OPENERS = ("function_words", "attributes", "compass", "roles")
"""Word lists whose words open no name."""


def continues_right(occurrence: Occurrence) -> bool:
    """Whether the capitalised words that follow make a name together with the form."""
    after = occurrence.after
    if occurrence.kind == "name" and _WAR.match(after):
        return True
    if occurrence.kind == "abbreviation" and _ROAD_NUMBER.match(after):
        return True
    compound = _COMPOUND.match(after)
    if compound:
        after = after[compound.end() :]
    run: list[str] = []
    for word in map(normalise_case, capitalised_words(after)):
        if word in LEXICON["function_words"]:
            break
        run.append(word)
    if not run or run[0] in LEXICON["common_capitals"]:
        return False
    if (noun := _LOWER_AFTER_RUN.match(after)) and noun[1] in LEXICON["artefacts"]:
        return False
    decided = _names_institution(occurrence, run)
    if decided is not None:
        return decided
    return not compound and _opens_other_name(occurrence, run)


def _names_institution(occurrence: Occurrence, run: Sequence[str]) -> bool | None:
    """Whether the words that follow name an institution or a place; None if no list says so."""
    if run[0] in LEXICON["groups"]:
        return any(w.partition("-")[0] in LEXICON["institutions"] for w in run[1:])
    if run[0] in LEXICON["landforms"]:
        return True
    if occurrence.heading or occurrence.kind == "demonym":
        return run[0] in LEXICON["institutions"]
    dotted = occurrence.surface.endswith(".")
    for at, word in enumerate(run):
        if word in LEXICON["roles"]:
            alone = word in LEXICON["offices"] and at + 1 == len(run) and occurrence.kind != "adjective"
            return alone and at > 0 and LEXICON["ranks"].isdisjoint(run)
        if word in LEXICON["institutions"] and (at or not dotted or word in LEXICON["proper"]):
            return run[at + 1 : at + 2] not in (["Secretary"], ["Minister"])
    last = run[-1:] if len(run) > 1 or not dotted else []
    return True if LEXICON["last_words"].intersection([*run[1:-1], *last]) else None


def _opens_other_name(occurrence: Occurrence, run: Sequence[str]) -> bool:
    """Whether words on no list make a name with the form; not where they may name a person."""
    if occurrence.kind == "abbreviation" or occurrence.in_title_case or _office_before(occurrence.before):
        return False
    person = LEXICON["given_names"].intersection(run) or run[-1] in family_names(occurrence.text)
    if person or run[0].isupper():
        return False
    if occurrence.kind == "adjective":
        return len(run) > 1 and occurrence.surface == "American"
    return not _IN_OR_TO.search(occurrence.before)


def _office_before(before: str) -> bool:
    """Whether an office of the country stands before, so that its holder follows (Ambassador to Peru X)."""
    found = _OFFICE.search(before)
    roles = LEXICON["roles"]
    return found is not None and any(word.capitalize() in roles for word in found[1].split())


def continues_left(occurrence: Occurrence) -> bool:
    """Whether the words before make a name together with the form."""
    if occurrence.kind == "name" and (_FOREIGN_OF.search(occurrence.before) or _acronym_follows(occurrence)):
        return True
    chain = _IN_CHAIN.search(occurrence.before)
    if occurrence.kind == "name" and (branch := _BRANCH.search(occurrence.before)):
        return branch[1] in LEXICON["institutions"] and ends_phrase(occurrence.after, "and", "or")
    if chain and normalise_case(chain[1]) in LEXICON["of_institutions"]:
        # "Board of Guardians of Polish Orphans", unlike "Board of Directors of the Polish firm"
        return not (chain[2] and occurrence.kind == "adjective")
    found = _BEFORE_OF.search(occurrence.before)
    if found:
        return normalise_case(found[1]) in LEXICON["of_institutions"]
    if occurrence.kind not in ("name", "abbreviation"):
        return False
    previous = occurrence.previous
    follows = NEXT_WORD.match(occurrence.after)
    if occurrence.in_title_case or (follows and follows[1] in LEXICON["roles"] | LEXICON["groups"]):
        return False  # Ohio U.S. Marshal
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if is_form(previous) or any(previous in LEXICON[name] for name in _NO_OPENERS):
        return False
    if occurrence.kind == "abbreviation" and follows:
        return False  # "North Coast U.S. politics"
    start = len(occurrence.before) - len(occurrence.before.rstrip()) + len(previous)
    lead = occurrence.before[: len(occurrence.before) - start].rstrip()
    return bool(lead) and lead[-1] not in "*•·.!?:;\"“”'‘([—–-"


def _acronym_follows(occurrence: Occurrence) -> bool:
    """Whether a bracketed acronym closes the name (Agency for Mines of Senegal (AMS))."""
    found = _ACRONYM.match(occurrence.after)
    if found is None or not _NAME_BEFORE.search(occurrence.before):
        return False
    return found[1] != "".join(w[0] for w in occurrence.surface.split() if w[0].isupper())
