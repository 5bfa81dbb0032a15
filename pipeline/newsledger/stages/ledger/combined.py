"""What rules and models say together: of each figure the answers that are sure enough to be given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeVar, cast

from newsledger.lexicons.load import lazy_regex
from newsledger.mention_model.model import MentionModel, Reading, Weights, load, load_weights, log_odds
from newsledger.mention_model.window import Mark, read_range
from newsledger.stages.ledger import linear
from newsledger.stages.ledger.clause import Draft
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.lexicon import CUES, MEASURES, VERBS, lemmas, measure_noun
from newsledger.values.ledger import Comparison
from newsledger.values.mentions import DateMention, MoneyMention, NameSpan

BASIS = "model"
_FLOOR = 0.3
"""Words that are less likely than this are no candidates."""
FIELD_OF = dict.fromkeys(("payer", "recipient", "holder", "channel"), "party")
"""Roles that are weighed together: there are too few of each to tell them apart."""
_OUTSIDE = 0.73
"""Stands for that a date or party is not of the clause, which is no evidence by its size."""
_WORD = lazy_regex(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

M = TypeVar("M", NameSpan, DateMention, MoneyMention)


class Candidate(NamedTuple):
    """An answer for a field with the log odds of its evidence (`log_odds`)."""

    answer: Answer
    odds: tuple[float, float, float]


def combined(article: Article, drafts: Mapping[int, Draft]) -> dict[int, Draft]:
    """The drafts of figures with the answers of rules and model that are sure enough, each with how sure."""
    readings = read(article, drafts, load(linear.model_folder()))
    return {index: _weighed(article, drafts[index], reading) for index, reading in readings}


def read(article: Article, drafts: Mapping[int, Draft], model: MentionModel) -> Iterator[tuple[int, Reading]]:
    """What the model says of figures, given by their numbers with their drafts, sentence by sentence."""
    for targets, marks, hints in parts(article, drafts):
        yield from model.read(article.layout, targets, marks, hints, title=article.title)


def parts(
    article: Article, drafts: Mapping[int, Draft]
) -> Iterator[tuple[dict[int, tuple[int, int]], list[Mark], list[Mark]]]:
    """The figures of each sentence, by their numbers as in ``drafts``, with marks and hints.

    Marks are of names, then dates, then figures, hints what the lexicons know of words and the class that the
    rules say a figure is of; of two that overlap the later wins.
    """
    for _, group in groupby(drafts, lambda index: article.layout.sentence_at(article.place(index)[0])):
        targets = {index: article.place(index) for index in group}
        sentences = read_range(article.layout, *next(iter(targets.values())))
        start, end = sentences[0][0], sentences[-1][1]
        marks = [Mark(n.start_char, n.end_char, n.label) for n in between(article.names, start, end)]
        marks += (Mark(d.start_char, d.end_char, "date") for d in between(article.dates, start, end))
        marks += (Mark(f.start_char, f.end_char, "figure") for f in between(article.figures, start, end))
        hints = [mark for place in sentences for mark in _hints(article.text, *place)]
        hints += [
            Mark(*place, f"noun {said.value}")
            for index, place in targets.items()
            if (said := drafts[index].answers.get("class"))
        ]
        yield targets, marks, hints


def between(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions, given in text order, that begin between two offsets."""
    first, last = (bisect_left(mentions, at, key=lambda one: one.start_char) for at in (start, end))
    return mentions[first:last]


@lru_cache(maxsize=8)
def _hints(text: str, start: int, end: int) -> list[Mark]:
    """What the lexicons know of a sentence (it is read again before the next): cues, then verbs, nouns."""
    words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    cues, verbs, nouns = list[Mark](), list[Mark](), list[Mark]()
    for n, (word, first, last) in enumerate(words):
        forms = sorted(lemmas(word))
        for key in (f"word {word}", *(f"verb {lemma}" for lemma in forms)):
            if cue := CUES.get(key):
                cues.append(Mark(first, last, f"cue {cue['transfers']}"))
        verbs += (
            Mark(first, last, f"verb {VERBS[lemma].measure_class}") for lemma in forms if lemma in VERBS
        )
        noun = measure_noun([one for one, _, _ in words[max(0, n - 3) : n + 1]])
        if noun is not None:
            begin = words[n + 1 - len(noun.split())][1]
            nouns.append(Mark(begin, last, f"noun {MEASURES[noun]}"))
    return [*cues, *verbs, *nouns]


