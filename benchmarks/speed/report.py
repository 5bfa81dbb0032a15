"""The results as a page and a plot; each section stands for itself, with the machine it was measured on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Section = Mapping[str, Any]

HEAD = """# Results of `make bench`

Written by `python -m benchmarks.bench`; the figures are in `results.json`. Words are runs of characters
between blanks. Rates are words per second of *processor time* of one process with one thread, pinned to one
core. Each is the best of several rounds in which all programs take turns, to reduce the effect of other work
on the machine. Ratios are computed only within one section, that is, within one run.
"""

STAGES = ("layout", "language", "names", "countries", "money", "dates", "people", "ledger")


def markdown(results: Mapping[str, Section]) -> str:
    """The page."""
    parts = [HEAD]
    if any(name in results for name in WRITERS):
        parts.append("![Words per second, and memory by size of the corpus](results.svg)\n")
    for name, write in WRITERS.items():
        if name in results:
            parts.append("\n".join([*write(results[name]), "", _about(results[name]), ""]))
    return "\n".join(parts)


def _about(section: Section) -> str:
    at, program = section["machine"], section["program"]
    versions = ", ".join(f"{name} {version}" for name, version in section["libraries"].items())
    noted = " A quick run." if section["quick"] else f" {section['note']}" if "note" in section else ""
    return (
        f"<sub>Measured {section['measured']}: Newsledger {program['version']} (people model "
        f"`{program['people_model']}`) on {at['cores']} cores of {at['cpu']}, {at['memory_gb']} GB, "
        f"{at['system']}, Python {at['python']}, load average {at['load']} before it began.{noted} "
        f"{versions}.</sub>"
    )


def _table(head: str, rows: list[list[object]]) -> Iterator[str]:
    columns = head.split("|")
    yield "| " + " | ".join(columns) + " |"
    yield "|---|" + "--:|" * (len(columns) - 1)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _n(value: float) -> str:
    return f"{value:,.0f}"


def _stages(section: Section) -> Iterator[str]:
    rates = {name: found["rate"] for name, found in section["rates"].items()}
    whole = rates["whole"]
    yield "## Each stage, one core\n"
    yield f"{section['articles']} articles, {_n(section['words'])} words ({section['what']}).\n"
    rows: list[list[object]] = [
        [name, _n(rates[name]), f"{whole / rates[name]:.1%}"] for name in STAGES if name in rates
    ]
    rest = 1 - sum(whole / rates[name] for name in STAGES if name in rates)
    rows += [["*the rest*", "", f"{max(rest, 0):.1%}"], ["**whole**", f"**{_n(whole)}**", "100 %"]]
    yield from _table("stage|words/s|of the time", rows)


def _peers(section: Section) -> Iterator[str]:
    yield "## Compared with peers, one core\n"
    yield from _beside(section)


def _business(section: Section) -> Iterator[str]:
    yield "## Business news, one core\n"
    yield from _beside(section)


def _beside(section: Section) -> Iterator[str]:
    rates = section["rates"]
    ours = {"newsledger": "newsledger"}
    ours.update(dict.fromkeys(("search_dates",), "newsledger dates"))
    ours.update(dict.fromkeys(("quantulum3", "recognizers-text, currency"), "newsledger money"))
    yield f"{section['articles']} articles, {_n(section['words'])} words ({section['what']}).\n"
    rows: list[list[object]] = []
    for name, found in rates.items():
        mine = ours.get(name, "newsledger")
        ratio = (
            "" if name.startswith("newsledger") else f"{rates[mine]['rate'] / found['rate']:.1f} x ({mine})"
        )
        part = "" if found["words"] == section["words"] else f" (the first {found['articles']} articles)"
        rows.append([name + part, _n(found["rate"]), ratio])
    yield from _table("|words/s|Newsledger is faster by", rows)
    for name, why in section["absent"].items():
        yield f"\nNot measured: {name} ({why})."


def _memory(section: Section) -> Iterator[str]:
    found = {name: value for name, value in section.items() if isinstance(value, dict) and "peak_mb" in value}
    yield "## Peak memory of one process\n"
    yield f"After reading {_n(next(iter(found.values()))['words'])} words in articles of usual length.\n"
    yield from _table("|MB", [[name, value["peak_mb"]] for name, value in found.items()])


def _cold(section: Section) -> Iterator[str]:
    yield "## Cold start\n"
    yield (
        f"A new process each time, bytecode compiled, files in the disk cache; {section['times']} times "
        f"on one core. `extract` reads one article of {section['words']} words and writes all tables.\n"
    )
    rows: list[list[object]] = []
    for name in ("--help", "extract"):
        wall, cpu = section[name]["seconds"], section[name]["cpu"]
        rows.append([f"`newsledger {name}`", *(f"{value:.2f} s" for value in (*wall, *cpu))])
    yield from _table("|best|median|processor time, best|median", rows)


def _lengths(section: Section) -> Iterator[str]:
    rates, articles = section["rates"], section["articles"]
    yield "## Short articles\n"
    yield (
        "`newsledger extract --workers 1 --no-ledger`, words per second of processor time beyond the start, "
        f"the best of {section['rounds']}: {_n(articles['long'])} articles of usual length "
        f"{_n(rates['long'])}; their {_n(articles['short'])} paragraphs of 30 to 48 words, each an article, "
        f"{_n(rates['short'])}: {rates['short'] / rates['long']:.2f} of that."
    )


def _append(section: Section) -> Iterator[str]:
    whole, more = section["whole"]["cpu"], section["append"]["cpu"]
    yield "## Appending\n"
    yield (
        f"{_n(section['articles'])} short articles take {whole:.1f} s of processor time; "
        f"{_n(section['new'])} more with `--resume` take {more:.1f} s, {more / whole:.1%} of that."
    )


def _scaling(section: Section) -> Iterator[str]:
    runs = section["runs"]
    one = runs["1 worker"]
    yield "## Workers\n"
    yield (
        f"`newsledger extract` of {_n(section['articles'])} articles, {_n(section['words'])} words, start "
        f"and writing included; the best of {section['rounds']} by wall-clock time. If other work shares "
        "the cores, two workers cannot be twice as fast; the processor time shows their cost.\n"
    )
    rows: list[list[object]] = []
    for name, run in runs.items():
        rows.append(
            [
                name,
                f"{run['seconds']:.1f} s",
                f"{one['seconds'] / run['seconds']:.2f} x",
                f"{run['cpu']:.1f} s",
                f"{max([run['parent_mb'], *run['workers_mb']]):.0f} MB",
            ]
        )
    yield from _table("|wall-clock time|speed-up|processor time|largest process", rows)
    if "2 workers, Dask" in runs and "2 workers" in runs:
        ratio = runs["2 workers"]["seconds"] / runs["2 workers, Dask"]["seconds"]
        yield f"\nDask reaches {ratio:.2f} of the speed of the process pool."
    for name, why in section["absent"].items():
        yield f"\nNot measured: {name} ({why})."


def _size(section: Section) -> Iterator[str]:
    yield "## Size of the corpus\n"
    length = sum(run["words"] for run in section["runs"].values()) / sum(map(int, section["runs"]))
    yield (
        f"`newsledger extract --workers 2` of short articles (about {length:.0f} words, all different: the "
        "first words of a real article with other digits, and a sentence from a grammar; the number of "
        "people grows with the number of articles). All stages ran, including the name classifier. "
        "*Marginal* is the processor time of each article added since the row above, which leaves out "
        "the start.\n"
    )
    rows: list[list[object]] = []
    before: tuple[int, float] | None = None
    for key, run in section["runs"].items():
        count = int(key)
        marginal = 1000 * (run["cpu"] - before[1]) / (count - before[0]) if before else None
        rows.append(
            [
                f"{count:,}",
                _n(run["words"]),
                _n(run["rows"]["people"]),
                f"{run['seconds']:.0f} s",
                f"{1000 * run['cpu'] / count:.2f} ms",
                f"{marginal:.2f} ms" if marginal else "",
                f"{run['parent_mb']:.0f} MB",
                f"{max(run['workers_mb'], default=0):.0f} MB",
            ]
        )
        before = (count, run["cpu"])
    yield from _table(
        "articles|words|people|wall-clock time|processor time per article|marginal|main process|"
        "largest worker",
        rows,
    )


WRITERS: Mapping[str, Callable[[Section], Iterator[str]]] = {
    "peers": _peers,
    "business": _business,
    "stages": _stages,
    "memory": _memory,
    "cold": _cold,
    "lengths": _lengths,
    "append": _append,
    "scaling": _scaling,
    "size": _size,
}


def plot(results: Mapping[str, Section], path: Path) -> bool:
    """Draw the rates beside the peers and the memory by size; False without matplotlib."""
    try:
        import matplotlib as mpl
    except ImportError:
        return False
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "newsledger", "font.size": 9, "svg.fonttype": "none"})
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4), width_ratios=(3, 2), layout="constrained")
    rates = {name: found["rate"] for name, found in results.get("peers", {}).get("rates", {}).items()}
    names = sorted(rates, key=lambda name: rates[name])
    colours = ["#1f5a7a" if name.startswith("newsledger") else "#b8b8b8" for name in names]
    left.barh(names, [rates[name] for name in names], color=colours)
    left.set_xscale("log")
    left.set_xlabel("words per second, one core (log scale)")
    for at, name in enumerate(names):
        left.text(rates[name], at, f" {rates[name]:,.0f}", va="center")
    sizes = results.get("size", {}).get("runs", {})
    counts = [int(count) for count in sizes]
    right.plot(
        counts, [run["parent_mb"] for run in sizes.values()], "o-", color="#1f5a7a", label="main process"
    )
    workers = [max(run["workers_mb"], default=0) for run in sizes.values()]
    right.plot(counts, workers, "s--", color="#c8742b", label="largest worker")
    right.set_xscale("log")
    right.set_ylim(0, 650)
    right.set_xlabel("articles")
    right.set_ylabel("peak memory, MB")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    left.margins(x=0.15)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    return True
