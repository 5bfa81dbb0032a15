"""What is written in any of the newsrooms' styles is read as the amount that was meant."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.stages import money

SIGNS = {"$": "USD", "US$": "USD", "A$": "AUD", "HK$": "HKD", "R$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR"}
CODES = ("USD", "EUR", "GBP", "INR", "CHF", "NOK", "KES", "UAH")
NAMES = {"euros": "EUR", "yen": "JPY", "Swiss francs": "CHF", "U.S. dollars": "USD", "naira": "NGN"}
SCALES = {
    "": 0,
    " million": 6,
    "-million": 6,
    "m": 6,
    "M": 6,
    " mln": 6,
    "bn": 9,
    " billion": 9,
    " crore": 7,
    " trillion": 12,
    "tn": 12,
    "k": 3,
}
GROUPINGS = (",", "\u202f", "\u00a0", "")


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """An amount as printed, its value, its currency."""
    scale = draw(st.sampled_from(sorted(SCALES)))
    whole = draw(st.integers(1, 999 if scale else 10**9))
    digits = f"{whole:,}".replace(",", draw(st.sampled_from(GROUPINGS)))
    value = Decimal(whole)
    if draw(st.booleans()):
        cents = f"{draw(st.integers(0, 99)):02}"
        digits, value = f"{digits}.{cents}", value + Decimal(cents) / 100
    value *= Decimal(10) ** SCALES[scale]
    form = draw(st.integers(0, 2))
    if form == 0:
        sign = draw(st.sampled_from(sorted(SIGNS)))
        return f"{sign}{digits}{scale}", value, SIGNS[sign]
    if form == 1:
        code = draw(st.sampled_from(CODES))
        return f"{code} {digits}{scale}", value, code
    name = draw(st.sampled_from(sorted(NAMES)))
    return f"{digits}{scale} {name}", value, NAMES[name]


@settings(max_examples=500, deadline=None)
@given(written())
def test_an_amount_is_read_as_it_was_meant(given: tuple[str, Decimal, str]) -> None:
    surface, value, currency = given
    (found,) = money.find(f"The state paid {surface} for it.")
    assert found.surface == surface
    assert (found.value_low, found.value_high, found.currency) == (value, value, currency)
    assert isinstance(found.value_low, Decimal)


@settings(max_examples=200, deadline=None)
@given(st.lists(written(), min_size=2, max_size=4))
def test_no_figure_crosses_a_paragraph(given: list[tuple[str, Decimal, str]]) -> None:
    text = "\n\n".join(f"The state paid {surface} for it." for surface, _, _ in given)
    layout = lay_out(text)
    found = money.find(text, layout=layout)
    assert [m.surface for m in found] == [surface for surface, _, _ in given]
    for mention in found:
        segment = layout.segment_at(mention.start_char)
        assert segment.start <= mention.start_char < mention.end_char <= segment.end