def _weighed(article: Article, draft: Draft, reading: Reading) -> Draft:
    weights = load_weights(linear.model_folder())
    answers = {
        field: best
        for field, of in candidates(article, draft, reading).items()
        if (best := _best(weights[field], of))
    }
    parties = tuple(answers.pop(role) for role in linear.ROLES if role in answers)
    compared = answers.pop("comparison", None)
    if "status" in answers:
        runs = reading.runs("cue", "cue", floor=_FLOOR) if answers["status"].value != "reported" else []
        start, end, _ = max(runs, key=itemgetter(2), default=(-1, -1, 0))
        answers["status"] = answers["status"]._replace(start=start, end=end)
    comparison = cast("Comparison", compared.value) if compared else "current"
    return replace(draft, answers=answers, parties=parties, comparison=comparison)


def _best(weights: Weights, of: Sequence[Candidate]) -> Answer | None:
    """The likeliest answer, with its confidence, where that is high enough."""
    weighed = (one.answer._replace(confidence=weights.confidence(one.odds)) for one in of)
    best = max(weighed, key=attrgetter("confidence"), default=None)
    return best if best is not None and best.confidence >= weights.threshold else None


def candidates(article: Article, draft: Draft, reading: Reading) -> dict[str, list[Candidate]]:
    """Per field what rules or model say, with the evidence for each."""
    if draft.clause is None:
        return {}
    models, shared = linear.linears(), linear.shared_features(draft.clause)
    classes, said = models["class"].one(linear.class_features(draft.clause, shared)), reading.mention["class"]
    clause = draft.clause._replace(name=max(classes, key=lambda label: classes[label] * said[label]))
    comparisons = models["comparison"].one([f"class {clause.name}", *shared])
    compared = _labels(reading, "comparison", comparisons, None)
    periods = linear.likely_dates(clause.c, clause.name)
    dates = between(article.dates, *reading.window.bounds)
    places = [(date.surface, BASIS, date.start_char, date.end_char) for date in dates]
    read = (Answer(*place, reading.of_span("period", "period", *place[2:])) for place in places)
    found: dict[str, Iterator[Candidate]] = {
        "class": _labels(reading, "class", classes, draft.answers.get("class")),
        "status": _labels(reading, "status", linear.likely_statuses(clause, shared), None),
        "comparison": (one for one in compared if one.answer.value != "current"),
        "period": _spans(reading, "period", periods, read),
    }
    for field in ("measure", "purpose"):
        rule, runs = draft.answers.get(field), reading.runs(field, field, floor=_FLOOR)
        words = (Answer(article.text[start:end], BASIS, start, end, said) for start, end, said in runs)
        against = rule.confidence if rule else None
        found[field] = _spans(reading, field, [rule] if rule else [], words, against=against)
    near = linear.likely_parties(clause)
    for role in linear.ROLES:
        rules = [party for party in near if party.value == role]
        found[role] = _spans(reading, role, rules, _parties(article, reading, role))
    return {field: list(of) for field, of in found.items()}


def _labels(
    reading: Reading, field: str, likely: Mapping[str, float], rule: Answer | None
) -> Iterator[Candidate]:
    """The labels that are likely by clause or model; a rule speaks for its own and against others."""
    for label, sure in likely.items():
        said, against = reading.mention[field][label], rule.confidence if rule else None
        answer = Answer(label, BASIS)
        if rule and rule.value == label:
            answer, against = rule, 1 - rule.confidence
        if max(said, sure) >= _FLOOR:
            yield Candidate(answer, log_odds(said, rule=sure, against=against))


def _spans(
    reading: Reading,
    field: str,
    rules: Sequence[Answer],
    others: Iterable[Answer],
    *,
    against: float | None = _OUTSIDE,
) -> Iterator[Candidate]:
    """The answers of rules, and apart from them ``others``, whose confidence is the model's."""
    said = list(others)
    for rule in rules:
        of_words = reading.of_span(FIELD_OF.get(field, field), field, rule.start, rule.end)
        likely = max((one.confidence for one in said if _overlap(one, rule)), default=of_words)
        yield Candidate(rule, log_odds(likely, rule=rule.confidence))
    for one in said:
        if one.confidence >= _FLOOR and not any(_overlap(one, rule) for rule in rules):
            yield Candidate(one, log_odds(one.confidence, against=against))


def _overlap(one: Answer, other: Answer) -> bool:
    return one.start < other.end and one.end > other.start


def _parties(article: Article, reading: Reading, role: str) -> Iterator[Answer]:
    """The names and descriptions that the model takes for parties of a role."""
    for start, end, said in reading.runs(FIELD_OF.get(role, role), role, floor=_FLOOR):
        entity = max(article.entities_in(start, end), default=-1)
        place = article.entities[entity][:2] if entity >= 0 else (start, end)
        yield Answer(role, BASIS, *place, said, entity)
