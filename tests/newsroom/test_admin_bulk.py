"""What lists do with several rows at once: all of them or none, and of publishing nothing but what was seen."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages

from initiatives.editions import InitiativeEdition, OrganisationEdition
from initiatives.models import Initiative, Milestone, Outcome
from newsroom.admin.workflow.bulk import MAX_BULK_ROOTS, bulk_publish_url
from record.models import Change, Publication
from tests.factories import (
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    OutcomeFactory,
    PersonFactory,
    SourceFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import FACTORIES, WORKING, queries_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
NOTE = {"note_en": "Dates added", "note_zh_hant": "加入日期", "update_type": "major"}
SECOND_PERSON = "It needs the approval of a second person first."


def act(client, action, *rows, **more):
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows], **more}
    return client.post(url(type(rows[0]), "changelist"), data)


def told(response):
    """Return the newest message; earlier ones were not read yet."""
    return str(list(get_messages(response.wsgi_request))[-1])


def publish_seen(client, *roots, **more):
    path = bulk_publish_url(roots)
    return client.post(path, NOTE | {"seen": client.get(path).context["seen"], **more})


def public():
    return set(InitiativeEdition.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("model", [model for model in WORKING if hasattr(model, "slug")])
def test_every_roots_list_offers_it_to_publishers_only(login, model):
    FACTORIES[model]()
    lists = {role: login(role).get(url(model, "changelist")).content.decode() for role in ("reviewer", "publisher")}
    assert ["publish_many" in page for page in lists.values()] == [False, True]


def test_the_action_leads_to_a_page_and_the_page_back_to_the_list(login):
    roots = [InitiativeFactory() for _ in range(2)]
    client = login("publisher")
    page = act(client, "publish_many", *roots).url
    seen = client.get(page).context["seen"]
    assert client.post(page, NOTE | {"seen": seen}).url == url(Initiative, "changelist")


def test_they_go_out_in_one_publication_with_one_note(login):
    roots = [InitiativeFactory(), MilestoneFactory().initiative, PersonFactory()]
    client = login("publisher")
    assert publish_seen(client, *roots).status_code == 302
    assert Publication.objects.count() == 1
    changes = Change.objects.all()
    assert {each.update_type for each in changes} == {"major"}
    assert {each.note["en"] for each in changes} == {"Dates added"}
    assert {each.root_content_id for each in changes} == {root.content_id for root in roots}


@pytest.mark.parametrize(
    ("role", "get", "post"),
    [("anonymous", 302, 302), ("stranger", 403, 403), ("author", 403, 403), ("reviewer", 403, 403)],
)
def test_who_may_not_publish_sees_and_publishes_nothing(login, role, get, post):
    client, path = login(role), bulk_publish_url([InitiativeFactory()])
    assert (client.get(path).status_code, client.post(path, NOTE).status_code) == (get, post)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "initiative=", "initiative=0", "initiative=x", "nothing=1", "milestone=1", "next=/"]
)
def test_what_names_no_root_is_not_found(login, query):
    MilestoneFactory()
    path = bulk_publish_url([]) + query
    assert login("publisher").get(path).status_code == 404


def test_at_most_a_hundred_at_once(login):
    roots = [Initiative(slug=f"i{number}", title_en="x") for number in range(MAX_BULK_ROOTS + 1)]
    roots = Initiative.objects.bulk_create(roots)
    client = login("publisher")
    assert "Choose at most 100 at once." in told(act(client, "publish_many", *roots))
    assert client.get(bulk_publish_url(roots)).status_code == 404


def test_nothing_else_than_what_was_seen_goes_out(login):
    one, other = InitiativeFactory(), InitiativeFactory()
    client, path = login("publisher"), bulk_publish_url([one, other])
    seen = client.get(path).context["seen"]
    other.summary_en = "Changed meanwhile"
    other.save()
    response = client.post(path, NOTE | {"seen": seen})
    assert response.status_code == 409
    assert response.context["form"]["note_en"].value() == "Dates added"
    assert public() == set()
    assert client.post(path, NOTE | {"seen": response.context["seen"]}).status_code == 302


def test_a_blocked_one_stops_all_until_the_others_are_chosen(login):
    sound, blocked = InitiativeFactory(slug="sound"), InitiativeFactory(slug="blocked", cite=False)
    client = login("publisher")
    page = client.get(bulk_publish_url([sound, blocked])).content.decode()
    assert "A stated fact has no citation." in page
    assert re.search(rf"{url(blocked, 'change')}[?]next=[^\"#]+#citations", page)
    assert publish_seen(client, sound, blocked).status_code == 409
    assert public() == set()
    response = publish_seen(client, sound, blocked, others="on")
    assert told(response) == "1 is published. 1 is left as it was."
    assert public() == {"sound"}


def test_one_that_is_blocked_after_it_was_seen_is_not_left_out_silently(login):
    sound, other = InitiativeFactory(slug="sound"), InitiativeFactory(slug="other")
    client, path = login("publisher"), bulk_publish_url([sound, other])
    seen = client.get(path).context["seen"]
    other.citations.all().delete()
    assert client.post(path, NOTE | {"seen": seen, "others": "on"}).status_code == 409
    assert public() == set()


def test_warnings_need_a_reason_that_is_kept(login):
    root = InitiativeFactory(cite__source=SourceFactory(tier=3))
    client = login("publisher")
    assert "Only reposts (tier 3) are cited for it." in client.get(bulk_publish_url([root])).content.decode()
    assert "Say why the warnings do not count." in publish_seen(client, root).content.decode()
    assert public() == set()
    publish_seen(client, root, overruled="Nothing better exists")
    assert Publication.objects.get().overruled == "Nothing better exists"


def test_what_goes_along_and_what_is_left_out_is_shown(login):
    along, unchecked = OrganisationFactory(), OrganisationFactory(checked=False)
    root = InitiativeFactory(lead=along)
    root.partners.add(unchecked)
    client = login("publisher")
    context = client.get(bulk_publish_url([root])).context
    assert [line.title for line in context["along"]] == [str(along)]
    assert [each.title for each in context["roots"][0]["warnings"]] == [str(unchecked)]
    publish_seen(client, root, overruled="Later")
    assert OrganisationEdition.objects.get().content_id == along.content_id


def test_what_two_name_and_is_not_public_is_told_beside_each(login):
    unchecked = OrganisationFactory(checked=False)
    roots = [InitiativeFactory(lead=unchecked) for _ in range(2)]
    shown = login("publisher").get(bulk_publish_url(roots)).context["roots"]
    assert [[warning.url for warning in each["warnings"]] for each in shown] == [[url(unchecked, "change")]] * 2


def test_where_a_second_person_is_asked_for_the_unapproved_are_stopped(login, settings):
    settings.REQUIRE_SECOND_PERSON = True
    root, client = InitiativeFactory(), login("publisher")
    assert SECOND_PERSON in client.get(bulk_publish_url([root])).content.decode()
    assert publish_seen(client, root, others="on").status_code in (302, 409)
    assert public() == set()


def test_what_is_public_already_makes_no_publication(login):
    root = published(InitiativeFactory())
    publish_seen(login("publisher"), root)
    assert Publication.objects.count() == 1


def test_the_page_asks_as_often_for_three_as_for_one(login):
    roots = [InitiativeFactory(lead=OrganisationFactory()) for _ in range(3)]
    roots[0].citations.all().delete()
    for root in roots:
        root.partners.add(OrganisationFactory(checked=False))
    client = login("publisher")
    counts = [queries_of(lambda some=some: client.get(bulk_publish_url(some))) for some in (roots[1:2], roots[1:3])]
    assert counts[0] == counts[1]
    blocked = [InitiativeFactory(cite=False) for _ in range(3)]
    counts = [queries_of(lambda some=some: client.get(bulk_publish_url(some))) for some in (blocked[:1], blocked)]
    assert counts[0] == counts[1]


def test_many_are_attested_or_none(login):
    one, other, draft = published(InitiativeFactory()), published(InitiativeFactory()), InitiativeFactory()
    client = login("reviewer")
    assert f"Nothing was attested. “{draft}”" in told(act(client, "attest_rows", one, other, draft))
    assert not Initiative.objects.exclude(attested_on=None).exists()
    assert told(act(client, "attest_rows", one, other)) == "2 are attested as still true today."
    assert InitiativeEdition.objects.exclude(attested_on=None).count() == 2


def test_authors_do_not_attest(login):
    root = published(InitiativeFactory())
    act(login("author"), "attest_rows", root)
    root.refresh_from_db()
    assert root.attested_on is None


@pytest.mark.parametrize("factory", [MilestoneFactory, OutcomeFactory])
def test_many_are_given_to_a_person_and_to_nobody(login, factory):
    rows, person = [factory() for _ in range(2)], UserFactory()
    other, client = factory(), login("author")
    assert told(act(client, "set_owner_of_rows", *rows, owner=person.pk)) == "2 rows have a new owner."
    assert set(factory._meta.model.objects.filter(owner=person)) == set(rows)
    assert told(act(client, "set_owner_of_rows", *rows, other, owner="nobody")) == "2 rows have a new owner."
    assert not factory._meta.model.objects.exclude(owner=None).exists()


@pytest.mark.parametrize("chosen", ["", "999999", "x", "gone"])
def test_nobody_else_becomes_the_owner(login, chosen):
    gone = UserFactory(is_active=False)
    row = MilestoneFactory(owner=UserFactory())
    act(login("author"), "set_owner_of_rows", row, owner=gone.pk if chosen == "gone" else chosen)
    assert Milestone.objects.get().owner == row.owner


@pytest.mark.parametrize("model", [Milestone, Outcome])
def test_who_may_only_look_sets_no_owner(login, model, django_user_model):
    row = {Milestone: MilestoneFactory, Outcome: OutcomeFactory}[model]()
    client = login("stranger")
    assert act(client, "set_owner_of_rows", row, owner=client.user.pk).status_code == 403
    assert model.objects.get().owner is None
