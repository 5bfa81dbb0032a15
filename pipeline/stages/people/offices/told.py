"""The country of an office told elsewhere: "President Hale left. The Kenyan president said so"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.stages.people.offices.roles import Context
from pipeline.stages.people.who.persons import Named

_HEADS = {("president",): r"[Pp]resident", ("prime", "minister"): r"[Pp]rime [Mm]inister"}
_STANDS = {
    phrase: re.compile(rf"(?:['’]s)? {words}(?:['’]s)?(?=[,.;]? [a-z]|[.,;]|\n|\Z)")
    for phrase, words in _HEADS.items()
}
_ARTICLE = re.compile(r"(?:\A|[.!?”\"\n]\s*)(?:The )?\Z")
_FAR = 600
"""So far behind a name may the office without it stand."""


def told_elsewhere(context: Context, mentions: Sequence[Named]) -> None:
    """Give the only president of an article the country of "The Kenyan president", who opens a sentence.

    Nobody else of the article may hold such an office, with a name or without, of another country.
    """
    for phrase, stands in _STANDS.items():
        held = [m for m in mentions if m.role is not None and m.role.phrase == phrase]
        if not held or any(m.role.country or m.role.org or m.role.status != "current" for m in held):  # type: ignore[union-attr]
            continue
        if len({m.parts.units[-1].key for m in held}) > 1:
            continue
        ends = [m.found.end for m in mentions]
        countries = set()
        near = False
        for country in context.country_starts.values():
            found = stands.match(context.text, country.end_char)
            if found is None or (country.mention_type == "name") != (found[0][:1] in "'’"):
                continue
            countries.add(country.iso_alpha2)
            at = bisect_right(ends, country.start_char) - 1
            if at < 0 or mentions[at].parts.units[-1].key != held[0].parts.units[-1].key:
                continue
            opens = _ARTICLE.search(context.text, max(0, country.start_char - 8), country.start_char)
            near = near or (opens is not None and country.start_char - ends[at] < _FAR)
        if len(countries) == 1 and near:
            code = countries.pop()
            for mention in held:
                if mention.role is not None:
                    mention.role = replace(mention.role, country=code)
