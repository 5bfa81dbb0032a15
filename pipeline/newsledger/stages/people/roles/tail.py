"""Reads what follows an office after "of", "at" or "for": its country, organisation or portfolio."""

from __future__ import annotations

import re

from newsledger.stages.people.roles.affairs import affairs_ahead, takes_portfolio
from newsledger.stages.people.roles.forward import forward
from newsledger.stages.people.roles.org import past_slash
from newsledger.stages.people.roles.roles import (
    POSSESSIVE,
    Context,
    Token,
    first_beyond,
    possessor,
    whole_place,
)
from newsledger.stages.people.roles.units import bare_unit, firm_of_kind, unit_end
from newsledger.stages.people.tables import Phrase, alternation, roles
from newsledger.values.mentions import CountryMention, NameSpan

_STATE_RUN = frozenset({"official", "state-run", "state-owned", "semi-official", "influential", "private"})
_AND_OFFICE = re.compile(r",? and (?=(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+\Z)")
_ITS_KIND = re.compile(r" (?:movement\b|(?:Ltd|Inc|Corp|Plc|PLC|AG|NV)\b\.?)")
"""What is left of a body's name after its span: "Northam and Co" Ltd, the "Kellan" movement."""
_SHORT = re.compile(r"[A-Z]{3,6}(?=[,.;)\n]| (?:said|says|told|and)\b)")
_NO_BODIES = frozenset({"HIV", "AIDS", "ICT", "CSR", "COVID", "DNA", "ESG"})
_CUT_AT_HYPHEN = re.compile(r",? and \w+\Z")
_MARKS = frozenset({"'s", "’s"})
_ROMANCE = re.compile(r" (?:do|da|de|del|di|dei) [A-Z][\w-]+")
_RIVAL = re.compile(r"['’]s (?:[a-z]+ )?(?:competitor|rival|parent|predecessor),? ")
_AND_PARTNER = re.compile(r" and [A-Z][\w-]+")
_FIRM_TO_ITS_END = re.compile(r"(?: [A-Z][\w-]+){0,3}? (?:Co|Corp|Inc|Ltd|Plc|PLC)\b")


