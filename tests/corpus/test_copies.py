"""Copies among the articles of a run: cut, retitled, rewritten in part; stock paragraphs make none."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from pathlib import Path

import pytest

from newsledger.corpus import copies
from newsledger.corpus.copies import Sketch, Sketched, find_copies, sketch
from newsledger.corpus.steps import Steps

DAY = dt.date(2024, 4, 3)
_WORDS = [a + b + c for a, b, c in itertools.product("bdgklmnprst", "aeiou", ["rn", "ll", "st", "ck", "nd"])]


def paragraph(seed: int, words: int = 60) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(_WORDS) for _ in range(words)).capitalize() + "."


def article(name: str, paragraphs: list[str], day: dt.date | None = DAY) -> Sketched:
    return Sketched(name, day, sketch("\n\n".join(paragraphs)))


TEXT = [paragraph(n) for n in range(8)]
ORIGINAL = article("original", TEXT)
NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "paragraphs",
    [
        TEXT,
        TEXT[:3],
        ["Another title", *TEXT],
        [*TEXT[:2], paragraph(99), paragraph(98), *TEXT[4:]],
        [line.upper() for line in TEXT],
    ],
    ids=["whole", "cut", "retitled", "two paragraphs rewritten", "in capitals"],
)
def test_a_copy_names_its_original(paragraphs: list[str]) -> None:
    found = find_copies([article("copy", paragraphs, NEXT_DAY), ORIGINAL])
    assert list(found) == ["copy"]
    assert found["copy"].original == "original"


@pytest.mark.parametrize(
    "other",
    [
        article("other", [paragraph(n) for n in range(20, 28)], NEXT_DAY),
        article("other", [TEXT[0], *(paragraph(n) for n in range(30, 36))], NEXT_DAY),
        article("other", [*TEXT, *(paragraph(n) for n in range(40, 64))], NEXT_DAY),
        article("other", TEXT, DAY + dt.timedelta(days=4)),
        article("other", ["Not available."], NEXT_DAY),
    ],
    ids=["other text", "one stock paragraph", "three times as long", "days later", "too short"],
)
def test_what_is_no_copy(other: Sketched) -> None:
    assert find_copies([ORIGINAL, other]) == {}


@pytest.mark.parametrize(
    ("kept", "is_copy"), [([0, 1], True), ([6, 7], False)], ids=["the lead", "what stands at the end"]
)
def test_a_quarter_of_the_text_makes_a_copy_with_the_lead_of_the_original(
    kept: list[int], is_copy: bool
) -> None:
    others = [paragraph(n) for n in range(60, 66)]
    other = article("other", [*(TEXT[n] for n in kept), *others], NEXT_DAY)
    found = find_copies([ORIGINAL, other])
    assert list(found) == ["other"] * is_copy


def test_a_short_text_is_a_copy_of_the_same_words_only() -> None:
    notes = [
        article(name, [words]) for name, words in (("a", "No comment."), ("b", "no comment"), ("c", "No."))
    ]
    assert {name: copy.original for name, copy in find_copies(notes).items()} == {"b": "a"}


def test_of_one_day_the_shorter_is_the_copy() -> None:
    assert find_copies([article("a", TEXT[:4]), article("b", TEXT)])["a"].original == "b"


def test_copies_of_copies_name_the_first() -> None:
    third = article("third", TEXT[:3], DAY + dt.timedelta(days=2))
    found = find_copies([third, article("second", TEXT[:5], NEXT_DAY), ORIGINAL])
    assert {copy.original for copy in found.values()} == {"original"}


def test_partitions_do_not_matter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    articles = [
        article(
            f"a{n:02d}", [*(TEXT[k] for k in range(n % 5, 8)), paragraph(n + 200)], DAY + dt.timedelta(n % 3)
        )
        for n in range(30)
    ]
    whole = find_copies(articles)
    assert whole
    monkeypatch.setattr(copies, "BLOCK", 4)
    assert find_copies(articles, Steps(tmp_path, partitions=7)) == whole


def test_no_articles_have_no_copies() -> None:
    assert find_copies([]) == {}
    assert find_copies([article("empty", [""])]) == {}


NOTICE = (
    "The Ministry of Works said on Monday that the {place} fire brigade would receive ${amount} from a fund "
    "for small towns. The money may be spent on engines, hoses and training, and has to be used before the "
    "end of the year. Every brigade of the province may apply once, the ministry said, and most of them did. "
    "It was founded after the fires of {year}, when help from the towns around had come too late."
)


@pytest.mark.parametrize(
    ("changed", "copied"),
    [
        ({"place": "Lindham"}, True),
        ({"year": "2013"}, True),
        ({"amount": "71,400"}, False),
        ({"place": "Lindham", "amount": "3.2 million"}, False),
    ],
)
def test_notices_of_one_form_are_no_copies_where_their_amounts_differ(
    changed: dict[str, str], copied: bool
) -> None:
    said = {"place": "Harwick", "amount": "23,014", "year": "2011"}
    one, other = (article(name, [NOTICE.format(**said | c)]) for name, c in (("a", {}), ("b", changed)))
    assert bool(find_copies([one, other])) is copied


def test_a_cut_copy_lacks_amounts_of_its_original() -> None:
    listed = " ".join(f"The town of {word} is given ${n},500 for its roads." for n, word in enumerate(_WORDS))
    assert find_copies([article("a", [listed]), article("b", [listed[: len(listed) // 2]])])


def test_a_sketch_is_stored_whole() -> None:
    drawn = sketch(NOTICE.format(place="Harwick", amount="23,014", year=2011))
    again = Sketch.from_bytes(drawn.to_bytes())
    assert (again.n_words, again.runs.tolist(), again.amounts.tolist()) == (
        drawn.n_words,
        drawn.runs.tolist(),
        drawn.amounts.tolist(),
    )
    assert drawn.amounts.shape == (1, 2)
