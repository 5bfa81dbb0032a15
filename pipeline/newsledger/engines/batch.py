"""One batch run, from sources to a finished folder of tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from newsledger.corpus.steps import Spread
from newsledger.engines.executors import EngineError, EngineName, available_cpus, make_engine
from newsledger.engines.folder import FolderError, OutputFolder
from newsledger.engines.known_work import index_found
from newsledger.engines.loop import Loop, Progress, Stopped
from newsledger.engines.merge import merge
from newsledger.engines.settings_record import articles_sha256, settings_record, stages_sha256
from newsledger.engines.shards import Done, InputFile, cut, list_inputs, piece_size
from newsledger.engines.store import StoredShard, stored_shards
from newsledger.engines.worker import Job, check_seconds
from newsledger.extraction import Tools, load_tools
from newsledger.normalizer.datapackage import file_record, write_datapackage
from newsledger.normalizer.finish import RunSettings, load_run_settings
from newsledger.normalizer.run_record import digest, program_record, reading_record, write_json
from newsledger.normalizer.schema import table
from newsledger.normalizer.writers import Format, WriteError, check_formats, parquet_rows, publish
from newsledger.reading import ReadOptions, SourceFile, sources, unused_patterns
from newsledger.values.issues import Issue
from newsledger.values.settings import Settings

Existing = Literal["auto", "resume", "fresh"]
"""What to do with a folder that holds another run of ours: ``auto`` takes up an unfinished one of the same
settings and refuses any other; ``resume`` also updates a finished one, keeping what is unchanged; ``fresh``
removes it."""


class SourceError(ValueError):
    """A source that does not exist; the message is one line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The outcome of a run; ``unchanged`` if there was nothing to do."""

    folder: Path
    files: tuple[Path, ...]
    record: Mapping[str, Any]
    unchanged: bool = False
    reused: int = 0
    """Files whose articles were taken over from an earlier run."""
    reused_pieces: int = 0
    """Pieces of large files that were taken over where the file has changed."""
    known: Mapping[str, int] = field(default_factory=dict)
    """By stage the articles of other files in which an earlier run had found what is there."""
    problems: tuple[str, ...] = ()
    """Formats that could not be written, a line each; the others were."""


def run(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    settings: Settings | None = None,
    options: ReadOptions | None = None,
    formats: Sequence[str] = ("parquet",),
    workers: int | None = None,
    engine: EngineName = "local",
    scheduler: str | None = None,
    existing: Existing = "auto",
    fail_fast: bool = False,
    seconds: float = 120.0,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_step: Callable[[str], None] = lambda step: None,
) -> Summary:
    """Read ``paths``, extract, and write the tables into the folder ``out``.

    A bad article or file becomes a row of ``issues``; with ``fail_fast`` the first error raises `Stopped`.
    ``seconds`` bounds the processor time of one article. Whatever ends the run, finished work is taken up by
    the next one. Raises `SourceError`, `FolderError`, ``ValueError`` (settings, formats, engine) before
    anything is written, ``OSError`` if writing fails.
    """
    if scheduler is not None and engine != "dask":
        raise EngineError("a scheduler is for the dask engine; say --engine dask")
    check_seconds(seconds)
    settings, options = settings or Settings(), options or ReadOptions()
    table("articles", options.keep)  # refuses a field that is a column already
    chosen = check_formats(formats)
    tools = load_tools(settings)
    run_settings = load_run_settings(settings, known=tools.known)
    on_step("listing the files")
    folder = OutputFolder(Path(out))
    folder.refuse_foreign(chosen, whole=existing == "fresh" or not folder.is_ours())
    files, issues = _sources(paths, folder.path, options)
    with folder.locked():
        work = _Work(
            folder=folder,
            inputs=list_inputs(files),
            issues=issues,
            about=_about(settings, options, tools, seconds),
            formats=chosen,
            tools=tools,
            run_settings=run_settings,
            options=options,
            fail_fast=fail_fast,
            on_progress=on_progress,
            on_step=on_step,
        )
        if finished := work.finished(existing):
            return finished
        pool = workers or available_cpus()
        start = partial(make_engine, engine, scheduler=scheduler)
        return work.run(lambda alone, apart: start(1 if alone else pool, apart=apart), seconds=seconds)


def _sources(
    paths: Sequence[str | Path], out: Path, options: ReadOptions
) -> tuple[list[SourceFile], list[Issue]]:
    """The files to read; what lies in the output folder is not read again.

    Raises `SourceError` for a source that is not there, lies in the output folder, or holds nothing at all.
    """
    own = Path(os.path.realpath(out))
    for path in paths:
        inside = Path(os.path.realpath(path))
        if os.path.lexists(path) and own in (inside, *inside.parents):
            raise SourceError(f"{path} lies in the folder for the tables, {out}; give another folder")
    found = sources(*paths, out=out)
    for issue in found.issues:
        if issue.code == "not_found":
            raise SourceError(f"{issue.source_path}: {issue.message}")
    if not found.files:
        for path in paths:
            if not os.path.lexists(path):  # a pattern, then
                raise SourceError(f"{path}: no file matches")
        if {issue.code for issue in found.issues} == {"no_articles"}:
            raise SourceError(f"{found.issues[0].source_path}: {found.issues[0].message}")
    return found.files, [*found.issues, *unused_patterns(options, found.files)]


def _about(settings: Settings, options: ReadOptions, tools: Tools, seconds: float) -> dict[str, Any]:
    """What decides the tables beside the inputs, with its fingerprint and that of what an article sees."""
    about = {**program_record(), "settings": settings_record(settings), "reading": reading_record(options)}
    ours = articles_sha256(about, tools.known)
    # Not of the articles: those that the limit ended are read again anyway.
    about["time_limit"] = float(seconds)
    return {**about, "settings_sha256": digest(about), "articles_sha256": ours}


def manifest_sha256(inputs: Sequence[InputFile], issues: Sequence[Issue] = ()) -> str:
    """The hash of the inputs: names and contents of the files, and the issues of files not read."""
    files = [[*file.identity, file.source.kind] for file in inputs]
    return digest([files, [[issue.source_path, issue.code, issue.message] for issue in issues]])


@dataclass(kw_only=True)
class _Work:
    """The steps of a run whose folder is locked and may be written."""

    folder: OutputFolder
    inputs: list[InputFile]
    issues: list[Issue]
    about: dict[str, Any]
    formats: tuple[Format, ...]
    tools: Tools
    run_settings: RunSettings
    options: ReadOptions
    fail_fast: bool
    on_progress: Callable[[Progress], None]
    on_step: Callable[[str], None]

    def finished(self, existing: Existing) -> Summary | None:
        """The run in the folder if it is complete, else None.

        A format that was once written is written again whenever the tables are.
        """
        if existing == "fresh":
            self.folder.clear()
        manifest, update = manifest_sha256(self.inputs, self.issues), existing == "resume"
        record = self._record_to_add_to(manifest, existing)
        held = record or self.folder.plan()
        self.formats = check_formats([*held.get("formats", ()), *(form.name for form in self.formats)])
        made_of = {"settings_sha256": self.about["settings_sha256"], "manifest_sha256": manifest}
        same = record.items() >= made_of.items() and not (update and record["may_pass"])
        if not same or not self.folder.holds(record, self.formats, update=update):
            return None
        files = self.folder.files(self.formats)
        return Summary(folder=self.folder.path, files=files, record=record, unchanged=True)

    def _record_to_add_to(self, manifest: str, existing: Existing) -> Mapping[str, Any]:
        """The record of a finished run, empty where there is none that may be added to.

        Raises `FolderError` if the folder holds a run that this one may not replace.
        """
        about, update = self.about, existing == "resume"
        record = self.folder.run_record()
        before = record or self.folder.plan()
        wrong = ""
        if before and before.get("articles_sha256") != about["articles_sha256"]:
            if update:
                return {}
            same = all(before.get(key) == about[key] for key in program_record())
            wrong = (
                f"a run with {'other settings' if same else 'another version of the program'}; --fresh "
                "replaces it, --resume does too and runs those stages again that this concerns"
            )
        elif record and not update and record["settings_sha256"] != about["settings_sha256"]:
            wrong = (
                "tables made with another time limit, other corrections, rates or people; --resume makes "
                "them anew of the articles as read, --fresh replaces them"
            )
        elif record and not update and record.get("manifest_sha256") != manifest:
            wrong = "the tables of other articles; --fresh replaces them, --resume brings them up to date"
        elif not record and existing == "auto":
            shards = filter(self._is_ours, stored_shards(self.folder.shards))
            paths = {part["relative"] for shard in shards for part in shard.parts}
            if paths and paths.isdisjoint(file.source.relative for file in self.inputs):
                wrong = "an unfinished run of other articles; --fresh removes it"
        if wrong:
            raise FolderError(f"{self.folder.path} holds {wrong}")
        return record

    def run(self, engine: Callable[[bool, bool], Any], *, seconds: float) -> Summary:
        stored = stored_shards(self.folder.shards)
        before = [*filter(self._is_ours, stored)]
        shards = [shard for shard in before if not shard.passing]
        done = Done(part for shard in shards for part in shard.parts)
        left = [file for file in self.inputs if not done.file(file)]
        if self.fail_fast:
            self._stop_at_errors(shards, done)
        size = piece_size(self.inputs)
        # An article that ended a process, or the last run, is not to end the main process.
        apart = self.folder.was_killed() or any("killed_worker" in shard.passing for shard in before)
        stages = stages_sha256(self.about, self.tools.known)
        others = [s for s in stored if s.about["stages"].items() & stages.items() and not self._is_ours(s)]
        self.folder.keep_shards({shard.folder.name for shard in (*shards, *others)})
        manifest = manifest_sha256(self.inputs, self.issues)
        self.folder.begin({**self.about, "manifest_sha256": manifest}, self.formats)
        job = Job(
            settings=self.tools.settings,
            options=self.options,
            fingerprint=self.about["articles_sha256"],
            stages=stages,
            shards=self.folder.shards,
            tmp=self.folder.tmp,
            seconds=seconds,
        )
        changed = (s for s, paths in self._current(shards, done) if len(paths) < len(s.parts))
        if left and (stale := [*others, *changed]):
            index_found(stale, self.folder.tmp, stages)
        self.on_step("reading articles")
        progress = Progress(total=sum(file.weight for file in left))
        start = partial(engine, progress.total <= size, apart)
        loop = Loop(job, start, progress, on_progress=self.on_progress, fail_fast=self.fail_fast)
        try:
            loop.run(cut(left, done, options=self.options, size=size, spool=self.folder.tmp))
            self.on_step("writing tables")
            shards = [*filter(self._is_ours, stored_shards(self.folder.shards, known=shards))]
            now = Done((part for shard in shards for part in shard.parts), done.pieces)
            files, record, problems = self._write(shards, now, loop.spread)
        finally:
            loop.end()
        # Unfinished work goes, and what no later run can use.
        shutil.rmtree(self.folder.tmp, ignore_errors=True)
        self.folder.keep_shards({shard.folder.name for shard, paths in self._current(shards, now) if paths})
        return Summary(
            folder=self.folder.path,
            files=files,
            record=record,
            reused=len(self.inputs) - len(left),
            reused_pieces=done.kept,
            known={stage: n for stage, n in progress.known.items() if n},
            problems=tuple(problems),
        )

    def _is_ours(self, shard: StoredShard) -> bool:
        return bool(shard.about["fingerprint"] == self.about["articles_sha256"])

    def _stop_at_errors(self, shards: Sequence[StoredShard], done: Done) -> None:
        for issue in self.issues:
            if issue.severity == "error":
                raise Stopped(issue)
        for shard, paths in self._current(shards, done):
            # Not the issues of a file that has been mended since.
            for issue in shard.errors():
                if issue.source_path in paths:
                    raise Stopped(issue)

    def _current(self, shards: Iterable[StoredShard], done: Done) -> Iterator[tuple[StoredShard, set[str]]]:
        """The shards, each with the paths of those inputs that it holds as they are now."""
        now = {file.identity for file in self.inputs}
        for shard in shards:
            yield shard, {part["relative"] for part in shard.parts if done.is_current(part, now)}

    def _take_changed_files(self, shards: Sequence[StoredShard], done: Done) -> None:
        """Take the manifest to what was read where a file changed while the run was under way."""
        read = {(part["relative"], part["same"]): part["sha256"] for shard in shards for part in shard.parts}
        for at, file in enumerate(self.inputs):
            if not done.file(file):
                self.inputs[at] = replace(file, sha256=read[file.source.relative, file.same])

    def _write(
        self, shards: Sequence[StoredShard], done: Done, spread: Spread
    ) -> tuple[tuple[Path, ...], dict[str, Any], list[str]]:
        """Merge, write all formats, and move everything into place; ``run.json`` comes last."""
        if self.fail_fast:
            self._stop_at_errors(shards, done)
        self._take_changed_files(shards, done)
        tmp = self.folder.tmp / "tables"
        tables, counted = merge(
            shards,
            self.inputs,
            done,
            issues=self.issues,
            run=self.run_settings,
            kept=self.options.keep,
            tmp=self.folder.tmp / "merged",
            spread=spread,
        )
        tmp.mkdir()
        rows = {name: parquet_rows(path) for name, path in tables.items()}
        written: list[Path] = []
        made: list[Format] = []
        problems: list[str] = []
        for form in self.formats:
            self.on_step(f"writing {form.name}")
            try:
                written += tables.values() if form.name == "parquet" else form.function("write")(tmp, rows)
            except WriteError as error:
                problems.append(str(error))
                continue
            made.append(form)
        self.folder.reopen()
        files = publish(written, self.folder.path)
        files.append(write_datapackage(self.folder.path, made, self.options.keep))
        self.folder.remove_others(files)
        size = sum(max(file.source.size, 0) for file in self.inputs)
        record = {
            **self.about,
            "inputs": {"files": len(self.inputs), "bytes": size},
            "manifest_sha256": manifest_sha256(self.inputs, self.issues),
            "formats": [form.name for form in made],
            "files": {path.name: file_record(path) for path in files},
            **counted,
            "may_pass": sum(sum(shard.passing.values()) for shard in shards),
        }
        files.append(write_json(self.folder.path / "run.json", record))
        return tuple(files), record, problems
