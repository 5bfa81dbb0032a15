"""Joins amounts with each other and with bare numbers: ranges, changes, lists, compounds.

Each amount becomes one ``M`` in the line of kinds (see ``lexer``); bare numbers stay as they are. The rules
are tried in order at the leftmost place one fits; what no join takes stays a lone amount.

What is shared: in "$1.5 to $2 billion" the scale, in "10 to 15 billion euros" scale and currency. A scale is
shared only where that makes an ascending pair, so "$500 to $1 million" keeps 500, flagged ``scale``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Literal, NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.context import Surroundings
from newsledger.stages.money.grammar import NUMBER, ONE, Amount, Quantity, compatible, read_number
from newsledger.stages.money.lexer import Tokens
from newsledger.stages.money.pair_cues import (
    Change,
    change_before,
    ends_clause,
    follows_from,
    follows_name,
    is_count,
    is_other_number,
    is_spread,
    may_be_range,
    precedes_and,
)
from newsledger.stages.money.spellings import Unit
from newsledger.values import trace

APART = 4
"""From how many times larger on, the second number of "by 5 to 30" is the level reached."""

CLOSE = 2
"""Up to how many times larger the second number of "Harbor 50 to 75 cents" is, for a range."""

_WIDEST = 1000
"""From how many times larger on, the second number of a range may have a wrong scale: rare, but silent."""

FAR_APART = 8
"""From how many times larger on, a pair with no word for a range before it is none."""


class Figure(NamedTuple):
    """A figure before its context is read: one amount, or two joined by a range.

    ``low`` and ``high`` are in major units; both None when vague. ``part`` is "old" or "new" for the two
    figures of "from $3m to $4m", else blank. ``sign`` is set where the verb before "$3 to $10" makes the
    first of them a change.
    """

    rule: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    amount: Amount
    range: bool = False
    flags: tuple[str, ...] = ()
    part: str = ""
    sign: Literal["", "+", "-"] = ""


class _Item(NamedTuple):
    """An amount, or a bare number (``amount`` None), with its place in the text."""

    start: int
    end: int
    quantity: Quantity
    base: Decimal
    amount: Amount | None

    @property
    def scaled(self) -> bool:
        return self.quantity.scale != ONE

    @property
    def value(self) -> Decimal:
        return self.base * self.quantity.scale


class _Case(NamedTuple):
    """What a join is made of: its items, the text between them as kinds, what surrounds them."""

    items: list[_Item]
    link: str
    around: Surroundings


class _Line(NamedTuple):
    """The line with amounts as ``M``; ``items`` holds an amount or a token index for each kind in it."""

    text: str
    items: list[Amount | int]


def figures(tokens: Tokens, amounts: list[Amount], around: Surroundings) -> list[Figure]:
    """The figures of a segment, left to right."""
    if not amounts:
        return []
    line = _contract(tokens, amounts)
    found: list[Figure] = []
    taken: set[int] = set()
    at = 1
    while match := _MAY_BEGIN.search(line.text, at):
        at = match.start() + 2
        for pattern, make in _JOINS:
            tried = pattern.match(line.text, match.start())
            if tried is None or "M" not in tried[0]:
                continue
            items = _items(tried[0], match.start(), line, tokens)
            if not items:
                continue
            case = _Case(items, tried[0], around)
            made = trace.attempt("money", tokens.text, items[0].start, items[-1].end, partial(make, case))
            if made:
                found.extend(made)
                taken.update(id(item.amount) for item in items if item.amount)
                at = tried.end() + 1
                break
    found.extend(lone(amount) for amount in amounts if id(amount) not in taken)
    found.sort(key=lambda figure: figure.start)
    return found


def _contract(tokens: Tokens, amounts: list[Amount]) -> _Line:
    pieces: list[str] = []
    items: list[Amount | int] = []
    at = 0
    for amount in amounts:
        pieces.append(tokens.line[2 * at : 2 * amount.first + 1])
        items.extend(range(at, amount.first))
        pieces.append("M")
        items.append(amount)
        at = amount.last + 1
    pieces.append(tokens.line[2 * at :])
    items.extend(range(at, len(tokens.starts)))
    return _Line("".join(pieces), items)


def _items(matched: str, start: int, line: _Line, tokens: Tokens) -> list[_Item]:
    """The amounts and bare numbers of a match; none where one of them has no value."""
    items: list[_Item] = []
    for piece in _EACH_ITEM.finditer(matched):
        first = line.items[(start + piece.start()) // 2]
        last = line.items[(start + piece.end()) // 2 - 1]
        if isinstance(first, Amount):
            quantity, begin, end, amount = first.quantity, first.start, first.end, first
        else:
            assert isinstance(last, int)
            quantity, amount = read_number(tokens, first, last), None
            begin, end = tokens.starts[first], tokens.ends[last]
        if quantity is None or quantity.base is None:
            return []
        items.append(_Item(begin, end, quantity, quantity.base, amount))
    return items


def lone(amount: Amount) -> Figure:
    """A figure of one amount; a dealer's quotation is a range."""
    low, high = _major(amount.quantity, amount.unit)
    quoted = low is not None and low != high
    flags = amount.quantity.flags if amount.quantity else ()
    return Figure(amount.rule, amount.start, amount.end, low, high, amount.unit, amount, quoted, flags)


