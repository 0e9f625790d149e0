"""Which country and language codes there are, and the names people type for the common ones."""

COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
COUNTRY_NAMES = {
    "AE": "United Arab Emirates", "AR": "Argentina", "AT": "Austria", "AU": "Australia", "BE": "Belgium",
    "BG": "Bulgaria", "BR": "Brazil", "CA": "Canada", "CH": "Switzerland", "CL": "Chile", "CN": "China",
    "CO": "Colombia", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark", "EE": "Estonia",
    "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FR": "France", "GB": "United Kingdom", "GR": "Greece",
    "HK": "Hong Kong", "HR": "Croatia", "HU": "Hungary", "ID": "Indonesia", "IE": "Ireland", "IL": "Israel",
    "IN": "India", "IS": "Iceland", "IT": "Italy", "JP": "Japan", "KE": "Kenya", "KR": "South Korea",
    "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MA": "Morocco", "MT": "Malta", "MX": "Mexico",
    "MY": "Malaysia", "NG": "Nigeria", "NL": "Netherlands", "NO": "Norway", "NZ": "New Zealand", "PE": "Peru",
    "PH": "Philippines", "PK": "Pakistan", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia",
    "SA": "Saudi Arabia", "SE": "Sweden", "SG": "Singapore", "SI": "Slovenia", "SK": "Slovakia", "TH": "Thailand",
    "TN": "Tunisia", "TR": "Türkiye", "TW": "Taiwan", "UA": "Ukraine", "US": "United States", "UY": "Uruguay",
    "VN": "Vietnam", "ZA": "South Africa",
}  # fmt: skip
_OTHER_COUNTRY_NAMES = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "usa": "US", "united states of america": "US", "deutschland": "DE", "españa": "ES", "italia": "IT",
    "österreich": "AT", "schweiz": "CH", "suisse": "CH", "brasil": "BR", "norge": "NO", "sverige": "SE",
    "danmark": "DK", "suomi": "FI", "polska": "PL", "the netherlands": "NL", "nederland": "NL", "holland": "NL",
    "éire": "IE", "republic of ireland": "IE", "turkey": "TR", "czech republic": "CZ", "uae": "AE", "korea": "KR",
}  # fmt: skip
LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
LANGUAGE_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nb": "Norwegian Bokmål", "nl": "Dutch",
    "nn": "Norwegian Nynorsk", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_OTHER_LANGUAGE_NAMES = {
    "deutsch": "de", "français": "fr", "español": "es", "italiano": "it", "português": "pt", "norsk": "nb",
    "svenska": "sv", "dansk": "da", "suomi": "fi", "nederlands": "nl", "polski": "pl", "gaeilge": "ga", "bokmål": "nb",
}  # fmt: skip
_BY_COUNTRY_NAME = {name.lower(): code for code, name in COUNTRY_NAMES.items()} | _OTHER_COUNTRY_NAMES
_BY_LANGUAGE_NAME = {name.lower(): code for code, name in LANGUAGE_NAMES.items()} | _OTHER_LANGUAGE_NAMES


def country_code(text: str) -> str | None:
    """The two-letter code for what was typed: IE, ie, Ireland; None when it is no country."""
    code = text.upper()
    if code in COUNTRIES:
        return code
    return _BY_COUNTRY_NAME.get(text.lower())


def language_code(text: str) -> str | None:
    """The code for what was typed: pt, PT-br, Portuguese; None when it is no language."""
    main, dash, region = text.replace("_", "-").partition("-")
    if main.lower() in LANGUAGES:
        if not dash:
            return main.lower()
        if (len(region) == 2 and region.upper() in COUNTRIES) or (len(region) == 4 and region.isalpha()):
            return f"{main.lower()}-{region.upper() if len(region) == 2 else region.title()}"
        return None
    return _BY_LANGUAGE_NAME.get(text.lower())


def country_name(code: str) -> str:
    """The country in English, or its code where we have no name."""
    return COUNTRY_NAMES.get(code, code)


def language_name(code: str) -> str:
    """The language in English, with its region in brackets, or its code where we have no name."""
    main, dash, region = code.partition("-")
    name = LANGUAGE_NAMES.get(main, main)
    return f"{name} ({country_name(region) if len(region) == 2 else region})" if dash else name
