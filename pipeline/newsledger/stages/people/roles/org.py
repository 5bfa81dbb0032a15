"""Whether the span before an office is its organisation, or how much of it."""

from __future__ import annotations

from newsledger.stages.people.roles.roles import Context, Token
from newsledger.stages.people.tables import roles
from newsledger.values.mentions import NameSpan


def unfit(text: str, span: NameSpan) -> bool:
    """Whether a span before a role is no organisation of it: a dateline, or after "pro-" and "anti-"."""
    return (
        _dateline(span)
        or span.surface.endswith((*_LAWS, " of", " for"))
        or (
            span.surface.endswith(".") and text.endswith((" in ", " at ", " near ", ", "), 0, span.start_char)
        )
    )


def whole_body(context: Context, first: int) -> int:
    """Where a body begins of which a span holds the end: "First" before "Lind"."""
    return first - len("First ") if context.text.endswith((" First ", "\nFirst "), 0, first) else first


_HOUSES = frozenset({"senate", "house"})
_OF_HOUSES = ("senate", "house")
_LEADS = frozenset({"leader", "whip"})


def of_its_house(org: str | None, words: list[str]) -> tuple[str | None, list[str]]:
    """Organisation and office of who leads a part of a house, whether a span names the house or not.

    >>> of_its_house(None, ["senate", "majority", "leader"])
    ('Senate', ['majority', 'leader'])
    """
    if org is None and len(words) > 2 and words[0] in _HOUSES and words[-1] in _LEADS:
        return words[0].capitalize(), words[1:]
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
    if org is not None and org.endswith(" Reserve"):
        # "Federal Reserve Board Chairman", of which the span ends before "Board"
        return f"{org} Board", words[many:]
    # "Senate Judiciary Chairman"
    house = named[0].key in _HOUSES if many > 1 else org is not None and org.lower().endswith(_OF_HOUSES)
    of_house = house and words[-1] in _PRESIDE
    if named[-1].key not in _BODIES and not of_house:
        return org, words
    if any(t.text[0].islower() for t in (named[:-1] if many > 1 else named)):
        return org, words
    name = text[named[0].start : named[-1].end]
    if org is not None:
        name = f"{org} {name}"
    elif many == 1 and named[0].key != "commission":
        return org, words
    return name, words[many:]


_LAWS = (" Holy Mosques", " Act", " Bill", " Amendment", " Treaty")


def _dateline(span: NameSpan) -> bool:
    """Whether a place in capitals is a dateline glued to the sentence ("WASHINGTON President Lopez")."""
    return span.label == "LOC" and span.surface.isupper() and len(span.surface) > 4


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
