"""Cue words around a date, by name, from ``cues.toml``.

>>> text = "the market said in early June that it"
>>> cue("before_month", Span(text, text.lower(), 25, 29, 0, len(text)))[0]
'early '
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from newsledger.grammar import Span
from newsledger.lexicons.load import lazy_regex, toml
from newsledger.stages.dates.words import one_of

_TABLE = toml(Path(__file__).with_name("cues.toml"))
_REACH = 40
_FAR = 80
"""Characters before or behind a date in which a cue is sought; the farther for one that leaps over words."""


class Cue(NamedTuple):
    """A pattern, where it stands ("before", "behind" or in the date), how far off, whether capitals count."""

    regex: re.Pattern[str]
    place: str
    reach: int
    cased: bool


def _regex(pattern: str) -> str:
    """The regular expression for a pattern of the table."""
    spaced = re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern.replace(" ", r"\s+"))
    placed = re.sub(r"@\Z", r"\\Z", spaced).removeprefix("@")
    return re.sub(r"\{([a-z_+]+)\}", _part, placed)


def _part(name: re.Match[str]) -> str:
    parts = _TABLE["parts"]
    return f"(?:{_regex(parts[name[1]]) if name[1] in parts else one_of(*name[1].split('+'))})"


def _cue(patterns: str | list[str]) -> Cue:
    alternatives = [patterns] if isinstance(patterns, str) else patterns
    place = {"@": "behind"}.get(alternatives[0][0], {"@": "before"}.get(alternatives[0][-1], "inside"))
    written = "|".join(alternatives)
    far = _FAR if re.search(r"\[\^|\]\*|\d\}", written) or place == "behind" else _REACH
    cased = re.search(r"(?<![\\?])[A-Z]", written) is not None
    return Cue(lazy_regex("|".join(map(_regex, alternatives))), place, far, cased)


CUES = {name: _cue(patterns) for name, patterns in _TABLE["cues"].items()}


def cue(name: str, span: Span) -> re.Match[str] | None:
    """The match of a cue before, in or behind a span, within its segment; None if it is not there."""
    regex, place, reach, cased = CUES[name]
    text = span.text if cased else span.low
    if place == "before":
        return regex.search(text[max(span.segment_start, span.start - reach) : span.start])
    if place == "behind":
        return regex.match(text, span.end, min(span.segment_end, span.end + reach))
    return regex.search(text, span.start, span.end)
