"""Joins amounts with each other and with bare numbers: ranges, changes, lists, compounds.

The line of kinds (see ``lexer``) is written anew with each amount as one ``M``; bare numbers stay as they
are. The rules are tried in order at the leftmost place one fits; what no join takes stays a lone amount.

What is shared: in "$1.5 to $2 billion" the scale, in "10 to 15 billion euros" scale and currency. A scale is
shared only where that makes an ascending pair, so "$500 to $1 million" keeps 500, flagged ``scale``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipeline.stages.money.context import Surroundings
from pipeline.stages.money.currencies import Unit
from pipeline.stages.money.grammar import NUMBER, ONE, Amount, compatible, read
from pipeline.stages.money.lexer import Tokens
from pipeline.stages.money.quantities import Quantity


class Found(NamedTuple):
    """A figure before its context is read: one amount, or two joined by a range.

    ``low`` and ``high`` are in major units; both None when vague. ``part`` is "old" or "new" for the two
    figures of "from $3m to $4m", else blank. ``bare`` tells a number that borrowed its currency.
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


class _Item(NamedTuple):
    """An amount or a bare number with its place in the text."""

    start: int
    end: int
    quantity: Quantity | None
    amount: Amount | None


_FAR = 80
_X = rf"(?:M|{NUMBER})"
_TO = r"(?:_t_|-t-|[-=])"
_JOINS: tuple[tuple[str, str], ...] = (
    ("compound", r"M(?:_&_|[_,])M"),
    ("between", rf"b_{_X}(?:_&_|_t_|[-=]){_X}"),
    ("range", rf"{_X}{_TO}{_X}"),
    ("list", rf"{_X}(?:,{_X})*(?:[_,][&r]_){_X}"),
)
"""The joins in the order they are tried: name and pattern."""
_ANY_JOIN = re.compile("|".join(pattern for _, pattern in _JOINS))
_COMPILED = [(name, re.compile(pattern)) for name, pattern in _JOINS]


class _Line(NamedTuple):
    """The line with amounts as ``M``; ``items`` holds an amount or a token index for each kind in it."""

    text: str
    items: list[Amount | int]


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


def figures(tokens: Tokens, amounts: list[Amount], around: Surroundings) -> list[Found]:
    """The figures of a segment, left to right."""
    if not amounts:
        return []
    line = _contract(tokens, amounts)
    found: list[Found] = []
    taken: set[int] = set()
    changed: int | None = None  # where the last change ended
    at = 1
    while match := _ANY_JOIN.search(line.text, at):
        at = match.start() + 2
        if "M" not in line.text[match.start() : match.start() + _FAR]:
            continue
        for name, pattern in _COMPILED:
            tried = pattern.match(line.text, match.start())
            made = _join(name, tried, line, tokens, around, changed) if tried and "M" in tried[0] else None
            if tried and made:
                found.extend(made[0])
                taken.update(made[1])
                changed = found[-1].end if found[-1].rule == "change to" else None
                at = tried.end() + 1
                break
    for amount in amounts:
        if id(amount) not in taken:
            found.append(_old_pounds(lone(amount), around))
    found.sort(key=lambda figure: figure.start)
    return found


def lone(amount: Amount) -> Found:
    """A figure of one amount; a dealer's quotation is a range."""
    low, high = _major(amount.quantity, amount.unit)
    quoted = low is not None and low != high
    flags = amount.quantity.flags if amount.quantity else ()
    return Found(amount.rule, amount.start, amount.end, low, high, amount.unit, amount, quoted, flags)


_SHILLINGS = re.compile(r"[ ,]\s?(\d{1,2})s(?:[. ]\s?(\d{1,2})d)?(?!\w)")


def _old_pounds(figure: Found, around: Surroundings) -> Found:
    """Add the shillings and pence of old money: £1 2s 6d."""
    if "GBP" not in figure.unit.candidates or figure.low is None or figure.low != figure.high:
        return figure
    match = _SHILLINGS.match(around.text, figure.end, around.end)
    if match is None or int(match[1]) >= 20 or int(match[2] or 0) >= 12:
        return figure
    value = figure.low + Decimal(match[1]) / 20 + Decimal(match[2] or 0) / 240
    return figure._replace(rule="pounds shillings pence", end=match.end(), low=value, high=value)


