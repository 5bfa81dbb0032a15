"""The stages: each finds and resolves one kind of mention and is usable alone.

No stage imports another; what one can use of another's spans it takes as an argument. Where a stage cannot do
without name spans and is given none, it calls `find_names`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.document.layout import Layout
    from newsledger.values.mentions import NameSpan


def find_names(text: str, layout: Layout) -> list[NameSpan]:
    """The name spans of the shipped classifier, which is loaded at the first call."""
    from newsledger.stages import names

    return names.find(text, layout=layout)
