"""Texts for the fuzzer, built from the grammar of news: each is named by a seed and a number."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from newsledger import Article

ODD = (
    *(
        "\0",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\r",
        "\r\n",
        "\n",
        "\n\n",
        "\t",
        "\v",
        "\f",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u00a0",
        "\u202f",
        "\u3000",
    ),
    *("\ud800", "\udfff", "\U0001f4b0", "\U000e0041", "\U0010ffff", "\ufffd", "\ufffe", "e\u0301", "\u0345"),
    *(
        "İ",
        "ı",
        "ß",
        "ﬁ",
        "ǅ",
        "Ⅻ",
        "½",
        "²",
        "①",
        "٣",
        "三",
        "億",
        "－",
        "％",
        "＄",
        "€",
        "‘",
        "“",
        "…",
        "•",
        "†",
    ),
    *(
        "<script>",
        "</p>",
        "<!--",
        "-->",
        "&#x0;",
        "&amp;",
        "{{",
        "}}",
        "%s",
        "\\",
        "'",
        '"',
        "`",
        "*",
        "_",
        "**",
    ),
    *(
        "(" * 30,
        "]" * 30,
        "$" * 20,
        "." * 20,
        '"' * 15,
        "-" * 25,
        " " * 30,
        "\n" * 8,
        "1" * 40,
        "A" * 50,
        "((",
    ),
    *(
        "=1+1",
        "@SUM(A1)",
        "../..",
        "http://a.b/c?d=5m#e",
        "a@b.org",
        "nan",
        "None",
        "NULL",
        "-0",
        "NaN",
        "#N/A",
    ),
)
"""What stands in no sensible text."""

_SYMBOL = re.compile(r"\{([A-Za-z]+)\}")
_DEEPEST = 7


@cache
def grammar() -> dict[str, list[str]]:
    """The forms of each symbol."""
    held: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("grammar.yaml").read_text("utf-8"))
    return {name: list(map(str, forms)) for name, forms in held.items()}


@cache
def _plainest(name: str) -> list[str]:
    """The forms of a symbol with the fewest symbols in them, for where the tree is deep enough."""
    forms = grammar()[name]
    fewest = min(len(_SYMBOL.findall(form)) for form in forms)
    return [form for form in forms if len(_SYMBOL.findall(form)) == fewest]


def expand(random: Random, symbol: str, depth: int = 0) -> str:
    """A text that the grammar allows for a symbol."""
    if symbol == "odd":
        return random.choice(ODD)
    form = random.choice(grammar()[symbol] if depth < _DEEPEST else _plainest(symbol))
    return _SYMBOL.sub(lambda found: expand(random, found[1], depth + 1), form)


def _cut(random: Random, text: str) -> str:
    start = random.randrange(len(text))
    return text[:start] + text[start + random.randint(1, 12) :]


def _insert(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice(ODD) + text[at:]


def _repeat(random: Random, text: str) -> str:
    start = random.randrange(len(text))
    piece = text[start : start + random.randint(1, 20)]
    return text[:start] + piece * random.randint(2, 5) + text[start + len(piece) :]


def _move(random: Random, text: str) -> str:
    words = text.split(" ")
    words.insert(random.randrange(len(words)), words.pop(random.randrange(len(words))))
    return " ".join(words)


def _any_character(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    return (
        text[:at] + chr(random.choice([random.randrange(0x250), random.randrange(0x110000)])) + text[at + 1 :]
    )


def _glue(random: Random, text: str) -> str:
    blanks = [found.start() for found in re.finditer(r"\s", text)]
    if not blanks:
        return text
    at = random.choice(blanks)
    return text[:at] + random.choice(["", "\n", "  ", "\u00a0", "-", "\n\n"]) + text[at + 1 :]


def _other_case(random: Random, text: str) -> str:
    return random.choice([text.upper(), text.lower(), text.title(), text.swapcase()])


def _end_early(random: Random, text: str) -> str:
    return text[: random.randrange(1, len(text) + 1)]


_CHANGES: tuple[Callable[[Random, str], str], ...] = (
    *(_cut, _insert, _repeat, _move, _any_character, _glue),
    *(_cut, _insert, _repeat, _move, _any_character, _glue),
    *(_other_case, _end_early),
)


def text(random: Random) -> str:
    """A short text: a sentence or a few blocks, in one of two cases damaged in some places."""
    kinds = ["sentence"] if random.random() < 0.6 else ["block"] * random.choice((1, 1, 2, 3))
    blocks = [expand(random, kind) for kind in kinds]
    made = random.choice(("\n\n", "\n\n", "\n", "\r\n\r\n", " ")).join(blocks)
    for _ in range(random.choice((0, 0, 0, 1, 2, 4, 8))):
        made = random.choice(_CHANGES)(random, made) if made else made
    return made[:4000]


DAYS = (None, None, "2024-04-03", "2024-02-29", "2020-12-31", "1987-03-01", "0001-01-01", "9999-12-31")


def article(random: Random, name: str) -> Article:
    """An article with such a text, most of them said to be English."""
    return Article(
        text=text(random),
        article_id=name,
        title=expand(random, "heading") if random.random() < 0.2 else None,
        published=random.choice(DAYS),
        language=random.choice(("en", "en", "en", "en", None)),
    )


def settings(random: Random) -> dict[str, Any]:
    """Settings for a batch of articles; most go without the models, which take most of the time."""
    chosen: dict[str, Any] = {"ledger": random.random() < 1 / 6}
    if random.random() < 2 / 3:
        chosen["people_model"] = ruler()
    if random.random() < 0.6:
        return chosen
    return {
        **chosen,
        "default_currency": random.choice((None, "AUD", "JPY", "NOK")),
        "publisher_country": random.choice((None, "CA", "GB", "MX")),
        "day_order": random.choice((None, "dmy", "mdy")),
        "fiscal_year_start": random.choice((None, 4, 10)),
        "governments": random.random() < 0.5,
    }


@cache
def ruler() -> str:
    """The folder of a spaCy pipeline that knows the names of the grammar: quick, and sure of itself."""
    import spacy

    words = grammar()
    nlp = spacy.blank("en")
    rules: Any = nlp.add_pipe("entity_ruler")
    is_name = {"ORTH": {"IN": [*words["given"], *words["family"], *words["FAMILY"]]}}
    rules.add_patterns([{"label": "PERSON", "pattern": [is_name, {**is_name, "OP": "*"}]}])
    for label, symbols in (("GPE", ("Country", "PLACE")), ("NORP", ("nation",))):
        names = [form for symbol in symbols for form in words[symbol]]
        rules.add_patterns([{"label": label, "pattern": name} for name in names])
    head = {"ORTH": {"IN": ["Bank", "University", "Ministry", "Republic"]}}
    rules.add_patterns([{"label": "ORG", "pattern": [head, {"ORTH": "of"}, {"IS_ALPHA": True}]}])
    folder = tempfile.mkdtemp(prefix="newsledger-fuzz-")
    nlp.to_disk(folder)
    return folder


def batch(seed: int, number: int, size: int) -> tuple[list[Article], dict[str, Any]]:
    """The articles of a batch and the settings to read them with: the same for ever for the same numbers."""
    random = Random(f"{seed}/{number}")
    chosen = settings(random)
    return [article(random, f"{seed}/{number}/{n}") for n in range(size)], chosen
