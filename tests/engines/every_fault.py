"""Lets each call to the system that changes a file fail, once: ``python -m tests.engines.every_fault``.

For the n-th write, rename, unlink, fsync ... of a run that adds an article to a finished one, n = 1, 2, 3
...: it fails passingly, it and all after it fail, or the process ends there. What then calls itself finished
must be as its record says, and the next run must leave the tables of a run that nobody disturbed. Needs a C
compiler and Linux; there are some thousand runs, so a test of every change takes few of them.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from newsledger.cli import main
from newsledger.engines.folder import OutputFolder
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.writers import FORMATS
from tests.engines.runs import articles, snapshot
from tests.engines.stubbed import install
from tests.engines.test_injected import finished_as_recorded

WAYS = {"once": (0, 0), "lasting": (1, 0), "killed": (0, 1)}
LIBRARY = "NEWSLEDGER_FAULTY_DISK"


def in_a_child(work: Callable[[], Any]) -> Any:
    """What a function returns in a process of its own; None where that was killed."""
    reads, writes = os.pipe()
    if not (child := os.fork()):
        with os.fdopen(writes, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as told:
        answer = told.read()
    _, status = os.waitpid(child, 0)
    if status and os.waitstatus_to_exitcode(status) != 137:
        raise AssertionError(f"a child ended with {status}")
    return json.loads(answer) if answer else None


def extract(source: Path, out: Path, formats: str) -> tuple[int, str]:
    """The exit code of a run and what it said of errors."""
    sys.argv[1:] = ["extract", str(source), "--out", str(out), "--format", formats, "--workers", "1"]
    sys.argv += ["--resume", "--quiet"]
    with tempfile.TemporaryFile() as told:
        os.dup2(told.fileno(), 2)
        try:
            main.main()
        except SystemExit as end:
            gc.collect()
            told.seek(0)
            return int(end.code or 0), told.read().decode()
    raise AssertionError("the command line did not end")


def content(out: Path) -> dict[str, Any]:
    """What the files of a run hold; of formats that are not the same byte for byte, their rows."""
    held: dict[str, Any] = {}
    for name, data in snapshot(out).items():
        if name.endswith(".duckdb"):
            try:
                with duckdb.connect(str(out / name), read_only=True) as base:
                    rows = [base.table(table).fetchall() for table in TABLES]
            except Exception as error:
                rows = [[f"cannot be read: {error}"]]
            held[name] = str(rows)
        elif name.endswith(".xlsx"):
            with zipfile.ZipFile(out / name) as book:
                held[name] = {one: book.read(one).hex() for one in book.namelist() if "docProps" not in one}
        elif name not in ("run.json", "datapackage.json"):
            held[name] = data.hex()
    return held


def every_fault() -> int:
    """Try all faults; 1 where one cost a table."""
    asked = argparse.ArgumentParser(prog="python -m tests.engines.every_fault", description=__doc__)
    asked.add_argument("--formats", default=",".join(FORMATS))
    asked.add_argument("--every", type=int, default=1, help="only one of so many calls")
    asked.add_argument("--first", type=int, default=1)
    given = asked.parse_args()
    home = Path(tempfile.mkdtemp(prefix="newsledger-faults-"))
    if LIBRARY not in os.environ:
        library = home / "faulty_disk.so"
        code = Path(__file__).with_name("faulty_disk.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, code, "-ldl"], check=True)
        changed = {**os.environ, LIBRARY: str(library), "LD_PRELOAD": str(library)}
        command = [sys.executable, "-m", "tests.engines.every_fault", *sys.argv[1:]]
        done = subprocess.run(command, env=changed, check=False)
        shutil.rmtree(home)
        return done.returncode
    disk = ctypes.CDLL(os.environ[LIBRARY])
    disk.counted.restype = ctypes.c_long
    install()
    OutputFolder.was_killed = lambda _: False  # type: ignore[method-assign]  # other processes have no stand-in
    source, first, out = articles(home / "in", count=2, chars=100), home / "first", home / "out"
    assert in_a_child(lambda: extract(source, first, given.formats)) == [0, ""]
    (source / "b.txt").write_text("Ana Lopez paid $7.", encoding="utf-8")
    assert in_a_child(lambda: extract(source, home / "whole", given.formats)) == [0, ""]
    for name in in_a_child(lambda: extract(source, home / "again", given.formats) and list(sys.modules)):
        importlib.import_module(name)  # once for all children
    expected = in_a_child(lambda: content(home / "whole"))

    def disturbed(number: int, lasting: int, deadly: int) -> tuple[int, int, str]:
        disk.arm(os.fsencode(out), ctypes.c_long(number), lasting, deadly)
        code, told = extract(source, out, given.formats)
        calls = disk.counted()
        disk.arm(b"", ctypes.c_long(0), 0, 0)
        return calls, code, told

    wrong, outcomes = 0, Counter[str]()
    for way, (lasting, deadly) in WAYS.items():
        number = given.first
        while True:
            shutil.copytree(first, out)
            ended = in_a_child(lambda n=number, last=lasting, dead=deadly: disturbed(n, last, dead))
            calls, code, told = ended or (number, "killed", "")
            faults = (
                [f"said {told!r}"]
                if "internal error" in told or told.count("\n") != (ended is not None and code != 0)
                else []
            )
            if not in_a_child(lambda: finished_as_recorded(out)):
                faults.append("calls itself finished and is not as its record says")
            if (again := in_a_child(lambda: extract(source, out, given.formats))) != [0, ""]:
                faults.append(f"the next run ends with {again}")
            elif in_a_child(lambda: content(out)) != expected:
                faults.append("the next run leaves other tables")
            shutil.rmtree(out)
            outcomes[f"{way}, exit {code}"] += 1
            wrong += len(faults)
            for fault in faults:
                print(f"call {number}, {way}: {fault}", flush=True)
            if calls < number:
                break
            number += given.every
        print(f"{way}: {number} calls to the system", flush=True)
    shutil.rmtree(home)
    print(f"{sum(outcomes.values())} faults, {wrong} wrong; {dict(outcomes)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(every_fault())
