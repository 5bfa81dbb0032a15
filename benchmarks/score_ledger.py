"""Scores the ledger against annotated figures, field by field, after the "Scoring" of the guide.

    python -m benchmarks.score_ledger [--data gold/ledger_dev|train/ledger] [--half all|tuning|judging]
                                      [--sources] [--misses FIELD]

Gold figures pair with ours by overlap. ``all`` is the share of figures whose field is right, null where gold
is null included; ``filled`` the precision of what is not null, with its number; F1 counts filled values only.
The articles of ``ledger_dev`` fall into two halves by a hash of their name: thresholds and rules are set on
the tuning half (misses are shown of that half only), and the judging half is scored, never read.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.shared_data import f1, pair, rows
from newsledger.extraction import extract_article
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.ledger import LedgerEntry

ROLES = ("payer", "recipient", "holder", "channel")
TEXTS = ("measure", "purpose")
FIELDS = ("class", "status", "comparison", "countable", *TEXTS, "period", *ROLES, "source")
_EITHER_WAY = ("same_as", "repeats")
_NOT_COUNTED = ("part_of", "same_as", "repeats", "change_of")

Gold = dict[str, Any]


def half_of(article: str) -> str:
    """The half of an article, by its name: about as many articles in each.

    >>> half_of("dev-00"), half_of("dev-03")
    ('tuning', 'judging')
    """
    odd = int(hashlib.sha256(article.encode()).hexdigest(), 16) % 2
    return "judging" if odd else "tuning"


_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_ENDS_PHRASE = re.compile(r"\s(?:of|for|to|in|on|from|at|by|over|with|that|which)\s", re.IGNORECASE)
_EMPTY = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "and",
        "of",
        "s",
        "inc",
        "corp",
        "ltd",
        "plc",
        "co",
    }
    | {"company", "companies", "group", "government", "govt", "state", "federal", "president", "prime"}
    | {"minister", "mr", "mrs", "ms", "dr", "sen", "senator", "rep", "congressman"}
)


def words(text: str) -> list[str]:
    """The words of a phrase in small letters, possessives and plurals aside.

    >>> words("Japan's pre-tax profits")
    ['japan', 'pre-tax', 'profit']
    """
    found = (re.sub(r"['’]s?\Z", "", word) for word in _WORD.findall(text.lower()))
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found]


def head(phrase: str) -> str:
    """The head of a noun phrase: its last word before a preposition.

    >>> head("the reconstruction costs of the port")
    'cost'
    """
    found = words(_ENDS_PHRASE.split(phrase, maxsplit=1)[0]) or words(phrase)
    return found[-1] if found else ""


def same_phrase(one: str, other: str) -> bool:
    """Whether the heads of two phrases overlap."""
    return head(one) in words(other) or head(other) in words(one)


def same_entity(gold: Gold, name: str | None, surface: str, country: str | None) -> bool:
    """Whether a party of gold and one of ours are the same: by country, name, else text."""
    if gold.get("country") and country:
        return bool(gold["country"] == country)
    said = [
        [w for w in words(text) if w not in ("the", "a", "an")]
        for text in (surface, gold["text"], name or "")
    ]
    if said[0] == said[1] and (name is None or said[2] == said[0]):
        return True
    one, other = set(words(gold["name"] or gold["text"])), set(words(name or surface))
    first, second = one - _EMPTY or one, other - _EMPTY or other
    return bool(first) and (first <= second or second <= first)


class Scores:
    """What is right, by field: figures, right ones, gold values, values of ours, right values of ours."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()

    def add(self, field: str, gold: Any, found: Any, hits: int) -> bool:
        """Count a figure: how many values gold and we have, how many of ours are right."""
        self.n[field] += 1
        self.gold[field] += gold
        self.found[field] += found
        self.hits[field] += hits
        whole = hits == gold == found
        self.right[field] += whole
        return whole

    def line(self, field: str) -> str:
        """The scores of a field in one line."""
        hits, found, gold = self.hits[field], self.found[field], self.gold[field]
        whole = f"all {self.right[field] / self.n[field]:.3f}" if self.n[field] else " " * 9
        filled = f"filled {hits / found:.3f} of {found:4d}" if found else "filled     - of    0"
        return f"  {field:11} {whole}  {filled}  gold {gold:4d}  F1 {f1(hits, gold, found):.3f}"


def is_countable(figure: Gold) -> bool:
    """Whether gold lets a sum hold the figure; a figure without value is ours to tell."""
    return not (
        figure["class"] in ("price", "threshold", None)
        or figure["status"] == "cancelled"
        or figure["comparison"] != "current"
        or {"not_money", "denied"} & set(figure["flags"])
        or any(link["link"] in _NOT_COUNTED for link in figure["links"])
    )


def links_of(article: Gold) -> set[tuple[Any, ...]]:
    """The links of gold as (from, to, link), those without direction sorted."""
    return {
        _link(f["f"], link["to"], link["link"])
        for f in article["figures"]
        for link in f["links"]
        if link["to"]
    }


def _link(one: str, other: str, link: str) -> tuple[str, str, str]:
    if link in _EITHER_WAY:
        one, other = sorted((one, other))
    return one, other, link


