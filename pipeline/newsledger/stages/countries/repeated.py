"""A longer name that stands in full somewhere is known where the text says it again or shortens it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsledger.stages.countries.matcher import lexicon
from newsledger.stages.countries.place import GAP, NEXT_WORD, Place, capital_run

_CAPITAL = re.compile(r"\b[A-Z]")
_AND = re.compile(rf"{GAP}(?:and|&){GAP}[A-Z][\w’'-]*")


def spread(places: Sequence[Place], flags: Sequence[bool]) -> list[bool]:
    """The flags, set too where a text repeats a name that holds a form, or its first words."""
    found = list(flags)
    joined = {_pair(*both) for both, set_ in zip(pairwise(places), pairwise(flags), strict=True) if all(set_)}
    for at, both in enumerate(pairwise(places)):
        if _pair(*both) in joined - {None} and _ends(both[1]):
            found[at] = found[at + 1] = True
    whole = Counter(
        parts for place, flag in zip(places, flags, strict=True) if flag for parts in _spans(place)
    )
    again = {
        parts for parts, times in whole.items() if times > 1 or len(_CAPITAL.findall("".join(parts))) > 2
    }
    firms = {name for place, flag in zip(places, flags, strict=True) if flag for name in _joint_firm(place)}
    if again or firms:
        found = [
            flag or _says_again(place, again) or _begins(place, firms)
            for place, flag in zip(places, found, strict=True)
        ]
    return found


def _pair(place: Place, other: Place) -> tuple[str, str] | None:
    """Two forms joined by a hyphen (Anglo-American), before capitals or where nothing follows."""
    if place.hit.end + 1 != other.hit.start or place.after[:1] not in ("-", "–"):
        return None
    return place.surface, other.surface


def _ends(place: Place) -> bool:
    """Whether a name may end here: no noun follows that the form would qualify."""
    follows = NEXT_WORD.match(place.after)
    return place.after[:1] != "-" and (follows is None or follows[1] in lexicon()["after_names"])


def _spans(place: Place) -> Iterator[tuple[str, str]]:
    """What the classifier has of a name before and after the form, in spans that hold more than the form."""
    for span in place.spans:
        at = place.hit.start - span.start_char
        before, after = span.surface[:at], span.surface[at + len(place.surface) :]
        if span.label in ("ORG", "FAC", "MISC") and len(before + after) > 2:
            yield before, f"{place.surface}{after}"


def _says_again(place: Place, known: set[tuple[str, str]]) -> bool:
    said = place.surface + place.after
    return any(
        said.startswith(after) and place.before.endswith(before) and not said[len(after) :][:1].isalnum()
        for before, after in known
    )


def _joint_firm(place: Place) -> Iterator[str]:
    """The first words of a firm's name that goes on with "and" (British and Orlok Plc)."""
    found = _AND.match(place.after)
    if found is None:
        return
    end = place.hit.end + found.end()
    run = capital_run(place.after[found.end() :])
    spanned = any(
        s.label == "ORG" and s.start_char == place.hit.start and s.end_char > end for s in place.spans
    )
    if spanned and run and run[-1] in lexicon()["firm_endings"]:
        yield place.surface + found[0]


def _begins(place: Place, names: set[str]) -> bool:
    return any((place.surface + place.after).startswith(name) for name in names)
