"""Drops what is plainly no person, each by a named rule.

The rules look at the span (a firm's ending, a digit), at the words around it ("Kennedy Airport", "the
Sangh", "in Amethi") and at how the rest of the article uses the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsledger.document.layout import Layout
from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.declared import goods_called, quoted
from newsledger.stages.people.filters.firm_names import has_ticker
from newsledger.stages.people.filters.firm_signs import (
    acts_like_a_firm,
    between_angles,
    counted_in_shares,
)
from newsledger.stages.people.filters.firms import nearly_a_firm, well_known
from newsledger.stages.people.filters.longer_names import NEXT, called_after
from newsledger.stages.people.filters.mistaken import (
    bare_dateline,
    common_word,
    home_after_age,
    kind_of_person,
    make_of_machine,
    misspelt_month,
    of_calibre,
    sign_between,
    unnamed,
    whole_family,
)
from newsledger.stages.people.filters.places import SPOKE, as_a_place, called_a_town
from newsledger.stages.people.filters.things import (
    counted,
    stands_for_a_place,
    stands_for_a_thing,
)
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import alternation, names, roles

Votes = Mapping[str, Mapping[str, int]]
"""How often each surface got each label in the article."""


@dataclass(frozen=True)
class Scene:
    """What the dropping rules look at besides the name: the other spans, and the surfaces' labels."""

    context: Context
    layout: Layout
    votes: Votes
    places: frozenset[str] = frozenset()
    """Surfaces that stand like places ("in Amethi") and never like people."""
    firms: frozenset[str] = frozenset()
    """Words that stand in the name of an organisation of this article."""
    families: frozenset[str] = frozenset()
    """Folded parts of the full names of this article."""
    initials: frozenset[str] = frozenset()
    """First letters of the full names of this article."""
    openers: frozenset[str] = frozenset()
    """Words that open the story and speak of themselves as "it" ("Brightcell said it will ...")."""
    storms: frozenset[str] = frozenset()
    """Names that the article gives to a storm ("Hurricane Ian")."""
    deities: frozenset[str] = frozenset()
    """Names that the article gives to a god."""
    apposed: frozenset[str] = frozenset()
    """Single words that the article calls a firm or a town ("Halvor, a start-up in Oslo")."""
    short_firms: frozenset[str] = frozenset()
    """Two words and more that open the name of a firm ("Halvor Brun" of "Halvor Brun Insurance")."""
    works: frozenset[str] = frozenset()
    """Surfaces that the article quotes as the title of a film, a book ..."""
    titled: frozenset[str] = frozenset()
    """Surfaces that have a title somewhere in this article."""


_LETTER = r"[^\W\d_]"
_STOCK = re.compile(r" (?:common|preferred) (?:stock|will|to)\b")
_DATELINE = re.compile(
    rf"(?:, [A-Z][\w.]*)?,? (?:{'|'.join(ALL_MONTHS)})\.? \d{{1,2}} [-–—]+ ",
    re.IGNORECASE,
)
_HAS_LETTER = re.compile(_LETTER)
_PREVIOUS = re.compile(rf"({_LETTER}[\w’'.-]*)[ \xa0]\Z")
_WEB = re.compile(r"@|://|www\.|[a-z]\.(?:com|org|net|gov|html?)\b", re.IGNORECASE)
HALF_WORD = re.compile(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_ROW = 5
"""A name of more words than this, none of them small or an initial, is a row of surnames."""
_SHARE = re.compile(r"\.?\s\$\d")
_ITEM = re.compile(r"(?:\A|\n|[*•]\s?)\s?\Z")
"""A county's share: "* Henry $71,448"."""
_DISTRICT = re.compile(r"-\d")
_OF_STATE = re.compile(rf", (?:{alternation(names().states - {'MD', 'MA'})})(?:[,.;)]|\s[a-z])")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_ONE_MORE_INITIAL = re.compile(r"\.[A-Z]\b")
_IN_SAINT = re.compile(r"\b(?:in|at|near|of|from|to|around|outside)\sSt\.\s\Z")
_AND_GROUP = re.compile(rf"\s(?:and|&)\s[A-Z][\w’'-]+\s({alternation(names().of_group)})\b")
_BLESSING = re.compile(r"(?:A\.?S|S\.?A\.?W|R\.?A|P\.?B\.?U\.?H|S\.?W\.?T)\.?\)?", re.IGNORECASE)
_DYNASTY = re.compile(
    r" [\"“‘']?(?:family|families|dynasty|dynasties|clan|cartel|brothers|sisters|siblings|twins)\b"
)
_ALL_OF_THEM = re.compile(r"['’]s (?:have|had|were|are)\b")
"""After "the" and a surname: the family, with a mark too many."""
_CALLED = re.compile(rf"\b(?:{alternation(names().called)})\s+(?:the\s+)?\Z", re.IGNORECASE)
_ONE = frozenset({"A", "An", "a", "an"})
_ONE_OF_A_KIND = re.compile(r"[.;]|,(?! \d)| (?:who|which|that)\b")
_AILMENT = re.compile(r"['’]s, an? (?:[a-z-]+ ){0,4}(?:disease|disorder|syndrome)\b")
_CAMEL = re.compile(rf"(?!(?:{alternation(names().camel)})[A-Z])[^\W\d_]*[a-z][A-Z]")
_FINITE = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "in",
        "on",
        "at",
        "to",
        "from",
        "for",
        "with",
        "and",
        "or",
    ]
)
_OF_OFFICE = re.compile(rf"\b(?:{alternation(names().org_offices)})\s+of\s+\Z", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|all the|whole)\s+(?:[a-z-]+\s+){0,2}\Z", re.IGNORECASE)


