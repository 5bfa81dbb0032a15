"""Turns a row and the notes of its stage into reasons in words, with one function per table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsledger.lexicons import load
from newsledger.normalizer.display import amount
from newsledger.values.trace import Note

Row = Mapping[str, Any]
Reasons = Iterator[tuple[str, str | None]]
"""What is told and why; one without words is none."""

STAGES = {"figures": "money", "date_mentions": "dates", "country_mentions": "countries"}
STAGES |= dict.fromkeys(("person_mentions", "roles"), "people")
"""Table -> the stage that made its rows."""

_WORDS = load.toml(Path(__file__).with_name("words.toml"))
BOUNDS: dict[str, str] = _WORDS["bounds"]
QUALITY: dict[str, str] = _WORDS["quality"]
NO_PERSON: dict[str, str] = _WORDS["no_person"]
FORMS: dict[str, str] = _WORDS["forms"]
ROLE_BASES: dict[str, str] = _WORDS["role_bases"]

_BASE = "the base of a share or multiple"
_CANDIDATES_SHOWN = 12


def value(table: str, row: Row) -> str:
    """What was made of the mention, in one line.

    >>> value("country_mentions", {"name": "Japan", "iso_alpha3": "JPN", "candidates": None})
    'Japan (JPN)'
    """
    if table == "figures":
        return _figure_value(row)
    if table == "date_mentions":
        days = list(dict.fromkeys(str(day) for day in (row["start_date"], row["end_date"]) if day))
        timex = f"{row['timex_type']} {row['timex_value']}"
        return f"{timex}, {' to '.join(days)}" if days else f"{timex}, no calendar days"
    if table == "country_mentions":
        return f"{row['name']} ({row['iso_alpha3'] or 'code left open'})"
    role = _role(row) if table == "roles" else row["role"]
    return f"{row['name']}, {role}" if role else str(row["name"])


def _figure_value(row: Row) -> str:
    low, high = row["value_low"], row["value_high"]
    currency = row["currency"] or "of an open currency"
    if low is None and high is None:
        return f"an unknown amount, {currency}"
    if row["modifier"] == "range" and low is not None and high is not None:
        value = f"{amount(low)} to {amount(high)}"
    else:
        value = f"{BOUNDS[row['modifier']]} {amount(low if low is not None else high)}"
    unit = f" per {row['per_unit']}" if row["per_unit"] else ""
    return f"{value} {currency}{unit}"


def figures(row: Row, notes: Sequence[Note]) -> Reasons:
    """Reasons of a figure: rule, bound, currency, kind, quality."""
    yield "found by", f"rule {row['rule']!r}"
    bounds = [n.why for n in notes if n.topic == "bound"]
    meaning = BOUNDS[row["modifier"]]
    if row["modifier"] == "range":
        yield "bound", "both ends are written"
    elif row["modifier"] == "vague":
        yield "bound", "no number is written that could be trusted"
    elif bounds:
        quoted = " and ".join(f'"{words}"' for words in bounds)
        yield "bound", f"{quoted} makes it {row['modifier']} ({meaning})"
    elif row["modifier"] == "exact":
        yield "bound", "no word beside it bounds the amount"
    else:
        yield "bound", f"the amount itself says {row['modifier']} ({meaning})"
    settled = row["currency_basis"] == "correction"
    why = next((n.why for n in notes if n.topic == "currency" and not settled), "")
    chosen = f"{row['currency']} by {row['currency_basis']}" if row["currency"] else "left open"
    yield "currency", f"{chosen}: {why}" if why else chosen
    others = [c for c in (row["currency_candidates"] or "").split("|") if c != row["currency"]]
    more = len(others) - _CANDIDATES_SHOWN
    shown = ", ".join(others[:_CANDIDATES_SHOWN])
    yield "could be", f"{shown} and {more} more" if more > 0 else shown
    if row["kind"] != "level":
        rate = f"a rate per {row['per_unit']}" if row["per_unit"] else "a rate"
        yield "kind", {"rate": rate, "change": "a change, not a level"}.get(row["kind"], _BASE)
    yield "sign", row["sign"] and ("a rise or gain" if row["sign"] == "+" else "a fall or loss")
    for flag in filter(None, (row["quality"] or "").split("|")):
        yield "mind", f"{flag}: {QUALITY.get(flag, 'see the table of figures')}"
    yield from ((note.topic, note.why) for note in notes if note.stage == "ledger")


def dates(row: Row, notes: Sequence[Note]) -> Reasons:
    """Reasons of a temporal expression: rule, evidence, anchor, modifier."""
    yield "found by", f"rule {row['rule']!r}"
    yield "read as", row["basis"]
    day = row["published_date"]
    dated = f"publication, {day} ({row['published_basis']})"
    anchors = {
        "published": dated if day else "publication, whose day is not known",
        "previous": "a date named before it",
        "absolute": "none needed: the expression names its year itself",
    }
    yield "anchor", anchors.get(row["anchor"])
    words = [n.why for n in notes if n.topic == "modifier"]
    said = f'"{words[-1]}" makes it' if words else "the expression itself says"
    unit = "the days are those of the unit it names"
    yield "modifier", row["modifier"] and f"{said} {row['modifier']}; {unit}"
    yield "part", row["date_part"] and f"{row['date_part']}; the days are those of the whole unit"
    yield "could be", _either(row)


def countries(row: Row, notes: Sequence[Note]) -> Reasons:
    """Reasons of a country mention: form, evidence, longer name."""
    yield "found as", row["mention_type"]
    yield "code by", "the form itself" if row["basis"] == "form" else row["basis"]
    part = row["territory_code"]
    yield "part", part and f"{part} is counted under {row['iso_alpha3'] or 'no code'}"
    yield "mind", "it stands inside a longer name" if row["inside_name"] else None
    yield "could be", _either(row)


def people(row: Row, notes: Sequence[Note]) -> Reasons:
    """Reasons of a person mention: what was seen, who it is, the role."""
    yield "written", FORMS[row["form"]]
    yield "found by", (row["basis"] or "").replace("; ", ", ")
    yield "who", _who(row)
    yield "role", row["role"] and _role(row)
    yield "could be", _either(row)


def roles(row: Row, notes: Sequence[Note]) -> Reasons:
    """Reasons of a role: how the words that state it stand to the name, whose it is, and whose office."""
    yield "stands", ROLE_BASES.get(row["basis"]) or row["basis"]
    yield "who", _who(row)
    yield "of", row["role_org"]
    yield "country", row["role_country"]
    yield "status", row["role_status"]


def _either(row: Row) -> str:
    """What else the mention could mean."""
    return (row["candidates"] or "").replace("|", ", ")


def _role(row: Row) -> str:
    """A role in one line: what, of which organisation or country, whether still."""
    place = row["role_org"] or row["role_country"]
    of = f" of {place}" if place else ""
    return f"{row['role']}{of}" + (f" ({row['role_status']})" if row["role_status"] else "")


def _who(row: Row) -> str | None:
    if (person := row.get("person")) is None:
        return None
    times, articles = person["n_mentions"], person["n_articles"]
    text = f"{person['person_id']}, named {f'{times:,} times' if times > 1 else 'once'} in "
    text += f"{articles:,} articles" if articles > 1 else "one article"
    if person["aliases"]:
        text += f", also as {person['aliases'].replace('|', ', ')}"
    return text


def corrected(one: Row) -> str:
    """A row of ``corrections`` in one line.

    >>> said = {"action": "set", "field": "currency", "machine_value": "USD", "corrected_value": "CAD"}
    >>> corrected({**said, "reason": "a Toronto paper", "author": None, "made_on": "2024-05-01"})
    'currency: the program says USD, it is CAD: a Toronto paper (2024-05-01)'
    """
    by = ", ".join(filter(None, (one["author"], str(one["made_on"]))))
    machine, now = one["machine_value"] or "nothing", one["corrected_value"] or "nothing"
    said = {
        "set": f"{one['field']}: the program says {machine}, it is {now}",
        "same_person": f"the same person as {now}",
        "not_same_person": f"not {now}",
        "confirm": "confirmed",
        "drop": "taken out",
        "add": "put in",
    }[one["action"]]
    return f"{said}: {one['reason']} ({by})"


REASONS: dict[str, Callable[[Row, Sequence[Note]], Reasons]] = {
    "figures": figures,
    "date_mentions": dates,
    "country_mentions": countries,
    "person_mentions": people,
    "roles": roles,
}