def _major(quantity: Quantity | None, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
    if quantity is None or quantity.value is None:
        return None, None
    if unit.per_major == 1:
        return quantity.value, quantity.high
    assert quantity.high is not None
    return quantity.value / unit.per_major, quantity.high / unit.per_major


def _join(
    name: str, match: re.Match[str], line: _Line, tokens: Tokens, around: Surroundings, after: int | None
) -> tuple[list[Found], set[int]] | None:
    items = _items(match[0], match.start(), line, tokens)
    if items is None:
        return None
    if name == "compound":
        made = _compound(items)
    elif name == "list" and not (len(items) == 2 and items[0].amount is None and "_r_" in match[0]):
        made = _list(items, around)
    else:
        made = _range(items, around, between=name == "between", link=match[0], after=after)
    return None if made is None else (made, {id(item.amount) for item in items if item.amount})


def _items(matched: str, start: int, line: _Line, tokens: Tokens) -> list[_Item] | None:
    """The amounts and bare numbers of a match."""
    items: list[_Item] = []
    for piece in re.finditer(rf"M|{NUMBER}", matched):
        if piece.start() % 2:
            continue
        first = line.items[(start + piece.start()) // 2]
        last = line.items[(start + piece.end()) // 2 - 1]
        if isinstance(first, Amount):
            items.append(_Item(first.start, first.end, first.quantity, first))
        elif isinstance(last, int):
            quantity = read(tokens, first, last)
            if quantity is None or quantity.value is None:
                return None
            items.append(_Item(tokens.starts[first], tokens.ends[last], quantity, None))
    if any(item.quantity is None or item.quantity.value is None for item in items):
        return None
    return items


def _compound(items: list[_Item]) -> list[Found] | None:
    """3 dollars 50 cents, three pounds and twenty pence."""
    major, minor = items[0].amount, items[1].amount
    if major is None or minor is None or major.unit.per_major != 1 or minor.unit.per_major == 1:
        return None
    if not set(major.unit.candidates) & set(minor.unit.candidates) and minor.unit.family != "dollar":
        return None
    low, high = _major(major.quantity, major.unit)
    low_minor, _ = _major(minor.quantity, minor.unit)
    if low is None or high is None or low_minor is None or low_minor >= 1 or low != low.to_integral_value():
        return None
    value = low + low_minor
    unit = major.unit._replace(guard="")
    return [Found("major and minor", major.start, minor.end, value, value, unit, major)]


def _shared(item: _Item, other: Quantity) -> Quantity:
    """The item's quantity with the other's scale where it has none of its own and that is plausible."""
    quantity = item.quantity
    assert quantity is not None and quantity.base is not None and other.base is not None
    if quantity.scale != ONE or other.scale == ONE or (quantity.base >= 1000 and quantity.base >= other.base):
        return quantity
    return quantity._replace(scale=other.scale)


def _figure(
    rule: str,
    item: _Item,
    quantity: Quantity,
    unit: Unit,
    source: Amount,
    flags: tuple[str, ...] = (),
    part: str = "",
) -> Found:
    low, high = _major(quantity, unit)
    return Found(rule, item.start, item.end, low, high, unit, source, False, quantity.flags + flags, part)


def _ticks(left: Quantity, right: Quantity) -> Decimal | None:
    """The second price of a dealer's range that gives only the last digits: 1.7770-80 is 1.7780."""
    if left.base is None or right.base is None or not right.plain or left.scale != ONE or right.scale != ONE:
        return None
    decimals = -int(left.base.as_tuple().exponent)
    digits = len(str(int(right.base)))
    if decimals < 2 or digits > decimals or left.base > 1000 or right.base <= left.base:
        return None
    whole = str(left.base)
    value = Decimal(whole[: len(whole) - digits] + str(int(right.base)))
    return value if value > left.base else None


def _range(
    items: list[_Item], around: Surroundings, *, between: bool, link: str, after: int | None
) -> list[Found] | None:
    left, right = items
    if left.quantity is None or right.quantity is None:
        return None
    source = right.amount or left.amount
    assert source is not None
    if left.amount and right.amount:
        unit = compatible(left.amount.unit, right.amount.unit)
        if unit is None or left.amount.unit.per_major != right.amount.unit.per_major:
            return None
    elif left.amount is None:
        if not right.amount or not right.amount.suffixed or around.is_other_number(left.start, left.quantity):
            return None
        unit = right.amount.unit
    else:
        unit = left.amount.unit
        bare_scale = right.quantity.scale != ONE
        tight = "_" not in link and "=" not in link
        if around.counts_something(right.end, scaled=bare_scale) or not (
            bare_scale or between or tight or around.ends_clause(right.end)
        ):
            return None
        if left.amount.suffixed and not bare_scale:
            return None
    if "_r_" in link and (left.quantity.scale != ONE or not left.quantity.plain):
        return None  # "30.9 billion or 4.5 billion dlrs": one amount in two currencies
    low = _shared(left, right.quantity)
    high = _shared(right, left.quantity) if left.amount and not right.amount else right.quantity
    assert low.value is not None and high.value is not None
    ticks = _ticks(left.quantity, right.quantity) if "-" in link and "-t-" not in link else None
    if ticks is not None:
        high = right.quantity._replace(base=ticks, top=ticks)
    flags: tuple[str, ...] = ()
    plain = left.quantity.value
    if (
        low.value >= high.value
        and plain is not None
        and plain < high.value
        and low.scale != left.quantity.scale
    ):
        low = left.quantity
        # "$500 to $1 million" may mean 500 thousand; from a thousand on, the number speaks for itself.
        flags = ("scale",) if Decimal(100) <= plain < 1000 else ()
    dash = ("-" in link and "-t-" not in link) or "=" in link
    if not between and not dash and "_r_" not in link:
        changed = around.is_change(left.start)
        assert low.value is not None and high.value is not None
        apart = high.value / low.value if low.value > 0 else Decimal(0)
        if changed in ("by", "raise"):
            # "by 5 to 10 million" is a range: one scale for both, or one currency, and not far apart.
            shares = left.amount is None or (left.quantity.scale == ONE and right.quantity.scale != ONE)
            if apart < 4 and (changed == "raise" or (shares and around.says_by(left.start))):
                changed = ""
        if not changed and after is not None and around.follows_change(after, left.start):
            changed = "from"
        if not changed and left.amount and apart > 8 and not around.may_be_range(left.start, apart):
            changed = "by"
        if changed or low.value >= high.value:
            shared = _shared(left, right.quantity)
            if shared.base is not None and shared.base < 100:
                low, flags = shared, ()  # "cut from $5 to $3 billion"
            old = around.is_from(left.start)
            return [
                _figure(
                    "change from" if old else "change by",
                    left,
                    low,
                    unit,
                    left.amount or source,
                    flags,
                    "old" if old else "",
                ),
                _figure("change to", right, high, unit, source, (), "new" if old else ""),
            ]
    assert low.value is not None and high.value is not None
    if between and high.value < low.value:
        low, high = high, low
    if low.value >= high.value:
        return None
    if "=" in link and around.goes_on_comparing(right.end):
        return None
    low_major, _ = _major(low, unit)
    _, high_major = _major(high, unit)
    merged = tuple(dict.fromkeys(low.flags + high.flags + flags))
    return [Found("range", left.start, right.end, low_major, high_major, unit, source, True, merged)]


def _list(items: list[_Item], around: Surroundings) -> list[Found] | None:
    """$5, $6 and $7 million: each its own figure, the last scale shared. Bare numbers borrow the currency too."""
    last = items[-1]
    if last.amount is None or last.quantity is None or last.quantity.value is None:
        return None
    unit = last.amount.unit
    found = []
    for item in items[:-1]:
        quantity = item.quantity
        if quantity is None or quantity.base is None:
            return None
        if item.amount is None:
            if not _may_borrow(item, quantity, last, around):
                return None
            found.append(
                _figure("list, shared currency", item, _shared(item, last.quantity), unit, last.amount)
            )
            continue
        other = item.amount.unit
        if last.quantity.scale == ONE or quantity.scale != ONE or other.per_major != unit.per_major:
            return None
        if (
            compatible(other, unit) is None
            or quantity.base >= 1000
            or int(quantity.base.as_tuple().exponent) == -2
        ):
            return None
        found.append(_figure("list, shared scale", item, _shared(item, last.quantity), other, item.amount))
    rule = found[0].rule if found else last.amount.rule
    return [*found, _figure(rule, last, last.quantity, unit, last.amount)]


def _may_borrow(item: _Item, quantity: Quantity, last: _Item, around: Surroundings) -> bool:
    """Whether a bare number of a list is money: "2.1 billion and 1.7 billion dlrs", "1,000 and 10,000 ECUs"."""
    if last.amount is None or not last.amount.suffixed or last.amount.unit.per_major != 1:
        return False
    if around.is_other_number(item.start, quantity) or not around.joined_by_and(item.end):
        return False
    if quantity.scale != ONE or not quantity.plain:
        return True
    return around.right(last.end).lstrip(" ,").startswith("respectively")