def dropped(scene: Scene, found: PersonSpan, *, titled: bool, known: bool) -> str | None:
    """The rule by which ``found`` is no person, None if it may be one.

    ``titled``: a role or form of address stands before it; ``known``: the article has the full name of a
    person so called.
    """
    text = scene.context.text
    table = names()
    surface = text[found.start : found.end]
    words = surface.split()
    keys = [fold(w) for w in words]
    if not _HAS_LETTER.search(surface) or len(surface) < 2 or not any(keys):
        return "no letters"
    if len(surface) > 80:
        return "too long"
    if len(words) == 1 and ("&" in surface or "--" in surface):
        # "T&J", "Mr. President--not"
        return "thing"
    if not "".join(words).isalpha() and any(c.isdigit() for c in surface):
        return "digit"
    if len(words) > _ROW and not any(
        w[0].islower() or w[-1] == "." or fold(w) in table.particles for w in words
    ):
        return "row of names"
    if (
        len(words) == 1
        and not titled
        and _SHARE.match(text, found.end)
        and _ITEM.search(text, max(0, found.start - 3), found.start)
    ):
        return "place"
    if len(words) == 1 and (counted(text, found.start) or of_calibre(text, found.start)):
        return "thing"
    if _DISTRICT.match(text, found.end):
        return "state"
    if (
        text[found.start - 1 : found.start] == "@"
        or _in_address(surface, _chunk(text, found.start, found.end))
        or text[found.end : found.end + 1] in {"@", "_"}
        or text[found.end : found.end + 4] in {".com", ".org", ".jpg", ".png", ".pdf"}
        or text[found.end : found.end + 5] in {".jpeg", ".webp", ".html"}
    ):
        return "web address"
    if text[found.start - 1 : found.start].isalnum() or (
        text[found.end : found.end + 1].isalnum() and surface[-1].isalnum() and "unglued" not in found.rules
    ):
        return "half a word"
    if surface.endswith(" A") and text.startswith("/S", found.end):
        return "company"
    if text.startswith(("'", "’"), found.end) and HALF_WORD.match(text, found.end):
        return "half a word"
    if unnamed(text, words, found.end):
        return "nobody"
    if surface.islower() and not _small_text(text):
        return "lower case"
    if text[found.start - 1 : found.start] == "(" and _BLESSING.fullmatch(surface):
        return "blessing"
    lowered = " ".join(keys)
    if not titled and not known and well_known(surface):
        return "company"
    if lowered in table.nobody or keys[0] == "allah" or surface in _ARTICLES:
        surname = lowered in _CROWNS and (titled or known)
        if not surname or text.endswith((" the ", "The "), 0, found.start):
            return "nobody"
    if lowered in table.agencies and not titled and not known:
        return "news agency"
    if lowered in table.newspapers and not titled and not known:
        return "newspaper"
    if lowered in table.calendar and (" " in lowered or not (titled or known)):
        return "calendar"
    if len(keys) == 1 and "." in surface and keys[0] in table.companies and not titled and not known:
        # "Harrow S.A."
        return "company"
    if keys[-1] in table.companies and len(keys) > 1 and words[-1][:1].isupper() and len(keys[-1]) > 1:
        return "company"
    if len(keys) > 1 and keys[-1] in table.sure_things and words[-1][:1].isupper():
        return "thing"
    if len(keys) > 2 and words[-1] == "Way" and text.count(surface[:-4]) > text.count(surface):
        # A street called after whom the article tells of.
        return "thing"
    country = scene.context.country_ends.get(found.end)
    if country is not None and country.start_char == found.start and not titled and not known:
        return "country"
    if not titled and _DATELINE.match(text, found.end, found.end + 80) and _opens(scene.layout, found.start):
        return "dateline"
    rule = called_after(text, found, scene.layout)
    if rule is not None:
        return rule
    previous = last_word(_PREVIOUS, text, max(0, found.start - 24), found.start)
    if previous is not None and f"{fold(previous[1])} {lowered}" in table.nobody:
        # "Uncle Sam"
        return "nobody"
    if previous is not None and not titled:
        word = fold(previous[1])
        if (
            word in table.before
            and previous[1][:1].isupper()
            and not (word in {"san", "santa", "real", "team", "club"} and known)
        ):
            return "place or ship"
    if _IN_SAINT.search(text, max(0, found.start - 24), found.start):
        return "place or ship"
    if surface in scene.works and quoted(text, found):
        return "title of a work"
    if keys[0] in table.sure_places and len(words) > 1 and words[0][:1].isupper():
        return "place or ship"
    if len(words) == 1 and _DYNASTY.match(text, found.end):
        return "family"
    if (
        len(words) == 1
        and text.endswith((" the ", "The "), 0, found.start)
        and _ALL_OF_THEM.match(text, found.end)
    ):
        return "family"
    if len(words) == 1 and _pair(scene.families, surface):
        return "pair"
    if (
        len(words) < 3
        and _THE.search(text, max(0, found.start - 24), found.start)
        and of_family(text, found.end)
    ):
        return "family"
    if len(words) == 1 and whole_family(text, surface, found.start, found.end):
        return "family"
    if len(words) == 1 and not titled and acts_like_a_firm(text, found.end):
        return "company"
    if surface in scene.short_firms and not titled and not known:
        return "short for a firm"
    if counted_in_shares(text, found.start, found.end) or _STOCK.match(text, found.end):
        return "company"
    if (
        len(words) == 1
        and not titled
        and called_a_town(text, surface)
        and not acts_like_a_person(text, found.end)
    ):
        return "place"
    if len(words) == 1 and goods_called(text, found.start):
        return "title of a work"
    if _INITIALS.fullmatch(surface) and _ONE_MORE_INITIAL.match(text, found.end):
        # "F.B" of "F.B.I."
        return "abbreviation"
    if lowered in table.agencies and (not known) and f"{surface} news agency" in text:
        return "news agency"
    if not titled and (between_angles(text, found.start, found.end) or has_ticker(text, found.end)):
        return "company"
    if len(words) == 1 and keys[0] in table.peoples and not titled and of_a_people(scene.context, found):
        return "people"
    if titled or known:
        return None
    if text.startswith(". ", found.end) and f"{lowered}." in roles().short:
        # "Cong" of "Cong. Lind"
        return "office"
    if surface in scene.openers:
        return "company"
    if surface in scene.storms:
        return "storm"
    if surface in scene.deities:
        return "deity"
    if surface in scene.apposed:
        return "said to be a thing"
    if len(words) == 2 and words[0] in {"La", "Los", "Las"} and not SPOKE.match(text, found.end):
        # "La Sele", a team
        return "article"
    place = as_a_place(text, found, keys)
    if place is not None:
        return place
    if surface in table.states and text[max(0, found.start - 2) : found.start] in {
        "- ",
        "– ",
        ", ",
        "D-",
        "R-",
    }:
        return "state"
    if len(words) == 1 and text[found.start - 2 : found.start] == ", " and _OF_STATE.match(text, found.end):
        return "place"
    if len(words) == 1 and keys[0] not in scene.initials and _abbreviation(text, found, keys[0]):
        return "abbreviation"
    if len(words) == 1 and _AND_GROUP.match(text, found.end):
        return "people"
    if len(words) < 3 and home_after_age(scene.context, found, keys):
        return "place"
    if len(words) == 1 and misspelt_month(text, found.start, found.end):
        return "dateline"
    if len(words) < 3 and _opens(scene.layout, found.start) and bare_dateline(text, surface, found.end):
        return "dateline"
    if len(words) == 1 and (common_word(text, surface, found.start) or sign_between(text, found)):
        return "thing"
    if len(words) == 1 and make_of_machine(text, found.start, found.end):
        return "thing"
    if len(words) == 1 and kind_of_person(text, found.start, found.end):
        return "people"
    if stands_for_a_place(text, found):
        return "place"
    if len(words) == 1 and stands_for_a_thing(text, found):
        return "thing"
    if len(words) == 1 and (text.startswith(", where ", found.end) or _with_country(scene, found.start)):
        return "place"
    follow = NEXT.match(text, found.end)
    if surface in scene.places or (
        follow is not None and follow[1] in table.of_place and "'" not in follow[0][:2]
    ):
        return "place"
    if quoted(text, found):
        return None if _CALLED.search(text, max(0, found.start - 16), found.start - 1) else "quoted"
    if (
        previous is not None
        and follow is not None
        and previous[1].lower() in {"a", "an"}
        and follow[1] in {"poll", "survey"}
        and len(words) == 1
    ):
        # "A Harris poll"
        return "definite"
    if len(words) == 1 and _ONE_OF_A_KIND.match(text, found.end) and previous and previous[1] in _ONE:
        # "A Jackdaw, who saw it"
        return "definite"
    if _AILMENT.match(text, found.end, found.end + 80):
        return "thing"
    if previous is not None and previous[1].lower() == "the":
        if len(words) == 1 and not (follow is not None and _unowned(follow[1]).lower() in table.of_person):
            return "definite"
        halves = _HYPHEN.split(surface)
        if len(words) == 1 and len(halves) == 2 and any(fold(half) in scene.families for half in halves):
            # "the Hale-Lind regime"
            return "pair"
        if len(words) > 1 and (follow is None or follow[1] in _FINITE):
            return "definite"
    if len(words) == 1:
        if (
            (keys[0] in scene.firms or nearly_a_firm(keys[0], scene.firms))
            and surface not in scene.titled
            and not _behind(previous, follow)
        ):
            return "short for a firm"
        if _CAMEL.match(surface):
            return "camel case"
        if _OF_OFFICE.search(text, max(0, found.start - 24), found.start):
            return "of an office"
        votes = scene.votes.get(surface)
        if votes:
            against = max((n for label, n in votes.items() if label != "PER"), default=0)
            if against and against >= votes.get("PER", 0):
                return "outvoted"
    return None


