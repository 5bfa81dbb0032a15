"""What an explanation holds, and how it is shown as text and in a notebook."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.normalizer.display import one_line, safe_text, text_html

_WIDTH = 100
_MARGIN = 13


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """Words that a stage looked at and made no mention of, and why."""

    stage: str
    start_char: int
    end_char: int
    surface: str
    why: str

    def __str__(self) -> str:
        return f'"{" ".join(self.surface.split())}" ({self.stage}): {self.why}'


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why one row is as it is.

    ``reasons`` are (what, why) pairs in the order in which things are decided; ``dropped`` is what was
    looked at in the same sentence and not taken; ``remarks`` say where the explanation itself is in doubt.
    ``print(explanation)`` shows it all.
    """

    mention_id: str
    table: str
    article_id: str
    start_char: int
    end_char: int
    surface: str
    zone: str
    sentence: tuple[str, str, str]
    """The sentence before, in and after the mention."""
    value: str
    reasons: tuple[tuple[str, str], ...]
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.in_width(_WIDTH)

    def in_width(self, width: int) -> str:
        """It all, in lines of at most ``width`` characters."""
        return "\n".join(self._lines(width))

    def __repr__(self) -> str:
        return f"Explanation({self.mention_id!r}: {self.value})"

    def _repr_html_(self) -> str:
        before, inside, after = (text_html(" ".join(part.split())) for part in self.sentence)
        cells = "".join(
            f'<tr><th style="text-align:left;vertical-align:top">{text_html(what)}</th>'
            f'<td style="text-align:left;white-space:pre-wrap">{text_html(why)}</td></tr>'
            for what, why in self._entries()
        )
        return (
            f"<p>{before}<mark>{inside}</mark>{after}</p>"
            f"<p><code>{text_html(self.mention_id)}</code></p><table>{cells}</table>"
        )

    def _entries(self) -> list[tuple[str, str]]:
        entries = [("value", self.value), *self.reasons]
        entries += [("dropped", str(one)) for one in self.dropped]
        return entries + [("remark", remark) for remark in self.remarks]

    def _lines(self, width: int) -> Iterator[str]:
        yield safe_text(self.mention_id)
        before, inside, after = (" ".join(part.split()) for part in self.sentence)
        gap = " " if self.sentence[0][-1:].isspace() else ""
        end = " " if self.sentence[2][:1].isspace() else ""
        sentence = f"{before}{gap}[[{inside}]]{end}{after}"
        yield from textwrap.wrap(
            safe_text(sentence), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
        yield ""
        previous = ""
        for what, why in self._entries():
            yield from _entry("" if what == previous == "dropped" else what, why, width)
            previous = what


def _entry(what: str, why: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(one_line(why), width - _MARGIN, break_on_hyphens=False, break_long_words=False)
    for number, line in enumerate(lines):
        yield f"  {what if number == 0 else '':<{_MARGIN - 2}}{line}"
