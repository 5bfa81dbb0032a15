"""What the words around a form tell: a person, a town, a language, a part of a longer name.

Each rule is a function of a `Place` (a hit with the text around it, cut at the segment's borders); the
words it looks for stand in ``lexicon.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.mentions import NameSpan
from pipeline.stages.countries.matcher import Hit, lexicon

REACH = 90
"""How many characters to either side a rule may look."""

_GAP = r"[ \t\n\r\u00a0]+"
_RUN_WORD = re.compile(
    rf"{_GAP}((?:(?:of|and|for|on|&|de){_GAP}(?:the{_GAP})?)?)([A-Z0-9][\w&’'/-]*(?:\.(?=[ \w])[\w.]*)?)"
)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)|['’]S(?!\w)")
_LAST_WORD = re.compile(r"([\w.&’'-]+)[ \t\n\r\u00a0]+\Z")
_BEFORE_OF = re.compile(rf"([\w.’'-]+){_GAP}of{_GAP}(?:the{_GAP})?\Z")
_NEXT_WORD = re.compile(rf"{_GAP}([^\W_][\w’'-]*)")
_INITIAL = re.compile(r"(?:\b[A-Z]\.){1,3}[ \t\n\r]+\Z")
_DETERMINER = re.compile(
    r"(?i:\b(?:an?|the|another|one|two|three|four|five|six|seven|eight|nine|ten|\d+|first|last|young|fellow|"
    r"every|each|no|any|some|many|most|few|several|these|those|other|ethnic|his|her|their|our|old|year-old))"
    r"[ \t\n\r]+(?:[a-z-]+[ \t\n\r]+)?\Z"
)


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


@dataclass(slots=True)
class Place:
    """A hit in its surroundings; ``before`` and ``after`` end at the segment's borders."""

    hit: Hit
    surface: str
    before: str
    after: str
    titled: bool
    opens_sentence: bool
    spans: tuple[NameSpan, ...]
    named: bool

    @property
    def kind(self) -> str:
        """The kind of the hit's form."""
        return self.hit.forms[0].kind

    @property
    def previous(self) -> str:
        """The word just before, blanks between; "" where punctuation or a border comes first."""
        found = _LAST_WORD.search(self.before)
        return found[1] if found else ""

    @property
    def next(self) -> str:
        """The word just after, blanks between; "" where punctuation or a border comes first."""
        found = _NEXT_WORD.match(self.after)
        return found[1] if found else ""


def capital_run(after: str) -> list[str]:
    """The capitalised words that follow at once, joining words left out.

    >>> capital_run(" Department of Health and Human Services said")
    ['Department', 'Health', 'Human', 'Services']
    >>> capital_run("'s Finance Ministry"), capital_run(", Paris")
    ([], [])
    """
    words: list[str] = []
    at = 0
    while len(words) < 8:
        found = _RUN_WORD.match(after, at)
        if not found or (not words and found[1]):
            break
        word = found[2]
        if cut := re.search(r"['’]s?\Z", word):
            words.append(word[: cut.start()])
            break
        words.append(word)
        at = found.end()
    return words


# --- persons -----------------------------------------------------------------------------------------


def is_person(place: Place) -> bool:
    """Whether the form is part of a person's name (Michael Jordan, Chad Smith, Rep. Israel)."""
    words = lexicon()
    surface = _plain(place.surface)
    for span in place.spans:
        if span.label == "PER":
            wider = span.end_char - span.start_char > len(place.surface) + 2
            if (
                wider
                and span.start_char < place.hit.start
                and _plain(span.surface.split()[0]) not in words["roles"]
            ):
                return place.kind in ("name", "former") or surface in words["surnames"]
            if surface in words["first_names"] or surface in words["surnames"]:
                return True
    previous = _plain(place.previous)
    if previous and surface in words["surnames"] | words["first_names"]:
        if previous in words["titles"] or (previous in words["given_names"] and surface in words["surnames"]):
            return not (place.kind == "adjective" and place.next and capital_run(place.after))
        if _INITIAL.search(place.before) and not re.search(r"(?:U\.S\.|U\.K\.)\s+\Z", place.before):
            return True
    if place.kind == "name" and previous in words["given_names"] and not place.opens_sentence:
        return True
    if surface in words["first_names"] and not place.titled and place.after[:1] == " ":
        run = capital_run(place.after)
        if run and not _known_capital(run[0]) and (len(run) < 3 or place.kind == "name"):
            return not any(w in words["institutions"] or w in words["last_words"] for w in run)
    return False


