"""Reads what follows an office after "of", "at" or "for": its country, organisation or portfolio."""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of
from newsledger.stages.people.roles.forward import forward
from newsledger.stages.people.roles.roles import (
    ELECTED,
    MARKS,
    POSSESSIVE,
    Context,
    Token,
    first_beyond,
    whole_place,
)
from newsledger.stages.people.roles.units import bare_unit, firm_of_kind, unit_end
from newsledger.stages.people.tables import Phrase, roles
from newsledger.values.mentions import CountryMention

_ITS_KIND = re.compile(r" (?:movement\b|(?:Ltd|Inc|Corp|Plc|PLC|AG|NV)\b\.?)")
"""What is left of a body's name after its span: "Northam and Co" Ltd, the "Kellan" movement."""


_CAPITAL_NEXT = re.compile(r" [A-Z][a-z]")
_CAPITALS = re.compile(r"[A-Z][\w&.-]*(?: (?:of |for |and )?[A-Z][\w&-]*)*")


def read_tail(
    context: Context,
    tokens: list[Token],
    at: int,
    phrase: Phrase,
    words: list[str],
    country: CountryMention | None,
    org: str | None,
) -> tuple[CountryMention | None, str | None, list[str]]:
    """What follows "of", "at", "for" after a role: country, organisation or portfolio."""
    table = roles()
    joint = tokens[at].key
    i = at + 1
    if i < len(tokens) and tokens[i].key in {"the", "its", "both"}:
        i += 1
    if i + 1 < len(tokens) and tokens[i].key.endswith("-based"):
        # "director of Lima-based Northair"
        i += 1
    if i >= len(tokens):
        return country, org, words
    if (
        joint == "of"
        and tokens[i - 1].key == "the"
        and (party := _past_leaning(context, tokens, i)) is not None
    ):
        return country, party or None, words
    start = tokens[i].start
    found = context.country_starts.get(start)
    span = context.name_starts.get(start)
    if (
        span is not None
        and phrase in _MINISTERS
        and tokens[i - 1].key == joint
        and span.surface.lower() in table.portfolio
    ):
        # "Secretary of Defense": what she is secretary of; an Army is a body
        span = None
    if span is not None and joint == "for" and "press" not in words and not _OF_CHARGE.isdisjoint(words):
        # "Assistant Secretary for Fish, Wildlife and Parks": what she is in charge of
        charge = tokens[i : first_beyond(tokens, span.end_char, i)]
        return country, org, [*words, joint, *(t.key for t in charge)]
    if joint == "from" and (phrase[-1],) in ELECTED and span is not None:
        # "the junior senator from Nevada"
        return country, span.surface, words
    if joint in {"for", "in"} and phrase[-1] in table.sent and found is not None:
        # Where somebody is sent is not whose office it is.
        return country, org, words
    if found is None and (firm := firm_of_kind(context, start)) is not None:
        # "partner with the Lima investment banking firm of Northam Inc"
        return country, firm, words
    whole = span is not None and found is not None and span.end_char > found.end_char
    if found is not None and not whole and _CAPITAL_NEXT.match(context.text, found.end_char):
        # "president of Canadian Auto Workers"
        named = _CAPITALS.match(context.text, start)
        return country, named[0] if named is not None else org, words
    if found is not None and (span is None or span.end_char <= found.end_char):
        body = _BODY.match(context.text, found.end_char)
        if body is not None:
            # "the president of the Mexican stock exchange" does not preside over Mexico
            inside = any(body.end(1) < at < body.end() for at in context.person_starts)
            return None, context.text[start : body.end(1) if inside else body.end()], words
        org = _described(context, tokens, i)
        follows = POSSESSIVE.search(context.text, found.end_char, found.end_char + 2)
        if follows is None:
            return found, org, words
        at = _after_mark(context.text, found.end_char)
        kind = _GOVERNING.match(context.text, at)
        span = context.name_starts.get(kind.end() if kind is not None else at)
        if span is not None:
            return found, context.text[span.start_char : span.end_char], words
        end = _body_of_country(tokens, at)
        # "head of Kenya's relief centre": not the head of Kenya
        return found, context.text[found.start_char : end] if end else org, words
    if span is not None and joint != "from":
        close = span.end_char
        part = context.name_starts.get(_after_mark(context.text, close))
        if part is not None and part.label == "ORG" and context.text[close : close + 2] in MARKS:
            # "chief of the UN's World Health Organization"
            span, close = part, part.end_char
        if joint in {"for", "to"} and _office_follows(tokens, first_beyond(tokens, span.end_char, i)):
            # "spokesman for Senate Majority Leader Hale"
            return country, org, words
        based = _BASED.match(context.text, close)
        if based is not None:
            # "president of the Kansas City-based Northam Centre", "at Lima-based 1st Northam Bank"
            span = context.name_starts[based.end()]
            return country, context.text[based.end() : span.end_char], words
        left, right = whole_place(context.text, span.start_char, close)
        place = context.text[left:right].rstrip("/")
        if place.endswith((" of", " of the")):
            # "State of" of "State of Colorado's"
            capitals = _CAPITALS.match(context.text, left)
            place = capitals[0] if capitals is not None else place[:-3]
        place = place.rstrip(",")
        rest = _COMMITTEE.match(context.text, right)
        if rest is not None:
            # "Fair Award" of "the Fair Award Nomination Committee"
            return country, context.text[left : rest.end()], words
        owned = context.text[right : right + 2] in MARKS
        if owned and (end := _body_of_country(tokens, _after_mark(context.text, right))):
            # "head of Northam's department of diseases"
            return country, context.text[left:end], words
        rest = _INSTITUTION.match(context.text, right)
        if rest is not None and " " not in place and not rest[1]:
            # "head of the European commission", "speaker of the Northam provincial council"
            place += rest[0]
        if (unit := unit_end(context.text, right)) > max(right, left + len(place)):
            # "chairman of the Northam Union's business survey committee"
            place = context.text[left:unit]
        kind = _ITS_KIND.match(context.text, left + len(place))
        place += kind[0] if kind is not None else ""
        if joint == "for" and span.label == "LOC" and org is None:
            # "fellow for Latin America at Northam House"
            org = _employer(context, tokens, first_beyond(tokens, span.end_char, i))
        return country, org or place, words
    if span is not None and span.label == "ORG" and org is None and phrase[-1] in _COME_FROM:
        # "a scientist from Northair"
        return country, context.text[span.start_char : span.end_char], words
    field = _field(tokens, i) if joint == "of" and phrase[-1] == "professor" and org is None else []
    if field:
        return country, _employer(context, tokens, i), [*words, joint, *field]
    if org is None:
        org = _described(context, tokens, i)
    works = phrase[-1] not in _WRITE if joint == "of" else phrase[-1] in _WORK_FOR
    if works and org is None:
        org = _employer(context, tokens, i)
        post = _post(tokens, i) if phrase[-1] in _OF_POSTS else []
        if post and org is not None:
            # "EVP of Finance and Administration, ...": words that no body is called by
            return country, org, [*words, joint, *post]
    if org is None and country is None and joint == "of":
        # "president of the components division"
        org = bare_unit(context, start)
    if org is None and country is None and joint == "of" and phrase[-1] in _PRESIDE:
        org = _closed_name(context, tokens[i])
    if phrase[-1] in table.with_portfolio:
        portfolio: list[str] = []
        while i < len(tokens) and (
            tokens[i].key in table.portfolio or (tokens[i].key in {"and", "&", ","} and portfolio)
        ):
            portfolio.append(tokens[i].key)
            i += 1
        while portfolio and portfolio[-1] in {"and", "&", ","}:
            portfolio.pop()
        goes_on = i + 1 < len(tokens) and tokens[i].key in {"of", "for", "in"}
        if portfolio and goes_on and country is None:
            # "minister of transport for Ghana"
            country = context.country_starts.get(tokens[i + 1].start)
        if portfolio:
            return country, org, [*words, joint, *portfolio]
    return country, org, words


