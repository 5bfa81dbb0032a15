"""Fits how sure an answer of rules and model is, and from where on it is given; writes ``calibration.json``.

    python -m models.recipe.mentions.calibrate ANNOTATED.jsonl... --twice ANNOTATED.jsonl --articles DIR \
        --model FOLDER

The annotated articles must be none that the model or the linear models learned from. Per field: logistic
regression on the log odds of all candidates (`newsledger.stages.ledger.combined`), drawn a little to a prior;
then the lowest confidence above which the share of right answers is that of :data:`WANTED`, where articles
that were annotated ``--twice`` count :data:`TIMES` times.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.calibrate_ledger import read
from benchmarks.shared_data import pair
from models.recipe.mentions.annotations import Record, arguments, join, lines_of
from newsledger.mention_model.model import Weights, load
from newsledger.stages.ledger import combined
from newsledger.stages.ledger.clause import draft_of
from newsledger.stages.ledger.combined import candidates
from newsledger.stages.ledger.context import Answer, Article, contexts, resolve
from newsledger.stages.ledger.linear import ROLES

_ROLES = ("payer", "recipient", "holder")
"""Roles that enough figures have; what is learned of a channel is what is learned of all parties."""
WANTED = {"measure": 0.90, "purpose": 0.72, "class": 0.925, "status": 0.91, "period": 0.95}
WANTED |= dict.fromkeys((*_ROLES, "channel"), 0.95)
"""The share of given answers that are to be right; 0.90 in all other fields."""
_OTHERS = 0.90
_FEWEST = 12
"""Fewer answers set no threshold."""
_RIDGE = 1.0

TIMES = 3

Sample = tuple[tuple[float, float, float], bool, tuple[int, str], int]
"""Log odds of a candidate, whether it is right, the number of its figure with the field, how often it counts.

A party that nobody can name is never given and counts 0 times."""


def samples(
    article: Article, annotated: Record, folder: Path, first: int, times: int = 1
) -> Iterator[tuple[str, Sample]]:
    """The candidates of the figures of an article whose mentions are found, by field."""
    drafts = {c.index: draft_of(c) for c in contexts(article) if c is not None}
    readings = dict(combined.read(article, drafts, load(folder)))
    spans = [(f.start_char, f.end_char) for f in article.figures]
    given = [(f["start"], f["end"]) for f in annotated["figures"]]
    for at, index in pair(given, spans):
        figure = annotated["figures"][at]
        if index not in readings or "not_money" in figure.get("flags", []):
            continue
        for field, of in candidates(article, drafts[index], readings[index]).items():
            for one in of:
                right = is_right(field, one.answer, figure, article)
                given = field not in ROLES or not resolve(article, one.answer)[1].endswith("unresolved")
                sample = (one.odds, right, (first + at, field), times if given else 0)
                yield field, sample
                if field in _ROLES:
                    yield "channel", sample


def is_right(field: str, one: Answer, figure: Record, article: Article) -> bool:
    """Whether an answer is what the annotation says."""
    if field in ("class", "status", "comparison"):
        return bool(one.value == figure.get(field, "current"))
    place = (one.start, one.end)
    if field in ("measure", "purpose", "period"):
        wanted = figure.get(field)
        return bool(wanted and place[0] < wanted[1] and place[1] > wanted[0])
    parties = [p for p in figure.get("parties", []) if p["role"] == field]
    if field == "source":
        parties = [figure["source"]] if figure.get("source") else []
    return any(_same_party(one, party, article, named=field == "source") for party in parties)


def _same_party(one: Answer, wanted: Record, article: Article, *, named: bool) -> bool:
    """Whether a party means whom the annotation means, or stands in its words.

    ``named``: where the annotation has a name, the name must be told as well.
    """
    entity, _ = resolve(article, one)
    if wanted.get("country") and entity is not None and entity.country:
        return bool(entity.country == wanted["country"])
    if wanted.get("name") and (named or entity is not None):
        full = article.text[slice(*wanted["name"])].lower()
        return entity is not None and (entity.name.lower() in full or full in entity.name.lower())
    words = wanted.get("words")
    return bool(words) and one.start < words[1] and one.end > words[0]


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
    best: dict[tuple[int, str], tuple[float, bool, int]] = {}
    for odds, hit, figure, times in rows:
        sure = found.confidence(odds)
        if sure > best.get(figure, (-1.0, False, 1))[0]:
            best[figure] = (sure, hit, times)
    chosen = sorted(best.values(), reverse=True)
    threshold, count, hits, total = 2.0, 0, 0, 0
    for n, (sure, hit, times) in enumerate(chosen, start=1):
        hits, total = hits + hit * times, total + times
        last_of_equals = n == len(chosen) or chosen[n][0] < sure
        if last_of_equals and hits / max(1, total) >= wanted and n >= _FEWEST:
            threshold, count = sure, n
    measured = {"given": count, "right": sum(hit for _, hit, _ in chosen[:count]), "candidates": len(chosen)}
    return replace(found, threshold=threshold), measured


def write(rows: dict[str, list[Sample]], folder: Path) -> None:
    """Fit all fields and write ``calibration.json``."""
    held = {}
    for field, found in sorted(rows.items()):
        weights, measured = fitted(found, WANTED.get(field, _OTHERS))
        held[field] = {name: getattr(weights, name) for name in Weights.__dataclass_fields__}
        print(f"{field:11} {weights} {measured}")
    (folder / "calibration.json").write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--twice", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    rows: dict[str, list[Sample]] = defaultdict(list)
    seen = 0
    for path in (*options.annotated, options.twice):
        times = TIMES if path == options.twice else 1
        for article in join(lines_of(path), options.articles):
            for field, sample in samples(read(article), article, options.model, seen, times):
                rows[field].append(sample)
            seen += len(article["figures"])
    write(rows, options.model)


if __name__ == "__main__":
    main()
