"""Every stage on text that nobody would write: no crash, sound offsets, time in proportion to length."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from string import ascii_uppercase
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsledger
from newsledger.document.language import detect
from newsledger.document.layout import Layout, lay_out
from newsledger.document.published import from_text
from newsledger.extraction import extract_article
from newsledger.stages import countries, dates, ledger, money, names, people
from newsledger.stages.ledger.context import full_names
from newsledger.stages.names.model import NameModel, load
from newsledger.values.article import Article
from newsledger.values.mentions import NameLabel, NameSpan
from newsledger.values.people import PersonRecord
from tests.corpus.linked import link_people
from tests.hostile import adversarial

ODD = [
    *("\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\n\n", "\t", "\v", "\f"),
    *("\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *("\ud800", "\udfff", "\ud83d", "\U0001f4b0", "\U000e0041", "\U0010ffff", "\ufffd", "\ufffe"),
    *("e\u0301", "\u0345", "İ", "ı", "ß", "ﬁ", "ǅ", "Ⅻ", "½", "²", "①", "٣", "三", "億", "－", "％", "＄"),
    *("<script>", "</p>", "<!--", "&#x0;", "&amp;", "{{", "%s", "\\", "'", '"', "`", "(" * 40, "]" * 40),
]
WORDS = [
    *("$", "US$", "€", "£3", "3.5", "1,000", "1,00,000", "million", "bn", "crore", "dollars", "yen", "cents"),
    *(
        "from",
        "to",
        "between",
        "and",
        "about",
        "more than",
        "a third of",
        "half a",
        "per",
        "barrel",
        "-",
        "–",
    ),
    *("Monday", "last", "next", "May", "the 1990s", "2024", "03/04/2024", "quarter", "ago", "since", "noon"),
    *("Japan", "Jordan", "Georgia", "U.S.", "Korean", "Bank of", "Republic of", "former", "Soviet", "Congo"),
    *("Mr.", "Ana Lopez", "Lopez", "President", "Sen.", "(R-Ohio)", "Jr.", "O'Neil", "de la", "MP", "said"),
    *("Date:", "By", "LONDON (Wire) -", "PUBLISHED:", "Updated", "the", "of", ".", ",", ";", ":", " ", "\n"),
]
MIXED = st.lists(st.sampled_from(ODD + WORDS) | st.text(st.characters(), max_size=3), max_size=40).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda between: between.join(parts))
)

_NAME = re.compile(r"[A-Z][A-Za-z]*+(?: [A-Z][a-z]++)?")
_LABELS: tuple[NameLabel, ...] = ("PER", "ORG", "LOC", "FAC", "NORP", "MISC")


def some_names(text: str) -> list[NameSpan]:
    """Spans as the model could give them."""
    return [
        NameSpan(start_char=m.start(), end_char=m.end(), surface=m[0], label=_LABELS[n % len(_LABELS)])
        for n, m in enumerate(_NAME.finditer(text))
    ]


def ledger_entries(text: str, layout: Layout) -> Sequence[Any]:
    """The ledger of a text, its words checked against the text."""
    names_of = some_names(text)
    entries = ledger.find(
        text,
        layout=layout,
        figures=money.find(text, layout=layout),
        dates=dates.find(text, layout=layout, published="2024-04-03"),
        names=names_of,
        people=people.find(text, layout=layout, names=names_of),
        countries=countries.find(text, layout=layout, names=names_of),
    )
    for entry in entries:
        for name in ("measure", "purpose"):
            start, end = getattr(entry, f"{name}_start_char"), getattr(entry, f"{name}_end_char")
            assert start is None or text[start:end] == getattr(entry, name)
        assert all(text[p.start_char : p.end_char] == p.surface for p in entry.parties)
        assert len({(p.role, p.start_char) for p in entry.parties}) == len(entry.parties)
        assert len({link.to_start_char for link in entry.links}) == len(entry.links)
    return entries


STAGES: dict[str, Callable[[str, Layout], Sequence[Any]]] = {
    "countries": lambda text, layout: countries.find(text, layout=layout, names=some_names(text)),
    "money": lambda text, layout: money.find(text, layout=layout),
    "dates": lambda text, layout: dates.find(text, layout=layout, published="2024-04-03"),
    "people": lambda text, layout: people.find(text, layout=layout, names=some_names(text)),
    "ledger": ledger_entries,
}


def sound(mentions: Sequence[Any], text: str, layout: Layout) -> bool:
    """Whether every mention stands where it says, inside one segment, and once."""
    spans = [(m.start_char, m.end_char) for m in mentions]
    return (
        all(text[m.start_char : m.end_char] == m.surface != "" for m in mentions)
        and all(any(s.start <= a and b <= s.end for s in layout.segments) for a, b in spans)
        and len(set(spans)) == len(spans)
    )


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=MIXED)
def test_no_text_breaks_a_stage(stage: str, text: str) -> None:
    layout = lay_out(text)
    assert sound(STAGES[stage](text, layout), text, layout)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=MIXED)
def test_no_text_breaks_the_model(text: str) -> None:
    layout = lay_out(text)
    assert sound(names.find(text, layout=layout), text, layout)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=MIXED, title=MIXED, name=MIXED)
def test_no_article_breaks_the_whole(text: str, title: str, name: str) -> None:
    found = extract_article(Article(text=text, title=title, article_id=name or "a", source_path=name))
    assert {issue.code for issue in found.issues} <= {"lone_surrogate", "not_english", "no_date"}
    assert len(found.article.text) == len(text)
    for value in (found.article.text, found.article.title or "", found.article.article_id):
        value.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(text=MIXED)
def test_no_text_breaks_what_comes_before_the_stages(text: str) -> None:
    layout = lay_out(text)
    assert all(0 <= a < b <= len(text) for a, b in layout.sentences)
    from_text(text, layout)
    assert detect(text)


SMALL = 10_000
MOST = 2.6
"""So many times as long may a text of twice the length take; where time grows with the square, it is four."""
BEFORE: dict[str, Callable[[str, Layout], object]] = {
    "layout": lambda text, _: lay_out(text).sentences,
    "language": lambda text, _: detect(text),
    "published": from_text,
}


@contextmanager
def untraced() -> Iterator[None]:
    """Coverage does not watch: what it watches takes three times as long."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def seconds(find: Callable[[str, Layout], object], name: str, size: int) -> float:
    text = adversarial.text(name, size)
    layout = lay_out(text)
    layout.sentences  # noqa: B018  # made when first asked for
    with untraced():
        began = time.process_time()
        find(text, layout)
        return time.process_time() - began


