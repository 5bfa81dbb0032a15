"""Reads the code blocks of a Markdown page and runs them as a reader would, in the order of the page."""

from __future__ import annotations

import contextlib
import doctest
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.docs import ready

ROOT = Path(__file__).parents[2]

_BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_MAKE = re.compile(r"make (\w+)(?:\s*#.*)?")
_DOCTEST = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
RUN = ("sh", "python", "pycon")
READ = ("yaml", "json", "toml")
"""Languages of blocks that are only read: they must be well formed."""
SECONDS = 240
PORT = "18786"
"""What pages call a free port."""


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its code, its line, and the file it is to become."""

    language: str
    code: str
    line: int
    file: str | None = None


def blocks_of(text: str) -> Iterator[Block]:
    """The fenced blocks of a page.

    >>> [b.language for b in blocks_of("```sh\\nls\\n```\\n\\n```text\\na\\n```\\n")]
    ['sh', 'text']
    """
    for match in _BLOCK.finditer(text):
        line = text[: match.start("code")].count("\n") + 1
        yield Block(match["language"], match["code"], line, match["file"])


class Reader:
    """Someone who follows a page: a folder with the sample articles, a shell, one Python session."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.printed: str | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = str(free.getsockname()[1])  # the page's may be taken, by another run of the tests say
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "out").mkdir()
        # What `make demo` makes: an environment with the command in it.
        tools = folder / ".venv" / "bin"
        tools.mkdir(parents=True)
        (tools / "activate").touch()
        command = tools / "newsledger"
        command.write_text(
            _COMMAND.format(python=sys.executable, ready=ready.__file__, place=ready.place()),
            encoding="utf-8",
        )
        command.chmod(0o755)
        path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = {
            **os.environ,
            "PATH": path,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "pipeline"), str(ROOT)]),
            "MPLBACKEND": "agg",
        }

    def follow(self, block: Block, page: str) -> None:
        """Do what a block says; raises ``AssertionError`` where it does not work."""
        where = f"{page}, line {block.line}"
        if block.file:
            file = self.folder / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.code, encoding="utf-8")
        elif block.language == "sh":
            self.printed = self._shell(block.code, where)
        elif block.language == "python":
            exec(compile("\n" * (block.line - 1) + block.code, page, "exec"), self.names)
        elif block.language == "pycon":
            self._session(block.code, page, block.line)
        elif block.language in READ:
            _READERS[block.language](block.code)
        elif block.language == "text" and self.printed is not None:
            pattern = re.escape(" ".join(block.code.split())).replace(r"\.\.\.", ".*?")
            pattern = pattern.replace(r"\ .*?\ ", ".*?")
            assert re.search(pattern, " ".join(self.printed.split())), f"{where}: printed\n{self.printed}"

    def _shell(self, code: str, where: str) -> str:
        for target in _MAKE.findall(code):
            subprocess.run(
                ["make", "--dry-run", target], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=60
            )
        script = _MAKE.sub(":", code).replace(PORT, self.port)
        said = self.folder / ".printed"
        with said.open("wb") as stream:
            process = subprocess.Popen(
                ["/bin/bash", "-euc", script],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                code_of_end = process.wait(timeout=SECONDS)
            finally:
                # What a block began in the background ends with it.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
        printed = said.read_text(encoding="utf-8", errors="replace")
        assert code_of_end == 0, f"{where}: exit code {code_of_end}\n{printed}"
        return printed

    def _session(self, code: str, page: str, line: int) -> None:
        test = doctest.DocTestParser().get_doctest(code, self.names, page, page, line - 1)
        runner = doctest.DocTestRunner(optionflags=_DOCTEST, verbose=False)
        said: list[str] = []
        test.globs = self.names
        runner.run(test, out=said.append, clear_globs=False)
        assert not runner.failures, "".join(said)


_READERS: dict[str, Callable[[str], Any]] = {
    "yaml": lambda code: list(yaml.safe_load_all(code)),
    "json": json.loads,
    "toml": tomllib.loads,
}

_COMMAND = """#!/bin/bash
# One process does for a dozen articles.
case "${{1:-}}" in extract|check|accept|evaluate) [[ "$*" == *--engine* ]] || set -- "$@" --workers 1 ;; esac
[[ "$*" == *--engine* ]] && exec "{python}" -m newsledger.cli.main "$@"
exec "{python}" -I -S "{ready}" run "{place}" "$@"
"""
