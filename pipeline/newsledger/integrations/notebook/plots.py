"""One-line plots of the tables; they need matplotlib (``pip install "newsledger[plot]"``).

Each returns the matplotlib ``Axes`` it drew on. Amounts become floats only here, to be drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from newsledger.normalizer.tables import TableSet

_COLOUR = "#2f6f9f"
_LABEL = 56
"""Characters of a label that are shown."""


class Plots:
    """The plots of some tables: ``tables.plot.figures(currency="USD")`` and so on."""

    def __init__(self, tables: TableSet) -> None:
        self._tables = tables

    def figures(self, *, currency: str | None = None, top: int = 15, ax: Axes | None = None) -> Axes:
        """The largest figures of one currency as bars, labelled by their words and article (title or id).

        ``currency`` None takes the one with most figures. Of a range or a bound the side that is stated
        is drawn (the lower one where there are both). Raises ``ValueError`` where no figure has the
        currency.
        """
        frame = self._tables.figures
        if currency is None:
            if frame["currency"].dropna().empty:
                raise ValueError("no figure has a currency")
            currency = str(frame["currency"].mode()[0])
        frame = frame[frame["currency"] == currency]
        value = frame["value_low"].fillna(frame["value_high"])
        frame = frame.assign(value=value).dropna(subset=["value"]).nlargest(top, "value")
        if frame.empty:
            raise ValueError(f"no figure in {currency}")
        titles = self._tables.articles.set_index("article_id")["title"].dropna()
        named = zip(frame["surface"], frame["article_id"], strict=True)
        labels = [_short(f"{surface}, {titles.get(article, article)}") for surface, article in named]
        drawn = _bars(labels, frame["value"].tolist(), ax)
        drawn.set_xlabel(currency)
        drawn.xaxis.set_major_formatter(_engineering())
        drawn.set_title(f"Largest figures in {currency}")
        return drawn

    def currencies(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """How many figures there are in each currency; those whose currency is open are counted too."""
        counts = self._tables.figures["currency"].fillna("open").value_counts().head(top)
        return self._counts(counts, "Figures by currency", ax)

    def countries(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """The countries most often named, outside longer names such as Bank of Japan."""
        frame = self._tables.country_mentions
        frame = frame[~frame["inside_name"].astype(bool)]
        return self._counts(frame["name"].value_counts().head(top), "Mentions of countries", ax)

    def people(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """The people most often named."""
        frame = self._tables.people.nlargest(top, "n_mentions")
        return self._counts(frame.set_index("name")["n_mentions"], "Mentions of people", ax)

    def timeline(self, *, unit: str = "year", ax: Axes | None = None) -> Axes:
        """How many dates are named in each year, quarter, month or day, by their first day.

        Raises ``ValueError`` for another unit, and where no date is named.
        """
        codes = {"year": "Y", "quarter": "Q", "month": "M", "day": "D"}
        if unit not in codes:
            raise ValueError(f"unit is {', '.join(codes)}, not {unit!r}")
        days = self._tables.date_mentions["start_date"].dropna()
        if days.empty:
            raise ValueError("no date with calendar days")
        starts = days.dt.to_period(codes[unit]).dt.start_time
        counts = starts.value_counts().sort_index()
        axes = _axes(ax)
        axes.bar(counts.index, counts.tolist(), width=_WIDTHS[unit], color=_COLOUR, align="edge")
        axes.set_title(f"Dates named, by {unit}")
        dates: Any = import_module("matplotlib.dates")
        locator = dates.AutoDateLocator(minticks=1, maxticks=10)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
        _whole_numbers(axes.yaxis)
        return _clean(axes)

    def _counts(self, counts: pd.Series[Any], title: str, ax: Axes | None) -> Axes:
        drawn = _bars([_short(str(label)) for label in counts.index], counts.tolist(), ax)
        drawn.set_title(title)
        _whole_numbers(drawn.xaxis)
        return drawn


_WIDTHS = {"year": 300, "quarter": 75, "month": 25, "day": 0.8}
"""How wide a bar is, in days."""


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('plots need matplotlib: pip install "newsledger[plot]"') from error
    made: Axes = plt.subplots(layout="constrained")[1]
    return made


def _bars(labels: list[str], values: list[float], ax: Axes | None) -> Axes:
    axes = _axes(ax)
    if ax is None:
        figure: Any = axes.figure
        figure.set_size_inches(8, 0.9 + 0.28 * max(len(values), 3))
    places = range(len(values))
    axes.barh(places, values, height=0.7, color=_COLOUR)
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    return _clean(axes)


def _clean(axes: Axes) -> Axes:
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _whole_numbers(axis: Any) -> None:
    axis.get_major_locator().set_params(integer=True)


def _short(label: str) -> str:
    # A dollar sign would begin a formula.
    label = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    return label.replace("$", r"\$")


def _engineering() -> Any:
    from matplotlib.ticker import FuncFormatter

    return FuncFormatter(lambda value, _: big(value))


def big(value: float) -> str:
    """A large amount in few characters.

    >>> big(12e9), big(2.5e6), big(0), big(-300)
    ('12bn', '2.5m', '0', '-300')
    """
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{word}"
    return f"{value:g}"
