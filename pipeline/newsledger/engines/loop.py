"""Runs all shards: keeps the workers busy, and survives the death of workers.

Where a process dies, every shard in flight is suspect, for a pool does not say whose process it was. The
suspects are then tried one at a time; one that kills its process again is known by the note it left, and
the article in it is given up by name. So at worst one article costs two processes.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from newsledger.engines.executors import Engine, EngineError
from newsledger.engines.shards import Shard
from newsledger.engines.worker import CurrentArticle, Job, Outcome, read_current_article, run_shard
from newsledger.values.issues import Issue

_TICK = 1.0

_T = TypeVar("_T")


def _processor_time(pid: int) -> float:
    """Seconds of processor time of another process; where the system does not tell, those by the clock."""
    try:
        # How Linux names the clock of a process: see clock_getcpuclockid(3).
        return time.clock_gettime((~pid << 3) | 2)
    except (AttributeError, OSError):
        return time.monotonic()


class Stopped(Exception):
    """A run that was to stop at the first error, and the issue that stopped it."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


@dataclass(slots=True)
class Progress:
    """How far a run has come; weights are bytes of input."""

    total: int
    done: int = 0
    articles: int = 0
    known: Counter[str] = field(default_factory=Counter)
    """By stage the articles in which an earlier run had found what is there."""
    errors: int = 0


@dataclass(slots=True)
class _Task:
    shard: Shard
    given_up: dict[CurrentArticle, str] = field(default_factory=dict)
    deaths: int = 0


