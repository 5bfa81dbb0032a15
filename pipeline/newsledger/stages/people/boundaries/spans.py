"""From the classifier's raw spans to names: mends what is cut or joined wrongly.

Every rule has a name and adds it to :attr:`PersonSpan.rules`; the row's ``basis`` shows it: ``split``,
``title``, ``small word``, ``joined``, ``particle``, ``initial``, ``nickname``, ``given name``, ``byname``,
``suffix``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.bynames import (
    drop_doubtful_titles,
    drop_epithets,
    open_quotes,
    take_in_bynames,
)
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import BLANK, CAPITAL
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.strays import (
    RIGHT_FAMILY,
    before_weekday,
    cut_off,
    namesakes_cut_off,
    past_people,
)
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import alternation, given_names, names, roles
from newsledger.values.mentions import NameSpan

# Regular expressions, built from the tables of names.toml where they hold words of names.
_SMALL = alternation(names().bridging)
_EITHER = alternation([*names().bridging, *(p.capitalize() for p in names().bridging)])
_ARTICLE = alternation(names().articles)
_LETTER = r"[^\W\d_]"

_TRIM_LEFT = re.compile(r"[\s,;:.!?'’‘“”\"`*|/\\<>@#&–—\-_¬•·]+")
_TRIM_RIGHT = re.compile(r"[\s,;:!?'’‘“”\"`*|/\\<>@#&–—\-_]+\Z")
_POSSESSIVE = re.compile(r"(?:['’`´]\s?s|['’`´])\Z", re.IGNORECASE)
_BREAK = re.compile(
    r"\s*(?:\s(?:and|&|und|or|[-–—])\s|--+|[;/|\n\t]|,(?!\s*(?:Jr|Sr|II|III|IV)\b)|\s{2,})\s*"
)
_OWNER = re.compile(rf"{CAPITAL}[\w.-]*(?:['’]s|(?<=s)['’]){BLANK}(?={CAPITAL})")
_TOKEN = re.compile(r"\S+")
_ABBREVIATED = re.compile(r"(?:\b(?:Jr|Sr)|\b[A-Z])\.\Z")
_WORD = re.compile(rf"{_LETTER}(?:[^\W_]|['’.\-‘](?=[^\W_]))*\.?")
_SMALL_END = re.compile(rf"(?<=[^\W\d_A-Z.]){BLANK}[a-z][\w’']*\Z")
_SMALL_WORD = re.compile(rf"([a-zß-öø-ÿ]\w*){BLANK}+(?={CAPITAL})")
_CAPTION = re.compile(rf"{BLANK}(?:{alternation(names().captions)})\Z")
_SHORT_TITLES = frozenset(
    {
        "mr",
        "ms",
        "dr",
        "mrs",
        "pm",
        "gen",
        "sen",
        "rep",
        "lt",
        "mp",
        "mk",
        "mep",
        "msp",
        "mla",
        "mna",
        "ceo",
        "oc",
        "asi",
        "col",
        "maj",
        "sgt",
        "dig",
    }
)
_OFFICES = frozenset({"oc", "dp"})
"""Two capitals before a name that are its office and no initials."""
# What may lie between two halves of a name.
_GAP = re.compile(
    rf"{BLANK}+|[)\]]{BLANK}|[-‐‑]{BLANK}?|{BLANK}[-‐‑]|{BLANK}+(?:[A-Z]\.?{BLANK}+){{1,2}}|\.{BLANK}?"
)
_LINK = re.compile(
    rf"{BLANK}+(?:(?:{_SMALL}){BLANK}+){{1,3}}(?:(?:{_ARTICLE})-)?"
    rf"|{BLANK}(?:ad|al|ud|ed|ul|el)-[a-z]{{2,8}}{BLANK}"  # "Shihab ad-din Ahmed"
)
_NICK = re.compile(
    rf"{BLANK}*\([\"“‘][^\"“”‘’()\[\]\n]{{1,30}}[\"”’]\){BLANK}*|{BLANK}*[\"“‘(\[][^\"“”‘’()\[\]\n]{{1,30}}[\"”’)\]]{BLANK}*|{BLANK}'[^'\n]{{1,30}}'{BLANK}"
)
_PARTY = re.compile(rf"{BLANK}*\((?:[RDI]{BLANK}?[-–]|(?:{alternation(names().states)})\))")
"""Party and state of somebody, or the state: "Senators Lind (R-IN) Hale (D-DE)"."""
_INITIAL_FIRST = re.compile(r"[A-Z]\.? ")
_INITIAL = re.compile(r"(?:[A-Z]\.? ?){1,2}\Z")
# What may belong to a name before and after the span.
_LEFT_LINK = re.compile(rf"(?<![\w'’-])(?:(?:{_EITHER}){BLANK}){{1,3}}\Z")
_LEFT_HYPHEN = re.compile(rf"(?<![\w'’-])(?i:{_ARTICLE})[-‐‑]\Z")
_LEFT_INITIAL = re.compile(
    r"(?<![\w.'’-])(?:[A-Z]\. ?){1,3}\Z|(?<![\w.'’-])[A-Z] (?:[A-Z] )?\Z|(?<![\w.'’-])[A-HJ-Z]{2} \Z"
)
_LEFTS = ((_LEFT_HYPHEN, "particle"), (_LEFT_LINK, "particle"), (_LEFT_INITIAL, "initial"))
_LINK_ENDS = frozenset(
    {"y"} | {word[-2:] for small in names().bridging for word in (small, small.capitalize())}
)
# Titles that are given names: after an office they are the name ("chief executive Dean Brown").
_LEFT_NAME = re.compile(rf"({_LETTER}+){BLANK}((?:Sultan|Dean|Earl|Duke|Baron|King|Said){BLANK})\Z")
_NAME_TITLES = tuple(
    word + blank for word in ("Sultan", "Dean", "Earl", "Duke", "Baron", "King", "Said") for blank in " \xa0"
)
_RIGHT_HYPHEN = re.compile(rf"[-‐‑]{_LETTER}[\w’']*(?:[-‐‑]{_LETTER}[\w’']*)?")
_RIGHT_LINK = re.compile(
    rf"{BLANK}(?:(?:{_SMALL}){BLANK}){{1,3}}(?:(?:{_ARTICLE})-)?[A-Z][\w’'-]*"
    rf"|{BLANK}(?:{_ARTICLE})-[A-Z][\w’'-]*"
)
_RIGHT_ELISION = re.compile(rf"{BLANK}[dDlL]['’][A-Z][\w’'-]*")
_RIGHT_COMPOUND = re.compile(rf"{BLANK}({CAPITAL}[\w’']+)(?=[-‐‑](?:{alternation(names().compounds)})\b)")
_RIGHT_MAY = re.compile(rf"{BLANK}May\b(?!,? \d)")
"""A surname that the classifier takes for a month."""
_RIGHT_ARTICLE = re.compile(rf"{BLANK}?-{BLANK}?{CAPITAL}[\w’']+")
_RIGHT_WORD = re.compile(rf"{BLANK}(?:[A-Z]\.{BLANK})?{CAPITAL}[\w’'-]*")
_RIGHT_SURNAME = re.compile(rf"{BLANK}(?:Khan|Begum|Bibi|Kaur|Singh)\b(?!{BLANK}{CAPITAL}|[-‐’'](?!s\b))")
"""Names so common at the end of others that one right after a name belongs to it."""
_RIGHT_SAID = re.compile(rf"{BLANK}Said(?=, (?:the|an?|who)\b)")
"""A surname that is a verb as well, which no sentence writes with a capital."""
_ENDS_OPEN = re.compile(rf"(?:^|[\s-])(?:{_SMALL}|[A-Z]\.)\Z")
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV|VI{1,3}|IX|X(?:I{1,3}|IV|VI{0,3}|IX))(?!\w)")
_SHORT_SUFFIX = re.compile(r" (?:Jr|Sr)\Z")
_ARTICLE_END = re.compile(r" [AaEe]l\Z")
_BYNAME = re.compile(r" the ([A-Z][a-z]+)\b(?! [A-Z])")
_ROMANCE = frozenset({"de", "da", "du", "di", "del"})
_LOW_WORD = re.compile(r"(?<!\S)[a-z]+")
COMPOUND = re.compile(rf"[-‐‑](?:{alternation(names().compounds)})\b")
"""What a name may be joined to by a hyphen without being part of a longer name: "Lopez-led"."""


def correct_spans(context: Context, layout: Layout, spans: Iterable[NameSpan]) -> list[PersonSpan]:
    """Turn the spans labelled PER into names in text order that neither overlap nor cross a segment."""
    text = context.text
    pieces: list[PersonSpan] = []
    for span in sorted(spans, key=lambda s: (s.start_char, s.end_char)):
        if span.label != "PER":
            continue
        for start, end, split in _split(text, layout, span.start_char, span.end_char):
            rules = ["split"] if split else []
            if _PLAIN.fullmatch(text, start, end):
                end = before_weekday(text, start, _before_caption(text, start, end))
            else:
                start, end = _mend_ends(text, start, end, rules)
            start = _past_nation(context, start, end, rules)
            start = _past_title(text, start, end, rules)
            if start < end and not _title_alone(text, start, end):
                pieces.append(PersonSpan(start, end, rules))
    take_in_bynames(text, pieces)
    open_quotes(text, pieces)
    drop_epithets(text, pieces)
    drop_doubtful_titles(text, pieces)
    joined = _join(context, layout, _parted(text, pieces))
    found: list[PersonSpan] = []
    for piece in joined:
        floor = max(
            found[-1].end if found else 0, layout.segment_at(piece.start).start if layout.segments else 0
        )
        ceiling = layout.segment_at(piece.start).end if layout.segments else len(text)
        extend(context, piece, floor, ceiling)
        while piece.end > piece.start and text[piece.end - 1].isspace():
            piece.end -= 1
        if piece.start >= (found[-1].end if found else 0):
            found.append(piece)
    namesakes_cut_off(context, found)
    return found


_PLAIN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
"""A span of whole words alone, with nothing at its ends or between them that could be wrong."""


def _mend_ends(text: str, start: int, end: int, rules: list[str]) -> tuple[int, int]:
    """Cut off at both ends of a span what is no part of a name."""
    start, end = _trim(text, start, end)
    end = _before_sentence(text, start, end)
    end = _before_clause(text, start, end)
    end = _before_caption(text, start, end)
    end = _before_small(text, start, end)
    end = before_weekday(text, start, end)
    end = _before_glued(text, start, end, rules)
    start = _past_versus(text, start, end)
    match = _STATES.match(text, start, end)
    start = match.end() if match else start
    return _past_small(text, start, end, rules), end


_STATES = re.compile(rf"[A-Z]&[A-Z]{BLANK}")
"""Two lands that are one, as the short form of what somebody governs: "J&K" for Jammu and Kashmir."""
_AND_CAPITAL = re.compile(rf"{BLANK}{CAPITAL}")
_DOT_AND_NAME = re.compile(rf"\.{BLANK}{CAPITAL}")


def _title_alone(text: str, start: int, end: int) -> bool:
    """ "Mr" alone, "Amb" in "Amb. Nora Hale", "Rabbi" in "Rabbi Ben Hale"."""
    key = fold(text[start:end])
    if (key,) in roles().styles and key not in names().titles_too and _AND_CAPITAL.match(text, end):
        return True
    if key in _SHORT_TITLES and text[start:end].isupper() and _AND_CAPITAL.match(text, end):
        return True
    return key in roles().honorifics or (key in roles().short and bool(_DOT_AND_NAME.match(text, end)))


def _split(text: str, layout: Layout, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Cut a span at segment borders, at "and", at a comma, a slash or a line's end."""
    start, end = max(0, start), min(len(text), end)
    if _PLAIN.fullmatch(text, start, end) and layout.segments and layout.segment_at(start).end >= end:
        return [(start, end, False)]
    owner = _OWNER.match(text, start, end)
    if owner is not None:
        # "Lloyds' Moore": the owner is somebody else.
        start = owner.end()
    parts = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        if match[0] == "\n" and _wrapped(text, match.start()):
            continue
        if match[0] == "  " and " " not in text[at : match.start()]:
            # "Ana  Prado Lind"
            continue
        if _ARTICLE_END.search(text, start, match.start()) and match[0].strip() in {"-", "–"}:
            # "Hammad Al - Ghafri"
            continue
        if match.start() > at:
            parts.append((at, match.start()))
        at = match.end()
    if at < end:
        parts.append((at, end))
    inside: list[tuple[int, int]] = []
    for left, right in parts:
        while left < right:
            stop = layout.segment_at(left).end if layout.segments else right
            if stop <= left:
                left += 1  # between two segments
                continue
            if stop >= right:
                inside.append((left, right))
                break
            inside.append((left, stop))
            left = stop
    return [(a, b, len(inside) > 1) for a, b in inside]


