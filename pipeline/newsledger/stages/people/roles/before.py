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
from newsledger.stages.people.roles.gather import HIS, gather
from newsledger.stages.people.roles.head import Head, head_ending
from newsledger.stages.people.roles.near import opening_org, short_form_set_off
from newsledger.stages.people.roles.org import without_portfolio
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
from newsledger.values.mentions import NameSpan


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
    while (
        i >= 0
        and tokens[i].key in table.honorifics
        and not tokens[i].text[0].islower()
        and tokens[i].text != "MS"
    ):
        kind = table.honorifics[tokens[i].key]
        gender = gender or (kind if kind in ("male", "female") else None)  # type: ignore[assignment]
        addressed = True
        i -= 1
    if i > 0 and tokens[i].text == "E" and tokens[i - 1].text == "H":
        # "H E Ana Prado": his excellency
        addressed, i = True, i - 2
    elif i >= 0 and tokens[i].text in HIS:
        addressed, i = True, i - 1
    if 0 < i < len(tokens) - 1 and tokens[i].key == "the" and tokens[i + 1].text in _HONORABLE:
        # "the judge, the Honorable Ana Prado"
        i -= 1
    if i > 1 and tokens[i].key.endswith("-year-old"):
        # "his wife, 54-year-old Ana Prado"
        word = tokens[i - 2 if tokens[i - 1].key == "," else i - 1].key
        if word in table.kin:
            return Before(
                gender=gender or _kin_gender(word),
                addressed=addressed,
                kin=True,
                start=tokens[i].start,
                relation=word,
            )
    comma = False
    if i >= 0 and tokens[i].key == "," and (full or closed):
        comma = True
        i -= 1
    people = context.country_ends.get(tokens[i].end) if i > 3 and not comma and full else None
    if people is not None and tokens[i - 1].key == "the":
        # "its producer, the Kenyan Ana Prado"
        comma = tokens[i - 2].key == "," and people.start_char == tokens[i].start
        i -= 3 if comma else 0
    elif people is not None and people.mention_type != "name":
        # "its chairman, Kenyan Ana Prado, said"
        at = first_at_or_after(tokens, people.start_char, i) - 1
        if at > 1 and tokens[at].key == "," and closed:
            comma, i = True, at - 1
    people = people if comma else None
    given_name = i > 1 and tokens[i].key in _NAMED and not comma
    if given_name:
        # "a student named Ada Lind"
        i -= 1
    if i > 1 and tokens[i].key == ")":
        # "Director of the Roads Authority (RA) Peter Smith"
        opens = next((k for k in range(i - 1, max(-1, i - 5), -1) if tokens[k].key == "("), None)
        i = i if opens is None else opens - 1
    if comma and i > 2 and short_form_set_off(context, tokens, i + 1):
        # "Director of the Northern Rail Authority, NRA, Peter Smith"
        i -= 2
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
        if word in table.kin and (tokens[i].text.islower() or word in {"brothers", "sisters", "siblings"}):
            return Before(
                gender=gender or _kin_gender(word),
                addressed=addressed,
                kin=True,
                start=tokens[i].start,
                relation=word,
            )
    found = None
    if head is not None:
        found = gather(context, tokens, i, head, comma=comma, closed=closed, speaks=speaks)
        if found is not None and not comma and found[0].org is None:
            outer = _outer(context, tokens, found[1])
            if outer == "nothing":
                return Before(gender=gender, addressed=addressed, start=found[1])
            found = found if outer is None else outer
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
        if at > 2 and tokens[at - 1].key == ")":
            at = next((k for k in range(at - 2, max(-1, at - 6), -1) if tokens[k].key == "("), at)
        found = _beside(_of_phrase(context, tokens, at - 1, comma=False, sent=False), found)
    if found is not None and comma and not (full or addressed) and not _whose(context, tokens, found):
        found = None
    if given_name and found is not None and not _indefinite(tokens, found[1]):
        found = None
    if found is not None and found[0].style and not comma and found[0].org is None:
        found = _beside(_set_off_office(context, tokens, found[1], closed=closed), found)
    if found is None:
        found = _of_phrase(context, tokens, i, comma=comma, closed=closed, speaks=speaks)
        if given_name and found is not None and not _indefinite(tokens, found[1]):
            # "Mexico's ambassador to Britain called Hale a friend"
            found = None
    if found is not None:
        found = _over_prize(found[0]), found[1]
    if found is not None and not (comma or found[0].org or found[0].country):
        found = replace(found[0], org=opening_org(context, found[1])), found[1]
    if found is not None and comma and _CLAIMED.fullmatch(context.text, floor, found[1]):
        # "Ana Prado, Mayor of Lima, Mrs. Jane Lind": the role is the first one's.
        found = None
    if found is not None and people is not None:
        owned = is_possessive(context.text, tokens[max(0, first_at_or_after(tokens, found[1], i) - 1)])
        owned = owned or found[0].org is not None
        country = found[0].country if owned else found[0].country or people.iso_alpha2
        found = (replace(found[0], country=country), found[1]) if found[0].standing else None
    if found is not None and comma and _of_associate(tokens, found[1]):
        # "a former ally of the president, Ana Prado": it is not she who is president
        found = None
    if found is not None and comma and (helper := _helper_of(context, tokens, found[1])) is not None:
        # "a spokesman for the mayor, Ana Prado, said"
        found = helper if closed else None
    if found is not None:
        found = _represented(context, tokens, found)
        relation = _kin_of_holder(tokens, found[1]) if comma else ""
        if relation:
            # "spouse of the late President, Ana Prado"
            return Before(
                gender=gender or _kin_gender(relation),
                addressed=addressed,
                kin=True,
                start=found[1],
                relation=relation,
            )
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
    if role.phrase in table.male:
        gender = gender or "male"
    elif role.phrase in table.female:
        gender = gender or "female"
    relation = _kin_in_office(context, tokens, at)
    return Before(
        role, gender or _kin_gender(relation), addressed, kin=bool(relation), start=at, relation=relation
    )


