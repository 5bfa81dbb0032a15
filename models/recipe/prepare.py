"""Cuts all training text into windows of word pieces, once, on any machine.

    python -m models.recipe.prepare --data DIR --tokenizer FILE --out windows.npz

Every document is cut as the shipped stage cuts it (``newsledger.stages.names.windows``), gold documents at
four window lengths: a model that only ever saw full windows fails on single sentences. Two kinds of made
text are added, both from names of the *train* split only: lists of names, and copies of the silver
documents with their people, places and organisations exchanged for others, since the silver text is
American and the news is not.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from models.recipe.data import SCHEMES, Document, labels, read
from newsledger.document.layout import lay_out
from newsledger.stages.names.windows import split_words, windows

GOLD_LENGTHS = (24, 50, 110, 250)
SILVER_LENGTHS = (50, 110, 110, 250)
NO_LABEL = -100
SCHEME_IDS = {name: i for i, name in enumerate((*SCHEMES, "silver"))}


def exchange(document: Document, pool: dict[str, list[str]], *, seed: int) -> Document:
    """The document with its PER, LOC and ORG names exchanged, the same name always for the same other.

    A surname alone follows the full name it belongs to.
    """
    random_ = random.Random(seed)
    chosen: dict[tuple[str, str], str] = {}
    for s, e, label in sorted(document.spans, key=lambda span: span[0] - span[1]):
        surface = document.text[s:e]
        if label not in pool or (label, surface) in chosen or random_.random() < 0.15:
            continue
        if label == "PER" and " " not in surface:
            whole = [
                new for (kind, old), new in chosen.items() if kind == "PER" and old.split()[-1] == surface
            ]
            chosen[label, surface] = (
                whole[0].split()[-1] if whole else random_.choice(pool[label]).split()[-1]
            )
        else:
            chosen[label, surface] = random_.choice(pool[label])
    parts, spans, at, size = [], [], 0, 0
    for s, e, label in sorted(document.spans):
        if s < at:
            continue
        new = chosen.get((label, document.text[s:e]), document.text[s:e])
        parts += [document.text[at:s], new]
        size += s - at
        spans.append((size, size + len(new), label))
        size += len(new)
        at = e
    parts.append(document.text[at:])
    return Document("".join(parts), tuple(spans), document.scheme, document.split, document.source)


def made_lists(names: list[str], *, number: int, seed: int) -> Iterator[Document]:
    """Documents that are lists of names, in ways lists stand in news."""
    random_ = random.Random(seed)
    joints = (
        (", ", " and "),
        (", ", ", and "),
        ("; ", "; "),
        ("\n", "\n"),
        (", ", ", "),
        (" - ", " - "),
        ("\n- ", "\n- "),
    )
    openings = (
        "",
        "Signed by ",
        "They are ",
        "Board members: ",
        "Candidates include ",
        "Among the dead were ",
        "Line-up\n",
        "Also speaking will be ",
        "The panel: ",
        "Cast\n",
        "Guests included ",
        "- ",
    )
    closings = (".", "", " and others.", ", the office said.", "\n")
    for _ in range(number):
        separator, last = random_.choice(joints)
        text = random_.choice(openings)
        spans = []
        picked = random_.sample(names, random_.randint(2, 10))
        for i, name in enumerate(picked):
            text += "" if not i else last if i == len(picked) - 1 else separator
            spans.append((len(text), len(text) + len(name), "PER"))
            text += name
        yield Document(text + random_.choice(closings), tuple(spans), "ww", "train", "lists")


@lru_cache(maxsize=1)
def _tokenizer(file: str) -> Tokenizer:
    tokenizer = Tokenizer.from_file(file)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cut(document: Document, lengths: Iterable[int], tokenizer_file: str) -> list[dict[str, np.ndarray]]:
    """The windows of a document at each of ``lengths``: pieces, case, first and label rows."""
    words = split_words(lay_out(document.text), _tokenizer(tokenizer_file))
    label = np.full(len(words.piece), NO_LABEL, np.int8)
    if document.spans:
        index = {
            name: i for i, name in enumerate(labels(document.scheme if document.scheme in SCHEMES else "ww"))
        }
        label[words.first] = 0
        for s, e, kind in document.spans:
            inside = np.flatnonzero(words.first & (words.end > s) & (words.start < e))
            for n, i in enumerate(inside):
                label[i] = index[("I-" if n else "B-") + kind]
    made = []
    for length in lengths:
        for a, b in windows(words, max_pieces=length):
            made.append(
                {
                    "piece": words.piece[a:b].astype(np.uint16),
                    "case": words.case[a:b].astype(np.uint8),
                    "first": words.first[a:b],
                    "may": words.candidate[a:b],
                    "label": label[a:b],
                    "start": words.start[a:b].astype(np.int32),
                    "end": words.end[a:b].astype(np.int32),
                }
            )
    return made


def _job(job: tuple[Document, tuple[int, ...]], tokenizer_file: str) -> list[dict[str, np.ndarray]]:
    return cut(job[0], job[1], tokenizer_file)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of gold.jsonl.gz and silver.jsonl.gz"
    )
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=None, help="documents of each kind, for a trial run")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    gold = read(options.data / "gold.jsonl.gz")
    train = [d for d in gold if d.split == "train"]
    dev = [d for d in gold if d.split == "dev"]
    silver = [d for d in read(options.data / "silver.jsonl.gz") if len(d.text) > 80]
    if options.limit:
        random_.shuffle(train)
        train, dev, silver = train[: options.limit], dev[:4], silver[: options.limit]
    pool: dict[str, list[str]] = {}
    for kind in ("PER", "LOC", "ORG"):
        pool[kind] = sorted(
            {" ".join(d.text[s:e].split()) for d in train for s, e, label in d.spans if label == kind}
        )
    people = [n for n in pool["PER"] if n.count(" ") in (1, 2, 3) and n[0].isupper() and len(n) < 40]
    pool["PER"] = people
    jobs: list[tuple[str, Document, tuple[int, ...]]] = []
    for d in train:
        lengths = GOLD_LENGTHS if d.scheme == "ww" else (random_.choice((30, 60, 120, 250)),)
        jobs.append((d.scheme, d, lengths))
    jobs += [
        ("ww", d, (250,))
        for d in made_lists(people, number=3000 if not options.limit else 5, seed=options.seed)
    ]
    for n, d in enumerate(silver):
        jobs.append(("silver", d, (random_.choice(SILVER_LENGTHS),)))
        jobs.append(("silver", exchange(d, pool, seed=n), (random_.choice(SILVER_LENGTHS),)))
    jobs += [("dev", d, (120,)) for d in dev]
    columns: dict[str, list[np.ndarray]] = {
        k: [] for k in ("piece", "case", "first", "may", "label", "start", "end")
    }
    sizes, scheme, document = [], [], []
    with ProcessPoolExecutor() as pool_:
        results = pool_.map(
            partial(_job, tokenizer_file=str(options.tokenizer)), [(d, le) for _, d, le in jobs], chunksize=32
        )
        for number, ((kind, _, _), made) in enumerate(zip(jobs, results, strict=True)):
            for window in made:
                for key, rows in columns.items():
                    if key not in ("start", "end") or kind == "dev":
                        rows.append(window[key])
                sizes.append(len(window["piece"]))
                scheme.append(SCHEME_IDS.get(kind, 9))
                document.append(number)
    first_dev = len(jobs) - len(dev)
    np.savez_compressed(
        options.out,
        size=np.array(sizes, np.int32),
        scheme=np.array(scheme, np.int8),
        document=np.array(document, np.int32) - first_dev,
        **{key: np.concatenate(rows) for key, rows in columns.items()},
    )
    options.out.with_suffix(".dev.json").write_text(
        json.dumps([{"text": d.text, "spans": d.spans} for d in dev]), encoding="utf-8"
    )
    print(f"{len(sizes)} windows, {sum(sizes)} pieces, {len(dev)} dev documents")


if __name__ == "__main__":
    main()
