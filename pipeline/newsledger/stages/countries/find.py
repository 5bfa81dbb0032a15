"""Every mention of a country in a text, with the code it stands for and on what basis."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from newsledger.document.layout import Layout, Segment, lay_out
from newsledger.lexicons.territories import Territory, territories
from newsledger.stages.countries.ambiguity import Evidence, resolve
from newsledger.stages.countries.governments import find_governments
from newsledger.stages.countries.homonyms import is_shy, is_town
from newsledger.stages.countries.languages import in_language_media, is_bare, is_language
from newsledger.stages.countries.longer_names import inside_flags, state_style
from newsledger.stages.countries.matcher import Form, Hit, scan
from newsledger.stages.countries.persons import is_person
from newsledger.stages.countries.place import REACH, Page, Place
from newsledger.stages.countries.policy import Policy, PolicyLike, load_policy
from newsledger.values import trace
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, NameSpan

MentionType = Literal["name", "adjective", "demonym", "abbreviation", "former", "territory", "government"]


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] = (),
    policy: PolicyLike = None,
    governments: bool = False,
) -> list[CountryMention]:
    """Mentions of countries and territories in ``text``, in text order.

    ``names`` are spans of the token classifier over the same text; they help to tell a person or a longer
    name, and may be left out. ``policy`` decides disputed and former territories: the path of a TOML
    file or a mapping of decisions, laid over the shipped ones (None: these alone). ``governments`` adds
    metonyms such as the Kremlin.

    Codes are None where the text does not tell which country is meant; the keys that stood are in
    ``candidates``.

    >>> [(m.surface, m.iso_alpha3) for m in find("Japan's aid to the Ukrainians, not New Mexico's.")]
    [('Japan', 'JPN'), ('Ukrainians', 'UKR')]
    >>> [(m.iso_alpha3, m.candidates) for m in find("He left Korea.")]
    [(None, ('KOR', 'PRK'))]
    """
    scanned = scan(text)
    if not scanned.hits and not governments:
        return Mentions([], CountryMention)
    if layout is None:
        layout = lay_out(text)
    chosen = load_policy(policy)
    places = list(_places(text, layout, scanned.hits, names))
    places = _without_persons_and_towns(places)
    known = {f.key for p in places for f in p.hit.forms if not is_shy(p)}
    named = {f.key for p in places for f in p.hit.forms if f.kind == "name"}
    languages = Counter(p.surface for p in places if is_language(p))
    evidence = Evidence(scanned.cues)
    kept: list[Place] = []
    for place in places:
        if is_language(place):
            _drop(place, "a language")
            continue
        if languages[place.surface] and in_language_media(place) and place.hit.forms[0].key not in named:
            _drop(place, "a language's press or broadcasts")
            continue
        if languages[place.surface] > 2 and is_bare(place):
            _drop(place, "a language all through the text")
            continue
        if is_shy(place) and place.hit.forms[0].key not in known:
            _drop(place, "an ordinary word too, and nothing else here speaks of the country")
            continue
        kept.append(place)
    found = (
        _mention(place, inside, evidence, chosen, layout)
        for place, inside in zip(kept, inside_flags(kept), strict=True)
    )
    mentions = [mention for mention in found if mention is not None]
    if governments:
        mentions = _with_governments(mentions, text, chosen, layout)
    return Mentions(mentions, CountryMention)


def _with_governments(
    mentions: list[CountryMention], text: str, policy: Policy, layout: Layout
) -> list[CountryMention]:
    """Add the seats of governments that overlap no mention found already."""
    taken = sorted((m.start_char, m.end_char) for m in mentions)
    found = list(mentions)
    for place in find_governments(text):
        at = bisect_right(taken, (place.start, len(text)))
        if any(a < place.end and place.start < b for a, b in taken[max(0, at - 1) : at + 1]):
            continue
        coding = _code(place.key, policy)
        if coding is None:
            continue
        found.append(
            CountryMention(
                start_char=place.start,
                end_char=place.end,
                surface=text[place.start : place.end],
                iso_alpha2=coding.alpha2,
                iso_alpha3=coding.alpha3,
                name=coding.name,
                mention_type="government",
                basis=place.basis,
                candidates=coding.candidates,
                zone=layout.zone_at(place.start),
                territory_code=coding.own_code,
            )
        )
    return sorted(found, key=lambda m: m.start_char)


def _places(text: str, layout: Layout, hits: Sequence[Hit], names: Sequence[NameSpan]) -> list[Place]:
    """The hits with what surrounds them; one that crosses a segment's border is no hit."""
    starts = [n.start_char for n in names]
    page = Page(text)
    found: list[Place] = []
    segment: Segment | None = None
    heading = False
    for hit in hits:
        if segment is None or not segment.start <= hit.start < segment.end:
            segment = layout.segment_at(hit.start) if layout.segments else Segment(0, len(text), "body")
            heading = segment.zone == "heading"
        if hit.end > segment.end:
            continue
        before = text[max(segment.start, hit.start - REACH) : hit.start]
        style = state_style(before) if hit.forms[0].kind == "name" else 0
        if style:
            hit = hit._replace(start=hit.start - style)
            before = before[: len(before) - style]
        after = text[hit.end : min(segment.end, hit.end + REACH)]
        stripped = before.rstrip()
        spans = []
        if names:
            at = bisect_right(starts, hit.start)
            spans = [n for n in names[max(0, at - 3) : at] if n.end_char >= hit.end]
        found.append(
            Place(
                page,
                hit,
                text[hit.start : hit.end],
                before,
                after,
                heading,
                not stripped or stripped[-1] in ".!?\"“”'‘:([—–-",
                tuple(spans),
            )
        )
    return found


