"""A cascade grammar, used for dates: rules are patterns over token classes with a production.

A rule reads like the phrase it matches::

    Rule("month day, year", "m:MONTH d:DAY ,? y:YEAR", lambda m, d, y: Named("day", ...))

`patterns` says how a pattern is written, `cascade` how levels of rules are applied. A stage hands in its
classes of words, its kinds of tokens and findings, and its rules; see `Grammar`.
"""

from __future__ import annotations

from newsledger.grammar.cascade import Grammar, Item, Level, Span
from newsledger.grammar.patterns import Rule, Vocabulary

__all__ = ["Grammar", "Item", "Level", "Rule", "Span", "Vocabulary"]
