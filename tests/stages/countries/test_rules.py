"""The rules' own tables are consistent, and the finder keeps its promises on any text."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.lexicons.territories import territories
from newsledger.stages import countries
from newsledger.stages.countries.gazetteer import AMBIGUITIES, HERE, LEXICON, PHRASES, fold
from newsledger.stages.countries.policy import DEFAULT, Policy, load_policy, policy_hash
from newsledger.values.mentions import NameSpan

ROLE_PHRASES = [(role, phrase) for role, listed in PHRASES.items() for phrase in listed]


@pytest.mark.parametrize(("role", "phrase"), ROLE_PHRASES, ids=[p for _, p in ROLE_PHRASES])
def test_phrases_swallow_or_mark_what_they_hold(role: str, phrase: str) -> None:
    for text in (f"They spoke of {phrase} again.", f"They spoke of {phrase.title()} again.", phrase.upper()):
        found = countries.find(text)
        assert all(m.inside_name for m in found) if role == "inside" else not found, (text, found)


def test_phrases_stand_folded_and_once() -> None:
    for listed in PHRASES.values():
        assert all(fold(p) == p for p in listed)
    every = [p for _, p in ROLE_PHRASES]
    assert sorted(every) == sorted(set(every))


def test_ambiguous_senses_name_territories() -> None:
    for name, senses in AMBIGUITIES.items():
        defaults = {*territories(), "open", "none"}
        assert senses["default"] in defaults, name
        for key, words in senses.items():
            if isinstance(words, dict):
                assert key.startswith("none:") or key in territories(), (name, key)
                assert set(words) == {"cues", "hints"}
                assert all(fold(w) == w for w in [*words["cues"], *words["hints"]])


def test_lexicon_lists_hold_no_word_twice() -> None:
    lists = tomllib.loads((HERE / "lexicon.toml").read_text(encoding="utf-8"))
    for name, words in lists.items():
        items = words.split() if isinstance(words, str) else words
        assert len(items) == len(set(items)), (name, sorted({w for w in items if items.count(w) > 1}))


def test_surnames_and_given_names_of_the_lexicon_are_forms() -> None:
    forms = {form for t in territories().values() for form, _ in t.forms()}
    forms |= {form for senses in AMBIGUITIES.values() for form in senses["forms"]}
    for name in ("surnames", "first_names", "languages", "towns", "name_like_demonyms", "accented"):
        assert LEXICON[name] <= forms, (name, LEXICON[name] - forms)


# --- policy -------------------------------------------------------------------------------------------


def test_the_shipped_policy_decides_every_region_and_former_state() -> None:
    decided = load_policy().decisions
    for territory in territories().values():
        if territory.kind in ("region", "former"):
            assert territory.key in decided, territory.key


def test_policy_hash_depends_on_the_decisions_alone(tmp_path) -> None:
    copy = tmp_path / "policy.toml"
    copy.write_text("# another comment\n" + DEFAULT.read_text(encoding="utf-8"), encoding="utf-8")
    assert policy_hash(copy) == policy_hash() == policy_hash(load_policy())
    assert policy_hash({"TWN": "open"}) != policy_hash()


def test_a_policy_file_switches_without_code(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[decisions]\nTWN = "CHN"\n"UA-43" = "open"\n', encoding="utf-8")
    found = countries.find("Taiwan and Crimea", policy=path)
    assert [(m.iso_alpha3, m.territory_code, m.candidates) for m in found] == [
        ("CHN", "TWN", ()),
        (None, None, ("UKR", "RUS")),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[decisions]\nXYZ = "own"\n', r"wrong\.toml: line 2: no territory 'XYZ'"),
        ('[decisions]\nTaiwan = "own"\n', "did you mean TWN?"),
        ('[decisions]\n\nTWN = "maybe"\n', r"line 3: TWN = 'maybe' is not \"own\", \"open\", \"skip\""),
        ("[decisions]\nTWN = 3\n", "TWN = 3 is not"),
        ('[decisions]\nTWN = ["CHN"]\n', "is not"),
        ('[decisions]\nTWN = "UA-43"\n', "'UA-43' is not"),
        ('[decisions]\nTWN = "tw"\n', "'tw' is not"),
        ("nothing = 1\n", "one table"),
        ("", "one table"),
        ('[decisions]\nTWN = "own"\n[more]\n', "one table"),
        ("[decisions\n", r"wrong\.toml: not TOML: .*line 1"),
    ],
)
def test_a_wrong_policy_is_refused(tmp_path, text: str, message: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_policy(path)


def test_a_policy_that_is_no_text_is_refused(tmp_path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match=r"wrong\.toml: a country policy is UTF-8 text"):
        load_policy(path)


def test_a_policy_file_is_laid_over_the_shipped_one(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[decisions]\nTWN = "skip"\n', encoding="utf-8")
    found = countries.find("Taiwan, Crimea, Zaire and Japan", policy=path)
    assert [m.iso_alpha3 for m in found] == ["COD", "JPN"]
    assert policy_hash(path) == policy_hash({"TWN": "skip"})
    path.write_text('[decisions]\nTWN = "own"\n', encoding="utf-8")
    assert policy_hash(path) == policy_hash()


def test_a_missing_policy_is_refused(tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        load_policy(tmp_path / "none.toml")


def test_a_policy_object_is_taken_as_it_is() -> None:
    assert countries.find("Taiwan", policy=Policy({"TWN": "skip"})) == []


# --- any text -----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Japan",
        "US",
        "U.S.",
        "Georgia",
        "Michael ",
        "Jordan",
        "'s",
        "’s",
        " of ",
        "Bank",
        "\n\n",
        "İ",
        "ß",
        "\ud800",
        "(",
        "speaks ",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
def test_mentions_point_into_any_text(text: str, governments: bool) -> None:
    layout = lay_out(text)
    found = countries.find(text, layout=layout, governments=governments)
    end = 0
    for mention in found:
        assert text[mention.start_char : mention.end_char] == mention.surface
        assert mention.start_char >= end
        end = mention.end_char
        assert (mention.iso_alpha3 is None) == (mention.iso_alpha2 is None)
        assert mention.iso_alpha3 or mention.candidates
        assert mention.zone == layout.zone_at(mention.start_char)
        segment = layout.segment_at(mention.start_char)
        assert segment.start <= mention.start_char
        assert mention.end_char <= segment.end
        assert mention.basis


@settings(max_examples=100, deadline=None)
@given(
    TEXTS,
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["PER", "LOC", "ORG", "MISC"]))
    ),
)
def test_any_name_spans_are_taken(text: str, spans: list[tuple[int, int, str]]) -> None:
    names = sorted(
        (
            NameSpan(start_char=a, end_char=a + n, surface=text[a : a + n], label=label)
            for a, n, label in spans
            if a + n <= len(text)
        ),
        key=lambda s: s.start_char,
    )
    for mention in countries.find(text, names=names):
        assert text[mention.start_char : mention.end_char] == mention.surface


@pytest.mark.parametrize(
    "piece",
    [
        "Japan ",
        "U.S.",
        "A",
        "Aa ",
        "of the ",
        "Bank of ",
        "Georgia, ",
        "French and ",
        "1,",
        " ",
        "'",
        "Jordan Smith ",
        "US ",
        "Republic of ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[: 20 * size]
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            countries.find(text, governments=True)
            best = min(best, time.process_time() - begun)
        return best

    countries.find("Japan", governments=True)
    small, large = seconds(500), seconds(4000)
    assert large < 40 * small + 0.3, (piece, small, large)
