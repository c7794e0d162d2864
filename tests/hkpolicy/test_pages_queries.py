"""A page takes the same number of queries for one row as for three, and none for sessions or users."""

import pytest

from record.dates import FuzzyDate
from tests.factories import (
    AnnouncementFactory,
    CommentaryFactory,
    ContextFactory,
    EvidenceFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
    OutcomeFactory,
    PersonFactory,
    PolicyAreaFactory,
    StatementFactory,
    VerdictFactory,
    published,
)
from tests.shared_rows import shared_rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def initiative_with(rows, **options):
    """Make an initiative with that many of whatever its page shows."""
    initiative = InitiativeFactory(lead=OrganisationFactory(), **options)
    initiative.areas.add(PolicyAreaFactory())
    for _ in range(rows):
        milestone = MilestoneFactory(initiative=initiative)
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_year(2029))
        StatementFactory.create_batch(rows, milestone=milestone, promised=FuzzyDate.from_year(2030))
        EvidenceFactory.create_batch(rows, milestone=milestone, supports="partly")
        ObservationFactory(outcome=OutcomeFactory(initiative=initiative))
        FundingFactory(initiative=initiative, announcement=initiative.announced_in)
        VerdictFactory(initiative=initiative)
        InitiativeRelationFactory(other=initiative)
        InitiativeRelationFactory(initiative=initiative, other=published(InitiativeFactory()), relation="comparable")
    published(initiative)
    for _ in range(rows):
        published(ContextFactory(initiative=initiative))
        commentary = CommentaryFactory()
        commentary.initiatives.add(initiative)
        published(commentary.expert)
        published(commentary)
    return initiative


@pytest.fixture(scope="module", params=[1, 3], ids=lambda rows: f"{rows} rows")
def record(request, django_db_setup, django_db_blocker):
    """So many of everything that pages show, made once for all of them."""
    with shared_rows(django_db_blocker):
        rows, announcement = request.param, AnnouncementFactory(slug="budget")
        for year in range(rows):
            FigureFactory(announcement=announcement, fiscal_year=f"20{year:02}-{year + 1:02}")
        published(announcement)
        initiative_with(rows, slug="institute", announced_in=announcement)
        for _ in range(rows):
            published(PersonFactory())
        for _ in range(rows - 1):
            initiative_with(1, announced_in=announcement)
        yield


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/", 11),
        ("/en/initiatives/", 7),
        ("/en/initiatives/institute/", 12),
        ("/en/milestones/", 4),
        ("/en/milestones/?q=milestone", 4),
        ("/en/milestones/calendar/2030/12/", 5),
        ("/en/announcements/", 11),
        ("/en/announcements/budget/", 12),
        ("/en/experts/", 4),
        ("/en/commentary/", 3),
        ("/en/organisations/", 5),
        ("/en/people/", 4),
        ("/en/areas/", 3),
        ("/en/track-record/", 8),
        ("/en/track-record/cases/?by=announcement&of=budget&as=all", 4),
        ("/en/changes/", 4),
    ],
)
def test_a_page_takes_as_many_queries_for_three_rows_as_for_one(
    record, client, django_assert_num_queries, path, queries
):
    with django_assert_num_queries(queries):
        response = client.get(path)
        assert response.status_code == 200
    with django_assert_num_queries(1):  # the last publication
        assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
