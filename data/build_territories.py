"""Writes ``territories.tsv`` from babel, pycountry and ``territory_additions.toml``.

Run ``python -m data.build_territories`` after editing the additions, which lie beside the table. Only this
script imports the two libraries; at run time the table alone is read. Facts: CLDR English names (babel),
ISO 3166-1 and 3166-3 (pycountry); the rest is our own.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from newsledger.lexicons.load import HERE
from newsledger.lexicons.territories import COLUMNS, TABLE

ADDITIONS = HERE / "territory_additions.toml"


def as_list(value: str | list[str] | None) -> list[str]:
    """One item, several or none, as a list.

    >>> as_list("Dutch"), as_list(None)
    (['Dutch'], [])
    """
    return [value] if isinstance(value, str) else list(value or ())


def in_order(name: str) -> str:
    """Put an inverted ISO name the way it is said.

    >>> in_order("Congo, The Democratic Republic of the")
    'Democratic Republic of the Congo'
    """
    inverted = re.fullmatch(r"(.+), (.+ (?:of|of the)|British|U\.S\.)", name)
    return re.sub(r"^[Tt]he ", "", f"{inverted[2]} {inverted[1]}" if inverted else name)


def spellings(name: str) -> list[str]:
    """A name with "and" and "&", "St." and "Saint", and without its bracket.

    >>> spellings("St. Kitts & Nevis")[2:5]
    ['St Kitts & Nevis', 'St Kitts and Nevis', 'Saint Kitts & Nevis']
    """
    name = re.sub(r"^the ", "", name.replace("’", "'"))
    stems = [name]
    if "St. " in name:
        stems = [name, name.replace("St. ", "St "), name.replace("St. ", "Saint ")]
    found = [s for stem in stems for s in (stem, stem.replace(" & ", " and "))]
    found += [s.replace("People's", other) for s in found for other in ("Peoples'", "Peoples")]
    return list(dict.fromkeys(found))


def plurals(adjectives: list[str]) -> list[str]:
    """Plural demonyms of adjectives in -an and -i.

    >>> plurals(["Iraqi", "German", "Dutch"])
    ['Iraqis', 'Germans']
    """
    return [a + "s" for a in adjectives if re.search(r"(?:an|[^e]i)\Z", a)]


def row(key: str, own: dict[str, Any], iso: Any, cldr: str | None) -> dict[str, str]:
    """One row of the table: what the libraries say of a territory with our additions."""
    names = [cldr] if cldr else []
    if iso is not None:
        official = getattr(iso, "official_name", "")
        names += [in_order(iso.name), getattr(iso, "common_name", ""), in_order(official)]
    names = [n for n in names if n and not re.search(r"\(| - |, ", n)]
    display = own.get("name") or (names[0] if names else key)
    drop = set(as_list(own.get("drop")))
    every = [s for n in [display, *names, *as_list(own.get("names"))] for s in spellings(n)]
    adjectives = as_list(own.get("adjectives"))
    people = plurals(adjectives) + as_list(own.get("people"))
    if man := own.get("man"):
        people += [man + end for end in ("man", "woman", "men", "women")]
    former = [s for n in as_list(own.get("former_names")) for s in spellings(n)]
    cells = {
        "key": key,
        "alpha2": own.get("alpha2") or (iso.alpha_2 if iso is not None else ""),
        "alpha3": key if len(key) == 3 else "",
        "name": display.replace(" & ", " and ").replace("’", "'"),
        "kind": own.get("kind", "state"),
        "parent": own.get("parent", ""),
        "names": [n for n in dict.fromkeys(every) if n not in drop and n not in former],
        "former_names": former,
        "adjectives": adjectives,
        "people": [p for p in dict.fromkeys(people) if p not in adjectives],
        **{column: as_list(own.get(column)) for column in ("claims", "abbr", "combining", "capital", "seat")},
    }
    return {k: v if isinstance(v, str) else "|".join(v) for k, v in cells.items()}


def table() -> list[dict[str, str]]:
    """All rows: ISO 3166-1 by alpha-3 code, then the additions' own keys in their order there."""
    import pycountry
    from babel import Locale

    own = tomllib.loads(ADDITIONS.read_text(encoding="utf-8"))
    cldr = Locale("en").territories
    iso = {c.alpha_3: c for c in pycountry.countries}
    keys = [*sorted(iso), *(k for k in own if k not in iso)]
    return [row(k, own.get(k, {}), iso.get(k), cldr.get(iso[k].alpha_2) if k in iso else None) for k in keys]


def text() -> str:
    """The table as it is checked in."""
    lines = ["\t".join(COLUMNS), *("\t".join(r[c] for c in COLUMNS) for r in table())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8", newline="\n")
