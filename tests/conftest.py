"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import shared_data

_MANY_INPUTS = ("hostile", "test_any_text.py", "test_built_amounts.py")
"""Tests on thousands of texts or on megabytes: measuring coverage doubles their time and adds no line."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of coverage what only repeats the code that other tests run."""
    for item in items:
        if not set(_MANY_INPUTS).isdisjoint(item.path.parts):
            item.add_marker("no_cover")


@pytest.fixture
def shared() -> Path:
    """Folder of the shared research data; the test is skipped where it is absent."""
    base = shared_data.root()
    if base is None:
        pytest.skip("the shared research data is not beside this checkout (set NEWSLEDGER_SHARED)")
    return base
