"""What stops a publication: each is named, leads to a field of a form that exists, and never stops a save."""

from datetime import date, timedelta

import pytest

from initiatives.models import Milestone, Verdict
from newsroom.actions.publish import ValidationFailed, publish
from newsroom.admin.diff.labels import field_anchor
from newsroom.admin.diff.problem_links import build_problem_links
from newsroom.documents.drafts import build_draft
from newsroom.documents.registry import get_root
from record.dates import FuzzyDate
from tests.factories import (
    AffiliationFactory,
    AnnouncementFactory,
    CommentaryFactory,
    ContextFactory,
    EvidenceFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    ObservationFactory,
    OutcomeFactory,
    PersonFactory,
    PostFactory,
    StatementFactory,
    TargetFactory,
    ThemeFactory,
    UserFactory,
    VerdictFactory,
)
from tests.publishing_helpers import opened, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
TODAY = date(2026, 3, 31)
TOMORROW = TODAY + timedelta(days=1)
DAY, NEXT = FuzzyDate.from_day(TODAY), FuzzyDate.from_day(TOMORROW)
STARTED = FuzzyDate.from_month(2026, 3)

# What is wrong: (a row, the field told). Dates are told by the day TODAY.
WRONG = {
    "an initiative without citation": (lambda: InitiativeFactory(cite=False), "citations"),
    "a title in no language": (lambda: MilestoneFactory(title_en=""), "title_en"),
    "a result without evidence": (lambda: MilestoneFactory(result="met", checked_by=UserFactory()), "evidence"),
    "a result nobody checked": (
        lambda: EvidenceFactory(milestone__result="not_met").milestone,
        "checked_by",
    ),
    "nothing found, and not said where": (
        lambda: EvidenceFactory(supports="nothing_found").milestone,
        "evidence",
    ),
    "a statement without citation": (lambda: StatementFactory(cite=False).milestone, "statements.0.citations"),
    "evidence without citation": (lambda: EvidenceFactory(cite=False).milestone, "evidence.0.citations"),
    "a target without citation": (lambda: TargetFactory(cite=False).outcome, "targets.0.citations"),
    "an observation without citation": (
        lambda: ObservationFactory(cite=False).outcome,
        "observations.0.citations",
    ),
    "a baseline without citation": (lambda: OutcomeFactory(baseline_value=1, cite=False), "citations"),
    "a figure without citation": (lambda: FigureFactory(cite=False), "citations"),
    "a sum without amount": (lambda: FundingFactory(amount_hkd=None), "amount_hkd"),
    "a fact without citation": (lambda: ContextFactory(cite=False), "citations"),
    "a verdict without reasons": (lambda: VerdictFactory(reasons_en=""), "reasons_en"),
    "a verdict without its day": (lambda: VerdictFactory(rated_on=None), "rated_on"),
    "a verdict nobody checked": (lambda: VerdictFactory(rated_by="us"), "checked_by"),
    "a commentary by nobody": (lambda: CommentaryFactory(expert=None), "expert"),
    "a commentary without words": (lambda: CommentaryFactory(summary_en=""), "summary_en"),
    "met on a day to come": (lambda: MilestoneFactory(kind="event", actual=NEXT), "actual_earliest"),
    "said on a day to come": (lambda: StatementFactory(stated=NEXT).milestone, "statements.0.stated_earliest"),
    "said of an initiative on a day to come": (
        lambda: StatementFactory(milestone=None, initiative=InitiativeFactory(), stated=NEXT).initiative,
        "statements.0.stated_earliest",
    ),
    "seen on a day to come": (lambda: EvidenceFactory(dated=NEXT).milestone, "evidence.0.dated_earliest"),
    "observed on a day to come": (
        lambda: ObservationFactory(observed=NEXT).outcome,
        "observations.0.observed_earliest",
    ),
    "rated on a day to come": (lambda: VerdictFactory(rated_on=TOMORROW), "rated_on"),
    "said by an expert on a day to come": (lambda: CommentaryFactory(dated=NEXT), "dated_earliest"),
    "foreseen on a day to come": (lambda: ForecastFactory(made_on=TOMORROW), "made_on"),
    "foreseen for a day that was past": (
        lambda: ForecastFactory(made_on=TODAY, by_day=TODAY - timedelta(days=1)),
        "by_day",
    ),
    "passed before it was delivered": (
        lambda: AnnouncementFactory(delivered_on=TODAY, passed_on=TODAY - timedelta(days=1)),
        "passed_on",
    ),
    "a post that ends before it begins": (
        lambda: PostFactory(began=NEXT, ended=DAY).person,
        "posts.0.ended_latest",
    ),
    "an affiliation that ends before it begins": (
        lambda: AffiliationFactory(began=NEXT, ended=DAY).expert,
        "affiliations.0.ended_latest",
    ),
}


