"""Every argument and option of the command line, declared once; commands name the ones they take.

A command decorated with `takes_articles` has two parameters, ``reading`` and ``settings``. On the command
line they are the options of `READING` and `EXTRACTION`, checked, so that what cannot be used is refused with
one clear line. ``working``, of the commands that compare, are those of `WORKING`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from newsledger.reading import ReadOptions
    from newsledger.values.settings import Settings

# --- arguments ---------------------------------------------------------------------------------------------


def _argument(metavar: str, help: str) -> Any:
    return typer.Argument(metavar=metavar, help=help, show_default=False)


Sources = Annotated[list[str], _argument("SOURCE...", "Folders, files or globs of articles.")]
OptionalSources = Annotated[
    list[str] | None,
    _argument(
        "SOURCE...",
        "The articles (folders, files, globs), or one finished run. Default: where the gold remembers them.",
    ),
]
ArticleFileOrRun = Annotated[
    Path, _argument("FILE", "A file with an article, the tables of a run, or - for stdin.")
]
ArticleOrRowId = Annotated[
    str | None, _argument("ID", "An article_id, or the figure_id or mention_id of one of its rows.")
]
MentionId = Annotated[
    str | None,
    _argument("ID", "A figure_id or mention_id, its end (money:12), or the words; default: all figures."),
]
RunTables = Annotated[Path, _argument("TABLES", "The folder of a run, or its SQLite or DuckDB file.")]
SqlQuery = Annotated[str, _argument("SQL", "A SELECT over the tables, in quotes.")]
FirstRun = Annotated[Path, _argument("RUN1", "Tables of a run.")]
SecondRun = Annotated[Path, _argument("RUN2", "Tables of another.")]
GoldPath = Annotated[
    Path | None,
    _argument(
        "GOLD",
        "Gold: a folder, a .jsonl file, or hand-made tables. Default: gold in [tool.newsledger.check].",
    ),
]

# --- options of one or several commands --------------------------------------------------------------------


def _option(metavar: str, help: str, **more: Any) -> Any:
    return typer.Option(metavar=metavar, help=help, **more)


def _flag(names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names.split(), help=help, **more)


OutputFolder = Annotated[Path, _option("DIR", "Folder for the tables.", show_default=False)]
TableFormats = Annotated[
    list[str] | None,
    _option(
        "FORMAT", "parquet (default), csv, jsonl, xlsx, sqlite, duckdb; several: repeat it, or csv,xlsx."
    ),
]
QueryFormat = Annotated[
    Literal["table", "csv", "json", "md"], typer.Option(help="How the answer is printed.")
]
Workers = Annotated[int | None, _option("N", "Processes to use; default: all processors.", min=1)]
Engine = Annotated[Literal["local", "dask"], typer.Option(help="Where they run.")]
Scheduler = Annotated[str | None, _option("ADDRESS", "A running Dask scheduler, tcp://host:8786.")]
ResumeOrFresh = Annotated[
    bool | None,
    _flag(
        "--resume/--fresh",
        "Bring another run in DIR up to date, or remove it. By default an unfinished run is taken up and a "
        "finished one is never changed.",
        show_default=False,
    ),
]
FailFast = Annotated[
    bool,
    _flag("--fail-fast/--keep-going", "Stop at the first bad article, or note it in issues and go on."),
]
Strict = Annotated[
    bool, _flag("--strict", "Exit 1 where a file gave no article, or an article has no publication date.")
]


def _seconds(value: float) -> float:
    from newsledger.engines.worker import check_seconds

    try:
        return check_seconds(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


TimeLimit = Annotated[
    float, _option("SECONDS", "Give an article up after so much processor time.", callback=_seconds)
]
QuietExtract = Annotated[bool, _flag("--quiet -q", "No progress bar and no summary.")]
QuietCheck = Annotated[bool, _flag("--quiet -q", "No progress bar; only what failed.")]
ArticleOfFileOrRun = Annotated[
    str | None, _option("ID", "Which article of a file or run that holds several.")
]
HtmlFile = Annotated[Path, _option("FILE", "The page to write.", show_default=False)]
PageTitle = Annotated[str, _option("TEXT", "What stands above the page.")]
WithTexts = Annotated[
    bool,
    _flag("--texts/--no-texts", "Put the articles into the page, or only the sentences with figures."),
]
CheckFormat = Annotated[
    Literal["text", "json", "junit", "github", "sarif", "html"],
    typer.Option(help="The report on standard output."),
]
EvaluateFormat = Annotated[
    Literal["text", "json", "markdown"], typer.Option(help="The report on standard output.")
]
DiffFormat = Annotated[Literal["text", "json"], typer.Option(help="The report on standard output.")]
Reports = Annotated[
    list[str] | None,
    _option("FORMAT=FILE", "Also write this report; may be repeated. FILE may be -."),
]
Config = Annotated[
    Path | None,
    _option("FILE", "TOML with the settings of the check; default: the nearest pyproject.toml."),
]
Kinds = Annotated[
    list[str] | None,
    _option("KIND", "figures, dates, countries, people, roles or ledger; may be repeated. Default: all."),
]
FailingKinds = Annotated[
    list[str] | None,
    _option("KIND", "What may fail; may be repeated. Default: figures, dates, countries and people."),
]
IgnoreFailing = Annotated[
    list[str] | None, _option("FIELD", "What does not fail, such as figures.sign; may be repeated.")
]
IgnoreDifferent = Annotated[
    list[str] | None, _option("FIELD", "What is no difference, such as people.role; may be repeated.")
]
Budget = Annotated[int | None, _option("N", "Cases that may fail.", min=0, show_default="0")]
Ratchet = Annotated[
    bool | None,
    _flag(
        "--ratchet/--no-ratchet",
        "What was right may not become wrong, whatever the budget.",
        show_default=False,
    ),
]
Absent = Annotated[
    Literal["fail", "ignore"] | None,
    typer.Option(help="Articles of the gold that the source lacks.", show_default="fail"),
]
RequireGold = Annotated[bool, _flag("--require-gold", "Fail where an article of the source has no gold.")]
Update = Annotated[bool, _flag("--update", "Raise the floors, and take down faults that are fixed.")]
AllowRegression = Annotated[
    bool, _flag("--allow-regression", "With --update: lower floors, and take new faults as known.")
]
AllCases = Annotated[bool, _flag("--all", "Also show known, fixed and ignored cases.")]
Reason = Annotated[str, _option("TEXT", "Why, for whoever reads the gold.")]
Truth = Annotated[
    Path | None, _option("TABLES", "Hand-made tables: their rows are the gold, whatever is found.")
]
Drop = Annotated[bool, _flag("--drop", "Drop rows that are no longer found; by default they are kept.")]
DropArticles = Annotated[bool, _flag("--drop-articles", "Drop articles that the source lacks.")]
ReplaceHand = Annotated[bool, _flag("--replace-hand", "Take what is found over what was corrected by hand.")]
FreshGold = Annotated[bool, _flag("--fresh", "Make the gold anew, whatever it held.")]
DryRun = Annotated[bool, _flag("--dry-run", "Only show what would be done.")]
Fields = Annotated[bool, _flag("--fields", "A line for every field.")]
Misses = Annotated[bool, _flag("--misses", "Show every case that is not wholly right.")]

MentionToCorrect = Annotated[
    str | None, _argument("ID", "A figure_id or mention_id, its end (money:12), or the words.")
]
CorrectionsFile = Annotated[
    Path, _option("FILE", "The file of corrections, made where there is none.", show_default=False)
]
SetField = Annotated[
    list[str] | None, _option("FIELD=VALUE", "A field that is wrong (empty: null); may be repeated.")
]
DropRow = Annotated[bool, _flag("--drop", "The row should not be there.")]
ConfirmRow = Annotated[bool, _flag("--confirm", "The row is right.")]
SameAs = Annotated[str | None, _option("PERSON_ID", "It is this person; the two become one.")]
NotSameAs = Annotated[str | None, _option("PERSON_ID", "In this article it is not this person.")]
WhyCorrected = Annotated[str, _option("TEXT", "Why.")]
Author = Annotated[str | None, _option("NAME", "Whose correction it is.")]
CorrectedOn = Annotated[str | None, _option("DATE", "Day of the correction; default: today.")]

# --- how articles are read and what is extracted -----------------------------------------------------------

ConfigFile = Annotated[
    Path | None,
    _option("FILE", "Options in TOML; default: a newsledger.toml in or above a source. See docs/howto."),
]
_DayOrder = Annotated[
    Literal["dmy", "mdy"] | None,
    typer.Option(help="How to read 04/03/2024 where an article does not tell."),
]
READING: dict[str, Any] = {
    "published": Annotated[
        str | None, _option("DATE", "Publication date of articles that do not state one.")
    ],
    "text_field": Annotated[str | None, _option("NAME", "Field or column of the text.")],
    "date_field": Annotated[str | None, _option("NAME", "Field or column of the publication date.")],
    "title_field": Annotated[str | None, _option("NAME", "Field or column of the title.")],
    "id_field": Annotated[str | None, _option("NAME", "Field or column of the record's own id.")],
    "encoding": Annotated[str | None, _option("NAME", "Encoding of text files; else UTF-8 or detected.")],
    "keep": Annotated[
        list[str] | None,
        _option("FIELD", "A field of the records to have as a column of articles; may be repeated."),
    ],
    "day_order": _DayOrder,
}
"""Options that make `ReadOptions`."""

EXTRACTION: dict[str, Any] = {
    "day_order": _DayOrder,
    "default_currency": Annotated[str | None, _option("CODE", "Currency of a bare $ or kr, such as AUD.")],
    "publisher_country": Annotated[
        str | None, _option("CC", "Country of the publisher (ISO alpha-2), weak evidence.")
    ],
    "fiscal_year_start": Annotated[
        int | None, _option("MONTH", "Month in which a fiscal year begins.", min=1, max=12)
    ],
    "governments": Annotated[bool, _flag("--governments", "Rows for the Kremlin, the White House ...")],
    "ledger": Annotated[
        bool, _flag("--ledger/--no-ledger", "Say what each figure is: class, parties, links.")
    ],
    "country_policy": Annotated[Path | None, _option("FILE", "TOML that decides disputed territories.")],
    "people_model": Annotated[str | None, _option("MODEL", "Another model: a folder or a spaCy pipeline.")],
    "known_people": Annotated[Path | None, _option("FILE", "CSV or JSONL of known people.")],
    "convert_to": Annotated[
        str | None, _option("CODE", "Amounts of the ledger in this currency too, such as USD.")
    ],
    "rates": Annotated[
        Path | None, _option("FILE", "CSV of rates: date, currency, rate; default: ECB, with the extra fx.")
    ],
    "corrections": Annotated[
        Path | None, _option("FILE", "JSONL of corrections, which newsledger correct writes.")
    ],
}
"""Options that make `Settings`."""
WORKING: dict[str, Any] = {"workers": Workers, "time_limit": TimeLimit}
"""Options of how a gate works, with the progress bar that it shows (see `progress_bar`)."""
_DEFAULTS = {"governments": False, "ledger": True, "time_limit": 120.0}
"""What holds where an option is not given; None for the others."""


def _reading(given: Mapping[str, Any]) -> ReadOptions:
    """The reader's options; raises ``ValueError`` on a date or an encoding that is none."""
    import codecs

    from newsledger.document.published import from_option
    from newsledger.extraction import check_codes
    from newsledger.normalizer.schema import table
    from newsledger.reading import ReadOptions
    from newsledger.values.article import OWN_SETTINGS
    from newsledger.values.settings import Settings

    values = {name: given[name] for name in READING} | {"keep": given["keep"] or ()}
    try:
        if values["published"] is not None:
            values["published"] = from_option(values["published"])
    except ValueError as error:
        raise ValueError(f"--published: {error}") from None
    try:
        codecs.lookup(values["encoding"] or "utf-8")
    except LookupError:
        raise ValueError(f"--encoding: no such encoding: {values['encoding']!r}") from None
    reading = ReadOptions(**values, files=given["files"])
    table("articles", reading.keep)  # refuses a field that is a column already
    for file in reading.files:
        check_codes(Settings(**{name: file.get(name) for name in OWN_SETTINGS}))  # type: ignore[arg-type]
    return reading


