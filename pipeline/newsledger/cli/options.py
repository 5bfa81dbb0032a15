"""Options that all commands on articles share: how files are read, and what is extracted.

A command says ``@takes_articles`` and has two parameters, ``reading`` and ``settings``; on the command line
they are all the options below, checked, so that what cannot be used is refused with one clear line.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from newsledger.reading import ReadOptions
    from newsledger.values.settings import Settings

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE...", help="Folders, files or globs of articles.", show_default=False),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Publication date of articles that do not state one."),
]
TextField = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field or column of the text."),
]
DateField = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field or column of the publication date."),
]
TitleField = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field or column of the title."),
]
IdField = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field or column of the record's own id."),
]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Encoding of text files; else UTF-8 or detected."),
]
DayOrder = Annotated[
    Literal["dmy", "mdy"] | None,
    typer.Option(help="How to read 04/03/2024 where an article does not tell."),
]
DefaultCurrency = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Currency of a bare $ or kr, such as AUD."),
]
PublisherCountry = Annotated[
    str | None,
    typer.Option(metavar="CC", help="Country of the publisher (ISO alpha-2), weak evidence."),
]
FiscalYearStart = Annotated[
    int | None,
    typer.Option(metavar="MONTH", min=1, max=12, help="Month in which a fiscal year begins."),
]
Governments = Annotated[
    bool,
    typer.Option("--governments", help="Rows for the Kremlin, the White House ..."),
]
CountryPolicy = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="TOML that decides disputed territories."),
]
PeopleModel = Annotated[
    str | None,
    typer.Option(metavar="MODEL", help="Another model: a folder or a spaCy pipeline."),
]
KnownPeople = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="CSV or JSONL of known people."),
]


def reading_options(
    *,
    published: str | None = None,
    text_field: str | None = None,
    date_field: str | None = None,
    title_field: str | None = None,
    id_field: str | None = None,
    encoding: str | None = None,
    day_order: Literal["dmy", "mdy"] | None = None,
) -> ReadOptions:
    """The reader's options; raises ``ValueError`` on a date or an encoding that is none."""
    import codecs

    from newsledger.document.published import from_option
    from newsledger.reading import ReadOptions

    try:
        day = from_option(published) if published is not None else None
    except ValueError as error:
        raise ValueError(f"--published: {error}") from None
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise ValueError(f"--encoding: no such encoding: {encoding!r}") from None
    return ReadOptions(
        published=day,
        text_field=text_field,
        date_field=date_field,
        title_field=title_field,
        id_field=id_field,
        encoding=encoding,
        day_order=day_order,
    )


def extraction_settings(
    *,
    default_currency: str | None = None,
    publisher_country: str | None = None,
    day_order: Literal["dmy", "mdy"] | None = None,
    fiscal_year_start: int | None = None,
    governments: bool = False,
    country_policy: Path | None = None,
    people_model: str | None = None,
    known_people: Path | None = None,
) -> Settings:
    """The settings; raises ``ValueError`` on a code that is none or a file that is not there."""
    from newsledger.values.settings import Settings

    for option, path in (("--country-policy", country_policy), ("--known-people", known_people)):
        if path is not None and not path.is_file():
            raise ValueError(f"{option}: no such file: {path}")
    try:
        return Settings(
            default_currency=default_currency,
            publisher_country=publisher_country,
            day_order=day_order,
            fiscal_year_start=fiscal_year_start,
            governments=governments,
            country_policy=country_policy,
            people_model=people_model,
            known_people=known_people,
        )
    except ValueError as error:  # "default_currency: ..." is said of the option
        name, colon, why = str(error).partition(":")
        raise ValueError(f"--{name.replace('_', '-')}{colon}{why}") from None


_READING = {
    "published": Published,
    "text_field": TextField,
    "date_field": DateField,
    "title_field": TitleField,
    "id_field": IdField,
    "encoding": Encoding,
    "day_order": DayOrder,
}
_EXTRACTION = {
    "day_order": DayOrder,
    "default_currency": DefaultCurrency,
    "publisher_country": PublisherCountry,
    "fiscal_year_start": FiscalYearStart,
    "governments": Governments,
    "country_policy": CountryPolicy,
    "people_model": PeopleModel,
    "known_people": KnownPeople,
}


def takes_articles(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for articles in place of its parameters ``reading`` and ``settings``."""

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        reading = reading_options(**{name: given[name] for name in _READING})
        settings = extraction_settings(**{name: given[name] for name in _EXTRACTION})
        for name in shared:
            del given[name]
        command(**given, reading=reading, settings=settings)

    shared = {**_READING, **_EXTRACTION}
    own = inspect.signature(command, eval_str=True).parameters.values()
    parameters = []
    for parameter in own:
        if parameter.name == "settings":
            continue
        if parameter.name == "reading":
            parameters += [
                inspect.Parameter(
                    name,
                    inspect.Parameter.KEYWORD_ONLY,
                    annotation=annotation,
                    default=False if name == "governments" else None,
                )
                for name, annotation in shared.items()
            ]
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return with_options
