"""The verbs in the admin: who may, what they show, and that nothing else than what was seen is published."""

import pytest
from django.test import Client

from initiatives.editions import InitiativeEdition, MilestoneEdition, OrganisationEdition
from record.models import Change, Publication
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, published
from tests.publishing_helpers import filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
NOTE = {"note_en": "Dates added", "note_zh_hant": "加入日期", "update_type": "major"}

# (who, GET of the verb's page, POST of it); 302 of a POST that may is the way back.
WHO = [
    ("anonymous", 302, 302),
    ("stranger", 403, 403),
    ("author", 403, 403),
    ("reviewer", 403, 403),
    ("publisher", 200, 302),
    ("administrator", 200, 302),
]


def seen(client, root):
    return client.get(url(root, "publish")).context["seen"]


def publish_by_form(client, root, **data):
    return client.post(url(root, "publish"), NOTE | {"seen": seen(client, root)} | data)


@pytest.mark.parametrize(("role", "get", "post"), WHO)
def test_publishers_publish(login, role, get, post):
    root = InitiativeFactory()
    client = login(role)
    response = client.get(url(root, "publish"))
    assert response.status_code == get
    data = NOTE | {"seen": response.context["seen"] if get == 200 else ""}
    assert client.post(url(root, "publish"), data).status_code == post
    assert InitiativeEdition.objects.exists() is (get == 200)


@pytest.mark.parametrize(("role", "get", "post"), WHO)
def test_publishers_withdraw(login, role, get, post):
    root = published(InitiativeFactory())
    client = login(role)
    assert client.get(url(root, "withdraw")).status_code == get
    assert client.post(url(root, "withdraw"), NOTE).status_code == post
    assert InitiativeEdition.objects.exists() is (get != 200)


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_a_verb_needs_the_token_of_its_own_page(member, verb):
    root = InitiativeFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("publisher"))
    assert client.post(url(root, verb), NOTE).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 302), ("stranger", 403), ("author", 200), ("reviewer", 200), ("publisher", 200)],
)
@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_editors_preview_in_every_language(login, role, status, language):
    root = InitiativeFactory(title_en="Institute", title_zh_hant="研究院")
    response = login(role).get(url(root, "preview", language))
    assert response.status_code == status
    if status == 200:
        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]


def test_an_editors_preview_names_what_goes_along_and_nothing_else_that_is_not_public(login):
    along = OrganisationFactory(name_en="Goes along", parent=OrganisationFactory(name_en="Along with that"))
    root = InitiativeFactory(lead=along)
    root.partners.add(OrganisationFactory(name_en="Nobody checked it", checked=False))
    client = login("author")
    page = client.get(url(root, "preview", "en")).content.decode()
    assert ("Goes along" in page, "Nobody checked it" in page) == (True, False)
    assert "Along with that" in client.get(url(along, "preview", "en")).content.decode()


def test_a_preview_in_another_language_is_not_found(login):
    assert login("author").get(url(InitiativeFactory(), "preview", "fr")).status_code == 404


def test_a_saved_change_is_invisible_until_published_and_visible_right_after(login):
    root = published(InitiativeFactory(title_en="Before"))
    client = login("publisher")
    data = filled(client.get(url(root, "change"))) | {"title_en": "After"}
    assert client.post(url(root, "change"), data).status_code == 302
    assert InitiativeEdition.objects.get().title == {"en": "Before"}
    assert publish_by_form(client, root).status_code == 302
    assert InitiativeEdition.objects.get().title == {"en": "After"}


def test_the_note_and_the_update_type_reach_the_record(login):
    root = InitiativeFactory()
    publish_by_form(login("publisher"), root)
    change = Change.objects.get()
    assert change.update_type == "major"
    assert change.note == {
        "en": "Dates added",
        "zh-hant": "加入日期",
        "zh-hans": "加入日期",
        "state": {"zh-hans": "converted"},
    }


def test_what_changed_since_the_page_was_opened_is_shown_again_and_not_published(login):
    root = InitiativeFactory()
    client = login("publisher")
    old = seen(client, root)
    root.summary_en = "Written meanwhile"
    root.save()
    response = publish_by_form(client, root, seen=old)
    assert response.status_code == 409
    assert "was changed since you opened" in response.content.decode()
    assert 'name="note_en" ' in response.content.decode()
    assert "Dates added" in response.content.decode()
    assert not Publication.objects.exists()
    assert publish_by_form(client, root, seen=response.context["seen"]).status_code == 302


def test_what_goes_along_is_part_of_what_was_seen(login):
    root = InitiativeFactory(lead=OrganisationFactory())
    client = login("publisher")
    old = seen(client, root)
    root.lead.name_en = "Renamed meanwhile"
    root.lead.save()
    assert publish_by_form(client, root, seen=old).status_code == 409


def test_what_somebody_published_meanwhile_is_looked_at_first(login):
    root = published(InitiativeFactory())
    root.title_en = "New title"
    root.save()
    client = login("publisher")
    old = seen(client, root)
    published(root)
    assert publish_by_form(client, root, seen=old).status_code == 409