def _without_persons_and_towns(places: list[Place]) -> list[Place]:
    """Drop persons' names and towns, and the bare word too where nothing else speaks for the country."""
    reasons: dict[str, str] = {}
    kept: list[Place] = []
    for place in places:
        if is_person(place):
            reasons[place.surface] = "a surname that the article gives in full elsewhere"
            _drop(place, "part of a person's name")
        elif is_town(place):
            reasons[place.surface] = "a town that the article gives with its state elsewhere"
            _drop(place, "a town of that name")
        else:
            kept.append(place)
    spoken_for = {p.hit.forms[0].key for p in kept if p.surface not in reasons}
    left = []
    for place in kept:
        if place.surface in reasons and place.hit.forms[0].key not in spoken_for:
            _drop(place, reasons[place.surface])
        else:
            left.append(place)
    return left


def _drop(place: Place, why: str) -> None:
    trace.note("countries", "dropped", place.hit.start, place.hit.end, why)


class _Coding(NamedTuple):
    """What the policy makes of a territory: codes, name, own code of a part, and claimants left open."""

    alpha2: str | None
    alpha3: str | None
    name: str
    own_code: str | None
    candidates: tuple[str, ...]
    basis: str


def _code(key: str, policy: Policy) -> _Coding | None:
    """The codes of a territory under the policy; None where it skips the territory."""
    own = territories()[key]
    decision = policy.decision(key)
    if decision == "skip":
        return None
    if decision == "open":
        return _Coding(None, None, own.name, None, own.claims or (key,), "policy: open")
    if decision != "own":
        coded = territories()[decision]
        return _Coding(coded.alpha2, coded.alpha3, coded.name, key, (), f"policy: {key}")
    coded = territories()[own.parent] if own.parent else own
    decided = "policy: own code" if own.claims else ""
    return _Coding(coded.alpha2, coded.alpha3, coded.name, key if own.parent else None, (), decided)


def _mention(
    place: Place, inside: bool, evidence: Evidence, policy: Policy, layout: Layout
) -> CountryMention | None:
    form = place.hit.forms[0]
    key, basis = form.key, "form"
    candidates: tuple[str, ...] = ()
    if key.startswith("?"):
        opens = place.opens_sentence or place.titled
        sense = resolve(key[1:], place.hit.start, place.hit.end, evidence, opens=opens)
        if sense.key == "none":
            _drop(place, f"another meaning ({sense.basis})")
            return None
        key, basis, candidates = sense
    coding = _Coding(None, None, form.written, None, candidates, "")
    if key != "open":
        decided = _code(key, policy)
        if decided is None:
            _drop(place, "the country policy skips it")
            return None
        coding = decided
        candidates = coding.candidates or candidates
        basis = coding.basis if coding.basis and basis == "form" else basis
    return CountryMention(
        start_char=place.hit.start,
        end_char=place.hit.end,
        surface=place.surface,
        iso_alpha2=coding.alpha2,
        iso_alpha3=coding.alpha3,
        name=coding.name,
        mention_type=_mention_type(form, territories().get(key)),
        inside_name=inside,
        basis=basis,
        candidates=candidates,
        zone=layout.zone_at(place.hit.start),
        territory_code=coding.own_code,
    )


def _mention_type(form: Form, territory: Territory | None) -> MentionType:
    if form.kind == "former" or (territory is not None and territory.kind == "former"):
        return "former"
    named = form.kind in ("name", "abbreviation")
    if named and territory is not None and territory.kind in ("territory", "part", "region"):
        return "territory"
    return form.kind
