"""The policy of the gate: which kinds and fields can fail, tolerances, the budget, and floors.

Read from ``[tool.newsledger.check]`` in the nearest ``pyproject.toml``, or from a TOML file of its own;
"What fails" in ``docs/gate.md`` shows the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from newsledger.regression import validation
from newsledger.regression.comparison import Tolerance
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.kinds import ALL_KINDS, KINDS, LEVELS, MISSED, SPAN, fields_by_name, kind_by_name

Absent = Literal["fail", "ignore"]
Floors = Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What fails.

    >>> policy = Policy.of({"ignore": ["figures.sign"], "budget": 2})
    >>> policy.gates("figures", "sign"), policy.gates("figures", "currency"), policy.budget
    (False, True, 2)
    """

    gold: Path | None = None
    source: tuple[str, ...] = ()
    gating: frozenset[tuple[str, str]] = frozenset()
    """The (table, field) pairs that fail."""
    budget: int = 0
    budgets: Mapping[str, int] = field(default_factory=dict)
    ratchet: bool = False
    absent: Absent = "fail"
    require_gold: bool = False
    require_reason: bool = False
    tolerances: Mapping[tuple[str, str], Tolerance] = field(default_factory=dict)
    floors: Floors = field(default_factory=dict)
    where: str = ""
    """Where the settings come from."""

    @classmethod
    def of(
        cls,
        settings: Mapping[str, Any],
        *,
        instead: Mapping[str, Any] = MappingProxyType({}),
        folder: Path = Path(),
        where: str = "settings",
    ) -> Policy:
        """The policy of these settings, paths relative to ``folder``; raises `CannotCompare`.

        ``instead``: settings that go before them; what they ignore is ignored beside what the others do.
        """
        with naming("configuration", where):
            return _policy(_checked(settings), _checked(instead), folder, where)

    def gates(self, table: str, name: str) -> bool:
        """Whether a fault in this field fails."""
        return (table, name) in self.gating


def _of_kinds(names: Iterable[str] | None = None) -> frozenset[tuple[str, str]]:
    """What gates where only these kinds do (None: as by default); publication dates are part of the dates."""
    named = [kind_by_name(name) for name in names] if names is not None else ALL_KINDS.values()
    tables = {kind.table for kind in named if names is not None or kind.gating}
    dates = {"articles"} if "date_mentions" in tables else set()
    return _fields(tables | dates) | {("articles", MISSED)}


def _fields(names: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for name in names for pair in fields_by_name(name))


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    settings = {key.replace("-", "_"): value for key, value in given.items()}
    validation.known_keys(sorted(settings), sorted(_CHECKS), "no setting")
    return {key: _CHECKS[key](value, key) for key, value in settings.items()}


def _policy(settings: dict[str, Any], instead: dict[str, Any], folder: Path, where: str) -> Policy:
    ignored = _fields([*settings.pop("ignore", ()), *instead.pop("ignore", ())])
    settings |= instead
    gating = _of_kinds(settings.pop("kinds", None)) - ignored
    budget, budgets = settings.pop("budget", (0, {}))
    if "gold" in settings:
        settings["gold"] = folder / settings["gold"]
    settings["tolerances"] = settings.pop("tolerance", {})
    settings["source"] = tuple(str(folder / name) for name in settings.get("source", ()))
    return Policy(gating=gating, budget=budget, budgets=budgets, where=where, **settings)


def _absent(value: Any, name: str) -> Any:
    if value not in ("fail", "ignore"):
        raise ValueError(f'{name} is "fail" or "ignore", not {value!r}')
    return value


def _budget(value: Any, name: str) -> tuple[int, dict[str, int]]:
    """The budget over all, and those of single kinds; without one over all, it is the sum of those."""
    if not isinstance(value, Mapping):
        return validation.case_count(value, name), {}
    named = {key: validation.case_count(count, f"budget.{key}") for key, count in value.items()}
    total = named.pop("total", None)
    budgets = {kind_by_name(name).table: count for name, count in named.items()}
    return (sum(budgets.values()) if total is None else total), {
        table: budgets.get(table, 0 if total is None else total) for table in ALL_KINDS
    }


_ALLOWED = {
    "amount": ("relative", "absolute"),
    "days": ("days",),
    "published": ("days",),
    SPAN: ("characters",),
}
"""Field -> what its tolerance may be given in; all other fields are right or wrong."""


