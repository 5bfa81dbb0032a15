"""The name stage: windows, decoding, repeatability."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.mention_model.encoder import letter_case
from newsledger.stages import names
from newsledger.stages.names import model as model_module
from newsledger.stages.names import windows as windows_module
from newsledger.stages.names.decode import best_sequence, decode
from newsledger.stages.names.windows import split_words, windows

TEXT = (
    "NAIROBI - Kenyan Finance Minister Achieng Wanjala met Pedro Ruiz of the Lindqvist Foundation.\n\n"
    "A Heading of Some Length\n\n"
    + "Wanjala said the talks with the foundation in Mombasa went well and would go on. "
    * 30
)


def test_same_spans_whatever_was_read_before() -> None:
    alone = names.find(TEXT)
    names.find("Quite another text about Peru and Ana Silva.")
    assert names.find(TEXT) == alone


def test_same_logits_to_the_bit_on_a_second_run() -> None:
    model = model_module.load()
    words = split_words(lay_out(TEXT), model.tokenizer)

    def logits(start: int, end: int) -> bytes:
        one = slice(start, end)
        return model.logits(words.piece[one], words.case[one], words.candidate[one]).tobytes()

    first = logits(0, 200)
    logits(200, 260)
    assert first == logits(0, 200)


@pytest.mark.parametrize("read", ["none", "all"])
def test_all_words_or_none_may_be_read(read: str) -> None:
    model = model_module.load()
    words = split_words(lay_out(TEXT), model.tokenizer)
    may = np.full(60, read == "all")
    logits = model.logits(words.piece[:60], words.case[:60], may)
    assert logits.shape == (60, len(model.labels))
    assert np.isfinite(logits).all()
    assert (logits.argmax(-1) == 0).all() == (read == "none")


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_a_text_without_ordinary_case_is_read_whole(change: Callable[[str], str]) -> None:
    text = change("Ana Silva met Pedro Ruiz in Peru. They spoke of trade.")
    assert {s.surface for s in names.find(text) if s.label == "PER"} == {
        change("Ana Silva"),
        change("Pedro Ruiz"),
    }


def picked(sentence: str) -> list[str]:
    words = split_words(lay_out(sentence), model_module.load().tokenizer)
    at = np.flatnonzero(words.first & words.candidate)
    return [sentence[a:b] for a, b in zip(words.start[at].tolist(), words.end[at].tolist(), strict=True)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He met Ana Silva at noon", "Ana Silva"),
        ("Ahmed bin Rashid spoke first", "Ahmed bin Rashid"),
        ("They wrote to the Ministry of Health and were heard", "Ministry of Health"),
        ("The head of G7 talks spoke", "G7"),
        ("a Suk-yeol aide spoke", "Suk - yeol"),
        ("a Phan-o-lak aide spoke", "Phan - o - lak"),
        ("an ultra-Orthodox party won", "ultra - Orthodox party"),
        ("we like iPhones here", "iPhones"),
        ("But the Hague court ruled", "Hague"),
        ("The Hague court ruled", "The Hague"),
        ("some say that I may go", ""),
        ("on the 19th it rained for 30 hours", ""),
        ("nobody came to the northern town", ""),
    ],
)
def test_words_that_may_be_part_of_a_name(sentence: str, words: str) -> None:
    assert " ".join(picked(sentence)) == words


ODD = "aZé9 .,-'’“”–…«»$€£_[]()<&\xa0\t\n½²ıİßłſ中\u0301\u200b\u00ad\ud800·×"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from(ODD), max_size=60), st.just("It is [SEP] so")))
def test_words_are_cut_as_the_tokenizer_cuts_them(text: str) -> None:
    tokenizer = model_module.load().tokenizer
    layout = lay_out(text)
    quick = split_words(layout, tokenizer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows_module, "_SIMPLE", re.compile("(?!)"))
        slow = split_words(layout, tokenizer)
    for field in dataclasses.fields(quick):
        assert getattr(quick, field.name).tolist() == getattr(slow, field.name).tolist(), field.name


@pytest.mark.parametrize("size", [3, 24, 250])
def test_windows_hold_every_piece_once_and_keep_the_limit(size: int) -> None:
    words = split_words(lay_out(TEXT), model_module.load().tokenizer)
    rows = list(windows(words, max_pieces=size))
    assert rows[0][0] == 0
    assert rows[-1][1] == len(words.piece)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(rows))
    assert all(0 < b - a <= size for a, b in rows)


def test_spans_hold_their_surface_and_cross_no_segment() -> None:
    layout = lay_out(TEXT)
    for span in names.find(TEXT, layout=layout):
        assert TEXT[span.start_char : span.end_char] == span.surface
        assert layout.segment_at(span.start_char) == layout.segment_at(span.end_char - 1)


def test_no_name_goes_on_over_a_sentence_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def always_inside(self: model_module.NameModel, pieces: np.ndarray, *_: np.ndarray) -> np.ndarray:
        return 9.0 * np.eye(len(self.labels), dtype=np.float32)[[self.labels.index("I-PER")] * len(pieces)]

    monkeypatch.setattr(model_module.NameModel, "logits", always_inside)
    found = names.find("Ada Hale. Bo Moss left.")
    assert [span.surface for span in found] == ["Ada Hale. Bo Moss left."]
    found = names.find("Ada Hale. It was fine. Bo Moss left.")
    assert [span.surface for span in found] == ["Ada Hale.", "Bo Moss left."]


def test_people_of_the_text_are_found() -> None:
    people = {s.surface for s in names.find(TEXT) if s.label == "PER"}
    assert people == {"Achieng Wanjala", "Pedro Ruiz", "Wanjala"}


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    for span in names.find(text):
        assert text[span.start_char : span.end_char] == span.surface


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\ud800 lone surrogate \udfff", "\x00\x01", "a" * 20000, "\u202eabc"]
)
def test_odd_texts(text: str) -> None:
    names.find(text)


@pytest.mark.parametrize(
    ("word", "category"),
    [("", 0), ("—", 0), ("x", 1), ("Ålesund", 2), ("NATO", 3), ("É", 4), ("iPhone", 5), ("4th", 6)],
)
def test_letter_case(word: str, category: int) -> None:
    assert letter_case(word) == category


LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def test_an_inside_label_never_follows_outside_or_another_kind() -> None:
    random = np.random.default_rng(3)
    for _ in range(200):
        scores = random.normal(size=(random.integers(1, 30), 5)).astype(np.float32)
        best = [LABELS[i] for i in best_sequence(scores, LABELS)]
        for before, label in zip(["O", *best], best, strict=False):
            assert label[0] != "I" or before[2:] == label[2:]


def test_sequences_already_allowed_stay_as_they_are() -> None:
    scores = np.full((4, 5), -5.0, np.float32)
    for row, label in enumerate((1, 2, 0, 3)):
        scores[row, label] = 0
    assert decode(scores, LABELS) == [(0, 1, "PER"), (3, 3, "ORG")]
    assert decode(scores[:0], LABELS) == []


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(model_module.ModelError, match="no usable people model"):
        model_module.load(tmp_path)


def test_a_changed_model_file_is_refused(tmp_path: Path) -> None:
    folder = model_module.shipped_folder()
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(folder / name, tmp_path / name)
    (tmp_path / "model.int8.onnx").write_bytes(b"not the model")
    with pytest.raises(model_module.ModelError, match="checksum"):
        model_module.load(tmp_path)


def test_the_shipped_model_states_its_checksum_and_stays_small() -> None:
    folder = model_module.shipped_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["sha256"] == model_module.load().sha256
    assert (folder / "model.int8.onnx").stat().st_size < 30_000_000


def test_a_name_that_is_neither_folder_nor_pipeline_is_refused() -> None:
    with pytest.raises(model_module.ModelError, match="neither a model folder nor a spaCy pipeline"):
        names.find("Text.", model="no_such_pipeline_anywhere")


def test_a_spacy_pipeline_can_stand_in(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Pedro Ruiz"},
            {"label": "GPE", "pattern": "Peru"},
            {"label": "TIME", "pattern": "noon"},
        ]
    )
    nlp.to_disk(tmp_path / "nlp")
    text = "A Heading\n\nAt noon Pedro Ruiz left Peru."
    found = names.find(text, model=str(tmp_path / "nlp"))
    assert [(s.label, s.surface) for s in found] == [("PER", "Pedro Ruiz"), ("LOC", "Peru")]
    assert all(text[s.start_char : s.end_char] == s.surface for s in found)