_CROWNS = frozenset({"king", "pope", "prince", "queen", "lord"})
"""Surnames as well: "Dr. King", "Ada Pope ... Pope said"."""
_ARTICLES = frozenset({"El", "La", "Los", "Las", "Le", "Les"})
_MANY = frozenset(
    [
        "a",
        "an",
        "the",
        "many",
        "some",
        "most",
        "other",
        "all",
        "several",
        "ethnic",
        "fellow",
        "two",
        "three",
        "four",
    ]
)


def of_a_people(context: Context, found: PersonSpan) -> bool:
    """Whether a people is meant and no family name: "many Sherpa climbers", "a Nepalese Sherpa"."""
    text = context.text
    follow = NEXT.match(text, found.end)
    if follow is not None and follow[0][0] not in "'’" and follow[1] not in names().speech | _FINITE:
        # "Sherpa guides", "Sherpa Everest guide"
        return follow[1][:1].isupper() or follow[1].endswith("s")
    previous = last_word(_PREVIOUS, text, max(0, found.start - 24), found.start)
    if previous is None:
        return False
    return (
        previous[1].lower() in _MANY
        or previous[1].endswith("-old")
        or found.start - 1 in context.country_ends
    )


_LOCATING = re.compile(r"\b(?:in|of|across|throughout|from|to|for)\s(?:the\s)?\Z")