def _and_partner(text: str, start: int, end: int) -> re.Match[str] | None:
    """The rest of "Reading and Bates Drilling Co", of which text[start:end] is the first word.

    One firm, not two, where the article has the pair more than once.
    """
    partner = _AND_PARTNER.match(text, end)
    if partner is None or text.count(text[start : partner.end()]) < 2:
        return None
    return _FIRM_TO_ITS_END.match(text, partner.end()) or partner


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
    if i + 1 < len(tokens) and tokens[i].key == "a" and _described(context, tokens, i + 1):
        # "convener of a citizens' forum Northam"
        i += 1
    if i + 1 < len(tokens) and tokens[i].key.endswith("-based"):
        # "director of Lima-based Northair"
        i += 1
    if i + 1 < len(tokens) and tokens[i].key in _STATE_RUN and tokens[i + 1].start in context.name_starts:
        # "deputy director of the official Northam news agency"
        i += 1
    if i >= len(tokens):
        return country, org, words
    i = _past_person(context, tokens, i)
    if tokens[i].text[0].islower() and possessor(tokens[i]) and i + 1 < len(tokens):
        # "vice chairman of the government's Council for Trade"
        i += _firm_from(context, tokens[i + 1].start) is not None
    if (
        joint == "of"
        and tokens[i - 1].key == "the"
        and (party := _past_leaning(context, tokens, i)) is not None
    ):
        return country, org or party or None, words
    start = tokens[i].start
    found = context.country_starts.get(start)
    span = context.name_starts.get(start)
    if joint == "for" and (found or span) and takes_portfolio(phrase):
        affairs = affairs_ahead(context, start)
        if affairs:
            # "Assistant Secretary of State for Nordian affairs"
            return country, org, [*words, joint, *affairs]
    if (
        span is not None
        and phrase in _MINISTERS
        and tokens[i - 1].key == joint
        and span.label == "ORG"
        and span.surface.lower() in table.portfolio
    ):
        # "Secretary of Defense": what she is secretary of; an Army is a body
        span = None
    if span is not None and joint == "for" and tokens[i - 1].key == joint and _is_charge(span, words):
        # "Assistant Secretary for Fish, Wildlife and Parks": what she is in charge of
        charge = tokens[i : first_beyond(tokens, span.end_char, i)]
        told = org or _beyond_comma(context, span.end_char)
        return country, told, [*words, joint, *(t.key for t in charge)]
    within = _CHARGE_WITHIN.fullmatch(span.surface) if span is not None and joint == "of" else None
    if (
        span is not None
        and within is not None
        and within[1].lower() in table.portfolio
        and _is_charge(span, words)
    ):
        # "Assistant Secretary of the Interior for Fish and Wildlife"
        last = first_beyond(tokens, span.end_char, i)
        return country, org, [*words, *(t.key for t in tokens[at:last])]
    if joint == "from" and phrase[-1] in _ELECTED and span is not None and span.label == "LOC":
        # "the junior senator from Nevada"
        return country, org or span.surface, words
    if joint in {"for", "in"} and phrase[-1] in table.sent and found is not None:
        # Where somebody is sent is not whose office it is.
        return country, org, words
    if found is None and joint != "from" and (firm := firm_of_kind(context, start)) is not None:
        # "partner with the Lima investment banking firm of Northam Inc"
        return country, org or firm, words
    whole = span is not None and found is not None and span.end_char > found.end_char
    if (
        found is not None
        and not whole
        and joint != "from"
        and _CAPITAL_NEXT.match(context.text, found.end_char)
    ):
        # "president of Canadian Auto Workers"
        named = _CAPITALS.match(context.text, start)
        if named is not None and not any(t.start in context.person_starts for t in tokens[i : i + 4]):
            return country, org or named[0], words
    if found is not None and (span is None or span.end_char <= found.end_char):
        body = _BODY.match(context.text, found.end_char)
        if body is not None and joint == "of":
            # "the president of the Mexican stock exchange" does not preside over Mexico
            own = None if phrase in table.top else country or found
            inside = any(body.end(1) < at < body.end() for at in context.person_starts)
            return own, org or context.text[start : body.end(1) if inside else body.end()], words
        abroad = _BRANCH.match(context.text, found.end_char)
        if abroad is not None and joint in {"of", "for", "at"}:
            # "head of the Kenya branch of Northam Ltd" heads nothing of Kenya's
            return country, org or _whole_branch(context, start, abroad.end()), words
        if joint != "from" and org is None:
            # "analyst at Brazilian consulting firm Northair"
            org = _described(context, tokens, i)
        follows = POSSESSIVE.search(context.text, found.end_char, found.end_char + 2)
        if (
            follows is None
            and joint != "from"
            and context.text[found.end_char : found.end_char + 2] not in {"'s", "’s"}
        ):
            if joint == "in" and org is not None and country is None and found.mention_type == "name":
                # "the Northam Fund's director in Kenya": where she is
                return country, org, words
            return country or found, org, words
        at = _after_mark(context.text, found.end_char)
        kind = _GOVERNING.match(context.text, at)
        span = context.name_starts.get(kind.end() if kind is not None else at)
        if span is not None and joint != "from":
            return country or found, org or context.text[span.start_char : span.end_char], words
        end = _body_of_country(context, tokens, at, phrase) if joint != "from" else 0
        if end:
            # "head of Kenya's relief centre": not the head of Kenya
            own = None if phrase in table.top else country or found
            return own, org or context.text[found.start_char : end], words
        return country or (found if joint != "from" else None), org, words
    if span is not None and joint != "from":
        close = span.end_char
        if context.text[close - 1 : close + 1] in _MARKS:
            # "CNE’s", of which the span took in half the mark
            close -= 1
        part = context.name_starts.get(_after_mark(context.text, close))
        if part is not None and part.label == "ORG" and context.text[close : close + 2] in _MARKS:
            # "chief of the UN's World Health Organization"
            span, close = part, part.end_char
        if (rival := _RIVAL.match(context.text, close)) is not None:
            # "president of Northam's competitor, Lowell Inc"
            return country, org or _firm_from(context, rival.end()), words
        if joint in {"for", "to"} and _office_of_another(
            context, tokens, first_beyond(tokens, span.end_char, i)
        ):
            # "spokesman for Senate Majority Leader Hale"
            return country, org, words
        if (
            joint == "for"
            and phrase[-1] in _WORK_FOR
            and (with_firm := _WITH.match(context.text, close)) is not None
        ):
            # "technical director for HIV/AIDS with Northair"
            return country, org or _firm_from(context, with_firm.end()) or span.surface, words
        based = _BASED.match(context.text, close)
        if based is not None and context.name_starts.get(based.end()) is None:
            # "an executive at Lima-based trading houses"
            return country, org, words
        if based is not None:
            # "president of the Kansas City-based Northam Centre", "at Lima-based 1st Northam Bank"
            span = context.name_starts[based.end()]
            close = span.end_char
            return country, org or (based[1] or "") + context.text[based.end() : close], words
        more = None
        if span.label == "ORG":
            more = _ROMANCE.match(context.text, close) or _and_partner(context.text, span.start_char, close)
        # "Banco" of "Banco do Norte"
        close = past_slash(context.text, close if more is None else more.end())
        left, right = whole_place(context.text, span.start_char, close)
        place = context.text[left:right].rstrip("/")
        if place.endswith((" of", " of the")):
            # "State of" of "State of Colorado's"
            capitals = _CAPITALS.match(context.text, left)
            place = capitals[0] if capitals is not None else place[:-3]
        if context.text.startswith("-", right):
            # "Northam Union and Co" of "chairman of the Northam Union and Co-Chair of the council"
            place = _CUT_AT_HYPHEN.sub("", place)
        place = place.rstrip(",")
        if (second := _AND_OFFICE.search(place)) is not None and forward(
            tokens, first_beyond(tokens, left + second.start() + 4, i)
        ):
            # "College of Medicine and Director" of the director of something else as well
            return country, org or place[: second.start()], words
        chapter = _chapter(context, left, right) if joint == "of" else None
        if chapter is not None:
            return country, org or chapter, words
        rest = None if " " not in place and span.label == "LOC" else _COMMITTEE.match(context.text, right)
        if rest is not None and not any(right < at < rest.end() for at in context.person_starts):
            # "Fair Award" of "the Fair Award Nomination Committee"
            return country, org or context.text[left : rest.end()], words
        owned = context.text[right : right + 2] in _MARKS
        if owned and (end := _body_of_country(context, tokens, _after_mark(context.text, right), phrase)):
            # "head of Northam's department of diseases"
            return country, org or context.text[left:end], words
        rest = _INSTITUTION.match(context.text, right)
        marked = rest is not None and rest[1][:2] in _MARKS
        if marked and rest is not None and context.text.startswith(" of ", rest.end()):
            # "Northam's department of health"
            rest = None
        if rest is not None and (marked or " " not in place):
            # "head of the European commission", "speaker of the Northam provincial council"
            # "governor of West Nordia's central bank"
            word = rest[1][2:] if rest[1][:2] in _MARKS else rest[1]
            if not word or word.strip() in table.modifiers or word[-2:] in _MARKS:
                place += rest[0]
            of = context.text.startswith(" of ", rest.end()) and rest[2] == "office"
            branch = context.name_starts.get(rest.end() + 4) if of else None
            told = _firm_told(context, tokens, rest.end() + 4) if of and branch is None else None
            if told is not None:
                # "analyst at the Lima office of broker <Northam Works>"
                return country, org or told, words
            if branch is not None:
                # "director of the Lima office of Northam International"
                place = context.text[left : branch.end_char]
        if (unit := unit_end(context.text, right)) > max(right, left + len(place)):
            # "chairman of the Northam Union's business survey committee"
            place = context.text[left:unit]
        if " " in place or span.label != "LOC":
            kind = _ITS_KIND.match(context.text, left + len(place))
            place += kind[0] if kind is not None and context.text.startswith(place, left) else ""
        if joint == "for" and span.label == "LOC" and org is None:
            # "fellow for Latin America at Northam House"
            org = _employer(context, tokens, first_beyond(tokens, span.end_char, i))
        return country, org or place, words
    if (
        span is not None
        and joint == "from"
        and phrase == ("senator",)
        and span.label == "LOC"
        and org is None
    ):
        return country, span.surface, words
    if span is not None and span.label == "ORG" and org is None and phrase[-1] in _COME_FROM:
        # "a scientist from Northair"
        return country, context.text[span.start_char : span.end_char], words
    field = _field(tokens, i) if joint == "of" and phrase[-1] == "professor" and org is None else []
    if field:
        return country, _employer(context, tokens, i), [*words, joint, *field]
    if span is None and found is None and org is None and country is None and joint in {"of", "at"}:
        short = _SHORT.match(context.text, start)
        if (
            short is not None
            and short[0] not in _NO_BODIES
            and not context.text[max(0, start - 20) : start].isupper()
        ):
            # "executive director of DATA", which the classifier missed
            return country, short[0], words
    if org is None and joint == "of" and tokens[i].text in _OF_PARTIES and i + 1 < len(tokens):
        # "president of the opposition Congress party"
        org = _firm_from(context, tokens[i + 1].start)
    if org is None and joint != "from":
        org = _described(context, tokens, i)
    works = phrase[-1] not in _WRITE if joint == "of" else joint in {"for", "in"} and phrase[-1] in _WORK_FOR
    if works and org is None:
        org = _employer(context, tokens, i, joint)
        post = _post(context, tokens, i) if joint == "of" and phrase[-1] in _OF_POSTS else []
        known = (
            len(phrase) > 1
            and phrase[-1] == "president"
            and set(post) <= roles().portfolio | _POST_WORDS
            and post[-1:] != ["and"]
        )
        if post and (org is not None or (country is None and known and post[-1] not in roles().institutions)):
            # "EVP of Finance and Administration, ...": words that no body is called by
            return country, org, [*words, joint, *post]
    if org is None and country is None and joint == "of":
        # "president of the components division"
        org = bare_unit(context, start)
    if org is None and country is None and joint == "of" and phrase[-1] in _PRESIDE:
        org = _closed_name(context, tokens[i])
    if joint in {"of", "for"} and (phrase[-1] in table.with_portfolio or phrase[-2:] == ("of", "state")):
        portfolio: list[str] = []
        while i < len(tokens) and (
            tokens[i].key in table.portfolio or (tokens[i].key in {"and", "&", ","} and portfolio)
        ):
            if tokens[i].key == "," and i + 1 < len(tokens) and _firm_from(context, tokens[i + 1].start):
                # "for Industry and Security, Department of Commerce"
                org = org or _beyond_comma(context, tokens[i].start)
                break
            portfolio.append(tokens[i].key)
            i += 1
            if portfolio == ["state"] and i + 1 < len(tokens) and tokens[i].key == "for":
                # "undersecretary of state for economic affairs"
                portfolio += ["for"] if tokens[i + 1].key in table.portfolio else []
                i += portfolio[-1] == "for"
        while portfolio and portfolio[-1] in {"and", "&", ","}:
            portfolio.pop()
        if portfolio and country is None and joint != "in" and i + 1 < len(tokens):
            # "minister of transport for Ghana"
            at = i + 2 if tokens[i + 1].key == "the" and i + 2 < len(tokens) else i + 1
            if tokens[i].key in {"of", "for", "in"}:
                country = context.country_starts.get(tokens[at].start)
                if org is None and tokens[i].key in {"for", "in"}:
                    org = _department(context, tokens, at, country)
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
    if match is None or token.start in context.person_starts or token.start in context.name_starts:
        return None
    known = roles()
    words = [word.lower() for word in match[0].split()]
    common = any(w in known.modifiers or w in known.function_words or (w,) in known.field for w in words)
    return None if common else match[0]


