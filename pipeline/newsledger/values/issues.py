"""What went wrong, or was worth saying, about one article or file: a row of the ``issues`` table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


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
