"""Taking a run into gold: nothing is dropped silently, and what was done by hand is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.regression import gate
from newsledger.regression.acceptance import Acceptance, Rules, accept
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import HAND, Gold, GoldRow, Manifest
from newsledger.regression.gold_files import read_gold, write_gold
from newsledger.regression.runs import Run
from newsledger.values.extraction import Extraction
from tests.regression import sample


def stored(gold: Gold, folder: Path) -> Gold:
    """The gold as it is after it was written and read: what a later accept begins with."""
    write_gold(gold, folder)
    return read_gold(folder)


def accepted(gold: Gold, run: Run, **rules: Any) -> Acceptance:
    return accept(gold, run, rules=Rules(**rules))


def by_hand(gold: Gold, surface: str, values: Mapping[str, Any] | None, article_id: str = "loan.txt") -> Gold:
    """The gold with one row corrected, or taken out, by hand."""
    article = gold.articles[article_id]
    rows = []
    for row in article.rows:
        if row.surface != surface:
            rows.append(row)
        elif values is not None:
            rows.append(replace(row, values={**row.values, **values}))
    return replace(gold, articles={**gold.articles, article_id: replace(article, rows=tuple(rows))})


def row_of(gold: Gold, surface: str, article_id: str = "loan.txt") -> GoldRow:
    return next(row for row in gold.articles[article_id].rows if row.surface == surface)


def passes(gold: Gold, run: Run) -> bool:
    return gate.judge_run(gold, run).passed


def whats(made: Acceptance) -> list[tuple[str, str]]:
    return [(change.what, change.surface) for change in made.changes]


def test_gold_is_made_where_there_is_none() -> None:
    made = accept(None, sample.run())
    assert made.counts == {"new article": 2}
    assert made.gold.n_rows == sample.gold().n_rows
    assert passes(made.gold, sample.run())
    assert not any(row.hand for _, row in made.gold.rows())


def test_only_the_kinds_that_are_wanted() -> None:
    made = accept(None, sample.run(), kinds=["figures"])
    assert {row.table for _, row in made.gold.rows()} == {"figures"}
    assert made.gold.articles["loan.txt"].complete == ("figures",)
    assert passes(made.gold, sample.run(plant=sample.dropping("dates")))


def test_accepting_the_same_changes_nothing(tmp_path: Path) -> None:
    gold = stored(sample.gold(), tmp_path)
    made = accepted(gold, sample.run(), reason="again")
    assert made.changes == ()
    assert made.gold.manifest == gold.manifest
    assert write_gold(made.gold, tmp_path) == []


@pytest.mark.parametrize("name", sample.PLANTED)
def test_after_accepting_the_check_passes(name: str, tmp_path: Path) -> None:
    plant, _, _ = sample.PLANTED[name]
    gold = stored(sample.gold(), tmp_path)
    run = sample.run(plant=plant)
    made = accepted(gold, run, reason="it is right")
    assert made.changes
    assert made.gold.manifest.accepted[-1]["reason"] == "it is right"
    assert passes(stored(made.gold, tmp_path), run)


def test_a_changed_row_keeps_the_reason(tmp_path: Path) -> None:
    plant = sample.changing("money", currency="CAD")
    made = accepted(stored(sample.gold(), tmp_path), sample.run(plant=plant), reason="Canada's bank")
    row = row_of(made.gold, "$12 million")
    assert (row.values["currency"], row.reason, row.by) == ("CAD", "Canada's bank", "")
    (change,) = made.changes
    assert (change.what, change.why) == ("changed", "currency USD -> CAD")


def test_a_row_that_is_not_found_is_kept_unless_it_may_be_dropped(tmp_path: Path) -> None:
    gold, run = stored(sample.gold(), tmp_path), sample.run(plant=sample.dropping("money"))
    made = accepted(gold, run)
    assert whats(made) == [("kept", "$12 million")]
    assert row_of(made.gold, "$12 million").known == ("missed",)
    again = accepted(stored(made.gold, tmp_path), run)
    assert again.changes == ()  # reported once
    fixed = accepted(made.gold, sample.run())
    assert whats(fixed) == [("fixed", "$12 million")]
    assert row_of(fixed.gold, "$12 million").known == ()
    made = accepted(gold, run, drop=True)
    assert whats(made) == [("dropped", "$12 million")]
    assert made.gold.n_rows == gold.n_rows - 1


def test_a_row_whose_words_are_gone_is_dropped_and_told(tmp_path: Path) -> None:
    now = sample.edited("wires/port.txt", (", up to €50 million by 2025-01-01", ""))
    made = accepted(stored(sample.gold(), tmp_path), sample.run(now))
    assert whats(made) == [("dropped", "€50 million"), ("dropped", "2025-01-01")]
    assert made.edited == 1
    assert passes(made.gold, sample.run(now))


def test_words_that_were_replaced_by_others_are_gone(tmp_path: Path) -> None:
    now = sample.edited("loan.txt", ("$12 million", "nothing at all"))
    made = accepted(stored(sample.gold(), tmp_path), sample.run(now))
    assert whats(made) == [("dropped", "$12 million")]
    assert passes(made.gold, sample.run(now))


def test_an_edit_moves_rows_without_a_word(tmp_path: Path) -> None:
    now = sample.edited("loan.txt", ("By Ana", "A long first line.\n\nBy Ana"))
    made = accepted(stored(sample.gold(), tmp_path), sample.run(now))
    assert made.changes == ()
    assert made.edited == 1
    for row in made.gold.articles["loan.txt"].rows:
        assert now["loan.txt"][slice(*row.place)] == row.surface
    assert not any(row.hand for _, row in made.gold.rows())


@pytest.mark.parametrize("mark", ["", HAND])
def test_a_correction_by_hand_is_kept(mark: str, tmp_path: Path) -> None:
    """Whether or not the person marked it."""
    gold = by_hand(stored(sample.gold(), tmp_path), "$12 million", {"currency": "HKD"})
    article = gold.articles["loan.txt"]
    rows = tuple(replace(r, by=mark) if r.surface == "$12 million" else r for r in article.rows)
    gold = stored(
        replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=rows)}), tmp_path
    )
    assert not passes(gold, sample.run())
    made = accepted(gold, sample.run(), reason="run of today")
    assert whats(made) == [("kept", "$12 million")]
    row = row_of(made.gold, "$12 million")
    assert (row.values["currency"], row.by, row.known) == ("HKD", HAND, ("wrong_currency",))
    gold = stored(made.gold, tmp_path)
    assert passes(gold, sample.run())
    # The program learns it: the fault is fixed. It forgets it again: that is a regression.
    right = sample.run(plant=sample.changing("money", currency="HKD"))
    assert gate.judge_run(gold, right).status_counts()["fixed"] == 1
    gold = stored(accepted(gold, right).gold, tmp_path)
    assert row_of(gold, "$12 million").known == ()
    assert not passes(gold, sample.run())


def test_a_known_fault_that_gets_worse_is_a_regression(tmp_path: Path) -> None:
    gold = by_hand(stored(sample.gold(), tmp_path), "$12 million", {"currency": "HKD"})
    gold = stored(accepted(gold, sample.run()).gold, tmp_path)
    worse = sample.run(plant=sample.changing("money", value_low=Decimal(5)))
    assert [case.codes for case in gate.judge_run(gold, worse).regressions] == [
        ("wrong_value", "wrong_currency")
    ]


def test_a_known_miss_that_becomes_a_wrong_value_is_a_regression(tmp_path: Path) -> None:
    run = sample.run(plant=sample.dropping("money"))
    gold = stored(accepted(stored(sample.gold(), tmp_path), run).gold, tmp_path)
    assert passes(gold, run)
    assert not passes(gold, sample.run(plant=sample.changing("money", value_low=Decimal(5))))


def test_a_row_taken_out_by_hand_stays_out(tmp_path: Path) -> None:
    gold = stored(by_hand(stored(sample.gold(), tmp_path), "€3 million", None), tmp_path)
    assert not passes(gold, sample.run())
    made = accepted(gold, sample.run())
    assert whats(made) == [("kept out", "€3 million")]
    row = row_of(made.gold, "€3 million")
    assert (row.absent, row.known, row.by, row.values) == (True, ("spurious",), HAND, {})
    gold = stored(made.gold, tmp_path)
    assert passes(gold, sample.run())
    assert accepted(gold, sample.run()).changes == ()
    assert passes(gold, sample.run(plant=sample.dropping("money", 1)))
    assert accepted(gold, sample.run(plant=sample.dropping("money", 1))).gold.manifest.accepted


def test_hand_made_rows_can_be_replaced_on_demand(tmp_path: Path) -> None:
    gold = by_hand(stored(sample.gold(), tmp_path), "$12 million", {"currency": "HKD"})
    gold = by_hand(gold, "€3 million", None)
    made = accepted(gold, sample.run(), replace_hand=True)
    assert sorted(whats(made)) == [("added", "€3 million"), ("changed", "$12 million")]
    assert row_of(made.gold, "$12 million").values["currency"] == "USD"
    assert not any(row.hand for _, row in made.gold.rows())
    assert passes(made.gold, sample.run())


def test_a_row_written_by_hand_is_kept_though_never_found(tmp_path: Path) -> None:
    gold = stored(sample.gold(), tmp_path)
    article = gold.articles["loan.txt"]
    at = sample.TEXTS["loan.txt"].index("thanked")
    row = GoldRow(table="figures", surface="thanked", place=(at, at + 7), values={"currency": "XTS"})
    gold = replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=(*article.rows, row))})
    for drop in (False, True):
        made = accepted(gold, sample.run(), drop=drop)
        assert whats(made) == [("kept", "thanked")]
        assert row_of(made.gold, "thanked").known == ("missed",)


def test_a_row_added_by_hand_is_put_where_its_words_stand(tmp_path: Path) -> None:
    gold = stored(sample.gold(), tmp_path)
    article = gold.articles["loan.txt"]
    row = GoldRow(table="figures", surface="thanked", values={"currency": "XTS"})
    gold = replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=(*article.rows, row))})
    (case,) = gate.judge_run(gold, sample.run()).regressions
    at = sample.TEXTS["loan.txt"].index("thanked")
    assert (case.codes, case.span) == (("missed",), (at, at + 7))
    made = accepted(gold, sample.run())
    assert whats(made) == [("kept", "thanked")]
    kept = row_of(made.gold, "thanked")
    assert (kept.place, kept.by, kept.before[-5:]) == ((at, at + 7), HAND, "Kato ")


def test_a_row_added_by_hand_that_could_stand_in_two_places_is_refused() -> None:
    gold = sample.gold()
    article = gold.articles["loan.txt"]
    row = GoldRow(table="figures", surface="Japan")
    gold = replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=(*article.rows, row))})
    with pytest.raises(CannotCompare, match=r"loan.txt: figures: 'Japan' stands in 2 places"):
        gate.judge_run(gold, sample.run())


def test_no_fault_is_known_of_words_that_were_edited(tmp_path: Path) -> None:
    """A correction by hand is about the words as they were: a new sum must not hide behind it."""
    gold = by_hand(stored(sample.gold(), tmp_path), "$12 million", {"value_low": Decimal(11_000_000)})
    gold = stored(accepted(gold, sample.run()).gold, tmp_path)
    assert passes(gold, sample.run())
    run = sample.run(sample.edited("loan.txt", ("$12 million", "$17 million")))
    (case,) = gate.judge_run(gold, run).regressions
    assert (case.codes, case.known, case.anchor) == (("wrong_value",), ("wrong_value",), "edited")
    made = accepted(gold, run)
    assert [(c.what, "the text was edited here" in c.why) for c in made.changes] == [("kept", True)]
    assert passes(stored(made.gold, tmp_path), run)


def test_a_publication_date_corrected_by_hand_is_kept(tmp_path: Path) -> None:
    gold = stored(sample.gold(), tmp_path)
    article = replace(gold.articles["loan.txt"], published=sample.PUBLISHED.replace(day=1))
    gold = stored(replace(gold, articles={**gold.articles, "loan.txt": article}), tmp_path)
    made = accepted(gold, sample.run())
    assert [(c.what, c.table) for c in made.changes] == [("kept", "articles")]
    gold = stored(made.gold, tmp_path)
    assert gold.articles["loan.txt"].published == article.published
    assert passes(gold, sample.run())
    assert accepted(gold, sample.run()).changes == ()


def test_articles_the_run_lacks_are_kept_unless_they_may_be_dropped(tmp_path: Path) -> None:
    gold, run = stored(sample.gold(), tmp_path), sample.run({"loan.txt": sample.TEXTS["loan.txt"]})
    made = accepted(gold, run)
    assert [(c.what, c.article_id) for c in made.changes] == [("kept", "wires/port.txt")]
    assert made.gold.articles["wires/port.txt"] == gold.articles["wires/port.txt"]
    made = accepted(gold, run, drop_articles=True)
    assert made.gold.articles.keys() == {"loan.txt"}
    assert made.counts == {"dropped": len(gold.articles["wires/port.txt"].rows)}


def test_articles_of_another_source_are_added(tmp_path: Path) -> None:
    made = accepted(stored(sample.gold(), tmp_path), sample.run({"new.txt": "Peru paid $9."}))
    assert made.gold.articles.keys() == {"loan.txt", "new.txt", "wires/port.txt"}


def test_an_article_that_could_not_be_extracted_is_not_accepted(tmp_path: Path) -> None:
    """A crashed stage finds nothing; taking that for the truth would empty the gold."""

    def crashed(found: Extraction) -> Extraction:
        return replace(found, money=(), status="partial")

    gold = stored(sample.gold(), tmp_path)
    made = accepted(gold, sample.run(plant=crashed), drop=True)
    assert made.incomplete
    assert made.gold.articles.keys() == gold.articles.keys()
    assert made.gold.articles == gold.articles
    assert {change.what for change in made.changes} == {"not accepted"}
    assert accept(None, sample.run(plant=crashed)).gold.articles == {}


def test_a_renamed_article_takes_its_rows_along(tmp_path: Path) -> None:
    now = {("new/loan.txt" if name == "loan.txt" else name): text for name, text in sample.TEXTS.items()}
    gold = stored(by_hand(sample.gold(), "$12 million", {"currency": "HKD"}), tmp_path)
    made = accepted(gold, sample.run(now))
    assert made.gold.articles.keys() == {"new/loan.txt", "wires/port.txt"}
    assert row_of(made.gold, "$12 million", "new/loan.txt").values["currency"] == "HKD"
    assert ("renamed", "new/loan.txt", "it was loan.txt") in [
        (change.what, change.article_id, change.why) for change in made.changes
    ]


def test_people_stay_under_the_ids_of_the_gold(tmp_path: Path) -> None:
    """The ids of a run depend on who else is in it, and would change rows that say the same."""
    gold = sample.gold()
    named = {}
    for name, article in gold.articles.items():
        rows = [
            replace(row, values={**row.values, "person_id": f"old-{row.values['person_id']}"})
            if row.table == "person_mentions"
            else row
            for row in article.rows
        ]
        named[name] = replace(article, rows=tuple(rows)).sealed()
    gold = stored(replace(gold, articles=named), tmp_path)
    texts = {**sample.TEXTS, "new.txt": "Ben Kato paid $9."}
    assert passes(gold, sample.run(texts))
    made = accepted(gold, sample.run(texts))
    assert [(change.what, change.article_id) for change in made.changes] == [("new article", "new.txt")]
    for name, article in gold.articles.items():
        now = made.gold.articles[name]
        assert [(row.surface, row.values) for row in now.rows] == [
            (r.surface, r.values) for r in article.rows
        ]
    assert passes(stored(made.gold, tmp_path), sample.run(texts))


def test_hand_made_tables_become_gold(tmp_path: Path) -> None:
    """Truth is not what is found: what the run finds beside it is known to be wrong."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "figures.csv").write_text(
        "article_id,start_char,end_char,surface,value_low,value_high,currency\n"
        "loan.txt,76,87,$12 million,12000000,,HKD\n"
        "wires/port.txt,22,24,$7,7,7,USD\n",
        encoding="utf-8",
    )
    truth = read_gold(tmp_path / "tables")
    manifest = Manifest(pinned={**Manifest().pinned, **truth.manifest.pinned})
    made = accept(truth, sample.run(), rules=Rules(truth=True), manifest=manifest)
    gold = stored(made.gold, tmp_path / "gold")
    assert row_of(gold, "$12 million").known == ("wrong_currency",)
    assert "modifier" not in row_of(gold, "$12 million").values  # the truth does not speak of it
    assert row_of(gold, "€3 million").absent
    assert row_of(gold, "2024-03-05").values["start_date"]
    assert passes(gold, sample.run())
    assert passes(gold, sample.run(plant=sample.changing("money", per_unit="ton")))
    assert not passes(gold, sample.run(plant=sample.changing("money", value_low=Decimal(1))))
    assert not passes(gold, sample.run(plant=sample.dropping("dates")))


