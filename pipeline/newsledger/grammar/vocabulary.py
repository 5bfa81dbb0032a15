"""Codes for tokens: one character for every set of classes that a word or finding may belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Vocabulary:
    """Gives every word a code by the set of classes it belongs to.

    >>> v = Vocabulary({"MONTH": {"may", "june"}, "VERB": {"may"}}, {"of"})
    >>> v.code("june") == v.code("may"), v.code("june") in v.members("MONTH"), v.code("chair")
    (False, True, None)
    """

    def __init__(self, classes: Mapping[str, Iterable[str]], literals: Iterable[str]) -> None:
        classes_of: dict[str, set[str]] = {}
        for name, words in classes.items():
            for word in words:
                classes_of.setdefault(word, set()).add(name)
        for word in literals:
            classes_of.setdefault(word, set()).add(word)
        self._codes: dict[frozenset[str], str] = {}
        self._members: dict[str, str] = dict.fromkeys(classes, "")
        self.words = {word: self._code_for(frozenset(names)) for word, names in sorted(classes_of.items())}

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
