"""Roles: what one is, and the text they are read from.

`before` and `after` read the role a text gives a person before or after the name. A role is
the words of the office alone; country, organisation and status (former, acting, deputy, designate) are
read apart from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from newsledger.stages.people.tables import Phrase, names, roles
from newsledger.values.mentions import CountryMention, NameSpan

Status = Literal["current", "former", "acting", "deputy", "designate"]

WINDOW = 160
ELECTED = frozenset({("senator",), ("representative",), ("congressman",), ("congresswoman",)})
"""Members of a congress: their state or district is told, and may stand beside their country."""
OVER = ("ex-", "then-")
"""Before an office they say that it is over."""
MARKS = frozenset({"'s", "’s"})
"""The possessive of a singular."""
_TOKEN = re.compile(r"[^\W_](?:[\w.'’&-]*[\w.])?(?: - General\b)?|&|[,;:()“”\"–—?!-]")
POSSESSIVE = re.compile(r"(?:['’`]s|(?<=s)['’])\Z")
STEPS = 8


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the text states it at one mention.

    ``phrase`` is the key of the tables in the singular; ``many`` says that it stood in the plural and may
    be shared by the names of a list; ``countries`` holds the countries of such a list in order.
    """

    phrase: Phrase
    text: str
    status: Status | None = "current"
    country: str | None = None
    org: str | None = None
    many: bool = False
    countries: tuple[str, ...] = ()
    side: Literal["before", "after", "shared"] = "before"
    style: bool = False
    others: tuple[Role, ...] = ()
    """What else the text says there that the person is, in its order."""
    ends: int = field(default=-1, compare=False)
    """Where the words of a role after a name end."""

    @property
    def field(self) -> str | None:
        """The field of life the role belongs to."""
        return roles().field.get(self.phrase[-1:]) or roles().field.get(self.phrase)

    @property
    def standing(self) -> int:
        """2 for an office, 1 for a rank or profession, 0 for what many are ("member", "resident")."""
        if self.phrase[-1] in roles().many_are:
            return 0
        if self.field in {"state", "legislature"}:
            return 2
        return 1 if self.style or self.field in {"arts", "other", "media", "academia", "law"} else 2


@dataclass(frozen=True, slots=True)
class Before:
    """What stands right before a name: role, form of address (with its gender), kinship."""

    role: Role | None = None
    gender: Literal["male", "female"] | None = None
    addressed: bool = False
    kin: bool = False
    start: int = 0
    relation: str = ""
    """The word of kinship, where one is said."""


_TWO = re.compile(
    r"(?:Jammu(?: and | & )Kashmir|Newfoundland and Labrador|Tyne and Wear|Andaman and Nicobar(?: Islands)?"
    r"|Dadra and Nagar Haveli|Daman and Diu)"
)
"""One place with "and" in its name, which a classifier cuts in two."""


