"""Detects the language of an article; only a text that is clearly not English is left out.

Two steps. English gives itself away by its commonest words, and a look at a few hundred words settles
nearly every article. Only a text without them goes to a language identifier (py3langid, loaded then), and
even that is believed only where there is enough running text: a table of figures, a list of names or a
headline is "und", which is read like English.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from newsledger.document.words import WORDS
from newsledger.lexicons.load import lazy_regex

_SLICE = 2000
"""Characters looked at in the beginning, the middle and the end of a text."""

ENOUGH = 0.04
"""Share of common English words that settles it: running English has some 0.15."""

_WORD = lazy_regex(r"[^\W\d_]+")
_LATIN = lazy_regex(r"[A-Za-zÀ-ɏḀ-ỿ]")
_FEWEST_WORDS = 8
_FEWEST_LETTERS = 20
_DOUBT = 0.05


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language, "und" if there is too little running text to decide.

    >>> detect("The bank said on Wednesday that it would raise rates.")
    'en'
    >>> detect("Le ministre a annoncé mercredi que le budget de la défense serait augmenté.")
    'fr'
    >>> detect("Shr 29 cts vs 23 cts")
    'und'
    """
    middle = (len(text) - _SLICE) // 2
    parts = (text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:])
    sample = text if len(text) <= 3 * _SLICE else "\n".join(parts)
    if sample.isupper():
        sample = sample.lower()
    words = _WORD.findall(sample)
    english = sum(word in WORDS["english"] for word in words)
    if english > 1 and english >= ENOUGH * len(words):
        return "en"
    letters = sum(map(len, words))
    latin = len(_LATIN.findall(sample))
    if 2 * latin < letters:
        return _identify(sample)[0] if letters >= _FEWEST_LETTERS else "und"
    running = {word for word in words if word.islower() and len(word) > 1}
    if len(running) < _FEWEST_WORDS:
        return "und"
    code, english_after_all = _identify(sample)
    return code if code == "en" or english_after_all < _DOUBT else "und"


def _identify(text: str) -> tuple[str, float]:
    """The likeliest language, and the probability that it is English."""
    ranked = _identifier().rank(text)
    return str(ranked[0][0]), float(dict(ranked)["en"])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(WORDS["languages"]))
    return identifier
