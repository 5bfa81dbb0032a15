"""Makes the gold tables of the sample articles from their hand-annotated texts.

``annotated/`` holds each article with its mentions marked by hand. To correct the gold, correct a mark and
run ``python -m data.annotate``: it checks that the texts without their marks are the articles, letter for
letter, and writes ``gold/*.csv``.

A file begins with lines about the article, then ``---``, then the text. ``person:`` lines give a person's
full name, role, country of the role and status of the role, set apart by ``|``. Marks::

    [[$12 billion]]{money 12e9 USD}                   exact
    [[$12 billion]]{money 12e9.. USD gt}              a bound fills one side: low.. or ..high
    [[$3m to $4m]]{money 3e6..4e6 USD range}          also kind=, per=, sign=
    [[millions of pounds]]{money - GBP vague}
    [[Wednesday]]{date 2024-05-15 published}          value, anchor; days follow from the value, or are given
    [[autumn]]{date 2024-FA 2024-09-01..2024-11-30 published}     also type=, part=, modifier=, precision=
    [[Kenyan]]{country KEN adjective}                 code, type ("name" when left out), "inside" a name
    [[Otieno]]{person Wanjiru Otieno}                 full name where the surface is not it

``zone=`` is given where it is not the body. Marks do not nest.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pycountry

HERE = Path(__file__).parent
_SPAN = "article_id start_char end_char surface"
COLUMNS = {
    "articles": "article_id source_path title published_date published_basis language n_chars text_sha256",
    "figures": f"{_SPAN} value_low value_high modifier currency kind per_unit sign zone",
    "date_mentions": f"{_SPAN} timex_type timex_value start_date end_date precision date_part modifier "
    "anchor zone",
    "country_mentions": f"{_SPAN} iso_alpha2 iso_alpha3 mention_type inside_name zone",
    "person_mentions": f"{_SPAN} name form role role_country role_status zone",
}
TABLE_OF = {
    "money": "figures",
    "date": "date_mentions",
    "country": "country_mentions",
    "person": "person_mentions",
}
FORMER = {"SUN": "SU", "YUG": "YU", "CSK": "CS", "DDR": "DD", "XKX": "XK"}
MARK = re.compile(r"\[\[(.+?)\]\]\{(\w+) ?([^}]*)\}", re.DOTALL)

Row = dict[str, Any]


@dataclass
class Annotated:
    """One annotated article: what is said of it, its text, and its rows by table."""

    about: dict[str, str]
    text: str
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)


def read(path: Path) -> Annotated:
    """Read one annotated file; raises ValueError where a mark cannot be understood."""
    head, _, marked = path.read_text(encoding="utf-8").partition("---\n")
    about: dict[str, str] = {}
    people: dict[str, tuple[str, ...]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        if key == "person":
            name, *more = (part.strip() for part in value.split("|"))
            people[name] = tuple((*more, "", "", "")[:3])
        else:
            about[key] = value.strip()
    found = Annotated(about, "", people)
    parts: list[str] = []
    at = size = 0
    for mark in MARK.finditer(marked):
        parts += [marked[at : mark.start()], mark[1]]
        size += mark.start() - at
        row = {"article_id": about["article"], "start_char": size, "end_char": size + len(mark[1])}
        row |= {"surface": mark[1], "zone": "body"} | _meaning(mark, people)
        found.rows.setdefault(TABLE_OF[mark[2]], []).append(row)
        size += len(mark[1])
        at = mark.end()
    found.text = "".join([*parts, marked[at:]])
    if "[[" in found.text or "]]" in found.text:
        raise ValueError(f"{path}: a mark is not closed")
    return found


def _meaning(mark: re.Match[str], people: dict[str, tuple[str, ...]]) -> Row:
    surface, kind, spec = mark.groups()
    words = spec.split()
    named = dict(word.split("=", 1) for word in words if "=" in word)
    plain = [word for word in words if "=" not in word]
    row = {"money": _money, "date": _date, "country": _country}[kind](plain) if kind != "person" else {}
    if kind == "person":
        name = " ".join(plain) or " ".join(surface.split())
        role, country, status = people[name]
        row = {"name": name, "form": "full" if name == " ".join(surface.split()) else "family"}
        row |= {"role": role, "role_country": country, "role_status": status}
    renamed = {"per": "per_unit", "part": "date_part", "type": "timex_type"}
    return row | {renamed.get(key, key): value for key, value in named.items()}


def _money(words: list[str]) -> Row:
    amount, currency, *modifier = words
    low, dots, high = amount.partition("..")
    if amount == "-":
        low = high = ""
    elif not dots:
        high = low
    low, high = (format(Decimal(side), "f") if side else "" for side in (low, high))
    return {
        "value_low": low,
        "value_high": high,
        "currency": currency.strip("-"),
        "modifier": modifier[0] if modifier else "exact",
        "kind": "level",
    }


def _date(words: list[str]) -> Row:
    value, *more = words
    start, _, end = more.pop(0).partition("..") if more and ".." in more[0] else ("", "", "")
    precision = ""
    if not value.startswith("P"):
        first, last, precision = _days(value)
        start, end = start or first, end or last
    return {
        "timex_type": "DATE",
        "timex_value": value,
        "start_date": start,
        "end_date": end,
        "precision": precision,
        "anchor": more[0] if more else "none",
    }


def _days(value: str) -> tuple[str, str, str]:
    """First day, last day and unit of a TimeML value that names them.

    >>> _days("2024-02"), _days("2024-Q2")
    (('2024-02-01', '2024-02-29', 'month'), ('2024-04-01', '2024-06-30', 'quarter'))
    >>> _days("2024-W38"), _days("199")
    (('2024-09-16', '2024-09-22', 'week'), ('1990-01-01', '1999-12-31', 'decade'))
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value, value, "day"
    if re.fullmatch(r"\d{4}-\d\d", value):
        year, month = map(int, value.split("-"))
        return f"{value}-01", f"{value}-{calendar.monthrange(year, month)[1]}", "month"
    if re.fullmatch(r"\d{4}", value):
        return f"{value}-01-01", f"{value}-12-31", "year"
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31", "decade"
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        last = 3 * int(quarter[2])
        days = calendar.monthrange(int(quarter[1]), last)[1]
        return f"{quarter[1]}-{last - 2:02}-01", f"{quarter[1]}-{last:02}-{days}", "quarter"
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return str(monday), str(monday + dt.timedelta(6)), "week"
    return "", "", {"FA": "season", "SP": "season", "SU": "season", "WI": "season"}.get(value[5:], "")


