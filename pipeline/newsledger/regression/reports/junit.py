"""JUnit XML: one test case for each article and kind, failed by its regressions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from newsledger.normalizer.display import counted, safe_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.kinds import ALL_KINDS
from newsledger.regression.reports.text import case_text
from newsledger.regression.reports.view import CaseView, view
from newsledger.regression.verdict import Verdict

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(outcome: Verdict | CannotCompare) -> str:
    """The report as the XML that CI servers read.

    A failing verdict always has a failure: what is not about one case (a floor, the ratchet) is the test
    case ``verdict``. Regressions within the budget are no failures but stand in ``system-out``.
    """
    suites = ET.Element("testsuites", name="newsledger check")
    if isinstance(outcome, Verdict):
        _add_articles(suites, outcome)
    test = _test(ET.SubElement(suites, "testsuite", name="verdict"), "verdict", "verdict")
    if isinstance(outcome, CannotCompare):
        _fail(test, "error", outcome.why, str(outcome), str(outcome))
    elif not outcome.passed:
        _fail(test, "failure", "regression", outcome.reasons[0], "\n".join(outcome.reasons))
    for element in (*suites, suites):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            element.set(name, str(len(list(element.iter(tag)))))
        if element is not suites:
            element.set("skipped", "0")
            element.set("time", "0")
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _add_articles(suites: ET.Element, verdict: Verdict) -> None:
    wrong: dict[str, dict[str, list[CaseView]]] = {table: {} for table in ALL_KINDS}
    for case in verdict.comparison.cases:
        shown = wrong[case.table].setdefault(case.article_id, [])
        if case.status in ("regression", "absent"):
            shown.append(view(case, verdict.comparison))
    for table, articles in wrong.items():
        suite = ET.SubElement(suites, "testsuite", name=table) if articles else suites
        for name, failing in articles.items():
            test = _test(suite, table, name)
            text = "\n".join(str(case_text(one)) for one in failing)
            if failing and verdict.passed:
                ET.SubElement(test, "system-out").text = _plain(text)
            elif failing:
                message = f"{counted(len(failing), 'regression')}: {failing[0].message}"
                _fail(test, "failure", failing[0].case.codes[0], message, text)


def _test(suite: ET.Element, group: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=f"newsledger.{group}", name=_plain(name), time="0")


def _fail(test: ET.Element, kind: str, code: str, message: str, text: str) -> None:
    ET.SubElement(test, kind, message=_plain(message), type=code).text = _plain(text)


def _plain(text: str) -> str:
    """Text without what XML cannot hold or what would steer a terminal."""
    return _NO_XML.sub("\ufffd", safe_text(text))
