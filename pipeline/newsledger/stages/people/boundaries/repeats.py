"""Finds the repeats of known names that the classifier missed (rule ``repeat``).

A name found once is found everywhere in the article: in full, and by its family name. A word that another
label covers ("Zelenskiy" called an organisation) is taken back when the article knows a person so called.
A repeat is not taken out of a longer name, and a common word needs more than a capital.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import NameParts, fold
from newsledger.stages.people.boundaries.patterns import LAST_WORD, last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.spans import COMPOUND, extend
from newsledger.stages.people.filters.declared import goods_called, quoted
from newsledger.stages.people.filters.drops import HALF_WORD, Votes
from newsledger.stages.people.filters.firms import after_its_kind
from newsledger.stages.people.filters.longer_names import called_after
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import alternation, names, roles
from newsledger.values.mentions import NameSpan

_CAPITAL_WORD = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*")
_WORD = re.compile(r"[^\W_]+")
_NEXT_WORD = re.compile(r"[ \xa0]([^\W\d_][\w’'-]*)")
_SPEECH = re.compile(rf"\s(?:{alternation(names().speech)})\b")
_SAID = re.compile(rf"\b(?:{alternation(names().speech)})[ \xa0]\Z")
_VERB = re.compile(rf"['’]s\b|\s(?:has|had|was|is|{alternation(names().speech)})\b")
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|to|into|across|outside|via|towards?|around|the)[ \xa0]\Z", re.IGNORECASE
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n]|[.!?]?[\"“”'‘’)\]])\s*[\"“‘(\[]?\Z")
_FIRM_AFTER = re.compile(
    r" [-–] (?:[A-Z][\w.&]* ){0,3}(?:Partners(?:hips?)?|Inc|Corp|Ltd|Plc|PLC|LLC|Group|Holdings)\b"
)
"""After a name with a dash: "Love - PGI Partnerships"."""
_FEW = 100
"""Up to so many words are looked for one by one, which is quicker."""
_MOST = 128
"""Names with the same first word that are looked for at each place (hostile input)."""


@dataclass(frozen=True)
class Ground:
    """The text and what is known of it."""

    context: Context
    layout: Layout
    labelled: Mapping[int, NameSpan]
    spans: IntervalSet
    votes: Votes
    works: frozenset[str]
    titled: frozenset[str]
    """Surfaces of spans of another label that have a title somewhere ("President Vaskiv")."""
    givens: frozenset[str]
    """Given names that stand nowhere alone: a mention only before a verb ("Redwan was a student")."""
    unshared: frozenset[str]
    """Surfaces that are called an organisation, though no longer name of one holds them and nothing says that
    they are a firm."""


@dataclass(frozen=True)
class Place:
    """A place where a known name may stand, with the words around it."""

    start: int
    end: int
    surface: str
    full: bool
    last: re.Match[str] | None
    follow: re.Match[str] | None
    titled: bool
    title_start: int
    heading: bool


def find_repeats(
    context: Context,
    layout: Layout,
    found: Sequence[PersonSpan],
    parts: Sequence[NameParts],
    others: Sequence[NameSpan],
    votes: Votes,
    works: frozenset[str],
    refused: frozenset[int],
) -> list[PersonSpan]:
    """Further mentions of the names in ``found``; those that a full name shows to be cut are made whole.

    At none of ``refused`` is a single name a person's.
    """
    text = context.text
    wanted, givens = _wanted(text, layout, found, parts)
    if not wanted:
        return []
    cover = IntervalSet((f.start, f.end) for f in found)
    at_start = {f.start: f for f in found}
    at_end = {f.end: f for f in found}
    spans = IntervalSet((o.start_char, o.end_char) for o in others)
    titled = _titled_somewhere(context, layout, others, wanted)
    unshared = _unshared(text, others, wanted)
    labelled = {o.start_char: o for o in others}
    ground = Ground(context, layout, labelled, spans, votes, works, titled, givens, unshared)
    more: list[PersonSpan] = []
    reached = 0
    for start, word in _places(text, wanted):
        if start < reached:
            continue
        for target, full in wanted[word]:
            end = start + len(target)
            if not text.startswith(target, start) or _goes_on(text, end):
                continue
            short = at_start.get(start)
            if cover.overlapping(start, end) is not None:
                if (
                    full
                    and short is not None
                    and short.end < end
                    and cover.overlapping(short.end, end) is None
                ):
                    short.end = reached = end
                    short.rules.append("joined")
                    break
                last = at_end.get(end)
                if (
                    full
                    and last is not None
                    and start < last.start
                    and cover.overlapping(start, last.start) is None
                ):
                    # "Germain St. Hale", of whom the classifier read Hale
                    last.start = start
                    last.rules.append("joined")
                    reached = end
                    break
                continue
            if not full and start in refused:
                continue
            if not _is_free(ground, _look(ground, start, end, full)):
                continue
            piece = PersonSpan(start, end, ["repeat"])
            segment = layout.segment_at(start)
            extend(context, piece, max(segment.start, reached), segment.end)
            if cover.overlapping(piece.start, piece.end):
                piece = PersonSpan(start, end, ["repeat"])
            more.append(piece)
            reached = piece.end
            break
    return more


def _places(text: str, wanted: Mapping[str, object]) -> list[tuple[int, str]]:
    """Where in ``text`` the words ``wanted`` stand, and which one."""
    if len(wanted) > _FEW:
        return [(m.start(), m[0]) for m in _CAPITAL_WORD.finditer(text) if m[0] in wanted]
    places = []
    for word in wanted:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                places.append((start, word))
            start = text.find(word, end)
    places.sort()
    return places


def _titled_somewhere(
    context: Context,
    layout: Layout,
    others: Sequence[NameSpan],
    wanted: Mapping[str, Sequence[tuple[str, bool]]],
) -> frozenset[str]:
    surfaces = set()
    for span in others:
        if span.surface in wanted and span.surface not in surfaces:
            stands = before(context, span.start_char, layout.segment_at(span.start_char).start, full=False)
            if stands.addressed or stands.role is not None:
                surfaces.add(span.surface)
    return frozenset(surfaces)


def _unshared(
    text: str, others: Sequence[NameSpan], wanted: Mapping[str, Sequence[tuple[str, bool]]]
) -> frozenset[str]:
    organisations = [span for span in others if span.label == "ORG"]
    unshared = {span.surface for span in organisations if span.surface in wanted}
    for span in organisations if unshared else ():
        if span.surface not in wanted:
            unshared.difference_update(_WORD.findall(span.surface))
        elif after_its_kind(text, span.start_char):
            unshared.discard(span.surface)
    return frozenset(unshared)


def _goes_on(text: str, end: int) -> bool:
    """Whether the word goes on after ``end``: a letter, a digit, a hyphen before one, an address."""
    follow = text[end : end + 2]
    if not follow:
        return False
    if follow[0] in "-‐‑" and follow[1:].isalnum():
        return not COMPOUND.match(text, end)
    return (
        follow[0].isalnum()
        or follow[0] in "_@/\\"
        or (follow[0] in "'’" and HALF_WORD.match(text, end) is not None)
    )


def _wanted(
    text: str, layout: Layout, found: Sequence[PersonSpan], parts: Sequence[NameParts]
) -> tuple[dict[str, list[tuple[str, bool]]], frozenset[str]]:
    """What to look for, by its first capital word: (surface, whether it is a full name), longest first.

    The second value holds given names that stand nowhere alone, which are wanted only before a verb.
    """
    surfaces: dict[str, bool] = {}
    givens: set[str] = set()
    for piece, taken in zip(found, parts, strict=True):
        if layout.zone_at(piece.start) == "byline":
            continue
        surface = text[piece.start : piece.end]
        if len(taken.units) > 1:
            surfaces[surface] = True
            family = taken.units[taken.family] if taken.family is not None else None
            if family is not None and len(family.bare) > 1 and not family.initial:
                surfaces.setdefault(family.text, False)
            given = taken.units[0]
            if taken.family and len(given.key) > 3 and not given.initial and given.key not in names().common:
                givens.add(given.text)
        elif len(surface) > 1:
            surfaces.setdefault(surface, False)
    alone = frozenset(givens - surfaces.keys())
    surfaces.update(dict.fromkeys(sorted(alone), False))
    wanted: dict[str, set[tuple[str, bool]]] = {}
    for surface, full in surfaces.items():
        for form in (surface, surface.upper()):
            match = _CAPITAL_WORD.search(form)
            # "von der Heide" is looked for as "Heide"; its particles are added afterwards.
            if match is None or (match.start() and full):
                continue
            rest = form[match.start() :]
            if len(rest) > 1 and (form is surface or len(rest) > 3):
                wanted.setdefault(match[0], set()).add((rest, full))
    longest = {
        word: sorted(targets, key=lambda item: (-len(item[0]), item))[:_MOST]
        for word, targets in wanted.items()
    }
    return longest, alone


def _look(ground: Ground, start: int, end: int, full: bool) -> Place:
    text = ground.context.text
    last = last_word(LAST_WORD, text, max(0, start - 30), start)
    stands = None
    if ground.spans.overlapping(start, end) is not None or (last is not None and last[1][0].isupper()):
        stands = before(ground.context, start, ground.layout.segment_at(start).start, full=full)
    return Place(
        start=start,
        end=end,
        surface=text[start:end],
        full=full,
        last=last,
        follow=_NEXT_WORD.match(text, end),
        titled=stands is not None and (stands.role is not None or stands.addressed),
        title_start=stands.start if stands is not None else start,
        heading=ground.layout.zone_at(start) == "heading",
    )


def _is_free(ground: Ground, place: Place) -> bool:
    """Whether the words may be the person: not part of another name, no thing, no common word."""
    text, start = ground.context.text, place.start
    before_it = text[start - 1 : start]
    if before_it in {"@", "#", "/", "_", "."} or (
        before_it in {"-", "‐"} and not _after_article(text, start)
    ):
        return False
    if place.surface in ground.givens and not _VERB.match(text, place.end, place.end + 16):
        return False
    if not _spans_allow(ground, place):
        return False
    if place.surface in ground.works and quoted(text, PersonSpan(start, place.end)):
        return False
    if not place.full and (
        goods_called(text, start)
        or _after_determiner(text, place)
        or _common_word(ground, place)
        or _in_longer_name(text, place)
    ):
        return False
    return called_after(text, PersonSpan(start, place.end), ground.layout) is None


def _after_article(text: str, start: int) -> bool:
    """ "al-Masri": the hyphen belongs to the name."""
    return text[max(0, start - 3) : start - 1].lower() in {"al", "el"}


def _spans_allow(ground: Ground, place: Place) -> bool:
    """Whether a span of another label lets the name go."""
    taken = ground.spans.overlapping(place.start, place.end)
    country = ground.context.country_starts.get(place.start)
    is_country = country is not None and country.end_char == place.end
    if taken is None:
        return place.full or place.titled or not is_country
    ends_here = taken[1] in {place.end, place.end + 2}
    if place.full:
        return taken[0] >= place.start and taken[1] <= place.end + 2
    if ground.context.text.startswith("St. ", taken[0]) and not place.full:
        # A city: "in St. Paul".
        return False
    if place.titled and ends_here and place.title_start <= taken[0]:
        return True
    if taken[0] != place.start or taken[1] > place.end + 2:
        return False
    if place.titled:
        return True
    label = ground.labelled[taken[0]].label
    if label in {"MONEY", "DATE"} or is_country:
        return False
    if label == "MISC":
        return place.last is None or place.last[1].lower() != "the"
    tally = ground.votes.get(place.surface, {})
    if label == "NORP" and not tally.get("PER") and place.surface not in ground.titled:
        # "the second Habshi", where somebody is called al-Habshi
        return _like_a_person(ground.context.text, place, tally)
    if label == "ORG" and place.surface in ground.titled:
        return True
    if label == "ORG" and place.surface in ground.unshared:
        # "the Hale murder" may be that of a family, "news from Hale" that of a firm or a town, and a "Hale
        # spokesman" speaks for either.
        if place.follow is not None and place.follow[1].lower() in roles().by_first:
            return _like_a_person(ground.context.text, place, tally)
        return not _LOCATIVE.search(ground.context.text, max(0, place.start - 10), place.start)
    if label in {"LOC", "FAC", "ORG"} and not tally.get("PER"):
        # A place or firm may bear the name; only what it does shows the person.
        return _like_a_person(ground.context.text, place, tally)
    if label in {"LOC", "FAC"}:
        return _like_a_person(ground.context.text, place, tally)
    return True


def _like_a_person(text: str, place: Place, tally: Mapping[str, int]) -> bool:
    """Whether the words around a covered surname speak for a person."""
    if _LOCATIVE.search(text, max(0, place.start - 10), place.start):
        return False
    return tally.get("PER", 0) > 0 or _says(text, place.start, place.end)


def _says(text: str, start: int, end: int) -> bool:
    """Whether a verb of speech stands beside text[start:end]."""
    return bool(_SPEECH.match(text, end, end + 14) or _SAID.search(text, max(0, start - 11), start))


def _after_determiner(text: str, place: Place) -> bool:
    """ "a Santor", "the Santor drink" are things; "the Santor campaign" and "a Santor-led panel" are not."""
    if (
        place.last is None
        or place.last[1].lower() not in {"a", "an", "the"}
        or text[place.end : place.end + 1] == "-"
    ):
        return False
    return place.follow is None or place.follow[1].lower() not in names().of_person


def _common_word(ground: Ground, place: Place) -> bool:
    """A surname that is a common word, where a capital says nothing: "Long before noon ..."."""
    if place.titled or fold(place.surface) not in names().common:
        return False
    if place.heading:
        return True
    text = ground.context.text
    opens = _SENTENCE_START.search(text, max(0, place.start - 6), place.start)
    return bool(opens or place.surface.isupper()) and not _VERB.match(text, place.end, place.end + 16)


def _in_longer_name(text: str, place: Place) -> bool:
    """Whether a capital word beside it, or a people's name after it, makes it part of something else."""
    table = names()
    last, follow = place.last, place.follow
    if (
        last is not None
        and last[1][0].isupper()
        and last[1].lower() not in {"the", "a", "an"}
        and not place.titled
        and not place.heading
    ):
        opens = _SENTENCE_START.search(text, max(0, last.start() - 6), last.start())
        if not (opens and last[1].lower() in table.openers) and fold(last[1]) not in table.calendar:
            return True
    if follow is None:
        return bool(_FIRM_AFTER.match(text, place.end, place.end + 60))
    word = follow[1].removesuffix("'s").removesuffix("’s")
    if word in table.of_place or word in table.of_group or word in table.of_family:
        return True
    capital = follow[1][0].isupper() and not follow[1].isupper() and fold(follow[1]) not in table.calendar
    return capital and not place.heading and not (place.titled and len(follow[1]) < 3)
