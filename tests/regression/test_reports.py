"""The reports: each says what failed, holds its form, and lets no text of an article break out of it."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from newsledger.cli.printing import print_parts
from newsledger.regression import gate
from newsledger.regression.errors import CannotCompare
from newsledger.regression.kinds import ALL_KINDS, KINDS
from newsledger.regression.policy import Policy
from newsledger.regression.reports import FORMATS, github, html, junit, report, sarif, text
from newsledger.regression.reports import json as json_report
from newsledger.regression.verdict import Verdict
from newsledger.values.extraction import Extraction
from tests.regression import sample

EVIL = {
    "<b>&'\"x|y.txt": (
        "By <script>alert(1)</script> & ]]> \x1b[31m --> Ana Lopez\n\n"
        "%0A::error::pwned | `code` ::warning:: Kenya paid $5 to *Japan* on 2024-03-05 \u202e<img src=x>\n"
    )
}


def failing(texts: dict[str, str] | None = None) -> Verdict:
    texts = texts or dict(sample.TEXTS)
    name = next(iter(texts))

    def plant(found: Extraction) -> Extraction:
        for one in (
            sample.changing("money", currency="CAD", only=name),
            sample.dropping("dates", only=name),
            sample.adding("people", "Japan", only=name),
        ):
            found = one(found)
        return found

    return gate.judge_run(sample.gold(texts), sample.run(texts, plant=plant))


def passing() -> Verdict:
    return gate.judge_run(sample.gold(), sample.run())


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_of_every_case(form: str) -> None:
    rendered = report(form).render(failing())
    for words in ("wrong currency", "missed", "spurious"):
        assert words in rendered or words.replace(" ", "_") in rendered
    assert "CAD" in rendered
    assert "loan.txt" in rendered
    assert report(form).render(passing()) != rendered


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_verdict_gives_the_same_report(form: str) -> None:
    assert report(form).render(failing()) == report(form).render(failing())


def test_no_other_form() -> None:
    with pytest.raises(ValueError, match="no report format 'pdf'"):
        report("pdf")


def test_text() -> None:
    rendered = text.render(failing())
    assert "✗ loan.txt:3:63  figure  wrong currency" in rendered
    assert "    Kenya and Japan agreed on 2024-03-05 that Kenya gets at least [$12 million]." in rendered
    assert re.search(r"currency +USD  →  CAD", rendered)
    assert re.search(r"figures +5 +5 +0 +0 +1 +0 +1 +1\.0000 +0\.8000 +0\.8000", rendered)
    assert rendered.rstrip().endswith("FAILED: 3 regressions")
    rendered = text.render(passing())
    assert "✗" not in rendered
    assert rendered.rstrip().endswith(f"OK: {sample.gold().n_rows} rows of gold")


def test_text_shows_the_rest_on_demand() -> None:
    verdict = gate.judge_run(
        sample.gold(),
        sample.run(plant=sample.changing("money", sign="-")),
        policy=Policy.of({"ignore": ["figures.sign"]}),
    )
    assert "wrong sign" not in text.render(verdict)
    assert "wrong sign  [ignored]" in text.render(verdict, everything=True)


def test_text_names_absent_articles_once() -> None:
    verdict = gate.judge_run(sample.gold(), sample.run({"loan.txt": sample.TEXTS["loan.txt"]}))
    rendered = text.render(verdict)
    assert rendered.count("wires/port.txt") == 1
    assert "wires/port.txt  not in the source: 9 rows missed" in rendered


def test_nothing_steers_the_terminal() -> None:
    stream = io.StringIO()
    print_parts(text.verdict_parts(failing(EVIL)), stream)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", stream.getvalue())


def test_json() -> None:
    report = json.loads(json_report.render(failing()))
    assert (report["verdict"], report["exit_code"], report["reasons"]) == ("regression", 1, ["3 regressions"])
    assert report["schema_version"] == 2
    case = next(case for case in report["cases"] if "wrong_currency" in case["codes"])
    assert case == {
        "case_id": "loan.txt#money:00000076-00000087",
        "article_id": "loan.txt",
        "table": "figures",
        "status": "regression",
        "outcome": "wrong",
        "codes": ["wrong_currency"],
        "known": [],
        "surface": "$12 million",
        "start_char": 76,
        "end_char": 87,
        "anchor": "found",
        "by_hand": False,
        "file": "loan.txt",
        "line": 3,
        "column": 63,
        "sentence": "Kenya and Japan agreed on 2024-03-05 that Kenya gets at least $12 million.",
        "changes": [{"field": "currency", "code": "wrong_currency", "gold": "USD", "found": "CAD"}],
        "gold": {"value_low": "12000000", "currency": "USD", "modifier": "ge", "kind": "level"},
        "found": {"value_low": "12000000", "currency": "CAD", "modifier": "ge", "kind": "level"},
        "notes": ["run decided by stand-in, symbol"],
    }
    assert report["measures"]["figures"]["value"] == {"right": 4, "precision": 0.8, "recall": 0.8, "f1": 0.8}
    assert set(report["measures"]) == set(KINDS) - {"ledger"}  # the sample has none
    assert json.loads(json_report.render(passing()))["cases"] == []


def test_junit_has_the_structure_ci_servers_read() -> None:
    for verdict in (failing(), passing(), failing(EVIL)):
        root = ET.fromstring(junit.render(verdict))
        assert root.tag == "testsuites"
        totals = {"tests": 0, "failures": 0, "errors": 0}
        for suite in root:
            assert suite.tag == "testsuite"
            cases = list(suite)
            assert {case.tag for case in cases} == {"testcase"}
            assert all(case.get("name") and case.get("classname") for case in cases)
            assert {child.tag for case in cases for child in case} <= {"failure", "error", "system-out"}
            assert int(suite.get("tests", "")) == len(cases)
            assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
            assert int(suite.get("errors", "")) == len(suite.findall("testcase/error")) == 0
            for name in totals:
                totals[name] += int(suite.get(name, ""))
        assert {name: int(root.get(name, "")) for name in totals} == totals
        assert (totals["failures"] > 0) is not verdict.passed
    names = [s.get("name") for s in ET.fromstring(junit.render(passing()))]
    assert names == [*(table for table in ALL_KINDS if table != "ledger"), "verdict"]


def test_junit_failures_within_the_budget_do_not_fail() -> None:
    verdict = gate.judge_run(
        sample.gold(),
        sample.run(plant=sample.changing("money", currency="CAD")),
        policy=Policy.of({"budget": 1}),
    )
    root = ET.fromstring(junit.render(verdict))
    assert root.get("failures") == "0"
    assert "wrong currency" in "".join(out.text or "" for out in root.iter("system-out"))


def test_github_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    lines = github.render(failing()).splitlines()
    assert len(lines) == 4
    assert all(line.startswith("::error ") or line.startswith("::error::") for line in lines)
    assert lines[2].startswith(
        "::error file=loan.txt,title=newsledger%3A wrong currency,line=3,col=63,endColumn=74::"
    )
    assert lines[-1] == "::error::newsledger check: 3 regressions"
    assert github.render(passing()) == ""


def test_no_text_makes_a_workflow_command() -> None:
    lines = github.render(failing(EVIL)).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert re.fullmatch(r"::error( [^:]*)?::(?!.*[\r\n]).*", line)
        assert "\x1b" not in line


def test_github_summary_is_text_and_nothing_else() -> None:
    rendered = github.summary(failing(EVIL))
    assert rendered.startswith("## ❌")
    rows = [line for line in rendered.splitlines() if line.startswith("| ") and "where" not in line]
    assert all(len(re.findall(r"(?<!\\)\|", row)) in (6, 7) for row in rows)
    assert not re.search(r"(?<!\\)<", rendered)
    assert github.summary(passing()).startswith("## ✅")


def test_github_summary_keeps_words_apart_and_names_absent_articles_once() -> None:
    rendered = github.summary(gate.judge_run(sample.gold(), sample.run(plant=sample.dropping("money"))))
    assert r"gets at least **\$12 million**. |" in rendered
    texts = {"loan.txt": sample.TEXTS["loan.txt"]}
    rendered = github.summary(gate.judge_run(sample.gold(), sample.run(texts)))
    assert rendered.count("port.txt") == 1
    assert "- wires/port.txt: not in the source" in rendered


def test_sarif_has_the_structure_of_2_1_0() -> None:
    for verdict in (failing(), failing(EVIL), passing()):
        log = json.loads(sarif.render(verdict))
        assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for part in ("shortDescription", "fullDescription", "help"):  # code hosts want all three
            assert all(rule[part]["text"] for rule in rules)
        assert run["invocations"][0]["exitCode"] == verdict.exit_code
        assert len(run["results"]) == len(verdict.regressions)
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert result["baselineState"] in ("new", "unchanged", "updated", "absent")
            assert result["message"]["text"]
            (location,) = result["locations"]
            place = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
            region = place["region"]
            assert 1 <= region["startLine"] <= region["endLine"]
            assert region["startColumn"] >= 1


def test_sarif_has_a_line_where_none_is_known() -> None:
    """A record of a file of many, or an article that is gone: code hosts refuse a result without a line."""
    texts = {"news.jsonl": sample.TEXTS["loan.txt"], "port.txt": sample.TEXTS["wires/port.txt"]}
    plant = sample.dropping("money", only="news.jsonl")
    verdict = gate.judge_run(sample.gold(texts), sample.run({"news.jsonl": texts["news.jsonl"]}, plant=plant))
    results = json.loads(sarif.render(verdict))["runs"][0]["results"]
    assert len(results) > 2
    for result in results:
        assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1}


def test_paths_begin_at_the_top_of_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=desk/loan.txt," in github.render(failing())
    assert '"uri": "desk/loan.txt"' in sarif.render(failing())
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert "file=loan.txt," in github.render(failing())


def test_sarif_fingerprints_survive_a_move() -> None:
    def prints(texts: dict[str, str]) -> set[str]:
        log = json.loads(sarif.render(gate.judge_run(sample.gold(), sample.run(texts, plant=wrong))))
        return {r["partialFingerprints"]["newsledger/v1"] for r in log["runs"][0]["results"]}

    wrong = sample.changing("money", currency="CAD")
    now = sample.edited("loan.txt", ("By Ana", "An opening line.\n\nBy Ana"))
    assert prints(dict(sample.TEXTS)) == prints(now)


class _Page(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(verdict: Verdict) -> _Page:
    page = _Page()
    page.feed(html.render(verdict))
    return page


TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "p",
    "ul",
    "li",
    "table",
    "tr",
    "th",
    "td",
}
TAGS |= {"div", "section", "blockquote", "mark", "del", "ins", "details", "summary", "pre"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "title"}


def test_html_is_one_page_that_loads_nothing() -> None:
    for verdict in (failing(), passing(), failing(EVIL)):
        page = page_of(verdict)
        assert page.tags <= TAGS
        assert page.attributes <= ATTRIBUTES
        assert "default-src 'none'" in html.render(verdict)
    rendered = html.render(failing(EVIL))
    assert "<script" not in rendered
    assert "<img" not in rendered
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rendered


def test_html_marks_the_whole_article() -> None:
    page = page_of(failing())
    assert sample.TEXTS["loan.txt"] in page.text
    assert sample.TEXTS["wires/port.txt"] not in page.text
    assert '<mark class="wrong" title="wrong currency">$12 million</mark>' in html.render(failing())


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "text"])
def test_every_form_tells_why_nothing_could_be_compared(form: str) -> None:
    module: Any = {"json": json_report, "junit": junit, "github": github, "sarif": sarif, "html": html}[form]
    rendered = module.render(CannotCompare("no_gold", "gold/<x>: there is no gold\x1b"))
    assert "there is no gold" in rendered
    assert "no_gold" in rendered
    assert "<x>" not in rendered or form in ("json", "github", "sarif")
    if form == "junit":
        assert ET.fromstring(rendered).get("errors") == "1"
    if form == "sarif":
        assert json.loads(rendered)["runs"][0]["invocations"][0]["exitCode"] == 2
    if form == "json":
        assert json.loads(rendered)["exit_code"] == 2


def test_a_fixed_fault_is_told() -> None:
    gold = sample.gold()
    article = gold.articles["loan.txt"]
    rows = tuple(
        replace(row, known=("wrong_sign",)) if row.table == "figures" else row for row in article.rows
    )
    gold = replace(gold, articles={**gold.articles, "loan.txt": replace(article, rows=rows)})
    verdict = gate.judge_run(gold, sample.run())
    assert "2 known faults no longer there" in text.render(verdict)
    assert github.render(verdict).count("::notice") == 2
    assert all(
        r["baselineState"] == "absent" for r in json.loads(sarif.render(verdict))["runs"][0]["results"]
    )
