"""Builds the rows of the table: each mention with the person's name and the role stated there or carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.coreference.entities import Link, Mention, Person
from newsledger.stages.people.coreference.name_variants import tidy
from newsledger.stages.people.role import TELLING, Role, without_joint
from newsledger.stages.people.roles.statements import statements
from newsledger.stages.people.tables import Phrase, roles
from newsledger.values.mentions import PersonMention


def rows_of(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], people: Sequence[Person]
) -> list[PersonMention]:
    """One row per mention, each with the person's role."""
    names = [person.name for person in people]
    carried, stated = _roles_of_people(mentions, links)
    dead = dead_people(text, mentions, links)
    said = statements(text, mentions, links, dead)
    rows = []
    for number, (mention, link) in enumerate(zip(mentions, links, strict=True)):
        role = mention.role or carried.get(link.person)
        rules = [*mention.span.rules]
        country = org = status = None
        if role is not None:
            known = stated[link.person, role.phrase]
            country, org = role.country or known.country, role.org or known.org
            status = known.status if role.status == "current" and known.status in TELLING else role.status
            status = "former" if status in {"current", "acting"} and link.person in dead else status
            rules.append(f"role {role.side}" if mention.role is not None else "role carried")
        if link.reason:
            rules.append(link.reason)
        if link.form == "family" and mention.administration:
            rules.append("administration")
        if not any(rule in {"repeat", "address", "office", "known"} for rule in rules):
            rules.insert(0, "model")
        rows.append(
            PersonMention(
                start_char=mention.span.start,
                end_char=mention.span.end,
                surface=mention.surface,
                name=tidy(mention.surface) if link.candidates else names[link.person],
                person=link.person,
                form=link.form,
                role=role.text if role is not None else None,
                role_country=country,
                role_org=without_joint(org) if org else None,
                role_status=status,
                zone=mention.zone,
                basis="; ".join(dict.fromkeys(rules)),
                candidates=link.candidates,
                roles=said.get(number, ()),
            )
        )
    return rows


def _roles_of_people(
    mentions: Sequence[Mention], links: Sequence[Link]
) -> tuple[dict[int, Role], dict[tuple[int, Phrase], Role]]:
    """The role that each person's mentions without one carry, and what the article says of each role.

    The latter has the role's first country and organisation, and its last status that says more than current.
    """
    carried: dict[int, Role] = {}
    stated: dict[tuple[int, Phrase], Role] = {}
    for mention, link in zip(mentions, links, strict=True):
        role = mention.role
        if role is None:
            continue
        best = carried.get(link.person, role)
        if best is role or (role.standing, bool(role.country)) > (best.standing, bool(best.country)):
            carried[link.person] = role
        known = stated.get((link.person, role.phrase), role)
        stated[link.person, role.phrase] = replace(
            known,
            country=known.country or role.country,
            org=known.org or role.org,
            status=known.status if known.status in TELLING else role.status,
        )
    return carried, stated


_WORDS = roles().death
_DIED = lazy_regex(
    r"(?:\s\([^()\n]{1,30}\))?(?:,(?!\swhose\b)[^.;\n]{1,200},)?,?\s(?:who\s)?(?:(?:has|had|have)\s)?"
    rf"(?:{any_of(_WORDS['verbs'])}|(?:was|were|been)\s(?:{any_of(_WORDS['participles'])}))\b"
    rf"|['’]s?\s(?:[a-z]+\s)?(?:{any_of(_WORDS['of_owners'])})\b(?!\s(?:{any_of(_WORDS['not_before'])}))"
)
_DEATH = lazy_regex(
    rf"(?<!attempted\s)\b(?:(?:{any_of(_WORDS['nouns'])})\sof|(?:{any_of(_WORDS['killings'])})(?:\s(?:was|were))?"
    rf"|the\s(?:{any_of(_WORDS['victims'])})\s(?:was|were|is|are|include[sd]?))(?:\s(?:the|an?))?"
    rf"(?:\s(?:{any_of(roles().skipped)}))?\s\Z"
)


def dead_people(text: str, mentions: Sequence[Mention], links: Sequence[Link]) -> frozenset[int]:
    """The people who, by the text, have died: their roles are former."""
    found = set()
    for number, (mention, link) in enumerate(zip(mentions, links, strict=True)):
        start, end = mention.before.start, mention.span.end
        died = _DIED.match(text, end, end + 260)
        following = mentions[number + 1].span.start if number + 1 < len(mentions) else len(text)
        death = _DEATH.search(text, max(0, start - 28), start) and not text.startswith(("'", "’"), end)
        if death or (died is not None and died.end() <= following):
            found.add(link.person)
    return frozenset(found)
