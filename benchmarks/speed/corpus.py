"""The articles that are measured on: real ones where the shared data is, else made of our own sample."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from benchmarks import shared_data

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "articles"

_GIVEN = "Ana Ben Carla Deepak Elena Farid Grace Hugo Irene Jonas Kemi Luis Mona Nils Olga Pablo".split()  # noqa: SIM905
_OPEN = "Ba Ce Di Fo Gu Ha Ki Lo Mu Na Pe Ro Sa Te Vi Zo".split()  # noqa: SIM905
_MIDDLE = "la ri no be mu ta ve do si ka lo re".split()  # noqa: SIM905
_CLOSE = "nko rsen tti vic dez lund mova ngo shi wick".split()  # noqa: SIM905
_PLACES = "Kenya Peru Norway Vietnam Chad Bolivia Oman Latvia Ghana Nepal".split()  # noqa: SIM905
_DIGIT = re.compile(r"\d+")


GENERAL = ("world_newswire", "senate_press")
BUSINESS = ("bbc_2005",)


def real(words: int, names: Sequence[str] = GENERAL) -> tuple[list[tuple[str, str | None]], str]:
    """Whole articles of ``words`` words together as (text, publication date), and what they are."""
    if shared_data.root() is None:
        every = [path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.txt"))]
        noise = random.Random(5)
        found: list[tuple[str, str | None]] = []
        while shared_data.words(text for text, _ in found) < words:
            found.append(("\n\n".join(noise.sample(every, 3)), None))  # about as long as an article
        return found, "texts of three of the project's own sample articles each"
    sources = {name: shared_data.rows(f"articles/{name}") for name in names}
    found, count = [], 0
    for group in zip(*sources.values(), strict=False):
        for row in group:
            found.append((row["text"], row.get("published")))
            count += len(row["text"].split())
        if count >= words:
            break
    return found, " and ".join(sources) + (", one of each in turn" if len(sources) > 1 else "")


def short(count: int) -> Iterator[dict[str, str]]:
    """``count`` short articles, all different: the first words of a real one with other digits, and a
    sentence from a grammar that names one of a number of people that grows with ``count``.
    """
    beginnings = [_beginning(text) for text, _ in real(60_000)[0]]
    noise = random.Random(8)
    for n in range(count):
        text = _DIGIT.sub(lambda m: _other_digits(m[0], noise), beginnings[n % len(beginnings)])
        person = int(count * noise.random() ** 3)
        day = f"{noise.randrange(1, 29)} March {noise.randrange(1995, 2024)}"
        text += (
            f"\n\nThe minister, {name(person)}, said in {noise.choice(_PLACES)} on {day} that the works "
            f"would cost ${noise.randrange(1, 999)}.{noise.randrange(10)} million."
        )
        yield {"id": f"a{n:06d}", "published": f"{1995 + n % 29}-04-{n % 28 + 1:02d}", "text": text}


def _beginning(text: str) -> str:
    """The first words, 20 at most."""
    return " ".join(text.split()[:20])


def _other_digits(number: str, noise: random.Random) -> str:
    """Another number of the same length; years stay years."""
    if len(number) == 4 and number[:2] in ("19", "20"):
        return number[:2] + str(noise.randrange(10, 24))
    return number[0] + "".join(str(noise.randrange(10)) for _ in number[1:])


def name(number: int) -> str:
    """A made-up name, another for each number."""
    rest, given = divmod(number, len(_GIVEN))
    family = ""
    rest, at = divmod(rest, len(_CLOSE))
    end = _CLOSE[at]
    rest, at = divmod(rest, len(_OPEN))
    family = _OPEN[at]
    while rest:
        rest, at = divmod(rest - 1, len(_MIDDLE))
        family += _MIDDLE[at]
    return f"{_GIVEN[given]} {family}{end}"


def paragraphs(texts: Iterable[str], least: int, most: int) -> Iterator[str]:
    """The paragraphs of so many words."""
    for text in texts:
        yield from (part for part in text.split("\n\n") if least <= len(part.split()) <= most)


def write_short(folder: Path, count: int, *, per_file: int = 1_000) -> Path:
    """Lay `short` articles down in files of JSON lines."""
    return write_records(folder, short(count), per_file=per_file)


def write_records(folder: Path, articles: Iterable[Mapping[str, str]], *, per_file: int = 1_000) -> Path:
    """Lay articles down in files of JSON lines."""
    folder.mkdir(parents=True)
    left = iter(articles)
    number = 0
    while part := list(islice(left, per_file)):
        lines = "".join(json.dumps(article) + "\n" for article in part)
        (folder / f"part-{number:04d}.jsonl").write_text(lines, encoding="utf-8")
        number += 1
    return folder


def write_real(folder: Path, words: int) -> tuple[Path, int, int]:
    """Lay `real` articles down as text files; returns the folder, the number of articles and of words."""
    folder.mkdir(parents=True)
    articles, _ = real(words)
    for n, (text, _) in enumerate(articles):
        (folder / f"a{n:05d}.txt").write_text(text, encoding="utf-8")
    return folder, len(articles), shared_data.words(text for text, _ in articles)
