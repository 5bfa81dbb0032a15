"""How currencies are written: symbols, letters before a number, names, minor units.

Add a currency's nickname, symbol or abbreviation here and an example to ``examples/``; nothing else needs
a change. Codes, full names ("west african cfa francs") and where each is legal tender come from
``currencies.tsv``, which ``build_currencies`` writes from CLDR.

Codes are given blank separated, most traded first. ``*dollar`` stands for every currency whose English name
ends in "dollar". The currency after ``default`` is meant where nothing in the article speaks for another; a
row without one stays open (``currency`` None) until the article or the caller decides.

Guards keep words and letters apart that also mean something else; see ``guards``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.lexicons.us_states import US_STATES
from newsledger.stages.money.words import word_set

_MOST_TRADED = """
    USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN THB ILS IDR CZK
    AED TRY HUF CLP SAR PHP MYR COP RUB RON PEN ARS EGP PKR QAR KWD KES NGN DEM FRF ITL NLG BEF ESP
"""
MOST_TRADED = tuple(_MOST_TRADED.split())
"""Order of candidates: by turnover (BIS Triennial Survey 2022), then other frequent ones; others by code."""


class Row(NamedTuple):
    """A row of the tables below: spellings, the codes they may mean, the default, the guard."""

    forms: str
    codes: str
    default: str = ""
    guard: str = ""


NAMES = (
    Row("dollar dollars dlr dlrs", "*dollar", "USD"),
    Row("bucks greenback greenbacks", "*dollar", "USD", "lower"),
    Row("euro euros", "EUR"),
    Row("pound pounds", "*pound", "GBP", "weight"),
    Row("quid", "GBP"),
    Row("sterling stg", "GBP"),
    Row("punt punts", "IEP", "", "word"),
    Row("yen", "JPY"),
    Row("yuan renminbi rmb", "CNY"),
    Row("won", "KRW KPW", "KRW", "word"),
    Row("eurolire eurolira", "ITL"),
    Row("euroyen", "JPY"),
    Row("eurosterling", "GBP"),
    Row("euromark euromarks", "DEM"),
    Row("eurodollar eurodollars eurodlr eurodlrs", "USD"),
    Row("franc francs", "*franc"),
    Row("mark marks", "DEM DDM FIM BAM", "DEM", "word"),
    Row("deutschmark deutschmarks deutschemark deutschemarks dmark dmarks", "DEM"),
    Row("reichsmark reichsmarks", ""),
    Row("markka markkaa markkas finnmark finnmarks finmarks", "FIM"),
    Row("lire", "*lira", "ITL"),
    Row("lira liras", "*lira SYP LBP", "TRY"),
    Row("peso pesos", "*peso"),
    Row("real", "BRL", "", "word"),
    Row("reais reals", "BRL"),
    Row("cruzado cruzados", "*cruzado"),
    Row("cruzeiro cruzeiros", "*cruzeiro"),
    Row("austral australs australes", "ARA", "", "word"),
    Row("inti intis", "PEI", "", "word"),
    Row("sucre sucres", "ECS"),
    Row("bolivar bolivars bolivares bolívar bolívares", "*bolivar", "VES", "lower"),
    Row("boliviano bolivianos", "*boliviano"),
    Row("soles", "PEN", "", "word"),
    Row("colon colons", "*colon", "", "word"),
    Row("colones", "*colon"),
    Row("cordoba cordobas córdoba córdobas", "*cordoba", "NIO", "lower"),
    Row("quetzal quetzales quetzals", "GTQ", "", "lower"),
    Row("lempira lempiras", "HNL"),
    Row("balboa balboas", "PAB", "", "lower"),
    Row("guarani guaranis guaranies guaraníes", "PYG"),
    Row("gourde gourdes", "HTG"),
    Row("krona", "SEK ISK"),
    Row("kronor", "SEK"),
    Row("kronur krónur", "ISK"),
    Row("krone kroner", "DKK NOK"),
    Row("koruna korunas koruny korun", "*koruna", "CZK"),
    Row("crown crowns", "SEK NOK DKK ISK *koruna EEK", "", "word"),
    Row("kroon kroons krooni", "EEK"),
    Row("guilder guilders", "NLG ANG XCG SRG", "NLG"),
    Row("florin florins", "NLG AWG"),
    Row("schilling schillings", "ATS"),
    Row("shilling shillings", "*shilling"),
    Row("peseta pesetas", "*peseta", "ESP"),
    Row("escudo escudos", "*escudo", "PTE"),
    Row("drachma drachmas drachmae", "GRD"),
    Row("zloty zlotys zloties zlotych złoty złotys", "*zloty", "PLN"),
    Row("forint forints", "HUF"),
    Row("leu lei", "*leu", "", "word"),
    Row("lev leva levs", "*lev", "BGN", "word"),
    Row("dinar dinars", "*dinar"),
    Row("denar denars denari", "MKD"),
    Row("dirham dirhams dirhem dirhems", "*dirham"),
    Row("riyal riyals", "SAR QAR OMR YER"),
    Row("rial rials", "IRR OMR YER SAR QAR"),
    Row("rupee rupees rupes", "*rupee", "INR"),
    Row("rupiah rupiahs", "IDR"),
    Row("ringgit ringgits", "MYR"),
    Row("baht bahts", "THB"),
    Row("dong", "VND", "", "word"),
    Row("kip kips", "LAK", "", "word"),
    Row("kyat kyats", "MMK"),
    Row("riel riels", "KHR"),
    Row("taka takas", "BDT", "", "lower"),
    Row("ngultrum ngultrums", "BTN"),
    Row("rufiyaa", "MVR"),
    Row("afghani afghanis", "*afghani", "AFN", "lower"),
    Row("rouble roubles ruble rubles", "RUB BYN SUR BYR BYB RUR LVR TJR", "RUB"),
    Row("hryvnia hryvnias hryvnya hryvnyas hryven hryvni", "UAH"),
    Row("karbovanets karbovantsi karbovantsiv", "UAK"),
    Row("tenge tenges", "KZT"),
    Row("som soms", "KGS UZS", "", "word"),
    Row("soum soums", "UZS", "", "word"),
    Row("somoni somonis", "TJS"),
    Row("manat manats", "*manat"),
    Row("lari laris", "GEL", "", "word"),
    Row("dram drams", "AMD", "", "word"),
    Row("lek leks lekë", "ALL", "", "word"),
    Row("litas litai", "LTL"),
    Row("lats", "LVL", "", "word"),
    Row("tolar tolars", "SIT"),
    Row("kuna kunas", "HRK", "", "lower"),
    Row("shekel shekels sheqel sheqels", "*shekel", "ILS"),
    Row("naira nairas", "NGN"),
    Row("cedi cedis", "*cedi", "GHS"),
    Row("kwacha kwachas", "ZMW MWK ZMK"),
    Row("kwanza kwanzas", "*kwanza", "AOA", "lower"),
    Row("birr birrs", "ETB", "", "word"),
    Row("rand rands", "ZAR", "", "word"),
    Row("pula pulas", "BWP", "", "word"),
    Row("dalasi dalasis", "GMD"),
    Row("leone leones", "*leone", "SLE", "word"),
    Row("ariary ariaries", "MGA"),
    Row("metical meticals meticais", "*metical", "MZN"),
    Row("nakfa nakfas", "ERN"),
    Row("ouguiya ouguiyas", "*ouguiya", "MRU"),
    Row("maloti", "LSL"),
    Row("emalangeni lilangeni", "SZL"),
    Row("zaire zaires", "*zaire", "", "word"),
    Row("kina", "PGK", "", "word"),
    Row("tala", "WST", "", "word"),
    Row("vatu", "VUV"),
    Row("paanga", "TOP"),
    Row("pataca patacas", "MOP"),
    Row("tugrik tugriks tögrög togrog togrogs", "MNT"),
    Row("ecus", "XEU"),
    Row("ecu", "XEU", "", "word"),
    Row("sdr sdrs", "XDR"),
    Row("bitcoin bitcoins", "XBT"),
    Row("ether ethers ethereum dogecoin dogecoins litecoin litecoins tether tethers", "", ""),
)
"""Names after a number ("5 million pesos"). Case does not matter unless the guard is "lower"."""

WHOLE_NAMES = (
    Row("cfa franc|cfa francs", "XOF XAF"),
    Row("pound sterling|pounds sterling", "GBP"),
    Row("special drawing right|special drawing rights", "XDR"),
    Row("european currency unit|european currency units", "XEU"),
    Row("deutsche mark|deutsche marks|d mark|d marks", "DEM"),
    Row("new shekel|new shekels|new israeli shekel|new israeli shekels", "ILS"),
    Row("nt dollar|nt dollars|new taiwan dlrs|nt dlrs", "TWD"),
    Row("nuevo sol|nuevos soles|new sol|new soles", "PEN"),
    Row("finnish mark|finnish marks", "FIM"),
    Row("east german mark|east german marks", "DDM"),
    Row("convertible mark|convertible marks", "BAM"),
    Row("euro cent|euro cents", "EUR"),
)
"""Names of several words beside those of CLDR; hyphens count as blanks, spellings are parted by ``|``."""

MINOR = (
    (Row("cent cents ct cts", "*dollar EUR ZAR MYR", "USD"), 100),
    (Row("¢ ￠", "*dollar EUR ZAR", "USD"), 100),
    (Row("eurocent eurocents", "EUR"), 100),
    (Row("penny pennies", "USD GBP CAD IEP", "USD"), 100),
    (Row("pence", "GBP IEP", "", "lower"), 100),
    (Row("paisa paise", "INR PKR NPR", "INR"), 100),
    (Row("kopeck kopecks kopek kopeks copeck copecks", "RUB SUR BYN UAH", "RUB"), 100),
    (Row("kopiyka kopiykas kopiyky kopiyok", "UAH"), 100),
    (Row("centavo centavos", "*peso BRL *cordoba HNL GTQ BOB"), 100),
    (Row("centime centimes", "CHF FRF BEF XOF XAF MAD DZD HTG"), 100),
    (Row("centimo centimos céntimo céntimos", "CRC VES PEN PYG ESP"), 100),
    (Row("sen sens", "MYR IDR BND JPY", "MYR", "word"), 100),
    (Row("satang satangs", "THB"), 100),
    (Row("øre öre", "SEK NOK DKK"), 100),
    (Row("pfennig pfennigs pfennige", "DEM"), 100),
    (Row("groschen", "ATS"), 100),
    (Row("grosz groszy grosze", "*zloty", "PLN"), 100),
    (Row("stotinki stotinka", "*lev", "BGN"), 100),
    (Row("lipa lipas", "HRK"), 100),
    (Row("agorot agora agoras", "*shekel", "ILS", "word"), 100),
    (Row("piastre piastres piaster piasters", "EGP LBP SYP SDG"), 100),
    (Row("halala halalas", "SAR"), 100),
    (Row("fils", "KWD BHD JOD IQD"), 1000),
    (Row("kobo", "NGN"), 100),
    (Row("pesewa pesewas", "*cedi", "GHS"), 100),
    (Row("ngwee", "ZMW ZMK", "ZMW"), 100),
    (Row("tambala", "MWK"), 100),
    (Row("thebe", "BWP"), 100),
    (Row("toea", "PGK"), 100),
    (Row("jiao", "CNY"), 10),
    (Row("satoshi satoshis", "XBT"), 100_000_000),
    (Row("toman tomans", "IRR"), Decimal("0.1")),
)
"""Minor units and how many make one major unit; the toman is ten rials."""

GLUED_MINOR = (
    (Row("p", "GBP IEP", "", "page"), 100),
    (Row("c", "*dollar EUR ZAR", "USD", "degree"), 100),
)
"""Minor units of one letter, read only where they are glued to the number: ``20p``."""

SYMBOLS = (
    Row("$ ＄ ﹩", "*dollar ARS CLP COP CUP MXN UYU DOP", "USD"),
    Row("£ ￡ ₤", "GBP EGP LBP SYP SDG SSP FKP GIP SHP IEP CYP MTP", "GBP"),
    Row("€", "EUR"),
    Row("¥ ￥", "JPY CNY", "JPY"),
    Row("₹", "INR"),
    Row("₨", "*rupee", "INR"),
    Row("₩ ￦", "KRW"),
    Row("₽", "RUB"),
    Row("₴", "UAH"),
    Row("₺", "TRY"),
    Row("₦", "NGN"),
    Row("₱", "PHP"),
    Row("₫", "VND"),
    Row("฿", "THB"),
    Row("₪", "ILS"),
    Row("₡", "CRC SVC"),
    Row("₲", "PYG"),
    Row("₸", "KZT"),
    Row("₮", "MNT"),
    Row("₭", "LAK"),
    Row("₾", "GEL"),
    Row("₼", "AZN"),
    Row("₵", "*cedi", "GHS"),
    Row("៛", "KHR"),
    Row("﷼", "IRR SAR QAR OMR YER"),
    Row("৳", "BDT"),
    Row("֏", "AMD"),
    Row("؋", "AFN"),
    Row("₿", "XBT"),
    Row("₧", "ESP"),
    Row("₣", "FRF CHF"),
    Row("元", "CNY"),
    Row("円", "JPY"),
)
"""Signs that stand before or after a number."""

GARBLED = {"â‚¬": "€", "â\x82¬": "€", "Â£": "£", "Â¥": "¥", "Ã¢â€šÂ¬": "€", "�": "", "#": "£"}
"""Signs spoilt by a wrong decoding, and what they were; the figure is flagged ``garbled``."""

GARBLED_BEFORE = {"#": r"(?=\d[\d,]*(?:\.\d+)?\s?(?:bn|mn?|million|billion|trillion)\b|\d+\.\d\d(?!\d|\.\d))"}
"""What must stand after one that is good for other things too: #3 is a number, #3bn had a pound sign."""

