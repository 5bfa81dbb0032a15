"""Class, status and comparison of a figure: how likely each is by the words of the clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsledger.stages.ledger.clause import Clause
from newsledger.stages.ledger.context import Answer, Context
from newsledger.stages.ledger.frames import subject_side
from newsledger.stages.ledger.lexicon import CUE_OPENERS, CUES, LISTS, Cue, forms, lemmas
from newsledger.stages.ledger.linear import linear
from newsledger.stages.ledger.tokens import FIGURE, WORD, as_words

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
