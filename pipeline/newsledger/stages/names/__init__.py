"""Names: a token classifier that marks people, places, organisations, nationalities and other names.

Its spans are raw material: the other stages take them as evidence, ``people`` builds on them.
"""

from __future__ import annotations

from newsledger.stages.names.find import find

__all__ = ["find"]