PREFIXES = {
    "$": (
        ("US U.S. USD Us US- US. U.S", "USD"),
        ("A AU AUD Aus AUS Au", "AUD"),
        ("C CA CAN Can CAD Cdn CDN CND Cad", "CAD"),
        ("NZ NZD Nz", "NZD"),
        ("HK HKD Hk H.K.", "HKD"),
        ("S SG SGD Sing S'pore", "SGD"),
        ("NT NTD TW TWD N.T. Nt", "TWD"),
        ("R BR BRL", "BRL"),
        ("Mex MX MXN MEX", "MXN"),
        ("J JM JMD JA Ja", "JMD"),
        ("TT TTD", "TTD"),
        ("Bds BDS BBD", "BBD"),
        ("BZ BZD", "BZD"),
        ("EC XCD ECD", "XCD"),
        ("F FJ FJD", "FJD"),
        ("G GY GYD", "GYD"),
        ("N NA NAD", "NAD"),
        ("L LD LRD LR", "LRD"),
        ("Z ZW ZWD ZWL Zim", "ZWL ZWD"),
        ("SI SBD", "SBD"),
        ("T TOP", "TOP"),
        ("WS SAT WST", "WST"),
        ("AR ARS Arg", "ARS"),
        ("CL CLP CH", "CLP"),
        ("COP COL Col", "COP"),
        ("UY UYU", "UYU"),
        ("RD DOP", "DOP"),
        ("CUP", "CUP"),
        ("BN BND", "BND"),
        ("B", "BND BSD"),
        ("BD BMD Bda BM", "BMD"),
        ("BS BSD", "BSD"),
        ("CI KYD KY", "KYD"),
        ("SR SRD Sr", "SRD"),
        ("MOP", "MOP"),
    ),
    "£": (
        ("UK GB GBP STG Stg U.K.", "GBP"),
        ("IR Ir IEP I", "IEP"),
        ("E EG EGP LE", "EGP"),
        ("C CY CYP", "CYP"),
        ("LL LBP", "LBP"),
        ("SD SDG", "SDG"),
        ("SY SYP S", "SYP"),
    ),
    "¥": (("CN RMB CNY", "CNY"), ("JP JPY", "JPY")),
    "₩": (("KR KRW", "KRW"),),
    "€": (("EUR", "EUR"),),
    "₹": (("INR", "INR"),),
    "¢": (("GH Gh GHS", "GHS"), ("US U.S.", "USD")),
    "₵": (("GH Gh GHS", "GHS"),),
}
"""Letters before a sign that decide it: ``A$``. The same letters may follow it: ``$US5``. Case matters."""

