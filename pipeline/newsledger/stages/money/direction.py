"""Whether an amount is a change or a loss, and its direction, judged by the words around it."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.phrases import DOWN_BY, UP_BY, WORDS
from newsledger.values.mentions import FigureKind, Sign


class Direction(NamedTuple):
    """Kind and sign; None if the words leave them open."""

    kind: FigureKind | None
    sign: Sign | None


_UP, _DOWN = Direction("change", "+"), Direction("change", "-")
_LOSS, _NEITHER = Direction(None, "-"), Direction(None, None)

_GAIN = ("gain", "gains")

_NEXT_NOUN = lazy_regex(
    rf"[\s-]+(?:(?:{any_of(WORDS['before_change_noun'])}|full[ -]year|"
    r"(?:first|second|third|fourth)[ -](?:quarter|half))\s+){0,2}([a-z]+)"
)
_IN_LOST = lazy_regex(
    r"\s+(?:in|of|worth of)\s+(?:[a-z-]+\s+)?lost\s+[a-z]"
    r"|\s+(?:that\s+)?(?:it|he|she|they|we|i)\s+(?:ha(?:s|d|ve)\s+)?lost\b"
)
_IN_COSTS = lazy_regex(
    r"\s+(?:in|on|off|from)\s+(?:[a-z-]+\s+){0,5}(?:costs?|expenses|expenditures?|premiums|spending|bills?)\b"
)
"""After "to save $5 million": on what."""
_TO_WORTH = lazy_regex(
    r"\s+to\s+(?:(?:the|his|her|its|their|our)\s+)?(?:[a-z'’-]+\s+){0,2}"
    r"(?:net worth|wealth|fortunes?|costs?|prices?|debts?|deficits?|value|capitali[sz]ation)"
    r"(?=\s*[^\w\s]|\s(?:of|that|over|by|in|for|on)\b|\s*\Z)"
)
"""After "to add $5 million": what grows by it."""
_IN_MOVES = lazy_regex(
    r"\s+(?:in|of|worth of)\s+"
    r"(?:(?!(?:and|or|the|a|for|by|to|from|with|on|vs|versus|against|than)\b)[a-z-]+\s+){0,3}"
    r"(increases|hikes|rises|cuts|cutbacks|reductions|decreases|losses)\b(?!-)"
)
"""After an amount: "in new tax increases"."""
_LOSS_IN = lazy_regex(
    rf"\bloss(?:es)? (?:{any_of(WORDS['loss_in'])}) "
    rf"(?:(?!(?:on|and|or|with|against|to(?! (?:{any_of(ALL_MONTHS)})\b)|but|compared|versus|vs\.?|despite|"
    r"than)\s)[\w'&.-]+\s+){1,6}(?<!sale )(?<!sales )(?<!value )(?<!total )(?<!revenues )(?<!profit )"
    r"of\s+(?:(?:about|some|an?|nearly|over|around|approximately|roughly|almost)\s+)*\Z"
)
_LOSS_WAS = lazy_regex(
    r"(?<!credit )(?<!loan )(?<!loans )\bloss(?:es)? "
    r"(?:(?!(?:and|but|while|which|whose|that|sales|revenues?|profits?|income)\s)[a-z-]+ ){0,5}"
    r"(?:were|was|total(?:l?ed|s)|reached|(?:rose|widened|narrowed|fell) to) "
    r"(?:(?:about|some|nearly|over|around|more than) )*\Z"
)
_BOOKED = lazy_regex(
    r"\s+(?:on|from|in|of)\s+(?:the\s+|an?\s+|its\s+)?(?:[a-z-]+\s+)?(?:sales?|dispos|divest|terminat|insur)"
)
_OF_RESULTS = lazy_regex(rf"\b(?:{any_of(WORDS['of_results'])}|versus\b|vs\b|net (?!gain|loss))")
_TO_LEVEL = lazy_regex(r"\s+to\s+[^\w\s]?\d")
_PARTICLE_VERBS = {"up": WORDS["up_verbs"], "down": WORDS["down_verbs"]}
_PRICE_MOVED = lazy_regex(
    r"\b(?P<verb>raised?|raises|raising|increased?|hiked?|lifted|boosted|cut|cuts|lowered|reduced|trimmed|slashed)\s"
    r"(?:[a-z0-9.'-]+\s){0,8}?prices?\s(?:[a-z0-9.'-]+\s){0,8}?(?:(?<=prices\s)|(?<=price\s)|(?P<last>[a-z]+)\s)\Z"
)
"""A verb that moves prices, with nothing but words between it and the amount: "raised the price of its petrol
5 cents"."""
_ARTICLE = lazy_regex(r"\b(?:an?|the)\s+(?!(?:additional|further|extra|added)\s)(?:[a-z-]+\s+)?\Z")
"""Not that of an increment: "cut a further $5 million" is a change."""
_PASSIVE = lazy_regex(
    r"\s+(?:(?:has|have|had|will|would|could|to)\s+)?(?:be|been|was|were|is|are)\s+(?:being\s+)?(?:[a-z]+ly\s+)?"
    r"(?:(?P<lost>lost)\b|(?P<verb>[a-z]+)\s+(?:from|off)\b(?!\s*[^\w\s]?\d))"
)
_ENDS = rf"(?=\s*(?:[^\w\s]|\Z)|\s(?:{any_of(WORDS['after_change'])})\b)"
_CLOSED = r"(?=\s*(?:[.,;]|\Z)|\s(?:at|on|from)\s)"
_LEVEL = (
    r"(?:last|(?:the )?(?:fiscal|current|fy)|the (?:president|previous|prior|budget|administration)|what)"
    r"(?=\d|\b)"
)
_MORE = lazy_regex(
    rf"\s+(?:(?:more|extra)\b|above {_LEVEL}|over the (?:president|budget|fy)\b|"
    rf"(?:higher|dearer|firmer|costlier){_ENDS}|up{_CLOSED})"
)
_LESS = lazy_regex(
    rf"\s+(?:(?:less|fewer)\b|below {_LEVEL}|(?:lower|cheaper|easier|weaker){_ENDS}|down{_CLOSED})"
)
"""After an amount they make it a difference: "27 yen higher"; not "a $5 lower fee"."""

