"""The text as the role readers see it: tokens, with the offices and other names among them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.tables import Phrase, roles
from newsledger.values.mentions import CountryMention, NameSpan, RoleStatus

_TOKEN = lazy_regex(
    r"(?:[Ee]x|[Tt]hen|[Nn]ow|[Ff]ormer)-(?=[^\W_])|[^\W_][\w.]*(?:['’&-]+[\w.]+)*(?:(?<=s)['’](?=\s))?|[&,;:()“”\"–—?!\n/-]"
)
ENDS = frozenset(".?!;:\n")
"""Signs that end a sentence or part of one."""
STOPS = ENDS | frozenset('()“”"–—-,')
"""Signs that are part of no office and no name."""
_MOST_WORDS = 6
_POSSESSIVE = lazy_regex(r"(?:['’`]s|(?<=s)['’])\Z")
_MARK = lazy_regex(r"['’`]s\b|(?<=s)['’](?!\w)")
_SUFFIXES = ("-elect", "-designate", "-nominee", "-in-waiting", "-to-be")


class Token:
    """A word or sign: as it stands (``text``), as the tables write it (``key``), and what its letters say.

    ``capital``: it begins with a capital letter or a digit, and is not "I". ``possessive``: it says whose
    something is ("the company's"), unlike "women's affairs". Tokens of the same letters are one object.
    """

    __slots__ = ("capital", "key", "possessive", "stopped", "text", "word")

    def __init__(self, word: str) -> None:
        self.stopped = len(word) > 1 and word[-1] == "." and not _abbreviates(word)
        """Whether the full stop at its end is a token of its own."""
        self.text = word[:-1] if self.stopped else word
        self.key = key_of(self.text)
        self.capital = (word[0].isupper() and word != "I") or word[0].isdigit()
        lower = self.text.lower()
        marked = lower != self.key and _POSSESSIVE.search(self.text) is not None
        lower = lower.replace("’", "'")
        self.possessive = marked and lower not in roles().modifiers
        self.word = lower if lower != self.key and lower in roles().modifiers else self.key
        """As ``key``, but with the possessive of "women's"."""


class Head(NamedTuple):
    """The words of an office: the phrase of the tables, its tokens, whether plural, what status they say."""

    phrase: Phrase
    first: int
    last: int
    many: bool
    status: RoleStatus | None


class Named(NamedTuple):
    """A country, place or organisation: its tokens, its offsets, and what kind of name it is."""

    first: int
    last: int
    start: int
    end: int
    country: str | None
    place: bool
    adjective: bool
    possessive: bool
    misc: bool = False
    """Neither a place nor an organisation: a work, a people, an event."""


class Context:
    """The text with the results of other stages, indexed by their start and end."""

    def __init__(self, text: str, names: Sequence[NameSpan], countries: Sequence[CountryMention]) -> None:
        self.text = text
        # A minister "of Scotland" is of no country
        known = [
            c
            for c in countries
            if c.iso_alpha2 and not (c.mention_type == "territory" and "-" in (c.territory_code or ""))
        ]
        self.country_ends = {c.end_char: c for c in known}
        self.country_starts = {c.start_char: c for c in known}
        self.country_places = sorted(self.country_starts)
        self._charts: dict[int, Chart] = {}
        self.name_ends: dict[int, NameSpan] = {}
        self.name_starts: dict[int, NameSpan] = {}
        self.people = sorted((n.start_char, n.end_char) for n in names if n.label == "PER")
        self.votes: dict[str, Counter[str]] = defaultdict(Counter)
        """How often each surface got each label."""
        for name in names:
            self.votes[name.surface][name.label] += 1
        self.add_names(
            n
            for n in names
            if n.label == "ORG" or (n.label in {"LOC", "FAC", "MISC"} and n.surface[:1].isupper())
        )

    def add_names(self, spans: Iterable[NameSpan]) -> None:
        """Take further names of organisations or places in."""
        for span in spans:
            if span.surface not in roles().abbreviated_offices:
                self.name_ends[span.end_char] = self.name_starts[span.start_char] = span
        self.name_places = sorted(self.name_starts)
        self._charts.clear()

    def set_people(self, spans: Iterable[tuple[int, int]]) -> None:
        """Say which spans are people's names, now that it is decided."""
        self.people = sorted(spans)
        for chart in self._charts.values():
            chart.set_people(self)

    def body_at(self, position: int) -> Named | None:
        """The name that begins at ``position``, of anything but a country."""
        chart = self.chart_at(position)
        named = chart.body_at(chart.first_from(position))
        return named if named is not None and named.start == position else None

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where the paragraphs begin; a break after "Sens." or "Dr." is none."""
        return [0, *(m.end() for m in _BREAK.finditer(self.text) if not self._ends_in_title(m.start()))]

    def _ends_in_title(self, end: int) -> bool:
        word = _LAST_STOPPED.search(self.text, max(0, end - 8), end)
        return word is not None and any(word[1].lower() in of for of in (roles().short, roles().honorifics))

    def chart_at(self, position: int) -> Chart:
        """The tokens of the paragraph that holds ``position``, with the names and offices among them."""
        number = bisect_right(self.paragraphs, position) - 1
        if number not in self._charts:
            following = self.paragraphs[number + 1 : number + 2]
            end = following[0] if following else len(self.text)
            self._charts[number] = Chart(self, self.paragraphs[number], end)
        return self._charts[number]


P = TypeVar("P", int, tuple[int, int])
_BREAK = lazy_regex(r"\n\s*")
_LAST_STOPPED = lazy_regex(r"\b([A-Z][a-z]{1,4})\.[ \xa0]*\Z")
_TWO_IN_ONE = lazy_regex(any_of(roles().joined_places))


def _between(places: list[P], start: P, end: P) -> list[P]:
    """Those of sorted places that are in ``start:end``."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


