"""The pytest plugin: gold as tests, one for each article, and a fixture for tests of your own.

Installed with the package, it collects every ``*.gold.toml`` and ``*.gold.jsonl`` under the paths pytest is
given (``pytest tests gold``), so that one changed article is one failing test, with the sentence and both
readings. Each article is judged alone: the budget and the floors are about the whole and belong to
``newsledger check`` and to the fixture::

    def test_figures(newsledger_check):
        newsledger_check("gold", "articles")

With ``pytest -n`` each worker reads the articles once and extracts those of its own tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from newsledger.extraction import Tools
    from newsledger.normalizer.tables import Tables
    from newsledger.regression.gold import Gold, GoldArticle, Manifest
    from newsledger.regression.policy import Policy
    from newsledger.regression.runs import Run
    from newsledger.regression.verdict import Verdict
    from newsledger.values.article import Article

_FILES = (".gold.toml", ".gold.jsonl")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the gate."""
    group = parser.getgroup("newsledger", "gold of extracted figures")
    group.addoption(
        "--newsledger-source",
        action="append",
        metavar="PATH",
        help="where the articles of the gold are; default: where the configuration or the gold says",
    )
    group.addoption("--newsledger-config", metavar="FILE", help="TOML with the settings of newsledger check")
    parser.addini("newsledger_collect", "collect *.gold.toml and *.gold.jsonl as tests", "bool", default=True)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GoldFile | None:
    """Take every file of gold as a module of tests."""
    if file_path.name.endswith(_FILES) and parent.config.getini("newsledger_collect"):
        made: GoldFile = GoldFile.from_parent(parent, path=file_path)
        return made
    return None


class GateFailure(Exception):
    """An article whose figures are not as expected; the message is the report."""


class GoldFile(pytest.File):
    """A file of gold."""

    def collect(self) -> Iterator[GoldItem]:
        """One test for each article, in order of id."""
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.gold_files import read_article, read_gold

        try:
            if self.path.name.endswith(_FILES[0]):
                articles = [read_article(self.path)]
            else:
                articles = list(read_gold(self.path).articles.values())
        except CannotCompare as problem:
            raise self.CollectError(str(problem)) from None
        for article in articles:
            yield GoldItem.from_parent(self, name=article.article_id, article=article)


