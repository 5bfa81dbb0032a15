"""A small cascade grammar: rules are patterns over token classes with a production.

A rule reads like the phrase it matches::

    rule("month day, year", "m:MONTH d:DAY ,? y:YEAR", lambda m, d, y: Named("day", ...))

In a pattern, an UPPER word is a class of tokens or of things found by earlier rules, a lower word or a
punctuation mark stands for itself, ``x:`` names what is handed to the production, ``( | )``, ``?``, ``*`` and
``+`` mean what they mean in a regular expression, and ``< >`` enclose the mention where the pattern also
reads what stands around it. A production that returns None declines.

How it works: every token has a *code*, one character, that stands for the set of classes it belongs to; a
pattern is compiled to a regular expression over codes, so that a rule costs one match on a string of a few
characters. Rules are applied level by level; each level replaces what it found by a new item with a code of
its own. Of the rules that match at a place the longest wins, then the first.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newsledger.values import trace


class Item(NamedTuple):
    """A token or a finding: its code, its offsets in the text, its value, and the rule that made it."""

    code: str
    start: int
    end: int
    value: Any
    rule: str = ""


@dataclass(slots=True)
class Place:
    """What a production may look at beside its parts: the text around the match, and the matched items."""

    text: str
    low: str
    start: int
    end: int
    segment_start: int
    segment_end: int
    items: Sequence[Item]

    def left(self, width: int = 40) -> str:
        """Lowered text before the match, inside the segment."""
        return self.low[max(self.segment_start, self.start - width) : self.start]

    def right(self, width: int = 40) -> str:
        """Lowered text after the match, inside the segment."""
        return self.low[self.end : min(self.segment_end, self.end + width)]

    @property
    def surface(self) -> str:
        """The matched text as written."""
        return self.text[self.start : self.end]

    @property
    def low_surface(self) -> str:
        """The matched text in lower case."""
        return self.low[self.start : self.end]


Production = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A name, a pattern and a production."""

    name: str
    pattern: str
    make: Production


def rule(name: str, pattern: str, make: Production) -> Rule:
    """A rule; the function exists so that rule tables read as tables."""
    return Rule(name, pattern, make)


_ELEMENT = re.compile(r"\s*(?:([a-z_]\w*):(?=\S))?([A-Z][A-Z_0-9]*|[a-z']+|[,./()|?*+<>-])")


