"""The steps of a walk leftwards from an office over what it is about, its status, country and organisation.

Each step reads the token before ``Walk.at``; `gather` asks them in turn until one says what is to follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from newsledger.stages.people.roles.head import head_ending
from newsledger.stages.people.roles.near import (
    before_country,
    body_in,
    caught,
    city_of_country,
    country_at,
    firm_ending,
    is_subject,
    names_an_org,
    of_two,
    org_at,
    posted_there,
    runs_into,
    short_form,
    short_form_set_off,
)
from newsledger.stages.people.roles.org import ends_in_portfolio, unfit, whole_body
from newsledger.stages.people.roles.roles import (
    Context,
    Role,
    Status,
    Token,
    first_at_or_after,
    modifier,
    over,
    possessor,
    ranked_deputy,
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
    """Brackets of a short form, and the stop of a firm's "Inc."; the role begins after any other sign."""
    if token.key not in _SIGNS:
        return None
    if token.key == ")" and walk.org is None and walk.country is None:
        opens = short_form(walk.context, walk.tokens, j)
        if opens is not None:
            # "the Northern Rail Authority (NRA) chief executive"
            walk.at = opens
            return "on"
    if token.key == "." and walk.org is None:
        firm = firm_ending(walk.context, walk.tokens, j, walk.phrase)
        if firm is not None:
            # "Northam Inc. chief executive"
            walk.org = walk.context.text[firm.start_char : token.end]
            return walk.go(walk.back_to(firm.start_char))
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
    called = context.short_orgs
    if called and text in called and token.end == end and walk.table.field.get(walk.phrase) == "business":
        # "Harrow president" of an "E.J. Harrow Group Inc"
        walk.org = text
        return walk.go(j)
    if not context.orgs or end in context.name_ends or token.end in context.name_ends:
        return None
    for first in range(max(0, j - _KNOWN + 1), j + 1):
        start = tokens[first].start
        name = context.text[start:end]
        if name not in context.orgs or start in context.name_starts:
            continue
        if first == j and (
            token.key in walk.table.modifiers or len(name) < 3 or (token.key,) in walk.table.field
        ):
            continue
        walk.org = name
        return walk.go(first)
    return None


_ORDINALS = frozenset({"second", "third"})
_HONOURS = frozenset({"all-star", "all-pro", "all-american"})


def over_what_is_apart(walk: Walk, token: Token, j: int) -> Next | None:
    """Whose office it is ("the company's"), and what is written in two words."""
    tokens = walk.tokens
    set_off = token.key == "," and walk.org is None and walk.country is None
    if set_off and short_form_set_off(walk.context, tokens, j):
        # "the Northern Rail Authority, NRA, chief executive"
        return walk.go(j - 2)
    if (
        walk.gathering
        and token.key in walk.table.modifiers
        and possessor(token)
        and org_at(walk.context, tokens[walk.at].start) is None
    ):
        # "the company's chief executive": whose office it is, not what it is about.
        walk.determiner = True
        return "stop"
    if token.text == "City":
        city = city_of_country(walk.context, token)
        if city is not None and walk.org is None and walk.country is None:
            # "Kuwait City Health Secretary"
            walk.org = f"{city.surface} {token.text}"
            return walk.go(walk.back_to(city.start_char))
    if j > 1 and tokens[j - 1].key == "-" and tokens[j - 2].key in {"pro", "anti"}:
        # "pro - government MP": written apart, and no part of the office.
        return walk.go(j - 2)
    if walk.gathering and token.text == "State" and j and tokens[j - 1].text == "Free" and walk.org is None:
        walk.org = "Free State"
        return walk.go(j - 1)
    if token.text == "Co":
        # "Harrow and Co analyst": a firm, whether the classifier took it in or not.
        walk.gathering = False
    if token.key in _ORDINALS and token.text.islower() and j and tokens[j - 1].key == "a":
        # "a third journalist": no rank
        return walk.go(j)
    if token.key in _HONOURS:
        # "All-Star pitcher": no team of that name
        return walk.go(j)
    if walk.at == walk.first_of_head and j and token.text == tokens[walk.at].text and token.text[0].isupper():
        # "Kenyan President President Lind": a slip
        walk.at = walk.first_of_head = j
        return "on"
    return None


_CHIEFS = frozenset({"negotiator", "prosecutor", "spokesman", "delegate", "inspector", "investigator"})
_HELPERS = frozenset({"assistant", "associate"})
_CROWN = frozenset({"queen's", "king's"})
_OF_THE_CROWN = frozenset({"commissioner", "counsel"})


