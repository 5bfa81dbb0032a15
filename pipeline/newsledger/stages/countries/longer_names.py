"""Is it part of a longer name? Bank of Japan, Ukrainian Embassy, Iraq war."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.stages.countries.gazetteer import is_form, lexicon
from newsledger.stages.countries.occurrence import (
    GAP,
    NEXT_WORD,
    Occurrence,
    capitalised_words,
    is_listed_capital,
    normalise_case,
)
from newsledger.stages.countries.repeated import spread_to_repetitions
from newsledger.values.mentions import NameSpan

_POSSESSIVE = re.compile(r"['’]s?(?!\w)|['’]S(?!\w)")
_BEFORE_OF = re.compile(rf"([\w.’'-]+){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")
_FOREIGN_OF = re.compile(
    rf"[A-Z]\w*{GAP}(?:de|del|do|da|di|du|della|von|van|pour|para|DE|DEL|DO|DA|DU){GAP}\Z"
)
_NAME_BEFORE = re.compile(rf"[A-Z][\w’'-]+{GAP}(?:of|for|in|on|to){GAP}(?:the{GAP})?\Z")
_ACRONYM = re.compile(r"\s?\(([A-Z]{3,}s?|[A-Z][a-z]*[A-Z][A-Za-z]*)\)")
_COMPOUND = re.compile(r"(?:[-–/][A-Z][\w.]*)+")
_IN_OR_TO = re.compile(rf"\b(?:[Ii]n|[Tt]o){GAP}(?:the{GAP})?\Z")
_NO_NAME_OPENERS = ("function_words", "attributes", "compass", "roles")
_IN_TOWN = re.compile(rf"\b[Ii]n{GAP}([A-Z][\w’'-]*)(?:{GAP}[A-Z][\w’'-]*){{0,2}}{GAP}\Z")
_ROAD_NUMBER = re.compile(
    rf"{GAP}\d{{1,3}}(?:/\d{{1,3}})?(?![\w-]|[.,]\d)"
    rf"(?!{GAP}(?:%|percent|per{GAP}cent|pct|cents?|hundred|thousand|million|billion|trillion|mln|bn|dollars?|km|miles?)\b)"
)
_GOVERNMENT_OF = re.compile(rf"\b(?:Government|Islands?){GAP}of{GAP}(?:the{GAP})?\Z")
_SEPARATOR = re.compile(r",|\s[–—-]\s")
_HEAD_OF = re.compile(rf"\s*([^\W_][\w.’'-]*){GAP}of{GAP}(?:the{GAP})?")
_PLAIN_NOUN = re.compile(r"\b(?!(?:of|the|de|la|and)\b)[a-z]{2,}")
_WAR = re.compile(rf"(?:[-–/][A-Z][\w.]*)?{GAP}[Ww]ars?\b(?!{GAP}(?:crimes?|criminals?)\b)")
_ARTICLE_BEFORE = re.compile(rf"\b(?:[Tt]he|[Aa]n?){GAP}\Z")
_OPENS_BRACKET = re.compile(rf"[A-Z][\w.&’'-]*{GAP}\(\Z")
_HYPHENED_BEFORE = re.compile(r"\b([A-Z][a-z]+)[-–]\Z")
_TITLE_ACRONYM = re.compile(
    rf"['’]s((?:{GAP}(?:(?:of|and|for|on|in|to){GAP})?(?:the{GAP})?[A-Z][\w’'-]*){{2,8}})\s?\(([A-Z]{{3,}})\)"
)
_PROGRAMME = re.compile(
    rf"(?:['’]s)?(?:{GAP}(?:(?:of|and|for|on|in){GAP})?(?:the{GAP})?[A-Z][\w’'-]*){{1,6}}"
    rf"{GAP}(?i:program(?:me)?s?|initiative|campaign|fund|grants?|act|bill|project)\b"
)
_LOWER_AFTER_RUN = re.compile(rf"(?:{GAP}[A-Z][\w-]*){{1,2}}{GAP}([a-z]+)\b")
_OFFICE = re.compile(rf"((?:[\w’'-]+{GAP}){{1,3}})(?:of|to|in|for){GAP}(?:the{GAP})?\Z")
_STATE_KINDS = (
    r"Republic|Kingdom|Sultanate|Emirate|Principality|Commonwealth|Grand Duchy|Union|Dominion|Empire"
)
_STATE_WORDS = (
    rf"\b(?:(?:United|Federal|Federative|Democratic|Islamic|People['’]?s|Peoples['’]?|Socialist|Bolivarian|"
    rf"Arab|Hashemite|Co-?operative|Plurinational|Autonomous|Independent){GAP})"
)
_ENDS_IN_OF = re.compile(rf"\b[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")
_STATE_FORM = re.compile(rf"(?:{_STATE_WORDS}+|\b)(?:{_STATE_KINDS}){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")


def state_form_length(before: str) -> int:
    """Length of the form of state that belongs to the name ("Republic of " before Tanzania), else 0.

    >>> state_form_length("in the United Republic of "), state_form_length("the Bank of ")
    (19, 0)
    """
    found = _STATE_FORM.search(before) if _ENDS_IN_OF.search(before, max(0, len(before) - 9)) else None
    return len(found[0]) if found else 0


def flag_longer_names(occurrences: Sequence[Occurrence]) -> list[bool]:
    """Whether each form is part of a longer name, in a text as a whole.

    A name that stands in full somewhere ("American Dynamics Corp", "he joined Ford Canada") is known by its
    first two words elsewhere.
    """
    flags = [is_inside(occurrence) for occurrence in occurrences]
    flags = spread_to_repetitions(occurrences, flags)
    short_forms = {
        pair
        for occurrence, flag in zip(occurrences, flags, strict=True)
        if flag
        for pair in _short_forms(occurrence)
    }
    if not short_forms:
        return flags
    return [
        flag or _shortens(occurrence, short_forms)
        for occurrence, flag in zip(occurrences, flags, strict=True)
    ]


def _short_forms(occurrence: Occurrence) -> list[str]:
    """The two words by which a longer name that holds the form may be known."""
    words = lexicon()
    pairs = []
    run = capitalised_words(occurrence.after)
    if (
        len(run) > 1
        and run[0] not in words["branches"]
        and not is_listed_capital(normalise_case(run[0]))
        and _continues_right(occurrence, words)
    ):
        pairs.append(f"{occurrence.surface} {run[0]}")
    if (
        occurrence.previous[:1].isupper()
        and occurrence.kind in ("name", "abbreviation")
        and _continues_left(occurrence, words)
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
    words = lexicon()
    if _after_town(occurrence, words):
        return _continues_right(occurrence, words)
    for span in occurrence.spans:
        if span.label in ("ORG", "FAC", "MISC", "LOC") and _span_is_longer(occurrence, span):
            return True
    return (
        _continues_right(occurrence, words)
        or _continues_left(occurrence, words)
        or _in_firm(occurrence, words)
        or _in_title(occurrence)
        or _in_programme_name(occurrence, words)
    )


def _in_firm(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    """Whether the name is a bracket in a firm's name, as in Orlok (Canada) Ltd."""
    if (
        occurrence.kind != "name"
        or occurrence.after[:1] != ")"
        or not _OPENS_BRACKET.search(occurrence.before)
    ):
        return False
    run = capitalised_words(occurrence.after[1:])
    return bool(run) and run[0] in words["firm_endings"]


