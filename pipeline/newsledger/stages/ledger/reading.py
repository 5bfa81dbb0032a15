"""What the mention model reads of a figure, and what it answers: marks and hints on the words, heads.

Used alike where the model is trained and where it runs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar, get_args

from newsledger.mention_model.window import TARGET, Mark, read_range
from newsledger.stages.ledger.context import Article
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.lexicon import CUES, MEASURES, VERBS, lemmas, measure_noun
from newsledger.values.ledger import Comparison, MeasureClass, Status
from newsledger.values.mentions import DateMention, MoneyMention, NameSpan

CLASSES, STATUSES = get_args(MeasureClass), get_args(Status)
KINDS = {
    kind: n
    for n, kind in enumerate((TARGET, "figure", "date", "PER", "ORG", "LOC", "FAC", "NORP", "MISC"), start=1)
}
"""Marks on words: the figure read, other figures, dates, names by label."""
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


def target_of(article: Article, index: int) -> tuple[int, int]:
    """The offsets of a figure."""
    figure = article.figures[index]
    return figure.start_char, figure.end_char


def between(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions, given in text order, that begin between two offsets."""
    first, last = (bisect_left(mentions, at, key=lambda one: one.start_char) for at in (start, end))
    return mentions[first:last]


def marks_of(article: Article, index: int) -> list[Mark]:
    """Marks of names, then dates, then the other figures, which win where they overlap.

    Only what may stand in the sentences that are read is looked at.
    """
    target = target_of(article, index)
    read = read_range(article.layout, target)
    bounds = read[0][0], read[-1][1]
    found = [Mark(name.start_char, name.end_char, name.label) for name in between(article.names, *bounds)]
    found += (Mark(d.start_char, d.end_char, "date") for d in between(article.dates, *bounds))
    others = (f for f in between(article.figures, *bounds) if f.start_char != target[0])
    found += (Mark(figure.start_char, figure.end_char, "figure") for figure in others)
    return found


def hints_of(article: Article, index: int, draft: Draft) -> list[Mark]:
    """What the lexicons know of the words that are read: cues, verbs, nouns, of which the later win.

    On the figure itself stands the class that the rules say it is of.
    """
    target = target_of(article, index)
    found: list[list[Mark]] = [[], [], []]
    for start, end in read_range(article.layout, target):
        words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(article.text, start, end)]
        for rank, mark in _hints(words):
            found[rank].append(mark)
    said = [Mark(*target, f"noun {draft.measure_class.value}")] if draft.measure_class else []
    return [*(mark for marks in found for mark in marks), *said]


def _hints(words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, Mark]]:
    for n, (word, start, end) in enumerate(words):
        if cue := CUES.get(f"word {word}"):
            yield 0, Mark(start, end, f"cue {cue.transfers}")
        for lemma in sorted(lemmas(word)):
            if cue := CUES.get(f"verb {lemma}"):
                yield 0, Mark(start, end, f"cue {cue.transfers}")
            if verb := VERBS.get(lemma):
                yield 1, Mark(start, end, f"verb {verb.measure_class}")
        noun = measure_noun([one for one, _, _ in words[max(0, n - 3) : n + 1]])
        if noun is not None:
            first = words[n + 1 - len(noun.split())][1]
            yield 2, Mark(first, end, f"noun {MEASURES[noun]}")
