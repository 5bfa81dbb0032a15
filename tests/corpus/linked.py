"""People of articles in memory, joined as those of a run are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product

from newsledger.corpus.people import link_or_leave
from newsledger.corpus.steps import Steps, partition_by
from newsledger.values.issues import Issue
from newsledger.values.people import KnownPeople, People, PersonRecord


def link_people(
    records: Sequence[PersonRecord], *, known: KnownPeople | None = None
) -> tuple[People, list[Issue]]:
    of_article = partition_by(enumerate(records), lambda item: (item[1].article_id,)).values()
    steps = Steps()
    issues = link_or_leave(steps, [of_article], known=known)
    named = sorted(chain.from_iterable(product(*own) for own in steps.take("ids")))
    rows = tuple(sorted(steps.take("rows"), key=lambda row: row.person_id))
    return People(rows=rows, ids={records[n].key: person_id for n, person_id in named}), issues
