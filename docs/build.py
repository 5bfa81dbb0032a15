"""Makes what is generated in docs/: references, pictures, the outputs of the tutorial.

    python docs/build.py               # all of it; `make docs` runs this
    python docs/build.py references    # also picture, plots, tutorial, try-tutorial (writes nothing)

A test compares the references with what this script makes of the code now.
"""

from __future__ import annotations

import dataclasses
import inspect
import io
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "pipeline"), str(ROOT)]

MADE = "<!-- Made by docs/build.py; change the code, then run `make docs`. -->"
SAMPLE = "data/articles/bridge-loan.txt"


# --- the tables ------------------------------------------------------------------------------------------


def tables_reference() -> str:
    """The tables, their columns and keys, from the schema."""
    from newsledger.normalizer.schema import TABLES

    parts = [
        "# The tables",
        MADE,
        "A run writes twelve tables. Later versions may add columns, but do not rename any. `newsledger "
        "schema` prints this description as Frictionless Table Schema; `datapackage.json` beside the tables "
        "holds it too.",
        "Types: *decimal* is `decimal128(38, 6)`, *date* a calendar day, *integer* 64 bits. A missing value "
        "is null (in CSV an empty field, so that Namibia keeps its code `NA`). Several values in one column "
        "are separated by `|`. Offsets count Unicode code points of `articles.text`, and "
        "`text[start_char:end_char] == surface` always holds.",
        "Fields kept from the sources (`--keep url`) are the last columns of `articles`, as text.",
    ]
    for table in TABLES.values():
        parts.append(f"## {table.name}")
        order = f"Key: {_codes(table.key)}." if table.key else "No key; sorted by all columns."
        parts.append(f"{table.description}. {order}")
        rows = []
        targets = {key.column: f"{key.target}.{key.target_column}" for key in table.foreign_keys}
        for column in table.columns:
            said = column.description
            if column.enum:
                said += f": {_codes(column.enum)}"
            if column.name in targets:
                said += f" (refers to `{targets[column.name]}`)"
            rows.append((f"`{column.name}`", column.type, "yes" if column.required else "", said))
        parts.append(_table(("column", "type", "never null", "description"), rows))
    parts.append("## Flags of a figure")
    from newsledger.explain.reasons import QUALITY

    parts.append(_table(("flag", "meaning"), [(f"`{name}`", said) for name, said in QUALITY.items()]))
    return _joined(parts)


# --- the command line ------------------------------------------------------------------------------------


def commands_reference() -> str:
    """The commands with their arguments and options, from the command line itself."""
    from typer.main import get_command

    from newsledger.cli.main import app

    command: Any = get_command(app)
    parts = [
        "# The command line",
        MADE,
        f"`newsledger COMMAND --help` prints the same in the terminal. {command.epilog}",
    ]
    for name, sub in command.commands.items():
        arguments = [p for p in sub.params if p.param_type_name == "argument"]
        options = [p for p in sub.params if p.param_type_name == "option"]
        usage = " ".join([f"newsledger {name}", *map(_argument, arguments), "[OPTIONS]" if options else ""])
        parts.append(f"## newsledger {name}")
        parts.append(f"`{usage.strip()}`")
        parts.append(_reflowed(sub.help))
        if arguments:
            rows = [(f"`{_argument(p)}`", p.help or "") for p in arguments]
            parts.append(_table(("argument", "description"), rows))
        if options:
            parts.append(_table(("option", "description", "default"), map(_option, options)))
    return _joined(parts)


def _argument(parameter: Any) -> str:
    shown = parameter.metavar or parameter.name.upper()
    return str(shown) if parameter.required else f"[{shown.strip('[]')}]"


def _option(parameter: Any) -> tuple[str, str, str]:
    names = " / ".join(_codes([*parameter.opts, *parameter.secondary_opts]).split(", "))
    choices = list(_choices(parameter.type_descriptor.annotation))
    flag = parameter.is_flag
    value = "" if flag else "|".join(choices) or parameter.metavar or "VALUE"
    default = parameter.default
    if parameter.required:
        shown = "required"
    elif flag and parameter.secondary_opts and default is not None:
        shown = f"`{parameter.opts[0] if default else parameter.secondary_opts[0]}`"
    elif default in (None, False, "", ()):
        shown = ""
    else:
        shown = f"`{default}`"
    value = value.replace("|", r"\|")
    return names + (f" {value}" if value else ""), parameter.help or "", shown


