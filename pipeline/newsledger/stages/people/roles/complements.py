"""What follows an office: "of the Bank of Ghana", "for trade", "of sales analysis at Northair", "-elect"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import STOPS, Chart, Head, Named
from newsledger.values.mentions import RoleStatus


@dataclass(frozen=True, slots=True)
class Complement:
    """The complement of an office, up to token ``last``."""

    last: int
    end: int = -1
    org: str | None = None
    country: str | None = None
    words: tuple[str, ...] = ()
    """What of it belongs to the office, as written."""
    status: RoleStatus | None = None


def read_complements(chart: Chart, head: Head, *, owned: bool) -> Complement:
    """The complement of an office; ``owned`` if its organisation comes before it."""
    table, found = roles(), Complement(head.last)
    i = head.last + 1
    if (suffix := table.suffixes.get(chart.key(i))) is not None:
        found = replace(found, last=i, end=chart.ends[i], status=suffix)
    for _ in range(3):
        i = chart.over_acronym(found.last + 1)
        whose = found.org is not None or found.country is not None
        # "Assistant Secretary of the Navy for Ships"
        joints = (
            table.before_whose if not whose else {"for"} if head.phrase[-1] in table.with_portfolio else ()
        )
        more = _complement(chart, head, i, found, owned=owned or whose) if chart.key(i) in joints else None
        sent = head.phrase[-1] in table.embassies and found.words[:1] == ("to",)
        if more is None or sent:
            break
        found = more
    return _over_place(chart, head, found)


def _over_place(chart: Chart, head: Head, found: Complement) -> Complement:
    """``found`` with where it is, or somebody is sent: "manager of the Water Board in Kent"."""
    named, joint = chart.starting.get(found.last + 2), chart.key(found.last + 1)
    if named is None or joint not in {"in", "at", "to"} or found.last == head.last:
        return found
    return replace(found, last=named.last) if named.place or named.country else found


def _complement(chart: Chart, head: Head, i: int, found: Complement, *, owned: bool) -> Complement | None:
    """``found`` with what follows the preposition at token ``i``."""
    tokens, table = chart.tokens, roles()
    joint = tokens[i].key
    k = i + 1 + (chart.key(i + 1) in table.determiners)
    if not chart.key(k) or tokens[k].text in STOPS or chart.begins_name(k):
        return None
    t = k
    while chart.key(t) in table.status or (t in chart.countries and chart.countries[t].adjective):
        t = chart.countries[t].last + 1 if t in chart.countries else t + 1
    titles = [h for n in range(t, t + 3) if (h := chart.heads.get(n)) is not None and h.first == t]
    if any(h.last + 1 in chart.people and not table.portfolio.issuperset(h.phrase) for h in titles):
        # "sponsors of Senator Lind's bill", but "Secretary of Justice Ada Lind"
        return None
    helps = joint == "to" and head.phrase[-1] in table.helpers
    if helps and titles and titles[-1].phrase[-1] not in table.kin:
        # "assistant to the secretary"
        return _with_words(chart, found, i, titles[-1].last)
    while chart.key(k).endswith("-based"):
        k += 1
    if tokens[k].text in table.divisions and k + 2 in chart.starting:
        # "the state of Goa"
        k += 2
    k = _over_kind(chart, k)
    named = chart.starting.get(k)
    if named is not None and named.country is not None:
        return _of_country(chart, head, i, found, named, owned=owned)
    if named is not None:
        # "spokesman for Senate Majority Leader Lind"
        next_office = named.last + 1 in chart.head_starts and not chart.begins_name(named.last + 1)
        refused = next_office and not named.possessive
        refused = refused or (joint == "to" and head.phrase[-1] not in table.sent)
        origin = joint == "from" and head.phrase[-1] not in table.elected | {"lawmaker"}
        refused = refused or (named.place and (origin or (owned and joint in {"in", "of"})))
        return None if refused else _of_name(chart, head, i, found, named, owned=owned)
    if head.phrase[-1] in table.without_complement:
        return None
    if tokens[k].capital and joint != "to":
        return _of_capitals(chart, head, i, k, found, owned=owned)
    if joint in {"of", "for", "on", "to"} or tokens[k].key in table.bodies:
        return _of_nouns(chart, i, k, found, owned=owned)
    return None


def _over_kind(chart: Chart, k: int) -> int:
    """The token after what kind an organisation is: "taxpayer watchdog group" White Coat Project."""
    tokens, table, n = chart.tokens, roles(), k
    while n - k < 4 and chart.key(n)[:1].isalpha() and tokens[n].text.islower():
        if tokens[n].key in table.function_words or tokens[n].key in table.no_modifier:
            return k
        n += 1
    named = chart.starting.get(n)
    of_kind = n > k and tokens[n - 1].key in table.kinds_of_org and n < len(tokens) and tokens[n].capital
    return n if of_kind or (n - k < 3 and named is not None and not named.place) else k


def _of_country(
    chart: Chart, head: Head, i: int, found: Complement, named: Named, *, owned: bool
) -> Complement | None:
    """A country after "of" or "for"; one that somebody is sent to is no country of the office."""
    tokens, table = chart.tokens, roles()
    joint = tokens[i].key
    k = named.last + 1
    if (named.adjective or named.possessive or chart.key(k) in table.bodies) and chart.key(k):
        following = chart.body_at(_over_kind(chart, k))
        inner: Complement | None
        if following is not None:
            inner = _of_name(chart, head, i, found, following)
        elif tokens[k].capital:
            inner = _of_capitals(chart, head, i, k, found, owned=owned)
        else:
            inner = _of_nouns(chart, i, k, found, owned=owned)
            if inner is not None and not inner.org:
                # "an advocate for Afghan refugees", but "mayor of the Kenyan city of Kisumu"
                divided = tokens[inner.last].key in table.divisions
                return None if divided else _with_words(chart, found, i, inner.last)
        return replace(inner, country=named.country) if inner is not None else None
    if (last := chart.last_noun(k)) is not None and tokens[last].key in table.bodies and joint != "to":
        # "captain of the Kenya women's team"
        end = chart.ends[last]
        return replace(found, last=last, end=end, org=chart.words(named.start, end), country=named.country)
    if joint in {"to", "for"} and head.phrase[-1] in table.sent:
        return _with_words(chart, found, i, named.last)
    if joint not in {"of", "for"}:
        return None
    return replace(found, last=named.last, end=named.end, country=named.country)


def _with_words(chart: Chart, found: Complement, i: int, last: int) -> Complement:
    """``found`` with what an office is about or for: "of finance", "to Peru", "of the Clean Water Act"."""
    words = chart.words(chart.starts[i], chart.ends[last]).split()
    return replace(found, last=last, end=chart.ends[last], words=(*found.words, *words))


def _of_name(
    chart: Chart, head: Head, i: int, found: Complement, named: Named, *, owned: bool = False
) -> Complement:
    """An organisation or place that bears a name, with what belongs to it."""
    tokens, table = chart.tokens, roles()
    keys = {token.key for token in tokens[named.first : named.last + 1]}
    mission = head.phrase[-1] in table.embassies and tokens[i].key == "to"
    about = keys - {"and", "&", ","} <= table.portfolio and tokens[named.last].key not in table.forces
    about = about or (tokens[named.last].key == "affairs" and not keys & table.bodies)
    # "State for Arms Control", cut from an under secretary
    subject = chart.key(named.first + 1) == "for" and tokens[named.first].key not in table.forces
    about = about or (subject and tokens[named.first].key in table.portfolio)
    about = about and head.phrase[-1] in table.with_portfolio
    beyond = chart.last_noun(named.last + 1)
    if owned and tokens[i].key == "for" and (beyond or named.place):
        # "the Board's manager for Northam services"
        return _with_words(chart, found, i, beyond or named.last)
    if about or mission or tokens[named.last].key in table.acts:
        return _with_words(chart, found, i, named.last)
    first = named.start
    if named.possessive and (inner := chart.body_at(named.last + 1)) is not None:
        # "the Roads Committee's Tolls Subcommittee", but "London's Royal College"
        first = inner.start if named.place else first
        named = inner
    last, end = named.last, named.end
    if tokens[named.first - 1].text == "The":
        first = chart.starts[named.first - 1]
    more = _part_of(chart, last + 1) if named.possessive else _rest_of_name(chart, last + 1)
    if more is not None and more > last:
        last, end = more, chart.ends[more]
    elif not named.possessive and (listed := _rest_of_list(chart, named.first, last)) > last:
        last, end = listed, chart.ends[listed]
    last += chart.key(last + 1) in table.divisions
    if chart.text.endswith(table.stopped, named.start, named.end) and chart.text.startswith(".", end):
        end += 1
    return replace(found, last=last, end=end, org=chart.words(first, end), country=people_of(chart, named))


def people_of(chart: Chart, named: Named) -> str | None:
    """The country of "Mexican army" or "U.S. Senate committee", whose kind says that it is the country's."""
    land = chart.countries.get(named.first)
    if land is None or not land.adjective:
        return None
    words = chart.tokens[named.first + 1 : named.last + 1]
    return land.country if any(word.key in roles().bodies_of_state for word in words) else None


