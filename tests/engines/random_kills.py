"""Kills runs at random moments and goes on: ``python -m tests.engines.random_kills --kills 100``.

Some fall anywhere from the start of Python on, the others after the work began; the time in which they
lie becomes a little longer with each kill, and shorter with each run that ends before.

The tables must be those of a run that nobody disturbed, byte for byte. Slow, so no test of every change.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.engines.runs import STUBBED, articles, environment, run, snapshot


def since(out: Path) -> int:
    """When the folder of unfinished work was made, which each run does anew."""
    try:
        return (out / ".newsledger" / "tmp").stat().st_ctime_ns
    except OSError:
        return 0


FORMATS = "parquet,csv,sqlite"


def main() -> int:
    """Kill and resume; 1 where a table differs."""
    asked = argparse.ArgumentParser(prog="python -m tests.engines.random_kills", description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--resume", choices=("never", "always", "mixed"), default="mixed")
    given = asked.parse_args()
    dice = random.Random(given.seed)
    home = Path(tempfile.mkdtemp(prefix="newsledger-kills-"))
    source, out = articles(home / "in", count=8), home / "out"
    whole = run("extract", source, "--out", home / "whole", "--format", FORMATS)
    assert whole.returncode == 0, whole.stderr
    longest = 2.0
    ways = {"never": [[]], "always": [["--resume"]], "mixed": [[], ["--resume"]]}[given.resume]
    expected, killed, wrong = snapshot(home / "whole"), 0, 0
    while killed < given.kills:
        workers = dice.choice("12")
        command = ["extract", str(source), "--out", str(out), "--format", FORMATS, "--workers", workers]
        before, began = since(out), time.monotonic()
        process = subprocess.Popen(
            [sys.executable, str(STUBBED), *command, *dice.choice(ways)],
            env=environment(STUB_PAUSE="0.05"),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while process.poll() is None and since(out) in (0, before) and dice.random() < 0.999:
            time.sleep(0.01)
        try:
            process.wait(timeout=dice.uniform(0, longest))
            longest *= 0.9
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed, longest = killed + 1, 1.02 * longest
            state = "whole" if (out / "run.json").is_file() else "begun" if out.exists() else "nothing"
            print(f"kill {killed} after {time.monotonic() - began:.2f} s: {state}", flush=True)
            if dice.random() < 0.6:
                continue
        done = run(*command, *dice.choice(ways))
        if done.returncode or snapshot(out) != expected:
            wrong += 1
            shutil.copytree(out, home.with_name(f"{home.name}-{killed}"), dirs_exist_ok=True)
            print(f"kill {killed}: other tables, rc {done.returncode} {done.stderr}")
        shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(home)
    print(f"{killed} kills, {wrong} times other tables, seed {given.seed}, resume {given.resume}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