_PRESIDE = frozenset(
    {"president", "chairman", "chairwoman", "chair", "head", "leader", "ceo", "founder", "co-founder"}
    | {"owner", "governor", "mayor", "spokesman", "spokeswoman", "executive"}
)
_CLOSED_NAME = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w-]+)?(?=[,.;)])")


def _closed_name(context: Context, token: Token) -> str | None:
    """The name at ``token`` of which the classifier made nothing, or a person: "president of Northamco,"."""
    match = _CLOSED_NAME.match(context.text, token.start)
    if match is None:
        return None
    common = any(word.lower() in roles().modifiers for word in match[0].split())
    return None if common else match[0]


def _field(tokens: list[Token], i: int) -> list[str]:
    """What somebody is professor of, in at most four words: "politics and international relations"."""
    for k in range(i, min(i + 5, len(tokens))):
        key = tokens[k].key
        if key in {"at", "in", "with", ",", ".", ";", ")", "who", "from", "emeritus"}:
            return [t.key for t in tokens[i:k]]
    return []


def _office_follows(tokens: list[Token], i: int) -> bool:
    """Whether an office stands at token ``i``, and something after it."""
    read = forward(tokens, i)
    return read is not None and read[2] < len(tokens)


_BASED = re.compile(r"-based ((?:1st|2nd|3rd|First|Second|Third) )?")
_BODY = re.compile(
    r"( (?:[a-z][\w-]* ){0,3}(?:exchange|association|federation|confederation|union|bank|company|industry|"
    r"institute|council|club|league|team|agency|board|committee|chamber|academy|society|group|airline|subsidiary|"
    r"unit|division|operations|arm)\b)(?: [A-Z][\w&]*)*"
)
"""After a people's name: what the office is of ("Mexican stock exchange", "Swiss bank group BDB")."""


