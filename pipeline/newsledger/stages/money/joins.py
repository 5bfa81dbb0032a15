"""Combines amounts with each other and with bare numbers: ranges, changes, lists, compounds.

Each amount becomes a row of ``M`` in the line of kinds (see ``lexer``); bare numbers stay as they are. The
rules are tried in order at the leftmost place one fits; what no join takes stays a lone amount.

What is shared: in "$1.5 to $2 billion" the scale, in "10 to 15 billion euros" scale and currency. A scale is
shared only where that makes an ascending pair, so "$500 to $1 million" keeps 500, flagged ``scale``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Literal, NamedTuple

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.context import OPENING, WINDOW, Surroundings
from newsledger.stages.money.grammar import NUMBER, ONE, Amount, Quantity, compatible, decimals, read_number
from newsledger.stages.money.lexer import Tokens
from newsledger.stages.money.phrases import CHANGE_VERBS, DOWN_BY, UP_BY, WORDS
from newsledger.stages.money.spellings import Unit
from newsledger.values import trace

APART = 4
"""From how many times larger on, the second number of "by 5 to 30" is the level reached."""

_WIDEST = 1000
"""From how many times larger on, the second number of a range may have a wrong scale: rare, but silent."""

_FAR_MORE = 10
"""From how many times the last number of a list on, another one of it does not share its scale."""

_SHARED_ZEROS = 10
"""Up to how many times larger the second number of a pair is that shares its zeros with the first."""

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
        return self.quantity.scaled

    @property
    def value(self) -> Decimal:
        return self.base * self.quantity.scale


class _Case(NamedTuple):
    """What a join is made of: its items, the text between them as kinds, what surrounds them."""

    items: list[_Item]
    link: str
    around: Surroundings

    @property
    def dashed(self) -> bool:
        return "=" in self.link or ("-" in self.link and "-t" not in self.link)

    @property
    def alternative(self) -> bool:
        """Whether "or" stands between the items."""
        return "_r_" in self.link

    @property
    def source(self) -> Amount:
        """The amount that gives the currency."""
        amount = self.items[-1].amount or self.items[0].amount
        assert amount is not None
        return amount


def figures(tokens: Tokens, amounts: list[Amount], around: Surroundings) -> list[Figure]:
    """The figures of a segment, left to right."""
    if not amounts:
        return []
    kinds = list(tokens.line)
    for amount in amounts:
        first, end = 2 * amount.first + 1, 2 * amount.last + 2
        kinds[first:end] = "M" * (end - first)
    line = "".join(kinds)
    begun = {amount.first: amount for amount in amounts}
    found: list[Figure] = []
    at = 1
    while match := _MAY_BEGIN.search(line, at):
        at = match.start() + 2
        for pattern, make in _JOINS:
            tried = pattern.match(line, match.start())
            items = _items(tried, begun, tokens) if tried and "M" in tried[0] else []
            if not tried or not items:
                continue
            case = _Case(items, tried[0], around)
            made = trace.attempt("money", tokens.text, items[0].start, items[-1].end, partial(make, case))
            if made:
                found.extend(made)
                for item in items:
                    begun.pop(item.amount.first if item.amount else -1, None)
                at = tried.end() + 1
                break
    found.extend(map(lone, begun.values()))
    return sorted(found, key=lambda figure: figure.start)


def _items(match: re.Match[str], begun: dict[int, Amount], tokens: Tokens) -> list[_Item]:
    """The amounts and bare numbers of a match; none where one of them has no value."""
    items: list[_Item] = []
    for piece in _EACH_ITEM.finditer(match.string, *match.span()):
        first, last = piece.start() // 2, piece.end() // 2 - 1
        amount = begun[first] if piece[0][0] == "M" else None
        quantity = amount.quantity if amount else read_number(tokens, first, last)
        if quantity is None or quantity.base is None:
            return []
        start, end = (amount.start, amount.end) if amount else (tokens.starts[first], tokens.ends[last])
        items.append(_Item(start, end, quantity, quantity.base, amount))
    return items


def lone(amount: Amount) -> Figure:
    """A figure of one amount; a dealer's quotation is a range."""
    low, high = _major(amount.quantity, amount.unit)
    quoted = low is not None and low != high
    flags = amount.quantity.flags
    return Figure(amount.rule, amount.start, amount.end, low, high, amount.unit, amount, quoted, flags)


