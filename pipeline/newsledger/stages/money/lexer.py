"""Splits text into tokens that can be part of an amount, with the kind of gap between them.

The tokens of a segment become a line of alternating gap and kind characters, ``|S~9_m`` for "$5 million",
so that the grammar is a few short regexes over kinds. Other words make no token; they are part of the
gap ``|``, which no rule spans.

Kinds:

====  ==============================================  ====  =============================================
9     number in digits                                S     currency sign (``$``, ``A$``)
w     one ... ninety                                  C     ISO code
h     hundred                                         L     letters before a number (``Rs``)
m     million, bn, crore ...                          N     name of a currency
k     scale letter (``5m``, ``5 B``)                  c     minor unit (cents, ``p``)
V     millions, tens                                  j     adjective before a name (``Swiss``)
f     half, quarter                                   e     more, extra (between number and name)
v     several, few                                    d     tax, public (before dollars)
x     multi                                           X     multimillion
a     a, an                                           b     between
&     and                                             t     to
o     of                                              r     or
P     point (``five point two``)
====  ==============================================  ====  =============================================

Gaps: ``~`` nothing, ``_`` blanks, ``-`` a hyphen or dash without blanks, ``=`` one
with blanks, ``,`` a comma, ``/`` a slash, ``(`` and ``)`` brackets, ``|`` anything else.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.lexicons.numbers import FRACTION_SIGNS
from newsledger.lexicons.us_states import US_STATES
from newsledger.lexicons.written_numbers import MAX_DIGITS, Number, read_digits
from newsledger.stages.money.currencies import CURRENCIES
from newsledger.stages.money.phrases import LEFT, LETTER_SCALES, NUMBER_TOKENS, NUMBER_WORDS, WORDS
from newsledger.stages.money.spellings import (
    ADJECTIVES,
    COUNTRY_NAMES,
    VOCABULARY,
    WHOLE_NAMES,
    Unit,
    narrowed,
)

GARBLED = {"â‚¬": "€", "â\x82¬": "€", "Â£": "£", "Â¥": "¥", "Ã¢â€šÂ¬": "€", "�": "", "#": "£"}
"""Signs spoilt by a wrong decoding, and what they were; the figure is flagged ``garbled``."""

_GARBLED_BEFORE = {
    "#": r"(?=\d[\d,]*(?:\.\d+)?\s?(?:bn|mn?|million|billion|trillion)\b|\d+\.\d\d(?!\d|\.\d))"
}
"""What must follow one that has other uses too: #3 is a number, #3bn had a pound sign."""

_SIGNS = "".join(sorted(VOCABULARY.symbols))
_MINOR_SIGNS = "".join(sorted(form for form in VOCABULARY.minor if not form[0].isalpha()))
_ANY_SIGN = re.escape(_SIGNS + _MINOR_SIGNS)
_GARBLED = "|".join(re.escape(form) + _GARBLED_BEFORE.get(form, "") for form in GARBLED)
_PARTS = any_of(form for form in VOCABULARY.letters if re.search(r"[ /]", form))
_VULGAR = "".join(FRACTION_SIGNS)
_BROKEN = (
    r"(?:(?<=[$£€])|(?<=[$£€]\s))\d{1,3}(?:,\d{3})*,\ \d{3}(?!\d)"
    r"(?=[.;:)]|\s*\Z|\s+(?:to|for|in|on|from|at|by|per|an?|with|and)\b(?!\s+[\d$£€]))"
)
"""$91, 229: rare, but the number would be short of its thousands."""
_TOKEN = lazy_regex(
    rf"""
    ((?:{_BROKEN}|\d+(?:[.,'’，．]\d+|\ \d{{3}}(?!\d))*|(?<![\w.,])\.\d+)
       (?:[\ -]?[{_VULGAR}]|[\ -]\d{{1,2}}/\d{{1,2}}(?![\d/]))?(?:/\d+(?:,\d{{3}})*(?:\.\d+)?)*
     |[{_VULGAR}])                                                         # 1 number
    |[{re.escape(_SIGNS)}]{{3,}}                                             # a row of signs: nothing
    |({_GARBLED}|[{_ANY_SIGN}])                                            # 2 sign
    |((?<!\w)(?:{_PARTS})(?![^\W\d]))                                   # 3 letters
    |((?:[A-Z]\.){{2,}}|[^\W\d_]+)                                         # 4 word
    """,
    re.VERBOSE,
)
_NUMBER, _SIGN, _LETTERS, _WORD = 1, 2, 3, 4


