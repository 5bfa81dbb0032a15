"""Role phrases: an office with what stands before it and after it in the same noun phrase.

"the former Kenya Army commander", "director of sales analysis at Northair": from the office leftwards over
modifiers, status, country and organisation to what determines it, then rightwards over "of", "for", "at" ...
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from newsledger.stages.people.role import Role
from newsledger.stages.people.roles.complements import Complement, people_of, read_complements
from newsledger.stages.people.tables import roles, written
from newsledger.stages.people.tokens import STOPS, Chart, Head, Named, Token
from newsledger.values.mentions import RoleStatus

_BARRIERS = STOPS - {","}
JOINTS = frozenset({"and", "&", "/"})


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role with the tokens first..last that state it, what determines it among them."""

    first: int
    last: int
    role: Role
    head: Head
    bare: bool
    """Whether nothing but the office stands there."""


@dataclass(slots=True)
class _Walk:
    """What has been read to the left of an office, up to token ``at``."""

    at: int
    words: list[Token] = field(default_factory=list)
    unknown: int = 0
    """So many words at the left edge are in no table."""
    status: RoleStatus | None = None
    deputy: bool = False
    own_status: bool = False
    country: str | None = None
    org: tuple[int, int] | None = None
    determiner: str = ""
    begins: int = 0
    """First token of the words that state the role, articles apart."""

    def take(self, first: int) -> None:
        """Go left to token ``first`` over words that tables or names explain."""
        self.at = self.begins = first
        self.unknown = 0


def read_phrase(chart: Chart, head: Head, floor: int, *, tail: bool = True) -> RolePhrase | None:
    """The role phrase around an office; nothing before token ``floor`` is looked at."""
    key = (head.last if tail else -1 - head.last, floor, chart.name_ahead)
    if key not in chart.phrases:
        chart.phrases[key] = _phrase(chart, head, floor, tail=tail)
    return chart.phrases[key]  # type: ignore[return-value]


def _phrase(chart: Chart, head: Head, floor: int, *, tail: bool) -> RolePhrase | None:
    tokens = chart.tokens
    if tokens[head.last].possessive:
        return None
    walk = _leftwards(chart, head, floor)
    if any(token.key in roles().doubted for token in tokens[max(floor, walk.at - 1) : head.first]):
        return None
    _give_committee(chart, walk, head)
    after = read_complements(chart, head, owned=walk.org is not None) if tail else Complement(head.last)
    usual: RoleStatus = "designate" if head.phrase[-1] in roles().picks else "current"
    status = walk.status or head.status or after.status or ("deputy" if walk.deputy else usual)
    wording = _wording(chart, head, walk.words, after)
    keys = (*(token.word for token in walk.words), *head.phrase, *(word.lower() for word in after.words))
    if walk.deputy and status != "deputy":
        # Of a "former deputy prime minister" both are true.
        keys, wording = ("deputy", *keys), f"deputy {wording}"
    role = Role(
        head.phrase,
        written(keys).replace(" ,", ","),
        status=status,
        own_status=walk.own_status,
        country=walk.country or after.country,
        org=after.org or (chart.words(*walk.org) if walk.org else None),
        many=head.many,
        style=head.phrase in roles().styles,
        wording=wording,
        start=chart.starts[min(walk.begins, head.first)],
        end=after.end if after.last > head.last else chart.ends[after.last],
        determiner=walk.determiner,
    )
    bare = not (walk.words or walk.status or walk.determiner or role.org or role.country or after.words)
    return RolePhrase(walk.at, after.last, role, head, bare)


def _give_committee(chart: Chart, walk: _Walk, head: Head) -> None:
    """Make the committee of "Senate Finance" Chair of the words that are part of its name."""
    table, words = roles(), walk.words
    posts = head.phrase[-1] in table.committee_posts or head.phrase == ("ranking", "member")
    first, last = head.first - len(words), head.first - 1
    if not posts or not words or words != chart.tokens[first : head.first]:
        return
    others = (table.bodies, table.kinds_of_org, table.rank)
    subject = words[words[0].text in {"House", "Senate"} :]
    if not all(w.key in table.portfolio | JOINTS and not any(w.key in o for o in others) for w in subject):
        return
    start, _end = walk.org or (chart.starts[first], 0)
    walk.org, walk.words = (start, chart.ends[last]), []


def _wording(chart: Chart, head: Head, before: list[Token], after: Complement) -> str:
    """The role as the text writes it; plurals and abbreviations as their words in the singular."""
    tokens = chart.tokens
    office = chart.words(chart.starts[head.first], chart.ends[head.last])
    if office.lower().replace("-", " ") != " ".join(head.phrase).replace("-", " "):
        office = written(head.phrase) if tokens[head.first].text[0].isupper() else " ".join(head.phrase)
    words = (*(token.text for token in before), office, *after.words)
    return " ".join(words).replace(" ,", ",")


