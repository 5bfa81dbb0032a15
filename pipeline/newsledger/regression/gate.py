"""The whole gate, as the command line, the pytest plugin and a notebook call it.

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

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.regression.comparison import Case, compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, Manifest
from newsledger.regression.policy import Policy
from newsledger.regression.runs import (
    Run,
    RunArticle,
    from_tables,
    make_run,
    run_of_articles,
)
from newsledger.regression.verdict import Verdict, judge

if TYPE_CHECKING:
    from newsledger.normalizer.tables import Tables
    from newsledger.reading import ReadOptions
    from newsledger.regression.acceptance import Acceptance, Rules
    from newsledger.values.settings import Settings

Paths = Sequence[str | os.PathLike[str]]


def gold_from(tables: Tables) -> Gold:
    """The gold that pins every row of these tables."""
    from newsledger.regression.gold_tables import gold_of_run

    return gold_of_run(from_tables(tables))


def judge_run(gold: Gold, run: Run | Tables, *, policy: Policy | None = None) -> Verdict:
    """Compare a run with gold and judge it; raises `CannotCompare` where they have no article in common."""
    policy = policy or Policy.of({})
    found = run if isinstance(run, Run) else from_tables(run)
    return judge(compare(gold, found, tolerances=policy.tolerances), gold, policy)


def check(
    gold: str | os.PathLike[str] | None = None,
    *sources: str | os.PathLike[str],
    policy: Policy | None = None,
    reading: ReadOptions | None = None,
    settings: Settings | None = None,
    **working: Any,
) -> tuple[Verdict, Gold]:
    """Extract the articles of ``gold`` from ``sources`` and judge what was found.

    Without ``gold`` the policy names it; without ``sources`` the policy does, else the gold remembers where
    its articles are. A source may also be a finished run. ``working``: ``workers``, ``seconds``,
    ``on_progress`` and ``on_step`` of `runs.make_run`. Raises `CannotCompare`.
    """
    from newsledger.regression.gold_files import read_gold

    policy = policy or Policy.of({})
    pinned = read_gold(_gold_path(gold, policy))
    run = run_for(pinned, sources or policy.source, reading=reading, settings=settings, **working)
    return judge_run(pinned, run, policy=policy), pinned


def _gold_path(gold: str | os.PathLike[str] | None, policy: Policy) -> Path:
    path = Path(gold) if gold is not None else policy.gold
    if path is None:
        raise CannotCompare("no_gold", "no gold: name it, or set gold in [tool.newsledger.check]")
    return path


def run_for(
    gold: Gold,
    sources: Paths,
    *,
    reading: ReadOptions | None = None,
    settings: Settings | None = None,
    **working: Any,
) -> Run:
    """Extract what ``gold`` is to be compared with: ``sources``, else where the gold says its articles are,
    else the texts that came with it.
    """
    from newsledger.reading import ReadOptions
    from newsledger.regression.options import base_of, resolved, with_stored
    from newsledger.values.settings import Settings

    base = base_of(gold.path) if gold.path else Path()
    read, extraction = with_stored(
        gold.manifest.options, base, reading or ReadOptions(), settings or Settings()
    )
    if not sources and gold.manifest.source:
        sources = [resolved(name, base) for name in gold.manifest.source]
    if sources:
        return make_run(sources, settings=extraction, options=read, **working)
    texts = [article for article in gold.articles.values() if article.text is not None]
    if not texts:
        raise CannotCompare("no_source", "no articles: name their folder after the gold")
    from newsledger.values.article import Article

    return run_of_articles(
        (
            Article(text=a.text or "", article_id=a.article_id, published=a.published, language="en")
            for a in texts
        ),
        settings=extraction,
    )


def accept(
    gold: str | os.PathLike[str] | None,
    *sources: str | os.PathLike[str],
    policy: Policy | None = None,
    rules: Rules | None = None,
    truth: str | os.PathLike[str] | None = None,
    fresh: bool = False,
    reading: ReadOptions | None = None,
    settings: Settings | None = None,
    kinds: Sequence[str] | None = None,
    dry_run: bool = False,
    **working: Any,
) -> Acceptance:
    """Extract ``sources`` and take what was found into ``gold``, which is made where there is none.

    ``truth``: hand-made tables whose rows are the gold, whatever the run found. ``fresh`` makes the gold
    anew. ``dry_run`` writes nothing. Raises `CannotCompare`.
    """
    from newsledger.normalizer.run_record import program_record
    from newsledger.reading import ReadOptions
    from newsledger.regression import acceptance
    from newsledger.regression.gold_files import read_gold, write_gold
    from newsledger.regression.kinds import KINDS, kind_called
    from newsledger.regression.options import base_of, sources_of, stored, with_stored
    from newsledger.values.settings import Settings

    policy, rules = policy or Policy.of({}), rules or acceptance.Rules()
    path = _gold_path(gold, policy)
    given = sources or policy.source
    for source in given:
        if Path(source).resolve() == path.resolve():
            raise CannotCompare("configuration", f"{path} is named both as gold and as source")
    old = None if fresh or not path.exists() else _old_gold(path)
    if old is not None and not old.writable:
        raise CannotCompare(
            "unreadable_gold",
            f"{path} holds hand-made tables and is never written to; "
            "newsledger accept NEW SOURCE --truth TABLES makes gold files of them",
        )
    base = base_of(path)
    manifest = old.manifest if old else Manifest()
    if fresh and path.exists():
        manifest = _kept_of(path)
    read, extraction = with_stored(manifest.options, base, reading or ReadOptions(), settings or Settings())
    if given:
        manifest = replace(
            manifest,
            source=sources_of(manifest.source, given, base),
            options=stored(read, extraction, base),
        )
    start = old
    if truth is not None:
        start = read_gold(truth)
        rules = replace(rules, truth=True)
        manifest = replace(manifest, pinned=acceptance.pinned_with(start.manifest.pinned))
    run = run_for(
        replace(start or Gold(articles={}), manifest=manifest, path=path),
        given,
        reading=read,
        settings=extraction,
        **working,
    )
    made = acceptance.accept(
        start,
        run,
        rules=rules,
        kinds=[kind_called(name).table for name in kinds] if kinds else list(KINDS),
        manifest=manifest,
        version=str(program_record()["version"]),
    )
    if truth is not None and old is not None:
        made = replace(made, gold=replace(made.gold, files=old.files))
    if truth is not None and made.incomplete:
        raise CannotCompare(
            "unreadable_source",
            "nothing was written: not every article could be extracted: "
            + "; ".join(f"{c.article_id}: {c.why}" for c in made.changes if c.what == "not accepted"),
        )
    if not dry_run:
        write_gold(made.gold, path)
    return made


def refuse_to_lose_corrections(path: Path | None) -> None:
    """Raise `CannotCompare` where a gold that is made anew would lose corrections made by hand."""
    from newsledger.regression.gold_files import read_gold

    if path is None or not path.exists():
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
    if by_hand := sum(article.is_hand(row) for article, row in old.rows()):
        raise CannotCompare(
            "configuration",
            f"{path} holds {by_hand} rows made or corrected by hand, which --fresh would lose; "
            "add --replace-hand to lose them",
        )


def _kept_of(path: Path) -> Manifest:
    """What a gold that is made anew keeps of the old one: where its articles are and how they are read."""
    from newsledger.regression.gold_files import read_gold

    try:
        old = read_gold(path).manifest
    except CannotCompare:
        return Manifest()
    return Manifest(source=old.source, options=old.options)


def _old_gold(path: Path) -> Gold | None:
    """The gold there is; None where there is none yet."""
    from newsledger.regression.gold_files import read_gold

    try:
        return read_gold(path)
    except CannotCompare as problem:
        if problem.why == "no_gold":
            return None
        raise


def update(gold: Gold, verdict: Verdict, *, allow_regression: bool = False) -> tuple[Gold, tuple[str, ...]]:
    """Gold with its floors at what was measured, and with what is known to be wrong brought up to date.

    What is right now is no longer known to be wrong, and floors rise. Nothing gets worse without
    ``allow_regression``: otherwise the gold comes back unchanged, with the reasons in words. What does not
    gate is left as it is.
    """
    from newsledger.regression.verdict import broken_floors, new_floors

    worse = [*verdict.reasons]
    if verdict.regressions and not worse:
        worse.append(f"{len(verdict.regressions)} regressions within the budget would become known faults")
    worse += [
        text
        for broken in broken_floors(verdict.gating, gold.manifest.floors)
        if (text := str(broken)) not in worse
    ]
    if worse and not allow_regression:
        return gold, tuple(worse)
    floors = new_floors(verdict.gating, gold.manifest.floors)
    articles = _with_known(gold, verdict)
    manifest = replace(gold.manifest, floors=floors)
    return replace(gold, articles=articles, manifest=manifest), ()


def _with_known(gold: Gold, verdict: Verdict) -> dict[str, GoldArticle]:
    articles = dict(gold.articles)
    cases = verdict.comparison.cases_by_article()
    for name, one in verdict.comparison.by_id.items():
        if one.run is not None:
            articles[name] = _article_with_known(one.gold, one.run, cases.get(name, ()), verdict.policy)
    return articles


def _article_with_known(
    gold: GoldArticle, run: RunArticle, cases: Sequence[Case], policy: Policy
) -> GoldArticle:
    from newsledger.regression.gold import HAND, gold_row, in_order, seal
    from newsledger.regression.kinds import ARTICLES

    by_row = {id(case.gold): case for case in cases if case.gold is not None}
    seals = {table: list(said) for table, said in gold.seals.items()}
    rows = []
    for row in gold.rows:
        case = by_row.get(id(row))
        made = row if case is None else replace(row, known=_known_now(case, policy))
        if case is not None and case.anchor == "edited" and case.anchored and made.known:
            # What is known now is about the words of today.
            made = made.at(run.text, case.anchored)
            if not case.hand:
                seals[row.table].remove(seal(row))
                seals[row.table].append(seal(made))
        rows.append(made)
    known = gold.known
    for case in cases:
        now = _known_now(case, policy)
        if case.table == ARTICLES.table:
            known = now
        elif case.gold is None and case.found is not None and now:
            spurious = gold_row(case.table, case.found, run.text, ())
            rows.append(replace(spurious, absent=True, known=now, by=HAND))
    made_seals = {table: tuple(said) for table, said in seals.items()}
    return replace(gold, rows=in_order(rows), known=known, seals=made_seals)


def _known_now(case: Case, policy: Policy) -> tuple[str, ...]:
    """The faults a case is known to have from now on: none that does not gate becomes known by the way."""
    gating = {fault.code for fault in case.faults if policy.gates(case.table, fault.field)}
    return tuple(code for code in case.codes if code in gating or code in case.known)
