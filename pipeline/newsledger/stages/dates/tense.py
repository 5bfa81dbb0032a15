"""Whether a date is past or future, judged by the clause that governs it.

`clauses` finds the governing verb group; here stand what outweighs it (the contracts of a market, "postponed
to", "since") and what a possessive ("Friday's vote") or a limit ("before", "until") makes of it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from newsledger.grammar import Span
from newsledger.stages.dates.clauses import Group, Sentence, Tense, governing, opens, parse
from newsledger.stages.dates.cues import CUES, cue
from newsledger.stages.dates.words import ALL_MONTHS, LISTS


class Evidence(NamedTuple):
    """Evidence for the tense: the tense, the words, whether they are conclusive, and their side.

    ``limit`` is set where the date ends or begins what a verb of the past tells of ("quit before the vote
    on"): it may lie on either side of publication.
    """

    tense: Tense | None
    word: str = ""
    strong: bool = True
    side: Literal["left", "right"] = "left"
    limit: bool = False


NOTHING = Evidence(None)

SURE = {
    "since": Evidence("past", "since"),
    "put_off": Evidence("future", "put off to"),
    "prospects": Evidence("future", "prospects"),
    "possibly": Evidence("future", "possibly", strong=False),
    "coming_contract": Evidence("future", "coming"),
    "traded_contract": Evidence("future", "a contract"),
}
"""What outweighs the verb, by its cue."""


def _is_months(surface: str) -> bool:
    """Whether a mention is a month or several ("july through september")."""
    words = re.split(r"[\s/–-]+", surface)
    return all(word in ALL_MONTHS or word in ("to", "through", "and") for word in words)


def evidence(span: Span) -> Evidence:
    """The tense around a mention; the segment of ``span`` is its sentence.

    >>> line = "He said on Wednesday that the bank will cut rates on Friday."
    >>> [evidence(Span(line, line.lower(), *place, 0, len(line))).tense for place in ((11, 20), (53, 59))]
    ['past', 'future']
    """
    for name, found in SURE.items():
        if cue(name, span):
            return found
    months = _is_months(span.low_surface)
    if months and cue("traded", span) and cue("quotation_opens", span):
        return Evidence("future", "a contract")
    if unplanned := cue("unplanned", span):
        return Evidence("past", unplanned["event"], side="right")
    limit = cue("limit_before", span)
    sentence = (span.segment_start, span.segment_end)
    if owned := cue("possessive", span):
        parsed = parse(span.text, span.start, owned.end(), sentence)
        return _of_possessed(parsed, span, limited=bool(limit))
    parsed = parse(span.text, span.start, span.end, sentence)
    group, left = governing(parsed)
    if limit:
        return _limited(group, left, span, limit.group().split()[0])
    return _by_group(group, left, parsed)


def _by_group(group: Group | None, left: bool, parsed: Sentence) -> Evidence:
    """The tense of a verb group; a group behind a date in mid-sentence shows little."""
    side: Literal["left", "right"] = "left" if left else "right"
    if group is None or group.tense != "past":
        since = group.end if group is not None and left else 0
        if CUES["after_talks"].regex.search(" ".join(parsed.words[since : parsed.at]) + " "):
            ahead = group is not None and group.tense == "future"
            return Evidence(None if ahead else "past", "after", False, limit=ahead)
    if group is None or group.tense is None:
        return Evidence(None, group.words if group else "", False)
    if group.name == "is doing" and left and parsed.at - group.end > 5:
        return Evidence(None, group.words, False)
    if group.name in ("was to", "was planned"):
        return Evidence("future", group.words, False, side, limit=group.name == "was to")
    said = group.words.split()[0] in LISTS["reporting"]
    beside = (group.tense == "future" or said) and group.start - parsed.at <= 2
    sure = group.strong and (left or parsed.at <= 4 or beside or opens(parsed))
    return Evidence(group.tense, group.words, sure, side)


def _limited(group: Group | None, left: bool, span: Span, word: str) -> Evidence:
    """By, before, until: ahead by a verb that looks ahead, open behind one of the past."""
    if cue("sets_limit", span):
        return Evidence("future", word)
    side: Literal["left", "right"] = "left" if left else "right"
    if group is not None and group.tense == "future":
        return Evidence("future", group.words, group.strong or group.name in ("was planned", "is done"), side)
    if group is not None and group.words.split()[0] in LISTS["intended_past"] - LISTS["reporting"]:
        return Evidence("future", group.words, True, side)
    if (
        group is None
        or group.tense is None
        or group.name == "to do"
        or (left and group.words.split()[0] in LISTS["reporting"])
    ):
        return Evidence(None, word, False, side, limit=True)
    done = word in ("by", "from", "through") and "ing" not in group.words
    return Evidence("past", group.words, group.name == "has done", side, limit=not done)


def _of_possessed(parsed: Sentence, span: Span, *, limited: bool) -> Evidence:
    """Monday's meeting: the tense of its verb; what one does to it leaves open on which side it lies."""
    _, tags, at, groups = parsed
    if cue("after_event", span):
        return Evidence("past", "possessive after a past event")
    own = next((one for one in groups if one.start > at), None)
    governs, left = governing(parsed)
    reported = not left or governs is None or governs.words.split()[0] in LISTS["reporting"]
    if own is not None and reported and _is_its_verb(own, tags, at):
        return Evidence(own.tense, own.words, own.strong)
    if governs is not None and left and governs.tense == "past" and not limited:
        return Evidence("past", f"possessive, {governs.words}")
    return Evidence(None, "possessive", False, limit=limited)


def _is_its_verb(group: Group, tags: str, at: int) -> bool:
    """Whether a verb group behind a possessive is that of its noun ("Friday's vote will decide")."""
    gap = tags[at + 1 : group.start]
    if group.tense is None or len(gap) > 6 or set(gap) & set(";,TRC&("):
        return False
    return group.name != "could"