def _wrapped(text: str, at: int) -> bool:
    """Whether a line was wrapped by width at ``at``, not ended by its writer: it is long, or it is prose."""
    start = text.rfind("\n", 0, at) + 1
    return at - start >= 60 or (at - start > 35 and len(_LOW_WORD.findall(text, start, at)) > 3)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take blanks, punctuation and a possessive off both ends; brackets only where they do not match."""
    for _ in range(4):
        before = (start, end)
        match = _TRIM_LEFT.match(text, start, end)
        if match and not text.startswith(("‘", '"', "“", "'"), start):
            start = match.end()
        elif match:
            closing = {"‘": "’", "“": "”"}.get(text[start], text[start])
            if closing not in text[start + 1 : end]:
                start = match.end()
        surface = text[start:end]
        mark = _POSSESSIVE.search(surface)
        if mark and mark.start() > 0:
            opening = {"’": "‘", "'": "'"}.get(surface[-1])
            if not (opening and opening in surface[:-1] and surface[-1] in "’'" and mark[0] in "’'"):
                end = start + mark.start()
                surface = text[start:end]
        match = _TRIM_RIGHT.search(surface)
        if match:
            closer = surface[-1:]
            opener = {"’": "‘", "”": "“", '"': '"', "'": "'"}.get(closer, "\0")
            if opener not in surface[:-1]:
                end = start + match.start()
                surface = text[start:end]
        if surface.endswith(".") and not _ABBREVIATED.search(surface):
            end -= 1
        for opener, closer in ("()", "[]", "{}"):
            if text[start:end].startswith(opener) and closer not in text[start:end]:
                start += 1
            if text[start:end].endswith(closer) and opener not in text[start:end]:
                end -= 1
            if text[start:end].startswith(opener) and text[start:end].endswith(closer) and end - start > 2:
                start, end = start + 1, end - 1
        if (start, end) == before:
            break
    return start, max(start, end)


_CLAUSE = re.compile(r"\s(?:is|was|are|were|has|had|in|at|on|for|to|with|from|by|said|says|who|and)\s")


_NEXT_SENTENCE = re.compile(
    r"(?<=\b[A-Z]\.)\s(?:The|He|She|They|It|His|Her|Their|When|After|Before|On|In|At)\s"
)


def _before_sentence(text: str, start: int, end: int) -> int:
    """End the name before a sentence that follows an initial ("They met Ada K. The police ...")."""
    match = _NEXT_SENTENCE.search(text, start, end)
    return match.start() if match else end


def _before_clause(text: str, start: int, end: int) -> int:
    """End the name before a verb or a preposition that the span took in ("Shin in May")."""
    match = _CLAUSE.search(text, start, end)
    return match.start() if match and match.start() > start else end


def _before_small(text: str, start: int, end: int) -> int:
    """Leave out a last word in small letters ("Maria Lopez w")."""
    match = _SMALL_END.search(text, max(start, end - 24), end)
    if match is None or match.start() <= start or fold(match[0]) in names().particles:
        return end
    return match.start()


_GLUED = re.compile(r" [A-Z][a-z]{2,}(?=(?:The|This|In|On|As|When|It|We|For|Last|Today|After|While)\Z)")


def _before_glued(text: str, start: int, end: int, rules: list[str]) -> int:
    """End the name before the first word of the text that was glued to it ("By Ada LindThe quays ...")."""
    match = _GLUED.search(text, start, end)
    if match is None:
        return end
    rules.append("unglued")
    return match.end()


def _before_caption(text: str, start: int, end: int) -> int:
    """Leave out a caption's word that the span took in ("Maria Lopez Image")."""
    match = _CAPTION.search(text, max(start, end - 14), end)
    return match.start() if match else end


