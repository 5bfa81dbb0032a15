"""Countries: every mention by name, abbreviation, adjective or demonym, with the code it stands for.

``find(text)`` is usable alone. The rules read tables that stand beside them: ``territories.tsv`` (forms and
codes; generated, see ``generate.py``), ``phrases.toml``, ``ambiguous.toml``, ``lexicon.toml`` and
``policy.toml`` (disputed and former territories). ``examples.yaml`` says what is found and what is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline import frames
from pipeline.mentions import CountryMention
from pipeline.stages.countries.find import find
from pipeline.stages.countries.policy import Policy, load_policy, policy_hash

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Policy", "find", "load_policy", "policy_hash", "to_frame"]


def to_frame(mentions: Iterable[CountryMention]) -> pd.DataFrame:
    """Mentions as a DataFrame with the columns and types of the tables; see `pipeline.frames.to_frame`.

    >>> len(to_frame([])), "surface" in to_frame([])
    (0, True)
    """
    return frames.to_frame(mentions, CountryMention)