def whole_place(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the place at text[start:end] really begins and ends: "Kashmir" in "Jammu and Kashmir".

    >>> whole_place("of Jammu and Kashmir", 13, 20), whole_place("of Kashmir", 3, 10)
    ((3, 20), (3, 10))
    """
    for match in _TWO.finditer(text, max(0, start - 24), end + 26):
        return match.start(), match.end()
    return start, end


def is_portfolio(span: NameSpan, office: Phrase) -> bool:
    """Whether an organisation's name is but what a minister is minister of ("National Development")."""
    known = roles().portfolio | {"and", "&"}
    return (
        " " in span.surface
        and office[-1] in roles().with_portfolio
        and all(word.lower() in known for word in span.surface.split())
    )


class Token(NamedTuple):
    """A word or sign with its offsets; ``key`` is how the tables write it, ``text`` as it stands."""

    start: int
    end: int
    key: str
    text: str


_FIRMS = frozenset({"bancorp", "bancshares", "group", "holdings", "industries", "airlines", "airways"})
"""What the short name of a firm is without, beside "Inc" and the like."""


@dataclass(frozen=True)
class Context:
    """The text with what other stages know of it, indexed by where it begins and ends."""

    text: str
    country_ends: dict[int, CountryMention] = field(default_factory=dict)
    country_starts: dict[int, CountryMention] = field(default_factory=dict)
    name_ends: dict[int, NameSpan] = field(default_factory=dict)
    name_starts: dict[int, NameSpan] = field(default_factory=dict)
    person_starts: set[int] = field(default_factory=set)
    _left: dict[int, tuple[int, list[Token]]] = field(default_factory=dict)

    @cached_property
    def orgs(self) -> frozenset[str]:
        """What the article calls its organisations, firms without their "Inc" as well."""
        found: set[str] = set()
        for span in self.name_starts.values():
            if span.label != "ORG":
                continue
            words = span.surface.split()
            found.add(" ".join(words))
            kind = words[-1].rstrip(".").lower()
            if len(words) > 1 and (kind in names().company_endings or kind in _FIRMS):
                found.add(" ".join(words[:-1]))
        return frozenset(found)

    def left_of(self, start: int, floor: int) -> list[Token]:
        """The tokens between ``floor`` and ``start``, kept for when they are asked for again."""
        kept = self._left.get(start)
        if kept is not None and kept[0] == floor:
            return kept[1]
        if kept is not None and kept[0] < floor:
            at = bisect_left(kept[1], floor, key=_start_of)
            whole = at == 0 or kept[1][at - 1].end <= floor
            if whole and (at == len(kept[1]) or kept[1][at].key != "."):
                return kept[1][at:]
        tokens = tokenise(self.text, floor, start)
        self._left[start] = (floor, tokens)
        return tokens

    @classmethod
    def of(cls, text: str, names: Sequence[NameSpan], countries: Sequence[CountryMention]) -> Context:
        """Index ``names`` (of other labels than PER) and ``countries``."""
        places = [
            n
            for n in names
            if (n.label == "ORG" and n.surface not in _OFFICES)
            or (n.label in {"LOC", "FAC", "MISC"} and n.surface[:1].isupper())
        ]
        return cls(
            text,
            {c.end_char: c for c in countries if c.iso_alpha2},
            {c.start_char: c for c in countries if c.iso_alpha2},
            {n.end_char: n for n in places},
            {n.start_char: n for n in places},
            {n.start_char for n in names if n.label == "PER"},
        )


_OFFICES = frozenset(
    {"EVP", "SVP", "VP", "Asst", "Asst.", "Assoc", "Assoc.", "Supt", "Supt."}
)  # taken for firms


def _start_of(token: Token) -> int:
    return token.start


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The words and signs of text[start:end]; a full stop is a token of its own unless it abbreviates.

    >>> [token.key for token in tokenise("said U.S. Sen. Hale's aide.", 0, 27)]
    ['said', 'u.s.', 'sen', 'hale', 'aide', '.']
    """
    found: list[Token] = []
    # What a named tuple does of itself, without the call between.
    new, add = tuple.__new__, found.append
    for match in _TOKEN.finditer(text, start, end):
        left, right = match.span()
        key, word, stopped = _read(match[0])
        if stopped:
            right -= 1
            add(new(Token, (left, right, key, word)))
            add(new(Token, (right, right + 1, ".", ".")))
        else:
            add(new(Token, (left, right, key, word)))
    return found


@lru_cache(maxsize=1 << 14)
def _read(word: str) -> tuple[str, str, bool]:
    """Key and text of a token, and whether a full stop that is not its own stands at its end."""
    if word[-1] == "." and not _abbreviates(word):
        return key_of(word[:-1]), word[:-1], True
    return key_of(word), word, False


def _abbreviates(word: str) -> bool:
    table = roles()
    bare = word[:-1].lower()
    return (
        bare in table.short
        or word.lower() in table.short
        or bare in table.honorifics
        or "." in bare
        or (len(bare) == 1 and word[0].isupper())
        # A slip: "Senators. Ada Lind and Bo Moe"
        or word in {"Senators.", "Representatives."}
    )


def key_of(word: str) -> str:
    """A word in small letters without its possessive and without a single full stop.

    >>> key_of("Sen."), key_of("U.S."), key_of("Japan's")
    ('sen', 'u.s.', 'japan')
    """
    word = word.lower().replace(" - ", "-")
    if word.endswith("."):
        word = word[:-1] if word.count(".") == 1 and word not in roles().short else word
    for sign in ("’s", "'s"):
        if word.endswith(sign):
            return word[:-2]
    return word


def spell(key: str) -> tuple[str, ...]:
    """A token's words: abbreviations written out, status taken off hyphens by the caller."""
    known = roles().short.get(key)
    if known is None and key.startswith(("vice-", "under-")) and (key,) not in roles().field:
        apart = tuple(key.split("-"))
        known = apart if apart in roles().field else None
    return known or (key,)


def first_at_or_after(tokens: list[Token], position: int, upto: int) -> int:
    """Index of the first token that begins at or after ``position``, at most ``upto``."""
    at = upto
    while at > 0 and tokens[at - 1].start >= position:
        at -= 1
    return at


def first_beyond(tokens: list[Token], position: int, i: int) -> int:
    """Index of the first token from ``i`` on that begins at or after ``position``."""
    while i < len(tokens) and tokens[i].start < position:
        i += 1
    return i


def possessor(token: Token) -> bool:
    """Whether a word says whose the office is ("the company's"), unlike "women's affairs".

    >>> [possessor(token) for token in tokenise("the bank's women's", 0, 18)]
    [False, True, False]
    """
    if token.text.lower() == token.key or not POSSESSIVE.search(token.text):
        return False
    return token.text.lower().replace("’", "'") not in roles().modifiers


def called(role: str, status: str | None) -> str:
    """A role as a person's roles list it, where nothing else tells that the holder is a deputy.

    >>> called("Prime Minister", "deputy"), called("Prime Minister", "former")
    ('Deputy Prime Minister', 'Prime Minister')
    """
    return f"Deputy {role}" if status == "deputy" else role


def modifier(token: Token) -> str:
    """A word of an office as it is written there: "women's", not "women".

    >>> [modifier(token) for token in tokenise("Women’s Affairs", 0, 15)]
    ["women's", 'affairs']
    """
    marked = token.text.lower().replace("’", "'")
    return marked if marked != token.key and marked in roles().modifiers else token.key


def over(status: Status | None, outer: str, words: list[str]) -> Status:
    """The status when ``outer`` stands before ``status``; the inner word then belongs to the office.

    Of a "former deputy prime minister" both are true: the office is deputy prime minister.

    >>> words = ["prime", "minister"]
    >>> over("deputy", "former", words), words
    ('former', ['deputy', 'prime', 'minister'])
    """
    if status in {"deputy", "acting"}:
        words.insert(0, status)
        return outer  # type: ignore[return-value]
    return status if status else outer  # type: ignore[return-value]
