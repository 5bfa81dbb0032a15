"""Quotes are found again in an edited text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.anchoring import (
    AmbiguousQuote,
    Quote,
    anchor,
    context,
    find_quote,
    quote_at,
    requoted,
)

TEXT = (
    "The port of Aden will get $12 million this year, the ministry said.\n\n"
    "Yemen asked for more. Yemen and Oman share the coast, and Oman paid $12 million before.\n"
    "A further $3 million went to Yemen.\n"
)


def rows(text: str, pattern: str = r"\$\d+ million|Yemen|Oman") -> list[Quote]:
    """Quotes of two kinds, without offsets."""
    return [
        replace(quote_at(text, *m.span()), kind="money" if m[0].startswith("$") else "country")
        for m in re.finditer(pattern, text)
    ]


def starts(text: str, pattern: str = r"\$\d+ million|Yemen|Oman") -> list[int]:
    return [m.start() for m in re.finditer(pattern, text)]


def found(text: str, now: str) -> list[tuple[str, str | None]]:
    """How each row was found, and the words that stand there now."""
    return [(a.how, now[a.start : a.end] if a.start >= 0 else None) for a in anchor(rows(text), now)]


def test_an_unchanged_text_keeps_every_offset() -> None:
    assert [one.start for one in anchor(rows(TEXT), TEXT)] == starts(TEXT)


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
    assert [a.start for a in anchors] == starts(now, r"\$\d+\s+million|Yemen|Oman")
    assert {a.how for a in anchors} == {"found"}


def test_a_new_mention_of_the_same_words_takes_no_row() -> None:
    now = "Oman and Yemen spent $12 million on fish.\n\n" + TEXT
    shift = len(now) - len(TEXT)
    assert [a.start for a in anchor(rows(TEXT), now)] == [start + shift for start in starts(TEXT)]


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
    assert {how for how, _ in others} == {"found"}


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


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (Quote("$3 million"), "A further [$3 million] went"),
        (Quote("$12 million", before="will get "), "Aden will get [$12 million] this year"),
        (Quote("$12 million", after=" before."), "Oman paid [$12 million] before."),
        (Quote("asked  for\nmore"), "Yemen [asked for more]. Yemen"),
        (Quote("Oman", before="“and", after=" share"), ""),
        (Quote("Omani"), ""),
        (Quote("ear"), ""),
    ],
)
def test_a_quote_is_found_by_its_words(quote: Quote, words: str) -> None:
    span = find_quote(quote, TEXT)
    if not words:
        assert span is None
        return
    assert span is not None
    assert words in f"{TEXT[: span[0]]}[{TEXT[slice(*span)]}]{TEXT[span[1] :]}"


def test_words_that_stand_in_several_places_need_more_said() -> None:
    with pytest.raises(AmbiguousQuote, match="stands in 2 places"):
        find_quote(Quote("$12 million"), TEXT)


def test_quotes_without_context_rest_on_their_offsets() -> None:
    quote = Quote("$5", start=8)
    assert anchor([quote], "Now $5, $5.")[0].start == 8
    assert anchor([quote], "Today, that is, $5.")[0].start == 16


def test_several_quotes_of_one_mention_share_its_place() -> None:
    text = "Yemen paid. Later on that day Yemen was told by a man that it has to pay."
    quotes = [quote_at(text, 30, 35)] * 2
    assert [one.start for one in anchor(quotes, f"So it is. {text}")] == [40, 40]


def test_quotes_that_hold_stay_and_others_are_made_as_long_as_needed() -> None:
    quotes = rows(TEXT)
    now = f"Oman and Yemen spent $12 million on fish.\n\n{TEXT}"
    spans = [one.span for one in anchor(quotes, now)]
    assert None not in spans
    assert requoted(quotes, [span for span in spans if span], now) == quotes
    table = "up $5 in all of the long months of that year; " * 9
    at = starts(table, r"\$5")[4]
    (made,) = requoted([quote_at(table, at, at + 2)], [(at, at + 2)], table)
    assert anchor([made], table)[0].start == at


def test_typographic_marks_do_not_count() -> None:
    text = 'Kenya\'s plan - worth $5 - was "new".'
    now = "Kenya’s plan – worth $5 – was “new”, said all."
    assert [a.how for a in anchor(rows(text, r"\$5|Kenya"), now)] == ["found", "found"]


def spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\$\d+ million|Yemen|Oman", text)]


words = st.lists(
    st.sampled_from(["Oman", "Yemen", "$5 million", "the", "of", "\n\n", "a port", "said"]), max_size=30
)


@settings(max_examples=60, deadline=None)
@given(words, words)
def test_no_two_rows_share_a_place_and_nothing_breaks(before: list[str], after: list[str]) -> None:
    text, now = " ".join(before), " ".join(after)
    made = rows(text)
    anchors = anchor(made, now)
    places = [(a.start, a.end) for a in anchors if a.how == "found"]
    assert len(places) == len(set(places))
    assert [now_there.start for now_there in anchor(requoted(made, spans(text), text), text)] == starts(text)
    for row, one in zip(made, anchors, strict=True):
        if one.how == "found":
            assert " ".join(now[one.start : one.end].split()) == " ".join(row.surface.split())
        assert one.how == "gone" or 0 <= one.start < one.end <= len(now)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_any_text_can_be_searched(text: str, now: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start + 1, len(text) + 1))
    before, after = context(text, start, end)
    (found_now,) = anchor([Quote(text[start:end] or "x", before, after)], now)
    assert found_now.how == "gone" or 0 <= found_now.start < found_now.end <= len(now)


def test_a_long_article_with_one_word_throughout_is_quick() -> None:
    text = "Oman paid. " * 600
    made = rows(text)
    anchors = anchor(made, "First. " + text)
    assert len({a.start for a in anchors}) == len(made)
