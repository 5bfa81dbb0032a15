"""Finding the people of one article: what must hold on any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.stages import people
from newsledger.stages.people import known_people
from newsledger.values.mentions import CountryMention, NameSpan, PersonMention


def spans(text: str, *surfaces: str, label: str = "PER") -> list[NameSpan]:
    """Every occurrence of each surface, longest first, none overlapping."""
    found: list[NameSpan] = []
    for surface in sorted(surfaces, key=len, reverse=True):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if not any(f.start_char < end and at < f.end_char for f in found):
                found.append(NameSpan(start_char=at, end_char=end, surface=surface, label=label))  # type: ignore[arg-type]
            at = text.find(surface, end)
    return sorted(found, key=lambda f: f.start_char)


def check(text: str, mentions: list[PersonMention]) -> None:
    """Offsets hold, mentions are in order, do not overlap and cross no segment; people count from 0."""
    layout = lay_out(text)
    last = 0
    for mention in mentions:
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert mention.surface == mention.surface.strip()
        assert mention.start_char >= last
        last = mention.end_char
        segment = layout.segment_at(mention.start_char)
        assert segment.start <= mention.start_char
        assert mention.end_char <= segment.end
        assert mention.name
        assert (mention.role is None) == (not any(r.startswith("role ") for r in mention.basis.split("; ")))
    seen: list[int] = []
    for mention in mentions:
        if mention.person not in seen:
            seen.append(mention.person)
    assert seen == list(range(len(seen)))
    for number in seen:
        full = {m.name for m in mentions if m.person == number and not m.candidates}
        assert len(full) <= 1


LEADERS = (
    "date 2024-04-03 On Wednesday Norian Prime Minister Aiko Morita told Velian President Petro Vaskiv that "
    "Noria's support holds. Morita's ministry praised Vaskiv's courage.\n\nDeepening Relations\n\nThe talk "
    "between Prime Minister Morita and President Vaskiv covered aid.\n\nPrime Minister Morita's talk with "
    "President Vaskiv was more than a gesture."
)


def test_two_leaders_four_mentions_each() -> None:
    countries = [
        CountryMention(
            start_char=at, end_char=at + 6, surface=word, iso_alpha2=code, iso_alpha3=None, name=word
        )
        for word, code in (("Norian", "NO"), ("Velian", "VE"))
        for at in [LEADERS.index(word)]
    ]
    names = (
        spans(LEADERS, "Aiko Morita", "Petro Vaskiv", "Morita") + spans(LEADERS, "Vaskiv", label="ORG")[1:]
    )
    mentions = people.find(LEADERS, names=names, countries=countries)
    check(LEADERS, mentions)
    told = [(m.name, m.role, m.role_country) for m in mentions]
    assert told.count(("Aiko Morita", "Prime Minister", "NO")) == 4
    assert told.count(("Petro Vaskiv", "President", "VE")) == 4
    assert len(told) == 8


def test_no_mention_crosses_a_segment() -> None:
    text = "Talks With Maria\n\nLopez Comes Home\n\nMaria Lopez came."
    at = text.index("Maria")
    wide = NameSpan(start_char=at, end_char=at + 12, surface=text[at : at + 12], label="PER")
    check(text, people.find(text, names=[wide, *spans(text, "Maria Lopez")]))


def test_spans_given_in_any_order_and_overlapping() -> None:
    text = "President Maria Lopez met Jan Weber."
    some = [*spans(text, "Lopez"), *spans(text, "Maria Lopez"), *spans(text, "Jan Weber")]
    assert people.find(text, names=some) == people.find(text, names=some[::-1])
    check(text, people.find(text, names=some))


def test_known_people_are_found_where_the_classifier_missed_them() -> None:
    register = known_people.from_rows([(1, {"name": "Petro Vaskiv", "aliases": "Piotr Waskiw", "id": "Q1"})])
    text = "Then Piotr Waskiw spoke. Waskiw left."
    found = people.find(text, names=[], known=register)
    assert [(m.surface, m.name, m.basis) for m in found] == [
        ("Piotr Waskiw", "Piotr Waskiw", "known"),
        ("Waskiw", "Piotr Waskiw", "repeat"),
    ]


def test_no_names_no_people() -> None:
    assert people.find("", names=[]) == []
    assert people.find("The president spoke.", names=[]) == []


PIECES = (
    "President Mr Dr Sen. Maria Lopez Kim Jong Un de la von al- bin Jr. the of and , . ; ( ) ' ’s “ ” "
    "\n \n\n former Japanese US Minister Prime Ford Inc Reporting by Editing \ud800 \x00 1 A. - – @ & /"
)
WORDS = st.sampled_from(PIECES.split(" "))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40), st.data())
def test_any_text_with_any_spans(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    size = len(text)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=8))
    labels = st.sampled_from(["PER", "ORG", "LOC", "NORP", "MISC", "FAC", "DATE", "MONEY"])
    some = [
        NameSpan(start_char=a, end_char=b, surface=text[a:b], label=data.draw(labels))
        for a, b in pairs
        if a < b
    ]
    check(text, people.find(text, names=some))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.data())
def test_any_unicode(text: str, data: st.DataObject) -> None:
    size = len(text)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)), max_size=4))
    some = [NameSpan(start_char=a, end_char=b, surface=text[a:b], label="PER") for a, b in pairs if a < b]
    check(text, people.find(text, names=some))


def test_a_span_of_blanks_is_nobody() -> None:
    blank = NameSpan(start_char=1, end_char=2, surface=" ", label="PER")
    assert people.find(", President", names=[blank]) == []


def test_a_firm_that_ends_in_a_sign_slips_nobody() -> None:
    text = "An analyst at Hale \N{BLACK STAR} agreed. Harrowe spoke."
    found = people.find(text, names=spans(text, "Hale \N{BLACK STAR}") + spans(text, "Harrowe"))
    assert [m.surface for m in found] == ["Harrowe"]


def test_a_span_over_segments_and_what_is_between_them_is_cut() -> None:
    text = "000\x1eA\x1eA"
    check(text, people.find(text, names=[NameSpan(start_char=0, end_char=7, surface=text, label="PER")]))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1" * 400_000, ()),
        ("," * 400_000, ()),
        (" " * 400_000, ()),
        ("A" * 400_000, ()),
        ("Mr O'" * 40_000, ()),
        ("(Reporting by " * 40_000, ()),
        ("Minister of " * 40_000 + "Ann Lee", ("Ann Lee",)),
        ("former " * 60_000 + "President Ann Lee", ("Ann Lee",)),
        ("Presidents " + "Ann Lee, " * 4_000, ("Ann Lee",)),
        ("Ann van der " * 4_000, ("Ann",)),
        ("A. " * 60_000 + "Lee", ("Lee",)),
        ("Ann Lee" + ", " * 100_000, ("Ann Lee",)),
        ("Lee said she was a director of the bank , " * 800, ("Lee",)),
    ],
    ids=lambda value: str(value)[:12],
)
def test_hostile_text_takes_linear_time(text: str, names: tuple[str, ...]) -> None:
    some = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            some.append(NameSpan(start_char=at, end_char=at + len(name), surface=name, label="PER"))
            at = text.find(name, at + len(name))
    layout = lay_out(text)
    spent = []
    for _ in range(2):  # a collection of garbage may fall into one measurement
        began = time.process_time()
        people.find(text, names=some, layout=layout)
        spent.append(time.process_time() - began)
        if spent[-1] < 5:
            break
    assert min(spent) < 5


def kenyan(text: str) -> CountryMention:
    at = text.index("Kenyan")
    return CountryMention(
        start_char=at,
        end_char=at + 6,
        surface="Kenyan",
        iso_alpha2="KE",
        iso_alpha3="KEN",
        name="Kenya",
        mention_type="adjective",
    )


def test_an_organisation_that_took_in_whose_the_office_is_is_none_of_it() -> None:
    text = "It is a wing of the Northam Front of Kenyan President Ada Lind."
    names = spans(text, "Ada Lind") + spans(text, "Northam Front of Kenyan", label="ORG")
    place = kenyan(text)
    (found,) = people.find(text, names=sorted(names, key=lambda n: n.start_char), countries=[place])
    assert (found.role, found.role_country, found.role_org) == ("President", "KE", None)


def test_many_people_of_one_surname_take_linear_time() -> None:
    letters = "bdfglmnprst"
    given = [f"A{a}a{a}i{b}o{b}e{c}u{c}a" for a in letters for b in letters for c in letters]
    text = " ".join(f"{name} Lee spoke." for name in given)
    began = time.process_time()
    found = people.find(text, names=spans_once(text, [f"{name} Lee" for name in given]))
    assert time.process_time() - began < 10
    assert len({m.person for m in found}) == len(given)


def spans_once(text: str, surfaces: list[str]) -> list[NameSpan]:
    found, at = [], 0
    for surface in surfaces:
        at = text.index(surface, at)
        found.append(NameSpan(start_char=at, end_char=at + len(surface), surface=surface, label="PER"))
    return found


ARTICLES = Path(__file__).parents[3] / "data/articles"


@pytest.mark.parametrize(
    "first",
    [
        "Correction: an earlier version misstated the day of the vote.\n\n",
        "Editor's note: Marta Oduya of the Harwick Post added to this story from Lagos.\n\n",
    ],
)
def test_a_paragraph_on_top_changes_nobody_further_down(first: str) -> None:
    """Over 1,500 articles of newspapers and wires one mention of a person in 900 changes."""
    for path in sorted(ARTICLES.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        below = [
            (m.start_char - len(first), m.surface, m.name, m.form)
            for m in people.find(first + text)
            if m.start_char >= len(first)
        ]
        assert below == [(m.start_char, m.surface, m.name, m.form) for m in people.find(text)], path.name
