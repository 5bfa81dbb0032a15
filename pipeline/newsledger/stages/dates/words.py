"""The words of the grammar: every pattern and every lookup is built from these tables.

To teach the stage a new word, add it here and an example to ``examples/``.
"""

from __future__ import annotations

from newsledger.lexicons import calendar


def listed(words: str) -> frozenset[str]:
    """A set of words written one after the other, as the tables of this stage are.

    >>> sorted(listed("may might"))
    ['may', 'might']
    """
    return frozenset(words.split())


def numbered(words: str, first: int = 1) -> dict[str, int]:
    """Words that count: each with its number.

    >>> numbered("one two")
    {'one': 1, 'two': 2}
    """
    return {word: number for number, word in enumerate(words.split(), first)}


MONTHS = calendar.MONTHS
MONTH_ABBREVIATIONS = calendar.MONTH_ABBREVIATIONS
AMBIGUOUS_MONTHS = calendar.AMBIGUOUS_MONTHS
"""Months whose name is also a verb, a given name or a family name; alone they need more evidence."""
WEEKDAYS = calendar.WEEKDAYS
WEEKDAY_ABBREVIATIONS = calendar.WEEKDAY_ABBREVIATIONS

UNITS: dict[str, tuple[int, str]] = {
    "day": (1, "day"), "days": (1, "day"), "week": (1, "week"), "weeks": (1, "week"),
    "fortnight": (2, "week"), "fortnights": (2, "week"), "wk": (1, "week"), "wks": (1, "week"),
    "month": (1, "month"), "months": (1, "month"), "mths": (1, "month"),
    "quarter": (1, "quarter"), "quarters": (1, "quarter"), "qtr": (1, "quarter"), "qtrs": (1, "quarter"),
    "year": (1, "year"), "years": (1, "year"), "yr": (1, "year"), "yrs": (1, "year"),
    "semester": (1, "half"), "semesters": (1, "half"), "weekend": (1, "weekend"), "weekends": (1, "weekend"),
    "decade": (10, "year"), "decades": (10, "year"), "century": (100, "year"), "centuries": (100, "year"),
    "millennium": (1000, "year"), "millennia": (1000, "year"),
}  # fmt: skip
"""Calendar units: how many of which basic unit a word counts."""
LONG_UNITS: dict[str, str] = {
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "millennium": "millennium", "millennia": "millennium",
}  # fmt: skip
"""Units that count years but are calendar units of their own in "this decade"."""
CLOCK_UNITS: dict[str, str] = {
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "minute": "minute", "minutes": "minute",
    "min": "minute", "mins": "minute", "second": "second", "seconds": "second", "sec": "second",
    "secs": "second",
}  # fmt: skip
PLURAL_UNITS = frozenset(word for word in (*UNITS, *CLOCK_UNITS) if word.endswith("s") or word == "millennia")

