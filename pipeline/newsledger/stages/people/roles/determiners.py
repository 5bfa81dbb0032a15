"""What stands before an office and says that it is one: an article, a possessor, a sentence that opens."""

from __future__ import annotations

from newsledger.stages.people.roles.roles import POSSESSIVE, Token
from newsledger.stages.people.tables import roles

DETERMINERS = frozenset({"the", "its", "his", "her", "their", "our", "my", "your"})


def is_possessive(token: Token) -> bool:
    """Whether a token ends in a possessive, or is the "s" of one whose name was read before."""
    return token.text == "s" or bool(POSSESSIVE.search(token.text))


_INDEFINITE = frozenset({"a", "an", "one", "another"})


def determined(tokens: list[Token], j: int, *, closed: bool) -> bool:
    """Whether the words that end with token ``j`` determine an office that is set off after them.

    An article, a possessive, or one with a few more words behind it ("the outspoken legislator, ...", "the
    club's North African head, ..."). ``closed``: the article may be indefinite.
    """
    for k in range(j, max(-1, j - 3), -1):
        token = tokens[k]
        if token.key in DETERMINERS or (closed and token.key in _INDEFINITE):
            return True
        if is_possessive(token):
            return True
        if not token.text.isalpha() or token.key in roles().function_words:
            return False
        if k == j - 1 and not tokens[j].text[0].isupper():
            return False
    return False


_SAYING = frozenset({"said", "says", "by", "explains", "explained", "adds", "added", "notes", "noted"})
_SENTENCE_ENDS = frozenset({"", "\n", ".", "?", "!", "”", '"'})


def opens_bare(text: str, tokens: list[Token], at: int) -> bool:
    """Whether an office without an article opens a sentence, or is who says it ("said mayor, ...")."""
    if at == 0:
        first = tokens[0].start
        return text[first].isupper() and text[max(0, first - 2) : first].rstrip(" ")[-1:] in _SENTENCE_ENDS
    opener = tokens[at - 1]
    return opener.key in _SAYING or opener.key in _SENTENCE_ENDS
