"""A save that the database does not answer: nothing was saved, and what was typed is given back."""

from contextlib import contextmanager

import pytest
from django.db import InterfaceError, OperationalError, connection

from tests.factories import PageFactory
from tests.publishing_helpers import filled, url

pytestmark = pytest.mark.django_db
OURS, EVIL = "http://testserver", "https://evil.example"


@contextmanager
def database_that_raises(error):
    def refuse(*query):
        raise error

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def editor(client, superuser):
    client.force_login(superuser)
    client.raise_request_exception = False
    return client


def sent(client, path, data, origin=OURS):
    return client.post(path, data | {"csrfmiddlewaretoken": "x"}, headers={"Origin": origin})


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection is closed")])
def test_what_was_typed_is_given_back_as_soon_as_the_database_answers(editor, error):
    page = PageFactory(title_en="Before")
    form = filled(editor.get(url(page, "change"))) | {"title_en": "Typed"}
    with database_that_raises(error):
        told = sent(editor, url(page, "change"), form)
        still = sent(editor, "/admin/kept/", {"kept": told.context["kept"]})
    for response in (told, still):
        assert (response.status_code, "so nothing was saved" in response.content.decode()) == (503, True)
    back = sent(editor, "/admin/kept/", {"kept": still.context["kept"]})
    assert filled(editor.get(back["Location"]))["title_en"] == "Typed"
    page.refresh_from_db()
    assert page.title_en == "Before"


@pytest.mark.parametrize(("error", "origin"), [(OperationalError, EVIL), (ZeroDivisionError, OURS)])
def test_nothing_is_given_back_to_another_site_or_where_the_fault_is_ours(editor, error, origin):
    page = PageFactory()
    with database_that_raises(error):
        response = sent(editor, url(page, "change"), {"title_en": "Planted"}, origin)
    assert (response.status_code, 'name="kept"' in response.content.decode()) == (500, False)
