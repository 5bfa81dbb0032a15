"""Two people of one surname, where a word of kinship or of age beside the name tells them apart.

"Hale's father, the late Senator John Hale", "Ron Hale, son of former President Hale", "the elder Hale",
"the first Hale administration", "Hale Sr.": the name alone is then not whom it is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import alternation, names, roles

if TYPE_CHECKING:
    from newsledger.stages.people.coreference.entities import Named, Person
    from newsledger.stages.people.coreference.name_variants import Form
    from newsledger.stages.people.roles.roles import Before

_KIN = alternation(roles().kin)
_KIN_OF = re.compile(
    rf"(?:,?\s(?:who\s)?(?:is|was)|,|\s\()\s?(?:(?:the|an?)\s)?(?:[a-z-]+\s){{0,2}}?(?:{_KIN})\s(?:of|to)\s(?:the\s)?(?:late\s)?\Z"
)
"""Between two names: "Ron Hale, son of the late Hale"."""
_KIN_OF_HIS = re.compile(
    rf"(?:['’]s|s['’]|(?<=s)['’])\s(?:[a-z-]+\s){{0,2}}?(?:{_KIN}|sons|daughters),?\s(?:the\s)?(?:late\s)?\Z"
    rf"|,?\s(?:and|&)\s(?:his|her)\s(?:[a-z-]+\s){{0,2}}?(?:{_KIN}),?\s(?:the\s)?(?:late\s)?\Z"
)
"""Between two names: "Hale's father, the late John Hale", "Hale and his wife, Jane Hale"."""


_ANDS = frozenset({" and ", ", and ", " & "})
_PLURAL = frozenset({"parents", "brothers", "sisters", "siblings", "children"})
_AND_ONE_MORE = re.compile(r"(?:, \d{1,3},?)?(?:,|,?\s(?:and|&))\s(?:\d{1,3}-year-old\s)?\Z")
_DASHED = re.compile(r"\s?(?:[–—-]|\(|,)\s?\Z")
_HIS_KIN = re.compile(rf"(?:['’]s|s['’]|(?<=s)['’])\s(?:[a-z-]+\s){{0,2}}?(?:{_KIN})\b")
_SIDE_BY_SIDE = re.compile(r",?\s(?:and|&)\s\Z|,\s\Z")
_OF_ALL = re.compile(r"['’]s?\b|\s(?:home|house|residence|household|farm|ranch|children|kids)\b")
_CHILD_AGED = re.compile(r"\b(?:\d|1[0-5])-(?:year|month|week)-old\s\Z")
_AGED_CHILD = re.compile(r",\s(?:\d|1[0-5]),")


def of_child(text: str, start: int, end: int) -> bool:
    """Whether who is named at text[start:end] is said to be a child, whom nobody calls Mr or Ms.

    >>> of_child("by 5-year-old Ada", 14, 17), of_child("by 25-year-old Ada", 15, 18)
    (True, False)
    """
    return bool(_CHILD_AGED.search(text, max(0, start - 14), start) or _AGED_CHILD.match(text, end))


def of_all(text: str, start: int, end: int) -> bool:
    """Whether a surname stands for all of a house: "the Hale's home", "the Hale residence", "the Gibbons".

    >>> [of_all("the Hale " + word, 4, 8) for word in ("home", "report")]
    [True, False]
    """
    if not text.endswith(("the ", "The "), 0, start):
        return False
    follow = _OF_ALL.match(text, end)
    return bool(follow) or (text[end - 1] == "s" and not text.startswith((" ", "-"), end))


def set_kin_apart(text: str, mentions: Sequence[Named]) -> None:
    """Note that two names of one surname are two people where one is said to be the other's kin."""
    for i, (one, other) in enumerate(pairwise(mentions)):
        start = other.before.start
        one.joined = 0 < start - one.found.end < 7 and text[one.found.end : start] in _ANDS
        if one.before.relation in _PLURAL and not other.before.kin:
            if _AND_ONE_MORE.fullmatch(text, one.found.end, start):
                # "his parents, Joe Hale and Ada Hale"
                other.before = replace(other.before, kin=True, relation=one.before.relation)
            continue
        if _surname(one) == _surname(other) and len(other.parts.units) == 1:
            _beside(text, one, other, i)
        elif (
            _surname(one) == _surname(other)
            and len(one.parts.units) == 1
            and _IN_HIS_CLAUSE.fullmatch(text, one.found.end, other.found.start)
        ):
            # "Mr. Hale, who ranks behind mayor Ben Hale"
            one.not_of = i + 1
        if not 2 < start - one.found.end < _NEAR or one.shares is not None or other.shares is not None:
            continue
        if _surname(one) != _surname(other):
            _set_parent_apart(text, one, other, i)
            continue
        if _SON_OF.search(text, max(0, one.before.start - 14), one.before.start) and (
            text[one.found.end : other.found.start] == ", "
        ):
            # "the son of Mr. Hale, John Hale, said"
            one.not_of, whose = (i + 1 if len(one.parts.units) == 1 else -1), None
            other.before = replace(other.before, kin=True)
            continue
        between = text[one.found.end : start]
        whose = _KIN_OF.fullmatch(between)
        if whose is None and not _KIN_OF_HIS.fullmatch(text[one.found.end : _unkin(text, other)]):
            continue
        if len(one.parts.units) == 1:
            one.not_of = i + 1
        if len(other.parts.units) == 1:
            other.not_of = i
        if whose is not None and _CHILD.search(between):
            # of whom neither is called so
            one.generation = one.generation or "younger" * (len(one.parts.units) > 1)
            other.generation = other.generation or "elder" * (len(other.parts.units) > 1)
        if whose is None and not other.before.kin:
            other.before = replace(other.before, kin=True)


