"""What one process does: a shard of files in, a finished shard on disk.

Before each step it notes in a small file which article it has in hand, so that where a process dies the
article can be named that killed it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from newsledger.engines.shards import Part, Shard, changed, content_hash, read_spool
from newsledger.engines.store import RECORDS, STORED, encode, write_shard
from newsledger.extraction import Tools, extract_article, load_tools
from newsledger.normalizer.rows import Row, article_rows, fit_rows, issue_row, with_person_ids
from newsledger.reading import ReadOptions, read_file
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue, describe_error
from newsledger.values.settings import Settings

GIVEN_UP_CODES = {"crash": "killed_worker", "time": "time_limit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all shards of a run share."""

    settings: Settings
    options: ReadOptions
    fingerprint: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a shard: counts for the progress bar, and its first error."""

    shard: str
    articles: int
    chars: int
    errors: int
    first_error: Issue | None


@dataclass(slots=True)
class _Collected:
    """The rows of a shard as they grow."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in (*STORED, RECORDS)})
    articles: int = 0
    chars: int = 0
    errors: int = 0
    passing: Counter[str] = field(default_factory=Counter)
    first_error: Issue | None = None

    def add(self, issue: Issue, number: int = -1) -> None:
        self.rows["issues"].append((*issue_row(issue), number))
        self.count(issue)

    def count(self, issue: Issue) -> None:
        self.passing.update({issue.code} & PASSING)
        if issue.severity == "error":
            self.errors += 1
            self.first_error = self.first_error or issue


class ArticleTimeout(BaseException):
    """Raised inside an article that takes too long; no stage may catch it as its own failure."""


PASSING = {"unreadable", "vanished", "changed", "time_limit", "killed_worker", "stage_failed"}
"""Issues whose cause may be the machine and may pass: each ``--resume`` reads again, once, what has one."""


def check_seconds(seconds: float) -> float:
    """``seconds``; raises ``ValueError`` where no clock could be set to them."""
    if not 0 < seconds <= 1e6:
        raise ValueError(f"a time limit is between 0 and 1,000,000 seconds, not {seconds}")
    return seconds


def _time_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise `ArticleTimeout` after ``seconds`` of processor time: a machine that is busy or stands still
    costs no article.

    Signals do it in a main thread; elsewhere (a Dask worker, Windows) another thread does, which cannot reach
    into code that is not Python.
    """
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        return _by_signal(seconds)
    return _by_thread(seconds)


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def on_timeout(*_: object) -> None:
        raise ArticleTimeout

    before = signal.signal(signal.SIGPROF, on_timeout)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _clock_of_this_thread() -> Callable[[], float]:
    """The processor time of the thread that asks for it, to be read in any; of the process on Windows."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    return partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    import ctypes

    thread = ctypes.c_ulong(threading.get_ident())
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
    lock = threading.Lock()
    rang = over = False

    def on_timeout() -> None:
        nonlocal rang
        with lock:
            if not over:
                rang = True
                throw(thread, ctypes.py_object(ArticleTimeout))

    spent, ended = _clock_of_this_thread(), threading.Event()
    end = spent() + seconds

    def watch() -> None:
        while (left := end - spent()) > 0:
            if ended.wait(left):
                return
        on_timeout()

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over = True
        ended.set()
        if rang:
            # What was thrown at the last moment must land here, not in the caller's next step. It is not
            # taken back with a null: on Python 3.11 that leaves the interpreter's alarm on for good.
            for _ in range(1000):
                pass


@lru_cache(maxsize=1)
def _tools(settings: Settings) -> Tools:
    """The loaded tools, once per process.

    A sentence of our own goes through all stages, so that the model and the libraries are loaded by it and
    not within the time of the first article. What fails there fails again, and is told, in the articles.
    """
    tools = load_tools(settings)
    extract_article(Article(text=_WARM_UP_TEXT), tools)
    return tools


_WARM_UP_TEXT = (
    "President Anna Berg of France said on Wednesday, May 4, 2022, that Japan had paid $5 million."
)


def current_article_path(tmp: Path, shard: str) -> Path:
    """The file in which a process notes what it has in hand."""
    return tmp / f"{shard}.now"


def read_current_article(tmp: Path, shard: str) -> tuple[CurrentArticle | None, int | None]:
    """What a shard's process noted last, and its process id."""
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
    collected = _Collected()
    path = current_article_path(job.tmp, shard.name)
    note = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:

        def noted(part: int, item: int, reading: bool) -> None:
            os.pwrite(note, f"{part:9d} {item:9d} {reading:d} {os.getpid():9d}".encode("ascii"), 0)

        parts = [
            _process_part(n, part, job, given_up, collected, noted) for n, part in enumerate(shard.parts)
        ]
    except BaseException:
        path.unlink(missing_ok=True)  # what ends in order names no culprit
        raise
    finally:
        os.close(note)
    about = {
        "fingerprint": job.fingerprint,
        "kept": job.options.keep,
        "parts": parts,
        "errors": collected.errors,
        "passing": collected.passing,
    }
    try:
        write_shard(job.shards / shard.name, job.tmp / f"{shard.name}.part", collected.rows, about)
    finally:
        path.unlink(missing_ok=True)
    return Outcome(
        shard=shard.name,
        articles=collected.articles,
        chars=collected.chars,
        errors=collected.errors,
        first_error=collected.first_error,
    )


