"""What the mention model reads of a figure, and what it answers: marks and hints on the words, heads.

Used alike where the model is trained and where it runs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar, get_args

from newsledger.mention_model.window import Mark
from newsledger.stages.ledger.context import Article
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.lexicon import CUES, MEASURES, VERBS, lemmas, measure_noun
from newsledger.values.ledger import Comparison, MeasureClass, Status
from newsledger.values.mentions import DateMention, MoneyMention, NameSpan

CLASSES, STATUSES = get_args(MeasureClass), get_args(Status)
KINDS = {
    kind: n for n, kind in enumerate(("figure", "date", "PER", "ORG", "LOC", "FAC", "NORP", "MISC"), start=1)
}
"""Marks on words: figures, dates, names by label."""
HINTS = {
    hint: n
    for n, hint in enumerate(
        (
            *(f"noun {name}" for name in CLASSES),
            *(f"verb {name}" for name in ("-", *CLASSES)),
            *(f"cue {name}" for name in STATUSES),
        ),
        start=1,
    )
}
"""What the lexicons know of a word: class of a measure noun, class of a money verb, status of a cue."""
MENTION_HEADS = {"class": ("", *CLASSES), "status": STATUSES, "comparison": get_args(Comparison)}
"""Labels of the figure; no class is: no money after all."""
WORD_HEADS = {
    "party": ("", "payer", "recipient", "holder", "channel"),
    "source": ("", "source"),
    "measure": ("", "measure"),
    "purpose": ("", "purpose"),
    "cue": ("", "cue"),
    "period": ("", "period"),
}
"""Labels of each word."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


M = TypeVar("M", NameSpan, DateMention, MoneyMention)


def between(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions, given in text order, that begin between two offsets."""
    first, last = (bisect_left(mentions, at, key=lambda one: one.start_char) for at in (start, end))
    return mentions[first:last]


def marks_of(article: Article, start: int, end: int) -> list[Mark]:
    """Marks of names, then dates, then figures, which win where they overlap, between two offsets."""
    found = [Mark(name.start_char, name.end_char, name.label) for name in between(article.names, start, end)]
    found += (Mark(d.start_char, d.end_char, "date") for d in between(article.dates, start, end))
    found += (Mark(f.start_char, f.end_char, "figure") for f in between(article.figures, start, end))
    return found


def hints_of(
    article: Article, sentences: Sequence[tuple[int, int]], drafts: Mapping[int, Draft]
) -> list[Mark]:
    """What the lexicons know of the words of sentences: cues, verbs, nouns, of which the later win.

    On each figure stands the class that the rules say it is of; ``drafts`` by the numbers of figures.
    """
    found = [mark for place in sentences for mark in _hints(article.text, *place)]
    said = [
        Mark(*article.place(index), f"noun {draft.measure_class.value}")
        for index, draft in drafts.items()
        if draft.measure_class
    ]
    return [mark for _, mark in sorted(found, key=lambda one: one[0])] + said


@lru_cache(maxsize=8)
def _hints(text: str, start: int, end: int) -> list[tuple[int, Mark]]:
    """The hints of a sentence, each with its rank; kept, since sentences are read again before others."""
    words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    found: list[tuple[int, Mark]] = []
    for n, (word, first, last) in enumerate(words):
        if cue := CUES.get(f"word {word}"):
            found.append((0, Mark(first, last, f"cue {cue.transfers}")))
        for lemma in sorted(lemmas(word)):
            if cue := CUES.get(f"verb {lemma}"):
                found.append((0, Mark(first, last, f"cue {cue.transfers}")))
            if verb := VERBS.get(lemma):
                found.append((1, Mark(first, last, f"verb {verb.measure_class}")))
        noun = measure_noun([one for one, _, _ in words[max(0, n - 3) : n + 1]])
        if noun is not None:
            begin = words[n + 1 - len(noun.split())][1]
            found.append((2, Mark(begin, last, f"noun {MEASURES[noun]}")))
    return found