def _leftwards(chart: Chart, head: Head, floor: int) -> _Walk:
    walk = _Walk(head.first, begins=head.first)
    while walk.at > floor and not walk.determiner:
        if not _step(chart, walk, head, floor):
            break
    # "the Roads Authority's" chairman
    walk.at -= walk.determiner == "whose" and walk.at > floor and chart.tokens[walk.at - 1].key == "the"
    owner = chart.of_person.get(walk.at - 1, 0) if not walk.determiner else 0
    while owner - 1 > floor and chart.key(owner - 1) in roles().seniority:
        owner -= 1
    if owner and roles().status.get(chart.tokens[owner - 1].key) == "former":
        # "former senior Hale adviser"
        walk.status, walk.begins, walk.at = walk.status or "former", owner - 1, owner - 1
        walk.at -= walk.at > floor and chart.tokens[walk.at - 1].key in roles().determiners
    _check_unknown(chart, walk, head, floor)
    _over_pick(chart, walk, head, floor)
    return walk


def _over_pick(chart: Chart, walk: _Walk, head: Head, floor: int) -> None:
    """What says that somebody is to hold the office: "the nominee for", "his pick to be"."""
    k = walk.at - 1
    while k > floor and chart.key(k) in {"for", "as", "to", "be", "become", "serve"}:
        k -= 1
    if k == walk.at - 1 or k < floor or chart.key(k) not in roles().picks:
        return
    walk.status, walk.at, walk.begins, walk.determiner = "designate", k, k, ""
    while k > floor and chart.is_noun(k - 1):
        k -= 1
    if k > floor and (chart.tokens[k - 1].possessive or chart.key(k - 1) in roles().determiners):
        walk.at = k
        _step(chart, walk, head, floor)


def _step(chart: Chart, walk: _Walk, head: Head, floor: int) -> bool:
    """Take the next word to the left in; False where the noun phrase begins."""
    j = walk.at - 1
    if j - 2 > floor and chart.has_acronym(j - 2):
        # "the Roads Command (RC) General"
        walk.at = j - 2
        return j - 3 in chart.ending
    token = chart.tokens[j]
    named = chart.ending.get(j)
    if named is not None and named.first >= floor:
        return _over_name(chart, walk, head, named)
    if j in chart.of_person:
        return _over_owner(chart, walk, j, floor) if token.possessive else False
    table = roles()
    if token.possessive or token.key in table.determiners:
        return _over_determiner(chart, walk, j, floor)
    if token.text in _BARRIERS:
        return False
    return (
        _over_status(chart, walk, head, j)
        or _over_party(chart, walk, head, j)
        or _over_body(chart, walk, head, j, floor)
        or _over_modifier(walk, head, token, j)
        or _over_joint(chart, walk, token, j, floor)
        or _over_skipped(walk, token, j)
        or _over_unknown(chart, walk, head, token, j)
    )


def _over_name(chart: Chart, walk: _Walk, head: Head, named: Named) -> bool:
    """A country or an organisation before the office; each once, the country outermost."""
    surface = chart.text[named.start : named.end]
    at_end = surface.endswith(".") and walk.at == head.first
    if named.country is not None:
        walk.country = named.country
    elif walk.org is None and _over_subject(chart, walk, head, named):
        return True
    elif named.misc and not named.possessive:
        # "LGBT activist", "Pulitzer Prize winner": no organisation
        walk.at = named.first
        return True
    elif walk.org is not None or (named.place and (at_end or (len(surface) > 3 and surface.isupper()))):
        # "in Washington, D.C. Sen. Lind", or a dateline without its dash
        return False
    elif chart.key(named.first - 1) == "the" and head.phrase in roles().with_given:
        return False  # "Custodian of the Two Mosques King Lind"
    else:
        walk.org = (named.start, named.end)
        walk.country = walk.country or people_of(chart, named)
    walk.take(named.first)
    if named.possessive:
        walk.determiner = "whose"
    return True


def _over_subject(chart: Chart, walk: _Walk, head: Head, named: Named) -> bool:
    """What an office is about, which a classifier took for a name or a part of one: "Homeland Security"."""
    tokens, table = chart.tokens, roles()
    if named.place and tokens[named.last].key in table.divisions:
        return False
    body = tokens[named.last].key in table.bodies
    subject: frozenset[str] = frozenset()
    if head.phrase[-1] in table.with_portfolio and not body:
        subject = table.portfolio | JOINTS
    if head.phrase[-1] in table.party_posts and tokens[named.last].key in table.party:
        subject = table.party
    honour = tokens[named.first : named.last + 1]
    of_party = _is_party(head, {token.key for token in honour})
    if not (named.place or body or of_party) and all(token.key in table.modifiers for token in honour):
        subject = table.modifiers
    about = named.last + 1
    while about > named.first and tokens[about - 1].key in subject:
        about -= 1
    cut = about > named.first and tokens[about - 1].key in {"of", "for", "and", "&"}
    if about > named.last or named.possessive or cut:
        return False
    walk.words[:0] = tokens[about : named.last + 1]
    walk.take(named.first)
    if (land := chart.countries.get(named.first)) is not None:
        walk.country = land.country
    elif about > named.first:
        walk.org = (named.start, chart.ends[about - 1])
    return True


