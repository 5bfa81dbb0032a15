"""What the terminal shows of articles, whose text may hold anything."""

from __future__ import annotations

import io

import pytest

import newsledger
from newsledger.cli.one_article import article_view, print_article
from newsledger.normalizer.display import MENTION_STYLES, safe_text
from newsledger.normalizer.schema import TABLES


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> newsledger.Tables:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda text, **_: iter([[]]))
    text = "Bank of Japan said:\x1b[2J\u202e $5 million\r\nwas paid on 3 April 2024 [bold]not markup[/bold]."
    return newsledger.extract(text, title="A \x07 title", article_id="x\x1by", published="2024-04-04")


def test_control_characters_never_reach_the_terminal(tables: newsledger.Tables) -> None:
    for stream in (io.StringIO(), Terminal()):
        print_article(tables, stream)
        printed = stream.getvalue()
        for character in ("\x1b[2J", "\u202e", "\x07", "\x1by"):
            assert character not in printed
        assert "[bold]not markup[/bold]" in printed
        assert "published" in printed


def test_colours_only_on_a_terminal(tables: newsledger.Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    pipe, terminal = io.StringIO(), Terminal()
    print_article(tables, pipe)
    print_article(tables, terminal)
    assert "\x1b" not in pipe.getvalue()
    assert "[$5 million|money]" in pipe.getvalue()
    assert "\x1b[" in terminal.getvalue()
    assert "|money]" not in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_article(tables, plain)
    assert "$5 million" in plain.getvalue()


def test_every_kind_has_a_colour_and_a_count(tables: newsledger.Tables) -> None:
    assert set(MENTION_STYLES) < set(TABLES)
    shown = "\n".join(str(part) for part in article_view(tables, colour=False))
    for called, _ in MENTION_STYLES.values():
        assert f" {called} " in shown


def test_digits_of_an_amount_or_a_day_stay_together(tables: newsledger.Tables) -> None:
    from rich.console import Console

    for width in (60, 80):
        console = Console(file=io.StringIO(), width=width)
        with console.capture() as captured:
            console.print(*article_view(tables, colour=False))
        assert "5,000,000" in captured.get()
        assert "2024-04-03" in captured.get()


def test_safe_text_keeps_every_offset() -> None:
    text = "".join(map(chr, range(0x2070)))
    assert len(safe_text(text)) == len(text)
    assert "\n" in safe_text(text)
