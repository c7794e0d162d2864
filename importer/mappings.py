"""The mapping from values of a data file to stored ones: the table "Reading the data file" of the vocabularies.

Keys are what a file may say, values what is stored. Any other value is refused, and the message lists the keys.
"""

STAGE = {
    "announced": "announced",
    "funded": "approved",
    "setting_up": "in_progress",
    "under_construction": "in_progress",
    "operating": "operating",
    "published": "operating",
    "closed": "completed",
}
# `estimate` is our addition: a cost that nobody has voted, asked for or set aside (data/CORRECTIONS.md).
DECISION = {
    "earmarked": "earmarked",
    "approved": "appropriated",
    "committed": "committed",
    "proposed": "proposed",
    "bid": "pledged",
    "estimate": "estimate",
}
STATUS = {"completed": "met", "pending": "scheduled", "unknown": "scheduled", "superseded": "superseded"}
VINTAGE = {
    "original": "original",
    "revised": "revised",
    "provisional": "provisional",
    "ytd": "year_to_date",
    "year_to_date": "year_to_date",
    "actual": "actual",
}
THEME = {"challenge": ("challenge",), "opportunity": ("opportunity",), "both": ("challenge", "opportunity")}
QUALIFIER = {
    "exactly": "exactly",
    "about": "about",
    "around": "about",
    "over": "over",
    "more than": "over",
    "exceeds": "over",
    "nearly": "nearly",
    "up to": "up_to",
    "up_to": "up_to",
    "at least": "at_least",
    "at_least": "at_least",
    "not less than": "at_least",
    "under": "under",
}
PRECISION = {word: word for word in ("day", "month", "quarter", "half", "year", "unknown")}
STANCE = {word: word for word in ("supportive", "cautious", "critical", "mixed", "neutral")}
ANNOUNCEMENT_KIND = {word: word for word in ("budget", "policy_address", "other")}
VERIFIED = {word: word for word in ("seen", "article", "recall")}
ACCESS = {word: word for word in ("seen", "recall")}
TIER = {tier: tier for tier in (1, 2, 3)}
LANGUAGE = {"en": "en", "zh-Hant": "zh-hant", "zh-Hans": "zh-hans"}

# People of these kinds speak for the government; any other person is also an Expert.
OFFICIAL_KINDS = frozenset({"official", "appointee"})
# A person of this kind becomes an Expert that is the organisation or outlet itself, and no Person.
ORGANISATION_VOICE = "organisation-voice"

AT_THE_EARLIEST = ("最快", "as early as", "at the earliest", "at the soonest")
