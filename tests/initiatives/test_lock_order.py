"""Whoever writes both locks the record before any row of the working copy: no two wait for each other."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.actions.attest import attest
from newsroom.actions.merge import merge
from tests.factories import InitiativeFactory, OrganisationFactory, published

RECORD, WORKING = '"record_publishlock"', '"initiatives_'  # as tables stand in SQL


def attesting(by):
    initiative = published(InitiativeFactory())
    return lambda: attest(initiative=initiative, by=by, on=date(2026, 1, 1))


def merging(by):
    row, into = published(OrganisationFactory()), published(OrganisationFactory())
    return lambda: merge(row=row, into=into, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("prepared", [attesting, merging])
def test_the_record_is_locked_first(prepared, superuser):
    act = prepared(superuser)
    with CaptureQueriesContext(connection) as captured:
        act()
    first = next(each["sql"] for each in captured if any(name in each["sql"] for name in (RECORD, WORKING)))
    assert RECORD in first
