"""Words beside a form that make a longer name with it: Ukrainian Embassy, Bank of Japan, Iraq war."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.countries.gazetteer import is_form, lexicon
from newsledger.stages.countries.languages import ends_phrase
from newsledger.stages.countries.occurrence import (
    GAP,
    NEXT_WORD,
    Occurrence,
    capitalised_words,
    normalise_case,
)

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
    words = lexicon()
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
        if word in words["function_words"]:
            break
        run.append(word)
    if not run or run[0] in words["common_capitals"]:
        return False
    if (noun := _LOWER_AFTER_RUN.match(after)) and noun[1] in words["artefacts"]:
        return False
    decided = _names_institution(occurrence, run)
    if decided is not None:
        return decided
    return not compound and _opens_other_name(occurrence, run)


def _names_institution(occurrence: Occurrence, run: Sequence[str]) -> bool | None:
    """Whether the words that follow name an institution or a place; None where no list says so."""
    words = lexicon()
    if run[0] in words["groups"]:
        return any(w.partition("-")[0] in words["institutions"] for w in run[1:])
    if run[0] in words["landforms"]:
        return True
    if occurrence.heading or occurrence.kind == "demonym":
        return run[0] in words["institutions"]
    dotted = occurrence.surface.endswith(".")
    for at, word in enumerate(run):
        if word in words["roles"]:
            alone = word in words["offices"] and at + 1 == len(run) and occurrence.kind != "adjective"
            return alone and at > 0 and words["ranks"].isdisjoint(run)
        if word in words["institutions"] and (at or not dotted or word in words["proper"]):
            return run[at + 1 : at + 2] not in (["Secretary"], ["Minister"])
    last = run[-1:] if len(run) > 1 or not dotted else []
    return True if words["last_words"].intersection([*run[1:-1], *last]) else None


def _opens_other_name(occurrence: Occurrence, run: Sequence[str]) -> bool:
    """Whether words on no list make a name with the form; not where they may name a person."""
    if occurrence.kind == "abbreviation" or occurrence.in_title_case or _office_before(occurrence.before):
        return False
    if lexicon()["given_names"].intersection(run) or run[-1] in occurrence.context.family_names:
        return False
    if run[0].isupper():
        return False
    if occurrence.kind == "adjective":
        return len(run) > 1 and occurrence.surface == "American"
    return not _IN_OR_TO.search(occurrence.before)


def _office_before(before: str) -> bool:
    """Whether an office of the country stands before, so that its holder follows (Ambassador to Peru X)."""
    found = _OFFICE.search(before)
    roles = lexicon()["roles"]
    return found is not None and any(word.capitalize() in roles for word in found[1].split())


def continues_left(occurrence: Occurrence) -> bool:
    """Whether the words before make a name together with the form."""
    words = lexicon()
    if occurrence.kind == "name" and (_FOREIGN_OF.search(occurrence.before) or _acronym_follows(occurrence)):
        return True
    chain = _IN_CHAIN.search(occurrence.before)
    if occurrence.kind == "name" and (branch := _BRANCH.search(occurrence.before)):
        return branch[1] in words["institutions"] and ends_phrase(occurrence.after, "and", "or")
    if chain and normalise_case(chain[1]) in words["of_institutions"]:
        # "Board of Guardians of Polish Orphans", unlike "Board of Directors of the Polish firm"
        return not (chain[2] and occurrence.kind == "adjective")
    found = _BEFORE_OF.search(occurrence.before)
    if found:
        return normalise_case(found[1]) in words["of_institutions"]
    if occurrence.kind not in ("name", "abbreviation"):
        return False
    previous = occurrence.previous
    if occurrence.in_title_case or _office_follows(occurrence):
        return False
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if is_form(previous) or any(previous in words[name] for name in _NO_OPENERS):
        return False
    if occurrence.kind == "abbreviation" and NEXT_WORD.match(occurrence.after):
        # "North Coast U.S. politics"
        return False
    start = len(occurrence.before) - len(occurrence.before.rstrip()) + len(previous)
    lead = occurrence.before[: len(occurrence.before) - start].rstrip()
    return bool(lead) and lead[-1] not in "*•·.!?:;\"“”'‘([—–-"


def _acronym_follows(occurrence: Occurrence) -> bool:
    """Whether a bracketed acronym closes the name (Agency for Mines of Senegal (AMS))."""
    found = _ACRONYM.match(occurrence.after)
    if found is None or not _NAME_BEFORE.search(occurrence.before):
        return False
    return found[1] != "".join(w[0] for w in occurrence.surface.split() if w[0].isupper())


def _office_follows(occurrence: Occurrence) -> bool:
    """Whether an office or its holders follow (Ohio U.S. Marshal)."""
    words = lexicon()
    follows = NEXT_WORD.match(occurrence.after)
    return follows is not None and (follows[1] in words["roles"] or follows[1] in words["groups"])
