"""How far the money of a figure has come, by the cues of its clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsledger.stages.ledger.context import Answer, Context
from newsledger.stages.ledger.frames import Frame, subject_side
from newsledger.stages.ledger.lexicon import CUES, LISTS, Cue, forms
from newsledger.stages.ledger.measure import Measure
from newsledger.stages.ledger.tokens import FIGURE, WORD

RESULTS = LISTS["results"]
_GOVERNS = LISTS["modals"] | {"to"}
_BEFORE_VERB = LISTS["be"] | LISTS["adverbs"] | LISTS["have"]
_NOT_DONE = ("to", "is", "are", "be", "being")
_FINISHED = ("paid", "committed")
_BREAKS = (LISTS["relatives"] | {"while", "but", "although", "because", "whereas", ";", ":"}) - {"that"}
_LONGEST_CUE = 3


class _Found(NamedTuple):
    strength: int
    nearness: int
    status: str
    cue: str
    first: int
    last: int


def status_of(c: Context, name: str | None, measure: Measure | None, verb: Frame | None) -> Answer | None:
    """The status of a figure of class ``name``: by what its verb depends on, else by the verb.

    None where only other words of the clause speak of a stage; where none does it is ``reported``.
    """
    kind = "results" if name in RESULTS else "transfers"
    estimated = _strongest(c, kind, c.left, c.at - 1)
    if estimated is not None and estimated.status == "estimated":
        return _answer(c, estimated, f"estimated amount of {kind}")
    if verb is not None:
        first, last = (subject_side(c, verb.at) + 1, verb.at - 1) if verb.left else (c.at + 1, verb.at - 1)
        governor = _strongest(c, kind, first, last)
        if governor is not None:
            how = "modal" if c.low(governor.first) in LISTS["modals"] else "governor"
            return _answer(c, governor, f"{governor.status} {how} of {kind}")
        done = verb.tense in ("past", "done") and c.low(verb.at - 1) not in _NOT_DONE
        if kind == "transfers" and done and verb.verb.status not in ("-", "reported"):
            basis = f"past tense of {verb.verb.status} verb: {verb.verb.lemma}"
            return c.answer(verb.verb.status, basis, verb.at, verb.at)
    elif kind == "results":
        joined = _strongest(c, kind, c.left - 5, c.left)
        if joined is not None and joined.status == "estimated" and name in ("profit", "revenue"):
            return None  # analysts' estimates of coming results are forecasts
        if joined is not None:
            return _answer(c, joined, f"{joined.status} before amount of results")
    if _strongest(c, kind, *_clause(c)) is not None:
        return None
    if kind == "transfers" and measure is not None and "been" in c.lows(measure.last + 1, c.at):
        return Answer("reported", f"has been, of transfers: {name}")
    return Answer("reported", f"default of {kind}: {name or 'no class'}")


def _answer(c: Context, found: _Found, basis: str) -> Answer:
    return c.answer(found.status, f"{basis}: {found.cue}", found.first, found.last)


def _strongest(c: Context, kind: str, first: int, last: int) -> _Found | None:
    """The strongest cue between two tokens, of equals the nearest to the figure."""
    found = [
        _Found(cue.strength, at - c.at if at < c.at else 2 * (c.at - at), status, name, at, end)
        for at, end, name, cue in _cues(c, max(first, 0), last)
        if (status := cue.results if kind == "results" else cue.transfers) != "-"
    ]
    return max(found, default=None)


def _clause(c: Context) -> tuple[int, int]:
    """The first and last token of the clause of a figure."""
    first = last = c.at
    while first > 0 and (c.low(first - 1) not in _BREAKS or c.at - first <= 1):
        first -= 1
    while last + 1 < len(c.tokens) and c.low(last + 1) not in _BREAKS:
        if c.low(last) == "," and (c.kind(last + 1) == FIGURE or c.low(last + 1) == "with"):
            break
        last += 1
    return first, last


def _cues(c: Context, first: int, last: int) -> Iterator[tuple[int, int, str, Cue]]:
    """The cues between two tokens: first and last token of each, its name, and what it says."""
    for at in range(first, last + 1):
        for end in range(min(at + _LONGEST_CUE - 1, last), at - 1, -1):
            phrase = " ".join(c.lows(at, end))
            if cue := CUES.get(f"word {phrase}"):
                yield at, end, phrase, cue
                break
        for lemma, tense in forms().get(c.low(at), ()) if c.kind(at) == WORD else ():
            cue = CUES.get(f"verb {lemma}")
            if cue is not None and _holds(c, at, tense, cue):
                yield at, at, lemma, cue
                break


def _holds(c: Context, at: int, tense: str, cue: Cue) -> bool:
    """Whether a verb is what it says: "paid" is, "to pay" and "will pay" are not, nor is a noun."""
    if cue.transfers not in _FINISHED:
        return tense != "base" or c.low(at - 1) not in LISTS["determiners"]
    if tense in ("past", "done"):
        before = at - 1
        while c.low(before) in _BEFORE_VERB:
            before -= 1
        return c.low(before) not in _GOVERNS
    return tense == "s" and c.low(at - 1) not in LISTS["determiners"]