def _department(context: Context, tokens: list[Token], at: int, country: CountryMention | None) -> str | None:
    """The body in "Assistant Secretary of Health for the U.S. Department of Roads", from token ``at`` on."""
    start = tokens[at].start if country is None else _after_mark(context.text, country.end_char)
    return _firm_from(context, tokens[at].start) or _firm_from(context, start)


def _field(tokens: list[Token], i: int) -> list[str]:
    """What somebody is professor of, in at most four words: "politics and international relations"."""
    for k in range(i, min(i + 5, len(tokens))):
        key = tokens[k].key
        if key in {"at", "in", "with", ",", ".", ";", ")", "who", "from", "emeritus"}:
            return [t.key for t in tokens[i:k]]
        if not key.isalpha() or (key in roles().function_words and key != "and"):
            return []
    return []


def _past_person(context: Context, tokens: list[Token], i: int) -> int:
    """The token after whose the organisation is in "chairman of President Lopez's Export Council"."""
    if tokens[i].start not in context.person_starts:
        read = forward(tokens, i)
        if read is None or read[2] >= len(tokens) or tokens[read[2]].start not in context.person_starts:
            return i
    for k in range(i, min(i + _DESCRIBES, len(tokens) - 1)):
        if POSSESSIVE.search(tokens[k].text):
            return k + 1 if tokens[k + 1].text[0].isupper() else i
    return i


