"""The notebook's face is a short, deliberate list of names, and cheap to import."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

import newsledger

HEAVY = (
    "pandas",
    "pyarrow",
    "numpy",
    "spacy",
    "onnxruntime",
    "tokenizers",
    "dateparser",
    "rich",
    "typer",
    "babel",
)


def test_exported_names_are_all_there() -> None:
    for name in newsledger.__all__:
        assert getattr(newsledger, name) is not None
    assert dir(newsledger) == sorted(newsledger.__all__)
    public = {
        name
        for name, value in vars(newsledger).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    } - {"annotations", "TYPE_CHECKING", "Any"}
    assert public == set(newsledger.__all__) - {"__version__"}


def test_no_module_hides_an_exported_name() -> None:
    import importlib.util

    for name in newsledger.__all__:
        assert importlib.util.find_spec(f"newsledger.{name}") is None


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extractor'"):
        newsledger.extractor  # noqa: B018


@pytest.mark.parametrize(
    "statement", ["import newsledger; newsledger.Article, newsledger.Settings", "import newsledger.cli.main"]
)
def test_importing_is_cheap(statement: str) -> None:
    code = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = set(eval(done.stdout)) - ({"typer"} if "cli" in statement else set())
    assert not heavy
