"""Reads the role that begins at a place of the text: "the U.S. secretary of state" after its comma or verb.

`after` finds where it begins; `read_after` says what it is, whose, and whether it is held still.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.forward import forward, head_starting
from newsledger.stages.people.roles.org import of_its_body, of_its_house
from newsledger.stages.people.roles.roles import (
    POSSESSIVE,
    STEPS,
    Context,
    Role,
    Status,
    Token,
    first_beyond,
    possessor,
    tokenise,
)
from newsledger.stages.people.roles.tail import CLOSED_OFF, read_tail
from newsledger.stages.people.tables import Phrase, roles, written
from newsledger.values.mentions import CountryMention, NameSpan

NOTHING = re.compile(r"(?P<set>)(?P<who>)(?P<was>)(?P<late>)(?P<verb>)")


# "prime minister from 2019 to 2022"
_OVER = re.compile(
    r"(?:\s(?:of|to|at|for)\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,4}(?:\sof\s[A-Z]\w+)?"
    r"|\sunder\s[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})?,?\s\(?"
    r"(?:(?:from|between)\s\d{4}\s(?:to|until|through|and|till)\s(?:\w+\s)?\d{4}|\d{4}\s?[-–]\s?(?:19|20)\d\d\b)"
)
_MARKS = frozenset({"'s", "’s"})
_INC = re.compile(
    r"(?: (?:Corp|Inc|Co|Cos|Ltd|Bros)|(?<=Corp)|(?<=Inc)|(?<=Co)|(?<=Cos)|(?<=Ltd)|(?<=Bros))\b\.?(?= [a-z])"
)
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "another"})
_QUALIFIES = frozenset({"official", "chief", "principal", "head", "major", "general", "private"})
_TEACHERS = frozenset({"professor", "lecturer"})
_TRADES_OF = frozenset({"arts", "media", "academia", "law"})
_NO_TRADES = frozenset({("critic", "of"), ("model", "for"), ("model", "of")})
SEATED_ON = frozenset({"republican", "democrat", "member", "judge", "justice"})
"""They sit on a committee or a court, which others are of."""
_ALONE = frozenset(
    (office,)
    for office in ("president", "chancellor", "premier", "chairman", "governor", "mayor", "ambassador")
)
_OPENS_TITLE = frozenset({"national", "federal", "chief", "senior", "principal", "lead"})
_AFTER_HEAD = frozenset({"of", "at", "for", "in", "with", "to", "from", "on"})
_ORDINALS = frozenset({"first", "second", "third"})
UNKNOWN = 4
"""So many words that the tables do not know may stand between article and office."""


def read_after(context: Context, lead: re.Match[str], ceiling: int, *, several: bool = False) -> Role | None:
    """Read the role that begins where ``lead`` ends."""
    text = context.text
    table = roles()
    tokens = tokenise(text, lead.end(), ceiling)
    status: Status | None = None
    country: CountryMention | None = None
    org: str | None = None
    article = possessive = False
    inner: list[str] = []
    i = _past_possessor(context, tokens)
    verb = lead["verb"] or lead["was"] or (lead["late"] or "").strip()
    for _ in range(STEPS):
        if i >= len(tokens):
            return None
        token = tokens[i]
        if token.start in context.person_starts:
            # "Nelson, Boxer and others"
            return None
        if token.key in _ARTICLES and not article:
            article, i = True, i + 1
            continue
        if article and token.key.startswith(("then-", "ex-")):
            # "the then-Secretary of the Army"
            token = tokens[i] = token._replace(key=token.key.split("-", 1)[1])
            status = "former"
        found = context.country_starts.get(token.start)
        span = context.name_starts.get(token.start)
        if found is not None and (head := head_starting(tokens, i)) is not None and len(head[0]) > 1:
            # "United States Attorney for the Southern District"
            break
        if found is not None and (span is None or span.end_char <= found.end_char or span.label == "NORP"):
            # "the Indian-born engineer" need not be of India.
            country = country or (found if text[found.end_char : found.end_char + 1] != "-" else None)
            i = first_beyond(tokens, found.end_char, i)
            continue
        if token.key.startswith("then-") and article and status is None:
            # "the then-secretary of the army"
            tokens[i] = token._replace(key=token.key.split("-", 1)[1])
            status = "former"
            continue
        if token.key == "once" and not article and status is None:
            # "Ada Lind, once the ambassador to Kenya"
            status, i = "former", i + 1
            continue
        if token.key in _RANKS and _before_owner(context, tokens, i):
            # "the chief White House economic adviser"
            inner.append(token.key)
            i += 1
            continue
        if token.key == "fellow" and article and _goes_before(tokens, i):
            i += 1
            continue
        if token.key in _ORDINALS and article and _counts_offices(tokens, i):
            i += 1
            continue
        if token.key in table.status and head_starting(tokens, i) is None:
            meaning: Status = table.status[token.key]  # type: ignore[assignment]
            if status in {"former", "acting", "designate"} and meaning in {"deputy", "acting"}:
                # "the former deputy prime minister"
                inner.append(token.key)
            else:
                status = meaning
            i += 1
            continue
        named = token.key not in table.portfolio or (
            span is not None
            and (
                " of " in span.surface
                or text.startswith((" (", "'s ", "’s "), span.end_char)
                or _is_union(span.surface)
                or _names_more(span)
            )
        )
        if span is not None and org is None and named:
            possessive = text[span.end_char : span.end_char + 2] in _MARKS
            article = article or possessive
            # "the Berlin-based engineer" works anywhere.
            org = span.surface if text[span.end_char : span.end_char + 1] not in {"-", "‐"} else None
            i = first_beyond(tokens, span.end_char, i)
            if article and org is not None and (kind := _INC.match(text, span.end_char)) is not None:
                # "a Northam Corp. spokesman", of which the classifier left out the end
                org, i = org + kind[0], first_beyond(tokens, kind.end(), i)
            if article and span.label == "LOC" and i < len(tokens) and tokens[i].key in {",", "."}:
                # "a Montebello, Calif., physician"
                org, i = None, _past_signs(tokens, i)
                continue
            if i + 2 < len(tokens) and tokens[i].key == "(" and tokens[i + 2].key == ")":
                # "Northern Rail Authority (NRA) spokesman"
                i += 3
            continue
        if span is not None and span.label == "LOC" and org is not None and possessive:
            # "EADS's North America chief"
            i = first_beyond(tokens, span.end_char, i)
            continue
        if token.key.endswith("-year-old") or (token.text[0].islower() and possessor(token)):
            i += 1
            continue
        if i == 0 and token.text[0].isupper() and org is None and possessor(token) and lead["set"]:
            # "Ada Lind, Heltz's newly elected chairman": a firm that the classifier missed.
            org, article, i = text[token.start : token.end - 2], True, i + 1
            continue
        if token.key in table.skipped and head_starting(tokens, i) is None:
            i += 1
            continue
        break
    read = forward(tokens, i)
    unknown = False
    if read is None and article and (title := _title_around(context, tokens, i)) is not None:
        read = title
    if read is None and (article or org) and (lead["set"] or lead["verb"]):
        read = _past_unknown(context, tokens, i, capitals=not article)
        unknown = True
        works = read is not None and verb == "is" and roles().field.get(read[0]) in _TRADES_OF
        if read is not None and not lead["set"] and read[0][-1] not in _TEACHERS and not works:
            # "is a Physics professor at Lowell", but "was a keynote speaker at the fair"
            return None
    if read is None and lead["set"] and i < len(tokens) and tokens[i].text[0].isupper():
        # "Ada Lind, Flood Prevention Coordinator of Nevada"
        read = _past_unknown(context, tokens, i, capitals=True)
        follow = tokens[read[2]] if read is not None and read[2] < len(tokens) else None
        named = read is not None and tokens[read[2] - 1].text[0].isupper()
        if not named or follow is None or follow.key not in {"of", "for", "at", ";"}:
            return None
    if read is None:
        return None
    phrase, words, stop, many, said = read
    if phrase == ("nominee",) and not many and (office := _nominated(context, tokens, i, stop, ceiling)):
        return office
    if _HEREAFTER.match(lead[0]) and phrase[-1] in _BESIDE_OFFICE:
        # "will serve as a consultant": what he does hereafter is less than the office he holds
        return None
    if phrase in _AT_AN_OCCASION and verb:
        # "was a keynote speaker at the fair"
        return None
    if many is not several or (len(phrase) == 1 and phrase[0] in table.kin):
        return None
    if status in {"former", "acting", "designate"} and said == "deputy":
        inner.append("deputy")
        said = None
    words = [*inner, *words]
    status = said or status
    single = words[-1] if len(words) == 1 else None
    close = tokens[stop - 1].end
    follow = tokens[stop] if stop < len(tokens) else None
    sign = text[close : close + 2]
    if sign[:1] in {"-", "'", "’"} or (
        follow is not None and follow.start in context.person_starts and follow.start - close < 3
    ):
        return None
    if POSSESSIVE.search(text, tokens[stop - 1].start, close):
        return None
    if (
        follow is not None
        and follow.key in {"and", "among"}
        and not article
        and not verb
        and single in roles().weak
    ):
        return None
    if follow is not None and (
        follow.key == "among"
        or (verb and (single, follow.key) in _NO_TRADES)
        or (single == "critic" and follow.key == "of" and not _firm_at(context, tokens, stop + 1))
    ):
        # "has been a critic of the government", "was the model for the hero"
        return None
    if follow is not None and follow.key == "emeritus":
        status, stop = "former", stop + 1
        follow = tokens[stop] if stop < len(tokens) else None
    if follow is not None and follow.key == "(":
        # "president (acting) of the college"
        shut = next((k for k in range(stop + 1, min(stop + 6, len(tokens))) if tokens[k].key == ")"), None)
        if shut is not None:
            stop = shut + 1
            follow = tokens[stop] if stop < len(tokens) else None
    tail = follow is not None and follow.key in _AFTER_HEAD
    # "minister responsible for the post"
    closes = follow is None or follow.key in {
        "responsible",
        "based",
        "during",
        ",",
        ".",
        ";",
        ")",
        "who",
        "and",
        "–",
        "—",
        ":",
        "-",
    }
    served = follow is not None and follow.key == "under" and lead["set"] and not article
    if served and stop + 1 < len(tokens) and tokens[stop + 1].start in context.person_starts:
        # "Ada Lind, deputy governor under Hale": until when is not said
        closes, verb = True, "was"
        if status == "deputy":
            words, status = ["deputy", *words], None
    if (lead["set"] or "").strip() in _DASHES and follow is not None and follow.key in _CLAUSE:
        # "They opposed Hale - the minority leader himself has said so."
        return None
    if follow is not None and org is None and lead["set"] == "," and not article:
        org = _beside(context, tokens[stop - 1], follow)
        closes = closes or org is not None
    if follow is not None and org is not None and lead["set"] == "," and follow.key in {"said", "told"}:
        # "Ada Lind, Northair president and chief executive said"
        closes = True
    if not article and country is None and org is None and lead["set"] and stop + 1 < len(tokens):
        org = _set_off_org(context, tokens[stop], tokens[stop + 1])
    heads_it = single == "chief" and tokens[stop - 1].text == "Chief" and text.startswith((".", ";"), close)
    if single in roles().weak and not (
        tail or country or org or (article and (closes or verb)) or (heads_it and lead["set"] == ",")
    ):
        # "under the supervision of Ada Lind, Chief."
        return None
    firm = context.name_starts.get(follow.start) if follow is not None and org is None else None
    if firm is not None and firm.label == "ORG" and lead["set"] and not unknown and not closes:
        # "Ada Lind, CEO Northam Rail"
        org, closes = firm.surface, True
    if not (tail or closes or article or verb) or (unknown and not (tail or closes)):
        return None
    if single in _QUALIFIES and not (tail or closes) and follow is not None and follow.text.isalpha():
        # "is the official patron", "was the chief guest"
        return None
    if (
        not article
        and not lead["set"]
        and not tail
        and not country
        and not org
        and len(words) == 1
        and phrase not in _ALONE
    ):
        return None
    advises = follow is not None and follow.key == "to" and phrase[-1] in _ADVISE
    if (
        tail
        and follow is not None
        and (
            follow.key in {"of", "at", "for", "in", "with", "from"}
            or (advises and _firm_at(context, tokens, stop + 1))
            or (follow.key == "on" and phrase[-1] in SEATED_ON and _firm_at(context, tokens, stop + 1))
        )
    ):
        region = (
            org if _is_place(context, org, tokens[:stop]) and _leads_to_firm(context, tokens, stop) else None
        )
        # "the Asia director at Northair": the firm says more than the part of the world.
        country, org, words = read_tail(
            context, tokens, stop, phrase, words, country, None if region is not None else org
        )
        org = org or region
    org, words = of_its_house(org, words)
    if not inner:
        org, words = of_its_body(text, tokens, stop - len(phrase), len(phrase), org, words)
    if status is None:
        status = "former" if _OVER.match(text, close) else _status_of(verb or "", lead[0])
    return Role(
        phrase,
        written(tuple(words)).replace(" ,", ","),
        status=status,
        country=country.iso_alpha2 if country else None,
        org=" ".join(org.split()) if org else None,
        many=many,
        side="after",
        style=phrase in table.styles,
        ends=close,
    )


def _nominated(context: Context, tokens: list[Token], i: int, stop: int, ceiling: int) -> Role | None:
    """The office in "the President's nominee for Assistant Secretary of Energy": its holder to be.

    Nobody but a head of state or government nominates for these; a party's nominee is a candidate.
    """
    follow = tokens[stop : stop + 2]
    if (
        len(follow) < 2
        or follow[0].key not in {"for", "to"}
        or any(t.key in _PARTISAN for t in tokens[:stop])
    ):
        return None
    by_head = any(possessor(token) for token in tokens[:stop]) or tokens[stop - 2].key == "presidential"
    words = [t.key for t in tokens[stop : stop + 3]]
    infinitive = words[:2] == ["to", "be"] or words == ["to", "serve", "as"]
    at = stop + (words.index(words[-1]) + 1 if words == ["to", "serve", "as"] else 2 if infinitive else 1)
    # "the nominee to serve as": a party's nominee is one for an office
    if not (by_head or infinitive) or (follow[0].key == "to" and not infinitive) or at >= len(tokens):
        return None
    lead = NOTHING.match(context.text, tokens[at].start)
    office = read_after(context, lead, ceiling) if lead is not None else None
    if office is None or office.field not in {"cabinet", "military", "law", "police"}:
        return None
    return replace(office, status="designate")


_HEREAFTER = re.compile(r",?\s(?:who\s)?will\s")
_BESIDE_OFFICE = (roles().many_are - {"member"}) | {"consultant", "adviser", "advisor"}
_AT_AN_OCCASION = frozenset({("keynote", "speaker"), ("guest", "speaker")})
_PARTISAN = frozenset({"republican", "democratic", "gop", "party", "party's"})
_DASHES = frozenset({"-", "–", "—"})
_CLAUSE = frozenset(
    {"himself", "herself", "has", "have", "had", "is", "was", "will", "would", "said", "says"}
)


def _beside(context: Context, office: Token, follow: Token) -> str | None:
    """The organisation in "Ada Lind, CEO Northern YMCA." that ends there."""
    span = context.name_starts.get(follow.start)
    if span is None or span.label != "ORG" or not office.text[0].isupper() or follow.start - office.end != 1:
        return None
    return span.surface if context.text[span.end_char : span.end_char + 1] in {".", ",", ";", ""} else None


_SET_OFF_IN_LIST = re.compile(r"(?:\s\([^()\n]{2,12}\))?,\sand\s")


def _set_off_org(context: Context, comma: Token, first: Token) -> str | None:
    """The organisation in "Ada Lind, director, Lowell Hospital, said ..."."""
    span = context.name_starts.get(first.start) if comma.key == "," else None
    if span is None or span.label != "ORG":
        return None
    if not CLOSED_OFF.match(context.text, span.end_char):
        goes_on = _SET_OFF_IN_LIST.match(context.text, span.end_char)
        # "..., director, Lowell Hospital, and Ben Moe, ..."
        return span.surface if goes_on is not None and goes_on.end() in context.person_starts else None
    return span.surface


def _is_place(context: Context, org: str | None, tokens: list[Token]) -> bool:
    """Whether what was taken for the organisation, which begins at one of ``tokens``, is a place."""
    spans = (context.name_starts.get(token.start) for token in tokens) if org is not None else ()
    return any(span is not None and span.label == "LOC" and span.surface == org for span in spans)


def _leads_to_firm(context: Context, tokens: list[Token], at: int) -> bool:
    """Whether token ``at`` joins the office to its firm: "the Asia head of Northair", not "of sales"."""
    if tokens[at].key in {"at", "with"}:
        return True
    return tokens[at].key in {"of", "for"} and _firm_at(context, tokens, at + 1)


_ADVISE = frozenset({"counsel", "adviser", "advisor", "consultant"})


def _firm_at(context: Context, tokens: list[Token], at: int) -> bool:
    """Whether an organisation begins at token ``at`` or after "the" there."""
    at += at < len(tokens) and tokens[at].key == "the"
    span = context.name_starts.get(tokens[at].start) if at < len(tokens) else None
    return span is not None and span.label == "ORG"


def _names_more(span: NameSpan) -> bool:
    """Whether an organisation's name says more than what somebody may be minister of."""
    known = roles().portfolio | roles().modifiers | {"and", "&"}
    words = span.surface.split()
    last = words[-1].lower()
    # "a Social Democratic member of the union": its wing, no body
    return (
        span.label == "ORG"
        and len(words) > 1
        and last not in known
        and not last.endswith(("ic", "an", "ist"))
    )


