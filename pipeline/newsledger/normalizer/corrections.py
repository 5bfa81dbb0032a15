"""Applies corrections to the final tables, and updates the values that depend on them.

The tables come in pieces, in the order of `FINISHED`, so that what is said of a figure or a date reaches the
ledger. A correction is applied where the program says what it said when the correction was made, or what is
right; elsewhere it is stale, which is an issue and changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from newsledger.corpus.corrections import PERSONAL, Correction, find_again
from newsledger.corpus.linking.clusters import Key
from newsledger.corpus.people import Judgement, MentionCounts
from newsledger.corpus.steps import partition_by
from newsledger.document.anchoring import Span
from newsledger.normalizer.correctable import (
    added_person,
    added_rows,
    cell_text,
    given_values,
    parse_cell,
    row_text,
)
from newsledger.normalizer.rows import KINDS, OF_FIGURE, PARTIES, Row, batch, cells, mention_id
from newsledger.normalizer.schema import TABLES
from newsledger.values.issues import Issue
from newsledger.values.ledger import is_countable
from newsledger.values.people import PersonRecord

if TYPE_CHECKING:
    import pyarrow as pa

_LATER = ("figure_links", "ledger", "figure_parties", "people", "corrections", "issues")
FINISHED = (*(name for name in TABLES if name not in _LATER), *_LATER)
"""The tables in the order in which they are finished."""

_SETTLED: dict[tuple[str, str], dict[str, Any]] = {
    ("figures", "currency"): {"currency_basis": "correction", "currency_candidates": None},
    ("ledger", "measure_class"): {"measure_basis": "correction", "class_confidence": None},
    ("ledger", "status"): {"status_cue": None, "status_confidence": None},
    ("ledger", "measure"): {"measure_start_char": None, "measure_end_char": None},
    ("ledger", "purpose"): {"purpose_start_char": None, "purpose_end_char": None},
    ("ledger", "period_start"): {"period_mention_id": None},
    ("ledger", "period_end"): {"period_mention_id": None},
}
"""What else changes in a row where one of its fields is set."""
_OWN_NUMBERS = 1_000_000
"""Numbers of people in an article from which those begin that were added."""
_OF_ROW = {"basis": "correction", "candidates": None, "confidence": None}


class AppliedCorrections:
    """The corrections of a run; `apply` them to each table once `noting` has seen all articles."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.corrections = corrections
        self.articles: set[str] = set()
        """Articles of the run that are concerned."""
        self._places: dict[str, str] = {}
        """By correction the id of its row."""
        self._stale: dict[str, str] = {}
        self._to_add: dict[tuple[str, str], tuple[Correction, Mapping[str, Any], Span]] = {}
        """By table and id of a row to add the last correction that says so, its article, and the words."""
        self._made: dict[str, tuple[str | None, str | None]] = {}
        """By correction what the program says, and what stands there now."""
        self._of_row: dict[tuple[str, str], list[Correction]] = defaultdict(list)
        self._changed: dict[str, dict[str, Any]] = {}
        """Rows of figures and dates as they are now, where they were corrected."""
        self._dropped: set[str] = set()
        self._links: dict[str, list[str]] = defaultdict(list)
        self._ledger_parties: dict[tuple[str, str], str | None] = {}

    # what they are about

    def noting(self, articles: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The pieces of ``articles`` as given; on the way it is found where each correction belongs."""
        of_article = partition_by(self.corrections, lambda one: (one.article_id,))
        texts = {one.text_sha256 for one in self.corrections}
        moved: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for piece in articles:
            ids = cells(piece, "article_id", "text_sha256") if self.corrections else ()
            for at, (article_id, sha256) in enumerate(ids):
                if article_id not in of_article and sha256 not in texts:
                    continue
                (article,) = piece.slice(at, 1).to_pylist()
                if article_id not in of_article:
                    moved[sha256].append(article)
                for one in of_article.pop(article_id, ()):
                    self._place(one, article)
            yield piece
        for one in chain.from_iterable(of_article.values()):
            if len(same := moved[one.text_sha256]) == 1:
                self._place(one, same[0])
            else:
                self._stale[one.correction_id] = "the article is not in this run"
        for one in self.corrections:
            if one.correction_id in self._places and one.action not in ("add", *PERSONAL):
                self._of_row[one.table, self._places[one.correction_id]].append(one)

    def _place(self, one: Correction, article: Mapping[str, Any]) -> None:
        article_id = article["article_id"]
        try:
            span = find_again(one, article["text"], article["text_sha256"])
        except LookupError as error:
            self._stale[one.correction_id] = str(error)
            return
        kind = KINDS["figures" if one.table == "ledger" else one.table]
        row_id = self._places[one.correction_id] = mention_id(article_id, kind, *span)
        self.articles.add(article_id)
        if one.action == "add":
            self._to_add[one.table, row_id] = (one, article, span)

    # rows to add

    def add_rows(
        self, pieces_of: Callable[[str], Iterable[pa.Table]], *, ledger: bool
    ) -> tuple[dict[str, list[Row]], list[PersonRecord | tuple[int, int]]]:
        """Rows added by corrections, and the people that they name.

        ``pieces_of`` a table are its pieces, with the number of the shard, if any, in ``_shard``. The
        ``person_id`` of a row is a place in the second list: the shard and the number of one whom the article
        names so elsewhere, or the record of another. Where the program finds something else at the words, the
        correction is stale.
        """
        rows: dict[str, list[Row]] = defaultdict(list)
        people: list[PersonRecord | tuple[int, int]] = []
        places: dict[tuple[str, str], int] = {}
        articles = {article["article_id"] for _, article, _ in self._to_add.values()}
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for table in dict.fromkeys(table for table, _ in self._to_add):
            for piece in pieces_of(table):
                for at, article_id in enumerate(piece.column("article_id").to_pylist()):
                    if article_id in articles:
                        found[table, article_id] += piece.slice(at, 1).to_pylist()
        for (table, row_id), (one, article, span) in self._to_add.items():
            there = found[table, article["article_id"]]
            if not self._may_add(one, row_id, span, there):
                continue
            own = added_rows(one, article, span, ledger=ledger)
            if table == "person_mentions":
                mention = own[table]
                place = places.setdefault((mention["article_id"], mention["name"]), len(people))
                if place == len(people):
                    known = (row for row in there if row["name"] == mention["name"])
                    named = ((row.get("_shard", 0), row["person_id"]) for row in known)
                    people.append(next(named, added_person(mention, _OWN_NUMBERS + place)))
                mention["person_id"] = place
            for name, values in own.items():
                rows[name].append(tuple(values.get(column) for column in TABLES[name].names))
        return rows, people

    def _may_add(self, one: Correction, row_id: str, span: Span, there: Iterable[Mapping[str, Any]]) -> bool:
        """Whether nothing of the program stands at the words; notes what became of the correction."""
        key = TABLES[one.table].key[0]
        for row in there:
            if row["start_char"] >= span[1] or row["end_char"] <= span[0]:
                continue
            earlier = self._of_row.get((one.table, row[key]))
            if earlier and earlier[-1].action == "drop" and row[key] != row_id:
                continue
            given = given_values(one.table, one.new)[one.table]
            if row[key] != row_id or any(row[name] != value for name, value in given.items()):
                self._stale[one.correction_id] = f"the program now finds {row['surface']!r} there"
            else:
                self._made[one.correction_id] = (row_text(one.table, dict(row)), one.new)
            return False
        self._made[one.correction_id] = (None, one.new)
        return True

    def mentions(self) -> set[str]:
        """The ids of the mentions that corrections of identity name."""
        chosen = [one for one in self.corrections if one.action in PERSONAL]
        own = {self._places[one.correction_id] for one in chosen if one.correction_id in self._places}
        return own | {one.other for one in chosen if one.other}

    def judgements(self, of_mention: Mapping[str, Key]) -> list[Judgement]:
        """The corrections of identity; ``of_mention`` gives the person of a mention in its article."""
        found = []
        for one in self.corrections:
            place = self._places.get(one.correction_id)
            if one.action not in PERSONAL or place is None:
                continue
            if place not in of_mention:
                self._stale[one.correction_id] = "the program finds no person there"
                continue
            found.append((one, of_mention[place], of_mention.get(one.other or "")))
        return found

    def take_judged(self, judged: Mapping[str, str | None]) -> None:
        """Take down which judgements hold."""
        self._stale |= {correction_id: why for correction_id, why in judged.items() if why}
        held = (one for one in self.corrections if judged.get(one.correction_id, "") is None)
        self._made |= {one.correction_id: (one.old, one.new) for one in held}

    # the tables

    def apply(self, name: str, piece: pa.Table, counts: MentionCounts) -> pa.Table:
        """A piece of a final table as corrected; ``counts`` are of the persons concerned."""
        if not self.articles or name in ("articles", "people", "corrections", "issues"):
            return piece
        import pyarrow as pa

        parts = [piece.slice(0, 0)]
        start = 0
        for concerned, group in groupby(piece.column("article_id").to_pylist(), self.articles.__contains__):
            part = piece.slice(start, len([*group]))
            start += part.num_rows
            if concerned:
                kept = [tuple(row.values()) for row in part.to_pylist() if self._row(name, row, counts)]
                part = pa.Table.from_batches([batch(kept, part.schema)] if kept else [], schema=part.schema)
            parts.append(part)
        return pa.concat_tables(parts)

    def _row(self, name: str, row: dict[str, Any], counts: MentionCounts) -> bool:
        """Change a row; False where it is dropped."""
        if name == "person_mentions":
            counts.persons.add(row["person_id"])
        if name == "figure_links":
            ends = {row["from_figure_id"], row["to_figure_id"]}
            if ends & self._dropped:
                return False
            self._links[row["from_figure_id"]].append(row["link"])
            return True
        if name == "figure_parties":
            return self._party(row, counts)
        if name == "roles":
            if row["mention_id"] in self._dropped:
                return False
            row["name"] = self._changed.get(row["mention_id"], row)["name"]
        if name == "ledger":
            if row["figure_id"] in self._dropped:
                return False
            self._follow(row)
        row_id = row[TABLES[name].key[0]]
        fields = self._correct(name, row_id, row)
        if fields is None:
            self._dropped.add(row_id)
            return False
        if name == "ledger":
            self._settle_ledger(row, fields)
        elif fields:
            self._changed[row_id] = row
        return True

    def _correct(self, name: str, row_id: str, row: dict[str, Any]) -> set[str] | None:
        """Apply the corrections of a row; the fields that were set, or None if it is dropped."""
        of_field: dict[str | None, list[Correction]] = defaultdict(list)
        for one in self._of_row.pop((name, row_id), ()):
            of_field[one.field].append(one)
        says = row_text(name, row) if None in of_field else None
        fields = set()
        for field, given in of_field.items():
            machine = says if field is None else cell_text(row[field])
            accepted = {text for one in given for text in (one.old, one.new)[: 2 if field else 1]}
            if machine not in accepted:
                for one in given:
                    self._stale[one.correction_id] = f"the program now says {machine!r}, not {one.old!r}"
                continue
            self._made |= {
                one.correction_id: (machine, machine if one.action == "confirm" else one.new) for one in given
            }
            last = given[-1]
            if last.action == "drop":
                return None
            if field is not None and last.action == "set":
                row[field] = parse_cell(name, field, last.new)
                more = _SETTLED.get((name, field), _OF_ROW)
                row.update((column, value) for column, value in more.items() if column in row)
                fields.add(field)
        return fields

    def _follow(self, row: dict[str, Any]) -> None:
        """Take over into a row of the ledger what was corrected in its figure and its period."""
        if figure := self._changed.get(row["figure_id"]):
            row.update((name, figure[name]) for name in OF_FIGURE)
        if row["period_mention_id"] in self._dropped:
            row.update(dict.fromkeys(("period_mention_id", "period_start", "period_end")))
        elif date := self._changed.get(row["period_mention_id"]):
            row.update(period_start=date["start_date"], period_end=date["end_date"])

    def _settle_ledger(self, row: dict[str, Any], fields: set[str]) -> None:
        """Decide anew whether a sum may hold the figure, and note parties that were corrected."""
        for role in fields.intersection(PARTIES):
            self._ledger_parties[row["figure_id"], role] = row[role]
        if "countable" not in fields:
            row["countable"] = is_countable(
                links=self._links[row["figure_id"]],
                comparison=row["comparison"],
                status=row["status"],
                measure_class=row["measure_class"],
                flags=(row["ledger_flags"] or "").split("|"),
                has_value=row["value_low"] is not None or row["value_high"] is not None,
            )

    def _party(self, row: dict[str, Any], counts: MentionCounts) -> bool:
        """Whether a party stays: not of a dropped figure, nor where a correction names another one."""
        if row["person_id"] is not None and row["person_id"] not in counts:
            row["person_id"] = None
        given = self._ledger_parties.get((row["figure_id"], row["role"]), row["party"] or row["surface"])
        return row["figure_id"] not in self._dropped and given in (row["party"], row["surface"])

    # what became of them

    def rows(self) -> list[Row]:
        """The rows of the table ``corrections``, once all tables are finished."""
        for (table, _), left in self._of_row.items():
            for one in left:
                if one.action == "drop":
                    self._made[one.correction_id] = (None, None)
                else:
                    self._stale[one.correction_id] = f"the program finds nothing there for {table}"
        return sorted(
            (
                one.correction_id,
                self._places[one.correction_id],
                self._places[one.correction_id].rpartition("#")[0],
                *(one.table, one.field, one.action, *self._made[one.correction_id]),
                *(one.reason, one.author, dt.date.fromisoformat(one.made_on)),
            )
            for one in self.corrections
            if one.correction_id in self._made
        )

    def issues(self) -> list[Issue]:
        """An issue for each correction that was not applied."""
        return [
            Issue(
                article_id=one.article_id,
                stage="corrections",
                severity="warning",
                code="correction_stale",
                message=f"{one.correction_id} ({one.action} {one.field or one.table} of {one.surface[:60]!r})"
                f" was not applied: {self._stale[one.correction_id]}",
            )
            for one in self.corrections
            if one.correction_id in self._stale
        ]
