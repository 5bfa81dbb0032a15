"""Single names that the article says somewhere to be a place's, a vehicle's or an animal's.

"Lara was the state with the most cases", "a camper, nicknamed Valerie", "They sell it on Prado" beside
"Prado Street".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, given_names, names

_IS_PLACE = re.compile(
    r" (?:is|was|remains) (?:the |a |an )(?:[a-z-]+ ){0,2}"
    r"(?:state|province|city|town|region|district|municipality|department|village|suburb|island)"
    r"(?=[,.]| (?:with|that|which|in|of|where)\b)"
    r"| (?:is|was) (?:the |a |an )(?:[a-z-]+ ){0,2}facility\b"
    r"|, (?:on|in|near|along) [A-Z][\w-]+['’]s (?:[A-Za-z-]+ ){0,3}(?:coast|border|shore|peninsula|province)"
    r"(?=, (?:is|was|has)\b)"
    r"|, (?:about |some )?\d{1,4} (?:kilomet(?:er|re)s|km|miles) (?:[a-z]+ )?(?:of|from)\b"
)
_CALLED_SO = re.compile(
    rf"\b(?i:{alternation(names().called_by_name)}),? (?:nicknamed|named|called|dubbed|christened)"
    r" (?:the )?[\"“‘']?\Z"
    r"|(?:['’]s|\b(?i:his|her|their|my)) (?:[\w-]+ ){0,2}(?:dog|cat|puppy|kitten|horse|pony) \Z"
)
_PET = re.compile(
    r"['’]s (?:[\w-]+ ){0,3}?"
    r"(?i:dog|puppy|cat|kitten|horse|pony|shepherd|retriever|terrier|labrador|poodle|bulldog), \Z"
    r"|\bwith (?:his|her|their) (?:[\w-]+ ){0,2}(?:dog|puppy|cat|kitten|horse|pony), \Z"
    r"|\bK-?9 (?:Officer )?\Z"
)
_PRODUCT = re.compile(
    r" (?:is|was) (?:an?|the)(?: most| first| only| new)? (?:[a-z-]+ ){0,3}"
    r"(?:substance|compound|hormone|drug|mineral|protein|enzyme|vaccine|medicine|medication|antibiotic)"
    r"(?=[,.]| (?:in|for|that|which|used|known|made|to|ever)\b)"
    r"|, (?:an?|the|its|another) (?:[a-z-]+ ){0,3}(?:product|compound|substance|vaccine|medicine)"
    r"(?=[,.]| (?:used|that|which)\b)"
)
_DRUG = re.compile(r"[A-Z][a-z]{2,}(?:mycin|cillin|statin|azole|oxetine|profen|tidine|codone|kinin|ectin)")
_GRANTS = re.compile(
    r"(?: |-)(?:JAG|Justice Assistance|Grants?|grants? (?:are|were|have|had|received|programs?|funding))\b"
)
_BASES = re.compile(
    r"\b([A-Z][a-z]{2,}) (?:Air Force Base|AFB|Air Force Station|Army Depot|Arsenal|Naval (?:Air )?Station)\b"
)
_STREET_BEFORE = re.compile(
    r"\b(?:north|south|east|west)bound (?:on|along) \Z|\bintersection of [A-Z][\w’'-]+ and \Z"
)
_BODY_BEFORE = re.compile(r"\b(?:news agency|newspaper|radio station|new (?:political )?party), \Z")
_BODY_AFTER = re.compile(r", (?:says?|said|reports?|reported|quoted|to\b)")
_BREAKS_OUT = re.compile(r" broke out (?:when|between|at|after|during|among|as|on|inside|outside)\b")
_ANIMAL_AFTER = re.compile(
    r" the (?:octopus|panda|elephant|gorilla|penguin|whale|polar bear|groundhog|orangutan)\b"
)
_STORM_ACTS = re.compile(
    r" (?:is|was) (?:moving |located )?(?:about |some )?\d[\d,]* (?:kilomet(?:er|re)s|miles)"
    r" (?:[a-z-]+ ){0,2}of\b"
    r"| (?:is|was) (?:expected|forecast|likely) to (?:weaken|strengthen|make landfall)\b"
)
_CITED = re.compile(
    r"\b(?:of|In|in|under|since|discussed|was|that|overturn(?:ed|ing)?|violat(?:es|ed|ing)) \Z"
)
_GOES_ON_AS_CASE = re.compile(r"[.,;)]| (?:and|on|in|was|is|v|decision|opinion)\b")
_CASE = re.compile(r" (?:case|decision|ruling|precedent)\b")
_HELD_IN = re.compile(r", the (?:U\.?S\.? |[Ss]upreme |[a-z]+ )*(?:[Cc]ourt|[Jj]ustices|[Jj]udges)\b")
_HOUSES = re.compile(
    r"['’]s (?:[A-Z][a-z]+ )?(?:Restaurant|Bar|Grill|Pub|Caf[eé]|Diner|Deli|Bakery|Pizzeria|Tavern|Saloon"
    r"|Market|Nightclub|Appliances|Furniture|Jewelers|Pizza|Food|Donuts|Burgers|Liquor|Steakhouse)\b"
)
_OF_HOUSE = re.compile(r"['’]s(?:[,.;)]| (?:and|to|in|on|at|for|from|was|is|has|had|where|when|which)\b)")
_SAID_IN_ITS = re.compile(
    r"\b([A-Z][\w’'-]+) (?:said|says|reported|forecast|estimated|predicted|noted|added) in its"
    r" (?:[a-z]+ ){0,2}(?:report|review|newsletter|bulletin|survey|outlook|statement|note|study)\b"
)
_SET_OFF = re.compile(r"[,.](?! (?:aged )?\d)")
_STREETS = (" Street", " Road", " Avenue", " Boulevard", " Drive", " Lane")
_ON = re.compile(r"\b(?:on|along|at|off|of|down) \Z")
_EPONYM = re.compile(r"['’]s (?:[Dd]isease|[Ss]yndrome|lymphoma|palsy|degrees?)\b")
_CRUDE = re.compile(
    r" (?:[A-Z][a-z]+ [A-Z][a-z]+ )?(?:crude|blend)\b|(?<=Brent) (?:contract|futures|oil|price)s?\b"
)
_COUNTED = re.compile(r"(?<!\d)\d{1,3},\d{3} \Z")
_BODIES = (
    *(
        "Commission",
        "commission",
        "Committee",
        "committee",
        "Report",
        "report",
        "Panel",
        "panel",
        "Act",
        "Group",
    ),
    *("bill", "Bill", "amendment", "Amendment", "group", "proposal", "plan", "resolution"),
)
_DOCTRINES = frozenset(
    {"arbuckle", "brady", "cobbs", "daubert", "faretta", "franks", "giglio", "marsden", "massiah", "miranda"}
    | {"pitchess", "romero", "serna", "tahl", "terry", "watson"}
)
"""Whose case gave its name to a rule of a court."""
_DOCTRINE = re.compile(
    r"(?: and [A-Z][a-z]+|\))?"
    r"\s(?:admonition|advisement|claim|disclosure|evidence|form|hearing|law|list|material|motion|obligation"
    r"|right|rule|violation|waiver|warning)s?\b"
)
_LAW = re.compile(
    r"['’]s (?:Law|law(?! (?:firm|practice|office|school|degree|partner|clerk|license|career)))\b"
)
_SUM = re.compile(r"\.? \$\d")
_BILL = r" (?:bill|act|amendment|plan|proposal|position|resolution|legislation|law|measure)\b"
_PAIR = re.compile(r"[A-Z][\w’'.]{3,}[-–][A-Z][\w’'.]{3,}")
_BEFORE_BILL = re.compile(r"\b(?:[Tt]he |[Aa]n? |[Tt]his )(?:(?:[a-z]+ )?[a-z]+ )?\Z")
_OF_BILL = re.compile(_BILL, re.IGNORECASE)
_SEAT = re.compile(r" (?:MP|MLA|MEP|MSP|MNA|MEC) (?=[A-Z])")


def called_things(text: str, found: Sequence[PersonSpan]) -> frozenset[str]:
    """Surfaces of ``found`` that the article calls a place or a thing that has a name.

    >>> text = "The camper, nicknamed “Ada”, is old. Ben was the state with most. Cy was a state senator."
    >>> sorted(called_things(text, [PersonSpan(23, 26), PersonSpan(37, 40), PersonSpan(66, 68)]))
    ['Ada', 'Ben']
    """
    surfaces = set()
    crossed = "bound " in text or "intersection of " in text
    cited = " v. " in text
    stormy = "urricane" in text or "tropical storm" in text.lower()
    for piece in found:
        surface = text[piece.start : piece.end]
        if stormy and _STORM_ACTS.match(text, piece.end, piece.end + 60):
            surfaces.add(surface)
        if crossed and _STREET_BEFORE.search(text, max(0, piece.start - 50), piece.start):
            surfaces.add(surface)
        if cited and text.startswith(")", piece.end) and f"{surface} v. " in text:
            # "known as Lind v. Moe (Lind)"
            surfaces.add(surface)
        if " " not in surface and (
            _IS_PLACE.match(text, piece.end, piece.end + 70)
            or _EPONYM.match(text, piece.end)
            or _CRUDE.match(text, piece.end)
            or _PRODUCT.match(text, piece.end, piece.end + 110)
            or _GRANTS.match(text, piece.end)
            or _ANIMAL_AFTER.match(text, piece.end)
            or _BREAKS_OUT.match(text, piece.end)
            or _is_body(text, piece)
            or _is_called_so(text, piece.start)
            or _is_pet(text, piece)
            or _is_case(text, piece)
            or _is_house(text, piece)
        ):
            surfaces.add(surface)
    if any(base in text for base in _OF_BASE):
        # "Harrow is a depot" where Harrow Air Force Base stands
        surfaces.update(match[1] for match in _BASES.finditer(text))
    if " in its " in text:
        surfaces.update(match[1] for match in _SAID_IN_ITS.finditer(text))
    return frozenset(surfaces)


def _is_body(text: str, piece: PersonSpan) -> bool:
    """Whether a name is set off as that of a body: "the private news agency, Halvor, says"."""
    if not text.endswith(("cy, ", "er, ", "on, ", "ty, "), 0, piece.start):
        return False
    if _BODY_AFTER.match(text, piece.end) is None:
        return False
    return _BODY_BEFORE.search(text, max(0, piece.start - 24), piece.start) is not None


_OF_BASE = ("Air Force ", " AFB", "Army Depot", " Arsenal", "Naval ")
_PETS = ("dog ", "cat ", "puppy ", "kitten ", "horse ", "pony ")


def _is_called_so(text: str, start: int) -> bool:
    """Whether before ``start`` it is said what is called so: "a camper, nicknamed", "my dog"."""
    if text.find("ed ", max(0, start - 12), start) < 0 and not text.endswith(_PETS, 0, start):
        return False
    return bool(_CALLED_SO.search(text, max(0, start - 40), start))


def _is_pet(text: str, piece: PersonSpan) -> bool:
    """Whether a name is an animal's: "Hale's dog, Ada, barked", "K9 Ada"."""
    if not text.endswith((", ", "9 ", "9 Officer "), 0, piece.start):
        return False
    match = _PET.search(text, max(0, piece.start - 60), piece.start)
    return match is not None and (match[0].startswith("K") or bool(_SET_OFF.match(text, piece.end)))


