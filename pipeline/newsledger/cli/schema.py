"""The command ``newsledger schema``."""

from __future__ import annotations

import typer


def command() -> None:
    """Print the tables as Frictionless Table Schema (JSON)."""
    from newsledger.normalizer.datapackage import describe_tables
    from newsledger.normalizer.display import json_text

    typer.echo(json_text(describe_tables()))
