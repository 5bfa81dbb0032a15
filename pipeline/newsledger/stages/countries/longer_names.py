"""Is it part of a longer name? Bank of Japan, Ukrainian Embassy, Iraq war."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
from newsledger.stages.countries.territories import territories
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
_STATE_NOUN = re.compile(rf"{GAP}(?:State|Province|Region)(?:{GAP}of{GAP}(?:the{GAP})?[\w’'-]+)?\s*\Z")
_GOVERNMENT_OF = re.compile(rf"\b(?:Government|Islands?){GAP}of{GAP}(?:the{GAP})?\Z")
_OFFICE_FIRST = re.compile(rf"{GAP}([\w-]+){GAP}(?:of|for|to){GAP}")
_STYLE = re.compile(r"-[a-z]{3,}")
_OF_THE = re.compile(rf"{GAP}of{GAP}the{GAP}\Z", re.IGNORECASE)
_BROADCAST = re.compile(rf"{GAP}(?:said|reported|quoted|announced|broadcast|added|monitored)\b")
_PARTED = re.compile(r",|\s[–—-]\s")
_ONE_OF = re.compile(rf"\s*([^\W_][\w.’'-]*){GAP}of{GAP}(?:the{GAP})?")
_PLAIN_NOUN_BEFORE = re.compile(r"\b(?!(?:from|with|upon|into|para|pour|della|against)\b)[a-z]{4,}\b")
_MONEY_WORD = re.compile(rf"(?:{GAP}|-)(?:[Dd]lrs?|[Dd]ollars?|[Yy]en)\b")
_PLAIN_NOUN = re.compile(r"\b(?!(?:of|the|de|la|and)\b)[a-z]{2,}")
_COMPOUND_ADJECTIVE = re.compile(r"-[a-z]+\Z")
_WAR = re.compile(rf"{GAP}[Ww]ars?\b(?!{GAP}(?:crimes?|criminals?)\b)")
_WARS = re.compile(rf"{GAP}[Ww]ars\b")
_CONTINENT_BEFORE = re.compile(
    rf"(?:Latin{GAP}America|(?:North|South|East|West|Central){GAP}(?:America|Africa|Asia|Europe)){GAP}\Z"
)
_ARTICLE_BEFORE = re.compile(rf"\b(?:[Tt]he|[Aa]n?){GAP}\Z")
_JOINT_WAR = re.compile(rf"[-–/][A-Z][\w.]*{GAP}[Ww]ars?\b(?!{GAP}(?:crimes?|criminals?)\b)")
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
_INITIAL_FIRST = re.compile(r"(?:[A-Z]\.)+(?:[A-Z]|\Z)")
_OFFICE = re.compile(rf"((?:[\w’'-]+{GAP}){{1,3}})(?:of|to|in|for){GAP}(?:the{GAP})?\Z")
_STATE_KINDS = (
    r"Republic|Kingdom|Sultanate|Emirate|Principality|Commonwealth|Grand Duchy|Union|Dominion|Empire"
)
_STATE_WORDS = (
    rf"\b(?:(?:United|Federal|Federative|Democratic|Islamic|People['’]?s|Peoples['’]?|Socialist|Bolivarian|"
    rf"Arab|Hashemite|Co-?operative|Plurinational|Autonomous|Independent){GAP})"
)
_STATE_STYLE = re.compile(rf"(?:{_STATE_WORDS}+|\b)(?:{_STATE_KINDS}){GAP}[Oo]f{GAP}(?:[Tt]he{GAP})?\Z")
_ENDS_IN_OF = re.compile(rf"\b[Oo][Ff]{GAP}(?:[Tt][Hh][Ee]{GAP})?\Z")
_STATE_WORDS_BEFORE = re.compile(rf"{_STATE_WORDS}+\Z")
_WITH_STATE = re.compile(rf"(?:{_STATE_KINDS}) of ", re.IGNORECASE)


def state_style(before: str, surface: str = "") -> int:
    """Length of the form of state that belongs to the name ("Republic of " before Tanzania), else 0.

    >>> state_style("in the United Republic of "), state_style("the Bank of ")
    (19, 0)
    >>> state_style("THE UNION OF ", "MYANMAR"), state_style("the Socialist ", "Republic of Albania")
    (9, 10)
    """
    pattern = _STATE_WORDS_BEFORE if _WITH_STATE.match(surface) else _STATE_STYLE
    if pattern is _STATE_STYLE and not _ENDS_IN_OF.search(before, max(0, len(before) - 9)):
        return 0
    if len(surface) > 3 and surface.isupper() and len(before.title()) == len(before):
        before = before.title().replace("'S ", "'s ").replace("’S ", "’s ")
    found = pattern.search(before)
    return len(found[0]) if found else 0


def inside_flags(places: Sequence[Place]) -> list[bool]:
    """Whether each form is part of a longer name, in a text as a whole.

    A name that stands in full somewhere ("American Dynamics Corp", "he joined Ford Canada") is known by its
    first two words elsewhere.
    """
    flags = [is_inside(place) for place in places]
    for at, (place, other) in enumerate(pairwise(places)):
        flags[at] = flags[at] or (flags[at + 1] and _shares(place, other))
    flags = spread(places, flags)
    short = {pair for place, flag in zip(places, flags, strict=True) if flag for pair in _first_words(place)}
    if not short:
        return flags
    return [flag or _is_known(place, short) for place, flag in zip(places, flags, strict=True)]


def _shares(place: Place, other: Place) -> bool:
    """Whether two share the name of two institutions or wars (the Ukrainian and Polish Embassies)."""
    if place.after.split(None, 2)[:2] != ["and", other.surface]:
        return False
    if _WARS.match(other.after):
        return True
    run = capital_run(other.after)
    return place.kind == other.kind == "adjective" and bool(run) and run[0] in lexicon()["joint_institutions"]


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
    leads = place.previous[:1].isupper() and _BEFORE_OF.search(place.before) is None
    if leads and place.kind in ("name", "abbreviation") and _left(place, words):
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
    if _after_capital(place) or _after_town(place, words):
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
    if span.label == "ORG" and _PLAIN_NOUN_BEFORE.search(before):
        return False
    plain_words = words["compass"] | words["groups"] | words["attributes"]
    rest = [w for w in re.findall(r"[^\W_]+", f"{before} {after}") if w[0].isupper() and w not in plain_words]
    if rest == ["Republic"] or all(len(w) < 5 and w.isupper() for w in rest):
        return False
    if _MONEY_WORD.match(after):
        return False
    if span.label == "MISC" and place.kind == "abbreviation" and not before.strip() and len(rest) == 1:
        return rest[0].isupper() or rest[0] in words["institutions"] | words["last_words"]
    if span.label == "LOC" and place.kind == "adjective" and not before.strip():
        first = after.split()[:1]
        if first and first[0] in words["shared_regions"]:
            return False
    if span.label == "LOC" and place.kind == "adjective" and len(rest) == 1:
        named = words["landforms"] | words["institutions"]
        return after.split()[:1] == rest and rest[0] in named
    if not after.strip() and (_seat(before, words) or _CONTINENT_BEFORE.match(before)):
        return False
    whose = _ONE_OF.fullmatch(before)
    if whose and not after.strip() and whose[1] not in words["of_institutions"] and span.label != "MISC":
        return False
    if rest and rest[0] in words["common_capitals"] and not before.strip():
        return False
    if (_STATE_NOUN.match(after) or not after.strip()) and (
        not before.strip() or _GOVERNMENT_OF.search(before)
    ):
        return False
    if after.split()[-1:] == ["Government"] and not set(rest) - words["branches"]:
        return False
    if not before.strip() and (not set(rest) - words["roles"] or rest[-1] in words["roles"]):
        return False
    office = _OFFICE_FIRST.match(after)
    if not before.strip() and office and office[1] in words["roles"]:
        return False
    if _STYLE.match(place.after, max(0, len(span.surface) - end)):
        return False
    beyond = NEXT_WORD.match(place.after, max(0, len(span.surface) - end))
    if beyond and beyond[1] in words["artefacts"] and not before.strip() and len(rest) < 3:
        return False
    return not (beyond and beyond[1] in words["roles"])


def _seat(before: str, words: dict[str, frozenset[str]]) -> bool:
    """Whether "of" after a firm's legal form says where it sits (Orlok Ltd of Norway)."""
    found = _BEFORE_OF.search(before)
    return found is not None and found[1] in words["seated_endings"]


