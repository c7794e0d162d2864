"""A result and a verdict need two people; an attestation needs one who looked."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from initiatives.actions.attest import attest
from initiatives.actions.results import check_result, set_result
from initiatives.actions.verdicts import check_verdict, rate
from initiatives.editions import InitiativeEdition
from newsroom.actions.permissions import ActionError
from newsroom.actions.withdraw import withdraw
from record.dates import FuzzyDate
from tests.factories import EvidenceFactory, InitiativeFactory, MilestoneFactory, VerdictFactory, published

pytestmark = pytest.mark.django_db
ON = FuzzyDate.from_day(date(2026, 3, 1))


@pytest.fixture
def milestone(member):
    """Met, as an author says, with evidence."""
    milestone = EvidenceFactory().milestone
    return set_result(milestone=milestone, result="met", actual=ON, by=member("author"))


def people(row):
    row.refresh_from_db()
    return row.result_set_by, row.checked_by


def test_setting_a_result_remembers_who_did(milestone):
    milestone.refresh_from_db()
    assert (milestone.result, milestone.actual) == ("met", ON)
    assert milestone.result_set_by.groups.get().name == "author"
    assert milestone.checked_by is None


def test_a_second_person_checks(milestone, member):
    reviewer = member("reviewer")
    check_result(milestone=milestone, by=reviewer)
    assert people(milestone) == (milestone.result_set_by, reviewer)


def test_nobody_checks_their_own_result(member):
    reviewer, milestone = member("reviewer"), EvidenceFactory().milestone
    set_result(milestone=milestone, result="met", actual=ON, by=reviewer)
    with pytest.raises(ActionError):
        check_result(milestone=milestone, by=reviewer)


@pytest.mark.parametrize("role", ["author", "stranger"])
def test_checking_needs_the_permission(milestone, member, role):
    with pytest.raises(PermissionDenied):
        check_result(milestone=milestone, by=member(role))


def test_a_result_without_shown_evidence_is_not_checked(milestone, member):
    milestone.evidence.update(held_back=True)
    with pytest.raises(ActionError):
        check_result(milestone=milestone, by=member("reviewer"))


def test_what_has_no_result_is_not_checked(member):
    with pytest.raises(ActionError):
        check_result(milestone=MilestoneFactory(), by=member("reviewer"))


def test_a_result_of_which_nobody_knows_who_set_it_is_not_checked(member):
    milestone = EvidenceFactory(milestone__result="met").milestone
    with pytest.raises(ActionError):
        check_result(milestone=milestone, by=member("reviewer"))


@pytest.mark.parametrize(("result", "actual"), [("partially_met", ON), ("met", FuzzyDate.from_year(2026))])
def test_a_changed_result_or_date_needs_a_new_check(milestone, member, result, actual):
    check_result(milestone=milestone, by=member("reviewer"))
    other = member("author")
    set_result(milestone=milestone, result=result, actual=actual, by=other)
    assert people(milestone) == (other, None)


def test_the_same_result_again_keeps_both_people(milestone, member):
    check_result(milestone=milestone, by=member("reviewer"))
    before = people(milestone)
    set_result(milestone=milestone, result="met", actual=ON, by=member("author"))
    assert people(milestone) == before


def test_a_result_taken_back_is_nobodys(milestone, member):
    set_result(milestone=milestone, result="scheduled", actual=FuzzyDate(), by=member("author"))
    assert people(milestone) == (None, None)


def test_a_verdict_is_checked_by_another_and_anew_when_judged_anew(member):
    author, reviewer = member("author"), member("reviewer")
    verdict = rate(verdict=VerdictFactory.build(initiative=InitiativeFactory(), rated_by="us"), by=author)
    check_verdict(verdict=verdict, by=reviewer)
    verdict.refresh_from_db()
    assert (verdict.set_by, verdict.checked_by) == (author, reviewer)
    verdict.internal_note = "Looked at again"
    assert rate(verdict=verdict, by=reviewer).checked_by == reviewer
    verdict.rating = "kept_late"
    rate(verdict=verdict, by=reviewer)
    assert (verdict.set_by, verdict.checked_by) == (reviewer, None)
    with pytest.raises(ActionError):
        check_verdict(verdict=verdict, by=reviewer)


def test_attesting_dates_the_live_document_and_publishes_nothing_else(member):
    initiative = published(InitiativeFactory())
    initiative.summary_en = "Unpublished"
    initiative.save()
    reviewer = member("reviewer")
    assert attest(initiative=initiative, by=reviewer, on=date(2026, 11, 22)) is not None
    edition = InitiativeEdition.objects.get()
    assert (edition.attested_on, edition.load_document()["summary"]) == (date(2026, 11, 22), None)
    initiative.refresh_from_db()
    assert (initiative.attested_by, initiative.attested_on) == (reviewer, date(2026, 11, 22))
    assert attest(initiative=initiative, by=reviewer, on=date(2026, 11, 22)) is None


@pytest.mark.parametrize("was_public", [False, True])
def test_what_is_not_public_is_not_attested(member, superuser, was_public):
    initiative = InitiativeFactory()
    if was_public:
        published(initiative)
        withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Wrong"}, by=superuser)
    with pytest.raises(ActionError):
        attest(initiative=initiative, by=member("reviewer"), on=date(2026, 11, 22))
    initiative.refresh_from_db()
    assert initiative.attested_on is None


def test_attesting_needs_the_permission(member):
    with pytest.raises(PermissionDenied):
        attest(initiative=published(InitiativeFactory()), by=member("author"), on=date(2026, 11, 22))
