"""Measures the precision of the rules of classes, measures and links and writes ``precision.tsv``.

    python -m benchmarks.calibrate_ledger [--misses FIELD RULE]

Measured on ``train/ledger``, the annotations of the mention model and the tuning half of ``gold/ledger_dev``;
the judging half is not looked at.
A rule has its share right drawn a little towards the field's, so that five right of five is no certainty.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.score_ledger import _link, half_of, links_of, same_phrase
from benchmarks.shared_data import pair, root, rows
from models.recipe.mentions.annotations import join, lines_of
from newsledger.document.layout import lay_out
from newsledger.document.published import from_text
from newsledger.stages import countries, dates, money, names, people
from newsledger.stages.ledger.clause import Draft, draft_of
from newsledger.stages.ledger.context import Article, contexts
from newsledger.stages.ledger.find import decide
from newsledger.stages.ledger.lexicon import FOLDER
from newsledger.values.article import as_date

ANNOTATIONS = Path(__file__).parents[1] / "models" / "ledger" / "annotations" / "figures.jsonl"
TABLE = FOLDER / "precision.tsv"
_PRIOR = 1
_WORD_PRIOR = 4
_FEWEST, _FEWEST_OF_KIND = 6, 4

Outcome = tuple[str, str, bool, str]
"""Field, rule, whether it was right, and what it said."""


def annotated() -> Iterator[dict[str, Any]]:
    """The annotated articles to measure on."""
    yield from rows("train/ledger")
    yield from (a for a in rows("gold/ledger_dev") if half_of(a["article"]) == "tuning")
    yield from map(quoted, join(lines_of(ANNOTATIONS), (root() or Path()) / "articles"))


def quoted(article: dict[str, Any]) -> dict[str, Any]:
    """Annotations that keep offsets in the shape of those that keep words."""
    text = article["text"]

    def words(place: list[int] | None) -> str | None:
        return text[slice(*place)] if place else None

    def party(one: dict[str, Any]) -> dict[str, Any]:
        return {**one, "text": words(one.get("words")) or "", "name": words(one.get("name"))}

    names = {f["start"]: f"F{n}" for n, f in enumerate(article["figures"], start=1)}
    dates = {start: f"D{n}" for n, (start, _) in enumerate(article["dates"], start=1)}
    figures = [
        {
            **{"class": None, "status": None, "flags": []},
            **figure,
            "f": names[figure["start"]],
            "surface": text[figure["start"] : figure["end"]],
            "measure": words(figure.get("measure")),
            "purpose": words(figure.get("purpose")),
            "period": dates.get((figure.get("period") or [None])[0]),
            "parties": [party(one) for one in figure.get("parties", [])],
            "source": party(figure["source"]) if figure.get("source") else None,
            "links": [{**link, "to": names.get(link["to"])} for link in figure.get("links", [])],
        }
        for figure in article["figures"]
    ]
    marked = [{"d": dates[start], "start": start, "end": end} for start, end in article["dates"]]
    return {**article, "figures": figures, "dates": marked}


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
        article.get("title"),
    )


def outcomes(gold: dict[str, Any], article: Article) -> Iterator[tuple[dict[str, Any], Outcome]]:
    """Every answer of every rule, with the gold figure."""
    drafts = {c.index: draft_of(c) for c in contexts(article) if c is not None}
    _, links = decide(article)
    spans = [(f.start_char, f.end_char) for f in article.figures]
    pairs = dict(pair([(f["start"], f["end"]) for f in gold["figures"]], spans))
    for at, figure in enumerate(gold["figures"]):
        if pairs.get(at) in drafts:
            yield from ((figure, outcome) for outcome in _of_figure(figure, drafts[pairs[at]]))
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


def _of_figure(figure: dict[str, Any], draft: Draft) -> Iterator[Outcome]:
    for field, answer in draft.answers.items():
        wanted = figure[field]
        same = wanted == answer.value if field == "class" else wanted and same_phrase(wanted, answer.value)
        yield field, answer.basis, bool(same), answer.value


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
        if kinds[field, kind].total() < _FEWEST_OF_KIND:
            continue
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
            if args.misses and args.misses[0] == field and rule.startswith(args.misses[1]) and not right:
                start, end = figure["start"], figure["end"]
                text = gold["text"]
                around = (
                    text[max(0, start - 140) : start] + "[[" + text[start:end] + "]]" + text[end : end + 90]
                )
                print(f"{rule} | {said} | gold {figure.get('class' if field == 'links' else field)}")
                print("   ", " ".join(around.split()))
    lines = ["field\trule\tfigures\tprecision"]
    for field, rule, n, share in table(seen):
        lines.append(f"{field}\t{rule}\t{n}\t{share:.3f}")
    if args.misses is None:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
