"""Names: a token classifier that marks people, places, organisations, nationalities and other names.

The other stages take its spans as evidence; ``people`` starts from them.
"""

from __future__ import annotations

from newsledger.stages.names.find import find

__all__ = ["find"]
