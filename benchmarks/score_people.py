"""Scores the people of the pipeline: strict span F1 and the full name, with every miss listed.

    python -m benchmarks.score_people [--misses] [--bare]

``gold`` are the people of ``gold/dev_articles`` (spans without titles, and the fullest name of each).
``dev`` are the PER spans of the ``ww`` dev split of ``people/gold``; a form of address or role at the start
of a span and a possessive at its end are taken off both sides before spans are compared, and so is a regnal
number after it, which that corpus leaves out. ``--bare`` scores the classifier's spans alone beside it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any

from benchmarks.shared_data import f1, rows
from newsledger.document.layout import lay_out
from newsledger.stages import countries, names, people

_TITLE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Sir|King|Queen|Prince|Princess|Pope|Sheikh|President|Imam|Rabbi)\.?\s+)+(?=\S)"
)
_TAIL = re.compile(r"(?:['’]s?|\s+(?:[IVX]+|1))\Z")

Span = tuple[int, int]


def bare(text: str, span: Span) -> Span:
    """A span without title at its start and possessive or regnal number at its end.

    >>> bare("President Abe's", (0, 15))
    (10, 13)
    """
    start, end = span
    match = _TITLE.match(text, start, end)
    start = match.end() if match else start
    match = _TAIL.search(text, start, end)
    return start, match.start() if match and match.start() > start else end


def found_in(article: dict[str, Any]) -> list[Any]:
    """The people of one article, with the whole pipeline before them."""
    text = article["text"]
    layout = lay_out(text)
    spans = names.find(text, layout=layout)
    return people.find(
        text, layout=layout, names=spans, countries=countries.find(text, layout=layout, names=spans)
    )


def _listed(kind: str, where: Any, text: str, spans: Iterable[Span]) -> None:
    for start, end in sorted(spans):
        around = text[max(0, start - 40) : start] + "[[" + text[start:end] + "]]" + text[end : end + 30]
        print(f"  {kind} {where}: {' '.join(around.split())}")


def score_gold(*, misses: bool) -> None:
    right = wanted = got = named = 0
    for article in rows("gold/dev_articles"):
        gold = {(p["start"], p["end"]): p["name"] for p in article["people"]}
        found = {(m.start_char, m.end_char): m.name for m in found_in(article)}
        right += len(gold.keys() & found.keys())
        named += sum(found.get(span) == name for span, name in gold.items())
        wanted, got = wanted + len(gold), got + len(found)
        if misses:
            _listed("missed", article["id"], article["text"], gold.keys() - found.keys())
            _listed("false", article["id"], article["text"], found.keys() - gold.keys())
            for span in gold.keys() & found.keys():
                if gold[span] != found[span]:
                    print(f"  name {article['id']}: {found[span]!r}, gold {gold[span]!r}")
    score, with_name = f1(right, wanted, got), f1(named, wanted, got)
    print(f"gold: {wanted} people, strict span F1 {score:.3f}, with the full name {with_name:.3f}")


def score_dev(*, misses: bool, bare_model: bool) -> None:
    totals = {"stage": [0, 0, 0], "classifier": [0, 0, 0]}
    articles = [r for r in rows("people/gold") if r["scheme"] == "ww" and r["split"] == "dev"]
    for number, article in enumerate(articles):
        text = article["text"]
        gold = {bare(text, (a, b)) for a, b, label in article["spans"] if label == "PER"}
        sides = {"stage": {bare(text, (m.start_char, m.end_char)) for m in found_in(article)}}
        if bare_model:
            sides["classifier"] = {
                bare(text, (n.start_char, n.end_char)) for n in names.find(text) if n.label == "PER"
            }
        for side, found in sides.items():
            for i, n in enumerate((len(gold & found), len(gold), len(found))):
                totals[side][i] += n
        if misses:
            _listed("missed", number, text, gold - sides["stage"])
            _listed("false", number, text, sides["stage"] - gold)
    for side, (right, wanted, got) in totals.items():
        if got:
            print(
                f"dev, {side}: strict span F1 {f1(right, wanted, got):.3f} "
                f"(precision {right / got:.3f}, recall {right / wanted:.3f})"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--bare", action="store_true", help="score the classifier's spans alone as well")
    args = parser.parse_args()
    score_gold(misses=args.misses)
    score_dev(misses=args.misses, bare_model=args.bare)


if __name__ == "__main__":
    main()
