"""Linear models of what an annotator would say of a figure, its dates and parties; features are words.

The weights lie beside the mention model (``linear.json``), learned from the same annotated news by
``models.recipe.mentions.linear``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import numpy as np

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.clause import Clause, Frame, Span, party_at, subject_side
from newsledger.stages.ledger.context import DATE, FIGURE, NAME, WORD, Answer, Context, as_words, value_of
from newsledger.stages.ledger.lexicon import CUES, LISTS, lemmas
from newsledger.values.ledger import PartyRole

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
    found = {}
    for name, one in held.items():
        rows = {feature: row for row, feature in enumerate(one["weights"])}
        found[name] = Linear(one["labels"], rows, np.array(list(one["weights"].values())))
    return found


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
            said = cue["results" if results else "transfers"]
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
            found += [f"cue {cue['transfers']} {'before' if at < c.at else 'after'}", f"cue {name}"]
        found.append(f"far cue {cue['transfers']}")
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
def _cues(words: tuple[str, ...]) -> list[tuple[int, str, dict[str, str]]]:
    """The cues of a sentence: the first token of each, its name, and what it says."""
    found = []
    for at, word in enumerate(words):
        phrases = [f"word {' '.join(words[at:end])}" for end in range(at + _LONGEST_CUE, at, -1)]
        for names in (phrases, [f"verb {lemma}" for lemma in sorted(lemmas(word))]):
            name = next(filter(CUES.__contains__, names), None)
            if name is not None:
                found.append((at, name.partition(" ")[2], CUES[name]))
    return found


_GROUPS = ("result", "stock", "price", "plan")
"""Of classes, to each of which periods of other lengths belong; all other classes are transfers."""
_CLAUSES, _DIGIT = LISTS["relatives"] | LISTS["conjunctions"], lazy_regex(r"\d")


def likely_dates(c: Context, name: str | None) -> list[Answer]:
    """The dates of the sentence of a figure of class ``name``, each with how likely it is its period."""
    model = linears()["period"]
    likely = ((at, model.each(date_features(c, at, name))["period"]) for at in dates_of(c))
    return [c.answer("clause", at, at)._replace(confidence=sure) for at, sure in likely]


def dates_of(c: Context) -> list[int]:
    """The dates of a sentence: none an amount is set against ("over 2004"), no year beside another date."""
    sizes = {at: _size(c, at) for at, token in enumerate(c.tokens) if token.kind == DATE}
    dates = [at for at in sizes if _before(c, at) not in LISTS["against"] or sizes[at] == "duration"]
    beside = {at: {sizes.get(at - 1), sizes.get(at + 1)} - {None, "year"} for at in dates}  # "6 months 1987"
    return [at for at in dates if sizes[at] != "year" or not beside[at]]


def date_features(c: Context, at: int, name: str | None) -> list[str]:
    """What is known of a date and a figure of class ``name``, as words."""
    group = next((group for group in _GROUPS if name in LISTS[f"{group}_classes"]), "transfer")
    size, preposition = _size(c, at), _before(c, at)
    side, between = c.side(at), c.between(at, at)
    kinds, words = ([getattr(token, part) for token in between] for part in ("kind", "low"))
    dates, figures = ([n for n, t in enumerate(c.tokens) if t.kind == kind] for kind in (DATE, FIGURE))
    nearest, amount = min(dates, key=lambda n: abs(n - c.at)), min(figures, key=lambda n: abs(n - at))
    beside = ["", "", *as_words(c.tokens), "", ""]
    return [
        *_placed(c, (at, at), name, (2, 4, 8, 16, 99), words),
        *(f"two before {beside[at]} {beside[at + 1]}", f"two after {beside[at + 3]} {beside[at + 4]}"),
        *(["only one"] if len(dates) == 1 else []),
        *(f"size {size}", f"size {size}, {group if name else 'none'}"),
        *(f"word before {preposition}, {side}", f"word before {preposition}, {size}"),
        f"{side}, figures between {min(2, kinds.count(FIGURE))}",
        f"dates between {min(1, kinds.count(DATE))}",
        f"verbs between {min(2, sum(bool(lemmas(word)) for word in words))}, {side}",
        f"breaks between {min(2, sum(word in _CLAUSES for word in words))}, {side}",
        f"text {' '.join(word for word in c.low(at).split() if not _DIGIT.search(word))}",
        f"after date {c.low(at + 1)}",
        *(f"before amount {c.low(c.left)}, {side}", f"after amount {c.low(c.at + 1)}, {side}"),
        f"figures {min(3, len(figures))}, {side}",
        *(f"nearest {at == nearest}, {side}", f"nearest amount {c.at == amount}, {side}"),
        f"class {name}, {size}",
    ]


def _placed(
    c: Context, span: Span, name: str | None, steps: Sequence[int], dividing: Collection[str]
) -> Iterator[str]:
    """Where a date or party stands to a figure of class ``name``, and what divides the two."""
    side, between = c.side(span[1]), c.between(*span)
    yield from ("always", f"class {name}", f"class {name}, {side}")
    yield f"{side}, away {next((n for n in steps if len(between) <= n), steps[-1])}"
    words = dict.fromkeys(token.low for token in between)
    yield from (f"{word} between, {side}" for word in words if word in dividing)


def _before(c: Context, at: int) -> str:
    """The word before a date and its article."""
    before = at - 1 - (c.low(at - 1) in LISTS["determiners"])
    return c.kind(before) if c.kind(before) in (FIGURE, DATE, NAME) else c.low(before)


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


ROLES: tuple[PartyRole, ...] = get_args(PartyRole)
_HELD = LISTS["held"]
_FLOOR, _SURE, _WORDS_OWNED = 0.05, 0.96, 3


def likely_parties(clause: Clause) -> list[Answer]:
    """The parties of the sentence of a figure in each role, with how likely they have it."""
    c, found, sure = clause.c, [], set(sure_parties(clause))
    for first, last in candidates(clause):
        entity = c.tokens[first].ref if first == last and c.kind(first) == NAME else -1
        place = c.tokens[first].start, c.tokens[last].end
        for role, likely in linears()["party"].each(party_features(clause, (first, last))).items():
            known = max(likely, _SURE) if (role, first) in sure else likely
            if known >= _FLOOR:
                found.append(Answer(role, "clause", *place, known, entity))
    return found


def sure_parties(clause: Clause) -> Iterator[tuple[str, int]]:
    """Roles and first tokens of parties that one rule tells: "Japan's aid", "through the Red Cross".

    Of 97 of them in 9,898 articles, read by hand, 93 were right.
    """
    c, measure, name = clause.c, clause.measure, clause.name
    if measure is not None and (name in _HELD or measure.noun.split()[-1] in LISTS["gifts"]):
        at = c.left if measure.first > c.at and c.low(c.left) == "'s" else measure.first - 1
        while c.kind(at) == DATE or c.low(at) in LISTS["in_noun"]:
            at -= 1
        held = name in _HELD and measure.measure_class in _HELD
        if (held or name in LISTS["given"]) and c.low(at) == "'s":
            yield "holder" if held else "payer", at - 1
    for at in range(c.at + 1, min(len(c.tokens), c.at + 8)) if name in LISTS["to_somebody"] else ():
        if c.low(at) in ("through", "via"):
            yield "channel", at + 1 + (c.low(at + 1) == "the")


def candidates(clause: Clause) -> list[Span]:
    """The parties of a sentence: names, pronouns, "its profit"; no owner as in "its country's profit"."""
    c, found = clause.c, list[Span]()
    for at in range(len(c.tokens)):
        pronoun = c.low(at) in LISTS["owners"]
        span = (at, at) if pronoun else party_at(c, at)
        if span is None or (found and at <= found[-1][1]):
            continue
        possessive = c.low(span[1] + 1) == "'s"
        owned = span[1] + 1 + possessive
        begins = clause.measure.first if clause.measure else -1
        owns_measure = 0 <= begins - owned <= _WORDS_OWNED and "'s" not in c.lows(owned, begins - 1)
        if owns_measure or not (possessive or pronoun) or (pronoun and not clause.measure):
            found.append(span)
    return found


def party_features(clause: Clause, span: Span) -> Iterator[str]:
    """What is known of a party at ``span`` of the sentence of a figure, as words."""
    c, name, measure, (first, last) = clause.c, clause.name, clause.measure, span
    side, kind = c.side(last), _kind(c, span)
    yield from _placed(c, span, name, (1, 3, 6, 12, 24, 999), LISTS["dividing_parties"])
    yield from (f"{kind}, {side}", f"{kind}, {name}")
    if not any(token.kind == NAME for token in c.tokens[:first]):
        yield f"first of the sentence, {kind}"
    at = first - 1 - (c.low(first - 1) in LISTS["determiners"])
    leading = c.kind(at) == WORD and (c.low(at) in LISTS["prepositions"] or lemmas(c.low(at)))
    before = c.low(at) if leading else ""
    yield from (f"word before {before}, {side}", f"word before {before}, {name}")
    possessive = c.low(last + 1) == "'s"
    speech = any(lemmas(c.low(n)) & LISTS["speech"] for n in (last + 1, last + 2, first - 1))
    yield from (f"possessive {possessive}, {side}", f"speech {speech}, {side}")
    yield f"{side}, names between {min(3, sum(token.kind == NAME for token in c.between(*span)))}"
    if clause.verb is not None:
        yield from _of_verb(clause, clause.verb, span, side)
    if measure is not None and measure.first - 1 == last + possessive:
        yield f"beside measure, {name in _HELD}"
    elif measure is not None and last < measure.first < c.at:
        yield f"before measure, {name}"


def _kind(c: Context, span: Span) -> str:
    """Whether a party is a name, of what, or a pronoun or description."""
    entity = c.entity(span[1])
    if entity is not None:
        return "adjective" if entity.adjective else entity.type or "none"
    pronoun = "owner" if c.low(span[0]) in LISTS["owners"] else "pronoun"
    return pronoun if span[0] == span[1] else "described"


def _of_verb(clause: Clause, verb: Frame, span: Span, side: str) -> Iterator[str]:
    """Where a party stands to the verb that governs the figure."""
    c, slots, voice = clause.c, verb.verb.slots, "passive" if verb.passive else "active"
    if span == clause.subject:
        slot = slots["object" if verb.passive else "subject"]
        yield from (f"subject of {verb.verb.lemma}", f"subject {voice}, {slot}")
        yield f"subject {voice}, {slot}, {clause.name in _HELD}"
        yield f"subject {voice}, {slot}, {verb.preposition or 'direct'}"
        yield f"subject, {slot}, figures {min(1, sum(t.kind == FIGURE for t in c.tokens[verb.at : c.at]))}"
    elif span[1] < verb.at:
        yield f"before verb {voice}"
    elif verb.at < span[0] and side == "before":
        yield f"object, {slots['object']}"
    before = span[0] - 1
    for preposition in ("to", "from", "by", "for"):
        if preposition in (c.low(before), c.low(before - 1) if c.low(before) in LISTS["determiners"] else ""):
            slot = slots.get("subject" if preposition == "by" else preposition, "-")
            yield f"{preposition} {voice}, {slot}, {side}"
