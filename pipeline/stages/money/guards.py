"""Checks that an amount is money: what the same words also mean.

Each guard takes the `Case` and says whether it is money; a unit names its guard in ``units``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from pipeline.stages.money import phrases
from pipeline.stages.money.context import Surroundings, is_year
from pipeline.stages.money.currencies import Unit
from pipeline.stages.money.grammar import Amount

_NOTE = re.compile(r"[\s-]+(?:(?:bank)?notes?|coins?|gold coins?|silver coins?|commemorative coins?)\b")
_BILL = re.compile(r"[\s-]+bills?\b")
_BILLS = frozenset(map(Decimal, (1, 2, 5, 10, 20, 50, 100, 500, 1000)))
_IDIOM = re.compile(phrases.IDIOMS_RIGHT)
_EURO_AREA = re.compile(
    r"[\s-]+(?:zone|area|bloc|countries|country|members?|nations?|states?|standards?|ncap)\b"
)
_WEIGHT_AFTER = re.compile(
    r"\s+in weight\b|\s*(?:\(\s*[\d.,]+\s*(?:kg|kilograms?|kilos?|tonnes?|tons?)|\s+(?:per (?:square|acre)|overweight|heavier|lighter|each way))"
    r"|[\s-]+(?:bags?|baby|babies|bombs?|boy|girl|man|woman|dog|bird|fish|weight|sack|sacks|rock|stone|shell|turkey|class|puppy|"
    r"test|thrust|catch|block|blocks|box|boxes|capacity)\b"
)
_WEIGHT_BEFORE = re.compile(
    r"\b(?:weigh(?:s|ed|ing|t)?|gained|lifted|carry|carrying|carries|packing|lose|losing|shed|shedding|harvest\w*|seized|heav\w+)\b[^.]{0,25}\Z"
)
_OF = re.compile(
    r"\s+of\s+(?:the\s+|its\s+|their\s+|new\s+|public\s+|uk\s+|government\s+|state\s+|extra\s+)*([a-z]+)"
)
_MONEY_NOUNS = frozenset(
    """aid funding debt debts investment investments money cash damage taxpayers taxpayer savings losses loans loan sales
    revenue spending support fraud credit compensation tax taxes assets stock shares equity income profit profits costs cuts
    help benefits budget grants grant lottery value business orders bonds fines claims""".split()
)
_BOND = re.compile(
    r"\s+(?:straight\s+|convertible\s+)?(?:bonds?|eurobonds?|issues?|loans?|deals?|notes?|deposits?|contracts?|futures|denominated)\b"
)
_CAPITAL_NEXT = re.compile(r"[ -][A-Z][a-z]")
_RATE_OF_EXCHANGE = re.compile(
    r"\s+(?:per|to the|to one|against the|a)\s+(?:u\.s\.\s+|australian\s+)?(?:dollar|dlr|pound|euro)\b"
)
_IN_YEAR = re.compile(r"\b(?:in|constant|of|real|inflation-adjusted|at|to)\s+\Z")


class Case(NamedTuple):
    """An amount with its text; ``supported`` tells whether the article speaks of the currency elsewhere."""

    amount: Amount
    around: Surroundings
    value: Decimal | None
    supported: Callable[[], bool]

    @property
    def text(self) -> str:
        return self.around.text

    def left(self) -> str:
        return self.around.left(self.amount.start)

    def right(self) -> str:
        return self.around.right(self.amount.end)

    def surface(self) -> str:
        return self.text[self.amount.start : self.amount.end]

    def name(self) -> str:
        """The last word of the surface, the currency's name where it follows the number."""
        return self.surface().split()[-1].rpartition("-")[2]

    def sizeable(self) -> bool:
        """Whether the number is written like an amount: a scale, a grouped number, two decimals."""
        quantity = self.amount.quantity
        if quantity is None or quantity.base is None:
            return True
        decimals = -int(quantity.base.as_tuple().exponent)
        return quantity.scale != 1 or (not quantity.plain and (quantity.base >= 1000 or decimals == 2))


def _spelled_scale(case: Case) -> bool:
    """Whether a scale word stands before the name, not a letter (256K)."""
    quantity = case.amount.quantity
    return quantity is None or (quantity.scale != 1 and not re.search(r"\d[kKmMbBtTL]\b", case.surface()))


