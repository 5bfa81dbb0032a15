"""Scores the money stage on the hand-made gold articles and on the peers' suites; lists every miss.

    python -m benchmarks.score_money                 # gold and all suites
    python -m benchmarks.score_money --misses        # each miss with its text
    python -m benchmarks.score_money --speed         # words a second, and quantulum3 beside it if installed

A pair of spans that overlap counts as right when low, high and currency agree; a bound is compared on its
stated side. Figures that cannot be told from the text (`LEFT_OUT`) and suite cases that are no news
(``meta.news_ok`` false) are left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import shared_data
from newsledger.stages import money
from newsledger.values.mentions import MoneyMention

SUITES = ("duckling", "nemo", "quantulum", "baleen", "lexnlp")

LEFT_OUT = {("0071426", "$1.78 billion"), ("0071426", "$2.73")}
"""Gold figures whose euro signs are garbled to "$" in their source."""

BOUNDS = {
    "exact": ("exact", "estimate"),
    "about": ("approx", "estimate"),
    "at_least": ("ge",),
    "more_than": ("gt",),
    "at_most": ("le",),
    "less_than": ("lt",),
    "range": ("range",),
    "vague": ("vague",),
}
"""Bound of the gold articles -> modifiers that mean it."""


@dataclass
class Score:
    """Counts of one comparison, and its misses in words."""

    gold: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, measure: str, right: bool) -> bool:
        self.right[measure] = self.right.get(measure, 0) + right
        return right

    def f1(self, measure: str) -> float:
        return shared_data.f1(self.right.get(measure, 0), self.gold, self.found)


def same_number(wanted: Any, got: Decimal | None) -> bool:
    """Whether a JSON number and a Decimal agree to nine digits; None agrees with None."""
    if wanted is None or got is None:
        return wanted is None and got is None
    return abs(Decimal(str(wanted)) - got) <= max(abs(got), Decimal(1)) * Decimal("1e-9")


def same_value(low: Any, high: Any, mention: MoneyMention) -> bool:
    """Compare the values; under a bound only the stated side."""
    if mention.modifier in ("gt", "ge"):
        return same_number(low if low is not None else high, mention.value_low)
    if mention.modifier in ("lt", "le"):
        return same_number(high if high is not None else low, mention.value_high)
    return same_number(low, mention.value_low) and same_number(high, mention.value_high)


def _is_unread(mention: MoneyMention) -> bool:
    """Whether a row has a flag and no value: a number stands there that cannot be read ("£47.00.00")."""
    return mention.value_low is None and mention.value_high is None and bool(mention.quality)


def _show(mention: MoneyMention) -> str:
    return (
        f"{mention.surface!r} {mention.value_low}..{mention.value_high} {mention.modifier} "
        f"{mention.currency} per={mention.per_unit} quality={','.join(mention.quality)}"
    )


def score_gold(rows: Iterable[dict[str, Any]]) -> Score:
    """Spans, values, currency, modifier and unit on articles annotated after the guide."""
    score = Score()
    for row in rows:
        text = row["text"]
        found = money.find(text, published=row.get("published"))
        gold = [f for f in row["figures"] if (row["id"], f["surface"]) not in LEFT_OUT]
        dropped = [f for f in row["figures"] if (row["id"], f["surface"]) in LEFT_OUT]
        found = [
            m for m in found if not any(m.start_char < d["end"] and d["start"] < m.end_char for d in dropped)
        ]
        pairs = shared_data.pair(
            [(f["start"], f["end"]) for f in gold], [(m.start_char, m.end_char) for m in found]
        )
        score.gold += len(gold)
        score.found += len(found)
        for i, j in pairs:
            want, got = gold[i], found[j]
            values = same_value(want["low"], want["high"], got)
            checks = {
                "span": (want["start"], want["end"]) == (got.start_char, got.end_char),
                "value": values,
                "currency": want["currency"] == got.currency,
                "value and currency": values and want["currency"] == got.currency,
                "modifier": got.modifier in BOUNDS[want["bound"]],
                "per unit": want["per"] == got.per_unit,
            }
            wrong = [name for name, right in checks.items() if not score.add(name, right)]
            if wrong:
                wanted = {k: want[k] for k in ("surface", "low", "high", "currency", "bound", "per")}
                score.misses.append(f"{row['id']}: {', '.join(wrong)}: wanted {wanted}, got {_show(got)}")
        for i in set(range(len(gold))) - {i for i, _ in pairs}:
            score.misses.append(f"{row['id']}: missing {gold[i]['surface']!r}")
        for j in set(range(len(found))) - {j for _, j in pairs}:
            score.misses.append(f"{row['id']}: too much {_show(found[j])}")
    return score


def score_suite(rows: Iterable[dict[str, Any]]) -> Score:
    """Values and currency on a peer's cases that are fair for news."""
    score = Score()
    for row in rows:
        if not row["meta"]["news_ok"] or "suspect_gold" in row["meta"].get("tags", ()):
            continue
        found = [mention for mention in money.find(row["text"]) if not _is_unread(mention)]
        expected = [e for e in row["expected"] if e["kind"] == "money"]
        pairs = shared_data.pair(
            [(e["start"], e["end"]) for e in expected], [(m.start_char, m.end_char) for m in found]
        )
        score.gold += len(expected)
        score.found += len(found)
        for i, j in pairs:
            value = expected[i]["value"]
            low, high = (value["amount"],) * 2 if "amount" in value else (value.get("low"), value.get("high"))
            right = same_value(low, high, found[j])
            currency = value["currency"] == found[j].currency
            score.add("value", right)
            score.add("value and currency", right and currency)
            if not (right and currency):
                score.misses.append(
                    f"{row['id']} {row['text'][:90]!r}: wanted {value}, got {_show(found[j])}"
                )
        for i in set(range(len(expected))) - {i for i, _ in pairs}:
            score.misses.append(f"{row['id']} {row['text'][:90]!r}: missing {expected[i]['surface']!r}")
        for j in set(range(len(found))) - {j for _, j in pairs}:
            score.misses.append(f"{row['id']} {row['text'][:90]!r}: too much {_show(found[j])}")
    return score