class Chart:
    """The tokens of a paragraph, with the offices and the names among them by the numbers of tokens."""

    def __init__(self, context: Context, start: int, end: int) -> None:
        self.text, self.span = context.text, (start, end)
        self.tokens, self.starts, self.ends = tokenise(context.text, start, end)
        self.heads = heads_among(self.tokens)
        """The words of offices by their last token."""
        self.head_starts = {head.first for head in self.heads.values()}
        self.ending: dict[int, Named] = {}
        self.starting: dict[int, Named] = {}
        self.countries: dict[int, Named] = {}
        """Countries by their first token, also those that begin a longer name."""
        self.people: dict[int, int] = {}
        """First token of a person's name -> its last."""
        self.of_person: dict[int, int] = {}
        """Token of a person's name -> the first of the name."""
        self.phrases: dict[tuple[int, int, int], object] = {}
        for at in _between(context.country_places, start, end):
            land = context.country_starts[at]
            adjective = land.mention_type not in {"name", "former", "territory"}
            self._add(land.start_char, land.end_char, land.iso_alpha2, adjective=adjective)
        names = [context.name_starts[at] for at in _between(context.name_places, start, end)]
        for span in sorted(names, key=lambda s: (s.end_char - s.start_char, s.start_char)):
            country = context.country_starts.get(span.start_char)
            if country is None or country.end_char != span.end_char:
                place = span.label not in {"ORG", "MISC"}
                self._add(span.start_char, span.end_char, None, place=place, misc=span.label == "MISC")
        for match in _TWO_IN_ONE.finditer(self.text, start, end):
            self._add(match.start(), match.end(), None, place=True)
        self.name_ahead = -1
        """The token at which the name begins whose title is read."""
        self.set_people(context)

    def begins_name(self, token: int) -> bool:
        """Whether a person's name begins at a token."""
        return token in self.people or token == self.name_ahead

    def set_people(self, context: Context) -> None:
        """Take in which spans are people's names."""
        self.people.clear()
        self.of_person.clear()
        self.phrases.clear()
        begin, stop = self.span
        for start, end in _between(context.people, (begin, 0), (stop, 0)):
            first, last = self.at(start), self.at(end - 1)
            self.people[first] = last
            self.of_person.update(dict.fromkeys(range(first, last + 1), first))

    def at(self, position: int) -> int:
        """The number of the token that holds ``position``, or of the last one before it."""
        return max(0, bisect_right(self.starts, position) - 1)

    def first_from(self, position: int) -> int:
        """The number of the first token that begins at or after ``position``."""
        return bisect_left(self.starts, position)

    def key(self, i: int) -> str:
        """The key of token ``i``; empty after the last."""
        return self.tokens[i].key if i < len(self.tokens) else ""

    def words(self, start: int, end: int) -> str:
        """text[start:end] with single blanks."""
        return " ".join(self.text[start:end].split())

    def body_at(self, i: int) -> Named | None:
        """The name that begins at token ``i``, of anything but a country."""
        named = self.starting.get(i)
        return None if named is None or named.country is not None else named

    def may_be_noun(self, i: int) -> bool:
        """Whether a word can belong to a name or description."""
        token = self.tokens[i]
        if i in self.of_person or token.possessive or not token.text[0].isalnum():
            return False
        return token.key not in roles().function_words and token.key not in roles().determiners

    def is_noun(self, i: int) -> bool:
        """Whether a word in small letters that no table holds may be a noun."""
        key, table = self.key(i), roles()
        if not key.replace("-", "").isalpha() or self.tokens[i].capital or not self.may_be_noun(i):
            return False
        known = key in table.no_modifier or (key,) in table.field or key in table.status
        return not (known or key in table.skipped or key.endswith(("ly", "ed", "ing")))

    def last_noun(self, k: int) -> int | None:
        """The last token of the nouns from ``k`` on, which "and" may join."""
        table, n = roles(), k
        ends = (table.function_words, table.speech_verbs, table.no_modifier)
        while n - k < _MOST_WORDS and self.key(n)[:1].isalpha() and not self.begins_name(n):
            joined = n > k and self.key(n) in {"and", "&"} and self.key(n + 1)[:1].isalpha()
            if not joined and any(self.key(n) in words for words in ends):
                break
            n += 1
        return n - 1 if n > k else None

    def before_bracket(self, i: int) -> int:
        """The token before a bracket that ends at token ``i``: "the Roads Office (RO) Ada Lind"."""
        if self.key(i) != ")":
            return i
        return next((k - 1 for k in range(i - 1, max(0, i - 12), -1) if self.key(k) == "("), i)

    def has_acronym(self, i: int) -> bool:
        """Whether "(ADC)" begins at token ``i``, which says an office or a body in letters again."""
        signs = [token.text for token in self.tokens[i : i + 3]]
        return len(signs) == 3 and signs[0] == "(" and signs[2] == ")" and signs[1].isupper()

    def over_acronym(self, i: int) -> int:
        """The token after an acronym that begins at token ``i``, else ``i``."""
        return i + 3 if self.has_acronym(i) else i

    def _add(
        self,
        start: int,
        end: int,
        country: str | None,
        *,
        adjective: bool = False,
        place: bool = False,
        misc: bool = False,
    ) -> None:
        end -= self.text[end - 1] == ","
        first, last = self.at(start), self.at(end - 1)
        if not self.tokens or self.starts[first] > start or self.ends[last] > end + 2:
            return
        if country is None:
            land = self.countries.get(last)
            if last > first and land is not None and land.adjective and self.tokens[last - 1].key == "of":
                # "Office of U.S." Senator Lind
                return
            if self.tokens[last].key in {"of", "for", "the"}:
                return
            last = self._without_office(first, last)
            end = min(end, self.ends[last])
            if last < first or (first in self.countries and self.countries[first].last == last):
                return
        possessive = bool(_MARK.match(self.text, end)) or self.tokens[last].possessive
        named = Named(first, last, start, end, country, place, adjective, possessive, misc)
        if country is not None:
            self.countries[first] = named
        for known, at in ((self.ending, last), (self.starting, first)):
            other = known.get(at)
            if other is None or other.end - other.start <= end - start:
                known[at] = named

    def _without_office(self, first: int, last: int) -> int:
        """The last token of a name without an office that was taken in: "White House Press Secretary"."""
        head = self.heads.get(last)
        if head is None or head.many or head.first <= first or head.phrase in roles().capital:
            return last
        if self.tokens[head.first - 1].key in {"of", "the", "for", "and", "&"}:
            return last
        return head.first - 1


