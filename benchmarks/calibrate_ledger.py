"""Measures the precision of every rule of the ledger on annotated figures and writes ``precision.tsv``.

    python -m benchmarks.calibrate_ledger [--misses FIELD RULE]

Measured on ``train/ledger`` and the tuning half of ``gold/ledger_dev``; the judging half is not looked at.
A rule has its share right drawn a little towards the field's, so that five right of five is no certainty.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.score_ledger import ROLES, _link, half_of, links_of, same_entity, same_phrase
from benchmarks.shared_data import pair, rows
from newsledger.document.layout import lay_out
from newsledger.document.published import from_text
from newsledger.stages import countries, dates, money, names, people
from newsledger.stages.ledger import authority
from newsledger.stages.ledger.context import Article
from newsledger.stages.ledger.drafts import Draft
from newsledger.stages.ledger.find import decide
from newsledger.stages.ledger.resolve import resolve
from newsledger.values.article import as_date

TABLE = Path(authority.__file__).parent / "lexicons" / "precision.tsv"
_PRIOR = 1
_WORD_PRIOR = 4
_FEWEST = 6

Outcome = tuple[str, str, bool, str]
"""Field, rule, whether it was right, and what it said."""


def annotated() -> Iterator[dict[str, Any]]:
    """The annotated articles to measure on."""
    yield from rows("train/ledger")
    yield from (a for a in rows("gold/ledger_dev") if half_of(a["article"]) == "tuning")


def read(article: dict[str, Any]) -> Article:
    """The mentions of an annotated article, by the other stages."""
    text = article["text"]
    layout = lay_out(text)
    published = as_date(article["published"])
    if published is None and (stated := from_text(text, layout)):
        published = as_date(stated[0])
    spans = names.find(text, layout=layout)
    places = countries.find(text, layout=layout, names=spans)
    return Article(
        text,
        layout,
        money.find(text, layout=layout, countries=places, published=published),
        dates.find(text, published=published, layout=layout, names=spans),
        spans,
        people.find(text, layout=layout, names=spans, countries=places),
        places,
    )


def outcomes(gold: dict[str, Any], article: Article) -> Iterator[tuple[dict[str, Any], Outcome]]:
    """Every answer of every rule, with the gold figure."""
    drafts, links = decide(article)
    spans = [(f.start_char, f.end_char) for f in article.figures]
    pairs = dict(pair([(f["start"], f["end"]) for f in gold["figures"]], spans))
    periods = {d["d"]: (d["start"], d["end"]) for d in gold["dates"]}
    for at, figure in enumerate(gold["figures"]):
        if at in pairs:
            for outcome in _of_figure(figure, article, drafts[pairs[at]], periods):
                yield figure, outcome
    names_of = {j: gold["figures"][i]["f"] for i, j in pairs.items()}
    figures = {f["f"]: f for f in gold["figures"]}
    wanted = links_of(gold)
    for link in links:
        if link.one in names_of and link.other in names_of:
            one = _link(names_of[link.one], names_of[link.other], link.link)
            yield (
                figures[one[0]],
                ("links", link.basis, one in wanted, f"{link.link} {figures[one[1]]['surface']}"),
            )


def _of_figure(
    figure: dict[str, Any], article: Article, draft: Draft, periods: dict[str, tuple[int, int]]
) -> Iterator[Outcome]:
    for field, answer, wanted in (
        ("class", draft.measure_class, figure["class"]),
        ("status", draft.status, figure["status"]),
    ):
        if answer is not None:
            yield field, answer.basis, answer.value == wanted, answer.value
    for field, answer in (("measure", draft.measure), ("purpose", draft.purpose)):
        if answer is not None:
            right = figure[field] is not None and same_phrase(figure[field], answer.value)
            yield field, answer.basis, right, answer.value
    if draft.period is not None:
        span = periods.get(figure["period"] or "")
        right = span is not None and draft.period.start < span[1] and span[0] < draft.period.end
        yield "period", draft.period.basis, right, draft.period.value
    source = [{**figure["source"], "role": "source", "country": None}] if figure["source"] else []
    for party in draft.parties:
        entity, rule = resolve(article, party)
        surface = article.text[party.start : party.end]
        right = any(
            same_entity(p, entity and entity.name, surface, entity and entity.country)
            for p in figure["parties"] + source
            if p["role"] == party.role
        )
        yield party.role, rule, right, f"{surface} ({entity and entity.name})"


def table(seen: dict[tuple[str, str], Counter[bool]]) -> Iterator[tuple[str, str, int, float]]:
    """The rows of the table: kinds of rules, then their words that are seen often."""
    kinds: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    fields: dict[str, Counter[bool]] = defaultdict(Counter)
    for (field, rule), counts in seen.items():
        kinds[field, rule.partition(":")[0]] += counts
        fields[field] += counts

    def share(counts: Counter[bool], usual: float, weight: float) -> float:
        return (counts[True] + weight * usual) / (counts.total() + weight)

    for field, kind in sorted(kinds):
        usual = share(fields[field], 0.5, 1)
        of_kind = share(kinds[field, kind], usual, _PRIOR)
        yield field, kind, kinds[field, kind].total(), of_kind
        for (f, rule), counts in sorted(seen.items()):
            if f == field and rule.startswith(f"{kind}:") and counts.total() >= _FEWEST:
                yield field, rule, counts.total(), share(counts, of_kind, _WORD_PRIOR)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--misses", nargs=2, metavar=("FIELD", "RULE"), help="show the wrong answers of a rule"
    )
    args = parser.parse_args()
    seen: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for gold in annotated():
        article = read(gold)
        for figure, (field, rule, right, said) in outcomes(gold, article):
            seen[field, rule][right] += 1
            if field in (*ROLES, "source"):
                seen["party", rule][right] += 1
            if args.misses and args.misses[0] == field and rule.startswith(args.misses[1]) and not right:
                start, end = figure["start"], figure["end"]
                text = gold["text"]
                around = (
                    text[max(0, start - 140) : start] + "[[" + text[start:end] + "]]" + text[end : end + 90]
                )
                wanted = figure.get("class" if field in (*ROLES, "links") else field)
                parties = [(p["role"], p["text"], p["name"]) for p in figure["parties"]]
                print(f"{rule} | {said} | gold {wanted} {parties}")
                print("   ", " ".join(around.split()))
    lines = ["field\trule\tfigures\tprecision"]
    for field, rule, n, share in table(seen):
        lines.append(f"{field}\t{rule}\t{n}\t{share:.3f}")
    if args.misses is None:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
