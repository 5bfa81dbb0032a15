"""What stages found is used again where nothing that decides it has changed, and there alone."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

import newsledger
from newsledger.engines import batch, known_work, settings_record
from newsledger.extraction import extract_article
from newsledger.normalizer.run_record import files_sha256
from newsledger.values.plain import from_plain, to_json
from newsledger.values.settings import Settings
from tests.engines.runs import ROOT, snapshot
from tests.test_architecture import imports, modules

STAGES = ("names", "countries", "money", "dates", "people", "ledger")
TEXTS = {
    "aid": "President Maria Lopez of Georgia pledged $5 million on 03/04/2024 to the port of Harrow.",
    "loan": "Ben Cole, the minister of finance, said on Friday that Chad owed 40 million francs.",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path / "in")


def written(folder: Path, **changes: Any) -> Path:
    folder.mkdir(exist_ok=True)
    rows = [
        {"id": name, "title": "A town", "published": "2024-04-05", "text": t} for name, t in TEXTS.items()
    ]
    rows[0].update(changes)
    (folder / "day.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The stages that run on one of the articles."""
    found: set[str] = set()
    run = newsledger.extraction._run

    def watched(stage: str, text: str, *more: Any, **options: Any) -> Any:
        found.update({stage} if text in TEXTS.values() else ())
        return run(stage, text, *more, **options)

    monkeypatch.setattr("newsledger.extraction._run", watched)
    return found


@pytest.mark.parametrize(
    ("settings", "stages"),
    [
        ({"ledger": False}, set()),
        ({"default_currency": "CAD"}, {"money", "ledger"}),
        ({"publisher_country": "CA"}, {"money", "ledger"}),
        ({"day_order": "dmy"}, {"dates", "ledger"}),
        ({"fiscal_year_start": 4}, {"dates", "ledger"}),
        ({"governments": True}, {"countries", "money", "people", "ledger"}),
        ({"known_people": "people.csv"}, {"people", "ledger"}),
    ],
)
def test_another_setting_runs_what_it_concerns(
    settings: dict[str, Any], stages: set[str], source: Path, tmp_path: Path, ran: set[str]
) -> None:
    (tmp_path / "people.csv").write_text("id,name\nQ1,Maria Lopez\n")
    if "known_people" in settings:
        settings = {"known_people": tmp_path / "people.csv"}
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    batch.run([source], out, workers=1)
    ran.clear()
    summary = batch.run([source], out, settings=Settings(**settings), workers=1, existing="resume")
    assert ran == stages
    assert summary.known == {s: 2 for s in STAGES if s not in stages and (s != "ledger" or stages)}
    batch.run([source], fresh, settings=Settings(**settings), workers=1)
    assert snapshot(out) == snapshot(fresh)


@pytest.mark.parametrize(
    ("changes", "stages"),
    [
        ({"title": "Another town"}, {"ledger"}),
        ({"published": "2024-05-05"}, {"money", "dates", "ledger"}),
        ({"id": "renamed"}, set()),
    ],
)
def test_another_article_runs_what_it_concerns(
    changes: dict[str, Any], stages: set[str], source: Path, tmp_path: Path, ran: set[str]
) -> None:
    out = tmp_path / "out"
    batch.run([source], out, workers=1)
    ran.clear()
    batch.run([written(source, **changes)], out, workers=1, existing="resume")
    assert ran == stages
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("changed", "stages"),
    [
        ("stages/ledger", {"ledger"}),
        ("stages/money", {"money", "ledger"}),
        ("grammar", {"dates", "ledger"}),
        ("stages/names", set(STAGES)),
        ("lexicons", set(STAGES)),
        ("normalizer", set()),
    ],
)
def test_another_version_runs_the_stages_whose_code_is_another(
    changed: str,
    stages: set[str],
    source: Path,
    tmp_path: Path,
    ran: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    batch.run([source], out, workers=1)
    monkeypatch.setattr("newsledger.normalizer.run_record.code_sha256", lambda: "1" * 64)

    def other_files(*parts: str) -> str:
        return files_sha256(*parts) + "another" * (changed in parts)

    monkeypatch.setattr(settings_record, "files_sha256", other_files)
    ran.clear()
    batch.run([source], out, workers=1, existing="resume")
    assert ran == stages


@pytest.mark.parametrize("stage", STAGES)
def test_the_version_of_a_stage_is_that_of_all_it_imports(stage: str) -> None:
    """Of the packages of the program; those of the stages before it count in their own versions."""
    todo = [name for name in modules() if f"{name}.".startswith(f"newsledger.stages.{stage}.")]
    reached = set(todo)
    while todo:
        new = imports(todo.pop()) - reached
        reached |= new
        todo += new
    packages = {*settings_record._COMMON, f"stages/{stage}", *settings_record._STAGES[stage][2]}
    folders = {f"newsledger.{name.replace('/', '.')}." for name in packages}
    missing = {name for name in reached if not any(f"{name}.".startswith(folder) for folder in folders)}
    assert missing <= {"newsledger", "newsledger.stages"}


def test_mentions_come_back_as_they_were() -> None:
    kinds = 0
    for path in sorted((ROOT / "data" / "articles").rglob("*.txt")):
        article = newsledger.Article(text=path.read_text(encoding="utf-8"), published="2024-04-05")
        found = extract_article(article)
        for stage in settings_record._STAGES:
            mentions = getattr(found, stage)
            again = from_plain(known_work._KINDS[stage], json.loads(to_json(mentions)))
            assert again == mentions
            assert [*map(dataclasses.astuple, again)] == [*map(dataclasses.astuple, mentions)]
            kinds += bool(mentions)
    assert kinds > 5


def test_a_stage_that_failed_runs_again(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, run = tmp_path / "out", newsledger.extraction._run
    with monkeypatch.context() as patch:

        def failing(stage: str, text: str, *more: Any, **options: Any) -> Any:
            if stage == "countries":
                raise OSError("the disk")
            return run(stage, text, *more, **options)

        patch.setattr("newsledger.extraction._run", failing)
        batch.run([source], out, workers=1)
    summary = batch.run([source], out, workers=1, existing="resume")
    assert not summary.known
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")
