"""From the classifier's raw spans to names: mends what is cut wrongly, drops what is plainly no person.

Every rule has a name. Rules that mend add it to :attr:`Found.rules`, so that the row's ``basis`` shows it;
rules that drop are listed in :func:`dropped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.layout import Layout
from pipeline.mentions import NameSpan
from pipeline.stages.people.parts import fold
from pipeline.stages.people.roles import Context
from pipeline.stages.people.tables import names, roles


@dataclass(slots=True)
class Found:
    """A name in the text: offsets, and the rules that made it so."""

    start: int
    end: int
    rules: list[str] = field(default_factory=list)


_TRIM_LEFT = re.compile(r"[\s,;:.!?'’‘“”\"`*|/\\<>@#&–—\-_]+")
_TRIM_RIGHT = re.compile(r"[\s,;:!?'’‘“”\"`*|/\\<>@#&–—\-_]+\Z")
_POSSESSIVE = re.compile(r"(?:['’`´]\s?s|['’`´])\Z", re.IGNORECASE)
_BREAK = re.compile(r"\s*(?:\s(?:and|&|und|or)\s|[;/|\n\t]|,(?!\s*(?:Jr|Sr|II|III|IV)\b)|\s{2,})\s*")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.\-‘](?=[^\W_]))*\.?")
_SUFFIX = re.compile(r",?\s+(?:Jr\.?|Sr\.?|II|III|IV)(?![\w])")
_BYNAME = re.compile(r" the ([A-Z][a-z]+)\b(?! [A-Z])")
_INITIAL = re.compile(r"(?:[A-Z]\.?[ ]?){1,2}\Z")


def mend(context: Context, layout: Layout, spans: Iterable[NameSpan]) -> list[Found]:
    """Turn the spans labelled PER into names in text order that neither overlap nor cross a segment."""
    text = context.text
    pieces: list[Found] = []
    for span in sorted(spans, key=lambda s: (s.start_char, s.end_char)):
        if span.label != "PER":
            continue
        for start, end, split in _split(text, layout, span.start_char, span.end_char):
            rules = ["split"] if split else []
            start, end = _trim(text, start, end)
            end = _before_caption(text, start, end)
            end = _before_small(text, start, end)
            start = _past_small(text, start, end, rules)
            start = _past_title(text, start, end, rules)
            if start < end:
                pieces.append(Found(start, end, rules))
    joined = _join(text, layout, pieces)
    found: list[Found] = []
    for piece in joined:
        floor = max(
            found[-1].end if found else 0, layout.segment_at(piece.start).start if layout.segments else 0
        )
        ceiling = layout.segment_at(piece.start).end if layout.segments else len(text)
        _extend(context, piece, floor, ceiling)
        if piece.start >= (found[-1].end if found else 0):
            found.append(piece)
    return found


def _split(text: str, layout: Layout, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Cut a span at segment borders, at "and", at a comma, a slash or a line's end."""
    start, end = max(0, start), min(len(text), end)
    parts = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        if match.start() > at:
            parts.append((at, match.start()))
        at = match.end()
    if at < end:
        parts.append((at, end))
    inside: list[tuple[int, int]] = []
    for left, right in parts:
        segment = layout.segment_at(left) if layout.segments else None
        while segment is not None and segment.end < right:
            if left < segment.end:
                inside.append((left, segment.end))
            following = layout.segment_at(min(right - 1, segment.end + 1))
            nexts = [s for s in layout.segments if s.start >= segment.end][:1]
            segment = nexts[0] if nexts and nexts[0].start < right else None
            left = segment.start if segment else right
            del following
        if left < right:
            inside.append((left, right))
    return [(a, b, len(inside) > 1) for a, b in inside]


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
        if surface.endswith(".") and not re.search(r"(?:\b(?:Jr|Sr)|\b[A-Z])\.\Z", surface):
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