def _over_owner(chart: Chart, walk: _Walk, j: int, floor: int) -> bool:
    """A person whose office it is ("President Hale's adviser"): nothing is further left."""
    first = max(floor, chart.of_person[j])
    title = chart.heads.get(first - 1)
    walk.at = max(floor, title.first) if title is not None else first
    walk.determiner = "whose"
    return True


def _over_determiner(chart: Chart, walk: _Walk, j: int, floor: int) -> bool:
    """An article, or whose office it is: "the company's", "the show's", "its"."""
    tokens = chart.tokens
    token = tokens[j]
    if not token.possessive:
        walk.at = j
        walk.determiner = token.key if token.key in {"the", "a", "an", "one", "another"} else "whose"
        return True
    first = j
    while first - 1 >= floor and (
        chart.is_noun(first - 1) or (tokens[first - 1].capital and chart.may_be_noun(first - 1))
    ):
        first -= 1
    of_body = token.key in roles().bodies or (token.capital and (token.key,) not in roles().field)
    if walk.org is None and of_body:
        walk.org = (chart.starts[first], chart.ends[j] - len(token.text) + len(token.key))
        walk.begins = first
    if first - 1 >= floor and tokens[first - 1].key in roles().determiners:
        first -= 1
    walk.at, walk.determiner, walk.unknown = first, "whose", 0
    return True


def _over_status(chart: Chart, walk: _Walk, head: Head, j: int) -> bool:
    key, before = chart.tokens[j].key, chart.key(j - 1) if j else ""
    status = roles().status.get(key)
    opens = before in roles().determiners or (j and chart.tokens[j - 1].possessive)
    if status is None or (key == "past" and not (walk.org or opens or before in JOINTS)):
        return False
    if key == "then" and (head.many or (j and not (opens or before in roles().before_then))):
        return False
    if status != "current":
        walk.begins = j
    walk.own_status = walk.own_status or key in roles().own_status
    walk.deputy = walk.deputy or status == "deputy"
    if status not in {"current", "deputy"}:
        walk.status = walk.status or status  # type: ignore[assignment]
    walk.at, walk.unknown = j, 0
    return True


def _over_party(chart: Chart, walk: _Walk, head: Head, j: int) -> bool:
    """The party of a politician that no stage has named: "Tory leader", "Lib Dem trade spokesman"."""
    tokens, first = chart.tokens, j + 1
    while first and tokens[first - 1].capital and tokens[first - 1].key in roles().parties:
        first -= 1
    keys = {token.key for token in tokens[first : j + 1]}
    if walk.org is not None or not keys or not _is_party(head, keys):
        return False
    walk.org = (chart.starts[first], chart.ends[j])
    walk.take(first)
    return True


def _is_party(head: Head, keys: set[str]) -> bool:
    """Whether words with capital letters before an office say of which party it is."""
    table, office = roles(), head.phrase[-1]
    political = table.field.get(head.phrase) in table.political or office in {"chairman", "candidate"}
    if office in table.partisans or not (political and keys <= table.parties):
        return False
    # But "Labour minister", "Republican leader"
    return not (keys <= table.party or (office in table.with_portfolio and keys <= table.portfolio))


def _over_body(chart: Chart, walk: _Walk, head: Head, j: int, floor: int) -> bool:
    """A body without a name of its own: "fire service" spokesman, "local health department" official."""
    tokens, table = chart.tokens, roles()
    if tokens[j].key not in table.bodies or walk.org is not None:
        return False
    if head.phrase in table.styles and tokens[j].key not in table.forces:
        return False
    alone = tokens[j].text.islower() or not (j and tokens[j - 1].capital)
    if tokens[j].key in table.bodies_of_office and alone and tokens[j].text not in {"House", "Senate"}:
        return False
    if walk.words and not all(w.key in table.rank or w.key in table.party for w in walk.words):
        return False
    first = j
    while first - 1 >= floor:
        named = chart.ending.get(first - 1)
        if named is not None and named.first >= floor:
            walk.country = named.country or walk.country
            first = named.first
            continue
        before = tokens[first - 1]
        name = before.capital and not tokens[first].text.islower()
        if not (chart.may_be_noun(first - 1) and (name or before.key in table.modifiers)):
            break
        first -= 1
    walk.org = (chart.starts[first], chart.ends[j])
    walk.take(first)
    return True


