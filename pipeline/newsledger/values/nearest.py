"""Error messages for unknown names, with the nearest known one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def no_such(name: str, names: Iterable[str], what: str) -> str:
    """The message that a name is unknown, with the nearest known one, or all if none is near.

    >>> no_such("text_feild", ["text_field", "encoding"], "no option")
    "no option 'text_feild'; did you mean 'text_field'?"
    """
    known = list(names)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    return f"{what} {name!r}; {hint}"
