"""A session that ends during writing gives the text back after login; nothing is saved without the person."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from initiatives.models import Initiative, Milestone
from newsroom.models import Page
from tests.factories import (
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    PageFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import filled, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
PASSWORD = "correct horse battery"


def person(role="administrator", name="mei"):
    user = UserFactory(username=name)
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def browser_of():
    """Return a function that makes a browser which sends what browsers send, and is held to it."""

    def make(user):
        client = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
        client.force_login(user)
        client.get("/admin/")
        return client

    return make


def token(response) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]


def opened(client, address):
    """Return the form of this page as a browser would send it."""
    response = client.get(address)
    return filled(response) | {"csrfmiddlewaretoken": token(response)}


def kept_in(response) -> str:
    return response.context["kept"]


def end(client):
    client.cookies.pop("sessionid", None)


def log_in(client, response, name="mei", password=PASSWORD):
    data = {"username": name, "password": password, "next": response.context["next"], "kept": kept_in(response)}
    return client.post("/admin/login/", data | {"csrfmiddlewaretoken": token(response)})


def test_what_was_typed_stands_in_the_form_again_after_login_and_is_saved_by_the_person(browser_of):
    row, client = StatementFactory().milestone, browser_of(person())
    form = opened(client, url(row, "change")) | {
        "title_en": "Typed <b>”",
        "summary_zh_hant": "一行\n二行",
        "statements-0-promised_phrase": "soon, they say",
    }
    end(client)
    asked = client.post(url(row, "change"), form)
    assert asked.status_code == 403
    assert "Your session has ended" in asked.content.decode()
    answer = log_in(client, asked)
    assert (answer.status_code, answer["Location"]) == (302, url(row, "change"))
    shown = client.get(answer["Location"])
    again = filled(shown)
    assert {name: again[name] for name in form if name in again and name != "_shown"} == {
        name: value for name, value in form.items() if name not in ("csrfmiddlewaretoken", "_shown")
    }
    assert "What you had written stands here" in shown.content.decode()
    assert Milestone.objects.get().title_en == row.title_en
    assert client.post(url(row, "change"), again | {"csrfmiddlewaretoken": token(shown)}).status_code == 302
    saved = Milestone.objects.get()
    assert (saved.title_en, saved.summary_zh_hant) == ("Typed <b>”", "一行\n二行")
    assert saved.statements.get().promised_phrase == "soon, they say"


def test_it_is_given_back_once(browser_of):
    row, client = PageFactory(title_en="Stored"), browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    end(client)
    log_in(client, client.post(url(row, "change"), form))
    assert filled(client.get(url(row, "change")))["title_en"] == "Typed"
    assert filled(client.get(url(row, "change")))["title_en"] == "Stored"
    assert not client.session["kept"]


def test_a_new_thing_is_given_back_too(browser_of):
    client = browser_of(person())
    form = opened(client, url(Page, "add")) | {"slug": "about-us", "title_en": "About us"}
    end(client)
    answer = log_in(client, client.post(url(Page, "add"), form))
    shown = client.get(answer["Location"])
    assert (filled(shown)["title_en"], Page.objects.count()) == ("About us", 0)
    client.post(answer["Location"], filled(shown) | {"csrfmiddlewaretoken": token(shown)})
    assert Page.objects.get().title_en == "About us"


def test_an_amount_is_given_back_as_it_was_typed(browser_of):
    row, client = FundingFactory(), browser_of(person())
    form = opened(client, url(row, "change")) | {"amount_hkd": "1.5 bn"}
    end(client)
    shown = client.get(log_in(client, client.post(url(row, "change"), form))["Location"])
    assert filled(shown)["amount_hkd"] == "1.5 bn"
    client.post(url(row, "change"), filled(shown) | {"csrfmiddlewaretoken": token(shown)})
    row.refresh_from_db()
    assert row.amount_hkd == 1_500_000_000


def test_a_wrong_password_loses_nothing(browser_of):
    row, client = PageFactory(), browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    end(client)
    wrong = log_in(client, client.post(url(row, "change"), form), password="wrong")
    assert wrong.status_code == 200
    assert filled(client.get(log_in(client, wrong)["Location"]))["title_en"] == "Typed"


def test_who_logs_in_instead_may_what_they_may(browser_of):
    row, client = PageFactory(), browser_of(person())
    stranger = UserFactory(username="stranger")
    stranger.set_password(PASSWORD)
    stranger.save()
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    end(client)
    answer = log_in(client, client.post(url(row, "change"), form), name="stranger")
    assert client.get(answer["Location"]).status_code == 403
    row.refresh_from_db()
    assert row.title_en != "Typed"


def test_what_was_saved_meanwhile_by_somebody_else_is_asked_at_once(browser_of, superuser):
    row, client = PageFactory(), browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Mine"}
    end(client)
    asked = client.post(url(row, "change"), form)
    row.title_en = "Theirs"
    row.save()
    shown = client.get(log_in(client, asked)["Location"])
    assert [(each.theirs, each.mine) for each in shown.context["merge"].conflicts] == [("Theirs", "Mine")]


def test_a_megabyte_is_given_back(browser_of):
    row, client = PageFactory(), browser_of(person())
    text = "".join(chr(0x4E00 + number % 20000) for number in range(0, 350_000 * 7, 7))
    form = opened(client, url(row, "change")) | {"body_zh_hant": text}
    end(client)
    answer = log_in(client, client.post(url(row, "change"), form))
    assert filled(client.get(answer["Location"]))["body_zh_hant"] == text


def test_the_note_of_a_publication_is_given_back_and_nothing_is_published(browser_of):
    row, client = InitiativeFactory(), browser_of(person("publisher"))
    dialog = client.get(url(row, "publish"))
    form = {"note_en": "Readers want this", "update_type": "major", "seen": dialog.context["seen"]}
    end(client)
    asked = client.post(url(row, "publish"), form | {"csrfmiddlewaretoken": token(dialog)})
    shown = client.get(log_in(client, asked)["Location"])
    assert shown.context["form"]["note_en"].value() == "Readers want this"
    assert shown.context["form"]["update_type"].value() == "major"
    assert "nothing was done with it yet" in shown.content.decode()
    assert "nothing was done with it yet" not in client.get(url(row, "publish")).content.decode()
    published(InitiativeFactory())
    assert not shown.context["form"].is_bound


def test_users_are_not_saved_by_giving_back_either(browser_of, superuser):
    client = browser_of(superuser)
    superuser.set_password(PASSWORD)
    superuser.save()
    client.force_login(superuser)
    form = opened(client, url(superuser, "change")) | {"first_name": "Typed"}
    end(client)
    asked = client.post(url(superuser, "change"), form)
    shown = client.get(log_in(client, asked, name="superuser")["Location"])
    assert filled(shown)["first_name"] == "Typed"
    superuser.refresh_from_db()
    assert superuser.first_name == ""


def test_logged_in_anew_in_another_tab_an_old_form_is_given_back_by_a_button(browser_of):
    row, user = PageFactory(), person()
    client = browser_of(user)
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    log_in_elsewhere(client)
    refused = client.post(url(row, "change"), form)
    assert refused.status_code == 403
    data = {"kept": kept_in(refused), "csrfmiddlewaretoken": token(refused)}
    answer = client.post("/admin/kept/", data)
    shown = client.get(answer["Location"])
    assert (answer["Location"], filled(shown)["title_en"]) == (url(row, "change"), "Typed")
    assert client.post(url(row, "change"), filled(shown) | {"csrfmiddlewaretoken": token(shown)}).status_code == 302
    row.refresh_from_db()
    assert row.title_en == "Typed"


def log_in_elsewhere(client):
    """In another tab: the token of pages opened before is worth nothing any more."""
    end(client)
    page = client.get("/admin/login/")
    data = {"username": "mei", "password": PASSWORD, "csrfmiddlewaretoken": token(page)}
    assert client.post("/admin/login/", data).status_code == 302


def test_a_page_of_logging_in_left_open_while_logging_in_elsewhere_still_has_it(browser_of):
    row, client = PageFactory(), browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    end(client)
    asked = client.post(url(row, "change"), form)
    log_in_elsewhere(client)
    refused = log_in(client, asked)
    assert refused.status_code == 403
    assert kept_in(refused) == kept_in(asked)


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_text_that_another_site_sends_is_never_offered(browser_of, origin):
    row, client = PageFactory(), browser_of(person())
    answer = client.post(
        url(row, "change"), {"title_en": "Planted", "csrfmiddlewaretoken": "x"}, headers={"Origin": origin}
    )
    assert answer.status_code == 403
    assert "Planted" not in answer.content.decode()
    assert "kept" not in (answer.context or {})


@pytest.mark.parametrize("sealed", ["", "nonsense", "WyJodHRwczovL2V2aWwuZXhhbXBsZS8iLCAiIl0:1abcde:signature"])
def test_what_we_did_not_seal_leads_nowhere(browser_of, sealed):
    client = browser_of(person())
    page = client.get("/admin/")
    answer = client.post("/admin/kept/", {"kept": sealed, "csrfmiddlewaretoken": token(page)})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert "kept" not in client.session


def test_passwords_are_not_carried_along(browser_of):
    client = browser_of(person())
    form = {"old_password": "secret one", "csrfmiddlewaretoken": token(client.get("/admin/password_change/"))}
    end(client)
    asked = client.post("/admin/password_change/", form)
    log_in(client, asked)
    assert list(client.session["kept"].values()) == [""]


def test_a_button_pressed_too_late_leads_back_to_its_page(browser_of):
    row, client = MilestoneFactory(), browser_of(person())
    page = client.get(url(row, "change"))
    end(client)
    answer = client.post(
        url(row, "check"),
        {"csrfmiddlewaretoken": token(page)},
        headers={"Referer": f"http://testserver{url(row, 'change')}"},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={url(row, 'change')}")


def test_nothing_typed_stands_in_an_address(browser_of):
    row, client = PageFactory(), browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Typed"}
    end(client)
    asked = client.post(url(row, "change"), form)
    assert "Location" not in asked
    assert "Typed" not in log_in(client, asked)["Location"]


def test_what_somebody_deleted_while_it_was_written_in_is_offered_anew(browser_of):
    row, client = StatementFactory().milestone, browser_of(person())
    form = opened(client, url(row, "change")) | {"title_en": "Typed", "statements-0-promised_phrase": "soon, they say"}
    Milestone.objects.all().delete()
    offered = client.post(url(row, "change"), form)
    assert (offered.status_code, Milestone.objects.count()) == (409, 0)
    assert f'action="{url(Milestone, "add")}"' in offered.content.decode()
    again = filled(offered) | {"csrfmiddlewaretoken": token(offered)}
    assert client.post(url(Milestone, "add"), again).status_code == 302
    assert Milestone.objects.get().statements.get().promised_phrase == "soon, they say"
    assert Initiative.objects.count() == 1