def _tolerances(given: Any, key: str) -> dict[tuple[str, str], Tolerance]:
    flat: dict[str, Any] = {}
    for name, value in validation.table(given, key).items():
        if isinstance(value, Mapping) and all(isinstance(inner, Mapping) for inner in value.values()):
            flat |= {f"{name}.{inner}": allowed for inner, allowed in value.items()}
        else:
            flat[name] = value
    return {
        (table, field): _tolerance(name, value, _ALLOWED.get(field, ()))
        for name, value in flat.items()
        for table, field in fields_by_name(name)
    }


def _tolerance(name: str, given: Any, allowed: tuple[str, ...]) -> Tolerance:
    if not isinstance(given, Mapping):
        raise ValueError(f"tolerance.{name} is a table such as {{ relative = 0.001 }}, not {given!r}")
    if wrong := sorted(set(given) - set(allowed)):
        may = f"it may have {' and '.join(allowed)}" if allowed else "this field is right or wrong"
        raise ValueError(f"tolerance.{name}: no {', '.join(wrong)}; {may}")
    check = validation.decimal if "relative" in allowed else validation.case_count
    values: dict[str, Any] = {key: check(value, f"tolerance.{name}.{key}") for key, value in given.items()}
    return Tolerance(**values)


def read_floors(given: Any, key: str = "floors") -> dict[str, dict[str, Decimal]]:
    """Floors as they stand in a TOML file, checked; raises ``ValueError``.

    >>> read_floors({"money": {"value": Decimal("0.98")}})
    {'figures': {'value': Decimal('0.98')}}
    """
    floors: dict[str, dict[str, Decimal]] = {}
    for name, measures in validation.table(given, key).items():
        kind = kind_by_name(name)
        if kind.table not in KINDS or not isinstance(measures, Mapping):
            raise ValueError(f"floors.{name} is not a table of measures")
        known = {*LEVELS, *(one.name for one in kind.fields)}
        for measure, least in measures.items():
            if measure not in known:
                raise ValueError(f"floors.{name}: no measure {measure}; there are {', '.join(sorted(known))}")
            number = validation.decimal(least, f"floors.{name}.{measure}")
            if number > 1:
                raise ValueError(f"floors.{name}.{measure} is a share, not {least!r}")
            floors.setdefault(kind.table, {})[measure] = number
    return floors


_CHECKS: dict[str, Callable[[Any, str], Any]] = {
    "absent": _absent,
    "budget": _budget,
    "floors": read_floors,
    "gold": validation.text,
    "ignore": validation.texts,
    "kinds": validation.texts,
    "ratchet": validation.switch,
    "require_gold": validation.switch,
    "require_reason": validation.switch,
    "source": validation.texts,
    "tolerance": _tolerances,
}
"""Setting -> what reads its value, and raises ``ValueError`` if it is none."""


def policy_of_options(given: Mapping[str, Any]) -> Policy:
    """The policy of the options of a command line; raises `CannotCompare` that names the option."""
    for name, value in given.items():
        Policy.of({name: value}, where=f"--{name.replace('_', '-')}")
    return Policy.of(given)


def load_policy(path: Path | None = None, *, start: Path | None = None, **given: Any) -> Policy:
    """The policy of a TOML file, or of the nearest ``pyproject.toml`` at or above ``start``.

    In a file of its own the settings may stand at the top. Without any file everything fails and nothing
    is tolerated. ``given``: settings of a command line, None if it says nothing; they go before those of
    the file. Raises `CannotCompare` on a file or setting that is wrong.
    """
    instead = {name: value for name, value in given.items() if value is not None}
    alone = policy_of_options(instead)
    folder = (start or Path.cwd()).resolve()
    above = (base / "pyproject.toml" for base in (folder, *folder.parents))
    file = path or next(filter(Path.is_file, above), None)
    if file is None:
        return alone
    try:
        with naming("configuration", file):
            document = validation.read_toml(file)
    except OSError as error:
        why = "no such file" if isinstance(error, FileNotFoundError) else error
        raise CannotCompare("configuration", f"{file}: {why}") from None
    section: Any = document
    for name in ("tool", "newsledger", "check"):
        section = section.get(name) if isinstance(section, Mapping) else None
    if not isinstance(section, Mapping):
        section = document if file.name != "pyproject.toml" else None
    if path is None and section is None:
        return alone
    # One that was found is called as it is seen from here.
    shown = file if path or not file.is_relative_to(Path.cwd()) else file.relative_to(Path.cwd())
    return Policy.of(section or {}, instead=instead, folder=shown.parent, where=str(shown))
