"""What can be wrong with a query: each code once, with the sentence that says what and how to mend it."""

# Codes are kept for good: pages, tests and people's notes name them. New ones go to the end.
MAX_LENGTH = 20_000
MAX_DEPTH = 50
MAX_WORDS = 2_000
MAX_WITHIN = 50

REFUSALS: dict[str, str] = {
    "E001": "The query is empty. Write at least one word.",
    "E002": f"The query has {{found:,}} characters; {MAX_LENGTH:,} is the most. Split it into several queries.",
    "E003": f"Brackets or NOTs are more than {MAX_DEPTH} levels deep here. Remove brackets that are not needed.",
    "E004": f"The query has more than {MAX_WORDS:,} words. Split it into several queries.",
    "E005": "This bracket is never closed. Add a ) where the group ends.",
    "E006": "This bracket closes nothing. Remove it, or add a ( where the group starts.",
    "E007": 'This quotation mark is never closed. Add a " where the phrase ends.',
    "E008": "{found} needs something on its left. Write a word before it, or remove it; "
    "put the word in quotes to search for it.",
    "E009": "{found} needs something on its right. Write a word after it, or remove it; "
    "put the word in quotes to search for it.",
    "E010": "These brackets are empty. Write a word between them, or remove them.",
    "E011": "This phrase holds no word that can be searched for. Write letters, digits or an emoji.",
    "E012": "A wildcard can't open a word. Write at least the first letter before it.",
    "E013": "“{found}” has too few letters. Beside wildcards a word needs at least two letters or digits.",
    "E014": "A wildcard does nothing here. In Chinese, Japanese, Korean and Thai a word is found inside "
    "longer text as it is. Remove the {found}.",
    "E015": "This brace is never closed. Write {{BT}} to search for BT in exactly these capitals.",
    "E016": "These braces hold no word that can be searched for. Write {{BT}} to search for BT in exactly "
    "these capitals.",
    "E017": "Between braces every character counts, so {found} is no wildcard there. Remove it, or remove the braces.",
    "E018": f"{{found}} needs a whole number from 0 to {MAX_WITHIN}, as in NEAR/5, or NEAR/5f for “in this order”.",
    "E019": "A side of NEAR is a word, a phrase, or a group of them joined by OR. {found} can't stand there. "
    "Take it out and join it with AND.",
    "E020": f'After a phrase, ~ needs a whole number from 0 to {MAX_WITHIN}, as in "late check-in"~3.',
    "E021": "There is no field “{found}:”. The fields are from:, has:, lang:, platform: and site:. To search for "
    "the words themselves, put them in quotes.",
    "E022": "{found}: has no value. Write it directly after the colon, as in {example}.",
    "E023": "“{found}” is no value for {field}:. Write it as in {example}.",
    "E024": "The query only excludes, so it would match nearly every post. Add a word that must be there.",
    "E025": "This comment is never closed. Add >>> where it ends.",
    "E026": "This brace closes nothing. Remove it, or add a {{ before the word.",
    "E027": '~ stands only directly after a phrase in quotes, as in "late check-in"~3. Quote the words, or use NEAR/3.',
}

WARNINGS: dict[str, str] = {
    "W001": "Between these two words AND is understood. Write AND, or put a phrase in quotes.",
    "W002": "AND binds closer than OR here. Brackets make that visible: {rewrite}",
    "W003": "More than 10 words between two words rarely means that they belong together. Try NEAR/{offer}.",
    "W004": "“{found}” is a single letter and stands in very many posts. Use a longer word or a phrase.",
    "W005": "“{found}” in small letters is searched for as a word. Write {offer} in capitals to connect.",
    "W006": "“{found}” may stand for very many words. Use at least four letters beside a wildcard.",
    "W007": "A minus sign does not exclude. Write NOT {found}.",
    "W008": "“{found}” can't be searched for and is left out.",
    "W009": "“{found}” is here more than once; once is enough.",
}


class QueryError(ValueError):
    """A query that can't be read: a lasting code, from where to where in the text, and the sentence for the person."""

    def __init__(self, code: str, position: int, end: int, **words: object) -> None:
        self.code = code
        self.position = position
        self.end = end
        self.message = REFUSALS[code].format(**words)
        super().__init__(f"{code} at character {position + 1}: {self.message}")