def _in_title(occurrence: Occurrence) -> bool:
    """Whether an acronym begins with the name's own letter (America's Cleaner Harbors Act (ACHA))."""
    found = _TITLE_ACRONYM.match(occurrence.after)
    if found is None:
        return False
    initials = "".join(w[0] for w in re.findall(r"\b[A-Z]", found[1]))
    return found[2] == occurrence.surface[0] + initials


def _in_programme_name(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    """Whether a verb and the name call a programme or an act (Save America's Treasures program)."""
    return (
        occurrence.kind in ("name", "abbreviation")
        and normalise_case(occurrence.previous) in words["programme_verbs"]
        and _PROGRAMME.match(occurrence.after) is not None
    )


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
    before, after = _SEPARATOR.split(before)[-1], _SEPARATOR.split(after)[0]
    if span.label == "LOC" and _PLAIN_NOUN.search(f"{before} {after}"):
        return False
    plain_words = words["compass"] | words["groups"] | words["attributes"]
    rest = [w for w in re.findall(r"[^\W_]+", f"{before} {after}") if w[0].isupper() and w not in plain_words]
    if all(len(w) < 5 and w.isupper() for w in rest):
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
    if not after.strip() and (not before.strip() or _GOVERNMENT_OF.search(before)):
        return False
    if not before.strip() and rest[-1] in words["roles"]:
        return False
    beyond = NEXT_WORD.match(occurrence.after, max(0, len(span.surface) - end))
    return not (beyond and beyond[1] in words["artefacts"] | words["roles"])


def _after_town(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    """Whether "in" and a town stand before, and no comma (in San Orlok Honduras)."""
    if occurrence.kind != "name" or any(span.label not in ("LOC", "PER") for span in occurrence.spans):
        return False
    found = _IN_TOWN.search(occurrence.before)
    return found is not None and not is_listed_capital(found[1])


def _continues_right(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    """Whether the capitalised words that follow make a name together with the form."""
    after = occurrence.after
    if occurrence.kind == "name" and (_WAR.match(after)):
        return True
    compound = _COMPOUND.match(after)
    if compound:
        after = after[compound.end() :]
    run: list[str] = []
    for word in map(normalise_case, capitalised_words(after)):
        if word in words["function_words"]:
            break
        run.append(word)
    if occurrence.kind == "abbreviation" and _ROAD_NUMBER.match(occurrence.after):
        return True
    if not run or run[0] in words["common_capitals"]:
        return False
    if len(run) < 3 and (noun := _LOWER_AFTER_RUN.match(after)) and noun[1] in words["artefacts"]:
        return False
    if run[0] in words["groups"]:
        return any(w.partition("-")[0] in words["institutions"] for w in run[1:])
    if run[0] in words["landforms"]:
        return True
    if occurrence.heading:
        head = 1 if len(run) > 1 and run[0] in words["branches"] else 0
        return run[head] in words["institutions"]
    if occurrence.kind == "demonym":
        return run[0] in words["institutions"]
    dotted = occurrence.surface.endswith(".")
    for at, word in enumerate(run):
        if word in words["roles"] and run[at : at + 2] != ["Justice", "Department"]:
            return False
        if word in words["institutions"] and (at or not dotted or word in words["proper"]):
            return run[at + 1 : at + 2] not in (["Secretary"], ["Minister"])
    if (
        dotted
        and run[0] in words["institutions"]
        and re.match(rf"{GAP}{re.escape(run[0])}{GAP}(?:of|for|on){GAP}", after)
    ):
        return True
    if run[-1] in words["last_words"] and (len(run) > 1 or not dotted):
        return True
    if any(word in words["last_words"] for word in run[1:-1]):
        return True
    if (
        compound
        or occurrence.kind == "abbreviation"
        or occurrence.in_title_case
        or _office_before(occurrence.before, words)
    ):
        return False
    if any(w in words["given_names"] for w in run) or run[-1] in occurrence.context.family_names:
        return False
    if run[0].isupper():
        return False
    if occurrence.kind == "adjective":
        return len(run) > 1 and occurrence.surface == "American"
    return not _IN_OR_TO.search(occurrence.before)


def _office_before(before: str, words: dict[str, frozenset[str]]) -> bool:
    """Whether an office of the country stands before, so that its holder follows (Ambassador to Peru X)."""
    found = _OFFICE.search(before)
    if found is None:
        return False
    return any(w in words["roles"] or w.capitalize() in words["roles"] for w in found[1].split())


def _ends_name(after: str, words: dict[str, frozenset[str]]) -> bool:
    """Whether a name may end here: no noun follows that an abbreviation would qualify (U.S. politics)."""
    follows = NEXT_WORD.match(after)
    return follows is None or follows[1] in words["after_names"] or follows[1][0].isupper()


def _acronym_follows(occurrence: Occurrence) -> bool:
    """Whether a bracketed acronym closes the name (Agency for Mines of Senegal (AMS))."""
    found = _ACRONYM.match(occurrence.after)
    if found is None or is_form(found[1]) or not _NAME_BEFORE.search(occurrence.before):
        return False
    return found[1] != "".join(w[0] for w in occurrence.surface.split() if w[0].isupper())


def _office_follows(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    """Whether an office or its holders follow an abbreviation with full stops (Ohio U.S. Marshal)."""
    follows = NEXT_WORD.match(occurrence.after)
    if follows is None or not occurrence.surface.endswith("."):
        return False
    return follows[1] in words["roles"] or follows[1] in words["groups"]


def _continues_left(occurrence: Occurrence, words: dict[str, frozenset[str]]) -> bool:
    if occurrence.kind == "name" and (_FOREIGN_OF.search(occurrence.before) or _acronym_follows(occurrence)):
        return True
    if occurrence.kind == "name":
        joined = _HYPHENED_BEFORE.search(occurrence.before)
        if joined and joined[1] in words["commands"]:
            return True
    found = _BEFORE_OF.search(occurrence.before)
    if found:
        return normalise_case(found[1]) in words["of_institutions"]
    if occurrence.kind not in ("name", "abbreviation"):
        return False
    previous = occurrence.previous
    if normalise_case(previous) in words["name_openers"]:
        return True
    if occurrence.in_title_case or occurrence.opens_sentence or _office_follows(occurrence, words):
        return False
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if is_form(previous) or any(previous in words[name] for name in _NO_NAME_OPENERS):
        return False
    if occurrence.kind == "abbreviation" and not _ends_name(occurrence.after, words):
        return False
    start = len(occurrence.before) - len(occurrence.before.rstrip()) + len(previous)
    lead = occurrence.before[: len(occurrence.before) - start].rstrip()
    return bool(lead) and lead[-1] not in "*•·.!?:;\"“”'‘([—–-"
