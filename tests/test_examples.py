"""Every example beside a stage's rules is one test."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.examples import Example, check, load

STAGES = Path(__file__).parent.parent / "pipeline" / "newsledger" / "stages"
EXAMPLES = [
    (path.parent.name, example) for path in sorted(STAGES.glob("*/examples.yaml")) for example in load(path)
]


@pytest.mark.parametrize(("stage", "example"), EXAMPLES, ids=[f"{s}/{e.name}" for s, e in EXAMPLES])
def test_example(stage: str, example: Example) -> None:
    find = importlib.import_module(f"newsledger.stages.{stage}").find
    check(example, find(example.text, **example.given))
