"""The country of a dateline: ``PARIS, March 3 -`` is in France.

Used only where the caller gives no ``dateline_country``. Wire services name the best-known cities alone
(Associated Press and Reuters style books) and give state, province or country after the others, so a short
table of cities is enough; what it does not have stays unknown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsledger.document.layout import Layout
from newsledger.lexicons.us_states import US_STATES
from newsledger.stages.money.currencies import TERRITORIES

_CITIES = """
    US: New York|Washington|Chicago|Los Angeles|Houston|Detroit|Dallas|Pittsburgh|Boston|Minneapolis
    US: Cleveland|San Francisco
    US: Miami|Denver|Kansas City|Philadelphia|Atlanta|Milwaukee|Indianapolis|Baltimore|Cincinnati|Honolulu
    US: Las Vegas
    US: New Orleans|Oklahoma City|Phoenix|St. Louis|Saint Louis|Salt Lake City|San Antonio|San Diego|Seattle
    US: Omaha|Memphis|Anchorage|United Nations
    GB: London|Edinburgh|Glasgow|Cardiff|Belfast|Manchester|Aberdeen
    JP: Tokyo|Osaka|Kyoto|Nagoya
    FR: Paris|Lyon|Marseille|Strasbourg
    CA: Toronto|Ottawa|Montreal|Vancouver|Calgary|Quebec|Quebec City|Winnipeg|Edmonton|Halifax
    BE: Brussels|Antwerp
    DE: Frankfurt|Bonn|Berlin|West Berlin|Hamburg|Munich|Duesseldorf|Dusseldorf|Wiesbaden|Stuttgart|Cologne
    DE: Hanover
    CN: Beijing|Peking|Shanghai|Guangzhou|Shenzhen
    HK: Hong Kong
    NZ: Wellington|Auckland|Christchurch
    CH: Zurich|Geneva|Berne|Bern|Basle|Basel
    IT: Rome|Milan|Turin
    PH: Manila|Makati
    TW: Taipei
    SE: Stockholm|Gothenburg
    AU: Sydney|Melbourne|Canberra|Adelaide|Brisbane|Perth
    BR: Rio de Janeiro|Sao Paulo|São Paulo|Brasilia|Brasília
    NL: Amsterdam|Rotterdam|The Hague|Eindhoven
    SG: Singapore
    MY: Kuala Lumpur|Petaling Jaya|Shah Alam|George Town|Kota Kinabalu|Kuching
    AR: Buenos Aires
    LU: Luxembourg
    ID: Jakarta
    BH: Bahrain|Manama
    ZA: Johannesburg|Pretoria|Cape Town|Durban
    KR: Seoul
    FI: Helsinki
    ES: Madrid|Barcelona
    YU: Belgrade
    TH: Bangkok
    IQ: Baghdad
    VE: Caracas
    AE: Abu Dhabi|Dubai|Sharjah
    IN: New Delhi|Bombay|Mumbai|Bangalore|Bengaluru|Chennai|Calcutta|Kolkata|Hyderabad
    RU: Moscow|St. Petersburg
    CO: Bogota|Bogotá|Medellin
    NO: Oslo
    EC: Quito|Guayaquil
    PE: Lima
    KW: Kuwait|Kuwait City
    CY: Nicosia
    BD: Dhaka
    PT: Lisbon
    SA: Riyadh|Jeddah
    BO: La Paz
    DK: Copenhagen
    CU: Havana
    UG: Kampala
    LB: Beirut
    TR: Ankara|Istanbul
    PL: Warsaw
    EG: Cairo
    AT: Vienna
    KE: Nairobi|Mombasa
    NG: Lagos|Abuja
    MX: Mexico City|Monterrey|Guadalajara
    LK: Colombo
    TZ: Dar es Salaam|Dodoma
    CI: Abidjan
    HU: Budapest
    GR: Athens
    ZM: Lusaka
    PK: Karachi|Islamabad|Lahore|Multan|Peshawar
    BW: Gaborone
    PA: Panama City
    IE: Dublin
    IL: Jerusalem|Tel Aviv
    MU: Port Louis|Curepipe|Quatre Bornes|Vacoas|Rivière du Rempart|Mahebourg|Mahébourg|Beau Bassin
    CZ: Prague
    RO: Bucharest
    BG: Sofia
    UA: Kyiv|Kiev
    CL: Santiago
    UY: Montevideo
    JM: Kingston
    TT: Port of Spain
    BB: Bridgetown
    GH: Accra
    ET: Addis Ababa
    SN: Dakar
    MA: Rabat|Casablanca
    DZ: Algiers
    TN: Tunis
    JO: Amman
    SY: Damascus
    IR: Tehran
    NP: Kathmandu
    VN: Hanoi|Ho Chi Minh City
    KH: Phnom Penh
    MM: Yangon|Rangoon
    BN: Bandar Seri Begawan
    IS: Reykjavik
    QA: Doha
    OM: Muscat
    ZW: Harare
    NA: Windhoek
    FJ: Suva
    CR: San Jose, Costa Rica
    NI: Managua
    GT: Guatemala City
    DO: Santo Domingo
    ML: Bamako
    BF: Ouagadougou
    NE: Niamey
    BJ: Cotonou
    TG: Lome|Lomé
    CM: Yaounde|Yaoundé|Douala
    GA: Libreville
    TD: N'Djamena|Ndjamena
    CF: Bangui
    CG: Brazzaville
    CD: Kinshasa
    RW: Kigali
    BI: Bujumbura
    GN: Conakry
    MG: Antananarivo
    SS: Juba
    SD: Khartoum
    LY: Tripoli
    YE: Sanaa|Sana'a
    SL: Freetown
    LR: Monrovia
    GM: Banjul
    MZ: Maputo
    AO: Luanda
    MW: Lilongwe|Blantyre
    MR: Nouakchott
    GE: Tbilisi
    AM: Yerevan
    AZ: Baku
    KZ: Almaty|Astana
    UZ: Tashkent
    KG: Bishkek
    TJ: Dushanbe
    BY: Minsk
    MD: Chisinau
    AL: Tirana
    MK: Skopje
    BA: Sarajevo
    HR: Zagreb
    AF: Kabul
    MN: Ulaanbaatar
    LA: Vientiane
    PG: Port Moresby
    PY: Asuncion|Asunción
    HN: Tegucigalpa
