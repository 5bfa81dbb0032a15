"""How one name may be a form of another: the same written otherwise, its family part, its given part."""

from __future__ import annotations

from typing import Literal

from newsledger.stages.people.boundaries.name_keys import NamePart, fold, sounds_alike
from newsledger.stages.people.boundaries.name_parts import NameParts
from newsledger.stages.people.boundaries.nicknames import given_names_match

Form = Literal["full", "family", "given", "alias"]


def _unit_same(one: NamePart, other: NamePart) -> bool:
    if one.key == other.key or one.bare == other.bare:
        return True
    if one.initial or other.initial:
        short, long = (one, other) if len(one.key) <= len(other.key) else (other, one)
        return (
            long.key.startswith(short.key)
            if not (one.initial and other.initial)
            else long.key[0] == short.key[0]
        )
    if len(one.key) < 5 or len(other.key) < 5:
        return False
    return sounds_alike(one.bare, other.bare) or _slip(one.bare, other.bare)


def _slip(one: str, other: str) -> bool:
    """Whether two long words differ by one slip of the pen ("Kristin", "Kristen"), but not at their ends.

    "Fernando" and "Fernanda" are two people.
    """
    if len(one) < 7 or len(other) < 7 or one[0] != other[0] or one[-1] != other[-1]:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


def fits(short: NameParts, long: NameParts) -> Form | None:
    """How ``short`` may be a form of ``long``: as a full name, as family or given part, or not at all."""
    if short.suffix and long.suffix and fold(short.suffix) != fold(long.suffix):
        return None
    if short.joined == long.joined:
        return "full"
    if long.family is not None and long.units[long.family].key == short.joined:
        return "family"
    father = len(short.units) > 2 and any(u.key != u.bare for u in short.units)
    if long.family and short.joined == "".join(long.keys[1:]) and not father:
        # "Van Haersma Buma" at the start of a sentence
        return "family"
    a, b = short.units, long.units
    n, m = len(a), len(b)
    if n > 1 and m > 1 and "".join(u.bare for u in a) == "".join(u.bare for u in b):
        # "Abdel-Fattah el-Sisi", "Abdel Fattah al-Sisi"
        return "full"
    if n > m or _other_middle(short, long):
        return None
    if n == m:
        if sorted(short.keys) == sorted(long.keys):
            return "full"
        if short.family != long.family:
            return None
        family = short.family or 0
        if not _unit_same(a[family], b[family]):
            return None
        given = [(x, y) for i, (x, y) in enumerate(zip(a, b, strict=True)) if i != family]
        if all(_unit_same(x, y) or given_names_match(x.key, y.key) for x, y in given):
            return "full"
        return None
    # Fewer parts: in order, the first with the first (or a pet form), the last with a family part.
    if _unit_same(a[0], b[0]) or given_names_match(a[0].key, b[0].key):
        at = 1
        for unit in a[1:]:
            # The family name is no middle initial: "Paul Sorran" is Paul S. Sorran, but not Paul S. Muller.
            family = unit is a[-1] and not unit.initial
            while at < m and (not _unit_same(unit, b[at]) or (family and at < m - 1 and b[at].initial)):
                at += 1
            if at == m:
                break
            at += 1
        else:
            if at == m or (long.family == m - 1 and at == m - 1 and m > 2 and not b[m - 1].initial):
                return "full"
            if long.family == 0:
                return "full" if n > 1 and at == m else None
            return "given" if n > 1 and at == n and n < m else None
    if father:
        # "Nawaf Al-Ahmad Al-Sabah" is the father of "Ahmad Nawaf Al-Ahmad Al-Sabah".
        return None
    if all(_unit_same(x, y) and not x.initial for x, y in zip(a, b[m - n :], strict=True)):
        return "given" if long.family == 0 else "family"
    return None


def _other_middle(one: NameParts, other: NameParts) -> bool:
    """Whether the first middle names have different initials: "George W. Hale", "George H. W. Hale"."""
    if min(len(one.units), len(other.units)) < 3 or not one.family or not other.family:
        return False
    a, b = one.units[1], other.units[1]
    return (a.initial or b.initial) and a.key[0] != b.key[0] and one.units[0].key == other.units[0].key