def _over_modifier(walk: _Walk, head: Head, token: Token, j: int) -> bool:
    table = roles()
    of_party = token.key in table.party and head.phrase[-1] in table.party_posts
    barred = walk.org is not None and token.key not in table.seniority
    if barred or (token.word not in table.modifiers and not of_party):
        return False
    if not (token.key in table.seniority and head.phrase[-1] in table.elected):
        walk.words.insert(0, token)
    walk.take(j)
    return True


def _over_joint(chart: Chart, walk: _Walk, token: Token, j: int, floor: int) -> bool:
    """ "and" or a comma within a portfolio: "Trade, Industry and Energy" Minister."""
    if not walk.words or j - 1 < floor or walk.org is not None or j - 1 in chart.ending:
        return False
    joint = token.key in JOINTS or (token.text == "," and any(w.key in JOINTS for w in walk.words))
    if not joint or not roles().portfolio >= {chart.tokens[j - 1].key, walk.words[0].key}:
        return False
    walk.words.insert(0, token)
    walk.at = j
    return True


def _over_skipped(walk: _Walk, token: Token, j: int) -> bool:
    ordinal = token.text[0].isdigit() and token.key.endswith(("th", "st", "nd", "rd"))
    told = token.key.startswith(("pro-", "anti-", "non-")) or token.key.endswith(roles().told_endings)
    if not (ordinal or told or token.key in roles().skipped):
        return False
    walk.at, walk.unknown = j, 0
    return True


def _over_unknown(chart: Chart, walk: _Walk, head: Head, token: Token, j: int) -> bool:
    """A noun of no table: part of the office in small letters, else the name of an organisation."""
    if walk.org is not None or walk.country is not None or not chart.may_be_noun(j):
        return False
    if token.capital:
        return head.phrase not in roles().styles and _over_unnamed(chart, walk, j)
    capital = chart.tokens[head.last].capital or walk.status is not None or walk.at != walk.begins
    if capital or walk.unknown >= 2 or not chart.is_noun(j):
        return False
    walk.words.insert(0, token)
    walk.unknown += 1
    walk.at = walk.begins = j
    return True


def _over_unnamed(chart: Chart, walk: _Walk, j: int) -> bool:
    """Words with capital letters that no stage has named, not where a sentence begins: whose office it is."""
    tokens, first = chart.tokens, j
    while first and tokens[first - 1].capital and first - 1 not in chart.ending:
        status = roles().status.get(tokens[first - 1].key, "current")
        if status != "current" or not chart.may_be_noun(first - 1):
            break
        first -= 1
    opens = first == j and (first == 0 or tokens[first - 1].text in _BARRIERS)
    others = roles().no_modifier | roles().honorifics.keys()
    cut = opens or not {w.key for w in walk.words} <= roles().rank or len(tokens[j].text) < 3
    if cut or any(t.key in others for t in tokens[first : j + 1]):
        return False
    walk.org = (chart.starts[first], chart.ends[j])
    walk.take(first)
    return True


def _check_unknown(chart: Chart, walk: _Walk, head: Head, floor: int) -> None:
    """Give the words of no table back where what stands before them does not open a noun phrase."""
    while walk.words and walk.words[0].key == "local" and [w.key for w in walk.words[1:2]] != ["government"]:
        walk.words.pop(0)
    numbered = walk.deputy or (len(head.phrase) == 1 and head.phrase[0] in roles().numbered)
    if len(walk.words) == 1 and walk.words[0].key in {"first", "third"} and not numbered:
        walk.words.pop(0)
    if not walk.unknown or walk.determiner:
        return
    before = chart.key(walk.at - 1) if walk.at > floor else ""
    verb = before == "to" and chart.key(max(walk.at - 2, 0)) not in roles().before_to
    if not before or before in STOPS or (before in roles().openers and not verb):
        # But "to oust chairman Lind"
        return
    del walk.words[: walk.unknown]
    walk.take(walk.at + walk.unknown)


def shared_details(one: RolePhrase, other: RolePhrase) -> tuple[Role, Role]:
    """Two roles joined by "and", both with the organisation and country given at one of them."""
    first, second = one.role, other.role
    if (first.status, second.status) == ("former", "current") and not (first.own_status or second.own_status):
        second = replace(second, status="former")
    if (first.org or first.country) and (second.org or second.country):
        return first, second
    if other.last > other.head.last:
        # But in "prime minister and Northair chairman" the firm is the chairman's
        first = with_details(first, second)
    return first, with_details(second, one.role)


def with_details(one: Role, other: Role) -> Role:
    """An office with the body and country of another; but the "minister of roads" is of no firm or board."""
    own = one.phrase[-1] in roles().with_portfolio and {"of", "for"} & {*one.wording.split()}
    return replace(one, org=one.org or (None if own else other.org), country=one.country or other.country)