def _lower(case: Case) -> bool:
    """Written in lower case, or with a number that is plainly an amount."""
    return case.name()[:1].islower() or case.sizeable()


def _word(case: Case) -> bool:
    """A currency's name that is an English word ("won", "marks", "real")."""
    right = case.right()
    if re.match(r"\s+(?:estate|time|life|world)\b|\s+by\b", right):
        return False
    name = case.name()
    if name.isupper() and len(name) > 2 and not case.surface().isupper():
        return False  # DRAM
    if _spelled_scale(case):
        return True
    if name.lower() == "won" and (case.value or 0) < 100:
        return False  # three won games
    if _RATE_OF_EXCHANGE.match(right):
        return True
    if (
        case.value is not None
        and case.value != case.value.to_integral_value()
        and case.amount.unit.per_major == 1
    ):
        return True
    return case.supported()


def _weight(case: Case) -> bool:
    """Pounds of money, not of weight."""
    left, right = case.left(), case.right()
    if _WEIGHT_AFTER.match(right) or _WEIGHT_BEFORE.search(left):
        return False
    of = _OF.match(right)
    if of and of[1] not in _MONEY_NOUNS:
        return False
    quantity = case.amount.quantity
    if quantity is None or quantity.scale != 1:
        return True
    if re.search(r"£|GBP|sterling|\bstg\b|\bpence\b", case.text):
        return True
    if case.name().lower() == "pound" and re.match(r"[\s-]+[a-z]", right):
        return False
    if re.search(r"\$|\bdlrs?\b|\b(?:kg|kilos?|kilograms|lbs|tons|tonnes)\b", case.text):
        return False
    return True


def _letters(case: Case) -> bool:
    """Letters and codes that also mean other things: ``R5 million``, not ``R5``."""
    surface = case.surface()
    if case.text[max(0, case.amount.start - 1) : case.amount.start] in ("-", "/", ".", "&", "'", "’"):
        return False
    return case.sizeable() or (case.supported() and not surface[:1].islower())


def _one_letter(case: Case) -> bool:
    """``K5 million`` in an article on Zambia; not Y2K."""
    return case.sizeable() and case.supported() and not re.search(r"\d[kK]\b", case.surface())


def _page(case: Case) -> bool:
    """``20p``, not the p of a page, of video or of p.m."""
    if re.match(r"\.?m\b|\.m\.|\w", case.right()):
        return False
    return case.value is None or case.value * 100 not in (240, 360, 480, 720, 1080, 1440, 2160, 4320)


def _degree(case: Case) -> bool:
    """``10c`` is cents where a price stands about."""
    right = case.right()
    if re.match(r"\s*(?:/|a\s|per\s|an\s)", right):
        return True
    return any(sign in case.text for sign in "$€") and not re.match(r"\w", right)


def _name_first(case: Case) -> bool:
    """A name before its number: "ringgit 42", not "the pound 5 percent lower" or "Euro 2004"."""
    before = case.left().split()
    if before and before[-1] in ("the", "a", "an", "its", "this", "of", "in", "against", "and", "per"):
        return False
    right = case.right()
    if re.match(
        r"\s*(?:%|percent|per cent|pct|points?|times|years?|st\b|nd\b|rd\b|th\b)|\s*[/-]\d|\w", right
    ):
        return False
    quantity = case.amount.quantity
    name = case.surface().split()[0].lower()
    if (
        case.surface()[0].isupper()
        and name.islower()
        and " " not in case.surface().strip()
        and not case.surface().isupper()
    ):
        return False
    if quantity is not None and quantity.scale != 1:
        return name not in ("won", "real", "mark", "marks", "crown", "sterling")
    if quantity is None or is_year(quantity):
        return False
    if not quantity.plain and name.islower() and before and before[-1] in ("at", "to", "of", "for", "from"):
        return True
    singular = name in (
        "euro dollar pound franc mark crown yen won real sterling peso buck bucks quid dinar krona krone rand punt lira".split()
    )
    return not singular and bool(
        re.match(r"\s*(?:[.,;:)!?]|\Z)|\s+(?:per|a|an|for|from|to|in|on|each|and|or)\b", right)
    )


