"""One-line plots of the tables; they need matplotlib (``pip install "newsledger[plot]"``).

Each returns the matplotlib ``Axes`` it drew on: a new one, or ``ax``. ``top`` is the number of bars.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from newsledger.integrations.periods import UNITS, bin_start, chart_period
from newsledger.normalizer.display import one_line

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

        ``currency`` None takes the one with the most figures. For a bound the stated value is drawn, for a
        range the lower one; equal values in one article are drawn once. If the largest is at least a hundred
        times the smallest, points on a logarithmic axis are drawn instead. Raises ``ValueError`` if no
        figure has the currency.
        """
        frame = self._tables.figures
        if currency is None:
            if frame["currency"].dropna().empty:
                raise ValueError("no figure has a currency")
            currency = str(frame["currency"].mode()[0])
        frame = frame[frame["currency"] == currency]
        frame = frame.assign(value=frame["value_low"].fillna(frame["value_high"])).dropna(subset=["value"])
        frame = frame.drop_duplicates(["article_id", "value"]).nlargest(top, "value")
        if frame.empty:
            raise ValueError(f"no figure in {currency}")
        titles = self._tables.articles.set_index("article_id")["title"].dropna()
        named = zip(frame["surface"], frame["article_id"], strict=True)
        labels = [f"{surface}, {titles.get(article, article)}" for surface, article in named]
        values = frame["value"].tolist()
        logarithmic = 0 < 100 * values[-1] <= values[0]
        drawn = _bars(labels, values, ax, logarithmic=logarithmic)
        drawn.set_xlabel(f"{currency}, logarithmic" if logarithmic else currency)
        drawn.xaxis.set_major_formatter(lambda value, _: big(value))
        drawn.set_title(f"Largest figures in {currency}")
        return drawn

    def currencies(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """The number of figures in each currency; those whose currency is undecided are counted as open."""
        counts = self._tables.figures["currency"].fillna("open").value_counts().head(top)
        return self._counts(counts, "Figures by currency", "figures", ax)

    def countries(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """The countries most often mentioned, not counting longer names such as Bank of Japan."""
        frame = self._tables.country_mentions
        frame = frame[~frame["inside_name"].astype(bool)]
        return self._counts(frame["name"].value_counts().head(top), "Countries named", "mentions", ax)

    def people(self, *, top: int = 15, ax: Axes | None = None) -> Axes:
        """The people most often mentioned."""
        frame = self._tables.people.nlargest(top, "n_mentions")
        return self._counts(frame.set_index("name")["n_mentions"], "People named", "mentions", ax)

    def timeline(self, *, unit: str | None = None, ax: Axes | None = None) -> Axes:
        """The number of dates mentioned in each decade, year, quarter, month or day, by their first day.

        ``unit`` None takes the one that fits. A few dates far from all others are left out, and the axis
        label says how many; see `newsledger.integrations.periods.chart_period`. Raises ``ValueError`` for an
        unknown unit, and if there are no dates.
        """
        if unit not in (None, *UNITS):
            raise ValueError(f"unit is {', '.join(UNITS)}, not {unit!r}")
        days = [day.date() for day in self._tables.date_mentions["start_date"].dropna()]
        if not days:
            raise ValueError("no date with calendar days")
        period = chart_period(days, unit)
        counts = Counter(bin_start(day, period.unit) for day in days if period.first <= day <= period.last)
        axes = _axes(ax)
        axes.bar(
            list(counts),  # type: ignore[arg-type]
            list(counts.values()),
            width=0.9 * UNITS[period.unit],
            align="edge",
            color=_COLOUR,
            edgecolor=_COLOUR,
            linewidth=0.5,
        )
        axes.set_title(f"Dates named, by {period.unit}")
        outside = (sum(day < period.first for day in days), sum(day > period.last for day in days))
        said = [f"{n:,} {side}" for n, side in zip(outside, ("earlier", "later"), strict=True) if n]
        axes.set_xlabel(f"not drawn: {' and '.join(said)}" if said else "")
        axes.set_ylabel("dates")
        dates: Any = import_module("matplotlib.dates")
        locator = dates.AutoDateLocator(minticks=1, maxticks=10)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
        return _clean(axes, axes.yaxis)

    def _counts(self, counts: pd.Series[Any], title: str, what: str, ax: Axes | None) -> Axes:
        drawn = _bars(counts.index, counts.tolist(), ax)
        drawn.set_title(title)
        drawn.set_xlabel(what)
        return _clean(drawn, drawn.xaxis)


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('plots need matplotlib: pip install "newsledger[plot]"') from error
    made: Axes = plt.subplots(layout="constrained")[1]
    return made


def _bars(labels: Iterable[str], values: list[float], ax: Axes | None, *, logarithmic: bool = False) -> Axes:
    axes = _axes(ax)
    if ax is None:
        figure: Any = axes.figure
        figure.set_size_inches(8, 0.9 + 0.28 * max(len(values), 3))
    places = range(len(values))
    if logarithmic:  # a bar on such an axis has no true beginning
        axes.set_xscale("log")
        axes.plot(values, places, "o", color=_COLOUR)
        axes.grid(alpha=0.4)
        axes.minorticks_off()
    else:
        axes.barh(places, values, height=0.7, color=_COLOUR)
    said = map(one_line, labels)
    short = [label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…" for label in said]
    axes.set_yticks(places, short, parse_math=False)  # a dollar sign would begin a formula
    axes.invert_yaxis()
    return _clean(axes)


def _clean(axes: Axes, of_whole_numbers: Any = None) -> Axes:
    axes.spines[["top", "right"]].set_visible(False)
    if of_whole_numbers is not None:
        of_whole_numbers.get_major_locator().set_params(integer=True)
    return axes


def big(value: float) -> str:
    """A large amount in few characters.

    >>> big(12e9), big(2.5e6), big(0), big(-300)
    ('12bn', '2.5m', '0', '-300')
    """
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{word}"
    return f"{value:g}"
