"""Which code a disputed, special or former territory gets: a TOML file decides, not the code."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.stages.countries.territories import territories

DEFAULT = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True)
class Policy:
    """Decisions by territory key: "own", "open", "skip", or the alpha-3 code of another state."""

    decisions: Mapping[str, str]

    def decision(self, key: str) -> str:
        """What is decided for a territory; "own" where nothing is.

        >>> load_policy().decision("TWN"), load_policy().decision("ZAR"), load_policy().decision("JPN")
        ('own', 'COD', 'own')
        """
        return self.decisions.get(key, "own")

    @property
    def sha256(self) -> str:
        """A hash of the decisions, the same whatever the file's order, comments and blanks."""
        return hashlib.sha256(json.dumps(dict(self.decisions), sort_keys=True).encode()).hexdigest()


PolicyLike = str | Path | Mapping[str, str] | Policy | None
"""What may be given as a policy: a path, decisions to lay over the shipped ones, or a Policy."""


def _checked(decisions: Mapping[str, str], source: str) -> Policy:
    known = territories()
    for key, decision in decisions.items():
        if key not in known:
            raise ValueError(f"{source}: no territory {key!r}; the keys stand in territories.tsv")
        if decision not in ("own", "open", "skip") and decision not in known:
            raise ValueError(
                f'{source}: {key} = {decision!r} is not "own", "open", "skip" or an alpha-3 code'
            )
    return Policy(decisions)


@lru_cache(maxsize=16)
def _read(path: Path) -> Policy:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    decisions = data.get("decisions")
    if set(data) != {"decisions"} or not isinstance(decisions, dict):
        raise ValueError(f"{path}: a country policy has one table, [decisions]")
    return _checked(decisions, str(path))


def load_policy(policy: PolicyLike = None) -> Policy:
    """The shipped default, the policy a path leads to, or the default with decisions laid over it.

    Raises FileNotFoundError where there is no such file, ValueError where it holds something else.

    >>> load_policy({"TWN": "open"}).decision("TWN")
    'open'
    """
    if isinstance(policy, Policy):
        return policy
    if isinstance(policy, Mapping):
        return _checked({**_read(DEFAULT).decisions, **policy}, "policy")
    return _read(Path(policy) if policy is not None else DEFAULT)


def policy_hash(policy: PolicyLike = None) -> str:
    """SHA-256 of a policy's decisions, for the record of a run.

    >>> len(policy_hash())
    64
    """
    return load_policy(policy).sha256
