"""Whether a date is of what has happened or of what will, by the clause that governs it.

`clauses` finds the governing verb group; here stand what outweighs it (the contracts of a market, "postponed
to", "since") and what a possessive ("Friday's vote") or a limit ("before", "until") makes of it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import words as w
from newsledger.stages.dates.clauses import REACH, Group, Sentence, Tense, governing, opens, parse
from newsledger.stages.dates.words import ALL_MONTHS, CUES, LISTS


class Evidence(NamedTuple):
    """What was found: the tense, the words that show it, whether they are sure, and on which side they stand.

    ``limit`` is set where the date ends or begins what a verb of the past tells of ("quit before the vote
    on"): it may lie on either side of publication.
    """

    tense: Tense | None
    word: str = ""
    strong: bool = True
    side: Literal["left", "right"] = "left"
    limit: bool = False


NOTHING = Evidence(None)

_LEFT_CUES: tuple[tuple[Evidence, str], ...] = (
    (Evidence("past", "since"), r"\bsince\s+(?:the\s+)?(?:early\s+|late\s+|last\s+)?\Z"),
    (  # it has delayed its meeting to June 22; the vote was moved to Friday
        Evidence("future", "put off to"),
        r"\b(?:(?:delayed|postponed|rescheduled|deferred|pushed\s+back|put\s+(?:off|back))\s+(?:[\w’'-]+\s+){1,6}?|"
        r"(?:is|was|been)\s+(?:moved|shifted)\s+)"
        r"(?:to|until|till)\s+\Z",
    ),
    (  # possibly on Sunday; effective Monday; details of Friday's visits; declaring May 9 a day of rest
        Evidence("future", "possibly", strong=False),
        r"\b(?:possibly|probably|perhaps|maybe|tentatively)\s+(?:on\s+|by\s+|in\s+|as\s+early\s+as\s+)?\Z|"
        r"\beffective\s+(?:on\s+)?\Z|\bdetails\s+(?:of|on|for)\s+\Z|"
        r"\b(?:declar|designat|proclaim)(?:e|es|ing)\s+(?:the\s+)?\Z",
    ),
)
"""Patterns before a date that is over or yet to come."""
_RIGHT_CUES: tuple[tuple[Evidence, str], ...] = (
    (Evidence("future", "coming"), rf"\s+(?:\d+\s+)?(?:{w.one_of('contract_words')})\b"),
    (  # June cotton closed at ..., said of a contract for June
        Evidence("future", "a contract"),
        rf"\s+(?:{w.one_of('traded_goods')})\s+(?:{w.one_of('contract_verbs')})\b",
    ),
)
"""Patterns after a date that is yet to come."""
_LEFT = tuple((found, lazy_regex(pattern, re.IGNORECASE)) for found, pattern in _LEFT_CUES)
_RIGHT = tuple((found, lazy_regex(pattern)) for found, pattern in _RIGHT_CUES)


def _is_months(surface: str) -> bool:
    """Whether a mention is a month or several ("july through september")."""
    words = re.split(r"[\s/–-]+", surface)
    return all(word in ALL_MONTHS or word in ("to", "through", "and") for word in words)


def evidence(text: str, start: int, end: int, sentence: tuple[int, int]) -> Evidence:
    """The tense around ``text[start:end]`` inside its sentence.

    >>> line = "He said on Wednesday that the bank will cut rates on Friday."
    >>> evidence(line, 11, 20, (0, len(line))).tense, evidence(line, 53, 59, (0, len(line))).tense
    ('past', 'future')
    """
    near = max(sentence[0], start - 120)  # no cue is longer
    for found, pattern in _LEFT:
        if pattern.search(text, near, start):
            return found
    for found, pattern in _RIGHT:
        if pattern.match(text, end):
            return found
    before = text[max(sentence[0], start - REACH) : start]
    months = _is_months(text[start:end].lower())
    if months and CUES["traded"].match(text, end) and CUES["quotation_opens"].search(before):
        return Evidence("future", "a contract")
    behind = text[end : min(sentence[1], end + REACH)]
    if months and CUES["thinking"].search(before):
        return NOTHING
    if unplanned := CUES["unplanned"].match(behind):
        return Evidence("past", unplanned["event"], side="right")
    limit = CUES["limit_before"].search(text, max(near, start - 48), start)
    if owned := CUES["possessive"].match(behind):
        return _of_possessed(parse(text, start, end + owned.end(), sentence), before, limited=bool(limit))
    parsed = parse(text, start, end, sentence)
    group, left = governing(parsed)
    if limit:
        return _limited(group, left, before, limit.group().split()[0].lower())
    return _by_group(group, left, parsed)


def _by_group(group: Group | None, left: bool, parsed: Sentence) -> Evidence:
    """The tense of a verb group; a group behind a date in mid-sentence shows little."""
    side: Literal["left", "right"] = "left" if left else "right"
    if group is None or group.tense != "past":
        since = group.end if group is not None and left else 0
        if CUES["after_talks"].search(" ".join(parsed.words[since : parsed.at]) + " "):
            ahead = group is not None and group.tense == "future"
            return Evidence(None if ahead else "past", "after", False, limit=ahead)
    if group is None or group.tense is None:
        return Evidence(None, group.words if group else "", False)
    if group.name in ("is done", "is doing") and left and parsed.at - group.end > 5 and not group.strong:
        return Evidence(None, group.words, False)
    if group.name in ("was to", "was planned"):
        return Evidence("future", group.words, False, side, limit=group.name == "was to")
    said = group.words.split()[0] in LISTS["reporting"]
    beside = (group.tense == "future" or said) and group.start - parsed.at <= 2
    sure = group.strong and (left or parsed.at <= 4 or beside or opens(parsed))
    return Evidence(group.tense, group.words, sure, side)


def _limited(group: Group | None, left: bool, before: str, word: str) -> Evidence:
    """By, before, until: ahead by a verb that looks ahead, open behind one of the past."""
    if CUES["sets_limit"].search(before, max(0, len(before) - 120)):
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
    done = word in ("by", "from", "through", "starting") and "ing" not in group.words
    return Evidence("past", group.words, done and group.name == "has done", side, limit=not done)


def _of_possessed(parsed: Sentence, before: str, *, limited: bool) -> Evidence:
    """Monday's meeting: the tense of its verb; what one does to it leaves open on which side it lies."""
    words, tags, at, groups = parsed
    if limited and words[at + 1 : at + 2] == ["deadline"]:
        return Evidence("future", "deadline")
    if CUES["after_event"].search(before):
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
    open_form = group.name in ("to do", "opening", "opens", "to be done", "do", "could")
    return not open_form and not (group.name == "done" and tags[group.end : group.end + 1] == "P")
