"""Each recipe of CONTRIBUTING.md, followed on a copy of the package, does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^### (.+)\n((?:(?!^### ).*\n)+)", PAGE, re.MULTILINE))
BLOCK = re.compile(r"^```(diff|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout with the package and the test of its examples."""
    ignored = shutil.ignore_patterns("__pycache__", "*.onnx")
    shutil.copytree(ROOT / "pipeline" / "newsledger", tmp_path / "pipeline" / "newsledger", ignore=ignored)
    (tmp_path / "tests").mkdir()
    for name in ("__init__.py", "examples.py", "test_examples.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    for name in ("data", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "pipeline")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def apply(edits: str, package: Path) -> list[str]:
    """Add the lines of a recipe to its files; returns the examples among them, as they are named in tests."""
    examples = []
    path, below = package, ""
    for line in edits.splitlines():
        if line.startswith("@ "):
            below = line[2:]
        elif line.startswith("+"):
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if below:
                assert f"\n{below}\n" in f"\n{text}", f"{path.name}: no line {below!r}"
                text = f"\n{text}".replace(f"\n{below}\n", f"\n{below}\n{line[1:]}\n", 1)[1:]
                below = line[1:]
            else:
                text += line[1:] + "\n"
            path.write_text(text, encoding="utf-8")
            examples += re.findall(r'in: \["(.+?)"\]', line) if path.suffix == ".yaml" else []
        else:
            path, below = package / line, ""
    return examples


@pytest.mark.parametrize("name", [n for n in RECIPES if n != "An output format"])
def test_a_recipe_teaches_its_example(name: str, copy: Path) -> None:
    package = copy / "pipeline" / "newsledger"
    blocks = BLOCK.findall(RECIPES[name])
    examples = [example for kind, text in blocks if kind == "diff" for example in apply(text, package)]
    assert len(examples) == 1
    for path in package.rglob("examples/*.yaml"):
        if examples[0] not in path.read_text(encoding="utf-8"):
            path.unlink()  # only to be quick
    for command in (line for kind, text in blocks if kind == "sh" for line in text.splitlines()):
        assert command.startswith("python ")
        done = run(copy, *command.split()[1:])
        assert done.returncode == 0, done.stderr
    words = re.sub(r"[^\w ]", "", examples[0]).split()
    chosen = " and ".join(word for word in words if len(word) > 2)
    tested = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_examples.py", "-k", chosen)
    assert "1 passed" in tested.stdout, tested.stdout[-2000:]


def test_the_recipe_of_a_format_writes_files(copy: Path) -> None:
    blocks = BLOCK.findall(RECIPES["An output format"])
    apply(blocks[0][1], copy / "pipeline" / "newsledger")
    program = (
        "import newsledger\n"
        "tables = newsledger.extract('Japan lent $5 million.')\n"
        "tables.write('out', ['tsv'])\n"
    )
    done = run(copy, "-c", program)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "$5 million" in (copy / "out" / "figures.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_short(name: str) -> None:
    """Five lines at most for what is added, but for a module of its own; three for what is said."""
    said = BLOCK.sub("", RECIPES[name]).strip().splitlines()
    assert len(said) <= 3
    added = [line for _, text in BLOCK.findall(RECIPES[name]) for line in text.splitlines()]
    assert len([line for line in added if not line.startswith("@")]) <= (5 if "format" not in name else 11)


def test_the_layout_names_every_package() -> None:
    layout = PAGE.partition("## The layout")[2].partition("```\n")[2].partition("```")[0]
    assert len(layout.splitlines()) == 10
    package = ROOT / "pipeline" / "newsledger"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    assert {name for name in folders if f"{name}/" not in layout} == set()