LETTERS = (
    Row("Rs RS Re", "*rupee", "INR"),
    Row("RM", "MYR"),
    Row("Rp", "IDR"),
    Row("Ksh KSh Kshs KShs KSH", "KES"),
    Row("Sh Shs sh", "*shilling", "", "letters"),
    Row("USh Ush Ushs UShs Shs.", "UGX"),
    Row("TSh Tsh Tshs TShs TSH", "TZS"),
    Row("Tk", "BDT"),
    Row("R", "ZAR", "", "letters"),
    Row("P", "PHP BWP", "PHP", "letters"),
    Row("Php PhP", "PHP", "", "letters"),
    Row("Ps", "MXN ARS CLP COP PHP", "", "letters"),
    Row("NTD", "TWD"),
    Row("W", "KRW", "", "one letter"),
    Row("B", "THB", "", "one letter"),
    Row("Hr", "UAH", "", "letters"),
    Row("rub", "RUB", "", "letters"),
    Row("ZiG ZIG", "ZWG", "", "letters"),
    Row("N", "NGN", "", "letters"),
    Row("K", "ZMW PGK MMK", "", "one letter"),
    Row("Q", "GTQ", "", "one letter"),
    Row("L", "HNL", "", "one letter"),
    Row("Y", "JPY CNY", "", "one letter"),
    Row("D", "GMD", "", "one letter"),
    Row("E", "SZL", "", "one letter"),
    Row("Bt", "THB", "", "letters"),
    Row("LE L.E.", "EGP", "", "letters"),
    Row("SR", "SAR SCR", "SAR", "letters"),
    Row("QR", "QAR", "", "letters"),
    Row("Dh Dhs DH DHs Dhm", "AED MAD", "", "letters"),
    Row("KD", "KWD", "", "letters"),
    Row("BD", "BHD", "", "letters"),
    Row("RO", "OMR", "", "letters"),
    Row("JD", "JOD", "", "letters"),
    Row("LL L.L.", "LBP", "", "letters"),
    Row("NIS", "ILS", "", "code"),
    Row("FCFA CFAF CFA", "XOF XAF"),
    Row("FRw Frw Rwf", "RWF"),
    Row("FBu Fbu", "BIF"),
    Row("GHc Ghc", "GHS GHC", "GHS"),
    Row("GH", "GHS GHC", "GHS", "letters"),
    Row("Le", "SLE SLL", "SLE", "letters"),
    Row("Br", "ETB", "", "letters"),
    Row("Bs BsF", "BOB VES VEF VEB", "", "letters"),
    Row("Gs", "PYG", "", "letters"),
    Row("Kz", "AOA", "", "letters"),
    Row("MT MTn", "MZN", "", "letters"),
    Row("MK", "MWK", "", "letters"),
    Row("Nu", "BTN", "", "letters"),
    Row("NRs NRS", "NPR"),
    Row("SLRs SLRS", "LKR"),
    Row("PKRs", "PKR"),
    Row("kr Kr", "DKK NOK SEK ISK"),
    Row("SKr Skr", "SEK"),
    Row("NKr Nkr", "NOK"),
    Row("DKr Dkr", "DKK"),
    Row("IKr", "ISK"),
    Row("Kč", "CZK"),
    Row("zł", "PLN"),
    Row("Ft", "HUF", "", "letters"),
    Row("DM Dm", "DEM", "", "letters"),
    Row("SFr Sfr sfr SFR", "CHF"),
    Row("Fr", "CHF FRF", "", "letters"),
    Row("FFr FFR Ffr", "FRF"),
    Row("FF", "FRF", "", "letters"),
    Row("BFr Bfr BFR", "BEF"),
    Row("LFr", "LUF"),
    Row("Dfl DFl dfl DFL", "NLG"),
    Row("Fl fl", "NLG AWG", "NLG", "letters"),
    Row("Pta Ptas pta ptas Pts", "ESP"),
    Row("Esc", "PTE", "", "letters"),
    Row("FMk Fmk", "FIM"),
    Row("OSch Sch", "ATS", "", "letters"),
    Row("Lit", "ITL", "", "letters"),
    Row("RMB Rmb", "CNY"),
    Row("Afl", "AWG"),
    Row("NAf NAfl", "ANG XCG"),
    Row("TL YTL", "TRY TRL", "TRY", "letters"),
    Row("BTC", "XBT"),
    Row("ETH DOGE LTC XRP USDT USDC", "", "", "after"),
    Row("Rf", "MVR", "", "letters"),
    Row("Ar", "MGA", "", "letters"),
)
"""Letters before a number (some also after it: ``42 RM``), case as written."""

