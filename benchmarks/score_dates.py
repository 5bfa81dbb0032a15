"""Accuracy and speed of the date stage.

    python -m benchmarks.score_dates                        # figures, and words a second beside dateparser
    python -m benchmarks.score_dates --misses               # and every miss, with its context
    python -m benchmarks.score_dates --misses time_sutime   # the misses of one suite
    python -m benchmarks.score_dates --speed                # only words a second

Accuracy is measured on the hand-annotated articles and on the time suites of the shared data. A gold
expression is *found* when a mention overlaps it; its value is *right* when the calendar days agree (for
lengths and repetitions, when the TimeML values agree). One mention may answer for both ends of a range that
the gold splits. Vague words ("recently", "at this point"), which the stage has to find and most suites leave
out, are not counted as found where the suite does not ask for them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.shared_data import f1, pair, rows, words
from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import find
from newsledger.values.mentions import DateMention

Days = tuple[dt.date, dt.date]


@dataclass
class Score:
    """Counts of one suite, with its misses in words."""

    name: str
    gold: int = 0
    hit: int = 0
    right: int = 0
    found: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 1.0

    @property
    def value_right(self) -> float:
        return self.right / self.hit if self.hit else 1.0

    @property
    def f1(self) -> float:
        return f1(self.right, self.gold, self.found)

    def line(self) -> str:
        if self.name.startswith("gold"):
            return (
                f"{self.name:32} gold {self.gold:5}  found {self.recall:.3f}  "
                f"interval right of found {self.value_right:.3f}  mentions {self.found:5}  "
                f"interval F1 {self.f1:.3f}"
            )
        return (
            f"{self.name:32} gold {self.gold:5}  found {self.recall:.3f}  "
            f"value right of found {self.value_right:.3f}  "
            f"mentions {self.found:5}  value F1 {self.f1:.3f}"
        )


def days_of(value: str) -> Days | None:
    """The calendar days of a TimeML or ISO value, None where it has none.

    >>> days_of("2024-Q1")
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    >>> days_of("196X")[1], days_of("2010-04-03T10:00")[0]
    (datetime.date(1969, 12, 31), datetime.date(2010, 4, 3))
    """
    value = value.lstrip("-") if re.match(r"-\d{4}-\d\d-\d\d$", value) else value
    try:
        if m := re.match(r"(\d{4})-(\d\d)-(\d\d)", value):
            date = dt.date(*(int(g) for g in m.groups()))  # type: ignore[arg-type]
            return date, date
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            return cal.numbered("weekend" if m[3] else "week", int(m[1]), int(m[2]))[1:3]
        if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
            return cal.numbered("quarter", int(m[1]), int(m[2]))[1:3]
        if m := re.fullmatch(r"(\d{4})-H([12])", value):
            return cal.numbered("half", int(m[1]), int(m[2]))[1:3]
        if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
            return cal.numbered("season", int(m[1]), cal.SEASON_CODES.index(m[2]) + 1)[1:3]
        if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
            return cal.numbered("month", int(m[1]), int(m[2]))[1:3]
        if m := re.fullmatch(r"\d{4}", value):
            return cal.numbered("year", int(value))[1:3]
        if m := re.fullmatch(r"(\d{3})X?", value):
            return cal.numbered("decade", int(m[1]) * 10)[1:3]
        if m := re.fullmatch(r"(\d\d)(?:XX)?", value):
            return cal.numbered("century", int(m[1]) * 100 + 1)[1:3]
    except ValueError:
        return None
    return None


def _bound(value: str, end: bool) -> dt.date | None:
    days = days_of(value)
    return None if days is None else days[end]


def _months_day(value: str) -> str | None:
    match = re.fullmatch(r"-+(\d\d(?:-\d\d)?)", value)
    return match[1] if match else None


def right_value(expected: dict[str, Any], mention: DateMention) -> bool:
    """Whether a mention has the expected value (see the module's words on what counts)."""
    kind, value = expected.get("type"), expected.get("value")
    if "notAfter" in expected:
        return _right_limits(expected, mention)
    if kind in ("DURATION", "SET") or mention.timex_type in ("DURATION", "SET"):
        texts = {mention.timex_value, *mention.timex_value.split("/")}
        minutes = _minutes(mention.timex_value)
        same = minutes is not None and minutes == _minutes(str(value))
        return same or bool(texts & {str(value), str(expected.get("periodicity"))})
    if value is not None:
        return _right_timex(str(value), kind, mention)
    start = expected.get("start") or expected.get("start_day")
    end = expected.get("end") or expected.get("end_day")
    return bool(start and end) and _right_interval(str(start), str(end), mention)


def _right_limits(expected: dict[str, Any], mention: DateMention) -> bool:
    """Whether a mention begins about a year from the first limit and ends before the last."""
    if mention.start_date is None:
        return True
    low, high = expected.get("notBefore"), expected.get("notAfter")
    first = _bound(low, False) if low else None
    last = _bound(high, True) if high else None
    assert mention.end_date is not None
    return (first is None or abs((mention.start_date - first).days) <= 366) and (
        last is None or mention.end_date <= last
    )


def _right_interval(start: str, end: str, mention: DateMention) -> bool:
    """Whether a mention has the first and last day; a part or a long unit may differ at its edges."""
    if month := _months_day(start):
        return mention.start_date is not None and mention.start_date.isoformat()[5:].startswith(month[:2])
    first, last = _bound(start, False), _bound(end, True)
    if (mention.start_date, mention.end_date) == (first, last):
        return True
    if mention.date_part and first and last and mention.start_date and mention.end_date:
        return mention.start_date <= first and last <= mention.end_date + dt.timedelta(days=1)
    slack = {"century": 366, "season": 31, "decade": 1, "week": 1}.get(mention.precision or "")
    if slack is None or not first or not mention.start_date:
        return False
    return abs((mention.start_date - first).days) <= slack


def _right_timex(value: str, kind: str | None, mention: DateMention) -> bool:
    """Whether a mention has a TimeML value, by its text or its calendar days."""
    if month := _months_day(value):
        return mention.start_date is not None and mention.start_date.isoformat()[5:].startswith(month)
    if value == mention.timex_value:
        return True
    if kind == "TIME" and not re.match(r"\d{4}-", value):
        return f"T{value.removeprefix('T')[:5]}" in mention.timex_value
    days, ours = days_of(value), (mention.start_date, mention.end_date)
    if days is None or None in ours:
        return days is None and mention.start_date is None and _bc(value) == _bc(mention.timex_value)
    if ours == days or ("/" in mention.timex_value and (days[0] == ours[0] or days[1] == ours[1])):
        return True
    return mention.date_part in ("late", "early") and days[0] == days[1] and days[0] in ours


def _bc(value: str) -> str:
    return value.rstrip("X")


def _minutes(value: str) -> float | None:
    match = re.fullmatch(
        r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?",
        value,
    )
    if match is None:
        return None
    y, mo, w, d, h, mi, s = (float(g or 0) for g in match.groups())
    return (y * 12 + mo) * 30 * 1440 + (w * 7 + d) * 1440 + h * 60 + mi + s / 60


def score_gold() -> Score:
    """Interval F1 on the annotated articles: mentions with calendar days against gold dates."""
    score = Score("gold dev_articles")
    for row in rows("gold/dev_articles"):
        text = row["text"]
        found = [
            m
            for m in find(text, published=row["published"])
            if m.start_date and m.timex_type in ("DATE", "TIME")
        ]
        gold = row["dates"]
        pairs = dict(
            pair([(g["start"], g["end"]) for g in gold], [(m.start_char, m.end_char) for m in found])
        )
        score.gold += len(gold)
        score.found += len(found)
        for i, g in enumerate(gold):
            if i not in pairs:
                score.misses.append(
                    f"{row['id']}: not found {g['surface']!r} {_around(text, g['start'], g['end'])}"
                )
                continue
            score.hit += 1
            m = found[pairs[i]]
            right = (str(m.start_date), str(m.end_date)) == (g["start_date"], g["end_date"])
            score.right += right
            if not right:
                score.misses.append(
                    f"{row['id']}: {g['surface']!r} wanted {g['start_date']}..{g['end_date']} "
                    f"got {_told(m)} {_around(text, g['start'], g['end'])}"
                )
            elif m.surface != g["surface"]:
                score.misses.append(f"{row['id']}: (value right) span {g['surface']!r} got {m.surface!r}")
        for j, m in enumerate(found):
            if j not in pairs.values():
                score.misses.append(
                    f"{row['id']}: not in gold {_told(m)} {_around(text, m.start_char, m.end_char)}"
                )
    return score


def score_suite(name: str, *, only_news: bool = True, with_year: bool = False) -> Score:
    """One time suite; ``with_year`` keeps the expressions whose surface has a four-digit year."""
    score = Score(name + (", four-digit years" if with_year else ""))
    for row in rows(f"suites/{name}"):
        if only_news and not row["meta"].get("news_ok", True):
            continue
        text = row["text"]
        found = find(text, published=row["reference_date"])
        expected = [
            e
            for e in row["expected"]
            if not with_year or re.search(r"(?<!\d)[12]\d{3}(?!\d)", e["surface"] or "")
        ]
        score.gold += len(expected)
        asked = [(e["start"] or 0, e["end"] or len(text)) for e in expected]
        score.found += sum(_counts(m, asked) for m in found)
        for e in expected:
            start, end = e["start"], e["end"]
            if start is None:
                start, end = 0, len(text)
            over = [m for m in found if m.start_char < end and m.end_char > start]
            if not over:
                score.misses.append(f"{row['id']}: not found {e['surface']!r} {_around(text, start, end)}")
                continue
            score.hit += 1
            if any(right_value(e["value"], m) for m in over):
                score.right += 1
            else:
                wanted = {k: v for k, v in e["value"].items() if v is not None and k != "components"}
                score.misses.append(
                    f"{row['id']}: [{row['reference_date']}] {e['surface']!r} wanted {wanted} "
                    f"got {[_told(m) for m in over]} {_around(text, start, end)}"
                )
        if not expected and found:
            score.misses.append(
                f"{row['id']}: nothing wanted in {text[:80]!r}, got {[_told(m) for m in found]}"
            )
    return score


def _counts(m: DateMention, asked: list[tuple[int, int]]) -> bool:
    """Whether a mention counts as found: a vague word only where the suite asks for it."""
    vague = m.timex_value in ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
    return not vague or any(m.start_char < end and m.end_char > start for start, end in asked)


def _told(m: DateMention) -> str:
    days = f" {m.start_date}..{m.end_date}" if m.start_date else ""
    return f"<{m.surface!r} {m.timex_type} {m.timex_value}{days} {m.rule}; {m.basis}>"


def _around(text: str, start: int, end: int) -> str:
    return repr(f"{text[max(0, start - 50) : start]}[[{text[start:end]}]]{text[end : end + 30]}")


SUITES = (
    ("time_gum_news", True, False),
    ("time_gum_interview", True, False),
    ("time_sutime", True, False),
    ("time_chrono", True, False),
    ("time_duckling", True, False),
    ("time_dateparser_search", True, False),
    ("time_wikiwars", False, True),
)


def scores(wanted: str = "") -> Iterator[Score]:
    """The scores of all suites with ``wanted`` in their name, gold first."""
    if wanted in "gold dev_articles":
        yield score_gold()
    for name, only_news, with_year in SUITES:
        if wanted in name:
            yield score_suite(name, only_news=only_news, with_year=with_year)


def speed(articles: int = 400, peer_articles: int = 12) -> str:
    """Words a second of the stage and, in the same run, of ``dateparser.search.search_dates``.

    Processor time of one core; the peer, which takes no offsets and no publication date, reads a sample of
    the same articles.
    """
    from dateparser.search import search_dates

    texts = [(r["text"], r["published"]) for r in rows("articles/world_newswire")[:articles]]
    texts += [(r["text"], r["published"]) for r in rows("articles/reuters_1987")[: articles * 2]]
    total = words(t for t, _ in texts)
    find("warm 2024")
    best = 0.0
    for _ in range(3):
        begin = time.process_time()
        for text, published in texts:
            find(text, published=published)
        best = max(best, total / (time.process_time() - begin))
    peers = [t for t, _ in texts[:peer_articles]]
    search_dates("warm 2024", languages=["en"])
    begin = time.process_time()
    for text in peers:
        search_dates(text, languages=["en"])
    peer = words(peers) / (time.process_time() - begin)
    return (
        f"speed on one core: dates.find {best:,.0f} words/s (best of 3, {total:,} words); "
        f"dateparser search_dates {peer:,.0f} words/s ({words(peers):,} words); {best / peer:,.0f} times"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--misses", metavar="SUITE", nargs="?", const="", help="list the misses, of one suite or of all"
    )
    parser.add_argument("--suite", default="", help="score only the suites with this in their name")
    parser.add_argument("--speed", action="store_true", help="measure speed only")
    options = parser.parse_args()
    wanted = options.suite or options.misses or ""
    if not options.speed:
        for score in scores(wanted):
            print(score.line())
            if options.misses is not None:
                for miss in score.misses:
                    print("   ", miss)
    if options.speed or not wanted:
        print(speed())


if __name__ == "__main__":
    main()
