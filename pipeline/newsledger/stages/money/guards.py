"""Filters: whether a match is an amount of money, or another sense of the same words.

Each guard takes a `Case` and returns whether it is money; ``spellings.tsv`` names the guard of a unit. What
every amount must pass is in `is_money`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.context import Surroundings
from newsledger.stages.money.grammar import VAGUE, Amount, decimals
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.spellings import Unit


class Case(NamedTuple):
    """An amount in its text; ``supported`` returns whether there is other evidence for its currency."""

    amount: Amount
    around: Surroundings
    value: Decimal | None
    supported: Callable[[], bool]

    @property
    def surface(self) -> str:
        """The amount as written."""
        return self.around.text[self.amount.start : self.amount.end]

    @property
    def name(self) -> str:
        """The last word of the surface: the currency's name where it follows the number."""
        return self.surface.split()[-1].rpartition("-")[2]

    @property
    def left(self) -> str:
        """Lower-case text before."""
        return self.around.left(self.amount.start)

    @property
    def right(self) -> str:
        """Lower-case text after."""
        return self.around.right(self.amount.end)

    @property
    def scaled(self) -> bool:
        """Whether the number has a scale, or is vague."""
        return self.amount.quantity.scaled

    @property
    def sizeable(self) -> bool:
        """Whether the number is written like an amount: a scale, a grouped number, two decimals."""
        quantity = self.amount.quantity
        if quantity.base is None or self.scaled:
            return True
        return not quantity.plain and (quantity.base >= 1000 or decimals(quantity.base) == 2)


def _lower(case: Case) -> bool:
    """Written in lower case ("bucks", not the Bucks), or with a number that is plainly an amount."""
    return case.name[:1].islower() or case.sizeable


_LETTER_SCALE = lazy_regex(r"\d[kKmMbBtTL]\b")


def _word(case: Case) -> bool:
    """A currency's name that is an English word ("won", "marks", "real")."""
    name = case.name
    if name.lower() == "mark":  # the 30 million mark
        return case.supported() and not (case.left.endswith("the ") and _STOPS.match(case.right))
    if case.scaled and not _LETTER_SCALE.search(case.surface):
        return True  # not 256K DRAM: rare, but memory chips would be money
    if name in WORDS["word_currencies"] and case.sizeable:
        return True  # 120,000 crowns
    if name.lower() == "won" and (case.value or 0) < 100:
        # Rare, but three won games would be money; "down 4.8 won from Monday" is.
        return (case.value or 0) % 1 > 0 and _STOPS.match(case.right) is not None and case.supported()
    if case.value is not None and case.value % 1 and case.amount.unit.per_major == 1:
        return True  # the dollar at 1.85 marks
    return case.supported()


_WEIGHT_AFTER = lazy_regex(
    r"\s+(?:in weight|per square|per acre|overweight|heavier|lighter|each way)\b"
    r"|,?\s+(?:and\s+)?[\w/-]+\s+(?:ounces?|oz)\b|\s*\(\s*[\d.,]+\s*(?:kg|kilograms?|kilos?|tonnes?|tons?)\b"
    rf"|[\s-]+(?:{any_of(WORDS['of_weight'])})\b"
)
_WEIGHT_BEFORE = lazy_regex(
    rf"\b(?:{any_of(WORDS['weighing'])}|harvest\w*|heav\w+)\b[^.]{{0,25}}\Z"
    rf"|\b(?:{any_of(WORDS['tonnage'])})\b[^.;]{{0,120}}\Z"
)
"""Few articles need the second half, but without it the pounds of a mill's output would be sterling."""
_OF = lazy_regex(r"\s+of\s+(?:(?:the|its|their|new|public|uk|government|state|extra)\s+)*([a-z]+)")
_BRITISH = lazy_regex(r"£|GBP|sterling|\bstg\b|\bpence\b")
_NOT_BRITISH = lazy_regex(r"\$|\bdlrs?\b|\b(?:kg|kilos?|kilograms|lbs|tons|tonnes)\b")
_TRANSLATED = lazy_regex(r"\s*\(\s*(?:about |around |some |nearly |over |or )?(?:us|a|c)?[$€]\s?\d")
"""A bracket with the same in other money: "the 50,000-pound ($63,000) prize"."""


