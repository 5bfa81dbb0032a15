"""The pytest plugin: one test per article of the gold, and a fixture for your own tests.

Installed with the package, it collects every ``*.gold.toml`` and ``*.gold.jsonl`` under the paths pytest is
given (``pytest tests gold``), so that one changed article is one failing test, with the sentence and both
readings. Each article is judged alone: the budget and the floors are about the whole and belong to
``newsledger check`` and to the fixture::

    def test_figures(newsledger_check):
        newsledger_check("gold", "articles")

Each article is extracted once in all, also with ``pytest -n``, where the workers share what one of them has
extracted. ``--newsledger-update`` writes the gold anew instead, as ``newsledger accept`` does. The work is
done by `newsledger.regression.plugin_session`, which is imported when the first test of gold is found.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet
    from newsledger.regression.plugin_session import PluginSession
    from newsledger.regression.verdict import Verdict

ARTICLE_FILE, GOLD_FILE, MANIFEST = ".gold.toml", ".gold.jsonl", "gold.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the gate."""
    group = parser.getgroup("newsledger", "gold of extracted figures")
    where = "where the articles are; default: where the configuration or the gold says"
    group.addoption("--newsledger-source", action="append", metavar="PATH", help=where)
    group.addoption("--newsledger-config", metavar="FILE", help="TOML with the settings of newsledger check")
    for name, said in {
        "update": "take what is extracted today into the gold, as newsledger accept does",
        "require-gold": "fail where an article of the source has no gold",
    }.items():
        group.addoption(f"--newsledger-{name}", action="store_true", help=said)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GoldFile | None:
    """Take every file of gold as a module of tests."""
    whole = file_path.name == MANIFEST and _session(parent.config).policy.require_gold
    if whole or file_path.name.endswith((ARTICLE_FILE, GOLD_FILE)):
        return GoldFile.from_parent(parent, path=file_path)
    return None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Know which articles are to be tested, so that only they are extracted, all together."""
    for item in session.items:
        if isinstance(item, GoldItem):
            _session(session.config).select(item.path, item.article_id)


_SHARED = pytest.StashKey[Path]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give the workers of pytest-xdist a folder that they share."""
    if _SHARED not in node.config.stash:
        node.config.stash[_SHARED] = Path(tempfile.mkdtemp(prefix="newsledger-pytest-"))
    node.workerinput["newsledger_shared"] = str(node.config.stash[_SHARED])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what the workers shared."""
    if _SHARED in config.stash:
        shutil.rmtree(config.stash[_SHARED], ignore_errors=True)


class GateFailure(Exception):
    """An article whose figures are not as expected; the message is the report."""


class GoldFile(pytest.File):
    """A file of gold."""

    def collect(self) -> Iterator[GoldItem]:
        """One test for each article, in order of id, and one for articles without gold, if they fail."""
        from newsledger.regression.errors import CannotCompare
        from newsledger.regression.gold_files import read_gold

        if not self.path.name.endswith(ARTICLE_FILE) and _session(self.config).policy.require_gold:
            yield GoldItem.from_parent(self, name="every article has gold", article_id=None)
        if self.path.name == MANIFEST:
            return
        try:
            articles = read_gold(self.path).articles
        except CannotCompare as problem:
            raise self.CollectError(str(problem)) from None
        for name in articles:
            yield GoldItem.from_parent(self, name=name, article_id=name)


class GoldItem(pytest.Item):
    """One article of gold; without an id, the articles that have none."""

    def __init__(self, *, article_id: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.article_id = article_id

    def runtest(self) -> None:
        """Compare the article as it is extracted today, or take that into the gold."""
        session = _session(self.config)
        updating = self.config.getoption("--newsledger-update")
        if self.article_id is None:
            lacking = () if updating else session.without_gold(self.path)
            help_ = "--newsledger-update pins what is found"
            said = f"without gold: {', '.join(lacking)}; {help_}" if lacking else ""
        elif updating:
            undone = session.update(self.path, self.article_id)
            said = f"{self.name}: not updated: {undone} (newsledger accept)" if undone else ""
        else:
            said = session.failure(self.path, self.article_id)
        if said:
            raise GateFailure(said)

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
        from newsledger.regression.policy import load_policy

        own, sources = config.getoption("--newsledger-config"), config.getoption("--newsledger-source")
        require = config.getoption("--newsledger-require-gold") or None
        policy = load_policy(Path(own) if own else None, start=config.rootpath, require_gold=require)
        policy = replace(policy, source=tuple(sources or policy.source))
        shared = getattr(config, "workerinput", {}).get("newsledger_shared")
        config.stash[_SESSION] = PluginSession(config.rootpath, policy, Path(shared) if shared else None)
    return cast("PluginSession", config.stash[_SESSION])


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
