"""The work of one process: reads a shard of files, and writes a finished shard to disk.

Before each step it notes in a small file which article it has in hand, so that where a process dies the
article can be named that killed it.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from newsledger.engines.known_work import found_rows, known_work, opened_index
from newsledger.engines.shards import Part, Shard, changed, read_spool
from newsledger.engines.store import FILES, FOUND, add_article, write_shard
from newsledger.extraction import Tools, extract_in_steps, load_tools
from newsledger.normalizer.rows import Row, fitted_rows, issue_row
from newsledger.reading import ReadOptions, read_file
from newsledger.reading.sources import content_hash
from newsledger.reading.streams import problem
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue, describe_error
from newsledger.values.settings import Settings
from newsledger.values.unique_ids import with_issues

Limited = Callable[[float, Callable[[], Any]], Any]
"""What work gives, or `ArticleTimeout` after so many seconds of processor time: of a machine that is busy or
stands still it takes none."""

_GIVEN_UP = {"crash": ("killed_worker", "ended the process"), "time": ("time_limit", "took too long")}
"""Why an article, or the reading of a file, is given up: the code of the issue, and what it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all shards of a run share."""

    settings: Settings
    options: ReadOptions
    fingerprint: str
    stages: Mapping[str, str]
    """The version of each stage."""
    shards: Path
    tmp: Path
    seconds: float = 120.0
    """Processor time an article may take; then it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentArticle:
    """An article (or the reading of one) that a process had in hand: part of the shard, item, and step."""

    part: int
    item: int
    reading: bool


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of a shard: counts for the progress bar, and its first error."""

    articles: int = 0
    known: Counter[str] = field(default_factory=Counter)
    """By stage those of them in which an earlier run had found what is there."""
    errors: int = 0
    first_error: Issue | None = None


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """An article that was read but not yet extracted, and the processor time it may still take."""

    article: Article
    place: CurrentArticle
    seconds: float
    reason: str | None
    """Why it is given up."""
    steps: Iterator[Extraction | None] = field(default_factory=lambda: iter(()))
    found: Extraction | None = None


_TOGETHER, _TOGETHER_CHARS = 32, 16_000
"""Articles, and characters of text, at which those that wait are extracted, each step with all in turn: texts
of forty words take a third less time than alone. Of long articles nothing is gained."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """A shard at work: its rows as they grow, and the articles that wait."""

    job: Job
    given_up: dict[CurrentArticle, str]
    note: Callable[[CurrentArticle], None]
    limited: Limited
    index: sqlite3.Connection | None = None
    """What earlier runs found."""
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in FILES})
    waiting: list[_Waiting] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    passing: Counter[str] = field(default_factory=Counter)

    @property
    def next_number(self) -> int:
        """The number in the shard of the article that is read next."""
        return self.outcome.articles + len(self.waiting)

    def add(self, issue: Issue, number: int = -1) -> None:
        if issue.severity == "error":
            self.extract_waiting()  # errors are counted in the order of the articles
        self.rows["issues"].append((*issue_row(issue), number))
        self.count(issue)

    def count(self, issue: Issue) -> None:
        self.passing.update({issue.code} & PASSING)
        if issue.severity == "error":
            self.outcome.errors += 1
            self.outcome.first_error = self.outcome.first_error or issue

    def take(self, article: Article, place: CurrentArticle) -> None:
        """Extract an article, now or with those that follow."""
        reason = self.given_up.get(place)
        self.waiting.append(_Waiting(article=article, place=place, seconds=self.job.seconds, reason=reason))
        chars = sum(len(one.article.text) for one in self.waiting)
        if len(self.waiting) == _TOGETHER or chars > _TOGETHER_CHARS:
            self.extract_waiting()

    def extract_waiting(self) -> None:
        """Extract the articles that wait, and collect their rows."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        tools = _tools(self.job.settings)  # to load them is not the first article's doing
        for one in waiting:
            one.steps = extract_in_steps(one.article, tools, known=self._known)
        left = waiting
        while left := [one for one in left if one.found is None]:
            for one in left:
                one.found = self._step(one)
        extractions = [one.found for one in waiting if one.found is not None]
        for one, extraction, (fitted, rows) in zip(
            waiting, extractions, fitted_rows(extractions), strict=True
        ):
            number, place = self.outcome.articles, (one.place.part, one.place.item)
            self.rows[FOUND].extend((number, *found) for found in found_rows(extraction, self.job.stages))
            add_article(self.rows, fitted, rows, kept=self.job.options.keep, place=place)
            for issue in fitted.issues:
                self.count(issue)
            self.outcome.articles += 1

    def _known(self, stage: str, article: Article) -> tuple[Any, ...] | None:
        """What an earlier run found, which is counted."""
        if self.index is None:
            return None
        found = known_work(self.index, self.job.stages, stage, article)
        self.outcome.known[stage] += found is not None
        return found

    def _step(self, one: _Waiting) -> Extraction | None:
        """The next step with an article: what its last one finds, or that the article is given up."""
        if one.reason is None:
            self.note(one.place)
            before = time.process_time()
            try:
                found: Extraction | None = self.limited(one.seconds, partial(next, one.steps))
                return found
            except ArticleTimeout:
                one.reason = "time"
            finally:
                one.seconds = max(one.seconds - (time.process_time() - before), 0.001)
        code, did = _GIVEN_UP[one.reason]
        issue = one.article.issue("extraction", "error", code, f"it {did}, so it gives no values")
        return Extraction(article=one.article, status="error", issues=(issue,))


