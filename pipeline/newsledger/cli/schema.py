"""The command ``newsledger schema``."""

from __future__ import annotations

from newsledger.cli.printing import print_json


def command() -> None:
    """Print the tables as Frictionless Table Schema (JSON)."""
    from newsledger.normalizer.datapackage import describe_tables

    print_json(describe_tables())
