"""The command ``newsledger check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from newsledger.cli.failures import DIFFERENT, OK, comparing, complain
from newsledger.cli.printing import print_parts

if TYPE_CHECKING:
    from newsledger.regression.errors import CannotCompare
    from newsledger.regression.gold import Gold
    from newsledger.regression.verdict import Verdict


def command(
    gold: Path | None = None,
    *,
    format: Literal["text", "json", "junit", "github", "sarif", "html"] = "text",
    report: list[str] | None = None,
    config: Path | None = None,
    kinds: list[str] | None = None,
    ignore: list[str] | None = None,
    budget: int | None = None,
    ratchet: bool | None = None,
    absent: Literal["fail", "ignore"] | None = None,
    require_gold: bool = False,
    update: bool = False,
    allow_regression: bool = False,
    everything: bool = False,
    inputs: Any,
    working: Any,
    quiet: bool = False,
) -> None:
    """Compare what is extracted from articles with gold: 0 as expected, 1 regression, 2 cannot compare.

    Every gold row is found again in the current text, so an edited article is compared like any other.
    The input options recorded in the gold are used unless others are given.
    """
    others = _targets(report, gold, inputs.sources)
    # For people it is in colour, and what went wrong stands on standard error.
    targets = others if format == "text" else [(format, "-"), *others]
    reports = [target for target in targets if target != ("text", "-")]
    with comparing(lambda problem: _write(reports, problem)):
        from newsledger.regression import gate
        from newsledger.regression.policy import load_policy
        from newsledger.regression.reports import github
        from newsledger.regression.reports.text import verdict_parts

        fails: dict[str, Any] = {"kinds": kinds, "ignore": ignore, "budget": budget, "ratchet": ratchet}
        policy = load_policy(config, **fails, absent=absent, require_gold=require_gold or None)
        with working as how:
            verdict, pinned = gate.check(gold, inputs, policy=policy, **how)
        if format == "text" and not (quiet and verdict.passed):
            print_parts(verdict_parts(verdict, everything=everything), sys.stdout)
        _write(targets, verdict)
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary and "github" in dict([(format, "-"), *others]):
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(github.summary(verdict))
        code = _update(pinned, verdict, allow_regression) if update else verdict.exit_code
    raise typer.Exit(code)


def _targets(given: Sequence[str] | None, gold: Path | None, sources: Sequence[str]) -> list[tuple[str, str]]:
    """Format and path of the reports beside the one on the screen; none replaces gold or an article."""
    from newsledger.reading.sources import kind_of
    from newsledger.regression.reports import FORMATS

    targets = []
    for item in given or ():
        form, _, path = item.partition("=")
        if form not in FORMATS or not path:
            raise ValueError(f"--report: {item!r} is not FORMAT=FILE with a format of {', '.join(FORMATS)}")
        place = Path(path).resolve()
        is_gold = gold is not None and place.is_relative_to(gold.resolve())
        is_article = any(place.is_relative_to(Path(source).resolve()) for source in sources)
        if place.exists() and (is_gold or place.is_dir() or (is_article and kind_of(path))):
            raise ValueError(f"--report: {path} is gold, an article or a folder; it is not replaced")
        targets.append((form, path))
    return targets


def _write(targets: Sequence[tuple[str, str]], outcome: Verdict | CannotCompare) -> None:
    from newsledger.normalizer.run_record import write_whole
    from newsledger.regression.reports import report

    for form, path in targets:
        text = report(form).render(outcome)
        if path == "-":
            typer.echo(text, nl=False)
        else:
            write_whole(Path(path), text)


def _update(gold: Gold, verdict: Verdict, allow_regression: bool) -> int:
    from newsledger.normalizer.display import counted
    from newsledger.regression import gate
    from newsledger.regression.errors import CannotCompare
    from newsledger.regression.gold_files import write_gold
    from newsledger.regression.verdict import broken_floors

    if not gold.writable or gold.path is None:
        raise CannotCompare(
            "unreadable_gold", f"{gold.path} is never written to, and has no floors to update"
        )
    made, worse = gate.update(gold, verdict, allow_regression=allow_regression)
    if worse:
        for reason in worse:
            complain(f"not updated: {reason}")
        complain("--allow-regression takes it down nevertheless")
        return DIFFERENT
    complain(f"{gold.path}: {counted(len(write_gold(made, gold.path)), 'file')} updated")
    for broken in broken_floors(verdict.gating, verdict.policy.floors):
        complain(f"{verdict.policy.where or 'the configuration'} still says otherwise: {broken}")
    return OK
