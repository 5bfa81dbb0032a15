"""The time limit of an article, in a main thread and in another."""

from __future__ import annotations

import json
import math
import os
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsledger.api import read_tables
from newsledger.cli.main import call
from newsledger.engines import batch
from newsledger.engines.loop import _processor_time
from newsledger.engines.worker import ArticleTimeout, Limited, _by_signal, _by_thread, _limiting
from newsledger.stages import names
from tests.engines.runs import snapshot


def spin(seconds: float) -> None:
    """Use the processor, and catch what a careless stage catches."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_processor_time_counts_in_the_main_thread() -> None:
    began = time.process_time()
    with _limiting() as limited, pytest.raises(ArticleTimeout):
        limited(0.2, lambda: spin(60))
    assert 0.1 < time.process_time() - began < 2


@pytest.mark.parametrize("limit", [_by_signal, _by_thread])
def test_waiting_does_not_count(limit: Callable[[], AbstractContextManager[Limited]]) -> None:
    """So a process that was stopped for a while, or waited for its turn, gives nothing up."""
    with limit() as limited:
        limited(0.1, lambda: time.sleep(0.5))


def test_the_clock_of_another_process_is_that_of_its_work() -> None:
    began = _processor_time(os.getpid())
    time.sleep(0.3)
    assert _processor_time(os.getpid()) - began < 0.2
    until = time.process_time() + 0.3  # of this process: a busy machine gives it less of any second
    while time.process_time() < until:
        sum(range(1000))
    assert _processor_time(os.getpid()) - began > 0.1


@pytest.mark.parametrize("seconds", [0, -1, 1e7, math.inf, math.nan])
def test_a_limit_that_is_none_is_refused(seconds: float, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It paid $5.")
    with pytest.raises(ValueError, match="time limit"):
        batch.run([tmp_path / "a.txt"], tmp_path / "out", seconds=seconds)
    limit = ["--time-limit", str(seconds)]
    assert call(["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), *limit]) == 2
    assert call(["check", str(tmp_path), *limit]) == 2


def test_the_alarms_are_off_afterwards() -> None:
    for limit in (_by_signal, _by_thread):
        with limit() as limited:
            for _ in range(3):
                limited(0.05, lambda: None)
            spin(0.3)


def in_thread(work: object) -> list[BaseException | str]:
    said: list[BaseException | str] = []

    def go() -> None:
        try:
            work()  # type: ignore[operator]
            said.append("done")
        except BaseException as error:
            said.append(error)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join(30)
    return said


def test_another_thread_has_a_limit_too() -> None:
    def slow() -> None:
        with _limiting() as limited:
            limited(0.2, lambda: spin(60))

    (error,) = in_thread(slow)
    assert isinstance(error, ArticleTimeout)


def test_a_limit_that_comes_too_late_ends_nothing() -> None:
    def close() -> None:
        with _by_thread() as limited:
            for n in range(120):
                with suppress(ArticleTimeout):
                    limited(0.002, partial(spin, 0.015 + n * 0.0001))
                spin(0.002)

    assert in_thread(close) == ["done"]


TEXTS = [
    "Achieng Wanjala of Kenya paid $5 million to the port on Monday.",
    "Le ministre a dit que la banque avait promis douze millions au port de la ville en avril.",
    "WANJALA SAID THE PORT OF MOMBASA WAS CLOSED.",
    "",
    "Pedro Ruiz, the mayor, thanked her. Ruiz will visit Mombasa in May 2023.",
]


def records(folder: Path) -> list[Path]:
    """Two files of short articles."""
    for n in range(2):
        lines = [json.dumps({"id": f"{n}-{at}", "text": text}) for at, text in enumerate(TEXTS)]
        (folder / f"{n}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return sorted(folder.glob("*.jsonl"))


def test_articles_extracted_together_give_the_bytes_of_each_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = records(tmp_path)
    for together in (1, 3, 32):
        monkeypatch.setattr("newsledger.engines.worker._TOGETHER", together)
        batch.run(files, tmp_path / str(together), workers=1)
    assert snapshot(tmp_path / "1") == snapshot(tmp_path / "3") == snapshot(tmp_path / "32")


def test_names_that_take_too_long_cost_their_own_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = names.find_in_steps

    def slow(text: str, **options: Any) -> Any:
        if "Ruiz" in text:
            spin(60)
        yield from find(text, **options)

    monkeypatch.setattr(names, "find_in_steps", slow)
    tables = read_tables(batch.run(records(tmp_path), tmp_path / "out", workers=1, seconds=1).folder)
    status = {row["article_id"]: row["status"] for row in tables.arrow("articles").to_pylist()}
    assert [name for name, found in status.items() if found == "error"] == ["0-4", "1-4"]
