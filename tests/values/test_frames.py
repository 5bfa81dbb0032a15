"""Each stage alone, as a notebook uses it: short reprs, plain lists, frames with the types of the tables."""

from __future__ import annotations

import copy
import datetime as dt
import inspect
import pickle
import types
from decimal import Decimal
from types import ModuleType

import pyarrow as pa
import pytest

import newsledger
from newsledger.stages import countries, dates, money, people
from newsledger.values import frames
from newsledger.values.mentions import MoneyMention, PersonMention

TEXT = "Kenya's Finance Minister Ann Otieno paid about $5m on Wednesday."
STAGES = {"figures": money, "date_mentions": dates, "country_mentions": countries, "person_mentions": people}


@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda m: m.__name__.rpartition(".")[2])
def test_a_stage_gives_a_list_that_makes_a_frame(stage: ModuleType) -> None:
    found = stage.find(TEXT)
    assert isinstance(found, list)
    assert found == list(found)
    assert len(found) == 1
    assert found.to_frame().surface.tolist() == [m.surface for m in found]
    assert found.to_frame().equals(stage.to_frame(list(found)))
    assert "<table" in found._repr_html_()
    nothing = stage.find("")
    assert nothing == []
    assert nothing.to_frame().columns.equals(found.to_frame().columns)
    assert (nothing.to_frame().dtypes == found.to_frame().dtypes).all()
    assert (stage.to_frame([]).dtypes == found.to_frame().dtypes).all()
    in_pool = pickle.loads(pickle.dumps(stage.to_frame))  # as a worker of a pool is given it
    assert in_pool(found).equals(found.to_frame())


@pytest.mark.parametrize("table", STAGES)
def test_a_frame_has_the_columns_and_types_of_the_table(table: str) -> None:
    own = STAGES[table].to_frame([])
    of_table = newsledger.Tables.empty()[table]
    key = "figure_id" if table == "figures" else "mention_id"
    expected = set(of_table.columns) - {key, "article_id"}
    if table == "person_mentions":
        expected = (expected - {"person_id"}) | {"person"}
    assert expected <= set(own.columns)
    for column in expected - {"person"}:
        assert own[column].dtype == of_table[column].dtype or column == "inside_name"


def test_amounts_are_numbers_and_days_are_days() -> None:
    frame = money.find("It cost $0.5 and $0.25.").to_frame()
    assert frame.value_low.sum() == 0.75
    day = dates.find("on 3 April 2024").to_frame().start_date
    assert day[0].date() == dt.date(2024, 4, 3)
    assert str(day.dtype) == "datetime64[s]"
    assert money.find("It cost 5 pesos.").to_frame().currency_candidates[0].startswith("MXN|")


def test_an_amount_is_the_float_nearest_to_it() -> None:
    exact = [Decimal(cents) / 100 for cents in range(-500, 10_000)]
    exact += [Decimal("0.000001"), Decimal("123456789012.34"), Decimal("1e24")]
    table = pa.table({"value_low": pa.array(exact, pa.decimal128(38, 6))})
    assert frames.frame(table)["value_low"].tolist() == [float(value) for value in exact]


def test_mentions_of_two_kinds_are_refused() -> None:
    both = [*money.find("It cost $5."), *countries.find("Kenya paid.")]
    with pytest.raises(TypeError, match="expected MoneyMention, got CountryMention"):
        frames.to_frame(both, MoneyMention)
    assert len(frames.to_frame([], MoneyMention)) == 0


def test_lists_of_mentions_are_copied_and_pickled() -> None:
    found = money.find("It cost $5.")
    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert again == found
        assert again.to_frame().equals(found.to_frame())


def test_a_repr_says_what_was_found_and_leaves_the_rest_out() -> None:
    (figure,) = money.find("It cost about €12 billion.")
    assert repr(figure) == (
        "MoneyMention(start_char=14, end_char=25, surface='€12 billion', value_low=12000000000, "
        "value_high=12000000000, modifier='approx', currency='EUR', currency_basis='symbol', "
        f"rule={figure.rule!r})"
    )
    (day,) = dates.find("on 3 April 2024")
    assert "start_date=2024-04-03" in repr(day)
    person = PersonMention(start_char=0, end_char=3, surface="Abe", name="Shinzo Abe", person=0)
    assert repr(person) == (
        "PersonMention(start_char=0, end_char=3, surface='Abe', name='Shinzo Abe', person=0)"
    )


def test_a_repr_never_fills_the_screen() -> None:
    odd = MoneyMention(
        start_char=0, end_char=1, surface="x", value_low=Decimal("1E+999999"), value_high=Decimal("NaN")
    )
    assert len(repr(odd)) < 200


@pytest.mark.parametrize("stage", [money, dates, countries, people])
def test_what_a_stage_finds_is_typed_with_its_frame(stage: types.ModuleType) -> None:
    """So that a type checker takes ``money.find(text).to_frame()``."""
    assert inspect.signature(stage.find).return_annotation.startswith("Mentions[")
