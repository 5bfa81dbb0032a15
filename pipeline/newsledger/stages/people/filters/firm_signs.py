"""What gives a firm away: it moves on the stock exchange, is counted in shares, lends a word of its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.firms import well_known
from newsledger.stages.people.filters.longer_names import called_after
from newsledger.stages.people.tables import given_and_pet_names, given_names, names
from newsledger.values.mentions import NameSpan

_SHARES = re.compile(r" (?:common |preferred |class A )?shares\b")
_OF_SHARES = (" shares", " common ", " preferred ", " class A ")
_NUMBER = re.compile(r"(?:\d(?: mln| million)?|\b(?:pct|percent|per cent|%) of) \Z")


_NO_TAG = re.compile(r"[>\n@]")
_TO_ANGLE = re.compile(r" [^<>\n]{1,60}>")
"""Up to the end of "<Hal Roche di Torino e Parma - Halro>"."""


def between_angles(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands between angle brackets, as a wire writes firms and their tickers.

    >>> between_angles("Italy's <Hal Roche> bid", 9, 18), between_angles("met Hal Roche", 4, 13)
    (True, False)
    """
    opens = text.rfind("<", max(0, start - 60), start)
    if opens < 0 or _NO_TAG.search(text, opens + 1, start):
        return False
    return text[end : end + 1] == ">" or bool(_TO_ANGLE.match(text, end))


_GOES_ON = re.compile(r"(?: (?:and|&) Co\b| [A-Z][\w.&]*){1,3}>")


def bracketed(text: str, found: Sequence[PersonSpan]) -> frozenset[str]:
    """Names of several words that a wire has as a firm somewhere: "<Harrow Moe>", "<Harrow Moe and Co>".

    >>> text = "by <P.T. Lind> of Java. P.T. Lind grew."
    >>> sorted(bracketed(text, [PersonSpan(4, 13), PersonSpan(24, 33)]))
    ['P.T. Lind']
    """
    if "<" not in text:
        return frozenset()
    return frozenset(
        surface
        for f in found
        if " " in (surface := text[f.start : f.end])
        and fold(surface.split()[0]) not in given_names()
        and any(
            text.startswith(">", match.end()) or _GOES_ON.match(text, match.end())
            for match in re.finditer(re.escape(f"<{surface}"), text)
        )
    )


def counted_in_shares(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is what so many shares are of.

    >>> counted_in_shares("sold 900,000 Hal Roche shares", 13, 22)
    True
    """
    if not text.startswith(_OF_SHARES, end):
        return False
    return bool(_SHARES.match(text, end) and _NUMBER.search(text, max(0, start - 16), start))


def firm_words(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Words of the organisations of the article: "Dome" where it names Dome Petroleum as well."""
    table = names()
    words: set[str] = set()
    for span in spans:
        if span.label not in {"ORG", "PER"}:
            continue
        keys = [fold(w) for w in _own_words(span.surface)]
        if not keys:
            continue
        company = keys[-1] in table.companies
        if span.label == "ORG" and keys[0] in given_and_pet_names() and not company:
            # "Ada Lind", taken for an organisation, or "Ada Lind Trust": Lind is a person.
            continue
        if well_known(span.surface):
            if keys[0] not in given_names():
                # "Shearson" where it names Shearson Lehman
                words.add(keys[0])
            continue
        if span.label == "ORG" and " " in span.surface and keys[-1] not in table.of_person:
            # The Lopez Foundation does not make Lopez a firm.
            if company or keys[-1] not in table.things:
                words.update(keys[: 2 if company else 1])
            if fold((span.surface.split(" of ")[0].split() or [""])[-1]) in table.of_trade:
                # "Halvor Laboratories of Little Falls"
                words.add(keys[0])
            if company and "-" in span.surface:
                # "Halvor" where it names Halvor-United Corp
                words.add(fold(span.surface.split("-")[0]))
        elif (
            text.startswith((" <", " (NYSE", " (NASDAQ"), span.end_char)
            or between_angles(text, span.start_char, span.end_char)
            or (len(keys) > 1 and company)
            or called_after(text, PersonSpan(span.start_char, span.end_char), None) == "company"
            or counted_in_shares(text, span.start_char, span.end_char)
        ):
            words.update(keys)
    return frozenset(w for w in words if len(w) > 2)


_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def _own_words(surface: str) -> list[str]:
    """The words of a firm's own name: "Kell", "Co" of "Harrow Inc's M.W. Kell Co"."""
    words = surface.split()
    for i, word in enumerate(words[:-2]):
        if word.endswith(("'s", "’s")) and fold(word[:-2]) in names().companies:
            words = words[i + 1 :]
            break
    return words[1:] if len(words) > 1 and _INITIALS.fullmatch(words[0]) else words


def short_firms(text: str, spans: Sequence[NameSpan]) -> frozenset[str]:
    """Names of several words that an organisation of the article bears before its line of business."""
    found = set()
    # Somebody may have named the firm after himself; the article then calls him by his surname, too.
    people = {span.surface for span in spans if span.label == "PER" and " " not in span.surface}
    full = [span.surface.split() for span in spans if span.label == "PER"]
    surnames = {words[-1] for words in full if len(words) > 1}
    for span in spans:
        words = span.surface.split()
        if span.label != "ORG" or len(words) < 3:
            continue
        business = fold(words[-1]) in names().companies and fold(words[-2]) in names().of_firm
        if business and words[0] not in surnames:
            # "Halvor Petroleum Ltd"
            found.add(" ".join(words[:-1]))
        if words[0] in people:
            continue
        firm = fold(words[-1]) in names().of_firm
        if firm and words[-2] not in people:
            found.add(" ".join(words[:-1]))
        elif len(words) > 3 and fold(words[-1]) in names().companies:
            # "Halvor Brun" of "Halvor Brun Stores Inc"
            found.update(
                short
                for n in range(2, len(words) - 1)
                if words[n - 1] not in people
                and words[n] not in {"&", "and"}
                # "Ralph Halvor, founder of Ralph Halvor Stores Inc"
                and (short := " ".join(words[:n])) + "," not in text
            )
    return frozenset(found)
