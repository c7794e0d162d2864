"""Review and scheduling by hand: buttons call the actions, and what is refused is said."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.editions import InitiativeEdition
from newsroom.actions.review import approve, request_review
from newsroom.actions.schedule import execute_schedule
from newsroom.documents.drafts import build_draft
from newsroom.models import ReviewEntry, Schedule
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    SourceFactory,
    published,
)
from tests.publishing_helpers import url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def say(client, root, verb, **data):
    digest = client.get(url(root, "review")).context["digest"]
    return client.post(url(root, "review"), {"verb": verb, "digest": digest, "note": ""} | data)


def verbs_offered(client, root):
    return client.get(url(root, "review")).context["verbs"]


def publish(client, root, **data):
    page = client.get(url(root, "publish"))
    return client.post(url(root, "publish"), {"seen": page.context["seen"], "update_type": "minor"} | data)


def local(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_the_page_offers_each_person_what_they_may_say(login, member):
    root, other = InitiativeFactory(), member("author")
    assert verbs_offered(login("author"), root) == {"request"}
    request_review(root=root, by=other)
    assert verbs_offered(login("author"), root) == set()
    assert verbs_offered(login("reviewer"), root) == {"approve", "send_back"}
    client = login("reviewer")
    client.force_login(other)
    assert verbs_offered(client, root) == {"take_back"}


def test_from_request_to_approval_and_the_panel_tells(login, member):
    root = InitiativeFactory()
    reviewer = member("reviewer")
    client = login("author")
    assert say(client, root, "request", asked=reviewer.pk, note="Look at ¶3").status_code == 302
    assert reviewer.get_username() in client.get(url(root, "change")).content.decode()
    client.force_login(reviewer)
    assert say(client, root, "send_back", note="Which year?").status_code == 302
    assert "Which year?" in client.get(url(root, "change")).content.decode()
    client.force_login(member("author"))
    say(client, root, "request")
    client.force_login(reviewer)
    assert say(client, root, "approve").status_code == 302
    assert [entry.verb for entry in ReviewEntry.objects.all()] == ["requested", "sent_back", "requested", "approved"]
    root.title_en = "Edited"
    root.save()
    assert "edited since" in client.get(url(root, "change")).content.decode()


def test_an_approval_of_what_was_not_seen_is_refused_and_the_note_stays(login, member):
    root = InitiativeFactory()
    request_review(root=root, by=member("author"))
    response = say(login("reviewer"), root, "approve", digest="another", note="Fine by me")
    assert response.status_code == 409
    assert "Fine by me" in response.content.decode()
    assert ReviewEntry.objects.count() == 1


@pytest.mark.parametrize("verb", ["", "publish"])
def test_nonsense_is_no_word(login, verb):
    root = InitiativeFactory()
    assert say(login("reviewer"), root, verb).status_code == 409
    assert ReviewEntry.objects.count() == 0


def test_the_page_has_as_many_queries_for_one_row_as_for_three(login, member, django_assert_max_num_queries):
    def queries(rows):
        root = InitiativeFactory()
        for _ in range(rows):
            MilestoneFactory(initiative=root)
            root.partners.add(OrganisationFactory(checked=False))
            request_review(root=root, by=member("author"))
        with django_assert_max_num_queries(1000) as counted:
            client.get(url(root, "review"))
        return len(counted)

    client = login("reviewer")
    queries(1)
    assert queries(1) == queries(3)


def test_a_moment_schedules_and_no_moment_publishes(login):
    root, client = InitiativeFactory(title_en="As shown"), login("publisher")
    at = timezone.now() + timedelta(hours=2)
    assert publish(client, root, publish_at=local(at), _schedule="Schedule").status_code == 302
    row = Schedule.objects.get()
    assert local(row.publish_at) == local(at)
    assert InitiativeEdition.objects.count() == 0
    page = client.get(url(root, "change")).content.decode()
    assert "later edits are not in it" in page
    root.title_en = "Edited later"
    root.save()
    execute_schedule(schedule_id=row.pk, at=at)
    assert InitiativeEdition.objects.get().load_document()["title"]["en"] == "As shown"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"_schedule": "Schedule"}, "publish_at"),
        ({"publish_at": "2030-01-01T09:00"}, "publish_at"),
        ({"publish_at": "soon", "_schedule": "Schedule"}, "publish_at"),
    ],
)
def test_the_button_and_the_moment_must_agree(login, data, field):
    root = InitiativeFactory()
    response = publish(login("publisher"), root, **data)
    assert list(response.context["form"].errors) == [field]
    assert (Publication.objects.count(), Schedule.objects.count()) == (0, 0)


def test_a_past_moment_is_refused(login):
    root = InitiativeFactory()
    response = publish(login("publisher"), root, publish_at="2020-01-01T09:00", _schedule="Schedule")
    assert response.status_code == 409
    assert Schedule.objects.count() == 0


def test_what_is_dated_ahead_is_offered_for_scheduling_only(login):
    day = timezone.localdate() + timedelta(days=3)
    root, client = MilestoneFactory(kind="event", actual=FuzzyDate.from_day(day)).initiative, login("publisher")
    page = client.get(url(root, "publish")).content.decode()
    assert "It can be scheduled for that day, and not go public before." in page
    assert ('name="_schedule"' in page, 'value="Publish"' in page) == (True, False)
    assert publish(client, root).status_code == 409
    assert publish(client, root, publish_at=f"{day - timedelta(1)}T23:59", _schedule="Schedule").status_code == 409
    assert publish(client, root, publish_at=f"{day}T00:00", _schedule="Schedule").status_code == 302
    assert (Publication.objects.count(), Schedule.objects.count()) == (0, 1)


def test_what_must_be_mended_is_not_offered_for_scheduling_beside_what_is_dated_ahead(login):
    day = timezone.localdate() + timedelta(days=3)
    root = MilestoneFactory(kind="event", actual=FuzzyDate.from_day(day), cite=False).initiative
    response = login("publisher").get(url(root, "publish"))
    assert len(response.context["blockers"]) == 2
    assert 'name="_schedule"' not in response.content.decode()


def test_publishers_take_a_scheduled_publication_back(login):
    root, client = InitiativeFactory(), login("publisher")
    publish(client, root, publish_at=local(timezone.now() + timedelta(hours=2)), _schedule="Schedule")
    assert client.get(url(root, "unschedule")).status_code == 405
    assert login("author").post(url(root, "unschedule")).status_code == 403
    assert login("publisher").post(url(root, "unschedule")).status_code == 302
    assert Schedule.objects.get().state == "cancelled"


def test_warnings_need_a_reason(login):
    root, client = InitiativeFactory(cite=False), login("publisher")
    CitationFactory(cited=root, source=SourceFactory(tier=3))
    assert list(publish(client, root).context["form"].errors) == ["overruled"]
    assert publish(client, root, overruled="Only copy left").status_code == 302
    assert Publication.objects.get().overruled == "Only copy left"


def test_a_warning_about_a_name_links_to_what_is_named(login):
    lead = OrganisationFactory(checked=False)
    page = login("publisher").get(url(InitiativeFactory(lead=lead), "publish"))
    assert [warning.url for warning in page.context["warnings"]] == [url(lead, "change")]


def test_where_a_second_person_is_asked_for_the_page_leads_to_the_review(login, settings, member):
    settings.REQUIRE_SECOND_PERSON = True
    root, client = InitiativeFactory(), login("publisher")
    assert url(root, "review") in client.get(url(root, "publish")).content.decode()
    assert publish(client, root).status_code == 409
    assert Publication.objects.count() == 0
    say(client, root, "request")
    other = member("reviewer")
    client.force_login(other)
    say(client, root, "approve")
    client.force_login(client.user)
    assert publish(client, root).status_code == 302
    assert Publication.objects.get().approved_by == other


def test_the_list_of_schedules_names_things_with_one_query_a_type(login, django_assert_max_num_queries):
    def queries(rows):
        Schedule.objects.all().delete()
        for _ in range(rows):
            root = InitiativeFactory()
            publish(client, root, publish_at=local(timezone.now() + timedelta(hours=2)), _schedule="Schedule")
        with django_assert_max_num_queries(1000) as counted:
            page = client.get(url(Schedule, "changelist"))
        assert str(root) in page.content.decode()
        return len(counted)

    client = login("publisher")
    queries(1)
    assert queries(1) == queries(3)


def test_a_list_shows_what_is_under_way_beside_what_is_public(login, member):
    public, drafted = published(InitiativeFactory()), InitiativeFactory()
    request_review(root=drafted, by=member("author"))
    page = login("author").get(url(InitiativeFactory._meta.model, "changelist"))
    found = {row.pk: row.publishing_state for row in page.context["cl"].result_list}
    assert found == {public.pk: "published", drafted.pk: "in_review"}


def test_an_approved_record_is_called_approved_in_the_list_the_form_and_the_bar_until_it_is_edited(login, member):
    root, client = InitiativeFactory(), login("author")
    request_review(root=root, by=client.user)
    approve(root=root, by=member("reviewer"), seen=build_draft(root).digest)

    def badges(page):
        return re.findall(r'badge badge-\w+">([^<]+)<', client.get(page).content.decode())

    assert badges(url(type(root), "changelist")) == ["Approved"]
    assert badges(url(root, "change")) == ["Draft", "Approved"] * 2
    root.title_en = "Edited since"
    root.save()
    assert badges(url(root, "change")) == ["Draft"] * 2


def test_what_is_approved_is_the_digest_that_is_shown(login):
    root = InitiativeFactory()
    assert login("author").get(url(root, "review")).context["digest"] == build_draft(root).digest
