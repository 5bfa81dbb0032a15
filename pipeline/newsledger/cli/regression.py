"""The commands of the gate: ``check``, ``accept``, ``diff`` and ``evaluate``.

Exit codes. ``check``: 0 as expected, 1 regression, 2 cannot compare. ``accept``: 0 accepted, 1 accepted but
for articles that could not be extracted, 2 nothing done. ``diff``: 0 no difference, 1 differences, 2 cannot
compare. ``evaluate``: 0, or 2 where it cannot. A fault of the program is 2: it says nothing about the
figures.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from newsledger.cli import options

if TYPE_CHECKING:
    from newsledger.regression.acceptance import Acceptance
    from newsledger.regression.errors import CannotCompare
    from newsledger.regression.gold import Gold
    from newsledger.regression.policy import Policy
    from newsledger.regression.verdict import Verdict

Gold_ = Annotated[
    Path | None,
    typer.Argument(
        metavar="GOLD",
        help="Gold: a folder, a .jsonl file, or hand-made tables. Default: gold in [tool.newsledger.check].",
        show_default=False,
    ),
]
Articles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="The articles (folders, files, globs), or one finished run. Default: where the gold remembers "
        "them.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="TOML with the settings of the check; default: the nearest pyproject.toml."
    ),
]
Workers = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Processes to use; default: all processors.")
]
TimeLimit = Annotated[
    float, typer.Option(metavar="SECONDS", min=1, help="Give an article up after this long.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar; only what failed.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="figures, dates, countries or people; may be repeated. Default: all."),
]

OK, DIFFERENT, CANNOT = 0, 1, 2


def register(app: typer.Typer) -> None:
    """Add the commands of the gate."""
    app.command()(check)
    app.command()(accept)
    app.command()(diff)
    app.command()(evaluate)


@options.takes_articles
def check(
    gold: Gold_ = None,
    sources: Articles = None,
    *,
    format: Annotated[
        Literal["text", "json", "junit", "github", "sarif", "html"],
        typer.Option(help="The report on standard output."),
    ] = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=FILE", help="Also write this report; may be repeated. FILE may be -."),
    ] = None,
    config: Config = None,
    kinds: Kinds = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="What does not fail, such as figures.sign; may be repeated."),
    ] = None,
    budget: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Cases that may fail.", show_default="0")
    ] = None,
    ratchet: Annotated[
        bool | None,
        typer.Option(
            "--ratchet/--no-ratchet",
            help="What was right may not become wrong, whatever the budget.",
            show_default=False,
        ),
    ] = None,
    absent: Annotated[
        Literal["fail", "ignore"] | None,
        typer.Option(help="Articles of the gold that the source lacks.", show_default="fail"),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Raise the floors, and take down faults that are fixed.")
    ] = False,
    allow_regression: Annotated[
        bool,
        typer.Option("--allow-regression", help="With --update: lower floors, and take new faults as known."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show known, fixed and ignored cases.")
    ] = False,
    reading: Any,
    settings: Any,
    workers: Workers = None,
    time_limit: TimeLimit = 120.0,
    quiet: Quiet = False,
) -> None:
    """Compare what is extracted from articles with gold: 0 as expected, 1 regression, 2 cannot compare.

    Every gold row is found again in the text of today, so an edited article is compared like any other.
    The input options of the accept that made the gold are used unless others are given.
    """
    wanted = _reports(report)
    out = _Reports(format, wanted, everything=everything, quiet=quiet)
    with _comparing(out.cannot_compare):
        from newsledger.regression import gate
        from newsledger.regression.policy import load_policy

        policy = load_policy(config).changed(
            kinds=kinds, ignore=ignore or (), budget=budget, ratchet=ratchet, absent=absent
        )
        with _progress(quiet) as working:
            verdict, pinned = gate.check(
                gold,
                *(sources or ()),
                policy=policy,
                reading=reading,
                settings=settings,
                workers=workers,
                seconds=time_limit,
                **working,
            )
        out.verdict(verdict)
        code = _update(pinned, verdict, allow_regression) if update else verdict.exit_code
    raise typer.Exit(code)


def _update(gold: Gold, verdict: Verdict, allow_regression: bool) -> int:
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
            _say(f"not updated: {reason}")
        _say("--allow-regression takes it down nevertheless")
        return DIFFERENT
    changed = write_gold(made, gold.path)
    _say(f"{gold.path}: {len(changed)} file{'' if len(changed) == 1 else 's'} updated")
    for broken in broken_floors(verdict.gating, verdict.policy.floors):
        _say(f"{verdict.policy.where or 'the configuration'} still says otherwise: {broken}")
    return OK


@options.takes_articles
def accept(
    gold: Gold_ = None,
    sources: Articles = None,
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever reads the gold.")] = "",
    truth: Annotated[
        Path | None,
        typer.Option(metavar="TABLES", help="Hand-made tables: their rows are the gold, whatever is found."),
    ] = None,
    kinds: Kinds = None,
    drop: Annotated[
        bool, typer.Option("--drop", help="Drop rows that are no longer found; by default they are kept.")
    ] = False,
    drop_articles: Annotated[
        bool, typer.Option("--drop-articles", help="Drop articles that the source lacks.")
    ] = False,
    replace_hand: Annotated[
        bool, typer.Option("--replace-hand", help="Take what is found over what was corrected by hand.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the gold anew, whatever it held.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    config: Config = None,
    reading: Any,
    settings: Any,
    workers: Workers = None,
    time_limit: TimeLimit = 120.0,
    quiet: Quiet = False,
) -> None:
    """Write what is extracted from articles into gold, or make it: the answer to a change that is right.

    Corrections made by hand are kept, and so are rows whose words still stand in the text; every change is
    listed.
    """
    with _comparing():
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
        if fresh:
            _refuse_to_lose(gold or policy.gold, replace_hand)
        with _progress(quiet) as working:
            made = gate.accept(
                gold,
                *(sources or ()),
                policy=policy,
                rules=rules,
                truth=truth,
                fresh=fresh,
                reading=reading,
                settings=settings,
                kinds=kinds,
                dry_run=dry_run,
                workers=workers,
                seconds=time_limit,
                **working,
            )
        for line in accepted_lines(made, quiet=quiet):
            typer.echo(line)
        path = gold or policy.gold
        done = "would hold" if dry_run else "holds"
        typer.echo(
            f"{path} {done} {_count(made.gold.n_rows, 'row')} of {_count(len(made.gold.articles), 'article')}"
        )
    raise typer.Exit(DIFFERENT if made.incomplete else OK)


def _refuse_to_lose(path: Path | None, replace_hand: bool) -> None:
    """Raise where a gold that is made anew would lose corrections made by hand."""
    from newsledger.regression.errors import CannotCompare
    from newsledger.regression.gold_files import read_gold

    if path is None or not path.exists() or replace_hand:
        return
    try:
        old = read_gold(path)
    except CannotCompare as problem:
        if problem.why == "no_gold":
            return
        if problem.why in ("schema_version", "gold_format"):
            raise CannotCompare(
                problem.why, f"{problem}; its corrections by hand would be lost: --fresh --replace-hand"
            ) from None
        raise
    by_hand = sum(article.is_hand(row) for article, row in old.rows())
    if by_hand:
        raise CannotCompare(
            "configuration",
            f"{path} holds {by_hand} rows made or corrected by hand, which --fresh would lose; "
            "add --replace-hand to lose them",
        )


_MARKS = {
    "new article": "+",
    "renamed": "~",
    "added": "+",
    "changed": "~",
    "dropped": "-",
    "kept": "=",
    "kept out": "=",
    "fixed": "✓",
    "not accepted": "!",
}


def accepted_lines(made: Acceptance, *, quiet: bool = False) -> Iterator[str]:
    """What ``accept`` did, a line for each change."""
    from newsledger.cli.terminal import harmless

    for change in made.changes:
        if quiet and change.what in ("new article", "added", "fixed"):
            continue
        parts = [_MARKS[change.what], change.what, harmless(change.article_id)]
        if change.table:
            parts.append(change.table)
        if change.surface:
            start, end = change.place or (0, 0)
            parts.append(f"{start}:{end} {' '.join(harmless(change.surface).split())!r}")
        if change.count != 1:
            parts.append(f"{change.count:,} rows")
        yield " ".join(parts) + (f": {harmless(change.why)}" if change.why else "")
    if made.moved:
        yield f"{made.moved:,} row{'' if made.moved == 1 else 's'} followed the text"
    if not made.changes and not made.moved:
        yield "nothing to accept: the gold says the same"


@options.takes_articles
def evaluate(
    gold: Gold_ = None,
    sources: Articles = None,
    *,
    format: Annotated[
        Literal["text", "json", "markdown"], typer.Option(help="The report on standard output.")
    ] = "text",
    kinds: Kinds = None,
    fields: Annotated[bool, typer.Option("--fields", help="A line for every field.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="Show every case that is not wholly right.")
    ] = False,
    config: Config = None,
    reading: Any,
    settings: Any,
    workers: Workers = None,
    time_limit: TimeLimit = 120.0,
    quiet: Quiet = False,
) -> None:
    """Print precision, recall and F1 per kind against gold, for span, value and full match.

    Span: the very offsets. Value: an overlapping mention with the right value. Full: offsets and every
    field that the gold gives.
    """
    with _comparing(_cannot_in_json if format == "json" else None):
        from newsledger.regression import evaluation, gate
        from newsledger.regression.kinds import kind_called
        from newsledger.regression.policy import load_policy
        from newsledger.regression.reports.text import case_text, show

        policy = load_policy(config)
        with _progress(quiet) as working:
            verdict, _ = gate.check(
                gold,
                *(sources or ()),
                policy=policy,
                reading=reading,
                settings=settings,
                workers=workers,
                seconds=time_limit,
                **working,
            )
        chosen = {kind_called(name).table for name in kinds} if kinds else None
        measures = {t: m for t, m in verdict.measures.items() if chosen is None or t in chosen}
        if format == "json":
            told = evaluation.as_dict(verdict.comparison, measures)
            typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        elif format == "markdown":
            typer.echo(evaluation.markdown(measures), nl=False)
        else:
            shown = evaluation.misses(verdict.comparison) if misses else []
            show(
                iter(case_text(one) for one in shown if chosen is None or one.case.table in chosen),
                sys.stdout,
            )
            show(evaluation.parts(verdict.comparison, measures, fields=fields), sys.stdout)


def diff(
    first: Annotated[Path, typer.Argument(metavar="RUN1", help="Tables of a run.", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="RUN2", help="Tables of another.", show_default=False)],
    format: Annotated[Literal["text", "json"], typer.Option(help="The report on standard output.")] = "text",
    kinds: Kinds = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="What is no difference, such as people.role; may be repeated."),
    ] = None,
    config: Config = None,
) -> None:
    """Show what differs between two sets of tables: 0 nothing, 1 something, 2 cannot compare.

    Rows are paired by article, kind and overlap, also where the text was edited in between; people by who
    is mentioned together, not by their ids.
    """
    with _comparing(_cannot_in_json if format == "json" else None):
        from newsledger.regression import difference
        from newsledger.regression.policy import load_policy
        from newsledger.regression.reports.text import show
        from newsledger.regression.runs import read_run

        # What a check ignores is a difference all the same; only how far a value may be off is taken over.
        settings = load_policy(config)
        policy = _plain_policy(settings).changed(kinds=kinds, ignore=ignore or ())
        found = difference.diff(read_run(first), read_run(second), policy=policy)
        if format == "json":
            typer.echo(json.dumps(difference.as_dict(found), indent=2, ensure_ascii=False))
        else:
            show(difference.parts(found), sys.stdout)
    raise typer.Exit(OK if found.none else DIFFERENT)


def _plain_policy(settings: Policy) -> Policy:
    from dataclasses import replace

    from newsledger.regression.policy import Policy

    return replace(Policy.of({}), tolerances=settings.tolerances)


# --- reports -------------------------------------------------------------------------------------------


def _reports(given: Sequence[str] | None) -> list[tuple[str, str]]:
    from newsledger.regression.reports import FORMATS

    wanted = []
    for item in given or ():
        form, _, path = item.partition("=")
        if form not in FORMATS or not path:
            raise ValueError(f"--report: {item!r} is not FORMAT=FILE with a format of {', '.join(FORMATS)}")
        wanted.append((form, path))
    return wanted


class _Reports:
    """Where the reports of one check go."""

    def __init__(self, form: str, others: list[tuple[str, str]], *, everything: bool, quiet: bool) -> None:
        self.form, self.others, self.everything, self.quiet = form, others, everything, quiet

    def verdict(self, verdict: Verdict) -> None:
        from newsledger.regression.reports import renderer
        from newsledger.regression.reports.text import print_report

        if self.form == "text":
            if not (self.quiet and verdict.passed):
                print_report(verdict, sys.stdout, everything=self.everything)
        else:
            typer.echo(renderer(self.form)(verdict), nl=False)
        for form, path in self.others:
            self._put(renderer(form)(verdict), path)
        self._summary(lambda summary: summary(verdict))

    def cannot_compare(self, problem: CannotCompare) -> None:
        import importlib

        for form, path in [(self.form, "-"), *self.others]:
            if form == "text":
                if path != "-":
                    self._put(f"cannot compare [{problem.why}]: {problem}\n", path)
                continue
            module = importlib.import_module(f"newsledger.regression.reports.{form}")
            self._put(module.cannot_compare(problem), path)

    def _put(self, text: str, path: str) -> None:
        if path == "-":
            typer.echo(text, nl=False)
        else:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text, encoding="utf-8", newline="\n")

    def _summary(self, write: Callable[[Callable[[Verdict], str]], str]) -> None:
        """Add to the step summary of GitHub, where a github report was asked for and there is one."""
        path = os.environ.get("GITHUB_STEP_SUMMARY")
        if path and "github" in (self.form, *(form for form, _ in self.others)):
            from newsledger.regression.reports.github import summary

            with Path(path).open("a", encoding="utf-8") as file:
                file.write(write(summary))


# --- what goes wrong -----------------------------------------------------------------------------------


@contextmanager
def _comparing(told: Callable[[CannotCompare], None] | None = None) -> Iterator[None]:
    """Whatever goes wrong in here is exit code 2 with one line on stderr: it is no regression."""
    from newsledger.regression.errors import CannotCompare

    try:
        yield
    except CannotCompare as problem:
        failed = problem
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        failed = CannotCompare("no_source", f"{where}{error.strerror or error}")
    except ValueError as error:
        failed = CannotCompare("configuration", str(error))
    except Exception as error:
        if isinstance(error, (typer.Exit, typer.Abort)) or os.environ.get("NEWSLEDGER_DEBUG"):
            raise
        failed = CannotCompare(
            "internal",
            f"internal error, please report: {type(error).__name__}: {error} "
            "(NEWSLEDGER_DEBUG=1 shows where)",
        )
    else:
        return
    if told is not None:
        told(failed)
    _say(f"cannot compare [{failed.why}]: {failed}")
    raise typer.Exit(CANNOT)


def _cannot_in_json(problem: CannotCompare) -> None:
    from newsledger.regression.reports.json import cannot_compare

    typer.echo(cannot_compare(problem), nl=False)


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


def _say(message: str) -> None:
    typer.echo(f"newsledger: {' '.join(message.split())}", err=True)


@contextmanager
def _progress(quiet: bool) -> Iterator[dict[str, Any]]:
    """The progress bar, as arguments of the run."""
    from newsledger.cli.terminal import RunDisplay

    with RunDisplay(quiet=quiet) as display:
        yield {"on_progress": display.progress, "on_step": display.step}
