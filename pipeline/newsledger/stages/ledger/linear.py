"""Linear models of what an annotator would say, over features that are words: sums of weights.

The weights lie beside the mention model (``linear.json``), learned from the same annotated news by
``models.recipe.mentions.linear``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.clause import Clause, subject_side
from newsledger.stages.ledger.context import DATE, FIGURE, MARK, WORD, Answer, Context, as_words
from newsledger.stages.ledger.lexicon import CUE_OPENERS, CUES, LISTS, Cue, forms, lemmas

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
def linear(name: str) -> Linear:
    """The linear model of a name: class, status, comparison, party, period."""
    held = _held()[name]
    rows = {feature: row for row, feature in enumerate(held["weights"])}
    return Linear(held["labels"], rows, np.array(list(held["weights"].values())))


@cache
def _held() -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = json.loads((model_folder() / "linear.json").read_text(encoding="utf-8"))
    return held


RESULTS = LISTS["results"]
_GOVERNS = LISTS["modals"] | {"to"}
_BEFORE_VERB = LISTS["be"] | LISTS["adverbs"] | LISTS["have"]
_FINISHED = ("paid", "committed")
_BREAKS = (LISTS["relatives"] | {"while", "but", "although", "because", "whereas", ";", ":"}) - {"that"}
_LONGEST_CUE, _FARTHEST = 3, 8
_SURE = 0.96


def likely_classes(clause: Clause, shared: Sequence[str]) -> dict[str, float]:
    """How likely each class is; ``shared``: the :func:`shared_features` of the clause."""
    return linear("class").one(class_features(clause, shared))


def likely_statuses(clause: Clause, shared: Sequence[str]) -> dict[str, float]:
    """How likely each status is for a figure of the clause's class; what "has been" so much is reported."""
    c, measure = clause.c, clause.measure
    likely = linear("status").one(status_features(clause, shared))
    if measure is not None and clause.name not in RESULTS and "been" in c.lows(measure.last + 1, c.at):
        return {name: _SURE if name == "reported" else min(sure, 1 - _SURE) for name, sure in likely.items()}
    return likely


def likely_comparisons(clause: Clause, shared: Sequence[str]) -> dict[str, float]:
    """How likely a figure is an earlier or an expected one, named to compare another with it."""
    return linear("comparison").one([f"class {clause.name}", *shared])


def class_features(clause: Clause, shared: Sequence[str]) -> Iterator[str]:
    """What is known of the class of a figure, as words."""
    figure, measure = clause.c.figure, clause.measure
    value = figure.value_low if figure.value_low is not None else figure.value_high
    yield f"rule {clause.name}"
    yield f"unit {figure.per_unit}"
    yield f"kind {figure.kind}"
    yield f"digits {len(str(int(abs(value)))) if value is not None else None}"
    if measure is not None:
        yield f"noun {measure.noun}"
        yield f"{measure.rule} of {measure.measure_class}"
    yield from (f"title {word}" for word in (clause.c.article.title or "").lower().split())
    yield from shared


def status_features(clause: Clause, shared: Sequence[str]) -> Iterator[str]:
    """What is known of the status of a figure of a class, as words."""
    c, verb, results = clause.c, clause.verb, clause.name in RESULTS
    yield f"class {clause.name}"
    yield f"results {results}"
    if verb is not None:
        yield f"verb {verb.verb.status} {verb.tense} {results}"
        yield f"tense {verb.tense} {verb.passive} {results}"
    first, last = _clause(c)
    for at, _, cue in _cues(c):
        if first <= at <= last:
            said = cue.results if results else cue.transfers
            yield f"cue {said} of {results} {'before' if at < c.at else 'after'}"
    yield from shared


def shared_features(clause: Clause) -> list[str]:
    """The verb that governs the figure, the cues of the clause, and the words around."""
    c, verb = clause.c, clause.verb
    found = ["always", f"modifier {c.figure.modifier}", *(["item"] if c.is_item else [])]
    if verb is not None:
        found += [
            f"verb {verb.verb.lemma}",
            f"verb of {verb.verb.measure_class} {verb.left}",
            f"tense {verb.tense} {verb.passive}",
            f"preposition {verb.preposition} {verb.left}",
        ]
        found += (f"before verb {low}" for low in c.lows(subject_side(c, verb.at) + 1, verb.at - 1))
    first, last = _clause(c)
    for at, name, cue in _cues(c):
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


def cue_of(c: Context, status: str, of_results: bool) -> Answer | None:
    """The cue of the clause nearest to the figure that speaks for a status."""
    first, last = _clause(c)
    found = [
        (abs(at - c.at), at)
        for at, _, cue in _cues(c)
        if first <= at <= last and status == (cue.results if of_results else cue.transfers)
    ]
    return c.answer(status, "cue", min(found)[1], min(found)[1]) if found else None


def _clause(c: Context) -> tuple[int, int]:
    """The first and last token of the clause of a figure."""
    first = last = c.at
    while first > 0 and (c.low(first - 1) not in _BREAKS or c.at - first <= 1):
        first -= 1
    while last + 1 < len(c.tokens) and c.low(last + 1) not in _BREAKS:
        if c.low(last) == "," and (c.kind(last + 1) == FIGURE or c.low(last + 1) == "with"):
            break
        last += 1
    return first, last


