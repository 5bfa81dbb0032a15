"""Records the decisions of the stages for `explain`; nothing is kept unless somebody listens.

A stage says what it dropped and which words decided, where it decides: so an explanation cannot differ from
what was done. `newsledger.explain` listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple, TypeVar

T = TypeVar("T")
Topic = Literal[
    "dropped", "declined", "bound", "currency", "modifier", "measure", "class", "status", "purpose", "period",
    "party",
]  # fmt: skip


class Note(NamedTuple):
    """One decision: the stage, what it was about, the place in the text, and why.

    ``why`` of a rule that declined is the rule's name; of a bound or modifier, the words that set it.
    """

    stage: str
    topic: Topic
    start: int
    end: int
    why: str


class Fault(NamedTuple):
    """Words that a stage could not read, so they gave no row; ``code`` is that of the issue."""

    stage: str
    surface: str
    why: str
    code: str = "bad_number"


_faults: ContextVar[list[Fault] | None] = ContextVar("newsledger_faults", default=None)
_listeners: ContextVar[list[Note] | None] = ContextVar("newsledger_notes", default=None)


def note(stage: str, topic: Topic, start: int, end: int, why: str) -> None:
    """Tell a listener, if there is one, of a decision."""
    notes = _listeners.get()
    if notes is not None:
        notes.append(Note(stage, topic, start, end, why))


def attempt(stage: str, text: str, start: int, end: int, work: Callable[[], T]) -> T | None:
    """The result of ``work`` for the candidate at ``text[start:end]``; None if its numbers are unreadable.

    A number or a day that nobody would write costs its candidate, never the rows of a stage.

    >>> with collecting_faults() as faults:
    ...     attempt("money", "of $5", 3, 5, lambda: int("five"))
    >>> [(fault.stage, fault.surface) for fault in faults]
    [('money', '$5')]
    """
    try:
        return work()
    except (ArithmeticError, ValueError) as error:
        why = f"{type(error).__name__}: {error}"
        note(stage, "dropped", start, end, why)
        tell(Fault(stage, text[start:end], why))
        return None


def tell(fault: Fault) -> None:
    """Tell a collector, if there is one, of what is not read."""
    faults = _faults.get()
    if faults is not None:
        faults.append(fault)


@contextmanager
def _collecting(into: ContextVar[list[T] | None]) -> Iterator[list[T]]:
    collected: list[T] = []
    token = into.set(collected)
    try:
        yield collected
    finally:
        into.reset(token)


def collecting_faults() -> AbstractContextManager[list[Fault]]:
    """Collect what the stages called inside could not read; see `attempt` and `tell`."""
    return _collecting(_faults)


def listening() -> AbstractContextManager[list[Note]]:
    """Collect the notes of all stages that run inside.

    >>> from newsledger.stages import money
    >>> with listening() as notes:
    ...     _ = money.find("It cost more than €5.")
    >>> [(n.topic, n.why) for n in notes if n.topic == "bound"]
    [('bound', 'more than')]
    """
    return _collecting(_listeners)
