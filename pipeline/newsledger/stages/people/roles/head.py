"""The words of an office that end at a token: "deputy prime minister" of "the deputy prime minister"."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.people.roles.roles import OVER, Status, Token, spell
from newsledger.stages.people.tables import Phrase, RoleTables, names, roles


class Head(NamedTuple):
    """A role phrase in the singular, its first token, whether it stood in the plural, what status it says."""

    phrase: Phrase
    at: int
    many: bool
    status: Status | None


_DEPUTIES = frozenset({"deputy", "deputies"})


def head_ending(tokens: list[Token], i: int) -> Head | None:
    """The longest role phrase whose last word is token ``i``."""
    if i < 0:
        return None
    table = roles()
    key, status = tokens[i].key, None
    for suffix in ("-elect", "-designate", "-nominee"):
        if key.endswith(suffix):
            key, status = key.removesuffix(suffix), "designate"
    if key in ("elect", "designate") and i:
        i, status = i - 1, "designate"
        key = tokens[i].key
    for prefix in OVER:
        if key.startswith(prefix):
            key, status = key.removeprefix(prefix), "former"
    last = spell(key)
    for phrase in table.by_last.get(last[-1], ()):
        found = _spelt(tokens, i, last, phrase)
        if found is None:
            continue
        at, past = found
        single = table.singular.get(phrase, phrase)
        if _refused(table, tokens, at, i, phrase, single):
            continue
        return Head(single, at, phrase in table.singular, past or status)  # type: ignore[arg-type]
    if key in _DEPUTIES:
        # "Deputy Ana Prado" of a sheriff or a parliament
        return Head(("deputy",), i, key == "deputies", None)
    return None


def _spelt(
    tokens: list[Token], i: int, last: tuple[str, ...], phrase: Phrase
) -> tuple[int, str | None] | None:
    """Where ``phrase`` begins that ends at ``i``, and whether it is said to be over."""
    at, past = i, None
    words = list(last)
    for need in reversed(phrase):
        if not words:
            at -= 1
            if at < 0:
                return None
            word = tokens[at].key
            for prefix in OVER:
                if word.startswith(prefix):
                    word, past = word.removeprefix(prefix), "former"
            words = list(spell(word))
        if words.pop() != need:
            return None
    return at, past


def _refused(table: RoleTables, tokens: list[Token], at: int, i: int, phrase: Phrase, single: Phrase) -> bool:
    """Whether the words at..i say something else than the office ``single`` that they spell."""
    if single in table.capital and not tokens[i].text[0].isupper():
        return True
    if phrase in table.singular:
        if len(single) == 1 and single[0] in table.kin:
            return True
        if at and tokens[at - 1].key in {"of", "for"} and not (at > 1 and tokens[at - 2].text[0].islower()):
            # "the Forum for Authors"
            return True
    if single == ("elder",) and at and tokens[at - 1].key == "the":
        # "the elder Hale", a father and not his son
        return True
    # "continue to press Secretary Smith"
    return single[0] in table.verbs and tokens[at].text.islower() and tokens[i].text[0].isupper()


def claimed(tokens: list[Token], first: int) -> bool:
    """ "Ana Prado, the deputy chief and Minister Jane Lind": the chief is the one named before.

    The tokens begin where the name before ends.
    """
    if tokens[0].key not in {",", "("} or first > 7:
        return False
    between = tokens[1:first]
    return all(t.key[0].isalnum() and t.key not in names().speech_verbs for t in between)


def two_people(tokens: list[Token], first: int) -> bool:
    """ "the Congressman and Director Smith": with "the" and a capital the first is somebody else."""
    return first > 0 and tokens[first - 1].key == "the"
