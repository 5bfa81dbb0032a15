"""What the mention model reads: the mention's sentence, what stands before it, and marks on the words."""

from __future__ import annotations

import pytest

from newsledger.document.layout import lay_out
from newsledger.mention_model.model import MentionModel, load
from newsledger.mention_model.window import LONGEST, NOWHERE, Mark, Window, window
from newsledger.stages.ledger.combined import shipped_folder
from newsledger.stages.ledger.reading import HINTS, KINDS

TEXT = "The port needs work. Harrow gave the port $5 million on Friday. Nobody objected."


@pytest.fixture(scope="module")
def model() -> MentionModel:
    return load(shipped_folder())


def read(model: MentionModel, text: str, words: str, *marks: Mark, title: str | None = None) -> Window:
    at = text.index(words)
    target = (at, at + len(words))
    return window(
        lay_out(text),
        target,
        marks,
        [Mark(at - 5, at - 1, "noun aid")],
        tokenizer=model.tokenizer,
        kinds=KINDS,
        hint_kinds=HINTS,
        title=title,
    )


def surfaces(found: Window, text: str) -> list[str]:
    return [text[a:b] for a, b, first in zip(found.start, found.end, found.first, strict=True) if first]


def test_the_sentence_and_those_before_it_are_read(model: MentionModel) -> None:
    found = read(model, TEXT, "$5 million")
    assert surfaces(found, TEXT)[:6] == ["The", "port", "needs", "work", ".", "Harrow"]
    assert "Nobody" not in surfaces(found, TEXT)


def test_marks_lie_on_their_words(model: MentionModel) -> None:
    place = TEXT.index("Harrow")
    found = read(model, TEXT, "$5 million", Mark(place, place + 6, "ORG"), Mark(0, 3, "unheard of"))
    marked = {TEXT[a:b]: k for a, b, k in zip(found.start, found.end, found.kinds, strict=True) if k}
    assert marked == {"Harrow": KINDS["ORG"], "$": KINDS["target"], "5": KINDS["target"], "million": 1}
    assert found.hints[found.over(TEXT.index("port $"), TEXT.index("port $") + 4)].tolist() == [1]


def test_a_title_is_read_but_stands_nowhere(model: MentionModel) -> None:
    without, with_title = (read(model, TEXT, "$5 million", title=t) for t in (None, "Port gets millions"))
    assert len(with_title.pieces) == len(without.pieces) + 4
    assert (with_title.start[1:4] == NOWHERE).all()


@pytest.mark.parametrize(
    "text", ["word " * 3000 + "$5 million", "\ud800 $5 million", "$5 million" + "x" * 9000]
)
def test_any_text_gives_a_bounded_window_with_its_target(model: MentionModel, text: str) -> None:
    found = read(model, text, "$5 million")
    assert len(found.pieces) <= LONGEST + 4
    assert (found.kinds == KINDS["target"]).any()


def test_an_answer_does_not_depend_on_what_was_read_before(model: MentionModel) -> None:
    layout, target = lay_out(TEXT), (TEXT.index("$"), TEXT.index("$") + 10)
    first = model.read(layout, target)
    model.read(lay_out("Sales rose to $7 million."), (14, 24))
    second = model.read(layout, target)
    assert first.mention == second.mention
    assert all((first.words[head] == second.words[head]).all() for head in first.words)
