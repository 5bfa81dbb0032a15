"""What a figure takes from the text around it: segments, zones, sentences, line breaks, offsets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from newsledger.document.layout import lay_out
from newsledger.stages import money
from newsledger.values.mentions import MoneyMention

ARTICLE = """Aid of €5 million for Arvania

The country asked for help. Donors pledged nearly $12
million in a first round, and much more later. Others wait.

It was not enough."""


def test_zone_and_sentence() -> None:
    first, second = money.find(ARTICLE)
    assert (first.zone, first.surface, first.sentence) == (
        "heading",
        "€5 million",
        "Aid of €5 million for Arvania",
    )
    assert (second.zone, second.surface) == ("body", "$12\nmillion")
    assert second.sentence == "Donors pledged nearly $12 million in a first round, and much more later."


def test_a_layout_made_before_serves() -> None:
    assert money.find(ARTICLE, layout=lay_out(ARTICLE)) == money.find(ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        "They gave $5\nmillion to it.",
        "They gave 5\nmillion euros to it.",
        "They gave 5 million\neuros to it.",
        "They gave between $5 million\nand $7 million to it.",
        "They gave five\nhundred thousand dollars to it.",
        "They gave US$\n5 million to it.",
    ],
)
def test_a_line_break_inside_a_paragraph_is_a_blank(text: str) -> None:
    (wrapped,), (plain,) = money.find(text), money.find(text.replace("\n", " "))
    assert wrapped.surface.replace("\n", " ") == plain.surface
    assert (wrapped.value_low, wrapped.value_high, wrapped.currency) == (
        plain.value_low,
        plain.value_high,
        plain.currency,
    )


@pytest.mark.parametrize("text", ["They sold 5 million\n\nDollars fell.", "It costs $5\n\nMillion things."])
def test_nothing_bridges_paragraphs(text: str) -> None:
    assert all("\n\n" not in m.surface for m in money.find(text))


def test_a_bound_does_not_bridge_paragraphs() -> None:
    found = money.find("The price is more than\n\n$5 million was paid for it by the buyer.")
    assert [m.modifier for m in found] == ["exact"]


def test_a_very_long_sentence_is_cut_around_the_figure() -> None:
    text = "word " * 3000 + "$5 million " + "word " * 3000
    (mention,) = money.find(text)
    assert "$5 million" in mention.sentence
    assert len(mention.sentence) < 2500


def test_values_are_plain_decimals() -> None:
    for text in ("$5 million", "$0.10", "$1,234.56", "$1e5", "$1.0000005", "half a billion dollars"):
        for mention in money.find(f"It cost {text}."):
            for value in (mention.value_low, mention.value_high):
                assert isinstance(value, Decimal)
                assert value.as_tuple().exponent <= 0  # type: ignore[operator]
                assert -int(value.as_tuple().exponent) <= 6


def figure(text: str) -> MoneyMention:
    (mention,) = money.find(text)
    return mention


def test_seven_decimals_are_kept_to_six_and_flagged() -> None:
    mention = figure("Each token cost $0.12345678 then.")
    assert (mention.value_low, mention.quality) == (Decimal("0.123457"), ("rounded",))


def test_what_cannot_be_trusted_is_flagged() -> None:
    assert figure("It cost €1.234 then.").quality == ("separator",)
    assert figure("It cost $35,00 then.").quality == ("separator",)
    assert figure("It cost $35,00 then.").value_low is None
    assert figure("It cost �5 million then.").quality == ("garbled",)
    assert figure("Sales (in thousands): $1,234 in all.").quality == ("table_scale",)
    assert figure("It cost $500 to $1 million then.").quality == ("scale",)
    assert figure("It cost 500 Reichsmarks then.").quality == ("no_code",)
    for doubled in ("$2bn trillion", "3 million billion dollars", "€5m million"):
        assert (figure(f"It cost {doubled} then.").value_low, figure(f"It cost {doubled} then.").quality) == (
            None,
            ("scale",),
        )
    for torn in ("$5 -6 million", "$3 . 5 million", '"$5" million'):
        assert money.find(f"It cost {torn} then.")[0].quality == ("scale",), torn
    assert figure("It cost $4.250,118.20 then.").quality == ("separator",)
    assert figure("It cost $4.250,118.20 then.").value_low is None
    assert figure("For the town -$500 was left.").quality == ("minus",)


def test_amounts_beyond_money_are_none() -> None:
    large = figure("It cost $" + "9" * 30 + ".")
    assert (large.value_low, large.value_high, large.quality) == (None, None, ("scale",))
    assert figure("It cost $900 quadrillion trillion.").value_low is None


def test_a_published_day_must_be_a_day() -> None:
    with pytest.raises(ValueError, match="someday"):
        money.find("It cost $5.", published="someday")


def test_without_a_figure_the_list_is_empty_and_knows_its_kind() -> None:
    found = money.find("")
    assert found == []
    assert "value_low" in found.to_frame()  # type: ignore[attr-defined]
