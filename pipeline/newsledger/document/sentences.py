"""Splits a block of English news text into sentences with exact offsets.

An own splitter because it has to be fast (the stages ask for every article), must give offsets into the
text as it stands, and must not cost the import of a language library. It looks at each full stop, question
mark or exclamation mark and looks up in ``words.toml`` whether a sentence can end there.
"""

from __future__ import annotations

from newsledger.document.words import WORDS
from newsledger.lexicons.load import any_of, lazy_regex

BEFORE_NAME, BEFORE_NUMBER, STARTERS = WORDS["before_name"], WORDS["before_number"], WORDS["starters"]
MAY_END = frozenset(word.removesuffix(".") for word in WORDS["may_end"])

_CANDIDATE = lazy_regex(
    r"""(?:(?<![.!?…])[.!?…]++["'”’»)\]`]*+(?=\s)"""  # before a blank
    r"""|(?<=[a-z]{2})[.!?]["”’»)]?(?=[A-Z][a-z ]))"""  # "worked.The": a blank is missing
)
_ALNUM = lazy_regex(r"[^\W_]")
_OPENERS = "\"'“‘«([*_¿¡–—-•"
_CLOSING_QUOTES = ('"', "”", "’", "'", "`")
_LAST_WORD = lazy_regex(r"[\w./&’'-]*\Z")
_NEXT_WORD = lazy_regex(r"[^\W\d_]+(?:['’][a-z]+)?")
_ATTRIBUTION = lazy_regex(rf"(?:[A-Z][\w.'’-]*[ \t]+){{1,4}}(?:{any_of(WORDS['said'])})\b(?P<last>[.,])?")
_INITIALS = lazy_regex(r"(?:[A-Za-z]\.)+[A-Za-z]\Z|[A-Z]\Z")
_ENUMERATOR = lazy_regex(r"""["'“‘(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]+\Z""")


def _ends(text: str, begin: int, mark: int, after: int, stop: int) -> bool:
    """Whether a sentence that began at ``begin`` ends with the mark at ``mark``.

    The next one would start at ``after``, and the block ends at ``stop``.
    """
    ahead = after
    while ahead < stop and text[ahead] in _OPENERS:
        ahead += 1
    if ahead >= stop:
        return True
    if text[ahead].islower() and not text[ahead + 1 : ahead + 2].isupper():
        return False
    next_word = _NEXT_WORD.match(text, ahead, stop)
    word = next_word[0] if next_word else ""
    starter = word in STARTERS or word.replace("’", "'").split("'")[0] in STARTERS
    sign, behind = text[mark], text[mark + 1 : mark + 2]
    if after == mark + 1 or sign == "…" or (sign == "." and behind == "."):
        return starter
    if behind in _CLOSING_QUOTES:
        attribution = _ATTRIBUTION.match(text, ahead, stop)
        if attribution and (sign != "." or attribution["last"]):  # '"We waited." Ms Ito said.'
            return False
    if sign != ".":
        return True
    last = _LAST_WORD.search(text, max(begin, mark - 24), mark)
    core = last[0].rsplit("-", 1)[-1].lstrip("'’/") if last else ""
    if core in BEFORE_NAME or (core.isupper() and len(core) > 1 and core.title() in BEFORE_NAME):
        return False
    if (text[ahead].isdigit() and core in BEFORE_NUMBER) or _ENUMERATOR.match(text, begin, mark + 1):
        return False
    if core in WORDS["clocks"]:
        return word not in WORDS["after_clock"] if word else not text[ahead].isdigit()
    if core in MAY_END or _INITIALS.match(core):
        return starter or text[ahead - 1] in '“"'
    return True


def split(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:stop]`` as (start, end), trimmed of blanks.

    >>> text = "U.S. Sen. J. K. Roe paid $1.5 million. He left at 5 p.m. Friday."
    >>> [text[a:b] for a, b in split(text, 0, len(text))]
    ['U.S. Sen. J. K. Roe paid $1.5 million.', 'He left at 5 p.m. Friday.']
    """
    found: list[tuple[int, int]] = []
    begin = start
    for match in _CANDIDATE.finditer(text, start, stop):
        end = match.end()
        after = end
        while after < stop and text[after].isspace():
            after += 1
        if _ends(text, begin, match.start(), after, stop):
            if _ALNUM.search(text, begin, end):
                found.append((begin, end))
            elif found:  # a stray full stop or quotation mark
                found[-1] = (found[-1][0], end)
            else:  # at the very start it goes with what follows
                continue
            begin = after
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop and found and not _ALNUM.search(text, begin, stop):
        found[-1] = (found[-1][0], stop)
    elif begin < stop:
        found.append((begin, stop))
    return found
