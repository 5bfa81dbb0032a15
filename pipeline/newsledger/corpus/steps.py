"""What each step over the whole run is made of: partitions by key, each resolved alone, and a merge.

Such a step can be spread: what resolves a partition sees no other, and the merge takes the results in any
division into partitions for which items that share a key are together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)
Partition = TypeVar("Partition")
Resolved = TypeVar("Resolved")
Result = TypeVar("Result")


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


def over_run(
    partitions: Iterable[Partition],
    resolve: Callable[[Partition], Resolved],
    merge: Callable[[Iterable[Resolved]], Result],
) -> Result:
    """The result of a step: ``merge`` of what ``resolve`` makes of each partition."""
    return merge(map(resolve, partitions))