def _office_of_another(context: Context, tokens: list[Token], i: int) -> bool:
    """Whether an office stands at token ``i`` and a person right after it."""
    read = forward(tokens, i)
    return read is not None and read[2] < len(tokens) and tokens[read[2]].start in context.person_starts


_WITH = re.compile(r" (?:with|at) (?:the )?(?=[A-Z])")
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
    rf"((?:['’]s)?(?: [a-z]+(?:['’]s)?)??) ({alternation(roles().institutions | _SMALL_BODIES)})\b"
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
        if tokens[k].key in roles().kinds_of_org or (tokens[k].key == "house" and i < k):
            span = context.name_starts.get(tokens[k + 1].start)
            named = span is not None and span.label == "ORG"
            if span is None and tokens[k + 1].text[0].islower():
                # "at brokerage house Northam Ltd"
                continue
            return context.text[span.start_char : span.end_char] if span is not None and named else None
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
_RULED = frozenset({"head", "leader", "chief", "chairman", "chairwoman", "chair", "director", "commander"})
"""Of whatever follows, they are its heads: "head of Kenya's journalists"."""
_BODY_OF = frozenset({"department", "ministry", "office", "institute", "centre", "center", "board", "bureau"})


def _body_of_country(context: Context, tokens: list[Token], at: int, phrase: Phrase) -> int:
    """Where "relief centre" ends, which a country's possessive before ``at`` owns; 0 where none is told."""
    i = first = first_beyond(tokens, at, 0)
    end, of = 0, False
    while i < min(len(tokens), first + _DESCRIBES):
        token = tokens[i]
        joins = token.key in {"of", "for"} and i > first and tokens[i - 1].key in _BODY_OF
        small = token.text[0].islower() and token.text.replace("-", "").isalpha()
        joins = joins or ((of or i > first) and token.key == "and")
        if not small or (token.key in roles().function_words and not joins):
            break
        if token.key == "government":
            return 0
        if (of and token.key != "and") or token.key in _BODIES:
            end = token.end
        of = of or joins
        i += 1
    many = i > first and tokens[i - 1].key.endswith("s") and phrase[-1] in _RULED
    if not end and many and i < len(tokens) and tokens[i].key in {",", ".", ";", ")"}:
        return tokens[i - 1].end
    return end


