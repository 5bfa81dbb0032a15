"""A week of daily runs, with what happens in one, gives the bytes of a single run over its last state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsledger.api import read_tables
from newsledger.cli.main import call
from newsledger.engines import batch
from newsledger.values.settings import Settings
from tests.corpus.test_copies import paragraph
from tests.engines.runs import snapshot

PEOPLE = ("Ana Brankovic", "Ben Cole", "Ida Lund")


def article(day: int, n: int) -> dict[str, str]:
    """The ``n``-th article of a day: a person, a figure, a date."""
    who = PEOPLE[(day + n) % len(PEOPLE)]
    text = f"President {who} of Georgia pledged ${day * 100 + n} million on Monday.\n\n"
    return {
        "id": f"d{day}-{n}",
        "published": f"2024-04-{day:02d}",
        "text": text + paragraph(day * 10 + n, 80) + "\n\n" + paragraph(day * 10 + n + 500, 80),
    }


class Week:
    """Seven days of a source: files of each day, a file that grows, edits, removals, copies, corrections."""

    def __init__(self, folder: Path) -> None:
        self.source, self.corrections = folder / "in", folder / "corrections.jsonl"
        self.source.mkdir()
        self.corrections.touch()

    def file(self, name: str, rows: list[dict[str, str]]) -> None:
        (self.source / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def correct(self, out: Path, row: str, *what: str) -> None:
        file = ["--file", str(self.corrections), "--date", "2024-04-09", "--reason", "asked"]
        assert call(["correct", str(out), row, *what, *file]) == 0

    def monday(self, out: Path) -> None:
        self.file("d1.jsonl", [article(1, n) for n in range(4)])
        self.grown = [article(1, n) for n in range(10, 14)]
        self.file("live.jsonl", self.grown)

    def tuesday(self, out: Path) -> None:
        self.file("d2.jsonl", [article(2, n) for n in range(4)])
        self.correct(out, "$100 million", "--set", "currency=CAD")
        self.correct(out, "d1-1", "--add", "country_mentions", "--quote", "Monday", "--set", "iso_alpha3=TUV")

    def wednesday(self, out: Path) -> None:
        copy = {**article(1, 2), "id": "copy", "published": "2024-04-03"}
        self.file("d3.jsonl", [{**copy, "text": copy["text"][:-200]}, article(3, 1)])
        self.grown += [article(3, n) for n in range(10, 13)]
        self.file("live.jsonl", self.grown)

    def thursday(self, out: Path) -> None:
        rows = [article(1, n) for n in range(4)]
        rows[0]["text"] = "Late report. " + rows[0]["text"]  # what was corrected is elsewhere
        rows[3]["text"] = rows[3]["text"].replace("pledged", "paid")
        self.file("d1.jsonl", rows)

    def friday(self, out: Path) -> None:
        (self.source / "d2.jsonl").unlink()
        self.file("d5.jsonl", [article(5, n) for n in range(3)])
        self.correct(out, "d3-1#person:00000010-00000018", "--not-same-as", "ben-cole")

    def saturday(self, out: Path) -> None:
        """The original of the copy goes; the article of a correction goes."""
        self.file("d1.jsonl", [{**article(1, 0), "text": "Late report. " + article(1, 0)["text"]}])
        self.correct(out, "$500 million", "--drop")

    def sunday(self, out: Path) -> None:
        self.file("d2.jsonl", [article(2, n) for n in range(3)])  # back again
        self.file("d7.jsonl", [{**article(5, 1), "id": "again", "published": "2024-04-07"}, article(7, 0)])
        self.grown = self.grown[:5]
        self.file("live.jsonl", self.grown)

    DAYS = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def test_a_week_of_daily_runs_gives_the_bytes_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.engines.shards.SMALLEST", 2_000)  # so that two processes find work
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,rate\n2024-04-01,USD,0.9\n2024-04-01,CAD,0.7\n")
    week, out = Week(tmp_path), tmp_path / "out"
    settings = Settings(corrections=week.corrections, convert_to="EUR", rates=rates)
    for day, happens in enumerate(Week.DAYS):
        happens(week, out)
        batch.run([week.source], out, settings=settings, workers=1 + day % 2, existing="resume")
    for workers in (1, 2):
        fresh = tmp_path / f"fresh{workers}"
        batch.run([week.source], fresh, settings=settings, workers=workers)
        assert snapshot(out) == snapshot(fresh)

    tables = read_tables(out)
    copies = {r["article_id"]: r["duplicate_of"] for r in tables.arrow("articles").to_pylist()}
    assert {article_id: of for article_id, of in copies.items() if of} == {"again": "d5-1"}
    assert len(copies) == 1 + 3 + 2 + 3 + 2 + 5
    done = {r["action"]: r["article_id"] for r in tables.arrow("corrections").to_pylist()}
    assert done == {"set": "d1-0", "drop": "d5-0", "not_same_person": "d3-1"}
    assert tables.arrow("issues").column("code").to_pylist() == ["correction_stale"]  # d1-1 is gone
