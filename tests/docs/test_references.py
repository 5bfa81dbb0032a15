"""The reference pages say what the code says, and leave nothing out."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

import pytest
from typer.main import get_command

from newsledger.cli.main import app
from newsledger.explain.reasons import QUALITY
from newsledger.normalizer.schema import TABLES
from tests.docs.blocks import ROOT


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["reference/tables.md", "reference/commands.md", "reference/python.md"])
def test_a_reference_is_current(build: ModuleType, page: str) -> None:
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == build.REFERENCES[page](), "run `make docs`"


def test_every_command_and_option_is_described_and_has_help() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():
        assert f"## newsledger {name}\n" in page
        assert command.help
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


def test_every_table_and_column_is_described() -> None:
    page = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        assert f"## {table.name}\n" in page
        assert all(f"| `{column.name}` |" in page for column in table.columns)


def test_every_flag_the_money_stage_sets_is_described() -> None:
    sources = [
        *(ROOT / "pipeline" / "newsledger" / "stages" / "money").glob("*.py"),
        ROOT / "pipeline/newsledger/normalizer/rows.py",
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assigned = re.findall(r"\bflags(?:: [^=]+)?\s*\+?=\s*(\([^()]*\))|\bflags\.(?:append|add)\((.*?)\)", text)
    set_somewhere = {flag for found in assigned for flag in re.findall(r'"([a-z_]+)"', " ".join(found))}
    assert "table_scale" in set_somewhere
    assert set_somewhere <= set(QUALITY)
    assert '"separator"' in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("picture.svg", "Otieno"),
        ("plots/figures.svg", "$240 million, bridge-loan.txt"),
        ("plots/timeline.svg", "not drawn: "),
        ("plots/countries.svg", "South Korea"),
    ],
)
def test_a_picture_is_small_and_needs_nothing_from_elsewhere(name: str, words: str) -> None:
    svg = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert words in svg
    assert len(svg) < 32_000
    assert not re.search(r"url\(http|@font-face|<image", svg)


def test_plots_are_drawn_the_same_each_time(build: ModuleType) -> None:
    pytest.importorskip("matplotlib")
    assert dict(build.plots()) == dict(build.plots())
