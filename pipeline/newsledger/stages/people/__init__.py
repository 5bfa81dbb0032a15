"""People: mentions of named individuals, their roles, and which mentions are the same person.

``find`` reads one article; `corpus.linking` joins the people of many. Where a rule lives:

- `boundaries`: where a name begins and ends, and the mentions that the classifier missed;
- `filters`: what is no person, though it is called like one;
- `tokens`, `roles`: the roles that the text states of somebody;
- `read_mentions`: what stands beside each name, as a mention;
- `coreference`: which mentions of an article are one person; `rows` writes them down;
- `tables`, ``names.toml``, ``roles.toml``: the words all of them look up;
- ``examples/``: every rule by example.
"""

from __future__ import annotations

from newsledger.stages.people.find import find
from newsledger.values import frames
from newsledger.values.mentions import PersonMention

__all__ = ["find", "to_frame"]

to_frame = frames.to_frame_of(PersonMention)
"""Mentions as a DataFrame with the columns and types of the tables; see `newsledger.values.frames`."""
