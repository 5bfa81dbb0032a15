"""Which of the spellings of a person is the name: the fullest form, and of slips of the pen the usual one."""

from __future__ import annotations

from collections.abc import Mapping

from newsledger.stages.people.boundaries.name_parts import NameParts, parse_name


def fullest(surfaces: Mapping[str, int], times: Mapping[str, int]) -> str:
    """The name among ``surfaces``, each with the place where it stands first.

    Most parts, no bare initials, not all capitals. Of forms that are the same but for a letter or two the
    one that stands most often (``times``) is no slip; of equals, the first in the text.

    >>> fullest({"Ana Berg": 0, "Ana M. Berg": 30, "Berg": 60}, {"Ana Berg": 9, "Ana M. Berg": 1, "Berg": 1})
    'Ana M. Berg'
    >>> fullest({"Ana Bergman": 0, "Ana Beurgman": 30}, {"Ana Bergman": 3, "Ana Beurgman": 1})
    'Ana Bergman'
    """
    best = max(surfaces, key=lambda s: (*_fullness(s), -surfaces[s]))
    if len(surfaces) == 1 or times.get(best, 0) > 1:
        return best
    parts = parse_name(best)
    same = [s for s in surfaces if s == best or (not s.isupper() and _respelt(parse_name(s), parts))]
    return max(same, key=lambda s: (times.get(s, 0), _fullness(s), -surfaces[s]))


def _fullness(surface: str) -> tuple[bool, bool, int, int]:
    parts = parse_name(surface)
    letters = sum(len(u.key) for u in parts.units)
    return (
        len(parts.units) > 1,
        not (surface.isupper() and letters > 3),
        len(parts.units) + (parts.suffix is not None),
        letters,
    )


def _respelt(one: NameParts, other: NameParts) -> bool:
    if len(one.units) != len(other.units) or (one.suffix is None) != (other.suffix is None):
        return False
    from rapidfuzz.distance import OSA

    for a, b in zip(one.keys, other.keys, strict=True):
        if a == b:
            continue
        if a[0] != b[0] or a.startswith(b) or b.startswith(a) or min(len(a), len(b)) < 4:
            return False
        if OSA.distance(a, b, score_cutoff=2) > 2:
            return False
    return True


def tidy(surface: str) -> str:
    """A surface as a name: blanks made one space, brackets without a partner left out.

    >>> tidy("Jorge)  Alcocer")
    'Jorge Alcocer'
    >>> tidy("Phil” Hale")
    'Phil Hale'
    """
    for opener, closer in ("()", "[]", "“”"):
        if opener == "[" or (opener in surface) != (closer in surface):
            surface = surface.replace(opener, "").replace(closer, "")
    return " ".join(surface.split())