def _beside(text: str, one: Named, other: Named, i: int) -> None:
    """Note that "Ada Hale – Hale's daughter – left" and "Hale and Hale left" speak of two each."""
    if len(one.parts.units) > 1:
        if _DASHED.fullmatch(text, one.found.end, other.found.start) and _HIS_KIN.match(
            text, other.found.end
        ):
            other.not_of = i
            one.before = replace(one.before, kin=True)
    elif _SIDE_BY_SIDE.fullmatch(text, one.found.end, other.before.start):
        one.open = other.open = True


_SON_OF = re.compile(rf"\b(?:{_KIN})\sof\s\Z")


def _set_parent_apart(text: str, one: Named, other: Named, i: int) -> None:
    """Note that "Hale's sons, Ben," and "Ben is the son of Hale" have another Hale than Ben Hale."""
    if len(one.parts.units) > 1 or len(other.parts.units) > 1:
        return
    if _KIN_OF_HIS.fullmatch(text[one.found.end : _unkin(text, other)]):
        one.not_given = other.parts.joined
    elif _KIN_OF.fullmatch(text[one.found.end : other.before.start]):
        other.not_given = one.parts.joined


_SPOUSES = frozenset({"husband", "wife", "widow", "widower", "ex-husband", "ex-wife"})
_HERS = re.compile(r"\b(?:her|Her)\s(?:[a-z-]+,?\s){1,4}\Z")
_HIS = re.compile(r"\b(?:his|His)\s(?:[a-z-]+,?\s){1,4}\Z")


def of_same_gender(text: str, before: Before, start: int) -> bool:
    """Whether one is named as kin of somebody who may be of the same gender: "his father"."""
    if not before.relation or before.relation in _SPOUSES:
        return False
    other = _HERS if before.gender == "male" else _HIS
    return not other.search(text, max(0, start - 40), start)


_KIN_BEFORE = re.compile(rf"\b(?:{_KIN})\s(?:of|to)\s(?:the\s)?(?:late\s)?\Z")


def set_named_as_kin(text: str, mentions: Sequence[Named]) -> None:
    """Note whom the text names to say whose kin another is: "brother of the late President John Hale"."""
    for i, mention in enumerate(mentions):
        start = mention.before.start
        if len(mention.parts.units) > 1 and (
            _KIN_BEFORE.search(text, max(0, start - 36), start)
            or (i and mentions[i - 1].kin_of and text[mentions[i - 1].found.end : start] == " and ")
        ):
            mention.kin_of = True


_WITH_CHILDREN = re.compile(
    r"(?:,? (?:and|with) (?:his|her)|['’]s) (?:[a-z]+ ){0,3}?(?:children|daughters?|sons?|kids)\b"
)
_SONS = frozenset({"son", "daughter"})


def set_namesakes_apart(text: str, mentions: Sequence[Named]) -> None:
    """Note that "daughter Ada" is not Ada Hale of "Ada Hale and her children", but called after her."""
    parents: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.parts.family and _WITH_CHILDREN.match(text, mention.found.end, mention.found.end + 40):
            parents.setdefault(mention.parts.units[0].key, i)
        elif len(mention.parts.units) == 1 and mention.before.relation in _SONS and mention.not_of < 0:
            mention.not_of = parents.get(mention.parts.joined, -1)


_IN_HIS_CLAUSE = re.compile(r",\swho\s[^.,;:()\n]{1,80}\s")
_CHILD = re.compile(r"\s(?:grand)?(?:son|daughter)\s")
_NEAR = 60
_RELATION = re.compile(rf"\s(?:{_KIN}),?\s")


