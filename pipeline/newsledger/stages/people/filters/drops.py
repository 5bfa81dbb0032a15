"""Drops what is plainly no person, each by a named rule.

The rules look at the span (a firm's ending, a digit), at the words around it ("Kennedy Airport", "the
Sangh", "in Amethi") and at how the rest of the article uses the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.declared import goods_called, quoted
from newsledger.stages.people.filters.firm_names import has_ticker
from newsledger.stages.people.filters.firm_signs import (
    between_angles,
)
from newsledger.stages.people.filters.firms import nearly_a_firm, well_known
from newsledger.stages.people.filters.longer_names import called_after
from newsledger.stages.people.filters.things import pair_of_a_body
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import alternation, names

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
_HAS_LETTER = re.compile(_LETTER)
_PREVIOUS = re.compile(rf"({_LETTER}[\w’'.-]*)[ \xa0]\Z")
_WEB = re.compile(r"@|://|www\.|[a-z]\.(?:com|org|net|gov|html?)\b", re.IGNORECASE)
HALF_WORD = re.compile(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_DYNASTY = re.compile(
    r" [\"“‘']?(?:family|families|dynasty|dynasties|clan|cartel|brothers|sisters|siblings|twins)\b"
)
_IN_SERIES = re.compile(
    r"(?:(?:, |,? and (?:the )?|/)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?){0,3}(?:-era)?"
    rf"[ \xa0](?i:{alternation(names().of_person)})s?(?![^\W_])"
)
"""After "the" and a name: what is a person's, perhaps of several ("the Hale, Moe and Lind governments")."""
_DISEASE = re.compile(r"['’]s(?:, an?)? (?:[a-z-]+ ){0,3}(?:[Dd]isease|[Ss]yndrome)\b")
_CALLED = re.compile(rf"\b(?:{alternation(names().called)})\s+(?:the\s+)?\Z", re.IGNORECASE)


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
    if text[found.start - 1 : found.start] == "@" or _in_address(_chunk(text, found.start, found.end)):
        return "web address"
    if text.startswith(("'", "’"), found.end) and HALF_WORD.match(text, found.end):
        return "half a word"
    lowered = " ".join(keys)
    if not titled and not known and well_known(surface):
        return "company"
    if lowered in table.nobody:
        surname = lowered in _CROWNS and (titled or known)
        if not surname or text.endswith((" the ", "The "), 0, found.start):
            return "nobody"
    if lowered in table.agencies and not titled and not known:
        return "news agency"
    if lowered in table.newspapers and not titled and not known:
        return "newspaper"
    if keys[-1] in table.companies and len(keys) > 1 and words[-1][:1].isupper() and len(keys[-1]) > 1:
        return "company"
    if len(keys) > 1 and keys[-1] in table.sure_things and words[-1][:1].isupper():
        return "thing"
    country = scene.context.country_ends.get(found.end)
    if country is not None and country.start_char == found.start and not titled and not known:
        return "country"
    rule = called_after(text, found, scene.layout)
    if rule is not None:
        return rule
    previous = last_word(_PREVIOUS, text, max(0, found.start - 24), found.start)
    if previous is not None and not titled and not previous[1].endswith("."):
        word = fold(previous[1])
        if (
            word in table.before
            and previous[1][:1].isupper()
            and not (word in {"san", "santa", "real", "team", "club"} and known)
        ):
            return "place or ship"
    if surface in scene.works and quoted(text, found):
        return "title of a work"
    if keys[0] in table.sure_places and len(words) > 1 and words[0][:1].isupper():
        return "place or ship"
    if len(words) == 1 and _DYNASTY.match(text, found.end):
        return "family"
    if len(words) == 1 and _pair(scene.families, surface):
        return "pair"
    if surface in scene.short_firms and not titled and not known:
        return "short for a firm"
    if len(words) == 1 and _DISEASE.match(text, found.end, found.end + 60):
        return "thing"
    if len(words) == 1 and goods_called(text, found.start):
        return "title of a work"
    if not titled and (between_angles(text, found.start, found.end) or has_ticker(text, found.end)):
        return "company"
    if titled or known:
        return None
    if surface in scene.openers:
        return "company"
    if surface in scene.storms:
        return "storm"
    if surface in scene.deities:
        return "deity"
    if surface in scene.apposed:
        return "said to be a thing"
    if len(words) == 1 and keys[0] not in scene.initials and _abbreviation(text, found, keys[0]):
        return "abbreviation"
    if surface in scene.places:
        return "place"
    if pair_of_a_body(text, found):
        return "thing"
    if quoted(text, found):
        return None if _CALLED.search(text, max(0, found.start - 16), found.start - 1) else "quoted"
    if previous is not None and previous[1].lower() == "the":
        if len(words) == 1 and not _IN_SERIES.match(text, found.end, found.end + 80):
            return "definite"
        halves = _HYPHEN.split(surface)
        if len(words) == 1 and len(halves) == 2 and any(fold(half) in scene.families for half in halves):
            # "the Hale-Lind regime"
            return "pair"
    if len(words) == 1:
        if (keys[0] in scene.firms or nearly_a_firm(keys[0], scene.firms)) and surface not in scene.titled:
            return "short for a firm"
        votes = scene.votes.get(surface)
        if votes:
            against = max((n for label, n in votes.items() if label != "PER"), default=0)
            if against and against >= votes.get("PER", 0):
                return "outvoted"
    return None


_CROWNS = frozenset({"king", "pope", "prince", "queen", "lord"})
"""Surnames as well: "Dr. King", "Ada Pope ... Pope said"."""


def _abbreviation(text: str, found: PersonSpan, key: str) -> bool:
    """Whether a word of three to five capitals stands among small letters and is no name."""
    surface = text[found.start : found.end]
    if not (2 < len(surface) < 6 and surface.isupper() and surface.isalpha()):
        return False
    table = names()
    if key in table.initials or key in table.chinese or key in table.korean or key in table.vietnamese:
        return False
    around = text[max(0, found.start - 30) : found.start] + text[found.end : found.end + 30]
    return sum(c.islower() for c in around) > 2 * sum(c.isupper() for c in around)


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


def _in_address(chunk: str) -> bool:
    """Whether a name, or the characters around it up to the next blanks, are an address on the web."""
    if "." not in chunk and "@" not in chunk and "://" not in chunk:
        return False
    return bool(_WEB.search(chunk))


def _chunk(text: str, start: int, end: int) -> str:
    """The characters around a name up to the next blank, at most forty on each side."""
    left, right = text[max(0, start - 40) : start], text[end : end + 40]
    head = left.split()[-1] if left and not left[-1].isspace() else ""
    tail = right.split()[0] if right and not right[0].isspace() else ""
    return head + text[start:end] + tail
