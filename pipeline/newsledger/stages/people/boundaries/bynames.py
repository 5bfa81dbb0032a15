"""Bynames, epithets and short offices that a span took in or left out: "Little Ada", "DP Hale"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsledger.stages.people.boundaries.patterns import BLANK, CAPITAL

if TYPE_CHECKING:
    from newsledger.stages.people.boundaries.person_span import PersonSpan


_EPITHET = re.compile(rf"(?:Little|Poor|Baby|Dear|Old|Young){BLANK}({CAPITAL}\w+)\Z")


def drop_epithets(text: str, pieces: Iterable[PersonSpan]) -> None:
    """Leave "Little" out of "Little Ada" where the article has Ada as well."""
    whole = {text[p.start : p.end] for p in pieces}
    for piece in pieces:
        match = _EPITHET.match(text[piece.start : piece.end])
        if match is not None and match[1] in whole:
            piece.start += match.start(1)
            piece.rules.append("epithet")


_DOUBTFUL_TITLE = re.compile(rf"(?:DP|CS|PS|SP|SA|DA|AG|DDA|PD){BLANK}({CAPITAL}[\w’'-]+)\Z")


def drop_doubtful_titles(text: str, pieces: Sequence[PersonSpan]) -> None:
    """Leave an office's two letters out of "DP Hale" where the article has "William Hale".

    Letters with which one of that family name may begin ("Diana Hale") are taken for initials.
    """
    for piece in pieces:
        match = _DOUBTFUL_TITLE.match(text[piece.start : piece.end])
        if match is None:
            continue
        full = [
            words
            for p in pieces
            if p is not piece and len(words := text[p.start : p.end].split()) > 1 and words[-1] == match[1]
        ]
        if full and not any(words[0][0] == text[piece.start] for words in full):
            piece.start += match.start(1)
            piece.rules.append("title")


_BRACKETED_BYNAME = re.compile(
    rf"({CAPITAL}[\w.’'-]*){BLANK}\([“\"‘][^“”\"‘’()\n]{{1,24}}(?:[”\"’]\)|\)[”\"’]){BLANK}({CAPITAL}[\w’'-]*\w)"
)


def take_in_bynames(text: str, pieces: list[PersonSpan]) -> None:
    """Make one name of "Ada (“Dolly”) Hale", which the classifier cuts at the bracket."""
    if "(“" not in text and '("' not in text:
        return
    kept: list[PersonSpan] = []
    matches = _BRACKETED_BYNAME.finditer(text)
    match = next(matches, None)
    for piece in pieces:
        while match is not None and match.end() <= piece.start:
            match = next(matches, None)
        last = kept[-1] if kept else None
        if (
            match is not None
            and last is not None
            and match.start() < last.end
            and match.start() < piece.start
        ):
            last.end = max(piece.end, match.end(2))
            last.rules.append("nickname")
            continue
        kept.append(piece)
    pieces[:] = kept


_CLOSED_NICK = re.compile(r"[^\"“”\n]{1,30}[\"”]\s")


def open_quotes(text: str, pieces: Iterable[PersonSpan]) -> None:
    """Take in the quotation mark before a nickname that the name begins with ("“Butch” Hale")."""
    for piece in pieces:
        opened = text[piece.start - 1 : piece.start] in {'"', "“"}
        if opened and _CLOSED_NICK.match(text, piece.start, piece.end):
            piece.start -= 1