def _plain(word: str) -> str:
    """A word in title case where it is all capitals, so that headlines find it in the lists."""
    return word.title() if len(word) > 3 and word.isupper() else word


@lru_cache(maxsize=4096)
def _known_capital(word: str) -> bool:
    words = lexicon()
    return any(
        word in words[name]
        for name in ("institutions", "last_words", "roles", "groups", "function_words", "compass")
    ) or (len(word) > 1 and word.isupper())


# --- places and things --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _state_after() -> re.Pattern[str]:
    words = lexicon()
    return re.compile(
        rf",{_GAP}(?:(?P<abbr>{_any(words['us_state_abbreviations'])})(?![\w])|(?P<full>{_any(words['us_states'])})(?=[,.;:)\n]|\s+[-–—]|\Z))"
    )


def is_town(place: Place) -> bool:
    """Whether a state follows, so that an American town is meant (Lebanon, N.H.)."""
    if place.kind != "name" or place.after[:1] != ",":
        return False
    found = _state_after().match(place.after)
    if not found:
        return False
    return (
        _plain(place.surface) in lexicon()["towns"]
        if found["full"] or not found["abbr"].endswith(".")
        else True
    )


@lru_cache(maxsize=1)
def _language_patterns() -> tuple[re.Pattern[str], ...]:
    words = lexicon()
    chain = (
        rf"(?:(?:{_any(words['languages'])})(?:,{_GAP}|{_GAP}(?:and|or){_GAP}|,{_GAP}(?:and|or){_GAP}))*\Z"
    )
    return (
        re.compile(chain),
        re.compile(
            rf"\b(?:{_any(words['language_verbs'])})(?:{_GAP}(?:in|into|from|to|some|only|fluent|good))?{_GAP}(?:the{_GAP})?\Z",
            re.I,
        ),
        re.compile(rf"\b(?:in|into){_GAP}\Z", re.I),
        re.compile(rf"[ -](?:{_any(words['language_nouns'])})\b", re.I),
        re.compile(rf"{_GAP}(?:and|or){_GAP}(?:{_any(words['languages'])})\b"),
        re.compile(rf"(?:{_GAP}[\w-]+)?{_GAP}(?:{_any(words['language_media'])})\b", re.I),
    )


def is_language(place: Place) -> bool:
    """Whether the adjective names a language (speaks French, in Spanish, English-speaking)."""
    words = lexicon()
    if place.kind != "adjective" or place.surface not in words["languages"]:
        return False
    chain, verb, preposition, noun, more, _ = _language_patterns()
    after = place.after
    while found := more.match(after):
        after = after[found.end() :]
    if noun.match(after):
        return True
    before = place.before
    if found := chain.search(before):
        before = before[: found.start()]
    follows = _NEXT_WORD.match(after)
    free = follows is None or follows[1] in words["language_stop"]
    if verb.search(before):
        return free or bool(re.match(r"[^\w\s]", after))
    if preposition.search(before):
        return free
    return False


def in_language_media(place: Place) -> bool:
    """Whether tapes, books or stations follow: then a text about a language speaks of that language."""
    return (
        place.kind == "adjective"
        and place.surface in lexicon()["languages"]
        and bool(_language_patterns()[5].match(place.after))
    )


def is_shy(place: Place) -> bool:
    """Whether a demonym that is also a name (Dane, Finn) stands without an article or a number."""
    return (
        place.surface in lexicon()["shy_demonyms"]
        and place.kind == "demonym"
        and not _DETERMINER.search(place.before)
    )


