"""What rules and model say together: of each figure the answers that are sure enough to be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from newsledger.mention_model.calibration import UNMEASURED, Weights, load_weights, log_odds
from newsledger.mention_model.model import MentionModel, Reading, load
from newsledger.stages.ledger.authority import precision
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.drafts import Draft, PartyAnswer
from newsledger.stages.ledger.reading import (
    CLASSES,
    STATUSES,
    WORD_HEADS,
    between,
    hints_of,
    marks_of,
    target_of,
)
from newsledger.stages.ledger.resolve import resolve
from newsledger.values.ledger import Comparison, PartyRole

BASIS = "model"
_ROLES = (*WORD_HEADS["party"][1:], "source")
_FLOOR = 0.3
"""Words that are less likely than this are no candidates."""


class Candidate(NamedTuple):
    """An answer for a field with the log odds of its evidence (`calibration.log_odds`)."""

    answer: Answer
    odds: tuple[float, float, float]
    party: PartyAnswer | None = None


@cache
def shipped_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/ledger`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "ledger"


def read(article: Article, index: int, draft: Draft, model: MentionModel) -> Reading:
    """What the model says of a figure."""
    return model.read(
        article.layout,
        target_of(article, index),
        marks_of(article, index),
        hints_of(article, index, draft),
        title=article.title,
    )


def combined(article: Article, index: int, draft: Draft) -> Draft:
    """The draft of a figure with what the model adds; answers that are not sure enough are gone.

    Every answer left has the confidence that rules and model together give it.
    """
    model, weights = load(shipped_folder()), load_weights(shipped_folder())
    reading = read(article, index, draft, model)
    said = candidates(article, draft, reading)
    found = {field: _best(weights.get(field), of) for field, of in said.items()}
    answers = {name: chosen and chosen.answer for name, field in _FIELDS.items() for chosen in [found[field]]}
    return replace(
        draft,
        **{**answers, "period": answers["period"] or draft.period},
        parties=tuple(party for role in _ROLES for party in _given(draft, role, found[role])),
        comparison=_comparison(draft, reading, weights.get("comparison")),
    )


def _given(draft: Draft, role: str, chosen: Candidate | None) -> Sequence[PartyAnswer]:
    """The party that is sure enough; else what the rules say, which `authority` weighs by their precision."""
    if chosen is not None and chosen.party is not None:
        return (chosen.party,)
    return [party for party in draft.parties if party.role == role]


_FIELDS = {
    "measure": "measure",
    "measure_class": "class",
    "status": "status",
    "purpose": "purpose",
    "period": "period",
}
"""Fields of a draft and their names in the calibration."""


def _best(weights: Weights | None, of: Sequence[Candidate]) -> Candidate | None:
    """The likeliest candidate, with its confidence, where that is high enough."""
    if not of or weights is None:
        return None
    best = max(of, key=lambda one: weights.confidence(one.odds))
    sure = weights.confidence(best.odds)
    if sure < weights.threshold:
        return None
    confidence = Decimal(str(sure))
    party = best.party and replace(best.party, confidence=confidence)
    return Candidate(best.answer._replace(confidence=confidence), best.odds, party)


def _comparison(draft: Draft, reading: Reading, weights: Weights | None) -> Comparison:
    said, probability = reading.likeliest("comparison")
    if (
        draft.comparison == "current"
        and weights
        and weights.confidence(log_odds(probability)) >= weights.threshold
    ):
        return cast("Comparison", said)
    return draft.comparison


def candidates(article: Article, draft: Draft, reading: Reading) -> dict[str, list[Candidate]]:
    """Per field what rules or model say, with the evidence for each."""
    found = {
        "class": _labels("class", draft.measure_class, reading.mention["class"], CLASSES),
        "status": list(
            _with_cue(reading, _labels("status", draft.status, reading.mention["status"], STATUSES))
        ),
        "measure": list(_words(article, reading, "measure", draft.measure)),
        "purpose": list(_words(article, reading, "purpose", draft.purpose)),
        "period": list(_periods(article, reading, draft.period)),
    }
    for role in _ROLES:
        said = [party for party in draft.parties if party.role == role]
        found[role] = list(_parties(article, reading, cast("PartyRole", role), said))
    return found


def _right(field: str, rule: Answer | None) -> float | None:
    """The measured precision of a rule; None where there is none."""
    measured = precision(field, rule.basis) if rule else None
    return None if measured is None else float(measured)


def _labels(
    field: str, rule: Answer | None, likely: Mapping[str, float], labels: Sequence[str]
) -> list[Candidate]:
    right = _right(field, rule)
    found = []
    for label in labels:
        if rule is not None and rule.value == label:
            found.append(Candidate(rule, log_odds(likely[label], rule=right, said=True)))
        elif likely[label] >= _FLOOR:
            answer = Answer(label, BASIS)
            found.append(
                Candidate(answer, log_odds(likely[label], against=(right or UNMEASURED) if rule else None))
            )
    return found


def _with_cue(reading: Reading, of: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates of a status, those of the model with the words that it takes for the cue."""
    runs = reading.runs("cue", "cue")
    start, end, _ = max(runs, key=lambda run: run[2]) if runs else (-1, -1, 0)
    for one in of:
        by_model = one.answer.basis == BASIS and one.answer.value != "reported"
        yield one._replace(answer=one.answer._replace(start=start, end=end)) if by_model else one


