"""All arguments and options of the command line, declared once, in ``options.tsv``.

A command is a function whose parameters have the names of that table. Two of them are made: ``reading`` and
``settings`` stand for the options that make them, checked, so that what cannot be used is refused with one
clear line. Of the commands that compare, ``inputs`` stands for both and the sources, and ``working`` for how
they work, and the progress bar.

What stands in a ``newsledger.toml`` becomes the defaults of the options, checked as if it had been typed.
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import typer
from typer.core import TyperCommand

from newsledger.cli.failures import complain
from newsledger.lexicons import load

if TYPE_CHECKING:
    from newsledger.reading import ReadOptions
    from newsledger.values.settings import Settings

_ROWS = load.rows(Path(__file__).with_suffix(".tsv"))
_TYPES: dict[str, Any] = {
    "text": str | None,
    "texts": list[str] | None,
    "file": Path | None,
    "number": int | None,
    "switch": bool,
    "order": Literal["dmy", "mdy"] | None,
}
READING, EXTRACTION = (
    {row["option"]: _TYPES[row["type"]] for row in _ROWS if made in row["of"].split()}
    for made in ("reading", "settings")
)
"""The options that make `ReadOptions`, and those that make `Settings`, with their types."""
_WORKING = {"workers": int | None, "time_limit": float}
_DEFAULTS = {"governments": False, "ledger": True, "time_limit": 120.0}
"""What holds where an option of these is not given; None for the others."""


def _seconds(value: float) -> float:
    from newsledger.engines.worker import check_seconds

    try:
        return check_seconds(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _declared(name: str, command: str) -> Any:
    """What the table says of an option of a command, for typer."""
    rows = [row for row in _ROWS if row["option"] == name]
    row = next(row for row in rows if len(rows) == 1 or command in row["of"].split())
    more: dict[str, Any] = {}
    if row["shown_default"]:
        more["show_default"] = row["shown_default"] != "-" and row["shown_default"]
    if row["range"]:
        least, _, most = row["range"].partition("..")
        more |= {"min": int(least), "max": int(most) if most else None}
    if name == "time_limit":
        more["callback"] = _seconds
    make = typer.Argument if row["type"] == "argument" else typer.Option
    return make(*row["names"].split(), metavar=row["metavar"] or None, help=row["help"], **more)


def parameters_of(command: Callable[..., None]) -> dict[str, tuple[Any, Any]]:
    """The arguments and options of a command by name, each with its type and its default."""
    taken: dict[str, tuple[Any, Any]] = {}
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        shared: dict[str, Any] = {}
        if parameter.name == "reading":
            shared = {"config": Path | None, **READING, **EXTRACTION}
        elif parameter.name == "inputs":
            shared = {"sources": list[str] | None, **READING, **EXTRACTION}
        elif parameter.name == "working":
            shared = _WORKING
        elif parameter.name != "settings":
            taken[parameter.name] = (parameter.annotation, parameter.default)
        taken |= {option: (kind, _DEFAULTS.get(option)) for option, kind in shared.items()}
    return taken


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer takes it: with what its options are called, and what they say."""
    name = command.__module__.rpartition(".")[2]
    own = inspect.signature(command).parameters

    @functools.wraps(command)
    def called(ctx: typer.Context, **given: Any) -> None:
        from newsledger.cli.printing import progress_bar

        kept = {option: value for option, value in given.items() if option in own}
        given["files"] = ctx.obj or ()
        if "reading" in own:
            kept |= {"reading": _reading(given), "settings": _settings(given)}
        if "inputs" in own:
            from newsledger.regression.gate import Inputs

            sources = tuple(given["sources"] or ())
            kept["inputs"] = Inputs(sources=sources, reading=_reading(given), settings=_settings(given))
        if "working" in own:
            how = {"workers": given["workers"], "seconds": given["time_limit"]}
            kept["working"] = progress_bar(quiet=given["quiet"], **how)
        command(**kept)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("ctx", keyword, annotation=typer.Context)]
    for option, (kind, default) in parameters_of(command).items():
        said = cast("Any", Annotated)[kind, _declared(option, name)]
        parameters.append(inspect.Parameter(option, keyword, annotation=said, default=default))
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _reading(given: Mapping[str, Any]) -> ReadOptions:
    """The reader's options; raises ``ValueError`` on a date or an encoding that is none."""
    import codecs

    from newsledger.extraction import check_codes
    from newsledger.normalizer.schema import table
    from newsledger.reading import ReadOptions
    from newsledger.values.article import OWN_SETTINGS, as_date
    from newsledger.values.settings import Settings

    values = {name: given[name] for name in READING} | {"keep": given["keep"] or ()}
    try:
        if values["published"] is not None:
            values["published"] = as_date(values["published"] or " ")  # none is given
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
    from newsledger.normalizer.finish import load_run_settings
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