def _is_case(text: str, piece: PersonSpan) -> bool:
    """Whether a name is that of a judgment: "the Hale case" beside "U.S. v. Hale" and "In Hale, the court".

    Without the last the one who stands trial is told of.
    """
    surface = text[piece.start : piece.end]
    if text.startswith(", supra,", piece.end):
        return True
    if text.endswith(("In ", "in "), 0, piece.start) and _HELD_IN.match(text, piece.end, piece.end + 40):
        return True
    if not text.endswith("the ", 0, piece.start) or not _CASE.match(text, piece.end):
        return False
    return f"n {surface}, the " in text and (f" v. {surface}" in text or f"{surface} v. " in text)


def _is_house(text: str, piece: PersonSpan) -> bool:
    """Whether a name with its mark is short for that of a house: "at Hale's, a landmark" of Hale's Bar."""
    surface = text[piece.start : piece.end]
    if not text.startswith(("'s", "’s"), piece.end) or f"{surface} said" in text:
        return False
    if _HOUSES.match(text, piece.end, piece.end + 40):
        return True
    if not _OF_HOUSE.match(text, piece.end, piece.end + 9):
        return False
    return any(
        _HOUSES.match(text, match.end(), match.end() + 40)
        for match in re.finditer(re.escape(surface) + r"(?=['’]s [A-Z])", text)
    )


