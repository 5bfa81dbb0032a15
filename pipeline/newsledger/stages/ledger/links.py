"""How the figures of an article hang together, and what one takes from another or from elsewhere in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, groupby, islice
from operator import attrgetter
from typing import NamedTuple

from newsledger.lexicons import load
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.ledger import linear
from newsledger.stages.ledger.clause import Draft
from newsledger.stages.ledger.context import FIGURE, NAME, WORD, Answer, Article, Context, as_words, value_of
from newsledger.stages.ledger.lexicon import BREAKS, FOLDER, LISTS, singular
from newsledger.values.ledger import UNSUMMED, Comparison, LinkType
from newsledger.values.mentions import MoneyMention

_FEWEST, _MOST = 3, 14
"""How many figures in a row may make up a total."""
_BEFORE, _AFTER, _LONGEST = 5, 7, 60
"""Words that are read before the first of two figures, after the second, and between them."""
_NEAREST = 3


class Link(NamedTuple):
    """A link between two figures of an article, by their numbers."""

    one: int
    other: int
    link: LinkType
    basis: str


_WORDS = load.toml(FOLDER / "links.toml")["words"]


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of ``links.toml``, in which ``{word}`` stands for one of its sets of words."""
    for name, words in _WORDS.items():
        pattern = pattern.replace(f"{{{name}}}", words.replace("\n", ""))
    return lazy_regex(pattern)


_RULES: list[tuple[str, LinkType, bool, re.Pattern[str]]] = [
    (row["name"], row["link"], row["from"] == "A", _compiled(row["pattern"]))
    for row in load.toml(FOLDER / "links.toml")["link"]
]
"""Name, link, whether the first figure is the one that it starts at, and what the words must be."""


def links(article: Article, contexts: Sequence[Context | None]) -> list[Link]:
    """The links of an article, one a pair of figures, the surest first."""
    found: dict[frozenset[int], Link] = {}
    equivalents = [Link(one, of, "same_as", "bracketed equivalent") for one, of in article.same_as.items()]
    parts = (*_sums(article, contexts), *_items(article, contexts))
    for link in (*equivalents, *_neighbours(contexts), *parts):
        found.setdefault(frozenset((link.one, link.other)), link)
    return sorted(found.values())


