"""Accuracy of the country stage on the gold articles, with every miss, and its speed.

Run ``python -m benchmarks.score_countries [--names]``. A found mention is right when it overlaps a gold one
and has its alpha-3 code; mentions with ``inside_name`` are left out on both sides (figures with them, and of
the flag itself, stand below). Speed is words per second on one core, layout included, without the model.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from benchmarks.shared_data import f1, pair, rows, words
from newsledger.stages import countries
from newsledger.values.mentions import CountryMention, NameSpan


def score(*, with_names: bool = False, show: bool = True) -> dict[str, float]:
    """F1 without and with ``inside_name`` mentions, and the share of flags that agree."""
    totals = {"outside": [0, 0, 0], "all": [0, 0, 0]}
    flags = [0, 0]
    for article in rows("gold/dev_articles"):
        text = article["text"]
        spans: Sequence[NameSpan] = ()
        if with_names:
            from newsledger.stages import names

            spans = names.find(text)
        found = countries.find(text, names=spans)
        gold = article["countries"]
        for g in gold:
            assert text[g["start"] : g["end"]] == g["surface"]
        groups = {
            "outside": (
                [g for g in gold if not g.get("inside_name")],
                [m for m in found if not m.inside_name],
            ),
            "all": (gold, found),
        }
        for name, (wanted, got) in groups.items():
            pairs = pair([(g["start"], g["end"]) for g in wanted], [(m.start_char, m.end_char) for m in got])
            right = [(i, j) for i, j in pairs if wanted[i]["alpha3"] == got[j].iso_alpha3]
            for k, n in enumerate((len(right), len(wanted), len(got))):
                totals[name][k] += n
            if name == "all":
                flags[0] += sum(bool(wanted[i].get("inside_name")) == got[j].inside_name for i, j in pairs)
                flags[1] += len(pairs)
            if show and name == "outside":
                for i, g in enumerate(wanted):
                    if i not in {a for a, _ in right}:
                        print(f"missed  {article['id']}: {around(text, g['start'], g['end'])} {g['alpha3']}")
                for j, m in enumerate(got):
                    if j not in {b for _, b in right}:
                        print(f"wrong   {article['id']}: {around(text, m.start_char, m.end_char)} {code(m)}")
    return {
        "f1": f1(*totals["outside"]),
        "f1_all": f1(*totals["all"]),
        "inside_flag": flags[0] / max(1, flags[1]),
        "gold": totals["outside"][1],
        "gold_all": totals["all"][1],
    }


def around(text: str, start: int, end: int) -> str:
    """The mention in brackets with its surroundings on one line."""
    return " ".join(f"{text[max(0, start - 50) : start]}[{text[start:end]}]{text[end : end + 40]}".split())


def code(mention: CountryMention) -> str:
    """A mention's code with its basis."""
    return f"{mention.iso_alpha3} inside={mention.inside_name} ({mention.basis})"


def speed(repeat: int = 5) -> float:
    """Words per second of processor time over a mix of the sources, the best of ``repeat`` runs."""
    texts = [
        r["text"]
        for name in ("world_newswire", "senate_press", "reuters_1987")
        for r in rows(f"articles/{name}")[::4]
    ]
    countries.find(texts[0])
    best = float("inf")
    for _ in range(repeat):
        begun = time.process_time()
        for text in texts:
            countries.find(text)
        best = min(best, time.process_time() - begun)
    return words(texts) / best


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", action="store_true", help="give the token classifier's spans")
    given = parser.parse_args()
    for key, value in score(with_names=given.names).items():
        print(f"{key:12} {value:.4f}" if isinstance(value, float) else f"{key:12} {value}")
    print(f"words/s      {speed():,.0f}")
