"""The gate as a whole, for the command line, the pytest plugin and notebooks.

>>> from newsledger import extract
>>> from newsledger.regression import gate
>>> tables = extract("Japan pledged $12 billion in April 2024.", published="2024-05-02")
>>> gold = gate.gold_from(tables)
>>> gate.judge_run(gold, tables).passed
True
>>> changed = extract("Japan pledged $15 billion in April 2024.", published="2024-05-02")
>>> [case.codes for case in gate.judge_run(gold, changed).regressions]
[('wrong_value',)]
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import glob
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.api import extract_articles
from newsledger.reading import ReadOptions
from newsledger.regression import acceptance
from newsledger.regression.acceptance import Acceptance, Rules
from newsledger.regression.comparison import Case, compare
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import HAND, Gold, GoldArticle, Manifest, gold_row, in_order
from newsledger.regression.gold_files import base_of, read_gold, write_gold
from newsledger.regression.kinds import ARTICLES, KINDS, kind_by_name
from newsledger.regression.policy import Policy
from newsledger.regression.runs import Run, RunArticle, from_tables, gold_of_run, make_run
from newsledger.regression.verdict import Verdict, broken_floors, judge, new_floors
from newsledger.values.article import Article
from newsledger.values.settings import FILES, Settings
from newsledger.values.version import __version__

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet


def gold_from(tables: TableSet) -> Gold:
    """The gold that pins every row of these tables."""
    return gold_of_run(from_tables(tables))


def judge_run(gold: Gold, run: Run | TableSet, *, policy: Policy | None = None) -> Verdict:
    """Compare a run with gold and judge it; raises `CannotCompare` if they have no article in common."""
    policy = policy or Policy.of({})
    found = run if isinstance(run, Run) else from_tables(run)
    return judge(compare(gold, found, tolerances=policy.tolerances), gold, policy)


def diff(first: Run, second: Run, *, policy: Policy) -> Verdict:
    """The differences between two runs, as regressions of the second; raises `CannotCompare`."""
    gold = gold_of_run(first)
    comparison = compare(gold, second, tolerances=policy.tolerances, some_in_common=False)
    if len(comparison.absent) == len(comparison.articles):
        raise CannotCompare("no_articles_present", "the runs have no article in common")
    return judge(comparison, gold, replace(policy, absent="ignore"))


def check(
    gold: str | os.PathLike[str] | None, inputs: Inputs, *, policy: Policy, **working: Any
) -> tuple[Verdict, Gold]:
    """Extract the articles of ``gold`` and return the verdict.

    Without ``gold`` the policy names it; without sources the policy does, else the gold remembers where
    its articles are. A source may also be a finished run. ``working``: ``workers``, ``seconds``,
    ``on_progress`` and ``on_step`` of `runs.make_run`. Raises `CannotCompare`.
    """
    pinned = read_gold(_gold_path(gold, policy))
    run = run_for(pinned, inputs_of(pinned, inputs, policy), **working)
    return judge_run(pinned, run, policy=policy), pinned


def _gold_path(gold: str | os.PathLike[str] | None, policy: Policy) -> Path:
    path = Path(gold) if gold is not None else policy.gold
    if path is None:
        raise CannotCompare("no_gold", "no gold: name it, or set gold in [tool.newsledger.check]")
    return path


def inputs_of(gold: Gold, given: Inputs, policy: Policy) -> Inputs:
    """Where the articles of ``gold`` are and how they are read: as given, as the policy or the gold says."""
    given = replace(given, sources=given.sources or policy.source)
    return given.or_as_in(gold.manifest, base_of(gold.path) if gold.path else Path())


def run_for(gold: Gold, inputs: Inputs, **working: Any) -> Run:
    """The run that ``gold`` is to be compared with, extracted now, else of the texts that came with it."""
    if inputs.sources:
        return make_run(inputs.sources, settings=inputs.settings, options=inputs.reading, **working)
    texts = [
        Article(text=a.text, article_id=a.article_id, published=a.published, language="en")
        for a in gold.articles.values()
        if a.text is not None
    ]
    if not texts:
        raise CannotCompare("no_source", "no articles: name their folder after the gold")
    return from_tables(extract_articles(texts, settings=inputs.settings))


def accept(
    gold: str | os.PathLike[str] | None,
    inputs: Inputs,
    *,
    policy: Policy,
    rules: Rules,
    truth: str | os.PathLike[str] | None = None,
    kinds: Sequence[str] | None = None,
    dry_run: bool = False,
    **working: Any,
) -> Acceptance:
    """Extract articles and accept the result into ``gold``, which is created if there is none.

    ``truth``: hand-made tables whose rows are the gold, whatever the run found. ``dry_run`` writes nothing.
    Raises `CannotCompare`.
    """
    path = _gold_path(gold, policy)
    with naming("configuration", "--kinds"):
        tables = [kind_by_name(name).table for name in kinds or KINDS]
    given = replace(inputs, sources=inputs.sources or policy.source)
    if any(Path(source).resolve() == path.resolve() for source in given.sources):
        raise CannotCompare("configuration", f"{path} is named both as gold and as source")
    old = _existing_gold(path)
    if old is not None and not old.writable:
        help_ = "newsledger accept NEW SOURCE --truth TABLES makes gold files of them"
        said = f"{path} holds hand-made tables and is never written to; {help_}"
        raise CannotCompare("unreadable_gold", said)
    base = base_of(path)
    manifest = old.manifest if old else Manifest()
    filled = given.or_as_in(manifest, base)
    manifest = replace(filled, sources=given.sources).remembered(manifest, base)
    start = old
    if truth is not None:
        start, rules = read_gold(truth), replace(rules, truth=True)
        manifest = replace(manifest, pinned={**Manifest().pinned, **start.manifest.pinned})
    run = run_for(start or Gold(articles={}), filled, **working)
    made = acceptance.accept(start, run, rules=rules, kinds=tables, manifest=manifest, version=__version__)
    if truth is not None:
        if made.incomplete:
            missing = "; ".join(f"{c.article_id}: {c.why}" for c in made.changes if c.what == "not accepted")
            said = f"nothing was written: not every article could be extracted: {missing}"
            raise CannotCompare("unreadable_source", said)
        made = replace(made, gold=replace(made.gold, path=path, files=old.files if old else {}))
    if not dry_run:
        write_gold(made.gold, path)
    if given.sources and set(manifest.source) - set(given.seen_from(base)):
        policy = replace(policy, absent="ignore")  # articles may be elsewhere
    try:
        return replace(made, failing=judge_run(made.gold, run, policy=policy).reasons)
    except CannotCompare as problem:
        return replace(made, failing=(str(problem),))


def _existing_gold(path: Path) -> Gold | None:
    """The gold there is, None if there is none yet."""
    try:
        return read_gold(path)
    except CannotCompare as problem:
        if problem.why == "no_gold":
            return None
        raise


def update(gold: Gold, verdict: Verdict, *, allow_regression: bool = False) -> tuple[Gold, tuple[str, ...]]:
    """Gold with its floors at the measured scores, and its known faults updated.

    What is right now is no longer known to be wrong, and floors rise. Nothing gets worse without
    ``allow_regression``: otherwise the gold comes back unchanged, with the reasons in words. What does not
    gate is left as it is.
    """
    worse = [*verdict.reasons]
    if verdict.regressions and not worse:
        worse.append(f"{len(verdict.regressions)} regressions within the budget would become known faults")
    worse += map(str, broken_floors(verdict.gating, gold.manifest.floors))
    if worse and not allow_regression:
        return gold, tuple(dict.fromkeys(worse))
    articles = {
        one.gold.article_id: _article_with_known(one.gold, one.run, one.cases, verdict.policy)
        for one in verdict.comparison.articles
        if one.run is not None
    }
    manifest = replace(gold.manifest, floors=new_floors(verdict.gating, gold.manifest.floors))
    return replace(gold, articles={**gold.articles, **articles}, manifest=manifest), ()


def _article_with_known(
    gold: GoldArticle, run: RunArticle, cases: Sequence[Case], policy: Policy
) -> GoldArticle:
    rows = [row for row in gold.rows if row.table not in {case.table for case in cases}]
    known = gold.known
    for case in cases:
        # What does not gate does not become known by the way.
        gating = {fault.code for fault in case.faults if policy.gates(case.table, fault.field)}
        now = tuple(code for code in case.codes if code in gating or code in case.known)
        if case.table == ARTICLES:
            known = now
        elif case.gold is None and case.found is not None and now:
            spurious = gold_row(case.table, case.found, run.text, ())
            rows.append(replace(spurious, absent=True, known=now, by=HAND))
        elif case.gold is not None:
            # Where the words were edited, what is known of a row is about those of today.
            place = case.anchored if now or case.anchor != "edited" else None
            rows.append(replace(case.gold, known=now).at(place))
    made = replace(gold, rows=in_order(rows), known=known).quoted(run.text)
    return made.sealed(taken_out=gold.taken_out())


# --- which articles, and how they are read ------------------------------------------------------------------


_FILES = (*FILES, "people_model")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The articles (or one finished run), with the options for reading and extracting them.

    What is not as it is by default is kept beside a gold, for the next check.
    """

    sources: tuple[str, ...] = ()
    reading: ReadOptions = field(default_factory=ReadOptions)
    settings: Settings = field(default_factory=Settings)

    def or_as_in(self, manifest: Manifest, base: Path) -> Inputs:
        """These inputs, with defaults replaced by those of the gold in the folder ``base``.

        >>> gold = Manifest(options={"published": "2024-04-03"}, source=("../articles",))
        >>> inputs = Inputs().or_as_in(gold, Path("gold"))
        >>> inputs.reading.published, inputs.sources
        ('2024-04-03', ('articles',))
        """
        values = dict(manifest.options)
        known = {f.name for kind in (ReadOptions, Settings) for f in dataclasses.fields(kind)}
        if unknown := sorted(set(values) - known):
            raise CannotCompare("unreadable_gold", f"options of the gold: no option {', '.join(unknown)}")
        for name in values.keys() & set(_FILES):
            if isinstance(values[name], str) and (base / values[name]).exists():
                values[name] = _from_here(values[name], base)
            values[name] = Path(values[name]) if name in FILES else values[name]
        return Inputs(
            sources=self.sources or tuple(_from_here(name, base) for name in manifest.source),
            reading=_filled(self.reading, values),
            settings=_filled(self.settings, values),
        )

    def remembered(self, manifest: Manifest, base: Path) -> Manifest:
        """The manifest of a gold in the folder ``base`` with these inputs, where they name sources.

        >>> inputs = Inputs(sources=("articles",), reading=ReadOptions(published="2024-04-03"))
        >>> made = inputs.remembered(Manifest(), Path("gold"))
        >>> made.source, made.options
        (('../articles',), {'published': '2024-04-03'})
        """
        if not self.sources:
            return manifest
        places = {name: base / name for name in manifest.source}
        kept = [name for name, place in places.items() if place.exists() or glob.has_magic(str(place))]
        for name in self.seen_from(base):
            if not any(name == one or name.startswith(f"{one}/") for one in kept):
                kept = [one for one in kept if not one.startswith(f"{name}/")] + [name]
        options = {**_changed(self.reading, base), **_changed(self.settings, base)}
        return replace(manifest, source=tuple(kept), options=options)

    def seen_from(self, base: Path) -> list[str]:
        """The sources as seen from a folder."""
        return [_relative(name, base) for name in self.sources]


def _relative(path: str | os.PathLike[str], base: Path) -> str:
    """A path as seen from ``base``, with ``/`` on every system; an absolute one where there is no way."""
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # another drive
        return Path(path).absolute().as_posix()


def _from_here(path: str, base: Path) -> str:
    """A path given as seen from ``base``, as seen from here, in the shortest form."""
    return path if Path(path).is_absolute() else os.path.relpath(base / path)


def _changed(given: Any, base: Path) -> dict[str, Any]:
    """The options that are not as they are by default, as they stand in a gold."""
    kept, default = dict[str, Any](), vars(type(given)())
    for name, value in vars(given).items():
        # Gold may be made of corrected rows; what is checked against it is what the program says.
        if value == default[name] or name == "corrections":
            continue
        if name in _FILES and Path(value).exists():
            value = _relative(value, base)
        if isinstance(value, dt.date | Path):
            value = str(value)
        kept[name] = list(value) if isinstance(value, tuple) else value
    return kept


def _filled(given: Any, values: Mapping[str, Any]) -> Any:
    """The options given, those left at their defaults taken from ``values``."""
    default = vars(type(given)())
    left = [name for name, value in vars(given).items() if value == default[name]]
    return replace(given, **{name: values[name] for name in left if name in values})
