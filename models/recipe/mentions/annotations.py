"""Annotated figures without their text: offsets, labels and a hash of the article they stand in.

    python -m models.recipe.mentions.annotations ANNOTATED.jsonl... --out models/ledger/annotations/FILE.jsonl

takes articles whose annotations quote words (party, measure, purpose ... as the guide of the ledger has
them) and keeps where the words stand. :func:`join` puts the text back for training.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def lines_of(path: Path) -> Iterator[Record]:
    """Records of a JSON Lines file, gzipped or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip())


def text_hash(text: str) -> str:
    """SHA-256 of the text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def nearest(text: str, words: str | None, position: int) -> list[int] | None:
    """Offsets of the occurrence of ``words`` that is nearest to ``position``.

    >>> nearest("it said it would", "it", 9)
    [8, 10]
    """
    if not words:
        return None
    found = [
        (min(abs(m.start() - position), abs(m.end() - position)), m.start())
        for m in re.finditer(re.escape(words), text)
    ]
    return [min(found)[1], min(found)[1] + len(words)] if found else None


def without_text(article: Record) -> Record:
    """The annotations of an article with every quoted word replaced by its offsets."""
    text = article["text"]
    starts = {f["f"]: f["start"] for f in article["figures"]}
    dates = {d["d"]: [d["start"], d["end"]] for d in article["dates"]}
    figures = []
    for figure in article["figures"]:
        at = figure["start"]

        def place(words: str | None, span: list[int] | None = None, at: int = at) -> list[int] | None:
            return list(span) if span else nearest(text, words, at)

        source = figure.get("source")
        kept: Record = {
            "start": at,
            "end": figure["end"],
            "class": figure.get("class"),
            "status": figure.get("status"),
            "comparison": figure.get("comparison") or "current",
            "cue": place(figure.get("cue"), figure.get("cue_span")),
            "measure": place(figure.get("measure"), figure.get("measure_span")),
            "purpose": place(figure.get("purpose"), figure.get("purpose_span")),
            "period": dates.get(figure.get("period") or ""),
            "parties": [
                {
                    "role": party["role"],
                    "words": place(party["text"], party.get("span")),
                    "name": place(party.get("name")),
                    "country": party.get("country"),
                }
                for party in figure.get("parties") or []
                if party.get("text")
            ],
            "source": source
            and {"words": place(source["text"], source.get("span")), "name": place(source.get("name"))},
            "links": [
                {"to": starts[link["to"]], "link": link["link"]}
                for link in figure.get("links") or []
                if link["to"] in starts
            ],
            "flags": figure.get("flags") or [],
        }
        figures.append({key: value for key, value in kept.items() if value not in (None, [])})
    return {
        "id": article["id"],
        "source": article["source"],
        "text_sha256": text_hash(text),
        "figures": figures,
        "dates": sorted(dates.values()),
    }


def join(annotated: Iterable[Record], articles: Path) -> Iterator[Record]:
    """Each annotated article with its ``text``, ``title`` and ``published`` from the files in ``articles``.

    Raises ValueError where an article is missing or its text is another than the one annotated.
    """
    wanted = {record["text_sha256"]: record for record in annotated}
    for path in sorted(articles.glob("*.jsonl.gz")):
        for article in lines_of(path):
            record = wanted.pop(text_hash(article["text"]), None)
            if record is not None:
                yield {**article, **record}
    if wanted:
        raise ValueError(f"{len(wanted)} annotated articles are not in {articles}")


def arguments(about: str) -> argparse.ArgumentParser:
    """The command line of a step that reads annotated files and the articles they are of."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--articles", type=Path, required=True)
    return parser


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as out:
        for path in options.annotated:
            for article in lines_of(path):
                out.write(json.dumps(without_text(article), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