def _neighbours(contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Links of figures that stand near each other, by the words around them."""
    before: list[Context] = []
    for b in filter(None, contexts):
        near = (_link(a, b) for a in reversed(before[-_NEAREST:]))
        yield from islice(filter(None, near), 1)
        before.append(b)


def _alike(one: MoneyMention, other: MoneyMention) -> bool:
    """Whether two figures have one currency, and both or neither are of a share."""
    shares = (one.per_unit == "share", other.per_unit == "share")
    return one.currency == other.currency and shares[0] == shares[1]


def _link(a: Context, b: Context) -> Link | None:
    """The link of two figures of one sentence or of neighbours, by the first rule that fits."""
    if a.tokens is b.tokens:
        between = as_words(a.tokens[a.at + 1 : b.at])
    elif a.tokens[-1].end + 3 >= b.tokens[0].start:
        between = [*as_words(a.tokens[a.at + 1 :]), "¶", *as_words(b.tokens[: b.at])]
    else:
        return None
    if len(between) > _LONGEST or a.figure.currency != b.figure.currency:
        return None
    before, after = a.tokens[max(0, a.at - _BEFORE) : a.at], b.tokens[b.at + 1 : b.at + 1 + _AFTER]
    changes = ["±"] if a.figure.kind == "change" else []
    passage = " ".join([*as_words(before), *changes, "A", *between, "B", *as_words(after), ""])
    for name, link, from_first, pattern in _RULES:
        first, second = (a, b) if from_first else (b, a)
        alike = link == "same_as" or _alike(a.figure, b.figure)  # "$5m, or 10 cents a share"
        sized = link != "part_of" or smaller(first.figure, second.figure)
        if alike and sized and pattern.search(passage):
            return Link(first.index, second.index, link, name)
    return None


def smaller(one: MoneyMention, other: MoneyMention) -> bool:
    """Whether one amount is less than another, both known."""
    first, second = value_of(one), value_of(other)
    return first is not None and second is not None and abs(first) < abs(second)


def _sums(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """Parts of a total, no item of a list: figures in a row that make it up, shortly before or after it."""
    figures = [
        (i, v) for i, f in enumerate(article.figures) if (v := value_of(f)) and i not in article.same_as
    ]
    for at, (total, whole) in enumerate(figures):
        c, unit = contexts[total], article.figures[total].currency
        if c is None or c.is_item:
            continue
        digits = len(whole.normalize().as_tuple().digits)  # rounder totals are often made up by chance
        for step, skipped in ((1, 1), (1, 2), (-1, 1), (-1, 2)) if digits > 2 else ():
            places = range(at + step * skipped, at + step * (skipped + _MOST), step)
            near = [figures[place] for place in places if 0 <= place < len(figures)]
            sums = list(accumulate(value for _, value in near))
            run = [i for i, _ in near[: sums.index(whole) + 1]] if whole in sums else []
            fewest = 2 if digits > 3 and step > 0 else _FEWEST
            if len(run) >= fewest and {article.figures[i].currency for i in run} == {unit}:
                basis = "sum" if len(run) >= _FEWEST else "sum of two"
                yield from (Link(i, total, "part_of", basis) for i in run)
                break


_FARTHEST = 1500
_OPENS_LIST = lazy_regex(r"\b(?:includ|follow)\w*:\s*\n")
_LEAST_SHARE, _MOST_SHARE = Decimal("0.1"), Decimal("1.02")
"""A list that makes up less or more of an amount does not break it down; amounts are often rounded."""


def _items(article: Article, contexts: Sequence[Context | None]) -> Iterator[Link]:
    """The items of a list as parts of the total that stands before it, where they are not more than it."""
    total: Context | None = None
    run: list[Context] = []
    for c in (*contexts, None):
        if c and total and _in_list(c, run[-1] if run else None) and smaller(c.figure, total.figure):
            run.append(c)
        elif not (c and run and c.tokens is run[-1].tokens):
            if total and len(run) > 1 and _breaks_down(article, total.figure, [one.figure for one in run]):
                yield from (Link(item.index, total.index, "part_of", "items of a total") for item in run)
            total, run = c if c and not _in_list(c, None) else None, []


def _breaks_down(article: Article, total: MoneyMention, items: Sequence[MoneyMention]) -> bool:
    """Whether a list after a colon makes up about as much as the total before it."""
    opening = article.text[total.end_char : items[0].start_char]
    whole, known = value_of(total) or Decimal(0), sum(value_of(item) or 0 for item in items)
    fits = whole * _LEAST_SHARE <= known <= whole * _MOST_SHARE
    return fits and len(opening) < _FARTHEST and ":" in opening


def _in_list(c: Context, last: Context | None) -> bool:
    """Whether a figure is an item of a list, or the first of a paragraph after the ``last`` item or ":"."""
    first = next(token.ref for token in c.tokens if token.kind == FIGURE)
    since = c.article.text[last.figure.end_char if last is not None else 0 : c.tokens[0].start].rstrip(" ")
    goes_on = since.rstrip().endswith(":") or (last is not None and "\n" not in since.rstrip())
    another = last is not None and _OPENS_LIST.search(since)
    paragraph = c.index == first and since.endswith("\n") and goes_on and not c.determined
    return not another and (c.is_item or paragraph)


_PARTNER = "of partner"
_SHARED: dict[str, frozenset[str]] = {
    "change_from": frozenset({"class", "measure", "parties"}),
    "change_of": frozenset({"class", "status", "measure", "period", "parties"}),
    "compared_with": frozenset({"class", "measure", "period", "parties"}),
    "part_of": frozenset({"class", "status", "period"}),
}
"""What figures that are linked so have in common."""
_SECOND: dict[str, Comparison] = {"change_from": "previous", "compared_with": "expected"}


def connect(drafts: Sequence[Draft], links: Sequence[Link]) -> list[Draft]:
    """The drafts with what figures take from those they are linked to.

    An equivalent takes everything, others what they lack of what they share; a part has the period of the
    total only if its sentence has no date, and lends the total class and status. The second of two compared
    becomes ``previous`` or ``expected``.
    """
    found = list(drafts)
    for link in links:
        one, other = found[link.one], found[link.other]
        topics = _SHARED.get(link.link, frozenset())
        if link.link == "part_of" and one.clause is not None and linear.dates_of(one.clause.c):
            topics -= {"period"}
        found[link.one] = _filled(one, other, topics)
        back = topics if link.link in _SECOND else topics & {"class", "status"}
        second = _SECOND.get(link.link, other.comparison)
        found[link.other] = replace(_filled(other, one, back), comparison=second)
    for link in links:
        if link.link == "same_as":
            found[link.one] = found[link.other]
    return found


def _filled(one: Draft, other: Draft, topics: Container[str]) -> Draft:
    """A draft with some answers of another, and its parties, where it has none."""
    theirs = {topic: answer for topic, answer in other.answers.items() if topic in topics}
    answers = {topic: answer._replace(basis=_PARTNER) for topic, answer in theirs.items()} | dict(one.answers)
    others = other.parties if "parties" in topics else ()
    parties = one.parties or tuple(party._replace(basis=_PARTNER) for party in others)
    return replace(one, answers=answers, parties=parties)


def share_in_lists(contexts: Sequence[Context | None], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in which all items of a list have its likeliest status, and class where they have none.

    Of 469 neighbours in annotated lists 468 have one status, and 456 one class.
    """
    found = list(drafts)
    for is_item, run in groupby(filter(None, contexts), attrgetter("is_item")):
        items = [c.index for c in run] if is_item else []
        for topic in ("class", "status"):
            said = [found[i].answers[topic] for i in items if topic in found[i].answers]
            if not said:
                continue
            best = _likeliest(said)._replace(basis="of list")
            for i in items:
                mine = found[i].answers.get(topic)
                if mine is None or (topic == "status" and mine.value != best.value):
                    found[i] = replace(found[i], answers={**found[i].answers, topic: best})
    return found


def _likeliest(answers: Sequence[Answer]) -> Answer:
    """An answer with the value of which all answers together are the surest."""
    sure = defaultdict[str, float](float)
    for answer in answers:
        sure[answer.value] += answer.confidence
    return max(answers, key=lambda answer: sure[answer.value])


_HELPS = lazy_regex(
    rf"(?i)\b(?:{any_of(LISTS['helping'])}|(?:{any_of(LISTS['help'])})\s+(?:to|for))\s+(?:(?:the|a)\s+)*\Z"
)
"""The words before whom help is said to go to: "aid to Chad", "support the Chadian army"."""
_HELP_NEAR, _HELPED = 40, 0.96
"""All rows that were found so in 9,898 articles are right: one country that gives, one that is helped."""


def with_beneficiary(article: Article, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in which a country's aid that names nobody goes to the only country it is said to help."""
    entities = article.entities
    helped = [
        at
        for at, e in enumerate(entities)
        if e.country and _HELPS.search(article.text, max(0, e.start - _HELP_NEAR), e.start)
    ]
    found = list(drafts)
    for index, one in enumerate(drafts):
        payers = {entities[p.entity].country for p in one.parties if p.value == "payer" and p.entity >= 0}
        others = [at for at in helped if entities[at].country not in payers]
        clear = len(payers) == 1 == len({entities[at].country for at in others}) and None not in payers
        if one.value("class") == "aid" and clear and all(p.value != "recipient" for p in one.parties):
            start, _ = article.place(index)
            nearest = min(others, key=lambda at: abs(entities[at].start - start))
            party = Answer("recipient", "helped elsewhere", *entities[nearest][:2], _HELPED, nearest)
            found[index] = replace(one, parties=(*one.parties, party))
    return found


def parts_of_totals(contexts: Sequence[Context | None], drafts: Sequence[Draft]) -> Iterator[Link]:
    """ "aid, including $2m": a part of the only larger amount of that aid by that payer before it."""
    for c in filter(None, contexts):
        whom = _of_whom(c.article, drafts[c.index]) if c.low(c.left) == "including" else None
        totals = [
            i
            for i, figure in enumerate(c.article.figures[: c.index] if whom else ())
            if _alike(figure, c.figure)
            and smaller(c.figure, figure)
            and _of_whom(c.article, drafts[i]) == whom
        ]
        if len(totals) == 1:
            yield Link(c.index, totals[0], "part_of", "including")


def _of_whom(article: Article, one: Draft) -> tuple[str, str] | None:
    """The class of a figure and the name of its payer or holder, None if either is not said."""
    parties = [p for p in one.parties if p.value in ("payer", "holder") and p.entity >= 0]
    name = one.value("class")
    return (name, article.entities[parties[0].entity].name) if name and parties else None


_LEAST_REPEATED = 1000
"""Smaller amounts are prices, which things that differ may share."""
_FEW, _MANY, _NEAR = 6, 3, 8
_EMPTY = BREAKS | LISTS["before_amount"] | LISTS["adverbs"] | {"'s"}


def repeats(article: Article, contexts: Sequence[Context | None], drafts: Sequence[Draft]) -> Iterator[Link]:
    """Later mentions of the same amount in other sentences, of no other class as far as is known.

    Signs that it is the same money: the first stands in the first two sentences, the later one is "the $5m",
    the article has few figures, both have one measure, the same words stand around both.
    """
    first: dict[tuple[object, ...], Context] = {}
    lead = article.layout.sentences[1][1] if len(article.layout.sentences) > 1 else len(article.text)
    for c in filter(None, contexts):
        value = value_of(c.figure)
        if value is None or value < _LEAST_REPEATED or c.figure.per_unit is not None:
            continue
        bounds = {c.figure.value_low, c.figure.value_high} - {None}  # "more than $5m" is no other amount
        one = first.setdefault((frozenset(bounds), c.figure.currency), c)
        listed = c.is_item or any(token.low in ("*", "•") for token in c.tokens)
        said, again = drafts[one.index], drafts[c.index]
        classes = {said.value("class"), again.value("class")} - {None}
        if one.tokens is c.tokens or listed or len(classes) > 1 or classes & UNSUMMED:
            continue
        kind = "exact" if len(value.normalize().as_tuple().digits) > 1 else "round"
        nouns = [(draft.value("measure") or "").lower().split()[-1:] for draft in (said, again)]
        shared = len(_around(one) & _around(c))
        signs = [article.place(one.index)[0] < lead, c.determined, len(article.figures) <= _FEW]
        signs += [nouns[0] == nouns[1] != [], shared > 1, shared > 1, shared > _MANY]
        yield Link(c.index, one.index, "repeats", f"same amount, {kind}, {min(sum(signs), 4)} signs")


def _around(c: Context) -> set[str]:
    """The nouns, verbs and names beside a figure."""
    near = c.tokens[max(0, c.at - _NEAR) : c.at + _NEAR + 1]
    return {singular(t.low) for t in near if t.kind in (WORD, NAME) and t.low not in _EMPTY}
