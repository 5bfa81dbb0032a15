"""Amounts built from parts, with the value that each must have: an oracle for the money stage.

The parts are the ways in which newspapers write numbers, scales, currencies, ranges, bounds and minus signs;
what is put together is drawn at random from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.stages.money.test_numbers import in_words

SIGNS = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₦": "NGN",
    "₱": "PHP",
}
PREFIXED = {
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "NT$": "TWD",
}
SPACED = {
    "AU $": "AUD",
    "AUD$ ": "AUD",
    "CAD$": "CAD",
    "MXN$ ": "MXN",
    "NZ $": "NZD",
    "US $": "USD",
    "HK $": "HKD",
}
CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "SEK", "NOK", "ZAR", "INR", "CNY", "KES", "BRL")
NAMES = {
    "dollars": "USD",
    "US dollars": "USD",
    "Australian dollars": "AUD",
    "Canadian dollars": "CAD",
    "euros": "EUR",
    "yen": "JPY",
    "Swiss francs": "CHF",
    "Norwegian kroner": "NOK",
    "Mexican pesos": "MXN",
    "Egyptian pounds": "EGP",
    "pounds sterling": "GBP",
    "rupees": "INR",
    "yuan": "CNY",
    "ringgit": "MYR",
    "rand": "ZAR",
    "Turkish lira": "TRY",
    "naira": "NGN",
    "shekels": "ILS",
}
MINOR = {"cents": ("USD", 100), "pence": ("GBP", 100), "p": ("GBP", 100), "euro cents": ("EUR", 100)}
SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "mln": 6,
    "bln": 9,
    "m": 6,
    "mn": 6,
    "bn": 9,
    "tn": 12,
    "k": 3,
    "M": 6,
    "B": 9,
}
GLUED = frozenset(("m", "mn", "bn", "tn", "k", "M", "B"))
BOUNDS = {
    "": "exact",
    "about ": "approx",
    "nearly ": "approx",
    "some ": "approx",
    "an estimated ": "estimate",
    "more than ": "gt",
    "over ": "gt",
    "at least ": "ge",
    "up to ": "le",
    "as much as ": "le",
    "less than ": "lt",
    "under ": "lt",
}
KINDS = (
    *("sign", "sign", "prefixed", "spaced", "code", "code after", "name", "spelt", "minor", "sign after"),
    *("odd", "odd", "odd"),
)
BEFORE = (
    "The bridge will cost {}",
    "She said it was worth {}",
    "A plan of {}",
    "It lost {}",
    "{}",
    "Fines reached {}",
    "The council paid {}",
    "In 2019 the state spent {}",
    "They owe {}",
    "It was sold for {}",
    'He said: "It needs {}',
    "The mill (worth {}",
)
AFTER = (
    ".",
    " in 2019.",
    ", he said.",
    " for the 12 schools.",
    "",
    " on Monday.",
    " to 30 firms.",
    "; 7 were left.",
    " a year.",
    " each.",
    "!",
    " (see page 4).",
    " and 12 cars.",
    " - or 5 per cent.",
)


@dataclass(frozen=True)
class Built:
    """A text with one amount: where it stands, its value in major units, currency and modifier."""

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    modifier: str
    made_of: str


def _number(rng: random.Random, *, scaled: bool) -> tuple[str, Decimal]:
    """A number in digits, and its value."""
    if scaled:
        value = Decimal(rng.randint(1, 999))
        if rng.random() < 0.5:
            value = Decimal(rng.randint(10, 999)) / 10
        return str(value), value
    whole = rng.randint(2, 10 ** rng.randint(1, 7))
    style = rng.choice(("grouped", "plain", "cents", "thin"))
    if style == "plain" or whole < 1000:
        return str(whole), Decimal(whole)
    if style == "thin":
        return f"{whole:,}".replace(",", "\u202f"), Decimal(whole)
    if style == "cents":
        value = Decimal(whole) + Decimal(rng.randint(1, 99)) / 100
        return f"{value:,.2f}", value
    return f"{whole:,}", Decimal(whole)


def _scaled(rng: random.Random) -> tuple[str, Decimal, str]:
    """A number with its scale, the value, and the scale."""
    scale = rng.choice(list(SCALES))
    number, value = _number(rng, scaled=True)
    gap = rng.choice(("", " ")) if scale in GLUED else rng.choice((" ", " ", "\u00a0", "-"))
    if scale in GLUED and gap and scale in "kmMB":
        gap = ""
    return f"{number}{gap}{scale}", value * 10 ** SCALES[scale], scale


def _spelt(rng: random.Random) -> tuple[str, Decimal]:
    """A number in words, or a fraction of a scale."""
    name, zeros = rng.choice((("million", 6), ("billion", 9), ("thousand", 3)))
    forms = (
        ("half a " + name, Decimal("0.5") * 10**zeros),
        ("a quarter of a " + name, Decimal("0.25") * 10**zeros),
        ("three-quarters of a " + name, Decimal("0.75") * 10**zeros),
        (f"two and a half {name}", Decimal("2.5") * 10**zeros),
        (f"one and a half {name}", Decimal("1.5") * 10**zeros),
    )
    if rng.random() < 0.3:
        return rng.choice(forms)
    number = rng.choice((rng.randint(2, 99), rng.randint(100, 999), rng.randint(1000, 10**9)))
    return in_words(number, and_=rng.random() < 0.5), Decimal(number)


def _grouped(rng: random.Random) -> tuple[str, Decimal]:
    """A number of six to nine digits in the groups of other countries, and its value."""
    whole = rng.randint(100_000, 10**9)
    digits = f"{whole:,}"
    head, tail = str(whole)[:-3], str(whole)[-3:]
    pairs = [head[max(0, k - 2) : k] for k in range(len(head), 0, -2)][::-1]
    style = rng.choice(("swapped", "swapped cents", "apostrophe", "indian", "nbsp"))
    if style == "swapped cents":
        return digits.replace(",", ".") + ",50", Decimal(whole) + Decimal("0.5")
    if style == "indian":
        return ",".join([*pairs, tail]), Decimal(whole)
    return digits.replace(",", {"swapped": ".", "apostrophe": "'", "nbsp": "\u00a0"}[style]), Decimal(whole)


def _odd(rng: random.Random) -> tuple[str, Decimal, str, str]:
    """An amount in a rarer form."""
    n = rng.randint(2, 99)
    number, grouped = _grouped(rng)
    word = in_words(n, and_=False)
    forms: tuple[tuple[str, Decimal, str], ...] = (
        (f"€{number}", grouped, "EUR"),
        (f"{number} euros", grouped, "EUR"),
        (f"₹{n} crore", n * Decimal(10) ** 7, "INR"),
        (f"Rs {n} lakh", n * Decimal(10) ** 5, "INR"),
        (f"Rs.{n}.5 crore", (n + Decimal("0.5")) * 10**7, "INR"),
        (f"₹{n} lakh crore", n * Decimal(10) ** 12, "INR"),
        (f"RM{n} million", n * Decimal(10) ** 6, "MYR"),
        (f"Ksh{n} billion", n * Decimal(10) ** 9, "KES"),
        (f"R{n} million", n * Decimal(10) ** 6, "ZAR"),
        (f"${n}½ million", (n + Decimal("0.5")) * 10**6, "USD"),
        (f"${n} 1/2 million", (n + Decimal("0.5")) * 10**6, "USD"),
        (f"{n}-million-dollar", n * Decimal(10) ** 6, "USD"),
        (f"{word}-million-dollar", n * Decimal(10) ** 6, "USD"),
        (f"${n}-million", n * Decimal(10) ** 6, "USD"),
        (f"$.{n:02}", Decimal(n) / 100, "USD"),
        (f"${n}.0m", n * Decimal(10) ** 6, "USD"),
        (f"€{n},5 million", (n + Decimal("0.5")) * 10**6, "EUR"),
        (f"EUR{n}m", n * Decimal(10) ** 6, "EUR"),
        (f"{n} USD million", n * Decimal(10) ** 6, "USD"),
        (f"{n} million US$", n * Decimal(10) ** 6, "USD"),
        (f"$US{n} million", n * Decimal(10) ** 6, "USD"),
        (f"$A{n}m", n * Decimal(10) ** 6, "AUD"),
        (f"USD${n} million", n * Decimal(10) ** 6, "USD"),
        (f"USD $ {n} million", n * Decimal(10) ** 6, "USD"),
        (f"US dollars {n} million", n * Decimal(10) ** 6, "USD"),
        (f"{n} dollars and 50 cents", n + Decimal("0.5"), "USD"),
        (f"{n} pounds 20 pence", n + Decimal("0.2"), "GBP"),
        (f"{word} thousand million dollars", n * Decimal(10) ** 9, "USD"),
        (f"{n} thousand million yen", n * Decimal(10) ** 9, "JPY"),
        (f"{word} point five million dollars", (n + Decimal("0.5")) * 10**6, "USD"),
        (f"{n} and a half million dollars", (n + Decimal("0.5")) * 10**6, "USD"),
        ("a million dollars", Decimal(10) ** 6, "USD"),
        ("a hundred thousand pounds", Decimal(10) ** 5, "GBP"),
        (f"{n} million (US) dollars", n * Decimal(10) ** 6, "USD"),
        (f"Canadian ${n} million", n * Decimal(10) ** 6, "CAD"),
        (f"{n} million\ndollars", n * Decimal(10) ** 6, "USD"),
        (f"${n}\nmillion", n * Decimal(10) ** 6, "USD"),
        (f"{n}k euros", n * Decimal(1000), "EUR"),
        (f"{n} bn euros", n * Decimal(10) ** 9, "EUR"),
        (
            f"{word} hundred dollars" if n < 10 else f"{word} dollars",
            Decimal(n * (100 if n < 10 else 1)),
            "USD",
        ),
    )
    at = rng.randrange(len(forms))
    text, value, code = forms[at]
    return text, value, code, f"odd {at}"


def _amount(rng: random.Random) -> tuple[str, Decimal, str, str]:
    """An amount, its value in major units, its currency and what it is made of."""
    kind = rng.choice(KINDS)
    if kind == "odd":
        return _odd(rng)
    text, value, scale = _scaled(rng)
    if rng.random() < 0.4:
        (text, value), scale = _number(rng, scaled=False), ""
    if kind == "sign":
        sign = rng.choice(list(SIGNS))
        return sign + rng.choice(("", "", " ")) + text, value, SIGNS[sign], f"{kind} {scale}"
    if kind == "sign after":
        sign = rng.choice(("€", "$", "£"))
        return text + rng.choice(("", " ")) + sign, value, SIGNS[sign], f"{kind} {scale}"
    if kind == "prefixed":
        sign = rng.choice(list(PREFIXED))
        return sign + text, value, PREFIXED[sign], f"{kind} {scale}"
    if kind == "spaced":
        sign = rng.choice(list(SPACED))
        return sign + text, value, SPACED[sign], f"{kind} {scale}"
    if kind == "code":
        code = rng.choice(CODES)
        return code + rng.choice(("", " ", "\u00a0")) + text, value, code, f"{kind} {scale}"
    if kind == "code after":
        code = rng.choice(CODES)
        return f"{text} {code}", value, code, f"{kind} {scale}"
    if kind == "minor":
        name = rng.choice(list(MINOR))
        code, parts = MINOR[name]
        count = rng.randint(2, 999)
        return f"{count}{'' if name == 'p' else ' '}{name}", Decimal(count) / parts, code, kind
    name = rng.choice(list(NAMES))
    if kind == "spelt":
        text, value = _spelt(rng)
        return f"{text} {name}", value, NAMES[name], kind
    return f"{text} {name}", value, NAMES[name], f"{kind} {scale}"


def _range(rng: random.Random) -> tuple[str, Decimal, Decimal, str, str]:
    """A range, its ends, its currency and what it is made of."""
    sign = rng.choice(("$", "£", "€", "A$", "¥"))
    code = {**SIGNS, **PREFIXED}[sign]
    low = rng.randint(2, 90)
    high = rng.randint(low + 1, min(99, low * 3))
    scale = rng.choice(("m", "bn", " million", " billion", " trillion", "k"))
    worth = Decimal(10) ** SCALES[scale.strip()]
    form = rng.choice(
        (
            "{s}{a}-{b}{k}",
            "{s}{a}–{b}{k}",
            "{s}{a}{k}-{s}{b}{k}",
            "{s}{a}{k} to {s}{b}{k}",
            "{s}{a} to {s}{b}{k}",
            "{s}{a} to {b}{k}",
            "between {s}{a}{k} and {s}{b}{k}",
            "between {s}{a} and {s}{b}{k}",
            "from {s}{a}{k} to {s}{b}{k}",
            "{s}{a}- to {s}{b}{k}",
            "{s}{a}-{b},000",
            "{s}{a}-to-{b}{k}",
            "{s}{a},000-{b},000",
            "{s}{a},500 to {s}{b},500",
        )
    )
    text = form.format(s=sign, a=low, b=high, k=scale)
    if "000" in form or "500" in form:
        worth, extra = Decimal(1000), Decimal(500 * ("500" in form))
        return text, low * worth + extra, high * worth + extra, code, form
    return text, low * worth, high * worth, code, form


def build(count: int, seed: int = 0) -> Iterator[Built]:
    """Texts with one amount each, always the same for a seed."""
    rng = random.Random(seed)
    for _ in range(count):
        before, after = rng.choice(BEFORE), rng.choice(AFTER)
        bound = rng.choice(list(BOUNDS)) if rng.random() < 0.4 else ""
        if rng.random() < 0.25:
            surface, low, high, currency, made_of = _range(rng)
            bound, modifier = "", "range"
        else:
            surface, low, currency, made_of = _amount(rng)
            high, modifier = low, BOUNDS[bound]
        if after == "" and "(" in before:
            after = ")."
        text = before.format(bound + surface) + after
        start = text.index(surface)
        yield Built(text, start, start + len(surface), low, high, currency, modifier, f"{bound}{made_of}")
