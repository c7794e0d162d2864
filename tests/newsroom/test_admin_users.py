"""People of the newsroom: invited by mail, in their language; superusers out of administrators' reach."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from newsroom.models import EditorSettings
from tests.factories import UserFactory
from tests.publishing_helpers import filled, url

pytestmark = pytest.mark.django_db
User = get_user_model()


def invite(client, callbacks, **changes):
    data = {"username": "li", "first_name": "Li", "email": "li@example.org", "language": "zh-hant"}
    data["groups"] = [Group.objects.get(name="author").pk]
    with callbacks(execute=True):
        return client.post(url(User, "add"), data | changes)


def test_an_invited_person_chooses_a_password_and_is_in(
    login, client, mailoutbox, django_capture_on_commit_callbacks, settings
):
    response = invite(login("administrator"), django_capture_on_commit_callbacks)
    assert response.status_code == 302, response.context["errors"]
    user = User.objects.get(username="li")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    assert EditorSettings.language_of(user) == "zh-hant"
    [mail] = mailoutbox
    assert mail.to == ["li@example.org"]
    [path] = re.findall(rf"{re.escape(settings.SITE_URL)}(/admin/password/\S+)", mail.body)
    client.logout()
    page = client.get(path, follow=True)
    response = client.post(
        page.request["PATH_INFO"], {"new_password1": "a long enough word", "new_password2": "a long enough word"}
    )
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    assert client.login(username="li", password="a long enough word")
    assert client.get("/admin/").status_code == 200


def test_an_invitation_link_works_once(login, client, mailoutbox, django_capture_on_commit_callbacks):
    invite(login("administrator"), django_capture_on_commit_callbacks)
    [path] = re.findall(r"(/admin/password/\S+)", mailoutbox[0].body)
    client.logout()
    page = client.get(path, follow=True)
    words = {"new_password1": "a long enough word", "new_password2": "a long enough word"}
    client.post(page.request["PATH_INFO"], words)
    assert client.get(path, follow=True).context["validlink"] is False


def test_an_address_is_invited_once(login, django_capture_on_commit_callbacks):
    UserFactory(email="LI@example.org")
    response = invite(login("administrator"), django_capture_on_commit_callbacks)
    assert "email" in response.context["adminform"].form.errors


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher"])
def test_only_administrators_invite(login, django_capture_on_commit_callbacks, mailoutbox, role):
    assert invite(login(role), django_capture_on_commit_callbacks).status_code == 403
    assert mailoutbox == []


def test_an_administrator_makes_no_superuser_and_touches_none(login):
    chief, client = UserFactory(is_superuser=True), login("administrator")
    assert client.get(url(chief, "change")).status_code == 200
    assert client.post(url(chief, "change"), {"username": "taken"}).status_code == 403
    assert client.post(f"{url(chief, 'change').removesuffix('change/')}password/", {}).status_code == 403
    assert client.post(url(chief, "delete"), {"post": "yes"}).status_code == 403
    user = UserFactory()
    response = client.post(url(user, "change"), filled(client.get(url(user, "change"))) | {"is_superuser": "on"})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.is_superuser is False


def test_a_forgotten_password_is_reset_by_mail(client, mailoutbox):
    user = UserFactory()
    user.set_password("forgotten words")
    user.save()
    assert "/admin/password-reset/" in client.get("/admin/login/").content.decode()
    client.post("/admin/password-reset/", {"email": user.email})
    [mail] = mailoutbox
    [path] = re.findall(r"(/admin/password/\S+)", mail.body)
    assert client.get(path, follow=True).context["validlink"] is True


def test_the_language_an_editor_chooses_is_kept_and_spoken_after_the_next_login(login, client):
    editor = login("author").user
    editor.set_password("a long enough word")
    editor.save()
    client.force_login(editor)
    client.post("/admin/language/", {"language": "zh-hant", "next": "/admin/"})
    assert EditorSettings.language_of(editor) == "zh-hant"
    assert 'lang="zh-hant"' in client.get("/admin/").content.decode()
    client.cookies.clear()
    client.post("/admin/login/", {"username": editor.username, "password": "a long enough word"})
    assert '<html lang="zh-hant"' in client.get("/admin/").content.decode()


def test_a_language_there_is_not_is_left_alone(login):
    client = login("author")
    client.post("/admin/language/", {"language": "fr"})
    assert EditorSettings.language_of(client.user) == "en"
