"""Quotations: what was promised first, what is promised now, and what was said when it was announced."""


def present_quotations(root: dict, speaker: dict | None) -> list[dict]:
    """Return [{"role": "first", "now" or "said", "statement", "quotes", "of"}]: the statements that have quotations.

    quotes: [(words, their language)], the phrase about the date and the phrases quoted from sources. of: the
    milestone's title, or None for what was said of the initiative itself.
    """
    told = speaker["statements"] if speaker else []
    of = speaker and speaker["document"]["title"]
    found = [("first", each, of) for each in told if each["first"]]
    found += [("now", each, of) for each in told if each["current"] and not each["first"]]
    if not found and told:
        found = [("said", told[-1], of)]
    found += [("said", each, None) for each in root["statements"]]
    words = [
        {"role": role, "statement": statement, "quotes": list_quotes(statement), "of": of}
        for role, statement, of in found
    ]
    return [each for each in words if each["quotes"]]


def list_quotes(statement: dict) -> list[tuple[str, str]]:
    phrase = statement["promised"] and statement["promised"]["phrase"]
    quotes = [(phrase, statement["phrase_language"])] if phrase else []
    quotes += [(each["quote"], each["quote_language"]) for each in statement["citations"] if each["quote"]]
    return list(dict.fromkeys(quotes))
