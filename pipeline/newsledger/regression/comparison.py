"""Compares gold with a run, row by row and field by field; `verdict` interprets the differences.

Every gold row and every row of the run is in exactly one `Case`. A bound is compared on the side it states:
"at least $5m" read as exactly $5m has the right value and a wrong bound. Who is who is compared by what
belongs together, not by the ids a run happens to give: each person of the gold is matched with the one
person of the run that shares most of the mentions, and a mention given to anybody else is a wrong person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Literal

from newsledger.document.anchoring import GONE, AmbiguousQuote, Anchor, Span, anchor, find_quote
from newsledger.normalizer.rows import KINDS as ID_KINDS
from newsledger.normalizer.rows import mention_id
from newsledger.normalizer.writers.text import value_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Value, seal
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, MISSED, MOVED_SPAN, SPAN, SPURIOUS, Field
from newsledger.regression.pairing import assign, match_articles, pair
from newsledger.regression.runs import Row, Run, RunArticle, row_span

Outcome = Literal["right", "wrong", "missed", "spurious"]
Status = Literal["right", "known", "fixed", "ignored", "absent", "regression"]
"""What a case means under a policy; see `newsledger.regression.verdict`."""

_WHOLE_ROW: dict[str, Outcome] = {MISSED: "missed", SPURIOUS: "spurious"}

ALTERNATIVES = "|"
"""Joins the modifiers of a gold row any of which is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a field may be off: relative or absolute for amounts, days for dates, characters for spans."""

    relative: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)
    days: int = 0
    characters: int = 0


EXACT = Tolerance()
Tolerances = Mapping[tuple[str, str], Tolerance]


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong field: the value in gold, and the value found."""

    field: str
    code: str
    gold: str = ""
    found: str = ""

    def __str__(self) -> str:
        return f"{self.field} {self.gold or 'none'} -> {self.found or 'none'}"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One gold row with the row of the run it was paired with; one of them may be missing.

    ``anchor`` says how the gold row was found again in the text, ``anchored`` where; ``span`` is where the
    found row stands, else where the gold row does. They are None if that cannot be said. A case of the
    table ``articles`` is about the article as a whole.
    """

    case_id: str
    article_id: str
    table: str
    gold: GoldRow | None = None
    found: Row | None = None
    faults: tuple[Fault, ...] = ()
    anchor: str | None = None
    anchored: Span | None = None
    span: Span | None = None
    known: tuple[str, ...] = ()
    hand: bool = False
    status: Status = "right"

    @property
    def outcome(self) -> Outcome:
        """Right, or the fault; a fault about the whole row is the only one of its case."""
        if not self.faults:
            return "right"
        return _WHOLE_ROW.get(self.faults[0].code, "wrong")

    @property
    def codes(self) -> tuple[str, ...]:
        """The distinct codes of the faults."""
        return tuple(dict.fromkeys(fault.code for fault in self.faults))

    @property
    def surface(self) -> str:
        """The mention as gold, else as the run has it."""
        if self.gold is not None:
            return self.gold.surface
        return str(self.found["surface"]) if self.found is not None else self.article_id


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One gold article and what it was compared with (None if the run lacks it), its cases by place."""

    gold: GoldArticle
    run: RunArticle | None
    cases: tuple[Case, ...]
    why_absent: str = ""

    @property
    def edited(self) -> bool:
        """Whether its text is not the one the gold was made on."""
        return self.run is not None and self.gold.text_sha256 not in ("", self.run.text_sha256)

    @property
    def renamed(self) -> str | None:
        """The id under which the run has the article, where that is another."""
        if self.run is None or self.run.article_id == self.gold.article_id:
            return None
        return self.run.article_id


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The articles of a gold, by id, as they were compared with a run."""

    articles: tuple[Compared, ...]
    without_gold: tuple[str, ...] = ()
    """Articles of the run that gold knows nothing of; they were not compared."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Person of the gold -> the same person in the run."""
    run: Run = field(default_factory=lambda: Run(articles={}))

    @cached_property
    def by_id(self) -> dict[str, Compared]:
        """The articles by the gold's id."""
        return {article.gold.article_id: article for article in self.articles}

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The cases of all articles."""
        return tuple(chain.from_iterable(article.cases for article in self.articles))

    @property
    def absent(self) -> tuple[Compared, ...]:
        """Gold articles that the run lacks."""
        return tuple(article for article in self.articles if article.run is None)

    @property
    def edited(self) -> tuple[Compared, ...]:
        """Articles whose text is not the one the gold was made on."""
        return tuple(article for article in self.articles if article.edited)


def compare(
    gold: Gold, run: Run, *, tolerances: Tolerances | None = None, some_in_common: bool = True
) -> Comparison:
    """Compare every article of ``gold`` with ``run``.

    Raises `CannotCompare` if the run has none of them, unless that may be (``some_in_common``).
    """
    matched = match_articles(gold, run)
    if some_in_common and not any(matched.values()):
        named, seen = (", ".join(list(ids)[:3]) for ids in (gold.articles, run.articles))
        said = f"none of the gold's {len(gold.articles)} articles ({named} ...) is there"
        raise CannotCompare("no_articles_present", f"{said}; the source holds {seen or 'no article'}")
    comparer = _Comparer(gold, tolerances or {})
    articles: list[Compared] = []
    for name, article in gold.articles.items():
        found = matched[name]
        cases = comparer.article(article, found) if found else comparer.absent_article(article)
        lost = "" if found else run.lost.get(name) or run.lost.get(article.source_path, "")
        articles.append(Compared(gold=article, run=found, cases=tuple(cases), why_absent=lost))
    people = comparer.people(case for one in articles for case in one.cases)
    used = {found.article_id for found in matched.values() if found}
    return Comparison(
        articles=tuple(_settled(one, people) for one in articles),
        without_gold=tuple(name for name in run.articles if name not in used),
        people=people,
        run=run,
    )


def _anchored(article: GoldArticle, text: str) -> Iterator[tuple[GoldRow, Anchor]]:
    """The rows of an article, each with where it stands in a text."""
    anchors = iter(anchor([row.quote for row in article.rows if not row.never_accepted], text))
    for row in article.rows:
        if not row.never_accepted:
            yield row, next(anchors)
            continue
        try:  # what a person added stands in one place, or nowhere
            span = find_quote(row.quote, text)
        except AmbiguousQuote as problem:
            raise CannotCompare("unreadable_gold", f"{article.article_id}: {row.table}: {problem}") from None
        yield row, Anchor("found", *span) if span else GONE


def _order(case: Case) -> tuple[object, ...]:
    table = list(ALL_KINDS).index(case.table)
    return case.table != ARTICLES, case.span or (0, 0), table, case.outcome, case.case_id


def _case(
    article: GoldArticle,
    table: str,
    *faults: Fault,
    row: GoldRow | None = None,
    place: Anchor | None = None,
    mention: Row | None = None,
) -> Case:
    """The case of a row of gold (with where it was found again), a row of the run, both, or the article."""
    kind = ID_KINDS.get(table, table)
    anchored = place.span if place else None
    span = anchored if mention is None else row_span(mention)
    at = span if row is None else anchored
    name = f"{article.article_id}#{kind}:{seal(row)}" if row else article.article_id
    return Case(
        case_id=mention_id(article.article_id, kind, *at) if at else name,
        article_id=article.article_id,
        table=table,
        gold=row,
        found=mention,
        faults=faults,
        anchor=place.how if place else None,
        anchored=anchored,
        span=span,
        known=row.known if row else (),
        hand=row is not None and row.hand,
    )


class _Comparer:
    """Makes the cases of one comparison."""

    def __init__(self, gold: Gold, tolerances: Tolerances) -> None:
        self.gold = gold
        self.tolerances = tolerances
        self.pinned = gold.manifest.pinned
        self.fields: dict[str, tuple[Field, ...]] = {
            table: tuple(f for f in kind.fields if set(f.columns) & set(self.pinned.get(table, ())))
            for table, kind in ALL_KINDS.items()
        }

    def tolerance(self, table: str, name: str) -> Tolerance:
        return self.tolerances.get((table, name), EXACT)

    def absent_article(self, article: GoldArticle) -> Iterator[Case]:
        """The cases of an article that the run lacks: all its rows are missed, or it is as a whole."""
        rows = [row for row in article.rows if not row.absent and row.table in self.pinned]
        for row in rows:
            yield _case(article, row.table, Fault(MISSED, MISSED, row.surface), row=row)
        if not rows:
            yield _case(article, ARTICLES, Fault(MISSED, MISSED, article.article_id))

    def article(self, article: GoldArticle, found: RunArticle) -> Iterator[Case]:
        if self.fields[ARTICLES]:
            yield self._published(article, found)
        anchored = list(_anchored(article, found.text))
        for table in KINDS:
            if table in self.pinned:
                rows = [(row, place) for row, place in anchored if row.table == table]
                yield from self._table(article, table, rows, found.rows.get(table, ()))

    def _published(self, article: GoldArticle, found: RunArticle) -> Case:
        row = GoldRow(table=ARTICLES, surface="", values={"published_date": article.published})
        case = _case(article, ARTICLES, *self._faults(ARTICLES, row, {"published_date": found.published}))
        return replace(case, known=article.known, hand=article.published_is_hand)

    def _table(
        self, article: GoldArticle, table: str, gold: Sequence[tuple[GoldRow, Anchor]], found: Sequence[Row]
    ) -> Iterator[Case]:
        def agreement(i: int, j: int) -> int:
            return len(self.fields[table]) - len(list(self._faults(table, gold[i][0], found[j])))

        spans = [(place.start, place.end) for _, place in gold]
        pairs = dict(pair(spans, [row_span(row) for row in found], agreement))
        for i, (row, place) in enumerate(gold):
            mention = found[pairs[i]] if i in pairs else None
            if mention is None:
                faults = [] if row.absent else [Fault(MISSED, MISSED, row.surface)]
            elif row.absent:
                faults = [Fault(SPURIOUS, SPURIOUS, "", mention["surface"])]
            else:
                faults = [*self._moved_span(table, place, mention), *self._faults(table, row, mention)]
            yield _case(article, table, *faults, row=row, place=place, mention=mention)
        if table not in article.complete:
            return
        taken = set(pairs.values())
        days_only = self.gold.dated_only and table == "date_mentions"
        for j, mention in enumerate(found):
            if j not in taken and not (days_only and mention["start_date"] is None):
                fault = Fault(SPURIOUS, SPURIOUS, "", mention["surface"])
                yield _case(article, table, fault, mention=mention)

    def _moved_span(self, table: str, place: Anchor, mention: Row) -> Iterator[Fault]:
        if place.how == "edited":  # its words were changed: where it now begins and ends is not known
            return
        start, end = row_span(mention)
        if max(abs(place.start - start), abs(place.end - end)) > self.tolerance(table, SPAN).characters:
            yield Fault(SPAN, MOVED_SPAN, f"{place.start}:{place.end}", f"{start}:{end}")

    def _faults(self, table: str, row: GoldRow, mention: Row) -> Iterator[Fault]:
        for one in self.fields[table]:
            if one.name == "person_id":
                continue  # settled over all articles
            columns = [c for c in one.columns if c in self.pinned[table]]
            gold: list[Value] = [row.values.get(column) for column in columns]
            found: list[Value] = [mention.get(column) for column in columns]
            if not self._agree(one, row, mention, gold, found):
                yield Fault(one.name, one.code, shown(gold), shown(found))

    def _agree(self, one: Field, row: GoldRow, mention: Row, gold: list[Value], found: list[Value]) -> bool:
        tolerance = self.tolerance(row.table, one.name)
        pairs = list(zip(gold, found, strict=True))
        if one.name == "amount" and len(gold) == 2:
            modifiers = str(row.values.get("modifier") or ""), mention["modifier"]
            return _same_amount(gold, found, *modifiers, tolerance)
        if one.name == "candidates" and row.values.get("currency") is not None:
            return True  # they matter where the currency is open
        if one.name == "modifier" and isinstance(gold[0], str):
            return found[0] in gold[0].split(ALTERNATIVES)
        if one.name in ("days", "published"):
            off = [_days_off(a, b) for a, b in pairs]
            return all(days is not None and days <= tolerance.days for days in off)
        return all(_same(a, b) for a, b in pairs)

    def people(self, cases: Iterable[Case]) -> dict[str, str]:
        """Each person of the gold with the one person of the run that shares most mentions."""
        if not any(one.name == "person_id" for one in self.fields["person_mentions"]):
            return {}
        shared = Counter(ids for case in cases if (ids := _person_ids(case)))
        return dict(assign(shared))


def _person_ids(case: Case) -> tuple[str, str] | None:
    if case.table != "person_mentions" or case.gold is None or case.found is None or case.gold.absent:
        return None
    gold = case.gold.values.get("person_id")
    return None if gold is None else (str(gold), str(case.found["person_id"]))


def _settled(one: Compared, people: Mapping[str, str]) -> Compared:
    """The article with its cases in order, now that it is known who is who."""
    return replace(one, cases=tuple(sorted((_with_person(case, people) for case in one.cases), key=_order)))


def _with_person(case: Case, people: Mapping[str, str]) -> Case:
    """The case, with a fault where the mention was given to another person than the rest."""
    ids = _person_ids(case)
    if not people or ids is None or people.get(ids[0]) == ids[1]:
        return case
    return replace(case, faults=(*case.faults, Fault("person_id", "wrong_person", *ids)))


def _same(gold: Value, found: Value) -> bool:
    """Whether two values are the same; blanks do not count, and missing is false.

    >>> _same("Prime  Minister", "Prime Minister"), _same(None, False), _same(None, "USD")
    (True, True, False)
    """
    if isinstance(gold, str) and isinstance(found, str):
        return gold == found or gold.split() == found.split()
    return (gold or None) == (found or None)


def _days_off(gold: Value, found: Value) -> int | None:
    """Days between two dates; None if only one is given.

    >>> day = dt.date(2024, 4, 3)
    >>> _days_off(day, dt.date(2024, 4, 1)), _days_off(None, None), _days_off(None, day)
    (2, 0, None)
    """
    if not isinstance(gold, dt.date) or not isinstance(found, dt.date):
        return 0 if gold is found else None
    return abs((gold - found).days)


_STATED = {"ge": 0, "gt": 0, "le": 1, "lt": 1}


def _same_amount(
    gold: Sequence[Value], found: Sequence[Value], gold_says: str, found_says: str, tolerance: Tolerance
) -> bool:
    side = _STATED.get(gold_says.split(ALTERNATIVES)[0], _STATED.get(found_says))
    if side is None:
        return all(_close(a, b, tolerance) for a, b in zip(gold, found, strict=True))
    wanted = gold[side] if gold[side] is not None else gold[1 - side]
    got = found[side] if found[side] is not None else found[1 - side]
    return _close(wanted, got, tolerance)


def _close(gold: Value, found: Value, tolerance: Tolerance) -> bool:
    """Whether two amounts agree.

    >>> _close(Decimal(100), Decimal(101), Tolerance(relative=Decimal("0.01")))
    True
    >>> _close(Decimal(100), None, EXACT), _close(None, None, EXACT)
    (False, True)
    """
    if not isinstance(gold, Decimal) or not isinstance(found, Decimal):
        return gold is None and found is None
    return abs(gold - found) <= max(tolerance.absolute, tolerance.relative * abs(gold))


def shown(values: Sequence[Value]) -> str:
    """A field's values as one text: an interval as ``low..high``, equal ends once."""
    return "..".join(dict.fromkeys(map(value_text, values)))