def over_a_modifier(walk: Walk, token: Token, j: int) -> Next | None:
    """A word of what the office is about: "foreign", "state", "Queen's", "and" between two of them."""
    if not walk.gathering:
        return None
    tokens, words, table = walk.tokens, walk.words, walk.table
    if token.key in table.modifiers and not names_an_org(walk.context, tokens[walk.at].start):
        if token.key == "under" and words[0] not in {"secretary", "sheriff"}:
            return "stop"
        chief = token.key == "chief" and walk.phrase[-1] in _CHIEFS
        next_text = tokens[walk.at].text
        if token.key in {"senior", "junior"} and walk.phrase == ("senator",):
            # "Kansas's senior Senator": who was elected first, no office
            walk.at = j
            return "on"
        if token.text.islower() and next_text[0].isupper() and len(next_text) > 3 and not chief:
            # "continue to press Secretary Smith"
            return "stop"
        # "Assistant U.S. Treasury Secretary"
        if walk.country is None or chief or token.key in _HELPERS:
            return walk.take(modifier(token), j)
    if words[0] in _OF_THE_CROWN and token.text.lower().replace("’", "'") in _CROWN:
        words.insert(0, f"{token.key}'s")
        return walk.go(j)
    if words[0] == "exchange" and token.key in _EXCHANGED:
        return walk.take(token.key, j)
    if words[0] == "affairs" and token.text[0].isupper() and token.text.isalpha() and j > 0:
        return walk.take(token.key, j)
    if token.key in {"and", "&", ","} and j > 0 and words[0] in table.portfolio:
        left = tokens[j - 1].key
        if j > 2 and tokens[j - 2].key == "of" and head_ending(tokens, j - 3) is not None:
            # "Minister of State and Foreign Minister"
            left = ""
        alike = tokens[j - 1].text[0].isupper() == tokens[j + 1].text[0].isupper()
        # "Energy and mines minister, ..." opens a sentence.
        if left in table.portfolio and (alike or j == 1 or tokens[j - 2].key in {".", "-"}):
            if token.key != ",":
                return walk.take("and", j)
            if "and" in words:
                return walk.take(",", j)
    if token.text.istitle() and token.text.isalpha() and j and token.end not in walk.context.name_ends:
        title = tokens[j - 1].key in _OPENS_TITLE and tokens[j - 1].text.istitle()
        if title and tokens[walk.at].text[0].isupper() and walk.at == walk.first_of_head:
            # "National Beekeeping Advocate": one word in a capital within a title is its own
            return walk.take(token.key, j)
    plain = token.text.islower() and tokens[walk.at].text.islower() and tokens[walk.at].key == words[0]
    if plain and token.text.endswith(_NOUNS) and token.key not in _VERBS and walk.phrase not in table.top:
        # "expedition leader": the tables need not know what the office is about
        return walk.take(token.key, j)
    return None


_EXCHANGED = frozenset({"stock", "commodity", "commodities", "futures", "securities", "options"})
_OPENS_TITLE = frozenset({"national", "federal", "chief", "senior", "principal", "lead"})
_NOUNS = ("tion", "sion", "ment", "ity", "ics", "logy", "ship", "ism", "ery", "ance", "ence")
"""How nouns end that tell what an office is about."""
_VERBS = frozenset(
    {
        "mention",
        "question",
        "position",
        "petition",
        "condition",
        "caution",
        "function",
        "reference",
        "comment",
    }
    | {"influence", "experience", "silence", "balance", "dance", "chance", "once", "hence", "since", "every"}
    | {"very", "presence", "absence", "attention", "addition", "celebrity", "city", "majority", "minority"}
)
"""Words that end so too, which stand before an office for another reason."""


_ACCUSED = frozenset({"suspected", "alleged", "purported"})
_FOR_A_WHILE = frozenset({"briefly", "temporarily"})
_BEFORE_PAST = frozenset({"the", "a", "its", "his", "her", "their", "our", "two", "three", "and", ","})


