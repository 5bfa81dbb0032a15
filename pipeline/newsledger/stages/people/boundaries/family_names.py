"""Which part of a name is the family name: the last, or the first of names written family first."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import NamePart
from newsledger.stages.people.tables import names

_PINYIN = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))"
)
_CHINESE = lazy_regex(rf"{_PINYIN}{{1,2}}")
_DIALECT = lazy_regex(rf"(?:{any_of(names().dialect_syllables)}){{1,2}}")
_KOREAN = lazy_regex(rf"(?:{any_of(names().korean_syllables)}){{1,2}}")
_VIETNAMESE = lazy_regex(
    r"(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdghklmnprstvxy])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_JAPANESE = lazy_regex(r"(?:(?:sh|ch|ts|[kgsztdnhbpmyrwj]y?|f)?[aeiou]{1,2}|n(?![aeiouy])){2,6}")
_HYPHENATED = lazy_regex(
    r"(?=.{2,7}-.{2,6}\Z)[A-Z][b-df-hj-np-tv-xz]{0,3}[aeiouy]*[b-df-hj-np-tv-xz]{0,3}"
    r"-[b-df-hj-np-tv-xz]{0,4}[aeiouy]+[b-df-hj-np-tv-xz]{0,3}\Z"
)
"""A given name of two syllables: "Yu-hsun", "Jae-myung", unlike "Sanwo-olu"."""


def family_index(units: Sequence[NamePart]) -> int | None:
    """The index of the family name among the units of a name; None for a name of one unit."""
    if len(units) < 2:
        return None
    if any(unit.initial or unit.key != unit.bare for unit in units):
        return len(units) - 1
    if len(units) > 2 and _is_chinese_after_western(units[1].key, units[2:]):
        return 1
    return 0 if len(units) < 5 and _is_family_first(units[0].key, units[1:]) else len(units) - 1


def _is_chinese_after_western(family: str, given: Sequence[NamePart]) -> bool:
    """ "Carrie Lam Yuet-ngor", "David Tan Siong Sun": a Western given name before the Chinese name."""
    if family not in names().chinese_family:
        return False
    hyphenated = _HYPHENATED.match(given[-1].text) is not None
    return hyphenated or (len(given) > 1 and _is_chinese([unit.key for unit in given]))


def _is_family_first(family: str, given: Sequence[NamePart]) -> bool:
    """Whether ``family``, folded, is a family name of East Asia before given names of its language."""
    table = names()
    keys = [unit.key for unit in given]
    hyphenated = "-" in given[0].text
    if len(given) == 1 and len(family) < 7 and _HYPHENATED.match(given[0].text):
        return True
    if family in table.korean_family or family in table.chinese_family:
        if not _is_chinese_or_korean(family, keys):
            return False
        if len(keys) > 1 or hyphenated:
            return True
        # "Jun Wang" and "Lee Kit" are written given name first, "Kim Yuna" is not.
        frequent_last = keys[0] in table.frequent_family and family not in table.frequent_family
        syllable = keys[0] in table.korean_syllables | table.dialect_syllables
        return not (frequent_last or (family in table.ambiguous_family and syllable))
    if family in table.vietnamese_family and family not in table.ambiguous_family:
        more = len(keys) > 1 or keys[-1] not in table.vietnamese_family
        return more and all(map(_VIETNAMESE.fullmatch, keys))
    if family in table.japanese_family and len(keys) == 1:
        return keys[0] not in table.japanese_family and _JAPANESE.fullmatch(keys[0]) is not None
    return False


def _is_chinese_or_korean(family: str, given: Sequence[str]) -> bool:
    """Whether given names are made of syllables of the language of a family name."""
    if family in names().korean_family and all(map(_KOREAN.fullmatch, given)):
        return True
    return family in names().chinese_family and len(given) < 3 and _is_chinese(given)


def _is_chinese(given: Sequence[str]) -> bool:
    return all(map(_CHINESE.fullmatch, given)) or all(map(_DIALECT.fullmatch, given))
