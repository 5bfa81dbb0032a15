"""Which files to read: folders, files and globs become one sorted list, without opening any of them.

Rules. Folders are walked recursively; names that begin with a dot are passed over. A symbolic link in a
folder is followed only to a file inside that folder; linked folders never (no loops). Files of unknown
kinds are not read: in a folder one ``info`` issue per file ending says so, a file that was named is an
error. ``relative``, the path an article is known by, is relative to the folder that was named (for a file
that was named: its name; for a glob: relative to its fixed part), with ``/`` on every system; control
characters and undecodable bytes in file names are written as ``\\x0a``.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.issues import Issue, Severity

Kind = Literal["text", "html", "json", "jsonl", "csv", "tsv", "parquet"]

KINDS: dict[str, Kind] = {
    "txt": "text",
    "text": "text",
    "md": "text",
    "markdown": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "parquet": "parquet",
}
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
    """The files to read, sorted by ``relative``, and what was said on the way."""

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


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def printable(path: str) -> str:
    r"""Write control characters and undecodable bytes of a file name as ``\xNN``.

    >>> printable("a\nb.txt")
    'a\\x0ab.txt'
    """
    path = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", path)


def _issue(relative: str, code: str, message: str, severity: Severity = "error") -> Issue:
    return Issue(source_path=relative, stage="reading", severity=severity, code=code, message=message)


def _walk(folder: Path, issues: list[Issue]) -> Iterator[tuple[Path, str]]:
    """Every file under ``folder`` with its relative path."""
    root = os.path.realpath(folder)

    def unreadable(error: OSError) -> None:
        where = printable(os.path.relpath(error.filename, folder)) if error.filename else ""
        issues.append(_issue(where, "unreadable", f"the folder cannot be listed: {error.strerror}"))

    for base, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(base, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if name.startswith("."):
                continue
            if os.path.islink(path) and os.path.commonpath([root, os.path.realpath(path)]) != root:
                issues.append(
                    _issue(
                        printable(relative), "symlink", "a link out of the folder is not followed", "warning"
                    )
                )
                continue
            yield Path(path), relative


def _glob_base(pattern: str) -> str:
    parts = Path(pattern).parts
    fixed = []
    for part in parts:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return os.path.join(*fixed) if fixed else "."


def sources(*paths: str | Path) -> Found:
    """List the files of folders, files and globs, sorted by their relative path.

    A path that does not exist, or a glob without a match, is an issue (``not_found``); so is a source
    that holds nothing to read (``no_articles``). Nothing is opened.
    """
    files: dict[str, SourceFile] = {}
    issues: list[Issue] = []
    for given in paths:
        before = len(files)
        named = os.fspath(given)
        in_folder = False
        if os.path.isdir(named):
            entries = _walk(Path(named), issues)
            in_folder = True
        elif os.path.lexists(named):
            entries = iter([(Path(named), os.path.basename(named))])
        elif glob.has_magic(named):
            base = _glob_base(named)
            matched = sorted(p for p in glob.glob(named, recursive=True) if not os.path.isdir(p))
            entries = iter([(Path(p), os.path.relpath(p, base).replace(os.sep, "/")) for p in matched])
            in_folder = True
        else:
            issues.append(_issue(printable(named), "not_found", "no such file or folder"))
            continue
        skipped: dict[str, list[str]] = {}
        for path, relative in entries:
            shown = printable(relative)
            known = kind_of(path.name)
            if known is None:
                ending = path.suffix.lower()
                skipped.setdefault(ending, []).append(shown)
                continue
            try:
                status = path.stat()
            except OSError as error:
                issues.append(_issue(shown, "unreadable", f"the file cannot be read: {error.strerror}"))
                continue
            if not stat.S_ISREG(status.st_mode):
                issues.append(_issue(shown, "not_a_file", "this is no regular file (a pipe or a device)"))
                continue
            kind, gzipped = known
            files.setdefault(
                os.path.abspath(path),
                SourceFile(path=path, relative=shown, kind=kind, gzipped=gzipped, size=status.st_size),
            )
        for ending, names in sorted(skipped.items()):
            what = f"ending {ending}" if ending else "no ending"
            count = f"{len(names)} files with {what} were" if len(names) > 1 else f"a file with {what} was"
            issues.append(
                _issue(
                    names[0],
                    "unknown_kind",
                    f"{count} not read; read are: {', '.join(sorted(KINDS))}, also .gz",
                    "info" if in_folder else "error",
                )
            )
        if len(files) == before and not any(i.severity == "error" for i in issues):
            issues.append(_issue(printable(named), "no_articles", "holds no file that can be read"))
    ordered = sorted(files.values(), key=lambda f: (f.relative, str(f.path)))
    return Found(ordered, sorted(issues, key=lambda i: (i.source_path, i.code)))
