"""Says what each figure is: measure, class, status, parties, purpose, period, and links to other figures.

    >>> from newsledger.stages import money
    >>> text = "The port paid $5m."
    >>> entry, = find(text, figures=money.find(text))
    >>> entry.surface, entry.comparison, entry.countable
    ('$5m', 'current', True)

``context`` lays the sentences of the figures out as tokens, ``measure`` and ``clause`` say what rules tell
of a figure, ``linear`` turns it into features of linear models, ``combined`` weighs both with what the
mention model says, ``links`` tells how figures hang together. Words are in ``lexicons/``.

It reads what the other stages found; all but the figures may be left out. What the text does not say stays
None: an answer is given only by evidence whose measured precision is high enough.
"""

from __future__ import annotations

from newsledger.stages.ledger.find import find
from newsledger.values import frames
from newsledger.values.ledger import LedgerEntry

__all__ = ["find", "to_frame"]

to_frame = frames.to_frame_of(LedgerEntry)
"""Entries as a DataFrame, without their parties and links; see `newsledger.values.frames`."""
