"""The output folder: which files are ours, which run holds its lock, and whether it is finished.

::

    DIR/articles.parquet ...  datapackage.json  run.json     # the result; run.json is written last
    DIR/.newsledger/plan.json                                # what the run is made of
    DIR/.newsledger/lock                                     # held while a run is at work
    DIR/.newsledger/shards/<name>/                           # finished parts, kept to be used again
    DIR/.newsledger/tmp/                                     # unfinished work; may go at any time

A folder is *ours* where ``run.json`` or ``.newsledger/plan.json`` says so, and *finished* where
``run.json`` stands. Nothing that is not ours is ever removed or replaced.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsledger.normalizer.datapackage import file_record
from newsledger.normalizer.run_record import sync, write_json
from newsledger.normalizer.writers import FORMATS, Format

PROGRAM = "newsledger"
WORK = ".newsledger"


class FolderError(ValueError):
    """The output folder cannot be used as asked; the message is one line for the user."""


def _read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file of ours, or nothing where there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) and value.get("program") == PROGRAM else {}


class OutputFolder:
    """One output folder, and the folders of work in it; looking at them changes nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / WORK
        self.shards, self.tmp = self.work / "shards", self.work / "tmp"

    def run_record(self) -> dict[str, Any]:
        """What ``run.json`` says, empty where the run is not finished."""
        return _read_json(self.path / "run.json")

    def plan(self) -> dict[str, Any]:
        """What ``plan.json`` says, empty where no run was begun."""
        return _read_json(self.work / "plan.json")

    def is_ours(self) -> bool:
        """Whether a run of ours was begun or finished here."""
        return bool(self.run_record() or self.plan())

    def entries(self) -> list[str]:
        """Names of the entries of the folder; raises `FolderError` if it is not a folder."""
        try:
            return sorted(entry.name for entry in self.path.iterdir())
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            raise FolderError(f"{self.path} is not a folder") from None
        except OSError as error:
            raise FolderError(f"{self.path} cannot be read: {error.strerror}") from None

    def foreign(self) -> list[str]:
        """Names of files that are not ours; in a folder that is not ours, all but work just begun."""
        known, work = self.is_ours(), self.work
        ours = {"run.json", "datapackage.json", *self.tables()} if known else set()
        ours |= {name for name in self.entries() if known and _leftover(name)}
        foreign = [name for name in self.entries() if name not in ours or not _is_plain(self.path / name)]
        is_work = work.is_dir() and not work.is_symlink()
        if is_work and (known or all(one.name in _KNOWN or _leftover(one.name) for one in work.iterdir())):
            foreign.remove(WORK)
        return foreign

    def tables(self) -> set[str]:
        """Names of the tables that a run of ours wrote here, or was to write."""
        held = self.run_record() or self.plan()
        formats = (FORMATS[name] for name in held.get("formats", FORMATS) if name in FORMATS)
        return {*held.get("files", ()), *(path.name for form in formats for path in form.paths(self.path))}

    def refuse_foreign(self, formats: Iterable[Format], *, whole: bool) -> None:
        """Raise `FolderError` where something that is not ours stands where these formats would be written.

        ``whole``: or anywhere in the folder.
        """
        places = {WORK, *(path.name for path in self.files(formats))}
        foreign = [name for name in self.foreign() if whole or name in places]
        if foreign:
            more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
            raise FolderError(
                f"{self.path} holds something else ({', '.join(foreign[:3])}{more}); "
                "give a new or an empty folder"
            )

    def clear(self) -> None:
        """Remove what is ours, and nothing else; the lock stays."""
        self.refuse_foreign((), whole=True)
        # run.json goes first: a folder without it is never taken for finished.
        self.reopen()
        for name in ("datapackage.json", *sorted(self.tables())):
            (self.path / name).unlink(missing_ok=True)
        # plan.json goes last: it says whose all this is.
        entries = self.work.iterdir() if self.work.is_dir() else ()
        for entry in sorted(entries, key=lambda entry: entry.name == "plan.json"):
            if entry.name != "lock":
                _remove(entry)

    def reopen(self) -> None:
        """Take the mark away that the run is finished, and what a killed run left half written.

        The mark on the disk too, before a table changes.
        """
        for name in filter(_leftover, self.entries()):
            if _is_plain(self.path / name):
                (self.path / name).unlink(missing_ok=True)
        if (self.path / "run.json").exists():
            (self.path / "run.json").unlink()
            sync(self.path)

    def remove_others(self, files: Iterable[Path]) -> None:
        """Remove tables of ours that are not among these ``files``: a format that could not be written."""
        for name in self.tables() - {path.name for path in files}:
            (self.path / name).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder and hold its lock; the lock dies with the process.

        Raises `FolderError` if another run is at work, or nothing can be written there.
        """
        try:
            str(self.path.absolute()).encode()
        except UnicodeEncodeError:
            # Parquet, SQLite and DuckDB are written by libraries that take no other name.
            shown = str(self.path).encode(errors="backslashreplace").decode()
            raise FolderError(f"{shown}: the name of an output folder must be UTF-8") from None
        try:
            self.work.mkdir(parents=True, exist_ok=True)
            lock = (self.work / "lock").open("a")
        except OSError as error:
            raise FolderError(f"{self.path} cannot be written: {error.strerror}") from None
        try:
            if not try_lock(lock.fileno()):
                raise FolderError(f"another run is at work in {self.path}")
            yield
        finally:
            lock.close()

    def was_killed(self) -> bool:
        """Whether a run ended here while it had an article in hand."""
        return any(self.tmp.glob("*.now"))

    def begin(self, plan: dict[str, Any], formats: Iterable[Format]) -> None:
        """Write ``plan.json`` and the folders for the work; what a killed run left unfinished goes."""
        names = [form.name for form in formats]
        write_json(
            self.work / "plan.json",
            {"program": PROGRAM, **plan, "formats": names, "files": sorted(self.tables())},
        )
        (self.work / "CACHEDIR.TAG").write_text(
            "Signature: 8a477f597d28d172789f06886806bc55\n"
            "# Parts of a finished run, kept so that a later run need not do them again.\n"
        )
        shutil.rmtree(self.tmp, ignore_errors=True)
        self.tmp.mkdir()
        self.shards.mkdir(exist_ok=True)

    def keep_shards(self, names: Collection[str]) -> None:
        """Remove all other shards: broken ones would block those that replace them."""
        for entry in self.shards.iterdir() if self.shards.is_dir() else ():
            if entry.name not in names:
                _remove(entry, ignore_errors=True)

    def files(self, formats: Iterable[Format]) -> tuple[Path, ...]:
        """The files of a finished run in these formats."""
        tables = [path for form in formats for path in form.paths(self.path)]
        return (*tables, self.path / "datapackage.json", self.path / "run.json")

    def holds(self, record: Mapping[str, Any], formats: Iterable[Format], *, update: bool) -> bool:
        """Whether the files of a finished run in these formats are all there, as its ``record`` has them.

        Raises `FolderError` if one was changed, unless it is to be rebuilt: the changes may be wanted.
        """
        names = {path.name for path in self.files(formats)} - {"run.json"}
        if not names <= record["files"].keys():
            return False
        for name in sorted(names):
            path = self.path / name
            if not path.is_file():
                return False
            if file_record(path) != record["files"][name]:
                if update:
                    return False
                raise FolderError(f"{path} is not as the run left it; --resume makes the tables anew")
        return True


_KNOWN = frozenset({"lock", "plan.json", "CACHEDIR.TAG", "shards", "tmp"})
"""What a run puts into its folder of work."""


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _remove(entry: Path, *, ignore_errors: bool = False) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=ignore_errors)
    else:
        entry.unlink()


def _leftover(name: str) -> bool:
    """A file of our own that a killed run left before it was renamed."""
    return name.startswith((".run.json.", ".datapackage.json.", ".plan.json.")) and name.endswith(".tmp")


def try_lock(descriptor: int) -> bool:
    """Whether the lock of an open file could be had now; it dies with the process."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
