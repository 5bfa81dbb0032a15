"""People: who is named, in what role, and that it is the same person.

``find`` reads one article; ``identity.resolve`` joins the people of many; ``known.load`` reads a user's
file of known people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline import frames
from pipeline.mentions import PersonMention
from pipeline.stages.people.find import find

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find", "to_frame"]


def to_frame(mentions: Iterable[PersonMention]) -> pd.DataFrame:
    """Mentions as a DataFrame with the columns and types of the tables; see `pipeline.frames.to_frame`.

    >>> len(to_frame([])), "surface" in to_frame([])
    (0, True)
    """
    return frames.to_frame(mentions, PersonMention)