_SMALL_END = re.compile(r"(?<=[^\W\d_A-Z.])[ \xa0][a-z][\w’']*\Z")


def _before_small(text: str, start: int, end: int) -> int:
    """Leave out a last word in small letters ("Maria Lopez w")."""
    match = _SMALL_END.search(text, max(start, end - 24), end)
    if match is None or match.start() <= start or fold(match[0]) in names().particles:
        return end
    return match.start()


_SMALL_WORD = re.compile(r"([a-zß-öø-ÿ][\w]*)[ \xa0]+(?=[^\W\d_a-zß-öø-ÿ])")


_CAPTION = re.compile(
    r"[ \xa0](?:Image|Photo|Photos|Photograph|Picture|Credit|File|Getty|Courtesy|Source|Video|Twitter|Facebook|Instagram)\Z"
)


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


# Titles that are also given names: with one word after them they may be the name itself.
_NAMES_TOO = frozenset(
    "dean earl duke baron bishop judge major marshal star count abbot page fellow prophet saint guru raja oba lama rector royal chase mark "
    "sultan amir emir shah chief author model general private minister miller fr rep don eng col gen imam haji lord lady swami prince king captain mp da mla chance "
    "st father brother sister monk lock prop host sri justice".split()
)
_ALWAYS = frozenset(
    "king prince general captain imam lord lady father brother sister chief minister st justice mp".split()
)


def _past_title(text: str, start: int, end: int, rules: list[str]) -> int:
    """Step over forms of address and roles at the start of a span ("President Biden", "Mr Kato")."""
    table = roles()
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, start, end)]
    at = 0
    while at < len(words) - 1:
        word = words[at][2]
        key = word.lower().rstrip(".")
        phrase = table.short.get(key, (key,))
        steps = 0
        if key in table.honorifics and not word.islower():
            steps = 1
        else:
            for candidate in table.by_first.get(phrase[0], ()):
                have, j = list(phrase), at + 1
                while len(have) < len(candidate) and j < len(words):
                    following = words[j][2].lower().rstrip(".")
                    have += table.short.get(following, (following,))
                    j += 1
                if tuple(have) == candidate and j < len(words):
                    steps = j - at
                    break
            if (
                not steps
                and key in ("former", "ex", "deputy", "acting", "late", "vice", "prime", "chief", "foreign")
                and at + 2 < len(words)
            ):
                following = words[at + 1][2].lower().rstrip(".")
                if table.short.get(following, (following,)) in table.field or following in table.modifiers:
                    steps = 1
        if not steps:
            break
        remains = len(words) - at - steps
        if key in _NAMES_TOO and key not in _ALWAYS and not word.islower() and not word.endswith("."):
            break
        if (
            word.isupper()
            and len(word) <= 3
            and remains >= 1
            and "." not in word
            and key not in {"mr", "ms", "dr", "mrs", "pm", "gen", "sen", "rep", "lt", "mp"}
        ):
            break
        at += steps
    if at:
        rules.append("title")
    return words[at][0] if words and at else start


_GAP = re.compile(r"[ \xa0]+|[ \xa0]?[-‐‑][ \xa0]?|[ \xa0]+(?:[A-Z]\.?[ \xa0]+){1,2}|\.[ \xa0]?")
_LINK = re.compile(
    r"[ \xa0]+(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|ter|ten|bin|ibn|al|el|y|ben|abu)[ \xa0]+){1,3}(?:al-|el-)?"
)
_NICK = re.compile(r"[ \xa0]*[\"“‘(\[][^\"“”‘’()\[\]\n]{1,30}[\"”’)\]][ \xa0]*")


