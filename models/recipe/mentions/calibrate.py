"""Fits how sure an answer of rules and model is, and from where on it is given; writes ``calibration.json``.

    python -m models.recipe.mentions.calibrate ANNOTATED.jsonl... --thresholds ANNOTATED.jsonl \
        --articles DIR --model FOLDER

The annotated articles must be none that the model learned from. Per field: logistic regression on the log
odds of all candidates (`newsledger.stages.ledger.combined`), drawn a little to a prior; then, on
the articles of ``--thresholds`` alone (annotated twice), the lowest confidence above which the share of right
answers is that of :data:`WANTED`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.calibrate_ledger import read
from benchmarks.shared_data import pair
from models.recipe.mentions.annotations import Record, join, lines_of
from newsledger.mention_model.calibration import Weights, log_odds
from newsledger.mention_model.model import load
from newsledger.stages.ledger import combined
from newsledger.stages.ledger.combined import Candidate, candidates
from newsledger.stages.ledger.context import Article, contexts
from newsledger.stages.ledger.drafts import draft_of
from newsledger.stages.ledger.resolve import resolve

WANTED = {"measure": 0.90, "purpose": 0.72, "class": 0.91, "status": 0.91}
"""The share of given answers that are to be right; 0.95 in all other fields."""
_OTHERS = 0.95
_FEWEST = 12
"""Fewer answers set no threshold."""
_RIDGE = 1.0

Sample = tuple[tuple[float, float, float], bool, int, bool]
"""Log odds of a candidate, whether it is right, the number of its figure, whether it sets the threshold."""


def samples(annotated: Record, folder: Path, first: int, sets: bool) -> Iterator[tuple[str, Sample]]:
    """The candidates of the figures of an article, by field."""
    article = replace(read(annotated), title=annotated.get("title"))
    places, model = contexts(article), load(folder)
    spans = [(f.start_char, f.end_char) for f in article.figures]
    given = [(f["start"], f["end"]) for f in annotated["figures"]]
    for at, index in pair(given, spans):
        place, figure = places[index], annotated["figures"][at]
        if place is None or "not_money" in figure.get("flags", []):
            continue
        draft = draft_of(place)
        reading = combined.read(article, index, draft, model)
        said, probability = reading.likeliest("comparison")
        if said != "current":
            right = said == figure.get("comparison", "current")
            yield "comparison", (log_odds(probability), right, first + at, sets)
        for field, of in candidates(article, draft, reading).items():
            for one in of:
                yield field, (one.odds, is_right(field, one, figure, article), first + at, sets)


def is_right(field: str, one: Candidate, figure: Record, article: Article) -> bool:
    """Whether a candidate is what the annotation says."""
    if field in ("class", "status"):
        return bool(one.answer.value == figure.get(field))
    place = (one.answer.start, one.answer.end)
    if field in ("measure", "purpose", "period"):
        wanted = figure.get(field)
        return bool(wanted and place[0] < wanted[1] and place[1] > wanted[0])
    parties = [p for p in figure.get("parties", []) if p["role"] == field]
    if field == "source":
        parties = [figure["source"]] if figure.get("source") else []
    return any(_same_party(one, party, article, named=field == "source") for party in parties)


def _same_party(one: Candidate, wanted: Record, article: Article, *, named: bool) -> bool:
    """Whether a party means whom the annotation means, or stands in its words.

    ``named``: where the annotation has a name, the name must be told as well.
    """
    entity = resolve(article, one.party)[0] if one.party else None
    if wanted.get("country") and entity is not None and entity.country == wanted["country"]:
        return True
    if wanted.get("name") and (named or entity is not None):
        full = article.text[slice(*wanted["name"])].lower()
        if entity is not None and (entity.name.lower() in full or full in entity.name.lower()):
            return True
        if named:
            return False
    words = wanted.get("words")
    return bool(words) and one.answer.start < words[1] and one.answer.end > words[0]


def fitted(rows: list[Sample], wanted: float) -> tuple[Weights, dict[str, float]]:
    """Weights and threshold of a field, and what was measured above it."""
    inputs = np.array([[1.0, *odds] for odds, *_ in rows])
    right = np.array([hit for _, hit, *_ in rows], float)
    start = np.array([0.0, 1.0, 0.5, -0.5])
    weights = start.copy()
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (likely - right) + _RIDGE * (weights - start)
        curve = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + _RIDGE * np.eye(4)
        step = np.linalg.solve(curve, gradient)
        weights = weights - step / max(1.0, float(np.abs(step).max()) / 0.3)
    found = Weights(*(round(float(w), 3) for w in weights), threshold=2.0)
    best: dict[int, tuple[float, bool]] = {}
    for odds, hit, figure, sets in rows:
        if not sets:
            continue
        sure = found.confidence(odds)
        if sure > best.get(figure, (-1.0, False))[0]:
            best[figure] = (sure, hit)
    chosen = sorted(best.values(), reverse=True)
    hits, threshold, count = 0, 2.0, 0
    for n, (sure, hit) in enumerate(chosen, start=1):
        hits += hit
        last_of_equals = n == len(chosen) or chosen[n][0] < sure
        if last_of_equals and hits / n >= wanted and n >= _FEWEST:
            threshold, count = sure, n
    above = [hit for sure, hit in chosen[:count]]
    measured = {"given": count, "right": sum(above), "candidates": len(chosen)}
    return replace(found, threshold=threshold), measured


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--thresholds", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    rows: dict[str, list[Sample]] = defaultdict(list)
    seen = 0
    for path in (*options.annotated, options.thresholds):
        sets = path == options.thresholds
        for article in join(lines_of(path), options.articles):
            for field, sample in samples(article, options.model, seen, sets):
                rows[field].append(sample)
            seen += len(article["figures"])
    held = {}
    for field, found in sorted(rows.items()):
        weights, measured = fitted(found, WANTED.get(field, _OTHERS))
        held[field] = {name: getattr(weights, name) for name in Weights.__dataclass_fields__}
        print(f"{field:11} {weights} {measured} of {seen}")
    (options.model / "calibration.json").write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