_GONE = re.compile(
    r"\b(?:[Aa]fter|[Ff]ollowing|[Ss]ince|[Uu]pon) (?:the |last [a-z]+['’]s )?(?:[a-z]+ )?"
    r"(?:resignation|ousting|ouster|overthrow|dismissal|removal|sacking|firing|departure|death|assassination)"
    r"(?: (?:in|on|last|this|earlier|late) (?:[A-Z]?[a-z]+ ?){1,3}?)? of (?:the |its |their )?(?:[a-z-]+ )?\Z"
)


def _gone(text: str, start: int) -> bool:
    """Whether it is told that who held the office at ``start`` left it: "after the resignation of President".

    >>> _gone("after the resignation in May of reformist party leader Hu", 42)
    True
    >>> _gone("They want the resignation of President Hale", 29)
    False
    """
    left = max(0, start - 90)
    return text.find(" of ", max(0, start - 24), start) >= 0 and bool(_GONE.search(text, left, start))


def _kin_in_office(context: Context, tokens: list[Token], start: int) -> str:
    """The kinship said before an office: "his father, the late President Hale", "her son Senator Hale"."""
    at = first_at_or_after(tokens, start, len(tokens)) - 1
    while at > 0 and tokens[at].key in _BETWEEN_KIN:
        at -= 1
    return (
        tokens[at].key
        if at > 0 and tokens[at].text in roles().kin and _owned_kin(context, tokens, at)
        else ""
    )


_BETWEEN_KIN = frozenset({",", "the", "late", "former", "then"})


def _owned_kin(context: Context, tokens: list[Token], at: int) -> bool:
    """Whether it is said whose kin: "his younger brother", "Hale's father"."""
    for token in tokens[max(0, at - 2) : at]:
        if token.key in DETERMINERS - {"the"} or is_possessive(context.text, token):
            return True
    return False


_HONORABLE = frozenset({"Honorable", "Honourable"})
_STARS = frozenset({"star", "forward", "prop", "lock", "hooker", "guard"})


