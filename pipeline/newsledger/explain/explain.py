"""Explains a row by extracting its article again while the stages record their decisions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from newsledger.document.layout import Layout, lay_out
from newsledger.explain.reasons import NO_PERSON, REASONS, STAGES, corrected, value
from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer.display import one_line, safe_text, text_html
from newsledger.normalizer.rows import KINDS as ID_KINDS
from newsledger.normalizer.rows import fitted_rows
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.tables import TableSet, row_of
from newsledger.reading import ReadOptions
from newsledger.values import trace
from newsledger.values.article import OWN_SETTINGS, Article
from newsledger.values.settings import Settings

_WIDTH = 100
_MARGIN = 13


@dataclass(frozen=True)
class Dropped:
    """Words that a stage looked at and made no mention of, and why."""

    stage: str
    start_char: int
    end_char: int
    surface: str
    why: str

    def __str__(self) -> str:
        return f'"{" ".join(self.surface.split())}" ({self.stage}): {self.why}'


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why one row is as it is.

    ``reasons`` are (what, why) pairs in the order in which things are decided; ``dropped`` is what was
    looked at in the same sentence and not taken; ``remarks`` say where the explanation itself is in doubt.
    ``print(explanation)`` shows it all.
    """

    mention_id: str
    table: str
    article_id: str
    start_char: int
    end_char: int
    surface: str
    zone: str
    sentence: tuple[str, str, str]
    """The sentence before, in and after the mention."""
    value: str
    reasons: tuple[tuple[str, str], ...]
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.in_width(_WIDTH)

    def in_width(self, width: int) -> str:
        """It all, in lines of at most ``width`` characters."""
        before, inside, after = self.sentence
        sentence = safe_text(" ".join(f"{before}[[{inside}]]{after}".split()))
        entries = [("value", self.value), *self.reasons]
        # Only the first of what was dropped says that it was.
        entries += [("" if number else "dropped", str(one)) for number, one in enumerate(self.dropped)]
        entries += [("remark", remark) for remark in self.remarks]
        lines = [safe_text(self.mention_id), *_wrapped(sentence, width, "  "), ""]
        for what, why in entries:
            lines += _wrapped(one_line(why), width, f"  {what:<{_MARGIN - 2}}", break_long_words=False)
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"Explanation({self.mention_id!r}: {self.value})"

    def _repr_html_(self) -> str:
        return f"<pre>{text_html(str(self))}</pre>"


