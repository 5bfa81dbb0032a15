"""Each filter of the people stage drops something, and says so under its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.stages import people
from newsledger.stages.people.filters import rules
from newsledger.stages.people.filters.rules import Candidate, Evidence
from newsledger.values.mentions import NameSpan
from newsledger.values.trace import listening
from tests.examples import load

EXAMPLES = Path(rules.__file__).parent / "examples"


def test_every_filter_has_an_example_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    dropping: set[str] = set()

    def reason_to_drop(candidate: Candidate, evidence: Evidence) -> str | None:
        for each in rules.FILTERS:
            if each.drops(candidate, evidence):
                dropping.add(each.name)
                return each.reason
        return None

    monkeypatch.setattr(rules, "reason_to_drop", reason_to_drop)
    headings = ""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        headings += path.read_text(encoding="utf-8").lower()
        for example in load(path):
            people.find(example.text, **example.given)
    names = {each.name for each in rules.FILTERS} - {"outvoted"}
    assert names <= dropping
    assert not [name for name in names if f"# {name.lower()}\n" not in headings]


def test_names_of_filters_are_unique() -> None:
    assert len({each.name for each in rules.FILTERS}) == len(rules.FILTERS)


def test_a_word_with_another_label_as_often_is_outvoted() -> None:
    text = "Marroch won. It beat Marroch twice."
    spans = [
        NameSpan(start_char=0, end_char=7, surface="Marroch", label="LOC"),
        NameSpan(start_char=21, end_char=28, surface="Marroch", label="PER"),
    ]
    with listening() as notes:
        assert not people.find(text, names=spans)
    assert [note.why for note in notes] == ["outvoted"]
