"""Plots in one line draw what the tables say."""

from __future__ import annotations

import sys

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
    assert labels(axes)[0] == r"\$7 million, article"
    assert axes.get_xlabel() == "USD"
    assert len(tables.plot.figures(currency="EUR").patches) == 1


def test_counts_are_drawn(tables: newsledger.Tables) -> None:
    assert labels(tables.plot.currencies()) == ["USD", "EUR"]
    assert labels(tables.plot.countries()) == ["Kenya", "Ghana"]
    assert labels(tables.plot.people()) == ["Ann Otieno"]


@pytest.mark.parametrize("unit", ["year", "quarter", "month", "day"])
def test_dates_are_drawn_by_unit(tables: newsledger.Tables, unit: str) -> None:
    assert [bar.get_height() for bar in tables.plot.timeline(unit=unit).patches] == [1, 1]


def test_plots_go_where_they_are_told(tables: newsledger.Tables) -> None:
    import matplotlib.pyplot as plt

    axes = plt.figure().add_subplot()
    assert tables.plot.countries(ax=axes) is axes


def test_what_cannot_be_drawn_is_said(tables: newsledger.Tables) -> None:
    with pytest.raises(ValueError, match="no figure in JPY"):
        tables.plot.figures(currency="JPY")
    with pytest.raises(ValueError, match="unit is year"):
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