_BY_PERCENT = lazy_regex(
    rf"\b(?P<verb>{any_of(UP_BY | DOWN_BY)}) (?:by )?(?:(?:about|nearly|over|almost|some) )?"
    r"\d[\d.]*\s?(?:%|percent|per cent|pct)\s*[-–—,(]*\s*or (?:(?:about|nearly|over|almost|some) )?\Z"
)
"""Before the same change in money: "sank 5% - or $1.83"."""

_BY_REACH = 14
"""How many words back a verb may stand from its "by": "cut the deficit of the state by $5 million"."""


def direction(words: list[str], left: str, right: str) -> Direction:
    """Change or loss, from the words before (bounds taken off) and the word after.

    >>> direction("profit rose".split(), "profit rose ", " in may")
    Direction(kind='change', sign='+')
    """
    words = [word for word in words if word]
    has_article = _ARTICLE.search(left) is not None
    found = _of_preposition(words, left, right)
    if found is None and "loss" in left and _LOSS_WAS.search(left):
        found = _LOSS
    if not has_article:  # with one, the verb's object is the amount: "cut a $5 million deficit"
        found = _of_verb(words, left, right) or found
    return found or direction_after(left, right)


def _of_verb(words: list[str], left: str, right: str) -> Direction | None:
    """The direction of a verb right before the amount, or of one that moves prices."""
    before, last = ["", "", *words][-2:]
    if last in _GAIN and _is_booked(left, right):
        return _NEITHER
    if last in WORDS["rises"] and not (last == "up" and before in WORDS["up_verbs"]):
        return _UP
    if _TO_LEVEL.match(right) and last in UP_BY | DOWN_BY | WORDS["lose"]:
        return _UP if last in UP_BY else _DOWN  # raised 5 cents to $6
    percent = _BY_PERCENT.search(left) if " or " in left[-12:] else None
    if percent:
        return _UP if percent["verb"] in UP_BY else _DOWN
    price = _PRICE_MOVED.search(left) if "price" in left else None
    if price and price["last"] not in WORDS["before_price"]:
        return _UP if price["verb"] in UP_BY else _DOWN
    if last == "down" and before in WORDS["down_verbs"]:
        return _NEITHER
    return _DOWN if last in WORDS["falls"] else None