LETTERS_AFTER = word_set(
    "Rs RM Tk kr Kr Kč zł DM Dm RMB NIS FCFA CFAF CFA BTC ETH DOGE LTC XRP USDT USDC rub NTD "
    "SKr Skr NKr Nkr DKr Dkr Ptas ptas Pta Dfl Ft LE TL "
    "YTL Ksh KSh Php Dh Dhs Fr FF SFr Rp"
)
"""Those of ``LETTERS`` that may also stand after the number."""

RISKY_CODES = word_set(
    "ALL AMD ANG BAD BAM BAN BOB BSD COP CUP CVE DEM DOP ERN ESP ETB FIM GEL GIP LAK LTL MAD MOP MUR NAD NIC "
    "PAB PEI PEN PES PHP PTE RON SDG SHP SIT SOS SRG STD STN SVC TMT TOP TRY UYP WST XCG YUN"
)
"""Codes that are also words or other abbreviations: guarded like letters, as are all codes out of use."""

DOUBTFUL_CODES = word_set("SAR NPR PKR IRR BND SSP BHD")
"""Codes that are other abbreviations now and then (search and rescue): in doubt only before a short number
that something follows."""

ADJECTIVES = {
    "US": "u.s. us american america's",
    "AU": "australian aussie aust",
    "NZ": "n.z. nz kiwi",
    "HK": "h.k. hk",
    "SG": "singapore singaporean",
    "TW": "taiwan taiwanese",
    "CA": "canadian cdn can",
    "GB": "british uk u.k. english",
    "IE": "irish",
    "DE": "german",
    "FR": "french",
    "SU": "soviet",
    "RU": "russian",
    "SE": "swedish",
    "NO": "norwegian",
    "DK": "danish",
    "IS": "icelandic",
    "FI": "finnish",
    "CS": "czechoslovak czechoslovakian",
    "CZ": "czech",
    "NL": "dutch",
    "LU": "luxembourg",
    "CY": "cyprus",
    "MT": "maltese",
    "BS": "bahamian",
    "FJ": "fijian",
    "BG": "bulgarian",
    "TR": "turkish",
    "IR": "iranian",
    "SA": "saudi",
    "AE": "emirati uae",
    "YE": "yemeni yemen",
    "BW": "botswana",
    "KR": "korean",
    "PH": "philippine",
    "YU": "yugoslav yugoslavian",
    "ZW": "zimbabwe zimbabwean",
    "UG": "ugandan",
    "SO": "somali",
}
"""Adjectives before a currency's name beside those CLDR's names begin with, lower case."""

