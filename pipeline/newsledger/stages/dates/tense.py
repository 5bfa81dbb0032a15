"""The tense around a date: whether its sentence reports what has happened or what will.

A heuristic over closed word lists, no tagger: the nearest verb group to the left of the date decides ("said
on Wednesday that it will cut rates on Friday"), and where there is none the nearest to the right ("On Friday
the council will vote").
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.stages.dates import words as w
from newsledger.stages.dates.words import ALL_MONTHS, LISTS

Tense = Literal["past", "future"]


class Evidence(NamedTuple):
    """What was found: the tense, and the words that show it."""

    tense: Tense | None
    word: str = ""
    strong: bool = True
    side: Literal["left", "right"] = "left"


NOTHING = Evidence(None)

PAST_VERBS, NOT_PAST = LISTS["past_verbs"], LISTS["not_past"]
WILL, MODALS, PLANNED = LISTS["will"], LISTS["modals"], LISTS["planned"]
INTENDED_PAST, BASE_VERBS = LISTS["intended_past"], LISTS["base_verbs"]
SCHEDULE_VERBS = LISTS["schedule_verbs"]
TO_BE = frozenset({"is", "are", "'s", "’s", "’re", "'re", "be"})

_TRADED = re.compile(
    rf"\s+(?:{any_of(w.LISTS['traded'])})\b(?:\s+(?:up|down|off|at|by|to|around|about|"
    rf"unchanged)){{0,2}}\s+[$£]?\d"
)
"""What follows a month that is a contract on a market ("June was 111.31")."""
_FIRST = re.compile(
    r"(?:\A|[.;:\n]\s*|\s[-–]\s|\b(?:key|benchmark|near|nearby|spot|active|actively\s+traded)\s+)\Z",
    re.IGNORECASE,
)
_LEFT_CUES: tuple[tuple[Evidence, str], ...] = (
    (Evidence("past", "since"), r"\bsince\s+(?:the\s+)?(?:early\s+|late\s+|last\s+)?\Z"),
    (Evidence("future", "coming"), r"\b(?:between\s+now\s+and|come)\s+(?:the\s+)?\Z"),
    (  # the meeting was moved to Thursday: rare, but a wrong day would follow
        Evidence("future", "moved to"),
        r"(?<!had\s)\b(?:is|are|was|were|been|being|be|and|it|has|have)\s+(?:moved|pushed|put|shifted|brought|"
        r"switched|delayed|deferred)\s+(?:(?:back|forward|off|up)\s+)?(?:from\s+[\w ,]{3,24}\s)?"
        r"(?:to|until|till)\s+(?:the\s+)?\Z",
    ),
    (  # it has delayed its meeting to June 22; a resolution declaring May 9 a day of mourning
        Evidence("future", "put off to"),
        r"\b(?:delayed|postponed|rescheduled|deferred|pushed\s+back|put\s+(?:off|back))\s+(?:[\w’'-]+\s+){1,6}?"
        r"(?:to|until|till)\s+\Z|\b(?:declar|designat|proclaim)(?:e|es|ing)\s+(?:the\s+)?\Z",
    ),
    (  # there will be a strike if nothing is settled by Thursday
        Evidence("future", "if"),
        r"\b(?:if|unless)\b[^.;]{3,90}\b(?:by|before|until|through(?:\s+to)?)\s+(?:the\s+)?\Z",
    ),
    (  # a meeting, possibly on Sunday; effective Monday; details of Friday's visits are as follows
        Evidence("future", "possibly", strong=False),
        r"\b(?:possibly|probably|perhaps|maybe|tentatively)\s+(?:on\s+|by\s+|in\s+|as\s+early\s+as\s+)?\Z|"
        r"\beffective\s+(?:on\s+)?\Z|\bdetails\s+(?:of|on|for)\s+\Z",
    ),
    (  # excited about returning in March
        Evidence("future", "awaited", strong=False),
        r"\b(?:(?:excited|glad|happy|nervous|enthusiastic|optimistic)\s+about\s+\w+ing|(?:eager|anxious|keen)\s+to)"
        r"\b[^.;]{0,100}\Z",
    ),
)
"""Patterns before a date that is over or yet to come."""
_RIGHT_CUES: tuple[tuple[Evidence, str], ...] = (
    (
        Evidence("future", "coming"),
        r"\s+(?:\d+\s+)?(?:s\s+(?:and|&)\s+ps?\b|contracts?|futures|delivery|deliveries|shipments?|loadings?|"
        r"arrivals?|raws?|raw\s+sugars?|whites)\b",
    ),
    (  # June cotton closed at ..., said of a contract for June
        Evidence("future", "a contract"),
        r"\s+(?:yen|marks?|sterling|pounds?|francs?|gold|silver|copper|platinum|crude|corn|wheat|oats|soybeans?|cotton|"
        r"sugar|coffee|cocoa|cattle|hogs|bellies|pork\s+bellies|bonds|t-bonds|eurodollars?|gilts?)\s+(?:could|may|"
        r"might|should|was|were|rose|fell|closed|closing|ended|settled|gained|lost|eased|traded|futures|contracts?)\b",
    ),
    (  # on Thursday, when the panel will meet
        Evidence("future", "when will"),
        r",?\s+when\s+(?:[\w’'.-]+\s+){1,5}?will\s",
    ),
)
"""Patterns after a date that is yet to come."""
_LEFT = tuple((found, re.compile(pattern, re.IGNORECASE)) for found, pattern in _LEFT_CUES)
_RIGHT = tuple((found, re.compile(pattern)) for found, pattern in _RIGHT_CUES)
_CONTRACTS = tuple(
    (re.compile(rf"{left}\Z", re.IGNORECASE), re.compile(right))
    for left, right in (
        (r"\b(?:bought|buying|buys|sold|selling|sells|(?:buyers?|sellers?)\s+of)\s+(?:\d[\d,]*\s+)?", ""),
        (r"\bfor\s+(?:shipment|delivery|loading)\s+(?:in\s+|between\s+|from\s+|during\s+)?(?:\w+/)*", ""),
        (r"\b(?:shipments?|contracts?|futures|deliver(?:y|ies))\b[^.;]{0,80}\b(?:and|,)\s+", r"\s+at\s+\d"),
        (r"\d\s+for\s+", r"\s*[.,;]"),
    )
)
"""Around a month of delivery (bought July soymeal, 125 for May/June): rare, but a wrong year would follow."""
_IF = re.compile(r"\bif\b[^.;]{3,140},\s*(?:the\s+|its\s+)?\Z", re.IGNORECASE)
_WOULD = re.compile(r"(?:['’]s)?(?:\s+[\w-]+){0,6}?\s+(?:would|will|could)\s")
"""If that were kept up, second quarter output would fall."""
_WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|t|re|ve|d))?|['’](?:ll|s)|[;:()]|--|—")
_STOPS = frozenset(";:()—") | {"--"}
_LIMIT = re.compile(
    r"\b(?:from|by|until|till|before|ahead\s+of|starting|beginning|effective)\s+(?:the\s+|early\s+|late\s+)?\Z",
    re.IGNORECASE,
)
_YET = frozenset({"before", "until", "once"})
_AFTER = frozenset({"after", "following", "despite", "since"})


def _is_months(surface: str) -> bool:
    """Whether a mention is a month or several ("july through september")."""
    words = re.split(r"[\s/–-]+", surface)
    return all(word in ALL_MONTHS or word in ("to", "through", "and") for word in words)


def _is_past(word: str) -> bool:
    return word in PAST_VERBS or (len(word) > 4 and word.endswith("ed") and word not in NOT_PAST)


def _is_will(word: str) -> bool:
    return word in WILL or word.endswith(("’ll", "'ll"))


def _planned(words: list[str], index: int) -> Evidence | None:
    """Scheduled, due, set, plans: only as verb or adjective ("announced plans" and "due to" are neither)."""
    word = words[index]
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in ("than", "as") and word.endswith("ed"):
        return None
    if before == "been" and "had" in words[max(0, index - 4) : index]:
        return Evidence("past", f"had been {word}")
    if word == "set" and after == "by":
        return Evidence("past", "set by")
    if word == "set" and before not in (*TO_BE, "was", "were", "looks", "look"):
        return None
    if word in ("plan", "plans", "deadline", "ready", "bound", "likely", "effective") and after != "to":
        return None if word != "deadline" else Evidence("future", word)
    if word in ("plan", "plans") and (_is_past(before) or before in LISTS["determiners"]):
        return None
    if word == "due" and after == "to" and not (index + 2 < len(words) and words[index + 2] in BASE_VERBS):
        return None
    return Evidence("future", word)


def _infinitive(words: list[str], index: int) -> Evidence | None:
    """To meet, to be held: as its governor says ("agreed to", "is to"), past where a past verb governs it."""
    word = words[index]
    start = index - 1 if words[index - 1] == "to" else index - 2
    for at in range(start - 1, max(-1, start - 9), -1):
        other = words[at]
        if other in _STOPS:
            break
        planned = _planned([*words[: at + 1], "to", "hold"], at) if other in PLANNED else None
        if planned is not None:
            return planned._replace(word=f"{planned.word} to {word}")
        if _is_will(other) or (other in ("is", "are", "’s", "'s") and at == start - 1):
            return Evidence("future", f"{other} to {word}")
        if other in INTENDED_PAST:
            return Evidence("future", f"{other} to {word}")
        if _is_past(other):
            return Evidence("past", f"{other} to {word}")
    return Evidence("future", f"to {word}") if start == 0 or words[start - 1] == "_" else None


_WE = frozenset({"we", "they", "i", "you"})
_SUBJECT = {word.title(): word for word in ("we", "they", "after", "following", "despite", "since")}
_WHEN = frozenset({"when", "once", "until"})
_DID = frozenset({"did", "didn't", "didn’t"})


def _modal(words: list[str], index: int) -> Evidence:
    """Could, would, should: ahead, but "should have left" is past and "could not pay" mostly is."""
    word = words[index]
    after = words[index + 1 : index + 4]
    if "have" in after[: 2 if after[:1] == ["not"] else 1] and word not in ("must", "can", "may"):
        return Evidence("past", f"{word} have")
    if word in LISTS["could_not"] or (word == "could" and after[:1] == ["not"]):
        return Evidence("past", "could not")
    return Evidence("future", word)


def _evidence_of(words: list[str], index: int) -> Evidence | None:
    """The tense by the word at ``index`` and the words to its left."""
    word = words[index]
    before = words[max(0, index - 4) : index]
    if _is_will(word):
        return Evidence("future", word)
    if word == "let" and words[index + 1 : index + 2] == ["us"]:
        return Evidence("future", "let us")
    if word == "forward" and before and before[-1].startswith("look"):
        return Evidence("future", f"{before[-1]} forward")
    if word in PLANNED:
        return _planned(words, index)
    if word in MODALS or word in LISTS["could_not"]:
        return _modal(words, index)
    if word in BASE_VERBS and before and before[-1] == "to":
        return _infinitive(words, index)
    if word in INTENDED_PAST and words[index + 1 : index + 2] == ["to"]:
        verb = words[index + 2] if index + 2 < len(words) else ""
        if verb and verb not in LISTS["determiners"] and verb != "_":
            return Evidence("future", f"{word} to {verb}")
    if _is_past(word):
        return _past_verb(words, index, before)
    return _base_verb(words, index, before) if word in BASE_VERBS and before else None


def _past_verb(words: list[str], index: int, before: list[str]) -> Evidence | None:
    """A past verb, or a participle that "will be", "to be" or "once it is" puts ahead."""
    word = words[index]
    if before and before[-1] in ("is", "are") and not _ONCE.isdisjoint(words[max(0, index - 8) : index]):
        return Evidence("future", f"{before[-1]} {word}")
    if (joined := _joined_to(words, index)) is not None:
        return _evidence_of(words, joined)
    if word.endswith("ed") and before and before[-1] in LISTS["owners"]:
        return None
    for steps, other in enumerate(reversed(before)):
        if _is_will(other) or other in MODALS:
            if steps and LISTS["auxiliaries"].isdisjoint(before[-steps:]):
                break
            return Evidence("future", f"{other} {word}")
        if other == "be" and "to" in before:
            last = before[-1] == "be"
            return _infinitive(words, index - 1) if last else Evidence("future", f"to be {word}")
        if other in LISTS["subjects"] and not (other == "have" and any(_is_will(one) for one in before)):
            break
    return Evidence("past", word)


def _base_verb(words: list[str], index: int, before: list[str]) -> Evidence | None:
    """An infinitive after "we", "to", "will", a modal or "did"."""
    word = words[index]
    if before[-1] in _WE:
        return Evidence("future", f"{before[-1]} {word}", strong=False)
    if before[-1] == "and" and (ahead := _will_before(words, index)):
        return Evidence("future", f"{ahead} {word}")
    if "to" in before[-2:]:
        return _infinitive(words, index)
    for at in range(index - len(before), index):
        if _is_will(words[at]):
            return Evidence("future", f"{words[at]} {word}")
        if words[at] in MODALS or words[at] in LISTS["could_not"]:
            found = _modal(words, at)
            return found._replace(word=f"{found.word} {word}")
    return Evidence("past", f"did {word}") if not _DID.isdisjoint(before[-2:]) else None


def _will_before(words: list[str], index: int) -> str:
    """The "will" whose second verb this is ("will draw up what they called a plan and present it"), or ""."""
    for at in range(index - 2, max(-1, index - 16), -1):
        if words[at] in _STOPS or words[at] == "that":
            return ""
        if _is_will(words[at]):
            return words[at]
    return ""


def _joined_to(words: list[str], index: int) -> int | None:
    """The participle to which another is joined ("to be signed and formally adopted"), None for none."""
    at = index - 1
    if at > 0 and words[at].endswith("ly"):
        at -= 1
    joined = (
        at > 0 and words[at] in ("and", "or") and words[at - 1].endswith("ed") and _is_past(words[at - 1])
    )
    return at - 1 if joined and words[index].endswith("ed") else None


_ONCE = frozenset({"soon", "once", "until", "unless", "when"})
"""What comes before "is signed" where it is yet to be."""
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_AFTER_EVENT = re.compile(
    r"\b(?:after|since|following|despite|from|amid|response\s+to|reaction\s+to|due\s+to|of)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def evidence(text: str, start: int, end: int, sentence: tuple[int, int]) -> Evidence:
    """The tense around ``text[start:end]`` inside its sentence.

    >>> line = "He said on Wednesday that the bank will cut rates on Friday."
    >>> evidence(line, 11, 20, (0, len(line))).tense, evidence(line, 53, 59, (0, len(line))).tense
    ('past', 'future')
    """
    before = text[max(sentence[0], start - 240) : start]
    for found, pattern in _LEFT:
        if pattern.search(before):
            return found
    for found, pattern in _RIGHT:
        if pattern.match(text, end):
            return found
    if _IF.search(before) and _WOULD.match(text, end):
        return Evidence("future", "if")
    months = _is_months(text[start:end].lower())
    if months and any(a.search(before) and b.match(text, end) for a, b in ((_FIRST, _TRADED), *_CONTRACTS)):
        return Evidence("future", "a contract")
    right = _words(text[end : min(sentence[1], end + 240)])
    limit = _LIMIT.search(before)
    if _POSSESSIVE.match(text, end):
        if right[1:2] == ["deadline"] and limit:
            return Evidence("future", "deadline")
        if _AFTER_EVENT.search(before):
            return Evidence("past", "possessive after a past event")
        return _of_subject(right[1:])
    left = _words(before)
    if months and left and left[-1] in LISTS["thinking"]:
        return NOTHING
    decided, opens = _left_evidence(left, limit=bool(limit))
    found = decided or _right_evidence(right, len(left), opens=opens)
    if found.tense is None and limit:
        return Evidence("future", limit.group().split()[0].lower(), strong=False)
    return found


def _left_evidence(left: list[str], *, limit: bool) -> tuple[Evidence | None, bool]:
    """The tense by the nearest verb before a date, and whether the date opens a clause ("that on Friday").

    ``limit`` is set where the date ends or begins something: a verb of saying does not date that.
    """
    for steps, index in enumerate(range(len(left) - 1, max(-1, len(left) - 26), -1)):
        word = left[index]
        if word in _STOPS and steps > 3:
            break
        if word == "that" and steps > 0:
            return None, steps == 1
        if word in _AFTER and 1 < steps < 9:
            return Evidence("past", word, strong=False), False
        when = index > 1 and left[index - 2] in ("when", "as", "before") and steps <= 14
        if (steps <= 6 or when) and word in SCHEDULE_VERBS - TO_BE and _is_scheduled(left, index, steps):
            return Evidence("future", word), False
        if steps <= 8 and _is_to_come(left, index):
            return Evidence("future", f"when {word}"), False
        found = _evidence_of(left, index)
        if found is None or (found.tense == "past" and _is_yet_to_be(left, index)):
            continue
        if word in LISTS["reporting"] and limit:
            break
        if found.tense == "past" and (ahead := _when_ahead(left, index)):
            return Evidence("future", f"{ahead} when"), False
        return found, False
    return None, False


def _right_evidence(right: list[str], before: int, *, opens: bool) -> Evidence:
    """The tense by the nearest verb after a date, with ``before`` words of its sentence before it."""
    opens_sentence = before <= 2
    for index, word in enumerate(right[: 30 if opens_sentence else 20]):
        if word in _STOPS and index > 2 and not (opens_sentence and word in "()"):
            break
        found = _evidence_of(right, index)
        if found is None:
            continue
        main = right[index + 1 : index + 2] == ["that"] and before <= 6
        if word in LISTS["reporting"] and before > 3 and index and not main:
            continue
        if word in INTENDED_PAST and not (index and right[index - 1] in TO_BE):
            found = Evidence("past", word)
        modal = word in MODALS and not opens
        if not (found.tense == "future" and (modal or found.word.startswith("to "))):
            return found._replace(strong=opens or before <= 3, side="right")
    return NOTHING


def _when_ahead(words: list[str], index: int) -> str:
    """The "would" of "would be paid when they opened on Friday"; "" where nothing lies ahead."""
    if _WHEN.isdisjoint(words[max(0, index - 3) : index]):
        return ""
    return next(
        (one for one in reversed(words[max(0, index - 16) : index]) if one == "would" or _is_will(one)), ""
    )


def _is_yet_to_be(words: list[str], index: int) -> bool:
    """Whether a participle follows "before" or "until" ("could rise before officially reported in March")."""
    before = words[max(0, index - 3) : index]
    return (
        words[index].endswith("ed") and not _YET.isdisjoint(before) and LISTS["subjects"].isdisjoint(before)
    )


def _is_scheduled(left: list[str], index: int, steps: int) -> bool:
    """Whether the word is a verb of a timetable ("opens on Friday"), and not a noun ("marks in January")."""
    subject = left[index - 1] if index else ""
    return subject in LISTS["relative_subjects"] or (steps <= 2 and left[index] != "marks")


def _is_to_come(left: list[str], index: int) -> bool:
    """Whether the word is the verb of what will be ("when talks reopen in New York on")."""
    if (
        left[index] not in BASE_VERBS
        or index < 2
        or left[index + 1 : index + 2] not in ([], ["in"], ["at"], ["on"], ["here"])
    ):
        return False
    subject = left[index - 1]
    plural = (
        subject.endswith("s") and not subject.endswith("ss") and subject not in ("was", "is", "has", "does")
    )
    return (plural or subject in _WE) and not _WHEN.isdisjoint(left[max(0, index - 5) : index - 1])


def _of_subject(right: list[str]) -> Evidence:
    """Monday's meeting will ...: the tense of the verb after the possessed noun, past without one."""
    for index, word in enumerate(right[:7]):
        if word in _STOPS:
            break
        foreseen = word in PLANNED or word in LISTS["foreseen"]
        if _is_will(word) or (foreseen and index and right[index - 1] in TO_BE):
            return Evidence("future", word)
        if _is_past(word):
            return Evidence("past", word)
    return Evidence("past", "possessive")


def _words(text: str) -> list[str]:
    """The words of a stretch, lower case; a capitalised word is a name or begins a sentence, no verb."""
    return [
        _SUBJECT.get(word, word)
        if not word[0].isupper() or word in _SUBJECT or word in ("Will", "Would")
        else "_"
        for word in _WORD.findall(text)
    ]
