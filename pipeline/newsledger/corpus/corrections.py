"""Manual corrections: one line each in an append-only file that is applied to every run.

A correction names a row by its article and the words of its mention with some text around them, and says
what the program said (``old``) and what is right (``new``), both as they stand in CSV. Its id is a hash of
its content.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from newsledger.document.anchoring import CONTEXT_CHARS, AmbiguousQuote, Quote, Span, find_quote

Action = Literal["set", "add", "drop", "confirm", "same_person", "not_same_person"]
PERSONAL = ("same_person", "not_same_person")

_LEAST_SIDE = 10
"""Characters of text on one side of the words that find them where the other side was edited."""


class CorrectionsError(ValueError):
    """A file of corrections that cannot be read or written; the message names the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction; ``field`` is null if it concerns the whole row.

    ``new`` is the person's id in a judgement of who is who, and ``other`` a mention of that person; of a row
    that is added it is the JSON of its fields.
    """

    article_id: str
    text_sha256: str
    start_char: int
    end_char: int
    surface: str
    before: str = ""
    after: str = ""
    table: str
    field: str | None = None
    old: str | None = None
    new: str | None = None
    other: str | None = None
    action: Action
    reason: str = ""
    author: str | None = None
    made_on: str

    @property
    def correction_id(self) -> str:
        """The hash of its content."""
        return hashlib.sha256(json.dumps(dataclasses.astuple(self)).encode()).hexdigest()[:16]


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file, each once, in order; raises `CorrectionsError` for an invalid line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"corrections: cannot read {path}: {error}") from error
    found: dict[str, Correction] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                one = _correction(json.loads(line))
            except (ValueError, TypeError) as error:
                raise CorrectionsError(f"corrections: {path}, line {number}: {error}") from error
            found.setdefault(one.correction_id, one)
    return tuple(found.values())


def _correction(fields: Any) -> Correction:
    """A correction from its JSON; raises ``ValueError`` or ``TypeError`` for what is none."""
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    said = fields.pop("correction_id", None)
    one = Correction(**fields)
    for field in dataclasses.fields(one):
        value, optional = getattr(one, field.name), "None" in str(field.type)
        kind = int if field.name.endswith("_char") else str
        if not (isinstance(value, kind) or (optional and value is None)):
            raise ValueError(f"{field.name} cannot be {value!r}")
    if one.action not in get_args(Action):
        raise ValueError(f"no such action: {one.action!r}; there are {', '.join(get_args(Action))}")
    if one.action not in PERSONAL and (one.field is None) == (one.action == "set"):
        raise ValueError(f"{one.action} {'needs a' if one.action == 'set' else 'takes no'} field")
    dt.date.fromisoformat(one.made_on)
    if said not in (None, one.correction_id):
        raise ValueError("its content was changed; a correction is corrected by another line")
    return one


def append_corrections(path: Path, corrections: Iterable[Correction]) -> list[Correction]:
    """Append to a file, creating it if needed; returns the lines that were new."""
    held = {one.correction_id for one in read_corrections(path)} if path.exists() else set()
    added = [one for one in corrections if one.correction_id not in held]
    with path.open("ab") as file:
        if file.tell() and not path.read_bytes().endswith(b"\n"):
            file.write(b"\n")
        for one in added:
            line = {"correction_id": one.correction_id, **dataclasses.asdict(one)}
            file.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return added


def find_again(one: Correction, text: str, text_sha256: str) -> Span:
    """The current place of the words of a correction; raises ``LookupError`` if it is not certain.

    In a text that was changed the words must stand in one place with the text around them, less of it or that
    on one side where more is not left.
    """
    if text_sha256 == one.text_sha256:
        return one.start_char, one.end_char
    for quote in _quotes(one):
        try:
            span = find_quote(quote, text)
        except AmbiguousQuote as error:
            raise LookupError(str(error)) from None
        if span is not None:
            return span
    raise LookupError("the text was changed, and its words are no longer there")


def _quotes(one: Correction) -> Iterator[Quote]:
    for size in (*sorted(CONTEXT_CHARS, reverse=True), _LEAST_SIDE):
        before, after = one.before[-size:], one.after[:size]
        yield Quote(one.surface, before, after)
        if len(before) >= _LEAST_SIDE:
            yield Quote(one.surface, before)
        if len(after) >= _LEAST_SIDE:
            yield Quote(one.surface, after=after)
