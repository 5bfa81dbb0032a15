"""The grammar of single amounts: rules over the token kinds, written as a string.

A rule is a name, a pattern over kind and gap characters (see ``lexer``) and a production that turns the
tokens it covers into an `Amount`, or declines. Rules are tried in order at the leftmost place one of them
fits. ``joins`` puts amounts together with each other and with bare numbers ("$5 to 7 million").

The shared engine of ``newsledger.grammar`` is not used here: the gap between two tokens is as much part of a
pattern as their kinds, repetition is bounded and what follows is looked at, and one search for all rules
takes half the time of the engine with two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import pairwise
from math import prod
from typing import Any, Literal, NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.lexicons.written_numbers import Number, words_value
from newsledger.stages.money import phrases
from newsledger.stages.money.lexer import Tokens
from newsledger.stages.money.spellings import BEFORE_SIGN, LETTERS_AFTER, Unit, narrowed
from newsledger.values import trace

ZERO, ONE, HALF = Decimal(0), Decimal(1), Decimal("0.5")

# Repetition is bounded everywhere, so that a long row of numbers costs no more than its length.
_DIGITS = r"9(?:[~_-][hm]|~k|_k(?=~S)|[~_]V){0,3}"
_TWO_SCALES = "9_m[_,]9_m"
_DIGITS_AFTER_SIGN = r"9(?:[~_-][hmk]|[~_]V){0,3}"
WORDS = r"(?:a[_-](?=[hm])|(?=[wh]))[whm](?:(?:[-_]|[_-]&[_-])[whm]){0,20}"
_POINT = r"(?:9|w(?:[-_]w)?)_P(?:_[9w]){1,6}(?:[_-]m){0,2}"
_FRACTION = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?[-_](?:h(?:[-_]m)?|m)"
_AND_HALF = r"(?:9|w(?:[-_]w)?|a)(?:[_-]m)?[-_]&[-_](?:a|w)[-_]f(?:[-_]m){0,2}"
PART = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?(?=[-_][Nc])"
NUMBER = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS}|{WORDS})"
NUMBER_AFTER_SIGN = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS_AFTER_SIGN}|{WORDS})"


class Quantity(NamedTuple):
    """The number of an amount with its scale: ``value`` = ``base`` times ``scale``.

    ``base`` and ``scale`` are kept apart so that a neighbour can share the scale ("$1.5 to $2 billion");
    ``base`` is None if a number cannot be read, or there is none (`VAGUE`).
    """

    base: Decimal | None
    top: Decimal | None
    scale: Decimal
    flags: tuple[str, ...] = ()
    plain: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number times its scale."""
        return None if self.base is None else self.base * self.scale

    @property
    def high(self) -> Decimal | None:
        """The upper end of a number that is a range itself ("2-3", "10/12"), times its scale."""
        return None if self.top is None else self.top * self.scale

    @property
    def scaled(self) -> bool:
        """Whether it has a scale, or is vague."""
        return self.scale != ONE

    @property
    def is_year(self) -> bool:
        """Whether it is written like a year."""
        return self.plain and not self.scaled and self.base is not None and 1800 <= self.base <= 2100


VAGUE = Quantity(None, None, ZERO)
"""Millions of dollars."""


def decimals(number: Decimal) -> int:
    """How many decimals a number is written with."""
    return -int(number.as_tuple().exponent)


def read_number(tokens: Tokens, first: int, last: int) -> Quantity | None:
    """The number that tokens ``first`` to ``last`` (inclusive) write, or None if they write none."""
    kinds = tokens.line[2 * first + 1 : 2 * last + 2 : 2]
    values = tokens.values[first : last + 1]
    if "P" in kinds:
        return _read_point(tokens, first, kinds)
    if "f" in kinds:
        return _read_fraction(tokens, first, kinds)
    if "9" in kinds[1:]:
        return _read_two_scales(values) if kinds == "9m9m" else None
    if _is_scaled_twice(kinds, values):
        return Quantity(None, None, ONE, ("scale",))
    if kinds[0] == "9":
        number: Number = values[0]
        scale = prod(values[1:], start=ONE)
        flags = number.flags if scale == ONE or number.low is None else ()
        return Quantity(number.low, number.high, scale, flags, number.plain)
    parts = [(kind, value or ZERO) for kind, value in zip(kinds, values, strict=True)]
    if kinds[0] == "a":
        parts[0] = ("w", ONE)
    value = words_value(parts)
    return None if value is None else Quantity(value[0], value[0], value[1], plain=value[1] == ONE)