class GoldItem(pytest.Item):
    """One article of gold."""

    def __init__(self, *, article: GoldArticle, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.article = article

    def runtest(self) -> None:
        """Extract the article and compare."""
        from newsledger.regression.gold import Gold

        bench = _Bench.of(self.config)
        place = bench.place(self.path)
        run = place.run(self.article)
        if run is None:
            if bench.policy.absent == "ignore":
                pytest.skip("the source lacks the article")
            raise GateFailure(f"{self.name}: the source lacks the article")
        manifest = replace(place.manifest, floors={})
        gold = Gold(articles={self.article.article_id: self.article}, manifest=manifest, path=place.folder)
        policy = replace(bench.policy, budget=0, budgets={}, floors={})
        _fail_on_regression(gold, run, policy)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the report and not where in the plugin it was raised."""
        from newsledger.regression.errors import CannotCompare

        if isinstance(excinfo.value, (GateFailure, CannotCompare)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the test after its article."""
        return self.path, None, f"gold: {self.name}"


def _fail_on_regression(gold: Gold, run: Run, policy: Policy) -> None:
    from newsledger.regression import gate
    from newsledger.regression.reports.text import case_text
    from newsledger.regression.reports.view import views

    verdict = gate.judge_run(gold, run, policy=policy)
    if not verdict.passed:
        shown = "\n".join(str(case_text(one)) for one in views(verdict, "regression"))
        raise GateFailure(f"{shown}\n{'; '.join(verdict.reasons)}")


class _Place:
    """A gold folder or file with the articles it is about, read once."""

    def __init__(self, folder: Path, manifest: Manifest, bench: _Bench) -> None:
        from newsledger.reading import ReadOptions
        from newsledger.regression.options import base_of, resolved, with_stored
        from newsledger.values.settings import Settings

        self.folder, self.manifest = folder, manifest
        base = base_of(folder)
        self.reading, self.settings = with_stored(manifest.options, base, ReadOptions(), Settings())
        self.sources = (
            bench.sources or bench.policy.source or tuple(resolved(name, base) for name in manifest.source)
        )
        self._articles: Mapping[str, Article] | None = None
        self._files: Mapping[str, Path] = {}
        self._tools: Tools | None = None

    def run(self, gold: GoldArticle) -> Run | None:
        """What is extracted from the article today; None where there is no such article."""
        from newsledger.extraction import extract_article, load_tools
        from newsledger.normalizer.collect import collect
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.matching import by_number
        from newsledger.regression.runs import from_tables

        if not self.sources:
            raise CannotCompare("no_source", f"{self.folder} does not say where its articles are")
        articles = self.articles()
        article = articles.get(gold.article_id)
        if article is None or by_number(gold.article_id):
            same = (a for a in articles.values() if a.text_sha256 == gold.text_sha256)
            article = next(same, article)
        if article is None:
            return None
        if self._tools is None:
            self._tools = load_tools(self.settings)
        tables = collect(
            [extract_article(article, self._tools)], settings=self.settings, known=self._tools.known
        )
        return from_tables(tables, files=self._files)

    def articles(self) -> Mapping[str, Article]:
        """All articles of the sources by id."""
        from newsledger.reading import iter_articles, sources

        if self._articles is None:
            self._files = {file.relative: file.path for file in sources(*self.sources).files}
            read = iter_articles(*self.sources, options=self.reading, on_issue=lambda issue: None)
            self._articles = {article.article_id: article for article in read}
        return self._articles


class _Bench:
    """What the tests of one session share."""

    def __init__(self, config: pytest.Config) -> None:
        from newsledger.regression.policy import load_policy

        given = config.getoption("--newsledger-config")
        self.policy = load_policy(Path(given) if given else None, start=config.rootpath)
        self.sources: tuple[str, ...] = tuple(config.getoption("--newsledger-source") or ())
        self._places: dict[Path, _Place] = {}

    @classmethod
    def of(cls, config: pytest.Config) -> _Bench:
        """The bench of this session."""
        if _BENCH not in config.stash:
            config.stash[_BENCH] = cls(config)
        return config.stash[_BENCH]

    def place(self, file: Path) -> _Place:
        """The gold that a file belongs to: the nearest folder above it with a ``gold.toml``."""
        from newsledger.regression.gold import Manifest
        from newsledger.regression.gold_files import MANIFEST, read_gold, read_manifest

        if file.name.endswith(_FILES[1]):
            root = file
        else:
            root = next((p for p in file.parents if (p / MANIFEST).is_file()), file.parent)
        if root not in self._places:
            if root is file:
                manifest = read_gold(file).manifest
            elif (root / MANIFEST).is_file():
                manifest = read_manifest(root)
            else:
                manifest = Manifest()
            self._places[root] = _Place(root, manifest, self)
        return self._places[root]


_BENCH = pytest.StashKey[_Bench]()


@pytest.fixture
def newsledger_check(pytestconfig: pytest.Config) -> Callable[..., Verdict]:
    """Check gold inside a test: ``newsledger_check(GOLD, SOURCE...)`` fails with the report.

    GOLD and SOURCE are paths, relative to the root of the tests; SOURCE may also be the ``Tables`` of a run
    of your own, and is not needed where the gold remembers it. Keywords are those of the input options
    (``published="2024-04-03"``), of the settings (``default_currency="AUD"``), and ``workers`` (1). The
    verdict is returned, with its measures.
    """
    root = pytestconfig.rootpath

    def check(
        gold: str | os.PathLike[str] | None = None, *sources: str | os.PathLike[str] | Tables, **options: Any
    ) -> Verdict:
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.reports.text import render

        try:
            verdict = _check(root, _Bench.of(pytestconfig).policy, gold, sources, options)
        except CannotCompare as problem:
            pytest.fail(f"cannot compare [{problem.why}]: {problem}", pytrace=False)
        if not verdict.passed:
            pytest.fail(render(verdict), pytrace=False)
        return verdict

    return check


def _check(
    root: Path,
    policy: Policy,
    gold: str | os.PathLike[str] | None,
    sources: tuple[str | os.PathLike[str] | Tables, ...],
    options: dict[str, Any],
) -> Verdict:
    import dataclasses

    from newsledger.normalizer.tables import Tables
    from newsledger.reading import ReadOptions
    from newsledger.regression import gate
    from newsledger.regression.gold_files import read_gold
    from newsledger.values.settings import Settings

    path = root / gold if gold is not None else policy.gold
    if len(sources) == 1 and isinstance(sources[0], Tables):
        return gate.judge_run(read_gold(path or root), sources[0], policy=policy)
    reading = {f.name: options.pop(f.name) for f in dataclasses.fields(ReadOptions) if f.name in options}
    day_order = {"day_order": reading["day_order"]} if "day_order" in reading else {}
    settings = {f.name: options.pop(f.name) for f in dataclasses.fields(Settings) if f.name in options}
    verdict, _ = gate.check(
        path,
        *(root / source for source in sources if not isinstance(source, Tables)),
        policy=policy,
        reading=ReadOptions(**reading),
        settings=Settings(**settings, **day_order),
        workers=options.pop("workers", 1),
        **options,
    )
    return verdict