# --- newsledger.toml -----------------------------------------------------------------------------------


class ConfiguredCommand(TyperCommand):
    """A command that also takes options from a file; ``ctx.obj`` holds its options for single files."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the defaults from the file, then parse."""
        names = {str(parameter.name): parameter for parameter in self.params}
        if "text_field" in names and "--help" not in args:
            given, *_ = self.make_parser(ctx).parse_args(list(args))
            path = _config_file(given, own="kinds" not in names)
            if path is not None:
                options = _options_in(path)
                ctx.obj = _of_one_file(options.pop("files"), given.get("file"), path.parent)
                # `--format` of a check is another option than that of a run, which takes several.
                ctx.default_map = {
                    name: value
                    for name, value in options.items()
                    if name in names and getattr(names[name], "multiple", False) == isinstance(value, list)
                }
                if not given.get("config") and not given.get("quiet"):
                    complain(f"options from {path}")
        return super().parse_args(ctx, args)


def _of_one_file(files: list[dict[str, Any]], file: str | None, folder: Path) -> list[dict[str, Any]]:
    """What is said of some files; of what fits the one ``file`` below the folder, as said of any.

    Alone it has no path below a source.
    """
    from newsledger.reading.options import fits

    if file is None or not (path := Path(file).absolute()).is_relative_to(folder.absolute()):
        return files
    below = path.relative_to(folder.absolute()).as_posix()
    return [{**one, "pattern": "*"} if fits(below, str(one.get("pattern"))) else one for one in files]


def _config_file(given: dict[str, Any], *, own: bool) -> Path | None:
    """The file that is named (with an option of our ``own``, not that of a gate) or stands by a source."""
    from newsledger.reading.config import find_config

    if own and given.get("config"):
        return Path(given["config"])
    sources = [*(given.get("sources") or ()), *filter(None, [given.get("file")])]
    return find_config(source for source in sources if source != "-")


def _options_in(path: Path) -> dict[str, Any]:
    """The options in a file as they would be typed; raises ``ValueError`` for one that is none."""
    from newsledger.cli.extract import command
    from newsledger.reading.config import read_config
    from newsledger.values.nearest import no_such

    kinds = {name: kind for name, (kind, _) in parameters_of(command).items()}
    known = [name for name in kinds if name not in ("sources", "config")]
    held = read_config(path)
    for name, value in held.items():
        if name == "files":
            continue
        if name not in known:
            raise ValueError(f"{path}: {no_such(name, [*known, 'files'], 'no option')}")
        several = list[str] in get_args(kinds[name])
        if isinstance(value, list) and not several:
            raise ValueError(f"{path}: {name} is one value, not a list")
        typed = [str(one) for one in (value if isinstance(value, list) else [value])]
        if Path in (kinds[name], *get_args(kinds[name])):
            typed = [os.path.normpath(path.parent / one) for one in typed]
        held[name] = typed if several else typed[0]
    return held
