"""What the page of an initiative says, and where."""

import re
from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from initiatives.actions.attest import attest
from newsroom.actions.withdraw import withdraw
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    CommentaryFactory,
    ContextFactory,
    EvidenceFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    StatementFactory,
    TargetFactory,
    UserFactory,
    VerdictFactory,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

SENTENCE = (
    "First promised for 2020, now for 2021; that time has passed, and nothing since says whether it is done. "
    "HK$1 billion approved; no spending reported."
)


def page_of(client, slug, language="en", **query):
    response = client.get(f"/{language}/initiatives/{slug}/", query)
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    return " ".join(unescape(strip_tags(re.sub("</(li|dt)>", " ", html))).split())


def promised(milestone, year, said, phrase="", **options):
    promise = FuzzyDate(date(year, 1, 1), date(year, 12, 31), phrase=phrase, precision="year")
    return StatementFactory(milestone=milestone, promised=promise, stated=FuzzyDate.from_day(said), **options)


@pytest.fixture
def institute():
    """Make an initiative whose promise moved once and passed in silence."""
    initiative = InitiativeFactory(slug="institute")
    milestone = MilestoneFactory(initiative=initiative, title_en="Doors open")
    person = published(PersonFactory(name_en="A Secretary", slug="secretary"))
    source = SourceFactory(title="The speech", url="https://example.org/speech", tier=2)
    promised(milestone, 2020, date(2019, 1, 1), "明年", person=person, cite__source=source, cite__locator="¶39")
    promised(milestone, 2021, date(2020, 1, 1), "next year")
    FundingFactory(initiative=initiative, stage="appropriated", amount_hkd=10**9)
    return published(initiative)


def test_one_sentence_opens_the_page_describes_it_and_is_what_a_screen_reader_gets_of_the_line(client, institute):
    page = page_of(client, "institute")
    assert f'<p class="sentence">{SENTENCE}</p>' in page
    assert f'<meta name="description" content="{SENTENCE}">' in page
    assert f'role="img"><title>{SENTENCE.removesuffix(" HK$1 billion approved; no spending reported.")}</title>' in page


def test_the_promise_stands_in_its_own_words_and_language_with_who_said_it_when_and_where(client, institute):
    page = page_of(client, "institute")
    own = page[page.index('id="words"') : page.index('id="milestones"')]
    assert '<q lang="zh-hant">「明年」</q>' in own
    assert '<q lang="en">“next year”</q>' in own
    assert "First promise · Doors open 「明年」 said 1 January 2019 · A Secretary" in words(own)
    link = '<a href="https://example.org/speech" rel="external noopener">'
    assert re.search(rf'{link}\s*<cite lang="en">The speech</cite></a>', own)
    assert "¶39" in own


def test_the_timeline_goes_from_the_first_promise_by_each_move_to_what_happened(client):
    milestone = MilestoneFactory(
        initiative__slug="institute",
        result="met",
        actual=FuzzyDate.from_day(date(2022, 5, 25)),
        result_set_by=UserFactory(),
        checked_by=UserFactory(),
    )
    for year in (2020, 2021):
        promised(milestone, year, date(year - 1, 1, 1))
    EvidenceFactory(milestone=milestone, supports="met", cite__source=SourceFactory(title="The opening"))
    published(milestone)
    [timeline] = re.findall(r'<ol class="dates">.*?</ol>', page_of(client, "institute"), re.DOTALL)
    said = words(timeline)
    order = ["First promise 2020", "Moved later · current 2021", "What happened Met · 25 May 2022", "The opening"]
    assert [said.index(each) for each in order] == sorted(said.index(each) for each in order)


def test_where_officials_and_evidence_disagree_the_first_screen_says_so(client, institute):
    assert "disagree" not in words(page_of(client, "institute"))
    milestone = institute.milestones.get()
    StatementFactory(milestone=milestone, claim="complete", stated=FuzzyDate.from_day(date(2022, 1, 1)))
    EvidenceFactory(milestone=milestone, supports="not_met")
    published(institute)
    page = page_of(client, "institute")
    assert "Officials, evidence and calendar disagree" in page[: page.index('class="facts"')]
    assert "Officials say it is complete; the evidence shows that it is not." in page


def test_a_part_of_a_sum_stands_beneath_it_and_says_that_it_is_not_added_again(client):
    initiative = InitiativeFactory(slug="institute")
    whole = FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=10 * 10**6, title_en="All of it")
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=3 * 10**6, title_en="The roof", part_of=whole)
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=10 * 10**6, title_en="Again", restates=whole)
    FundingFactory(initiative=initiative, stage="spent", amount_hkd=10**6, title_en="The door", part_of=whole)
    published(initiative)
    page = page_of(client, "institute")
    money = words(page[page.index('id="money"') : page.index('id="sources"')])
    assert re.search(r"HK\$3 million The roof .*?Part of the sum above: not added again\.", money)
    assert re.search(r"HK\$10 million Again .*?The sum above, told again: not added again\.", money)
    assert "1 sum counted HK$10 million" in money
    assert re.search(r"HK\$1 million The door .*?Part of: All of it", money)
    assert page.count('class="depth-1 not-counted"') == 2


