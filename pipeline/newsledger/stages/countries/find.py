"""Finds the country mentions of a text, with their codes and the basis of each decision."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from newsledger.document.layout import Layout, lay_out
from newsledger.lexicons.territories import Territory, territories
from newsledger.stages.countries.ambiguity import Evidence, Sense, resolve
from newsledger.stages.countries.further import Further, find_codes, find_governments
from newsledger.stages.countries.gazetteer import Form, Hit, scan
from newsledger.stages.countries.longer_names import flag_longer_names
from newsledger.stages.countries.occurrence import (
    CONTEXT_CHARS,
    Occurrence,
    ends_phrase,
    is_acronym,
    is_language,
    is_noun,
    is_person,
    is_town,
    lacks_determiner,
    state_form_length,
)
from newsledger.stages.countries.policy import Coding, Policy, PolicyLike, code, load_policy
from newsledger.values import trace
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, MentionType, NameSpan


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] = (),
    policy: PolicyLike = None,
    governments: bool = False,
) -> Mentions[CountryMention]:
    """Mentions of countries and territories in ``text``, in text order.

    ``names`` are the optional spans of the names stage in the same text, as evidence of people and longer
    names. ``policy`` decides disputed and former territories: the path of a TOML file or a mapping of
    decisions, which override the shipped ones. ``governments`` adds metonyms such as the Kremlin.

    Codes are None if the text does not decide between countries; ``candidates`` then lists them.

    >>> [(m.surface, m.iso_alpha3) for m in find("Japan's aid to the Ukrainians, not New Mexico's.")]
    [('Japan', 'JPN'), ('Ukrainians', 'UKR')]
    >>> [(m.iso_alpha3, m.candidates) for m in find("He left Korea.")]
    [(None, ('KOR', 'PRK'))]
    """
    view = (layout or lay_out(text)).view
    text, layout, names = view.text, view.layout, view.read(names)
    hits, cues = scan(text)
    chosen = load_policy(policy)
    occurrences = _without_namesakes(_occurrences(text, layout, hits, names))
    occurrences = _without_other_words(occurrences)
    evidence = Evidence(cues)
    found = (
        _mention(occurrence, inside, evidence, chosen, layout)
        for occurrence, inside in zip(occurrences, flag_longer_names(occurrences), strict=True)
    )
    mentions = [mention for mention in found if mention is not None]
    further = [*find_codes(text), *(find_governments(text) if governments else ())]
    mentions = _with_further(mentions, further, text, chosen, layout)
    return Mentions(view.written(mentions), CountryMention)


def _occurrences(
    text: str, layout: Layout, hits: Sequence[Hit], names: Sequence[NameSpan]
) -> list[Occurrence]:
    """The hits in their contexts; one that crosses a segment's border is left out."""
    starts = [n.start_char for n in names]
    found: list[Occurrence] = []
    for hit in hits:
        segment = layout.segment_at(hit.start)
        if hit.end > segment.end:
            continue
        before = text[max(segment.start, hit.start - CONTEXT_CHARS) : hit.start]
        added = state_form_length(before) if hit.forms[0].kind == "name" else 0
        if added:
            hit = hit._replace(start=hit.start - added)
            before = before[:-added]
        stripped = before.rstrip()
        at = bisect_right(starts, hit.start)
        found.append(
            Occurrence(
                text=text,
                hit=hit,
                surface=text[hit.start : hit.end],
                before=before,
                after=text[hit.end : min(segment.end, hit.end + CONTEXT_CHARS)],
                heading=segment.zone == "heading",
                opens_sentence=not stripped or stripped[-1] in ".!?\"“”'‘([:—–-",
                spans=tuple(n for n in names[max(0, at - 3) : at] if n.end_char >= hit.end),
            )
        )
    return found


