"""Reads the role that stands before a name.

``Japanese Prime Minister``, ``former U.S. President``, ``European Commission President``, ``Minister of
Finance``, ``the president of Ukraine,``: from the name leftwards, first the office, then what it is about,
its status, its country and its organisation.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from newsledger.stages.people.roles.affairs import affairs_before, takes_portfolio
from newsledger.stages.people.roles.determiners import DETERMINERS, is_possessive
from newsledger.stages.people.roles.gather import gather
from newsledger.stages.people.roles.head import Head, head_ending
from newsledger.stages.people.roles.near import opening_org
from newsledger.stages.people.roles.roles import (
    WINDOW,
    Before,
    Context,
    Role,
    Token,
    first_at_or_after,
    is_portfolio,
    possessor,
    whole_place,
)
from newsledger.stages.people.tables import names as name_tables
from newsledger.stages.people.tables import roles, written


def before(
    context: Context, start: int, floor: int, *, full: bool = True, closed: bool = False, speaks: bool = False
) -> Before:
    """Read what stands before the name that begins at ``start``; nothing before ``floor`` is looked at.

    ``full`` says that the name has more than one part, which a role set off by a comma asks for
    ("the president of Ukraine, Volodymyr Zelenskiy"); ``closed`` that the name is set off on its right
    as well, which lets the role be indefinite ("an analyst, Ana Prado, said"); ``speaks`` that a verb of
    saying follows it, which lets a bare office open the sentence ("Spokesman, Ana Prado said").
    """
    tokens = context.left_of(start, max(floor, start - WINDOW))
    table = roles()
    i = len(tokens) - 1
    gender: Literal["male", "female"] | None = None
    addressed = False
    while i >= 0 and tokens[i].key in table.honorifics and not tokens[i].text[0].islower():
        kind = table.honorifics[tokens[i].key]
        gender = kind if kind in ("male", "female") else None  # type: ignore[assignment]
        addressed = True
        i -= 1
    comma = False
    if i >= 0 and tokens[i].key == "," and (full or closed):
        comma = True
        i -= 1
    given_name = i > 1 and tokens[i].key in _NAMED and not comma
    if given_name:
        # "a student named Ada Lind"
        i -= 1
    if i > 1 and tokens[i].key == ")":
        # "Director of the Roads Authority (RA) Peter Smith"
        opens = next((k for k in range(i - 1, max(-1, i - 5), -1) if tokens[k].key == "("), None)
        i = i if opens is None else opens - 1
    head = head_ending(tokens, i)
    if head is not None and not comma and possessor(tokens[i]):
        # "the President's Aida plan"
        head = None
    if head is None and i > 0 and not comma and tokens[i].text in _STARS and _owned(context, tokens[i].start):
        # "Costa Rica star Ana Prado"; without country or club it may be a verb.
        head = Head((tokens[i].text,), i, False, None)
    if head is not None and _is_portfolio(tokens, head):
        head = None
    elif head is None and i >= 0 and not comma:
        word = tokens[i].key.removeprefix("late ")
        if word in table.kin:
            return Before(
                gender=_kin_gender(word),
                addressed=addressed,
                kin=True,
                start=tokens[i].start,
                relation=word,
            )
    found = None
    if head is not None:
        found = gather(context, tokens, i, head, comma=comma, closed=closed, speaks=speaks)
        if found is not None and not comma and found[0].org is None and _within_office(tokens, found[1]):
            return Before(gender=gender, addressed=addressed, start=found[1])
    if found is not None and found[0].style and not comma:
        # "Chief of Defence Forces Gen. Smith"
        at = first_at_or_after(tokens, found[1], i)
        if found[0].org is not None or found[0].country is not None:
            at = head[1] if head is not None else at
        elif (
            head is not None
            and 0 < at < head[1]
            and tokens[at - 1].key == "of"
            and head_ending(tokens, at - 2) is not None
        ):
            # "Chief of Naval Operations Admiral Smith": not an admiral of operations
            at = head[1]
            found = replace(found[0], text=written(head[0])), tokens[at].start
        found = _beside(_of_phrase(context, tokens, at - 1, comma=False, sent=False), found)
    if found is not None and found[0].style and not comma and found[0].org is None:
        found = _beside(_set_off_office(context, tokens, found[1], closed=closed), found)
    if found is None:
        found = _of_phrase(context, tokens, i, comma=comma, closed=closed, speaks=speaks)
    if found is not None and not (comma or found[0].org or found[0].country):
        found = replace(found[0], org=opening_org(context, found[1])), found[1]
    if found is not None and comma and _CLAIMED.fullmatch(context.text, floor, found[1]):
        # "Ana Prado, Mayor of Lima, Mrs. Jane Lind": the role is the first one's.
        found = None
    if found is None:
        first = tokens[i + 1].start if addressed and i + 1 < len(tokens) else start
        if comma:
            i += 1
        relation = tokens[i - 1].key if comma and i > 0 and tokens[i - 1].key in table.kin else ""
        gender = gender or _kin_gender(relation)
        return Before(gender=gender, addressed=addressed, kin=bool(relation), start=first, relation=relation)
    role, at = found
    if role.status == "current" and not role.style and _gone(context.text, at):
        role = replace(role, status="former")
    relation = _kin_in_office(tokens, at)
    return Before(
        role, gender or _kin_gender(relation), addressed, kin=bool(relation), start=at, relation=relation
    )


_GONE = re.compile(
    r"\b(?:[Aa]fter|[Ff]ollowing|[Ss]ince|[Uu]pon) (?:[a-z]+ )?"
    r"(?:resignation|ousting|ouster|overthrow|dismissal|removal|sacking|firing|departure|death)"
    r" of (?:[a-z-]+ )?\Z"
)


def _gone(text: str, start: int) -> bool:
    """Whether it is told that who held the office at ``start`` left it: "after the resignation of President".

    >>> _gone("after the resignation of President Hale", 25)
    True
    >>> _gone("They want the resignation of President Hale", 29)
    False
    """
    left = max(0, start - 90)
    return text.find(" of ", max(0, start - 24), start) >= 0 and bool(_GONE.search(text, left, start))


def _kin_in_office(tokens: list[Token], start: int) -> str:
    """The kinship said before an office: "his father, the late President Hale", "her son Senator Hale"."""
    at = first_at_or_after(tokens, start, len(tokens)) - 1
    while at > 0 and tokens[at].key in _BETWEEN_KIN:
        at -= 1
    return tokens[at].key if at > 0 and tokens[at].text in roles().kin and _owned_kin(tokens, at) else ""


_BETWEEN_KIN = frozenset({",", "the", "late", "former", "then"})


def _owned_kin(tokens: list[Token], at: int) -> bool:
    """Whether it is said whose kin: "his younger brother", "Hale's father"."""
    for token in tokens[max(0, at - 2) : at]:
        if token.key in DETERMINERS - {"the"} or is_possessive(token):
            return True
    return False


_STARS = frozenset({"star", "forward", "prop", "lock", "hooker", "guard"})


def _beside(office: tuple[Role, int] | None, title: tuple[Role, int]) -> tuple[Role, int]:
    """The office before a title, which is told beside it; without an office the title alone."""
    if office is None:
        return title
    beside = () if title[0].many else (replace(title[0], others=()),)
    return replace(office[0], others=(*office[0].others, *title[0].others, *beside)), office[1]


def _owned(context: Context, at: int) -> bool:
    """Whether a country or an organisation ends right before ``at``, without a possessive."""
    return at - 1 in context.name_ends


_NAMED = frozenset({"named", "surnamed"})


def _set_off_office(
    context: Context, tokens: list[Token], start: int, *, closed: bool
) -> tuple[Role, int] | None:
    """The office in "the council's president, Rabbi Ben Hale", where it says whose it is."""
    at = first_at_or_after(tokens, start, len(tokens))
    if at < 3 or tokens[at - 1].key != ",":
        return None
    head = head_ending(tokens, at - 2)
    if head is None:
        office = _of_phrase(context, tokens, at - 2, comma=True)
    else:
        lower = not tokens[at - 2].text[0].isupper()
        office = gather(context, tokens, at - 2, head, comma=True, closed=closed)
        if office is not None and not (lower or (closed and (office[0].org))):
            # "China's U.N. Representative, Ambassador Li", but not "they met the Director, General Hale"
            office = None
    if office is None or office[0].many:
        return None
    first = first_at_or_after(tokens, office[1], at)
    owned = office[0].org or (first and is_possessive(tokens[first - 1]))
    return office if owned else None


def _is_portfolio(tokens: list[Token], head: Head) -> bool:
    """ "Minister for Justice": what the minister is responsible for is no office of its own."""
    phrase, at = head[:2]
    if at < 2 or tokens[at - 1].key not in {"of", "for"} or not set(phrase) <= roles().portfolio:
        return False
    return head_ending(tokens, at - 2) is not None


def _kin_gender(word: str) -> Literal["male", "female"] | None:
    gender = roles().kin.get(word)
    return gender if gender in ("male", "female") else None  # type: ignore[return-value]


def _within_office(tokens: list[Token], start: int) -> bool:
    """Whether "the King" is part of an office ("Director of the Office of the King"), not of the name."""
    at = first_at_or_after(tokens, start, len(tokens))
    if at < 3 or tokens[at - 1].key != "the" or tokens[at - 2].key not in {"of", "to", "for"}:
        return False
    return tokens[at - 3].text[0].isupper()


_CLAIMED = re.compile(r"(?:\s*,(?:\s[A-Z][A-Z.\s]{0,12},)?|\s*\([^()]{1,30}\),?)\s*")


_BODIES = frozenset(
    {
        "company",
        "group",
        "industry",
        "bank",
        "government",
        "party",
        "club",
        "team",
        "board",
        "agency",
        "union",
        "university",
        "school",
    }
)
_OPENS = frozenset({"the", "by", "and", "with", "of", "to", "its", "his"}) | name_tables().speech_verbs


def _describes(token: Token) -> bool:
    """Whether a word in small letters may say what an organisation is ("joint venture Northair")."""
    return token.key not in roles().function_words


def _portfolio(token: Token) -> bool:
    """Whether a word may belong to what a minister is minister of."""
    if token.key in roles().portfolio or token.key in _BODIES:
        return True
    if token.key in roles().function_words:
        # "Secretary Of Agriculture"
        return False
    return token.text[0].isupper() and token.text.isalpha() and (token.key,) not in roles().field


def _of_phrase(
    context: Context,
    tokens: list[Token],
    i: int,
    *,
    comma: bool,
    sent: bool = True,
    closed: bool = False,
    speaks: bool = False,
) -> tuple[Role, int] | None:
    """``President of Ukraine Volodymyr ...``, ``Minister of Finance ...``, ``the head of the IMF, ...``."""
    if i < 2:
        return None
    table = roles()
    text = context.text
    last = tokens[i].end
    country = context.country_ends.get(last)
    span = context.name_ends.get(last)
    portfolio: list[str] = []
    bare = False
    of_affairs = affairs_before(tokens, i)
    if of_affairs > 0:
        # "Assistant Secretary of State for Nordian affairs"
        country = span = None
    if span is not None and (country is None or span.start_char < country.start_char):
        first = whole_place(text, span.start_char, span.end_char)[0]
        country = None
    elif country is not None:
        first = country.start_char
    else:
        span = None
        k = i
        while k >= 0 and (_portfolio(tokens[k]) or (tokens[k].key in {"and", "&", ","} and portfolio)):
            portfolio.insert(0, tokens[k].key)
            k -= 1
        while portfolio and portfolio[0] in {"and", "&", ","}:
            portfolio.pop(0)
            k += 1
        if portfolio and set(portfolio) <= _BODIES and k >= 0 and tokens[k].key == "the":
            # "general counsel of the company, Mark Hale"
            portfolio = []
            bare = True
        if not portfolio and not bare:
            return None
        first = tokens[k + 1].start
    at = first_at_or_after(tokens, first, i + 1)
    j = at - 1
    if span is not None:
        # "the director of the joint venture Northair, ..."
        while j > at - 4 and tokens[j].text.islower() and _describes(tokens[j]):
            j -= 1
    if j >= 0 and tokens[j].key in {"the", "a", "an", "its", "his", "her", "their"}:
        j -= 1
    if j < 1 or tokens[j].key not in {"of", "for", "at", "to", "in", "with"}:
        return None
    head = head_ending(tokens, j - 1)
    sent_on = tokens[j].key in {"in", "to"} and tokens[j - 1].end in context.country_ends
    if head is None and not portfolio and sent_on:
        # "the Ambassador of Ghana in Lima"
        return _of_phrase(context, tokens, j - 1, comma=comma, closed=closed)
    if head is None or (head[2] and not portfolio):
        return None
    if (
        portfolio
        and not takes_portfolio(head[0])
        and not set(portfolio) <= table.portfolio | {"and", "&", ","}
    ):
        return None
    if tokens[j].key in {"to", "in"}:
        # Where somebody is sent is not whose office it is.
        if head[0][-1] not in roles().sent or not sent:
            return None
        # "Ambassador in Cairo"
        country, span = None, span if country is None and not (span and span.label == "LOC") else None
    elif tokens[j].key == "for" and head[0][-1] in roles().sent:
        country, span = None, None
    found = gather(context, tokens, j - 1, head, comma=False)
    if found is None:
        return None
    role, start = found
    # Without an article the comma may part two items of a list.
    at = first_at_or_after(tokens, start, j) - 1
    opener = tokens[at].key
    if (
        comma
        and opener not in _OPENS
        and not (closed and opener in {"a", "an"})
        and not speaks
        and start > 0
        and not text[start].isupper()
    ):
        return None
    if portfolio:
        words = (*role.text.lower().split(), tokens[j].key, *portfolio)
        role = replace(role, text=written(words).replace(" ,", ","))
    elif country is not None:
        role = replace(role, country=country.iso_alpha2)
    elif span is not None and is_portfolio(span, head[0]):
        words = tuple(f"{role.text} {tokens[j].key} {span.surface}".lower().split())
        role = replace(role, text=written(words))
    elif span is not None:
        first, last = whole_place(text, span.start_char, span.end_char)
        role = replace(role, org=role.org or " ".join(text[first:last].split()))
    return role, start
