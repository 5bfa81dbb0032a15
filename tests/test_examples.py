"""Every example beside a stage's rules is one test."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.examples import Example, check, ledger_given, load

STAGES = Path(__file__).parent.parent / "pipeline" / "newsledger" / "stages"
EXAMPLES = [
    (path.relative_to(STAGES).parts[0], f"{path.relative_to(STAGES).parent.parent}/{path.stem}", example)
    for path in sorted(STAGES.rglob("examples/*.yaml"))
    for example in load(path)
]


@pytest.mark.parametrize(
    ("stage", "example"), [(s, e) for s, _, e in EXAMPLES], ids=[f"{m}/{e.name}" for _, m, e in EXAMPLES]
)
def test_example(stage: str, example: Example) -> None:
    find = importlib.import_module(f"newsledger.stages.{stage}").find
    given = ledger_given(example.text, example.given) if stage == "ledger" else example.given
    check(example, find(example.text, **given))
