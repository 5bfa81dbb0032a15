"""Reads the role that begins at a place of the text: "the U.S. secretary of state" after its comma or verb.

`after` finds where it begins; `read_after` says what it is, whose, and whether it is held still.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.forward import forward, head_starting
from newsledger.stages.people.roles.org import of_its_body, of_its_house
from newsledger.stages.people.roles.roles import (
    MARKS,
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
    r"(?:\s(?:of|to|at|for)\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,4})?,?\s\(?"
    r"(?:(?:from|between)\s\d{4}\s(?:to|until|through|and|till)\s(?:\w+\s)?\d{4}|\d{4}\s?[-–]\s?(?:19|20)\d\d\b)"
)
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "another"})
_QUALIFIES = frozenset({"official", "chief", "principal", "head", "major", "general", "private"})
_TRADES_OF = frozenset({"arts", "media", "academia", "law"})
_NO_TRADES = frozenset({("critic", "of"), ("model", "for"), ("model", "of")})
SEATED_ON = frozenset({"republican", "democrat", "member", "judge", "justice"})
"""They sit on a committee or a court, which others are of."""
_ALONE = frozenset(
    (office,)
    for office in ("president", "chancellor", "premier", "chairman", "governor", "mayor", "ambassador")
)
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
        found = context.country_starts.get(token.start)
        span = context.name_starts.get(token.start)
        if found is not None and (head := head_starting(tokens, i)) is not None and len(head[0]) > 1:
            # "United States Attorney for the Southern District"
            break
        if found is not None and (span is None or span.end_char <= found.end_char):
            # "the Indian-born engineer" need not be of India.
            country = found if text[found.end_char : found.end_char + 1] != "-" else None
            i = first_beyond(tokens, found.end_char, i)
            continue
        if token.key in _RANKS and _before_owner(context, tokens, i):
            # "the chief White House economic adviser"
            inner.append(token.key)
            i += 1
            continue
        if token.key in _ORDINALS and article and _counts_offices(tokens, i):
            i += 1
            continue
        if token.key in table.status and head_starting(tokens, i) is None:
            meaning: Status = table.status[token.key]  # type: ignore[assignment]
            if status in {"former", "acting", "designate"}:
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
                or _names_more(span)
            )
        )
        if span is not None and org is None and named:
            possessive = text[span.end_char : span.end_char + 2] in MARKS
            article = article or possessive
            # "the Berlin-based engineer" works anywhere.
            org = span.surface if text[span.end_char : span.end_char + 1] not in {"-", "‐"} else None
            i = first_beyond(tokens, span.end_char, i)
            if i + 2 < len(tokens) and tokens[i].key == "(":
                # "Northern Rail Authority (NRA) spokesman"
                i += 3
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
    if read is None and (article or org) and (lead["set"] or lead["verb"]):
        read = _past_unknown(tokens, i, capitals=not article)
        unknown = True
        works = read is not None and verb == "is" and roles().field.get(read[0]) in _TRADES_OF
        if read is not None and not lead["set"] and not works:
            # "is a Physics professor at Lowell", but "was a keynote speaker at the fair"
            return None
    if read is None and lead["set"] and i < len(tokens) and tokens[i].text[0].isupper():
        # "Ada Lind, Flood Prevention Coordinator of Nevada"
        read = _past_unknown(tokens, i, capitals=True)
        follow = tokens[read[2]] if read is not None and read[2] < len(tokens) else None
        named = read is not None and tokens[read[2] - 1].text[0].isupper()
        if not named or follow is None or follow.key not in {"of", "for", "at", ";"}:
            return None
    if read is None:
        return None
    phrase, words, stop, many, said = read
    if phrase == ("nominee",) and not many and (office := _nominated(context, tokens, stop, ceiling)):
        return office
    if _HEREAFTER.match(lead[0]) and phrase[-1] in _BESIDE_OFFICE:
        # "will serve as a consultant": what he does hereafter is less than the office he holds
        return None
    if many is not several or (len(phrase) == 1 and phrase[0] in table.kin):
        return None
    words = [*inner, *words]
    status = said or status
    single = words[-1] if len(words) == 1 else None
    close = tokens[stop - 1].end
    follow = tokens[stop] if stop < len(tokens) else None
    if follow is not None and follow.start in context.person_starts and follow.start - close < 3:
        return None
    if POSSESSIVE.search(text, tokens[stop - 1].start, close):
        return None
    if follow is not None and verb and (single, follow.key) in _NO_TRADES:
        # "has been a critic of the government", "was the model for the hero"
        return None
    if follow is not None and follow.key == "emeritus":
        status, stop = "former", stop + 1
        follow = tokens[stop] if stop < len(tokens) else None
    if follow is not None and follow.key == "(":
        # "president (acting) of the college"
        shut = next((k for k in range(stop + 1, min(stop + 6, len(tokens))) if tokens[k].key == ")"), None)
        stop = shut + 1 if shut is not None else stop
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
    if follow is not None and org is not None and follow.key in {"said", "told"}:
        # "Ada Lind, Northair president and chief executive said"
        closes = True
    if not article and country is None and org is None and lead["set"] and stop + 1 < len(tokens):
        org = _set_off_org(context, tokens[stop], tokens[stop + 1])
    if single in roles().weak and not (tail or country or org or (article and (closes or verb))):
        # "under the supervision of Ada Lind, Chief."
        return None
    firm = context.name_starts.get(follow.start) if follow is not None and org is None else None
    if firm is not None and lead["set"] and not unknown and not closes:
        # "Ada Lind, CEO Northam Rail"
        org, closes = firm.surface, True
    if not (tail or closes or article or verb) or (unknown and not (tail or closes)):
        return None
    if single in _QUALIFIES and not (tail or closes) and follow is not None:
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
        and (follow.key in {"of", "at", "for", "in", "with", "from"} or advises or phrase[-1] in SEATED_ON)
    ):
        # "the Asia director at Northair": the firm says more than the part of the world.
        region = _is_place(context, org, tokens[:stop]) and _firm_at(context, tokens, stop + 1)
        country, org, words = read_tail(
            context, tokens, stop, phrase, words, country, None if region else org
        )
    org, words = of_its_house(org, words)
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


def _nominated(context: Context, tokens: list[Token], stop: int, ceiling: int) -> Role | None:
    """The office in "the President's nominee for Assistant Secretary of Energy": its holder to be.

    A party's nominee is a candidate, whatever the office.
    """
    words = [t.key for t in tokens[stop : stop + 2]]
    to_be = words == ["to", "be"]
    if not to_be and (words[:1] != ["for"] or not any(possessor(token) for token in tokens[:stop])):
        return None
    at = stop + (2 if to_be else 1)
    lead = NOTHING.match(context.text, tokens[at].start) if at < len(tokens) else None
    office = read_after(context, lead, ceiling) if lead is not None else None
    if office is None or office.field not in {"cabinet", "military", "law", "police"}:
        return None
    return replace(office, status="designate")


_HEREAFTER = re.compile(r",?\s(?:who\s)?will\s")
_BESIDE_OFFICE = (roles().many_are - {"member"}) | {"consultant", "adviser", "advisor"}


_SET_OFF_IN_LIST = re.compile(r"(?:\s\([^()\n]{2,12}\))?,\sand\s")


def _set_off_org(context: Context, comma: Token, first: Token) -> str | None:
    """The organisation in "Ada Lind, director, Lowell Hospital, said ..."."""
    span = context.name_starts.get(first.start) if comma.key == "," else None
    if span is None or span.label != "ORG":
        return None
    if not CLOSED_OFF.match(context.text, span.end_char):
        goes_on = _SET_OFF_IN_LIST.match(context.text, span.end_char)
        # "..., director, Lowell Hospital, and Ben Moe, ..."
        return span.surface if goes_on is not None else None
    return span.surface


def _is_place(context: Context, org: str | None, tokens: list[Token]) -> bool:
    """Whether what was taken for the organisation, which begins at one of ``tokens``, is a place."""
    spans = (context.name_starts.get(token.start) for token in tokens) if org is not None else ()
    return any(span is not None and span.label == "LOC" for span in spans)


_ADVISE = frozenset({"counsel", "adviser", "advisor", "consultant"})


def _firm_at(context: Context, tokens: list[Token], at: int) -> bool:
    """Whether an organisation begins at token ``at`` or after "the" there."""
    at += at < len(tokens) and tokens[at].key == "the"
    return at < len(tokens) and tokens[at].start in context.name_starts


def _names_more(span: NameSpan) -> bool:
    """Whether an organisation's name says more than what somebody may be minister of."""
    known = roles().portfolio | roles().modifiers | {"and", "&"}
    words = span.surface.split()
    last = words[-1].lower()
    # "a Social Democratic member of the union": its wing, no body
    return len(words) > 1 and last not in known and not last.endswith(("ic", "an", "ist"))