def _beside(office: tuple[Role, int] | None, title: tuple[Role, int]) -> tuple[Role, int]:
    """The office before a title, which is told beside it; without an office the title alone."""
    if office is None:
        return title
    beside = () if title[0].many else (replace(title[0], others=()),)
    return replace(office[0], others=(*office[0].others, *title[0].others, *beside)), office[1]


def _owned(context: Context, at: int) -> bool:
    """Whether a country or an organisation ends right before ``at``, without a possessive."""
    ends = at - 1
    return ends in context.country_ends or ends in context.name_ends


_NAMED = frozenset({"named", "surnamed", "called"})


def _whose(context: Context, tokens: list[Token], found: tuple[Role, int]) -> bool:
    """Whether it is said whose the office is: "its abbot, Petros, ...", not "the mayor, Hale, and others"."""
    role, start = found
    if role.org is not None or role.country is not None:
        return True
    at = first_at_or_after(tokens, start, len(tokens))
    if not at:
        return False
    owner = tokens[at - 1]
    return owner.key in DETERMINERS - {"the"} or is_possessive(context.text, owner)


def _indefinite(tokens: list[Token], start: int) -> bool:
    """Whether "a" or "another" stands before an office: "a student named ...", not "the board named ..."."""
    at = first_at_or_after(tokens, start, len(tokens))
    return at > 0 and tokens[at - 1].key in {"a", "an", "another"}


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
        if office is not None and not (lower or (closed and (office[0].org or office[0].country))):
            # "China's U.N. Representative, Ambassador Li", but not "they met the Director, General Hale"
            office = None
    if office is None or office[0].many:
        return None
    sent = office[0].phrase[-1] == "representative" and (office[0].org or office[0].country)
    of_a_force = office[0].phrase == ("chief",) and " " in office[0].text
    if office[0].style and office[0].phrase not in _OVER_RANKS and not (sent or of_a_force):
        return None
    first = first_at_or_after(tokens, office[1], at)
    owned = office[0].org or office[0].country or (first and is_possessive(context.text, tokens[first - 1]))
    # "a defence ministry spokesman": said whose without a name
    words = office[0].text.lower().split()
    one = bool(first) and tokens[first - 1].key in {"a", "an"}
    described = (words[:-1] or one) and words[-1] in _SPOKESPEOPLE
    return office if owned or described or not roles().institutions.isdisjoint(words[:-1]) else None


_SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson"})


def _over_prize(role: Role) -> Role:
    """The office first in "Prime Minister and Nobel laureate Ana Prado": it says more than the prize."""
    if role.phrase[-1] != "laureate" or not role.others:
        return role
    office, *rest = role.others
    return replace(office, others=(*rest, replace(role, others=())))


_OVER_RANKS = frozenset({("commander",), ("archbishop",), ("ambassador",)})
"""Titles themselves, and an office before a rank if said of what: "Archbishop of Kent, Cardinal ..."."""


def _kin_of_holder(tokens: list[Token], start: int) -> str:
    """The kinship of whom is named to the holder of the office at ``start``: "wife of the mayor, ..."."""
    at = first_at_or_after(tokens, start, len(tokens))
    j = at - 2 if at and tokens[at - 1].key == "the" else at - 1
    if j < 1 or tokens[j].key != "of" or tokens[j - 1].key not in roles().kin:
        return ""
    return tokens[j - 1].key


def _helper_of(context: Context, tokens: list[Token], start: int) -> tuple[Role, int] | None:
    """The office of whom the holder of the office at ``start`` has: "a spokesman for the mayor, ..."."""
    at = first_at_or_after(tokens, start, len(tokens))
    if at < 3 or tokens[at - 1].key != "the" or tokens[at - 2].key not in {"for", "to"}:
        return None
    head = head_ending(tokens, at - 3)
    if head is None or head[2] or head[0][-1] not in _HELPERS_OF:
        return None
    return gather(context, tokens, at - 3, head, comma=False)


