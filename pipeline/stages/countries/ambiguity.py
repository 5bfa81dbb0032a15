"""Forms with more than one sense (Georgia, Korea, Congo): decided by the words around, or left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.stages.countries.matcher import Cue, ambiguities
from pipeline.stages.countries.territories import territories

NEAR = 160
"""Characters within which a cue is taken before the rest of the article is asked."""


class Sense(NamedTuple):
    """The sense taken: a territory's key, "open" or "none"; on what basis; and the keys that stood."""

    key: str
    basis: str
    candidates: tuple[str, ...]


def candidates(name: str) -> tuple[str, ...]:
    """The keys an ambiguous form may stand for, states of the United States included."""
    senses = [k for k, v in ambiguities()[name].items() if isinstance(v, dict)]
    return tuple(
        s.removeprefix("none:") for s in senses if not s.startswith("none:") or s.startswith("none:US-")
    )


def _weigh(cues: Sequence[Cue]) -> dict[str, int]:
    """Weight of each sense; a cue that stands many times counts once."""
    weights: dict[str, int] = {}
    for sense, _, weight in {(c.sense, c.word, c.weight) for c in cues}:
        weights[sense] = weights.get(sense, 0) + weight
    return weights


def _winner(weights: dict[str, int], least: int) -> str | None:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]:
        return None
    return ranked[0][0]


def resolve(name: str, start: int, end: int, cues: Sequence[Cue]) -> Sense:
    """The sense of the ambiguous form ``name`` at ``start``, from the cues of the text."""
    senses = ambiguities()[name]
    own = [c for c in cues if c.ambiguity == name and not (start <= c.start < end and c.word_end <= end)]
    spelled = [c for c in own if c.sense == "open" and c.start <= start and end <= c.word_end]
    if spelled:
        return Sense("open", f"both: {spelled[0].word}", candidates(name))
    own = [c for c in own if c.sense != "open"]
    near = [c for c in own if start - NEAR <= c.start <= end + NEAR]
    for group, least, where in ((near, 2, "near"), (own, 2, "text")):
        best = _winner(_weigh(group), least)
        if best is not None:
            word = max(
                (c for c in group if c.sense == best), key=lambda c: (c.weight, -abs(c.start - start))
            ).word
            if best.startswith("none:"):
                return Sense("none", f"{where}: {word}", ())
            return Sense(best, f"{where}: {word}", ())
    default = str(senses["default"])
    weights = _weigh(own)
    rivals = [k for k in weights if not k.startswith("none:") and weights[k] > weights.get(default, 0)]
    if default in territories() and rivals:
        return Sense("open", "undecided", candidates(name))
    if default == "open":
        return Sense("open", "undecided", candidates(name))
    return Sense(default, "main sense", candidates(name) if default != "none" else ())
