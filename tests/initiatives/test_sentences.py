"""One sentence made from the record, in words of each language. The day is 22 November 2026."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from initiatives.narrative.promises import days_left, headline_milestone, initiative_sentence, milestone_sentence
from initiatives.presenters.money import present_money
from record.dates import FuzzyDate
from tests.initiatives.narrative_helpers import funded, said, told

YEAR, MONTH, DAY = FuzzyDate.from_year, FuzzyDate.from_month, FuzzyDate.from_day
HALF = FuzzyDate.ending_on(date(2026, 12, 31), "half")
AT_THE_EARLIEST = replace(YEAR(2026), at_the_earliest=True)
UNTIL = FuzzyDate(latest=date(2026, 12, 1), precision="day")
NOT_DONE = [said(stated=date(2026, 2, 1), claim="in_progress")]
NO_NUMBER = FuzzyDate(phrase="soon")

CASES = {
    "never dated": (told(), "No date has been promised.", "沒有承諾過日期。"),
    "vague words only": (told(NO_NUMBER), "No date has been promised.", "沒有承諾過日期。"),
    "in its window, never moved": (
        told(YEAR(2026), YEAR(2026)),
        "Promised for 2026; 39 days of that window are left.",
        "承諾時間為2026年；期限尚餘39天。",
    ),
    "in its window, moved once": (
        told(YEAR(2026), HALF),
        "First promised for 2026, now for the second half of 2026; 39 days of that window are left.",
        "原承諾為2026年，現為2026年下半年；期限尚餘39天。",
    ),
    "past the first promise, moved more than once": (
        told(YEAR(2024), YEAR(2025), YEAR(2026)),
        "First promised for 2024, moved 2 times, now for 2026; 39 days of that window are left, "
        "691 days past the first promise already.",
        "原承諾為2024年，改期2次，現為2026年；期限尚餘39天，已超過原承諾691天。",
    ),
    "moved and back": (
        told(YEAR(2026), YEAR(2025), YEAR(2026)),
        "Promised for 2026, moved 2 times and back to that; 39 days of that window are left.",
        "承諾時間為2026年，曾改期2次，最後改回原期；期限尚餘39天。",
    ),
    "one day left": (
        told(FuzzyDate(date(2026, 11, 1), date(2026, 11, 23))),
        "Promised for the time from 1 November 2026 to 23 November 2026; 1 day of that window is left.",
        "承諾時間為2026年11月1日至2026年11月23日；期限尚餘1天。",
    ),
    "its last day": (
        told(FuzzyDate(date(2026, 11, 1), date(2026, 11, 22))),
        "Promised for the time from 1 November 2026 to 22 November 2026; this is the last day of it.",
        "承諾時間為2026年11月1日至2026年11月22日；這天是期限的最後一天。",
    ),
    "its only day": (
        told(DAY(date(2026, 11, 22))),
        "Promised for 22 November 2026; this is that day.",
        "承諾時間為2026年11月22日；這天就是該日。",
    ),
    "only an end is known": (
        told(UNTIL),
        "Promised for no later than 1 December 2026; 9 days are left until then.",
        "承諾時間為2026年12月1日或之前；距該日尚餘9天。",
    ),
    "at the earliest: no days are claimed to be left": (
        told(AT_THE_EARLIEST),
        "Promised for 2026 at the earliest; that time has come, and no latest day was named.",
        "承諾時間為最快2026年；該時間已到，但沒有說明最遲何時。",
    ),
    "not begun": (
        told(FuzzyDate.ending_on(date(2027, 3, 31), "quarter")),
        "Promised for the first quarter of 2027; that time begins in 40 days.",
        "承諾時間為2027年第一季；距該時間開始尚有40天。",
    ),
    "a day to come": (
        told(DAY(date(2026, 11, 23))),
        "Promised for 23 November 2026; that day is 1 day away.",
        "承諾時間為2026年11月23日；距該日尚有1天。",
    ),
    "far away": (
        told(YEAR(2035)),
        "Promised for 2035; that time begins in about 8 years.",
        "承諾時間為2035年；距該時間開始約有8年。",
    ),
    "passed in silence": (
        told(FuzzyDate.ending_on(date(2026, 3, 31), "year")),
        "Promised for the 2025-26 financial year; that time has passed, and nothing since says whether it is done.",
        "承諾時間為2025-26財政年度；該時間已過，其後沒有資料顯示是否已完成。",
    ),
    "passed, and said to be done": (
        told(YEAR(2025), statements=[said(stated=date(2026, 3, 1), claim="complete")]),
        "Promised for 2025; that time has passed, and officials say it is done, but nothing else confirms it.",
        "承諾時間為2025年；該時間已過，官方稱已完成，但沒有其他資料證實。",
    ),
    "passed, and shown to be done by what nobody has checked": (
        told(YEAR(2025), evidence=[{"supports": "met", "dated": None, "holds_until": None}]),
        "Promised for 2025; that time has passed, and some evidence says it is done, but nothing settles it.",
        "承諾時間為2025年；該時間已過，有證據顯示已完成，但尚無定論。",
    ),
    "said to be late": (
        told(YEAR(2025), statements=NOT_DONE),
        "Promised for 2025; not done when last heard of on 1 February 2026, and that time passed 326 days ago.",
        "承諾時間為2025年；2026年2月1日最後一次提及時仍未完成，該時間已過去326天。",
    ),
    "said to be late, and moved": (
        told(YEAR(2024), YEAR(2025), statements=NOT_DONE),
        "First promised for 2024, now for 2025; not done when last heard of on 1 February 2026, and that time passed "
        "326 days ago, 691 days past the first promise already.",
        "原承諾為2024年，現為2025年；2026年2月1日最後一次提及時仍未完成，該時間已過去326天，已超過原承諾691天。",
    ),
    "met on time": (
        told(YEAR(2025), result="met", actual=DAY(date(2025, 11, 19))),
        "Promised for 2025; done on 19 November 2025, on time.",
        "承諾時間為2025年；已於2025年11月19日完成，如期。",
    ),
    "met on time only by the last promise, in some month": (
        told(FuzzyDate.ending_on(date(2001, 12, 31), "quarter"), MONTH(2002, 4), result="met", actual=MONTH(2002, 4)),
        "First promised for the fourth quarter of 2001, then for April 2002; done in April 2002, "
        "on time by the last promise, at least 91 days later than first promised.",
        "原承諾為2001年第四季，其後改為2002年4月；已於2002年4月完成，按最後承諾屬如期，比原承諾最少遲91天。",
    ),
    "met on a day too vague to be called in time": (
        told(MONTH(2025, 6), result="met", actual=YEAR(2025)),
        "Promised for June 2025; done in 2025, on no day certain enough to say whether in time.",
        "承諾時間為2025年6月；已於2025年完成，日期不夠確實，不能判斷是否如期。",
    ),
    "met by the last promise, and perhaps by the first": (
        told(MONTH(2025, 6), YEAR(2025), result="met", actual=YEAR(2025)),
        "First promised for June 2025, then for 2025; done in 2025, on time by the last promise.",
        "原承諾為2025年6月，其後改為2025年；已於2025年完成，按最後承諾屬如期。",
    ),
    "met before the time it was moved to, and after the first": (
        told(YEAR(2024), YEAR(2026), result="met", actual=DAY(date(2025, 5, 1))),
        "First promised for 2024, then for 2026; done on 1 May 2025, before that time, "
        "121 days later than first promised.",
        "原承諾為2024年，其後改為2026年；已於2025年5月1日完成，早於該時間，比原承諾遲121天。",
    ),
    "met after the first promise, the last one having no end": (
        told(YEAR(2024), AT_THE_EARLIEST, result="met", actual=DAY(date(2026, 5, 1))),
        "First promised for 2024, then for 2026 at the earliest; done on 1 May 2026, "
        "when no latest day had been named, 486 days later than first promised.",
        "原承諾為2024年，其後改為最快2026年；已於2026年5月1日完成，當時沒有說明最遲何時，比原承諾遲486天。",
    ),
    "met early": (
        told(YEAR(2026), result="met", actual=DAY(date(2025, 5, 3))),
        "Promised for 2026; done on 3 May 2025, before that time.",
        "承諾時間為2026年；已於2025年5月3日完成，早於該時間。",
    ),
    "met late": (
        told(YEAR(2020), result="met", actual=DAY(date(2022, 5, 25))),
        "Promised for 2020; done on 25 May 2022, 510 days late.",
        "承諾時間為2020年；已於2022年5月25日完成，遲了510天。",
    ),
    "met late, on no certain day, in part": (
        told(YEAR(2003), result="partially_met", actual=YEAR(2004)),
        "Promised for 2003; done in part in 2004, at least 1 day late.",
        "承諾時間為2003年；已於2004年部分完成，最少遲了1天。",
    ),
    "met on a day that is not recorded: no claim of being on time": (
        told(YEAR(2020), result="met"),
        "Promised for 2020; done, on a day not recorded.",
        "承諾時間為2020年；已完成，日期沒有記錄。",
    ),
    "met after an open end": (
        told(AT_THE_EARLIEST, result="met", actual=MONTH(2028, 2)),
        "Promised for 2026 at the earliest; done in February 2028, when no latest day had been named.",
        "承諾時間為最快2026年；已於2028年2月完成，當時沒有說明最遲何時。",
    ),
    "met undated": (
        told(result="met", actual=FuzzyDate(latest=date(2025, 5, 3))),
        "Done by about 3 May 2025; no date had been promised.",
        "已於約2025年5月3日或之前完成；事前沒有承諾日期。",
    ),
    "missed": (
        told(YEAR(2020), result="not_met"),
        "Promised for 2020; it was not done.",
        "承諾時間為2020年；沒有完成。",
    ),
    "dropped": (
        told(YEAR(2020), result="withdrawn"),
        "Promised for 2020; officials have dropped it.",
        "承諾時間為2020年；官方已放棄。",
    ),
    "superseded": (
        told(YEAR(2020), result="superseded"),
        "Promised for 2020; another promise has replaced it.",
        "承諾時間為2020年；已由另一項承諾取代。",
    ),
    "dropped undated": (
        told(result="withdrawn"),
        "Dropped by officials; no date had been promised.",
        "官方已放棄；事前沒有承諾日期。",
    ),
    "an event": (
        told(kind="event", result="met", actual=DAY(date(2025, 2, 26))),
        "Happened on 26 February 2025; nobody had said when it would.",
        "於2025年2月26日發生；事前沒有人說過何時會發生。",
    ),
}


@pytest.fixture(autouse=True)
def in_english():
    """Whatever language a page of an earlier test left behind."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("case", CASES)
