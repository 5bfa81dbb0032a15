"""Reads an office from its first word on, with what it is about."""

from __future__ import annotations

from newsledger.stages.people.roles.roles import (
    Status,
    Token,
    modifier,
    spell,
)
from newsledger.stages.people.tables import Phrase, roles


def head_starting(tokens: list[Token], i: int) -> tuple[Phrase, int, bool] | None:
    """The longest role phrase whose first word is token ``i``: (phrase, token after it, plural)."""
    table = roles()
    if i >= len(tokens):
        return None
    words = spell(tokens[i].key.removesuffix("-elect"))
    for phrase in table.by_first.get(words[0], ()):
        have, at = list(words), i + 1
        while len(have) < len(phrase) and at < len(tokens):
            have += spell(tokens[at].key.removesuffix("-elect"))
            at += 1
        if tuple(have) == phrase:
            return table.singular.get(phrase, phrase), at, phrase in table.singular
    return None


def _lists_offices(tokens: list[Token], comma: int) -> bool:
    """Whether one more office and "and" with another follow the comma."""
    second = head_starting(tokens, comma + 1)
    if second is None:
        return False
    joint = second[1]
    if joint >= len(tokens) or tokens[joint].key not in {"and", "&"}:
        return False
    third = head_starting(tokens, joint + 1)
    return third is not None and not third[2]


def forward(tokens: list[Token], i: int) -> tuple[Phrase, list[str], int, bool, Status | None] | None:
    """Modifiers and a role from token ``i`` on: (phrase, words, token after, plural, status); the longest."""
    table = roles()
    best = None
    words: list[str] = []
    status: Status | None = None
    at, steps = i, 0
    while at < len(tokens) and steps < 10:
        steps += 1
        token = tokens[at]
        head = head_starting(tokens, at)
        if head is not None:
            phrase, stop, many = head
            elect = tokens[stop - 1].key.endswith("-elect")
            best = (phrase, [*words, *phrase], stop, many, "designate" if elect else status)
            # "general manager": a role word may only open a longer role.
            following = tokens[stop].key if stop < len(tokens) else ""
            if following in {"and", "&"} and head_starting(tokens, stop + 1) is not None and not many:
                words = [*words, *phrase, "and"]
                at = stop + 1
                continue
            if following == "," and not many and _lists_offices(tokens, stop):
                # "co-founder, chairman and chief executive of Northair"
                words = [*words, *phrase, ","]
                at = stop + 1
                continue
            if following in table.modifiers or following in table.by_first:
                words, at = [*words, *phrase], stop
                continue
            break
        if token.key in table.modifiers:
            words.append(modifier(token))
            at += 1
            continue
        if (
            token.key in {"and", "&", ","}
            and words
            and words[-1] in table.portfolio
            and at + 1 < len(tokens)
            and tokens[at + 1].key in table.portfolio
        ):
            words.append(token.key)
            at += 1
            continue
        if token.key == "deputy" and at > i and words:
            words.append("deputy")
            at += 1
            continue
        if token.key in table.status and not words:
            # "the straight-talking former head of Northair"
            status = table.status.get(token.key, status)  # type: ignore[assignment]
            at += 1
            continue
        break
    return best