def _past_signs(tokens: list[Token], i: int) -> int:
    """The token after a comma, a full stop or both."""
    while i < len(tokens) and tokens[i].key in {",", "."}:
        i += 1
    return i


_RANKS = frozenset({"chief", "senior", "top", "principal", "leading"})


def _before_owner(context: Context, tokens: list[Token], i: int) -> bool:
    """Whether whose the office is, and the office, follow its rank at ``i``."""
    if i + 1 >= len(tokens):
        return False
    start = tokens[i + 1].start
    owner = context.country_starts.get(start) or context.name_starts.get(start)
    if owner is None or (isinstance(owner, NameSpan) and owner.label != "ORG"):
        return False
    return forward(tokens, first_beyond(tokens, owner.end_char, i + 1)) is not None


def _goes_before(tokens: list[Token], i: int) -> bool:
    """Whether another noun follows token ``i``: "a fellow beekeeper", unlike "a fellow of the society"."""
    following = tokens[i + 1].key if i + 1 < len(tokens) else ""
    return following.isalpha() and following not in roles().function_words


def _counts_offices(tokens: list[Token], i: int) -> bool:
    """Whether the ordinal at ``i`` counts: "the first great American poet", unlike "the first lady"."""
    return head_starting(tokens, i) is None and any(
        head_starting(tokens, k) is not None
        and all(t.key.isalpha() and t.key not in roles().function_words for t in tokens[i + 1 : k])
        for k in range(i + 1, i + 4)
    )