def _of_associate(tokens: list[Token], start: int) -> bool:
    """Whether the one named is but a friend or the like of the holder: "a friend of the mayor, ..."."""
    at = first_at_or_after(tokens, start, len(tokens))
    return (
        at > 2
        and tokens[at - 1].key in {"the", "former", "late"}
        and any(
            tokens[k].key in {"of", "to"} and tokens[k - 1].key in _ASSOCIATES
            for k in (at - 2, at - 3)
            if k > 0
        )
    )


_ASSOCIATES = frozenset(
    {"ally", "friend", "critic", "opponent", "rival", "confidant", "confidante", "supporter", "associate"}
    | {"colleague", "loyalist", "protege", "protégé", "predecessor", "successor", "foe", "enemy", "neighbour"}
    | {"neighbor", "follower", "admirer", "challenger", "heir", "aide", "disciple"}
)
_HELPERS_OF = frozenset({*_SPOKESPEOPLE, "adviser", "advisor", "aide", "lawyer", "attorney", "assistant"})


def _represented(context: Context, tokens: list[Token], found: tuple[Role, int]) -> tuple[Role, int]:
    """The office around it in "Special Representative of the UN Secretary-General Ana Prado"."""
    at = first_at_or_after(tokens, found[1], len(tokens))
    j = at - 2 if at and tokens[at - 1].key == "the" else at - 1
    if j < 1 or tokens[j].key != "of":
        return found
    head = head_ending(tokens, j - 1)
    if head is None or head[0][-1] not in {"representative", "envoy"}:
        return found
    outer = gather(context, tokens, j - 1, head, comma=False)
    if outer is None:
        return found
    return replace(outer[0], org=outer[0].org or found[0].org), outer[1]


def _is_portfolio(tokens: list[Token], head: Head) -> bool:
    """ "Minister for Justice": what the minister is responsible for is no office of its own."""
    phrase, at = head[:2]
    if at < 2 or tokens[at - 1].key not in {"of", "for"} or not set(phrase) <= roles().portfolio:
        return False
    office = head_ending(tokens, at - 2)
    return office is not None and office[0][-1] in roles().with_portfolio


def _kin_gender(word: str) -> Literal["male", "female"] | None:
    gender = roles().kin.get(word)
    return gender if gender in ("male", "female") else None  # type: ignore[return-value]


def _outer(context: Context, tokens: list[Token], start: int) -> tuple[Role, int] | Literal["nothing"] | None:
    """The role around ``Director of the Office of The King`` and ``Adviser to the President``.

    Written with capitals, "the King" is then part of the office and not of the name that follows.
    """
    at = first_at_or_after(tokens, start, len(tokens))
    if at < 3 or tokens[at - 1].key != "the" or tokens[at - 2].key not in {"of", "to", "for"}:
        return None
    small = tokens[at].text[0].islower()
    if (small and tokens[at - 2].key != "to") or not tokens[at - 3].text[0].isupper():
        return None
    head = head_ending(tokens, at - 3)
    if head is None or (small and head[0][-1] not in _HELPERS):
        return None if small else "nothing"
    return gather(context, tokens, at - 3, head, comma=False)


_HELPERS = frozenset({"undersecretary", "secretary", "adviser", "advisor", "aide", "assistant", "envoy"})
"""To whom they are is no office of the one who is named: "Undersecretary to the prime minister Ana Prado"."""
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
_OPENS = frozenset({"the", "by", "and", "with", "of", "to", "its", "his"}) | name_tables().speech


def _describes(token: Token) -> bool:
    """Whether a word in small letters may say what an organisation is ("joint venture Northair")."""
    return (
        token.key not in roles().function_words
        and (token.key,) not in roles().field
        and token.text[-1].isalnum()
    )


def _portfolio(token: Token) -> bool:
    """Whether a word may belong to what a minister is minister of."""
    if token.key in roles().portfolio or token.key in _BODIES:
        return True
    if token.key in roles().function_words:
        # "Secretary Of Agriculture"
        return False
    return token.text[0].isupper() and token.text.isalpha() and (token.key,) not in roles().field


