"""What the article itself says a name is: a firm, a storm, a god, a film, a drink."""

from __future__ import annotations

import re

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, names

_OPENING_FIRM = re.compile(
    r" - (?<=\d - )([A-Z][\w&.’'-]+(?: (?:and )?[A-Z][\w&.’'-]+){0,2})"
    r" (?:said|reported|announced) (?:it|its)\b"
    r"(?! (?:was|is|would be)\b)"
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
_QUOTED_WORD = re.compile(r"[\"“]([A-Z][\w-]+)[,.]?[\"”]")
"""A blank stands before it, which the search does without: it leaps from mark to mark."""
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
_QUOTES = {'"': '"', "“": "”", "«": "»"}
_TITLE_OF_WORK = r"([^\W\d_][\w’'. -]{0,30}?)"
_KINDS = alternation(names().of_work)
_QUOTED_TITLE = re.compile(rf"[\"“]{_TITLE_OF_WORK}[,.]?[\"”]")
_IS_WORK = re.compile(rf",?\s(?:(?:a|an|the|her|his|their)\s)?(?:[a-z-]+\s){{0,3}}(?:{_KINDS})\b")
_WORK_CALLED = re.compile(rf"\b(?:{_KINDS})(?:\s(?:called|titled|entitled|named))?,?\s\Z")
_HOUSES = {"bar", "restaurant", "pub", "cafe", "nightclub", "diner", "tavern", "salon", "saloon", "casino"}
_GOODS_CALLED = re.compile(
    rf"\b(?:{alternation(names().of_goods | names().of_work | _HOUSES)})"
    r"\s(?:called|named|dubbed|titled)\s[\"“]?\Z"
)


def quoted(text: str, found: PersonSpan) -> bool:
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
            if match.start()
            and text[match.start() - 1].isspace()
            and _BODY_BEFORE.search(text, max(0, match.start() - 17), match.start() - 1)
        )
    if "known as" in text or "calling itself" in text:
        found.update(match[1] for match in _KNOWN_ORG.finditer(text))
    return frozenset(found)
