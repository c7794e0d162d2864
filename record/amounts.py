"""Parsing and formatting of amounts as people write them: 1,500,000,000, HK$1.5bn, 15億, (45.2bn)."""

import re
from decimal import Context, Decimal

MAX_AMOUNT = 10**16  # whole HKD; far above any budget, below what a database's big integer holds
MAX_AMOUNT_LENGTH = 60  # characters
EXACT_CONTEXT = Context(prec=100)  # more digits than an amount can have, so that nothing is rounded

# Full-width signs and digits, unusual spaces, and dashes that stand for a minus.
PLAIN_CHARACTERS = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x00A0, 0x2009, 0x202F, 0x3000), " ")
    | dict.fromkeys((0x2010, 0x2011, 0x2013, 0x2212), "-")
)

# Powers of ten.
SCALE_WORDS = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12}
SCALE_LETTERS = {"k": 3, "m": 6, "b": 9}  # of money only: 150m may be metres
SCALE_CHARACTERS = {"十": 1, "百": 2, "千": 3, "萬": 4, "万": 4, "億": 8, "亿": 8}

AMOUNT_PATTERN = re.compile(
    rf"""
    (?P<outer>[+-]?)\s*
    (?P<before>HK\$|HKD|\$|港幣|港币)?\s*
    (?P<inner>[+-]?)\s*
    (?P<number>[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*
    (?:(?P<word>{"|".join(SCALE_WORDS)})|(?P<letter>[{"".join(SCALE_LETTERS)}])|(?P<chinese>[十百千]?[萬万]?[億亿]?))\s*
    (?P<after>HKD|港元|港幣|港币|元)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
SCALE_PATTERN = re.compile(rf"(?<![a-z])(?:{'|'.join(SCALE_WORDS)})s?(?![a-z])|[千萬万億亿]", re.IGNORECASE | re.ASCII)


def parse_amount(text: str, *, money: bool = True) -> Decimal:
    """Parse one amount exactly. Raises ValueError unless all of the text is understood.

    money: the amount may name Hong Kong dollars and give its scale in one letter.
    """
    if len(text) > MAX_AMOUNT_LENGTH:
        raise ValueError(text)
    words = text.translate(PLAIN_CHARACTERS).strip()
    bracketed = words[:1] == "(" and words[-1:] == ")"  # accountants' notation for negative numbers
    found = AMOUNT_PATTERN.fullmatch(words[1:-1].strip() if bracketed else words)
    if found is None:
        raise ValueError(text)
    signs = found["outer"] + found["inner"] + "-" * bracketed
    if len(signs) > 1 or (not money and (found["before"] or found["after"] or found["letter"])):
        raise ValueError(text)
    size = EXACT_CONTEXT.scaleb(Decimal(found["number"].replace(",", "")), _scale_exponent(found))
    return Decimal(_format_digits(-size if signs == "-" else size))


def format_amount(value: Decimal | int) -> str:
    """Format a number with grouped digits and no trailing zeros: 1,500,000,000, -0.5. `parse_amount` reads it back."""
    return _format_digits(Decimal(value), grouped=True)


def mentions_scale(text: str) -> bool:
    """Return True if words such as a unit count in thousands, millions, 億 …"""
    return SCALE_PATTERN.search(text) is not None


def _scale_exponent(found: re.Match) -> int:
    if found["word"]:
        return SCALE_WORDS[found["word"].lower()]
    if found["letter"]:
        return SCALE_LETTERS[found["letter"].lower()]
    return sum(SCALE_CHARACTERS[each] for each in found["chinese"])


def _format_digits(value: Decimal, *, grouped: bool = False) -> str:
    return format(EXACT_CONTEXT.plus(value.normalize(EXACT_CONTEXT)), ",f" if grouped else "f")