def _words(article: Article, reading: Reading, field: str, rule: Answer | None) -> Iterator[Candidate]:
    right = _right(field, rule)
    met = False
    for start, end, probability in reading.runs(field, field, floor=_FLOOR):
        same = rule is not None and start < rule.end and end > rule.start
        met |= same
        if rule is not None and same:
            yield Candidate(rule, log_odds(probability, rule=right, said=True))
        else:
            answer = Answer(article.text[start:end], BASIS, start, end)
            yield Candidate(answer, log_odds(probability, against=(right or UNMEASURED) if rule else None))
    if rule is not None and not met:
        likely = reading.of_span(field, field, rule.start, rule.end)
        yield Candidate(rule, log_odds(likely, rule=right, said=True))


def _periods(article: Article, reading: Reading, rule: Answer | None) -> Iterator[Candidate]:
    right = _right("period", rule)
    for date in between(article.dates, *reading.window.bounds):
        likely = reading.of_span("period", "period", date.start_char, date.end_char)
        same = rule is not None and rule.start == date.start_char
        if same and rule is not None:
            yield Candidate(rule, log_odds(likely, rule=right, said=True))
        elif likely >= _FLOOR:
            answer = Answer(date.surface, BASIS, date.start_char, date.end_char)
            yield Candidate(answer, log_odds(likely, against=(right or UNMEASURED) if rule else None))


def _parties(
    article: Article, reading: Reading, role: PartyRole, said: Sequence[PartyAnswer]
) -> Iterator[Candidate]:
    """Parties of one role: those of the rules, and names or descriptions that the model points at."""
    head = "source" if role == "source" else "party"
    known = []
    for party in said:
        rule = resolve(article, party).rule
        known.append(_right(role, Answer("", rule)))
        likely = reading.of_span(head, role, party.start, party.end)
        yield Candidate(
            Answer("", rule, party.start, party.end), log_odds(likely, rule=known[-1], said=True), party
        )
    against = max((one or UNMEASURED for one in known), default=None)
    for start, end, probability in reading.runs(head, role, floor=_FLOOR):
        if any(start < party.end and end > party.start for party in said):
            continue
        entity = article.last_entity_in(start, end)
        if entity >= 0:
            start, end = article.entities[entity].start, article.entities[entity].end
        party = PartyAnswer(role, start, end, entity, BASIS)
        yield Candidate(Answer("", BASIS, start, end), log_odds(probability, against=against), party)
