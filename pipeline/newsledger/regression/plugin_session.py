"""State of the pytest plugin that the tests of one session share."""

from __future__ import annotations

import dataclasses
import os
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from newsledger import extraction
from newsledger.api import collected
from newsledger.engines.folder import try_lock
from newsledger.normalizer.tables import TableSet
from newsledger.reading import ReadOptions, iter_articles
from newsledger.regression import acceptance, gate
from newsledger.regression.comparison import Comparison, compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, text_hash
from newsledger.regression.gold_files import MANIFEST, SUFFIX, read_gold, write_gold
from newsledger.regression.policy import Policy
from newsledger.regression.reports.text import failure_text
from newsledger.regression.runs import Run, from_tables
from newsledger.regression.verdict import Verdict, judge
from newsledger.values.settings import Settings
from newsledger.values.version import __version__

_T = TypeVar("_T")


@dataclass
class PluginSession:
    """The policy of a pytest session, and the gold it has met with the articles that gold is about.

    ``shared`` is a folder in which the workers of ``pytest -n`` find what one of them has made.
    """

    root: Path
    policy: Policy
    shared: Path | None = None
    selected: dict[Path, set[str] | None] = field(default_factory=dict)
    """Gold -> the articles whose tests are run; None stands for all that the source holds."""
    _made: dict[str, Any] = field(default_factory=dict)

    def select(self, file: Path, article_id: str | None) -> None:
        """Say that the test of an article is to be run, or one of the whole source."""
        gold = gold_of(file)
        chosen = self.selected.get(gold, set())
        self.selected[gold] = None if article_id is None or chosen is None else {*chosen, article_id}

    def failure(self, file: Path, article_id: str) -> str:
        """The failure of one article of a file, judged alone; skips its test if it is absent and may be."""
        gold, comparison = self._compared(gold_of(file))
        one = comparison.by_id[article_id]
        if one.run is None and self.policy.absent == "ignore":
            pytest.skip("the source lacks the article")
        if one.run is None:
            help_ = "newsledger accept --drop-articles takes it out"
            return f"{article_id}: the source lacks the article; {help_}"
        alone = replace(comparison, articles=(one,), without_gold=())
        policy = replace(self.policy, budget=0, budgets={}, floors={})
        verdict = judge(alone, replace(gold, manifest=replace(gold.manifest, floors={})), policy)
        return "" if verdict.passed else failure_text(verdict)

    def without_gold(self, file: Path) -> tuple[str, ...]:
        """The articles of the source that have no gold."""
        return self._compared(gold_of(file))[1].without_gold

    def check(
        self,
        gold: str | os.PathLike[str] | None,
        sources: tuple[str | os.PathLike[str] | TableSet, ...],
        options: dict[str, Any],
    ) -> Verdict:
        """The verdict on a whole gold, for the fixture."""
        pinned = read_gold(self.root / gold if gold is not None else self.policy.gold or self.root)
        if len(sources) == 1 and isinstance(sources[0], TableSet):
            return gate.judge_run(pinned, sources[0], policy=self.policy)
        reading, settings = (
            {f.name: options[f.name] for f in dataclasses.fields(kind) if f.name in options}
            for kind in (ReadOptions, Settings)
        )
        working = {name: options[name] for name in options.keys() - reading.keys() - settings.keys()}
        named = tuple(os.fspath(self.root / name) for name in sources if not isinstance(name, TableSet))
        inputs = gate.Inputs(sources=named, reading=ReadOptions(**reading), settings=Settings(**settings))
        return gate.judge_run(pinned, self._run(pinned, inputs, **working), policy=self.policy)

    def update(self, file: Path, article_id: str) -> str:
        """Accept the current results into the gold of all tests that are run; returns why not if it fails."""
        changes = self._once(f"update {gold_of(file)}", lambda: self._accept(gold_of(file)))
        undone = {"not accepted", "kept"}  # of an article as a whole
        mine = [one for one in changes if one.article_id == article_id and not one.table]
        return "; ".join(change.why for change in mine if change.what in undone)

    def _accept(self, path: Path) -> tuple[acceptance.GoldChange, ...]:
        if self.policy.require_reason:
            raise CannotCompare("configuration", f"{self.policy.where} requires a reason: newsledger accept")
        gold, comparison = self._compared(path)
        made = acceptance.accept(gold, comparison.run, version=__version__)
        whole = read_gold(path)
        others = {name: one for name, one in whole.articles.items() if name not in gold.articles}
        articles = {**others, **made.gold.articles}
        write_gold(replace(whole, articles=articles, manifest=made.gold.manifest), path)
        return made.changes

    def _compared(self, path: Path) -> tuple[Gold, Comparison]:
        """The gold of the tests that are run, compared with what is extracted today, once in each process."""
        key = f"compared {path}"
        if key not in self._made:
            gold, chosen = read_gold(path), self.selected.get(path)
            if chosen is not None and chosen < gold.articles.keys():
                gold = replace(gold, articles={name: gold.articles[name] for name in chosen})
                run = self._once(f"{path} {sorted(chosen)}", lambda: self._run_of_some(gold))
            else:
                run = self._run(gold, gate.Inputs())
            comparison = compare(gold, run, tolerances=self.policy.tolerances, some_in_common=False)
            self._made[key] = gold, comparison
        return cast("tuple[Gold, Comparison]", self._made[key])

    def _run(self, gold: Gold, given: gate.Inputs, **working: Any) -> Run:
        """What is extracted today from all articles, once in all processes."""
        inputs = gate.inputs_of(gold, given, self.policy)
        key = replace(inputs, sources=tuple(map(os.path.realpath, inputs.sources)))
        working.setdefault("workers", int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
        return self._once(repr(key), lambda: gate.run_for(gold, inputs, **working))

    def _run_of_some(self, gold: Gold) -> Run:
        """What is extracted today from the articles of ``gold``, known by their ids or by their texts."""
        inputs = gate.inputs_of(gold, gate.Inputs(), self.policy)
        if not inputs.sources:
            raise CannotCompare("no_source", f"{gold.path} does not say where its articles are")
        tools = extraction.load_tools(inputs.settings)
        texts = {article.text_sha256 for article in gold.articles.values()}
        articles = [
            extraction.extract_article(article, tools)
            for article in iter_articles(*inputs.sources, options=inputs.reading, on_issue=lambda _: None)
            if article.article_id in gold.articles or article.text_sha256 in texts
        ]
        return from_tables(collected(articles, tools), sources=inputs.sources)

    def _once(self, key: str, make: Callable[[], _T]) -> _T:
        """What ``make`` makes, made by the first process that asks for it."""
        if key not in self._made:
            self._made[key] = make() if self.shared is None else _shared(self.shared, key, make)
        return cast("_T", self._made[key])


def gold_of(file: Path) -> Path:
    """The gold that a file belongs to: itself, or the nearest folder above it with a ``gold.toml``."""
    if not file.name.endswith((SUFFIX, MANIFEST)):
        return file
    return next((folder for folder in file.parents if (folder / MANIFEST).is_file()), file.parent)


def _shared(folder: Path, key: str, make: Callable[[], _T]) -> _T:
    file = folder / text_hash(key)[:16]
    with file.with_suffix(".lock").open("a") as lock:
        while not try_lock(lock.fileno()):
            time.sleep(0.05)
        if not file.exists():
            file.write_bytes(pickle.dumps(make()))
    return cast("_T", pickle.loads(file.read_bytes()))
