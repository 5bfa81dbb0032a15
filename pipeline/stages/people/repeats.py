"""Finds what the classifier missed: repeats of names found elsewhere in the article, and titled names.

A name found once is found everywhere: in full, and by its family name. A word that another label covers
("Zelenskiy" called an organisation) is taken back when the article knows a person so called.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.layout import Layout
from pipeline.mentions import NameSpan
from pipeline.stages.people.drops import HALF_WORD, called_after
from pipeline.stages.people.parts import Parts, fold
from pipeline.stages.people.roles import Before, Context, before
from pipeline.stages.people.spans import COMPOUND, Found, extend
from pipeline.stages.people.tables import alternation, names, roles

_CAPITAL_WORD = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*")
_ADDRESS = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Messrs|Mme|Dr)\b\.?[ \xa0]+(?=[A-Z])")
_NAME_RUN = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:[ \xa0](?:(?:van|von|der|de|bin|al|el|da)[ \xa0])?[^\W\d_a-zß-öø-ÿ][\w’'-]*){0,2}"
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|to|into|across|outside|via|toward|towards|around|the)[ \xa0]\Z", re.IGNORECASE
)
_LAST_WORD = re.compile(r"([^\W_][\w’'.-]*)[ \xa0]\Z")
_NEXT_WORD = re.compile(r"[ \xa0]([^\W\d_][\w’'-]*)")
_SPEECH = re.compile(rf"\s(?:{alternation(names().speech)})\b")
_OFFICES = frozenset({"state", "cabinet", "legislature", "local", "royalty", "military"})
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n]|[.!?]?[\"“”'‘’)\]])\s*[\"“‘(\[]?\Z")


class Cover:
    """Which stretches of the text are taken; look-up by bisection."""

    def __init__(self, taken: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(taken):
            self._starts.append(start)
            self._ends.append(end)

    def at(self, start: int, end: int) -> tuple[int, int] | None:
        """The first taken stretch that overlaps start:end."""
        i = bisect_right(self._starts, start) - 1
        if i >= 0 and self._ends[i] > start:
            return self._starts[i], self._ends[i]
        if i + 1 < len(self._starts) and self._starts[i + 1] < end:
            return self._starts[i + 1], self._ends[i + 1]
        return None


def titled(
    context: Context, layout: Layout, found: Sequence[Found], others: Sequence[NameSpan]
) -> list[Found]:
    """Names the classifier missed or called something else, right after "Mr", "Dr" or an office."""
    text = context.text
    table = roles()
    cover = Cover([(f.start, f.end) for f in found])
    labelled = Cover([(o.start_char, o.end_char) for o in others])
    more: list[Found] = []
    for match in _ADDRESS.finditer(text):
        run = _NAME_RUN.match(text, match.end())
        if run is None or cover.at(match.end(), match.end() + 1):
            continue
        end = run.end()
        words = run[0].split()
        if (
            (words[0].lower(),) in table.field
            or words[0].lower() in table.by_first
            or fold(words[0]) in names().nobody
            or fold(words[0]) in names().brands
            or fold(words[0]) in names().brands
        ):
            continue
        taken = labelled.at(match.end(), end)
        if taken is not None and taken[0] == match.end():
            end = taken[1] if taken[1] <= end else match.end() + len(words[0])
        elif taken is not None or layout.zone_at(match.start()) == "heading" or cover.at(match.end(), end):
            end = match.end() + len(words[0])
        if cover.at(match.end(), end) or (words[0].isupper() and len(words[0]) > 1):
            continue
        end = _without_possessive(text, match.end(), end)
        more.append(Found(match.end(), end, ["address"]))
    for span in others:
        if span.label not in {"ORG", "LOC", "MISC", "FAC"} or cover.at(span.start_char, span.end_char):
            continue
        if span.start_char in context.country_starts or (
            " " in span.surface.strip() and len(span.surface.split()) > 3
        ):
            continue
        last = _LAST_WORD.search(text, max(0, span.start_char - 24), span.start_char)
        if last is None or not last[1][0].isupper() or not _NAME_RUN.fullmatch(span.surface):
            continue
        if span.surface.isupper() and len(span.surface) < 6:
            continue
        floor = layout.segment_at(span.start_char).start if layout.segments else 0
        stands = before(context, span.start_char, floor, full=False)
        if (
            stands.role is None
            or stands.role.field not in _OFFICES
            or stands.role.many
            or _of_before(text, stands, span.start_char)
        ):
            continue
        keys = [fold(w) for w in span.surface.split()]
        if (
            any(k in names().things or k in names().companies or (k,) in table.field for k in keys)
            or "of" in keys
        ):
            continue
        if layout.zone_at(span.start_char) == "heading" or called_after(
            text, Found(span.start_char, span.end_char), layout
        ):
            continue
        more.append(
            Found(span.start_char, _without_possessive(text, span.start_char, span.end_char), ["office"])
        )
    return more


def _of_before(text: str, stands: Before, start: int) -> bool:
    return bool(re.search(r"\b(?:of|for|at|the)\s", text[stands.start : start]))


def _without_possessive(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith(("'s", "’s")) else end


def repeats(
    context: Context,
    layout: Layout,
    found: Sequence[Found],
    parts: Sequence[Parts],
    others: Sequence[NameSpan],
    votes: dict[str, dict[str, int]],
) -> list[Found]:
    """Further mentions of the names in ``found``, wherever they stand in the text."""
    text = context.text
    wanted = _wanted(text, layout, found, parts)
    if not wanted:
        return []
    cover = Cover([(f.start, f.end) for f in found])
    labelled = {o.start_char: o for o in others}
    spans = Cover([(o.start_char, o.end_char) for o in others])
    at_start = {f.start: f for f in found}
    more: list[Found] = []
    reached = 0
    for match in _CAPITAL_WORD.finditer(text):
        targets = wanted.get(match[0])
        if targets is None or match.start() < reached:
            continue
        for target, full in targets:
            start, end = match.start(), match.start() + len(target)
            if not text.startswith(target, start) or _goes_on(text, end):
                continue
            there = cover.at(start, end)
            if there is not None:
                short = at_start.get(start)
                if full and short is not None and short.end < end and cover.at(short.end, end) is None:
                    short.end = end
                    short.rules.append("joined")
                    reached = end
                    break
                continue
            if not _free(context, layout, start, end, full, labelled, spans, votes):
                continue
            piece = Found(start, end, ["repeat"])
            segment = layout.segment_at(start)
            extend(context, piece, max(segment.start, reached), segment.end)
            if cover.at(piece.start, piece.end):
                piece = Found(start, end, ["repeat"])
            more.append(piece)
            reached = piece.end
            break
    return more


def _goes_on(text: str, end: int) -> bool:
    """Whether the word goes on after ``end``: a letter, a digit, a hyphen before one, an address."""
    follow = text[end : end + 2]
    if not follow:
        return False
    if follow[0] in "-‐‑" and follow[1:].isalnum():
        return not COMPOUND.match(text, end)
    return follow[0].isalnum() or follow[0] in "_@/\\" or bool(HALF_WORD.match(text, end))


def _wanted(
    text: str, layout: Layout, found: Sequence[Found], parts: Sequence[Parts]
) -> dict[str, list[tuple[str, bool]]]:
    """What to look for, by its first capital word: (surface, whether it is a full name), longest first."""
    surfaces: dict[str, bool] = {}
    for piece, taken in zip(found, parts, strict=True):
        if layout.zone_at(piece.start) == "byline":
            continue
        surface = text[piece.start : piece.end]
        if len(taken.units) > 1:
            surfaces[surface] = True
            for i, unit in enumerate(taken.units):
                if i == taken.family and len(unit.bare) > 1 and not unit.initial:
                    surfaces.setdefault(unit.text, False)
        elif len(surface) > 1:
            surfaces.setdefault(surface, False)
    wanted: dict[str, list[tuple[str, bool]]] = {}
    for surface, full in surfaces.items():
        for form in (surface, surface.upper()):
            match = _CAPITAL_WORD.search(form)
            if match is not None and (match.start() == 0 or not full):
                rest = form[match.start() :]
                if len(rest) > 1 and (form is surface or len(rest) > 3):
                    wanted.setdefault(match[0], []).append((rest, full))
    return {k: sorted(set(v), key=lambda item: (-len(item[0]), item[0])) for k, v in wanted.items()}


def _free(
    context: Context,
    layout: Layout,
    start: int,
    end: int,
    full: bool,
    labelled: dict[int, NameSpan],
    spans: Cover,
    votes: dict[str, dict[str, int]],
) -> bool:
    """Whether the words at start:end may be the person: not part of another name, no common word."""
    text = context.text
    table = names()
    surface = text[start:end]
    if text[start - 1 : start] in {"@", "#", "/", "_", "-", "‐", "."} and text[start - 1 : start] != "":
        if not (text[start - 1] == "-" and text[start - 3 : start - 1].lower() in {"al", "el"}):
            return False
    taken = spans.at(start, end)
    last = _LAST_WORD.search(text, max(0, start - 30), start)
    stands: Before | None = None
    if (last is not None and last[1][0].isupper()) or taken is not None:
        stands = before(context, start, layout.segment_at(start).start, full=full)
    has_title = stands is not None and (stands.role is not None or stands.addressed)
    if taken is not None and not full:
        span = labelled.get(taken[0])
        exact = taken[0] == start and taken[1] <= end + 2
        inner = (
            span is not None
            and taken[1] in {end, end + 2}
            and has_title
            and stands is not None
            and stands.start <= taken[0]
        )
        if not (exact or inner):
            return False
        tally = votes.get(surface, {})
        label = span.label if span is not None else ""
        if not has_title and exact:
            if label in {"MONEY", "DATE"}:
                return False
            if start in context.country_starts and context.country_starts[start].end_char == end:
                return False
            if label in {"LOC", "FAC"} and not _as_person(text, start, end, tally):
                return False
            if (
                label == "ORG"
                and (tally.get("PER", 0) == 0 and not _as_person(text, start, end, tally))
                and tally.get("ORG", 0) > 2
            ):
                return False
            if label == "MISC" and last is not None and last[1].lower() == "the":
                return False
    elif taken is not None and full:
        if not (taken[0] >= start and taken[1] <= end + 2):
            return False
    elif start in context.country_starts and not has_title and not full:
        return False
    if last is not None and last[1].lower() in {"a", "an", "the"} and not full and text[end : end + 1] != "-":
        follow = _NEXT_WORD.match(text, end)
        if follow is None or follow[1].lower() not in table.of_person:
            return False
    heading = layout.zone_at(start) == "heading"
    if not full and not has_title and not heading:
        opens = bool(_SENTENCE_START.search(text, max(0, start - 6), start))
        key = fold(surface)
        if key in table.common and (opens or text[start:end].isupper()):
            follow = text[end : end + 12]
            if not (
                _SPEECH.match(follow + " ") or follow.startswith(("'s", "’s", " has", " had", " was", " is "))
            ):
                return False
        if last is not None and last[1][0].isupper():
            word = last[1].rstrip(".")
            sentence_word = bool(_SENTENCE_START.search(text, max(0, last.start() - 6), last.start()))
            if not (sentence_word and word.lower() in table.openers) and fold(word) not in names().calendar:
                return False
    if not full and heading and fold(surface) in table.common and not has_title:
        return False
    if not full:
        follow = _NEXT_WORD.match(text, end)
        if follow is not None and (follow[1] in table.of_place or follow[1] in table.of_group):
            return False
        if (
            follow is not None
            and follow[1][0].isupper()
            and not heading
            and fold(follow[1]) not in table.calendar
            and not follow[1].isupper()
        ):
            return has_title and len(follow[1]) < 3
    return called_after(text, Found(start, end), layout) is None


def _as_person(text: str, start: int, end: int, tally: dict[str, int]) -> bool:
    """Whether the words around a covered surname speak for a person."""
    if _LOCATIVE.search(text, max(0, start - 10), start):
        return False
    if tally.get("PER", 0) > 0:
        return True
    around = text[end : end + 14]
    return bool(_SPEECH.match(around)) or bool(
        re.search(r"\b(?:said|added|says)[ \xa0]\Z", text[max(0, start - 8) : start])
    )
