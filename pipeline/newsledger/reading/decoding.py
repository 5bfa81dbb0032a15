"""Decodes bytes to text: UTF-8 first, then the detected encoding; losses are never silent.

A byte order mark is taken off and is no part of the text; everything else stands character for character,
line ends included.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer ones before those they begin with."""

_MULTIBYTE = lazy_regex(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = lazy_regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = lazy_regex(r"[^\x00-\x7f]+")
_LATIN = lazy_regex(r"[A-Za-zÀ-ɏ]")
_SIGNS = frozenset("‘’“”–—…•€£¢¥§©®°±²³¼½¾¡¿ªº«»·×÷´™\xa0\xad‹›")
_BEFORE_NUMBERS = frozenset("€£¥§±²³×÷")  # never directly before a letter
_NOT_IN_WORDS = frozenset("€£¥§±¼½¾©«")  # never directly after a small letter
_WORDS = frozenset("àèéóíúÀÈÉÓÍÚñö")  # letters that are words, or stand alone
_SURROGATE = lazy_regex("[\ud800-\udfff]")


class Unreadable(Exception):
    """Ends the reading of a file or record with one issue, of this ``code``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and the number of characters that were lost (became U+FFFD)."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Read bytes as text.

    ``encoding`` is the user's word and is taken as it is; ``declared`` is what the file says of itself
    (an HTML meta tag) and is believed after a byte order mark and UTF-8. Raises Unreadable.

    >>> decode("£3m – naïve".encode("cp1252"))
    Decoded(text='£3m – naïve', encoding='cp1252', lost=0)
    >>> decode(b"\\xef\\xbb\\xbfPlain\\r\\n")
    Decoded(text='Plain\\r\\n', encoding='utf-8', lost=0)
    """
    if encoding is not None:
        return _in_given_encoding(data, encoding)
    for mark, name in BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            return _strict(data, name) or _mended(data, name)
    plain = _strict(data, "utf-8")
    if plain and not _looks_binary(plain.text):
        return plain
    if wide := _without_mark(data):
        return wide
    if plain or b"\x00" in data[:4096]:
        raise Unreadable("binary", "this is binary data, not text")
    if declared and (found := _strict(data, declared)):
        return found
    good = len(_MULTIBYTE.findall(data))
    mended = _mended(data, "utf-8")
    if good >= max(1, mended.lost):
        return mended
    return _guess(data)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _mended(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd") - data.count("\ufffd".encode(encoding)))


def _in_given_encoding(data: bytes, encoding: str) -> Decoded:
    for mark, name in BOMS:
        if data.startswith(mark) and codecs.lookup(encoding).name.startswith(name[:6]):
            data, encoding = data[len(mark) :], name
            break
    found = _strict(data, encoding)
    if found is None:
        raise Unreadable("undecodable", f"the file is not {encoding}, which was asked for")
    return found


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: every other byte of English text is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        if sample[first::2].count(0) > 0.7 * half and sample[1 - first :: 2].count(0) == 0:
            return _strict(data, name)
    return None


def _looks_binary(text: str) -> bool:
    sample = text[:65536]
    return len(_CONTROL.findall(sample)) > len(sample) // 100 + ("\x00" not in sample)


def _guess(data: bytes) -> Decoded:
    """Windows Western where the text then looks like Western news; else another alphabet, by the detector.

    The detector does not decide about Latin letters: a pound sign read as Ł, or the other way round, would
    be a wrong currency that nobody sees.
    """
    western = _strict(data, "cp1252")
    if western and _plausible(western.text):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:262144]).best()
    found = _strict(data, best.encoding) if best and best.coherence > 0 else None
    if found is None or 2 * len(_LATIN.findall(found.text)) > sum(map(str.isalpha, found.text)):
        raise Unreadable("undecodable", "the encoding could not be told; name it with --encoding")
    return found


def _plausible(text: str) -> bool:
    """Whether the characters beyond ASCII stand where Western news has them."""
    if _CONTROL.search(text):
        return False
    high = 0
    for run in _HIGH.finditer(text):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        letters = [c for c in run[0] if c.isalpha() and c not in _SIGNS]
        high += len(letters)
        if len(letters) > 3 or not all(c in _SIGNS or c.isalpha() for c in run[0]):
            return False
        if letters:
            in_word = before.isalpha() or after.isalpha() or run[0] in _WORDS or len(letters) > 1
            if not in_word or (before.islower() and any(map(str.isupper, letters))):
                return False
        if run[0][-1] in _BEFORE_NUMBERS and after.isalpha():
            return False
        if run[0][0] in _NOT_IN_WORDS and before.islower():
            return False
    return high * 3 <= len(text)


def without_surrogates(text: str) -> tuple[str, int]:
    r"""Put U+FFFD for lone surrogates (half characters), one for one; say how many there were.

    >>> without_surrogates("a\ud83d b")
    ('a\ufffd b', 1)
    """
    return _SURROGATE.subn("\ufffd", text)
