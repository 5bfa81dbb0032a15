"""What rules and model say together: of each figure the answers that are sure enough to be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, cast

from newsledger.mention_model.calibration import Weights, load_weights, log_odds
from newsledger.mention_model.model import MentionModel, Reading, load
from newsledger.mention_model.window import Mark, read_range
from newsledger.stages.ledger.authority import precision
from newsledger.stages.ledger.clause import Clause
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.labels import (
    RESULTS,
    cue_of,
    likely_classes,
    likely_comparisons,
    likely_statuses,
    shared_features,
)
from newsledger.stages.ledger.linear import model_folder
from newsledger.stages.ledger.parties import ROLES, likely_parties
from newsledger.stages.ledger.periods import likely_dates
from newsledger.stages.ledger.reading import between, hints_of, marks_of
from newsledger.values.ledger import Comparison, PartyRole

BASIS = "model"
_FLOOR = 0.3
"""Words that are less likely than this are no candidates."""
FIELD_OF = dict.fromkeys(("payer", "recipient", "holder", "channel"), "party")
"""Roles that are weighed together: there are too few of each to tell them apart."""
_OUTSIDE = 0.73
"""Stands for that a date or party is not of the clause, which is no evidence by its size."""


class Candidate(NamedTuple):
    """An answer for a field with the log odds of its evidence (`calibration.log_odds`)."""

    answer: Answer
    odds: tuple[float, float, float]


def parts(
    article: Article, drafts: Mapping[int, Draft]
) -> Iterator[tuple[dict[int, tuple[int, int]], list[Mark], list[Mark]]]:
    """The figures of each sentence, by their numbers as in ``drafts``, with marks and hints."""
    for _, group in groupby(drafts, lambda index: article.layout.sentence_at(article.place(index)[0])):
        targets = {index: article.place(index) for index in group}
        sentences = read_range(article.layout, *next(iter(targets.values())))
        marks = marks_of(article, sentences[0][0], sentences[-1][1])
        yield targets, marks, hints_of(article, sentences, {index: drafts[index] for index in targets})


def read(article: Article, drafts: Mapping[int, Draft], model: MentionModel) -> Iterator[tuple[int, Reading]]:
    """What the model says of figures, given by their numbers with their drafts, sentence by sentence."""
    for targets, marks, hints in parts(article, drafts):
        yield from model.read(article.layout, targets, marks, hints, title=article.title)


def combined(article: Article, drafts: Mapping[int, Draft]) -> dict[int, Draft]:
    """The drafts of figures with what the model adds; answers that are not sure enough are gone.

    Every answer left has the confidence that rules and model together give it.
    """
    readings = read(article, drafts, load(model_folder()))
    return {index: _weighed(article, drafts[index], reading) for index, reading in readings}


def _weighed(article: Article, draft: Draft, reading: Reading) -> Draft:
    weights = load_weights(model_folder())
    said = candidates(article, draft, reading)
    answers = {field: _best(weights[FIELD_OF.get(field, field)], of) for field, of in said.items()}
    compared = answers.get("comparison")
    return replace(
        draft,
        measure=answers.get("measure"),
        measure_class=answers.get("class"),
        status=_with_cue(reading, draft, answers),
        purpose=answers.get("purpose"),
        period=answers.get("period"),
        parties=tuple(party for role in ROLES if (party := answers.get(role))),
        comparison=cast("Comparison", compared.value) if compared else "current",
    )


def _best(weights: Weights, of: Sequence[Candidate]) -> Answer | None:
    """The likeliest answer, with its confidence, where that is high enough."""
    sure, best = max(
        ((weights.confidence(one.odds), one) for one in of), key=itemgetter(0), default=(0, None)
    )
    return best.answer._replace(confidence=sure) if best is not None and sure >= weights.threshold else None


def candidates(article: Article, draft: Draft, reading: Reading) -> dict[str, list[Candidate]]:
    """Per field what rules or model say, with the evidence for each."""
    if draft.clause is None:
        return {}
    shared = shared_features(draft.clause)
    classes, said = likely_classes(draft.clause, shared), reading.mention["class"]
    name = max(classes, key=lambda label: classes[label] * said[label])
    clause = draft.clause._replace(name=name)
    near = likely_parties(clause)
    compared = _labels(reading, "comparison", likely_comparisons(clause, shared), None)
    found = {
        "measure": list(_words(article, reading, "measure", draft.measure)),
        "purpose": list(_words(article, reading, "purpose", draft.purpose)),
        "class": list(_labels(reading, "class", classes, draft.measure_class)),
        "status": list(_labels(reading, "status", likely_statuses(clause, shared), None)),
        "comparison": [one for one in compared if one.answer.value != "current"],
        "period": list(_periods(article, reading, clause)),
    }
    return found | {str(role): list(_parties(article, reading, role, near)) for role in ROLES}


def _labels(
    reading: Reading, field: str, likely: Mapping[str, float], rule: Answer | None
) -> Iterator[Candidate]:
    """The labels that are likely by clause or model; a rule speaks for its own and against others."""
    right = precision(field, rule.basis) if rule is not None else None
    for label, sure in likely.items():
        said = reading.mention[field][label]
        if max(said, sure) >= _FLOOR:
            same = rule is not None and rule.value == label
            against = None if right is None else 1 - right if same else right
            answer = rule if rule is not None and same else Answer(label, BASIS)
            yield Candidate(answer, log_odds(said, rule=sure, against=against))


def _with_cue(reading: Reading, draft: Draft, answers: Mapping[str, Answer | None]) -> Answer | None:
    """The status with the cue of the lexicon, else the words that the model takes for it."""
    status, kind = answers.get("status"), answers.get("class") or draft.measure_class
    if status is None or draft.clause is None:
        return None
    cue = cue_of(draft.clause.c, status.value, kind is not None and kind.value in RESULTS)
    runs = reading.runs("cue", "cue") if status.value != "reported" else []
    place = (cue.start, cue.end) if cue else max(runs, key=itemgetter(2), default=(-1, -1, 0))[:2]
    return status._replace(start=place[0], end=place[1])


def _words(article: Article, reading: Reading, field: str, rule: Answer | None) -> Iterator[Candidate]:
    right = precision(field, rule.basis) if rule is not None else None
    met = False
    for start, end, probability in reading.runs(field, field, floor=_FLOOR):
        same = rule is not None and start < rule.end and end > rule.start
        met |= same
        if rule is not None and same:
            yield Candidate(rule, log_odds(probability, rule=right))
        else:
            answer = Answer(article.text[start:end], BASIS, start, end)
            yield Candidate(answer, log_odds(probability, against=right))
    if rule is not None and not met:
        likely = reading.of_span(field, field, rule.start, rule.end)
        yield Candidate(rule, log_odds(likely, rule=right))


def _periods(article: Article, reading: Reading, clause: Clause) -> Iterator[Candidate]:
    """Dates that are likely by what stands around them or by the model."""
    rules = {date.start: date for date in likely_dates(clause.c, clause.name)}
    for date in between(article.dates, *reading.window.bounds):
        place = date.start_char, date.end_char
        said = reading.of_span("period", "period", *place)
        rule = rules.get(date.start_char)
        if rule is not None:
            yield Candidate(rule, log_odds(said, rule=rule.confidence))
        elif said >= _FLOOR:
            yield Candidate(Answer(date.surface, BASIS, *place), log_odds(said, against=_OUTSIDE))


def _parties(
    article: Article, reading: Reading, role: PartyRole, likely: Sequence[Answer]
) -> Iterator[Candidate]:
    """Parties of one role: of the clause, and names or descriptions that the model points at elsewhere."""
    head = "source" if role == "source" else "party"
    near = [party for party in likely if party.value == role]
    for party in near:
        said = reading.of_span(head, role, party.start, party.end)
        yield Candidate(party, log_odds(said, rule=party.confidence))
    for start, end, said in reading.runs(head, role, floor=_FLOOR):
        if not any(start < party.end and end > party.start for party in near):
            entity = article.last_entity_in(start, end)
            if entity >= 0:
                start, end = article.entities[entity].start, article.entities[entity].end
            party = Answer(role, BASIS, start, end, entity=entity)
            yield Candidate(party, log_odds(said, against=_OUTSIDE))
