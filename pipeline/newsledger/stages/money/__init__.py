"""Finds amounts of money: value, bound, currency, kind, unit of a rate, and the evidence for the currency.

    >>> figure, = find("Oil fell by nearly $2 to $78 a barrel.")[:1]
    >>> figure.surface, figure.value_low, figure.currency, figure.modifier
    ('$2', Decimal('2'), 'USD', 'approx')

The tables to extend, each with a comment on its columns:

- ``spellings.tsv``: signs, codes, letters, names and minor units of currencies;
- ``number_words.tsv``: scales, number words, fractions; ``rate_units.tsv``: what prices are by;
- ``phrases.toml``: the words around amounts; ``places.tsv``: words that show a country;
- ``currencies.tsv``: written from CLDR by ``python -m data.build_currencies``.

The modules, in the order a text passes through:

- ``lexer``: a text as tokens, each with a kind of one letter (``$`` sign, ``9`` digits, ``m`` scale ...);
  the kinds in a row are the line that the rules match.
- ``grammar``: rules for single amounts: a name, a pattern over kinds, a production that
  reads the number, by `newsledger.lexicons.written_numbers`.
- ``joins``: rules for several amounts that belong together: ranges, changes, lists, "5 dollars 20 cents".
- ``guards``: what looks like money and is not.
- ``rates``, ``direction``, ``context``: the words around: bound, unit of a rate, change or loss.
- ``country_evidence``, ``equivalents``, ``resolve``: which currency it is; what figures share.
- ``mentions``: the finished mention, and the flags that say what to doubt.
- ``find``: all of it together.
"""

from __future__ import annotations

from newsledger.stages.money.find import find
from newsledger.values import frames
from newsledger.values.mentions import MoneyMention

__all__ = ["find", "to_frame"]

to_frame = frames.to_frame_of(MoneyMention)
"""Mentions as a DataFrame with the columns and types of the tables; see `newsledger.values.frames`."""
