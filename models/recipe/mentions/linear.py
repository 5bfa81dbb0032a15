"""Learns the linear models of class, status, parties and period; writes ``linear.json``.

    python -m models.recipe.mentions.linear ANNOTATED.jsonl... --articles DIR --out FOLDER \
        [--taught taught.pkl...]

The features are those of the shipped stage. Where a model knows the class of a figure it is told the
annotated class of one half of them, and of the other what the model of classes says that learned from other
articles: what it will meet is right about as often. ``--taught`` are windows with what a teacher says of them
(`models.recipe.mentions.teach`): holders are learned from them too, which the teacher knows best; payers and
recipients are found better without.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np

from benchmarks.calibrate_ledger import read
from benchmarks.shared_data import pair
from models.recipe.mentions.annotations import Record, arguments, join, lines_of
from models.recipe.mentions.calibrate import is_right
from models.recipe.mentions.examples import Example, read_examples
from models.recipe.mentions.heads import CLASSES, MENTION_HEADS, STATUSES, WORD_HEADS
from newsledger.mention_model.model import columns
from newsledger.stages.ledger import linear
from newsledger.stages.ledger.clause import Clause, draft_of
from newsledger.stages.ledger.context import Answer, Article, contexts
from newsledger.values.ledger import Comparison

COMPARISONS = get_args(Comparison)

_FOLDS = 5
_TAUGHT = 0.4
"""What a teacher says of a holder counts as so much of an annotation, of other parties nothing."""
_FEWEST = {"comparison": 6, "class": 6, "status": 6, "party": 25, "period": 5}
"""Features that are seen in fewer figures teach nothing; those of a teacher count in part."""
_RIDGE = {"comparison": 4.0, "class": 4.0, "status": 6.0, "party": 30.0, "period": 8.0}
_LEAST = {"comparison": 0.1, "class": 0.1, "status": 0.1, "party": 0.05, "period": 0.05}
"""Features none of whose weights is as large are left out."""


class Figure(NamedTuple):
    """An annotated figure with the clause it stands in."""

    article: Article
    annotation: Record
    clause: Clause
    shared: list[str]
    fold: int


class Rows(NamedTuple):
    """What a model learns from: the features of each row, and the numbers that are wanted for each label."""

    features: list[frozenset[str]]
    wanted: np.ndarray
    taught: int = 0
    """So many of the last rows are a teacher's."""

    def counts(self, label: str) -> np.ndarray:
        """How much each row counts for a label."""
        taught = _TAUGHT if label == "holder" else 0.0
        return np.repeat([1.0, taught], [len(self.features) - self.taught, self.taught])


def figures_of(annotated: Iterable[tuple[Record, Article]]) -> list[Figure]:
    """The annotated figures that are money and stand in a sentence."""
    found = []
    for number, (record, article) in enumerate(annotated):
        places, given = contexts(article), record["figures"]
        spans = [(f.start_char, f.end_char) for f in article.figures]
        for at, index in pair([(f["start"], f["end"]) for f in given], spans):
            place = places[index]
            clause = draft_of(place).clause if place is not None else None
            if clause is not None and "not_money" not in given[at].get("flags", []):
                shared = linear.shared_features(clause)
                found.append(Figure(article, given[at], clause, shared, number % _FOLDS))
    return found


def one_hot(labels_: Sequence[str], values: Sequence[str | None]) -> np.ndarray:
    """A row for each value with 1 at its label."""
    return np.array([[label == value for label in labels_] for value in values], np.float32)