def _choices(annotation: Any) -> Iterator[str]:
    """The values that a ``Literal`` somewhere in an annotation allows."""
    for argument in get_args(annotation):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _choices(argument)


# --- Python ----------------------------------------------------------------------------------------------


def python_reference() -> str:
    """The public names and the stages, from their docstrings."""
    import newsledger
    from newsledger.api import Tables
    from newsledger.integrations.notebook.plots import Plots
    from newsledger.normalizer.tables import TableSet
    from newsledger.stages import countries, dates, ledger, money, names, people
    from newsledger.values.settings import Settings

    parts = [
        "# Python",
        MADE,
        "`import newsledger` provides these names. Heavy libraries are imported only when they are needed.",
    ]
    for name in sorted(set(newsledger.__all__) - {"Settings", "Tables", "__version__"}, key=str.lower):
        parts += _described(f"newsledger.{name}", getattr(newsledger, name))
    parts += ["## newsledger.Settings", _reflowed(Settings.__doc__)]
    notes = _attribute_notes(Settings)
    rows = [
        (f"`{field.name}`", _plain(notes.get(field.name, "")), f"`{field.default}`")
        for field in dataclasses.fields(Settings)
    ]
    parts.append(_table(("setting", "description", "default"), rows))
    parts += ["## newsledger.Tables", _reflowed(TableSet.__doc__)]
    members = [
        (f"`.{name}{_signature(member)}`", _first_line(member))
        for name, member in {**vars(TableSet), **vars(Tables)}.items()
        if not name.startswith("_") and (callable(member) or isinstance(member, (property, classmethod)))
    ]
    parts.append(_table(("member", "description"), members))
    parts += ["## tables.plot", _reflowed(inspect.getdoc(sys.modules[Plots.__module__]))]
    for name, member in vars(Plots).items():
        if not name.startswith("_"):
            parts += _described(f"tables.plot.{name}", member, level="###")
    parts += ["## The stages", "Each can be used alone: `from newsledger.stages import money`."]
    for stage in (money, dates, countries, people, ledger, names):
        short = stage.__name__.rpartition(".")[2]
        parts += _described(f"{short}.find", stage.find, level="###")
    return _joined(parts)


def _described(name: str, thing: Any, *, level: str = "##") -> Iterator[str]:
    yield f"{level} {name}"
    yield f"```text\n{_long_signature(name.rpartition('.')[2], thing)}\n```"
    yield _reflowed(inspect.getdoc(thing))


def _long_signature(name: str, thing: Any) -> str:
    parameters = [p for p in inspect.signature(thing).parameters.values() if p.name != "self"]
    said = []
    starred = False
    for parameter in parameters:
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            said.append("*")
        starred = starred or parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD
        said.append(re.sub(r""": (['"])(.*?)\1(?= = |\Z)""", r": \2", str(parameter)))
    line = f"{name}({', '.join(said)})"
    return line if len(line) <= 100 else f"{name}(\n    " + ",\n    ".join(said) + ",\n)"


def _signature(member: Any) -> str:
    if isinstance(member, property):
        return ""
    function = member.__func__ if isinstance(member, classmethod) else member
    names = [p for p in inspect.signature(function).parameters if p not in ("self", "cls")]
    return f"({', '.join(names)})"


def _first_line(member: Any) -> str:
    return _plain((inspect.getdoc(member) or "").split("\n\n")[0])


def _attribute_notes(cls: type) -> dict[str, str]:
    """The texts that stand under the fields of a dataclass."""
    import ast

    (body,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(body, ast.ClassDef)
    notes = {}
    for field, note in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr):
            notes[field.target.id] = str(ast.literal_eval(note.value))  # type: ignore[union-attr]
    return notes


