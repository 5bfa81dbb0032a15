"""Which files are read, in which order, and which issues are about the others."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsledger.reading import sources
from newsledger.reading.sources import KINDS, kind_of, printable

PIPELINE = Path(__file__).parents[2] / "pipeline"


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def relatives(*paths: str | Path) -> list[str]:
    return [file.relative for file in sources(*paths).files]


def issues_of(*paths: str | Path) -> list[tuple[str, str, str]]:
    return [(issue.severity, issue.code, issue.source_path) for issue in sources(*paths).issues]


@pytest.mark.parametrize("ending", KINDS)
def test_every_kind_is_known_in_any_case_and_gzipped(ending: str) -> None:
    assert kind_of(f"a.{ending}") == kind_of(f"a.b.{ending.upper()}") == (KINDS[ending], False)
    packed = kind_of(f"a.{ending}.gz")
    assert packed == (None if ending == "parquet" else (KINDS[ending], True))


@pytest.mark.parametrize("name", ["a", "a.docx", "a.gz", "txt", "a.txt.bak", "", ".", "a."])
def test_other_names_are_unknown(name: str) -> None:
    assert kind_of(name) is None


def test_a_folder_is_walked_and_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.html", "a/b/c.jsonl.gz", "A.md", "a.csv")
    assert relatives(tmp_path) == ["A.md", "a.csv", "a/b/c.jsonl.gz", "a/z.html", "b.txt"]
    assert issues_of(tmp_path) == []


def test_the_order_of_the_arguments_does_not_matter(tmp_path: Path) -> None:
    make(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    one, two = tmp_path / "one", tmp_path / "two"
    assert sources(one, two).files == sources(two, one).files
    assert relatives(one, two) == ["a.txt", "a.txt", "b.txt"]


def test_the_writing_of_the_arguments_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "z/a.txt", "b/a.txt", "b/c/d.txt")
    (tmp_path / "z" / "a.txt").write_text("other")
    monkeypatch.chdir(tmp_path)

    def found(*paths: str | Path) -> list[tuple[str, str]]:
        return [(file.relative, file.path.read_text()) for file in sources(*paths).files]

    expected = [("a.txt", "other"), ("a.txt", "text"), ("c/d.txt", "text")]
    for b in ("b", "./b/", "z/../b", tmp_path / "b"):
        for z in ("z", tmp_path / "z"):
            assert sorted(found("b", "z")) == sorted(expected)
            assert found(b, z) == found(z, b) == found("b", "z")
    for paths in (["b", "b/c"], ["b/c", "b"], [tmp_path / "b/c", "b/../b"]):
        assert found(*paths) == [("a.txt", "text"), ("c/d.txt", "text")]


def test_the_names_of_the_folders_do_not_matter(tmp_path: Path) -> None:
    for first, second in (("b", "z"), ("z", "b")):
        make(tmp_path / first / second, "b/a.txt", "z/a.txt")
        (tmp_path / first / second / first / "a.txt").write_text("other")
    one, two = (
        [file.path.read_text() for file in sources(folder / "b", folder / "z").files]
        for folder in (tmp_path / "b" / "z", tmp_path / "z" / "b")
    )
    assert one == two


def test_the_locale_does_not_matter(tmp_path: Path) -> None:
    make(tmp_path, "Zürich 東京.txt", "é/z.txt", "f.txt")
    show = "import sys; from newsledger.reading import sources; [*map(print, sources(*sys.argv[1:])[0])]"
    printed = set()
    for extra in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        env = {**os.environ, "PYTHONPATH": str(PIPELINE), "PYTHONIOENCODING": "utf-8", **extra}
        done = subprocess.run(
            [sys.executable, "-c", show, tmp_path], env=env, capture_output=True, check=True
        )
        printed.add(tuple(re.findall("relative='(.*?)'", done.stdout.decode())))
    assert printed == {("Zürich 東京.txt", "f.txt", "é/z.txt")}


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert relatives(tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt")) == ["a.txt"]


def test_hidden_names_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt")
    assert relatives(tmp_path) == ["a.txt"]
    assert issues_of(tmp_path) == []


def test_unknown_kinds_are_named_once_for_each_ending(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.jpg", "c/a.jpg", "d.docx", "Makefile")
    assert relatives(tmp_path) == ["a.txt"]
    assert issues_of(tmp_path) == [
        ("info", "unknown_kind", "Makefile"),
        ("info", "unknown_kind", "b.jpg"),
        ("info", "unknown_kind", "d.docx"),
    ]
    assert "2 files with ending .jpg" in sources(tmp_path).issues[1].message


def test_a_named_file_of_unknown_kind_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", "story")
    assert issues_of(tmp_path / "a.docx") == [("error", "unknown_kind", "a.docx")]
    assert [f.kind for f in sources(tmp_path / "story").files] == ["text"]


def test_globs(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "x/b.html", "x/y/c.txt", "x/d.txt", "x/.e.txt", "x/.f/g.txt")
    for loop in ("loop", "y/back"):
        (tmp_path / "x" / loop).symlink_to(tmp_path / "x")
    assert relatives(str(tmp_path / "x" / "*.txt")) == ["a.txt", "d.txt"]
    assert relatives(str(tmp_path / "x" / "**" / "*.txt")) == ["a.txt", "d.txt", "y/c.txt"]
    assert relatives(str(tmp_path / "*" / "a.txt")) == ["x/a.txt"]
    assert issues_of(str(tmp_path / "x" / "*.csv")) == [
        ("error", "no_articles", str(tmp_path / "x" / "*.csv"))
    ]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a[1].txt")
    assert relatives(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    assert issues_of(tmp_path / "nowhere") == [("error", "not_found", str(tmp_path / "nowhere"))]


def test_a_folder_without_articles(tmp_path: Path) -> None:
    make(tmp_path, "a/b.jpg")
    assert [code for _, code, _ in issues_of(tmp_path)] == ["no_articles", "unknown_kind"]
    (tmp_path / "empty").mkdir()
    assert issues_of(tmp_path / "empty") == [("error", "no_articles", str(tmp_path / "empty"))]


def test_links(tmp_path: Path) -> None:
    """A link to a file inside is followed; one out of the folder, and one to a folder, is not."""
    make(tmp_path, "in/a.txt", "out/b.txt")
    inside = tmp_path / "in"
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "away.txt").symlink_to(tmp_path / "out" / "b.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "elsewhere").symlink_to(tmp_path / "out")
    (inside / "broken.txt").symlink_to(inside / "nothing.txt")
    (inside / "circle.txt").symlink_to(inside / "circle.txt")
    assert relatives(inside) == ["a.txt", "same.txt"]
    assert issues_of(inside) == [
        ("warning", "link_skipped", "away.txt"),
        ("error", "unreadable", "broken.txt"),
        ("error", "unreadable", "circle.txt"),
        ("warning", "link_skipped", "elsewhere"),
        ("warning", "link_skipped", "loop"),
    ]
    assert relatives(inside / "away.txt") == ["away.txt"]


def test_a_folder_reached_by_a_link(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt", "real/b/c.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert relatives(tmp_path / "link") == ["a.txt", "b/c.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert relatives(tmp_path) == []
    assert issues_of(tmp_path)[0][:2] == ("error", "not_a_file")


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_odd_file_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"new\nline.txt", b"bad\xff.txt", "Zürich 東京.txt".encode(), b"tab\t.txt"):
        Path(os.fsdecode(os.path.join(folder, name))).write_text("text")  # noqa: PTH118
    names = relatives(tmp_path)
    assert names == ["Zürich 東京.txt", "bad\\xff.txt", "new\\x0aline.txt", "tab\\x09.txt"]
    assert all(name.encode() for name in names)
    assert all(file.path.read_text() == "text" for file in sources(tmp_path).files)


def test_printable_leaves_what_can_be_printed() -> None:
    assert printable("Zürich 東京 №5.txt") == "Zürich 東京 №5.txt"
    assert printable("a\ud800b\x85\u2028") == "a\\ud800b\\x85\\u2028"


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "shut/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert relatives(tmp_path) == ["a.txt"]
    assert issues_of(tmp_path) == [("error", "unreadable", "shut")]