def _lexicon() -> dict[str, tuple[str, Any]]:
    """Lower-case word -> (kind, value); where tables disagree, the later one below wins."""
    found: dict[str, tuple[str, Any]] = {}
    for phrase in ADJECTIVES:
        found.update((word, ("j", word)) for word in phrase.replace("-", " ").split())
    for phrase in WHOLE_NAMES:
        *first, last = phrase.replace("-", " ").split()
        found.update((word, ("j", word)) for word in first)
        found[last] = ("N", Unit((), None, "name", guard="whole"))
    found.update((word, ("N", unit)) for word, unit in VOCABULARY.names.items())
    found.update((word, ("c", unit)) for word, unit in VOCABULARY.minor.items())
    for name, token in NUMBER_TOKENS.items():
        found.update((word, (token, value)) for word, value in NUMBER_WORDS[name].items() if token)
    found["usd"] = ("C", VOCABULARY.codes["USD"])
    return found


LEXICON = _lexicon()

ANCHORS = frozenset(
    [
        *(word for word, (kind, _) in LEXICON.items() if kind in "Nc"),
        *map(str.lower, VOCABULARY.codes),
        *(letters.rstrip(".").lower() for letters in VOCABULARY.letters),
        *map(str.lower, VOCABULARY.letters),
        *_SIGNS,
        *_MINOR_SIGNS,
        *map(str.lower, GARBLED),
        *VOCABULARY.glued,
    ]
)
"""A segment without one of these holds no figure; lower case."""

_ANCHOR_SCAN = lazy_regex(rf"{_GARBLED.lower()}|[^\W\d_]+|[{_ANY_SIGN}]")
_LETTERS_ANYWHERE = lazy_regex(rf"(?:{_PARTS}) ?\d")


def may_hold(segment: str) -> bool:
    """Whether a segment has any sign, code, name or letters of a currency.

    >>> may_hold("Nothing of the kind."), may_hold("5 million yen")
    (False, True)
    """
    if not ANCHORS.isdisjoint(_ANCHOR_SCAN.findall(segment.lower())):
        return True
    return _LETTERS_ANYWHERE.search(segment) is not None


class Tokens(NamedTuple):
    """The tokens of a segment of ``text``.

    ``line`` has the gap before token i at 2i and its kind at 2i + 1.
    """

    text: str
    line: str
    starts: list[int]
    ends: list[int]
    values: list[Any]

    def kind(self, i: int) -> str:
        """The kind of token i."""
        return self.line[2 * i + 1]


def tokenize(text: str, start: int, end: int, *, published: dt.date | None = None) -> Tokens:
    """The tokens of ``text[start:end]``.

    >>> tokenize("about $5 million of aid", 0, 23).line
    '|S~9_m_o'
    """
    lexer = _Lexer(text, start, published)
    read = {_NUMBER: lexer.number, _SIGN: lexer.sign, _LETTERS: lexer.letters, _WORD: lexer.word}
    for match in _TOKEN.finditer(text, start, end):
        if match.lastindex:
            read[match.lastindex](match)
    return Tokens(text, "".join(lexer.line), lexer.starts, lexer.ends, lexer.values)


