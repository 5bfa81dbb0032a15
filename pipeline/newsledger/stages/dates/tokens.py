"""Splits a text into the tokens of the grammar, and into runs of them.

Words that no rule mentions end a run, so that most of an article costs one look-up a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsledger.grammar import Item, Vocabulary
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.dates import words as w
from newsledger.stages.dates.dateparser_fallback import FOREIGN_MONTHS
from newsledger.stages.dates.holidays import HOLIDAY_KEYS

CLASSES: dict[str, Iterable[str]] = {
    **w.TABLES,
    **{name: words for name, words in w.LISTS.items() if name.isupper()},
    "MONTH": {*w.ALL_MONTHS, *(f"{a}." for a in w.MONTH_ABBREVIATIONS)},
    "WEEKDAY": {*w.ALL_WEEKDAYS, *(f"{a}." for a in w.WEEKDAY_ABBREVIATIONS)},
    "WEEKDAYS": {f"{name}s" for name in w.WEEKDAYS},
    "ZONE": {*w.ZONES, *w.US_ZONES},
    "SINGLE": w.SINGLE_UNITS,
    "FMONTH": FOREIGN_MONTHS,
}
"""Classes of words; a word may be in several."""

NUMBER_KINDS: dict[str, tuple[str, ...]] = {
    **{kind: (kind, "NUM") for kind in ("DAY", "INT", "YEAR", "DECIMAL")},
    **{kind: (kind,) for kind in ("DECADE", "CLK", "ISO", "NUMDATE", "HOLIDAY")},
    "ORDD": ("ORDD", "ORD"),
}
"""Kinds of tokens that are not looked up as words (numbers, named days), and the classes they belong to."""

NO_TRIGGERS = w.LISTS["no_trigger"] | frozenset(w.FRACTIONS)
"""Known words that by themselves are no sign of a date."""

_DOTTED = frozenset({*w.MONTH_ABBREVIATIONS, *w.WEEKDAY_ABBREVIATIONS})
"""Abbreviations that take the dot behind them into the token."""
TOKEN = lazy_regex(
    r"""
      [^\W\d_]{2,}
    | \d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z\b|[+-]\d\d:?\d\d)?)?(?![\d-])
    | \d{1,4}([./-])\d{1,2}\1\d{1,4}(?![./-]?\d)
    | \d{1,2}:\d\d(?::\d\d)?(?![\d:])
    | \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)
    | \d+\.\d+(?:\.\d+)*
    | \d+(?:st|nd|rd|th)\b
    | \d{1,3}0['’]?s\b
    | \d+
    | [apb]\.\s?[mdc]\b(?:\.e)?\.?
    | [^\W\d_]
    | ['’]s\b
    | \S
    """,
    re.VERBOSE,
)
GLUED_AFTER = w.LISTS["glued_after"] | {*w.ALL_MONTHS, *w.ZONES, *w.LISTS["ORDMARK"]}
"""Words that may follow a number without a blank."""
_GLUED_BEFORE = lazy_regex(rf"(?<![^\W\d_])(?:q|h|fy|cy|{any_of(w.MONTH_ABBREVIATIONS)})\Z")


class Tokenizer:
    """Reads tokens with the codes of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, kinds: dict[str, str]) -> None:
        self.kinds = kinds
        self._weak_numbers = frozenset(self.kinds[kind] for kind in ("DAY", "INT", "DECIMAL", "ORDD"))
        by_first: dict[str, list[str]] = {}
        for name in HOLIDAY_KEYS:
            by_first.setdefault(re.split(r"\W", name)[0], []).append(name)
        self._phrases = {first: _phrase_regex(names) for first, names in by_first.items()}
        self._known: dict[str, tuple[str | None, bool, re.Pattern[str] | None]] = {
            word: (vocabulary.words.get(word), word not in NO_TRIGGERS, self._phrases.get(word))
            for word in {*vocabulary.words, *self._phrases}
        }

    def runs(self, low: str, start: int, end: int) -> Iterator[list[Item]]:
        """Runs of known tokens in ``low[start:end]`` of which at least one is a sign of a date.

        The loop is the stage's hottest: most words are unknown and cost one look-up.
        """
        run: list[Item] = []
        triggered = False
        known = self._known.get
        skip = 0
        for match in TOKEN.finditer(low, start, end):
            word = match[0]
            at = match.start()
            if at < skip:
                continue
            entry = known(word)
            if entry is not None and entry[2] is not None:
                named = self._named_day(entry[2], low, at, end)
                if named is not None:
                    run.append(named)
                    triggered = True
                    skip = named.end
                    continue
            if entry is not None and entry[0] is not None and not _glued(word, low, at):
                stop = match.end()
                if word in _DOTTED and low.startswith(".", stop):
                    stop += 1
                    skip = stop
                run.append(Item(entry[0], at, stop, word))
                triggered = triggered or entry[1] or (word in ("ad", "ce", "am") and _after_number(run))
            elif "0" <= word[0] <= "9" and (number := self._number(word, low, at, match.end())) is not None:
                run.append(number)
                triggered = triggered or number.code not in self._weak_numbers or _after_in(run, word)
            elif run:
                if triggered:
                    yield run
                run = []
                triggered = False
        if run and triggered:
            yield run

    def _named_day(self, phrase: re.Pattern[str], low: str, at: int, end: int) -> Item | None:
        found = phrase.match(low, at, end)
        if found is None or (at and low[at - 1] in "/-.:0123456789"):
            return None
        return Item(self.kinds["HOLIDAY"], at, found.end(), HOLIDAY_KEYS[_plain(found[0])])

    def _number(self, word: str, low: str, start: int, end: int) -> Item | None:
        if len(word) > 32:
            return None
        before = low[start - 1] if start else " "
        if before in "$£€¥#@_&=" or before.isdigit():
            return None
        if before.isalpha() and not _GLUED_BEFORE.search(low, max(0, start - 5), start):
            return None
        kind, value = classify(word)
        return None if kind is None else Item(self.kinds[kind], start, end, value)


def _glued(word: str, low: str, start: int) -> bool:
    """Whether a word that follows a digit without a blank is part of something else (5k, 3d, 2in)."""
    return start > 0 and low[start - 1].isdigit() and word.isalpha() and word not in GLUED_AFTER


def _after_in(run: list[Item], word: str) -> bool:
    """Whether a number takes the place of a year or event: "in" and two digits that are no day, 9-11."""
    if word == "11" and len(run) > 2 and run[-3].value == 9:
        return run[-2].value in ("-", "/")
    if len(word) != 2 or not (word[0] == "0" or word > "31") or len(run) < 2:
        return False
    return run[-2].value in ("in", "and", "'", "’")


def _after_number(run: list[Item]) -> bool:
    """Whether the word read last follows a number of one to three digits ("79 AD")."""
    return len(run) > 1 and (isinstance(run[-2].value, int) or str(run[-2].value)[:1].isdigit())


def _plain(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase.replace("’", "'").replace("st. ", "st "))


def _phrase_regex(names: list[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    spelled = [
        re.escape(n).replace(r"st\ ", r"st\.?\ ").replace(r"\ ", r"[\s-]+").replace("'", "['’]")
        for n in ordered
    ]
    return lazy_regex(rf"(?:{'|'.join(spelled)})(?!\w)")


def classify(token: str) -> tuple[str | None, object]:
    """The class and value of a token with digits.

    >>> classify("3"), classify("2024"), classify("1990s"), classify("3rd"), classify("04/03/2024")[0]
    (('DAY', 3), ('YEAR', 2024), ('DECADE', 1990), ('ORDD', 3), 'NUMDATE')
    """
    if not token.isascii() and "’" not in token:
        return None, None
    if token.isdigit():
        number = int(token)
        if len(token) <= 2 and 1 <= number <= 31:
            return "DAY", number
        if len(token) == 4 and 1000 <= number <= 2199:
            return "YEAR", number
        return ("INT", number) if len(token) <= 9 else (None, None)
    tail = token.lstrip("0123456789")
    digits = token[: len(token) - len(tail)]
    if tail in ("st", "nd", "rd", "th"):
        return ("ORDD", int(digits)) if len(digits) <= 4 and int(digits) else (None, None)
    if tail in ("s", "'s", "’s"):
        return ("DECADE", int(digits)) if len(digits) != 3 else (None, None)
    if ":" in token and "-" not in token:
        return "CLK", token
    if len(token) >= 10 and token[4] == token[7] == "-":
        return "ISO", token
    parts = re.split(r"[./-]", token)
    if len(parts) in (2, 3):
        return "NUMDATE" if len(parts) == 3 else "DECIMAL", token
    return ("INT", int(token.replace(",", ""))) if "," in token else (None, None)
