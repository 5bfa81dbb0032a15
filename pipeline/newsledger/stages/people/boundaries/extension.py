"""Lets a name reach over what its span left out: particles, initials, the rest of a surname, a suffix."""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.patterns import BLANK
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import names, roles

_SMALL = any_of(names().joining_particles)
_EITHER = any_of([*names().joining_particles, *(p.capitalize() for p in names().joining_particles)])
_ARTICLE = any_of(names().arabic_articles)

COMPOUND = lazy_regex(rf"[-‐‑](?:{any_of(names().compound_endings)})\b")
"""What a name may be joined to by a hyphen without being part of a longer name: "Lopez-led"."""
_LEFT_PARTICLE = lazy_regex(rf"(?<![\w'’-])(?:(?:(?:{_EITHER}){BLANK}){{1,3}}|(?i:{_ARTICLE})[-‐‑])\Z")
_LEFT_INITIAL = lazy_regex(r"(?<![^\s(“\"‘])(?:(?:[A-Z]\. ?){1,3}|[A-Z] (?:[A-Z] )?|[A-HJ-Z]{2} )\Z")
_TITLES = any_of(title.capitalize() for title in names().given_name_titles)
_LEFT_GIVEN = lazy_regex(rf"([^\W\d_]+){BLANK}((?:{_TITLES}){BLANK})\Z")
_RIGHT_HYPHEN = lazy_regex(r"[-‐‑][^\W\d_a-zß-öø-ÿ][\w’']*(?:[-‐‑][^\W\d_][\w’']*)?")
_RIGHT_PARTICLE = lazy_regex(
    rf"{BLANK}(?:(?:(?:{_SMALL}){BLANK}){{1,3}}(?:(?:{_ARTICLE})-)?|(?:{_ARTICLE})-|[dDlL]['’])"
    r"[A-Z](?:[\w-]|['’](?!s\b)(?=\w))*"
)
_SUFFIX = lazy_regex(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV|VI{1,3}|IX|X(?:I{1,3}|IV|VI{0,3}|IX))(?!\w)")
_SHORT_SUFFIX = lazy_regex(r" (?:Jr|Sr)\Z")
_CLOSED_NICKNAME = lazy_regex(r"[^\"“”\n]{1,30}[\"”]\s")


def extended(text: str, span: PersonSpan, floor: int, ceiling: int) -> PersonSpan:
    """Let a name reach over what its span left out, between ``floor`` and ``ceiling``."""
    for extend_left in (_over_given_name, _over_particle_or_initial):
        span = extend_left(text, span, floor)
    for extend_right in (_over_hyphen, _over_particle, _over_suffix):
        span = extend_right(text, span, ceiling)
    return span


def open_quote(text: str, span: PersonSpan) -> PersonSpan:
    """Take in the quotation mark before a nickname that the name begins with ("“Butch” Hale")."""
    opened = text[span.start - 1 : span.start] in {'"', "“"}
    if opened and _CLOSED_NICKNAME.match(text, span.start, span.end):
        return span.with_bounds(start=span.start - 1)
    return span


def _over_given_name(text: str, span: PersonSpan, floor: int) -> PersonSpan:
    """Take in a title that is a given name where an office or a firm stands before it ("CEO Dean Brown")."""
    match = _LEFT_GIVEN.search(text, max(floor, span.start - 60), span.start)
    holders = roles().by_last.keys() | names().thing_words | roles().institutions if match else ()
    if match is None or match[1].lower() not in holders:
        return span
    return span.with_bounds("given name", start=match.start(2))


def _over_particle_or_initial(text: str, span: PersonSpan, floor: int) -> PersonSpan:
    """Take in particles or initials before a name ("von der" Heide, "J.K." Rowan)."""
    window = text[max(floor, span.start - 24) : span.start]
    if window[-1:] not in {" ", "\xa0", ".", "-", "‐", "‑"}:
        return span
    match = _LEFT_PARTICLE.search(window)
    if match:
        return span.with_bounds("particle", start=span.start - len(match[0]))
    match = _LEFT_INITIAL.search(window)
    if match and _initials_belong(match[0], text[span.start : span.end]):
        return span.with_bounds("initial", start=span.start - len(match[0]))
    return span


def _initials_belong(initials: str, surface: str) -> bool:
    """Whether initials before a surname are its own: no numbering, no word like "US"."""
    plain = re.sub(r"[^A-Z]", "", initials)
    if plain in names().not_initials or (" " in surface and len(plain) > 1):
        return False
    return "." in initials or initials[0] not in "AI"


def _over_hyphen(text: str, span: PersonSpan, ceiling: int) -> PersonSpan:
    """Take in the rest of a name with a hyphen ("Min"-Seo), but not of "Lopez-led"."""
    match = _RIGHT_HYPHEN.match(text, span.end, ceiling)
    if match is None or COMPOUND.match(text, span.end):
        return span
    return span.with_bounds("joined", end=match.end())


def _over_particle(text: str, span: PersonSpan, ceiling: int) -> PersonSpan:
    """Take in a surname after particles in small letters ("Daniel" arap Moro)."""
    match = _RIGHT_PARTICLE.match(text, span.end, ceiling)
    return span.with_bounds("particle", end=match.end()) if match else span


def _over_suffix(text: str, span: PersonSpan, ceiling: int) -> PersonSpan:
    """Take in "Jr.", "III" after a name, and the dot after "Jr"."""
    match = _SUFFIX.match(text, span.end, ceiling)
    if match and not ("," in match[0] and match[0].strip(" ,.").isupper()):
        span = span.with_bounds("suffix", end=match.end())
    if _SHORT_SUFFIX.search(text, span.start, span.end) and text.startswith(".", span.end, ceiling):
        span = span.with_bounds(end=span.end + 1)
    return span
