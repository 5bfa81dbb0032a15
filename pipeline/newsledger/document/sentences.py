"""Sentences of a block of English news text, as exact offsets.

An own splitter because it has to be fast (the stages ask for every article), must give offsets into the
text as it stands, and must not cost the import of a language library. It looks at each full stop, question
mark or exclamation mark and asks the tables below whether a sentence can end there.
"""

from __future__ import annotations

import re

from newsledger.lexicons.calendar import (
    ALL_MONTHS,
    ALL_WEEKDAYS,
    MONTH_ABBREVIATIONS,
    WEEKDAY_ABBREVIATIONS,
)
from newsledger.lexicons.us_states import STATE_ABBREVIATIONS


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


BEFORE_NAME = _table(
    """
    Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Profs Sen Sens Rep Reps Gov Govs Gen Gens Lt Col Cols Cmdr Maj
    Capt Sgt Cpl Adm Brig Rev Revs Fr Hon Pres Supt Insp Det Asst Secy Assoc Dir Sec Amb Atty Mme Mlle
    St Ste Mt Ft Pt Pte Ald Cllr Dep Pfc Spc Hr Sra Srta Ing Lic Eng Engr Bp Msgr Sh Smt Kum Sri
    Shri Hj Tn Dato vs v viz cf approx ca esp incl eg ie e.g i.e Rs Re M/s Rt
    """
)
"""A full stop after one of these never ends a sentence: a name, number or explanation follows."""

BEFORE_NUMBER = _table(
    """
    No Nos no nos Art Arts art Fig Figs fig Sec sec Secs Ch ch Vol vol p pp para par Pt Ex Op
    """
)
"""... nor after one of these where a number follows ("No. 5")."""

MAY_END = _table(
    """
    Inc Corp Co Cos Ltd Plc PLC Bros Jr Sr Esq Bhd Sdn Pty Pvt LLC Assn Dept Univ Ave Blvd Rd Bldg Hwy
    Sq Ct a.m p.m am pm A.M P.M etc al est min max avg dept govt intl natl Con Res Ont Que Alta Sask Man
    Ph.D D.Phil M.D B.A M.A B.Sc LL.B
    """
)
MAY_END |= {word.title() for word in (*MONTH_ABBREVIATIONS, *WEEKDAY_ABBREVIATIONS)}
MAY_END |= {abbreviation.removesuffix(".") for abbreviation in STATE_ABBREVIATIONS}
"""Abbreviations that may stand at the end of a sentence: the next word decides (see ``STARTERS``)."""

STARTERS = _table(
    """
    The A An This That These Those There Here It Its He She His Her They Their We Our I My You Your Who
    What When Where Why How Which While Whether If In On At By For From With Without Within Under Over
    After Before During Since Until Till As But And Or Nor So Yet Because Although Though Despite
    However Meanwhile Moreover Furthermore Instead Also Then Now Today Yesterday Tomorrow Last Next
    Earlier Later Still Some Many Most Much More Other Others Another All Both Each Every Several Such
    No Not Nobody None Nothing Only Once One Two Three Four Five Six Seven Eight Nine Ten About Among
    According Asked Between Through Throughout Across Against Around Along Besides Beyond Following
    Given Like Unlike Officials Analysts Police Authorities Critics Experts Shares Sales Revenue Profit
    Revs Net
    """
)
"""Words that begin a sentence even after an abbreviation; hardly ever the rest of a name."""

AFTER_CLOCK = _table(
    """
    Eastern Central Mountain Pacific Greenwich European Moscow
    Beijing Tokyo London Paris ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST EET EEST
    IST JST KST HKT SGT AEST AEDT EAT WAT SAST PKT NZST NZDT
    """
)
AFTER_CLOCK |= {word.title() for word in (*ALL_MONTHS, *ALL_WEEKDAYS)}
"""After "5 p.m." these go on with the same sentence; any other capitalised word begins a new one."""

SAID = (
    "said|says|asked|asks|added|adds|told|wrote|replied|shouted|cried|exclaimed|wondered|joked|tweeted|posted|"
    "recalled|insisted|declared|quipped|continued|demanded|called"
)
"""Verbs after a quoted question: '"Really?" Ms Ito asked' is one sentence."""

