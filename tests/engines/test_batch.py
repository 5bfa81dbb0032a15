"""Batch runs: how files become shards, what is taken over, and ids that occur twice."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsledger
from newsledger.api import read_tables
from newsledger.engines import batch, shards
from newsledger.engines.folder import FolderError, OutputFolder
from newsledger.engines.loop import Stopped
from newsledger.engines.shards import Done, cut, list_inputs, piece_size, read_spool
from newsledger.extraction import extract_in_steps
from newsledger.normalizer.schema import TABLES
from newsledger.reading import ReadOptions, read_articles, sources
from newsledger.stages import names
from newsledger.values.article import Article
from newsledger.values.settings import Settings
from tests.engines import stubbed
from tests.engines.runs import articles, snapshot


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", stubbed.in_one_step)
    monkeypatch.setattr("newsledger.normalizer.run_record.code_sha256", lambda: "0" * 64)


def records(path: Path, count: int, chars: int = 2_000) -> Path:
    noise = random.Random(1)
    texts = [f"Ana Brankovic paid ${n}. " + noise.randbytes(chars // 2).hex() for n in range(count)]
    lines = [json.dumps({"id": f"r{n * 7919 % count:04d}", "text": text}) for n, text in enumerate(texts)]
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_a_large_file_of_records_is_cut_and_comes_out_whole(tmp_path: Path) -> None:
    file = records(tmp_path / "r.jsonl", 400)
    out = batch.run([file], tmp_path / "out", workers=1).folder
    names = list((out / ".newsledger" / "shards").iterdir())
    assert len(names) > 3
    tables = read_tables(out)
    ids = tables.arrow("articles").column("article_id").to_pylist()
    assert ids == [f"r{n:04d}" for n in range(400)]
    assert sorted(map(int, tables.arrow("figures").column("value_low").to_pylist())) == list(range(400))
    assert tables.arrow("people").to_pylist()[0]["n_articles"] == 400
    for name in TABLES:
        keys = [tuple(row[c] or "" for c in TABLES[name].order) for row in tables.arrow(name).to_pylist()]
        assert keys == sorted(keys)


def test_copies_are_found_over_files(tmp_path: Path) -> None:
    text = " ".join(f"Ana Brankovic paid ${n} million for berth {n} of the harbour." for n in range(40))
    texts = {"first": text, "cut": text[:900], "other": "Ana Brankovic paid $5 for a ticket."}
    for name, content in texts.items():
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_text(content)
    tables = read_tables(batch.run([tmp_path / "in"], tmp_path / "out", workers=1).folder)
    rows = tables.arrow("articles").to_pylist()
    assert {row["article_id"]: row["duplicate_of"] for row in rows} == {
        "cut.txt": "first.txt",
        "first.txt": None,
        "other.txt": None,
    }


def test_memory_and_batch_give_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.extraction.extract_article", stubbed.stand_in)
    file = records(tmp_path / "r.jsonl", 150)
    batch.run([file], tmp_path / "out", workers=1)
    one, two = read_tables(tmp_path / "out"), newsledger.extract_articles(read_articles(file))
    assert all(one.arrow(name).equals(two.arrow(name)) for name in TABLES)


def test_cuts_depend_on_the_file_alone(tmp_path: Path) -> None:
    file = records(tmp_path / "r.jsonl.gz", 300)
    inputs = list_inputs(sources(file).files)
    spool = tmp_path / "spool"
    spool.mkdir()
    arguments = {"options": ReadOptions(), "size": 50_000, "spool": spool}
    every = list(cut(inputs, Done(), **arguments))
    assert [s.parts[0].piece for s in every] == list(range(len(every)))
    assert [s.parts[0].last for s in every] == [False] * (len(every) - 1) + [True]
    assert sum(s.weight for s in every) == inputs[0].weight
    assert sum(1 for s in every for _ in read_spool(s.parts[0].spool)) == 300
    parts = [
        {"relative": "r.jsonl.gz", "same": 0, "sha256": inputs[0].sha256, "piece": p.piece, "last": p.last}
        for s in every
        for p in s.parts
    ]
    without = [part for part in parts if part["piece"] not in (1, 4)]
    again = list(cut(inputs, Done(without), **arguments))
    assert [s.name for s in again] == [every[1].name, every[4].name]
    assert list(cut(inputs, Done(parts), **arguments)) == []


def test_records_of_almost_nothing_fill_no_piece_without_end(tmp_path: Path) -> None:
    for name, text, most in (("tiny", "a", 51), ("empty", "", 1_001)):  # issues beyond a thousand are counted
        file = tmp_path / f"{name}.jsonl"
        file.write_text(f'{{"text": "{text}"}}\n' * 3_000, encoding="utf-8")
        pieces = cut(
            list_inputs(sources(file).files), Done(), options=ReadOptions(), size=10_000, spool=tmp_path
        )
        sizes = [sum(1 for _ in read_spool(piece.parts[0].spool)) for piece in pieces]
        assert max(sizes) <= most, sizes


def test_small_files_are_grouped_by_size(tmp_path: Path) -> None:
    inputs = list_inputs(sources(articles(tmp_path / "in", count=10, chars=1_000)).files)
    found = list(cut(inputs, Done(), options=ReadOptions(), size=3_000, spool=tmp_path))
    assert [len(s.parts) for s in found] == [3, 3, 3, 1]
    assert len({s.name for s in found}) == 4
    assert piece_size(inputs) == shards.SMALLEST


def test_ids_that_occur_twice_are_settled_over_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsledger.extraction.extract_article", stubbed.stand_in)
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        for n in range(6):
            filler = "Filler words. " * 4_000
            (tmp_path / name / f"a{n}.txt").write_text(f"{name.title()} Person paid ${n}. {filler}")
    (tmp_path / "three" / "a1.txt~2.txt").write_text("Not a copy, $99.")
    (tmp_path / "ids.jsonl").write_text(
        '{"id": "a1.txt~2", "text": "Really $5."}\n{"id": "a2.txt", "text": "$6"}'
    )
    paths = [tmp_path / "one", tmp_path / "two", tmp_path / "three", tmp_path / "ids.jsonl"]
    batch.run(paths, tmp_path / "out", workers=1)
    tables = read_tables(tmp_path / "out")
    ids = tables.arrow("articles").column("article_id").to_pylist()
    assert len(set(ids)) == len(ids) == 21
    assert {"a1.txt", "a1.txt~2", "a1.txt~3", "a1.txt~2~2", "a2.txt~4"} <= set(ids)
    assert sorted(article.article_id for article in read_articles(*paths)) == ids  # as the API has them
    texts = dict(zip(ids, tables.arrow("articles").column("text").to_pylist(), strict=True))
    assert texts["a1.txt~2~2"] == "Really $5."
    for row in tables.arrow("figures").to_pylist():
        assert texts[row["article_id"]][row["start_char"] : row["end_char"]] == row["surface"]
        assert row["figure_id"].startswith(row["article_id"] + "#money:")
    assert tables.arrow("figures").num_rows == 21
    duplicates = [row for row in tables.arrow("issues").to_pylist() if row["code"] == "duplicate_id"]
    assert len(duplicates) == 14
    assert {row["article_id"] for row in duplicates} <= set(ids)
    people = {row["person_id"] for row in tables.arrow("people").to_pylist()}
    assert {row["person_id"] for row in tables.arrow("person_mentions").to_pylist()} == people
    batch.run(paths[::-1], tmp_path / "turned", workers=1)
    assert snapshot(tmp_path / "turned") == snapshot(tmp_path / "out")


def test_all_ids_of_an_article_with_another_id_are_made_of_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", extract_in_steps)
    line = json.dumps({"id": "x", "text": "Kenya paid $5m on Friday, said the minister Maria Lopez."})
    (tmp_path / "ids.jsonl").write_text(f"{line}\n{line}")
    batch.run([tmp_path / "ids.jsonl"], tmp_path / "out", formats=["parquet", "sqlite"], workers=1)
    tables = read_tables(tmp_path / "out")
    for name in ("figures", "date_mentions", "country_mentions", "person_mentions", "roles"):
        rows = tables.arrow(name).to_pylist()
        assert [row["article_id"] for row in rows] == ["x", "x~2"], name
        assert all(row[TABLES[name].key[0]].startswith(row["article_id"] + "#") for row in rows), name


def test_only_changed_files_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    batch.run([source], out, workers=1)
    (source / "a003.txt").write_text("Changed: $333.")
    (source / "a004.txt").unlink()
    (source / "b000.txt").write_text("New: $444.")
    read: list[str] = []

    def watched(article: Article, tools: object = None, **more: object) -> Iterator[object]:
        read.append(article.article_id)
        yield stubbed.stand_in(article, tools)

    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", watched)
    summary = batch.run([source], out, workers=1, existing="resume")
    assert read == ["a003.txt", "b000.txt"]
    assert summary.reused == 10
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_other_ids_of_known_people_read_no_article_again(tmp_path: Path) -> None:
    source, out, people = articles(tmp_path / "in"), tmp_path / "out", tmp_path / "people.csv"
    for person, reused in (("Q1", 0), ("Q2", 12)):
        people.write_text(f"id,name\n{person},Ana Lopez\n")
        settings = Settings(known_people=people)
        summary = batch.run([source], out, settings=settings, workers=1, existing="resume")
        assert summary.reused == reused
        assert person in read_tables(out).arrow("people").column("person_id").to_pylist()
    people.write_text("id,name\nQ2,Ana Berg\n")  # a name is looked for in every article
    with pytest.raises(FolderError, match="other settings"):
        batch.run([source], out, settings=Settings(known_people=people), workers=1)


def test_another_setting_does_not_read_the_names_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", extract_in_steps)
    source, out = articles(tmp_path / "in", chars=300), tmp_path / "out"
    batch.run([source], out, settings=Settings(ledger=False), workers=1)
    (source / "b000.txt").write_text("Ben Cole of Georgia paid $4 million.")
    find, read = names.find_in_steps, list[str]()

    def watched(text: str, **more: Any) -> Any:
        read.append(text)
        return find(text, **more)

    monkeypatch.setattr(names, "find_in_steps", watched)
    summary = batch.run([source], out, workers=1, existing="resume")
    assert summary.reused == 0
    assert summary.known == dict.fromkeys(["names", "countries", "money", "dates", "people"], 12)
    assert read[1:] == ["Ben Cole of Georgia paid $4 million."]  # after the sentence that loads the model
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")
    assert len(list((out / ".newsledger" / "shards").iterdir())) == 1


def test_a_file_that_grew_is_read_from_where_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, out = records(tmp_path / "r.jsonl", 400), tmp_path / "out"
    batch.run([file], out, workers=1)
    read: list[str] = []

    def watched(article: Article, tools: object = None, **more: object) -> Iterator[object]:
        read.append(article.article_id)
        yield stubbed.stand_in(article, tools)

    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", watched)
    whole = file.read_text()
    for lines, most in (
        (whole + '\n{"id": "new", "text": "Ben Cole paid $4 million."}', 120),  # grown
        (whole.replace("Ana Brankovic paid $3.", "Ana Brankovic paid $7."), 200),  # edited near the begin
        ("\n".join(whole.split("\n")[:300]), 200),  # cut off
    ):
        read.clear()
        file.write_text(lines)
        summary = batch.run([file], out, workers=1, existing="resume")
        assert len(read) < most
        assert summary.reused_pieces > 1
        batch.run([file], tmp_path / "fresh", workers=1, existing="fresh")
        assert snapshot(out) == snapshot(tmp_path / "fresh")
        assert batch.run([file], out, workers=1, existing="resume").unchanged
    (tmp_path / "b.txt").write_text("Ben Cole paid $8.")
    read.clear()
    assert batch.run([file, tmp_path / "b.txt"], out, workers=1, existing="resume").reused < 2
    assert read == ["b.txt"]


def test_a_file_that_was_edited_keeps_the_names_of_its_other_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", extract_in_steps)
    file, out = tmp_path / "day.jsonl", tmp_path / "out"
    said = [{"id": str(n), "text": f"Ana Brankovic of Peru paid ${n} million."} for n in range(5)]
    for changes in ({}, {2: "Ben Cole of Chad paid $9."}):
        rows = [{**row, "text": changes.get(n, row["text"])} for n, row in enumerate(said)]
        file.write_text("\n".join(map(json.dumps, rows)))
        summary = batch.run([file], out, workers=1, existing="resume")
    assert set(summary.known.values()) == {4}
    batch.run([file], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_an_unfinished_run_takes_changed_files_too(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    (source / "a011.txt").write_text("")
    with pytest.raises(Stopped):
        batch.run([source], out, workers=1, fail_fast=True)
    (source / "a011.txt").write_text("Mended: $11.")
    (source / "a000.txt").write_text("Changed: $1000.")
    assert batch.run([source], out, workers=1).reused > 0
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_another_program_or_setting_is_no_unfinished_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = articles(tmp_path / "in", count=2), tmp_path / "out"
    (source / "bad.txt").write_text("")
    with pytest.raises(Stopped):
        batch.run([source], out, workers=1, fail_fast=True)
    with pytest.raises(FolderError, match="other settings"):
        batch.run([source], out, workers=1, settings=newsledger.Settings(governments=True))
    monkeypatch.setattr("newsledger.normalizer.run_record.code_sha256", lambda: "1" * 64)
    with pytest.raises(FolderError, match="another version of the program"):
        batch.run([source], out, workers=1)
    batch.run([source], out, workers=1, existing="fresh")


def test_looking_at_a_folder_changes_nothing(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "none")
    assert folder.entries() == []
    assert folder.foreign() == []
    assert not folder.is_ours()
    assert not (tmp_path / "none").exists()


def test_fresh_follows_no_links(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in", count=1), tmp_path / "out"
    batch.run([source], out, workers=1)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("mine")
    (out / ".newsledger" / "shards" / "link").symlink_to(precious)
    (out / ".newsledger" / "link").symlink_to(precious)
    batch.run([source], out, workers=1, existing="fresh")
    assert (precious / "file").read_text() == "mine"


def test_the_output_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    batch.run([articles(tmp_path / "in", count=1)], tmp_path / "out", workers=1)
    assert (tmp_path / "real" / "figures.parquet").exists()


@pytest.mark.slow
def test_dask_gives_the_same_tables(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from tests.engines.runs import run

    source = articles(tmp_path / "in", count=6)
    (source / "a003.txt").write_text("POISON $3")
    for engine in ("dask", "local"):
        done = run("extract", source, "--out", tmp_path / engine, "--workers", 2, "--engine", engine)
        assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "dask") == snapshot(tmp_path / "local")
    assert read_tables(tmp_path / "dask").arrow("issues").column("code").to_pylist() == ["killed_worker"]


def test_a_broken_shard_is_done_again(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    (source / "a011.txt").write_text("")
    with pytest.raises(Stopped):
        batch.run([source], out, workers=1, fail_fast=True)
    cut_off, empty, *_ = sorted((out / ".newsledger" / "shards").iterdir())
    path = cut_off / "articles.arrow"
    path.write_bytes(path.read_bytes()[:-100])
    (empty / "shard.json").write_bytes(b"")
    assert batch.run([source], out, workers=1).reused > 0
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


def test_an_unfinished_run_of_other_articles_is_not_given_up_silently(tmp_path: Path) -> None:
    source, other, out = articles(tmp_path / "in"), tmp_path / "other", tmp_path / "out"
    other.mkdir()
    (other / "b.txt").write_text("Ben Cole paid $4.")
    (source / "a011.txt").write_text("")
    with pytest.raises(Stopped):
        batch.run([source], out, workers=1, fail_fast=True)
    before = snapshot(out, hidden=True)
    with pytest.raises(FolderError, match="an unfinished run of other articles"):
        batch.run([other], out, workers=1)
    assert snapshot(out, hidden=True) == before
    batch.run([other], out, workers=1, existing="fresh")


def test_fail_fast_forgets_the_errors_of_mended_files(tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in", count=3, chars=100), tmp_path / "out"
    for name in ("bad.txt", "worse.txt"):
        (source / name).write_text("")
    for name in ("bad.txt", "worse.txt"):
        with pytest.raises(Stopped, match=name):
            batch.run([source], out, workers=1, fail_fast=True)
        (source / name).write_text("Mended: $11.")
    batch.run([source], out, workers=1, fail_fast=True)
    batch.run([source], tmp_path / "fresh", workers=1)
    assert snapshot(out) == snapshot(tmp_path / "fresh")
