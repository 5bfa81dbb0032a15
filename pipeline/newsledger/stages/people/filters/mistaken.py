"""Names that stand where no person of the article would: a town after an age, "Jane Doe", a make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import given_and_pet_names, names

_DOE = re.compile(r"[ \xa0](?:Does?|DOES?)\b")


def unnamed(text: str, words: Sequence[str], end: int) -> bool:
    """Whether whoever may not be named is meant, and no two of those need be one.

    >>> unnamed("Jane Doe #2 left", ["Jane"], 4), unnamed("Jane Doering left", ["Jane"], 4)
    (True, False)
    """
    return (len(words) == 1 and bool(_DOE.match(text, end))) or words[-1] in {"Does", "DOES"}


_THEIRS = re.compile(r"[,.;]|['’](?!s)| (?:were|are|have|both|themselves)\b")


def whole_family(text: str, surface: str, start: int, end: int) -> bool:
    """Whether a surname in "s" stands for all who bear it.

    >>> text = "on the street of the Gebbins, south; the Gebbins trial"
    >>> whole_family(text, "Gebbins", 21, 28), whole_family(text, "Gebbins", 41, 48)
    (True, False)
    """
    if not surface.endswith("s"):
        return False
    if text.endswith(" other ", 0, start) and _SO_MANY_OTHERS.search(text, max(0, start - 24), start):
        # "three other Hales"
        return not text.startswith(("'", "’"), end)
    return text.endswith(("the ", "The "), 0, start) and bool(_THEIRS.match(text, end))


_SO_MANY_OTHERS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|all|\d+) other \Z", re.I
)


_AFTER_AGE = re.compile(r"[A-Z][\w’'-]+, (?:1[0-9]|[2-9][0-9]), \Z")
_AGE_COMMA = re.compile(r"[A-Za-z], (?:1[0-9]|[2-9][0-9]),\s(?=[A-Z])")
_ENDS_ITEM = re.compile(r"[,;.](?! \d)| and |\n[·•*-]")


def home_after_age(context: Context, found: PersonSpan, keys: Sequence[str]) -> bool:
    """Whether a name is that of the town in "Ana Prado, 26, Pacolma, and".

    Two words may be somebody else, unless the text has a place after the age of another.
    """
    text = context.text
    if not _AFTER_AGE.search(text, max(0, found.start - 24), found.start):
        return False
    if not _ENDS_ITEM.match(text, found.end):
        return False
    if len(keys) == 1:
        return True
    if keys[0] in given_and_pet_names():
        return False
    return any(
        (span := context.name_starts.get(match.end())) is not None and span.label == "LOC"
        for match in _AGE_COMMA.finditer(text)
    )


_BARE_DATELINE = re.compile(r" [–—-] (?:An? |The )?[A-Z]?[a-z]")


def bare_dateline(text: str, surface: str, end: int) -> bool:
    """Whether a word in capitals that opens a line is the town of a dateline without a date.

    A word in small letters that opens the text may be one before an article ("Tarnovo - The bank said").

    >>> bare_dateline("FULLERTON – A man left.", "FULLERTON", 9), bare_dateline("LIND: No.", "LIND", 4)
    (True, False)
    """
    if text.count(surface) != 1:
        return False
    if surface.isupper():
        return bool(_BARE_DATELINE.match(text, end))
    return " " not in surface and end < _OPENING and bool(_DATELINE_ARTICLE.match(text, end))


_OPENING = 40
_DAY_AFTER = re.compile(r" \d{1,2} [-–—] ")


def misspelt_month(text: str, start: int, end: int) -> bool:
    """Whether a word stands where a dateline has the month: "LIND, N.Y., Marc 3 - A bank rose".

    >>> misspelt_month("LIND, N.Y., Marc 3 - A bank", 12, 16), misspelt_month("Lind, Marc 3", 6, 10)
    (True, False)
    """
    return end < _OPENING and text.endswith(", ", 0, start) and bool(_DAY_AFTER.match(text, end))


_DATELINE_ARTICLE = re.compile(r" [–—-] (?:An?|The) [A-Z]?[a-z]")


def of_calibre(text: str, start: int) -> bool:
    """Whether the make of a weapon stands after its calibre, which nobody's name does.

    >>> of_calibre("a .22 caliber Hale pistol", 14), of_calibre("met Hale", 4)
    (True, False)
    """
    return text.endswith((" mm ", "-mm ", "mm. ", "caliber ", "calibre ", "gauge "), 0, start)


_AGED = re.compile(r"\b[Aa]n? \d{1,3}-year[ -]old \Z")
_NOUN_AFTER = re.compile(
    r" (?!(?:was|is|had|has|went|took|came|won|told|said|says|made|left|found|led|began|got|gave|saw|ran|who"
    r"|and|from|with|into|for|could|would|then|now|set|met|wrote|made|became|knew|felt|kept|lost|at|in|on|to)\b)"
    r"[a-z-]{3,}(?<!ed)(?<!ing)\b"
)


def kind_of_person(text: str, start: int, end: int) -> bool:
    """Whether a name says of what faith or people one of an age is, as no name follows "a 22-year-old".

    >>> text = "a 22-year-old Tarnovitch student left; a 22-year-old named Ada left"
    >>> kind_of_person(text, 14, 24), kind_of_person(text, 59, 62)
    (True, False)
    """
    return bool(_AGED.search(text, max(0, start - 18), start) and _NOUN_AFTER.match(text, end))


_MACHINE = re.compile(
    r" (?:[a-z]+ )?(?:truck|pickup|tractor|motorcycle|sedan|rifle|pistol|revolver|handgun|shotgun)s?\b"
)
_DETERMINED = re.compile(r"\b(?:an?|his|her|the) \Z")


def make_of_machine(text: str, start: int, end: int) -> bool:
    """Whether a name says who made a lorry or a weapon.

    >>> make_of_machine("hit a Mack cement truck", 6, 10), make_of_machine("took Mack's truck", 5, 9)
    (True, False)
    """
    if _MACHINE.match(text, end) is None:
        return False
    return bool(_DETERMINED.search(text, max(0, start - 5), start))


_SENTENCE_START = re.compile(r"(?:\A|[.!?\n]\s?)\Z")


def common_word(text: str, surface: str, start: int) -> bool:
    """Whether a word that opens a sentence or stands in capitals is a noun, as the text has it small, too.

    >>> text = "JAIL COOK HELD\\nA cook was held. Semen was found; the semen tells."
    >>> common_word(text, "COOK", 5), common_word(text, "Semen", 32), common_word("Hale came.", "Hale", 0)
    (True, True, False)
    """
    low = surface.lower()
    capitals = surface.isupper()
    if len(low) < 4 or not (capitals or _SENTENCE_START.search(text, max(0, start - 2), start)):
        return False
    if low in given_and_pet_names() or (low in names().families and not capitals):
        return False
    return low in _small_words(text) and (capitals or text.count(surface) == 1)


_SMALL_WORD = re.compile(r"(?<![\w-])[^\W\dA-Z_][^\W\dA-Z_-]{3,}(?![\w-])")


@lru_cache(maxsize=2)
def _small_words(text: str) -> frozenset[str]:
    """The longer words of ``text`` in small letters; one scan serves all its names."""
    return frozenset(_SMALL_WORD.findall(text))


_AMPERSAND = re.compile(r"(?:\A|[^\w.])[A-Z][\w’'-]+ & \Z")


_SIGN_AFTER = re.compile(r" & [A-Z][\w-]+['’]s\b")


def sign_between(text: str, found: PersonSpan) -> bool:
    """Whether a name is the second of a firm's: "Dave & Halvor's", unlike "Dave and Halvor".

    >>> sign_between("at Dave & Halvor's now", PersonSpan(10, 16))
    True
    >>> sign_between("Dave & Halvor met", PersonSpan(7, 13))
    False
    """
    if text.startswith(" & ", found.end):
        # "Dave" of it
        return bool(_SIGN_AFTER.match(text, found.end))
    if not text.startswith(("'s", "’s"), found.end) or not text.endswith("& ", 0, found.start):
        return False
    return bool(_AMPERSAND.search(text, max(0, found.start - 20), found.start))
