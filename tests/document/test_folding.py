"""What the stages read of a text, and the way back to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.document.layout import lay_out
from newsledger.stages import dates, money
from newsledger.values.ledger import FigureParty, LedgerEntry

FOLDED = {
    "broken line": ("They met on 4\nOctober again.", "They met on 4 October again."),
    "indentation": ("They met last\n    week.", "They met last week."),
    "CR LF": ("They met on the\r\n4th.", "They met on the 4th."),
    "line separator": ("They met on the\u20284th.", "They met on the 4th."),
    "word broken at its hyphen": ("They hold thirty-\nfive of them.", "They hold thirty-five of them."),
    "dash at the end of a line": ("They met -\nand left.", "They met - and left."),
    "no number grows over the end of a line": (
        "They say of the old wall that in the end it cost $5\n600 of them.",
        "They say of the old wall that in the end it cost $5\n600 of them.",
    ),
    "no-break blanks": ("It cost 5\u00a0million\u202fkroner.", "It cost 5 million kroner."),
    "invisible characters": ("It\u00ad cost 5\u200b million.", "It cost 5 million."),
    "raised note marks": ("It cost $5¹ million²³.", "It cost $5 million."),
    "powers": ("Some 10⁶ birds on 5 km² of land.", "Some 10⁶ birds on 5 km² of land."),
    "note marks in brackets": ("It cost $5[1] million[b].[note 3]", "It cost $5 million."),
    "brackets that are no marks": ("It cost [5] or a[i] = [1] [2].", "It cost [5] or a = [1] [2]."),
    "emphasis": ("It cost **$5** *million* and __so__ on.", "It cost $5 million and so on."),
    "stars that are no emphasis": ("* 5 * 6 = 5*6 and f**k", "* 5 * 6 = 5*6 and f**k"),
    "links": ("It cost [$5 million](https://a.example/7-million).", "It cost $5 million."),
    "brackets that are no links": ("It cost [five] (or six).", "It cost [five] (or six)."),
}


@pytest.mark.parametrize("name", FOLDED)
def test_folded(name: str) -> None:
    text, folded = FOLDED[name]
    assert lay_out(text).view.text == folded


PIECES = st.sampled_from(
    [
        *(
            "It rose to",
            " $5",
            "[1]",
            "¹",
            " million",
            "\n",
            "\r\n   ",
            " on 4",
            "\nOctober",
            "**",
            "_",
            "\u00ad",
        ),
        *(
            "\u200b",
            " ",
            ".",
            "[a](https://x.example)",
            " 2019",
            "-\n",
            "\n\n",
            "\u2028",
            "\u00a0",
            "- ",
            "10²",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_the_way_back(text: str) -> None:
    layout = lay_out(text)
    view = layout.view
    assert view.layout.view.text == view.text
    for at, character in enumerate(view.text):
        given_character = text[view.place(at)]
        assert given_character == character or (character in " \n" and given_character.isspace())
    spans = [(m.start_char, m.end_char) for m in dates.find(text, layout=layout, published="2024-04-03")]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[m.start_char : m.end_char] == m.surface for m in money.find(text, layout=layout))
    assert view.written(view.read(money.find(text, layout=layout))) == money.find(text, layout=layout)


def test_a_mention_is_given_as_it_stands() -> None:
    text = "The wall of the old harbour cost the town more than $5[1]\n   million to build."
    (figure,) = money.find(text)
    assert (figure.surface, figure.value_low, figure.modifier) == ("$5[1]\n   million", 5_000_000, "gt")
    assert figure.sentence == "The wall of the old harbour cost the town more than $5 million to build."


def test_what_a_mention_points_at_moves_with_it() -> None:
    text = "The board of the\n harbour paid $5\n  million[2] of net\n profit."
    view = lay_out(text).view
    party = FigureParty(role="payer", start_char=0, end_char=20, surface="The board of the har")
    entry = LedgerEntry(
        start_char=30,
        end_char=40,
        surface="$5 million",
        measure="net profit",
        measure_start_char=44,
        measure_end_char=54,
        purpose="written otherwise",
        purpose_start_char=44,
        purpose_end_char=47,
        parties=(party,),
    )
    (moved,) = view.written([entry])
    assert text[moved.start_char : moved.end_char] == moved.surface == "$5\n  million"
    assert moved.measure == "net\n profit" == text[moved.measure_start_char : moved.measure_end_char]
    assert moved.purpose == "written otherwise"
    assert moved.parties[0].surface == "The board of the\n har"
    assert view.read([moved]) == [entry]