def report(*, misses: bool) -> dict[str, dict[str, float]]:
    """Print all scores; return them."""
    results = {}
    scores = {"gold": score_gold(shared_data.rows("gold/dev_articles"))}
    scores |= {name: score_suite(shared_data.rows(f"suites/money_{name}")) for name in SUITES}
    for name, score in scores.items():
        results[name] = {measure: round(score.f1(measure), 4) for measure in score.right}
        print(f"{name:10} gold {score.gold:4} found {score.found:4} ", json.dumps(results[name]))
        if misses:
            for miss in score.misses:
                print("   ", miss)
    return results


def speed(rounds: int = 5) -> None:
    """Words a second on one core, best of several rounds; a share of it again with quantulum3."""
    for name in ("world_newswire", "reuters_1987", "senate_press"):
        texts = [row["text"] for row in shared_data.rows(f"articles/{name}")][:1000]
        size = shared_data.words(texts)
        best = min(_timed(texts) for _ in range(rounds))
        print(f"{name:16} {size / best:12,.0f} words/s")
    try:
        from quantulum3 import parser
    except ImportError:
        print("quantulum3 is not installed here; make bench runs it")
        return
    texts = [row["text"] for row in shared_data.rows("articles/world_newswire")][:12]
    start = time.process_time()
    for text in texts:
        parser.parse(text)
    peer = time.process_time() - start
    own = min(_timed(texts) for _ in range(rounds))
    print(
        f"quantulum3 on {shared_data.words(texts)} words: {peer:.2f} s, "
        f"money.find: {own:.4f} s, ratio {peer / own:,.0f}"
    )


def _timed(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        money.find(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--speed", action="store_true", help="measure speed instead")
    parser.add_argument("--json", type=Path, help="write the scores to a file")
    given = parser.parse_args()
    if given.speed:
        speed()
        return
    results = report(misses=given.misses)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
