"""Windows of unannotated articles in which the people stage has corrected the classifier's people.

    python -m models.recipe.refute --articles DIR --without FILE.jsonl... --out corrected.npz

What each word of a window should be is what the shipped classifier says of it, but where the filters of
`newsledger.stages.people` drop a person, or call several names one firm: there the probability of a person
goes to the kind of name that the filter implies, or to all others where it implies none. Where the stage
finds a person that the classifier misses, most of it goes to the person. `models.recipe.relearn` learns from
the windows.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from models.recipe.data import labels
from newsledger.document.layout import lay_out
from newsledger.stages import countries, names, people
from newsledger.stages.names.candidates import is_cased, sentences_to_read
from newsledger.stages.names.decode import log_probabilities
from newsledger.stages.names.model import NameModel, load
from newsledger.stages.names.windows import longest_window, split_words, windows
from newsledger.stages.people.filters.firms import firm_names
from newsledger.values import trace

IMPLIED = {
    "called a firm": "ORG",
    "company": "ORG",
    "short for a firm": "ORG",
    "news agency": "ORG",
    "country": "LOC",
    "storm or deity": "MISC",
    "place or ship": None,
    "thing": None,
    "said to be a thing": None,
    "no person": None,
    "abbreviation": None,
    "definite": None,
}
"""Reason of a filter -> what the name is instead. What other filters drop is not taught: a family and a
pair bear names of people."""
REFUTED, FOUND = 0.9, 0.7
"""How much of the probability moves."""
WW = labels("ww")


@dataclass(frozen=True, eq=False)
class Remembering(NameModel):
    """A classifier that keeps what it said of each window."""

    said: dict[bytes, np.ndarray] = field(default_factory=dict)

    def logits(self, pieces: np.ndarray, case: np.ndarray, candidate: np.ndarray) -> np.ndarray:
        key = b"".join(part.tobytes() for part in (pieces, case, candidate))
        if key not in self.said:
            self.said[key] = super().logits(pieces, case, candidate)
        return self.said[key]


def corrections(text: str, model: NameModel) -> Iterator[tuple[int, int, str | None]]:
    """Spans that the stage corrects, each with what it is: a kind of name, or None, which is no person."""
    layout = lay_out(text)
    spans = names.find(text, layout=layout, model=model)
    claimed = [(n.start_char, n.end_char) for n in spans if n.label == "PER"]
    for firm in firm_names(text).partnerships:
        if any(a < firm.end_char and firm.start_char < b for a, b in claimed):
            yield firm.start_char, firm.end_char, "ORG"
    with trace.listening() as notes:
        found = people.find(
            text, layout=layout, names=spans, countries=countries.find(text, layout=layout, names=spans)
        )
    for note in notes:
        if note.stage == "people" and note.topic == "dropped" and note.why in IMPLIED:
            yield note.start, note.end, IMPLIED[note.why]
    for person in found:
        if not any(a < person.end_char and person.start_char < b for a, b in claimed):
            yield person.start_char, person.end_char, "PER"


def corrected(log_p: np.ndarray, kind: str | None) -> np.ndarray:
    """The log probabilities (words, labels) of a span after its correction.

    >>> sure = np.log(np.full((2, 17), 0.1 / 15)); sure[0, 1] = sure[1, 2] = np.log(0.9)
    >>> [WW[i] for i in corrected(sure, "ORG").argmax(1)]
    ['B-ORG', 'I-ORG']
    """
    p = np.exp(log_p.astype(np.float64))
    person = p[:, 1] + p[:, 2]
    if kind is None:
        others = p.copy()
        others[:, 1:3] = 0
        others[:, 0] += 1e-3
        return np.log((1 - REFUTED) * p + REFUTED * others / others.sum(1, keepdims=True) + 1e-9)
    at = WW.index(f"B-{kind}")
    right = np.zeros_like(p)
    right[0, at] = right[1:, at + 1] = 1
    if kind == "PER":
        return np.log((1 - FOUND) * p + FOUND * right + 1e-9)
    p[:, 1:3] *= 1 - REFUTED
    return np.log(p + REFUTED * person[:, None] * right + 1e-9)


def windows_of(text: str, model: Remembering) -> Iterator[dict[str, np.ndarray]]:
    """The windows of a text with the log probabilities to learn, and which words are corrected."""
    view = lay_out(text).view
    text, layout = view.text, view.layout
    spans = list(corrections(text, model))
    cased = is_cased(layout)
    words = split_words(layout, model.tokenizer, sentences_to_read(layout, cased=cased), cased=cased)
    for a, b in windows(words, max_pieces=longest_window(model.max_pieces, cased=cased)):
        part = slice(a, b)
        may, first = words.candidate[part], words.first[part]
        if not (may & first).any():
            continue
        target = log_probabilities(model.logits(words.piece[part], words.case[part], may))
        changed = np.zeros(b - a, np.bool_)
        for start, end, kind in spans:
            at = np.flatnonzero(may & first & (words.end[part] > start) & (words.start[part] < end))
            if len(at):
                target[at], changed[at] = corrected(target[at], kind), True
        yield {
            "piece": words.piece[part].astype(np.uint16),
            "case": words.case[part].astype(np.uint8),
            "first": first,
            "may": may,
            "target": target.astype(np.float16),
            "changed": changed,
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True, help="folder of *.jsonl.gz")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="files of articles to leave out")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    left_out = {json.loads(line)["id"] for path in options.without for line in path.open(encoding="utf-8")}
    model = Remembering(**vars(load(None)))
    made: list[dict[str, np.ndarray]] = []
    for path in sorted(options.articles.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                if article["id"] not in left_out:
                    made += windows_of(article["text"], model)
                    model.said.clear()
        print(path.name, len(made), sum(w["changed"].sum() for w in made), flush=True)
    np.savez(
        options.out,
        size=np.array([len(w["piece"]) for w in made], np.int32),
        **{key: np.concatenate([w[key] for w in made]) for key in made[0]},
    )


if __name__ == "__main__":
    main()
