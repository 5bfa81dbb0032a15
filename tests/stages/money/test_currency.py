"""Which currency a sign or name means, by kind of evidence, and the reasons given in an explanation."""

from __future__ import annotations

from newsledger.stages import countries, money
from newsledger.values import trace
from newsledger.values.mentions import CountryMention, MoneyMention


def only(text: str, **given: object) -> MoneyMention:
    (mention,) = money.find(text, **given)  # type: ignore[arg-type]
    return mention


def decided(text: str, **given: object) -> tuple[str | None, str | None]:
    mention = money.find(text, **given)[-1]  # type: ignore[arg-type]
    return mention.currency, mention.currency_basis


def test_what_is_written_outright_beats_all_else() -> None:
    given = {"publisher_country": "AU", "dateline_country": "NZ", "default_currency": "CAD"}
    assert decided("It paid HKD 5 million.", **given) == ("HKD", "code")
    assert decided("It paid S$5 million.", **given) == ("SGD", "symbol")
    assert decided("It paid 5 million Jamaican dollars.", **given) == ("JMD", "name")
    assert only("It paid S$5 million.", **given).currency_candidates == ()


def test_a_bare_sign_has_candidates_and_a_conventional_meaning() -> None:
    mention = only("It paid $5 million to a firm in Canada and one in Fiji.")
    assert (mention.currency, mention.currency_basis) == ("USD", "default")
    assert mention.currency_candidates == ("USD", "CAD", "FJD")
    assert only("It paid $5 million.").currency_candidates == ("USD",)


def test_the_callers_default_goes_before_convention() -> None:
    assert decided("It paid $5 million.", default_currency="AUD") == ("AUD", "default")
    assert decided("It paid £5 million.", default_currency="AUD") == ("GBP", "default")
    assert decided("It paid 5 million pesos.", default_currency="PHP") == ("PHP", "default")


def test_the_publishers_country_decides() -> None:
    assert decided("It paid $5 million.", publisher_country="AU") == ("AUD", "context")
    assert decided("It paid $5 million.", publisher_country="MX") == ("MXN", "context")
    assert decided("It paid $5 million.", publisher_country="JP") == ("USD", "default")
    assert decided("It paid 5 million kr.", publisher_country="NO") == ("NOK", "context")


def test_a_dateline_decides_where_wires_write_local_dollars() -> None:
    assert decided("It paid $5 million.", dateline_country="CA") == ("CAD", "context")
    assert decided("It paid $5 million.", dateline_country="MX") == ("USD", "default")
    assert decided("It paid 5 million pesos.", dateline_country="MX") == ("MXN", "context")
    assert decided("SYDNEY, March 3 - It paid 5 mln dlrs.") == ("AUD", "context")
    assert decided("SYDNEY, March 3 (Reuters) - It paid $5 million.") == ("USD", "default")


def test_another_mention_decides() -> None:
    assert decided("It paid 5 million Norwegian kroner, then 2 million kroner.") == ("NOK", "context")
    assert decided("It paid A$5 million, then $2 million.") == ("AUD", "context")


def test_a_bracket_translates() -> None:
    found = money.find("It paid HK$780 million ($100 million), then $5 million.")
    assert [m.currency for m in found] == ["HKD", "USD", "USD"]
    found = money.find("It paid $780 million (US$500 million).")
    assert [(m.currency, m.quality) for m in found] == [(None, ("currency_conflict",)), ("USD", ())]


def test_names_of_many_currencies_stay_open() -> None:
    for name in ("kr", "pesos", "francs", "kroner", "dinars"):
        mention = only(f"It paid 5 million {name}.")
        assert mention.currency is None, name
        assert len(mention.currency_candidates) > 1, name


def test_countries_given_decide_francs_but_not_dollars() -> None:
    text = "Officials in Bern paid 5 million francs and $3 million."
    bern = CountryMention(
        start_char=0, end_char=9, surface="Officials", iso_alpha2="CH", iso_alpha3="CHE", name="Switzerland"
    )
    assert [m.currency for m in money.find(text, countries=[bern])] == ["CHF", "USD"]


def test_countries_found_in_the_same_text_serve() -> None:
    text = "Colombia will spend 5 million pesos."
    assert only(text, countries=countries.find(text)).currency == "COP"


def test_the_day_of_publication_tells_which_was_money() -> None:
    assert decided("France spent 5 million francs.", published="1987-03-01") == ("FRF", "context")
    assert decided("MEXICO CITY, March 1 - It paid 5 mln pesos.", published="1987-03-01")[0] == "MXP"
    assert decided("MEXICO CITY, March 1 - It paid 5 mln pesos.", published="2020-03-01")[0] == "MXN"


def test_an_explanation_tells_what_was_decided() -> None:
    text = "It paid more than A$5 million, 300 won games and $2 million or more."
    with trace.listening() as notes:
        found = money.find(text)
    said = {(n.topic, text[n.start : n.end]): n.why for n in notes}
    assert [m.surface for m in found] == ["A$5 million", "$2 million"]
    assert said["bound", "A$5 million"] == "more than"
    assert said["bound", "$2 million"] == "or more"
    assert said["currency", "A$5 million"] == "as written, it can mean no other currency"
    assert said["currency", "$2 million"] == "the article names this one outright elsewhere"
    assert "English word" in said["dropped", "300 won"]
