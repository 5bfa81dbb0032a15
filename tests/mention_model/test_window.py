"""What the mention model reads: the mention's sentence, what stands before it, and marks on the words."""

from __future__ import annotations

import pytest

from newsledger.document.layout import lay_out
from newsledger.mention_model.model import MentionModel, load
from newsledger.mention_model.window import BEFORE, NOWHERE, OWN, TITLE, Mark, Vocabulary, Window, windows
from newsledger.stages.ledger.linear import model_folder

TEXT = "The port needs work. Harrow gave the port $5 million on Friday. Nobody objected."


@pytest.fixture(scope="module")
def model() -> MentionModel:
    return load(model_folder())


def read(model: MentionModel, text: str, words: str, *marks: Mark, title: str | None = None) -> Window:
    at = text.index(words)
    (found,) = windows(
        lay_out(text),
        {0: (at, at + len(words))},
        [*marks, Mark(at, at + len(words), "figure")],
        [Mark(at - 5, at - 1, "noun aid")],
        model.vocabulary,
        title=title,
    )
    return found


def surfaces(found: Window, text: str) -> list[str]:
    places = dict.fromkeys(zip(found.start.tolist(), found.end.tolist(), strict=True))
    return [text[a:b] for a, b in places if a != NOWHERE]


def test_the_sentence_and_the_end_of_the_one_before_are_read(model: MentionModel) -> None:
    found = read(model, TEXT, "$5 million")
    assert surfaces(found, TEXT)[:5] == ["port", "needs", "work", ".", "Harrow"]
    assert "Nobody" not in surfaces(found, TEXT)


def test_marks_lie_on_their_words(model: MentionModel) -> None:
    place = TEXT.index("Harrow")
    found = read(model, TEXT, "$5 million", Mark(place, place + 6, "ORG"), Mark(0, 3, "unheard of"))
    marked = {TEXT[a:b]: k for a, b, k in zip(found.start, found.end, found.kinds, strict=True) if k}
    assert marked == {
        "Harrow": model.vocabulary.kinds["ORG"],
        "$": 1,
        "5": 1,
        "million": model.vocabulary.kinds["figure"],
    }
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
    assert len(found.pieces) <= OWN + BEFORE + TITLE + 4
    assert found.targets.any()


def test_figures_of_one_sentence_share_a_window_and_a_long_one_has_several(model: MentionModel) -> None:
    text = "Rent " + "$5 million, " * 90 + "and no more."
    targets = {n: (5 + 12 * n, 15 + 12 * n) for n in range(90)}
    found = list(windows(lay_out(text), targets, (), (), Vocabulary(model.vocabulary.tokenizer, {}, {})))
    assert [number for one in found for number in one.mentions] == list(range(90))
    assert 1 < len(found) < 12
    assert all(one.targets.any(1).all() for one in found)


def test_an_answer_does_not_depend_on_what_was_read_before(model: MentionModel) -> None:
    layout, targets = lay_out(TEXT), {0: (TEXT.index("$"), TEXT.index("$") + 10)}
    ((_, first),) = model.read(layout, targets)
    list(model.read(lay_out("Sales rose to $7 million."), {0: (14, 24)}))
    ((_, second),) = model.read(layout, targets)
    assert first.mention == second.mention
    for head, labels in first.words.items():
        assert all((said == second.words[head][label]).all() for label, said in labels.items())