def _process_part(
    number: int,
    part: Part,
    job: Job,
    given_up: dict[CurrentArticle, str],
    collected: _Collected,
    noted: Callable[[int, int, bool], None],
) -> dict[str, Any]:
    """Read and extract one part; returns what is kept of it in ``shard.json``."""
    source = part.file.source
    sha256 = part.file.sha256
    items = read_spool(part.spool) if part.spool else read_file(source, job.options)
    waiting: list[Issue] = []
    at = 0
    while True:
        position = part.first + at
        reading = CurrentArticle(part=number, item=position, reading=True)
        if reading in given_up:
            collected.add(_given_up_issue(given_up[reading], source.relative))
            break
        noted(number, position, True)
        try:
            with _time_limit(job.seconds):
                item = next(items, None)
        except ArticleTimeout:
            collected.add(_given_up_issue("time", source.relative))
            break
        except Exception as error:
            message = f"reading stopped here: {describe_error(error)}"
            collected.add(_issue("reading", "reading_failed", message, source.relative))
            break
        if item is None:
            break
        at += 1
        if isinstance(item, Issue):
            waiting.append(item)
            if item.severity == "error" or not item.article_id:
                _add_issues(waiting, collected, -1)
            continue
        working = CurrentArticle(part=number, item=position, reading=False)
        noted(number, position, False)
        extraction = _extract(item, job, given_up.get(working))
        # Issues that came before an article belong to it.
        _add_issues(waiting, collected, collected.articles, item.article_id)
        _collect(extraction, collected, job.options.keep, number, position)
    _add_issues(waiting, collected, -1)
    if part.spool is None and (issues := changed(part.file)):
        sha256 = content_hash(source)
        _add_issues(issues, collected, -1)
    return {
        "relative": source.relative,
        "same": part.file.same,
        "sha256": sha256,
        "piece": part.piece,
        "last": part.last,
    }


def _add_issues(waiting: list[Issue], collected: _Collected, number: int, article_id: str = "") -> None:
    for issue in waiting:
        collected.add(issue, number if issue.article_id == article_id else -1)
    waiting.clear()


def _issue(stage: str, code: str, message: str, source_path: str, *, article_id: str = "") -> Issue:
    return Issue(
        article_id=article_id,
        source_path=source_path,
        stage=stage,
        severity="error",
        code=code,
        message=message,
    )


def _given_up_issue(reason: str, source_path: str, article: Article | None = None) -> Issue:
    """The issue of an article that was given up, or where there is none, of the reading of a file."""
    did = "took too long" if reason == "time" else "ended the process"
    code = GIVEN_UP_CODES[reason]
    if article is None:
        return _issue("reading", code, f"reading it {did}; what follows in the file is missing", source_path)
    why = f"it {did}, so it gives no values"
    return _issue("extraction", code, why, source_path, article_id=article.article_id)


def _extract(article: Article, job: Job, reason: str | None) -> Extraction:
    if reason is None:
        tools = _tools(job.settings)  # to load them is not the first article's doing
        try:
            with _time_limit(job.seconds):
                return extract_article(article, tools)
        except ArticleTimeout:
            reason = "time"
    issue = _given_up_issue(reason, article.source_path or "", article)
    return Extraction(article=article, status="error", issues=(issue,))


def _collect(
    extraction: Extraction, collected: _Collected, kept: tuple[str, ...], part: int, item: int
) -> None:
    """Add the rows of an article with the fields ``kept`` of its source."""
    from newsledger.corpus.copies import sketch
    from newsledger.corpus.linking.resolve import records

    extraction = fit_rows(extraction)
    number = collected.articles
    people = records(extraction.article.article_id, extraction.people)
    record_of = {record.person: n for n, record in enumerate(people, start=len(collected.rows[RECORDS]))}
    collected.rows[RECORDS].extend((number, encode(record)) for record in people)
    drawn = sketch(extraction.article.text).to_bytes()
    rows = with_person_ids(article_rows(extraction), lambda _, person: record_of[person])
    for name, found in rows.items():
        own = map(extraction.article.fields.get, kept)
        extra: Row = (*own, number, drawn, part, item) if name == "articles" else (number,)
        collected.rows[name].extend((*row, *extra) for row in found)
    for issue in extraction.issues:
        collected.count(issue)
    collected.articles += 1
    collected.chars += len(extraction.article.text)


def start_process(parent_watch: bool = True) -> None:
    """Prepare a worker process: Ctrl-C is the main process's business, and it does not outlive that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if parent_watch:
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # Workers hold both ends of their queue, so that without this they would wait for ever.
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
