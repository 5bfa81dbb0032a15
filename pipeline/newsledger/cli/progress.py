"""The progress bar of a run."""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from newsledger.engines.loop import Progress


class ProgressBar:
    """The progress bar of a run, on stderr where that is a terminal."""

    def __init__(self, *, quiet: bool = False, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = not quiet and self._stream.isatty()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._began = time.monotonic()

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def seconds(self) -> float:
        """How long the work has taken so far."""
        return time.monotonic() - self._began

    def callbacks(self) -> dict[str, Any]:
        """The functions that a run calls, as keyword arguments."""
        return {"on_progress": self.advance, "on_step": self.step}

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._live = False

    def step(self, name: str) -> None:
        """Say what is being done now."""
        if not self._live:
            return
        bar = self._shown()
        if self._task is not None:
            bar.update(self._task, description=name)

    def advance(self, progress: Progress) -> None:
        """Say how far it has come."""
        if self._live and self._task is not None:
            counts = f"{progress.articles:,} articles"
            if progress.errors:
                counts += f", {progress.errors:,} errors"
            total = max(progress.total, 1)
            self._shown().update(self._task, total=total, completed=progress.done, counts=counts)

    def _shown(self) -> RichProgress:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[counts]}"),
                TimeRemainingColumn(),
                console=Console(file=self._stream),
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, counts="")
            self._bar.start()
        return self._bar
