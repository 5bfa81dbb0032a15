"""Options are declared once, and every command takes the same ones for the same thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

import newsledger.cli
from newsledger.cli import main, options

FOLDER = Path(newsledger.cli.__file__).parent
COMMANDS = get_command(main.app).commands  # type: ignore[attr-defined]


def test_options_are_declared_in_one_module() -> None:
    declaring = [p.name for p in sorted(FOLDER.glob("*.py")) if "typer.Argument" in p.read_text("utf-8")]
    assert declaring == ["options.py"]
    declaring = [p.name for p in sorted(FOLDER.glob("*.py")) if "typer.Option" in p.read_text("utf-8")]
    assert declaring == ["main.py", "options.py"]  # --version is no option of a command


def test_every_command_is_a_module() -> None:
    assert all((FOLDER / f"{name}.py").is_file() for name in COMMANDS)


@pytest.mark.parametrize("name", ["extract", "show", "explain", "check", "accept", "evaluate"])
def test_commands_on_articles_share_their_options(name: str) -> None:
    taken = [parameter.name for parameter in COMMANDS[name].params]
    shared = list(dict.fromkeys([*options.READING, *options.EXTRACTION]))
    assert [option for option in taken if option in shared] == shared
