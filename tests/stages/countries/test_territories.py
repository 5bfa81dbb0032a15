"""The table of territories: it is what the script makes, and every form in it is found."""

from __future__ import annotations

import re

import pytest

from data import build_territories
from newsledger.lexicons.territories import TABLE, Territory, territories
from newsledger.stages import countries
from newsledger.stages.countries.gazetteer import AMBIGUITIES, LEXICON, fold

ALL = list(territories().values())
AMBIGUOUS = {form for senses in AMBIGUITIES.values() for form in senses["forms"]}
EVERYTHING_OWN = {t.key: "own" for t in ALL}


def test_the_table_is_what_the_script_writes() -> None:
    assert TABLE.read_text(encoding="utf-8") == build_territories.text(), (
        "run python -m data.build_territories"
    )


@pytest.mark.parametrize("territory", ALL, ids=lambda t: t.key)
def test_every_form_is_found_with_its_code(territory: Territory) -> None:
    name_like = LEXICON["name_like_demonyms"]
    for form, kind in territory.forms():
        if form in AMBIGUOUS:
            continue
        text = (
            f"It was said that a {form} was named."
            if form in name_like
            else f"It was said that {form} was named."
        )
        found = countries.find(text, policy=EVERYTHING_OWN)
        assert [m.surface for m in found] == [form], (form, kind)
        coded = territories()[territory.parent] if territory.parent else territory
        if form not in AMBIGUOUS:
            assert (found[0].iso_alpha2 or "") == coded.alpha2, form
            assert (found[0].iso_alpha3 or "") == coded.alpha3, form
            assert found[0].name == coded.name


@pytest.mark.parametrize("territory", ALL, ids=lambda t: t.key)
def test_names_are_found_in_capitals_and_with_a_possessive(territory: Territory) -> None:
    for form in territory.names:
        if form in AMBIGUOUS or len(form) < 4:
            continue
        for text in (f"NOTHING WAS SAID OF {form.upper()}.", f"It was {form}'s.", f"It was {form}’s."):
            found = countries.find(text, policy=EVERYTHING_OWN)
            assert [fold(m.surface) for m in found] == [fold(form)], text


def test_codes_are_well_formed_and_unique() -> None:
    for territory in ALL:
        assert re.fullmatch(r"[A-Z]{3}|[A-Z]{2}-[A-Z0-9-]+", territory.key)
        assert territory.alpha3 in ("", territory.key)
        assert bool(territory.alpha2) == bool(territory.alpha3)
        assert territory.kind in ("state", "territory", "former", "part", "region")
        assert not territory.parent or territory.parent in territories()
        for key in territory.claims:
            assert key in territories()
    current = [t.alpha2 for t in ALL if t.alpha2 and t.kind != "former"]
    assert len(current) == len(set(current))


def test_iso_3166_is_complete() -> None:
    import pycountry

    codes = {(c.alpha_2, c.alpha_3) for c in pycountry.countries}
    assert codes <= {(t.alpha2, t.alpha3) for t in ALL}
    historic = {c.alpha_3: c.alpha_2 for c in pycountry.historic_countries}
    for territory in ALL:
        if territory.kind == "former":
            assert historic[territory.key] == territory.alpha2


def test_no_form_names_two_territories_unless_it_is_listed_as_ambiguous() -> None:
    owners: dict[str, set[str]] = {}
    for territory in ALL:
        for form, _ in territory.forms():
            owners.setdefault(form, set()).add(territory.key)
    shared = {form: keys for form, keys in owners.items() if len(keys) > 1 and form not in AMBIGUOUS}
    assert not shared


def test_every_state_has_an_adjective_and_a_capital_or_is_known_not_to() -> None:
    without = {t.key for t in ALL if t.kind == "state" and not (t.adjectives or t.people)}
    # Ambiguous adjectives stand in ambiguous.toml; the rest have none in use.
    assert without == {"COG", "DMA", "DOM", "GEO", "GIN", "VAT"}