def _past_small(text: str, start: int, end: int, rules: list[str]) -> int:
    """Step over a word in small letters before the name that is no particle ("minister John Smith")."""
    for _ in range(3):
        match = _SMALL_WORD.match(text, start, end)
        if match is None or fold(match[1]) in names().particles:
            break
        start = match.end()
        rules.append(
            "title" if roles().by_first.get(match[1]) or roles().by_last.get(match[1]) else "small word"
        )
    return start


_FACULTY = re.compile(r"\b(?:School|College|University|Faculty|Institute|Seminary|Law) \Z")


def _past_nation(context: Context, start: int, end: int, rules: list[str]) -> int:
    """Step over what nation's one is ("Briton Mark Hale", "Czech Ana Prado")."""
    at = past_people(context, start, end)
    if at > start:
        rules.append("title")
    return at


def _past_title(text: str, start: int, end: int, rules: list[str]) -> int:
    """Step over forms of address and roles at the start of a span ("President Biden", "Mr Kato")."""
    table = roles()
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, start, end)]
    at = 0
    while at < len(words) - 1:
        word = words[at][2]
        if word in _PROSECUTORS and not words[at + 1][2].isupper():
            # "ADA Ben Hale", unlike Ada Hale
            at += 1
            continue
        key = word.lower().rstrip(".")
        phrase = table.short.get(key, (key,))
        steps = 0
        if word == "Tan" and not _second_title(text, words, at):
            # a family name as well
            break
        if key in table.honorifics and not word.islower():
            steps = 1
        else:
            for candidate in table.by_first.get(phrase[0], ()):
                if candidate in table.small and not word.islower():
                    continue
                have, j = list(phrase), at + 1
                while len(have) < len(candidate) and j < len(words):
                    following = words[j][2].lower().rstrip(".")
                    have += table.short.get(following, (following,))
                    j += 1
                if tuple(have) == candidate and j < len(words):
                    steps = j - at
                    break
            if not steps and (key in table.status or key in table.modifiers) and at + 2 < len(words):
                following = words[at + 1][2].lower().rstrip(".")
                if table.short.get(following, (following,)) in table.field or following in table.modifiers:
                    steps = 1
        if not steps:
            break
        remains = len(words) - at - steps
        if words[at + steps][2] in _SON_OF and key in _GIVEN_BEFORE_SON:
            # "Prince Sultan bin Said"
            break
        if _second_title(text, words, at):
            # "Tan Sri Lim", of which the classifier may have left out "Tan"
            at += 1
            continue
        if (
            key in names().titles_too
            and not word.islower()
            and not word.endswith(".")
            and (at or key != "dean" or not _FACULTY.search(text, max(0, words[0][0] - 14), words[0][0]))
        ):
            break
        if (
            word.isupper()
            and len(word) <= 3
            and remains >= 1
            and "." not in word
            and key not in _SHORT_TITLES
        ):
            break
        at += steps
    if at:
        rules.append("title")
    return words[at][0] if words and at else start


