"""What the mention model reads and answers of a figure: numbers of marks and hints, labels of heads."""

from __future__ import annotations

from typing import get_args

from newsledger.values.ledger import Comparison, MeasureClass, Status

CLASSES, STATUSES = get_args(MeasureClass), get_args(Status)
KINDS = {
    kind: n for n, kind in enumerate(("figure", "date", "PER", "ORG", "LOC", "FAC", "NORP", "MISC"), start=1)
}
"""Marks on words: figures, dates, names by label."""
HINTS = {
    hint: n
    for n, hint in enumerate(
        (
            *(f"noun {name}" for name in CLASSES),
            *(f"verb {name}" for name in ("-", *CLASSES)),
            *(f"cue {name}" for name in STATUSES),
        ),
        start=1,
    )
}
"""What the lexicons know of a word: class of a measure noun, class of a money verb, status of a cue."""
MENTION_HEADS = {"class": ("", *CLASSES), "status": STATUSES, "comparison": get_args(Comparison)}
"""Labels of the figure; no class is: no money after all."""
WORD_HEADS = {
    "party": ("", "payer", "recipient", "holder", "channel"),
    "source": ("", "source"),
    "measure": ("", "measure"),
    "purpose": ("", "purpose"),
    "cue": ("", "cue"),
    "period": ("", "period"),
}
"""Labels of each word."""
