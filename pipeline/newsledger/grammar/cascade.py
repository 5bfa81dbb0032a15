"""Applies levels of rules to the items of a text.

Every item has a *code*, one character, that stands for the set of classes it belongs to, so that a rule costs
one match on a string of a few characters. Rules are applied level by level; each level replaces what it found
by a new item with a code of its own. Of the rules that match at an item the longest wins, then the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsledger.grammar.patterns import CompiledRule, Rule, Vocabulary, compile_rule, literals
from newsledger.values import trace

_MOST_PASSES = 4


class Item(NamedTuple):
    """A token or a finding: its code, its offsets in the text, its value, and the rule that made it."""

    code: str
    start: int
    end: int
    value: Any
    rule: str = ""


@dataclass(slots=True)
class Span:
    """A match in its text, with the items it consists of: what a production may look at beside its parts.

    ``low`` is the text in lower case with the same offsets; nothing outside of the segment is seen.
    """

    text: str
    low: str
    start: int
    end: int
    segment_start: int
    segment_end: int
    items: Sequence[Item] = ()

    def left(self, width: int = 40) -> str:
        """Lower-cased text before the match, inside the segment."""
        return self.low[max(self.segment_start, self.start - width) : self.start]

    def right(self, width: int = 40) -> str:
        """Lower-cased text after the match, inside the segment."""
        return self.low[self.end : min(self.segment_end, self.end + width)]

    @property
    def surface(self) -> str:
        """The matched text as written."""
        return self.text[self.start : self.end]

    @property
    def low_surface(self) -> str:
        """The matched text in lower case."""
        return self.low[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Level:
    """Rules that are tried together; a ``repeat`` level runs until it finds nothing more."""

    rules: Sequence[Rule]
    repeat: bool = False


class Grammar:
    """The compiled rules of a stage.

    ``words`` are the classes of words; ``tokens`` are the classes to which each kind of token belongs that is
    no word, ``findings`` those of each kind of finding; ``kind_of`` names the kind of a value that a rule
    made, ``has_cue`` says whether a cue stands around a span. The stage reads its own tokens, with the codes
    in ``vocabulary`` and ``token_codes``.

    >>> level = Level([Rule("day of a month", "d:DAY of? m:MONTH", lambda d, m: (m, d))])
    >>> grammar = Grammar("dates", [level], words={"MONTH": {"may"}}, tokens={"DAY": ("DAY",)},
    ...                   findings={"day": ("DATE",)}, kind_of=lambda value: "day")
    >>> day, month = grammar.token_codes["DAY"], grammar.vocabulary.words["may"]
    >>> items = [Item(day, 0, 1, 3), Item(month, 2, 5, "may")]
    >>> [(found.rule, found.value) for found in grammar.apply(items, Span("3 May", "3 may", 0, 0, 0, 5))]
    [('day of a month', ('may', 3))]
    """

    def __init__(
        self,
        stage: str,
        levels: Sequence[Level],
        *,
        words: Mapping[str, Iterable[str]],
        tokens: Mapping[str, Sequence[str]],
        findings: Mapping[str, Sequence[str]],
        kind_of: Callable[[Any], str],
        has_cue: Callable[[str, Span], object] = lambda name, span: False,
    ) -> None:
        self.vocabulary = Vocabulary(words, literals(rule for level in levels for rule in level.rules))
        self.token_codes = {kind: self.vocabulary.kind(*classes) for kind, classes in tokens.items()}
        self._finding_codes = {kind: self.vocabulary.kind(*classes) for kind, classes in findings.items()}
        self._stage = stage
        self._kind_of = kind_of
        self._has_cue = has_cue
        self._levels = [(_by_first_code(level.rules, self.vocabulary), level.repeat) for level in levels]

    def apply(self, items: Sequence[Item], span: Span) -> list[Item]:
        """Replace what the rules find, level by level; ``span`` carries the text and its segment."""
        items = list(items)
        for rules, repeat in self._levels:
            for _ in range(_MOST_PASSES if repeat else 1):
                found = self._pass(rules, items, span)
                if found is None:
                    break
                items = found
        return items

    def _pass(self, rules: dict[str, list[CompiledRule]], items: list[Item], span: Span) -> list[Item] | None:
        """One pass of a level from left to right; None if it found nothing."""
        codes = "".join([item.code for item in items])
        out: list[Item] = []
        at, found = 0, False
        while at < len(items):
            best: tuple[int, Item, int, int] | None = None
            for compiled in rules.get(codes[at], ()):
                match = compiled.regex.match(codes, at)
                if match is None or (best is not None and match.end() <= best[0]):
                    continue
                made = self._make(compiled, match, items, span)
                if made is not None:
                    best = (match.end(), *made)
            if best is None:
                out.append(items[at])
                at += 1
            else:
                _, item, first, last = best
                out.extend([*items[at:first], item])
                at, found = last, True
        return out if found else None

    def _make(
        self, compiled: CompiledRule, match: re.Match[str], items: list[Item], span: Span
    ) -> tuple[Item, int, int] | None:
        """The finding of a match and the items it replaces; None if the production declines."""
        first, last = match.span(compiled.frame if match.start(compiled.frame) >= 0 else 0)
        start, end = items[first].start, items[last - 1].end
        values = {
            name: items[index].value for group, name in compiled.parts if (index := match.start(group)) >= 0
        }
        rule, value = compiled.rule, None
        matched = items[match.start() : match.end()]
        around = Span(span.text, span.low, start, end, span.segment_start, span.segment_end, matched)
        if compiled.takes_span:
            values["span"] = around
        has_cues = all(self._has_cue(name, around) for name in rule.only.split())
        if has_cues and not any(self._has_cue(name, around) for name in rule.unless.split()):
            value = trace.attempt(self._stage, span.text, start, end, lambda: rule.make(**values))
        if value is None:
            trace.note(self._stage, "declined", start, end, rule.name)
            return None
        code = self._finding_codes[self._kind_of(value)]
        return Item(code, start, end, value, rule.name), first, last


def _by_first_code(rules: Iterable[Rule], vocabulary: Vocabulary) -> dict[str, list[CompiledRule]]:
    """The compiled rules of a level by the codes with which a match of theirs can begin."""
    by_code: dict[str, list[CompiledRule]] = {}
    for rule in rules:
        compiled = compile_rule(rule, vocabulary)
        for code in sorted(compiled.first_codes):
            by_code.setdefault(code, []).append(compiled)
    return by_code
