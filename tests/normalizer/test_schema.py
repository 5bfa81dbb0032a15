"""The schema is the one source of the tables, and it keeps the contract."""

from __future__ import annotations

import dataclasses
import json

import pytest

from newsledger.normalizer.datapackage import describe_tables
from newsledger.normalizer.schema import TABLES, arrow_schema, table_schema
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, PersonMention

CONTRACT = {
    "articles": "article_id source_path title published_date published_basis language text n_chars "
    "text_sha256 status",
    "people": "person_id name given family suffix aliases roles n_articles n_mentions",
    "person_mentions": "mention_id article_id person_id start_char end_char surface name form role "
    "role_country role_status zone basis candidates",
    "roles": "role_id article_id person_id mention_id name role role_org role_country role_status "
    "start_char end_char surface basis confidence",
    "country_mentions": "mention_id article_id start_char end_char surface iso_alpha2 iso_alpha3 name "
    "mention_type inside_name basis candidates zone",
    "date_mentions": "mention_id article_id start_char end_char surface timex_type timex_value start_date "
    "end_date precision date_part modifier anchor basis zone",
    "figures": "figure_id article_id start_char end_char surface value_low value_high modifier currency "
    "currency_basis currency_candidates kind per_unit sign zone rule sentence",
    "ledger": "figure_id article_id published_date title surface value_low value_high modifier currency "
    "per_unit measure measure_start_char measure_end_char measure_class measure_basis status status_cue "
    "payer recipient holder channel payer_country recipient_country holder_country purpose "
    "purpose_start_char purpose_end_char period_mention_id period_start period_end comparison attributed_to "
    "countable ledger_flags class_confidence status_confidence converted_low converted_high "
    "converted_currency rate rate_date rate_basis sentence",
    "figure_parties": "figure_id article_id role start_char end_char surface party party_type country "
    "person_id basis confidence",
    "figure_links": "from_figure_id to_figure_id article_id link basis confidence",
    "corrections": "correction_id row_id article_id table_name field action machine_value corrected_value "
    "reason author made_on",
    "issues": "article_id source_path stage severity code message",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract_comes_first_in_its_order_and_what_was_added_follows(name: str) -> None:
    contract = CONTRACT[name].split()
    assert list(TABLES[name].names[: len(contract)]) == contract


def test_the_tables_are_those_of_the_contract() -> None:
    assert set(TABLES) == set(CONTRACT)


@pytest.mark.parametrize(
    ("mention", "table", "inner"),
    [
        (MoneyMention, "figures", set()),
        (DateMention, "date_mentions", set()),
        (CountryMention, "country_mentions", set()),
        (PersonMention, "person_mentions", {"person", "roles"}),
    ],
)
def test_every_field_of_a_mention_is_a_column(mention: type, table: str, inner: set[str]) -> None:
    assert {f.name for f in dataclasses.fields(mention)} - inner <= set(TABLES[table].names)


@pytest.mark.parametrize("name", TABLES)
def test_allowed_values_come_from_the_types(name: str) -> None:
    for column in TABLES[name].columns:
        assert all(isinstance(value, str) and value for value in column.enum)
    zones = [c.enum for c in TABLES[name].columns if c.name == "zone"]
    assert all(set(enum) == {"header", "byline", "heading", "body"} for enum in zones)


@pytest.mark.parametrize("name", TABLES)
def test_table_schema_is_complete(name: str) -> None:
    schema = json.loads(json.dumps(table_schema(name)))
    assert schema["missingValues"] == [""]
    assert [f["name"] for f in schema["fields"]] == arrow_schema(name).names
    assert all(f["description"] for f in schema["fields"])
    for key in schema.get("foreignKeys", ()):
        target = TABLES[key["reference"]["resource"]]
        assert key["reference"]["fields"] == list(target.key)


def test_tables_stand_after_those_they_point_at() -> None:
    seen: set[str] = set()
    for table in TABLES.values():
        assert {key.target for key in table.foreign_keys} <= seen
        seen.add(table.name)


def test_the_data_package_names_every_table() -> None:
    assert [r["name"] for r in describe_tables()["resources"]] == list(TABLES)
