"""The house rules: which room may import which, no import circles, no long functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "newsledger"

LAYERS = (
    ("values",),
    ("lexicons", "grammar"),
    ("document",),
    ("reading", "mention_model"),
    ("stages",),
    ("extraction",),
    ("corpus",),
    ("normalizer",),
    ("engines",),
    ("explain",),
    ("integrations",),
    ("api",),
    ("regression",),
    ("cli",),
)
"""Data flows downwards; a room imports only from its own layer and those above it in this list."""

STAGES = ("names", "countries", "dates", "money", "people", "ledger")

LONGEST = 60


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(("newsledger", *path.relative_to(PACKAGE).with_suffix("").parts))
        found[name.removesuffix(".__init__")] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the package that a module imports, also inside functions and under TYPE_CHECKING."""
    path, tree = modules()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, (base, node.module)))
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                found.add(whole if whole in modules() else base)
    return frozenset(name for name in found if name in modules() and name != module)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for module, (_, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def circles() -> list[list[str]]:
    """Groups of modules that import each other, by Tarjan's algorithm."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for other in sorted(imports(module)):
            if other not in order:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], order[other])
        if low[module] == order[module]:
            at = stack.index(module)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                found.append(sorted(group))

    for module in modules():
        if module not in order:
            visit(module)
    return found


def test_no_module_imports_itself_by_way_of_another() -> None:
    assert circles() == []


def test_imports_follow_the_flow_of_data() -> None:
    level = {name: at for at, names in enumerate(LAYERS) for name in names}
    known = {room(module) for module in modules()} - {"", "__main__"}
    assert known == set(level)
    wrong = [
        f"{module} imports {other}"
        for module in modules()
        if room(module) in level
        for other in sorted(imports(module))
        if room(other) in level and level[room(other)] > level[room(module)]
    ]
    assert wrong == []


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_each_other(stage: str) -> None:
    own = f"newsledger.stages.{stage}"
    others = tuple(f"newsledger.stages.{name}" for name in STAGES if name != stage)
    wrong = [
        f"{module} imports {other}"
        for module in modules()
        if module == own or module.startswith(f"{own}.")
        for other in sorted(imports(module))
        if other.startswith(others)
    ]
    assert wrong == []


def test_values_import_nothing_else() -> None:
    rooms = {room(other) for module in modules() if room(module) == "values" for other in imports(module)}
    assert rooms <= {"values"}


def test_no_function_is_long() -> None:
    long = [f"{module}.{f.name}: {length(f)} lines" for module, f in functions() if length(f) > LONGEST]
    assert long == []


def test_only_the_command_line_prints() -> None:
    printing = [
        module
        for module, (_, tree) in modules().items()
        if room(module) != "cli"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
