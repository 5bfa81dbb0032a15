"""``datapackage.json``: describes the tables as a Frictionless Data Package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsledger.normalizer.run_record import write_json
from newsledger.normalizer.schema import TABLES, table_schema
from newsledger.normalizer.writers import Format

PACKAGE = "newsledger-tables"
"""The name by which a package of ours is known."""


def describe_tables(kept: tuple[str, ...] = ()) -> dict[str, Any]:
    """The tables as a data package without files, as printed by ``newsledger schema``.

    >>> [resource["name"] for resource in describe_tables()["resources"]][:2]
    ['articles', 'people']
    """
    return {
        "profile": "data-package",
        "name": PACKAGE,
        "title": "People, countries, dates and monetary figures in news articles",
        "resources": [_resource(name, kept) for name in TABLES],
    }


def _resource(name: str, kept: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "description": TABLES[name].description, "schema": table_schema(name, kept)}


def _file(form: Format, path: Path) -> dict[str, Any]:
    described: dict[str, Any] = {
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": form.extension,
        "mediatype": form.media_type,
    }
    size, digest = path.stat().st_size, f"sha256:{file_sha256(path)}"
    if form.name == "parquet":
        # Frictionless reads Parquet without counting its bytes, and calls any count wrong.
        described |= {"file_bytes": size, "file_hash": digest}
    else:
        described |= {"bytes": size, "hash": digest}
    if form.name == "csv":
        described |= {
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        }
    elif form.name == "jsonl":
        described["encoding"] = "utf-8"
    return described


def file_record(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file, by which it is known again."""
    return {"bytes": path.stat().st_size, "sha256": file_sha256(path)}


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_datapackage(folder: Path, formats: Iterable[Format], kept: tuple[str, ...] = ()) -> Path:
    """Write ``datapackage.json`` for the files that ``formats`` left in ``folder``.

    ``kept`` are the sources' own fields in them. The first format of one file per table gives the resources
    their names; another adds its own under ``<table>-<format>``, so that keys point inside one format.
    Databases and workbooks carry their schema themselves and are not listed.
    """
    package = describe_tables(kept)
    resources: list[dict[str, Any]] = []
    for number, form in enumerate(f for f in formats if not f.one_file):
        suffix = f"-{form.name}" if number else ""
        for name, path in zip(TABLES, form.paths(folder), strict=True):
            described = _resource(name, kept)
            schema = described.pop("schema")
            for key in schema.get("foreignKeys", ()):
                key["reference"]["resource"] += suffix
            resources.append({**described, "name": name + suffix, **_file(form, path), "schema": schema})
    return write_json(
        folder / "datapackage.json", {**package, "resources": resources or package["resources"]}
    )