class ArticleTimeout(BaseException):
    """Raised inside an article that takes too long; no stage may catch it as its own failure."""


PASSING = {"unreadable", "vanished", "changed", "time_limit", "killed_worker", "stage_failed"}
"""Issues whose cause may be the machine and may pass: each ``--resume`` reads again, once, what has one."""


def check_seconds(seconds: float) -> float:
    """``seconds``; raises ``ValueError`` if no clock could be set to them."""
    if not 0 < seconds <= 1e6:
        raise ValueError(f"a time limit is between 0 and 1,000,000 seconds, not {seconds}")
    return seconds


def _limiting() -> AbstractContextManager[Limited]:
    """What limits the time of work: signals in a main thread; elsewhere (a Dask worker, Windows) another
    thread, which cannot reach into code that is not Python."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _by_signal()
    return _by_thread()


@contextmanager
def _by_signal() -> Iterator[Limited]:
    def on_timeout(*_: object) -> None:
        raise ArticleTimeout

    def limited(seconds: float, work: Callable[[], Any]) -> Any:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            return work()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    before = signal.signal(signal.SIGPROF, on_timeout)
    try:
        yield limited
    finally:
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _by_thread() -> Iterator[Limited]:
    import ctypes

    thread = ctypes.c_ulong(threading.get_ident())
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
    ended, lock = threading.Event(), threading.Lock()
    end, rang, spent = math.inf, False, time.process_time
    if hasattr(time, "pthread_getcpuclockid"):  # not on Windows: the clock of this thread alone
        spent = partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))

    def watch() -> None:
        nonlocal end, rang
        with suppress(OSError):  # the clock of a thread that has ended
            while not ended.wait(0.02):
                with lock:
                    if spent() > end:
                        end, rang = math.inf, True
                        throw(thread, ctypes.py_object(ArticleTimeout))

    def limited(seconds: float, work: Callable[[], Any]) -> Any:
        nonlocal end, rang
        try:
            end = spent() + seconds
            return work()
        finally:
            with lock:
                end, late, rang = math.inf, rang, False
            if late:
                # What was thrown at the last moment must land here, not in the caller's next step. It is not
                # taken back with a null: on Python 3.11 that leaves the interpreter's alarm on for good.
                for _ in range(1000):
                    pass

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield limited
    finally:
        ended.set()


@lru_cache(maxsize=1)
def _tools(settings: Settings) -> Tools:
    """The loaded tools, once per process.

    A sentence of our own goes through all stages, so that the model and the libraries are loaded by it and
    not within the time of the first article. What fails there fails again, and is told, in the articles.
    """
    tools = load_tools(settings)
    for _ in extract_in_steps(Article(text=_WARM_UP_TEXT), tools):
        pass
    return tools


_WARM_UP_TEXT = (
    "President Anna Berg of France said on Wednesday, May 4, 2022, that Japan had paid $5 million."
)


def current_article_path(tmp: Path, shard: str) -> Path:
    """The file in which a process records the article it is working on."""
    return tmp / f"{shard}.now"


def read_current_article(tmp: Path, shard: str) -> tuple[CurrentArticle | None, int | None]:
    """The article that a shard's process recorded last, and its process id."""
    try:
        part, item, reading, pid = current_article_path(tmp, shard).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None, None
    return CurrentArticle(part=int(part), item=int(item), reading=reading == "1"), int(pid)


