"""The grammar of amounts: rules over the line of kinds, then rules over amounts.

A rule is a name, a pattern over kind and gap characters (see ``lexer``) and a production that turns the
tokens it covers into an `Amount`, or declines. The first list makes single amounts ("$5 million"), the second
joins them with each other and with bare numbers ("$5 to 7 million") into figures. Rules are tried in order at
the leftmost place one of them fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from newsledger.stages.money.lexer import Tokens
from newsledger.stages.money.quantities import Number, Quantity, words_value
from newsledger.stages.money.spellings import BEFORE_SIGN, LETTERS_AFTER, Unit, narrowed

ZERO, ONE = Decimal(0), Decimal(1)
_MILLION = 1_000_000


class Amount(NamedTuple):
    """One amount with its currency, from token ``first`` to ``last``; ``quantity`` None when vague."""

    rule: str
    start: int
    end: int
    quantity: Quantity | None
    unit: Unit
    suffixed: bool
    first: int
    last: int
    more: bool = False
    """"more" or "additional" between number and currency."""
    inside: Literal["", "ge", "approx"] = ""
    """"plus" or "odd" between number and scale ("600-plus billion pesos")."""


# The number of an amount. Repetition is bounded everywhere, so that a long row of numbers costs no more than
# its length.
_DIGITS = r"9(?:[~_-][hm]|~k|_k(?=~S)|[~_]V){0,3}"
_DIGITS_AFTER_SIGN = r"9(?:[~_-][hm]|[~_]k|[~_]V){0,3}"
_WORDS = r"(?:a[_-](?=[hm])|(?=[wh]))[whm](?:(?:[-_]|[_-]&[_-])[whm]){0,20}"
_POINT = r"(?:9|w(?:[-_]w)?)_P(?:_[9w]){1,6}(?:[_-]m){0,2}"
_FRACTION = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?[-_](?:h(?:[-_]m)?|m)"
_AND_HALF = r"(?:9|w(?:[-_]w)?|a)(?:[_-]m)?[-_]&[-_](?:a|w)[-_]f(?:[-_]m){0,2}"
_PART = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?(?=[-_][Nc])"
NUMBER = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS}|{_WORDS})"
_NUMBER_AFTER_SIGN = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS_AFTER_SIGN}|{_WORDS})"
_NO_NUMBER_NEXT = r"(?![~_-]9(?![~_]c))(?![~_]S[~_]9)"


_INSIDE = re.compile(r"(?i)\d[-\u2010\u2011 ]?(?:plus|(odd))\b|\d\+")


class Rule(NamedTuple):
    """A name, a pattern over the line of kinds, and what makes an amount of it."""

    name: str
    pattern: str
    make: Callable[[str, str, Tokens, int, int], Amount | None]


def read(tokens: Tokens, first: int, last: int) -> Quantity | None:
    """The number that tokens ``first`` to ``last`` (inclusive) write, or None where they write none."""
    kinds = tokens.line[2 * first + 1 : 2 * last + 2 : 2]
    values = tokens.values
    if "P" in kinds:
        return _read_point(tokens, first, last, kinds)
    if "f" in kinds:
        return _read_fraction(tokens, first, last, kinds)
    if kinds[0] == "9":
        number: Number = values[first]
        scale = ONE
        for i in range(first + 1, last + 1):
            scale *= values[i]
        return Quantity(
            number.low,
            number.high,
            scale,
            number.flags if scale == ONE or number.low is None else (),
            number.plain,
        )
    parts = [(kind, values[first + i] or ZERO) for i, kind in enumerate(kinds)]
    if parts[0][0] == "a":
        parts[0] = ("w", ONE)
    value = words_value(parts)
    return None if value is None else Quantity(value[0], value[0], value[1], plain=value[1] == ONE)


def _read_point(tokens: Tokens, first: int, last: int, kinds: str) -> Quantity | None:
    at = kinds.index("P")
    whole = read(tokens, first, first + at - 1)
    decimals, scale = "", ONE
    for i in range(first + at + 1, last + 1):
        value = tokens.values[i]
        if tokens.kind(i) == "m":
            scale *= value
        else:
            digit = value.low if isinstance(value, Number) else value
            if digit is None or digit != digit.to_integral_value() or scale != ONE:
                return None
            decimals += str(int(digit))
    if whole is None or whole.value is None or not decimals:
        return None
    value = whole.value + Decimal(f"0.{decimals}")
    return Quantity(value, value, scale)


def _read_fraction(tokens: Tokens, first: int, last: int, kinds: str) -> Quantity | None:
    at = kinds.index("f")
    part: Decimal = tokens.values[first + at]
    scale = ONE
    for i in range(first + at + 1, last + 1):
        if tokens.kind(i) in "mh":
            scale *= tokens.values[i]
    left = kinds[:at]
    if "&" in left:  # two and a half million, a million and a half
        stop = first + left.index("&") - 1
        whole = ONE if kinds[0] == "a" and stop == first else None
        inner = None
        if whole is None:
            inner = read(tokens, first, stop)
            if inner is None or inner.base is None:
                return None
            whole = inner.base
            if inner.scale != ONE:
                if scale != ONE:
                    return None
                scale = inner.scale
        return Quantity(whole + part, whole + part, scale)
    if left in ("w", "a", ""):
        count = tokens.values[first] if left == "w" else ONE
        return Quantity(count * part, count * part, scale)
    return None


def _amount(
    name: str, tokens: Tokens, first: int, last: int, number: tuple[int, int], unit: Unit, *, suffixed: bool
) -> Amount | None:
    quantity = read(tokens, *number)
    if quantity is None:
        return None
    more = "e" in tokens.line[2 * first + 1 : 2 * last + 2 : 2]
    start, end = tokens.starts[first], tokens.ends[last]
    plus = (
        _INSIDE.search(tokens.text, start, end) if "_" in tokens.line[2 * first + 2 : 2 * last + 1] else None
    )
    inside: Literal["", "ge", "approx"] = "" if plus is None else "approx" if plus[1] else "ge"
    return Amount(name, start, end, quantity, unit, suffixed, first, last, more, inside)


def compatible(a: Unit, b: Unit) -> Unit | None:
    """The more exact of two units that may be the same currency, or None."""
    if a.candidates == b.candidates:
        return a
    if not a.candidates or not b.candidates:
        return None
    shared = set(a.candidates) & set(b.candidates)
    if not shared:
        return None
    return a if len(a.candidates) <= len(b.candidates) else b


def _prefixed(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """Sign, code or letters before the number; a name or code after it says the same once more."""
    begin = first
    if tokens.kind(first) == "j":
        begin += 1
        territory = BEFORE_SIGN.get(tokens.values[first])
        meant = narrowed(tokens.values[begin], territory) if territory else None
        unit: Unit = meant._replace(basis="name") if meant else tokens.values[begin]
        if meant is None:
            first = begin
    elif tokens.kind(first) == "C" and tokens.kind(first + 1) in "SLC":
        begin += 1
        unit = compatible(tokens.values[first], tokens.values[begin]) or tokens.values[begin]
    else:
        unit = tokens.values[begin]
    stop = last
    while stop > begin and tokens.kind(stop) in "NcCSL":
        stop -= 1
    if stop < last:
        trailing: Unit = tokens.values[last]
        joined = compatible(unit._replace(per_major=ONE), trailing._replace(per_major=ONE))
        if joined is None:
            if tokens.kind(begin) in "LC":
                return None  # "series E 4.25 dlrs": the number is the other one's
            last = stop
        else:
            unit = joined._replace(per_major=unit.per_major, guard="", garbled=unit.garbled)
    return _amount(name, tokens, first, last, (begin + 1, stop), unit, suffixed=False)


def _suffixed(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """A number before a name, code or sign; of number words only as many as make one number."""
    unit: Unit = tokens.values[last]
    if tokens.kind(last) == "L" and tokens.text[tokens.starts[last] : tokens.ends[last]] not in LETTERS_AFTER:
        return None
    stop = last - 1 if tokens.kind(last) in "NcSCL" else last
    if tokens.kind(stop) in "dejo":
        stop -= 1
    for begin in range(first, stop + 1):
        if tokens.kind(begin) in "&-oP" or _are_units(tokens, begin, stop, last):
            continue
        amount = _amount(name, tokens, begin, last, (begin, stop), unit, suffixed=True)
        if amount is not None:
            return amount
    return None


def _are_units(tokens: Tokens, begin: int, stop: int, last: int) -> bool:
    """Whether number words count things worth the last of them: eight million two-dollar units."""
    if stop - begin < 1 or tokens.line[2 * stop - 1 : 2 * stop + 2 : 2] != "mw":
        return False
    if tokens.values[stop - 1] < _MILLION:
        return False
    return tokens.line[2 * last] == "-" or tokens.text[tokens.ends[last] - 1].lower() != "s"


def _cheque(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """Fifty thousand and NO/100 dollars."""
    amount = _suffixed(name, matched, tokens, first, last - 3)
    if amount is None or amount.quantity is None or amount.quantity.value is None:
        return None
    value = amount.quantity.value + tokens.values[last - 1]
    return amount._replace(
        quantity=Quantity(value, value, ONE), unit=tokens.values[last], end=tokens.ends[last], last=last
    )


def _part(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """Half a dollar; not "second quarter real growth"."""
    return None if tokens.values[last].guard else _suffixed(name, matched, tokens, first, last)


_AFTER_ADJECTIVE = re.compile(
    r"\s*(?:[.,;:)\]]|\Z)|\s+(?:and|or|in|to|per|an?|for|at|by|from|on|as|of|with|worth|vs|versus|compared|this|last)\b"
)


def _with_adjective(amount: Amount | None, tokens: Tokens) -> Amount | None:
    """Take in an adjective that follows: "1.34 dlrs Canadian", "6 mln dlrs (U.S.) loss"."""
    if (
        amount is None
        or amount.last + 1 >= len(tokens.starts)
        or amount.unit.family not in ("dollar", "*dollar")
    ):
        return amount
    at = amount.last + 1
    gap, kind = tokens.line[2 * at], tokens.kind(at)
    if kind != "j" or gap not in "_(":
        return amount
    territory = BEFORE_SIGN.get(tokens.values[at])
    meant = narrowed(amount.unit, territory) if territory else None
    end = tokens.ends[at]
    if meant is None:
        return amount
    if gap == "(":
        return (
            amount._replace(unit=meant._replace(basis="name"))
            if tokens.text[end : end + 1] == ")"
            else amount
        )
    if _AFTER_ADJECTIVE.match(tokens.text, end) is None:
        return amount
    return amount._replace(unit=meant._replace(basis="name"), end=end, last=at)


def _name_first(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """A name before the number ("ringgit 42"): see ``guards`` for when."""
    unit: Unit = tokens.values[first]
    if not unit.candidates or unit.guard == "word":
        return None
    return _amount(
        name, tokens, first, last, (first + 1, last), unit._replace(guard="name first"), suffixed=False
    )


def _vague(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """Millions of dollars, several billion yen: a currency and no number."""
    unit: Unit = tokens.values[last]
    more = "e" in matched
    return Amount(name, tokens.starts[first], tokens.ends[last], None, unit, True, first, last, more)


_DETERMINED = re.compile(
    r"(?i)\b(?:the|every|each|per|this|that|its|their|his|her|our|my|your|one|first|another|next|last)\s+\Z"
)


def _scale_alone(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """The million-dollar prize is one million; "million-dollar homes" are vague."""
    unit: Unit = tokens.values[last]
    start = tokens.starts[first]
    quantity = None
    if _DETERMINED.search(tokens.text, max(0, start - 12), start):
        quantity = Quantity(ONE, ONE, tokens.values[first])
    return Amount(name, start, tokens.ends[last], quantity, unit, True, first, last)


def _one(name: str, matched: str, tokens: Tokens, first: int, last: int) -> Amount | None:
    """A dollar."""
    unit: Unit = tokens.values[last]
    quantity = Quantity(ONE, ONE, ONE)
    return Amount(
        name, tokens.starts[first], tokens.ends[last], quantity, unit._replace(guard="one"), True, first, last
    )


_TAIL = r"(?![~]S[~]9)(?:[_-]N|~c|~S(?![~_]9)|[~_][C](?![~_-]?9))?"

AMOUNTS = (
    Rule("sign number", rf"(?:[Cj][~_])?(?:S[~_-]|[LC][~_]){_NUMBER_AFTER_SIGN}{_TAIL}", _prefixed),
    Rule("cheque", rf"{_WORDS}_&_q_N", _cheque),
    Rule("number part of currency", rf"{_PART}[-_][Nc]", _part),
    Rule(
        "number currency",
        rf"{NUMBER}(?:[~_-](?:[dej][_-])?[Nc]|(?<=m)_o_N|[~_][SCL]{_NO_NUMBER_NEXT})",
        _suffixed,
    ),
    Rule(
        "vague scale of currency",
        r"(?:(?:a_)?v_(?:o_)?)?V(?:[-_][&ro])?(?:[-_][Vmh]){0,3}?[-_]o[-_](?:[hm][-_])?(?:[dej]_)?[Nc]",
        _vague,
    ),
    Rule("several currency", r"(?:a_)?v_(?:o_)?(?:[hmV][-_]){0,3}(?:o_)?(?:[dej]_)?[Nc]", _vague),
    Rule("multi scale currency", r"(?:x[-_~]m|X)[-_](?:e_)?N", _vague),
    Rule("scale currency", r"[mh][-_]N", _scale_alone),
    Rule(
        "currency number", rf"N_(?:9(?:[~_-][hm]|[~_]k){{0,3}}|{_WORDS}(?<=m))(?![~_-]?[NSCc9])", _name_first
    ),
    Rule("one currency", r"a_[Nc]", _one),
)
"""Single amounts, in the order they are tried."""

_MASTER = re.compile("|".join(f"(?P<r{i}>{rule.pattern})" for i, rule in enumerate(AMOUNTS)))


def amounts(tokens: Tokens) -> list[Amount]:
    """The single amounts of a segment, left to right, none overlapping."""
    found: list[Amount] = []
    at = 1
    line = tokens.line
    while True:
        match = _MASTER.search(line, at)
        if match is None:
            return found
        first, last = match.start() // 2, match.end() // 2 - 1
        rule = AMOUNTS[int((match.lastgroup or "r0")[1:])]
        amount = rule.make(rule.name, match[0], tokens, first, last)
        if amount is None:
            at = match.start() + 2
            continue
        amount = _with_adjective(amount, tokens) or amount
        found.append(amount)
        at = 2 * amount.last + 3