_GAPS = {"": "~", " ": "_", "-": "-", ", ": ",", ",": ",", " (": "(", "(": "(", ") ": ")"}
_LONGEST_GAP = 12
_GARBLED_NUMBER = lazy_regex(r"\d+(?:[.,]\d+){2,}")
"""After a sign, money whose number cannot be read: $4.250,118.20."""
_NARROW = str.maketrans("＄﹩￡￥￦￠", "$$£¥₩¢")
"""Full-width sign -> narrow form."""
_HYPHENS = "-\u2010\u2011\u2012\u2013\uff0d"
_OTHER_LETTERS = ADJECTIVES.keys() | {state.code.lower() for state in US_STATES}
_PARTED = sorted({key[:-1] for key in VOCABULARY.prefixed if re.search(r"\w\W\w", key[:-1])})
"""Letters of several parts before a sign."""
_TRANSPARENT = lazy_regex(r"(?i:[-\u2010\u2011 ]?(?:plus|odd)[-\u2010\u2011 ]|\+ ?| and no/100 )")
"""Between two tokens of one number: "600-plus billion", "fifty thousand and NO/100 dollars"."""
_BOUNDED = lazy_regex(r"(?i) (?:more than|over|about|around|nearly|almost|as (?:much|high) as) (?:an? )?")
_ROUGHLY = frozenset(" ".join(phrase) for phrase, side in LEFT.items() if side in ("approx", "estimate"))
"""May stand before either end of a range: between about $3 and roughly $4 million."""
_RANGING = lazy_regex(r"(?i)\brang(?:e|es|ed|ing) from\b[^.;]*\Z")
"""Before a pair, so that its second number may have a word of its own: ranging from $5 to more than $7."""


def _gap(text: str) -> str:
    """The gap character for the text between two tokens."""
    known = _GAPS.get(text)
    if known is not None:
        return known
    if len(text) > _LONGEST_GAP:
        return "|"
    if _TRANSPARENT.fullmatch(text):
        return "_"
    mark = text.strip()
    if not mark:
        return "|" if "\n" in text else "_"
    if len(mark) != 1:
        return "|"
    if mark in _HYPHENS:
        if text[0] == mark:
            return "-"  # also "$5- $6"
        return "|" if text[-1] == mark else "="
    return mark if mark in ",/()" else "|"