_EMPLOYED = frozenset(
    {"official", "spokesman", "spokeswoman", "analyst", "expert", "economist", "researcher", "officer"}
)
"""They are with those for whom they work ("an official with the Northam Bank, Ana Prado, said")."""


_AIMS = re.compile(r" (?:to|for|against) (?:[A-Z]\w+ )?[A-Z]\w+\Z")


def _on_past_and(context: Context, tokens: list[Token], i: int) -> NameSpan | None:
    """The body that ends at token ``i``, of which a span ends before "and": "Office of Roads and Bridges"."""
    if i < 4 or tokens[i - 1].key != "and" or not tokens[i].text.istitle():
        return None
    span = context.name_ends.get(tokens[i - 2].end)
    if span is None and i > 4 and tokens[i - 3].key == "," and tokens[i - 2].text.istitle():
        # "Fund to Fight Want, Fever and Thirst", of which it ends before the comma
        span = context.name_ends.get(tokens[i - 4].end)
        span = span if span is not None and _AIMS.search(span.surface) else None
        if span is not None and span.label == "ORG" and tokens[i - 2].start not in context.name_starts:
            whole = context.text[span.start_char : tokens[i].end]
            return NameSpan(start_char=span.start_char, end_char=tokens[i].end, surface=whole, label="ORG")
        return None
    if span is None or span.label != "ORG" or " of " not in span.surface:
        return None
    whole = context.text[span.start_char : tokens[i].end]
    return NameSpan(start_char=span.start_char, end_char=tokens[i].end, surface=whole, label="ORG")


def _lies_in(span: NameSpan | None, joint: Token) -> bool:
    """Whether a place is where somebody is sent ("Ambassador in Cairo")."""
    return span is not None and span.label == "LOC" and joint.key == "in"


