"""Every mention of a country in a text, with the code it stands for and on what basis."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pipeline.layout import Layout, Segment, lay_out
from pipeline.mentions import CountryMention, NameSpan
from pipeline.stages.countries import context
from pipeline.stages.countries.ambiguity import resolve
from pipeline.stages.countries.context import REACH, Place
from pipeline.stages.countries.matcher import Cue, Form, Hit, lexicon, scan
from pipeline.stages.countries.policy import Policy, load_policy
from pipeline.stages.countries.territories import Territory, territories


MentionType = Literal["name", "adjective", "demonym", "abbreviation", "former", "territory", "government"]


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] = (),
    policy: str | Path | Policy | None = None,
    governments: bool = False,
) -> list[CountryMention]:
    """Mentions of countries and territories in ``text``, in text order.

    ``names`` are spans of the token classifier over the same text; they help to tell a person or a longer
    name, and may be left out. ``policy`` is the path of a TOML file that decides disputed and former
    territories (None: the shipped one). ``governments`` adds metonyms such as the Kremlin.

    Codes are None where the text does not tell which country is meant; the keys that stood are in
    ``candidates``.

    >>> [(m.surface, m.iso_alpha3) for m in find("Japan's aid to the Ukrainians, not New Mexico's.")]
    [('Japan', 'JPN'), ('Ukrainians', 'UKR')]
    >>> [(m.iso_alpha3, m.candidates) for m in find("He left Korea.")]
    [(None, ('KOR', 'PRK'))]
    """
    scanned = scan(text)
    if not scanned.hits:
        return []
    if layout is None:
        layout = lay_out(text)
    chosen = load_policy(policy)
    places = list(_places(text, layout, scanned.hits, names))
    places = _without_persons_and_towns(places)
    known = {f.key for p in places for f in p.hit.forms if not context.is_shy(p)}
    languages = {p.surface for p in places if context.is_language(p)}
    mentions: list[CountryMention] = []
    for place in places:
        if context.is_pronoun(place) or context.is_language(place):
            continue
        if place.surface in languages and context.in_language_media(place):
            continue
        if context.is_shy(place) and place.hit.forms[0].key not in known:
            continue
        mention = _mention(place, scanned.cues, chosen, layout)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _places(text: str, layout: Layout, hits: Sequence[Hit], names: Sequence[NameSpan]) -> list[Place]:
    """The hits with what surrounds them; one that crosses a segment's border is no hit."""
    starts = [n.start_char for n in names]
    found: list[Place] = []
    segment: Segment | None = None
    titled = False
    for hit in hits:
        if segment is None or not segment.start <= hit.start < segment.end:
            segment = layout.segment_at(hit.start) if layout.segments else Segment(0, len(text), "body")
            titled = segment.zone == "heading" or _mostly_capitalised(text[segment.start : segment.end])
        if hit.end > segment.end:
            continue
        before = text[max(segment.start, hit.start - REACH) : hit.start]
        after = text[hit.end : min(segment.end, hit.end + REACH)]
        stripped = before.rstrip()
        spans = []
        if names:
            at = bisect_right(starts, hit.start)
            spans = [n for n in names[max(0, at - 3) : at] if n.end_char >= hit.end]
        found.append(
            Place(
                hit,
                text[hit.start : hit.end],
                before,
                after,
                titled,
                not stripped or stripped[-1] in ".!?\"“”'‘:([—–-",
                tuple(spans),
                bool(names),
            )
        )
    return found


def _mostly_capitalised(block: str) -> bool:
    words = [w for w in block[:400].split() if len(w) > 3 and w[0].isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.7 * len(words)


def _without_persons_and_towns(places: list[Place]) -> list[Place]:
    """Drop forms in persons' names and, after one, the bare surname."""
    persons: set[str] = set()
    kept: list[Place] = []
    for place in places:
        if context.is_person(place):
            persons.add(place.surface)
        elif not context.is_town(place):
            kept.append(place)
    bare = persons & lexicon()["surnames"]
    return [p for p in kept if p.surface not in bare] if bare else kept


def _mention(place: Place, cues: Sequence[Cue], policy: Policy, layout: Layout) -> CountryMention | None:
    form = place.hit.forms[0]
    basis = "form"
    key = form.key
    candidates: tuple[str, ...] = ()
    if key.startswith("?"):
        sense = resolve(key[1:], place.hit.start, place.hit.end, cues)
        if sense.key == "none":
            return None
        key, basis, candidates = sense
    territory = territories().get(key)
    own_code: str | None = None
    if territory is not None:
        decision = policy.decision(key)
        if decision == "skip":
            return None
        if decision == "open":
            basis, candidates, territory = "policy: open", territory.claims, None
        elif decision != "own":
            basis, own_code, territory = f"policy: {key}", key, territories()[decision]
        elif territory.kind == "former" or territory.claims:
            basis = "policy: own code" if basis == "form" else basis
    coded = territory
    if territory is not None and territory.parent:
        own_code, coded = territory.key, territories()[territory.parent]
    return CountryMention(
        start_char=place.hit.start,
        end_char=place.hit.end,
        surface=place.surface,
        iso_alpha2=coded.alpha2 if coded else None,
        iso_alpha3=coded.alpha3 if coded else None,
        name=coded.name if coded else _open_name(form),
        mention_type=_mention_type(form, territories().get(key)),
        inside_name=context.is_inside(place),
        basis=basis,
        candidates=candidates,
        zone=layout.zone_at(place.hit.start),
        territory_code=own_code,
    )


def _open_name(form: Form) -> str:
    return form.written


def _mention_type(form: Form, territory: Territory | None) -> MentionType:
    if form.kind == "former" or (territory is not None and territory.kind == "former"):
        return "former"
    named = form.kind in ("name", "abbreviation")
    if named and territory is not None and territory.kind in ("territory", "part", "region"):
        return "territory"
    return form.kind
