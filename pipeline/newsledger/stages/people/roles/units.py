"""The organisation of an office where more than its bare name tells it: its part, or what kind it is."""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import roles

_PARTS = (
    "committee|subcommittee|department|division|section|council|commission|bureau|directorate|federation"
    "|association|confederation|unit"
)
_NO_WORD = rf"(?!(?:{any_of(roles().function_words - {'and'})})\b)"
_WORD = rf" {_NO_WORD}[a-z][a-z-]*(?:['’]s?)?"
_CLOSED = r"(?![\w'’-]| (?:of|[A-Z]|[a-z]+(?:man|men|woman|women|ers?|ors?|ents?)\b))"
_UNIT = re.compile(rf"(?:['’]s?)?(?:(?:{_WORD}){{0,4}}? (?:{_PARTS})|(?:{_WORD}){{1,3}}? board)\b{_CLOSED}")


def unit_end(text: str, end: int) -> int:
    """Where the part ends of an organisation whose name ends at ``end``; ``end`` where none is told.

    >>> text = "chairman of the NTA's business survey committee, said"
    >>> text[16 : unit_end(text, 19)]
    "NTA's business survey committee"
    >>> unit_end("chairman of Northam and a committee", 19), unit_end("head of Northam board members", 15)
    (19, 15)
    """
    found = _UNIT.match(text, end)
    return found.end() if found is not None else end


_BARE = re.compile(
    rf"(?P<named>(?:[a-z][a-z-]*(?:['’]s?)? ){{1,6}}?(?:{_PARTS}|board))\b"
    rf"(?:(?P<of> of (?:the )?)(?=[A-Z])|{_CLOSED}(?= (?:said|says|and|in|at)\b|[^ ]|\Z))"
)


def bare_unit(context: Context, start: int) -> str | None:
    """The part of an organisation that is named by its work alone: "components division".

    >>> bare_unit(Context("head of the components division, said"), 12)
    'components division'
    """
    found = _BARE.match(context.text, start)
    return found["named"] if found is not None and not found["of"] else None


_KINDS = any_of(roles().kinds_of_org | {"stockbroker", "exporter", "importer", "subsidiary", "bureau"})
_OF_KIND = re.compile(
    rf"(?:[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}}(?:-based)? )?(?:{_NO_WORD}[a-z][\w-]* (?:and )?){{0,4}}?"
    rf"(?:(?:firm|company|brokerage|consultancy|house|partnership) of|(?:{_KINDS})s?) (?P<open><)?(?=[A-Z])"
)


def firm_of_kind(context: Context, start: int) -> str | None:
    """The firm in "Lima investment bank <Northam Spa>" and "Kent securities firm of Northam Ltd".

    Its name, not the place that begins at ``start``, nor the kind that may begin there.
    """
    found = _OF_KIND.match(context.text, start, start + 120)
    span = context.name_starts.get(found.end()) if found is not None else None
    return context.text[span.start_char : span.end_char] if span is not None else None
