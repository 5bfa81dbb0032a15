"""Countries: every mention by name, abbreviation, adjective or demonym, with the code it stands for.

``find(text)`` is usable alone. The rules read tables that stand beside them: ``territories.tsv`` (forms and
codes; generated, see ``generate.py``), ``phrases.toml``, ``ambiguous.toml``, ``lexicon.toml`` and
``policy.toml`` (disputed and former territories). ``examples.yaml`` says what is found and what is not.
"""

from __future__ import annotations

from pipeline.stages.countries.find import find
from pipeline.stages.countries.policy import Policy, load_policy, policy_hash

__all__ = ["Policy", "find", "load_policy", "policy_hash"]