_MILLION = 1_000_000


def _is_scaled_twice(kinds: str, values: list[Any]) -> bool:
    """Whether two scales follow each other that make none: "2bn trillion", not "two thousand million",
    "3 lakh crore" or "a million million"."""
    for i, pair in enumerate(pairwise(kinds)):
        if pair[1] in "mk" and (pair[0] == "k" or (pair[0] == "m" and values[i] >= _MILLION)):
            return pair[0] == "k" or values[i : i + 2] != [_MILLION, _MILLION]
    return False


def _read_two_scales(values: list[Any]) -> Quantity | None:
    """112 trillion, 570 billion; rare, but the first number would be lost. Not "3 million, 250 million"."""
    parts = [number.low * scale for number, scale in (values[:2], values[2:]) if number.low is not None]
    if len(parts) < 2 or parts[0] % values[1] or parts[1] >= values[1]:
        return None
    base = sum(parts, start=ZERO) / values[3]
    return Quantity(base, base, values[3])


def _read_point(tokens: Tokens, first: int, kinds: str) -> Quantity | None:
    """Five point two million."""
    at = kinds.index("P")
    whole = read_number(tokens, first, first + at - 1)
    digits, scale = "", ONE
    for kind, value in zip(kinds[at + 1 :], tokens.values[first + at + 1 :], strict=False):
        if kind == "m":
            scale *= value
            continue
        digit = value.low if isinstance(value, Number) else value
        if digit is None or digit != digit.to_integral_value() or scale != ONE:
            return None
        digits += str(int(digit))
    if whole is None or whole.value is None or not digits:
        return None
    value = whole.value + Decimal(f"0.{digits}")
    return Quantity(value, value, scale)


def _read_fraction(tokens: Tokens, first: int, kinds: str) -> Quantity | None:
    """Half a million, two and a half million, a million and a half."""
    at = kinds.index("f")
    part: Decimal = tokens.values[first + at]
    after = zip(kinds[at + 1 :], tokens.values[first + at + 1 :], strict=False)
    scale = prod((value for kind, value in after if kind in "mh"), start=ONE)
    before = kinds[:at]
    if part not in (HALF, HALF / 2) and before != "w" and "o" not in kinds:
        return None  # the fifth billion-dollar deal
    if "&" not in before:
        count = tokens.values[first] if before == "w" else ONE
        return Quantity(count * part, count * part, scale) if before in ("w", "a", "") else None
    whole = read_number(tokens, first, first + before.index("&") - 1)
    if whole is None or whole.base is None or (whole.scale != ONE and scale != ONE):
        return None
    return Quantity(whole.base + part, whole.base + part, whole.scale * scale)


class Amount(NamedTuple):
    """One amount with its currency, from token ``first`` to ``last``."""

    rule: str
    start: int
    end: int
    quantity: Quantity
    unit: Unit
    suffixed: bool
    first: int
    last: int
    inside: Literal["", "ge", "approx"] = ""
    """"plus" or "odd" between number and scale ("600-plus billion pesos")."""


class Match(NamedTuple):
    """What a rule has matched: tokens ``first`` to ``last``, as ``kinds`` with the gaps between them."""

    rule: str
    kinds: str
    tokens: Tokens
    first: int
    last: int

    def kind(self, i: int) -> str:
        """The kind of token i."""
        return self.tokens.kind(i)

    def value(self, i: int) -> Any:
        """The value of token i."""
        return self.tokens.values[i]

    def amount(self, quantity: Quantity, unit: Unit, *, suffixed: bool, first: int | None = None) -> Amount:
        """The amount of the match, or of its tokens from ``first`` on."""
        first = self.first if first is None else first
        start, end = self.tokens.starts[first], self.tokens.ends[self.last]
        return Amount(self.rule, start, end, quantity, unit, suffixed, first, self.last)


class Rule(NamedTuple):
    """A name, a pattern over the line of kinds, and what makes an amount of a match, or declines."""

    name: str
    pattern: str
    make: Callable[[Match], Amount | None]


_INSIDE = lazy_regex(r"(?i)\d[-\u2010\u2011 ]?(?:plus|(odd))\b|\d\+")


