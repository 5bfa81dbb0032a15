"""Decides for each candidate span of an article whether it is a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.evidence import Votes, gather
from newsledger.stages.people.filters.firm_names import FirmNames
from newsledger.stages.people.filters.rules import reason_to_drop
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan


@dataclass(frozen=True)
class Selection:
    """The decisions on the spans of one article, in text order."""

    kept: tuple[PersonSpan, ...]
    dropped: tuple[tuple[PersonSpan, str], ...]
    """The spans that are no people, each with the reason."""
    namesakes: frozenset[int]
    """Where a firm or a family bears the name of a person of the article."""


def select_people(
    context: Context,
    names: Sequence[NameSpan],
    found: Sequence[PersonSpan],
    firm_names: FirmNames,
    votes: Votes,
) -> Selection:
    """Decide which of ``found`` are people."""
    candidates, evidence = gather(context, names, found, firm_names, votes)
    decided = [(each, reason_to_drop(each, evidence)) for each in candidates]
    return Selection(
        tuple(each.span for each, reason in decided if reason is None),
        tuple((each.span, reason) for each, reason in decided if reason is not None),
        frozenset(
            each.start
            for each, reason in decided
            if reason in {"called a firm", "company", "family"} and evidence.knows(each)
        ),
    )
