"""Text to tokens: only what an amount can be made of, one character each, with what stands between them.

The tokens of a segment become a line of alternating gap and kind characters, ``|S~9_m`` for "$5 million",
so that the grammar is a few short regexes over kinds. Words of no interest make no token; they show as the
gap ``|``, which nothing bridges.

Kinds:

====  ==============================================  ====  =============================================
9     number in digits                                S     currency sign (``$``, ``A$``)
w     one ... ninety                                  C     ISO code
h     hundred                                         L     letters before a number (``Rs``)
m     million, bn, crore ...                          N     name of a currency
k     scale letter (``5m``, ``5 B``)                  c     minor unit (cents, ``p``)
V     millions, tens                                  j     adjective before a name (``Swiss``)
f     half, quarter                                   e     more, extra (between number and name)
v     several, few                                    x X   multi, multimillion
d     tax, public (before dollars)
a     a, an                                           b     between
&     and                                             t     to
o     of                                              r     or
P     point (``five point two``)                      q     the ``NO/100`` of cheques
====  ==============================================  ====  =============================================

Gaps: ``~`` nothing, ``_`` blanks (one line break included), ``-`` a hyphen or dash without blanks, ``=`` one
with blanks, ``,`` a comma, ``/`` a slash, ``(`` and ``)`` brackets, ``|`` anything else.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.stages.money import units as written
from pipeline.stages.money.currencies import (
    ADJECTIVES,
    CURRENCIES,
    VOCABULARY,
    WHOLE_NAMES,
    Unit,
    full_name,
    narrowed,
)
from pipeline.stages.money.quantities import MAX_DIGITS, Number, read_digits
from pipeline.stages.money.words import (
    FRACTIONS,
    LETTER_SCALES,
    MULTI,
    MULTI_SCALES,
    PLURAL_SCALES,
    SCALES,
    SEVERAL,
    SMALL,
    VULGAR,
)

_SIGNS = "".join(sorted(form for form in VOCABULARY.symbols))
_MINOR_SIGNS = "".join(sorted(form for form in VOCABULARY.minor if not form[0].isalpha()))
_GARBLED = "|".join(re.escape(form) for form in written.GARBLED)
_VULGAR = "".join(VULGAR)

_TOKEN = re.compile(
    rf"""
    ((?:\d+(?:[.,'’，．]\d+|[\ \u00a0\u2009\u202f]\d{{3}}(?!\d))*|(?<![\w.,])\.\d+)
       (?:[\ \u00a0-]?[{_VULGAR}]|[\ \u00a0-]\d{{1,2}}/\d{{1,2}}(?![\d/]))?(?:/\d+)*
     |[{_VULGAR}])                                                         # 1 number
    |[{re.escape(_SIGNS)}]{{3,}}                                             # a rule of signs: nothing
    |({_GARBLED}|[{re.escape(_SIGNS + _MINOR_SIGNS)}])                     # 2 sign
    |((?:[A-Z]\.){{2,}}|[^\W\d_]+)                                         # 3 word
    """,
    re.VERBOSE,
)

_HUNDRED = Decimal(100)


def _lexicon() -> dict[str, tuple[str, Any]]:
    """Lower-case word -> (kind, value)."""
    found: dict[str, tuple[str, Any]] = {}
    for phrase in ADJECTIVES:
        for word in phrase.replace("-", " ").split():
            found[word] = ("j", word)
    for phrase in WHOLE_NAMES:
        words = phrase.replace("-", " ").split()
        for word in words[:-1]:
            found[word] = ("j", word)
        if words[-1] not in VOCABULARY.names and words[-1] not in VOCABULARY.minor:
            found[words[-1]] = ("N", Unit((), None, "name", guard="whole"))
    for word, unit in VOCABULARY.names.items():
        found[word] = ("N", unit)
    for word, unit in VOCABULARY.minor.items():
        found[word] = ("c", unit)
    for word, power in SCALES.items():
        found[word] = ("m", Decimal(10) ** power)
    for word, power in PLURAL_SCALES.items():
        found[word] = ("V", Decimal(10) ** power)
    for word, number in SMALL.items():
        found[word] = ("w", number)
    for word, fraction in FRACTIONS.items():
        found[word] = ("f", fraction)
    for word in SEVERAL:
        found[word] = ("v", None)
    for word in MULTI:
        found[word] = ("x", None)
    for word, power in MULTI_SCALES.items():
        found[word] = ("X", Decimal(10) ** power)
    for kind, words_ in {
        "h": "hundred",
        "a": "a an",
        "&": "and",
        "t": "to",
        "o": "of",
        "r": "or",
        "P": "point",
        "b": "between",
        "e": "more extra additional fewer less",
        "d": "tax taxpayer taxpayers federal public private",
    }.items():
        for word in words_.split():
            found[word] = (kind, _HUNDRED if kind == "h" else None)
    found["usd"] = found.get("usd", ("C", VOCABULARY.codes["USD"]))
    return found


LEXICON = _lexicon()

ANCHORS = frozenset(
    [word for word, (kind, _) in LEXICON.items() if kind in "Nc"]
    + [code.lower() for code in VOCABULARY.codes]
    + [letters.rstrip(".").lower() for letters in VOCABULARY.letters]
    + [
        scale + code
        for scale in "mkbt"
        for code in ("eur", "usd", "sek", "nok", "dkk", "gbp", "chf", "cad", "aud")
    ]
    + list(_SIGNS + _MINOR_SIGNS)
    + [form.lower() for form in written.GARBLED]
    + ["p", "c"]
)
"""A segment without one of these holds no figure; lower case."""

_ANCHOR_SCAN = re.compile(rf"{_GARBLED.lower()}|[^\W\d_]+|[{re.escape(_SIGNS + _MINOR_SIGNS)}]")
_SCALED_CODE = re.compile(r"([MKBT])([A-Z]{3})")
_PLUS = re.compile(r"(?i:[-\u2010\u2011 ]?(?:plus|odd)[-\u2010\u2011 ]|\+ ?)")
_HYPHENS = "-\u2010\u2011\u2012\u2013\u00ad\uff0d"


def may_hold(segment: str) -> bool:
    """Whether a segment has any sign, code, name or letters of a currency.

    >>> may_hold("Nothing of the kind."), may_hold("5 million yen")
    (False, True)
    """
    return not ANCHORS.isdisjoint(_ANCHOR_SCAN.findall(segment.lower()))


class Tokens(NamedTuple):
    """The tokens of a segment of ``text``; ``line`` has the gap before token i at 2i and its kind at 2i + 1."""

    text: str
    line: str
    starts: list[int]
    ends: list[int]
    values: list[Any]

    def kind(self, i: int) -> str:
        return self.line[2 * i + 1]


_GAPS: dict[str, str] = {
    "": "~",
    " ": "_",
    "\n": "_",
    "-": "-",
    ", ": ",",
    ",": ",",
    " (": "(",
    "(": "(",
    ") ": ")",
}


def _gap(text: str) -> str:
    known = _GAPS.get(text)
    if known is not None:
        return known
    if len(text) > 12:
        return "|"
    if _PLUS.fullmatch(text):
        return "_"  # "600-plus billion", "50-odd million"
    bare = text.replace("\u200b", "").replace("\ufeff", "")
    stripped = bare.strip()
    if not stripped:
        return "_" if bare else "~"
    if stripped in _HYPHENS and len(stripped) == 1:
        left, right = bare[0] == stripped, bare[-1] == stripped
        if left and right:
            return "-"
        if right != left:
            # "$5- $6" is a range in bad typing; a hyphen before a line break is a hyphenated adjective.
            return "-" if left else "|"
        return "="
    if stripped == ",":
        return ","
    if stripped == "/":
        return "/"
    if stripped == "(":
        return "("
    if stripped == ")":
        return ")"
    return "|"


def tokenize(text: str, start: int, end: int, *, published: dt.date | None = None) -> Tokens:
    """The tokens of ``text[start:end]``.

    >>> tokenize("about $5 million of aid", 0, 23).line
    '|S~9_m_o'
    """
    line: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Any] = []
    previous = start  # end of the last token
    word_start = word_end = -1  # the last word, token or not
    lexicon, codes, letters = LEXICON.get, VOCABULARY.codes.get, VOCABULARY.letters.get
    dotted = False  # the last token is an abbreviation that a point may follow

    def put(kind: str, begin: int, stop: int, value: Any) -> None:
        nonlocal previous, dotted
        between = text[previous:begin] if starts else None
        if between is None:
            gap = "|"
        elif dotted and between.startswith("."):
            gap = _gap(between[1:])
        else:
            gap = _gap(between)
        line.append(gap)
        line.append(kind)
        starts.append(begin)
        ends.append(stop)
        values.append(value)
        previous = stop
        dotted = False

    def drop() -> None:
        nonlocal previous
        starts.pop(), ends.pop(), values.pop()
        del line[-2:]
        # The gap to the token before is no longer adjacent text: what was dropped stands in it.
        previous = ends[-1] if ends else start

    for match in _TOKEN.finditer(text, start, end):
        group = match.lastindex
        begin, stop = match.span()
        if group == 3:
            word = match[3]
            if (
                starts
                and begin == previous
                and line[-1] == "S"
                and text[stop : stop + 2].strip()[:1].isdigit()
            ):
                postfixed = VOCABULARY.prefixed.get(word + _plain_sign(text[begin - 1]))
                if postfixed is not None:  # $US5
                    ends[-1], values[-1], previous = stop, postfixed, stop
                    continue
            word_start, word_end = begin, stop
            lower = word.lower()
            if begin == previous and word in LETTER_SCALES and starts and line[-1] == "9":
                put("k", begin, stop, Decimal(10) ** LETTER_SCALES[word])
                continue
            entry = lexicon(lower)
            unit = letters(word) or (codes(word) if len(word) == 3 else None)
            if word == "D" and text[stop : stop + 5].lower() == "-mark":
                unit = None
            if unit is not None and (entry is None or word in VOCABULARY.letters or entry[0] != "j"):
                kind = "C" if unit.basis == "code" else "L"
                put(kind, begin, stop, unit)
                dotted = kind == "L"
            elif entry is not None:
                kind, value = entry
                if kind == "N" or (kind == "c" and word.isalpha()):
                    _put_name(
                        text, line, starts, ends, values, put, drop, kind, begin, stop, value, published
                    )
                else:
                    put(kind, begin, stop, value)
                    dotted = kind == "m"
            elif starts and line[-1] == "9" and begin - previous <= 1:
                if word in LETTER_SCALES:
                    put("k", begin, stop, Decimal(10) ** LETTER_SCALES[word])
                elif begin == previous and lower in VOCABULARY.glued:
                    put("c", begin, stop, VOCABULARY.glued[lower])
            scaled = (
                _SCALED_CODE.fullmatch(word) if entry is None and unit is None and len(word) == 4 else None
            )
            if scaled and scaled[2] in VOCABULARY.codes:
                put("m", begin, begin + 1, Decimal(10) ** LETTER_SCALES[scaled[1]])
                put("C", begin + 1, stop, VOCABULARY.codes[scaled[2]])
        elif group is None:
            continue
        elif group == 2:
            sign = match[2]
            if sign in written.GARBLED:
                meant = written.GARBLED[sign]
                unit = VOCABULARY.symbols[meant] if meant else Unit((), None, "symbol")
                put("S", begin, stop, unit._replace(garbled=True))
                continue
            if sign in VOCABULARY.minor and word_end != begin:
                put("c", begin, stop, VOCABULARY.minor[sign])
                continue
            if word_end == begin:
                prefixed = VOCABULARY.prefixed.get(text[word_start:begin] + _plain_sign(sign))
                if prefixed is not None:
                    if starts and ends[-1] == word_end:
                        drop()
                    put("S", word_start, stop, prefixed)
                    continue
                if sign in VOCABULARY.minor:
                    put("c", begin, stop, VOCABULARY.minor[sign])
                    continue
            put("S", begin, stop, VOCABULARY.symbols[sign])
        else:
            before = text[begin - 1] if begin > start else " "
            if before.isalpha() or before == "_":
                if not starts or ends[-1] != begin or line[-1] not in "CLNS":
                    continue
            hundredths = _hundredths(text, begin, stop)
            if hundredths is not None:
                put("q", begin - 3 if before == "/" else begin, stop, hundredths)
                continue
            _put_number(text, begin, stop, put)
    return Tokens(text, "".join(line), starts, ends, values)


def _plain_sign(sign: str) -> str:
    return {"＄": "$", "﹩": "$", "￡": "£", "￥": "¥", "￦": "₩", "￠": "¢"}.get(sign, sign)


def _hundredths(text: str, begin: int, stop: int) -> Decimal | None:
    """The cents of a cheque: ``and NO/100 dollars``, ``and 50/100``."""
    raw = text[begin:stop]
    if raw == "100" and text[max(0, begin - 3) : begin].lower() == "no/":
        return Decimal(0)
    if len(raw) == 6 and raw.endswith("/100") and raw[:2].isdigit():
        return Decimal(raw[:2]) / 100
    return None


def _put_number(text: str, begin: int, stop: int, put: Any) -> None:
    raw = text[begin:stop]
    number = read_digits(raw)
    if number is None and len(raw) <= MAX_DIGITS and any(c in raw for c in " \u00a0\u2009\u202f"):
        # Blanks that part two numbers ("in 2004 500 dollars"), not groups of one.
        at = begin
        for piece in re.split(r"([ \u00a0\u2009\u202f])", raw):
            if piece.strip():
                inner = read_digits(piece)
                if inner is not None:
                    put("9", at, at + len(piece), inner)
            at += len(piece)
        return
    if number is not None:
        put("9", begin, stop, number)


def _out_of_date(unit: Unit, published: dt.date | None) -> bool:
    """Whether the one currency a name has today was not money when the article appeared."""
    return (
        published is not None
        and len(unit.candidates) == 1
        and not CURRENCIES[unit.candidates[0]].current(published)
    )


def _put_name(
    text: str,
    line: list[str],
    starts: list[int],
    ends: list[int],
    values: list[Any],
    put: Any,
    drop: Any,
    kind: str,
    begin: int,
    stop: int,
    unit: Unit,
    published: dt.date | None,
) -> None:
    """Put a currency name, together with the adjectives before it ("New Zealand" + "dollars")."""
    first = len(starts)
    while first and first > len(starts) - 4 and line[2 * first - 1] in ("j", "a", "N"):
        after = text[ends[first - 1] : (starts[first] if first < len(starts) else begin)]
        if len(after) > 2 or after.strip(" \n\u00a0-)") or not after:
            break
        first -= 1
    meant = None
    for at in range(first, len(starts)):
        words = [text[starts[i] : ends[i]] for i in range(at, len(starts))]
        phrase = " ".join(words).lower()
        name = f"{phrase} {text[begin:stop].lower()}"
        meant = full_name(name)
        if phrase in ADJECTIVES and unit.candidates and (meant is None or _out_of_date(meant, published)):
            meant = narrowed(unit, ADJECTIVES[phrase], published) or meant
        if meant is not None:
            whole = starts[at]
            bracket = whole > 0 and text[whole - 1] == "("
            meant = meant._replace(per_major=max(meant.per_major, unit.per_major))
            while len(starts) > at:
                drop()
            put(kind, whole, stop, meant)
            if bracket and line[-2] == "(":
                line[-2] = "_"
            return
    put(kind, begin, stop, unit)
