"""Lists the files to read: folders, files and globs become one sorted list; no file is opened.

Rules. Folders are walked recursively; names that begin with a dot are passed over. A symbolic link in a
folder is followed only to a file inside that folder; linked folders never (no loops). Files of unknown
kinds are not read: in a folder one ``info`` issue per file ending says so, a file that was named is an
error (one without any ending is read as text). ``relative``, the path an article is known by, is relative
to the folder that was named (for a file that was named: its name; for a glob: relative to its fixed part),
with ``/`` on every system and read as UTF-8 in every locale; control characters and other bytes are written
as ``\\x0a``. A file that several sources hold is read once, under its longest name; neither the order of
the sources nor the way in which they are written changes anything.
"""

from __future__ import annotations

import glob
import hashlib
import itertools
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.values.issues import Issue, Severity

CONFIG = "newsledger.toml"
"""The file of options that may stand beside the articles, and is none."""

Kind = Literal["text", "html", "json", "jsonl", "csv", "tsv", "parquet"]

_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "text": ("txt", "text", "md", "markdown"),
    "html": ("html", "htm", "xhtml"),
    "json": ("json",),
    "jsonl": ("jsonl", "ndjson"),
    "csv": ("csv",),
    "tsv": ("tsv",),
    "parquet": ("parquet",),
}
KINDS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}
"""File ending (lower case) -> how the file is read. Each may be followed by ``.gz`` (parquet may not)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file to read.

    ``path`` opens it; ``relative`` is its name in the tables; ``size`` is in bytes as stored.
    """

    path: Path
    relative: str
    kind: Kind
    gzipped: bool = False
    size: int = 0


class Found(NamedTuple):
    """The files to read, sorted by ``relative``, and the issues found on the way."""

    files: list[SourceFile]
    issues: list[Issue]


def kind_of(name: str) -> tuple[Kind, bool] | None:
    """How a file of this name is read, and whether it is gzipped; None for an unknown kind.

    >>> kind_of("b/news.JSONL.gz"), kind_of("a.md"), kind_of("a.docx")
    (('jsonl', True), ('text', False), None)
    """
    parts = name.lower().rsplit(".", 2)
    gzipped = len(parts) > 1 and parts[-1] == "gz"
    if gzipped:
        parts.pop()
    kind = KINDS.get(parts[-1]) if len(parts) > 1 else None
    if kind is None or (gzipped and kind == "parquet"):
        return None
    return kind, gzipped