_SMALL_BODIES = frozenset(
    {"dispensary", "hospital", "clinic", "school", "college", "prison", "museum", "refinery", "laboratory"}
    | {"centre", "center", "institute", "association", "federation", "club", "newspaper", "airport"}
)
_INSTITUTION = re.compile(
    rf"((?:['’]s)?(?: [a-z]+(?:['’]s)?)??) ({any_of(roles().institutions | _SMALL_BODIES)})\b"
)
_COMMITTEE = re.compile(r"(?:,? (?:and )?[A-Z][\w&-]+){0,4} (?:Sub)?[Cc]ommittee\b")
_DESCRIBES = 6
"""So many words may say what an organisation is before its name."""


_GOVERNING = re.compile(
    r"(?:governing|ruling|main|largest|biggest|national|state|opposition|main opposition) "
)


def _described(context: Context, tokens: list[Token], i: int) -> str | None:
    """The organisation in "analyst at research firm Northair"."""
    people = i + 1 < len(tokens) and tokens[i].text.istitle() and tokens[i + 1].text.islower()
    if i < len(tokens) and (people or tokens[i].start in context.country_starts):
        # "at Brazilian consulting firm Northair", "of the Mapuche resistance group Northam Front"
        i += 1
    for k in range(i, min(i + _DESCRIBES, len(tokens) - 1)):
        joins = tokens[k].key == "and" and i < k
        if not tokens[k].text[0].islower() or (tokens[k].key in roles().function_words and not joins):
            return None
        if tokens[k].key in roles().kinds_of_org:
            span = context.name_starts.get(tokens[k + 1].start)
            return context.text[span.start_char : span.end_char] if span is not None else None
    return None


_BODIES = (
    _SMALL_BODIES
    | roles().institutions - {"house", "force"}
    | roles().kinds_of_org
    - {"giant", "owner", "producer", "body", "maker", "parent", "supplier", "label", "tank"}
    | {
        "exchange",
        "league",
        "team",
        "chamber",
        "industry",
        "program",
        "programme",
        "authority",
        "observatory",
    }
    | {"academy", "society", "movement", "militia", "guard", "opposition", "junta", "alliance", "coalition"}
    | {
        "directorate",
        "operations",
        "programmes",
        "programs",
        "services",
        "secretariat",
        "corps",
        "delegation",
        "mission",
        "archives",
        "command",
        "front",
        "division",
    }
)


def _body_of_country(tokens: list[Token], at: int) -> int:
    """Where "relief centre" ends, which a country's possessive before ``at`` owns; 0 where none is told."""
    first = first_beyond(tokens, at, 0)
    end, of = 0, False
    for token in tokens[first : first + _DESCRIBES]:
        joins = token.key in {"of", "for", "and"}
        if not token.text[0].islower() or (token.key in roles().function_words and not joins):
            break
        if of or token.key in _BODIES:
            end = token.end
        of = of or joins
    return end


_LEANING = re.compile(
    r"(?:separatist|rebel|militant|outlawed|banned"
    r"|nationalist|Islamist|Islamic|Marxist|Maoist|fascist|radical|secular|hard-?line|conservative|liberal|leftist"
    r"|socialist|communist|nonprofit|prestigious|influential|powerful|extremist)\s"
)


