"""Every page answers in every language."""

import pytest

pytestmark = pytest.mark.django_db

LISTS = [
    "/",
    "/initiatives/",
    "/initiatives/?stage=planned&area=ai&organisation=itib&q=institute&sort=name",
    "/milestones/",
    "/milestones/overdue/",
    "/milestones/unknown/",
    "/milestones/calendar/",
    "/milestones/calendar/2026/12/",
    "/announcements/",
    "/experts/",
    "/commentary/",
    "/organisations/",
    "/people/",
    "/areas/",
    "/track-record/",
    "/changes/",
    "/data/",
    "/search/",
    "/search/?q=institute",
]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_before_anything_was_published(client, path, language):
    response = client.get(f"/{language}{path}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
