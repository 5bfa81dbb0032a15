"""Helpers to make inputs, run the command line and compare what it left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STUBBED = Path(__file__).with_name("stubbed.py")
ROOT = Path(__file__).resolve().parents[2]


def articles(folder: Path, count: int = 12, chars: int = 30_000) -> Path:
    """A folder of articles that fill several shards."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        text = f"Ana Lopez and Person {chr(65 + n % 26)}x paid ${n} on day {n}.\n" + "Filler words. " * (
            chars // 14
        )
        (folder / f"a{n:03d}.txt").write_text(text, encoding="utf-8")
    return folder


def environment(**extra: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "pipeline"), str(ROOT)]), **extra}


def run(
    *arguments: Any, timeout: float = 180, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the stubbed command line to its end."""
    return subprocess.run(
        [sys.executable, str(STUBBED), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment(**(env or {})),
        check=False,
    )


@contextmanager
def running(*arguments: Any, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """The stubbed command line at work; killed at the end if it still is."""
    process = subprocess.Popen(
        [sys.executable, str(STUBBED), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**(env or {})),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def snapshot(folder: Path, *, hidden: bool = False) -> dict[str, bytes]:
    """Name and content of every file, without the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock" and (hidden or ".newsledger" not in path.parts)
    }
