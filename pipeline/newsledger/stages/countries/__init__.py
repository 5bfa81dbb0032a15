"""Countries: every mention by name, abbreviation, adjective or demonym, with its ISO code.

``find(text)`` is usable alone. The rules read tables: ``territories.tsv`` in `newsledger.lexicons` (forms and
codes), and beside them ``phrases.toml``, ``ambiguous.toml``, ``lexicon.toml`` and ``policy.toml`` (disputed
and former territories). ``examples/`` says what is found and what is not.
"""

from __future__ import annotations

from newsledger.stages.countries.find import find
from newsledger.stages.countries.policy import Policy, load_policy, policy_hash
from newsledger.values import frames
from newsledger.values.mentions import CountryMention

__all__ = ["Policy", "find", "load_policy", "policy_hash", "to_frame"]

to_frame = frames.to_frame_of(CountryMention)
"""Mentions as a DataFrame with the columns and types of the tables; see `newsledger.values.frames`."""
