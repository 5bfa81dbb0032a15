"""Evidence that people of two articles are one: offices, organisations, people mentioned together."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_parts import NameParts, parse_name
from newsledger.stages.people.tables import canonical_role
from newsledger.stages.people.tables import names as name_tables
from newsledger.stages.people.tables import roles as role_tables
from newsledger.values.people import PersonRecord

TOP_OFFICES = frozenset({"president", "prime minister", "chancellor", "premier", "vice president", "pope"})
"""Offices that one person at a time holds: with a surname they are a name."""
ROYAL_TITLES = frozenset({"king", "queen", "prince", "princess", "crown prince", "emir", "sultan", "emperor"})


@lru_cache(maxsize=1 << 14)
def canonical_office(role: str) -> str:
    """A role in small letters and in the shorter order of words.

    >>> [canonical_office(role) for role in ("Secretary of Defense", "Secretary of State", "Premier")]
    ['defense secretary', 'secretary of state', 'prime minister']
    """
    words = canonical_role(tuple(role.lower().split()))
    of_something = len(words) > 2 and words[1] in {"of", "for"} and words not in role_tables().field
    if of_something and words[0] in {"professor", *role_tables().with_portfolio}:
        words = (*words[2:], words[0])
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def field_of(role: str) -> str | None:
    """The field of life of a role as written in a table.

    >>> field_of("Prime Minister"), field_of("Committee Chairman")
    ('state', 'legislature')
    """
    words = tuple(role.lower().split())
    table = role_tables().field
    if "committee" in words or "subcommittee" in words:
        return "legislature"
    return next((table[words[i:]] for i in range(len(words)) if words[i:] in table), None)


@lru_cache(maxsize=1 << 14)
def distinctive(role: str) -> bool:
    """Whether sharing a role says something: not what many are at a time ("Minister", "Spokesman")."""
    if field_of(role) not in {"state", "cabinet", "legislature", "local", "royalty", "religion"}:
        return False
    common = role_tables().common_posts
    return role not in common and role.split()[-1] not in common - role_tables().with_portfolio - {"leader"}


@lru_cache(maxsize=1 << 14)
def public_office(role: str) -> bool:
    """Whether an office makes its holder known, so that he is named without saying who he is.

    >>> public_office("Home Minister"), public_office("Deputy Home Minister"), public_office("Coordinator")
    (True, False, False)
    """
    office = canonical_office(role)
    words = office.split()
    table = role_tables()
    return distinctive(office) and words[-1] in table.public and table.of_helpers.isdisjoint(words)


@lru_cache(maxsize=1 << 14)
def seat_of(office: str) -> str:
    """What a member or a chairman of a house goes by in any article; empty for others.

    >>> seat_of("congressman"), seat_of("representative"), seat_of("special representative")
    ('lower house', 'lower house', '')
    >>> seat_of("budget committee chairman")
    'committee chairman'
    """
    words = office.split()
    if len(words) == 1:
        house = role_tables().house.get(office, "")
        return f"{house} house" if house else ""
    return f"committee {words[-1]}" if "committee" in words[:-1] else ""


@lru_cache(maxsize=1 << 14)
def specific_post(office: str) -> bool:
    """Whether a post is more than a rank that every firm and body has.

    >>> specific_post("chief market strategist"), specific_post("senior vice president")
    (True, False)
    """
    words = office.split()
    return len(words) > 1 and not role_tables().of_any_post.issuperset(words)


@lru_cache(maxsize=1 << 14)
def portfolio(office: str) -> str:
    """What a minister or secretary is responsible for, as `org_key` has it; empty for others.

    >>> portfolio("health and human services secretary") == org_key("Department of Health & Human Services")
    True
    """
    words = office.split()
    if not words or words[-1] not in role_tables().with_portfolio:
        return ""
    return org_key(" ".join(word for word in words[:-1] if word not in role_tables().of_any_post))


_ORG_WORD = lazy_regex(r"[^\W_]+")


def org_keys(org: str) -> tuple[str, ...]:
    """The forms under which an organisation is found again: its telling words and its first letters.

    >>> org_keys("Federal Communications Commission"), org_keys("FCC")
    (('communications', 'fcc'), ('fcc',))
    """
    if org.islower():
        # "components division": any firm has one
        return ()
    words = _ORG_WORD.findall(org.replace(".", "").lower())
    letters = "".join(w[0] for w in words if w not in _FUNCTION_WORDS)
    return tuple(key for key in (org_key(org), letters if len(letters) > 2 else "") if key)


_FUNCTION_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "s"})


@lru_cache(maxsize=1 << 14)
def org_key(org: str) -> str:
    """A key that the long and short names of an organisation share; empty if it is not distinctive.

    >>> org_key("Federal Reserve Board") == org_key("the Federal Reserve"), org_key("U.S. Senate")
    (True, '')
    """
    words = _ORG_WORD.findall(org.replace(".", "").replace("’", "'").lower())
    described = [w for w in words if len(w) > 1 and w not in name_tables().org_words]
    return " ".join(described)


def is_common_name(parts: NameParts) -> bool:
    """Whether a name is too common to identify a person: two parts, both of them frequent.

    >>> from newsledger.stages.people.boundaries.name_parts import parse_name
    >>> is_common_name(parse_name("David Jones")), is_common_name(parse_name("Sherrod Brown"))
    (True, False)
    >>> is_common_name(parse_name("David W. Jones")), is_common_name(parse_name("Wang Wei"))
    (False, True)
    """
    units, at = parts.units, parts.family
    if len(units) != 2 or at is None or parts.suffix:
        return False
    table = name_tables()
    family, given = units[at], units[1 - at]
    if at == 0 and family.key in table.frequent_family:
        # A family name of Eastern Asia tells as little with a given name of one syllable.
        return len(given.key) < 6 and "-" not in given.text
    return family.key in table.common_family and (given.initial or given.key in table.common_given)


@lru_cache(maxsize=1 << 14)
def companion(name: str) -> int:
    """The name by which a person is found again beside others, as a number; 0 where too often."""
    parts, tables = parse_name(name), name_tables()
    if parts.family is not None:
        key = parts.units[parts.family].bare
        if len(key) < 4 or key in tables.common_family or key in tables.frequent_family:
            # "William J. Perry" is found again as "William Perry".
            key = parts.units[0 if parts.family else -1].key + "/" + key
    else:
        key = parts.units[0].bare if len(parts.units) == 1 else ""
        if len(key) < 4 or key in tables.given_or_pet or key in tables.common_family:
            return 0
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


_HEADS_OF_STATE = TOP_OFFICES | ROYAL_TITLES
_OFTEN = 4
"""A name is a head of state's where it is called one in one article of so many."""


def names_head(record: PersonRecord) -> bool:
    """Whether an article calls a person a head of state or government, who is not evidence for others."""
    return not record.orgs and any(canonical_office(role) in _HEADS_OF_STATE for role in record.roles)


def are_heads(n_articles: int, as_head: int) -> bool:
    """Whether a name is that of a head of state, by the number of articles and those that say so.

    >>> are_heads(4, 1), are_heads(5, 1), are_heads(5, 0)
    (True, False, False)
    """
    return 0 < n_articles <= _OFTEN * as_head
