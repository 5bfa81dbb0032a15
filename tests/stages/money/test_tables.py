"""The tables: every spelling is read as the tables say, and the written table is what CLDR says today."""

from __future__ import annotations

import pytest

from data import build_currencies
from newsledger.lexicons.load import split
from newsledger.stages import money
from newsledger.stages.money import phrases, rates
from newsledger.stages.money.currencies import CURRENCIES
from newsledger.stages.money.guards import GUARDS
from newsledger.stages.money.spellings import ADJECTIVES, LETTERS_AFTER, ROWS, VOCABULARY, WHOLE_NAMES, Unit
from newsledger.values.mentions import MoneyMention


def only(text: str, **given: str | None) -> MoneyMention:
    found = money.find(text, **given)
    assert len(found) == 1, (text, [m.surface for m in found])
    return found[0]


def unit(spelling: str) -> Unit:
    """The unit of a sign, code, name or abbreviation as a newspaper writes it."""
    tables = (VOCABULARY.symbols, VOCABULARY.letters, VOCABULARY.codes, VOCABULARY.names, VOCABULARY.minor)
    return next(table[spelling] for table in tables if spelling in table)


def agrees(mention: MoneyMention, meant: Unit) -> bool:
    """Whether the currency chosen is one the table allows, and the whole of the table's where it is one."""
    if len(meant.candidates) == 1:
        return mention.currency == meant.candidates[0]
    if not meant.candidates:
        return mention.currency is None and "no_code" in mention.quality
    return mention.currency in (None, *meant.candidates)


@pytest.mark.parametrize("name", VOCABULARY.names)
def test_every_name_is_read_after_a_number(name: str) -> None:
    mention = only(f"The state will pay 1.5 million {name} for it.", default_currency=unit(name).default)
    assert mention.surface == f"1.5 million {name}"
    assert mention.value_low == mention.value_high == 1_500_000
    assert agrees(mention, unit(name))


@pytest.mark.parametrize("name", sorted(WHOLE_NAMES))
def test_every_whole_name_is_read_after_a_number(name: str) -> None:
    mention = only(f"The state will pay 250 million {name} for it.")
    assert mention.surface == f"250 million {name}"
    assert agrees(mention, WHOLE_NAMES[name])


@pytest.mark.parametrize("name", VOCABULARY.minor)
def test_every_minor_unit_is_read_and_scaled(name: str) -> None:
    amount = f"1,500{'' if name in '¢￠' else ' '}{name}"
    mention = only(f"The state will pay {amount} for it.", default_currency=unit(name).candidates[0])
    assert mention.value_low is not None
    assert mention.value_low * unit(name).per_major == 1500 or "rounded" in mention.quality
    assert agrees(mention, unit(name))


@pytest.mark.parametrize("sign", VOCABULARY.symbols)
@pytest.mark.parametrize("form", ["{sign}2.5 million", "2.5 million {sign}", "{sign} 2.5 million"])
def test_every_sign_is_read_before_and_after(sign: str, form: str) -> None:
    surface = form.format(sign=sign)
    mention = only(f"The state will pay {surface} for it.")
    assert (mention.surface, mention.value_low) == (surface, 2_500_000)
    assert agrees(mention, unit(sign))


@pytest.mark.parametrize("prefixed", VOCABULARY.prefixed)
def test_every_prefix_decides_its_sign(prefixed: str) -> None:
    mention = only(f"The state will pay {prefixed}40 million for it.")
    assert mention.surface == f"{prefixed}40 million"
    assert agrees(mention, VOCABULARY.prefixed[prefixed])


@pytest.mark.parametrize("letters", VOCABULARY.letters)
def test_every_letter_sign_is_read_before_a_scaled_number(letters: str) -> None:
    home = unit(letters).candidates[:1]  # one letter is money only where something speaks for it
    mention = only(
        f"The state will pay {letters} 40 million for it.", default_currency=home[0] if home else None
    )
    assert mention.surface == f"{letters} 40 million"
    assert agrees(mention, unit(letters))


@pytest.mark.parametrize("letters", sorted(LETTERS_AFTER))
def test_every_letter_sign_that_may_follow_does(letters: str) -> None:
    assert letters in VOCABULARY.letters
    home = unit(letters).candidates[:1]
    mention = only(
        f"The state will pay 40 million {letters} for it.", default_currency=home[0] if home else None
    )
    assert mention.surface == f"40 million {letters}"


@pytest.mark.parametrize("code", sorted(VOCABULARY.codes))
def test_every_code_is_read_before_and_after(code: str) -> None:
    for surface in (f"{code} 40 million", f"40 million {code}", f"{code}40 million"):
        mention = only(f"The state will pay {surface} for it.")
        assert (mention.surface, mention.currency, mention.currency_basis) == (surface, code, "code")


SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "lakh": 5, "crore": 7}


@pytest.mark.parametrize("scale", sorted(phrases.NUMBER_WORDS["scale"]))
def test_every_scale_multiplies(scale: str) -> None:
    mention = only(f"It will pay $3 {scale} for it.")
    worth = phrases.NUMBER_WORDS["scale"][scale]
    assert worth is not None
    assert (mention.surface, mention.value_low) == (f"$3 {scale}", 3 * worth)
    if scale in SCALES:
        assert worth == 10 ** SCALES[scale]


@pytest.mark.parametrize("spelling", sorted(rates.UNITS))
def test_every_unit_is_given_as_its_bare_word(spelling: str) -> None:
    mention = only(f"They pay $40 per {spelling}.")
    assert (mention.surface, mention.per_unit, mention.kind) == ("$40", rates.UNITS[spelling], "rate")


def test_codes_in_the_tables_exist() -> None:
    known = set(CURRENCIES)
    for row in ROWS:
        assert {c for c in row["currencies"].split() if "*" not in c} <= known, row
        assert not row["default"] or row["default"] in known, row
        assert row["kind"] != "code" or known.issuperset(split(row["spellings"])), row


def test_places_in_the_tables_exist() -> None:
    known = set(phrases.TERRITORIES) | {use.territory for c in CURRENCIES.values() for use in c.uses}
    for table in (phrases.NAMES, phrases.LONGER_NAMES, phrases.LOCAL_NAMES, phrases.CITIES):
        assert known.issuperset(table)
    assert known.issuperset(ADJECTIVES.values())
    assert known.issuperset(phrases.REGIONS.values())


def test_every_guard_is_known() -> None:
    assert {row["guard"] for row in ROWS if row["guard"]} <= set(GUARDS)


def test_the_written_tables_are_what_babel_says() -> None:
    pytest.importorskip("babel")
    assert build_currencies.CURRENCIES.read_text(encoding="utf-8") == build_currencies.currencies()
