"""The tables of one run in memory, as DataFrames, with methods that write and read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from newsledger.normalizer.datapackage import PACKAGE, write_datapackage
from newsledger.normalizer.display import counted
from newsledger.normalizer.run_record import write_json
from newsledger.normalizer.schema import SCHEMA_VERSION, TABLES, arrow_schema, kept_fields
from newsledger.normalizer.writers import FORMATS, Rows, check_formats, rows_of, write_tables
from newsledger.values.frames import exact_frame, frame

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


T = TypeVar("T", bound="TableSet")
Record = Mapping[str, Any]


class _Frame(property):
    def __init__(self, doc: str) -> None:
        super().__init__(lambda tables: tables[self.table], doc=doc)

    def __set_name__(self, owner: type, name: str) -> None:
        self.table = name

    if TYPE_CHECKING:

        def __get__(self, tables: Any, owner: type | None = None) -> pd.DataFrame: ...  # type: ignore[override]


class TableSet:
    """The tables of one run, each a DataFrame: ``articles``, ``people``, ``figures`` and so on.

    Amounts are ``float64``, days ``datetime64[s]``, text ``string``, whole numbers ``int64``, truth values
    ``boolean``; missing values are NaN, NaT and NA. `exact` returns the decimals as stored. Empty tables
    have the same columns and types. A frame is created on first access, and you may change it: what is
    written to files is always what was extracted.

    >>> tables = TableSet.empty()
    >>> tables
    Tables(no articles)
    >>> list(tables.issues.columns)
    ['article_id', 'source_path', 'stage', 'severity', 'code', 'message']
    """

    def __init__(self, tables: Mapping[str, pa.Table], *, run: Record | Callable[[], Record] = dict) -> None:
        missing = set(TABLES) - set(tables)
        if missing:
            raise ValueError(f"no table {' and '.join(sorted(missing))}")
        self._arrow = {name: tables[name] for name in TABLES}
        self._frames: dict[str, pd.DataFrame] = {}
        self._run = run

    @classmethod
    def empty(cls) -> Self:
        """Tables without rows."""
        return cls({name: arrow_schema(name).empty_table() for name in TABLES})

    @cached_property
    def run(self) -> dict[str, Any]:
        """The contents of ``run.json``: versions, settings, counts."""
        return dict(self._run() if callable(self._run) else self._run)

    articles = _Frame("One row per article.")
    people = _Frame("One row per person of the run.")
    person_mentions = _Frame("One row per mention of a person.")
    roles = _Frame("One row per role that an article states of a person.")
    country_mentions = _Frame("One row per mention of a country.")
    date_mentions = _Frame("One row per temporal expression.")
    figures = _Frame("One row per amount of money.")
    ledger = _Frame("One row per figure: what it is, whose, from whom to whom, for what and when.")
    figure_parties = _Frame("One row per payer, recipient, holder, channel or source of a figure.")
    figure_links = _Frame("One row per link between two figures of an article.")
    corrections = _Frame("One row per correction that was applied.")
    issues = _Frame("One row per fault or remark.")

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table of this name as a DataFrame."""
        if name not in self._frames:
            self._frames[name] = frame(self.arrow(name))
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrow)

    def __len__(self) -> int:
        return len(self._arrow)

    def exact(self, name: str) -> pd.DataFrame:
        """The table of this name as stored: amounts ``decimal128(38, 6)``, days ``date32``."""
        return exact_frame(self.arrow(name))

    def arrow(self, name: str) -> pa.Table:
        """The table of this name as an Arrow table, without pandas."""
        try:
            return self._arrow[name]
        except KeyError:
            raise KeyError(f"no table {name!r}; there are {', '.join(self._arrow)}") from None

    def __repr__(self) -> str:
        def count(name: str, one: str, many: str = "") -> str:
            return counted(self._arrow[name].num_rows, one, many)

        if not self._arrow["articles"].num_rows and not self._arrow["issues"].num_rows:
            return "Tables(no articles)"
        parts = [
            count("figures", "figure"),
            count("person_mentions", "mention") + " of " + count("people", "person", "people"),
            count("country_mentions", "country mention"),
            count("date_mentions", "date"),
            count("issues", "issue"),
        ]
        return f"Tables({count('articles', 'article')}: {', '.join(parts)})"

    def convert(self, currency: str, *, rates: str | PathLike[str] | None = None) -> Self:
        """The tables with the amounts of ``ledger`` also converted to ``currency``: ``converted_low`` etc.

        The rates are the daily rates of the European Central Bank (extra ``fx``), or those of ``rates``, a
        CSV file of date, currency and rate. Raises ``ValueError`` if there are none for that currency.
        """
        from newsledger.corpus.conversion import load_rates
        from newsledger.normalizer.finish import converted

        found = load_rates(currency.upper(), None if rates is None else Path(rates))
        return type(self)({**self._arrow, "ledger": converted(self.arrow("ledger"), found)}, run=self.run)

    def write(self, folder: str | PathLike[str], formats: Iterable[str] = ("parquet",)) -> list[Path]:
        """Write all tables into ``folder``, with a ``datapackage.json``; returns the files written.

        ``formats``: parquet, csv, jsonl (one file per table), xlsx, sqlite, duckdb (one file for all). Files
        written earlier are replaced atomically; nothing else in the folder is touched. Raises
        ``ValueError`` if one of the names is taken by a file that newsledger did not write.
        """
        names = list(formats)
        folder = Path(folder)
        _refuse_others(folder, names)
        written = write_tables(folder, self._rows(), names)
        kept = kept_fields("articles", self.arrow("articles").column_names)
        written.append(write_datapackage(folder, check_formats(names), kept))
        if self.run:
            written.append(write_json(folder / "run.json", self.run))
        return written

    def _rows(self) -> dict[str, Rows]:
        return {name: rows_of(table) for name, table in self._arrow.items()}

    def to_parquet(self, folder: str | PathLike[str]) -> list[Path]:
        """Write ``<table>.parquet`` files into ``folder``."""
        return self.write(folder, ["parquet"])

    def to_csv(self, folder: str | PathLike[str]) -> list[Path]:
        """Write ``<table>.csv`` files into ``folder``."""
        return self.write(folder, ["csv"])

    def to_jsonl(self, folder: str | PathLike[str]) -> list[Path]:
        """Write ``<table>.jsonl`` files into ``folder``."""
        return self.write(folder, ["jsonl"])

    def to_xlsx(self, path: str | PathLike[str]) -> Path:
        """Write one Excel workbook; needs ``newsledger[xlsx]``."""
        return self._one_file(path, "xlsx")

    def to_sqlite(self, path: str | PathLike[str]) -> Path:
        """Write one SQLite database."""
        return self._one_file(path, "sqlite")

    def to_duckdb(self, path: str | PathLike[str]) -> Path:
        """Write one DuckDB database; needs ``newsledger[duckdb]``."""
        return self._one_file(path, "duckdb")

    def _one_file(self, path: str | PathLike[str], name: str) -> Path:
        """Write a one-file format to ``path``, or to its usual name where ``path`` is a folder."""
        import tempfile

        path = Path(path)
        if path.is_dir():
            path = FORMATS[name].paths(path)[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise ValueError(f"{path} is not a regular file; it is not replaced")
        with tempfile.TemporaryDirectory(prefix=".newsledger-", dir=path.parent) as stage:
            (written,) = write_tables(Path(stage), self._rows(), [name])
            written.replace(path)
        return path


def _refuse_others(folder: Path, formats: Iterable[str]) -> None:
    """Raise ``ValueError`` where a file stands in the way, in a folder that holds no tables of ours."""
    package = folder / "datapackage.json"
    places = [package, folder / "run.json"]
    places += [path for form in check_formats(formats) for path in form.paths(folder)]
    held = [path for path in places if path.exists()]
    if held and not (package.is_file() and f'"{PACKAGE}"' in package.read_text("utf-8", "replace")):
        raise ValueError(f"{held[0]} is there, and newsledger did not write it; it is not replaced")


def row_of(tables: TableSet, name: str, key: str) -> dict[str, Any] | None:
    """The row with this id in a table whose key is one column, None if there is none."""
    table = tables.arrow(name)
    keys = table.column(TABLES[name].key[0]).to_pylist()
    found: list[dict[str, Any]] = table.slice(keys.index(key), 1).to_pylist() if key in keys else []
    return found[0] if found else None


def run_query(tables: TableSet, query: str) -> pa.Table:
    """The answer of ``query`` as an Arrow table, with ``tables`` as views of their names.

    The query sees nothing else: no file and no network. Raises ``ValueError`` if DuckDB is not installed
    or refuses the query.
    """
    try:
        import duckdb
    except ImportError:
        raise ValueError("SQL needs DuckDB: pip install 'newsledger[duckdb]'") from None
    try:
        with duckdb.connect(":memory:") as connection:
            for name in tables:
                connection.register(name, tables.arrow(name))
            connection.execute("SET enable_external_access = false")
            found: pa.Table = connection.sql(query).to_arrow_table()
    except AttributeError:  # a statement without an answer gives no relation
        raise ValueError("the statement has no answer; write a SELECT") from None
    except duckdb.Error as error:
        raise ValueError(f"SQL: {error}") from None
    return found


class OldSchemaError(ValueError):
    """Tables written by an older program, whose columns have other names or meanings."""


_READ_ORDER = ("parquet", "duckdb", "sqlite", "jsonl", "csv")


def holds_tables(path: Path) -> bool:
    """Whether a path is a finished run: a folder of tables, or a database of them."""
    if path.is_dir():
        if any((path / name).is_file() for name in ("run.json", "newsledger.sqlite", "newsledger.duckdb")):
            return True
        names = {name.stem for name in path.iterdir() if name.suffix in (".parquet", ".csv", ".jsonl")}
        return names >= set(TABLES)
    return path.suffix in (".sqlite", ".duckdb") and path.is_file()


def read_tables(path: str | PathLike[str], *, kind: type[T]) -> T:
    """The tables that `newsledger.read_tables` reads, as an object of class ``kind``."""
    import json

    path = Path(path)
    folder = path if path.is_dir() else path.parent
    if (path / ".newsledger" / "plan.json").is_file() and not (path / "run.json").is_file():
        raise ValueError(f"{path} holds an unfinished run; the command that began it finishes it")
    for name in _READ_ORDER:
        form = FORMATS[name]
        if path.is_dir():
            files = form.paths(path)
        elif form.one_file and path.suffix == f".{form.extension}":
            files = [path]
        else:
            continue
        if not files[0].exists():
            continue
        record = folder / "run.json"
        run = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
        if run.get("schema_version", SCHEMA_VERSION) < SCHEMA_VERSION:
            raise OldSchemaError(
                f"the tables are of schema version {run['schema_version']}, this program's is "
                f"{SCHEMA_VERSION}: {path} was written by newsledger {run.get('version')}, whose tables have "
                "other columns (flags is now quality); run newsledger extract again, with --fresh"
            )
        by_table = dict(zip(TABLES, files * len(TABLES) if form.one_file else files, strict=True))
        absent = sorted({file.name for file in by_table.values() if not file.exists()})
        if absent:
            raise FileNotFoundError(f"{path} lacks {', '.join(absent)}")
        tables = {}
        for table, file in by_table.items():
            try:
                tables[table] = form.function("read")(file, table)
            except Exception as error:  # each library raises its own
                raise ValueError(f"{file}: {table} cannot be read from it: {error}") from error
        return kind(tables, run=run)
    raise FileNotFoundError(f"no tables in {path} (looked for {', '.join(_READ_ORDER)})")
