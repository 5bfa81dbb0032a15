"""Any text at all: no crash, no overlap, honest offsets, time in proportion to length."""

from __future__ import annotations

import random
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.stages import money
from newsledger.stages.money.lexer import GARBLED, LEXICON
from newsledger.stages.money.spellings import VOCABULARY

OTHERS = """
    0 1 7 12 100 1,234 1.234 1.5 3-1/2 ½ 1/4 .5 1987 $5 £5m €1bn from to between and or by up more than
    at least a the per each of not rose fell loss vs - -- – − ( ) , . ; / %
"""
PIECES = sorted(
    {
        *LEXICON,
        *VOCABULARY.symbols,
        *VOCABULARY.prefixed,
        *VOCABULARY.letters,
        *list(VOCABULARY.codes)[:40],
        *GARBLED,
        *OTHERS.split(),
        *("\n", "\n\n", "\ud800", "\u200b", "\u00a0"),
    }
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text(text: str) -> None:
    layout = lay_out(text)
    found = money.find(text, layout=layout)
    end = 0
    for mention in found:
        assert end <= mention.start_char < mention.end_char <= len(text)
        end = mention.end_char
        assert mention.surface == text[mention.start_char : mention.end_char]
        assert mention.surface == mention.surface.strip()
        segment = layout.segment_at(mention.start_char)
        assert segment.start <= mention.start_char < mention.end_char <= segment.end
        assert mention.zone == segment.zone
        low, high = mention.value_low, mention.value_high
        assert (low is None and high is None) == (mention.modifier == "vague")
        if mention.modifier in ("gt", "ge"):
            assert low is not None
            assert high is None
        elif mention.modifier in ("lt", "le"):
            assert low is None
            assert high is not None
        elif mention.modifier != "vague":
            assert low is not None
            assert high is not None
            assert low <= high
            assert low == high or mention.modifier == "range"
        for value in (low, high):
            assert value is None or abs(value) < Decimal(10) ** 27
        assert mention.currency is None or len(mention.currency) == 3
        assert (mention.currency is None) == (mention.currency_basis is None)


SIZE = 400_000
DENSE = {
    "digits": "1",
    "commas": "1,",
    "groups": "1,234,",
    "signs": "$",
    "blanks": " ",
    "points": ".",
    "slashes": "1/",
    "brackets": "($1 ",
    "random": "",
}
"""Letterless strings: these are to be no slower than plain text three times."""

WORDY = {
    "names": "dollars ",
    "prefixes": "US$",
    "numbers": "one hundred and ",
    "scales": "million ",
    "pairs": "1 to ",
    "letters": "1k ",
    "adjectives": "swiss ",
    "bounds": "more than ",
    "articles": "a ",
    "halves": "half a ",
}
"""Nothing but words of the lexicon, and one figure at the end: to be linear."""


def seconds(text: str) -> float:
    """Processor time of the stage, of two runs the shorter: a busy machine can double one."""
    layout = lay_out(text)
    assert layout.view is not None  # made once for all stages
    spent = []
    for _ in range(2):
        start = time.process_time()
        money.find(text, layout=layout)
        spent.append(time.process_time() - start)
    return min(spent)


def made(unit: str, size: int) -> str:
    if not unit:
        return "".join(random.Random(1).choices("0123456789,.$€£ \n", k=size))
    return unit * (size // len(unit))


@pytest.mark.parametrize("name", DENSE)
def test_letterless_text_is_no_slower_than_plain_text_three_times(name: str) -> None:
    plain = seconds(made("the state paid for it at once and then some more ", SIZE))
    assert seconds(made(DENSE[name], SIZE)) < 3 * plain + 0.05


@pytest.mark.parametrize("name", WORDY)
def test_time_grows_with_length_only(name: str) -> None:
    small = seconds(made(WORDY[name], 20_000) + "$5")
    large = seconds(made(WORDY[name], 80_000) + "$5")
    assert large < 4 * 2.5 * small + 0.1


def test_many_figures_take_time_in_proportion() -> None:
    small = seconds("from $1 to $2 a day, " * 500)
    assert seconds("from $1 to $2 a day, " * 2000) < 4 * 2.5 * small + 0.1
