"""Fuzzing of the whole through the public API: new texts until the time is over, ``make fuzz``.

Every fault is printed with its seed, and its text, made as short as may be, is written to the folder of
finds. What was found becomes an entry of ``finds.yaml``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import newsledger
from newsledger import Article
from tests.fuzz import texts
from tests.fuzz.soundness import alone, faults

SIZE = 100
"""Articles of a batch."""
ALONE = 12
"""One of so many is read by itself too."""


def faults_of(articles: list[Article], settings: dict[str, Any]) -> list[str]:
    """What is wrong with the tables of these articles; also where there are none."""
    try:
        return list(faults(newsledger.extract_articles(articles, **settings), articles))
    except Exception as error:
        return [f"raised {type(error).__name__}: {error}"]


def shortened(article: Article, fails: Callable[[Article], bool], seconds: float = 20) -> Article:
    """The article with as little text as still fails, found by leaving out pieces."""
    until = time.monotonic() + seconds
    step = max(len(article.text) // 2, 1)
    while step and time.monotonic() < until:
        at = 0
        while at < len(article.text):
            shorter = replace(article, text=article.text[:at] + article.text[at + step :])
            if fails(shorter):
                article = shorter
            else:
                at += step
        step //= 2
    return article


def kind_of(fault: str) -> str:
    """What is common to faults of one cause, roughly."""
    return re.sub(r"'.*?'|\".*?\"|[\d.-]+", "", fault)[:60]


def finds(seed: int, number: int, known: Counter[str]) -> Iterator[tuple[Article, dict[str, Any], str]]:
    """What is wrong with a batch: an article with as little text as may be, the settings, and the fault.

    Of a kind that is ``known`` already the text is left as it is: to shorten it takes time.
    """
    articles, settings = texts.batch(seed, number, SIZE)
    try:
        tables = newsledger.extract_articles(articles, **settings)
        wrong = list(faults(tables, articles))
    except Exception as error:
        wrong = [f"raised {type(error).__name__}: {error}"]
    else:
        for article, fault in alone(tables, articles[::ALONE], settings):
            yield article, settings, fault
    for article in articles if wrong else ():
        of_it = faults_of([article], settings)
        if of_it:
            wrong = []
            kind = kind_of(of_it[0])
            if not known[kind]:
                article = shortened(article, lambda a, k=kind: k in map(kind_of, faults_of([a], settings)))
            yield article, settings, of_it[0]
    for fault in wrong[:1]:
        yield articles[0], settings, f"only in the whole batch: {fault}"


def main() -> int:
    """Fuzz; 1 where something was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=None, help="random where none is given; it is printed")
    asked.add_argument("--batch", type=int, default=None, help="only this batch of the seed")
    asked.add_argument("--finds", type=Path, default=Path("out/fuzz"), help="folder for the texts found")
    given = asked.parse_args()
    seed = random.SystemRandom().randrange(10**9) if given.seed is None else given.seed
    print(f"seed {seed}, {given.seconds:.0f} seconds", flush=True)
    until, told = time.monotonic() + given.seconds, time.monotonic()
    number, found, known = given.batch or 0, 0, Counter[str]()
    while True:
        for article, settings, fault in finds(seed, number, known):
            found += 1
            known[kind_of(fault)] += 1
            if known[kind_of(fault)] > 3:
                continue
            given.finds.mkdir(parents=True, exist_ok=True)
            path = given.finds / f"{seed}-{number}-{found}.json"
            if "people_model" in settings:
                settings = {**settings, "people_model": "ruler"}
            held = {"fault": fault, "text": article.text, "title": article.title, "settings": settings}
            held |= {"published": article.published and str(article.published), "language": article.language}
            path.write_text(json.dumps(held, indent=1), encoding="utf-8")
            print(f"--seed {seed} --batch {number}: {fault}\n  {article.text!r}\n  in {path}", flush=True)
        number += 1
        if given.batch is not None or time.monotonic() > until:
            break
        if time.monotonic() > told + 60:
            told = time.monotonic()
            print(f"{number * SIZE:,} texts, {found} faults", flush=True)
    print(f"{number * SIZE:,} texts, {found} faults, seed {seed}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
