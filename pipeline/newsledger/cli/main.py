"""The command ``newsledger``: puts the commands together and turns what goes wrong into an exit code.

Exit codes: 0 done; 1 stopped at an error (``--fail-fast``, nothing more can be written), or one of the
formats could not be written, or no article came through whole; 2 the command line, a setting or the output
folder is not as it must be; 130 stopped by Ctrl-C. A bad article is a row of ``issues`` and no error of the
command. Those of the commands that compare are in `newsledger.cli.failures`.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from newsledger.cli import (
    accept,
    check,
    correct,
    diff,
    evaluate,
    explain,
    extract,
    query,
    report,
    schema,
    show,
)
from newsledger.cli.failures import FAILED, INTERRUPTED, OK, USAGE, complain, debugging, in_words
from newsledger.cli.options import ConfiguredCommand, with_options

app = typer.Typer(
    name="newsledger",
    help="Reads folders of news articles and writes tidy tables of the people, countries, dates and "
    "monetary figures in them.",
    epilog="Exit codes: 0 done, 1 stopped at an error, 2 wrong command line or folder, 130 interrupted.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from newsledger.values.version import __version__

        typer.echo(f"newsledger {__version__}")
        raise typer.Exit


@app.callback()
def _newsledger(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


for _module in (extract, show, schema, explain, query, correct, report, check, accept, diff, evaluate):
    app.command(_module.__name__.rpartition(".")[2], cls=ConfiguredCommand)(with_options(_module.command))


def call(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; everything that goes wrong is one line on stderr."""
    arguments = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code: Any = app(args=arguments, standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except typer.Exit as end:
        code = end.exit_code
    except Exception as error:
        if hasattr(error, "format_message"):  # a mistake in the command line, found by typer
            if message := error.format_message():
                context = getattr(error, "ctx", None)
                complain(f"{message} (see {context.command_path if context else 'newsledger'} --help)")
            return USAGE
        if debugging() and not isinstance(error, OSError):
            raise
        complain(in_words(error))
        wrong = isinstance(error, ValueError | FileNotFoundError | IsADirectoryError | NotADirectoryError)
        return USAGE if wrong else FAILED
    if code == INTERRUPTED:
        # typer turns Ctrl-C into this code, without a word
        complain("interrupted; the same command goes on from here")
    return code if isinstance(code, int) else OK


class _Output(io.FileIO):
    """Standard output or standard error; where whoever read it has gone, that is their business."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return len(data)


def _opened(stream: TextIO | None, descriptor: int) -> TextIO:
    """A stream in place of Python's: no reader that goes, and no letter that it lacks, ends a command."""
    if stream is None:  # closed by the shell
        return Path(os.devnull).open("w", encoding="utf-8")
    raw = io.BufferedWriter(_Output(descriptor, "w", closefd=False))
    encoding, lines = stream.encoding, stream.isatty() or descriptor == 2
    return io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", line_buffering=lines)


def main() -> None:
    """The entry point of the command."""
    gc.set_threshold(200_000)  # what a start loads stays: not to be gone through 300 times
    sys.stdout, sys.stderr = _opened(sys.stdout, 1), _opened(sys.stderr, 2)
    if not debugging():
        # What fails once more while it is thrown away (a file on a full disk) was said the first time.
        sys.unraisablehook = lambda _: None
    code = call()
    try:
        sys.stdout.flush()
    except OSError as error:
        if code == OK:
            complain(in_words(error))
            code = FAILED
        sys.stdout = _opened(None, 1)  # Python would try again
    if "duckdb" not in sys.modules:  # which complains then
        gc.freeze()  # what was loaded ends with the process: not to be gone through once more
    sys.exit(code)


if __name__ == "__main__":
    main()