def stands_for_a_thing(text: str, found: PersonSpan) -> bool:
    """Whether a single name is that of a disease or a degree, a row of a table, a law, or Uncle Sam's.

    >>> text = "Johne's disease. * Henry $71,448. The Hale-Lind bill. Uncle Sam pays. Hale's bill."
    >>> [stands_for_a_thing(text, PersonSpan(*at)) for at in ((0, 5), (19, 24), (38, 47), (60, 63), (70, 74))]
    [True, True, True, True, False]
    """
    surface = text[found.start : found.end]
    if _EPONYM.match(text, found.end):
        return True
    if text.endswith("* ", 0, found.start) and _SUM.match(text, found.end):
        return True
    key = fold(surface)
    if key in _DOCTRINES and _DOCTRINE.match(text, found.end):
        return True
    if _LAW.match(text, found.end) and key in given_names():
        # "under Jessica's law"
        return True
    if surface == "David" and text.endswith(("Star of ", "star of "), 0, found.start):
        return True
    if _DRUG.fullmatch(surface):
        return True
    if text.endswith("so-called ", 0, found.start) and _OF_SORT.match(text, found.end):
        # "so-called Lind payments"
        return True
    if text.endswith(" v. ", 0, found.start) or text.startswith(" v. ", found.end):
        return True
    if _CITED.search(text, max(0, found.start - 14), found.start) and _is_cited(text, found):
        return True
    if surface == "Sam" and text.endswith("Uncle ", 0, found.start):
        return True
    if _is_shop(text, found, key):
        return True
    if _PAIR.fullmatch(surface) and any(f"the {surface} {body}" in text for body in _BODIES):
        # "the Hale-Lind Commission ... Hale-Lind and the way forward"
        return True
    if not _OF_BILL.match(text, found.end):
        return False
    if _PAIR.fullmatch(surface) and _ONE_OF_BILLS.search(text, max(0, found.start - 24), found.start):
        # "an original Hale-Lind bill"
        return True
    joined = text[found.start - 1 : found.start] in {"-", "–"} and text[found.start - 2].isalpha()
    return joined or bool(
        _PAIR.fullmatch(surface)
        # "an original Hale-Lind bill"
        and _BEFORE_BILL.search(text, max(0, found.start - 30), found.start)
    )


