"""Accepts a run into gold: what ``accept`` writes, and what it never changes.

It takes over what the run found, and re-anchors every row in the text of today. It never overwrites what a
person wrote, changed or took out (``replace_hand`` does), and never drops a row of a mention that still
stands in the text (``drop`` does): such a row stays, marked with what the program is known to get wrong.
Nothing happens silently: every change is in ``changes``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from newsledger.normalizer.display import counted
from newsledger.regression.comparison import Case, Comparison, compare
from newsledger.regression.gold import (
    HAND,
    UNPLACED,
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    date_word,
    gold_row,
    in_order,
    words_hash,
)
from newsledger.regression.kinds import ARTICLES, KINDS, MISSED, SPURIOUS
from newsledger.regression.runs import Row, Run, RunArticle, article_of_run

What = Literal[
    "new article", "renamed", "added", "changed", "dropped", "kept", "kept out", "not accepted", "fixed"
]


@dataclass(frozen=True, kw_only=True)
class GoldChange:
    """One thing ``accept`` did, or left undone, with the reason in words."""

    what: What
    article_id: str
    table: str = ""
    surface: str = ""
    place: tuple[int, int] | None = None
    why: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """The new gold, and every change that led to it."""

    gold: Gold
    changes: tuple[GoldChange, ...]
    edited: int = 0
    """Articles whose text is another one than before."""
    failing: tuple[str, ...] = ()
    """Why a check of the new gold would fail nevertheless."""

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows (or articles) by kind of change."""
        whats = sorted({change.what for change in self.changes})
        return {what: sum(one.count for one in self.changes if one.what == what) for what in whats}

    @property
    def incomplete(self) -> bool:
        """Whether an article could not be accepted."""
        return any(change.what == "not accepted" for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Options of ``accept`` that allow more than the default."""

    drop: bool = False
    """Drop rows the run does not find, although their words still stand in the text."""
    drop_articles: bool = False
    """Drop articles the run does not have."""
    replace_hand: bool = False
    """Take the run's reading over what was corrected by hand."""
    truth: bool = False
    """The gold is hand-made truth: what the run finds beside it is wrong."""
    reason: str = ""


def accept(
    gold: Gold | None,
    run: Run,
    *,
    rules: Rules | None = None,
    kinds: Iterable[str] = tuple(KINDS),
    manifest: Manifest | None = None,
    version: str = "",
) -> Acceptance:
    """Accept ``run`` into ``gold`` (None: there is none yet). Nothing is written.

    ``kinds`` are the tables to pin in articles that are new. ``manifest`` says of the new gold what it is
    to say of itself; what was accepted is added to it.
    """
    rules = rules or Rules()
    acceptor = _Acceptor(gold, run, rules, tuple(kinds))
    articles = acceptor.articles()
    manifest = manifest or (gold.manifest if gold and not rules.truth else Manifest())
    made = replace(
        gold or Gold(articles={}), articles=articles, manifest=manifest, writable=True, dated_only=False
    )
    found = Acceptance(gold=made, changes=tuple(acceptor.changes), edited=len(acceptor.comparison.edited))
    if any(change.what != "not accepted" for change in found.changes):
        entry: dict[str, Any] = {"reason": rules.reason} if rules.reason else {}
        entry |= {"version": version} if version else {}
        entry |= {what.replace(" ", "_"): count for what, count in found.counts.items()}
        made = replace(made, manifest=replace(manifest, accepted=(*manifest.accepted, entry)))
    return replace(found, gold=made)


_PEOPLE = "person_mentions"


class _Acceptor:
    """A gold that is brought to what a run found."""

    def __init__(self, gold: Gold | None, run: Run, rules: Rules, kinds: tuple[str, ...]) -> None:
        self.gold = gold or Gold(articles={})
        self.comparison = compare(self.gold, run, some_in_common=False)
        self.run, self.people = run, _people_ids(self.gold, self.comparison)
        self.rules = rules
        self.kinds = tuple(table for table in KINDS if table in kinds)
        self.pinned = self.gold.manifest.pinned
        self.lacking: tuple[str, ...] = ()
        """The tables that a truth does not speak of; all that the run found there is taken."""
        if rules.truth:
            self.lacking = tuple(table for table in (ARTICLES, *self.kinds) if table not in self.pinned)
            self.pinned = {**Manifest().pinned, **self.pinned}
        self.changes: list[GoldChange] = []

    def record(self, what: What, article_id: str, why: str, **more: Any) -> None:
        self.changes.append(GoldChange(what=what, article_id=article_id, why=why, **more))

    def record_row(self, what: What, article_id: str, why: str, row: GoldRow) -> None:
        place = None if row.place == UNPLACED else row.place
        self.record(what, article_id, why, table=row.table, surface=row.surface, place=place)

    def named(self, table: str, mention: Row) -> Row:
        """A mention; one of a person under the id that gold gives them."""
        if table != _PEOPLE:
            return mention
        return {**mention, "person_id": self.people[mention["person_id"]]}

    def articles(self) -> dict[str, GoldArticle]:
        articles: dict[str, GoldArticle] = {}
        for one in self.comparison.articles:
            name, found = one.gold.article_id, one.run
            if found is None:
                continue
            if not found.sound:
                self.record("not accepted", name, found.unsound)
                articles[name] = one.gold
                continue
            if one.renamed:
                self.record("renamed", one.renamed, f"it was {name}")
            articles[found.article_id] = _ArticleUpdate(self, one.gold, found).article(one.cases)
        for one in self.comparison.absent:
            # Last, for numbered records move up: what is kept may not take the place of another.
            if kept := self._absent(one.gold, one.why_absent, {*articles, *self.run.articles}):
                articles[kept.article_id] = kept
        for name in self.comparison.without_gold:
            found = self.run.articles[name]
            if name in articles:
                continue
            if not found.sound:
                self.record("not accepted", name, found.unsound)
                continue
            named = {table: [self.named(table, row) for row in rows] for table, rows in found.rows.items()}
            made = article_of_run(replace(found, rows=named), self.kinds, self.pinned)
            articles[name] = made.quoted(found.text).sealed()
            self.record("new article", name, counted(len(articles[name].rows), "row"))
        for name, why in self.run.lost.items():
            if name not in articles and name not in self.run.articles:
                self.record("not accepted", name, why)
        return articles

    def _absent(self, article: GoldArticle, why: str, taken: set[str]) -> GoldArticle | None:
        name, lacking, count = article.article_id, "the source lacks the article", len(article.rows)
        if self.rules.drop_articles:
            self.record("dropped", name, lacking, count=count)
            return None
        self.record("kept", name, f"{why or lacking}; --drop-articles takes it out", count=count)
        while name in taken:
            name += "~"
        return replace(article, article_id=name)


def _people_ids(gold: Gold, comparison: Comparison) -> dict[str, str]:
    """Id of a person in the run -> the id that gold gives them: ids of a run depend on who else is in it."""
    ids = {run: gold for gold, run in comparison.people.items()}
    taken = {row.values.get("person_id") for _, row in gold.rows()} if ids else set()
    for article in comparison.run.articles.values():
        for row in article.rows.get(_PEOPLE, ()):
            name = row["person_id"]
            while row["person_id"] not in ids and name in taken:
                name += "~"
            ids.setdefault(row["person_id"], name)
    return ids


_Decision = tuple[GoldRow | None, What | None, str]
"""What becomes of a row: the row (None: it goes), what was done (None: nothing worth a word), and why."""


class _ArticleUpdate:
    """One article of gold being brought to what a run found."""

    def __init__(self, acceptor: _Acceptor, gold: GoldArticle, found: RunArticle) -> None:
        self.acceptor, self.gold, self.found = acceptor, gold, found
        self.rules, self.taken_out = acceptor.rules, gold.taken_out()

    def article(self, cases: Sequence[Case]) -> GoldArticle:
        published, known = self.gold.published, self.gold.known
        rows: list[GoldRow] = []
        for case in cases:
            if case.table == ARTICLES:
                published, known = self._published(case)
                continue
            row, what, why = self._row(case)
            about = row or (case.gold and case.gold.at(case.anchored))
            if what is not None and about is not None:
                self.acceptor.record_row(what, self.found.article_id, why, about)
            rows += [row] if row is not None else []
        lacking = self.acceptor.lacking
        for table in lacking:
            rows += [self._of_run(table, row) for row in self.found.rows.get(table, ())]
        if ARTICLES in lacking:
            published = self.found.published
        by_hand = self.gold.published_is_hand and not self.rules.truth
        stays_hand = by_hand and published != self.found.published
        made = replace(
            self.gold,
            **{name: getattr(self.found, name) for name in ("article_id", "source_path", "text_sha256")},
            rows=in_order(rows),
            published=published,
            was_published=HAND if stays_hand else date_word(published),
            known=known,
            complete=tuple(table for table in KINDS if table in (*self.gold.complete, *lacking)),
            text=None,
        )
        return made.quoted(self.found.text).sealed()

    def _published(self, case: Case) -> tuple[dt.date | None, tuple[str, ...]]:
        if not case.faults:
            return self.gold.published, ()
        (fault,) = case.faults
        gold, found, name = fault.gold or "none", fault.found or "none", self.found.article_id
        if self.gold.published_is_hand and not self.rules.replace_hand:
            if case.codes != self.gold.known:
                why = f"publication date {gold}, by hand; the run has {found}"
                self.acceptor.record("kept", name, why, table=ARTICLES)
            return self.gold.published, case.codes
        self.acceptor.record("changed", name, f"publication date {gold} -> {found}", table=ARTICLES)
        return self.found.published, ()

    # --- one row ---------------------------------------------------------------------------------------

    def _row(self, case: Case) -> _Decision:
        made = None if case.found is None else self._of_run(case.table, case.found)
        if case.gold is None:
            assert made is not None
            return self._new(made)
        row = case.gold.at(case.anchored)
        if row.absent:
            return self._absent(case, row, made)
        if made is None:
            return self._missed(case, row)
        if case.outcome == "wrong":
            return self._wrong(case, row, made)
        return replace(row, known=(), by=self._by(case, row)).at(case.span), *_fixed(row)

    def _by(self, case: Case, row: GoldRow) -> str:
        if self.rules.truth or (case.hand and not self.rules.replace_hand):
            return HAND
        return row.by if row.by != HAND else ""

    def _of_run(self, table: str, mention: Row) -> GoldRow:
        columns = self.acceptor.pinned.get(table, ())
        return gold_row(table, self.acceptor.named(table, mention), self.found.text, columns)

    def _new(self, made: GoldRow) -> _Decision:
        out = self.taken_out[words_hash(made)] > 0
        if self.rules.truth or (out and not self.rules.replace_hand):
            self.taken_out[words_hash(made)] -= 1
            why = "the truth has no such mention" if self.rules.truth else "it was taken out by hand"
            return replace(made, values={}, absent=True, known=(SPURIOUS,), by=HAND), "kept out", why
        return replace(made, reason=self.rules.reason), "added", ""

    def _wrong(self, case: Case, row: GoldRow, made: GoldRow) -> _Decision:
        changes = "; ".join(map(str, case.faults))
        if self._by(case, row) == HAND:
            edited = "the text was edited here; " if case.anchor == "edited" else ""
            news = edited or set(case.codes) != set(row.known)
            why = f"by hand; {edited}the run is wrong there: {changes}"
            return replace(row, known=case.codes, by=HAND), "kept" if news else None, why
        if made.surface == row.surface:
            made = replace(made, before=row.before, after=row.after)
        return replace(made, reason=self.rules.reason, note=row.note), "changed", changes

    def _missed(self, case: Case, row: GoldRow) -> _Decision:
        by_hand = self._by(case, row) == HAND
        if case.anchored is None or case.anchor == "edited":
            return None, "dropped", "its words are no longer in the text"
        if self.rules.drop and not by_hand:
            return None, "dropped", "the run does not find it"
        why = f"{'by hand; ' if by_hand else ''}the run does not find it"
        kept = replace(row, known=(MISSED,), by=HAND if by_hand else row.by)
        return kept, None if row.known == (MISSED,) else "kept", why

    def _absent(self, case: Case, row: GoldRow, made: GoldRow | None) -> _Decision:
        if made is None:
            # Where its words are gone, nothing is left that could be taken for a mention.
            return None if case.anchored is None else replace(row, known=(), by=HAND), *_fixed(row)
        if self.rules.replace_hand:
            return replace(made, reason=self.rules.reason), "added", "gold said there was no such mention"
        kept = replace(row, known=(SPURIOUS,), by=HAND)
        if case.anchor == "edited":
            words = " ".join(row.surface.split())
            return kept, "kept out", f"gold says {words!r} is no such mention; the text was edited here"
        what: What | None = None if row.known == (SPURIOUS,) else "kept out"
        return kept, what, "gold says there is no such mention"


def _fixed(row: GoldRow) -> tuple[What | None, str]:
    """What is said of a row that is right now."""
    return "fixed" if row.known else None, f"no longer {', '.join(row.known).replace('_', ' ')}"
