"""Who comes to a form from another page of the newsroom comes back to it by saving."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from initiatives.models import Milestone
from newsroom.templatetags.newsroom_urls import with_next
from tests.factories import InitiativeFactory, MilestoneFactory, published
from tests.publishing_helpers import opened, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def links(page, row):
    """List the addresses on a page that lead to a row's form."""
    found = re.findall(r'href="([^"]+)"', page.content.decode())
    return [unescape(each) for each in found if each.startswith(url(row, "change"))]


def came_from(address):
    return parse_qs(urlsplit(address).query).get("next", [""])[0]


def test_a_child_opened_from_its_initiative_goes_back_there_when_saved(login):
    row, client = MilestoneFactory(), login("author")
    form = url(row.initiative, "change")
    addresses = links(client.get(form), row)
    assert {came_from(each) for each in addresses} == {form}
    assert client.post(addresses[0], opened(client, addresses[0])).url == form


def test_a_child_added_from_its_initiative_goes_back_there(login):
    root, client = InitiativeFactory(), login("author")
    table = next(each for each in client.get(url(root, "change")).context["tables"] if each["relation"] == "milestones")
    assert f"{table['add_url']}&amp;next=" in client.get(url(root, "change")).content.decode()
    address = f"{table['add_url']}&next={url(root, 'change')}"
    response = client.post(address, opened(client, address) | {"title_en": "Opens"})
    assert (response.url, Milestone.objects.get().initiative) == (url(root, "change"), root)


def test_what_is_mended_from_a_dialog_leads_back_to_the_dialog(login):
    row, client = MilestoneFactory(cite=False), login("publisher")
    dialog = f"{url(row.initiative, 'publish')}?next=/admin/"
    blocker = next(each for each in links(client.get(dialog), row) if "#" in each)
    assert (came_from(blocker), urlsplit(blocker).fragment) == (dialog, "citations-group")
    assert client.post(blocker.partition("#")[0], opened(client, blocker)).url == dialog


def test_a_link_into_the_page_itself_asks_for_no_way_back(login):
    root = InitiativeFactory(cite=False)
    inside = links(login("author").get(url(root, "change")), root)
    assert f"{url(root, 'change')}#citations-group" in inside
    assert not any("next=" in each for each in inside)


@pytest.mark.parametrize("button", ["_continue", "_addanother", "_publish"])
def test_saving_and_going_on_keeps_the_way_back(login, button):
    row = published(MilestoneFactory())
    client, back = login("publisher"), url(row.initiative, "change")
    address = f"{url(row, 'change')}?next={back}"
    response = client.post(address, opened(client, address) | {button: "1"})
    assert response.url != back
    assert came_from(response.url) == back


@pytest.mark.parametrize("strange", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_no_strange_address_is_gone_to(login, strange):
    row, client = MilestoneFactory(), login("publisher")
    address = f"{url(row, 'change')}?next={strange}"
    assert client.post(address, opened(client, address)).url == url(Milestone, "changelist")
    going_on = client.post(address, opened(client, address) | {"_publish": "1"})
    assert "next" not in going_on.url


def test_without_a_way_back_saving_leads_to_the_list(login):
    row, client = MilestoneFactory(), login("author")
    assert client.post(url(row, "change"), opened(client, url(row, "change"))).url == url(Milestone, "changelist")


def test_addresses_do_not_grow_with_every_step(rf):
    root, address = "/admin/initiatives/initiative/1/change/", "/admin/"
    for step in range(6):
        page = rf.get(f"/admin/page/{step}/", {"next": address})
        address = with_next({"request": page}, root)
    assert address.count("next") == 2
