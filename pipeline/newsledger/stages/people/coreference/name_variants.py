"""How one name may be a variant of another: spelling, family name, given name."""

from __future__ import annotations

from collections.abc import Mapping

from newsledger.stages.people.boundaries.name_keys import NamePart, fold, is_slip, sounds_alike
from newsledger.stages.people.boundaries.name_parts import NameParts, given_names_match, parse_name
from newsledger.stages.people.tables import names
from newsledger.values.mentions import NameForm


def form_of(short: NameParts, long: NameParts) -> NameForm | None:
    """How ``short`` may be a form of ``long``: as a full name, as family or given part, or not at all."""
    if short.suffix and long.suffix and fold(short.suffix) != fold(long.suffix):
        return None
    if short.joined == long.joined:
        return "full"
    if long.family is not None and long.units[long.family].key == short.joined:
        return "family"
    patronymic = len(short.units) > 2 and any(u.key != u.bare for u in short.units)
    if long.family and short.joined == "".join(long.keys[1:]) and not patronymic:
        # "Van Haersma Buma" at the start of a sentence; "Lam Ting-kwok" of "Paul Lam Ting-kwok"
        return _tail(short, long)
    n, m = len(short.units), len(long.units)
    if min(n, m) > 1 and "".join(u.bare for u in short.units) == "".join(u.bare for u in long.units):
        # "Abdel-Fattah el-Sisi", "Abdel Fattah al-Sisi"
        return "full"
    if n > m or _other_middle(short, long):
        return None
    if n == m:
        return "full" if _same_parts(short, long) else None
    form = _form_in_order(short, long)
    if form is not None or patronymic:
        # "Nawaf Al-Ahmad Al-Sabah" is the father of "Ahmad Nawaf Al-Ahmad Al-Sabah".
        return form
    if all(_same(x, y) and not x.initial for x, y in zip(short.units, long.units[m - n :], strict=True)):
        return "given" if long.family == 0 else _tail(short, long)
    return None


def _tail(short: NameParts, long: NameParts) -> NameForm:
    """The form of a name without its first words.

    A surname ("López Obrador"), but all of "Donald Hale" beside "A. Donald Hale" or "Begum Donald Hale".
    """
    if len(short.units) < 2:
        return "family"
    given = names().sure_given
    opening = long.units[0]
    titled = opening.initial or (opening.key not in given and short.units[0].key in given)
    return "full" if titled or long.family != len(long.units) - 1 else "family"


def _same_parts(one: NameParts, other: NameParts) -> bool:
    """Whether two names of as many parts are one, part by part or in another order."""
    if sorted(one.keys) == sorted(other.keys):
        return True
    if one.family != other.family:
        return False
    pairs = list(zip(one.units, other.units, strict=True))
    family = pairs.pop(one.family or 0)
    return _same(*family) and all(_same(x, y) or given_names_match(x.key, y.key) for x, y in pairs)


def _form_in_order(short: NameParts, long: NameParts) -> NameForm | None:
    """The form of fewer parts that stand in the order of the longer name, the first a pet form at most."""
    a, b = short.units, long.units
    n, m = len(a), len(b)
    if not (_same(a[0], b[0]) or given_names_match(a[0].key, b[0].key)):
        return None
    at = 1
    for unit in a[1:]:
        # The family name is no middle initial: "Paul Sorran" is Paul S. Sorran, but not Paul S. Muller.
        family = unit is a[-1] and not unit.initial
        while at < m and (not _same(unit, b[at]) or (family and at < m - 1 and b[at].initial)):
            at += 1
        if at == m:
            return None
        at += 1
    if at == m or (long.family == m - 1 and at == m - 1 and m > 2 and not b[m - 1].initial):
        return "full"
    return "given" if long.family != 0 and 1 < n == at else None


def _same(one: NamePart, other: NamePart) -> bool:
    """Whether two parts are one: the same but for particles, an initial of the other, or another spelling."""
    if one.key == other.key or one.bare == other.bare:
        return True
    if one.initial or other.initial:
        short, long = sorted((one.key, other.key), key=len)
        return long.startswith(short)
    if len(one.key) < 5 or len(other.key) < 5:
        return False
    return sounds_alike(one.bare, other.bare) or is_slip(one.bare, other.bare)


def _other_middle(one: NameParts, other: NameParts) -> bool:
    """Whether the first middle names have different initials: "George W. Hale", "George H. W. Hale"."""
    if min(len(one.units), len(other.units)) < 3 or not one.family or not other.family:
        return False
    a, b = one.units[1], other.units[1]
    return (a.initial or b.initial) and a.key[0] != b.key[0] and one.units[0].key == other.units[0].key


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
