"""The time limit of an article, in a main thread and in another."""

from __future__ import annotations

import threading
import time

import pytest

from newsledger.engines import worker
from newsledger.engines.worker import ArticleTimeout, _by_signal, _by_thread, _time_limit


def spin(seconds: float) -> None:
    """Use the processor, and catch what a careless stage catches."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_processor_time_counts_in_the_main_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 1000)
    began = time.process_time()
    with pytest.raises(ArticleTimeout), _time_limit(0.2):
        spin(60)
    assert 0.1 < time.process_time() - began < 2


def test_waiting_does_not_count_until_patience_ends() -> None:
    with _by_signal(0.1):
        time.sleep(0.2)
    with pytest.raises(ArticleTimeout), _by_signal(0.1):
        time.sleep(60)


def test_the_alarms_are_off_afterwards() -> None:
    for _ in range(3):
        with _by_signal(0.05):
            pass
        with _by_thread(0.05):
            pass
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


def test_another_thread_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 1)

    def slow() -> None:
        with _time_limit(0.2):
            spin(60)

    (error,) = in_thread(slow)
    assert isinstance(error, ArticleTimeout)


def test_a_limit_that_comes_too_late_ends_nothing() -> None:
    def close() -> None:
        for n in range(60):
            try:
                with _by_thread(0.002):
                    spin(0.0015 + n * 0.00002)
            except ArticleTimeout:
                pass
            spin(0.002)

    assert in_thread(close) == ["done"]
