"""The context of an amount, as evidence for its bound, the unit of a rate, its kind and its sign.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.direction import direction, direction_after, outside_bracket
from newsledger.stages.money.phrases import CHANGE_VERBS, LEFT, WORDS, Side
from newsledger.stages.money.rates import EACH, find_rate, unit_of_each
from newsledger.values import trace
from newsledger.values.mentions import FigureKind, Sign

WINDOW = 110
"""Characters looked at on either side."""

_SENTENCE_BREAK = lazy_regex(r"""[.!?;:]["”’')\]]*\s+(?=\S)""")
OPENING = "\"'“”‘’([{<*"


class Surroundings:
    """A segment of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    def left(self, position: int, window: int = WINDOW) -> str:
        """Lower-case text before a position, back to the sentence's beginning or ``window`` characters.

        >>> Surroundings("It was late. He paid approx. $5", 0, 31).left(29)
        'he paid approx. '
        """
        before = self.text[max(self.start, position - window) : position]
        cut = 0
        for match in _SENTENCE_BREAK.finditer(before):
            word = before[: match.start()].rpartition(" ")[2].lower()
            if before[match.start()] != "." or word not in WORDS["abbreviated"]:
                cut = match.end()
        return before[cut:].lower()

    def right(self, position: int) -> str:
        """Lower-case text after a position, ``WINDOW`` characters or to the segment's end."""
        return self.text[position : min(self.end, position + WINDOW)].lower()


_LONGEST = max(map(len, LEFT))
_REACHES = (CHANGE_VERBS - WORDS["not_reaches"]) | WORDS["reaches"]
_ROUGH = ("approx", "estimate")

_OF_WHAT = r"(?: (?:in|of) (?:annual |net |gross )?[a-z]+)?"
_NO_SUBJECT = lazy_regex(
    r"\bno (?:[a-z-]+ ){1,5}(?:will|would|can|could|may|should|must|shall)(?: now| ever)? (?:be )?[a-z]+\Z"
)
_ESTIMATED = lazy_regex(
    r"\b(?:(?:estimated|projected|forecast) to (?:have )?[a-z]+(?: in| to| at| worth)?"
    r"|(?:estimated|projected) (?:(?:[a-z'’-]+ ){1,3}of|(?:[a-z'’-]+ ){1,5}(?:is|was|are|were|be|reach))"
    r"|estimate[sd]? (?:[a-z.'’-]+ ){0,14}"
    r"(?:at|(?:will|would|could|may|might) (?:be|cost|reach|total|save)))\Z"
)
"""What calls an amount an estimate through a verb: "the estimated cost is", "they estimate it will cost"."""
_NO_OTHER = r"(?! than| (?:the|its|their)\b|\s*[^\w\s]?\d|\s*[a-z]{0,3}[$€£¥])"
"""What would make the words after an amount begin another amount."""

_RIGHT: tuple[tuple[re.Pattern[str], Side], ...] = (
    (lazy_regex(r"[-‐‑ ]?plus\b(?=\s*(?:[.,;:!?)\"”]|\Z|\s(?:an?|per|in|of)\b))|[-‐‑]plus\b|\+(?!\w)"), "ge"),
    (
        lazy_regex(rf"{_OF_WHAT},? or (?:even )?(?:more|better|higher|above|greater|over|up)\b{_NO_OTHER}"),
        "ge",
    ),
    (lazy_regex(rf",? and (?:more|up(?! to\b)|above|upwards|upward|over|beyond|higher)\b{_NO_OTHER}"), "ge"),
    (lazy_regex(rf"{_OF_WHAT},? or (?:even )?(?:less|lower|under|below|fewer)\b{_NO_OTHER}"), "le"),
    (lazy_regex(r",? or (?:so|thereabouts)\b"), "approx"),
    # Rare, but a price that is the lowest or highest would be the only one.
    (lazy_regex(r" upwards?\b(?= with|\s*(?:[.,;:!?)]|\Z))|,? and counting\b"), "ge"),
    (lazy_regex(r",? at (?:the )?(?:least|minimum)\b"), "ge"),
    (lazy_regex(r" minimum\b(?=\s*(?:[.,;:!?)]|\Z)|\s(?:an?|per|for|to|in|of|on)\b)"), "ge"),
    (lazy_regex(r",? at (?:the )?(?:most|maximum)\b| (?:tops|max|maximum)\b(?=\s*[.,;:!?)]|\Z)"), "le"),
)
"""What stands after an amount; patterns on lower-case text, tried in order."""


def bound_before(words: list[str]) -> tuple[Side | None, list[str]]:
    """The bound or approximator that ends the words, and the words before it; fillers may follow it.

    A bound before an approximator replaces it: "more than an estimated", "at least about".

    >>> bound_before("worth more than a combined".split())
    ('gt', ['worth'])
    """
    found: Side | None = None
    article = False
    if words and words[-1].endswith((",", ";")):
        return None, []
    while words:
        size, side = _phrase_at_end(words, article=article)
        if side is not None:
            preposition = size == 1 and words[-1] in WORDS["prepositions"]
            if found is None or (found in _ROUGH and side not in _ROUGH and not preposition):
                found = side
            words, article = words[:-size], False
            continue
        last = words[-1]
        if last == "of" and len(words) > 1 and words[-2] in WORDS["sums"]:
            words = words[:-2]
            continue
        if last in WORDS["articles"] and not article:
            article = True
        elif last not in WORDS["fillers"]:
            break
        words = words[:-1]
    if found is None and _ESTIMATED.search(" ".join(words[-18:])):
        found = "estimate"
    if found in ("gt", "lt") and _is_denied(words):
        found = "le" if found == "gt" else "ge"
    return found, words


