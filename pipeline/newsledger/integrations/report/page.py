"""Builds the report from template, style, script and data, in one file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.integrations.report.data import report_data
from newsledger.normalizer.run_record import write_whole

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet

SCRIPT = ("data", "filters", "charts", "ledger", "roles", "figures", "article", "page")
"""The parts of the script, in order."""


def report_html(tables: TableSet, *, title: str = "Figures in the news", texts: bool = True) -> str:
    """A run as one HTML page. Without ``texts`` the articles themselves are left out of it.

    The same tables give the same page. It runs its own script only, and loads nothing: its content security
    policy allows the one script by its hash.
    """
    body = "\n".join(_asset(f"script/{name}.js") for name in SCRIPT)
    script = f'"use strict";\n(() => {{\n{body}}})();\n'  # with names of its own
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    parts = {
        "@TITLE@": escape(title),
        "@POLICY@": f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'",
        "@STYLE@": _asset("page.css"),
        "@DATA@": as_script(report_data(tables, texts=texts)),
        "@SCRIPT@": script,
    }
    # All marks are replaced in one pass over the template: an article may hold the same letters.
    return re.sub("|".join(parts), lambda mark: parts[mark[0]], _asset("page.html"))


def write_report(
    tables: TableSet, path: str | PathLike[str], *, title: str = "Figures in the news", texts: bool = True
) -> Path:
    """Write the page; the file appears whole or not at all. A link stays a link, a device a device.

    Raises ``ValueError`` if ``path`` is a file but not a report, such as a table of the run.
    """
    path = Path(path)
    if path.is_file() and path.stat().st_size and not _is_page(path):
        raise ValueError(f"{path} exists and is not an HTML page; it is not replaced")
    return write_whole(path, report_html(tables, title=title, texts=texts))


def _is_page(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(200).lstrip().lower().startswith((b"<!doctype html", b"<html"))


def as_script(value: Any) -> str:
    r"""A value as JSON that may stand inside a script element: nothing in it can end the element.

    >>> as_script(["</script>"])
    '["\\u003c/script>"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
