"""Whether the sentence around a date speaks of what has happened or of what will.

A heuristic over closed word lists, no tagger: the nearest verb group to the left of the date decides ("said on
Wednesday that it will cut rates on Friday"), and where there is none the nearest to the right ("On Friday the
council will vote").
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Tense = Literal["past", "future"]


class Evidence(NamedTuple):
    """What was found: the tense, and the words that show it."""

    tense: Tense | None
    word: str = ""


NOTHING = Evidence(None)

PAST_VERBS = frozenset(
    "said told was were had did been went came took made got gave found left won lost met held led rose fell grew "
    "began began became brought bought built caught chose cut drew drove ate felt fought flew forgot froze hit hurt "
    "kept knew laid lay left lent let lit meant paid put quit read rode ran saw sold sent set shot shut sang sank sat "
    "slept spoke spent split spread stood stole struck swept swore swam taught tore thought threw understood woke wore "
    "wrote withdrew overturned undertook underwent upheld beat burst dealt dug hung heard hid shook slid shrank sought "
    "stuck stung swung wept fed fled bled bred rebuilt reset broke awoke bore bound overcame overtook arose oversaw "
    "forecast broadcast happened occurred died ago taken given seen shown known written spoken broken stolen driven "
    "flown grown thrown drawn worn torn born hidden forgotten chosen frozen beaten eaten fallen risen gone done".split()
)
NOT_PAST = frozenset(
    "need indeed speed feed seed bed red united hundred unprecedented so-called exceed proceed succeed bleed breed "
    "weed greed creed steed shed sled sacred naked wicked beloved embed heed deed reed freed wed ted fred mohammed ahmed "
    "alfred limited allied aged related based unaffected unlimited hatred kindred limbed interested concerned "
    "supposed unexpected mixed fixed".split()
)
WILL = frozenset("will shall won'll 'll’ll ’ll 'll won't".split())
MODALS = frozenset("would could may might should must can cannot".split())
PLANNED = frozenset(
    "scheduled slated due planned planning set expected expects expect plans plan upcoming forthcoming tentatively "
    "deadline intends hopes aims wants ready poised likely bound anticipated effective rescheduled postponed".split()
)
TO_PAST = frozenset(
    "had forced managed failed began started continued decided proceeded helped used came went tried refused declined "
    "attempted gathered traveled travelled led".split()
)
BASE_VERBS = frozenset(
    "be have hold meet visit travel take vote begin start open end launch leave return arrive attend discuss announce "
    "sign release publish report decide play face run make give speak deliver present appear testify resume close "
    "expire step retire join move come go become pay raise cut host hand submit complete finish send receive file "
    "consider review issue unveil debut premiere perform tour fly land move debate address brief swear inaugurate elect "
    "choose pick name select appoint nominate hear rule decide sentence try plead respond reply answer tell explain "
    "fire strike march rally protest demonstrate gather celebrate mark honor honour commemorate bury lay unveil reopen "
    "continue stop halt suspend ban lift introduce implement enforce impose apply take effect join withdraw quit resign "
    "replace succeed compete race fight box wrestle defend challenge qualify travel go see do get put bring keep find "
    "build buy sell ship supply deliver offer provide show air broadcast screen stream post update expand extend".split()
)
SCHEDULE_VERBS = frozenset(
    "opens begins starts ends expires runs kicks launches returns arrives takes meets holds hosts faces plays marks "
    "goes comes closes resumes premieres airs debuts celebrates turns is are".split()
)
TO_BE = frozenset({"is", "are", "'s", "’s", "’re", "'re", "be"})

_WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|t|re|ve|d))?|['’](?:ll|s)|[;:()]|--|—")
_STOPS = frozenset(";:()—") | {"--"}
_CLAUSE_WORDS = frozenset(
    {"that", "which", "who", "because", "although", "though", "while", "but", "whereas", "if"}
)


def _verdict(words: list[str], index: int) -> Evidence | None:
    """What the word at ``index`` says of the tense, its left neighbours considered."""
    word = words[index]
    before = words[max(0, index - 4) : index]
    if word in WILL or word.endswith(("’ll", "'ll")):
        return Evidence("future", word)
    if word in PLANNED:
        return (
            None
            if word == "set" and not (before and before[-1] in (*TO_BE, "was", "were"))
            else Evidence("future", word)
        )
    if word in MODALS:
        return Evidence("future", word)
    past = word in PAST_VERBS or len(word) > 4 and word.endswith("ed") and word not in NOT_PAST
    if past:
        for other in reversed(before):
            if other in WILL or other in MODALS or other.endswith(("’ll", "'ll")):
                return Evidence("future", f"{other} {word}")
            if other == "be" and "to" in before:
                return Evidence("future", f"to be {word}")
            if other in ("has", "have", "had", "was", "were", "and", "who", "that"):
                break
        return Evidence("past", word)
    if word in BASE_VERBS and before:
        if before[-1] == "to" or len(before) > 1 and before[-2] == "to":
            governor = [w for w in before[:-1] if w != "to"]
            if governor and governor[-1] in TO_PAST:
                return Evidence("past", f"{governor[-1]} to {word}")
            return Evidence("future", f"to {word}")
        if any(other in WILL or other in MODALS for other in before):
            return Evidence("future", next(o for o in before if o in WILL or o in MODALS) + " " + word)
        if before[-1] == "did":
            return Evidence("past", f"did {word}")
    return None


def evidence(text: str, start: int, end: int, sentence: tuple[int, int]) -> Evidence:
    """The tense around ``text[start:end]`` inside its sentence.

    >>> line = "He said on Wednesday that the bank will cut rates on Friday."
    >>> evidence(line, 11, 20, (0, len(line))).tense, evidence(line, 53, 59, (0, len(line))).tense
    ('past', 'future')
    """
    left_from = max(sentence[0], start - 240)
    left = _WORD.findall(text[left_from:start].lower())
    steps = 0
    for index in range(len(left) - 1, -1, -1):
        if left[index] in _STOPS and steps > 3:
            break
        found = _verdict(left, index)
        if found is not None:
            return found
        steps += 1
        if steps > 24:
            break
    right = _WORD.findall(text[end : min(sentence[1], end + 160)].lower())
    for index, word in enumerate(right[:20]):
        if word in _STOPS and index > 2:
            break
        found = _verdict(right, index)
        if found is not None:
            return found
    return NOTHING
