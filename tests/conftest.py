"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import shared_data


@pytest.fixture
def shared() -> Path:
    """Folder of the shared research data; the test is skipped where it is absent."""
    base = shared_data.root()
    if base is None:
        pytest.skip("the shared research data is not beside this checkout (set NEWSLEDGER_SHARED)")
    return base
