"""The command ``newsledger correct``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsledger.cli.printing import print_line

if TYPE_CHECKING:
    from newsledger.corpus.corrections import Correction

Addable = Literal["figures", "date_mentions", "country_mentions", "person_mentions"]


def command(
    tables: Path,
    mention: str | None = None,
    *,
    file: Path,
    set: list[str] | None = None,
    add: Addable | None = None,
    quote: str = "",
    at: int | None = None,
    drop: bool = False,
    confirm: bool = False,
    same_as: str | None = None,
    not_same_as: str | None = None,
    reason: str = "",
    author: str | None = None,
    date: str | None = None,
) -> None:
    """Record a correction of a wrong or missing row of a run, for extract --corrections FILE.

    The tables change only with the next run. Without an ID, the file of corrections is read and checked.
    """
    from newsledger.api import read_tables
    from newsledger.corpus.corrections import read_corrections
    from newsledger.explain.explain import find_row
    from newsledger.normalizer.display import counted
    from newsledger.normalizer.make_corrections import add_row, correct_fields, correct_row

    if file.absolute().is_relative_to(tables.absolute()):
        raise ValueError(f"--file: {file} lies in the output; corrections have to outlast it")
    if mention is None:
        print_line(f"{file}: {counted(len(read_corrections(file)), 'correction')}")
        return
    actions = {
        "set": bool(set) and add is None,
        "add": add is not None,
        "drop": drop,
        "confirm": confirm,
        "same_person": same_as is not None,
        "not_same_person": not_same_as is not None,
    }
    if sum(actions.values()) != 1:
        raise ValueError("say one of --set, --add, --drop, --confirm, --same-as and --not-same-as")
    if add is None and (quote or at is not None):
        raise ValueError("--quote and --at: for --add")
    if not reason.strip():
        raise ValueError("--reason: say why, for whoever reads the corrections")
    action: Any = next(name for name, wanted in actions.items() if wanted)
    about: dict[str, Any] = {"reason": reason, "author": author, "made_on": _day(date)}
    run = read_tables(tables)
    pairs = [_pair(given) for given in set or ()]
    try:
        if add is not None:
            made = [add_row(run, add, mention, quote, pairs, at=at, **about)]
        elif action == "set":
            made = correct_fields(run, *find_row(run, mention), pairs, **about)
        else:
            person = same_as if same_as is not None else not_same_as
            made = [correct_row(run, *find_row(run, mention), action, person=person, **about)]
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None
    _write(file, made)


def _write(file: Path, made: list[Correction]) -> None:
    from newsledger.corpus.corrections import append_corrections
    from newsledger.normalizer.display import counted

    added = append_corrections(file, made)
    for one in added:
        new_row = f" {one.table}: {one.surface!r}" if one.action == "add" else ""
        change = f" {one.field}: {one.old} -> {one.new}" if one.field else new_row
        print_line(f"{one.correction_id} {one.action}{change}")
    if len(added) < len(made):
        print_line(f"{file} holds {counted(len(made) - len(added), 'correction')} of these already")


def _day(date: str | None) -> str:
    from newsledger.values.article import as_date

    try:
        return (as_date(date) or dt.datetime.now().astimezone().date()).isoformat()
    except ValueError as error:
        raise ValueError(f"--date: {error}") from None


def _pair(given: str) -> tuple[str, str]:
    field, equals, value = given.partition("=")
    if not equals:
        raise ValueError(f"--set: write FIELD=VALUE, not {given!r}")
    return field.strip(), value.strip()
