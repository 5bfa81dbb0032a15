"""The parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.stages.people.boundaries.name_keys import fold, phonetic_key
from newsledger.stages.people.boundaries.name_parts import given_names_match, parse_name


@pytest.mark.parametrize(
    ("name", "given_name", "family"),
    [
        ("Warren Hale", "Warren", "Hale"),
        ("Ursula von der Heide", "Ursula", "von der Heide"),
        ("Charles de Gall", "Charles", "de Gall"),
        ("Robert De Nard", "Robert", "De Nard"),
        ("Van Morris", "Van", "Morris"),
        ("Abdel Karim al-Masri", "Abdel Karim", "al-Masri"),
        ("Mohammed bin Omar", "Mohammed", "bin Omar"),
        ("Luiz Lula da Costa", "Luiz Lula", "da Costa"),
        ("J. K. Rowan", "J. K.", "Rowan"),
        # family name first
        ("Kim Jong Rim", "Jong Rim", "Kim"),
        ("Kim Jong-rim", "Jong-rim", "Kim"),
        ("Xi Jinming", "Jinming", "Xi"),
        ("Lee Hsien Long", "Hsien Long", "Lee"),
        ("Tsai Ing-wei", "Ing-wei", "Tsai"),
        ("Abe Shinzo", "Shinzo", "Abe"),
        ("Carrie Lam Cheng Yuet-ngo", "Carrie Cheng Yuet-ngo", "Lam"),
        # and names that only look like it
        ("Shinzo Abe", "Shinzo", "Abe"),
        ("Viktor Orbán", "Viktor", "Orbán"),
        ("Kim Davies", "Kim", "Davies"),
        ("Lee Marwin", "Lee", "Marwin"),
        ("Andy Kim", "Andy", "Kim"),
        ("Jack Ma", "Jack", "Ma"),
        ("Abe Lincoln", "Abe", "Lincoln"),
        ("Tan Dhesi", "Tan", "Dhesi"),
        ("Le Pen", None, None),
        ("Sukarno", None, None),
    ],
)
def test_given_and_family(name: str, given_name: str | None, family: str | None) -> None:
    parts = parse_name(name)
    assert (parts.given_text, parts.family_text) == (given_name, family)


def test_suffix_and_nickname() -> None:
    assert parse_name("Lewis Crane, Jr.").suffix == "Jr."
    assert parse_name("Charles III").suffix == "III"
    assert parse_name("Malcolm X").suffix is None
    assert parse_name('Joaquin "El Topo" Guzman').nicknames == ("El Topo",)
    assert parse_name('Joaquin "El Topo" Guzman').family_text == "Guzman"


def test_a_forefathers_name_is_not_the_persons() -> None:
    unit = parse_name("Mohammed bin Salim").units[1]
    assert (unit.key, unit.bare) == ("binsalim", "binsalim")
    assert parse_name("Karim al-Sisi").units[1].bare == "sisi"


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelenskiy Zelensky Zelenskyy Zelenskyi Selenskyj",
        "Mohammed Muhammad Mohamed Mohammad",
        "Hussein Husayn Hussain Hossein",
        "Medvedev Medwedew",
        "Sergei Sergey Sergej",
        "Poroshenko Poroschenko",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({phonetic_key(fold(word)) for word in spellings.split()}) == 1


def test_different_names_do_not_sound_alike() -> None:
    assert (
        len(
            {
                phonetic_key(fold(w))
                for w in [
                    "Kim",
                    "Kemp",
                    "Carter",
                    "Cartier",
                    "Martin",
                    "Merten",
                    "Putin",
                    "Patten",
                    "Chen",
                    "Cheng",
                ]
            }
        )
        > 7
    )


def test_pet_forms() -> None:
    assert given_names_match("joe", "joseph")
    assert given_names_match("bill", "william")
    assert not given_names_match("jane", "john")


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(name: str) -> None:
    parts = parse_name(name)
    assert parts.family is None or 0 <= parts.family < len(parts.units)
    assert parts.joined == "".join(unit.key for unit in parts.units)