_LEANING = re.compile(
    r"(?:(?:pro|anti)-[A-Z]?\w+|[a-z]+-(?:wing|right|left|owned|run|profit)|separatist|rebel|militant|outlawed|banned"
    r"|nationalist|Islamist|Islamic|Marxist|Maoist|fascist|radical|secular|hard-?line|conservative|liberal|leftist"
    r"|socialist|communist|nonprofit|prestigious|influential|powerful|extremist)\s"
)


_SIDES = frozenset({"pro", "anti"})


def _past_leaning(context: Context, tokens: list[Token], i: int) -> str | None:
    """The organisation in "head of the pro-Kenyan Northam Party"; nothing where it is not told apart."""
    start = tokens[i].start
    first = context.name_starts.get(start)
    lead = _LEANING.match(context.text, start)
    if lead is None or (first is not None and first.surface not in _SIDES):
        return None
    span = context.name_starts.get(lead.end())
    if span is None and lead[0][:4] in {"pro-", "anti"}:
        # "Kenyan Northam Party" of "pro-Kenyan Northam Party"
        span = context.name_starts.get(context.text.index("-", start) + 1)
    if span is None or span.label != "ORG" or span.end_char <= lead.end():
        return None if first is None else ""
    return context.text[max(span.start_char, lead.end()) : span.end_char]