def _with_country(scene: Scene, start: int) -> bool:
    """Whether a name stands after a country and "and", as an island does: "pupils of Fiji and Rotuma"."""
    text = scene.context.text
    country = scene.context.country_ends.get(start - 5) if text.endswith(" and ", 0, start) else None
    if country is None or country.mention_type != "name":
        return False
    return bool(_LOCATING.search(text, max(0, country.start_char - 16), country.start_char))


def _behind(previous: re.Match[str] | None, follow: re.Match[str] | None) -> bool:
    """ "the Lopez campaign": the person behind it, whatever else is called so."""
    return (
        previous is not None
        and previous[1].lower() == "the"
        and follow is not None
        and follow[1] in names().of_politician
    )


def _opens(layout: Layout, start: int) -> bool:
    """Whether a segment begins at ``start``."""
    return bool(layout.segments) and layout.segment_at(start).start == start


_ON_HIS_OWN = re.compile(r"\s[a-z]+\s(?:his|her|him|himself|herself)\b")


def acts_like_a_person(text: str, end: int) -> bool:
    """Whether only a person can do what is said of the name that ends at ``end``.

    >>> acts_like_a_person("Lind moved his court", 4), acts_like_a_person("Lind lies by the sea", 4)
    (True, False)
    """
    return bool(SPOKE.match(text, end, end + 16) or _ON_HIS_OWN.match(text, end, end + 30))