def _join(text: str, layout: Layout, pieces: list[Found]) -> list[Found]:
    """Join neighbours that are one name cut in two: at a particle, an initial, a hyphen, a nickname."""
    joined: list[Found] = []
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
            left, right = text[last.start : last.end], text[piece.start : piece.end]
            rule = None
            if layout.segments and layout.segment_at(last.start) != layout.segment_at(piece.start):
                rule = None
            elif _LINK.fullmatch(gap):
                rule = "particle"
            elif _NICK.fullmatch(gap) and " " not in left:
                rule = "nickname" if gap.strip()[0] not in "([" or fold(gap) else None
            elif "" == gap and (left.endswith(("-", ".")) or right.startswith("-")):
                rule = "joined"
            elif _GAP.fullmatch(gap):
                one = left in whole and right in whole and (" " in left and " " in right)
                if not one and not (gap.startswith(".") and not _INITIAL.search(left)):
                    rule = "joined"
            if rule:
                last.end = piece.end
                last.rules = [*last.rules, rule, *piece.rules]
                continue
        joined.append(piece)
    return joined


_LEFT_LINK = re.compile(
    r"(?<![\w'’-])(?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|ter|bin|ibn|al|el|Al|El|Van|Von|Bin|De|Del|Dos|Da|Di|Le|La)[ \xa0]){1,3}\Z"
)
_LEFT_HYPHEN = re.compile(r"(?<![\w'’-])(?:al|el|as|ad|an|ash|ar|at|az|Al|El|As|Ad|An|Ash|Ar|At|Az)[-‐‑]\Z")
# Titles that are given names: after an office they are the name ("chief executive Dean Brown").
_LEFT_NAME = re.compile(r"([^\W\d_]+)[ \xa0]((?:Sultan|Dean|Earl|Duke|Baron|King|Major)[ \xa0])\Z")
_LEFT_INITIAL = re.compile(
    r"(?<![\w.'’-])(?:[A-Z]\.[ ]?){1,3}\Z|(?<![\w.'’-])[A-Z][ ](?:[A-Z][ ])?\Z|(?<![\w.'’-])[A-HJ-Z]{2}[ ]\Z"
)
_RIGHT_HYPHEN = re.compile(r"[-‐‑][^\W\d_][\w’']*(?:[-‐‑][^\W\d_][\w’']*)?")
_RIGHT_LINK = re.compile(
    r"[ \xa0](?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|bin|bint|ibn|al|el)[ \xa0]){1,3}(?:al-|el-)?[A-Z][\w’'-]*|[ \xa0](?:al|el|as|ash|ad|az)-[A-Z][\w’'-]*"
)
_RIGHT_WORD = re.compile(r"[ \xa0](?:[A-Z]\.[ \xa0])?[^\W\d_a-z][\w’'-]*")
_ENDS_OPEN = re.compile(
    r"(?:^|[\s-])(?:van|von|der|den|de|del|della|di|da|dos|du|bin|bint|ibn|al|el|[A-Z]\.)\Z"
)


def _extend(context: Context, piece: Found, floor: int, ceiling: int) -> None:
    """Let a name reach over particles, initials, a hyphen or a suffix that the span left out."""
    text = context.text
    surface = text[piece.start : piece.end]
    match = _LEFT_NAME.search(text, max(floor, piece.start - 60), piece.start)
    if match and roles().by_last.get(match[1].lower()) and match[1].lower() not in {"prince", "crown"}:
        piece.start = match.start(2)
        piece.rules.append("given name")
    window = text[max(floor, piece.start - 24) : piece.start]
    for pattern, rule in ((_LEFT_HYPHEN, "particle"), (_LEFT_LINK, "particle"), (_LEFT_INITIAL, "initial")):
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
        if match and match.end() - piece.end < 40:
            piece.end = match.end()
            piece.rules.append("particle")
    match = _RIGHT_HYPHEN.match(text, piece.end, ceiling)
    if match and not text.startswith(
        ("-led", "-era", "-like", "-style", "-backed", "-owned", "-elect", "-born", "-appointed"), piece.end
    ):
        word = match[0][1:]
        if word[:1].isupper() or (
            len(word) < 6 and surface.split()[-1][:1].isupper() and _asian(surface, word)
        ):
            piece.end = match.end()
            piece.rules.append("joined")
    match = _RIGHT_LINK.match(text, piece.end, ceiling)
    if match and match[0].split()[0] in {"bin", "bint", "ibn", "van", "von", "al", "el"}:
        piece.end = match.end()
        piece.rules.append("particle")
    match = _BYNAME.match(text, piece.end, ceiling)
    if match and " " not in surface and fold(match[1]) in names().bynames:
        piece.end = match.end()
        piece.rules.append("byname")
    match = _SUFFIX.match(text, piece.end, ceiling)
    if match:
        numeral = match[0].strip(" ,.").isupper()
        if not (numeral and "," in match[0]):
            piece.end = match.end()
            piece.rules.append("suffix")