@dataclass(slots=True)
class Loop:
    """The processes of a run, for the loop over shards, `run`, which may be called once, and what follows."""

    job: Job
    make_engine: Callable[[], Engine]
    progress: Progress
    on_progress: Callable[[Progress], None]
    fail_fast: bool = False
    _engine: Engine | None = field(default=None, init=False)
    _in_hand: dict[str, tuple[CurrentArticle, float]] = field(default_factory=dict, init=False)
    """By shard: the article that its process was seen at first, and the clock of the process then."""

    def run(self, shards: Iterator[Shard]) -> None:
        """Do all shards; `end` must follow, whatever comes of it.

        Raises `Stopped` under ``fail_fast``, ``OSError`` if nothing more can be written or the cluster
        is lost, and goes through with ``KeyboardInterrupt``; finished shards stay finished.
        """
        waiting: Iterator[_Task] = map(_Task, shards)
        stillborn = 0
        while True:
            suspects, innocent = self._run_concurrently(waiting)
            if not suspects and not innocent:
                return
            stillborn = 0 if suspects else stillborn + 1
            if stillborn > 2:
                raise EngineError("worker processes end before they begin; try --workers 1")
            for task in suspects:
                # One at a time: the next death is this shard's own.
                self._run_alone(task)
            waiting = chain(innocent, waiting)

    def spread(self, function: Callable[[Any], None], items: Iterable[Any]) -> None:
        """Call ``function`` with each of ``items`` where the shards were done.

        A call whose process dies is made again. Raises what a call raises, and ``OSError`` if process
        after process dies or the cluster is lost.
        """
        left, deaths = list(items), 0
        while left:
            running = {self._submit(function, item): item for item in left}
            left = []
            while running:
                finished = self._finished(running)
                done = {future: running.pop(future) for future in finished}
                left += [item for future, item in done.items() if self._has_died(future)]
            if left:
                self.end()
                deaths += 1
                if deaths > 3:
                    raise ChildProcessError("worker processes end again and again; the same command goes on")

    def end(self) -> None:
        """End the processes."""
        if self._engine is not None:
            self._engine.stop()
            self._engine = None
        self._in_hand.clear()

    def _started(self) -> Engine:
        if self._engine is None:
            self._engine = self.make_engine()
        return self._engine

    def _submit(self, function: Callable[..., _T], *args: Any) -> Future[_T]:
        """Have a call made, which fails where a process died since the last one was finished."""
        try:
            return self._started().executor.submit(function, *args)
        except BrokenExecutor as error:
            failed: Future[_T] = Future()
            failed.set_exception(error)
            return failed

    def _submit_shard(self, task: _Task) -> Future[Outcome]:
        return self._submit(run_shard, task.shard, self.job, task.given_up)

    def _run_concurrently(self, waiting: Iterator[_Task]) -> tuple[list[_Task], list[_Task]]:
        """Do shards side by side until all are done, or until a process dies.

        Returns the shards in flight then: the suspects, and those that no process had begun.
        """
        running: dict[Future[Outcome], _Task] = {}
        fallen: list[_Task] = []
        while True:
            while not fallen and len(running) < 2 * self._started().workers:
                task = next(waiting, None)
                if task is None:
                    break
                running[self._submit_shard(task)] = task
            if not running:
                break
            for future in self._finished(running):
                task = running.pop(future)
                if not self._settle(future, task):
                    fallen.append(task)
        if fallen:
            self.end()
        begun = {
            t.shard.name for t in fallen if read_current_article(self.job.tmp, t.shard.name)[0] is not None
        }
        suspects = [task for task in fallen if task.shard.name in begun]
        return suspects, [task for task in fallen if task.shard.name not in begun]

    def _run_alone(self, task: _Task) -> None:
        while True:
            future = self._submit_shard(task)
            while not self._finished({future: task}):
                pass
            if self._settle(future, task):
                return
            self.end()
            task.deaths += 1
            current, _ = read_current_article(self.job.tmp, task.shard.name)
            if current is not None and current not in task.given_up:
                task.given_up[current] = "crash"
            elif task.deaths > 3 + len(task.given_up):
                raise EngineError("worker processes end before they begin; try --workers 1")

    def _finished(self, running: Mapping[Future[_T], Any]) -> set[Future[_T]]:
        """The finished ones of some shards, or other calls, none where a moment passed in vain.

        Raises ``ConnectionError`` if no more will be finished, as the cluster is lost.
        """
        finished, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
        if not finished:
            self._kill_hanging(task for task in running.values() if isinstance(task, _Task))
        cancelled = any(future.cancelled() for future in finished)
        lost = "the Dask scheduler is lost" if cancelled else None if finished else self._started().lost()
        if lost:
            raise ConnectionError(f"{lost}; the same command goes on from here")
        return finished

    def _has_died(self, future: Future[Any]) -> bool:
        """Whether the process of a finished call died; raises what else the call raised."""
        error = future.exception()
        if error is None:
            return False
        if self._engine is not None and isinstance(error, self._engine.deaths):
            return True
        raise error

    def _settle(self, future: Future[Outcome], task: _Task) -> bool:
        """Count a finished shard; False where its process died."""
        if self._has_died(future):
            return False
        outcome = future.result()
        for part in task.shard.parts:
            if part.spool is not None:
                part.spool.unlink(missing_ok=True)
        self.progress.done += task.shard.weight
        self.progress.articles += outcome.articles
        self.progress.known += outcome.known
        self.progress.errors += outcome.errors
        self.on_progress(self.progress)
        if self.fail_fast and outcome.first_error is not None:
            raise Stopped(outcome.first_error)
        return True

    def _kill_hanging(self, tasks: Iterable[_Task]) -> None:
        """Kill a process whose article has taken far too long, where its own time limit did not end it."""
        assert self._engine is not None
        for task in tasks:
            current, pid = read_current_article(self.job.tmp, task.shard.name)
            if current is None or pid is None or pid not in self._engine.pids():
                continue
            clock = _processor_time(pid)
            seen, since = self._in_hand.get(task.shard.name, (None, clock))
            if seen != current:
                self._in_hand[task.shard.name] = (current, clock)
            if seen != current or clock - since < 1.2 * self.job.seconds + 2:
                continue
            task.given_up[current] = "time"
            os.kill(pid, signal.SIGKILL)
