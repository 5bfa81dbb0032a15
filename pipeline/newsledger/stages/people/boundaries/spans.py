"""Corrects the classifier's spans that are cut, joined or missing.

A span is cut down to names (at "and", at a comma or a paragraph's end, after a title), halves of one name are
joined, and a name reaches over what its span left out: particles, initials, the rest of a surname, a suffix.
Every rule has a name and adds it to :attr:`PersonSpan.rules`; the row's ``basis`` shows it: ``split``,
``title``, ``small word``, ``joined``, ``particle``, ``initial``, ``nickname``, ``given name``, ``suffix``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import BLANK, CAPITAL
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import names, roles
from newsledger.values.mentions import CountryMention, NameSpan


def correct_spans(
    text: str, layout: Layout, spans: Iterable[NameSpan], countries: Mapping[int, CountryMention]
) -> list[PersonSpan]:
    """Turn the spans labelled PER into names in text order that neither overlap nor cross a segment."""
    people = sorted((s.start_char, s.end_char) for s in spans if s.label == "PER")
    pieces = [
        piece for start, end in people for piece in split(text, layout, max(0, start), min(len(text), end))
    ]
    trimmed_names = [name for piece in pieces if (name := trimmed(text, piece, countries)) is not None]
    found: list[PersonSpan] = []
    for span in join(text, layout, _separated(text, trimmed_names)):
        floor = found[-1].end if found else 0
        segment = layout.segment_at(span.start)
        # "the Hale-Brazil talks"
        ceiling = span.end if span.end + 1 in countries else segment.end
        span = extended(text, span, max(floor, segment.start), ceiling)
        if span.start >= floor:
            found.append(span)
    return found


def _separated(text: str, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Cut "ADA LIND BO MOE" where the text has both names apart: else every Bo Moe would be Ada Lind."""
    surfaces = [text[span.start : span.end].split() for span in spans]
    full = {fold("".join(words)) for words in surfaces if len(words) > 1}
    pieces: list[PersonSpan] = []
    for span, words in zip(spans, surfaces, strict=True):
        for gap in re.finditer(BLANK, text[span.start : span.end]) if len(words) > 3 else ():
            cut, after = span.start + gap.start(), span.start + gap.end()
            if fold(text[span.start : cut]) in full and fold(text[after : span.end]) in full:
                pieces.append(span.with_bounds("split", end=cut))
                span = span.with_bounds("split", start=after)
                break
        pieces.append(span)
    return pieces