def _settings(given: Mapping[str, Any]) -> Settings:
    """The settings; raises ``ValueError`` on a code that is none or a file that is not there."""
    from newsledger.extraction import check_codes
    from newsledger.normalizer.run_settings import load_run_settings
    from newsledger.values.settings import FILES, Settings

    for name in FILES:
        if given[name] is not None and not given[name].is_file():
            raise ValueError(f"{_dashed(name)}: no such file: {given[name]}")
    try:
        settings = Settings(**{name: given[name] for name in EXTRACTION})
        check_codes(settings)
        load_run_settings(settings)
        return settings
    except ValueError as error:  # "default_currency: ..." is about the option
        name, colon, why = str(error).partition(":")
        raise ValueError(f"{_dashed(name)}{colon}{why}") from None


def _dashed(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def takes_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for articles in place of its parameters ``reading`` and ``settings``."""
    shared = {**READING, **EXTRACTION}
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters: list[inspect.Parameter] = []
    own = inspect.signature(command, eval_str=True).parameters
    if "config" not in own:  # that of a gate names the file of its policy
        shared = {"config": ConfigFile, **shared}

    @functools.wraps(command)
    def with_options(ctx: typer.Context, **given: Any) -> None:
        from newsledger.cli.progress import progress_bar

        given["files"] = ctx.obj or ()
        kept = {name: value for name, value in given.items() if name in own}
        if "working" in own:
            how = {"workers": given["workers"], "seconds": given["time_limit"]}
            kept["working"] = progress_bar(quiet=given["quiet"], **how)
        command(**kept, reading=_reading(given), settings=_settings(given))

    parameters.append(inspect.Parameter("ctx", keyword, annotation=typer.Context))
    for parameter in own.values():
        if parameter.name in ("reading", "working"):
            parameters += [
                inspect.Parameter(name, keyword, annotation=kind, default=_DEFAULTS.get(name))
                for name, kind in (shared if parameter.name == "reading" else WORKING).items()
            ]
        elif parameter.name != "settings":
            parameters.append(parameter.replace(kind=keyword))
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return with_options
