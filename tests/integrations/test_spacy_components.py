"""The stages as spaCy components: registered, checked, serialised, and with the mentions of the library."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from confection import ConfigValidationError
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

import newsledger
from newsledger.integrations import spacy_components
from newsledger.stages import countries, dates, money

ROOT = Path(__file__).parents[2]
FACTORIES = (
    "newsledger",
    "newsledger_countries",
    "newsledger_dates",
    "newsledger_money",
    "newsledger_people",
)
TEXT = (
    "Ghana's finance minister Ama Boateng said on Monday that repairs would cost about US$40m/£32m.\n\n"
    "Boateng hopes to pay Togo ¢20 million by June 2025."
)
PUBLISHED = "2024-04-03"


def blank(*names: str, **config: Any) -> Language:
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name, config=config)
    return nlp


def test_entry_points_name_the_factories() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["spacy_factories"]
    assert sorted(points) == sorted(FACTORIES)
    for name, target in points.items():
        module, _, function = target.partition(":")
        assert callable(getattr(import_module(module), function))
        assert Language.has_factory(name)
        assert Language.get_factory_meta(name).default_config["spans_key"] == "newsledger"


def test_nothing_need_be_imported_where_it_is_installed() -> None:
    if not {"newsledger"} & {point.name for point in entry_points(group="spacy_factories")}:
        pytest.skip("newsledger is not installed here, only on the path")
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('newsledger_money'); doc = nlp('€5'); "
        "print(*doc.spans)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "newsledger" in done.stdout, done.stderr


def test_each_stage_gives_its_own_mentions() -> None:
    doc = blank("newsledger_countries", "newsledger_money", "newsledger_dates")(TEXT)
    values = doc._.newsledger
    found_countries = countries.find(TEXT)
    assert [v for v in values if isinstance(v, newsledger.values.mentions.CountryMention)] == found_countries
    assert [v for v in values if isinstance(v, newsledger.values.mentions.MoneyMention)] == money.find(
        TEXT, countries=found_countries
    )
    assert [v for v in values if isinstance(v, newsledger.values.mentions.DateMention)] == dates.find(TEXT)


def test_all_stages_give_what_extract_gives() -> None:
    doc = blank("newsledger", published=PUBLISHED)(TEXT)
    tables = newsledger.extract(TEXT, published=PUBLISHED)
    expected = sorted(
        (row["start_char"], row["end_char"], row["surface"])
        for name in ("figures", "date_mentions", "country_mentions", "person_mentions")
        for row in tables.arrow(name).to_pylist()
    )
    assert [(m.start_char, m.end_char, m.surface) for m in doc._.newsledger] == expected
    figure = next(m for m in doc._.newsledger if m.surface == "US$40m")
    assert figure.value_low == tables.figures.value_low[0]
    assert {s.label_ for s in doc.spans["newsledger"]} == {"MONEY", "DATE", "COUNTRY", "PERSON"}


def test_a_span_covers_whole_tokens_and_its_value_is_exact() -> None:
    doc = blank("newsledger_money")("It cost US$40m/£32m.")
    spans = doc.spans["newsledger"]
    assert [s._.newsledger.surface for s in spans] == ["US$40m", "£32m"]
    for span in spans:
        value = span._.newsledger
        assert span.start_char <= value.start_char < value.end_char <= span.end_char
        assert doc.text[value.start_char : value.end_char] == value.surface
    assert doc[0:1]._.newsledger is None


def test_people_use_the_countries_found_before_them() -> None:
    alone = blank("newsledger_people")(TEXT)._.newsledger
    after = blank("newsledger_countries", "newsledger_people")(TEXT)
    people = [v for v in after._.newsledger if isinstance(v, newsledger.values.mentions.PersonMention)]
    assert people[0].name == "Ama Boateng"
    assert people[0].role_country == "GH"
    assert [p.surface for p in people] == [p.surface for p in alone]


def test_entities_are_set_on_request_only() -> None:
    assert blank("newsledger_money")(TEXT).ents == ()
    doc = blank("newsledger", set_ents=True, published=PUBLISHED)(TEXT)
    assert {e.label_ for e in doc.ents} == {"MONEY", "DATE", "COUNTRY", "PERSON"}
    assert all(e._.newsledger is not None for e in doc.ents)


@pytest.mark.parametrize(("overwrite", "labels"), [(False, ["ORG"]), (True, ["COUNTRY"])])
def test_entities_of_others_stay_unless_overwritten(overwrite: bool, labels: list[str]) -> None:
    nlp = blank("newsledger_countries", set_ents=True, overwrite_ents=overwrite)
    doc = nlp.make_doc("Togo won.")
    doc.ents = [Span(doc, 0, 1, label="ORG")]
    doc = nlp.get_pipe("newsledger_countries")(doc)
    assert [e.label_ for e in doc.ents] == labels


def test_spans_go_under_another_key() -> None:
    doc = blank("newsledger_money", spans_key="amounts")("It cost €5.")
    assert [s.text for s in doc.spans["amounts"]] == ["€5"]
    assert "newsledger" not in doc.spans


def test_running_twice_adds_nothing() -> None:
    nlp = blank("newsledger_countries", "newsledger_money")
    doc = nlp(TEXT)
    before = [(s.start, s.end, s.label_) for s in doc.spans["newsledger"]]
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [(s.start, s.end, s.label_) for s in doc.spans["newsledger"]] == before


@pytest.mark.parametrize(
    ("factory", "config"),
    [
        ("newsledger_money", {"unknown": 1}),
        ("newsledger_money", {"set_ents": "perhaps"}),
        ("newsledger_money", {"default_currency": 5}),
        ("newsledger_dates", {"day_order": "ymd"}),
        ("newsledger_dates", {"fiscal_year_start": "April"}),
        ("newsledger_countries", {"governments": "some"}),
        ("newsledger_people", {"model": 3}),
        ("newsledger", {"policy": 1}),
    ],
)
def test_config_of_a_wrong_shape_is_refused(factory: str, config: dict[str, Any]) -> None:
    with pytest.raises(ConfigValidationError):
        blank(factory, **config)


@pytest.mark.parametrize(
    ("factory", "config", "message"),
    [
        ("newsledger_money", {"default_currency": "dollars"}, "default_currency"),
        ("newsledger_money", {"publisher_country": "AUS"}, "publisher_country"),
        ("newsledger_money", {"published": "soon"}, "published"),
        ("newsledger_money", {"spans_key": ""}, "spans_key"),
        ("newsledger_dates", {"fiscal_year_start": 13}, "fiscal_year_start"),
        ("newsledger_countries", {"policy": {"XXX": "own"}}, "XXX"),
        ("newsledger", {"default_currency": "A"}, "default_currency"),
    ],
)
def test_config_that_means_nothing_is_refused(factory: str, config: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        blank(factory, **config)


def test_settings_reach_the_stages() -> None:
    assert blank("newsledger_money", default_currency="aud")("It cost $5.")._.newsledger[0].currency == "AUD"
    taiwan = blank("newsledger_countries", policy={"TWN": "open"})("Taiwan voted.")._.newsledger[0]
    assert taiwan.iso_alpha3 is None
    assert blank("newsledger_countries", governments=True)("The Kremlin agreed.")._.newsledger


def test_published_comes_from_the_nearest_source() -> None:
    nlp = blank("newsledger_dates", published="2024-01-10")
    text = "It rained on Monday."

    def day(doc: Doc) -> str:
        return str(doc._.newsledger[0].start_date)

    assert day(nlp(text)) == "2024-01-08"
    ((doc, context),) = nlp.pipe([(text, {"published": "2024-05-01", "id": 7})], as_tuples=True)
    assert day(doc) == "2024-04-29"
    assert context["id"] == 7
    own = nlp.make_doc(text)
    own._.published = "2024-06-05"
    assert day(nlp(own)) == "2024-06-03"
    header = blank("newsledger_dates")(f"Published: 3 April 2024\n\n{text}")
    assert day(header) == "2024-04-01"
    assert blank("newsledger_dates")(text)._.newsledger[0].start_date is None


def test_a_bad_date_in_the_context_is_an_error_of_its_doc() -> None:
    nlp = blank("newsledger_dates")
    failed: list[str] = []
    nlp.set_error_handler(lambda name, component, docs, error: failed.append(f"{name}: {error}"))
    texts = [("On Monday.", {"published": "soon"}), ("On Monday.", {"published": "2024-05-01"})]
    kept = [doc for doc, _ in nlp.pipe(texts, as_tuples=True)]
    assert len(kept) == 1
    assert "soon" in failed[0]


def test_pipe_and_single_calls_agree() -> None:
    nlp = blank("newsledger_countries", "newsledger_money", "newsledger_dates")
    texts = [TEXT, "Nothing here.", "", "France paid €5."]
    assert [d._.newsledger for d in nlp.pipe(texts, batch_size=2)] == [nlp(t)._.newsledger for t in texts]


@pytest.mark.parametrize("way", ["bytes", "docbin", "pickle", "disk"])
def test_values_survive_storing_the_doc(way: str, tmp_path: Path) -> None:
    nlp = blank("newsledger", published=PUBLISHED)
    doc = nlp(TEXT)
    fresh = spacy.blank("en").vocab
    if way == "bytes":
        again = Doc(fresh).from_bytes(doc.to_bytes())
    elif way == "docbin":
        (again,) = DocBin().from_bytes(DocBin(store_user_data=True, docs=[doc]).to_bytes()).get_docs(fresh)
    elif way == "pickle":
        again = pickle.loads(pickle.dumps(doc))
    else:
        doc.to_disk(tmp_path / "doc")
        again = Doc(fresh).from_disk(tmp_path / "doc")
    assert again._.newsledger == doc._.newsledger
    assert [s._.newsledger for s in again.spans["newsledger"]] == [
        s._.newsledger for s in doc.spans["newsledger"]
    ]


def test_a_pipeline_is_stored_with_its_settings(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsledger_money", config={"default_currency": "NZD"})
    nlp.add_pipe("newsledger_countries", config={"policy": {"TWN": "open"}})
    nlp.add_pipe("newsledger_dates", config={"published": PUBLISHED}, name="when")
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == nlp.pipe_names
    text = "Taiwan paid $5 on Monday."
    assert again(text)._.newsledger == nlp(text)._.newsledger
    assert spacy.blank("en").from_config(nlp.config)(text)._.newsledger == nlp(text)._.newsledger


def test_a_config_file_names_the_components(tmp_path: Path) -> None:
    config = tmp_path / "config.cfg"
    config.write_text(
        '[nlp]\nlang = "en"\npipeline = ["money","dates"]\n\n[components]\n\n'
        '[components.money]\nfactory = "newsledger_money"\npublisher_country = "CA"\n\n'
        '[components.dates]\nfactory = "newsledger_dates"\npublished = "2024-04-03"\n',
        encoding="utf-8",
    )
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(config), auto_fill=True)
    found = nlp("It paid $5 on Monday.")._.newsledger
    assert [found[0].currency, str(found[1].start_date)] == ["CAD", "2024-04-01"]


def test_what_is_not_english_says_so() -> None:
    doc = blank("newsledger")(
        "Le gouvernement a annoncé mercredi que les travaux coûteraient 5 millions d'euros au pays."
    )
    assert doc._.newsledger == []
    assert doc.user_data["newsledger_issues"][0][0] == "not_english"


def test_a_stage_that_fails_is_no_empty_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("broken")

    monkeypatch.setattr(money, "find", fail)
    with pytest.raises(RuntimeError, match="broken"):
        blank("newsledger")("It cost $5.")


def test_extensions_of_others_are_left_alone() -> None:
    spacy_components.set_extensions()
    assert Doc.get_extension("published")[0] is None