@st.composite
def changed_folders(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of a folder, and the same folder after articles were deleted, renamed, edited and added."""
    texts = {**sample.TEXTS, "peru.txt": "Peru paid €5 on 2024-03-01, Kato said.\n", "dull.txt": "Nothing.\n"}
    texts["copy.txt"] = texts["loan.txt"]
    now = {}
    for name, text in texts.items():
        what = draw(st.sampled_from(["kept", "kept", "deleted", "renamed", "edited", "renamed and edited"]))
        if "edited" in what:
            old = draw(st.sampled_from([" on ", "$", "€", "Kenya", "Lopez", "."]))
            new = draw(
                st.sampled_from([" with Peru on ", "$1", "€7 and €", "Japan", "", "\n\nPeru got $3. "])
            )
            text = text.replace(old, new, draw(st.integers(1, 2)))
        if what != "deleted":
            now[f"a/{name}" if "renamed" in what else name] = text
    if draw(st.booleans()):
        now["new.txt"] = "Kenya gave $8 to Ben Kato on 2024-01-09.\n"
    return texts, now


@settings(max_examples=60, deadline=None)
@given(folders=changed_folders(), drop=st.booleans())
def test_check_agrees_with_accept(
    tmp_path_factory: pytest.TempPathFactory, folders: tuple[dict[str, str], dict[str, str]], drop: bool
) -> None:
    """After deleted, renamed, edited and added articles, and with the gold read from its files."""
    before, now = folders
    path = tmp_path_factory.mktemp("gold")
    write_gold(accept(None, sample.run(before)).gold, path)
    if not now:
        return
    run = sample.run(now)
    made = accept(read_gold(path), run, rules=Rules(drop_articles=drop))
    write_gold(made.gold, path)
    verdict = gate.judge_run(read_gold(path), run)
    assert verdict.regressions == []
    assert made.gold.articles.keys() >= now.keys()
    if drop:
        assert verdict.passed
    else:
        kept = {change.article_id for change in made.changes if "lacks" in change.why}
        assert len(verdict.absent) == len(kept)
        assert verdict.passed is not bool(kept)
    again = accept(read_gold(path), run, rules=Rules(drop_articles=drop))
    assert {change.what for change in again.changes} <= {"kept"}
