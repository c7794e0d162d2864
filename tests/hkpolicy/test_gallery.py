"""The gallery shows each component in every state, in each language, to editors only."""

import re

import pytest

from hkpolicy.views.gallery import build_sample_promises
from initiatives.views.chart_registry import CHARTS
from initiatives.vocabulary import ScheduleValue

pytestmark = pytest.mark.django_db


def test_the_gallery_is_for_editors_only(client):
    response = client.get("/en/gallery/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/en/gallery/")


def test_a_promise_stands_there_in_every_way_a_dated_one_can():
    assert {each["schedule"] for each in build_sample_promises()} == set(ScheduleValue) - {
        "closed",
        "met_undated",
        "no_date",
    }


def test_every_state_has_its_badge_in_each_language(client, superuser):
    client.force_login(superuser)
    page = client.get("/en/gallery/").content.decode()
    for word in ScheduleValue:
        badges = re.findall(rf'<span class="badge badge-{word}">([^<]+)</span>', page)
        assert len({*badges}) in (2, 3), (word, badges)  # both Chinese scripts may write it alike
    assert page.count('class="lane lane-shown"') == 3 * len(build_sample_promises())


def test_a_chart_of_each_kind_is_drawn_in_each_language(client, superuser):
    client.force_login(superuser)
    page = client.get("/en/gallery/").content.decode()
    assert {name: page.count(f'class="chart chart-{name}"') for name in CHARTS} == dict.fromkeys(CHARTS, 3)
    titles = re.findall(r'<p class="chart-title">([^<]+)</p>', page)
    assert len(set(titles)) == len(titles) == 3 * len(CHARTS)
