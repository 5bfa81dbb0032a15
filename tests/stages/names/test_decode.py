"""Mentions of one name in an article agree."""

import numpy as np
import pytest

from newsledger.stages.names.decode import decode, join_at_of, share_scores, unify_labels

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def rows(*probabilities: tuple[float, ...]) -> np.ndarray:
    table = np.array(probabilities, np.float32) + 1e-5
    return np.log(table / table.sum(-1, keepdims=True))


CLEAR = (0.02, 0.94, 0.02, 0.01, 0.01)
MISSED = (0.55, 0.40, 0.02, 0.02, 0.01)
DOUBTFUL = (0.02, 0.42, 0.01, 0.54, 0.01)


def test_a_missed_mention_is_found_where_the_others_are_clear() -> None:
    scores = rows(CLEAR, MISSED, CLEAR)
    shared = share_scores(scores, ["Okello", "Okello", "Okello"])
    assert decode(scores, LABELS) == [(0, 0, "PER"), (2, 2, "PER")]
    assert decode(shared, LABELS) == [(0, 0, "PER"), (1, 1, "PER"), (2, 2, "PER")]


@pytest.mark.parametrize("word", ["okello", "5", "A", ""])
def test_words_without_a_capital_and_single_letters_share_nothing(word: str) -> None:
    scores = rows(CLEAR, MISSED)
    assert np.array_equal(share_scores(scores, [word, word]), scores)


def test_a_word_alone_keeps_its_scores() -> None:
    scores = rows(CLEAR, MISSED)
    assert np.array_equal(share_scores(scores, ["Okello", "Nandi"]), scores)


def test_spans_of_one_surface_get_one_kind() -> None:
    scores = rows(CLEAR, DOUBTFUL, DOUBTFUL)
    spans = [(0, 0, "PER"), (1, 1, "ORG"), (2, 2, "ORG")]
    unified = unify_labels(spans, ["Okello", "Okello’s", "OKELLO"], scores, LABELS)
    assert [kind for _, _, kind in unified] == ["PER"] * 3


def test_a_full_name_decides_the_label_of_its_surname() -> None:
    inside = (0.02, 0.02, 0.94, 0.01, 0.01)
    scores = rows(CLEAR, inside, DOUBTFUL)
    unified = unify_labels([(0, 1, "PER"), (2, 2, "ORG")], ["Ruth Okello", "Okello"], scores, LABELS)
    assert unified == [(0, 1, "PER"), (2, 2, "PER")]


def test_a_company_with_a_name_of_its_own_stays_one() -> None:
    company = (0.01, 0.02, 0.01, 0.95, 0.01)
    scores = rows(CLEAR, company)
    assert unify_labels([(0, 0, "PER"), (1, 1, "ORG")], ["Ruth", "Okello"], scores, LABELS) == [
        (0, 0, "PER"),
        (1, 1, "ORG"),
    ]


def test_no_spans() -> None:
    assert unify_labels([], [], rows(CLEAR), LABELS) == []


def test_a_name_that_ends_in_of_goes_on_with_the_place_right_after_it_alone() -> None:
    port, county = (0, 1, "ORG"), (2, 3, "LOC")
    names = ["Port of", "Hale County"]
    assert join_at_of([port, county], names) == [(0, 3, "ORG")]
    assert join_at_of([port, county], names, starts=[2]) == [port, county]  # another paragraph
    assert join_at_of([port, (3, 4, "LOC")], names) == [port, (3, 4, "LOC")]  # a word between them
    assert join_at_of([port, (2, 3, "PER")], ["Port of", "Ada Lind"]) == [port, (2, 3, "PER")]
    assert join_at_of([port, county], ["Port Laxal", "Hale County"]) == [port, county]
    assert join_at_of([], []) == []
