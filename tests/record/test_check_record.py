"""What proves that a backup, once restored, is the record: every edition whole, none missing, the same digest."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from newsroom.actions.withdraw import withdraw
from record.models import PageEdition
from tests.factories import PageFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(superuser):
    """Make a page published, renamed, withdrawn and published again: four editions."""
    row = published(PageFactory())
    row.title_en = "Renamed"
    row.save()
    published(row)
    withdraw(root=("page", str(row.content_id)), reason={"en": "By mistake"}, by=superuser)
    return published(row)


def digest(capsys):
    call_command("check_record")
    said = capsys.readouterr().out
    assert re.search(r"^ +4 record_pageedition$", said, re.MULTILINE)
    return said.splitlines()[-1]


def test_a_sound_record_has_a_digest_that_tells_it_from_any_other(page, capsys):
    first = digest(capsys)
    assert first.startswith("The record is sound. Its digest: ")
    assert digest(capsys) == first
    PageEdition.history.filter(number=1).update(live_from="2000-01-01T00:00:00Z")
    assert digest(capsys) != first


def tamper(editions):
    editions.filter(number=2).update(document="{}")


def lose(editions):
    editions.filter(number=2).delete()


def lose_the_last(editions):
    editions.filter(number=4).delete()


def open_a_gap(editions):
    second = editions.get(number=2)
    editions.filter(number=2).update(live_from=second.live_from + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("harm", "number", "fault"),
    [
        (tamper, 2, "its text is not the one that was published"),
        (lose, 3, "an edition before it is missing"),
        (lose_the_last, 3, "it has ended, and the edition after it is missing"),
        (open_a_gap, 2, "it does not begin when the one before it ended"),
    ],
)
def test_what_is_wrong_is_told_by_edition(page, harm, number, fault):
    harm(PageEdition.history)
    with pytest.raises(CommandError) as refused:
        call_command("check_record")
    assert str(refused.value) == f"1 faults in the record:\npage {page.content_id} #{number}: {fault}"
