"""The pytest plugin: gold as tests, one for each article, and a fixture for tests of your own.

Installed with the package, it collects every ``*.gold.toml`` and ``*.gold.jsonl`` under the paths pytest is
given (``pytest tests gold``), so that one changed article is one failing test, with the sentence and both
readings. Each article is judged alone: the budget and the floors are about the whole and belong to
``newsledger check`` and to the fixture::

    def test_figures(newsledger_check):
        newsledger_check("gold", "articles")

With ``pytest -n`` each worker reads the articles once and extracts those of its own tests. The work is done
by `newsledger.regression.plugin_session`, which is imported when the first test of gold is found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet
    from newsledger.regression.gold import GoldArticle
    from newsledger.regression.plugin_session import PluginSession
    from newsledger.regression.verdict import Verdict

ARTICLE_FILE, GOLD_FILE = ".gold.toml", ".gold.jsonl"


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
    if file_path.name.endswith((ARTICLE_FILE, GOLD_FILE)) and parent.config.getini("newsledger_collect"):
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
        from newsledger.regression.gold_files import read_gold

        try:
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
        session = _session(self.config)
        verdict = session.judge(self.path, self.article)
        if verdict is None:
            if session.policy.absent == "ignore":
                pytest.skip("the source lacks the article")
            raise GateFailure(f"{self.name}: the source lacks the article")
        if not verdict.passed:
            raise GateFailure(session.failure_text(verdict))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the report and not where in the plugin it was raised."""
        from newsledger.regression.errors import CannotCompare

        if isinstance(excinfo.value, (GateFailure, CannotCompare)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the test after its article."""
        return self.path, None, f"gold: {self.name}"


_SESSION = pytest.StashKey[Any]()


def _session(config: pytest.Config) -> PluginSession:
    """What the tests of this pytest session share."""
    if _SESSION not in config.stash:
        from newsledger.regression.plugin_session import PluginSession

        config.stash[_SESSION] = PluginSession(
            config.rootpath,
            config.getoption("--newsledger-config"),
            tuple(config.getoption("--newsledger-source") or ()),
        )
    session: PluginSession = config.stash[_SESSION]
    return session


@pytest.fixture
def newsledger_check(pytestconfig: pytest.Config) -> Callable[..., Verdict]:
    """Check gold inside a test: ``newsledger_check(GOLD, SOURCE...)`` fails with the report.

    GOLD and SOURCE are paths, relative to the root of the tests; SOURCE may also be the ``Tables`` of a run
    of your own, and is not needed where the gold remembers it. Keywords are those of the input options
    (``published="2024-04-03"``), of the settings (``default_currency="AUD"``), and ``workers`` (1). The
    verdict is returned, with its measures.
    """

    def check(
        gold: str | os.PathLike[str] | None = None,
        *sources: str | os.PathLike[str] | TableSet,
        **options: Any,
    ) -> Verdict:
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.reports.text import render

        try:
            verdict = _session(pytestconfig).check(gold, sources, options)
        except CannotCompare as problem:
            pytest.fail(f"cannot compare [{problem.why}]: {problem}", pytrace=False)
        if not verdict.passed:
            pytest.fail(render(verdict), pytrace=False)
        return verdict

    return check
