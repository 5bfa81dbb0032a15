"""Names: a token classifier for people, places, organisations, nationalities and other names.

The other stages take its spans as evidence; ``people`` starts from them.
"""

from __future__ import annotations

from newsledger.stages.names.find import find, find_in_steps

__all__ = ["find", "find_in_steps"]
