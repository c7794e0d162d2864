"""A stranger with nothing but the address of the API keeps a copy of the record, and misses nothing."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from newsroom.actions.move import move
from newsroom.actions.withdraw import withdraw
from tests.factories import (
    AnnouncementFactory,
    ExpertFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    UserFactory,
    published,
)
from tests.redacting import path, redact

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def read(address, **headers):
    with urlopen(Request(address, headers=headers), timeout=20) as answer:
        return json.load(answer)


def everything(address):
    """All results of a list, by its `next` links."""
    while address:
        page = read(address)
        yield from page["results"]
        address = page["next"]


def copy_of(index, *, meanwhile=lambda: None):
    """({(type, content_id): document} from the bulk files, the change to follow from).

    meanwhile: what the newsroom does after the first file was read.
    """
    with urlopen(index["exports"], timeout=20) as answer:
        copy, seen, files = {}, answer.headers["Last-Change"], json.load(answer)
    for number, address in enumerate(files.values()):
        with urlopen(address, timeout=20) as lines:
            for line in lines:
                document = json.loads(line)
                copy[document["type"], document["content_id"]] = document
        if number == 0:
            meanwhile()
    return copy, seen


def follow(copy, changes):
    """Bring a copy up to date from rows of the change feed."""
    changes = list(changes)
    for change in changes:
        for named in (change, change["root"]):
            copy.pop((named["type"], named["content_id"]), None)
    for address in {change["url"] for change in changes} | {change["root"]["url"] for change in changes}:
        try:
            document = read(address)
        except HTTPError as error:
            if error.code != 410:
                raise
        else:
            copy[document["type"], document["content_id"]] = document


def renamed(row, title, by):
    row.title_en = title
    row.save()
    published(row, by=by)


def test_a_copy_kept_by_the_change_feed_equals_a_fresh_one(live_server):
    editor = UserFactory(is_superuser=True)
    milestones = [published(MilestoneFactory(), by=editor) for _ in range(3)]
    published(ExpertFactory(), by=editor)
    index = read(f"{live_server.url}/api/v1/")
    initiative = milestones[0].initiative
    copy, seen = copy_of(index, meanwhile=lambda: renamed(initiative, "While the files load", editor))
    renamed(milestones[0], "Renamed", editor)
    FundingFactory(initiative=initiative)
    published(milestones[0], by=editor)
    milestones[1].delete()
    published(milestones[1].initiative, by=editor)
    gone = milestones[2].initiative
    withdraw(root=("initiative", str(gone.content_id)), reason={"en": "By mistake"}, by=editor)
    published(InitiativeFactory(), by=editor)
    changes = list(everything(f"{index['changes']}?page_size=2&after={seen}"))
    follow(copy, changes)
    assert copy == copy_of(index)[0]


def test_what_moved_and_was_redacted_then_is_nowhere_in_a_copy(live_server):
    editor = UserFactory(is_superuser=True)
    old, new = InitiativeFactory(), published(InitiativeFactory(), by=editor)
    children = [MilestoneFactory(initiative=old, title_en="Numbat"), FundingFactory(initiative=old)]
    published(old, by=editor)
    figure, budget = published(FigureFactory(), by=editor), published(AnnouncementFactory(), by=editor)
    index = read(f"{live_server.url}/api/v1/")
    copy, seen = copy_of(index)
    for child, to in ((children[0], new), (children[1], new), (figure, budget)):
        move(child=child, to=to, by=editor)
    changes = list(everything(f"{index['changes']}?after={seen}"))
    follow(copy, changes)
    assert copy == copy_of(index)[0]
    redact(new, path(children[0], "title", "en"))
    follow(copy, everything(f"{index['changes']}?after={changes[-1]['id']}"))
    assert copy == copy_of(index)[0]
    assert "Numbat" not in str(copy)


def test_every_list_is_read_to_its_end_by_next_links(live_server):
    for number in range(5):
        published(FundingFactory(initiative=MilestoneFactory().initiative, amount_hkd=number))
    index = read(f"{live_server.url}/api/v1/")
    for plural in ("initiatives", "milestones", "funding"):
        results = list(everything(f"{index[plural]}?page_size=2"))
        assert len({each["content_id"] for each in results}) == len(results) == 5
        assert all(read(each["url"]) == each for each in results)
