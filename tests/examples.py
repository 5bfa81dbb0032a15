"""Reads the examples beside each stage's rules: ``examples/<module>.yaml`` specifies ``<module>.py``.

The text of an example marks the expected mentions in double square brackets, so that it reads like the
article: ``exceeding [[$12 billion]] since the onset``. Groups::

    given: {...}                # keyword arguments of find() for every example that does not give its own
    value:                      # what must be found
      - is: {value_low: 12e9, modifier: gt}        # fields every marked mention must have
        given: {published: 2024-04-03}             # keyword arguments of find()
        in:
          - exceeding [[$12 billion]] since the onset
      - is: [{value_low: 8}, {value_low: 9}]       # one entry per mark, in text order
        in: ["from [[$8]] last year to [[$9]] now"]
    nothing:                    # texts in which nothing may be found
      - 50 bilateral agreements
      - {given: {...}, in: [...]}
    bugs:                       # fixed bugs: as under value, with a word on what was wrong
      - was: a heading was glued to the paragraph
        is: {...}
        in: [...]

Mentions found must be exactly the marked ones: none more, none fewer, the same offsets.

``stated`` are the roles stated at a mention of a person, in text order, ``statuses`` and ``orgs`` theirs.

Spans of other stages are given by their surfaces and stand wherever the text has them as whole words:
``names: {PER: [Fumio Kishida], ORG: [World Bank]}`` becomes a list of ``NameSpan``, longer surfaces first
and none overlapping; ``countries: {Japanese: JP, Ukraine: UA}`` a list of ``CountryMention``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from newsledger.values.mentions import CountryMention, NameSpan

_OF_ROLES = {"stated": "role", "statuses": "role_status", "orgs": "role_org"}
MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Example:
    name: str
    text: str
    spans: tuple[tuple[int, int], ...]
    fields: tuple[dict[str, Any], ...]
    given: dict[str, Any] = field(default_factory=dict)


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks out of a text; return it with the offsets they stood at."""
    out, spans, at, size = [], [], 0, 0
    for match in MARK.finditer(marked):
        before = marked[at : match.start()]
        out += [before, match[1]]
        size += len(before)
        spans.append((size, size + len(match[1])))
        size += len(match[1])
        at = match.end()
    out.append(marked[at:])
    return "".join(out), tuple(spans)


def occurrences(text: str, labelled: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where the keys of ``labelled`` stand in ``text`` as whole words, each with its value, longest first.

    >>> occurrences("Kim Jong Un met Kim", {"Kim": "family", "Kim Jong Un": "full"})
    [(0, 11, 'full'), (16, 19, 'family')]
    """
    found: list[tuple[int, int, str]] = []
    for surface, label in sorted(labelled.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b, _ in found):
                found.append((*match.span(), label))
    return sorted(found)


def spans_given(text: str, given: dict[str, Any]) -> dict[str, Any]:
    """Replace surfaces under ``names`` and ``countries`` by spans of ``text``; leave the rest as it is."""
    given = dict(given)
    if isinstance(given.get("names"), dict):
        labels = {surface: label for label, surfaces in given["names"].items() for surface in surfaces}
        given["names"] = [
            NameSpan(start_char=a, end_char=b, surface=text[a:b], label=label)  # type: ignore[arg-type]
            for a, b, label in occurrences(text, labels)
        ]
    if isinstance(given.get("countries"), dict):
        given["countries"] = [
            CountryMention(
                start_char=a, end_char=b, surface=text[a:b], iso_alpha2=code, iso_alpha3=None, name=code
            )
            for a, b, code in occurrences(text, given["countries"])
        ]
    return given


def _examples(section: str, group: Any, usual: dict[str, Any]) -> Iterator[Example]:
    if isinstance(group, str):
        group = {"in": [group]}
    given = usual | group.get("given", {})
    for marked in group["in"]:
        text, spans = unmark(marked)
        wanted = group.get("is", {})
        fields = tuple(wanted) if isinstance(wanted, list) else (wanted,) * len(spans)
        if len(fields) != len(spans):
            raise ValueError(f"{section}: {len(spans)} marks but {len(fields)} expectations in {marked!r}")
        if section == "nothing" and spans:
            raise ValueError(f"nothing: a negative example has marks: {marked!r}")
        yield Example(f"{section}: {marked[:90]}", text, spans, fields, spans_given(text, given))


def load(path: Path) -> list[Example]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = set(data) - {"given", "value", "nothing", "bugs"}
    if unknown:
        raise ValueError(f"{path}: unknown sections {sorted(unknown)}")
    return [
        e
        for section in ("value", "nothing", "bugs")
        for group in data.get(section) or ()
        for e in _examples(section, group, data.get("given") or {})
    ]


def same(expected: Any, actual: Any) -> bool:
    """Compare a YAML value with a field: Decimals by value, tuples with lists, dates with ISO strings."""
    if isinstance(actual, Decimal):
        try:
            return Decimal(str(expected)) == actual
        except InvalidOperation:
            return False
    if isinstance(actual, date):
        return str(expected) == actual.isoformat()
    if isinstance(actual, tuple):
        return tuple(expected) == actual
    return bool(expected == actual)


def ledger_given(text: str, given: dict[str, Any]) -> dict[str, Any]:
    """Arguments of the ledger stage: the mentions of the other stages, and the names that are given."""
    from newsledger.stages import countries, dates, money

    published = given.pop("published", None)
    places = given.get("countries") or countries.find(text, names=given.get("names", ()))
    found = {
        "figures": money.find(text, countries=places, published=published),
        "dates": dates.find(text, published=published),
        "countries": places,
    }
    return found | given


def value_of(mention: Any, field: str) -> Any:
    """A field of a mention, or the roles stated at it; of a ledger entry a party, or the kinds of links."""
    if field in _OF_ROLES:
        return [getattr(role, _OF_ROLES[field]) for role in mention.roles]
    if field in ("payer", "recipient", "holder", "channel", "source"):
        party = mention.party(field)
        return party and (party.party or party.surface)
    if field == "links":
        return [link.link for link in mention.links]
    return getattr(mention, field)


def check(example: Example, mentions: list[Any]) -> None:
    """Assert that ``mentions`` are exactly what the example marks, with the fields it names."""
    found = [(m.start_char, m.end_char) for m in mentions]
    surfaces = [example.text[a:b] for a, b in found]
    assert [m.surface for m in mentions] == surfaces
    wanted = [example.text[a:b] for a, b in example.spans]
    assert surfaces == wanted, f"found {surfaces}, wanted {wanted}"
    assert tuple(found) == example.spans
    for mention, fields in zip(mentions, example.fields, strict=True):
        found_values = {field: value_of(mention, field) for field in fields}
        wrong = {k: (v, found_values[k]) for k, v in fields.items() if not same(v, found_values[k])}
        assert not wrong, f"{mention.surface!r}: (wanted, got) {wrong}"