# --- Markdown --------------------------------------------------------------------------------------------


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _codes(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: tuple[str, ...], rows: Any) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(" ".join(str(cell).split()) for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _reflowed(docstring: str | None) -> str:
    """A docstring as Markdown, without its examples (they are run as doctests where they stand)."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(docstring or ""))
    return "\n\n".join(_plain(p) for p in paragraphs if not p.lstrip().startswith(">>>"))


def _plain(paragraph: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", " ".join(paragraph.split()))


# --- picture and tutorial --------------------------------------------------------------------------------


def picture() -> str:
    """The sample article as ``newsledger show`` shows it, as SVG without anything from elsewhere."""
    from itertools import islice

    from rich.console import Console
    from rich.terminal_theme import TerminalTheme

    from newsledger.cli.one_article import article_view, one_article

    theme = TerminalTheme(
        (252, 251, 248),
        (32, 34, 38),
        [(32, 34, 38), (192, 57, 43), (191, 233, 198), (255, 224, 138), (47, 111, 159), (227, 191, 240),
         (168, 216, 245), (32, 34, 38)],
    )  # fmt: skip
    console = Console(
        record=True, width=104, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    tables = one_article(ROOT / SAMPLE)
    for part in islice(article_view(tables, colour=True), 6):
        console.print(part)
    svg = console.export_svg(title=f"newsledger show {SAMPLE}", theme=theme)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
    return re.sub(r"[ \t]+\n", "\n", svg)


PLOTS: dict[str, dict[str, Any]] = {"figures": {"currency": "USD"}, "timeline": {}, "countries": {"top": 8}}
"""Plot of the sample articles -> its arguments."""


def plots() -> Iterator[tuple[str, str]]:
    """The name of each plot, and the plot as SVG: the same bytes each time."""
    import matplotlib
    import matplotlib.pyplot as plt

    import newsledger

    tables = newsledger.extract_articles(newsledger.read_articles(ROOT / "data" / "articles"))
    style = {"svg.fonttype": "none", "svg.hashsalt": "newsledger", "backend": "agg"}
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **style}):
        for name, arguments in PLOTS.items():
            drawn = io.StringIO()
            axes = getattr(tables.plot, name)(**arguments)
            axes.figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
            plt.close(axes.figure)
            yield name, re.sub(r"[ \t]+\n", "\n", drawn.getvalue())


def executed(path: Path) -> Any:
    """A notebook with the outputs of a run of now, cell by cell in this process; raises where a cell does."""
    import os

    import nbformat
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from nbformat.v4 import new_output

    notebook = nbformat.read(path, as_version=4)
    os.chdir(path.parent)
    shell = InteractiveShell.instance()
    shell.enable_gui = lambda gui=None: None  # there is no window to draw in
    shell.display_formatter.active_types = shell.display_formatter.format_types
    shell.run_line_magic("matplotlib", "inline")
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        values: list[Any] = []
        shell.display_trap.hook = values.append
        with capture_output() as captured:
            result = shell.run_cell(cell.source, store_history=True)
        result.raise_error()
        cell.execution_count = number
        cell.outputs = []
        if captured.stdout:
            cell.outputs.append(new_output("stream", name="stdout", text=captured.stdout))
        for value in values:
            if value is not None and not cell.source.rstrip().endswith(";"):
                data, _ = shell.display_formatter.format(value)
                shown = {kind: _jsonable(part) for kind, part in data.items()}
                cell.outputs.append(new_output("execute_result", data=shown, execution_count=number))
        for figure in captured.outputs:
            shown = {kind: _jsonable(part) for kind, part in figure.data.items()}
            cell.outputs.append(new_output("display_data", data=shown))
    return notebook


def _jsonable(value: Any) -> str:
    import base64

    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value)


def run_tutorial(path: Path = HERE / "tutorial.ipynb") -> None:
    """Run the tutorial and keep its outputs, without what changes from run to run."""
    import nbformat

    notebook = executed(path)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
    nbformat.write(notebook, path)


REFERENCES: dict[str, Callable[[], str]] = {
    "reference/tables.md": tables_reference,
    "reference/commands.md": commands_reference,
    "reference/python.md": python_reference,
}


def main(wanted: list[str]) -> None:
    """Make what is asked for, or all of it."""
    if not wanted or "references" in wanted:
        for name, make in REFERENCES.items():
            (HERE / name).write_text(make(), encoding="utf-8", newline="\n")
    if not wanted or "picture" in wanted:
        (HERE / "picture.svg").write_text(picture(), encoding="utf-8", newline="\n")
    if not wanted or "plots" in wanted:
        for name, svg in plots():
            (HERE / "plots" / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
    if not wanted or "tutorial" in wanted:
        run_tutorial()
    if "try-tutorial" in wanted:
        executed(HERE / "tutorial.ipynb")


if __name__ == "__main__":
    main(sys.argv[1:])
