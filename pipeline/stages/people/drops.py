"""Drops what is plainly no person, each by a named rule.

The rules look at the span (a firm's ending, a digit), at the words around it ("Kennedy Airport", "the
Sangh", "in Amethi") and at how the rest of the article uses the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout import Layout
from pipeline.mentions import NameSpan
from pipeline.stages.people.firm_names import has_ticker
from pipeline.stages.people.firms import nearly_a_firm, well_known
from pipeline.stages.people.mistaken import (
    bare_dateline,
    common_word,
    home_after_age,
    make_of_machine,
    sign_between,
    unnamed,
    whole_family,
)
from pipeline.stages.people.parts import fold
from pipeline.stages.people.places import SPOKE, as_a_place, called_a_town
from pipeline.stages.people.roles import Context
from pipeline.stages.people.spans import Found
from pipeline.stages.people.tables import alternation, names
from pipeline.stages.people.things import counted, stands_for_a_place, stands_for_a_thing

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
_MOVED = re.compile(
    r" (?:rose|fell|gained|jumped|climbed|slid|dropped|lost|surged|tumbled|sank|rallied|slipped|soared)"
    r" (?:by |about |nearly |almost |more than |as much as |up to )?"
    r"\d[\d.,/]*\s?(?:%|percent|per cent|pct|points|cents|pence)"
)
_CHIEF_OF = re.compile(
    r" (?:CEO|CFO|[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|[Cc]hief [Ff]inancial [Oo]fficer"
    r"|[Mm]anaging [Dd]irector) [A-Z]"
)
_STOCK = re.compile(r" (?:common|preferred) (?:stock|will|to)\b")
_SHARES = re.compile(r" (?:common |preferred |class A )?shares\b")
_NUMBER = re.compile(r"(?:\d(?: mln| million)?|\b(?:pct|percent|per cent|%) of) \Z")
_OPENING_FIRM = re.compile(
    r"\d{1,2} - ([A-Z][\w&.’'-]+(?: (?:and )?[A-Z][\w&.’'-]+){0,2}) (?:said|reported|announced) (?:it|its)\b"
    r"(?! (?:was|is|would be)\b)"
)
_DATELINE = re.compile(
    r"(?:, [A-Z][\w.]*)?,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z]*\.? \d{1,2} [-–—]+ ",
    re.IGNORECASE,
)
_STORMS = re.compile(
    rf"\b(?:{alternation(names().storms)})s?[ \xa0][A-Z][\w-]+(?:, [A-Z][\w-]+)*,?"
    r" and ([A-Z][\w-]+)(?!,? [A-Z])"
)
"""The last of "Hurricanes Ada and Ben"."""
_STORM = re.compile(rf"\b(?:{alternation(names().storms)})[ \xa0]([A-Z][\w’'-]+)")
_DEITY = re.compile(rf"\b(?:{alternation(names().deities)})[ \xa0]([A-Z][\w-]+)")
_WORDS = r"(?:(?!(?:for|of|at|the|with|in|to|from|and|by)\s)[\w’'.&-]+\s)"
"""Words before a noun; after a preposition the noun is another's ("a spokesman for the airline")."""
_APPOSED = re.compile(
    rf",\s(?:(?:the|an?|its)\s{_WORDS}{{0,6}}?|{_WORDS}{{0,2}}?[A-Z][\w.&-]*['’]s\s{_WORDS}{{0,5}}?)"
    rf"(?:{alternation(names().apposed)})"
    r"(?:[,.;]|\s(?:that|which|who|owned|based|run|in|near|for|of|from|by|with|operated|backed|founded|considered|called|known|where)\b)"
)
_BODY_APPOSED = re.compile(
    rf",\san?\s{_WORDS}{{0,4}}?(?:organi[sz]ation|company|firm|charity|airline|newspaper|magazine|website|start-up)"
    r"(?:[,.;]|\s(?:that|which|based|owned|in|from|with)\b)"
)
_QUOTED_WORD = re.compile(r"\s[\"“]([A-Z][\w-]+)[,.]?[\"”]")
_BODY_BEFORE = re.compile(rf"\b(?:{alternation(names().apposed)})\Z")
_ORGS = alternation(
    {*names().apposed, "group", "network", "movement", "alliance", "coalition", "militia", "gang"}
)
_KNOWN_ORG = re.compile(
    rf"(?:(?<!\bof )\b(?:[Tt]he|[Aa]n?)\s(?:[a-z-]+\s){{0,2}}?(?:{_ORGS})"
    rf"|\b(?:{_ORGS})\sof(?:\s[a-z][a-z-]*){{1,5}})"
    r",?\s(?:known\sas|calling\sitself)\s[\"“]?([A-Z][\w-]+)"
)
"""After this the name of an organisation stands: "the association of lawyers, known as"."""
# "Halvor is a modern facility that ...", "Halvor was a town in"
_IS_A_THING = re.compile(
    r" (?:is|was) an? (?:[a-z-]+ ){0,3}(?:facility|hospital|company|firm|town|city|village|airline|chain)"
    r"(?:[,.;]|\s(?:that|which|in|near|with|owned|based|run|[a-z]+ing)\b)"
)
_HAS_LETTER = re.compile(_LETTER)
_NEXT = re.compile(rf"(?:['’]s)?[ \xa0](&|{_LETTER}(?:[\w’'&.-]*[\w&])?)")
_PREVIOUS = re.compile(rf"({_LETTER}[\w’'.-]*)[ \xa0]\Z")
_WEB = re.compile(r"@|://|www\.|[a-z]\.(?:com|org|net|gov|html?)\b", re.IGNORECASE)
HALF_WORD = re.compile(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_QUOTES = {'"': '"', "“": "”", "«": "»"}
_TITLE_OF_WORK = r"([^\W\d_][\w’'. -]{0,30}?)"
_KINDS = alternation(names().of_work)
_QUOTED_TITLE = re.compile(rf"[\"“]{_TITLE_OF_WORK}[,.]?[\"”]")
_IS_WORK = re.compile(rf",?\s(?:(?:a|an|the|her|his|their)\s)?(?:[a-z-]+\s){{0,3}}(?:{_KINDS})\b")
_WORK_CALLED = re.compile(rf"\b(?:{_KINDS})(?:\s(?:called|titled|entitled|named))?,?\s\Z")
_ROW = 5
"""A name of more words than this, none of them small or an initial, is a row of surnames."""
_SHARE = re.compile(r"\.?\s\$\d")
_ITEM = re.compile(r"(?:\A|\n|[*•]\s?)\s?\Z")
"""A county's share: "* Henry $71,448"."""
_DISTRICT = re.compile(r"-\d")
_OF_STATE = re.compile(rf", (?:{alternation(names().states - {'MD', 'MA'})})(?:[,.;)]|\s[a-z])")
_GOODS_CALLED = re.compile(
    rf"\b(?:{alternation(names().of_goods | names().of_work)})\s(?:called|named|dubbed|titled)\s[\"“]?\Z"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_ONE_MORE_INITIAL = re.compile(r"\.[A-Z]\b")
_GOODS = re.compile(rf" (?:{alternation(names().of_goods)})\b")
_IN_SAINT = re.compile(r"\b(?:in|at|near|of|from|to|around|outside)\sSt\.\s\Z")
_AND_THING = re.compile(
    rf"\s(?:and|&)\s([A-Z][\w’'.-]+)(\s[A-Z][\w’'.-]+)?"
    rf"\s(?:{alternation(w.capitalize() for w in names().things)})\b"
)
_AND_GROUP = re.compile(rf"\s(?:and|&)\s[A-Z][\w’'-]+\s({alternation(names().of_group)})\b")
_BLESSING = re.compile(r"(?:A\.?S|S\.?A\.?W|R\.?A|P\.?B\.?U\.?H|S\.?W\.?T)\.?\)?", re.IGNORECASE)
_DYNASTY = re.compile(
    r" [\"“‘']?(?:family|families|dynasty|dynasties|clan|cartel|brothers|sisters|siblings|twins)\b"
)
_ALL_OF_THEM = re.compile(r"['’]s (?:have|had|were|are)\b")
"""After "the" and a surname: the family, with a mark too many."""
_IN_OTHER_SCRIPT = re.compile(r" \([^()\x00-\u02ff]{1,12}\)")
_CALLED = re.compile(rf"\b(?:{alternation(names().called)})\s+(?:the\s+)?\Z", re.IGNORECASE)
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


def dropped(scene: Scene, found: Found, *, titled: bool, known: bool) -> str | None:
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
    if not surface.isalpha() and any(c.isdigit() for c in surface):
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
    if len(words) == 1 and counted(text, found.start):
        return "thing"
    if _DISTRICT.match(text, found.end):
        return "state"
    if (
        _WEB.search(surface)
        or text[found.start - 1 : found.start] == "@"
        or _WEB.search(_chunk(text, found.start, found.end))
        or text[found.end : found.end + 1] in {"@", "_"}
        or text[found.end : found.end + 4] in {".com", ".org", ".jpg", ".png", ".pdf"}
        or text[found.end : found.end + 5] in {".jpeg", ".webp", ".html"}
    ):
        return "web address"
    if text[found.start - 1 : found.start].isalnum() or (
        text[found.end : found.end + 1].isalnum() and surface[-1].isalnum() and "unglued" not in found.rules
    ):
        return "half a word"
    if HALF_WORD.match(text, found.end):
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
    if lowered in table.calendar and not titled and not known:
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
    previous = _PREVIOUS.search(text, max(0, found.start - 24), found.start)
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
    if len(words) < 3 and _opens(scene.layout, found.start) and bare_dateline(text, surface, found.end):
        return "dateline"
    if len(words) == 1 and (common_word(text, surface, found.start) or sign_between(text, found)):
        return "thing"
    if len(words) == 1 and make_of_machine(text, found.start, found.end):
        return "thing"
    if stands_for_a_place(text, found):
        return "place"
    if len(words) == 1 and stands_for_a_thing(text, found):
        return "thing"
    if len(words) == 1 and (text.startswith(", where ", found.end) or _with_country(scene, found.start)):
        return "place"
    follow = _NEXT.match(text, found.end)
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
    if _AILMENT.match(text, found.end, found.end + 80):
        return "thing"
    if previous is not None and previous[1].lower() == "the":
        if len(words) == 1 and not (follow is not None and follow[1].lower() in table.of_person):
            return "definite"
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


def of_a_people(context: Context, found: Found) -> bool:
    """Whether a people is meant and no family name: "many Sherpa climbers", "a Nepalese Sherpa"."""
    text = context.text
    follow = _NEXT.match(text, found.end)
    if follow is not None and follow[0][0] not in "'’" and follow[1] not in names().speech | _FINITE:
        # "Sherpa guides", "Sherpa Everest guide"
        return follow[1][:1].isupper() or follow[1].endswith("s")
    previous = _PREVIOUS.search(text, max(0, found.start - 24), found.start)
    if previous is None:
        return False
    return (
        previous[1].lower() in _MANY
        or previous[1].endswith("-old")
        or found.start - 1 in context.country_ends
    )


def quoted(text: str, found: Found) -> bool:
    """Whether a name stands alone between quotation marks."""
    closer = _QUOTES.get(text[found.start - 1 : found.start])
    return closer is not None and text[found.end : found.end + 2].lstrip(",.!?")[:1] == closer


def goods_called(text: str, start: int) -> bool:
    """Whether the name at ``start`` is said to be that of a drink or a film: "a cocktail called Ada"."""
    return bool(_GOODS_CALLED.search(text, max(0, start - 24), start))


def quoted_works(text: str) -> frozenset[str]:
    """What ``text`` quotes beside a word such as film or novel: "“Ada,” a film about ...".

    >>> sorted(quoted_works("He sang in “Ada,” a film about her. “Ben” is a name. The film “Lim” won."))
    ['Ada', 'Lim']
    """
    return frozenset(
        match[1]
        for match in _QUOTED_TITLE.finditer(text)
        if _IS_WORK.match(text, match.end())
        or _WORK_CALLED.search(text, max(0, match.start() - 28), match.start())
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


def opening_firms(text: str) -> frozenset[str]:
    """Names that a story's opening calls "it", and their words: firms, for people are "he" or "she".

    >>> sorted(opening_firms("RENO, Nev., March 5 - E.F. Velatek said it signed a licence."))
    ['E.F.', 'E.F. Velatek', 'Velatek']
    """
    if " - " not in text:
        return frozenset()
    names_of = [match[1] for match in _OPENING_FIRM.finditer(text)]
    return frozenset(part for name in names_of for part in (name, *name.split()))


def storm_names(text: str) -> frozenset[str]:
    """Names that ``text`` gives to a storm.

    >>> storm_names("Hurricane Ada struck. Ada killed two.")
    frozenset({'Ada'})
    """
    if not any(word in text for word in names().storms):
        return frozenset()
    found = {match[1].removesuffix("'s").removesuffix("’s") for match in _STORM.finditer(text)}
    return frozenset(found | {match[1] for match in _STORMS.finditer(text)})


def deities(text: str) -> frozenset[str]:
    """Names that ``text`` gives to a god.

    >>> deities("A statue of the goddess Ada stands there.")
    frozenset({'Ada'})
    """
    if not any(word in text for word in names().deities):
        return frozenset()
    return frozenset(match[1] for match in _DEITY.finditer(text))


def said_to_be_a_thing(text: str, end: int) -> bool:
    """Whether what ends at ``end`` is called a firm or a town right after.

    >>> said_to_be_a_thing("Halvor, a small start-up in Oslo, grew", 6)
    True
    >>> said_to_be_a_thing("For Halvor, the company was a home.", 10)
    False
    """
    if text[end : end + 2] in {"'s", "’s"}:
        # "He has Lind's, a rare disease."
        end += 2
    if text.startswith((" is a", " was a"), end):
        return bool(_IS_A_THING.match(text, end, end + 100))
    return text.startswith(", ", end) and bool(_APPOSED.match(text, end, end + 120))


def called_organisations(text: str) -> frozenset[str]:
    """Single words that ``text`` has right after what they are: an organisation, a firm.

    >>> sorted(called_organisations("a petition by the organisation “Halvor”; the worker “Ada”"))
    ['Halvor']
    >>> sorted(called_organisations("of the association of lawyers, known as Tarn; of a firm, known as Ada"))
    ['Tarn']
    """
    found: set[str] = set()
    if '"' in text or "“" in text:
        found.update(
            match[1]
            for match in _QUOTED_WORD.finditer(text)
            if _BODY_BEFORE.search(text, max(0, match.start() - 16), match.start())
        )
    if "known as" in text or "calling itself" in text:
        found.update(match[1] for match in _KNOWN_ORG.finditer(text))
    return frozenset(found)


def said_to_be_a_body(text: str, end: int) -> bool:
    """Whether a name of several words that ends at ``end`` is called an organisation right after.

    >>> said_to_be_a_body("Casa Zoi, a Greek non-profit organisation.", 8)
    True
    >>> said_to_be_a_body("Al Zoi, a company man.", 6), said_to_be_a_body("Al Zoi, the firm that", 6)
    (False, False)
    """
    return text.startswith(", a", end) and bool(_BODY_APPOSED.match(text, end, end + 100))


_ON_HIS_OWN = re.compile(r"\s[a-z]+\s(?:his|her|him|himself|herself)\b")


def acts_like_a_person(text: str, end: int) -> bool:
    """Whether only a person can do what is said of the name that ends at ``end``.

    >>> acts_like_a_person("Lind moved his court", 4), acts_like_a_person("Lind lies by the sea", 4)
    (True, False)
    """
    return bool(SPOKE.match(text, end, end + 16) or _ON_HIS_OWN.match(text, end, end + 30))


def _abbreviation(text: str, found: Found, key: str) -> bool:
    """Whether a word of three to five capitals stands among small letters and is no name."""
    surface = text[found.start : found.end]
    if not (2 < len(surface) < 6 and surface.isupper() and surface.isalpha()):
        return False
    table = names()
    if key in table.initials or key in table.chinese or key in table.korean or key in table.vietnamese:
        return False
    around = text[max(0, found.start - 30) : found.start] + text[found.end : found.end + 30]
    return sum(c.islower() for c in around) > 2 * sum(c.isupper() for c in around)


def acts_like_a_firm(text: str, end: int) -> bool:
    """Whether a name that ends at ``end`` is a firm's: "Dell rose 3%", "Ford CEO Jim Lane".

    >>> acts_like_a_firm("Dell rose 3% today", 4), acts_like_a_firm("Dell rose early", 4)
    (True, False)
    """
    return bool(_MOVED.match(text, end) or _CHIEF_OF.match(text, end))


def between_angles(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands between angle brackets, as a wire writes firms and their tickers.

    >>> between_angles("Italy's <Hal Roche> bid", 9, 18), between_angles("met Hal Roche", 4, 13)
    (True, False)
    """
    return text[start - 1 : start] == "<" and text[end : end + 1] == ">"


def counted_in_shares(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is what so many shares are of.

    >>> counted_in_shares("sold 900,000 Hal Roche shares", 13, 22)
    True
    """
    return bool(_SHARES.match(text, end) and _NUMBER.search(text, max(0, start - 16), start))


def of_family(text: str, end: int) -> bool:
    """Whether a family follows: "the Gupta brothers"."""
    follow = _NEXT.match(text, end)
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


def firm_words(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Words of the organisations of the article: "Dome" where it names Dome Petroleum as well."""
    table = names()
    words: set[str] = set()
    for span in spans:
        if span.label not in {"ORG", "PER"}:
            continue
        keys = [fold(w) for w in span.surface.split()]
        if not keys:
            continue
        company = keys[-1] in table.companies
        if well_known(span.surface):
            if keys[0] not in table.given | table.of_men | table.of_women:
                # "Shearson" where it names Shearson Lehman
                words.add(keys[0])
            continue
        if span.label == "ORG" and len(keys) > 1 and keys[-1] not in table.of_person:
            # The Lopez Foundation does not make Lopez a firm.
            if company or keys[-1] not in table.things:
                words.update(keys[:2])
            if fold((span.surface.split(" of ")[0].split() or [""])[-1]) in table.of_trade:
                # "Halvor Laboratories of Little Falls"
                words.add(keys[0])
            if company and "-" in span.surface:
                # "Halvor" where it names Halvor-United Corp
                words.add(fold(span.surface.split("-")[0]))
        elif (
            text.startswith((" <", " (NYSE", " (NASDAQ"), span.end_char)
            or between_angles(text, span.start_char, span.end_char)
            or (len(keys) > 1 and company)
            or called_after(text, Found(span.start_char, span.end_char), None) == "company"
            or counted_in_shares(text, span.start_char, span.end_char)
        ):
            words.update(keys)
    return frozenset(w for w in words if len(w) > 2)


def short_firms(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Names of several words that an organisation of the article bears before its line of business."""
    found = set()
    # Somebody may have named the firm after himself; the article then calls him by his surname, too.
    people = {span.surface for span in spans if span.label == "PER" and " " not in span.surface}
    full = [span.surface.split() for span in spans if span.label == "PER"]
    surnames = {words[-1] for words in full if len(words) > 1}
    for span in spans:
        words = span.surface.split()
        if span.label != "ORG" or len(words) < 3:
            continue
        business = fold(words[-1]) in names().companies and fold(words[-2]) in names().of_firm
        if business and words[0] not in surnames:
            # "Halvor Petroleum Ltd"
            found.add(" ".join(words[:-1]))
        if words[0] in people:
            continue
        firm = fold(words[-1]) in names().of_firm
        if firm and words[-2] not in people:
            found.add(" ".join(words[:-1]))
        elif len(words) > 3 and fold(words[-1]) in names().companies:
            # "Halvor Brun" of "Halvor Brun Stores Inc"
            found.update(
                short
                for n in range(2, len(words) - 1)
                if words[n - 1] not in people
                and words[n] not in {"&", "and"}
                # "Ralph Halvor, founder of Ralph Halvor Stores Inc"
                and (short := " ".join(words[:n])) + "," not in text
            )
    return frozenset(found)


def _chunk(text: str, start: int, end: int) -> str:
    """The characters around a name up to the next blank, at most forty on each side."""
    left, right = text[max(0, start - 40) : start], text[end : end + 40]
    head = left.split()[-1] if left and not left[-1].isspace() else ""
    tail = right.split()[0] if right and not right[0].isspace() else ""
    return head + text[start:end] + tail


def _and_thing(text: str, found: Found) -> bool:
    """Whether the name is the first of two in a thing's: "Lind and Hale Securities", "Ada and Ben Hale Fund".

    In "James Baker and Federal Reserve chairman" it is not.
    """
    match = _AND_THING.match(text, found.end, found.end + 60)
    if match is None or " " in text[found.start : found.end]:
        return False
    table = names()
    first = fold(match[1])
    if match[2]:
        return first in table.given | table.of_men | table.of_women | table.nicknames.keys()
    return first not in table.between and first not in _WIDE


_WIDE = frozenset({"federal", "european", "american", "british", "house", "senate", "supreme", "democratic"})


def called_after(text: str, found: Found, layout: Layout | None) -> str | None:
    """Whether the name opens the name of a firm, prize, place or law ("Nobel Peace Prize")."""
    table = names()
    at = found.end
    # "Hsieh-ho (協和) Power Plant"
    foreign = _IN_OTHER_SCRIPT.match(text, at)
    at = foreign.end() if foreign else at
    possessive = text.startswith(("'s", "’s"), at)
    heading = layout is not None and layout.zone_at(found.start) == "heading"
    if _GOODS.match(text, found.end) or _and_thing(text, found):
        return "thing"
    for step in range(4):
        match = _NEXT.match(text, at)
        if match is None:
            return None
        word = match[1]
        key = fold(word) or word
        if (
            key in table.companies
            and word[:1].isupper()
            and not possessive
            and (step == 0 or key not in {"co", "ag", "sa", "ab"})
        ):
            return "company"
        if not word[:1].isupper() and word != "&":
            return None
        if (
            (key in table.things or (step == 0 and key in table.sure_things))
            and word[:1].isupper()
            and not possessive
        ):
            if heading and key not in table.sure_things:
                return None
            return "thing"
        if step == 0 and not possessive and _names_a_thing(text, found, match):
            return "thing"
        if key not in table.between or possessive:
            return None
        at = match.end()
    return None


def _names_a_thing(text: str, found: Found, surname: re.Match[str]) -> bool:
    """Whether a given name, cut from its surname, opens the name of a thing: "the Ana Prado Scholarship"."""
    key = fold(text[found.start : found.end])
    follow = _NEXT.match(text, surname.end())
    if follow is None or fold(follow[1]) not in names().sure_things:
        return False
    return follow[1][:1].isupper() and key in names().of_men | names().of_women | names().given


def _small_text(text: str) -> bool:
    sample = text[:4000]
    return sum(c.isupper() for c in sample) * 200 < len(sample)