def _office_named(context: Context, tokens: list[Token], span: NameSpan, i: int) -> tuple[Role, int] | None:
    """The office that a classifier took for a body whole: "U.N. High Commissioner for Refugees"."""
    if span.label != "ORG" or " for " not in span.surface:
        return None
    first = first_at_or_after(tokens, span.start_char, i + 1)
    k = next((k for k in range(first + 1, i) if tokens[k].key == "for"), 0)
    head = head_ending(tokens, k - 1) if k else None
    if head is None or head[2] or head[1] < first or head[0][-1] not in roles().with_portfolio:
        return None
    lead = context.text[span.start_char : tokens[head[1]].start].strip()
    land = context.country_starts.get(span.start_char)
    if lead and not lead.replace(".", "").isupper():
        return None
    of = tuple(token.key for token in tokens[k : i + 1])
    country = land.iso_alpha2 if land is not None and lead else None
    org = lead if lead and country is None else None
    return Role(head[0], written((*head[0], *of)), country=country, org=org), span.start_char


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
    if not comma and tokens[i].text in name_tables().of_place and tokens[i - 1].end in context.name_ends:
        # "Bishop of Northam diocese Ana Prado"
        last = tokens[i - 1].end
    country = context.country_ends.get(last)
    span = context.name_ends.get(last) or (_on_past_and(context, tokens, i) if not country else None)
    place = country or span
    if place is not None and (country is not None or place.label == "LOC"):  # type: ignore[union-attr]
        # "manager of the Northam Water Board in Kent, ..."
        at = first_at_or_after(tokens, place.start_char, i + 1)
        if at > 3 and tokens[at - 1].key == "in":
            where = context.name_ends.get(tokens[at - 2].end)
            if where is not None and where.label == "ORG":
                return _of_phrase(context, tokens, at - 2, comma=comma, closed=closed)
    portfolio: list[str] = []
    bare = False
    of_affairs = affairs_before(tokens, i)
    if of_affairs > 0:
        # "Assistant Secretary of State for Nordian affairs"
        country = span = None
    if span is not None and (called := _office_named(context, tokens, span, i)) is not None:
        return called
    if span is not None and (country is None or span.start_char < country.start_char):
        first = whole_place(text, span.start_char, span.end_char)[0]
        country = None
    elif country is not None:
        first = country.start_char
    elif of_affairs > 0:
        portfolio = [token.key for token in tokens[of_affairs : i + 1]]
        first = tokens[of_affairs].start
    else:
        span = None
        k = i
        while k >= 0 and (_portfolio(tokens[k]) or (tokens[k].key in {"and", "&", ","} and portfolio)):
            portfolio.insert(0, tokens[k].key)
            k -= 1
        while portfolio and portfolio[0] in {"and", "&", ","}:
            portfolio.pop(0)
            k += 1
        if comma and k + 2 <= i and tokens[k + 1].start in context.country_starts:
            people = context.country_starts[tokens[k + 1].start]
            if tokens[k + 2].text.islower() and text[people.end_char : tokens[k + 2].start] == " ":
                # "general secretary of the Kenyan union Northam": a body, and no portfolio
                return None
        if (
            not comma
            and portfolio
            and not set(portfolio).isdisjoint(table.portfolio)
            and portfolio[-1] not in table.portfolio
        ):
            # "Minister of Health Hatem": the rest is a name that the classifier cut.
            return None
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
    if j > 3 and tokens[j - 1].key == ")" and tokens[j - 3].key == "(":
        # "Commissioner (Media) of Lima Police, ..."
        j -= 3
    head = head_ending(tokens, j - 1)
    if tokens[j].key == "with" and (head is None or head[0][-1] not in _EMPLOYED):
        return None
    sent_on = tokens[j].key in {"in", "to"} and tokens[j - 1].end in context.country_ends
    if head is None and not portfolio and sent_on:
        # "the Ambassador of Ghana in Lima"
        inner = _of_phrase(context, tokens, j - 1, comma=comma, closed=closed)
        return inner if inner is not None and inner[0].phrase[-1] in roles().sent else None
    if head is None and not portfolio and tokens[j].key == "of":
        # "the Minister of Agriculture of Ghana"
        inner = _of_phrase(context, tokens, j - 1, comma=comma, closed=closed)
        if inner is not None and country is not None and inner[0].country is None:
            return replace(inner[0], country=country.iso_alpha2), inner[1]
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
        country, span = None, span if country is None and not _lies_in(span, tokens[j]) else None
    elif tokens[j].key == "for" and head[0][-1] in roles().sent:
        country, span = None, span if span is not None and span.label == "ORG" and country is None else None
    found = gather(context, tokens, j - 1, head, comma=False)
    if found is None:
        return None
    role, start = found
    # Without an article the comma may part two items of a list.
    at = first_at_or_after(tokens, start, j) - 1
    if at > 0 and tokens[at].key.endswith(("-born", "-based", "-trained", "-educated")):
        # "the Lima-born president of its museum, ..."
        at -= 1
    opener = tokens[at].key
    if (
        comma
        and opener not in _OPENS
        and not (closed and opener in {"a", "an"})
        and not (speaks and opener == ",")
        and start > 0
        and not text[start].isupper()
    ):
        return None
    if portfolio:
        words = tuple(text for text in (*role.text.lower().split(), tokens[j].key, *portfolio))
        role = replace(role, text=written(words).replace(" ,", ","))
    elif country is not None:
        role = replace(role, country=role.country or country.iso_alpha2)
    elif span is not None and is_portfolio(span, head[0]):
        words = tuple(f"{role.text} {tokens[j].key} {span.surface}".lower().split())
        role = replace(role, text=written(words))
    elif span is not None:
        first, last = whole_place(text, span.start_char, span.end_char)
        org, what = without_portfolio(" ".join(text[first:last].split()), head[0])
        if what and role.org is None:
            joint = "of" if tokens[j].key == "of" and f"{what} of " in span.surface else "for"
            role = replace(role, text=written(tuple(f"{role.text} {joint} {what}".lower().split())))
        role = replace(role, org=role.org or org)
    return role, start