def _unkin(text: str, mention: Named) -> int:
    """Where the title of a name begins, the word of kinship not counted to it."""
    if not mention.before.relation:
        return mention.before.start
    match = _RELATION.match(text, mention.before.start - 1)
    return match.end() if match is not None else mention.before.start


def _surname(mention: Named) -> str:
    parts = mention.parts
    return parts.units[-1 if parts.family is None else parts.family].bare


_AGE = re.compile(
    r"\b[Tt]he (elder|older|younger|senior|junior)"
    r" (?:(?:President|Senator|Sen\.|Governor|Gov\.|Prime Minister|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) )?\Z"
)
_AGE_AFTER = re.compile(
    r",? the (elder|younger|older|senior|junior)(?=[,.;)]| \()"
    r"| ([Ss]enior|[Jj]unior)(?=[,.;)]| (?:said|says|was|is|had|has|and)\b)"
)
_GENERATION = {
    "elder": "elder",
    "older": "elder",
    "senior": "elder",
    "younger": "younger",
    "junior": "younger",
}
_ORDINAL = re.compile(r"\b[Tt]he (first|second) \Z")
_HEADED = re.compile(r" (?:[Aa]dministration|[Pp]residency|White House)\b")


def generation(text: str, start: int, end: int) -> str:
    """Whether the surname at text[start:end] is said to be that of the elder or the younger of two.

    The first of two administrations may be the same man's, unless two of the name are known to have governed.

    >>> [generation(text, at, at + 4) for text, at in (("the elder Hale", 10), ("the first Bush bill", 10))]
    ['elder', '']
    >>> generation("The second Bush administration", 11, 15), generation("the elder Lind, Hale", 16, 20)
    ('younger', '')
    """
    left = text[max(0, start - 32) : start]
    match = _AGE.search(left) if "er " in left or "ior " in left else None
    match = match or _AGE_AFTER.match(text, end)
    if match is not None:
        return _GENERATION[next(word for word in match.groups() if word).lower()]
    if text.endswith(("first ", "second "), 0, start) and fold(text[start:end]) in names().twice_in_office:
        ordinal = _ORDINAL.search(text, start - 11, start)
        if ordinal is not None and _HEADED.match(text, end):
            return "elder" if ordinal[1] == "first" else "younger"
    return ""


def set_successions(text: str, mentions: Sequence[Named]) -> None:
    """Note which of two presidents of one surname stands in "Presidents Reagan, Bush and Clinton".

    Known from who came before and after; in a list of two only where the other one served beside one of them.
    """
    for i, mention in enumerate(mentions):
        key = mention.parts.joined
        if (
            key not in names().twice_in_office
            or mention.role is None
            or mention.role.phrase not in roles().top
        ):
            continue
        beside = tuple(
            mentions[k].parts.units[-1].key
            for k in (i - 1, i + 1)
            if 0 <= k < len(mentions) and _listed(text, mentions[min(i, k)], mentions[max(i, k)])
        )
        found = {
            age
            for line in names().successions
            for age, around in _around(line.split(), key).items()
            if beside and (set(beside) == around or (len(beside) == 1 and around > set(beside)))
        }
        if len(found) == 1:
            mention.generation = found.pop()


def _around(line: Sequence[str], key: str) -> dict[str, set[str]]:
    """Who served right before and after the first and the second of the surname ``key``."""
    at = [i for i, name in enumerate(line) if name == key]
    return {age: {line[i - 1], line[i + 1]} for age, i in zip(("elder", "younger"), at, strict=True)}


_LISTED = re.compile(r",?\s(?:and\s|&\s)?\Z|,\s\Z")


def _listed(text: str, one: Named, other: Named) -> bool:
    """Whether two surnames stand side by side in a list of an office."""
    if one.role is None or other.role is None or one.role.phrase != other.role.phrase:
        return False
    return "shared" in {one.role.side, other.role.side} and bool(
        _LISTED.fullmatch(text, one.found.end, other.found.start)
    )


def of_generation(
    mention: Named, people: Sequence[Person], mentions: Sequence[Named], options: dict[int, Form]
) -> dict[int, Form]:
    """Whom of ``options`` "the elder Hale" means, as far as the text tells; all of them where it is open.

    Of one alone nothing tells that he is the elder, so that the mention is somebody else.
    """
    if len(options) > _MOST:
        return options
    ages = {number: _age(people[number], mentions) for number in options}
    fitting = [number for number, age in ages.items() if age == mention.generation]
    if not fitting and set(ages.values()) - {""}:
        # The other one is known to be of the other generation.
        fitting = [number for number, age in ages.items() if not age]
    if len(fitting) == 1:
        return {fitting[0]: options[fitting[0]]}
    return options if len(fitting) > 1 or len(options) > 1 else {}


