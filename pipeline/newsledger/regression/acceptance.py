"""Takes a run into gold: what ``accept`` writes, and what it never does.

It takes over what the run found, and re-anchors every row in the text of today. It never overwrites what a
person wrote, changed or took out (``replace_hand`` does), and never drops a row of a mention that still
stands in the text (``drop`` does): such a row stays, marked with what the program is known to get wrong.
Nothing happens without being told: every change is in ``changes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from newsledger.normalizer.display import counted
from newsledger.regression.comparison import Case, Compared, Comparison, compare
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import (
    HAND,
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    Value,
    context,
    gold_row,
    in_order,
    seal,
)
from newsledger.regression.kinds import ARTICLES, KINDS, MISSED, SPURIOUS
from newsledger.regression.runs import Row, Run, RunArticle

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
    """The gold as it is to be, and how it came to be so."""

    gold: Gold
    changes: tuple[GoldChange, ...]
    moved: int = 0
    """Rows whose offsets followed their text."""

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows (or articles) by what was done."""
        counts: Counter[str] = Counter()
        for change in self.changes:
            counts[change.what] += change.count
        return dict(sorted(counts.items()))

    @property
    def incomplete(self) -> bool:
        """Whether an article could not be accepted."""
        return any(change.what == "not accepted" for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What may be done beside the ordinary."""

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
    """Take ``run`` into ``gold`` (None: there is none yet). Nothing is written.

    ``kinds`` are the tables to pin in articles that are new. ``manifest`` says of the new gold what it is
    to say of itself; what was accepted is added to it.
    """
    rules = rules or Rules()
    work = _Work(gold, run, rules, tuple(kinds))
    articles = work.all()
    manifest = manifest or (gold.manifest if gold and not rules.truth else Manifest())
    made = Gold(
        articles={name: articles[name] for name in sorted(articles)},
        manifest=manifest,
        path=gold.path if gold else None,
        files=gold.files if gold else {},
    )
    found = Acceptance(gold=made, changes=tuple(work.changes), moved=work.moved)
    if found.changes and any(change.what != "not accepted" for change in found.changes):
        entry: dict[str, Any] = {"reason": rules.reason} if rules.reason else {}
        entry |= {"version": version} if version else {}
        entry |= {what.replace(" ", "_"): count for what, count in found.counts.items()}
        made = replace(made, manifest=replace(manifest, accepted=(*manifest.accepted, entry)))
    return replace(found, gold=made)


def pinned_with(truth: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The columns of gold that is made of hand-made tables: theirs, and all of the tables they lack.

    >>> pinned_with({"articles": ("published_date",), "figures": ("currency",)})["figures"]
    ('currency',)
    >>> len(pinned_with({"figures": ("currency",)})["date_mentions"]) > 1
    True
    """
    return {**Manifest().pinned, **truth}


class _Work:
    def __init__(self, gold: Gold | None, run: Run, rules: Rules, kinds: tuple[str, ...]) -> None:
        self.gold = gold
        self.run = run
        self.rules = rules
        self.kinds = tuple(table for table in KINDS if table in kinds)
        self.pinned = gold.manifest.pinned if gold else Manifest().pinned
        self.told = frozenset(self.pinned)
        if rules.truth:
            self.pinned = pinned_with(self.pinned)
        self.changes: list[GoldChange] = []
        self.moved = 0

    def columns(self, table: str) -> tuple[str, ...]:
        return self.pinned.get(table, ())

    def all(self) -> dict[str, GoldArticle]:
        articles: dict[str, GoldArticle] = {}
        comparison = self._compared()
        used: set[str] = set()
        if comparison is not None:
            cases: dict[str, list[Case]] = {}
            for case in comparison.cases:
                cases.setdefault(case.article_id, []).append(case)
            for one in comparison.articles:
                name = one.gold.article_id
                if one.run is None:
                    continue
                used.add(one.run.article_id)
                if not one.run.sound:
                    self.say("not accepted", one.gold.article_id, why=_unsound(one.run))
                    articles[name] = one.gold
                    continue
                if one.renamed:
                    self.say("renamed", one.renamed, why=f"it was {name}")
                update = _Update(self, one.gold, one.run, comparison)
                articles[one.run.article_id] = update.article(cases.get(name, []))
            for one in comparison.absent:
                # Last, for numbered records move up: what is kept may not take the place of another.
                if kept := self._absent(one.gold, one.why_absent, {*articles, *self.run.articles}):
                    articles[kept.article_id] = kept
        for name, found in self.run.articles.items():
            if name not in used and name not in articles:
                if found.sound:
                    articles[name] = self._new(found)
                else:
                    self.say("not accepted", name, why=_unsound(found))
        for name, why in self.run.lost.items():
            if name not in articles and name not in self.run.articles:
                self.say("not accepted", name, why=why)
        return articles

    def _compared(self) -> Comparison | None:
        if self.gold is None:
            return None
        try:
            return compare(self.gold, self.run)
        except CannotCompare as problem:
            if problem.why != "no_articles_present":
                raise
            # Nothing in common: the gold stays as it is, and the articles of the run come in addition.
            absent = tuple(Compared(gold=article, run=None) for article in self.gold.articles.values())
            return Comparison(cases=(), articles=absent, run=self.run)

    def _absent(self, article: GoldArticle, why: str, taken: set[str]) -> GoldArticle | None:
        if self.rules.drop_articles:
            self.say(
                "dropped", article.article_id, why="the source lacks the article", count=len(article.rows)
            )
            return None
        self.say(
            "kept", article.article_id, why=why or "the source lacks the article", count=len(article.rows)
        )
        name = article.article_id
        while name in taken:
            name += "~"
        return replace(article, article_id=name)

    def _new(self, found: RunArticle) -> GoldArticle:
        rows = [
            gold_row(table, row, found.text, self.columns(table))
            for table in self.kinds
            for row in found.rows.get(table, ())
        ]
        self.say("new article", found.article_id, why=counted(len(rows), "row"))
        return GoldArticle(
            article_id=found.article_id,
            rows=in_order(rows),
            source_path=found.source_path,
            text_sha256=found.text_sha256,
            n_chars=len(found.text),
            published=found.published,
            complete=self.kinds,
        ).sealed()

    def say(
        self,
        what: What,
        article_id: str,
        row: GoldRow | None = None,
        *,
        why: str = "",
        count: int = 1,
        table: str = "",
    ) -> None:
        self.changes.append(
            GoldChange(
                what=what,
                article_id=article_id,
                table=row.table if row else table,
                surface=row.surface if row else "",
                place=row.place if row else None,
                why=why,
                count=count,
            )
        )


@dataclass
class _Update:
    """One article of gold being brought to what a run found."""

    work: _Work
    gold: GoldArticle
    found: RunArticle
    comparison: Comparison
    taken_out: dict[str, Counter[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.taken_out = self.gold.taken_out()

    def article(self, cases: Sequence[Case]) -> GoldArticle:
        published, known = self.gold.published, self.gold.known
        rows: list[GoldRow] = []
        for case in cases:
            if case.table == ARTICLES.table:
                published, known = self._published(case)
            elif (row := self._row(case)) is not None:
                rows.append(row)
        complete = list(self.gold.complete)
        if self.work.rules.truth:
            for table in self.work.kinds:
                if table not in self.work.told:
                    complete.append(table)
                    rows += [self._of_run(table, row) for row in self.found.rows.get(table, ())]
            if ARTICLES.table not in self.work.told:
                published = self.found.published
        reason = self.gold.reason
        made = replace(
            self.gold,
            article_id=self.found.article_id,
            rows=in_order(rows),
            source_path=self.found.source_path,
            text_sha256=self.found.text_sha256,
            n_chars=len(self.found.text),
            published=published,
            known=known,
            complete=tuple(table for table in KINDS if table in complete),
            reason=reason,
            text=None,
        ).sealed()
        if self.gold.published_is_hand() and not self.work.rules.truth and published != self.found.published:
            seals = {table: s for table, s in made.seals.items() if table != ARTICLES.table}
            made = replace(made, seals=seals)
        return made

    def _published(self, case: Case) -> tuple[Any, tuple[str, ...]]:
        if not case.faults:
            return self.gold.published, ()
        (fault,) = case.faults
        now = self.found.published
        if self.gold.published_is_hand() and not self.work.rules.replace_hand:
            if case.codes != self.gold.known:
                self._tell(
                    "kept",
                    None,
                    f"publication date {fault.gold or 'none'}, by hand; the run has {fault.found or 'none'}",
                )
            return self.gold.published, case.codes
        self._tell("changed", None, f"publication date {fault.gold or 'none'} -> {fault.found or 'none'}")
        return now, ()

    def _tell(self, what: What, row: GoldRow | None, why: str) -> None:
        self.work.say(what, self.found.article_id, row, why=why, table="" if row else ARTICLES.table)

    def _row(self, case: Case) -> GoldRow | None:
        if case.outcome == "spurious" and case.gold is None:
            assert case.found is not None
            return self._spurious(case.table, case.found)
        assert case.gold is not None
        if case.outcome == "missed":
            return self._missed(case, case.gold)
        if case.gold.absent:
            return self._absent(case, case.gold)
        return self._right(case, case.gold) if case.outcome == "right" else self._wrong(case, case.gold)

    # --- one row ---------------------------------------------------------------------------------------

    def _by(self, case: Case, row: GoldRow) -> str:
        if self.work.rules.truth or (case.hand and not self.work.rules.replace_hand):
            return HAND
        return row.by if row.by != HAND else ""

    def _placed(self, row: GoldRow, place: tuple[int, int] | None) -> GoldRow:
        """The row where it stands now, with a fresh quote."""
        if place is None:
            return row
        start, end = place
        before, after = context(self.found.text, start, end)
        if place != row.place and not self.work.rules.truth:
            self.work.moved += 1
        return replace(
            row, surface=self.found.text[start:end], start=start, end=end, before=before, after=after
        )

    def _of_run(self, table: str, mention: Row) -> GoldRow:
        return gold_row(table, mention, self.found.text, self.work.columns(table))

    def _person(self, row: GoldRow) -> dict[str, Value]:
        """The values of a kept row, its person under the id the run gives that person."""
        values = dict(row.values)
        person = values.get("person_id")
        if row.table == "person_mentions" and isinstance(person, str):
            values["person_id"] = self.comparison.people.get(person, person)
        return values

    def _right(self, case: Case, row: GoldRow) -> GoldRow:
        if row.known:
            self._tell("fixed", row, f"no longer {_words(row.known)}")
        kept = replace(row, values=self._person(row), known=(), by=self._by(case, row))
        return self._placed(kept, case.span)

    def _wrong(self, case: Case, row: GoldRow) -> GoldRow:
        if self._by(case, row) == HAND:
            edited = "the text was edited here; " if case.anchor == "edited" else ""
            if edited or set(case.codes) != set(row.known):
                self._tell("kept", row, f"by hand; {edited}the run is wrong there: {_faults(case)}")
            kept = replace(row, values=self._person(row), known=case.codes, by=HAND)
            return self._placed(kept, case.anchored)
        assert case.found is not None
        made = self._of_run(row.table, case.found)
        self._tell("changed", made, _faults(case))
        return replace(made, reason=self.work.rules.reason, note=row.note)

    def _missed(self, case: Case, row: GoldRow) -> GoldRow | None:
        by_hand = self._by(case, row) == HAND
        if case.anchored is None or case.anchor == "edited":
            self._tell("dropped", row, "its words are no longer in the text")
            return None
        if self.work.rules.drop and not by_hand:
            self._tell("dropped", row, "the run does not find it")
            return None
        if row.known != (MISSED,):
            self._tell("kept", row, f"{'by hand; ' if by_hand else ''}the run does not find it")
        kept = replace(row, values=self._person(row), known=(MISSED,), by=HAND if by_hand else row.by)
        return self._placed(kept, case.anchored)

    def _absent(self, case: Case, row: GoldRow) -> GoldRow | None:
        if case.found is None:
            if row.known:
                self._tell("fixed", row, f"no longer {_words(row.known)}")
            if case.anchored is None:
                return None  # there is nothing left that could be taken for a mention
            return self._placed(replace(row, known=()), case.anchored)
        if self.work.rules.replace_hand:
            made = self._of_run(row.table, case.found)
            self._tell("added", made, "gold said there was no such mention")
            return replace(made, reason=self.work.rules.reason)
        if case.anchor == "edited":
            words = " ".join(row.surface.split())
            self._tell("kept out", row, f"gold says {words!r} is no such mention; the text was edited here")
        elif row.known != (SPURIOUS,):
            self._tell("kept out", row, "gold says there is no such mention")
        return self._placed(replace(row, known=(SPURIOUS,)), case.anchored)

    def _spurious(self, table: str, mention: Row) -> GoldRow:
        made = self._of_run(table, mention)
        out = self.taken_out.get(table, Counter())
        if self.work.rules.truth or (out[seal(made)] > 0 and not self.work.rules.replace_hand):
            out[seal(made)] -= 1
            why = "the truth has no such mention" if self.work.rules.truth else "it was taken out by hand"
            self._tell("kept out", made, why)
            return replace(made, values={}, absent=True, known=(SPURIOUS,), by=HAND)
        self._tell("added", made, "")
        return replace(made, reason=self.work.rules.reason)


def _words(codes: Iterable[str]) -> str:
    return ", ".join(code.replace("_", " ") for code in codes)


def _faults(case: Case) -> str:
    return "; ".join(map(str, case.faults))


def _unsound(found: RunArticle) -> str:
    return f"status {found.status}: {found.issues_text or found.status}"
