"""Finds names that the classifier missed or mislabelled, by the office or byline before them.

"They asked Mr Fordham to leave" names a person whatever the classifier says of Fordham (rule ``address``);
"President Carver" does where it says that Carver is an organisation or a place, and so does "the cosmonaut
Ada Lind" where the words alone are a name's, without any that a body or a place is called by (rule
``office``). Who follows "By" in a byline signs the article (rule ``byline``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import CAPITAL, LAST_WORD, last_word
from newsledger.stages.people.boundaries.person_span import IntervalSet, PersonSpan
from newsledger.stages.people.roles.descriptions import after
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import names, roles
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_SMALL = any_of(names().joining_particles)


def names_after_titles(
    context: Context, layout: Layout, found: Sequence[PersonSpan], others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """Further names, none of which overlaps one of ``found``; ``others`` are spans not labelled PER."""
    taken = IntervalSet((f.start, f.end) for f in found)
    mislabelled = (
        PersonSpan(span.start_char, span.end_char, (rule,))
        for span in others
        if span.label in _LABELS
        and span.start_char not in context.country_starts
        and not taken.overlapping(span.start_char, span.end_char)
        and (rule := _rule(context, layout, span)) is not None
    )
    return [*_after_address(context.text, taken, others), *mislabelled]


_LABELS = frozenset({"ORG", "LOC", "FAC", "MISC"})
_ADDRESS = lazy_regex(r"(?:M(?<!\wM)(?:rs?|s|essrs|me)|D(?<!\wD)r)\b\.?[ \xa0]+(?=[A-Z])")
"""The letters stand first, so that the search leaps from capital to capital."""
_WORD = rf"{CAPITAL}(?:[\w-]|['’](?!s\b)(?=\w))*"
_WORDS = lazy_regex(rf"{_WORD}(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{_WORD}){{0,2}}")


def _after_address(text: str, taken: IntervalSet, others: Sequence[NameSpan]) -> Iterator[PersonSpan]:
    """Names after "Mr", "Mrs", "Dr", whatever their label."""
    labelled = IntervalSet((o.start_char, o.end_char) for o in others)
    for match in _ADDRESS.finditer(text):
        start = match.end()
        name = _WORDS.match(text, start)
        if name is None or taken.overlapping(start, name.end()):
            continue
        first, end = name[0].split()[0], name.end()
        if first.isupper() or first.lower() in roles().by_first or fold(first) in names().titled_brands:
            # "Mr President", "Dr Pepper"
            continue
        label = labelled.overlapping(start, end)
        if label is None or label[1] <= end:
            # unlike "the Dr Ana Prado Town Municipality"
            yield PersonSpan(start, end, ("address",))


_FIRST = rf"(?:(?:[Aa]l|[Ee]l)-)?{CAPITAL}(?:(?=[\w’'-]*[a-z])[\w’'-]*+|\.)"
_FULL_NAME = lazy_regex(rf"{_FIRST}(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{_FIRST}){{1,4}}")
_GOES_ON = lazy_regex(rf"[-‐‑&/]|[ \xa0](?:&|{CAPITAL})")
"""After this the name is that of something longer."""
_DETERMINER = lazy_regex(r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Ii]ts)[ \xa0]\Z")


def _rule(context: Context, layout: Layout, span: NameSpan) -> str | None:
    """The rule by which a span that could be a name is a person's."""
    text, start = context.text, span.start_char
    is_full_name = (
        _FULL_NAME.fullmatch(span.surface)
        and _other_words().isdisjoint(map(fold, span.surface.split()))
        and not _GOES_ON.match(text, span.end_char)
        and f"the {span.surface}" not in text
        and not _DETERMINER.search(text, max(0, start - 5), start)
    )
    byline = span.label == "LOC" and layout.zone_at(start) == "byline"
    if is_full_name and byline and text.endswith(("By ", "BY "), 0, start):
        return "byline"
    if is_full_name and (_is_set_off_by_post(context, span) or _has_post_apposed(context, layout, span)):
        return "office"
    return "office" if _holds_state_office(context, span) else None


_CLOSED = lazy_regex(r"[,.;)](?!\w)|\Z")
_FIELDS_OF_STATE = frozenset({"state", "cabinet", "legislature", "royalty", "religion"})


def _is_set_off_by_post(context: Context, span: NameSpan) -> bool:
    """Whether an office of somebody's stands right before, or set off from a name that is set off as well."""
    text, start = context.text, span.start_char
    set_off = text.endswith(", ", 0, start)
    closed = _CLOSED.match(text, span.end_char) is not None
    if set_off and not closed:
        return False
    role = before(context, start, 0, closed=closed).role
    if role is None:
        return False
    if role.field in _FIELDS_OF_STATE and not set_off:
        return True
    # "Sales director Ada Lind", unlike "the director, Harrow Moss"
    given = fold(span.surface.split()[0]) in names().sure_given
    return given or (set_off and role.phrase[-1] in names().personal_posts)


_APPOSITION = lazy_regex(r", (?:an? )?[a-z]")


def _has_post_apposed(context: Context, layout: Layout, span: NameSpan) -> bool:
    """Whether an office of somebody's is said in an apposition: "Harrow Moss, an analyst with Lind Inc"."""
    text, end = context.text, span.end_char
    if span.label != "ORG" or not text.startswith(", ", end):
        return False
    stated = after(context, span.start_char, end, layout.segment_at(span.start_char).end)
    if not stated or not _APPOSITION.fullmatch(text, end, stated[0].start + 1):
        return False
    # unlike "At Harrow Moss, a spokesman said"
    return stated[0].phrase[-1] in names().personal_posts and not text.startswith(" said", stated[0].end)


_FIELDS = frozenset({"state", "cabinet", "legislature", "local", "royalty", "military"})
_OF = lazy_regex(r"\b(?:of|for|at|the)\s")


def _holds_state_office(context: Context, span: NameSpan) -> bool:
    """Whether an office of state stands right before a span, unlike "Governor Island", "President Hotel"."""
    text, start, surface = context.text, span.start_char, span.surface
    last = last_word(LAST_WORD, text, max(0, start - 24), start)
    if last is None or not last[1][0].isupper() or last[1].endswith(("'s", "’s")):
        # "the President's Medicare plan"
        return False
    if (surface.isupper() and len(surface) < 6) or not _WORDS.fullmatch(surface):
        return False
    stands = before(context, start, 0, full=False)
    if stands.role is None or stands.role.field not in _FIELDS or _OF.search(text, stands.start, start):
        return False
    field, small, things = roles().field, roles().small, names().thing_words
    words = map(fold, surface.split())
    return not any(word in things or ((word,) in field and (word,) not in small) for word in words)


@lru_cache(maxsize=1)
def _other_words() -> frozenset[str]:
    """Words that bodies, things and places are called by, and offices."""
    t, r = names(), roles()
    offices = {phrase[0] for phrase in r.field if len(phrase) == 1 and phrase not in r.small}
    called = offices.union(t.org_words, t.thing_words, t.certain_things, t.company_endings, t.firm_words)
    places = called.union(t.place_words, t.thing_prefixes, t.state_codes, r.institutions)
    return frozenset(places | (t.calendar - names().given))