def _asian(surface: str, word: str) -> bool:
    table = names()
    first = fold(surface.split()[0])
    return fold(word) in table.korean_syllables | table.dialect_syllables and (
        first in table.korean or first in table.chinese
    )


def _initials_belong(text: str, start: int, initials: str, surface: str) -> bool:
    """Whether initials before a surname are its own: not the end of a sentence, no numbering, no "U.S."."""
    plain = re.sub(r"[^A-Z]", "", initials)
    if plain in names().no_initials:
        return False
    if " " in surface and len(plain) > 1:
        return False
    before = text[max(0, start - 2) : start]
    if initials[0] in "AI" and "." not in initials:
        return False
    return before[-1:] in {"", " ", "\n", "(", "“", '"', "‘", "-"} and not (
        before[:1] in {".", "!", "?"} and "." not in initials
    )


def _particle_belongs(text: str, start: int, floor: int, particles: str, surface: str) -> bool:
    """Whether the particles before a surname belong to it: "von der Leyen", not "in de Wet's" or "The Van"."""
    before = text[max(floor, start - 8) : start].rstrip()
    first = particles.split()[0]
    if first in {"la", "Le", "La"} or (
        first in {"de", "da", "du", "di", "del"} and re.search(r"[A-Z][\w’'-]*\Z", before)
    ):
        return False
    opens = not before or before[-1] in '.!?:“"'
    if first[0].isupper() and opens and particles[0].lower() + particles[1:] + surface not in text:
        return False
    return not before.lower().endswith((" the", " a", "the", "una"))


@dataclass(frozen=True)
class Scene:
    """What the dropping rules look at besides the name: the other spans, and the surfaces' labels."""

    context: Context
    layout: Layout
    votes: dict[str, dict[str, int]]
    places: frozenset[str] = frozenset()
    """Surfaces that stand like places ("in Amethi") and never like people."""
    firms: frozenset[str] = frozenset()
    """Words that stand in the name of an organisation of this article."""
    titled: frozenset[str] = frozenset()
    """Surfaces that have a title somewhere in this article."""


