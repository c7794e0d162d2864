"""A preview link shows one root as the working copy has it, to whoever holds it, for a while, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from experts.models import Expert
from initiatives.models import Initiative, Organisation
from newsroom.actions.permissions import ActionError
from newsroom.actions.preview_links import revoke_preview, share_preview
from newsroom.admin.preview.preview_link_views import make_preview_token, shared_preview_path
from newsroom.models import PreviewLink, Publishable, Root
from record.languages import set_held_back
from tests.factories import (
    AnnouncementFactory,
    CitationFactory,
    CommentaryFactory,
    EvidenceFactory,
    ExpertFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import FACTORIES, WORKING, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
LANGUAGES = ["en", "zh-hant", "zh-hans"]
SECRET, 密 = "plantedsecret", "埋藏句子"
DRAFT, 稿 = "The draft itself", "這份草稿"
WEEK = timedelta(days=7)


@pytest.fixture
def editor(member):
    return member("author")


@pytest.fixture
def shared(editor):
    """Share a root; return its address in a language, English unless told."""

    def share(root, *, lasting=WEEK):
        link = share_preview(root=root, by=editor, lasting=lasting)
        return lambda language="en": shared_preview_path(make_preview_token(link), language)

    return share


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "model", [each for each in WORKING if issubclass(each, Root)], ids=lambda model: model.__name__
)
def test_a_stranger_sees_any_root_in_any_language(client, shared, model, language):
    address = shared(FACTORIES[model]())
    response = client.get(address(language))
    assert response.status_code == 200
    assert f'<html lang="{language}">' in text(response)
    assert {f'href="{address(each)}"' in text(response) for each in LANGUAGES if each != language} == {True}


def test_it_shows_the_working_copy_as_it_is_now(client, shared):
    root = published(InitiativeFactory(title_en="Before"))
    address = shared(root)
    Initiative.objects.update(title_en="After", title_zh_hant="其後")
    assert "After" in text(client.get(address()))
    assert "其後" in text(client.get(address("zh-hant")))
    assert "After" not in text(client.get(f"/en/initiatives/{root.slug}/"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A draft, not published."), ("zh-hant", "未發布的草稿"), ("zh-hans", "未发布的草稿")]
)
def test_it_says_that_it_is_a_draft_and_until_when(client, shared, time_machine, language, words):
    time_machine.move_to("2027-06-01T06:05:00Z", tick=False)
    page = text(client.get(shared(InitiativeFactory())(language)))
    assert words in page
    assert '<time datetime="2027-06-08T06:05:00+00:00">' in page
    assert "14:05</time>" in page


def test_no_cache_keeps_it_no_engine_lists_it_and_no_link_on_it_tells_its_address(client, shared):
    response = client.get(shared(InitiativeFactory())())
    assert set(response["Cache-Control"].split(", ")) == {"no-store", "private"}
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text(response)
    assert response["Referrer-Policy"] == "no-referrer"
    assert not re.search('rel="canonical"|hreflang="x-default"|mailto:', text(response))


def test_neither_sitemap_nor_feed_nor_api_knows_it(client, shared):
    root = InitiativeFactory(title_en=DRAFT)
    shared(root)
    for address in ("/sitemap-initiative.xml", "/en/changes.atom", "/api/v1/changes/", "/api/v1/initiatives/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "/preview/" not in text(answer), address
        assert str(root.content_id) not in text(answer), address


def test_being_logged_in_changes_nothing(client, login, shared):
    address = shared(InitiativeFactory())()
    stranger = client.get(address)
    editors = login("administrator").get(address)
    assert text(editors) == text(stranger)
    assert not editors.cookies
    assert "Cookie" not in editors.get("Vary", "")


def test_head_answers_and_whatever_writes_is_refused(shared):
    address, client = shared(InitiativeFactory())(), Client(enforce_csrf_checks=True)
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address).status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_was_tampered_with_is_not_found(client, shared, language):
    root = InitiativeFactory(title_en=DRAFT)
    address, other = shared(root)(language), shared(root)(language)
    number, signature = address.split("/")[2].split("~")
    for token in (f"{other.split('/')[2].split('~')[0]}~{signature}", f"{number}~{signature[:-1]}", number, "x"):
        response = client.get(shared_preview_path(token, language))
        assert response.status_code == 404
        assert f'<html lang="{language}">' in text(response)
        assert DRAFT not in text(response)


def test_an_unknown_language_is_not_found(client, shared):
    assert client.get(shared(InitiativeFactory())("fr")).status_code == 404


def ended_by_time(link, time_machine):
    time_machine.move_to(link.expires_at)


def ended_by_an_editor(link, time_machine):
    revoke_preview(root=Initiative.objects.get(), link_id=link.pk, by=link.by)


def ended_with_its_root(link, time_machine):
    Initiative.objects.all().delete()


def ended_with_its_row(link, time_machine):
    link.delete()


@pytest.mark.parametrize("end", [ended_by_time, ended_by_an_editor, ended_with_its_root, ended_with_its_row])
@pytest.mark.parametrize("language", LANGUAGES)
def test_when_it_is_over_it_is_gone_at_once(client, editor, time_machine, language, end):
    time_machine.move_to("2027-06-01T06:05:00Z", tick=False)
    link = share_preview(root=InitiativeFactory(title_en=DRAFT), by=editor, lasting=WEEK)
    address = shared_preview_path(make_preview_token(link), language)
    time_machine.move_to(link.expires_at - timedelta(seconds=1), tick=False)
    assert client.get(address).status_code == 200
    end(link, time_machine)
    response = client.get(address)
    assert response.status_code == 410
    assert f'<html lang="{language}">' in text(response)
    assert DRAFT not in text(response)
    assert "no-store" in response["Cache-Control"]


def plant_around(root):
    """Secrets in every other draft, in what is held back, in internal notes and in the names of editors."""
    neighbour = published(OrganisationFactory(name_en="Public name", slug="neighbour"))
    Organisation.objects.filter(pk=neighbour.pk).update(name_en=SECRET, slug=SECRET, aliases=SECRET)
    unpublished = OrganisationFactory(name_en=SECRET, slug=f"{SECRET}-2", checked=True)
    speaker = PersonFactory(name_en=SECRET, slug=SECRET)
    root.lead = neighbour
    root.save()
    root.partners.add(unpublished)
    milestone = MilestoneFactory(initiative=root, title_en="A milestone of it")
    StatementFactory(milestone=milestone, person=speaker)
    InitiativeRelationFactory(initiative=root, other=InitiativeFactory(title_en=SECRET, slug=SECRET))
    FundingFactory(initiative=root, announcement=AnnouncementFactory(title_en=SECRET, slug=SECRET))
    CommentaryFactory(title_en=SECRET, summary_zh_hant=密, expert=ExpertFactory()).initiatives.add(root)
    MilestoneFactory(initiative=root, title_en=SECRET, held_back=True)
    StatementFactory(milestone=milestone, promised_phrase=SECRET, held_back=True)
    EvidenceFactory(milestone=milestone, summary_zh_hant=密, held_back=True)
    CitationFactory(cited=root, quote=SECRET, held_back=True)
    set_held_back(root, "summary", "zh-hant")
    root.summary_zh_hant = 密
    root.save()
    Expert.objects.update(**{f"{Expert.name_text}_en": SECRET})
    for model in apps.get_models():
        if issubclass(model, Publishable):
            model.objects.update(internal_note=SECRET)
    milestone._meta.model.objects.update(owner=UserFactory(username=SECRET))
    get_user_model().objects.update(first_name=SECRET, last_name=密, email=f"{SECRET}@example.org")


def test_it_shows_nothing_but_that_record(client, shared):
    root = InitiativeFactory(title_en=DRAFT, title_zh_hant=稿)
    plant_around(root)
    address = shared(root)
    for language in LANGUAGES:
        page = text(client.get(address(language)))
        assert SECRET not in page
        assert 密 not in page
        assert "A milestone of it" in page
        assert "Public name" in page
        linked = re.findall(r'(?:href|action)="(/[^"#?]*)', page)
        assert not [each for each in linked if each.startswith("/admin/")]
        assert {each for each in linked if each.startswith("/preview/")} == {address(each) for each in LANGUAGES} - {
            address(language)
        }
        statuses = {each: client.get(each).status_code for each in set(linked) if not each.startswith("/static/")}
        pages = {each for each in statuses if "/pages/" not in each and not re.search("/(about|method|privacy)/", each)}
        assert {each: statuses[each] for each in pages if statuses[each] != 200} == {}


def test_what_would_go_along_is_named_to_editors_on_their_own_preview_only(client, login, shared):
    root = InitiativeFactory(title_en=DRAFT, lead=OrganisationFactory(name_en=SECRET, checked=True))
    assert SECRET in text(login("author").get(url(root, "preview", "en")))
    for reader in (client, login("author")):
        page = text(reader.get(shared(root)("en")))
        assert (DRAFT in page, SECRET in page) == (True, False)


def test_it_asks_the_database_as_often_for_three_milestones_as_for_one(client, shared):
    root, counts = InitiativeFactory(), []
    address = shared(root)()
    for more in (1, 2):
        for _ in range(more):
            StatementFactory(milestone=MilestoneFactory(initiative=root))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The page on which editors share and revoke


@pytest.mark.parametrize(
    ("role", "get", "post"),
    [("anonymous", 302, 302), ("stranger", 403, 403), ("author", 200, 302), ("publisher", 200, 302)],
)
def test_who_may_change_a_root_shares_it(login, role, get, post):
    root = InitiativeFactory()
    client = login(role)
    assert client.get(url(root, "previews")).status_code == get
    assert client.post(url(root, "previews"), {"days": "7"}).status_code == post
    assert PreviewLink.objects.exists() is (get == 200)


def test_the_action_asks_for_the_permission_too(member, shared, editor):
    root = InitiativeFactory()
    link = share_preview(root=root, by=editor, lasting=WEEK)
    with pytest.raises(PermissionDenied):
        share_preview(root=root, by=member("stranger"), lasting=WEEK)
    with pytest.raises(PermissionDenied):
        revoke_preview(root=root, link_id=link.pk, by=member("stranger"))
    assert PreviewLink.objects.usable(at=timezone.now()).count() == 1


@pytest.mark.parametrize("days", [0, -1, 61])
def test_it_lasts_for_sixty_days_at_most(editor, days):
    with pytest.raises(ActionError):
        share_preview(root=InitiativeFactory(), by=editor, lasting=timedelta(days=days))


def test_the_form_offers_a_day_a_week_and_a_month(login):
    root = InitiativeFactory()
    client = login("author")
    for days in ("1", "7", "30"):
        client.post(url(root, "previews"), {"days": days})
    lasting = [link.expires_at - link.made_at for link in PreviewLink.objects.order_by("pk")]
    assert [round(each / timedelta(days=1)) for each in lasting] == [1, 7, 30]
    assert client.post(url(root, "previews"), {"days": "2"}).status_code == 200
    assert PreviewLink.objects.count() == 3


def test_the_page_gives_the_addresses_and_a_stranger_follows_them_until_it_is_revoked(login, settings):
    settings.SITE_URL = "https://tracker.example.org"
    root = InitiativeFactory(title_en=DRAFT, title_zh_hant=稿)
    client, stranger = login("author"), Client()
    client.post(url(root, "previews"), {"days": "1"})
    page = text(client.get(url(root, "previews")))
    addresses = re.findall(r'value="https://tracker.example.org(/preview/[^"]+)"', page)
    assert [address.split("/")[3] for address in addresses] == LANGUAGES
    assert [stranger.get(address).status_code for address in addresses] == [200] * 3
    [link] = re.findall(r'name="revoke" value="(\d+)"', page)
    assert client.post(url(root, "previews"), {"revoke": link}).status_code == 302
    assert [stranger.get(address).status_code for address in addresses] == [410] * 3
    page = text(client.get(url(root, "previews")))
    assert "Revoked by" in page
    assert "/preview/" not in page.replace("/preview/en/", "")


def test_a_link_is_revoked_on_the_page_of_its_own_root_only(login, editor):
    link = share_preview(root=InitiativeFactory(), by=editor, lasting=WEEK)
    login("author").post(url(InitiativeFactory(), "previews"), {"revoke": str(link.pk)})
    assert PreviewLink.objects.get().revoked_at is None


def test_the_page_asks_the_database_as_often_for_three_links_as_for_one(login, member):
    root, client, counts = InitiativeFactory(), login("author"), []
    for more in (1, 2):
        for _ in range(more):
            link = share_preview(root=root, by=member("author"), lasting=WEEK)
            revoke_preview(root=root, link_id=link.pk, by=member("author"))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(root, "previews"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_form_of_a_root_leads_to_sharing_and_the_editors_preview_leads_back(login):
    root = InitiativeFactory()
    client = login("author")
    assert f'href="{url(root, "previews")}"' in text(client.get(url(root, "change")))
    preview = client.get(url(root, "preview", "en"))
    assert f'<a href="{url(root, "change")}">Back to the form</a>' in text(preview)
    assert preview["Referrer-Policy"] == "no-referrer"