def compare(
    article: Gold, extraction: Extraction, scores: Scores, tell: Callable[[str, Gold, Any], None]
) -> None:
    """Count every field of the figures of an article; ``tell`` is called with what is not right."""
    gold, entries = article["figures"], extraction.ledger
    pairs = dict(pair([(f["start"], f["end"]) for f in gold], [(e.start_char, e.end_char) for e in entries]))
    dates = {d["d"]: (d["start"], d["end"]) for d in article["dates"]}
    for at, figure in enumerate(gold):
        entry = entries[pairs[at]] if at in pairs else None
        value = extraction.money[pairs[at]] if at in pairs else None
        vague = value is not None and value.value_low is None and value.value_high is None
        for field, wanted, found, hits in _fields(figure, entry, dates, vague=vague):
            if not scores.add(field, wanted, found, hits):
                tell(field, figure, entry)
    names = {(entries[j].start_char, entries[j].end_char): gold[i]["f"] for i, j in pairs.items()}
    ours = {
        _link(names[e.start_char, e.end_char], names[link.to_start_char, link.to_end_char], link.link)
        for e in entries
        for link in e.links
        if (e.start_char, e.end_char) in names and (link.to_start_char, link.to_end_char) in names
    }
    wanted_links = links_of(article)
    for kind in sorted({link for *_, link in wanted_links | ours}):
        of_kind = [{one for one in some if one[2] == kind} for some in (wanted_links, ours)]
        for field in ("links", kind):
            scores.add(field, len(of_kind[0]), len(of_kind[1]), len(of_kind[0] & of_kind[1]))
    by_name = {f["f"]: f for f in gold}
    for one, other, kind in sorted(wanted_links ^ ours):
        missed = "missed" if (one, other, kind) in wanted_links else "false"
        tell("links", by_name[one], f"{missed} {kind} -> {by_name[other]['surface']}")


def _fields(
    figure: Gold, entry: LedgerEntry | None, dates: dict[str, tuple[int, int]], *, vague: bool
) -> Iterator[tuple[str, int, int, int]]:
    """(field, values in gold, values of ours, right ones of ours) of one figure; no sum holds a vague one."""

    def equal(field: str, wanted: Any, found: Any) -> tuple[str, int, int, int]:
        return field, wanted is not None, found is not None, found is not None and wanted == found

    yield equal("class", figure["class"], entry and entry.measure_class)
    yield equal("status", figure["status"], entry and entry.status)
    comparisons = (figure["comparison"], entry.comparison if entry else "current")
    yield equal("comparison", *(None if value == "current" else value for value in comparisons))
    counted = ((is_countable(figure) and not vague) or None, (entry is not None and entry.countable) or None)
    yield equal("countable", *(None if value else False for value in counted))
    for field in TEXTS:
        wanted, found = figure[field], getattr(entry, field, None)
        right = bool(wanted and found and same_phrase(wanted, found))
        yield field, wanted is not None, found is not None, right
    wanted_span = dates.get(figure["period"] or "")
    start, end = (entry.period_start_char, entry.period_end_char) if entry else (None, None)
    right = bool(wanted_span and start is not None and end is not None)
    right = right and start < wanted_span[1] and wanted_span[0] < end  # type: ignore[operator, index]
    yield "period", wanted_span is not None, start is not None, right
    source = [{**figure["source"], "role": "source", "country": None}] if figure["source"] else []
    for role in (*ROLES, "source"):
        wanted_parties = [p for p in figure["parties"] + source if p["role"] == role]
        parties = [p for p in entry.parties if p.role == role] if entry else []
        left, hits = list(wanted_parties), 0
        for party in parties:
            same = [p for p in left if same_entity(p, party.party, party.surface, party.country)]
            hits += bool(same)
            left = [p for p in left if p is not same[0]] if same else left
        yield role, len(wanted_parties), len(parties), hits
        if role != "source":
            yield "parties", len(wanted_parties), len(parties), hits


def report(scores: Scores) -> Iterator[str]:
    """All fields, then the kinds of links."""
    yield f"{scores.n['class']} figures"
    more = [field for field in sorted(scores.n) if field not in (*FIELDS, "parties", "links")]
    for field in ("class", "status", "parties", *FIELDS[2:], "links", *more):
        yield scores.line(field)


def _shown(field: str, figure: Gold, entry: Any, text: str) -> str:
    start, end = figure["start"], figure["end"]
    around = text[max(0, start - 150) : start] + "[[" + text[start:end] + "]]" + text[end : end + 100]
    wanted = {k: figure[k] for k in ("measure", "class", "status", "cue", "purpose", "period", "comparison")}
    parties = [(p["role"], p["text"], p["name"]) for p in figure["parties"]]
    if field == "source" and figure["source"]:
        parties = [("source", figure["source"]["text"], figure["source"]["name"])]
    return f"{field}: {' '.join(around.split())}\n    gold {wanted} {parties}\n    ours {entry!r}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", default="gold/ledger_dev")
    parser.add_argument("--half", default="all", choices=["all", "tuning", "judging"])
    parser.add_argument("--sources", action="store_true", help="the scores of each source as well")
    parser.add_argument("--misses", metavar="FIELD", help="show what is not right in a field")
    args = parser.parse_args()
    by_source: dict[str, Scores] = defaultdict(Scores)
    whole = Scores()
    for article in rows(args.data):
        half = half_of(article["article"]) if args.data.startswith("gold") else "tuning"
        if args.half not in ("all", half):
            continue
        extraction = extract_article(
            Article(text=article["text"], published=article["published"], language="en")
        )

        def tell(
            field: str,
            figure: Gold,
            entry: Any,
            *,
            shown: bool = half == "tuning",
            text: str = article["text"],
        ) -> None:
            if shown and field == args.misses:
                print(_shown(field, figure, entry, text))

        compare(article, extraction, whole, tell)
        group = "business" if article["source"] == "bbc_2005" else article["source"]
        compare(article, extraction, by_source[group], lambda *_: None)
    for source, scores in sorted(by_source.items()) if args.sources else ():
        print(source, *report(scores), sep="\n")
    print(*report(whole), sep="\n")


if __name__ == "__main__":
    main()