def _is_denied(words: list[str]) -> bool:
    """Whether the words end in "will not be", "won't sell for": rare, but the bound would be reversed."""
    words = words[:-1] if words[-1:] and words[-1] in WORDS["after_denied"] else words
    if _NO_SUBJECT.search(" ".join(words[-12:])):
        return True  # no fare will be priced higher than
    if len(words) < 2 or words[-1] not in WORDS["deniable"]:
        return False
    return any(word in ("not", "never", "cannot") or word.endswith(("n't", "n’t")) for word in words[-3:-1])


def _phrase_at_end(words: list[str], *, article: bool) -> tuple[int, Side | None]:
    """The longest phrase of the table that ends the words: its length, its side (None: no bound here)."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = tuple(words[-size:])
        side = LEFT.get(phrase)
        if side is not None:
            return size, None if _is_no_bound(phrase, words[:-size], article=article) else side
    return 0, None


def _is_no_bound(phrase: tuple[str, ...], before: list[str], *, article: bool) -> bool:
    """Whether a phrase that can be a bound is none here, by what stands before it."""
    last = before[-1].strip(",") if before else ""
    word = phrase[-1]
    if len(phrase) == 1 and word in WORDS["prepositions"]:
        # "under a $5 million contract", "a dispute over $5 million", "handed over $5 million"
        if (word == "top" and not before) or (word == "over" and _is_matter(before)):
            return True  # rare, but what is paid or asked would become a bound
        return article or last in WORDS["topics"]
    if phrase == ("up", "to"):  # "sign up to a $5 million package", "doubled, up to $5"; but "by up to"
        clause = " ".join(before[-5:]).rpartition(",")[2].split()
        reached = last not in ("by", "to") and not _REACHES.isdisjoint([*clause, last])
        return reached or (article and last in WORDS["topics"])
    if phrase == ("as", "high", "as"):
        return last == "to"  # "rebounded to as high as": a level
    return phrase[0] in ("minimum", "maximum") and last in WORDS["stated"]  # "the previous minimum of"


def _is_matter(before: list[str]) -> bool:
    """Whether "over" follows talks or a quarrel with somebody: "talks with Argentina over"."""
    for at in range(len(before) - 2, max(0, len(before) - 8), -1):
        if before[at] in ("with", "between", "against"):
            return before[at - 1] in WORDS["topics"]
        if before[at][-1:] in ".,;:":
            return False
    return False


def bound_after(side: Side | None, right: str) -> tuple[Side | None, str]:
    """The bound found before a figure, refined by the words after it and its unit, and those words."""
    if side is None or side in _ROUGH:
        for pattern, after in _RIGHT:
            match = pattern.match(right)
            if match:
                return after, match[0].strip(" ,;(")
    return side, ""


_BASE = "the|its|their|his|her|an?|that|this|those|these|our|my|your|what"
_PARTS = "quarters?|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?|twentieth|hundredth"
_ROUGHLY = "more|than|about|nearly|over|some|almost|estimated|total|roughly|around|approximately"
_SHARE = lazy_regex(
    r"(?:(?:[a-z]+|\d+(?:\.\d+)?)[ -](?:percent|per cent|pct|p\.c\.)|\d+(?:\.\d+)?\s?%|\bhalf|"
    r"\b(?:most|much|the (?:bulk|majority|rest|remainder))|"
    rf"\b(?:an?|one|two|three|four|five|seven|nine)[ -](?:{_PARTS})) of "
    rf"(?:(?:{_BASE}|{_ROUGHLY}|u\.s\.|initial|original|annual|entire) )*\Z"
)
"""A share of the figure that follows, ending where it begins; patterns on lower-case text."""


class Context(NamedTuple):
    """Modifier, kind, sign and unit of a figure, from the words around it."""

    modifier: Side | None
    kind: FigureKind
    sign: Sign | None
    per_unit: str | None


def read_context(around: Surroundings, start: int, end: int) -> Context:
    """Read the surroundings of the figure at ``start:end``.

    >>> read_context(Surroundings("It paid more than $5 a share.", 0, 29), 18, 20)
    Context(modifier='gt', kind='rate', sign=None, per_unit='share')
    """
    left, right = around.left(start), around.right(end)
    words = ["<" if word == "<" else word.lstrip(OPENING) for word in left.split()]
    side, before = bound_before(words)
    if side:
        trace.note("money", "bound", start, end, " ".join(words[len(before) :]))
    beyond = outside_bracket(right)
    rate = find_rate(left, beyond)
    bracketed = right.lstrip().startswith(("(", ")"))
    rest = right if bracketed or rate is None else right[rate.used :]
    side, after = bound_after(side, rest)
    if bracketed and not after:
        side, after = bound_after(side, beyond)  # 1,000 yen ($7) or more
    if after:
        trace.note("money", "bound", start, end, after)
        rate = rate or find_rate("", rest.partition(after)[2])  # $5 or more a day
    if words and words[-1] in WORDS["passed_levels"]:
        kind, sign = direction_after(left, rest)  # fell below $5: a level
    else:
        kind, sign = direction(before, left, rest)
    if "of " in left[-60:] and _SHARE.search(left):
        kind = "share_of"
    each = rate is None and EACH.match(beyond) is not None
    if kind is None:
        kind = "rate" if rate or each else "level"
    unit = unit_of_each(left) if each else rate.unit if rate else None
    return Context(side, kind, sign, unit)
