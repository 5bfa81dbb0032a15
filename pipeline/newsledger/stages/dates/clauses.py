"""The verb groups of a sentence, and which of them governs a date in it.

No tagger: every word gets a tag by word lists, the date one of its own (``@``), and a verb group is a pattern
of tags. As a rule the nearest group to the left governs the date ("said on Wednesday that it will cut rates
on Friday"), unless the date opens its clause ("On Friday the council will vote") or stands before its verb
("the council on Friday voted").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from newsledger.lexicons.load import lazy_regex, rows
from newsledger.stages.dates.words import LISTS

Tense = Literal["past", "future"]
REACH = 240
"""Characters on either side of a date in which its verb is looked for."""


class Group(NamedTuple):
    """A verb group: the words it begins and ends before, its tense (None: open), whether that is sure."""

    start: int
    end: int
    tense: Tense | None
    strong: bool
    name: str
    words: str


_TAGS = {
    "w": "will", "m": "modals", "i": "is", "a": "was", "b": "be", "n": "been", "h": "has", "d": "had",
    "k": "did", "o": "does", "t": "to", "T": "that", "s": "subjects", "R": "relatives", "C": "subordinators",
    "&": "joining", "P": "prepositions", "D": "determiners", "r": "adverbs", "l": "planned", "q": "intents",
    "e": "intended_past", "z": "schedule_verbs", "y": "opening", "v": "base_verbs", "p": "past_verbs",
}  # fmt: skip
"""The tag of the words of a list; of two lists the first that holds a word gives its tag."""
_TAG_OF = {word: tag for tag, name in reversed(_TAGS.items()) for word in LISTS[name]}
_WORD = lazy_regex(r"@|[^\W\d_]+(?:-[^\W\d_]+)*(?:['’](?:ll|t|re|ve|d|m))?|['’](?:ll|s)|\d+|[,;:()]|--|—")
_DONE, _VERB = "[pel]", "[bvpelqzyxg_]"
_GROUPS = [
    (row["name"], cast("Tense | None", row["tense"] or None), row["sure"] == "sure", row["pattern"])
    for row in rows(Path(__file__).with_name("verb_groups.tsv"))
]
"""The rows of ``verb_groups.tsv``: name, tense, whether that is sure, pattern of tags."""
_ANY = "|".join(f"(?P<g{n}>{pattern})" for n, (*_, pattern) in enumerate(_GROUPS))
_GROUP = lazy_regex(f"(?=[adehiklmopqtvwyz])(?:{_ANY.replace('DONE', _DONE).replace('VERB', _VERB)})")
"""Any of them; most words begin none, which the look ahead says at once."""


class Sentence(NamedTuple):
    """The words of a sentence, their tags, the place of the date among them, and the verb groups."""

    words: list[str]
    tags: str
    at: int
    groups: list[Group]


def parse(text: str, start: int, end: int, sentence: tuple[int, int]) -> Sentence:
    """The sentence around the date at ``text[start:end]``, no further than a verb can govern it from.

    >>> line = "He said on Monday that the bank will cut rates."
    >>> [(g.words, g.tense) for g in parse(line, 11, 17, (0, len(line))).groups]
    [('said', 'past'), ('will cut', 'future')]
    """
    words, tags, at = _around(_read_words(text, *sentence), text, start, end)
    groups: list[Group] = []
    for match in _GROUP.finditer(tags):
        name, tense, strong, _ = _GROUPS[int(str(match.lastgroup)[1:])]
        first, last = match.span()
        group = Group(first, last, tense, strong, name, " ".join(words[first:last]))
        if (read := _read(group, words, tags, groups)) is not None:
            groups.append(read)
    return Sentence(words, tags, at, groups)


class _Words(NamedTuple):
    """The words of a sentence, their tags, and where each begins and ends."""

    words: list[str]
    tags: str
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=4)
def _read_words(text: str, start: int, end: int) -> _Words:
    """The words of a sentence, read once for all its dates."""
    found = list(_WORD.finditer(text, start, end))
    words = [_plain(match[0]) for match in found]
    if words[:1] == ["_"] and _TAG_OF.get("".join(words[1:2]), "x") in "PtsD":
        opening = found[0][0].lower()
        words[0] = opening if _tag([opening], 0) in "vpe" else "_"
    tags = "".join([_tag(words, index) for index in range(len(words))])
    return _Words(words, tags, [match.start() for match in found], [match.end() for match in found])


def _around(read: _Words, text: str, start: int, end: int) -> tuple[list[str], str, int]:
    """The words and tags near a date, one for all that it covers, and its place among them."""
    left, right = bisect_right(read.ends, start), bisect_left(read.starts, end)
    first = min(left, bisect_left(read.starts, start - REACH))
    last = bisect_right(read.ends, end + REACH)
    touched = range(left, right)
    before = [_plain(part) for n in touched[:1] for part in _WORD.findall(text, read.starts[n], start)]
    behind = [_plain(part) for n in touched[-1:] for part in _WORD.findall(text, end, read.ends[n])]
    words = [*read.words[first:left], *before, "@", *behind, *read.words[right:last]]
    at = left - first + len(before)
    # the words whose neighbours are others than in the sentence
    near = range(max(0, left - first - 2), min(len(words), at + len(behind) + 2))
    tags = [
        read.tags[first : first + near.start],
        *(_tag(words, n) for n in near),
        read.tags[right + 1 : last],
    ]
    return words, "".join(tags), at


def _plain(word: str) -> str:
    """A word in lower case; a capitalised one that is no function word is a name (``_``)."""
    low = word.lower()
    return low if low == word or _TAG_OF.get(low, "x") in _FUNCTION else "_"


_FUNCTION = "wtTsRC&PDi"
_SHORT_IS = LISTS["subjects"] | LISTS["relatives"] | {"that", "there", "what", "here"}


def _tag(words: list[str], index: int) -> str:
    """The tag of a word by its lists, its ending and its neighbours."""
    word, before = words[index], words[index - 1] if index else ""
    if word in ("'s", "’s"):
        return "i" if before in _SHORT_IS else "x"
    if word in "@_,;:()":
        return ";" if word == ":" else word
    if word[0] in "-—" or word.isdigit():
        return "#" if word.isdigit() else ";"
    tag = _TAG_OF.get(word) or ("w" if word.endswith(("’ll", "'ll")) else _by_ending(word))
    return _by_neighbours(tag, word, before, words[index + 1 : index + 3])


def _by_ending(word: str) -> str:
    if "-" in word and not word.startswith(("re-", "co-", "pre-")):
        return "x"
    if word.endswith("ed") and len(word) > 4 and word not in LISTS["not_past"]:
        return "p"
    if word.endswith("ing") and len(word) > 5:
        return "g"
    return "r" if word.endswith("ly") and word not in LISTS["not_adverbs"] else "x"


def _by_neighbours(tag: str, word: str, before: str, behind: list[str]) -> str:
    """The tag where the words around decide: the planned launch, as expected, due to, was set for."""
    after = behind[0] if behind else ""
    if word == "set":
        planned = after in ("to", "for") or (before in LISTS["is"] | LISTS["was"] | {"be"} and after != "by")
        return "l" if planned else "p"
    compared = tag in "pel" and word.endswith("ed") and before in ("than", "as")
    if compared or (word == "am" and before != "i"):
        return "x"
    if tag in "pe" and word.endswith("ed") and before in LISTS["owners"]:
        return "x"
    if word == "due" and "to" in behind[:2]:
        planned = after == "to" and not LISTS["base_verbs"].union(LISTS["be"]).isdisjoint(behind[1:])
        return "l" if planned else "P"
    return "x" if tag == "q" and after != "to" else tag


def _read(group: Group, words: list[str], tags: str, groups: list[Group]) -> Group | None:
    """The group with the tense that its place gives it; None if it is no verb there."""
    before = tags[: group.start]
    match group.name:
        case "to do":
            return _infinitive(group, words, tags)
        case "could" if group.words.startswith(("could not", "couldn't", "couldn’t")):
            return group._replace(tense="past", words="could not")
        case "was to" if "ing to" in group.words and "going to" not in group.words:
            return group._replace(name="was", tense="past", strong=False)
        case "opens":
            subject = before[-1:] in ("_", "s", "R", ")")
            return group if subject or _ON_DATE.match(tags, group.end) else None
        case "opening" if groups and groups[-1].tense == "future":
            return group._replace(strong=groups[-1].strong)
        case "done" | "has done" if words[group.end - 1] == "set" and tags.startswith("@", group.end):
            return group._replace(tense="future", strong=False)
        case "done" | "was" if groups and _WHEN.search(tags, groups[-1].end, group.start):
            ahead = groups[-1].name in ("will", "could") and groups[-1].words.split()[0] in ("will", "would")
            return group._replace(tense="future", strong=False) if ahead else group
        case "done" if words[group.start] == "let" and words[group.end : group.end + 1] == ["us"]:
            return group._replace(tense="future")
        case "is done" if _NOT_YET.search(tags[max(0, group.start - 8) : group.start]):
            return group._replace(strong=True)
        case "done" if tags[group.start] == "e" and words[group.end : group.end + 1] == ["for"]:
            return group._replace(tense="future", strong=False)
        case "do":
            return _plain_form(group, words, tags)
        case "done" if _YET.search(" ".join(words[max(0, group.start - 3) : group.start])):
            return None
        case "is":
            if words[group.start] in LISTS["has"] or not _ON_DATE.match(tags, group.end):
                return group
            return group._replace(tense="future", strong=False)
    return group


_WHEN = lazy_regex("C[Dx_s]{1,3}\\Z")
"""Before the verb of a clause that says when something will be done ("would be paid when banks opened")."""
_NOT_YET = lazy_regex("C[^;,T]*\\Z")
_ON_DATE = lazy_regex("r*P?D?@")
_YET = lazy_regex(r"\b(?:before|until|once)\b(?!.*\b(?:he|she|it|they|we|which|who)\b)")


def _infinitive(group: Group, words: list[str], tags: str) -> Group | None:
    """To meet, to be held: ahead, unless a plain verb of the past governs it ("came to meet")."""
    for at in range(group.start - 1, max(-1, group.start - 9), -1):
        tag = tags[at]
        if tag in "lqewm" or (tag == "p" and _TO_COME.search(tags, 0, at)):
            return group._replace(tense="future", words=f"{words[at]} {group.words}")
        if tag in "padk":
            return group._replace(tense="past", words=f"{words[at]} {group.words}")
    return group._replace(tense="future") if group.start == 0 or tags[group.start - 1] == "_" else None


_TO_COME = lazy_regex("[iwmb]r*\\Z")
"""Before a participle that is one of the present or the future ("is required to", "may be forced to")."""
_HAS_VERB = lazy_regex("[padkwmhielz][^,;TRC&]*\\Z")
_PLACE = lazy_regex("r*(?:P?D?[x_]*)?P?D?@")


def _plain_form(group: Group, words: list[str], tags: str) -> Group | None:
    """We return, join us, will draw up a plan and present it, classes begin Monday; None for a noun."""
    at = group.start
    before = tags[at - 1] if at else ""
    if before in ("", ";"):
        return group._replace(tense="future", strong=True)
    if before == "s" and words[at - 1] not in ("he", "she", "it"):
        return group._replace(tense="future")
    if before == "&":
        ahead = re.search("[wm][^T;]{1,15}\\Z", tags[:at])
        if ahead is None:
            return None
        return group._replace(tense="future", strong=True, words=f"{words[ahead.start()]} {group.words}")
    if _HAS_VERB.search(tags, 0, at):
        return None
    plural = before in ("x", "_") and re.search(r"[^s'’]s\Z", words[at - 1])
    return group._replace(tense="future") if plural and _PLACE.match(tags, group.end) else None


_FRONTED = lazy_regex("(?:\\A[x_&]?|[;(TCR])[PDr]{0,3}\\Z|[,;]&P[Dr]?\\Z")
"""Before a date that opens its clause ("that on Friday", "and on Friday", "On Friday")."""
_JOINED = lazy_regex("&[Dr]?\\Z")
"""Before a date and the subject of a clause of its own ("fell, but this weekend it will")."""
_AFTER_CLAUSE = lazy_regex("(?:\\A|[;T])C[^,;]+,[^,;]*\\Z")
"""Before a date in the main clause behind another one ("If they agree, the council on")."""
_FINITE = frozenset("wmiadkh")


def opens(sentence: Sentence) -> bool:
    """Whether the date opens its clause."""
    _, tags, at, _ = sentence
    joined = tags.startswith("s", at + 1) and _JOINED.search(tags, 0, at)
    return bool(joined or _FRONTED.search(tags, 0, at) or _AFTER_CLAUSE.search(tags, 0, at))


def governing(sentence: Sentence) -> tuple[Group | None, bool]:
    """The verb group that governs the date, and whether it is to the left of it.

    >>> line = "He came out of Monday talks hoping she will win."
    >>> group, left = governing(parse(line, 15, 21, (0, len(line))))
    >>> group.words, left
    ('came', True)
    """
    _, tags, at, groups = sentence
    left = [one for one in groups if one.end <= at]
    right = _to_the_right(sentence)
    near = left[-1] if left and at - left[-1].start < 34 else None
    beside = near is not None and bool(_ON_DATE.match(tags, near.end))
    planned = near is not None and near.name == "planned" and tags[near.start] == "l"
    held = right is not None and right.tense == "past" and not tags[at + 1 : right.start].strip("r")
    if right is not None and beside and planned and held:
        return right._replace(tense=None), False  # the games scheduled for Friday were held
    if right is not None and not beside and (opens(sentence) or _before_its_verb(sentence, near, right)):
        return right, False
    clause = tags[near.end : at] if near else ";"
    if "T" in clause[:-1] or ";" in clause[3:] or near is None:
        return right, False
    return near, True


_CLAUSE = lazy_regex(r"\b(?:after|before|since|until|when|while|because|as|if|that|which|who)\b")


def _before_its_verb(sentence: Sentence, left: Group | None, right: Group) -> bool:
    """Whether the date stands right before its verb ("the council on Friday voted"), or in what was said."""
    words, tags, at, _ = sentence
    first = tags[right.start]
    gap = tags[at + 1 : right.start]
    reported = left is not None and words[left.start] in LISTS["reporting"]
    if not gap.strip("r"):
        relative = left is not None and "R" in tags[max(0, left.start - 2) : left.start]
        relative = relative or (left is not None and bool(_CLAUSE.search(" ".join(words[left.end : at]))))
        reduced = left is not None and left.name == "done" and not reported and tags[left.end] in "P@"
        return (first in _FINITE and not reduced) or (
            first in "pel" and (left is None or reported or relative)
        )
    spoken = reported and left is not None and left.words != "told"
    subject = spoken and bool(re.match("D[^P,;TRC]*P?D?@", tags[left.end : at + 1]))  # type: ignore[union-attr]
    return subject and first in _FINITE and len(gap) < 8 and not set(gap) & set(",;TRC(sD")


def _to_the_right(sentence: Sentence) -> Group | None:
    """The first finite verb group behind the date that is not of a relative clause."""
    words, tags, at, groups = sentence
    passed: set[int] = set()
    for group in groups:
        between = tags[at + 1 : group.start]
        if group.start <= at or (group.name == "do" and between[-1:] != "s"):
            continue
        if ";" in between[2:] or len(between) > (30 if at < 4 else 20):
            return None
        if group.name in ("to do", "to be done", "opening"):
            continue
        reported = words[group.start] in LISTS["reporting"] and tags[group.end : group.end + 1] != "T"
        if reported and at > 3 and "," in between:
            continue
        opened = re.search("[RC][^,]*\\Z", between)
        if opened and opened.start() not in passed:
            passed.add(opened.start())
            continue
        if group.name in ("agreed to", "asked to"):
            return group._replace(tense="past")
        return group
    return None
