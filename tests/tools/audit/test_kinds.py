import pytest

from tools.audit.kinds import Kind, kind_of
from tools.audit.lighthouse import job


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/en/", "home"),
        ("/en/initiatives/hkairdi/", "initiative"),
        ("/en/milestones/overdue/", "milestones-overdue"),
        ("/en/initiatives/?area=health&page=2", "initiatives filtered"),
        ("/en/about/", "page about"),
        ("/en/?as_of=2026-01-01", None),
        ("/zh-hant/", None),
        ("/api/v1/", None),
        ("/en/no/such/page/", None),
    ],
)
def test_a_pages_kind_is_its_view(path, kind):
    assert kind_of(path) == kind


def test_a_page_kept_from_search_engines_on_purpose_is_not_blamed_for_it():
    asked = job(Kind("initiative in the past", "initiatives/x/?as_of=2026-01-01", indexed=False), "zh-hant", "http://s")
    assert asked["url"] == "http://s/zh-hant/initiatives/x/?as_of=2026-01-01"
    assert asked["skipAudits"] == ["is-crawlable"]
    assert [len(each) for each in asked["runs"]] == [4, 1, 1]


def test_the_page_of_an_error_is_not_measured_as_something_to_be_found():
    asked = job(Kind("404", "x/", 404), "en", "http://s")
    assert asked["runs"][0] == ["performance", "accessibility", "best-practices"]