def _major(quantity: Quantity, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
    """Low and high in major units: 50 cents are 0.5."""
    if quantity.value is None or quantity.high is None:
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


class _Ends(NamedTuple):
    """The two quantities of a pair with what they share, and flags where a scale is in doubt."""

    low: Quantity
    high: Quantity
    flags: tuple[str, ...] = ()

    def ascending(self) -> _Ends:
        """The smaller one first."""
        return self._replace(low=self.high, high=self.low) if _value(self.high) < _value(self.low) else self


def _figure(rule: str, item: _Item, quantity: Quantity, unit: Unit, source: Amount) -> Figure:
    low, high = _major(quantity, unit)
    return Figure(rule, item.start, item.end, low, high, unit, source, False, quantity.flags)


def _between(case: _Case) -> list[Figure] | None:
    """Between $5 and $7 billion; the two may stand in either order."""
    unit = _pair_unit(case, between=True)
    if unit is None:
        return None
    return _as_range(case, (_share_thousands(*case.items) or _ends(*case.items)).ascending(), unit)


def _range(case: _Case) -> list[Figure] | None:
    """$5 to $7 billion; or, where a verb of change governs them, two figures."""
    unit = _pair_unit(case, between=False)
    if unit is None:
        return None
    left, right = case.items
    plain = case.dashed or case.alternative
    change = _Change("") if plain else _change_before(case.around, left.start)
    ends = (None if change.link else _share_thousands(left, right)) or _ends(left, right)
    if plain:
        return _as_range(case, (_ticks(left, right) if case.dashed else None) or ends, unit)
    if not _is_change(case, change, ends):
        apart = right.base / (left.base or ONE)
        named = not left.amount and apart > FAR_APART and not _may_be_range(case.around, left.start, apart)
        return None if named else _as_range(case, ends.ascending(), unit)  # "its Vectra 50 to 3,995 dollars"
    if right.amount is None and not _CLAUSE_END.match(case.around.right(right.end)):
        return None  # $14 billion to 5.3 million poor students: rare, but a count would become money
    return _as_change(case, change, ends, unit)


def _pair_unit(case: _Case, *, between: bool) -> Unit | None:
    """The currency of a pair of which at least one has one; None if the pair is none."""
    left, right = case.items
    around = case.around
    if left.amount and right.amount:
        if left.amount.unit.per_major != right.amount.unit.per_major:
            return None
        return compatible(left.amount.unit, right.amount.unit)
    if right.amount:
        if not right.amount.suffixed or _is_other_number(around, left.start, left.quantity):
            return None
        if case.alternative and (left.scaled or not left.quantity.plain):
            return None  # "30.9 billion or 4.5 billion dlrs": one amount in two currencies
        return right.amount.unit
    assert left.amount is not None
    tight = "_" not in case.link and "=" not in case.link
    follows = around.right(right.end)
    things = right.scaled and follows.lstrip().split(" ")[0].strip(".,;") in WORDS["counted"]
    if _COUNTED.match(follows) or things or (left.amount.suffixed and not right.scaled):
        return None
    if not (right.scaled or between or tight or _CLAUSE_END.match(follows)):
        return None
    return left.amount.unit


def _ends(left: _Item, right: _Item) -> _Ends:
    """Both quantities with the scale they share; flagged where that of the first is in doubt."""
    low = _shared(left, right)
    high = _shared(right, left) if left.amount and not right.amount else right.quantity
    if left.value < _value(high) <= _value(low) and low.scale != left.quantity.scale:
        # "$500 to $1 million" may mean 500 thousand; from a thousand on, it is taken as written.
        return _Ends(left.quantity, high, ("scale",) if 100 <= left.value < 1000 else ())
    return _Ends(low, high)


def _share_thousands(left: _Item, right: _Item) -> _Ends | None:
    """The ends of "$70-90,000" or "$2-300,000", whose first number shares the zeros of the second; flagged
    where both have a sign ("$70-$90,000"), for then the first may be as written; None for other pairs.

    Rare, but the lower end would be out by a factor of thousands.
    """
    if left.scaled or right.scaled or not left.quantity.plain or right.quantity.plain or not left.base:
        return None
    for zeros in (1000, 100_000):
        times = right.base / (left.base * zeros)
        if right.base % zeros == 0 and left.base < 1000 and 1 < times < _SHARED_ZEROS:
            shared = left.quantity._replace(base=left.base * zeros, top=left.base * zeros, plain=False)
            return _Ends(shared, right.quantity, ("scale",) if left.amount and right.amount else ())
    return None


def _ticks(left: _Item, right: _Item) -> _Ends | None:
    """The ends of a dealer's range whose second price gives only the last digits: 1.7770-80 is to 1.7780.

    Rare, but 1.7770 to 80 would be out by a factor of 45.
    """
    if not right.quantity.plain or left.scaled or right.scaled:
        return None
    last = str(int(right.base))
    if not 2 <= decimals(left.base) >= len(last) or left.base > 1000:
        return None
    value = Decimal(str(left.base)[: -len(last)] + last)
    return _Ends(left.quantity, right.quantity._replace(base=value, top=value)) if value > left.base else None


_AROUND_WORD = OPENING + ".,;:!?)"
_RANGE_CUES = WORDS["ranging"] | WORDS["range_cues"]
_REACH = {"from": 24, "by": 16}
"""How many words back a verb may stand from its preposition; four without one."""
_COUNTED = lazy_regex(r"\s*(?:%|percent|per cent|pct|percentage|basis points|points?\b)")
_CLAUSE_END = lazy_regex(rf"\s*(?:[.,;:!?)\]\"”’]|\Z)|[-/]|\s+(?:{any_of(WORDS['after_pair'])})\b")
_MOVED = lazy_regex(r"(?:\s+(?:a|an|per)\s+[a-z]+)?\s+(?:higher|lower|up|down|easier|firmer|weaker)\b")
"""After several prices that moved by amounts of a range: "0.19 to 0.15 cent a pound higher"."""


class _Change(NamedTuple):
    """How a verb of change governs a pair of numbers: with "from", with "by" or as its object.

    "raise" may mean to collect ("raise 5 to 6"), "lose" takes ranges ("lose 5 to 6"); "" is no such verb.
    """

    link: Literal["from", "by", "raise", "lose", ""]
    sign: Literal["", "+", "-"] = ""


def _change_before(around: Surroundings, start: int) -> _Change:
    """The verb of change that governs the pair at ``start``: rose from 5 to 6; rose by 5 to 20, rose 5 to 20.

    >>> _change_before(Surroundings("Prices rose 5 to 20", 0, 19), 12)
    _Change(link='by', sign='+')
    """
    words = [word.strip(_AROUND_WORD) for word in around.left(start, 2 * WINDOW).split()]
    while words and words[-1] in WORDS["approximators"]:
        words.pop()
    last = words[-1] if words else ""
    if len(words) > 1 and words[-2] in WORDS["ranging"]:
        return _Change("")
    if last in WORDS["lose"]:
        return _Change("lose", "-")
    for distance, word in enumerate(reversed(words[-_REACH.get(last, 4) :])):
        if word in WORDS["ranging"]:
            break
        if word in CHANGE_VERBS:
            sign: Literal["", "+", "-"] = "+" if word in UP_BY else "-" if word in DOWN_BY else ""
            if last == "from" or last == "by":
                return _Change("from" if last == "from" else "by", sign)
            if WORDS["no_change"].intersection(words[len(words) - distance :]):
                return _Change("", sign)
            return _Change("raise" if word in WORDS["raise_by"] and not distance else "by", sign)
    return _Change("")


def _may_be_range(around: Surroundings, start: int, apart: Decimal) -> bool:
    """Whether a pair at ``start`` may be a range: after a cue ("at $5 to $80"), or after no word at all.

    ``apart`` is how many times larger the second number is.
    """
    words = around.left(start).split()
    last = words[-1].strip(OPENING) if words else ""
    return last in _RANGE_CUES if last.isalpha() else apart < 50


def _is_other_number(around: Surroundings, start: int, quantity: Quantity) -> bool:
    """Whether a bare number is a day, a year or part of a name: "in phase 2", "March 16 to 31"."""
    before = [word.strip(".,") for word in around.left(start).split()]
    last = before[-1] if before else ""
    day = last in ("to", "and", "-") and not ALL_MONTHS.keys().isdisjoint(before[-4:])
    return day or last in WORDS["numbered"] or quantity.is_year


def _is_change(case: _Case, change: _Change, ends: _Ends) -> bool:
    """Whether "A to B" are an old and a new figure, or by how much and to what, rather than a range."""
    left, link = case.items[0], change.link
    low, high = _value(ends.low), _value(ends.high)
    apart = high / low if low > 0 else Decimal(0)
    if link == "lose":  # lost 2.01 francs to 14.76 francs
        price = left.amount is not None and not left.scaled and (decimals(left.base) > 0 or apart >= APART)
        link = "by" if price else ""
    if apart < APART and (link == "raise" or (link == "by" and left.amount is None)):
        link = ""  # "by 5 to 10 million" is a range
    loose = link in ("by", "") and left.amount is None
    if loose and _MOVED.match(case.around.right(case.items[1].end)):
        return False  # rare, but 0.19 would be a level
    if link or low >= high:
        return True
    return left.amount is not None and apart > FAR_APART and not _may_be_range(case.around, left.start, apart)


def _as_change(case: _Case, change: _Change, ends: _Ends, unit: Unit) -> list[Figure]:
    left, right = case.items
    shared = _shared(left, right)
    if shared.base is not None and shared.base < 100:
        ends = ends._replace(low=shared, flags=())  # "cut from $5 to $3 billion"
    new = _figure("change to", right, ends.high, unit, case.source)
    source = left.amount or case.source
    if change.link == "from" or case.around.left(left.start).rstrip().endswith("from"):
        old = _figure("change from", left, ends.low, unit, source)
        return [old._replace(flags=old.flags + ends.flags, part="old"), new._replace(part="new")]
    by = _figure("change by", left, ends.low, unit, source)
    return [by._replace(flags=by.flags + ends.flags, sign=change.sign), new]


def _as_range(case: _Case, ends: _Ends, unit: Unit) -> list[Figure] | None:
    low, high, flags = ends
    if _value(low) >= _value(high):
        return None
    bottom, top = _major(low, unit)[0], _major(high, unit)[1]
    if bottom and top and top > _WIDEST * bottom:
        flags = ("scale",)  # $900M-1000B
    merged = tuple(dict.fromkeys(low.flags + high.flags + flags))
    left, right = case.items
    return [Figure("range", left.start, right.end, bottom, top, unit, case.source, True, merged)]


def _list(case: _Case) -> list[Figure] | None:
    """$5, $6 and $7 million: each its own figure, the last scale shared; bare numbers borrow the currency.

    Amounts that share a scale are rare, but each would be out by a factor of thousands.
    """
    *firsts, last = case.items
    if len(firsts) == 1 and firsts[0].amount is None and case.alternative:
        return _range(case)  # two or three million dollars
    three = len(firsts) > 1 and last.scaled  # 12, 15 and 20 million euros
    if last.amount is None:
        alone = (
            three and firsts[0].amount and not (firsts[0].scaled or any(item.amount for item in firsts[1:]))
        )
        return [lone(case.source)._replace(flags=("scale",))] if alone else None  # $5, 10 and 20 million
    unit = last.amount.unit
    found = []
    for item in firsts:
        if item.amount is None:
            if not _may_borrow(item, last.amount, case.around, three):
                return None
            found.append(_figure("list, shared currency", item, _in_list(item, last), unit, last.amount))
            continue
        other = item.amount.unit
        if item.amount.suffixed or not last.scaled or (last.amount.suffixed and last.base == ONE):
            return None  # $5 and a million dollars
        if item.scaled or other.per_major != unit.per_major:
            return None
        if compatible(other, unit) is None or item.base >= 1000 or decimals(item.base) == 2:
            return None
        found.append(_figure("list, shared scale", item, _in_list(item, last), other, item.amount))
    return [*found, _figure(found[0].rule, last, last.quantity, unit, last.amount)]


def _in_list(item: _Item, last: _Item) -> Quantity:
    """The item's quantity with the scale of the last; as written and flagged where it would be far more than
    that: "$500 and $1 million". Rare, but it would be out by a factor of thousands."""
    shared, far_more = _shared(item, last), item.base > _FAR_MORE * last.base
    doubtful = far_more and shared.scale != item.quantity.scale
    return item.quantity._replace(flags=(*item.quantity.flags, "scale")) if doubtful else shared


def _may_borrow(item: _Item, amount: Amount, around: Surroundings, three: bool) -> bool:
    """Whether a bare number of a list is money: "2.1 billion and 1.7 billion dlrs", "1,000 and 10,000
    ECUs"; of ``three`` or more that share a scale, each of them."""
    if (
        _is_other_number(around, item.start, item.quantity)
        or not amount.suffixed
        or amount.unit.per_major != 1
    ):
        return False
    if three:
        return item.base < 1000 and ALL_MONTHS.keys().isdisjoint(around.left(item.start).split()[-1:])
    and_follows = around.text[item.end : item.end + 6].split()[:1] == ["and"]  # not ", or" in other money
    return and_follows and (item.scaled or not item.quantity.plain)


_X = rf"(?:M+|{NUMBER})"
_EACH_ITEM = lazy_regex(_X)
_JOINS: tuple[tuple[re.Pattern[str], Callable[[_Case], list[Figure] | None]], ...] = (
    (lazy_regex(r"M+(?:_&_|[_,])M+"), _compound),
    (lazy_regex(rf"b_{_X}(?:_&_|_t_|[-=]){_X}"), _between),
    (lazy_regex(rf"{_X}(?:_t_|-t[-_]|[-=]){_X}"), _range),
    (lazy_regex(rf"{_X}(?:,{_X}){{0,8}}(?:[_,][&r]_){_X}"), _list),
)
"""Patterns over the line with amounts as ``M``, and what makes figures of a match, or declines; in order."""
_MAY_BEGIN = lazy_regex("(?<!M)[Mb9wahf]")
"""What a join begins with: an amount, "between", a number."""