def stopped(row):
    return [
        problem
        for problem in build_draft(get_root(row), on=TODAY).problems
        if problem.content_id == str(row.content_id)
    ]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_and_leads_to_a_field_that_there_is(login, wrong):
    make, field = WRONG[wrong]
    row, client = make(), login("author")
    draft = build_draft(get_root(row), on=TODAY)
    assert [each.field for each in stopped(row)] == [field]
    (told,) = build_problem_links(stopped(row), draft.documents)
    address, _, anchor = told.url.partition("#")
    assert f'id="{anchor}"' in client.get(address).content.decode()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_draft_may_be_wrong_and_is_saved_all_the_same(login, wrong):
    row, client = WRONG[wrong][0](), login("author")
    response = client.post(url(row, "change"), opened(client, url(row, "change")) | {"internal_note": "kept"})
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    assert row.internal_note == "kept"


def test_what_is_wrong_publishes_nothing(superuser):
    with pytest.raises(ValidationFailed, match="ends before it begins"):
        publish(
            drafts=[build_draft(ForecastFactory(made_on="2026-03-02", by_day="2026-03-01").expert)],
            by=superuser,
        )


@pytest.mark.parametrize(
    "right",
    [
        lambda: MilestoneFactory(kind="event", actual=DAY),
        lambda: MilestoneFactory(kind="event", actual=FuzzyDate.from_year(2026)),
        lambda: StatementFactory(stated=STARTED).milestone,
        lambda: StatementFactory(stated=FuzzyDate(phrase="long ago")).milestone,
        lambda: StatementFactory(promised=NEXT).milestone,
        lambda: VerdictFactory(rated_on=TODAY),
        lambda: ForecastFactory(made_on=TODAY, by_day=TODAY),
        lambda: AnnouncementFactory(delivered_on=TODAY, passed_on=TODAY),
        lambda: PostFactory(began=FuzzyDate.from_year(2026), ended=FuzzyDate.from_month(2026, 1)).person,
        lambda: PersonFactory(),
    ],
)
def test_a_vague_date_that_may_be_right_stops_nothing(right):
    assert stopped(right()) == []


@pytest.mark.parametrize("model", [Milestone, Verdict])
def test_what_a_second_person_has_to_check_leads_to_the_top_of_the_form(model):
    assert field_anchor(model, "checked_by") == "panel-title"


def test_many_problems_are_told_in_as_many_queries_as_one(django_assert_num_queries):
    milestone = MilestoneFactory()
    for _ in range(3):
        StatementFactory(milestone=milestone, cite=False)
    draft = build_draft(milestone.initiative)
    with django_assert_num_queries(2):
        assert len(build_problem_links(draft.problems, draft.documents)) == 3


def test_a_required_language_is_asked_of_every_title(settings):
    settings.REQUIRED_LANGUAGES = ["zh-hant"]
    row = MilestoneFactory(title_zh_hant="", initiative__title_zh_hant="措施")
    assert [(each.name, each.field) for each in build_draft(row.initiative).problems] == [
        (row.title_en, "title_zh_hant")
    ]


def stale(row, text):
    """Give the row a translation that was overtaken by its source."""
    for words in ("Before", "After"):
        setattr(row, f"{text}_en", words)
        setattr(row, f"{text}_zh_hant", "前")
        row.save()
    return row


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: stale(InitiativeFactory(), "title"), "title_zh_hant"),
        (lambda: stale(EvidenceFactory(), "summary").milestone, "evidence.0.summary_zh_hant"),
        (lambda: stale(ObservationFactory(), "note").outcome, "observations.0.note_zh_hant"),
        (lambda: stale(OutcomeFactory(baseline_value=1), "baseline_note"), "baseline.note_zh_hant"),
        (lambda: stale(PostFactory(), "title").person, "posts.0.title_zh_hant"),
        (lambda: stale(AffiliationFactory(), "title").expert, "affiliations.0.title_zh_hant"),
        (lambda: stale(ThemeFactory(), "words").commentary, "themes.0.words_zh_hant"),
        (lambda: CommentaryFactory(cite__source__tier=3), "citations"),
        (lambda: StatementFactory(cite__source__tier=3).milestone, "statements.0.citations"),
    ],
)
def test_what_is_only_a_warning_leads_to_its_field_too(login, make, field):
    row = make()
    draft = build_draft(get_root(row))
    assert [each.field for each in draft.warnings] == [field]
    (told,) = build_problem_links(draft.warnings, draft.documents)
    address, _, anchor = told.url.partition("#")
    assert f'id="{anchor}"' in login("author").get(address).content.decode()
