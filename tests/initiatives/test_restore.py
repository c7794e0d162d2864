"""Restoring a result or a verdict is saying it anew: another person checks it. What the record gives stays."""

from datetime import date

import pytest

from initiatives.actions.attest import attest
from initiatives.actions.results import check_result
from initiatives.models import Milestone, Verdict
from newsroom.actions.publish import ValidationFailed
from newsroom.actions.restore import restore
from newsroom.documents.registry import get_row_type
from record.models import Publication
from tests.factories import EvidenceFactory, MilestoneFactory, UserFactory, VerdictFactory, published

pytestmark = pytest.mark.django_db


def people():
    return {"set_by": UserFactory(), "checked_by": UserFactory()}


def met():
    """Publish a milestone that was met, as two people say."""
    row = MilestoneFactory(result="met", result_set_by=UserFactory(), checked_by=UserFactory())
    return published(EvidenceFactory(milestone=row).milestone)


def back(root, by):
    restore(
        root_type=get_row_type(root), content_id=root.content_id, at_publication=Publication.objects.latest("pk"), by=by
    )


def test_a_result_that_stays_keeps_its_two_people(superuser):
    milestone = met()
    milestone.title_en = "Changed"
    milestone.save()
    back(milestone.initiative, superuser)
    again = Milestone.objects.get()
    assert (again.result_set_by, again.checked_by) == (milestone.result_set_by, milestone.checked_by)


@pytest.mark.parametrize("deleted", [False, True])
def test_a_restored_result_waits_for_a_second_person(superuser, deleted):
    milestone = met()
    if deleted:
        milestone.delete()
    else:
        milestone.result = "not_met"
        milestone.save()
    back(milestone.initiative, superuser)
    again = Milestone.objects.get()
    assert (again.result, again.result_set_by, again.checked_by) == ("met", superuser, None)
    with pytest.raises(ValidationFailed):
        published(again, by=superuser)
    check_result(milestone=again, by=UserFactory(is_superuser=True))
    published(again, by=superuser)


def test_an_open_result_restored_waits_for_nobody(superuser):
    milestone = published(MilestoneFactory())
    milestone.result, milestone.result_set_by, milestone.checked_by = "met", UserFactory(), UserFactory()
    milestone.save()
    back(milestone.initiative, superuser)
    again = Milestone.objects.get()
    assert (again.result, again.result_set_by, again.checked_by) == ("scheduled", None, None)


def test_a_restored_verdict_waits_for_a_second_person_and_one_that_stays_does_not(superuser):
    changed, same = (VerdictFactory(rated_by="us", **people()) for _ in range(2))
    for verdict in (changed, same):
        published(verdict)
    changed.rating = "not_kept"
    changed.save()
    for verdict in (changed, same):
        publication = Publication.objects.get(changes__content_id=verdict.content_id)
        root = verdict.initiative
        restore(root_type="initiative", content_id=root.content_id, at_publication=publication, by=superuser)
    changed, kept = Verdict.objects.get(pk=changed.pk), Verdict.objects.get(pk=same.pk)
    assert (changed.rating, changed.set_by, changed.checked_by) == ("kept", superuser, None)
    assert (kept.set_by, kept.checked_by) == (same.set_by, same.checked_by)


def test_an_attestation_is_not_taken_back(superuser):
    milestone = published(MilestoneFactory())
    initiative, first = milestone.initiative, Publication.objects.get()
    attest(initiative=initiative, by=superuser, on=date(2026, 11, 22))
    restore(root_type="initiative", content_id=initiative.content_id, at_publication=first, by=superuser)
    initiative.refresh_from_db()
    assert (initiative.attested_on, initiative.attested_by) == (date(2026, 11, 22), superuser)
