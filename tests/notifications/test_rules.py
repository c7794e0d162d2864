"""When a rule reminds, and that everybody is told once, whenever the sweep happens to run."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules import (
    LedgerChanges,
    LedgerRow,
    ReminderKey,
    RuleTiming,
    gather_digests,
    next_observation_due,
    plan_ledger,
)

DUE = date(2027, 12, 31)
CLOSES = RuleTiming(1, "window_closes", (60, 30, 7, 0))
PAST = RuleTiming(2, "past_window", (-7,), 7)
MEI = 1
OWED = {ReminderKey(timing.id, ("milestone", "m"), DUE, MEI): timing for timing in (CLOSES, PAST)}


def days(*offsets_from_due):
    return [DUE + timedelta(days) for days in offsets_from_due]


class Ledger:
    """What sweeps have written, and what was told on which day."""

    def __init__(self):
        self.rows, self.mails, self.digests = {}, [], []

    def sweep(self, on, owed=OWED):
        known = {}
        for row in self.rows.values():
            known[row.key] = max(known.get(row.key, row.remind_on), row.remind_on)
        waiting = [row for row in self.rows.values() if row.state in ("pending", "silenced")]
        planned = plan_ledger(owed, known, waiting, dict.fromkeys(OWED, "resolved"), on=on)
        for row in planned.new:
            self.rows.setdefault((row.key, row.offset), row)
        for row in planned.due:
            row.set_state("sent")
            self.mails.append(on)
        self.digests += [on for row in planned.digested]
        return planned


@pytest.mark.parametrize(
    ("timing", "on", "offset"),
    [
        (CLOSES, DUE - timedelta(400), 60),
        (CLOSES, DUE - timedelta(60), 30),
        (CLOSES, DUE - timedelta(1), 0),
        (CLOSES, DUE, None),
        (PAST, DUE - timedelta(400), -7),
        (PAST, DUE + timedelta(6), -7),
        (PAST, DUE + timedelta(7), -14),
        (PAST, DUE + timedelta(700), -707),
    ],
)
def test_what_comes_next(timing, on, offset):
    assert timing.next_offset(DUE, on) == offset


@given(st.integers(-100, 400), st.integers(0, 200))
def test_what_lies_between_is_what_comes_next_again_and_again(start, length):
    after, until = DUE + timedelta(start), DUE + timedelta(start + length)
    for timing in (CLOSES, PAST):
        offsets = list(timing.offsets_between(DUE, after, until))
        assert all(after < DUE - timedelta(offset) <= until for offset in offsets)
        assert all(timing.has_offset(offset) for offset in offsets)
        every_day = range(-until.toordinal() + DUE.toordinal(), -after.toordinal() + DUE.toordinal())
        assert sorted(offsets) == [offset for offset in every_day if timing.has_offset(offset)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_however_seldom_it_sweeps_each_sweep_tells_at_most_once_and_never_twice_the_same(gaps):
    ledger, on = Ledger(), DUE - timedelta(100)
    ledger.sweep(on)
    for gap in gaps:
        on += timedelta(gap)
        owed_meanwhile = sum(len(list(t.offsets_between(DUE, on - timedelta(gap), on))) for t in (CLOSES, PAST))
        before = len(ledger.mails)
        ledger.sweep(on)
        assert len(ledger.mails) - before == min(1, owed_meanwhile)
        ledger.sweep(on)
        assert len(ledger.mails) - before == min(1, owed_meanwhile)
    assert ledger.digests == []


@given(st.integers(1, 3000))
def test_what_is_long_past_at_first_sight_is_digested_once_and_told_again_a_round_later(late):
    ledger, on = Ledger(), DUE + timedelta(late)
    for after in range(14):
        ledger.sweep(on + timedelta(after))
    assert ledger.digests == [on]
    assert [7 <= (day - on).days < 14 for day in ledger.mails] == [True]


def test_what_is_resolved_and_opened_again_is_owed_again():
    ledger = Ledger()
    ledger.sweep(DUE - timedelta(50))
    ledger.sweep(DUE - timedelta(40), owed={})
    assert {row.state for row in ledger.rows.values() if row.remind_on > DUE - timedelta(40)} == {"silenced"}
    ledger.sweep(DUE - timedelta(39))
    ledger.sweep(DUE - timedelta(30))
    assert ledger.mails == days(-30)


@pytest.mark.parametrize(
    ("observed", "since", "months", "due"),
    [
        ([date(2027, 6, 30)], None, 6, date(2027, 12, 31)),
        ([date(2027, 1, 31), date(2026, 1, 31)], None, 1, date(2027, 2, 28)),
        ([date(2027, 1, 15)], None, 12, date(2028, 1, 15)),
        ([], date(2027, 3, 31), 3, date(2027, 6, 30)),
        ([], None, 3, None),
        ([date(2027, 1, 15)], None, None, None),
    ],
)
def test_an_observation_is_due_so_many_months_after_the_last(observed, since, months, due):
    assert next_observation_due(observed, since=since, every_months=months) == due


NUMBERS = st.integers(-(10**10), 10**10)


@given(st.dates(), st.dates(), st.lists(NUMBERS, max_size=4), st.none() | st.integers(1, 2**31))
def test_no_date_and_no_number_is_too_far(due_on, on, offsets, repeat_days):
    timing = RuleTiming(1, "past_window", tuple(offsets), repeat_days)
    planned = plan_ledger({ReminderKey(1, ("milestone", "m"), due_on, MEI): timing}, {}, [], {}, on=on)
    assert [due_on - timedelta(row.offset) for row in planned.new] == [row.remind_on for row in planned.new]


@given(st.dates(), st.integers(-(10**6), 10**6))
def test_an_observation_due_beyond_the_year_9999_is_never_due(day, months):
    due = next_observation_due([day], since=None, every_months=months)
    year = (day.year * 12 + day.month - 1 + months) // 12
    assert (due and due.year) == (year if months and 1 <= year <= 9999 else None)


def due_rows(people, **columns):
    return [
        LedgerRow(ReminderKey(1, ("milestone", str(at)), DUE, who), "window_closes", 0, **columns)
        for at, who in enumerate(people)
    ]


@pytest.mark.parametrize(
    ("due", "left", "waiting", "told"),
    [
        ([1, 2], [], [], {}),
        ([1, 1, 2], [], [], {(1, DUE): 2}),
        ([1, 1, 2], [1], [], {(1, DUE): 2}),
        ([1], [], [(1, DUE)], {(1, DUE): 1}),
        ([1], [], [(1, DUE + timedelta(1)), (2, DUE)], {}),
    ],
)
def test_what_falls_due_for_one_person_goes_in_one_mail_and_one_alone_stays_a_mail(due, left, waiting, told):
    planned = LedgerChanges(due=due_rows(due))
    mails = gather_digests(planned, on=DUE, left=left, waiting=waiting)
    assert {mail: len(rows) for mail, rows in mails.items()} == told
    assert len(planned.due) == len(due) - sum(told.values())


def test_what_was_tried_keeps_its_own_mail():
    planned = LedgerChanges(due=[*due_rows([1, 1], was_attempted=True), *due_rows([1])])
    assert gather_digests(planned, on=DUE, left=[], waiting=[]) == {}


@pytest.mark.parametrize(("left", "day"), [([], DUE), ([1], DUE + timedelta(1))])
def test_what_was_past_at_first_sight_waits_where_todays_digest_has_left(left, day):
    planned = LedgerChanges(new=due_rows([1], state="digested"))
    assert list(gather_digests(planned, on=DUE, left=left, waiting=[])) == [(1, day)]
