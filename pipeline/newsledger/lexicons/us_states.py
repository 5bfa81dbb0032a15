"""The United States' states and federal district, with the abbreviations of news style and postal codes."""

from __future__ import annotations

from dataclasses import dataclass

from newsledger.lexicons.load import HERE, rows, split


@dataclass(frozen=True, slots=True)
class State:
    """A state; ``also`` says what else its name is ("country": Georgia; "city": New York), "" for most."""

    code: str
    name: str
    abbreviations: tuple[str, ...]
    people: tuple[str, ...]
    also: str


US_STATES = tuple(
    State(r["code"], r["name"], split(r["abbreviations"]), split(r["people"]), r["also"])
    for r in rows(HERE / "us_states.tsv")
)
STATE_ABBREVIATIONS = tuple(a for state in US_STATES for a in state.abbreviations)
"""Abbreviations as written, with their full stops: "Ala.", "N.H."."""
