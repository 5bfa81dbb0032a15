"""Reads an office set off before a name where more than one thing stands between them.

"The governor of the dry Northam state, Ana Prado", "said director of health and hygiene within the Food
Agency, Ana Prado": from the comma leftwards over plain nouns and prepositions to the office they belong to.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.determiners import determined, opens_bare
from newsledger.stages.people.roles.gather import gather
from newsledger.stages.people.roles.head import Head, head_ending
from newsledger.stages.people.roles.roles import (
    WINDOW,
    Context,
    Role,
    Token,
    first_at_or_after,
)
from newsledger.stages.people.roles.tail import read_tail
from newsledger.stages.people.tables import Phrase, names, roles, written

_JOINTS = frozenset({"of", "for", "at", "in", "within", "on", "and", "&", "to"})
_AFTER_OFFICE = frozenset({"of", "for", "at", "in", "within"})
_ARTICLES = frozenset({"the", "its", "a", "an"})
_MOST = 18
"""So many words may stand between the office and the comma."""


def set_off(context: Context, start: int, floor: int, *, closed: bool) -> Role | None:
    """The office in "the governor of the dry Northam state, Ana Prado", whose name begins at ``start``.

    ``closed`` says that a comma or a stop follows the name; without it the office must open the sentence.
    """
    tokens = context.left_of(start, max(floor, start - WINDOW))
    i = len(tokens) - 1
    while i >= 0 and tokens[i].key in roles().honorifics:
        i -= 1
    if i < 4 or tokens[i].key != ",":
        return None
    if tokens[i - 1].key == ")":
        # "director of the bank's foreign trade department (FTD), Ana Prado"
        i -= 3
    for k in range(i - 1, max(0, i - 1 - _MOST), -1):
        token = tokens[k]
        if not _plain(token):
            return None
        if token.key in _ARTICLES and tokens[k - 1].key not in _JOINTS:
            return None
        head = head_ending(tokens, k - 1) if token.key in _AFTER_OFFICE else None
        if head is None:
            continue
        if head[2]:
            return None
        found = gather(context, tokens, k - 1, head, comma=False)
        if found is None:
            return None
        role, first = found
        at = first_at_or_after(tokens, first, k)
        if _nested(tokens, at):
            continue
        if not _opens(context, tokens, at, role, closed=closed):
            return None
        return _with_tail(context, tokens, k, head[0], role)
    return None


_NEAR = 8
"""So many words may stand between the office and a name that no comma sets off."""


def joined(context: Context, start: int, floor: int) -> Role | None:
    """The office in "senior vice president of U.S. operations Ana Prado", whose name begins at ``start``.

    Bare nouns only: with an article ("the president of the firm Ana Prado founded") a clause may begin.
    """
    tokens = context.left_of(start, max(floor, start - WINDOW))
    for k in range(len(tokens) - 2, max(0, len(tokens) - 2 - _NEAR), -1):
        token = tokens[k]
        if token.key in {"of", "for", "in", "on"}:
            head = head_ending(tokens, k - 1)
            if head is not None:
                return None if head[2] else _bare_office(context, tokens, k, head)
        elif not _bare(context, token):
            return None
    return None


def _bare(context: Context, token: Token) -> bool:
    """Whether a word is a noun in small letters, "and" or a country."""
    if token.start in context.country_starts:
        return True
    return token.text.islower() and token.key not in _ARTICLES and _plain(token)


def _bare_office(context: Context, tokens: list[Token], k: int, head: Head) -> Role | None:
    """The office that ends before token ``k``."""
    last = tokens[-1]
    if not last.text.islower() or (last.key.endswith("ing") and last.key not in roles().portfolio):
        # "They thanked the President for inviting Hale": he is no president
        return None
    found = gather(context, tokens, k - 1, head, comma=False)
    if found is None:
        return None
    at = first_at_or_after(tokens, found[1], k)
    article = at > 0 and tokens[at - 1].key in _ARTICLES
    return None if article else _with_tail(context, tokens, k, head[0], found[0])


_OPENING = re.compile(
    r"(?:\A|[.!?:\n”\"]\s*)"
    r"(?:(?:The|Its|His|Her|Their|Our)(?:(?:\s[\w-]+){1,3}(?:['’]s|(?<=s)['’]))?|[A-Z][\w-]+(?:['’]s|(?<=s)['’]))"
    r"\s(?:(?:new|first|current|then|former|next|last)\s)?\Z"
)


def who_is(context: Context, start: int, floor: int) -> Role | None:
    """The office in "Its first president was Ana Prado", which opens the sentence.

    Of "was" it is not said until when.
    """
    tokens = context.left_of(start, max(floor, start - WINDOW))
    if len(tokens) > 4 and tokens[-1].key == "as":
        # "Its owner was listed as Ana Prado"
        tokens = tokens[:-2]
    if len(tokens) < 3 or tokens[-1].key not in {"is", "was"}:
        return None
    head = head_ending(tokens, len(tokens) - 2)
    if head is None:
        return None
    found = gather(context, tokens, len(tokens) - 2, head, comma=False)
    if found is None or not _OPENING.search(context.text, max(0, found[1] - 60), found[1]):
        return None
    return replace(found[0], text=found[0].text.removeprefix("First "))


def _plain(token: Token) -> bool:
    """Whether a word may stand in the description of an office: no verb, no pronoun, no sign, no kin."""
    if token.key in _JOINTS or token.key in _ARTICLES:
        return True
    if not token.text[-1].isalnum() or token.key in roles().function_words:
        return False
    return not (token.text.islower() and token.key.endswith("ed"))


def _nested(tokens: list[Token], at: int) -> bool:
    """Whether the words from ``at`` on hang on another noun: "the office of the director of ..."."""
    if at and tokens[at - 1].key in _ARTICLES:
        at -= 1
    return at > 0 and tokens[at - 1].key == "of"


def _opens(context: Context, tokens: list[Token], at: int, role: Role, *, closed: bool) -> bool:
    """Whether the description begins at ``at``, with an article, whose it is, or a sentence or a saying."""
    article = at > 0 and tokens[at - 1].key in _ARTICLES
    first = at - 1 if article else at
    if tokens[0].key in {",", "("} and all(
        t.text[0].isalnum() and t.key not in names().speech_verbs for t in tokens[1:first]
    ):
        # "Ana Prado, the mayor of the city in Kent, Jane Lind": it is the first one's.
        return False
    if first == 0 or tokens[first - 1].key in {".", "?", "!", "”", '"'}:
        return opens_bare(context.text, tokens, first)
    if not closed:
        return False
    if role.org is not None or role.country is not None:
        return True
    return determined(tokens, at - 1, closed=True)


def _with_tail(context: Context, tokens: list[Token], at: int, phrase: Phrase, role: Role) -> Role:
    """The role with what follows it: the country, organisation or portfolio after "of" at ``at``."""
    country, org, words = read_tail(context, tokens, at, phrase, role.text.lower().split(), None, role.org)
    return Role(
        phrase=role.phrase,
        text=written(tuple(words)).replace(" ,", ",") if len(words) > len(role.text.split()) else role.text,
        status=role.status,
        country=role.country or (country.iso_alpha2 if country is not None else None),
        org=" ".join(org.split()) if org else None,
        style=role.style,
    )