_PRONOUN_BEFORE = re.compile(
    r"\b(?:LET|LETS|TELL|TELLS|TOLD|GIVE|GIVES|GAVE|HELP|HELPS|JOIN|CONTACT|ABOUT|FOLLOW|MAKE|MAKES|LEAVE|LEAVES|SHOW|SHOWS|TEACH|BRING|ASK|CALL|"
    r"AMONG|OF|WITH|TO|FOR|ALL|BOTH|LIKE|BETWEEN|KILL|KILLING|HURT|SAVE|WATCH|JUDGE|SEND|TAKE|KEEP|AGAINST)\s+\Z"
)
_AFTER_PRONOUN = re.compile(
    r"\s*(?:\Z|[.!?,;:)\"”’-]|(?:ALL|TO|AND|FROM|IN|ON|AT|OUT|UP|OFF|WITH|ABOUT|THE|A|BACK|DOWN|MORE|NOW|TOGETHER|SAYS?|BOTH|WHAT|WHY|HOW|THAT)\b)"
)


def is_pronoun(place: Place) -> bool:
    """Whether US in a line of capitals is the word "us" (LET US PRAY)."""
    if place.surface != "US":
        return False
    return bool(_PRONOUN_BEFORE.search(place.before) and _AFTER_PRONOUN.match(place.after))


# --- part of a longer name ----------------------------------------------------------------------------


def is_inside(place: Place) -> bool:
    """Whether the form is part of a longer name (Bank of Japan, Ukrainian Embassy, Iraq war)."""
    if place.hit.inside:
        return True
    words = lexicon()
    for span in place.spans:
        if span.label in ("ORG", "FAC", "MISC", "LOC") and _longer(place, span):
            return True
    if _right(place, words) or _left(place, words):
        return True
    return False


def _longer(place: Place, span: NameSpan) -> bool:
    """Whether a name span holds more than the form, an article, a compass word or a possessive."""
    offset = place.hit.start - span.start_char
    rest = span.surface[:offset] + " " + span.surface[offset + len(place.surface) :]
    if _POSSESSIVE.match(span.surface, offset + len(place.surface)):
        rest = span.surface[:offset]
    left = [w for w in re.findall(r"[^\W_]+", rest) if w[0].isupper() and w not in lexicon()["compass"]]
    return bool(left)


def _right(place: Place, words: dict[str, frozenset[str]]) -> bool:
    after = place.after
    if place.kind == "demonym" and place.surface not in words["surnames"]:
        return False
    if place.kind == "name" and re.match(rf"{_GAP}[Ww]ars?\b", after):
        return True
    run = capital_run(after)
    if not run:
        return False
    run = [_plain(w) for w in run]
    if place.titled:
        return run[0] in words["institutions"] and run[0] not in words["groups"]
    if run[0] in words["groups"]:
        return len(run) > 1 and run[-1] in words["institutions"]
    for word in run:
        if word in words["roles"]:
            return False
        if word in words["institutions"]:
            return True
    if run[-1] in words["last_words"]:
        return True
    return False


def _left(place: Place, words: dict[str, frozenset[str]]) -> bool:
    found = _BEFORE_OF.search(place.before)
    if found:
        return _plain(found[1]) in words["of_institutions"] and found[1][0].isupper()
    if place.kind not in ("name", "abbreviation") or place.titled or place.opens_sentence:
        return False
    previous = place.previous
    if not previous or not previous[0].isupper() or previous.endswith((".", "'s", "’s", "'", "’")):
        return False
    if previous in words["function_words"] or previous in words["compass"] or previous in words["roles"]:
        return False
    start = len(place.before) - len(place.before.rstrip()) + len(previous)
    lead = place.before[: len(place.before) - start].rstrip()
    return bool(lead) and lead[-1] not in ".!?:;\"“”'‘([—–-"
