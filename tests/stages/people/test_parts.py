"""The parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.stages.people.boundaries.parts import fold, same_given, sound, take_apart


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
        ("Inzam-ul-Hakim", "Inzam", "ul-Hakim"),
        # family name first
        ("Kim Jong Rim", "Jong Rim", "Kim"),
        ("Kim Jong-rim", "Jong-rim", "Kim"),
        ("Xi Jinming", "Jinming", "Xi"),
        ("Lee Hsien Long", "Hsien Long", "Lee"),
        ("Tsai Ing-wei", "Ing-wei", "Tsai"),
        ("Nguyen Van Thanh", "Van Thanh", "Nguyen"),
        ("Abe Shinzo", "Shinzo", "Abe"),
        ("Orbán Viktor", "Viktor", "Orbán"),
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
    parts = take_apart(name)
    assert (parts.given_text, parts.family_text) == (given_name, family)


def test_suffix_and_nickname() -> None:
    assert take_apart("Lewis Crane, Jr.").suffix == "Jr."
    assert take_apart("Charles III").suffix == "III"
    assert take_apart("Malcolm X").suffix is None
    assert take_apart('Joaquin "El Topo" Guzman').nicknames == ("El Topo",)
    assert take_apart('Joaquin "El Topo" Guzman').family_text == "Guzman"


def test_a_forefathers_name_is_not_the_persons() -> None:
    unit = take_apart("Mohammed bin Salim").units[1]
    assert (unit.key, unit.bare) == ("binsalim", "binsalim")
    assert take_apart("Karim al-Sisi").units[1].bare == "sisi"


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
    assert len({sound(fold(word)) for word in spellings.split()}) == 1


def test_different_names_do_not_sound_alike() -> None:
    assert (
        len(
            {
                sound(fold(w))
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
    assert same_given("joe", "joseph")
    assert same_given("bill", "william")
    assert not same_given("jane", "john")


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(name: str) -> None:
    parts = take_apart(name)
    assert parts.family is None or 0 <= parts.family < len(parts.units)
    assert parts.joined == "".join(unit.key for unit in parts.units)