def over_a_status(walk: Walk, token: Token, j: int) -> Next | None:
    """Words that say whether the office is held still, or at all."""
    tokens, table = walk.tokens, walk.table
    if token.key in _ACCUSED and walk.words and not walk.country and not walk.org:
        # "suspected terrorist": it is not said that he is one.
        return "nothing"
    if j and tokens[j - 1].key in _FOR_A_WHILE and token.key.endswith("ed"):
        # "a coup that briefly ousted President Lind": he is president again.
        return "stop"
    if token.key == "transitional" and walk.words:
        # of a leader, not of a government whose spokesman it is
        walk.status = walk.status or ("acting" if walk.at == walk.first_of_head else None)
        return walk.go(j)
    if token.key == "elect":
        # "a crusade to elect Sen. Lind": a verb; who is elect is so after the office.
        return "stop"
    if token.key == "then" and j and tokens[j - 1].key == "," and any(t.key == "if" for t in tokens[:j]):
        # "If it can be found, then Senators Lind and Moe will find it": they still are
        return "stop"
    if token.key in table.status and not (
        token.key in {"past", "temporary", "new", "present"} and token.text[0].isupper()
    ):
        if token.key == "past" and j and tokens[j - 1].key not in _BEFORE_PAST:
            # "getting past defender Lind"
            return "stop"
        if token.key == "deputy" and walk.status is None and j and ranked_deputy(tokens[j - 1]):
            # "Senior Deputy District Attorney": of no rank among the attorneys, but among their deputies
            walk.words[:0] = [tokens[j - 1].key, "deputy"]
            return walk.go(j - 1)
        walk.status = over(walk.status, table.status[token.key], walk.words)
        return walk.go(j)
    if walk.gathering and token.key.startswith("vice-") and token.key[5:] in table.modifiers:
        # "vice-foreign minister"
        walk.words[:0] = ["vice", token.key[5:]]
        walk.at = j
        return "on"
    if token.key.startswith(("then-", "ex-")) and token.key.split("-", 1)[1] in table.modifiers:
        walk.status = "former"
        return walk.take(token.key.split("-", 1)[1], j)
    return None


_OVER = ("ex-", "then-")
_POSTED = frozenset({"representative", "director", "head", "coordinator", "boss", "manager", "correspondent"})
_OF_A_SIDE = ("pro-", "anti-", "non-")
_WHERE = re.compile(r"(?:\A|\s)In (?:the )?\Z")


def over_a_country(walk: Walk, found: CountryMention | None, span: NameSpan | None, j: int) -> Next | None:
    """The country whose office it is; ``span`` is the organisation that ends there as well, if one does."""
    if found is None:
        return None
    context, at = walk.context, walk.tokens[walk.at].start
    before = before_country(context, found)
    if before.lower().endswith(_OF_A_SIDE):
        # "pro-Syrian Prime Minister": whom he is for
        return walk.go(walk.back_to(found.start_char - 4))
    if found.mention_type == "name" and _WHERE.search(before):
        # "In Kenya President Lind is expected": where
        return "stop"
    if found.mention_type == "name" and walk.phrase[-1] in _POSTED and posted_there(context, found, at):
        # "Northam Fund (NF) Kenya representative": where she is
        return walk.go(walk.back_to(found.start_char))
    if walk.org is None and (body := body_in(context, found)):
        # "Northern Front in Iraq leader"
        walk.org = context.text[body.start_char : found.end_char]
        return walk.go(first_at_or_after(walk.tokens, body.start_char, j))
    if not (
        span is None
        or span.start_char >= found.start_char
        or span.label == "NORP"
        or unfit(context.text, span)
        or runs_into(context, found)
    ):
        return None
    if walk.country is None:
        walk.country = None if is_subject(context, found, at, walk.phrase) else found
        if before.lower().endswith(_OVER):
            # "ex-France defender"
            walk.status = walk.status or "former"
        walk.countries.insert(0, found.iso_alpha2 or "")
        return walk.go(walk.back_to(found.start_char), gathering=walk.org is None)
    if walk.org is None and (people := of_two(context, found, walk.country)):
        # "Bosnian Serb leader": neither country's
        walk.country, walk.countries, walk.org = None, [], people
        walk.at = walk.back_to(found.start_char)
        return "on"
    return "stop"


_COMPASS = frozenset({"North", "South", "East", "West"})
_SPECIAL = re.compile(r"(Special|Senior|Assistant) ((?:[A-Z]\.){2,}|[A-Z]{2,4})\Z")