def grows(find: Callable[[str, Layout], object], name: str) -> bool:
    """Whether twice the text takes too much more time, at each of several sizes: one may be chance."""
    size, before = SMALL, seconds(find, name, SMALL)
    for _ in range(5):
        size *= 2
        now = seconds(find, name, size)
        if now < MOST * max(before, 0.05):
            return False
        before = now
    return True


def some_model() -> NameModel:
    """A classifier that takes every capital for a person and no time."""

    class Quick(NameModel):
        def logits(self, pieces: Any, case: Any, candidate: Any) -> Any:
            scores = np.zeros((len(pieces), len(self.labels)), np.float32)
            scores[case != 1, self.labels.index("B-PER")] = 9
            return scores

    real = load()
    return Quick(**{field.name: getattr(real, field.name) for field in fields(NameModel)})


@pytest.mark.parametrize("stage", [*(name for name in STAGES if name != "ledger"), *BEFORE, "names"])
def test_time_grows_with_length_only(stage: str) -> None:
    model = some_model()
    named = {"names": lambda text, layout: names.find(text, layout=layout, model=model)}
    find = {**STAGES, **BEFORE, **named}[stage]
    find("Warm.", lay_out("Warm."))
    assert len(adversarial.PATTERNS) > 60
    assert [name for name in adversarial.PATTERNS if grows(find, name)] == []


