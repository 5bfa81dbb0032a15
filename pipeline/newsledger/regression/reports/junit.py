"""JUnit XML: one test case for each article and kind, failed by its regressions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from newsledger.regression.errors import CannotCompare
from newsledger.regression.kinds import ALL_KINDS
from newsledger.regression.reports.text import case_text
from newsledger.regression.reports.view import CaseView, articles_absent, views
from newsledger.regression.verdict import Verdict

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(verdict: Verdict) -> str:
    """The report as the XML that CI servers read.

    A failing verdict always has a failure: what is not about one case (a floor, the ratchet) is the test
    case ``verdict``. Regressions within the budget are no failures but stand in ``system-out``.
    """
    failing: dict[tuple[str, str], list[CaseView]] = {}
    for one in views(verdict, "regression"):
        failing.setdefault((one.case.article_id, one.case.table), []).append(one)
    suites = ET.Element("testsuites", name="newsledger check")
    for table in ALL_KINDS:
        names = _article_ids(verdict, table)
        if not names:
            continue
        suite = ET.SubElement(suites, "testsuite", name=table)
        for name in names:
            test = ET.SubElement(
                suite, "testcase", classname=f"newsledger.{table}", name=_plain(name), time="0"
            )
            if wrong := failing.get((name, table)):
                told = "\n".join(str(case_text(one)) for one in wrong)
                if verdict.passed:
                    ET.SubElement(test, "system-out").text = _plain(told)
                    continue
                message = f"{len(wrong)} regression{'' if len(wrong) == 1 else 's'}: {wrong[0].message}"
                failure = ET.SubElement(test, "failure", message=_plain(message), type=wrong[0].case.codes[0])
                failure.text = _plain(told)
        _count(suite)
    suite = ET.SubElement(suites, "testsuite", name="verdict")
    test = ET.SubElement(suite, "testcase", classname="newsledger.verdict", name="verdict", time="0")
    if not verdict.passed:
        failure = ET.SubElement(test, "failure", message=_plain(verdict.reasons[0]), type="regression")
        failure.text = _plain("\n".join(verdict.reasons))
    _count(suite)
    return _whole(suites)


def cannot_compare(problem: CannotCompare) -> str:
    """What is said where nothing could be compared: one error."""
    suites = ET.Element("testsuites", name="newsledger check")
    suite = ET.SubElement(suites, "testsuite", name="verdict")
    test = ET.SubElement(suite, "testcase", classname="newsledger.verdict", name="verdict", time="0")
    error = ET.SubElement(test, "error", message=_plain(str(problem)), type=problem.why)
    error.text = _plain(str(problem))
    _count(suite)
    return _whole(suites)


def _article_ids(verdict: Verdict, table: str) -> list[str]:
    absent = {name for name, _, _ in articles_absent(verdict)}
    seen = {case.article_id for case in verdict.comparison.cases if case.table == table}
    return [
        one.gold.article_id
        for one in verdict.comparison.articles
        if one.gold.article_id in seen or (one.gold.article_id in absent and one.gold.article_id in seen)
    ]


def _count(suite: ET.Element) -> None:
    tests = list(suite)
    suite.set("tests", str(len(tests)))
    suite.set("failures", str(sum(test.find("failure") is not None for test in tests)))
    suite.set("errors", str(sum(test.find("error") is not None for test in tests)))
    suite.set("skipped", "0")
    suite.set("time", "0")


def _whole(suites: ET.Element) -> str:
    for name in ("tests", "failures", "errors"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