def _counted(
    match: Match, number: tuple[int, int], unit: Unit, *, suffixed: bool, first: int
) -> Amount | None:
    """The amount whose number the tokens ``number`` write; None if they write none."""
    tokens, last = match.tokens, match.last
    quantity = read_number(tokens, *number)
    if quantity is None:
        return None
    amount = match.amount(quantity, unit, suffixed=suffixed, first=first)
    if "_" in tokens.line[2 * first + 2 : 2 * last + 1]:
        plus = _INSIDE.search(tokens.text, amount.start, amount.end)
        if plus:
            return amount._replace(inside="approx" if plus[1] else "ge")
    return amount


def compatible(a: Unit, b: Unit) -> Unit | None:
    """The more exact of two units that may be the same currency, or None."""
    if a.candidates != b.candidates and set(a.candidates).isdisjoint(b.candidates):
        return None
    return a if len(a.candidates) <= len(b.candidates) else b


def _prefixed(match: Match) -> Amount | None:
    """Sign, code or letters before the number; a name or code after it gives the currency once more."""
    first = begin = match.first
    unit: Unit = match.value(begin)
    if match.kind(first) == "j":
        begin += 1
        territory = BEFORE_SIGN.get(match.value(first))
        meant = narrowed(match.value(begin), territory) if territory else None
        unit = meant._replace(basis="name") if meant else match.value(begin)
        first = first if meant else begin
    elif match.kind(first) == "C" and match.kind(first + 1) in "SLC":
        begin += 1
        unit = compatible(match.value(first), match.value(begin)) or match.value(begin)
    stop = last = match.last
    while stop > begin and match.kind(stop) in "NcCSL":
        stop -= 1
    if stop < last:
        joined = compatible(unit._replace(per_major=ONE), match.value(last)._replace(per_major=ONE))
        if joined is not None:
            unit = joined._replace(per_major=unit.per_major, guard="", garbled=unit.garbled)
        elif match.kind(begin) in "LC":
            return None  # "series E 4.25 dlrs": the number is the other one's
        else:
            match = match._replace(last=stop)
    if match.kinds.endswith("9_m_9_m") and read_number(match.tokens, begin + 1, stop) is None:
        stop -= 2
        match = match._replace(last=stop)
    return _counted(match, (begin + 1, stop), unit, suffixed=False, first=first)


def _suffixed(match: Match) -> Amount | None:
    """A number before a name, code or sign; of number words only as many as make one number."""
    tokens, last = match.tokens, match.last
    unit: Unit = match.value(last)
    if match.kind(last) == "L" and tokens.text[tokens.starts[last] : tokens.ends[last]] not in LETTERS_AFTER:
        return None
    stop = last - 1 if match.kind(last) in "NcSCL" else last
    if match.kind(stop) == "j" and match.value(stop) != "new":
        return None  # rare, but 20 British dollars would be US dollars
    while match.kind(stop) in "dejo":
        stop -= 1
    for begin in range(match.first, stop + 1):
        if begin > match.first and match.kind(match.first) == "f":
            return None  # the fifth billion-dollar deal
        if match.kind(begin) in "&-oP" or (begin < stop and _is_worth(tokens, stop, last)):
            continue
        amount = _counted(match, (begin, stop), unit, suffixed=True, first=begin)
        if amount is not None:
            return amount
    return None


def _is_worth(tokens: Tokens, stop: int, last: int) -> bool:
    """Whether the last number word is what units are worth: eight million two-dollar units.

    Rare, but two dollars would become 8,000,002.
    """
    if tokens.line[2 * stop - 1 : 2 * stop + 2] != "m_w" or tokens.values[stop - 1] < _MILLION:
        return False
    return tokens.line[2 * last] == "-" or tokens.text[tokens.ends[last] - 1].lower() != "s"


def _part(match: Match) -> Amount | None:
    """Half a dollar; not "second quarter real growth"."""
    return None if match.value(match.last).guard else _suffixed(match)


_AFTER_ADJECTIVE = lazy_regex(rf"\s*(?:[.,;:)\]]|\Z)|\s+(?:{any_of(phrases.WORDS['after_adjective'])})\b")


def _with_adjective(amount: Amount, tokens: Tokens) -> Amount:
    """The amount with an adjective that follows: "1.34 dlrs Canadian", "6 mln dlrs (U.S.) loss"."""
    at = amount.last + 1
    if at >= len(tokens.starts) or amount.unit.family != "dollar" or tokens.kind(at) != "j":
        return amount
    territory = BEFORE_SIGN.get(tokens.values[at])
    meant = narrowed(amount.unit, territory) if territory else None
    gap, end = tokens.line[2 * at], tokens.ends[at]
    bracketed = gap == "(" and tokens.text[end : end + 1] == ")"
    if meant is None or not (bracketed or (gap == "_" and _AFTER_ADJECTIVE.match(tokens.text, end))):
        return amount
    amount = amount._replace(unit=meant._replace(basis="name"))
    return amount if bracketed else amount._replace(end=end, last=at)


