"""What the recipe teaches the classifier of the filters of the people stage."""

from __future__ import annotations

import numpy as np
import pytest

from models.recipe.refute import IMPLIED, WW, corrected
from newsledger.stages.people.filters import rules


@pytest.mark.parametrize(
    ("kind", "labels"), [("ORG", "B-ORG I-ORG"), ("PER", "B-PER I-PER"), (None, "B-LOC I-LOC")]
)
def test_the_probability_of_a_person_goes_to_what_the_filter_implies(kind: str | None, labels: str) -> None:
    p = np.full((2, len(WW)), 0.001)
    p[0, WW.index("B-PER")] = p[1, WW.index("I-PER")] = 0.8
    p[0, WW.index("B-LOC")] = p[1, WW.index("I-LOC")] = 0.185
    found = np.exp(corrected(np.log(p), kind))
    assert found.sum(1) == pytest.approx(p.sum(1), abs=0.01)
    assert [WW[i] for i in found.argmax(1)] == labels.split()


def test_the_reasons_that_are_taught_are_those_of_filters() -> None:
    assert {each.reason for each in rules.FILTERS} >= IMPLIED.keys()
