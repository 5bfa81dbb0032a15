"""SARIF 2.1.0, the exchange format of static analysis, which code hosts and editors show inline."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from newsledger.normalizer.display import json_text, safe_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import text_hash
from newsledger.regression.kinds import ALL_KINDS, MISSED, MOVED_SPAN, SPURIOUS
from newsledger.regression.reports.view import REPORTED, CaseView, in_workspace, views
from newsledger.regression.verdict import CANNOT_COMPARE, Verdict
from newsledger.values.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HELP = (
    "If the change is right, take it into the gold: newsledger accept GOLD --reason TEXT. If the gold is "
    "wrong, correct its row by hand."
)
_STATUS = {
    "regression": ("error", "new"),
    "absent": ("error", "new"),
    "known": ("note", "unchanged"),
    "fixed": ("none", "absent"),
    "ignored": ("note", "updated"),
}
"""Status -> level and baseline state."""


def render(outcome: Verdict | CannotCompare) -> str:
    """The report; regressions are ``error`` (``warning`` within the budget), known faults ``note``."""
    if isinstance(outcome, CannotCompare):
        results, code = [], CANNOT_COMPARE
        errors = [f"cannot compare [{outcome.why}]: {outcome}"]
    else:
        results = [_result(one, outcome.passed) for one in views(outcome, *REPORTED)]
        code, errors = outcome.exit_code, list(outcome.reasons)
    driver = {"name": "newsledger check", "version": __version__, "semanticVersion": __version__}
    notes = [{"level": "error", "message": {"text": safe_text(error)}} for error in errors]
    done = {"executionSuccessful": code != CANNOT_COMPARE, "exitCode": code}
    run = {
        "tool": {"driver": {**driver, "rules": _RULES}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "invocations": [{**done, "toolExecutionNotifications": notes}],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rules() -> list[dict[str, Any]]:
    columns: dict[str, dict[str, None]] = {}
    for kind in ALL_KINDS.values():
        for field in kind.fields:
            columns.setdefault(field.code, {}).update(dict.fromkeys(field.columns))
    texts = {
        MISSED: "A row of the gold was not found.",
        SPURIOUS: "A row was found that the gold does not have.",
        MOVED_SPAN: "A row was found with other offsets.",
    }
    texts |= {code: f"A row was found with another {' or '.join(names)}." for code, names in columns.items()}
    return [
        {
            "id": code,
            "name": "".join(part.capitalize() for part in code.split("_")),
            "shortDescription": {"text": text},
            "fullDescription": {"text": text},
            "help": {"text": _HELP},
            "defaultConfiguration": {"level": "error"},
        }
        for code, text in texts.items()
    ]


_RULES = _rules()
_RULE_INDEX = {rule["id"]: at for at, rule in enumerate(_RULES)}


def _result(one: CaseView, passed: bool) -> dict[str, Any]:
    code = (one.case.codes or one.case.known)[0]
    level, state = _STATUS[one.case.status]
    level = "warning" if one.case.status == "regression" and passed else level
    return {
        "ruleId": code,
        "ruleIndex": _RULE_INDEX[code],
        "level": level,
        "kind": "pass" if level == "none" else "fail",
        "baselineState": state,
        "message": {"text": safe_text(f"{one.message}\n{one.sentence}".strip())},
        "locations": [{"physicalLocation": _location(one)}],
        "partialFingerprints": {"newsledger/v1": _fingerprint(one)},
        "properties": {
            "case_id": safe_text(one.case.case_id),
            "table": one.case.table,
            "codes": list(one.case.codes),
            "gold": safe_text(one.old),
            "found": safe_text(one.new),
        },
    }


def _location(one: CaseView) -> dict[str, Any]:
    # Where the line is not known (a record of a file of many) it is the first: code hosts refuse none.
    region: dict[str, Any] = {"startLine": one.line or 1, "startColumn": one.column or 1}
    if one.line is not None:
        region |= {"endLine": one.end_line, "endColumn": one.end_column}
        region["snippet"] = {"text": safe_text(one.mention)}
    return {"artifactLocation": {"uri": quote(in_workspace(one.path))}, "region": region}


def _fingerprint(one: CaseView) -> str:
    """What stays the same when the text around a case moves."""
    parts = [one.case.article_id, one.case.table, *one.case.codes, one.case.surface, one.old, one.new]
    return text_hash(*parts)[:32]