_DOTTED = re.compile(r"(?:[A-Z]\.){3,}")


def _abbreviation(text: str, found: PersonSpan, key: str) -> bool:
    """Whether a word of three to five capitals stands among small letters and is no name."""
    surface = text[found.start : found.end]
    surface = surface.replace(".", "") if _DOTTED.fullmatch(surface) else surface
    if not (2 < len(surface) < 6 and surface.isupper() and surface.isalpha()):
        return False
    table = names()
    if key in table.initials or key in table.chinese or key in table.korean or key in table.vietnamese:
        return False
    around = text[max(0, found.start - 30) : found.start] + text[found.end : found.end + 30]
    return sum(c.islower() for c in around) > 2 * sum(c.isupper() for c in around)


def of_family(text: str, end: int) -> bool:
    """Whether a family follows: "the Gupta brothers"."""
    follow = NEXT.match(text, end)
    return follow is not None and _unowned(follow[1]).lower() in names().of_family


def _unowned(word: str) -> str:
    """A word without its possessive ("the Gupta family's")."""
    return word.removesuffix("'s").removesuffix("’s")


_HYPHEN = re.compile("[-‐‑–]")


def _pair(families: frozenset[str], surface: str) -> bool:
    """ "the Hatch-Dodd bill": two surnames of the article joined by a hyphen."""
    halves = [fold(half) for half in _HYPHEN.split(surface)]
    if len(halves) > 1 and all(half in families for half in halves):
        return True
    # "a Hatt-Scotto-Rodin filing": three surnames of a law.
    return len(halves) > 2 and all(len(half) > 3 and half[0].isupper() for half in surface.split("-"))


def _in_address(surface: str, chunk: str) -> bool:
    """Whether a name, or the characters around it up to the next blanks, are an address on the web."""
    if "." not in chunk and "@" not in chunk and "://" not in chunk:
        return False
    return bool(_WEB.search(surface) or _WEB.search(chunk))


def _chunk(text: str, start: int, end: int) -> str:
    """The characters around a name up to the next blank, at most forty on each side."""
    left, right = text[max(0, start - 40) : start], text[end : end + 40]
    head = left.split()[-1] if left and not left[-1].isspace() else ""
    tail = right.split()[0] if right and not right[0].isspace() else ""
    return head + text[start:end] + tail


def _small_text(text: str) -> bool:
    sample = text[:4000]
    return sum(c.isupper() for c in sample) * 200 < len(sample)
