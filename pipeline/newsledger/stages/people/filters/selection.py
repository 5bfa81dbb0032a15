"""Decides for each candidate span of an article whether it is a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.evidence import Votes, gather
from newsledger.stages.people.filters.firm_names import FirmNames
from newsledger.stages.people.filters.rules import reason_to_drop
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan


@dataclass(frozen=True)
class Decision:
    """Whether a span is a person."""

    span: PersonSpan
    reason: str | None
    """Why it is dropped; None: it is kept."""
    known: bool
    """Whether the article has the full name of a person so called."""


@dataclass(frozen=True)
class Selection:
    """The decisions on the spans of one article, in text order."""

    decisions: tuple[Decision, ...]

    @property
    def kept(self) -> list[PersonSpan]:
        """The spans that are people."""
        return [each.span for each in self.decisions if each.reason is None]

    @property
    def dropped(self) -> list[tuple[PersonSpan, str]]:
        """The spans that are no people, each with the reason."""
        return [(each.span, each.reason) for each in self.decisions if each.reason is not None]

    @cached_property
    def namesakes(self) -> frozenset[int]:
        """Where a firm or a family bears the name of a person of the article."""
        return frozenset(
            each.span.start for each in self.decisions if each.known and each.reason in {"company", "family"}
        )

    @property
    def firms(self) -> list[PersonSpan]:
        """The spans that the text uses as firms: somebody may be the chairman of one."""
        return [each.span for each in self.decisions if each.reason == "called a firm"]


def select_people(
    context: Context,
    layout: Layout,
    names: Sequence[NameSpan],
    found: Sequence[PersonSpan],
    firm_names: FirmNames,
    votes: Votes,
) -> Selection:
    """Decide which of ``found`` are people."""
    candidates, evidence = gather(context, layout, names, found, firm_names, votes)
    decisions = (Decision(each.span, reason_to_drop(each, evidence), each.known) for each in candidates)
    return Selection(tuple(decisions))