def run_shard(shard: Shard, job: Job, given_up: dict[CurrentArticle, str]) -> Outcome:
    """Do a shard and write it to disk.

    ``given_up``: what killed a process before, or made it hang, with the reason; it becomes an issue instead
    of being tried again.
    """
    path = current_article_path(job.tmp, shard.name)
    note = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)

    def noted(place: CurrentArticle) -> None:
        line = f"{place.part:9d} {place.item:9d} {place.reading:d} {os.getpid():9d}"
        os.pwrite(note, line.encode("ascii"), 0)

    index = opened_index(job.tmp)
    try:
        with _limiting() as limited:
            work = _Work(job=job, given_up=given_up, note=noted, limited=limited, index=index)
            parts = [_process_part(n, part, work) for n, part in enumerate(shard.parts)]
            work.extract_waiting()
    except BaseException:
        path.unlink(missing_ok=True)  # what ends in order names no culprit
        raise
    finally:
        os.close(note)
        if index is not None:
            index.close()
    about = {
        "fingerprint": job.fingerprint,
        "stages": job.stages,
        "kept": job.options.keep,
        "parts": parts,
        "passing": work.passing,
    }
    try:
        folder = job.shards / f"{shard.name}-{job.fingerprint[:12]}"
        write_shard(folder, job.tmp / f"{shard.name}.part", work.rows, about)
    finally:
        path.unlink(missing_ok=True)
    return work.outcome


def _process_part(number: int, part: Part, work: _Work) -> dict[str, Any]:
    """Read one part and have its articles extracted; returns what is kept of it in ``shard.json``."""
    source = part.file.source
    sha256 = part.file.sha256
    at = part.first
    for issues, article in with_issues(_read(number, part, work)):
        for issue in issues:
            own = article is not None and issue.article_id == article.article_id
            work.add(issue, work.next_number if own else -1)
        at += len(issues)
        if article is not None:
            work.take(article, CurrentArticle(part=number, item=at, reading=False))
            at += 1
    if part.spool is None and (issues := changed(part.file)):
        sha256 = content_hash(source)
        for issue in issues:
            work.add(issue)
    return {
        "relative": source.relative,
        "same": part.file.same,
        "sha256": sha256,
        "content": part.content,
        "piece": part.piece,
        "last": part.last,
    }


def _read(number: int, part: Part, work: _Work) -> Iterator[Article | Issue]:
    """The items of a part; an issue at the end says why it could not be read further."""
    source = part.file.source
    items = read_spool(part.spool) if part.spool else read_file(source, work.job.options)
    for at in count(part.first):
        place = CurrentArticle(part=number, item=at, reading=True)
        reason, item = work.given_up.get(place), None
        try:
            if reason is None:
                work.note(place)
                item = work.limited(work.job.seconds, partial(next, items, None))
        except ArticleTimeout:
            reason = "time"
        except Exception as error:
            message = f"reading stopped here: {describe_error(error)}"
            yield problem("", source, "reading_failed", message)
            return
        if reason:
            code, did = _GIVEN_UP[reason]
            yield problem("", source, code, f"reading it {did}; what follows in the file is missing")
        if item is None:
            return
        yield item


def start_process() -> None:
    """Prepare a worker process: Ctrl-C is the main process's business, and it does not outlive that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(200_000)  # as the command does: an article leaves little that a collection frees
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # Workers hold both ends of their queue, so that without this they would wait for ever.
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
