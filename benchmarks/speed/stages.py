"""Words per second of one core: each stage, the whole, and the peers on the same articles."""

from __future__ import annotations

import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from benchmarks.speed import corpus
from benchmarks.speed.measure import peak_mb, pin

Job = Callable[[str], object]


def stages(quick: bool) -> dict[str, Any]:
    """Each stage on what the stages before it found, and the whole of `extract_article`."""
    pin()
    from newsledger.document.language import detect
    from newsledger.document.layout import lay_out
    from newsledger.extraction import extract_article, load_tools
    from newsledger.stages import countries, dates, ledger, money, names, people
    from newsledger.values.article import Article

    articles, said = corpus.real(15_000 if quick else 60_000)
    texts = [text for text, _ in articles]
    published = dict(articles)
    tools = load_tools()
    found: dict[str, dict[str, Any]] = defaultdict(dict)

    def layout(text: str) -> None:
        found["layout"][text] = lay_out(text)
        found["layout"][text].sentences  # noqa: B018  # made when first asked for

    def of_names(text: str) -> None:
        found["names"][text] = names.find(text, layout=found["layout"][text])

    def of_countries(text: str) -> None:
        found["countries"][text] = countries.find(
            text, layout=found["layout"][text], names=found["names"][text]
        )

    def of_money(text: str) -> None:
        found["money"][text] = money.find(
            text, layout=found["layout"][text], countries=found["countries"][text], published=published[text]
        )

    def of_dates(text: str) -> None:
        found["dates"][text] = dates.find(
            text, published=published[text], layout=found["layout"][text], names=found["names"][text]
        )

    def of_people(text: str) -> None:
        found["people"][text] = people.find(
            text, layout=found["layout"][text], names=found["names"][text], countries=found["countries"][text]
        )

    jobs: dict[str, Job] = {
        "layout": layout,
        "language": detect,
        "names": of_names,
        "countries": of_countries,
        "money": of_money,
        "dates": of_dates,
        "people": of_people,
        "ledger": lambda text: ledger.find(
            text,
            figures=found["money"][text],
            **{name: found[name][text] for name in ("layout", "dates", "names", "people", "countries")},
        ),
        "whole": lambda text: extract_article(Article(text=text, published=published[text]), tools),
    }
    rounds = 2 if quick else 4
    return {**_about(texts, said, rounds), "rates": rates(jobs, texts, rounds=rounds)}


def peers(quick: bool) -> dict[str, Any]:
    """Newsledger and what one would otherwise use, in turn on the same articles."""
    from newsledger.stages import dates, money

    articles, said = corpus.real(10_000 if quick else 30_000)
    published = dict(articles)
    alone: dict[str, Job] = {
        "newsledger money": lambda text: money.find(text, published=published[text]),
        "newsledger dates": lambda text: dates.find(text, published=published[text]),
    }
    return _beside(quick, articles, said, alone, PEERS)


def business(quick: bool) -> dict[str, Any]:
    """The whole with and without the ledger on business news, which holds most figures."""
    articles, said = corpus.real(10_000 if quick else 30_000, corpus.BUSINESS)
    others = {name: PEERS[name] for name in ("naive recipe", "spaCy sm, full")}
    return _beside(quick, articles, said, {}, others)


def _beside(
    quick: bool,
    articles: Sequence[tuple[str, str | None]],
    said: str,
    alone: Mapping[str, Job],
    others: Mapping[str, Callable[[], Job]],
) -> dict[str, Any]:
    """The whole pipeline, stages ``alone`` and ``others`` in turn on the same articles."""
    pin()
    warnings.simplefilter("ignore")
    from newsledger.extraction import extract_article, load_tools
    from newsledger.values.article import Article
    from newsledger.values.settings import Settings

    texts = [text for text, _ in articles]
    published = dict(articles)

    def whole(*, ledger: bool) -> Job:
        tools = load_tools(Settings(ledger=ledger))
        return lambda text: extract_article(Article(text=text, published=published[text]), tools)

    jobs: dict[str, Job] = {
        "newsledger": whole(ledger=True),
        "newsledger, no ledger": whole(ledger=False),
        **alone,
    }
    absent: dict[str, str] = {}
    for name, make in others.items():
        try:
            job = make()
            job(texts[0][:500])
        except Exception as error:
            absent[name] = f"{type(error).__name__}: {error}"[:200]
        else:
            jobs[name] = job
    rounds = 2 if quick else 4
    found = rates(jobs, texts, rounds=rounds, limit=12 if quick else 40)
    return {**_about(texts, said, rounds), "rates": found, "absent": absent}


def _naive() -> Job:
    import spacy

    from benchmarks import naive

    nlp = spacy.load(naive.MODEL)
    return lambda text: naive.read(text, nlp)


def _spacy_full() -> Job:
    import spacy

    from benchmarks import naive

    return spacy.load(naive.MODEL)


def _spacy_ner() -> Job:
    import spacy

    from benchmarks import naive

    nlp = spacy.load(naive.MODEL)
    return spacy.load(
        naive.MODEL, exclude=[name for name in nlp.pipe_names if name not in ("tok2vec", "ner")]
    )


def _search_dates() -> Job:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def _quantulum() -> Job:
    from quantulum3 import parser

    return lambda text: parser.parse(text)


def _recognizers() -> Job:
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    return lambda text: recognize_currency(text, Culture.English)


PEERS: Mapping[str, Callable[[], Job]] = {
    "naive recipe": _naive,
    "spaCy sm, full": _spacy_full,
    "spaCy sm, ner only": _spacy_ner,
    "search_dates": _search_dates,
    "quantulum3": _quantulum,
    "recognizers-text, currency": _recognizers,
}


def rates(
    jobs: Mapping[str, Job], texts: Iterable[str], *, rounds: int, limit: float = 60.0
) -> dict[str, dict[str, float]]:
    """Words per second of processor time of each job, the best of ``rounds`` in which they take turns.

    A job that has used ``limit`` seconds of a round stops there: its rate is that of the first articles.
    """
    texts = list(texts)
    found: dict[str, dict[str, float]] = {}
    for name, job in jobs.items():  # warm: everything is loaded, and what later jobs need is there
        for text in texts[:2] if name not in ("layout", "names", "countries") else texts:
            job(text)
    for _ in range(rounds):
        for name, job in jobs.items():
            words = articles = 0
            began = time.process_time()
            for text in texts:
                job(text)
                words += len(text.split())
                articles += 1
                if (used := time.process_time() - began) > limit:
                    break
            used = time.process_time() - began
            best = found.setdefault(name, {"rate": 0.0})
            if words / used > best["rate"]:
                found[name] = {"rate": round(words / used, 1), "words": words, "articles": articles}
    return found


def _about(texts: list[str], said: str, rounds: int) -> dict[str, Any]:
    return {
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "what": said,
        "rounds": rounds,
    }


def memory_of(what: str, words: int) -> dict[str, Any]:
    """Peak memory of this process after reading the articles with ``newsledger`` or one of `PEERS`.

    Empty where the peer is not installed.
    """
    pin()
    warnings.simplefilter("ignore")
    texts = [text for text, _ in corpus.real(words)[0]]
    if what == "newsledger":
        from newsledger.extraction import extract_article, load_tools
        from newsledger.values.article import Article

        tools = load_tools()
        for text in texts:
            extract_article(Article(text=text), tools)
    else:
        try:
            job = PEERS[what]()
        except (ImportError, OSError):  # spaCy's word for a model that is not there
            return {}
        for text in texts:
            job(text)
    return {"peak_mb": round(peak_mb()), "words": sum(len(text.split()) for text in texts)}