_HAS_LETTER = re.compile(r"[^\W\d_]")
_NEXT = re.compile(r"(?:['’]s)?[ \xa0](&|[^\W\d_][\w’'&.-]*)")
_PREVIOUS = re.compile(r"([^\W\d_][\w’'.-]*)[ \xa0]\Z")
_WEB = re.compile(r"@|://|www\.|[a-z]\.(?:com|org|net|gov|html?)\b", re.IGNORECASE)
_HALF_WORD = re.compile(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "«": "»"}
_CALLED = re.compile(
    r"\b(?:as|called|named|nicknamed|dubbed|alias|nickname|surnamed|aka|a\.k\.a\.)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AND_CO = re.compile(r" (?:&|and) (?:Co|Sons|Company|Brothers|Bros|Associates|Partners)\b")
_CAMEL = re.compile(
    r"(?!(?:Mc|Mac|Fitz|De|Del|Della|Di|Da|Du|La|Le|Los|Van|Von|St|Al|El|O|D|Abu|Ben|Bin|Ten|Ver|Ap|Mag)[A-Z])"
    r"[^\W\d_]*[a-z][A-Z]"
)
_FINITE = frozenset("is was are were has had will would can could in on at to from for with and or".split())
_OF_OFFICE = re.compile(
    r"\b(?:president|chairman|chairwoman|director|ceo|founder|co-founder|members?|employees?|head)\s+of\s+\Z",
    re.IGNORECASE,
)


def dropped(scene: Scene, found: Found, *, titled: bool, known: bool) -> str | None:
    """The rule by which ``found`` is no person, None if it may be one.

    ``titled``: a role or form of address stands before it; ``known``: the article has the full name of a
    person so called.
    """
    text = scene.context.text
    table = names()
    surface = text[found.start : found.end]
    words = surface.split()
    keys = [fold(w) for w in words]
    if not _HAS_LETTER.search(surface) or len(surface) < 2 or not any(keys):
        return "no letters"
    if len(surface) > 80:
        return "too long"
    if any(c.isdigit() for c in surface):
        return "digit"
    if (
        _WEB.search(surface)
        or text[found.start - 1 : found.start] == "@"
        or _WEB.search(_chunk(text, found.start, found.end))
        or text[found.end : found.end + 1] in {"@", "_"}
        or text[found.end : found.end + 4] in {".com", ".org"}
    ):
        return "web address"
    if text[found.start - 1 : found.start].isalnum() or text[found.end : found.end + 1].isalnum():
        return "half a word"
    if _HALF_WORD.match(text, found.end):
        return "half a word"
    if surface.islower() and not _small_text(text):
        return "lower case"
    lowered = " ".join(keys)
    if lowered in table.nobody or (len(words) == 1 and lowered in table.nobody):
        return "nobody"
    if lowered in table.agencies and not titled and not known:
        return "news agency"
    if lowered in table.calendar and not titled and not known:
        return "calendar"
    if keys[-1] in table.companies and len(keys) > 1 and words[-1][:1].isupper() and len(keys[-1]) > 1:
        return "company"
    if (
        len(keys) > 1
        and keys[-1] in table.things
        and words[-1][:1].isupper()
        and keys[-1] in names().sure_things
    ):
        return "thing"
    country = scene.context.country_ends.get(found.end)
    if country is not None and country.start_char == found.start and not titled and not known:
        return "country"
    rule = _called_after(text, found, scene.layout)
    if rule is not None:
        return rule
    previous = _PREVIOUS.search(text, max(0, found.start - 24), found.start)
    if previous is not None and not titled:
        word = fold(previous[1])
        if (
            word in table.before
            and previous[1][:1].isupper()
            and not (word in {"san", "santa", "real", "team", "club"} and known)
        ):
            return "place or ship"
    if keys[0] in names().sure_places and len(words) > 1 and words[0][:1].isupper():
        return "place or ship"
    if titled or known:
        return None
    follow = _NEXT.match(text, found.end)
    if surface in scene.places or (
        follow is not None and follow[1] in table.of_place and "'" not in follow[0][:2]
    ):
        return "place"
    closer = _QUOTES.get(text[found.start - 1 : found.start])
    if closer is not None and text[found.end : found.end + 2].lstrip(",.!?")[:1] == closer:
        return None if _CALLED.search(text, max(0, found.start - 16), found.start - 1) else "quoted"
    if previous is not None and previous[1].lower() == "the":
        if len(words) == 1 and not (follow is not None and follow[1].lower() in table.of_person):
            return "definite"
        if len(words) > 1 and (follow is None or follow[1] in _FINITE):
            return "definite"
    if len(words) == 1:
        if keys[0] in scene.firms and surface not in scene.titled:
            return "short for a firm"
        if _CAMEL.match(surface):
            return "camel case"
        if _OF_OFFICE.search(text, max(0, found.start - 24), found.start):
            return "of an office"
        votes = scene.votes.get(surface)
        if votes:
            against = max((n for label, n in votes.items() if label != "PER"), default=0)
            if against and against >= votes.get("PER", 0):
                return "outvoted"
    return None


_IN = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|outside|across|throughout)\s+\Z")
_TRUST = re.compile(
    r"\b(?:believe[sd]?|believing|trust|trusted|faith|confidence|interest(?:ed)?|confide[sd]?|disappointed|found|saw|see|like)\s+(?:in|at)\s+\Z"
)
_SPOKE = re.compile(
    r"(?:['’]s\s+(?:wife|husband|son|daughter|mother|father|family|lawyer|death|life))|,?\s+(?:said|says|told|added|wrote|tweeted|argued|who)\b|,\s+\d\d,"
)


