"""The noun phrase that completes "the amount is a ___", and what the money is for, by what stands beside."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import BREAKS, DATE, FIGURE, MARK, NAME, WORD, Context
from newsledger.stages.ledger.lexicon import LISTS, MEASURES, forms, lemmas, measure_noun, singular

_JOINING = LISTS["be_like"] | LISTS["change"]
_SKIPPED = LISTS["adverbs"] | LISTS["be"] | LISTS["have"] | LISTS["modals"] | LISTS["between_verb_and_amount"]
_LONGEST, _FARTHEST, _OUTER = 5, 24, 14
_BEFORE = {"of": "noun of", "including": "noun of", "at": "noun at", "worth": "noun worth", ":": "noun worth"}
_BEFORE |= dict.fromkeys(["totalling", "totaling", "exceeding", "averaging"], "subject") | {"(": "noun worth"}


class Measure(NamedTuple):
    """A measure: its tokens from ``first`` to ``last``, the noun of the lexicon that ends it, the rule."""

    first: int
    last: int
    noun: str
    rule: str

    @property
    def measure_class(self) -> str:
        """The class of the noun."""
        return MEASURES[self.noun]


def is_goods(c: Context, measure: Measure) -> bool:
    """Whether a measure is goods whose price is meant: "shares rose to $5"."""
    return measure.measure_class == "price" and singular(c.low(measure.last)) in LISTS["goods"]


def measure_of(c: Context) -> Measure | None:
    """The measure of a figure by the surest rule that finds one."""
    return _after(c) or _in_or_of(c) or _table_row(c) or _noun_of(c) or _subject(c) or _changed(c)


def _phrase(c: Context, first: int, last: int, rule: str) -> Measure | None:
    noun = measure_noun(c.lows(first, last)) if first <= last else None
    return Measure(first, last, noun, rule) if noun else None


def _forwards(c: Context, first: int, rule: str) -> Measure | None:
    """The noun phrase that begins at a token, names inside it included."""
    at = first
    while at - first < _LONGEST:
        kind, low = c.kind(at), c.low(at)
        inside = (kind == NAME or (low == "-" and at > first)) and c.kind(at + 1) == WORD
        plain = kind == WORD and low not in BREAKS and not _is_verb(c, at, first)
        if not plain and not (inside and c.low(at + 1) not in BREAKS):
            break
        at += 1
    return _phrase(c, first, at - 1, rule)


def _is_verb(c: Context, at: int, first: int) -> bool:
    """If a word is a verb: in the past ("a $5m contract awarded to"), or right after ("$5m pays for")."""
    tenses = {tense for _, tense in forms().get(c.low(at), ())}
    present = "s" in tenses and at == first == c.at + 1
    return present or ("past" in tenses and (at == first or measure_noun([c.low(at)]) is None))


def _after(c: Context) -> Measure | None:
    """ "a $5m loan", "$5m loan"."""
    first = c.at + 2 if c.low(c.at + 1) == "-" and c.low(c.at + 2) == "worth" else c.at + 1
    return _forwards(c, first, "noun after" if c.determined else "bare noun after")


def _in_or_of(c: Context) -> Measure | None:
    """ "$5m in aid", "$5m of debt", "$5m worth of exports"; not "$5m in cash"."""
    at = c.at + 1 + (c.low(c.at + 1) == "-")
    at += c.low(at) == "worth"
    preposition = c.low(at)
    if preposition not in ("in", "of"):
        return None
    at += 1
    while c.low(at) in LISTS["determiners"] or c.low(at) in ("new", "additional"):
        at += 1
    found = _forwards(c, at, f"{preposition} noun")
    medium = found is not None and preposition == "in" and c.low(found.last) in LISTS["instruments"]
    joined = found is not None and c.low(found.last + 1) in (
        "and",
        "or",
    )  # "in pension and health care costs"
    return None if medium or joined else found


def _noun_of(c: Context) -> Measure | None:
    """ "a loan of $5m", "a loss for the year of $5m", "contracts worth $5m", "aid, including $5m"."""
    rule = _BEFORE.get(c.low(c.left)) if not lemmas(c.low(c.left - 1)) & _JOINING else None
    return _backwards(c, c.left - 1, rule) if rule else None


def _backwards(c: Context, last: int, rule: str) -> Measure | None:
    """The noun phrase that ends at a token, or before a prepositional phrase, date or predicate there."""
    if c.low(last) == ",":
        last -= 1
    if c.low(last - 1) in LISTS["be"]:
        last -= 2
        while c.low(last) in _SKIPPED:
            last -= 1
    return _ending(c, last, rule) or _outer(c, last, rule)


def _ending(c: Context, last: int, rule: str) -> Measure | None:
    """The known noun at a token with the words before it that say which kind, a verb before them left out."""
    first = last + 1
    while first > 0 and last - first < _LONGEST - 1:
        kind, low = c.kind(first - 1), c.low(first - 1)
        hyphen = low == "-" and c.kind(first - 2) == WORD and first <= last
        if not hyphen and (kind != WORD or low in BREAKS or low == "'s"):
            break
        first -= 1
    found = _phrase(c, first, last, rule)
    while found and found.last - found.first >= len(found.noun.split()) and _leads(c, found.first):
        found = found._replace(first=found.first + 1)
    return found


def _leads(c: Context, at: int) -> bool:
    """Whether the first word of a phrase is a verb that governs it: "cutting costs", "reduce funding"."""
    return any(tense != "done" or lemma in _JOINING for lemma, tense in forms().get(c.low(at), ()))


def _outer(c: Context, last: int, rule: str) -> Measure | None:
    """The known noun before prepositional phrases: "a profit for the year"."""
    for at in range(last, max(0, last - _OUTER), -1):
        low = c.low(at)
        if c.kind(at) == FIGURE or low in (";", ":") or low in LISTS["relatives"]:
            return None
        if low in LISTS["conjunctions"] and low != "and":
            return None
        found = _ending(c, at - 1, rule) if low in LISTS["prepositions"] else None
        if found is not None:
            before = found.first - 1 - (c.low(found.first - 1) in LISTS["determiners"])
            return (_ending(c, before - 1, rule) if c.low(before) == "of" else None) or found
    return None


def _subject(c: Context) -> Measure | None:
    """ "Net profit in the year rose 10% to $5m": the noun before a verb that joins it to the amount."""
    joined = False
    for at in range(c.left, max(-1, c.left - _FARTHEST), -1):
        kind, low = c.kind(at), c.low(at)
        if low in LISTS["be"] or (lemmas(low) & _JOINING and not is_noun(c, at)):
            joined = True
            continue
        skipped = low in _SKIPPED or (kind in (DATE, MARK) and low not in ';:()"')
        change = kind == FIGURE and (c.low(at + 1) in ("to", "from") or c.low(at - 1) in ("from", "by", "("))
        if not skipped and not change:
            if low in ("which", "that"):
                at -= 2 if c.low(at - 1) == "," else 1
            return _backwards(c, at, "subject") if joined else None
    return None


def is_noun(c: Context, at: int) -> bool:
    """Whether a form that is noun and verb is a noun: "the cost", "a net loss", not "it cost"."""
    before = c.low(at - 1)
    if measure_noun([c.low(at)]) is None:
        return False
    if before == "'s" or before in LISTS["determiners"] or before in LISTS["prepositions"]:
        return True
    return before not in BREAKS and len((measure_noun([before, c.low(at)]) or "").split()) == 2


def _changed(c: Context) -> Measure | None:
    """ "cut its losses to $5m", "raise funding for schools by $5m", "a profit above $5m"."""
    if c.low(c.left) not in ("to", "by", "from", "above", "below", "between"):
        return None
    for at in range(c.left - 1, max(-1, c.left - 8), -1):
        mark = c.kind(at) in (DATE, MARK) and c.low(at) not in (";", ":", ")")
        if not (mark or c.low(at) in _SKIPPED or c.low(at) in ("year", "last") or c.kind(at) == FIGURE):
            return _backwards(
                c, at, "noun changed" if c.low(c.left) in ("to", "by", "from") else "noun above"
            )
    return None


def _table_row(c: Context) -> Measure | None:
    """ "Shr loss 13 cts vs profit 12 cts": a noun glued to the amount in a table of results."""
    if c.left != c.at - 1 or not any(token.low in ("vs", "versus") for token in c.tokens):
        return None
    return _ending(c, c.left - (c.low(c.left) == "of"), "table row")


_PREPOSITIONS, _DETERMINERS = LISTS["prepositions"], LISTS["determiners"]
_ENDS = (_PREPOSITIONS - {"of"}) | LISTS["relatives"] | LISTS["conjunctions"] - {"and"} | {"that"}
_STOPS = LISTS["relatives"] | {";", ".", ":", ",", "that", "and", "but", "as"}
_NO_VERBS = _DETERMINERS | _PREPOSITIONS | LISTS["numbers"]
_NO_HEAD = _PREPOSITIONS | LISTS["be"] | LISTS["relatives"] | LISTS["pronouns"]
_MOST_WORDS = 12
_WITHIN = 9

Words = tuple[int, int, str]
"""First and last token, and the rule."""


def purpose_of(c: Context, name: str | None, measure: Measure | None) -> Words | None:
    """What the money is for, buys or prices, by tokens; ``name`` is the class.

    "Shares" that rose to $5, or the phrase after "for" or "to"; a name after "for" is a party.
    """
    if measure is not None and is_goods(c, measure):
        return measure.first, measure.last, "goods"
    start = measure.last + 1 if measure and measure.last > c.at else c.at + 1
    for at in range(start, min(len(c.tokens), start + _WITHIN)) if name != "price" else ():
        low = c.low(at)
        if low in _STOPS or c.kind(at) == FIGURE:
            return None
        if low == "for" and c.kind(_content(c, at + 1)) not in (DATE, NAME):
            return _purpose(c, at + 1, f"for: {name or 'no class'}")
        if low == "to" and name not in LISTS["results"] and _is_infinitive(c, at + 1):
            return _purpose(c, at + 1, "to do")
    return None


def _is_infinitive(c: Context, at: int) -> bool:
    """Whether a word after "to" is an infinitive: no name, article, number or plural."""
    low, after = c.low(at), c.low(at + 1)
    plain = c.kind(at) == WORD and low not in _NO_VERBS and not low.endswith("s")
    return plain and not after.endswith("ies") and after not in ("'s", "and")


def _content(c: Context, at: int) -> int:
    while c.low(at) in _DETERMINERS or c.low(at) in ("about", "some"):
        at += 1
    return at


def _purpose(c: Context, at: int, rule: str) -> Words | None:
    """The phrase from a token's first content word to the end of its noun phrase."""
    first = last = _content(c, at)
    if c.kind(first) not in (WORD, NAME) or c.low(first) in _NO_HEAD:
        return None
    while (
        last - first < _MOST_WORDS and c.kind(last + 1) in (WORD, NAME, MARK) and c.low(last + 1) not in _ENDS
    ):
        if c.kind(last + 1) == MARK and c.low(last + 1) not in ("-", "&", "/", "'"):
            break
        last += 1
    while last > first and c.low(last) in ("and", "of", "the", "a", "-", "later", "today"):
        last -= 1
    return first, last, rule