class Vocabulary:
    """Gives every word a code by the set of classes it belongs to.

    >>> v = Vocabulary({"MONTH": {"may", "june"}, "VERB": {"may"}}, {"of"})
    >>> v.code("june") == v.code("may"), v.code("june") in v.members("MONTH"), v.code("chair")
    (False, True, None)
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], literals: Iterable[str]) -> None:
        belongs: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                belongs.setdefault(word, set()).add(name)
        for word in literals:
            belongs.setdefault(word, set()).add(word)
        self._codes: dict[frozenset[str], str] = {}
        self._members: dict[str, str] = dict.fromkeys(classes, "")
        self.words = {word: self._code_for(frozenset(names)) for word, names in sorted(belongs.items())}

    def _code_for(self, names: frozenset[str]) -> str:
        code = self._codes.get(names)
        if code is None:
            code = self._codes[names] = chr(0x4E00 + len(self._codes))
            for name in names:
                self._members[name] = self._members.get(name, "") + code
        return code

    def kind(self, *names: str) -> str:
        """The code of things that are no words: number tokens and findings of the classes ``names``."""
        return self._code_for(frozenset(names))

    def code(self, word: str) -> str | None:
        """The code of a word; None for a word the grammar does not know."""
        return self.words.get(word)

    def members(self, name: str) -> str:
        """All codes of a class or of a literal word."""
        return self._members.get(name, "")


def literals(rules: Iterable[Rule]) -> set[str]:
    """The words and marks that patterns mention as themselves."""
    found = set()
    for one in rules:
        for atom in _atoms(one):
            if not atom[0].isupper() and atom not in "()|?*+<>":
                found.add(atom)
    return found


def _atoms(one: Rule) -> list[str]:
    atoms, at = [], 0
    while at < len(one.pattern):
        match = _ELEMENT.match(one.pattern, at)
        if match is None:
            raise ValueError(f"rule {one.name!r}: cannot read {one.pattern[at:]!r}")
        atoms.append(match[2])
        at = match.end()
    return atoms


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    regex: re.Pattern[str]
    names: tuple[str, ...]
    framed: bool
    wants_place: bool
    wants_words: bool


def _compile(one: Rule, vocabulary: Vocabulary) -> tuple[_Compiled, set[str]]:
    out: list[str] = []
    names: list[str] = []
    at = 0
    pending: list[bool] = []
    framed = False
    while at < len(one.pattern):
        match = _ELEMENT.match(one.pattern, at)
        if match is None:
            raise ValueError(f"rule {one.name!r}: cannot read {one.pattern[at:]!r}")
        at = match.end()
        name, atom = match[1], match[2]
        if atom == "(":
            out.append(f"(?P<{name}>" if name else "(?:")
            pending.append(bool(name))
            if name:
                names.append(name)
        elif atom in ")|?*+":
            out.append(atom)
        elif atom == "<":
            framed = True
            out.append("(?P<frame_>")
        elif atom == ">":
            out.append(")")
        else:
            members = vocabulary.members(atom)
            if not members:
                raise ValueError(f"rule {one.name!r}: nothing is called {atom!r}")
            body = f"[{members}]" if len(members) > 1 else members
            if name:
                names.append(name)
                body = f"(?P<{name}>{body})"
            out.append(body)
    regex = re.compile("".join(out))
    parameters = inspect.signature(one.make).parameters
    compiled = _Compiled(one, regex, tuple(names), framed, "place" in parameters, "words" in parameters)
    return compiled, _first_codes(regex)


def _first_codes(regex: re.Pattern[str]) -> set[str]:
    """Codes with which a match can begin, by reading the parsed pattern."""
    from re import _parser  # type: ignore[attr-defined]  # the standard library's own pattern parser

    def first(sequence: Any) -> tuple[set[str], bool]:
        codes: set[str] = set()
        for op, arg in sequence:
            kind = str(op)
            if kind == "LITERAL":
                return codes | {chr(arg)}, False
            if kind == "IN":
                return codes | {chr(value) for _, value in arg}, False
            if kind == "SUBPATTERN":
                more, empty = first(arg[-1])
            elif kind == "BRANCH":
                parts = [first(branch) for branch in arg[1]]
                more, empty = set().union(*(p for p, _ in parts)), any(e for _, e in parts)
            elif kind in ("MAX_REPEAT", "MIN_REPEAT"):
                more, empty = first(arg[2])
                empty = empty or arg[0] == 0
            else:
                raise ValueError(f"unexpected {kind} in {regex.pattern!r}")
            codes |= more
            if not empty:
                return codes, False
        return codes, True

    codes, empty = first(_parser.parse(regex.pattern))
    if empty:
        raise ValueError(f"a pattern may not match nothing: {regex.pattern!r}")
    return codes


@dataclass(slots=True)
class Level:
    """Rules that are tried together; ``repeat`` levels run until they find nothing more."""

    rules: Sequence[Rule]
    vocabulary: Vocabulary
    kind_of: Callable[[Any], str]
    repeat: bool = False
    _by_code: dict[str, list[_Compiled]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for one in self.rules:
            compiled, codes = _compile(one, self.vocabulary)
            for code in codes:
                self._by_code.setdefault(code, []).append(compiled)

    def apply(self, items: list[Item], place: Place) -> list[Item]:
        """Replace what the rules find; ``place`` carries the text and its segment."""
        for _ in range(4 if self.repeat else 1):
            found, items = self._once(items, place)
            if not found:
                break
        return items

    def _once(self, items: list[Item], place: Place) -> tuple[bool, list[Item]]:
        codes = "".join([item.code for item in items])
        out: list[Item] = []
        at, size, found = 0, len(items), False
        by_code = self._by_code
        while at < size:
            best: tuple[int, Item, int, int] | None = None
            for compiled in by_code.get(codes[at], ()):
                match = compiled.regex.match(codes, at)
                if match is None or (best is not None and match.end() <= best[0]):
                    continue
                made = self._make(compiled, match, items, place)
                if made is not None:
                    best = (match.end(), *made)
            if best is None:
                out.append(items[at])
                at += 1
            else:
                _, item, first, last = best
                out.extend(items[at:first])
                out.append(item)
                at = last
                found = True
        return found, out

    def _make(
        self, compiled: _Compiled, match: re.Match[str], items: list[Item], place: Place
    ) -> tuple[Item, int, int] | None:
        first, last = match.span("frame_") if compiled.framed else match.span()
        start, end = items[first].start, items[last - 1].end
        values: dict[str, Any] = {}
        for name in compiled.names:
            index = match.start(name)
            if index >= 0:
                values[name] = items[index].value
        if compiled.wants_place:
            values["place"] = Place(
                place.text,
                place.low,
                start,
                end,
                place.segment_start,
                place.segment_end,
                items[match.start() : match.end()],
            )
        if compiled.wants_words:
            values["words"] = tuple(item.value for item in items[first:last])
        value = compiled.rule.make(**values)
        if value is None:
            trace.note("dates", "declined", start, end, compiled.rule.name)
            return None
        return Item(self.kind_of(value), start, end, value, compiled.rule.name), first, last