_SON_OF = frozenset({"bin", "ibn", "bint"})
_GIVEN_BEFORE_SON = frozenset({"sultan", "amir", "emir", "said"})
_PROSECUTORS = frozenset({"ADA", "ADAs", "DDA", "DDAs", "AUSA", "AUSAs"})
_SECOND_TITLES = frozenset({"sri", "seri"})
_FIRST_TITLE = re.compile(r"\b(?:Tan|Dato'?|Datuk|Toh|Pehin)\s\Z")


def _second_title(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether the word at ``at`` belongs to "Tan Sri" or "Datuk Seri"."""
    start, _, word = words[at]
    if word.lower() in _SECOND_TITLES:
        return bool(_FIRST_TITLE.search(text, max(0, start - 8), start))
    following = words[at + 1][2].lower() if at + 2 < len(words) else ""
    return word == "Tan" and following in _SECOND_TITLES


def _parted(text: str, pieces: list[PersonSpan]) -> list[PersonSpan]:
    """Cut a span that holds two full names which the text has apart as well (a row of signatures)."""
    if not any(len(text[p.start : p.end].split()) > 2 for p in pieces):
        return pieces
    whole = {fold(text[p.start : p.end]) for p in pieces if " " in text[p.start : p.end]}
    parted: list[PersonSpan] = []
    for piece in pieces:
        link = _AND.search(text, piece.start, piece.end)
        if link and _two_in_spanish(text[piece.start : link.start()], text[link.end() : piece.end]):
            parted.append(PersonSpan(piece.start, link.start(), [*piece.rules, "split"]))
            parted.append(PersonSpan(link.end(), piece.end, [*piece.rules, "split"]))
            continue
        words = list(_TOKEN.finditer(text, piece.start, piece.end))
        for i in range(2, len(words) - 1) if len(words) > 3 else ():
            left, right = text[piece.start : words[i - 1].end()], text[words[i].start() : piece.end]
            if fold(left) in whole and fold(right) in whole and not _SUFFIXED.fullmatch(right):
                parted.append(PersonSpan(piece.start, words[i - 1].end(), [*piece.rules, "split"]))
                parted.append(PersonSpan(words[i].start(), piece.end, [*piece.rules, "split"]))
                break
        else:
            parted.append(piece)
    return parted


_ENDS_INITIAL = re.compile(rf"{BLANK}[A-Z]\.\Z")
_SUFFIXED = re.compile(rf"\S+{BLANK}(?:Jr\.?|Sr\.?|II|III|IV|VI{{0,3}})")
"""A surname alone with a suffix, which is no full name: "Hale VI" of "Amos Ben Hale VI"."""
_AND = re.compile(rf"{BLANK}[ye]{BLANK}")


def _two_in_spanish(left: str, right: str) -> bool:
    """Whether "y" or "e" stands between two full names, unlike "Ramón y Cajal", "Prado y Lind Ruiz"."""
    if " " not in left or " " not in right:
        return False
    return fold(right.split()[0]) in given_names()


_UNKNOWN = re.compile(rf"{BLANK}[a-zß-öø-ÿ]{{2,12}}{BLANK}")


def _unknown_particle(text: str, start: int, end: int, other: PersonSpan) -> bool:
    """Whether a word in small letters joins two words of a name: "Dave manara Hale", twice, and nowhere else.

    The first word must be a given name; a verb would stand elsewhere as well, or once only.
    """
    if not _UNKNOWN.fullmatch(text, end, other.start):
        return False
    given = fold(text[start:end])
    if given not in given_names() or " " in text[other.start : other.end]:
        return False
    whole = text[start : other.end]
    count = text.count(whole)
    return count > 1 and text.count(text[end : other.start]) == count


def _join(context: Context, layout: Layout, pieces: list[PersonSpan]) -> list[PersonSpan]:
    """Join neighbours that are one name cut in two: at a particle, an initial, a hyphen, a nickname."""
    text = context.text
    joined: list[PersonSpan] = []
    whole = {text[p.start : p.end] for p in pieces}
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end <= piece.start <= last.end + 40
            and "split" not in piece.rules
            and "title" not in piece.rules
        ):
            gap = text[last.end : piece.start]
            if gap == "\n" and _wrapped(text, last.end):
                gap = " "
            elif gap == " - " and _ARTICLE_END.search(text, last.start, last.end):
                gap = "-"
            left, right = text[last.start : last.end], text[piece.start : piece.end]
            rule = None
            if gap == " " and past_people(context, last.start, piece.end) == piece.start:
                # "beat German Ben Hale": what he is
                joined[-1] = piece
                continue
            if _AND.fullmatch(gap) and _two_in_spanish(left, right):
                gap = ", "
            if layout.segments and layout.segment_at(last.start) != layout.segment_at(piece.start):
                rule = None
            elif _LINK.fullmatch(gap) or _unknown_particle(text, last.start, last.end, piece):
                rule = "particle"
            elif gap in {" (", " (“", ' ("'} and ") " in right and "(" not in right:
                # "Ada Lind (Maria) Hale", cut at the bracket
                rule = "nickname"
            elif (
                _NICK.fullmatch(gap)
                and (" " not in left or _ENDS_INITIAL.search(left))
                and not _PARTY.match(gap)
            ):
                rule = "nickname" if gap.strip()[0] not in "([" or fold(gap) else None
            elif gap == "" and (left.endswith(("-", ".")) or right.startswith("-")):
                rule = "joined"
            elif gap == " " and right[0] in '"“' and " " in right and _INITIAL.search(left):
                # "Ben J. “Jack” Hale", cut before the nickname
                rule = "nickname"
            elif _GAP.fullmatch(gap):
                one = left in whole and right in whole and (" " in left and " " in right)
                one = one and not _SUFFIXED.fullmatch(right) and not right.startswith(("“", '"'))
                if not one and not (gap.startswith(".") and not _INITIAL.search(left)):
                    rule = "joined"
            if rule:
                last.end = piece.end
                last.rules = [*last.rules, rule, *piece.rules]
                continue
        joined.append(piece)
    return joined


def _may_reach_left(window: str) -> bool:
    """Whether ``window``, before a name, ends as what `_LEFTS` find: most do not, and are not searched."""
    if window[-1:] not in {" ", "\xa0"}:
        return window[-1:] in {"-", "‐", "‑", "."}
    last = window[-2:-1]
    return last == "." or last.isupper() or last in _LINK_ENDS or window[-3:-1] in _LINK_ENDS


def extend(context: Context, piece: PersonSpan, floor: int, ceiling: int) -> None:
    """Let a name reach over particles, initials, a hyphen or a suffix that the span left out."""
    text = context.text
    surface = text[piece.start : piece.end]
    match = None
    if text.endswith(_NAME_TITLES, 0, piece.start):
        match = _LEFT_NAME.search(text, max(floor, piece.start - 60), piece.start)
    faculty = match and match[2].startswith("Dean") and _FACULTY.search(text, match.start(), match.start(2))
    if match and not faculty and _before_a_given_name(match[1]):
        piece.start = match.start(2)
        piece.rules.append("given name")
    if surface.startswith("bin ") and text.endswith(("Sultan ", "Amir "), floor, piece.start):
        piece.start -= 7 if text.endswith("Sultan ", floor, piece.start) else 5
        piece.rules.append("given name")
    if surface.startswith("Khan ") and text.endswith("Amir ", floor, piece.start):
        # The title is a given name before the other.
        piece.start -= 5
        piece.rules.append("given name")
    if "’ " in surface and "‘" not in surface and text[piece.start - 1 : piece.start] == "‘":
        _open_nickname(text, piece, floor)
    window = text[max(floor, piece.start - 24) : piece.start]
    for pattern, rule in _LEFTS if _may_reach_left(window) else ():
        match = pattern.search(window)
        if match is None or not match[0]:
            continue
        if rule == "initial" and not _initials_belong(text, piece.start - len(match[0]), match[0], surface):
            continue
        if pattern is _LEFT_LINK and (
            " " in surface
            or not _particle_belongs(text, piece.start - len(match[0]), floor, match[0], surface)
        ):
            continue
        piece.start -= len(match[0])
        piece.rules.append(rule)
        break
    if _ENDS_OPEN.search(surface):
        match = _RIGHT_WORD.match(text, piece.end, ceiling)
        if match and match.end() - piece.end < 40 and not _opens_sentence(text, surface, match[0]):
            piece.end = match.end()
            piece.rules.append("particle")
    if surface.endswith(" St"):
        match = _RIGHT_SAINT.match(text, piece.end, ceiling)
        piece.end = match.end() if match else piece.end
    _over_dash(text, piece)
    match = _RIGHT_HYPHEN.match(text, piece.end, ceiling)
    if match and not COMPOUND.match(text, piece.end):
        word = match[0][1:]
        if word[:1].isupper() or (
            len(word) < 6 and surface.split()[-1][:1].isupper() and _asian(surface, word)
        ):
            piece.end = match.end()
            piece.rules.append("joined")
    match = _RIGHT_LINK.match(text, piece.end, ceiling)
    if match and match[0].split()[0].split("-")[0] in names().reaching:
        piece.end = match.end() - (2 if match[0].endswith(("'s", "’s")) else 0)
        piece.rules.append("particle")
    match = None if " " in surface else _RIGHT_MAY.match(text, piece.end, ceiling)
    if match and fold(surface) in names().of_women | names().of_men:
        piece.end = match.end()
        piece.rules.append("joined")
    match = None if " " in surface else RIGHT_FAMILY.match(text, piece.end, ceiling)
    if match and cut_off(context, piece.start, piece.end, floor, match):
        piece.end = match.end(1)
        piece.rules.append("joined")
    match = _RIGHT_SURNAME.match(text, piece.end, ceiling) or _RIGHT_SAID.match(text, piece.end)
    if match:
        piece.end = match.end()
        piece.rules.append("joined")
    match = _RIGHT_ARTICLE.match(text, piece.end, ceiling) if surface in {"Al", "El"} else None
    if match:
        piece.end = match.end()
        piece.rules.append("joined")
    match = None if " " in surface else _RIGHT_COMPOUND.match(text, piece.end, ceiling)
    if match and fold(match[1]) not in names().calendar:
        piece.end = match.end()
        piece.rules.append("joined")
    match = _RIGHT_ELISION.match(text, piece.end, ceiling)
    if match:
        piece.end = match.end()
        piece.rules.append("particle")
    whole = text[piece.start : piece.end]
    if "“" in whole and "”" not in whole and text[piece.end : piece.end + 1] == "”" and piece.end < ceiling:
        # "José “N”"
        piece.end += 1
    if (
        "[" in text[piece.start : piece.end]
        and text[piece.end : piece.end + 1] == "]"
        and piece.end < ceiling
    ):
        piece.end += 1
    match = None if " " in surface else _BYNAME.match(text, piece.end, ceiling)
    if match and fold(match[1]) in names().bynames:
        piece.end = match.end()
        piece.rules.append("byname")
    match = _SUFFIX.match(text, piece.end, ceiling)
    if match:
        numeral = match[0].strip(" ,.").isupper()
        if not (numeral and "," in match[0]):
            piece.end = match.end()
            piece.rules.append("suffix")
    if _SHORT_SUFFIX.search(text, piece.start, piece.end) and piece.end < ceiling and text[piece.end] == ".":
        piece.end += 1


_OPENS_SENTENCE = frozenset(
    {
        "The",
        "He",
        "She",
        "It",
        "They",
        "We",
        "This",
        "That",
        "When",
        "After",
        "Before",
        "While",
        "In",
        "On",
        "At",
    }
    | {"His", "Her", "Their", "But", "If", "As", "There", "These", "Then"}
)
"""After an initial: the next sentence begins ("They met Ana P. The police ...")."""


def _opens_sentence(text: str, surface: str, word: str) -> bool:
    """Whether the word after an initial begins a sentence, or the name stands without it elsewhere."""
    if word.strip() in _OPENS_SENTENCE:
        return True
    if not surface.endswith(".") or " " not in surface or text.count(surface + word) > 1:
        return False
    return any(
        text[match.end() : match.end() + 1].islower() for match in re.finditer(re.escape(surface) + " ", text)
    )


_RIGHT_SAINT = re.compile(rf"\.{BLANK}{CAPITAL}(?:\w|[’'](?!s\b))+")
_RIGHT_DASH = re.compile(rf"–({CAPITAL}(?:\w|[’'](?!s\b))+)")


def _over_dash(text: str, piece: PersonSpan) -> None:
    """Take in "–Strand" of a surname that the article writes with a hyphen elsewhere."""
    match = _RIGHT_DASH.match(text, piece.end)
    if match is not None and f"{text[piece.start : piece.end].split()[-1]}-{match[1]}" in text:
        piece.end = match.end()
        piece.rules.append("joined")


_BEFORE_NICKNAME = re.compile(rf"({CAPITAL}[\w.]*){BLANK}‘\Z")


def _open_nickname(text: str, piece: PersonSpan, floor: int) -> None:
    """Take in the start of "MS ‘Bapu’ Aney", which the span left out."""
    match = _BEFORE_NICKNAME.search(text, max(floor, piece.start - 24), piece.start)
    word = match[1].lower().rstrip(".") if match is not None else ""
    if match is None or (word in roles().honorifics and not match[1].isupper()) or word in roles().by_last:
        piece.start -= 1
    else:
        piece.start = match.start()
    piece.rules.append("nickname")


def _before_a_given_name(word: str) -> bool:
    """Whether "Sultan" or "Dean" after ``word`` is a given name: after an office, or a firm that has one."""
    key = word.lower()
    if key in names().titles_too:
        return False
    return key in roles().by_last or (word[0].isupper() and key in names().things | roles().institutions)


def _asian(surface: str, word: str) -> bool:
    table = names()
    first = fold(surface.split()[0])
    return fold(word) in table.korean_syllables | table.dialect_syllables and (
        first in table.korean or first in table.chinese
    )


_PARTY_TO_A_CASE = re.compile(r"\b(?:PEOPLE|STATE|STATES|COMMONWEALTH|People|State|States|Commonwealth) \Z")
_ATTORNEYS = frozenset({"SA", "DA", "AG"})
_VERSUS = re.compile(rf"(?:(?:PEOPLE|People|STATE|State){BLANK})?[Vv]\.{BLANK}(?=[A-Z])")


def _past_versus(text: str, start: int, end: int) -> int:
    """Leave out "People v." before whom a case is against."""
    match = _VERSUS.match(text, start, end)
    if match is None or match.end() == end:
        return start
    alone = match[0].startswith(("V", "v"))
    return start if alone and not _PARTY_TO_A_CASE.search(text, max(0, start - 14), start) else match.end()


def _initials_belong(text: str, start: int, initials: str, surface: str) -> bool:
    """Whether initials before a surname are its own: not the end of a sentence, no numbering, no "U.S."."""
    plain = re.sub(r"[^A-Z]", "", initials)
    if plain in names().no_initials or ("." not in initials and plain.lower() in _OFFICES):
        return False
    if " " in surface and len(plain) > 1:
        return False
    if initials.strip() in _ATTORNEYS and "Attorney" in text:
        return False
    if plain == "V" and _PARTY_TO_A_CASE.search(text, max(0, start - 14), start):
        return False
    before = text[max(0, start - 2) : start]
    if initials[0] in "AI" and "." not in initials and not _INITIAL_FIRST.match(surface):
        return False
    return before[-1:] in {"", " ", "\n", "(", "“", '"', "‘", "-"} and not (
        before[:1] in {".", "!", "?"} and "." not in initials
    )


def _particle_belongs(text: str, start: int, floor: int, particles: str, surface: str) -> bool:
    """Whether the particles before a surname belong to it: "von der Leyen", not "The Van"."""
    before = text[max(floor, start - 8) : start].rstrip()
    first = particles.split()[0]
    if first.lower() in {"la", "le"} or (first in _ROMANCE and re.search(r"[A-Z][\w’'-]*\Z", before)):
        return False
    opens = not before or before[-1] in '.!?:“"'
    if first[0].isupper() and opens and particles[0].lower() + particles[1:] + surface not in text:
        return False
    return not before.lower().endswith((" the", " a", "the", "una"))