_CANDIDATE = re.compile(
    r"""(?:(?<![.!?…])[.!?…]++(?:["'”’»)\]`]|\[\d{1,3}\])*+(?=\s)"""  # before a blank
    r"""|(?<=[a-z]{2})[.!?]["”’»)]?(?=[A-Z][a-z ]))"""  # "worked.The": a blank is missing
)
_ALNUM = re.compile(r"[^\W_]")
_OPENERS = "\"'“‘«([*_¿¡–—-•"
_CLOSING_QUOTES = ('"', "”", "’", "'", "`")
_LAST_WORD = re.compile(r"[\w./&’'-]*\Z")
_NEXT_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_ATTRIBUTION = re.compile(rf"(?:[A-Z][\w.'’-]*[ \t]+){{1,4}}(?:{SAID})\b(?P<last>[.,])?")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z|[A-Z]\Z")
_ENUMERATOR = re.compile(r"""["'“‘(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]+\Z""")


def _ends(text: str, begin: int, mark: int, after: int, stop: int) -> bool:
    """Whether a sentence that began at ``begin`` ends with the mark at ``mark``; the next one would start
    at ``after``, and the block ends at ``stop``."""
    ahead = after
    while ahead < stop and text[ahead] in _OPENERS:
        ahead += 1
    if ahead >= stop:
        return True
    first = text[ahead]
    sign = text[mark]
    glued = after == mark + 1
    if first.islower() and not (ahead + 1 < stop and text[ahead + 1].isupper()):
        return False
    next_word = _NEXT_WORD.match(text, ahead, stop)
    word = next_word[0] if next_word else ""
    starter = word in STARTERS or (word and word.replace("’", "'").split("'")[0] in STARTERS)
    if glued:
        return bool(starter)
    if sign != ".":
        if sign == "…":
            return bool(starter)
        quoted = text[mark + 1 : mark + 2] in _CLOSING_QUOTES
        return not (quoted and _ATTRIBUTION.match(text, ahead, stop))
    if text[mark + 1 : mark + 2] in _CLOSING_QUOTES:
        attribution = _ATTRIBUTION.match(text, ahead, stop)
        if attribution and attribution["last"]:  # '"We waited." Ms Ito said.'
            return False
    if text[mark + 1 : mark + 2] == ".":
        return bool(starter)
    last = _LAST_WORD.search(text, max(begin, mark - 24), mark)
    before = last[0] if last else ""
    if not before:
        return True
    core = before.rsplit("-", 1)[-1].lstrip("'’/")
    if core in BEFORE_NAME or (core.isupper() and len(core) > 1 and core.title() in BEFORE_NAME):
        return False
    if first.isdigit() and core in BEFORE_NUMBER:
        return False
    if _ENUMERATOR.match(text, begin, mark + 1):
        return False
    if core in ("a.m", "p.m", "am", "pm", "A.M", "P.M"):
        return word not in AFTER_CLOCK if word else not first.isdigit()
    if core in MAY_END or _INITIALS.match(core):
        if text[mark + 1 : mark + 2] in ('"', "”"):
            return True
        return bool(starter) or (first in '“"') or (text[ahead - 1] in '“"' and ahead > after)
    return True


def split(text: str, start: int, stop: int, into: list[tuple[int, int]]) -> None:
    """Append the sentences of ``text[start:stop]`` to ``into`` as (start, end), trimmed of blanks.

    >>> found = []
    >>> text = "U.S. Sen. J. K. Roe paid $1.5 million. He left at 5 p.m. Friday."
    >>> split(text, 0, len(text), found)
    >>> [text[a:b] for a, b in found]
    ['U.S. Sen. J. K. Roe paid $1.5 million.', 'He left at 5 p.m. Friday.']
    """
    begin = start
    first = len(into)
    for match in _CANDIDATE.finditer(text, start, stop):
        end = match.end()
        after = end
        while after < stop and text[after].isspace():
            after += 1
        if _ends(text, begin, match.start(), after, stop):
            if _ALNUM.search(text, begin, end):
                into.append((begin, end))
            elif first < len(into):  # a stray full stop or quotation mark
                into[-1] = (into[-1][0], end)
            else:  # at the very start it goes with what follows
                continue
            begin = after
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        if first < len(into) and not _ALNUM.search(text, begin, stop):
            into[-1] = (into[-1][0], stop)
        else:
            into.append((begin, stop))
