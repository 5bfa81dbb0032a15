"""Whether the span before an office is its organisation, or how much of it."""

from __future__ import annotations

import re

from newsledger.stages.people.roles.roles import Context, Token, first_at_or_after
from newsledger.stages.people.tables import Phrase, roles
from newsledger.values.mentions import NameSpan

_DATED = re.compile(r"[A-Z]{3,}[A-Z ,.]* [-–—] ")
_LINE_DATED = re.compile(r"[A-Z][\w.]+(?: [A-Z][\w.]+)? [-–—] (?=[A-Z])")
_CITY = re.compile(r"\b[A-Z]{3,}, ?\Z")


def unfit(text: str, span: NameSpan) -> bool:
    """Whether a span before a role is no organisation of it: a dateline, or after "pro-" and "anti-"."""
    return (
        _dateline(text, span)
        or span.surface.endswith((*_LAWS, " of", " for"))
        # "Co Inc": what a classifier left of a firm
        or _ENDS_OF_FIRMS.issuperset(span.surface.split())
        or text[max(0, span.start_char - 5) : span.start_char].lower().endswith(("pro-", "anti-", "non-"))
        # "met in Washington, D.C. Senator Lind": the sentence ends there.
        or (
            span.surface.endswith(".")
            and span.label == "LOC"
            and text.endswith((" in ", " at ", " near ", ", "), 0, span.start_char)
        )
    )


_ENDS_OF_FIRMS = frozenset(
    {"Inc", "Inc.", "Corp", "Corp.", "Co", "Co.", "Cos", "Ltd", "Ltd.", "Plc", "and", "&"}
)
_TOLD_AGENCY = re.compile(
    r"(?:Reuters?|AFP|AP|EFE|DPA|ANSA|UPI|TASS|Xinhua|Kyodo|Yonhap|Interfax|CNN|BBC|VOA) (?=[A-Z])"
)
_OPENING = frozenset(
    {"First", "National", "United", "American", "General", "International", "Royal", "Federal", "Central"}
)
_PREFIXES = ("ex-", "then-", "pro-", "anti-", "non-", "vice-")
_PART = re.compile(r"(?<![\w-])[A-Z][\w’']*-\Z")


def whole_body(context: Context, first: int) -> int:
    """Where a body begins of which a span holds the end: "Hydro-" before "Quebec", "First" before "Lind"."""
    text = context.text
    line = _LINE_DATED.match(text, first) if text[first - 1 : first] in {"", "\n"} else None
    if line is not None:
        # "Lima - Northam Board" of a dateline
        return line.end()
    if text.endswith("-", 0, first):
        part = _PART.search(text, max(0, first - 20), first)
        if part is not None and (text.startswith("Im ", first) or not part[0].lower().startswith(_PREFIXES)):
            return part.start()
    agency = _TOLD_AGENCY.match(text, first) if text.endswith(("told ", "tells "), 0, first) else None
    if agency is not None:
        # "told Reuters Budget Committee chairman"
        return agency.end()
    if text.endswith((" First ", "\nFirst "), 0, first):
        return first - len("First ")
    left = context.name_ends.get(first - 1) if text.endswith(" ", 0, first) else None
    if left is not None and left.label == "ORG" and left.surface in _OPENING:
        return left.start_char
    return first


_SLASHED = re.compile(
    r"/[A-Z][\w-]*(?: [A-Z][\w-]*)*? (?:Unit|Division|Bureau|Section|Department|Team|Branch)\b"
)


def past_slash(text: str, end: int) -> int:
    """Where a unit ends of which a span ends at a slash: "FRAUD/" of "the FRAUD/Arson Unit".

    >>> past_slash("the FRAUD/Arson Unit", 10), past_slash("the FRAUD/Arson Unit", 9)
    (20, 20)
    """
    at = end - text.endswith("/", 0, end)
    unit = _SLASHED.match(text, at) if text.startswith("/", at) else None
    return unit.end() if unit is not None else end


_HOUSES = frozenset({"senate", "house"})
_OF_EUROPE = frozenset({"community", "commission", "union", "parliament"})
_OF_HOUSES = ("senate", "house")
_LEADS = frozenset({"leader", "whip"})


def of_its_house(org: str | None, words: list[str]) -> tuple[str | None, list[str]]:
    """Organisation and office of who leads a part of a house, whether a span names the house or not.

    >>> of_its_house(None, ["senate", "majority", "leader"])
    ('Senate', ['majority', 'leader'])
    """
    if org is None and len(words) > 2 and words[0] in _HOUSES and words[-1] in _LEADS:
        return words[0].capitalize(), words[1:]
    if org is None and len(words) > 2 and words[0] == "european" and words[1] in _OF_EUROPE:
        # "European Community Farm Commissioner"
        return f"European {words[1].capitalize()}", words[2:]
    return org, words


_PRESIDE = frozenset({"chairman", "chairwoman", "chair", "co-chairman", "member"})
_BODIES = frozenset({"committee", "subcommittee", "commission", "council", "caucus"})


def of_its_body(
    text: str, tokens: list[Token], at: int, size: int, org: str | None, words: list[str]
) -> tuple[str | None, list[str]]:
    """Organisation and office of "Budget Committee Chairman", where no span holds all of the committee.

    The office's last ``size`` words begin at token ``at``. "Committee Chairman" alone names no committee.
    """
    many = len(words) - size
    named = tokens[at - many : at] if 0 < many <= at else []
    if not named or named[0].key in roles().modifiers - roles().portfolio:
        return org, words
    if org is not None and org.endswith(" Reserve") and many == 1 and named[0].text == "Board":
        # "Federal Reserve Board Chairman", of which the span ends before "Board"
        return f"{org} Board", words[many:]
    # "Senate Judiciary Chairman"
    house = named[0].key in _HOUSES if many > 1 else org is not None and org.lower().endswith(_OF_HOUSES)
    of_house = house and words[-1] in _PRESIDE
    if named[-1].key not in _BODIES and not of_house:
        return org, words
    small = any(t.text[0].islower() and t.key != "and" for t in (named[:-1] if many > 1 else named))
    if small or [t.key for t in named] != words[:many]:
        return org, words
    name = text[named[0].start : named[-1].end]
    if org is not None:
        if not text[: named[0].start].rstrip().endswith(org):
            return org, words
        name = f"{org} {name}"
    elif many == 1 and named[0].key != "commission":
        return org, words
    return name, words[many:]


