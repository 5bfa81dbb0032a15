"""Splits files into shards: pieces of work of about the same size, each done by one process.

Small files are grouped, in order. A large file of records is read once, by the main process, and cut into
pieces that are laid down (spooled) for the workers. Where the cuts fall depends on the files alone, and a
piece is known by what it holds, so that a resumed run finds the pieces that a killed one finished, and a file
that grew is extracted from where it did.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsledger.reading import ReadOptions, SourceFile, read_file
from newsledger.reading.sources import content_hash
from newsledger.reading.streams import problem
from newsledger.values.article import Article
from newsledger.values.issues import Issue

SMALLEST, LARGEST = 128 * 1024, 4 * 1024 * 1024
_PIECES = 1_000
LEAST = 200
"""Bytes that the smallest file, article or issue is taken for: a million of nothing is much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file of the manifest: its path, its hash when it was listed, and its time stamp then.

    ``same`` counts the files of one relative name (of several sources); ``sha256`` is None if the file
    could not be read.
    """

    source: SourceFile
    same: int
    sha256: str | None
    stamp: tuple[int, int]

    @property
    def identity(self) -> tuple[str, int, str | None]:
        """What makes it the same file with the same content in another run."""
        return (self.source.relative, self.same, self.sha256)

    @property
    def weight(self) -> int:
        """Bytes, and something for the file itself."""
        return self.source.size + LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file, or with ``spool`` the ``piece``-th piece of one, beginning at item ``first``."""

    file: InputFile
    piece: int = 0
    first: int = 0
    last: bool = True
    spool: Path | None = None
    content: str | None = None
    """The hash of what the piece holds; None for a whole file."""

    @property
    def identity(self) -> tuple[str, int, str | None, int]:
        """What makes it the same piece in another run."""
        return (self.file.source.relative, self.file.same, self.content or self.file.sha256, self.piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A piece of work; ``name`` depends on what is in it, ``weight`` is in bytes of input."""

    name: str
    parts: tuple[Part, ...]
    weight: int


def make_shard(parts: Iterable[Part], weight: int) -> Shard:
    """A shard of these parts, named after them."""
    parts = tuple(parts)
    content = json.dumps([part.identity for part in parts])
    return Shard(name=hashlib.sha256(content.encode()).hexdigest()[:20], parts=parts, weight=weight)


def list_inputs(files: Iterable[SourceFile]) -> list[InputFile]:
    """Hash the files: what is read is known by its content, not by its date."""
    seen: dict[str, int] = {}
    inputs = []
    for file in files:
        same = seen[file.relative] = seen.get(file.relative, -1) + 1
        inputs.append(InputFile(source=file, same=same, sha256=content_hash(file), stamp=stamp(file)))
    return inputs


def stamp(file: SourceFile) -> tuple[int, int]:
    """Size and time of change, to see cheaply that a file is still the one that was hashed."""
    try:
        status = file.path.stat()
    except OSError:
        return (-1, -1)
    return (status.st_size, status.st_mtime_ns)


def piece_size(files: Iterable[InputFile]) -> int:
    """Bytes of input in a shard: a power of two that makes neither too few nor too many shards.

    It depends on the size of the input alone, so that the number of workers changes nothing on disk.
    """
    total = sum(file.weight for file in files)
    size = SMALLEST
    while size < LARGEST and total / size > _PIECES:
        size *= 2
    return size


class Done:
    """Which parts are finished, from the shards of this and earlier runs.

    ``pieces`` are the hashes of what the pieces of each file hold that is cut in this run.
    """

    def __init__(
        self, parts: Iterable[dict[str, Any]] = (), pieces: dict[tuple[str, int], list[str]] | None = None
    ) -> None:
        self.pieces: dict[tuple[str, int], list[str]] = {} if pieces is None else pieces
        self.kept = 0
        """Pieces that were found finished as the files were cut."""
        self._parts: set[tuple[Any, ...]] = set()
        self._whole: dict[tuple[Any, ...], int] = {}
        for part in parts:
            key = (part["relative"], part["same"])
            self._parts.add((*key, part["sha256"], part["piece"]))
            if content := part.get("content"):
                self._parts.add((*key, content, part["piece"]))
            if part["last"]:
                self._whole[*key, part["sha256"]] = part["piece"]

    def part(self, file: InputFile, piece: int, content: str | None = None) -> bool:
        """Whether this piece of the file, or one like it of the file as it was, is finished."""
        key = (file.source.relative, file.same)
        return (*file.identity, piece) in self._parts or (
            content is not None and (*key, content, piece) in self._parts
        )

    def file(self, file: InputFile) -> bool:
        """Whether every piece of the file is finished."""
        last = self._whole.get(file.identity)
        if last is not None and all(self.part(file, piece) for piece in range(last + 1)):
            return True
        pieces = self.pieces.get((file.source.relative, file.same), ())
        return bool(pieces) and all(self.part(file, n, content) for n, content in enumerate(pieces))

    def is_current(self, part: dict[str, Any], files: Collection[tuple[str, int, str | None]]) -> bool:
        """Whether a finished part is of one of these ``files`` (`InputFile.identity`) as it is now."""
        key = (part["relative"], part["same"])
        pieces = self.pieces.get(key, ())
        return (*key, part["sha256"]) in files or part.get("content") in pieces[part["piece"] :][:1]


def cut(
    files: Collection[InputFile], done: Done, *, options: ReadOptions, size: int, spool: Path
) -> Iterator[Shard]:
    """The shards still to be done, made as they are asked for."""
    group: list[Part] = []
    weight = 0
    for file in files:
        if done.file(file):
            continue
        large = _is_large(file, size)
        if group and (large or weight >= size):
            yield make_shard(group, weight)
            group, weight = [], 0
        if large:
            yield from _cut_file(file, done, options=options, size=size, spool=spool)
        else:
            group.append(Part(file=file))
            weight += file.weight
    if group:
        yield make_shard(group, weight)


def _is_large(file: InputFile, size: int) -> bool:
    source = file.source
    packed = source.gzipped or source.kind == "parquet"
    # A packed file may hold many times its size.
    return source.kind not in ("text", "html") and source.size * (16 if packed else 1) > 2 * size


def _cut_file(
    file: InputFile, done: Done, *, options: ReadOptions, size: int, spool: Path
) -> Iterator[Shard]:
    """Read a large file of records once and lay its pieces down for the workers."""
    pending: list[Article | Issue] = []
    changes: list[Issue] = []
    pieces = done.pieces[file.source.relative, file.same] = []
    first = chars = piece = 0
    left = file.weight

    def close(last: bool) -> Iterator[Shard]:
        nonlocal left, changes
        changes = changes or changed(file)  # every piece since then may be of either state
        pending.extend(changes)
        weight = left if last else min(left, chars)
        left -= weight
        spooled = "".join(map(_spooled, pending))
        content = hashlib.sha256(f"{first}\n{spooled}".encode()).hexdigest()
        pieces.append(content)
        if done.part(file, piece, content):
            done.kept += 1
        else:
            part = Part(file=file, piece=piece, first=first, last=last, content=content)
            shard = make_shard([part], weight)
            path = spool / f"{shard.name}.jsonl"
            path.write_text(spooled, encoding="utf-8")
            yield dataclasses.replace(shard, parts=(dataclasses.replace(part, spool=path),))

    # A piece ends only once its successor has begun: the last one has to be known as such.
    for item in read_file(file.source, options):
        if chars >= size and isinstance(pending[-1], Article):
            yield from close(last=False)
            first, piece, chars = first + len(pending), piece + 1, 0
            pending.clear()
        pending.append(item)
        chars += _weight(item)
    yield from close(last=True)


def _weight(item: Article | Issue) -> int:
    """About the characters that an item takes."""
    if isinstance(item, Issue):
        return LEAST
    return LEAST + len(item.text) + sum(len(str(value)) for value in (item.title, *item.fields.values()))


def changed(file: InputFile) -> list[Issue]:
    """Issues of a file that changed since it was listed."""
    if stamp(file.source) == file.stamp or (sha256 := content_hash(file.source)) == file.sha256:
        return []
    if sha256 is None:
        return [problem("", file.source, "vanished", "the file vanished while the run was under way")]
    message = "the file changed while the run was under way; what was read may be of either state"
    return [problem("", file.source, "changed", message)]


def _spooled(item: Article | Issue) -> str:
    """An article or an issue as a line that `read_spool` reads."""
    fields: dict[str, Any] = {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}
    if isinstance(item, Article):
        fields["published"] = item.published_date.isoformat() if item.published_date else None
    return json.dumps([isinstance(item, Article), fields], default=dict) + "\n"


def read_spool(path: Path) -> Iterator[Article | Issue]:
    """Read a spool file."""
    with path.open(encoding="utf-8") as file:
        for is_article, fields in map(json.loads, file):
            yield Article(**fields) if is_article else Issue(**fields)
