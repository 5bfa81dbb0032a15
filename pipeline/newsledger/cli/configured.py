"""Commands whose options a ``newsledger.toml`` may give where the command line does not.

What stands in the file becomes the defaults of the options, and is checked as if it had been typed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, get_args

from typer.core import TyperCommand

from newsledger.cli.failures import complain


class ConfiguredCommand(TyperCommand):
    """A command that looks for its options in a file too; ``ctx.obj`` is what it says of some files."""

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
    from newsledger.cli.options import parameters_of
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