def test_a_slug_of_another_thing_is_refused_with_its_reason(login):
    first = published(InitiativeFactory(slug="institute"))
    first.slug = "renamed"
    first.save()
    published(first)
    second = InitiativeFactory(slug="institute")
    response = publish_by_form(login("publisher"), second)
    assert response.status_code == 409
    assert "belongs to something else" in response.content.decode()
    assert not InitiativeEdition.objects.filter(content_id=second.content_id).exists()


def test_the_page_lists_what_changes_what_goes_along_and_what_stays_out(login):
    root = InitiativeFactory(lead=OrganisationFactory(), title_en="Institute")
    hidden = OrganisationFactory(checked=False)
    root.partners.add(hidden)
    milestone = published(MilestoneFactory(initiative=root, title_en="Opens"))
    fresh = OrganisationFactory()
    root.partners.add(fresh)
    milestone.title_en = "Opens late"
    milestone.save()
    context = login("publisher").get(url(root, "publish")).context
    assert [(line.kind, line.title, line.effect, line.fields) for line in context["own"]] == [
        ("Initiative", "Institute", "changes", "partner organisations"),
        ("Milestone", "Opens late", "changes", "title"),
    ]
    assert [(line.title, line.effect) for line in context["along"]] == [(str(fresh), "new")]
    assert [line.title for line in context["unnamed"]] == [str(hidden)]


def test_what_names_a_renamed_thing_is_told_to_follow(login):
    root = published(InitiativeFactory(lead=OrganisationFactory()))
    root.lead.name_en = "New name"
    root.lead.save()
    context = login("publisher").get(url(root.lead, "publish")).context
    assert [line.title for line in context["following"]] == [root.title_en]
    publish_by_form(login("publisher"), root.lead)
    assert OrganisationEdition.objects.get().title == {"en": "New name"}


def test_a_blocked_root_has_no_button_and_a_post_changes_nothing(login):
    root = InitiativeFactory(cite=False)
    client = login("publisher")
    page = client.get(url(root, "publish"))
    assert [each.url for each in page.context["blockers"]] == [f"{url(root, 'change')}#citations-group"]
    assert 'value="Publish"' not in page.content.decode()
    response = client.post(url(root, "publish"), NOTE | {"seen": page.context["seen"]})
    assert response.status_code == 409
    assert not Publication.objects.exists()


def test_withdrawing_needs_a_reason(login):
    root = published(InitiativeFactory())
    response = login("publisher").post(url(root, "withdraw"), {"note_en": " "})
    assert list(response.context["form"].errors) == ["note_en"]
    assert InitiativeEdition.objects.exists()


def test_the_form_of_a_child_acts_on_its_root_and_says_so(login):
    milestone = published(MilestoneFactory(initiative__title_en="AI Institute"))
    client = login("publisher")
    page = client.get(url(milestone, "change"))
    panel = page.context["panel"]
    assert panel.publish_url.startswith(url(milestone.initiative, "publish"))
    assert "Publish publishes “AI Institute” with everything that belongs to it." in page.content.decode()
    milestone.title_en = "Renamed"
    milestone.save()
    response = client.post(panel.publish_url, NOTE | {"seen": seen(client, milestone.initiative)})
    assert response.url == url(milestone, "change")
    assert MilestoneEdition.objects.get().title == {"en": "Renamed"}


def test_the_way_back_leads_to_no_strange_site(login):
    root = InitiativeFactory()
    client = login("publisher")
    response = publish_by_form(client, root, next="https://example.org/")
    assert response.url == url(root, "change")


@pytest.mark.parametrize(("role", "shown"), [("author", False), ("reviewer", False), ("publisher", True)])
def test_buttons_are_shown_with_permission_only(login, role, shown):
    root = published(InitiativeFactory())
    page = login(role).get(url(root, "change")).content.decode()
    assert ("Publish…" in page, "Withdraw…" in page) == (shown, shown)


def test_save_and_publish_leads_on_to_the_page_of_the_verb(login):
    root = InitiativeFactory()
    client = login("publisher")
    data = filled(client.get(url(root, "change"))) | {"summary_en": "Written", "_publish": "1"}
    assert client.post(url(root, "change"), data).url == url(root, "publish")
    root.refresh_from_db()
    assert root.summary_en == "Written"


def test_lists_tell_each_roots_state(login):
    draft, public, changed = (InitiativeFactory() for _ in range(3))
    published(public)
    published(changed)
    changed.title_en = "Renamed"
    changed.save()
    client = login("author")
    rows = client.get(url(type(draft), "changelist")).context["cl"].result_list
    assert {row: row.publishing_state for row in rows} == {draft: "draft", public: "published", changed: "changed"}


@pytest.mark.parametrize(("asked", "found"), [("never", "a"), ("yes", "b"), ("withdrawn", "c")])
def test_lists_are_filtered_by_what_is_public(login, member, asked, found):
    InitiativeFactory(slug="a")
    published(InitiativeFactory(slug="b"))
    gone = published(InitiativeFactory(slug="c"))
    client = login("publisher")
    client.post(url(gone, "withdraw"), NOTE)
    rows = client.get(url(type(gone), "changelist"), {"public": asked}).context["cl"].result_list
    assert [row.slug for row in rows] == [found]