def _country(words: list[str]) -> Row:
    code, *more = words
    inside = "inside" in more
    kinds = [word for word in more if word != "inside"]
    known = pycountry.countries.get(alpha_3=code)
    return {
        "iso_alpha2": known.alpha_2 if known else FORMER[code],
        "iso_alpha3": code,
        "mention_type": kinds[0] if kinds else "name",
        "inside_name": str(inside).lower(),
    }


def tables(folder: Path = HERE / "annotated") -> tuple[dict[str, list[Row]], dict[str, str]]:
    """The rows of all gold tables, and the text of each article by id."""
    gold: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    texts: dict[str, str] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found = read(path)
        name = found.about["article"]
        texts[name] = found.text
        for table, rows in found.rows.items():
            gold[table] += rows
        day, _, basis = found.about["published"].rpartition(" ")
        gold["articles"].append(
            {
                "article_id": name,
                "source_path": found.about.get("source", name),
                "title": found.about.get("title", ""),
                "published_date": day,
                "published_basis": basis,
                "language": "en",
            }
        )
    for rows in gold.values():
        rows.sort(key=lambda row: (row["article_id"], row.get("start_char", 0)))
    return gold, texts


def difference(ours: str, theirs: str) -> str | None:
    """Where two texts first differ, blanks at their ends left aside; None where they do not."""
    ours, theirs = ours.rstrip("\n"), theirs.rstrip("\n")
    if ours == theirs:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    return f"at {at}: annotated {ours[at - 20 : at + 20]!r}, article {theirs[at - 20 : at + 20]!r}"


def problems(texts: dict[str, str], articles: dict[str, str]) -> Iterator[str]:
    """What does not fit between the annotated texts and the articles as they are read."""
    for name in sorted(set(texts) ^ set(articles)):
        yield f"{name}: {'not annotated' if name in articles else 'annotated, but no such article'}"
    for name in sorted(set(texts) & set(articles)):
        if wrong := difference(texts[name], articles[name]):
            yield f"{name}: {wrong}"


def main() -> int:
    """Check the annotated texts against the articles and write the gold tables."""
    from newsledger.reading import read_articles

    gold, texts = tables()
    articles = {article.article_id: article.text for article in read_articles(HERE / "articles")}
    wrong = list(problems(texts, articles))
    if wrong:
        sys.stderr.write("\n".join([*wrong, ""]))
        return 1
    for row in gold["articles"]:
        text = articles[row["article_id"]]
        row["n_chars"] = len(text)
        row["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for name, rows in gold.items():
        with (HERE / "gold" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name].split(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
