"""The parts of a step over the whole run: partitions by key, each resolved alone, and a merge.

What resolves a partition sees no other, and gives items with keys, by which they are divided for the steps
that follow. So a step can be spread over processes, each of which holds one partition in memory; the result
is the same in any division into partitions.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    import pyarrow as pa

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)

Resolved = Iterable[tuple[str, object, Any]]
"""What a step gives: items, each with the name of a step that takes it and the key of its partition there."""
Spread = Callable[[Callable[[Any], None], Iterable[Any]], None]
"""What calls a function with each of some items, in any order, here or in other processes."""

ITEMS = 32_768
"""About so many people of articles are in a partition: some 30 megabytes."""


def partition_by(items: Iterable[Item], keys: Callable[[Item], Iterable[Key]]) -> dict[Key, list[Item]]:
    """The items by key; one of several keys is in several partitions.

    >>> partition_by(["ab", "b"], set)["b"]
    ['ab', 'b']
    """
    found: dict[Key, list[Item]] = {}
    for item in items:
        for key in keys(item):
            found.setdefault(key, []).append(item)
    return found


def each_in_turn(function: Callable[[Any], None], items: Iterable[Any]) -> None:
    """Call ``function`` with each of ``items``, in this process."""
    for item in items:
        function(item)


class Steps:
    """The items that wait for each step: in files below ``folder``, or of one partition in memory.

    >>> steps = Steps()
    >>> steps.run("words", lambda words: (("count", word, word) for word in words), ["aba", "bc"])
    >>> steps.run("count", lambda words: [("result", 0, sorted(words))])
    >>> [*steps.take("result")]
    [['a', 'a', 'b', 'b', 'c']]
    """

    def __init__(
        self, folder: Path | None = None, *, partitions: int = 1, spread: Spread = each_in_turn
    ) -> None:
        self._folder = folder if partitions > 1 else None
        self.partitions = partitions
        self._spread = spread
        self._held: dict[str, list[Any]] = {}

    def run(
        self,
        name: str,
        resolve: Callable[[Iterable[Any]], Resolved],
        inputs: Iterable[Iterable[Any]] | None = None,
        *,
        here: bool = False,
    ) -> None:
        """Resolve each of ``inputs``, else each partition of what other steps gave to this one.

        ``here``: in this process, one input after the other.
        """
        if self._folder is None:
            for items in [self._held.pop(name, [])] if inputs is None else inputs:
                for step, _, item in resolve(items):
                    self._held.setdefault(step, []).append(item)
            return
        given = enumerate([None] * self.partitions if inputs is None else inputs)
        spread = each_in_turn if here else self._spread
        spread(partial(_resolve_stored, self._folder, name, resolve, self.partitions), given)
        if (done := self._folder / name).exists():
            # In one go, for a call that was made again may still be at work, and is not to find a part of it.
            rmtree(done.replace(self._folder / f".{name}"), ignore_errors=True)

    def clear(self) -> None:
        """Forget all that waits, and what calls give that are still at work."""
        self._held.clear()
        if self._folder is not None:
            self._folder /= "anew"

    def take(self, name: str, key: int | None = None) -> Iterator[Any]:
        """The items that wait for a step, all or those of the partition of a key."""
        if self._folder is None:
            return iter(self._held.get(name, ()))
        folder = self._folder / name
        parts = range(self.partitions) if key is None else [key % self.partitions]
        return chain.from_iterable(_stored(folder, part) for part in parts)


def _divided(resolved: Resolved, partitions: int) -> dict[str, list[list[Any]]]:
    """Items by step and partition."""
    found: dict[str, list[list[Any]]] = {}
    for step, key, item in resolved:
        parts = found.get(step) or found.setdefault(step, [[] for _ in range(partitions)])
        number = key if isinstance(key, int) else crc32(str(key).encode("utf-8", "surrogatepass"))
        parts[number % partitions].append(item)
    return found


def _resolve_stored(
    folder: Path,
    name: str,
    resolve: Callable[[Iterable[Any]], Resolved],
    partitions: int,
    given: tuple[int, Iterable[Any] | None],
) -> None:
    """Resolve one input, or where there is none a partition, into files: one for each step that follows."""
    number, items = given
    # What a step makes and reads has no circles, and there is much of it to look through for some.
    collected = gc.isenabled()
    gc.disable()
    try:
        resolved = resolve(_stored(folder / name, number) if items is None else items)
        for step, parts in _divided(resolved, partitions).items():
            _store(folder / step, f"{name}-{number}", parts)
    finally:
        if collected:
            gc.enable()


def _store(folder: Path, name: str, parts: Iterable[list[Any]]) -> None:
    """Write an Arrow file, each partition a batch of one cell, whole or not at all."""
    import pyarrow as pa

    folder.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([("items", pa.large_binary())])
    unfinished = folder / f".{name}.{os.getpid()}"
    cells = (pa.record_batch([[pickle.dumps(part, protocol=5)]], schema=schema) for part in parts)
    write_arrow(unfinished, schema, cells)
    unfinished.replace(folder / f"{name}.arrow")


def write_arrow(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch | pa.Table]) -> None:
    """Write an Arrow file of these batches."""
    import pyarrow as pa

    # Of small batches zstd takes ten times as long to read, most of it to begin.
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema, options=options) as writer:
        for batch in batches:
            writer.write(batch)


def _stored(folder: Path, number: int) -> Iterator[Any]:
    """The items of a partition, file by file."""
    import pyarrow as pa

    options = pa.ipc.IpcReadOptions(use_threads=False)
    for path in sorted(folder.glob("*.arrow")):
        with pa.OSFile(str(path), "rb") as file:
            cell = pa.ipc.open_file(file, options=options).get_batch(number).column(0)[0]
        yield from pickle.loads(cell.as_buffer())  # what a step of this run wrote
