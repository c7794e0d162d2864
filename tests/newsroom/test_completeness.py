"""What a record still lacks is told in its form, each thing with the way to the field; none of it stops anything."""

import pytest

from newsroom.documents.completeness import check_completeness
from newsroom.documents.drafts import build_draft
from newsroom.documents.registry import get_root
from record.dates import FuzzyDate
from tests.factories import (
    AnnouncementFactory,
    ExpertFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    OutcomeFactory,
    PageFactory,
    PersonFactory,
    PolicyAreaFactory,
    StatementFactory,
    TargetFactory,
    VerdictFactory,
    published,
)
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db


def lacking(row) -> set[str]:
    """Return what of the row itself is missing: "key" or "key language"."""
    return {
        " ".join(filter(None, (each.key, each.language)))
        for each in check_completeness(build_draft(get_root(row)))
        if not each.is_present and each.content_id == str(row.content_id)
    }


@pytest.mark.parametrize(
    ("make", "missing"),
    [
        (
            lambda: InitiativeFactory(title_zh_hant="計劃", cite=False),
            {"summary en", "summary zh-hant", "lead", "areas", "announced", "citations", "milestones", "outcomes"},
        ),
        (lambda: MilestoneFactory(), {"title zh-hant", "statements"}),
        (lambda: MilestoneFactory(kind="event", title_zh_hant="啟用"), {"actual"}),
        (lambda: MilestoneFactory(kind="event", note_zh_hant="註"), {"title zh-hant", "note en", "actual"}),
        (lambda: StatementFactory().milestone, {"title zh-hant"}),
        (lambda: OutcomeFactory(title_zh_hant="項目"), {"targets", "observations"}),
        (lambda: TargetFactory(outcome__unit="").outcome, {"title zh-hant", "unit", "observations"}),
        (lambda: FundingFactory(title_zh_hant="開辦費"), {"dated"}),
        (lambda: VerdictFactory(), {"reasons zh-hant"}),
        (
            lambda: AnnouncementFactory(title_zh_hant="預算案", summary_en="s", summary_zh_hant="摘要"),
            {"delivered_on", "delivered_by", "speech", "figures"},
        ),
        (lambda: ExpertFactory(), {"name zh-hant", "field en", "field zh-hant"}),
        (lambda: ForecastFactory(made_on=None), {"made_on"}),
        (lambda: PersonFactory(name_zh_hant="陳"), {"posts"}),
        (lambda: PolicyAreaFactory(), {"title zh-hant"}),
        (lambda: PageFactory(), {"title zh-hant", "body zh-hant"}),
    ],
)
def test_each_thing_is_asked_for_what_is_its_own(make, missing):
    assert lacking(make()) == missing


@pytest.fixture
def whole():
    """Make an initiative that has everything."""
    texts = {"title_en": "Institute", "title_zh_hant": "研究院", "summary_en": "Research", "summary_zh_hant": "研究"}
    row = InitiativeFactory(**texts, lead=OrganisationFactory(), announced=FuzzyDate.from_year(2025))
    row.areas.add(PolicyAreaFactory())
    StatementFactory(milestone__initiative=row, milestone__title_zh_hant="啟用")
    outcome = TargetFactory(outcome__initiative=row, outcome__title_zh_hant="項目").outcome
    outcome.observations.create(value=1)
    return row


def test_a_record_that_has_everything_says_so(login, whole):
    panel = login("author").get(url(whole, "change")).context["panel"]
    assert panel.completeness.missing == []
    assert panel.completeness.summary == "Complete: 18 of 18."


def test_a_part_that_is_held_back_is_not_there(whole):
    whole.milestones.update(held_back=True)
    assert lacking(whole) == {"milestones"}


def test_what_is_missing_leads_to_its_field(login):
    row, client = InitiativeFactory(cite=False), login("author")
    MilestoneFactory(initiative=row, title_en="Opens")
    page = client.get(url(row, "change"))
    record = page.context["panel"].completeness
    assert [(each.message, each.url) for each in record.blockers] == [
        ("A stated fact has no citation.", f"{url(row, 'change')}#citations-group")
    ]
    links = {each.message: each.url for _thing, missing in record.missing for each in missing}
    assert links["Lead organisation"] == f"{url(row, 'change')}#id_lead"
    assert links["Outcomes"] == f"{url(row, 'change')}#outcomes-group"
    assert links["Statements"] == f"{url(row.milestones.get(), 'change')}#statements-group"
    assert "Citations" not in links  # told already: it stops the publication
    pages = {}
    for link in links.values():
        address, _, anchor = link.partition("#")
        pages.setdefault(address, client.get(address).content.decode())
        assert f'id="{anchor}"' in pages[address], link


def test_the_form_of_a_part_tells_only_what_it_lacks_itself(login):
    milestone = MilestoneFactory(title_zh_hant="啟用", initiative__cite=False)
    record = login("author").get(url(milestone, "change")).context["panel"].completeness
    assert (record.done_count, record.total_count, record.blockers) == (2, 3, [])
    assert [each.message for _thing, missing in record.missing for each in missing] == ["Statements"]
    statement = StatementFactory(milestone=milestone)
    assert login("author").get(url(statement, "change")).context["panel"].completeness is None


def test_nothing_missing_stops_a_publication():
    assert published(InitiativeFactory())
    assert published(FigureFactory())
