"""Annotated roles without their text: where the words stand that state them, and the hash of the article.

    python -m models.recipe.roles ANNOTATED.jsonl... [--keep ANNOTATED.jsonl] [--out FILE.jsonl]

takes articles with a list of ``people`` as the guide of the roles has it (person, role, org, country, status,
text). Person, organisation and words become offsets; one that the text does not have as written stays words.
Every third article of a file under ``--keep``, from its second on, is marked ``kept``: nobody looks at it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from models.recipe.mentions.annotations import Record, join, lines_of, text_hash

FILE = Path(__file__).resolve().parents[1] / "people" / "annotations" / "roles.jsonl"
SECOND = FILE.with_name("second.jsonl")
"""The roles of the kept articles that are not current, annotated a second time, apart."""


def without_text(article: Record, *, kept: bool) -> Record:
    """The roles of an article with the words that it quotes replaced by their offsets."""
    text = article["text"]

    def place(words: str | None, near: int = 0) -> list[int] | str | None:
        at = -1 if words is None else max(text.find(words, near), text.find(words))
        return words if words is None or at < 0 else [at, at + len(words)]

    stated = []
    for line in article["people"]:
        words = place(line["text"])
        near = words[0] if isinstance(words, list) else 0
        stated.append(
            {
                "person": place(line["person"]),
                "role": line["role"],
                "org": place(line["org"], near),
                "country": line["country"],
                "status": line["status"],
                "words": words,
            }
        )
    record = {"id": article["id"], "source": article["source"], "text_sha256": text_hash(text)}
    return {**record, **({"kept": True} if kept else {}), "people": stated}


def annotated(articles: Path, *, kept: bool, file: Path = FILE) -> Iterator[Record]:
    """The annotated articles with their text, the words of the roles as they were annotated.

    ``kept`` chooses those that are kept for judging. Raises ValueError where an article is missing.
    """
    wanted = [record for record in lines_of(file) if record.get("kept", False) == kept]
    for article in join(wanted, articles):
        text = article["text"]
        people = [
            {key: text[slice(*value)] if isinstance(value, list) else value for key, value in line.items()}
            for line in article["people"]
        ]
        yield {**article, "article": article["id"], "people": people}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8") as out:
        for path in options.annotated:
            for number, article in enumerate(lines_of(path)):
                kept = path in options.keep and number % 3 == 1
                out.write(json.dumps(without_text(article, kept=kept), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