def fitted(
    rows: Rows, labels_: Sequence[str], name: str, *, softmax: bool
) -> tuple[dict[str, list[float]], Callable[[list[frozenset[str]]], np.ndarray]]:
    """The weights of each feature, and the function that scores rows by them."""
    counts: Counter[str] = Counter()
    for features, count in zip(rows.features, rows.counts("holder"), strict=True):
        counts.update(dict.fromkeys(features, count))
    known = [feature for feature, n in counts.items() if n >= _FEWEST[name]]
    at = {feature: n for n, feature in enumerate(known)}

    def table(features: list[frozenset[str]]) -> np.ndarray:
        made = np.zeros((len(features), len(known)), np.float32)
        for row, some in zip(made, features, strict=True):
            row[[at[feature] for feature in some if feature in at]] = 1
        return made

    inputs = table(rows.features)
    if softmax:
        weights = _softmax_weights(inputs, rows.wanted, _RIDGE[name])
    else:
        each = zip(labels_, rows.wanted.T, strict=True)
        weights = np.stack(
            [_logistic_weights(inputs, w, rows.counts(label), _RIDGE[name]) for label, w in each], 1
        )
    kept = {
        feature: [round(float(w), 2) for w in row]
        for feature, row in sorted(zip(known, weights, strict=True))
        if np.abs(row).max() >= _LEAST[name]
    }
    return kept, lambda features: table(features) @ weights


def _softmax_weights(inputs: np.ndarray, wanted: np.ndarray, ridge: float) -> np.ndarray:
    """Weights of labels of which one is right, by gradient steps that shrink where a weight has moved."""
    weights = np.zeros((inputs.shape[1], wanted.shape[1]), np.float32)
    moved = np.full_like(weights, 1e-6)
    for _ in range(180):
        scores = inputs @ weights
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        slope = (inputs.T @ (likely - wanted) + ridge * weights) / len(inputs)
        moved += slope * slope
        weights -= 0.25 * slope / np.sqrt(moved)
    return weights


def _logistic_weights(inputs: np.ndarray, wanted: np.ndarray, counts: np.ndarray, ridge: float) -> np.ndarray:
    """Weights of one label, by Newton's method."""
    weights = np.zeros(inputs.shape[1])
    for _ in range(25):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (counts * (likely - wanted)) + ridge * weights
        curve = (inputs.T * (counts * likely * (1 - likely))) @ inputs + ridge * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def class_rows(figures: Sequence[Figure]) -> Rows:
    features = [frozenset(linear.class_features(figure.clause, figure.shared)) for figure in figures]
    return Rows(features, one_hot(CLASSES, [figure.annotation.get("class") for figure in figures]))