_UNPRINTABLE = lazy_regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Write control characters and undecodable bytes of a file name or id as ``\xNN``.

    >>> printable("a\nb.txt")
    'a\\x0ab.txt'
    """

    def written(match: re.Match[str]) -> str:
        code = ord(match[0])
        if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte of a file name that is not UTF-8
            code -= 0xDC00
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"

    return _UNPRINTABLE.sub(written, name)


def _shown(path: str | Path) -> str:
    """A path of the file system as text, the same in every locale."""
    return printable(os.fsencode(path).decode("utf-8", "surrogateescape"))


def _issue(relative: str, code: str, message: str, severity: Severity = "error") -> Issue:
    return Issue(source_path=relative, stage="reading", severity=severity, code=code, message=message)


def _walk(folder: Path, issues: list[Issue], out: str | None) -> Iterator[tuple[Path, str]]:
    """Every file under ``folder`` with its relative path, but nothing of ``out`` and of other runs."""
    root = os.path.realpath(folder)

    def unreadable(error: OSError) -> None:
        where = _shown(os.path.relpath(error.filename, folder))
        issues.append(_issue(where, "unreadable", f"the folder cannot be listed: {error.strerror}"))

    for base, folders, names in os.walk(folder, onerror=unreadable):
        if os.path.realpath(base) == out:
            folders.clear()
            continue
        if ".newsledger" in folders or {"run.json", "datapackage.json"} <= set(names):
            where = _shown(os.path.relpath(base, folder))
            issues.append(_issue(where, "run_skipped", "the tables of a run are no articles", "warning"))
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (path := Path(base, name)).is_symlink():
                where = _shown(path.relative_to(folder).as_posix())
                issues.append(_issue(where, "link_skipped", "a linked folder is not followed", "warning"))
        for name in sorted(names):
            if name.startswith(".") or name == CONFIG:
                continue
            path = Path(base, name)
            relative = path.relative_to(folder).as_posix()
            # Not Path.resolve: it raises where links lead in a circle.
            if path.is_symlink() and Path(root) not in Path(os.path.realpath(path)).parents:
                message = "a link out of the folder is not followed"
                issues.append(_issue(_shown(relative), "link_skipped", message, "warning"))
                continue
            yield path, relative


def _matches(pattern: str, out: str | None) -> Iterator[tuple[Path, str]]:
    """Every file a glob names outside ``out``, with its path relative to the glob's fixed part.

    ``**`` follows no links.
    """
    parts = Path(pattern).parts
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), parts))
    base = Path(*fixed)
    for path in sorted(base.glob("/".join(parts[len(fixed) :]))):
        relative = path.relative_to(base)
        if (
            path.name != CONFIG
            and not path.is_dir()
            and not any(part.startswith(".") for part in relative.parts)
            and (out is None or Path(out) not in Path(os.path.realpath(path)).parents)
        ):
            yield path, relative.as_posix()


def sources(*paths: str | Path, out: Path | None = None) -> Found:
    """List the files of folders, files and globs, sorted by relative path, then by content.

    What lies in ``out``, the folder that is written to, is left out, and so are the tables of other runs. A
    path that does not exist is an issue (``not_found``); so is a source that holds nothing to read
    (``no_articles``). A file named twice is read once. Only files of the same name are opened.
    """
    files: dict[str, SourceFile] = {}
    issues: list[Issue] = []
    own = None if out is None else os.path.realpath(out)
    for given in paths:
        named = Path(given)
        shown = _shown(given)
        if not shown:  # a Path would take it for the folder we stand in
            issues.append(_issue("''", "not_found", "an empty name is no file or folder"))
            continue
        if named.is_dir():
            entries, searched = _walk(named, issues, own), True
        elif os.path.lexists(named):
            entries, searched = iter([(named, named.name)]), False
        elif glob.has_magic(os.fspath(given)):
            entries, searched = _matches(os.fspath(given), own), True
        else:
            issues.append(_issue(shown, "not_found", "no such file or folder"))
            continue
        held = _add(entries, files, issues, searched=searched)
        if searched and not held:
            issues.append(_issue(shown, "no_articles", "holds no file that can be read"))
    names = Counter(file.relative for file in files.values())

    def place(path: str) -> tuple[str, str, str]:
        file = files[path]
        return file.relative, (content_hash(file) or "") if names[file.relative] > 1 else "", path

    return Found(
        [files[path] for path in sorted(files, key=place)],
        sorted(issues, key=lambda issue: (issue.source_path, issue.code)),
    )


def content_hash(file: SourceFile) -> str | None:
    """SHA-256 of a file, or None if it cannot be read."""
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _add(
    entries: Iterator[tuple[Path, str]], files: dict[str, SourceFile], issues: list[Issue], *, searched: bool
) -> int:
    """Add the files of one source; returns how many it holds. ``searched``: they were found, not named."""
    held = 0
    normal = cache(os.path.realpath)
    skipped: dict[str, list[str]] = {}
    for path, relative in entries:
        name = _shown(relative)
        known = kind_of(path.name)
        if known is None and not searched and "." not in path.name.lower().removesuffix(".gz"):
            known = "text", path.name.lower().endswith(".gz")
        if known is None:
            skipped.setdefault(path.suffix.lower(), []).append(name)
            continue
        held += 1
        try:
            status = path.stat()
        except OSError as error:
            issues.append(_issue(name, "unreadable", f"the file cannot be read: {error.strerror}"))
            continue
        if not stat.S_ISREG(status.st_mode):
            issues.append(_issue(name, "not_a_file", "not a regular file (a pipe or a device)"))
            continue
        kind, gzipped = known
        found = SourceFile(path=path, relative=name, kind=kind, gzipped=gzipped, size=status.st_size)
        place = os.path.join(normal(path.parent), path.name)  # noqa: PTH118  # a Path takes thrice the time
        if place not in files or len(files[place].relative) < len(name):
            files[place] = found
    for ending, names in sorted(skipped.items()):
        what = f"ending {ending}" if ending else "no ending"
        count = f"{len(names)} files with {what} were" if len(names) > 1 else f"a file with {what} was"
        message = f"{count} not read; read are {', '.join(sorted(KINDS))}, also .gz"
        issues.append(_issue(min(names), "unknown_kind", message, "info" if searched else "error"))
    return held