def _major(quantity: Quantity | None, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
    """Low and high in major units: 50 cents are 0.5."""
    if quantity is None or quantity.value is None or quantity.high is None:
        return None, None
    if unit.per_major == 1:
        return quantity.value, quantity.high
    return quantity.value / unit.per_major, quantity.high / unit.per_major


def _compound(case: _Case) -> list[Figure] | None:
    """3 dollars 50 cents, three pounds and twenty pence."""
    major, minor = (item.amount for item in case.items)
    if major is None or minor is None or major.unit.per_major != 1 or minor.unit.per_major == 1:
        return None
    if not set(major.unit.candidates) & set(minor.unit.candidates) and minor.unit.family != "dollar":
        return None
    whole, part = case.items[0].value, case.items[1].value / minor.unit.per_major
    if part >= 1 or whole != whole.to_integral_value():
        return None
    unit = major.unit._replace(guard="")
    return [Figure("major and minor", major.start, minor.end, whole + part, whole + part, unit, major)]


def _shared(item: _Item, other: _Item) -> Quantity:
    """The item's quantity with the other's scale where it has none of its own and that is plausible.

    After "ten dollars" no scale can follow: "ten dollars and a thousand dollars" shares none. That is rare,
    but would be out by a factor of thousands.
    """
    if item.amount is not None and item.amount.suffixed:
        return item.quantity
    if item.scaled or not other.scaled or (item.base >= 1000 and item.base >= other.base):
        return item.quantity
    return item.quantity._replace(scale=other.quantity.scale)


def _value(quantity: Quantity) -> Decimal:
    return quantity.value or Decimal(0)


def _figure(rule: str, item: _Item, quantity: Quantity, unit: Unit, source: Amount) -> Figure:
    low, high = _major(quantity, unit)
    return Figure(rule, item.start, item.end, low, high, unit, source, False, quantity.flags)


def _between(case: _Case) -> list[Figure] | None:
    """Between $5 and $7 billion; the two may stand in either order."""
    unit = _pair_unit(case, between=True)
    if unit is None:
        return None
    left, right = case.items
    low, high, flags = _share_thousands(left, right) or _low_and_high(left, right)
    if _value(high) < _value(low):
        low, high = high, low
    return _as_range(case, low, high, unit, flags)


def _range(case: _Case) -> list[Figure] | None:
    """$5 to $7 billion; or, where a verb of change governs them, two figures."""
    unit = _pair_unit(case, between=False)
    if unit is None:
        return None
    left, right = case.items
    dashed = "=" in case.link or ("-" in case.link and "-t" not in case.link)
    low, high, flags = _low_and_high(left, right)
    ticks = _ticks(left, right) if "-" in case.link and "-t" not in case.link else None
    if ticks is not None:
        high = high._replace(base=ticks, top=ticks)
    change = Change("") if dashed or "_r_" in case.link else change_before(case.around, left.start)
    if not change.link:
        low, high, flags = _share_thousands(left, right) or (low, high, flags)
    if not dashed and "_r_" not in case.link:
        if _is_change(case, change, low, high):
            if right.amount is None and not ends_clause(case.around, right.end):
                return None  # $14 billion to 5.3 million poor students: rare, but a count would become money
            return _as_change(case, change, low, high, unit, flags)
        if _value(high) < _value(low):
            low, high = high, low
    return _as_range(case, low, high, unit, flags)


def _pair_unit(case: _Case, *, between: bool) -> Unit | None:
    """The currency of a pair of which at least one has one; None where the pair is none."""
    left, right = case.items
    around = case.around
    if left.amount and right.amount:
        if left.amount.unit.per_major != right.amount.unit.per_major:
            return None
        return compatible(left.amount.unit, right.amount.unit)
    if right.amount:
        if not right.amount.suffixed or is_other_number(around, left.start, left.quantity):
            return None
        close = "_t_" in case.link and 1 < right.base / (left.base or ONE) <= CLOSE
        if not close and follows_name(around, left.start):
            return None
        if "_r_" in case.link and (left.scaled or not left.quantity.plain):
            return None  # "30.9 billion or 4.5 billion dlrs": one amount in two currencies
        return right.amount.unit
    assert left.amount is not None
    tight = "_" not in case.link and "=" not in case.link
    if is_count(around, right.end, scaled=right.scaled) or (left.amount.suffixed and not right.scaled):
        return None
    if not (right.scaled or between or tight or ends_clause(around, right.end)):
        return None
    return left.amount.unit


def _low_and_high(left: _Item, right: _Item) -> tuple[Quantity, Quantity, tuple[str, ...]]:
    """Both quantities with what they share, and flags where the scale of the first is in doubt."""
    low = _shared(left, right)
    high = _shared(right, left) if left.amount and not right.amount else right.quantity
    if left.value < _value(high) <= _value(low) and low.scale != left.quantity.scale:
        # "$500 to $1 million" may mean 500 thousand; from a thousand on, it is taken as written.
        return left.quantity, high, ("scale",) if Decimal(100) <= left.value < 1000 else ()
    return low, high, ()


def _share_thousands(left: _Item, right: _Item) -> tuple[Quantity, Quantity, tuple[str, ...]] | None:
    """The ends of "$70-90,000" or "$2-300,000", whose first number shares the zeros of the second; flagged
    where both have a sign ("$70-$90,000"), for then the first may be as written; None for other pairs.

    Rare, but the lower end would be out by a factor of thousands.
    """
    if left.scaled or right.scaled or not left.quantity.plain or right.quantity.plain or not left.base:
        return None
    for zeros in (1000, 100_000):
        times = right.base / (left.base * zeros)
        if right.base % zeros == 0 and left.base < 1000 and 1 < times < _SHARED_ZEROS:
            signed = left.amount is not None and right.amount is not None
            if signed and times > CLOSE:
                return left.quantity, right.quantity, ("scale",)
            shared = left.quantity._replace(base=left.base * zeros, top=left.base * zeros, plain=False)
            return shared, right.quantity, ("scale",) if signed else ()
    return None


_SHARED_ZEROS = 10
"""Up to how many times larger the second number of a pair is that shares its zeros with the first."""


def _ticks(left: _Item, right: _Item) -> Decimal | None:
    """The second price of a dealer's range that gives only the last digits: 1.7770-80 is 1.7780.

    Rare, but 1.7770 to 80 would be out by a factor of 45.
    """
    if not right.quantity.plain or left.scaled or right.scaled:
        return None
    decimals = -int(left.base.as_tuple().exponent)
    last = str(int(right.base))
    if decimals < 2 or len(last) > decimals or left.base > 1000:
        return None
    value = Decimal(str(left.base)[: -len(last)] + last)
    return value if value > left.base else None


def _is_change(case: _Case, change: Change, low: Quantity, high: Quantity) -> bool:
    """Whether "A to B" are an old and a new figure, or by how much and to what, rather than a range."""
    left, link = case.items[0], change.link
    apart = _value(high) / _value(low) if _value(low) > 0 else Decimal(0)
    if apart < APART and (link == "raise" or (link == "by" and left.amount is None)):
        link = ""  # "by 5 to 10 million" is a range
    loose = link in ("by", "") and left.amount is None
    if loose and is_spread(case.around, left.start, case.items[1].end, apart):
        return False  # rare, but 0.19 would be a level
    if link or _value(low) >= _value(high):
        return True
    return left.amount is not None and apart > FAR_APART and not may_be_range(case.around, left.start, apart)


def _as_change(
    case: _Case, change: Change, low: Quantity, high: Quantity, unit: Unit, flags: tuple[str, ...]
) -> list[Figure]:
    left, right = case.items
    source = right.amount or left.amount
    assert source is not None
    shared = _shared(left, right)
    if shared.base is not None and shared.base < 100:
        low, flags = shared, ()  # "cut from $5 to $3 billion"
    from_ = change.link == "from" or follows_from(case.around, left.start)
    old = _figure("change from" if from_ else "change by", left, low, unit, left.amount or source)
    new = _figure("change to", right, high, unit, source)
    return [
        old._replace(
            flags=old.flags + flags,
            part="old" if from_ else "",
            sign="" if from_ else change.sign,
        ),
        new._replace(part="new" if from_ else ""),
    ]


def _as_range(
    case: _Case, low: Quantity, high: Quantity, unit: Unit, flags: tuple[str, ...]
) -> list[Figure] | None:
    left, right = case.items
    source = right.amount or left.amount
    if source is None or _value(low) >= _value(high):
        return None
    bottom, top = _major(low, unit)[0], _major(high, unit)[1]
    if bottom and top and top > _WIDEST * bottom:
        flags = ("scale",)  # $900M-1000B
    merged = tuple(dict.fromkeys(low.flags + high.flags + flags))
    return [Figure("range", left.start, right.end, bottom, top, unit, source, True, merged)]


def _list(case: _Case) -> list[Figure] | None:
    """$5, $6 and $7 million: each its own figure, the last scale shared; bare numbers borrow the currency.

    Amounts that share a scale are rare, but each would be out by a factor of thousands.
    """
    *firsts, last = case.items
    if len(firsts) == 1 and firsts[0].amount is None and "_r_" in case.link:
        return _range(case)  # two or three million dollars
    if last.amount is None:
        return None
    unit = last.amount.unit
    found = []
    for item in firsts:
        if item.amount is None:
            if not _may_borrow(item, last.amount, case.around):
                return None
            found.append(_figure("list, shared currency", item, _shared(item, last), unit, last.amount))
            continue
        other = item.amount.unit
        if item.amount.suffixed or not last.scaled or (last.amount.suffixed and last.base == ONE):
            return None  # $5 and a million dollars
        if item.scaled or other.per_major != unit.per_major:
            return None
        if compatible(other, unit) is None or item.base >= 1000 or int(item.base.as_tuple().exponent) == -2:
            return None
        found.append(_figure("list, shared scale", item, _shared(item, last), other, item.amount))
    return [*found, _figure(found[0].rule, last, last.quantity, unit, last.amount)]


def _may_borrow(item: _Item, amount: Amount, around: Surroundings) -> bool:
    """Whether a bare number of a list is money: "2.1 billion and 1.7 billion dlrs", "1,000 and 10,000
    ECUs"."""
    if not amount.suffixed or is_other_number(around, item.start, item.quantity):
        return False
    if amount.unit.per_major != 1 or not precedes_and(around, item.end):
        return False
    return item.scaled or not item.quantity.plain


_X = rf"(?:M|{NUMBER})"
_EACH_ITEM = lazy_regex(_X)
_JOINS: tuple[tuple[re.Pattern[str], Callable[[_Case], list[Figure] | None]], ...] = (
    (lazy_regex(r"M(?:_&_|[_,])M"), _compound),
    (lazy_regex(rf"b_{_X}(?:_&_|_t_|[-=]){_X}"), _between),
    (lazy_regex(rf"{_X}(?:_t_|-t[-_]|[-=]){_X}"), _range),
    (lazy_regex(rf"{_X}(?:,{_X}){{0,8}}(?:[_,][&r]_){_X}"), _list),
)
"""Patterns over the line with amounts as ``M``, and what makes figures of a match, or declines; tried in
order."""
_MAY_BEGIN = lazy_regex("[Mb9wahf]")
"""What a join begins with: an amount, "between", a number."""
