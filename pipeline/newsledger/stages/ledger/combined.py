"""What rules and model say together: of each figure the answers that are sure enough to be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, cast

from newsledger.mention_model.calibration import UNMEASURED, Weights, load_weights, log_odds
from newsledger.mention_model.model import MentionModel, Reading, load
from newsledger.mention_model.window import Mark, read_range
from newsledger.stages.ledger.authority import precision
from newsledger.stages.ledger.clause import Clause
from newsledger.stages.ledger.context import Answer, Article, PartyAnswer
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
    party: PartyAnswer | None = None


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
    found = {field: _best(weights.get(FIELD_OF.get(field, field)), of) for field, of in said.items()}
    answers = {field: chosen and chosen.answer for field, chosen in found.items()}
    compared = answers["comparison"]
    return replace(
        draft,
        measure=answers["measure"],
        measure_class=answers["class"],
        status=answers["status"],
        purpose=answers["purpose"],
        period=answers["period"],
        parties=tuple(chosen.party for role in ROLES if (chosen := found[role]) and chosen.party),
        comparison=cast("Comparison", compared.value) if compared else "current",
    )


def _best(weights: Weights | None, of: Sequence[Candidate]) -> Candidate | None:
    """The likeliest candidate, with its confidence, where that is high enough."""
    if not of or weights is None:
        return None
    best = max(of, key=lambda one: weights.confidence(one.odds))
    sure = weights.confidence(best.odds)
    if sure < weights.threshold:
        return None
    confidence = Decimal(str(sure))
    party = best.party and best.party._replace(confidence=confidence)
    return Candidate(best.answer._replace(confidence=confidence), best.odds, party)


def candidates(article: Article, draft: Draft, reading: Reading) -> dict[str, list[Candidate]]:
    """Per field what rules or model say, with the evidence for each."""
    found = {
        "measure": list(_words(article, reading, "measure", draft.measure)),
        "purpose": list(_words(article, reading, "purpose", draft.purpose)),
    }
    if draft.clause is None:
        return found
    shared = shared_features(draft.clause)
    classes, said = likely_classes(draft.clause, shared), reading.mention["class"]
    name = max(classes, key=lambda label: classes[label] * said[label])
    clause = draft.clause._replace(name=name)
    near = likely_parties(clause)
    compared = _labels(reading, "comparison", likely_comparisons(clause, shared), None)
    statuses = _labels(reading, "status", likely_statuses(clause, shared), None)
    found |= {
        "class": list(_labels(reading, "class", classes, draft.measure_class)),
        "status": list(_with_cue(reading, clause, statuses)),
        "comparison": [one for one in compared if one.answer.value != "current"],
        "period": list(_periods(article, reading, clause)),
    }
    return found | {str(role): list(_parties(article, reading, role, near)) for role in ROLES}


def _right(field: str, rule: Answer | None) -> float | None:
    """The precision of a rule, supposed where it is not measured; None where there is no rule."""
    if rule is None:
        return None
    measured = precision(field, rule.basis)
    return UNMEASURED if measured is None else float(measured)


def _labels(
    reading: Reading, field: str, likely: Mapping[str, float], rule: Answer | None
) -> Iterator[Candidate]:
    """The labels that are likely by clause or model; a rule speaks for its own and against others."""
    right = _right(field, rule)
    for label, sure in likely.items():
        said = reading.mention[field][label]
        if max(said, sure) >= _FLOOR:
            same = rule is not None and rule.value == label
            against = None if right is None else 1 - right if same else right
            answer = rule if rule is not None and same else Answer(label, BASIS)
            yield Candidate(answer, log_odds(said, rule=sure, against=against))


def _with_cue(reading: Reading, clause: Clause, of: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates of a status with the cue of the lexicon, else the words that the model takes for it."""
    runs = reading.runs("cue", "cue")
    place = max(runs, key=lambda run: run[2])[:2] if runs else (-1, -1)
    for one in of:
        label = one.answer.value
        cue = cue_of(clause.c, label, clause.name in RESULTS)
        start, end = (cue.start, cue.end) if cue else place if label != "reported" else (-1, -1)
        yield one._replace(answer=one.answer._replace(start=start, end=end))


def _words(article: Article, reading: Reading, field: str, rule: Answer | None) -> Iterator[Candidate]:
    right = _right(field, rule)
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
            yield Candidate(rule, log_odds(said, rule=float(rule.confidence or 0)))
        elif said >= _FLOOR:
            yield Candidate(Answer(date.surface, BASIS, *place), log_odds(said, against=_OUTSIDE))


def _parties(
    article: Article, reading: Reading, role: PartyRole, likely: Sequence[PartyAnswer]
) -> Iterator[Candidate]:
    """Parties of one role: of the clause, and names or descriptions that the model points at elsewhere."""
    head = "source" if role == "source" else "party"
    near = [party for party in likely if party.role == role]
    for party in near:
        said = reading.of_span(head, role, party.start, party.end)
        yield _party(party, log_odds(said, rule=float(party.confidence or 0)))
    for start, end, said in reading.runs(head, role, floor=_FLOOR):
        if not any(start < party.end and end > party.start for party in near):
            entity = article.last_entity_in(start, end)
            if entity >= 0:
                start, end = article.entities[entity].start, article.entities[entity].end
            party = PartyAnswer(role, start, end, entity, BASIS)
            yield _party(party, log_odds(said, against=_OUTSIDE))


def _party(party: PartyAnswer, odds: tuple[float, float, float]) -> Candidate:
    return Candidate(Answer("", party.basis, party.start, party.end), odds, party)
