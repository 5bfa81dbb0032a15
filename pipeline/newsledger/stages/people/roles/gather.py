"""Gathers a role from its last word leftwards: what it is about, its status, country and organisation.

`head` finds the words of the office, `walk` has the steps, `near` what they look up.
"""

from __future__ import annotations

from newsledger.stages.people.roles.determiners import determined, opens_bare
from newsledger.stages.people.roles.head import Head, claimed, head_ending, two_people
from newsledger.stages.people.roles.near import (
    country_at,
    half_named,
    org_at,
    past_words,
)
from newsledger.stages.people.roles.org import (
    of_its_body,
    of_its_house,
)
from newsledger.stages.people.roles.roles import (
    STEPS,
    Context,
    Role,
    Token,
    first_at_or_after,
)
from newsledger.stages.people.roles.walk import (
    Next,
    Walk,
    over_a_country,
    over_a_known_org,
    over_a_modifier,
    over_a_party,
    over_a_sign,
    over_a_status,
    over_an_org,
    over_its_first_word,
    over_what_is_apart,
)
from newsledger.stages.people.tables import roles, written


def gather(
    context: Context,
    tokens: list[Token],
    i: int,
    head: Head,
    *,
    comma: bool,
    closed: bool = False,
    speaks: bool = False,
) -> tuple[Role, int] | None:
    """Go left from a role phrase over its modifiers, status words, country and organisation."""
    walk = _begun(context, tokens, i, head, comma=comma)
    for _ in range(STEPS * 2):
        j = walk.at - 1
        if j < 0:
            break
        said = _step(walk, tokens[j], j)
        if said == "on":
            continue
        if said is None:
            # "Another brother and former finance minister, ..."
            of_kin = comma and j > 0 and tokens[j].key == "and" and tokens[j - 1].key in walk.table.kin
            k = j - 2 if of_kin else j
            walk.determiner = determined(tokens, k, closed=closed)
        break
    bare = closed or speaks
    if comma and bare and not walk.determiner and opens_bare(context.text, tokens, walk.at):
        walk.determiner = True
    return _ended(walk)


def _begun(context: Context, tokens: list[Token], i: int, head: Head, *, comma: bool) -> Walk:
    """The walk at its first step: the office as the text spells it, and a place that is glued to it."""
    table = roles()
    phrase, at, many, status = head
    held = None
    if len(phrase) > 1:
        held = half_named(context, tokens, at, i)
        named = context.name_ends.get(tokens[at].end)
        inside = named is not None and named.label == "ORG" and named.start_char < tokens[at].start
        if held is None and inside:
            # "People's Party leader" leads the People's Party.
            phrase, at = phrase[1:], at + 1
    words = list(phrase)
    walk = Walk(table, context, tokens, i, comma, phrase, at, many, status, words, phrase)
    walk.style = phrase in table.styles
    if walk.style and not comma:
        _office_before_title(walk)
    if walk.at >= 2 and not (walk.many or walk.style or walk.status):
        # "president and chief executive Bill Owens"; not "host and ex-legislator": only the one is over.
        _join_office(walk, walk.at - 1)
    walk.first_of_head, walk.size = walk.at, len(walk.words)
    if held is not None:
        walk.org, walk.at = held
    rank_only = walk.style and table.field.get(walk.phrase) in {"royalty", "religion"}
    walk.gathering = walk.org is None and not rank_only
    return walk


PARTISANS = frozenset({("democrat",), ("republican",)})
"""Before a senator's name they say of which party he is."""


def _office_before_title(walk: Walk) -> None:
    """Take the office before a title of rank: "Defence Minister General Smith"."""
    tokens, at, title = walk.tokens, walk.at, walk.phrase
    office = head_ending(tokens, at - 1)
    if office is None or office.phrase in {title, ("deputy",), ("assistant",), ("member",)} | PARTISANS:
        return
    walk.others.append(Role(title, written(title), style=True))
    walk.phrase = walk.key_phrase = office.phrase
    walk.at, walk.many, walk.status = office.at, walk.many, walk.status or office.status
    walk.words, walk.style = list(office.phrase), office.phrase in walk.table.styles