@lru_cache(maxsize=8)
def _holds(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether an article has a match; asked for many of its figures, searched once."""
    return pattern.search(text) is not None


def _weight(case: Case) -> bool:
    """Pounds of money, not of weight."""
    right = case.right
    if _TRANSLATED.match(right):
        return True
    if _WEIGHT_AFTER.match(right) or _WEIGHT_BEFORE.search(case.left):
        return False
    of = _OF.match(right)
    if of and of[1] not in WORDS["money_nouns"]:
        return False
    if _holds(case.around.text, _BRITISH):
        return True
    if not case.scaled and case.name.lower() == "pound" and re.match(r"[\s-]+[a-z]", right):
        return False  # rare, but 4 pound cartons would cost £4
    return case.scaled or not _holds(case.around.text, _NOT_BRITISH)


def _letters(case: Case) -> bool:
    """Letters and codes that also mean other things: ``R5 million``, not ``R5``."""
    start = case.amount.start
    if case.around.text[max(0, start - 1) : start] in ("-", "/", ".", "&", "'", "’"):
        return False
    if case.amount.suffixed and len(case.name) == 1:  # 12 R in South African news
        return case.supported() and _STOPS.match(case.right) is not None
    return case.sizeable or (case.supported() and not case.surface[:1].islower())


def _code(case: Case) -> bool:
    """A code that is also another abbreviation: SAR 50 million, 0.5 ETH, not SAR 5 team."""
    return case.amount.suffixed or case.sizeable or bool(_STOPS.match(case.right)) or case.supported()


def _one_letter(case: Case) -> bool:
    """``K5 million`` in an article on Zambia; not Y2K."""
    return case.sizeable and case.supported() and not re.search(r"\d[kK]\b", case.surface)


_SCREEN = lazy_regex(r"(?i)\b(?:video|resolution|screens?|displays?|cameras?|footage|hd|stream\w*|pixels?)\b")
_LINES_OF_VIDEO = (240, 360, 480, 720, 1080, 1440, 2160, 4320)


def _page(case: Case) -> bool:
    """``20p``, not the p of a page, of video or of p.m."""
    if re.match(r"\.?m\b|\.m\.|\w", case.right):
        return False
    if case.value is None or case.value * 100 not in _LINES_OF_VIDEO:
        return True
    # Rare, but 1080p of a video would be £10.80.
    return _holds(case.around.text, _BRITISH) and not _holds(case.around.text, _SCREEN)


_PRICED = lazy_regex(r"[$€]|\bR ?\d")


def _degree(case: Case) -> bool:
    """``10c`` is cents where another price is near; not Section 10c or minus 10C."""
    if not (WORDS["numbered"] | {"minus"}).isdisjoint(case.left.split()[-1:]):
        return False
    return _holds(case.around.text, _PRICED)


_COUNTS = lazy_regex(r"\s*(?:%|percent|per cent|pct|points?|times|years?)|\s*[/-]\d|\w")
_STOPS = lazy_regex(r"\s*(?:[.,;:)!?]|\Z)|\s+(?:per|an?|for|from|to|in|on|each|and|or)\b")


def _name_first(case: Case) -> bool:
    """A name before its number: "ringgit 42", not "the pound 5 percent lower" or "Euro 2004"."""
    before = case.left.split()[-1:]
    quantity = case.amount.quantity
    if (before and before[0] in WORDS["not_before_name"]) or _COUNTS.match(case.right):
        return False
    if case.scaled:
        return True
    named = not quantity.is_year and case.surface.split()[0].lower() not in WORDS["singular_names"]
    return named and bool(_STOPS.match(case.right))


_OF_MONEY = lazy_regex(
    r"(?:\d\S*|million|billion|bn|mln|cents?|cts|pence|dlrs|dollars|against|per)\s+\Z"
    r"|cents? (?:of|on|to|in)\s+\Z"
)
_ONE_ENDS = lazy_regex(
    rf"\s*\Z|\s*[.!?]|\s+and\s+[\w-]+(?:\s+|-)cents|\s+(?:an?|per)\s+"
    rf"(?:{any_of(WORDS['one_ends'])})\b"
)


def _one(case: Case) -> bool:
    """One of a currency ("a dollar") before a full stop, before "and 42 cents" or "a day"."""
    if _OF_MONEY.search(case.left) or case.name.lower() in WORDS["never_one"]:
        return False
    return bool(_ONE_ENDS.match(case.right))


def _coin(case: Case) -> bool:
    """Bitcoins, not bitcoin transactions."""
    # Rare, but their number would be an amount.
    return case.name[-1:] == "s" or not re.match(r"\s+(?!is|was|has)[a-z]+s\b", case.right)


def _whole(case: Case) -> bool:
    """The last word of a longer name, alone ("rights", "units"): no money."""
    return False


_ALL = _lower, _word, _weight, _letters, _one_letter, _code, _page, _degree, _name_first, _coin, _one, _whole
GUARDS = {guard.__name__.strip("_").replace("_", " "): guard for guard in _ALL}
"""Guards as ``spellings.tsv`` names them."""

_NOTE = lazy_regex(r"[\s-]+(?:(?:bank)?notes?|coins?|gold coins?|silver coins?|commemorative coins?)\b")
_LARGEST_NOTE = 10_000
_BILL, _BILLS = lazy_regex(r"[\s-]+bills?\b"), (1, 2, 5, 10, 20, 50, 100)
_COUNTED = lazy_regex(
    r"[\s-]+(?:straight\s+|convertible\s+)?"
    r"(?:bonds?|eurobonds?|issues?(?! price)|loans?|deals?|notes?|deposits?|contracts?|futures|denominated)\b"
    r"|[\s-]+(?:zone|area|bloc|countries|country|members?|nations?|states?)\b"
    r"|[-‐‑](?:denominated|based|backed|linked|pegged)\b"
)
"""What a few are of that are named after a currency: one dollar bond, two euro members."""
_IDIOM = lazy_regex(r"[\s-]+(?:question|baby\b|word\b)")
"""After "$64,000" or "million-dollar": figures of speech."""
_OF_YEAR = lazy_regex(r"\b(?:in|constant|of|real|inflation-adjusted|at|to)\s+\Z")
_DATED = lazy_regex(rf"\b(?:{any_of(ALL_MONTHS)})\.?\s+(?:\d{{1,2}},?\s+)?\Z|\d[-/]\Z")
_THOUSANDS = lazy_regex(r"\s?['’]?000\b")
_CAPITAL_NEXT = lazy_regex(r"[ -][A-Z][A-Za-z]")


def why_not(unit: Unit) -> str:
    """The reason why an amount in this unit is not money, in words.

    >>> why_not(Unit(("USD",), "USD", "symbol"))
    'the words around it say that it is no money'
    """
    guard = GUARDS.get(unit.guard)
    check = " ".join((guard.__doc__ or "").split()).split(". ")[0].rstrip(".") if guard else ""
    check = check.replace("``", "")
    return f"it fails the check: {check}" if check else "the words around it say that it is no money"


_NOT_ONE = lazy_regex(r"(?:\b(?:not|never|without|nor)\b|n['’]t\b)[^.;,]{0,24}(?<!than )\Z")
"""Before one cent or one penny: nothing at all ("should not cost us one cent")."""


def is_money(case: Case) -> bool:
    """Whether an amount is money, by what every amount must pass and by its unit's own guard."""
    amount, right = case.amount, case.right
    if case.value == Decimal("0.01") and case.surface[:1].isalpha() and _NOT_ONE.search(case.left):
        return False  # not one penny
    if not case.scaled and case.value is not None and case.value <= _LARGEST_NOTE and _NOTE.match(right):
        return False  # a £20 note, a 50p coin
    if case.value in _BILLS and _BILL.match(right):
        return False  # rare, but stacks of $100 bills would be an amount
    if _IDIOM.match(right) and (case.left.endswith("the ") or "-" in case.surface):
        return False  # rare, but nobody gets the $64,000 of that question
    if amount.suffixed and not _is_named_amount(case, right):
        return False
    return GUARDS[amount.unit.guard](case) if amount.unit.guard else True


def _is_named_amount(case: Case, right: str) -> bool:
    """Checks of amounts with the currency after the number; some are rare, but amounts would be invented."""
    amount, name, quantity = case.amount, case.name, case.amount.quantity
    few = (case.value or 0) < 100 if not case.scaled else quantity is VAGUE
    if few and name[-1:] != "s" and "-" not in case.surface and _COUNTED.match(right):
        return False
    signed = name[-1] in "$€£¥"
    if quantity.is_year and (_OF_YEAR.search(case.left) or (signed and case.left.endswith("the "))):
        return False  # in 1995 dollars; the 2024 $ bond
    if signed and (_DATED.search(case.left) or _THOUSANDS.match(right)):
        return False  # 31 December 2024 £; 2024 £'000
    if quantity is VAGUE and f" {case.left}".endswith((" too ", " how ")):
        return False  # too many dollars in the shops; how many dollars it bought
    if name == "Cent" and case.value == Decimal("0.5"):
        return False  # the rapper
    titled = name.istitle() and name not in ("Dlrs", "Dlr", "Cts")
    if titled and _CAPITAL_NEXT.match(case.around.text, amount.end):
        return False  # two Dollar Tree stores
    before = case.around.text[max(case.around.start, amount.start - 2) : amount.start]
    return not (before[-1:] == "±" or (before[-1:] == "-" and before[:1].isalpha()))