COUNTRY_WORDS = {
    "US": "United States|U.S.|America",
    "CG": "Congo-Brazzaville|Congo Brazzaville|Brazzaville|Republic of the Congo",
    "BF": "Burkina|Burkinab",
    "NE": "Nigérien",
    "CM": "Cameroon",
    "GB": "United Kingdom|Britain|British|UK|U.K.|England|London",
    "HK": "Hong Kong",
    "MM": "Myanmar|Burma",
    "CI": "Ivory Coast|Côte d’Ivoire|Côte d'Ivoire|Ivorian",
    "CD": "Congo|Congolese",
    "CZ": "Czech|Prague",
    "CS": "Czechoslovak",
    "SU": "Soviet|U.S.S.R.|USSR",
    "TR": "Turkey|Turkish|Türkiye",
    "BA": "Bosnia",
    "SZ": "Eswatini|Swazi",
    "MK": "Macedonia",
    "AE": "UAE|U.A.E.|Emirates|Dubai|Abu Dhabi|Sharjah",
    "PH": "Philippine|Filipino|Manila",
    "NL": "Netherlands|Dutch|Amsterdam",
    "DE": "German|Bonn|Frankfurt",
    "FR": "France|French|Paris",
    "BE": "Belgium|Belgian|Brussels",
    "CH": "Switzerland|Swiss|Zurich|Geneva|Basle|Basel",
    "SE": "Sweden|Swedish|Stockholm",
    "NO": "Norway|Norwegian|Oslo",
    "DK": "Denmark|Danish|Copenhagen",
    "IS": "Iceland|Reykjavik",
    "ZA": "South Africa|Pretoria|Johannesburg",
    "KR": "South Korea|Korea|Seoul",
    "MX": "Mexico|Mexican",
    "AR": "Argentin",
    "CL": "Chile",
    "CO": "Colombia",
    "UY": "Uruguay",
    "DO": "Dominican",
    "CU": "Cuba",
    "PK": "Pakistan|Karachi|Lahore|Islamabad",
    "LK": "Sri Lanka|Colombo",
    "NP": "Nepal|Kathmandu",
    "IN": "India|Delhi|Mumbai|Bombay",
    "MU": "Mauriti",
    "SC": "Seychelles",
    "IT": "Italy|Italian|Rome|Milan",
    "YU": "Yugoslav",
}
"""How a country shows in a text when no country mentions are given: beginnings of words, case exact. Where a
territory is missing here, CLDR's English name and the adjectives of its currencies are looked for."""

