"""The package as a user installs it: the wheel alone, far from the checkout, does the main job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = """<!DOCTYPE html><html><head><title>Bridge</title><meta property="article:published_time"
content="2024-04-03"></head><body><article><p>The council of Harrow will spend $12 million on the bridge
over the river, the mayor told residents at a long meeting in the town hall.</p><p>Work on it should start on
Friday, and the road is to stay open for the whole of that time.</p></article></body></html>"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("newsledger-*.whl")
    return built


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel, and this environment's libraries, but no editable install.

    A folder named in a ``.pth`` file is searched, the ``.pth`` files inside it are not read.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    made = folder / "bin" / "python"
    where = [str(made), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip())
    zipfile.ZipFile(wheel).extractall(packages)
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    return made


def run(python: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(python), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_one_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"newsledger"}
    assert "newsledger/stages/names/model/model.int8.onnx" in names
    assert "newsledger/stages/ledger/model/model.int8.onnx" in names
    assert not any("annotations" in name for name in names)
    assert "newsledger/py.typed" in names


def test_the_main_job_runs_from_the_wheel(python: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "note.txt").write_text("Kenya paid €5m on 2 May 2024.", encoding="utf-8")
    done = run(
        python, "-m", "newsledger", "extract", "in", "--out", "out", "--format", "jsonl", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "out" / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["surface"] for row in rows] == ["€5m", "$12 million"]


@pytest.mark.parametrize("module", ["pipeline", "tests", "models", "data", "benchmarks"])
def test_nothing_else_is_installed(python: Path, tmp_path: Path, module: str) -> None:
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is not None)"
    assert run(python, "-c", code, folder=tmp_path).returncode == 0


@pytest.mark.parametrize("module", ["pipeline"])
def test_no_module_called_pipeline_is_found_from_elsewhere(tmp_path: Path, module: str) -> None:
    """Nor where the project is installed for development."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is not None)"
    assert run(Path(sys.executable), "-c", code, folder=tmp_path).returncode == 0


def test_a_plain_install_reads_pages() -> None:
    """trafilatura names this library by an extra that pip 23 does not resolve, so it is asked for by name."""
    from importlib.metadata import requires

    assert any(
        line.startswith("lxml-html-clean") or line.startswith("lxml_html_clean")
        for line in requires("newsledger") or ()
    )
