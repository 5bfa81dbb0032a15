"""The user's file of known people."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.stages.people.known_people import KnownPeopleError, load
from newsledger.values.people import KnownPerson


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_and_jsonl_say_the_same(tmp_path: Path) -> None:
    table = write(
        tmp_path,
        "a.csv",
        "name,aliases,id,country\nPetro Vaskiv,Piotr Waskiw|P. Vaskiv,Q1,ua\nAiko Morita,,Q2,\n",
    )
    lines = write(
        tmp_path,
        "a.jsonl",
        '{"name": "Petro Vaskiv", "aliases": ["Piotr Waskiw", "P. Vaskiv"], "id": "Q1", "country": "UA"}\n\n'
        '{"name": "Aiko Morita", "id": "Q2"}\n',
    )
    assert load(table) == load(lines)
    assert load(table)[0] == KnownPerson(
        id="Q1", name="Petro Vaskiv", aliases=("Piotr Waskiw", "P. Vaskiv"), country="UA"
    )


def test_a_byte_order_mark_is_no_part_of_a_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffname,id\nAiko Morita,Q2\n".encode())
    assert load(path)[0].name == "Aiko Morita"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "name,aliases\nAiko Morita,\n", "no column id"),
        ("a.csv", "", "no column id and name"),
        ("a.csv", "name,id\n,Q1\n", "line 2: no name"),
        ("a.csv", "name,id\nAiko Morita,\n", "line 2: no id for 'Aiko Morita'"),
        ("a.csv", "name,id\nAiko Morita,Q1\nPetro Vaskiv,Q1\n", "id 'Q1' stands for 'Aiko Morita'"),
        ("a.jsonl", '{"name": "Aiko Morita"', "line 1: not JSON"),
        ("a.jsonl", "[]", "line 1: not a JSON object"),
        ("a.jsonl", '{"name": "Aiko Morita", "id": "Q1", "aliases": 3}', "aliases must be"),
    ],
)
def test_faults_are_named_with_their_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KnownPeopleError, match=message):
        load(write(tmp_path, name, text))


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("name,id\nNadia Calviño,Q1\n".encode("latin-1"))
    with pytest.raises(KnownPeopleError, match="not UTF-8"):
        load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownPeopleError, match="nowhere"):
        load(tmp_path / "nowhere.csv")
