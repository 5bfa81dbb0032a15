"""Which field of a record is the text, the date, the title, the id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newsledger.reading.options import ReadOptions

TEXT = (
    "text", "fulltext", "articletext", "articlebody", "bodytext", "body", "content", "maintext",
    "contenttext", "plaintext", "rawtext", "cleantext", "storytext", "newstext", "textcontent",
    "article", "story", "document",
)  # fmt: skip
DATE = (
    "published", "publisheddate", "publicationdate", "datepublished", "publishedat", "publishedon",
    "publishdate", "publishedtime", "publishtime", "pubdate", "datepub", "pubtime",
    "firstpublished", "firstpublicationdate", "webpublicationdate", "dateposted", "postdate",
    "postedat", "articledate", "releasedate", "date", "datetime",
)  # fmt: skip
TITLE = ("title", "headline", "articletitle", "heading", "webtitle", "head", "hl")
ID = (
    "id", "articleid", "docid", "documentid", "newsid", "storyid", "recordid", "uuid", "guid", "uri",
    "url", "link",
)  # fmt: skip
"""Names tried in this order; case, blanks, ``_``, ``-`` and a leading ``_`` do not count."""

_FILLING = re.compile(r"[\s_\-]+")


class Fields(NamedTuple):
    """The names of the fields to read, None where there is none."""

    text: str | None
    date: str | None
    title: str | None
    id: str | None


def _plain(name: str) -> str:
    return _FILLING.sub("", str(name)).lower()


def choose(names: Iterable[str], options: ReadOptions) -> Fields:
    """The fields to read among ``names``: as the options say, else the best known name.

    >>> choose(["ID", "Pub_Date", "Headline", "Body", "section"], ReadOptions())
    Fields(text='Body', date='Pub_Date', title='Headline', id='ID')
    """
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(_plain(name), name)

    def best(asked: str | None, wanted: tuple[str, ...]) -> str | None:
        return asked or next((known[w] for w in wanted if w in known), None)

    return Fields(
        best(options.text_field, TEXT),
        best(options.date_field, DATE),
        best(options.title_field, TITLE),
        best(options.id_field, ID),
    )


def value(record: Mapping[str, Any], name: str | None) -> Any:
    """The value of a field; a dotted name reaches into nested records. None where it is absent.

    >>> value({"fields": {"body": "x"}}, "fields.body"), value({"a.b": 1}, "a.b")
    ('x', 1)
    """
    if name is None:
        return None
    if name in record:
        return record[name]
    found: Any = record
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found
