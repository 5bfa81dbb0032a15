"""Forms with several senses (Georgia, Korea, Congo): decided by the context, or left open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from newsledger.stages.countries.gazetteer import AMBIGUITIES, Cue

NEAR_CHARS = 160
"""Distance within which cues are taken before those of the whole article."""

_START = attrgetter("start")


class Sense(NamedTuple):
    """The sense taken: a territory's key, "open" or "none"; its basis; and the candidate keys."""

    key: str
    basis: str
    candidates: tuple[str, ...]


def candidates(name: str) -> tuple[str, ...]:
    """The candidate keys of an ambiguous form, states of the United States included.

    >>> candidates("georgia"), candidates("turkey")
    (('GEO', 'US-GA'), ())
    """
    senses = [k for k, v in AMBIGUITIES[name].items() if isinstance(v, dict)]
    found = tuple(
        s.removeprefix("none:") for s in senses if not s.startswith("none:") or s.startswith("none:US-")
    )
    return found if len(found) > 1 else ()


class Evidence:
    """The cues of a text, by ambiguous form."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues: defaultdict[str, list[Cue]] = defaultdict(list)
        for cue in sorted(cues, key=_START):
            self._cues[cue.ambiguity].append(cue)
        self._whole: dict[str, tuple[str, str] | None] = {}

    def near(self, name: str, start: int, end: int) -> Sequence[Cue]:
        """The cues within reach of a form at ``start``."""
        cues = self._cues[name]
        low = bisect_left(cues, start - NEAR_CHARS, key=_START)
        return cues[low : bisect_right(cues, end + NEAR_CHARS, key=_START)]

    def whole(self, name: str) -> tuple[str, str] | None:
        """The sense that wins in the whole text, with its strongest cue."""
        if name not in self._whole:
            self._whole[name] = _winner([c for c in self._cues[name] if c.sense != "open"])
        return self._whole[name]


def _winner(cues: Sequence[Cue]) -> tuple[str, str] | None:
    """The sense that outweighs every other two to one, with its strongest cue; a repeated cue counts once."""
    weights: Counter[str] = Counter()
    for sense, _, weight in {(c.sense, c.word, c.weight) for c in cues}:
        weights[sense] += weight
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    sense = ranked[0][0]
    return sense, max((c for c in cues if c.sense == sense), key=lambda c: (c.weight, -c.start)).word


def _sense(sense: str, basis: str, name: str) -> Sense:
    if sense == "open":
        return Sense("open", basis, candidates(name))
    return Sense("none", basis, ()) if sense.startswith("none:") else Sense(sense, basis, ())


def resolve(name: str, start: int, end: int, evidence: Evidence, *, opens: bool) -> Sense:
    """The sense of the ambiguous form ``name`` at ``start``, from the cues of the text.

    First a phrase that holds the form ("Bank of Korea"), then the words near, then all the text; else the
    form's default. ``opens``: the form opens a sentence or stands in a title, where its capital is no
    evidence.
    """
    senses = AMBIGUITIES[name]
    default = str(senses["default"])
    name = senses.get("evidence", name)
    if senses.get("only_where_capitals_tell_nothing") and not opens:
        return Sense(default, "main sense", ())
    near = evidence.near(name, start, end)
    holding = [c for c in near if c.start <= start and end <= c.end and c.end - c.start > end - start]
    if holding:
        longest = max(holding, key=lambda c: (c.weight, c.end - c.start))
        return _sense(longest.sense, f"phrase: {longest.word}", name)
    near = [c for c in near if c.sense != "open"]
    if best := _winner(near):
        return _sense(best[0], f"near: {best[1]}", name)
    if winner := evidence.whole(name):
        return _sense(winner[0], f"text: {winner[1]}", name)
    if default == "none":
        return Sense("none", "main sense", ())
    return Sense(default, "undecided" if default == "open" else "main sense", candidates(name))