def firm_words(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Words of the organisations of the article: "Dome" where it names Dome Petroleum as well."""
    table = names()
    words: set[str] = set()
    for span in spans:
        if span.label not in {"ORG", "PER"}:
            continue
        keys = [fold(w) for w in span.surface.split()]
        if span.label == "ORG" and len(keys) > 1 and keys[-1] not in table.of_person:
            words.update(keys[:2])
        elif text.startswith((" <", " (NYSE", " (NASDAQ"), span.end_char):
            words.update(keys)
        elif len(keys) > 1 and (
            keys[-1] in table.companies or _called_after(text, Found(span.start_char, span.end_char), None)
        ):
            words.update(keys)
    return frozenset(w for w in words if len(w) > 2)


def standing_places(
    text: str, layout: Layout, found: Sequence[Found], votes: dict[str, dict[str, int]]
) -> frozenset[str]:
    """Surfaces labelled PER that stand after "in", "at", "near" and nowhere like a person."""
    there: dict[str, int] = {}
    people: set[str] = set()
    for piece in found:
        surface = text[piece.start : piece.end]
        if "title" in piece.rules or _SPOKE.match(text, piece.end, piece.end + 16):
            people.add(surface)
        elif _IN.search(text, max(0, piece.start - 12), piece.start) and not text.startswith(
            ("'s", "’s", "’", "'"), piece.end
        ):
            if not _TRUST.search(text, max(0, piece.start - 28), piece.start):
                there[surface] = there.get(surface, 0) + 1
    return frozenset(
        s for s, n in there.items() if s not in people and (n > 1 or votes.get(s, {}).get("LOC", 0) > 0)
    )


def _chunk(text: str, start: int, end: int) -> str:
    """The characters around a name up to the next blank, at most forty on each side."""
    left = re.search(r"\S{0,40}\Z", text[max(0, start - 40) : start])
    right = re.match(r"\S{0,40}", text[end : end + 40])
    return (left[0] if left else "") + text[start:end] + (right[0] if right else "")


def _called_after(text: str, found: Found, layout: Layout | None) -> str | None:
    """Whether the name opens the name of a firm, prize, place or law ("Nobel Peace Prize")."""
    table = names()
    at = found.end
    possessive = text.startswith(("'s", "’s"), at)
    heading = layout is not None and layout.zone_at(found.start) == "heading"
    if _AND_CO.match(text, found.end):
        return "company"
    for step in range(4):
        match = _NEXT.match(text, at)
        if match is None:
            return None
        word = match[1]
        key = fold(word) or word
        if (
            key in table.companies
            and word[:1].isupper()
            and not possessive
            and (step == 0 or key not in {"co", "ag", "sa", "ab"})
        ):
            return "company"
        if not word[:1].isupper() and word != "&" and key not in {"of", "and"}:
            return None
        if key in table.things and word[:1].isupper() and not possessive:
            if heading and key not in names().sure_things:
                return None
            return "thing"
        if key not in table.between or possessive:
            return None
        at = match.end()
    return None


def _small_text(text: str) -> bool:
    sample = text[:4000]
    return sum(c.isupper() for c in sample) * 200 < len(sample)
