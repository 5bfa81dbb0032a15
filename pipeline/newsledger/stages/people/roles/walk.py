"""The steps of a walk leftwards from an office over what it is about, its status, country and organisation.

Each step reads the token before ``Walk.at``; `gather` asks them in turn until one says what is to follow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from newsledger.stages.people.roles.near import (
    before_country,
    country_at,
    names_an_org,
    org_at,
    runs_into,
    short_form,
)
from newsledger.stages.people.roles.org import ends_in_portfolio, unfit, whole_body
from newsledger.stages.people.roles.roles import (
    OVER,
    Context,
    Role,
    Status,
    Token,
    first_at_or_after,
    modifier,
    over,
    possessor,
    whole_place,
)
from newsledger.stages.people.tables import Phrase, RoleTables
from newsledger.values.mentions import CountryMention, NameSpan

Next = Literal["on", "stop", "nothing"]
"""What a step says: go on leftwards, the role begins here, or it is no role of this person after all."""


@dataclass(slots=True)
class Walk:
    """A role as far as it is read: ``at`` is its first token, ``i`` its last."""

    table: RoleTables
    context: Context
    tokens: list[Token]
    i: int
    comma: bool
    """Whether a comma stands between the office and the name."""
    phrase: Phrase
    """The office; ``key_phrase`` once a title of rank before it is taken off."""
    at: int
    many: bool
    status: Status | None
    words: list[str]
    key_phrase: Phrase = ()
    style: bool = False
    others: list[Role] = field(default_factory=list)
    first_of_head: int = 0
    size: int = 0
    """How many of the words were the office's when the walk began, at token ``first_of_head``."""
    country: CountryMention | None = None
    countries: list[str] = field(default_factory=list)
    org: str | None = None
    determiner: bool = False
    gathering: bool = True
    """Whether words of what the office is about may still come."""

    def go(self, to: int, *, gathering: bool = False) -> Next:
        """Go on from token ``to``."""
        self.at, self.gathering = to, gathering
        return "on"

    def take(self, word: str, to: int) -> Next:
        """Take a word into the office and go on from token ``to``."""
        self.words.insert(0, word)
        self.at = to
        return "on"

    def back_to(self, position: int) -> int:
        """The first token that begins at ``position`` of the text."""
        return first_at_or_after(self.tokens, position, self.at)


_SIGNS = frozenset({".", "?", "!", ";", ":", "(", ")", "“", "”", '"', "–", "—", "-"})


def over_a_sign(walk: Walk, token: Token, j: int) -> Next | None:
    """Brackets of a short form; the role begins after any other sign."""
    if token.key not in _SIGNS:
        return None
    if token.key == ")" and walk.org is None and walk.country is None:
        opens = short_form(walk.context, walk.tokens, j)
        if opens is not None:
            # "the Northern Rail Authority (NRA) chief executive"
            walk.at = opens
            return "on"
    return "stop"


_KNOWN = 3
"""The name of an organisation that the classifier missed here may have so many words."""


def over_a_known_org(walk: Walk, token: Token, j: int) -> Next | None:
    """An organisation that has a span elsewhere in the article and none here: "Minntek" of "Minntek Corp"."""
    text = token.text
    if not text[0].isupper() or walk.org is not None or walk.country is not None:
        return None
    context, tokens = walk.context, walk.tokens
    end = token.end - 2 if possessor(token) else token.end
    if end in context.name_ends:
        return None
    for first in range(max(0, j - _KNOWN + 1), j + 1):
        start = tokens[first].start
        name = context.text[start:end]
        if name not in context.orgs or start in context.name_starts:
            continue
        if token.key in walk.table.modifiers or len(name) < 3:
            continue
        walk.org = name
        return walk.go(first)
    return None


def over_what_is_apart(walk: Walk, token: Token) -> Next | None:
    """Whose office it is ("the company's"), and what is written in two words."""
    tokens = walk.tokens
    if (
        walk.gathering
        and token.key in walk.table.modifiers
        and possessor(token)
        and org_at(walk.context, tokens[walk.at].start) is None
    ):
        # "the company's chief executive": whose office it is, not what it is about.
        walk.determiner = True
        return "stop"
    return None


def over_a_modifier(walk: Walk, token: Token, j: int) -> Next | None:
    """A word of what the office is about: "foreign", "state", "Queen's", "and" between two of them."""
    if not walk.gathering:
        return None
    tokens, words, table = walk.tokens, walk.words, walk.table
    if token.key in table.modifiers and not names_an_org(walk.context, tokens[walk.at].start):
        if token.key == "under":
            return "stop"
        chief = token.key == "chief"
        next_text = tokens[walk.at].text
        if token.key in {"senior", "junior"} and walk.phrase == ("senator",):
            # "Kansas's senior Senator": who was elected first, no office
            walk.at = j
            return "on"
        if token.text.islower() and next_text[0].isupper() and len(next_text) > 3 and not chief:
            # "continue to press Secretary Smith"
            return "stop"
        # "Assistant U.S. Treasury Secretary"
        return walk.take(modifier(token), j)
    if token.key in {"and", "&", ","} and j > 0 and words[0] in table.portfolio:
        alike = tokens[j - 1].text[0].isupper() == tokens[j + 1].text[0].isupper()
        if tokens[j - 1].key in table.portfolio and alike:
            if token.key != ",":
                return walk.take("and", j)
            if "and" in words:
                return walk.take(",", j)
    plain = token.text.islower() and tokens[walk.at].text.islower() and tokens[walk.at].key == words[0]
    if plain and token.text.endswith(_NOUNS):
        # "expedition leader": the tables need not know what the office is about
        return walk.take(token.key, j)
    return None


