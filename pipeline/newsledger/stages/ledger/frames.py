"""The verb that governs a figure: which, in what tense and voice, and how the figure hangs on it."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import Context
from newsledger.stages.ledger.lexicon import LISTS, VERBS, Verb, forms, lemmas, measure_noun
from newsledger.stages.ledger.measure import is_noun
from newsledger.stages.ledger.tokens import DATE, NAME, WORD

_STOPS = (LISTS["relatives"] | LISTS["conjunctions"] | {"that", ";", ":"}) - {"and", "or", "as"}
_AUXILIARY = LISTS["be"] | LISTS["have"] | LISTS["modals"] | LISTS["adverbs"]
_PREPOSITIONS = frozenset(["for", "of", "to", "at", "by", "from", "in", "on", "with", "over"])
_TENSES = ("past", "done", "s", "ing", "base")
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


def frame_of(c: Context) -> Frame | None:
    """The money verb of a figure; None where no verb of the lexicon governs it."""
    return _right(c) or _left(c)


def _form(c: Context, at: int) -> tuple[str, str] | None:
    """(lemma, tense) of a token that is a form of a money verb; past before base where it may be either."""
    if c.kind(at) != WORD or c.low(at - 1) in LISTS["determiners"] or c.low(at - 1) == "'s":
        return None
    found = [form for form in forms().get(c.low(at), ()) if form[0] in VERBS]
    return min(found, key=lambda form: _TENSES.index(form[1]), default=None)


def _left(c: Context) -> Frame | None:
    """The nearest money verb to the left in the clause."""
    preposition = c.low(c.left) if c.low(c.left) in _PREPOSITIONS else ""
    for at in range(c.left, max(-1, c.left - _FARTHEST), -1):
        if c.low(at) in _STOPS and (at < c.left or c.low(at) in ";:"):
            return None
        form = _form(c, at)
        if form is not None and not _is_noun(c, at, form):
            return Frame(at, VERBS[form[0]], form[1], _is_passive(c, at, form[1]), preposition, left=True)
    return None


def _is_noun(c: Context, at: int, form: tuple[str, str]) -> bool:
    """Whether a word that may be a verb is a noun or adjective: "total costs", "bid of", "a cut in"."""
    before, after = c.low(at - 1), c.low(at + 1)
    capital = c.article.text[c.tokens[at].start].isupper() and at > 0
    if form[1] == "ing":
        return (
            capital or after == "of" or (before not in LISTS["be"] and measure_noun([c.low(at)]) is not None)
        )
    if form[1] in ("past", "done") and form[0] != "bid":
        return False
    if before in LISTS["modals"] or before in ("to", "can", "not"):
        return False
    if form[1] == "base":
        return capital or c.kind(at - 1) != NAME or after == "of"
    beside = c.kind(at - 1) in (NAME, WORD) or before == ","
    return not beside or is_noun(c, at) or after in ("of", "in", "and", ",", "for", "from")


def _is_passive(c: Context, at: int, tense: str) -> bool:
    """Whether a participle is passive: after a form of "be", or before "by"."""
    before = at - 1
    while c.low(before) in LISTS["adverbs"] or c.low(before).endswith("ly"):
        before -= 1
    return tense in ("past", "done") and (c.low(before) in LISTS["be"] or c.low(at + 1) == "by")


def _right(c: Context) -> Frame | None:
    """ "$5m was paid", "$5m in aid pledged to": a participle after the figure and the noun in it."""
    at = c.at + 1
    while at < c.at + 7 and c.low(at) not in _AUXILIARY and not _participle(c, at):
        if c.kind(at) not in (WORD, NAME):
            return None
        at += 1
    auxiliary = False
    while c.low(at) in _AUXILIARY:
        auxiliary = auxiliary or c.low(at) in LISTS["be"]
        at += 1
    form = _participle(c, at)
    if form is None or not (auxiliary or c.kind(at + 1) == DATE or c.low(at + 1) in _PREPOSITIONS):
        return None
    return Frame(at, VERBS[form[0]], form[1], True, "", left=False)


def _participle(c: Context, at: int) -> tuple[str, str] | None:
    form = _form(c, at)
    return form if form is not None and form[1] in ("past", "done") else None


def subject_side(c: Context, verb: int) -> int:
    """The token before a verb and its auxiliaries, adverbs and the verbs it depends on ("agreed to pay")."""
    at = verb - 1
    while at >= 0 and (
        c.low(at) in _AUXILIARY
        or c.low(at) in LISTS["governors"]
        or (c.low(at + 1) == "to" and lemmas(c.low(at)))
        or c.low(at).endswith("ly")
        or (c.kind(at) == DATE and c.low(at - 1) not in ("in", "on"))
    ):
        at -= 1
    return at
