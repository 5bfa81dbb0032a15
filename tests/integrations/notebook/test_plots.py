"""Plots in one line draw what the tables say."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest

import newsledger

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

TEXT = (
    "Kenya paid $5m and then $7 million, Ghana €2m. Ann Otieno of the Bank of Japan left Kenya in 2019. "
    "Otieno paid more than $3m in May 2020, and millions of dollars later."
)


@pytest.fixture(scope="module")
def tables() -> newsledger.Tables:
    return newsledger.extract(TEXT, published="2024-04-03")


@pytest.fixture(autouse=True)
def _close() -> None:
    import matplotlib.pyplot as plt

    plt.close("all")


def labels(axes: object) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]  # type: ignore[attr-defined]


def test_figures_of_one_currency_are_drawn_largest_first(tables: newsledger.Tables) -> None:
    axes = tables.plot.figures()
    assert [bar.get_width() for bar in axes.patches] == [7e6, 5e6, 3e6]
    assert labels(axes)[0] == "$7 million, article"
    assert axes.get_xlabel() == "USD"
    assert len(tables.plot.figures(currency="EUR").patches) == 1


def test_counts_are_drawn(tables: newsledger.Tables) -> None:
    assert labels(tables.plot.currencies()) == ["USD", "EUR"]
    assert labels(tables.plot.countries()) == ["Kenya", "Ghana"]
    assert labels(tables.plot.people()) == ["Ann Otieno"]


@pytest.mark.parametrize("unit", [None, "decade", "year", "quarter", "month", "day"])
def test_dates_are_drawn_by_unit(tables: newsledger.Tables, unit: str | None) -> None:
    assert tables.plot.timeline(unit=unit).get_xlabel() == ""
    assert [bar.get_height() for bar in tables.plot.timeline(unit=unit).patches] == [1, 1]


def test_a_range_of_a_hundred_is_drawn_on_a_logarithmic_axis() -> None:
    tables = newsledger.extract("It paid $5, then $480, then $5 again.")
    assert tables.plot.figures().get_xscale() == "linear"
    wider = newsledger.extract("It paid $5, then $500, then $5 again, and $9 with $9\nmillion\tmore.")
    axes = wider.plot.figures()
    assert axes.get_xscale() == "log"
    assert axes.get_xlabel() == "USD, logarithmic"
    assert labels(axes) == ["$9 million, article", "$500, article", "$9, article", "$5, article"]
    (points,) = axes.lines
    assert list(points.get_xdata()) == [9e6, 500, 9, 5]


def test_a_date_far_from_all_others_is_counted_not_drawn() -> None:
    days = "On May 1, 2020, it rained. " * 6 + "On May 2, 2020, it rained. " * 6
    axes = newsledger.extract(days + "It rained in 1600.").plot.timeline()
    assert axes.get_title() == "Dates named, by day"
    assert [bar.get_height() for bar in axes.patches] == [6, 6]
    assert axes.get_xlabel() == "not drawn: 1 earlier"


def test_every_plot_is_drawn_without_a_warning(tables: newsledger.Tables, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in ("figures", "currencies", "countries", "people", "timeline"):
            getattr(tables.plot, name)().figure.savefig(tmp_path / f"{name}.png")


def test_plots_go_where_they_are_told(tables: newsledger.Tables) -> None:
    import matplotlib.pyplot as plt

    axes = plt.figure().add_subplot()
    assert tables.plot.countries(ax=axes) is axes


def test_what_cannot_be_drawn_is_said(tables: newsledger.Tables) -> None:
    with pytest.raises(ValueError, match="no figure in JPY"):
        tables.plot.figures(currency="JPY")
    with pytest.raises(ValueError, match="unit is day, month"):
        tables.plot.timeline(unit="week")
    with pytest.raises(ValueError, match="no figure has a currency"):
        newsledger.Tables.empty().plot.figures()
    with pytest.raises(ValueError, match="no date"):
        newsledger.Tables.empty().plot.timeline()


def test_without_matplotlib_it_says_what_to_install(
    tables: newsledger.Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r"newsledger\[plot\]"):
        tables.plot.countries()