def test_commentary_is_counted_and_grouped_by_stance(client, institute):
    for stance in ("critical", "supportive", "critical"):
        commentary = CommentaryFactory(stance=stance)
        commentary.initiatives.add(institute)
        published(commentary.expert)
        published(commentary)
    page = page_of(client, "institute")
    voices = words(page[page.index('id="voices"') : page.index('id="sources"')])
    assert "1 Supportive 2 Critical Supportive Commentary" in voices
    assert page.count('class="stance-title') == 2


def test_precedents_say_how_they_stand_to_this_one_and_what_came_of_them(client, institute):
    later, alike, replaced = (InitiativeFactory(slug=slug, title_en=slug) for slug in ("later", "alike", "replaced"))
    InitiativeRelationFactory(initiative=later, other=institute, relation="predecessor")
    InitiativeRelationFactory(initiative=later, other=replaced, relation="superseded_by")
    InitiativeRelationFactory(initiative=alike, other=later, relation="comparable")
    for row in (replaced, later, alike):
        published(row)
    page = page_of(client, "later")
    related = words(page[page.index('id="related"') : page.index('id="sources"')])
    order = ["What came before it", "To be compared with alike", "Replaced by replaced"]
    assert [related.index(each) for each in order] == sorted(related.index(each) for each in order)
    assert SENTENCE in related
    assert "Its promises: 1 Past its date, outcome unknown" in related
    assert "What came after it later" in words(page_of(client, "institute"))
    assert "What it replaced later" in words(page_of(client, "replaced"))


def test_what_is_named_and_was_withdrawn_is_still_named(client, institute, superuser):
    later = InitiativeFactory(slug="later")
    InitiativeRelationFactory(initiative=later, other=institute, relation="predecessor")
    published(later)
    withdraw(root=("initiative", str(institute.content_id)), reason={"en": "Wrong"}, by=superuser)
    page = page_of(client, "later")
    likes = page[page.index('class="likes"') : page.index('id="sources"')]
    assert "withdrawn" in likes
    assert "href" not in likes


def test_a_source_says_where_it_is_cited_and_of_which_tier_it_is(client, institute):
    page = page_of(client, "institute")
    sources = words(page[page.index('id="sources"') : page.index('id="history"')])
    assert "Government or legislature 1 Named newsroom, or copy of an official release" in sources
    assert re.search(r"The speech .*? cited at ¶39", sources)


def test_how_fresh_the_page_is_stands_in_its_facts(client, institute, superuser):
    assert "not confirmed since it was published" in words(page_of(client, "institute"))
    attest(initiative=institute, by=superuser, on=date(2026, 1, 31))
    assert "Checked 31 January 2026" in words(page_of(client, "institute"))


def test_every_entry_of_the_contents_leads_somewhere_on_the_page(client, institute):
    initiative = InitiativeFactory(slug="rich", summary_en="A summary", lead=OrganisationFactory())
    StatementFactory(milestone__initiative=initiative)
    MilestoneFactory(initiative=initiative)
    TargetFactory(outcome__initiative=initiative)
    FundingFactory(initiative=initiative)
    VerdictFactory(initiative=initiative)
    InitiativeRelationFactory(initiative=initiative, other=institute)
    published(initiative)
    published(ContextFactory(initiative=initiative))
    commentary = CommentaryFactory()
    commentary.initiatives.add(initiative)
    published(commentary.expert)
    published(commentary)
    published(InitiativeFactory(slug="bare"))
    for slug, least in (("rich", 10), ("institute", 4), ("bare", 2)):
        page = page_of(client, slug)
        contents = page[page.index('class="contents"') : page.index('class="chapters"')]
        names = re.findall(r'href="#([a-z]+)"', contents)
        assert len(names) >= least
        assert [name for name in names if f'id="{name}"' not in page] == []
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_on_another_day_the_line_is_drawn_as_of_that_day(client, institute):
    instant = Publication.objects.latest("id").published_at
    page = page_of(client, "institute", as_of=instant.isoformat())
    assert "The day asked about" in page
    assert "The day asked about" not in page_of(client, "institute")


def test_days_late_of_what_happened_on_no_certain_day_are_the_least_they_can_be_wherever_they_are_told(client):
    milestone = MilestoneFactory(
        initiative__slug="fund", result="met", actual=FuzzyDate.from_year(2023), checked_by=UserFactory()
    )
    EvidenceFactory(milestone=milestone, supports="met")
    promised(milestone, 2021, date(2020, 1, 1))
    promised(milestone, 2022, date(2021, 1, 1))
    published(milestone.initiative)
    for page in (page_of(client, "fund"), client.get("/en/milestones/met/").content.decode()):
        assert "at least 1 day after the date last promised" in words(page)
        assert "at least 366 days after the first promise" in words(page)