_MINISTERS = frozenset({("secretary",), ("minister",)})
_ELECTED = frozenset({"senator", "representative", "congressman", "congresswoman"})
_CHARGE_WITHIN = re.compile(r"([A-Z]\w+) for [A-Z].*")
_OF_CHARGE = frozenset({"secretary", "undersecretary"})
_KINDS = roles().institutions | {"institute", "association", "center", "centre", "federation"}


def _is_charge(span: NameSpan, words: list[str]) -> bool:
    """Whether a span after "for" is what an Assistant Secretary sees to, and not whom a secretary serves."""
    ranks = {"assistant", "under", "deputy", "undersecretary"}
    if words[-1] not in _OF_CHARGE or ranks.isdisjoint(words):
        return False
    listed = span.surface.replace(",", "").split()
    return not span.surface.isupper() and _KINDS.isdisjoint(word.lower() for word in listed)


def _beyond_comma(context: Context, end: int) -> str | None:
    """The organisation set off after the comma at ``end``: "..., Department of the Interior"."""
    span = context.name_starts.get(end + 2) if context.text.startswith(", ", end) else None
    if span is None or span.label != "ORG" or not CLOSED_OFF.match(context.text, span.end_char):
        return None
    return span.surface


_OF_PARTIES = frozenset({"opposition", "ruling", "governing"})
_BRANCH = re.compile(r" (?:campus|branch|office|bureau|arm|unit|subsidiary|operations) of (?:the )?")
_OFFICE_OF = re.compile(r"['’]s Office\b| (?:Ltd|Inc|Plc|PLC)\b")
"""What may follow of the body whose branch it is: "the Northam Registrar's Office"."""


def _whole_branch(context: Context, start: int, at: int) -> str | None:
    """The branch that begins at ``start`` of the organisation that begins at ``at``."""
    owner = context.name_starts.get(at)
    if owner is None or owner.label != "ORG":
        return None
    office = _OFFICE_OF.match(context.text, owner.end_char)
    return context.text[start : office.end() if office else owner.end_char]


_CHAPTER = re.compile(r" Chapter of (?:the )?(?=[A-Z])")


def _chapter(context: Context, left: int, right: int) -> str | None:
    """The organisation in "the Big River Chapter of the Northam Union", left:right being part of it."""
    text = context.text
    found = _CHAPTER.match(text, right) or _CHAPTER.match(text, max(left, right - len(" Chapter")))
    if found is None or found.end() in context.person_starts:
        return None
    whole = context.name_starts.get(found.end())
    end = whole.end_char if whole is not None else _CAPITALS.match(text, found.end()).end()  # type: ignore[union-attr]
    return text[left:end].rstrip(".")


def _firm_told(context: Context, tokens: list[Token], start: int) -> str | None:
    """The organisation after what kind of firm it is from ``start`` on: "broker Northair"."""
    return _described(context, tokens, first_beyond(tokens, start, 0))


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


_POST_WORDS = frozenset({"and", "&", "administration", "business", "engineering", "logistics", "fundraising"})


