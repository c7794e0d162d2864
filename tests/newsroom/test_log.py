"""The log of the working copy in the admin: one list for all, to read only; deletions come back."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from initiatives.models import Citation, Initiative, Milestone, Source
from newsroom.actions.permissions import ActionError
from newsroom.actions.restore_deleted import undelete
from newsroom.documents.drafts import build_draft
from newsroom.models import WorkingChange, set_actor
from record.models import Publication
from tests.factories import (
    ContextFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PolicyAreaFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    published,
)

LOG = reverse("admin:newsroom_workingchange_changelist")
ADDED, CHANGED, DELETED = WorkingChange.Action
QUERIES_OF_THE_LOG = 20


def deletion(row):
    return WorkingChange.objects.filter(content_id=row.content_id, action=DELETED).latest("pk")


def deleted(row, by):
    """Return the entry of the deletion of a row by somebody."""
    with set_actor(by):
        row.delete()
    return deletion(row)


def page(entry):
    return reverse("admin:newsroom_workingchange_change", args=[entry.pk])


def undelete_page(entry):
    return reverse("admin:newsroom_workingchange_undelete", args=[entry.pk])


def listed(response):
    return [str(entry) for entry in response.context["cl"].result_list]


@pytest.mark.django_db
def test_nobody_writes_the_log_by_hand(superuser, client):
    client.force_login(superuser)
    InitiativeFactory()
    entry = WorkingChange.objects.latest("pk")
    of_log = "admin:newsroom_workingchange_"
    assert client.get(reverse(f"{of_log}add")).status_code == 403
    assert client.post(page(entry), {"action": 2}).status_code == 403
    assert client.post(reverse(f"{of_log}delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert LogEntry not in admin.site._registry


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("author", 200),
        ("reviewer", 200),
        ("publisher", 200),
        ("administrator", 200),
        ("stranger", 403),
        ("anonymous", 302),
    ],
)
def test_every_role_reads_the_log_and_nobody_else(role, status, login):
    InitiativeFactory()
    client = login(role)
    assert client.get(LOG).status_code == status
    assert client.get(page(WorkingChange.objects.latest("pk"))).status_code == status


@pytest.mark.django_db
def test_a_form_saved_in_the_admin_is_logged_as_of_who_sent_it(login):
    client = login("author")
    client.post(
        reverse("admin:initiatives_source_add"),
        {"title": "Gazette", "tier": 1, "language": "en", "url": "https://example.org/1"}
        | {f"published_{part}": value for part, value in {"precision": "unknown", "year_kind": "calendar"}.items()},
    )
    entry = WorkingChange.objects.get(content_id=Source.objects.get().content_id)
    assert (entry.actor, entry.action, entry.changes["title"]) == (client.user, ADDED, [None, "Gazette"])


@pytest.mark.django_db
def test_the_log_is_filtered_by_person_kind_change_day_and_record(superuser, client):
    client.force_login(superuser)
    someone = UserFactory()
    with set_actor(someone):
        initiative = InitiativeFactory(title_en="Institute", cite=False)
        milestone = MilestoneFactory(initiative=initiative, title_en="Opens", cite=False)
    source = SourceFactory(title="Gazette", publisher="")
    source.delete()
    kind = WorkingChange.objects.get(content_id=milestone.content_id).content_type_id
    record = f"initiative:{initiative.content_id}"
    own = ["added: Opens", "added: Institute"]
    assert listed(client.get(LOG)) == ["deleted: Gazette", "added: Gazette", *own]
    assert listed(client.get(LOG, {"actor__id__exact": someone.pk})) == own
    assert listed(client.get(LOG, {"kind": kind})) == ["added: Opens"]
    assert listed(client.get(LOG, {"action__exact": DELETED.value})) == ["deleted: Gazette"]
    assert listed(client.get(LOG, {"record": record})) == own
    assert listed(client.get(LOG, {"timestamp__year": 2001})) == []
    assert listed(client.get(LOG, {"q": "Opens"})) == ["added: Opens"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_takes_as_many_queries_for_one_row_as_for_three(rows, superuser, client, django_assert_num_queries):
    client.force_login(superuser)
    for _ in range(rows):
        lead = OrganisationFactory()
        StatementFactory(milestone=MilestoneFactory(initiative=InitiativeFactory(lead=lead)))
        SourceFactory().delete()
    client.get(LOG)
    with django_assert_num_queries(QUERIES_OF_THE_LOG):
        client.get(LOG)


@pytest.mark.django_db
def test_a_deleted_record_comes_back_with_all_that_was_in_it(superuser):
    initiative = InitiativeFactory(lead=OrganisationFactory())
    initiative.areas.add(PolicyAreaFactory())
    StatementFactory(milestone=MilestoneFactory(initiative=initiative))
    InitiativeRelationFactory(initiative=initiative)
    ContextFactory(initiative=initiative)
    stranger = MilestoneFactory()
    before, counts = build_draft(initiative).documents, (Milestone.objects.count(), Citation.objects.count())
    with set_actor(superuser):
        initiative.delete()
        stranger.delete()
    back = undelete(entry=deletion(initiative), by=superuser)
    assert back[0] == Initiative.objects.get(content_id=initiative.content_id)
    assert build_draft(Initiative.objects.get(slug=initiative.slug)).documents == before
    assert (Milestone.objects.count() + 1, Citation.objects.count() + 1) == counts
    assert set(WorkingChange.objects.filter(actor=superuser, action=ADDED).values_list("content_id", flat=True)) == {
        row.content_id for row in back
    }


@pytest.mark.django_db
def test_what_named_a_deleted_row_names_it_again_unless_it_names_another_by_now(superuser):
    lead = OrganisationFactory()
    one, other = InitiativeFactory(lead=lead), InitiativeFactory(lead=lead)
    entry = deleted(lead, superuser)
    instead = OrganisationFactory()
    Initiative.objects.filter(pk=other.pk).update(lead=instead)
    undelete(entry=entry, by=superuser)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.lead.content_id, other.lead) == (lead.content_id, instead)


@pytest.mark.django_db
def test_bringing_back_changes_nothing_public(superuser):
    milestone = MilestoneFactory(initiative=published(InitiativeFactory()))
    entry, publications = deleted(milestone, superuser), Publication.objects.count()
    undelete(entry=entry, by=superuser)
    assert Publication.objects.count() == publications


@pytest.mark.django_db
def test_what_belonged_to_something_that_is_gone_does_not_come_back(superuser):
    milestone = MilestoneFactory()
    entry = deleted(milestone, superuser)
    milestone.initiative.delete()
    with pytest.raises(ActionError, match="is gone"):
        undelete(entry=entry, by=superuser)
    assert not Milestone.objects.exists()


@pytest.mark.django_db
def test_a_slug_that_is_taken_meanwhile_keeps_it_away(superuser):
    entry = deleted(InitiativeFactory(slug="institute"), superuser)
    InitiativeFactory(slug="institute")
    with pytest.raises(ActionError, match=r"(?i)slug already exists"):
        undelete(entry=entry, by=superuser)


@pytest.mark.django_db
def test_nothing_comes_back_twice(superuser):
    entry = deleted(InitiativeFactory(), superuser)
    undelete(entry=entry, by=superuser)
    with pytest.raises(ActionError):
        undelete(entry=entry, by=superuser)


@pytest.mark.django_db
def test_only_a_deletion_can_be_undone(superuser):
    initiative = InitiativeFactory()
    with pytest.raises(ActionError):
        undelete(entry=WorkingChange.objects.filter(content_id=initiative.content_id).get(), by=superuser)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may"),
    [("author", True), ("reviewer", True), ("publisher", True), ("administrator", True), ("stranger", False)],
)
def test_who_may_add_such_rows_may_bring_them_back(role, may, login, superuser):
    client = login(role)
    entry = deleted(MilestoneFactory(title_en="Opens"), superuser)
    offered = b"undelete" in client.get(page(entry)).content
    client.post(undelete_page(entry))
    assert (offered, Milestone.objects.filter(title_en="Opens").exists()) == (may, may)
    if not may:
        with pytest.raises(PermissionDenied):
            undelete(entry=entry, by=client.user)


@pytest.mark.django_db
def test_bringing_back_needs_a_post(superuser, client):
    client.force_login(superuser)
    entry = deleted(MilestoneFactory(), superuser)
    assert client.get(undelete_page(entry)).status_code == 405


@pytest.mark.django_db
def test_a_refusal_is_told_in_the_admin(superuser, client):
    client.force_login(superuser)
    entry = deleted(InitiativeFactory(slug="institute", title_en="Old"), superuser)
    InitiativeFactory(slug="institute")
    response = client.post(undelete_page(entry), follow=True)
    assert "“Old” cannot come back" in response.content.decode()


@pytest.mark.django_db
def test_what_one_act_changed_is_found_by_an_index():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "log_of_an_act" in WorkingChange.objects.filter(cid="of an act", action=CHANGED).order_by("pk").explain()