CARDINALS: dict[str, int] = numbered(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
TENS: dict[str, int] = {
    word: 10 * number
    for word, number in numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
MULTIPLIERS: dict[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 1000000,
    "billion": 1000000000,
}
FRACTIONS: dict[str, float] = {"½": 0.5, "¼": 0.25, "¾": 0.75}
ORDINALS: dict[str, int] = numbered(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
) | {"thirtieth": 30}
VAGUE_NUMBERS = listed("several few many some couple dozens numerous various")
"""Numbers that leave the count open; "couple" is two only where it is said of a window."""

FULL_WORDS = listed(
    """
    full whole straight consecutive successive more additional extra calendar business working fiscal
    financial trading banking
    """
)
"""Words that may stand between a number and its unit."""

DECADE_WORDS: dict[str, int] = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90, "noughties": 100,
}  # fmt: skip

SEASONS: dict[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_FIRST_MONTH: dict[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""Meteorological seasons of the northern hemisphere, each of three months."""

PARTS: dict[str, str] = {
    "early": "early", "beginning": "early", "start": "early", "opening": "early", "outset": "early",
    "dawn": "early", "late": "late", "end": "late", "close": "late", "closing": "late", "tail": "late",
    "mid": "mid", "middle": "mid", "height": "mid",
}  # fmt: skip
"""Words that name a part of a period, with the ``date_part`` they set."""

LAST_WORDS = frozenset({"last", "past", "previous", "preceding", "prior"})
NEXT_WORDS = frozenset({"next", "coming", "upcoming", "following", "ensuing", "subsequent", "succeeding"})
COUNTED_WORDS = frozenset(
    {"previous", "preceding", "prior", "following", "ensuing", "subsequent", "succeeding"}
)
"""Words for last and next that count from a date named before, not from publication."""
THIS_WORDS = frozenset({"this", "current", "present"})
SAME_WORDS = frozenset({"that", "same"})

DAY_WORDS: dict[str, int] = {"today": 0, "yesterday": -1, "tomorrow": 1}
NIGHT_WORDS: dict[str, str] = {"tonight": "NI", "tonite": "NI"}
DAYPARTS: dict[str, str] = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV",
    "evenings": "EV",
    "night": "NI", "nights": "NI", "nighttime": "NI", "lunchtime": "MI", "midday": "MI", "dawn": "DA",
    "sunrise": "DA", "dusk": "DU", "sunset": "DU", "overnight": "NI",
}  # fmt: skip
"""Parts of the day and their TimeML codes (``T`` is put before them)."""
POINTS_OF_DAY = listed("night dawn dusk sunrise sunset midday lunchtime")
"""Parts of the day that "at" and "by" may stand before."""
CLOCK_WORDS: dict[str, str] = {"noon": "12:00", "midnight": "24:00", "noontime": "12:00"}

ZONES: dict[str, str] = {
    "gmt": "+00:00", "utc": "+00:00", "z": "+00:00", "wet": "+00:00", "bst": "+01:00", "cet": "+01:00",
    "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "sast": "+02:00", "pkt": "+05:00",
    "ist": "+05:30", "npt": "+05:45", "ict": "+07:00", "wib": "+07:00", "hkt": "+08:00", "sgt": "+08:00",
    "myt": "+08:00", "pht": "+08:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00", "aedt": "+11:00",
    "nzst": "+12:00", "nzdt": "+13:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "hst": "-10:00", "akst": "-09:00",
    "akdt": "-08:00", "brt": "-03:00", "wat": "+01:00", "eat": "+03:00",
}  # fmt: skip
"""Zone abbreviations as news writes them, with the offset they state (IST is India's, BST British summer)."""
US_ZONES: dict[str, int] = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
"""US zones without "standard" or "daylight": the offset follows the date."""
US_ZONE_NAMES: dict[str, str] = {"eastern": "et", "central": "ct", "mountain": "mt", "pacific": "pt"}

OF_WORDS = listed("de del di")
"""What joins day, month and year in Romance languages."""
ORDINAL_MARKS = listed("er º ° .")
"""What other languages write behind the number of a day."""
STREET_WORDS = listed(
    """
    calle avenida av ave rue place plaza piazza piazzale via viale corso rua praça boulevard bulevar
    strasse straße улица площадь проспект ulica trg caddesi barrio estadio colonia largo paseo quai
    """
)
"""Words before a day of the year that make it the name of a street or square."""

FREQUENCIES: dict[str, str] = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W",
    "fortnightly": "P2W",
    "monthly": "P1M", "bimonthly": "P2M", "quarterly": "P1Q", "annual": "P1Y", "annually": "P1Y",
    "yearly": "P1Y", "semiannual": "P6M", "semiannually": "P6M", "biannual": "P6M", "biannually": "P6M",
    "biennial": "P2Y", "biennially": "P2Y",
}  # fmt: skip

VAGUE_WORDS: dict[str, str] = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
    "recently": "PAST_REF", "recent": "PAST_REF", "lately": "PAST_REF", "formerly": "PAST_REF",
    "previously": "PAST_REF", "soon": "FUTURE_REF", "shortly": "FUTURE_REF", "future": "FUTURE_REF",
}  # fmt: skip

QUANTITY_NOUNS = listed(
    """
    people persons men women children troops soldiers police civilians workers employees jobs homes
    houses families students pupils patients victims refugees migrants delegates participants spectators
    fans members voters votes seats shares points words pages miles mile km kilometres kilometers metres
    meters metre meter m feet foot ft yards yard acres hectares tonnes tonne tons ton kg kilograms kilos
    grams pounds dollars dollar dlrs dlr euros euro yen rupees cents pence pct percent barrels bpd
    litres liters gallons megawatts mw kw watts volts hz mhz ghz rpm cc bc calories degrees units copies
    hours minutes seconds days weeks months years games matches goals runs wickets cases deaths tests
    beds vehicles cars trucks planes aircraft ships bottles boxes head sheep cattle cows animals species
    sq square cubic stores branches schools hospitals hotels rooms flights passengers tourists visitors
    times
    """
)
"""Words after which a four-digit number counts something and is no year."""
LABEL_WORDS = listed(
    """
    no number nos room flight route highway hwy interstate page pages article section chapter resolution
    channel model windows office suite apartment apt box po extension ext line bus train platform gate
    psalm verse rule form bill hr h.r s. case docket isbn zip pin code phone tel fax call version
    boeing airbus at&t sr us nos. formula class type mark iso asn dx unit building street avenue
    """
)
"""Words before a number that make it a label."""
COUNT_WORDS = listed(
    """
    some nearly almost over exactly just only least most than killing killed another estimated roughly
    approximately worth under exceeding totaling totalling total another additional
    """
)
"""Words before a four-digit number that make it a count unless it stands where only a year can."""
