"""Reads the offices of who signs a letter and of whom it is addressed to, on the line below the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.stages.people.offices.after import read_after
from pipeline.stages.people.offices.head import head_ending
from pipeline.stages.people.offices.roles import Context, Role, tokenise
from pipeline.stages.people.who.persons import Named

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
        role = _office(context, line) or _chair(text, line)
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


def _chair(text: str, line: re.Match[str]) -> Role | None:
    """The office in a line that holds "Chair" and nothing else, over a committee's name."""
    body = _NEXT_LINE.match(text, line.end()) if line["line"] == "Chair" else None
    if body is None or not _BODY.match(body["line"]):
        return None
    return Role(("chair",), "Chair", side="after", ends=line.end("line"))


def _body_below(context: Context, end: int) -> str | None:
    """The organisation that fills the line below the office that ends at ``end``."""
    below = _NEXT_LINE.match(context.text, end)
    if below is None:
        return None
    first, last = below.span("line")
    span = context.name_starts.get(first)
    return below["line"] if span is not None and span.label == "ORG" and span.end_char == last else None


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
