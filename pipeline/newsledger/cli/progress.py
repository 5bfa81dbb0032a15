"""The progress bar of a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsledger.engines.loop import Progress


@contextmanager
def progress_bar(*, quiet: bool, **working: Any) -> Iterator[dict[str, Any]]:
    """Show a progress bar on stderr, where that is a terminal; gives the functions that a run calls.

    ``working`` is given back with them: what else the run is to be told of how to work.
    """
    if quiet or not sys.stderr.isatty():
        yield working
        return
    from rich import progress as rich
    from rich.console import Console

    bar = rich.Progress(
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.TaskProgressColumn(),
        rich.TextColumn("{task.fields[counts]}"),
        rich.TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )
    task = bar.add_task("", total=None, counts="")

    def step(name: str) -> None:
        bar.start()
        bar.update(task, description=name)

    def advance(progress: Progress) -> None:
        errors = f", {progress.errors:,} errors" if progress.errors else ""
        counts = f"{progress.articles:,} articles{errors}"
        bar.update(task, total=max(progress.total, 1), completed=progress.done, counts=counts)

    try:
        yield {"on_progress": advance, "on_step": step, **working}
    finally:
        bar.stop()
