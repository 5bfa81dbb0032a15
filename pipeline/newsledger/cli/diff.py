"""The command ``newsledger diff``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import typer

from newsledger.cli.failures import DIFFERENT, OK, comparing
from newsledger.cli.printing import print_parts, print_problem_json


def command(
    first: Path,
    second: Path,
    format: Literal["text", "json"] = "text",
    kinds: list[str] | None = None,
    ignore: list[str] | None = None,
    config: Path | None = None,
) -> None:
    """Show what differs between two sets of tables: 0 nothing, 1 something, 2 cannot compare.

    Rows are paired by article, kind and overlap, even if the text was edited in between; people by their
    mentions, not by their ids.
    """
    with comparing(print_problem_json if format == "json" else None):
        from newsledger.regression import gate
        from newsledger.regression.policy import load_policy, policy_of_options
        from newsledger.regression.reports import json, text
        from newsledger.regression.runs import read_run

        # What a check ignores is a difference all the same; only how far a value may be off is taken over.
        tolerances = load_policy(config).tolerances
        policy = policy_of_options({"ignore": ignore or [], **({"kinds": kinds} if kinds else {})})
        found = gate.diff(read_run(first), read_run(second), policy=replace(policy, tolerances=tolerances))
        if format == "json":
            typer.echo(json.difference(found))
        else:
            print_parts(text.difference_parts(found), sys.stdout)
    raise typer.Exit(OK if found.all_same else DIFFERENT)