def test_the_ledger_takes_time_that_grows_with_length_only(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without the time of the stages before it, and of the model, which reads the first figures only.
    monkeypatch.setattr(sys.modules[ledger.find.__module__], "MOST_WEIGHED", 9)
    given: dict[str, dict[str, Any]] = {}

    def find(text: str, layout: Layout) -> object:
        return ledger.find(text, layout=layout, **given[text])

    def before(name: str, size: int) -> None:
        text = adversarial.text(name, size)
        layout, named = lay_out(text), some_names(text)
        nations = countries.find(text, layout=layout, names=named)
        given[text] = {
            "figures": money.find(text, layout=layout),
            "dates": dates.find(text, layout=layout, published="2024-04-03"),
            "names": named,
            "people": people.find(text, layout=layout, names=named),
            "countries": nations,
        }

    def seconds_of(name: str, size: int) -> float:
        given.clear()
        before(name, size)
        return seconds(find, name, size)

    slow = []
    for name in adversarial.PATTERNS:
        size = SMALL
        while (took := seconds_of(name, size)) > 0.05 and seconds_of(name, 2 * size) > MOST * took:
            size *= 2
            if size > 16 * SMALL:
                slow.append(name)
                break
    assert slow == []


def test_names_of_bodies_are_not_compared_each_with_each() -> None:
    bodies = adversarial.text("different banks", 500_000)[32:].split("; ")
    bodies += [name for body in bodies for name in ("".join(c for c in body if c.isupper()), body.split()[1])]
    bodies += [f"{a}{b}{c}" for a in ascii_uppercase for b in ascii_uppercase for c in ascii_uppercase]
    assert len(set(bodies)) > 50_000
    began = time.process_time()
    full_names(bodies, {})
    assert time.process_time() - began < 10


def test_very_many_posts_of_one_person_are_read_to_a_depth() -> None:
    text = "Ada Lind was mayor of Kent" + " and was mayor of Kent" * 3000 + "."
    named = NameSpan(start_char=0, end_char=8, surface="Ada Lind", label="PER")
    assert len(people.find(text, names=[named])) == 1


def test_an_article_of_very_many_people_is_no_company() -> None:
    texts = adversarial.text("different names", 200_000)[30:].split(" spoke. ")[:12_000]
    records = [PersonRecord(article_id="a", person=n, name=name) for n, name in enumerate(texts)]
    began = time.process_time()
    people, issues = link_people(records)
    assert time.process_time() - began < 20
    assert (len(people.rows), issues) == (12_000, [])


KINDS: dict[str, Callable[[int], str]] = {
    name: lambda size, unit=unit: unit * (size // len(unit))
    for name, unit in {
        "amounts in a line": "$5m ",
        "months": "by May ",
        "days without a year": "June 3, ",
        "days of speech": "today ",
        "countries in a line": "Japan and ",
        "rows of a table": "| Peru | $5m | 3 May 2019 | Ana Lopez |\n",
        "tags": "<p>Ana Lopez paid <b>$5m</b> in May.</p>\n",
        "short lines": "a\n",
        "quotes and capitals": '"A',
    }.items()
}


ALWAYS = ("amounts", "quotes")


@pytest.mark.slow
@pytest.mark.parametrize("name", [*ALWAYS, *KINDS, *(n for n in adversarial.PATTERNS if n not in ALWAYS)])
def test_a_megabyte_of_any_kind_takes_less_than_a_minute(name: str) -> None:
    if name not in ALWAYS and not os.environ.get("NEWSLEDGER_ALL_TESTS"):
        pytest.skip("takes a minute: NEWSLEDGER_ALL_TESTS=1 runs it")
    text = KINDS[name](1_000_000) if name in KINDS else adversarial.text(name, 1_000_000)
    newsledger.extract("Ana Lopez paid $5 in May.")
    with untraced():
        began = time.process_time()
        tables = newsledger.extract_articles([Article(text=text, published="2024-04-03", language="en")])
    assert time.process_time() - began < 60
    assert set(tables.arrow("issues")["code"].to_pylist()) <= {"lone_surrogate", "too_many_words"}


@pytest.mark.parametrize("unit", ["a", "A", "1", "$", "三", " "])
def test_a_megabyte_without_a_break(unit: str) -> None:
    text = unit * 1_000_000 + " paid $5 million on Monday."
    layout = lay_out(text)
    began = time.process_time()
    for find in STAGES.values():
        assert sound(find(text, layout), text, layout)
    from_text(text, layout)
    detect(text)
    assert time.process_time() - began < 20


def counting(model: NameModel) -> tuple[NameModel, list[int]]:
    """The classifier, and a list that it adds the size of each window to that it reads."""
    sizes: list[int] = []

    class Counting(NameModel):
        def logits(self, pieces: Any, case: Any, candidate: Any) -> Any:
            sizes.append(len(pieces))
            return model.logits(pieces, case, candidate)

    return Counting(**{field.name: getattr(model, field.name) for field in fields(NameModel)}), sizes


def test_a_window_that_says_the_same_as_one_before_it_is_read_once() -> None:
    model, sizes = counting(load())
    once = "\n\n".join(["Ana Lopez of Peru met Boris Berg of the Bank of Chile. " * 3] * 2)
    found = names.find(f"{once}\n\n{once}", model=model)
    assert len(sizes) == 1
    alone = [(s.start_char, s.surface, s.label) for s in names.find(once)]
    assert [(s.start_char, s.surface, s.label) for s in found] == [
        (start + turn * (len(once) + 2), surface, label) for turn in (0, 1) for start, surface, label in alone
    ]


def test_names_of_a_text_of_too_many_words_are_given_up_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"Ana Lopez met Boris Berg {n} times in Peru. " * 4 for n in range(9))
    monkeypatch.setattr(sys.modules[names.find.__module__], "MOST_PIECES", 300)
    found = extract_article(Article(text=text, published="2024-04-03"))
    assert [(issue.stage, issue.code) for issue in found.issues] == [("names", "too_many_words")]
    assert found.status == "ok"
    assert 0 < names.find(text)[-1].end_char < len(text) / 2


@pytest.mark.parametrize("unit", ["a", "A1", "Ab. "])
def test_a_long_token_does_not_hold_the_model_up(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    layout = lay_out(text)
    assert sound(names.find(text, layout=layout), text, layout)