def tokenise(text: str, start: int, end: int) -> tuple[list[Token], list[int], list[int]]:
    """The words and signs of text[start:end], and where each begins and ends.

    A full stop is a token of its own unless it abbreviates.

    >>> [token.key for token in tokenise("said U.S. Sen. Hale's aide.", 0, 27)[0]]
    ['said', 'u.s.', 'sen', 'hale', 'aide', '.']
    """
    tokens: list[Token] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text, start, end):
        token = _token(match[0])
        left, right = match.span()
        if token.stopped:
            right -= 1
            tokens += (token, _token("."))
            starts += (left, right)
            ends += (right, right + 1)
        else:
            tokens.append(token)
            starts.append(left)
            ends.append(right)
    return tokens, starts, ends


_token = lru_cache(maxsize=1 << 15)(Token)


def _abbreviates(word: str) -> bool:
    table, bare = roles(), word[:-1].lower()
    if bare in table.short or word.lower() in table.short or bare in table.honorifics or "." in bare:
        return True
    slip = word in {"Senators.", "Representatives."}  # "Senators. Ada Lind and Bo Moe"
    return slip or (len(bare) == 1 and word[0].isupper())


def key_of(word: str) -> str:
    """A word in small letters without its possessive and without a single full stop.

    >>> key_of("Sen."), key_of("U.S."), key_of("Japan's")
    ('sen', 'u.s.', 'japan')
    """
    word = word.lower().replace(" - ", "-")
    if word.endswith(".") and len(word) > 1:
        word = word[:-1] if word.count(".") == 1 and word not in roles().short else word
    for sign in ("’s", "'s", "’", "'"):
        if word.endswith(sign):
            return word[: -len(sign)]
    return word


