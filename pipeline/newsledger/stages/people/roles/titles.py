"""Roles before a name: "Japanese Prime Minister", "the head of the bank,", "director and author"."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.role import TELLING, Before, Role
from newsledger.stages.people.roles.phrases import JOINTS, RolePhrase, read_phrase, shared_details
from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import ENDS, STOPS, Chart, Context

Gender = Literal["male", "female"]

_GENDERS: dict[str, Gender] = {"male": "male", "female": "female"}
_BARRIERS = STOPS - {",", "(", ")"}
_ADDRESS = frozenset(roles().honorifics) | {"his", "her"}
_OPENERS = ENDS | frozenset('“”"')
_WINDOW = 22
"""So many tokens before a name may belong to a role."""
_TERMS = any_of(roles().terms["former"])
_HAS_ENDED = lazy_regex(
    rf"(?i)\b(?:{any_of(roles().after_end)})\b[^.;]{{0,40}}"
    rf"\b(?:{any_of(roles().departures)}|death|reign|presidency) of (?:[a-z-]+ )?\Z"
    rf"|\b(?:(?:predecessor|after serving|{_TERMS}) as|when s?he was) (?:the |an? )?\Z|\bpredecessor,? \Z"
)


def before(
    context: Context, start: int, floor: int, *, full: bool = True, closed: bool = False, speaks: bool = False
) -> Before:
    """Read what stands before the name that begins at ``start``; nothing before ``floor`` is looked at.

    Of a role set off by a comma: ``full``, the name has several parts ("the mayor of Lima, Ana Prado");
    ``closed``, another comma follows ("an analyst, Ana Prado, said"); ``speaks``, a verb of saying follows.
    """
    chart, table = context.chart_at(start), roles()
    tokens = chart.tokens
    low = max(chart.first_from(floor), chart.first_from(start) - _WINDOW)
    i = _over_break(chart, chart.first_from(start) - 1, low)
    gender: Gender | None = None
    addressed = False
    while i >= low and tokens[i].key in (_ADDRESS if addressed else table.honorifics):
        if tokens[i].text[0].islower():
            break
        gender = _GENDERS.get(table.honorifics.get(tokens[i].key, "")) or gender
        addressed = True
        i -= 1
    first = chart.starts[i + 1] if addressed else start
    comma = i >= low and tokens[i].text in {",", "–", "—"} and (full or closed)
    naming = i > low and tokens[i].key in table.naming
    i -= comma or naming
    if i < low:
        return Before(gender=gender, addressed=addressed, start=first)
    relation = tokens[i].key
    kin = relation in table.kin and not (tokens[i].capital and relation not in {"wife", "husband", "son"})
    chart.name_ahead = chart.first_from(start)
    found = None if kin else _title(chart, i, low, full=full)
    chart.name_ahead = -1
    if found and naming and found[1].determiner not in {"a", "an", "one"}:
        # "the student named Ada Lind", but "the president named Ada Lind"
        found = None if found[1].standing == 2 or found[1].style else found
    if found is not None and comma and not _set_off(chart, found[0], low, closed=closed, speaks=speaks):
        found = None
    if found is None:
        gender = gender or (_GENDERS.get(table.kin[relation]) if kin else None)
        at = chart.starts[i] if kin and not comma else first
        return Before(gender=gender, addressed=addressed, relative=kin, start=at)
    role = found[1]
    follows = context.text.endswith((" of ", " predecessor ", " predecessor, "), 0, role.start)
    told = role.status == "current" and (comma or follows)
    nearby = max(0, role.start - 110)
    if told and not role.style and _HAS_ENDED.search(context.text, nearby, role.start):
        # "after the resignation of President"
        role = replace(role, status="former")
    return Before(role, gender, addressed, start=min(one.start for one in (role, *role.others)))


def _over_break(chart: Chart, i: int, low: int) -> int:
    """The token before a line break after an abbreviated seat ("Sens. "), else ``i``."""
    k = i
    while k > low and chart.tokens[k].text == "\n":
        k -= 1
    head = chart.heads.get(k)
    seat = head is not None and head.phrase[-1] in roles().elected and chart.tokens[k].text.endswith(".")
    return k if seat else i


def _title(chart: Chart, i: int, low: int, *, full: bool) -> tuple[RolePhrase, Role] | None:
    """The role whose words end at token ``i``, with those that stand before it as others."""
    phrase = _ending(chart, i, low, full=full)
    if phrase is None:
        return None
    role = phrase.role
    if role.style and not role.determiner and not role.many and phrase.first < phrase.head.first:
        # "Chief of Defence Forces Gen. Smith": the office before the title, where there is one
        alone = read_phrase(chart, phrase.head, phrase.head.first, tail=False)
        if alone is not None and (more := _outer(chart, alone, low)) is not None:
            return more
    if (joined := _joined(chart, phrase, low)) is not None:
        one, role = joined
        return one, replace(one.role, others=(*one.role.others, role))
    bare_title = role.style and not (role.org or role.determiner)
    return (bare_title and _outer(chart, phrase, low)) or (phrase, role)


def _ending(chart: Chart, i: int, low: int, *, full: bool) -> RolePhrase | None:
    """The role phrase that ends at token ``i``, from the nearest office on."""
    tokens = chart.tokens
    i = chart.before_bracket(i)
    head = chart.heads.get(i)
    if tokens[i].possessive or tokens[i].text in STOPS:
        return None
    if head is not None and head.phrase[-1] in roles().suffixes and head.first > low:
        office = _ending(chart, head.first - 1, low, full=full)
        if office is not None and office.role.status == "current":  # "Secretary of Defense nominee"
            return replace(office, role=replace(office.role, status="designate", end=chart.ends[i]))
    if head is not None and head.first >= low:
        at = head.first - 2
        joined = at >= low and at in chart.heads and tokens[at + 1].key in {"of", "for"}
        if not joined or not roles().portfolio.issuperset(head.phrase):  # But "Minister for Justice"
            phrase = read_phrase(chart, head, low, tail=False)
            return phrase if phrase is not None and _may_be_title(chart, phrase) else None
    for k in range(i - 1, low - 1, -1):
        if k in chart.of_person or tokens[k].text in _BARRIERS:
            return None
        head = chart.heads.get(k)
        if head is None or head.first < low or head.phrase in roles().capital:
            continue
        phrase = read_phrase(chart, head, low)
        if phrase is not None and phrase.last == i:
            return phrase if not (phrase.role.many and not full) else None
    return None


def _may_be_title(chart: Chart, phrase: RolePhrase) -> bool:
    """Whether words that are no office in small letters, or a name with a capital, are one here."""
    table, role = roles(), phrase.role
    final = chart.tokens[phrase.head.last]
    if role.phrase in table.capital and not final.capital:
        return role.phrase[-1] in table.small_too and not phrase.bare
    if role.phrase in table.small and final.capital:
        return not phrase.bare
    return final.capital or not phrase.bare or " ".join(role.phrase) not in table.no_title


def _outer(chart: Chart, phrase: RolePhrase, low: int) -> tuple[RolePhrase, Role] | None:
    """The office before a title, and the title: "Defence Minister General", "its president, Rabbi"."""
    set_off = chart.key(phrase.first - 1) == ","
    at = phrase.first - 1 - set_off
    while at > low and chart.tokens[at].capital and chart.key(at) in _ADDRESS:
        at -= 1
    office = _ending(chart, at, low, full=True) if at >= low else None
    if office is None or office.role.many:
        return None
    owned = bool(office.role.determiner == "whose" or office.role.org)
    if not owned and chart.key(office.first - 1) not in {"to", "told", "of", "for"}:
        # "Minister of Defence, General", but "in a letter to the Secretary of State, Senator Lind"
        owned = " of " in office.role.wording and not (phrase.role.elected or phrase.role.country)
        owned = owned or office.role.status == "former"
    if office.role.phrase[-1] in roles().partisans or (set_off and (not owned or _claimed(chart, office))):
        return None
    joined = _joined(chart, office, low)
    office, more = (joined[0], joined[1:]) if joined else (office, ())
    others = (*office.role.others, *more, replace(phrase.role, others=()))
    return office, replace(office.role, others=others)


def _joined(chart: Chart, phrase: RolePhrase, low: int) -> tuple[RolePhrase, Role] | None:
    """The office that "and" joins before another: "Prime Minister and Crown Prince", "president and CEO"."""
    tokens, role = chart.tokens, phrase.role
    j = phrase.first - 1
    if j - 1 < low or tokens[j].key not in JOINTS or role.many or role.determiner:
        return None
    comma = tokens[j - 1].text == ","
    one = _ending(chart, j - 1 - comma, low, full=True)
    if one is None or one.role.many:
        return None
    alike = tokens[one.head.last].capital and tokens[phrase.head.last].capital
    if one.role.determiner == "the" and (alike or chart.key(one.first - 1) in {"between", "of"}):
        # "the Congressman and Director Smith": somebody else's
        return None
    first, second = shared_details(one, phrase)
    if role.org is None and role.country is None and not phrase.bare and role.status != one.role.status:
        second = replace(second, org=None)
    front = _listed(chart, replace(one, role=first), low)
    return (front, second) if front.role.others or not comma else None


def _listed(chart: Chart, phrase: RolePhrase, low: int) -> RolePhrase:
    """An office with those before it in a list as the main one: "singer, actor" and writer Ada Lind."""
    front = phrase
    while front.first - 2 >= low and chart.key(front.first - 1) == "," and not front.role.determiner:
        more = _ending(chart, front.first - 2, low, full=True)
        if more is None or more.role.many or front.role.org or front.role.country:
            break
        rest = (replace(front.role, others=()), *front.role.others)
        front = replace(more, role=replace(more.role, others=rest))
    return phrase if _claimed(chart, front) else front


def _claimed(chart: Chart, phrase: RolePhrase) -> bool:
    """ "Ana Prado, the mayor of Lima, Jane Lind": the role is the first one's."""
    tokens = chart.tokens
    j = phrase.first - 1
    if j < 1 or tokens[j].text not in {",", "(", ")", "–", "—"}:
        return False
    k = chart.before_bracket(j - (tokens[j].text != ")"))
    k -= tokens[k].text == ","
    return k - 2 * (tokens[k].text.isdigit() and tokens[k - 1].text == ",") in chart.of_person


def _set_off(chart: Chart, phrase: RolePhrase, low: int, *, closed: bool, speaks: bool) -> bool:
    """Whether a role that a comma parts from the name is said of who is named after it."""
    tokens, role = chart.tokens, phrase.role
    if _claimed(chart, phrase):
        return False
    j = phrase.first - 1
    opens = j < low or tokens[j].text in _OPENERS or tokens[j].key in roles().speech_verbs | {"by", "as"}
    if not (role.determiner or role.country or role.org):
        # "the passing of his friend, former mayor, Ada Lind."
        return opens if speaks else (closed and opens) or role.status in TELLING
    if role.determiner in {"a", "an", "one", "another"}:
        return closed
    possessed = tokens[j].key in {"of", "for"} and (tokens[j - 1].key in roles().kin or j - 1 in chart.heads)
    if possessed and role.determiner == "the":
        # "the wife of the mayor, Ada Lind", "a lawyer for the former mayor, Ada Lind,"
        return False
    return closed or speaks or opens or role.determiner in {"the", "whose"}