def _part_of(chart: Chart, k: int) -> int | None:
    """The last token of the part of an organisation: "'s department of roads", "'s medical school"."""
    table, n = roles(), k
    body: int | None = None
    while n - k < 4 and chart.key(n)[:1].isalpha() and chart.key(n) not in table.function_words:
        if chart.key(n) in table.bodies:
            body = n
        n += 1
    return chart.last_noun(body + 2) if body and chart.key(body + 1) in {"of", "for", "in"} else body


def _rest_of_name(chart: Chart, k: int) -> int:
    """The last token of what a classifier left of a name: "(ENR) Committee", "police station"."""
    tokens, table = chart.tokens, roles()
    n = k
    if chart.has_acronym(n) and chart.key(n + 3) in table.bodies:
        return n + 3
    last = k - 1
    while n < len(tokens) and n - k < 3 and not chart.begins_name(n):
        if tokens[n].key in table.bodies:
            last = n
        elif not (tokens[n].key in table.modifiers or tokens[n].capital):
            break
        n += 1
    return last


def _rest_of_list(chart: Chart, first: int, last: int) -> int:
    """The last token of a list that a classifier cut: "Committee on Roads" of "Roads, Rails, and Ports"."""
    tokens, n = chart.tokens, last + 1
    keys = {token.key for token in tokens[first:n]}
    closes = not {"committee", "subcommittee"} & keys or not {"on", "for"} & keys
    while not closes and chart.key(n) in {",", "and", "&"}:
        comma = chart.key(n) == ","
        closes = not comma or chart.key(n + 1) in {"and", "&"}
        k = n = n + 1 + (comma and closes)
        while n < len(tokens) and tokens[n].capital and tokens[n].text.isalpha() and not chart.begins_name(n):
            n += 1
        if n == k or any(m in chart.heads for m in range(k, n)):
            break
        if closes:
            return n - 1
    return last


