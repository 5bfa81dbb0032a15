"""Encodings: every character as it stands in the file, or an issue that says otherwise."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.reading.decoding import BOMS, Unreadable, decode, without_surrogates

TEXT = "The café paid £3m – “a lot”, said Zoë.\r\nIt was naïve: €5,000 at 20°.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_told(encoding: str) -> None:
    found = decode((TEXT * 3).encode(encoding))
    assert (found.text, found.lost) == (TEXT * 3, 0)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "A fine of £3 million.",
        "The Société paid ¥500.",
        "Ångström and Müller met São Paulo's mayor.",
        "About 20°C in Málaga, a record.",
        "It cost 5¢ or ½p; § 12 applies.",
        "«Oui», said André.",
    ],
)
def test_western_signs_survive(encoding: str, text: str) -> None:
    """A pound sign must not become the Ł it is in other encodings."""
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Łódź: rząd ogłosił w środę, że przeznaczy dwanaście miliardów złotych"),
        ("cp437", "Zoë paid £3m."),
        ("mac_roman", "They didn’t pay €3m."),
        ("cp1257", "Ąžuolų šalis, ėjusi į Vilnių per žiemą"),
    ],
)
def test_latin_letters_that_cannot_be_told_are_not_guessed(encoding: str, text: str) -> None:
    with pytest.raises(Unreadable, match="encoding could not be told"):
        decode(text.encode(encoding))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Президент заявил в среду, что бюджет вырастет на двенадцать миллиардов рублей."),
        ("koi8-r", "Президент заявил в среду, что бюджет вырастет на двенадцать миллиардов рублей."),
        ("shift_jis", "政府は水曜日、来年度に鉄道整備へ一兆二千億円を投じると発表した。"),
        ("gb18030", "政府周三宣布，明年将拨款一百二十亿元用于铁路建设，财政部长在会后表示。"),
        ("cp1253", "Η κυβέρνηση ανακοίνωσε την Τετάρτη ότι θα δαπανήσει δώδεκα δισεκατομμύρια."),
    ],
)
def test_other_alphabets_are_left_to_the_detector(encoding: str, text: str) -> None:
    assert decode((text * 4).encode(encoding)).text == text * 4


def test_byte_order_marks_are_taken_off() -> None:
    for mark, encoding in BOMS:
        assert decode(mark + TEXT.encode(encoding)).text == TEXT


def test_a_zero_width_mark_inside_stays() -> None:
    assert decode("a\ufeffb".encode()).text == "a\ufeffb"


def test_a_few_bad_bytes_in_utf8_are_counted() -> None:
    data = TEXT.encode() + b"cut \xe2\x82 off \xff."
    found = decode(data)
    assert (found.encoding, found.lost) == ("utf-8", 2)
    assert found.text == TEXT + "cut \ufffd off \ufffd."


def test_a_real_replacement_character_is_not_counted() -> None:
    assert decode("so \ufffd é".encode()).lost == 0


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(200, 256)) * 20,
        b"\x00" * 100,
        b"MZ\x90\x00\x03\x00\x00\x00" * 50,
        b"text with\x00zeros\x00in\x00it" + b"\xff",
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.code in ("binary", "undecodable")


def test_the_users_word_is_taken() -> None:
    assert decode("Łódź".encode("cp1250"), encoding="cp1250").text == "Łódź"
    assert decode(codecs.BOM_UTF16_LE + "a".encode("utf-16-le"), encoding="utf-16").text == "a"
    with pytest.raises(Unreadable, match="not ascii"):
        decode("é".encode(), encoding="ascii")


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(Unreadable, match="klingon"):
        decode(b"a", encoding="klingon")


def test_a_declared_encoding_is_believed_after_utf8() -> None:
    assert decode("Łódź".encode("cp1250"), declared="windows-1250").text == "Łódź"
    assert decode("Łódź".encode(), declared="windows-1250").text == "Łódź"
    assert decode("café".encode("cp1252"), declared="no-such-thing").text == "café"


def test_lone_surrogates() -> None:
    assert without_surrogates("a\ud800b\udfffc") == ("a\ufffdb\ufffdc", 2)
    assert without_surrogates("a😀") == ("a😀", 0)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf8_comes_back_whole(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        found = decode(data)
    except Unreadable:
        return
    assert isinstance(found.text, str)