def _past_unknown(
    context: Context, tokens: list[Token], i: int, *, capitals: bool
) -> tuple[Phrase, list[str], int, bool, Status | None] | None:
    """The office after a few words that the tables do not know ("a Berlin-based wind energy engineer")."""
    for k in range(i, min(i + UNKNOWN, len(tokens))):
        token = tokens[k]
        known = token.key in roles().modifiers
        if (
            token.key in roles().function_words
            or token.key in roles().doubted
            or token.start in context.person_starts
        ):
            return None
        small = token.text[0].islower() or token.key.endswith(("-based", "ian", "ean"))
        # "an Inuk documentary filmmaker"
        small = small or (k == i and not capitals and k + 1 < len(tokens) and _is_noun(tokens[k + 1]))
        if not token.text[-1].isalnum():
            return None
        if not known and token.text[-2:] in {"'s", "’s"}:
            return None
        read = forward(tokens, k + 1)
        if not (small or capitals) and (read is None or not tokens[k + 1].text[0].islower()):
            # "a Marathi journalist", but no "Hale Director"
            return None
        if read is not None:
            return read
    return None


def _title_around(
    context: Context, tokens: list[Token], i: int
) -> tuple[Phrase, list[str], int, bool, Status | None] | None:
    """The office in "the National Beekeeping Advocate": one word in a capital within a title is its own."""
    if i + 2 >= len(tokens) or tokens[i].key not in _OPENS_TITLE or not tokens[i].text.istitle():
        return None
    word = tokens[i + 1]
    if not (word.text.istitle() and word.text.isalpha()) or not tokens[i + 2].text[0].isupper():
        return None
    if {tokens[i].start, word.start} & {*context.name_starts, *context.country_starts}:
        return None
    read = forward(tokens, i + 2)
    return None if read is None else (read[0], [tokens[i].key, word.key, *read[1]], *read[2:])