def _without_namesakes(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Drop names of persons and towns, and their repetitions without other evidence of the country."""
    reasons: dict[str, str] = {}
    kept: list[Occurrence] = []
    for occurrence in occurrences:
        if is_person(occurrence):
            reasons[occurrence.surface] = "a surname that the article gives in full elsewhere"
            _drop(occurrence, "part of a person's name")
        elif is_town(occurrence):
            reasons[occurrence.surface] = "a town that the article gives with its state elsewhere"
            _drop(occurrence, "a town of that name")
        elif is_acronym(occurrence):
            _drop(occurrence, "an act's acronym")
        else:
            kept.append(occurrence)
    supported = {o.key for o in kept if o.surface not in reasons}
    left = []
    for occurrence in kept:
        if occurrence.surface in reasons and occurrence.key not in supported:
            _drop(occurrence, reasons[occurrence.surface])
        else:
            left.append(occurrence)
    return left


def _without_other_words(occurrences: list[Occurrence]) -> list[Occurrence]:
    """Drop names of languages, and name-like demonyms without other evidence of the country."""
    known = {f.key for o in occurrences for f in o.hit.forms if not lacks_determiner(o)}
    spoken = [is_language(o) for o in occurrences]
    languages = Counter(o.surface for o, said in zip(occurrences, spoken, strict=True) if said)
    kept = []
    for occurrence, said in zip(occurrences, spoken, strict=True):
        if said:
            _drop(occurrence, "a language")
        elif languages[occurrence.surface] > 2 and ends_phrase(occurrence.after):
            _drop(occurrence, "a language all through the text")
        elif occurrence.key not in known:
            _drop(occurrence, "an ordinary word too, and nothing else here speaks of the country")
        else:
            kept.append(occurrence)
    return kept


def _drop(occurrence: Occurrence, why: str) -> None:
    trace.note("countries", "dropped", occurrence.hit.start, occurrence.hit.end, why)


def _mention(
    occurrence: Occurrence, inside: bool, evidence: Evidence, policy: Policy, layout: Layout
) -> CountryMention | None:
    """The mention of a form in the sense taken; None if that is none, or the policy skips it."""
    hit = occurrence.hit
    form = hit.forms[0]
    sense = Sense(form.key, "form", ())
    if form.key.startswith("?"):
        opens = occurrence.opens_sentence or occurrence.in_title_case
        sense = resolve(form.key[1:], hit.start, hit.end, evidence, opens=opens)
        if sense.key == "none":
            _drop(occurrence, f"another meaning ({sense.basis})")
            return None
    coding = Coding(form.written) if sense.key == "open" else code(sense.key, policy)
    if coding is None:
        _drop(occurrence, "the country policy skips it")
        return None
    mention_type = _mention_type(form, territories().get(sense.key))
    if mention_type == "adjective" and not inside and is_noun(occurrence):
        mention_type = "demonym"
    mention = _coded(occurrence.surface, hit.start, coding, mention_type, coding.basis or sense.basis, layout)
    return replace(mention, inside_name=inside, candidates=coding.candidates or sense.candidates)


def _coded(
    surface: str, start: int, coding: Coding, mention_type: MentionType, basis: str, layout: Layout
) -> CountryMention:
    """A mention with the codes of its territory."""
    return CountryMention(
        start_char=start,
        end_char=start + len(surface),
        surface=surface,
        iso_alpha2=coding.alpha2,
        iso_alpha3=coding.alpha3,
        name=coding.name,
        mention_type=mention_type,
        basis=basis,
        candidates=coding.candidates,
        zone=layout.zone_at(start),
        territory_code=coding.own_code,
    )


def _mention_type(form: Form, territory: Territory | None) -> MentionType:
    kind = territory.kind if territory else ""
    if kind == "former":
        return "former"
    if form.kind in ("name", "abbreviation") and kind in ("territory", "part", "region"):
        return "territory"
    return form.kind


def _with_further(
    mentions: list[CountryMention], further: Sequence[Further], text: str, policy: Policy, layout: Layout
) -> list[CountryMention]:
    """Add codes in results and seats of governments that overlap no mention found already."""
    taken = [(m.start_char, m.end_char) for m in mentions]
    found = list(mentions)
    for start, end, key, basis, mention_type in further:
        at = bisect_right(taken, (start, len(text)))
        overlaps = any(a < end and start < b for a, b in taken[max(0, at - 1) : at + 1])
        coding = None if overlaps else code(key, policy)
        if coding is not None:
            found.append(_coded(text[start:end], start, coding, mention_type, basis, layout))
    return sorted(found, key=lambda m: m.start_char)