_NOUNS = ("tion", "sion", "ment", "ity", "ics", "logy", "ship", "ism", "ery", "ance", "ence")
"""How nouns end that tell what an office is about."""


def over_a_status(walk: Walk, token: Token, j: int) -> Next | None:
    """Words that say whether the office is held still, or at all."""
    tokens, table = walk.tokens, walk.table
    if token.key == "then" and j and any(t.key == "if" for t in tokens[:j]):
        # "If it can be found, then Senators Lind and Moe will find it": they still are
        return "stop"
    if token.key in table.status:
        walk.status = over(walk.status, table.status[token.key], walk.words)
        return walk.go(j)
    if token.key.startswith(("then-", "ex-")) and token.key.split("-", 1)[1] in table.modifiers:
        walk.status = "former"
        return walk.take(token.key.split("-", 1)[1], j)
    return None


def over_a_country(walk: Walk, found: CountryMention | None, span: NameSpan | None) -> Next | None:
    """The country whose office it is; ``span`` is the organisation that ends there as well, if one does."""
    if found is None:
        return None
    context = walk.context
    if not (
        span is None
        or span.start_char >= found.start_char
        or unfit(context.text, span)
        or runs_into(context, found)
    ):
        return None
    if walk.country is None:
        walk.country = found
        if before_country(context, found).lower().endswith(OVER):
            # "ex-France defender"
            walk.status = "former"
        walk.countries.insert(0, found.iso_alpha2 or "")
        return walk.go(walk.back_to(found.start_char), gathering=walk.org is None)
    return "stop"


def over_an_org(walk: Walk, span: NameSpan | None) -> Next | None:
    """The organisation or place whose office it is."""
    if span is None:
        return None
    context, tokens, table = walk.context, walk.tokens, walk.table
    if span.label == "MISC" and table.field.get(walk.phrase) == "arts":
        # "Cantopop singer": what is sung, not where.
        return walk.go(walk.back_to(span.start_char))
    # "Kansas's senior U.S. Senator": of both
    state = walk.phrase == ("senator",) and context.text[span.end_char] in "'’"
    if walk.org is not None or (walk.country is not None and not state) or unfit(context.text, span):
        return None
    first, last = whole_place(context.text, span.start_char, span.end_char)
    first = whole_body(context, first)
    org = context.text[first:last].removeprefix("Meet ")
    nearest = tokens[walk.at - 1]
    if nearest.key in table.party and " " in org:
        # "Senate Democratic Leader": the party is the post's.
        walk.words.insert(0, nearest.key)
        org = org.rsplit(" ", 1)[0]
    else:
        org, taken = ends_in_portfolio(org)
        walk.words[:0] = taken
    at = walk.back_to(first)
    while at > 0 and tokens[at - 1].key in table.portfolio and org[:1].islower():
        at -= 1
        org = context.text[tokens[at].start : span.end_char]
    if context.text[max(0, first - 5) : first].lower().endswith(OVER):
        # "then-U.S. Army Secretary"
        walk.status = "former"
        at -= at > 0 and tokens[at - 1].end > first
    walk.org = org
    return walk.go(at)


def over_its_first_word(walk: Walk, token: Token, j: int) -> Next | None:
    """A place or court whose span begins here and ends within the office."""
    around = walk.context.name_starts.get(token.start)
    if around is None or walk.org is not None:
        return None
    first = walk.tokens[walk.at]
    if around.end_char == first.end and walk.words:
        return walk.go(j)
    return None


def over_a_party(walk: Walk, token: Token, j: int) -> Next | None:
    """The party of a party's post, words that say nothing of the office, the first of two countries."""
    table = walk.table
    if token.key in table.party and walk.phrase[-1] in table.party_posts and walk.gathering:
        return walk.take(token.key, j)
    if token.key in table.skipped:
        walk.at = j
        return "on"
    if walk.many and walk.countries and token.key in {"and", "&", ","}:
        # "US and French Presidents Hale and Moreau": else the first were of France
        other = country_at(walk.context, token.start)
        if other is not None:
            walk.countries.insert(0, other.iso_alpha2 or "")
            return walk.go(walk.back_to(other.start_char), gathering=walk.gathering)
    return None