_MINISTRY_FOR = re.compile(
    r"(?P<body>(?:[A-Z][\w-]+ )+(?:Ministry|Department)) for "
    r"(?P<what>[A-Z][\w-]+(?:,? (?:and )?[A-Z][\w-]+)*)\Z"
)


def without_portfolio(org: str, office: Phrase) -> tuple[str, str]:
    """The body alone and the portfolio in "Foreign Ministry for Legal Affairs", of an undersecretary.

    >>> without_portfolio("Foreign Ministry for Legal Affairs", ("undersecretary",))
    ('Foreign Ministry', 'Legal Affairs')
    >>> without_portfolio("Federal Ministry for Legal Affairs", ("undersecretary",))
    ('Federal Ministry for Legal Affairs', '')
    >>> without_portfolio("Legal Affairs of the Foreign Ministry", ("undersecretary",))
    ('Foreign Ministry', 'Legal Affairs')
    """
    inner = _OF_MINISTRY.match(org) if " of the " in org else None
    if inner is not None and _is_work(inner["what"].lower().replace(",", "").split()):
        return inner["body"], inner["what"]
    found = _MINISTRY_FOR.match(org) if office[-1] in roles().with_portfolio and " for " in org else None
    if found is None or found["body"].split()[-2].lower() not in roles().portfolio - _NO_MINISTRIES:
        return org, ""
    return found["body"], found["what"]


_OF_MINISTRY = re.compile(
    r"(?P<what>[A-Z][\w-]+(?:,? (?:and )?[A-Z][\w-]+){0,5}) of the "
    r"(?P<body>(?:[A-Z][\w-]+ )*(?:Ministry|Department|Government|Secretariat)\b.*)\Z"
)


def _is_work(words: list[str]) -> bool:
    """Whether the words are but what an office is about: "economic affairs and cooperation"."""
    return all(word in roles().portfolio or word == "and" for word in words)


_NO_MINISTRIES = frozenset({"federal", "state", "national", "central", "provincial", "regional"})
_LAWS = (" Holy Mosques", " Act", " Bill", " Amendment", " Treaty")


def _dateline(text: str, span: NameSpan) -> bool:
    """Whether a place in capitals is a dateline glued to the sentence ("WASHINGTON President Lopez")."""
    if text.isupper():
        return False
    if _DATED.match(span.surface):
        # "BONN - West German Chancellor Lind"
        return True
    if span.label != "LOC" or not span.surface.isupper():
        return False
    return len(span.surface) > 4 or bool(_CITY.search(text, max(0, span.start_char - 24), span.start_char))


def ends_in_portfolio(org: str) -> tuple[str, list[str]]:
    """Organisation and words of the office that an abbreviation's span took in: "FEMA Federal".

    >>> ends_in_portfolio("NSW Industrial Policy"), ends_in_portfolio("Lima Policy")
    (('NSW', ['industrial', 'policy']), ('Lima Policy', []))
    """
    head, *tail = org.split(" ")
    known = all(word.istitle() and word.lower() in roles().portfolio for word in tail)
    if tail and tail[-1].lower() in _BODIES | {"board", "agency"}:
        # "LDP Policy Research Council's" chairman
        return org, []
    if not tail or not head.isupper() or not head.isalpha() or not known:
        return org, []
    return head, [word.lower() for word in tail]


OF_COUNTIES = frozenset(
    {"attorney", "sheriff", "clerk", "prosecutor", "supervisor", "coroner", "investigator"}
)
"""The last words of offices of counties and cities."""
_COUNTIES = frozenset({"County", "Parish", "Borough", "City"})
_BEFORE_OFFICE = frozenset({"criminal", "senior", "deputy", "assistant", "executive", "chief", "supervising"})


def county_of(context: Context, tokens: list[Token], at: int, i: int) -> tuple[str, int, list[str]] | None:
    """The county in "Orange County District Attorney", of which the classifier took all or a part for a body.

    The head is tokens at..i; found are the county, its first token, and words of rank before the head.
    """
    for ends in (tokens[i].end, tokens[at].end, tokens[at - 1].end if at else -1):
        span = context.name_ends.get(ends)
        if span is None or span.start_char >= tokens[at].start or " " not in span.surface:
            continue
        first = first_at_or_after(tokens, span.start_char, at)
        last = at - 1
        while last > first and tokens[last].key in _BEFORE_OFFICE:
            last -= 1
        if tokens[first].start != span.start_char:
            continue
        half = at < i and ends == tokens[at].end and tokens[at].key in {"district", "state"}
        if half and tokens[first].text == "Office" and last > first + 1 and tokens[first + 1].key == "of":
            # "Office of Nevada State" of "Office of Nevada State Attorney"
            return context.text[tokens[first + 2].start : tokens[last].end], first, []
        if last > first and tokens[last].text in _COUNTIES:
            rank = [token.key for token in tokens[last + 1 : at]]
            county = context.text[span.start_char : tokens[last].end]
            # "back to Dallas, Harris County District Attorney ..."
            return county.rsplit(", ", 1)[-1], first, rank
    return None
