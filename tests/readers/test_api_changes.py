"""Following the record by its changes."""

import pytest

from newsroom.actions.append import ChangeNote
from newsroom.actions.move import move
from newsroom.actions.publish import publish
from newsroom.actions.withdraw import withdraw
from newsroom.documents.drafts import build_draft
from record.models import Change, Publication
from tests.factories import FigureFactory, InitiativeFactory, MilestoneFactory, published
from tests.redacting import path, redact

pytestmark = pytest.mark.django_db

CHANGES = "/api/v1/changes/"


def rows(get, query=None):
    status, body = get(CHANGES, query)
    assert status == 200, body
    return body["results"]


def test_there_is_one_row_an_edition_in_the_order_they_were_committed(get, superuser):
    milestone = MilestoneFactory()
    initiative = milestone.initiative
    key = ("initiative", str(initiative.content_id))
    publish(drafts=[build_draft(initiative)], by=superuser, notes={key: ChangeNote({"en": "First"}, major=True)})
    withdraw(root=key, reason={"en": "Mistake"}, by=superuser)
    first, second = Publication.objects.order_by("id")
    assert [
        (each["publication"], each["action"], each["update_type"], each["note"], each["type"], each["edition"])
        for each in rows(get)
    ] == [
        (first.pk, "published", "major", {"en": "First"}, "initiative", 1),
        (first.pk, "published", "major", {"en": "First"}, "milestone", 1),
        (second.pk, "withdrawn", "major", {"en": "Mistake"}, "initiative", 2),
        (second.pk, "withdrawn", "major", {"en": "Mistake"}, "milestone", 2),
    ]
    last = rows(get)[-1]
    assert last == {
        "id": Change.objects.latest("id").pk,
        "publication": second.pk,
        "published_at": second.published_at.isoformat().replace("+00:00", "Z"),
        "action": "withdrawn",
        "update_type": "major",
        "note": {"en": "Mistake"},
        "type": "milestone",
        "content_id": str(milestone.content_id),
        "edition": 2,
        "root": {
            "type": "initiative",
            "content_id": str(initiative.content_id),
            "url": f"http://testserver/api/v1/initiatives/{initiative.content_id}/",
        },
        "url": f"http://testserver/api/v1/milestones/{milestone.content_id}/",
    }


def test_after_an_id_come_only_later_changes_and_the_links_lead_through_all_of_them(get):
    for _ in range(5):
        published(InitiativeFactory())
    ids = list(Change.objects.order_by("id").values_list("id", flat=True))
    assert [each["id"] for each in rows(get, {"after": ids[2]})] == ids[3:]
    assert rows(get, {"after": ids[-1]}) == []
    seen, address = [], f"{CHANGES}?page_size=2"
    while address:
        body = get(address)[1]
        seen += [each["id"] for each in body["results"]]
        address = body["next"]
    assert seen == ids


def test_what_stands_inside_its_root_only_is_found_at_the_roots_address(get):
    figure = published(FigureFactory())
    [row] = [each for each in rows(get) if each["type"] == "figure"]
    assert row["url"] == f"http://testserver/api/v1/announcements/{figure.announcement.content_id}/"
    assert get(row["url"])[0] == 200


@pytest.mark.parametrize("query", [{"after": "-1"}, {"after": "x"}, {"after": "9" * 30}, {"as_of": "2026-01-01"}])
def test_a_wrong_parameter_is_named(get, query):
    status, body = get(CHANGES, query)
    assert (status, [each["parameter"] for each in body["errors"]]) == (400, list(query))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    for _ in range(rows):
        published(MilestoneFactory())
    with django_assert_num_queries(3):  # the last publication, the changes, the numbers of all their editions
        client.get(CHANGES)


def test_a_move_is_told_for_the_root_that_lost_the_child(get, superuser):
    milestone = published(MilestoneFactory())
    old, new = milestone.initiative, published(InitiativeFactory())
    before = Publication.objects.latest("id").published_at
    last = Change.objects.latest("id").pk
    publication = move(child=milestone, to=new, by=superuser)
    told = [
        (each["type"], each["content_id"], each["root"]["content_id"], each["edition"], each["note"]["en"])
        for each in rows(get, {"after": last})
    ]
    old_id, new_id = str(old.content_id), str(new.content_id)
    assert told == [
        ("milestone", str(milestone.content_id), new_id, 2, "Moved here from another page: milestone"),
        ("initiative", old_id, old_id, None, "Moved to another page: milestone"),
    ]
    assert {each["publication"] for each in rows(get, {"after": last})} == {publication.pk}
    later = get("/api/v1/initiatives/", {"updated_since": before.isoformat()})[1]["results"]
    assert {each["content_id"] for each in later} == {old_id, new_id}


def test_a_redaction_is_told_for_every_root_a_child_was_ever_under(get, superuser):
    milestone = published(MilestoneFactory(title_en="Numbat"))
    first = milestone.initiative
    second, third = published(InitiativeFactory()), published(InitiativeFactory())
    move(child=milestone, to=second, by=superuser)
    move(child=milestone, to=third, by=superuser)
    last = Change.objects.latest("id").pk
    redact(third, path(milestone, "title", "en"))
    told = [(each["action"], each["content_id"], each["root"]["content_id"]) for each in rows(get, {"after": last})]
    others = sorted(str(each.content_id) for each in (first, second))
    child = str(milestone.content_id)
    assert told == [("redacted", child, each) for each in (str(third.content_id), *others)]
