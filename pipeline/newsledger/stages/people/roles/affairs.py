"""What an office is for, where peoples and places are in it: "Secretary of State for Nordian affairs"."""

from __future__ import annotations

from newsledger.stages.people.roles.head import head_ending
from newsledger.stages.people.roles.roles import Token
from newsledger.stages.people.tables import Phrase, roles

_JOINTS = frozenset({"for", "of"})
_MOST = 8
"""So many words may tell of whose affairs it is."""


def takes_portfolio(phrase: Phrase) -> bool:
    """Whether what follows "for" belongs to the office ``phrase``."""
    return phrase[-1] in roles().with_portfolio or phrase == ("secretary", "of", "state")


def affairs_before(tokens: list[Token], i: int) -> int:
    """The first of the words that end at "affairs", token ``i``, after an office and "for"; or -1."""
    if tokens[i].key != "affairs":
        return -1
    joint = next((k for k in range(i - 1, max(0, i - _MOST), -1) if tokens[k].key in _JOINTS), i)
    return joint + 1 if joint + 1 < i and head_ending(tokens, joint - 1) is not None else -1