_MOST = 8
_ELDERS = frozenset({"father", "mother", "grandfather", "grandmother", "uncle", "aunt"})
_CHILDREN = frozenset({"son", "daughter", "grandson", "granddaughter", "nephew", "niece"})


def _age(person: Person, mentions: Sequence[Named]) -> str:
    """The generation of a person as told where the name stands in full."""
    suffix = fold(person.parts.suffix or "")
    if suffix in {"jr", "ii", "iii"} or person.parts.joined in names().younger:
        return "younger"
    if suffix == "sr" or person.parts.joined in names().elder:
        return "elder"
    for i in person.mentions[:_MOST]:
        mention = mentions[i]
        if mention.form == "full" and mention.before.relation:
            if mention.before.relation in _ELDERS:
                return "elder"
            if mention.before.relation in _CHILDREN:
                return "younger"
        if mention.generation:
            return mention.generation
    return ""


_NUMERAL_STOP = re.compile(r" (?:[IVX]{2,5})(?P<stop>\.\s)(?=[A-Z])")


def after_numerals(text: str, found: Sequence[PersonSpan]) -> list[PersonSpan]:
    """``found`` with what ends a sentence cut in two: "King Abdullah II. Abdullah said".

    >>> [(f.start, f.end) for f in after_numerals("Abdul II. Abdul said", [PersonSpan(0, 15)])]
    [(0, 8), (10, 15)]
    """
    whole: list[PersonSpan] = []
    for piece in found:
        match = _NUMERAL_STOP.search(text, piece.start, piece.end)
        if match is None:
            whole.append(piece)
            continue
        whole.append(PersonSpan(piece.start, match.start("stop"), piece.rules))
        whole.append(PersonSpan(match.end(), piece.end, piece.rules))
    return whole


_NOW = re.compile(r" (?:has|says|said|will|must|is|wants|plans|hopes|cannot|can|faces|now)\b")
WIDOWED = frozenset({"widow", "widower"})
"""Whose widow somebody is does not act any more."""


def acts_now(text: str, end: int) -> bool:
    """Whether who is named before ``end`` is told to do something now.

    >>> acts_now("Hale must pay", 4), acts_now("Hale was shot", 4)
    (True, False)
    """
    return bool(_NOW.match(text, end, end + 8))


def spouse_to_come(mention: Named, person: Person, mentions: Sequence[Named]) -> bool:
    """Whether a surname stands before its bearer is named as "her husband, Ben Hale": then it is hers."""
    if not person.kin or person.introduced < mention.found.start or mention.before.relation:
        return False
    first = next((mentions[i] for i in person.mentions if mentions[i].form == "full"), None)
    return first is not None and first.before.relation in _SPOUSES


_BY_NAME_OF = ("by the name of ", "by the name ")


def named_so(text: str, start: int) -> bool:
    """Whether somebody is introduced at ``start`` by the one name: "a man by the name of Hale".

    >>> named_so("a man by the name of Hale", 21), named_so("in the spirit of Hale", 17)
    (True, False)
    """
    return text.endswith(_BY_NAME_OF, 0, start)


_DOCTOR = ("Dr. ", "Dr ", "Rev. ", "Rev ", "Reverend ")
_MRS = ("Mrs. ", "Mrs ")


_AND_MRS = re.compile(
    r"\b(?:[Pp]resident|[Mm]inister|[Ss]enator|[Gg]overnor|[Mm]ayor|[Kk]ing|[Pp]rince|Mr\.?|Dr\.?)"
    r" (?:and|&) Mrs\.? \Z"
)
_IS_HE = re.compile(
    r"(?:,? (?:[a-z]+ )?(?:said|says|told|added|made|gave|took|has|had|and))?"
    r"(?: [a-z]+)? (?:he|his|himself)\b"
)


def set_couples_apart(text: str, mentions: Sequence[Named]) -> None:
    """Note that "Dr. Hale" is not she who is called "Mrs. Hale" in the same article.

    And that she is not "Hale", where the text says "the president and Mrs. Hale" or that Hale is "he".
    """
    if not any(word in text for word in _MRS):
        return
    single = [m for m in mentions if len(m.parts.units) == 1]
    hers = [m for m in single if text.endswith(_MRS, 0, m.found.start)]
    wives = {m.parts.joined for m in hers}
    husbands = {
        m.parts.joined for m in hers if _AND_MRS.search(text, max(0, m.found.start - 24), m.found.start)
    }
    for mention in single:
        if mention.parts.joined not in wives:
            continue
        if text.endswith(_DOCTOR, 0, mention.found.start):
            mention.not_mrs = True
        elif _IS_HE.match(text, mention.found.end, mention.found.end + 50):
            husbands.add(mention.parts.joined)
    for mention in hers:
        mention.wife = mention.parts.joined in husbands