def _post(context: Context, tokens: list[Token], i: int) -> list[str]:
    """What the "Director of Public Affairs at Northair" directs, in capitals as a title is."""
    for k in range(i, min(i + 6, len(tokens))):
        if tokens[k].key in {"at", "for", "with"} or (tokens[k].key in {",", ";", "."} and k > i):
            return [t.key for t in tokens[i:k]]
        joins = tokens[k].key in {"and", "&"} and k > i
        if not joins and not (tokens[k].text.isalpha() and tokens[k].text.istitle()):
            return []
        if tokens[k].start in context.person_starts or tokens[k].start in context.country_starts:
            return []
    return []


_COME_FROM = _WORK_FOR | {"official", "spokesman", "spokeswoman", "analyst", "expert", "lawyer", "doctor"}
"""They come from those for whom they work, unlike a striker from a club."""


def _employer(context: Context, tokens: list[Token], i: int, joint: str = "") -> str | None:
    """The organisation in "professor of economics at Lowell University".

    After ``joint`` "of" it may follow "for" ("head of sales for Northair").
    """
    for k in range(i, min(i + 6, len(tokens) - 1)):
        if k > i and joint == "of" and tokens[k].key == "for":
            at = k + 2 if tokens[k + 1].key == "the" and k + 2 < len(tokens) else k + 1
            span = context.name_starts.get(tokens[at].start)
            land = context.country_starts.get(tokens[at].start)
            if span is None and land is not None:
                # "for U.S. Northam Customs"
                span = context.name_starts.get(_after_mark(context.text, land.end_char))
            if span is not None and POSSESSIVE.search(tokens[at].text):
                # "head of heritage for Lima's Directorate of Culture"
                span = context.name_starts.get(_after_mark(context.text, span.end_char)) or span
            named = (
                span is not None
                and (span.label == "ORG" or span.surface.endswith((" County", " City", " State")))
                and (land is None or span.end_char > land.end_char)
            )
            return context.text[span.start_char : span.end_char] if span is not None and named else None
        if tokens[k].key in {"at", "with", "within"}:
            at = k + 2 if tokens[k + 1].key == "the" and k + 2 < len(tokens) else k + 1
            if tokens[at].key.endswith("-based") and at + 1 < len(tokens):
                # "vice president of finance at Lima-based Northair"
                at += 1
            span = context.name_starts.get(tokens[at].start)
            if span is not None and POSSESSIVE.search(tokens[at].text):
                # "at Washington's Lowell Centre"
                span = context.name_starts.get(_after_mark(context.text, span.end_char)) or span
            if span is None:
                return _described(context, tokens, at)
            land = context.country_starts.get(tokens[at].start)
            # "at China Northam Corporation"
            named = land is None or (span.label == "ORG" and span.end_char > land.end_char)
            branch = _BRANCH.match(context.text, span.end_char) if span.label == "LOC" else None
            if branch is not None:
                # "at the Kent campus of the Lowell University"
                return _firm_from(context, branch.end())
            if joint in {"for", "in"} and span.label not in {"ORG", "FAC"}:
                return None
            return context.text[span.start_char : span.end_char] if span is not None and named else None
        if tokens[k].key == "," and k > i and joint in {"of", "for"}:
            return _set_off_firm(context, tokens, i, k)
        if k > i and joint == "of" and tokens[k].key == "of" and tokens[i - 1].key == "of":
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


def _set_off_firm(context: Context, tokens: list[Token], i: int, comma: int) -> str | None:
    """The organisation in "Director of Public Affairs, Northam Union, said"; capitals, as a title has."""
    span = context.name_starts.get(tokens[comma + 1].start)
    if span is None or span.label != "ORG" or not CLOSED_OFF.match(context.text, span.end_char):
        return None
    titled = all(t.text.istitle() or t.key in {"and", "&"} for t in tokens[i:comma])
    return span.surface if titled and tokens[i - 2].text.istitle() else None


def _after_mark(text: str, at: int) -> int:
    """Where the word after a possessive at ``at`` begins."""
    at += 2 if text[at : at + 2] in {"'s", "’s"} else 0
    while at < len(text) and text[at] == " ":
        at += 1
    return at
