"""The tutorial runs from top to bottom, and is kept with its outputs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.docs.blocks import ROOT

TUTORIAL = ROOT / "docs" / "tutorial.ipynb"


def test_it_runs_from_top_to_bottom() -> None:
    for needed in ("IPython", "nbformat", "matplotlib"):
        pytest.importorskip(needed)
    # In a process of its own: a notebook changes the settings of the libraries it uses.
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "build.py"), "try-tutorial"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_it_is_kept_with_outputs_and_without_traces() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    notebook = json.loads(text)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert sum(bool(cell["outputs"]) for cell in code) >= len(code) - 1
    shown = [output for cell in code for output in cell["outputs"]]
    assert {output.get("name", "stdout") for output in shown} == {"stdout"}
    assert any("image/png" in output.get("data", {}) for output in shown)
    assert any("newsledger" in "".join(output.get("data", {}).get("text/html", "")) for output in shown)
    assert str(ROOT) not in text
