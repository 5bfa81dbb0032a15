"""The work of the pytest plugin: what the tests of one pytest session share."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from newsledger import extraction
from newsledger.api import collected
from newsledger.normalizer.tables import TableSet
from newsledger.reading import ReadOptions, iter_articles, sources
from newsledger.regression import gate
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, Manifest
from newsledger.regression.gold_files import MANIFEST, SUFFIX, read_gold, read_manifest
from newsledger.regression.matching import by_number
from newsledger.regression.options import base_of, resolve, with_stored_options
from newsledger.regression.policy import load_policy
from newsledger.regression.reports.text import case_text
from newsledger.regression.reports.view import views
from newsledger.regression.runs import Run, from_tables
from newsledger.regression.verdict import Verdict
from newsledger.values.article import Article
from newsledger.values.settings import Settings


class PluginSession:
    """The policy of a pytest session, and the gold it has met with the articles that gold is about."""

    def __init__(self, root: Path, config: str | None, sources: tuple[str, ...]) -> None:
        self.root = root
        self.policy = load_policy(Path(config) if config else None, start=root)
        self.sources = sources
        self._golds: dict[Path, _GoldWithArticles] = {}

    def judge(self, file: Path, article: GoldArticle) -> Verdict | None:
        """The verdict on one article of a file, alone; None where the source lacks the article."""
        gold = self._gold_of(file)
        run = gold.run(article)
        if run is None:
            return None
        alone = Gold(
            articles={article.article_id: article},
            manifest=replace(gold.manifest, floors={}),
            path=gold.path,
        )
        return gate.judge_run(alone, run, policy=replace(self.policy, budget=0, budgets={}, floors={}))

    def failure_text(self, verdict: Verdict) -> str:
        """The regressions of a verdict with the reasons why it is not passed."""
        shown = "\n".join(str(case_text(one)) for one in views(verdict, "regression", "absent"))
        return f"{shown}\n{'; '.join(verdict.reasons)}"

    def check(
        self,
        gold: str | os.PathLike[str] | None,
        sources: tuple[str | os.PathLike[str] | TableSet, ...],
        options: dict[str, Any],
    ) -> Verdict:
        """The verdict on a whole gold, for the fixture."""
        path = self.root / gold if gold is not None else self.policy.gold
        if len(sources) == 1 and isinstance(sources[0], TableSet):
            return gate.judge_run(read_gold(path or self.root), sources[0], policy=self.policy)
        reading = {f.name: options[f.name] for f in dataclasses.fields(ReadOptions) if f.name in options}
        settings = {f.name: options[f.name] for f in dataclasses.fields(Settings) if f.name in options}
        working = {name: options[name] for name in options.keys() - reading.keys() - settings.keys()}
        verdict, _ = gate.check(
            path,
            *(self.root / source for source in sources if not isinstance(source, TableSet)),
            policy=self.policy,
            reading=ReadOptions(**reading),
            settings=Settings(**settings),
            **{"workers": 1, **working},
        )
        return verdict

    def _gold_of(self, file: Path) -> _GoldWithArticles:
        """The gold that a file belongs to: itself, or the nearest folder above it with a ``gold.toml``."""
        alone = not file.name.endswith(SUFFIX)
        folders = (folder for folder in file.parents if (folder / MANIFEST).is_file())
        path = file if alone else next(folders, file.parent)
        if path not in self._golds:
            if alone:
                manifest = read_gold(file).manifest
            else:
                manifest = read_manifest(path) if (path / MANIFEST).is_file() else Manifest()
            self._golds[path] = _GoldWithArticles(path, manifest, self)
        return self._golds[path]


class _GoldWithArticles:
    """A gold folder or file with the articles it is about, read once."""

    def __init__(self, path: Path, manifest: Manifest, session: PluginSession) -> None:
        self.path, self.manifest = path, manifest
        base = base_of(path)
        self.reading, self.settings = with_stored_options(manifest.options, base)
        named = tuple(resolve(name, base) for name in manifest.source)
        self.sources = session.sources or session.policy.source or named

    @cached_property
    def _tools(self) -> extraction.Tools:
        return extraction.load_tools(self.settings)

    @cached_property
    def _articles(self) -> Mapping[str, Article]:
        read = iter_articles(*self.sources, options=self.reading, on_issue=lambda issue: None)
        return {article.article_id: article for article in read}

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        return {file.relative: file.path for file in sources(*self.sources).files}

    def run(self, gold: GoldArticle) -> Run | None:
        """What is extracted from the article today; None where there is no such article."""
        if not self.sources:
            raise CannotCompare("no_source", f"{self.path} does not say where its articles are")
        article = self._articles.get(gold.article_id)
        if article is None or by_number(gold.article_id):
            same = (a for a in self._articles.values() if a.text_sha256 == gold.text_sha256)
            article = next(same, article)
        if article is None:
            return None
        found = extraction.extract_article(article, self._tools)
        tables = collected([found], self._tools)
        return from_tables(tables, files=self._files)