def told_classes(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with a class in their clause: annotated, or said by a model of other articles."""
    said: dict[int, str] = {}
    for fold in range(_FOLDS):
        others = [figure for figure in figures if figure.fold != fold and figure.annotation.get("class")]
        _, score = fitted(class_rows(others), CLASSES, "class", softmax=True)
        mine = [n for n, figure in enumerate(figures) if figure.fold == fold]
        scores = score(class_rows([figures[n] for n in mine]).features)
        said |= {n: CLASSES[best] for n, best in zip(mine, scores.argmax(1), strict=True)}
    return [
        figure._replace(
            clause=figure.clause._replace(name=figure.annotation.get("class") if n % 2 else said[n])
        )
        for n, figure in enumerate(figures)
    ]


def party_rows(figures: Sequence[Figure]) -> Rows:
    features, wanted = [], []
    for article, annotation, clause, *_ in figures:
        tokens = clause.c.tokens
        for first, last in linear.candidates(clause):
            place = tokens[first].start, tokens[last].end
            entity = tokens[first].ref if clause.c.entity(first) and first == last else -1
            row = []
            for role in linear.ROLES:
                one = Answer(role, "clause", *place, entity=entity)
                row.append(is_right(role, one, annotation, article))
            features.append(frozenset(linear.party_features(clause, (first, last))))
            wanted.append(row)
    return Rows(features, np.array(wanted, np.float32))


def taught_parties(
    examples: Iterable[Example], articles: Iterable[Record]
) -> Iterator[tuple[frozenset[str], list[float]]]:
    """The features of whatever could be a party of a figure, and how likely the teacher takes it for each."""
    windows: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        windows[example.article].append(example)
    for record in articles:
        if record["id"] in windows:
            article = replace(read(record), title=record.get("title"))
            clauses = {c.index: draft_of(c).clause for c in contexts(article) if c is not None}
            for example in windows[record["id"]]:
                for row, index in enumerate(example.window.mentions):
                    if (clause := clauses.get(index)) is not None:
                        yield from _taught_figure(clause, example, row)


def _taught_figure(
    clause: Clause, example: Example, row: int
) -> Iterator[tuple[frozenset[str], list[float]]]:
    mention, words = (said[row].astype(np.float32) for said in example.soft or ())
    sure = dict(zip(MENTION_HEADS["class"], mention[columns(MENTION_HEADS)["class"]], strict=True))
    if sure.pop("") > 0.5:
        return
    labels = [label for head in WORD_HEADS.values() for label in head]
    told = clause._replace(name=max(sure, key=lambda name: sure[name]))
    for first, last in linear.candidates(told):
        inside = example.window.over(told.c.tokens[first].start, told.c.tokens[last].end)
        if inside.any():
            likely = dict(zip(labels, words[inside].mean(0).tolist(), strict=True))
            features = frozenset(linear.party_features(told, (first, last)))
            yield features, [likely[role] for role in linear.ROLES]


def period_rows(figures: Sequence[Figure]) -> Rows:
    features, wanted = [], []
    for _, annotation, clause, *_ in figures:
        place = annotation.get("period") or (-1, -1)
        for at in linear.dates_of(clause.c):
            token = clause.c.tokens[at]
            features.append(frozenset(linear.date_features(clause.c, at, clause.name)))
            wanted.append([token.start < place[1] and place[0] < token.end])
    return Rows(features, np.array(wanted, np.float32))


def learned(
    annotated: Iterable[tuple[Record, Article]], taught: Sequence[tuple[frozenset[str], list[float]]] = ()
) -> dict[str, dict[str, object]]:
    """The linear models by name; ``taught`` are parties with what a teacher says of them."""
    figures = figures_of(annotated)
    classed = [figure for figure in figures if figure.annotation.get("class")]
    told = told_classes(figures)
    staged = [figure for figure in told if figure.annotation.get("status")]
    statuses = Rows(
        [frozenset(linear.status_features(figure.clause, figure.shared)) for figure in staged],
        one_hot(STATUSES, [figure.annotation["status"] for figure in staged]),
    )
    compared = Rows(
        [frozenset([f"class {figure.clause.name}", *figure.shared]) for figure in told],
        one_hot(COMPARISONS, [figure.annotation.get("comparison", "current") for figure in told]),
    )
    features, wanted, _ = party_rows(told)
    features += [some for some, _ in taught]
    parties = Rows(features, np.concatenate([wanted, *([w] for _, w in taught)]), len(taught))
    made = {
        "comparison": (compared, COMPARISONS, True),
        "class": (class_rows(classed), CLASSES, True),
        "status": (statuses, STATUSES, True),
        "party": (parties, linear.ROLES, False),
        "period": (period_rows(told), ("period",), False),
    }
    return {
        name: {"labels": list(names), "weights": fitted(rows, names, name, softmax=softmax)[0]}
        for name, (rows, names, softmax) in made.items()
    }


def write(models: dict[str, dict[str, object]], folder: Path) -> None:
    """Write the models as ``linear.json``."""
    (folder / "linear.json").write_text(json.dumps(models, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--taught", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    records = [record for path in options.annotated for record in lines_of(path)]
    articles = (article for path in sorted(options.articles.glob("*.jsonl.gz")) for article in lines_of(path))
    taught = list(taught_parties(read_examples(options.taught), articles))
    write(
        learned(((record, read(record)) for record in join(records, options.articles)), taught), options.out
    )


if __name__ == "__main__":
    main()
