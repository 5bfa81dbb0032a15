"""Exit codes, and what is printed on standard error when a command fails.

Commands on articles: 0 done, 1 stopped at an error, 2 wrong command line, setting or folder, 130 interrupted.
``check``, ``accept``, ``diff`` and ``evaluate``: 0 as expected, 1 different, 2 cannot compare; a fault of the
program is 2 there, for it says nothing about the figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from newsledger.regression.errors import CannotCompare, Why

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
DIFFERENT, CANNOT_COMPARE = 1, 2


def complain(message: str) -> None:
    """Print one line on standard error."""
    from newsledger.normalizer.display import one_line

    # A file may be called anything, and its name stands in what went wrong with it.
    typer.echo(f"newsledger: {one_line(message)}", err=True)


def debugging() -> bool:
    """Whether a fault is to be shown with its traceback."""
    return bool(os.environ.get("NEWSLEDGER_DEBUG"))


def in_words(error: Exception) -> str:
    """What went wrong: what the operating system refused, what cannot be meant, or a fault of the program."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}"
    if isinstance(error, ValueError):
        return str(error)
    return f"internal error, please report: {type(error).__name__}: {error} (NEWSLEDGER_DEBUG=1 shows where)"


@contextmanager
def comparing(report: Callable[[CannotCompare], None] | None = None) -> Iterator[None]:
    """Turn any error inside into exit code 2 and one line on stderr, since it is not a regression.

    ``report`` writes the problem into the reports that were asked for.
    """
    from newsledger.regression.errors import CannotCompare

    try:
        yield
        return
    except (BrokenPipeError, typer.Exit, typer.Abort):
        raise
    except CannotCompare as error:
        problem = error
    except Exception as error:
        why: Why = "internal"
        if isinstance(error, OSError | ValueError):
            why = "no_source" if isinstance(error, OSError) else "configuration"
        elif debugging():
            raise
        problem = CannotCompare(why, in_words(error))
    if report is not None:
        report(problem)
    complain(f"cannot compare [{problem.why}]: {problem}")
    raise typer.Exit(CANNOT_COMPARE)