def _cues(c: Context) -> list[tuple[int, str, Cue]]:
    """The cues of a sentence: the first token of each, its name, and what it says."""
    kept = c.article.cues
    if id(c.tokens) not in kept:
        kept[id(c.tokens)] = list(_cues_of(c))
    return kept[id(c.tokens)]


def _cues_of(c: Context) -> Iterator[tuple[int, str, Cue]]:
    words = [token.low for token in c.tokens]
    for at, low in enumerate(words):
        for end in range(at + _LONGEST_CUE, at, -1) if low in CUE_OPENERS else ():
            phrase = " ".join(words[at:end])
            if cue := CUES.get(f"word {phrase}"):
                yield at, phrase, cue
                break
        for lemma, tense in forms().get(low, ()) if c.kind(at) == WORD else ():
            cue = CUES.get(f"verb {lemma}")
            if cue is not None and _holds(c, at, tense, cue):
                yield at, lemma, cue
                break


def _holds(c: Context, at: int, tense: str, cue: Cue) -> bool:
    """Whether a verb is what it says: "paid" is, "to pay" and "will pay" are not, nor is a noun."""
    if cue.transfers not in _FINISHED:
        return tense != "base" or c.low(at - 1) not in LISTS["determiners"]
    if tense in ("past", "done"):
        before = at - 1
        while c.low(before) in _BEFORE_VERB:
            before -= 1
        return c.low(before) not in _GOVERNS
    return tense == "s" and c.low(at - 1) not in LISTS["determiners"]


_GROUPS = {
    "result": ("revenue", "profit", "balance", "dividend"),
    "stock": ("debt", "assets", "valuation", "threshold"),
    "price": ("price",),
    "plan": ("budget", "saving", "cost", "aid"),
}
_AGAINST = ("over", "above", "than")
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}
_CLAUSES, _DIGIT = LISTS["relatives"] | LISTS["conjunctions"], lazy_regex(r"\d")


def likely_dates(c: Context, name: str | None) -> list[Answer]:
    """The dates of the sentence of a figure of class ``name``, each with how likely it is its period."""
    model, dates = linear("period"), dates_of(c)
    return [
        c.words(at, at, "clause")._replace(
            confidence=model.each(date_features(c, at, name, len(dates)))["period"]
        )
        for at in dates
    ]


def dates_of(c: Context) -> list[int]:
    """The tokens of the dates of a sentence, but for those that an amount is set against ("over 2004")."""
    dates = [at for at, token in enumerate(c.tokens) if token.kind == DATE]
    return [at for at in dates if _before(c, at) not in _AGAINST or _size(c, at) == "duration"]


def date_features(c: Context, at: int, name: str | None, number: int) -> Iterator[str]:
    """What is known of a date, of a ``number`` in the sentence, and a figure of class ``name``, as words."""
    group, size = _GROUP_OF.get(name or "", "none" if name is None else "transfer"), _size(c, at)
    side = "after" if at > c.at else "before"
    first, last = (c.at + 1, at - 1) if at > c.at else (at + 1, c.at - 1)
    between = c.lows(first, last) if first <= last else []
    kinds = [token.kind for token in c.tokens[first : last + 1]]
    preposition = _before(c, at)
    yield "always"
    yield f"size {size}"
    yield f"size {size}, {group}"
    yield f"word before {preposition}, {side}"
    yield f"word before {preposition}, {size}"
    yield f"{side}, figures between {min(2, kinds.count(FIGURE))}"
    yield f"dates between {min(1, kinds.count(DATE))}"
    yield f"{side}, away {next(n for n in (2, 4, 8, 16, 99) if len(between) <= n or n == 99)}"
    for word in (",", ";", "and", "said", "that", "which", "(", "from", "to", "compared", "while", "when"):
        if word in between:
            yield f"{word} between, {side}"
    if number == 1:
        yield "only one"
    yield from _nearby(c, at, side, between)
    yield f"class {name}"
    yield f"class {name}, {size}"
    yield f"class {name}, {side}"


def _nearby(c: Context, at: int, side: str, between: Sequence[str]) -> Iterator[str]:
    """The words of a date, beside it and the amount, and how many verbs and clauses lie between them."""
    verbs, breaks = (sum(bool(lemmas(w)) for w in between), sum(w in _CLAUSES for w in between))
    yield f"verbs between {min(2, verbs)}, {side}"
    yield f"breaks between {min(2, breaks)}, {side}"
    yield f"text {' '.join(word for word in c.low(at).split() if not _DIGIT.search(word))}"
    yield f"after date {c.low(at + 1)}"
    yield f"before amount {c.low(c.left)}, {side}"
    yield f"after amount {c.low(c.at + 1)}, {side}"
    yield f"figures {min(3, sum(token.kind == FIGURE for token in c.tokens))}, {side}"
    nearest = min((n for n, token in enumerate(c.tokens) if token.kind == DATE), key=lambda n: abs(n - c.at))
    yield f"nearest {at == nearest}, {side}"


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