def _after_capital(place: Place) -> bool:
    """Whether the country's own capital stands before, and no comma (Paris France)."""
    territory = territories().get(place.hit.forms[0].key)
    return (
        place.kind == "name"
        and territory is not None
        and place.before.rstrip().endswith(territory.capital)
        and place.before[-1:].isspace()
    )


def _after_town(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether "in" and a town stand before, and no comma (in San Orlok Honduras)."""
    if place.kind != "name" or any(span.label not in ("LOC", "PER") for span in place.spans):
        return False
    found = _IN_TOWN.search(place.before)
    return found is not None and found[1] not in words["place_leads"] and not known_capital(found[1])


def _right(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether the capitalised words that follow make a name together with the form."""
    after = place.after
    if place.kind == "name" and (_WAR.match(after) or _JOINT_WAR.match(after)):
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
    if not run or _INITIAL_FIRST.match(run[0]) or run[0] in words["common_capitals"]:
        return False
    if len(run) < 3 and (noun := _LOWER_AFTER_RUN.match(after)) and noun[1] in words["artefacts"]:
        return False
    if run[0] in words["groups"]:
        return any(w.partition("-")[0] in words["institutions"] for w in run[1:])
    if run[0] in words["landforms"]:
        return True
    if place.heading or place.loud:
        head = 1 if len(run) > 1 and run[0] in words["branches"] else 0
        return run[head] in words["institutions"] and not _office_of(
            run[head], run[head + 1 : head + 2], after
        )
    if place.kind == "demonym":
        return run[0] in words["institutions"]
    dotted = place.surface.endswith(".")
    for at, word in enumerate(run):
        if word in words["roles"] and run[at : at + 2] != ["Justice", "Department"]:
            return False
        if word in words["institutions"] and (at or not dotted or word in words["proper"]):
            return not _office_of(word, run[at + 1 : at + 2], after)
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
    if is_form(run[0]) or run[0].isupper():
        return False
    if place.kind == "adjective":
        return len(run) > 1 and place.surface == "American" and run[0] not in words["compass"]
    return not _IN_OR_TO.search(place.before)


def _is_road(place: Place, run: list[str]) -> bool:
    """Whether a number makes the abbreviation a road's (U.S. 90), by what is said of it or around it."""
    if not run and _ROAD.match(place.after):
        return True
    if _ROAD_ENDS.match(place.after) and _ON_ROAD.search(place.before):
        return True
    around = (place.before, place.after)
    return bool(_ROAD_NUMBER.match(place.after)) and any(map(_ROAD_WORDS.search, around))


def _office_of(word: str, following: list[str], after: str) -> bool:
    """Whether a minister's office follows: the Treasury Secretary is not the Treasury."""
    return following in (["Secretary"], ["Minister"]) or bool(
        re.match(rf"{GAP}{re.escape(word)}{GAP}(?:secretary|minister)\b", after)
    )


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


def _signs(place: Place, words: dict[str, frozenset[str]]) -> bool:
    """Whether a line opens with the form and an office, below the name of its holder."""
    gap = place.before[len(place.before.rstrip()) :]
    follows = NEXT_WORD.match(place.after)
    return "\n" in gap and follows is not None and follows[1] in words["roles"]


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
        head = plain(found[1])
        if head in words["firm_endings"] and place.kind == "abbreviation" and _OF_THE.search(place.before):
            return False
        return head in words["of_institutions"] and found[1][0].isupper()
    if place.kind not in ("name", "abbreviation"):
        return False
    previous = place.previous
    if plain(previous) in words["leads"] or (previous == "radio" and _BROADCAST.match(place.after)):
        return True
    if place.titled or place.opens_sentence or _signs(place, words) or _is_offices(place, words):
        return False
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if is_form(previous) or any(previous in words[name] for name in _NO_LEADS):
        return False
    if _COMPOUND_ADJECTIVE.search(previous) or (
        place.kind == "abbreviation" and not _ends_name(place.after, words)
    ):
        return False
    start = len(place.before) - len(place.before.rstrip()) + len(previous)
    lead = place.before[: len(place.before) - start].rstrip()
    return bool(lead) and lead[-1] not in "*•·.!?:;\"“”'‘([—–-"