def _join_office(walk: Walk, j: int) -> bool:
    """Take the office before "and" at token ``j``."""
    tokens = walk.tokens
    if tokens[j].key not in {"and", "&"}:
        return False
    office = head_ending(tokens, j - 1)
    if office is None or office.many or claimed(tokens, office.at):
        return False
    if not walk.comma and two_people(tokens, office.at):
        return False
    walk.words = [*office.phrase, "and", *walk.words]
    walk.at = office.at
    if walk.at and tokens[walk.at - 1].key == "deputy":
        walk.words.insert(0, "deputy")
        walk.at -= 1
    walk.status = walk.status or office.status
    return True


def _step(walk: Walk, token: Token, j: int) -> Next | None:
    """What the first step says that knows the token; nothing where none does."""
    said = (
        over_a_sign(walk, token, j)
        or over_a_known_org(walk, token, j)
        or over_what_is_apart(walk, token)
        or over_a_modifier(walk, token, j)
        or over_a_status(walk, token, j)
    )
    if said:
        return said
    start = walk.tokens[walk.at].start
    span = org_at(walk.context, start)
    return (
        over_a_country(walk, country_at(walk.context, start), span)
        or over_an_org(walk, span)
        or over_its_first_word(walk, token, j)
        or over_a_party(walk, token, j)
        or _over_an_office(walk, token, j)
        or _over_past_words(walk, j)
    )


def _over_an_office(walk: Walk, token: Token, j: int) -> Next | None:
    """A second office before "and"."""
    if token.key not in {"and", "&"} or not j or walk.many:
        return None
    # "Deputy Prime Minister and Foreign Minister Ana Prado"
    alone = not (walk.style or walk.country or walk.org or walk.status)
    if alone and _join_office(walk, j):
        return "on"
    beside = None if walk.comma else _office_beside(walk.context, walk.tokens, j)
    if beside is None:
        return None
    walk.others[:0] = [*beside[0].others, beside[0]]
    walk.at = first_at_or_after(walk.tokens, beside[1], j)
    return "stop"


def _office_beside(context: Context, tokens: list[Token], at: int) -> tuple[Role, int] | None:
    """The first office in "Interior Minister and deputy Unity leader Ana Prado", before "and" at ``at``.

    Not after "the", where it may be somebody else's.
    """
    head = head_ending(tokens, at - 1)
    if head is None or head.many:
        return None
    found = gather(context, tokens, at - 1, head, comma=False)
    if found is None:
        return None
    first = first_at_or_after(tokens, found[1], at)
    opener = tokens[first - 1].key if first else ""
    if opener in {"the", "between", ",", "and"}:
        return None
    return found


def _over_past_words(walk: Walk, j: int) -> Next | None:
    """The few words after "former" that are no part of the office: "former world triple-jump champion"."""
    former = past_words(walk.tokens, j)
    return walk.go(former) if former is not None else None


def _ended(walk: Walk) -> tuple[Role, int] | None:
    """The role that was gathered, and where it begins in the text."""
    tokens, country, words = walk.tokens, walk.country, walk.words
    if walk.comma and not (walk.determiner or country or walk.org):
        return None
    while words and words[0] in {"and", ",", "&"}:
        words.pop(0)
    org, words = of_its_house(walk.org, words)
    org, words = of_its_body(walk.context.text, tokens, walk.first_of_head, walk.size, org, words)
    shared = walk.many and len(walk.countries) > 1
    role = Role(
        walk.key_phrase,
        written(tuple(words)).replace(" ,", ","),
        status=walk.status or "current",
        country=None if len(walk.countries) > 1 else country.iso_alpha2 if country else None,
        org=" ".join(org.split()) if org else None,
        many=walk.many,
        countries=tuple(walk.countries) if shared else (),
        style=walk.style,
        others=tuple(walk.others),
    )
    return role, tokens[walk.at].start if walk.at < len(tokens) else 0
