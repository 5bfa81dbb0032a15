"""The rule engine by itself, on a grammar of a few words."""

from __future__ import annotations

import pytest

from newsledger.grammar import Grammar, Item, Level, Rule, Span


def parse(text: str, *levels: Level) -> list[tuple[str, object]]:
    """The surface and value of every item of ``text``, read with ``levels``."""
    words = {"MONTH": {"may", "june"}, "VERB": {"may"}, "TO": {"to"}}
    grammar = Grammar(
        "dates",
        levels,
        words=words,
        tokens={"DAY": ("DAY", "NUM")},
        findings={"tuple": ("DATE",), "list": ("RANGE",)},
        kind_of=lambda value: type(value).__name__,
    )
    items, at = [], 0
    for word in text.split():
        code = grammar.token_codes["DAY"] if word.isdigit() else grammar.vocabulary.words[word.lower()]
        items.append(Item(code, at, at + len(word), int(word) if word.isdigit() else word.lower()))
        at += len(word) + 1
    span = Span(text, text.lower(), 0, 0, 0, len(text))
    return [(text[item.start : item.end], item.value) for item in grammar.apply(items, span)]


DATES = Level(
    [Rule("day of a month", "m:MONTH d:NUM", lambda m, d: (m, d)), Rule("month", "m:MONTH", lambda m: (m,))]
)
RANGES = Level([Rule("range", "a:(DATE|RANGE) TO b:DATE", lambda a, b: [a, b])], repeat=True)


def test_longest_match_wins() -> None:
    assert parse("may 3", DATES) == [("may 3", ("may", 3))]


def test_later_levels_read_findings() -> None:
    assert parse("may 3 to june 5", DATES, RANGES) == [("may 3 to june 5", [("may", 3), ("june", 5)])]


def test_repeated_level_reads_its_own_findings() -> None:
    (found,) = parse("may 3 to june 5 to june 7", DATES, RANGES)
    assert found[1] == [[("may", 3), ("june", 5)], ("june", 7)]


def test_frame_keeps_context_out_of_the_finding() -> None:
    framed = Level([Rule("after to", "to < m:MONTH > DAY", lambda m: (m,))])
    assert parse("to may 3", framed) == [("to", "to"), ("may", ("may",)), ("3", 3)]


def test_alternatives_may_name_their_parts_alike() -> None:
    either = Level([Rule("day of a month", "(m:MONTH d:NUM|d:NUM m:MONTH)", lambda m, d: (m, d))])
    assert parse("may 3", either)[0][1] == parse("3 may", either)[0][1] == ("may", 3)


def test_declined_match_leaves_the_next_best() -> None:
    declining = Level([Rule("never", "MONTH NUM", lambda: None), Rule("month", "m:MONTH", lambda m: (m,))])
    assert parse("may 3", declining) == [("may", ("may",)), ("3", 3)]


def test_production_sees_its_surroundings() -> None:
    seen: list[tuple[str, str, str]] = []
    rule = Rule("month", "MONTH", lambda span: seen.append((span.left(3), span.surface, span.right(2))))
    parse("to May 3", Level([rule]))
    assert seen == [("to ", "May", " 3")]


@pytest.mark.parametrize("pattern", ["(MONTH", "MONTH)", "MONTH?", "NOTHING", "MONTH | ", "< MONTH", "%"])
def test_unreadable_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="wrong"):
        parse("may", Level([Rule("wrong", pattern, tuple)]))