"""

CITY_NAMES = {
    city.strip(): country
    for country, _, cities in (line.strip().partition(": ") for line in _CITIES.strip().splitlines())
    for city in cities.split("|")
}
"""City that stands alone in datelines, as written -> alpha-2."""

CITIES = {city.lower(): country for city, country in CITY_NAMES.items()}
"""The same in lower case."""

_PROVINCES = """
    Alberta|British Columbia|B.C|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario|Ont|Quebec|Que
    Saskatchewan
"""


def _split(text: str) -> list[str]:
    return [part.strip().lower() for part in text.strip().replace("\n", "|").split("|")]


REGIONS = {
    written.removesuffix(".").lower(): "US"
    for state in US_STATES
    for written in (state.code, state.name, *state.abbreviations)
}
REGIONS |= dict.fromkeys(_split(_PROVINCES), "CA")
REGIONS |= {name.lower(): code for code, name in TERRITORIES.items()}
REGIONS |= {
    "west germany": "DE",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "turkey": "TR",
}
"""State, province or country after a city, lower case -> alpha-2."""

_DATELINE = re.compile(
    r"[\"'“(]?(?P<city>[A-Z][A-Z.'’ -]{2,40}|[A-Z][\w.'’]+(?: [A-Z][\w.'’]+){0,3})"
    r"(?:,\s*(?P<region>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}))??"
    r"(?:,?\s*(?:[A-Za-z]{3,9}\.? ?\d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?(?:, Reuter)?"
    r"\s*(?:[(/](?P<agency>[^()/\n]{2,30})[)/])?\s*(?:--?|[–—:])\s"
)
_HOUSE_STYLE = re.compile(r"(?i)\b(?:ap|associated press|reuters|afp|bloomberg|dpa|upi|xinhua|efe|cna)\b")


class Dateline(NamedTuple):
    """The country of a dateline, and whether it names an agency that writes ``$`` for US dollars only."""

    country: str | None
    us_style: bool


def read(text: str, layout: Layout) -> Dateline:
    """The dateline of an article.

    >>> from newsledger.document.layout import lay_out
    >>> def country(text): return read(text, lay_out(text)).country
    >>> country("ZURICH, March 3 - The bank said"), country("BASLE, Switzerland, March 3 - The firm said")
    ('CH', 'CH')
    >>> country("AKRON, Ohio, March 3 - The firm said"), country("He said - in Paris - no.")
    ('US', None)
    """
    for segment in layout.segments[:6]:
        if segment.zone != "body":
            continue
        match = _DATELINE.match(text, segment.start, min(segment.end, segment.start + 160))
        if match is None:
            return Dateline(None, False)
        region, city = (match["region"] or "").rstrip(".").lower(), match["city"].strip().lower()
        country = REGIONS.get(region) if region else CITIES.get(city)
        return Dateline(country, bool(match["agency"] and _HOUSE_STYLE.search(match["agency"])))
    return Dateline(None, False)
