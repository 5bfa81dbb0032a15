"""The command ``newsledger evaluate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import typer

from newsledger.cli.failures import comparing
from newsledger.cli.printing import print_parts, print_problem_json


def command(
    gold: Path | None = None,
    *,
    format: Literal["text", "json"] = "text",
    kinds: list[str] | None = None,
    fields: bool = False,
    misses: bool = False,
    config: Path | None = None,
    inputs: Any,
    working: Any,
    quiet: bool = False,
) -> None:
    """Print precision, recall and F1 per kind against gold, for span, value and full match.

    Span: the exact offsets. Value: an overlapping mention with the right value. Full: the offsets and
    every field that the gold gives.
    """
    with comparing(print_problem_json if format == "json" else None):
        from newsledger.regression import gate
        from newsledger.regression.errors import naming
        from newsledger.regression.kinds import ALL_KINDS, kind_by_name
        from newsledger.regression.policy import load_policy
        from newsledger.regression.reports import json, text

        policy = load_policy(config)
        with naming("configuration", "--kinds"):
            chosen = {kind_by_name(name).table for name in kinds} if kinds else ALL_KINDS.keys()
        with working as how:
            verdict, _ = gate.check(gold, inputs, policy=policy, **how)
        measures = {t: m for t, m in verdict.measures.items() if t in chosen}
        if format == "json":
            typer.echo(json.evaluation(verdict.comparison, measures, chosen))
        else:
            shown = chosen if misses else ()
            parts = text.evaluation_parts(verdict.comparison, measures, misses_of=shown, fields=fields)
            print_parts(parts, sys.stdout)