def _of_capitals(
    chart: Chart, head: Head, i: int, k: int, found: Complement, *, owned: bool
) -> Complement | None:
    """Words with capital letters that no stage has named: an organisation, or what the office is about."""
    tokens, table = chart.tokens, roles()
    if tokens[k].key in table.no_modifier or tokens[k].text[0].isdigit():
        return None
    n, last = k, k
    while n < len(tokens) and not chart.begins_name(n):
        token = tokens[n]
        if token.capital:
            last = n
        elif token.key not in {"of", "for", "and", "&", "in"} or not chart.key(n + 1):
            break
        else:
            others = {"in": chart.starting, "for": chart.starting, "of": chart.countries}.get(token.key, ())
            ends = chart.begins_name(n + 1) or n + 1 in chart.head_starts or n + 1 in others
            if ends or not tokens[n + 1].capital:
                break
        titles = [h for d in range(3) if (h := chart.heads.get(n + d)) is not None and h.first == n]
        if n > k and titles and titles[0].phrase in table.styles:
            last = n - 1
            break
        if token.possessive or token.key in table.honorifics:
            last = n if token.possessive else n - 1
            break
        n += 1
    if last < k or any(t in chart.of_person for t in range(k, last + 1)):
        return None
    following = chart.key(last + 1)
    body = tokens[last].key in table.bodies
    known = {token.key for token in tokens[k : last + 1]} - {"and", "&", "of", "for"} <= table.portfolio
    about = head.phrase[-1] in table.with_portfolio or (known and not body)
    about = about or following in {"at", "in", "with"}
    beyond = chart.starting.get(last + 2)
    # "Vice President of Policy and Advocacy, Freedom House"
    about = about or (following == "," and beyond is not None and not (beyond.place or beyond.country))
    if about or owned:
        return _with_words(chart, found, i, last) if tokens[i].key in {"of", "for"} else None
    end = chart.ends[last]
    return replace(found, last=last, end=end, org=chart.words(chart.starts[k], end))


def _of_nouns(chart: Chart, i: int, k: int, found: Complement, *, owned: bool) -> Complement | None:
    """Nouns in small letters: a body without a name ("the council"), or what the office is about."""
    tokens, table = chart.tokens, roles()
    last = chart.last_noun(k)
    doing = tokens[k].key.endswith("ing") and tokens[k].key not in table.modifiers
    doing = doing and chart.key(k + 1) not in table.bodies
    if last is not None and tokens[k].key in table.homelands:
        # "the president of the country"
        return replace(found, last=k, end=chart.ends[k])
    if last is None or doing or tokens[k].key in table.skipped or tokens[k].key in table.no_complement:
        return None
    for n in range(k + 1, last + 1):
        another = tokens[n].key in {"and", "&"} and n + 1 in chart.head_starts
        if another or tokens[n].key.endswith("ed") or n in chart.starting:
            last = n - 1
            break
    bodies = [n for n in range(k, last + 1) if tokens[n].key in table.bodies]
    bodies += [last] if last not in bodies and tokens[last].key in table.kinds_of_org else []
    body = next((n for n in bodies if not tokens[n].possessive), bodies[0] if bodies else None)
    while body is not None and body + 1 in bodies:  # "the police department"
        body += 1
    if body is not None and not owned:
        name = chart.body_at(body + 2) if chart.key(body + 1) in {"of", "for", "on"} else None
        body = name.last if name is not None else body
        mark = len(tokens[body].text) - len(tokens[body].key) if tokens[body].possessive else 0
        end = chart.ends[body] - mark
        return replace(found, last=body, end=end, org=chart.words(chart.starts[k], end))
    about = tokens[i].key == "of" or (tokens[i].key == "for" and k == i + 1)
    if not about or last - k > 2 or body is not None or found.words:
        return None
    return _with_words(chart, found, i, last)