_RANKS = frozenset({"chief", "senior", "top", "principal", "leading"})


def _before_owner(context: Context, tokens: list[Token], i: int) -> bool:
    """Whether whose the office is, and the office, follow its rank at ``i``."""
    if i + 1 >= len(tokens):
        return False
    start = tokens[i + 1].start
    owner = context.country_starts.get(start) or context.name_starts.get(start)
    return owner is not None and forward(tokens, first_beyond(tokens, owner.end_char, i + 1)) is not None


def _counts_offices(tokens: list[Token], i: int) -> bool:
    """Whether the ordinal at ``i`` counts: "the first great American poet", unlike "the first lady"."""
    return head_starting(tokens, i) is None and any(
        head_starting(tokens, k) is not None and all(t.key.isalpha() for t in tokens[i + 1 : k])
        for k in range(i + 1, i + 4)
    )


def _past_unknown(
    tokens: list[Token], i: int, *, capitals: bool
) -> tuple[Phrase, list[str], int, bool, Status | None] | None:
    """The office after a few words that the tables do not know ("a Berlin-based wind energy engineer")."""
    for k in range(i, min(i + UNKNOWN, len(tokens))):
        token = tokens[k]
        if token.key in roles().function_words or token.key in roles().doubted:
            return None
        # "an Inuk documentary filmmaker"
        before_noun = k == i and not capitals and k + 1 < len(tokens) and tokens[k + 1].text.islower()
        small = token.text[0].islower() or before_noun
        if not token.text[-1].isalnum():
            return None
        read = forward(tokens, k + 1)
        if not (small or capitals) and (read is None or not tokens[k + 1].text[0].islower()):
            # "a Marathi journalist", but no "Hale Director"
            return None
        if read is not None:
            return read
    return None


def no_noun(key: str) -> bool:
    """Whether a word is plainly no noun of a description: "the", "said", "former", "urging"."""
    table = roles()
    return key in table.function_words or key in table.status or key.endswith(("ly", "ed", "ing"))


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
    if _LEFT.match(verb):
        return "former"
    if _NOMINATED.search(verb):
        return "designate"
    if re.search(r"\bwill\s+(?:also\s+)?(?:be|become|serve|act|take)\b", lead):
        return "designate"
    if verb.startswith(("served", "worked")) or verb == "been":
        return "former"
    if verb == "had been":
        return "former"
    if verb in {"was", "became"}:
        return None
    return "current"