@lru_cache(maxsize=1 << 14)
def _spell(key: str) -> tuple[str, ...]:
    """A token's words, abbreviations written out."""
    known = roles().short.get(key)
    if known is None and key.startswith(("vice-", "under-")) and (key,) not in roles().field:
        apart = tuple(key.split("-"))
        known = apart if apart in roles().field else None
    return known or (key,)


def heads_among(tokens: Sequence[Token]) -> dict[int, Head]:
    """The longest office that ends at each token where one does.

    >>> tokens, _, _ = tokenise("Prime Minister Lind met ex-senators", 0, 35)
    >>> [head.phrase for head in heads_among(tokens).values()]
    [('prime', 'minister'), ('senator',)]
    """
    found = {}
    for i, token in enumerate(tokens):
        ending = _ending(token.key)
        if ending is not None and (head := _longest(tokens, i, *ending)) is not None:
            found[i] = head
    return found


_Ending = tuple[tuple[str, ...], RoleStatus | None, tuple[Phrase, ...]]


@lru_cache(maxsize=1 << 15)
def _ending(key: str) -> _Ending | None:
    """The words that a token spells, the status they say, and the offices that end in the last of them."""
    status: RoleStatus | None = None
    for suffix in _SUFFIXES:
        if key.endswith(suffix):
            key, status = key.removesuffix(suffix), "designate"
    words = _spell(key)
    phrases = roles().by_last.get(words[-1], ())
    return (words, status, phrases) if phrases or words[-1] in _DEPUTIES else None


_DEPUTIES = frozenset({"deputy", "deputies"})


def _longest(
    tokens: Sequence[Token],
    i: int,
    last: tuple[str, ...],
    status: RoleStatus | None,
    phrases: tuple[Phrase, ...],
) -> Head | None:
    """The longest of ``phrases`` that ends with token ``i``."""
    singular = roles().singular
    before = _spell(tokens[i - 1].key)[-1] if i and len(last) == 1 else ""
    for phrase in phrases:
        if len(phrase) > 1 and len(last) == 1 and phrase[-2] != before:
            continue
        first = _spelt(tokens, i, last, phrase)
        single, many = singular.get(phrase, phrase), phrase in singular
        if first is not None and not _refused(tokens, first, i, single, many=many):
            return Head(single, first, i, many, status)
    if last[-1] in _DEPUTIES:
        # "Deputy Ana Prado" of a sheriff or a parliament
        return Head(("deputy",), i, i, last[-1] == "deputies", None)
    return None


def _spelt(tokens: Sequence[Token], i: int, last: tuple[str, ...], phrase: Phrase) -> int | None:
    """Where ``phrase`` begins that ends at ``i``."""
    at = i
    words = list(last)
    for need in reversed(phrase):
        if not words:
            at -= 1
            if at < 0 or tokens[at].possessive:
                return None
            words = list(_spell(tokens[at].key))
        if words.pop() != need:
            return None
    return at if not words else None


def _refused(tokens: Sequence[Token], first: int, last: int, single: Phrase, *, many: bool) -> bool:
    """Whether the words at first..last say something else than the office ``single`` that they spell."""
    table, final, before = roles(), tokens[last], tokens[first - 1] if first else None
    if many and len(single) == 1 and single[0] in table.kin:
        return True
    of_name = first < 2 or not tokens[first - 2].text[0].islower()
    if many and before and before.key in {"of", "for"} and of_name:
        # "the Forum for Authors"
        return True
    if before and before.capital and tokens[first].capital and single[0] == "party":
        # "Reform Party leader": of the party
        return True
    if single == ("elder",) and before and before.key == "the" and tokens[last + 1 : last + 2]:
        # "the elder Hale", a father and not his son
        return tokens[last + 1].capital
    # "continue to press Secretary Smith"
    return single[0] in table.verbs and tokens[first].text.islower() and final.text[0].isupper()
