"""The noun phrase that completes "the amount is a ___", by what stands beside the amount."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import DATE, FIGURE, MARK, NAME, WORD, Context
from newsledger.stages.ledger.lexicon import BREAKS, LISTS, MEASURES, forms, lemmas, measure_noun, singular

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
    """The measure of a figure by the surest rule that finds one.

    First "a $5m loan"; before an amount of results ("loss 13 cts vs profit 12 cts") the noun glued to it.
    """
    found = _forwards(c, c.at + 1, "noun after" if c.determined else "bare noun after") or _in_or_of(c)
    if not found and c.left == c.at - 1 and any(token.low in ("vs", "versus") for token in c.tokens):
        found = _ending(c, c.left, "table row")
    return found or _noun_of(c) or _subject(c) or _changed(c)


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
    joined = found is not None and c.low(found.last + 1) in ("and", "or")  # "in pension and health costs"
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
        if kind != WORD or low in BREAKS or low == "'s":
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
            return found
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
            changed = c.low(c.left) in ("to", "by", "from")
            return _backwards(c, at, "noun changed" if changed else "noun above")
    return None
