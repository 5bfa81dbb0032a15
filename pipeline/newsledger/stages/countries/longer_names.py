"""Is it part of a longer name? Bank of Japan, Ukrainian Embassy, Iraq war."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.stages.countries.matcher import is_form, lexicon
from newsledger.stages.countries.place import (
    GAP,
    NEXT_WORD,
    Place,
    capital_run,
    known_capital,
    plain,
)
from newsledger.stages.countries.repeated import spread
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
_NO_LEADS = ("function_words", "attributes", "compass", "roles")
_IN_TOWN = re.compile(rf"\b[Ii]n{GAP}([A-Z][\w’'-]*)(?:{GAP}[A-Z][\w’'-]*){{0,2}}{GAP}\Z")
_ROAD = re.compile(
    rf"{GAP}\d{{1,3}}(?:/\d{{1,3}})?"
    r"(?=,? (?:and|in|at|near|from|between|through|corridor|bypass|east|west|north|south|widening|"
    r"reconstruction|alignment|improvements)\b|,? \([A-Z])"
)
_ON_ROAD = re.compile(
    rf"\b(?:along|on|off|onto|via|(?:expansion|widening|stretch|section|portion|intersection|reconstruction|"
    rf"repair|upgrade|mile)s?{GAP}of){GAP}\Z"
)
_ROAD_ENDS = re.compile(rf"{GAP}\d{{1,3}}(?:(?=[.;)])(?!\.\d)|(?=,)(?!,\d)|(?={GAP}and\b))")
_ROAD_NUMBER = re.compile(
    rf"{GAP}\d{{1,3}}(?:/\d{{1,3}})?(?![\w.,]*\d)"
    rf"(?!{GAP}(?:%|percent|per{GAP}cent|pct|cents?|hundred|thousand|million|billion|trillion|mln|bn|dollars?|km|miles?)\b)"
)
_ROAD_WORDS = re.compile(
    r"\b(?:I-\d|NC \d|SR \d|(?:[Hh]igh|[Ff]ree|[Pp]ark|[Mm]otor)ways?\b|[Rr]oads?\b|[Rr]outes?\b|[Bb]ypass\b|"
    r"[Ww]iden|lanes?\b|[Ii]nterstate\b|[Ii]nterchange\b|[Cc]orridor\b)"
)
_GOVERNMENT_OF = re.compile(rf"\b(?:Government|Islands?){GAP}of{GAP}(?:the{GAP})?\Z")
_PARTED = re.compile(r",|\s[–—-]\s")
_ONE_OF = re.compile(rf"\s*([^\W_][\w.’'-]*){GAP}of{GAP}(?:the{GAP})?")
_PLAIN_NOUN = re.compile(r"\b(?!(?:of|the|de|la|and)\b)[a-z]{2,}")
_WAR = re.compile(rf"(?:[-–/][A-Z][\w.]*)?{GAP}[Ww]ars?\b(?!{GAP}(?:crimes?|criminals?)\b)")
_ARTICLE_BEFORE = re.compile(rf"\b(?:[Tt]he|[Aa]n?){GAP}\Z")
_OPENS_BRACKET = re.compile(rf"[A-Z][\w.&’'-]*{GAP}\(\Z")
_HYPHENED_BEFORE = re.compile(r"\b([A-Z][a-z]+)[-–]\Z")
_TITLE_ACRONYM = re.compile(
    rf"['’]s((?:{GAP}(?:(?:of|and|for|on|in|to){GAP})?(?:the{GAP})?[A-Z][\w’'-]*){{2,8}})\s?\(([A-Z]{{3,}})\)"
)
_CALLED_FOR = re.compile(
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
_STATE_STYLE = re.compile(rf"(?:{_STATE_WORDS}+|\b)(?:{_STATE_KINDS}){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")


def state_style(before: str) -> int:
    """Length of the form of state that belongs to the name ("Republic of " before Tanzania), else 0.

    >>> state_style("in the United Republic of "), state_style("the Bank of ")
    (19, 0)
    """
    found = _STATE_STYLE.search(before) if _ENDS_IN_OF.search(before, max(0, len(before) - 9)) else None
    return len(found[0]) if found else 0


def inside_flags(places: Sequence[Place]) -> list[bool]:
    """Whether each form is part of a longer name, in a text as a whole.

    A name that stands in full somewhere ("American Dynamics Corp", "he joined Ford Canada") is known by its
    first two words elsewhere.
    """
    flags = [is_inside(place) for place in places]
    flags = spread(places, flags)
    short = {pair for place, flag in zip(places, flags, strict=True) if flag for pair in _first_words(place)}
    if not short:
        return flags
    return [flag or _is_known(place, short) for place, flag in zip(places, flags, strict=True)]


def _first_words(place: Place) -> list[str]:
    """The two words by which a longer name that holds the form may be known."""
    words = lexicon()
    pairs = []
    run = capital_run(place.after)
    if (
        len(run) > 1
        and run[0] not in words["branches"]
        and not known_capital(plain(run[0]))
        and _right(place, words)
    ):
        pairs.append(f"{place.surface} {run[0]}")
    if place.previous[:1].isupper() and place.kind in ("name", "abbreviation") and _left(place, words):
        pairs.append(f"{place.previous} {place.surface}")
    return pairs


def _is_known(place: Place, short: set[str]) -> bool:
    run = capital_run(place.after)
    described = place.kind == "adjective" and _ARTICLE_BEFORE.search(place.before)
    return (
        bool(run) and not described and f"{place.surface} {run[0]}" in short
    ) or f"{place.previous} {place.surface}" in short


def is_inside(place: Place) -> bool:
    """Whether the form is part of a longer name (Bank of Japan, Ukrainian Embassy, Iraq war)."""
    if place.hit.inside:
        return True
    words = lexicon()
    if _after_town(place, words):
        return _right(place, words)
    for span in place.spans:
        if span.label in ("ORG", "FAC", "MISC", "LOC") and _longer(place, span):
            return True
    return (
        _right(place, words)
        or _left(place, words)
        or _in_firm(place, words)
        or _in_title(place)
        or _in_call(place, words)
    )


def _in_firm(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether the name is a bracket in a firm's name, as in Orlok (Canada) Ltd."""
    if place.kind != "name" or place.after[:1] != ")" or not _OPENS_BRACKET.search(place.before):
        return False
    run = capital_run(place.after[1:])
    return bool(run) and run[0] in words["firm_endings"]


