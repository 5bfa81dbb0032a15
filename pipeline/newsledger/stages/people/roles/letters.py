"""Reads the offices of who signs a letter and of whom it is addressed to, on the line below the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.roles.rightwards import read_after
from newsledger.stages.people.roles.roles import Context, Role

_WORD = r"(?:(?:U\.S\.|[A-Z][\w’'&-]*)|of|for|and|the|to|&|in|on)"
_LINE = re.compile(rf"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?P<line>{_WORD}(?:,?[ ]{_WORD}){{0,8}})\.?[ \t]*(?=\n|\Z)")
_NEXT_LINE = re.compile(
    rf"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?P<line>{_WORD}(?:,?[ ]{_WORD}){{1,9}}),?[ \t]*(?=\n|\Z)"
)
_OPENS = re.compile(
    r"(?:\A|\n)[ \t]*(?:(?:The[ ])?Hon(?:ou?rable|\.)[ ])?(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep)\.?[ ])?\Z"
)
_AFTER_SPACE = re.compile(r"(?P<set>\s)(?P<who>)(?P<was>)(?P<late>)(?P<verb>)")
_HOUSE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?:(?:United States|U\.S\.) )?(Senate|House)\b")


def offices_below(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read "Ada Lind", which fills a line, and under it "United States Senator", which fills one as well."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        start, end = mention.span.start, mention.span.end
        if len(mention.parts.units) < 2 or not text.startswith(("\n", " \n", "\t\n"), end):
            continue
        opens = _OPENS.search(text, max(0, start - 24), start)
        if opens is None:
            continue
        line = _LINE.match(text, end)
        if line is None:
            continue
        role = _office(context, line) or _bare(context, line)
        if role is None:
            continue
        house = _HOUSE.match(text, line.end())
        if role.org is None and house is not None:
            role = replace(role, org=house[1])
        elif role.org is None and role.country is None:
            role = replace(role, org=_body_below(context, line.end()))
        changes[i] = replace(mention, role=role)
    return changes


_BARE = {"Chair": ("chair",), "Secretary": ("secretary",)}


def _bare(context: Context, line: re.Match[str]) -> Role | None:
    """The office in a line that holds "Chair" or "Secretary" and nothing else, over a body's name."""
    phrase = _BARE.get(line["line"])
    if phrase is None or _body_below(context, line.end()) is None:
        return None
    return Role(phrase, line["line"], side="after", ends=line.end("line"))


def _body_below(context: Context, end: int) -> str | None:
    """The organisation that fills the line below the office that ends at ``end``."""
    below = _NEXT_LINE.match(context.text, end)
    if below is None:
        return None
    first = below.start("line")
    land = context.country_starts.get(first)
    # "US Department of Roads", of which the span may leave out the country
    starts = (first, land.end_char + 1) if land else (first,)
    return below["line"] if any(at in context.name_starts for at in starts) else None


def _office(context: Context, line: re.Match[str]) -> Role | None:
    """The office that fills a line."""
    first, last = line.span("line")
    lead = _AFTER_SPACE.match(context.text, first - 1)
    return read_after(context, lead, last) if lead is not None else None
