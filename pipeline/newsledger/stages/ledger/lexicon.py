"""The lexicons of the ledger: measure nouns, money verbs with slots, cues of status, word lists, precisions.

``lexicons/precision.tsv`` holds, for each field and rule, the number of figures of annotated news on which it
answered and the share it had right; ``python -m benchmarks.calibrate_ledger`` writes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons import load
from newsledger.lexicons.load import lazy_regex

FOLDER = Path(__file__).parent / "lexicons"


class Verb(NamedTuple):
    """A money verb: class and status of what it governs, the party in each place ("-": none)."""

    lemma: str
    measure_class: str
    status: str
    slots: dict[str, str]


LISTS = {name: frozenset(cell.split()) for name, cell in load.toml(FOLDER / "words.toml").items()}
"""Lists of single words."""
BREAKS = frozenset(["that"]).union(
    *(LISTS[name] for name in ("prepositions", "conjunctions", "relatives", "determiners", "pronouns")),
    *(LISTS[name] for name in ("be", "have", "modals", "noun_breakers")),
)
"""Words that no noun phrase holds."""
PHRASES: dict[str, list[str]] = load.toml(FOLDER / "phrases.toml")
"""Lists of expressions of several words."""
MEASURES = {
    " ".join(noun.split()): name
    for name, cell in load.toml(FOLDER / "measures.toml").items()
    for noun in cell.split(",")
}
"""Measure nouns, in the singular, with their class."""
VERBS = {
    row["verb"]: Verb(row["verb"], row["class"], row["status"], row)
    for row in load.rows(FOLDER / "verbs.tsv")
}
"""Money verbs by lemma."""
CUES = {row["cue"]: row for row in load.rows(FOLDER / "cues.tsv")}
"""Cues of status and what each says of transfers and results: "verb pay" is a lemma, "word plans" a form."""
FLAGS = {flag: lazy_regex("|".join(some)) for flag, some in load.toml(FOLDER / "flags.toml").items()}
"""What the words around an amount must be for it to have a flag."""


def singular(noun: str) -> str:
    """A noun in the singular, as the lexicon has it.

    >>> singular("subsidies"), singular("losses"), singular("grants"), singular("proceeds")
    ('subsidy', 'loss', 'grant', 'proceed')
    """
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def measure_noun(words: list[str]) -> str | None:
    """The longest measure noun that ends a noun phrase.

    >>> measure_noun(["the", "new", "debt", "relief"]), measure_noun(["grants"]), measure_noun(["harbours"])
    ('debt relief', 'grant', None)
    """
    for length in range(min(4, len(words)), 0, -1):
        for last in (words[-1], singular(words[-1])):
            phrase = " ".join((*words[len(words) - length : -1], last))
            if phrase in MEASURES:
                return phrase
    return None


@cache
def forms() -> dict[str, list[tuple[str, str]]]:
    """Forms of all verbs of the lexicons: form -> (lemma, tense); tense is base, s, past, done or ing."""
    irregular = {verb: past.split() for verb, past in load.toml(FOLDER / "irregular.toml").items()}
    of_cues = {cue.split()[1] for cue in CUES if cue.startswith("verb ")}
    found: dict[str, list[tuple[str, str]]] = {}
    for lemma in sorted(({*VERBS} | of_cues | LISTS["speech"] | LISTS["be_like"] | LISTS["change"]) - {"be"}):
        for form, tense in _inflected(lemma, irregular.get(lemma)):
            found.setdefault(form, []).append((lemma, tense))
    return found


@lru_cache(maxsize=10_000)
def lemmas(form: str) -> frozenset[str]:
    """The verbs of the lexicons that a form may be of."""
    return frozenset(lemma for lemma, _ in forms().get(form, ()))


_DOUBLED = lazy_regex(r"[^aeiou]*[aeiou][bdgkmnprt]|commit|transfer|allot|remit|total|channel|cancel")
"""Verbs whose last letter is doubled; of those in l the other spelling is known as well."""


def _inflected(lemma: str, irregular: list[str] | None) -> Iterator[tuple[str, str]]:
    yield lemma, "base"
    ends_in_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    third = "es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s"
    yield lemma[:-1] + "ies" if ends_in_y else lemma + third, "s"
    stems = [lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma]
    if _DOUBLED.fullmatch(lemma):
        stems = [lemma + lemma[-1], *([lemma] if lemma.endswith("l") else [])]
    yield from ((f"{stem}ing", "ing") for stem in stems)
    regular = [lemma[:-1] + "ied"] if ends_in_y else [f"{stem}ed" for stem in stems]
    for past, done in [irregular] if irregular else [(one, one) for one in regular]:
        yield past, "past"
        yield done, "done"


_UNMEASURED = 0.6
_PRECISIONS = {
    (row["field"], row["rule"]): float(row["precision"]) for row in load.rows(FOLDER / "precision.tsv")
}
_LINKS = 0.80
"""The precision from which the links of a rule are given: most rules have more."""


def precision(field: str, rule: str) -> float:
    """The measured precision of a rule in a field, supposed where it was seen too rarely.

    A rule may be named after its word ("for: loan"); where the word was seen rarely, all of its kind count.
    """
    of_kind = _PRECISIONS.get((field, rule.partition(":")[0]), _UNMEASURED)
    return _PRECISIONS.get((field, rule), of_kind)


def is_given(rule: str) -> bool:
    """Whether the links that a rule finds are right often enough to be given."""
    return precision("links", rule) >= _LINKS
