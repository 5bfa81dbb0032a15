"""Runs shards: in this process, in a pool of processes, or on a Dask cluster.

Each engine is a way to make a ``concurrent.futures.Executor``; the loop over shards knows nothing else.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, TypeVar

from newsledger.engines.worker import start_process

EngineName = Literal["local", "dask"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


_WITHOUT_WORKERS = 30
"""Seconds after which a cluster whose workers are gone is given up."""


class EngineError(ValueError):
    """An engine that cannot be used; the message is one line for the user."""


class InProcess(Executor):
    """Runs each task at once, in this process."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Run ``fn`` and return its finished future; Ctrl-C goes through."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Engine:
    """A running executor, how many shards it works on at a time, and how to end it at once."""

    executor: Executor
    workers: int
    stop: Callable[[], None] = lambda: None
    pids: Callable[[], set[int]] = set
    """Process ids that may be killed where an article hangs."""
    deaths: tuple[type[BaseException], ...] = ()
    """The exceptions of a task whose process died."""
    lost: Callable[[], str | None] = lambda: None
    """Why no task will be finished any more, if that is so."""


def available_cpus() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def local(workers: int) -> Engine:
    """A pool of processes on this machine."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["newsledger.engines.worker"])
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=start_process)

    def processes() -> dict[int, Any]:
        return dict(getattr(executor, "_processes", None) or {})

    def stop() -> None:
        running = processes().values()
        executor.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join(5)

    return Engine(executor, workers, stop, lambda: set(processes()), (BrokenExecutor,))


def dask(workers: int, scheduler: str | None = None) -> Engine:
    """A Dask cluster: the one at ``scheduler``, or one of our own on this machine.

    The workers of a real cluster must see the input and output folders under the same paths.
    """
    from importlib import import_module

    try:
        config = import_module("dask").config
        distributed: Any = import_module("distributed")
        killed: Any = import_module("distributed.scheduler").KilledWorker
    except ImportError:
        raise EngineError("the dask engine needs dask: pip install 'newsledger[dask]'") from None

    # What a cluster has to say in its logs is said in one line, see ``lost``.
    for logs in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(logs).setLevel(logging.CRITICAL + 1)
    # A task whose worker died twice is given back, to be tried alone; one thread, or models compete.
    config.set({"distributed.scheduler.allowed-failures": 1, "distributed.comm.retry.count": 2})
    cluster = None
    if scheduler is None:
        # Nobody looks at the profiles of a cluster that ends with the run; they cost a few per cent.
        config.set({"distributed.worker.profile.enabled": False})
        cluster = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        )
    try:
        client = distributed.Client(cluster or scheduler, timeout=30)
    except (OSError, TimeoutError, ValueError) as error:
        raise EngineError(f"no Dask scheduler at {scheduler}: {error}") from None
    count = len(client.scheduler_info(n_workers=-1)["workers"]) if scheduler else workers

    gone: float | None = None
    """Since when there are no workers."""

    def lost() -> str | None:
        nonlocal gone
        try:
            held = client.scheduler_info()["workers"] if client.status == "running" else None
        except (OSError, TimeoutError):
            held = None
        if held is None:
            return "the Dask scheduler is lost"
        gone = None if held else gone or time.monotonic()
        return "the Dask workers are lost" if gone and time.monotonic() > gone + _WITHOUT_WORKERS else None

    def stop() -> None:
        client.close(timeout=5)
        if cluster is not None:
            cluster.close()

    return Engine(client.get_executor(pure=False), max(count, 1), stop, deaths=(killed,), lost=lost)


def make_engine(
    name: EngineName, workers: int, *, scheduler: str | None = None, apart: bool = False
) -> Engine:
    """Start an engine; raises `EngineError` if it is not available.

    One local worker is this process itself, unless the work is to be done ``apart`` from it.
    """
    if name == "dask":
        return dask(workers, scheduler)
    return Engine(InProcess(), 1) if workers <= 1 and not apart else local(max(workers, 1))
