"""Identity across articles: what joins, what never joins, and that the order says nothing."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import shared_data
from newsledger.corpus.linking.resolve import link, records
from newsledger.corpus.steps import Steps
from newsledger.stages import people
from newsledger.stages.people import known_people
from newsledger.values.mentions import NameSpan, PersonMention, RoleStatement
from newsledger.values.people import KnownPeople, People, PersonRecord
from tests.corpus.linked import link_people


def record(article: str, name: str, *roles: str, country: str | None = None, **more: object) -> PersonRecord:
    return PersonRecord(
        article_id=article,
        person=more.pop("person", 0),  # type: ignore[arg-type]
        name=name,
        surfaces=more.pop("surfaces", (name,)),  # type: ignore[arg-type]
        roles=roles,
        countries=(country,) if country else (),
        **more,  # type: ignore[arg-type]
    )


def resolve(some: Sequence[PersonRecord], known: KnownPeople | None = None) -> People:
    people, issues = link_people(some, known=known)
    assert not issues
    return people


def ids(people: People) -> dict[str, str]:
    """Who the first person of each article is."""
    return {article: person_id for (article, _), person_id in sorted(people.ids.items(), reverse=True)}


def together(*some: PersonRecord) -> bool:
    return len(resolve(some).rows) == 1


def test_spellings_join_on_office_and_country() -> None:
    some = [
        record("a", "Volodymyr Zorenskiy", "President", country="UA"),
        record("b", "Volodymyr Zorenskyy", "President", country="UA"),
        record("c", "Wolodymyr Sorenskyj", "President", country="UA"),
        record("d", "Volodymyr Zorensky", country="UA"),
        record("e", "Volodymyr Zorensky", "President"),
    ]
    people = resolve(some)
    assert len(people.rows) == 1
    row = people.rows[0]
    assert (row.given, row.n_articles) == ("Volodymyr", 5)
    assert set(row.aliases) | {row.name} == {r.name for r in some}
    assert row.roles == ("President",)


@pytest.mark.parametrize("name", ["David Jones", "Orlan Veskin"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leader", "Party Leader"),
        ("Boss", "Coach"),
        ("Manager", "Head Coach"),
        ("Economist", "Chief Economist"),
        ("Managing Director", "CEO"),
        ("Premier", "Prime Minister"),
        ("Secretary of Defense", "Defense Secretary"),
        ("Congressman", "Representative"),
    ],
)
def test_two_words_for_one_office_join(name: str, one: str, other: str) -> None:
    assert together(record("a", name, one), record("b", name, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Boss", "Bishop"), ("Coach", "Senator"), ("Manager", "Economist"), ("Leader", "Coach")],
)
def test_words_for_two_offices_keep_two_of_a_frequent_name_apart(one: str, other: str) -> None:
    assert not together(record("a", "David Jones", one), record("b", "David Jones", other))


def test_two_coaches_of_two_clubs_and_a_frequent_name_stay_apart() -> None:
    some = [
        record(a, "David Jones", role, orgs=(a,)) for a, role in (("harwick", "Coach"), ("lindham", "Boss"))
    ]
    assert not together(*some)


@pytest.mark.parametrize(
    ("one", "other", "alone"),
    [
        ("J. R. Veskin", "John R. Veskin", False),
        ("J. Veskin", "John Veskin", False),
        ("Orlan T. Veskin", "Orlan Veskin", True),
        ("Sergei Volkhin", "Sergey Volkhin", False),
        ("Mohammed Al-Tariqi", "Mohamed al Tariqi", False),
        ("Bill Harwick", "William Harwick", False),
        ("Ko Sun-min", "Ko Sun Min", True),
        ("Jose Lindao", "José Lindão", True),
    ],
)
def test_initials_and_spellings_join_with_the_same_office(one: str, other: str, alone: bool) -> None:
    def with_office(article: str, name: str, country: str) -> PersonRecord:
        return record(article, name, "Finance Minister", country=country)

    assert together(with_office("a", one, "GB"), with_office("b", other, "GB"))
    assert not together(with_office("a", one, "GB"), with_office("b", other, "NZ"))
    assert together(record("a", one), record("b", other)) is alone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. R. Veskin", "John T. Veskin"),
        ("John Veskin", "James Veskin"),
        ("Sergei Volkhin", "Andrei Volkhin"),
        ("Bill Harwick", "Robert Harwick"),
        ("Ana Lopez", "Ana Lopata"),
    ],
)
def test_other_names_stay_apart_in_one_office(one: str, other: str) -> None:
    some = [record(a, n, "Finance Minister", country="GB") for a, n in (("a", one), ("b", other))]
    assert not together(*some)


def test_spellings_do_not_join_without_evidence() -> None:
    assert not together(record("a", "Volodymyr Zorenskiy"), record("b", "Volodymyr Zorensky"))
    assert not together(record("a", "John Smith", "Analyst"), record("b", "Jon Smith", "Analyst"))


def test_accents_case_and_hyphens_are_one_name() -> None:
    assert together(record("a", "Nadia Calviño"), record("b", "Nadia Calvino"), record("c", "NADIA CALVINO"))
    assert together(record("a", "Yoon Suk-yeol"), record("b", "Yoon Suk Yeol"))
    assert (
        resolve([record("a", "NADIA CALVIÑO"), record("b", "Nadia Calviño")]).rows[0].name == "Nadia Calviño"
    )


def test_middle_initials_and_pet_forms_join_on_evidence_only() -> None:
    joe = record("a", "Joe Boden", "President", country="US")
    joseph = record("b", "Joseph R. Boden Jr.", "President", "Senator", country="US")
    assert together(joe, joseph)
    assert not together(record("a", "Joe Boden"), joseph)
    assert not together(record("a", "Joe Boden", "Coach", country="US"), joseph)


def test_order_of_parts() -> None:
    assert together(
        record("a", "Abe Shinzo", "Prime Minister", country="JP"),
        record("b", "Shinzo Abe", "Prime Minister", country="JP"),
    )


def test_conflicting_countries_never_join() -> None:
    some = [
        record("a", "Michael Brown", "Senator", country="AU"),
        record("b", "Michael Brown", "Director", country="US"),
        record("c", "Michael Brown"),
    ]
    people = resolve(some)
    assert sorted(ids(people).values()) == sorted(set(ids(people).values()))
    assert ids(people)["a"] == "michael-brown--au"
    assert ids(people)["b"] == "michael-brown--us"


def test_a_name_without_evidence_joins_the_only_bearer() -> None:
    assert together(record("a", "Boyd Kestrel", "Coach", country="AU"), record("b", "Boyd Kestrel"))
    assert together(record("a", "Boyd Kestrel"), record("b", "Boyd Kestrel"))


def test_a_footballer_is_no_bishop() -> None:
    assert not together(record("a", "Paul Ames", "Striker"), record("b", "Paul Ames", "Bishop"))


def test_who_wrote_something_may_be_anybody() -> None:
    assert together(record("a", "Paul Amesly", "Author"), record("b", "Paul Amesly", "Inspector"))
    assert not together(record("a", "Paul Amesly", "Novelist"), record("b", "Paul Amesly", "Inspector"))


def test_a_president_is_no_vice_president_of_nearly_the_same_name() -> None:
    assert not together(
        record("a", "George Hale", "Vice President", country="US"),
        record("b", "George W. Hale", "President", country="US"),
    )


def test_a_form_that_fits_two_joins_neither() -> None:
    some = [
        record("a", "George W. Hale", "President", country="US"),
        record("b", "George H.W. Hale", "President", country="US"),
        record("c", "George Hale", "President", country="US"),
    ]
    assert len(resolve(some).rows) == 3


def test_surnames_alone() -> None:
    full = record("a", "Aiko Morita", "Prime Minister", country="JP")
    assert together(full, record("b", "Morita", "Prime Minister", country="JP"))
    assert together(full, record("b", "Morita", "Prime Minister"))
    assert not together(full, record("b", "Morita"))
    assert not together(full, record("b", "Morita", "Minister"))
    assert not together(full, record("b", "Morita", "Prime Minister", country="PE"))
    assert not together(record("a", "Morita"), record("b", "Morita"))
    assert together(record("a", "Hale", "President"), record("b", "Hale", "President"))
    assert together(record("a", "Hale", "President"), record("b", "Hale", "President", country="US"))
    assert (
        len(
            resolve(
                [
                    record("a", "Hale", "President"),
                    record("b", "Hale", "President", country="US"),
                    record("c", "Hale", "President", country="GH"),
                ]
            ).rows
        )
        == 3
    )


def test_the_ambiguous_stays_by_itself() -> None:
    some = [
        record("a", "Hale", candidates=("Jed Hale", "Warren Hale")),
        record("b", "Hale", "President"),
        record("c", "Warren Hale", "President"),
    ]
    people = resolve(some)
    assert ids(people)["a"] not in {ids(people)["b"], ids(people)["c"]}
    assert ids(people)["b"] == ids(people)["c"] == "warren-hale"


def test_an_unrelated_article_renumbers_nothing() -> None:
    some = [
        record("a", "Michael Brown", "Senator", country="AU"),
        record("b", "Michael Brown", "Director", country="US"),
        record("c", "Morita"),
        record("d", "Petro Vaskiv"),
    ]
    more = [record("0", "Ann Other"), record("z", "Quist"), record("zz", "Paul Ames", "Bishop")]
    assert ids(resolve(some)).items() <= ids(resolve([*more, *some])).items()


def test_known_people_give_their_ids() -> None:
    register = known_people.from_rows(
        [
            (1, {"name": "Petro Vaskiv", "aliases": "Piotr Waskiw", "id": "Q1", "country": "UA"}),
            (2, {"name": "Michael Brown", "id": "Q2", "country": "AU"}),
            (3, {"name": "Michael Brown", "id": "Q3", "country": "US", "role": "Director"}),
        ]
    )
    some = [
        record("a", "Piotr Waskiw"),
        record("b", "Petro Vaskiv", "President", country="PL"),
        record("c", "Michael Brown", "Senator", country="AU"),
        record("d", "Michael Brown", "Director"),
        record("e", "Michael Brown"),
    ]
    people = resolve(some, known=register)
    assert ids(people)["a"] == "Q1"
    assert ids(people)["b"] != "Q1"
    assert ids(people)["c"] == "Q2"
    assert ids(people)["d"] == "Q3"
    assert ids(people)["e"] not in {"Q2", "Q3"}
    assert next(row for row in people.rows if row.person_id == "Q1").name == "Petro Vaskiv"


def test_every_record_has_an_id_and_every_id_a_row() -> None:
    some = [
        record("a", "Hale", person=0),
        record("a", "Hale", person=1, candidates=("X Hale",)),
        record("a", "", person=2),
        record("a", "李", person=3),
        record("a", "Warren Hale", person=4),
    ]
    people = resolve(some)
    assert set(people.ids) == {(r.article_id, r.person) for r in some}
    assert set(people.ids.values()) == {row.person_id for row in people.rows}
    assert len({row.person_id for row in people.rows}) == len(people.rows)


def test_counts() -> None:
    some = [record("a", "Warren Hale", n_mentions=3), record("b", "Warren Hale", n_mentions=2)]
    row = resolve(some).rows[0]
    assert (row.n_articles, row.n_mentions) == (2, 5)


def test_two_family_names_shown_by_the_text() -> None:
    name = "Andrés Manuel Lerma Ocampo"
    row = resolve([record("a", name, surfaces=(name, "Lerma Ocampo"))]).rows[0]
    assert (row.given, row.family) == ("Andrés Manuel", "Lerma Ocampo")


def test_records_sum_up_an_article() -> None:
    def mention(surface: str, person: int, **more: object) -> PersonMention:
        return PersonMention(start_char=0, end_char=1, surface=surface, name=surface, person=person, **more)  # type: ignore[arg-type]

    got = records(
        "a",
        [
            mention("Warren Hale", 0, role="President", role_country="US"),
            mention("Hale", 0, role="President", role_country="US"),
            mention("Ann Lee", 1, role="Prime Minister", role_status="deputy"),
        ],
    )
    assert [(r.person, r.n_mentions, r.roles, r.countries) for r in got] == [
        (0, 2, ("President",), ("US",)),
        (1, 1, ("Deputy Prime Minister",), ()),
    ]


NAMES = st.sampled_from(
    [
        "Joe Boden",
        "Joseph Boden",
        "Joseph R. Boden",
        "J. Boden",
        "Boden",
        "Kim Jong Rim",
        "Kim",
        "Mohammed Ali",
        "Muhammad Aly",
        "Hale",
        "Gary Miller",
        "Mike Miller",
        "Ulla Brandvold",
        "Boden Jr.",
        "",
    ]
)
ROLES = st.lists(
    st.sampled_from(["President", "Senator", "Striker", "Bishop", "Minister", "Analyst"]), max_size=2
)
COUNTRIES = st.lists(st.sampled_from(["US", "GB", "EG"]), max_size=2, unique=True)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, ROLES, COUNTRIES), max_size=12), st.randoms())
def test_the_order_of_records_says_nothing(
    parts: list[tuple[str, list[str], list[str]]], rnd: random.Random
) -> None:
    some = [
        PersonRecord(
            article_id=f"a{i % 5}", person=i, name=n, surfaces=(n,), roles=tuple(r), countries=tuple(c)
        )
        for i, (n, r, c) in enumerate(parts)
    ]
    shuffled = list(some)
    rnd.shuffle(shuffled)
    one, other = resolve(some), resolve(shuffled)
    assert one.rows == other.rows
    assert dict(one.ids) == dict(other.ids)
    assert set(one.ids) == {(r.article_id, r.person) for r in some}
    assert len({row.person_id for row in one.rows}) == len(one.rows)


def test_many_bearers_of_one_family_name_take_linear_time() -> None:
    letters = "bdfglmnprst"
    some = [
        record(f"{a}{b}{c}{d}", f"A{a}a{b}a{c}o{d} Singh", "Minister", country="IN")
        for a in letters
        for b in letters
        for c in letters
        for d in letters[:6]
    ]
    began = time.process_time()
    assert len(resolve(some).rows) > 7000
    assert time.process_time() - began < 15


def test_another_middle_initial_is_another_person() -> None:
    some = [
        record("a", "George W. Hale", "President", country="US"),
        record("b", "George H. W. Hale", "President", country="US"),
        record("c", "George H.W. Hale", "President", country="US"),
    ]
    found = ids(resolve(some))
    assert found["b"] == found["c"] != found["a"]


def test_an_office_is_the_same_in_either_order_of_words() -> None:
    assert together(
        record("a", "Donald H. Ramsay", "Defense Secretary"),
        record("b", "Donald Ramsay", "Secretary of Defense"),
    )
    assert not together(
        record("a", "Donald H. Ramsay", "Defense Secretary", country="US"),
        record("b", "Donald Ramsay", "Premier", country="GB"),
    )


def test_a_hyphen_and_an_article_make_no_other_name() -> None:
    assert together(
        record("a", "Abdel-Fattah El-Sayi", "President", country="EG"),
        record("b", "Abdel Fattah al-Sayi", "President"),
    )


@pytest.mark.shared
def test_the_order_of_real_articles_says_nothing(shared: Path) -> None:
    some: list[PersonRecord] = []
    for number, article in enumerate(shared_data.rows("people/gold")):
        if article["scheme"] == "ww" and article["split"] == "dev":
            text = article["text"]
            spans = [
                NameSpan(start_char=a, end_char=b, surface=text[a:b], label=label)
                for a, b, label in article["spans"]
            ]
            some += records(f"a{number}", people.find(text, names=spans))
    first = resolve(some)
    for seed in range(3):
        again = resolve(random.Random(seed).sample(some, len(some)))
        assert again.rows == first.rows
        assert dict(again.ids) == dict(first.ids)


def test_who_gives_an_administration_its_name_is_the_president() -> None:
    text = "Critics wrote to the Halloran administration."
    name = NameSpan(start_char=21, end_char=29, surface="Halloran", label="PER")
    surname = records("a", people.find(text, names=[name]))
    assert [r.heads for r in surname] == [True]
    president = record("b", "Hugh Halloran", "President")
    senator = record("b", "Hugh Halloran", "Senator")
    assert together(*surname, president)
    assert not together(*surname, senator)
    assert not together(*surname, president, record("c", "Ada Halloran", "President"))


def test_a_name_that_many_bear_joins_nobody_who_is_something_else() -> None:
    assert together(record("a", "Gary Miller"), record("b", "Gary Miller"))
    assert not together(record("a", "Gary Miller", "Analyst"), record("b", "Gary Miller"))
    assert not together(record("a", "Gary Miller", "Chief Executive"), record("b", "Gary Miller", "Senator"))
    assert not together(record("a", "Juan Torres", "President"), record("b", "Juan Torres"))
    assert together(record("a", "Gary Miller", "Senator"), record("b", "Gary Miller", "Senator"))
    assert together(record("a", "Gary Miller", "Congressman"), record("b", "Gary Miller", "Representative"))
    assert not together(record("a", "Gary Miller", "Senator"), record("b", "Gary Miller", "Representative"))
    assert not together(
        record("a", "Gary Miller", "Congressman"), record("b", "Gary Miller", "Sales Representative")
    )
    assert together(
        record("a", "Gary Miller", "Committee Chairman"),
        record("b", "Gary Miller", "Budget Committee Chairman"),
    )
    assert together(
        record("a", "Gary Miller", "Analyst", orgs=("acme",)), record("b", "Gary Miller", orgs=("acme",))
    )
    assert together(
        record("a", "Gary Miller", "Health Minister"),
        record("b", "Gary Miller", "Minister", orgs=("health",)),
    )
    assert together(record("a", "Gary F. Miller"), record("b", "Gary F. Miller"))


def test_who_holds_a_public_office_is_named_without_it() -> None:
    senator = [record(f"s{n}", "Gary Miller", "Senator") for n in range(5)]
    bare = record("b", "Gary Miller")
    assert together(*senator, bare)
    assert together(senator[0], bare)
    assert together(record("s", "Gary Miller", "Secretary of State"), bare)
    for unknown in ("Deputy Home Secretary", "Coordinator", "Press Secretary", "Representative"):
        assert not together(record("s", "Gary Miller", unknown), bare)
    coach = record("c", "Gary Miller", "Coach")
    found = ids(resolve([*senator, coach, bare]))
    assert found["b"] == found["s0"] != found["c"]
    found = ids(resolve([*senator[:4], coach, bare]))
    assert len({found["b"], found["s0"], found["c"]}) == 3


def beside(article: str, *names: str) -> list[PersonRecord]:
    return [record(article, name, person=n) for n, name in enumerate(names, start=1)]


def test_people_named_beside_tell_who_is_meant() -> None:
    one, other = record("a", "Gary Miller", "Analyst"), record("b", "Gary Miller")
    assert resolve([one, other, *beside("a", "Ulla Brandvold")]).ids["b", 0] != "gary-miller"
    found = ids(resolve([*beside("a", "Ulla Brandvold"), *beside("b", "Ulla Brandvold"), one, other]))
    assert found["a"] == found["b"] == "gary-miller"
    # A head of government may be named in any article.
    premier = [record(i, "Ulla Brandvold", "Prime Minister", person=1) for i in "ab"]
    assert len({resolve([*premier, one, other]).ids[i, 0] for i in "ab"}) == 2
    # Of other fields of life: the same people must be three.
    senator = record("b", "Gary Miller", "Senator")
    sculptor = record("a", "Gary Miller", "District Attorney")
    few = [*beside("a", "Ulla Brandvold"), *beside("b", "Ulla Brandvold")]
    assert len({resolve([*few, sculptor, senator]).ids[i, 0] for i in "ab"}) == 2


def test_two_people_of_one_article_stay_two() -> None:
    some = [
        *beside("a", "Ulla Brandvold", "Rory Quast", "Rory J. Quast"),
        *beside("b", "Ulla Brandvold", "Rory Quast"),
    ]
    people = resolve(some)
    assert people.ids["a", 2] == people.ids["b", 2] != people.ids["a", 3]


def test_organisation_and_company_join_forms_of_a_name() -> None:
    def chair(article: str, name: str, *roles: str, org: str = "gencor") -> PersonRecord:
        return record(article, name, *roles, orgs=(org,))

    assert together(chair("a", "Elias Vanderzee", "Chairman"), chair("b", "Elias A. Vanderzee", "Director"))
    assert together(chair("a", "A. Willard Quast", "Chairman"), chair("b", "Willard Quast"))
    assert not together(
        chair("a", "Elias Vanderzee", "Chairman"), chair("b", "Elias A. Vanderzee", "Director", org="other")
    )
    # A middle initial alone says little, but no more than that.
    assert together(record("a", "Elias Vanderzee", "Chairman"), record("b", "Elias A. Vanderzee", "Director"))
    assert together(record("a", "Elias Vanderzee"), record("b", "Elias A. Vanderzee"))
    assert not together(record("a", "Elias B. Vanderzee"), record("b", "Elias A. Vanderzee"))
    assert not together(record("a", "Elias Vanderzee"), record("b", "E. A. Vanderzee"))
    assert not together(record("a", "Gary Miller"), record("b", "Gary A. Miller"))
    assert not together(
        record("a", "Elias Vanderzee", "Governor"), record("b", "Elias A. Vanderzee", "Coach")
    )
    assert together(record("a", "Elias Vanderzee", "Judge"), record("b", "Elias Vanderzee Jr.", "Judge"))
    assert not together(record("a", "Elias Vanderzee", "Judge"), record("b", "Elias Vanderzee Jr."))
    assert not together(record("a", "Elias Vanderzee", "President"), record("b", "Elias A. Vanderzee"))
    assert together(
        record("a", "Rob Miller", "Congressman"), record("b", "Robert E. Miller", "Representative")
    )
    # A pet form, a higher rank: of one field of public life.
    assert together(
        record("a", "Ray Vanderzee", "Lieutenant General"), record("b", "Raymond Vanderzee", "General")
    )
    assert not together(
        record("a", "Ray Vanderzee", "Director"), record("b", "Raymond Vanderzee", "Chairman")
    )
    assert not together(record("a", "Ray Vanderzee"), record("b", "Raymond Vanderzee", "General"))
    # An article calls him by both names.
    both = record("a", "Ronald Wilson Vanderzee", surfaces=("Ronald Vanderzee", "Ronald Wilson Vanderzee"))
    assert together(both, record("b", "Ronald Vanderzee", "President"))
    assert not together(both, record("b", "Ronald Vanderzee Jr.", "President"))
    # Father and son are in one firm, but not in one post.
    assert not together(
        chair("a", "Elias Vanderzee", "Chairman"), chair("b", "Elias Vanderzee Jr.", "Director")
    )
    assert together(chair("a", "Elias Vanderzee", "Chairman"), chair("b", "Elias Vanderzee Jr.", "Chairman"))

    found = ids(
        resolve(
            [
                record("a", "Ben Vanderzee", "Representative"),
                record("b", "Benjamin Vanderzee"),
                *beside("a", "Ulla Brandvold"),
                *beside("b", "Ulla Brandvold"),
            ]
        )
    )
    assert found["a"] == found["b"]


def test_an_organisation_goes_by_its_letters_too() -> None:
    def chair(article: str, org: str, role: str = "Chairman") -> PersonRecord:
        mention = PersonMention(
            start_char=0,
            end_char=1,
            surface="Gary Miller",
            name="Gary Miller",
            person=0,
            role=role,
            role_org=org,
        )
        (found,) = records(article, [mention])
        return found

    assert together(chair("a", "Federal Wheat Commission"), chair("b", "FWC"))
    assert together(chair("a", "the Federal Wheat Board"), chair("b", "Wheat Commission"))
    assert not together(chair("a", "Federal Wheat Commission"), chair("b", "Federal Barley Commission"))
    assert not together(chair("a", "Senate"), chair("b", "Senate"))


def test_the_name_of_a_row_is_that_of_most_articles() -> None:
    one = record("a", "Nadia Ruth Calvi", "Mayor", n_mentions=9, surfaces=("Nadia Calvi", "Nadia Ruth Calvi"))
    row = resolve([one, record("b", "Nadia Calvi", "Mayor"), record("c", "Nadia Calvi", "Mayor")]).rows[0]
    assert (row.name, row.aliases) == ("Nadia Calvi", ("Nadia Ruth Calvi",))


def test_a_double_family_name_alone_joins_where_the_office_is_the_same() -> None:
    president = record("a", "Andrés Manuel Lerma Ocampo", "President", country="MX")
    assert together(president, record("b", "Lerma Ocampo", "President"))
    assert not together(president, record("b", "Lerma Ocampo", "Senator"))


def test_a_form_that_an_article_uses_is_the_same_person() -> None:
    long = record(
        "a", "Said Ruhi Tabriz", "President", country="IR", surfaces=("Said Ruhi Tabriz", "Ruhi Tabriz")
    )
    assert together(long, record("b", "Ruhi Tabriz", "President"))
    assert not together(record("a", "Said Ruhi Tabriz", "Mayor"), record("b", "Ruhi Tabriz", "Mayor"))


def test_a_surname_with_an_office_joins_who_is_named_beside_the_same_people() -> None:
    some = [
        record("a", "Arnold Speckter", "Senator"),
        record("b", "Speckter", "Senator"),
        *beside("a", "Ulla Brandvold"),
        *beside("b", "Ulla Brandvold"),
    ]
    found = ids(resolve(some))
    assert found["a"] == found["b"]
    assert len({resolve([*some[:2], some[2]]).ids[i, 0] for i in "ab"}) == 2
    # What many are: two must be the same, and the name no frequent one.
    for name, joins in (("Speckter", True), ("Miller", False)):
        general = [
            record("a", f"Arnold {name}", "General"),
            record("b", name, "General"),
            *beside("a", "Ulla Brandvold", "Rory Quast"),
            *beside("b", "Ulla Brandvold", "Rory Quast"),
        ]
        found = ids(resolve(general))
        assert (found["a"] == found["b"]) is joins
        assert ids(resolve(general[:-1]))["b"] != found["a"]
    second = [record("c", "Rosa Speckter", "Senator"), *beside("c", "Ulla Brandvold")]
    assert len({resolve([*some, *second]).ids[i, 0] for i in "abc"}) == 3


def test_a_surname_is_nobodys_given_name() -> None:
    both = [*beside("a", "Ulla Brandvold"), *beside("b", "Ulla Brandvold")]
    for office, joins in (("Senator", False), ("President", True)):
        some = [
            record("a", "Speckter Quast", office, surfaces=("Speckter Quast", "Speckter")),
            record("b", "Speckter", office),
        ]
        found = ids(resolve([*some, *both]))
        assert (found["a"] == found["b"]) is joins


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, ROLES, COUNTRIES), max_size=14), st.integers(1, 5), st.integers(1, 5))
def test_any_division_gives_the_same_people(
    parts: list[tuple[str, list[str], list[str]]], inputs: int, partitions: int
) -> None:
    some = [
        PersonRecord(
            article_id=f"a{i // 3}", person=i, name=n, surfaces=(n,), roles=tuple(r), countries=tuple(c)
        )
        for i, (n, r, c) in enumerate(parts)
    ]
    articles = [[*enumerate(some[at : at + 3], start=at)] for at in range(0, len(some), 3)]
    whole = resolve(some)
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder), partitions=partitions)
        link(steps, [articles[n::inputs] for n in range(inputs)])
        assert sorted(steps.take("rows"), key=lambda row: row.person_id) == list(whole.rows)
        found = {number: person_id for numbers, (person_id,) in steps.take("ids") for number in numbers}
    assert found == {n: whole.ids[one.article_id, one.person] for n, one in enumerate(some)}


def test_roles_that_stand_beside_others_are_listed_after_them_and_keep_nobody_apart() -> None:
    mention = PersonMention(
        start_char=0,
        end_char=1,
        surface="Ada Morell",
        name="Ada Morell",
        person=0,
        role="Senator",
        roles=tuple(
            RoleStatement(start_char=0, end_char=1, surface="A", role=role)
            for role in ("Chairman", "Senator")
        ),
    )
    (one,) = records("a", [mention])
    assert (one.roles, one.more_roles) == (("Senator",), ("Chairman",))
    (row,) = resolve([one]).rows
    assert row.roles == ("Senator", "Chairman")
    (row,) = resolve([one, record("b", "Ada Morell", "Chairman")]).rows
    assert row.roles == ("Chairman", "Senator")
    # A coach is no bishop; but where he is called so beside another role, nothing is known to clash.
    coach = record("a", "Ada Morell", "Author", more_roles=("Coach",))
    assert together(coach, record("b", "Ada Morell", "Bishop"))
    assert not together(record("a", "Ada Morell", "Coach"), record("b", "Ada Morell", "Bishop"))


def test_a_role_that_stands_beside_another_says_who_bears_a_frequent_name() -> None:
    senator = record("a", "David Jones", "Senator", more_roles=("Chief Market Strategist",))
    assert together(senator, record("b", "David Jones", "Chief Market Strategist"))
    assert not together(record("a", "David Jones", "Senator"), record("b", "David Jones", "Economist"))
