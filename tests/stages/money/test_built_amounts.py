"""Built amounts are read right, or flagged: see ``built_amounts``."""

from __future__ import annotations

from collections import Counter

import pytest

from newsledger.stages import money
from newsledger.values.mentions import MoneyMention
from tests.stages.money.built_amounts import Built, build

SHARE = 0.99


def verdict(built: Built) -> str:
    """``right``, ``flagged``, or what is wrong."""
    found = [m for m in money.find(built.text) if m.start_char < built.end and built.start < m.end_char]
    if len(found) != 1:
        return "flagged" if any(mention.quality for mention in found) else f"{len(found)} figures"
    return "right" if (wrong := _wrong(built, found[0])) == "" else "flagged" if found[0].quality else wrong


def _wrong(built: Built, mention: MoneyMention) -> str:
    low = None if built.modifier in ("lt", "le") else built.low
    high = None if built.modifier in ("gt", "ge") else built.high
    checks = {
        "value": (mention.value_low, mention.value_high) == (low, high),
        "currency": mention.currency == built.currency,
        "modifier": mention.modifier == built.modifier,
        "span": mention.end_char == built.end,
    }
    return ", ".join(name for name, right in checks.items() if not right)


def check(count: int, seed: int) -> None:
    verdicts = [(verdict(built), built) for built in build(count, seed)]
    wrong = [
        (what, built.made_of, built.text) for what, built in verdicts if what not in ("right", "flagged")
    ]
    assert len(wrong) <= (1 - SHARE) * count, (Counter(what for what, *_ in wrong), wrong[:20])


def test_a_sample_of_built_amounts() -> None:
    check(2000, seed=1)


@pytest.mark.slow
def test_built_amounts() -> None:
    check(8_000, seed=2)
