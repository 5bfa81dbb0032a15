"""The command ``newsledger correct``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import typer


def command(
    tables: Path,
    mention: str | None = None,
    *,
    file: Path,
    set: list[str] | None = None,
    drop: bool = False,
    confirm: bool = False,
    same_as: str | None = None,
    not_same_as: str | None = None,
    reason: str = "",
    author: str | None = None,
    date: str | None = None,
) -> None:
    """Write down what is right where a row of a run is wrong, for extract --corrections FILE.

    The tables are not changed before the next run. Without an ID, the file is read and checked.
    """
    from newsledger.api import read_tables
    from newsledger.corpus.corrections import append_corrections, read_corrections
    from newsledger.explain.explain import find_row
    from newsledger.normalizer.display import counted
    from newsledger.normalizer.make_corrections import correct_fields, correct_row
    from newsledger.values.article import as_date

    if file.absolute().is_relative_to(tables.absolute()):
        raise ValueError(f"--file: {file} lies in the output; corrections have to outlast it")
    if mention is None:
        typer.echo(f"{file}: {counted(len(read_corrections(file)), 'correction')}")
        return
    wanted = [bool(set), drop, confirm, same_as is not None, not_same_as is not None]
    if sum(wanted) != 1:
        raise ValueError("say one of --set, --drop, --confirm, --same-as and --not-same-as")
    if not reason.strip():
        raise ValueError("--reason: say why, for whoever reads the corrections")
    try:
        made_on = as_date(date) or dt.datetime.now().astimezone().date()
    except ValueError as error:
        raise ValueError(f"--date: {error}") from None
    about: dict[str, Any] = {"reason": reason, "author": author, "made_on": made_on.isoformat()}
    run = read_tables(tables)
    try:
        table, row = find_row(run, mention)
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None
    if set:
        made = correct_fields(run, table, row, [_pair(given) for given in set], **about)
    elif drop or confirm:
        made = [correct_row(run, table, row, "drop" if drop else "confirm", **about)]
    elif same_as is not None:
        made = [correct_row(run, table, row, "same_person", person=same_as, **about)]
    else:
        made = [correct_row(run, table, row, "not_same_person", person=not_same_as, **about)]
    added = append_corrections(Path(file), made)
    for one in added:
        change = f" {one.field}: {one.old} -> {one.new}" if one.field else ""
        typer.echo(f"{one.correction_id} {one.action}{change}")
    if len(added) < len(made):
        typer.echo(f"{file} holds {counted(len(made) - len(added), 'correction')} of these already")


def _pair(given: str) -> tuple[str, str]:
    field, equals, value = given.partition("=")
    if not equals:
        raise ValueError(f"--set: write FIELD=VALUE, not {given!r}")
    return field.strip(), value.strip()
