"""What the pages say works, as they say it."""

from __future__ import annotations

import re
from importlib import util
from pathlib import Path

import pytest

from newsledger.integrations import spacy_components  # noqa: F401 (where it is installed, entry points register them)
from tests.docs.blocks import READ, ROOT, RUN, Reader, blocks_of

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SLOW = {"docs/howto/cluster.md", "docs/gate.md", "README.md"}
NEEDS = {
    "docs/howto/cluster.md": "distributed",
    "docs/howto/charts.md": "matplotlib",
    "README.md": "matplotlib",
}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def has_code(page: Path) -> bool:
    return any(block.language in RUN for block in blocks_of(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(p, id=name(p), marks=[pytest.mark.slow] if name(p) in SLOW else [])
        for p in PAGES
        if has_code(p)
    ],
)
def test_every_block_works(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = NEEDS.get(name(page))
    if needed and util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    reader = Reader(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    for block in blocks_of(page.read_text(encoding="utf-8")):
        reader.follow(block, name(page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http:", "https:")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings}, target
    for path in re.findall(r"`(pipeline/newsledger/[^`\s]+)`", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_blocks_are_of_a_kind_that_is_run_or_read(page: Path) -> None:
    for block in blocks_of(page.read_text(encoding="utf-8")):
        assert block.language in (*RUN, *READ, "text") or block.file, f"line {block.line}: {block.language!r}"


def test_every_how_to_is_in_the_lists() -> None:
    for index in (ROOT / "README.md", ROOT / "docs" / "README.md"):
        text = index.read_text(encoding="utf-8")
        for page in (ROOT / "docs" / "howto").glob("*.md"):
            assert f"howto/{page.name})" in text, f"{page.name} is not in {name(index)}"
