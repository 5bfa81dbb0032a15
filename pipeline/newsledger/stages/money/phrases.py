"""The words around an amount: bounds and approximators, changes and losses, shares, table headers.

Words and phrases stand in ``phrases.toml``; add one there and an example to ``examples/``. Here are the
patterns, on lower-case text, and what is composed of several lists.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from newsledger.lexicons.shared import word_lists

Side = Literal["approx", "estimate", "lt", "le", "gt", "ge"]
"""The modifier that a word or phrase gives an amount."""

WORDS = word_lists(Path(__file__).with_name("phrases.toml"))

LEFT: dict[tuple[str, ...], Side] = {
    tuple(phrase.split()): side for side in get_args(Side) for phrase in WORDS[side]
}
"""Phrases before an amount -> modifier."""

LONGEST_LEFT = max(map(len, LEFT))

RISES, FALLS, INCREMENTS = WORDS["rises"], WORDS["falls"], WORDS["increments"]
UP_BY = (RISES - {"growth"}) | WORDS["up_by"]
DOWN_BY = FALLS | WORDS["down_by"]
CHANGE_VERBS = RISES | FALLS | WORDS["raise_by"] | WORDS["change_verbs"]
REACHES = (CHANGE_VERBS - WORDS["not_reaches"]) | WORDS["reaches"]

_OF_WHAT = r"(?: (?:in|of) (?:annual |net |gross )?[a-z]+)?"
_NO_OTHER = r"(?! than| (?:the|its|their)\b|\s*[^\w\s]?\d|\s*[a-z]{0,3}[$€£¥])"
"""What would make the words after an amount begin another amount."""

RIGHT: tuple[tuple[str, Side], ...] = (
    (r"[-‐‑ ]?plus\b(?=\s*(?:[.,;:!?)\"”]|\Z|\s(?:an?|per|in|of)\b))|[-‐‑]plus\b|\+(?!\w)", "ge"),
    (rf"{_OF_WHAT},? or (?:even )?(?:more|better|higher|above|greater|over|up)\b{_NO_OTHER}", "ge"),
    (rf",? and (?:more|up|above|upwards|upward|over|beyond|higher)\b{_NO_OTHER}", "ge"),
    (rf"{_OF_WHAT},? or (?:even )?(?:less|lower|under|below|fewer)\b{_NO_OTHER}", "le"),
    (r",? or (?:so|thereabouts)\b", "approx"),
)
"""What stands after an amount; patterns on lower-case text, tried in order."""

_ENDS = (
    r"(?=\s*(?:[^\w\s]|\Z)|\s(?:than|at|on|in|for|to|from|or|and|but|by|basis|compared|versus|vs|if|as|after|this|"
    r"last|today|yesterday|when|while|because|with|per|an?|since|over|under|following)\b)"
)
_CLOSED = r"(?=\s*(?:[.,;]|\Z)|\s(?:at|on|from)\s)"
_LEVEL = (
    r"(?:last|the (?:president|previous|prior|fiscal|current|budget|administration)|what|fiscal|current|fy)"
    r"(?=\d|\b)"
)
MORE = rf"\s+(?:(?:more|extra)\b|above {_LEVEL}|(?:higher|dearer|firmer|costlier){_ENDS}|up{_CLOSED})"
LESS = rf"\s+(?:(?:less|fewer)\b|below {_LEVEL}|(?:lower|cheaper|easier|weaker){_ENDS}|down{_CLOSED})"
"""After an amount they make it a difference: "27 yen higher"; not "a $5 lower fee"."""

_BASE = "the|its|their|his|her|an?|that|this|those|these|our|my|your|what"
_PARTS = "quarters?|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?|twentieth|hundredth"
_ROUGHLY = "more|than|about|nearly|over|some|almost|estimated|total|roughly|around|approximately"
SHARE_LEFT = (
    r"(?:(?:[a-z]+|\d+(?:\.\d+)?)[ -](?:percent|per cent|pct|p\.c\.)|\d+(?:\.\d+)?\s?%|\bhalf|"
    rf"\b(?:an?|one|two|three|four|five|seven|nine)[ -](?:{_PARTS})) of "
    rf"(?:(?:{_BASE}|{_ROUGHLY}|u\.s\.|initial|original) )*\Z"
)
"""A share of the figure that follows, ending where it begins; patterns on lower-case text."""

_SCALED = "thousands|millions|billions|crores?|lakhs?"
TABLE_SCALE = (
    r"[(\[]\s*(?:(?:us|[acs])?[$€£¥]|rs\.?)?\s*"
    r"(?:(?:all|figures?|amounts?|dollars?|dlrs|euros?|pounds?|numbers?|data|unaudited|are|is|shown|expressed|"
    r"stated|u\.s\.|us),? ){0,6}"
    r"(?:in )?(?:us\$ |\$)?(?:(?:dollars|euros|pounds|dlrs) in )?"
    rf"(?:{_SCALED}|mlns?|000s|'000s?|000's|hundreds)\b"
    r"|[(\[]\s*(?:in )?(?:(?:us|[acs]|nz|hk)?\$|[€£¥₹]|rs\.? ?)\s?(?:m|mn|bn|k|cr|000s?|'000s?)\s*[)\]]"
    r"|\b(?:figures|amounts|numbers|dollars|all values) (?:are |is |shown |expressed |stated |given ){0,3}in "
    rf"(?:u\.s\. |us )?(?:dollars )?(?:{_SCALED})\b"
)
"""A table header that scales the bare figures after it; matched on lower-case text."""
