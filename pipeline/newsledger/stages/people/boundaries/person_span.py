"""A person's name in the text, and the rules that set its bounds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class PersonSpan:
    """A name in the text: offsets, and the rules that made it so."""

    start: int
    end: int
    rules: list[str] = field(default_factory=list)
