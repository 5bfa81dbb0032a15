"""The command line with one quick stand-in for all stages; its articles can kill, hang and shout.

It is run as a script. Worker processes import the script they belong to, so the stand-in is there too.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import newsledger.engines.worker as worker
from newsledger.normalizer import run_record
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction
from newsledger.values.mentions import MoneyMention, PersonMention


def spin(seconds: float) -> None:
    """Use the processor."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def stand_in(article: Article, tools: object = None) -> Extraction:
    text = article.text
    if pause := os.environ.get("STUB_PAUSE"):
        time.sleep(float(pause))
    if "POISON" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "UNTIL" in text and not Path(os.environ["STUB_MARK"]).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    if "ONCE" in text:
        mark = Path(os.environ["STUB_MARK"])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "SLOW" in text:
        spin(600)
    if "HANG" in text:
        # Blocks the alarm as a regex in C would.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
        spin(600)
    if "FULL" in text:
        raise OSError(28, "No space left on device")
    return Extraction(
        article=article,
        money=tuple(
            MoneyMention(
                start_char=m.start(),
                end_char=m.end(),
                surface=m[0],
                value_low=Decimal(m[1]),
                value_high=Decimal(m[1]),
            )
            for m in re.finditer(r"\$(\d+)", text)
        ),
        people=tuple(
            PersonMention(start_char=m.start(), end_char=m.end(), surface=m[0], name=m[0], person=n)
            for n, m in enumerate(re.finditer(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", text))
        ),
    )


def in_one_step(article: Article, tools: object = None, **_: object) -> Iterator[Extraction]:
    """The stand-in where a worker takes steps."""
    yield stand_in(article, tools)


def stalling(text: str, **_: object) -> list[MoneyMention]:
    """A money stage that never ends on one article, in Python, catching what it can."""
    while "STALLS" in text:
        try:
            spin(0.01)
        except Exception:
            continue
    return [
        MoneyMention(
            start_char=m.start(), end_char=m.end(), surface=m[0], value_low=Decimal(m[1]), value_high=None
        )
        for m in re.finditer(r"\$(\d+)", text)
    ]


def install() -> None:
    """Put the stand-in in place of the stages, or with STUB_STAGES only of two of them."""
    if os.environ.get("STUB_STAGES"):
        from newsledger.stages import money, names

        money.find = stalling
        names.find_in_steps = lambda text, **_: iter([[]])
    else:
        worker.extract_in_steps = in_one_step
    # The tables of a run must not depend on who edits the package while the tests run.
    run_record.code_sha256 = lambda: "0" * 64


if __name__ in ("__main__", "__mp_main__"):
    install()

if __name__ == "__main__":
    from newsledger.cli.main import main

    # A shell that runs the tests in the background has its children ignore Ctrl-C; here it is to be heard.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