def over_an_org(walk: Walk, span: NameSpan | None) -> Next | None:
    """The organisation or place whose office it is."""
    if span is None:
        return None
    context, tokens, table = walk.context, walk.tokens, walk.table
    if span.label == "MISC" and table.field.get(walk.phrase) == "arts":
        # "Cantopop singer": what is sung, not where.
        return walk.go(walk.back_to(span.start_char))
    # "Kansas's senior U.S. Senator": of both
    state = walk.phrase == ("senator",) and span.label == "LOC" and context.text[span.end_char] in "'’"
    if span.label == "ORG" and tokens[walk.at].key.startswith("then-"):
        # "the Senate Committee then-Senator Hale chaired"
        return "stop"
    if walk.org is not None or (walk.country is not None and not state) or unfit(context.text, span):
        return None
    first, last = whole_place(context.text, span.start_char, span.end_char)
    first = whole_body(context, first)
    org = context.text[first:last].removeprefix("Meet ")
    sent = context.country_starts.get(first) if span.label == "LOC" else None
    if sent is not None and sent.end_char < last:
        # "U.S. Middle East envoy": whose, and where to
        walk.country, org = sent, context.text[sent.end_char : last].strip()
        walk.countries.insert(0, sent.iso_alpha2 or "")
    nearest = tokens[walk.at - 1]
    left = context.country_ends.get(first - 1)
    if org in _COMPASS and (sent is not None or left is not None):
        # "U.S. West" is a firm
        walk.country, walk.countries = None, []
        first = left.start_char if left is not None and sent is None else first
        walk.org = context.text[first:last]
        return walk.go(walk.back_to(first))
    if nearest.key in table.party and walk.phrase[-1] in table.party_posts and " " in org:
        # "Senate Democratic Leader": the party is the post's.
        walk.words.insert(0, nearest.key)
        org = org.rsplit(" ", 1)[0]
    elif special := _SPECIAL.match(org):
        # "Special A.U. Representative"
        walk.words.insert(0, special[1].lower())
        org = special[2]
    elif walk.gathering:
        # "FEMA Federal Insurance Administrator"
        org, taken = ends_in_portfolio(org)
        walk.words[:0] = taken
    at = walk.back_to(first)
    while at > 0 and tokens[at - 1].key in table.portfolio and span.label == "ORG" and org[:1].islower():
        at -= 1
        org = context.text[tokens[at].start : span.end_char]
    if context.text[max(0, first - 5) : first].lower().endswith(_OVER):
        # "then-U.S. Army Secretary"
        walk.status = walk.status or "former"
        at -= at > 0 and tokens[at - 1].end > first
    before = tokens[at - 1] if at and tokens[at - 1].end <= span.start_char else None
    if before is not None and before.text[0].isupper() and f"{before.text} {org}" in context.orgs:
        # "Harvest" of a "Pre-Paid Harvest" that the article names elsewhere
        at -= 1
        org = f"{before.text} {org}"
    walk.org = org
    return walk.go(at)


def over_its_first_word(walk: Walk, token: Token, j: int) -> Next | None:
    """A place or court whose span begins here and ends within the office."""
    around = walk.context.name_starts.get(token.start)
    if around is None or walk.org is not None:
        return None
    first = walk.tokens[walk.at]
    if around.end_char == first.end and walk.words:
        # "former Washington State Senator": the place ends in a word of the office.
        if walk.words[0] == "county":
            # "Northam County Attorney"
            walk.org = around.surface
        return walk.go(j)
    court = around.label == "ORG" and "court" in walk.phrase
    if court and first.start < around.end_char <= walk.tokens[walk.i].start:
        # "Brooklyn Supreme Court Justice": the court is the office's, the place says which
        walk.org = walk.context.text[token.start : first.start].rstrip()
        return walk.go(j)
    return None


_HELD = frozenset({"detained", "imprisoned", "arrested"})


def over_a_party(walk: Walk, token: Token, j: int) -> Next | None:
    """The party of a party's post, words that say nothing of the office, the first of two countries."""
    table, tokens = walk.table, walk.tokens
    if token.key in table.party and walk.phrase[-1] in table.party_posts and walk.gathering:
        return walk.take(token.key, j)
    if token.key in table.skipped or (token.key in _HELD and j and possessor(tokens[j - 1])):
        if caught(walk.context, tokens, j):
            return "stop"
        walk.at = j
        return "on"
    if walk.many and token.key in {"and", "&", ","} and walk.countries:
        other = country_at(walk.context, token.start)
        if other is not None:
            walk.countries.insert(0, other.iso_alpha2 or "")
            walk.at = walk.back_to(other.start_char)
            return "on"
    return None
