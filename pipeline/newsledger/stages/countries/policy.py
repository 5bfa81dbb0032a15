"""The policy on disputed, special and former territories: a TOML file decides their codes."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons.territories import territories

DEFAULT = Path(__file__).with_name("policy.toml")


@dataclass(frozen=True)
class Policy:
    """Decisions by territory key: "own", "open", "skip", or the alpha-3 code of another state."""

    decisions: Mapping[str, str]

    def decision(self, key: str) -> str:
        """The decision for a territory; "own" by default.

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

ALLOWED = '"own", "open", "skip" or the alpha-3 code of another state ("CHN")'


def _checked(decisions: Mapping[str, object], source: str, text: str = "") -> dict[str, str]:
    """The decisions, when every key and value is a known one; else a ValueError that says where and what."""
    found: dict[str, str] = {}
    allowed = ["own", "open", "skip", *(key for key, territory in territories().items() if territory.alpha3)]
    for key, decision in decisions.items():
        line = re.search(rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*=""", text, re.MULTILINE)
        where = f"{source}: line {text.count(chr(10), 0, line.start()) + 1}" if line else source
        if key not in territories():
            spelt = {s.lower(): t.key for t in territories().values() for s in (t.name, t.alpha2, t.key)}
            near = f" (did you mean {spelt[key.lower()]}?)" if key.lower() in spelt else ""
            raise ValueError(f"{where}: no territory {key!r}{near}; the keys stand in territories.tsv")
        if decision not in allowed:
            raise ValueError(f"{where}: {key} = {decision!r} is not {ALLOWED}")
        found[key] = str(decision)
    return found


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, str]:
    text = DEFAULT.read_text(encoding="utf-8")
    return _checked(tomllib.loads(text)["decisions"], DEFAULT.name, text)


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Policy:
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: a country policy is UTF-8 text: {error.reason}") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not TOML: {error}") from None
    except RecursionError:
        raise ValueError(f"{path}: nested too deep") from None
    decisions = data.get("decisions")
    if set(data) != {"decisions"} or not isinstance(decisions, dict):
        raise ValueError(
            f'{path}: a country policy has one table, [decisions], with lines such as TWN = "own"'
        )
    return Policy({**_shipped(), **_checked(decisions, str(path), text)})


def load_policy(policy: PolicyLike = None) -> Policy:
    """The shipped policy, with the decisions of a file or a mapping laid over it; a Policy as it is.

    Raises FileNotFoundError if there is no such file, ValueError if it holds something else; the
    message names the file, the line, and what is allowed.

    >>> load_policy({"TWN": "open"}).decision("TWN"), load_policy({"TWN": "open"}).decision("UA-43")
    ('open', 'skip')
    """
    if isinstance(policy, Policy):
        return policy
    if policy is None:
        return Policy(_shipped())
    if isinstance(policy, Mapping):
        return Policy({**_shipped(), **_checked(policy, "policy")})
    path = Path(policy)
    return _read(path, path.stat().st_mtime_ns)


def policy_hash(policy: PolicyLike = None) -> str:
    """SHA-256 of a policy's decisions, for the record of a run.

    >>> len(policy_hash())
    64
    """
    return load_policy(policy).sha256


class Coding(NamedTuple):
    """The coding of a territory under a policy: name, codes, territory code, and claimants if open."""

    name: str
    alpha2: str | None = None
    alpha3: str | None = None
    own_code: str | None = None
    candidates: tuple[str, ...] = ()
    basis: str = ""


def code(key: str, policy: Policy) -> Coding | None:
    """The codes of a territory under a policy; None if it skips the territory.

    >>> code("GB-SCT", load_policy()).alpha3, code("TWN", load_policy({"TWN": "open"})).candidates
    ('GBR', ('CHN',))
    """
    own = territories()[key]
    decision = policy.decision(key)
    if decision == "skip":
        return None
    if decision == "open":
        return Coding(own.name, candidates=own.claims or (key,), basis="policy: open")
    if decision != "own":
        coded = territories()[decision]
        return Coding(coded.name, coded.alpha2, coded.alpha3, key, basis=f"policy: {key}")
    coded = territories()[own.parent] if own.parent else own
    basis = "policy: own code" if own.claims else ""
    return Coding(coded.name, coded.alpha2, coded.alpha3, key if own.parent else None, basis=basis)
