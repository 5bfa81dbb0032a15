"""Who is dead, as the text says."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.coreference.entities import Link, Mention
from newsledger.stages.people.tables import roles

_WORDS = roles().death
_DIED = lazy_regex(
    r"(?:\s\([^()\n]{1,30}\))?(?:,(?!\swhose\b)[^.;\n]{1,160},)?,?\s(?:who\s)?(?:(?:has|had|have)\s)?"
    rf"(?:{any_of(_WORDS['verbs'])}|(?:was|were|been)\s(?:{any_of(_WORDS['participles'])}))\b"
    rf"|['’]s?\s(?:[a-z]+\s)?(?:{any_of(_WORDS['of_owners'])})\b(?!\s(?:{any_of(_WORDS['not_before'])}))"
)
_DEATH = lazy_regex(
    rf"(?<!attempted\s)\b(?:(?:{any_of(_WORDS['nouns'])})\sof|(?:{any_of(_WORDS['killings'])})"
    rf"|the\s(?:{any_of(_WORDS['victims'])})\s(?:was|were|is|are|include[sd]?))(?:\sthe)?\s\Z"
)


def dead_people(text: str, mentions: Sequence[Mention], links: Sequence[Link]) -> frozenset[int]:
    """The people of whom the text says that they died: what they were they are no longer."""
    found = set()
    for number, (mention, link) in enumerate(zip(mentions, links, strict=True)):
        start, end = mention.before.start, mention.span.end
        died = _DIED.match(text, end, end + 220)
        following = mentions[number + 1].span.start if number + 1 < len(mentions) else len(text)
        death = _DEATH.search(text, max(0, start - 28), start) and not text.startswith(("'", "’"), end)
        if death or (died is not None and died.end() <= following):
            found.add(link.person)
    return frozenset(found)