LONGER_NAMES = {
    "GN": "Guinea-Bissau|Equatorial Guinea|Papua New Guinea|New Guinea",
    "SD": "South Sudan",
    "CD": "Congo-Brazzaville|Congo Brazzaville",
    "CG": "Democratic Republic of the Congo",
    "DO": "Dominica,|Dominica.",
    "IN": "Indian Ocean|Indiana",
    "IE": "Northern Ireland",
    "JO": "Michael Jordan",
    "TD": "Lake Chad",
    "CO": "Colombo",
    "MX": "New Mexico|Gulf of Mexico",
    "GB": "New England",
    "KR": "North Korea|Korean War|Korean peninsula|Korean Peninsula",
}
"""Longer names of something else that hold a country's name."""

SCENERY = {
    "AU": "New South Wales|NSW|Queensland(?:ers?)?|Tasmanians?|Tasmania|West(?:ern)? Australians?"
    "|South Australians?|Northern Territory|(?:West(?:ern)?|South) Australia|Sydney|Brisbane|Canberra"
    "|Adelaide|Hobart|Geelong|Wollongong|Townsville|Cairns|Toowoomba|Ballarat|Bendigo|Kalgoorlie"
    "|Alice Springs|Centrelink|Torres Strait Islanders?",
    "CA": "Saskatchewan|Saskatoon|Manitobans?|Manitoba|Winnipeg|Nova Scotians?|Nova Scotia"
    "|Newfoundland(?:ers?)?|Toronto|Montreal|Montréal|Ottawa|Qu[eé]bec|British Columbia"
    "|Prince Edward Island|Albertans?|Alberta|Northwest Territories|Nunavut|Iqaluit|Yellowknife|Yukon"
    "|Whitehorse|Edmonton|Calgary|Mississauga|RCMP|Mi[’']kmaw|Mi[’']kmaq|Inuvialuit",
    "NZ": "Auckland(?:ers?)?|Christchurch|Dunedin|Invercargill|Palmerston North|New Plymouth|Waikato"
    "|Hawke['’]s Bay|Gisborne|Wairoa|Otago|Taranaki|Rotorua|Tauranga|Taup[oō]|Whang[aā]rei|Aotearoa"
    "|M[aā]ori|KiwiRail|Kiwibank|Waka Kotahi|Oranga Tamariki|K[aā]inga Ora|Te Whatu Ora|Te Papa"
    "|P[aā]keh[aā]",
    "US": any_of([*(s.name for s in US_STATES if not s.also), *(p for s in US_STATES for p in s.people)])
    + "|Silicon Valley|Hollywood|Manhattan|Brooklyn|Wall Street|White House|Pentagon|Congress"
    "|Capitol Hill|Medicaid|Medicare|Nasdaq|NASDAQ|NYSE|New York Stock Exchange|Dow Jones|Federal Reserve"
    "|FBI|CIA|IRS|FDA|SEC|NASA|NFL|NBA",
}
"""Cities, regions and bodies that tell where a story plays; of other countries none that the United States
have too."""