def _is_union(surface: str) -> bool:
    """Whether a name is a body's of many countries, though its words are what offices are about.

    >>> _is_union("European Central Bank"), _is_union("Health Ministry"), _is_union("European Affairs")
    (True, False, False)
    """
    first, *rest = surface.split()
    return (
        bool(rest) and first in {"European", "African", "Asian"} and rest[-1].lower() in roles().institutions
    )


_TRADES = frozenset(
    {"banking", "marketing", "trading", "shipping", "mining", "engineering", "manufacturing", "advertising"}
)
"""Words in "-ing" that say what somebody works in; any other is what he does ("Hale, leading ...")."""


def no_noun(key: str) -> bool:
    """Whether a word is plainly no noun of a description: "the", "said", "former", "urging"."""
    table = roles()
    return (
        key in table.function_words
        or key in table.doubted
        or key in table.status
        or key in table.kin
        or key.endswith(("ly", "ed"))
        or (key.endswith("ing") and key not in _TRADES)
    )


def _is_noun(token: Token) -> bool:
    """Whether a word in small letters may go before an office: no function word, no verb of saying."""
    table = roles()
    small = token.text.isalpha() and token.text.islower()
    return small and token.key not in table.function_words and not no_noun(token.key)


def _past_possessor(context: Context, tokens: list[Token]) -> int:
    """The token after a person whose the office is ("President Lopez's climate envoy"), else the first."""
    for i, token in enumerate(tokens[:6]):
        if token.key in {",", ".", ";", ":", "(", ")", "of"}:
            # "chairman of President Lopez's council"
            return 0
        if POSSESSIVE.search(token.text):
            first = next((k for k in range(i + 1) if tokens[k].start in context.person_starts), None)
            return i + 1 if first is not None else 0
    return 0


_NOMINATED = re.compile(r"\b(?:nominated|tapped|picked)\b")


_LEFT = re.compile(r"(?:ha[sd]\s+)?(?:stepped|resigned|retired)|was\s+forced")


def _status_of(verb: str, lead: str) -> Status | None:
    """The status a verb gives a role; None for "was" and "became", which do not say until when."""
    if "formerly" in lead or "previously" in lead:
        return "former"
    if re.search(r"\btime\s", lead):
        # "who at the time was working as a gardener"
        return None
    if _LEFT.match(verb):
        return "former"
    if _NOMINATED.search(verb):
        return "designate"
    if verb.startswith("took"):
        return None
    if re.search(r"\bwill\s+(?:also\s+)?(?:be|become|serve|act|take)\b", lead):
        return "designate"
    if verb.startswith(("served", "worked")) or verb == "been":
        return "current" if re.search(r"\bhas\b", lead) else "former"
    if verb == "had been":
        return "former"
    if verb in {"was", "became"} or (verb.startswith("was") and not verb[3:].strip()):
        return None
    return "current"
