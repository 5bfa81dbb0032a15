"""Texts of any length that are made to be slow: one piece again and again, or two that meet."""

from __future__ import annotations

import random
from collections.abc import Callable
from string import ascii_uppercase

_UNITS = {
    "digits": "1",
    "thousands": "1,",
    "capitals": "A",
    "short names": "Ab ",
    "blanks": " ",
    "line ends": "\n",
    "full stops": ".",
    "dollar signs": "$",
    "quotes": '"',
    "opening brackets": "(",
    "dashes": "-",
    "halves": "½",
    "fractions": "1/",
    "accents": "a\u0301",
    "half characters": "\ud800",
    "turned writing": "\u202e",
    "ideographs": "三",
    "tags": "<p>",
    "brackets of links": "[(",
    "stars": "**a ",
    "clock times": "12:",
    "open ranges": "$1 to ",
    "country signs": "US$",
    "amounts": "It paid $5 million. ",
    "amounts side by side": "$5m ",
    "equivalents": "$5 (€4) ",
    "shares of": "a third of the $5 million of ",
    "words of numbers": "one hundred and ",
    "pounds of weight": "It lost 50 pounds. ",
    "pixels": "It had 1080p. ",
    "weekdays": "Monday ",
    "decades": "the 1990s ",
    "days": "on 3 May 2019, ",
    "days of a list": "May 1, 2, 3, ",
    "ends of periods": "from May to ",
    "questions": "Q1: Up in May?\n\n",
    "blocks that open with a stop": ". Up in May\n\n",
    "initials": "J. ",
    "states": "U.S. ",
    "republics": "Republic of ",
    "banks": "Bank of Japan of ",
    "demonyms": "French Japanese ",
    "vocatives": "Ab, ",
    "titles": "Mr. Ab ",
    "names": "Ana Lopez met Boris Berg. ",
    "roles": "Ana Lopez, president of Peru, ",
    "titles in a row": "President Minister Judge ",
    "said": '"Yes," said Ab. ',
    "bylines": "By Ab Cd\n",
    "headers": "Date: ",
    "list items": "- $5m in May\n",
    "cells": "| $5m ",
    "parties": "Japan paid Peru $5m for roads in May. ",
    "questions of who": "He paid $5m to her. ",
    "addresses": "see a@b.example in June 2001 ",
    "long sentence": "and Japan paid Peru $5m in May 2019 ",
}


def _of(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit) + 1)


def _halves(first: str, second: str) -> Callable[[int], str]:
    """Many of one thing, then many of another, which may be looked for from each other."""
    return lambda size: first * (size // 2 // len(first) + 1) + second * (size // 2 // len(second) + 1)


def _counted(form: str) -> Callable[[int], str]:
    """Pieces that differ by a number, so that nothing is remembered of one for the next."""
    return lambda size: "".join(form.format(n) for n in range(size // len(form) + 1))


def _words(number: int) -> str:
    """A name of three capitals and a small letter for a number."""
    letters = (chr(97 + number // 26**at % 26) for at in range(4))
    return "".join(letters).capitalize()


def _letters(size: int, between: str) -> str:
    """Single capitals, in no order, and marks between them: as many words for its size as there can be."""
    dice = random.Random(1)
    return "".join(dice.choice(ascii_uppercase) + dice.choice(between) for _ in range(size // 2 + 1))


PATTERNS: dict[str, Callable[[int], str]] = {
    **{name: _of(unit) for name, unit in _UNITS.items()},
    "brackets open and close": _halves("(", ")"),
    "quotes without an end": _halves('"', "Ana said. "),
    "days, then names": _halves("on 3 May 2019, ", "Ana Lopez "),
    "names, then roles": _halves("Ana Lopez met ", "president of Peru, "),
    "amounts, then words": _halves("$5 ", "and "),
    "different amounts": _counted("It paid ${} million. "),
    "different days": _counted("It ended on day {} of May 2019. "),
    "different letters": lambda size: _letters(size, ". "),
    "different letters, glued": lambda size: _letters(size, "/-&."),
    "different names": lambda size: "".join(f"Ana {_words(n)} spoke. " for n in range(size // 16 + 1)),
    "different banks": lambda size: "".join(f"the {_words(n)} Bank of Peru; " for n in range(size // 24 + 1)),
}


def text(name: str, size: int) -> str:
    """A text of about ``size`` characters after a pattern, between two sentences."""
    return f"It paid $3 million on Monday. {PATTERNS[name](size)}\n\nMr. Ab Cd of Peru said so."