class _Lexer:
    """Takes the matches of a segment in order; what it puts is what `Tokens` holds."""

    def __init__(self, text: str, start: int, published: dt.date | None) -> None:
        self.text, self.start, self.published = text, start, published
        self.line: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.values: list[Any] = []
        self.last_word = (-1, -1)  # the last word, token or not
        self.abbreviated = False  # the last token is an abbreviation that a point may follow

    def put(self, kind: str, begin: int, stop: int, value: Any, *, abbreviated: bool = False) -> None:
        """Add a token, with the gap between it and the last one."""
        if self.ends:
            between = self.text[self.ends[-1] : begin]
            if between == " than " and self.line[-3:] == ["t", "_", "e"]:
                self.drop()  # "to more than $7": _BOUNDED has it
                between = self.text[self.ends[-1] : begin]
            if self.abbreviated and between.startswith("."):
                between = between[1:]
            gap = _gap(between)
            if gap == "|" and self._is_bridged(kind, begin, between):
                gap = "_"
            if gap == "|" and self.line[-1] == "t" and _BOUNDED.fullmatch(between):
                gap = "_" if _RANGING.search(self.text, max(self.start, begin - 90), begin) else gap
            self.line.append(gap)
        else:
            self.line.append("|")
        self.line.append(kind)
        self.starts.append(begin)
        self.ends.append(stop)
        self.values.append(value)
        self.abbreviated = abbreviated

    def _is_bridged(self, kind: str, begin: int, between: str) -> bool:
        """Whether a gap parts nothing: "$1.1. million", "between about £3 and roughly £4 million".

        Rare, but the scale would be lost.
        """
        if kind == "m" and self.line[-1] == "9" and between in (".", ". "):
            return self.text[begin].islower()
        if self.line[-1] not in "b&" or between.strip().lower() not in _ROUGHLY:
            return False
        return "b" in "".join(self.line[-24:]).rpartition("|")[2]

    def drop(self) -> None:
        """Take the last token back."""
        self.starts.pop(), self.ends.pop(), self.values.pop()
        del self.line[-2:]

    def follows(self, kinds: str, begin: int, *, blank: bool = False) -> bool:
        """Whether the last token is of one of some kinds and ends at ``begin``, or one character before."""
        return bool(self.ends) and begin - self.ends[-1] <= blank and self.line[-1] in kinds

    def number(self, match: re.Match[str]) -> None:
        """A number in digits, unless letters (MP3, not Rs3) or hours ("10:05 Pound falls") are before it."""
        begin, stop = match.span()
        before = self.text[begin - 1] if begin > self.start else " "
        if (before.isalpha() or before == "_") and not self.follows("CLNS", begin):
            return
        if before == ":" and self.follows("9", begin - 1):
            return
        raw = match[0]
        if raw == "100" and self.text[max(0, begin - 3) : begin].lower() == "no/":
            if self.line[-1:] == ["&"]:
                self.drop()  # fifty thousand and NO/100 dollars; see _TRANSPARENT
            return
        if self.text[begin - 1 : stop + 1] == f"({raw})" and self.follows("S", begin - 1):
            begin, stop = begin - 1, stop + 1  # $(45.3) million
        number = read_digits(raw.replace(", ", ","))
        number = number._replace(flags=("separator",)) if number and ", " in raw else number
        if number is None and self.follows("S", begin) and _GARBLED_NUMBER.fullmatch(raw):
            number = Number(None, None, ("separator",))
        if number is not None:
            self.put("9", begin, stop, number)
        elif len(raw) <= MAX_DIGITS:
            # Perhaps blanks that part two numbers ("in 2004 500 dollars"), not groups of one.
            for piece in re.finditer(r"[^ ]+", raw):
                part = read_digits(piece[0]) if piece[0] != raw else None
                if part is not None:
                    self.put("9", begin + piece.start(), begin + piece.end(), part)

    def sign(self, match: re.Match[str]) -> None:
        """A sign, with the letters before it where they belong to it (``A$``)."""
        begin, stop = match.span()
        sign = match[0]
        if sign in GARBLED:
            meant = GARBLED[sign]
            unit = VOCABULARY.symbols[meant] if meant else Unit((), None, "symbol")
            self.put("S", begin, stop, unit._replace(garbled=True))
            return
        scaled = self.follows("k", begin)  # 42B$: no Brunei dollars
        if 0 <= begin - self.last_word[1] <= 1 and not scaled:
            first = self._prefix(begin)
            prefixed = VOCABULARY.prefixed.get(self.text[first:begin].rstrip() + sign.translate(_NARROW))
            if prefixed is not None and (self.text[begin - 1] != " " or self._belong(first, begin - 1)):
                while self.ends and self.ends[-1] > first:
                    self.drop()
                self.put("S", first, stop, prefixed)
                return
        if sign in VOCABULARY.minor:
            self.put("c", begin, stop, VOCABULARY.minor[sign])
        else:
            self.put("S", begin, stop, VOCABULARY.symbols[sign])

    def _belong(self, first: int, stop: int) -> bool:
        """Whether letters set off by a blank belong to the sign: "paid C $7", not "Plan C $7 million".

        Rare, but the currency would be another one.
        """
        letters = self.text[first:stop]
        if letters.lower() in _OTHER_LETTERS or letters in VOCABULARY.codes:
            return False
        before = self.text[max(self.start, first - 20) : first].split()[-1:]
        return len(letters) > 1 or not (WORDS["pays"] | WORDS["approximators"]).isdisjoint(before)

    def _prefix(self, begin: int) -> int:
        """Where the letters before a sign begin; those of several parts ("U.S", "S'pore") first."""
        for letters in _PARTED:
            first = begin - len(letters)
            if self.text.startswith(letters, max(first, self.start), begin):
                return first
        return self.last_word[0]

    def letters(self, match: re.Match[str]) -> None:
        """Letters of two parts."""
        self.put("L", *match.span(), VOCABULARY.letters[match[0]], abbreviated=True)

    def word(self, match: re.Match[str]) -> None:
        """A word of the lexicon, a code, letters before or after a number; other words are skipped."""
        begin, stop = match.span()
        word = match[0]
        glued = bool(self.ends) and self.ends[-1] == begin
        if glued and self.line[-1] == "S" and self.text[stop : stop + 2].strip()[:1].isdigit():
            after_sign = VOCABULARY.prefixed.get(word + self.text[begin - 1].translate(_NARROW))
            if after_sign is not None:  # $US5
                self.ends[-1], self.values[-1] = stop, after_sign
                return
        self.last_word = (begin, stop)
        scaled = word in LETTER_SCALES and self.follows("9", begin, blank=True)
        if scaled and (glued or self.line[-3:-2] in (["S"], ["L"])):  # 5m, $3.7 B, Rs 5 arab
            self.put("k", begin, stop, LETTER_SCALES[word])
            return
        lower = word.lower()
        kind, value = LEXICON.get(lower, ("", None))
        unit = VOCABULARY.letters.get(word) or VOCABULARY.codes.get(word)
        beside = self.text[begin - 1 : begin], self.text[stop : stop + 1]
        if unit is not None and all(map(str.isdigit, beside)):
            return  # H1N1
        if kind == "N" and unit is not None and self.follows("N", begin, blank=True):
            self.name(kind, begin, stop, unit)  # rare, but francs CFA in Paris would be French
        elif unit is not None and (kind != "j" or word in VOCABULARY.letters):
            letters = unit.basis != "code"
            self.put("L" if letters else "C", begin, stop, unit, abbreviated=letters)
        elif kind in ("N", "c"):
            self.name(kind, begin, stop, value)
        elif kind:
            self.put(kind, begin, stop, value, abbreviated=kind == "m")
        elif lower in VOCABULARY.glued and self.follows("9", begin):
            self.put("c", begin, stop, VOCABULARY.glued[lower])
        elif scaled:
            self.put("k", begin, stop, LETTER_SCALES[word])

    def name(self, kind: str, begin: int, stop: int, unit: Unit) -> None:
        """A currency's name, together with the adjectives before it ("New Zealand" + "dollars")."""
        head = self.text[begin:stop].lower()
        for at in range(self._first_adjective(begin), len(self.starts)):
            phrase = " ".join(
                self.text[a:b] for a, b in zip(self.starts[at:], self.ends[at:], strict=True)
            ).lower()
            meant = WHOLE_NAMES.get(f"{phrase} {head}")
            if phrase in ADJECTIVES and unit.candidates and (meant is None or self._out_of_date(meant)):
                meant = narrowed(unit, ADJECTIVES[phrase], self.published) or meant
            if meant is not None and unit.guard == "word" and phrase in COUNTRY_NAMES:
                meant = meant._replace(guard="word")  # rare, but "South Korea won 12" would be money
            if meant is not None:
                whole = self.starts[at]
                while len(self.starts) > at:
                    self.drop()
                self.put(kind, whole, stop, meant._replace(per_major=max(meant.per_major, unit.per_major)))
                return
        self.put(kind, begin, stop, unit)

    def _first_adjective(self, begin: int) -> int:
        """Where the adjectives before a name begin: at most four tokens, parted by a blank or a hyphen."""
        first = len(self.starts)
        right = begin
        while first > max(0, len(self.starts) - 4) and self.line[2 * first - 1] in "jaN&L":
            between = self.text[self.ends[first - 1] : right]
            if not between or len(between) > 2 or between.strip(" -)"):
                break
            first -= 1
            right = self.starts[first]
        return first

    def _out_of_date(self, unit: Unit) -> bool:
        """Whether the one currency a name has today was not money when the article appeared."""
        if self.published is None or len(unit.candidates) != 1:
            return False
        return not CURRENCIES[unit.candidates[0]].current(self.published)
