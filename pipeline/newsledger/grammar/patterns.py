"""Rules and their patterns, and the vocabulary of codes that they are compiled to.

In a pattern, an UPPER word is a class of tokens or of things found by earlier rules, a lower word or a
punctuation mark stands for itself, ``x:`` names what is handed to the production, ``( | )``, ``?``, ``*`` and
``+`` mean what they mean in a regular expression, and ``< >`` enclose the mention where the pattern also
reads what stands around it. A pattern is compiled to a regular expression over the codes of a vocabulary.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from newsledger.lexicons.load import lazy_regex


class Vocabulary:
    """Gives every word a code, one character, by the set of classes it belongs to.

    ``words`` has the code of each word, ``members`` all codes of a class or of a literal word.

    >>> v = Vocabulary({"MONTH": {"may", "june"}, "VERB": {"may"}}, {"of"})
    >>> v.words["june"] == v.words["may"], v.words["june"] in v.members["MONTH"]
    (False, True)
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], literals: Iterable[str]) -> None:
        classes_of: defaultdict[str, set[str]] = defaultdict(set)
        for name, words in [*classes.items(), *((word, (word,)) for word in literals)]:
            for word in words:
                classes_of[word].add(name)
        self._codes: dict[frozenset[str], str] = {}
        self.members: defaultdict[str, str] = defaultdict(str)
        self.words = {word: self.kind(*names) for word, names in sorted(classes_of.items())}

    def kind(self, *names: str) -> str:
        """The code of the classes ``names``, of words or of number tokens and findings."""
        names_of = frozenset(names)
        if names_of not in self._codes:
            self._codes[names_of] = chr(0x4E00 + len(self._codes))
            for name in names_of:
                self.members[name] += self._codes[names_of]
        return self._codes[names_of]


Production = Callable[..., Any]

_ELEMENT = lazy_regex(r"\s*(?:([a-z_]\w*):(?=\S))?([A-Z][A-Z_0-9]*|[a-z']+|[,./()|?*+<>-])\s*")
_OPERATORS = frozenset("()|?*+<>")
_FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Rule:
    """A name, a pattern and a production: what makes a value of the parts that the pattern names.

    A production that returns None declines. If it has a parameter ``span``, it is given the `Span` matched.
    ``only`` and ``unless`` name cues, with blanks between them, all or none of which must stand around it.
    """

    name: str
    pattern: str
    make: Production
    only: str = ""
    unless: str = ""

    def elements(self) -> list[tuple[str, str]]:
        """The pattern cut up: the name of a part, or "", and the class, word or operator it stands before.

        >>> Rule("of a month", "(d:DAY of)? MONTH", print).elements()
        [('', '('), ('d', 'DAY'), ('', 'of'), ('', ')'), ('', '?'), ('', 'MONTH')]
        """
        found, at = [], 0
        while at < len(self.pattern):
            match = _ELEMENT.match(self.pattern, at)
            if match is None:
                raise ValueError(f"rule {self.name!r}: cannot read {self.pattern[at:]!r}")
            found.append((match[1] or "", match[2]))
            at = match.end()
        return found


def literals(rules: Iterable[Rule]) -> set[str]:
    """The words and marks that patterns mention as themselves.

    >>> sorted(literals([Rule("of a month", "(d:DAY of)? MONTH", print)]))
    ['of']
    """
    atoms = {atom for rule in rules for _, atom in rule.elements()}
    return {atom for atom in atoms if not atom[0].isupper() and atom not in _OPERATORS}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule as a regular expression over codes, with what its production takes."""

    rule: Rule
    regex: re.Pattern[str]
    first_codes: frozenset[str]
    parts: tuple[tuple[str, str], ...]
    """The groups of the expression, each with the name of the part it stands for."""
    frame: str | int
    takes_span: bool


def compile_rule(rule: Rule, vocabulary: Vocabulary) -> CompiledRule:
    """Compile the pattern of a rule; raises ValueError for a pattern that cannot be read or may be empty."""
    parser = _Parser(rule, vocabulary)
    whole = parser.alternatives()
    if parser.elements or whole.optional:
        raise ValueError(f"rule {rule.name!r}: unbalanced, or may match nothing")
    takes_span = "span" in inspect.signature(rule.make).parameters
    frame: str | int = _FRAME if "<" in rule.pattern else 0
    return CompiledRule(rule, lazy_regex(whole.regex), whole.first, tuple(parser.parts), frame, takes_span)


class _Fragment(NamedTuple):
    """A part of a pattern: its expression, the codes it can begin with, and whether it may be empty."""

    regex: str
    first: frozenset[str] = frozenset()
    optional: bool = True


class _Parser:
    """Reads a pattern by recursive descent."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self.vocabulary = vocabulary
        self.elements = rule.elements()[::-1]
        self.parts: list[tuple[str, str]] = []

    def _next(self) -> str:
        return self.elements[-1][1] if self.elements else ""

    def alternatives(self) -> _Fragment:
        whole = self.sequence()
        while self._next() == "|":
            self.elements.pop()
            one = self.sequence()
            whole = _Fragment(
                f"{whole.regex}|{one.regex}", whole.first | one.first, whole.optional or one.optional
            )
        return whole

    def sequence(self) -> _Fragment:
        whole = _Fragment("")
        while self._next() not in ("", "|", ")", ">"):
            one = self.part()
            first = whole.first | one.first if whole.optional else whole.first
            whole = _Fragment(whole.regex + one.regex, first, whole.optional and one.optional)
        return whole

    def part(self) -> _Fragment:
        name, atom = self.elements.pop()
        if atom in "(<":
            regex, first, optional = self.alternatives()
            if not self.elements or self.elements.pop()[1] != (")" if atom == "(" else ">"):
                raise ValueError(f"rule {self.rule.name!r}: {atom!r} is not closed")
        else:
            members = self.vocabulary.members[atom]
            if not members:
                raise ValueError(f"rule {self.rule.name!r}: nothing is called {atom!r}")
            regex, first, optional = f"[{members}]", frozenset(members), False
        if name:  # alternatives may name their parts alike, groups of one expression may not
            self.parts.append((f"{name}_{len(self.parts)}", name))
            regex = f"(?P<{self.parts[-1][0]}>{regex})"
        elif atom in "(<":
            regex = f"(?:{regex})" if atom == "(" else f"(?P<{_FRAME}>{regex})"
        if self._next() in ("?", "*", "+"):
            operator = self.elements.pop()[1]
            regex, optional = regex + operator, optional or operator != "+"
        return _Fragment(regex, first, optional)
