"""What the money of an initiative comes to, in one sentence of each language."""

import pytest
from django.utils import translation

from initiatives.narrative.money import money_sentence
from initiatives.presenters.money import present_money
from tests.initiatives.narrative_helpers import funded

MONEY = {
    "none": ([], "No money recorded.", "沒有記錄到款項。"),
    "the stage that came furthest": (
        [funded("earmarked", 10**9), funded("appropriated", 10**9)],
        "HK$1 billion approved; no spending reported.",
        "已批准10億港元；未見支出紀錄。",
    ),
    "a larger sum of an earlier stage, never added": (
        [funded("earmarked", 3 * 10**9), funded("committed", 3 * 10**8, qualifier="over")],
        "HK$3 billion set aside; over HK$300 million committed; no spending reported.",
        "已預留30億港元；已承擔逾3億港元；未見支出紀錄。",
    ),
    "parts are not counted again, and several inexact sums are about right": (
        [
            funded("appropriated", 10**9),
            funded("appropriated", 10**8, part_of="appropriated-public-1000000000"),
            funded("appropriated", 5 * 10**8, qualifier="nearly"),
        ],
        "About HK$1.5 billion approved; no spending reported.",
        "已批准約15億港元；未見支出紀錄。",
    ),
    "spent": (
        [funded("appropriated", 10**9), funded("spent", 2 * 10**8)],
        "HK$1 billion approved; HK$200 million spent.",
        "已批准10億港元；已支出2億港元。",
    ),
    "spent, nobody says how much": (
        [funded("appropriated", 10**9), funded("spent", None)],
        "HK$1 billion approved; spending reported without a sum.",
        "已批准10億港元；有報告支出，但沒有金額。",
    ),
    "an estimate is nobody's money": (
        [funded("estimate", 13 * 10**9)],
        "A cost of HK$13 billion was estimated; no public money recorded.",
        "估計費用130億港元；沒有記錄到公帑。",
    ),
    "private money and land stand apart": (
        [funded("announced", 10**9), funded("pledged", 10**8, payer="private"), funded("pledged", 10**7, payer="land")],
        "HK$1 billion announced; no spending reported; HK$100 million of private money stands apart from that; "
        "land worth HK$10 million stands apart from that.",
        "已公布10億港元；未見支出紀錄；另有私人資金1億港元；另有土地值1,000萬港元。",
    ),
    "only private money": (
        [funded("pledged", 10**8, payer="private", qualifier="up_to")],
        "No public money recorded; up to HK$100 million of private money stands apart from that.",
        "沒有記錄到公帑；另有私人資金最多1億港元。",
    ),
    "what was paid out is told beside a smaller sum that was spent, and what came back after both": (
        [funded("disbursed", 10**9), funded("spent", 10**8), funded("returned", 5 * 10**7)],
        "HK$1 billion paid out; HK$100 million spent; HK$50 million returned.",
        "已發放10億港元；已支出1億港元；已退還5,000萬港元。",
    ),
    "only a public pledge": (
        [funded("pledged", 10**9)],
        "HK$1 billion pledged; no spending reported.",
        "已認捐10億港元；未見支出紀錄。",
    ),
    "only what came back": (
        [funded("returned", 10**9)],
        "HK$1 billion returned; no spending reported.",
        "已退還10億港元；未見支出紀錄。",
    ),
    "of others a pledge comes before what was spent, an estimate and what came back are none": (
        [
            funded("pledged", 10**8, payer="private"),
            funded("spent", 2 * 10**8, payer="private"),
            funded("returned", 3 * 10**8, payer="private"),
            funded("estimate", 10**7, payer="land"),
        ],
        "No public money recorded; HK$200 million of private money stands apart from that.",
        "沒有記錄到公帑；另有私人資金2億港元。",
    ),
    "no sum": (
        [funded("announced", None)],
        "Public money was mentioned without a sum.",
        "提及公帑，但沒有金額。",
    ),
}


@pytest.mark.parametrize("case", MONEY)
def test_the_money_of_an_initiative_in_one_sentence(case):
    rows, english, chinese = MONEY[case]
    groups = present_money([each | {"position": at} for at, each in enumerate(rows)])
    with translation.override("en"):
        assert money_sentence(groups) == english
    with translation.override("zh-hant"):
        assert money_sentence(groups) == chinese