def _name_first(match: Match) -> Amount | None:
    """A name before the number ("ringgit 42"): see ``guards`` for when."""
    unit: Unit = match.value(match.first)
    if not unit.candidates or unit.guard == "word":
        return None
    unit, number = unit._replace(guard="name first"), (match.first + 1, match.last)
    return _counted(match, number, unit, suffixed=False, first=match.first)


def _vague(match: Match) -> Amount | None:
    """Millions of dollars, several billion yen: a currency and no number."""
    return match.amount(VAGUE, match.value(match.last), suffixed=True)


_DETERMINED = lazy_regex(rf"(?i)\b(?:{any_of(phrases.WORDS['determiners'])})\s+\Z")


def _scale_alone(match: Match) -> Amount | None:
    """The million-dollar prize is one million; "million-dollar homes" are vague."""
    start = match.tokens.starts[match.first]
    determined = _DETERMINED.search(match.tokens.text, max(0, start - 12), start)
    quantity = Quantity(ONE, ONE, match.value(match.first)) if determined else VAGUE
    return match.amount(quantity, match.value(match.last), suffixed=True)


def _one(match: Match) -> Amount | None:
    """A dollar; not "a right"."""
    if match.value(match.last).guard == "whole":
        return None
    unit = match.value(match.last)._replace(guard="one")
    return match.amount(Quantity(ONE, ONE, ONE), unit, suffixed=True)


_NO_NUMBER_NEXT = r"(?![~_-]9(?![~_]c))(?![~_]S[~_]9)(?!_m)"
_TAIL = r"(?![~]S[~]9)(?:[_-]N|~c|~S(?![~_]9)|[~_][C](?![~_-]?9))?"

AMOUNTS = (
    Rule(
        "sign number",
        rf"(?:[Cj][~_])?(?:S[~_-]|[LC][~_])(?:9_m_9_m(?![~_-][NCS])|{NUMBER_AFTER_SIGN}){_TAIL}",
        _prefixed,
    ),
    Rule("number part of currency", rf"{PART}[-_][Nc]", _part),
    Rule(
        "number currency",
        rf"(?:{_TWO_SCALES}|{NUMBER})(?:[~_-](?:[dej][_-]){{0,3}}[Nc]|(?<=m)_o_N|[~_][SCL]{_NO_NUMBER_NEXT})",
        _suffixed,
    ),
    Rule(
        "vague scale of currency",
        r"(?:(?:a_)?v_(?:o_)?)?V(?:[-_][&ro])?(?:[-_][Vmh]){0,3}?[-_]o[-_](?:[hm][-_])?(?:[dej][_-]){0,3}[Nc]",
        _vague,
    ),
    Rule("several currency", r"(?:a_)?v_(?:o_)?(?:[hmV][-_]){0,3}(?:o_)?(?:[dej][_-]){0,3}[Nc]", _vague),
    Rule("multi scale currency", r"(?:x[-_~]m|X)[-_](?:e_)?N", _vague),
    Rule("scale currency", r"[mh][-_]N", _scale_alone),
    Rule(
        "currency number", rf"N_(?:9(?:[~_-][hm]|[~_]k){{0,3}}|{WORDS}(?<=m))(?![~_-]?[NSCc9])", _name_first
    ),
    Rule("one currency", r"a_[Nc]", _one),
)
"""Single amounts, in the order they are tried."""

_MASTER = lazy_regex("|".join(f"(?P<r{i}>{rule.pattern})" for i, rule in enumerate(AMOUNTS)))


def amounts(tokens: Tokens) -> list[Amount]:
    """The single amounts of a segment, left to right, none overlapping."""
    found: list[Amount] = []
    at = 1
    line = tokens.line
    while match := _MASTER.search(line, at):
        rule = AMOUNTS[int((match.lastgroup or "r0")[1:])]
        read = Match(rule.name, match[0], tokens, match.start() // 2, match.end() // 2 - 1)
        start, end = tokens.starts[read.first], tokens.ends[read.last]
        amount = trace.attempt("money", tokens.text, start, end, partial(rule.make, read))
        if amount is None:
            at = match.start() + 2
            continue
        found.append(_with_adjective(amount, tokens))
        at = 2 * found[-1].last + 3
    return found