def _one(case: Case) -> bool:
    """ "a dollar" as an amount: before a full stop, "and 42 cents", or "a day"."""
    left, right = case.left(), case.right()
    if re.search(
        r"(?:\d\S*|million|billion|bn|mln|cents?|cts|pence|dlrs|dollars|against|per)\s+\Z|cents? (?:of|on|to|in)\s+\Z",
        left,
    ):
        return False
    if case.text[case.amount.start].isupper() and len(case.text) > 20:
        return False
    if case.surface().split()[-1].lower() in (
        "penny",
        "cent",
        "euro",
        "pound",
        "mark",
        "crown",
        "real",
        "buck",
    ):
        return False
    return bool(
        re.match(
            r"\s*\Z|\s*[.!?]|\s+(?:a|an|per)\s+(?:day|week|month|year|hour|gallon|share|pound|barrel|head|person)\b|\s+and\s+[\w-]+(?:\s+|-)cents",
            right,
        )
    )


def _coin(case: Case) -> bool:
    """Bitcoins, not bitcoin transactions."""
    return case.name()[-1:] == "s" or not re.match(
        r"\s+(?:transactions?|miners?|mining|atms?|address\w*|users?|wallets?|network|blocks?|investors?|exchanges?|accounts?)\b",
        case.right(),
    )


def _whole(case: Case) -> bool:
    """The last word of a longer name, alone ("rights", "units"): no money."""
    return False


GUARDS: dict[str, Callable[[Case], bool]] = {
    "lower": _lower,
    "word": _word,
    "weight": _weight,
    "letters": _letters,
    "one letter": _one_letter,
    "page": _page,
    "degree": _degree,
    "name first": _name_first,
    "one": _one,
    "coin": _coin,
    "whole": _whole,
}


def why_not(unit: Unit) -> str:
    """What to say of an amount of this unit that is no money.

    >>> from pipeline.stages.money.currencies import unit
    >>> why_not(unit("$"))
    'the words around it say that it is no money'
    """
    guard = GUARDS.get(unit.guard) if unit.guard else None
    said = " ".join((guard.__doc__ or "").split()).split(". ")[0] if guard else ""
    said = said.rstrip(".").replace("``", "")
    return f"it fails the check: {said}" if said else "the words around it say that it is no money"


def is_money(case: Case) -> bool:
    """Whether an amount is money, by what every amount must pass and by its unit's own guard."""
    right = case.right()
    amount = case.amount
    quantity = amount.quantity
    value = case.value
    if quantity is not None and quantity.scale == 1:
        if value is not None and _NOTE.match(right) and value <= 10000:
            return False
        if value in _BILLS and _BILL.match(right):
            return False
        if amount.suffixed and is_year(quantity) and _IN_YEAR.search(case.left()):
            return False
    if _IDIOM.match(right) and (case.left().endswith("the ") or "-" in case.surface()):
        return False
    if amount.suffixed:
        word = case.name()
        if (
            quantity is not None
            and quantity.scale == 1
            and (value or 0) < 100
            and word[-1:] not in "s$"
            and "-" not in case.surface()
            and _BOND.match(right)
        ):
            return False  # "one Australian dollar bond"
        if word.lower() == "euro" and _EURO_AREA.match(right):
            return False
        if (
            word[:1].isupper()
            and word[1:].islower()
            and word not in ("Dlrs", "Dlr", "Cts")
            and _CAPITAL_NEXT.match(case.text, amount.end)
        ):
            return False
        if word == "Cent" and value == Decimal("0.5"):
            return False  # the rapper
        before = case.text[max(case.around.start, amount.start - 2) : amount.start]
        if before[-1:] in ("#", "_", "±") or (before[-1:] == "-" and before[:1].isalpha()):
            return False
    if re.match(r"\d|[.,]\d", case.text[amount.end : amount.end + 2]):
        return False
    if (
        not amount.suffixed
        and re.match(r"(?:st|nd|rd|th|s)\b|['’]s\b", right)
        and not right.startswith(("'s", "’s"))
    ):
        return False
    return GUARDS[amount.unit.guard](case) if amount.unit.guard else True
