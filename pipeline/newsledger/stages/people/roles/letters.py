"""Reads the offices of who signs a letter and of whom it is addressed to, on the line below the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.roles.head import head_ending
from newsledger.stages.people.roles.rightwards import read_after
from newsledger.stages.people.roles.roles import Context, Role, tokenise

_WORD = r"(?:(?:U\.S\.|[A-Z][\w’'&-]*)|of|for|and|the|to|&|in|on)"
_LINE = re.compile(rf"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?P<line>{_WORD}(?:,?[ ]{_WORD}){{0,8}})\.?[ \t]*(?=\n|\Z)")
_ALONE = re.compile(rf"[ \t]*(?P<line>{_WORD}(?:,?[ ]{_WORD}){{0,8}})\.?\Z")
_NEXT_LINE = re.compile(
    rf"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?P<line>{_WORD}(?:,?[ ]{_WORD}){{1,9}}),?[ \t]*(?=\n|\Z)"
)
_OPENS = re.compile(
    r"(?:\A|\n)[ \t]*(?:(?:The[ ])?Hon(?:ou?rable|\.)[ ])?(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep)\.?[ ])?\Z"
)
_BODY = re.compile(r"(?:.*[ ])?(?:Sub)?(?:[Cc]ommittee|[Cc]ommission|[Cc]ouncil|[Cc]aucus)\b")
_AFTER_SPACE = re.compile(r"(?P<set>\s)(?P<who>)(?P<was>)(?P<late>)(?P<verb>)")
_HOUSE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?:(?:United States|U\.S\.) )?(Senate|House)\b")
_LEAD_IN_HOUSE = frozenset({"leader", "whip", "speaker"})
_PRESIDE = frozenset({"chairman", "chairwoman", "chair", "member", "co-chair", "co-chairman"})


def offices_below(context: Context, mentions: Sequence[Named]) -> None:
    """Read "Ada Lind", which fills a line, and under it "United States Senator", which fills one as well.

    An office that stands between two names is the one's above; the first name of a column that begins with
    an office has the office above it, which nothing here tells apart: there it is left out.
    """
    text = context.text
    claimed = -1
    for mention in mentions:
        start, end = mention.found.start, mention.found.end
        if len(mention.parts.units) < 2 or not text.startswith(("\n", " \n", "\t\n"), end):
            continue
        opens = _OPENS.search(text, max(0, start - 24), start)
        if opens is None:
            continue
        line = _LINE.match(text, end)
        if line is None:
            continue
        role = _office(context, line) or _bare(context, line)
        if role is None or _headed(context, opens.start(), claimed):
            continue
        claimed = line.end("line")
        house = _HOUSE.match(text, line.end()) if role.phrase[-1] in _LEAD_IN_HOUSE else None
        if role.org is None and house is not None:
            role = replace(role, org=house[1])
        elif role.org is None and role.phrase[-1] in _PRESIDE:
            body = _NEXT_LINE.match(text, line.end())
            if body is not None and _BODY.match(body["line"]):
                role = replace(role, org=body["line"])
        elif role.org is None and role.country is None:
            role = replace(role, org=_body_below(context, line.end()))
        if mention.role is None or len(role.text) > len(mention.role.text) or role.org:
            mention.role = role


_BESIDE = re.compile(rf"[ ](?P<line>{_WORD}(?:,?[ ](?:{_WORD}|at)){{0,8}})\.?[ \t]*(?=\n|\Z)")
_MANY = 3


def offices_beside(context: Context, mentions: Sequence[Named]) -> None:
    """Read a list of who was there: "Ada Lind Director of Northam Works", one a line and three at least."""
    text = context.text
    found: list[tuple[Named, Role]] = []
    for mention in mentions:
        start, end = mention.found.start, mention.found.end
        if (
            len(mention.parts.units) < 2
            or text[end : end + 1] != " "
            or text[start - 1 : start] not in {"", "\n"}
        ):
            continue
        line = _BESIDE.match(text, end)
        role = _office(context, line) if line is not None else None
        if role is not None:
            found.append((mention, role))
    if len(found) < _MANY:
        return
    for mention, role in found:
        if mention.role is None:
            mention.role = role


_LINE_ENDS = re.compile(r"[ \t]*(?=\n)")


def bodies_below(context: Context, mentions: Sequence[Named]) -> None:
    """Read the body in the line below "Ada Lind, Supervisor", which fills a line of an address."""
    text = context.text
    for mention in mentions:
        role, start = mention.role, mention.found.start
        if role is None or role.side != "after" or role.org or role.country or role.ends < mention.found.end:
            continue
        line = text[mention.found.end : role.ends]
        if (
            not line.startswith(", ")
            or "\n" in line
            or _OPENS.search(text, max(0, start - 24), start) is None
        ):
            continue
        ends = _LINE_ENDS.match(text, role.ends)
        body = _body_below(context, ends.end()) if ends is not None else None
        if body is not None:
            mention.role = replace(role, org=body)


_BARE = {"Chair": ("chair",), "Secretary": ("secretary",)}


def _bare(context: Context, line: re.Match[str]) -> Role | None:
    """The office in a line that holds "Chair" or "Secretary" and nothing else, over a body's name."""
    text = context.text
    phrase = _BARE.get(line["line"])
    body = _NEXT_LINE.match(text, line.end()) if phrase is not None else None
    if phrase is None or body is None:
        return None
    named = _BODY.match(body["line"]) or _body_below(context, line.end())
    return Role(phrase, line["line"], side="after", ends=line.end("line")) if named else None


def _body_below(context: Context, end: int) -> str | None:
    """The organisation that fills the line below the office that ends at ``end``."""
    below = _NEXT_LINE.match(context.text, end)
    if below is None:
        return None
    first, last = below.span("line")
    land = context.country_starts.get(first)
    # "US Department of Roads", of which the span may leave out the country
    spans = (context.name_starts.get(at) for at in ((first, land.end_char + 1) if land else (first,)))
    whole = any(span is not None and span.label == "ORG" and span.end_char == last for span in spans)
    return below["line"] if whole or _OFFICE_OF.match(below["line"]) else None


_OFFICE_OF = re.compile(
    r"(?:The |U\.S\. |United States )?"
    r"(?:Office|Department|Bureau|Division|Board|Commission|Center|Centre|Institute|Ministry)"
    r" (?:of|for|on) (?:the )?[A-Z]"
)


def _office(context: Context, line: re.Match[str]) -> Role | None:
    """The office that fills a line."""
    first, last = line.span("line")
    if any(first <= at < last for at in context.person_starts):
        return None
    lead = _AFTER_SPACE.match(context.text, first - 1)
    role = read_after(context, lead, last) if lead is not None else None
    if role is None or role.many:
        return None
    rest = context.text[role.ends : last]
    whole = not rest or (rest.startswith((" of ", " for ", ", ")) and bool(role.org or role.country))
    whole = whole or (len(rest) > 5 and role.text.lower().endswith(rest.lower()))
    return role if whole or rest.startswith(" of ") else None


def _headed(context: Context, start: int, claimed: int) -> bool:
    """Whether an office that is nobody's yet stands on the line above the one that begins at ``start``."""
    text = context.text
    stop = start
    while stop > 0 and text[stop - 1].isspace():
        stop -= 1
    if stop <= claimed + 2:
        return False
    above = _ALONE.match(text, text.rfind("\n", 0, stop) + 1, stop)
    if above is None:
        return False
    tokens = tokenise(text, *above.span("line"))
    return head_ending(tokens, len(tokens) - 1) is not None
