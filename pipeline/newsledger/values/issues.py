"""Issues: problems and notices about one article or file, which become rows of the ``issues`` table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}")
_MESSAGE_CHARS = 300
LISTED = 1000
"""So many issues of one kind, of one file or about ids, are listed one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One row of the ``issues`` table.

    ``error``: an article (or a file, or a line of one) gives no values. ``warning``: it gives values, but
    something was mended or left out that a user should look at. ``info``: a choice worth knowing.
    ``code`` is stable and meant for filters; ``message`` is for people and says what to do.
    ``article_id`` is that of the article, or of what would have been one; empty where it is about none.

    >>> issue = Issue(source_path="a.txt", stage="reading", severity="error", code="empty", message="no text")
    >>> str(issue)
    'a.txt: no text [empty]'
    """

    article_id: str = ""
    source_path: str = ""
    stage: str
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        where = self.article_id or self.source_path
        return f"{where}: {self.message} [{self.code}]" if where else f"{self.message} [{self.code}]"


def describe_error(error: BaseException) -> str:
    """An exception as one short line that is the same on every run and machine.

    >>> describe_error(KeyError("a"))
    "KeyError: 'a'"
    """
    text = _ADDRESS.sub("0x...", " ".join(str(error).split()))
    line = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return line if len(line) <= _MESSAGE_CHARS else line[: _MESSAGE_CHARS - 1] + "…"