def _of_preposition(words: list[str], left: str, right: str) -> Direction | None:
    """The direction of a loss, of a noun with "of", or of a verb with "by"."""
    before, last = ["", "", *words][-2:]
    if last in WORDS["losses"]:
        return _LOSS
    if last in WORDS["cut_off"] and right.startswith((" off ", " from ")):
        return _DOWN  # knock $5 million off
    if last in WORDS["saves"] and _IN_COSTS.match(right):
        return _DOWN
    if last in WORDS["adds"] and _TO_WORTH.match(right):
        return _UP
    if last in WORDS["amounting"] and before in WORDS["falls"] | WORDS["increases"]:
        return _DOWN if before in WORDS["falls"] else _UP  # cuts worth $5 million
    if last in ("by", "of") and not _PARTICLE_VERBS.get(before, frozenset()).isdisjoint(words[-3:-2]):
        return None  # made up of, weighed down by
    if last == "by":
        return _moved_by(words)
    if last != "of":
        return None
    if before in _GAIN and _is_booked(left, right):
        return _NEITHER  # a gain of $5 million on the sale
    if before in WORDS["rises"]:
        return _UP
    if before in WORDS["falls"]:
        return _DOWN
    return _LOSS if before in WORDS["losses"] or _LOSS_IN.search(left) else None


def _moved_by(words: list[str]) -> Direction | None:
    """The direction of the verb of "by", in the same clause."""
    for word in reversed(words[-_BY_REACH:-1]):
        if word in UP_BY:
            return _UP
        if word in DOWN_BY:
            return _DOWN
        if word[-1:] in ".,;:)" and word.rstrip(".") not in WORDS["abbreviated"]:
            break
    return None


def _is_booked(left: str, right: str) -> bool:
    """Whether a gain is one of a firm's accounts rather than of a price, by the words around it."""
    return _BOOKED.match(right) is not None or _OF_RESULTS.search(left) is not None


def direction_after(left: str, right: str) -> Direction:
    """Change or loss, from the words after alone: a $5 million cut; $5 million more."""
    right = outside_bracket(right)
    match = _NEXT_NOUN.match(right)
    word = match[1] if match else ""
    if word in WORDS["loss_nouns"] or _IN_LOST.match(right):
        return _LOSS
    moves = _IN_MOVES.match(right)
    if moves and moves[1] in WORDS["loss_nouns"]:
        return _LOSS
    if moves:
        return _UP if moves[1] in WORDS["increases"] else _DOWN
    if match and word in _GAIN and _is_booked(left, right[match.end() :]):
        return _NEITHER  # a $5 million gain on the sale of a mill
    passive = _PASSIVE.match(right)
    if passive and passive["lost"]:
        return _LOSS  # $5 million was lost
    if passive and passive["verb"] in WORDS["falls"] | WORDS["cut_off"]:
        return _DOWN  # $5 million was cut from the budget
    if word in WORDS["rise_nouns"] or _MORE.match(right):
        return _UP
    return _DOWN if word in WORDS["fall_nouns"] or _LESS.match(right) else _NEITHER


_BRACKET = lazy_regex(r"\s*\([^()\d]{0,30}\d[^()]{0,30}\)|\s*\([a-z]{2,5}\)(?= per )")


def outside_bracket(right: str) -> str:
    """The text after a bracket that equates two amounts: both have the unit that follows it."""
    if right[:1] == ")":
        return right[1:]
    bracket = _BRACKET.match(right)
    return right[bracket.end() :] if bracket else right
