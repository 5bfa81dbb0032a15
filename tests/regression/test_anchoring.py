"""Gold rows are found again in an edited text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.regression.anchoring import Folded, anchor, place_rows
from newsledger.regression.gold import GoldRow, context

TEXT = (
    "The port of Aden will get $12 million this year, the ministry said.\n\n"
    "Yemen asked for more. Yemen and Oman share the coast, and Oman paid $12 million before.\n"
    "A further $3 million went to Yemen.\n"
)


def rows(text: str, pattern: str = r"\$\d+ million|Yemen|Oman") -> list[GoldRow]:
    made = []
    for m in re.finditer(pattern, text):
        before, after = context(text, *m.span())
        table = "figures" if m[0].startswith("$") else "country_mentions"
        made.append(
            GoldRow(table=table, surface=m[0], start=m.start(), end=m.end(), before=before, after=after)
        )
    return made


def found(text: str, now: str) -> list[tuple[str, str | None]]:
    """How each row was found, and the words that stand there now."""
    return [(a.how, now[a.start : a.end] if a.start >= 0 else None) for a in anchor(rows(text), now)]


def test_an_unchanged_text_keeps_every_offset() -> None:
    assert {how for how, _ in found(TEXT, TEXT)} == {"exact"}


@pytest.mark.parametrize(
    "now",
    [
        "A new first paragraph about Aden.\n\n" + TEXT,
        TEXT + "\nA new last one.\n",
        TEXT.replace("the ministry said", "the ministry said on television late at night"),
        TEXT.replace("Yemen asked for more.", "Nobody was asked. Yemen asked for more."),
        TEXT.replace("\n\n", "\n").replace(". ", ".\n"),
        TEXT.replace(" ", "  "),
        TEXT.replace("\n", "\r\n"),
    ],
)
def test_rows_follow_their_words(now: str) -> None:
    """Every row keeps its surface and its turn: the second Yemen stays the second."""
    anchors = anchor(rows(TEXT), now)
    flat = [" ".join(now[a.start : a.end].split()) for a in anchors]
    assert flat == [row.surface for row in rows(TEXT)]
    starts = [m.start() for m in re.finditer(r"\$\d+\s+million|Yemen|Oman", now)]
    assert [a.start for a in anchors] == starts
    assert {a.how for a in anchors} <= {"exact", "moved"}


def test_a_new_mention_of_the_same_words_takes_no_row() -> None:
    now = "Oman and Yemen spent $12 million on fish.\n\n" + TEXT
    shift = len(now) - len(TEXT)
    assert [a.start for a in anchor(rows(TEXT), now)] == [row.start + shift for row in rows(TEXT)]


def test_a_paragraph_that_moved_is_followed() -> None:
    first, second, third = TEXT.split("\n", 2)
    now = f"{third}{first}\n\n{second}\n"
    assert [words for _, words in found(TEXT, now)] == [row.surface for row in rows(TEXT)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("$3 million", "$4 million", "$4 million"),
        ("$3 million", "about three million dollars", "about three million dollars"),
        ("further $3 million went", "further sum of $5 billion went", "sum of $5 billion"),
    ],
)
def test_edited_words_are_found_between_their_neighbours(old: str, new: str, words: str) -> None:
    assert TEXT.count(old) == 1
    now = TEXT.replace(old, new)
    at = [row.surface for row in rows(TEXT)].index("$3 million")
    assert found(TEXT, now)[at] == ("edited", words)
    others = [f for n, f in enumerate(found(TEXT, now)) if n != at]
    assert [text for _, text in others] == [r.surface for r in rows(TEXT) if r.surface != "$3 million"]
    assert {how for how, _ in others} <= {"exact", "moved"}


def test_an_edit_that_reaches_to_the_next_words() -> None:
    now = TEXT.replace("$3 million went to", "$9 million, all of it borrowed, was sent to")
    at = [row.surface for row in rows(TEXT)].index("$3 million")
    how, words = found(TEXT, now)[at]
    assert how == "edited"
    assert words is not None
    assert words.startswith("$9 million")


@pytest.mark.parametrize("cut", ["A further $3 million went to Yemen.\n", " $3 million"])
def test_words_that_were_taken_out_are_gone(cut: str) -> None:
    at = [row.surface for row in rows(TEXT)].index("$3 million")
    assert found(TEXT, TEXT.replace(cut, ""))[at] == ("gone", None)


def test_a_surface_inside_another_word_is_none() -> None:
    text = "All of the aid of US firms there."
    (row,) = rows(text, "US")
    (found_now,) = anchor([row], "All of the aid of USAID firms there.")
    assert found_now.how == "edited"


def unplaced(surface: str, before: str = "", after: str = "") -> GoldRow:
    return GoldRow(table="figures", surface=surface, start=-1, end=-1, before=before, after=after)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (unplaced("$3 million"), "A further [$3 million] went"),
        (unplaced("$12 million", before="will get "), "Aden will get [$12 million] this year"),
        (unplaced("$12 million", after=" before."), "Oman paid [$12 million] before."),
        (unplaced("asked  for\nmore"), "Yemen [asked for more]. Yemen"),
        (unplaced("Oman", before="“and", after=" share"), ""),
        (unplaced("Omani"), ""),
        (unplaced("ear"), ""),
    ],
)
def test_a_row_without_offsets_is_found_by_its_words(row: GoldRow, words: str) -> None:
    (made,) = place_rows([row], TEXT)
    (where,) = anchor([made], TEXT)
    if not words:
        assert (made, where.how) == (row, "gone")
        return
    assert words in f"{TEXT[: where.start]}[{TEXT[where.start : where.end]}]{TEXT[where.end :]}"
    assert (where.how, made.surface) == ("exact", TEXT[where.start : where.end])


def test_words_that_stand_in_several_places_need_more_said() -> None:
    with pytest.raises(ValueError, match="stands in 2 places"):
        place_rows([unplaced("$12 million")], TEXT)


def test_rows_without_offsets_do_not_disturb_the_others() -> None:
    given = rows(TEXT)
    mixed = [unplaced("camels"), *given, unplaced("Aden")]
    now = TEXT.replace("The port", "Now: the port")
    assert anchor(mixed, now)[1:-1] == anchor(given, now)


def test_rows_without_quotes_rest_on_their_offsets() -> None:
    row = GoldRow(table="figures", surface="$5", start=4, end=6)
    assert anchor([row], "Now $5.")[0].how == "exact"
    assert anchor([row], "Today, that is, $5.")[0] == anchor([row], "Today, that is, $5.")[0]


def test_typographic_marks_do_not_count() -> None:
    text = 'Kenya\'s plan - worth $5 - was "new".'
    now = "Kenya’s plan – worth $5 – was “new”, said all."
    assert [a.how for a in anchor(rows(text, r"\$5|Kenya"), now)] == ["exact", "exact"]


def test_folding_keeps_the_way_back() -> None:
    text = " a\t\n b  c\u00a0d"
    folded = Folded(text)
    assert folded.text == " a b c d"
    for letter in "abcd":
        at = folded.text.index(letter)
        start, end = folded.to_original(at, at + 1)
        assert text[start:end] == letter
        assert folded.to_folded(text.index(letter)) == at


words = st.lists(
    st.sampled_from(["Oman", "Yemen", "$5 million", "the", "of", "\n\n", "a port", "said"]), max_size=30
)


@settings(max_examples=60, deadline=None)
@given(words, words)
def test_no_two_rows_share_a_place_and_nothing_breaks(before: list[str], after: list[str]) -> None:
    text, now = " ".join(before), " ".join(after)
    made = rows(text)
    anchors = anchor(made, now)
    places = [(a.start, a.end) for a in anchors if a.how in ("exact", "moved")]
    assert len(places) == len(set(places))
    for row, one in zip(made, anchors, strict=True):
        if one.how in ("exact", "moved"):
            assert " ".join(now[one.start : one.end].split()) == " ".join(row.surface.split())
        assert one.how == "gone" or 0 <= one.start < one.end <= len(now)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_any_text_can_be_searched(text: str, now: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start + 1, len(text) + 1))
    before, after = context(text, start, end)
    row = GoldRow(
        table="figures", surface=text[start:end] or "x", start=start, end=end, before=before, after=after
    )
    (found_now,) = anchor([row], now)
    assert found_now.how == "gone" or 0 <= found_now.start < found_now.end <= len(now)


def test_a_long_article_with_one_word_throughout_is_quick() -> None:
    text = "Oman paid. " * 1500
    made = rows(text)[:400]
    anchors = anchor(made, "First. " + text)
    assert len({a.start for a in anchors}) == len(made)
