"""The command ``newsledger extract``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from newsledger.cli.failures import FAILED, complain
from newsledger.cli.printing import print_line

if TYPE_CHECKING:
    from newsledger.engines.batch import Summary


def command(
    sources: list[str],
    out: Path,
    format: list[str] | None = None,
    *,
    reading: Any,
    settings: Any,
    workers: int | None = None,
    engine: Literal["local", "dask"] = "local",
    scheduler: str | None = None,
    resume: bool | None = None,
    fail_fast: bool = False,
    strict: bool = False,
    time_limit: float = 120.0,
    quiet: bool = False,
) -> None:
    """Extract the tables of articles into a folder.

    Run with the same articles and settings again, it leaves a finished DIR unchanged and resumes an
    unfinished one.
    """
    from newsledger.cli.printing import progress_bar
    from newsledger.engines.batch import run
    from newsledger.engines.loop import Stopped

    began = time.monotonic()
    try:
        with progress_bar(quiet=quiet, workers=workers, seconds=time_limit) as working:
            summary = run(
                sources,
                out,
                settings=settings,
                options=reading,
                formats=[name.strip() for given in format or ["parquet"] for name in given.split(",")],
                engine=engine,
                scheduler=scheduler,
                existing="auto" if resume is None else "resume" if resume else "fresh",
                fail_fast=fail_fast,
                **working,
            )
    except Stopped as stopped:
        complain(f"stopped at the first error: {stopped}")
        raise typer.Exit(FAILED) from None
    if not quiet:
        for line in summary_lines(summary, seconds=time.monotonic() - began):
            print_line(line)
    if _complain_of(summary) or (strict and _is_incomplete(summary)):
        raise typer.Exit(FAILED)


def _complain_of(summary: Summary) -> bool:
    """Say what is wrong with the outcome of a run; returns whether it failed."""
    has_files = bool(summary.record["inputs"]["files"])
    if not has_files:
        complain("no article was read")
    for problem in summary.problems:
        complain(problem)
    status = summary.record["articles_by_status"]
    none_whole = not status.keys() - {"partial", "error"}
    if has_files and none_whole:
        complain("no article came through whole (see issues)")
    return none_whole or bool(summary.problems)


def _not_read_lines(summary: Summary) -> Iterator[str]:
    """What gave no article and why, and what the missing days of publication cost."""
    from newsledger.normalizer.display import counted, one_line

    for lost in summary.record.get("not_read", ()):
        where = f"not read: {one_line(lost['source_path'])}" if lost["source_path"] else "not found"
        times = f" ({lost['times']:,} records)" if lost["times"] > 1 else ""
        yield f"{where}{times}: {one_line(lost['message'])}"
    if more := summary.record.get("more_not_read"):
        yield f"not read: {more:,} more; see issues"
    undated = summary.record.get("articles_by_published_basis", {}).get("none", 0)
    if undated:
        dates = summary.record["open_dates"]
        cost = f", so {counted(dates, 'date')} without a day" if dates else ""
        yield (
            f"no publication date: {counted(undated, 'article')}{cost}; "
            "--published DATE, or --date-field NAME for records, gives one"
        )


def _is_incomplete(summary: Summary) -> bool:
    """Whether something was not read or not found, or an article has no date."""
    record = summary.record
    lost = any(entry["severity"] != "info" for entry in record.get("not_read", ()))
    return bool(lost or record.get("articles_by_published_basis", {}).get("none", 0))


def summary_lines(summary: Summary, *, seconds: float) -> Iterator[str]:
    """What a run came to, in lines."""
    from newsledger.normalizer.display import counted

    rows = summary.record["rows"]
    status = summary.record["articles_by_status"]
    states = ", ".join(f"{count:,} {name}" for name, count in status.items() if name != "ok")
    yield (
        f"{counted(rows['articles'], 'article')}{f' ({states})' if states else ''}: "
        f"{counted(rows['figures'], 'figure')}, "
        f"{counted(rows['person_mentions'], 'mention')} of {counted(rows['people'], 'person', 'people')}, "
        f"{counted(rows['country_mentions'], 'country mention')}, {counted(rows['date_mentions'], 'date')}"
    )
    if rows["corrections"]:
        yield f"{counted(rows['corrections'], 'correction')} applied"
    yield from _not_read_lines(summary)
    if rows["issues"]:
        codes = sorted(summary.record["issues_by_code"].items(), key=lambda item: (-item[1], item[0]))
        codes_text = ", ".join(f"{count:,} {code}" for code, count in codes[:5])
        yield f"{counted(rows['issues'], 'issue')}: {codes_text}{' ...' if len(codes) > 5 else ''}"
    if may_pass := summary.record["may_pass"]:
        yield f"{counted(may_pass, 'fault')} may be due to the machine; --resume tries again"
    if summary.unchanged:
        yield f"{summary.folder} holds these tables already; nothing was done"
        return
    formats = ", ".join(summary.record["formats"]) or "no tables"
    read = summary.record["inputs"]["files"] - summary.reused
    reused = f", {counted(summary.reused, 'file')} taken over, {read:,} read" if summary.reused else ""
    if summary.reused_pieces:
        reused += f", {counted(summary.reused_pieces, 'piece')} of files taken over"
    for number in sorted(set(summary.known.values()), reverse=True):
        stages = [stage for stage, n in summary.known.items() if n == number]
        reused += f"; {', '.join(stages)} of {counted(number, 'article')} were known"
    yield f"{formats} in {summary.folder} ({seconds:.1f} s{reused})"
