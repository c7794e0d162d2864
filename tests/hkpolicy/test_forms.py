"""Forms look the same whichever of Django's two sets of templates writes their controls."""

import html
import re

import pytest

from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory
from tests.publishing_helpers import filled, url

pytestmark = pytest.mark.django_db
PASSING = r'name="csrfmiddlewaretoken" value="\w+"|T[\d:]+\.\d+\+00:00'  # what is otherwise on every page
RENDERERS = ("hkpolicy.forms.FastFormRenderer", "django.forms.renderers.DjangoTemplates")


def flat(answer) -> str:
    """Return the page without what its reader does not see: white space, and how a quotation mark is escaped."""
    page = re.sub(PASSING, "", answer.content.decode()).replace("&#34;", "&quot;").replace("&#39;", "&#x27;")
    return re.sub(r"\s*(<|>)\s*", r"\1", re.sub(r"\s+", " ", page))


@pytest.mark.parametrize("valid", [True, False])
def test_a_form_of_the_newsroom_is_the_same_page_with_django_s_renderer(login, settings, valid):
    row, client, pages = InitiativeFactory(title_en="\"Quoted\" <b> & 'so'"), login("author"), []
    MilestoneFactory(initiative=row)
    StatementFactory(initiative=row, milestone=None)
    path = url(row, "change")
    data = filled(client.get(path)) | {"statements-0-stated_earliest": "no day"}
    for settings.FORM_RENDERER in RENDERERS:
        pages.append(flat(client.get(path) if valid else client.post(path, data)))
    assert html.escape("\"Quoted\" <b> & 'so'") in pages[0]
    assert pages[0] == pages[1]
