"""The clause of a figure: its verb, how the figure hangs on it, its subject, and what the rules make of it.

Rules say the class of a figure by its unit, noun or verb, its measure, and whether it is denied; their
answers are weighed in ``combined``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from newsledger.stages.ledger.context import DATE, NAME, WORD, Answer, Context, as_words
from newsledger.stages.ledger.lexicon import (
    BREAKS,
    FLAGS,
    LISTS,
    PHRASES,
    VERBS,
    Verb,
    forms,
    lemmas,
    measure_noun,
    precision,
)
from newsledger.stages.ledger.measure import Measure, is_goods, is_noun, measure_of
from newsledger.values.ledger import Comparison, LedgerFlag

_STOPS = (LISTS["relatives"] | LISTS["conjunctions"] | {"that", ";", ":"}) - {"and", "or", "as"}
_AUXILIARY = LISTS["be"] | LISTS["have"] | LISTS["modals"] | LISTS["adverbs"]
_PREPOSITIONS = frozenset(["for", "of", "to", "at", "by", "from", "in", "on", "with", "over"])
_DONE = ("past", "done")
_TENSES = (*_DONE, "s", "ing", "base")
_FARTHEST = 22


class Frame(NamedTuple):
    """A verb with a figure: its token, entry, tense and voice, and the preposition between ("" for none).

    ``left`` is whether the verb stands before the figure: "paid $5m for", not "$5m was paid to".
    """

    at: int
    verb: Verb
    tense: str
    passive: bool
    preposition: str
    left: bool


def _form(c: Context, at: int, tenses: Sequence[str] = _TENSES) -> tuple[str, str] | None:
    """(lemma, tense) of a token that is a form of a money verb; past before base where it may be either."""
    if c.kind(at) != WORD or c.low(at - 1) in LISTS["determiners"] or c.low(at - 1) == "'s":
        return None
    found = [form for form in forms().get(c.low(at), ()) if form[0] in VERBS and form[1] in tenses]
    return min(found, key=lambda form: _TENSES.index(form[1]), default=None)


def _left(c: Context) -> Frame | None:
    """The nearest money verb to the left in the clause."""
    preposition = c.low(c.left) if c.low(c.left) in _PREPOSITIONS else ""
    for at in range(c.left, max(-1, c.left - _FARTHEST), -1):
        if c.low(at) in _STOPS and (at < c.left or c.low(at) in ";:"):
            return None
        form = _form(c, at)
        if form is not None and not _is_noun(c, at, form):
            passive = form[1] in _DONE and (c.low(at - 1) in LISTS["be"] or c.low(at + 1) == "by")
            return Frame(at, VERBS[form[0]], form[1], passive, preposition, left=True)
    return None


def _is_noun(c: Context, at: int, form: tuple[str, str]) -> bool:
    """Whether a word that may be a verb is a noun or adjective: "total costs", "bid of", "a cut in"."""
    before, after = c.low(at - 1), c.low(at + 1)
    capital = c.article.text[c.tokens[at].start].isupper() and at > 0
    if form[1] == "ing":
        noun = before not in LISTS["be"] and measure_noun([c.low(at)]) is not None
        return capital or after == "of" or noun
    if form[1] in _DONE and form[0] != "bid":
        return False
    if before in LISTS["modals"] or before in ("to", "can", "not"):
        return False
    if form[1] == "base":
        return capital or c.kind(at - 1) != NAME or after == "of"
    beside = c.kind(at - 1) in (NAME, WORD) or before == ","
    return not beside or is_noun(c, at) or after in ("of", "in", "and", ",", "for", "from")


def _right(c: Context) -> Frame | None:
    """ "$5m was paid", "$5m in aid pledged to": a participle after the figure and the noun in it."""
    at = c.at + 1
    while at < c.at + 7 and c.low(at) not in _AUXILIARY and not _form(c, at, _DONE):
        if c.kind(at) not in (WORD, NAME):
            return None
        at += 1
    auxiliary = False
    while c.low(at) in _AUXILIARY:
        auxiliary = auxiliary or c.low(at) in LISTS["be"]
        at += 1
    form = _form(c, at, _DONE)
    if form is None or not (auxiliary or c.kind(at + 1) == DATE or c.low(at + 1) in _PREPOSITIONS):
        return None
    return Frame(at, VERBS[form[0]], form[1], True, "", left=False)


def subject_side(c: Context, verb: int) -> int:
    """The token before a verb and its auxiliaries, adverbs and the verbs it depends on ("agreed to pay")."""
    at = verb - 1
    while at >= 0 and (
        c.low(at) in _AUXILIARY
        or c.low(at) in LISTS["governors"]
        or (c.low(at + 1) == "to" and lemmas(c.low(at)))
        or c.low(at).endswith("ly")
    ):
        at -= 1
    return at


_OUTSIDE = LISTS["conjunctions"] | LISTS["relatives"] | LISTS["be"]
_STEPS = 14
_LONGEST = 4

Span = tuple[int, int]
"""First and last token of a party."""


class Clause(NamedTuple):
    """A figure with what the other rules say of it: class, measure, verb, and the subject of the verb."""

    c: Context
    name: str | None
    measure: Measure | None
    verb: Frame | None
    subject: Span | None


def party_at(c: Context, at: int) -> Span | None:
    """The tokens of the party that begins at a token: a name, "it", "the company", "Chadian farmers"."""
    entity = c.entity(at)
    named = entity is not None and not entity.adjective and entity.type is not None
    if named or c.low(at) in LISTS["party_pronouns"]:
        return at, at
    if c.low(at) in ("the", "this"):
        end = _first_of(c, at + 1, LISTS["organisation_nouns"])
        return (at, end + 2 * (c.low(end + 1) == "of" and c.kind(end + 2) == NAME)) if end > at else None
    end = _first_of(c, at, LISTS["people"])
    verb = c.low(at) in LISTS["helping"] or lemmas(c.low(at))
    return (at, end) if end >= at and not verb and c.low(end + 1) not in LISTS["people"] else None


def _first_of(c: Context, first: int, nouns: Collection[str]) -> int:
    """The first of some nouns in the noun phrase that begins at a token, -1 where it has none."""
    end = next((n for n in range(first, first + _LONGEST) if c.low(n) in nouns), -1)
    phrase = c.tokens[first : end + 1]
    return end if all(token.kind in (WORD, NAME) and token.low not in BREAKS for token in phrase) else -1


def _left_party(c: Context, at: int) -> Span | None:
    """The party before a token that is a subject; appositions, brackets and "of Chad" are passed over."""
    for _ in range(_STEPS):
        low = c.low(at)
        if at < 0 or low in LISTS["clause_ends"]:
            return None
        if low in ("which", "who"):
            at -= 2 if c.low(at - 1) == "," else 1
        elif low in (",", "--", ")"):
            opening, most = ("(", 8) if low == ")" else (",", 18)
            at = next((i - 1 for i in range(at - 1, max(-1, at - most), -1) if c.low(i) == opening), -1)
        else:
            parties = (party_at(c, first) for first in range(at, max(-1, at - _LONGEST), -1))
            found = next((party for party in parties if party and party[1] == at), None)
            found = None if found == (at, at) and c.low(at + 1) == "'s" else found
            before = _preposition_before(c, found[0] if found else at)
            if before is None:
                return found
            at = before - 1
    return None


def _preposition_before(c: Context, at: int) -> int | None:
    """The preposition whose phrase holds a token; None if a noun phrase of its own begins there."""
    for i in range(at - 1, max(-1, at - 6), -1):
        low = c.low(i)
        if low in LISTS["prepositions"] and low != "as":
            return i
        if c.kind(i) not in (WORD, NAME) or low in _OUTSIDE:
            return None
    return None


_WEAK = frozenset(PHRASES["weak_nouns"])
_SMALL = 3000
"""Amounts that "cost" governs are prices below this, costs above."""
_READ = 60


@dataclass(frozen=True)
class Draft:
    """What is known of a figure: its clause; answers for measure, class, status, purpose and period."""

    clause: Clause | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    parties: tuple[Answer, ...] = ()
    comparison: Comparison = "current"
    flags: tuple[LedgerFlag, ...] = ()

    def value(self, field: str) -> str | None:
        """The answer for a field, None if there is none."""
        return self.answers[field].value if field in self.answers else None


def draft_of(c: Context) -> Draft:
    """The answers for a figure from its own sentence, each with the measured precision of its rule."""
    measure, verb = measure_of(c), _right(c) or _left(c)
    noun = measure if measure is not None and not is_goods(c, measure) else None
    of_class = _of_unit(c, measure) or (_of_noun(c, noun) if noun else None) or _of_verb(c, verb)
    name = of_class.value if of_class else None
    said = {"measure": c.answer(noun.rule, noun.first, noun.last) if noun else None, "class": of_class}
    answers = {
        topic: answer._replace(confidence=precision(topic, answer.basis))
        for topic, answer in said.items()
        if answer is not None
    }
    subject = _left_party(c, subject_side(c, verb.at)) if verb is not None and verb.left else None
    return Draft(Clause(c, name, measure, verb, subject), answers, flags=tuple(flags_of(c)))


def _of_unit(c: Context, measure: Measure | None) -> Answer | None:
    """A price by its unit; an amount a share is profit where profit is spoken of."""
    unit, noun = c.figure.per_unit, measure.measure_class if measure else None
    if unit == "share" and noun in (None, "price"):
        found = LISTS["earnings"].intersection(token.low for token in c.tokens)
        return c.answer("profit a share", c.at, c.at, "profit") if found else None
    if unit != "share" and unit in LISTS["goods_units"] and noun not in ("pay", "tax"):
        return c.answer(f"unit: {unit}", c.at, c.at, "price")
    return None


def _of_noun(c: Context, measure: Measure) -> Answer:
    """The class of the measure noun; "cut costs by $5m" is a saving, "earnings from tourism" revenue."""
    first, last, name = measure.first, measure.last, measure.measure_class
    cut = lemmas(c.low(first - 1)) & LISTS["cutting"]
    if cut and name in ("cost", "spending", "pay", "budget") and c.low(c.left) == "by":
        return c.answer("cut by", first - 1, last, "saving")
    if c.low(last) == "earnings" and c.low(last + 1) == "from":
        return c.answer("earnings from", first, last, "revenue")
    basis = f"weak noun: {measure.noun}" if measure.noun in _WEAK else f"{measure.rule}: {name}"
    return c.answer(basis, first, last, name)


def _of_verb(c: Context, verb: Frame | None) -> Answer | None:
    """The class of the verb that governs the figure."""
    if verb is None or verb.verb.measure_class == "-":
        return None
    value = c.figure.value_low
    if verb.verb.lemma == "cost" and value is not None and value < _SMALL:
        return None  # what a thing costs is its price
    clear = verb.verb.lemma in LISTS["clear_verbs"]
    kind = "far verb" if verb.left and c.left - verb.at > 3 else "clear verb" if clear else "verb"
    how = " with preposition" if verb.left and verb.preposition else ""
    return c.answer(f"{kind}{how}: {verb.verb.lemma}", verb.at, verb.at, verb.verb.measure_class)


def flags_of(c: Context) -> Iterator[LedgerFlag]:
    """The flags of a figure, by the words of its sentence around it."""
    before, after = c.tokens[max(0, c.at - _READ) : c.at], c.tokens[c.at + 1 : c.at + _READ]
    passage = " ".join(["", *as_words(before), "A", *as_words(after), ""])
    yield from (cast("LedgerFlag", flag) for flag, pattern in FLAGS.items() if pattern.search(passage))
