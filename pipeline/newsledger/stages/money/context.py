"""What the words around a figure say of it: bound, unit of a rate, direction, kind."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from newsledger.stages.money import phrases
from newsledger.stages.money.phrases import WORDS, Side
from newsledger.stages.money.rates import find_rate, is_each
from newsledger.stages.money.surroundings import Surroundings
from newsledger.values import trace

Kind = Literal["level", "change", "rate", "share_of"]
Sign = Literal["+", "-"]

_SHARE = re.compile(phrases.SHARE_LEFT)
_RIGHT = [(re.compile(pattern), side) for pattern, side in phrases.RIGHT]
_NEXT_NOUN = re.compile(
    r"[\s-]+(?:(?:annual|yearly|net|pretax|pre-tax|after-tax|operating|quarterly|overall|extraordinary|one-time|"
    r"proposed|tax|price|pay|wage|rent|budget|spending|full[ -]year|"
    r"(?:first|second|third|fourth)[ -](?:quarter|half))\s+){0,2}([a-z]+)"
)
_LOSS_IN = re.compile(
    r"\bloss(?:es)? (?:for|in|from|on|to|before|after|per|last|this) "
    r"(?:(?!(?:on|and|or|with|against|to|but|compared|versus|vs\.?|despite|than)\s)[\w'&.-]+\s+){1,6}"
    r"(?<!sale )(?<!sales )(?<!value )(?<!total )(?<!revenues )(?<!profit )of\s+"
    r"(?:(?:about|some|an?|nearly|over|around)\s+)*\Z"
)
_BOOKED = re.compile(
    r"\s+(?:on|from|in|of)\s+(?:the\s+|an?\s+|its\s+)?(?:[a-z-]+\s+)?(?:sales?|dispos|divest|terminat|insur)"
)
_OF_RESULTS = re.compile(
    r"\b(?:includ|exclud|loss|credit|tax|pretax|posttax|earn|profit|income|operations?\b|realized|realised|"
    r"result|record|report|book|securities|investment|extraordinary|accounting|carryforward|versus\b|vs\b|"
    r"net (?!gain|loss)|expenses?\b|writedown|provision)"
)
"""What the results of firms are spoken of in."""
_TO_LEVEL = re.compile(r"\s+to\s+[^\w\s]?\d")
_PRICE_MOVED = re.compile(
    r"\b(?P<verb>raised?|raises|raising|increased?|hiked?|lifted|boosted|cut|cuts|lowered|reduced|trimmed|slashed)\s"
    r"(?:[a-z0-9.'-]+\s){0,8}?prices?\s(?:[a-z0-9.'-]+\s){0,8}?(?:(?<=prices\s)|(?<=price\s)|(?P<last>[a-z]+)\s)\Z"
)
"""A verb that moves prices, with nothing but words between it and the amount: "raised the price of its petrol
5 cents"."""
_ARTICLE = re.compile(r"\b(?:an?|the)\s+(?:[a-z-]+\s+)?\Z")
_BRACKET = re.compile(r"\s*\([^()\d]{0,30}\d[^()]{0,30}\)|\s*\([a-z]{2,5}\)(?= per )")
_MORE = re.compile(phrases.MORE)
_LESS = re.compile(phrases.LESS)
_ROUGH = ("approx", "estimate")
_BY_REACH = 14
"""How many words back a verb may stand from its "by": "cut the deficit of the state by $5 million"."""


class Context(NamedTuple):
    """What the surroundings say of a figure."""

    modifier: Side | None
    kind: Kind
    sign: Sign | None
    per_unit: str | None


class Before(NamedTuple):
    """What stands before a figure: its bound, the words before that, and whether one said "more"."""

    side: Side | None
    words: list[str]
    increment: bool


def look(around: Surroundings, start: int, end: int, *, more: bool = False) -> Context:
    """Read the surroundings of the figure at ``start:end``; ``more``: the figure itself says "more".

    >>> look(Surroundings("It paid more than $5 a share.", 0, 29), 18, 20)
    Context(modifier='gt', kind='rate', sign=None, per_unit='share')
    """
    left, right = around.left(start), around.right(end)
    words = around.words_before(start)
    before = read_left(words)
    if before.side:
        trace.note("money", "bound", start, end, " ".join(words[len(before.words) :]))
    rate = find_rate(left, _outside_bracket(right))
    rest = right
    if rate is not None and rate.used and not right.lstrip().startswith(("(", ")")):
        rest = right[rate.used :]
    side, said = _read_right(before.side, rest)
    if said:
        trace.note("money", "bound", start, end, said)
    if words and words[-1] in WORDS["passed_levels"]:
        kind, sign = _direction_after(left, rest)  # fell below $5: a level
    else:
        kind, sign = _direction(before.words, left, rest)
    if more or (before.increment and kind is None):
        kind, sign = "change", "+"
    if _is_share(left):
        kind = "share_of"
    elif kind is None:
        kind = "rate" if rate is not None or is_each(right) else "level"
    return Context(side, kind, sign, rate.unit if rate else None)


def read_left(words: list[str]) -> Before:
    """The bound or approximator that ends the words; fillers may stand between it and the amount.

    A bound outside an approximator says more than the approximator: "more than an estimated", "at least
    about".

    >>> read_left("worth more than a combined".split())
    Before(side='gt', words=['worth'], increment=False)
    """
    found: Side | None = None
    article = increment = False
    if words and words[-1].endswith((",", ";")):
        return Before(None, [], False)
    while words:
        size, side = _phrase_at_end(words, article=article)
        if side is not None:
            preposition = size == 1 and words[-1] in WORDS["prepositions"]
            if found is None or (found in _ROUGH and side not in _ROUGH and not preposition):
                found = side
            words, article = words[:-size], False
            continue
        last = words[-1]
        if last == "of" and found is None and _estimated(words):
            return Before("estimate", words[:-3], increment)
        if last == "of" and len(words) > 1 and words[-2] in WORDS["sums"]:
            words = words[:-2]
            continue
        if last in WORDS["articles"] and not article:
            article = True
        elif last not in WORDS["fillers"]:
            break
        increment = increment or last in phrases.INCREMENTS
        words = words[:-1]
    return Before(found, words, increment)