def test_a_milestone_in_one_sentence(case):
    milestone, english, chinese = CASES[case]
    with translation.override("en"):
        assert milestone_sentence(milestone) == english
    with translation.override("zh-hant"):
        assert milestone_sentence(milestone) == chinese


def test_what_is_left_of_the_time_is_told_alone_while_there_is_some():
    assert days_left(told(HALF)) == "39 days of that window are left."
    assert days_left(told(YEAR(2027))) == "That time begins in 40 days."
    assert days_left(told(YEAR(2025))) == ""


def test_an_initiative_is_told_by_its_dates_and_its_money():
    groups = present_money([funded("appropriated", 10**9)])
    milestone = told(YEAR(2026), HALF)
    assert initiative_sentence(milestone, groups) == (
        "First promised for 2026, now for the second half of 2026; 39 days of that window are left. "
        "HK$1 billion approved; no spending reported."
    )
    with translation.override("zh-hant"):
        assert initiative_sentence(milestone, groups) == (
            "原承諾為2026年，現為2026年下半年；期限尚餘39天。已批准10億港元；未見支出紀錄。"
        )
    assert initiative_sentence(None, []) == "No date has been promised. No money recorded."


def test_an_initiative_of_events_is_told_by_the_latest():
    events = [told(kind="event", result="met", actual=YEAR(year)) for year in (2024, 2025)]
    assert initiative_sentence(headline_milestone(events), []) == (
        "No date has been promised; the latest event on record was in 2025. No money recorded."
    )


OPEN_AND_MOVED = told(YEAR(2026), YEAR(2028))
LATE = told(YEAR(2025), statements=NOT_DONE)
DUE_NEXT = told(YEAR(2026))
DUE_LATER = told(YEAR(2027))
PASSED = told(YEAR(2025))
PASSED_LONG_AGO = told(YEAR(2001))
DONE = told(YEAR(2025), result="met", actual=MONTH(2025, 3))
DONE_BEFORE = told(YEAR(2024), YEAR(2025), result="met", actual=MONTH(2024, 3))
UNDATED = told()
EVENT = told(kind="event", result="met", actual=MONTH(2026, 3))


def test_the_milestone_that_speaks_is_chosen_by_a_rule_whatever_their_order():
    in_order = [
        OPEN_AND_MOVED,
        LATE,
        DUE_NEXT,
        DUE_LATER,
        PASSED,
        PASSED_LONG_AGO,
        DONE,
        DONE_BEFORE,
        UNDATED,
        EVENT,
    ]
    for at, first in enumerate(in_order):
        assert headline_milestone(in_order[at:]) is first
        assert headline_milestone(in_order[at:][::-1]) is first
    assert headline_milestone([]) is None