_OF_SORT = re.compile(r" [a-z]{3,}s\b")
_ONE_OF_BILLS = re.compile(r"\b(?:an?|this|another|new) (?:[a-z]+ )?\Z")


def _is_cited(text: str, found: PersonSpan) -> bool:
    """Whether a name is short for a case of the text: "the issue of Lind and precedent" of "Lind v. Moe"."""
    surface = text[found.start : found.end]
    if not _GOES_ON_AS_CASE.match(text, found.end):
        return False
    return f"{surface} v. " in text or f" v. {surface}" in text


_SHOPS = frozenset(
    {
        "lowe",
        "mcdonald",
        "macy",
        "wendy",
        "sotheby",
        "moody",
        "domino",
        "sainsbury",
        "dillard",
        "bloomingdale",
    }
    | {"applebee", "denny", "kellogg", "walgreen", "hardee", "levi", "harrod", "christie"}
)
_SHOP_ALONE = re.compile(r"['’]s(?:[,.;)]| (?:stores?|restaurants?|shops?|stocks?|outlets?|auction)\b)")


def _is_shop(text: str, found: PersonSpan, key: str) -> bool:
    """Whether a name with its mark is that of a well-known house: "sponsored by Lowe's;"."""
    return key in _SHOPS and bool(_SHOP_ALONE.match(text, found.end, found.end + 14))


def counted(text: str, start: int) -> bool:
    """Whether thousands of a name are counted: "like 500,000 Burns".

    >>> counted("like 500,000 Burns", 13), counted("In 2019 Burns left", 8)
    (True, False)
    """
    return text[max(0, start - 2) : start - 1].isdigit() and bool(
        _COUNTED.search(text, max(0, start - 9), start)
    )


@lru_cache(maxsize=2)
def _streets_in(text: str) -> tuple[str, ...]:
    """The kinds of streets that ``text`` names, looked for once for all its names."""
    return tuple(street for street in _STREETS if street in text)


def stands_for_a_place(text: str, found: PersonSpan) -> bool:
    """Whether a name is that of a street named elsewhere in full, or of the seat of who follows.

    >>> text = "They trade on De Prado. Stalls on De Prado Street are shut. Te Rua MP Ada Lind left."
    >>> [stands_for_a_place(text, PersonSpan(*at)) for at in ((14, 22), (60, 66), (70, 78))]
    [True, True, False]
    """
    surface = text[found.start : found.end]
    if _SEAT.match(text, found.end) is not None:
        return True
    return bool(_ON.search(text, max(0, found.start - 8), found.start)) and any(
        surface + street in text for street in _streets_in(text)
    )
