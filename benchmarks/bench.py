"""Speed, memory and scaling of Newsledger and its peers.

    python -m benchmarks.bench                  # all sections but the larger corpora
    python -m benchmarks.bench --quick          # fewer articles and rounds: some minutes
    python -m benchmarks.bench --only cold,peers
    python -m benchmarks.bench --only size --large  # up to 100,000 articles; --huge: to a million

Each section is measured in a process of its own and replaces that section, and no other, in
``results.json``; ``RESULTS.md`` and ``results.svg`` are written from it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed import report, runs, stages
from benchmarks.speed.measure import environment, libraries, machine

SIZES, LARGE, HUGE = [1_000, 10_000], [100_000], [100_000, 1_000_000]


def _memory(quick: bool) -> dict[str, Any]:
    words = 15_000 if quick else 60_000
    found: dict[str, Any] = {}
    for what in ("newsledger", *stages.PEERS):
        if what not in ("search_dates", "quantulum3", "recognizers-text, currency"):
            found[what] = _child("memory_of", what, str(words))
    return {what: measured for what, measured in found.items() if measured}


SECTIONS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "stages": lambda options: _child("stages", *_flags(options)),
    "peers": lambda options: _child("peers", *_flags(options)),
    "business": lambda options: _child("business", *_flags(options)),
    "memory": lambda options: _memory(options.quick),
    "cold": lambda options: _child("cold", *_flags(options)),
    "lengths": lambda options: _child("lengths", *_flags(options)),
    "append": lambda options: _child("append", *_flags(options)),
    "scaling": lambda options: _child("scaling", *_flags(options)),
    "size": lambda options: _child("size", *map(str, SIZES + (options.more or []))),
}
SLOW = ("size",)
"""Sections that ``--quick`` leaves out."""


def _flags(options: argparse.Namespace) -> list[str]:
    return ["quick"] if options.quick else []


def _child(what: str, *arguments: str) -> dict[str, Any]:
    """Measure in a new process, so that no section pays for what another has loaded."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench", "--child", what, *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(what: str, arguments: list[str]) -> dict[str, Any]:
    if what == "memory_of":
        return stages.memory_of(arguments[0], int(arguments[1]))
    if what == "size":
        return runs.size([int(count) for count in arguments])
    module = stages if what in ("stages", "peers", "business") else runs
    found: dict[str, Any] = getattr(module, what)("quick" in arguments)
    return found


def _program() -> dict[str, Any]:
    """Which program was measured: its version, and the hash of the people model."""
    from newsledger.engines.settings_record import settings_record
    from newsledger.values.settings import Settings
    from newsledger.values.version import __version__

    sha256 = settings_record(Settings())["people_model_sha256"]
    return {"version": __version__, "people_model": sha256[:12]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer articles and rounds; leaves out size")
    parser.add_argument("--only", metavar="NAMES", help=f"sections, of {','.join(SECTIONS)}")
    for name, more in {"--large": LARGE, "--huge": HUGE}.items():
        said = f"the size section up to {more[-1]:,} articles"
        parser.add_argument(name, dest="more", action="store_const", const=more, help=said)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder for the results")
    parser.add_argument("--report", action="store_true", help="write the table anew, measure nothing")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        what, *arguments = options.child
        print(json.dumps(_measure(what, arguments)))
        return

    path = options.out / "results.json"
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    chosen = options.only.split(",") if options.only else [n for n in SECTIONS if n not in SLOW]
    if not options.only and not options.quick:
        chosen += SLOW
    if unknown := sorted(set(chosen) - set(SECTIONS)):
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    for name in [] if options.report else chosen:
        began = time.monotonic()
        print(f"{name} ...", end=" ", flush=True)
        before = machine()
        found = SECTIONS[name](options)
        results[name] = {
            "measured": dt.datetime.now(dt.UTC).date().isoformat(),
            "machine": before,
            "program": _program(),
            "libraries": libraries(),
            "quick": options.quick,
            **found,
        }
        path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{time.monotonic() - began:.0f} s")
    (options.out / "RESULTS.md").write_text(report.markdown(results), encoding="utf-8")
    if not report.plot(results, options.out / "results.svg"):
        print("no plot: matplotlib is not installed")


if __name__ == "__main__":
    main()
