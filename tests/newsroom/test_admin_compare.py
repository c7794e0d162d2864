"""Comparing in the admin: who may, what is told and in whose words, and where its links lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Citation
from newsroom.actions.append import ChangeNote
from newsroom.actions.publish import publish
from newsroom.actions.withdraw import withdraw
from newsroom.documents.drafts import build_draft
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    CitationFactory,
    EvidenceFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    OutcomeFactory,
    StatementFactory,
    published,
)
from tests.publishing_helpers import url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
SIGNS = {"deleted": "-", "inserted": "+", "same": "", "left out": "…"}


def signed(row):
    return [SIGNS[piece.mark] + piece.words for piece in (*row.pieces, *row.states)]


def told(rows):
    """Rows as a reader of the page would say them: label and title, what happened, the marks, what is inside."""
    return [
        tuple(each for each in (" ".join(filter(None, (row.label, row.language_name, row.title))), row.remark) if each)
        + tuple(signed(row))
        + ((told(row.rows),) if row.rows else ())
        for row in rows
    ]


def things(client, root, **query):
    context = client.get(url(root, "compare"), query).context
    return {(thing.kind, thing.title, str(thing.change)): told(thing.rows) for thing in context["things"]}


def saved(row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 302), ("stranger", 403), ("author", 200), ("reviewer", 200), ("publisher", 200)],
)
@pytest.mark.parametrize("page", ["compare", "editions"])
def test_whoever_may_see_the_form_may_compare(login, role, status, page):
    root = published(InitiativeFactory())
    response = login(role).get(url(root, page))
    assert response.status_code == status
    if status == 200:
        assert "no-store" in response["Cache-Control"]


def test_fields_are_told_by_their_labels_and_values_by_their_words(login):
    root = published(InitiativeFactory(title_en="AI hub", stage="announced", announced=FuzzyDate.from_year(2025)))
    root.announced = FuzzyDate.from_month(2026, 3)
    saved(root, title_en="AI centre", stage="in_progress", aliases="Hub", lead=OrganisationFactory(name_en="Bureau"))
    assert things(login("author"), root) == {
        ("Initiative", "AI centre", "changed"): [
            ("Title English", "AI ", "-hub", "+centre"),
            ("Aliases", [("added", "+Hub")]),
            ("Lead organisation", "+Bureau"),
            ("Stage", "-Announced", "+In progress"),
            ("Announced", "-2025", "+March 2026"),
        ]
    }


def test_chinese_is_marked_by_character_and_carries_its_language(login):
    root = published(InitiativeFactory(summary_zh_hant="研究院將於二零二六年成立"))
    saved(root, summary_zh_hant="研究院將於二零二七年成立")
    client = login("author")
    (found,) = things(client, root).values()
    assert found == [("Summary 繁體中文", "研究院將於二零二", "-六", "+七", "年成立")]
    page = client.get(url(root, "compare")).content.decode()
    assert '<div class="difference-words" lang="zh-hant">' in page
    assert '<del><span class="visually-hidden" lang="en">[deleted: </span>六' in page


def test_the_words_are_those_of_the_editors_language(login):
    root = published(InitiativeFactory(stage="announced"))
    saved(root, stage="in_progress")
    client = login("author")
    client.cookies["django_language"] = "zh-hant"
    page = client.get(url(root, "compare"), headers={"accept-language": "zh-hant"})
    (thing,) = page.context["things"]
    assert [row.label for row in thing.rows] == ["階段"]


def test_children_and_their_facts_come_go_change_and_move(login):
    root = InitiativeFactory(title_en="Hub")
    opens = MilestoneFactory(initiative=root, title_en="Opens")
    gone = MilestoneFactory(initiative=root, title_en="Board named")
    first = StatementFactory(milestone=opens, promised=FuzzyDate(phrase="in 2026"), position=0)
    EvidenceFactory(milestone=opens, summary_en="A", position=0)
    last = EvidenceFactory(milestone=opens, summary_en="B", position=1)
    published(root)
    gone.delete()
    saved(first.citations.get(), locator="¶2")
    saved(last, position=0)
    opens.evidence.filter(summary_en="A").update(position=1)
    MilestoneFactory(initiative=root, title_en="First grants", cite=False)
    found = things(login("author"), root)
    assert found["Milestone", "Board named", "removed"]
    assert ("Title English", "+First grants") in found["Milestone", "First grants", "added"]
    source = first.citations.get().source
    assert found["Milestone", "Opens", "changed"] == [
        (
            "Statements",
            [
                (
                    "Statement “in 2026”",
                    "changed",
                    [("Citations", [(f"Citation {source} ¶2", "changed", [("Locator", "-¶1", "+¶2")])])],
                )
            ],
        ),
        ("Evidence", [("Evidence B", "moved from place 2 to 1")]),
    ]


def test_a_neighbours_new_name_is_told_as_following(login):
    root = published(InitiativeFactory(lead=OrganisationFactory(name_en="Bureau")))
    first = Publication.objects.latest("pk")
    published(saved(root.lead, name_en="Agency"))
    last = Publication.objects.latest("pk")
    query = {"from": first.pk, "to": last.pk}
    (thing,) = login("author").get(url(root, "compare"), query).context["things"]
    assert (str(thing.change), told(thing.rows)) == (
        "follows",
        [("Lead organisation", "follows: a name or link in it changes", "-Bureau", "+Agency")],
    )


def test_each_difference_links_to_its_field_in_the_form(login):
    root = InitiativeFactory()
    evidence = EvidenceFactory(milestone__initiative=root, summary_en="A")
    published(root)
    saved(root, title_zh_hant="研究院")
    saved(evidence, summary_en="B")
    CitationFactory(cited=root)
    client = login("author")
    form, fact = url(root, "change"), url(evidence, "change")
    (own, child) = client.get(url(root, "compare")).context["things"]
    assert [row.url for row in own.rows] == [f"{form}#id_title_zh_hant", f"{form}#citations-group"]
    (_follows, listed) = child.rows
    assert listed.url == f"{url(evidence.milestone, 'change')}#evidence-group"
    assert [(row.url, row.rows[0].url) for row in listed.rows] == [(fact, f"{fact}#id_summary_en")]


def test_past_editions_link_to_no_field(login):
    root = published(InitiativeFactory(title_en="A"))
    first = Publication.objects.latest("pk")
    published(saved(root, title_en="B"))
    query = {"from": first.pk, "to": "live"}
    (thing,) = login("author").get(url(root, "compare"), query).context["things"]
    assert (thing.url, [row.url for row in thing.rows]) == ("", [""])


def test_any_two_editions_are_compared_as_they_stood_then(login, superuser):
    root = InitiativeFactory(title_en="One")
    milestone = MilestoneFactory(initiative=root, title_en="Opens")
    published(root)
    milestone.delete()
    published(saved(root, title_en="Two"))
    withdraw(root=("initiative", str(root.content_id)), reason={"en": "Wrong"}, by=superuser)
    saved(root, title_en="Three")
    first, second, third = (str(each.pk) for each in Publication.objects.order_by("pk"))
    client = login("author")
    assert things(client, root, **{"from": first, "to": second}).keys() == {
        ("Initiative", "Two", "changed"),
        ("Milestone", "Opens", "removed"),
    }
    assert things(client, root, **{"from": second, "to": third}).keys() == {("Initiative", "Two", "removed")}
    assert things(client, root, **{"from": first, "to": "working"})["Initiative", "Three", "changed"] == [
        ("Title English", "-One", "+Three")
    ]
    assert things(client, root, **{"from": first, "to": first}) == {}


@pytest.mark.parametrize("asked", ["0", "x", "9999999999999999999999", "-1"])
def test_a_publication_that_is_not_of_this_root_is_not_found(login, asked):
    root = published(InitiativeFactory())
    client = login("author")
    assert client.get(url(root, "compare"), {"from": asked}).status_code == 404
    other = published(InitiativeFactory())
    assert client.get(url(root, "compare"), {"from": Publication.objects.latest("pk").pk}).status_code == 404
    assert client.get(url(other, "compare"), {"from": Publication.objects.latest("pk").pk}).status_code == 200


def test_every_publication_of_a_root_or_its_children_is_listed(login, superuser):
    root = published(InitiativeFactory(title_en="One"))
    published(InitiativeFactory())
    MilestoneFactory(initiative=root)
    MilestoneFactory(initiative=root)
    key = ("initiative", str(root.content_id))
    publish(drafts=[build_draft(root)], by=superuser, notes={key: ChangeNote({"en": "Dates added"}, major=True)})
    acts = login("author").get(url(root, "editions")).context["acts"]
    assert [(act.number, act.publication.by, act.kinds, act.update_type, act.note) for act in acts] == [
        (1, superuser, "Milestone ×2", "Major", "Dates added"),
        (1, superuser, "Initiative", "Minor", ""),
    ]


def test_what_was_never_published_has_no_editions_and_all_of_it_is_new(login):
    root = InitiativeFactory(title_en="Hub")
    client = login("author")
    assert "It was never published." in client.get(url(root, "editions")).content.decode()
    assert things(client, root).keys() == {("Initiative", "Hub", "added")}


@pytest.mark.parametrize(("state", "shown"), [("draft", (False, False)), ("published", (True, True))])
def test_the_form_leads_to_comparing_where_there_is_something_to_compare(login, state, shown):
    root = InitiativeFactory()
    if state == "published":
        published(root)
    page = login("author").get(url(root, "change")).content.decode()
    assert (url(root, "compare") in page, url(root, "editions") in page) == shown


def test_the_page_of_publishing_shows_the_same_differences(login):
    root = published(InitiativeFactory(title_en="AI hub"))
    saved(root, title_en="AI centre")
    new = OrganisationFactory(name_en="Bureau")
    root.partners.add(new)
    page = login("publisher").get(url(root, "publish"))
    found = {thing.title: (thing.is_open, told(thing.rows)[0]) for thing in page.context["things"]}
    assert found == {
        "AI centre": (True, ("Title English", "AI ", "-hub", "+centre")),
        "Bureau": (False, ("Slug", f"+{new.slug}")),
    }
    assert things(login("author"), root) == {
        ("Initiative", "AI centre", "changed"): [
            ("Title English", "AI ", "-hub", "+centre"),
            ("Partner organisations", [("added", "+Bureau")]),
        ]
    }


def test_long_runs_that_stayed_are_left_out(login):
    root = published(InitiativeFactory(body_en="a" * 900 + " old " + "b" * 900))
    saved(root, body_en="a" * 900 + " new " + "b" * 900)
    (found,) = things(login("author"), root).values()
    assert found == [("Body (Markdown) English", "…", "a" * 149 + " ", "-old", "+new", " " + "b" * 149, "…")]


def test_words_from_the_record_are_escaped(login):
    root = published(InitiativeFactory(summary_en="plain"))
    saved(root, summary_en="<script>alert(1)</script>")
    assert "<script>alert(1)" not in login("author").get(url(root, "compare")).content.decode()


def with_changes(count):
    root = InitiativeFactory(lead=OrganisationFactory())
    milestones = [StatementFactory(milestone__initiative=root).milestone for _ in range(count)]
    outcomes = [OutcomeFactory(initiative=root) for _ in range(count)]
    published(root)
    for row in (*milestones, *outcomes):
        saved(row, title_en="Renamed")
        Citation.objects.update(locator="¶2")
    return root


@pytest.mark.parametrize("page", ["compare", "editions"])
def test_a_fixed_number_of_queries_whatever_the_number_of_children(login, page):
    client, counted = login("author"), []
    for count in (1, 3):
        root = with_changes(count)
        client.get(url(root, page))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(root, page))
        counted.append(len(captured))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(("children", "opened"), [(1, {"Initiative", "Milestone"}), (12, {"Initiative"})])
def test_changed_children_are_open_where_there_are_few(login, children, opened):
    root = InitiativeFactory()
    rows = [MilestoneFactory(initiative=root) for _ in range(children)]
    published(root)
    for row in [root, *rows]:
        saved(row, title_en="Changed")
    page = login("publisher").get(url(root, "publish"))
    assert {each.kind for each in page.context["things"] if each.is_open} == opened