def _in_title(place: Place) -> bool:
    """Whether an acronym begins with the name's own letter (America's Cleaner Harbors Act (ACHA))."""
    found = _TITLE_ACRONYM.match(place.after)
    if found is None:
        return False
    initials = "".join(w[0] for w in re.findall(r"\b[A-Z]", found[1]))
    return found[2] == place.surface[0] + initials


def _in_call(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether a verb and the name call a programme or an act (Save America's Treasures program)."""
    return (
        place.kind in ("name", "abbreviation")
        and plain(place.previous) in words["calls"]
        and _CALLED_FOR.match(place.after) is not None
    )


def _longer(place: Place, span: NameSpan) -> bool:
    """Whether a name span holds more of a name than the form itself.

    Not counted: what a comma or a dash parts off, articles, compass words, groups, a possessive's owner,
    lower-case nouns of a place ("the Chinese province of Henan"), what a firm or a ruler is of, part of a
    country ("the Algerian Sahara"), and a minister's department before his office.
    """
    words = lexicon()
    offset = place.hit.start - span.start_char
    end = offset + len(place.surface)
    before, after = span.surface[:offset], span.surface[end:]
    if _POSSESSIVE.match(after):
        after = ""
    before, after = _PARTED.split(before)[-1], _PARTED.split(after)[0]
    if span.label == "LOC" and _PLAIN_NOUN.search(f"{before} {after}"):
        return False
    plain_words = words["compass"] | words["groups"] | words["attributes"]
    rest = [w for w in re.findall(r"[^\W_]+", f"{before} {after}") if w[0].isupper() and w not in plain_words]
    if all(len(w) < 5 and w.isupper() for w in rest):
        return False
    if span.label == "MISC" and place.kind == "abbreviation" and len(rest) == 1:
        return False
    if span.label == "LOC" and place.kind == "adjective" and rest[0] in words["shared_regions"]:
        return False
    if span.label == "LOC" and place.kind == "adjective" and len(rest) == 1:
        named = words["landforms"] | words["institutions"]
        return after.split()[:1] == rest and rest[0] in named
    whose = _ONE_OF.fullmatch(before)
    if whose and not after.strip() and whose[1] not in words["of_institutions"] and span.label != "MISC":
        return False
    if rest[0] in words["common_capitals"]:
        return False
    if not after.strip() and (not before.strip() or _GOVERNMENT_OF.search(before)):
        return False
    if not before.strip() and rest[-1] in words["roles"]:
        return False
    beyond = NEXT_WORD.match(place.after, max(0, len(span.surface) - end))
    return not (beyond and beyond[1] in words["artefacts"] | words["roles"])


def _after_town(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether "in" and a town stand before, and no comma (in San Orlok Honduras)."""
    if place.kind != "name" or any(span.label not in ("LOC", "PER") for span in place.spans):
        return False
    found = _IN_TOWN.search(place.before)
    return found is not None and found[1] not in words["place_leads"] and not known_capital(found[1])


def _right(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether the capitalised words that follow make a name together with the form."""
    after = place.after
    if place.kind == "name" and (_WAR.match(after)):
        return True
    compound = _COMPOUND.match(after)
    if compound:
        after = after[compound.end() :]
    run: list[str] = []
    for word in map(plain, capital_run(after)):
        if word in words["function_words"]:
            break
        run.append(word)
    if place.kind == "abbreviation" and not place.before.lower().endswith("the ") and _is_road(place, run):
        return True
    if not run or run[0] in words["common_capitals"]:
        return False
    if len(run) < 3 and (noun := _LOWER_AFTER_RUN.match(after)) and noun[1] in words["artefacts"]:
        return False
    if run[0] in words["groups"]:
        return any(w.partition("-")[0] in words["institutions"] for w in run[1:])
    if run[0] in words["landforms"]:
        return True
    if place.heading or place.loud:
        head = 1 if len(run) > 1 and run[0] in words["branches"] else 0
        return run[head] in words["institutions"]
    if place.kind == "demonym":
        return run[0] in words["institutions"]
    dotted = place.surface.endswith(".")
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
    if compound or place.kind == "abbreviation" or place.titled or _office_before(place.before, words):
        return False
    if any(w in words["given_names"] for w in run) or run[-1] in place.page.family_names:
        return False
    if run[0].isupper():
        return False
    if place.kind == "adjective":
        return len(run) > 1 and place.surface == "American"
    return not _IN_OR_TO.search(place.before)


def _is_road(place: Place, run: list[str]) -> bool:
    """Whether a number makes the abbreviation a road's (U.S. 90), by what is said of it or around it."""
    if not run and _ROAD.match(place.after):
        return True
    if _ROAD_ENDS.match(place.after) and _ON_ROAD.search(place.before):
        return True
    around = (place.before, place.after)
    return bool(_ROAD_NUMBER.match(place.after)) and any(map(_ROAD_WORDS.search, around))


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


def _acronym_follows(place: Place) -> bool:
    """Whether a bracketed acronym closes the name (Agency for Mines of Senegal (AMS))."""
    found = _ACRONYM.match(place.after)
    if found is None or is_form(found[1]) or not _NAME_BEFORE.search(place.before):
        return False
    return found[1] != "".join(w[0] for w in place.surface.split() if w[0].isupper())


def _is_offices(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether an office or its holders follow an abbreviation with full stops (Ohio U.S. Marshal)."""
    follows = NEXT_WORD.match(place.after)
    if follows is None or not place.surface.endswith("."):
        return False
    return follows[1] in words["roles"] or follows[1] in words["groups"]


def _left(place: Place, words: dict[str, frozenset[str]]) -> bool:
    if place.kind == "name" and (_FOREIGN_OF.search(place.before) or _acronym_follows(place)):
        return True
    if place.kind == "name":
        joined = _HYPHENED_BEFORE.search(place.before)
        if joined and joined[1] in words["commands"]:
            return True
    found = _BEFORE_OF.search(place.before)
    if found:
        return plain(found[1]) in words["of_institutions"]
    if place.kind not in ("name", "abbreviation"):
        return False
    previous = place.previous
    if plain(previous) in words["leads"]:
        return True
    if place.titled or place.opens_sentence or _is_offices(place, words):
        return False
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if is_form(previous) or any(previous in words[name] for name in _NO_LEADS):
        return False
    if place.kind == "abbreviation" and not _ends_name(place.after, words):
        return False
    start = len(place.before) - len(place.before.rstrip()) + len(previous)
    lead = place.before[: len(place.before) - start].rstrip()
    return bool(lead) and lead[-1] not in "*•·.!?:;\"“”'‘([—–-"
