"""Linear models of what an annotator would say, over features that are words: sums of weights.

The weights lie beside the mention model (``linear.json``), learned from the same annotated news by
``models.recipe.mentions.linear``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.clause import Clause, subject_side
from newsledger.stages.ledger.context import DATE, FIGURE, MARK, WORD, Answer, Context, as_words, value_of
from newsledger.stages.ledger.lexicon import CUES, LISTS, Cue, lemmas

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Linear(NamedTuple):
    """The labels of a model, the row of each feature, and what it adds to the score of each label."""

    labels: Sequence[str]
    rows: Mapping[str, int]
    weights: NDArray[np.float64]

    def scores(self, features: Iterable[str]) -> NDArray[np.float64]:
        """The sum of the weights of each label."""
        known = [self.rows[feature] for feature in features if feature in self.rows]
        return np.asarray(self.weights[known].sum(0))

    def each(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is, whatever the others: logistic, to two decimals."""
        likely = 1 / (1 + np.exp(-self.scores(features)))
        return dict(zip(self.labels, likely.round(2).tolist(), strict=True))

    def one(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is where just one is right: softmax, to two decimals."""
        powers = np.exp(self.scores(features))
        return dict(zip(self.labels, (powers / powers.sum()).round(2).tolist(), strict=True))


@cache
def model_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/ledger`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "ledger"


@cache
def linears() -> dict[str, Linear]:
    """The linear models by name: class, status, comparison, party, period."""
    held = json.loads((model_folder() / "linear.json").read_text(encoding="utf-8"))
    return {
        name: Linear(
            one["labels"],
            {feature: row for row, feature in enumerate(one["weights"])},
            np.array(list(one["weights"].values())),
        )
        for name, one in held.items()
    }


_BREAKS = (LISTS["relatives"] | {"while", "but", "although", "because", "whereas", ";", ":"}) - {"that"}
_LONGEST_CUE, _FARTHEST, _BEEN = 3, 8, 0.96


def class_features(clause: Clause, shared: Sequence[str]) -> list[str]:
    """What is known of the class of a figure, as words."""
    figure, measure = clause.c.figure, clause.measure
    value = value_of(figure)
    digits = len(str(int(abs(value)))) if value is not None else None
    found = [f"rule {clause.name}", f"unit {figure.per_unit}", f"kind {figure.kind}", f"digits {digits}"]
    if measure is not None:
        found += [f"noun {measure.noun}", f"{measure.rule} of {measure.measure_class}"]
    title = (clause.c.article.title or "").lower().split()
    return [*found, *(f"title {word}" for word in title), *shared]


def likely_statuses(clause: Clause, shared: Sequence[str]) -> dict[str, float]:
    """How likely each status is for a figure of the clause's class; what "has been" so much is reported."""
    c, measure = clause.c, clause.measure
    if measure and clause.name not in LISTS["results"] and "been" in c.lows(measure.last + 1, c.at):
        return {status: _BEEN if status == "reported" else 1 - _BEEN for status in linears()["status"].labels}
    return linears()["status"].one(status_features(clause, shared))


def status_features(clause: Clause, shared: Sequence[str]) -> list[str]:
    """What is known of the status of a figure of a class, as words."""
    c, verb, results = clause.c, clause.verb, clause.name in LISTS["results"]
    found = [f"class {clause.name}", f"results {results}"]
    if verb is not None:
        found.append(f"verb {verb.verb.status} {verb.tense} {results}")
        found.append(f"tense {verb.tense} {verb.passive} {results}")
    first, last = _clause(c)
    for at, _, cue in _cues(tuple(as_words(c.tokens))):
        if first <= at <= last:
            said = cue.results if results else cue.transfers
            found.append(f"cue {said} of {results} {'before' if at < c.at else 'after'}")
    return [*found, *shared]


def shared_features(clause: Clause) -> list[str]:
    """The verb that governs the figure, the cues of the clause, and the words around."""
    c, verb = clause.c, clause.verb
    found = ["always", f"modifier {c.figure.modifier}", *(["item"] if c.is_item else [])]
    if verb is not None:
        found += [f"verb {verb.verb.lemma}", f"verb of {verb.verb.measure_class} {verb.left}"]
        found += [f"tense {verb.tense} {verb.passive}", f"preposition {verb.preposition} {verb.left}"]
        found += (f"before verb {low}" for low in c.lows(subject_side(c, verb.at) + 1, verb.at - 1))
    first, last = _clause(c)
    for at, name, cue in _cues(tuple(as_words(c.tokens))):
        if first <= at <= last:
            found += [f"cue {cue.transfers} {'before' if at < c.at else 'after'}", f"cue {name}"]
        found.append(f"far cue {cue.transfers}")
    return [*found, *_around(c)]


def _around(c: Context) -> Iterator[str]:
    """The words around a figure, single and in pairs."""
    first = max(0, c.at - _FARTHEST)
    before, after = as_words(c.tokens[first : c.at]), as_words(c.tokens[c.at + 1 : c.at + 1 + _FARTHEST])
    for side, words in (("before", before[::-1]), ("after", after)):
        for n, word in enumerate(words):
            yield f"{side} {word}"
            yield from (f"{side} verb {lemma}" for lemma in lemmas(word))
            if n < 2:
                yield f"{side} {n} {word}"
        yield from (f"{side} {one} {other}" for one, other in pairwise(words[:4]))
    yield from (f"opens {word}" for word in as_words(c.tokens[:4]))


def _clause(c: Context) -> tuple[int, int]:
    """The first and last token of the clause of a figure."""
    first = next((at + 1 for at in range(c.at - 3, -1, -1) if c.low(at) in _BREAKS), 0)
    for last in range(c.at, len(c.tokens)):
        another = c.low(last) == "," and (c.kind(last + 1) == FIGURE or c.low(last + 1) == "with")
        if another or c.low(last + 1) in _BREAKS:
            return first, last
    return first, len(c.tokens) - 1


@lru_cache(maxsize=8)
def _cues(words: tuple[str, ...]) -> list[tuple[int, str, Cue]]:
    """The cues of a sentence: the first token of each, its name, and what it says."""
    found = []
    for at, word in enumerate(words):
        phrases = [f"word {' '.join(words[at:end])}" for end in range(at + _LONGEST_CUE, at, -1)]
        for names in (phrases, [f"verb {lemma}" for lemma in sorted(lemmas(word))]):
            name = next(filter(CUES.__contains__, names), None)
            if name is not None:
                found.append((at, name.partition(" ")[2], CUES[name]))
    return found


_GROUPS = {
    "result": ("revenue", "profit", "balance", "dividend"),
    "stock": ("debt", "assets", "valuation", "threshold"),
    "price": ("price",),
    "plan": ("budget", "saving", "cost", "aid"),
}
_AGAINST = ("over", "above", "than")
_DIVIDING = (",", ";", "and", "said", "that", "which", "(", "from", "to", "compared", "while", "when")
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}
_CLAUSES, _DIGIT = LISTS["relatives"] | LISTS["conjunctions"], lazy_regex(r"\d")


