"""Whole runs of the command line: cold start, workers, Dask, and the size of the corpus."""

from __future__ import annotations

import math
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.speed import corpus
from benchmarks.speed.measure import Measured, command, environment, pin


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="newsledger-bench-") as folder:
        yield Path(folder)


def cold(quick: bool) -> dict[str, Any]:
    """``--help``, and ``extract`` of one article, each in a new process with compiled bytecode."""
    pin()
    times = 5 if quick else 15
    with _scratch() as scratch:
        env = environment(scratch / "bytecode")
        article = scratch / "article.txt"
        text = next(text for text, _ in corpus.real(10_000)[0] if 200 <= len(text.split()) <= 600)
        article.write_text(text, encoding="utf-8")

        def one(arguments: list[object]) -> dict[str, Any]:
            found = []
            for _ in range(times + 1):
                shutil.rmtree(scratch / "out", ignore_errors=True)
                found.append(command(arguments, env=env))
            return {
                name: [
                    round(take(getattr(m, name) for m in found[1:]), 3) for take in (min, statistics.median)
                ]
                for name in ("seconds", "cpu")
            }

        return {
            "times": times,
            "words": len(text.split()),
            "--help": one(["--help"]),
            "extract": one(["extract", article, "--out", scratch / "out", "--quiet"]),
        }


def lengths(quick: bool) -> dict[str, Any]:
    """Words per second in articles of usual length, and in their paragraphs of 30 to 48 words alone."""
    rounds = 2 if quick else 3
    with _scratch() as scratch:
        pin()
        env = environment(scratch / "bytecode")
        long = [text for text, _ in corpus.real(40_000 if quick else 160_000)[0]]
        sets = {"none": long[:1], "short": list(corpus.paragraphs(long, 30, 48)), "long": long}
        cost: dict[str, float] = dict.fromkeys(sets, math.inf)
        for name, texts in sets.items():
            corpus.write_records(
                scratch / name, ({"id": f"a{n:06d}", "text": text} for n, text in enumerate(texts))
            )
        for _ in range(rounds):
            for name in sets:
                more = ["--quiet", "--workers", 1, "--no-ledger"]
                found = command(["extract", scratch / name, "--out", scratch / "out", *more], env=env)
                cost[name] = min(cost[name], found.cpu)
                shutil.rmtree(scratch / "out")
    words = {name: sum(len(text.split()) for text in texts) for name, texts in sets.items()}
    return {
        "rounds": rounds,
        "articles": {name: len(texts) for name, texts in sets.items()},
        "rates": {name: round(words[name] / (cost[name] - cost["none"]), 1) for name in ("short", "long")},
    }


def append(quick: bool) -> dict[str, Any]:
    """A run over short articles, and the same run where one in a hundred is new."""
    count = 2_000 if quick else 10_000
    with _scratch() as scratch:
        env = environment(scratch / "bytecode")
        source = corpus.write_short(scratch / "in", count + count // 100, per_file=count // 100)
        *_, new = sorted(source.iterdir())
        kept = new.rename(scratch / new.name)
        run: list[object] = ["extract", source, "--out", scratch / "out", "--quiet", "--workers", 2]
        command(["extract", kept, "--out", scratch / "warm", "--quiet"], env=env)
        whole = command(run, env=env)
        kept.rename(new)
        more = command([*run, "--resume"], env=env)
        tables = _count(scratch / "out")
    if tables["articles"] != count + count // 100:
        raise RuntimeError(f"{tables['articles']} articles came out")
    return {"articles": count, "new": count // 100, "whole": _plain(whole), "append": _plain(more)}


def scaling(quick: bool) -> dict[str, Any]:
    """The same articles with one worker, with two, and with two on a Dask cluster of this machine."""
    rounds = 2
    ways: dict[str, list[object]] = {
        "1 worker": ["--workers", 1],
        "2 workers": ["--workers", 2],
        "2 workers, Dask": ["--workers", 2, "--engine", "dask"],
    }
    best: dict[str, Measured] = {}
    absent: dict[str, str] = {}
    with _scratch() as scratch:
        env = environment(scratch / "bytecode")
        source, articles, words = corpus.write_real(scratch / "in", 120_000 if quick else 800_000)
        one, *_ = sorted(source.iterdir())
        command(["extract", one, "--out", scratch / "warm", "--quiet"], env=env)
        for _ in range(rounds):
            for name, extra in ways.items():
                if name in absent:
                    continue
                out = scratch / "out"
                try:
                    found = command(["extract", source, "--out", out, "--quiet", *extra], env=env, watch=0.25)
                except RuntimeError as error:
                    absent[name] = str(error)
                    continue
                finally:
                    shutil.rmtree(out, ignore_errors=True)
                if name not in best or found.seconds < best[name].seconds:
                    best[name] = found
    return {
        "rounds": rounds,
        "articles": articles,
        "words": words,
        "runs": {name: _plain(found) for name, found in best.items()},
        "absent": absent,
    }


def size(counts: list[int]) -> dict[str, Any]:
    """Corpora of short articles, all different, with two workers."""
    runs: dict[str, Any] = {}
    with _scratch() as scratch:
        env = environment(scratch / "bytecode")
        single = corpus.write_short(scratch / "single", 1)
        command(["extract", single, "--out", scratch / "warm", "--quiet"], env=env)
        for count in counts:
            source = corpus.write_short(scratch / f"in{count}", count)
            words = sum(len(article["text"].split()) for article in corpus.short(count))
            best: Measured | None = None
            for _ in range(3 if count <= 1_000 else 1):
                found = command(
                    ["extract", source, "--out", scratch / "out", "--quiet", "--workers", 2],
                    env=env,
                    watch=0.1,
                )
                if best is None or found.cpu < best.cpu:
                    best = found
                tables = _count(scratch / "out")
                shutil.rmtree(scratch / "out")
            assert best is not None
            if tables["articles"] != count:
                raise RuntimeError(f"{tables['articles']} articles of {count} came out")
            runs[str(count)] = {**_plain(best), "words": words, "rows": tables}
            shutil.rmtree(source)
    return {"runs": runs}


def _count(out: Path) -> dict[str, int]:
    import json

    return dict(json.loads((out / "run.json").read_text(encoding="utf-8"))["rows"])


def _plain(found: Measured) -> dict[str, Any]:
    return {
        "seconds": round(found.seconds, 2),
        "cpu": round(found.cpu, 2),
        "parent_mb": round(found.parent_mb),
        "workers_mb": [round(mb) for mb in found.workers_mb],
    }
