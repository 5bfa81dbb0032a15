"""Whether the person of a name is said to speak there: "Lopez said", "“No,” said Lopez.", "Lopez, 40, wrote".

Of two people with one surname, the one who has just spoken goes on speaking.
"""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of
from newsledger.stages.people.tables import names

_VERBS = any_of(
    [
        *names().speech_verbs,
        *("believes", "believed", "stated", "announced", "responded", "responds", "claimed", "claims"),
        *("commented", "posted", "testified", "admitted", "suggested", "expressed", "urged", "answered"),
    ]
)
_SAYS = re.compile(
    r"(?:,(?=\s)|,\s(?=[a-z\d])[^,.;:\n]{1,70},|\s?\([^()\n]{1,30}\)|\sof\s(?=the\s|[A-Z])[^,.;:\n]{1,50}?)?"
    rf"(?:\s(?!(?:was|were|is|are|been|being|be)\b)[a-z]{{2,9}})?\s(?:{_VERBS})\b"
)
_AFTER_SPEECH = re.compile(
    r"(?:[\"”’'],?|,)\s(?:said|says|added|adds|explained|recalled|wrote|noted)\s\Z|\b[Aa]ccording\sto\s\Z"
)
_NO_MORE = re.compile(r"[,.;:\n]|\s(?:in|at|of|on|during|after|when|while|as)\s|\Z")


def speaks(text: str, first: int, end: int) -> bool:
    """Whether who is named at text[first:end], title and name, speaks there.

    >>> text = "Lopez, a nurse, said so. “No,” said Dr Lopez. He said Lopez left."
    >>> speaks(text, 0, 5), speaks(text, 36, 44), speaks(text, 54, 59)
    (True, True, False)
    """
    if _SAYS.match(text, end, end + 110):
        return True
    return bool(_AFTER_SPEECH.search(text, max(0, first - 20), first) and _NO_MORE.match(text, end, end + 8))