_PLAIN = lazy_regex(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
"""A span of whole words alone, with nothing at its ends or between them that could be wrong."""
_BREAK = lazy_regex(
    r"\s*(?:\s(?:and|&|und|or|—)\s|(?<!\b[AE]l)\s[-–]\s|--+|[;/|\t]|,(?!\s*(?:Jr|Sr|II|III|IV)\b))\s*"
)
_TRIM_LEFT = lazy_regex(r"[\s,;:.!?*|/\\<>@#&–—\-_¬•·)\]]+")
_TRIM_RIGHT = lazy_regex(
    rf"(?:['’`´]s| (?:{any_of(names().post_nominals)})|[\s,;:!?'’‘“”\"`*|/\\<>@#&–—\-_])+\Z"
)
_OPENING = {"’": "‘", "”": "“", '"': '"', "'": "'"}
_SMALL_END = lazy_regex(rf"(?<=[^\W\d_A-Z.]){BLANK}(?:[a-z][\w’']*|(?:in|on|since|until){BLANK}[A-Z]\w+)\Z")
_SMALL_WORD = lazy_regex(rf"([a-zß-öø-ÿ]\w*){BLANK}+(?={CAPITAL})")
_WORD = lazy_regex(r"[^\W\d_](?:[^\W_]|['’.\-‘](?=[^\W_]))*\.?")


def split(text: str, layout: Layout, start: int, end: int) -> list[PersonSpan]:
    """Cut a span at segment borders, at "and", at a comma or a slash."""
    if _PLAIN.fullmatch(text, start, end) and layout.segment_at(start).end >= end:
        return [PersonSpan(start, end)]
    breaks = [match.span() for match in _BREAK.finditer(text, start, end)]
    lefts, rights = [start, *(b for _, b in breaks)], [*(a for a, _ in breaks), end]
    pieces = [
        piece
        for left, right in zip(lefts, rights, strict=True)
        for piece in _within_segments(layout, left, right)
    ]
    rules = ("split",) if len(pieces) > 1 else ()
    return [PersonSpan(left, right, rules) for left, right in pieces]


def _within_segments(layout: Layout, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of start:end that lie in one segment each."""
    pieces = []
    while start < end:
        stop = layout.segment_at(start).end
        if stop <= start:
            start += 1  # between two segments
            continue
        pieces.append((start, min(stop, end)))
        start = stop
    return pieces


def trimmed(text: str, span: PersonSpan, countries: Mapping[int, CountryMention]) -> PersonSpan | None:
    """The span without words that are not part of the name, such as a leading "Canadian"; None if empty."""
    if not _PLAIN.fullmatch(text, span.start, span.end):
        span = _past_small_words(text, _before_small_word(text, _without_punctuation(text, span)))
    start = _after_titles(text, span.start, span.end)
    if start > span.start:
        span = span.with_bounds("title", start=start)
    country = countries.get(span.start)
    if country is not None and text.count(" ", country.end_char, span.end) > 1:
        span = span.with_bounds("title", start=country.end_char + 1)
    return span if span.start < span.end and not _is_title(text, span) else None


def _without_punctuation(text: str, span: PersonSpan) -> PersonSpan:
    """Take blanks, punctuation and a possessive off both ends, but no mark that closes a nickname."""
    before = _TRIM_LEFT.match(text, span.start, span.end)
    if before is not None:
        span = span.with_bounds(start=before.end())
    match = _TRIM_RIGHT.search(text, span.start, span.end)
    opening = _OPENING.get(text[span.end - 1])
    if match is None or (opening is not None and opening in text[span.start : span.end - 1]):
        return span
    return span.with_bounds(end=match.start())


def _before_small_word(text: str, span: PersonSpan) -> PersonSpan:
    """Leave out a last word in small letters ("Lopez w"), "in May" too, but not where none are capitals."""
    match = _SMALL_END.search(text, max(span.start, span.end - 24), span.end)
    if match is None or fold(match[0]) in names().particles or text[span.start : span.end].islower():
        return span
    return span.with_bounds(end=match.start())


def _past_small_words(text: str, span: PersonSpan) -> PersonSpan:
    """Step over words in small letters before the name that are no particles ("lia Maria Lopez")."""
    match = _SMALL_WORD.match(text, span.start, span.end)
    while match is not None and fold(match[1]) not in names().particles:
        span = span.with_bounds("small word", start=match.end())
        match = _SMALL_WORD.match(text, span.start, span.end)
    return span


def _is_title(text: str, span: PersonSpan) -> bool:
    """Whether a span is a title and no name: "Mr" alone, "Amb" in "Amb. Nora Hale"."""
    key = fold(text[span.start : span.end])
    table = roles()
    titled = key in table.honorifics or key in table.short
    return titled or ((key,) in table.styles and key not in names().ambiguous_titles)


def _after_titles(text: str, start: int, end: int) -> int:
    """Where the name begins after forms of address and roles ("President Biden", "Mr Kato")."""
    words = list(_WORD.finditer(text, start, end))
    at = 0
    while at < len(words) - 1:
        given = words[at][0].lower() in names().ambiguous_titles
        size = 0 if given else _title_size([match[0] for match in words[at:]])
        if not size:
            break
        at += size
    return words[at].start() if at else start


def _title_size(words: list[str]) -> int:
    """How many of ``words`` are a form of address or a role before a name."""
    table = roles()
    key = words[0].lower().rstrip(".")
    if key in table.honorifics:
        return 1
    for phrase in table.by_first.get(table.short.get(key, (key,))[0], ()):
        if phrase in table.small:
            continue
        written: tuple[str, ...] = ()
        size = 0
        while len(written) < len(phrase) and size < len(words):
            key = words[size].lower().rstrip(".")
            written += table.short.get(key, (key,))
            size += 1
        if written == phrase and size < len(words):
            return size
    return 0


_SMALL = any_of(names().joining_particles)
_PARTICLES = lazy_regex(
    rf"{BLANK}+(?:(?:{_SMALL}){BLANK}+){{1,3}}(?:(?:{any_of(names().arabic_articles)})-)?"
)
_GAP = lazy_regex(
    rf"{BLANK}+|[)\]]{BLANK}|[-‐‑]{BLANK}?|{BLANK}[-‐‑]|(?<=\b[AE]l) - "
    rf"|{BLANK}+(?:[A-Z]\.?{BLANK}+){{1,2}}|(?<=\b[A-Z])\.{BLANK}?"
)
"""What may lie between two halves of a name."""
_INITIAL_END = lazy_regex(r"(?:[A-Z]\.? ?){1,2}\Z")
_NICKNAME = lazy_regex(rf"\.?{BLANK}[(\"“]{{1,2}}[A-Z][\w’'. -]{{1,24}}[\"”)]{{1,2}}{BLANK}(?={CAPITAL})")


def join(text: str, layout: Layout, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Join neighbours that are one name cut in two: at a particle, an initial, a hyphen, a nickname."""
    joined: list[PersonSpan] = []
    for span in spans:
        if len(joined) > 1 and _nickname_between(text, joined[-2], span):
            joined.pop()
        rule = _joining_rule(text, layout, joined[-1], span) if joined else None
        if rule is None:
            joined.append(span)
        else:
            joined[-1] = joined[-1].with_bounds(rule, *span.rules, end=span.end)
    return joined


def _joining_rule(text: str, layout: Layout, last: PersonSpan, span: PersonSpan) -> str | None:
    far = not last.end <= span.start <= last.end + 40
    if far or "split" in span.rules or layout.segment_at(last.start) != layout.segment_at(span.start):
        return None
    left, right = text[last.start : last.end], text[span.start : span.end]
    if _PARTICLES.fullmatch(text, last.end, span.start):
        return "particle"
    if _nickname_between(text, last, span):
        return "nickname"
    if not _GAP.fullmatch(text, last.end, span.start):
        return None
    two_names = " " in left and " " in right and not _INITIAL_END.search(left)
    return None if two_names else "joined"


def _nickname_between(text: str, last: PersonSpan, span: PersonSpan) -> bool:
    """Whether a nickname stands between two halves of a name, or opens the second ("Ada", "Maria) Hale")."""
    nickname = _NICKNAME.match(text, last.end)
    if nickname is None or nickname.end() >= span.end:
        return False
    return span.start < nickname.end() or (span.start == nickname.end() and "(" not in nickname[0])


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


def extended(text: str, span: PersonSpan, floor: int, ceiling: int) -> PersonSpan:
    """Let a name reach over what its span left out, between ``floor`` and ``ceiling``."""
    span = _over_particle_or_initial(text, _over_given_name(text, span, floor), floor)
    for extend_right in (_over_hyphen, _over_particle, _over_suffix):
        span = extend_right(text, span, ceiling)
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
