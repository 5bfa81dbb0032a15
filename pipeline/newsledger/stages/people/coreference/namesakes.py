"""Words beside a surname by which it is another bearer's than elsewhere: "the elder Hale", "Mrs Hale".

Each of these rules changes few articles, but without it the surname would silently become a wrong person's
all over the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsledger.lexicons.load import any_of
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.coreference.entities import Changes, Mention, Person
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.coreference.relatives import surname_of
from newsledger.stages.people.tables import names, roles

_INTRODUCED = ("surnamed ", "by the name of ", "by the name ")
_OF_FAMILY = re.compile(rf"['’]s?\b|\s(?:{any_of(names().households)})\b")


def mark_newcomers(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark "a friend surnamed Hale", who is nobody named before."""
    return {
        i: replace(mention, introduced=True)
        for i, mention in enumerate(mentions)
        if mention.single and text.endswith(_INTRODUCED, 0, mention.span.start)
    }


def mark_families(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark surnames that stand for a family: "the Hale's home", "the Hale residence", "the Gibbons"."""
    return {
        i: replace(mention, of_family=True)
        for i, mention in enumerate(mentions)
        if mention.single and _is_of_family(text, mention.span.start, mention.span.end)
    }


def _is_of_family(text: str, start: int, end: int) -> bool:
    if not text.endswith(("the ", "The "), 0, start):
        return False
    plural = text[end - 1] == "s" and not text.startswith((" ", "-"), end)
    return plural or _OF_FAMILY.match(text, end) is not None


_MRS = ("Mrs. ", "Mrs ")
_DOCTOR = ("Dr. ", "Dr ", "Rev. ", "Rev ", "Reverend ")
_AND_MRS = re.compile(
    r"\b(?:[Pp]resident|[Mm]inister|[Ss]enator|[Gg]overnor|[Mm]ayor|[Kk]ing|[Pp]rince|Mr\.?|Dr\.?)"
    r" (?:and|&) Mrs\.? \Z"
)


def mark_husbands(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark "Dr. Hale" beside "Mrs. Hale", and "Hale" beside "the president and Mrs. Hale": he is not she."""
    singles = [(i, m) for i, m in enumerate(mentions) if m.single]
    wives = {m.parts.joined for _, m in singles if text.endswith(_MRS, 0, m.span.start)}
    if not wives:
        return {}
    couples = {
        m.parts.joined for _, m in singles if _AND_MRS.search(text, max(0, m.span.start - 24), m.span.start)
    }
    doctors = {surname_of(m) for m in mentions if not m.single and text.endswith(_DOCTOR, 0, m.span.start)}
    return {
        i: replace(m, husband=True, before=replace(m.before, gender="male"))
        for i, m in singles
        if m.parts.joined in wives
        and m.before.gender is None
        and (
            m.parts.joined in couples
            or (m.parts.joined not in doctors and text.endswith(_DOCTOR, 0, m.span.start))
        )
    }


_ELDERS = frozenset({"father", "mother", "grandfather", "grandmother", "uncle", "aunt"})
_CHILDREN = frozenset({"son", "daughter", "grandson", "granddaughter", "nephew", "niece"})
_GENERATIONS = {
    **dict.fromkeys(("elder", "older", "senior"), "elder"),
    **dict.fromkeys(("younger", "junior"), "younger"),
}
_AGE = re.compile(
    rf"\b[Tt]he ({any_of(_GENERATIONS)})"
    r" (?:(?:President|Senator|Sen\.|Governor|Gov\.|Prime Minister|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) )?\Z"
)
_AGE_AFTER = re.compile(rf",? the ({any_of(_GENERATIONS)})(?=[,.;)]| \()")


def mark_generations(text: str, mentions: Sequence[Mention]) -> Changes:
    """Mark the elder and the younger of two: "the elder Hale", "his father, Orson Hale", "Hale Jr."."""
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        if mention.single:
            generation = _stated_generation(text, mention) or _by_succession(text, mentions, i)
        else:
            generation = _generation_of_full_name(mention)
        if generation:
            changes[i] = replace(mention, generation=generation)
    return changes


def _stated_generation(text: str, mention: Mention) -> str:
    match = _AGE.search(text, max(0, mention.span.start - 32), mention.span.start)
    match = match or _AGE_AFTER.match(text, mention.span.end)
    return _GENERATIONS[match[1]] if match is not None else ""


def _generation_of_full_name(mention: Mention) -> str:
    name = mention.parts.joined
    if name in names().elder_presidents or name in names().younger_presidents:
        return "elder" if name in names().elder_presidents else "younger"
    suffix, relation = fold(mention.parts.suffix or ""), mention.before.relation
    if suffix in {"jr", "ii", "iii"} or relation in _CHILDREN:
        return "younger"
    return "elder" if suffix == "sr" or relation in _ELDERS else ""


_LISTED = re.compile(r",?\s(?:(?:and|&)\s)?\Z")


def _by_succession(text: str, mentions: Sequence[Mention], i: int) -> str:
    """Which of two presidents of one surname stands in "Presidents Reagan, Bush and Clinton"."""
    mention = mentions[i]
    if mention.role is None or mention.role.phrase not in roles().top:
        return ""
    beside = {
        mentions[k].parts.joined
        for k in (i - 1, i + 1)
        if 0 <= k < len(mentions)
        and _LISTED.fullmatch(text, mentions[min(i, k)].span.end, mentions[max(i, k)].span.start)
    }
    for line in names().successions:
        words = line.split()
        places = [k for k, name in enumerate(words) if name == mention.parts.joined]
        fitting = [k for k in places if beside and beside <= {*words[k - 1 : k], *words[k + 1 : k + 2]}]
        if len(places) == 2 and len(fitting) == 1:
            return "elder" if fitting[0] == places[0] else "younger"
    return ""


def of_generation(
    mention: Mention, people: Sequence[Person], candidates: Mapping[int, Form]
) -> dict[int, Form]:
    """Whom of ``candidates`` "the elder Hale" means, as far as the text tells; all of them where it is open.

    Of one alone nothing tells that he is the elder, so that the mention is somebody else.
    """
    fitting = [n for n in candidates if mention.generation in people[n].generations]
    if not fitting and any(people[n].generations for n in candidates):
        # The other one is known to be of the other generation.
        fitting = [n for n in candidates if not people[n].generations]
    if len(fitting) == 1:
        return {fitting[0]: candidates[fitting[0]]}
    return dict(candidates) if len(candidates) > 1 else {}
