"""The command ``newsledger accept``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from newsledger.cli.failures import DIFFERENT, OK, comparing, complain
from newsledger.cli.printing import print_line

if TYPE_CHECKING:
    from newsledger.regression.acceptance import Acceptance


def command(
    gold: Path | None = None,
    *,
    reason: str = "",
    truth: Path | None = None,
    kinds: list[str] | None = None,
    drop: bool = False,
    drop_articles: bool = False,
    replace_hand: bool = False,
    dry_run: bool = False,
    config: Path | None = None,
    inputs: Any,
    working: Any,
    quiet: bool = False,
) -> None:
    """Create gold from what is extracted from articles, or update it after a change that is right.

    Manual corrections are kept, and so are rows whose words are still in the text; every change is listed.
    Exits with 0 if a check of the same articles now passes, else with 1, naming the option that would help.
    """
    with comparing():
        from newsledger.normalizer.display import counted
        from newsledger.regression import gate
        from newsledger.regression.acceptance import Rules
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.policy import load_policy

        policy = load_policy(config)
        if policy.require_reason and not reason.strip():
            raise CannotCompare("configuration", f"{policy.where} requires a reason: --reason TEXT")
        rules = Rules(
            drop=drop, drop_articles=drop_articles, replace_hand=replace_hand, reason=reason.strip()
        )
        with working as how:
            made = gate.accept(
                gold, inputs, policy=policy, rules=rules, truth=truth, kinds=kinds, dry_run=dry_run, **how
            )
        for line in change_lines(made, quiet=quiet):
            print_line(line)
        rows, articles = counted(made.gold.n_rows, "row"), counted(len(made.gold.articles), "article")
        print_line(f"{gold or policy.gold} {'would hold' if dry_run else 'holds'} {rows} of {articles}")
        for reason in made.failing:
            complain(f"newsledger check fails still: {reason}")
    raise typer.Exit(DIFFERENT if made.incomplete or made.failing else OK)


_MARKS = {"dropped": "-", "fixed": "✓", "not accepted": "!"}
_MARKS |= {"new article": "+", "added": "+", "renamed": "~", "changed": "~", "kept": "=", "kept out": "="}


def change_lines(made: Acceptance, *, quiet: bool = False) -> Iterator[str]:
    """The changes that ``accept`` made, one line each."""
    from newsledger.normalizer.display import counted, one_line, safe_text

    for change in made.changes:
        if quiet and change.what in ("new article", "added", "fixed"):
            continue
        parts = [_MARKS[change.what], change.what, safe_text(change.article_id)]
        if change.table:
            parts.append(change.table)
        if change.surface:
            place = f"{change.place[0]}:{change.place[1]} " if change.place else ""
            parts.append(f"{place}{one_line(change.surface)!r}")
        if change.count != 1:
            parts.append(counted(change.count, "row"))
        yield " ".join(parts) + (f": {safe_text(change.why)}" if change.why else "")
    if made.edited:
        yield f"{counted(made.edited, 'article')} edited, rows found again in the text of today"
    if not made.changes and not made.edited:
        yield "nothing to accept: the gold says the same"
