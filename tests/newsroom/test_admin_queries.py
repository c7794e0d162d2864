"""Forms and lists ask the database a fixed number of times, however much they show."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Milestone, Source
from newsroom.documents.drafts import build_draft
from newsroom.documents.snapshots import save_snapshot
from newsroom.models import Root, Schedule, WorkingChange
from notifications.models import Notice, Reminder, ReminderRule
from record.models import Publication
from tests.factories import (
    AnnouncementFactory,
    EvidenceFactory,
    ExpertFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
    OutcomeFactory,
    PersonFactory,
    PolicyAreaFactory,
    PostFactory,
    SourceFactory,
    StatementFactory,
    TargetFactory,
    UserFactory,
    VerdictFactory,
    published,
)
from tests.publishing_helpers import FACTORIES, opened, queries_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def spoken(parent, name):
    """Two statements, each by another person and body, from another source."""
    subject = {"milestone": None, name: parent}
    StatementFactory(**subject, person=PersonFactory())
    StatementFactory(**subject, organisation=OrganisationFactory())


FORMS = {
    "initiative": (InitiativeFactory, lambda row: spoken(row, "initiative")),
    "milestone": (MilestoneFactory, lambda row: spoken(row, "milestone")),
    "announcement": (AnnouncementFactory, lambda row: FigureFactory(announcement=row)),
    "outcome": (OutcomeFactory, lambda row: TargetFactory(outcome=row)),
    "initiative's children": (InitiativeFactory, lambda row: MilestoneFactory(initiative=row)),
    "expert's forecasts": (ExpertFactory, lambda row: ForecastFactory(expert=row)),
    "person": (PersonFactory, lambda row: PostFactory(person=row)),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_opens_and_is_saved_untouched_in_as_many_queries_for_three_facts_as_for_one(login, kind):
    factory, add = FORMS[kind]
    row, client = factory(), login("author")
    path, counts = url(row, "change"), []
    for more in (1, 2):
        for _ in range(more):
            add(row)
        data = opened(client, path)
        counts.append((queries_of(lambda: client.get(path)), queries_of(lambda data=data: client.post(path, data))))
    assert counts[0] == counts[1]


def test_a_changed_fact_costs_what_it_costs_whatever_stands_beside_it(login):
    row, client, counts = InitiativeFactory(), login("author"), []
    for more in (1, 2):
        for _ in range(more):
            spoken(row, "initiative")
        data = opened(client, url(row, "change")) | {"statements-0-stated_phrase": f"said {more}"}
        counts.append(queries_of(lambda data=data: client.post(url(row, "change"), data)))
    assert counts[0] == counts[1]
    assert row.statements.first().stated_phrase == "said 2"


def complete(initiative) -> None:
    """One of everything that an initiative can have."""
    initiative.lead, initiative.announced_in = OrganisationFactory(), AnnouncementFactory()
    initiative.save()
    initiative.partners.add(OrganisationFactory())
    initiative.areas.add(PolicyAreaFactory())
    InitiativeRelationFactory(initiative=initiative)
    milestone = MilestoneFactory(initiative=initiative)
    spoken(initiative, "initiative")
    spoken(milestone, "milestone")
    EvidenceFactory(milestone=milestone)
    target = TargetFactory(outcome__initiative=initiative)
    ObservationFactory(outcome=target.outcome)
    whole = FundingFactory(initiative=initiative)
    FundingFactory(initiative=initiative, part_of=whole, restates=whole)
    VerdictFactory(initiative=initiative, target=target)
    for source in Source.objects.all():
        source.derived_from, source.translation_of = SourceFactory(), SourceFactory()
        source.save()
        SourceFactory(translation_of=source)


def test_an_initiative_with_a_hundred_milestones_opens_under_a_hundred_queries(login):
    row, client = InitiativeFactory(), login("publisher")
    complete(row)
    published(row)
    for number in range(99):
        Milestone.objects.create(initiative=row, title_en=f"Milestone {number}")
    assert queries_of(lambda: client.get(url(row, "change"))) < 100


def _asked_of(table: str, asking) -> int:
    with CaptureQueriesContext(connection) as queries:
        asking()
    return sum(f'FROM "{table}"' in query["sql"] for query in queries)


def test_whatever_stands_in_a_record_its_citations_are_read_at_once():
    row = InitiativeFactory()
    complete(row)
    assert _asked_of("initiatives_citation", lambda: build_draft(row)) == 1


def test_the_list_reads_no_milestones_of_what_was_never_public(login):
    public, client = MilestoneFactory().initiative, login("author")
    MilestoneFactory()
    opening = partial(client.get, reverse("admin:initiatives_initiative_changelist"))
    assert _asked_of("initiatives_milestone", opening) == 0
    published(public)
    assert _asked_of("initiatives_milestone", opening) == 1


def test_a_form_lists_a_hundred_children_and_leads_to_the_others(login):
    row, client = InitiativeFactory(), login("author")
    for number in range(101):
        Milestone.objects.create(initiative=row, title_en=f"Milestone {number}")
    [table] = [each for each in client.get(url(row, "change")).context["tables"] if each["name"] == "milestone"]
    assert len(table["rows"]) == 100
    assert client.get(table["more_url"]).context["cl"].result_count == 101


def test_a_fact_keeps_what_it_named_and_takes_another(login):
    row, client = InitiativeFactory(), login("author")
    statement = StatementFactory(milestone=None, initiative=row, person=PersonFactory())
    other, path = PersonFactory(), url(row, "change")
    assert client.post(path, opened(client, path) | {"statements-0-person": other.pk}).status_code == 302
    statement.refresh_from_db()
    assert statement.person == other


def test_a_fact_names_nothing_that_there_is_not(login):
    row, client = InitiativeFactory(), login("author")
    StatementFactory(milestone=None, initiative=row, person=PersonFactory())
    path = url(row, "change")
    data = opened(client, path)
    for chosen in ("0", "999999", "9" * 30, "x", "-1", "٣"):
        response = client.post(path, data | {"statements-0-person": chosen})
        assert "Select a valid choice" in response.content.decode(), chosen


def _scheduled():
    root, by = InitiativeFactory(), UserFactory()
    draft = build_draft(root)
    return Schedule.objects.create(
        type=draft.type,
        content_id=draft.content_id,
        frozen=save_snapshot([draft], by=by),
        publish_at=timezone.now(),
        by=by,
    )


def _reminded():
    subject = {"subject_type": "milestone", "subject_id": uuid4(), "offset_days": 0}
    days = {"due_on": date(2026, 7, 1), "remind_on": date(2026, 7, 1)}
    Reminder.objects.create(rule=ReminderRule.objects.first(), recipient=UserFactory(), **subject, **days)


MADE = {
    Publication: lambda: published(InitiativeFactory()),
    Group: lambda: Group.objects.create(name=f"group {Group.objects.count()}"),
    Reminder: _reminded,
    Schedule: _scheduled,
    Notice: lambda: Notice.objects.create(schedule=_scheduled(), recipient=UserFactory()),
    WorkingChange: InitiativeFactory,
}


def made(model) -> None:
    """One more row of whatever has a list; a new list needs a line in MADE, or a factory."""
    row = MADE[model]() if model in MADE else FACTORIES[model]()
    if isinstance(row, Root):
        published(row)


LISTED = sorted(
    (each for each in admin.site._registry if each is not ReminderRule), key=lambda model: model._meta.label
)


@pytest.mark.parametrize("model", LISTED, ids=lambda model: model.__name__)
def test_every_list_takes_as_many_queries_for_three_rows_as_for_one(client, superuser, model):
    client.force_login(superuser)
    ContentType.objects.get_for_models(*apps.get_models())  # asked for once
    path, counts = url(model, "changelist"), []
    for more in (1, 2):
        for _ in range(more):
            made(model)
        counts.append([queries_of(lambda asked=asked: client.get(path, asked)) for asked in ({}, {"q": "e"})])
    assert counts[0] == counts[1]
