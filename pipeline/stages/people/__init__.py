"""People: who is named, in what role, and that it is the same person.

``find`` reads one article; ``identity.resolve`` joins the people of many; ``known.load`` reads a user's
file of known people.
"""

from __future__ import annotations

from pipeline.stages.people.find import find

__all__ = ["find"]
