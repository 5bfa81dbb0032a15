"""The rows of the table: each mention with the person's name and the role stated here or carried."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Named, Person
from newsledger.stages.people.coreference.fullest import tidy
from newsledger.stages.people.roles.more import listed
from newsledger.stages.people.roles.roles import Role
from newsledger.stages.people.tables import Phrase
from newsledger.values.mentions import PersonMention


def rows_of(text: str, mentions: list[Named], people: list[Person]) -> list[PersonMention]:
    """One row per mention, each with the person's role."""
    names = [person.name for person in people]
    best: list[Role | None] = [None] * len(people)
    told: dict[tuple[int, Phrase], Role] = {}
    """What the article says of each person's role: its first country, organisation and telling status."""
    for mention in mentions:
        role = mention.role
        if role is None:
            continue
        known = best[mention.person]
        if known is None or _weight(role) > _weight(known):
            best[mention.person] = role
        key = mention.person, role.phrase
        before_it = told.get(key, role)
        told[key] = replace(
            before_it,
            country=before_it.country or role.country,
            org=before_it.org or role.org,
            status=before_it.status if before_it.status in _TELLING else role.status,
        )
    rows = []
    for mention in mentions:
        role = mention.role or best[mention.person]
        rules = [*mention.found.rules]
        country = org = status = None
        if role is not None:
            all_told = told[mention.person, role.phrase]
            country, org = role.country or all_told.country, role.org or all_told.org
            status = (
                all_told.status if role.status == "current" and all_told.status in _TELLING else role.status
            )
            rules.append(f"role {role.side}" if mention.role is not None else "role carried")
        if mention.why:
            rules.append(mention.why)
        if mention.form == "family" and ADMINISTRATION.match(text, mention.found.end):
            rules.append("administration")
        rows.append(
            PersonMention(
                start_char=mention.found.start,
                end_char=mention.found.end,
                surface=mention.surface,
                name=tidy(mention.surface) if mention.candidates else names[mention.person],
                person=mention.person,
                form=mention.form,
                role=role.text if role is not None else None,
                role_country=country,
                role_org=without_joint(org) if org else None,
                role_status=status,
                zone=mention.zone,
                basis="; ".join(dict.fromkeys(_source(rules))),
                candidates=mention.candidates,
                more_roles=listed(mention.role, mention.others),
            )
        )
    return rows


def without_joint(org: str) -> str | None:
    """An organisation without what joins the next word to it, which a classifier took in.

    >>> without_joint("Northam Chamber of Commerce and"), without_joint("Senate Rail-")
    ('Northam Chamber of Commerce', 'Senate Rail')
    """
    while (shorter := org.rstrip(", -&").removesuffix(" and")) != org:
        org = shorter
    return org or None


ADMINISTRATION = re.compile(r" [Aa]dministration\b")

_TELLING = frozenset({"former", "acting", "designate"})


def _source(rules: list[str]) -> list[str]:
    if any(r in {"repeat", "address", "office", "known"} for r in rules):
        return rules
    return ["model", *rules]


def _weight(role: Role) -> tuple[int, bool]:
    """Which of two roles is carried to mentions without one: the office, and the one with a country."""
    return (role.standing if role.status is not None else 0, role.country is not None)
