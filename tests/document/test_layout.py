"""Segments, zones and sentences of texts written for the purpose."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsledger.document.blocks import ZONE_OF_KEY
from newsledger.document.layout import Layout, lay_out
from newsledger.document.sentences import BEFORE_NAME, MAY_END


def zones(text: str) -> list[tuple[str, str]]:
    return [(s.zone, " ".join(text[s.start : s.end].split())) for s in lay_out(text).segments]


def sentences(text: str) -> list[str]:
    return [" ".join(text[a:b].split()) for a, b in lay_out(text).sentences]


PARAGRAPH = (
    "The harbour board said on Tuesday that it would dredge the northern channel before the autumn storms."
)
SECOND = "Work begins in June and is to cost 40 million crowns, paid over two years by the three towns."


ZONES = {
    "header glued to the first sentence": (
        " date 2024-04-03 During a call the ministers agreed.",
        [("header", "date 2024-04-03"), ("body", "During a call the ministers agreed.")],
    ),
    "header glued, with a clock time": (
        "Published: 3 April 2024, 10:30 a.m. GMT Ministers met again.",
        [("header", "Published: 3 April 2024, 10:30 a.m. GMT"), ("body", "Ministers met again.")],
    ),
    "a sentence that begins with a date is none": (
        "Published 3 April 2024 in a journal, the study found little.",
        [("body", "Published 3 April 2024 in a journal, the study found little.")],
    ),
    "header lines": (
        "Title: Harbour to be dredged\nPublished: 3 April 2024\nAuthor: Ana Lima\nSource: Quay News\n\n"
        + PARAGRAPH,
        [
            ("heading", "Title: Harbour to be dredged"),
            ("header", "Published: 3 April 2024"),
            ("byline", "Author: Ana Lima"),
            ("header", "Source: Quay News"),
            ("body", PARAGRAPH),
        ],
    ),
    "front matter": (
        f"---\ntitle: Harbour\ndate: 2024-04-03\n---\n\n{PARAGRAPH}",
        [("header", "--- title: Harbour date: 2024-04-03 ---"), ("body", PARAGRAPH)],
    ),
    "a title in sentence case": (
        f"Harbour board to dredge channel\n\n{PARAGRAPH}",
        [("heading", "Harbour board to dredge channel"), ("body", PARAGRAPH)],
    ),
    "a title over a paragraph, one newline": (
        f"Harbour board to dredge channel\n{PARAGRAPH}\n{SECOND}",
        [("heading", "Harbour board to dredge channel"), ("body", PARAGRAPH), ("body", SECOND)],
    ),
    "title, byline, date line": (
        "Harbour Board To Dredge Channel\nBy Ana Lima and João Reis, Quay News\nApril 3, 2024 5:30 PM EDT\n"
        + PARAGRAPH,
        [
            ("heading", "Harbour Board To Dredge Channel"),
            ("byline", "By Ana Lima and João Reis, Quay News"),
            ("byline", "April 3, 2024 5:30 PM EDT"),
            ("body", PARAGRAPH),
        ],
    ),
    "subheads in title case, capitals, sentence case and Markdown": (
        f"{PARAGRAPH}\n\nWhat It Will Cost\n\n{SECOND}\n\nTHE TOWNS\n\n{SECOND}\n\n"
        f"The long wait\n\n{PARAGRAPH}\n\n"
        f"## next steps\n{SECOND}",
        [
            ("body", PARAGRAPH),
            ("heading", "What It Will Cost"),
            ("body", SECOND),
            ("heading", "THE TOWNS"),
            ("body", SECOND),
            ("heading", "The long wait"),
            ("body", PARAGRAPH),
            ("heading", "## next steps"),
            ("body", SECOND),
        ],
    ),
    "credits": (
        f"{PARAGRAPH}\n\n(Reporting by Ana Lima in Porto; Editing by João Reis)\n\nPhoto: Quay News/Lima",
        [
            ("body", PARAGRAPH),
            ("byline", "(Reporting by Ana Lima in Porto; Editing by João Reis)"),
            ("byline", "Photo: Quay News/Lima"),
        ],
    ),
    "a sentence that begins with By is no byline": (
        f"{PARAGRAPH}\n\nBy Monday Evening The Channel Was Closed.\n\nBy 2030 The Board",
        [
            ("body", PARAGRAPH),
            ("body", "By Monday Evening The Channel Was Closed."),
            ("body", "By 2030 The Board"),
        ],
    ),
    "a dateline is body": (
        f"PORTO, 3 April 2024 - {PARAGRAPH}",
        [("body", f"PORTO, 3 April 2024 - {PARAGRAPH}")],
    ),
    "a dateline on a line of its own is body": (
        f"PORTO, 3 April 2024 (QN) -\n\n{PARAGRAPH}",
        [("body", "PORTO, 3 April 2024 (QN) -"), ("body", PARAGRAPH)],
    ),
    "a list": (
        f"{PARAGRAPH}\n- dredging: 30 million\n- quays: 10 million\n1. Quay A\n2. Quay B\n\n{SECOND}",
        [
            ("body", PARAGRAPH),
            ("body", "- dredging: 30 million"),
            ("body", "- quays: 10 million"),
            ("body", "1. Quay A"),
            ("body", "2. Quay B"),
            ("body", SECOND),
        ],
    ),
    "results are no headings": (
        "Net 5.1 mln vs 4.9 mln\n\nRevs 31.0 mln vs 28.2 mln\n\nNine Months\n\nNet 12.0 mln vs 11.1 mln",
        [
            ("body", "Net 5.1 mln vs 4.9 mln"),
            ("body", "Revs 31.0 mln vs 28.2 mln"),
            ("heading", "Nine Months"),
            ("body", "Net 12.0 mln vs 11.1 mln"),
        ],
    ),
    "four short lines in capitals are an address": (
        f"{PARAGRAPH}\n\nHarbour House\n\nLong Quay 5\n\nPorto\n\nPortugal Office\n\n{SECOND}",
        [
            ("body", PARAGRAPH),
            ("body", "Harbour House"),
            ("body", "Long Quay 5"),
            ("body", "Porto"),
            ("body", "Portugal Office"),
            ("body", SECOND),
        ],
    ),
    "hard-wrapped paragraphs": (
        "Harbour to be dredged\n" + textwrap.fill(PARAGRAPH, 40) + "\n\n" + textwrap.fill(SECOND, 40),
        [("heading", "Harbour to be dredged"), ("body", PARAGRAPH), ("body", SECOND)],
    ),
    "hard-wrapped, an amount is not cut": (
        "The board asked us for nearly $\n12 million and a loan of\n40 million crowns to pay for it.",
        [
            (
                "body",
                "The board asked us for nearly $ 12 million and a loan of 40 million crowns to pay for it.",
            )
        ],
    ),
    "carriage returns": (
        f"Harbour Dredged\r\n\r\n{PARAGRAPH}\r\n{SECOND}\r\n",
        [("heading", "Harbour Dredged"), ("body", PARAGRAPH), ("body", SECOND)],
    ),
    "old line ends": (f"Harbour Dredged\r{PARAGRAPH}", [("heading", "Harbour Dredged"), ("body", PARAGRAPH)]),
    "a heading at the end heads nothing": (
        f"{PARAGRAPH}\n\nRead More About Harbours",
        [("body", PARAGRAPH), ("body", "Read More About Harbours")],
    ),
    "what is no heading, though it is short": (
        f"{PARAGRAPH}\n\n$4,500 For The Watch\n\n{SECOND}\n\nSee www.quay.example\n\n{SECOND}\n\n# # #"
        f"\n\n{SECOND}",
        [
            ("body", PARAGRAPH),
            ("body", "$4,500 For The Watch"),
            ("body", SECOND),
            ("body", "See www.quay.example"),
            ("body", SECOND),
            ("body", "# # #"),
            ("body", SECOND),
        ],
    ),
    "a title that ends in a date": (
        f"Ana Lima: An Interview With The Harbour Poet Wednesday, April 3, 2024\n\n{PARAGRAPH}",
        [
            ("heading", "Ana Lima: An Interview With The Harbour Poet Wednesday, April 3, 2024"),
            ("body", PARAGRAPH),
        ],
    ),
    "nothing": ("", []),
    "blanks": (" \n\t\n\r\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ZONES)
def test_zones(name: str) -> None:
    text, expected = ZONES[name]
    assert zones(text) == expected


@pytest.mark.parametrize("key", sorted(ZONE_OF_KEY))
def test_every_header_key_names_its_zone(key: str) -> None:
    """A key is read in a line of its own at the top, whatever its case."""
    text = f"{key.title()}: Lisbon {key}\n\n{PARAGRAPH}"
    assert zones(text)[0] == (ZONE_OF_KEY[key], f"{key.title()}: Lisbon {key}")
    assert zones(text)[1] == ("body", PARAGRAPH)


SENTENCES = {
    "titles and initials": ["U.S. Sen. J. K. Roe met Dr. Ana Lima and Gen. O'Hara.", "They spoke."],
    "capitals": ["MRS. LIMA said ST. IVES was calm."],
    "numbers": ["Prices rose 3.5% to $1.25 a litre at No. 5 Quay.", "No. 6 was shut."],
    "company": ["Quay Corp. and Lima Inc. said sales fell.", "Roe Ltd. did not reply."],
    "company at the end": ["The buyer is Quay Corp.", "The price was not given."],
    "country at the end": ["She left for the U.S.", "In April she came back."],
    "clock": ["It closed at 5 p.m. Friday and opened at 9 a.m. local time.", "Ships left."],
    "clock at the end": ["It closed at 5 p.m.", "Ships left at once."],
    "month": ["The loan of Sept. 11 was repaid on Jan. 3.", "It was small."],
    "saint": ["The St. Louis office and Mt. Pleasant quay shut."],
    "quotation": ['"We waited," she said.', '"Nobody came."', "He left."],
    "question in quotation": ['"Who pays?" Ms. Lima asked.', "Nobody knew."],
    "quotation with a full stop before said": ['"We will pay." Lima said.', "Nobody knew."],
    "curly quotes": ["“We won.”", "He left.", "‘Never again!’", "The crowd cheered."],
    "ellipsis": ["The channel ... is shallow.", "It silts up…", "The board knows."],
    "dateline": ["PORTO, Sept. 3 - The board met.", "It rained."],
    "agency": ["Ulan Bator /QN/.", "The board met."],
    "list number": ["1. The board met.", "2. It rained."],
    "a missing blank": ["The board met and worked.", "The rain came.", "It stayed."],
    "no sentence ends in a web address": ["See www.quay.example.org/News.Html for more."],
    "versus": ["Roe vs. Lima was heard in Doe v. Quay Corp. on Monday."],
    "brackets": ["(The board met.)", "It rained.", "[It cleared.]", "Ships left."],
    "lower case goes on": ["The firm, known as quay.com. is new."],
    "camel case begins": ["It cut prices.", "iPods sold well."],
    "footnote": ["The board met.[2]", "It rained.[13]", "Ships left."],
    "exclamations": ["Yes!", "No?!", "Well..."],
    "hyphenated": ["The then-U.S. Army chief left.", "It rained."],
    "rupees": ["It cost Rs. 50 and Rs. Two lakh in all."],
}


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences(name: str) -> None:
    expected = SENTENCES[name]
    text = "".join(expected) if name == "a missing blank" else " ".join(expected)
    assert sentences(text) == expected


@pytest.mark.parametrize("title", sorted(BEFORE_NAME))
def test_no_sentence_ends_before_a_name(title: str) -> None:
    assert sentences(f"We saw {title}. Lima there. It rained.") == [
        f"We saw {title}. Lima there.",
        "It rained.",
    ]


@pytest.mark.parametrize("short", sorted(MAY_END))
def test_abbreviation_inside_and_at_the_end(short: str) -> None:
    """Such an abbreviation ends a sentence only before a word that begins one."""
    if short.lower().replace(".", "") in ("am", "pm"):
        pytest.skip("clock times have a rule of their own")
    assert (
        sentences(f"They saw Quay {short}. Lima there. It rained.")[0]
        == f"They saw Quay {short}. Lima there."
    )
    assert sentences(f"They saw Quay {short}. The rain came.") == [
        f"They saw Quay {short}.",
        "The rain came.",
    ]


def test_stray_marks_belong_to_the_sentence_before() -> None:
    assert sentences('It rained .\n\nThey protect them. "') == ["It rained .", 'They protect them. "']


def test_the_tables_do_not_contradict_each_other() -> None:
    assert not BEFORE_NAME & MAY_END


def test_a_sentence_never_crosses_a_segment() -> None:
    text = "A Heading\n\nThe board met. It\n\nANOTHER ONE\nrained"
    found = lay_out(text)
    for start, end in found.sentences:
        assert any(s.start <= start and end <= s.end for s in found.segments)


def test_look_ups() -> None:
    text = " date 2024-04-03 Ministers met.\nThey  ate\tfish."
    found = lay_out(text)
    assert found.zone_at(text.index("2024")) == "header"
    assert found.zone_at(text.index("met")) == "body"
    assert found.sentence_text(text.index("fish")) == "They ate fish."
    assert found.sentence_text(text.index("met")) == "Ministers met."


def test_look_ups_in_an_empty_text() -> None:
    found = lay_out("")
    assert (found.zone_at(0), found.sentence_at(0), found.sentences) == ("body", (0, 0), ())


def assert_sound(found: Layout) -> None:
    """Segments and sentences are in order, apart, inside the text, and cut off nothing but blanks
    and the line under a heading."""
    text = found.text
    at = 0
    for start, end, _ in found.segments:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(" \t\r\n=-\x0b\x0c\x1c\x85\u2028\xa0").strip()
        at = end
    at = 0
    covered = set()
    for start, end in found.sentences:
        assert at <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered.update(range(start, end))
        at = end
    for start, end, _ in found.segments:
        assert all(i in covered or text[i].isspace() for i in range(start, end))


SOUP = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            list("aAbB.!?…\"'”’)(-–—:;,|#=*•/[]{}$€ \t\n\r\x0b\x0c\x1c\x85\u2028\u200b\xa0\ud800\0015")
        ),
        st.characters(),
    ),
    max_size=300,
)
PIECES = """
By Ana Lima date Published: 2024-04-03 3 April 2024 The board met. U.S. Inc. --- PORTO, Photo: "Yes." ... 1.
""".split()  # noqa: SIM905
WORDS = st.lists(st.sampled_from([*PIECES, "===", "#", "-", "\n", "\n\n", "\t", "    "]), max_size=60).map(
    " ".join
)


@given(st.one_of(SOUP, WORDS))
@example(". 0")
def test_any_text_is_laid_out_soundly(text: str) -> None:
    assert_sound(lay_out(text))


HOSTILE = {
    "digits": "1",
    "commas": ",",
    "capitals": "A",
    "blanks": " ",
    "newlines": "\n",
    "stops": ".",
    "initials": "A. ",
    "glued initials": "A.",
    "quotes": '."',
    "By": "By ",
    "By and": "By A and ",
    "short lines": "a\n",
    "tabs": "a\t",
    "wide blanks": "a   ",
    "date": "date ",
    "dates": "date 2024-04-03",
    "rules": "---\n",
    "underlines": "=\n",
    "places": "Aa, ",
    "brackets": "(",
    "questions": "A b? ",
    "said": '"A?" A A A A ',
    "line separators": "a\u2028",
    "names": "Aa'",
    "front matter": "a: b\n",
    "indents": "    a\nb\n",
    "words": "a",
    "hyphens": "a-",
}


def seconds(unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    begin = time.process_time()
    assert len(lay_out(text).sentences) <= len(text)
    return time.process_time() - begin


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    """Eight times the text takes some eight times as long; quadratic work would take sixty-four."""
    small = seconds(HOSTILE[name], 20_000)
    longest = max(1.0, 30 * small)
    # A collection of all that other tests left may fall into one measurement, not into each.
    assert any(seconds(HOSTILE[name], 160_000) < longest for _ in range(3))


def test_an_unevenly_filled_paragraph_stays_whole() -> None:
    text = (
        "The bakers of the old town will get new ovens, said Dolores\n"
        "Arriaga, the mayor. The first of them came last week, but the rest\n"
        "will have to wait until the spring, when the road over the hill is\n"
        "open. The masons were not asked, and neither was Al\n"
        "Blom, who has heard of it from the bakers and who has since then\n"
        "asked for a hall of his own.\n"
    )
    assert len(lay_out(text).segments) == 1


def test_a_title_above_a_filled_paragraph_stays_apart() -> None:
    text = (
        "New Ovens for the Bakers of the Old Town by Next Spring at the Latest\n"
        "The bakers of the old town were promised new ovens, said the mayor of\n"
        "the town. The first of them came last week, but the rest will have to\n"
        "wait until the spring, when the road over the hill is open again.\n"
    )
    assert [text[s.start : s.end].count("\n") for s in lay_out(text).segments] == [0, 2]
