"""What stands near a word of an office: the country, the organisation, the firm that ends or begins there."""

from __future__ import annotations

import re

from newsledger.stages.people.roles.roles import (
    POSSESSIVE,
    Context,
    Token,
    first_at_or_after,
    key_of,
)
from newsledger.stages.people.tables import roles
from newsledger.values.mentions import CountryMention, NameSpan


def country_at(context: Context, ends: int) -> CountryMention | None:
    """The country that ends at ``ends``, a possessive between allowed."""
    text = context.text
    stop = ends
    while stop > 0 and text[stop - 1] in " \t\n\xa0":
        stop -= 1
    if stop in context.country_ends:
        return context.country_ends[stop]
    mark = POSSESSIVE.search(text, max(0, stop - 2), stop)
    return context.country_ends.get(mark.start()) if mark else None


_TICKER = re.compile(r"\s?<[A-Z][A-Z.-]*>\Z")


def org_at(context: Context, ends: int) -> NameSpan | None:
    """The organisation or place that ends at ``ends``, a possessive or a ticker between allowed."""
    text = context.text
    stop = ends
    while stop > 0 and text[stop - 1] in " \t\n\xa0":
        stop -= 1
    if text.endswith(">", 0, stop) and (ticker := _TICKER.search(text, max(0, stop - 12), stop)):
        # "Northam Inc <NTM.L> chairman"
        stop = ticker.start()
        return context.name_ends.get(stop)
    mark = POSSESSIVE.search(text, max(0, stop - 2), stop)
    return context.name_ends.get(stop) or (context.name_ends.get(mark.start()) if mark else None)


_OPEN_OFFICES = frozenset({"press", "fire", "high", "supreme", "county", "city"})
"""The first words of offices in which a classifier ends an organisation: "White House Press" Secretary."""


def half_named(context: Context, tokens: list[Token], at: int, i: int) -> tuple[str, int] | None:
    """The organisation, and its first token, whose span holds the first words of the office at..i as well."""
    if tokens[at].key not in _OPEN_OFFICES:
        return None
    for token in tokens[at:i]:
        span = context.name_ends.get(token.end)
        if span is not None and span.start_char < tokens[at].start:
            # "Marsh County" of "Marsh County Clerk"
            place = tokens[at].key == "county"
            org = context.text[span.start_char : span.end_char if place else tokens[at].start].strip()
            return org, first_at_or_after(tokens, span.start_char, at)
    return None


def past_words(tokens: list[Token], j: int) -> int | None:
    """The token after "former", where only a few nouns in small letters stand between."""
    table = roles()
    if j and tokens[j].text.istitle():
        return None
    for k in range(j, max(0, j - 4), -1):
        token = tokens[k]
        if not token.text.islower() or token.key in table.function_words:
            return None
        if tokens[k - 1].key == "former":
            return k
    return None


def short_form(context: Context, tokens: list[Token], shut: int) -> int | None:
    """The token that opens the brackets closed at ``shut``, if an organisation's short form is in them."""
    opens = shut - 2
    if context.text.startswith(".", tokens[shut].end):
        # "Office of Health (OH). Director Ana Prado"
        return None
    span = org_at(context, tokens[opens].start)
    return opens if span is not None else None


_OPENS_AT = re.compile(r"(?:\A|[.!?\n”\"]\s*)At (?:the )?\Z")


def opening_org(context: Context, start: int) -> str | None:
    """The organisation of the office at ``start`` in "At the Northam Bank, economist Ada Lind said"."""
    span = context.name_ends.get(start - 2)
    if span is None or span.label != "ORG":
        return None
    opens = _OPENS_AT.search(context.text, max(0, span.start_char - 10), span.start_char)
    return " ".join(span.surface.split()) if opens else None


def runs_into(context: Context, people: CountryMention) -> bool:
    """Whether an organisation's span took in whose the office is: "Northam Front of Kenyan" President."""
    return people.mention_type != "name" and context.text.endswith((" of ", " by "), 0, people.start_char)


def before_country(context: Context, place: CountryMention) -> str:
    """The few letters before a country."""
    return context.text[max(0, place.start_char - 8) : place.start_char]


def names_an_org(context: Context, ends: int) -> bool:
    """Whether an organisation ends here whose name says more than a portfolio ("European Commission")."""
    span = org_at(context, ends)
    if span is None:
        return False
    if span.label == "LOC":
        # "Mexico City Health Secretary"
        return True
    country = context.country_starts.get(span.start_char)
    start = country.end_char if country is not None and country.end_char < span.end_char else span.start_char
    words = [key_of(word) for word in context.text[start : span.end_char].split()]
    return words[-1] in roles().institutions or any(word not in roles().modifiers for word in words)
