"""About, method and privacy: texts that ship, with what is counted from the record after them; and they are true."""

import re
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from importer.page_files import import_pages
from initiatives.choices import MilestoneSchedule, Rating
from initiatives.presenters.help_texts import RATING_MEANINGS
from initiatives.presenters.help_texts import SCHEDULE_MEANINGS as MEANINGS
from initiatives.vocabulary import ScheduleValue
from record.dates import FuzzyDate
from record.languages import set_text
from record.models import PageEdition, Publication
from tests.factories import (
    CommentaryFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    ObservationFactory,
    OutcomeFactory,
    PageFactory,
    StatementFactory,
    VerdictFactory,
    published,
)
from tests.hkpolicy.one_of_everything import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

PAGES = ("about", "method", "privacy")


def main_of(client, path, query=None):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


def gaps(client, query=None):
    """List the lines of what is missing, as plain words."""
    section = main_of(client, "/en/about/", query).split('id="gaps"')[1].split("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", section, flags=re.DOTALL)]


def counted(client, query=None):
    found = main_of(client, "/en/about/", query).split('class="figures"')[1].split("</dl>")[0]
    return {
        re.sub(r"<[^>]+>", "", name): int(count) for name, count in re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", found)
    }


def test_no_file_of_a_page_says_more_than_one_language_or_less():
    for slug in PAGES:
        for language in LANGUAGES:
            assert (settings.BASE_DIR / "data" / "pages" / f"{slug}.{language}.md").exists()
    import_pages(publishing=True)
    assert {page.slug for page in PageEdition.objects.all()} == set(PAGES)


def test_about_counts_what_is_in_the_record_at_the_readers_moment(client):
    published(PageFactory(slug="about"))
    before = Publication.objects.latest("id").published_at.isoformat()
    published(StatementFactory().milestone)
    assert counted(client)["initiatives"] == counted(client)["milestones"] == 1
    assert counted(client, {"as_of": before})["initiatives"] == 0
    assert "First published on" in main_of(client, "/en/about/")


def test_about_says_what_is_missing_and_the_line_shrinks_when_it_is_mended(client):
    published(PageFactory(slug="about", title_zh_hant="關於"))
    funding = FundingFactory(stage="appropriated", initiative__title_zh_hant="研發院", title_zh_hant="撥款")
    outcome = OutcomeFactory(initiative=funding.initiative, title_zh_hant="指標")
    undated = MilestoneFactory(initiative=funding.initiative, title_zh_hant="里程碑")
    published(funding.initiative)
    assert gaps(client)[1:4] == [
        "1 promise was made without any date.",
        "Of 1 initiative with public money, 1 has no spending reported.",
        "Of 1 indicator, 1 was never measured.",
    ]
    FundingFactory(stage="spent", initiative=funding.initiative, title_zh_hant="支出")
    ObservationFactory(outcome=outcome)
    StatementFactory(milestone=undated, promised=FuzzyDate.from_year(2099))
    published(funding.initiative)
    assert gaps(client)[1:4] == [
        "0 promises were made without any date.",
        "Of 1 initiative with public money, 0 has no spending reported.",
        "Of 1 indicator, 0 was never measured.",
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"stage": "estimate"}, "Of 0 initiatives"),
        ({"stage": "pledged"}, "Of 0 initiatives"),
        ({"stage": "returned"}, "Of 0 initiatives"),
        ({"stage": "announced", "payer": "private"}, "Of 0 initiatives"),
        ({"stage": "announced"}, "Of 1 initiative"),
    ],
)
def test_only_public_money_counts_as_such(client, options, told):
    published(PageFactory(slug="about"))
    published(FundingFactory(**options).initiative)
    assert gaps(client)[2].startswith(f"{told} with public money")


def test_a_promise_past_its_date_is_unknown_from_the_day_after_it(client):
    promised = FuzzyDate.from_day(date(2027, 1, 1))
    published(PageFactory(slug="about"))
    published(StatementFactory(promised=promised).milestone)
    for instant, count in (("2027-01-01T15:59:00Z", 0), ("2027-01-01T16:01:00Z", 1)):  # midnight in Hong Kong
        with time_machine.travel(instant, tick=False):
            assert gaps(client)[0].startswith(str(count))


def test_a_translation_nobody_confirmed_and_a_name_in_one_language_are_missing(client):
    page = PageFactory(slug="about", title_en="About", title_zh_hant="關於", body_zh_hant="正文")
    set_text(page, "body", {"en": page.body_en, "zh-hant": "正文", "state": {"zh-hant": "unreviewed"}})
    page.save()
    published(page)
    published(InitiativeFactory(title_en='Says ":"unreviewed"', title_zh_hant=""))
    assert gaps(client)[-1] == (
        "Of 2 entries, 1 have a translation that no editor has confirmed, and 1 a name in one language only."
    )


def test_voices_that_could_not_be_traced_are_counted(client):
    published(PageFactory(slug="about"))
    commentary = CommentaryFactory(unverified=True)
    published(commentary.expert)
    published(commentary)
    assert gaps(client)[4].startswith("1 comment and 0 experts could not be traced")


def test_method_explains_every_word_and_counts_how_many_stand_so(client, superuser):
    assert (set(MEANINGS), set(RATING_MEANINGS)) == (set(MilestoneSchedule), set(Rating))
    assert {word.value for word in MEANINGS} == set(ScheduleValue)
    published(PageFactory(slug="method"))
    published(VerdictFactory(rating="kept_late", rated_by="us", checked_by=superuser).initiative)
    published(VerdictFactory(rating="kept_late", rated_by="government").initiative)
    published(StatementFactory(promised=FuzzyDate.from_year(2099)).milestone)
    published(MilestoneFactory(kind="event", actual=FuzzyDate.from_day(date(2020, 1, 1))))
    page = main_of(client, "/en/method/")
    rows = re.findall(r'badge-(\w+)">.*?</th>\s*<td>.*?</td>\s*<td class="number">(\d+)</td>', page)
    assert {word: count for word, count in rows if count != "0"} == {"not_due": "1", "kept_late": "1"}
    assert len(rows) == len(MilestoneSchedule) + len(Rating)


def test_an_editors_preview_has_what_is_counted_too(client, superuser):
    client.force_login(superuser)
    page = PageFactory(slug="about")
    assert 'id="gaps"' in client.get(f"/admin/newsroom/page/{page.pk}/preview/en/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sites_own_pages_take_as_many_queries_for_three_rows_as_for_one(client, django_assert_num_queries, rows):
    pages = {"about": 12, "method": 5, "privacy": 3}
    for slug in pages:
        published(PageFactory(slug=slug))
    for _ in range(rows):
        funding = FundingFactory()
        VerdictFactory(initiative=funding.initiative)
        OutcomeFactory(initiative=funding.initiative)
        StatementFactory(milestone__initiative=funding.initiative)
        published(funding.initiative)
    for slug, queries in pages.items():
        with django_assert_num_queries(queries, info=slug):
            main_of(client, f"/en/{slug}/")
        with django_assert_num_queries(queries, info=slug):
            assert client.get(f"/en/{slug}/", {"as_of": timezone.now().isoformat()}).status_code == 200