def likely_dates(c: Context, name: str | None) -> list[Answer]:
    """The dates of the sentence of a figure of class ``name``, each with how likely it is its period."""
    model = linears()["period"]
    likely = ((at, model.each(date_features(c, at, name))["period"]) for at in dates_of(c))
    return [c.words(at, at, "clause")._replace(confidence=sure) for at, sure in likely]


def dates_of(c: Context) -> list[int]:
    """The tokens of the dates of a sentence, but for those that an amount is set against ("over 2004")."""
    dates = [at for at, token in enumerate(c.tokens) if token.kind == DATE]
    return [at for at in dates if _before(c, at) not in _AGAINST or _size(c, at) == "duration"]


def date_features(c: Context, at: int, name: str | None) -> list[str]:
    """What is known of a date and a figure of class ``name``, as words."""
    group, size = _GROUP_OF.get(name or "", "none" if name is None else "transfer"), _size(c, at)
    side, preposition = "after" if at > c.at else "before", _before(c, at)
    between = c.between(at, at)
    kinds, words = ([getattr(token, part) for token in between] for part in ("kind", "low"))
    dates = [n for n, token in enumerate(c.tokens) if token.kind == DATE]
    nearest = min(dates, key=lambda n: abs(n - c.at))
    return [
        *(["always", "only one"] if len(dates) == 1 else ["always"]),
        *(f"size {size}", f"size {size}, {group}"),
        *(f"word before {preposition}, {side}", f"word before {preposition}, {size}"),
        f"{side}, figures between {min(2, kinds.count(FIGURE))}",
        f"dates between {min(1, kinds.count(DATE))}",
        f"{side}, away {next(n for n in (2, 4, 8, 16, 99) if len(between) <= n or n == 99)}",
        *(f"{word} between, {side}" for word in _DIVIDING if word in words),
        f"verbs between {min(2, sum(bool(lemmas(word)) for word in words))}, {side}",
        f"breaks between {min(2, sum(word in _CLAUSES for word in words))}, {side}",
        f"text {' '.join(word for word in c.low(at).split() if not _DIGIT.search(word))}",
        f"after date {c.low(at + 1)}",
        *(f"before amount {c.low(c.left)}, {side}", f"after amount {c.low(c.at + 1)}, {side}"),
        f"figures {min(3, sum(token.kind == FIGURE for token in c.tokens))}, {side}",
        f"nearest {at == nearest}, {side}",
        *(f"class {name}", f"class {name}, {size}", f"class {name}, {side}"),
    ]


def _before(c: Context, at: int) -> str:
    """The word before a date and its article."""
    before = at - 1 - (c.low(at - 1) in LISTS["determiners"])
    return c.low(before) if c.kind(before) in (WORD, MARK) else c.kind(before)


def _size(c: Context, at: int) -> str:
    """What kind of date it is: a day, a time, a length, a longer time with its ends known."""
    date = c.article.dates[c.tokens[at].ref]
    if date.timex_type != "DATE":
        return date.timex_type.lower()
    if date.timex_value.endswith("_REF"):
        return "ref"
    if date.start_date is None or date.end_date is None:
        return "open"
    days = (date.end_date - date.start_date).days
    return "day" if days == 0 else "month" if days < 32 else "quarter" if days < 100 else "year"
