"""A record's history: who changed what of it and of what belongs to it, with its publications in between."""

import re

import pytest

from initiatives.models import Milestone
from newsroom.actions.hold_back import hold_back
from newsroom.admin.history import history
from newsroom.models import set_actor
from record.dates import FuzzyDate
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import url

QUERIES_OF_A_HISTORY = 15


@pytest.fixture
def reader(superuser, client):
    client.force_login(superuser)
    return client


def moments(client, row, **query):
    """[(who, [line of what])] as the page tells it, newest first."""
    response = client.get(url(row, "history"), query)
    assert response.status_code == 200
    return [
        (str(moment.by), [_line(each) for each in moment.changes] or moment.publication.action)
        for moment in response.context["moments"]
    ]


def _line(each):
    return f"{each.entry.get_action_display()} {each.kind} {each.entry.object_repr}: {each.field_names}"


@pytest.mark.django_db
def test_the_history_tells_a_record_with_all_that_belongs_to_it_newest_first(reader):
    one, other = UserFactory(username="one"), UserFactory(username="other")
    with set_actor(one):
        initiative = InitiativeFactory(title_en="Institute")
        milestone = MilestoneFactory(initiative=initiative, title_en="Opens", cite=False, held_back=True)
    published(initiative)
    with set_actor(other):
        milestone.title_en = "Opens its doors"
        milestone.save()
    MilestoneFactory()
    told = moments(reader, initiative)
    assert told[0] == ("other", ["changed Milestone Opens its doors: Title (English)"])
    assert told[1][1] == "Published"
    kinds = [" ".join(line.split()[:2]) for line in told[2][1]]
    assert kinds == ["added Milestone", "added Citation", "added Initiative"]
    assert len(told) == 3


@pytest.mark.django_db
def test_values_are_told_in_words_with_what_changed_marked(reader):
    initiative = InitiativeFactory(
        lead=OrganisationFactory(name_en="Cyberport"),
        summary_en="A hub of the AI industry for all of Hong Kong by 2026",
    )
    initiative.lead = OrganisationFactory(name_en="Science Park")
    initiative.stage = "planned"
    initiative.summary_en = "A hub of the AI industry for all of Hong Kong by 2027"
    initiative.save()
    page = reader.get(url(initiative, "history")).content.decode()
    marked = re.sub(r'<span class="visually-hidden"[^>]*>[^<]*</span>', "", page)
    assert re.search(r"<del[^>]*>Cyberport</del>\s*<ins[^>]*>Science Park</ins>", marked)
    assert re.search(r"by <del[^>]*>2026</del>\s*<ins[^>]*>2027</ins>", marked)
    assert re.search(r"<del[^>]*>Announced</del>\s*<ins[^>]*>Planned</ins>", marked)


@pytest.mark.django_db
def test_the_history_of_a_child_is_its_own_and_of_what_is_in_it(reader):
    milestone = MilestoneFactory(title_en="Opens", cite=False)
    StatementFactory(milestone=milestone, promised=FuzzyDate(phrase="next year"), cite=False)
    MilestoneFactory(initiative=milestone.initiative, title_en="Closes", cite=False)
    lines = [line.partition(":")[0] for _by, each in moments(reader, milestone) for line in each]
    assert lines == ["added Statement next year", "added Milestone Opens"]


@pytest.mark.django_db
def test_the_history_of_a_fact_is_its_own(reader):
    statement = StatementFactory(promised=FuzzyDate(phrase="next year"), cite=False)
    lines = [line.partition(":")[0] for _by, each in moments(reader, statement) for line in each]
    assert lines == ["added Statement next year"]


@pytest.mark.django_db
def test_holding_back_is_told(reader, superuser):
    milestone = MilestoneFactory(title_en="Opens", cite=False)
    hold_back(rows=Milestone.objects.filter(pk=milestone.pk), by=superuser)
    assert moments(reader, milestone)[0] == ("superuser", ["changed Milestone Opens: Held back"])


@pytest.mark.django_db
def test_long_histories_are_paged_with_each_publication_on_one_page(reader, monkeypatch):
    monkeypatch.setattr(history, "HISTORY_PAGE_SIZE", 2)
    initiative = InitiativeFactory(title_en="First", cite=False)
    published(InitiativeFactory())
    CitationFactory(cited=initiative)
    published(initiative)
    for title in ("Second", "Third", "Fourth"):
        initiative.title_en = title
        initiative.save()
    pages = [moments(reader, initiative, p=number) for number in (1, 2, 3)]
    assert [[what if isinstance(what, str) else what[0].split(":")[0] for _by, what in page] for page in pages] == [
        ["changed Initiative Fourth", "changed Initiative Third"],
        ["changed Initiative Second", "Published", pages[1][2][1][0].split(":")[0]],
        ["added Initiative First"],
    ]


@pytest.mark.django_db
def test_who_may_not_see_a_record_does_not_see_its_history(login):
    initiative = InitiativeFactory()
    assert login("stranger").get(url(initiative, "history")).status_code == 403
    assert login("author").get(url(initiative, "history")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_takes_as_many_queries_for_one_change_as_for_three(rows, reader, django_assert_num_queries):
    initiative = published(InitiativeFactory())
    for _ in range(rows):
        StatementFactory(milestone=MilestoneFactory(initiative=initiative))
        initiative.lead = OrganisationFactory()
        initiative.save()
    reader.get(url(initiative, "history"))
    with django_assert_num_queries(QUERIES_OF_A_HISTORY):
        reader.get(url(initiative, "history"))


@pytest.mark.django_db
def test_what_was_named_and_is_gone_is_told_by_its_name(reader):
    initiative = InitiativeFactory(lead=OrganisationFactory(name_en="Cyberport"))
    initiative.lead.delete()
    assert "Cyberport (deleted)" in reader.get(url(initiative, "history")).content.decode()