COMMONWEALTH_SPELLING = word_set(
    """neighbour neighbours neighbouring neighbourhood neighbourhoods behaviour behaviours colour colours
    coloured colourful labour labourers favour favours favoured favourable favourite favourites honour
    honours honoured honouring harbour harbours humour rumour rumours endeavour endeavours armour
    armoured vapour flavour flavours tumour tumours centre centres centred metre metres kilometre
    kilometres centimetre centimetres litre litres fibre fibres calibre programme programmes cheque
    cheques tyre tyres kerb defence offence offences licence licences practise practised jewellery
    instalment instalments councillor councillors counsellor counsellors sceptical manoeuvre paediatric
    whilst mum mums aluminium storey storeys plough organise organised organising organisation
    organisations organiser organisers recognise recognised recognising realise realised realising
    authorise authorised apologise apologised criticise criticised emphasise emphasised prioritise
    prioritised specialise specialised maximise minimise utilise mobilise mobilised stabilise finalise
    finalised hospitalised privatise privatised privatisation characterise characterised
    characterisation subsidise subsidised summarise legalise legalised analyse analysed carpark moggie"""
)
AMERICAN_SPELLING = word_set(
    """neighbor neighbors neighboring neighborhood neighborhoods behavior behaviors color colors colored
    colorful labor laborers favor favors favored favorable favorite favorites honor honors honored
    harbor harbors humor rumor rumors endeavor endeavors armor armored vapor flavor flavors tumor tumors
    center centers meter meters kilometer kilometers centimeter centimeters liter liters theater
    theaters fiber fibers caliber curb defense offense offenses practiced jewelry installment
    installments councilman counselor counselors skeptical maneuver pediatric mom moms aluminum plow
    analyze analyzed"""
)
"""Words that are spelt otherwise in the United States, and how they are spelt there."""

NAMESAKE_CITIES = word_set("kingston santiago wellington halifax perth manchester durban san")
"""Cities whose name says too little of a country."""