def _wrapped(text: str, width: int, first: str, **how: Any) -> list[str]:
    """The lines of a text, those after the ``first`` indented as far as that is long."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False, **how
    )


_KEYS = {table: TABLES[table].key[0] for table in STAGES}
"""Table of mentions -> the column of its ids."""
_TABLE_OF_KIND = {kind: table for table, kind in ID_KINDS.items()}
_END_OF_ID = lazy_regex(
    r"(?:#|\A)(?P<kind>money|date|country|person|role):0*(?P<start>\d+)(?:-0*(?P<end>\d+))?\Z"
)
_PARTS_OF_DATES = frozenset({"one unit", "open length"})
"""Rules of the date grammar for the parts of an expression; that one of them declines says nothing."""


def explain(
    tables: TableSet, mention_id: str, *, article_id: str | None = None, settings: Settings | None = None
) -> Explanation:
    """The reasons for the values of the row with this id.

    ``mention_id`` is a ``figure_id`` or ``mention_id``, or its end where that is enough ("money:12-24",
    "money:12", or "€12 billion" as written); with ``article_id`` only that article is looked into.
    ``settings`` are those of the run, by default those that ``tables.run`` says. Raises ``KeyError`` if
    there is no such row, ``ValueError`` where several rows fit.

    >>> import newsledger
    >>> tables = newsledger.extract("It cost more than €5 million in 2020.")
    >>> print(explain(tables, "€5 million"))  # doctest: +ELLIPSIS
    article#money:00000018-00000028
      It cost more than [[€5 million]] in 2020.
    <BLANKLINE>
      value      more than 5,000,000 EUR
      found by   rule 'sign number'
      bound      "more than" makes it gt (more than)
      currency   EUR by symbol: as written, it can mean no other currency
      class      cost, by clear verb: cost, right in 0... of cases
      status     reported, by ..., right in 0... of cases
      period     2020, by ..., right in 0... of cases
    """
    table, row = find_row(tables, mention_id, article_id)
    return _TracedArticle(tables, row["article_id"], settings).explanation(table, row)


def explain_article(
    tables: TableSet, article_id: str | None = None, *, settings: Settings | None = None
) -> tuple[list[Explanation], list[Dropped]]:
    """Explanations of all figures of an article, and everything that a stage considered and rejected.

    ``article_id`` may be left out where there is one article.
    """
    if article_id is None:
        ids = [row["article_id"] for row in _rows(tables, "articles")]
        if len(ids) != 1:
            raise ValueError(f"there are {len(ids)} articles; name one")
        (article_id,) = ids
    traced = _TracedArticle(tables, article_id, settings)
    rows = [row for row in _rows(tables, "figures") if row["article_id"] == article_id]
    return [traced.explanation("figures", row, sentence=False) for row in rows], traced.dropped()


def _rows(tables: TableSet, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tables.arrow(table).to_pylist()
    return found


def _article_row(tables: TableSet, article_id: str) -> dict[str, Any]:
    if (row := row_of(tables, "articles", article_id)) is None:
        raise KeyError(f"no article {article_id!r}")
    return row


def find_row(tables: TableSet, wanted: str, article_id: str | None = None) -> tuple[str, dict[str, Any]]:
    """The table and the row named by an id, the end of one, or the words as written.

    Raises ``KeyError`` if there is none, ``ValueError`` if there are several.
    """
    if article_id is not None:
        _article_row(tables, article_id)
    for table in _KEYS:
        if row := row_of(tables, table, wanted):
            return table, row
    if end_of_id := _END_OF_ID.search(wanted):
        article = wanted[: end_of_id.start()]
        table, start, end = _TABLE_OF_KIND[end_of_id["kind"]], int(end_of_id["start"]), end_of_id["end"]
        fitting = [
            (table, row)
            for row in _rows(tables, table)
            if row["start_char"] == start
            and end in (None, str(row["end_char"]))
            and article in ("", row["article_id"])
        ]
    else:
        fitting = [(t, row) for t in _KEYS for row in _rows(tables, t) if row["surface"] == wanted]
    if article_id is not None:
        fitting = [(table, row) for table, row in fitting if row["article_id"] == article_id]
    if not fitting:
        raise KeyError(f"no row {wanted!r}; give a figure_id or mention_id")
    if len(fitting) > 1:
        ids = [str(row[_KEYS[table]]) for table, row in fitting[:3]]
        raise ValueError(f"{len(fitting)} rows are {wanted!r}; name one, such as {', '.join(ids)}")
    return fitting[0]


class _TracedArticle:
    """An article extracted again, with the notes that the stages took of their decisions."""

    def __init__(self, tables: TableSet, article_id: str, settings: Settings | None) -> None:
        from newsledger.extraction import extract_article, load_tools

        self.tables = tables
        self.article = _article_row(tables, article_id)
        self.corrections = [one for one in _rows(tables, "corrections") if one["article_id"] == article_id]
        self.text: str = self.article["text"]
        self.layout: Layout = lay_out(self.text)
        self.remarks: list[str] = []
        if settings is None:
            settings, self.remarks = settings_of(tables.run)
        tools = load_tools(settings)
        reading = ReadOptions(files=(tables.run.get("reading") or {}).get("files", ()))
        of_file = reading.for_file(self.article["source_path"] or "")
        article = Article(
            text=self.text,
            article_id=article_id,
            title=self.article["title"],
            published=self.article["published_date"],
            published_basis=self.article["published_basis"],
            language=self.article["language"],
            **{name: getattr(of_file, name) for name in OWN_SETTINGS},
        )
        with trace.listening() as notes:
            extraction = extract_article(article, tools)
        place = self.layout.view.place
        self.notes = [
            note._replace(start=place(note.start), end=place(note.end - 1) + 1)
            for note in dict.fromkeys(notes)
        ]
        [(_, found)] = fitted_rows([extraction])
        self.rows = {
            name: [dict(zip(TABLES[name].names, row, strict=True)) for row in rows]
            for name, rows in found.items()
        }

    def explanation(self, table: str, row: Mapping[str, Any], *, sentence: bool = True) -> Explanation:
        """The explanation of a row; ``sentence`` adds what was dropped in the same sentence."""
        start, end = row["start_char"], row["end_char"]
        notes = [
            note
            for note in self.notes
            if note.stage in (STAGES[table], "ledger" if table == "figures" else "")
            and note.topic not in ("dropped", "declined")
            and start <= note.start < end
        ]
        more = {k: self.article[k] for k in ("published_date", "published_basis")}
        if STAGES[table] == "people":
            more["person"] = row_of(self.tables, "people", row["person_id"])
        first, last = self.layout.sentence_at(start)
        made = [one for one in self.corrections if one["row_id"] == row[_KEYS[table]]]
        reasons = [(what, why) for what, why in REASONS[table]({**row, **more}, notes) if why]
        return Explanation(
            **{name: row[name] for name in ("article_id", "start_char", "end_char", "surface")},
            mention_id=row[_KEYS[table]],
            table=table,
            zone=self.layout.segment_at(start).zone if "zone" not in row else row["zone"],
            sentence=(self.text[first:start], self.text[start:end], self.text[end : max(last, end)]),
            value=value(table, row),
            reasons=(*reasons, *(("corrected", corrected(one)) for one in made)),
            dropped=tuple(self.dropped(first, last)) if sentence else (),
            remarks=(*self.remarks, *self._differences(table, row, {one["field"] for one in made})),
        )

    def _differences(self, table: str, row: Mapping[str, Any], settled: Set[str | None]) -> Iterator[str]:
        """What this version reads differently from the tables, but for fields that were corrected."""
        place = row["start_char"], row["end_char"]
        now = next((r for r in self.rows[table] if (r["start_char"], r["end_char"]) == place), None)
        if now is None:
            yield "with these settings, this version does not find it; the tables are of another version"
            return
        if settled - {None}:
            settled = {*settled, "basis", "candidates", "confidence", "currency_basis", "currency_candidates"}
        for column in now:
            if column in row and column not in (*settled, "person_id") and now[column] != row[column]:
                yield f"this version says {column} = {now[column]}, the tables {row[column]}"

    def dropped(self, first: int = 0, last: int | None = None) -> list[Dropped]:
        """What was looked at between two offsets and not taken, in text order."""
        last = len(self.text) if last is None else last
        found: dict[tuple[str, int, int], list[str]] = {}
        for note in self.notes:
            if first <= note.start and note.end <= last and (why := self._why_not(note)):
                found.setdefault((note.stage, note.start, note.end), []).append(why)
        return [
            Dropped(stage, start, end, self.text[start:end], "; ".join(dict.fromkeys(reasons)))
            for (stage, start, end), reasons in sorted(found.items(), key=lambda item: item[0][1:])
            if not any(s == stage and a <= start and end <= b and (a, b) != (start, end) for s, a, b in found)
        ]

    def _why_not(self, note: trace.Note) -> str | None:
        """Why words were not taken; None if a note says of no words that they were not."""
        if note.topic == "dropped":
            return NO_PERSON.get(note.why, note.why) if note.stage == "people" else note.why
        if note.topic != "declined" or note.why in _PARTS_OF_DATES or self._taken(note):
            return None
        return f"rule {note.why!r} fits, the words around it do not"

    def _taken(self, note: trace.Note) -> bool:
        """Whether a mention of the stage covers these words: then another rule of it was the better one."""
        rows = [r for name, stage in STAGES.items() if stage == note.stage for r in self.rows[name]]
        return any(r["start_char"] < note.end and note.start < r["end_char"] for r in rows)


def settings_of(run: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """The settings in the record of a run, and remarks on those that it does not give.

    >>> settings_of({"settings": {"default_currency": "AUD"}})[0].default_currency
    'AUD'
    """
    from newsledger.stages.countries import policy_hash

    record = run.get("settings", {})
    plain = (*OWN_SETTINGS, "fiscal_year_start", "governments", "ledger")
    model, own_policy = record.get("people_model"), record.get("country_policy_sha256", policy_hash())
    remarks = {
        f"the run used another people model ({model}); this is the shipped one": model,
        "the run had a country policy of its own, which is not at hand here": own_policy != policy_hash(),
        "the run had a file of known people, which is not at hand here": record.get("known_people_sha256"),
    }
    settings = Settings(**{name: record[name] for name in plain if name in record})
    return settings, [remark for remark, holds in remarks.items() if holds]
