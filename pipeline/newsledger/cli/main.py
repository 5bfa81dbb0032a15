"""The command ``newsledger``: each command is one call of the library.

Exit codes: 0 done; 1 stopped at an error (``--fail-fast``, nothing more can be written), or one of the
formats could not be written, or no article came through whole; 2 the command line, a setting or the output
folder is not as it must be; 130 stopped by Ctrl-C. A bad article is a row of ``issues`` and no error of the
command.

A room adds its commands in a module of its own with ``def register(app: typer.Typer) -> None`` and is
named in `ROOMS`; the module must import nothing heavy.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from newsledger.cli import options

ROOMS: tuple[str, ...] = (
    "newsledger.cli.explain",
    "newsledger.cli.report",
    "newsledger.cli.regression",
)
"""Modules that add commands of their own."""

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

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

        print(f"newsledger {__version__}")
        raise typer.Exit


@app.callback()
def _newsledger(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
@options.takes_articles
def extract(
    sources: options.Sources,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the tables.", show_default=False)],
    format: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT",
            help="parquet (default), csv, jsonl, xlsx, sqlite, duckdb; several: repeat it, or csv,xlsx.",
        ),
    ] = None,
    *,
    reading: Any,
    settings: Any,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes to use; default: all processors.")
    ] = None,
    engine: Annotated[Literal["local", "dask"], typer.Option(help="Where they run.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A running Dask scheduler, tcp://host:8786.")
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--fresh",
            help="Bring another run in DIR up to date, or remove it. By default an unfinished run is taken "
            "up and a finished one is never changed.",
            show_default=False,
        ),
    ] = None,
    fail_fast: Annotated[
        bool,
        typer.Option(
            "--fail-fast/--keep-going", help="Stop at the first bad article, or note it in issues and go on."
        ),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=1, help="Give an article up after this long."),
    ] = 120.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Extract the tables of articles into a folder.

    Of the same articles and settings nothing is done twice: a finished DIR is left as it is, an
    unfinished one is taken up where it was left.
    """
    from newsledger.cli.terminal import RunDisplay
    from newsledger.engines.batch import run
    from newsledger.engines.loop import Stopped

    with RunDisplay(quiet=quiet) as display:
        try:
            summary = run(
                sources,
                out,
                settings=settings,
                options=reading,
                formats=[name.strip() for given in format or ["parquet"] for name in given.split(",")],
                workers=workers,
                engine=engine,
                scheduler=scheduler,
                existing="auto" if resume is None else "resume" if resume else "fresh",
                fail_fast=fail_fast,
                seconds=time_limit,
                on_progress=display.progress,
                on_step=display.step,
            )
        except Stopped as stopped:
            display.close()
            _complain(f"stopped at the first error: {stopped}")
            raise typer.Exit(FAILED) from None
    if not quiet:
        for line in display.summary(summary):
            print(line)
    if not summary.record["inputs"]["files"]:
        _complain("no article was read")
    for problem in summary.problems:
        _complain(problem)
    status = summary.record["articles_by_status"]
    nothing = not status and summary.record["inputs"]["files"]
    if nothing or (status and not status.keys() - {"partial", "error"}):
        _complain("no article came through whole (see issues)")
        raise typer.Exit(FAILED)
    if summary.problems:
        raise typer.Exit(FAILED)


@app.command()
@options.takes_articles
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file with an article.", show_default=False)],
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="Which article of a file that holds several.")
    ] = None,
    *,
    reading: Any,
    settings: Any,
) -> None:
    """Show one article with what was found in it."""
    from newsledger.cli.one_article import one_article
    from newsledger.cli.terminal import print_article

    found = one_article(file, article_id=article, settings=settings, options=reading)
    print_article(found)


@app.command()
def schema() -> None:
    """Print the tables as Frictionless Table Schema (JSON)."""
    import json

    from newsledger.normalizer.datapackage import describe_tables

    print(json.dumps(describe_tables(), indent=2, ensure_ascii=False))


for _room in ROOMS:
    importlib.import_module(_room).register(app)


def _complain(message: str) -> None:
    from newsledger.cli.terminal import harmless

    # A file may be called anything, and its name stands in what went wrong with it.
    print(f"newsledger: {harmless(' '.join(message.split()))}", file=sys.stderr)


def call(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; everything that goes wrong is one line on stderr."""
    arguments = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a letter, or a file name that is no UTF-8, ends nothing.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code: Any = app(args=arguments, standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except typer.Exit as end:
        code = end.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; that is their business.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(f"{where}{error.strerror or error}")
        return FAILED
    except ValueError as error:
        if os.environ.get("NEWSLEDGER_DEBUG"):
            raise
        _complain(str(error))
        return USAGE
    except Exception as error:
        if hasattr(error, "format_message"):  # a mistake in the command line, found by typer
            if message := error.format_message():
                _complain(f"{message} (see newsledger --help)")
            return USAGE
        if os.environ.get("NEWSLEDGER_DEBUG"):
            raise
        _complain(
            f"internal error, please report: {type(error).__name__}: {error} (NEWSLEDGER_DEBUG=1 shows where)"
        )
        return FAILED
    if code == INTERRUPTED:
        # typer turns Ctrl-C into this code, without a word
        _complain("interrupted; the same command goes on from here")
    return code if isinstance(code, int) else OK


def main() -> None:
    """The entry point of the command."""
    sys.exit(call())


if __name__ == "__main__":
    main()
