"""One file in, its Articles and Issues out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from pipeline.article import Article
from pipeline.issues import Issue
from pipeline.reading.options import ReadOptions
from pipeline.reading.sources import SourceFile


def read_file(file: SourceFile, options: ReadOptions | None = None) -> Iterator[Article | Issue]:
    """Read the articles of one file, one record at a time; never raises for what the file holds.

    A file of many records (json, jsonl, csv, parquet) is streamed. Ids are as the records give them:
    `unique_ids` settles those that occur twice.
    """
    options = options or ReadOptions()
    opened = gzip.open(file.path, "rb") if file.gzipped else file.path.open("rb")
    with opened as stream:
        if file.kind == "text":
            yield Article(
                text=stream.read().decode("utf-8"),
                article_id=file.relative,
                source_path=file.relative,
                published=options.published,
            )
        elif file.kind == "jsonl":
            for number, line in enumerate(stream, 1):
                record: dict[str, Any] = json.loads(line)
                yield Article(
                    text=record["text"],
                    article_id=str(record.get("id") or f"{file.relative}#{number}"),
                    title=record.get("title"),
                    published=record.get("published") or options.published,
                    published_basis="metadata" if record.get("published") else "option",
                    source_path=file.relative,
                )
        else:
            yield Issue(
                source_path=file.relative,
                stage="reading",
                severity="error",
                code="unsupported",
                message=f"{file.kind} is not read yet",
            )