def _past_leaning(context: Context, tokens: list[Token], i: int) -> str | None:
    """The organisation in "head of the pro-Kenyan Northam Party"; nothing where it is not told apart."""
    start = tokens[i].start
    first = context.name_starts.get(start)
    lead = _LEANING.match(context.text, start)
    if lead is None:
        return None
    span = context.name_starts.get(lead.end())
    if span is None or span.end_char <= lead.end():
        return None if first is None else ""
    return context.text[max(span.start_char, lead.end()) : span.end_char]


_MINISTERS = frozenset({("secretary",), ("minister",)})
_OF_CHARGE = frozenset({"secretary", "undersecretary"})


def _firm_from(context: Context, start: int) -> str | None:
    """The organisation that begins at ``start``."""
    span = context.name_starts.get(start)
    return span.surface if span is not None and span.label == "ORG" else None


_WRITE = frozenset({"author", "co-author", "writer", "editor"})
"""What they are of is a title, which may hold any word."""
_WORK_FOR = frozenset(
    {"director", "head", "chief", "manager", "curator", "professor", "lecturer", "researcher", "scientist"}
    | {
        "envoy",
        "adviser",
        "advisor",
        "coordinator",
        "dean",
        "engineer",
        "economist",
        "fellow",
        "officer",
        "executive",
        "specialist",
    }
)
"""After "for" and "in" they work on what is told there, unlike who speaks for "a worker at Northair"."""


_OF_POSTS = frozenset(
    {"evp", "svp", "director", "manager", "head", "chief", "coordinator", "supervisor", "president"}
)


def _post(tokens: list[Token], i: int) -> list[str]:
    """What the "Director of Public Affairs at Northair" directs, in capitals as a title is."""
    for k in range(i, min(i + 6, len(tokens))):
        if tokens[k].key in {"at", "for", "with"} or (tokens[k].key in {",", ";", "."} and k > i):
            return [t.key for t in tokens[i:k]]
        joins = tokens[k].key in {"and", "&"} and k > i
        if not joins and not tokens[k].text.istitle():
            return []
    return []


_COME_FROM = _WORK_FOR | {"official", "spokesman", "spokeswoman", "analyst", "expert", "lawyer", "doctor"}
"""They come from those for whom they work, unlike a striker from a club."""


def _employer(context: Context, tokens: list[Token], i: int) -> str | None:
    """The organisation in "professor of economics at Lowell University", "head of sales for Northair"."""
    for k in range(i, min(i + 6, len(tokens) - 1)):
        if k > i and tokens[k].key == "for":
            at = k + 2 if tokens[k + 1].key == "the" and k + 2 < len(tokens) else k + 1
            span = context.name_starts.get(tokens[at].start)
            land = context.country_starts.get(tokens[at].start)
            if span is None or span.label != "ORG" or (land is not None and span.end_char <= land.end_char):
                return None
            return context.text[span.start_char : span.end_char]
        if tokens[k].key in {"at", "with", "within"}:
            at = k + 2 if tokens[k + 1].key == "the" and k + 2 < len(tokens) else k + 1
            span = context.name_starts.get(tokens[at].start)
            if span is None:
                return _described(context, tokens, at)
            land = context.country_starts.get(tokens[at].start)
            # "at China Northam Corporation"
            named = land is None or span.end_char > land.end_char
            return context.text[span.start_char : span.end_char] if named else None
        if tokens[k].key == "," and k > i:
            span = context.name_starts.get(tokens[k + 1].start)
            # "Director of Public Affairs, Northam Union, said"
            return span.surface if span is not None else None
        if k > i and tokens[k].key == "of" and tokens[i - 1].key == "of":
            # "director of trade policy of the Northam Office", not "head of the youth wing of Northair"
            at = k + 2 if tokens[k + 1].key == "the" and k + 2 < len(tokens) else k + 1
            return _firm_from(context, tokens[at].start)
        if not tokens[k].text[0].isalpha():
            return None
    return None


CLOSED_OFF = re.compile(
    r"(?:\s\([^()\n]{2,12}\))?(?:,\s(?!and\b)|;|\.?(?:[ \t]*\n|\s*\Z)|\.[\"”’]|\.\s[\"“A-Z])"
)
"""After the name of an organisation that a comma set off from an office: it ends there."""


def _after_mark(text: str, at: int) -> int:
    """Where the word after a possessive at ``at`` begins."""
    at += 2 if text[at : at + 2] in MARKS else 0
    while at < len(text) and text[at] == " ":
        at += 1
    return at