def _estimated(words: list[str]) -> bool:
    """Whether the words end in "estimated repairs of", with at most two words for what is estimated."""
    for word in words[-2:-5:-1]:
        if word in WORDS["estimated"]:
            return True
        if not word.isalpha():
            return False
    return False


def _phrase_at_end(words: list[str], *, article: bool) -> tuple[int, Side | None]:
    """The longest phrase of the table that ends the words: its length, its side (None: no bound here)."""
    for size in range(min(phrases.LONGEST_LEFT, len(words)), 0, -1):
        phrase = tuple(words[-size:])
        side = phrases.LEFT.get(phrase)
        if side is not None:
            return size, None if _is_no_bound(phrase, words[:-size], article=article) else side
    return 0, None


def _is_no_bound(phrase: tuple[str, ...], before: list[str], *, article: bool) -> bool:
    """Whether a phrase that can be a bound is none here, by what stands before and after it."""
    last = before[-1].strip(",") if before else ""
    word = phrase[-1]
    if len(phrase) == 1 and word in WORDS["prepositions"]:
        # "under a $5 million contract", "a dispute over $5 million", "handed over $5 million"
        return article or last in WORDS["topics"]
    if phrase == ("up", "to"):
        nearby = {w.strip(",") for w in before[-5:]}
        return bool(phrases.REACHES & nearby)
    return False


def _read_right(side: Side | None, rest: str) -> tuple[Side | None, str]:
    """The bound with what stands after the figure and its unit; with its words, where it counts."""
    if side is None or side in _ROUGH:
        for pattern, after in _RIGHT:
            match = pattern.match(rest)
            if match:
                return after, match[0].strip(" ,;(")
    return side, ""


def _direction(words: list[str], left: str, right: str) -> tuple[Kind | None, Sign | None]:
    """Change or loss, from the words before (bounds taken off) and the word after.

    With an article before the amount a verb's object is the amount itself ("cut a $5 million deficit").
    """
    has_article = _ARTICLE.search(left) is not None
    words = [word for word in words if word]
    while words and words[-1] in WORDS["articles"] | (WORDS["fillers"] - phrases.INCREMENTS):
        has_article = has_article or words[-1] in WORDS["articles"]
        words = words[:-1]
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    if not has_article:
        if last in ("gain", "gains") and _is_booked(left, right):
            return None, None
        if last in phrases.RISES and not (last == "up" and before in WORDS["up_verbs"]):
            return "change", "+"
        moved = phrases.UP_BY if last in phrases.UP_BY else phrases.DOWN_BY if last in phrases.DOWN_BY else ()
        if moved and _TO_LEVEL.match(right):
            return "change", "+" if moved is phrases.UP_BY else "-"  # raised 5 cents to $6
        price = _PRICE_MOVED.search(left) if "price" in left else None
        if price and price["last"] not in WORDS["before_price"]:
            return "change", "+" if price["verb"] in phrases.UP_BY else "-"
        if last == "down" and before in WORDS["down_verbs"]:
            return None, None
        if last in phrases.FALLS:
            return "change", "-"
    if last in WORDS["losses"]:
        return None, "-"
    if last == "of" and before in ("gain", "gains") and _is_booked(left, right):
        return None, None  # a gain of $5 million on the sale
    if last == "of" and before in phrases.RISES:
        return "change", "+"
    if last == "of" and before in phrases.FALLS:
        return "change", "-"
    if last == "by":
        for word in reversed(words[-_BY_REACH:-1]):
            if word in phrases.UP_BY:
                return "change", "+"
            if word in phrases.DOWN_BY:
                return "change", "-"
            if word[-1:] in ".,;:)":
                break
    if last in ("by", "of") and before in WORDS["losses"]:
        return None, "-"
    if last == "of" and _LOSS_IN.search(left):
        return None, "-"
    return _direction_after(left, right)


def _is_booked(left: str, right: str) -> bool:
    """Whether a gain is one of a firm's accounts rather than of a price, by the words around it."""
    return _BOOKED.match(right) is not None or _OF_RESULTS.search(left) is not None


def _direction_after(left: str, right: str) -> tuple[Kind | None, Sign | None]:
    """A $5 million cut; $5 million more."""
    right = _outside_bracket(right)
    match = _NEXT_NOUN.match(right)
    word = match[1] if match else ""
    if word in WORDS["loss_nouns"]:
        return None, "-"
    if match and word in ("gain", "gains") and _is_booked(left, right[match.end() :]):
        return None, None  # a $5 million gain on the sale of a mill
    if word in WORDS["rise_nouns"] or _MORE.match(right):
        return "change", "+"
    if word in WORDS["fall_nouns"] or _LESS.match(right):
        return "change", "-"
    return None, None


def _is_share(left: str) -> bool:
    """Whether the figure is the base of a share."""
    return "of " in left[-60:] and _SHARE.search(left) is not None


def _outside_bracket(right: str) -> str:
    """The text after a bracket that equates two amounts: both have the unit that follows it."""
    if right[:1] == ")":
        return right[1:]
    bracket = _BRACKET.match(right)
    return right[bracket.end() :] if bracket else right
