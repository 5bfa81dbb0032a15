"""Roles after a name: ", the bank's chairman,", "was elected governor", "who chairs the council"."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.role import Role
from newsledger.stages.people.roles.phrases import (
    JOINTS,
    RolePhrase,
    read_phrase,
    shared_details,
    with_details,
)
from newsledger.stages.people.roles.seats import HAS_LEFT
from newsledger.stages.people.tables import Phrase, roles, written
from newsledger.stages.people.tokens import ENDS, STOPS, Chart, Context
from newsledger.values.mentions import RoleStatus

_MOST = 8
"""So many offices may be joined after one name."""
_REACH = 14
"""So many tokens may stand between the beginning of a role and its office."""
_ASIDE = lazy_regex(
    r"(?P<near>(?:\s?\([^()\n]{1,40}\))*"
    r"(?:,\s(?:aged\s)?\d{1,3}(?=,)|,\s(?:Ph\.?D|[MJ]\.D|Esq|Jr|Sr|[A-Z]{2,5})\.?(?=,))?"
    r"(?:,\s[RDI]\s?[-–—]\s?[A-Z][\w.]{1,6}(?=,))?"
    r"(?:,?\s(?:of|from)\s(?:the\s)?(?:[A-Z][\w.’'-]+\s?){1,4}(?:\([A-Z]{2,8}\)|,\s[A-Z]\w+)?(?=,))?)"
    r"(?:,\s(?:an?|whom?|the|his|her|[A-Z][\w-]+['’]s)\s[^,;.()\n]{1,50}(?=,\s(?:was|is|has|will|served|worked)\s))?"
)
_BARRIERS = ENDS | {"(", ")"}
_VERBS = "|".join(f"(?P<{status}>{any_of(verbs)})" for status, verbs in roles().appointing.items())
_NAMING = lazy_regex(rf"\b(?:{_VERBS})\s(?:[A-Z][\w.]*\s){{0,3}}\Z")
_YEAR = r"(?:1[5-9]|20)\d\d"
_SPAN = r"\sfor\s(?:[a-z]+\s){0,2}[\w-]+\s(?:years|months|decades|seasons|terms)"
_OVER = lazy_regex(
    rf"(?:{_SPAN})?,?\s(?:(?:from\s|\(\s?)?{_YEAR}\s?(?:[-–]|to|until)\s?(?:{_YEAR}|\d\d)\b\)?|in\s{_YEAR}(?=\sand\s(?:as|left|(?:retired|resigned|quit)\sin|served\suntil)\s)|between\s{_YEAR}\sand\s{_YEAR}"
    rf"|(?:until|till)\s(?:{_YEAR}|last|recently|(?:his|her)\s(?:death|{any_of(roles().departures)})|(?:he|she)\s(?!is\b))"
    r"|at\s(?:the|that)\stime\b|in\s(?:the\s(?:19|20)?\d0s|(?:his|her)\s(?:teens|twenties|youth))\b"
    r"|before\s(?:s?he\b|becoming|joining|retiring|leaving|moving|entering)"
    rf"|(?:in\s{_YEAR}\s)?but\s(?:{any_of(roles().leaving['verbs'])}|was\s(?:{any_of(roles().leaving['participles'])}))\b(?!\sas\b))"
)
"""That an office was held, said after it: "prime minister from 2019 to 2022"."""
_IS = lazy_regex(r"(?:\b(?:is|am|serves|works)|[’']s)(?:\s(?:also|now|still|serving|working|as))*\s\Z")
_CLAUSE = lazy_regex(rf"(?:\s?\([^()\n]{{1,40}}\))*\s(?:{any_of(roles().clause_verbs)})\b")
_OFFICE = lazy_regex(
    r"(?:,?\s(?:as|to\s(?:be|become|(?:serve|take\sover)\sas|the\s(?:post|position|job)\sof))\s"
    r"(?=(?:(?:the|its|their|his|her|[A-Z]\w*['’]s?)\s)?(?P<new>new\s)?)|\s)(?=[\w“])"
)
_ADVERBS = frozenset([*roles().adverbs["any"], *roles().adverbs["former"], "then"])
_ADVERB = any_of(_ADVERBS)
_BEFORE_NOW = lazy_regex(rf"\b(?:{any_of(roles().adverbs['former'])})\b|[,(\[]\s?then\s\Z")
_AGAIN = frozenset([*roles().adverbs["any"], "then", "as"])
_SAID = _ADVERBS & roles().status.keys()
"""These are words of the role before its office: "Ada Lind, formerly mayor", but "formerly the mayor"."""
_THEN = rf"(?:(?:{any_of(_ADVERBS - _SAID)}|as|(?:{any_of(_SAID)})(?=\s(?:the|an?)\s))\s)*"
_CHOSEN = frozenset([*roles().chosen["designate"], *roles().chosen["former"]])
_SIGNS = {
    "next": lazy_regex(r",?\sto\s(?:be|become)\s(?=(?:the|its|their|his|her)\snext\s)"),
    "bracket": lazy_regex(rf"\s?[(\[]{_THEN}"),
    "comma": lazy_regex(rf"\s?,\s{_THEN}"),
    "dash": lazy_regex(rf"\s?(?:[–—]|--?)\s{_THEN}"),
    "none": lazy_regex(r"\s(?=an?\s[a-z]|M[ES]?P\b|head\sof\s)"),
}


class _Lead(NamedTuple):
    """What joins a role to the name before it: where the role begins, and how."""

    start: int
    kind: str
    status: RoleStatus | None = None


_TERMS = "|".join(f"(?P<{status}>{any_of(nouns)})" for status, nouns in roles().terms.items())
_TELLS: dict[str, RoleStatus] = {"former": "former", "designate": "designate"}
_LEAVES = r"(?!(?:left|lost|quit|resigned|ended)\s)"
TERM = lazy_regex(
    rf"(?:['’]s?)?\s(?:[A-Z]\w+\s){{0,3}}(?:{_LEAVES}[a-z-]+\s){{0,2}}(?:{_TERMS})\s(?:as|to\s(?:serve\sas|be|become))\s"
)
"""A noun for holding an office after whose it is: "Lind's first stint as"."""
_JOINT = lazy_regex(r"(?:\s?,(?=\s)|\s[-–—](?=\s))?(?:\s(?:who|and)(?=\s))?")
_WORD = lazy_regex(rf"\s({any_of(word for word in _ADVERBS if ' ' in word)}|\S+)(?=\s)")
_TO_ROLE = lazy_regex(rf"(?:\s(?:{_ADVERB}))*(?:\sas)?\s")
_TO_AS = lazy_regex(
    rf"(?:\s(?:{_ADVERB}))*(?P<far>,?\s(?:(?:{any_of(roles().when)})\b|[A-Z\d])(?:(?!\s(?:to|and|but|who)\s)[^.;:()\n]){{0,50}}?)?"
    r"\s(?:as|to\s(?:be|become|(?:serve|take\sover)\sas)|for\sthe\s(?:post|position|office)\sof)(?:\sboth)?\s"
)


@lru_cache(maxsize=1)
def _links() -> dict[Phrase, frozenset[tuple[RoleStatus, bool]]]:
    """The verbs before a role, and what begins them, each with the statuses it says and whether with "as"."""
    table = roles()
    taken = [*table.chosen["current"], *table.chosen["designate"]]
    said: list[tuple[RoleStatus, bool, list[str], list[str]]] = [
        ("designate", True, table.before_verbs["ahead"], [f"be {word}" for word in taken])
    ]
    for status, copulas in table.copulas.items():
        before = table.before_verbs["ahead"] if status == "designate" else [""]
        said.append((status, False, before, copulas))
        said.append((status, True, before, table.services[status]))
        said.extend((status, far, table.before_verbs["being"], table.chosen[status]) for far in (False, True))
    links: dict[Phrase, frozenset[tuple[RoleStatus, bool]]] = {}
    for status, far, starts, verbs in said:
        for verb in (f"{start} {verb}" for start in starts for verb in verbs):
            words = tuple(word for word in verb.split() if word not in _ADVERBS)
            for length in range(1, len(words) + 1):
                ends = [(status, far)] if length == len(words) else []
                links[words[:length]] = links.get(words[:length], frozenset()).union(ends)
    return links


def after(context: Context, start: int, end: int, ceiling: int) -> list[Role]:
    """The roles stated after the name at text[start:end], in text order, up to ``ceiling``."""
    chart = context.chart_at(start)
    aside = _ASIDE.match(context.text, end, ceiling)
    for place in dict.fromkeys((end,) if aside is None else (end, aside.end("near"), aside.end())):
        for lead in _leads(context.text, start, place, ceiling):
            found = _read(chart, lead, ceiling)
            if found:
                return [*found, *_second_verb(chart, found[-1].end, ceiling, clause=lead.kind == "link")]
        if (verb := _of_verb(chart, place, ceiling)) is not None:
            return [verb]
    if (clause := _CLAUSE.match(context.text, end, ceiling)) is not None:
        return _second_verb(chart, clause.end(), ceiling, clause=True)
    return []


def roles_at(context: Context, start: int, ceiling: int) -> list[Role]:
    """The roles that begin at ``start``, for instance after a verb such as "is" or "became"."""
    return _read(context.chart_at(start), _Lead(start, "link"), ceiling)


def _second_verb(chart: Chart, end: int, ceiling: int, *, clause: bool, most: int = _MOST) -> list[Role]:
    """The roles of further verbs of the clause: "served as chancellor and is now a fellow"."""
    joint = _AND_VERB.match(chart.text, end, ceiling) if clause and most else None
    if clause and (joint is None or any(end <= chart.starts[p] < joint.end() for p in chart.people)):
        return []
    leads = _linked(chart.text, end if joint is None else joint.end(), ceiling)
    found = next((found for lead in leads if (found := _read(chart, lead, ceiling))), [])
    return [*found, *_second_verb(chart, found[-1].end, ceiling, clause=True, most=most - 1)] if found else []


def _linked(text: str, start: int, ceiling: int) -> list[_Lead]:
    """Where a role begins after the verbs at ``start`` that say what somebody is."""
    if not text.startswith((" ", ",", "\n"), start):
        return []
    at = joint.end() if (joint := _JOINT.match(text, start, ceiling)) else start
    words: Phrase = ()
    ends: dict[tuple[RoleStatus, bool], int] = {}
    while (not words or words in _links()) and (word := _WORD.match(text, at, ceiling)):
        if not words and word[1] in _CHOSEN and text[start:at].strip() == ",":
            words = ("was",)  # ", nominated to be treasurer"
        at = word.end()
        if word[1] not in _ADVERBS:  # "has also been"
            words = (*words, word[1])
            ends |= dict.fromkeys(_links().get(words, ()), at)
    leads = []
    for status in roles().copulas:
        far = (status, True) in ends and _TO_AS.match(text, ends[status, True], ceiling)
        near = (status, False) in ends and _TO_ROLE.match(text, ends[status, False], ceiling)
        for match, kind in ((far, "far" if far and far["far"] else "link"), (near, "link")):
            if match:
                over = status == "current" and _BEFORE_NOW.search(text, start, match.end())
                begins = status == "former" and " to be" in match[0]  # "left it to become mayor"
                said = None if begins or status == "current" else status
                leads.append(_Lead(match.end(), kind, "former" if over else said))
    return leads


_AND_VERB = lazy_regex(
    r"[^.;:,\n]{0,40},(?=\s(?:is|was|has\sbeen|served)\s)|(?:[^.;:\n]|(?<=[A-Z])\.){0,100}?\b(?:and|but)(?=\s)"
)


def _leads(text: str, start: int, end: int, ceiling: int) -> list[_Lead]:
    if (match := TERM.match(text, end, ceiling)) is not None:
        return [_Lead(match.end(), "link", _TELLS.get(match.lastgroup or ""))]
    naming = _NAMING.search(text, max(0, start - 48), start)
    if naming is not None and (match := _OFFICE.match(text, end, ceiling)) is not None:
        said: RoleStatus | None = "designate" if match["new"] else _TELLS.get(naming.lastgroup or "")
        if match[0].strip() or not (said == "former" or " of " in naming[0]):
            return [_Lead(match.end(), "link", said), *_linked(text, end, ceiling)]
    if found := _linked(text, end, ceiling):
        return found
    for kind, sign in _SIGNS.items():
        if (m := sign.match(text, end, ceiling)) is not None:
            return [_Lead(m.end(), kind, "former" if _BEFORE_NOW.search(m[0]) else None)]
    return []


def _read(chart: Chart, lead: _Lead, ceiling: int) -> list[Role]:
    """The role that begins where ``lead`` ends, with those joined to it."""
    i = chart.first_from(lead.start)
    stop = chart.first_from(ceiling)
    if [chart.key(i), chart.key(i + 1)] == ["one", "of"]:
        # "one of China's first influencers"
        plural = phrase_from(chart, i + 2, stop)
        owned = plural is not None and (plural.role.org or plural.role.country)
        return [_stated(chart, replace(plural.role, many=False), lead)] if plural and owned else []
    phrase = phrase_from(chart, i, stop)
    if lead.kind == "link" and (phrase is None or phrase.role.phrase[-1] in roles().kin):
        phrase = phrase_from(chart, _over_items(chart, i, stop), stop)
    if phrase is None:
        return []
    phrases = [phrase]
    while len(phrases) < _MOST and (both := _next(chart, phrases[-1], stop)) is not None:
        phrases[-1:] = both
    if lead.kind == "comma":
        phrases[-1] = _with_body(chart, phrases[-1], stop)
    for k in range(len(phrases) - 2, -1, -1):
        # "co-founder, chairman and chief executive of Northair"
        one, other = phrases[k].role, phrases[k + 1].role
        alike = one.status == other.status and other.phrase not in roles().praise
        alike = alike and not _OVER.match(chart.text, one.end)
        if alike and not (one.org or one.country or one.determiner or other.determiner):
            phrases[k] = replace(phrases[k], role=with_details(one, other))
    if not _accepted(chart, phrases[0], lead):
        return []
    left = chart.text.startswith(",", end := phrases[-1].role.end) and HAS_LEFT.match(chart.text, end + 1)
    lead = lead._replace(status="former") if left and lead.kind == "comma" and not lead.status else lead
    return [_stated(chart, p.role, lead) for p in _of_bodies(chart, phrases, stop)]


def _over_items(chart: Chart, i: int, stop: int) -> int:
    """Where a list goes on after items that are no roles: "is a mother, a cancer survivor, and" a teacher."""
    for k in range(i, min(i + 9, stop)):
        following, key = k + 1 + (chart.key(k + 1) in JOINTS), chart.key(k)
        if key in {",", "and"} and phrase_from(chart, following, stop) is not None:
            return following
        if not (chart.is_noun(k) or key in roles().kin or key in {"a", "an", ",", "and"}):
            break
    return i


def _with_body(chart: Chart, phrase: RolePhrase, stop: int) -> RolePhrase:
    """The phrase with the organisation after the next comma: "director, Northam Hospital"."""
    i = phrase.last + 1
    named = chart.body_at(i + 1) if chart.key(i) == "," and not phrase.role.org else None
    following = chart.key(named.last + 1) if named is not None else ""
    if named is None or named.place or named.last >= stop or (following and following not in STOPS):
        return phrase
    role = replace(phrase.role, org=chart.words(named.start, named.end), end=named.end)
    return replace(phrase, last=named.last, role=role)


def _stated(chart: Chart, role: Role, lead: _Lead) -> Role:
    if lead.status == "former" and role.phrase[-1] in roles().lasting:
        # "was the sponsor of the bill"
        lead = lead._replace(status=None)
    status = role.status
    if lead.status is not None and status == "deputy":
        # "formerly a deputy administrator"
        role = replace(role, wording=f"deputy {role.wording}", text=f"Deputy {role.text}")
    if lead.status is not None and (status in {"current", "deputy"} or lead.status == "former"):
        status = lead.status
    elif status == "current" and _OVER.match(chart.text, role.end):
        # "prime minister from 2019 to 2022", but "is prime minister until 2028"
        status = status if _IS.search(chart.text, max(0, lead.start - 30), lead.start) else "former"
    return replace(role, side="after", status=status)


def phrase_from(chart: Chart, i: int, stop: int) -> RolePhrase | None:
    """The role phrase that begins at token ``i``."""
    tokens = chart.tokens
    if i >= stop or (i in chart.people and not tokens[chart.people[i]].possessive):
        # But "Hale, Lind's aide"
        return None
    best, k, last = None, i, min(i + _REACH, stop) - 1
    while k <= last:
        named = chart.starting.get(k)
        if named is not None and named.last <= last and named.country is None:
            # "of" in a name is no joint
            k = named.last + 1
            continue
        if tokens[k].text in _BARRIERS and chart.over_acronym(k) == k:
            break
        offices = map(chart.heads.get, range(k + 1, k + 7))
        picked = tokens[k - 1].key in roles().picks and k > i
        if tokens[k].key in roles().joints_after and not (picked or any(h and h.first < k for h in offices)):
            # But "of" in "chief of staff", "for" in "nominee for governor"
            break
        head = chart.heads.get(k)
        if head is not None and head.first >= i:
            phrase = read_phrase(chart, head, i)
            best = phrase if phrase is not None and phrase.first == i else best
        k = max(k + 1, chart.over_acronym(k))
    return best


def _accepted(chart: Chart, phrase: RolePhrase, lead: _Lead) -> bool:
    table, role, following = roles(), phrase.role, phrase.last + 1
    nearby, final = chart.key(following), chart.tokens[phrase.head.last]
    titled = (following in chart.head_starts or nearby in table.honorifics) and not role.style
    if role.many or following in chart.people or (titled and chart.tokens[following].capital):
        # "Ali Hale, Minister of Trade Ghada Lind": the office is the next one's.
        return False
    over = _OVER.match(chart.text, role.end) is not None
    detailed = bool(role.org or role.country or role.determiner or role.status != "current")
    supported = detailed or lead.status is not None or over
    alone = not (role.org or role.country or " " in role.wording)
    weak = role.weak and phrase.bare
    if " ".join(role.phrase) in table.kin and not final.capital:
        # "the minister's younger brother"
        return False
    if lead.kind == "none":
        # "Ada Lind MP", "Ben Moss an analyst at Northair"
        return role.org is not None or final.text.isupper()
    if lead.kind == "link":
        # "the official patron": but a word before another noun
        refused = alone and ((role.phrase in table.praise and not over) or chart.is_noun(following))
        remained = lead.status == "former" and "remained " in chart.text[max(0, lead.start - 12) : lead.start]
        refused = refused or (remained and not over)  # It may be held still
        return not refused and role.phrase[-1] not in table.opinions and (supported or not weak)
    shared = nearby in JOINTS and not (role.org or role.country or role.determiner)
    more = phrase_from(chart, following + 1, following + _REACH) if shared else None
    if more is not None and more.last + 1 in chart.people:
        # "Ada Lind, ex-mayor and director Ben Moss": it may be the next one's
        return False
    # "author of The Long Road", "host of “The Long Road”"
    quoted = chart.key(following + 1) in {'"', "“"}
    author = nearby == "of" and (quoted or role.phrase[-1] in table.without_complement)
    if author or not nearby or nearby in STOPS or nearby in table.after_role:
        return supported or not weak or nearby == "of"
    # "Senator Lind, the expert panel said", "with Ada Lind, the president pointed out"
    other = role.determiner and (nearby in table.portfolio or nearby in table.bodies)
    return detailed and not other and not (role.determiner == "the" and alone)


def _next(chart: Chart, phrase: RolePhrase, stop: int) -> tuple[RolePhrase, RolePhrase] | None:
    """The phrase that "and" or a comma joins to one, and the one with what both share."""
    table = roles()
    over = _OVER.match(chart.text, chart.ends[phrase.last])
    i = chart.first_from(over.end()) if over else chart.over_acronym(phrase.last + 1)
    i += (comma := chart.key(i) == ",")
    i += (joint := chart.key(i) in JOINTS)
    if not (comma or joint):
        return None
    more = phrase_from(chart, i + (chart.key(i) in _AGAIN) + (chart.key(i + 1) == "as"), stop)
    if more is None or more.role.many or more.last + 1 in chart.people:
        return None
    following = chart.key(more.last + 1)
    closed = not following or following in STOPS or following in table.after_role or more.last + 1 >= stop
    if not closed and not (joint and (following in table.speech_verbs or following.endswith("ed"))):
        return None
    if joint and more.role.determiner and following == "," and more.last + 2 in chart.people:
        # "chairman of Northair and its former director, Ben Moss,"
        return None
    ended = phrase.role.status == more.role.status == "former"
    if more.role.determiner == "the" and joint and not (ended or (comma and following == ",")):
        # "met Ada Lind, mayor of Kent, and the head of the bank.": it may be somebody else.
        return None
    if comma and not joint and more.bare and more.role.weak and following not in JOINTS:
        return None
    apart = (phrase.role.org or phrase.role.country) and (more.role.org or more.role.country)
    if not (comma or over or more.role.determiner or apart):
        one, other = shared_details(phrase, more)
        return replace(phrase, role=one), replace(more, role=other)
    return phrase, more


def _of_bodies(chart: Chart, phrases: list[RolePhrase], stop: int) -> list[RolePhrase]:
    """The phrases, with one more for each further body: "member of the Roads and the Water Board"."""
    found = []
    for phrase in phrases:
        found.append(phrase)
        last = phrase.last
        if phrase.role.org is None or last == phrase.head.last:
            continue
        if listed := _kinds_of_body(chart, phrase):
            found[-1:] = listed
            continue
        while True:
            first = i = chart.over_acronym(last + 1)
            while chart.key(i) in {"and", "&", ",", "of", "the", "as", "well"} and i < stop:
                i += 1
            named = chart.body_at(i) if chart.key(first) in {"and", "&", ","} else None
            ends = {"", ",", ".", ";", "\n", ")", "and", "where"}
            if named is None or named.place or chart.key(named.last + 1) not in ends:
                break
            last = named.last
            role = replace(phrase.role, org=chart.words(named.start, named.end), end=chart.ends[last])
            found.append(replace(phrase, role=role))
    return found


_BODIES = lazy_regex(
    r"\s(?:of|on)\s(?:the\s)?(?P<list>[A-Z][^.;:()\n]{3,160}?)\s(?:[Ss]ub)?(?:[Cc]ommittees|[Cc]aucuses|[Cc]ommissions|[Bb]oards)\b"
)
_PARTS = lazy_regex(r",\s(?:and|&)\s|,\s|\s(?:and|&)\s(?=[^,&]+\Z)(?!.*\sand\s)")


def _kinds_of_body(chart: Chart, phrase: RolePhrase) -> list[RolePhrase]:
    """The phrase once for each of several bodies: "member of the Senate Roads, Water and Rail Committees"."""
    match = _BODIES.match(chart.text, chart.ends[phrase.head.last], chart.span[1])
    if match is None or any(match.start() <= chart.starts[p] < match.end() for p in chart.people):
        return []
    cuts = [*_PARTS.finditer(match["list"])]
    ends = [match.start("list") + cut.start() for cut in cuts] + [match.end("list")]
    starts = [match.start("list"), *(match.start("list") + cut.end() for cut in cuts)]
    if not cuts or not all(chart.text[start].isupper() for start in starts):
        return []
    role, last = phrase.role, chart.first_from(match.end()) - 1
    roles_of = (replace(role, org=chart.words(*part), end=part[1]) for part in zip(starts, ends, strict=True))
    return [replace(phrase, last=last, role=one) for one in roles_of]


_VERB = lazy_regex(r"(?P<who>,\swho)?\s(?:also\s)?(?P<verb>[a-z-]+(?:ed|s))\s(?:the\s)?(?=[A-Z])")


def _of_verb(chart: Chart, end: int, ceiling: int) -> Role | None:
    """The office in "who chairs the Roads Committee", "founded Northair"."""
    match = _VERB.match(chart.text, end, ceiling)
    office = roles().office_of_verb.get(match["verb"]) if match is not None else None
    if match is None or office is None or (match["verb"] in roles().verbs_of_many and not match["who"]):
        return None
    named = chart.body_at(chart.first_from(match.end()))
    if named is None or named.possessive or named.place or chart.is_noun(named.last + 1):
        return None
    over = match["verb"].endswith("ed") and not match["verb"].endswith("founded")
    role = Role((office,), written((office,)), side="after", wording=office, start=match.start("verb"))
    org = chart.words(named.start, named.end)
    return replace(role, org=org, end=named.end, status="former" if over else "current")
