"""What the stages tell of their decisions while someone listens; otherwise nothing is kept.

A stage says what it dropped and which words decided, where it decides: so an explanation cannot differ from
what was done. `newsledger.explain` listens.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple

Topic = Literal[
    "dropped", "declined", "bound", "currency", "modifier", "measure", "class", "status", "purpose", "period"
]


class Note(NamedTuple):
    """One decision: the stage, what it was about, the place in the text, and why.

    ``why`` of a rule that declined is the rule's name; of a bound or modifier, the words that set it.
    """

    stage: str
    topic: Topic
    start: int
    end: int
    why: str


_listeners: ContextVar[list[Note] | None] = ContextVar("newsledger_notes", default=None)


def note(stage: str, topic: Topic, start: int, end: int, why: str) -> None:
    """Tell a listener, if there is one, of a decision."""
    notes = _listeners.get()
    if notes is not None:
        notes.append(Note(stage, topic, start, end, why))


@contextmanager
def listening() -> Iterator[list[Note]]:
    """Collect the notes of all stages that run inside.

    >>> from newsledger.stages import money
    >>> with listening() as notes:
    ...     _ = money.find("It cost more than €5.")
    >>> [(n.topic, n.why) for n in notes if n.topic == "bound"]
    [('bound', 'more than')]
    """
    notes: list[Note] = []
    token = _listeners.set(notes)
    try:
        yield notes
    finally:
        _listeners.reset(token)
