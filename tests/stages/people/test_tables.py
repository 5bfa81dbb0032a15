"""The word tables: every entry is well formed and does what its table promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import newsledger
from newsledger.stages import people
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.tables import filter_words, names, plural, read, roles, written
from newsledger.values.mentions import NameSpan

HEADS = sorted(roles().field)


def person(text: str, surface: str) -> NameSpan:
    start = text.index(surface)
    return NameSpan(start_char=start, end_char=start + len(surface), surface=surface, label="PER")


@pytest.mark.parametrize("head", HEADS, ids=" ".join)
def test_every_role_is_read_before_a_name(head: tuple[str, ...]) -> None:
    words = " ".join(head) if head in roles().small else written(head)
    text = f"We met {words} Mara Velling there."
    (mention,) = people.find(text, names=[person(text, "Mara Velling")])
    assert mention.role == written(head)
    assert mention.role_status == ("designate" if head[-1] in roles().picks else "current")
    assert "role before" in mention.basis


@pytest.mark.parametrize("head", sorted(roles().small), ids=" ".join)
def test_a_trade_with_a_capital_is_a_name(head: tuple[str, ...]) -> None:
    text = f"We met {written(head)} Velling there."
    (mention,) = people.find(text, names=[person(text, f"{written(head)} Velling")])
    assert mention.surface == f"{written(head)} Velling"
    assert mention.role is None


@pytest.mark.parametrize("head", [h for h in HEADS if " ".join(h) not in roles().kin], ids=" ".join)
def test_every_role_is_read_after_a_name(head: tuple[str, ...]) -> None:
    text = f"We met Mara Velling, the {' '.join(head)} of Brimfield, there."
    spans = [
        person(text, "Mara Velling"),
        NameSpan(
            start_char=text.index("Brimfield"),
            end_char=text.index("Brimfield") + 9,
            surface="Brimfield",
            label="ORG",
        ),
    ]
    (mention,) = people.find(text, names=spans)
    assert mention.role == written(head)
    assert "role after" in mention.basis


@pytest.mark.parametrize("short", sorted(roles().short))
def test_every_abbreviation_stands_for_a_role_or_a_word_of_one(short: str) -> None:
    phrase = roles().short[short]
    known = set(roles().field) | set(roles().singular)
    words = {word for head in known for word in head} | roles().modifiers | set(roles().status)
    assert phrase in known or set(phrase) <= words


def test_plurals_are_told_from_singulars() -> None:
    assert roles().singular[("presidents",)] == ("president",)
    assert roles().singular[("attorneys", "general")] == ("attorney", "general")
    assert roles().singular[("secretaries", "of", "state")] == ("secretary", "of", "state")
    assert plural(("spokesman",)) == ("spokesmen",)
    assert plural(("lieutenant", "general")) == ("lieutenant", "generals")


def test_tables_of_names_are_folded() -> None:
    as_written = {"not_initials", "post_nominals", "credit_words", "credit_signs"}
    for section, lists in read("names").items():
        for key, words in lists.items():
            if key in as_written or key == "groups":
                continue
            unfolded = [w for w in words if w != w.lower()]
            assert not unfolded, f"{section}.{key}: {unfolded}"


def test_every_list_is_used() -> None:
    package = Path(newsledger.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*package.glob("stages/people/**/*.py"), *package.glob("corpus/linking/*.py")]
    )
    used = set(re.findall(r"\.(\w+)", code))
    for table in (names(), roles(), filter_words()):
        assert set(vars(table)) <= used
    assert fold("Müller") == "muller"
    assert "kim" in names().korean_family
